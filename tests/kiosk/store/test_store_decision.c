/* Decisions: signers, undo time, one effect; rejections count once they are applied. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "kiosk/store/store_decision.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_rejection.h"
#include "tests/support/store_fixture.h"

static struct store_decision make(struct store_fixture *fixture, const struct order *order,
                                  const char *action, int required, int of)
{
    struct store_decision decision = {.order_version = 4, .required = required, .of = of, .undo_s = 5};
    store_new_id(fixture->store, decision.id);
    strcpy(decision.order_id, order->id);
    strcpy(decision.action, action);
    memset(decision.displayed_hash, 7, sizeof(decision.displayed_hash));
    return decision;
}

/* A new order, and a decision about it that waits for its signers. */
static struct store_decision propose(struct store_fixture *fixture, struct order *order, const char *action,
                                     int required, int of)
{
    store_fixture_order(fixture, order);
    struct store_decision decision = make(fixture, order, action, required, of);
    assert_int_equal(store_decision_insert(fixture->store, &decision, NULL), STATUS_OK);
    return decision;
}

static enum status sign(struct store_fixture *fixture, const char *id, const char *name)
{
    struct store_decision_signer signer = {.method = "password", .signature = "sig", .signature_length = 3};
    strcpy(signer.name, name);
    return store_decision_sign(fixture->store, id, &signer, NULL);
}

static enum store_decision_state state_of(struct store_fixture *fixture, const char *id)
{
    struct store_decision decision;
    assert_int_equal(store_decision_load(fixture->store, id, &decision, NULL), STATUS_OK);
    return decision.state;
}

static void test_store_decision__it_is_applied_once_after_the_undo_time(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_decision due[2];
    size_t count = 9;
    struct store_decision decision = propose(fixture, &order, "approve", 1, 1);
    assert_int_equal(store_decision_apply(fixture->store, decision.id, NULL), STATUS_BAD_STATE);
    assert_int_equal(sign(fixture, decision.id, "zhang"), STATUS_OK);
    assert_int_equal(state_of(fixture, decision.id), STORE_DECISION_PENDING);
    assert_int_equal(store_decision_apply(fixture->store, decision.id, NULL), STATUS_BUSY);
    clock_manual_advance(&fixture->clock, 4999);
    assert_int_equal(store_decision_list_due(fixture->store, due, 2, &count, NULL), STATUS_OK);
    assert_int_equal(count, 0);
    clock_manual_advance(&fixture->clock, 1);
    assert_int_equal(store_decision_list_due(fixture->store, due, 2, &count, NULL), STATUS_OK);
    assert_int_equal(count, 1);
    assert_int_equal(due[0].displayed_hash[31], 7);
    assert_int_equal(due[0].order_version, 4);
    assert_int_equal(store_decision_apply(fixture->store, decision.id, NULL), STATUS_OK);
    assert_int_equal(store_decision_apply(fixture->store, decision.id, NULL), STATUS_CONFLICT);
    assert_int_equal(store_decision_withdraw(fixture->store, decision.id, "zhang", NULL), STATUS_CONFLICT);
    assert_int_equal(state_of(fixture, decision.id), STORE_DECISION_APPLIED);
}

static void test_store_decision__a_clock_set_back_does_not_hold_it_for_ever(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_decision due[2];
    size_t count = 9;
    struct store_decision decision = propose(fixture, &order, "approve", 1, 1);
    assert_int_equal(sign(fixture, decision.id, "zhang"), STATUS_OK);
    clock_manual_advance(&fixture->clock, -30000);
    assert_int_equal(store_decision_apply(fixture->store, decision.id, NULL), STATUS_BUSY);
    clock_manual_advance(&fixture->clock, -86400000);
    assert_int_equal(store_decision_list_due(fixture->store, due, 2, &count, NULL), STATUS_OK);
    assert_int_equal(count, 1);
    assert_int_equal(store_decision_apply(fixture->store, decision.id, NULL), STATUS_OK);
}

