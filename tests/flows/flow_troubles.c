/* Troubles at the real screens: each says what happened, what was kept and what to do, and lets one go on.
 * With CERTKIOSK_PICTURES in the environment a picture of every page is left in the build folder's
 * "pictures". */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/text.h"
#include "tests/support/feature.h"
#include "tests/support/hall_printed.h"
#include "tests/support/hall_scene.h"
#include "tests/support/page_bench.h"
#include "tests/support/robot_visit.h"

static struct robot robot;

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

static void open_robot(struct hall_scene *scene)
{
    robot_open_wide(&robot, &scene->terminal);
}

/* An order in this state is open at the terminal, and the robot stands at its screen. */
static void begin(struct hall_scene *scene, enum order_state state)
{
    hall_order_begin(&scene->terminal, state, &scene->order);
    open_robot(scene);
}

static void end(void)
{
    robot_close(&robot);
    assert_int_equal(0, robot_faults(&robot));
}

static enum order_state stored_state(struct hall_scene *scene)
{
    return hall_scene_look(scene)->order.state;
}

/* --- pin --------------------------------------------------------------------------------------------- */

static void test_trouble__a_pin_nobody_sets_frees_the_terminal_and_is_set_later(void **state)
{
    struct hall_scene *scene = *state;
    const struct robot_visit visit = {.robot = &robot};
    begin(scene, ORDER_STATE_PAYING);
    robot_visit_pay(&visit, "key-1");
    robot_visit_issue(&visit);
    robot_tap(&robot, "pad.1");
    robot_pass(&robot, 300000);
    (void)robot_until(&robot, "idle.stay");
    robot_pass(&robot, 30000);
    robot_until_screen(&robot, "welcome");
    end();
    assert_int_equal(ORDER_STATE_PIN, stored_state(scene));
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, scene->order.id));
    open_robot(scene);
    robot_until_screen(&robot, "pin");
    robot_visit_pin(&visit);
    end();
    assert_int_equal(ORDER_STATE_COLLECTING, stored_state(scene));
}

/* --- print ------------------------------------------------------------------------------------------- */

static void test_trouble__printer_without_paper_prints_when_it_has_some(void **state)
{
    begin(*state, ORDER_STATE_PRINTING);
    printer_fake_set(&(struct printer_fake_script){.state = DEVICE_PAPER_OUT});
    robot_tap(&robot, "bar.next");
    robot_until_text(&robot, "打印机没纸了");
    assert_true(robot_shows(&robot, "已填内容已保存"));
    assert_true(robot_shows(&robot, "工作人员正在加纸"));
    robot_look(&robot, "trouble-paper-out");
    robot_tap(&robot, "error.wait");
    robot_until_text(&robot, "正在等打印机");
    robot_look(&robot, "trouble-paper-waiting");
    printer_fake_set(&(struct printer_fake_script){0});
    (void)robot_until(&robot, "print.another");
    robot_tap(&robot, "bar.next");
    robot_until_screen(&robot, "scan");
    FEATURE("F097");
    assert_int_equal(1, printer_fake_jobs());
    end();
}

static void test_trouble__order_goes_on_at_another_machine_when_the_printer_jams(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, ORDER_STATE_PRINTING);
    printer_fake_set(&(struct printer_fake_script){.state = DEVICE_JAMMED});
    robot_tap(&robot, "bar.next");
    robot_until_text(&robot, "打印机卡纸了");
    robot_look(&robot, "trouble-printer-jam");
    robot_tap(&robot, "error.elsewhere");
    robot_until_screen(&robot, "welcome");
    assert_int_equal(ORDER_STATE_PRINTING, stored_state(scene));
    end();
    printer_fake_set(&(struct printer_fake_script){0});
    hall_scene_start_other(scene);
    hall_done(&scene->other, service_order_open(scene->other.services, scene->order.id));
}

/* --- scan -------------------------------------------------------------------------------------------- */

static void test_trouble__scanner_jam_is_an_error_page_and_then_a_good_page(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, ORDER_STATE_SCANNING);
    hall_glass_fail(&scene->terminal.glass, STATUS_REFUSED, DEVICE_JAMMED);
    robot_tap(&robot, "bar.next");
    robot_until_text(&robot, "扫描仪卡纸了");
    assert_true(robot_shows(&robot, "已经保存"));
    assert_true(robot_shows(&robot, "SC-21"));
    robot_look(&robot, "trouble-scanner-jam");
    hall_glass_lay(&scene->terminal.glass, hall_sheet_form(&scene->hall, &scene->order));
    robot_tap(&robot, "error.retry");
    (void)robot_until(&robot, "scan.again");
    end();
}

