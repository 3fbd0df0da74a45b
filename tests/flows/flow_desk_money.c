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
    hall_leave(&scene->terminal);
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

/* The clerk has given it back, and this colleague signs for it, too. Returns: the request. */
static uint64_t give_back(struct hall_scene *scene, const struct service_hand_note *note, const char *second,
                          const char *text)
{
    struct secret password = {0};
    assert_int_equal(STATUS_OK, secret_set(&password, text, strlen(text)));
    return service_desk_money_back(at_desk(scene), scene->order.id, note, second, &password);
}

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
    assert_true(hall_money_line(scene)->hand.is_late);
    hall_done(&scene->desk, hall_money_take(scene, "transfer", "20261129000125", DUE_FEN));
    assert_true(hall_money_line(scene)->hand.by_two); /* it came beside the code, and goes back */
    assert_int_equal(1, hall_order_payments(hall_scene_look(scene), STORE_PAYMENT_PAID));
    assert_int_equal(DUE_FEN, scene->sum.order.paid_fen);
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
    assert_true(hall_money_line(scene)->hand.is_late);
}

static void assert_signed_by_two(struct hall_scene *scene)
{
    struct store_decision decisions[4];
    struct store_decision_signer signers[3];
    size_t count = 0;
    struct store *store = hall_store(&scene->hall, "reader");
    assert_int_equal(STATUS_OK,
                     store_decision_list_order(store, scene->order.id, decisions, 4, &count, NULL));
    assert_int_equal(2, count);
    assert_string_equal("pay-back", decisions[1].action);
    assert_int_equal(STATUS_OK, store_decision_signers(store, decisions[1].id, signers, 3, &count, NULL));
    assert_int_equal(2, count);
    store_close(store);
}

