/* What only the Alipay driver has: signatures, certificates, the gateway's refusals, notifications. Every
 * case runs against sim-alipay as a real process. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "drivers/payment/payment_fake.h"
#include "kiosk/base/file.h"
#include "tests/support/sim_bench.h"

enum { AMOUNT_FEN = 48000 };

static struct {
    struct payment *payment;
    struct sim_bench service;
    char url[96];
    char number[33];
    unsigned attempt;
} bench;

static const struct payment_call call = {.timeout_ms = 20000};

static const char *key_file(const char *name)
{
    static char paths[8][SIM_BENCH_PATH_BYTES];
    static unsigned next;
    char *path = paths[next++ % 8];
    (void)snprintf(path, SIM_BENCH_PATH_BYTES, "%s/keys/%s", bench.service.dir, name);
    return path;
}

static struct payment_settings good_settings(void)
{
    return (struct payment_settings){.driver = "alipay",
                                     .clock = &bench.service.clock.clock,
                                     .http = bench.service.http,
                                     .gateway_url = bench.url,
                                     .app_id = "2021000000000001",
                                     .seller_id = "2088000000000001",
                                     .store_id = "HALL01",
                                     .terminal_id = "T1",
                                     .app_private_key_file = key_file("app_key.pem"),
                                     .app_certificate_file = key_file("app_cert.pem"),
                                     .alipay_certificate_file = key_file("alipay_cert.pem"),
                                     .alipay_root_file = key_file("root_cert.pem")};
}

static void start_gateway(const char *mode)
{
    char keys[SIM_BENCH_PATH_BYTES];
    char state[SIM_BENCH_PATH_BYTES];
    char log[SIM_BENCH_PATH_BYTES];
    sim_bench_path(&bench.service, "keys", keys);
    sim_bench_path(&bench.service, "state", state);
    sim_bench_path(&bench.service, "calls.jsonl", log);
    const char *const arguments[] = {"--keys-dir", keys,     "--state-dir", state, "--log",
                                     log,          "--mode", mode,          NULL};
    sim_bench_start(&bench.service, TEST_BUILD_DIR "/sim-alipay", arguments);
    (void)snprintf(bench.url, sizeof(bench.url), "%s/gateway.do", bench.service.url);
}

static void reopen(const struct payment_settings *settings)
{
    payment_close_channel(bench.payment);
    bench.payment = NULL;
    assert_int_equal(payment_open(settings, &bench.payment, NULL), STATUS_OK);
}

static void restart_gateway(int signal_number, const char *mode)
{
    sim_client_stop(&bench.service.sim, signal_number);
    start_gateway(mode);
    const struct payment_settings settings = good_settings();
    reopen(&settings);
}

static int open_bench(void **state)
{
    (void)state;
    sim_bench_open(&bench.service);
    start_gateway("certificate");
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
    (void)snprintf(bench.number, sizeof(bench.number), "T20231116%08u", ++bench.attempt);
    clock_manual_init(&bench.service.clock, time(NULL));
    sim_client_clear(&bench.service.sim);
    const struct payment_settings settings = good_settings();
    reopen(&settings);
    return 0;
}

static void fault(const char *method, const char *kind, const char *argument)
{
    char name[64];
    (void)snprintf(name, sizeof(name), "alipay.trade.%s", method);
    sim_client_fault(&bench.service.sim, name, kind, argument, 1);
}

static enum status create(struct failure *failure)
{
    struct payment_code code = {0};
    const struct payment_order order = {
        .out_trade_no = bench.number, .amount_fen = AMOUNT_FEN, .subject = "数字证书 新办", .expires_s = 300};
    return payment_create(bench.payment, &call, &order, &code, failure);
}

static void pay(void)
{
    assert_int_equal(sim_client_post(&bench.service.sim, "/control/pay?out_trade_no=%s", bench.number), 200);
}

static enum status query(enum payment_state *out)
{
    struct payment_trade trade = {0};
    enum status status = payment_query(bench.payment, &call, bench.number, AMOUNT_FEN, &trade, NULL);
    *out = trade.state;
    return status;
}

/* How often a method was called, from the simulator's own log. */
static int calls_of(const char *method)
{
    struct buf text;
    char path[SIM_BENCH_PATH_BYTES];
    char wanted[128];
    int count = 0;
    buf_init(&text, 4 * 1024 * 1024);
    sim_bench_path(&bench.service, "calls.jsonl", path);
    (void)snprintf(wanted, sizeof(wanted), "\"method\":\"%s\"", method);
    assert_int_equal(file_read(path, &text, NULL), STATUS_OK);
    for (const char *at = (const char *)text.data; (at = strstr(at, wanted)) != NULL; at++)
        count++;
    buf_release(&text);
    return count;
}

