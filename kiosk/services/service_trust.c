#include "kiosk/services/service_trust.h"

#include "kiosk/pki/certificate.h"

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

/* A site without a revocation list on disk leaves the setting empty; a list that is named must be readable.
 */
static enum status read_trust(const struct settings *settings, bool of_others, struct certificate_list *roots,
                              struct certificate_list *crls, struct failure *failure)
{
    if (of_others)
        return certificate_list_read_file(settings->authority_recognised_file, "CERTIFICATE", roots, failure);
    enum status status =
        certificate_list_read_file(settings->authority_roots_file, "CERTIFICATE", roots, failure);
    if (status == STATUS_OK && settings->authority_crl_file[0] != 0)
        status = certificate_list_read_file(settings->authority_crl_file, "X509 CRL", crls, failure);
    return status;
}

static size_t view_list(const struct certificate_list *list, struct bytes *out)
{
    for (size_t i = 0; i < list->count; i++)
        out[i] = bytes_of_buf(&list->items[i]);
    return list->count;
}

bool service_trust_is_about_us(enum chain_verdict verdict)
{
    return verdict == CHAIN_NOT_YET_VALID || verdict == CHAIN_EXPIRED || verdict == CHAIN_CRL_MISSING ||
           verdict == CHAIN_CRL_STALE;
}

static enum chain_verdict judge(const struct service_context *context,
                                const struct service_trust_question *question,
                                const struct certificate_list *roots, const struct certificate_list *crls,
                                struct failure *failure)
{
    struct bytes between[LIMIT_CHAIN_CERTIFICATES];
    struct bytes anchors[LIMIT_CHAIN_CERTIFICATES];
    struct bytes revoked[LIMIT_CHAIN_CERTIFICATES];
    const struct chain_question asked = {
        .leaf = question->leaf,
        .intermediates = between,
        .intermediate_count = question->chain == NULL ? 0 : split_chain(question->chain, between),
        .roots = anchors,
        .root_count = view_list(roots, anchors),
        .crls = revoked,
        .crl_count = view_list(crls, revoked),
        .at_utc_s = service_now_utc_s(context),
        .public_key = question->public_key,
        .subject = question->subject,
        .encrypts = question->encrypts,
        .may_be_expired = question->may_be_expired};
    return chain_check(&asked, failure);
}

enum status service_trust_check(const struct service_context *context,
                                const struct service_trust_question *question, enum chain_verdict *out,
                                struct failure *failure)
{
    const struct settings *settings = context->settings->settings;
    struct certificate_list roots = {0};
    struct certificate_list crls = {0};
    if (question->of_others && settings->authority_recognised_file[0] == 0) {
        *out = CHAIN_ISSUER_UNKNOWN;
        return STATUS_OK;
    }
    enum status status = read_trust(settings, question->of_others, &roots, &crls, failure);
    if (status == STATUS_OK)
        *out = judge(context, question, &roots, &crls, failure);
    certificate_list_release(&roots);
    certificate_list_release(&crls);
    return status;
}