/* It was on its way when the order was cancelled: nobody had decided that it goes back. */
static void test_transfer__money_for_a_closed_order_is_noted_and_goes_back_by_two(void **state)
{
    struct hall_scene *scene = *state;
    const struct service_hand_note back = hall_money_note("transfer", "TK-0009", DUE_FEN);
    begin_transfer(scene);
    hall_done(&scene->terminal, service_order_event(at_terminal(scene), ORDER_EVENT_CANCELLED));
    assert_int_equal(DUE_FEN, hall_money_line(scene)->hand.amount_fen);
    hall_refused(&scene->desk, hall_money_take(scene, "transfer", "20261129000127", DUE_FEN - 1),
                 SERVICE_REASON_AMOUNT_DIFFERS);
    hall_done(&scene->desk, hall_money_take(scene, "transfer", "20261129000127", DUE_FEN));
    assert_true(hall_money_line(scene)->hand.pay_back && hall_money_line(scene)->hand.by_two);
    assert_int_equal(ORDER_STATE_CANCELLED, hall_scene_look(scene)->order.state);
    assert_int_equal(STORE_PAYMENT_REFUNDING, scene->sum.payment[0].state);
    hall_refused(&scene->desk, hall_money_take(scene, "transfer", "20261129000128", DUE_FEN),
                 SERVICE_REASON_CHANGED); /* it came once */
    hall_refused(&scene->desk, give_back(scene, &back, "", ""), SERVICE_REASON_PASSWORD_WRONG);
    hall_refused(&scene->desk, give_back(scene, &back, "chen", "zhanghao-2026"), SERVICE_REASON_SAME_PERSON);
    hall_refused(&scene->desk, give_back(scene, &back, "lin", "wrong-2026"), SERVICE_REASON_PASSWORD_WRONG);
    assert_int_equal(STORE_PAYMENT_REFUNDING, hall_scene_look(scene)->payment[0].state);
    hall_done(&scene->desk, give_back(scene, &back, "lin", "zhanghao-2026"));
    assert_int_equal(STORE_PAYMENT_REFUNDED, hall_scene_look(scene)->payment[0].state);
    assert_int_equal(ORDER_STATE_CANCELLED, scene->sum.order.state);
    assert_signed_by_two(scene);
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

static bool is_signed(struct hall_program *program, const void *argument)
{
    struct store_decision decision;
    size_t count = 0;
    struct store *store = hall_store(program->hall, "watcher");
    assert_int_equal(STATUS_OK, store_decision_list_order(store, argument, &decision, 1, &count, NULL));
    store_close(store);
    return count > 0;
}

/* The clerk's confirmation is stored; whoever lives on moves the order. */
static void test_transfer__confirmed_by_a_desk_that_died_then(void **state)
{
    struct hall_scene *scene = *state;
    begin_transfer(scene);
    assert_non_null(hall_money_line(scene));
    (void)hall_money_take(scene, "transfer", "20261129000126", DUE_FEN);
    hall_until(&scene->terminal, "the clerk to have signed", is_signed, scene->order.id);
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

/* --- nobody pays --------------------------------------------------------------------------------------- */

enum { DAYS = 30, DAY_S = 86400, TRUST_S = 1200 }; /* the sample's product waits so long */

/* The days have passed since the order waits; whoever lives looks at it more than once. */
static void pass_days(struct hall_scene *scene, int days)
{
    hall_until_swept(&scene->terminal);
    hall_pass(&scene->hall, (int64_t)days * DAY_S - TRUST_S);
    hall_pass_steadily(&scene->hall, TRUST_S);
    hall_run(&scene->terminal, 700);
}

static void assert_state(struct hall_scene *scene, enum order_state wanted)
{
    assert_int_equal(wanted, hall_scene_look(scene)->order.state);
}

static void test_unpaid__an_order_is_closed_when_its_days_are_over(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_make(&scene->hall, ORDER_STATE_PAYING, &scene->order);
    hall_run(&scene->terminal, 1000);
    pass_days(scene, DAYS); /* its last day, which counts whole */
    assert_state(scene, ORDER_STATE_PAYING);
    pass_days(scene, 1);
    hall_until_stored(&scene->terminal, scene->order.id, ORDER_STATE_CLOSED);
    assert_int_equal(0, hall_scene_look(scene)->payments);
}

static void test_unpaid__a_product_that_says_no_days_waits(void **state)
{
    struct hall_scene *scene = *state;
    struct product *product =
        (struct product *)(uintptr_t)catalogue_find(scene->hall.catalogue, "ezca-cqzfcg");
    product->payment_later_days = 0;
    hall_order_make(&scene->hall, ORDER_STATE_PAYING, &scene->order);
    hall_run(&scene->terminal, 1000);
    pass_days(scene, 365);
    assert_state(scene, ORDER_STATE_PAYING);
}

static void test_unpaid__not_before_whoever_stands_there_nor_while_a_voucher_waits(void **state)
{
    struct hall_scene *scene = *state;
    begin_transfer(scene);
    hall_program_stop(&scene->desk); /* its clerk has gone home, and it would take over what jumps in time */
    pass_days(scene, DAYS + 1);
    assert_state(scene, ORDER_STATE_PAYING);
    scan_voucher(scene);
    hall_leave(&scene->terminal);
    pass_days(scene, 1);
    assert_state(scene, ORDER_STATE_PAYING);
    hall_program_restart(&scene->desk);
}

/* The transfer is closed with its order; what comes then is noted, as above. */
static void test_unpaid__a_transfer_is_closed_with_its_order(void **state)
{
    struct hall_scene *scene = *state;
    begin_transfer(scene);
    hall_leave(&scene->terminal);
    hall_run(&scene->terminal, 1000);
    pass_days(scene, DAYS + 1);
    hall_until_stored(&scene->terminal, scene->order.id, ORDER_STATE_CLOSED);
    assert_int_equal(STORE_PAYMENT_CLOSED, hall_scene_look(scene)->payment[0].state);
    assert_true(hall_money_line(scene)->hand.is_late);
    hall_done(&scene->desk, hall_money_take(scene, "transfer", "20261129000129", DUE_FEN));
    assert_true(hall_money_line(scene)->hand.by_two);
    assert_state(scene, ORDER_STATE_CLOSED);
}

static bool is_returned(struct hall_program *program, const void *argument)
{
    (void)argument;
    return payment_fake_returned_fen(program->hall->gateway) == DUE_FEN;
}

static bool is_code_closed(struct hall_program *program, const void *argument)
{
    struct hall_order_sum sum;
    hall_order_sum(program->hall, argument, &sum);
    return hall_order_payments(&sum, STORE_PAYMENT_CLOSED) == 1;
}

/* The payer's phone had the code that was closed a moment before the order was. A terminal that was just
 * switched on trusts its clock after ten minutes. */
static void test_unpaid__a_code_paid_afterwards_goes_back(void **state)
{
    struct hall_scene *scene = *state;
    char number[sizeof(((struct service_payment *)0)->out_trade_no)];
    hall_order_make(&scene->hall, ORDER_STATE_PAYING, &scene->order);
    hall_program_stop(&scene->desk);
    hall_program_stop(&scene->terminal);
    hall_pass(&scene->hall, (DAYS + 1) * DAY_S);
    hall_program_restart(&scene->terminal);
    hall_until_swept(&scene->terminal);
    hall_done(&scene->terminal, service_order_open(at_terminal(scene), scene->order.id));
    show_code(scene);
    (void)memcpy(number, hall_scene_visit(scene)->payment.out_trade_no, sizeof(number));
    hall_leave(&scene->terminal);
    hall_pass_steadily(&scene->hall, 400);
    hall_until(&scene->terminal, "the code to be closed", is_code_closed, scene->order.id);
    hall_pass_steadily(&scene->hall, 300);
    hall_until_stored(&scene->terminal, scene->order.id, ORDER_STATE_CLOSED);
    assert_int_equal(STATUS_OK, payment_fake_pay(scene->hall.gateway, number));
    hall_until(&scene->terminal, "the money to go back", is_returned, NULL);
    assert_state(scene, ORDER_STATE_CLOSED);
    hall_program_restart(&scene->desk);
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
    hall_done(&scene->desk, hall_desk_give_up(&scene->desk, scene->order.id, "key broken", "lin"));
    assert_int_equal(STATUS_OK, secret_set(&password, "zhanghao-2026", 13));
    hall_until_payment(&scene->terminal, SERVICE_PAY_REFUNDING);
    assert_true(hall_money_line(scene)->hand.pay_back);
    const struct service_hand_note less = hall_money_note("cash", "TK-0001", DUE_FEN - 1);
    const struct service_hand_note all = hall_money_note("cash", "TK-0001", DUE_FEN);
    assert_false(hall_money_line(scene)->hand.by_two); /* two have decided already */
    hall_refused(&scene->desk, give_back(scene, &less, "", ""), SERVICE_REASON_AMOUNT_DIFFERS);
    hall_done(&scene->desk, give_back(scene, &all, "", ""));
    hall_until_state(&scene->terminal, ORDER_STATE_REFUNDED);
    assert_int_equal(1, hall_order_payments(hall_scene_look(scene), STORE_PAYMENT_REFUNDED));
    hall_refused(&scene->desk, give_back(scene, &all, "", ""), SERVICE_REASON_CHANGED);
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
        FLOW(test_transfer__money_for_a_closed_order_is_noted_and_goes_back_by_two),
        FLOW(test_transfer__an_order_whose_voucher_waits_is_not_cancelled),
        FLOW(test_transfer__confirmed_by_a_desk_that_died_then),
        FLOW(test_transfer__a_product_without_it_opens_none),
        FLOW(test_pay_back__cash_is_given_back_by_the_desk),
        FLOW(test_unpaid__an_order_is_closed_when_its_days_are_over),
        FLOW(test_unpaid__a_product_that_says_no_days_waits),
        FLOW(test_unpaid__not_before_whoever_stands_there_nor_while_a_voucher_waits),
        FLOW(test_unpaid__a_transfer_is_closed_with_its_order),
        FLOW(test_unpaid__a_code_paid_afterwards_goes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
