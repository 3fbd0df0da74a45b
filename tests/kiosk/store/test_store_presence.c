/* Presence and tickets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "kiosk/store/store_change.h"
#include "kiosk/store/store_presence.h"
#include "kiosk/store/store_ticket.h"
#include "tests/support/store_fixture.h"

static void test_store_presence__each_machine_has_one_row_that_is_not_journalled(void **state)
{
    struct store_fixture *fixture = *state;
    struct store *desk = store_fixture_connect(fixture, "D01");
    struct store_presence found[4];
    int64_t changes = 9;
    size_t count = 0;
    struct store_presence terminal = {
        .kind = "terminal", .step = "form", .field = "org_name", .devices = "{}"};
    assert_int_equal(store_presence_put(fixture->store, &terminal, NULL), STATUS_OK);
    assert_int_equal(store_presence_put(desk, &(struct store_presence){.kind = "desk"}, NULL), STATUS_OK);
    clock_manual_advance(&fixture->clock, 5000);
    strcpy(terminal.step, "print");
    assert_int_equal(store_presence_put(fixture->store, &terminal, NULL), STATUS_OK);
    assert_int_equal(store_presence_list(desk, found, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 2);
    assert_string_equal(found[0].owner, "D01");
    assert_string_equal(found[1].owner, "T01");
    assert_string_equal(found[1].step, "print");
    assert_int_equal(found[1].heartbeat_utc_s, STORE_FIXTURE_NOW_UTC_S + 5);
    assert_int_equal(store_change_last(desk, &changes, NULL), STATUS_OK);
    assert_int_equal(changes, 0);
    store_close(desk);
}

static void test_store_presence__machine_place_and_the_visits_mark_are_told(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_presence found;
    struct store_presence terminal = {.kind = "terminal",
                                      .machine = "03",
                                      .place = "大厅东侧",
                                      .visit = "v1",
                                      .is_logged_in = true,
                                      .step_since_utc_s = STORE_FIXTURE_NOW_UTC_S};
    assert_int_equal(store_presence_put(fixture->store, &terminal, NULL), STATUS_OK);
    terminal.visit[0] = 0;
    terminal.is_logged_in = false;
    assert_int_equal(store_presence_load(fixture->store, "T01", &found, NULL), STATUS_OK);
    assert_true(found.is_logged_in);
    assert_string_equal(found.visit, "v1");
    assert_string_equal(found.machine, "03");
    assert_string_equal(found.place, "大厅东侧");
    assert_int_equal(found.step_since_utc_s, STORE_FIXTURE_NOW_UTC_S);
    assert_int_equal(store_presence_put(fixture->store, &terminal, NULL), STATUS_OK);
    assert_int_equal(store_presence_load(fixture->store, "T01", &found, NULL), STATUS_OK);
    assert_string_equal(found.visit, "");
    assert_false(found.is_logged_in);
}

static void test_store_presence__an_answer_stays_while_the_call_is_the_same(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_presence found;
    struct store_presence terminal = {.kind = "terminal"};
    assert_int_equal(store_presence_put(fixture->store, &terminal, NULL), STATUS_OK);
    assert_int_equal(store_presence_answer(fixture->store, "T01", "zhang", NULL), STATUS_NOT_FOUND);
    terminal.call_since_utc_s = STORE_FIXTURE_NOW_UTC_S;
    assert_int_equal(store_presence_put(fixture->store, &terminal, NULL), STATUS_OK);
    assert_int_equal(store_presence_answer(fixture->store, "T01", "zhang", NULL), STATUS_OK);
    assert_int_equal(store_presence_put(fixture->store, &terminal, NULL), STATUS_OK);
    assert_int_equal(store_presence_load(fixture->store, "T01", &found, NULL), STATUS_OK);
    assert_string_equal(found.call_answered_by, "zhang");
    terminal.call_since_utc_s++;
    assert_int_equal(store_presence_put(fixture->store, &terminal, NULL), STATUS_OK);
    assert_int_equal(store_presence_load(fixture->store, "T01", &found, NULL), STATUS_OK);
    assert_string_equal(found.call_answered_by, "");
    assert_int_equal(store_presence_load(fixture->store, "T09", &found, NULL), STATUS_NOT_FOUND);
}

static void test_store_ticket__it_leads_back_to_the_order_until_it_is_old(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    char first[STORE_TICKET_BYTES];
    char second[STORE_TICKET_BYTES];
    char found[STORE_ID_BYTES] = "unchanged";
    store_fixture_order(fixture, &order);
    assert_int_equal(store_ticket_new(fixture->store, order.id, 60, first, NULL), STATUS_OK);
    assert_int_equal(store_ticket_new(fixture->store, order.id, 120, second, NULL), STATUS_OK);
    assert_string_not_equal(first, second);
    assert_int_equal(store_ticket_find(fixture->store, first, found, NULL), STATUS_OK);
    assert_string_equal(found, order.id);
    clock_manual_advance(&fixture->clock, 60000);
    assert_int_equal(store_ticket_find(fixture->store, first, found, NULL), STATUS_TIMED_OUT);
    assert_int_equal(store_ticket_find(fixture->store, second, found, NULL), STATUS_OK);
}

static void test_store_ticket__foreign_texts_lead_nowhere(void **state)
{
    struct store_fixture *fixture = *state;
    char found[STORE_ID_BYTES] = "unchanged";
    static const char *const texts[] = {"", "abc", "https://qr.example/0123456789abcdef",
                                        "0123456789abcdef0123456789abcdef",
                                        "0123456789abcdef0123456789abcdef0"};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        assert_int_equal(store_ticket_find(fixture->store, texts[i], found, NULL), STATUS_NOT_FOUND);
    assert_string_equal(found, "unchanged");
    char ticket[STORE_TICKET_BYTES];
    assert_int_equal(store_ticket_new(fixture->store, "none", 60, ticket, NULL), STATUS_NOT_FOUND);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, store_fixture_setup, store_fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(test_store_presence__each_machine_has_one_row_that_is_not_journalled),
        T(test_store_presence__machine_place_and_the_visits_mark_are_told),
        T(test_store_presence__an_answer_stays_while_the_call_is_the_same),
        T(test_store_ticket__it_leads_back_to_the_order_until_it_is_old),
        T(test_store_ticket__foreign_texts_lead_nowhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
