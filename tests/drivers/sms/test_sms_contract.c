/* One list of tests, run on every SMS driver that can send: the fake, and Aliyun's protocol against sim-sms
 * as a real process; behind it what only the real protocol has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "drivers/sms/sms_fake.h"
#include "kiosk/base/file.h"
#include "tests/support/sim_bench.h"

static struct {
    struct sms *sms;
    struct sms_fake *fake; /* NULL for the real protocol */
    struct sim_bench service;
    char secret_file[SIM_BENCH_PATH_BYTES];
    unsigned attempt;
    char number[12];
} bench;

static const struct sms_call call = {.timeout_ms = 20000};

/* --- the hand
 * ------------------------------------------------------------------------------------------------- */

static void fault(const char *kind, const char *argument)
{
    sim_client_fault(&bench.service.sim, "SendSms", kind, argument, 1);
}

/* The next send ends like this; `done` says whether the message goes out all the same. */
static void arrange(enum status status, bool done, const char *kind, const char *argument)
{
    if (bench.fake != NULL)
        sms_fake_fail(bench.fake, status, done, 1);
    else
        fault(kind, argument);
}

/* How many messages reached the number of this test; the newest one's code is copied. */
static size_t received(char code[16])
{
    char path[64];
    code[0] = '\0';
    if (bench.fake != NULL)
        return sms_fake_last_code(bench.fake, bench.number, code, 16) == STATUS_OK ? 1 : 0;
    (void)snprintf(path, sizeof(path), "/control/messages?number=%s", bench.number);
    struct json *list = sim_client_get(&bench.service.sim, path);
    assert_non_null(list);
    size_t count = json_length(list);
    if (count > 0)
        (void)snprintf(code, 16, "%s", json_text(json_element(list, 0), "code", ""));
    json_free(list);
    return count;
}

static enum status send_by(enum sms_channel channel, const char *digits, struct failure *failure)
{
    struct secret code;
    struct sms_receipt receipt = {0};
    assert_int_equal(secret_set(&code, digits, strlen(digits)), STATUS_OK);
    const struct sms_message message = {.channel = channel,
                                        .number = bench.number,
                                        .purpose = "login",
                                        .code = &code,
                                        .minutes = 5,
                                        .request_id = "req 1*~"};
    enum status status = sms_send(bench.sms, &call, &message, &receipt, failure);
    if (status == STATUS_OK)
        assert_true(receipt.id[0] != '\0');
    else
        assert_true(receipt.id[0] == '\0');
    secret_wipe(&code);
    return status;
}

static enum status send_code(const char *digits, struct failure *failure)
{
    return send_by(SMS_TEXT, digits, failure);
}

/* Whether the newest message to the number of this test was read aloud. */
static bool was_spoken(void)
{
    char path[64];
    if (bench.fake != NULL)
        return sms_fake_spoke(bench.fake, bench.number);
    (void)snprintf(path, sizeof(path), "/control/messages?number=%s", bench.number);
    struct json *list = sim_client_get(&bench.service.sim, path);
    bool spoken = json_length(list) > 0 && json_bool(json_element(list, 0), "spoken", false);
    json_free(list);
    return spoken;
}

/* --- set-up
 * --------------------------------------------------------------------------------------------------- */

static struct sms_settings http_settings(void)
{
    return (struct sms_settings){.driver = "http",
                                 .clock = &bench.service.clock.clock,
                                 .random = &bench.service.random.random,
                                 .http = bench.service.http,
                                 .base_url = bench.service.url,
                                 .access_key_id = "SIMKEY",
                                 .access_key_secret_file = bench.secret_file,
                                 .sign_name = "证书服务大厅",
                                 .template_code = "SMS_0000001",
                                 .template_code_resume = "SMS_0000002",
                                 .voice_url = bench.service.url,
                                 .voice_template_code = "TTS_0000001",
                                 .minutes_parameter = "minutes"};
}

static void reopen(const struct sms_settings *settings)
{
    sms_close(bench.sms);
    bench.sms = NULL;
    assert_int_equal(sms_open(settings, &bench.sms, NULL), STATUS_OK);
}

