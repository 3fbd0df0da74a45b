/* Money by hand: taken at the desk, over the bank, given back; each confirmed once by a clerk, never twice.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/store/store_decision.h"
#include "kiosk/store/store_hand.h"
#include "tests/support/hall_money.h"

enum { DUE_FEN = 48000 };

static int setup(void **state)
{
    return hall_scene_setup_by_hand(state, TEST_SOURCE_DIR);
}

static struct services *at_terminal(struct hall_scene *scene)
{
    return scene->terminal.services;
}

static struct services *at_desk(struct hall_scene *scene)
{
    return scene->desk.services;
}

static void open_desk_money(struct hall_scene *scene)
{
    assert_non_null(hall_money_line(scene));
    hall_done(&scene->desk, service_desk_money_open(at_desk(scene), scene->order.id, true));
    assert_non_null(hall_money_line(scene));
}

static const struct store_payment *payment_by(const struct hall_order_sum *sum, const char *channel)
{
    for (size_t i = sum->payments; i-- > 0;)
        if (strcmp(sum->payment[i].channel, channel) == 0)
            return &sum->payment[i];
    return NULL;
}

static void show_code(struct hall_scene *scene)
{
    token_fake_insert(scene->hall.writers[0], "key-1");
    hall_done(&scene->terminal, service_issue_ready(at_terminal(scene), false));
    hall_done(&scene->terminal, service_pay_start_by(at_terminal(scene), PRODUCT_PAYMENT_ALIPAY));
}

static bool has_no_code(struct hall_program *program, const void *argument)
{
    struct hall_order_sum sum;
    hall_order_sum(program->hall, argument, &sum);
    return hall_order_payments(&sum, STORE_PAYMENT_SHOWN) == 1;
}

/* --- at the desk --------------------------------------------------------------------------------------- */

static void test_desk_money__cash_moves_the_order_at_the_terminal(void **state)
{
    struct hall_scene *scene = *state;
    hall_money_begin(scene);
    open_desk_money(scene);
    hall_until_payment(&scene->terminal, SERVICE_PAY_BY_DESK);
    hall_done(&scene->desk, hall_money_take(scene, "cash", "SJ-0001", DUE_FEN));
    hall_until_state(&scene->terminal, ORDER_STATE_ISSUING);
    const struct store_payment *paid = payment_by(hall_scene_look(scene), "desk");
    assert_int_equal(STORE_PAYMENT_PAID, paid->state);
    assert_string_equal("SJ-0001", paid->trade_no);
    assert_int_equal(DUE_FEN, scene->sum.order.paid_fen);
    assert_int_equal(0, hall_order_acts(&scene->sum));
    assert_null(hall_money_line(scene));
}

static void test_desk_money__a_code_is_closed_before_cash_is_taken(void **state)
{
    struct hall_scene *scene = *state;
    hall_money_begin(scene);
    show_code(scene);
    open_desk_money(scene);
    hall_until(&scene->terminal, "the code to be closed", has_no_code, scene->order.id);
    hall_refused(&scene->terminal, service_pay_start_by(at_terminal(scene), PRODUCT_PAYMENT_ALIPAY),
                 SERVICE_REASON_MONEY_BY_HAND);
    (void)hall_money_line(scene);
    hall_done(&scene->desk, hall_money_take(scene, "pos", "POS-778899", DUE_FEN));
    hall_until_state(&scene->terminal, ORDER_STATE_ISSUING);
    assert_int_equal(1, hall_order_payments(hall_scene_look(scene), STORE_PAYMENT_PAID));
    assert_int_equal(1, hall_order_payments(&scene->sum, STORE_PAYMENT_CLOSED));
    assert_int_equal(0, payment_fake_taken_fen(scene->hall.gateway));
}

/* While it is not known whether the code was paid, no cash is taken. */
static void test_desk_money__an_open_code_refuses_cash(void **state)
{
    struct hall_scene *scene = *state;
    hall_money_begin(scene);
    show_code(scene);
    payment_fake_fail(scene->hall.gateway, PAYMENT_FAKE_QUERY, STATUS_UNKNOWN, false, 1000000);
    open_desk_money(scene);
    hall_refused(&scene->desk, hall_money_take(scene, "cash", "SJ-0001", DUE_FEN), SERVICE_REASON_CODE_OPEN);
    assert_int_equal(0, hall_order_payments(hall_scene_look(scene), STORE_PAYMENT_PAID));
}

