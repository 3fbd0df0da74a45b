/* One list of tests, run on every payment driver that can move money: the fake, and Alipay and WeChat Pay
 * against sim-alipay and sim-wechat as real processes. What only one has stands in test_payment_alipay.c and
 * test_payment_wechat.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "drivers/payment/payment_fake.h"
#include "tests/support/sim_bench.h"

enum { AMOUNT_FEN = 48000 };

/* What a channel's gateway can do; the rest of the contract is the same for all. */
struct channel {
    const char *methods[PAYMENT_FAKE_CALL_COUNT_]; /* as its simulator's faults name the calls */
    bool tells_scan;                               /* a scanned code is told from an unscanned one */
    bool keeps_code;                               /* asked again for, an order keeps its code */
    bool takes_back;                               /* cancel gives back what was paid */
    bool closes_unscanned;                         /* close works before anybody scanned */
    const char *unknown;                           /* fault that keeps the result unknown */
};

/* A channel under test and the hand that plays applicant and misfortune. */
struct bench {
    struct payment *payment;
    const struct channel *channel;
    struct payment_fake *fake; /* NULL for a channel with a simulator */
    struct sim_bench service;
    unsigned attempt;
    char number[33];
    int64_t taken_before_fen;
    int64_t returned_before_fen;
};

static struct bench bench;

static const struct payment_call call = {.timeout_ms = 20000};

/* --- the hand
 * ------------------------------------------------------------------------------------------------- */

static const struct channel alipay = {.methods = {"alipay.trade.precreate", "alipay.trade.query",
                                                  "alipay.trade.cancel", "alipay.trade.close",
                                                  "alipay.trade.refund", "alipay.trade.fastpay.refund.query"},
                                      .tells_scan = true,
                                      .keeps_code = true,
                                      .takes_back = true,
                                      .unknown = "20000"};

static const struct channel wechat = {
    .methods = {"native", "query", "close", "close", "refund", "refund-query"},
    .closes_unscanned = true,
    .unknown = "http-500"};

static void scan(void)
{
    if (bench.fake != NULL)
        assert_int_equal(payment_fake_scan(bench.fake, bench.number), STATUS_OK);
    else
        assert_int_equal(sim_client_post(&bench.service.sim, "/control/scan?out_trade_no=%s", bench.number),
                         200);
}

static bool try_to_pay(bool late)
{
    if (bench.fake != NULL)
        return payment_fake_pay(bench.fake, bench.number) == STATUS_OK;
    return sim_client_post(&bench.service.sim, "/control/pay?out_trade_no=%s&late=%d", bench.number, late) ==
           200;
}

static void pay(void)
{
    assert_true(try_to_pay(false));
}

static void fault(enum payment_fake_call which, const char *kind, int count)
{
    sim_client_fault(&bench.service.sim, bench.channel->methods[which], kind, "", count);
}

/* The work is done but its reply gets lost. */
static void lose_reply(enum payment_fake_call which)
{
    if (bench.fake != NULL)
        payment_fake_fail(bench.fake, which, STATUS_UNKNOWN, true, 1);
    else
        fault(which, "drop-reply", 1);
}

static void answer_unknown(enum payment_fake_call which, int count)
{
    if (bench.fake != NULL)
        payment_fake_fail(bench.fake, which, STATUS_UNKNOWN, false, count);
    else
        fault(which, bench.channel->unknown, count);
}

static void limit_rate(enum payment_fake_call which)
{
    if (bench.fake != NULL)
        payment_fake_fail(bench.fake, which, STATUS_BUSY, false, 1);
    else
        fault(which, "rate-limit", 1);
}

static void hold_refund(void)
{
    if (bench.fake != NULL)
        payment_fake_hold_refunds(bench.fake, true);
    else
        fault(PAYMENT_FAKE_REFUND, "refund-pending", 1);
}

static void settle_refund(void)
{
    if (bench.fake != NULL)
        payment_fake_hold_refunds(bench.fake, false);
    else
        assert_int_equal(sim_client_post(&bench.service.sim, "/control/settle?out_trade_no=%s", bench.number),
                         200);
}

