/* Chinese line breaking: what may not stand at the ends of a line, and words that stay whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/ui/line_break.h"

/* Ideographs are 10 wide, everything else 5. */
static int measure(void *context, const char *text, size_t length)
{
    const char *end = text + length;
    int width = 0;
    (void)context;
    while (text < end)
        width += text_next(&text) >= 0x2E80 ? 10 : 5;
    return width;
}

static void assert_lines(const char *text, int width, const char *const *expected, size_t count)
{
    struct line_break_line lines[16];
    size_t found = line_break_text(text, width, measure, NULL, lines, 16);
    assert_int_equal(found, count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(lines[i].length, strlen(expected[i]));
        assert_memory_equal(text + lines[i].start, expected[i], lines[i].length);
    }
}
#define ASSERT_LINES(text, width, ...)                                                                       \
    do {                                                                                                     \
        const char *const expected[] = {__VA_ARGS__};                                                        \
        assert_lines(text, width, expected, sizeof expected / sizeof expected[0]);                           \
    } while (0)

static void test_line_break__ideographs_break_anywhere(void **state)
{
    (void)state;
    ASSERT_LINES("重庆示例科技", 20, "重庆", "示例", "科技");
    ASSERT_LINES("重庆示", 100, "重庆示");
}

static void test_line_break__no_line_starts_with_closing_punctuation(void **state)
{
    (void)state;
    ASSERT_LINES("请保存，再打印。", 30, "请保", "存，再", "打印。");
    ASSERT_LINES("一二”》）。三", 50, "一", "二”》）。", "三");
}

static void test_line_break__no_line_ends_with_opening_punctuation(void **state)
{
    (void)state;
    ASSERT_LINES("看协议《服务》", 40, "看协议", "《服务》");
    ASSERT_LINES("看（包括", 20, "看", "（包", "括");
}

static void test_line_break__words_and_numbers_stay_whole(void **state)
{
    (void)state;
    ASSERT_LINES("热线400-000-0000号", 60, "热线", "400-000-0000", "号");
    ASSERT_LINES("a Key pull", 25, "a Key", "pull");
    ASSERT_LINES("2.50元", 20, "2.50", "元");
}

static void test_line_break__a_word_wider_than_the_line_is_cut(void **state)
{
    (void)state;
    ASSERT_LINES("abcdefgh", 20, "abcd", "efgh");
    ASSERT_LINES("证", 1, "证");
}

static void test_line_break__line_feeds_start_lines_and_spaces_at_ends_vanish(void **state)
{
    (void)state;
    ASSERT_LINES("一\n\n二", 50, "一", "", "二");
    ASSERT_LINES("aa   bb", 12, "aa", "bb");
    assert_int_equal(line_break_text("", 10, measure, NULL, NULL, 0), 0);
}

static void test_line_break__counts_more_lines_than_it_may_write(void **state)
{
    struct line_break_line one[1];
    (void)state;
    assert_int_equal(line_break_text("一二三四", 10, measure, NULL, one, 1), 4);
    assert_int_equal(one[0].width, 10);
}

static void test_line_break__broken_utf8_ends(void **state)
{
    struct line_break_line lines[8];
    (void)state;
    assert_in_range(line_break_text("\xE8\xAF", 10, measure, NULL, lines, 8), 1, 2);
    assert_true(line_break_forbids_start(0xFF0C));
    assert_true(line_break_forbids_end(0xFF08));
    assert_false(line_break_forbids_start(0x8BC1));
}

static void test_line_break__marks_beside_each_other_share_their_blank_halves(void **state)
{
    (void)state;
    assert_true(line_break_draws_together(0x201D, 0xFF0C));  /* ”， */
    assert_true(line_break_draws_together(0x201D, 0xFF09));  /* ”） */
    assert_true(line_break_draws_together(0xFF0C, 0x201C));  /* ，“ */
    assert_false(line_break_draws_together(0x610F, 0xFF0C)); /* 意， */
    assert_false(line_break_draws_together(0x70B9, 0x201C)); /* 点“ */
    assert_false(line_break_draws_together(')', ','));
    assert_int_equal(line_break_hangs("“同意”", 30), 15);
    assert_int_equal(line_break_hangs("同意", 30), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_line_break__ideographs_break_anywhere),
        cmocka_unit_test(test_line_break__no_line_starts_with_closing_punctuation),
        cmocka_unit_test(test_line_break__no_line_ends_with_opening_punctuation),
        cmocka_unit_test(test_line_break__words_and_numbers_stay_whole),
        cmocka_unit_test(test_line_break__a_word_wider_than_the_line_is_cut),
        cmocka_unit_test(test_line_break__line_feeds_start_lines_and_spaces_at_ends_vanish),
        cmocka_unit_test(test_line_break__counts_more_lines_than_it_may_write),
        cmocka_unit_test(test_line_break__broken_utf8_ends),
        cmocka_unit_test(test_line_break__marks_beside_each_other_share_their_blank_halves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
