#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/ctl_bench.h"

static void test_ctl_order__list_shows_the_order_in_the_products_words(void **state)
{
    struct ctl_bench *bench = *state;
    struct order order;
    ctl_bench_order(bench, &order);
    assert_int_equal(ctl_bench_run(bench, NULL, "order", "list", NULL), 0);
    assert_non_null(strstr(bench->out, order.acceptance));
    assert_non_null(strstr(bench->out, "重庆市政府采购网"));
    assert_non_null(strstr(bench->out, "reviewing"));
    assert_non_null(strstr(bench->out, "480.00"));
}

static size_t listed(struct ctl_bench *bench, const char *option, const char *value)
{
    assert_int_equal(ctl_bench_run(bench, NULL, "order", "list", "--json", option, value, NULL), 0);
    struct json *rows = ctl_bench_json(bench);
    size_t count = json_length(rows);
    json_free(rows);
    return count;
}

static void test_ctl_order__list_is_narrowed_by_state_and_time(void **state)
{
    struct ctl_bench *bench = *state;
    struct order order;
    ctl_bench_order(bench, &order);
    assert_int_equal(listed(bench, "--state", "reviewing"), 1);
    assert_int_equal(listed(bench, "--state", "done"), 0);
    clock_manual_advance(&bench->clock, INT64_C(26) * 3600 * 1000);
    assert_int_equal(listed(bench, "--since", "1d"), 0);
    assert_int_equal(listed(bench, "--since", "27h"), 1);
    assert_int_equal(listed(bench, "--since", "2026-11-01"), 1);
    assert_int_equal(listed(bench, "--since", "2026-12-24"), 0);
}

static void test_ctl_order__alarm_lists_refused_refunds_only(void **state)
{
    struct ctl_bench *bench = *state;
    struct order order;
    ctl_bench_order(bench, &order);
    assert_int_equal(listed(bench, "--alarm", NULL), 0);
    ctl_bench_sql(bench, "UPDATE payment SET state = 'refund-alarm'");
    assert_int_equal(listed(bench, "--alarm", NULL), 1);
    assert_int_equal(listed(bench, "--state", "done"), 0);
}

static void test_ctl_order__a_wrong_filter_is_exit_2(void **state)
{
    struct ctl_bench *bench = *state;
    struct order order;
    ctl_bench_order(bench, &order);
    assert_int_equal(ctl_bench_run(bench, NULL, "order", "list", "--state", "lost", NULL), 2);
    assert_int_equal(ctl_bench_run(bench, NULL, "order", "list", "--since", "yesterday", NULL), 2);
    assert_int_equal(ctl_bench_run(bench, NULL, "order", "list", "--since", "2026-13-01", NULL), 2);
    assert_int_equal(ctl_bench_run(bench, NULL, "order", "list", "--since", "3d and more", NULL), 2);
}

static bool has_personal(const struct ctl_bench *bench)
{
    return strstr(bench->out, CTL_BENCH_NAME) != NULL || strstr(bench->out, CTL_BENCH_PHONE) != NULL ||
           strstr(bench->err, CTL_BENCH_NAME) != NULL || strstr(bench->err, CTL_BENCH_PHONE) != NULL;
}

static size_t reveals(struct ctl_bench *bench)
{
    size_t count = 0;
    assert_int_equal(ctl_bench_run(bench, NULL, "audit", "list", "--json", NULL), 0);
    struct json *rows = ctl_bench_json(bench);
    for (size_t i = 0; i < json_length(rows); i++)
        count += strcmp(json_text(json_element(rows, i), "action", ""), "value.reveal") == 0;
    json_free(rows);
    return count;
}

static void test_ctl_order__show_tells_history_and_rows_and_nothing_personal(void **state)
{
    struct ctl_bench *bench = *state;
    struct order order;
    ctl_bench_order(bench, &order);
    assert_int_equal(ctl_bench_run(bench, NULL, "order", "show", order.acceptance, NULL), 0);
    assert_false(has_personal(bench));
    assert_non_null(strstr(bench->out, "form-completed"));
    assert_non_null(strstr(bench->out, "CK2026112100000001"));
    assert_non_null(strstr(bench->out, "0123456789abcdef0123456789abcdef"));
    assert_non_null(strstr(bench->out, "print"));
    assert_int_equal(reveals(bench), 0);
}