/* --- replies that must not be believed
 * ------------------------------------------------------------------------ */

static void test_alipay__every_untrustworthy_reply_is_unknown(void **state)
{
    (void)state;
    static const char *const kinds[] = {"bad-sign", "no-sign",       "garbage",    "cut",   "drop",
                                        "http-500", "http-500-done", "20000-done", "20000", "drop-reply"};
    enum payment_state said = PAYMENT_UNSCANNED;
    assert_int_equal(create(NULL), STATUS_OK);
    pay();
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        fault("query", kinds[i], "");
        assert_int_equal(query(&said), STATUS_UNKNOWN);
        assert_int_equal(said, PAYMENT_UNSCANNED);
    }
    assert_int_equal(query(&said), STATUS_OK);
    assert_int_equal(said, PAYMENT_PAID);
}

static void test_alipay__unsigned_code_is_not_shown(void **state)
{
    (void)state;
    fault("precreate", "no-sign", "");
    assert_int_equal(create(NULL), STATUS_UNKNOWN);
    fault("precreate", "bad-sign", "");
    assert_int_equal(create(NULL), STATUS_UNKNOWN);
    assert_int_equal(create(NULL), STATUS_OK);
}

static void test_alipay__reply_about_another_number_is_an_alarm(void **state)
{
    (void)state;
    enum payment_state said = PAYMENT_UNSCANNED;
    fault("precreate", "wrong-number", "");
    assert_int_equal(create(NULL), STATUS_CONFLICT);
    pay();
    fault("query", "wrong-number", "");
    assert_int_equal(query(&said), STATUS_CONFLICT);
}

static void test_alipay__reply_about_another_seller_is_an_alarm(void **state)
{
    (void)state;
    enum payment_state said = PAYMENT_UNSCANNED;
    assert_int_equal(create(NULL), STATUS_OK);
    pay();
    fault("query", "wrong-seller", "");
    assert_int_equal(query(&said), STATUS_CONFLICT);
    assert_int_equal(said, PAYMENT_UNSCANNED);
}

static void test_alipay__refund_of_less_than_asked_is_not_done(void **state)
{
    (void)state;
    enum payment_refund_state refunded = PAYMENT_REFUND_PENDING;
    const struct payment_refund_request request = {.out_trade_no = bench.number,
                                                   .out_request_no = "R20231116000009",
                                                   .amount_fen = AMOUNT_FEN,
                                                   .total_fen = AMOUNT_FEN,
                                                   .reason = ""};
    assert_int_equal(create(NULL), STATUS_OK);
    pay();
    fault("refund", "wrong-amount", "1.00");
    assert_int_equal(payment_refund(bench.payment, &call, &request, &refunded, NULL), STATUS_UNKNOWN);
    assert_int_equal(refunded, PAYMENT_REFUND_PENDING);
}

static void test_alipay__new_certificate_is_fetched_once_and_then_known(void **state)
{
    (void)state;
    static const char download[] = "alipay.open.app.alipaycert.download";
    enum payment_state said = PAYMENT_UNSCANNED;
    int before = calls_of(download);
    assert_int_equal(create(NULL), STATUS_OK);
    pay();
    fault("query", "next-cert", "");
    assert_int_equal(query(&said), STATUS_OK);
    assert_int_equal(said, PAYMENT_PAID);
    fault("query", "next-cert", "");
    assert_int_equal(query(&said), STATUS_OK);
    assert_int_equal(calls_of(download), before + 1);
    assert_int_equal(query(&said), STATUS_OK);
}

