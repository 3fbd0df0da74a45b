/* Money: whatever becomes of a code, a paid order goes on once and nothing more stays with us. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/feature.h"
#include "tests/support/hall_scene.h"

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

static const struct service_payment *payment_of(const struct hall_program *terminal)
{
    return &services_visit(terminal->services)->payment;
}

static void pay(struct hall_scene *scene, const char *out_trade_no)
{
    assert_int_equal(STATUS_OK, payment_fake_pay(scene->hall.gateway, out_trade_no));
}

static void remember_number(const struct hall_program *terminal, char out[STORE_PAYMENT_NUMBER_BYTES])
{
    (void)memcpy(out, payment_of(terminal)->out_trade_no, STORE_PAYMENT_NUMBER_BYTES);
}

/* An order is PAYING at the terminal, and a key is ready for it. */
static void begin_ready(struct hall_scene *scene)
{
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    token_fake_insert(scene->hall.writers[0], "key-1");
    hall_done(&scene->terminal, service_issue_ready(scene->terminal.services, false));
}

/* The same with its code on the screen. */
static void begin_shown(struct hall_scene *scene)
{
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    hall_visit_show_code(&scene->terminal, "key-1");
}

static void begin_shown_as(struct hall_scene *scene, char number[STORE_PAYMENT_NUMBER_BYTES])
{
    begin_shown(scene);
    remember_number(&scene->terminal, number);
}

/* The gateway is asked so often, from the program's next start on. */
static void poll_every(struct hall_scene *scene, int ms)
{
    scene->hall.settings->payment_poll_ms = ms;
    hall_program_stop(&scene->terminal);
    hall_program_restart(&scene->terminal);
}

static bool is_closed(struct hall_program *program, const void *argument)
{
    const struct hall_scene *scene = argument;
    struct hall_order_sum sum;
    (void)program;
    hall_order_sum(program->hall, scene->order.id, &sum);
    return hall_order_payments(&sum, STORE_PAYMENT_CLOSED) > 0;
}

static bool is_returned(struct hall_program *program, const void *argument)
{
    return payment_fake_returned_fen(program->hall->gateway) == *(const int64_t *)argument;
}

static void until_returned(struct hall_program *program, int64_t fen)
{
    hall_until(program, "the money to go back", is_returned, &fen);
}

static void test_pay__an_unpaid_code_moves_nothing(void **state)
{
    struct hall_scene *scene = *state;
    begin_shown(scene);
    assert_int_equal(48000, payment_of(&scene->terminal)->amount_fen);
    hall_run(&scene->terminal, 1000);
    hall_done(&scene->terminal, service_pay_check(scene->terminal.services));
    assert_int_equal(ORDER_STATE_PAYING, hall_scene_look(scene)->order.state);
    assert_int_equal(1, hall_order_payments(&scene->sum, STORE_PAYMENT_SHOWN));
    assert_int_equal(0, payment_fake_taken_fen(scene->hall.gateway));
}

static void test_pay__a_scanned_code_says_so_and_paid_moves_the_order(void **state)
{
    struct hall_scene *scene = *state;
    begin_shown(scene);
    char number[STORE_PAYMENT_NUMBER_BYTES];
    remember_number(&scene->terminal, number);
    assert_int_equal(STATUS_OK, payment_fake_scan(scene->hall.gateway, number));
    hall_until_payment(&scene->terminal, SERVICE_PAY_SCANNED);
    pay(scene, number);
    hall_until_state(&scene->terminal, ORDER_STATE_ISSUING);
    assert_int_equal(48000, hall_scene_look(scene)->order.paid_fen);
    assert_int_equal(0, hall_order_acts(&scene->sum));
    hall_refused(&scene->terminal, service_pay_start(scene->terminal.services), SERVICE_REASON_ALREADY_PAID);
    assert_int_equal(1, hall_scene_look(scene)->payments);
}

