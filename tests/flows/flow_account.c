/* Who comes again: orders counted, bills, feedback for the desk. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/store/store_payment.h"
#include "tests/support/feature.h"
#include "tests/support/hall_scene.h"
#include "tests/support/robot_visit.h"

#define PASSWORD "chongqing-2026"
#define PERSON "110101199003070417"
#define WORDS "扫描提示可以再大一些"

enum { MANY = SERVICE_ORDERS_MAX + 2 };

static struct robot robot;
static const struct robot_visit person = {.robot = &robot};

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

static struct services *at(struct hall_scene *scene)
{
    return scene->terminal.services;
}

/* The person's own page, behind the orders. */
static void open_own(struct hall_scene *scene)
{
    robot_open_wide(&robot, &scene->terminal);
    robot_tap(&robot, "welcome.resume");
    robot_visit_login(&person);
    robot_tap(&robot, "orders.own");
    robot_until_screen(&robot, "own");
}

static void end(void)
{
    unsigned faults = robot_faults(&robot);
    robot_close(&robot);
    assert_int_equal(0, faults);
}

/* An attempt that was paid, and one that was closed before it. */
static void pay(struct hall_scene *scene, const struct order *order, bool is_back)
{
    struct store *store = hall_store(&scene->hall, "maker");
    const struct store_payment_facts facts = {.trade_no = "2026112900001",
                                              .refund_no = "R2026112900001",
                                              .paid_utc_s = hall_now_utc_s(&scene->hall)};
    struct store_payment payment = {.channel = "alipay", .amount_fen = 48000};
    for (int i = 0; i < 2; i++) {
        (void)snprintf(payment.out_trade_no, sizeof(payment.out_trade_no), "%.20s%d", order->id, i);
        (void)strcpy(payment.order_id, order->id);
        assert_int_equal(STATUS_OK, store_payment_insert(store, &payment, NULL, NULL));
        assert_int_equal(STATUS_OK, store_payment_step(store, payment.out_trade_no, STORE_PAYMENT_CREATED,
                                                       i == 0 ? STORE_PAYMENT_FAILED : STORE_PAYMENT_PAID,
                                                       i == 0 ? NULL : &facts, NULL));
    }
    if (is_back) {
        assert_int_equal(STATUS_OK, store_payment_step(store, payment.out_trade_no, STORE_PAYMENT_PAID,
                                                       STORE_PAYMENT_REFUNDING, &facts, NULL));
        assert_int_equal(STATUS_OK, store_payment_step(store, payment.out_trade_no, STORE_PAYMENT_REFUNDING,
                                                       STORE_PAYMENT_REFUNDED, NULL, NULL));
    }
    store_close(store);
}

static void test_account__orders_are_counted_even_those_the_list_has_no_room_for(void **state)
{
    struct hall_scene *scene = *state;
    struct order order;
    for (int i = 0; i < MANY; i++)
        hall_order_make(&scene->hall, i == 0 ? ORDER_STATE_PAYING : ORDER_STATE_DRAFT, &order);
    hall_visit_login(&scene->terminal);
    hall_done(&scene->terminal, service_order_list(at(scene)));
    const struct service_visit *visit = hall_scene_visit(scene);
    assert_int_equal(SERVICE_ORDERS_MAX, visit->order_count);
    assert_int_equal(MANY, visit->counts.open);
    assert_int_equal(1, visit->counts.paying);
    assert_int_equal(0, visit->counts.fetching);
    hall_done(&scene->terminal, service_order_cancel(at(scene), order.id));
    hall_done(&scene->terminal, service_order_list(at(scene)));
    assert_int_equal(MANY - 1, hall_scene_visit(scene)->counts.open);
    hall_leave(&scene->terminal);
    assert_int_equal(0, hall_scene_visit(scene)->counts.open);
    hall_done(&scene->terminal, service_order_list(at(scene))); /* nobody is logged in */
    assert_int_equal(0, hall_scene_visit(scene)->counts.open);
}

