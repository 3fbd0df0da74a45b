/* certctl register: a file is imported, shown and removed, and one with mistakes changes nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/ctl_bench.h"
#include "tests/support/feature.h"

#define CODE "91500108MA6000016R"
#define UNITS "统一社会信用代码,单位名称,法人姓名\n" CODE ",重庆示例科技有限公司,李大有\n"

static int import(struct ctl_bench *bench, const char *kind, const char *text)
{
    ctl_bench_write(bench, "file.csv", text);
    return ctl_bench_run(bench, NULL, "register", "import", kind, ctl_bench_path(bench, "file.csv"), NULL);
}

static void test_ctl_register__a_file_is_imported_and_told(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(import(bench, "units", UNITS), 0);
    assert_string_equal(bench->out, "units: 1 rows\n");
    assert_int_equal(ctl_bench_run(bench, NULL, "register", "list", "--json", NULL), 0);
    struct json *rows = ctl_bench_json(bench);
    assert_int_equal(json_length(rows), 1);
    const struct json *row = json_element(rows, 0);
    assert_string_equal(json_text(row, "kind", ""), "units");
    assert_int_equal(json_number(row, "rows", 0), 1);
    assert_int_equal(json_length(json_member(row, "columns")), 3);
    assert_int_equal(strlen(json_text(row, "sha256", "")), 64);
    json_free(rows);
    assert_int_equal(ctl_bench_run(bench, NULL, "audit", "list", "--count", "1", NULL), 0);
    assert_non_null(strstr(bench->out, "register.import"));
    FEATURE("F067");
    assert_non_null(strstr(bench->out, "rows=1 sha256="));
    assert_int_equal(ctl_bench_run(bench, NULL, "register", "show", "units", NULL), 0);
    assert_null(strstr(bench->out, "李大有"));
}

static void test_ctl_register__a_row_is_shown_only_to_be_recorded(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(import(bench, "units", UNITS), 0);
    assert_int_equal(ctl_bench_run(bench, NULL, "register", "show", "units", CODE, NULL), 0);
    assert_non_null(strstr(bench->out, "法人姓名: 李大有"));
    assert_int_equal(ctl_bench_run(bench, NULL, "audit", "list", "--count", "1", NULL), 0);
    assert_non_null(strstr(bench->out, "value.reveal"));
    const char *looked_at = strstr(bench->out, "register show ..016R ");
    assert_non_null(looked_at); /* whose row it was, but not the code */
    assert_null(strstr(bench->out, CODE));
    char first[64], again[64];
    (void)snprintf(first, sizeof first, "%.37s", looked_at);
    assert_int_equal(ctl_bench_run(bench, NULL, "register", "show", "units", "91500000MA6000024U", NULL), 1);
    assert_non_null(strstr(bench->err, "no row of this key"));
    assert_int_equal(ctl_bench_run(bench, NULL, "audit", "list", "--count", "1", NULL), 0);
    assert_null(strstr(bench->out, first));
    assert_int_equal(ctl_bench_run(bench, NULL, "register", "show", "units", CODE, NULL), 0);
    assert_int_equal(ctl_bench_run(bench, NULL, "audit", "list", "--count", "1", NULL), 0);
    (void)snprintf(again, sizeof again, "%.37s", strstr(bench->out, "register show "));
    assert_string_equal(first, again);
}

static void test_ctl_register__mistakes_are_all_told_and_the_earlier_file_stands(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(import(bench, "units", UNITS), 0);
    assert_int_equal(import(bench, "units",
                            "统一社会信用代码,单位名称,法人姓名\n91500108MA60000160,甲,李大有\n" CODE "\n"),
                     1);
    assert_non_null(strstr(bench->err, "file.csv:2:1: expected a right credit-code"));
    assert_non_null(strstr(bench->err, "file.csv:2:20: expected a right text"));
    assert_non_null(strstr(bench->err, "file.csv:3:1: expected 3 cells"));
    assert_non_null(strstr(bench->err, "3 mistakes, nothing was imported"));
    assert_int_equal(ctl_bench_run(bench, NULL, "register", "show", "units", CODE, NULL), 0);
    assert_non_null(strstr(bench->out, "重庆示例科技有限公司"));
}

static void test_ctl_register__files_of_the_demonstration_are_right(void **state)
{
    static const char *const kinds[] = {"units", "social-security"};
    struct ctl_bench *bench = *state;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        char path[512];
        (void)snprintf(path, sizeof(path), "%s/config/profiles/registers/%s.csv", TEST_SOURCE_DIR, kinds[i]);
        if (ctl_bench_run(bench, NULL, "register", "import", kinds[i], path, NULL) != 0)
            fail_msg("%s", bench->err);
    }
    assert_int_equal(ctl_bench_run(bench, NULL, "register", "show", "social-security", NULL), 0);
}

static void test_ctl_register__a_product_shows_what_it_is_compared_with(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(ctl_bench_run(bench, NULL, "catalogue", "show", "ezca-cqsb", "--json", NULL), 0);
    struct json *product = ctl_bench_json(bench);
    const struct json *social = json_element(json_member(product, "comparisons"), 0);
    assert_string_equal(json_text(social, "register", ""), "social-security");
    assert_string_equal(json_text(social, "key", ""), "social_number");
    assert_string_equal(json_text(json_element(json_member(social, "fields"), 0), "column", ""), "社保号");
    json_free(product);
}

static void test_ctl_register__an_unknown_kind_is_refused_with_those_there_are(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(import(bench, "taxes", UNITS), 1);
    assert_non_null(strstr(bench->err, "social-security"));
    assert_non_null(strstr(bench->err, "units"));
    assert_int_equal(
        ctl_bench_run(bench, NULL, "register", "import", "units", ctl_bench_path(bench, "absent.csv"), NULL),
        1);
    assert_int_equal(ctl_bench_run(bench, NULL, "register", "import", "units", NULL), 2);
}

static void test_ctl_register__what_was_removed_is_gone(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(import(bench, "units", UNITS), 0);
    assert_int_equal(ctl_bench_run(bench, NULL, "register", "remove", "units", NULL), 0);
    assert_int_equal(ctl_bench_run(bench, NULL, "register", "remove", "units", NULL), 1);
    assert_int_equal(ctl_bench_run(bench, NULL, "register", "show", "units", NULL), 1);
    assert_int_equal(ctl_bench_run(bench, NULL, "audit", "list", "--count", "1", NULL), 0);
    assert_non_null(strstr(bench->out, "register.remove"));
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, ctl_bench_setup, ctl_bench_teardown)
    const struct CMUnitTest tests[] = {
        T(test_ctl_register__a_file_is_imported_and_told),
        T(test_ctl_register__a_row_is_shown_only_to_be_recorded),
        T(test_ctl_register__mistakes_are_all_told_and_the_earlier_file_stands),
        T(test_ctl_register__files_of_the_demonstration_are_right),
        T(test_ctl_register__a_product_shows_what_it_is_compared_with),
        T(test_ctl_register__an_unknown_kind_is_refused_with_those_there_are),
        T(test_ctl_register__what_was_removed_is_gone),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
