/* The checker finds each fault a page can have; hit areas; the overlay a keyboard builds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kiosk/ui/contrast.h"
#include "kiosk/ui/widget_draw.h"
#include "tests/support/ui_robot.h"

/* One screen whose draw is whatever the test sets. */
static void (*draw_now)(struct ui *ui);
static char last_tap[64];
static int drags, focus_events;

static void draw(void *memory, struct ui *ui)
{
    (void)memory;
    draw_now(ui);
}

static void event(void *memory, struct ui *ui, const struct ui_event *what)
{
    (void)memory;
    (void)ui;
    if (what->kind == UI_EVENT_TAP)
        snprintf(last_tap, sizeof last_tap, "%s", what->id);
    if (what->kind == UI_EVENT_DRAG)
        drags++;
    if (what->kind == UI_EVENT_FOCUS)
        focus_events++;
}

static const struct screen_class screens[] = {{.name = "test", .idle_ms = -1, .draw = draw, .event = event}};

static void open_page(struct ui_robot *robot, void (*page)(struct ui *ui))
{
    draw_now = page;
    last_tap[0] = '\0';
    drags = focus_events = 0;
    ui_robot_init(robot, (struct ui_settings){.screens = screens, .screen_count = 1}, 1920, 1080);
    ui_reset(robot->ui, 0, NULL);
    ui_tick(robot->ui);
    (void)ui_robot_paint(robot);
}

static size_t count_of(struct ui_robot *robot, enum checker_fault fault)
{
    struct checker_finding findings[32];
    size_t count = checker_check(robot->ui, findings, 32), found = 0;
    for (size_t i = 0; i < count && i < 32; i++)
        found += findings[i].fault == fault;
    return found;
}

static void button(struct ui *ui, struct rect r, const char *id, const char *label)
{
    (void)widget_button(ui, r, &(struct widget_button){.id = id, .label = label, .way_out = true});
}

static void sound_page(struct ui *ui)
{
    button(ui, rect_make(100, 200, 300, 96), "a", "办理");
    (void)widget_label_text(ui, rect_make(100, 400, 400, 60), THEME_TYPE_BODY, "请点按钮");
}

static void test_checker__a_sound_page_has_no_fault(void **state)
{
    struct ui_robot robot;
    (void)state;
    open_page(&robot, sound_page);
    assert_int_equal(checker_check(robot.ui, NULL, 0), 0);
    ui_robot_release(&robot);
}

static void nameless_page(struct ui *ui)
{
    button(ui, rect_make(100, 100, 300, 96), "a", "");
    button(ui, rect_make(100, 300, 300, 96), "", "办理");
    button(ui, rect_make(100, 500, 300, 96), "b", "办理");
    button(ui, rect_make(100, 700, 300, 96), "b", "再办");
}

static void test_checker__finds_missing_and_double_names(void **state)
{
    struct ui_robot robot;
    (void)state;
    open_page(&robot, nameless_page);
    assert_int_equal(count_of(&robot, CHECKER_FAULT_UNLABELLED), 1);
    assert_int_equal(count_of(&robot, CHECKER_FAULT_UNNAMED), 1);
    assert_int_equal(count_of(&robot, CHECKER_FAULT_DUPLICATE), 1);
    ui_robot_release(&robot);
}

static void crowded_page(struct ui *ui)
{
    button(ui, rect_make(100, 100, 300, 96), "a", "办理");
    button(ui, rect_make(390, 150, 300, 96), "b", "再办");
    (void)widget_keypad_key(ui, rect_make(100, 500, 80, 80),
                            &(struct widget_keypad_key){.id = "k", .label = "键"});
    button(ui, rect_make(1800, 500, 300, 96), "c", "外面");
    (void)widget_mark_tick(ui, rect_make(100, 700, 300, 10), &(struct widget_mark_tick){.text = "压扁了"});
}

static void test_checker__finds_overlap_small_and_outside(void **state)
{
    struct ui_robot robot;
    (void)state;
    open_page(&robot, crowded_page);
    assert_int_equal(count_of(&robot, CHECKER_FAULT_OVERLAP), 1);
    assert_int_equal(count_of(&robot, CHECKER_FAULT_SMALL), 1);
    assert_int_equal(count_of(&robot, CHECKER_FAULT_OUTSIDE), 1);
    assert_int_equal(count_of(&robot, CHECKER_FAULT_NO_ROOM), 1);
    ui_robot_release(&robot);
}

