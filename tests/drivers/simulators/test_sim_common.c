/* The common ground of the simulators: server, forms, misfortunes, log, control, arguments. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <string.h>
#include <time.h>

#include "drivers/simulators/common/sim_control.h"
#include "drivers/simulators/common/sim_form.h"
#include "drivers/simulators/common/sim_program.h"
#include "kiosk/base/file.h"
#include "tests/support/pki_process.h"
#include "tests/support/sim_client.h"

static const char *const kinds[] = {"drop", "delay", NULL};

/* --- forms
 * ---------------------------------------------------------------------------------------------------- */

static void test_sim_form__fields_are_decoded_and_sorted(void **state)
{
    (void)state;
    struct sim_form form;
    assert_int_equal(sim_form_parse(&form, "b=2&a=%E4%B8%AD+x&c", 19), STATUS_OK);
    assert_int_equal(form.count, 3);
    assert_string_equal(sim_form_value(&form, "a"), "中 x");
    assert_string_equal(sim_form_value(&form, "c"), "");
    assert_null(sim_form_value(&form, "d"));
    sim_form_sort(&form);
    assert_string_equal(form.pairs[0].name, "a");
    sim_form_release(&form);
    sim_form_release(NULL);
}

static void test_sim_form__broken_escapes_are_malformed(void **state)
{
    (void)state;
    static const char *const texts[] = {"a=%", "a=%1", "a=%xx", "%0=1", "a=%00"};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct sim_form form;
        assert_int_equal(sim_form_parse(&form, texts[i], strlen(texts[i])), STATUS_MALFORMED);
        sim_form_release(&form);
    }
}

static void test_sim_form__one_field_is_copied_or_its_absence_said(void **state)
{
    (void)state;
    char out[4];
    assert_int_equal(sim_form_field("a=xyz&b=1", 9, "a", out, sizeof(out)), STATUS_OK);
    assert_string_equal(out, "xyz");
    assert_int_equal(sim_form_field("a=xyzz", 6, "a", out, sizeof(out)), STATUS_FULL);
    assert_int_equal(sim_form_field("a=1", 3, "b", out, sizeof(out)), STATUS_NOT_FOUND);
}

/* --- misfortunes
 * ---------------------------------------------------------------------------------------------- */

static void test_sim_faults__each_is_spent_once_per_call(void **state)
{
    (void)state;
    struct sim_faults faults;
    struct sim_fault fault;
    sim_faults_init(&faults, kinds);
    assert_int_equal(sim_faults_add(&faults, "m", "delay", "50", 2), STATUS_OK);
    assert_false(sim_faults_take(&faults, "other", "delay", &fault));
    assert_false(sim_faults_take(&faults, "m", "drop", &fault));
    assert_true(sim_faults_take(&faults, "m", "delay", &fault));
    assert_string_equal(fault.argument, "50");
    assert_true(sim_faults_take(&faults, "m", "delay", &fault));
    assert_false(sim_faults_take(&faults, "m", "delay", &fault));
}

static void test_sim_faults__star_fits_all_and_negative_never_ends(void **state)
{
    (void)state;
    struct sim_faults faults;
    struct sim_fault fault;
    sim_faults_init(&faults, kinds);
    assert_int_equal(sim_faults_add(&faults, "*", "drop", "", -1), STATUS_OK);
    for (int i = 0; i < 5; i++)
        assert_true(sim_faults_take(&faults, "any", "drop", &fault));
    sim_faults_clear(&faults);
    assert_false(sim_faults_take(&faults, "any", "drop", &fault));
}

static void test_sim_faults__unknown_kinds_and_too_many_are_refused(void **state)
{
    (void)state;
    struct sim_faults faults;
    sim_faults_init(&faults, kinds);
    assert_int_equal(sim_faults_add(&faults, "m", "typo", "", 1), STATUS_UNSUPPORTED);
    assert_int_equal(sim_faults_add(&faults, "m", "drop", "", 0), STATUS_MALFORMED);
    for (int i = 0; i < SIM_FAULT_COUNT; i++)
        assert_int_equal(sim_faults_add(&faults, "m", "drop", "", 1), STATUS_OK);
    assert_int_equal(sim_faults_add(&faults, "m", "drop", "", 1), STATUS_FULL);
}