static void scan_this(struct hall_scene *scene, struct page_image sheet, const char *says, const char *name)
{
    hall_glass_lay(&scene->terminal.glass, sheet);
    robot_tap(&robot, "bar.next");
    robot_until_text(&robot, says);
    robot_look(&robot, name);
}

static void test_trouble__what_is_no_form_of_this_order_is_not_taken(void **state)
{
    struct hall_scene *scene = *state;
    struct order other;
    hall_order_make(&scene->hall, ORDER_STATE_SCANNING, &other);
    begin(scene, ORDER_STATE_SCANNING);
    scan_this(scene, hall_sheet_blank(), "这一页看不清", "trouble-blank-page");
    scan_this(scene, hall_sheet_copy(), "没有找到申请表上的二维码", "trouble-no-code");
    scan_this(scene, hall_sheet_form(&scene->hall, &other), "这不是本次打印的申请表", "trouble-foreign-form");
    hall_glass_clear(&scene->terminal.glass);
    hall_glass_fail(&scene->terminal.glass, STATUS_REFUSED, DEVICE_PAPER_OUT);
    robot_tap(&robot, "bar.next");
    robot_until_text(&robot, "没有放纸");
    assert_int_equal(SERVICE_PAGE_MISSING, services_visit(scene->terminal.services)->pages[0].state);
    end();
}

static void test_trouble__a_printed_form_leads_on_without_another_print(void **state)
{
    begin(*state, ORDER_STATE_PRINTING);
    robot_tap(&robot, "bar.next");
    robot_until_text(&robot, "已打印，在屏幕下方的出纸口");
    size_t printed = printer_fake_jobs();
    robot_tap(&robot, "bar.next");
    robot_until_screen(&robot, "scan");
    FEATURE("F095");
    assert_int_equal(printed, printer_fake_jobs());
    end();
}

static void test_trouble__an_unprinted_form_is_changed(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, ORDER_STATE_PRINTING);
    robot_tap(&robot, "bar.back");
    robot_until_screen(&robot, "form");
    FEATURE("F086");
    assert_int_equal(ORDER_STATE_DRAFT, stored_state(scene));
    end();
}

static void test_trouble__scan_is_stopped_by_a_touch(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, ORDER_STATE_SCANNING);
    hall_glass_lay(&scene->terminal.glass, hall_sheet_form(&scene->hall, &scene->order));
    scene->terminal.glass.tenth_ms = 300;
    robot_tap(&robot, "bar.next");
    robot_tap(&robot, "scan.cancel");
    robot_until_gone(&robot, "停止扫描");
    assert_true(robot_can_tap(&robot, "bar.next"));
    assert_int_equal(SERVICE_PAGE_MISSING, services_visit(scene->terminal.services)->pages[0].state);
    end();
}

/* --- login ------------------------------------------------------------------------------------------- */

static void to_login(void)
{
    robot_until_screen(&robot, "welcome");
    robot_tap(&robot, "welcome.resume");
    robot_until_screen(&robot, "login");
    robot_pad(&robot, "pad", HALL_PHONE);
    robot_tap(&robot, "login.send");
    robot_until_text(&robot, "验证码已发送");
}

static void wrong_code(struct hall_scene *scene, char out[16])
{
    assert_int_equal(STATUS_OK, sms_fake_last_code(scene->hall.phones, HALL_PHONE, out, 16));
    out[0] = (char)('0' + (out[0] - '0' + 1) % 10);
}

static void test_trouble__wrong_code_says_the_tries_left_and_then_waits(void **state)
{
    char code[16];
    char left[64];
    open_robot(*state);
    to_login();
    wrong_code(*state, code);
    for (int tries = 4; tries > 0; tries--) {
        robot_pad(&robot, "pad", code);
        (void)snprintf(left, sizeof(left), "验证码不对，还可以试 %d 次", tries);
        robot_until_text(&robot, left);
    }
    robot_look(&robot, "trouble-wrong-code");
    robot_pad(&robot, "pad", code);
    robot_until_text(&robot, "试错次数太多");
    robot_look(&robot, "trouble-locked");
    end();
}

