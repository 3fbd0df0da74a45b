/* Pages as the design draws them, in both orientations and all themes: nothing overlaps, is cut or too small.
 * The pictures are left in the build directory for a person to look at. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "tests/kiosk/ui/ui_samples.h"
#include "tests/support/ui_robot.h"

#define PICTURES TEST_BUILD_DIR "/ui-pictures"

static void open_robot(struct ui_robot *robot, int width, int height, bool desk)
{
    struct ui_settings settings = {
        .screens = ui_sample_screens, .screen_count = UI_SAMPLE_COUNT, .desk = desk};
    ui_robot_init(robot, settings, width, height);
    ui_sample_header(robot->ui);
}

static void render(struct ui_robot *robot, int sample, const char *suffix)
{
    char path[512];
    ui_reset(robot->ui, sample, NULL);
    ui_tick(robot->ui);
    snprintf(path, sizeof path, PICTURES "/%s__%s.png", ui_screen_name(robot->ui), suffix);
    ui_robot_picture(robot, path);
}

static void check_kiosk_pages(int width, int height, enum theme_kind theme, const char *suffix)
{
    struct ui_robot robot;
    size_t faults = 0;
    open_robot(&robot, width, height, false);
    ui_set_theme(robot.ui, theme);
    for (int sample = 0; sample < UI_SAMPLE_DESK; sample++) {
        render(&robot, sample, suffix);
        faults += ui_robot_faults(&robot);
    }
    ui_robot_release(&robot);
    assert_int_equal(faults, 0);
}

static void test_ui_page__landscape_has_no_faults(void **state)
{
    (void)state;
    check_kiosk_pages(1920, 1080, THEME_STANDARD, "landscape");
}

static void test_ui_page__portrait_has_no_faults(void **state)
{
    (void)state;
    check_kiosk_pages(1080, 1920, THEME_STANDARD, "portrait");
}

static void test_ui_page__large_text_has_no_faults(void **state)
{
    (void)state;
    check_kiosk_pages(1920, 1080, THEME_CARE, "care");
}

static void test_ui_page__high_contrast_has_no_faults(void **state)
{
    (void)state;
    check_kiosk_pages(1920, 1080, THEME_CONTRAST, "contrast");
}

static void test_ui_page__desk_has_no_faults(void **state)
{
    (void)state;
    struct ui_robot robot;
    open_robot(&robot, 1280, 800, true);
    render(&robot, UI_SAMPLE_DESK, "desk");
    size_t faults = ui_robot_faults(&robot);
    ui_robot_release(&robot);
    assert_int_equal(faults, 0);
}

static void test_ui_page__a_half_size_window_shows_the_same_page(void **state)
{
    (void)state;
    struct ui_robot robot;
    open_robot(&robot, 1280, 760, false);
    render(&robot, UI_SAMPLE_FORM, "scaled");
    size_t faults = ui_robot_faults(&robot);
    const struct widget *next = ui_robot_find(&robot, "bar.next");
    struct rect r = layout_to_window(ui_layout(robot.ui), next->rect);
    ui_robot_release(&robot);
    assert_int_equal(faults, 0);
    assert_true(r.x + r.w < 1280 && r.y + r.h < 760 && r.h >= 60);
}

static uint32_t pixel(const struct ui_robot *robot, int x, int y)
{
    return robot->pixels[y * robot->width + x] & 0xFFFFFF;
}

/* Beside the canvas the bars go on to the window's edges, between them lies the page's ground (design 2.4).
 */
