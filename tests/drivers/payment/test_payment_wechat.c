/* What only the WeChat Pay driver has, against sim-wechat as a real process: signatures of replies, changed
 * certificates, its error codes and its refunds. The contract stands in test_payment_contract.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "drivers/payment/payment.h"
#include "tests/support/sim_bench.h"

enum { AMOUNT_FEN = 48000 };

static struct bench {
    struct payment *payment;
    struct sim_bench service;
    char files[4][SIM_BENCH_PATH_BYTES];
    unsigned attempt;
    char number[33];
} bench;

static const struct payment_call call = {.timeout_ms = 20000};

static struct payment_settings good_settings(void)
{
    return (struct payment_settings){.driver = "wechat",
                                     .clock = &bench.service.clock.clock,
                                     .random = random_system(),
                                     .http = bench.service.http,
                                     .wechat = {.base_url = bench.service.url,
                                                .app_id = "wx0000000000000001",
                                                .merchant_id = "1900000001",
                                                .merchant_serial = "2A1B3C4D5E6F708192A3B4C5D6E7F80910111213",
                                                .merchant_private_key_file = bench.files[0],
                                                .platform_serial = "5157F09EFDC096DE15EBE81A47057A7200000001",
                                                .platform_key_file = bench.files[1],
                                                .api_v3_key_file = bench.files[2],
                                                .notify_url = "https://example.invalid/wechat"}};
}

static void reopen(const struct payment_settings *settings)
{
    payment_close_channel(bench.payment);
    bench.payment = NULL;
    assert_int_equal(payment_open(settings, &bench.payment, NULL), STATUS_OK);
}

static int open_bench(void **state)
{
    (void)state;
    char keys[SIM_BENCH_PATH_BYTES];
    static const char *const names[] = {"merchant_key.pem", "platform_cert.pem", "api_v3.key",
                                        "platform_public_key.pem"};
    sim_bench_open(&bench.service);
    sim_bench_path(&bench.service, "keys", keys);
    const char *const arguments[] = {"--keys-dir", keys, NULL};
    sim_bench_start(&bench.service, TEST_BUILD_DIR "/sim-wechat", arguments);
    for (size_t i = 0; i < 4; i++)
        (void)snprintf(bench.files[i], sizeof(bench.files[i]), "%s/keys/%s", bench.service.dir, names[i]);
    return 0;
}

static int close_bench(void **state)
{
    (void)state;
    payment_close_channel(bench.payment);
    sim_bench_close(&bench.service);
    return 0;
}

static int begin_test(void **state)
{
    (void)state;
    (void)snprintf(bench.number, sizeof(bench.number), "T20231117%08u", ++bench.attempt);
    clock_manual_init(&bench.service.clock, time(NULL));
    sim_client_clear(&bench.service.sim);
    const struct payment_settings settings = good_settings();
    reopen(&settings);
    return 0;
}

static void fault(const char *method, const char *kind, const char *argument)
{
    sim_client_fault(&bench.service.sim, method, kind, argument, 1);
}

static enum status create(int64_t amount_fen)
{
    struct payment_code code = {0};
    const struct payment_order order = {
        .out_trade_no = bench.number, .amount_fen = amount_fen, .subject = "数字证书 新办", .expires_s = 300};
    return payment_create(bench.payment, &call, &order, &code, NULL);
}

static void create_and_pay(void)
{
    assert_int_equal(create(AMOUNT_FEN), STATUS_OK);
    assert_int_equal(sim_client_post(&bench.service.sim, "/control/pay?out_trade_no=%s", bench.number), 200);
}

static enum status query(enum payment_state *state)
{
    struct payment_trade trade = {.state = PAYMENT_STATE_COUNT_};
    enum status status = payment_query(bench.payment, &call, bench.number, AMOUNT_FEN, &trade, NULL);
    if (state != NULL)
        *state = trade.state;
    return status;
}

static enum status refund(const char *number, enum payment_refund_state *out)
{
    const struct payment_refund_request request = {.out_trade_no = bench.number,
                                                   .out_request_no = number,
                                                   .amount_fen = AMOUNT_FEN,
                                                   .total_fen = AMOUNT_FEN,
                                                   .reason = "证书未能签发"};
    return payment_refund(bench.payment, &call, &request, out, NULL);
}

/* --- signatures -------------------------------------------------------------------------------------- */