static void test_alipay__certificate_outside_the_roots_is_not_believed(void **state)
{
    (void)state;
    enum payment_state said = PAYMENT_UNSCANNED;
    assert_int_equal(create(NULL), STATUS_OK);
    pay();
    for (int i = 0; i < 2; i++) {
        fault("query", "rogue-cert", "");
        assert_int_equal(query(&said), STATUS_UNKNOWN);
        assert_int_equal(said, PAYMENT_UNSCANNED);
    }
}

static void test_alipay__failed_certificate_fetch_leaves_the_reply_unknown(void **state)
{
    (void)state;
    enum payment_state said = PAYMENT_UNSCANNED;
    assert_int_equal(create(NULL), STATUS_OK);
    pay();
    fault("query", "next-cert", "");
    sim_client_fault(&bench.service.sim, "alipay.open.app.alipaycert.download", "drop", "", 1);
    assert_int_equal(query(&said), STATUS_UNKNOWN);
}

/* --- what staff must mend
 * ------------------------------------------------------------------------------------- */

static void test_alipay__wrong_app_key_is_a_matter_of_configuration(void **state)
{
    (void)state;
    struct failure failure = {0};
    struct payment_settings settings = good_settings();
    settings.app_private_key_file = key_file("alipay_key.pem");
    reopen(&settings);
    assert_int_equal(create(&failure), STATUS_CONFIG);
    assert_string_equal(failure.text, "isv.invalid-signature");
    assert_int_equal(payment_probe(bench.payment, &call, NULL), STATUS_CONFIG);
}

static void test_alipay__wrong_app_id_is_a_matter_of_configuration(void **state)
{
    (void)state;
    struct failure failure = {0};
    struct payment_settings settings = good_settings();
    settings.app_id = "2021000000000002";
    reopen(&settings);
    assert_int_equal(create(&failure), STATUS_CONFIG);
    assert_string_equal(failure.text, "isv.invalid-app-id");
}

static void test_alipay__wrong_certificates_are_a_matter_of_configuration(void **state)
{
    (void)state;
    struct failure failure = {0};
    struct payment_settings settings = good_settings();
    settings.app_certificate_file = key_file("alipay_cert.pem");
    reopen(&settings);
    assert_int_equal(create(&failure), STATUS_CONFIG);
    settings = good_settings();
    settings.alipay_root_file = key_file("app_cert.pem");
    reopen(&settings);
    assert_int_equal(create(&failure), STATUS_CONFIG);
    assert_string_equal(failure.text, "isv.invalid-alipay-root-cert-sn");
}

static void test_alipay__clock_off_is_a_matter_of_configuration(void **state)
{
    (void)state;
    struct failure failure = {0};
    clock_manual_advance(&bench.service.clock, 3600 * 1000);
    assert_int_equal(create(&failure), STATUS_CONFIG);
    assert_string_equal(failure.text, "isv.invalid-timestamp");
    clock_manual_init(&bench.service.clock, time(NULL));
    assert_int_equal(create(NULL), STATUS_OK);
}

static void test_alipay__missing_settings_are_named(void **state)
{
    (void)state;
    struct payment *payment = NULL;
    struct failure failure = {0};
    struct payment_settings settings = good_settings();
    settings.app_private_key_file = "/nonexistent/key.pem";
    assert_int_equal(payment_open(&settings, &payment, &failure), STATUS_CONFIG);
    assert_non_null(strstr(failure.text, "app_private_key_file"));
    settings = good_settings();
    settings.app_private_key_file = key_file("app_cert.pem");
    assert_int_equal(payment_open(&settings, &payment, &failure), STATUS_CONFIG);
    settings = good_settings();
    settings.alipay_root_file = NULL;
    assert_int_equal(payment_open(&settings, &payment, &failure), STATUS_CONFIG);
    assert_non_null(strstr(failure.text, "alipay_root_file"));
    settings = good_settings();
    settings.app_id = "";
    assert_int_equal(payment_open(&settings, &payment, &failure), STATUS_CONFIG);
    assert_non_null(strstr(failure.text, "app_id"));
    assert_null(payment);
}

