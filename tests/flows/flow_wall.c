/* A clerk at the real wall: keys and buttons reach the terminal; what makes no sense cannot be pressed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/hall_scene.h"
#include "tests/support/robot_visit.h"

#define WORDS "qing ba zhizhao fangping"

static struct robot robot;

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

static struct services *at_terminal(struct hall_scene *scene)
{
    return scene->terminal.services;
}

static const struct service_supervision *told(struct hall_scene *scene)
{
    return services_supervision(at_terminal(scene));
}

/* Somebody is at this step; a clerk has signed in and looks at the wall. */
static void begin_at(struct hall_scene *scene, enum order_state at, const char *screen)
{
    struct secret password = {0};
    hall_order_begin(&scene->terminal, at, &scene->order);
    hall_done(&scene->terminal,
              service_presence(at_terminal(scene), screen, at == ORDER_STATE_DRAFT ? "form.company" : ""));
    assert_int_equal(STATUS_OK, secret_set(&password, "zhanghao-2026", 13));
    hall_done(&scene->desk, service_desk_sign_in(scene->desk.services, "chen", &password));
    secret_wipe(&password);
    robot_open_wide(&robot, &scene->desk);
    ui_reset(robot.ui, DESK_WALL, NULL);
    robot_until_screen(&robot, "wall");
}

/* Somebody fills in a form. */
static void begin(struct hall_scene *scene)
{
    begin_at(scene, ORDER_STATE_DRAFT, "form");
    robot_until_text(&robot, "办理中");
}

static void end(void)
{
    robot_close(&robot);
    assert_int_equal(0, robot_faults(&robot));
}

static bool has_act(struct hall_program *terminal, const void *argument)
{
    const struct service_supervision *view = services_supervision(terminal->services);
    return view->act_count > 0 && view->acts[0].kind == *(const enum service_act_kind *)argument;
}

/* The act has reached the terminal. Returns: it; borrowed. */
static const struct service_act *arrived(struct hall_scene *scene, enum service_act_kind kind)
{
    robot_run(&robot, 400);
    hall_until(&scene->terminal, "the clerk's act", has_act, &kind);
    return &told(scene)->acts[0];
}

static void test_wall__the_space_bar_answers_the_call(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    hall_done(&scene->terminal, service_call_clerk(at_terminal(scene), true));
    robot_until_text(&robot, "01 号机呼叫工作人员");
    robot_key(&robot, INPUT_KEY_CHARACTER, ' ', 0);
    (void)arrived(scene, SERVICE_ACT_ANSWER);
    robot_until_gone(&robot, "01 号机呼叫工作人员");
    assert_non_null(robot_until(&robot, "assist.leave"));
    end();
}

static void test_wall__a_call_is_heard_again_until_it_is_over(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    assert_int_equal(0, robot.heard);
    hall_done(&scene->terminal, service_call_clerk(at_terminal(scene), true));
    robot_until_text(&robot, "01 号机呼叫工作人员");
    assert_int_equal(1, robot.heard);
    robot_pass(&robot, 14000);
    assert_int_equal(1, robot.heard);
    robot_pass(&robot, 1500);
    assert_int_equal(2, robot.heard);
    hall_done(&scene->terminal, service_call_clerk(at_terminal(scene), false));
    robot_until_gone(&robot, "01 号机呼叫工作人员");
    unsigned heard = robot.heard;
    robot_pass(&robot, 16000);
    assert_int_equal(heard, robot.heard);
    end();
}

static void test_wall__review_opens_the_order_of_the_tile(void **state)
{
    struct hall_scene *scene = *state;
    begin_at(scene, ORDER_STATE_REVIEWING, "review");
    robot_until_text(&robot, "待您审核");
    assert_string_equal(HALL_PHONE + strlen(HALL_PHONE) - 4,
                        services_desk(scene->desk.services)->queue[0].phone_tail);
    robot_fill(&robot, "wall.search", HALL_PHONE + strlen(HALL_PHONE) - 4);
    robot_key(&robot, INPUT_KEY_ENTER, 0, 0);
    assert_non_null(robot_until(&robot, "assist.close"));
    robot_key(&robot, INPUT_KEY_ESCAPE, 0, 0);
    robot_until_text(&robot, "呼叫与告警");
    robot_tap(&robot, "tile.main.terminal-01");
    robot_until_screen(&robot, "review");
    assert_non_null(robot_until(&robot, "review.approve"));
    assert_string_equal(scene->order.id, services_desk(scene->desk.services)->opened.order.id);
    end();
}

static void test_wall__a_sentence_goes_with_enter_or_a_number(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    robot_tap(&robot, "tile.main.terminal-01");
    assert_false(robot_can_tap(&robot, "assist.send"));
    robot_tap(&robot, "assist.words");
    robot_type(&robot, WORDS);
    robot_key(&robot, INPUT_KEY_ENTER, 0, 0);
    const struct service_act *act = arrived(scene, SERVICE_ACT_MESSAGE);
    assert_string_equal(WORDS, act->words);
    hall_done(&scene->terminal, service_act_done(at_terminal(scene), act->id));
    robot_key(&robot, INPUT_KEY_CHARACTER, '2', 0);
    assert_string_equal("flat", arrived(scene, SERVICE_ACT_MESSAGE)->reason);
    end();
}