static void test_trouble__code_is_sent_again_after_the_wait(void **state)
{
    struct hall_scene *scene = *state;
    open_robot(scene);
    to_login();
    assert_false(robot_can_tap(&robot, "login.send"));
    assert_true(robot_shows(&robot, "秒后"));
    for (int i = 0; i < 70 && !robot_can_tap(&robot, "login.send"); i++)
        robot_pass(&robot, 1000);
    robot_tap(&robot, "login.send");
    robot_until_text(&robot, "秒后");
    assert_int_equal(2, sms_fake_count(scene->hall.phones));
    end();
}

/* --- form -------------------------------------------------------------------------------------------- */

static void to_the_end_of_the_form(void)
{
    for (int i = 0; i < 30 && !robot_can_tap(&robot, "errors.mend"); i++)
        robot_tap(&robot, "bar.next");
}

static void test_trouble__all_errors_are_listed_and_the_first_is_shown(void **state)
{
    begin(*state, ORDER_STATE_DRAFT);
    robot_fill(&robot, "form.company", "示");
    robot_fill(&robot, "form.credit_code", "91500108MA60000");
    ui_focus(robot.ui, NULL);
    robot_look(&robot, "trouble-field");
    to_the_end_of_the_form();
    robot_look(&robot, "trouble-form");
    assert_true(robot_shows(&robot, "少 3 位，应为 18 位"));
    assert_true(robot_shows(&robot, "单位名称"));
    robot_tap(&robot, "errors.mend");
    (void)robot_until(&robot, "form.company");
    FEATURE("F080");
    assert_true(robot_shows(&robot, "有误"));
    end();
}

static void test_trouble__input_stays_when_letters_grow_and_the_machine_turns(void **state)
{
    begin(*state, ORDER_STATE_DRAFT);
    robot_fill(&robot, "form.company", "重庆示例科技");
    robot_look(&robot, "form-typing");
    ui_focus(robot.ui, NULL);
    robot_turn(&robot);
    robot_tap(&robot, "bar.large");
    assert_int_equal(THEME_CARE, ui_theme(robot.ui));
    assert_true(robot_shows(&robot, "重庆示例科技"));
    robot_tap(&robot, "bar.contrast");
    assert_int_equal(THEME_CONTRAST, ui_theme(robot.ui));
    robot_handle(&robot, &(struct input_event){.kind = INPUT_EVENT_RESIZE, .x = 1080, .y = 1920});
    assert_true(robot_shows(&robot, "重庆示例科技"));
    robot_tap(&robot, "bar.exit");
    robot_until_screen(&robot, "welcome");
    assert_int_equal(THEME_STANDARD, ui_theme(robot.ui));
    end();
}

/* --- idle -------------------------------------------------------------------------------------------- */

static bool dump_has(const char *text)
{
    struct buf dump;
    buf_init(&dump, 1 << 22);
    robot_dump(&robot, &dump);
    bool found = strstr((const char *)dump.data, text) != NULL;
    buf_release(&dump);
    return found;
}

static void test_trouble__stillness_warns_counts_down_and_wipes(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, ORDER_STATE_DRAFT);
    robot_fill(&robot, "form.company", "重庆示例科技有限公司");
    assert_true(dump_has("重庆示例科技有限公司"));
    robot_pass(&robot, 121000);
    assert_true(ui_is_idle_warning(robot.ui));
    robot_until_text(&robot, "您还在办理吗");
    robot_look(&robot, "idle");
    assert_true(robot_can_tap(&robot, "idle.stay"));
    robot_tap(&robot, "idle.stay");
    assert_string_equal("form", ui_screen_name(robot.ui));
    robot_pass(&robot, 121000);
    robot_pass(&robot, 31000);
    robot_until_screen(&robot, "welcome");
    assert_false(dump_has("示例科技"));
    assert_string_equal("", form_values_get(services_values(scene->terminal.services), "company"));
    assert_false(services_visit(scene->terminal.services)->has_order);
    FEATURE("F017");
    assert_int_equal(ORDER_STATE_DRAFT, stored_state(scene));
    end();
}

