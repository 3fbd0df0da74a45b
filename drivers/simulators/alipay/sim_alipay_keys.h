/* Sim alipay keys: the simulator's own root, its signing certificates and the app's, and signatures with
 * them.
 *
 * Everything is made at the first start and kept in a directory in PEM, so that a restarted simulator and the
 * product's configuration go on fitting. It stands on OpenSSL directly and shares no code with the driver it
 * judges. Pitfall: the app's private key lies there too; these keys protect nothing but made-up money.
 *
 *   root_cert.pem          bundle: the RSA root, and an EC certificate that has no number in certificate mode
 *   alipay_cert.pem        what the gateway signs with; alipay_public_key.pem is its key alone
 *   alipay_next_cert.pem   what it signs with after "next-cert"; not known to the product beforehand
 *   app_cert.pem app_key.pem   the merchant's
 */
#ifndef DRIVERS_SIMULATORS_ALIPAY_SIM_ALIPAY_KEYS_H
#define DRIVERS_SIMULATORS_ALIPAY_SIM_ALIPAY_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/failure.h"

enum sim_alipay_signer {
    SIM_ALIPAY_SIGNER_NOW,   /* alipay_cert.pem */
    SIM_ALIPAY_SIGNER_NEXT,  /* alipay_next_cert.pem */
    SIM_ALIPAY_SIGNER_ROGUE, /* a certificate that chains to nobody */
    SIM_ALIPAY_SIGNER_COUNT_
};

struct sim_alipay_keys;

/* The keys in the directory are read, or made when there are none.
 * Returns: IO, NO_MEMORY. Owns: the caller frees them. Time: about a second when they are made. */
enum status sim_alipay_keys_open(const char *directory, struct sim_alipay_keys **out,
                                 struct failure *failure);

/* The memory is given back; NULL is allowed. */
void sim_alipay_keys_free(struct sim_alipay_keys *keys);

/* The numbers a certificate-mode request must carry, and the one a reply names. Owns: borrowed from the keys.
 */
const char *sim_alipay_keys_app_sn(const struct sim_alipay_keys *keys);
const char *sim_alipay_keys_root_sn(const struct sim_alipay_keys *keys);
const char *sim_alipay_keys_signer_sn(const struct sim_alipay_keys *keys, enum sim_alipay_signer signer);

/* The signer with this number. Returns: SIM_ALIPAY_SIGNER_COUNT_ when there is none. */
enum sim_alipay_signer sim_alipay_keys_find(const struct sim_alipay_keys *keys, const char *sn);

/* The signer's certificate as base64 of its PEM text stands at the end of the buffer. Returns: as buf_append.
 */
enum status sim_alipay_keys_certificate(const struct sim_alipay_keys *keys, enum sim_alipay_signer signer,
                                        struct buf *out);

/* Whether the base64 signature over the bytes was made with the app's key. */
bool sim_alipay_keys_verify_app(const struct sim_alipay_keys *keys, const void *bytes, size_t length,
                                const char *signature);

/* The base64 signature over the bytes stands at the end of the buffer. Returns: as buf_append, IO. */
enum status sim_alipay_keys_sign(const struct sim_alipay_keys *keys, enum sim_alipay_signer signer,
                                 const void *bytes, size_t length, struct buf *out);

#endif
