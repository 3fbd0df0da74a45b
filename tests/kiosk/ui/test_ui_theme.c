/* Theme and layout: contrast of every pair of colours that meet (WCAG 2.1, 1.4.3), regions, scale. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>

#include "kiosk/ui/layout.h"
#include "kiosk/ui/theme.h"

static double part(uint32_t value)
{
    double c = (double)(value & 0xFF) / 255;
    return c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t color)
{
    return 0.2126 * part(color >> 16) + 0.7152 * part(color >> 8) + 0.0722 * part(color);
}

static double contrast(enum theme_kind theme, enum theme_color a, enum theme_color b)
{
    double x = luminance(theme_color(theme, a)), y = luminance(theme_color(theme, b));
    return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

struct pair {
    enum theme_color front, ground;
    double least;
};

static const struct pair pairs[] = {
    {THEME_COLOR_INK900, THEME_COLOR_BG, 7},         {THEME_COLOR_INK900, THEME_COLOR_SURFACE, 7},
    {THEME_COLOR_INK700, THEME_COLOR_BG, 7},         {THEME_COLOR_INK700, THEME_COLOR_SUNK, 7},
    {THEME_COLOR_INK700, THEME_COLOR_B50, 7},        {THEME_COLOR_INK500, THEME_COLOR_SURFACE, 7},
    {THEME_COLOR_ON_PRIMARY, THEME_COLOR_B700, 7},   {THEME_COLOR_ON_PRIMARY, THEME_COLOR_PRESSED, 7},
    {THEME_COLOR_ON_DARK, THEME_COLOR_B900, 7},      {THEME_COLOR_ON_DARK2, THEME_COLOR_B900, 7},
    {THEME_COLOR_ON_DARK, THEME_COLOR_B800, 7},      {THEME_COLOR_B700, THEME_COLOR_B50, 7},
    {THEME_COLOR_B700, THEME_COLOR_B100, 7},         {THEME_COLOR_B700, THEME_COLOR_SURFACE, 7},
    {THEME_COLOR_SEAL700, THEME_COLOR_SEAL100, 7},   {THEME_COLOR_SEAL700, THEME_COLOR_SURFACE, 7},
    {THEME_COLOR_ON_SEAL, THEME_COLOR_SEAL700, 7},   {THEME_COLOR_ON_SEAL, THEME_COLOR_SEAL600, 4.5},
    {THEME_COLOR_JADE700, THEME_COLOR_JADE100, 7},   {THEME_COLOR_ON_JADE, THEME_COLOR_JADE600, 4.5},
    {THEME_COLOR_AMBER800, THEME_COLOR_AMBER100, 7}, {THEME_COLOR_GOLD300, THEME_COLOR_B900, 7},
    {THEME_COLOR_INK400, THEME_COLOR_SURFACE, 4.5},  {THEME_COLOR_DIS_TEXT, THEME_COLOR_DIS_FILL, 4.5},
    {THEME_COLOR_LINE500, THEME_COLOR_SURFACE, 3},   {THEME_COLOR_SEAL600, THEME_COLOR_ERROR_FILL, 3},
    {THEME_COLOR_INK900, THEME_COLOR_KEYFN, 7},      {THEME_COLOR_JADE_DARK, THEME_COLOR_B900, 4.5},
    {THEME_COLOR_B700, THEME_COLOR_BG, 3},
};

static void test_theme__every_pair_has_the_contrast_the_design_promises(void **state)
{
    (void)state;
    for (int theme = 0; theme < THEME_KIND_COUNT; theme++)
        for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
            double found = contrast((enum theme_kind)theme, pairs[i].front, pairs[i].ground);
            if (found < pairs[i].least)
                fprintf(stderr, "theme %d: %s on %s is %.2f\n", theme, theme_color_name(pairs[i].front),
                        theme_color_name(pairs[i].ground), found);
            assert_true(found >= pairs[i].least);
        }
}

static void test_theme__the_measure_itself_is_right(void **state)
{
    (void)state;
    /* The design's own figures. */
    assert_true(fabs(contrast(THEME_STANDARD, THEME_COLOR_INK900, THEME_COLOR_BG) - 15.1) < 0.1);
    assert_true(fabs(contrast(THEME_STANDARD, THEME_COLOR_ON_PRIMARY, THEME_COLOR_B700) - 9.1) < 0.1);
    assert_true(fabs(contrast(THEME_CARE, THEME_COLOR_ON_PRIMARY, THEME_COLOR_B700) - 11.3) < 0.1);
    assert_true(fabs(contrast(THEME_CONTRAST, THEME_COLOR_ON_PRIMARY, THEME_COLOR_B700) - 15.2) < 0.1);
}

