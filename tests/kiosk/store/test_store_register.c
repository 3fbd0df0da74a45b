/* Registers, what was found in them, and values of one order alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_finding.h"
#include "kiosk/store/store_opening.h"
#include "kiosk/store/store_register.h"
#include "kiosk/store/store_source.h"
#include "kiosk/store/store_unique.h"
#include "tests/support/feature.h"
#include "tests/support/store_fixture.h"

#define KEY "91500108MA6000016R"
#define ROW "{\"单位名称\":\"重庆示例科技有限公司\"}"

static void add(struct store *store, const char *id, const char *key, const char *row)
{
    assert_int_equal(STATUS_OK, store_register_add(store, id, key, row, strlen(row), NULL));
}

static void import(struct store *store, const char *key, const char *row)
{
    char id[STORE_ID_BYTES];
    assert_int_equal(STATUS_OK, store_register_begin(store, "units", "代码\n名称", id, NULL));
    add(store, id, key, row);
    assert_int_equal(STATUS_OK, store_register_finish(store, id, "00ff", "uid:0", NULL));
}

/* The row's text, "" when the register has none. */
static const char *look(struct store *store, const char *key)
{
    static char text[256];
    struct buf row;
    char id[STORE_ID_BYTES] = "";
    buf_init(&row, STORE_REGISTER_ROW_BYTES);
    enum status status = store_register_find(store, "units", key, &row, id, NULL);
    assert_true(status == STATUS_OK || status == STATUS_NOT_FOUND);
    text[0] = '\0';
    if (status == STATUS_OK)
        (void)memcpy(text, row.data, row.length + 1);
    buf_wipe(&row);
    return text;
}

static void test_store_register__a_row_is_found_by_its_key_alone(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_register live;
    char id[STORE_ID_BYTES] = "";
    struct buf row;
    buf_init(&row, STORE_REGISTER_ROW_BYTES);
    assert_int_equal(STATUS_BAD_STATE, store_register_find(fixture->store, "units", KEY, &row, id, NULL));
    import(fixture->store, KEY, ROW);
    assert_string_equal(ROW, look(fixture->store, KEY));
    assert_string_equal("", look(fixture->store, "91500000MA6000024U"));
    assert_int_equal(STATUS_BAD_STATE, store_register_find(fixture->store, "social", KEY, &row, id, NULL));
    assert_int_equal(STATUS_OK, store_register_load(fixture->store, "units", &live, NULL));
    assert_int_equal(1, live.entries);
    assert_string_equal("代码\n名称", live.columns);
    assert_string_equal("00ff", live.digest);
    buf_release(&row);
}

static void test_store_register__an_import_takes_the_place_of_the_earlier_one_at_once(void **state)
{
    struct store_fixture *fixture = *state;
    struct store *store = fixture->store;
    struct store_register live[2];
    char id[STORE_ID_BYTES], late[STORE_ID_BYTES];
    size_t count = 0;
    import(store, KEY, ROW);
    assert_int_equal(STATUS_OK, store_register_begin(store, "units", "代码", id, NULL));
    add(store, id, "B", "{}");
    assert_string_equal(ROW, look(store, KEY)); /* half an import is not looked into */
    assert_string_equal("", look(store, "B"));
    assert_int_equal(STATUS_CONFLICT, store_register_add(store, id, "B", "{}", 2, NULL));
    assert_int_equal(STATUS_OK, store_register_begin(store, "units", "代码", late, NULL));
    assert_int_equal(STATUS_NOT_FOUND, store_register_add(store, id, "C", "{}", 2, NULL));
    assert_int_equal(STATUS_NOT_FOUND, store_register_finish(store, id, "", "", NULL));
    add(store, late, "D", "{}");
    assert_int_equal(STATUS_OK, store_register_finish(store, late, "11", "uid:0", NULL));
    assert_string_equal("", look(store, KEY));
    assert_string_equal("{}", look(store, "D"));
    assert_int_equal(STATUS_OK, store_register_list(store, live, 2, &count, NULL));
    assert_int_equal(1, count);
    assert_string_equal(late, live[0].id);
    assert_int_equal(STATUS_OK, store_register_remove(store, "units", "uid:0", NULL));
    assert_int_equal(STATUS_NOT_FOUND, store_register_remove(store, "units", "uid:0", NULL));
}

static void test_store_register__a_broken_off_import_goes_with_the_register(void **state)
{
    struct store_fixture *fixture = *state;
    char id[STORE_ID_BYTES];
    assert_int_equal(STATUS_OK, store_register_begin(fixture->store, "units", "代码", id, NULL));
    add(fixture->store, id, "B", "{}");
    assert_int_equal(STATUS_OK, store_register_remove(fixture->store, "units", "uid:0", NULL));
    assert_int_equal(STATUS_NOT_FOUND, store_register_finish(fixture->store, id, "", "", NULL));
    assert_int_equal(STATUS_NOT_FOUND, store_register_remove(fixture->store, "units", "uid:0", NULL));
}