static void wordy_page(struct ui *ui)
{
    button(ui, rect_make(100, 100, 200, 96), "a", "一个比按钮长得多的名字");
    (void)widget_label(ui, rect_make(100, 300, 200, 40),
                       &(struct widget_label){
                           .id = "l", .text = "这一段话在两百像素里要写成好几行", .type = THEME_TYPE_BODY});
}

static void test_checker__finds_text_that_does_not_fit(void **state)
{
    struct ui_robot robot;
    (void)state;
    open_page(&robot, wordy_page);
    assert_int_equal(count_of(&robot, CHECKER_FAULT_CUT_TEXT), 2);
    ui_robot_release(&robot);
}

static void high_page(struct ui *ui)
{
    button(ui, rect_make(100, 100, 300, 96), "a", "办理");
    button(ui, rect_make(100, 300, 300, 96), "b", "再办");
}

static void test_checker__finds_a_control_that_is_out_of_reach(void **state)
{
    struct ui_robot robot;
    (void)state;
    open_page(&robot, high_page);
    assert_int_equal(count_of(&robot, CHECKER_FAULT_HIGH), 1);
    ui_robot_release(&robot);
}

static size_t painted_count(void (*page)(struct ui *ui), enum checker_fault fault)
{
    struct ui_robot robot;
    open_page(&robot, page);
    checker_judge_painting(robot.ui);
    ui_damage(robot.ui);
    (void)ui_robot_paint(&robot);
    size_t found = count_of(&robot, fault);
    ui_robot_release(&robot);
    return found;
}

static void faint_page(struct ui *ui)
{
    button(ui, rect_make(100, 300, 300, 96), "a", "办理");
    (void)widget_label(
        ui, rect_make(100, 500, 600, 60),
        &(struct widget_label){
            .id = "faint", .text = "浅灰的字", .type = THEME_TYPE_BODY, .color = THEME_COLOR_LINE500});
    (void)widget_label(ui, rect_make(100, 600, 600, 80),
                       &(struct widget_label){.text = "够大的字",
                                              .type = THEME_TYPE_H1,
                                              .color = THEME_COLOR_B600}); /* 6.3:1 is enough at 44 px */
}

static void test_checker__finds_text_of_too_little_contrast_when_asked(void **state)
{
    struct ui_robot robot;
    (void)state;
    open_page(&robot, faint_page);
    assert_int_equal(count_of(&robot, CHECKER_FAULT_FAINT), 0);
    ui_robot_release(&robot);
    assert_int_equal(painted_count(faint_page, CHECKER_FAULT_FAINT), 1);
}

/* A dark place as large as the word on it, light all around. */
static void paint_dark(struct widget_paint *paint, const struct widget *w)
{
    canvas_fill(paint->canvas, layout_to_window(paint->layout, w->rect), 0x12202F);
}

static void faint_in_a_dark_place_page(struct ui *ui)
{
    button(ui, rect_make(100, 300, 300, 96), "a", "办理");
    (void)widget_custom(ui, rect_make(100, 500, 112, 42), "dark", "", paint_dark);
    (void)widget_label_text(ui, rect_make(100, 500, 120, 42), THEME_TYPE_BODY, "请点按钮");
}

static void faint_signs_page(struct ui *ui)
{
    button(ui, rect_make(100, 300, 300, 96), "a", "办理");
    (void)widget_mark_icon(ui, rect_make(100, 500, 60, 60), ICON_CHECK, 60, THEME_COLOR_AMBER500, false);
    (void)widget_mark_icon(ui, rect_make(200, 500, 60, 60), ICON_CHECK, 60, THEME_COLOR_AMBER800, false);
    (void)widget_mark_icon(ui, rect_make(300, 500, 60, 60), ICON_CHECK, 60, THEME_COLOR_GOLD, false);
}

static enum theme_color outline_color;
static void paint_outlined(struct widget_paint *paint, const struct widget *w)
{
    widget_draw_outline(paint, w->rect, 16, 3, outline_color);
}

