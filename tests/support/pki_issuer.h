/* Pki issuer: a root and an issuing CA in memory that make right and wrong certificates for tests.
 *
 * Independent of the embedded CA and of kiosk/pki, so that it can be their judge. Hand pki_issuer_for_fake to
 * authority_fake_open for a fake authority with real certificates.
 */
#ifndef TESTS_SUPPORT_PKI_ISSUER_H
#define TESTS_SUPPORT_PKI_ISSUER_H

#include <stdbool.h>
#include <stdint.h>

#include "drivers/authority/authority_fake.h"
#include "kiosk/base/buf.h"
#include "kiosk/base/bytes.h"

/* What is to be different about a certificate; zeroed is a good one of 365 days from now. */
struct pki_wish {
    int64_t from_s;          /* validity starts this many seconds after now */
    int64_t days;            /* and lasts so long; 365 when 0 */
    int64_t until_utc_s;     /* or until then; as many days when 0 */
    const char *common_name; /* instead of the request's subject, alone */
    bool for_other_key;      /* the certificate is for a key nobody asked for */
    bool is_ca;              /* basicConstraints CA:TRUE */
    bool cannot_sign;        /* keyUsage without digitalSignature */
    bool encrypts;           /* keyUsage keyEncipherment and dataEncipherment */
    struct bytes public_key; /* SubjectPublicKeyInfo in place of the request's */
    bool has_broken_signature;
};

struct pki_issuer;

/* Fresh keys (P-256) and certificates under this name; time stands at utc_s for it. Owns: the caller frees
 * it. */
struct pki_issuer *pki_issuer_new(const char *name, int64_t utc_s);
/* What it issues from now on, of pairs both, begins so much later. */
void pki_issuer_pass(struct pki_issuer *issuer, int64_t seconds);
void pki_issuer_free(struct pki_issuer *issuer);

/* DER of the two CA certificates. Owns: borrowed from the issuer. */
struct bytes pki_issuer_root(const struct pki_issuer *issuer);
struct bytes pki_issuer_issuing(const struct pki_issuer *issuer);

/* The certificate for a request, DER. Owns: the caller releases it. */
struct buf pki_issuer_issue(struct pki_issuer *issuer, struct bytes request, const struct pki_wish *wish);

/* Its serial in capital hexadecimal digits. */
void pki_issuer_serial(struct bytes certificate, char out[41]);

/* Its last second. Units: seconds UTC. */
int64_t pki_issuer_end(struct bytes certificate);

/* Its SubjectPublicKeyInfo, DER. Owns: the caller releases it. */
struct buf pki_issuer_public_key(struct bytes certificate);

/* A revocation list, DER, from now for `days` (may be below 0: over already), with at most one certificate on
 * it. Owns: the caller releases it. */
struct buf pki_issuer_crl(struct pki_issuer *issuer, struct bytes revoked, int days);

/* For authority_fake_open; the context is the issuer. */
enum status pki_issuer_for_fake(void *context, const struct authority_request *request,
                                struct buf *certificate, char serial[41]);

/* For authority_fake_set_pairs: encryption halves by the issuer. */
struct authority_fake_pairs pki_issuer_pairs(struct pki_issuer *issuer);

#endif
