/* Samples are cut out of a sheet by its corner marks, judged, and become pictures of their real size. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "kiosk/page/page.h"
#include "kiosk/page/page_picture.h"
#include "kiosk/page/page_png.h"
#include "tests/support/feature.h"
#include "tests/support/page_bench.h"

enum { DPI = 300, PNG_BYTES = 16 * 1024 };

/* Two stamps side by side, and a signature with a box to be ticked. */
static const struct page_sample_box boxes[] = {{.place = {20, 60, 70, 50}, .is_stamp = true},
                                               {.place = {110, 60, 70, 50}, .is_stamp = true},
                                               {.place = {20, 130, 120, 24}, .tick = {150, 138, 8, 8}}};

static void fill_mm(struct page_image *image, double x, double y, double w, double h, int gray)
{
    double px = image->dpi / 25.4;
    page_bench_fill(image, (struct page_rect){(int)(x * px), (int)(y * px), (int)(w * px), (int)(h * px)},
                    (uint8_t)gray, (uint8_t)gray, (uint8_t)gray);
}

static void draw_line(struct page_image *image, const struct page_place_mm *at)
{
    fill_mm(image, at->x_mm, at->y_mm, at->width_mm, 0.3, 0);
    fill_mm(image, at->x_mm, at->y_mm + at->height_mm, at->width_mm, 0.3, 0);
    fill_mm(image, at->x_mm, at->y_mm, 0.3, at->height_mm, 0);
    fill_mm(image, at->x_mm + at->width_mm, at->y_mm, 0.3, at->height_mm + 0.3, 0);
}

/* The printed sheet: marks, the lines of the boxes, nothing in them. */
static struct page_image blank_sheet(void)
{
    struct page_image image = {0};
    assert_int_equal(page_image_new(210 * DPI * 10 / 254, 297 * DPI * 10 / 254, 3, DPI, &image), STATUS_OK);
    memset(image.pixels, 255, (size_t)image.width_px * (size_t)image.height_px * 3);
    page_bench_marks(&image);
    for (size_t i = 0; i < 3; i++)
        draw_line(&image, &boxes[i].place);
    draw_line(&image, &boxes[2].tick);
    return image;
}

static void sign(struct page_image *image)
{
    for (int i = 0; i < 8; i++)
        fill_mm(image, 45 + 6 * i, 140, 4, 1.2, 20);
}

static void cut(struct page_image *image, struct page_sample *out)
{
    assert_int_equal(page_sample_cut(image, boxes, 3, out), STATUS_OK);
    page_image_release(image);
}

static void release(struct page_sample *samples)
{
    for (size_t i = 0; i < 3; i++)
        page_image_release(&samples[i].image);
}

static void test_page_sample__stamps_and_a_ticked_signature_are_cut_out(void **state)
{
    (void)state;
    struct page_sample samples[3] = {0};
    struct page_image image = blank_sheet();
    page_bench_ring(&image, 55, 85, 42, 1.0, 200);
    page_bench_ring(&image, 145, 85, 42, 1.0, 200);
    sign(&image);
    fill_mm(&image, 152, 141, 4, 1.2, 20);
    cut(&image, samples);
    FEATURE("F121");
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(samples[i].fault, PAGE_SAMPLE_NONE);
    assert_true(samples[2].is_ticked);
    assert_false(samples[0].is_ticked);
    FEATURE("F120");
    assert_in_range((int64_t)(samples[0].px_per_mm * 100), 1175, 1187); /* 300 dpi */
    assert_in_range(samples[0].image.width_px, 68 * 118 / 10 - 4, 68 * 118 / 10 + 4);
    release(samples);
}

