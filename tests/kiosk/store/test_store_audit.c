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
#include "kiosk/store/store_audit_filter.h"
#include "kiosk/store/store_check.h"
#include "kiosk/store/store_field.h"
#include "kiosk/store/store_page.h"
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

static void write_row(struct store *store, const char *action, const char *actor, const char *subject,
                      const char *detail)
{
    struct store_audit_entry entry = {.action = action, .actor = actor, .subject = subject, .detail = detail};
    assert_int_equal(store_audit_append(store, &entry, NULL), STATUS_OK);
}

/* The actions the filter leaves, from the newest back, with a space behind each. */
static const char *left(struct store_fixture *fixture, const struct store_audit_filter *filter)
{
    static char actions[512];
    struct store_audit_found rows[16];
    size_t count = 0;
    int64_t all = 0;
    assert_int_equal(store_audit_filter_list(fixture->store, filter, 0, rows, 16, &count, NULL), STATUS_OK);
    assert_int_equal(store_audit_filter_count(fixture->store, filter, &all, NULL), STATUS_OK);
    assert_int_equal(all, count);
    actions[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        strcat(actions, rows[i].row.action);
        strcat(actions, " ");
    }
    return actions;
}

/* An order, a payment of it that failed, a value revealed, a sign-in at the desk and an account made from
 * outside, a second apart. */
static void write_day(struct store_fixture *fixture, struct order *order)
{
    struct store *desk = store_fixture_connect(fixture, "D01");
    store_fixture_order(fixture, order);
    clock_manual_advance(&fixture->clock, 1000);
    write_row(fixture->store, "payment.failed", "", "out-7", "created>failed");
    clock_manual_advance(&fixture->clock, 1000);
    write_row(desk, "value.reveal", "chen", order->id, "mobile 50% off");
    clock_manual_advance(&fixture->clock, 1000);
    write_row(desk, "clerk.sign-in", "lin", "lin", ">");
    clock_manual_advance(&fixture->clock, 1000);
    write_row(fixture->store, "clerk.add", "uid:0", "chen", ">");
    store_close(desk);
}

