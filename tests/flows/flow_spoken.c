/* A code that does not come by message is read aloud in a call: offered after the second resend, by services
 * and at the real screens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/hall_scene.h"
#include "tests/support/robot_visit.h"

enum { GAP_S = 61 };

static struct robot robot;

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

static void last_code(struct hall_scene *scene, char code[16])
{
    assert_int_equal(STATUS_OK, sms_fake_last_code(scene->hall.phones, HALL_PHONE, code, 16));
}

static uint64_t verify(struct hall_scene *scene, const char *digits)
{
    struct secret code = {0};
    assert_int_equal(STATUS_OK, secret_set(&code, digits, strlen(digits)));
    uint64_t id = service_login_verify(scene->terminal.services, HALL_PHONE, &code);
    secret_wipe(&code);
    return id;
}

/* --- by services ------------------------------------------------------------------------------------- */

static void test_spoken__code_is_the_only_good_one(void **state)
{
    struct hall_scene *scene = *state;
    char first[16], second[16];
    hall_done(&scene->terminal, service_login_send(scene->terminal.services, HALL_PHONE));
    assert_false(sms_fake_spoke(scene->hall.phones, HALL_PHONE));
    last_code(scene, first);
    hall_pass(&scene->hall, GAP_S);
    hall_done(&scene->terminal, service_login_speak(scene->terminal.services, HALL_PHONE));
    assert_true(sms_fake_spoke(scene->hall.phones, HALL_PHONE));
    last_code(scene, second);
    if (strcmp(first, second) != 0)
        hall_refused(&scene->terminal, verify(scene, first), SERVICE_REASON_CODE_WRONG);
    hall_done(&scene->terminal, verify(scene, second));
    assert_string_equal(HALL_PHONE, services_visit(scene->terminal.services)->phone);
}

static void test_spoken__call_is_counted_like_a_message(void **state)
{
    struct hall_scene *scene = *state;
    hall_done(&scene->terminal, service_login_send(scene->terminal.services, HALL_PHONE));
    hall_refused(&scene->terminal, service_login_speak(scene->terminal.services, HALL_PHONE),
                 SERVICE_REASON_RESEND_WAIT);
    assert_int_equal(1, sms_fake_count(scene->hall.phones));
}

static void test_spoken__number_nobody_can_call_is_refused(void **state)
{
    struct hall_scene *scene = *state;
    sms_fake_fail(scene->hall.phones, STATUS_REFUSED, false, 1);
    hall_refused(&scene->terminal, service_login_speak(scene->terminal.services, HALL_PHONE),
                 SERVICE_REASON_NUMBER);
    assert_int_equal(0, sms_fake_count(scene->hall.phones));
}

/* --- at the screens ---------------------------------------------------------------------------------- */

static void open_login(struct hall_scene *scene)
{
    robot_open_wide(&robot, &scene->terminal);
    robot_tap(&robot, "welcome.resume");
    robot_until_screen(&robot, "login");
    robot_pad(&robot, "pad", HALL_PHONE);
}

static void close_screens(void)
{
    unsigned faults = robot_faults(&robot);
    robot_close(&robot);
    assert_int_equal(0, faults);
}

/* A message goes out, and the time until the next may. */
static void send_and_wait(struct hall_scene *scene, size_t count)
{
    robot_tap(&robot, "login.send");
    for (int turns = 0; turns < 100 && sms_fake_count(scene->hall.phones) < count; turns++)
        robot_run(&robot, 20);
    assert_int_equal(count, sms_fake_count(scene->hall.phones));
    robot_run(&robot, 100);
    for (int i = 0; i < 70 && !robot_can_tap(&robot, "login.send"); i++)
        robot_pass(&robot, 1000);
}

static void test_spoken__call_is_offered_after_the_second_resend_and_leads_on(void **state)
{
    struct hall_scene *scene = *state;
    char code[16];
    open_login(scene);
    send_and_wait(scene, 1);
    assert_false(robot_can_tap(&robot, "login.speak"));
    send_and_wait(scene, 2);
    assert_false(robot_can_tap(&robot, "login.speak"));
    send_and_wait(scene, 3);
    robot_until_text(&robot, "检查是否拦截，60 秒后可重发");
    robot_tap(&robot, "login.speak");
    robot_until_text(&robot, "正在拨打电话，请接听");
    assert_true(sms_fake_spoke(scene->hall.phones, HALL_PHONE));
    last_code(scene, code);
    robot_pad(&robot, "pad", code);
    robot_until_screen(&robot, "orders");
    close_screens();
}

static void test_spoken__call_that_does_not_go_out_says_so_and_may_be_tried_again(void **state)
{
    struct hall_scene *scene = *state;
    open_login(scene);
    for (size_t i = 1; i <= 3; i++)
        send_and_wait(scene, i);
    sms_fake_fail(scene->hall.phones, STATUS_REFUSED, false, 1);
    robot_tap(&robot, "login.speak");
    robot_until_gone(&robot, "检查是否拦截");
    assert_false(robot_shows(&robot, "正在拨打电话"));
    assert_false(sms_fake_spoke(scene->hall.phones, HALL_PHONE));
    close_screens();
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, hall_scene_teardown)
    const struct CMUnitTest tests[] = {
        T(test_spoken__code_is_the_only_good_one),
        T(test_spoken__call_is_counted_like_a_message),
        T(test_spoken__number_nobody_can_call_is_refused),
        T(test_spoken__call_is_offered_after_the_second_resend_and_leads_on),
        T(test_spoken__call_that_does_not_go_out_says_so_and_may_be_tried_again),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
