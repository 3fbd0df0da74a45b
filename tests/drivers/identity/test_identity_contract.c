/* One list of tests, run on every identity service that can answer: the fake, and the protocol over HTTP
 * against sim-identity as a real process; behind it what only the real protocol has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "drivers/identity/identity_fake.h"
#include "kiosk/base/file.h"
#include "tests/support/sim_bench.h"

enum { LIFE_S = 300 };

static struct {
    struct identity *identity;
    struct identity_fake *fake; /* NULL for the real protocol */
    struct sim_bench service;
    char key_file[SIM_BENCH_PATH_BYTES];
    unsigned attempt;
    char id[IDENTITY_ID_BYTES];
} bench;

static const struct identity_call call = {.timeout_ms = 20000};
static const struct identity_person agent = {.name = "张小丽", .number = "110101199003070417"};
static const struct identity_person other = {.name = "王小小", .number = "110101199003070097"};

/* --- the hand ---------------------------------------------------------------------------------------- */

static void fault(const char *method, const char *kind, const char *argument)
{
    sim_client_fault(&bench.service.sim, method, kind, argument, 1);
}

/* The next call ends like this; `done` says whether the work is done all the same. */
static void arrange(enum status status, bool done, const char *method, const char *kind)
{
    if (bench.fake != NULL)
        identity_fake_fail(bench.fake, status, done, 1);
    else
        fault(method, kind, "");
}

static void end(enum identity_state state)
{
    if (bench.fake != NULL)
        identity_fake_end(bench.fake, state);
    else
        assert_int_equal(
            sim_client_post(&bench.service.sim, "/control/end?state=%s", identity_state_name(state)), 200);
}

static void pass_time(int64_t seconds)
{
    if (bench.fake != NULL)
        clock_manual_advance(&bench.service.clock, seconds * 1000);
    else
        sim_bench_pass(&bench.service, seconds);
}

static size_t sessions(void)
{
    if (bench.fake != NULL)
        return identity_fake_count(bench.fake);
    struct json *list = sim_client_get(&bench.service.sim, "/control/sessions");
    size_t count = json_length(list);
    json_free(list);
    return count;
}

static struct identity_question about(const struct identity_person *person)
{
    return (struct identity_question){.id = bench.id, .person = *person, .life_s = LIFE_S};
}

static enum status begin(const struct identity_person *person, struct identity_session *out)
{
    const struct identity_question question = about(person);
    *out = (struct identity_session){0};
    enum status status = identity_begin(bench.identity, &call, &question, out, NULL);
    assert_int_equal(status == STATUS_OK, out->url[0] != 0);
    return status;
}

static enum status inquire(const struct identity_person *person, struct identity_session *out)
{
    const struct identity_question question = about(person);
    *out = (struct identity_session){0};
    enum status status = identity_inquire(bench.identity, &call, &question, out, NULL);
    assert_int_equal(status == STATUS_OK, out->url[0] != 0);
    return status;
}

/* --- set-up ------------------------------------------------------------------------------------------ */

static struct identity_settings http_settings(void)
{
    return (struct identity_settings){.driver = "http",
                                      .clock = &bench.service.clock.clock,
                                      .random = &bench.service.random.random,
                                      .http = bench.service.http,
                                      .base_url = bench.service.url,
                                      .key_id = "SIMKEY",
                                      .key_file = bench.key_file};
}

static void reopen(const struct identity_settings *settings)
{
    identity_close(bench.identity);
    bench.identity = NULL;
    assert_int_equal(identity_open(settings, &bench.identity, NULL), STATUS_OK);
}

static int open_fake(void **state)
{
    (void)state;
    (void)memset(&bench, 0, sizeof(bench));
    clock_manual_init(&bench.service.clock, time(NULL));
    reopen(&(struct identity_settings){.driver = "fake", .clock = &bench.service.clock.clock});
    bench.fake = identity_fake_of(bench.identity);
    return bench.fake == NULL ? -1 : 0;
}

static int open_http(void **state)
{
    (void)state;
    (void)memset(&bench, 0, sizeof(bench));
    sim_bench_open(&bench.service);
    sim_bench_path(&bench.service, "key", bench.key_file);
    const char *const arguments[] = {"--key-file", bench.key_file, NULL};
    sim_bench_start(&bench.service, TEST_BUILD_DIR "/sim-identity", arguments);
    return 0;
}

static int close_bench(void **state)
{
    (void)state;
    identity_close(bench.identity);
    sim_bench_close(&bench.service);
    return 0;
}

/* Each test has a session of its own. */
static int begin_test(void **state)
{
    (void)state;
    (void)snprintf(bench.id, sizeof(bench.id), "%032x", ++bench.attempt);
    if (bench.fake != NULL) {
        identity_fake_fail(bench.fake, STATUS_OK, false, 0);
        return 0;
    }
    sim_client_clear(&bench.service.sim);
    const struct identity_settings settings = http_settings();
    reopen(&settings);
    return 0;
}

/* --- the list ---------------------------------------------------------------------------------------- */

