/* Fonts keep their letters up to a limit and say what is missing; every icon has a drawing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/ui_robot.h"

static void test_font__caches_up_to_a_limit_and_forgets(void **state)
{
    struct font *font = NULL;
    struct font_settings settings = {.regular = UI_ROBOT_FONTS "/NotoSansCJK-Regular.ttc",
                                     .medium = "/nowhere.ttc",
                                     .bold = UI_ROBOT_FONTS "/NotoSansCJK-Bold.ttc",
                                     .cache_limit_bytes = 50000};
    (void)state;
    assert_int_equal(font_open(&settings, &font, NULL), STATUS_OK);
    char text[32];
    for (int i = 0; i < 200; i++) {
        snprintf(text, sizeof text, "受理号 %d", i);
        assert_non_null(font_mask(font, 28, THEME_WEIGHT_MEDIUM, text, strlen(text)));
        assert_true(font_cache_bytes(font) <= 50000);
    }
    assert_null(font_mask(font, 28, THEME_WEIGHT_REGULAR, "", 0));
    assert_int_equal(font_width(font, 28, THEME_WEIGHT_REGULAR, "", 0), 0);
    assert_int_equal(font_width(font, 28, THEME_WEIGHT_REGULAR, "证书", 6), 56);
    assert_int_equal(font_width(font, 28, THEME_WEIGHT_REGULAR, "书”，书", 12), 98);
    assert_in_range(font_mask(font, 28, THEME_WEIGHT_REGULAR, "书”，书", 12)->width, 94, 102);
    const struct mask *mask = font_mask(font, 100, THEME_WEIGHT_REGULAR, "证", 3);
    assert_in_range(mask->height, 144, 146);
    font_forget(font);
    assert_int_equal(font_cache_bytes(font), 0);
    font_close(font);
    font_close(NULL);
}

static void test_font__a_missing_file_is_said(void **state)
{
    struct font *font = NULL;
    struct failure failure = {0};
    (void)state;
    assert_int_equal(font_open(&(struct font_settings){.regular = "/nowhere.ttc", .bold = "/nowhere.ttc"},
                               &font, &failure),
                     STATUS_NOT_FOUND);
    assert_null(font);
    assert_string_equal(failure.where, "TTF_OpenFontIndex");
}

static void test_icon__every_icon_has_a_drawing(void **state)
{
    struct icon_set *set = icon_set_new(TEST_SOURCE_DIR "/assets/icons");
    (void)state;
    for (int i = ICON_NONE + 1; i < ICON_COUNT; i++) {
        char path[512];
        snprintf(path, sizeof path, TEST_SOURCE_DIR "/assets/icons/%s.svg", icon_name((enum icon)i));
        FILE *file = fopen(path, "re");
        assert_non_null(file);
        fclose(file);
        const struct mask *mask = icon_mask(set, (enum icon)i, 48);
        int ink = 0;
        for (int p = 0; p < 48 * 48; p++)
            ink += mask->coverage[p] > 128;
        assert_in_range(ink, 20, 1800);
    }
    assert_null(icon_mask(set, ICON_NONE, 48));
    icon_set_free(set);
    set = icon_set_new("/nowhere");
    assert_int_equal(icon_mask(set, ICON_CHECK, 20)->coverage[0], 255); /* the hollow square */
    icon_set_free(set);
    icon_set_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_font__caches_up_to_a_limit_and_forgets),
        cmocka_unit_test(test_font__a_missing_file_is_said),
        cmocka_unit_test(test_icon__every_icon_has_a_drawing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
