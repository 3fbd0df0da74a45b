#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "kiosk/page/page_jpeg.h"
#include "tests/support/feature.h"
#include "tests/support/page_bench.h"

static void test_page_jpeg__page_comes_back_near_with_its_resolution(void **state)
{
    (void)state;
    struct page_image page = page_bench_load(TEST_SOURCE_DIR, "03_application_form.jpg"), again = {0};
    struct buf file;
    double sum = 0;
    buf_init(&file, LIMIT_PAGE_JPEG_BYTES);
    assert_int_equal(page.dpi, 200);
    assert_int_equal(page_jpeg_encode(&page, PAGE_JPEG_QUALITY, &file), STATUS_OK);
    assert_int_equal(page_jpeg_decode(file.data, file.length, &again, NULL), STATUS_OK);
    assert_int_equal(again.dpi, 200);
    assert_int_equal(again.width_px, page.width_px);
    assert_int_equal(again.channels, 3);
    size_t length = (size_t)page.width_px * (size_t)page.height_px * 3;
    for (size_t i = 0; i < length; i++)
        sum += abs(page.pixels[i] - again.pixels[i]);
    assert_true(sum / (double)length < 3.0);
    page_image_release(&page);
    page_image_release(&again);
    buf_release(&file);
}

static void test_page_jpeg__colour_is_kept_at_half_resolution(void **state)
{
    (void)state;
    struct page_image page = page_bench_text(75, 3);
    struct buf file;
    buf_init(&file, LIMIT_PAGE_JPEG_BYTES);
    assert_int_equal(page_jpeg_encode(&page, PAGE_JPEG_QUALITY, &file), STATUS_OK);
    /* T.81 B.2.2: in the frame header, each component's sampling factors; 4:2:0 is 2x2, 1x1, 1x1 */
    const uint8_t *frame = memmem(file.data, file.length, "\xff\xc0", 2);
    assert_non_null(frame);
    assert_int_equal(frame[11], 0x22);
    assert_int_equal(frame[14], 0x11);
    assert_memory_equal(file.data + 6, "JFIF", 5);
    assert_int_equal(file.data[13], 1);
    assert_int_equal(file.data[14] << 8 | file.data[15], 75);
    page_image_release(&page);
    buf_release(&file);
}

static void test_page_jpeg__gray_page_stays_gray(void **state)
{
    (void)state;
    struct page_image page = page_bench_text(75, 1), again = {0};
    struct buf file;
    buf_init(&file, LIMIT_PAGE_JPEG_BYTES);
    assert_int_equal(page_jpeg_encode(&page, PAGE_JPEG_QUALITY, &file), STATUS_OK);
    assert_int_equal(page_jpeg_decode(file.data, file.length, &again, NULL), STATUS_OK);
    assert_int_equal(again.channels, 1);
    page_image_release(&page);
    page_image_release(&again);
    buf_release(&file);
}

/* The lines of text as a file, for damaging. */
static struct buf text_file(void)
{
    struct page_image page = page_bench_text(75, 3);
    struct buf file;
    buf_init(&file, LIMIT_PAGE_JPEG_BYTES);
    assert_int_equal(page_jpeg_encode(&page, PAGE_JPEG_QUALITY, &file), STATUS_OK);
    page_image_release(&page);
    return file;
}

static void test_page_jpeg__damaged_file_is_malformed_with_a_reason(void **state)
{
    (void)state;
    struct buf file = text_file();
    struct page_image image = {0};
    struct failure failure = {0};
    assert_int_equal(page_jpeg_decode(file.data, file.length / 2, &image, &failure), STATUS_MALFORMED);
    assert_true(failure.text[0] != '\0');
    memset(file.data + file.length / 2, 0xff, 64);
    assert_int_equal(page_jpeg_decode(file.data, file.length, &image, &failure), STATUS_MALFORMED);
    assert_int_equal(page_jpeg_decode("\x89PNG\r\n", 6, &image, NULL), STATUS_MALFORMED);
    assert_int_equal(page_jpeg_decode("", 0, &image, NULL), STATUS_MALFORMED);
    assert_null(image.pixels);
    buf_release(&file);
}

static void test_page_jpeg__oversize_is_full_before_anything_is_allocated(void **state)
{
    (void)state;
    struct buf file = text_file();
    struct page_image image = {0};
    uint8_t *frame = memmem(file.data, file.length, "\xff\xc0", 2);
    assert_non_null(frame);
    memcpy(frame + 5, "\xfd\xe8\xfd\xe8", 4); /* 65000 x 65000 */
    assert_int_equal(page_jpeg_decode(file.data, file.length, &image, NULL), STATUS_FULL);
    assert_int_equal(page_jpeg_decode(file.data, (size_t)LIMIT_PAGE_JPEG_BYTES + 1, &image, NULL),
                     STATUS_FULL);
    assert_null(image.pixels);
    buf_release(&file);
}

static void test_page_jpeg__fits_a_limit_by_quality_alone(void **state)
{
    (void)state;
    struct page_image page = page_bench_load(TEST_SOURCE_DIR, "03_application_form.jpg"), again = {0};
    struct buf best, fitted;
    int quality = 0;
    buf_init(&best, LIMIT_PAGE_JPEG_BYTES);
    buf_init(&fitted, LIMIT_PAGE_JPEG_BYTES);
    assert_int_equal(page_jpeg_fit(&page, LIMIT_PAGE_JPEG_BYTES, &best, &quality), STATUS_OK);
    assert_int_equal(quality, 85);
    assert_int_equal(page_jpeg_fit(&page, best.length - 1, &fitted, &quality), STATUS_OK);
    assert_int_equal(quality, 75);
    assert_true(fitted.length < best.length);
    assert_int_equal(page_jpeg_decode(fitted.data, fitted.length, &again, NULL), STATUS_OK);
    FEATURE("F106");
    assert_int_equal(again.width_px, page.width_px);
    page_image_release(&again);
    page_image_release(&page);
    buf_release(&best);
    buf_release(&fitted);
}

static void test_page_jpeg__limit_no_quality_can_meet_is_full(void **state)
{
    (void)state;
    struct page_image page = page_bench_text(75, 3);
    struct buf file;
    int quality = -1;
    buf_init(&file, LIMIT_PAGE_JPEG_BYTES);
    assert_int_equal(page_jpeg_fit(&page, 2000, &file, &quality), STATUS_FULL);
    assert_int_equal(file.length, 0);
    assert_int_equal(quality, -1);
    page_image_release(&page);
    buf_release(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page_jpeg__page_comes_back_near_with_its_resolution),
        cmocka_unit_test(test_page_jpeg__colour_is_kept_at_half_resolution),
        cmocka_unit_test(test_page_jpeg__gray_page_stays_gray),
        cmocka_unit_test(test_page_jpeg__damaged_file_is_malformed_with_a_reason),
        cmocka_unit_test(test_page_jpeg__oversize_is_full_before_anything_is_allocated),
        cmocka_unit_test(test_page_jpeg__fits_a_limit_by_quality_alone),
        cmocka_unit_test(test_page_jpeg__limit_no_quality_can_meet_is_full),
    };
    return cmocka_run_group_tests_name("page jpeg", tests, NULL, NULL);
}