static void test_desk_money__a_wrong_amount_and_a_bad_number_are_refused(void **state)
{
    struct hall_scene *scene = *state;
    hall_money_begin(scene);
    open_desk_money(scene);
    hall_refused(&scene->desk, hall_money_take(scene, "cash", "SJ-0001", DUE_FEN - 1),
                 SERVICE_REASON_AMOUNT_DIFFERS);
    hall_refused(&scene->desk, hall_money_take(scene, "cash", "收据", DUE_FEN), SERVICE_REASON_REFERENCE);
    hall_refused(&scene->desk, hall_money_take(scene, "transfer", "SJ-0001", DUE_FEN),
                 SERVICE_REASON_REFERENCE);
    assert_int_equal(ORDER_STATE_PAYING, hall_scene_look(scene)->order.state);
    assert_int_equal(1, hall_order_payments(&scene->sum, STORE_PAYMENT_SHOWN));
}

static void test_desk_money__one_receipt_is_for_one_order(void **state)
{
    struct hall_scene *scene = *state;
    hall_money_begin(scene);
    open_desk_money(scene);
    hall_done(&scene->desk, hall_money_take(scene, "cash", "SJ-0001", DUE_FEN));
    hall_until_state(&scene->terminal, ORDER_STATE_ISSUING);
    services_end_visit(at_terminal(scene));
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    open_desk_money(scene);
    hall_refused(&scene->desk, hall_money_take(scene, "cash", "SJ-0001", DUE_FEN), SERVICE_REASON_REFERENCE);
    hall_done(&scene->desk, hall_money_take(scene, "cash", "SJ-0002", DUE_FEN));
    hall_until_state(&scene->terminal, ORDER_STATE_ISSUING);
}

static void test_desk_money__confirming_twice_is_refused(void **state)
{
    struct hall_scene *scene = *state;
    hall_money_begin(scene);
    open_desk_money(scene);
    hall_done(&scene->desk, hall_money_take(scene, "cash", "SJ-0001", DUE_FEN));
    hall_refused(&scene->desk, hall_money_take(scene, "cash", "SJ-0002", DUE_FEN), SERVICE_REASON_CHANGED);
    hall_until_state(&scene->terminal, ORDER_STATE_ISSUING);
    hall_refused(&scene->desk, hall_money_take(scene, "cash", "SJ-0003", DUE_FEN), SERVICE_REASON_CHANGED);
    assert_int_equal(1, hall_order_payments(hall_scene_look(scene), STORE_PAYMENT_PAID));
}

static void test_desk_money__not_taken_after_all_leaves_the_code_to_the_applicant(void **state)
{
    struct hall_scene *scene = *state;
    hall_money_begin(scene);
    open_desk_money(scene);
    hall_done(&scene->desk, service_desk_money_open(at_desk(scene), scene->order.id, false));
    show_code(scene);
    hall_until_payment(&scene->terminal, SERVICE_PAY_SHOWN);
    assert_int_equal(STORE_PAYMENT_CLOSED, payment_by(hall_scene_look(scene), "desk")->state);
}

static void test_desk_money__nobody_takes_money_without_signing_in(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    struct service_reply reply =
        hall_wait(&scene->desk, service_desk_money_open(at_desk(scene), scene->order.id, true));
    assert_int_equal(STATUS_BAD_STATE, reply.status);
    assert_int_equal(0, hall_scene_look(scene)->payments);
}

static void test_desk_money__a_product_without_it_is_in_no_list(void **state)
{
    struct hall_scene *scene = *state;
    struct product *product =
        (struct product *)(uintptr_t)catalogue_find(scene->hall.catalogue, "ezca-cqzfcg");
    product->payment_count = 1;
    hall_money_begin(scene);
    assert_null(hall_money_line(scene));
    hall_refused(&scene->desk, service_desk_money_open(at_desk(scene), scene->order.id, true),
                 SERVICE_REASON_CHANGED);
}

