/* Orders at the terminal: the list and its filters, one order looked at, cancelled, copied, and the day in
 * which it is decided. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/store/store_decision.h"
#include "kiosk/store/store_field.h"
#include "kiosk/store/store_page.h"
#include "tests/support/feature.h"
#include "tests/support/hall_printed.h"
#include "tests/support/hall_scene.h"
#include "tests/support/robot_visit.h"

enum { CODE_AGAIN_S = 90 }; /* until the same number may be sent another code */

static struct robot robot;
static const struct robot_visit person = {.robot = &robot};

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

/* The orders page of the number the orders were made with. */
static void open_list(struct hall_scene *scene)
{
    robot_open_wide(&robot, &scene->terminal);
    robot_tap(&robot, "welcome.resume");
    robot_visit_login(&person);
    (void)robot_until(&robot, "order.0");
}

static void end(void)
{
    robot_close(&robot);
    assert_int_equal(0, robot_faults(&robot));
}

static const struct service_record *record(struct hall_scene *scene)
{
    return &services_visit(scene->terminal.services)->record;
}

static size_t stored_pages(struct hall_scene *scene, const char *order_id)
{
    struct store_page pages[SERVICE_PAPERS_MAX];
    struct store *store = hall_store(&scene->hall, "watcher");
    size_t count = 0;
    assert_int_equal(STATUS_OK, store_page_list(store, order_id, pages, SERVICE_PAPERS_MAX, &count, NULL));
    store_close(store);
    return count;
}

static void test_orders__an_order_shows_what_happened_and_by_when_it_is_decided(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_make(&scene->hall, ORDER_STATE_REVIEWING, &scene->order);
    open_list(scene);
    int64_t due_utc_s = services_visit(scene->terminal.services)->orders[0].due_utc_s;
    assert_true(due_utc_s == calendar_due(scene->hall.catalogue->calendar, hall_now_utc_s(&scene->hall), 1));
    assert_true(robot_shows(&robot, "最晚 11 月 23 日有结果")); /* Saturday 21st, one working day */
    robot_tap(&robot, "order.0");
    robot_until_screen(&robot, "order");
    (void)robot_until(&robot, "past.0");
    robot_look(&robot, "order");
    assert_true(robot_shows(&robot, scene->order.acceptance));
    assert_true(robot_shows(&robot, "2026-11-23 前有结果"));
    assert_int_equal(ORDER_STATE_REVIEWING, record(scene)->past[0].state);
    FEATURE("F138");
    FEATURE("F184");
    FEATURE("F185");
    assert_string_equal("insert", record(scene)->past[record(scene)->past_count - 1].event);
    robot_tap(&robot, "act.view"); /* to the page on which it waits */
    robot_until_screen(&robot, "review");
    robot_pass(&robot, 11000);
    robot_until_text(&robot, "最晚 11 月 23 日有结果");
    end();
}

static void test_orders__an_unpaid_order_is_cancelled_after_asking_once_more(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_make(&scene->hall, ORDER_STATE_SCANNING, &scene->order);
    open_list(scene);
    robot_tap(&robot, "order.0");
    robot_tap(&robot, "act.cancel");
    robot_tap(&robot, "cancel.keep");
    assert_int_equal(ORDER_STATE_SCANNING, hall_scene_look(scene)->order.state);
    robot_tap(&robot, "act.cancel");
    robot_tap(&robot, "cancel.yes");
    robot_until_text(&robot, "订单已取消");
    assert_int_equal(ORDER_STATE_CANCELLED, hall_scene_look(scene)->order.state);
    robot_tap(&robot, "bar.back");
    robot_until_screen(&robot, "orders");
    robot_until_text(&robot, "关闭");
    FEATURE("F086");
    assert_false(services_visit(scene->terminal.services)->has_order);
    end();
}

static void test_orders__a_paid_order_is_not_cancelled(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    hall_visit_pay(&scene->terminal, "key-1");
    hall_leave(&scene->terminal);
    hall_refused(&scene->terminal, service_order_cancel(scene->terminal.services, scene->order.id),
                 SERVICE_REASON_MONEY_HELD);
    assert_int_equal(ORDER_STATE_ISSUING, hall_scene_look(scene)->order.state);
    open_list(scene);
    robot_tap(&robot, "order.0");
    (void)robot_until(&robot, "past.0");
    FEATURE("F086");
    FEATURE("F153");
    assert_false(robot_can_tap(&robot, "act.cancel"));
    end();
}