static void test_trouble__large_letters_left_on_the_welcome_page_end_by_themselves(void **state)
{
    begin(*state, ORDER_STATE_DRAFT);
    hall_leave(&((struct hall_scene *)*state)->terminal);
    screen_go(robot.ui);
    ui_tick(robot.ui); /* before anything that waits to be told reaches the page of an order that is gone */
    robot_until_screen(&robot, "welcome");
    robot_tap(&robot, "bar.large");
    robot_pass(&robot, 60000);
    assert_int_equal(THEME_CARE, ui_theme(robot.ui)); /* who reads slowly keeps them */
    robot_pass(&robot, 70000);
    assert_int_equal(THEME_STANDARD, ui_theme(robot.ui));
    end();
}

static void test_trouble__clerk_is_called_and_called_off(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, ORDER_STATE_DRAFT);
    robot_tap(&robot, "bar.call");
    robot_until_text(&robot, "已呼叫");
    assert_true(services_visit(scene->terminal.services)->clerk_called);
    robot_look(&robot, "call");
    robot_tap(&robot, "assist.cancel"); /* where it is said */
    robot_until_text(&robot, "已取消呼叫");
    assert_false(services_visit(scene->terminal.services)->clerk_called);
    robot_pass(&robot, 5000);
    robot_tap(&robot, "bar.call");
    robot_until_text(&robot, "已呼叫");
    robot_tap(&robot, "assist.read");
    robot_tap(&robot, "bar.call");
    robot_until_text(&robot, "已取消呼叫");
    FEATURE("F019");
    assert_false(services_visit(scene->terminal.services)->clerk_called);
    end();
}

/* The store holds, or takes, nothing of where terminals stand. */
static void let_presence(struct hall_scene *scene, bool stored)
{
    hall_sql(&scene->hall, stored ? "ALTER TABLE presence_away RENAME TO presence"
                                  : "ALTER TABLE presence RENAME TO presence_away");
}

static void test_trouble__call_that_is_not_stored_is_not_called_sent_and_is_made_again(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, ORDER_STATE_DRAFT);
    let_presence(scene, false);
    robot_tap(&robot, "bar.call");
    robot_until_text(&robot, "呼叫没发出去");
    assert_false(robot_shows(&robot, "已呼叫"));
    assert_false(services_visit(scene->terminal.services)->clerk_called);
    let_presence(scene, true);
    robot_pass(&robot, 5000);
    robot_until_text(&robot, "已呼叫，约 2 分钟到");
    FEATURE("F019");
    assert_true(services_visit(scene->terminal.services)->clerk_called);
    end();
}

/* --- pay --------------------------------------------------------------------------------------------- */

/* While an earlier code is not settled yet no new one is given: the applicant asks again. */
static void ask_for_code(void)
{
    for (int i = 0; widget_find(ui_tree(robot.ui), "pay.code") == NULL && i < 30; i++) {
        robot_run(&robot, 300);
        if (robot_can_tap(&robot, "bar.next") && widget_find(ui_tree(robot.ui), "pay.code") == NULL)
            robot_tap(&robot, "bar.next");
    }
    (void)robot_until(&robot, "pay.code");
}

static void to_code(struct hall_scene *scene)
{
    token_fake_insert(hall_scene_writer(scene), "key-1");
    begin(scene, ORDER_STATE_PAYING);
    ask_for_code();
}

static void test_trouble__expired_code_is_renewed(void **state)
{
    struct hall_scene *scene = *state;
    to_code(scene);
    robot_pass(&robot, 200000);
    robot_tap(&robot, "bar.large"); /* somebody is there */
    robot_tap(&robot, "bar.large");
    robot_pass(&robot, 101000);
    robot_until_text(&robot, "二维码过期了");
    robot_look(&robot, "trouble-expired");
    ask_for_code();
    assert_int_equal(2, services_visit(scene->terminal.services)->payment.attempt);
    end();
}

/* The code of the other channel takes the place of the first, which nobody can pay any more. */
static void test_trouble__another_way_to_pay_is_tapped_and_pays(void **state)
{
    struct hall_scene *scene = *state;
    const struct service_payment *payment = &services_visit(scene->terminal.services)->payment;
    to_code(scene);
    robot_tap(&robot, "pay.by.wechat");
    robot_until_text(&robot, "打开手机微信，用“扫一扫”对准二维码");
    ask_for_code();
    assert_string_equal("wechat", payment->channel);
    assert_int_equal(2, payment->attempt);
    assert_null(widget_find(ui_tree(robot.ui), "pay.by.wechat"));
    assert_int_equal(STATUS_OK, payment_fake_pay(scene->hall.wechat_gateway, payment->out_trade_no));
    robot_until_screen(&robot, "issue");
    assert_int_equal(0, payment_fake_taken_fen(scene->hall.gateway));
    end();
}

