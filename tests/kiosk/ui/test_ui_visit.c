/* A visit through the toolkit: taps, typing, focus, timers, dialogs, the idle end, what is forgotten, the
 * dump. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kiosk/base/json.h"
#include "kiosk/ui/ui_core.h"
#include "tests/kiosk/ui/ui_samples.h"
#include "tests/support/ui_robot.h"

struct bench {
    struct ui_robot robot;
    int idle_ends, taps_seen, events_after, spoken;
    bool takes_call;
};

static bool on_event(void *program, struct ui *ui, const struct ui_event *event)
{
    struct bench *b = program;
    (void)ui;
    if (event->kind == UI_EVENT_TAP)
        b->taps_seen++;
    return b->takes_call && ui_tapped(event, "bar.call");
}

static void on_idle_end(void *program, struct ui *ui)
{
    struct bench *b = program;
    b->idle_ends++;
    ui_forget(ui);
    ui_reset(ui, UI_SAMPLE_WELCOME, NULL);
}

static void on_speak(void *program, const char *voice)
{
    struct bench *b = program;
    (void)voice;
    b->spoken++;
}

static void on_after(void *context, const struct ui *ui)
{
    struct bench *b = context;
    (void)ui;
    b->events_after++;
}

static void open_bench(struct bench *b, int sample, bool desk)
{
    memset(b, 0, sizeof *b);
    struct ui_settings settings = {.screens = ui_sample_screens,
                                   .screen_count = UI_SAMPLE_COUNT,
                                   .program = b,
                                   .event = on_event,
                                   .idle_end = on_idle_end,
                                   .speak = on_speak,
                                   .after = on_after,
                                   .after_context = b,
                                   .desk = desk};
    ui_robot_init(&b->robot, settings, desk ? 1280 : 1920, desk ? 800 : 1080);
    ui_sample_header(b->robot.ui);
    ui_reset(b->robot.ui, sample, NULL);
    ui_tick(b->robot.ui);
}

static struct ui_sample_form_state *form(struct bench *b)
{
    assert_string_equal(ui_screen_name(b->robot.ui), "form");
    return ui_screen_state(b->robot.ui);
}

static void test_ui__a_tap_reaches_the_screen_once(void **state)
{
    struct bench b;
    (void)state;
    open_bench(&b, UI_SAMPLE_FORM, false);
    ui_robot_tap(&b.robot, "form.card");
    assert_string_equal(form(&b)->last_tap, "form.card");
    assert_int_equal(b.taps_seen, 1);
    assert_true(b.events_after >= 2);
    ui_robot_release(&b.robot);
}

static void test_ui__a_press_is_seen_before_the_release(void **state)
{
    struct bench b;
    (void)state;
    open_bench(&b, UI_SAMPLE_FORM, false);
    (void)ui_robot_paint(&b.robot);
    struct input_event press = ui_robot_event(&b.robot, INPUT_EVENT_PRESS, "bar.next");
    ui_handle(b.robot.ui, &press);
    assert_true(ui_robot_find(&b.robot, "bar.next")->state & WIDGET_PRESSED);
    struct rect dirty = ui_robot_paint(&b.robot);
    assert_true(!rect_is_empty(dirty) && dirty.w < 600 && dirty.h < 200);
    struct rect r = ui_robot_find(&b.robot, "bar.next")->rect;
    const uint32_t *at = &b.robot.pixels[(r.y + 10) * 1920 + r.x + 30];
    assert_int_not_equal(*at, theme_color(THEME_STANDARD, THEME_COLOR_B700));
    ui_robot_wait(&b.robot, MOTION_PRESS_MS);
    (void)ui_robot_paint(&b.robot);
    assert_int_equal(*at, theme_color(THEME_STANDARD, THEME_COLOR_PRESSED));
    press.kind = INPUT_EVENT_MOVE;
    press.y -= 400;
    ui_handle(b.robot.ui, &press);
    assert_false(ui_robot_find(&b.robot, "bar.next")->state & WIDGET_PRESSED);
    ui_robot_release(&b.robot);
}

static void test_ui__a_disabled_button_does_nothing(void **state)
{
    struct bench b;
    (void)state;
    open_bench(&b, UI_SAMPLE_PIN, false);
    ui_robot_tap(&b.robot, "bar.next");
    assert_int_equal(b.taps_seen, 0);
    ui_robot_tap(&b.robot, "pin.5");
    assert_int_equal(b.taps_seen, 1);
    ui_robot_release(&b.robot);
}

static void test_ui__typing_goes_to_the_focused_field(void **state)
{
    struct bench b;
    (void)state;
    open_bench(&b, UI_SAMPLE_FORM, false);
    ui_robot_type(&b.robot, "9");
    assert_int_equal(form(&b)->changes, 0);
    ui_robot_tap(&b.robot, "form.office");
    assert_string_equal(ui_focused(b.robot.ui), "form.office");
    ui_robot_type(&b.robot, "023-62x");
    assert_string_equal(form(&b)->office.text, "023-62");
    assert_string_equal(ui_robot_find(&b.robot, "form.office")->value, "023-62");
    ui_robot_key(&b.robot, INPUT_KEY_BACKSPACE, 0, 0);
    ui_robot_key(&b.robot, INPUT_KEY_LEFT, 0, 0);
    ui_robot_key(&b.robot, INPUT_KEY_DELETE, 0, 0);
    assert_string_equal(form(&b)->office.text, "023-");
    assert_int_equal(form(&b)->changes, 3);
    ui_robot_key(&b.robot, INPUT_KEY_ENTER, 0, 0);
    assert_int_equal(form(&b)->nexts, 1);
    assert_int_equal(form(&b)->blurs, 0);
    ui_robot_tap(&b.robot, "form.unit");
    assert_int_equal(form(&b)->blurs, 1);
    ui_robot_tap(&b.robot, "form.card");
    assert_int_equal(form(&b)->blurs, 2);
    assert_null(ui_focused(b.robot.ui));
    ui_robot_release(&b.robot);
}

static void test_ui__the_eye_reveals_without_leaving_the_field(void **state)
{
    struct bench b;
    (void)state;
    open_bench(&b, UI_SAMPLE_FORM, false);
    assert_string_equal(ui_robot_find(&b.robot, "form.id")->value, "500***********0018");
    ui_robot_tap(&b.robot, "form.id.eye");
    assert_string_equal(ui_robot_find(&b.robot, "form.id")->value, "500108198001010018");
    ui_robot_tap(&b.robot, "form.id");
    ui_robot_tap(&b.robot, "form.id.eye");
    assert_string_equal(ui_focused(b.robot.ui), "form.id");
    assert_int_equal(form(&b)->blurs, 0);
    ui_robot_release(&b.robot);
}

static void test_ui__leaving_asks_once_where_something_is_kept(void **state)
{
    struct bench b;
    (void)state;
    open_bench(&b, UI_SAMPLE_FORM, false);
    ui_idle_note(b.robot.ui, "30 天内凭手机号 138****0000 可以继续办理");
    ui_robot_tap(&b.robot, "bar.exit");
    assert_null(ui_robot_find(&b.robot, "dialog.stay")); /* the screen was not told yet */
    ui_robot_tap(&b.robot, "leave.stay");
    assert_null(ui_robot_find(&b.robot, "leave.end"));
    ui_robot_tap(&b.robot, "bar.exit");
    ui_robot_tap(&b.robot, "leave.end");
    assert_null(ui_robot_find(&b.robot, "leave.end"));
    assert_non_null(ui_robot_find(&b.robot, "dialog.stay")); /* now it was */
    ui_robot_release(&b.robot);
}