static void test_theme__large_sizes_follow_the_map(void **state)
{
    static const int map[][2] = {{24, 34}, {26, 36}, {28, 40}, {30, 42}, {32, 44},
                                 {36, 50}, {40, 56}, {44, 62}, {56, 78}};
    (void)state;
    for (size_t i = 0; i < sizeof map / sizeof map[0]; i++) {
        assert_int_equal(theme_px(THEME_STANDARD, map[i][0]), map[i][0]);
        assert_int_equal(theme_px(THEME_CARE, map[i][0]), map[i][1]);
        assert_int_equal(theme_px(THEME_CONTRAST, map[i][0]), map[i][1]);
    }
    assert_true(theme_px(THEME_CARE, 112) <= 140);
    assert_int_equal(theme_text(THEME_STANDARD, THEME_TYPE_H1).px, 44);
    assert_int_equal(theme_text(THEME_STANDARD, THEME_TYPE_BODY).line_px, 42);
}

static void test_layout__landscape_regions_are_the_designs(void **state)
{
    struct layout layout = layout_kiosk(1920, 1080, 0);
    struct layout_regions r = layout_regions(&layout, THEME_STANDARD, true, false);
    (void)state;
    assert_int_equal(layout.mode, LAYOUT_LANDSCAPE);
    assert_memory_equal(&r.top_bar, &((struct rect){0, 0, 1920, 88}), sizeof r.top_bar);
    assert_memory_equal(&r.step_bar, &((struct rect){0, 88, 1920, 96}), sizeof r.top_bar);
    assert_memory_equal(&r.content, &((struct rect){64, 328, 1792, 596}), sizeof r.top_bar);
    assert_memory_equal(&r.bottom_bar, &((struct rect){0, 944, 1920, 136}), sizeof r.top_bar);
    r = layout_regions(&layout, THEME_CARE, true, false);
    assert_int_equal(r.bottom_bar.h, 160);
    assert_true(rect_is_empty(r.step_bar));
}

static void test_layout__portrait_regions_are_the_designs(void **state)
{
    struct layout layout = layout_kiosk(1080, 1920, 0);
    struct layout_regions r = layout_regions(&layout, THEME_STANDARD, true, false);
    (void)state;
    assert_int_equal(layout.mode, LAYOUT_PORTRAIT);
    assert_int_equal(r.top_bar.h, 112);
    assert_int_equal(r.step_bar.y + r.step_bar.h, 248);
    assert_int_equal(r.title.y + r.title.h, 540);
    assert_int_equal(r.content.y, 568);
    assert_int_equal(r.content.y + r.content.h, 1632);
    assert_int_equal(r.bottom_bar.y, 1656);
    r = layout_regions(&layout, THEME_STANDARD, true, true);
    assert_true(r.content.y < 300);
}

static void test_layout__scales_centres_and_clamps(void **state)
{
    struct layout layout = layout_kiosk(960, 600, 0);
    int x, y;
    (void)state;
    assert_true(fabs(layout.scale - 0.6) < 1e-9); /* never smaller, even if the page is cut */
    layout = layout_kiosk(1440, 900, 0);
    assert_true(fabs(layout.scale - 0.75) < 1e-9);
    assert_int_equal(layout.offset_y, 45);
    struct rect r = layout_to_window(&layout, rect_make(64, 100, 100, 100));
    assert_int_equal(r.x, 48);
    assert_int_equal(r.y, 120);
    layout_to_base(&layout, 48, 120, &x, &y);
    assert_int_equal(x, 64);
    assert_int_equal(y, 100);
    assert_int_equal(layout_length(&layout, 1), 1);
    layout = layout_kiosk(7680, 4320, 0);
    assert_true(fabs(layout.scale - 2.2) < 1e-9);
}

