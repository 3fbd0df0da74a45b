#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/money.h"

static void test_money__fen_stand_as_yuan_with_two_decimals(void **state)
{
    (void)state;
    static const struct {
        int64_t fen;
        const char *yuan;
    } samples[] = {{48000, "480.00"},
                   {1, "0.01"},
                   {0, "0.00"},
                   {105, "1.05"},
                   {-250, "-2.50"},
                   {INT64_MAX, "92233720368547758.07"},
                   {INT64_MIN, "-92233720368547758.08"}};
    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
        char text[MONEY_TEXT_BYTES];
        money_to_yuan(samples[i].fen, text);
        assert_string_equal(text, samples[i].yuan);
    }
}

static void test_money__yuan_texts_are_read_exactly(void **state)
{
    (void)state;
    static const struct {
        const char *yuan;
        int64_t fen;
    } samples[] = {{"480", 48000},
                   {"480.5", 48050},
                   {"480.05", 48005},
                   {"0.01", 1},
                   {"0", 0},
                   {"007.10", 710},
                   {"999999999999.99", INT64_C(99999999999999)}};
    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
        int64_t fen = -1;
        assert_int_equal(money_from_yuan(samples[i].yuan, &fen), STATUS_OK);
        assert_int_equal(fen, samples[i].fen);
    }
}

static void test_money__anything_else_is_malformed_and_changes_nothing(void **state)
{
    (void)state;
    static const char *const broken[] = {
        "",  "-1", "+1", " 1", "1 ", "1.", ".5", "1.234", "1,50", "1e3", "0x10", "1.2.3", "1000000000000",
        "壹"};
    for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
        int64_t fen = 7;
        assert_int_equal(money_from_yuan(broken[i], &fen), STATUS_MALFORMED);
        assert_int_equal(fen, 7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_money__fen_stand_as_yuan_with_two_decimals),
        cmocka_unit_test(test_money__yuan_texts_are_read_exactly),
        cmocka_unit_test(test_money__anything_else_is_malformed_and_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
