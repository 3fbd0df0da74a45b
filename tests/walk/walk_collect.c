/* The applicant's steps from paying to leaving, and what is kept of the walk. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/clock.h"
#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/random.h"
#include "tests/walk/walk.h"

enum { SCREEN_MS = 15000, ISSUE_MS = 90000, PRINT_MS = 60000, CODE_BYTES = 512, PIN_DIGITS = 8 };

static bool tap(struct walk *walk, const char *id)
{
    return walk_view_tap(&walk->terminal, id) || walk_fail_view(walk, &walk->terminal);
}

static bool wait_screen(struct walk *walk, const char *name, int64_t ms)
{
    return walk_view_wait_screen(&walk->terminal, name, ms) || walk_fail_view(walk, &walk->terminal);
}

/* --- paying --------------------------------------------------------------------------------------------- */

bool walk_step_pay(struct walk *walk)
{
    char code[CODE_BYTES];
    char picture[WALK_TEXT_BYTES];
    if (!wait_screen(walk, "pay", SCREEN_MS))
        return false;
    if (!walk_view_wait(&walk->terminal, "pay.code", SCREEN_MS))
        return walk_picture(walk, &walk->terminal, "pay") && walk_fail_view(walk, &walk->terminal);
    if (!walk_picture(walk, &walk->terminal, "pay"))
        return false;
    (void)snprintf(picture, sizeof(picture), "%02d-pay.png", walk->pictures);
    if (!walk_world_read_qr(&walk->world, walk_path(walk, picture), code, sizeof(code)))
        return walk_fail_world(walk);
    if (walk->no_pay_wait_s > 0) {
        (void)walk_view_wait_screen(&walk->terminal, "issue", walk->no_pay_wait_s * 1000);
        return walk_fail(walk, "nobody paid; the terminal shows %s", walk_view_screen(&walk->terminal));
    }
    if (!walk_world_pay(&walk->world, code))
        return walk_fail_world(walk);
    if (walk_view_wait_screen(&walk->terminal, "issue", SCREEN_MS))
        return walk_picture(walk, &walk->terminal, "issue");
    /* A quick key may be finished before this looks. */
    return strcmp(walk_view_screen(&walk->terminal), "pin") == 0 || walk_fail_view(walk, &walk->terminal);
}

bool walk_step_issue(struct walk *walk)
{
    int64_t until_ms = clock_monotonic_ms(clock_system()) + ISSUE_MS;
    while (strcmp(walk_view_screen(&walk->terminal), "pin") != 0) {
        (void)walk_view_wait_change(&walk->terminal, 500);
        if (walk_view_find(&walk->terminal, "error.retry") != NULL)
            return walk_picture(walk, &walk->terminal, "issue-stopped") &&
                   walk_fail(walk, "issuing stopped; see the picture issue-stopped");
        if (clock_monotonic_ms(clock_system()) > until_ms)
            return walk_fail(walk, "the key is not made after %d s", ISSUE_MS / 1000);
    }
    return true;
}

/* --- PIN ------------------------------------------------------------------------------------------------ */

/* Eight digits without neighbours that a rule could call a run or a repeat. */
static void choose_pin(struct walk *walk)
{
    for (int i = 0; i < PIN_DIGITS; i++) {
        int step = 3 + (int)random_below(random_system(), 4);
        int before = i == 0 ? (int)random_below(random_system(), 10) : walk->pin[i - 1] - '0';
        walk->pin[i] = (char)('0' + (before + step) % 10);
    }
    walk->pin[PIN_DIGITS] = 0;
}

static bool type_pin(struct walk *walk)
{
    for (const char *digit = walk->pin; *digit != 0; digit++) {
        const char label[2] = {*digit, 0};
        (void)walk_view_read(&walk->terminal);
        const struct json *key = walk_view_find_label(&walk->terminal, "pad.", label, false);
        if (!walk_view_is_pressable(key))
            return walk_fail(walk, "the PIN pad has no key for a digit");
        walk_view_press(&walk->terminal, key);
    }
    return true;
}

bool walk_step_pin(struct walk *walk)
{
    choose_pin(walk);
    if (!wait_screen(walk, "pin", SCREEN_MS) || !walk_picture(walk, &walk->terminal, "pin") ||
        !type_pin(walk) || !tap(walk, "bar.next"))
        return false;
    if (!walk_view_wait_pressable(&walk->terminal, "pad.backspace", SCREEN_MS))
        return walk_fail_view(walk, &walk->terminal);
    return type_pin(walk) && walk_picture(walk, &walk->terminal, "pin-repeated") && tap(walk, "bar.next") &&
           wait_screen(walk, "done", SCREEN_MS * 2);
}

/* --- leaving -------------------------------------------------------------------------------------------- */

static bool keep_file(struct walk *walk, const char *from, const char *name)
{
    struct buf bytes;
    buf_init(&bytes, 32 * 1024 * 1024);
    bool is_kept = file_read(from, &bytes, NULL) == STATUS_OK &&
                   file_replace(walk_path(walk, name), bytes.data, bytes.length, 0644, NULL) == STATUS_OK;
    buf_release(&bytes);
    return is_kept || walk_fail(walk, "%s cannot be kept", name);
}

bool walk_step_receipt(struct walk *walk)
{
    char printed[WALK_WORLD_PATH_BYTES];
    int before = walk_world_printed_jobs(&walk->world);
    if (!wait_screen(walk, "done", SCREEN_MS) || !walk_picture(walk, &walk->terminal, "done-take") ||
        !tap(walk, "bar.secondary"))
        return false;
    if (!walk_world_printed(&walk->world, before, printed))
        return walk_fail_world(walk);
    return keep_file(walk, printed, "printed-receipt.pdf");
}

/* Nothing of the person is on the screen or in what a robot may read. */
static bool is_forgotten(struct walk *walk)
{
    static const char *const fields[] = {"company", "credit_code", "legal_name", "agent_name",
                                         "agent_mobile"};
    struct buf text;
    char value[WALK_TEXT_BYTES];
    const char *left = NULL;
    buf_init(&text, LIMIT_JSON_BYTES);
    if (file_read(walk->terminal.dump_path, &text, NULL) != STATUS_OK)
        left = "the dump";
    for (size_t i = 0; left == NULL && i < sizeof(fields) / sizeof(fields[0]); i++) {
        walk_applicant_text(walk, fields[i], value, sizeof(value));
        if (strstr((const char *)text.data, value) != NULL)
            left = fields[i];
    }
    buf_release(&text);
    return left == NULL || walk_fail(walk, "%s is still on the screen after the visit", left);
}

bool walk_step_take(struct walk *walk)
{
    if (!walk_world_insert_key(&walk->world, NULL))
        return walk_fail_world(walk);
    if (!walk_view_wait_pressable(&walk->terminal, "bar.next", SCREEN_MS))
        return walk_fail_view(walk, &walk->terminal);
    return walk_picture(walk, &walk->terminal, "done") && tap(walk, "bar.next") &&
           wait_screen(walk, "welcome", SCREEN_MS) && is_forgotten(walk) &&
           walk_picture(walk, &walk->terminal, "welcome-again");
}

bool walk_step_evidence(struct walk *walk)
{
    return (walk_world_keep(&walk->world, "alipay", "/control/ledger", walk_path(walk, "ledger.json")) &&
            walk_world_keep(&walk->world, "sms", "/control/messages", walk_path(walk, "messages.json"))) ||
           walk_fail_world(walk);
}