static void test_ui__a_dialog_covers_everything_below(void **state)
{
    struct bench b;
    (void)state;
    open_bench(&b, UI_SAMPLE_FORM, false);
    ui_robot_tap(&b.robot, "bar.exit");
    assert_non_null(ui_robot_find(&b.robot, "dialog.stay"));
    struct input_event press = ui_robot_event(&b.robot, INPUT_EVENT_PRESS, "bar.next");
    press.pointer = 8;
    ui_handle(b.robot.ui, &press);
    assert_false(ui_robot_find(&b.robot, "bar.next")->state & WIDGET_PRESSED);
    ui_robot_tap(&b.robot, "bar.next");
    ui_robot_tap(&b.robot, "form.unit");
    assert_string_equal(ui_screen_name(b.robot.ui), "form");
    assert_null(ui_focused(b.robot.ui));
    ui_robot_tap(&b.robot, "dialog.stay");
    assert_null(ui_robot_find(&b.robot, "dialog.stay"));
    ui_robot_release(&b.robot);
}

static void test_ui__a_finger_held_while_the_page_changes_activates_nothing(void **state)
{
    struct bench b;
    (void)state;
    open_bench(&b, UI_SAMPLE_FORM, false);
    struct input_event hold = ui_robot_event(&b.robot, INPUT_EVENT_PRESS, "bar.call");
    hold.pointer = 5;
    ui_handle(b.robot.ui, &hold);
    ui_robot_tap(&b.robot, "bar.next");
    assert_string_equal(ui_screen_name(b.robot.ui), "service");
    int before = b.taps_seen;
    hold.kind = INPUT_EVENT_RELEASE;
    ui_handle(b.robot.ui, &hold);
    assert_int_equal(b.taps_seen, before);
    ui_robot_release(&b.robot);
}