static void test_orders__an_order_at_another_machine_is_not_cancelled(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_begin(&scene->terminal, ORDER_STATE_SCANNING, &scene->order);
    hall_scene_start_other(scene);
    hall_refused(&scene->other, service_order_cancel(scene->other.services, scene->order.id),
                 SERVICE_REASON_ELSEWHERE);
    assert_int_equal(ORDER_STATE_SCANNING, hall_scene_look(scene)->order.state);
}

/* 登录 pressed after the last digit, which logs in by itself, begins nothing; and who begins another one of
 * the same is asked about the one that waits. */
static void test_orders__one_press_too_many_makes_no_second_order(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_make(&scene->hall, ORDER_STATE_DRAFT, &scene->order);
    robot_open_wide(&robot, &scene->terminal);
    robot_tap(&robot, "welcome.resume");
    robot_visit_login(&person);
    robot_press(&robot, "bar.next"); /* which stands where 登录 stood */
    robot_turn(&robot);
    assert_string_equal("orders", ui_screen_name(robot.ui));
    robot_tap(&robot, "bar.back");
    hall_pass_steadily(&scene->hall, CODE_AGAIN_S);
    robot_visit_choose(&person);
    robot_visit_login(&person);
    (void)robot_until(&robot, "unfinished.continue");
    robot_look(&robot, "unfinished");
    assert_false(robot_can_tap(&robot, "text.down"));
    robot_tap(&robot, "unfinished.continue");
    robot_until_screen(&robot, "form");
    assert_string_equal(scene->order.id, services_visit(scene->terminal.services)->order.id);
    end();
}

/* The product has no buttons of its own. */
static void be_silent(struct hall_scene *scene)
{
    for (size_t i = 0; i < scene->hall.catalogue->count; i++)
        scene->hall.catalogue->products[i]->button_count = 0;
}

/* 关闭: none, says the guide of 操作; the order itself can still be looked at. */
static void test_orders__a_state_without_buttons_offers_nothing(void **state)
{
    struct hall_scene *scene = *state;
    struct order closed;
    hall_order_make(&scene->hall, ORDER_STATE_REVIEWING, &closed);
    hall_done(&scene->terminal, service_order_cancel(scene->terminal.services, closed.id));
    hall_order_make(&scene->hall, ORDER_STATE_REVIEWING, &scene->order);
    open_list(scene);
    const struct service_visit *visit = services_visit(scene->terminal.services);
    const char *which = strcmp(visit->orders[0].order.id, closed.id) == 0 ? "order.0" : "order.1";
    bool is_first = strcmp(which, "order.0") == 0;
    assert_true(robot_can_tap(&robot, is_first ? "order.1.action" : "order.0.action"));
    assert_false(robot_can_tap(&robot, is_first ? "order.0.action" : "order.1.action"));
    robot_tap(&robot, which);
    (void)robot_until(&robot, "past.0");
    FEATURE("F190");
    assert_int_equal(ORDER_STATE_CANCELLED, record(scene)->line.order.state);
    assert_false(robot_can_tap(&robot, "act.copy"));
    assert_false(robot_can_tap(&robot, "act.cancel"));
    end();
}

static void test_orders__a_copy_has_the_values_and_none_of_the_papers(void **state)
{
    struct hall_scene *scene = *state;
    struct order earlier;
    hall_order_make(&scene->hall, ORDER_STATE_REVIEWING, &earlier);
    assert_true(stored_pages(scene, earlier.id) > 0);
    hall_done(&scene->terminal, service_order_cancel(scene->terminal.services, earlier.id));
    be_silent(scene);
    open_list(scene);
    robot_tap(&robot, "order.0");
    robot_tap(&robot, "act.copy");
    robot_until_screen(&robot, "agreement");
    robot_visit_agree(&person);
    const struct service_visit *visit = services_visit(scene->terminal.services);
    assert_string_not_equal(earlier.id, visit->order.id);
    assert_int_equal(ORDER_STATE_DRAFT, visit->order.state);
    assert_string_equal(earlier.class_id, visit->order.class_id);
    for (size_t i = 0; hall_visit_answers[i].id != NULL; i++)
        assert_string_equal(
            hall_visit_answers[i].text,
            form_values_get(services_values(scene->terminal.services), hall_visit_answers[i].id));
    FEATURE("F060");
    assert_int_equal(0, stored_pages(scene, visit->order.id));
    end();
}

