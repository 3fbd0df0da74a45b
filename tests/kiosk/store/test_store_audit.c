/* Audit: chains that show every change, gap and cut; check and backup. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/base/crypto.h"
#include "kiosk/store/db.h"
#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_check.h"
#include "kiosk/store/store_field.h"
#include "tests/support/store_fixture.h"

static void append(struct store *store, const char *action)
{
    struct store_audit_entry entry = {
        .action = action, .actor = "zhang", .subject = "order", .detail = "code 7"};
    assert_int_equal(store_audit_append(store, &entry, NULL), STATUS_OK);
}

/* What only somebody with the file in hands can do: the rules are taken out of the way first. */
static void tamper(const struct store_fixture *fixture, const char *sql)
{
    char script[512];
    snprintf(script, sizeof(script), "DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete; %s", sql);
    store_fixture_sql(fixture, script);
}

static void test_store_audit__two_writers_have_two_whole_chains(void **state)
{
    struct store_fixture *fixture = *state;
    struct store *desk = store_fixture_connect(fixture, "D01");
    struct store_audit_report report;
    struct store_audit rows[8];
    size_t count = 0;
    append(fixture->store, "value.reveal");
    append(desk, "case.open");
    clock_manual_advance(&fixture->clock, 1000);
    append(fixture->store, "value.reveal");
    assert_int_equal(store_audit_verify(desk, &report, NULL), STATUS_OK);
    assert_int_equal(report.rows, 3);
    assert_int_equal(report.writers, 2);
    assert_null(report.reason);
    assert_int_equal(store_audit_list(desk, 0, rows, 8, &count, NULL), STATUS_OK);
    assert_int_equal(count, 3);
    assert_string_equal(rows[0].writer, "T01");
    assert_int_equal(rows[0].number, 2);
    assert_string_equal(rows[0].actor, "zhang");
    assert_string_equal(rows[0].detail, "code 7");
    store_close(desk);
}

static void test_store_audit__personal_values_enter_as_keyed_hashes(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_audit rows[2];
    struct store_audit_report report;
    uint8_t plain_hash[32];
    size_t count = 0;
    struct store_audit_entry entry = {.action = "value.reveal", .value = "13800138000", .value_length = 11};
    assert_int_equal(store_audit_append(fixture->store, &entry, NULL), STATUS_OK);
    assert_int_equal(store_audit_append(fixture->store, &entry, NULL), STATUS_OK);
    assert_int_equal(store_audit_list(fixture->store, 0, rows, 2, &count, NULL), STATUS_OK);
    assert_true(rows[0].has_value);
    assert_memory_equal(rows[0].value_hash, rows[1].value_hash, 32);
    crypto_sha256("13800138000", 11, plain_hash);
    assert_memory_not_equal(rows[0].value_hash, plain_hash,
                            32); /* numbers are few: an unkeyed hash hides nothing */
    assert_int_equal(store_audit_verify(fixture->store, &report, NULL), STATUS_OK);
}

static void test_store_audit__the_database_refuses_change_and_removal(void **state)
{
    struct store_fixture *fixture = *state;
    struct db *db = NULL;
    append(fixture->store, "a");
    assert_int_equal(db_open(&(struct db_settings){.path = fixture->path}, &db, NULL), STATUS_OK);
    assert_int_equal(db_exec(db, "UPDATE audit SET actor = 'li'", DB_NONE, NULL, NULL), STATUS_CONFLICT);
    assert_int_equal(db_exec(db, "DELETE FROM audit", DB_NONE, NULL, NULL), STATUS_CONFLICT);
    db_close(db);
}