static void say_another_amount(void)
{
    if (bench.fake != NULL)
        payment_fake_say_amount(bench.fake, 1);
    else
        fault(PAYMENT_FAKE_QUERY, "wrong-amount", 1);
}

static void delay_query(int delay_ms)
{
    if (bench.fake != NULL)
        payment_fake_delay(bench.fake, delay_ms);
    else
        assert_int_equal(sim_client_post(&bench.service.sim,
                                         "/control/fault?method=%s&kind=delay&argument=%d",
                                         bench.channel->methods[PAYMENT_FAKE_QUERY], delay_ms),
                         200);
}

static int64_t ledger(const char *name)
{
    if (bench.fake != NULL)
        return strcmp(name, "taken_fen") == 0 ? payment_fake_taken_fen(bench.fake)
                                              : payment_fake_returned_fen(bench.fake);
    struct json *document = sim_client_get(&bench.service.sim, "/control/ledger");
    assert_non_null(document);
    int64_t fen = json_number(document, name, -1);
    json_free(document);
    return fen;
}

static int64_t taken_fen(void)
{
    return ledger("taken_fen") - bench.taken_before_fen;
}

static int64_t returned_fen(void)
{
    return ledger("returned_fen") - bench.returned_before_fen;
}

/* --- set-up
 * --------------------------------------------------------------------------------------------------- */

static int open_fake(void **state)
{
    (void)state;
    bench = (struct bench){.channel = &alipay};
    clock_manual_init(&bench.service.clock, 1700000000);
    const struct payment_settings settings = {.driver = "fake", .clock = &bench.service.clock.clock};
    assert_int_equal(payment_open(&settings, &bench.payment, NULL), STATUS_OK);
    bench.fake = payment_fake_of(bench.payment);
    assert_non_null(bench.fake);
    return 0;
}

static void open_alipay_channel(void)
{
    char url[96];
    char files[4][SIM_BENCH_PATH_BYTES];
    static const char *const names[] = {"app_key.pem", "app_cert.pem", "alipay_cert.pem", "root_cert.pem"};
    (void)snprintf(url, sizeof(url), "%s/gateway.do", bench.service.url);
    for (size_t i = 0; i < 4; i++)
        (void)snprintf(files[i], sizeof(files[i]), "%s/keys/%s", bench.service.dir, names[i]);
    const struct payment_settings settings = {.driver = "alipay",
                                              .clock = &bench.service.clock.clock,
                                              .http = bench.service.http,
                                              .gateway_url = url,
                                              .app_id = "2021000000000001",
                                              .seller_id = "2088000000000001",
                                              .app_private_key_file = files[0],
                                              .app_certificate_file = files[1],
                                              .alipay_certificate_file = files[2],
                                              .alipay_root_file = files[3]};
    assert_int_equal(payment_open(&settings, &bench.payment, NULL), STATUS_OK);
}

static void open_wechat_channel(void)
{
    char files[3][SIM_BENCH_PATH_BYTES];
    static const char *const names[] = {"merchant_key.pem", "platform_cert.pem", "api_v3.key"};
    for (size_t i = 0; i < 3; i++)
        (void)snprintf(files[i], sizeof(files[i]), "%s/keys/%s", bench.service.dir, names[i]);
    const struct payment_settings settings = {
        .driver = "wechat",
        .clock = &bench.service.clock.clock,
        .random = random_system(),
        .http = bench.service.http,
        .wechat = {.base_url = bench.service.url,
                   .app_id = "wx0000000000000001",
                   .merchant_id = "1900000001",
                   .merchant_serial = "2A1B3C4D5E6F708192A3B4C5D6E7F80910111213",
                   .merchant_private_key_file = files[0],
                   .platform_serial = "5157F09EFDC096DE15EBE81A47057A7200000001",
                   .platform_key_file = files[1],
                   .api_v3_key_file = files[2],
                   .notify_url = "https://example.invalid/wechat"}};
    assert_int_equal(payment_open(&settings, &bench.payment, NULL), STATUS_OK);
}

