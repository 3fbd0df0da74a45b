/* sim-hall as a process without a display: its buttons, pressed by a replay, reach the simulators; what the
 * simulators say stands in its widget dump.
 *
 * A replay presses its buttons again and again until the test ends, so that no tap depends on how soon the
 * window has its first view; the tests wait for what must come about. */
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "drivers/simulators/common/sim_control.h"
#include "kiosk/base/file.h"
#include "tests/support/pki_process.h"
#include "tests/support/sim_client.h"

#define PROGRAM TEST_BUILD_DIR "/sim-hall"

/* Taps are further apart than the toolkit's guard against double activation. */
enum { PATIENCE_MS = 30000, LOOK_MS = 50, ROUNDS = 80, ROUND_MS = 350 };

/* --- a hall ----------------------------------------------------------------------------------------------
 */

struct hall {
    char dir[64];
    struct sim_client alipay;
    struct sim_client scanner;
    struct sim_client idcard;
    struct sim_http *sms; /* one that has two messages, in this process */
    pid_t window;
};

static void answer_sms(void *context, const struct sim_http_request *request, struct sim_http_reply *reply)
{
    (void)context;
    if (strcmp(request->path, "/control/messages") == 0)
        sim_http_answer(
            reply, 200, "application/json",
            "[{\"number\":\"13800138000\",\"code\":\"417203\",\"text\":\"验证码 417203，5 "
            "分钟内有效。\",\"utc_s\":1763691960},"
            "{\"number\":\"13800138000\",\"code\":\"100200\",\"text\":\"旧的\",\"utc_s\":1763691900}]");
    else
        sim_http_answer(reply, 200, "application/json", "[]");
}

static const char *path_of(const struct hall *hall, const char *name)
{
    return pki_process_path(hall->dir, name);
}

static void write_text(const struct hall *hall, const char *name, const char *text)
{
    pki_process_write(hall->dir, name, (struct bytes){.data = (const uint8_t *)text, .length = strlen(text)});
}

static void copy_form(const struct hall *hall)
{
    struct buf form;
    buf_init(&form, 4 * 1024 * 1024);
    assert_int_equal(file_read(TEST_SOURCE_DIR "/tests/fixtures/pages/form.pdf", &form, NULL), STATUS_OK);
    pki_process_write(hall->dir, "printer/tray/job-3.pdf",
                      (struct bytes){.data = form.data, .length = form.length});
    buf_release(&form);
}

static void copy_paper(const struct hall *hall, const char *name)
{
    struct buf paper;
    buf_init(&paper, 8 * 1024 * 1024);
    assert_int_equal(file_read(TEST_SOURCE_DIR "/tests/fixtures/pages/10_business_licence.jpg", &paper, NULL),
                     STATUS_OK);
    pki_process_write(hall->dir, name, (struct bytes){.data = paper.data, .length = paper.length});
    buf_release(&paper);
}

static void write_port(const struct hall *hall, const char *name, uint16_t port)
{
    char text[16];
    (void)snprintf(text, sizeof text, "%u", port);
    write_text(hall, name, text);
}

static void start_simulators(struct hall *hall)
{
    static const char ledger[] =
        "{\"trades\":["
        "{\"out_trade_no\":\"CK20250001\",\"status\":\"CODE\",\"subject\":\"证书新办\",\"amount_fen\":20000,"
        "\"qr_code\":\"https://qr.example/"
        "1\",\"code_until_utc_s\":4000000000,\"trade_until_utc_s\":4000000000},"
        "{\"out_trade_no\":\"CK20250002\",\"status\":\"CODE\",\"subject\":\"证书新办\",\"amount_fen\":48000,"
        "\"qr_code\":\"https://qr.example/"
        "2\",\"code_until_utc_s\":4000000000,\"trade_until_utc_s\":4000000000}]}";
    write_text(hall, "gateway/ledger.json", ledger);
    sim_client_start(&hall->alipay, hall->dir, TEST_BUILD_DIR "/sim-alipay",
                     (const char *const[]){"--keys-dir", path_of(hall, "keys"), "--state-dir",
                                           path_of(hall, "gateway"), NULL});
    write_port(hall, "run/alipay.port", hall->alipay.port);
    sim_client_start(&hall->scanner, hall->dir, TEST_BUILD_DIR "/sim-scanner", (const char *const[]){NULL});
    write_port(hall, "run/scanner.port", hall->scanner.port);
    sim_client_start(&hall->idcard, hall->dir, TEST_BUILD_DIR "/sim-idcard",
                     (const char *const[]){"--line", path_of(hall, "reader"), NULL});
    write_port(hall, "run/idcard.port", hall->idcard.port);
    assert_int_equal(sim_http_start(&(struct sim_http_settings){.handler = answer_sms, .control = answer_sms},
                                    &hall->sms, NULL),
                     STATUS_OK);
    write_port(hall, "run/sms.port", sim_http_port(hall->sms));
}

