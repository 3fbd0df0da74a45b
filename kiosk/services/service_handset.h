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
#include "kiosk/store/store_certificate.h"

/* Whose certificates of the order's product: a unit's person, by mobile number and credit code; with an empty
 * credit code the person of the ID number. */
struct service_handset_holder {
    const char *phone, *credit_code, *id_number;
};
/* The order's certificate is made and confirmed; how long it holds may follow from the one of the holder's
 * that stands, and a recovery brings that one's encryption key (service_escrow.h). Reasons: PHONE_WAITS (no
 * request yet, or the one that came was for somebody else), AUTHORITY_SILENT, AUTHORITY_REFUSED. Returns:
 * REFUSED, else as the authority and the store. */
enum status service_handset_make(struct service_context *context, struct service_job *job,
                                 const struct order *order, const struct service_handset_holder *holder);
/* The one of them that stands, the newest order's first; the order's own is none of them. Returns: NOT_FOUND,
 * else as the store. */
enum status service_handset_find(struct service_context *context, struct service_job *job,
                                 const struct order *order, const struct service_handset_holder *holder,
                                 struct store_certificate *out);
/* All of them that stand, but the order's own, are revoked. Returns: as service_handset_make. */
enum status service_handset_withdraw(struct service_context *context, struct service_job *job,
                                     const struct order *order, const struct service_handset_holder *holder);

#endif