static void check_edges(int width, int height)
{
    struct ui_robot robot;
    open_robot(&robot, width, height, false);
    ui_reset(robot.ui, UI_SAMPLE_FORM, NULL);
    ui_tick(robot.ui);
    ui_robot_wait(&robot, 1000);
    ui_damage(robot.ui);
    (void)ui_robot_paint(&robot);
    const struct layout *layout = ui_layout(robot.ui);
    int bar = layout_to_window(layout, rect_make(0, 44, 1, 1)).y;
    int middle = layout_to_window(layout, rect_make(0, layout->height / 2, 1, 1)).y;
    uint32_t top = theme_color(THEME_STANDARD, THEME_COLOR_B900);
    uint32_t surface = theme_color(THEME_STANDARD, THEME_COLOR_SURFACE);
    uint32_t corners[] = {pixel(&robot, 0, 0), pixel(&robot, width - 1, 0), pixel(&robot, 0, bar)};
    uint32_t bottom[] = {pixel(&robot, 0, height - 1), pixel(&robot, width - 1, height - 1)};
    uint32_t side = pixel(&robot, 0, middle);
    ui_robot_release(&robot);
    for (size_t i = 0; i < sizeof corners / sizeof corners[0]; i++)
        assert_int_equal(corners[i], top);
    for (size_t i = 0; i < sizeof bottom / sizeof bottom[0]; i++)
        assert_int_equal(bottom[i], surface);
    assert_int_equal(side, theme_color(THEME_STANDARD, THEME_COLOR_BG));
}

static void test_ui_page__bars_reach_the_edges_of_any_window(void **state)
{
    (void)state;
    check_edges(1280, 720);
    check_edges(1920, 1200);
    check_edges(2560, 1080);
    check_edges(1280, 1024);
    check_edges(3840, 2160);
    check_edges(1200, 1920);
}

static void test_ui_page__dialog_and_idle_warning_have_no_faults(void **state)
{
    (void)state;
    struct ui_robot robot;
    open_robot(&robot, 1920, 1080, false);
    render(&robot, UI_SAMPLE_FORM, "landscape");
    ui_robot_tap(&robot, "bar.exit");
    size_t faults = ui_robot_faults(&robot);
    ui_robot_picture(&robot, PICTURES "/dialog__landscape.png");
    ui_robot_tap(&robot, "dialog.stay");
    ui_robot_tap(&robot, "form.office");
    ui_robot_type(&robot, "023");
    ui_toast(robot.ui, ICON_CHECK, "已呼叫，约 2 分钟到");
    ui_tick(robot.ui);
    ui_robot_picture(&robot, PICTURES "/typing__landscape.png");
    faults += ui_robot_faults(&robot);
    ui_idle_note(robot.ui, "7 天内凭手机号 138****0000 可以继续办理");
    ui_robot_wait(&robot, IDLE_DEFAULT_MS);
    ui_robot_wait(&robot, 2000);
    ui_robot_picture(&robot, PICTURES "/idle__landscape.png");
    faults += ui_robot_faults(&robot);
    ui_robot_release(&robot);
    assert_int_equal(faults, 0);
}

static void open_desk(struct ui_robot *robot)
{
    open_robot(robot, 1920, 1080, true);
    ui_reset(robot->ui, UI_SAMPLE_DESK, NULL);
    ui_tick(robot->ui);
}

static void drag_page(struct ui_robot *robot, const struct input_event *from, int dx, int dy)
{
    struct input_event event = *from;
    event.kind = INPUT_EVENT_PRESS;
    ui_handle(robot->ui, &event);
    event.kind = INPUT_EVENT_MOVE;
    event.x += dx;
    event.y += dy;
    ui_handle(robot->ui, &event);
    event.kind = INPUT_EVENT_RELEASE;
    ui_handle(robot->ui, &event);
}

static void test_ui_page__the_page_picture_zooms_and_moves(void **state)
{
    struct ui_robot robot;
    (void)state;
    open_desk(&robot);
    struct ui_sample_desk_state *s = ui_screen_state(robot.ui);
    struct input_event event = ui_robot_event(&robot, INPUT_EVENT_WHEEL, "page");
    event.steps = 10;
    ui_handle(robot.ui, &event);
    assert_in_range(s->view.zoom_percent, 250, 260);
    struct widget_picture_view before = s->view;
    drag_page(&robot, &event, 30, -10);
    assert_int_equal(s->view.pan_x, before.pan_x + 30);
    assert_int_equal(s->view.pan_y, before.pan_y - 10);
    drag_page(&robot, &event, 0, 30000); /* no further than its upper edge */
    before = s->view;
    drag_page(&robot, &event, 0, 30000);
    assert_int_equal(s->view.pan_y, before.pan_y);
    assert_in_range(s->view.pan_y, 1, 2000);
    widget_picture_rotate(&s->view);
    assert_int_equal(s->view.pan_x, 0);
    widget_picture_zoom(&s->view, -100);
    assert_int_equal(s->view.zoom_percent, 100);
    ui_robot_tap(&robot, "queue.2");
    assert_int_equal(s->row, 2);
    ui_robot_release(&robot);
}