static void outlined_page(struct ui *ui)
{
    button(ui, rect_make(100, 300, 300, 96), "a", "办理");
    widget_make_target(ui, widget_custom(ui, rect_make(100, 500, 300, 96), "b", "填写", paint_outlined), 0);
}

static void test_checker__contrast_is_judged_where_the_letters_are(void **state)
{
    (void)state;
    assert_int_equal(painted_count(faint_in_a_dark_place_page, CHECKER_FAULT_FAINT), 1);
}

static void test_checker__finds_signs_that_hardly_show(void **state)
{
    (void)state;
    assert_int_equal(painted_count(faint_signs_page, CHECKER_FAULT_FAINT_SIGN), 1);
    outline_color = THEME_COLOR_AMBER500;
    assert_int_equal(painted_count(outlined_page, CHECKER_FAULT_FAINT_SIGN), 1);
    outline_color = THEME_COLOR_LINE500;
    assert_int_equal(painted_count(outlined_page, CHECKER_FAULT_FAINT_SIGN), 0);
    outline_color = THEME_COLOR_LINE200;
    assert_int_equal(painted_count(outlined_page, CHECKER_FAULT_FAINT_SIGN), 0);
}

static void close_page(struct ui *ui)
{
    button(ui, rect_make(100, 300, 300, 96), "a", "办理");
    button(ui, rect_make(410, 300, 300, 96), "b", "稍后");
    button(ui, rect_make(726, 300, 300, 96), "c", "退出");
    button(ui, rect_make(100, 406, 300, 96), "d", "返回");
}

static void test_checker__finds_targets_a_finger_takes_for_one(void **state)
{
    (void)state;
    assert_int_equal(painted_count(close_page, CHECKER_FAULT_CLOSE), 3); /* a-b, a-d, and b-d at a corner */
}

static int tabs_apart;
static void tabs_page(struct ui *ui)
{
    for (int i = 0; i < 2; i++) {
        struct widget_choice_tab tab = {.id = i == 0 ? "a" : "b", .name = "单位信息"};
        (void)widget_choice_tab(ui, rect_make(100, 300 + i * (122 + tabs_apart), 328, 122), &tab);
    }
    button(ui, rect_make(600, 300, 300, 96), "c", "办理");
}

static void test_checker__parts_of_a_list_stand_apart_as_in_the_pictures(void **state)
{
    (void)state;
    tabs_apart = 8;
    assert_int_equal(painted_count(tabs_page, CHECKER_FAULT_CLOSE), 0);
    tabs_apart = 7;
    assert_int_equal(painted_count(tabs_page, CHECKER_FAULT_CLOSE), 1);
}

/* Inside the card, over its lower edge, over its right edge, beside it. */
static void edge_page(struct ui *ui)
{
    button(ui, rect_make(100, 300, 300, 96), "a", "办理");
    (void)widget_panel(ui, rect_make(100, 450, 600, 200), WIDGET_PANEL_CARD);
    (void)widget_label_text(ui, rect_make(140, 480, 400, 42), THEME_TYPE_BODY, "请点按钮");
    (void)widget_label_text(ui, rect_make(140, 632, 400, 42), THEME_TYPE_BODY, "请点按钮");
    (void)widget_label_text(ui, rect_make(640, 540, 400, 42), THEME_TYPE_BODY, "请点按钮");
    (void)widget_label_text(ui, rect_make(720, 480, 400, 42), THEME_TYPE_BODY, "请点按钮");
}

static void test_checker__finds_a_text_over_the_edge_of_its_card(void **state)
{
    (void)state;
    assert_int_equal(painted_count(edge_page, CHECKER_FAULT_OVER_EDGE), 2);
}

static void high_dialog_page(struct ui *ui)
{
    (void)widget_panel_scrim(ui, "dialog", "先试试这样做");
    (void)widget_panel(ui, rect_make(460, 160, 1000, 800), WIDGET_PANEL_DIALOG);
    button(ui, rect_make(500, 700, 300, 96), "a", "办理");
    widget_end(ui);
}