static void test_identity__session_has_an_address_and_waits(void **state)
{
    (void)state;
    struct identity_session session;
    assert_int_equal(begin(&agent, &session), STATUS_OK);
    assert_int_equal(session.state, IDENTITY_WAITING);
    assert_non_null(strstr(session.url, bench.id));
    assert_int_equal(session.until_utc_s / 10, (clock_utc_s(&bench.service.clock.clock) + LIFE_S) / 10);
    assert_int_equal(inquire(&agent, &session), STATUS_OK);
    assert_int_equal(session.state, IDENTITY_WAITING);
}

static void test_identity__every_end_is_told(void **state)
{
    (void)state;
    static const enum identity_state ends[] = {IDENTITY_PASSED, IDENTITY_FAILED, IDENTITY_EXPIRED};
    struct identity_session session;
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        (void)begin_test(state);
        assert_int_equal(begin(&agent, &session), STATUS_OK);
        end(ends[i]);
        assert_int_equal(inquire(&agent, &session), STATUS_OK);
        assert_int_equal(session.state, ends[i]);
    }
}

static void test_identity__nobody_in_time_means_expired(void **state)
{
    (void)state;
    struct identity_session session;
    assert_int_equal(begin(&agent, &session), STATUS_OK);
    pass_time(LIFE_S + 1);
    assert_int_equal(inquire(&agent, &session), STATUS_OK);
    assert_int_equal(session.state, IDENTITY_EXPIRED);
    pass_time(-LIFE_S - 1);
}

static void test_identity__beginning_again_is_the_same_session(void **state)
{
    (void)state;
    struct identity_session first, second;
    arrange(STATUS_UNKNOWN, true, "begin", "drop-reply");
    size_t before = sessions();
    assert_int_equal(begin(&agent, &first), STATUS_UNKNOWN);
    assert_int_equal(begin(&agent, &first), STATUS_OK);
    assert_int_equal(begin(&agent, &second), STATUS_OK);
    assert_string_equal(first.url, second.url);
    assert_int_equal(sessions(), before + 1);
}

static void test_identity__session_about_somebody_else_is_no_answer(void **state)
{
    (void)state;
    struct identity_session session;
    assert_int_equal(begin(&other, &session), STATUS_OK);
    end(IDENTITY_PASSED);
    assert_int_equal(inquire(&agent, &session), STATUS_CONFLICT);
    assert_int_equal(begin(&agent, &session), STATUS_CONFLICT);
}

static void test_identity__unknown_session_is_not_found(void **state)
{
    (void)state;
    struct identity_session session;
    assert_int_equal(inquire(&agent, &session), STATUS_NOT_FOUND);
}

static void test_identity__person_it_does_not_know_is_refused(void **state)
{
    (void)state;
    struct identity_session session;
    arrange(STATUS_REFUSED, false, "begin", "refuse");
    assert_int_equal(begin(&agent, &session), STATUS_REFUSED);
    assert_int_equal(inquire(&agent, &session), STATUS_NOT_FOUND);
}

static void test_identity__failure_names_nobody(void **state)
{
    (void)state;
    struct failure failure = {0};
    struct identity_session session = {0};
    const struct identity_question question = about(&agent);
    arrange(STATUS_REFUSED, false, "begin", "refuse");
    assert_int_equal(identity_begin(bench.identity, &call, &question, &session, &failure), STATUS_REFUSED);
    assert_true(failure.text[0] != 0);
    assert_null(strstr(failure.text, agent.name));
    assert_null(strstr(failure.text, agent.number));
}

static void test_identity__cancelled_call_begins_nothing(void **state)
{
    (void)state;
    struct identity_session session = {0};
    struct job_cancel *cancel = job_cancel_new();
    const struct identity_call cancelled = {.timeout_ms = 5000, .cancel = cancel};
    const struct identity_question question = about(&agent);
    size_t before = sessions();
    job_cancel_request(cancel);
    assert_int_equal(identity_begin(bench.identity, &cancelled, &question, &session, NULL), STATUS_CANCELLED);
    assert_int_equal(sessions(), before);
    job_cancel_drop(cancel);
}

static void test_identity__probe_finds_a_living_service(void **state)
{
    (void)state;
    size_t before = sessions();
    assert_int_equal(identity_probe(bench.identity, &call, NULL), STATUS_OK);
    assert_int_equal(sessions(), before);
}

/* --- only the real protocol -------------------------------------------------------------------------- */

static void test_identity_http__reply_that_is_not_the_services_is_not_believed(void **state)
{
    (void)state;
    static const char *const kinds[] = {"bad-sign", "no-sign", "garbage", "cut", "http-500", "drop"};
    struct identity_session session;
    assert_int_equal(begin(&agent, &session), STATUS_OK);
    end(IDENTITY_PASSED);
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        fault("inquire", kinds[i], "");
        assert_int_equal(inquire(&agent, &session), STATUS_UNKNOWN);
        assert_int_equal(session.state, IDENTITY_WAITING); /* nothing was told */
    }
    assert_int_equal(inquire(&agent, &session), STATUS_OK);
    assert_int_equal(session.state, IDENTITY_PASSED);
}