static void start_simulator(const char *program, const struct channel *channel)
{
    char keys[SIM_BENCH_PATH_BYTES];
    bench = (struct bench){.channel = channel};
    sim_bench_open(&bench.service);
    sim_bench_path(&bench.service, "keys", keys);
    const char *const arguments[] = {"--keys-dir", keys, NULL};
    sim_bench_start(&bench.service, program, arguments);
}

static int open_alipay(void **state)
{
    (void)state;
    start_simulator(TEST_BUILD_DIR "/sim-alipay", &alipay);
    open_alipay_channel();
    return 0;
}

static int open_wechat(void **state)
{
    (void)state;
    start_simulator(TEST_BUILD_DIR "/sim-wechat", &wechat);
    open_wechat_channel();
    return 0;
}

static int close_bench(void **state)
{
    (void)state;
    payment_close_channel(bench.payment);
    sim_bench_close(&bench.service);
    return 0;
}

/* Each test has its own number, no waiting misfortune, and counts money from here. */
static int begin_test(void **state)
{
    (void)state;
    (void)snprintf(bench.number, sizeof(bench.number), "T20231115%08u", ++bench.attempt);
    if (bench.fake != NULL) {
        for (int i = 0; i < PAYMENT_FAKE_CALL_COUNT_; i++)
            payment_fake_fail(bench.fake, (enum payment_fake_call)i, STATUS_OK, false, 0);
        payment_fake_say_amount(bench.fake, 0);
        payment_fake_delay(bench.fake, 0);
    } else {
        sim_client_clear(&bench.service.sim);
    }
    bench.taken_before_fen = ledger("taken_fen");
    bench.returned_before_fen = ledger("returned_fen");
    return 0;
}

static enum status create(struct payment_code *code)
{
    const struct payment_order order = {
        .out_trade_no = bench.number, .amount_fen = AMOUNT_FEN, .subject = "数字证书 新办", .expires_s = 300};
    return payment_create(bench.payment, &call, &order, code, NULL);
}

static void create_well(void)
{
    struct payment_code code = {0};
    assert_int_equal(create(&code), STATUS_OK);
    assert_true(code.qr_text[0] != '\0');
}

static enum payment_state query_state(void)
{
    struct payment_trade trade = {0};
    assert_int_equal(payment_query(bench.payment, &call, bench.number, AMOUNT_FEN, &trade, NULL), STATUS_OK);
    return trade.state;
}

static enum status refund(const char *request_no, int64_t amount_fen, enum payment_refund_state *out)
{
    const struct payment_refund_request request = {.out_trade_no = bench.number,
                                                   .out_request_no = request_no,
                                                   .amount_fen = amount_fen,
                                                   .total_fen = AMOUNT_FEN,
                                                   .reason = "证书未能签发"};
    return payment_refund(bench.payment, &call, &request, out, NULL);
}

/* Accepted is enough at first, when the channel then says that it is done. */
static void refund_well(const char *request_no)
{
    enum payment_refund_state refunded = PAYMENT_REFUND_ABSENT;
    assert_int_equal(refund(request_no, AMOUNT_FEN, &refunded), STATUS_OK);
    if (refunded == PAYMENT_REFUND_PENDING)
        assert_int_equal(
            payment_refund_query(bench.payment, &call, bench.number, request_no, AMOUNT_FEN, &refunded, NULL),
            STATUS_OK);
    assert_int_equal(refunded, PAYMENT_REFUND_DONE);
}

/* --- the list
 * ------------------------------------------------------------------------------------------------- */

static void test_payment__a_new_code_is_not_scanned_and_not_paid(void **state)
{
    (void)state;
    struct payment_code code = {0};
    assert_int_equal(create(&code), STATUS_OK);
    assert_true(strlen(code.qr_text) > 10);
    assert_int_equal(code.valid_until_utc_s, clock_utc_s(&bench.service.clock.clock) + 300);
    assert_int_equal(query_state(), PAYMENT_UNSCANNED);
    assert_int_equal(taken_fen(), 0);
}

