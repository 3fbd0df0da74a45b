/* Pki key: a key pair in memory that plays a token in tests: gives its public key, signs, makes requests.
 *
 * Not in the product: there, private keys are on tokens only. Broken promises abort the test.
 */
#ifndef TESTS_SUPPORT_PKI_KEY_H
#define TESTS_SUPPORT_PKI_KEY_H

#include "kiosk/base/buf.h"
#include "kiosk/base/bytes.h"

enum pki_key_kind { PKI_KEY_RSA2048, PKI_KEY_P256, PKI_KEY_RSA1024, PKI_KEY_P384 };

struct pki_key;

/* A fresh key pair. Owns: the caller frees it with pki_key_free. */
struct pki_key *pki_key_new(enum pki_key_kind kind);
void pki_key_free(struct pki_key *key);

/* The SubjectPublicKeyInfo, DER. Owns: the caller releases it. */
struct buf pki_key_public(const struct pki_key *key);
/* RSA PKCS#1 v1.5 or ECDSA (DER) over SHA-256 of the message. Owns: the caller releases it. */
struct buf pki_key_sign(const struct pki_key *key, struct bytes message);
/* The same for EC as r||s, the way PKCS#11 gives it. Owns: the caller releases it. */
struct buf pki_key_sign_raw(const struct pki_key *key, struct bytes message);

/* `key` (RSA) enveloped for a SubjectPublicKeyInfo, as drivers/token/token_envelope.h says, made here once
 * more so that it may judge. Owns: the caller releases it. */
struct buf pki_key_envelope(const struct pki_key *key, struct bytes receiver);
/* The private key of an envelope for `receiver`. Returns: NULL when it does not open. Owns: the caller frees
 * it. */
struct pki_key *pki_key_open(const struct pki_key *receiver, struct bytes transported, struct bytes wrapped);
/* The same of an envelope as pki_key_envelope gives it. Returns, Owns: as above. */
struct pki_key *pki_key_open_envelope(const struct pki_key *receiver, struct bytes envelope);
/* RSAES-OAEP to a SubjectPublicKeyInfo, and back: empty when it is another's. Owns: the caller releases it.
 */
struct buf pki_key_encrypt(struct bytes receiver, struct bytes message);
struct buf pki_key_decrypt(const struct pki_key *key, struct bytes message);

/* A PKCS#10 made by OpenSSL for a subject "CN=..\nO=.." (one attribute a line, OpenSSL's short names; a
 * leading "+" joins it to the relative name before). Owns: the caller releases it. */
struct buf pki_key_request(const struct pki_key *key, const char *subject);

#endif