/* --- closed at the desk ------------------------------------------------------------------------------ */

static void sign_in_and_look(struct hall_scene *scene)
{
    hall_desk_sign_in(&scene->desk, "chen");
    hall_done(&scene->desk, service_desk_overview(scene->desk.services));
}

static void test_orders__a_clerk_closes_an_unpaid_order_and_the_applicant_reads_why(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_make(&scene->hall, ORDER_STATE_SCANNING, &scene->order);
    sign_in_and_look(scene);
    struct service_reply reply =
        hall_wait(&scene->desk, service_desk_close_order(scene->desk.services, scene->order.id, ""));
    assert_int_equal(STATUS_MALFORMED, reply.status);
    hall_done(&scene->desk,
              service_desk_close_order(scene->desk.services, scene->order.id, "长期没有补齐资料"));
    assert_int_equal(ORDER_STATE_CLOSED, hall_scene_look(scene)->order.state);
    open_list(scene);
    robot_until_text(&robot, "长期没有补齐资料");
    robot_tap(&robot, "order.0");
    (void)robot_until(&robot, "past.0");
    FEATURE("F141");
    assert_true(robot_shows(&robot, "长期没有补齐资料"));
    end();
}

/* --- closed by force ----------------------------------------------------------------------------------- */

/* A locked key that nobody brings: approved, free of charge, and it would wait for ever. */
static void begin_stuck(struct hall_scene *scene)
{
    hall_order_make_of(&scene->hall, "ezca-cqzfcg", "unlock", ORDER_STATE_ACTING, &scene->order);
    hall_add_clerk(&scene->hall, "wang");
    hall_add_supervisor(&scene->hall, "zhou");
}

static void force_with(const char *second)
{
    robot_fill(&robot, "give_up.second", second);
    robot_fill(&robot, "give_up.password", "zhanghao-2026");
    robot_tap(&robot, "give_up.yes");
}

static void assert_forced_by(struct hall_scene *scene, const char *one, const char *other)
{
    struct store_decision decision;
    struct store_decision_signer signers[3];
    size_t count = 0;
    struct store *store = hall_store(&scene->hall, "watcher");
    assert_int_equal(STATUS_OK,
                     store_decision_list_order(store, scene->order.id, &decision, 1, &count, NULL));
    assert_string_equal("force-close", decision.action);
    assert_int_equal(STATUS_OK, store_decision_signers(store, decision.id, signers, 3, &count, NULL));
    assert_int_equal(2, count);
    assert_string_equal(one, signers[0].name);
    assert_string_equal(other, signers[1].name);
    store_close(store);
}

static void test_orders__closing_by_force_takes_a_supervisor_beside_the_clerk(void **state)
{
    struct hall_scene *scene = *state;
    begin_stuck(scene);
    sign_in_and_look(scene);
    robot_open_wide(&robot, &scene->desk);
    ui_reset(robot.ui, DESK_ORDERS, NULL);
    robot_tap(&robot, "orders.row.0");
    robot_tap(&robot, "order.give_up");
    robot_fill(&robot, "give_up.own", "钥匙一直没有带来");
    assert_false(robot_can_tap(&robot, "give_up.yes"));
    force_with("wang");
    robot_until_text(&robot, "强制关闭要有一位主管签名");
    assert_int_equal(ORDER_STATE_ACTING, hall_scene_look(scene)->order.state);
    force_with("zhou");
    robot_until_text(&robot, "已关闭，申请人能看到原因");
    end();
    assert_int_equal(ORDER_STATE_CLOSED, hall_scene_look(scene)->order.state);
    assert_forced_by(scene, "chen", "zhou");
    open_list(scene);
    FEATURE("F141");
    robot_until_text(&robot, "钥匙一直没有带来");
    end();
}

