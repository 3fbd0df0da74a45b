/* Touch and idle: slop, double activation, several fingers, the countdown, a page that comes by itself. No
 * clock but the numbers here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kiosk/ui/idle.h"
#include "kiosk/ui/touch.h"
#include "tests/kiosk/ui/ui_samples.h"
#include "tests/support/ui_robot.h"

static const struct rect button = {100, 100, 200, 96};

static void test_touch__release_inside_activates(void **state)
{
    struct touch touch;
    (void)state;
    touch_init(&touch, TOUCH_SLOP_PX);
    assert_true(touch_press(&touch, 1, 7, button, false, 150, 150, 0));
    assert_true(touch_is_pressed(&touch, 7));
    assert_int_equal(touch_release(&touch, 1, 150, 150, 80), 7);
    assert_false(touch_is_pressed(&touch, 7));
}

static void test_touch__twelve_px_outside_still_activates_and_thirteen_do_not(void **state)
{
    struct touch touch;
    (void)state;
    touch_init(&touch, TOUCH_SLOP_PX);
    (void)touch_press(&touch, 1, 7, button, false, 150, 150, 0);
    assert_int_equal(touch_release(&touch, 1, 88, 150, 0), 7);
    (void)touch_press(&touch, 1, 8, button, false, 150, 150, 0);
    assert_int_equal(touch_release(&touch, 1, 87, 150, 0), 0);
    (void)touch_press(&touch, 1, 9, button, false, 150, 150, 0);
    assert_int_equal(touch_release(&touch, 1, 311, 207, 0), 9);
    (void)touch_press(&touch, 1, 10, button, false, 150, 150, 0);
    assert_int_equal(touch_release(&touch, 1, 312, 207, 0), 0);
}

static void test_touch__leaving_shows_unpressed_and_coming_back_pressed(void **state)
{
    struct touch touch;
    (void)state;
    touch_init(&touch, TOUCH_SLOP_PX);
    (void)touch_press(&touch, 1, 7, button, false, 150, 150, 0);
    assert_true(touch_move(&touch, 1, 600, 150));
    assert_false(touch_is_pressed(&touch, 7));
    assert_true(touch_move(&touch, 1, 160, 150));
    assert_true(touch_is_pressed(&touch, 7));
    assert_false(touch_move(&touch, 1, 161, 150));
    assert_int_equal(touch_release(&touch, 1, 161, 150, 10), 7);
}

static void test_touch__a_second_tap_within_the_guard_does_nothing(void **state)
{
    struct touch touch;
    (void)state;
    touch_init(&touch, TOUCH_SLOP_PX);
    (void)touch_press(&touch, 1, 7, button, false, 150, 150, 1000);
    assert_int_equal(touch_release(&touch, 1, 150, 150, 1000), 7);
    (void)touch_press(&touch, 1, 7, button, false, 150, 150, 1100);
    assert_int_equal(touch_release(&touch, 1, 150, 150, 1299), 0);
    (void)touch_press(&touch, 1, 7, button, false, 150, 150, 1300);
    assert_int_equal(touch_release(&touch, 1, 150, 150, 1300), 7);
}

static void test_touch__the_guard_is_per_target_and_spares_rapid_ones(void **state)
{
    struct touch touch;
    (void)state;
    touch_init(&touch, TOUCH_SLOP_PX);
    for (int i = 1; i <= 3; i++) {
        struct rect place = rect_make(400 * i, 100, 200, 96);
        (void)touch_press(&touch, 1, (uint64_t)i, place, false, 400 * i + 50, 150, 0);
        assert_int_equal(touch_release(&touch, 1, 400 * i + 50, 150, 1), i);
    }
    for (int i = 0; i < 5; i++) {
        (void)touch_press(&touch, 1, 9, button, true, 150, 150, i);
        assert_int_equal(touch_release(&touch, 1, 150, 150, i), 9);
    }
}

static void test_touch__a_second_tap_does_not_hit_what_took_the_place_of_the_first(void **state)
{
    struct touch touch;
    (void)state;
    touch_init(&touch, TOUCH_SLOP_PX);
    (void)touch_press(&touch, 1, 7, button, false, 150, 150, 1000);
    assert_int_equal(touch_release(&touch, 1, 150, 150, 1000), 7);
    (void)touch_press(&touch, 1, 8, button, false, 152, 149, 1100);
    assert_int_equal(touch_release(&touch, 1, 152, 149, 1130), 0);
    (void)touch_press(&touch, 1, 8, button, false, 152, 149, 1300);
    assert_int_equal(touch_release(&touch, 1, 152, 149, 1300), 8);
}

static void test_touch__two_fingers_press_two_targets_but_not_one_twice(void **state)
{
    struct touch touch;
    struct rect other = {400, 100, 200, 96};
    (void)state;
    touch_init(&touch, TOUCH_SLOP_PX);
    assert_true(touch_press(&touch, 1, 7, button, false, 150, 150, 0));
    assert_false(touch_press(&touch, 2, 7, button, false, 160, 150, 0));
    assert_true(touch_press(&touch, 2, 8, other, false, 450, 150, 0));
    assert_int_equal(touch_release(&touch, 2, 450, 150, 10), 8);
    assert_int_equal(touch_release(&touch, 1, 150, 150, 10), 7);
    assert_int_equal(touch_release(&touch, 3, 150, 150, 10), 0);
}

static void test_touch__reset_and_cancel_forget_presses(void **state)
{
    struct touch touch;
    (void)state;
    touch_init(&touch, TOUCH_SLOP_PX);
    (void)touch_press(&touch, 1, 7, button, false, 150, 150, 0);
    touch_reset(&touch);
    assert_int_equal(touch_release(&touch, 1, 150, 150, 10), 0);
    (void)touch_press(&touch, 1, 7, button, false, 150, 150, 0);
    touch_cancel(&touch, 1);
    assert_null(touch_find(&touch, 1));
    assert_false(touch_press(&touch, 1, 0, button, false, 150, 150, 0));
}

static void test_touch__an_eleventh_finger_is_ignored(void **state)
{
    struct touch touch;
    (void)state;
    touch_init(&touch, TOUCH_SLOP_PX);
    for (int i = 0; i < TOUCH_POINTERS; i++)
        assert_true(touch_press(&touch, i, (uint64_t)i + 1, button, false, 150, 150, 0));
    assert_false(touch_press(&touch, 99, 99, button, false, 150, 150, 0));
}

static void test_idle__warns_counts_down_and_ends_once(void **state)
{
    struct idle idle;
    (void)state;
    idle_start(&idle, 0, 0, 1000);
    assert_int_equal(idle_deadline_ms(&idle, 1000), 121000);
    assert_int_equal(idle_update(&idle, 120999), IDLE_ACTIVE);
    assert_int_equal(idle_update(&idle, 121000), IDLE_WARNING);
    assert_int_equal(idle_left_ms(&idle, 123000), 28000);
    assert_int_equal(idle_deadline_ms(&idle, 123500), 124000);
    assert_int_equal(idle_update(&idle, 150999), IDLE_WARNING);
    assert_int_equal(idle_update(&idle, 151000), IDLE_ENDED);
    assert_int_equal(idle_update(&idle, 999999), IDLE_ACTIVE);
    assert_int_equal(idle_deadline_ms(&idle, 999999), INT64_MAX);
}

static void test_idle__a_touch_resets_the_count_but_not_the_warning(void **state)
{
    struct idle idle;
    (void)state;
    idle_start(&idle, 5000, 0, 0);
    idle_touch(&idle, 4000);
    assert_int_equal(idle_update(&idle, 8999), IDLE_ACTIVE);
    assert_int_equal(idle_update(&idle, 9000), IDLE_WARNING);
    idle_touch(&idle, 9500);
    assert_int_equal(idle_update(&idle, 10000), IDLE_WARNING);
    idle_stay(&idle, 10000);
    assert_int_equal(idle_update(&idle, 14999), IDLE_ACTIVE);
}

static void test_idle__the_countdown_has_the_length_it_was_given(void **state)
{
    struct idle idle;
    (void)state;
    idle_start(&idle, 5000, 10000, 0);
    assert_int_equal(idle_update(&idle, 5000), IDLE_WARNING);
    assert_int_equal(idle_left_ms(&idle, 6000), 9000);
    assert_int_equal(idle_update(&idle, 14999), IDLE_WARNING);
    assert_int_equal(idle_update(&idle, 15000), IDLE_ENDED);
}

static void test_idle__never_means_never(void **state)
{
    struct idle idle;
    (void)state;
    idle_start(&idle, IDLE_NEVER_MS, 0, 0);
    assert_int_equal(idle_update(&idle, INT64_MAX / 2), IDLE_ACTIVE);
    assert_int_equal(idle_deadline_ms(&idle, 0), INT64_MAX);
}

/* --- a page that comes by itself ----------------------------------------------------------------------- */

