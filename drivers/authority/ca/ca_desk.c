#include "drivers/authority/ca/ca_desk.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>

#include "drivers/authority/ca/ca_crl.h"
#include "drivers/authority/ca/ca_issue.h"
#include "drivers/authority/ca/ca_pair.h"
#include "drivers/authority/ca/ca_profile.h"
#include "kiosk/base/log.h"
#include "kiosk/base/text.h"

enum { SPACE_NEEDED_BYTES = 1024 * 1024 }; /* some hundred records and their revocation lists */

static const char component[] = "certca";

static enum status renew_list(struct ca_desk *desk, struct failure *failure)
{
    int64_t now = clock_utc_s(desk->clock);
    enum status status =
        ca_crl_write(desk->dir, desk->crl_file, &desk->keys, &desk->settings, &desk->book, now, failure);
    if (status != STATUS_OK)
        return status;
    desk->crl_is_stale = false;
    desk->crl_due_utc_s = now + (int64_t)desk->settings.crl_days * CA_DAY_S / 2;
    return STATUS_OK;
}

/* Everything that is signed or made for the record stands in it; what it is given is the caller's to release.
 */
static enum status fill_record(struct ca_desk *desk, struct ca_record *record, struct failure *failure)
{
    const struct ca_profile *profile = ca_settings_profile(&desk->settings, record->profile);
    if (profile == NULL)
        return failure_set(failure, STATUS_CONFIG, "ca_desk", 0, "profile %s is gone", record->profile);
    record->issued_utc_s = clock_utc_s(desk->clock);
    enum status status =
        ca_issue_holder(&desk->keys, &desk->settings, profile, bytes_of_buf(&record->request), record->serial,
                        record->issued_utc_s,
                        ca_issue_until(profile, record->until_utc_s, record->days, record->issued_utc_s),
                        &record->certificate, failure);
    if (status == STATUS_OK && record->encryption_serial[0] != 0)
        status = ca_pair_make(&desk->keys, &desk->escrow, &desk->settings, record, record->issued_utc_s,
                              &record->encryption_certificate, &record->escrow, failure);
    return status;
}

/* The stored request is signed under its stored serials and the record becomes ISSUED. */
static enum status sign_record(struct ca_desk *desk, const char *id, struct failure *failure)
{
    struct ca_record record = *ca_book_by_id(&desk->book, id);
    struct buf request = record.request; /* the book's */
    ca_record_init_bytes(&record);
    record.request = request;
    enum status status = fill_record(desk, &record, failure);
    if (status == STATUS_OK) {
        record.state = CA_ISSUED;
        status = ca_book_put(&desk->book, &record, failure);
    }
    if (status == STATUS_OK)
        log_info(component, "issued id=%s serial=%s %s", id, record.serial, record.encryption_serial);
    record.request = (struct buf){0};
    ca_record_release(&record);
    return status;
}

/* One that cannot be signed stays REQUESTED, which is a truth to inquire about; it must not stop the others.
 */
static void sign_open_records(struct ca_desk *desk)
{
    for (size_t i = 0; i < desk->book.count; i++) {
        struct failure failure = {0};
        if (desk->book.records[i].state != CA_REQUESTED)
            continue;
        enum status status = sign_record(desk, desk->book.records[i].id, &failure);
        if (status != STATUS_OK)
            log_failure(component, "signing an open request", status, &failure);
    }
}

static void read_name(struct ca_desk *desk)
{
    unsigned char *utf8 = NULL;
    const X509_NAME *name = X509_get_subject_name(desk->keys.issuing);
    int at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
    if (at >= 0 && ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at))) >= 0)
        (void)text_copy(desk->name, sizeof(desk->name), (const char *)utf8);
    OPENSSL_free(utf8);
}

enum status ca_desk_open(struct ca_desk *desk, const char *dir, const char *crl_file,
                         const struct clock *clock, struct failure *failure)
{
    *desk = (struct ca_desk){.crl_file = crl_file, .clock = clock};
    if (!text_copy(desk->dir, sizeof(desk->dir), dir))
        return failure_set(failure, STATUS_CONFIG, "ca_desk_open", 0, "path too long");
    enum status status = ca_settings_read(dir, &desk->settings, failure);
    if (status == STATUS_OK)
        status = ca_keys_load(dir, &desk->keys, failure);
    if (status == STATUS_OK)
        status = ca_book_open(&desk->book, dir, true, failure);
    if (status == STATUS_OK)
        status = ca_escrow_load(dir, ca_book_has_escrow(&desk->book), &desk->escrow, failure);
    if (status == STATUS_OK)
        sign_open_records(desk);
    if (status == STATUS_OK)
        status = renew_list(desk, failure);
    if (status == STATUS_OK)
        read_name(desk);
    return status;
}

