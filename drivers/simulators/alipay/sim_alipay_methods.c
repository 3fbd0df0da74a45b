/* What each alipay.trade.* method does to the ledger and answers. */
#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "drivers/simulators/alipay/sim_alipay.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/text.h"

enum {
    CODE_LIFE_MOST_S = 2 * 3600,
    TRADE_LIFE_S = 3 * 3600,
    CANCEL_WITHIN_S = 24 * 3600,
    HALL_OFFSET_S = 8 * 3600
};

/* --- amounts and times
 * ---------------------------------------------------------------------------------------- */

void sim_alipay_yuan(int64_t fen, char out[32])
{
    (void)snprintf(out, 32, "%lld.%02lld", (long long)(fen / 100), (long long)(fen % 100));
}

bool sim_alipay_fen(const char *yuan, int64_t *fen)
{
    int64_t sum = 0;
    size_t digits = strspn(yuan, "0123456789");
    if (digits == 0 || digits > 9)
        return false;
    for (size_t i = 0; i < digits; i++)
        sum = 10 * sum + (yuan[i] - '0');
    sum *= 100;
    const char *rest = yuan + digits;
    if (*rest == '.') {
        size_t decimals = strspn(rest + 1, "0123456789");
        if (decimals == 0 || decimals > 2 || rest[1 + decimals] != '\0')
            return false;
        sum += 10 * (rest[1] - '0') + (decimals == 2 ? rest[2] - '0' : 0);
    } else if (*rest != '\0') {
        return false;
    }
    if (sum < 1 || sum > 10000000000)
        return false;
    *fen = sum;
    return true;
}

void sim_alipay_hall_time(int64_t utc_s, char out[32])
{
    struct tm hall = {0};
    time_t shifted = (time_t)(utc_s + HALL_OFFSET_S);
    (void)gmtime_r(&shifted, &hall);
    (void)strftime(out, 32, "%Y-%m-%d %H:%M:%S", &hall);
}

int64_t sim_alipay_utc_s(const char *hall_time)
{
    struct tm hall = {0};
    const char *end = strptime(hall_time, "%Y-%m-%d %H:%M:%S", &hall);
    return end == NULL || *end != '\0' ? 0 : (int64_t)timegm(&hall) - HALL_OFFSET_S;
}

/* "5m", "2h", "15d" or "1c" in seconds. Returns: 0 for anything else. */
static int64_t read_life(const char *text)
{
    char *unit = NULL;
    long number = strtol(text, &unit, 10);
    if (unit == text || number < 1 || unit[0] == '\0' || unit[1] != '\0')
        return 0;
    switch (unit[0]) {
    case 'm':
        return number <= 21600 ? number * 60 : 0;
    case 'h':
        return number <= 360 ? number * 3600 : 0;
    case 'd':
        return number <= 15 ? number * 86400 : 0;
    case 'c':
        return number == 1 ? 86400 : 0;
    default:
        return 0;
    }
}

/* --- answers
 * -------------------------------------------------------------------------------------------------- */

struct json *sim_alipay_answer(const char *code, const char *message, const char *sub_code)
{
    struct json *content = json_new_object();
    json_set_text(content, "code", code);
    json_set_text(content, "msg", message);
    if (sub_code[0] != '\0') {
        json_set_text(content, "sub_code", sub_code);
        json_set_text(content, "sub_msg", "模拟网关的答复/{说明}");
    }
    return content;
}

static struct json *success(void)
{
    return sim_alipay_answer("10000", "Success", "");
}

static struct json *refuse(const char *sub_code)
{
    return sim_alipay_answer("40004", "Business Failed", sub_code);
}

static void set_yuan(struct json *content, const char *name, int64_t fen)
{
    char yuan[32];
    sim_alipay_yuan(fen, yuan);
    json_set_text(content, name, yuan);
}

static void set_numbers(struct json *content, const struct sim_alipay_trade *trade)
{
    json_set_text(content, "out_trade_no", trade->out_trade_no);
    if (trade->trade_no[0] != '\0')
        json_set_text(content, "trade_no", trade->trade_no);
}

