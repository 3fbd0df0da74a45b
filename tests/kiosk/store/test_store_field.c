/* Form values: sealed in their place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/limits.h"
#include "kiosk/store/store_field.h"
#include "tests/support/store_fixture.h"

static void expect(struct store *store, const char *order_id, const char *field, const char *value)
{
    struct buf out;
    buf_init(&out, LIMIT_FIELD_BYTES);
    assert_int_equal(store_field_get(store, order_id, field, &out, NULL), STATUS_OK);
    assert_string_equal((const char *)out.data, value);
    buf_wipe(&out);
}

static enum status get(struct store *store, const char *order_id, const char *field)
{
    struct buf out;
    buf_init(&out, LIMIT_FIELD_BYTES);
    enum status status = store_field_get(store, order_id, field, &out, NULL);
    assert_true(status == STATUS_OK || out.length == 0);
    buf_wipe(&out);
    return status;
}

static void test_store_field__a_value_comes_back_and_the_last_one_counts(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    store_fixture_order(fixture, &order);
    assert_int_equal(store_field_put(fixture->store, order.id, "agent_name", "王小明", NULL), STATUS_OK);
    expect(fixture->store, order.id, "agent_name", "王小明");
    assert_int_equal(store_field_put(fixture->store, order.id, "agent_name", "李雷", NULL), STATUS_OK);
    store_fixture_reopen(fixture);
    expect(fixture->store, order.id, "agent_name", "李雷");
}

static void test_store_field__an_empty_value_erases(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    store_fixture_order(fixture, &order);
    assert_int_equal(store_field_put(fixture->store, order.id, "agent_name", "王小明", NULL), STATUS_OK);
    assert_int_equal(store_field_put(fixture->store, order.id, "agent_name", "", NULL), STATUS_OK);
    assert_int_equal(get(fixture->store, order.id, "agent_name"), STATUS_NOT_FOUND);
}

static void test_store_field__a_value_past_the_ceiling_is_refused(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    char longest[LIMIT_FIELD_BYTES + 2];
    store_fixture_order(fixture, &order);
    memset(longest, 'a', sizeof(longest));
    longest[LIMIT_FIELD_BYTES + 1] = '\0';
    assert_int_equal(store_field_put(fixture->store, order.id, "agent_name", longest, NULL), STATUS_FULL);
    assert_int_equal(get(fixture->store, order.id, "agent_name"), STATUS_NOT_FOUND);
    longest[LIMIT_FIELD_BYTES] = '\0';
    assert_int_equal(store_field_put(fixture->store, order.id, "agent_name", longest, NULL), STATUS_OK);
    expect(fixture->store, order.id, "agent_name", longest);
    assert_int_equal(store_field_put(fixture->store, "none", "agent_name", "a", NULL), STATUS_NOT_FOUND);
}

static void test_store_field__replacing_leaves_exactly_the_new_values(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct form_values values;
    struct form_values loaded;
    form_values_init(&values);
    form_values_init(&loaded);
    store_fixture_order(fixture, &order);
    assert_int_equal(store_field_put(fixture->store, order.id, "old", "gone", NULL), STATUS_OK);
    assert_int_equal(form_values_set(&values, "org_name", "重庆示例商贸有限公司"), STATUS_OK);
    assert_int_equal(form_values_set(&values, "agent_phone", "13800138000"), STATUS_OK);
    assert_int_equal(store_field_replace(fixture->store, order.id, &values, NULL), STATUS_OK);
    assert_int_equal(store_field_load(fixture->store, order.id, &loaded, NULL), STATUS_OK);
    assert_int_equal(loaded.count, 2);
    assert_string_equal(form_values_get(&loaded, "org_name"), "重庆示例商贸有限公司");
    assert_string_equal(form_values_get(&loaded, "agent_phone"), "13800138000");
    form_values_wipe(&loaded);
    assert_int_equal(store_field_load(fixture->store, "none", &loaded, NULL), STATUS_NOT_FOUND);
    assert_int_equal(loaded.count, 0);
    form_values_wipe(&values);
}

static void test_store_field__values_of_swapped_rows_do_not_open(void **state)
{
    struct store_fixture *fixture = *state;
    struct order first;
    struct order second;
    char sql[512];
    store_fixture_order(fixture, &first);
    store_fixture_order(fixture, &second);
    assert_int_equal(store_field_put(fixture->store, first.id, "agent_name", "王小明", NULL), STATUS_OK);
    assert_int_equal(store_field_put(fixture->store, first.id, "legal_name", "李雷", NULL), STATUS_OK);
    assert_int_equal(store_field_put(fixture->store, second.id, "agent_name", "韩梅梅", NULL), STATUS_OK);
    /* another column of the same order */
    store_fixture_sql(
        fixture, "UPDATE field SET sealed = (SELECT f.sealed FROM field AS f WHERE f.name = 'legal_name')"
                 " WHERE name = 'agent_name'");
    assert_int_equal(get(fixture->store, first.id, "agent_name"), STATUS_MALFORMED);
    assert_int_equal(get(fixture->store, second.id, "agent_name"), STATUS_MALFORMED);
    expect(fixture->store, first.id, "legal_name", "李雷");
    /* another order's data key */
    snprintf(sql, sizeof(sql),
             "UPDATE order_key SET wrapped = (SELECT wrapped FROM order_key WHERE order_id = '%s')",
             second.id);
    store_fixture_sql(fixture, sql);
    assert_int_equal(get(fixture->store, first.id, "legal_name"), STATUS_MALFORMED);
}

static void test_store_field__flipped_bytes_are_malformed(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct form_values loaded;
    form_values_init(&loaded);
    store_fixture_order(fixture, &order);
    static const char *const damages[] = {
        "UPDATE field SET sealed = substr(sealed, 1, 20) || x'00' || substr(sealed, 22)",
        "UPDATE field SET sealed = substr(sealed, 1, 8)",
        "UPDATE field SET sealed = x''",
        "UPDATE field SET sealed = 'text'",
        "UPDATE order_key SET wrapped = x'00'",
        "UPDATE order_key SET wrapped = zeroblob(4000)",
    };
    for (size_t i = 0; i < sizeof(damages) / sizeof(damages[0]); i++) {
        if (i < 4)
            assert_int_equal(store_field_put(fixture->store, order.id, "agent_name", "王小明王小明", NULL),
                             STATUS_OK);
        store_fixture_sql(fixture, damages[i]);
        assert_int_equal(get(fixture->store, order.id, "agent_name"), STATUS_MALFORMED);
        assert_int_equal(store_field_load(fixture->store, order.id, &loaded, NULL), STATUS_MALFORMED);
        assert_int_equal(loaded.count, 0);
    }
    store_fixture_sql(fixture, "UPDATE order_key SET hall_key_id = 'other', wrapped = x'00'");
    assert_int_equal(get(fixture->store, order.id, "agent_name"), STATUS_UNSUPPORTED);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, store_fixture_setup, store_fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(test_store_field__a_value_comes_back_and_the_last_one_counts),
        T(test_store_field__an_empty_value_erases),
        T(test_store_field__a_value_past_the_ceiling_is_refused),
        T(test_store_field__replacing_leaves_exactly_the_new_values),
        T(test_store_field__values_of_swapped_rows_do_not_open),
        T(test_store_field__flipped_bytes_are_malformed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
