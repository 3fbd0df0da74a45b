/* Service change: a certificate or key that exists is changed as an approved order asks: unlocked, revoked.
 *
 * Inside kiosk/services only, on the certificates worker. Each act may be done again: a run after a kill
 * finds its intention open, does it once more and moves the order. What needs no key is also finished without
 * an applicant. Pitfall: papers were judged for the certificate the order is about (service_subject.h), never
 * for whatever key is in the writer.
 */
#ifndef KIOSK_SERVICES_SERVICE_CHANGE_H
#define KIOSK_SERVICES_SERVICE_CHANGE_H

#include "kiosk/services/service_context.h"
#include "kiosk/store/store_certificate.h"
#include "kiosk/store/store_intention.h"

/* What the authority is told for this id of a product's reasons or grounds, by service_change_reasons.def;
 * `otherwise` for one that is not there. Thread: any. */
enum authority_reason service_change_reason_of(const char *id, enum authority_reason otherwise);
/* What the authority is told of why the order was made: by service_change_reasons.def, `otherwise` for a
 * reason that is not there. Returns: as the store. */
enum status service_change_reason(struct service_context *context, const char *order_id,
                                  enum authority_reason otherwise, enum authority_reason *out,
                                  struct failure *failure);
/* What was announced about this certificate ends where its order does not wait for it any more, with how the
 * certificate stands: another program was first, or the order was ended before the answer came, which the
 * authority is asked for. Returns: OK also while the order waits; else as authority_inquire and the store. */
enum status service_change_close(struct service_context *context, const struct store_intention *intention,
                                 const struct store_certificate *certificate, struct failure *failure);
/* Approved orders whose change needs no key are carried out. */
void service_change_sweep(struct service_context *context);

#endif
