/* Giving up: the certificate is revoked first, the money goes back exactly once, nobody is forgotten. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/crypto.h"
#include "kiosk/store/store_decision.h"
#include "kiosk/store/store_order.h"
#include "tests/support/feature.h"
#include "tests/support/hall_scene.h"

static int setup(void **state)
{
    int result = hall_scene_setup(state, TEST_SOURCE_DIR);
    hall_add_clerk(&((struct hall_scene *)*state)->hall, "lin");
    return result;
}

static void begin(struct hall_scene *scene)
{
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    hall_visit_pay(&scene->terminal, "key-1");
}

static uint64_t ask_give_up(struct hall_scene *scene, const char *order_id, const char *reason,
                            const char *second, const char *text)
{
    struct secret password = {0};
    assert_int_equal(STATUS_OK, secret_set(&password, text, strlen(text)));
    return service_desk_give_up(scene->desk.services, order_id, reason, second, &password);
}

static uint64_t ask_by_two(struct hall_scene *scene, const char *order_id, const char *reason)
{
    return ask_give_up(scene, order_id, reason, "lin", "zhanghao-2026");
}

static void give_up(struct hall_scene *scene)
{
    hall_desk_sign_in(&scene->desk, "chen");
    hall_done(&scene->desk, hall_desk_give_up(&scene->desk, scene->order.id, "key broken", "lin"));
}

/* The money is back once, no certificate is valid, no key is in work, nothing is open. */
static void assert_refunded(struct hall_scene *scene)
{
    const struct hall_order_sum *sum = hall_scene_look(scene);
    for (int i = 0; i < 200 && hall_order_acts(sum) > 0; i++) { /* a message may still be under way */
        hall_run(&scene->terminal, 50);
        sum = hall_scene_look(scene);
    }
    assert_int_equal(ORDER_STATE_REFUNDED, sum->order.state);
    assert_int_equal(0, sum->order.paid_fen);
    assert_int_equal(48000, payment_fake_taken_fen(scene->hall.gateway));
    assert_int_equal(48000, payment_fake_returned_fen(scene->hall.gateway));
    assert_int_equal(1, hall_order_payments(sum, STORE_PAYMENT_REFUNDED));
    assert_int_equal(0, hall_order_keys(sum, STORE_KEY_IN_WORK));
    assert_int_equal(0, hall_order_keys(sum, STORE_KEY_DELIVERED));
    assert_int_equal(0, hall_order_acts(sum));
    assert_int_equal(0, authority_fake_counts(scene->hall.ca).confirmed);
    assert_int_equal(authority_fake_counts(scene->hall.ca).issued,
                     authority_fake_counts(scene->hall.ca).revoked);
}

static void test_refund__given_up_before_the_key_was_made(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    give_up(scene);
    hall_until_state(&scene->terminal, ORDER_STATE_REFUNDED);
    assert_refunded(scene);
    FEATURE("F153");
    assert_int_equal(0, authority_fake_counts(scene->hall.ca).issued);
}

static void test_refund__a_proven_certificate_is_revoked_first(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    hall_visit_issue(&scene->terminal);
    give_up(scene);
    hall_until_state(&scene->terminal, ORDER_STATE_REFUNDED);
    assert_refunded(scene);
    assert_int_equal(1, authority_fake_counts(scene->hall.ca).revoked);
}

static void test_refund__no_money_before_the_authority_has_revoked(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    hall_visit_issue(&scene->terminal);
    authority_fake_script(scene->hall.ca)->offline = true;
    give_up(scene);
    hall_until_state(&scene->terminal, ORDER_STATE_REFUNDING);
    hall_run(&scene->terminal, 900);
    assert_int_equal(0, payment_fake_returned_fen(scene->hall.gateway));
    authority_fake_script(scene->hall.ca)->offline = false;
    hall_until_state(&scene->terminal, ORDER_STATE_REFUNDED);
    assert_refunded(scene);
}

static void test_refund__a_lost_reply_moves_the_money_once(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    payment_fake_fail(scene->hall.gateway, PAYMENT_FAKE_REFUND, STATUS_UNKNOWN, true, 1);
    give_up(scene);
    hall_until_state(&scene->terminal, ORDER_STATE_REFUNDED);
    assert_refunded(scene);
}

static void test_refund__a_busy_gateway_is_asked_again(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    payment_fake_fail(scene->hall.gateway, PAYMENT_FAKE_REFUND, STATUS_BUSY, false, 2);
    give_up(scene);
    hall_until_state(&scene->terminal, ORDER_STATE_REFUNDED);
    assert_refunded(scene);
}

