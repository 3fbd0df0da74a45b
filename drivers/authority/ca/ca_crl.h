/* CA CRL: the complete revocation list (RFC 5280 section 5), signed by the issuing CA.
 *
 * Built from the whole book each time: withdrawn and revoked certificates with reason and time. The number
 * grows with each list and is read back from the last one on disk. Pitfall: a list past its nextUpdate makes
 * every check fail, so it is renewed in time even when nothing changed.
 */
#ifndef DRIVERS_AUTHORITY_CA_CA_CRL_H
#define DRIVERS_AUTHORITY_CA_CA_CRL_H

#include "drivers/authority/ca/ca_book.h"
#include "drivers/authority/ca/ca_keys.h"

/* dir/crl.der, dir/crl.pem and, unless NULL, the further PEM file hold the list as of now.
 * Units: seconds since 1970-01-01 UTC. Returns: FULL (disk), IO, NO_MEMORY.
 * After failure: each file holds its old or the new list. */
enum status ca_crl_write(const char *dir, const char *file, const struct ca_keys *keys,
                         const struct ca_settings *settings, const struct ca_book *book, int64_t utc_s,
                         struct failure *failure);

#endif