static void test_alipay__public_key_mode_works_without_certificates(void **state)
{
    (void)state;
    enum payment_state said = PAYMENT_UNSCANNED;
    restart_gateway(SIGTERM, "public-key");
    struct payment_settings settings = good_settings();
    settings.app_certificate_file = "";
    settings.alipay_certificate_file = "";
    settings.alipay_root_file = "";
    settings.alipay_public_key_file = key_file("alipay_public_key.pem");
    reopen(&settings);
    assert_int_equal(create(NULL), STATUS_OK);
    pay();
    assert_int_equal(query(&said), STATUS_OK);
    assert_int_equal(said, PAYMENT_PAID);
    restart_gateway(SIGTERM, "certificate");
}

/* --- the gateway's own ways
 * ----------------------------------------------------------------------------------- */

static void test_alipay__unreachable_gateway_means_nothing_was_sent(void **state)
{
    (void)state;
    sim_client_stop(&bench.service.sim, SIGTERM);
    assert_int_equal(create(NULL), STATUS_BUSY);
    start_gateway("certificate");
}

static void test_alipay__ledger_outlives_a_killed_gateway(void **state)
{
    (void)state;
    enum payment_state said = PAYMENT_UNSCANNED;
    enum payment_refund_state refunded = PAYMENT_REFUND_PENDING;
    const struct payment_refund_request request = {.out_trade_no = bench.number,
                                                   .out_request_no = "R20231116000001",
                                                   .amount_fen = AMOUNT_FEN,
                                                   .total_fen = AMOUNT_FEN,
                                                   .reason = ""};
    assert_int_equal(create(NULL), STATUS_OK);
    pay();
    assert_int_equal(payment_refund(bench.payment, &call, &request, &refunded, NULL), STATUS_OK);
    restart_gateway(SIGKILL, "certificate");
    assert_int_equal(query(&said), STATUS_OK);
    assert_int_equal(said, PAYMENT_REFUNDED);
    assert_int_equal(payment_refund(bench.payment, &call, &request, &refunded, NULL), STATUS_OK);
    assert_int_equal(refunded, PAYMENT_REFUND_PENDING); /* no money moved by this call; the query decides */
    assert_int_equal(payment_refund_query(bench.payment, &call, bench.number, "R20231116000001", AMOUNT_FEN,
                                          &refunded, NULL),
                     STATUS_OK);
    assert_int_equal(refunded, PAYMENT_REFUND_DONE);
}

static void test_alipay__request_delivered_twice_refunds_once(void **state)
{
    (void)state;
    enum payment_refund_state refunded = PAYMENT_REFUND_PENDING;
    const struct payment_refund_request request = {.out_trade_no = bench.number,
                                                   .out_request_no = "R20231116000002",
                                                   .amount_fen = 100,
                                                   .total_fen = AMOUNT_FEN,
                                                   .reason = "重复"};
    assert_int_equal(create(NULL), STATUS_OK);
    pay();
    fault("refund", "duplicate", "");
    assert_int_equal(payment_refund(bench.payment, &call, &request, &refunded, NULL), STATUS_OK);
    assert_int_equal(
        payment_refund_query(bench.payment, &call, bench.number, "R20231116000002", 100, &refunded, NULL),
        STATUS_OK);
    assert_int_equal(refunded, PAYMENT_REFUND_DONE);
    assert_int_equal(
        payment_refund_query(bench.payment, &call, bench.number, "R20231116000002", 200, &refunded, NULL),
        STATUS_CONFLICT);
}

static void test_alipay__refused_refund_names_its_reason(void **state)
{
    (void)state;
    struct failure failure = {0};
    enum payment_refund_state refunded = PAYMENT_REFUND_PENDING;
    const struct payment_refund_request request = {.out_trade_no = bench.number,
                                                   .out_request_no = "R20231116000003",
                                                   .amount_fen = 100,
                                                   .total_fen = AMOUNT_FEN,
                                                   .reason = ""};
    assert_int_equal(create(NULL), STATUS_OK);
    pay();
    fault("refund", "sub-code", "ACQ.SELLER_BALANCE_NOT_ENOUGH");
    assert_int_equal(payment_refund(bench.payment, &call, &request, &refunded, &failure), STATUS_REFUSED);
    assert_string_equal(failure.text, "ACQ.SELLER_BALANCE_NOT_ENOUGH");
    fault("refund", "sub-code", "AQC.SYSTEM_ERROR");
    assert_int_equal(payment_refund(bench.payment, &call, &request, &refunded, NULL), STATUS_UNKNOWN);
    assert_int_equal(payment_refund(bench.payment, &call, &request, &refunded, NULL), STATUS_OK);
}