static void test_refund__a_pending_refund_is_waited_for(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    payment_fake_hold_refunds(scene->hall.gateway, true);
    give_up(scene);
    hall_until_state(&scene->terminal, ORDER_STATE_REFUNDING);
    hall_run(&scene->terminal, 800);
    assert_int_equal(ORDER_STATE_REFUNDING, hall_scene_look(scene)->order.state);
    payment_fake_hold_refunds(scene->hall.gateway, false);
    hall_until_state(&scene->terminal, ORDER_STATE_REFUNDED);
    assert_refunded(scene);
}

static void test_refund__a_refused_refund_is_an_alarm(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    payment_fake_fail(scene->hall.gateway, PAYMENT_FAKE_REFUND, STATUS_REFUSED, false, 1);
    give_up(scene);
    hall_until_payment(&scene->terminal, SERVICE_PAY_ALARM);
    assert_int_equal(ORDER_STATE_REFUNDING, hall_scene_look(scene)->order.state);
    assert_int_equal(1, hall_order_payments(&scene->sum, STORE_PAYMENT_REFUND_ALARM));
}

static const struct service_desk *desk_of(struct hall_scene *scene)
{
    hall_done(&scene->desk, service_desk_overview(scene->desk.services));
    return services_desk(scene->desk.services);
}

static void end_in_alarm(struct hall_scene *scene)
{
    begin(scene);
    payment_fake_fail(scene->hall.gateway, PAYMENT_FAKE_REFUND, STATUS_REFUSED, false, 1);
    give_up(scene);
    hall_until_payment(&scene->terminal, SERVICE_PAY_ALARM);
}

static void test_refund__a_refused_refund_is_asked_for_again_by_a_clerk(void **state)
{
    struct hall_scene *scene = *state;
    end_in_alarm(scene);
    const struct service_desk *desk = desk_of(scene);
    assert_int_equal(1, desk->alarm_count);
    assert_string_equal(scene->order.id, desk->alarms[0].order.id);
    assert_true(desk->recent[0].alarm && !desk->recent[0].may_give_up);
    char number[STORE_PAYMENT_NUMBER_BYTES];
    (void)memcpy(number, hall_scene_look(scene)->payment[0].refund_no, sizeof(number));
    hall_done(&scene->desk, service_desk_refund_retry(scene->desk.services, scene->order.id));
    hall_until_state(&scene->terminal, ORDER_STATE_REFUNDED);
    assert_refunded(scene);
    assert_string_equal(number, scene->sum.payment[0].refund_no);
    assert_int_equal(0, desk_of(scene)->alarm_count);
    assert_false(desk_of(scene)->recent[0].alarm);
}

static void test_refund__only_a_refused_refund_is_asked_for_again(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    give_up(scene);
    hall_until_state(&scene->terminal, ORDER_STATE_REFUNDED);
    (void)desk_of(scene);
    hall_refused(&scene->desk, service_desk_refund_retry(scene->desk.services, scene->order.id),
                 SERVICE_REASON_CHANGED);
    assert_refunded(scene);
}

/* An order in REFUNDING whose money the gateway would not give back. */
static void make_alarm(struct hall *hall, int number)
{
    static const enum store_payment_state way[] = {STORE_PAYMENT_CREATED, STORE_PAYMENT_SHOWN,
                                                   STORE_PAYMENT_PAID, STORE_PAYMENT_REFUNDING,
                                                   STORE_PAYMENT_REFUND_ALARM};
    static const enum order_event events[] = {ORDER_EVENT_PAID, ORDER_EVENT_GIVEN_UP};
    struct order order;
    struct order_transition transition;
    struct store_payment payment = {.amount_fen = 48000, .channel = "fake"};
    hall_order_make(hall, ORDER_STATE_PAYING, &order);
    const struct product *product = catalogue_find(hall->catalogue, order.product);
    struct store *store = hall_store(hall, "maker");
    (void)snprintf(payment.out_trade_no, sizeof(payment.out_trade_no), "CKALARM%08d", number);
    (void)memcpy(payment.order_id, order.id, sizeof(order.id));
    assert_int_equal(STATUS_OK, store_payment_insert(store, &payment, NULL, NULL));
    for (size_t i = 0; i + 1 < sizeof(way) / sizeof(way[0]); i++)
        assert_int_equal(STATUS_OK,
                         store_payment_step(store, payment.out_trade_no, way[i], way[i + 1],
                                            &(struct store_payment_facts){.refund_no = "CKR000001"}, NULL));
    for (int i = 0; i < 2; i++) {
        const struct order_steps *steps = &product_find_operation(product, order.operation)->steps;
        assert_int_equal(STATUS_OK, order_apply(&order, events[i], steps, &transition));
        order_enter(&order, &transition, store_now_utc_s(store));
        assert_int_equal(STATUS_OK, store_order_apply(store, &order, &transition, NULL));
    }
    store_close(store);
}

