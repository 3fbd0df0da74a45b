/* The proof that a written certificate works: read back, matched, chain-checked, challenged (product.md,
 * promise 3). */
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/file.h"
#include "kiosk/pki/certificate.h"
#include "kiosk/pki/chain.h"
#include "kiosk/pki/signature.h"
#include "kiosk/services/service_issue.h"

enum { CHALLENGE_BYTES = 32 };

static enum status read_back(struct service_issue_run *run, const struct buf *stored)
{
    struct buf der;
    struct token_key_id id = {0};
    buf_init(&der, LIMIT_CERTIFICATE_BYTES);
    enum status status = token_read_certificate(run->context->drivers.token, &run->identity, TOKEN_ROLE_SIGN,
                                                &der, &id, &run->job->failure);
    if (status == STATUS_OK && !bytes_is_equal(bytes_of_buf(&der), bytes_of_buf(stored)))
        status = failure_set(&run->job->failure, STATUS_REFUSED, "read_back", 0,
                             "the key holds another certificate");
    if (status == STATUS_OK && !token_key_id_is_same(&id, &run->key_id))
        status =
            failure_set(&run->job->failure, STATUS_REFUSED, "read_back", 0, "it stands under another id");
    buf_wipe(&der);
    return status;
}

/* The chain is stored as DER certificates one after another. */
static size_t split_chain(const struct buf *chain, struct bytes *out)
{
    size_t count = 0;
    const uint8_t *at = chain->data;
    size_t left = chain->length;
    while (left > 4 && count < LIMIT_CHAIN_CERTIFICATES && at[0] == 0x30 && at[1] == 0x82) {
        size_t length = 4 + ((size_t)at[2] << 8 | at[3]);
        if (length > left)
            break;
        out[count++] = bytes_view(at, length);
        at += length;
        left -= length;
    }
    return count;
}

static enum status read_list(const char *path, const char *label, struct certificate_list *out,
                             struct failure *failure)
{
    struct buf pem;
    buf_init(&pem, LIMIT_CONFIG_BYTES);
    enum status status = file_read(path, &pem, failure);
    if (status == STATUS_OK)
        status = certificate_list_read(pem.data, pem.length, label, out, failure);
    buf_release(&pem);
    return status;
}

/* A site without a revocation list on disk leaves the setting empty; a list that is named must be readable.
 */
static enum status read_trust(const struct settings *settings, struct certificate_list *roots,
                              struct certificate_list *crls, struct failure *failure)
{
    enum status status = read_list(settings->authority_roots_file, "CERTIFICATE", roots, failure);
    if (status == STATUS_OK && settings->authority_crl_file[0] != 0)
        status = read_list(settings->authority_crl_file, "X509 CRL", crls, failure);
    return status;
}

static size_t view_list(const struct certificate_list *list, struct bytes *out)
{
    for (size_t i = 0; i < list->count; i++)
        out[i] = bytes_of_buf(&list->items[i]);
    return list->count;
}

/* Our clock or our revocation list may be wrong; the certificate is kept until they are right. */
static bool is_about_us(enum chain_verdict verdict)
{
    return verdict == CHAIN_NOT_YET_VALID || verdict == CHAIN_EXPIRED || verdict == CHAIN_CRL_MISSING ||
           verdict == CHAIN_CRL_STALE;
}

static enum status check_chain(struct service_issue_run *run, const struct buf *leaf, const struct buf *chain)
{
    struct certificate_list roots = {0};
    struct certificate_list crls = {0};
    struct bytes between[LIMIT_CHAIN_CERTIFICATES];
    struct bytes anchors[LIMIT_CHAIN_CERTIFICATES];
    struct bytes revoked[LIMIT_CHAIN_CERTIFICATES];
    enum status status = read_trust(run->context->settings->settings, &roots, &crls, &run->job->failure);
    const struct chain_question question = {.leaf = bytes_of_buf(leaf),
                                            .intermediates = between,
                                            .intermediate_count = split_chain(chain, between),
                                            .roots = anchors,
                                            .root_count = view_list(&roots, anchors),
                                            .crls = revoked,
                                            .crl_count = view_list(&crls, revoked),
                                            .at_utc_s = service_now_utc_s(run->context),
                                            .public_key =
                                                bytes_view(run->public_key.bytes, run->public_key.length),
                                            .subject = &run->subject};
    enum chain_verdict verdict =
        status == STATUS_OK ? chain_check(&question, &run->job->failure) : CHAIN_MALFORMED;
    certificate_list_release(&roots);
    certificate_list_release(&crls);
    if (status != STATUS_OK || verdict == CHAIN_GOOD)
        return status;
    return failure_set(&run->job->failure, is_about_us(verdict) ? STATUS_BAD_STATE : STATUS_REFUSED,
                       "chain_check", (long)verdict, "%s", chain_verdict_name(verdict));
}

/* Drawn anew each time, or an old answer would pass. */
static enum status challenge(struct service_issue_run *run, const struct buf *leaf)
{
    uint8_t nonce[CHALLENGE_BYTES];
    struct buf signature;
    buf_init(&signature, LIMIT_CERTIFICATE_BYTES);
    random_fill(run->context->settings->random, nonce, sizeof(nonce));
    enum status status = token_sign(run->context->drivers.token, &run->identity, &run->transport_pin,
                                    &run->key_id, nonce, sizeof(nonce), &signature, &run->job->failure);
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
