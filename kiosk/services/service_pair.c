#include "kiosk/services/service_pair.h"

#include <string.h>

#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/pki/certificate.h"
#include "kiosk/pki/encryption.h"
#include "kiosk/services/service_escrow.h"
#include "kiosk/services/service_subject.h"
#include "kiosk/services/service_trust.h"
#include "kiosk/store/store_encryption.h"

enum { CHALLENGE_BYTES = 32 };

/* An old half comes back in place of a fresh one. */
static bool is_recovery(const struct service_issue_run *run)
{
    return product_operation_code(run->operation) == PRODUCT_OPERATION_RECOVER;
}

bool service_pair_is_asked(const struct service_issue_run *run)
{
    return run->product->encryption && !run->is_soft && !is_recovery(run);
}

/* What the authority sent is of no use: the pair is withdrawn, so that the next try may ask for another. */
static enum status decline(struct service_issue_run *run)
{
    struct failure failure = {0};
    enum status status = service_request_revoke(run->context, &run->certificate, &failure);
    if (status != STATUS_OK)
        log_failure("pair", "declining a wrong pair", status, &failure);
    run->job->reason = SERVICE_REASON_AUTHORITY_REFUSED;
    return STATUS_REFUSED;
}

/* --- taking ------------------------------------------------------------------------------------------ */

enum status service_pair_take(struct service_context *context, const struct store_certificate *certificate,
                              const struct authority_outcome *outcome, bool recovered,
                              struct failure *failure)
{
    struct certificate_summary summary;
    if (outcome->encryption_certificate.length == 0)
        return STATUS_OK;
    enum status status =
        certificate_summarize(bytes_of_buf(&outcome->encryption_certificate), &summary, failure);
    if (status == STATUS_OK) {
        const struct store_encryption_facts facts = {.serial = summary.serial,
                                                     .not_after_utc_s = summary.not_after_utc_s,
                                                     .recovered = recovered,
                                                     .der = outcome->encryption_certificate.data,
                                                     .der_length = outcome->encryption_certificate.length,
                                                     .enveloped_key = outcome->enveloped_key.data,
                                                     .enveloped_key_length = outcome->enveloped_key.length};
        status = store_encryption_put(context->store, certificate->request_id, &facts, failure);
    }
    secret_wipe_bytes(&summary, sizeof(summary));
    return status;
}

/* --- recovering -------------------------------------------------------------------------------------- */

/* Of the pair the order is about. What is not given back leaves no use for the new certificate. */
static enum status recover(struct service_issue_run *run)
{
    struct store_certificate old;
    enum status status = service_subject_load(run->context, run->order.id, &old, &run->job->failure);
    if (status == STATUS_OK)
        status = service_escrow_recover(run->context, run->job, &run->order, &run->certificate, &old);
    if (status == STATUS_NOT_FOUND)
        run->job->reason = SERVICE_REASON_NO_CERTIFICATE;
    return status == STATUS_REFUSED ? decline(run) : status;
}

/* --- judging ----------------------------------------------------------------------------------------- */

/* The half as it lies in the store. */
struct half {
    struct buf der;
    struct token_key_id id; /* follows from its public key, so that a run after a kill means the same one */
};

static enum status load(struct service_issue_run *run, struct half *half)
{
    uint8_t digest[CRYPTO_SHA256_BYTES];
    struct buf public_key;
    buf_init(&half->der, LIMIT_CERTIFICATE_BYTES);
    buf_init(&public_key, LIMIT_CERTIFICATE_BYTES);
    enum status status =
        store_certificate_part(run->context->store, run->certificate.request_id,
                               STORE_CERTIFICATE_ENCRYPTION_DER, &half->der, &run->job->failure);
    if (status == STATUS_OK)
        status = certificate_public_key(bytes_of_buf(&half->der), &public_key, &run->job->failure);
    if (status == STATUS_OK) {
        crypto_sha256(public_key.data, public_key.length, digest);
        half->id.length = TOKEN_KEY_ID_BYTES;
        (void)memcpy(half->id.bytes, digest, TOKEN_KEY_ID_BYTES);
    }
    buf_release(&public_key);
    return status;
}

static enum status judge(struct service_issue_run *run, const struct half *half)
{
    enum chain_verdict verdict = CHAIN_MALFORMED;
    struct buf chain;
    buf_init(&chain, (size_t)LIMIT_CERTIFICATE_BYTES * LIMIT_CHAIN_CERTIFICATES);
    enum status status = store_certificate_part(run->context->store, run->certificate.request_id,
                                                STORE_CERTIFICATE_CHAIN, &chain, &run->job->failure);
    const struct service_trust_question question = {.leaf = bytes_of_buf(&half->der),
                                                    .chain = &chain,
                                                    .subject = &run->subject,
                                                    .encrypts = true,
                                                    .may_be_expired =
                                                        is_recovery(run)}; /* what it is wanted for is old */
    if (status == STATUS_OK || status == STATUS_NOT_FOUND)
        status = service_trust_check(run->context, &question, &verdict, &run->job->failure);
    buf_release(&chain);
    if (status != STATUS_OK || verdict == CHAIN_GOOD)
        return status;
    run->job->reason = SERVICE_REASON_AUTHORITY_SILENT;
    log_warn("pair", "%s: the encryption certificate is %s", run->order.acceptance,
             chain_verdict_name(verdict));
    return service_trust_is_about_us(verdict) ? STATUS_BAD_STATE : decline(run);
}

