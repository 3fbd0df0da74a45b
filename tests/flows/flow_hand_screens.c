/* Money by hand at real screens: the applicant's over the bank and to the window, the clerk's that confirms
 * it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/feature.h"
#include "tests/support/hall_money.h"
#include "tests/support/hall_printed.h"
#include "tests/support/robot.h"

#define ASSETS TEST_BUILD_DIR "/assets"

enum { DUE_FEN = 48000 };

static struct robot robot; /* large, and one at a time */

static int setup(void **state)
{
    return hall_scene_setup_by_hand(state, TEST_SOURCE_DIR);
}

static void open_robot(struct hall_program *program, int width, int height)
{
    robot_open(&robot, program,
               &(struct robot_settings){.assets = ASSETS, .width = width, .height = height, .seed = 7});
}

static void close_robot(void)
{
    unsigned faults = robot_faults(&robot);
    robot_close(&robot);
    assert_int_equal(0, faults);
}

/* --- the applicant's screens, a clerk who uses the services alone ----------------------------------------
 */

static void begin_at_terminal(struct hall_scene *scene)
{
    hall_money_begin(scene);
    open_robot(&scene->terminal, 1920, 1080);
    robot_until_screen(&robot, "pay");
}

/* On the page of this other way to pay, which says so. */
static void begin_way(struct hall_scene *scene, const char *way, const char *says)
{
    begin_at_terminal(scene);
    robot_tap(&robot, "pay.ways");
    robot_tap(&robot, way);
    robot_until_text(&robot, says);
}

/* The applicant lays a voucher down and hands it in; the clerk has looked at it. */
static void give_voucher(struct hall_scene *scene)
{
    hall_glass_lay(&scene->terminal.glass, hall_sheet_copy());
    robot_tap(&robot, "pay.voucher_scan");
    robot_until_text(&robot, "凭证已交");
    assert_false(robot_can_tap(&robot, "pay.by_code"));
    assert_non_null(hall_money_line(scene));
    hall_done(&scene->desk, service_desk_voucher(scene->desk.services, scene->order.id, 400));
}

/* The clerk calls the applicant to the window; the terminal says so. */
static void open_at_window(struct hall_scene *scene)
{
    assert_non_null(hall_money_line(scene));
    hall_done(&scene->desk, service_desk_money_open(scene->desk.services, scene->order.id, true));
    robot_until_text(&robot, "工作人员正在收款");
}

/* The clerk confirms the money; the terminal goes on. */
static void confirm(struct hall_scene *scene, const char *method, const char *reference)
{
    assert_non_null(hall_money_line(scene));
    hall_done(&scene->desk, hall_money_take(scene, method, reference, DUE_FEN));
    robot_until_screen(&robot, "issue");
}

static void test_terminal__transfer_with_slip_voucher_refusal_and_confirmation(void **state)
{
    struct hall_scene *scene = *state;
    begin_way(scene, "ways.transfer", "请转账到这个账户");
    assert_true(robot_shows(&robot, "6222020200112233"));
    assert_true(robot_shows(&robot, scene->order.acceptance));
    robot_tap(&robot, "pay.account_print");
    robot_until_text(&robot, "账户单已打印，订单已保留");
    give_voucher(scene);
    hall_done(&scene->desk, service_desk_voucher_refuse(scene->desk.services, scene->order.id, "金额看不清"));
    robot_until_text(&robot, "金额看不清");
    hall_pass(&scene->hall, 2);
    give_voucher(scene);
    confirm(scene, "transfer", "20261129000123");
    FEATURE("F148");
    close_robot();
}

/* Coming back days later, the account stands where it stood. */
static void test_terminal__leaving_a_transfer_says_how_to_come_back(void **state)
{
    struct hall_scene *scene = *state;
    begin_way(scene, "ways.transfer", "请转账到这个账户");
    robot_tap(&robot, "bar.back");
    FEATURE("F151");
    robot_until_text(&robot, "订单已保留，还没有收费");
    robot_tap(&robot, "kept.leave");
    robot_until_screen(&robot, "welcome");
    close_robot();
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, scene->order.id));
    open_robot(&scene->terminal, 1080, 1920);
    robot_until_text(&robot, "请转账到这个账户");
    robot_tap(&robot, "pay.by_code");
    robot_until_text(&robot, "审核通过，先准备好 Key");
    close_robot();
}

static void test_terminal__the_window_takes_cash_and_the_terminal_goes_on(void **state)
{
    struct hall_scene *scene = *state;
    begin_way(scene, "ways.desk", "请到人工窗口缴费");
    open_at_window(scene);
    confirm(scene, "cash", "SJ-0001");
    FEATURE("F149");
    close_robot();
}

/* The clerk does not take it after all: the page offers a code again by itself. */
static void test_terminal__not_taken_at_the_window_leads_back_to_the_code(void **state)
{
    struct hall_scene *scene = *state;
    begin_at_terminal(scene);
    open_at_window(scene);
    hall_done(&scene->desk, service_desk_money_open(scene->desk.services, scene->order.id, false));
    robot_until_text(&robot, "审核通过，先准备好 Key");
    token_fake_insert(scene->hall.writers[0], "key-1");
    (void)robot_until(&robot, "pay.code");
    close_robot();
}

