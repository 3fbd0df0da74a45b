/* CA keys: the embedded CA's own two keys and certificates, made once by init.
 *
 * The root's key lies apart in dir/root/ and is read by init only, so that it can be carried away; serve
 * opens the issuing key alone. Files are 0600, certificates 0644; the keys are not encrypted because serve
 * starts unattended. Pitfall: chain.pem (issuing and root) is what others trust; hand it out, never the
 * directory.
 */
#ifndef DRIVERS_AUTHORITY_CA_CA_KEYS_H
#define DRIVERS_AUTHORITY_CA_CA_KEYS_H

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "drivers/authority/ca/ca_settings.h"

enum ca_key_kind { CA_KEY_RSA3072, CA_KEY_P256 };

/* Zeroed is empty and may be released. */
struct ca_keys {
    EVP_PKEY *issuing_key;
    X509 *issuing;
    X509 *root;
};

/* Keys, certificates and chain.pem stand in the directory, replacing what an interrupted init left.
 * Units: seconds since 1970-01-01 UTC.
 * Returns: FULL, IO, NO_MEMORY. Time: up to some seconds for RSA. */
enum status ca_keys_create(const char *dir, const char *name, enum ca_key_kind kind, int64_t utc_s,
                           struct failure *failure);

/* The issuing key and both certificates are read and belong together.
 * Returns: NOT_FOUND, MALFORMED, IO. Owns: the caller releases *out. After failure: *out is empty. */
enum status ca_keys_load(const char *dir, struct ca_keys *out, struct failure *failure);

/* The keys are wiped and given back. */
void ca_keys_release(struct ca_keys *keys);

#endif
