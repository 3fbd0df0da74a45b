/* Orders: found, compared, set, forgotten; claims decide who may. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "kiosk/store/store_change.h"
#include "kiosk/store/store_claim.h"
#include "kiosk/store/store_field.h"
#include "kiosk/store/store_page.h"
#include "kiosk/store/store_ticket.h"
#include "tests/support/store_fixture.h"

static int64_t journal_rows(struct store *store)
{
    int64_t sequence = 0;
    assert_int_equal(store_change_last(store, &sequence, NULL), STATUS_OK);
    return sequence;
}

static void test_store_order__an_order_comes_back_as_it_was_stored(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct order loaded;
    store_fixture_order(fixture, &order);
    assert_int_equal(store_order_load(fixture->store, order.id, &loaded, NULL), STATUS_OK);
    assert_string_equal(loaded.acceptance, order.acceptance);
    assert_string_equal(loaded.product, "cq-gov-procurement");
    assert_string_equal(loaded.class_id, "supplier");
    assert_string_equal(loaded.operation, "new");
    assert_string_equal(loaded.terminal, "T01");
    assert_int_equal(loaded.state, ORDER_STATE_DRAFT);
    assert_int_equal(loaded.version, 0);
    assert_int_equal(loaded.amount_fen, 48000);
    assert_int_equal(loaded.paid_fen, 0);
    assert_int_equal(loaded.created_utc_s, STORE_FIXTURE_NOW_UTC_S);
    assert_int_equal(store_order_load_by_number(fixture->store, order.acceptance, &loaded, NULL), STATUS_OK);
    assert_string_equal(loaded.id, order.id);
}

static void test_store_order__a_missing_order_is_not_found_and_leaves_the_result_alone(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order = {.version = 77};
    assert_int_equal(store_order_load(fixture->store, "00", &order, NULL), STATUS_NOT_FOUND);
    assert_int_equal(store_order_load_by_number(fixture->store, "T1", &order, NULL), STATUS_NOT_FOUND);
    assert_int_equal(order.version, 77);
}

static void test_store_order__a_taken_acceptance_number_is_a_conflict_to_draw_again(void **state)
{
    struct store_fixture *fixture = *state;
    struct order first;
    struct order second;
    store_fixture_order(fixture, &first);
    int64_t before = journal_rows(fixture->store);
    second = first;
    order_id_make(&fixture->random.random, second.id);
    assert_int_equal(store_order_insert(fixture->store, &second, NULL), STATUS_CONFLICT);
    assert_int_equal(journal_rows(fixture->store), before);
    strcpy(second.acceptance, "T20261121000000000001");
    assert_int_equal(store_order_insert(fixture->store, &second, NULL), STATUS_OK);
    second.acceptance[0] = '\0';
    assert_int_equal(store_order_insert(fixture->store, &second, NULL), STATUS_MALFORMED);
}

static void test_store_order__a_state_change_and_its_journal_row_land_together(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct order loaded;
    struct store_change changes[4];
    size_t count = 0;
    store_fixture_order(fixture, &order);
    clock_manual_advance(&fixture->clock, 5000);
    assert_int_equal(store_fixture_event(fixture->store, &order, ORDER_EVENT_FORM_COMPLETED), STATUS_OK);
    assert_int_equal(store_order_load(fixture->store, order.id, &loaded, NULL), STATUS_OK);
    assert_int_equal(loaded.state, ORDER_STATE_PRINTING);
    assert_int_equal(loaded.version, 1);
    assert_int_equal(loaded.updated_utc_s, STORE_FIXTURE_NOW_UTC_S + 5);
    assert_int_equal(store_change_list_order(fixture->store, order.id, 0, changes, 4, &count, NULL),
                     STATUS_OK);
    assert_int_equal(count, 2);
    assert_string_equal(changes[0].event, "insert");
    assert_string_equal(changes[1].to, "printing");
    assert_int_equal(changes[1].version, 1);
}

static void test_store_order__an_old_copy_cannot_overwrite_a_newer_one(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct order loaded;
    store_fixture_order(fixture, &order);
    struct order old = order;
    assert_int_equal(store_fixture_event(fixture->store, &order, ORDER_EVENT_FORM_COMPLETED), STATUS_OK);
    int64_t before = journal_rows(fixture->store);
    assert_int_equal(store_fixture_event(fixture->store, &old, ORDER_EVENT_CANCELLED), STATUS_CONFLICT);
    assert_int_equal(store_order_load(fixture->store, order.id, &loaded, NULL), STATUS_OK);
    assert_int_equal(loaded.state, ORDER_STATE_PRINTING);
    assert_int_equal(journal_rows(fixture->store), before);
}

static void test_store_order__a_transition_not_entered_is_refused(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    store_fixture_order(fixture, &order);
    struct order_transition transition = {.from = ORDER_STATE_DRAFT, .to = ORDER_STATE_PRINTING};
    assert_int_equal(store_order_apply(fixture->store, &order, &transition, NULL), STATUS_BAD_STATE);
    strcpy(order.id, "00000000000000000000000000000000");
    order.state = ORDER_STATE_PRINTING;
    order.version = 1;
    assert_int_equal(store_order_apply(fixture->store, &order, &transition, NULL), STATUS_NOT_FOUND);
}

static void test_store_order__it_goes_another_way_only_from_the_state_it_is_in(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct order loaded;
    store_fixture_order(fixture, &order);
    int64_t rows = journal_rows(fixture->store);
    assert_int_equal(store_order_divert(fixture->store, order.id, ORDER_STATE_KEY, "new.fallback", NULL),
                     STATUS_CONFLICT);
    assert_int_equal(journal_rows(fixture->store), rows);
    assert_int_equal(store_order_divert(fixture->store, order.id, ORDER_STATE_DRAFT, "new.fallback", NULL),
                     STATUS_OK);
    assert_int_equal(store_order_load(fixture->store, order.id, &loaded, NULL), STATUS_OK);
    assert_string_equal(loaded.operation, "new.fallback");
    assert_int_equal(loaded.state, ORDER_STATE_DRAFT);
    assert_int_equal(loaded.version, 1);
    assert_int_equal(journal_rows(fixture->store), rows + 1);
}

static void test_store_order__it_is_found_by_number_end_and_phone_together(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct order found;
    store_fixture_order(fixture, &order);
    const char *end = order.acceptance + strlen(order.acceptance) - 6;
    assert_int_equal(
        store_order_set_lookup(fixture->store, order.id, STORE_ORDER_LOOKUP_PHONE, "13800138000", NULL),
        STATUS_OK);
    assert_int_equal(store_order_find(fixture->store, end, "13800138000", &found, NULL), STATUS_OK);
    assert_string_equal(found.id, order.id);
    assert_int_equal(store_order_find(fixture->store, end, "13800138001", &found, NULL), STATUS_NOT_FOUND);
    assert_int_equal(store_order_find(fixture->store, "%%%%%%", "13800138000", &found, NULL),
                     STATUS_NOT_FOUND);
    assert_int_equal(store_order_find(fixture->store, end + 1, "13800138000", &found, NULL),
                     STATUS_NOT_FOUND);
    assert_int_equal(
        store_order_set_lookup(fixture->store, order.id, STORE_ORDER_LOOKUP_PHONE, "13900139000", NULL),
        STATUS_OK);
    assert_int_equal(store_order_find(fixture->store, end, "13800138000", &found, NULL), STATUS_NOT_FOUND);
    assert_int_equal(
        store_order_set_lookup(fixture->store, "none", STORE_ORDER_LOOKUP_PHONE, "13900139000", NULL),
        STATUS_NOT_FOUND);
}

static void test_store_order__a_list_is_narrowed_by_every_filter(void **state)
{
    struct store_fixture *fixture = *state;
    struct order orders[3];
    struct order found[4];
    size_t count = 0;
    for (int i = 0; i < 3; i++) {
        store_fixture_order(fixture, &orders[i]);
        clock_manual_advance(&fixture->clock, 60000);
    }
    assert_int_equal(store_fixture_event(fixture->store, &orders[1], ORDER_EVENT_FORM_COMPLETED), STATUS_OK);
    const enum order_state drafts[] = {ORDER_STATE_DRAFT, ORDER_STATE_REJECTED};
    struct store_order_filter filter = {0};
    assert_int_equal(store_order_list(fixture->store, &filter, found, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 3);
    assert_string_equal(found[0].id, orders[0].id);
    filter = (struct store_order_filter){.newest_first = true, .offset = 1};
    assert_int_equal(store_order_list(fixture->store, &filter, found, 1, &count, NULL), STATUS_OK);
    assert_int_equal(count, 1);
    assert_string_equal(found[0].id, orders[1].id);
    filter = (struct store_order_filter){.states = drafts, .states_count = 2};
    assert_int_equal(store_order_list(fixture->store, &filter, found, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 2);
    assert_string_equal(found[1].id, orders[2].id);
    filter = (struct store_order_filter){.since_utc_s = STORE_FIXTURE_NOW_UTC_S + 60,
                                         .until_utc_s = STORE_FIXTURE_NOW_UTC_S + 120};
    assert_int_equal(store_order_list(fixture->store, &filter, found, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 1);
    assert_string_equal(found[0].id, orders[1].id);
    filter = (struct store_order_filter){.product = "another"};
    assert_int_equal(store_order_list(fixture->store, &filter, found, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 0);
    assert_int_equal(store_order_set_lookup(fixture->store, orders[2].id, STORE_ORDER_LOOKUP_CREDIT_CODE,
                                            "91500000MA5U0000XN", NULL),
                     STATUS_OK);
    filter = (struct store_order_filter){
        .by_lookup = true, .lookup = STORE_ORDER_LOOKUP_CREDIT_CODE, .lookup_value = "91500000MA5U0000XN"};
    assert_int_equal(store_order_list(fixture->store, &filter, found, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 1);
    assert_string_equal(found[0].id, orders[2].id);
    filter.lookup = STORE_ORDER_LOOKUP_ID_NUMBER; /* the same value of another kind is another person */
    assert_int_equal(store_order_list(fixture->store, &filter, found, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 0);
}