/* One clerk alone, a supervisor too, or two without a supervisor. */
static void test_orders__closing_by_force_is_refused_to_clerks_without_a_supervisor(void **state)
{
    struct hall_scene *scene = *state;
    begin_stuck(scene);
    sign_in_and_look(scene);
    struct services *at = scene->desk.services;
    const char *id = scene->order.id;
    hall_refused(&scene->desk, service_desk_close_order(at, id, "no key"), SERVICE_REASON_SUPERVISOR);
    hall_refused(&scene->desk, hall_desk_give_up(&scene->desk, id, "no key", "wang"),
                 SERVICE_REASON_SUPERVISOR);
    hall_refused(&scene->desk, hall_desk_give_up(&scene->desk, id, "no key", "chen"),
                 SERVICE_REASON_SAME_PERSON);
    hall_desk_sign_in(&scene->desk, "zhou");
    hall_refused(&scene->desk, hall_desk_give_up(&scene->desk, id, "no key", "zhou"),
                 SERVICE_REASON_SAME_PERSON);
    assert_int_equal(ORDER_STATE_ACTING, hall_scene_look(scene)->order.state);
    FEATURE("F141");
    hall_done(&scene->desk, hall_desk_give_up(&scene->desk, id, "no key", "wang"));
    assert_int_equal(ORDER_STATE_CLOSED, hall_scene_look(scene)->order.state);
    assert_forced_by(scene, "zhou", "wang");
}

static void test_orders__closing_a_paid_order_is_refused(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    hall_visit_pay(&scene->terminal, "key-1");
    sign_in_and_look(scene);
    hall_refused(&scene->desk, service_desk_close_order(scene->desk.services, scene->order.id, "no"),
                 SERVICE_REASON_MONEY_HELD);
    assert_int_equal(ORDER_STATE_ISSUING, hall_scene_look(scene)->order.state);
}

static void test_orders__filters_leave_what_was_asked_for(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_make(&scene->hall, ORDER_STATE_REVIEWING, &scene->order);
    hall_pass(&scene->hall, 20 * 86400);
    hall_order_make(&scene->hall, ORDER_STATE_DRAFT, &scene->order);
    open_list(scene);
    assert_true(robot_shows(&robot, "全部 2"));
    robot_tap(&robot, "orders.sift");
    robot_until_text(&robot, "看这 2 件");
    robot_tap(&robot, "sift.days.1");
    robot_until_text(&robot, "看这 1 件");
    robot_tap(&robot, "bar.next");
    robot_until_text(&robot, "全部 1");
    assert_true(robot_shows(&robot, "已筛"));
    FEATURE("F183");
    assert_true(robot_shows(&robot, scene->order.acceptance));
    end();
}

/* --- outside of the hall's hours: it is Saturday 2026-11-21, 17:12 ----------------------------------------
 */

static void close_hall(struct hall *hall, const char *outside_hours)
{
    static char hours[] = "工作日 9:00–17:00";
    hall->settings->hall_open_hours = hours;
    hall->settings->hall_outside_hours = outside_hours;
}

static uint64_t create(struct hall_program *terminal)
{
    const struct product *product = catalogue_find(terminal->hall->catalogue, "ezca-cqzfcg");
    services_choose(terminal->services, product, product_find_operation(product, "new"), "supplier");
    return service_order_create(terminal->services);
}