void ca_desk_close(struct ca_desk *desk)
{
    ca_book_release(&desk->book);
    ca_keys_release(&desk->keys);
    ca_escrow_release(&desk->escrow);
    *desk = (struct ca_desk){0};
}

void ca_desk_tick(struct ca_desk *desk)
{
    struct failure failure = {0};
    if (!desk->crl_is_stale && clock_utc_s(desk->clock) < desk->crl_due_utc_s)
        return;
    enum status status = renew_list(desk, &failure);
    if (status == STATUS_OK)
        return;
    log_failure(component, "renewing the revocation list", status, &failure);
    desk->crl_due_utc_s = clock_utc_s(desk->clock) + 60;
}

static enum authority_answer answer_of(enum ca_state state)
{
    switch (state) {
    case CA_REQUESTED:
        return AUTHORITY_WAITING;
    case CA_ISSUED:
        return AUTHORITY_ISSUED;
    case CA_CONFIRMED:
        return AUTHORITY_CONFIRMED;
    case CA_HELD:
    case CA_REJECTED:
    case CA_REVOKED:
    case CA_STATE_COUNT_:
        break;
    }
    return AUTHORITY_REVOKED;
}

static enum status add_certificate(struct authority_outcome *outcome, const void *der, size_t length)
{
    struct buf *place = &outcome->certificates[outcome->certificate_count];
    buf_init(place, LIMIT_CERTIFICATE_BYTES);
    enum status status = buf_append(place, der, length);
    if (status == STATUS_OK)
        outcome->certificate_count++;
    return status;
}

/* The leaf and its issuer, and what makes it a pair; the root is what the other side must have from
 * elsewhere. */
static enum status describe(const struct ca_desk *desk, const struct ca_record *record,
                            struct authority_outcome *outcome, struct failure *failure)
{
    unsigned char *der = NULL;
    outcome->answer = answer_of(record->state);
    if (outcome->answer == AUTHORITY_WAITING) {
        outcome->after_s = 1;
        return STATUS_OK;
    }
    int length = i2d_X509(desk->keys.issuing, &der);
    enum status status = length > 0
                             ? add_certificate(outcome, record->certificate.data, record->certificate.length)
                             : STATUS_NO_MEMORY;
    if (status == STATUS_OK)
        status = add_certificate(outcome, der, (size_t)length);
    OPENSSL_free(der);
    return status == STATUS_OK ? ca_pair_describe(&desk->book, &desk->escrow, record, outcome, failure)
                               : status;
}

/* `why` in words, or NULL where the refusal's name says it. */
static void refuse(struct authority_outcome *outcome, const char *id, enum authority_refusal refusal,
                   const char *why)
{
    const char *name = authority_refusal_name(refusal);
    outcome->answer = AUTHORITY_REFUSED;
    outcome->refusal = refusal;
    (void)snprintf(outcome->text, sizeof(outcome->text), "refused: %s", why == NULL ? name : why);
    log_warn(component, "refused id=%s reason=%s", id, name);
}

static enum status record_request(struct ca_desk *desk, const struct authority_call *call,
                                  struct ca_record *record, struct failure *failure)
{
    (void)text_copy(record->id, sizeof(record->id), call->id);
    (void)text_copy(record->profile, sizeof(record->profile), call->profile);
    record->days = call->days;
    record->until_utc_s = call->until_utc_s;
    ca_issue_serial(record->serial);
    if (call->encryption)
        ca_issue_serial(record->encryption_serial);
    record->state = CA_REQUESTED;
    record->requested_utc_s = clock_utc_s(desk->clock);
    enum status status = ca_book_put(&desk->book, record, failure);
    return status == STATUS_OK ? sign_record(desk, record->id, failure) : status;
}

