/* Service handset: a certificate for a phone's own key, from its request to the confirmation, and its end.
 *
 * Inside kiosk/services only, on the certificates worker. The hall never sees the key: the request's own
 * signature proves it, the phone's service brings the request and fetches the certificate (certctl phone).
 * Each stage asks the store what is done already, as for keys (service_issue.h).
 * Pitfall: the certificate is judged like any other before it is confirmed; a request for another name ends
 * refused, and another request may follow.
 */
#ifndef KIOSK_SERVICES_SERVICE_HANDSET_H
#define KIOSK_SERVICES_SERVICE_HANDSET_H

#include "kiosk/services/service_context.h"

/* The order's certificate is made and confirmed. Reasons: PHONE_WAITS (no request yet, or the one that came
 * was for somebody else), AUTHORITY_SILENT. Returns: REFUSED, else as the authority and
 * the store. */
enum status service_handset_make(struct service_context *context, struct service_job *job,
                                 const struct order *order);
/* The certificates of this person in this unit that stand, but the order's own, are revoked. Returns: as
 * above. */
enum status service_handset_withdraw(struct service_context *context, struct service_job *job,
                                     const struct order *order, const char *phone, const char *credit_code);

#endif
