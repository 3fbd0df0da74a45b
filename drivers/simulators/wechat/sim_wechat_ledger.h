/* Sim wechat ledger: the orders and every movement of money, on disk before any answer leaves.
 *
 * What a kill test reads to see whether somebody paid twice. Money moves only through the functions here.
 * Pitfall: unlike a code of Alipay's, an order exists as soon as it was asked for.
 */
#ifndef DRIVERS_SIMULATORS_WECHAT_SIM_WECHAT_LEDGER_H
#define DRIVERS_SIMULATORS_WECHAT_SIM_WECHAT_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/failure.h"
#include "kiosk/base/json.h"

enum { SIM_WECHAT_REFUNDS = 16, SIM_WECHAT_TEXT_BYTES = 512, SIM_WECHAT_NUMBER_BYTES = 80 };

enum sim_wechat_state {
    SIM_WECHAT_NOTPAY,
    SIM_WECHAT_SUCCESS,
    SIM_WECHAT_REFUND,
    SIM_WECHAT_CLOSED,
    SIM_WECHAT_STATE_COUNT_
};

enum sim_wechat_refund_state {
    SIM_WECHAT_PROCESSING,
    SIM_WECHAT_DONE,
    SIM_WECHAT_ABNORMAL,
    SIM_WECHAT_REFUND_STATE_COUNT_
};

struct sim_wechat_refund {
    char out_refund_no[SIM_WECHAT_NUMBER_BYTES];
    int64_t amount_fen;
    int64_t utc_s;
    enum sim_wechat_refund_state state; /* only DONE moved money */
};

struct sim_wechat_order {
    char out_trade_no[SIM_WECHAT_NUMBER_BYTES];
    char transaction_id[SIM_WECHAT_NUMBER_BYTES]; /* "" until paid */
    char body[4 * SIM_WECHAT_TEXT_BYTES];         /* as first asked for: a repeat must be the same */
    char code_url[SIM_WECHAT_TEXT_BYTES];         /* the living one */
    enum sim_wechat_state state;
    int64_t amount_fen;
    int64_t until_utc_s;
    int64_t paid_utc_s; /* 0 while unpaid */
    int paid_count;     /* how often money was taken; above 1 is what the product must never cause */
    size_t refund_count;
    struct sim_wechat_refund refunds[SIM_WECHAT_REFUNDS];
};

struct sim_wechat_ledger {
    char path[SIM_WECHAT_TEXT_BYTES]; /* "" keeps nothing on disk */
    struct sim_wechat_order *orders;  /* owned */
    size_t count;
    size_t capacity;
};

/* The ledger of the directory is read; without a directory it is empty and lives in memory.
 * Returns: MALFORMED, IO. Owns: the caller releases it. */
enum status sim_wechat_ledger_open(struct sim_wechat_ledger *ledger, const char *directory,
                                   struct failure *failure);

/* The memory is given back; safe on a zeroed ledger. */
void sim_wechat_ledger_release(struct sim_wechat_ledger *ledger);

/* Everything is on disk. Returns: IO. */
enum status sim_wechat_ledger_save(const struct sim_wechat_ledger *ledger);

/* The order of a number, or the newest for "". Returns: NULL. Owns: borrowed until the next add. */
struct sim_wechat_order *sim_wechat_ledger_find(struct sim_wechat_ledger *ledger, const char *out_trade_no);

/* A new, empty order. Returns: never NULL. Owns: borrowed until the next add. */
struct sim_wechat_order *sim_wechat_ledger_add(struct sim_wechat_ledger *ledger);

/* The money of the order is taken now. */
void sim_wechat_ledger_take(struct sim_wechat_order *trade, int64_t utc_s);

/* The refund of this number, of any order; *owner is whose it is. Returns: NULL. */
struct sim_wechat_refund *sim_wechat_ledger_refund(struct sim_wechat_ledger *ledger,
                                                   const char *out_refund_no,
                                                   struct sim_wechat_order **owner);

/* The processing refunds of the order end like this. */
void sim_wechat_ledger_settle(struct sim_wechat_order *trade, enum sim_wechat_refund_state state);

/* What was given back; and what could still be asked for. */
int64_t sim_wechat_ledger_returned_fen(const struct sim_wechat_order *trade);
int64_t sim_wechat_ledger_left_fen(const struct sim_wechat_order *trade);

/* The gateway's words. */
const char *sim_wechat_ledger_state_name(enum sim_wechat_state state);
const char *sim_wechat_ledger_refund_name(enum sim_wechat_refund_state state);

/* The whole ledger: {"taken_fen":..,"returned_fen":..,"trades":[..]}. Owns: the caller. */
struct json *sim_wechat_ledger_json(const struct sim_wechat_ledger *ledger);

#endif