/* Neither over before it begins, nor longer than the profile allows or the issuing certificate holds. */
static enum authority_refusal judge_term(const struct ca_desk *desk, const struct ca_profile *profile,
                                         const struct authority_call *call, const char **why)
{
    int64_t now_utc_s = clock_utc_s(desk->clock);
    int64_t until_utc_s = ca_issue_until(profile, call->until_utc_s, call->days, now_utc_s);
    if (until_utc_s <= now_utc_s)
        *why = "the term is over already";
    else if (until_utc_s - now_utc_s > (int64_t)profile->days_most * CA_DAY_S)
        *why = "the term is longer than the profile allows";
    else if (until_utc_s > ca_issue_end(&desk->keys))
        *why = "the term goes past the issuing certificate's end";
    else
        return AUTHORITY_REFUSAL_NONE;
    return AUTHORITY_REFUSAL_TERM_UNFIT;
}

/* A known id is answered from the book when key and profile are the same; a new one is recorded and signed.
 */
static enum status request(struct ca_desk *desk, const struct authority_call *call,
                           struct authority_outcome *outcome, struct failure *failure)
{
    struct ca_record record;
    const char *why = NULL;
    ca_record_init(&record);
    enum status status = STATUS_OK;
    const struct ca_record *known = ca_book_by_id(&desk->book, call->id);
    const struct ca_profile *profile = ca_settings_profile(&desk->settings, call->profile);
    enum authority_refusal refusal = profile == NULL ? AUTHORITY_REFUSAL_PROFILE_UNKNOWN
                                                     : ca_profile_check(profile, call->request, &record);
    bool same = known != NULL && strcmp(known->key_hash, record.key_hash) == 0 &&
                strcmp(known->subject_hash, record.subject_hash) == 0 &&
                strcmp(known->profile, call->profile) == 0 && known->days == call->days &&
                known->until_utc_s == call->until_utc_s &&
                call->encryption == (known->encryption_serial[0] != 0);
    if (refusal == AUTHORITY_REFUSAL_NONE && known != NULL && !same)
        refusal = AUTHORITY_REFUSAL_KEY_DIFFERS;
    if (refusal == AUTHORITY_REFUSAL_NONE && known == NULL &&
        ca_book_by_key(&desk->book, record.key_hash) != NULL)
        refusal = AUTHORITY_REFUSAL_KEY_USED;
    if (refusal == AUTHORITY_REFUSAL_NONE && known == NULL)
        refusal = judge_term(desk, profile, call, &why);
    if (refusal == AUTHORITY_REFUSAL_NONE && known == NULL && call->encryption)
        refusal = ca_pair_check(profile, call->request, &why);
    if (refusal != AUTHORITY_REFUSAL_NONE) {
        refuse(outcome, call->id, refusal, why);
        goto done;
    }
    if (known == NULL)
        status = record_request(desk, call, &record, failure);
    else if (known->state == CA_REQUESTED)
        status = sign_record(desk, call->id, failure);
    if (status == STATUS_OK)
        status = describe(desk, ca_book_by_id(&desk->book, call->id), outcome, failure);
done:
    ca_record_release(&record);
    return status;
}

static enum status inquire(struct ca_desk *desk, const struct authority_call *call,
                           struct authority_outcome *outcome, struct failure *failure)
{
    const struct ca_record *known = ca_book_by_id(&desk->book, call->id);
    if (known == NULL)
        return STATUS_NOT_FOUND;
    /* The disk was full when it was asked for, and perhaps is not now; if it still is, the answer is
     * "waiting". */
    if (known->state == CA_REQUESTED && sign_record(desk, call->id, failure) != STATUS_OK)
        log_failure(component, "signing an open request", STATUS_IO, failure);
    return describe(desk, ca_book_by_id(&desk->book, call->id), outcome, failure);
}

/* --- recovering -------------------------------------------------------------------------------------- */

static enum status keep_recovery(struct ca_desk *desk, const struct ca_record *known,
                                 const struct authority_call *call, struct failure *failure)
{
    struct ca_record record = *known;
    (void)text_copy(record.recovered_serial, sizeof(record.recovered_serial), call->serial);
    ca_pair_name_approvers(call, &record);
    record.recovered_utc_s = clock_utc_s(desk->clock);
    enum status status = ca_book_put(&desk->book, &record, failure);
    if (status == STATUS_OK)
        log_info(component, "recovered id=%s serial=%s approvals=%zu", record.id, record.recovered_serial,
                 call->approver_count);
    return status;
}

