/* Service pay: payment attempts are advanced, one step at a time, by asking the gateway.
 *
 * Inside kiosk/services only. An attempt that is not final has an open intention; whoever holds it asks the
 * gateway about the number and stores what it says. The same function serves the applicant waiting at the
 * screen, a restart after a kill and a desk that took an orphan over. Pitfall: the gateway decides what was
 * paid; a status that is not OK decides nothing.
 */
#ifndef KIOSK_SERVICES_SERVICE_PAY_H
#define KIOSK_SERVICES_SERVICE_PAY_H

#include "kiosk/services/service_intention.h"
#include "kiosk/services/service_pace.h"
#include "kiosk/store/store_payment.h"

enum { SERVICE_PAY_ATTEMPTS_MAX = 32, SERVICE_PAY_TIMEOUT_MS = 8000 };

/* What the last inquiry of the visit's attempt said beyond what is stored. */
struct service_pay_own {
    char out_trade_no[STORE_PAYMENT_NUMBER_BYTES];
    bool scanned;
    bool unknown;
    bool alarm; /* it speaks of another amount or trade */
    struct service_pace pace;
    int64_t next_sweep_ms;
    int64_t next_probe_ms;
    int64_t clock_ahead_ms;    /* wall clock less monotonic, as first seen or after a jump */
    int64_t clock_steady_from; /* monotonic; before it the wall clock is not to be trusted */
    bool clock_is_known;
};

/* The worker's own state. Returns: never NULL. */
struct service_pay_own *service_pay_own(struct service_context *context);
/* The channel is open. Returns: as payment_open. */
enum status service_pay_open(struct service_context *context, struct failure *failure);
/* The attempt is asked about and moved as far as the gateway's answer goes. `intention` is its open
 * intention. Returns: OK when something is known, also that nothing changed; UNKNOWN or BUSY when the gateway
 * does not say; else as the store. */
enum status service_pay_advance(struct service_context *context, const struct store_intention *intention,
                                const char *out_trade_no, bool close, struct failure *failure);
/* The open intention about this attempt. Returns: NOT_FOUND. */
enum status service_pay_intention(struct service_context *context, const struct store_payment *attempt,
                                  struct store_intention *out, struct failure *failure);

/* The job ends with the order as it stands, its payment as the last inquiry said. Owns: as
 * service_job_finish. */
void service_pay_end(struct service_context *context, struct service_job *job, enum status status);

/* A paid attempt is to be given back: refund number and intention stored. Call inside a change.
 * Returns: as the store. */
enum status service_refund_begin(struct service_context *context, const struct store_payment *attempt,
                                 struct failure *failure);
/* The order is REFUNDED with its last attempt that held money, when that is what it waits for. Call inside a
 * change. Returns: as the store. */
enum status service_refund_settle(struct service_context *context, const char *order_id,
                                  struct failure *failure);
/* A refund is asked about and moved on. Returns: as service_pay_advance. */
enum status service_refund_advance(struct service_context *context, const struct store_intention *intention,
                                   const struct store_payment *attempt, struct failure *failure);
/* Whether a refund of this order was refused and waits for a clerk. Returns: as the store. */
enum status service_refund_has_alarm(struct service_context *context, const char *order_id, bool *out,
                                     struct failure *failure);
/* Each refused refund of the order is asked for again under its number. Call inside a change, on any worker.
 * Returns: BAD_STATE when there is none; else as the store. */
enum status service_refund_again(struct service_context *context, const char *order_id,
                                 struct failure *failure);
/* Orders whose money must go back get their refunds begun; orders nobody finished in time are given up. */
void service_refund_sweep(struct service_context *context);

#endif