static int open_fake(void **state)
{
    (void)state;
    const struct sms_settings settings = {.driver = "fake"};
    memset(&bench, 0, sizeof(bench));
    reopen(&settings);
    bench.fake = sms_fake_of(bench.sms);
    return bench.fake == NULL ? -1 : 0;
}

static int open_http(void **state)
{
    (void)state;
    char messages[SIM_BENCH_PATH_BYTES];
    memset(&bench, 0, sizeof(bench));
    sim_bench_open(&bench.service);
    sim_bench_path(&bench.service, "secret", bench.secret_file);
    sim_bench_path(&bench.service, "messages.jsonl", messages);
    const char *const arguments[] = {"--secret-file", bench.secret_file, "--messages", messages, NULL};
    sim_bench_start(&bench.service, TEST_BUILD_DIR "/sim-sms", arguments);
    return 0;
}

static int close_bench(void **state)
{
    (void)state;
    sms_close(bench.sms);
    sim_bench_close(&bench.service);
    return 0;
}

/* Each test has its own number, so that the service's limits do not meet it. */
static int begin_test(void **state)
{
    (void)state;
    (void)snprintf(bench.number, sizeof(bench.number), "138001%05u", ++bench.attempt);
    clock_manual_init(&bench.service.clock, time(NULL));
    if (bench.fake != NULL) {
        sms_fake_fail(bench.fake, STATUS_OK, false, 0);
        return 0;
    }
    sim_client_clear(&bench.service.sim);
    const struct sms_settings settings = http_settings();
    reopen(&settings);
    return 0;
}

/* --- the list
 * ------------------------------------------------------------------------------------------------- */

static void test_sms__code_reaches_the_number(void **state)
{
    (void)state;
    char code[16];
    assert_int_equal(send_code("123456", NULL), STATUS_OK);
    assert_int_equal(received(code), 1);
    assert_string_equal(code, "123456");
}

static void test_sms__code_is_read_aloud_in_a_call(void **state)
{
    (void)state;
    char code[16];
    assert_int_equal(send_by(SMS_VOICE, "246813", NULL), STATUS_OK);
    assert_int_equal(received(code), 1);
    assert_string_equal(code, "246813");
    assert_true(was_spoken());
}

static void test_sms__unreachable_number_is_refused(void **state)
{
    (void)state;
    char code[16];
    arrange(STATUS_REFUSED, false, "refuse", "isv.MOBILE_NUMBER_ILLEGAL");
    assert_int_equal(send_code("123456", NULL), STATUS_REFUSED);
    (void)snprintf(bench.number, sizeof(bench.number), "02312345678");
    assert_int_equal(send_code("123456", NULL), STATUS_REFUSED);
    assert_int_equal(received(code), 0);
}

static void test_sms__limit_of_the_service_means_later(void **state)
{
    (void)state;
    char code[16];
    arrange(STATUS_BUSY, false, "refuse", "isv.DAY_LIMIT_CONTROL");
    assert_int_equal(send_code("123456", NULL), STATUS_BUSY);
    assert_int_equal(received(code), 0);
    assert_int_equal(send_code("123456", NULL), STATUS_OK);
}

static void test_sms__lost_reply_is_unknown_although_it_was_sent(void **state)
{
    (void)state;
    char code[16];
    arrange(STATUS_UNKNOWN, true, "drop-reply", "");
    assert_int_equal(send_code("654321", NULL), STATUS_UNKNOWN);
    assert_int_equal(received(code), 1);
    assert_string_equal(code, "654321");
}

static void test_sms__account_trouble_is_configuration(void **state)
{
    (void)state;
    arrange(STATUS_CONFIG, false, "refuse", "isv.AMOUNT_NOT_ENOUGH");
    assert_int_equal(send_code("123456", NULL), STATUS_CONFIG);
}