static void test_payment__paid_normally_is_seen_by_polling(void **state)
{
    (void)state;
    struct payment_trade trade = {0};
    create_well();
    scan();
    assert_int_equal(query_state(), bench.channel->tells_scan ? PAYMENT_WAITING : PAYMENT_UNSCANNED);
    pay();
    assert_int_equal(payment_query(bench.payment, &call, bench.number, AMOUNT_FEN, &trade, NULL), STATUS_OK);
    assert_int_equal(trade.state, PAYMENT_PAID);
    assert_int_equal(trade.amount_fen, AMOUNT_FEN);
    assert_true(trade.trade_no[0] != '\0');
    assert_non_null(strstr(trade.buyer, "****"));
    assert_true(llabs(trade.paid_utc_s - clock_utc_s(&bench.service.clock.clock)) < 600);
}

static void test_payment__asking_again_with_the_same_number_gives_no_second_trade(void **state)
{
    (void)state;
    struct payment_code first = {0};
    struct payment_code second = {0};
    assert_int_equal(create(&first), STATUS_OK);
    assert_int_equal(create(&second), STATUS_OK);
    assert_int_equal(strcmp(first.qr_text, second.qr_text) == 0, bench.channel->keeps_code);
    pay();
    assert_int_equal(taken_fen(), AMOUNT_FEN);
}

static void test_payment__lost_reply_of_create_is_unknown_and_repeatable(void **state)
{
    (void)state;
    struct payment_code code = {.qr_text = "untouched"};
    lose_reply(PAYMENT_FAKE_CREATE);
    assert_int_equal(create(&code), STATUS_UNKNOWN);
    assert_string_equal(code.qr_text, "untouched");
    create_well();
    pay();
    assert_int_equal(query_state(), PAYMENT_PAID);
    assert_int_equal(taken_fen(), AMOUNT_FEN);
}

static void test_payment__paid_number_takes_no_second_code(void **state)
{
    (void)state;
    struct payment_code code = {0};
    create_well();
    pay();
    assert_int_equal(create(&code), STATUS_REFUSED);
    assert_int_equal(taken_fen(), AMOUNT_FEN);
}

static void test_payment__unknown_answers_end_in_the_truth(void **state)
{
    (void)state;
    struct payment_trade trade = {.amount_fen = -7};
    create_well();
    pay();
    answer_unknown(PAYMENT_FAKE_QUERY, 3);
    for (int i = 0; i < 3; i++)
        assert_int_equal(payment_query(bench.payment, &call, bench.number, AMOUNT_FEN, &trade, NULL),
                         STATUS_UNKNOWN);
    assert_int_equal(trade.amount_fen, -7);
    assert_int_equal(query_state(), PAYMENT_PAID);
}

static void test_payment__rate_limit_means_later(void **state)
{
    (void)state;
    struct payment_trade trade = {0};
    create_well();
    limit_rate(PAYMENT_FAKE_QUERY);
    assert_int_equal(payment_query(bench.payment, &call, bench.number, AMOUNT_FEN, &trade, NULL),
                     STATUS_BUSY);
    assert_int_equal(query_state(), PAYMENT_UNSCANNED);
}

static void test_payment__another_amount_is_an_alarm_never_paid(void **state)
{
    (void)state;
    struct payment_trade trade = {.state = PAYMENT_UNSCANNED};
    create_well();
    pay();
    say_another_amount();
    assert_int_equal(payment_query(bench.payment, &call, bench.number, AMOUNT_FEN, &trade, NULL),
                     STATUS_CONFLICT);
    assert_int_equal(trade.state, PAYMENT_UNSCANNED);
}

