/* Service escrow: an old encryption key comes back from the authority's escrow to a new certificate.
 *
 * Inside kiosk/services only, on the certificates worker: for a key in the writer (service_pair.h) and for a
 * phone (service_handset.h) alike. The authority is told who signed the order's applied approval, and gives
 * nothing back to fewer than two. Pitfall: the certificate asked for must be issued without a pair and not
 * yet confirmed; the same one and serial may be asked about again.
 */
#ifndef KIOSK_SERVICES_SERVICE_ESCROW_H
#define KIOSK_SERVICES_SERVICE_ESCROW_H

#include "kiosk/services/service_context.h"
#include "kiosk/store/store_certificate.h"

/* The half of the old certificate stands beside the order's new one, its key enveloped for the new key.
 * Returns: REFUSED with the job's reason AUTHORITY_REFUSED when it is not given back; NOT_FOUND when the old
 * one is no pair; else as the authority, with the reason AUTHORITY_SILENT when it does not answer, and the
 * store. */
enum status service_escrow_recover(struct service_context *context, struct service_job *job,
                                   const struct order *order, const struct store_certificate *certificate,
                                   const struct store_certificate *old);

#endif