static void test_sms__failure_names_neither_code_nor_number(void **state)
{
    (void)state;
    struct failure failure = {0};
    arrange(STATUS_REFUSED, false, "refuse", "isv.MOBILE_NUMBER_ILLEGAL");
    assert_int_equal(send_code("987654", &failure), STATUS_REFUSED);
    assert_true(failure.text[0] != '\0');
    assert_null(strstr(failure.text, "987654"));
    assert_null(strstr(failure.text, bench.number));
}

static void test_sms__cancelled_call_sends_nothing(void **state)
{
    (void)state;
    char digits[16];
    struct secret code;
    struct sms_receipt receipt = {0};
    struct job_cancel *cancel = job_cancel_new();
    const struct sms_call cancelled = {.timeout_ms = 5000, .cancel = cancel};
    assert_int_equal(secret_set(&code, "111222", 6), STATUS_OK);
    const struct sms_message message = {
        .number = bench.number, .purpose = "login", .code = &code, .minutes = 5, .request_id = ""};
    job_cancel_request(cancel);
    assert_int_equal(sms_send(bench.sms, &cancelled, &message, &receipt, NULL), STATUS_CANCELLED);
    assert_int_equal(received(digits), 0);
    job_cancel_drop(cancel);
    secret_wipe(&code);
}

static void test_sms__notice_reaches_the_number_with_its_blanks_filled(void **state)
{
    (void)state;
    char text[256] = "";
    char path[64];
    struct sms_receipt receipt = {0};
    const struct sms_parameter blanks[] = {{"number", "T2026112107"}, {"product", "重庆市政府采购网"}};
    struct sms_message message = {.number = bench.number,
                                  .request_id = "notice-1",
                                  .template_code = "SMS_0000009",
                                  .parameters = blanks,
                                  .parameter_count = 2};
    assert_int_equal(sms_send(bench.sms, &call, &message, &receipt, NULL), STATUS_OK);
    assert_int_equal(sms_send(bench.sms, &call, &message, &receipt, NULL), STATUS_OK); /* no code: no limit */
    if (bench.fake != NULL) {
        assert_int_equal(sms_fake_notices(bench.fake, "SMS_0000009", text, sizeof(text)), 2);
    } else {
        (void)snprintf(path, sizeof(path), "/control/messages?number=%s", bench.number);
        struct json *list = sim_client_get(&bench.service.sim, path);
        assert_int_equal(json_length(list), 2);
        (void)snprintf(text, sizeof(text), "%s", json_text(json_element(list, 0), "text", ""));
        json_free(list);
    }
    assert_non_null(strstr(text, "T2026112107"));
    assert_non_null(strstr(text, "重庆市政府采购网"));
    message.template_code = "";
    assert_int_equal(sms_send(bench.sms, &call, &message, &receipt, NULL), STATUS_CONFIG);
}

static void test_sms__probe_finds_a_living_service(void **state)
{
    (void)state;
    char code[16];
    assert_int_equal(sms_probe(bench.sms, &call, NULL), STATUS_OK);
    assert_int_equal(received(code), 0);
}

/* --- only the real protocol
 * ----------------------------------------------------------------------------------- */

static void test_sms_http__second_message_within_a_minute_is_later(void **state)
{
    (void)state;
    assert_int_equal(send_code("123456", NULL), STATUS_OK);
    assert_int_equal(send_code("123456", NULL), STATUS_BUSY);
    sim_bench_pass(&bench.service, 61);
    assert_int_equal(send_code("123456", NULL), STATUS_OK);
    sim_bench_pass(&bench.service, -61);
}

static void test_sms_http__call_that_is_refused_or_lost_says_so(void **state)
{
    (void)state;
    char code[16];
    sim_client_fault(&bench.service.sim, "SingleCallByTts", "refuse", "isv.MOBILE_NUMBER_ILLEGAL", 1);
    assert_int_equal(send_by(SMS_VOICE, "246813", NULL), STATUS_REFUSED);
    assert_int_equal(received(code), 0);
    sim_client_fault(&bench.service.sim, "SingleCallByTts", "drop-reply", "", 1);
    assert_int_equal(send_by(SMS_VOICE, "246813", NULL), STATUS_UNKNOWN);
    assert_int_equal(received(code), 1);
}