static void test_alipay__cancel_that_wants_a_repeat_is_busy(void **state)
{
    (void)state;
    enum payment_cancel_outcome outcome = PAYMENT_CANCEL_CLOSED;
    assert_int_equal(create(NULL), STATUS_OK);
    fault("cancel", "retry", "");
    assert_int_equal(payment_cancel(bench.payment, &call, bench.number, &outcome, NULL), STATUS_BUSY);
    fault("cancel", "pay-first", "");
    assert_int_equal(payment_cancel(bench.payment, &call, bench.number, &outcome, NULL), STATUS_OK);
    assert_int_equal(outcome, PAYMENT_CANCEL_GIVEN_BACK);
}

static void test_alipay__finished_trade_is_paid_and_not_cancellable(void **state)
{
    (void)state;
    enum payment_state said = PAYMENT_UNSCANNED;
    enum payment_cancel_outcome outcome = PAYMENT_CANCEL_CLOSED;
    assert_int_equal(create(NULL), STATUS_OK);
    pay();
    assert_int_equal(sim_client_post(&bench.service.sim, "/control/finish?out_trade_no=%s", bench.number),
                     200);
    assert_int_equal(query(&said), STATUS_OK);
    assert_int_equal(said, PAYMENT_PAID);
    assert_int_equal(payment_cancel(bench.payment, &call, bench.number, &outcome, NULL), STATUS_REFUSED);
}

static void test_alipay__expired_code_cannot_be_paid(void **state)
{
    (void)state;
    enum payment_state said = PAYMENT_PAID;
    assert_int_equal(create(NULL), STATUS_OK);
    assert_int_equal(sim_client_post(&bench.service.sim, "/control/expire?out_trade_no=%s", bench.number),
                     200);
    assert_int_equal(sim_client_post(&bench.service.sim, "/control/pay?out_trade_no=%s", bench.number), 409);
    assert_int_equal(query(&said), STATUS_OK);
    assert_int_equal(said, PAYMENT_UNSCANNED);
}

static void test_alipay__subject_with_forbidden_signs_is_cleaned(void **state)
{
    (void)state;
    struct payment_code code = {0};
    const struct payment_order order = {
        .out_trade_no = bench.number, .amount_fen = 1, .subject = "A/B=C&D 更新", .expires_s = 10};
    assert_int_equal(payment_create(bench.payment, &call, &order, &code, NULL), STATUS_OK);
    struct json *document = sim_client_get(&bench.service.sim, "/control/ledger");
    const struct json *trades = json_member(document, "trades");
    const struct json *last = json_element(trades, json_length(trades) - 1);
    assert_string_equal(json_text(last, "subject", ""), "A B C D 更新");
    assert_int_equal(json_number(last, "code_until_utc_s", 0) - clock_utc_s(&bench.service.clock.clock) < 120,
                     1);
    json_free(document);
}

/* --- notifications
 * -------------------------------------------------------------------------------------------- */

static void read_notification(int forge, struct buf *form)
{
    char path[128];
    (void)snprintf(path, sizeof(path), "/control/notify?out_trade_no=%s&forge=%d", bench.number, forge);
    assert_int_equal(sim_client_request(&bench.service.sim, "GET", path, form), 200);
}

/* A code was paid, and this form told of it. Owns: the caller releases it. */
static void be_notified(int forged, struct buf *form)
{
    assert_int_equal(create(NULL), STATUS_OK);
    pay();
    read_notification(forged, form);
}

static enum status verify(const struct buf *form, struct payment_notice *notice)
{
    return payment_verify_notification(bench.payment, form->data, form->length, notice, NULL);
}

static void test_alipay_notification__genuine_one_is_accepted(void **state)
{
    (void)state;
    struct buf form;
    struct payment_notice notice = {0};
    be_notified(0, &form);
    assert_int_equal(verify(&form, &notice), STATUS_OK);
    assert_string_equal(notice.out_trade_no, bench.number);
    assert_int_equal(notice.trade.state, PAYMENT_PAID);
    assert_int_equal(notice.trade.amount_fen, AMOUNT_FEN);
    assert_true(notice.trade.paid_utc_s > 1700000000);
    buf_release(&form);
}