static void test_pay__no_code_without_a_key_or_an_authority(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    struct services *services = scene->terminal.services;
    hall_refused(&scene->terminal, service_issue_ready(services, false), SERVICE_REASON_NO_KEY);
    hall_refused(&scene->terminal, service_pay_start(services), SERVICE_REASON_NO_KEY);
    token_fake_insert(scene->hall.writers[0], "key-1");
    authority_fake_script(scene->hall.ca)->offline = true;
    hall_refused(&scene->terminal, service_issue_ready(services, false), SERVICE_REASON_AUTHORITY_SILENT);
    hall_refused(&scene->terminal, service_pay_start(services), SERVICE_REASON_NO_KEY);
    authority_fake_script(scene->hall.ca)->offline = false;
    hall_done(&scene->terminal, service_issue_ready(services, false));
    token_fake_pull(scene->hall.writers[0]);
    hall_run(&scene->terminal, 1000);
    hall_refused(&scene->terminal, service_pay_start(services), SERVICE_REASON_NO_KEY);
    assert_int_equal(0, hall_scene_look(scene)->payments);
}

static void test_pay__readiness_of_one_visit_serves_no_other(void **state)
{
    struct hall_scene *scene = *state;
    struct order first;
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &first);
    token_fake_insert(scene->hall.writers[0], "key-1");
    hall_done(&scene->terminal, service_issue_ready(scene->terminal.services, false));
    hall_leave(&scene->terminal);
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    hall_refused(&scene->terminal, service_pay_start(scene->terminal.services), SERVICE_REASON_NO_KEY);
    assert_int_equal(0, hall_scene_look(scene)->payments);
}

static void test_pay__an_expired_code_is_closed_and_renewed(void **state)
{
    struct hall_scene *scene = *state;
    char first[STORE_PAYMENT_NUMBER_BYTES];
    begin_shown_as(scene, first);
    hall_pass(&scene->hall, 301);
    hall_until_payment(&scene->terminal, SERVICE_PAY_CLOSED);
    hall_visit_show_code(&scene->terminal, "key-1");
    assert_string_not_equal(first, payment_of(&scene->terminal)->out_trade_no);
    assert_int_equal(2, payment_of(&scene->terminal)->attempt);
    pay(scene, payment_of(&scene->terminal)->out_trade_no);
    hall_until_state(&scene->terminal, ORDER_STATE_ISSUING);
    assert_int_equal(48000, payment_fake_taken_fen(scene->hall.gateway));
    assert_int_equal(1, hall_order_payments(hall_scene_look(scene), STORE_PAYMENT_PAID));
    FEATURE("F146");
    assert_int_equal(1, hall_order_payments(&scene->sum, STORE_PAYMENT_CLOSED));
}

static void test_pay__renewing_closes_the_code_before_it(void **state)
{
    struct hall_scene *scene = *state;
    begin_shown(scene);
    hall_visit_show_code(&scene->terminal, "key-1");
    assert_int_equal(1, hall_order_payments(hall_scene_look(scene), STORE_PAYMENT_CLOSED));
    assert_int_equal(1, hall_order_payments(&scene->sum, STORE_PAYMENT_SHOWN));
}

static void test_pay__stopping_closes_the_code(void **state)
{
    struct hall_scene *scene = *state;
    begin_shown(scene);
    hall_done(&scene->terminal, service_pay_stop(scene->terminal.services));
    assert_int_equal(SERVICE_PAY_CLOSED, payment_of(&scene->terminal)->state);
    hall_done(&scene->terminal, service_order_event(scene->terminal.services, ORDER_EVENT_CANCELLED));
    assert_int_equal(ORDER_STATE_CANCELLED, hall_scene_look(scene)->order.state);
    assert_int_equal(0, hall_order_acts(&scene->sum));
}

