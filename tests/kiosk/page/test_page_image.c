#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/page/page_image.h"
#include "kiosk/page/page_skew.h"
#include "tests/support/page_bench.h"

/* 2 x 3 pixels a b / c d / e f. */
static struct page_image letters(void)
{
    struct page_image image = {0};
    assert_int_equal(page_image_new(2, 3, 1, 300, &image), STATUS_OK);
    memcpy(image.pixels, "abcdef", 6);
    return image;
}

static void test_page_image__page_turns_clockwise(void **state)
{
    (void)state;
    static const struct {
        int degrees, width_px;
        const char *pixels;
    } cases[] = {{0, 2, "abcdef"}, {90, 3, "ecafdb"}, {180, 2, "fedcba"}, {270, 3, "bdface"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct page_image image = letters();
        assert_int_equal(page_image_turn(&image, cases[i].degrees), STATUS_OK);
        assert_int_equal(image.width_px, cases[i].width_px);
        assert_memory_equal(image.pixels, cases[i].pixels, 6);
        page_image_release(&image);
    }
}

static void test_page_image__sizes_have_ceilings(void **state)
{
    (void)state;
    struct page_image image = {0};
    assert_int_equal(page_image_new(0, 5, 3, 300, &image), STATUS_MALFORMED);
    assert_int_equal(page_image_new(5, 5, 2, 300, &image), STATUS_MALFORMED);
    assert_int_equal(page_image_new(10000, 10000, 3, 300, &image), STATUS_FULL);
    assert_null(image.pixels);
    page_image_release(&image);
    page_image_release(NULL);
}

static void test_page_image__takes_pixels_of_the_right_length_only(void **state)
{
    (void)state;
    struct page_image image = {0};
    uint8_t *pixels = malloc(12);
    assert_non_null(pixels);
    assert_int_equal(page_image_take(pixels, 11, 2, 2, 3, 300, &image), STATUS_MALFORMED);
    assert_int_equal(page_image_take(pixels, 12, 2, 2, 3, 300, &image), STATUS_OK);
    assert_ptr_equal(image.pixels, pixels);
    page_image_release(&image);
}

static void test_page_image__shrinks_to_means_and_never_grows(void **state)
{
    (void)state;
    struct page_image image = {0}, small = {0};
    assert_int_equal(page_image_new(4, 2, 1, 300, &image), STATUS_OK);
    memcpy(image.pixels, "\x00\x10\xff\xff\x20\x30\xff\xff", 8);
    assert_int_equal(page_image_shrink(&image, 2, 1, &small), STATUS_OK);
    assert_int_equal(small.pixels[0], 0x18);
    assert_int_equal(small.pixels[1], 0xff);
    assert_int_equal(small.dpi, 150);
    page_image_release(&small);
    assert_int_equal(page_image_shrink(&image, 5, 2, &small), STATUS_UNSUPPORTED);
    assert_int_equal(page_image_preview(&image, 100, 100, &small), STATUS_OK);
    assert_int_equal(small.width_px, 4);
    assert_int_equal(small.channels, 3);
    page_image_release(&small);
    page_image_release(&image);
}

static void test_page_image__preview_keeps_the_proportion(void **state)
{
    (void)state;
    struct page_image image = page_bench_text(100, 3), preview = {0};
    assert_int_equal(page_image_preview(&image, 300, 300, &preview), STATUS_OK);
    assert_int_equal(preview.height_px, 300);
    assert_in_range(preview.width_px, 211, 213);
    page_image_release(&preview);
    page_image_release(&image);
}

static void test_page_image__straightened_page_has_no_skew_left(void **state)
{
    (void)state;
    static const double angles[] = {3.2, -1.7};
    for (size_t i = 0; i < sizeof angles / sizeof *angles; i++) {
        struct page_image page = page_bench_text(150, 1);
        double found = 0;
        assert_int_equal(page_image_straighten(&page, angles[i]), STATUS_OK);
        assert_int_equal(page_skew_measure(&page, &found), STATUS_OK);
        assert_true(fabs(found + angles[i]) < 0.1);
        assert_int_equal(page_image_straighten(&page, found), STATUS_OK);
        assert_int_equal(page_skew_measure(&page, &found), STATUS_OK);
        assert_true(fabs(found) < 0.1);
        page_image_release(&page);
    }
}

static void test_page_image__wild_angles_are_not_straightened(void **state)
{
    (void)state;
    struct page_image image = letters();
    assert_int_equal(page_image_straighten(&image, 30), STATUS_UNSUPPORTED);
    assert_int_equal(page_image_straighten(&image, NAN), STATUS_UNSUPPORTED);
    assert_int_equal(page_image_straighten(&image, 0.01), STATUS_OK);
    assert_memory_equal(image.pixels, "abcdef", 6);
    page_image_release(&image);
}

static void test_page_skew__empty_page_has_no_skew(void **state)
{
    (void)state;
    struct page_image image = {0};
    double degrees = 77;
    assert_int_equal(page_image_new(600, 800, 1, 100, &image), STATUS_OK);
    memset(image.pixels, 250, 600 * 800);
    assert_int_equal(page_skew_measure(&image, &degrees), STATUS_NOT_FOUND);
    assert_true(degrees > 76.9);
    page_image_release(&image);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page_image__page_turns_clockwise),
        cmocka_unit_test(test_page_image__sizes_have_ceilings),
        cmocka_unit_test(test_page_image__takes_pixels_of_the_right_length_only),
        cmocka_unit_test(test_page_image__shrinks_to_means_and_never_grows),
        cmocka_unit_test(test_page_image__preview_keeps_the_proportion),
        cmocka_unit_test(test_page_image__straightened_page_has_no_skew_left),
        cmocka_unit_test(test_page_image__wild_angles_are_not_straightened),
        cmocka_unit_test(test_page_skew__empty_page_has_no_skew),
    };
    return cmocka_run_group_tests_name("page image", tests, NULL, NULL);
}