static void test_alipay_notification__forged_one_is_refused(void **state)
{
    (void)state;
    struct buf form;
    struct payment_notice notice = {0};
    be_notified(1, &form);
    assert_int_equal(verify(&form, &notice), STATUS_REFUSED);
    assert_string_equal(notice.out_trade_no, "");
    buf_release(&form);
}

static void test_alipay_notification__changed_amount_is_refused(void **state)
{
    (void)state;
    struct buf form;
    struct payment_notice notice = {0};
    be_notified(0, &form);
    char *amount = strstr((char *)form.data, "total_amount=480.00");
    assert_non_null(amount);
    amount[strlen("total_amount=")] = '9';
    assert_int_equal(verify(&form, &notice), STATUS_REFUSED);
    buf_release(&form);
}

static void test_alipay_notification__another_app_or_seller_is_an_alarm(void **state)
{
    (void)state;
    struct buf form;
    struct payment_notice notice = {0};
    be_notified(0, &form);
    struct payment_settings settings = good_settings();
    settings.seller_id = "2088000000000002";
    reopen(&settings);
    assert_int_equal(verify(&form, &notice), STATUS_CONFLICT);
    settings = good_settings();
    settings.app_id = "2021000000000009";
    reopen(&settings);
    assert_int_equal(verify(&form, &notice), STATUS_CONFLICT);
    buf_release(&form);
}

static void test_alipay_notification__nonsense_is_malformed_or_refused(void **state)
{
    (void)state;
    struct payment_notice notice = {0};
    assert_int_equal(payment_verify_notification(bench.payment, "%zz=1", 5, &notice, NULL), STATUS_MALFORMED);
    assert_int_equal(payment_verify_notification(bench.payment, "a=1&a=2", 7, &notice, NULL),
                     STATUS_MALFORMED);
    assert_int_equal(payment_verify_notification(bench.payment, "a=1", 3, &notice, NULL), STATUS_REFUSED);
    assert_int_equal(payment_verify_notification(bench.payment, "", 0, &notice, NULL), STATUS_REFUSED);
}

#define CASE(test) cmocka_unit_test_setup(test, begin_test)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_alipay__every_untrustworthy_reply_is_unknown),
        CASE(test_alipay__unsigned_code_is_not_shown),
        CASE(test_alipay__reply_about_another_number_is_an_alarm),
        CASE(test_alipay__reply_about_another_seller_is_an_alarm),
        CASE(test_alipay__refund_of_less_than_asked_is_not_done),
        CASE(test_alipay__new_certificate_is_fetched_once_and_then_known),
        CASE(test_alipay__certificate_outside_the_roots_is_not_believed),
        CASE(test_alipay__failed_certificate_fetch_leaves_the_reply_unknown),
        CASE(test_alipay__wrong_app_key_is_a_matter_of_configuration),
        CASE(test_alipay__wrong_app_id_is_a_matter_of_configuration),
        CASE(test_alipay__wrong_certificates_are_a_matter_of_configuration),
        CASE(test_alipay__clock_off_is_a_matter_of_configuration),
        CASE(test_alipay__missing_settings_are_named),
        CASE(test_alipay__public_key_mode_works_without_certificates),
        CASE(test_alipay__unreachable_gateway_means_nothing_was_sent),
        CASE(test_alipay__ledger_outlives_a_killed_gateway),
        CASE(test_alipay__request_delivered_twice_refunds_once),
        CASE(test_alipay__refused_refund_names_its_reason),
        CASE(test_alipay__cancel_that_wants_a_repeat_is_busy),
        CASE(test_alipay__finished_trade_is_paid_and_not_cancellable),
        CASE(test_alipay__expired_code_cannot_be_paid),
        CASE(test_alipay__subject_with_forbidden_signs_is_cleaned),
        CASE(test_alipay_notification__genuine_one_is_accepted),
        CASE(test_alipay_notification__forged_one_is_refused),
        CASE(test_alipay_notification__changed_amount_is_refused),
        CASE(test_alipay_notification__another_app_or_seller_is_an_alarm),
        CASE(test_alipay_notification__nonsense_is_malformed_or_refused),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