static void test_identity_http__wrong_key_or_clock_is_configuration(void **state)
{
    (void)state;
    struct identity_session session;
    char path[SIM_BENCH_PATH_BYTES];
    struct identity_settings settings = http_settings();
    sim_bench_path(&bench.service, "wrong", path);
    assert_int_equal(file_replace(path, "not-the-key\n", 12, 0600, NULL), STATUS_OK);
    settings.key_file = path;
    reopen(&settings);
    assert_int_equal(begin(&agent, &session), STATUS_CONFIG);
    assert_int_equal(identity_probe(bench.identity, &call, NULL), STATUS_CONFIG);
    settings = http_settings();
    settings.key_id = "ANOTHER";
    reopen(&settings);
    assert_int_equal(begin(&agent, &session), STATUS_CONFIG);
    settings = http_settings();
    reopen(&settings);
    clock_manual_advance(&bench.service.clock, 10LL * 60 * 1000);
    assert_int_equal(begin(&agent, &session), STATUS_CONFIG);
    clock_manual_advance(&bench.service.clock, -10LL * 60 * 1000);
}

static void test_identity_http__busy_and_absent_services_are_told_apart_from_silent_ones(void **state)
{
    (void)state;
    struct identity_session session = {0};
    const struct identity_call brief = {.timeout_ms = 300};
    const struct identity_question question = about(&agent);
    fault("begin", "busy", "");
    assert_int_equal(begin(&agent, &session), STATUS_BUSY);
    fault("begin", "delay", "1500");
    assert_int_equal(identity_begin(bench.identity, &brief, &question, &session, NULL), STATUS_UNKNOWN);
    struct identity_settings settings = http_settings();
    settings.base_url = "http://127.0.0.1:1";
    reopen(&settings);
    assert_int_equal(begin(&agent, &session), STATUS_BUSY);
}

static void test_identity_http__nonce_is_never_used_twice(void **state)
{
    (void)state;
    struct identity_session session;
    random_seeded_init(&bench.service.random, 99);
    assert_int_equal(begin(&agent, &session), STATUS_OK);
    random_seeded_init(&bench.service.random, 99); /* what a broken random source would do */
    assert_int_equal(inquire(&agent, &session), STATUS_CONFIG);
}

static void test_identity_http__missing_settings_are_named(void **state)
{
    (void)state;
    struct identity *identity = NULL;
    struct failure failure = {0};
    struct identity_settings settings = http_settings();
    settings.key_file = "/nonexistent";
    assert_int_equal(identity_open(&settings, &identity, &failure), STATUS_CONFIG);
    assert_non_null(strstr(failure.text, "key_file"));
    settings = http_settings();
    settings.base_url = "no-scheme";
    assert_int_equal(identity_open(&settings, &identity, &failure), STATUS_CONFIG);
    settings.base_url = "";
    assert_int_equal(identity_open(&settings, &identity, &failure), STATUS_CONFIG);
    assert_non_null(strstr(failure.text, "base_url"));
    assert_null(identity);
}

static void test_identity_none__asking_says_config(void **state)
{
    (void)state;
    struct identity *identity = NULL;
    struct identity_session session = {0};
    const struct identity_question question = about(&agent);
    const struct identity_settings none = {.driver = "none"};
    const struct identity_settings oracle = {.driver = "oracle"};
    assert_int_equal(identity_open(&oracle, &identity, NULL), STATUS_NOT_FOUND);
    assert_int_equal(identity_open(&none, &identity, NULL), STATUS_OK);
    assert_int_equal(identity_begin(identity, &call, &question, &session, NULL), STATUS_CONFIG);
    assert_int_equal(identity_probe(identity, &call, NULL), STATUS_CONFIG);
    assert_string_equal(identity_name(identity), "none");
    identity_close(identity);
    identity_close(NULL);
}

#define T(test) cmocka_unit_test_setup(test, begin_test)
#define CONTRACT                                                                                             \
    T(test_identity__session_has_an_address_and_waits), T(test_identity__every_end_is_told),                 \
        T(test_identity__nobody_in_time_means_expired),                                                      \
        T(test_identity__beginning_again_is_the_same_session),                                               \
        T(test_identity__session_about_somebody_else_is_no_answer),                                          \
        T(test_identity__unknown_session_is_not_found),                                                      \
        T(test_identity__person_it_does_not_know_is_refused), T(test_identity__failure_names_nobody),        \
        T(test_identity__cancelled_call_begins_nothing), T(test_identity__probe_finds_a_living_service)

int main(void)
{
    const struct CMUnitTest fake[] = {CONTRACT, T(test_identity_none__asking_says_config)};
    const struct CMUnitTest http[] = {
        CONTRACT,
        T(test_identity_http__reply_that_is_not_the_services_is_not_believed),
        T(test_identity_http__wrong_key_or_clock_is_configuration),
        T(test_identity_http__busy_and_absent_services_are_told_apart_from_silent_ones),
        T(test_identity_http__nonce_is_never_used_twice),
        T(test_identity_http__missing_settings_are_named)};
    int failed = cmocka_run_group_tests_name("identity fake", fake, open_fake, close_bench);
    return failed + cmocka_run_group_tests_name("identity http", http, open_http, close_bench);
}