static void covering_page(struct ui *ui)
{
    high_dialog_page(ui);
    widget_notice_toast(ui, rect_make(0, 0, 1920, 1080), ICON_CHECK, "已呼叫")->rect.y = 900;
}

static void test_checker__finds_a_message_over_a_dialog(void **state)
{
    (void)state;
    struct ui_robot robot;
    assert_int_equal(painted_count(covering_page, CHECKER_FAULT_COVERED), 1);
    open_page(&robot, high_dialog_page);
    ui_toast(robot.ui, ICON_CHECK, "已呼叫，约 2 分钟到");
    ui_tick(robot.ui);
    const struct widget *toast = widget_find(ui_tree(robot.ui), "toast");
    assert_non_null(toast);
    assert_int_equal(toast->rect.y, 160 - 16 - 96); /* below is no room */
    assert_int_equal(count_of(&robot, CHECKER_FAULT_COVERED), 0);
    ui_robot_release(&robot);
}

static void line_below_page(struct ui *ui)
{
    button(ui, rect_make(100, 200, 300, 96), "a", "办理");
    (void)widget_progress(ui, rect_make(100, 415, 400, 30), "bar", "进度", 60);
    (void)widget_label_text(ui, rect_make(100, 400, 400, 60), THEME_TYPE_BODY, "请点按钮");
}

static void line_over_page(struct ui *ui)
{
    button(ui, rect_make(100, 200, 300, 96), "a", "办理");
    (void)widget_label_text(ui, rect_make(100, 400, 400, 60), THEME_TYPE_BODY, "请点按钮");
    (void)widget_panel_line(ui, rect_make(100, 424, 400, 2));
}

static void text_over_text_page(struct ui *ui)
{
    button(ui, rect_make(100, 200, 300, 96), "a", "办理");
    (void)widget_label_text(ui, rect_make(100, 400, 400, 60), THEME_TYPE_BODY, "请点按钮");
    (void)widget_label_text(ui, rect_make(130, 410, 400, 60), THEME_TYPE_BODY, "再点一次");
}

static void beside_page(struct ui *ui)
{
    button(ui, rect_make(100, 200, 300, 96), "a", "办理");
    (void)widget_progress(ui, rect_make(100, 370, 400, 30), "bar", "进度", 60);
    (void)widget_label_text(ui, rect_make(100, 400, 400, 60), THEME_TYPE_BODY, "请点按钮");
    (void)widget_panel_line(ui, rect_make(100, 460, 400, 2));
}

static void test_checker__finds_a_text_that_something_drawn_crosses(void **state)
{
    (void)state;
    assert_int_equal(painted_count(line_below_page, CHECKER_FAULT_CROSSED), 1);
    assert_int_equal(painted_count(line_over_page, CHECKER_FAULT_CROSSED), 1);
    assert_int_equal(painted_count(text_over_text_page, CHECKER_FAULT_CROSSED), 2);
    assert_int_equal(painted_count(beside_page, CHECKER_FAULT_CROSSED), 0);
    assert_int_equal(painted_count(sound_page, CHECKER_FAULT_CROSSED), 0);
}

static void test_checker__contrast_is_the_ratio_of_wcag(void **state)
{
    (void)state;
    assert_int_equal(contrast_ratio(0x000000, 0xffffff), 2100);
    assert_int_equal(contrast_ratio(0xffffff, 0x000000), 2100);
    assert_int_equal(contrast_ratio(0x777777, 0xffffff), 448); /* the well known grey that just fails 4.5 */
    assert_int_equal(contrast_ratio(0x124a80, 0x124a80), 100);
}

static void trap_page(struct ui *ui)
{
    (void)widget_button(ui, rect_make(100, 100, 300, 96),
                        &(struct widget_button){.id = "a", .label = "再试"});
    (void)widget_button(
        ui, rect_make(100, 300, 300, 96),
        &(struct widget_button){.id = "b", .label = "离开", .way_out = true, .disabled = true});
}

static void test_checker__finds_a_page_without_a_way_out(void **state)
{
    struct ui_robot robot;
    (void)state;
    open_page(&robot, trap_page);
    assert_int_equal(count_of(&robot, CHECKER_FAULT_NO_WAY_OUT), 1);
    assert_string_equal(checker_fault_name(CHECKER_FAULT_NO_WAY_OUT), "no way out");
    ui_robot_release(&robot);
}