/* Whatever way it was paid: how much, for which order, and its print, before the next page comes by itself.
 */
static void test_terminal__what_was_paid_is_told_and_printed(void **state)
{
    struct hall_scene *scene = *state;
    begin_at_terminal(scene);
    token_fake_insert(scene->hall.writers[0], "key-1");
    (void)robot_until(&robot, "pay.code");
    assert_int_equal(STATUS_OK,
                     payment_fake_pay(scene->hall.gateway,
                                      services_visit(scene->terminal.services)->payment.out_trade_no));
    robot_until_text(&robot, "交易成功");
    assert_string_equal("pay", ui_screen_name(robot.ui));
    assert_true(robot_shows(&robot, "480.00 元"));
    assert_true(robot_shows(&robot, scene->order.acceptance));
    robot_tap(&robot, "pay.result_print");
    robot_until_text(&robot, "支付结果已打印");
    assert_true(hall_printed(&scene->hall, "缴费金额¥480.00"));
    FEATURE("F150");
    robot_until_screen(&robot, "issue");
    close_robot();
}

/* No paper: the page says so, stays to be read, and goes on with the order all the same. */
static void test_terminal__a_result_that_is_not_printed_holds_nothing_up(void **state)
{
    struct hall_scene *scene = *state;
    begin_at_terminal(scene);
    open_at_window(scene);
    assert_non_null(hall_money_line(scene));
    hall_done(&scene->desk, hall_money_take(scene, "cash", "SJ-0001", DUE_FEN));
    printer_fake_set(&(struct printer_fake_script){.state = DEVICE_OFFLINE});
    robot_tap(&robot, "pay.result_print");
    robot_until_gone(&robot, "马上开始制证");
    assert_true(robot_shows(&robot, "交易成功"));
    FEATURE("F150");
    robot_tap(&robot, "bar.next");
    robot_until_screen(&robot, "issue");
    printer_fake_set(&(struct printer_fake_script){0});
    close_robot();
}

static void test_terminal__a_product_without_them_offers_no_other_ways(void **state)
{
    struct hall_scene *scene = *state;
    struct product *product =
        (struct product *)(uintptr_t)catalogue_find(scene->hall.catalogue, "ezca-cqzfcg");
    product->payment_count = 2;
    begin_at_terminal(scene);
    (void)robot_until(&robot, "bar.next");
    assert_false(robot_can_tap(&robot, "pay.ways"));
    close_robot();
}

/* --- the clerk's screens ---------------------------------------------------------------------------------
 */

static void open_desk(struct hall_scene *scene)
{
    hall_desk_sign_in(&scene->desk, "chen");
    open_robot(&scene->desk, 1920, 1080);
    ui_reset(robot.ui, DESK_MONEY, NULL);
    robot_until_screen(&robot, "money");
}

/* The money of the page is signed for under this reference. */
static void sign(const char *reference, const char *amount)
{
    robot_fill(&robot, "money.reference", reference);
    robot_fill(&robot, "money.amount", amount);
    robot_tap(&robot, "money.sign");
}

/* An order to be paid at the desk; the clerk has opened its cash. */
static void open_cash(struct hall_scene *scene)
{
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    open_desk(scene);
    robot_tap(&robot, "money.row.0");
    robot_tap(&robot, "money.open");
}

static void give_up_with(const char *second)
{
    robot_fill(&robot, "give_up.second", second);
    robot_fill(&robot, "give_up.password", "zhanghao-2026");
    robot_tap(&robot, "give_up.yes");
}

static void sign_with(const char *second)
{
    robot_fill(&robot, "money.second", second);
    robot_fill(&robot, "money.password", "zhanghao-2026");
    robot_tap(&robot, "money.sign");
}

static void test_desk__cash_is_taken_a_wrong_amount_is_told(void **state)
{
    struct hall_scene *scene = *state;
    open_cash(scene);
    sign("SJ-0001", "470");
    robot_until_text(&robot, "金额和应收的不一致");
    robot_fill(&robot, "money.amount", "480");
    robot_tap(&robot, "money.sign"); /* the reference stands as it was */
    FEATURE("F149");
    robot_until_text(&robot, "已确认收款，订单继续办理");
    hall_until_state(&scene->terminal, ORDER_STATE_ISSUING);
    assert_int_equal(1, hall_order_payments(hall_scene_look(scene), STORE_PAYMENT_PAID));
    close_robot();
}