static void test_ui__the_program_may_take_an_event_from_the_screen(void **state)
{
    struct bench b;
    (void)state;
    open_bench(&b, UI_SAMPLE_FORM, false);
    b.takes_call = true;
    ui_robot_tap(&b.robot, "bar.call");
    assert_string_equal(form(&b)->last_tap, "");
    b.takes_call = false;
    ui_robot_tap(&b.robot, "bar.call");
    assert_string_equal(form(&b)->last_tap, "bar.call");
    ui_robot_release(&b.robot);
}

static void test_ui__large_text_keeps_step_and_input(void **state)
{
    struct bench b;
    (void)state;
    open_bench(&b, UI_SAMPLE_FORM, false);
    ui_robot_tap(&b.robot, "form.unit");
    ui_robot_type(&b.robot, "分");
    ui_robot_tap(&b.robot, "bar.large");
    assert_int_equal(ui_theme(b.robot.ui), THEME_CARE);
    assert_string_equal(form(&b)->unit.text, "重庆示例科技有限公司分");
    assert_non_null(ui_robot_find(&b.robot, "bar.step"));
    ui_robot_tap(&b.robot, "bar.large");
    assert_int_equal(ui_theme(b.robot.ui), THEME_STANDARD);
    ui_robot_release(&b.robot);
}

static void test_ui__idle_warns_hides_values_and_ends(void **state)
{
    struct bench b;
    (void)state;
    open_bench(&b, UI_SAMPLE_FORM, false);
    int left = ui_sample_form_left;
    ui_robot_wait(&b.robot, 119000);
    assert_false(ui_is_idle_warning(b.robot.ui));
    ui_robot_wait(&b.robot, 1000);
    assert_true(ui_is_idle_warning(b.robot.ui));
    assert_non_null(ui_robot_find(&b.robot, "idle.stay"));
    assert_string_equal(ui_robot_find(&b.robot, "dialog.ring")->label, "30");
    ui_robot_wait(&b.robot, 2000);
    assert_string_equal(ui_robot_find(&b.robot, "dialog.ring")->label, "28");
    ui_robot_wait(&b.robot, 27999);
    assert_int_equal(b.idle_ends, 0);
    ui_robot_wait(&b.robot, 1);
    assert_int_equal(b.idle_ends, 1);
    assert_string_equal(ui_screen_name(b.robot.ui), "welcome");
    assert_int_equal(ui_sample_form_left, left + 1);
    assert_false(ui_is_idle_warning(b.robot.ui));
    ui_robot_release(&b.robot);
}

static void test_ui__idle_can_be_answered_and_left(void **state)
{
    struct bench b;
    (void)state;
    open_bench(&b, UI_SAMPLE_FORM, false);
    ui_robot_wait(&b.robot, 120000);
    ui_robot_tap(&b.robot, "idle.stay");
    assert_false(ui_is_idle_warning(b.robot.ui));
    assert_string_equal(ui_screen_name(b.robot.ui), "form");
    ui_robot_wait(&b.robot, 120000);
    ui_robot_tap(&b.robot, "idle.end");
    assert_int_equal(b.idle_ends, 1);
    assert_string_equal(ui_screen_name(b.robot.ui), "welcome");
    ui_robot_wait(&b.robot, 10000000);
    assert_int_equal(b.idle_ends, 1);
    ui_robot_release(&b.robot);
}

