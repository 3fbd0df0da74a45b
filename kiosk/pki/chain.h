/* Chain: whether a certificate may be trusted, for the right key, for the right subject, at a given time.
 *
 * RFC 5280 section 6 path validation with the roots handed in; no network, no system trust store, no clock.
 * Called after a certificate was read back from the key, before the authority is told that it was accepted.
 * Pitfall: an authority's reply may carry its root; it is never trusted because it came along, only when the
 * same certificate is among `roots`.
 */
#ifndef KIOSK_PKI_CHAIN_H
#define KIOSK_PKI_CHAIN_H

#include "kiosk/base/bytes.h"
#include "kiosk/base/failure.h"
#include "kiosk/pki/subject.h"

enum [[nodiscard]] chain_verdict{
#define CHAIN_VERDICT(code, name) CHAIN_##code,
#include "kiosk/pki/chain_verdicts.def"
#undef CHAIN_VERDICT
    CHAIN_VERDICT_COUNT_};

/* What is asked about one leaf; zeroed members are not checked except roots, which are always needed. */
struct chain_question {
    struct bytes leaf;
    const struct bytes *intermediates; /* in any order, may include the leaf or a root */
    size_t intermediate_count;
    const struct bytes *roots; /* self-signed, from configuration */
    size_t root_count;
    const struct bytes *crls; /* DER; when given, the leaf's issuer must have one of them */
    size_t crl_count;
    int64_t at_utc_s;
    struct bytes public_key;       /* SubjectPublicKeyInfo read from the token */
    const struct subject *subject; /* what the order asked for */
    bool encrypts;                 /* it is an encryption certificate, not one that signs */
    bool may_be_expired;           /* its own end does not matter: it is for what was encrypted before */
};

/* The stable name of a verdict. Returns: a static text, "invalid" outside the list. Thread: any. */
const char *chain_verdict_name(enum chain_verdict verdict);

/* The leaf is judged. The key is compared first, then the subject, then the path, then the use: an end-entity
 * certificate whose keyUsage allows digitalSignature, or keyEncipherment and no digitalSignature when it
 * `encrypts`.
 * Units: at_utc_s is seconds since 1970-01-01 UTC.
 * Returns: GOOD only when everything asked holds; else the first thing that does not. MALFORMED for an
 * unreadable leaf, root or revocation list (an unreadable intermediate as well: nothing is skipped). Owns:
 * everything is borrowed. Thread: any. */
enum chain_verdict chain_check(const struct chain_question *question, struct failure *failure);

#endif
