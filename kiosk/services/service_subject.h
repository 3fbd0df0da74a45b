/* Service subject: which certificate an order is about, when it is about one that exists already.
 *
 * Inside kiosk/services only. It is known from the key that was in the writer when the order was opened, from
 * the key whose PIN was shown, or from whom the form names; once known it is never another one. Pitfall: a
 * form that names somebody else than the certificate must not get past FORM_COMPLETED
 * (service_subject_settle): a clerk judges the papers, not the key.
 */
#ifndef KIOSK_SERVICES_SERVICE_SUBJECT_H
#define KIOSK_SERVICES_SERVICE_SUBJECT_H

#include "kiosk/services/service_context.h"
#include "kiosk/store/store_certificate.h"

/* Whether the operation is about a certificate that exists already. */
bool service_subject_is_needed(const struct product_operation *operation);
/* Whether the order may be about this certificate. Returns: CONFLICT when it is about another one already. */
enum status service_subject_match(struct service_context *context, const char *order_id,
                                  const char *request_id, struct failure *failure);
/* The order is about this certificate from now on; a reason given before stays. Inside a change.
 * Returns: as store_subject_put. */
enum status service_subject_keep(struct service_context *context, const struct order *order,
                                 const char *request_id, struct failure *failure);
/* The certificate the order is about. Returns: NOT_FOUND while it is not known. */
enum status service_subject_load(struct service_context *context, const char *order_id,
                                 struct store_certificate *out, struct failure *failure);

#endif
