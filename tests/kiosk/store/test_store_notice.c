/* Notices wait once per subject, are sent by one program, and are never sent again after a kill in the
 * middle. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/store/store_notice.h"
#include "kiosk/store/store_order.h"
#include "tests/support/store_fixture.h"

static const char phone[] = "13800000000";

static void add(struct store_fixture *fixture, struct order *order, struct store_notice *out)
{
    size_t count = 0;
    store_fixture_order(fixture, order);
    assert_int_equal(STATUS_OK,
                     store_notice_add(fixture->store, order->id, STORE_NOTICE_APPROVED, "3", phone, NULL));
    assert_int_equal(STATUS_OK, store_notice_list_due(fixture->store, out, 1, &count, NULL));
    assert_int_equal(count, 1);
}

static enum status begin(struct store_fixture *fixture, const struct store_notice *notice, char out[32])
{
    struct buf number;
    buf_init(&number, 31);
    enum status status = store_notice_begin(fixture->store, notice->id, &number, NULL);
    (void)snprintf(out, 32, "%s", number.length > 0 ? (const char *)number.data : "");
    buf_wipe(&number);
    return status;
}

static void test_store_notice__one_of_a_kind_and_subject_waits(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_notice notice[4];
    size_t count = 0;
    add(fixture, &order, notice);
    assert_int_equal(STATUS_OK,
                     store_notice_add(fixture->store, order.id, STORE_NOTICE_APPROVED, "3", phone, NULL));
    assert_int_equal(STATUS_OK,
                     store_notice_add(fixture->store, order.id, STORE_NOTICE_APPROVED, "7", phone, NULL));
    assert_int_equal(STATUS_OK, store_notice_list_due(fixture->store, notice, 4, &count, NULL));
    assert_int_equal(count, 2);
    assert_int_equal(STATUS_NOT_FOUND,
                     store_notice_add(fixture->store, "none", STORE_NOTICE_APPROVED, "3", phone, NULL));
}

static void test_store_notice__only_one_program_sends_it(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_notice notice;
    char number[32];
    add(fixture, &order, &notice);
    assert_int_equal(STATUS_OK, begin(fixture, &notice, number));
    assert_string_equal(number, phone);
    assert_int_equal(STATUS_CONFLICT, begin(fixture, &notice, number));
    assert_int_equal(STATUS_OK, store_notice_end(fixture->store, notice.id, STORE_NOTICE_SENT, "", 0, NULL));
    assert_int_equal(STATUS_CONFLICT,
                     store_notice_end(fixture->store, notice.id, STORE_NOTICE_WAITING, "busy", 0, NULL));
}

static void test_store_notice__what_was_left_in_the_middle_is_unknown_and_not_sent(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_notice notice, failed[2];
    size_t count = 0;
    char number[32];
    add(fixture, &order, &notice);
    assert_int_equal(STATUS_OK, begin(fixture, &notice, number));
    int64_t now = store_now_utc_s(fixture->store);
    assert_int_equal(STATUS_OK, store_notice_give_up(fixture->store, now, NULL)); /* it is being sent now */
    assert_int_equal(STATUS_OK, store_notice_list_failed(fixture->store, failed, 2, &count, NULL));
    assert_int_equal(count, 0);
    assert_int_equal(STATUS_OK, store_notice_give_up(fixture->store, now + 1, NULL));
    assert_int_equal(STATUS_OK, store_notice_list_failed(fixture->store, failed, 2, &count, NULL));
    assert_int_equal(count, 1);
    assert_int_equal(failed[0].state, STORE_NOTICE_UNKNOWN);
    assert_int_equal(STATUS_CONFLICT, begin(fixture, &notice, number));
    assert_int_equal(STATUS_OK, store_notice_again(fixture->store, notice.id, "chen", NULL));
    assert_int_equal(STATUS_CONFLICT, store_notice_again(fixture->store, notice.id, "chen", NULL));
    assert_int_equal(STATUS_OK, begin(fixture, &notice, number));
}

static void test_store_notice__the_number_is_sealed_and_goes_with_the_person(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_notice notice;
    size_t count = 0;
    add(fixture, &order, &notice);
    assert_int_equal(STATUS_OK, store_order_forget(fixture->store, order.id, NULL));
    assert_int_equal(STATUS_OK, store_notice_list_due(fixture->store, &notice, 1, &count, NULL));
    assert_int_equal(count, 0);
    assert_int_equal(STATUS_NOT_FOUND,
                     store_notice_add(fixture->store, order.id, STORE_NOTICE_APPROVED, "9", phone, NULL));
}

static void test_store_notice__a_damaged_row_is_malformed(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_notice notice;
    size_t count = 0;
    add(fixture, &order, &notice);
    store_fixture_sql(fixture, "UPDATE notice SET kind = 'song'");
    assert_int_equal(STATUS_MALFORMED, store_notice_list_due(fixture->store, &notice, 1, &count, NULL));
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, store_fixture_setup, store_fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(test_store_notice__one_of_a_kind_and_subject_waits),
        T(test_store_notice__only_one_program_sends_it),
        T(test_store_notice__what_was_left_in_the_middle_is_unknown_and_not_sent),
        T(test_store_notice__the_number_is_sealed_and_goes_with_the_person),
        T(test_store_notice__a_damaged_row_is_malformed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
