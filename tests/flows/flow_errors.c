/* The table of errors at the real screens: each case is brought about outside the screens, by the fakes, and
 * its page says what happened, what was kept and what to do, with both ways on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/feature.h"
#include "tests/support/hall_printed.h"
#include "tests/support/hall_scene.h"
#include "tests/support/robot_visit.h"

static struct robot robot;

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

/* --- bringing it about ------------------------------------------------------------------------------- */

static void stop_printer(enum device_state why)
{
    printer_fake_set(&(struct printer_fake_script){.state = why});
    robot_tap(&robot, "bar.next");
}

static void printer_without_paper(struct hall_scene *scene)
{
    (void)scene;
    stop_printer(DEVICE_PAPER_OUT);
}

static void printer_jams(struct hall_scene *scene)
{
    (void)scene;
    stop_printer(DEVICE_JAMMED);
}

static void printer_is_open(struct hall_scene *scene)
{
    (void)scene;
    stop_printer(DEVICE_COVER_OPEN);
}

static void stop_scanner(struct hall_scene *scene, enum status status, enum device_state why)
{
    hall_glass_fail(&scene->terminal.glass, status, why);
    robot_tap(&robot, "bar.next");
}

static void scanner_jams(struct hall_scene *scene)
{
    stop_scanner(scene, STATUS_REFUSED, DEVICE_JAMMED);
}

static void scanner_is_open(struct hall_scene *scene)
{
    stop_scanner(scene, STATUS_REFUSED, DEVICE_COVER_OPEN);
}

static void scanner_is_gone(struct hall_scene *scene)
{
    stop_scanner(scene, STATUS_LOST, DEVICE_OFFLINE);
}

static void glass_is_empty(struct hall_scene *scene)
{
    stop_scanner(scene, STATUS_REFUSED, DEVICE_PAPER_OUT);
}

static void page_is_blank(struct hall_scene *scene)
{
    hall_glass_lay(&scene->terminal.glass, hall_sheet_blank());
    robot_tap(&robot, "bar.next");
}

static void page_has_no_code(struct hall_scene *scene)
{
    hall_glass_lay(&scene->terminal.glass, hall_sheet_copy());
    robot_tap(&robot, "bar.next");
}

static void page_is_another_orders(struct hall_scene *scene)
{
    struct order other;
    hall_order_make(&scene->hall, ORDER_STATE_SCANNING, &other);
    hall_glass_lay(&scene->terminal.glass, hall_sheet_form(&scene->hall, &other));
    robot_tap(&robot, "bar.next");
}

static void no_message_comes(struct hall_scene *scene)
{
    (void)scene;
    robot_tap(&robot, "welcome.resume");
    robot_until_screen(&robot, "login");
    robot_pad(&robot, "pad", HALL_PHONE);
    for (int sends = 0; sends < 3; sends++) {
        robot_tap(&robot, "login.send");
        robot_until_text(&robot, sends < 2 ? "验证码已发送" : "检查是否拦截");
        robot_run(&robot, 100);
        for (int i = 0; i < 70 && !robot_can_tap(&robot, "login.send"); i++)
            robot_pass(&robot, 1000);
    }
}

static void card_is_not_read(struct hall_scene *scene)
{
    idcard_fake_fail(scene->hall.reader, STATUS_REFUSED, IDCARD_TRIES);
    robot_tap(&robot, "identity.way.reader");
}

static void reader_is_gone(struct hall_scene *scene)
{
    idcard_fake_fail(scene->hall.reader, STATUS_LOST, -1);
    robot_tap(&robot, "identity.way.reader");
}

static void face_does_not_match(struct hall_scene *scene)
{
    robot_tap(&robot, "identity.way.phone");
    (void)robot_until(&robot, "identity.code");
    identity_fake_end(scene->hall.faces, IDENTITY_FAILED);
}

static void identity_service_is_silent(struct hall_scene *scene)
{
    identity_fake_fail(scene->hall.faces, STATUS_BUSY, false, 1);
    robot_tap(&robot, "identity.way.phone");
}

