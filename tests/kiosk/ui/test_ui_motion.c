/* Motion: how one picture passes into another, which changes of a page move, and that nothing is kept, waited
 * for or painted afterwards. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kiosk/ui/ui_core.h"
#include "tests/kiosk/ui/ui_samples.h"
#include "tests/support/ui_robot.h"

enum { SIDE = 80, BEFORE = 0x000000, AFTER = 0xFFFFFF, EDGE = 0x00FF00 };

/* --- the pictures ------------------------------------------------------------------------------------ */

static uint32_t screen[SIDE * SIDE];

/* Black turns white; the new picture's moving part has a green left column. */
static void start(struct motion *motion, enum motion_kind kind)
{
    bool fresh;
    for (int i = 0; i < SIDE * SIDE; i++)
        screen[i] = BEFORE;
    *motion = (struct motion){0};
    motion_start(motion, kind, rect_make(0, 0, SIDE, SIDE), rect_make(0, 20, SIDE, 40), 1, 1000);
    uint32_t *after = motion_after(motion, screen, SIDE, SIDE, SIDE, &fresh);
    assert_true(fresh);
    for (int i = 0; i < SIDE * SIDE; i++)
        after[i] = i % SIDE == 0 ? EDGE : AFTER;
}

static void show(const struct motion *motion, int64_t now_ms)
{
    motion_show(motion, now_ms, screen, SIDE, rect_make(0, 0, SIDE, SIDE));
}

static void test_motion__the_old_picture_passes_into_the_new_one(void **state)
{
    struct motion motion;
    (void)state;
    start(&motion, MOTION_PAGE);
    show(&motion, 1000);
    assert_int_equal(screen[70], BEFORE);
    uint32_t last = BEFORE;
    for (int64_t at = 1020; at < 1200; at += 20) {
        show(&motion, at);
        assert_true(screen[70] > last); /* brighter in every frame: nothing flashes */
        last = screen[70];
    }
    show(&motion, 1200);
    assert_int_equal(screen[70], AFTER);
    motion_cut(&motion);
}

static void test_motion__only_the_middle_slides_and_leaves_no_hole(void **state)
{
    struct motion motion;
    (void)state;
    start(&motion, MOTION_PAGE);
    show(&motion, 1100); /* a quarter of the way is left: 8 px */
    assert_int_equal(screen[10 * SIDE] & 0xFF0000, 0);
    assert_int_equal(screen[30 * SIDE + 8] & 0xFF0000, 0); /* the green column stands 8 px to the right */
    assert_int_not_equal(screen[30 * SIDE + 4], BEFORE);
    assert_int_not_equal(screen[30 * SIDE + 9] & 0xFF0000, 0);
    assert_int_equal(screen[10 * SIDE + 8], screen[30 * SIDE + 9]); /* the bars fade in their place */
    motion_cut(&motion);
}

static void test_motion__ends_by_the_clock_and_keeps_nothing(void **state)
{
    struct motion motion;
    (void)state;
    start(&motion, MOTION_DIALOG);
    assert_true(motion_is_running(&motion, 1159));
    assert_false(motion_is_running(&motion, 1160));
    motion_cut(&motion);
    assert_null(motion.before);
    assert_null(motion.after);
    assert_false(motion_is_running(&motion, 1000));
    motion_cut(&motion); /* again is allowed */
}

static void test_motion__a_press_darkens_in_80_ms_and_shows_at_once(void **state)
{
    (void)state;
    assert_in_range(motion_press(1000, 1000), 1, MOTION_FULL / 2);
    assert_true(motion_press(1000, 1040) > motion_press(1000, 1000));
    assert_int_equal(motion_press(1000, 1080), MOTION_FULL);
    assert_int_equal(motion_press(1000, 9000), MOTION_FULL);
}

/* --- pages ------------------------------------------------------------------------------------------- */