static void test_pay__stopping_a_paid_code_finds_the_money(void **state)
{
    struct hall_scene *scene = *state;
    poll_every(scene, 30000);
    begin_shown(scene);
    pay(scene, payment_of(&scene->terminal)->out_trade_no);
    hall_done(&scene->terminal, service_pay_stop(scene->terminal.services));
    assert_int_equal(ORDER_STATE_ISSUING, services_visit(scene->terminal.services)->order.state);
    assert_int_equal(0, payment_fake_returned_fen(scene->hall.gateway));
}

/* At half the real gateway's pace: nothing is asked in the first ten seconds, then the money is found. */
static void test_pay__the_first_question_has_its_time(void **state)
{
    struct hall_scene *scene = *state;
    poll_every(scene, 6000);
    begin_shown(scene);
    pay(scene, payment_of(&scene->terminal)->out_trade_no);
    hall_run(&scene->terminal, 1200);
    assert_int_equal(ORDER_STATE_PAYING, hall_scene_look(scene)->order.state);
    hall_pass(&scene->hall, 10);
    hall_until_state(&scene->terminal, ORDER_STATE_ISSUING);
}

static void test_pay__an_unknown_code_blocks_a_second_and_is_paid_once(void **state)
{
    struct hall_scene *scene = *state;
    struct services *services = scene->terminal.services;
    begin_ready(scene);
    payment_fake_fail(scene->hall.gateway, PAYMENT_FAKE_CREATE, STATUS_UNKNOWN, true, 1);
    payment_fake_fail(scene->hall.gateway, PAYMENT_FAKE_QUERY, STATUS_UNKNOWN, false, 1000000);
    hall_refused(&scene->terminal, service_pay_start(services), SERVICE_REASON_PAYMENT_UNKNOWN);
    assert_int_equal(SERVICE_PAY_UNKNOWN, payment_of(&scene->terminal)->state);
    hall_refused(&scene->terminal, service_pay_start(services), SERVICE_REASON_PAYMENT_UNKNOWN);
    assert_int_equal(1, hall_scene_look(scene)->payments);
    pay(scene, scene->sum.payment[0].out_trade_no);
    payment_fake_fail(scene->hall.gateway, PAYMENT_FAKE_QUERY, STATUS_OK, false, 0);
    hall_until_state(&scene->terminal, ORDER_STATE_ISSUING);
    assert_int_equal(48000, payment_fake_taken_fen(scene->hall.gateway));
}

static void test_pay__a_code_nobody_saw_is_closed_by_itself(void **state)
{
    struct hall_scene *scene = *state;
    begin_ready(scene);
    payment_fake_fail(scene->hall.gateway, PAYMENT_FAKE_CREATE, STATUS_UNKNOWN, true, 1);
    hall_refused(&scene->terminal, service_pay_start(scene->terminal.services),
                 SERVICE_REASON_PAYMENT_UNKNOWN);
    hall_pass(&scene->hall, 61);
    hall_until(&scene->terminal, "the unseen code to close", is_closed, scene);
    assert_int_equal(0, hall_order_acts(hall_scene_look(scene)));
    hall_visit_show_code(&scene->terminal, "key-1");
    assert_int_equal(2, hall_scene_look(scene)->payments);
}

static void test_pay__a_gateway_that_cannot_be_reached_leaves_nothing_behind(void **state)
{
    struct hall_scene *scene = *state;
    begin_ready(scene);
    payment_fake_fail(scene->hall.gateway, PAYMENT_FAKE_CREATE, STATUS_BUSY, false, 1);
    hall_refused(&scene->terminal, service_pay_start(scene->terminal.services),
                 SERVICE_REASON_GATEWAY_SILENT);
    assert_int_equal(1, hall_order_payments(hall_scene_look(scene), STORE_PAYMENT_FAILED));
    assert_int_equal(0, hall_order_acts(&scene->sum));
    hall_visit_show_code(&scene->terminal, "key-1");
    assert_int_equal(SERVICE_PAY_SHOWN, payment_of(&scene->terminal)->state);
}

