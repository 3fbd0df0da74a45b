/* The simulator's own paths under /control/: the applicant's phone, and what a test wants to know. */
#include <string.h>

#include "drivers/simulators/wechat/sim_wechat.h"

/* The order a control request means: its number, its code, or the newest. Answers 404 itself. */
static struct sim_wechat_order *meant(struct sim_wechat *sim, const struct sim_http_request *request,
                                      struct sim_http_reply *reply)
{
    char number[SIM_WECHAT_NUMBER_BYTES];
    char code[SIM_WECHAT_TEXT_BYTES];
    struct sim_wechat_order *trade = NULL;
    (void)sim_control_parameter(request, "out_trade_no", number, sizeof(number));
    if (number[0] == '\0' && sim_control_parameter(request, "qr_code", code, sizeof(code))) {
        for (size_t i = 0; i < sim->ledger.count; i++)
            if (strcmp(sim->ledger.orders[i].code_url, code) == 0)
                trade = &sim->ledger.orders[i];
    } else {
        trade = sim_wechat_ledger_find(&sim->ledger, number);
    }
    if (trade == NULL)
        sim_control_refuse(reply, 404, "no such code or order");
    else
        sim_wechat_age(sim, trade);
    return trade;
}

/* What was done is on disk before the answer leaves. */
static void answer_order(struct sim_wechat *sim, const struct sim_wechat_order *trade,
                         struct sim_http_reply *reply)
{
    if (sim_wechat_ledger_save(&sim->ledger) != STATUS_OK) {
        sim_control_refuse(reply, 500, "the ledger cannot be written");
        return;
    }
    struct json *document = json_new_object();
    json_set_text(document, "out_trade_no", trade->out_trade_no);
    json_set_text(document, "status", sim_wechat_ledger_state_name(trade->state));
    json_set_integer(document, "amount_fen", trade->amount_fen);
    json_set_integer(document, "paid_count", trade->paid_count);
    json_set_integer(document, "returned_fen", sim_wechat_ledger_returned_fen(trade));
    sim_control_answer_take(reply, document);
}

/* Scanning changes nothing here: the order is NOTPAY before and after. */
static void scan(struct sim_wechat *sim, const struct sim_http_request *request, struct sim_http_reply *reply)
{
    struct sim_wechat_order *trade = meant(sim, request, reply);
    if (trade == NULL)
        return;
    if (trade->state == SIM_WECHAT_CLOSED)
        sim_control_refuse(reply, 409, "the code is no longer alive");
    else
        answer_order(sim, trade, reply);
}

/* With late=1 the money is taken although the order was closed: the race every kiosk must survive. */
static void pay(struct sim_wechat *sim, const struct sim_http_request *request, struct sim_http_reply *reply)
{
    char late[8];
    struct sim_wechat_order *trade = meant(sim, request, reply);
    if (trade == NULL)
        return;
    bool is_late = sim_control_parameter(request, "late", late, sizeof(late)) && strcmp(late, "1") == 0;
    if (trade->state != SIM_WECHAT_NOTPAY && !(is_late && trade->paid_count == 0)) {
        sim_control_refuse(reply, 409, "the order cannot be paid");
        return;
    }
    sim_wechat_ledger_take(trade, sim_control_utc_s(&sim->control));
    answer_order(sim, trade, reply);
}

static void close_now(struct sim_wechat *sim, const struct sim_http_request *request,
                      struct sim_http_reply *reply)
{
    struct sim_wechat_order *trade = meant(sim, request, reply);
    if (trade == NULL)
        return;
    if (trade->state != SIM_WECHAT_NOTPAY) {
        sim_control_refuse(reply, 409, "only an unpaid order can be closed");
        return;
    }
    trade->state = SIM_WECHAT_CLOSED;
    answer_order(sim, trade, reply);
}

static void expire(struct sim_wechat *sim, const struct sim_http_request *request,
                   struct sim_http_reply *reply)
{
    struct sim_wechat_order *trade = meant(sim, request, reply);
    if (trade == NULL)
        return;
    trade->until_utc_s = 0;
    sim_wechat_age(sim, trade);
    answer_order(sim, trade, reply);
}

static void settle(struct sim_wechat *sim, const struct sim_http_request *request,
                   struct sim_http_reply *reply)
{
    char abnormal[8];
    struct sim_wechat_order *trade = meant(sim, request, reply);
    if (trade == NULL)
        return;
    bool is_abnormal = sim_control_parameter(request, "abnormal", abnormal, sizeof(abnormal));
    sim_wechat_ledger_settle(trade, is_abnormal ? SIM_WECHAT_ABNORMAL : SIM_WECHAT_DONE);
    answer_order(sim, trade, reply);
}

static void show_ledger(struct sim_wechat *sim, const struct sim_http_request *request,
                        struct sim_http_reply *reply)
{
    (void)request;
    for (size_t i = 0; i < sim->ledger.count; i++)
        sim_wechat_age(sim, &sim->ledger.orders[i]);
    sim_control_answer_take(reply, sim_wechat_ledger_json(&sim->ledger));
}

void sim_wechat_control_more(void *context, const struct sim_http_request *request,
                             struct sim_http_reply *reply)
{
    static const struct {
        const char *method;
        const char *path;
        void (*run)(struct sim_wechat *sim, const struct sim_http_request *request,
                    struct sim_http_reply *reply);
    } rows[] = {
        {"GET", "/control/ledger", show_ledger}, {"POST", "/control/scan", scan},
        {"POST", "/control/pay", pay},           {"POST", "/control/close", close_now},
        {"POST", "/control/expire", expire},     {"POST", "/control/settle", settle},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (strcmp(request->method, rows[i].method) == 0 && strcmp(request->path, rows[i].path) == 0) {
            rows[i].run(context, request, reply);
            return;
        }
    sim_control_refuse(reply, 404, "no such control path");
}

void sim_wechat_control(void *context, const struct sim_http_request *request, struct sim_http_reply *reply)
{
    struct sim_wechat *sim = context;
    sim_control_handle(&sim->control, request, reply);
}
