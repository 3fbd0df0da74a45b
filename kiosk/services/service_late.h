/* Service late: money that comes after a code was closed is noticed and does not stay with us unasked.
 *
 * Inside kiosk/services only, on the payment worker. A closed attempt is asked about for a while longer
 * (intention CLOSE_PAYMENT): what is paid then serves the order that still waits for it, else it goes back by
 * rule (decisions.md 10). Pitfall: what is paid after that while comes to light in the daily reconciliation
 * only.
 */
#ifndef KIOSK_SERVICES_SERVICE_LATE_H
#define KIOSK_SERVICES_SERVICE_LATE_H

#include "kiosk/services/service_pay.h"

/* The attempt, just closed, is watched. Call inside the change that closes it. Returns: as the store. */
enum status service_late_begin(struct service_context *context, const struct store_payment *attempt,
                               struct failure *failure);
/* A watched attempt is asked about; the watch ends with money found or when its time is over.
 * Returns: as service_pay_advance. */
enum status service_late_advance(struct service_context *context, const struct store_intention *intention,
                                 struct store_payment *attempt, struct failure *failure);
/* The attempt, in any state but PAID, turned out paid: the order moves if it still waits for money, else the
 * refund is begun. Call inside a change. Returns: as the store. */
enum status service_late_take(struct service_context *context, const struct store_payment *attempt,
                              const struct payment_trade *trade, const char **outcome,
                              struct failure *failure);

#endif