static void test_pay__another_amount_is_an_alarm_and_never_paid(void **state)
{
    struct hall_scene *scene = *state;
    begin_shown(scene);
    payment_fake_say_amount(scene->hall.gateway, 100);
    pay(scene, payment_of(&scene->terminal)->out_trade_no);
    hall_until_payment(&scene->terminal, SERVICE_PAY_ALARM);
    hall_refused(&scene->terminal, service_pay_check(scene->terminal.services),
                 SERVICE_REASON_PAYMENT_UNKNOWN);
    assert_int_equal(ORDER_STATE_PAYING, hall_scene_look(scene)->order.state);
    assert_int_equal(1, hall_order_payments(&scene->sum, STORE_PAYMENT_SHOWN));
    payment_fake_say_amount(scene->hall.gateway, 0);
    hall_until_state(&scene->terminal, ORDER_STATE_ISSUING);
}

static void test_pay__paid_after_cancelling_goes_back(void **state)
{
    struct hall_scene *scene = *state;
    char number[STORE_PAYMENT_NUMBER_BYTES];
    begin_shown_as(scene, number);
    payment_fake_fail(scene->hall.gateway, PAYMENT_FAKE_QUERY, STATUS_UNKNOWN, false, 1000000);
    hall_done(&scene->terminal, service_order_event(scene->terminal.services, ORDER_EVENT_CANCELLED));
    pay(scene, number);
    payment_fake_fail(scene->hall.gateway, PAYMENT_FAKE_QUERY, STATUS_OK, false, 0);
    until_returned(&scene->terminal, 48000);
    hall_until_payment(&scene->terminal, SERVICE_PAY_REFUNDED);
    assert_int_equal(ORDER_STATE_CANCELLED, hall_scene_look(scene)->order.state);
    assert_int_equal(1, hall_order_payments(&scene->sum, STORE_PAYMENT_REFUNDED));
    assert_int_equal(0, hall_order_acts(&scene->sum));
}

static void test_pay__paid_after_closing_serves_an_order_that_still_waits(void **state)
{
    struct hall_scene *scene = *state;
    char number[STORE_PAYMENT_NUMBER_BYTES];
    begin_shown_as(scene, number);
    hall_done(&scene->terminal, service_pay_stop(scene->terminal.services));
    assert_int_equal(1, hall_order_payments(hall_scene_look(scene), STORE_PAYMENT_CLOSED));
    pay(scene, number);
    hall_until_state(&scene->terminal, ORDER_STATE_ISSUING);
    assert_int_equal(48000, hall_scene_look(scene)->order.paid_fen);
    assert_int_equal(0, payment_fake_returned_fen(scene->hall.gateway));
}

static void test_pay__paid_twice_keeps_the_first_and_returns_the_second(void **state)
{
    struct hall_scene *scene = *state;
    char first[STORE_PAYMENT_NUMBER_BYTES];
    char second[STORE_PAYMENT_NUMBER_BYTES];
    begin_shown_as(scene, first);
    hall_visit_show_code(&scene->terminal, "key-1");
    remember_number(&scene->terminal, second);
    pay(scene, second);
    hall_until_state(&scene->terminal, ORDER_STATE_ISSUING);
    pay(scene, first);
    until_returned(&scene->terminal, 48000);
    hall_run(&scene->terminal, 1500);
    assert_int_equal(96000, payment_fake_taken_fen(scene->hall.gateway));
    assert_int_equal(48000, payment_fake_returned_fen(scene->hall.gateway));
    assert_int_equal(ORDER_STATE_ISSUING, hall_scene_look(scene)->order.state);
    assert_int_equal(1, hall_order_payments(&scene->sum, STORE_PAYMENT_PAID));
    assert_int_equal(1, hall_order_payments(&scene->sum, STORE_PAYMENT_REFUNDED));
}

