/* CA issue: certificates built and signed (RFC 5280), for the CA itself and for holders.
 *
 * Decides nothing: what may be issued is ca_profile's. All signatures are with SHA-256.
 * Pitfall: a holder's certificate starts a little before now, because clocks in a hall differ by minutes.
 */
#ifndef DRIVERS_AUTHORITY_CA_CA_ISSUE_H
#define DRIVERS_AUTHORITY_CA_CA_ISSUE_H

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "drivers/authority/ca/ca_keys.h"
#include "drivers/authority/ca/ca_settings.h"
#include "kiosk/base/bytes.h"

enum { CA_ISSUE_BACKDATE_S = 300 };

/* A fresh serial of 128 bits, positive (RFC 5280 4.1.2.2), as capital hexadecimal digits. */
void ca_issue_serial(char out[AUTHORITY_SERIAL_BYTES]);

/* A CA certificate: self-signed when issuer is NULL, else signed by the issuer with its key.
 * Units: seconds since 1970-01-01 UTC; days. Returns: NULL, reason in OpenSSL's queue. Owns: the caller frees
 * it. */
X509 *ca_issue_authority(X509 *issuer, EVP_PKEY *issuer_key, EVP_PKEY *key, const char *organisation,
                         const char *common_name, int days, int64_t utc_s);

/* The end that was asked for: that very second, or so many days from now, 0 for the profile's own.
 * Units: seconds since 1970-01-01 UTC. */
int64_t ca_issue_until(const struct ca_profile *profile, int64_t until_utc_s, unsigned days, int64_t utc_s);

/* A holder's certificate for a request that ca_profile found fit, DER at the end of the buffer.
 * It begins now and ends with until_utc_s, which must not lie past the issuing certificate's own end.
 * Units: seconds since 1970-01-01 UTC. Returns: CONFIG for such an end, MALFORMED, FULL, NO_MEMORY.
 * After failure: the buffer is unchanged. */
enum status ca_issue_holder(const struct ca_keys *keys, const struct ca_settings *settings,
                            const struct ca_profile *profile, struct bytes request, const char *serial,
                            int64_t utc_s, int64_t until_utc_s, struct buf *out, struct failure *failure);

/* The encryption certificate beside it: the same subject and end, for another key and use. Units, Returns
 * and After failure: as above. */
enum status ca_issue_encryption(const struct ca_keys *keys, const struct ca_settings *settings,
                                const struct ca_profile *profile, struct bytes request, EVP_PKEY *key,
                                const char *serial, int64_t utc_s, int64_t until_utc_s, struct buf *out,
                                struct failure *failure);

/* The last second of the issuing certificate, past which none of its certificates holds. Units: seconds since
 * 1970-01-01 UTC. */
int64_t ca_issue_end(const struct ca_keys *keys);

/* OpenSSL's oldest reason is kept as detail and its queue emptied. Returns: the status given. */
enum status ca_issue_failure(struct failure *failure, enum status status, const char *where);

#endif
