/* Files of registers: what the shipped products compare with, every mistake of a file at once, what is kept.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/catalogue/register_file.h"
#include "tests/support/feature.h"

enum { NOW_UTC_S = 1795252342 };

#define HEAD "统一社会信用代码,单位名称,法人姓名\n"
#define CODE "91500108MA6000016R"

static struct catalogue *catalogue;
static struct register_shape units;
static struct yaml_errors errors;
static struct register_file *file;

static int open_catalogue(void **state)
{
    (void)state;
    yaml_errors_init(&errors);
    if (catalogue_open(TEST_SOURCE_DIR "/config/catalogue", &errors, &catalogue) != STATUS_OK)
        return -1;
    return register_shape_make(catalogue, "units", &units) == STATUS_OK ? 0 : -1;
}

static int close_catalogue(void **state)
{
    (void)state;
    catalogue_free(catalogue);
    yaml_errors_release(&errors);
    return 0;
}

static int forget(void **state)
{
    (void)state;
    register_file_free(file);
    file = NULL;
    yaml_errors_release(&errors);
    yaml_errors_init(&errors);
    return 0;
}

static enum status parse(const char *text)
{
    return register_file_parse("units.csv", text, strlen(text), &units, NOW_UTC_S, &errors, &file);
}

static void expect_complaint(const char *text, const char *complaint)
{
    assert_int_equal(STATUS_CONFIG, parse(text));
    assert_null(file);
    if (strstr(yaml_errors_text(&errors), complaint) == NULL)
        fail_msg("no \"%s\" in:\n%s", complaint, yaml_errors_text(&errors));
}

static void test_register_file__columns_are_those_the_products_compare(void **state)
{
    (void)state;
    struct register_shape social;
    assert_int_equal(3, units.count);
    assert_string_equal("统一社会信用代码", units.columns[units.key].title);
    assert_int_equal(FORM_KIND_CREDIT_CODE, units.columns[units.key].field->kind);
    assert_int_equal(STATUS_OK, register_shape_make(catalogue, "social-security", &social));
    assert_int_equal(4, social.count);
    assert_string_equal("社保号", social.columns[social.key].title);
    assert_int_equal(STATUS_NOT_FOUND, register_shape_make(catalogue, "nobody-names-it", &social));
    size_t kinds = 0;
    while (register_kind_at(catalogue, kinds) != NULL)
        kinds++;
    assert_int_equal(2, kinds);
}

static void test_register_file__rows_are_normalised_and_other_columns_left_out(void **state)
{
    (void)state;
    assert_int_equal(STATUS_OK,
                     parse("\xEF\xBB\xBF"
                           "序号,单位名称,统一社会信用代码,法人姓名,备注\r\n"
                           "1,重庆示例科技有限公司,９１５００１０８ma6000016r, 李大有 ,\"不,要\"\r\n"));
    assert_int_equal(1, file->count);
    assert_int_equal(2, file->rows[0].line);
    assert_string_equal(CODE, file->rows[0].cells[units.key]);
    assert_int_equal(3, file->columns);
    bool has_name = false;
    for (size_t i = 0; i < file->columns; i++) {
        assert_null(strstr(file->rows[0].cells[i], "不,要"));
        has_name = has_name || strcmp(file->rows[0].cells[i], "李大有") == 0;
    }
    assert_true(has_name);
}

static void test_register_file__gb18030_is_read_too(void **state)
{
    (void)state;
    /* HEAD and one row as a spreadsheet writes them */
    static const char bytes[] =
        "\xCD\xB3\xD2\xBB\xC9\xE7\xBB\xE1\xD0\xC5\xD3\xC3\xB4\xFA\xC2\xEB,"
        "\xB5\xA5\xCE\xBB\xC3\xFB\xB3\xC6,\xB7\xA8\xC8\xCB\xD0\xD5\xC3\xFB\r\n" CODE
        ",\xD6\xD8\xC7\xEC\xCA\xBE\xC0\xFD\xBF\xC6\xBC\xBC,\xC0\xEE\xB4\xF3\xD3\xD0\r\n";
    assert_int_equal(STATUS_OK, parse(bytes));
    assert_int_equal(1, file->count);
    assert_string_equal(CODE, file->rows[0].cells[units.key]);
    for (size_t i = 0; i < units.count; i++)
        if (strcmp(units.columns[i].title, "单位名称") == 0)
            assert_string_equal("重庆示例科技", file->rows[0].cells[i]);
}

