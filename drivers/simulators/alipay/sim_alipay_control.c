/* The simulator's own paths under /control/: the applicant's phone, the bank, and what a test wants to know.
 */
#include <stdio.h>
#include <string.h>

#include "drivers/simulators/alipay/sim_alipay.h"
#include "kiosk/base/encode.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/text.h"

/* The trade a control request means: its number, its code, or the newest. Answers 404 itself. */
static struct sim_alipay_trade *meant(struct sim_alipay *sim, const struct sim_http_request *request,
                                      struct sim_http_reply *reply)
{
    char number[SIM_ALIPAY_NUMBER_BYTES];
    char code[SIM_ALIPAY_TEXT_BYTES];
    struct sim_alipay_trade *trade = NULL;
    (void)sim_control_parameter(request, "out_trade_no", number, sizeof(number));
    if (number[0] == '\0' && sim_control_parameter(request, "qr_code", code, sizeof(code))) {
        for (size_t i = 0; i < sim->ledger.count; i++)
            if (strcmp(sim->ledger.trades[i].qr_code, code) == 0)
                trade = &sim->ledger.trades[i];
    } else {
        trade = sim_alipay_ledger_find(&sim->ledger, number);
    }
    if (trade == NULL)
        sim_control_refuse(reply, 404, "no such code or trade");
    else
        sim_alipay_age(sim, trade);
    return trade;
}

/* What was done is on disk before the answer leaves. */
static void answer_trade(struct sim_alipay *sim, const struct sim_alipay_trade *trade,
                         struct sim_http_reply *reply)
{
    if (sim_alipay_ledger_save(&sim->ledger) != STATUS_OK) {
        sim_control_refuse(reply, 500, "the ledger cannot be written");
        return;
    }
    struct json *document = json_new_object();
    json_set_text(document, "out_trade_no", trade->out_trade_no);
    json_set_text(document, "trade_no", trade->trade_no);
    json_set_text(document, "status", sim_alipay_ledger_status_name(trade->status));
    json_set_integer(document, "amount_fen", trade->amount_fen);
    json_set_integer(document, "paid_count", trade->paid_count);
    json_set_integer(document, "returned_fen", sim_alipay_ledger_returned_fen(trade));
    sim_control_answer_take(reply, document);
}

static void scan(struct sim_alipay *sim, const struct sim_http_request *request, struct sim_http_reply *reply)
{
    struct sim_alipay_trade *trade = meant(sim, request, reply);
    if (trade == NULL)
        return;
    if (!sim_alipay_scan(sim, trade))
        sim_control_refuse(reply, 409, "the code is no longer alive");
    else
        answer_trade(sim, trade, reply);
}

/* With late=1 the money is taken although the trade was closed: the race every kiosk must survive. */
static void pay(struct sim_alipay *sim, const struct sim_http_request *request, struct sim_http_reply *reply)
{
    char late[8];
    struct sim_alipay_trade *trade = meant(sim, request, reply);
    if (trade == NULL)
        return;
    bool is_late = sim_control_parameter(request, "late", late, sizeof(late)) && strcmp(late, "1") == 0;
    bool is_alive = sim_alipay_scan(sim, trade) && trade->status == SIM_ALIPAY_WAIT_BUYER_PAY;
    bool is_unpaid = trade->paid_count == 0;
    if (!is_alive && !(is_late && is_unpaid)) {
        sim_control_refuse(reply, 409, "the trade cannot be paid");
        return;
    }
    if (trade->trade_no[0] == '\0')
        (void)snprintf(trade->trade_no, sizeof(trade->trade_no), "2026LATE%.60s", trade->out_trade_no);
    sim_alipay_ledger_take(trade, sim_control_utc_s(&sim->control));
    answer_trade(sim, trade, reply);
}

