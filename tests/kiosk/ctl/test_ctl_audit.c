#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/ctl_bench.h"

static bool is_whole(struct ctl_bench *bench)
{
    int code = ctl_bench_run(bench, NULL, "audit", "verify", "--json", NULL);
    struct json *document = ctl_bench_json(bench);
    bool whole = json_bool(document, "whole", false);
    json_free(document);
    assert_int_equal(code, whole ? 0 : 1);
    return whole;
}

static void test_ctl_audit__a_whole_chain_is_exit_0(void **state)
{
    struct ctl_bench *bench = *state;
    struct order order;
    ctl_bench_order(bench, &order);
    assert_true(is_whole(bench));
}

static void test_ctl_audit__a_changed_row_is_exit_1_and_named(void **state)
{
    struct ctl_bench *bench = *state;
    struct order order;
    ctl_bench_order(bench, &order);
    ctl_bench_sql(bench, "DROP TRIGGER IF EXISTS audit_no_update;"
                         "UPDATE audit SET actor = 'nobody' WHERE number = 2 AND writer = 'terminal-01';");
    assert_false(is_whole(bench));
    assert_int_equal(ctl_bench_run(bench, NULL, "audit", "verify", NULL), 1);
    assert_non_null(strstr(bench->out, "terminal-01"));
    assert_non_null(strstr(bench->out, "content changed"));
}

static void test_ctl_audit__list_shows_the_newest_first_and_counts(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "add", "lin", NULL), 0);
    clock_manual_advance(&bench->clock, 1000);
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "disable", "lin", NULL), 0);
    assert_int_equal(ctl_bench_run(bench, NULL, "audit", "list", "--json", "--count", "1", NULL), 0);
    struct json *rows = ctl_bench_json(bench);
    assert_int_equal(json_length(rows), 1);
    assert_int_equal(json_number(json_element(rows, 0), "number", 0), 2);
    assert_string_equal(json_text(json_element(rows, 0), "writer", ""), "certctl");
    json_free(rows);
}

static void test_ctl_audit__a_wrong_count_is_exit_2(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "add", "lin", NULL), 0);
    assert_int_equal(ctl_bench_run(bench, NULL, "audit", "list", "--count", "0", NULL), 2);
    assert_int_equal(ctl_bench_run(bench, NULL, "audit", "list", "--count", "ten", NULL), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, ctl_bench_setup, ctl_bench_teardown)
        TEST(test_ctl_audit__a_whole_chain_is_exit_0),
        TEST(test_ctl_audit__a_changed_row_is_exit_1_and_named),
        TEST(test_ctl_audit__list_shows_the_newest_first_and_counts),
        TEST(test_ctl_audit__a_wrong_count_is_exit_2),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