static void test_store_register__import_and_removal_stand_in_the_audit(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_audit rows[2];
    size_t count = 0;
    import(fixture->store, KEY, ROW);
    assert_int_equal(STATUS_OK, store_register_remove(fixture->store, "units", "uid:7", NULL));
    assert_int_equal(STATUS_OK, store_audit_list(fixture->store, 0, rows, 2, &count, NULL));
    assert_int_equal(2, count);
    assert_string_equal("register.remove", rows[0].action);
    assert_string_equal("uid:7", rows[0].actor);
    assert_string_equal("register.import", rows[1].action);
    assert_string_equal("units", rows[1].subject);
    assert_non_null(strstr(rows[1].detail, "rows=1 sha256=00ff"));
}

static void test_store_register__a_row_moved_to_another_key_does_not_open(void **state)
{
    struct store_fixture *fixture = *state;
    struct buf row;
    char id[STORE_ID_BYTES];
    import(fixture->store, KEY, ROW);
    store_fixture_sql(fixture, "UPDATE register_entry SET key_hash = zeroblob(32)");
    assert_string_equal("", look(fixture->store, KEY));
    import(fixture->store, KEY, ROW);
    store_fixture_sql(fixture, "UPDATE register_entry SET sealed = zeroblob(length(sealed))");
    buf_init(&row, STORE_REGISTER_ROW_BYTES);
    assert_int_equal(STATUS_MALFORMED, store_register_find(fixture->store, "units", KEY, &row, id, NULL));
    buf_release(&row);
}

static void test_store_register__nothing_of_it_stands_in_plain(void **state)
{
    struct store_fixture *fixture = *state;
    import(fixture->store, KEY, ROW);
    store_close(fixture->store);
    fixture->store = NULL;
    assert_false(store_fixture_files_hold(fixture, KEY, strlen(KEY)));
    assert_false(store_fixture_files_hold(fixture, "重庆示例科技", strlen("重庆示例科技")));
    assert_true(store_fixture_files_hold(fixture, "units", 5));
}

/* --- findings ---------------------------------------------------------------------------------------- */

static void test_store_finding__findings_of_a_comparison_replace_the_earlier(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_finding found[8];
    const struct store_finding two[] = {{.field = "company", .verdict = STORE_FINDING_DIFFERS},
                                        {.field = "credit_code", .verdict = STORE_FINDING_AGREES}};
    size_t count = 0;
    store_fixture_order(fixture, &order);
    assert_int_equal(STATUS_OK, store_finding_replace(fixture->store, order.id, "unit", two, 2, NULL));
    assert_int_equal(STATUS_OK, store_finding_replace(fixture->store, order.id, "social", &two[1], 1, NULL));
    assert_int_equal(STATUS_OK, store_finding_list(fixture->store, order.id, found, 8, &count, NULL));
    assert_int_equal(3, count);
    assert_string_equal("social", found[0].comparison);
    assert_string_equal("company", found[1].field);
    assert_int_equal(STORE_FINDING_DIFFERS, found[1].verdict);
    assert_int_equal(STORE_FIXTURE_NOW_UTC_S, found[1].found_utc_s);
    clock_manual_advance(&fixture->clock, 60000);
    assert_int_equal(STATUS_OK, store_finding_replace(fixture->store, order.id, "unit", two, 2, NULL));
    assert_int_equal(STATUS_OK, store_finding_list(fixture->store, order.id, found, 8, &count, NULL));
    assert_int_equal(STORE_FIXTURE_NOW_UTC_S, found[1].found_utc_s); /* as before: not written again */
    assert_int_equal(STATUS_OK, store_finding_replace(fixture->store, order.id, "unit", NULL, 0, NULL));
    assert_int_equal(STATUS_OK, store_finding_list(fixture->store, order.id, found, 8, &count, NULL));
    assert_int_equal(1, count);
    assert_int_equal(STATUS_OK, store_order_forget(fixture->store, order.id, NULL));
    assert_int_equal(STATUS_OK, store_finding_list(fixture->store, order.id, found, 8, &count, NULL));
    assert_int_equal(0, count);
    assert_int_equal(STATUS_NOT_FOUND, store_finding_replace(fixture->store, "none", "unit", two, 2, NULL));
}

/* --- values of one order alone ----------------------------------------------------------------------- */

static enum status take(struct store *store, const struct order *order, const char *value)
{
    return store_unique_take(store, order->id, "dfca-hnzj-unit", "user_name", value, NULL);
}