static void test_sms_http__service_without_calls_says_unsupported(void **state)
{
    (void)state;
    char code[16];
    struct sms_settings settings = http_settings();
    settings.voice_template_code = "";
    reopen(&settings);
    assert_int_equal(send_by(SMS_VOICE, "246813", NULL), STATUS_UNSUPPORTED);
    assert_int_equal(received(code), 0);
    settings = http_settings();
    settings.voice_template_code = "SMS_0000001"; /* a message's */
    reopen(&settings);
    assert_int_equal(send_by(SMS_VOICE, "246813", NULL), STATUS_CONFIG);
}

static void test_sms_http__every_garbled_reply_is_unknown(void **state)
{
    (void)state;
    static const char *const kinds[] = {"garbage", "cut", "http-500", "http-500-done", "unknown", "drop"};
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        (void)snprintf(bench.number, sizeof(bench.number), "138002%05zu", i);
        fault(kinds[i], "");
        assert_int_equal(send_code("123456", NULL), STATUS_UNKNOWN);
    }
}

static void test_sms_http__wrong_secret_is_configuration(void **state)
{
    (void)state;
    char path[SIM_BENCH_PATH_BYTES];
    char code[16];
    struct failure failure = {0};
    struct sms_settings settings = http_settings();
    sim_bench_path(&bench.service, "wrong", path);
    assert_int_equal(file_replace(path, "not-the-secret\n", 15, 0600, NULL), STATUS_OK);
    settings.access_key_secret_file = path;
    reopen(&settings);
    assert_int_equal(send_code("123456", &failure), STATUS_CONFIG);
    assert_string_equal(failure.text, "SignatureDoesNotMatch");
    assert_int_equal(sms_probe(bench.sms, &call, NULL), STATUS_CONFIG);
    assert_int_equal(received(code), 0);
}

static void test_sms_http__wrong_key_name_or_clock_is_configuration(void **state)
{
    (void)state;
    struct sms_settings settings = http_settings();
    settings.access_key_id = "ANOTHER";
    reopen(&settings);
    assert_int_equal(send_code("123456", NULL), STATUS_CONFIG);
    settings = http_settings();
    settings.sign_name = "别的签名";
    reopen(&settings);
    assert_int_equal(send_code("123456", NULL), STATUS_CONFIG);
    settings = http_settings();
    reopen(&settings);
    clock_manual_advance(&bench.service.clock, 20LL * 60 * 1000);
    assert_int_equal(send_code("123456", NULL), STATUS_CONFIG);
}

static void test_sms_http__nonce_is_never_used_twice(void **state)
{
    (void)state;
    struct failure failure = {0};
    random_seeded_init(&bench.service.random, 99);
    assert_int_equal(send_code("123456", NULL), STATUS_OK);
    random_seeded_init(&bench.service.random, 99); /* what a broken random source would do */
    assert_int_equal(send_code("123456", &failure), STATUS_CONFIG);
    assert_string_equal(failure.text, "SignatureNonceUsed");
}

static void test_sms_http__messages_stand_in_the_file(void **state)
{
    (void)state;
    struct buf text;
    char path[SIM_BENCH_PATH_BYTES];
    sim_bench_path(&bench.service, "messages.jsonl", path);
    assert_int_equal(send_code("246810", NULL), STATUS_OK);
    buf_init(&text, 1024 * 1024);
    assert_int_equal(file_read(path, &text, NULL), STATUS_OK);
    assert_non_null(strstr((const char *)text.data, bench.number));
    assert_non_null(strstr((const char *)text.data, "246810"));
    buf_release(&text);
}