static void clerk_rejects(struct hall_scene *scene)
{
    struct order_rejections items = {.count = 1, .item[0].kind = ORDER_ITEM_PAPER};
    struct secret password = {0};
    (void)snprintf(items.item[0].item, sizeof(items.item[0].item), "licence");
    (void)snprintf(items.item[0].reason, sizeof(items.item[0].reason),
                   "营业执照公章不清晰。重新扫描这一项即可");
    assert_int_equal(STATUS_OK, secret_set(&password, "zhanghao-2026", 13));
    hall_done(&scene->desk, service_desk_sign_in(scene->desk.services, "chen", &password));
    hall_done(&scene->desk, service_desk_case(scene->desk.services, scene->order.id));
    hall_done(&scene->desk, service_desk_reject(scene->desk.services, &items));
    robot_until_screen(&robot, "rejected");
}

static void code_expires(struct hall_scene *scene)
{
    (void)scene;
    (void)robot_until(&robot, "pay.code");
    robot_pass(&robot, 200000);
    robot_tap(&robot, "bar.large"); /* somebody is there */
    robot_tap(&robot, "bar.large");
    robot_pass(&robot, 101000);
}

static void gateway_says_nothing(struct hall_scene *scene)
{
    (void)robot_until(&robot, "pay.code");
    payment_fake_fail(scene->hall.gateway, PAYMENT_FAKE_QUERY, STATUS_LOST, false, 1000);
}

static void pay(struct hall_scene *scene)
{
    assert_int_equal(STATUS_OK,
                     payment_fake_pay(scene->hall.gateway,
                                      services_visit(scene->terminal.services)->payment.out_trade_no));
}

static void key_is_pulled(struct hall_scene *scene)
{
    (void)robot_until(&robot, "pay.code");
    token_fake_pull_at(scene->hall.writers[0], 8, true);
    pay(scene);
}

static void key_refuses_to_be_written(struct hall_scene *scene)
{
    (void)robot_until(&robot, "pay.code");
    token_fake_fail_at(scene->hall.writers[0], 8, STATUS_IO);
    pay(scene);
}

static void no_key_is_there(struct hall_scene *scene)
{
    (void)scene;
    robot_tap(&robot, "keys.none");
}

/* It is pulled after paying, and there is no other one. */
static void no_key_is_left(struct hall_scene *scene)
{
    (void)robot_until(&robot, "pay.code");
    token_fake_pull(scene->hall.writers[0]);
    scene->hall.settings->terminal_keys_at = "05";
    pay(scene);
    robot_tap(&robot, "keys.none");
    robot_until_text(&robot, "到 05 号机领取");
}

/* Payment and authority fall silent together; both are asked once a minute at least. */
static void line_is_cut(struct hall_scene *scene)
{
    authority_fake_script(scene->hall.ca)->offline = true;
    for (int call = PAYMENT_FAKE_CREATE; call < PAYMENT_FAKE_CALL_COUNT_; call++)
        payment_fake_fail(scene->hall.gateway, (enum payment_fake_call)call, STATUS_LOST, false, 1000);
    robot_until_screen(&robot, "pay");
    robot_pass(&robot, 61000);
}

static void line_is_cut_after_paying(struct hall_scene *scene)
{
    (void)robot_until(&robot, "pay.code");
    authority_fake_script(scene->hall.ca)->offline = true;
    pay(scene);
    robot_until_text(&robot, "发证机构没有回应");
    for (int call = PAYMENT_FAKE_CREATE; call < PAYMENT_FAKE_CALL_COUNT_; call++)
        payment_fake_fail(scene->hall.gateway, (enum payment_fake_call)call, STATUS_LOST, false, 1000);
    robot_pass(&robot, 61000);
}

static void line_is_back(struct hall_scene *scene)
{
    authority_fake_script(scene->hall.ca)->offline = false;
    for (int call = PAYMENT_FAKE_CREATE; call < PAYMENT_FAKE_CALL_COUNT_; call++)
        payment_fake_fail(scene->hall.gateway, (enum payment_fake_call)call, STATUS_OK, false, 0);
    robot_pass(&robot, 61000);
}

/* --- the table --------------------------------------------------------------------------------------- */

struct way {
    const char *id, *label;
};

