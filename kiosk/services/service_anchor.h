/* Service anchor: what the hall trusts, shown and written out: root certificates and revocation lists.
 *
 * Read from the files that the settings name, anew each time, because both change while programs run.
 * Pitfall: a list is shown as it is; whether it is too old for today is for whoever reads its next update.
 */
#ifndef KIOSK_SERVICES_SERVICE_ANCHOR_H
#define KIOSK_SERVICES_SERVICE_ANCHOR_H

#include "kiosk/base/failure.h"
#include "kiosk/catalogue/settings.h"
#include "kiosk/services/service_certificate.h"

/* The roots, then the lists, stand in *out, at most SERVICE_CERTIFICATE_ANCHORS_MAX.
 * Returns: NOT_FOUND, IO, MALFORMED for a file that cannot be read; a hall without a list has none. Thread:
 * any. After failure: *count is 0. */
enum status service_anchor_list(const struct settings *settings, struct service_certificate_anchor *out,
                                size_t *count, struct failure *failure);
/* Each of them is a PEM file of its own in this directory, root-1.pem .., crl-1.pem .., in place of earlier
 * ones; *count files were written.
 * Returns: NOT_FOUND (no such directory), as above, and as file_replace. Thread: any. After failure: those
 * written before it stay, *count of them. */
enum status service_anchor_export(const struct settings *settings, const char *directory, size_t *count,
                                  struct failure *failure);

/* The name of a CRLReason as OpenSSL spells it. Returns: a static text, "invalid" outside the authority's
 * list. Thread: any. */
const char *service_anchor_reason(int reason);

#endif
