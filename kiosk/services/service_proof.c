/* The proof that a written certificate works: read back, matched, chain-checked, challenged (product.md,
 * promise 3). */
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/pki/signature.h"
#include "kiosk/services/service_issue.h"
#include "kiosk/services/service_trust.h"

enum { CHALLENGE_BYTES = 32 };

static enum status read_back(struct service_issue_run *run, const struct buf *stored)
{
    struct buf der;
    struct token_key_id id = {0};
    buf_init(&der, LIMIT_CERTIFICATE_BYTES);
    enum status status = token_read_certificate(run->context->drivers.token, &run->identity, TOKEN_ROLE_SIGN,
                                                &run->key_id, &der, &id, &run->job->failure);
    if (status == STATUS_OK && !bytes_is_equal(bytes_of_buf(&der), bytes_of_buf(stored)))
        status = failure_set(&run->job->failure, STATUS_REFUSED, "read_back", 0,
                             "the key holds another certificate");
    if (status == STATUS_OK && !token_key_id_is_same(&id, &run->key_id))
        status =
            failure_set(&run->job->failure, STATUS_REFUSED, "read_back", 0, "it stands under another id");
    buf_wipe(&der);
    return status;
}

static enum status check_chain(struct service_issue_run *run, const struct buf *leaf, const struct buf *chain)
{
    enum chain_verdict verdict = CHAIN_MALFORMED;
    const struct service_trust_question question = {
        .leaf = bytes_of_buf(leaf),
        .chain = chain,
        .public_key = bytes_view(run->public_key.bytes, run->public_key.length),
        .subject = &run->subject};
    enum status status = service_trust_check(run->context, &question, &verdict, &run->job->failure);
    if (status != STATUS_OK || verdict == CHAIN_GOOD)
        return status;
    return failure_set(&run->job->failure,
                       service_trust_is_about_us(verdict) ? STATUS_BAD_STATE : STATUS_REFUSED, "chain_check",
                       (long)verdict, "%s", chain_verdict_name(verdict));
}

/* Drawn anew each time, or an old answer would pass. */
static enum status challenge(struct service_issue_run *run, const struct buf *leaf)
{
    uint8_t nonce[CHALLENGE_BYTES];
    struct buf signature;
    buf_init(&signature, LIMIT_CERTIFICATE_BYTES);
    random_fill(run->context->settings->random, nonce, sizeof(nonce));
    enum status status = token_sign(run->context->drivers.token, &run->identity, &run->pin, &run->key_id,
                                    nonce, sizeof(nonce), &signature, &run->job->failure);
    if (status == STATUS_OK)
        status = signature_check(bytes_of_buf(leaf), bytes_view(nonce, sizeof(nonce)),
                                 bytes_of_buf(&signature), &run->job->failure);
    buf_release(&signature);
    return status;
}

enum status service_proof_certificate(struct service_issue_run *run)
{
    struct store *store = run->context->store;
    const char *request_id = run->certificate.request_id;
    struct buf leaf;
    struct buf chain;
    buf_init(&leaf, LIMIT_CERTIFICATE_BYTES);
    buf_init(&chain, (size_t)LIMIT_CERTIFICATE_BYTES * LIMIT_CHAIN_CERTIFICATES);
    enum status status =
        store_certificate_part(store, request_id, STORE_CERTIFICATE_DER, &leaf, &run->job->failure);
    if (status == STATUS_OK)
        status =
            store_certificate_part(store, request_id, STORE_CERTIFICATE_CHAIN, &chain, &run->job->failure);
    if (status == STATUS_NOT_FOUND && leaf.length > 0)
        status = STATUS_OK; /* an authority may issue right under its root */
    if (status == STATUS_OK)
        status = check_chain(run, &leaf, &chain);
    buf_wipe(&leaf);
    buf_wipe(&chain);
    return status;
}

enum status service_proof_make(struct service_issue_run *run)
{
    struct buf leaf;
    buf_init(&leaf, LIMIT_CERTIFICATE_BYTES);
    enum status status = store_certificate_part(run->context->store, run->certificate.request_id,
                                                STORE_CERTIFICATE_DER, &leaf, &run->job->failure);
    if (status == STATUS_OK)
        status = read_back(run, &leaf);
    if (status == STATUS_OK)
        status = challenge(run, &leaf);
    buf_wipe(&leaf);
    return status;
}
