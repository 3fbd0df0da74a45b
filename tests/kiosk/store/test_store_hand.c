/* Notes about money that passed by hand: beside their decision, one number for one piece of money. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "kiosk/store/store_decision.h"
#include "kiosk/store/store_hand.h"
#include "tests/support/store_fixture.h"

/* An order with an attempt and a decision of this action, both of this number. */
static struct store_hand make(struct store_fixture *fixture, int number, const char *reference)
{
    struct order order;
    struct store_payment payment = {.channel = "desk", .amount_fen = 48000};
    struct store_decision decision = {.action = "take-money", .required = 1, .of = 1};
    struct store_hand hand = {.action = "take-money", .method = "cash", .at_utc_s = 1700000000};
    store_fixture_order(fixture, &order);
    (void)snprintf(payment.out_trade_no, sizeof(payment.out_trade_no), "CKH%029d", number);
    (void)snprintf(decision.id, sizeof(decision.id), "%032d", number);
    strcpy(payment.order_id, order.id);
    strcpy(decision.order_id, order.id);
    assert_int_equal(store_payment_insert(fixture->store, &payment, NULL, NULL), STATUS_OK);
    assert_int_equal(store_decision_insert(fixture->store, &decision, NULL), STATUS_OK);
    strcpy(hand.out_trade_no, payment.out_trade_no);
    strcpy(hand.decision_id, decision.id);
    strcpy(hand.reference, reference);
    return hand;
}

static void test_store_hand__a_note_is_found_by_decision_and_attempt(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_hand found;
    const struct store_hand hand = make(fixture, 1, "SJ-0001");
    assert_int_equal(store_hand_put(fixture->store, &hand, NULL), STATUS_OK);
    assert_int_equal(store_hand_load(fixture->store, hand.decision_id, &found, NULL), STATUS_OK);
    assert_memory_equal(&hand, &found, sizeof(found));
    assert_int_equal(store_hand_load_of(fixture->store, hand.out_trade_no, "take-money", &found, NULL),
                     STATUS_OK);
    assert_string_equal(found.reference, "SJ-0001");
    assert_int_equal(store_hand_load_of(fixture->store, hand.out_trade_no, "pay-back", &found, NULL),
                     STATUS_NOT_FOUND);
}

static void test_store_hand__what_is_no_number_is_refused(void **state)
{
    struct store_fixture *fixture = *state;
    static const char *const none[] = {"",        "123",     "收据一号",
                                       "SJ 0001", "SJ;0001", "0123456789012345678901234567890123456789"};
    struct store_hand hand = make(fixture, 1, "SJ-0001");
    for (size_t i = 0; i + 1 < sizeof(none) / sizeof(none[0]); i++) {
        strcpy(hand.reference, none[i]);
        assert_int_equal(store_hand_put(fixture->store, &hand, NULL), STATUS_MALFORMED);
    }
    assert_true(store_hand_is_reference(none[5]));
    strcpy(hand.reference, "SJ-0001");
    hand.method[0] = 0;
    assert_int_equal(store_hand_put(fixture->store, &hand, NULL), STATUS_MALFORMED);
}

static void test_store_hand__one_number_is_one_piece_of_money_unless_withdrawn(void **state)
{
    struct store_fixture *fixture = *state;
    const struct store_hand first = make(fixture, 1, "SJ-0001");
    const struct store_hand second = make(fixture, 2, "SJ-0001");
    assert_int_equal(store_hand_put(fixture->store, &first, NULL), STATUS_OK);
    assert_int_equal(store_hand_put(fixture->store, &second, NULL), STATUS_CONFLICT);
    assert_int_equal(store_decision_withdraw(fixture->store, first.decision_id, "overtaken", NULL),
                     STATUS_OK);
    assert_int_equal(store_hand_put(fixture->store, &second, NULL), STATUS_OK);
}

static void test_store_hand__a_note_without_its_decision_is_refused(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_hand hand = make(fixture, 1, "SJ-0001");
    strcpy(hand.decision_id, "nothing");
    assert_int_not_equal(store_hand_put(fixture->store, &hand, NULL), STATUS_OK);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, store_fixture_setup, store_fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(test_store_hand__a_note_is_found_by_decision_and_attempt),
        T(test_store_hand__what_is_no_number_is_refused),
        T(test_store_hand__one_number_is_one_piece_of_money_unless_withdrawn),
        T(test_store_hand__a_note_without_its_decision_is_refused),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
