/* Sounds of a page: what ticks, what is heard once, and the switch 语音 with its end at the end of the visit.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kiosk/ui/ui_core.h"
#include "tests/kiosk/ui/ui_samples.h"
#include "tests/support/ui_robot.h"

struct bench {
    struct ui_robot robot;
    int heard[UI_SOUND_URGENT + 1];
    int spoken;
};

static void on_sound(void *program, enum ui_sound sound)
{
    struct bench *b = program;
    b->heard[sound]++;
}

static void on_speak(void *program, const char *voice)
{
    struct bench *b = program;
    assert_non_null(voice);
    b->spoken++;
}

static void open_bench(struct bench *b, int sample, bool muted)
{
    memset(b, 0, sizeof *b);
    struct ui_settings settings = {.screens = ui_sample_screens,
                                   .screen_count = UI_SAMPLE_COUNT,
                                   .program = b,
                                   .speak = on_speak,
                                   .sound = on_sound,
                                   .muted = muted};
    ui_robot_init(&b->robot, settings, 1920, 1080);
    ui_sample_header(b->robot.ui);
    ui_reset(b->robot.ui, sample, NULL);
    ui_tick(b->robot.ui);
}

static void test_sound__every_activation_ticks_alike(void **state)
{
    struct bench b;
    (void)state;
    open_bench(&b, UI_SAMPLE_PIN, false);
    int ticks = 0;
    for (const struct widget *w = widget_tree_root(ui_tree(b.robot.ui)); w && ticks < 5; w = widget_next(w))
        if (w->kind == WIDGET_KIND_KEY && !(w->state & WIDGET_DISABLED)) {
            char id[UI_ID_BYTES];
            (void)snprintf(id, sizeof id, "%s", w->id);
            ui_robot_tap(&b.robot, id);
            assert_int_equal(b.heard[UI_SOUND_KEY], ++ticks);
            w = widget_find(ui_tree(b.robot.ui), id);
        }
    assert_int_equal(ticks, 5);
    assert_int_equal(b.heard[UI_SOUND_SUCCESS] + b.heard[UI_SOUND_ATTENTION] + b.heard[UI_SOUND_URGENT], 0);
    ui_robot_release(&b.robot);
}

static void test_sound__a_disabled_target_does_not_tick(void **state)
{
    struct bench b;
    (void)state;
    open_bench(&b, UI_SAMPLE_SERVICE, false);
    struct input_event outside = {.kind = INPUT_EVENT_PRESS, .pointer = 1, .x = 2, .y = 2};
    ui_handle(b.robot.ui, &outside);
    outside.kind = INPUT_EVENT_RELEASE;
    ui_handle(b.robot.ui, &outside);
    assert_int_equal(b.heard[UI_SOUND_KEY], 0);
    ui_robot_release(&b.robot);
}

static void test_sound__an_error_page_is_heard_once(void **state)
{
    struct bench b;
    (void)state;
    open_bench(&b, UI_SAMPLE_ERROR, false);
    assert_int_equal(b.heard[UI_SOUND_ATTENTION], 1);
    ui_invalidate(b.robot.ui);
    ui_robot_wait(&b.robot, 1000);
    assert_int_equal(b.heard[UI_SOUND_ATTENTION], 1);
    ui_replace(b.robot.ui, UI_SAMPLE_ERROR, NULL);
    ui_tick(b.robot.ui);
    assert_int_equal(b.heard[UI_SOUND_ATTENTION], 2); /* another error of the same kind */
    ui_robot_release(&b.robot);
}

static void test_sound__the_switch_silences_all_but_the_urgent(void **state)
{
    struct bench b;
    (void)state;
    open_bench(&b, UI_SAMPLE_FORM, false);
    ui_robot_tap(&b.robot, "bar.voice");
    assert_true(ui_is_muted(b.robot.ui));
    assert_string_equal(ui_robot_find(&b.robot, "bar.voice")->label, "语音关");
    assert_int_equal(b.heard[UI_SOUND_NONE], 1); /* what was being said stops */
    int ticks = b.heard[UI_SOUND_KEY], spoken = b.spoken;
    ui_replace(b.robot.ui, UI_SAMPLE_ERROR, NULL);
    ui_tick(b.robot.ui);
    ui_sound(b.robot.ui, UI_SOUND_SUCCESS);
    assert_int_equal(b.heard[UI_SOUND_KEY], ticks);
    assert_int_equal(b.heard[UI_SOUND_ATTENTION] + b.heard[UI_SOUND_SUCCESS], 0);
    assert_int_equal(b.spoken, spoken);
    ui_sound(b.robot.ui, UI_SOUND_URGENT);
    assert_int_equal(b.heard[UI_SOUND_URGENT], 1);
    ui_robot_release(&b.robot);
}

