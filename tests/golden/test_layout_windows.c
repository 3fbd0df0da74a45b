/* Layout in the smallest windows that are promised, and in others between the looks of the gallery
 * (design 2.4): each in one look, which differs between them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/golden/gallery_layout.h"

static void test_layout_windows__the_smallest_panel_is_sound(void **state)
{
    (void)state;
    struct stage_look window = {"1280x720", 1280, 720, THEME_STANDARD};
    assert_int_equal(0, gallery_window_faults(false, true, window));
}

static void test_layout_windows__the_smallest_upright_panel_is_sound(void **state)
{
    (void)state;
    struct stage_look window = {"720x1280", 720, 1280, THEME_CARE};
    assert_int_equal(0, gallery_window_faults(false, true, window));
}

static void test_layout_windows__a_panel_of_1366_is_sound(void **state)
{
    (void)state;
    struct stage_look window = {"1366x768", 1366, 768, THEME_CARE};
    assert_int_equal(0, gallery_window_faults(false, false, window));
}

static void test_layout_windows__a_panel_of_1600_is_sound(void **state)
{
    (void)state;
    struct stage_look window = {"1600x900", 1600, 900, THEME_CONTRAST};
    assert_int_equal(0, gallery_window_faults(false, false, window));
}

static void test_layout_windows__a_desk_of_1366_is_sound(void **state)
{
    (void)state;
    struct stage_look window = {"1366x800", 1366, 800, THEME_STANDARD};
    assert_int_equal(0, gallery_window_faults(true, false, window));
}

static void test_layout_windows__a_desk_of_1600_is_sound(void **state)
{
    (void)state;
    struct stage_look window = {"1600x900", 1600, 900, THEME_STANDARD};
    assert_int_equal(0, gallery_window_faults(true, false, window));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layout_windows__the_smallest_panel_is_sound),
        cmocka_unit_test(test_layout_windows__the_smallest_upright_panel_is_sound),
        cmocka_unit_test(test_layout_windows__a_panel_of_1366_is_sound),
        cmocka_unit_test(test_layout_windows__a_panel_of_1600_is_sound),
        cmocka_unit_test(test_layout_windows__a_desk_of_1366_is_sound),
        cmocka_unit_test(test_layout_windows__a_desk_of_1600_is_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
