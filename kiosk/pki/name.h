/* Name: a subject as an X.501 name and back, for the files of this folder only.
 *
 * UTF8String everywhere except country and serialNumber, which are PrintableString (RFC 5280 appendix A.1).
 * Pitfall: names of other authorities may hold attributes and string kinds we never write; name_text shows
 * them, name_subject refuses them.
 */
#ifndef KIOSK_PKI_NAME_H
#define KIOSK_PKI_NAME_H

#include <openssl/x509.h>

#include "kiosk/base/status.h"
#include "kiosk/pki/subject.h"

/* The name with one relative name per item, in the list's order.
 * Returns: NULL when memory is out. Owns: the caller frees it with X509_NAME_free. */
X509_NAME *name_from_subject(const struct subject *subject);

/* The name as a list. Returns: UNSUPPORTED for an attribute or a relative name of several values we do not
 * know, MALFORMED, FULL. After failure: *out is unchanged. */
enum status name_subject(const X509_NAME *name, struct subject *out);

/* The name as "CN=.., O=.." in the certificate's order, cut to its size with U+2026; unprintable values are
 * "?". */
void name_text(const X509_NAME *name, char *out, size_t size);

/* The first common name, cut in the same way; empty when there is none. */
void name_common_name(const X509_NAME *name, char *out, size_t size);

#endif