static void close_now(struct sim_alipay *sim, const struct sim_http_request *request,
                      struct sim_http_reply *reply)
{
    struct sim_alipay_trade *trade = meant(sim, request, reply);
    if (trade == NULL)
        return;
    if (trade->status != SIM_ALIPAY_WAIT_BUYER_PAY) {
        sim_control_refuse(reply, 409, "only a waiting trade can be closed");
        return;
    }
    trade->status = SIM_ALIPAY_TRADE_CLOSED;
    answer_trade(sim, trade, reply);
}

static void expire(struct sim_alipay *sim, const struct sim_http_request *request,
                   struct sim_http_reply *reply)
{
    struct sim_alipay_trade *trade = meant(sim, request, reply);
    if (trade == NULL)
        return;
    trade->code_until_utc_s = 0;
    trade->trade_until_utc_s = 0;
    sim_alipay_age(sim, trade);
    answer_trade(sim, trade, reply);
}

static void finish(struct sim_alipay *sim, const struct sim_http_request *request,
                   struct sim_http_reply *reply)
{
    struct sim_alipay_trade *trade = meant(sim, request, reply);
    if (trade == NULL)
        return;
    if (trade->status != SIM_ALIPAY_TRADE_SUCCESS) {
        sim_control_refuse(reply, 409, "only a paid trade can be finished");
        return;
    }
    trade->status = SIM_ALIPAY_TRADE_FINISHED;
    answer_trade(sim, trade, reply);
}

static void settle(struct sim_alipay *sim, const struct sim_http_request *request,
                   struct sim_http_reply *reply)
{
    struct sim_alipay_trade *trade = meant(sim, request, reply);
    if (trade == NULL)
        return;
    sim_alipay_ledger_settle(trade);
    answer_trade(sim, trade, reply);
}

/* --- notification
 * --------------------------------------------------------------------------------------------- */

enum { NOTICE_PAIRS = 18 };

struct notice {
    size_t count;
    struct {
        const char *name;
        char value[SIM_ALIPAY_TEXT_BYTES];
    } pairs[NOTICE_PAIRS]; /* in byte order of the names */
};

static void add_pair(struct notice *notice, const char *name, const char *value)
{
    notice->pairs[notice->count].name = name;
    (void)text_copy(notice->pairs[notice->count].value, SIM_ALIPAY_TEXT_BYTES, value);
    notice->count++;
}

static void fill_notice(const struct sim_alipay *sim, const struct sim_alipay_trade *trade,
                        struct notice *notice)
{
    char amount[32];
    char paid[32];
    char now[32];
    char id[SIM_ALIPAY_NUMBER_BYTES + 8];
    sim_alipay_yuan(trade->amount_fen, amount);
    sim_alipay_hall_time(trade->paid_utc_s, paid);
    sim_alipay_hall_time(sim_control_utc_s(&sim->control), now);
    (void)snprintf(id, sizeof(id), "notify%s", trade->trade_no);
    add_pair(notice, "app_id", sim->app_id);
    add_pair(notice, "buyer_logon_id", "138****0000");
    add_pair(notice, "charset", "utf-8");
    add_pair(notice, "gmt_payment", trade->paid_utc_s == 0 ? "" : paid);
    add_pair(notice, "notify_id", id);
    add_pair(notice, "notify_time", now);
    add_pair(notice, "notify_type", "trade_status_sync");
    add_pair(notice, "out_trade_no", trade->out_trade_no);
    add_pair(notice, "receipt_amount", amount);
    add_pair(notice, "seller_id", sim->seller_id);
    add_pair(notice, "subject", trade->subject);
    add_pair(notice, "total_amount", amount);
    add_pair(notice, "trade_no", trade->trade_no);
    add_pair(notice, "trade_status", sim_alipay_ledger_status_name(trade->status));
    add_pair(notice, "version", "1.0");
}

static enum status append_encoded(struct buf *out, const char *name, const char *value)
{
    enum status status = buf_append_format(out, "%s%s=", out->length == 0 ? "" : "&", name);
    return status == STATUS_OK ? encode_percent(out, value) : status;
}

