#include "drivers/authority/ca/ca_pair.h"

#include <openssl/err.h>
#include <string.h>

#include "drivers/authority/ca/ca_issue.h"
#include "drivers/authority/ca/ca_profile.h"

enum { RSA_BITS = 2048 };

/* --- asking ------------------------------------------------------------------------------------------ */

static bool takes_envelopes(struct bytes request)
{
    X509_REQ *parsed = ca_profile_parse(request);
    EVP_PKEY *key = parsed == NULL ? NULL : X509_REQ_get0_pubkey(parsed);
    bool takes = key != NULL && EVP_PKEY_is_a(key, "RSA");
    X509_REQ_free(parsed);
    ERR_clear_error();
    return takes;
}

enum authority_refusal ca_pair_check(const struct ca_profile *profile, struct bytes request, const char **why)
{
    if (!profile->encryption) {
        *why = "the profile has no encryption certificate";
        return AUTHORITY_REFUSAL_POLICY;
    }
    if (takes_envelopes(request))
        return AUTHORITY_REFUSAL_NONE;
    *why = "an encryption key is enveloped for an RSA signing key only";
    return AUTHORITY_REFUSAL_KEY_UNFIT;
}

enum status ca_pair_make(const struct ca_keys *keys, const struct ca_escrow *escrow,
                         const struct ca_settings *settings, const struct ca_record *record, int64_t utc_s,
                         struct buf *certificate, struct buf *sealed, struct failure *failure)
{
    const struct ca_profile *profile = ca_settings_profile(settings, record->profile);
    EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t)RSA_BITS);
    if (key == NULL || profile == NULL) {
        EVP_PKEY_free(key);
        return ca_issue_failure(failure, STATUS_IO, "ca_pair_make");
    }
    enum status status = ca_issue_encryption(
        keys, settings, profile, bytes_of_buf(&record->request), key, record->encryption_serial, utc_s,
        ca_issue_until(profile, record->until_utc_s, record->days, utc_s), certificate, failure);
    if (status == STATUS_OK)
        status = ca_escrow_seal(escrow, record->encryption_serial, key, sealed);
    EVP_PKEY_free(key);
    return status;
}

/* --- telling ----------------------------------------------------------------------------------------- */

static enum status envelope(const struct ca_escrow *escrow, const struct ca_record *owner,
                            const struct ca_record *record, struct buf *out, struct failure *failure)
{
    X509_REQ *request = ca_profile_parse(bytes_of_buf(&record->request));
    EVP_PKEY *receiver = request == NULL ? NULL : X509_REQ_get0_pubkey(request);
    enum status status = receiver == NULL
                             ? ca_issue_failure(failure, STATUS_MALFORMED, "ca_pair")
                             : ca_escrow_envelope(escrow, owner->encryption_serial,
                                                  bytes_of_buf(&owner->escrow), receiver, out, failure);
    X509_REQ_free(request);
    return status;
}

static const struct ca_record *owner_of(const struct ca_book *book, const struct ca_record *record)
{
    if (record->encryption_serial[0] != 0)
        return record;
    return ca_book_by_escrow(book, record->recovered_serial);
}

enum status ca_pair_describe(const struct ca_book *book, const struct ca_escrow *escrow,
                             const struct ca_record *record, struct authority_outcome *outcome,
                             struct failure *failure)
{
    const struct ca_record *owner = owner_of(book, record);
    if (owner == NULL)
        return STATUS_OK;
    buf_init(&outcome->encryption_certificate, LIMIT_CERTIFICATE_BYTES);
    enum status status = buf_append(&outcome->encryption_certificate, owner->encryption_certificate.data,
                                    owner->encryption_certificate.length);
    if (status != STATUS_OK || record->state != CA_ISSUED)
        return status;
    buf_init(&outcome->enveloped_key, LIMIT_CERTIFICATE_BYTES);
    return envelope(escrow, owner, record, &outcome->enveloped_key, failure);
}

/* --- giving back ------------------------------------------------------------------------------------- */

/* So many different people are named. */
static bool is_approved(const struct authority_call *call)
{
    size_t people = 0;
    for (size_t i = 0; i < call->approver_count; i++) {
        bool again = false;
        for (size_t k = 0; k < i; k++)
            again = again || strcmp(call->approvers[k], call->approvers[i]) == 0;
        people += again ? 0 : 1;
    }
    return people >= AUTHORITY_APPROVALS;
}

const struct ca_record *ca_pair_keeper(const struct ca_book *book, const struct ca_record *owner)
{
    const struct ca_record *keeper = owner;
    if (owner->state != CA_REVOKED || owner->reason != AUTHORITY_REASON_SUPERSEDED)
        return owner;
    for (size_t i = 0; i < book->count; i++) {
        const struct ca_record *record = &book->records[i];
        bool has_it = strcmp(record->recovered_serial, owner->encryption_serial) == 0;
        bool was_confirmed =
            record->state == CA_CONFIRMED || record->state == CA_HELD || record->state == CA_REVOKED;
        if (has_it && was_confirmed &&
            (keeper == owner || record->recovered_utc_s >= keeper->recovered_utc_s))
            keeper = record;
    }
    return keeper;
}

/* A confirmed one may be given back, and one that was revoked for a reason that says nothing against its key.
 */
static bool is_open(const struct ca_record *keeper)
{
    return keeper->state == CA_CONFIRMED ||
           (keeper->state == CA_REVOKED && keeper->reason != AUTHORITY_REASON_KEY_COMPROMISE);
}

enum authority_refusal ca_pair_judge_recovery(const struct ca_book *book, const struct ca_record *record,
                                              const struct ca_record *owner,
                                              const struct authority_call *call, const char **why)
{
    if (!is_approved(call)) {
        *why = "two different people must approve";
        return AUTHORITY_REFUSAL_NOT_APPROVED;
    }
    if (owner == NULL || owner->state == CA_REQUESTED) {
        *why = "no key is in escrow under this serial";
        return AUTHORITY_REFUSAL_ESCROW_UNKNOWN;
    }
    if (!is_open(ca_pair_keeper(book, owner))) {
        *why = "the escrowed certificate is held, not confirmed, or its key compromised";
        return AUTHORITY_REFUSAL_ESCROW_CLOSED;
    }
    if (strcmp(owner->subject_hash, record->subject_hash) != 0) {
        *why = "the escrowed certificate names another holder";
        return AUTHORITY_REFUSAL_SUBJECT_UNFIT;
    }
    if (takes_envelopes(bytes_of_buf(&record->request)))
        return AUTHORITY_REFUSAL_NONE;
    *why = "an encryption key is enveloped for an RSA signing key only";
    return AUTHORITY_REFUSAL_KEY_UNFIT;
}

void ca_pair_name_approvers(const struct authority_call *call, struct ca_record *record)
{
    size_t used = 0;
    for (size_t i = 0; i < call->approver_count; i++) {
        int length = snprintf(record->approvers + used, sizeof(record->approvers) - used, "%s%s",
                              i == 0 ? "" : ", ", call->approvers[i]);
        used += length > 0 ? (size_t)length : 0;
    }
}