static void test_store_order__only_the_holder_of_a_claim_may_write(void **state)
{
    struct store_fixture *fixture = *state;
    struct store *desk = store_fixture_connect(fixture, "D01");
    struct order order;
    struct store_claim claim;
    store_fixture_order(fixture, &order);
    assert_int_equal(store_claim_take(fixture->store, order.id, 60, NULL), STATUS_OK);
    struct order copy = order;
    assert_int_equal(store_fixture_event(desk, &copy, ORDER_EVENT_FORM_COMPLETED), STATUS_CONFLICT);
    assert_int_equal(store_field_put(desk, order.id, "org_name", "x", NULL), STATUS_CONFLICT);
    assert_int_equal(store_claim_take(desk, order.id, 60, NULL), STATUS_CONFLICT);
    assert_int_equal(store_claim_renew(desk, order.id, 60, NULL), STATUS_CONFLICT);
    assert_int_equal(store_claim_release(desk, order.id, NULL), STATUS_OK);
    assert_int_equal(store_claim_load(desk, order.id, &claim, NULL), STATUS_OK);
    assert_string_equal(claim.owner, "T01");
    assert_int_equal(claim.lease_until_utc_s, STORE_FIXTURE_NOW_UTC_S + 60);
    assert_int_equal(store_fixture_event(fixture->store, &order, ORDER_EVENT_FORM_COMPLETED), STATUS_OK);
    assert_int_equal(store_claim_release(fixture->store, order.id, NULL), STATUS_OK);
    assert_int_equal(store_fixture_event(desk, &order, ORDER_EVENT_PRINTED), STATUS_OK);
    store_close(desk);
}