static void test_store_decision__it_can_be_withdrawn_within_the_undo_time(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_decision decision = propose(fixture, &order, "approve", 1, 1);
    assert_int_equal(sign(fixture, decision.id, "zhang"), STATUS_OK);
    assert_int_equal(store_decision_withdraw(fixture->store, decision.id, "zhang", NULL), STATUS_OK);
    clock_manual_advance(&fixture->clock, 10000);
    assert_int_equal(store_decision_apply(fixture->store, decision.id, NULL), STATUS_CONFLICT);
    assert_int_equal(sign(fixture, decision.id, "li"), STATUS_BAD_STATE);
    struct store_decision again = make(fixture, &order, "approve", 1, 1);
    assert_int_equal(store_decision_insert(fixture->store, &again, NULL), STATUS_OK);
}

static void test_store_decision__two_of_three_needs_two_different_people(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_decision_signer signers[3];
    size_t count = 0;
    struct store_decision decision = propose(fixture, &order, "refund", 2, 3);
    assert_int_equal(sign(fixture, decision.id, "zhang"), STATUS_OK);
    assert_int_equal(sign(fixture, decision.id, "zhang"), STATUS_CONFLICT);
    assert_int_equal(state_of(fixture, decision.id), STORE_DECISION_COLLECTING);
    assert_int_equal(sign(fixture, decision.id, "li"), STATUS_OK);
    assert_int_equal(state_of(fixture, decision.id), STORE_DECISION_PENDING);
    assert_int_equal(store_decision_signers(fixture->store, decision.id, signers, 3, &count, NULL),
                     STATUS_OK);
    assert_int_equal(count, 2);
    assert_string_equal(signers[1].name, "li");
    assert_string_equal(signers[1].method, "password");
    assert_int_equal(signers[1].signature_length, 3);
    assert_memory_equal(signers[1].signature, "sig", 3);
}

static void test_store_decision__two_at_once_about_one_order_are_a_conflict(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_decision found[2];
    size_t count = 0;
    store_fixture_order(fixture, &order);
    struct store_decision first = make(fixture, &order, "approve", 1, 1);
    struct store_decision second = make(fixture, &order, "reject", 1, 1);
    struct store_decision wrong = make(fixture, &order, "reject", 2, 1);
    assert_int_equal(store_decision_insert(fixture->store, &first, NULL), STATUS_OK);
    assert_int_equal(store_decision_insert(fixture->store, &second, NULL), STATUS_CONFLICT);
    assert_int_equal(store_decision_insert(fixture->store, &wrong, NULL), STATUS_MALFORMED);
    assert_int_equal(store_decision_list_order(fixture->store, order.id, found, 2, &count, NULL), STATUS_OK);
    assert_int_equal(count, 1);
    strcpy(second.order_id, "none");
    assert_int_equal(store_decision_insert(fixture->store, &second, NULL), STATUS_NOT_FOUND);
    assert_int_equal(sign(fixture, "none", "zhang"), STATUS_NOT_FOUND);
    assert_string_equal(store_decision_state_name(STORE_DECISION_COUNT_), "invalid");
}

/* Put aside and taken up as often as clerks like: what is open and what was applied last is found all the
 * same. */
static void test_store_decision__the_newest_are_found_behind_many(void **state)
{
    enum { MANY = 40, FEW = 3 };
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_decision found[FEW], one;
    int64_t applied = 0;
    size_t count = 0;
    store_fixture_order(fixture, &order);
    assert_int_equal(store_decision_load_open(fixture->store, order.id, &one, NULL), STATUS_NOT_FOUND);
    assert_int_equal(store_decision_load_applied(fixture->store, order.id, "hold", &one, NULL),
                     STATUS_NOT_FOUND);
    for (int i = 0; i < MANY; i++) {
        struct store_decision aside = make(fixture, &order, i % 2 ? "take-up" : "hold", 1, 1);
        aside.undo_s = 0;
        assert_int_equal(store_decision_insert(fixture->store, &aside, NULL), STATUS_OK);
        assert_int_equal(sign(fixture, aside.id, "zhang"), STATUS_OK);
        assert_int_equal(store_decision_apply(fixture->store, aside.id, NULL), STATUS_OK);
    }
    struct store_decision approval = make(fixture, &order, "approve", 2, 2);
    assert_int_equal(store_decision_insert(fixture->store, &approval, NULL), STATUS_OK);
    assert_int_equal(store_decision_load_open(fixture->store, order.id, &one, NULL), STATUS_OK);
    assert_string_equal(one.id, approval.id);
    assert_int_equal(store_decision_count_applied(fixture->store, order.id, &applied, NULL), STATUS_OK);
    assert_int_equal(applied, MANY);
    assert_int_equal(store_decision_list_order(fixture->store, order.id, found, FEW, &count, NULL),
                     STATUS_OK);
    assert_int_equal(count, FEW);
    assert_string_equal(found[FEW - 1].id, approval.id);
    assert_int_equal(store_decision_load_applied(fixture->store, order.id, "take-up", &one, NULL), STATUS_OK);
    assert_string_equal(one.id, found[FEW - 2].id);
}