static void test_store_audit__every_kind_of_tampering_names_the_first_broken_row(void **state)
{
    static const struct {
        const char *sql;
        int64_t number;
        const char *reason;
    } cases[] = {
        {"UPDATE audit SET actor = 'li' WHERE number = 2", 2, "content changed"},
        {"UPDATE audit SET at_utc_ms = at_utc_ms + 1 WHERE number = 3", 3, "content changed"},
        {"UPDATE audit SET detail = '' WHERE number = 1", 1, "content changed"},
        {"UPDATE audit SET value_hash = zeroblob(32) WHERE number = 1", 1, "content changed"},
        {"UPDATE audit SET hash = x'00' WHERE number = 1", 1, "content changed"},
        {"DELETE FROM audit WHERE number = 2", 2, "gap"},
        {"UPDATE audit SET prev_hash = zeroblob(32) WHERE number = 2", 2, "chain broken"},
        {"DELETE FROM audit WHERE number = 3", 3, "end cut off"},
        {"DELETE FROM audit", 1, "end cut off"},
        {"DELETE FROM audit WHERE number = 3; UPDATE audit_head SET number = 2, hash = (SELECT hash FROM "
         "audit WHERE"
         " number = 2)",
         3, "end cut off"},
        {"DELETE FROM audit_head", 4, "end cut off"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct store_fixture fixture;
        struct store_audit_report report;
        struct failure failure = {0};
        store_fixture_open(&fixture);
        append(fixture.store, "a");
        append(fixture.store, "b");
        append(fixture.store, "c");
        assert_int_equal(store_audit_verify(fixture.store, &report, NULL), STATUS_OK);
        tamper(&fixture, cases[i].sql);
        assert_int_equal(store_audit_verify(fixture.store, &report, &failure), STATUS_MALFORMED);
        assert_string_equal(report.broken_writer, "T01");
        assert_int_equal(report.broken_number, cases[i].number);
        assert_string_equal(report.reason, cases[i].reason);
        assert_non_null(strstr(failure.text, cases[i].reason));
        store_fixture_close(&fixture);
    }
}

static void test_store_audit__a_text_too_long_is_refused_not_cut(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_audit_report report;
    char longest[STORE_AUDIT_TEXT_BYTES + 1];
    memset(longest, 'x', sizeof(longest));
    longest[STORE_AUDIT_TEXT_BYTES] = '\0';
    assert_int_equal(store_audit_append(fixture->store, &(struct store_audit_entry){.detail = longest}, NULL),
                     STATUS_FULL);
    assert_int_equal(store_audit_verify(fixture->store, &report, NULL), STATUS_OK);
    assert_int_equal(report.rows, 0);
}

static void test_store_audit__every_change_of_an_order_is_in_the_chain(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_audit rows[4];
    size_t count = 0;
    store_fixture_order(fixture, &order);
    assert_int_equal(store_fixture_event(fixture->store, &order, ORDER_EVENT_FORM_COMPLETED), STATUS_OK);
    assert_int_equal(store_audit_list(fixture->store, 0, rows, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 2);
    assert_string_equal(rows[0].action, "order.form-completed");
    assert_string_equal(rows[0].subject, order.id);
    assert_string_equal(rows[0].detail, "draft>printing");
    assert_string_equal(rows[1].action, "order.insert");
}

static void test_store_check__a_sound_store_is_counted(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_check_report report;
    store_fixture_order(fixture, &order);
    assert_int_equal(store_field_put(fixture->store, order.id, "agent_name", "王小明", NULL), STATUS_OK);
    assert_int_equal(store_check(fixture->store, &report, NULL), STATUS_OK);
    assert_int_equal(report.orders, 1);
    assert_int_equal(report.sealed_values, 1);
    assert_int_equal(report.open_intentions, 0);
    assert_int_equal(report.audit_report.rows, 1);
}

static void test_store_check__each_part_is_reported_by_itself(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_check_report report;
    struct failure failure = {0};
    store_fixture_order(fixture, &order);
    assert_int_equal(store_field_put(fixture->store, order.id, "agent_name", "王小明", NULL), STATUS_OK);
    store_fixture_sql(fixture, "UPDATE field SET sealed = zeroblob(40)");
    assert_int_equal(store_check(fixture->store, &report, &failure), STATUS_MALFORMED);
    assert_int_equal(report.file, STATUS_OK);
    assert_int_equal(report.audit, STATUS_OK);
    assert_int_equal(report.sealed, STATUS_MALFORMED);
    tamper(fixture, "UPDATE audit SET actor = 'li'");
    assert_int_equal(store_check(fixture->store, &report, &failure), STATUS_MALFORMED);
    assert_int_equal(report.audit, STATUS_MALFORMED);
    assert_string_equal(failure.where, "audit");
    store_fixture_sql(fixture, "PRAGMA foreign_keys=OFF; DELETE FROM orders");
    assert_int_equal(store_check(fixture->store, &report, &failure), STATUS_MALFORMED);
    assert_int_equal(report.file, STATUS_MALFORMED);
    assert_string_equal(failure.where, "foreign_key_check");
}

static void test_store_check__a_backup_opens_with_the_same_hall_key(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct order loaded;
    struct store_check_report report;
    char original[STORE_FIXTURE_PATH_BYTES];
    char copy[STORE_FIXTURE_PATH_BYTES + 8];
    store_fixture_order(fixture, &order);
    assert_int_equal(store_field_put(fixture->store, order.id, "agent_name", "王小明", NULL), STATUS_OK);
    snprintf(copy, sizeof(copy), "%s.copy", fixture->path);
    assert_int_equal(store_backup(fixture->store, copy, NULL), STATUS_OK);
    assert_int_equal(store_backup(fixture->store, copy, NULL), STATUS_CONFLICT);
    strcpy(original, fixture->path);
    strcpy(fixture->path, copy);
    struct store *backup = store_fixture_connect(fixture, "T01");
    assert_int_equal(store_check(backup, &report, NULL), STATUS_OK);
    assert_int_equal(report.sealed_values, 1);
    assert_int_equal(store_order_load(backup, order.id, &loaded, NULL), STATUS_OK);
    store_close(backup);
    strcpy(fixture->path, original);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, store_fixture_setup, store_fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(test_store_audit__two_writers_have_two_whole_chains),
        T(test_store_audit__personal_values_enter_as_keyed_hashes),
        T(test_store_audit__the_database_refuses_change_and_removal),
        T(test_store_audit__every_kind_of_tampering_names_the_first_broken_row),
        T(test_store_audit__a_text_too_long_is_refused_not_cut),
        T(test_store_audit__every_change_of_an_order_is_in_the_chain),
        T(test_store_check__a_sound_store_is_counted),
        T(test_store_check__each_part_is_reported_by_itself),
        T(test_store_check__a_backup_opens_with_the_same_hall_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
