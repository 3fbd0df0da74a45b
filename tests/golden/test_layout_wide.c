/* Layout on large panels, up to the largest that is promised (design 2.4): each screen's first page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/golden/gallery_layout.h"

static void test_layout_wide__a_panel_of_2560_is_sound(void **state)
{
    (void)state;
    struct stage_look window = {"2560x1440", 2560, 1440, THEME_STANDARD};
    assert_int_equal(0, gallery_window_faults(false, false, window));
}

static void test_layout_wide__the_largest_panel_is_sound(void **state)
{
    (void)state;
    struct stage_look window = {"3840x2160", 3840, 2160, THEME_CARE};
    assert_int_equal(0, gallery_window_faults(false, false, window));
}

static void test_layout_wide__the_desk_on_the_largest_panel_is_sound(void **state)
{
    (void)state;
    struct stage_look window = {"3840x2160", 3840, 2160, THEME_STANDARD};
    assert_int_equal(0, gallery_window_faults(true, false, window));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layout_wide__a_panel_of_2560_is_sound),
        cmocka_unit_test(test_layout_wide__the_largest_panel_is_sound),
        cmocka_unit_test(test_layout_wide__the_desk_on_the_largest_panel_is_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
