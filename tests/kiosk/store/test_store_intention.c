/* Intentions: stored before the act, finished once, taken over once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "kiosk/store/store_change.h"
#include "kiosk/store/store_claim.h"
#include "kiosk/store/store_intention.h"
#include "tests/support/store_fixture.h"

static void begin(struct store_fixture *fixture, const char *order_id, char id[STORE_ID_BYTES])
{
    store_new_id(fixture->store, id);
    assert_int_equal(store_intention_begin(fixture->store, id, STORE_INTENTION_TAKE_PAYMENT, order_id,
                                           "{\"out_trade_no\":\"T0120261121000001\"}", 60, NULL),
                     STATUS_OK);
}

static void test_store_intention__it_is_open_and_ours_before_the_act(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_intention intention;
    char id[STORE_ID_BYTES];
    store_fixture_order(fixture, &order);
    begin(fixture, order.id, id);
    assert_int_equal(store_intention_load(fixture->store, id, &intention, NULL), STATUS_OK);
    assert_int_equal(intention.state, STORE_INTENTION_OPEN);
    assert_int_equal(intention.kind, STORE_INTENTION_TAKE_PAYMENT);
    assert_string_equal(intention.order_id, order.id);
    assert_string_equal(intention.owner, "T01");
    assert_string_equal(intention.arguments, "{\"out_trade_no\":\"T0120261121000001\"}");
    assert_string_equal(intention.result, "");
    assert_int_equal(intention.lease_until_utc_s, STORE_FIXTURE_NOW_UTC_S + 60);
    assert_int_equal(store_intention_load(fixture->store, "none", &intention, NULL), STATUS_NOT_FOUND);
}

static void test_store_intention__the_same_id_cannot_begin_twice(void **state)
{
    struct store_fixture *fixture = *state;
    char id[STORE_ID_BYTES];
    begin(fixture, "", id);
    assert_int_equal(store_intention_begin(fixture->store, id, STORE_INTENTION_PRINT, "", "{}", 60, NULL),
                     STATUS_CONFLICT);
    assert_int_equal(
        store_intention_begin(fixture->store, "other", STORE_INTENTION_PRINT, "no order", "{}", 60, NULL),
        STATUS_NOT_FOUND);
}

static void test_store_intention__arguments_must_be_a_small_json_object(void **state)
{
    struct store_fixture *fixture = *state;
    char longest[STORE_INTENTION_JSON_BYTES + 1];
    memset(longest, ' ', sizeof(longest));
    longest[0] = '{';
    longest[STORE_INTENTION_JSON_BYTES - 1] = '}';
    longest[STORE_INTENTION_JSON_BYTES] = '\0';
    assert_int_equal(store_intention_begin(fixture->store, "a", STORE_INTENTION_PRINT, "", longest, 60, NULL),
                     STATUS_FULL);
    static const char *const wrong[] = {"", "[]", "1", "{", "{\"a\":1,\"a\":2}", " {}x"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_int_equal(
            store_intention_begin(fixture->store, "a", STORE_INTENTION_PRINT, "", wrong[i], 60, NULL),
            STATUS_MALFORMED);
}

static void test_store_intention__it_ends_once_with_its_result(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_intention intention;
    char id[STORE_ID_BYTES];
    size_t count = 9;
    store_fixture_order(fixture, &order);
    begin(fixture, order.id, id);
    assert_int_equal(store_intention_finish(fixture->store, id, STORE_INTENTION_DONE, "not json", NULL),
                     STATUS_MALFORMED);
    assert_int_equal(
        store_intention_finish(fixture->store, id, STORE_INTENTION_DONE, "{\"trade\":\"1\"}", NULL),
        STATUS_OK);
    assert_int_equal(store_intention_finish(fixture->store, id, STORE_INTENTION_FAILED, "{}", NULL),
                     STATUS_CONFLICT);
    assert_int_equal(store_intention_renew(fixture->store, id, 60, NULL), STATUS_CONFLICT);
    assert_int_equal(store_intention_finish(fixture->store, "none", STORE_INTENTION_DONE, "{}", NULL),
                     STATUS_NOT_FOUND);
    assert_int_equal(store_intention_load(fixture->store, id, &intention, NULL), STATUS_OK);
    assert_int_equal(intention.state, STORE_INTENTION_DONE);
    assert_string_equal(intention.result, "{\"trade\":\"1\"}");
    assert_int_equal(intention.finished_utc_s, STORE_FIXTURE_NOW_UTC_S);
    assert_int_equal(store_intention_list_mine(fixture->store, &intention, 1, &count, NULL), STATUS_OK);
    assert_int_equal(count, 0);
    assert_int_equal(store_intention_list_order(fixture->store, order.id, true, &intention, 1, &count, NULL),
                     STATUS_OK);
    assert_int_equal(count, 0);
    assert_int_equal(store_intention_list_order(fixture->store, order.id, false, &intention, 1, &count, NULL),
                     STATUS_OK);
    assert_int_equal(count, 1);
}

static void test_store_intention__a_restarted_owner_finds_its_own(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_intention found[4];
    char first[STORE_ID_BYTES];
    char second[STORE_ID_BYTES];
    size_t count = 0;
    begin(fixture, "", first);
    begin(fixture, "", second);
    store_fixture_reopen(fixture);
    assert_int_equal(store_intention_list_mine(fixture->store, found, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 2);
    assert_string_equal(found[0].id, first);
    assert_string_equal(found[1].id, second);
    struct store *desk = store_fixture_connect(fixture, "D01");
    assert_int_equal(store_intention_list_mine(desk, found, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 0);
    store_close(desk);
}

static void test_store_intention__another_takes_over_only_after_the_lease(void **state)
{
    struct store_fixture *fixture = *state;
    struct store *desk = store_fixture_connect(fixture, "D01");
    struct store_intention found[4];
    char id[STORE_ID_BYTES];
    size_t count = 9;
    begin(fixture, "", id);
    assert_int_equal(store_intention_finish(desk, id, STORE_INTENTION_DONE, "{}", NULL), STATUS_CONFLICT);
    clock_manual_advance(&fixture->clock, 59000);
    assert_int_equal(store_intention_take_over(desk, 60, found, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 0);
    assert_int_equal(store_intention_renew(fixture->store, id, 60, NULL), STATUS_OK);
    clock_manual_advance(&fixture->clock, 60000);
    assert_int_equal(store_intention_take_over(desk, 60, found, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 1);
    assert_string_equal(found[0].id, id);
    assert_string_equal(found[0].owner, "D01");
    assert_int_equal(found[0].takeovers, 1);
    assert_int_equal(store_intention_take_over(fixture->store, 60, found, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 0);
    assert_int_equal(store_intention_finish(fixture->store, id, STORE_INTENTION_DONE, "{}", NULL),
                     STATUS_CONFLICT);
    assert_int_equal(store_intention_finish(desk, id, STORE_INTENTION_DONE, "{}", NULL), STATUS_OK);
    store_close(desk);
}

static void test_store_intention__who_claims_the_order_has_its_intentions(void **state)
{
    struct store_fixture *fixture = *state;
    struct store *desk = store_fixture_connect(fixture, "D01");
    struct store_intention found[4];
    struct order order;
    char id[STORE_ID_BYTES];
    size_t count = 9;
    store_fixture_order(fixture, &order);
    begin(fixture, order.id, id);
    assert_int_equal(store_claim_take(fixture->store, order.id, 90, NULL), STATUS_OK);
    assert_int_equal(store_intention_adopt(desk, order.id, 60, NULL), STATUS_CONFLICT);
    clock_manual_advance(&fixture->clock, 61000); /* an act longer than the lease, the claim still holds */
    assert_int_equal(store_intention_take_over(desk, 60, found, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 0);
    assert_int_equal(store_claim_release(fixture->store, order.id, NULL), STATUS_OK);
    assert_int_equal(store_intention_renew(fixture->store, id, 60, NULL), STATUS_OK);
    assert_int_equal(store_claim_take(desk, order.id, 60, NULL), STATUS_OK);
    assert_int_equal(store_intention_adopt(desk, order.id, 60, NULL), STATUS_OK);
    assert_int_equal(store_intention_adopt(desk, order.id, 60, NULL), STATUS_OK);
    assert_int_equal(store_intention_finish(fixture->store, id, STORE_INTENTION_DONE, "{}", NULL),
                     STATUS_CONFLICT);
    assert_int_equal(store_intention_finish(desk, id, STORE_INTENTION_DONE, "{}", NULL), STATUS_OK);
    assert_int_equal(store_intention_load(desk, id, &found[0], NULL), STATUS_OK);
    assert_int_equal(found[0].takeovers, 1);
    store_close(desk);
}