static void test_payment__cancel_before_scanning_kills_the_code(void **state)
{
    (void)state;
    enum payment_cancel_outcome outcome = PAYMENT_CANCEL_GIVEN_BACK;
    create_well();
    assert_int_equal(payment_cancel(bench.payment, &call, bench.number, &outcome, NULL), STATUS_OK);
    assert_int_equal(outcome, PAYMENT_CANCEL_CLOSED);
    assert_int_equal(taken_fen(), 0);
}

static void test_payment__cancel_by_customer_closes_the_scanned_trade(void **state)
{
    (void)state;
    enum payment_cancel_outcome outcome = PAYMENT_CANCEL_GIVEN_BACK;
    create_well();
    scan();
    assert_int_equal(payment_cancel(bench.payment, &call, bench.number, &outcome, NULL), STATUS_OK);
    assert_int_equal(outcome, PAYMENT_CANCEL_CLOSED);
    assert_int_equal(query_state(), PAYMENT_CLOSED);
}

static void test_payment__paid_in_the_last_second_is_given_back_by_cancel_or_told(void **state)
{
    (void)state;
    enum payment_cancel_outcome outcome = PAYMENT_CANCEL_CLOSED;
    create_well();
    pay();
    if (!bench.channel->takes_back) {
        assert_int_equal(payment_cancel(bench.payment, &call, bench.number, &outcome, NULL), STATUS_REFUSED);
        assert_int_equal(query_state(), PAYMENT_PAID);
        return;
    }
    assert_int_equal(payment_cancel(bench.payment, &call, bench.number, &outcome, NULL), STATUS_OK);
    assert_int_equal(outcome, PAYMENT_CANCEL_GIVEN_BACK);
    assert_int_equal(query_state(), PAYMENT_REFUNDED);
    assert_int_equal(returned_fen(), AMOUNT_FEN);
}

static void test_payment__lost_reply_of_cancel_is_repeated_without_a_second_refund(void **state)
{
    (void)state;
    enum payment_cancel_outcome outcome = PAYMENT_CANCEL_CLOSED;
    create_well();
    if (bench.channel->takes_back)
        pay();
    lose_reply(PAYMENT_FAKE_CANCEL);
    assert_int_equal(payment_cancel(bench.payment, &call, bench.number, &outcome, NULL), STATUS_UNKNOWN);
    assert_int_equal(payment_cancel(bench.payment, &call, bench.number, &outcome, NULL), STATUS_OK);
    assert_int_equal(outcome, bench.channel->takes_back ? PAYMENT_CANCEL_GIVEN_BACK : PAYMENT_CANCEL_CLOSED);
    assert_int_equal(returned_fen(), bench.channel->takes_back ? AMOUNT_FEN : 0);
}

static void test_payment__paid_after_close_is_seen_and_can_be_given_back(void **state)
{
    (void)state;
    create_well();
    scan();
    assert_int_equal(payment_close(bench.payment, &call, bench.number, NULL), STATUS_OK);
    assert_int_equal(query_state(), PAYMENT_CLOSED);
    assert_true(try_to_pay(true));
    assert_int_equal(query_state(), PAYMENT_PAID);
    refund_well("R20231115000001");
    assert_int_equal(returned_fen(), taken_fen());
}

static void test_payment__close_refuses_what_is_not_waiting(void **state)
{
    (void)state;
    create_well();
    if (!bench.channel->closes_unscanned)
        assert_int_equal(payment_close(bench.payment, &call, bench.number, NULL), STATUS_REFUSED);
    pay();
    assert_int_equal(payment_close(bench.payment, &call, bench.number, NULL), STATUS_REFUSED);
    assert_int_equal(query_state(), PAYMENT_PAID);
}