static void test_pay__the_visit_ended_and_the_money_still_counts(void **state)
{
    struct hall_scene *scene = *state;
    char number[STORE_PAYMENT_NUMBER_BYTES];
    begin_shown_as(scene, number);
    hall_leave(&scene->terminal);
    pay(scene, number);
    hall_until_stored(&scene->terminal, scene->order.id, ORDER_STATE_ISSUING);
    assert_int_equal(1, hall_order_payments(hall_scene_look(scene), STORE_PAYMENT_PAID));
}

static void test_pay__a_restart_between_showing_and_paying_loses_nothing(void **state)
{
    struct hall_scene *scene = *state;
    char number[STORE_PAYMENT_NUMBER_BYTES];
    begin_shown_as(scene, number);
    hall_program_stop(&scene->terminal);
    pay(scene, number);
    hall_program_restart(&scene->terminal);
    hall_until_stored(&scene->terminal, scene->order.id, ORDER_STATE_ISSUING);
    assert_int_equal(48000, hall_scene_look(scene)->order.paid_fen);
}

static void test_pay__a_dead_terminals_code_is_settled_by_the_desk(void **state)
{
    struct hall_scene *scene = *state;
    char number[STORE_PAYMENT_NUMBER_BYTES];
    begin_shown_as(scene, number);
    hall_program_stop(&scene->terminal);
    pay(scene, number);
    hall_pass(&scene->hall, 31);
    hall_until_stored(&scene->desk, scene->order.id, ORDER_STATE_ISSUING);
    assert_int_equal(1, hall_order_payments(hall_scene_look(scene), STORE_PAYMENT_PAID));
}

static void test_pay__moving_to_another_terminal_takes_the_code_along(void **state)
{
    struct hall_scene *scene = *state;
    char number[STORE_PAYMENT_NUMBER_BYTES];
    begin_shown_as(scene, number);
    hall_scene_start_other(scene);
    hall_refused(&scene->other, service_order_open(scene->other.services, scene->order.id),
                 SERVICE_REASON_ELSEWHERE);
    hall_leave(&scene->terminal);
    hall_run(&scene->terminal, 300);
    hall_done(&scene->other, service_order_open(scene->other.services, scene->order.id));
    pay(scene, number);
    hall_until_state(&scene->other, ORDER_STATE_ISSUING);
    assert_int_equal(48000, payment_fake_taken_fen(scene->hall.gateway));
    FEATURE("F151");
    assert_int_equal(1, hall_order_payments(hall_scene_look(scene), STORE_PAYMENT_PAID));
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, hall_scene_teardown)
    const struct CMUnitTest tests[] = {
        T(test_pay__an_unpaid_code_moves_nothing),
        T(test_pay__a_scanned_code_says_so_and_paid_moves_the_order),
        T(test_pay__no_code_without_a_key_or_an_authority),
        T(test_pay__readiness_of_one_visit_serves_no_other),
        T(test_pay__an_expired_code_is_closed_and_renewed),
        T(test_pay__renewing_closes_the_code_before_it),
        T(test_pay__stopping_closes_the_code),
        T(test_pay__stopping_a_paid_code_finds_the_money),
        T(test_pay__the_first_question_has_its_time),
        T(test_pay__an_unknown_code_blocks_a_second_and_is_paid_once),
        T(test_pay__a_code_nobody_saw_is_closed_by_itself),
        T(test_pay__a_gateway_that_cannot_be_reached_leaves_nothing_behind),
        T(test_pay__another_amount_is_an_alarm_and_never_paid),
        T(test_pay__paid_after_cancelling_goes_back),
        T(test_pay__paid_after_closing_serves_an_order_that_still_waits),
        T(test_pay__paid_twice_keeps_the_first_and_returns_the_second),
        T(test_pay__the_visit_ended_and_the_money_still_counts),
        T(test_pay__a_restart_between_showing_and_paying_loses_nothing),
        T(test_pay__a_dead_terminals_code_is_settled_by_the_desk),
        T(test_pay__moving_to_another_terminal_takes_the_code_along),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
