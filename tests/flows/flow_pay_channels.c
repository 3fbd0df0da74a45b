/* Two channels side by side: one code at a time, each attempt a row of its own channel, money kept once. */
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

static const struct service_payment *payment_of(const struct hall_scene *scene)
{
    return &services_visit(scene->terminal.services)->payment;
}

/* A code of this channel is on the screen, and its number remembered. */
static void show(struct hall_scene *scene, enum product_payment channel,
                 char number[STORE_PAYMENT_NUMBER_BYTES])
{
    struct services *services = scene->terminal.services;
    token_fake_insert(scene->hall.writers[0], "key-1");
    hall_done(&scene->terminal, service_issue_ready(services, false));
    hall_done(&scene->terminal, service_pay_start_by(services, channel));
    assert_int_equal(SERVICE_PAY_SHOWN, payment_of(scene)->state);
    (void)memcpy(number, payment_of(scene)->out_trade_no, STORE_PAYMENT_NUMBER_BYTES);
}

static void begin(struct hall_scene *scene)
{
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
}

static int64_t taken_fen(const struct hall_scene *scene)
{
    return payment_fake_taken_fen(scene->hall.gateway) + payment_fake_taken_fen(scene->hall.wechat_gateway);
}

static int64_t returned_fen(const struct hall *hall)
{
    return payment_fake_returned_fen(hall->gateway) + payment_fake_returned_fen(hall->wechat_gateway);
}

static bool is_returned(struct hall_program *program, const void *argument)
{
    return returned_fen(program->hall) == *(const int64_t *)argument;
}

static void test_channels__wechat_alone_pays_the_order(void **state)
{
    struct hall_scene *scene = *state;
    char number[STORE_PAYMENT_NUMBER_BYTES];
    begin(scene);
    show(scene, PRODUCT_PAYMENT_WECHAT, number);
    assert_string_equal("wechat", payment_of(scene)->channel);
    assert_int_equal(STATUS_NOT_FOUND, payment_fake_pay(scene->hall.gateway, number));
    assert_int_equal(STATUS_OK, payment_fake_pay(scene->hall.wechat_gateway, number));
    hall_until_state(&scene->terminal, ORDER_STATE_ISSUING);
    assert_int_equal(48000, hall_scene_look(scene)->order.paid_fen);
    assert_int_equal(1, hall_order_payments(&scene->sum, STORE_PAYMENT_PAID));
    assert_int_equal(48000, payment_fake_taken_fen(scene->hall.wechat_gateway));
    assert_int_equal(0, hall_order_acts(&scene->sum));
}

static void test_channels__switching_closes_the_first_before_the_second_opens(void **state)
{
    struct hall_scene *scene = *state;
    char first[STORE_PAYMENT_NUMBER_BYTES];
    char second[STORE_PAYMENT_NUMBER_BYTES];
    begin(scene);
    show(scene, PRODUCT_PAYMENT_ALIPAY, first);
    show(scene, PRODUCT_PAYMENT_WECHAT, second);
    assert_string_not_equal(first, second);
    assert_int_equal(2, hall_scene_look(scene)->payments);
    assert_string_equal("fake", scene->sum.payment[0].channel);
    assert_int_equal(STORE_PAYMENT_CLOSED, scene->sum.payment[0].state);
    assert_string_equal("wechat", scene->sum.payment[1].channel);
    assert_int_equal(STORE_PAYMENT_SHOWN, scene->sum.payment[1].state);
    show(scene, PRODUCT_PAYMENT_ALIPAY, first);
    assert_int_equal(2, hall_order_payments(hall_scene_look(scene), STORE_PAYMENT_CLOSED));
    assert_int_equal(1, hall_order_payments(&scene->sum, STORE_PAYMENT_SHOWN));
}

static void test_channels__paid_while_switching_counts_and_opens_no_second(void **state)
{
    struct hall_scene *scene = *state;
    struct services *services = scene->terminal.services;
    char first[STORE_PAYMENT_NUMBER_BYTES];
    begin(scene);
    scene->hall.settings->payment_poll_ms = 30000;
    show(scene, PRODUCT_PAYMENT_WECHAT, first);
    assert_int_equal(STATUS_OK, payment_fake_pay(scene->hall.wechat_gateway, first));
    hall_refused(&scene->terminal, service_pay_start_by(services, PRODUCT_PAYMENT_ALIPAY),
                 SERVICE_REASON_ALREADY_PAID);
    assert_int_equal(ORDER_STATE_ISSUING, hall_scene_look(scene)->order.state);
    assert_int_equal(1, scene->sum.payments);
}