static void test_page_sample__what_is_wrong_is_told_apart(void **state)
{
    (void)state;
    struct page_sample samples[3] = {0};
    struct page_image image = blank_sheet();
    page_bench_ring(&image, 42, 85, 42, 1.0, 200);   /* over the line of its box */
    page_bench_ring(&image, 145, 85, 42, 0.55, 200); /* half of it */
    cut(&image, samples);
    FEATURE("F122");
    assert_int_equal(samples[0].fault, PAGE_SAMPLE_TOUCHING);
    assert_int_equal(samples[1].fault, PAGE_SAMPLE_INCOMPLETE);
    assert_int_equal(samples[2].fault, PAGE_SAMPLE_BLANK);
    assert_false(samples[2].is_ticked);
    release(samples);
    image = blank_sheet();
    page_bench_ring(&image, 55, 85, 42, 1.0, 60);
    cut(&image, samples);
    assert_int_equal(samples[0].fault, PAGE_SAMPLE_FAINT);
    assert_int_equal(samples[1].fault, PAGE_SAMPLE_BLANK);
    release(samples);
    static const enum page_reason reasons[] = {PAGE_REASON_NONE,
                                               PAGE_REASON_SEAL_FAINT,
                                               PAGE_REASON_SEAL_INCOMPLETE,
                                               PAGE_REASON_SAMPLE_TOUCHING,
                                               PAGE_REASON_SAMPLE_UNFIT,
                                               PAGE_REASON_SAMPLE_MISSING};
    for (int fault = 0; fault < PAGE_SAMPLE_FAULT_COUNT_; fault++)
        assert_int_equal(page_reason_of_sample(STATUS_OK, (enum page_sample_fault)fault), reasons[fault]);
}

static void test_page_sample__a_page_without_its_marks_or_colour_gives_none(void **state)
{
    (void)state;
    struct page_sample samples[3] = {0};
    struct page_image image = page_bench_text(DPI, 3);
    enum status status = page_sample_cut(&image, boxes, 3, samples);
    assert_int_equal(status, STATUS_NOT_FOUND);
    assert_int_equal(page_reason_of_sample(status, PAGE_SAMPLE_NONE), PAGE_REASON_SAMPLES_UNFOUND);
    assert_null(samples[0].image.pixels);
    page_image_release(&image);
    image = page_bench_text(DPI, 1);
    page_bench_marks(&image);
    assert_int_equal(page_sample_cut(&image, boxes, 3, samples), STATUS_NOT_FOUND);
    page_image_release(&image);
}

/* Half a degree, as straightening leaves it; beyond that page_finish has turned the page already. */
static void test_page_sample__a_page_that_lies_a_little_askew_is_cut_as_well(void **state)
{
    (void)state;
    struct page_sample samples[3] = {0};
    struct page_image image = blank_sheet();
    page_bench_ring(&image, 55, 85, 38, 1.0, 200);
    page_bench_ring(&image, 145, 85, 38, 1.0, 200);
    sign(&image);
    assert_int_equal(page_image_straighten(&image, 0.3), STATUS_OK);
    cut(&image, samples);
    assert_int_equal(samples[0].fault, PAGE_SAMPLE_NONE);
    assert_int_equal(samples[1].fault, PAGE_SAMPLE_NONE);
    release(samples);
}