static void test_refund__refused_ones_of_others_keep_no_new_one_waiting(void **state)
{
    struct hall_scene *scene = *state;
    for (int i = 0; i < 17; i++)
        make_alarm(&scene->hall, i);
    begin(scene);
    give_up(scene);
    hall_until_state(&scene->terminal, ORDER_STATE_REFUNDED);
    assert_refunded(scene);
    assert_int_equal(17, desk_of(scene)->alarm_count);
}

/* --- the clerk's decision ---------------------------------------------------------------------------- */

static void test_refund__giving_up_needs_a_reason_and_a_row_before_the_eyes(void **state)
{
    struct hall_scene *scene = *state;
    struct secret password = {0};
    begin(scene);
    assert_int_equal(STATUS_OK, secret_set(&password, "zhanghao-2026", 13));
    hall_done(&scene->desk, service_desk_sign_in(scene->desk.services, "chen", &password));
    hall_refused(&scene->desk, ask_by_two(scene, "0123456789abcdef0123456789abcdef", "broken"),
                 SERVICE_REASON_CHANGED);
    assert_true(desk_of(scene)->recent[0].may_give_up);
    struct service_reply reply = hall_wait(&scene->desk, ask_by_two(scene, scene->order.id, ""));
    assert_int_equal(STATUS_MALFORMED, reply.status);
    assert_int_equal(ORDER_STATE_ISSUING, hall_scene_look(scene)->order.state);
}

static void test_refund__money_leaves_under_two_names(void **state)
{
    struct hall_scene *scene = *state;
    struct store_decision decisions[4];
    struct store_decision_signer signers[3];
    size_t count = 0;
    begin(scene);
    assert_true(desk_of(scene)->recent[0].may_give_up);
    hall_desk_sign_in(&scene->desk, "chen");
    (void)desk_of(scene);
    hall_refused(&scene->desk, ask_give_up(scene, scene->order.id, "broken", "chen", "zhanghao-2026"),
                 SERVICE_REASON_SAME_PERSON);
    hall_refused(&scene->desk, ask_give_up(scene, scene->order.id, "broken", "lin", "wrong-2026"),
                 SERVICE_REASON_PASSWORD_WRONG);
    hall_refused(&scene->desk, ask_give_up(scene, scene->order.id, "broken", "nobody", "zhanghao-2026"),
                 SERVICE_REASON_PASSWORD_WRONG);
    assert_int_equal(ORDER_STATE_ISSUING, hall_scene_look(scene)->order.state);
    hall_done(&scene->desk, ask_by_two(scene, scene->order.id, "broken"));
    hall_until_state(&scene->terminal, ORDER_STATE_REFUNDED);
    assert_refunded(scene);
    struct store *store = hall_store(&scene->hall, "reader");
    assert_int_equal(STATUS_OK,
                     store_decision_list_order(store, scene->order.id, decisions, 4, &count, NULL));
    assert_int_equal(1, count);
    assert_int_equal(2, decisions[0].required);
    assert_int_equal(STATUS_OK, store_decision_signers(store, decisions[0].id, signers, 3, &count, NULL));
    assert_int_equal(2, count);
    assert_string_equal("chen", signers[0].name);
    assert_string_equal("lin", signers[1].name);
    store_close(store);
}

static void test_refund__the_reason_and_what_was_displayed_are_kept(void **state)
{
    struct hall_scene *scene = *state;
    struct store_decision decisions[4];
    struct buf reason;
    size_t count = 0;
    begin(scene);
    int64_t displayed = desk_of(scene)->recent[0].order.version;
    give_up(scene);
    struct store *store = hall_store(&scene->hall, "watcher");
    assert_int_equal(STATUS_OK,
                     store_decision_list_order(store, scene->order.id, decisions, 4, &count, NULL));
    assert_int_equal(1, count);
    assert_string_equal("give-up", decisions[0].action);
    assert_int_equal(displayed, decisions[0].order_version);
    uint8_t of_reason[CRYPTO_SHA256_BYTES];
    crypto_sha256("key broken", 10, of_reason);
    assert_memory_not_equal(of_reason, decisions[0].displayed_hash, sizeof(of_reason));
    buf_init(&reason, 256);
    assert_int_equal(STATUS_OK, store_decision_reason(store, &decisions[0], &reason, NULL));
    assert_string_equal("key broken", (const char *)reason.data);
    buf_wipe(&reason);
    store_close(store);
}

