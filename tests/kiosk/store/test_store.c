/* Opening, migrating, nesting changes, the bell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/store/db.h"
#include "kiosk/store/hall_key_file.h"
#include "kiosk/store/store_change.h"
#include "kiosk/store/store_claim.h"
#include "kiosk/store/store_migrations.h"
#include "tests/support/store_fixture.h"

static int64_t last_change(struct store *store)
{
    int64_t sequence = -1;
    assert_int_equal(store_change_last(store, &sequence, NULL), STATUS_OK);
    return sequence;
}

static void test_store__opening_again_migrates_nothing_and_keeps_everything(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    store_fixture_order(fixture, &order);
    int64_t before = last_change(fixture->store);
    store_fixture_reopen(fixture);
    struct order loaded;
    assert_int_equal(store_order_load(fixture->store, order.id, &loaded, NULL), STATUS_OK);
    assert_string_equal(loaded.acceptance, order.acceptance);
    assert_int_equal(last_change(fixture->store), before);
}

static void test_store__migrations_run_once_each_from_an_empty_file(void **state)
{
    struct store_fixture *fixture = *state;
    struct db *db = NULL;
    struct db_rows *rows = NULL;
    int expected = 0;
    assert_int_equal(db_open(&(struct db_settings){.path = fixture->path}, &db, NULL), STATUS_OK);
    assert_int_equal(store_migrations_run(db, &fixture->clock.clock, NULL), STATUS_OK);
    assert_int_equal(db_query(db, "SELECT number FROM migration ORDER BY number", DB_NONE, &rows, NULL),
                     STATUS_OK);
    while (db_rows_next(rows, NULL) == STATUS_OK)
        assert_int_equal(db_column_integer(rows, 0), ++expected);
    db_rows_end(rows);
    db_close(db);
    assert_int_equal(expected, store_migrations_newest());
    assert_string_equal(store_migrations_text(expected + 1), "");
}

static void test_store__a_store_of_an_older_program_is_brought_up_to_date(void **state)
{
    struct store_fixture *fixture = *state;
    char older[STORE_FIXTURE_PATH_BYTES + 8];
    struct db *db = NULL;
    snprintf(older, sizeof(older), "%s.old", fixture->path);
    assert_int_equal(db_open(&(struct db_settings){.path = older}, &db, NULL), STATUS_OK);
    assert_int_equal(
        db_script(db, "CREATE TABLE migration (number BIGINT PRIMARY KEY, at_utc_s BIGINT);", NULL),
        STATUS_OK);
    assert_int_equal(db_script(db, store_migrations_text(1), NULL), STATUS_OK);
    assert_int_equal(db_script(db, "INSERT INTO migration VALUES (1, 0)", NULL), STATUS_OK);
    assert_int_equal(store_migrations_run(db, &fixture->clock.clock, NULL), STATUS_OK);
    assert_int_equal(
        db_exec(db, "INSERT INTO audit VALUES ('w', 1, 0, '', '', '', '', '', '', '')", DB_NONE, NULL, NULL),
        STATUS_OK);
    assert_int_equal(db_exec(db, "DELETE FROM audit", DB_NONE, NULL, NULL), STATUS_CONFLICT);
    db_close(db);
}

static void test_store__a_newer_store_is_not_touched(void **state)
{
    struct store_fixture *fixture = *state;
    struct store *store = NULL;
    store_fixture_sql(fixture, "INSERT INTO migration VALUES (9999, 0)");
    assert_int_equal(store_fixture_try(fixture, "T02", 0, 0, &store), STATUS_UNSUPPORTED);
    assert_null(store);
}

static void test_store__another_halls_key_is_refused(void **state)
{
    struct store_fixture *fixture = *state;
    struct hall_key other = {0};
    struct hall_key own = fixture->hall_key;
    struct store *store = NULL;
    char path[STORE_FIXTURE_PATH_BYTES + 8];
    snprintf(path, sizeof(path), "%s.other", fixture->key_path);
    assert_int_equal(hall_key_file_create(path, &fixture->random.random, NULL), STATUS_OK);
    assert_int_equal(hall_key_file_open(path, &fixture->random.random, &other, NULL), STATUS_OK);
    fixture->hall_key = other;
    assert_int_equal(store_fixture_try(fixture, "T02", 0, 0, &store), STATUS_CONFIG);
    assert_null(store);
    hall_key_close(&other);
    fixture->hall_key = own;
}

static void test_store__an_owner_without_a_name_is_refused(void **state)
{
    struct store_fixture *fixture = *state;
    struct store *store = NULL;
    char longest[STORE_NAME_BYTES + 1];
    memset(longest, 'x', sizeof(longest));
    longest[STORE_NAME_BYTES] = '\0';
    assert_int_equal(store_fixture_try(fixture, "", 0, 0, &store), STATUS_CONFIG);
    assert_int_equal(store_fixture_try(fixture, longest, 0, 0, &store), STATUS_CONFIG);
    assert_null(store);
    store_close(NULL);
}

static void test_store__a_change_lands_whole_or_not_at_all(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    store_fixture_order(fixture, &order);
    int64_t before = last_change(fixture->store);
    assert_int_equal(store_begin(fixture->store, NULL), STATUS_OK);
    assert_int_equal(store_claim_take(fixture->store, order.id, 60, NULL), STATUS_OK);
    assert_int_equal(store_claim_take(fixture->store, "no such order", 60, NULL), STATUS_NOT_FOUND);
    /* the caller overlooks it; the change still fails */
    assert_int_equal(store_end(fixture->store, STATUS_OK, NULL), STATUS_NOT_FOUND);
    struct store_claim claim;
    assert_int_equal(store_claim_load(fixture->store, order.id, &claim, NULL), STATUS_OK);
    assert_string_equal(claim.owner, "");
    assert_int_equal(last_change(fixture->store), before);
    assert_int_equal(store_begin(fixture->store, NULL), STATUS_OK);
    assert_int_equal(store_claim_take(fixture->store, order.id, 60, NULL), STATUS_OK);
    assert_int_equal(store_end(fixture->store, STATUS_OK, NULL), STATUS_OK);
    assert_int_equal(store_claim_load(fixture->store, order.id, &claim, NULL), STATUS_OK);
    assert_string_equal(claim.owner, "T01");
}

