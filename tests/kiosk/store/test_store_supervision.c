/* Supervision acts and the day's counters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_change.h"
#include "kiosk/store/store_counters.h"
#include "kiosk/store/store_decision.h"
#include "kiosk/store/store_supervision.h"
#include "tests/support/store_fixture.h"

#define WORDS "请王小明把营业执照放平"

static struct store_supervision act_of(struct store_fixture *fixture, enum store_supervision_kind kind)
{
    struct store_supervision act = {.terminal = "T01", .kind = kind, .clerk = "chen"};
    store_new_id(fixture->store, act.id);
    if (store_supervision_is_of_visit(kind))
        strcpy(act.visit, "v1");
    if (store_supervision_needs_reason(kind))
        strcpy(act.reason, "device");
    return act;
}

static void test_store_supervision__an_act_is_open_then_taken_then_done(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_supervision found[4];
    size_t count = 9;
    struct store_supervision act = act_of(fixture, STORE_SUPERVISION_MESSAGE);
    strcpy(act.words, WORDS);
    assert_int_equal(store_supervision_insert(fixture->store, &act, NULL), STATUS_OK);
    assert_int_equal(store_supervision_list_open(fixture->store, "T01", found, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 1);
    assert_string_equal(found[0].words, WORDS);
    assert_int_equal(found[0].state, STORE_SUPERVISION_OPEN);
    assert_int_equal(store_supervision_take(fixture->store, act.id, NULL), STATUS_OK);
    assert_int_equal(store_supervision_take(fixture->store, act.id, NULL), STATUS_CONFLICT);
    assert_int_equal(store_supervision_finish(fixture->store, act.id, STORE_SUPERVISION_EFFECT, NULL),
                     STATUS_OK);
    assert_int_equal(store_supervision_list_open(fixture->store, "T01", found, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 0);
    assert_int_equal(store_supervision_list(fixture->store, "T01", found, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 1);
    assert_int_equal(found[0].outcome, STORE_SUPERVISION_EFFECT);
    assert_string_equal(found[0].words, "");
}

static void test_store_supervision__what_is_done_is_done_once(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_supervision act = act_of(fixture, STORE_SUPERVISION_END);
    assert_int_equal(store_supervision_insert(fixture->store, &act, NULL), STATUS_OK);
    assert_int_equal(store_supervision_finish(fixture->store, act.id, STORE_SUPERVISION_PENDING, NULL),
                     STATUS_MALFORMED);
    assert_int_equal(store_supervision_finish(fixture->store, act.id, STORE_SUPERVISION_GONE, NULL),
                     STATUS_OK);
    assert_int_equal(store_supervision_finish(fixture->store, act.id, STORE_SUPERVISION_EFFECT, NULL),
                     STATUS_CONFLICT);
    assert_int_equal(store_supervision_take(fixture->store, act.id, NULL), STATUS_CONFLICT);
    assert_int_equal(store_supervision_take(fixture->store, "none", NULL), STATUS_NOT_FOUND);
}

static void test_store_supervision__an_act_without_clerk_visit_or_reason_is_refused(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_supervision act = act_of(fixture, STORE_SUPERVISION_LOCK);
    act.reason[0] = 0;
    assert_int_equal(store_supervision_insert(fixture->store, &act, NULL), STATUS_MALFORMED);
    act = act_of(fixture, STORE_SUPERVISION_EXTEND);
    act.clerk[0] = 0;
    assert_int_equal(store_supervision_insert(fixture->store, &act, NULL), STATUS_MALFORMED);
    act = act_of(fixture, STORE_SUPERVISION_EXTEND);
    act.visit[0] = 0;
    assert_int_equal(store_supervision_insert(fixture->store, &act, NULL), STATUS_MALFORMED);
    act = act_of(fixture, STORE_SUPERVISION_CLOSE);
    strcpy(act.visit, "v1");
    assert_int_equal(store_supervision_insert(fixture->store, &act, NULL), STATUS_MALFORMED);
}

static void test_store_supervision__every_move_is_journalled_and_audited_with_who_and_why(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_change changes[4];
    struct store_audit rows[4];
    size_t count = 0;
    struct store_supervision act = act_of(fixture, STORE_SUPERVISION_LOCK);
    assert_int_equal(store_supervision_insert(fixture->store, &act, NULL), STATUS_OK);
    assert_int_equal(store_supervision_take(fixture->store, act.id, NULL), STATUS_OK);
    assert_int_equal(store_change_list_newest(fixture->store, STORE_CHANGE_SUPERVISION, STORE_CHANGE_ORDER,
                                              changes, 4, &count, NULL),
                     STATUS_OK);
    assert_int_equal(count, 2);
    assert_string_equal(changes[0].event, "lock");
    assert_string_equal(changes[0].to, "taken");
    assert_int_equal(store_audit_list(fixture->store, 0, rows, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 2);
    assert_string_equal(rows[1].action, "supervision.lock");
    assert_string_equal(rows[1].actor, "chen");
    assert_string_equal(rows[1].detail, ">open T01 device");
}

static void test_store_supervision__a_closed_terminal_stays_closed_until_it_is_reopened(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_supervision found;
    struct store_supervision act = act_of(fixture, STORE_SUPERVISION_CLOSE);
    assert_int_equal(store_supervision_closed(fixture->store, "T01", &found, NULL), STATUS_NOT_FOUND);
    assert_int_equal(store_supervision_insert(fixture->store, &act, NULL), STATUS_OK);
    assert_int_equal(store_supervision_finish(fixture->store, act.id, STORE_SUPERVISION_EFFECT, NULL),
                     STATUS_OK);
    store_fixture_reopen(fixture);
    assert_int_equal(store_supervision_closed(fixture->store, "T01", &found, NULL), STATUS_OK);
    assert_string_equal(found.reason, "device");
    assert_int_equal(store_supervision_closed(fixture->store, "T02", &found, NULL), STATUS_NOT_FOUND);
    act = act_of(fixture, STORE_SUPERVISION_REOPEN);
    assert_int_equal(store_supervision_insert(fixture->store, &act, NULL), STATUS_OK);
    assert_int_equal(store_supervision_closed(fixture->store, "T01", &found, NULL), STATUS_NOT_FOUND);
}

static void test_store_supervision__a_clerks_own_words_stand_nowhere_in_plain(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_supervision act = act_of(fixture, STORE_SUPERVISION_MESSAGE);
    strcpy(act.words, WORDS);
    assert_int_equal(store_supervision_insert(fixture->store, &act, NULL), STATUS_OK);
    store_close(fixture->store);
    fixture->store = NULL;
    assert_false(store_fixture_files_hold(fixture, WORDS, strlen(WORDS)));
    assert_true(store_fixture_files_hold(fixture, act.id, strlen(act.id)));
    fixture->store = store_fixture_connect(fixture, "T01");
}

/* --- counters ---------------------------------------------------------------------------------------- */

