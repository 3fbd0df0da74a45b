/* The gateway's times (interfaces.md 1), by a clock that only counts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "kiosk/services/service_pace.h"

enum { T0 = 1000000, POLL_MS = 3000, LONG_AGO_MS = 3600000 };

static const char a[] = "CK0001";
static const char b[] = "CK0002";

static struct service_pace pace;

static int setup(void **state)
{
    (void)state;
    service_pace_init(&pace, POLL_MS);
    return 0;
}

static enum service_pace_act due(const char *number, int64_t now_ms)
{
    return service_pace_refund_due(&pace, number, LONG_AGO_MS, now_ms);
}

static void test_service_pace__a_code_is_asked_about_after_5_s_and_then_every_3(void **state)
{
    (void)state;
    service_pace_shown(&pace, a, T0);
    assert_false(service_pace_may_ask(&pace, a, T0));
    assert_false(service_pace_may_ask(&pace, a, T0 + 4999));
    assert_true(service_pace_may_ask(&pace, a, T0 + 5000));
    service_pace_asked(&pace, a, T0 + 5000);
    assert_false(service_pace_may_ask(&pace, a, T0 + 7999));
    assert_true(service_pace_may_ask(&pace, a, T0 + 8000));
}

static void test_service_pace__each_attempt_has_its_own_time(void **state)
{
    (void)state;
    service_pace_shown(&pace, a, T0);
    service_pace_shown(&pace, b, T0 + 2000);
    assert_true(service_pace_may_ask(&pace, a, T0 + 5000));
    assert_false(service_pace_may_ask(&pace, b, T0 + 5000));
    assert_true(service_pace_may_ask(&pace, b, T0 + 7000));
}

static void test_service_pace__a_code_from_before_a_restart_is_asked_about_at_once(void **state)
{
    (void)state;
    assert_true(service_pace_may_ask(&pace, a, T0));
}

static void test_service_pace__a_refund_goes_out_at_once_and_is_asked_about_after_10_s(void **state)
{
    (void)state;
    service_pace_asked(&pace, a, T0);
    service_pace_refund_begun(&pace, a, T0);
    assert_int_equal(SERVICE_PACE_REFUND, due(a, T0));
    service_pace_refund_sent(&pace, a, true, T0);
    assert_int_equal(SERVICE_PACE_WAIT, due(a, T0 + 9999));
    assert_int_equal(SERVICE_PACE_ASK, due(a, T0 + 10000));
    service_pace_refund_asked(&pace, a, true, false, T0 + 10000);
    assert_int_equal(SERVICE_PACE_WAIT, due(a, T0 + 19999));
    assert_int_equal(SERVICE_PACE_ASK, due(a, T0 + 20000));
}

static void test_service_pace__two_refunds_are_3_s_apart(void **state)
{
    (void)state;
    service_pace_refund_begun(&pace, a, T0);
    service_pace_refund_begun(&pace, b, T0);
    assert_int_equal(SERVICE_PACE_REFUND, due(a, T0));
    service_pace_refund_sent(&pace, a, true, T0);
    assert_int_equal(SERVICE_PACE_WAIT, due(b, T0 + 2999));
    assert_int_equal(SERVICE_PACE_REFUND, due(b, T0 + 3000));
}

static void test_service_pace__a_bad_answer_makes_it_rarer_up_to_30_s_and_a_good_one_ends_that(void **state)
{
    (void)state;
    const int64_t wait_ms[] = {20000, 30000, 30000};
    int64_t now_ms = T0;
    service_pace_refund_begun(&pace, a, now_ms);
    service_pace_refund_sent(&pace, a, false, now_ms);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(SERVICE_PACE_WAIT, due(a, now_ms + wait_ms[i] - 1));
        now_ms += wait_ms[i];
        assert_int_equal(SERVICE_PACE_ASK, due(a, now_ms));
        service_pace_refund_asked(&pace, a, false, false, now_ms);
    }
    service_pace_refund_asked(&pace, a, true, false, now_ms);
    assert_int_equal(SERVICE_PACE_ASK, due(a, now_ms + 10000));
}

static void test_service_pace__a_refund_the_gateway_never_heard_of_is_sent_again(void **state)
{
    (void)state;
    service_pace_refund_begun(&pace, a, T0);
    service_pace_refund_sent(&pace, a, false, T0);
    assert_int_equal(SERVICE_PACE_ASK, due(a, T0 + 20000));
    service_pace_refund_asked(&pace, a, true, true, T0 + 20000);
    assert_int_equal(SERVICE_PACE_REFUND, due(a, T0 + 20000));
}

/* Another program may have sent it: it is inquired about, and not before its time. */
static void test_service_pace__a_refund_of_another_program_is_inquired_about_first(void **state)
{
    (void)state;
    service_pace_asked(&pace, a, T0);
    assert_int_equal(SERVICE_PACE_WAIT, service_pace_refund_due(&pace, a, 4000, T0));
    assert_int_equal(SERVICE_PACE_WAIT, service_pace_refund_due(&pace, a, 9999, T0 + 5999));
    assert_int_equal(SERVICE_PACE_ASK, service_pace_refund_due(&pace, a, 10000, T0 + 6000));
    assert_int_equal(SERVICE_PACE_ASK, service_pace_refund_due(&pace, b, LONG_AGO_MS, T0));
}

static void test_service_pace__a_simulator_is_asked_faster_in_proportion(void **state)
{
    (void)state;
    service_pace_init(&pace, 300);
    service_pace_shown(&pace, a, T0);
    assert_false(service_pace_may_ask(&pace, a, T0 + 499));
    assert_true(service_pace_may_ask(&pace, a, T0 + 500));
}

static void test_service_pace__more_attempts_than_rows_forget_the_oldest(void **state)
{
    char number[16];
    (void)state;
    for (int i = 0; i <= SERVICE_PACE_ROWS; i++) {
        (void)snprintf(number, sizeof(number), "CK%04d", i);
        service_pace_shown(&pace, number, T0 + i);
    }
    assert_false(service_pace_may_ask(&pace, number, T0 + SERVICE_PACE_ROWS));
    assert_true(service_pace_may_ask(&pace, "CK0000", T0));
    assert_false(service_pace_may_ask(&pace, "CK0001", T0));
}

int main(void)
{
#define T(test) cmocka_unit_test_setup(test, setup)
    const struct CMUnitTest tests[] = {
        T(test_service_pace__a_code_is_asked_about_after_5_s_and_then_every_3),
        T(test_service_pace__each_attempt_has_its_own_time),
        T(test_service_pace__a_code_from_before_a_restart_is_asked_about_at_once),
        T(test_service_pace__a_refund_goes_out_at_once_and_is_asked_about_after_10_s),
        T(test_service_pace__two_refunds_are_3_s_apart),
        T(test_service_pace__a_bad_answer_makes_it_rarer_up_to_30_s_and_a_good_one_ends_that),
        T(test_service_pace__a_refund_the_gateway_never_heard_of_is_sent_again),
        T(test_service_pace__a_refund_of_another_program_is_inquired_about_first),
        T(test_service_pace__a_simulator_is_asked_faster_in_proportion),
        T(test_service_pace__more_attempts_than_rows_forget_the_oldest),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
