/* Service unpaid: an order that nobody pays ends when the days are over that its product waits for money.
 *
 * Inside kiosk/services only, on the payment worker. An applicant is told a day, so that whole day still
 * counts; nothing ends while its money may be on the way: a code that may still be paid, a voucher or a
 * clerk's confirmation. Money that comes afterwards is found by who watches over it (service_late.h,
 * service_hand.h) and goes back. Pitfall: a clock that jumped would end every waiting order of the hall; call
 * it only while the clock is believed.
 */
#ifndef KIOSK_SERVICES_SERVICE_UNPAID_H
#define KIOSK_SERVICES_SERVICE_UNPAID_H

#include "kiosk/services/service_context.h"

/* The order, which is PAYING, is closed and its applicant told, if its days are over. Failures are logged. */
void service_unpaid_close(struct service_context *context, const struct order *order);

#endif