/* Each of these replies says "paid", and none is believed. */
static void test_wechat__reply_that_cannot_be_verified_is_unknown(void **state)
{
    (void)state;
    static const char *const kinds[] = {"bad-sign", "no-sign", "old-sign", "rogue-cert", "garbage", "cut"};
    create_and_pay();
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        fault("query", kinds[i], "");
        assert_int_equal(query(NULL), STATUS_UNKNOWN);
    }
    enum payment_state said;
    assert_int_equal(query(&said), STATUS_OK);
    assert_int_equal(said, PAYMENT_PAID);
}

static void test_wechat__changed_certificate_is_fetched_and_kept(void **state)
{
    (void)state;
    enum payment_state said;
    create_and_pay();
    fault("query", "next-cert", "");
    assert_int_equal(query(&said), STATUS_OK);
    assert_int_equal(said, PAYMENT_PAID);
    fault("certificates", "drop", "");
    fault("query", "next-cert", "");
    assert_int_equal(query(&said), STATUS_OK);
}

static void test_wechat__without_the_api_key_a_changed_certificate_is_unknown(void **state)
{
    (void)state;
    struct payment_settings settings = good_settings();
    settings.wechat.api_v3_key_file = "";
    reopen(&settings);
    create_and_pay();
    fault("query", "next-cert", "");
    assert_int_equal(query(NULL), STATUS_UNKNOWN);
    assert_int_equal(query(NULL), STATUS_OK);
}

static void test_wechat__public_key_verifies_as_well(void **state)
{
    (void)state;
    enum payment_state said;
    struct payment_settings settings = good_settings();
    settings.wechat.platform_key_file = bench.files[3];
    reopen(&settings);
    create_and_pay();
    assert_int_equal(query(&said), STATUS_OK);
    assert_int_equal(said, PAYMENT_PAID);
}

static void test_wechat__clock_or_merchant_that_is_not_right_is_config(void **state)
{
    (void)state;
    struct payment_settings settings = good_settings();
    clock_manual_init(&bench.service.clock, time(NULL) - 600);
    assert_int_equal(create(AMOUNT_FEN), STATUS_CONFIG);
    clock_manual_init(&bench.service.clock, time(NULL));
    settings.wechat.merchant_serial = "1111111111111111111111111111111111111111";
    reopen(&settings);
    assert_int_equal(payment_probe(bench.payment, &call, NULL), STATUS_CONFIG);
}

static void test_wechat__missing_setting_is_named(void **state)
{
    (void)state;
    struct payment *payment = NULL;
    struct failure failure = {0};
    struct payment_settings settings = good_settings();
    settings.wechat.platform_key_file = "";
    assert_int_equal(payment_open(&settings, &payment, &failure), STATUS_CONFIG);
    assert_non_null(strstr(failure.text, "platform_key_file"));
    settings = good_settings();
    settings.wechat.platform_key_file = bench.files[2];
    assert_int_equal(payment_open(&settings, &payment, &failure), STATUS_CONFIG);
    settings = good_settings();
    settings.wechat.notify_url = "";
    assert_int_equal(payment_open(&settings, &payment, &failure), STATUS_CONFIG);
    assert_null(payment);
}

/* --- orders ------------------------------------------------------------------------------------------ */

static void test_wechat__another_merchant_or_number_is_an_alarm(void **state)
{
    (void)state;
    create_and_pay();
    fault("query", "wrong-merchant", "");
    assert_int_equal(query(NULL), STATUS_CONFLICT);
    fault("query", "wrong-number", "");
    assert_int_equal(query(NULL), STATUS_CONFLICT);
}

static void test_wechat__same_number_with_another_amount_is_config(void **state)
{
    (void)state;
    assert_int_equal(create(AMOUNT_FEN), STATUS_OK);
    assert_int_equal(create(AMOUNT_FEN + 1), STATUS_CONFIG);
}