static const struct error {
    const char *name;
    enum order_state state; /* ORDER_STATE_COUNT_: no order */
    bool key;               /* a blank one is in the writer */
    void (*produce)(struct hall_scene *scene);
    const char *title, *kept;
    struct way other, on;
} errors[] = {
    {"printer-paper",
     ORDER_STATE_PRINTING,
     false,
     printer_without_paper,
     "打印机没纸了",
     "已填内容已保存。工作人员正在加纸，约 3 分钟",
     {"error.elsewhere", "换一台机器继续"},
     {"error.wait", "等待"}},
    {"printer-jam",
     ORDER_STATE_PRINTING,
     false,
     printer_jams,
     "打印机卡纸了",
     "已填内容已保存",
     {"error.elsewhere", "换一台机器继续"},
     {"error.wait", "等待"}},
    {"printer-cover",
     ORDER_STATE_PRINTING,
     false,
     printer_is_open,
     "打印机盖子没关好",
     "已填内容已保存",
     {"error.elsewhere", "换一台机器继续"},
     {"error.wait", "等待"}},
    {"scanner-jam",
     ORDER_STATE_SCANNING,
     false,
     scanner_jams,
     "扫描仪卡纸了",
     "填的内容已经保存",
     {"bar.call", "呼叫工作人员"},
     {"error.retry", "已取出，接着扫"}},
    {"scanner-cover",
     ORDER_STATE_SCANNING,
     false,
     scanner_is_open,
     "扫描仪盖子没关好",
     "填的内容已经保存",
     {"bar.call", "呼叫工作人员"},
     {"error.retry", "已盖好，接着扫"}},
    {"scanner-gone",
     ORDER_STATE_SCANNING,
     false,
     scanner_is_gone,
     "扫描仪没有连上",
     "填的内容已经保存",
     {"bar.call", "呼叫工作人员"},
     {"error.retry", "再试一次"}},
    {"scanner-empty",
     ORDER_STATE_SCANNING,
     false,
     glass_is_empty,
     "没有放纸",
     "填的内容都已保存",
     {"scan.how", "看放置方法"},
     {"bar.next", "重扫本页"}},
    {"page-blurred",
     ORDER_STATE_SCANNING,
     false,
     page_is_blank,
     "这一页看不清",
     "擦净玻璃，把纸放平，再扫一次。填的内容都已保存",
     {"scan.how", "看放置方法"},
     {"bar.next", "重扫本页"}},
    {"page-no-code",
     ORDER_STATE_SCANNING,
     false,
     page_has_no_code,
     "没有找到申请表上的二维码",
     "填的内容都已保存",
     {"scan.how", "看放置方法"},
     {"bar.next", "重扫本页"}},
    {"page-foreign",
     ORDER_STATE_SCANNING,
     false,
     page_is_another_orders,
     "这不是本次打印的申请表",
     "填的内容都已保存",
     {"scan.how", "看放置方法"},
     {"bar.next", "重扫本页"}},
    {"sms",
     ORDER_STATE_COUNT_,
     false,
     no_message_comes,
     "验证码没收到？",
     "检查是否拦截，60 秒后可重发",
     {"login.speak", "语音播报验证码"},
     {"login.send", "重新获取"}},
    {"card-not-read",
     ORDER_STATE_IDENTIFYING,
     false,
     card_is_not_read,
     "没读到身份证",
     "把身份证平放在读卡区，停 2 秒",
     {"identity.desk", "改为人工核验"},
     {"bar.next", "再读一次"}},
    {"card-reader-gone",
     ORDER_STATE_IDENTIFYING,
     false,
     reader_is_gone,
     "读卡器没有连上",
     "资料都已保存",
     {"identity.desk", "改为人工核验"},
     {"bar.next", "再读一次"}},
    {"face",
     ORDER_STATE_IDENTIFYING,
     false,
     face_does_not_match,
     "没认出您",
     "摘下口罩、帽子，正对手机。还可试 2 次",
     {"identity.desk", "改为人工核验"},
     {"bar.next", "再取一个码"}},
    {"face-service",
     ORDER_STATE_IDENTIFYING,
     false,
     identity_service_is_silent,
     "核验服务没有回应",
     "资料都已保存",
     {"identity.desk", "改为人工核验"},
     {"bar.next", "再取一个码"}},
    {"rejected",
     ORDER_STATE_REVIEWING,
     false,
     clerk_rejects,
     "有 1 项要修改",
     "营业执照公章不清晰。重新扫描这一项即可",
     {"bar.secondary", "稍后再办"},
     {"bar.next", "修改资料"}},
    {"code-expired",
     ORDER_STATE_PAYING,
     true,
     code_expires,
     "二维码过期了",
     "审核结果有效",
     {"bar.back", "暂不支付"},
     {"bar.next", "换一个码"}},
    {"payment-unknown",
     ORDER_STATE_PAYING,
     true,
     gateway_says_nothing,
     "正在确认缴费结果",
     "请不要重复付款",
     {"pay.slip", "打印凭条，先离开"},
     {"bar.secondary", "马上再核实一次"}},
    {"key-pulled",
     ORDER_STATE_PAYING,
     true,
     key_is_pulled,
     "Key 被拔出了",
     "已缴费用有效",
     {"bar.call", "呼叫工作人员"},
     {"error.retry", "已插回"}},
    {"key-faulty",
     ORDER_STATE_PAYING,
     true,
     key_refuses_to_be_written,
     "这支 Key 写不进去",
     "已缴费用有效",
     {"bar.call", "呼叫工作人员"},
     {"error.other", "换一支"}},
    {"key-none",
     ORDER_STATE_PAYING,
     false,
     no_key_is_there,
     "本机 Key 已用完",
     "审核结果有效，还没有收费",
     {"pay.parcel", "改为邮寄"},
     {"keys.slip", "打印凭条"}},
    {"key-none-paid",
     ORDER_STATE_PAYING,
     true,
     no_key_is_left,
     "本机 Key 已用完",
     "审核和缴费都有效",
     {"issue.parcel", "改为邮寄"},
     {"keys.slip", "打印凭条"}},
    {"network",
     ORDER_STATE_PAYING,
     true,
     line_is_cut,
     "网络断开了",
     "内容已保存在本机，恢复后自动继续",
     {"bar.call", "呼叫工作人员"},
     {"network.slip", "打印受理单"}},
    {"network-issuing",
     ORDER_STATE_PAYING,
     true,
     line_is_cut_after_paying,
     "网络断开了",
     "内容已保存在本机，恢复后自动继续",
     {"bar.call", "呼叫工作人员"},
     {"network.slip", "打印受理单"}},
};