static void test_account__at_the_screens_the_counts_stand_after_the_login(void **state)
{
    struct hall_scene *scene = *state;
    struct order order;
    hall_order_make(&scene->hall, ORDER_STATE_PAYING, &order);
    hall_order_make(&scene->hall, ORDER_STATE_REVIEWING, &order);
    hall_order_make_of(&scene->hall, "ezca-cqzfcg", "new", ORDER_STATE_ISSUING, &order);
    robot_open_wide(&robot, &scene->terminal);
    robot_tap(&robot, "welcome.resume");
    robot_visit_login(&person);
    robot_until_text(&robot, "正在办理 3 · 待付款 1 · 待下载 1");
    robot_tap(&robot, "orders.own");
    robot_until_screen(&robot, "own");
    assert_string_equal("3", robot_until(&robot, "own.open")->label);
    assert_string_equal("1", robot_until(&robot, "own.paying")->label);
    FEATURE("F186");
    assert_string_equal("1", robot_until(&robot, "own.fetching")->label);
    robot_tap(&robot, "bar.back");
    robot_until_screen(&robot, "orders");
    end();
}

static void test_account__bills_are_what_was_paid_and_given_back(void **state)
{
    struct hall_scene *scene = *state;
    struct order paid, back, open;
    hall_order_make(&scene->hall, ORDER_STATE_PAYING, &paid);
    pay(scene, &paid, false);
    hall_order_make(&scene->hall, ORDER_STATE_PAYING, &back);
    pay(scene, &back, true);
    hall_order_make(&scene->hall, ORDER_STATE_PAYING, &open);
    open_own(scene);
    robot_tap(&robot, "way.bills");
    robot_until_text(&robot, "共 2 笔，扣除退款后 480.00 元");
    assert_true(robot_shows(&robot, "已退款"));
    assert_true(robot_shows(&robot, "480.00 元 · 证书新办"));
    assert_false(robot_can_tap(&robot, "bill.2")); /* neither what failed nor what was never paid */
    robot_tap(&robot, "bill.1");
    robot_until_screen(&robot, "order");
    robot_until_text(&robot, paid.acceptance);
    FEATURE("F194");
    assert_string_equal(paid.id, hall_scene_visit(scene)->record.line.order.id);
    end();
}

static void test_account__bills_of_others_are_not_told(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_make(&scene->hall, ORDER_STATE_PAYING, &scene->order);
    pay(scene, &scene->order, false);
    hall_done(&scene->terminal, service_bill_list(at(scene)));
    assert_int_equal(0, hall_scene_visit(scene)->bills.count);
    hall_visit_login(&scene->terminal);
    hall_done(&scene->terminal, service_bill_list(at(scene)));
    assert_int_equal(1, hall_scene_visit(scene)->bills.count);
}

/* What was applied for last is one touch away, everything else is looked up. */
static void test_account__at_the_screens_the_system_used_last_comes_first_and_others_are_found(void **state)
{
    struct hall_scene *scene = *state;
    struct order order;
    hall_order_make_of(&scene->hall, "gxca-suqian-unit", "new", ORDER_STATE_PAYING, &order);
    robot_open_wide(&robot, &scene->terminal);
    robot_tap(&robot, "welcome.resume");
    robot_visit_login(&person);
    robot_tap(&robot, "bar.next");
    robot_until_screen(&robot, "product");
    robot_until_text(&robot, "上次办理");
    assert_true(robot_can_tap(&robot, "product.gxca-suqian-unit"));
    robot_tap(&robot, "search.open");
    robot_type(&robot, "湖南");
    assert_true(robot_can_tap(&robot, "product.dfca-hnzj-unit"));
    assert_false(robot_can_tap(&robot, "product.gxca-suqian-unit"));
    robot_fill(&robot, "search.words", "没有的系统");
    robot_until_text(&robot, "没有找到");
    robot_fill(&robot, "search.words", "zfcg");
    robot_until_gone(&robot, "没有找到");
    assert_false(robot_can_tap(&robot, "product.dfca-hnzj-unit"));
    robot_look(&robot, "product-search");
    robot_tap(&robot, "product.ezca-cqzfcg");
    FEATURE("F027");
    robot_until_screen(&robot, "service");
    assert_string_equal("ezca-cqzfcg", hall_scene_visit(scene)->product->id);
    end();
    hall_leave(&scene->terminal);
}