static int open_hall(void **state)
{
    static const char *const folders[] = {"run",      "printer", "printer/tray", "key",
                                          "key/keys", "gateway", "papers"};
    struct hall *hall = calloc(1, sizeof *hall);
    assert_non_null(hall);
    pki_process_make_dir(hall->dir);
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
        assert_int_equal(mkdir(path_of(hall, folders[i]), 0700), 0);
    write_text(hall, "key/control", "insert key-1 1\n");
    write_text(hall, "key/keys/key-1", "serial 1\n");
    write_text(hall, "key/keys/key-2", "serial 2\n");
    copy_form(hall);
    start_simulators(hall);
    *state = hall;
    return 0;
}

static void close_window(struct hall *hall)
{
    if (hall->window > 0)
        assert_int_equal(pki_process_stop(hall->window, SIGTERM), 0);
    hall->window = 0;
}

static int end_window(void **state)
{
    close_window(*state);
    return 0;
}

static int close_hall(void **state)
{
    struct hall *hall = *state;
    close_window(hall);
    sim_client_stop(&hall->alipay, SIGTERM);
    sim_client_stop(&hall->scanner, SIGTERM);
    sim_client_stop(&hall->idcard, SIGTERM);
    sim_http_stop(hall->sms);
    pki_process_remove_dir(hall->dir);
    free(hall);
    return 0;
}

/* The window runs; with `replay` it is pressed as that file says. */
static void open_window(struct hall *hall, const char *replay)
{
    const char *dump = path_of(hall, "dump");
    assert_int_equal(setenv("SDL_VIDEODRIVER", "dummy", 1), 0);
    hall->window = pki_process_start((const char *const[]){
        PROGRAM, "--hall", hall->dir, "--assets", TEST_SOURCE_DIR "/assets", "--geometry", "640x1400+0+0",
        "--dump", dump, replay != NULL ? "--replay" : NULL, replay, NULL});
    assert_true(hall->window > 0);
}

/* --- what the window shows -------------------------------------------------------------------------------
 */

static struct json *read_dump(const struct hall *hall)
{
    struct buf text;
    struct json *dump = NULL;
    buf_init(&text, 1024 * 1024);
    if (file_read(path_of(hall, "dump"), &text, NULL) == STATUS_OK &&
        json_parse((const char *)text.data, text.length, &dump) != STATUS_OK)
        dump = NULL;
    buf_release(&text);
    return dump;
}

static const struct json *find_widget(const struct json *dump, const char *id)
{
    const struct json *widgets = dump == NULL ? NULL : json_member(dump, "widgets");
    for (size_t i = 0; i < json_length(widgets); i++)
        if (strcmp(json_text(json_element(widgets, i), "id", ""), id) == 0)
            return json_element(widgets, i);
    return NULL;
}

/* Waits for the widget to be there, with this label when one is given. Owns: the caller frees the dump. */
static struct json *await_widget(const struct hall *hall, const char *id, const char *label)
{
    for (int waited = 0; waited < PATIENCE_MS; waited += LOOK_MS) {
        struct json *dump = read_dump(hall);
        const struct json *widget = find_widget(dump, id);
        if (widget != NULL && (label == NULL || strstr(json_text(widget, "label", ""), label) != NULL))
            return dump;
        json_free(dump);
        (void)poll(NULL, 0, LOOK_MS);
    }
    fail_msg("the window never shows %s", id);
    return NULL;
}

