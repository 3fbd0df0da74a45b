/* Text edit and input events: what a field takes, where the caret goes, lines of a recording. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "kiosk/ui/input_event.h"
#include "kiosk/ui/text_edit.h"

static void test_text_edit__each_kind_takes_what_it_can_hold(void **state)
{
    static const struct {
        enum text_edit_input input;
        const char *typed, *held;
    } cases[] = {
        {TEXT_EDIT_CREDIT, "9150 0108ma6证-x", "91500108MA6X"},
        {TEXT_EDIT_ID, "50010819x a", "50010819X"},
        {TEXT_EDIT_DIGITS, "13a 9-00", "13900"},
        {TEXT_EDIT_PHONE, "+86 023-62", "+86023-62"},
        {TEXT_EDIT_EMAIL, "a b@例c.com", "ab@c.com"},
        {TEXT_EDIT_WEBSITE, "www. 例a.cn", "www.a.cn"},
        {TEXT_EDIT_WEBSITE, "无", "无"},
        {TEXT_EDIT_ACCOUNT, "微信wx_1", "wx_1"},
        {TEXT_EDIT_ACCOUNT, "无", "无"},
        {TEXT_EDIT_LATIN, "Ab 例1", "Ab 1"},
        {TEXT_EDIT_CHINESE, "南岸区 1 号\n", "南岸区 1 号"},
        {TEXT_EDIT_NAME, "王小小", "王小小"},
    };
    struct text_edit edit;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        text_edit_init(&edit, cases[i].input, 0);
        text_edit_set(&edit, cases[i].typed);
        assert_string_equal(edit.text, cases[i].held);
        assert_int_equal(edit.caret, edit.length);
    }
}

static void test_text_edit__counts_characters_not_bytes(void **state)
{
    struct text_edit edit;
    (void)state;
    text_edit_init(&edit, TEXT_EDIT_CHINESE, 3);
    assert_true(text_edit_insert(&edit, "重庆市南岸"));
    assert_string_equal(edit.text, "重庆市");
    assert_false(text_edit_insert(&edit, "区"));
}

static void test_text_edit__caret_moves_and_cuts_whole_characters(void **state)
{
    struct text_edit edit;
    (void)state;
    text_edit_init(&edit, TEXT_EDIT_CHINESE, 0);
    text_edit_set(&edit, "a证𠮷b");
    text_edit_move(&edit, -1);
    assert_true(text_edit_backspace(&edit));
    assert_string_equal(edit.text, "a证b");
    text_edit_move(&edit, -1);
    assert_true(text_edit_delete(&edit));
    assert_string_equal(edit.text, "ab");
    assert_true(text_edit_insert(&edit, "明"));
    assert_string_equal(edit.text, "a明b");
    text_edit_move(&edit, -9);
    assert_false(text_edit_backspace(&edit));
    text_edit_move(&edit, 9);
    assert_false(text_edit_delete(&edit));
    assert_int_equal(edit.caret, edit.length);
}

static void test_text_edit__is_full_at_its_limit_and_wipes_to_zeros(void **state)
{
    struct text_edit edit;
    char zeros[sizeof edit.text] = {0};
    (void)state;
    text_edit_init(&edit, TEXT_EDIT_LATIN, 0);
    for (int i = 0; i < LIMIT_FIELD_BYTES; i++)
        assert_true(text_edit_insert(&edit, "x"));
    assert_false(text_edit_insert(&edit, "x"));
    text_edit_set_preedit(&edit, "shi li");
    text_edit_wipe(&edit);
    assert_memory_equal(edit.text, zeros, sizeof edit.text);
    assert_int_equal(edit.preedit[0], 0);
    assert_int_equal(edit.length + edit.caret, 0);
}

static void test_text_edit__a_cut_character_leaves_no_trace_behind_the_end(void **state)
{
    struct text_edit edit;
    (void)state;
    text_edit_init(&edit, TEXT_EDIT_DIGITS, 0);
    text_edit_set(&edit, "1234");
    (void)text_edit_backspace(&edit);
    assert_memory_equal(edit.text, "123\0\0", 5);
}

static void test_input_event__a_line_reads_back_as_it_was(void **state)
{
    struct input_event event = {.kind = INPUT_EVENT_TEXT, .time_ms = 123456, .pointer = 3, .x = -4, .y = 900};
    struct input_event back;
    char line[INPUT_EVENT_LINE_BYTES];
    (void)state;
    strcpy(event.text, "证 b");
    assert_true(input_event_write(&event, line) < sizeof line);
    assert_int_equal(input_event_read(line, &back), STATUS_OK);
    assert_memory_equal(&event, &back, sizeof event);
    event = (struct input_event){.kind = INPUT_EVENT_KEY,
                                 .key = INPUT_KEY_FUNCTION,
                                 .character = 9,
                                 .modifiers = INPUT_MODIFIER_CTRL,
                                 .steps = -2};
    (void)input_event_write(&event, line);
    assert_int_equal(input_event_read(line, &back), STATUS_OK);
    assert_memory_equal(&event, &back, sizeof event);
}

static void test_input_event__refuses_what_it_did_not_write(void **state)
{
    static const char *const lines[] = {"",
                                        "1 tap 0 0 0 0 0 0 0 -",
                                        "1 press 0 0 0 0 99 0 0 -",
                                        "1 text 0 0 0 0 0 0 0 e8",
                                        "1 text 0 0 0 0 0 0 0 zz",
                                        "1 press 0 0"};
    struct input_event event = {.x = 77};
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        assert_int_equal(input_event_read(lines[i], &event), STATUS_MALFORMED);
    assert_int_equal(event.x, 77);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_edit__each_kind_takes_what_it_can_hold),
        cmocka_unit_test(test_text_edit__counts_characters_not_bytes),
        cmocka_unit_test(test_text_edit__caret_moves_and_cuts_whole_characters),
        cmocka_unit_test(test_text_edit__is_full_at_its_limit_and_wipes_to_zeros),
        cmocka_unit_test(test_text_edit__a_cut_character_leaves_no_trace_behind_the_end),
        cmocka_unit_test(test_input_event__a_line_reads_back_as_it_was),
        cmocka_unit_test(test_input_event__refuses_what_it_did_not_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