static void test_desk__a_voucher_is_looked_at_before_it_is_confirmed(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    hall_done(&scene->terminal, service_pay_transfer(scene->terminal.services));
    hall_glass_lay(&scene->terminal.glass, hall_sheet_copy());
    hall_done(&scene->terminal, service_scan_page(scene->terminal.services, SERVICE_VOUCHER_PAPER));
    open_desk(scene);
    robot_tap(&robot, "money.row.0");
    robot_fill(&robot, "money.reference", "20261129000123");
    robot_fill(&robot, "money.amount", "480.00");
    robot_fill(&robot, "money.day", "2026-02-30");
    assert_false(robot_can_tap(&robot, "money.sign"));
    robot_tap(&robot, "money.look");
    (void)robot_until(&robot, "voucher.picture");
    robot_tap(&robot, "money.sign");
    robot_until_text(&robot, "金额或日期写得不对");
    robot_fill(&robot, "money.day", "2026-11-20");
    robot_tap(&robot, "money.sign");
    hall_until_state(&scene->terminal, ORDER_STATE_ISSUING);
    assert_string_equal("20261129000123", hall_scene_look(scene)->payment[0].trade_no);
    close_robot();
}

static void test_desk__a_paid_order_is_given_up_by_two_and_the_cash_goes_back(void **state)
{
    struct hall_scene *scene = *state;
    open_cash(scene);
    sign("SJ-0001", "480");
    hall_until_state(&scene->terminal, ORDER_STATE_ISSUING);
    robot_tap(&robot, "nav.orders");
    robot_tap(&robot, "orders.row.0");
    robot_tap(&robot, "order.give_up");
    robot_tap(&robot, "give_up.reason.asked");
    give_up_with("chen");
    robot_until_text(&robot, "复核人不能是您自己");
    give_up_with("lin");
    robot_until_text(&robot, "已结束，费用退回");
    hall_until_state(&scene->terminal, ORDER_STATE_REFUNDING);
    robot_tap(&robot, "nav.money");
    robot_tap(&robot, "money.row.0");
    sign("TK-0001", "480");
    hall_until_state(&scene->terminal, ORDER_STATE_REFUNDED);
    assert_int_equal(1, hall_order_payments(hall_scene_look(scene), STORE_PAYMENT_REFUNDED));
    close_robot();
}

/* Its order was cancelled, and its money came all the same. */
static void test_desk__a_late_transfer_is_noted_and_goes_back_by_two(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    hall_done(&scene->terminal, service_pay_transfer(scene->terminal.services));
    hall_done(&scene->terminal, service_order_event(scene->terminal.services, ORDER_EVENT_CANCELLED));
    open_desk(scene);
    robot_until_gone(&robot, scene->order.acceptance); /* nobody waits for it */
    robot_tap(&robot, "money.filter.late");
    robot_tap(&robot, "money.row.0");
    robot_until_text(&robot, "订单不再等这笔钱");
    sign("20261129000123", "480");
    robot_until_text(&robot, "已登记，等两人退款");
    robot_tap(&robot, "money.filter.back");
    robot_tap(&robot, "money.row.0");
    robot_fill(&robot, "money.reference", "TK-0001");
    robot_fill(&robot, "money.amount", "480");
    assert_false(robot_can_tap(&robot, "money.sign"));
    sign_with("chen");
    robot_until_text(&robot, "复核人不能是您自己");
    sign_with("lin");
    robot_until_text(&robot, "已登记退款");
    assert_int_equal(1, hall_order_payments(hall_scene_look(scene), STORE_PAYMENT_REFUNDED));
    close_robot();
}

/* Once more at the desk, then at the terminal: each says which print it is, and who printed it at the desk.
 */
static void test_desk__a_receipt_printed_again_says_so(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    hall_done(&scene->terminal, service_receipt_print(scene->terminal.services));
    assert_false(hall_printed(&scene->hall, "补打"));
    open_desk(scene);
    robot_tap(&robot, "nav.orders");
    robot_tap(&robot, "orders.row.0");
    robot_tap(&robot, "order.receipt");
    robot_until_text(&robot, "凭条已打印，第 2 次");
    close_robot();
    assert_true(hall_printed(&scene->hall, "补打第2次"));
    hall_done(&scene->terminal, service_receipt_print(scene->terminal.services));
    assert_true(hall_printed(&scene->hall, "补打第3次"));
}

#define FLOW(test) cmocka_unit_test_setup_teardown(test, setup, hall_scene_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FLOW(test_terminal__transfer_with_slip_voucher_refusal_and_confirmation),
        FLOW(test_terminal__leaving_a_transfer_says_how_to_come_back),
        FLOW(test_terminal__the_window_takes_cash_and_the_terminal_goes_on),
        FLOW(test_terminal__not_taken_at_the_window_leads_back_to_the_code),
        FLOW(test_terminal__what_was_paid_is_told_and_printed),
        FLOW(test_terminal__a_result_that_is_not_printed_holds_nothing_up),
        FLOW(test_terminal__a_product_without_them_offers_no_other_ways),
        FLOW(test_desk__cash_is_taken_a_wrong_amount_is_told),
        FLOW(test_desk__a_voucher_is_looked_at_before_it_is_confirmed),
        FLOW(test_desk__a_paid_order_is_given_up_by_two_and_the_cash_goes_back),
        FLOW(test_desk__a_late_transfer_is_noted_and_goes_back_by_two),
        FLOW(test_desk__a_receipt_printed_again_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