static void add_taps(struct buf *replay, const struct json *dump, const char *const *ids, int64_t *time_ms)
{
    for (; *ids != NULL; ids++) {
        const struct json *widget = find_widget(dump, *ids);
        assert_non_null(widget);
        const struct json *rect = json_member(widget, "rect");
        int x = (int)(json_number(rect, "x", 0) + json_number(rect, "w", 0) / 2);
        int y = (int)(json_number(rect, "y", 0) + json_number(rect, "h", 0) / 2);
        assert_int_equal(buf_append_format(replay,
                                           "%lld press 1 %d %d 0 0 0 0 -\n%lld release 1 %d %d 0 0 0 0 -\n",
                                           (long long)*time_ms, x, y, (long long)*time_ms + 20, x, y),
                         STATUS_OK);
        *time_ms += ROUND_MS;
    }
}

/* The window is opened, measured, and opened again with its buttons being pressed round and round. */
static void press(struct hall *hall, const char *const *ids)
{
    struct buf replay;
    int64_t time_ms = 0;
    open_window(hall, NULL);
    json_free(await_widget(hall, "sms.code.0", NULL));
    struct json *dump = await_widget(hall, "pay.trade.0", NULL);
    (void)pki_process_stop(hall->window, SIGKILL); /* only measured; SIGTERM takes it half a second */
    hall->window = 0;
    buf_init(&replay, 1024 * 1024);
    for (int round = 0; round < ROUNDS; round++)
        add_taps(&replay, dump, ids, &time_ms);
    write_text(hall, "replay", (const char *)replay.data);
    buf_release(&replay);
    json_free(dump);
    open_window(hall, path_of(hall, "replay"));
}

static bool has_text(const struct hall *hall, const char *name, const char *wanted)
{
    struct buf text;
    buf_init(&text, 64 * 1024);
    bool has = file_read(path_of(hall, name), &text, NULL) == STATUS_OK && text.length > 0 &&
               strstr((const char *)text.data, wanted) != NULL;
    buf_release(&text);
    return has;
}

static bool becomes_text(const struct hall *hall, const char *name, const char *wanted)
{
    for (int waited = 0; waited < PATIENCE_MS && !has_text(hall, name, wanted); waited += LOOK_MS)
        (void)poll(NULL, 0, LOOK_MS);
    return has_text(hall, name, wanted);
}

static bool becomes_file(const struct hall *hall, const char *name)
{
    for (int waited = 0; waited < PATIENCE_MS && access(path_of(hall, name), R_OK) != 0; waited += LOOK_MS)
        (void)poll(NULL, 0, LOOK_MS);
    return access(path_of(hall, name), R_OK) == 0;
}

/* Whether the simulator's answer at this path comes to hold this text. */
static bool becomes_answer(const struct sim_client *client, const char *path, const char *wanted)
{
    bool has = false;
    for (int waited = 0; waited < PATIENCE_MS && !has; waited += LOOK_MS) {
        struct buf body;
        has = sim_client_request(client, "GET", path, &body) == 200 && body.length > 0 &&
              strstr((const char *)body.data, wanted) != NULL;
        buf_release(&body);
        (void)poll(NULL, 0, has ? 0 : LOOK_MS);
    }
    return has;
}

/* --- tests -----------------------------------------------------------------------------------------------
 */

static void test_sim_hall__it_shows_code_trade_key_and_sheet(void **state)
{
    struct hall *hall = *state;
    open_window(hall, NULL);
    enum { SIX_DIGITS_PX = 116 }; /* as large as the newest code is written */
    struct json *code = await_widget(hall, "sms.code.0", "417203");
    assert_true(json_number(json_member(find_widget(code, "sms.code.0"), "rect"), "w", 0) >= SIX_DIGITS_PX);
    json_free(code);
    json_free(await_widget(hall, "pay.trade.0", "480.00"));
    json_free(await_widget(hall, "key.now", "key-1"));
    struct json *dump = await_widget(hall, "printer.now", "job-3.pdf");
    assert_null(find_widget(dump, "ca.refuse")); /* no proxy, no section */
    json_free(dump);
}

