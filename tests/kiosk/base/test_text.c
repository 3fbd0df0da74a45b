#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/text.h"

static void test_text__well_formed_utf8_is_valid(void **state)
{
    (void)state;
    assert_true(text_is_valid("重庆 abc é 𠮷", strlen("重庆 abc é 𠮷")));
    assert_true(text_is_valid("", 0));
    assert_true(text_is_valid("\xF4\x8F\xBF\xBF", 4)); /* U+10FFFF */
}

static void test_text__broken_utf8_is_not_valid(void **state)
{
    (void)state;
    assert_false(text_is_valid("\xC0\x80", 2));         /* overlong NUL */
    assert_false(text_is_valid("\xE0\x80\xAF", 3));     /* overlong slash */
    assert_false(text_is_valid("\xED\xA0\x80", 3));     /* surrogate */
    assert_false(text_is_valid("\xF4\x90\x80\x80", 4)); /* above U+10FFFF */
    assert_false(text_is_valid("\xE9\x87", 2));         /* cut off */
    assert_false(text_is_valid("a\x80", 2));            /* a continuation alone */
    assert_false(text_is_valid("\xFF", 1));
}

static void test_text__control_characters_are_not_printable(void **state)
{
    (void)state;
    assert_true(text_is_printable("张三 3 号"));
    assert_false(text_is_printable("a\nb"));
    assert_false(text_is_printable("a\x7F"));
    assert_false(text_is_printable("a\xC2\x85")); /* U+0085, a line end in disguise */
    assert_false(text_is_printable("\u202e甲"));  /* right to left from here */
    assert_false(text_is_printable("甲\u200b乙"));
    assert_false(text_is_printable("\xFF"));
}

static void test_text__code_points_come_one_by_one(void **state)
{
    (void)state;
    const char *text = "a重\xFF𠮷";
    assert_int_equal(text_next(&text), 'a');
    assert_int_equal(text_next(&text), 0x91CD);
    assert_int_equal(text_next(&text), 0xFFFD); /* one broken byte is passed, no more */
    assert_int_equal(text_next(&text), 0x20BB7);
    assert_int_equal(text_next(&text), 0);
    assert_int_equal(text_next(&text), 0);
}

static void test_text__length_and_prefix_count_characters(void **state)
{
    (void)state;
    assert_int_equal(text_length("重庆ab"), 4);
    assert_int_equal(text_prefix_bytes("重庆ab", 3), 7);
    assert_int_equal(text_prefix_bytes("重庆ab", 9), 8);
    assert_int_equal(text_prefix_bytes("重庆ab", 0), 0);
}

static void test_text__encoding_gives_back_what_was_decoded(void **state)
{
    (void)state;
    static const uint32_t samples[] = {0x41, 0x7F, 0x80, 0x7FF, 0x800, 0xFFFD, 0x10000, 0x10FFFF};
    static const size_t lengths[] = {1, 1, 2, 2, 3, 3, 4, 4};
    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
        char out[5];
        assert_int_equal(text_encode(samples[i], out), lengths[i]);
        const char *at = out;
        assert_int_equal(text_next(&at), samples[i]);
        assert_int_equal(*at, 0);
    }
}

static void test_text__copy_is_whole_or_empty(void **state)
{
    (void)state;
    char out[7] = "before";
    assert_true(text_copy(out, sizeof(out), "重庆"));
    assert_string_equal(out, "重庆");
    assert_false(text_copy(out, sizeof(out), "重庆a"));
    assert_string_equal(out, "");
}

static void test_text__prefix_is_recognised(void **state)
{
    (void)state;
    assert_true(text_has_prefix("重庆市", "重庆"));
    assert_true(text_has_prefix("重庆市", ""));
    assert_false(text_has_prefix("重", "重庆"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text__well_formed_utf8_is_valid),
        cmocka_unit_test(test_text__broken_utf8_is_not_valid),
        cmocka_unit_test(test_text__control_characters_are_not_printable),
        cmocka_unit_test(test_text__code_points_come_one_by_one),
        cmocka_unit_test(test_text__length_and_prefix_count_characters),
        cmocka_unit_test(test_text__encoding_gives_back_what_was_decoded),
        cmocka_unit_test(test_text__copy_is_whole_or_empty),
        cmocka_unit_test(test_text__prefix_is_recognised),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