static void test_store_audit__each_part_of_a_filter_leaves_what_it_says(void **state)
{
    struct store_fixture *fixture = *state;
    const int64_t begin = (int64_t)STORE_FIXTURE_NOW_UTC_S * 1000;
    struct order order;
    write_day(fixture, &order);
    struct store_audit_filter about = {0};
    struct store_audit_filter number = {0};
    struct store_audit_filter orders = {.text = "no such thing"};
    (void)snprintf(orders.orders, sizeof(orders.orders), ",x,%s,", order.id);
    strcpy(about.about, order.id);
    strcpy(number.text, order.acceptance + 1);
    const struct {
        struct store_audit_filter filter;
        const char *left;
    } cases[] = {
        {{0}, "clerk.add clerk.sign-in value.reveal payment.failed order.insert "},
        {{.from_utc_ms = begin + 3000}, "clerk.add clerk.sign-in "},
        {{.until_utc_ms = begin + 1000}, "order.insert "},
        {{.actor = "lin"}, "clerk.sign-in "},
        {{.by_program = true}, "payment.failed order.insert "},
        {{.writer = "D01"}, "clerk.sign-in value.reveal "},
        {{.kind = "clerk"}, "clerk.add clerk.sign-in "},
        {{.kind = "cl"}, ""},
        {{.has_result = true, .result = STORE_AUDIT_FAILED}, "payment.failed "},
        {{.has_result = true, .result = STORE_AUDIT_REASON}, "value.reveal "},
        {{.has_result = true, .result = STORE_AUDIT_DONE}, "clerk.add clerk.sign-in order.insert "},
        {about, "value.reveal order.insert "},
        {number, "value.reveal order.insert "},
        {orders, "value.reveal order.insert "},
        {{.text = "no such thing", .orders = ",x,"}, ""},
        {{.text = "no such thing", .orders = ","}, ""},
        {{.text = "50% o"}, "value.reveal "},
        {{.text = "50%off"}, ""},
        {{.text = "_"}, ""},
        {{.text = "no such thing", .actions = ",clerk.add,order.insert,"}, "clerk.add order.insert "},
        {{.actor = "lin", .writer = "T01"}, ""},
        {{.actor = "li'; DROP TABLE audit; --"}, ""},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_string_equal(left(fixture, &cases[i].filter), cases[i].left);
}

static void test_store_audit__pages_stand_still_while_rows_come(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_audit_filter filter = {.until_utc_ms = (int64_t)STORE_FIXTURE_NOW_UTC_S * 1000 + 5000};
    struct store_audit_found page[2];
    struct store_audit_name names[8];
    size_t count = 0;
    int64_t all = 0;
    struct order order;
    write_day(fixture, &order);
    assert_int_equal(store_audit_filter_list(fixture->store, &filter, 0, page, 2, &count, NULL), STATUS_OK);
    assert_string_equal(page[1].row.action, "clerk.sign-in");
    clock_manual_advance(&fixture->clock, 1000);
    append(fixture->store, "order.late");
    assert_int_equal(store_audit_filter_list(fixture->store, &filter, 2, page, 2, &count, NULL), STATUS_OK);
    assert_int_equal(count, 2);
    assert_string_equal(page[0].row.action, "value.reveal");
    assert_string_equal(page[0].order_id, order.id);
    assert_string_equal(page[0].acceptance, order.acceptance);
    assert_string_equal(page[1].order_id, "");
    assert_int_equal(store_audit_filter_list(fixture->store, &filter, 6, page, 2, &count, NULL), STATUS_OK);
    assert_int_equal(count, 0);
    assert_int_equal(store_audit_filter_count(fixture->store, &filter, &all, NULL), STATUS_OK);
    assert_int_equal(all, 5);
    assert_int_equal(store_audit_filter_names(fixture->store, STORE_AUDIT_ACTORS, names, 8, &count, NULL),
                     STATUS_OK);
    assert_int_equal(count, 4);
    assert_string_equal(names[0].name, "chen");
    assert_int_equal(store_audit_filter_names(fixture->store, STORE_AUDIT_WRITERS, names, 8, &count, NULL),
                     STATUS_OK);
    assert_int_equal(count, 2);
}

static void test_store_audit__what_belongs_to_an_order_is_found_by_the_journal(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_audit_filter filter = {0};
    struct store_audit_found rows[4];
    struct order order, other;
    size_t count = 0;
    store_fixture_order(fixture, &order);
    store_fixture_order(fixture, &other);
    const struct store_page page = {.paper = "licence", .page = 1};
    const struct store_page form = {.paper = "form", .page = 1};
    clock_manual_advance(&fixture->clock, 5000);
    assert_int_equal(store_page_put(fixture->store, other.id, &page, "one", 3, NULL), STATUS_OK);
    clock_manual_advance(&fixture->clock, 5000);
    assert_int_equal(store_page_put(fixture->store, order.id, &page, "one", 3, NULL), STATUS_OK);
    assert_int_equal(store_page_put(fixture->store, other.id, &form, "one", 3, NULL), STATUS_OK);
    strcpy(filter.about, order.id);
    assert_int_equal(store_audit_filter_list(fixture->store, &filter, 0, rows, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 2);
    assert_string_equal(rows[0].row.action, "page.put");
    assert_string_equal(rows[0].acceptance, order.acceptance);
    assert_string_equal(rows[1].row.action, "order.insert");
}

static void test_store_audit__a_row_tells_whether_its_neighbours_hold(void **state)
{
    static const struct {
        const char *sql;
        bool holds[3];
    } cases[] = {{"SELECT 1", {true, true, true}},
                 {"UPDATE audit SET actor = 'li' WHERE number = 1", {false, false, true}},
                 {"UPDATE audit SET actor = 'li' WHERE number = 2", {false, false, false}},
                 {"UPDATE audit_head SET seal = zeroblob(32)", {true, true, false}}};
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct store_fixture fixture;
        struct store_audit_links links;
        store_fixture_open(&fixture);
        append(fixture.store, "a");
        append(fixture.store, "b");
        append(fixture.store, "c");
        tamper(&fixture, cases[i].sql);
        for (int64_t number = 1; number <= 3; number++) {
            assert_int_equal(store_audit_links_load(fixture.store, "T01", number, &links, NULL), STATUS_OK);
            assert_int_equal(links.own.number, number);
            assert_int_equal(links.has_next, number < 3);
            assert_int_equal(links.holds, cases[i].holds[number - 1]);
        }
        assert_int_equal(store_audit_links_load(fixture.store, "T01", 4, &links, NULL), STATUS_NOT_FOUND);
        store_fixture_close(&fixture);
    }
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
        T(test_store_audit__each_part_of_a_filter_leaves_what_it_says),
        T(test_store_audit__pages_stand_still_while_rows_come),
        T(test_store_audit__what_belongs_to_an_order_is_found_by_the_journal),
        T(test_store_audit__a_row_tells_whether_its_neighbours_hold),
        T(test_store_check__a_sound_store_is_counted),
        T(test_store_check__each_part_is_reported_by_itself),
        T(test_store_check__a_backup_opens_with_the_same_hall_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
