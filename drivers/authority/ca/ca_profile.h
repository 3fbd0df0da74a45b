/* CA profile: whether a request may become a certificate of a kind.
 *
 * Checks the PKCS#10 itself (one DER value, version 1, its own signature with SHA-256), its key (RSA 2048 to
 * 4096, EC P-256) and its subject (attributes once each, required ones there, others refused, credit code
 * right). Extensions a request asks for are ignored: they are the profile's. Pitfall: the subject is copied
 * in the request's order and written anew as UTF8String, so its DER may differ from the request's.
 */
#ifndef DRIVERS_AUTHORITY_CA_CA_PROFILE_H
#define DRIVERS_AUTHORITY_CA_CA_PROFILE_H

#include <openssl/x509.h>

#include "drivers/authority/ca/ca_record.h"
#include "drivers/authority/ca/ca_settings.h"
#include "kiosk/base/bytes.h"

/* The request is judged, and when it is fit, the record's request, hashes and common name are filled.
 * Returns: AUTHORITY_REFUSAL_NONE when it is fit. After failure: the record is unchanged. */
enum authority_refusal ca_profile_check(const struct ca_profile *profile, struct bytes request,
                                        struct ca_record *record);

/* One DER request. Returns: NULL for anything else. Owns: the caller frees it with X509_REQ_free. */
X509_REQ *ca_profile_parse(struct bytes request);

/* The subject of a certificate for this request. Returns: NULL when an attribute does not fit X.520.
 * Owns: the caller frees it with X509_NAME_free. */
X509_NAME *ca_profile_subject(const X509_REQ *request);

#endif
