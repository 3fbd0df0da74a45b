/* Service revocation: certificates that the authority withdraws by itself, on the signatures of two clerks.
 *
 * Inside kiosk/services only. The decision's effect is an open intention; any program with a certificates
 * worker carries it out and asks again until the authority has answered. Pitfall: revoking twice is harmless
 * at the authority, so an intention that was left open is done once more, not inquired about.
 */
#ifndef KIOSK_SERVICES_SERVICE_REVOCATION_H
#define KIOSK_SERVICES_SERVICE_REVOCATION_H

#include "kiosk/services/service_context.h"
#include "kiosk/store/store_certificate.h"
#include "kiosk/store/store_decision.h"

/* The decision of this file, as it is stored. */
#define SERVICE_REVOCATION_ACTION "revoke"

/* What two clerks signed has its effect: the withdrawal is announced. Call inside the change that applies the
 * decision. Returns: BAD_STATE (no certificate was named with it); else as the store. */
enum status service_revocation_begin(struct service_context *context, const struct store_decision *decision,
                                     struct failure *failure);
/* The announced withdrawal is done: the authority revokes the certificate for its ground, and row,
 * certificate and intention end in one change. Returns: NOT_FOUND when the authority did not begin one, or it
 * is done; else as authority_revoke and the store. Thread: the certificates worker's. */
enum status service_revocation_carry_out(struct service_context *context,
                                         const struct store_certificate *certificate,
                                         const char *intention_id, struct failure *failure);
/* What is known of it, for a view; all empty when there is none. Returns: as the store. */
enum status service_revocation_load(struct service_context *context, const char *request_id,
                                    struct service_certificate_revocation *out, struct failure *failure);

#endif