static void test_ctl_order__show_as_json_tells_the_same(void **state)
{
    struct ctl_bench *bench = *state;
    struct order order;
    ctl_bench_order(bench, &order);
    assert_int_equal(ctl_bench_run(bench, NULL, "order", "show", order.acceptance, "--json", NULL), 0);
    assert_false(has_personal(bench));
    struct json *document = ctl_bench_json(bench);
    const struct json *payment = json_element(json_member(document, "payments"), 0);
    const struct json *intention = json_element(json_member(document, "intentions"), 0);
    assert_string_equal(json_text(document, "state", ""), "reviewing");
    assert_int_equal(json_number(document, "amount_fen", 0), 48000);
    assert_true(json_length(json_member(document, "history")) >= 4);
    assert_string_equal(json_text(payment, "state", ""), "created");
    assert_string_equal(json_text(json_member(intention, "arguments"), "job", ""), "j1");
    assert_null(json_member(document, "values"));
    json_free(document);
}

static void test_ctl_order__reveal_shows_the_values_and_is_recorded_first(void **state)
{
    struct ctl_bench *bench = *state;
    struct order order;
    ctl_bench_order(bench, &order);
    assert_int_equal(ctl_bench_run(bench, NULL, "order", "show", order.acceptance, "--reveal", NULL), 0);
    assert_non_null(strstr(bench->out, CTL_BENCH_NAME));
    assert_non_null(strstr(bench->out, CTL_BENCH_PHONE));
    assert_int_equal(reveals(bench), 1);
    assert_false(has_personal(bench)); /* the record itself names nobody */
    assert_int_equal(ctl_bench_run(bench, NULL, "audit", "verify", NULL), 0);
}

/* A trigger stands in for a full disk: what cannot be recorded may not be shown. */
static void test_ctl_order__nothing_is_revealed_when_it_cannot_be_recorded(void **state)
{
    struct ctl_bench *bench = *state;
    struct order order;
    ctl_bench_order(bench, &order);
    ctl_bench_sql(bench,
                  "CREATE TRIGGER stop BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'stop'); END;");
    assert_int_equal(ctl_bench_run(bench, NULL, "order", "show", order.acceptance, "--reveal", NULL), 1);
    assert_false(has_personal(bench));
}

static void test_ctl_order__an_order_is_also_found_by_its_id(void **state)
{
    struct ctl_bench *bench = *state;
    struct order order;
    ctl_bench_order(bench, &order);
    assert_int_equal(ctl_bench_run(bench, NULL, "order", "show", order.id, NULL), 0);
    assert_non_null(strstr(bench->out, order.acceptance));
}

static void test_ctl_order__an_unknown_number_is_refused(void **state)
{
    struct ctl_bench *bench = *state;
    struct order order;
    ctl_bench_order(bench, &order);
    assert_int_equal(ctl_bench_run(bench, NULL, "order", "show", "T20261121000000000000", NULL), 1);
    assert_string_equal(bench->out, "");
    assert_non_null(strstr(bench->err, "no order"));
}

static void test_ctl_order__orders_are_shown_without_the_products_words_when_they_are_broken(void **state)
{
    struct ctl_bench *bench = *state;
    struct order order;
    ctl_bench_order(bench, &order);
    ctl_bench_set(bench, "catalogue", "/nowhere");
    assert_int_equal(ctl_bench_run(bench, NULL, "order", "list", NULL), 0);
    assert_non_null(strstr(bench->out, "ezca-cqzfcg"));
    assert_non_null(strstr(bench->err, "no product words"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, ctl_bench_setup, ctl_bench_teardown)
        TEST(test_ctl_order__list_shows_the_order_in_the_products_words),
        TEST(test_ctl_order__list_is_narrowed_by_state_and_time),
        TEST(test_ctl_order__alarm_lists_refused_refunds_only),
        TEST(test_ctl_order__a_wrong_filter_is_exit_2),
        TEST(test_ctl_order__show_tells_history_and_rows_and_nothing_personal),
        TEST(test_ctl_order__show_as_json_tells_the_same),
        TEST(test_ctl_order__reveal_shows_the_values_and_is_recorded_first),
        TEST(test_ctl_order__nothing_is_revealed_when_it_cannot_be_recorded),
        TEST(test_ctl_order__an_order_is_also_found_by_its_id),
        TEST(test_ctl_order__an_unknown_number_is_refused),
        TEST(test_ctl_order__orders_are_shown_without_the_products_words_when_they_are_broken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