static void test_orders__a_closed_hall_begins_nothing_and_goes_on_with_what_there_is(void **state)
{
    struct hall_scene *scene = *state;
    enum { TO_MONDAY_S = 2 * 86400 + 5 * 60 };
    close_hall(&scene->hall, "refuse");
    hall_order_make(&scene->hall, ORDER_STATE_PAYING, &scene->order);
    hall_visit_login(&scene->terminal);
    hall_refused(&scene->terminal, create(&scene->terminal), SERVICE_REASON_HALL_CLOSED);
    assert_false(hall_scene_visit(scene)->has_order);
    hall_leave(&scene->terminal);
    hall_pass_steadily(&scene->hall, CODE_AGAIN_S);
    robot_open_wide(&robot, &scene->terminal);
    robot_until_text(&robot, "11 月 23 日 9:00 开始受理新业务");
    robot_look(&robot, "closed");
    assert_false(robot_can_tap(&robot, "welcome.start"));
    robot_tap(&robot, "welcome.resume");
    robot_visit_login(&person);
    robot_tap(&robot, "order.0");
    robot_tap(&robot, "act.pay");
    robot_until_screen(&robot, "pay");
    end();
    hall_leave(&scene->terminal);
    hall_pass(&scene->hall, TO_MONDAY_S); /* who stood here when it closed is let finish */
    hall_visit_login(&scene->terminal);
    FEATURE("F003");
    hall_done(&scene->terminal, create(&scene->terminal));
    assert_int_equal(0, hall_scene_visit(scene)->counts_utc_s);
    hall_leave(&scene->terminal);
}

static void test_orders__what_is_begun_outside_the_hours_counts_for_the_next_working_day(void **state)
{
    struct hall_scene *scene = *state;
    int64_t monday_utc_s = 0, marked_utc_s = 0;
    assert_true(clock_hall_day_of("2026-11-23", &monday_utc_s));
    close_hall(&scene->hall, "next-day");
    robot_open_wide(&robot, &scene->terminal);
    robot_until_text(&robot, "算作 11 月 23 日 9:00 受理");
    robot_look(&robot, "counted");
    robot_visit_choose(&person);
    robot_visit_login(&person);
    robot_visit_agree(&person);
    end();
    scene->order = hall_scene_visit(scene)->order;
    marked_utc_s = hall_scene_visit(scene)->counts_utc_s;
    assert_true(marked_utc_s == monday_utc_s + 9 * 3600);
    hall_done(&scene->terminal, service_receipt_print(scene->terminal.services));
    FEATURE("F003");
    assert_true(hall_printed(&scene->hall, "2026-11-23（非受理时间提交）"));
    hall_desk_sign_in(&scene->desk, "chen");
    hall_done(&scene->desk, service_desk_case(scene->desk.services, scene->order.id));
    assert_true(services_desk(scene->desk.services)->opened.counts_utc_s == marked_utc_s);
    close_hall(&scene->hall, "serve"); /* the mark stays */
    hall_visit_fill(&scene->terminal);
    hall_visit_form(&scene->terminal);
    assert_true(hall_scene_visit(scene)->counts_utc_s == marked_utc_s);
    hall_leave(&scene->terminal);
    close_hall(&scene->hall, "next-day"); /* one working day of a review begins then, too */
    hall_order_make(&scene->hall, ORDER_STATE_REVIEWING, &scene->order);
    hall_pass_steadily(&scene->hall, CODE_AGAIN_S);
    open_list(scene);
    robot_until_text(&robot, "最晚 11 月 24 日有结果");
    end();
}

#define FLOW(name) cmocka_unit_test_setup_teardown(name, setup, hall_scene_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FLOW(test_orders__an_order_shows_what_happened_and_by_when_it_is_decided),
        FLOW(test_orders__an_unpaid_order_is_cancelled_after_asking_once_more),
        FLOW(test_orders__a_paid_order_is_not_cancelled),
        FLOW(test_orders__an_order_at_another_machine_is_not_cancelled),
        FLOW(test_orders__one_press_too_many_makes_no_second_order),
        FLOW(test_orders__a_state_without_buttons_offers_nothing),
        FLOW(test_orders__a_copy_has_the_values_and_none_of_the_papers),
        FLOW(test_orders__a_clerk_closes_an_unpaid_order_and_the_applicant_reads_why),
        FLOW(test_orders__closing_by_force_takes_a_supervisor_beside_the_clerk),
        FLOW(test_orders__closing_by_force_is_refused_to_clerks_without_a_supervisor),
        FLOW(test_orders__closing_a_paid_order_is_refused),
        FLOW(test_orders__filters_leave_what_was_asked_for),
        FLOW(test_orders__a_closed_hall_begins_nothing_and_goes_on_with_what_there_is),
        FLOW(test_orders__what_is_begun_outside_the_hours_counts_for_the_next_working_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