static void test_store__the_bell_rings_when_another_connection_wrote(void **state)
{
    struct store_fixture *fixture = *state;
    struct store *desk = store_fixture_connect(fixture, "D01");
    struct order order;
    bool rang = false;
    assert_int_equal(store_bell(desk, &rang, NULL), STATUS_OK);
    assert_true(rang);
    assert_int_equal(store_bell(desk, &rang, NULL), STATUS_OK);
    assert_false(rang);
    store_fixture_order(fixture, &order);
    assert_int_equal(store_bell(desk, &rang, NULL), STATUS_OK);
    assert_true(rang);
    assert_int_equal(store_claim_take(desk, order.id, 60, NULL), STATUS_OK);
    assert_int_equal(store_bell(desk, &rang, NULL), STATUS_OK);
    assert_false(rang);
    store_close(desk);
}

static void test_store__changes_come_in_order_from_where_one_left_off(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_change changes[4];
    struct order first;
    struct order second;
    size_t count = 0;
    store_fixture_order(fixture, &first);
    store_fixture_order(fixture, &second);
    assert_int_equal(store_fixture_event(fixture->store, &first, ORDER_EVENT_FORM_COMPLETED), STATUS_OK);
    assert_int_equal(store_change_list(fixture->store, 0, changes, 2, &count, NULL), STATUS_OK);
    assert_int_equal(count, 2);
    assert_string_equal(changes[1].order_id, second.id);
    assert_int_equal(store_change_list(fixture->store, changes[1].sequence, changes, 4, &count, NULL),
                     STATUS_OK);
    assert_int_equal(count, 1);
    assert_int_equal(changes[0].kind, STORE_CHANGE_ORDER);
    assert_string_equal(changes[0].order_id, first.id);
    assert_string_equal(changes[0].owner, "T01");
    assert_string_equal(changes[0].event, "form-completed");
    assert_string_equal(changes[0].from, "draft");
    assert_string_equal(changes[0].to, "printing");
    assert_int_equal(changes[0].version, 1);
    assert_int_equal(store_change_list(fixture->store, changes[0].sequence, changes, 4, &count, NULL),
                     STATUS_OK);
    assert_int_equal(count, 0);
    assert_int_equal(store_change_list_order(fixture->store, first.id, 1, changes, 4, &count, NULL),
                     STATUS_OK);
    assert_int_equal(count, 1);
    assert_string_equal(changes[0].event, "form-completed");
}

static void test_store__journal_rows_cannot_be_changed_or_removed(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct db *db = NULL;
    store_fixture_order(fixture, &order);
    assert_int_equal(db_open(&(struct db_settings){.path = fixture->path}, &db, NULL), STATUS_OK);
    assert_int_equal(db_exec(db, "UPDATE journal SET event = 'x'", DB_NONE, NULL, NULL), STATUS_CONFLICT);
    assert_int_equal(db_exec(db, "DELETE FROM journal", DB_NONE, NULL, NULL), STATUS_CONFLICT);
    db_close(db);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, store_fixture_setup, store_fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(test_store__opening_again_migrates_nothing_and_keeps_everything),
        T(test_store__migrations_run_once_each_from_an_empty_file),
        T(test_store__a_store_of_an_older_program_is_brought_up_to_date),
        T(test_store__a_newer_store_is_not_touched),
        T(test_store__another_halls_key_is_refused),
        T(test_store__an_owner_without_a_name_is_refused),
        T(test_store__a_change_lands_whole_or_not_at_all),
        T(test_store__the_bell_rings_when_another_connection_wrote),
        T(test_store__changes_come_in_order_from_where_one_left_off),
        T(test_store__journal_rows_cannot_be_changed_or_removed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