static void assert_way(const char *name, const struct way *way)
{
    const struct widget *widget = robot_until(&robot, way->id);
    if (strstr(widget->label, way->label) == NULL)
        fail_msg("%s: %s says \"%s\", not \"%s\"", name, way->id, widget->label, way->label);
}

static void open_case(struct hall_scene *scene, const struct error *error)
{
    if (error->key)
        token_fake_insert(scene->hall.writers[0], "key-1");
    if (error->state != ORDER_STATE_COUNT_)
        hall_order_begin(&scene->terminal, error->state, &scene->order);
    robot_open_wide(&robot, &scene->terminal);
}

static void show(void **state, const struct error *error)
{
    struct hall_scene *scene = *state;
    printer_fake_set(&(struct printer_fake_script){0});
    open_case(scene, error);
    error->produce(scene);
    robot_until_text(&robot, error->title);
    robot_until_text(&robot, error->kept);
    assert_way(error->name, &error->other);
    assert_way(error->name, &error->on);
    robot_look(&robot, error->name);
}

static void close_case(void)
{
    unsigned faults = robot_faults(&robot);
    robot_close(&robot);
    printer_fake_set(&(struct printer_fake_script){0});
    assert_int_equal(0, faults);
}

static void test_error__each_says_what_happened_what_was_kept_and_what_to_do(void **state)
{
    const char *only = getenv("ERROR_CASE");
    for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
        if (only != NULL && strstr(errors[i].name, only) == NULL)
            continue;
        if (i > 0 && only == NULL) { /* a hall of its own for each */
            (void)hall_scene_teardown(state);
            (void)setup(state);
        }
        show(state, &errors[i]);
        close_case();
    }
}

