/* A clerk's help at the real screens: what the applicant sees of every act, and that it ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/text.h"
#include "kiosk/store/store_supervision.h"
#include "tests/support/hall_scene.h"
#include "tests/support/robot_visit.h"

#define WORDS "营业执照放反了"

static struct robot robot;

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

static void sign_in(struct hall_scene *scene)
{
    struct secret password = {0};
    assert_int_equal(STATUS_OK, secret_set(&password, "zhanghao-2026", 13));
    hall_done(&scene->desk, service_desk_sign_in(scene->desk.services, "chen", &password));
    secret_wipe(&password);
}

static void open_robot(struct hall_scene *scene)
{
    sign_in(scene);
    robot_open_wide(&robot, &scene->terminal);
}

/* An applicant fills in a form at the real screens. */
static void begin(struct hall_scene *scene)
{
    hall_order_begin(&scene->terminal, ORDER_STATE_DRAFT, &scene->order);
    open_robot(scene);
    robot_until_screen(&robot, "form");
    robot_run(&robot, 400); /* the desk knows of it */
}

static void end(void)
{
    robot_close(&robot);
    assert_int_equal(0, robot_faults(&robot));
}

static const struct service_terminal *seen(struct hall_scene *scene)
{
    hall_done(&scene->desk, service_desk_overview(scene->desk.services));
    const struct service_desk *view = services_desk(scene->desk.services);
    for (size_t i = 0; i < view->terminal_count; i++)
        if (strcmp(view->terminals[i].id, "terminal-01") == 0)
            return &view->terminals[i];
    fail_msg("the desk does not see the terminal");
    return NULL;
}

static void act(struct hall_scene *scene, struct service_act wish)
{
    (void)text_copy(wish.terminal, sizeof(wish.terminal), "terminal-01");
    if (wish.kind != SERVICE_ACT_CLOSE && wish.kind != SERVICE_ACT_REOPEN)
        (void)text_copy(wish.visit, sizeof(wish.visit), seen(scene)->visit);
    hall_done(&scene->desk, service_desk_act(scene->desk.services, &wish));
}

/* The newest act has had its effect at last. */
static void until_effect(struct hall_scene *scene)
{
    for (int i = 0; i < 100 && !seen(scene)->acts[0].is_done; i++)
        robot_run(&robot, 50);
    assert_true(seen(scene)->acts[0].is_done);
    assert_false(seen(scene)->acts[0].is_gone);
}

static void test_help__a_call_is_answered_and_a_chip_says_so(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    robot_tap(&robot, "bar.call");
    robot_tap(&robot, "assist.read");
    robot_run(&robot, 300);
    assert_true(seen(scene)->is_calling);
    act(scene, (struct service_act){.kind = SERVICE_ACT_ANSWER});
    robot_until_text(&robot, "工作人员已接听，马上来帮您");
    until_effect(scene);
    assert_false(seen(scene)->is_calling);
    assert_true(robot_until(&robot, "bar.call") != NULL);
    act(scene, (struct service_act){.kind = SERVICE_ACT_LEAVE});
    robot_until_text(&robot, "工作人员已结束协助");
    end();
}

static void test_help__a_sentence_stays_until_it_was_read(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    act(scene, (struct service_act){.kind = SERVICE_ACT_MESSAGE, .words = WORDS});
    robot_until_text(&robot, WORDS);
    robot_run(&robot, 400);
    assert_true(robot_shows(&robot, WORDS));
    assert_false(seen(scene)->acts[0].is_done);
    robot_tap(&robot, "assist.read");
    robot_until_gone(&robot, WORDS);
    until_effect(scene);
    act(scene, (struct service_act){.kind = SERVICE_ACT_MESSAGE, .reason = "flat"});
    robot_until_text(&robot, "把资料放平，盖好盖子再扫");
    robot_tap(&robot, "assist.read");
    robot_until_gone(&robot, "把资料放平，盖好盖子再扫");
    end();
}