static void test_store_order__an_expired_claim_is_taken_over_and_the_old_holder_shut_out(void **state)
{
    struct store_fixture *fixture = *state;
    struct store *other = store_fixture_connect(fixture, "T02");
    struct order order;
    store_fixture_order(fixture, &order);
    assert_int_equal(store_claim_take(fixture->store, order.id, 60, NULL), STATUS_OK);
    clock_manual_advance(&fixture->clock, 50000);
    assert_int_equal(store_claim_renew(fixture->store, order.id, 60, NULL), STATUS_OK);
    clock_manual_advance(&fixture->clock, 59000);
    assert_int_equal(store_claim_take(other, order.id, 60, NULL), STATUS_CONFLICT);
    clock_manual_advance(&fixture->clock, 1000);
    assert_int_equal(store_claim_take(other, order.id, 60, NULL), STATUS_OK);
    assert_int_equal(store_claim_renew(fixture->store, order.id, 60, NULL), STATUS_CONFLICT);
    assert_int_equal(store_fixture_event(fixture->store, &order, ORDER_EVENT_FORM_COMPLETED),
                     STATUS_CONFLICT);
    assert_int_equal(store_claim_take(other, "none", 60, NULL), STATUS_NOT_FOUND);
    store_close(other);
}

static void test_store_order__a_claim_from_a_clock_that_jumped_back_does_not_hold_for_ever(void **state)
{
    struct store_fixture *fixture = *state;
    struct store *other = store_fixture_connect(fixture, "T02");
    struct order order;
    store_fixture_order(fixture, &order);
    clock_manual_advance(&fixture->clock, (int64_t)365 * 86400 * 1000);
    assert_int_equal(store_claim_take(fixture->store, order.id, 600, NULL), STATUS_OK);
    clock_manual_advance(&fixture->clock, -(int64_t)365 * 86400 * 1000);
    assert_int_equal(store_claim_take(other, order.id, 60, NULL), STATUS_OK);
    store_close(other);
}