static void test_layout__a_canvas_is_shown_from_hd_to_4k(void **state)
{
    static const struct {
        int width, height;
        double scale;
        int x, y;
    } windows[] = {
        {1280, 720, 2.0 / 3, 0, 0}, {1366, 768, 768.0 / 1080, 0, 0}, {1920, 1200, 1, 0, 60},
        {2560, 1080, 1, 320, 0},    {3840, 2160, 2, 0, 0},           {720, 1280, 2.0 / 3, 0, 0},
        {1200, 1920, 1, 60, 0},     {2160, 3840, 2, 0, 0},           {1280, 1024, 2.0 / 3, 0, 152}};
    (void)state;
    for (size_t i = 0; i < sizeof windows / sizeof windows[0]; i++) {
        struct layout layout = layout_kiosk(windows[i].width, windows[i].height, 248);
        assert_true(fabs(layout.scale - windows[i].scale) < 1e-9);
        assert_in_range(layout.offset_x, windows[i].x, windows[i].x + 1);
        assert_in_range(layout.offset_y, windows[i].y, windows[i].y + 1);
    }
}

static void test_layout__a_finger_has_20_mm_as_far_as_the_page_fits(void **state)
{
    struct layout layout = layout_kiosk(7680, 4320, 80);
    (void)state;
    assert_true(fabs(88 * layout.scale * 0.080 - 20) < 1e-6); /* past 2.2 */
    layout = layout_kiosk(7680, 4320, 248);
    assert_true(fabs(layout.scale - 2.2) < 1e-9); /* 20 mm already */
    layout = layout_kiosk(1280, 720, 173);
    assert_true(fabs(layout.scale - 2.0 / 3) < 1e-9); /* the window holds no more */
}

static void test_layout__a_hairline_is_never_lost(void **state)
{
    struct layout layout = layout_kiosk(1152, 648, 0);
    (void)state;
    for (int y = 0; y < 200; y++) {
        assert_true(layout_to_window(&layout, rect_make(0, y, 100, 1)).h >= 1);
        assert_true(layout_to_window(&layout, rect_make(y, 0, 1, 100)).w >= 1);
    }
    assert_int_equal(layout_to_window(&layout, rect_make(0, 0, 0, 1)).w, 0);
}

static void test_layout__neighbours_still_touch_after_scaling(void **state)
{
    struct layout layout = layout_kiosk(1366, 768, 0);
    (void)state;
    for (int i = 0; i < 40; i++) {
        struct rect a = layout_to_window(&layout, rect_make(i * 7, 0, 7, 7));
        struct rect b = layout_to_window(&layout, rect_make(i * 7 + 7, 0, 7, 7));
        assert_int_equal(a.x + a.w, b.x);
    }
}

static void test_layout__the_desk_is_as_large_as_its_window(void **state)
{
    struct layout layout = layout_desk(1280, 800, 1);
    (void)state;
    assert_int_equal(layout.width, 1280);
    layout = layout_desk(1280, 800, 1.25);
    assert_int_equal(layout.width, 1024);
    assert_int_equal(layout_split(&layout, rect_make(0, 0, 100, 50), 1, 2, 0).x, 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_theme__every_pair_has_the_contrast_the_design_promises),
        cmocka_unit_test(test_theme__the_measure_itself_is_right),
        cmocka_unit_test(test_theme__large_sizes_follow_the_map),
        cmocka_unit_test(test_layout__landscape_regions_are_the_designs),
        cmocka_unit_test(test_layout__portrait_regions_are_the_designs),
        cmocka_unit_test(test_layout__scales_centres_and_clamps),
        cmocka_unit_test(test_layout__a_canvas_is_shown_from_hd_to_4k),
        cmocka_unit_test(test_layout__a_finger_has_20_mm_as_far_as_the_page_fits),
        cmocka_unit_test(test_layout__a_hairline_is_never_lost),
        cmocka_unit_test(test_layout__neighbours_still_touch_after_scaling),
        cmocka_unit_test(test_layout__the_desk_is_as_large_as_its_window),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
