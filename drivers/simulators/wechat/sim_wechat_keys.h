/* Sim wechat keys: the merchant's certificate, WeChat's platform certificates and the APIv3 key, and what is
 * done with them.
 *
 * Everything is made at the first start and kept in a directory, so that a restarted simulator and the
 * product's configuration go on fitting. It stands on OpenSSL directly and shares no code with the driver it
 * judges. Pitfall: the merchant's private key lies there too; it protects nothing but made-up money.
 *
 *   merchant_key.pem merchant_cert.pem    the merchant's, serial SIM_WECHAT_MERCHANT_SERIAL
 *   platform_cert.pem                     what replies are signed with; platform_public_key.pem is its key
 *   platform_next_cert.pem                what they are signed with after "next-cert"
 *   api_v3.key                            32 characters that seal the list of certificates
 */
#ifndef DRIVERS_SIMULATORS_WECHAT_SIM_WECHAT_KEYS_H
#define DRIVERS_SIMULATORS_WECHAT_SIM_WECHAT_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/failure.h"

#define SIM_WECHAT_MERCHANT_SERIAL "2A1B3C4D5E6F708192A3B4C5D6E7F80910111213"

enum sim_wechat_signer {
    SIM_WECHAT_SIGNER_NOW,   /* platform_cert.pem */
    SIM_WECHAT_SIGNER_NEXT,  /* platform_next_cert.pem */
    SIM_WECHAT_SIGNER_ROGUE, /* a key nobody can fetch */
    SIM_WECHAT_SIGNER_COUNT_
};

struct sim_wechat_keys;

/* The keys in the directory are read, or made when there are none.
 * Returns: IO, NO_MEMORY. Owns: the caller frees them. Time: about a second when they are made. */
enum status sim_wechat_keys_open(const char *directory, struct sim_wechat_keys **out,
                                 struct failure *failure);

/* The memory is given back; NULL is allowed. */
void sim_wechat_keys_free(struct sim_wechat_keys *keys);

/* The serial replies of this signer name. Owns: static text. */
const char *sim_wechat_keys_serial(enum sim_wechat_signer signer);

/* The signer's certificate, PEM sealed with AES-256-GCM under the APIv3 key, stands as base64 at the end of
 * the buffer. `nonce` has 12 characters. Returns: IO; else as buf_append. */
enum status sim_wechat_keys_seal(const struct sim_wechat_keys *keys, enum sim_wechat_signer signer,
                                 const char *nonce, const char *associated, struct buf *out);

/* Whether the base64 signature over the bytes was made with the merchant's key. */
bool sim_wechat_keys_verify(const struct sim_wechat_keys *keys, const void *bytes, size_t length,
                            const char *signature);

/* The base64 signature over the bytes stands at the end of the buffer. Returns: IO; else as buf_append. */
enum status sim_wechat_keys_sign(const struct sim_wechat_keys *keys, enum sim_wechat_signer signer,
                                 const void *bytes, size_t length, struct buf *out);

#endif