/* The trade a request means: trade_no wins. */
static struct sim_alipay_trade *meant_trade(struct sim_alipay *sim, const struct json *biz)
{
    const char *trade_no = json_text(biz, "trade_no", "");
    const char *out_trade_no = json_text(biz, "out_trade_no", "");
    struct sim_alipay_trade *found = NULL;
    for (size_t i = 0; trade_no[0] != '\0' && i < sim->ledger.count; i++)
        if (strcmp(sim->ledger.trades[i].trade_no, trade_no) == 0)
            found = &sim->ledger.trades[i];
    if (trade_no[0] == '\0' && out_trade_no[0] != '\0')
        found = sim_alipay_ledger_find(&sim->ledger, out_trade_no);
    if (found != NULL)
        sim_alipay_age(sim, found);
    return found;
}

void sim_alipay_age(struct sim_alipay *sim, struct sim_alipay_trade *trade)
{
    if (trade->status == SIM_ALIPAY_WAIT_BUYER_PAY &&
        sim_control_utc_s(&sim->control) >= trade->trade_until_utc_s)
        trade->status = SIM_ALIPAY_TRADE_CLOSED;
}

bool sim_alipay_scan(struct sim_alipay *sim, struct sim_alipay_trade *trade)
{
    int64_t now_s = sim_control_utc_s(&sim->control);
    sim_alipay_age(sim, trade);
    if (trade->status != SIM_ALIPAY_CODE)
        return true;
    if (now_s >= trade->code_until_utc_s || trade->cancel_action[0] != '\0')
        return false;
    uint32_t random = 0;
    (void)RAND_bytes((unsigned char *)&random, sizeof(random));
    (void)snprintf(trade->trade_no, sizeof(trade->trade_no), "2026%012lld%010u", (long long)now_s, random);
    trade->status = SIM_ALIPAY_WAIT_BUYER_PAY;
    return true;
}

/* --- precreate
 * ------------------------------------------------------------------------------------------------ */

