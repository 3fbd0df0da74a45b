/* Sim alipay ledger: the trades and every movement of money, on disk before any answer leaves.
 *
 * What a kill test reads to see whether somebody paid twice. Money moves only through the functions here.
 * Pitfall: a code is not a trade: nothing exists at the gateway until somebody scans it.
 */
#ifndef DRIVERS_SIMULATORS_ALIPAY_SIM_ALIPAY_LEDGER_H
#define DRIVERS_SIMULATORS_ALIPAY_SIM_ALIPAY_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/failure.h"
#include "kiosk/base/json.h"

enum { SIM_ALIPAY_REFUNDS = 16, SIM_ALIPAY_TEXT_BYTES = 512, SIM_ALIPAY_NUMBER_BYTES = 80 };

enum sim_alipay_status {
    SIM_ALIPAY_CODE, /* a code, no trade */
    SIM_ALIPAY_WAIT_BUYER_PAY,
    SIM_ALIPAY_TRADE_SUCCESS,
    SIM_ALIPAY_TRADE_FINISHED,
    SIM_ALIPAY_TRADE_CLOSED
};

struct sim_alipay_refund {
    char out_request_no[SIM_ALIPAY_NUMBER_BYTES];
    int64_t amount_fen;
    int64_t utc_s;
    bool is_pending; /* accepted, no money moved yet */
};

struct sim_alipay_trade {
    char out_trade_no[SIM_ALIPAY_NUMBER_BYTES];
    char trade_no[SIM_ALIPAY_NUMBER_BYTES]; /* "" until scanned */
    char subject[SIM_ALIPAY_TEXT_BYTES];
    char qr_code[SIM_ALIPAY_TEXT_BYTES];
    char cancel_action[16]; /* what an earlier cancel did: "", "none", "close", "refund" */
    enum sim_alipay_status status;
    int64_t amount_fen;
    int64_t code_until_utc_s;
    int64_t trade_until_utc_s;
    int64_t paid_utc_s; /* 0 while unpaid */
    int paid_count;     /* how often money was taken; above 1 is what the product must never cause */
    size_t refund_count;
    struct sim_alipay_refund refunds[SIM_ALIPAY_REFUNDS];
};

struct sim_alipay_ledger {
    char path[SIM_ALIPAY_TEXT_BYTES]; /* "" keeps nothing on disk */
    struct sim_alipay_trade *trades;  /* owned */
    size_t count;
    size_t capacity;
};

/* The ledger of the directory is read; without a directory it is empty and lives in memory.
 * Returns: MALFORMED, IO. Owns: the caller releases it. */
enum status sim_alipay_ledger_open(struct sim_alipay_ledger *ledger, const char *directory,
                                   struct failure *failure);

/* The memory is given back; safe on a zeroed ledger. */
void sim_alipay_ledger_release(struct sim_alipay_ledger *ledger);

/* Everything is on disk. Returns: IO. */
enum status sim_alipay_ledger_save(const struct sim_alipay_ledger *ledger);

/* The trade of a number, or the newest for "". Returns: NULL. Owns: borrowed until the next add. */
struct sim_alipay_trade *sim_alipay_ledger_find(struct sim_alipay_ledger *ledger, const char *out_trade_no);

/* A new, empty trade. Returns: never NULL. Owns: borrowed until the next add. */
struct sim_alipay_trade *sim_alipay_ledger_add(struct sim_alipay_ledger *ledger);

/* The money of the trade is taken now: its status is TRADE_SUCCESS. */
void sim_alipay_ledger_take(struct sim_alipay_trade *trade, int64_t utc_s);

/* This much is given back under this number; pending moves nothing yet. A trade given back whole is closed.
 * Returns: FULL. */
enum status sim_alipay_ledger_give_back(struct sim_alipay_trade *trade, const char *out_request_no,
                                        int64_t amount_fen, bool is_pending, int64_t utc_s);

/* The pending refunds of the trade move their money. */
void sim_alipay_ledger_settle(struct sim_alipay_trade *trade);

/* What was given back, pending ones not counted; and what could still be asked for, pending ones counted off.
 */
int64_t sim_alipay_ledger_returned_fen(const struct sim_alipay_trade *trade);
int64_t sim_alipay_ledger_left_fen(const struct sim_alipay_trade *trade);

/* The refund of this number. Returns: NULL. Owns: borrowed from the trade. */
struct sim_alipay_refund *sim_alipay_ledger_refund(struct sim_alipay_trade *trade,
                                                   const char *out_request_no);

/* The gateway's word for a status; "CODE" while nothing was scanned. */
const char *sim_alipay_ledger_status_name(enum sim_alipay_status status);

/* The whole ledger: {"taken_fen":..,"returned_fen":..,"trades":[..]}. Owns: the caller. */
struct json *sim_alipay_ledger_json(const struct sim_alipay_ledger *ledger);

#endif