/* Nothing is charged where the other channel does not answer, and the first can be chosen again. */
static void test_trouble__another_way_that_is_silent_leads_back_to_the_first(void **state)
{
    struct hall_scene *scene = *state;
    const struct service_payment *payment = &services_visit(scene->terminal.services)->payment;
    to_code(scene);
    payment_fake_fail(scene->hall.wechat_gateway, PAYMENT_FAKE_CREATE, STATUS_BUSY, false, 1);
    robot_tap(&robot, "pay.by.wechat");
    robot_until_text(&robot, "付款码没有取到");
    robot_tap(&robot, "pay.by.alipay");
    robot_until_text(&robot, "打开手机支付宝，用“扫一扫”对准二维码");
    ask_for_code();
    assert_int_equal(3, payment->attempt);
    assert_int_equal(0, payment_fake_taken_fen(scene->hall.wechat_gateway));
    end();
}

static void test_trouble__silent_gateway_is_said_and_no_second_code_given(void **state)
{
    struct hall_scene *scene = *state;
    to_code(scene);
    payment_fake_fail(scene->hall.gateway, PAYMENT_FAKE_QUERY, STATUS_LOST, false, 1000);
    robot_until_text(&robot, "正在确认缴费结果");
    assert_true(robot_shows(&robot, "请不要重复付款"));
    assert_null(widget_find(ui_tree(robot.ui), "bar.next"));
    robot_look(&robot, "trouble-unknown");
    payment_fake_fail(scene->hall.gateway, PAYMENT_FAKE_QUERY, STATUS_OK, false, 0);
    robot_tap(&robot, "bar.secondary");
    (void)robot_until(&robot, "pay.code");
    end();
}

static void test_trouble__key_with_a_certificate_is_cleared_only_with_consent(void **state)
{
    struct hall_scene *scene = *state;
    struct order other;
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &other);
    hall_visit_finish(&scene->terminal);
    hall_leave(&scene->terminal);
    token_fake_insert(hall_scene_writer(scene), "key-1");
    begin(scene, ORDER_STATE_PAYING);
    robot_until_text(&robot, "这支 Key 里的证书还有效");
    robot_look(&robot, "trouble-key-in-use");
    assert_false(robot_can_tap(&robot, "pay.erase"));
    hall_sql(&scene->hall, "UPDATE certificate SET state = 'revoked'");
    robot_tap(&robot, "bar.next");
    robot_until_text(&robot, "这支 Key 里有证书");
    robot_look(&robot, "trouble-key-carries");
    robot_tap(&robot, "pay.erase");
    (void)robot_until(&robot, "pay.code");
    end();
    FEATURE("F163");
}

/* --- issue ------------------------------------------------------------------------------------------- */

static void to_issue(struct hall_scene *scene)
{
    to_code(scene);
    assert_int_equal(STATUS_OK,
                     payment_fake_pay(scene->hall.gateway,
                                      services_visit(scene->terminal.services)->payment.out_trade_no));
    robot_until_screen(&robot, "issue");
}

static void test_trouble__pulled_key_goes_on_when_it_is_back(void **state)
{
    struct hall_scene *scene = *state;
    to_code(scene);
    token_fake_pull_at(hall_scene_writer(scene), 8, true); /* the certificate is written, and the key gone */
    assert_int_equal(STATUS_OK,
                     payment_fake_pay(scene->hall.gateway,
                                      services_visit(scene->terminal.services)->payment.out_trade_no));
    robot_until_text(&robot, "Key 被拔出了");
    FEATURE("F164");
    assert_true(robot_shows(&robot, "已缴费用有效"));
    robot_look(&robot, "trouble-key-pulled");
    token_fake_insert(hall_scene_writer(scene), "another");
    robot_until_text(&robot, "不是原来的 Key");
    robot_look(&robot, "trouble-key-other");
    token_fake_insert(hall_scene_writer(scene), "key-1");
    robot_until_screen(&robot, "pin");
    end();
}