static bool is_number(const char *text)
{
    size_t length = strlen(text);
    return length > 0 && length <= 64 &&
           strspn(text, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_") == length;
}

static bool is_subject(const char *text)
{
    return text[0] != '\0' && text_length(text) <= 256 && strpbrk(text, "/=&") == NULL;
}

/* What is asked for, read whole before anything is changed. */
struct precreate {
    const char *out_trade_no;
    const char *subject;
    int64_t amount_fen;
    int64_t code_life_s;
    int64_t trade_life_s;
};

static bool read_precreate(const struct json *biz, struct precreate *out)
{
    const char *trade_life = json_text(biz, "timeout_express", "");
    const char *code_life = json_text(biz, "qr_code_timeout_express", "");
    const char *product = json_text(biz, "product_code", "FACE_TO_FACE_PAYMENT");
    *out = (struct precreate){.out_trade_no = json_text(biz, "out_trade_no", ""),
                              .subject = json_text(biz, "subject", ""),
                              .code_life_s = code_life[0] == '\0' ? CODE_LIFE_MOST_S : read_life(code_life),
                              .trade_life_s = trade_life[0] == '\0' ? TRADE_LIFE_S : read_life(trade_life)};
    if (out->code_life_s > CODE_LIFE_MOST_S)
        out->code_life_s = CODE_LIFE_MOST_S;
    return is_number(out->out_trade_no) && is_subject(out->subject) && out->code_life_s > 0 &&
           out->trade_life_s > 0 && sim_alipay_fen(json_text(biz, "total_amount", ""), &out->amount_fen) &&
           (strcmp(product, "FACE_TO_FACE_PAYMENT") == 0 || strcmp(product, "QR_CODE_OFFLINE") == 0);
}

static struct json *code_answer(const struct sim_alipay_trade *trade)
{
    struct json *content = success();
    json_set_text(content, "out_trade_no", trade->out_trade_no);
    json_set_text(content, "qr_code", trade->qr_code);
    return content;
}

static struct json *precreate_again(const struct sim_alipay_trade *trade, const struct precreate *wanted)
{
    if (trade->status == SIM_ALIPAY_TRADE_SUCCESS || trade->status == SIM_ALIPAY_TRADE_FINISHED)
        return refuse("ACQ.TRADE_HAS_SUCCESS");
    if (trade->status == SIM_ALIPAY_TRADE_CLOSED || trade->cancel_action[0] != '\0')
        return refuse("ACQ.TRADE_HAS_CLOSE");
    if (trade->amount_fen != wanted->amount_fen || strcmp(trade->subject, wanted->subject) != 0)
        return refuse("ACQ.CONTEXT_INCONSISTENT");
    return code_answer(trade);
}

static struct json *precreate(struct sim_alipay *sim, const struct json *biz)
{
    struct precreate wanted;
    unsigned char random[8];
    if (!read_precreate(biz, &wanted))
        return refuse("ACQ.INVALID_PARAMETER");
    struct sim_alipay_trade *trade = sim_alipay_ledger_find(&sim->ledger, wanted.out_trade_no);
    if (trade != NULL) {
        sim_alipay_age(sim, trade);
        return precreate_again(trade, &wanted);
    }
    trade = sim_alipay_ledger_add(&sim->ledger);
    (void)text_copy(trade->out_trade_no, sizeof(trade->out_trade_no), wanted.out_trade_no);
    if (!text_copy(trade->subject, sizeof(trade->subject), wanted.subject))
        trade->subject[0] = '\0';
    trade->amount_fen = wanted.amount_fen;
    trade->code_until_utc_s = sim_control_utc_s(&sim->control) + wanted.code_life_s;
    trade->trade_until_utc_s = sim_control_utc_s(&sim->control) + wanted.trade_life_s;
    (void)RAND_bytes(random, sizeof(random));
    (void)snprintf(trade->qr_code, sizeof(trade->qr_code),
                   "https://qr.alipay.com/bax%02x%02x%02x%02x%02x%02x%02x%02x", random[0], random[1],
                   random[2], random[3], random[4], random[5], random[6], random[7]);
    return code_answer(trade);
}

/* --- query
 * ---------------------------------------------------------------------------------------------------- */

static void set_paid(struct json *content, const struct sim_alipay_trade *trade)
{
    char paid[32];
    sim_alipay_hall_time(trade->paid_utc_s, paid);
    json_set_text(content, "send_pay_date", paid);
    set_yuan(content, "receipt_amount", trade->amount_fen);
    set_yuan(content, "buyer_pay_amount", trade->amount_fen);
    set_yuan(content, "invoice_amount", trade->amount_fen);
    struct json *bill = json_new_object();
    set_yuan(bill, "amount", trade->amount_fen);
    json_set_text(bill, "fund_channel", "ALIPAYACCOUNT");
    struct json *list = json_new_array();
    json_append_take(list, bill);
    json_set_take(content, "fund_bill_list", list);
}

static struct json *query(struct sim_alipay *sim, const struct json *biz)
{
    const struct sim_alipay_trade *trade = meant_trade(sim, biz);
    if (trade == NULL || trade->status == SIM_ALIPAY_CODE)
        return refuse("ACQ.TRADE_NOT_EXIST");
    struct json *content = success();
    set_numbers(content, trade);
    json_set_text(content, "trade_status", sim_alipay_ledger_status_name(trade->status));
    json_set_text(content, "buyer_logon_id", "138****0000");
    json_set_text(content, "buyer_user_id", "2088000000000099");
    set_yuan(content, "total_amount", trade->amount_fen);
    if (trade->paid_utc_s != 0)
        set_paid(content, trade);
    return content;
}

/* --- cancel, close
 * -------------------------------------------------------------------------------------------- */

static struct json *cancel_answer(const struct json *biz, const struct sim_alipay_trade *trade)
{
    struct json *content = success();
    json_set_text(content, "out_trade_no", json_text(biz, "out_trade_no", ""));
    if (trade != NULL)
        set_numbers(content, trade);
    json_set_text(content, "retry_flag", "N");
    if (trade != NULL &&
        (strcmp(trade->cancel_action, "close") == 0 || strcmp(trade->cancel_action, "refund") == 0))
        json_set_text(content, "action", trade->cancel_action);
    return content;
}

static void mark_cancelled(struct sim_alipay_trade *trade, const char *action)
{
    (void)text_copy(trade->cancel_action, sizeof(trade->cancel_action), action);
}

static struct json *cancel_paid(struct sim_alipay *sim, const struct json *biz,
                                struct sim_alipay_trade *trade)
{
    int64_t now_s = sim_control_utc_s(&sim->control);
    char number[SIM_ALIPAY_NUMBER_BYTES];
    if (now_s > trade->paid_utc_s + CANCEL_WITHIN_S)
        return refuse("ACQ.TRADE_CANCEL_TIME_OUT");
    (void)snprintf(number, sizeof(number), "CANCEL%zu", trade->refund_count + 1);
    if (sim_alipay_ledger_give_back(trade, number, sim_alipay_ledger_left_fen(trade), false, now_s) !=
        STATUS_OK)
        return refuse("ACQ.SYSTEM_ERROR");
    mark_cancelled(trade, "refund");
    return cancel_answer(biz, trade);
}

static struct json *cancel(struct sim_alipay *sim, const struct json *biz)
{
    struct sim_fault fault;
    struct sim_alipay_trade *trade = meant_trade(sim, biz);
    if (sim_faults_take(&sim->control.faults, "alipay.trade.cancel", "retry", &fault)) {
        struct json *content = cancel_answer(biz, NULL);
        json_set_text(content, "retry_flag", "Y");
        return content;
    }
    if (trade == NULL)
        return cancel_answer(biz, NULL);
    switch (trade->status) {
    case SIM_ALIPAY_CODE:
        mark_cancelled(trade, "none");
        break;
    case SIM_ALIPAY_WAIT_BUYER_PAY:
        trade->status = SIM_ALIPAY_TRADE_CLOSED;
        mark_cancelled(trade, "close");
        break;
    case SIM_ALIPAY_TRADE_SUCCESS:
        return cancel_paid(sim, biz, trade);
    case SIM_ALIPAY_TRADE_FINISHED:
        return refuse("ACQ.TRADE_HAS_FINISHED");
    case SIM_ALIPAY_TRADE_CLOSED:
        break;
    }
    return cancel_answer(biz, trade);
}

static struct json *close_trade(struct sim_alipay *sim, const struct json *biz)
{
    struct sim_alipay_trade *trade = meant_trade(sim, biz);
    if (trade == NULL || trade->status == SIM_ALIPAY_CODE)
        return refuse("ACQ.TRADE_NOT_EXIST");
    if (trade->status == SIM_ALIPAY_TRADE_CLOSED)
        return refuse("ACQ.REASON_TRADE_STATUS_INVALID");
    if (trade->status != SIM_ALIPAY_WAIT_BUYER_PAY)
        return refuse("ACQ.TRADE_STATUS_ERROR");
    trade->status = SIM_ALIPAY_TRADE_CLOSED;
    struct json *content = success();
    set_numbers(content, trade);
    return content;
}

/* --- refund
 * --------------------------------------------------------------------------------------------------- */

static struct json *refund_answer(const struct sim_alipay *sim, const struct sim_alipay_trade *trade,
                                  bool moved)
{
    char now[32];
    struct json *content = success();
    set_numbers(content, trade);
    sim_alipay_hall_time(sim_control_utc_s(&sim->control), now);
    json_set_text(content, "buyer_logon_id", "138****0000");
    json_set_text(content, "fund_change", moved ? "Y" : "N");
    json_set_text(content, "gmt_refund_pay", now);
    set_yuan(content, "refund_fee", sim_alipay_ledger_returned_fen(trade));
    return content;
}

static const char *refund_hindrance(const struct sim_alipay_trade *trade, int64_t amount_fen)
{
    if (trade->status == SIM_ALIPAY_WAIT_BUYER_PAY)
        return "ACQ.TRADE_STATUS_ERROR";
    if (trade->status == SIM_ALIPAY_TRADE_FINISHED)
        return "ACQ.TRADE_HAS_FINISHED";
    if (trade->status == SIM_ALIPAY_TRADE_CLOSED)
        return "ACQ.TRADE_HAS_CLOSE";
    return amount_fen > sim_alipay_ledger_left_fen(trade) ? "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL" : NULL;
}

static struct json *refund(struct sim_alipay *sim, const struct json *biz)
{
    struct sim_fault fault;
    int64_t amount_fen = 0;
    const char *number = json_text(biz, "out_request_no", "");
    struct sim_alipay_trade *trade = meant_trade(sim, biz);
    if (!sim_alipay_fen(json_text(biz, "refund_amount", ""), &amount_fen) || !is_number(number))
        return refuse("ACQ.INVALID_PARAMETER");
    if (trade == NULL || trade->status == SIM_ALIPAY_CODE)
        return refuse("ACQ.TRADE_NOT_EXIST");
    const struct sim_alipay_refund *earlier = sim_alipay_ledger_refund(trade, number);
    if (earlier != NULL && earlier->amount_fen != amount_fen)
        return refuse("ACQ.DISCORDANT_REPEAT_REQUEST");
    if (earlier != NULL)
        return refund_answer(sim, trade, false);
    const char *hindrance = refund_hindrance(trade, amount_fen);
    if (hindrance != NULL)
        return refuse(hindrance);
    bool is_pending = sim_faults_take(&sim->control.faults, "alipay.trade.refund", "refund-pending", &fault);
    if (sim_alipay_ledger_give_back(trade, number, amount_fen, is_pending,
                                    sim_control_utc_s(&sim->control)) != STATUS_OK)
        return refuse("ACQ.SYSTEM_ERROR");
    return refund_answer(sim, trade, !is_pending);
}

static struct json *refund_query(struct sim_alipay *sim, const struct json *biz)
{
    struct sim_alipay_trade *trade = meant_trade(sim, biz);
    if (trade == NULL || trade->status == SIM_ALIPAY_CODE)
        return refuse("TRADE_NOT_EXIST"); /* real answers leave the prefix out here */
    const struct sim_alipay_refund *found =
        sim_alipay_ledger_refund(trade, json_text(biz, "out_request_no", ""));
    struct json *content = success();
    if (found == NULL || found->is_pending)
        return content;
    set_numbers(content, trade);
    json_set_text(content, "out_request_no", found->out_request_no);
    json_set_text(content, "refund_status", "REFUND_SUCCESS");
    set_yuan(content, "refund_amount", found->amount_fen);
    set_yuan(content, "total_amount", trade->amount_fen);
    return content;
}

/* --- certificate
 * ---------------------------------------------------------------------------------------------- */

static struct json *download_certificate(struct sim_alipay *sim, const struct json *biz)
{
    enum sim_alipay_signer signer = sim_alipay_keys_find(sim->keys, json_text(biz, "alipay_cert_sn", ""));
    struct buf text;
    buf_init(&text, LIMIT_CERTIFICATE_BYTES);
    struct json *content = NULL;
    if (signer == SIM_ALIPAY_SIGNER_COUNT_ ||
        sim_alipay_keys_certificate(sim->keys, signer, &text) != STATUS_OK) {
        content = sim_alipay_answer("40002", "Invalid Arguments", "isv.invalid-alipay-cert-sn");
    } else {
        content = success();
        json_set_text(content, "alipay_cert_content", (const char *)text.data);
    }
    buf_release(&text);
    return content;
}

struct json *sim_alipay_method(struct sim_alipay *sim, const char *method, const struct json *biz)
{
    static const struct {
        const char *method;
        struct json *(*run)(struct sim_alipay *sim, const struct json *biz);
    } rows[] = {
        {"alipay.trade.precreate", precreate},
        {"alipay.trade.query", query},
        {"alipay.trade.cancel", cancel},
        {"alipay.trade.close", close_trade},
        {"alipay.trade.refund", refund},
        {"alipay.trade.fastpay.refund.query", refund_query},
        {"alipay.open.app.alipaycert.download", download_certificate},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (strcmp(rows[i].method, method) == 0)
            return rows[i].run(sim, biz);
    return sim_alipay_answer("40002", "Invalid Arguments", "isv.invalid-method");
}
