/* Pkcs12 judge: what the openssl command line says of a file with a key and its certificate.
 *
 * Independent of kiosk/pki. What it takes out of the file lies beside it. Pitfall: the private key does, too;
 * the folder is a test's own.
 */
#ifndef TESTS_SUPPORT_PKCS12_JUDGE_H
#define TESTS_SUPPORT_PKCS12_JUDGE_H

#include <stdbool.h>
#include <stdint.h>

#include "kiosk/base/bytes.h"

/* Whether the password opens dir/name. */
bool pkcs12_judge_opens(const char *dir, const char *name, const char *password);
/* Whether its key is its certificate's. */
bool pkcs12_judge_key_matches(const char *dir, const char *name, const char *password);
/* Whether its certificate leads to this root (DER) over the certificates in the file. */
bool pkcs12_judge_chains(const char *dir, const char *name, const char *password, struct bytes root,
                         int64_t at_utc_s);

#endif