/* Where the page is below the point. Units: hundredths of the page as it is when it fills its room. */
static double below(const struct widget_picture_view *view, const struct widget *w, int x)
{
    return (x - w->rect.x - w->rect.w / 2.0 - view->pan_x) / view->zoom_percent * 100;
}

static void test_ui_page__the_wheel_keeps_what_is_below_the_pointer(void **state)
{
    struct ui_robot robot;
    (void)state;
    open_desk(&robot);
    struct ui_sample_desk_state *s = ui_screen_state(robot.ui);
    struct input_event event = ui_robot_event(&robot, INPUT_EVENT_WHEEL, "page");
    const struct widget *w = widget_find(ui_tree(robot.ui), "page");
    event.steps = 12;
    ui_handle(robot.ui, &event); /* wider than its room, so that no edge is in the way */
    w = widget_find(ui_tree(robot.ui), "page");
    event.x += 20;
    event.steps = 3;
    int x, y;
    layout_to_base(ui_layout(robot.ui), event.x, event.y, &x, &y);
    double before = below(&s->view, w, x);
    int zoom = s->view.zoom_percent;
    ui_handle(robot.ui, &event);
    assert_true(s->view.zoom_percent > zoom);
    assert_true(before - below(&s->view, w, x) < 1 && below(&s->view, w, x) - before < 1);
    ui_robot_release(&robot);
}

static void test_ui_page__a_place_is_pointed_at_however_the_page_lies(void **state)
{
    static const struct canvas_image image = {NULL, 60, 84};
    const struct widget_picture_frame place = {.x = 0.8, .y = 0.6, .w = 0.1, .h = 0.1};
    const struct rect room = {10, 10, 600, 840};
    struct widget_picture_view view = {.zoom_percent = 200};
    (void)state; /* the page is 1200 x 1680 */
    widget_picture_point(&view, &image, room, &place);
    assert_int_equal(view.pan_x, -312); /* the page ends there */
    assert_in_range(-view.pan_y, 251, 252);
    view.quarter_turns = 2;
    widget_picture_point(&view, &image, room, &place);
    assert_int_equal(view.pan_x, 312);
    assert_in_range(view.pan_y, 251, 252);
    view.quarter_turns = 1; /* what was right is below */
    widget_picture_point(&view, &image, room, &place);
    assert_true(view.pan_x > 0);
    assert_true(view.pan_y < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ui_page__landscape_has_no_faults),
        cmocka_unit_test(test_ui_page__portrait_has_no_faults),
        cmocka_unit_test(test_ui_page__large_text_has_no_faults),
        cmocka_unit_test(test_ui_page__high_contrast_has_no_faults),
        cmocka_unit_test(test_ui_page__desk_has_no_faults),
        cmocka_unit_test(test_ui_page__a_half_size_window_shows_the_same_page),
        cmocka_unit_test(test_ui_page__bars_reach_the_edges_of_any_window),
        cmocka_unit_test(test_ui_page__dialog_and_idle_warning_have_no_faults),
        cmocka_unit_test(test_ui_page__the_page_picture_zooms_and_moves),
        cmocka_unit_test(test_ui_page__the_wheel_keeps_what_is_below_the_pointer),
        cmocka_unit_test(test_ui_page__a_place_is_pointed_at_however_the_page_lies),
    };
    mkdir(PICTURES, 0755);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