static void test_register_file__every_mistake_is_told_at_its_place(void **state)
{
    (void)state;
    expect_complaint(HEAD CODE ",重庆示例科技有限公司,李大有\n"
                               "91500108MA60000160,重庆示例科技有限公司,李5\n"
                               ",重庆示例商贸有限公司,王小明\n"
                               "91500000MA6000024U,重庆示例商贸有限公司\n" CODE ",另一家示例公司,王小明\n"
                               "91500000MA6000024U,\"没有结尾",
                     "units.csv:3:1: expected a right credit-code in the column 统一社会信用代码");
    static const char *const others[] = {
        "units.csv:3:31: expected a right name in the column 法人姓名",
        "units.csv:4:1: expected a value in the column 统一社会信用代码, found none",
        "units.csv:5:1: expected 3 cells as in the first line, found 2",
        "units.csv:6:1: expected each 统一社会信用代码 once, line 2 has this one already",
        "units.csv:7:20: expected the closing quote of this cell"};
    FEATURE("F066");
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        if (strstr(yaml_errors_text(&errors), others[i]) == NULL)
            fail_msg("no \"%s\" in:\n%s", others[i], yaml_errors_text(&errors));
    assert_int_equal(6, errors.count);
    assert_null(
        strstr(yaml_errors_text(&errors), "91500108MA60000160")); /* what is somebody's is not quoted */
}

static void test_register_file__headings_must_be_there_once(void **state)
{
    (void)state;
    expect_complaint("单位名称,法人姓名\n甲乙丙丁,李大有\n",
                     "units.csv:1:1: expected the column 统一社会信用代码 in the first line");
    (void)forget(NULL);
    expect_complaint("统一社会信用代码,单位名称,法人姓名,单位名称\n",
                     "units.csv:1:20: expected the column 单位名称 once");
    (void)forget(NULL);
    expect_complaint(HEAD, "units.csv:2:1: expected at least one row below the headings");
    (void)forget(NULL);
    expect_complaint("", "units.csv:1:1: expected a line of headings, found an empty file");
}

static void test_register_file__bytes_that_are_no_text_are_refused(void **state)
{
    (void)state;
    expect_complaint("\xFF\xFF\xFF", "units.csv: expected text in UTF-8 or GB18030");
    (void)forget(NULL);
    assert_int_equal(STATUS_CONFIG,
                     register_file_parse("units.csv", "a\0b", 3, &units, NOW_UTC_S, &errors, &file));
    char *long_cell = calloc(1, 4096);
    assert_non_null(long_cell);
    (void)snprintf(long_cell, 4096, "%s" CODE ",", HEAD);
    memset(long_cell + strlen(long_cell), 'a', 2000);
    (void)forget(NULL);
    expect_complaint(long_cell, "units.csv:2:20: expected at most 1024 bytes in a cell");
    free(long_cell);
}

int main(void)
{
#define T(test) cmocka_unit_test_teardown(test, forget)
    const struct CMUnitTest tests[] = {
        T(test_register_file__columns_are_those_the_products_compare),
        T(test_register_file__rows_are_normalised_and_other_columns_left_out),
        T(test_register_file__gb18030_is_read_too),
        T(test_register_file__every_mistake_is_told_at_its_place),
        T(test_register_file__headings_must_be_there_once),
        T(test_register_file__bytes_that_are_no_text_are_refused),
    };
#undef T
    return cmocka_run_group_tests(tests, open_catalogue, close_catalogue);
}