/* The same order asked for later is still the same to the letter. */
static void test_wechat__order_asked_for_again_keeps_its_end(void **state)
{
    (void)state;
    assert_int_equal(create(AMOUNT_FEN), STATUS_OK);
    clock_manual_advance(&bench.service.clock, 7000);
    assert_int_equal(create(AMOUNT_FEN), STATUS_OK);
}

static void test_wechat__paid_between_query_and_close_is_told(void **state)
{
    (void)state;
    enum payment_state said;
    enum payment_cancel_outcome outcome;
    assert_int_equal(create(AMOUNT_FEN), STATUS_OK);
    fault("close", "pay-first", "");
    assert_int_equal(payment_cancel(bench.payment, &call, bench.number, &outcome, NULL), STATUS_REFUSED);
    assert_int_equal(query(&said), STATUS_OK);
    assert_int_equal(said, PAYMENT_PAID);
}

static void test_wechat__number_never_asked_for_can_be_cancelled(void **state)
{
    (void)state;
    enum payment_cancel_outcome outcome = PAYMENT_CANCEL_GIVEN_BACK;
    assert_int_equal(payment_cancel(bench.payment, &call, bench.number, &outcome, NULL), STATUS_OK);
    assert_int_equal(outcome, PAYMENT_CANCEL_CLOSED);
}

/* --- refunds ----------------------------------------------------------------------------------------- */

static void test_wechat__abnormal_refund_needs_a_person(void **state)
{
    (void)state;
    enum payment_refund_state refunded = PAYMENT_REFUND_ABSENT;
    create_and_pay();
    fault("refund", "refund-abnormal", "");
    assert_int_equal(refund("R20231117000001", &refunded), STATUS_OK);
    assert_int_equal(refunded, PAYMENT_REFUND_PENDING);
    assert_int_equal(payment_refund_query(bench.payment, &call, bench.number, "R20231117000001", AMOUNT_FEN,
                                          &refunded, NULL),
                     STATUS_REFUSED);
}

static void test_wechat__refund_without_funds_waits(void **state)
{
    (void)state;
    enum payment_refund_state refunded = PAYMENT_REFUND_ABSENT;
    create_and_pay();
    fault("refund", "refuse", "NOT_ENOUGH");
    assert_int_equal(refund("R20231117000002", &refunded), STATUS_BUSY);
    assert_int_equal(refunded, PAYMENT_REFUND_ABSENT);
    assert_int_equal(refund("R20231117000002", &refunded), STATUS_OK);
}

static void test_wechat__refund_of_another_amount_is_an_alarm(void **state)
{
    (void)state;
    enum payment_refund_state refunded = PAYMENT_REFUND_ABSENT;
    create_and_pay();
    fault("refund", "wrong-amount", "1");
    assert_int_equal(refund("R20231117000003", &refunded), STATUS_CONFLICT);
    assert_int_equal(refunded, PAYMENT_REFUND_ABSENT);
}

#define LISTED(test) cmocka_unit_test_setup(test, begin_test)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LISTED(test_wechat__reply_that_cannot_be_verified_is_unknown),
        LISTED(test_wechat__changed_certificate_is_fetched_and_kept),
        LISTED(test_wechat__without_the_api_key_a_changed_certificate_is_unknown),
        LISTED(test_wechat__public_key_verifies_as_well),
        LISTED(test_wechat__clock_or_merchant_that_is_not_right_is_config),
        LISTED(test_wechat__missing_setting_is_named),
        LISTED(test_wechat__another_merchant_or_number_is_an_alarm),
        LISTED(test_wechat__same_number_with_another_amount_is_config),
        LISTED(test_wechat__order_asked_for_again_keeps_its_end),
        LISTED(test_wechat__paid_between_query_and_close_is_told),
        LISTED(test_wechat__number_never_asked_for_can_be_cancelled),
        LISTED(test_wechat__abnormal_refund_needs_a_person),
        LISTED(test_wechat__refund_without_funds_waits),
        LISTED(test_wechat__refund_of_another_amount_is_an_alarm),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
