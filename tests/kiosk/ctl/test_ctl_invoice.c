/* Invoices on the command line: listed without titles, exported with them, issued once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/text.h"
#include "kiosk/store/store_invoice.h"
#include "tests/support/ctl_bench.h"

#define TITLE "示例\"甲,乙\"公司\n第二分公司"

static void make_invoice(struct ctl_bench *bench, struct order *order)
{
    struct hall_key key;
    struct store_invoice_title title = {0};
    ctl_bench_order(bench, order);
    struct store *store = ctl_bench_open_store(bench, &key);
    struct store_invoice invoice = {.state = STORE_INVOICE_REQUESTED,
                                    .amount_fen = 48005,
                                    .paid_utc_s = 1795252342,
                                    .due_utc_s = 1795252342 + 86400};
    (void)text_copy(invoice.order_id, sizeof(invoice.order_id), order->id);
    (void)text_copy(title.title, sizeof(title.title), TITLE);
    (void)text_copy(title.tax_number, sizeof(title.tax_number), "91500108MA6000016R");
    assert_int_equal(STATUS_OK, store_invoice_open(store, &invoice, &title, NULL));
    ctl_bench_close_store(store, &key);
}

static size_t listed(struct ctl_bench *bench, const char *option, const char *value)
{
    assert_int_equal(ctl_bench_run(bench, NULL, "invoice", "list", "--json", option, value, NULL), 0);
    struct json *rows = ctl_bench_json(bench);
    size_t count = json_length(rows);
    json_free(rows);
    return count;
}

static void test_ctl_invoice__list_names_nobody(void **state)
{
    struct ctl_bench *bench = *state;
    struct order order;
    make_invoice(bench, &order);
    assert_int_equal(ctl_bench_run(bench, NULL, "invoice", "list", NULL), 0);
    assert_non_null(strstr(bench->out, order.acceptance));
    assert_non_null(strstr(bench->out, "480.05"));
    assert_null(strstr(bench->out, "第二分公司"));
    assert_int_equal(1, listed(bench, "--state", "requested"));
    assert_int_equal(0, listed(bench, "--state", "issued"));
    assert_int_equal(2, ctl_bench_run(bench, NULL, "invoice", "list", "--state", "lost", NULL));
    assert_int_equal(2, ctl_bench_run(bench, NULL, "invoice", "list", "--since", "2026-02-30", NULL));
}

static void test_ctl_invoice__a_csv_file_keeps_commas_quotes_and_line_ends(void **state)
{
    struct ctl_bench *bench = *state;
    struct order order;
    struct buf csv;
    make_invoice(bench, &order);
    const char *path = ctl_bench_path(bench, "invoices.csv");
    assert_int_equal(0, ctl_bench_run(bench, NULL, "invoice", "export", path, NULL));
    buf_init(&csv, LIMIT_CONFIG_BYTES);
    assert_int_equal(STATUS_OK, file_read(path, &csv, NULL));
    const char *text = (const char *)csv.data;
    static const char head[] = "\xEF\xBB\xBF\"受理号\",\"状态\",\"抬头\",\"税号\",\"金额\",";
    assert_memory_equal(head, text, sizeof(head) - 1);
    assert_non_null(
        strstr(text, ",\"示例\"\"甲,乙\"\"公司\n第二分公司\",\"91500108MA6000016R\",\"480.05\","));
    assert_string_equal("\r\n", text + csv.length - 2);
    buf_release(&csv);
    assert_int_equal(0, ctl_bench_run(bench, NULL, "audit", "list", NULL));
    assert_non_null(strstr(bench->out, "invoice.export"));
}

static void test_ctl_invoice__json_holds_the_title_as_it_is(void **state)
{
    struct ctl_bench *bench = *state;
    struct order order;
    make_invoice(bench, &order);
    assert_int_equal(0, ctl_bench_run(bench, NULL, "invoice", "export", "--json", NULL));
    struct json *rows = ctl_bench_json(bench);
    const struct json *row = json_element(rows, 0);
    assert_string_equal(TITLE, json_text(row, "title", ""));
    assert_int_equal(48005, json_number(row, "amount_fen", 0));
    assert_string_equal("480.05", json_text(row, "amount_yuan", ""));
    assert_string_equal("requested", json_text(row, "state", ""));
    json_free(rows);
    assert_int_equal(2, ctl_bench_run(bench, NULL, "invoice", "export", NULL));
    assert_int_equal(2, ctl_bench_run(bench, NULL, "invoice", "export", "x.csv", "--json", NULL));
}

static void test_ctl_invoice__issued_once_under_one_number(void **state)
{
    struct ctl_bench *bench = *state;
    struct order order;
    make_invoice(bench, &order);
    assert_int_equal(1, ctl_bench_run(bench, NULL, "invoice", "issue", order.acceptance, "12", NULL));
    assert_int_equal(1,
                     ctl_bench_run(bench, NULL, "invoice", "issue", "T0000", "25502000000123456789", NULL));
    assert_int_equal(
        0, ctl_bench_run(bench, NULL, "invoice", "issue", order.acceptance, "25502000000123456789", NULL));
    assert_int_equal(
        1, ctl_bench_run(bench, NULL, "invoice", "issue", order.acceptance, "25502000000123456790", NULL));
    assert_int_equal(1, listed(bench, "--state", "issued"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_ctl_invoice__list_names_nobody, ctl_bench_setup,
                                        ctl_bench_teardown),
        cmocka_unit_test_setup_teardown(test_ctl_invoice__a_csv_file_keeps_commas_quotes_and_line_ends,
                                        ctl_bench_setup, ctl_bench_teardown),
        cmocka_unit_test_setup_teardown(test_ctl_invoice__json_holds_the_title_as_it_is, ctl_bench_setup,
                                        ctl_bench_teardown),
        cmocka_unit_test_setup_teardown(test_ctl_invoice__issued_once_under_one_number, ctl_bench_setup,
                                        ctl_bench_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
