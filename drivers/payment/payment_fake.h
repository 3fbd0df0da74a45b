/* Payment fake: a channel with no gateway, for tests and flows, with a remote control that plays applicant
 * and misfortune.
 *
 * It is unpaid unless told otherwise and keeps a small ledger, so that "money moved once" can be asserted.
 * Pitfall: the remote control belongs to the process; the ledger dies with it. Kill tests use sim-alipay.
 */
#ifndef DRIVERS_PAYMENT_PAYMENT_FAKE_H
#define DRIVERS_PAYMENT_PAYMENT_FAKE_H

#include <stdbool.h>

#include "drivers/payment/payment.h"

enum payment_fake_call {
    PAYMENT_FAKE_CREATE,
    PAYMENT_FAKE_QUERY,
    PAYMENT_FAKE_CANCEL,
    PAYMENT_FAKE_CLOSE,
    PAYMENT_FAKE_REFUND,
    PAYMENT_FAKE_REFUND_QUERY,
    PAYMENT_FAKE_CALL_COUNT_
};

/* The remote control of a channel opened with driver "fake"; NULL for any other. Owns: lives with the
 * channel. */
struct payment_fake *payment_fake_of(struct payment *payment);

/* The applicant scans, pays (also after a close: a late payment). Returns: NOT_FOUND, BAD_STATE. Thread: any.
 */
enum status payment_fake_scan(struct payment_fake *fake, const char *out_trade_no);
enum status payment_fake_pay(struct payment_fake *fake, const char *out_trade_no);

/* The next `count` calls of this kind end with this status. With `done` the work is done all the same, as
 * when only the reply is lost. Thread: any. */
void payment_fake_fail(struct payment_fake *fake, enum payment_fake_call call, enum status status, bool done,
                       int count);

/* The next cancel meets a trade paid in that very moment and is refused, as by channels that take nothing
 * back. Thread: any. */
void payment_fake_pay_first(struct payment_fake *fake);

/* Refunds stay pending until this is called with false. Thread: any. */
void payment_fake_hold_refunds(struct payment_fake *fake, bool hold);

/* Queries speak of this amount instead of the true one; 0 ends it. Units: fen. Thread: any. */
void payment_fake_say_amount(struct payment_fake *fake, int64_t amount_fen);

/* Each later call waits this long first. Units: milliseconds. Thread: any. */
void payment_fake_delay(struct payment_fake *fake, int64_t delay_ms);

/* How often money moved, over all trades. Units: fen. Thread: any. */
int64_t payment_fake_taken_fen(struct payment_fake *fake);
int64_t payment_fake_returned_fen(struct payment_fake *fake);

#endif