static void open_page(struct ui_robot *robot, int sample, bool desk)
{
    struct ui_settings settings = {
        .screens = ui_sample_screens, .screen_count = UI_SAMPLE_COUNT, .desk = desk};
    ui_robot_init(robot, settings, 1920, 1080);
    ui_sample_header(robot->ui);
    ui_reset(robot->ui, sample, NULL);
    ui_tick(robot->ui);
    (void)ui_robot_paint(robot);
}

static void change_page(struct ui_robot *robot, int sample)
{
    ui_replace(robot->ui, sample, NULL);
    ui_tick(robot->ui);
    (void)ui_robot_paint(robot);
}

/* The pixels as they are without any motion. */
static bool is_still(struct ui_robot *robot)
{
    size_t bytes = (size_t)robot->width * (size_t)robot->height * sizeof *robot->pixels;
    uint32_t *shown = malloc(bytes);
    assert_non_null(shown);
    memcpy(shown, robot->pixels, bytes);
    ui_damage(robot->ui);
    (void)ui_robot_paint(robot);
    bool same = memcmp(shown, robot->pixels, bytes) == 0;
    free(shown);
    return same;
}

static void test_motion__a_new_page_slides_in_and_comes_to_rest(void **state)
{
    struct ui_robot robot;
    (void)state;
    open_page(&robot, UI_SAMPLE_PAY, false);
    change_page(&robot, UI_SAMPLE_SERVICE);
    ui_robot_wait(&robot, 60);
    assert_false(rect_is_empty(ui_dirty(robot.ui)));
    (void)ui_robot_paint(&robot);
    assert_true(robot.ui->motion.before != NULL);
    ui_robot_wait(&robot, 200);
    (void)ui_robot_paint(&robot);
    assert_null(robot.ui->motion.before);
    assert_true(is_still(&robot));
    ui_robot_wait(&robot, 20);
    assert_true(rect_is_empty(ui_dirty(robot.ui)));
    assert_true(ui_deadline_ms(robot.ui) - ui_now_ms(robot.ui) > 1000); /* at rest nothing wakes it */
    ui_robot_release(&robot);
}

static void test_motion__first_page_and_what_covers_lost_pixels_stand_at_once(void **state)
{
    struct ui_robot robot;
    (void)state;
    open_page(&robot, UI_SAMPLE_SERVICE, false);
    assert_true(is_still(&robot));
    change_page(&robot, UI_SAMPLE_PAY);
    ui_damage(robot.ui); /* the window came back */
    ui_tick(robot.ui);
    (void)ui_robot_paint(&robot);
    assert_null(robot.ui->motion.before);
    ui_robot_release(&robot);
}

static void test_motion__large_looks_and_desk_change_at_once(void **state)
{
    struct ui_robot robot;
    (void)state;
    open_page(&robot, UI_SAMPLE_SERVICE, false);
    for (int theme = THEME_CARE; theme < THEME_KIND_COUNT; theme++) {
        ui_set_theme(robot.ui, (enum theme_kind)theme);
        ui_tick(robot.ui);
        (void)ui_robot_paint(&robot);
        change_page(&robot, UI_SAMPLE_ERROR);
        assert_int_equal(robot.ui->motion.kind, MOTION_NONE);
        change_page(&robot, UI_SAMPLE_SERVICE);
    }
    ui_robot_release(&robot);
    open_page(&robot, UI_SAMPLE_DESK, true);
    change_page(&robot, UI_SAMPLE_DESK);
    assert_int_equal(robot.ui->motion.kind, MOTION_NONE);
    ui_robot_release(&robot);
}

static void test_motion__a_change_of_look_cuts_it(void **state)
{
    struct ui_robot robot;
    (void)state;
    open_page(&robot, UI_SAMPLE_SERVICE, false);
    change_page(&robot, UI_SAMPLE_FORM);
    assert_int_equal(robot.ui->motion.kind, MOTION_PAGE);
    ui_set_theme(robot.ui, THEME_CARE);
    assert_int_equal(robot.ui->motion.kind, MOTION_NONE);
    ui_tick(robot.ui);
    (void)ui_robot_paint(&robot);
    assert_true(is_still(&robot));
    ui_robot_release(&robot);
}