static struct ui_robot robot;

static void open_page(int sample)
{
    ui_robot_init(&robot, (struct ui_settings){.screens = ui_sample_screens, .screen_count = UI_SAMPLE_COUNT},
                  1920, 1080);
    ui_sample_header(robot.ui);
    ui_reset(robot.ui, sample, NULL);
    ui_tick(robot.ui);
}

/* Nobody's finger is in it: a reply, or something that happened in the world. */
static void come(int sample)
{
    ui_reset(robot.ui, sample, NULL);
    ui_tick(robot.ui);
}

/* As a finger that was on its way: no waiting for what the page is. */
static void press_at_once(const char *id)
{
    struct input_event event = ui_robot_event(&robot, INPUT_EVENT_PRESS, id);
    ui_handle(robot.ui, &event);
    event.kind = INPUT_EVENT_RELEASE;
    ui_handle(robot.ui, &event);
}

static bool is_resting(const char *id)
{
    return (ui_robot_find(&robot, id)->state & WIDGET_RESTING) != 0;
}

static void test_touch__a_press_on_its_way_does_not_leave_a_page_that_came_by_itself(void **state)
{
    (void)state;
    open_page(UI_SAMPLE_PIN);
    ui_robot_tap(&robot, "pin.5"); /* a digit is no wish for another page */
    come(UI_SAMPLE_FORM);
    press_at_once("bar.next");
    assert_string_equal(ui_screen_name(robot.ui), "form");
    press_at_once("form.card"); /* elsewhere it is as always */
    assert_string_equal(((struct ui_sample_form_state *)ui_screen_state(robot.ui))->last_tap, "form.card");
    assert_true(ui_deadline_ms(robot.ui) <= clock_monotonic_ms(&robot.clock.clock) + TOUCH_REST_MS);
    ui_robot_wait(&robot, TOUCH_REST_MS - 1);
    press_at_once("bar.next");
    assert_true(is_resting("bar.next"));
    ui_robot_wait(&robot, 1);
    assert_false(is_resting("bar.next"));
    press_at_once("bar.next");
    assert_string_equal(ui_screen_name(robot.ui), "service");
    assert_false(is_resting("bar.next"));
    ui_robot_release(&robot);
}