static void test_wall__a_field_is_chosen_by_its_label(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    robot_tap(&robot, "tile.main.terminal-01");
    robot_until_text(&robot, "单位名称"); /* the field in hand */
    robot_tap(&robot, "assist.tab.point");
    robot_tap(&robot, "assist.point.credit_code");
    assert_string_equal("credit_code", arrived(scene, SERVICE_ACT_POINT)->field);
    end();
}

static bool is_locked(struct hall_program *terminal, const void *argument)
{
    (void)argument;
    return services_supervision(terminal->services)->is_locked;
}

static void test_wall__a_lock_needs_a_reason(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    robot_tap(&robot, "tile.main.terminal-01");
    robot_tap(&robot, "assist.lock");
    assert_non_null(robot_until(&robot, "assist.yes"));
    assert_false(robot_can_tap(&robot, "assist.yes"));
    robot_key(&robot, INPUT_KEY_ENTER, 0, 0);
    assert_non_null(robot_until(&robot, "assist.yes"));
    robot_tap(&robot, "assist.back");
    robot_key(&robot, INPUT_KEY_CHARACTER, 's', 0); /* the whole of it by keys */
    assert_non_null(robot_until(&robot, "assist.yes"));
    robot_key(&robot, INPUT_KEY_CHARACTER, '1', 0);
    assert_true(robot_can_tap(&robot, "assist.yes"));
    robot_key(&robot, INPUT_KEY_ENTER, 0, 0);
    robot_run(&robot, 400);
    hall_until(&scene->terminal, "the lock", is_locked, NULL);
    assert_string_equal("check", told(scene)->lock_reason);
    assert_non_null(robot_until(&robot, "assist.unlock"));
    end();
}

static void test_wall__nobody_there_leaves_only_the_machine_to_act_on(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    robot_tap(&robot, "tile.main.terminal-01");
    assert_true(robot_can_tap(&robot, "assist.extend"));
    hall_leave(&scene->terminal);
    hall_done(&scene->terminal, service_presence(at_terminal(scene), "welcome", ""));
    robot_until_text(&robot, "待机");
    assert_false(robot_can_tap(&robot, "assist.extend"));
    assert_false(robot_can_tap(&robot, "assist.lock"));
    assert_false(robot_can_tap(&robot, "assist.end"));
    assert_true(robot_can_tap(&robot, "assist.close_machine"));
    end();
}

/* Before a name was typed; the next one at the machine has not. */
static void test_wall__a_person_who_has_logged_in_is_said_to_have(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    hall_leave(&scene->terminal);
    hall_done(&scene->terminal, service_presence(at_terminal(scene), "login", ""));
    robot_until_text(&robot, "未登录");
    hall_visit_login(&scene->terminal);
    hall_done(&scene->terminal, service_presence(at_terminal(scene), "agreement", ""));
    robot_until_text(&robot, "已登录");
    assert_false(robot_shows(&robot, "未登录"));
    hall_leave(&scene->terminal);
    hall_done(&scene->terminal, service_presence(at_terminal(scene), "product", ""));
    robot_until_text(&robot, "未登录");
    assert_false(robot_shows(&robot, "已登录"));
    end();
}

static void test_wall__a_terminal_is_found_by_its_number(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    robot_key(&robot, INPUT_KEY_CHARACTER, '/', 0);
    robot_type(&robot, "/"); /* the text of the key is not meant */
    robot_type(&robot, "99");
    robot_key(&robot, INPUT_KEY_ENTER, 0, 0);
    robot_until_text(&robot, "没有找到这台机器或这笔业务");
    assert_null(widget_find(ui_tree(robot.ui), "assist.close"));
    robot_fill(&robot, "wall.search", "01");
    robot_key(&robot, INPUT_KEY_ENTER, 0, 0);
    assert_non_null(robot_until(&robot, "assist.close"));
    robot_key(&robot, INPUT_KEY_ESCAPE, 0, 0);
    robot_until_text(&robot, "呼叫与告警");
    end();
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, hall_scene_teardown)
    const struct CMUnitTest tests[] = {
        T(test_wall__the_space_bar_answers_the_call),
        T(test_wall__a_call_is_heard_again_until_it_is_over),
        T(test_wall__review_opens_the_order_of_the_tile),
        T(test_wall__a_sentence_goes_with_enter_or_a_number),
        T(test_wall__a_field_is_chosen_by_its_label),
        T(test_wall__a_lock_needs_a_reason),
        T(test_wall__nobody_there_leaves_only_the_machine_to_act_on),
        T(test_wall__a_person_who_has_logged_in_is_said_to_have),
        T(test_wall__a_terminal_is_found_by_its_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
