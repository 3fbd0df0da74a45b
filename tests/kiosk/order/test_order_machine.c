/* The machine row by row: every pair of state and event, paid and unpaid, is either in this list or refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "kiosk/order/order.h"
#include "tests/support/feature.h"

enum { AMOUNT_FEN = 48000 };

static const struct order_steps usual = {
    .step = {ORDER_STEP_FORM, ORDER_STEP_PRINT, ORDER_STEP_SCAN, ORDER_STEP_REVIEW, ORDER_STEP_PAY,
             ORDER_STEP_ISSUE, ORDER_STEP_PIN, ORDER_STEP_COLLECT},
    .count = 8,
};

static const struct order_steps pay_first = {
    .step = {ORDER_STEP_FORM, ORDER_STEP_PRINT, ORDER_STEP_SCAN, ORDER_STEP_IDENTITY, ORDER_STEP_PAY,
             ORDER_STEP_REVIEW, ORDER_STEP_ISSUE, ORDER_STEP_PIN, ORDER_STEP_COLLECT},
    .count = 9,
};

struct expected {
    enum order_state from;
    enum order_event event;
    int64_t paid_fen;
    enum order_state to;
    int64_t paid_after_fen;
};

#define S(code) ORDER_STATE_##code
#define E(code) ORDER_EVENT_##code
#define LEAVING_UNPAID(state)                                                                                \
    {S(state), E(CANCELLED), 0, S(CANCELLED), 0},                                                            \
    {                                                                                                        \
        S(state), E(CLOSED), 0, S(CLOSED), 0                                                                 \
    }
#define LEAVING_PAID(state)                                                                                  \
    {                                                                                                        \
        S(state), E(GIVEN_UP), AMOUNT_FEN, S(REFUNDING), AMOUNT_FEN                                          \
    }
#define BOTH(from, event, to)                                                                                \
    {S(from), E(event), 0, S(to), 0},                                                                        \
    {                                                                                                        \
        S(from), E(event), AMOUNT_FEN, S(to), AMOUNT_FEN                                                     \
    }

/* With the usual steps. An order that holds money passes the payment step by. */
static const struct expected rows[] = {
    BOTH(DRAFT, FORM_COMPLETED, PRINTING),
    LEAVING_UNPAID(DRAFT),
    LEAVING_PAID(DRAFT),
    BOTH(PRINTING, PRINTED, SCANNING),
    BOTH(PRINTING, FORM_REOPENED, DRAFT),
    LEAVING_UNPAID(PRINTING),
    LEAVING_PAID(PRINTING),
    BOTH(SCANNING, SCANNED, REVIEWING),
    BOTH(SCANNING, FORM_REOPENED, DRAFT),
    BOTH(SCANNING, PRINT_REOPENED, PRINTING),
    LEAVING_UNPAID(SCANNING),
    LEAVING_PAID(SCANNING),
    BOTH(IDENTIFYING, FORM_CORRECTING, DRAFT),
    LEAVING_UNPAID(IDENTIFYING),
    LEAVING_PAID(IDENTIFYING),
    {S(REVIEWING), E(APPROVED), 0, S(PAYING), 0},
    {S(REVIEWING), E(APPROVED), AMOUNT_FEN, S(ISSUING), AMOUNT_FEN},
    BOTH(REVIEWING, REJECTED, REJECTED),
    LEAVING_UNPAID(REVIEWING),
    LEAVING_UNPAID(KEY),
    LEAVING_PAID(KEY),
    {S(ACTING), E(GIVEN_UP), 0, S(CLOSED), 0},
    {S(ACTING), E(GIVEN_UP), AMOUNT_FEN, S(REFUNDING), AMOUNT_FEN},
    LEAVING_PAID(REVIEWING),
    BOTH(REJECTED, FORM_CORRECTING, DRAFT),
    BOTH(REJECTED, PAPERS_CORRECTING, SCANNING),
    LEAVING_UNPAID(REJECTED),
    LEAVING_PAID(REJECTED),
    {S(PAYING), E(PAID), 0, S(ISSUING), AMOUNT_FEN},
    {S(PAYING), E(EXPIRED), 0, S(CLOSED), 0},
    LEAVING_UNPAID(PAYING),
    LEAVING_PAID(PAYING),
    BOTH(ISSUING, KEY_PROVEN, PIN),
    {S(ISSUING), E(GIVEN_UP), 0, S(CLOSED), 0},
    {S(ISSUING), E(GIVEN_UP), AMOUNT_FEN, S(REFUNDING), AMOUNT_FEN},
    BOTH(PIN, PIN_SET, COLLECTING),
    BOTH(PIN, KEY_NEXT, ISSUING),
    BOTH(PIN, KEY_FAILED, ISSUING),
    {S(PIN), E(GIVEN_UP), 0, S(CLOSED), 0},
    {S(PIN), E(GIVEN_UP), AMOUNT_FEN, S(REFUNDING), AMOUNT_FEN},
    BOTH(COLLECTING, TAKEN, DONE),
    {S(REFUNDING), E(REFUNDED), AMOUNT_FEN, S(REFUNDED), 0},
};