static void test_ui__touching_keeps_the_visit_alive(void **state)
{
    struct bench b;
    (void)state;
    open_bench(&b, UI_SAMPLE_FORM, false);
    for (int i = 0; i < 10; i++) {
        ui_robot_wait(&b.robot, 100000);
        ui_robot_tap(&b.robot, "form.card");
    }
    assert_int_equal(b.idle_ends, 0);
    assert_false(ui_is_idle_warning(b.robot.ui));
    ui_robot_release(&b.robot);
}

static bool holds(const void *memory, size_t size, const char *text)
{
    return memmem(memory, size, text, strlen(text)) != NULL;
}

static void test_ui__nothing_typed_outlives_the_visit(void **state)
{
    struct bench b;
    (void)state;
    open_bench(&b, UI_SAMPLE_FORM, false);
    (void)ui_robot_paint(&b.robot);
    struct buf dump;
    buf_init(&dump, 1 << 20);
    assert_int_equal(ui_dump(b.robot.ui, &dump), STATUS_OK);
    assert_true(holds(dump.data, dump.length, "李大有"));
    assert_true(font_cache_bytes(b.robot.font) > 0);
    buf_clear(&dump);
    ui_robot_wait(&b.robot, 120000);
    ui_robot_wait(&b.robot, 30000);
    assert_int_equal(ui_dump(b.robot.ui, &dump), STATUS_OK);
    assert_false(holds(dump.data, dump.length, "李大有"));
    assert_false(holds(dump.data, dump.length, "T20251121102436"));
    assert_int_equal(font_cache_bytes(b.robot.font), 0);
    assert_null(widget_tree_root(b.robot.ui->spare)->first); /* the page before is wiped too */
    buf_release(&dump);
    ui_robot_release(&b.robot);
}

static void test_ui__timers_run_out_once_and_die_with_the_visit(void **state)
{
    struct bench b;
    (void)state;
    open_bench(&b, UI_SAMPLE_DESK, true);
    const struct ui_sample_desk_state *s = ui_screen_state(b.robot.ui);
    ui_timer(b.robot.ui, 3, 500);
    ui_timer(b.robot.ui, 4, 800);
    ui_timer(b.robot.ui, 5, 600);
    ui_timer_cancel(b.robot.ui, 5);
    assert_int_equal(ui_deadline_ms(b.robot.ui), clock_monotonic_ms(&b.robot.clock.clock) + 500);
    ui_robot_wait(&b.robot, 499);
    assert_int_equal(s->timers, 0);
    ui_robot_wait(&b.robot, 1);
    assert_int_equal(s->timers, 301);
    ui_robot_wait(&b.robot, 1000);
    assert_int_equal(s->timers, 702);
    ui_timer(b.robot.ui, 2, 500);
    ui_reset(b.robot.ui, UI_SAMPLE_DESK, NULL);
    ui_tick(b.robot.ui);
    ui_robot_wait(&b.robot, 6000);
    s = ui_screen_state(b.robot.ui);
    assert_int_equal(s->timers, 0);
    ui_robot_release(&b.robot);
}

static void test_ui__a_toast_stays_four_seconds(void **state)
{
    struct bench b;
    (void)state;
    open_bench(&b, UI_SAMPLE_FORM, false);
    ui_toast(b.robot.ui, ICON_CHECK, "已呼叫");
    ui_tick(b.robot.ui);
    assert_string_equal(ui_robot_find(&b.robot, "toast")->label, "已呼叫");
    ui_robot_wait(&b.robot, 3999);
    assert_non_null(ui_robot_find(&b.robot, "toast"));
    ui_robot_wait(&b.robot, 1);
    assert_null(ui_robot_find(&b.robot, "toast"));
    ui_robot_release(&b.robot);
}

static void test_ui__a_page_speaks_once_per_visit(void **state)
{
    struct bench b;
    (void)state;
    open_bench(&b, UI_SAMPLE_FORM, false);
    ui_robot_tap(&b.robot, "form.card");
    ui_robot_wait(&b.robot, 15000);
    assert_int_equal(b.spoken, 1);
    ui_robot_tap(&b.robot, "bar.next");
    assert_int_equal(b.spoken, 2);
    ui_robot_release(&b.robot);
}