/* The answer to a press may take a while; what comes long after it is no answer. */
static void test_touch__the_answer_to_a_button_is_left_at_once(void **state)
{
    (void)state;
    open_page(UI_SAMPLE_FORM);
    assert_false(is_resting("bar.next")); /* there was no page before */
    ui_robot_tap(&robot, "form.card");
    come(UI_SAMPLE_FORM);
    assert_false(is_resting("bar.next"));
    ui_robot_wait(&robot, TOUCH_REST_MS);
    come(UI_SAMPLE_FORM);
    assert_true(is_resting("bar.next"));
    ui_robot_release(&robot);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_touch__release_inside_activates),
        cmocka_unit_test(test_touch__twelve_px_outside_still_activates_and_thirteen_do_not),
        cmocka_unit_test(test_touch__leaving_shows_unpressed_and_coming_back_pressed),
        cmocka_unit_test(test_touch__a_second_tap_within_the_guard_does_nothing),
        cmocka_unit_test(test_touch__the_guard_is_per_target_and_spares_rapid_ones),
        cmocka_unit_test(test_touch__a_second_tap_does_not_hit_what_took_the_place_of_the_first),
        cmocka_unit_test(test_touch__two_fingers_press_two_targets_but_not_one_twice),
        cmocka_unit_test(test_touch__reset_and_cancel_forget_presses),
        cmocka_unit_test(test_touch__an_eleventh_finger_is_ignored),
        cmocka_unit_test(test_idle__warns_counts_down_and_ends_once),
        cmocka_unit_test(test_idle__a_touch_resets_the_count_but_not_the_warning),
        cmocka_unit_test(test_idle__the_countdown_has_the_length_it_was_given),
        cmocka_unit_test(test_idle__never_means_never),
        cmocka_unit_test(test_touch__a_press_on_its_way_does_not_leave_a_page_that_came_by_itself),
        cmocka_unit_test(test_touch__the_answer_to_a_button_is_left_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