static void test_trouble__key_that_cannot_be_written_is_exchanged(void **state)
{
    struct hall_scene *scene = *state;
    to_code(scene);
    token_fake_fail_at(hall_scene_writer(scene), 8, STATUS_IO); /* the certificate is to be written */
    assert_int_equal(STATUS_OK,
                     payment_fake_pay(scene->hall.gateway,
                                      services_visit(scene->terminal.services)->payment.out_trade_no));
    (void)robot_until(&robot, "error.other");
    robot_look(&robot, "trouble-write-failed");
    token_fake_insert(hall_scene_writer(scene), "key-2");
    robot_tap(&robot, "error.other");
    robot_until_screen(&robot, "pin");
    assert_int_equal(48000, payment_fake_taken_fen(scene->hall.gateway));
    end();
}

static void test_trouble__silent_authority_is_asked_again(void **state)
{
    struct hall_scene *scene = *state;
    to_code(scene);
    authority_fake_script(scene->hall.ca)->offline = true;
    assert_int_equal(STATUS_OK,
                     payment_fake_pay(scene->hall.gateway,
                                      services_visit(scene->terminal.services)->payment.out_trade_no));
    robot_until_text(&robot, "发证机构没有回应");
    robot_look(&robot, "trouble-authority-silent");
    authority_fake_script(scene->hall.ca)->offline = false;
    for (int i = 0; strcmp(ui_screen_name(robot.ui), "issue") == 0 && i < 30; i++) {
        if (robot_can_tap(&robot, "error.retry"))
            robot_tap(&robot, "error.retry");
        robot_run(&robot, 300);
    }
    robot_until_screen(&robot, "pin");
    end();
}

static void test_trouble__refusing_authority_is_said_with_the_way_to_the_money(void **state)
{
    struct hall_scene *scene = *state;
    to_code(scene);
    authority_fake_script(scene->hall.ca)->refuse_times = 100;
    assert_int_equal(STATUS_OK,
                     payment_fake_pay(scene->hall.gateway,
                                      services_visit(scene->terminal.services)->payment.out_trade_no));
    robot_until_text(&robot, "发证机构没有受理");
    assert_true(robot_shows(&robot, "退款"));
    robot_look(&robot, "trouble-authority-refused");
    end();
}

/* --- PIN --------------------------------------------------------------------------------------------- */

static void test_trouble__weak_and_differing_pins_are_refused_with_the_reason(void **state)
{
    to_issue(*state);
    robot_until_screen(&robot, "pin");
    assert_true(robot_shows(&robot, "6 至 16 位"));
    robot_pad(&robot, "pad", "123456");
    robot_tap(&robot, "bar.next");
    robot_until_text(&robot, "连号");
    robot_look(&robot, "trouble-pin-weak");
    robot_pad(&robot, "pad", "835179");
    robot_tap(&robot, "bar.next");
    robot_pad(&robot, "pad", "835178");
    robot_tap(&robot, "bar.next");
    robot_until_text(&robot, "两次输入不一样");
    robot_look(&robot, "trouble-pin-differs");
    FEATURE("F159");
    assert_false(dump_has("835179"));
    end();
}

/* --- coming back ------------------------------------------------------------------------------------- */

static void login(struct hall_scene *scene)
{
    char code[16];
    to_login();
    assert_int_equal(STATUS_OK, sms_fake_last_code(scene->hall.phones, HALL_PHONE, code, sizeof(code)));
    robot_pad(&robot, "pad", code);
    robot_until_screen(&robot, "orders");
}

static void test_trouble__order_is_found_again_by_list_and_by_number(void **state)
{
    struct hall_scene *scene = *state;
    static const enum order_state states[] = {
        ORDER_STATE_PAYING, ORDER_STATE_REVIEWING, ORDER_STATE_SCANNING, ORDER_STATE_PRINTING,
        ORDER_STATE_DRAFT,  ORDER_STATE_DRAFT,     ORDER_STATE_DRAFT};
    struct order order;
    for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
        hall_order_make(&scene->hall, states[i], &order);
    open_robot(scene);
    login(scene);
    (void)robot_until(&robot, "order.0");
    robot_look(&robot, "orders");
    robot_tap(&robot, "orders.other");
    robot_fill(&robot, "orders.end", order.acceptance + strlen(order.acceptance) - 6);
    robot_look(&robot, "orders-typing");
    robot_key(&robot, INPUT_KEY_ENTER, 0, 0);
    robot_until_screen(&robot, "form");
    robot_tap(&robot, "bar.exit");
    robot_tap(&robot, "leave.end");
    robot_until_screen(&robot, "welcome");
    robot_pass(&robot, 61000); /* the next message may be sent */
    login(scene);
    robot_tap(&robot, "order.0.action");
    robot_until_gone(&robot, "我的订单");
    end();
    FEATURE("F087");
    FEATURE("F187");
}