/* --- server and control
 * --------------------------------------------------------------------------------------- */

static struct {
    struct sim_http *server;
    struct sim_control control;
    int handled;
} bench;

static void handle(void *context, const struct sim_http_request *request, struct sim_http_reply *reply)
{
    struct sim_fault fault;
    (void)context;
    bench.handled++;
    sim_http_answer(reply, 200, "text/plain", "%s %s %d", request->method, request->path, bench.handled);
    reply->drop = strcmp(request->path, "/drop") == 0;
    reply->twice = strcmp(request->path, "/twice") == 0 && bench.handled == 1;
    reply->cut_at_bytes = strcmp(request->path, "/cut") == 0 ? 3 : -1;
    if (sim_faults_take(&bench.control.faults, request->path, "delay", &fault))
        reply->delay_ms = strtoll(fault.argument, NULL, 10);
}

static void handle_control(void *context, const struct sim_http_request *request,
                           struct sim_http_reply *reply)
{
    (void)context;
    sim_control_handle(&bench.control, request, reply);
}

static int start_server(void **state)
{
    static struct sim_client client;
    const struct sim_http_settings settings = {
        .handler = handle, .control = handle_control, .body_limit_bytes = 64};
    memset(&bench, 0, sizeof(bench));
    bench.control.name = "sim-test";
    sim_faults_init(&bench.control.faults, kinds);
    if (sim_http_start(&settings, &bench.server, NULL) != STATUS_OK)
        return -1;
    client = (struct sim_client){.port = sim_http_port(bench.server)};
    *state = &client;
    return 0;
}

static int stop_server(void **state)
{
    (void)state;
    sim_http_stop(bench.server);
    sim_http_stop(NULL);
    return 0;
}

static void assert_body(const struct sim_client *client, const char *path, int code, const char *wanted)
{
    struct buf body;
    assert_int_equal(sim_client_request(client, "GET", path, &body), code);
    if (wanted != NULL)
        assert_string_equal((const char *)body.data, wanted);
    buf_release(&body);
}

static void test_sim_http__requests_reach_the_handler(void **state)
{
    assert_body(*state, "/a%20b?x=1", 200, "GET /a b 1");
    assert_body(*state, "/c", 200, "GET /c 2");
}

static void test_sim_http__dropped_and_cut_answers_are_not_whole(void **state)
{
    struct buf body;
    assert_body(*state, "/drop", 0, NULL);
    assert_int_equal(sim_client_request(*state, "GET", "/cut", &body), 200);
    assert_int_equal(body.length, 3);
    buf_release(&body);
    assert_int_equal(bench.handled, 2);
}

static void test_sim_http__delivered_twice_is_handled_twice(void **state)
{
    assert_body(*state, "/twice", 200, "GET /twice 2");
    assert_int_equal(bench.handled, 2);
}

static void test_sim_http__delayed_answer_comes_all_the_same(void **state)
{
    (void)state;
    assert_int_equal(sim_client_post(*state, "/control/fault?method=/slow&kind=delay&argument=200"), 200);
    assert_body(*state, "/slow", 200, NULL);
    assert_int_equal(bench.handled, 1);
}

static void test_sim_control__health_faults_and_clock(void **state)
{
    struct json *health = sim_client_get(*state, "/control/health");
    assert_non_null(health);
    assert_string_equal(json_text(health, "simulator", ""), "sim-test");
    json_free(health);
    assert_int_equal(sim_client_post(*state, "/control/fault?kind=drop&count=3"), 200);
    assert_int_equal(sim_client_post(*state, "/control/fault?kind=typo"), 400);
    struct json *faults = sim_client_get(*state, "/control/faults");
    assert_int_equal(json_length(faults), 1);
    assert_int_equal(json_number(json_element(faults, 0), "remaining", 0), 3);
    json_free(faults);
    assert_int_equal(sim_client_post(*state, "/control/clock?advance_s=7200"), 200);
    assert_true(sim_control_utc_s(&bench.control) >= time(NULL) + 7199);
    assert_int_equal(sim_client_post(*state, "/control/clock"), 400);
    assert_int_equal(sim_client_post(*state, "/control/nothing"), 404);
    assert_int_equal(bench.handled, 0);
}