static void test_store_decision__decision_and_transition_land_together(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct order loaded;
    store_fixture_order(fixture, &order);
    assert_int_equal(store_fixture_event(fixture->store, &order, ORDER_EVENT_FORM_COMPLETED), STATUS_OK);
    assert_int_equal(store_fixture_event(fixture->store, &order, ORDER_EVENT_PRINTED), STATUS_OK);
    assert_int_equal(store_fixture_event(fixture->store, &order, ORDER_EVENT_SCANNED), STATUS_OK);
    struct store_decision decision = make(fixture, &order, "approve", 1, 1);
    assert_int_equal(store_decision_insert(fixture->store, &decision, NULL), STATUS_OK);
    assert_int_equal(sign(fixture, decision.id, "zhang"), STATUS_OK);
    clock_manual_advance(&fixture->clock, 5000);
    struct order stale = order;
    stale.version = 1;
    assert_int_equal(store_begin(fixture->store, NULL), STATUS_OK);
    assert_int_equal(store_decision_apply(fixture->store, decision.id, NULL), STATUS_OK);
    enum status status = store_fixture_event(fixture->store, &stale, ORDER_EVENT_APPROVED);
    assert_int_equal(store_end(fixture->store, status, NULL), STATUS_CONFLICT);
    assert_int_equal(state_of(fixture, decision.id), STORE_DECISION_PENDING);
    assert_int_equal(store_begin(fixture->store, NULL), STATUS_OK);
    assert_int_equal(store_decision_apply(fixture->store, decision.id, NULL), STATUS_OK);
    status = store_fixture_event(fixture->store, &order, ORDER_EVENT_APPROVED);
    assert_int_equal(store_end(fixture->store, status, NULL), STATUS_OK);
    assert_int_equal(store_order_load(fixture->store, order.id, &loaded, NULL), STATUS_OK);
    assert_int_equal(loaded.state, ORDER_STATE_PAYING);
}

static void fill(struct order_rejections *rejections)
{
    *rejections = (struct order_rejections){.count = 2};
    rejections->item[0].kind = ORDER_ITEM_PAPER;
    strcpy(rejections->item[0].item, "license");
    strcpy(rejections->item[0].reason, "营业执照公章不清晰");
    rejections->item[1].kind = ORDER_ITEM_FIELD;
    strcpy(rejections->item[1].item, "org_name");
    strcpy(rejections->item[1].reason, "名称与执照不符");
}

static void test_store_rejection__items_count_once_the_decision_is_applied(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct order_rejections rejections;
    struct order_rejections found = {.count = 9};
    store_fixture_order(fixture, &order);
    fill(&rejections);
    struct store_decision decision = make(fixture, &order, "reject", 1, 1);
    assert_int_equal(store_rejection_put(fixture->store, decision.id, &rejections, NULL), STATUS_NOT_FOUND);
    assert_int_equal(store_decision_insert(fixture->store, &decision, NULL), STATUS_OK);
    assert_int_equal(store_rejection_put(fixture->store, decision.id, &rejections, NULL), STATUS_OK);
    assert_int_equal(store_rejection_put(fixture->store, decision.id, &rejections, NULL), STATUS_CONFLICT);
    assert_int_equal(store_rejection_load_order(fixture->store, order.id, false, &found, NULL), STATUS_OK);
    assert_int_equal(found.count, 0);
    assert_int_equal(store_rejection_load(fixture->store, decision.id, &found, NULL), STATUS_OK);
    assert_int_equal(found.count, 2);
    assert_int_equal(sign(fixture, decision.id, "zhang"), STATUS_OK);
    clock_manual_advance(&fixture->clock, 5000);
    assert_int_equal(store_decision_apply(fixture->store, decision.id, NULL), STATUS_OK);
    assert_int_equal(store_rejection_load_order(fixture->store, order.id, false, &found, NULL), STATUS_OK);
    assert_int_equal(found.count, 2);
    assert_int_equal(found.item[0].kind, ORDER_ITEM_PAPER);
    assert_string_equal(found.item[0].item, "license");
    assert_string_equal(found.item[0].reason, "营业执照公章不清晰");
    assert_int_equal(found.item[1].kind, ORDER_ITEM_FIELD);
    assert_int_equal(store_rejection_settle(fixture->store, order.id, ORDER_ITEM_PAPER, "license", NULL),
                     STATUS_OK);
    assert_int_equal(store_rejection_load_order(fixture->store, order.id, true, &found, NULL), STATUS_OK);
    assert_int_equal(found.count, 1);
    assert_string_equal(found.item[0].item, "org_name");
    assert_int_equal(store_rejection_load_order(fixture->store, order.id, false, &found, NULL), STATUS_OK);
    assert_int_equal(found.count, 2);
}