/* The slip has number, promised day and hotline; `text` is what its code says. */
static void print_slip(struct hall_scene *scene, char text[SERVICE_TICKET_TEXT_BYTES])
{
    const struct service_visit *visit = services_visit(scene->terminal.services);
    hall_done(&scene->terminal, service_receipt_print(scene->terminal.services));
    assert_true(hall_printed(&scene->hall, visit->order.acceptance));
    assert_true(hall_printed(&scene->hall, "前有结果"));
    FEATURE("F103");
    assert_true(hall_printed(&scene->hall, visit->product->hotline));
    char *codes = hall_printed_codes(&scene->hall);
    codes[strcspn(codes, "\n")] = 0;
    assert_memory_equal(codes, SERVICE_TICKET_PREFIX, strlen(SERVICE_TICKET_PREFIX));
    assert_true(text_copy(text, SERVICE_TICKET_TEXT_BYTES, codes));
    free(codes);
}

static void test_trouble__slip_leads_back_to_its_order(void **state)
{
    struct hall_scene *scene = *state;
    char text[SERVICE_TICKET_TEXT_BYTES];
    begin(scene, ORDER_STATE_REVIEWING);
    (void)robot_until(&robot, "review.ticket");
    print_slip(scene, text);
    robot_tap(&robot, "bar.next");
    login(scene);
    hall_glass_lay(&scene->terminal.glass, hall_sheet_copy());
    robot_tap(&robot, "orders.other");
    robot_tap(&robot, "orders.scan");
    robot_until_text(&robot, "没有找到受理单上的二维码");
    robot_look(&robot, "trouble-no-ticket");
    struct page_image slip = hall_sheet_copy();
    page_bench_code(&slip, text, 120, 30, 0.8);
    hall_glass_lay(&scene->terminal.glass, slip);
    robot_tap(&robot, "orders.scan");
    robot_until_screen(&robot, "review");
    FEATURE("F083");
    assert_string_equal(scene->order.id, services_visit(scene->terminal.services)->order.id);
    end();
}

static void test_trouble__slip_is_proof_enough_without_a_number(void **state)
{
    struct hall_scene *scene = *state;
    char text[SERVICE_TICKET_TEXT_BYTES];
    begin(scene, ORDER_STATE_REVIEWING);
    (void)robot_until(&robot, "review.ticket");
    (void)snprintf(text, sizeof(text), SERVICE_TICKET_PREFIX "%s",
                   services_visit(scene->terminal.services)->ticket);
    robot_tap(&robot, "bar.next");
    robot_tap(&robot, "welcome.resume");
    hall_glass_lay(&scene->terminal.glass, hall_sheet_copy());
    robot_tap(&robot, "login.slip");
    robot_until_text(&robot, "没有找到受理单上的二维码");
    robot_look(&robot, "trouble-no-ticket-at-login");
    struct page_image slip = hall_sheet_copy();
    page_bench_code(&slip, text, 120, 30, 0.8);
    hall_glass_lay(&scene->terminal.glass, slip);
    robot_tap(&robot, "login.slip");
    robot_until_screen(&robot, "review");
    assert_string_equal(scene->order.id, services_visit(scene->terminal.services)->order.id);
    end();
}

/* --- rejection --------------------------------------------------------------------------------------- */

static void add_item(struct order_rejections *items, enum order_item_kind kind, const char *item,
                     const char *reason)
{
    struct order_rejection *added = &items->item[items->count++];
    added->kind = kind;
    (void)snprintf(added->item, sizeof(added->item), "%s", item);
    (void)snprintf(added->reason, sizeof(added->reason), "%s", reason);
}

static void reject(struct hall_scene *scene, const struct order_rejections *items)
{
    struct secret password = {0};
    assert_int_equal(STATUS_OK, secret_set(&password, "zhanghao-2026", 13));
    hall_done(&scene->desk, service_desk_sign_in(scene->desk.services, "chen", &password));
    hall_done(&scene->desk, service_desk_case(scene->desk.services, scene->order.id));
    hall_done(&scene->desk, service_desk_reject(scene->desk.services, items));
    robot_until_screen(&robot, "rejected");
}