/* What is not known of the one forbids a code of the other. */
static void test_channels__unknown_of_one_opens_no_code_of_the_other(void **state)
{
    struct hall_scene *scene = *state;
    struct services *services = scene->terminal.services;
    char first[STORE_PAYMENT_NUMBER_BYTES];
    begin(scene);
    show(scene, PRODUCT_PAYMENT_WECHAT, first);
    payment_fake_fail(scene->hall.wechat_gateway, PAYMENT_FAKE_QUERY, STATUS_UNKNOWN, false, 1000000);
    hall_refused(&scene->terminal, service_pay_start_by(services, PRODUCT_PAYMENT_ALIPAY),
                 SERVICE_REASON_PAYMENT_UNKNOWN);
    assert_int_equal(1, hall_scene_look(scene)->payments);
    assert_int_equal(STATUS_OK, payment_fake_pay(scene->hall.wechat_gateway, first));
    payment_fake_fail(scene->hall.wechat_gateway, PAYMENT_FAKE_QUERY, STATUS_OK, false, 0);
    hall_until_state(&scene->terminal, ORDER_STATE_ISSUING);
    assert_int_equal(48000, taken_fen(scene));
}

/* A channel that refuses to close what was paid: the money is found, not lost. */
static void test_channels__close_refused_because_it_is_paid_counts_as_paid(void **state)
{
    struct hall_scene *scene = *state;
    char number[STORE_PAYMENT_NUMBER_BYTES];
    begin(scene);
    show(scene, PRODUCT_PAYMENT_WECHAT, number);
    payment_fake_pay_first(scene->hall.wechat_gateway);
    hall_done(&scene->terminal, service_pay_stop(scene->terminal.services));
    assert_int_equal(ORDER_STATE_ISSUING, hall_scene_look(scene)->order.state);
    assert_int_equal(0, returned_fen(&scene->hall));
}

static void test_channels__paid_by_both_keeps_the_first_and_returns_the_other(void **state)
{
    struct hall_scene *scene = *state;
    char first[STORE_PAYMENT_NUMBER_BYTES];
    char second[STORE_PAYMENT_NUMBER_BYTES];
    const int64_t once_fen = 48000;
    begin(scene);
    show(scene, PRODUCT_PAYMENT_ALIPAY, first);
    show(scene, PRODUCT_PAYMENT_WECHAT, second);
    assert_int_equal(STATUS_OK, payment_fake_pay(scene->hall.wechat_gateway, second));
    hall_until_state(&scene->terminal, ORDER_STATE_ISSUING);
    assert_int_equal(STATUS_OK, payment_fake_pay(scene->hall.gateway, first));
    hall_until(&scene->terminal, "the money to go back", is_returned, &once_fen);
    hall_run(&scene->terminal, 1500);
    assert_int_equal(96000, taken_fen(scene));
    assert_int_equal(48000, payment_fake_returned_fen(scene->hall.gateway));
    assert_int_equal(0, payment_fake_returned_fen(scene->hall.wechat_gateway));
    assert_int_equal(1, hall_order_payments(hall_scene_look(scene), STORE_PAYMENT_PAID));
    assert_int_equal(1, hall_order_payments(&scene->sum, STORE_PAYMENT_REFUNDED));
}

/* The row says where to ask: another process finds the money at the right gateway. */
static void test_channels__a_restart_asks_the_attempts_own_channel(void **state)
{
    struct hall_scene *scene = *state;
    char number[STORE_PAYMENT_NUMBER_BYTES];
    begin(scene);
    show(scene, PRODUCT_PAYMENT_WECHAT, number);
    hall_program_stop(&scene->terminal);
    assert_int_equal(STATUS_OK, payment_fake_pay(scene->hall.wechat_gateway, number));
    hall_program_restart(&scene->terminal);
    hall_until_stored(&scene->terminal, scene->order.id, ORDER_STATE_ISSUING);
    assert_int_equal(48000, hall_scene_look(scene)->order.paid_fen);
    assert_int_equal(48000, taken_fen(scene));
}

static void test_channels__a_product_without_it_is_refused_before_any_row(void **state)
{
    struct hall_scene *scene = *state;
    struct services *services = scene->terminal.services;
    begin(scene);
    struct product *product = (struct product *)(uintptr_t)services_visit(services)->product;
    product->payment_count = 1;
    token_fake_insert(scene->hall.writers[0], "key-1");
    hall_done(&scene->terminal, service_issue_ready(services, false));
    hall_refused(&scene->terminal, service_pay_start_by(services, PRODUCT_PAYMENT_WECHAT),
                 SERVICE_REASON_GATEWAY_REFUSED);
    assert_int_equal(0, hall_scene_look(scene)->payments);
}

#define FLOW(test) cmocka_unit_test_setup_teardown(test, setup, hall_scene_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FLOW(test_channels__wechat_alone_pays_the_order),
        FLOW(test_channels__switching_closes_the_first_before_the_second_opens),
        FLOW(test_channels__paid_while_switching_counts_and_opens_no_second),
        FLOW(test_channels__unknown_of_one_opens_no_code_of_the_other),
        FLOW(test_channels__close_refused_because_it_is_paid_counts_as_paid),
        FLOW(test_channels__paid_by_both_keeps_the_first_and_returns_the_other),
        FLOW(test_channels__a_restart_asks_the_attempts_own_channel),
        FLOW(test_channels__a_product_without_it_is_refused_before_any_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