/* --- log and arguments
 * ---------------------------------------------------------------------------------------- */

static void test_sim_log__lines_are_numbered_and_appended(void **state)
{
    (void)state;
    char dir[64];
    struct buf text;
    pki_process_make_dir(dir);
    const char *path = pki_process_path(dir, "log");
    for (int i = 0; i < 2; i++) {
        struct sim_log log;
        assert_int_equal(sim_log_open(&log, path, NULL), STATUS_OK);
        struct json *line = json_new_object();
        json_set_text(line, "what", "中文");
        sim_log_take(&log, line);
        sim_log_close(&log);
    }
    buf_init(&text, 1024);
    assert_int_equal(file_read(path, &text, NULL), STATUS_OK);
    assert_string_equal((const char *)text.data,
                        "{\"what\":\"中文\",\"seq\":1}\n{\"what\":\"中文\",\"seq\":1}\n");
    buf_release(&text);
    struct sim_log none;
    assert_int_equal(sim_log_open(&none, "/nonexistent/log", NULL), STATUS_IO);
    pki_process_remove_dir(dir);
}

static void test_sim_program__unknown_arguments_are_refused(void **state)
{
    (void)state;
    static const char *const own[] = {"--own", NULL};
    struct sim_program program;
    char *good[] = {(char[]){"p"},     (char[]){"--port"}, (char[]){"1234"},
                    (char[]){"--own"}, (char[]){"value"},  NULL};
    char *unknown[] = {(char[]){"p"}, (char[]){"--typo"}, (char[]){"x"}, NULL};
    char *no_value[] = {(char[]){"p"}, (char[]){"--port"}, NULL};
    char *no_port[] = {(char[]){"p"}, (char[]){"--port"}, (char[]){"70000"}, NULL};
    assert_int_equal(sim_program_begin(&program, "p", 3, unknown, own), STATUS_CONFIG);
    assert_int_equal(sim_program_begin(&program, "p", 2, no_value, own), STATUS_CONFIG);
    assert_int_equal(sim_program_begin(&program, "p", 3, no_port, own), STATUS_CONFIG);
    assert_int_equal(sim_program_begin(&program, "p", 5, good, own), STATUS_OK);
    assert_int_equal(program.port, 1234);
    assert_string_equal(sim_program_option(&program, "--own", "none"), "value");
    assert_string_equal(sim_program_option(&program, "--other", "none"), "none");
}

#define SERVED(test) cmocka_unit_test_setup_teardown(test, start_server, stop_server)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sim_form__fields_are_decoded_and_sorted),
        cmocka_unit_test(test_sim_form__broken_escapes_are_malformed),
        cmocka_unit_test(test_sim_form__one_field_is_copied_or_its_absence_said),
        cmocka_unit_test(test_sim_faults__each_is_spent_once_per_call),
        cmocka_unit_test(test_sim_faults__star_fits_all_and_negative_never_ends),
        cmocka_unit_test(test_sim_faults__unknown_kinds_and_too_many_are_refused),
        SERVED(test_sim_http__requests_reach_the_handler),
        SERVED(test_sim_http__dropped_and_cut_answers_are_not_whole),
        SERVED(test_sim_http__delivered_twice_is_handled_twice),
        SERVED(test_sim_http__delayed_answer_comes_all_the_same),
        SERVED(test_sim_control__health_faults_and_clock),
        cmocka_unit_test(test_sim_log__lines_are_numbered_and_appended),
        cmocka_unit_test(test_sim_program__unknown_arguments_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