/* --- over the bank ------------------------------------------------------------------------------------- */

static void begin_transfer(struct hall_scene *scene)
{
    hall_money_begin(scene);
    hall_done(&scene->terminal, service_pay_transfer(at_terminal(scene)));
    assert_int_equal(SERVICE_PAY_BY_TRANSFER, hall_scene_visit(scene)->payment.state);
}

static void scan_voucher(struct hall_scene *scene)
{
    hall_glass_lay(&scene->terminal.glass, hall_sheet_copy());
    hall_done(&scene->terminal, service_scan_page(at_terminal(scene), SERVICE_VOUCHER_PAPER));
    assert_int_equal(SERVICE_VOUCHER_WAITS, hall_scene_visit(scene)->hand.voucher);
}

static void look_at_voucher(struct hall_scene *scene)
{
    assert_int_equal(SERVICE_VOUCHER_WAITS, hall_money_line(scene)->hand.voucher);
    hall_done(&scene->desk, service_desk_voucher(at_desk(scene), scene->order.id, 400));
}

static void test_transfer__voucher_and_account_agree_and_the_order_moves(void **state)
{
    struct hall_scene *scene = *state;
    begin_transfer(scene);
    hall_done(&scene->terminal, service_account_print(at_terminal(scene)));
    scan_voucher(scene);
    assert_non_null(hall_money_line(scene));
    hall_refused(&scene->desk, hall_money_take(scene, "transfer", "20261129000123", DUE_FEN),
                 SERVICE_REASON_PAGES_UNSEEN);
    look_at_voucher(scene);
    hall_refused(&scene->desk, hall_money_take(scene, "transfer", "20261129000123", DUE_FEN + 100),
                 SERVICE_REASON_AMOUNT_DIFFERS);
    hall_refused(&scene->desk, hall_money_take(scene, "cash", "20261129000123", DUE_FEN),
                 SERVICE_REASON_REFERENCE);
    hall_done(&scene->desk, hall_money_take(scene, "transfer", "20261129000123", DUE_FEN));
    hall_until_state(&scene->terminal, ORDER_STATE_ISSUING);
    const struct store_payment *paid = payment_by(hall_scene_look(scene), "transfer");
    assert_int_equal(STORE_PAYMENT_PAID, paid->state);
    assert_string_equal("20261129000123", paid->trade_no);
    assert_string_equal("transfer", hall_scene_visit(scene)->payment.channel);
}

static bool is_refused_voucher(struct hall_program *program, const void *argument)
{
    const struct service_hand *hand = &services_visit(program->services)->hand;
    return hand->voucher == SERVICE_VOUCHER_REFUSED && strcmp(hand->reason, argument) == 0;
}

static void test_transfer__a_refused_voucher_says_why_and_is_scanned_again(void **state)
{
    struct hall_scene *scene = *state;
    const char *const why = "金额看不清";
    begin_transfer(scene);
    scan_voucher(scene);
    assert_non_null(hall_money_line(scene));
    hall_refused(&scene->desk, service_desk_voucher_refuse(at_desk(scene), scene->order.id, why),
                 SERVICE_REASON_PAGES_UNSEEN);
    look_at_voucher(scene);
    hall_done(&scene->desk, service_desk_voucher_refuse(at_desk(scene), scene->order.id, why));
    hall_until(&scene->terminal, "the voucher to be refused", is_refused_voucher, why);
    hall_pass(&scene->hall, 2);
    scan_voucher(scene);
    assert_string_equal("", hall_scene_visit(scene)->hand.reason);
    look_at_voucher(scene);
    hall_done(&scene->desk, hall_money_take(scene, "transfer", "20261129000124", DUE_FEN));
    hall_until_state(&scene->terminal, ORDER_STATE_ISSUING);
}