static void test_trouble__rejected_items_come_back_and_only_they(void **state)
{
    struct hall_scene *scene = *state;
    struct order_rejections items = {0};
    begin(scene, ORDER_STATE_REVIEWING);
    add_item(&items, ORDER_ITEM_FIELD, "legal_name", "与身份证上的姓名不一致。照身份证修改");
    add_item(&items, ORDER_ITEM_PAPER, "licence", "没有经办人手写签名。签字、写日期后重新扫描");
    reject(scene, &items);
    robot_until_text(&robot, "有 2 项要修改");
    assert_true(robot_shows(&robot, "工商营业执照副本"));
    robot_look(&robot, "rejected");
    robot_tap(&robot, "bar.next");
    robot_until_screen(&robot, "form");
    robot_tap(&robot, "form.tab.unit");
    robot_look(&robot, "rejected-form");
    assert_true(robot_can_tap(&robot, "form.legal_name"));
    FEATURE("F137");
    assert_false(robot_can_tap(&robot, "form.legal_mobile"));
    end();
}

static void test_trouble__many_rejected_items_have_pages(void **state)
{
    static const char *const fields[] = {"company",      "legal_name", "legal_id",   "legal_mobile",
                                         "office_phone", "website",    "agent_name", "agent_mobile"};
    struct order_rejections items = {0};
    begin(*state, ORDER_STATE_REVIEWING);
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
        add_item(&items, ORDER_ITEM_FIELD, fields[i], "没有经办人手写签名。签字、写日期后重新扫描");
    reject(*state, &items);
    robot_look(&robot, "rejected-many");
    robot_tap(&robot, "pages.next");
    (void)robot_until(&robot, "rejected.agent_mobile");
    end();
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, hall_scene_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_trouble__a_pin_nobody_sets_frees_the_terminal_and_is_set_later),
        TEST(test_trouble__printer_without_paper_prints_when_it_has_some),
        TEST(test_trouble__order_goes_on_at_another_machine_when_the_printer_jams),
        TEST(test_trouble__scanner_jam_is_an_error_page_and_then_a_good_page),
        TEST(test_trouble__what_is_no_form_of_this_order_is_not_taken),
        TEST(test_trouble__a_printed_form_leads_on_without_another_print),
        TEST(test_trouble__an_unprinted_form_is_changed),
        TEST(test_trouble__scan_is_stopped_by_a_touch),
        TEST(test_trouble__wrong_code_says_the_tries_left_and_then_waits),
        TEST(test_trouble__code_is_sent_again_after_the_wait),
        TEST(test_trouble__all_errors_are_listed_and_the_first_is_shown),
        TEST(test_trouble__input_stays_when_letters_grow_and_the_machine_turns),
        TEST(test_trouble__stillness_warns_counts_down_and_wipes),
        TEST(test_trouble__large_letters_left_on_the_welcome_page_end_by_themselves),
        TEST(test_trouble__clerk_is_called_and_called_off),
        TEST(test_trouble__call_that_is_not_stored_is_not_called_sent_and_is_made_again),
        TEST(test_trouble__expired_code_is_renewed),
        TEST(test_trouble__another_way_to_pay_is_tapped_and_pays),
        TEST(test_trouble__another_way_that_is_silent_leads_back_to_the_first),
        TEST(test_trouble__silent_gateway_is_said_and_no_second_code_given),
        TEST(test_trouble__key_with_a_certificate_is_cleared_only_with_consent),
        TEST(test_trouble__pulled_key_goes_on_when_it_is_back),
        TEST(test_trouble__key_that_cannot_be_written_is_exchanged),
        TEST(test_trouble__silent_authority_is_asked_again),
        TEST(test_trouble__refusing_authority_is_said_with_the_way_to_the_money),
        TEST(test_trouble__weak_and_differing_pins_are_refused_with_the_reason),
        TEST(test_trouble__order_is_found_again_by_list_and_by_number),
        TEST(test_trouble__slip_leads_back_to_its_order),
        TEST(test_trouble__slip_is_proof_enough_without_a_number),
        TEST(test_trouble__rejected_items_come_back_and_only_they),
        TEST(test_trouble__many_rejected_items_have_pages),
    };
    if (getenv("ROBOT_TEST") != NULL)
        cmocka_set_test_filter(getenv("ROBOT_TEST"));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
