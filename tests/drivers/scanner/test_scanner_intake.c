#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "drivers/scanner/scanner_intake.h"
#include "drivers/scanner/scanner_wire.h"
#include "kiosk/base/limits.h"

static enum status send_measures(struct scanner_intake *intake, int64_t width, int64_t height,
                                 int64_t channels)
{
    struct wire message = {0};
    wire_init(&message, 0);
    assert_int_equal(wire_put_integer(&message, SCANNER_WIRE_WIDTH_PX, width), STATUS_OK);
    assert_int_equal(wire_put_integer(&message, SCANNER_WIRE_HEIGHT_PX, height), STATUS_OK);
    assert_int_equal(wire_put_integer(&message, SCANNER_WIRE_CHANNELS, channels), STATUS_OK);
    assert_int_equal(wire_put_integer(&message, SCANNER_WIRE_DPI, 300), STATUS_OK);
    enum status status = scanner_intake_message(intake, &message);
    wire_release(&message);
    return status;
}

static enum status send_rows(struct scanner_intake *intake, const void *bytes, size_t length)
{
    struct wire message = {0};
    wire_init(&message, 0);
    assert_int_equal(wire_put_bytes(&message, SCANNER_WIRE_ROWS, bytes, length), STATUS_OK);
    enum status status = scanner_intake_message(intake, &message);
    wire_release(&message);
    return status;
}

static void test_scanner_intake__pieces_become_a_page(void **state)
{
    (void)state;
    struct scanner_intake intake = {0};
    struct scanner_page page = {0};
    int rows_total = 0;
    assert_int_equal(send_measures(&intake, 2, 3, 3), STATUS_OK);
    assert_int_equal(send_rows(&intake, "abcdefgh", 8), STATUS_OK);
    assert_int_equal(scanner_intake_rows(&intake, &rows_total), 1);
    assert_int_equal(rows_total, 3);
    assert_int_equal(send_rows(&intake, "ijklmnopqr", 10), STATUS_OK);
    assert_int_equal(scanner_intake_detach(&intake, &page), STATUS_OK);
    assert_int_equal(page.height_px, 3);
    assert_memory_equal(page.pixels, "abcdefghijklmnopqr", 18);
    scanner_page_release(&page);
    scanner_intake_release(&intake);
}

static void test_scanner_intake__unknown_height_is_counted(void **state)
{
    (void)state;
    struct scanner_intake intake = {0};
    struct scanner_page page = {0};
    assert_int_equal(send_measures(&intake, 4, 0, 1), STATUS_OK);
    for (int i = 0; i < 5; i++)
        assert_int_equal(send_rows(&intake, "rows", 4), STATUS_OK);
    assert_int_equal(scanner_intake_detach(&intake, &page), STATUS_OK);
    assert_int_equal(page.height_px, 5);
    assert_int_equal(page.length, 20);
    scanner_page_release(&page);
}

static void test_scanner_intake__missing_or_cut_rows_are_malformed(void **state)
{
    (void)state;
    struct scanner_intake intake = {0};
    struct scanner_page page = {0};
    assert_int_equal(scanner_intake_detach(&intake, &page), STATUS_MALFORMED);
    assert_int_equal(send_measures(&intake, 4, 2, 1), STATUS_OK);
    assert_int_equal(send_rows(&intake, "1234", 4), STATUS_OK);
    assert_int_equal(scanner_intake_detach(&intake, &page), STATUS_MALFORMED);
    assert_null(page.pixels);
    scanner_intake_release(&intake);
    assert_int_equal(send_measures(&intake, 4, 0, 1), STATUS_OK);
    assert_int_equal(send_rows(&intake, "12345", 5), STATUS_OK);
    assert_int_equal(scanner_intake_detach(&intake, &page), STATUS_MALFORMED);
    scanner_intake_release(&intake);
}

static void test_scanner_intake__too_many_rows_or_rows_before_measures_are_malformed(void **state)
{
    (void)state;
    struct scanner_intake intake = {0};
    assert_int_equal(send_rows(&intake, "1234", 4), STATUS_MALFORMED);
    assert_int_equal(send_measures(&intake, 2, 1, 1), STATUS_OK);
    assert_int_equal(send_measures(&intake, 2, 1, 1), STATUS_MALFORMED);
    assert_int_equal(send_rows(&intake, "123", 3), STATUS_MALFORMED);
    scanner_intake_release(&intake);
}

static void test_scanner_intake__measures_have_ceilings(void **state)
{
    (void)state;
    const struct {
        int64_t width, height, channels;
        enum status status;
    } cases[] = {
        {0, 10, 3, STATUS_MALFORMED},   {10, -1, 3, STATUS_MALFORMED},
        {10, 10, 4, STATUS_MALFORMED},  {INT64_MAX, 2, 3, STATUS_MALFORMED},
        {10000, 10000, 3, STATUS_FULL}, {2, LIMIT_PAGE_PIXELS, 1, STATUS_FULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct scanner_intake intake = {0};
        assert_int_equal(send_measures(&intake, cases[i].width, cases[i].height, cases[i].channels),
                         cases[i].status);
        assert_null(intake.page.pixels);
        scanner_intake_release(&intake);
    }
}

static void test_scanner_intake__page_without_end_stops_at_the_ceiling(void **state)
{
    (void)state;
    static uint8_t rows[8 * 1024 * 1024];
    struct scanner_intake intake = {0};
    enum status status = send_measures(&intake, 1024, 0, 1);
    for (int i = 0; i < 9 && status == STATUS_OK; i++)
        status = send_rows(&intake, rows, sizeof rows);
    assert_int_equal(status, STATUS_FULL);
    assert_true(intake.page.length <= (size_t)LIMIT_PAGE_PIXELS);
    scanner_intake_release(&intake);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scanner_intake__pieces_become_a_page),
        cmocka_unit_test(test_scanner_intake__unknown_height_is_counted),
        cmocka_unit_test(test_scanner_intake__missing_or_cut_rows_are_malformed),
        cmocka_unit_test(test_scanner_intake__too_many_rows_or_rows_before_measures_are_malformed),
        cmocka_unit_test(test_scanner_intake__measures_have_ceilings),
        cmocka_unit_test(test_scanner_intake__page_without_end_stops_at_the_ceiling),
    };
    return cmocka_run_group_tests_name("scanner intake", tests, NULL, NULL);
}