static const struct expected *find_expected(enum order_state from, enum order_event event, int64_t paid_fen)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].from == from && rows[i].event == event && rows[i].paid_fen == paid_fen)
            return &rows[i];
    }
    return NULL;
}

static struct order order_in(enum order_state state, int64_t paid_fen)
{
    return (struct order){.state = state, .amount_fen = AMOUNT_FEN, .paid_fen = paid_fen, .version = 7};
}

static void assert_pair(enum order_state from, enum order_event event, int64_t paid_fen)
{
    const struct expected *expected = find_expected(from, event, paid_fen);
    struct order order = order_in(from, paid_fen);
    struct order_transition transition;
    memset(&transition, 0x5a, sizeof transition);
    struct order_transition untouched = transition;
    enum status status = order_apply(&order, event, &usual, &transition);
    if (expected == NULL) {
        assert_int_equal(status, STATUS_BAD_STATE);
        assert_memory_equal(&transition, &untouched, sizeof transition);
        return;
    }
    assert_int_equal(status, STATUS_OK);
    assert_string_equal(order_state_name(transition.to), order_state_name(expected->to));
    assert_int_equal(transition.from, from);
    assert_int_equal(transition.event, event);
    assert_int_equal(transition.paid_fen, expected->paid_after_fen);
}

static void test_order_machine__every_pair_is_listed_or_refused(void **state)
{
    (void)state;
    for (int from = 0; from < ORDER_STATE_COUNT_; from++) {
        for (int event = 0; event < ORDER_EVENT_COUNT_; event++) {
            assert_pair((enum order_state)from, (enum order_event)event, 0);
            assert_pair((enum order_state)from, (enum order_event)event, AMOUNT_FEN);
        }
    }
}

static enum order_state after(const struct order_steps *steps, enum order_state from, enum order_event event,
                              int64_t amount_fen, int64_t paid_fen)
{
    struct order order = {.state = from, .amount_fen = amount_fen, .paid_fen = paid_fen};
    struct order_transition transition = {.to = ORDER_STATE_COUNT_};
    assert_int_equal(order_apply(&order, event, steps, &transition), STATUS_OK);
    return transition.to;
}

static void test_order_machine__free_order_skips_payment(void **state)
{
    (void)state;
    assert_int_equal(after(&usual, S(REVIEWING), E(APPROVED), 0, 0), S(ISSUING));
    struct order order = {.state = S(PAYING)};
    struct order_transition transition;
    FEATURE("F145");
    assert_int_equal(order_apply(&order, E(PAID), &usual, &transition), STATUS_BAD_STATE);
}

static void test_order_machine__payment_may_stand_before_review(void **state)
{
    (void)state;
    assert_int_equal(after(&pay_first, S(SCANNING), E(SCANNED), AMOUNT_FEN, 0), S(IDENTIFYING));
    assert_int_equal(after(&pay_first, S(IDENTIFYING), E(IDENTIFIED), AMOUNT_FEN, 0), S(PAYING));
    assert_int_equal(after(&pay_first, S(PAYING), E(PAID), AMOUNT_FEN, 0), S(REVIEWING));
    FEATURE("F152");
    assert_int_equal(after(&pay_first, S(REVIEWING), E(APPROVED), AMOUNT_FEN, AMOUNT_FEN), S(ISSUING));
}