static void test_sms_http__silent_service_is_unknown_and_absent_one_later(void **state)
{
    (void)state;
    struct secret code;
    struct sms_receipt receipt = {0};
    const struct sms_call short_call = {.timeout_ms = 300};
    assert_int_equal(secret_set(&code, "111222", 6), STATUS_OK);
    const struct sms_message message = {
        .number = bench.number, .purpose = "resume", .code = &code, .minutes = 5, .request_id = ""};
    fault("delay", "1500");
    assert_int_equal(sms_send(bench.sms, &short_call, &message, &receipt, NULL), STATUS_UNKNOWN);
    secret_wipe(&code);
    struct sms_settings settings = http_settings();
    settings.base_url = "http://127.0.0.1:1";
    reopen(&settings);
    assert_int_equal(send_code("123456", NULL), STATUS_BUSY);
}

static void test_sms_http__missing_settings_are_named(void **state)
{
    (void)state;
    struct sms *sms = NULL;
    struct failure failure = {0};
    struct sms_settings settings = http_settings();
    settings.access_key_secret_file = "/nonexistent";
    assert_int_equal(sms_open(&settings, &sms, &failure), STATUS_CONFIG);
    assert_non_null(strstr(failure.text, "access_key_secret_file"));
    settings = http_settings();
    settings.template_code = "";
    assert_int_equal(sms_open(&settings, &sms, &failure), STATUS_CONFIG);
    assert_non_null(strstr(failure.text, "template_code"));
    settings = http_settings();
    settings.base_url = "no-scheme";
    assert_int_equal(sms_open(&settings, &sms, &failure), STATUS_CONFIG);
    assert_null(sms);
}

static void test_sms_none__sending_says_config(void **state)
{
    (void)state;
    struct sms *sms = NULL;
    const struct sms_settings none = {.driver = "none"};
    const struct sms_settings pigeon = {.driver = "pigeon"};
    assert_int_equal(sms_open(&pigeon, &sms, NULL), STATUS_NOT_FOUND);
    assert_int_equal(sms_open(&none, &sms, NULL), STATUS_OK);
    assert_string_equal(sms_name(sms), "none");
    assert_int_equal(sms_probe(sms, &call, NULL), STATUS_CONFIG);
    assert_null(sms_fake_of(sms));
    sms_close(sms);
    sms_close(NULL);
}

#define LISTED(test) cmocka_unit_test_setup(test, begin_test)
#define LIST                                                                                                 \
    LISTED(test_sms__code_reaches_the_number), LISTED(test_sms__code_is_read_aloud_in_a_call),               \
        LISTED(test_sms__unreachable_number_is_refused), LISTED(test_sms__limit_of_the_service_means_later), \
        LISTED(test_sms__lost_reply_is_unknown_although_it_was_sent),                                        \
        LISTED(test_sms__account_trouble_is_configuration),                                                  \
        LISTED(test_sms__failure_names_neither_code_nor_number),                                             \
        LISTED(test_sms__cancelled_call_sends_nothing), LISTED(test_sms__probe_finds_a_living_service),      \
        LISTED(test_sms__notice_reaches_the_number_with_its_blanks_filled)

int main(void)
{
    const struct CMUnitTest fake[] = {LIST, cmocka_unit_test(test_sms_none__sending_says_config)};
    const struct CMUnitTest http[] = {
        LIST,
        LISTED(test_sms_http__second_message_within_a_minute_is_later),
        LISTED(test_sms_http__call_that_is_refused_or_lost_says_so),
        LISTED(test_sms_http__service_without_calls_says_unsupported),
        LISTED(test_sms_http__every_garbled_reply_is_unknown),
        LISTED(test_sms_http__wrong_secret_is_configuration),
        LISTED(test_sms_http__wrong_key_name_or_clock_is_configuration),
        LISTED(test_sms_http__nonce_is_never_used_twice),
        LISTED(test_sms_http__messages_stand_in_the_file),
        LISTED(test_sms_http__silent_service_is_unknown_and_absent_one_later),
        LISTED(test_sms_http__missing_settings_are_named),
    };
    int failed = cmocka_run_group_tests_name("sms: fake", fake, open_fake, close_bench);
    return failed + cmocka_run_group_tests_name("sms: http", http, open_http, close_bench);
}