enum status service_pair_obtain(struct service_issue_run *run)
{
    struct half half = {0};
    struct store_encryption row;
    if (!run->product->encryption)
        return STATUS_OK;
    enum status status =
        store_encryption_load(run->context->store, run->certificate.request_id, &row, &run->job->failure);
    if (status == STATUS_NOT_FOUND)
        status = is_recovery(run) ? recover(run) : decline(run); /* a pair was asked for and did not come */
    if (status == STATUS_OK)
        status = load(run, &half);
    if (status == STATUS_OK)
        status = judge(run, &half);
    buf_release(&half.der);
    return status;
}

/* --- writing ----------------------------------------------------------------------------------------- */

static enum status token_failed(struct service_issue_run *run, enum status status)
{
    if (status != STATUS_OK && run->job->reason == SERVICE_REASON_NONE)
        run->job->reason = service_key_reason(status);
    return status;
}

/* An envelope that this key cannot open was made for another one, or changed on its way. */
static enum status import(struct service_issue_run *run, const struct half *half)
{
    struct buf envelope;
    buf_init(&envelope, LIMIT_CERTIFICATE_BYTES);
    enum status status =
        store_certificate_part(run->context->store, run->certificate.request_id,
                               STORE_CERTIFICATE_ENVELOPED_KEY, &envelope, &run->job->failure);
    if (status == STATUS_OK) {
        status =
            token_import_enveloped(run->context->drivers.token, &run->identity, &run->pin, TOKEN_ROLE_ENCRYPT,
                                   &half->id, envelope.data, envelope.length, &run->job->failure);
        if (status == STATUS_MALFORMED) {
            log_failure("pair", "bringing in the encryption key", status, &run->job->failure);
            status = decline(run);
        }
    }
    buf_wipe(&envelope);
    return token_failed(run, status);
}

static enum status check_key(struct service_issue_run *run, const struct half *half)
{
    struct token_key_check check = {0};
    enum status status = token_check_key(run->context->drivers.token, &run->identity, &run->pin, &half->id,
                                         &check, &run->job->failure);
    if (status == STATUS_OK && !token_key_check_is_sound_encryption(&check))
        status = failure_set(&run->job->failure, STATUS_REFUSED, "token_check_key", 0,
                             "the encryption key is not sound");
    return token_failed(run, status);
}

enum status service_pair_write(struct service_issue_run *run)
{
    struct half half = {0};
    if (!run->product->encryption)
        return STATUS_OK;
    enum status status = load(run, &half);
    if (status == STATUS_OK)
        status = import(run, &half);
    if (status == STATUS_OK)
        status = check_key(run, &half);
    if (status == STATUS_OK)
        status =
            token_failed(run, token_write_certificate(run->context->drivers.token, &run->identity, &run->pin,
                                                      TOKEN_ROLE_ENCRYPT, &half.id, half.der.data,
                                                      half.der.length, &run->job->failure));
    buf_release(&half.der);
    return status;
}

/* --- proving ----------------------------------------------------------------------------------------- */

static enum status read_back(struct service_issue_run *run, const struct half *half)
{
    struct buf der;
    buf_init(&der, LIMIT_CERTIFICATE_BYTES);
    enum status status =
        token_read_certificate(run->context->drivers.token, &run->identity, TOKEN_ROLE_ENCRYPT, &half->id,
                               &der, NULL, &run->job->failure);
    if (status == STATUS_OK && !bytes_is_equal(bytes_of_buf(&der), bytes_of_buf(&half->der)))
        status = failure_set(&run->job->failure, STATUS_REFUSED, "read_back", 0,
                             "the key holds another encryption certificate");
    buf_release(&der);
    return status;
}

/* Drawn anew each time; only who has the private key can say it. */
static enum status challenge(struct service_issue_run *run, const struct half *half)
{
    uint8_t word[CHALLENGE_BYTES];
    struct buf cipher;
    struct buf plain;
    buf_init(&cipher, LIMIT_CERTIFICATE_BYTES);
    buf_init(&plain, LIMIT_CERTIFICATE_BYTES);
    random_fill(run->context->settings->random, word, sizeof(word));
    enum status status = encryption_encrypt(bytes_of_buf(&half->der), bytes_view(word, sizeof(word)), &cipher,
                                            &run->job->failure);
    if (status == STATUS_OK)
        status = token_decrypt(run->context->drivers.token, &run->identity, &run->pin, &half->id, cipher.data,
                               cipher.length, &plain, &run->job->failure);
    bool is_same =
        status == STATUS_OK && bytes_is_equal(bytes_of_buf(&plain), bytes_view(word, sizeof(word)));
    if ((status == STATUS_OK && !is_same) || status == STATUS_MALFORMED)
        status = failure_set(&run->job->failure, STATUS_REFUSED, "challenge", 0,
                             "the key cannot read what is encrypted to its certificate");
    secret_wipe_bytes(word, sizeof(word));
    buf_wipe(&plain);
    buf_release(&cipher);
    return status;
}

enum status service_pair_prove(struct service_issue_run *run)
{
    struct half half = {0};
    if (!run->product->encryption)
        return STATUS_OK;
    enum status status = load(run, &half);
    if (status == STATUS_OK)
        status = judge(run, &half);
    if (status == STATUS_OK)
        status = token_failed(run, read_back(run, &half));
    if (status == STATUS_OK)
        status = token_failed(run, challenge(run, &half));
    if (status == STATUS_OK)
        status = store_encryption_prove(run->context->store, run->certificate.request_id, &run->job->failure);
    buf_release(&half.der);
    return status;
}