static void test_order_machine__paid_and_rejected_order_is_not_asked_to_pay_again(void **state)
{
    (void)state;
    assert_int_equal(after(&pay_first, S(REVIEWING), E(REJECTED), AMOUNT_FEN, AMOUNT_FEN), S(REJECTED));
    assert_int_equal(after(&pay_first, S(REJECTED), E(PAPERS_CORRECTING), AMOUNT_FEN, AMOUNT_FEN),
                     S(SCANNING));
    assert_int_equal(after(&pay_first, S(SCANNING), E(SCANNED), AMOUNT_FEN, AMOUNT_FEN), S(IDENTIFYING));
    assert_int_equal(after(&pay_first, S(IDENTIFYING), E(IDENTIFIED), AMOUNT_FEN, AMOUNT_FEN), S(REVIEWING));
}

static void test_order_machine__step_outside_the_list_is_refused(void **state)
{
    (void)state;
    struct order order = order_in(S(IDENTIFYING), 0);
    struct order_transition transition;
    assert_int_equal(order_apply(&order, E(IDENTIFIED), &usual, &transition), STATUS_BAD_STATE);
}

static void test_order_machine__whole_life_ends_in_done(void **state)
{
    (void)state;
    static const enum order_event life[] = {
        E(FORM_COMPLETED), E(PRINTED),    E(SCANNED),    E(REJECTED), E(FORM_CORRECTING),
        E(FORM_COMPLETED), E(PRINTED),    E(SCANNED),    E(APPROVED), E(PAID),
        E(KEY_PROVEN),     E(KEY_FAILED), E(KEY_PROVEN), E(KEY_NEXT), E(KEY_PROVEN),
        E(PIN_SET),        E(TAKEN)};
    struct order order = order_in(S(DRAFT), 0);
    for (size_t i = 0; i < sizeof life / sizeof life[0]; i++) {
        struct order_transition transition;
        assert_int_equal(order_apply(&order, life[i], &usual, &transition), STATUS_OK);
        order_enter(&order, &transition, 1000 + (int64_t)i);
    }
    assert_int_equal(order.state, S(DONE));
    assert_int_equal(order.paid_fen, AMOUNT_FEN);
    assert_int_equal(order.version, 7 + sizeof life / sizeof life[0]);
    assert_int_equal(order.updated_utc_s, 1016);
    assert_true(order_state_is_final(order.state));
}

static void test_order_machine__paid_order_refuses_second_payment(void **state)
{
    (void)state;
    struct order order = order_in(S(PAYING), AMOUNT_FEN);
    struct order_transition transition;
    assert_int_equal(order_apply(&order, E(PAID), &usual, &transition), STATUS_BAD_STATE);
    assert_int_equal(order.paid_fen, AMOUNT_FEN);
}

/* A change of a key's state without a new certificate, begun with the key in the writer. */
static void test_order_machine__own_key_and_acting_have_their_steps(void **state)
{
    (void)state;
    static const struct order_steps steps = {.step = {ORDER_STEP_KEY, ORDER_STEP_FORM, ORDER_STEP_ACT},
                                             .count = 3};
    struct order_transition transition;
    struct order order = order_in(ORDER_STATE_KEY, 0);
    assert_int_equal(order_apply(&order, ORDER_EVENT_KEY_SHOWN, &steps, &transition), STATUS_OK);
    assert_int_equal(transition.to, ORDER_STATE_DRAFT);
    order = order_in(ORDER_STATE_ACTING, 0);
    assert_int_equal(order_apply(&order, ORDER_EVENT_ACTED, &steps, &transition), STATUS_OK);
    assert_int_equal(transition.to, ORDER_STATE_DONE);
    assert_int_equal(order_apply(&order, ORDER_EVENT_KEY_SHOWN, &steps, &transition), STATUS_BAD_STATE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order_machine__own_key_and_acting_have_their_steps),
        cmocka_unit_test(test_order_machine__every_pair_is_listed_or_refused),
        cmocka_unit_test(test_order_machine__free_order_skips_payment),
        cmocka_unit_test(test_order_machine__payment_may_stand_before_review),
        cmocka_unit_test(test_order_machine__paid_and_rejected_order_is_not_asked_to_pay_again),
        cmocka_unit_test(test_order_machine__step_outside_the_list_is_refused),
        cmocka_unit_test(test_order_machine__whole_life_ends_in_done),
        cmocka_unit_test(test_order_machine__paid_order_refuses_second_payment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