/* An escrowed key is given to a request that is issued and not yet confirmed. */
static enum status recover(struct ca_desk *desk, const struct authority_call *call,
                           struct authority_outcome *outcome, struct failure *failure)
{
    const char *why = NULL;
    const struct ca_record *known = ca_book_by_id(&desk->book, call->id);
    if (known == NULL)
        return STATUS_NOT_FOUND;
    bool is_same = strcmp(known->recovered_serial, call->serial) == 0;
    if (known->state != CA_ISSUED || known->encryption_serial[0] != 0 ||
        (known->recovered_serial[0] != 0 && !is_same))
        return failure_set(failure, STATUS_BAD_STATE, "recover", 0, "id=%s is %s", call->id,
                           ca_record_state_name(known->state));
    enum authority_refusal refusal =
        ca_pair_judge_recovery(&desk->book, known, ca_book_by_escrow(&desk->book, call->serial), call, &why);
    if (refusal != AUTHORITY_REFUSAL_NONE) {
        refuse(outcome, call->id, refusal, why);
        return STATUS_OK;
    }
    enum status status = is_same ? STATUS_OK : keep_recovery(desk, known, call, failure);
    return status == STATUS_OK ? describe(desk, ca_book_by_id(&desk->book, call->id), outcome, failure)
                               : status;
}

/* --- withdrawing ------------------------------------------------------------------------------------- */

/* The record ends in this state with this reason and the list says so. */
static enum status withdraw(struct ca_desk *desk, const struct ca_record *known, enum ca_state state,
                            enum authority_reason reason, struct failure *failure)
{
    enum status status = STATUS_OK;
    if (known->state != CA_REJECTED && known->state != CA_REVOKED && known->state != state) {
        struct ca_record record = *known;
        record.state = state;
        record.reason = reason;
        record.revoked_utc_s = clock_utc_s(desk->clock);
        status = ca_book_put(&desk->book, &record, failure);
        if (status == STATUS_OK) {
            desk->crl_is_stale = true;
            log_info(component, "%s id=%s serial=%s", ca_record_state_name(state), record.id, record.serial);
        }
    }
    return status == STATUS_OK && desk->crl_is_stale ? renew_list(desk, failure) : status;
}

static enum status confirm(struct ca_desk *desk, const struct authority_call *call, struct failure *failure)
{
    const struct ca_record *known = ca_book_by_id(&desk->book, call->id);
    if (known == NULL)
        return STATUS_NOT_FOUND;
    bool is_open = known->state == CA_ISSUED;
    (void)failure_set(failure, STATUS_BAD_STATE, "confirm", call->accepted, "id=%s is %s", call->id,
                      ca_record_state_name(known->state));
    if (!call->accepted)
        return is_open || known->state == CA_REJECTED
                   ? withdraw(desk, known, CA_REJECTED, AUTHORITY_REASON_CESSATION, failure)
                   : STATUS_BAD_STATE;
    if (!is_open)
        return known->state == CA_CONFIRMED ? STATUS_OK : STATUS_BAD_STATE;
    struct ca_record record = *known;
    record.state = CA_CONFIRMED;
    record.confirmed_utc_s = clock_utc_s(desk->clock);
    enum status status = ca_book_put(&desk->book, &record, failure);
    if (status == STATUS_OK)
        log_info(component, "confirmed id=%s serial=%s", record.id, record.serial);
    return status;
}

/* A certificate on hold is good again and off the list. */
static enum status release(struct ca_desk *desk, const struct ca_record *known, struct failure *failure)
{
    if (known->state != CA_HELD && known->state != CA_CONFIRMED)
        return STATUS_BAD_STATE;
    enum status status = STATUS_OK;
    if (known->state == CA_HELD) {
        struct ca_record record = *known;
        record.state = CA_CONFIRMED;
        record.reason = AUTHORITY_REASON_UNSPECIFIED;
        record.revoked_utc_s = 0;
        status = ca_book_put(&desk->book, &record, failure);
        if (status == STATUS_OK) {
            desk->crl_is_stale = true;
            log_info(component, "released id=%s serial=%s", record.id, record.serial);
        }
    }
    return status == STATUS_OK && desk->crl_is_stale ? renew_list(desk, failure) : status;
}