static void test_sim_hall__a_silent_simulator_is_said_and_does_not_stop_the_window(void **state)
{
    struct hall *hall = *state;
    write_text(hall, "run/alipay.port", "1");
    open_window(hall, NULL);
    struct json *dump = await_widget(hall, "sms.code.0", "417203");
    const struct json *widgets = json_member(dump, "widgets");
    bool is_said = false;
    for (size_t i = 0; i < json_length(widgets); i++)
        is_said =
            is_said || strcmp(json_text(json_element(widgets, i), "label", ""), "支付模拟器没有应答") == 0;
    assert_true(is_said);
    assert_null(find_widget(dump, "pay.trade.0"));
    json_free(dump);
    write_port(hall, "run/alipay.port", hall->alipay.port);
}

static void test_sim_hall__one_trade_is_paid_once_and_the_other_refused(void **state)
{
    struct hall *hall = *state;
    press(hall, (const char *const[]){"pay.pay", NULL}); /* the newest, as nothing is chosen */
    assert_true(becomes_answer(&hall->alipay, "/control/ledger", "TRADE_SUCCESS"));
    close_window(hall);
    press(hall, (const char *const[]){"pay.trade.1", "pay.refuse", NULL});
    assert_true(becomes_answer(&hall->alipay, "/control/ledger", "TRADE_CLOSED"));
    assert_true(becomes_answer(&hall->alipay, "/control/ledger", "\"taken_fen\":48000"));
}

static void test_sim_hall__faults_wait_where_they_are_asked_for(void **state)
{
    struct hall *hall = *state;
    press(hall, (const char *const[]){"pay.delay", "pay.lose", "pay.duplicate", "pay.bad-sign",
                                      "scanner.delay", "scanner.lose", NULL});
    assert_true(becomes_answer(&hall->alipay, "/control/faults", "\"delay\""));
    assert_true(becomes_answer(&hall->alipay, "/control/faults", "\"drop-reply\""));
    assert_true(becomes_answer(&hall->alipay, "/control/faults", "\"duplicate\""));
    assert_true(becomes_answer(&hall->alipay, "/control/faults", "\"bad-sign\""));
    assert_true(becomes_answer(&hall->scanner, "/control/faults", "\"slow\""));
    assert_true(becomes_answer(&hall->scanner, "/control/faults", "\"NextDocument\""));
}

static void test_sim_hall__the_printed_form_is_laid_on_a_mended_scanner(void **state)
{
    struct hall *hall = *state;
    press(hall, (const char *const[]){"scanner.jam", "scanner.form", "scanner.ready", NULL});
    assert_true(becomes_answer(&hall->scanner, "/control/state", "\"jam\""));
    assert_true(becomes_answer(&hall->scanner, "/control/state", "\"glass\":true"));
    assert_true(becomes_answer(&hall->scanner, "/control/state", "\"ready\""));
    assert_int_equal(access(path_of(hall, "printer/page.jpg"), R_OK), 0);
}

static void test_sim_hall__a_paper_of_ones_own_is_chosen_from_pages(void **state)
{
    struct hall *hall = *state;
    copy_paper(hall, "papers/a.jpg");
    copy_paper(hall, "papers/b.jpg");
    copy_paper(hall, "papers/c.jpg");
    write_text(hall, "papers/notes.txt", "no paper");
    (void)unlink(path_of(hall, "printer/page.jpg"));
    press(hall, (const char *const[]){"scanner.remove", "scanner.sheet.1", NULL});
    json_free(await_widget(hall, "scanner.sheet.1", "b.jpg"));
    assert_true(becomes_file(hall, "printer/page.jpg"));
    assert_true(becomes_answer(&hall->scanner, "/control/state", "\"glass\":true"));
    close_window(hall);
    press(hall, (const char *const[]){"scanner.sheets.next", NULL});
    json_free(await_widget(hall, "scanner.sheet.3", "job-3.pdf")); /* the prints stand behind the papers */
}

static void test_sim_hall__what_is_no_picture_is_not_laid_on_the_glass(void **state)
{
    struct hall *hall = *state;
    write_text(hall, "papers/a.jpg", "no picture");
    (void)unlink(path_of(hall, "papers/b.jpg"));
    (void)unlink(path_of(hall, "papers/c.jpg"));
    press(hall, (const char *const[]){"scanner.remove", "scanner.sheet.0", NULL});
    assert_true(becomes_text(hall, "printer/page.jpg", "no picture"));
    assert_true(becomes_answer(&hall->scanner, "/control/state", "\"glass\":false"));
    (void)unlink(path_of(hall, "papers/a.jpg"));
}