static void test_transfer__no_code_while_a_voucher_waits(void **state)
{
    struct hall_scene *scene = *state;
    begin_transfer(scene);
    scan_voucher(scene);
    token_fake_insert(scene->hall.writers[0], "key-1");
    hall_done(&scene->terminal, service_issue_ready(at_terminal(scene), false));
    hall_refused(&scene->terminal, service_pay_start_by(at_terminal(scene), PRODUCT_PAYMENT_ALIPAY),
                 SERVICE_REASON_MONEY_BY_HAND);
    assert_int_equal(1, hall_scene_look(scene)->payments);
    assert_int_equal(STORE_PAYMENT_SHOWN, scene->sum.payment[0].state);
}

static void test_transfer__a_code_takes_the_place_of_one_only_spoken_of(void **state)
{
    struct hall_scene *scene = *state;
    begin_transfer(scene);
    show_code(scene);
    assert_int_equal(STORE_PAYMENT_CLOSED, payment_by(hall_scene_look(scene), "transfer")->state);
    assert_int_equal(STATUS_OK,
                     payment_fake_pay(scene->hall.gateway, hall_scene_visit(scene)->payment.out_trade_no));
    hall_until_state(&scene->terminal, ORDER_STATE_ISSUING);
    hall_refused(&scene->desk, hall_money_take(scene, "transfer", "20261129000125", DUE_FEN),
                 SERVICE_REASON_CHANGED);
    assert_int_equal(1, hall_order_payments(hall_scene_look(scene), STORE_PAYMENT_PAID));
}

static void test_transfer__a_code_is_closed_before_the_account_is_told(void **state)
{
    struct hall_scene *scene = *state;
    hall_money_begin(scene);
    show_code(scene);
    hall_done(&scene->terminal, service_pay_transfer(at_terminal(scene)));
    assert_int_equal(1, hall_order_payments(hall_scene_look(scene), STORE_PAYMENT_CLOSED));
    assert_int_equal(1, hall_order_payments(&scene->sum, STORE_PAYMENT_SHOWN));
    assert_string_equal("transfer", hall_scene_visit(scene)->payment.channel);
}

static void test_transfer__paid_by_code_meanwhile_opens_none(void **state)
{
    struct hall_scene *scene = *state;
    hall_money_begin(scene);
    show_code(scene);
    payment_fake_pay_first(scene->hall.gateway);
    hall_refused(&scene->terminal, service_pay_transfer(at_terminal(scene)), SERVICE_REASON_ALREADY_PAID);
    assert_int_equal(1, hall_scene_look(scene)->payments);
}

static void test_transfer__a_cancelled_order_waits_for_none(void **state)
{
    struct hall_scene *scene = *state;
    begin_transfer(scene);
    hall_done(&scene->terminal, service_order_event(at_terminal(scene), ORDER_EVENT_CANCELLED));
    assert_int_equal(ORDER_STATE_CANCELLED, hall_scene_look(scene)->order.state);
    assert_int_equal(STORE_PAYMENT_CLOSED, scene->sum.payment[0].state);
    assert_null(hall_money_line(scene));
}

/* Its money may be on the account already. */
static void test_transfer__an_order_whose_voucher_waits_is_not_cancelled(void **state)
{
    struct hall_scene *scene = *state;
    begin_transfer(scene);
    scan_voucher(scene);
    struct service_reply reply =
        hall_wait(&scene->terminal, service_order_event(at_terminal(scene), ORDER_EVENT_CANCELLED));
    assert_int_equal(STATUS_BAD_STATE, reply.status);
    assert_int_equal(ORDER_STATE_PAYING, hall_scene_look(scene)->order.state);
    assert_int_equal(STORE_PAYMENT_SHOWN, scene->sum.payment[0].state);
}

/* The clerk's confirmation is stored; whoever lives on moves the order. */
static void test_transfer__confirmed_by_a_desk_that_died_then(void **state)
{
    struct hall_scene *scene = *state;
    begin_transfer(scene);
    assert_non_null(hall_money_line(scene));
    (void)hall_money_take(scene, "transfer", "20261129000126", DUE_FEN);
    hall_program_stop(&scene->desk);
    hall_until_stored(&scene->terminal, scene->order.id, ORDER_STATE_ISSUING);
    assert_int_equal(1, hall_order_payments(hall_scene_look(scene), STORE_PAYMENT_PAID));
    hall_program_restart(&scene->desk);
}

