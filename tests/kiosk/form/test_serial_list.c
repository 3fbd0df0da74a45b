/* Serial numbers one by one and in ranges; nothing else passes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kiosk/form/serial_list.h"

static void test_serial_list__single_numbers_and_ranges_are_told_in_upper_case(void **state)
{
    (void)state;
    char serials[8][SERIAL_LIST_BYTES];
    size_t count = 0;
    assert_int_equal(STATUS_OK, serial_list_parse(" a1b2,\nUK-0099..uk-0101、C7 ", serials, 8, &count));
    assert_int_equal(5, count);
    assert_string_equal("A1B2", serials[0]);
    assert_string_equal("UK-0099", serials[1]);
    assert_string_equal("UK-0101", serials[3]);
    assert_string_equal("C7", serials[4]);
}

static void test_serial_list__what_is_none_is_refused(void **state)
{
    (void)state;
    char serials[3][SERIAL_LIST_BYTES];
    size_t count = 7;
    static const char *const wrong[] = {"",        " , ",  "A1..",     "A3..A1", "A1..B3",
                                        "A1..A10", "A..B", "A1 .. A2", "A1/2",   "键"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_int_equal(STATUS_MALFORMED, serial_list_parse(wrong[i], serials, 3, &count));
    assert_int_equal(STATUS_CONFLICT, serial_list_parse("A1 a1", serials, 3, &count));
    assert_int_equal(STATUS_FULL, serial_list_parse("A1..A4", serials, 3, &count));
    assert_int_equal(7, count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_serial_list__single_numbers_and_ranges_are_told_in_upper_case),
        cmocka_unit_test(test_serial_list__what_is_none_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