/* Made and handed over. Returns: the request of its certificate. */
static void make_certificate(struct hall_scene *scene, const char *key, char out[STORE_ID_BYTES])
{
    struct order order;
    hall_order_make_of(&scene->hall, "ezca-cqzfcg", "new", ORDER_STATE_ISSUING, &order);
    hall_done(&scene->terminal, service_order_open(at(scene), order.id));
    token_fake_insert(hall_scene_writer(scene), key);
    hall_visit_issue(&scene->terminal);
    hall_visit_pin(&scene->terminal);
    hall_visit_take(&scene->terminal);
    hall_leave(&scene->terminal);
    hall_order_sum(&scene->hall, order.id, &scene->sum);
    (void)memcpy(out, scene->sum.certificate[0].request_id, STORE_ID_BYTES);
}

static void hold(struct hall_scene *scene, const char *request_id)
{
    struct store *store = hall_store(&scene->hall, "maker");
    assert_int_equal(STATUS_OK, store_certificate_step(store, request_id, STORE_CERTIFICATE_CONFIRMED,
                                                       STORE_CERTIFICATE_HELD, NULL, NULL));
    store_close(store);
}

/* How many of the person's certificates stand like this so many days later. */
static size_t stands(struct hall_scene *scene, int64_t days, enum service_holder_state state)
{
    size_t count = 0;
    hall_program_stop(&scene->terminal);
    hall_pass(&scene->hall, days * 86400 + 120); /* another code may be sent then */
    hall_program_restart(&scene->terminal);
    hall_visit_login(&scene->terminal);
    hall_done(&scene->terminal, service_mine_list(at(scene)));
    const struct service_mine *mine = &hall_scene_visit(scene)->mine;
    for (size_t i = 0; i < mine->count; i++)
        count += mine->certificates[i].state == state;
    hall_leave(&scene->terminal);
    return count;
}

static void test_account__at_the_screens_certificates_stand_by_their_state_with_what_can_be_done(void **state)
{
    struct hall_scene *scene = *state;
    char good[STORE_ID_BYTES], held[STORE_ID_BYTES];
    make_certificate(scene, "key-1", good);
    make_certificate(scene, "key-2", held);
    hold(scene, held);
    open_own(scene);
    robot_tap(&robot, "way.mine");
    robot_until_text(&robot, "有效 1");
    robot_until_text(&robot, "即将到期 0");
    robot_until_text(&robot, "已冻结 1");
    robot_until_text(&robot, "已失效 0");
    assert_true(robot_shows(&robot, "证书更新、证书变更"));
    robot_look(&robot, "mine");
    robot_tap(&robot, "mine.tab.held");
    robot_tap(&robot, "certificate.0");
    robot_until_text(&robot, "已冻结");
    assert_true(robot_can_tap(&robot, "operation.revoke"));
    assert_false(robot_can_tap(&robot, "operation.renew")); /* what is held is not renewed */
    robot_tap(&robot, "bar.back");
    robot_tap(&robot, "mine.tab.valid");
    robot_tap(&robot, "certificate.1");
    robot_tap(&robot, "operation.renew");
    FEATURE("F188");
    robot_tap(&robot, "bar.next");
    robot_until_screen(&robot, "wish"); /* as many years as the product has it */
    assert_string_equal("renew", hall_scene_visit(scene)->operation->id);
    end();
    hall_leave(&scene->terminal);
}

static void test_account__certificates_end_are_withdrawn_and_belong_to_one_person(void **state)
{
    struct hall_scene *scene = *state;
    char good[STORE_ID_BYTES];
    make_certificate(scene, "key-1", good);
    hall_done(&scene->terminal, service_mine_list(at(scene)));
    assert_int_equal(0, hall_scene_visit(scene)->mine.count); /* nobody is logged in */
    assert_int_equal(1, stands(scene, 0, SERVICE_HOLDER_VALID));
    FEATURE("F189");
    assert_int_equal(1, stands(scene, 330, SERVICE_HOLDER_SOON));
    assert_int_equal(1, stands(scene, 40, SERVICE_HOLDER_EXPIRED));
    struct store *store = hall_store(&scene->hall, "maker");
    assert_int_equal(STATUS_OK, store_certificate_step(store, good, STORE_CERTIFICATE_CONFIRMED,
                                                       STORE_CERTIFICATE_REVOKED, NULL, NULL));
    store_close(store);
    assert_int_equal(1, stands(scene, 0, SERVICE_HOLDER_REVOKED));
}

