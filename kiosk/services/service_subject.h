/* Service subject: which certificate an order is about, when it is about one that exists already.
 *
 * Inside kiosk/services only. It is known from the key that was in the writer when the order was opened, from
 * the key whose PIN was shown, or from whom the form names; once known it is never another one. Pitfall: a
 * form that names somebody else than the certificate must not get past FORM_COMPLETED
 * (service_subject_settle): a clerk judges the papers, not the key.
 */
#ifndef KIOSK_SERVICES_SERVICE_SUBJECT_H
#define KIOSK_SERVICES_SERVICE_SUBJECT_H

#include "kiosk/pki/subject.h"
#include "kiosk/services/service_context.h"
#include "kiosk/store/store_certificate.h"

/* Whether the operation is about a certificate that exists already. */
bool service_subject_is_needed(const struct product_operation *operation);
/* Whether the operation goes by papers and nothing is known here of the certificate: a clerk sees to it at
 * the authority. Returns: as the store. */
enum status service_subject_is_elsewhere(struct service_context *context, const char *order_id,
                                         const struct product_operation *operation, bool *out,
                                         struct failure *failure);
/* What the certificate says of its holder. Returns: as the store; MALFORMED. Owns: the caller wipes *out. */
enum status service_subject_named(struct service_context *context,
                                  const struct store_certificate *certificate, struct subject *out,
                                  struct failure *failure);
/* The subject that the product's templates make of the form. Returns: NOT_FOUND, MALFORMED (a template), else
 * as form_fill. */
enum status service_subject_wanted(const struct product *product, const struct product_operation *operation,
                                   const struct form_values *values, struct subject *out);
/* What the new certificate of an order says of its holder: a renewal's what the old one says, any other's
 * what the form says. Returns: as above, and as the store. */
enum status service_subject_of_request(struct service_context *context, const struct order *order,
                                       const struct product *product,
                                       const struct product_operation *operation,
                                       const struct form_values *values, struct subject *out,
                                       struct failure *failure);
/* The complete form and the certificate name the same holder; without a certificate the only live one of the
 * product that names the form's holder is the order's. A change may name its holder anew as long as the
 * number in the subject, if there is one, stays. Returns: REFUSED with the job's reason SUBJECT_DIFFERS,
 * NO_CERTIFICATE, CERTIFICATES_MANY or as service_subject_admit; else as the store. */
enum status service_subject_settle(struct service_context *context, struct service_job *job,
                                   const struct service_visit *visit, const struct form_values *values);
/* The day allows this operation, for so many years, on this certificate: a renewal within the product's
 * window, anything else that keeps the key or the old end only while the certificate is valid, but a key is
 * given back from escrow later, too. Returns: REFUSED with the job's reason RENEWAL_EARLY (number: the first
 * second UTC it is allowed) or RENEWAL_LATE. */
enum status service_subject_admit(struct service_context *context, struct service_job *job,
                                  const struct product *product, const struct product_operation *operation,
                                  unsigned years, const struct store_certificate *certificate);
/* Whether the order may be about this certificate. Returns: CONFLICT when it is about another one already. */
enum status service_subject_match(struct service_context *context, const char *order_id,
                                  const char *request_id, struct failure *failure);
/* The order is about this certificate from now on; a reason given before stays. Inside a change.
 * Returns: as store_subject_put. */
enum status service_subject_keep(struct service_context *context, const struct order *order,
                                 const char *request_id, struct failure *failure);
/* Why the operation was asked for stands with the order. Returns: as store_subject_put. */
enum status service_subject_keep_reason(struct service_context *context, const struct order *order,
                                        const char *reason, struct failure *failure);
/* Why the operation was asked for, "" for no reason. Returns: as the store. */
enum status service_subject_reason(struct service_context *context, const char *order_id,
                                   char reason[STORE_NAME_BYTES], struct failure *failure);
/* The certificate the order is about. Returns: NOT_FOUND while it is not known. */
enum status service_subject_load(struct service_context *context, const char *order_id,
                                 struct store_certificate *out, struct failure *failure);

#endif