static void test_page_picture__a_stamp_alone_in_its_real_size(void **state)
{
    (void)state;
    struct page_sample samples[3] = {0};
    struct page_picture picture = {0};
    struct page_picture read = {0};
    struct buf png;
    struct page_image image = blank_sheet();
    page_bench_ring(&image, 55, 85, 42, 1.0, 200);
    fill_mm(&image, 40, 84, 30, 2, 60); /* what was printed below the stamp stays behind */
    cut(&image, samples);
    assert_int_equal(page_picture_make(&samples[0].image, samples[0].px_per_mm, true, &picture), STATUS_OK);
    FEATURE("F123");
    assert_true(fabs(picture.width_mm - 42) < 0.4);
    assert_true(fabs(picture.height_mm - 42) < 0.4);
    assert_true(picture.rgb[0] > 200 && picture.rgb[1] < 90);
    size_t middle = (size_t)(picture.height_px / 2) * (size_t)picture.width_px + (size_t)picture.width_px / 2;
    assert_int_equal(picture.strength[middle], 0); /* nothing but ink is left */
    buf_init(&png, PNG_BYTES);
    assert_int_equal(page_picture_encode(&picture, PNG_BYTES, &png), STATUS_OK);
    assert_int_equal(page_png_read(png.data, png.length, &read), STATUS_OK);
    assert_true(fabs(read.width_mm - picture.width_mm) < 0.3);
    assert_memory_equal(read.rgb, picture.rgb, 3);
    page_picture_release(&read);
    png.data[44] ^= 1; /* the size on paper */
    assert_int_equal(page_png_read(png.data, png.length, &read), STATUS_MALFORMED);
    png.data[44] ^= 1;
    png.data[png.length / 2] ^= 1;
    assert_int_equal(page_png_read(png.data, png.length, &read), STATUS_MALFORMED);
    assert_int_equal(page_png_read(png.data, 20, &read), STATUS_MALFORMED);
    buf_release(&png);
    page_picture_release(&picture);
    release(samples);
}

/* Every pixel differs, so that nothing can be packed: fewer pixels, the same size on paper, or none at all.
 */
static void test_page_picture__is_made_small_enough_for_a_key(void **state)
{
    (void)state;
    struct page_image image = {0};
    struct page_picture picture = {0};
    struct page_picture read = {0};
    struct buf png;
    uint32_t noise = 1;
    assert_int_equal(page_image_new(500, 500, 3, DPI, &image), STATUS_OK);
    for (size_t i = 0; i < (size_t)500 * 500; i++) {
        noise = noise * 1664525u + 1013904223u;
        image.pixels[i * 3] = 255;
        image.pixels[i * 3 + 1] = image.pixels[i * 3 + 2] = (uint8_t)(100 + (noise >> 25));
    }
    assert_int_equal(page_picture_make(&image, 11.81, true, &picture), STATUS_OK);
    buf_init(&png, (size_t)64 * 1024);
    assert_int_equal(page_picture_encode(&picture, (size_t)48 * 1024, &png), STATUS_OK);
    assert_in_range(png.length, 1, 48 * 1024);
    assert_int_equal(page_png_read(png.data, png.length, &read), STATUS_OK);
    assert_true(read.width_px < picture.width_px);
    assert_true(fabs(read.width_mm - picture.width_mm) < 0.5);
    page_picture_release(&read);
    buf_clear(&png);
    assert_int_equal(page_picture_encode(&picture, PNG_BYTES, &png), STATUS_OK); /* as much as a key keeps */
    FEATURE("F123");
    assert_in_range(png.data[24], 1, 2); /* bits of each strength */
    assert_int_equal(page_png_read(png.data, png.length, &read), STATUS_OK);
    assert_true(read.width_px > 4 * picture.width_mm);
    assert_true(fabs(read.width_mm - picture.width_mm) < 0.5);
    buf_clear(&png);
    assert_int_equal(page_picture_encode(&picture, 200, &png), STATUS_FULL);
    assert_int_equal(png.length, 0);
    buf_release(&png);
    page_picture_release(&read);
    page_picture_release(&picture);
    memset(image.pixels, 255, (size_t)500 * 500 * 3);
    assert_int_equal(page_picture_make(&image, 11.81, true, &picture), STATUS_NOT_FOUND); /* no ink */
    page_image_release(&image);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page_sample__stamps_and_a_ticked_signature_are_cut_out),
        cmocka_unit_test(test_page_sample__what_is_wrong_is_told_apart),
        cmocka_unit_test(test_page_sample__a_page_without_its_marks_or_colour_gives_none),
        cmocka_unit_test(test_page_sample__a_page_that_lies_a_little_askew_is_cut_as_well),
        cmocka_unit_test(test_page_picture__a_stamp_alone_in_its_real_size),
        cmocka_unit_test(test_page_picture__is_made_small_enough_for_a_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