static void test_store_order__a_forgotten_person_leaves_the_order_and_nothing_else(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct order found;
    struct buf out;
    char ticket[STORE_TICKET_BYTES];
    char id[STORE_ID_BYTES];
    size_t pages = 9;
    buf_init(&out, 1024);
    store_fixture_order(fixture, &order);
    const char *end = order.acceptance + strlen(order.acceptance) - 6;
    assert_int_equal(
        store_order_set_lookup(fixture->store, order.id, STORE_ORDER_LOOKUP_PHONE, "13800138000", NULL),
        STATUS_OK);
    assert_int_equal(store_field_put(fixture->store, order.id, "agent_name", "王小明", NULL), STATUS_OK);
    assert_int_equal(store_page_put(fixture->store, order.id,
                                    &(struct store_page){.paper = "license", .page = 1}, "jpeg", 4, NULL),
                     STATUS_OK);
    assert_int_equal(store_ticket_new(fixture->store, order.id, 3600, ticket, NULL), STATUS_OK);
    assert_int_equal(store_order_forget(fixture->store, order.id, NULL), STATUS_OK);
    assert_int_equal(store_order_load(fixture->store, order.id, &found, NULL), STATUS_OK);
    assert_int_equal(store_order_find(fixture->store, end, "13800138000", &found, NULL), STATUS_NOT_FOUND);
    assert_int_equal(store_field_get(fixture->store, order.id, "agent_name", &out, NULL), STATUS_NOT_FOUND);
    assert_int_equal(store_page_list(fixture->store, order.id, NULL, 0, &pages, NULL), STATUS_OK);
    assert_int_equal(pages, 0);
    assert_int_equal(store_ticket_find(fixture->store, ticket, id, NULL), STATUS_NOT_FOUND);
    assert_int_equal(store_order_forget(fixture->store, "none", NULL), STATUS_NOT_FOUND);
    buf_wipe(&out);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, store_fixture_setup, store_fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(test_store_order__an_order_comes_back_as_it_was_stored),
        T(test_store_order__a_missing_order_is_not_found_and_leaves_the_result_alone),
        T(test_store_order__a_taken_acceptance_number_is_a_conflict_to_draw_again),
        T(test_store_order__a_state_change_and_its_journal_row_land_together),
        T(test_store_order__an_old_copy_cannot_overwrite_a_newer_one),
        T(test_store_order__a_transition_not_entered_is_refused),
        T(test_store_order__it_goes_another_way_only_from_the_state_it_is_in),
        T(test_store_order__it_is_found_by_number_end_and_phone_together),
        T(test_store_order__a_list_is_narrowed_by_every_filter),
        T(test_store_order__only_the_holder_of_a_claim_may_write),
        T(test_store_order__an_expired_claim_is_taken_over_and_the_old_holder_shut_out),
        T(test_store_order__a_claim_from_a_clock_that_jumped_back_does_not_hold_for_ever),
        T(test_store_order__a_forgotten_person_leaves_the_order_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