static void test_help__the_page_of_the_field_pointed_at_comes_up(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    assert_null(widget_find(ui_tree(robot.ui), "form.agent_email"));
    act(scene, (struct service_act){.kind = SERVICE_ACT_POINT, .field = "agent_email"});
    assert_non_null(robot_until(&robot, "form.agent_email"));
    until_effect(scene);
    act(scene, (struct service_act){.kind = SERVICE_ACT_POINT, .field = "none"});
    until_effect(scene);
    assert_non_null(robot_until(&robot, "form.agent_email"));
    end();
}

static void test_help__more_time_closes_the_warning(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    robot_pass(&robot, (int64_t)scene->hall.settings->idle_warning_s * 1000 + 1000);
    assert_true(ui_is_idle_warning(robot.ui));
    robot_run(&robot, 700); /* its heart beats again */
    act(scene, (struct service_act){.kind = SERVICE_ACT_EXTEND});
    until_effect(scene);
    assert_false(ui_is_idle_warning(robot.ui));
    robot_pass(&robot, (int64_t)scene->hall.settings->idle_warning_s * 1000 + 1000);
    assert_false(ui_is_idle_warning(robot.ui));
    end();
}

static void test_help__a_locked_page_takes_only_a_call(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    act(scene, (struct service_act){.kind = SERVICE_ACT_LOCK, .reason = "check"});
    robot_until_text(&robot, "画面已锁定");
    assert_false(robot_can_tap(&robot, "bar.next"));
    robot_tap(&robot, "assist.call");
    robot_run(&robot, 300);
    assert_true(seen(scene)->is_calling);
    act(scene, (struct service_act){.kind = SERVICE_ACT_UNLOCK});
    robot_until_gone(&robot, "画面已锁定");
    until_effect(scene);
    assert_true(robot_can_tap(&robot, "bar.next"));
    end();
}

static void test_help__an_ended_visit_says_why_and_what_was_kept(void **state)
{
    struct hall_scene *scene = *state;
    char kept[160];
    begin(scene);
    robot_tap(&robot, "bar.large");
    act(scene, (struct service_act){.kind = SERVICE_ACT_END, .reason = "left"});
    robot_until_screen(&robot, "stopped");
    assert_true(robot_shows(&robot, "原因：申请人已离开"));
    (void)snprintf(kept, sizeof(kept), "受理号 %s 已保存。凭手机号登录可继续办理", scene->order.acceptance);
    assert_true(robot_shows(&robot, kept));
    until_effect(scene);
    assert_false(services_visit(scene->terminal.services)->has_order);
    assert_int_equal(THEME_CARE, ui_theme(robot.ui)); /* whoever needs it reads this page, too */
    robot_tap(&robot, "bar.next");
    robot_until_screen(&robot, "welcome");
    assert_int_equal(THEME_STANDARD, ui_theme(robot.ui)); /* the next one begins anew */
    assert_int_equal(ORDER_STATE_DRAFT, hall_scene_look(scene)->order.state);
    end();
}

static void test_help__out_of_service_waits_for_the_end_of_the_visit(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    act(scene, (struct service_act){.kind = SERVICE_ACT_CLOSE, .reason = "paper"});
    robot_run(&robot, 600);
    assert_string_equal("form", ui_screen_name(robot.ui));
    assert_false(seen(scene)->acts[0].is_done);
    robot_tap(&robot, "bar.exit");
    robot_until_screen(&robot, "closed");
    assert_true(robot_shows(&robot, "原因：打印机缺纸"));
    until_effect(scene);
    act(scene, (struct service_act){.kind = SERVICE_ACT_REOPEN});
    robot_until_screen(&robot, "welcome");
    until_effect(scene);
    end();
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, hall_scene_teardown)
    const struct CMUnitTest tests[] = {
        T(test_help__a_call_is_answered_and_a_chip_says_so),
        T(test_help__a_sentence_stays_until_it_was_read),
        T(test_help__the_page_of_the_field_pointed_at_comes_up),
        T(test_help__more_time_closes_the_warning),
        T(test_help__a_locked_page_takes_only_a_call),
        T(test_help__an_ended_visit_says_why_and_what_was_kept),
        T(test_help__out_of_service_waits_for_the_end_of_the_visit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