static void decide(struct store_fixture *fixture, const char *order_id, const char *action)
{
    struct store_decision decision = {.required = 1, .of = 1, .order_version = 1};
    struct store_decision_signer signer = {.name = "chen", .method = "password"};
    store_new_id(fixture->store, decision.id);
    strcpy(decision.order_id, order_id);
    strcpy(decision.action, action);
    assert_int_equal(store_decision_insert(fixture->store, &decision, NULL), STATUS_OK);
    assert_int_equal(store_decision_sign(fixture->store, decision.id, &signer, NULL), STATUS_OK);
    assert_int_equal(store_decision_apply(fixture->store, decision.id, NULL), STATUS_OK);
}

static void test_store_counters__a_day_without_orders_counts_nothing(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_counters counters = {.begun = 9};
    assert_int_equal(store_counters_load(fixture->store, STORE_FIXTURE_NOW_UTC_S - 60, &counters, NULL),
                     STATUS_OK);
    assert_int_equal(counters.begun, 0);
    assert_int_equal(counters.finished, 0);
    assert_int_equal(counters.decided, 0);
}

static void test_store_counters__only_a_first_decision_passes_at_once(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_counters counters;
    struct order first;
    struct order second;
    store_fixture_order(fixture, &first);
    store_fixture_order(fixture, &second);
    decide(fixture, first.id, "approve");
    decide(fixture, second.id, "reject");
    decide(fixture, second.id, "approve");
    assert_int_equal(store_counters_load(fixture->store, STORE_FIXTURE_NOW_UTC_S - 60, &counters, NULL),
                     STATUS_OK);
    assert_int_equal(counters.begun, 2);
    assert_int_equal(counters.begun_before, 0);
    assert_int_equal(counters.decided, 2);
    assert_int_equal(counters.approved_first, 1);
    assert_int_equal(counters.rejected, 1);
    clock_manual_advance(&fixture->clock, (int64_t)86400 * 1000);
    assert_int_equal(
        store_counters_load(fixture->store, STORE_FIXTURE_NOW_UTC_S + 86400 - 60, &counters, NULL),
        STATUS_OK);
    assert_int_equal(counters.begun, 0);
    assert_int_equal(counters.begun_before, 0); /* made at this very second of the day before */
    clock_manual_advance(&fixture->clock, 1000);
    assert_int_equal(
        store_counters_load(fixture->store, STORE_FIXTURE_NOW_UTC_S + 86400 - 60, &counters, NULL),
        STATUS_OK);
    assert_int_equal(counters.begun_before, 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, store_fixture_setup, store_fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_store_supervision__an_act_is_open_then_taken_then_done),
        TEST(test_store_supervision__what_is_done_is_done_once),
        TEST(test_store_supervision__an_act_without_clerk_visit_or_reason_is_refused),
        TEST(test_store_supervision__every_move_is_journalled_and_audited_with_who_and_why),
        TEST(test_store_supervision__a_closed_terminal_stays_closed_until_it_is_reopened),
        TEST(test_store_supervision__a_clerks_own_words_stand_nowhere_in_plain),
        TEST(test_store_counters__a_day_without_orders_counts_nothing),
        TEST(test_store_counters__only_a_first_decision_passes_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