static void small_page(struct ui *ui)
{
    struct widget *mark = widget_custom(ui, rect_make(500, 500, 40, 40), "small", "小", NULL);
    widget_make_target(ui, mark, 7);
    mark->state |= WIDGET_WAY_OUT;
    struct widget *pad = widget_custom(ui, rect_make(800, 200, 400, 400), "pad", "手写", NULL);
    widget_make_target(ui, pad, 0);
    pad->state |= WIDGET_DRAG;
}

static void test_widget__a_small_part_owns_a_finger_sized_area(void **state)
{
    struct ui_robot robot;
    (void)state;
    open_page(&robot, small_page);
    struct input_event tap = {.kind = INPUT_EVENT_PRESS, .pointer = 1, .x = 480, .y = 480};
    ui_handle(robot.ui, &tap);
    tap.kind = INPUT_EVENT_RELEASE;
    ui_handle(robot.ui, &tap);
    assert_string_equal(last_tap, "small");
    assert_int_equal(count_of(&robot, CHECKER_FAULT_SMALL), 0);
    ui_robot_release(&robot);
}

static void test_widget__a_drag_reports_each_move_and_no_tap(void **state)
{
    struct ui_robot robot;
    (void)state;
    open_page(&robot, small_page);
    struct input_event at = {.kind = INPUT_EVENT_PRESS, .pointer = 1, .x = 900, .y = 300};
    ui_handle(robot.ui, &at);
    at.kind = INPUT_EVENT_MOVE;
    at.x = 920;
    ui_handle(robot.ui, &at);
    at.x = 1700; /* outside the pad still draws */
    ui_handle(robot.ui, &at);
    at.kind = INPUT_EVENT_RELEASE;
    ui_handle(robot.ui, &at);
    assert_int_equal(drags, 4);
    assert_string_equal(last_tap, "");
    ui_robot_release(&robot);
}

/* --- an overlay as the on-screen keyboard is one
 * ------------------------------------------------------------- */

static struct text_edit edit;
static struct text_edit *overlay_edit;
static int overlay_forgets;

static struct rect overlay_area(void *context, const struct ui *ui)
{
    (void)context;
    (void)ui;
    return rect_make(0, 552, 1920, 528);
}
static void overlay_build(void *context, struct ui *ui)
{
    (void)context;
    (void)widget_keypad_key(ui, rect_make(64, 700, 140, 90),
                            &(struct widget_keypad_key){.id = "key.a", .label = "a"});
    (void)widget_keypad_key(ui, rect_make(264, 700, 140, 90),
                            &(struct widget_keypad_key){.id = "key.back", .label = "退格", .repeat = true});
}
static bool overlay_event(void *context, struct ui *ui, const struct ui_event *what)
{
    (void)context;
    if (ui_tapped(what, "key.a"))
        ui_type(ui, "a");
    else if (ui_tapped(what, "key.back"))
        ui_type_backspace(ui);
    else
        return false;
    return true;
}
static void overlay_focus(void *context, struct ui *ui, struct text_edit *now)
{
    (void)context;
    (void)ui;
    overlay_edit = now;
}
static void overlay_forget(void *context)
{
    (void)context;
    overlay_forgets++;
}

static void field_page(struct ui *ui)
{
    struct rect free = ui_free_area(ui);
    (void)widget_field(ui, rect_make(100, 100, 600, 176),
                       &(struct widget_field){.id = "field", .label = "姓名", .edit = &edit});
    if (free.h == 1080)
        button(ui, rect_make(100, 700, 300, 96), "bar.next", "下一步");
}