static void test_store_intention__begin_and_end_are_journalled(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_change changes[4];
    char id[STORE_ID_BYTES];
    size_t count = 0;
    begin(fixture, "", id);
    assert_int_equal(store_intention_finish(fixture->store, id, STORE_INTENTION_FAILED, "{}", NULL),
                     STATUS_OK);
    assert_int_equal(store_change_list(fixture->store, 0, changes, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 2);
    assert_string_equal(changes[0].event, "take-payment");
    assert_string_equal(changes[0].to, "open");
    assert_string_equal(changes[1].subject, id);
    assert_string_equal(changes[1].to, "failed");
    assert_string_equal(store_intention_kind_name(STORE_INTENTION_FORMAT_KEY), "format-key");
    assert_string_equal(store_intention_kind_name(STORE_INTENTION_COUNT_), "invalid");
}

static void test_store_intention__a_row_that_makes_no_sense_is_malformed(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_intention intention = {.takeovers = 5};
    char id[STORE_ID_BYTES];
    begin(fixture, "", id);
    store_fixture_sql(fixture, "UPDATE intention SET kind = 'dance'");
    assert_int_equal(store_intention_load(fixture->store, id, &intention, NULL), STATUS_MALFORMED);
    assert_int_equal(intention.takeovers, 5);
    store_fixture_sql(fixture, "UPDATE intention SET kind = 'print', arguments = hex(zeroblob(4000))");
    assert_int_equal(store_intention_load(fixture->store, id, &intention, NULL), STATUS_MALFORMED);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, store_fixture_setup, store_fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(test_store_intention__it_is_open_and_ours_before_the_act),
        T(test_store_intention__the_same_id_cannot_begin_twice),
        T(test_store_intention__arguments_must_be_a_small_json_object),
        T(test_store_intention__it_ends_once_with_its_result),
        T(test_store_intention__a_restarted_owner_finds_its_own),
        T(test_store_intention__another_takes_over_only_after_the_lease),
        T(test_store_intention__who_claims_the_order_has_its_intentions),
        T(test_store_intention__begin_and_end_are_journalled),
        T(test_store_intention__a_row_that_makes_no_sense_is_malformed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
