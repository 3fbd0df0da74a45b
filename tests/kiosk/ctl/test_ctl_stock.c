/* certctl stock: a supplier's list comes in whole or not at all, and what is there is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/json.h"
#include "tests/support/ctl_bench.h"

static int receive(struct ctl_bench *bench, const char *text)
{
    ctl_bench_write(bench, "keys.txt", text);
    return ctl_bench_run(bench, NULL, "stock", "receive", "UK-1", ctl_bench_path(bench, "keys.txt"),
                         "--model", "SM2", NULL);
}

static void open_store(struct ctl_bench *bench)
{
    struct hall_key key;
    ctl_bench_close_store(ctl_bench_open_store(bench, &key), &key);
}

static void test_ctl_stock__a_list_is_received_and_told(void **state)
{
    struct ctl_bench *bench = *state;
    open_store(bench);
    assert_int_equal(receive(bench, "A001..A003\nb7\n"), 0);
    assert_int_equal(ctl_bench_run(bench, NULL, "stock", "list", "--json", NULL), 0);
    struct json *rows = ctl_bench_json(bench);
    assert_int_equal(json_length(rows), 1);
    assert_string_equal(json_text(json_element(rows, 0), "batch", ""), "UK-1");
    assert_int_equal(json_number(json_element(rows, 0), "left", 0), 4);
    assert_string_equal(json_text(json_element(rows, 0), "state", ""), "low");
    json_free(rows);
    assert_int_equal(ctl_bench_run(bench, NULL, "stock", "show", "B7", NULL), 0);
    assert_non_null(strstr(bench->out, "blank"));
    assert_int_equal(ctl_bench_run(bench, NULL, "audit", "list", NULL), 0);
    assert_non_null(strstr(bench->out, "stock.receive"));
}

static void test_ctl_stock__a_key_received_before_or_a_wrong_list_brings_nothing(void **state)
{
    struct ctl_bench *bench = *state;
    open_store(bench);
    assert_int_equal(receive(bench, "A001"), 0);
    assert_int_equal(receive(bench, "A002 A001"), 1);
    assert_int_equal(receive(bench, "A003 A003"), 1);
    assert_int_equal(ctl_bench_run(bench, NULL, "stock", "show", "A002", NULL), 1);
    assert_int_equal(ctl_bench_run(bench, NULL, "stock", "receive", "UK-1", "/nowhere", NULL), 2);
    assert_int_equal(ctl_bench_run(bench, NULL, "stock", "scrap", "A001", NULL), 2);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(test_ctl_stock__##name, ctl_bench_setup, ctl_bench_teardown)
    const struct CMUnitTest tests[] = {
        T(a_list_is_received_and_told),
        T(a_key_received_before_or_a_wrong_list_brings_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