static void test_payment__lost_reply_of_refund_moves_money_once(void **state)
{
    (void)state;
    enum payment_refund_state refunded = PAYMENT_REFUND_PENDING;
    create_well();
    pay();
    lose_reply(PAYMENT_FAKE_REFUND);
    assert_int_equal(refund("R20231115000002", AMOUNT_FEN, &refunded), STATUS_UNKNOWN);
    assert_int_equal(refund("R20231115000002", AMOUNT_FEN, &refunded), STATUS_OK);
    assert_int_not_equal(refunded, PAYMENT_REFUND_ABSENT);
    assert_int_equal(payment_refund_query(bench.payment, &call, bench.number, "R20231115000002", AMOUNT_FEN,
                                          &refunded, NULL),
                     STATUS_OK);
    assert_int_equal(refunded, PAYMENT_REFUND_DONE);
    assert_int_equal(returned_fen(), AMOUNT_FEN);
    assert_int_equal(query_state(), PAYMENT_REFUNDED);
}

static void test_payment__pending_refund_is_asked_for_until_done(void **state)
{
    (void)state;
    enum payment_refund_state refunded = PAYMENT_REFUND_DONE;
    create_well();
    pay();
    hold_refund();
    assert_int_equal(refund("R20231115000003", AMOUNT_FEN, &refunded), STATUS_OK);
    assert_int_equal(refunded, PAYMENT_REFUND_PENDING);
    assert_int_equal(refund("R20231115000003", AMOUNT_FEN, &refunded), STATUS_OK);
    assert_int_equal(refunded, PAYMENT_REFUND_PENDING);
    assert_int_equal(returned_fen(), 0);
    settle_refund();
    assert_int_equal(payment_refund_query(bench.payment, &call, bench.number, "R20231115000003", AMOUNT_FEN,
                                          &refunded, NULL),
                     STATUS_OK);
    assert_int_equal(refunded, PAYMENT_REFUND_DONE);
    assert_int_equal(returned_fen(), AMOUNT_FEN);
}

static void test_payment__refund_never_asked_for_is_absent(void **state)
{
    (void)state;
    enum payment_refund_state refunded = PAYMENT_REFUND_DONE;
    create_well();
    pay();
    assert_int_equal(payment_refund_query(bench.payment, &call, bench.number, "R20231115000004", AMOUNT_FEN,
                                          &refunded, NULL),
                     STATUS_OK);
    assert_int_equal(refunded, PAYMENT_REFUND_ABSENT);
}

static void test_payment__another_amount_under_the_same_refund_number_is_refused(void **state)
{
    (void)state;
    enum payment_refund_state refunded = PAYMENT_REFUND_PENDING;
    create_well();
    pay();
    assert_int_equal(refund("R20231115000005", 100, &refunded), STATUS_OK);
    assert_int_equal(refund("R20231115000005", 200, &refunded), STATUS_REFUSED);
    assert_int_equal(returned_fen(), 100);
}

static void test_payment__unpaid_trade_is_not_refunded(void **state)
{
    (void)state;
    enum payment_refund_state refunded = PAYMENT_REFUND_PENDING;
    create_well();
    assert_int_equal(refund("R20231115000006", AMOUNT_FEN, &refunded), STATUS_REFUSED);
    scan();
    assert_int_equal(refund("R20231115000006", AMOUNT_FEN, &refunded), STATUS_REFUSED);
    assert_int_equal(returned_fen(), 0);
}

static void test_payment__slow_answer_is_unknown_at_the_deadline(void **state)
{
    (void)state;
    const struct payment_call short_call = {.timeout_ms = 300};
    struct payment_trade trade = {0};
    create_well();
    delay_query(1500);
    assert_int_equal(payment_query(bench.payment, &short_call, bench.number, AMOUNT_FEN, &trade, NULL),
                     STATUS_UNKNOWN);
}

static void test_payment__cancelled_call_sends_nothing(void **state)
{
    (void)state;
    struct payment_code code = {0};
    struct job_cancel *cancel = job_cancel_new();
    const struct payment_call cancelled = {.timeout_ms = 5000, .cancel = cancel};
    const struct payment_order order = {
        .out_trade_no = bench.number, .amount_fen = AMOUNT_FEN, .subject = "数字证书", .expires_s = 300};
    job_cancel_request(cancel);
    assert_int_equal(payment_create(bench.payment, &cancelled, &order, &code, NULL), STATUS_CANCELLED);
    job_cancel_drop(cancel);
    assert_false(try_to_pay(true));
}