static void test_store_rejection__an_empty_list_and_a_damaged_reason_are_refused(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct order_rejections rejections = {0};
    struct store_decision decision = propose(fixture, &order, "reject", 1, 1);
    assert_int_equal(store_rejection_put(fixture->store, decision.id, &rejections, NULL), STATUS_MALFORMED);
    fill(&rejections);
    assert_int_equal(store_rejection_put(fixture->store, decision.id, &rejections, NULL), STATUS_OK);
    store_fixture_sql(fixture, "UPDATE rejection SET sealed = zeroblob(40) WHERE number = 2");
    assert_int_equal(store_rejection_load(fixture->store, decision.id, &rejections, NULL), STATUS_MALFORMED);
    assert_int_equal(rejections.count, 2);
    assert_int_equal(store_rejection_load(fixture->store, "none", &rejections, NULL), STATUS_OK);
    assert_int_equal(rejections.count, 0);
    assert_int_equal(store_rejection_settle(fixture->store, "none", ORDER_ITEM_PAPER, "license", NULL),
                     STATUS_NOT_FOUND);
}

static void test_store_decision__the_reason_is_sealed_and_read_back(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct buf reason;
    store_fixture_order(fixture, &order);
    struct store_decision decision = make(fixture, &order, "give-up", 1, 1);
    assert_int_equal(store_decision_explain(fixture->store, &decision, "经办人已离开", NULL),
                     STATUS_CONFLICT);
    assert_int_equal(store_decision_insert(fixture->store, &decision, NULL), STATUS_OK);
    buf_init(&reason, 256);
    assert_int_equal(store_decision_reason(fixture->store, &decision, &reason, NULL), STATUS_OK);
    assert_int_equal(reason.length, 0);
    assert_int_equal(store_decision_explain(fixture->store, &decision, "", NULL), STATUS_MALFORMED);
    assert_int_equal(store_decision_explain(fixture->store, &decision, "经办人已离开", NULL), STATUS_OK);
    assert_int_equal(store_decision_reason(fixture->store, &decision, &reason, NULL), STATUS_OK);
    assert_string_equal((const char *)reason.data, "经办人已离开");
    assert_int_equal(store_order_forget(fixture->store, order.id, NULL), STATUS_OK);
    assert_int_equal(store_decision_reason(fixture->store, &decision, &reason, NULL), STATUS_NOT_FOUND);
    buf_wipe(&reason);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, store_fixture_setup, store_fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(test_store_decision__it_is_applied_once_after_the_undo_time),
        T(test_store_decision__a_clock_set_back_does_not_hold_it_for_ever),
        T(test_store_decision__it_can_be_withdrawn_within_the_undo_time),
        T(test_store_decision__two_of_three_needs_two_different_people),
        T(test_store_decision__two_at_once_about_one_order_are_a_conflict),
        T(test_store_decision__the_newest_are_found_behind_many),
        T(test_store_decision__decision_and_transition_land_together),
        T(test_store_decision__the_reason_is_sealed_and_read_back),
        T(test_store_rejection__items_count_once_the_decision_is_applied),
        T(test_store_rejection__an_empty_list_and_a_damaged_reason_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
