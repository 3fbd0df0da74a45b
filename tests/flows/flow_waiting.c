/* Waiting for a clerk at the real screens: identity check, review, and what comes back from them. With
 * CERTKIOSK_PICTURES in the environment a picture of every page is left in the build folder's "pictures". */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/hall_scene.h"
#include "tests/support/robot_visit.h"

#define NOT_MATCHING "本人与身份证照片不一致。请经办人本人来办"

static struct robot robot;

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

/* An order in this state is open at the terminal, and the robot stands at its screen. */
static void begin(struct hall_scene *scene, enum order_state state)
{
    hall_order_begin(&scene->terminal, state, &scene->order);
    robot_open_wide(&robot, &scene->terminal);
}

static void end(void)
{
    robot_close(&robot);
    assert_int_equal(0, robot_faults(&robot));
}

static void open_case(struct hall_scene *scene)
{
    hall_desk_sign_in(&scene->desk, "chen");
    hall_done(&scene->desk, service_desk_case(scene->desk.services, scene->order.id));
}

static void refuse(struct hall_scene *scene)
{
    open_case(scene);
    hall_done(&scene->desk, service_desk_identify(scene->desk.services, false, NOT_MATCHING));
    robot_until_text(&robot, "没有核对上");
}

static void test_waiting__identity_page_says_where_to_go_and_whose_card(void **state)
{
    begin(*state, ORDER_STATE_IDENTIFYING);
    robot_until_screen(&robot, "identity");
    assert_true(robot_shows(&robot, "请到人工窗口"));
    assert_true(robot_shows(&robot, "出示身份证原件"));
    assert_true(robot_shows(&robot, "张*丽"));
    assert_false(robot_shows(&robot, "张小丽"));
    assert_false(robot_shows(&robot, "110101199003070417"));
    robot_tap(&robot, "bar.call");
    robot_until_text(&robot, "已呼叫，约");
    assert_true(services_visit(robot.program->services)->clerk_called);
    end();
}

static void test_waiting__identity_page_follows_the_clerk_to_review(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, ORDER_STATE_IDENTIFYING);
    open_case(scene);
    robot_until_text(&robot, "工作人员正在核对，请不要走开");
    robot_look(&robot, "identity-checking");
    hall_done(&scene->desk, service_desk_identify(scene->desk.services, true, ""));
    robot_until_screen(&robot, "review");
    end();
}

static void test_waiting__refusal_says_the_reason_what_was_kept_and_calls_again(void **state)
{
    begin(*state, ORDER_STATE_IDENTIFYING);
    refuse(*state);
    assert_true(robot_shows(&robot, NOT_MATCHING));
    assert_true(robot_shows(&robot, "资料都已保存"));
    robot_look(&robot, "identity-refused");
    robot_tap(&robot, "bar.next");
    robot_until_text(&robot, "请到人工窗口");
    robot_until_text(&robot, "已呼叫，约");
    assert_true(services_visit(robot.program->services)->clerk_called);
    refuse(*state); /* a second one is told as the first was */
    end();
}

static void test_waiting__mistyped_person_is_mended_from_the_refusal(void **state)
{
    begin(*state, ORDER_STATE_IDENTIFYING);
    refuse(*state);
    robot_tap(&robot, "bar.secondary");
    robot_until_screen(&robot, "form");
    robot_tap(&robot, "form.tab.agent");
    assert_true(robot_can_tap(&robot, "form.agent_name"));
    assert_true(robot_can_tap(&robot, "form.agent_id"));
    assert_false(robot_can_tap(&robot, "form.agent_mobile"));
    end();
}

static void test_waiting__review_page_says_how_it_goes(void **state)
{
    struct hall_scene *scene = *state;
    struct order earlier;
    hall_order_make(&scene->hall, ORDER_STATE_REVIEWING, &earlier);
    hall_pass(&scene->hall, 5);
    begin(scene, ORDER_STATE_REVIEWING);
    robot_until_text(&robot, "前面还有 1 份");
    assert_false(robot_shows(&robot, "已等"));
    robot_pass(&robot, 75000);
    robot_until_text(&robot, "已等 1 分钟");
    open_case(scene);
    robot_until_text(&robot, "工作人员正在审核");
    robot_until_text(&robot, "约 5 分钟");
    assert_false(robot_shows(&robot, "已看 0 页")); /* said once there is one */
    end();
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, hall_scene_teardown)
    const struct CMUnitTest tests[] = {
        T(test_waiting__identity_page_says_where_to_go_and_whose_card),
        T(test_waiting__identity_page_follows_the_clerk_to_review),
        T(test_waiting__refusal_says_the_reason_what_was_kept_and_calls_again),
        T(test_waiting__mistyped_person_is_mended_from_the_refusal),
        T(test_waiting__review_page_says_how_it_goes),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
