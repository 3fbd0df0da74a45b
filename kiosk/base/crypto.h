/* Crypto: digests, keyed hashes, sealing, password hashes, RSA signatures and certificate numbers over
 * OpenSSL 3.
 *
 * The only file outside kiosk/pki and the embedded CA that meets OpenSSL. No keys are kept here.
 * Pitfall: a nonce is never reused: crypto_seal draws a fresh one and stores it in front of the ciphertext.
 */
#ifndef KIOSK_BASE_CRYPTO_H
#define KIOSK_BASE_CRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/failure.h"
#include "kiosk/base/random.h"

enum {
    CRYPTO_SHA256_BYTES = 32,
    CRYPTO_MD5_BYTES = 16,
    CRYPTO_KEY_BYTES = 32,
    CRYPTO_NONCE_BYTES = 12,
    CRYPTO_TAG_BYTES = 16,
    CRYPTO_SEAL_OVERHEAD_BYTES = CRYPTO_NONCE_BYTES + CRYPTO_TAG_BYTES
};

/* The SHA-256 (FIPS 180-4) of the bytes. */
void crypto_sha256(const void *bytes, size_t length, uint8_t out[CRYPTO_SHA256_BYTES]);
/* The MD5 (RFC 1321) of the bytes; only where a gateway's rule asks for it. */
void crypto_md5(const void *bytes, size_t length, uint8_t out[CRYPTO_MD5_BYTES]);
/* The HMAC-SHA-256 (RFC 2104) of the bytes. */
void crypto_hmac_sha256(const void *key, size_t key_length, const void *bytes, size_t length,
                        uint8_t out[CRYPTO_SHA256_BYTES]);
/* A key derived with HKDF-SHA-256 (RFC 5869) from a key, a salt and a label. */
void crypto_derive(const uint8_t key[CRYPTO_KEY_BYTES], const void *salt, size_t salt_length,
                   const char *label, uint8_t *out, size_t length);

/* Nonce, ciphertext and tag (AES-256-GCM, NIST SP 800-38D) stand at the end of the buffer.
 * Returns: as buf_append. */
enum status crypto_seal(const uint8_t key[CRYPTO_KEY_BYTES], const struct random *random,
                        const void *associated, size_t associated_length, const void *plain, size_t length,
                        struct buf *out);
/* The plain bytes of a sealed value stand at the end of the buffer.
 * Returns: MALFORMED when key, associated data or bytes do not match. After failure: content unchanged. */
enum status crypto_open(const uint8_t key[CRYPTO_KEY_BYTES], const void *associated, size_t associated_length,
                        const void *sealed, size_t length, struct buf *out);

enum { CRYPTO_PASSWORD_LOG_N_LEAST = 12, CRYPTO_PASSWORD_LOG_N = 15, CRYPTO_PASSWORD_LOG_N_MOST = 17 };

/* A password as scrypt (RFC 7914, N=2^log_n r=8 p=1) with a fresh salt: "scrypt$15$8$1$salt$hash", base64
 * parts. Returns: FULL when it does not fit, NO_MEMORY. Time: about 100 ms of one core for 15, twice as long
 * for each more; never on the screen's thread. */
enum status crypto_password_hash(const struct random *random, int log_n, const char *password, size_t length,
                                 char *out, size_t size);
/* Whether the password belongs to the stored text. Returns: false for a malformed text. Time: as hashing. */
bool crypto_password_matches(const char *stored, const char *password, size_t length);

struct crypto_key; /* a private or public RSA key */

/* A private key is read from PEM. Returns: MALFORMED. Owns: the caller frees it with crypto_key_free. */
enum status crypto_key_read_private(const char *pem, size_t length, struct crypto_key **out);
/* A public key is read from PEM: SubjectPublicKeyInfo or the key of a certificate. Returns and Owns: as
 * above. */
enum status crypto_key_read_public(const char *pem, size_t length, struct crypto_key **out);
void crypto_key_free(struct crypto_key *key);
/* The RSA PKCS#1 v1.5 SHA-256 signature (RFC 8017) stands at the end of the buffer.
 * Returns: CONFIG for a public key; else as buf_append. */
enum status crypto_sign_rsa_sha256(const struct crypto_key *key, const void *bytes, size_t length,
                                   struct buf *out);
/* Whether the signature is right. */
bool crypto_verify_rsa_sha256(const struct crypto_key *key, const void *bytes, size_t length,
                              const void *signature, size_t signature_length);

/* What was encrypted to the key by RSAES-OAEP (RFC 8017 7.1: SHA-1, MGF1 with SHA-1, no label) stands at the
 * end of the buffer. Returns: MALFORMED when it was not; else as buf_append. */
enum status crypto_decrypt_rsa_oaep(const struct crypto_key *key, const void *bytes, size_t length,
                                    struct buf *out);
/* The private RSA key (PKCS#8) of an envelope for `key`: an AES-256 key transported by RSAES-OAEP as above,
 * and under it the private key by AES key wrap with padding (RFC 5649). Its SubjectPublicKeyInfo stands at
 * the end of the buffer. Returns: MALFORMED for an envelope that is another's or was changed. Owns: the
 * caller frees *out with crypto_key_free. After failure: *out and the buffer are unchanged. */
enum status crypto_open_enveloped_key(const struct crypto_key *key, const void *transported,
                                      size_t transported_length, const void *wrapped, size_t wrapped_length,
                                      struct crypto_key **out, struct buf *public_key);

/* The Alipay number of a PEM certificate: lower-case hexadecimal MD5 of the issuer name, most specific part
 * first as "CN=..,OU=..", followed by the serial number in decimal. `out` has 33 bytes. Returns: MALFORMED.
 */
enum status crypto_certificate_sn(const char *pem, size_t length, char out[33]);
/* The numbers of those certificates of a PEM bundle whose signature is RSA (1.2.840.113549.1.1), joined by
 * "_", stand at the end of the buffer. Returns: MALFORMED when there is none. */
enum status crypto_root_certificate_sn(const char *pem, size_t length, struct buf *out);
/* Whether the PEM certificate chains to a PEM bundle of roots at this time, intermediates coming from the
 * same bundle or from behind the certificate. Units: seconds UTC. */
bool crypto_certificate_chains(const char *pem, size_t length, const char *roots_pem, size_t roots_length,
                               int64_t at_utc_s);

#endif