static void test_sound__switched_on_the_page_is_spoken_again(void **state)
{
    struct bench b;
    (void)state;
    open_bench(&b, UI_SAMPLE_FORM, true);
    assert_int_equal(b.spoken, 0);
    ui_robot_tap(&b.robot, "bar.voice");
    assert_int_equal(b.spoken, 1);
    ui_invalidate(b.robot.ui);
    ui_tick(b.robot.ui);
    assert_int_equal(b.spoken, 1);
    ui_robot_release(&b.robot);
}

static void test_sound__a_prompt_is_said_once_more_to_who_does_nothing(void **state)
{
    struct bench b;
    (void)state;
    open_bench(&b, UI_SAMPLE_FORM, false);
    assert_int_equal(b.spoken, 1);
    ui_robot_wait(&b.robot, 15000);
    ui_robot_tap(&b.robot, "bar.large"); /* a touch: counted from here */
    ui_robot_wait(&b.robot, 15000);
    assert_int_equal(b.spoken, 1);
    ui_robot_wait(&b.robot, 6000);
    assert_int_equal(b.spoken, 2);
    ui_robot_wait(&b.robot, 60000);
    assert_int_equal(b.spoken, 2);
    ui_robot_release(&b.robot);
}

static void test_sound__a_prompt_switched_off_is_not_said_again(void **state)
{
    struct bench b;
    (void)state;
    open_bench(&b, UI_SAMPLE_FORM, false);
    ui_robot_tap(&b.robot, "bar.voice");
    ui_robot_wait(&b.robot, 30000);
    assert_int_equal(b.spoken, 1);
    ui_robot_release(&b.robot);
}

static void test_sound__the_switch_lasts_for_the_visit(void **state)
{
    struct bench b;
    (void)state;
    open_bench(&b, UI_SAMPLE_FORM, false);
    ui_robot_tap(&b.robot, "bar.voice");
    ui_replace(b.robot.ui, UI_SAMPLE_PAY, NULL);
    ui_tick(b.robot.ui);
    assert_true(ui_is_muted(b.robot.ui));
    ui_robot_tap(&b.robot, "bar.large");
    assert_true(ui_is_muted(b.robot.ui));
    ui_forget(b.robot.ui);
    assert_false(ui_is_muted(b.robot.ui));
    ui_robot_release(&b.robot);
    open_bench(&b, UI_SAMPLE_FORM, true);
    ui_robot_tap(&b.robot, "bar.voice");
    ui_forget(b.robot.ui);
    assert_true(ui_is_muted(b.robot.ui)); /* as the hall has set it */
    ui_robot_release(&b.robot);
}

static void test_sound__the_idle_warning_calls_for_attention(void **state)
{
    struct bench b;
    (void)state;
    open_bench(&b, UI_SAMPLE_FORM, false);
    ui_robot_wait(&b.robot, IDLE_DEFAULT_MS);
    assert_true(ui_is_idle_warning(b.robot.ui));
    assert_int_equal(b.heard[UI_SOUND_ATTENTION], 1);
    ui_robot_wait(&b.robot, 2000);
    assert_int_equal(b.heard[UI_SOUND_ATTENTION], 1);
    ui_robot_release(&b.robot);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sound__every_activation_ticks_alike),
        cmocka_unit_test(test_sound__a_disabled_target_does_not_tick),
        cmocka_unit_test(test_sound__an_error_page_is_heard_once),
        cmocka_unit_test(test_sound__the_switch_silences_all_but_the_urgent),
        cmocka_unit_test(test_sound__switched_on_the_page_is_spoken_again),
        cmocka_unit_test(test_sound__a_prompt_is_said_once_more_to_who_does_nothing),
        cmocka_unit_test(test_sound__a_prompt_switched_off_is_not_said_again),
        cmocka_unit_test(test_sound__the_switch_lasts_for_the_visit),
        cmocka_unit_test(test_sound__the_idle_warning_calls_for_attention),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