static void test_refund__a_key_without_its_pin_can_be_given_up(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    hall_visit_issue(&scene->terminal);
    assert_int_equal(ORDER_STATE_PIN, hall_scene_look(scene)->order.state);
    assert_true(desk_of(scene)->recent[0].may_give_up);
    give_up(scene);
    hall_until_state(&scene->terminal, ORDER_STATE_REFUNDED);
    assert_false(desk_of(scene)->recent[0].may_give_up);
    assert_refunded(scene);
}

static void test_refund__an_order_nobody_finishes_is_given_up_by_rule(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    hall_visit_issue(&scene->terminal);
    hall_leave(&scene->terminal);
    for (int hours = 0; hours < 73; hours++) { /* time passes, it does not jump */
        hall_pass(&scene->hall, 3600);
        hall_run(&scene->desk, 1);
    }
    hall_pass(&scene->hall, 1200);
    hall_until_stored(&scene->terminal, scene->order.id, ORDER_STATE_REFUNDED);
    assert_refunded(scene);
}

static void test_refund__a_clock_that_jumps_gives_nobody_up(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    hall_run(&scene->terminal, 1500);
    hall_jump(&scene->hall, (int64_t)10 * 86400);
    hall_run(&scene->terminal, 900);
    assert_int_equal(ORDER_STATE_ISSUING, hall_scene_look(scene)->order.state);
    hall_jump(&scene->hall, (int64_t)-10 * 86400);
    hall_run(&scene->terminal, 1500);
    hall_visit_issue(&scene->terminal);
    hall_visit_pin(&scene->terminal);
    hall_visit_take(&scene->terminal);
    assert_int_equal(0, payment_fake_returned_fen(scene->hall.gateway));
}

static void test_refund__a_terminal_that_died_is_settled_by_the_desk(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    hall_visit_issue(&scene->terminal);
    hall_program_stop(&scene->terminal);
    hall_pass(&scene->hall, 31);
    give_up(scene);
    hall_until_stored(&scene->desk, scene->order.id, ORDER_STATE_REFUNDED);
    assert_refunded(scene);
}

static void test_refund__given_up_while_the_key_is_being_made(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    token_fake_set_delay(scene->hall.writers[0], 300);
    uint64_t id = service_issue_run(scene->terminal.services, false);
    hall_run(&scene->terminal, 400);
    give_up(scene);
    (void)hall_wait(&scene->terminal, id);
    token_fake_set_delay(scene->hall.writers[0], 0);
    hall_until_state(&scene->terminal, ORDER_STATE_REFUNDED);
    assert_refunded(scene);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, hall_scene_teardown)
    const struct CMUnitTest tests[] = {
        T(test_refund__given_up_before_the_key_was_made),
        T(test_refund__a_proven_certificate_is_revoked_first),
        T(test_refund__no_money_before_the_authority_has_revoked),
        T(test_refund__a_lost_reply_moves_the_money_once),
        T(test_refund__a_busy_gateway_is_asked_again),
        T(test_refund__a_pending_refund_is_waited_for),
        T(test_refund__a_refused_refund_is_an_alarm),
        T(test_refund__a_refused_refund_is_asked_for_again_by_a_clerk),
        T(test_refund__only_a_refused_refund_is_asked_for_again),
        T(test_refund__refused_ones_of_others_keep_no_new_one_waiting),
        T(test_refund__giving_up_needs_a_reason_and_a_row_before_the_eyes),
        T(test_refund__money_leaves_under_two_names),
        T(test_refund__the_reason_and_what_was_displayed_are_kept),
        T(test_refund__a_key_without_its_pin_can_be_given_up),
        T(test_refund__an_order_nobody_finishes_is_given_up_by_rule),
        T(test_refund__a_clock_that_jumps_gives_nobody_up),
        T(test_refund__a_terminal_that_died_is_settled_by_the_desk),
        T(test_refund__given_up_while_the_key_is_being_made),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