static void test_account__what_was_sent_back_what_one_has_and_what_ends_is_counted(void **state)
{
    struct hall_scene *scene = *state;
    struct order order;
    char first[STORE_ID_BYTES], held[STORE_ID_BYTES];
    scene->hall.settings->desk_soft_certificate = true;
    make_certificate(scene, "key-1", first);
    make_certificate(scene, "key-2", held);
    hold(scene, held);
    hall_order_make(&scene->hall, ORDER_STATE_REJECTED, &order);
    hall_order_make_of(&scene->hall, "dfca-hnzj-unit", "new", ORDER_STATE_ISSUING, &order);
    robot_open_wide(&robot, &scene->terminal);
    robot_tap(&robot, "welcome.resume");
    robot_visit_login(&person);
    robot_tap(&robot, "orders.own");
    robot_until_screen(&robot, "own");
    assert_string_equal("2", robot_until(&robot, "own.open")->label);
    assert_string_equal("1", robot_until(&robot, "own.rejected")->label);
    assert_string_equal("2", robot_until(&robot, "own.certificates")->label);
    assert_string_equal("0", robot_until(&robot, "own.ending")->label);
    FEATURE("F186");
    assert_string_equal("1", robot_until(&robot, "own.soft")->label);
    robot_tap(&robot, "bar.exit");
    robot_until_screen(&robot, "welcome");
    end();
    scene->hall.settings->desk_soft_certificate = false; /* then there is none to be had */
    assert_int_equal(1, stands(scene, 330, SERVICE_HOLDER_SOON));
    hall_pass(&scene->hall, 120);
    hall_visit_login(&scene->terminal);
    hall_done(&scene->terminal, service_order_list(at(scene)));
    assert_int_equal(0, hall_scene_visit(scene)->counts.soft);
    assert_int_equal(1, hall_scene_visit(scene)->counts.ending);
    hall_leave(&scene->terminal);
    hall_done(&scene->terminal, service_order_list(at(scene))); /* nobody is logged in */
    assert_int_equal(0, hall_scene_visit(scene)->counts.certificates);
}

/* Typed at the terminal, read and done with at the desk; then nothing of it is left at the terminal. */
static void test_account__feedback_reaches_the_desk_and_nothing_is_left_behind(void **state)
{
    struct hall_scene *scene = *state;
    open_own(scene);
    robot_tap(&robot, "way.feedback");
    robot_until_screen(&robot, "feedback");
    assert_false(robot_can_tap(&robot, "bar.next"));
    robot_tap(&robot, "feedback.kind.complaint");
    robot_fill(&robot, "feedback.words", WORDS);
    robot_key(&robot, INPUT_KEY_ENTER, 0, 0);
    robot_tap(&robot, "bar.next");
    robot_until_text(&robot, "已经收到，谢谢");
    robot_tap(&robot, "bar.exit");
    robot_until_screen(&robot, "welcome");
    struct service_visit nothing = {0};
    assert_memory_equal(&nothing, hall_scene_visit(scene),
                        sizeof(nothing)); /* the session's cache is wiped */
    assert_int_equal(0, services_values(at(scene))->count);
    end();
    hall_desk_sign_in(&scene->desk, "chen");
    robot_open_wide(&robot, &scene->desk);
    ui_reset(robot.ui, DESK_HOLDERS, NULL);
    robot_tap(&robot, "holders.filter.feedback");
    robot_tap(&robot, "holders.row.0");
    assert_true(robot_shows(&robot, WORDS));
    assert_true(robot_shows(&robot, HALL_PHONE));
    assert_true(robot_shows(&robot, "待处理"));
    robot_tap(&robot, "holders.done");
    robot_until_text(&robot, "chen");
    robot_until_gone(&robot, "待处理");
    FEATURE("F194");
    assert_string_equal("chen", services_desk(scene->desk.services)->feedbacks[0].clerk);
    end();
}

static void test_account__a_fault_is_reported_to_the_clerks_console(void **state)
{
    struct hall_scene *scene = *state;
    open_own(scene);
    robot_tap(&robot, "way.feedback");
    robot_until_screen(&robot, "feedback");
    robot_tap(&robot, "feedback.kind.fault");
    robot_fill(&robot, "feedback.words", WORDS);
    robot_key(&robot, INPUT_KEY_ENTER, 0, 0);
    robot_tap(&robot, "bar.next");
    robot_until_text(&robot, "已经收到，谢谢");
    end();
    hall_desk_sign_in(&scene->desk, "chen");
    robot_open_wide(&robot, &scene->desk);
    ui_reset(robot.ui, DESK_HOLDERS, NULL);
    robot_tap(&robot, "holders.filter.feedback");
    robot_tap(&robot, "holders.row.0");
    FEATURE("F020");
    assert_true(robot_shows(&robot, "报修"));
    assert_true(robot_shows(&robot, WORDS));
    end();
}