static void test_ui__the_desk_is_worked_by_keys(void **state)
{
    struct bench b;
    (void)state;
    open_bench(&b, UI_SAMPLE_DESK, true);
    struct ui_sample_desk_state *s = ui_screen_state(b.robot.ui);
    ui_robot_key(&b.robot, INPUT_KEY_FUNCTION, 9, 0);
    assert_string_equal(s->last_tap, "review.approve");
    ui_robot_key(&b.robot, INPUT_KEY_CHARACTER, 'l', INPUT_MODIFIER_CTRL);
    assert_string_equal(s->last_tap, "nav.lock");
    ui_robot_key(&b.robot, INPUT_KEY_CHARACTER, 'j', 0);
    assert_int_equal(s->keys, 1);
    ui_robot_key(&b.robot, INPUT_KEY_TAB, 0, 0);
    assert_string_equal(ui_focused(b.robot.ui), "nav.live");
    ui_robot_key(&b.robot, INPUT_KEY_ENTER, 0, 0);
    assert_string_equal(s->last_tap, "nav.live");
    for (int i = 0; i < 4; i++)
        ui_robot_key(&b.robot, INPUT_KEY_TAB, 0, 0);
    assert_string_equal(ui_focused(b.robot.ui), "search");
    ui_robot_key(&b.robot, INPUT_KEY_CHARACTER, 'j', 0);
    ui_robot_type(&b.robot, "j");
    assert_string_equal(s->search.text, "j");
    assert_int_equal(s->keys, 1);
    ui_robot_key(&b.robot, INPUT_KEY_TAB, 0, INPUT_MODIFIER_SHIFT);
    assert_string_equal(ui_focused(b.robot.ui), "nav.lock");
    ui_robot_release(&b.robot);
}

static void test_ui__the_dump_says_where_everything_is_and_no_secret(void **state)
{
    struct bench b;
    struct json *dump;
    struct buf text;
    (void)state;
    open_bench(&b, UI_SAMPLE_FORM, false);
    form(&b)->credit.secret = true;
    ui_invalidate(b.robot.ui);
    ui_tick(b.robot.ui);
    buf_init(&text, 1 << 20);
    assert_int_equal(ui_dump(b.robot.ui, &text), STATUS_OK);
    assert_false(holds(text.data, text.length, "91500108MA600000"));
    assert_int_equal(json_parse((const char *)text.data, text.length, &dump), STATUS_OK);
    assert_string_equal(json_text(dump, "screen", ""), "form");
    const struct json *widgets = json_member(dump, "widgets"), *next = NULL;
    for (size_t i = 0; i < json_length(widgets); i++)
        if (strcmp(json_text(json_element(widgets, i), "id", ""), "bar.next") == 0)
            next = json_element(widgets, i);
    assert_non_null(next);
    assert_string_equal(json_text(next, "kind", ""), "button");
    assert_string_equal(json_text(next, "label", ""), "下一项：经办人信息");
    assert_string_equal(json_text_value(json_element(json_member(next, "state"), 0)), "target");
    const struct json *rect = json_member(next, "rect");
    assert_int_equal(json_number(rect, "h", 0), 96);
    assert_int_equal(json_number(rect, "x", 0) + json_number(rect, "w", 0), 1856);
    json_free(dump);
    buf_clear(&text);
    assert_int_equal(buf_append_text(&text, ""), STATUS_OK);
    buf_release(&text);
    buf_init(&text, 64);
    assert_int_equal(ui_dump(b.robot.ui, &text), STATUS_FULL);
    buf_release(&text);
    ui_robot_release(&b.robot);
}

static void test_ui__only_what_changed_is_painted_again(void **state)
{
    struct bench b;
    (void)state;
    open_bench(&b, UI_SAMPLE_FORM, false);
    (void)ui_robot_paint(&b.robot);
    ui_invalidate(b.robot.ui);
    ui_tick(b.robot.ui);
    assert_true(rect_is_empty(ui_dirty(b.robot.ui)));
    ui_robot_tap(&b.robot, "form.office");
    (void)ui_robot_paint(&b.robot);
    ui_robot_type(&b.robot, "0");
    struct rect typed = ui_dirty(b.robot.ui);
    assert_true(typed.w > 0 && typed.w < 800 && typed.h < 200);
    /* What is painted piece by piece is what is painted whole. */
    (void)ui_robot_paint(&b.robot);
    uint32_t *whole = malloc(1920 * 1080 * 4);
    memcpy(whole, b.robot.pixels, 1920 * 1080 * 4);
    ui_damage(b.robot.ui);
    (void)ui_robot_paint(&b.robot);
    assert_memory_equal(whole, b.robot.pixels, 1920 * 1080 * 4);
    free(whole);
    ui_robot_release(&b.robot);
}