static void test_overlay__opens_with_the_focus_and_types_without_taking_it(void **state)
{
    struct ui_robot robot;
    struct ui_overlay overlay = {.area = overlay_area,
                                 .build = overlay_build,
                                 .event = overlay_event,
                                 .focus = overlay_focus,
                                 .forget = overlay_forget};
    (void)state;
    text_edit_init(&edit, TEXT_EDIT_LATIN, 20);
    open_page(&robot, field_page);
    ui_set_overlay(robot.ui, &overlay);
    assert_null(ui_robot_find(&robot, "key.a"));
    ui_robot_tap(&robot, "field");
    assert_ptr_equal(overlay_edit, &edit);
    assert_non_null(ui_robot_find(&robot, "key.a"));
    assert_null(ui_robot_find(&robot, "bar.next"));
    assert_int_equal(ui_free_area(robot.ui).h, 552);
    /* The same letter twice within the guard time of buttons. */
    struct input_event press = ui_robot_event(&robot, INPUT_EVENT_PRESS, "key.a"), release = press;
    release.kind = INPUT_EVENT_RELEASE;
    for (int i = 0; i < 2; i++) {
        ui_handle(robot.ui, &press);
        ui_handle(robot.ui, &release);
    }
    assert_string_equal(edit.text, "aa");
    assert_string_equal(ui_focused(robot.ui), "field");
    assert_int_equal(focus_events, 1);
    ui_type_preedit(robot.ui, "shi");
    assert_string_equal(edit.preedit, "shi");
    ui_focus(robot.ui, NULL);
    ui_tick(robot.ui);
    assert_null(overlay_edit);
    assert_string_equal(edit.preedit, "");
    assert_null(ui_robot_find(&robot, "key.a"));
    assert_non_null(ui_robot_find(&robot, "bar.next"));
    ui_forget(robot.ui);
    assert_int_equal(overlay_forgets, 1);
    ui_robot_release(&robot);
}

static void test_overlay__a_held_backspace_repeats(void **state)
{
    struct ui_robot robot;
    struct ui_overlay overlay = {.area = overlay_area,
                                 .build = overlay_build,
                                 .event = overlay_event,
                                 .focus = overlay_focus,
                                 .forget = overlay_forget};
    (void)state;
    text_edit_init(&edit, TEXT_EDIT_LATIN, 20);
    text_edit_set(&edit, "abcdefgh");
    open_page(&robot, field_page);
    ui_set_overlay(robot.ui, &overlay);
    ui_robot_tap(&robot, "field");
    struct input_event at = ui_robot_event(&robot, INPUT_EVENT_PRESS, "key.back");
    ui_handle(robot.ui, &at);
    for (int i = 0; i < 10; i++)
        ui_robot_wait(&robot, 80);
    at.kind = INPUT_EVENT_RELEASE;
    ui_handle(robot.ui, &at);
    assert_int_equal(strlen(edit.text), 3);
    ui_robot_wait(&robot, 1000);
    assert_int_equal(strlen(edit.text), 3);
    ui_robot_release(&robot);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_checker__a_sound_page_has_no_fault),
        cmocka_unit_test(test_checker__finds_missing_and_double_names),
        cmocka_unit_test(test_checker__finds_overlap_small_and_outside),
        cmocka_unit_test(test_checker__finds_text_that_does_not_fit),
        cmocka_unit_test(test_checker__finds_a_control_that_is_out_of_reach),
        cmocka_unit_test(test_checker__finds_text_of_too_little_contrast_when_asked),
        cmocka_unit_test(test_checker__contrast_is_judged_where_the_letters_are),
        cmocka_unit_test(test_checker__finds_signs_that_hardly_show),
        cmocka_unit_test(test_checker__finds_targets_a_finger_takes_for_one),
        cmocka_unit_test(test_checker__parts_of_a_list_stand_apart_as_in_the_pictures),
        cmocka_unit_test(test_checker__finds_a_text_over_the_edge_of_its_card),
        cmocka_unit_test(test_checker__finds_a_message_over_a_dialog),
        cmocka_unit_test(test_checker__finds_a_text_that_something_drawn_crosses),
        cmocka_unit_test(test_checker__contrast_is_the_ratio_of_wcag),
        cmocka_unit_test(test_checker__finds_a_page_without_a_way_out),
        cmocka_unit_test(test_widget__a_small_part_owns_a_finger_sized_area),
        cmocka_unit_test(test_widget__a_drag_reports_each_move_and_no_tap),
        cmocka_unit_test(test_overlay__opens_with_the_focus_and_types_without_taking_it),
        cmocka_unit_test(test_overlay__a_held_backspace_repeats),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