/* A key in wrong hands takes the recovered encryption key it carries with it. */
static enum status withdraw_compromised(struct ca_desk *desk, const struct ca_record *known,
                                        struct failure *failure)
{
    char recovered[AUTHORITY_SERIAL_BYTES];
    (void)text_copy(recovered, sizeof(recovered), known->recovered_serial);
    enum status status = withdraw(desk, known, CA_REVOKED, AUTHORITY_REASON_KEY_COMPROMISE, failure);
    const struct ca_record *owner = ca_book_by_escrow(&desk->book, recovered);
    if (status != STATUS_OK || owner == NULL)
        return status;
    return withdraw(desk, owner, CA_REVOKED, AUTHORITY_REASON_KEY_COMPROMISE, failure);
}

static enum status revoke(struct ca_desk *desk, const struct authority_call *call, struct failure *failure)
{
    const struct ca_record *known = ca_book_by_serial(&desk->book, call->serial);
    if (known == NULL || known->state == CA_REQUESTED)
        return STATUS_NOT_FOUND;
    if (strcmp(known->serial, call->serial) != 0) /* meant by its encryption half */
        known = ca_pair_keeper(&desk->book, known);
    if (call->reason == AUTHORITY_REASON_RELEASE)
        return release(desk, known, failure);
    if (call->reason == AUTHORITY_REASON_KEY_COMPROMISE)
        return withdraw_compromised(desk, known, failure);
    if (call->reason != AUTHORITY_REASON_HOLD)
        return withdraw(desk, known, CA_REVOKED, call->reason, failure);
    return known->state == CA_CONFIRMED || known->state == CA_HELD
               ? withdraw(desk, known, CA_HELD, call->reason, failure)
               : STATUS_BAD_STATE;
}

/* Asked before money is taken: a CA that could not record a certificate must not say it is ready. */
static enum status be_ready(const struct ca_desk *desk, struct failure *failure)
{
    struct statvfs disk;
    if (statvfs(desk->book.dir, &disk) != 0)
        return failure_set(failure, STATUS_IO, "statvfs", errno, "%s", desk->book.dir);
    if ((uint64_t)disk.f_bavail * disk.f_frsize < SPACE_NEEDED_BYTES)
        return failure_set(failure, STATUS_FULL, "statvfs", 0, "disk nearly full: %s", desk->book.dir);
    return STATUS_OK;
}

static enum status act(struct ca_desk *desk, const struct authority_call *call,
                       struct authority_outcome *outcome, struct failure *failure)
{
    if (call->type == AUTHORITY_WIRE_REQUEST)
        return request(desk, call, outcome, failure);
    if (call->type == AUTHORITY_WIRE_INQUIRE)
        return inquire(desk, call, outcome, failure);
    if (call->type == AUTHORITY_WIRE_RECOVER)
        return recover(desk, call, outcome, failure);
    if (call->type == AUTHORITY_WIRE_CONFIRM)
        return confirm(desk, call, failure);
    if (call->type == AUTHORITY_WIRE_REVOKE)
        return revoke(desk, call, failure);
    return be_ready(desk, failure);
}

static bool brings_outcome(const struct authority_call *call)
{
    return call->type == AUTHORITY_WIRE_REQUEST || call->type == AUTHORITY_WIRE_INQUIRE ||
           call->type == AUTHORITY_WIRE_RECOVER;
}

enum status ca_desk_answer(struct ca_desk *desk, const struct wire *message, struct wire *reply)
{
    struct authority_call call = {0};
    struct authority_outcome outcome = {0};
    struct failure failure = {0};
    enum status result = authority_wire_read_call(message, &call);
    if (result == STATUS_OK)
        result = act(desk, &call, &outcome, &failure);
    if (result != STATUS_OK && result != STATUS_NOT_FOUND)
        log_failure(component, "a call", result, &failure);
    ERR_clear_error();
    reply->type = (uint16_t)(message->type | AUTHORITY_WIRE_REPLY);
    enum status status = authority_wire_write_result(reply, result);
    if (status == STATUS_OK && result == STATUS_OK && brings_outcome(&call))
        status = authority_wire_write_outcome(reply, &outcome);
    if (status == STATUS_OK && call.type == AUTHORITY_WIRE_STATUS)
        status = wire_put_text(reply, AUTHORITY_WIRE_TAG_NAME, desk->name);
    if (status == STATUS_OK && call.type == AUTHORITY_WIRE_STATUS)
        status = wire_put_integer(reply, AUTHORITY_WIRE_TAG_UNTIL, ca_issue_end(&desk->keys));
    authority_outcome_release(&outcome);
    return status;
}
