/* Giving up: the certificate is revoked first, the money goes back exactly once, nobody is forgotten. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/hall_scene.h"

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

static void begin(struct hall_scene *scene)
{
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    hall_visit_pay(&scene->terminal, "key-1");
}

static void give_up(struct hall_scene *scene)
{
    struct secret password = {0};
    assert_int_equal(STATUS_OK, secret_set(&password, "zhanghao-2026", 13));
    hall_done(&scene->desk, service_desk_sign_in(scene->desk.services, "chen", &password));
    hall_done(&scene->desk, service_desk_give_up(scene->desk.services, scene->order.id, "key broken"));
}

/* The money is back once, no certificate is valid, no key is in work, nothing is open. */
static void assert_refunded(struct hall_scene *scene)
{
    const struct hall_order_sum *sum = hall_scene_look(scene);
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
    hall_run(&scene->terminal, 3000);
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
    hall_run(&scene->terminal, 2500);
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

static void test_refund__an_order_nobody_finishes_is_given_up_by_rule(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    hall_visit_issue(&scene->terminal);
    services_end_visit(scene->terminal.services);
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
    hall_run(&scene->terminal, 3000);
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
        T(test_refund__an_order_nobody_finishes_is_given_up_by_rule),
        T(test_refund__a_clock_that_jumps_gives_nobody_up),
        T(test_refund__a_terminal_that_died_is_settled_by_the_desk),
        T(test_refund__given_up_while_the_key_is_being_made),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
