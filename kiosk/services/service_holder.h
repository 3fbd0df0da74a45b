/* Service holder: the key somebody put in: its certificate, whose it is, how it stands.
 *
 * Inside kiosk/services only, on the certificates worker. What is read without a PIN is told to whoever holds
 * the key; what belongs to the holder (orders, personal values) only after the PIN signed a challenge.
 * Pitfall: serial numbers of two authorities may be equal; a certificate is the store's only when all its
 * bytes are.
 */
#ifndef KIOSK_SERVICES_SERVICE_HOLDER_H
#define KIOSK_SERVICES_SERVICE_HOLDER_H

#include "kiosk/services/service_key.h"

enum { SERVICE_HOLDER_SOON_DAYS = 60 };

/* So many days before its end a certificate of this product, which may be NULL, ends soon: as many as it may
 * be renewed before, where the product says so. */
unsigned service_holder_soon_days(const struct product *product);

/* The certificate on a key. Owns: service_holder_release. */
struct service_holder_found {
    struct service_holder view;
    struct token_identity identity;
    struct token_key_id key_id;
    struct buf leaf; /* DER, empty when there is none */
};

/* The key in the writer is read and judged; zeroed memory is filled.
 * Returns: REFUSED with the job's reason NO_KEY or KEY_PULLED; else as the token and the store. */
enum status service_holder_read(struct service_context *context, struct service_job *job,
                                struct service_holder_found *out);
/* The PIN in the job's request signed a fresh challenge with the key of the certificate that was read.
 * Returns: REFUSED with the job's reason PIN_WRONG, KEY_LOCKED or KEY_UNFIT (a certificate that cannot speak
 * for anybody here); else as the token. */
enum status service_holder_prove(struct service_context *context, struct service_job *job,
                                 struct service_holder_found *found);
/* The same of a certificate that need not be known here: what it says of its holder is for a clerk to judge.
 * Returns: as service_holder_prove. */
enum status service_holder_prove_unknown(struct service_context *context, struct service_job *job,
                                         struct service_holder_found *found);
/* What was read is wiped. */
void service_holder_release(struct service_holder_found *found);

#endif