static void test_payment__probe_finds_a_living_channel(void **state)
{
    (void)state;
    assert_int_equal(payment_probe(bench.payment, &call, NULL), STATUS_OK);
}

static void test_payment_none__says_config_to_everything(void **state)
{
    (void)state;
    struct payment *none = NULL;
    struct payment_code code = {0};
    const struct payment_order order = {
        .out_trade_no = "T20231115061320", .amount_fen = 1, .subject = "x", .expires_s = 300};
    const struct payment_settings settings = {.driver = "none"};
    assert_int_equal(payment_open(&settings, &none, NULL), STATUS_OK);
    assert_string_equal(payment_name(none), "none");
    assert_int_equal(payment_create(none, &call, &order, &code, NULL), STATUS_CONFIG);
    assert_int_equal(payment_probe(none, &call, NULL), STATUS_CONFIG);
    assert_int_equal(payment_verify_notification(none, "a=b", 3, &(struct payment_notice){0}, NULL),
                     STATUS_UNSUPPORTED);
    assert_null(payment_fake_of(none));
    payment_close_channel(none);
    payment_close_channel(NULL);
}

static void test_payment__unknown_driver_is_not_found(void **state)
{
    (void)state;
    struct payment *payment = NULL;
    const struct payment_settings settings = {.driver = "cowries"};
    assert_int_equal(payment_open(&settings, &payment, NULL), STATUS_NOT_FOUND);
    assert_null(payment);
}

#define LISTED(test) cmocka_unit_test_setup(test, begin_test)

int main(void)
{
    const struct CMUnitTest list[] = {
        LISTED(test_payment__a_new_code_is_not_scanned_and_not_paid),
        LISTED(test_payment__paid_normally_is_seen_by_polling),
        LISTED(test_payment__asking_again_with_the_same_number_gives_no_second_trade),
        LISTED(test_payment__lost_reply_of_create_is_unknown_and_repeatable),
        LISTED(test_payment__paid_number_takes_no_second_code),
        LISTED(test_payment__unknown_answers_end_in_the_truth),
        LISTED(test_payment__rate_limit_means_later),
        LISTED(test_payment__another_amount_is_an_alarm_never_paid),
        LISTED(test_payment__cancel_before_scanning_kills_the_code),
        LISTED(test_payment__cancel_by_customer_closes_the_scanned_trade),
        LISTED(test_payment__paid_in_the_last_second_is_given_back_by_cancel_or_told),
        LISTED(test_payment__lost_reply_of_cancel_is_repeated_without_a_second_refund),
        LISTED(test_payment__paid_after_close_is_seen_and_can_be_given_back),
        LISTED(test_payment__close_refuses_what_is_not_waiting),
        LISTED(test_payment__lost_reply_of_refund_moves_money_once),
        LISTED(test_payment__pending_refund_is_asked_for_until_done),
        LISTED(test_payment__refund_never_asked_for_is_absent),
        LISTED(test_payment__another_amount_under_the_same_refund_number_is_refused),
        LISTED(test_payment__unpaid_trade_is_not_refunded),
        LISTED(test_payment__slow_answer_is_unknown_at_the_deadline),
        LISTED(test_payment__cancelled_call_sends_nothing),
        LISTED(test_payment__probe_finds_a_living_channel),
    };
    const struct CMUnitTest others[] = {
        cmocka_unit_test(test_payment_none__says_config_to_everything),
        cmocka_unit_test(test_payment__unknown_driver_is_not_found),
    };
    int failed = cmocka_run_group_tests_name("payment: fake", list, open_fake, close_bench);
    failed += cmocka_run_group_tests_name("payment: alipay", list, open_alipay, close_bench);
    failed += cmocka_run_group_tests_name("payment: wechat", list, open_wechat, close_bench);
    failed += cmocka_run_group_tests_name("payment: others", others, NULL, NULL);
    return failed;
}
