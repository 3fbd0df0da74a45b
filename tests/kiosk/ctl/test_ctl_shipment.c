/* certctl shipment: how far each parcel is, and the export with addresses, which is recorded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/store/store_field.h"
#include "kiosk/store/store_shipment.h"
#include "tests/support/ctl_bench.h"

static void make(struct ctl_bench *bench)
{
    struct hall_key key;
    struct order order;
    ctl_bench_order(bench, &order);
    struct store *store = ctl_bench_open_store(bench, &key);
    assert_int_equal(STATUS_OK, store_field_put(store, order.id, "agent_name", "王小小", NULL));
    assert_int_equal(STATUS_OK, store_field_put(store, order.id, "mailing_region", "重庆市 渝北区", NULL));
    assert_int_equal(STATUS_OK, store_field_put(store, order.id, "mailing_street", "示例大道 1 号", NULL));
    assert_int_equal(STATUS_OK, store_shipment_wish(store, order.id, NULL));
    ctl_bench_close_store(store, &key);
}

static void test_ctl_shipment__list_tells_how_far_it_is_and_nobodys_address(void **state)
{
    struct ctl_bench *bench = *state;
    make(bench);
    assert_int_equal(ctl_bench_run(bench, NULL, "shipment", "list", "--json", NULL), 0);
    assert_null(strstr(bench->out, "渝北区"));
    struct json *rows = ctl_bench_json(bench);
    assert_int_equal(json_length(rows), 1);
    assert_string_equal(json_text(json_element(rows, 0), "state", ""), "wished");
    json_free(rows);
}

static void test_ctl_shipment__export_has_the_address_and_is_recorded(void **state)
{
    struct ctl_bench *bench = *state;
    make(bench);
    assert_int_equal(ctl_bench_run(bench, NULL, "shipment", "export", NULL), 0);
    assert_non_null(strstr(bench->out, "\"number\",\"product\",\"state\",\"receiver\""));
    assert_non_null(strstr(bench->out, "\"王小小\""));
    assert_non_null(strstr(bench->out, "重庆市 渝北区 示例大道 1 号"));
    assert_int_equal(ctl_bench_run(bench, NULL, "shipment", "export", "--json", NULL), 0);
    struct json *rows = ctl_bench_json(bench);
    assert_string_equal(json_text(json_element(rows, 0), "receiver", ""), "王小小");
    json_free(rows);
    assert_int_equal(ctl_bench_run(bench, NULL, "audit", "list", NULL), 0);
    assert_non_null(strstr(bench->out, "shipment.export"));
}

static void test_ctl_shipment__without_products_nothing_is_exported(void **state)
{
    struct ctl_bench *bench = *state;
    make(bench);
    ctl_bench_set(bench, "catalogue", "/nowhere");
    assert_int_equal(ctl_bench_run(bench, NULL, "shipment", "export", NULL), 1);
    assert_null(strstr(bench->out, "渝北区"));
}

#define TEST(name)                                                                                           \
    cmocka_unit_test_setup_teardown(test_ctl_shipment__##name, ctl_bench_setup, ctl_bench_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(list_tells_how_far_it_is_and_nobodys_address),
        TEST(export_has_the_address_and_is_recorded),
        TEST(without_products_nothing_is_exported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
