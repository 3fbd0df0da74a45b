/* kill_terminal: the applicant's program without a screen, and an applicant who plays the story
 * (kill_applicant.h) and never gives up.
 *
 *   kill_terminal --config FILE --story NAME [--order ID | --phone NUMBER --sms-port N] --pay-port N
 *                 [--scanner-port N] [--plan P] [--record FILE] [--ca-pid-file FILE] [--lie NAME] [--patience
 * S]
 *
 * Killed and started again it goes on from where the order stands. The id of a new order is printed. Exit
 * codes: 0 the order is over, 3 it got nowhere for too long, 64 arguments, 70 not started. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/file.h"
#include "kiosk/base/json.h"
#include "kiosk/base/limits.h"
#include "kiosk/page/page_jpeg.h"
#include "tests/kill/kill_applicant.h"
#include "tests/kill/kill_points.h"
#include "tests/support/sim_client.h"

enum { NAP_MS = 20 };

static struct kill_program self;

static bool read_code(void *context, const char *phone, struct secret *code)
{
    char path[96];
    const struct sim_client sms = {.port = (uint16_t)self.arguments.sms_port};
    (void)context;
    (void)snprintf(path, sizeof(path), "/control/messages?number=%s", phone);
    struct json *messages = sim_client_get(&sms, path);
    const char *text = json_length(messages) == 0 ? "" : json_text(json_element(messages, 0), "code", "");
    bool ok = text[0] != 0 && secret_set(code, text, strlen(text)) == STATUS_OK;
    json_free(messages);
    return ok;
}

static void lay_take(void *context, struct page_image sheet)
{
    char path[512];
    struct buf picture;
    const struct sim_client scanner = {.port = (uint16_t)self.arguments.scanner_port};
    (void)context;
    (void)snprintf(path, sizeof(path), "%s/glass.jpg", self.program.hall->settings->paths_state);
    buf_init(&picture, LIMIT_PAGE_JPEG_BYTES);
    check(page_jpeg_encode(&sheet, PAGE_JPEG_QUALITY, &picture) == STATUS_OK);
    check(file_replace(path, picture.data, picture.length, 0600, NULL) == STATUS_OK);
    check(sim_client_post(&scanner, "/control/page?source=glass&path=%s", path) == 200);
    buf_release(&picture);
    page_image_release(&sheet);
}

/* A code that was paid already is refused by the gateway. */
static void pay(void *context, const char *out_trade_no)
{
    const struct sim_client gateway = {.port = (uint16_t)self.arguments.pay_port};
    (void)context;
    (void)sim_client_post(&gateway, "/control/pay?out_trade_no=%s", out_trade_no);
}

static void opened(void *context, const char *order_id)
{
    (void)context;
    kill_points_watch(order_id);
    (void)printf("%s\n", order_id);
    (void)fflush(stdout);
}

int main(int argc, char **argv)
{
    int code = kill_program_begin(&self, argc, argv, false);
    const struct hall_applicant applicant = {.program = &self.program,
                                             .order_id = self.arguments.order,
                                             .phone = self.arguments.phone,
                                             .waits_with_pin = self.arguments.story == KILL_STORY_GIVEN_UP,
                                             .is_on_own_key = self.arguments.story == KILL_STORY_RENEWAL,
                                             .read_code = read_code,
                                             .lay_take = lay_take,
                                             .pay = pay,
                                             .opened = opened};
    int64_t until_ms = kill_program_now_ms() + (int64_t)self.arguments.patience_s * 1000;
    while (code == 0 && !kill_applicant_is_over(&self, &applicant)) {
        if (kill_program_now_ms() > until_ms)
            code = KILL_EXIT_STUCK;
        else
            kill_applicant_step(&self, &applicant);
        (void)poll(NULL, 0, NAP_MS);
    }
    if (code == 0 && self.arguments.story != KILL_STORY_HELPED)
        kill_applicant_linger(&self, &applicant);
    kill_program_end(&self);
    return code;
}