static void test_ui__a_window_may_change_its_size_and_orientation(void **state)
{
    struct bench b;
    (void)state;
    open_bench(&b, UI_SAMPLE_FORM, false);
    ui_handle(b.robot.ui, &(struct input_event){.kind = INPUT_EVENT_RESIZE, .x = 1080, .y = 1920});
    assert_true(ui_is_portrait(b.robot.ui));
    assert_true(ui_robot_find(&b.robot, "bar.next")->rect.y > 1600);
    ui_handle(b.robot.ui, &(struct input_event){.kind = INPUT_EVENT_RESIZE, .x = 0, .y = 0});
    assert_true(ui_is_portrait(b.robot.ui));
    ui_robot_release(&b.robot);
}

static void test_ui__random_input_breaks_nothing(void **state)
{
    struct bench b;
    unsigned seed = 20251121;
    (void)state;
    open_bench(&b, UI_SAMPLE_FORM, false);
    for (int i = 0; i < 3000; i++) {
        struct input_event event = {.kind = (enum input_event_kind)(rand_r(&seed) % INPUT_EVENT_RESIZE),
                                    .pointer = rand_r(&seed) % 4,
                                    .x = rand_r(&seed) % 2000 - 40,
                                    .y = rand_r(&seed) % 1160 - 40,
                                    .steps = rand_r(&seed) % 5 - 2,
                                    .key = (enum input_key)(rand_r(&seed) % (INPUT_KEY_FUNCTION + 1)),
                                    .character = rand_r(&seed) % 128};
        snprintf(event.text, sizeof event.text, "%s", i % 2 ? "证" : "7");
        ui_handle(b.robot.ui, &event);
        clock_manual_advance(&b.robot.clock, rand_r(&seed) % 2000);
        ui_tick(b.robot.ui);
        if (i % 50 == 0)
            (void)ui_robot_paint(&b.robot);
    }
    assert_true(ui_screen_name(b.robot.ui)[0] != '\0');
    ui_robot_release(&b.robot);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ui__a_tap_reaches_the_screen_once),
        cmocka_unit_test(test_ui__a_press_is_seen_before_the_release),
        cmocka_unit_test(test_ui__a_disabled_button_does_nothing),
        cmocka_unit_test(test_ui__typing_goes_to_the_focused_field),
        cmocka_unit_test(test_ui__the_eye_reveals_without_leaving_the_field),
        cmocka_unit_test(test_ui__leaving_asks_once_where_something_is_kept),
        cmocka_unit_test(test_ui__a_dialog_covers_everything_below),
        cmocka_unit_test(test_ui__a_finger_held_while_the_page_changes_activates_nothing),
        cmocka_unit_test(test_ui__the_program_may_take_an_event_from_the_screen),
        cmocka_unit_test(test_ui__large_text_keeps_step_and_input),
        cmocka_unit_test(test_ui__idle_warns_hides_values_and_ends),
        cmocka_unit_test(test_ui__idle_can_be_answered_and_left),
        cmocka_unit_test(test_ui__touching_keeps_the_visit_alive),
        cmocka_unit_test(test_ui__nothing_typed_outlives_the_visit),
        cmocka_unit_test(test_ui__timers_run_out_once_and_die_with_the_visit),
        cmocka_unit_test(test_ui__a_toast_stays_four_seconds),
        cmocka_unit_test(test_ui__a_page_speaks_once_per_visit),
        cmocka_unit_test(test_ui__the_desk_is_worked_by_keys),
        cmocka_unit_test(test_ui__the_dump_says_where_everything_is_and_no_secret),
        cmocka_unit_test(test_ui__only_what_changed_is_painted_again),
        cmocka_unit_test(test_ui__a_window_may_change_its_size_and_orientation),
        cmocka_unit_test(test_ui__random_input_breaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