static const struct error *find(const char *name)
{
    size_t i = 0;
    while (strcmp(errors[i].name, name) != 0)
        i++;
    return &errors[i];
}

static void test_error__a_line_that_is_back_goes_on_by_itself(void **state)
{
    show(state, find("network"));
    line_is_back(*state);
    (void)robot_until(&robot, "pay.code");
    close_case();
}

static void test_error__a_key_is_made_to_the_end_when_the_line_is_back(void **state)
{
    show(state, find("network-issuing"));
    line_is_back(*state);
    robot_until_screen(&robot, "pin");
    close_case();
}

static void test_error__the_slip_is_printed_while_the_line_is_cut(void **state)
{
    show(state, find("network"));
    robot_tap(&robot, "network.slip");
    robot_until_screen(&robot, "welcome");
    assert_int_equal(1, printer_fake_jobs());
    close_case();
}

static void test_error__without_a_key_the_slip_leads_elsewhere_and_a_key_put_in_goes_on(void **state)
{
    struct hall_scene *scene = *state;
    show(state, find("key-none"));
    robot_tap(&robot, "bar.exit");
    robot_until_text(&robot, "先准备好 Key");
    robot_tap(&robot, "keys.none");
    token_fake_insert(scene->hall.writers[0], "key-1");
    (void)robot_until(&robot, "pay.code");
    close_case();
    (void)hall_scene_teardown(state);
    (void)setup(state);
    show(state, find("key-none-paid"));
    robot_tap(&robot, "keys.slip");
    robot_until_screen(&robot, "welcome");
    assert_true(printer_fake_jobs() > 0);
    close_case();
}

static void test_error__a_refused_page_shows_how_it_is_laid_and_is_scanned_from_there(void **state)
{
    struct hall_scene *scene = *state;
    show(state, find("page-blurred"));
    robot_tap(&robot, "scan.how");
    robot_until_text(&robot, "这样放资料");
    robot_look(&robot, "scan-how");
    hall_glass_lay(&scene->terminal.glass, hall_sheet_form(&scene->hall, &scene->order));
    robot_tap(&robot, "bar.next");
    (void)robot_until(&robot, "scan.again");
    assert_true(services_visit(scene->terminal.services)->pages[0].state != SERVICE_PAGE_MISSING);
    close_case();
}

static void test_error__a_printed_form_is_printed_again_before_it_is_scanned(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_begin(&scene->terminal, ORDER_STATE_PRINTING, &scene->order);
    open_case(scene, &(struct error){.state = ORDER_STATE_COUNT_});
    robot_tap(&robot, "bar.next");
    (void)robot_until(&robot, "print.another");
    assert_int_equal(ORDER_STATE_SCANNING, hall_scene_look(scene)->order.state);
    size_t before = printer_fake_jobs();
    assert_false(hall_printed(&scene->hall, "补打"));
    robot_tap(&robot, "print.another");
    robot_until_gone(&robot, "再打印一张");
    (void)robot_until(&robot, "print.another");
    FEATURE("F096");
    assert_int_equal(before + 1, printer_fake_jobs());
    assert_true(hall_printed(&scene->hall, "补打第2次"));
    robot_tap(&robot, "bar.next");
    robot_until_screen(&robot, "scan");
    close_case();
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, hall_scene_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_error__each_says_what_happened_what_was_kept_and_what_to_do),
        TEST(test_error__a_line_that_is_back_goes_on_by_itself),
        TEST(test_error__a_key_is_made_to_the_end_when_the_line_is_back),
        TEST(test_error__the_slip_is_printed_while_the_line_is_cut),
        TEST(test_error__without_a_key_the_slip_leads_elsewhere_and_a_key_put_in_goes_on),
        TEST(test_error__a_refused_page_shows_how_it_is_laid_and_is_scanned_from_there),
        TEST(test_error__a_printed_form_is_printed_again_before_it_is_scanned),
    };
    if (getenv("ROBOT_TEST") != NULL)
        cmocka_set_test_filter(getenv("ROBOT_TEST"));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