static void test_account__feedback_needs_words_and_a_clerk(void **state)
{
    struct hall_scene *scene = *state;
    struct service_reply empty =
        hall_wait(&scene->terminal, service_feedback_send(at(scene), SERVICE_FEEDBACK_PRAISE, ""));
    assert_int_equal(STATUS_MALFORMED, empty.status);
    hall_done(&scene->terminal, service_feedback_send(at(scene), SERVICE_FEEDBACK_PRAISE, WORDS));
    struct service_reply nobody = hall_wait(&scene->desk, service_desk_holders(scene->desk.services));
    assert_int_equal(STATUS_BAD_STATE, nobody.status);
    hall_desk_sign_in(&scene->desk, "chen");
    hall_done(&scene->desk, service_desk_holders(scene->desk.services));
    const struct service_desk *desk = services_desk(scene->desk.services);
    assert_int_equal(1, desk->feedback_count);
    assert_string_equal("", desk->feedbacks[0].phone);
    char id[ORDER_ID_BYTES];
    (void)strcpy(id, desk->feedbacks[0].id);
    hall_done(&scene->desk, service_desk_feedback_done(scene->desk.services, id));
    hall_refused(&scene->desk, service_desk_feedback_done(scene->desk.services, id), SERVICE_REASON_CHANGED);
}

/* --- taken away -------------------------------------------------------------------------------------- */

static uint64_t with_password(struct hall_scene *scene, bool opens)
{
    struct secret password = {0};
    assert_int_equal(STATUS_OK, secret_set(&password, PASSWORD, strlen(PASSWORD)));
    uint64_t id = opens ? service_account_open(at(scene), PERSON, &password)
                        : service_account_log_in(at(scene), HALL_PHONE, &password);
    secret_wipe(&password);
    return id;
}

static void test_account__the_holder_takes_it_away_after_a_question(void **state)
{
    struct hall_scene *scene = *state;
    scene->hall.settings->login_passwords = true;
    hall_order_make(&scene->hall, ORDER_STATE_PAYING, &scene->order);
    hall_visit_login(&scene->terminal);
    hall_done(&scene->terminal, with_password(scene, true));
    robot_open_wide(&robot, &scene->terminal);
    ui_reset(robot.ui, SCREEN_OWN, NULL);
    robot_tap(&robot, "way.account");
    robot_tap(&robot, "account.close");
    robot_tap(&robot, "account.no");
    assert_true(hall_scene_visit(scene)->account.exists);
    robot_tap(&robot, "account.close");
    robot_tap(&robot, "account.yes");
    robot_until_screen(&robot, "own");
    assert_false(hall_scene_visit(scene)->account.exists);
    end();
    hall_refused(&scene->terminal, with_password(scene, false), SERVICE_REASON_ACCOUNT_WRONG);
    hall_done(&scene->terminal, service_order_list(at(scene)));
    assert_int_equal(1, hall_scene_visit(scene)->order_count); /* its number still leads to them */
    hall_done(&scene->terminal, with_password(scene, true));
    hall_done(&scene->terminal, with_password(scene, false));
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test_account__##test, setup, hall_scene_teardown)
    const struct CMUnitTest tests[] = {
        T(orders_are_counted_even_those_the_list_has_no_room_for),
        T(at_the_screens_the_counts_stand_after_the_login),
        T(bills_are_what_was_paid_and_given_back),
        T(bills_of_others_are_not_told),
        T(at_the_screens_the_system_used_last_comes_first_and_others_are_found),
        T(at_the_screens_certificates_stand_by_their_state_with_what_can_be_done),
        T(certificates_end_are_withdrawn_and_belong_to_one_person),
        T(what_was_sent_back_what_one_has_and_what_ends_is_counted),
        T(feedback_reaches_the_desk_and_nothing_is_left_behind),
        T(a_fault_is_reported_to_the_clerks_console),
        T(feedback_needs_words_and_a_clerk),
        T(the_holder_takes_it_away_after_a_question),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