/* The body the real gateway would post: sign_type and alipay_cert_sn are sent but not signed. */
static enum status write_notice(const struct sim_alipay *sim, const struct notice *notice, bool forge,
                                struct buf *out)
{
    struct buf text;
    struct buf signature;
    buf_init(&text, LIMIT_JSON_BYTES);
    buf_init(&signature, LIMIT_JSON_BYTES);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < notice->count && status == STATUS_OK; i++) {
        if (notice->pairs[i].value[0] == '\0')
            continue;
        status = buf_append_format(&text, "%s%s=%s", text.length == 0 ? "" : "&", notice->pairs[i].name,
                                   notice->pairs[i].value);
        if (status == STATUS_OK)
            status = append_encoded(out, notice->pairs[i].name, notice->pairs[i].value);
    }
    if (status == STATUS_OK)
        status = sim_alipay_keys_sign(sim->keys, forge ? SIM_ALIPAY_SIGNER_ROGUE : SIM_ALIPAY_SIGNER_NOW,
                                      text.data, text.length, &signature);
    if (status == STATUS_OK)
        status = append_encoded(out, "sign", (const char *)signature.data);
    if (status == STATUS_OK)
        status = append_encoded(out, "sign_type", "RSA2");
    if (status == STATUS_OK && sim->has_certificates)
        status = append_encoded(out, "alipay_cert_sn",
                                sim_alipay_keys_signer_sn(sim->keys, SIM_ALIPAY_SIGNER_NOW));
    buf_release(&text);
    buf_release(&signature);
    return status;
}

static void notify(struct sim_alipay *sim, const struct sim_http_request *request,
                   struct sim_http_reply *reply)
{
    char forge[8];
    struct notice notice = {0};
    const struct sim_alipay_trade *trade = meant(sim, request, reply);
    if (trade == NULL)
        return;
    bool is_forged = sim_control_parameter(request, "forge", forge, sizeof(forge)) && strcmp(forge, "1") == 0;
    fill_notice(sim, trade, &notice);
    reply->content_type = "application/x-www-form-urlencoded";
    if (write_notice(sim, &notice, is_forged, &reply->body) != STATUS_OK)
        sim_control_refuse(reply, 500, "cannot write the notification");
}

static void show_ledger(struct sim_alipay *sim, const struct sim_http_request *request,
                        struct sim_http_reply *reply)
{
    (void)request;
    for (size_t i = 0; i < sim->ledger.count; i++)
        sim_alipay_age(sim, &sim->ledger.trades[i]);
    sim_control_answer_take(reply, sim_alipay_ledger_json(&sim->ledger));
}

void sim_alipay_control_more(void *context, const struct sim_http_request *request,
                             struct sim_http_reply *reply)
{
    static const struct {
        const char *method;
        const char *path;
        void (*run)(struct sim_alipay *sim, const struct sim_http_request *request,
                    struct sim_http_reply *reply);
    } rows[] = {
        {"GET", "/control/ledger", show_ledger}, {"GET", "/control/trades", show_ledger},
        {"GET", "/control/notify", notify},      {"POST", "/control/scan", scan},
        {"POST", "/control/pay", pay},           {"POST", "/control/close", close_now},
        {"POST", "/control/expire", expire},     {"POST", "/control/finish", finish},
        {"POST", "/control/settle", settle},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (strcmp(request->method, rows[i].method) == 0 && strcmp(request->path, rows[i].path) == 0) {
            rows[i].run(context, request, reply);
            return;
        }
    sim_control_refuse(reply, 404, "no such control");
}

void sim_alipay_control(void *context, const struct sim_http_request *request, struct sim_http_reply *reply)
{
    struct sim_alipay *sim = context;
    sim_control_handle(&sim->control, request, reply);
}
