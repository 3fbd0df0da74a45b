/* One-time codes: sends and tries are counted, right codes are used up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "kiosk/store/store_sms.h"
#include "tests/support/store_fixture.h"

static const char phone[] = "13800138000";

static struct store_sms_verdict put(struct store_fixture *fixture, const char *number, const char *text)
{
    struct secret code;
    struct store_sms_verdict verdict = {0};
    assert_int_equal(secret_set(&code, text, strlen(text)), STATUS_OK);
    assert_int_equal(store_sms_put(fixture->store, number, "login", &code, NULL, &verdict, NULL), STATUS_OK);
    return verdict;
}

static struct store_sms_verdict judge(struct store_fixture *fixture, const char *number, const char *purpose,
                                      const char *text)
{
    struct secret code;
    struct store_sms_verdict verdict = {0};
    assert_int_equal(secret_set(&code, text, strlen(text)), STATUS_OK);
    assert_int_equal(store_sms_check(fixture->store, number, purpose, &code, NULL, &verdict, NULL),
                     STATUS_OK);
    return verdict;
}

static void wait_s(struct store_fixture *fixture, int64_t seconds)
{
    clock_manual_advance(&fixture->clock, seconds * 1000);
}

static void test_store_sms__the_right_code_works_once(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_sms_verdict verdict = put(fixture, phone, "123456");
    assert_int_equal(verdict.outcome, STORE_SMS_OK);
    assert_int_equal(verdict.until_utc_s, STORE_FIXTURE_NOW_UTC_S + 300);
    assert_int_equal(judge(fixture, phone, "resume", "123456").outcome, STORE_SMS_NONE);
    assert_int_equal(judge(fixture, "13900139000", "login", "123456").outcome, STORE_SMS_NONE);
    assert_int_equal(judge(fixture, phone, "login", "123456").outcome, STORE_SMS_OK);
    assert_int_equal(judge(fixture, phone, "login", "123456").outcome, STORE_SMS_NONE);
}

static void test_store_sms__a_code_expires(void **state)
{
    struct store_fixture *fixture = *state;
    assert_int_equal(put(fixture, phone, "123456").outcome, STORE_SMS_OK);
    wait_s(fixture, 300);
    assert_int_equal(judge(fixture, phone, "login", "123456").outcome, STORE_SMS_EXPIRED);
    assert_int_equal(judge(fixture, phone, "login", "123456").outcome, STORE_SMS_NONE);
}

static void test_store_sms__a_clock_set_back_does_not_keep_a_code_alive(void **state)
{
    struct store_fixture *fixture = *state;
    assert_int_equal(put(fixture, phone, "123456").outcome, STORE_SMS_OK);
    wait_s(fixture, -86400);
    assert_int_equal(judge(fixture, phone, "login", "123456").outcome, STORE_SMS_EXPIRED);
    assert_int_equal(put(fixture, phone, "123456").outcome, STORE_SMS_TOO_SOON);
    wait_s(fixture, 86400);
    wait_s(fixture, 60);
    assert_int_equal(put(fixture, phone, "654321").outcome, STORE_SMS_OK);
}

static void test_store_sms__five_wrong_tries_lock_the_number(void **state)
{
    struct store_fixture *fixture = *state;
    assert_int_equal(put(fixture, phone, "123456").outcome, STORE_SMS_OK);
    for (int left = 4; left > 0; left--) {
        struct store_sms_verdict wrong = judge(fixture, phone, "login", "000000");
        assert_int_equal(wrong.outcome, STORE_SMS_WRONG);
        assert_int_equal(wrong.tries_left, left);
    }
    struct store_sms_verdict locked = judge(fixture, phone, "login", "000000");
    assert_int_equal(locked.outcome, STORE_SMS_LOCKED);
    assert_int_equal(locked.until_utc_s, STORE_FIXTURE_NOW_UTC_S + 900);
    assert_int_equal(judge(fixture, phone, "login", "123456").outcome, STORE_SMS_LOCKED);
    assert_int_equal(put(fixture, phone, "123456").outcome, STORE_SMS_LOCKED);
    wait_s(fixture, 900);
    assert_int_equal(judge(fixture, phone, "login", "123456").outcome, STORE_SMS_NONE);
    assert_int_equal(put(fixture, phone, "123456").outcome, STORE_SMS_OK);
    assert_int_equal(judge(fixture, phone, "login", "123456").outcome, STORE_SMS_OK);
}

static void test_store_sms__a_new_code_gives_no_new_tries(void **state)
{
    struct store_fixture *fixture = *state;
    assert_int_equal(put(fixture, phone, "123456").outcome, STORE_SMS_OK);
    assert_int_equal(judge(fixture, phone, "login", "000000").tries_left, 4);
    wait_s(fixture, 60);
    assert_int_equal(put(fixture, phone, "234567").outcome, STORE_SMS_OK);
    assert_int_equal(judge(fixture, phone, "login", "123456").tries_left, 3);
    assert_int_equal(judge(fixture, phone, "login", "234567").outcome, STORE_SMS_OK);
}

static void test_store_sms__sends_are_limited_by_gap_hour_and_day(void **state)
{
    struct store_fixture *fixture = *state;
    assert_int_equal(put(fixture, phone, "123456").outcome, STORE_SMS_OK);
    wait_s(fixture, 59);
    struct store_sms_verdict soon = put(fixture, phone, "123456");
    assert_int_equal(soon.outcome, STORE_SMS_TOO_SOON);
    assert_int_equal(soon.until_utc_s, STORE_FIXTURE_NOW_UTC_S + 60);
    assert_int_equal(put(fixture, "13900139000", "123456").outcome, STORE_SMS_OK);
    wait_s(fixture, 1);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(put(fixture, phone, "123456").outcome, STORE_SMS_OK);
        wait_s(fixture, 60);
    }
    struct store_sms_verdict hour = put(fixture, phone, "123456");
    assert_int_equal(hour.outcome, STORE_SMS_TOO_MANY);
    assert_int_equal(hour.until_utc_s, STORE_FIXTURE_NOW_UTC_S + 3600);
    for (int i = 0; i < 5; i++) {
        wait_s(fixture, 3600);
        assert_int_equal(put(fixture, phone, "123456").outcome, STORE_SMS_OK);
    }
    wait_s(fixture, 3600);
    struct store_sms_verdict day = put(fixture, phone, "123456");
    assert_int_equal(day.outcome, STORE_SMS_TOO_MANY);
    assert_int_equal(day.until_utc_s, STORE_FIXTURE_NOW_UTC_S + 86400);
}

static void test_store_sms__a_locked_store_is_a_status_not_a_verdict(void **state)
{
    struct store_fixture *fixture = *state;
    struct secret code;
    struct store_sms_verdict verdict = {.tries_left = 77};
    struct store *other = NULL;
    assert_int_equal(secret_set(&code, "123456", 6), STATUS_OK);
    assert_int_equal(store_fixture_try(fixture, "T02", -1, 0, &other), STATUS_OK);
    assert_int_equal(store_begin(fixture->store, NULL), STATUS_OK);
    assert_int_equal(store_sms_put(other, phone, "login", &code, NULL, &verdict, NULL), STATUS_BUSY);
    assert_int_equal(verdict.tries_left, 77);
    assert_int_equal(store_end(fixture->store, STATUS_OK, NULL), STATUS_OK);
    store_close(other);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, store_fixture_setup, store_fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(test_store_sms__the_right_code_works_once),
        T(test_store_sms__a_code_expires),
        T(test_store_sms__a_clock_set_back_does_not_keep_a_code_alive),
        T(test_store_sms__five_wrong_tries_lock_the_number),
        T(test_store_sms__a_new_code_gives_no_new_tries),
        T(test_store_sms__sends_are_limited_by_gap_hour_and_day),
        T(test_store_sms__a_locked_store_is_a_status_not_a_verdict),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
