/* Payment attempts: rows that move along the list of steps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "kiosk/store/store_change.h"
#include "kiosk/store/store_payment.h"
#include "tests/support/store_fixture.h"

static struct store_payment make(const struct order *order, const char *number)
{
    struct store_payment payment = {.channel = "alipay", .amount_fen = 48000};
    strcpy(payment.out_trade_no, number);
    strcpy(payment.order_id, order->id);
    return payment;
}

static void test_store_payment__attempts_are_counted_per_order(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_payment found[4];
    int64_t attempt = 0;
    size_t count = 0;
    store_fixture_order(fixture, &order);
    struct store_payment first = make(&order, "T0120261121000001");
    struct store_payment second = make(&order, "T0120261121000002");
    assert_int_equal(store_payment_insert(fixture->store, &first, &attempt, NULL), STATUS_OK);
    assert_int_equal(attempt, 1);
    assert_int_equal(store_payment_insert(fixture->store, &first, &attempt, NULL), STATUS_CONFLICT);
    assert_int_equal(store_payment_insert(fixture->store, &second, &attempt, NULL), STATUS_OK);
    assert_int_equal(attempt, 2);
    assert_int_equal(store_payment_list(fixture->store, order.id, found, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 2);
    assert_string_equal(found[1].out_trade_no, "T0120261121000002");
    assert_int_equal(found[1].state, STORE_PAYMENT_CREATED);
    assert_int_equal(found[1].amount_fen, 48000);
}

static void test_store_payment__a_bad_number_or_amount_is_refused(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    store_fixture_order(fixture, &order);
    static const char *const numbers[] = {"", "short", "T01-2026112100000",
                                          "T0120261121000001T0120261121000001"};
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        struct store_payment payment = make(&order, numbers[i]);
        assert_int_equal(store_payment_insert(fixture->store, &payment, NULL, NULL), STATUS_MALFORMED);
    }
    struct store_payment payment = make(&order, "T0120261121000001");
    payment.amount_fen = 0;
    assert_int_equal(store_payment_insert(fixture->store, &payment, NULL, NULL), STATUS_MALFORMED);
    payment.amount_fen = 1;
    strcpy(payment.order_id, "none");
    assert_int_equal(store_payment_insert(fixture->store, &payment, NULL, NULL), STATUS_NOT_FOUND);
}

static void test_store_payment__a_step_brings_its_facts_and_its_journal_row(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_payment payment;
    struct store_change changes[8];
    size_t count = 0;
    store_fixture_order(fixture, &order);
    payment = make(&order, "T0120261121000001");
    assert_int_equal(store_payment_insert(fixture->store, &payment, NULL, NULL), STATUS_OK);
    assert_int_equal(
        store_payment_step(fixture->store, payment.out_trade_no, STORE_PAYMENT_CREATED, STORE_PAYMENT_SHOWN,
                           &(struct store_payment_facts){.qr = "https://qr.example/1", .expires_utc_s = 99},
                           NULL),
        STATUS_OK);
    assert_int_equal(
        store_payment_step(fixture->store, payment.out_trade_no, STORE_PAYMENT_SHOWN, STORE_PAYMENT_PAID,
                           &(struct store_payment_facts){.trade_no = "2026", .paid_utc_s = 77}, NULL),
        STATUS_OK);
    assert_int_equal(store_payment_load(fixture->store, payment.out_trade_no, &payment, NULL), STATUS_OK);
    assert_int_equal(payment.state, STORE_PAYMENT_PAID);
    assert_string_equal(payment.qr, "https://qr.example/1");
    assert_string_equal(payment.trade_no, "2026");
    assert_int_equal(payment.expires_utc_s, 99);
    assert_int_equal(payment.paid_utc_s, 77);
    assert_int_equal(store_change_list_order(fixture->store, order.id, 1, changes, 8, &count, NULL),
                     STATUS_OK);
    assert_int_equal(count, 3);
    assert_int_equal(changes[2].kind, STORE_CHANGE_PAYMENT);
    assert_string_equal(changes[2].from, "shown");
    assert_string_equal(changes[2].to, "paid");
}

static void test_store_payment__a_step_not_on_the_list_or_overtaken_is_refused(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    store_fixture_order(fixture, &order);
    struct store_payment payment = make(&order, "T0120261121000001");
    const char *number = payment.out_trade_no;
    assert_int_equal(store_payment_insert(fixture->store, &payment, NULL, NULL), STATUS_OK);
    assert_int_equal(
        store_payment_step(fixture->store, number, STORE_PAYMENT_CREATED, STORE_PAYMENT_REFUNDED, NULL, NULL),
        STATUS_BAD_STATE);
    assert_int_equal(
        store_payment_step(fixture->store, number, STORE_PAYMENT_REFUNDED, STORE_PAYMENT_PAID, NULL, NULL),
        STATUS_BAD_STATE);
    assert_int_equal(
        store_payment_step(fixture->store, number, STORE_PAYMENT_SHOWN, STORE_PAYMENT_PAID, NULL, NULL),
        STATUS_CONFLICT);
    assert_int_equal(
        store_payment_step(fixture->store, "none", STORE_PAYMENT_SHOWN, STORE_PAYMENT_PAID, NULL, NULL),
        STATUS_NOT_FOUND);
    assert_int_equal(store_payment_load(fixture->store, number, &payment, NULL), STATUS_OK);
    assert_int_equal(payment.state, STORE_PAYMENT_CREATED);
}

static void test_store_payment__a_refund_keeps_one_number_over_all_retries(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    store_fixture_order(fixture, &order);
    struct store_payment payment = make(&order, "T0120261121000001");
    const char *number = payment.out_trade_no;
    const struct store_payment_facts refund = {.refund_no = "R0120261121000001"};
    const struct store_payment_facts other = {.refund_no = "R0120261121000002"};
    assert_int_equal(store_payment_insert(fixture->store, &payment, NULL, NULL), STATUS_OK);
    assert_int_equal(
        store_payment_step(fixture->store, number, STORE_PAYMENT_CREATED, STORE_PAYMENT_PAID, NULL, NULL),
        STATUS_OK);
    assert_int_equal(store_payment_step(fixture->store, number, STORE_PAYMENT_PAID, STORE_PAYMENT_REFUNDING,
                                        &refund, NULL),
                     STATUS_OK);
    assert_int_equal(store_payment_step(fixture->store, number, STORE_PAYMENT_REFUNDING,
                                        STORE_PAYMENT_REFUND_ALARM, NULL, NULL),
                     STATUS_OK);
    assert_int_equal(store_payment_step(fixture->store, number, STORE_PAYMENT_REFUND_ALARM,
                                        STORE_PAYMENT_REFUNDING, &other, NULL),
                     STATUS_CONFLICT);
    assert_int_equal(store_payment_step(fixture->store, number, STORE_PAYMENT_REFUND_ALARM,
                                        STORE_PAYMENT_REFUNDING, &refund, NULL),
                     STATUS_OK);
    assert_int_equal(store_payment_load(fixture->store, number, &payment, NULL), STATUS_OK);
    assert_string_equal(payment.refund_no, "R0120261121000001");
}

static void test_store_payment__what_still_has_to_be_asked_is_listed(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_payment found[4];
    size_t count = 0;
    store_fixture_order(fixture, &order);
    static const char *const numbers[] = {"T0120261121000003", "T0120261121000001", "T0120261121000002"};
    for (int i = 0; i < 3; i++) {
        struct store_payment payment = make(&order, numbers[i]);
        assert_int_equal(store_payment_insert(fixture->store, &payment, NULL, NULL), STATUS_OK);
        clock_manual_advance(&fixture->clock, 1000);
    }
    assert_int_equal(store_payment_step(fixture->store, numbers[1], STORE_PAYMENT_CREATED,
                                        STORE_PAYMENT_FAILED, NULL, NULL),
                     STATUS_OK);
    assert_int_equal(store_payment_list_open(fixture->store, found, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 2);
    assert_string_equal(found[0].out_trade_no, numbers[0]);
    assert_string_equal(found[1].out_trade_no, numbers[2]);
    assert_true(store_payment_is_final(STORE_PAYMENT_REFUNDED));
    assert_false(store_payment_is_final(STORE_PAYMENT_LATE_PAID));
    assert_string_equal(store_payment_state_name(STORE_PAYMENT_COUNT_), "invalid");
}

static void test_store_payment__paid_after_closing_is_a_step(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    store_fixture_order(fixture, &order);
    struct store_payment payment = make(&order, "T0120261121000001");
    static const enum store_payment_state way[] = {
        STORE_PAYMENT_CREATED,   STORE_PAYMENT_SHOWN,     STORE_PAYMENT_CLOSING, STORE_PAYMENT_CLOSED,
        STORE_PAYMENT_LATE_PAID, STORE_PAYMENT_REFUNDING, STORE_PAYMENT_REFUNDED};
    assert_int_equal(store_payment_insert(fixture->store, &payment, NULL, NULL), STATUS_OK);
    for (size_t i = 1; i < sizeof(way) / sizeof(way[0]); i++)
        assert_int_equal(
            store_payment_step(fixture->store, payment.out_trade_no, way[i - 1], way[i], NULL, NULL),
            STATUS_OK);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, store_fixture_setup, store_fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(test_store_payment__attempts_are_counted_per_order),
        T(test_store_payment__a_bad_number_or_amount_is_refused),
        T(test_store_payment__a_step_brings_its_facts_and_its_journal_row),
        T(test_store_payment__a_step_not_on_the_list_or_overtaken_is_refused),
        T(test_store_payment__a_refund_keeps_one_number_over_all_retries),
        T(test_store_payment__what_still_has_to_be_asked_is_listed),
        T(test_store_payment__paid_after_closing_is_a_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