static void test_transfer__a_product_without_it_opens_none(void **state)
{
    struct hall_scene *scene = *state;
    hall_money_begin(scene);
    struct product *product = (struct product *)(uintptr_t)hall_scene_visit(scene)->product;
    product->payment_count = 2;
    struct service_reply reply = hall_wait(&scene->terminal, service_pay_transfer(at_terminal(scene)));
    assert_int_equal(STATUS_REFUSED, reply.status);
    assert_int_equal(0, hall_scene_look(scene)->payments);
}

/* --- given back ---------------------------------------------------------------------------------------- */

static void test_pay_back__cash_is_given_back_by_the_desk(void **state)
{
    struct hall_scene *scene = *state;
    struct secret password = {0};
    hall_money_begin(scene);
    open_desk_money(scene);
    hall_done(&scene->desk, hall_money_take(scene, "cash", "SJ-0001", DUE_FEN));
    hall_until_state(&scene->terminal, ORDER_STATE_ISSUING);
    hall_done(&scene->desk, service_desk_overview(at_desk(scene)));
    assert_int_equal(STATUS_OK, secret_set(&password, "zhanghao-2026", 13));
    hall_done(&scene->desk,
              service_desk_give_up(at_desk(scene), scene->order.id, "key broken", "lin", &password));
    hall_until_payment(&scene->terminal, SERVICE_PAY_REFUNDING);
    assert_true(hall_money_line(scene)->hand.pay_back);
    const struct service_hand_note less = hall_money_note("cash", "TK-0001", DUE_FEN - 1);
    const struct service_hand_note all = hall_money_note("cash", "TK-0001", DUE_FEN);
    hall_refused(&scene->desk, service_desk_money_back(at_desk(scene), scene->order.id, &less),
                 SERVICE_REASON_AMOUNT_DIFFERS);
    hall_done(&scene->desk, service_desk_money_back(at_desk(scene), scene->order.id, &all));
    hall_until_state(&scene->terminal, ORDER_STATE_REFUNDED);
    assert_int_equal(1, hall_order_payments(hall_scene_look(scene), STORE_PAYMENT_REFUNDED));
    hall_refused(&scene->desk, service_desk_money_back(at_desk(scene), scene->order.id, &all),
                 SERVICE_REASON_CHANGED);
    assert_int_equal(0, payment_fake_returned_fen(scene->hall.gateway));
}

#define FLOW(test) cmocka_unit_test_setup_teardown(test, setup, hall_scene_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FLOW(test_desk_money__cash_moves_the_order_at_the_terminal),
        FLOW(test_desk_money__a_code_is_closed_before_cash_is_taken),
        FLOW(test_desk_money__an_open_code_refuses_cash),
        FLOW(test_desk_money__a_wrong_amount_and_a_bad_number_are_refused),
        FLOW(test_desk_money__one_receipt_is_for_one_order),
        FLOW(test_desk_money__confirming_twice_is_refused),
        FLOW(test_desk_money__not_taken_after_all_leaves_the_code_to_the_applicant),
        FLOW(test_desk_money__nobody_takes_money_without_signing_in),
        FLOW(test_desk_money__a_product_without_it_is_in_no_list),
        FLOW(test_transfer__voucher_and_account_agree_and_the_order_moves),
        FLOW(test_transfer__a_refused_voucher_says_why_and_is_scanned_again),
        FLOW(test_transfer__no_code_while_a_voucher_waits),
        FLOW(test_transfer__a_code_takes_the_place_of_one_only_spoken_of),
        FLOW(test_transfer__a_code_is_closed_before_the_account_is_told),
        FLOW(test_transfer__paid_by_code_meanwhile_opens_none),
        FLOW(test_transfer__a_cancelled_order_waits_for_none),
        FLOW(test_transfer__an_order_whose_voucher_waits_is_not_cancelled),
        FLOW(test_transfer__confirmed_by_a_desk_that_died_then),
        FLOW(test_transfer__a_product_without_it_opens_none),
        FLOW(test_pay_back__cash_is_given_back_by_the_desk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
