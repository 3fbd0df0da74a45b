#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "drivers/authority/authority_fake.h"

static struct authority_fake *fake;

static int set_up(void **state)
{
    return authority_fake_open(NULL, NULL, (struct authority **)state, &fake) == STATUS_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    authority_close(*state);
    return 0;
}

static enum status ask(struct authority *authority, struct authority_outcome *out)
{
    const struct authority_request request = {
        .id = "fake-1", .profile = "organisation", .request = bytes_view("csr", 3)};
    return authority_request(authority, &request, out, NULL);
}

static void test_authority_fake__waits_as_often_as_told(void **state)
{
    struct authority_outcome outcome = {0};
    *authority_fake_script(fake) = (struct authority_fake_script){.wait_times = 2, .wait_after_s = 3};
    assert_int_equal(ask(*state, &outcome), STATUS_OK);
    assert_int_equal(outcome.answer, AUTHORITY_WAITING);
    assert_int_equal(outcome.after_s, 3);
    assert_int_equal(authority_inquire(*state, "fake-1", &outcome, NULL), STATUS_OK);
    assert_int_equal(outcome.answer, AUTHORITY_WAITING);
    assert_int_equal(authority_confirm(*state, "fake-1", true, NULL), STATUS_BAD_STATE);
    assert_int_equal(authority_inquire(*state, "fake-1", &outcome, NULL), STATUS_OK);
    assert_int_equal(outcome.answer, AUTHORITY_ISSUED);
    assert_int_equal(authority_fake_counts(fake).issued, 1);
    authority_outcome_release(&outcome);
}

static void test_authority_fake__lost_reply_did_the_work(void **state)
{
    struct authority_outcome outcome = {0};
    *authority_fake_script(fake) = (struct authority_fake_script){.lose_reply_times = 1};
    assert_int_equal(ask(*state, &outcome), STATUS_UNKNOWN);
    assert_int_equal(outcome.certificate_count, 0);
    assert_int_equal(authority_inquire(*state, "fake-1", &outcome, NULL), STATUS_OK);
    assert_int_equal(outcome.answer, AUTHORITY_ISSUED);
    assert_int_equal(authority_fake_counts(fake).issued, 1);
    authority_outcome_release(&outcome);
}

static void test_authority_fake__silence_did_nothing(void **state)
{
    struct authority_outcome outcome = {0};
    *authority_fake_script(fake) = (struct authority_fake_script){.silent_times = 1};
    assert_int_equal(ask(*state, &outcome), STATUS_LOST);
    assert_int_equal(authority_inquire(*state, "fake-1", &outcome, NULL), STATUS_NOT_FOUND);
    assert_int_equal(authority_fake_counts(fake).issued, 0);
}

static void test_authority_fake__refuses_with_the_reason_told(void **state)
{
    struct authority_outcome outcome = {0};
    *authority_fake_script(fake) =
        (struct authority_fake_script){.refuse_times = 1, .refusal = AUTHORITY_REFUSAL_SUBJECT_UNFIT};
    assert_int_equal(ask(*state, &outcome), STATUS_OK);
    assert_int_equal(outcome.answer, AUTHORITY_REFUSED);
    assert_string_equal(authority_refusal_name(outcome.refusal), "subject-unfit");
    assert_int_equal(ask(*state, &outcome), STATUS_OK);
    assert_int_equal(outcome.answer, AUTHORITY_ISSUED);
    authority_outcome_release(&outcome);
}

static void test_authority_fake__offline_is_seen_by_status_and_calls(void **state)
{
    struct authority_outcome outcome = {0};
    struct authority_status status = {0};
    *authority_fake_script(fake) = (struct authority_fake_script){.offline = true};
    assert_int_equal(authority_status(*state, &status, NULL), STATUS_OK);
    assert_int_equal(status.state, DEVICE_OFFLINE);
    assert_int_equal(ask(*state, &outcome), STATUS_LOST);
}

static void test_authority_none__is_absent_and_unsupported(void **state)
{
    (void)state;
    struct authority *none = NULL;
    struct authority_outcome outcome = {0};
    struct authority_status status = {.state = DEVICE_READY};
    const struct authority_settings settings = {.driver = "none"};
    assert_int_equal(authority_open(&settings, &none, NULL), STATUS_OK);
    assert_int_equal(ask(none, &outcome), STATUS_UNSUPPORTED);
    assert_int_equal(authority_inquire(none, "a", &outcome, NULL), STATUS_UNSUPPORTED);
    assert_int_equal(authority_confirm(none, "a", true, NULL), STATUS_UNSUPPORTED);
    assert_int_equal(authority_revoke(none, "01", AUTHORITY_REASON_UNSPECIFIED, NULL), STATUS_UNSUPPORTED);
    assert_int_equal(authority_status(none, &status, NULL), STATUS_OK);
    assert_int_equal(status.state, DEVICE_ABSENT);
    authority_close(none);
    authority_close(NULL);
}

static void test_authority__wrong_settings_are_config_errors(void **state)
{
    (void)state;
    struct authority *authority = NULL;
    char long_path[200];
    memset(long_path, 'a', sizeof(long_path));
    long_path[sizeof(long_path) - 1] = 0;
    const struct authority_settings wrong[] = {
        {.driver = "cmp", .socket_path = "/s", .deadline_ms = 1},
        {.driver = NULL},
        {.driver = "embedded", .deadline_ms = 1},
        {.driver = "embedded", .socket_path = long_path, .deadline_ms = 1},
        {.driver = "embedded", .socket_path = "/s"},
    };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_int_equal(authority_open(&wrong[i], &authority, NULL), STATUS_CONFIG);
    assert_null(authority);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_authority_fake__waits_as_often_as_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_authority_fake__lost_reply_did_the_work, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_authority_fake__silence_did_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_authority_fake__refuses_with_the_reason_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_authority_fake__offline_is_seen_by_status_and_calls, set_up,
                                        tear_down),
        cmocka_unit_test(test_authority_none__is_absent_and_unsupported),
        cmocka_unit_test(test_authority__wrong_settings_are_config_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