static void test_motion__touches_reach_the_page_that_still_slides(void **state)
{
    struct ui_robot robot;
    (void)state;
    open_page(&robot, UI_SAMPLE_SERVICE, false);
    change_page(&robot, UI_SAMPLE_FORM);
    ui_robot_wait(&robot, 20);
    ui_robot_tap(&robot, "form.unit");
    assert_string_equal(ui_focused(robot.ui), "form.unit");
    ui_robot_release(&robot);
}

static void test_motion__what_a_visit_showed_is_gone_at_once(void **state)
{
    struct ui_robot robot;
    (void)state;
    open_page(&robot, UI_SAMPLE_FORM, false);
    ui_forget(robot.ui);
    ui_reset(robot.ui, UI_SAMPLE_WELCOME, NULL);
    ui_tick(robot.ui);
    (void)ui_robot_paint(&robot);
    assert_int_equal(robot.ui->motion.kind, MOTION_NONE);
    assert_true(is_still(&robot));
    ui_robot_release(&robot);
}

static void test_motion__a_dialog_rises_once(void **state)
{
    struct ui_robot robot;
    (void)state;
    open_page(&robot, UI_SAMPLE_FORM, false);
    ui_robot_tap(&robot, "bar.exit");
    assert_non_null(ui_robot_find(&robot, "dialog"));
    assert_int_equal(robot.ui->motion.kind, MOTION_DIALOG);
    (void)ui_robot_paint(&robot);
    ui_robot_wait(&robot, 200);
    (void)ui_robot_paint(&robot);
    ui_invalidate(robot.ui);
    ui_tick(robot.ui);
    assert_int_equal(robot.ui->motion.kind, MOTION_NONE); /* built again, but not new */
    assert_true(is_still(&robot));
    ui_robot_release(&robot);
}

static void test_motion__a_toast_comes_in_200_ms_and_stays_4_s(void **state)
{
    struct ui_robot robot;
    (void)state;
    open_page(&robot, UI_SAMPLE_SERVICE, false);
    ui_toast(robot.ui, ICON_CHECK, "已保存");
    ui_tick(robot.ui);
    assert_int_equal(robot.ui->motion.kind, MOTION_TOAST);
    struct rect dirty = ui_robot_paint(&robot);
    assert_true(dirty.h < 300); /* the page around it rests */
    ui_robot_wait(&robot, 3900);
    assert_non_null(ui_robot_find(&robot, "toast"));
    (void)ui_robot_paint(&robot);
    assert_int_equal(robot.ui->motion.kind, MOTION_NONE);
    ui_robot_wait(&robot, 200);
    assert_null(ui_robot_find(&robot, "toast"));
    ui_robot_release(&robot);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_motion__the_old_picture_passes_into_the_new_one),
        cmocka_unit_test(test_motion__only_the_middle_slides_and_leaves_no_hole),
        cmocka_unit_test(test_motion__ends_by_the_clock_and_keeps_nothing),
        cmocka_unit_test(test_motion__a_press_darkens_in_80_ms_and_shows_at_once),
        cmocka_unit_test(test_motion__a_new_page_slides_in_and_comes_to_rest),
        cmocka_unit_test(test_motion__first_page_and_what_covers_lost_pixels_stand_at_once),
        cmocka_unit_test(test_motion__large_looks_and_desk_change_at_once),
        cmocka_unit_test(test_motion__a_change_of_look_cuts_it),
        cmocka_unit_test(test_motion__touches_reach_the_page_that_still_slides),
        cmocka_unit_test(test_motion__what_a_visit_showed_is_gone_at_once),
        cmocka_unit_test(test_motion__a_dialog_rises_once),
        cmocka_unit_test(test_motion__a_toast_comes_in_200_ms_and_stays_4_s),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