static void test_sim_hall__the_key_is_pulled_and_put_back(void **state)
{
    struct hall *hall = *state;
    press(hall, (const char *const[]){"key.pull", NULL});
    assert_true(becomes_text(hall, "key/last", "key-1"));
    json_free(await_widget(hall, "key.now", "空的"));
    assert_false(has_text(hall, "key/control", "insert"));
    close_window(hall);
    press(hall, (const char *const[]){"key.back", NULL});
    assert_true(becomes_text(hall, "key/control", "insert key-1"));
}

static void test_sim_hall__other_keys_go_in_and_are_locked(void **state)
{
    struct hall *hall = *state;
    press(hall, (const char *const[]){"key.insert.key-2", "key.lock", "key.blank", NULL});
    assert_true(becomes_text(hall, "key/control", "insert key-2"));
    assert_true(becomes_text(hall, "key/control", "\nlock\n"));
    assert_true(becomes_text(hall, "key/control", "insert key-3"));
}

static void test_sim_hall__the_printer_runs_out_of_paper_and_gets_some(void **state)
{
    struct hall *hall = *state;
    press(hall, (const char *const[]){"printer.offline", "printer.paper-out", "printer.paper-in",
                                      "printer.lose", "printer.duplicate", NULL});
    assert_true(becomes_text(hall, "printer/control", "paper-out\n"));
    assert_true(becomes_text(hall, "printer/control", "offline\n"));
    assert_true(becomes_text(hall, "printer/control", "lose\n"));
    assert_true(becomes_text(hall, "printer/control", "duplicate\n"));
}

static void test_sim_hall__a_card_is_laid_on_the_reader_and_lifted(void **state)
{
    struct hall *hall = *state;
    press(hall, (const char *const[]){"card.expired", "card.bad-checksum", NULL});
    assert_true(becomes_answer(&hall->idcard, "/control/state", "\"to\":\"20140101\""));
    assert_true(becomes_answer(&hall->idcard, "/control/faults", "\"bad-checksum\""));
    json_free(await_widget(hall, "card.now", "张小丽"));
    close_window(hall);
    press(hall, (const char *const[]){"card.lift", "card.clear", NULL});
    assert_true(becomes_answer(&hall->idcard, "/control/state", "\"card\":false"));
    json_free(await_widget(hall, "card.now", "空"));
}

static void test_sim_hall__wrong_arguments_are_refused(void **state)
{
    (void)state;
    struct buf output;
    assert_int_equal(pki_process_run((const char *const[]){PROGRAM, "--nonsense", NULL}, &output), 2);
    assert_non_null(strstr((const char *)output.data, "usage: sim-hall"));
    buf_release(&output);
}

#define HALL_TEST(name) cmocka_unit_test_teardown(name, end_window)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HALL_TEST(test_sim_hall__it_shows_code_trade_key_and_sheet),
        HALL_TEST(test_sim_hall__a_silent_simulator_is_said_and_does_not_stop_the_window),
        HALL_TEST(test_sim_hall__one_trade_is_paid_once_and_the_other_refused),
        HALL_TEST(test_sim_hall__faults_wait_where_they_are_asked_for),
        HALL_TEST(test_sim_hall__the_printed_form_is_laid_on_a_mended_scanner),
        HALL_TEST(test_sim_hall__a_paper_of_ones_own_is_chosen_from_pages),
        HALL_TEST(test_sim_hall__what_is_no_picture_is_not_laid_on_the_glass),
        HALL_TEST(test_sim_hall__the_key_is_pulled_and_put_back),
        HALL_TEST(test_sim_hall__other_keys_go_in_and_are_locked),
        HALL_TEST(test_sim_hall__a_card_is_laid_on_the_reader_and_lifted),
        HALL_TEST(test_sim_hall__the_printer_runs_out_of_paper_and_gets_some),
        cmocka_unit_test(test_sim_hall__wrong_arguments_are_refused),
    };
    return cmocka_run_group_tests(tests, open_hall, close_hall);
}