static void test_store_unique__a_value_is_taken_while_its_order_lives(void **state)
{
    struct store_fixture *fixture = *state;
    struct order first, second;
    store_fixture_order(fixture, &first);
    store_fixture_order(fixture, &second);
    assert_int_equal(STATUS_OK, take(fixture->store, &first, "wangwei"));
    assert_int_equal(STATUS_OK, take(fixture->store, &first, "wangwei"));
    FEATURE("F072");
    assert_int_equal(STATUS_CONFLICT, take(fixture->store, &second, "WangWei"));
    assert_int_equal(STATUS_OK, take(fixture->store, &second, "wangwei2"));
    assert_int_equal(STATUS_OK, store_unique_check(fixture->store, second.id, "another-product", "user_name",
                                                   "wangwei", NULL));
    assert_int_equal(STATUS_OK, take(fixture->store, &first, "wangwei3"));
    assert_int_equal(STATUS_OK, take(fixture->store, &second, "wangwei"));
    assert_int_equal(STATUS_OK, store_fixture_event(fixture->store, &second, ORDER_EVENT_CANCELLED));
    assert_int_equal(STATUS_OK, take(fixture->store, &first, "wangwei"));
    assert_int_equal(STATUS_NOT_FOUND, store_unique_take(fixture->store, "none", "p", "f", "v", NULL));
}

/* --- where a form's data come from ------------------------------------------------------------------- */

static void test_store_source__it_is_confirmed_or_forgotten(void **state)
{
    struct store_fixture *fixture = *state;
    struct order earlier, order;
    struct store_source source;
    store_fixture_order(fixture, &earlier);
    store_fixture_order(fixture, &order);
    assert_int_equal(STATUS_NOT_FOUND, store_source_load(fixture->store, order.id, &source, NULL));
    assert_int_equal(STATUS_NOT_FOUND, store_source_settle(fixture->store, order.id, true, NULL));
    assert_int_equal(STATUS_OK, store_source_put(fixture->store, order.id, earlier.id, 1795000000, NULL));
    assert_int_equal(STATUS_CONFLICT,
                     store_source_put(fixture->store, order.id, earlier.id, 1795000000, NULL));
    assert_int_equal(STATUS_OK, store_source_load(fixture->store, order.id, &source, NULL));
    assert_string_equal(earlier.id, source.source_id);
    assert_int_equal(0, source.confirmed_utc_s);
    assert_int_equal(STATUS_OK, store_source_settle(fixture->store, order.id, true, NULL));
    assert_int_equal(STATUS_OK, store_source_load(fixture->store, order.id, &source, NULL));
    assert_int_equal(STORE_FIXTURE_NOW_UTC_S, source.confirmed_utc_s);
    assert_int_equal(STATUS_OK, store_source_settle(fixture->store, order.id, false, NULL));
    assert_int_equal(STATUS_NOT_FOUND, store_source_load(fixture->store, order.id, &source, NULL));
    assert_int_equal(STATUS_OK, store_source_put(fixture->store, order.id, earlier.id, 1795000000, NULL));
    assert_int_equal(STATUS_OK, store_order_forget(fixture->store, order.id, NULL));
    assert_int_equal(STATUS_NOT_FOUND, store_source_load(fixture->store, order.id, &source, NULL));
}

/* --- from when an order counts that was begun outside of the hours ----------------------------------- */

static void test_store_opening__an_order_is_marked_once(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    int64_t counts_utc_s = 0;
    store_fixture_order(fixture, &order);
    assert_int_equal(STATUS_NOT_FOUND, store_opening_load(fixture->store, order.id, &counts_utc_s, NULL));
    assert_int_equal(STATUS_NOT_FOUND, store_opening_put(fixture->store, "none", 1795000000, NULL));
    assert_int_equal(STATUS_OK, store_opening_put(fixture->store, order.id, 1795000000, NULL));
    assert_int_equal(STATUS_CONFLICT, store_opening_put(fixture->store, order.id, 1796000000, NULL));
    assert_int_equal(STATUS_OK, store_opening_load(fixture->store, order.id, &counts_utc_s, NULL));
    assert_int_equal(1795000000, counts_utc_s);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, store_fixture_setup, store_fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(test_store_register__a_row_is_found_by_its_key_alone),
        T(test_store_register__an_import_takes_the_place_of_the_earlier_one_at_once),
        T(test_store_register__a_broken_off_import_goes_with_the_register),
        T(test_store_register__import_and_removal_stand_in_the_audit),
        T(test_store_register__a_row_moved_to_another_key_does_not_open),
        T(test_store_register__nothing_of_it_stands_in_plain),
        T(test_store_finding__findings_of_a_comparison_replace_the_earlier),
        T(test_store_source__it_is_confirmed_or_forgotten),
        T(test_store_opening__an_order_is_marked_once),
        T(test_store_unique__a_value_is_taken_while_its_order_lives),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
