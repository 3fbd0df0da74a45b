/* Service trust: what the hall's trust files say of one certificate.
 *
 * Inside kiosk/services only. Roots and revocation lists are read anew for each question, because both change
 * while the program runs.
 * Pitfall: a verdict about our clock or our revocation list is not one about the certificate
 * (service_trust_is_about_us).
 */
#ifndef KIOSK_SERVICES_SERVICE_TRUST_H
#define KIOSK_SERVICES_SERVICE_TRUST_H

#include "kiosk/pki/chain.h"
#include "kiosk/services/service_context.h"

/* What is asked about one leaf; zeroed members are not checked. */
struct service_trust_question {
    struct bytes leaf;
    const struct buf *chain; /* the certificates between, DER one after another; NULL for none */
    struct bytes public_key;
    const struct subject *subject;
    bool encrypts; /* an encryption certificate is asked about */
    bool may_be_expired;
    bool of_others; /* by the authorities the hall recognises beside its own, without revocation lists */
};

/* The certificate is judged by the roots that the settings name.
 * Returns: OK with the verdict; CONFIG, IO, MALFORMED for trust files that cannot be read. A hall that
 * recognises no others has the verdict ISSUER_UNKNOWN. */
enum status service_trust_check(const struct service_context *context,
                                const struct service_trust_question *question, enum chain_verdict *out,
                                struct failure *failure);
/* Whether our clock or our revocation list may be wrong instead of the certificate. */
bool service_trust_is_about_us(enum chain_verdict verdict);

#endif
