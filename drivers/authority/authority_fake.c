#include "drivers/authority/authority_fake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/authority/authority_wire.h"
#include "kiosk/base/crypto.h"
#include "kiosk/base/encode.h"

struct record {
    char id[AUTHORITY_ID_BYTES];
    char profile[AUTHORITY_PROFILE_BYTES];
    unsigned days;
    int64_t until_utc_s;
    char serial[AUTHORITY_SERIAL_BYTES];
    struct buf request;
    struct buf certificate; /* empty while waiting */
    bool wants_pair;
    void *encryption_key; /* of a pair; the maker's, in escrow */
    char encryption_serial[AUTHORITY_SERIAL_BYTES];
    struct buf encryption_certificate;
    struct record *recovered; /* whose encryption half is this one's, too */
    bool confirmed;
    bool revoked;
    bool held;        /* revoked, and may be released */
    bool compromised; /* revoked, and not given back from escrow */
};

struct authority_fake {
    authority_fake_issue issue;
    void *context;
    struct authority_fake_pairs pairs;
    struct authority_fake_script script;
    struct authority_fake_counts counts;
    struct record records[AUTHORITY_FAKE_RECORDS];
    size_t record_count;
};

/* A counter of the script is used up by one. */
static bool takes(int *times)
{
    if (*times <= 0)
        return false;
    (*times)--;
    return true;
}

static enum status reach(struct authority_fake *fake, struct failure *failure)
{
    if (fake->script.offline || takes(&fake->script.silent_times))
        return failure_set(failure, STATUS_LOST, "authority_fake", 0, "told to be silent");
    return STATUS_OK;
}

/* After the work was done: the reply may still get lost. */
static enum status reply(struct authority_fake *fake, struct failure *failure)
{
    if (takes(&fake->script.lose_reply_times))
        return failure_set(failure, STATUS_UNKNOWN, "authority_fake", 0, "told to lose the reply");
    return STATUS_OK;
}

static struct record *find(struct authority_fake *fake, const char *id)
{
    for (size_t i = 0; i < fake->record_count; i++)
        if (strcmp(fake->records[i].id, id) == 0)
            return &fake->records[i];
    return NULL;
}

static enum status fake_certificate(struct bytes request, struct buf *certificate,
                                    char serial[AUTHORITY_SERIAL_BYTES])
{
    uint8_t digest[CRYPTO_SHA256_BYTES];
    char hex[2 * 16 + 1];
    crypto_sha256(request.data, request.length, digest);
    encode_hex(hex, digest, 16);
    enum status status = authority_wire_serial(hex, serial);
    return status == STATUS_OK ? buf_append_format(certificate, "no certificate: %s", serial) : status;
}

static enum status issue(struct authority_fake *fake, struct record *record)
{
    const struct authority_request request = {.id = record->id,
                                              .profile = record->profile,
                                              .request = bytes_of_buf(&record->request),
                                              .days = record->days,
                                              .until_utc_s = record->until_utc_s};
    char serial[AUTHORITY_SERIAL_BYTES] = "";
    enum status status = fake->issue == NULL
                             ? fake_certificate(request.request, &record->certificate, serial)
                             : fake->issue(fake->context, &request, &record->certificate, serial);
    if (status == STATUS_OK)
        status = authority_wire_serial(serial, record->serial);
    if (status == STATUS_OK && record->wants_pair)
        status = fake->pairs.make(fake->pairs.context, &request, &record->encryption_key,
                                  &record->encryption_certificate, serial);
    if (status == STATUS_OK && record->wants_pair)
        status = authority_wire_serial(serial, record->encryption_serial);
    if (status == STATUS_OK)
        fake->counts.issued++;
    else
        buf_clear(&record->certificate);
    return status;
}

static enum authority_answer answer_of(const struct record *record)
{
    if (record->certificate.length == 0)
        return AUTHORITY_WAITING;
    return record->revoked ? AUTHORITY_REVOKED : record->confirmed ? AUTHORITY_CONFIRMED : AUTHORITY_ISSUED;
}

static enum status describe_pair(struct authority_fake *fake, const struct record *record,
                                 struct authority_outcome *out)
{
    const struct record *owner = record->recovered != NULL ? record->recovered : record;
    if (owner->encryption_key == NULL)
        return STATUS_OK;
    buf_init(&out->encryption_certificate, LIMIT_CERTIFICATE_BYTES);
    buf_init(&out->enveloped_key, LIMIT_CERTIFICATE_BYTES);
    enum status status = buf_append(&out->encryption_certificate, owner->encryption_certificate.data,
                                    owner->encryption_certificate.length);
    if (status != STATUS_OK || out->answer != AUTHORITY_ISSUED)
        return status;
    status = fake->pairs.envelope(fake->pairs.context, owner->encryption_key, bytes_of_buf(&record->request),
                                  &out->enveloped_key);
    if (status == STATUS_OK && takes(&fake->script.spoil_envelope_times))
        out->enveloped_key.data[out->enveloped_key.length - 1] ^= 1;
    return status;
}

/* The certificate is made unless the script says to wait, and the outcome tells where the record stands. */
static enum status describe(struct authority_fake *fake, struct record *record, struct authority_outcome *out)
{
    enum status status = STATUS_OK;
    if (record->certificate.length == 0 && !takes(&fake->script.wait_times))
        status = issue(fake, record);
    if (status != STATUS_OK)
        return status;
    struct authority_outcome outcome = {.answer = answer_of(record)};
    if (outcome.answer == AUTHORITY_WAITING) {
        outcome.after_s = fake->script.wait_after_s > 0 ? fake->script.wait_after_s : 1;
    } else {
        buf_init(&outcome.certificates[0], LIMIT_CERTIFICATE_BYTES);
        status = buf_append(&outcome.certificates[0], record->certificate.data, record->certificate.length);
        outcome.certificate_count = 1;
        if (status == STATUS_OK)
            status = describe_pair(fake, record, &outcome);
    }
    if (status == STATUS_OK)
        *out = outcome;
    else
        authority_outcome_release(&outcome);
    return status;
}

static enum status answer(struct authority_fake *fake, struct record *record, struct authority_outcome *out,
                          struct failure *failure)
{
    struct authority_outcome outcome = {0};
    enum status status = describe(fake, record, &outcome);
    if (status == STATUS_OK)
        status = reply(fake, failure);
    if (status == STATUS_OK)
        *out = outcome;
    else
        authority_outcome_release(&outcome);
    return status;
}

static enum status refuse(enum authority_refusal refusal, struct authority_outcome *out)
{
    *out = (struct authority_outcome){.answer = AUTHORITY_REFUSED, .refusal = refusal};
    (void)snprintf(out->text, sizeof(out->text), "refused: %s", authority_refusal_name(refusal));
    return STATUS_OK;
}

static enum status add(struct authority_fake *fake, const struct authority_request *request,
                       struct record **out)
{
    if (fake->record_count == AUTHORITY_FAKE_RECORDS)
        return STATUS_FULL;
    struct record *record = &fake->records[fake->record_count];
    *record = (struct record){0};
    (void)snprintf(record->id, sizeof(record->id), "%s", request->id);
    (void)snprintf(record->profile, sizeof(record->profile), "%s", request->profile);
    record->days = request->days;
    record->until_utc_s = request->until_utc_s;
    buf_init(&record->request, LIMIT_CERTIFICATE_BYTES);
    buf_init(&record->certificate, LIMIT_CERTIFICATE_BYTES);
    buf_init(&record->encryption_certificate, LIMIT_CERTIFICATE_BYTES);
    record->wants_pair = request->encryption;
    enum status status = buf_append(&record->request, request->request.data, request->request.length);
    if (status != STATUS_OK)
        return status;
    fake->record_count++;
    *out = record;
    return STATUS_OK;
}

static enum status fake_request(void *state, const struct authority_request *request,
                                struct authority_outcome *out, struct failure *failure)
{
    struct authority_fake *fake = state;
    enum status status = reach(fake, failure);
    if (status != STATUS_OK)
        return status;
    fake->counts.requests++;
    struct record *record = find(fake, request->id);
    if (record == NULL && takes(&fake->script.refuse_times))
        return refuse(fake->script.refusal == AUTHORITY_REFUSAL_NONE ? AUTHORITY_REFUSAL_POLICY
                                                                     : fake->script.refusal,
                      out);
    /* Without a parser "same key" is "same request"; the embedded CA compares keys. */
    if (record != NULL &&
        (!bytes_is_equal(bytes_of_buf(&record->request), request->request) ||
         strcmp(record->profile, request->profile) != 0 || record->days != request->days ||
         record->until_utc_s != request->until_utc_s || record->wants_pair != request->encryption))
        return refuse(AUTHORITY_REFUSAL_KEY_DIFFERS, out);
    if (record == NULL && request->encryption && fake->pairs.make == NULL)
        return refuse(AUTHORITY_REFUSAL_POLICY, out);
    if (record == NULL)
        status = add(fake, request, &record);
    return status == STATUS_OK ? answer(fake, record, out, failure) : status;
}

static struct record *find_escrow(struct authority_fake *fake, const char *serial)
{
    for (size_t i = 0; i < fake->record_count; i++)
        if (fake->records[i].encryption_key != NULL &&
            strcmp(fake->records[i].encryption_serial, serial) == 0)
            return &fake->records[i];
    return NULL;
}

/* Without a parser nobody compares the holders; the embedded CA does. */
static enum authority_refusal judge_recovery(const struct authority_recovery *recovery,
                                             const struct record *owner)
{
    if (recovery->approver_count < AUTHORITY_APPROVALS ||
        strcmp(recovery->approvers[0], recovery->approvers[1]) == 0)
        return AUTHORITY_REFUSAL_NOT_APPROVED;
    if (owner == NULL)
        return AUTHORITY_REFUSAL_ESCROW_UNKNOWN;
    bool is_open = owner->confirmed && !owner->held && !owner->compromised;
    return is_open ? AUTHORITY_REFUSAL_NONE : AUTHORITY_REFUSAL_ESCROW_CLOSED;
}

static enum status fake_recover(void *state, const struct authority_recovery *recovery,
                                struct authority_outcome *out, struct failure *failure)
{
    struct authority_fake *fake = state;
    enum status status = reach(fake, failure);
    if (status != STATUS_OK)
        return status;
    struct record *record = find(fake, recovery->id);
    struct record *owner = find_escrow(fake, recovery->serial);
    if (record == NULL)
        return STATUS_NOT_FOUND;
    if (answer_of(record) != AUTHORITY_ISSUED || record->wants_pair ||
        (record->recovered != NULL && record->recovered != owner))
        return STATUS_BAD_STATE;
    enum authority_refusal refusal = judge_recovery(recovery, owner);
    if (refusal != AUTHORITY_REFUSAL_NONE)
        return refuse(refusal, out);
    fake->counts.recovered += record->recovered == NULL ? 1 : 0;
    record->recovered = owner;
    return answer(fake, record, out, failure);
}

static enum status fake_inquire(void *state, const char *id, struct authority_outcome *out,
                                struct failure *failure)
{
    struct authority_fake *fake = state;
    enum status status = reach(fake, failure);
    if (status != STATUS_OK)
        return status;
    fake->counts.inquiries++;
    struct record *record = find(fake, id);
    return record == NULL ? STATUS_NOT_FOUND : answer(fake, record, out, failure);
}

static void withdraw(struct authority_fake *fake, struct record *record)
{
    if (record->revoked)
        return;
    if (record->confirmed)
        fake->counts.confirmed--;
    record->revoked = true;
    fake->counts.revoked++;
}

static enum status fake_confirm(void *state, const char *id, bool accepted, struct failure *failure)
{
    struct authority_fake *fake = state;
    enum status status = reach(fake, failure);
    if (status != STATUS_OK)
        return status;
    struct record *record = find(fake, id);
    if (record == NULL)
        return STATUS_NOT_FOUND;
    bool was_said = accepted ? record->confirmed : record->revoked;
    bool opposite = accepted ? record->revoked : record->confirmed;
    if (record->certificate.length == 0 || opposite)
        return STATUS_BAD_STATE;
    if (!was_said && accepted) {
        record->confirmed = true;
        fake->counts.confirmed++;
    } else if (!was_said) {
        withdraw(fake, record);
    }
    return reply(fake, failure);
}

/* Held, released, or revoked for good. */
static enum status change(struct authority_fake *fake, struct record *record, enum authority_reason reason)
{
    bool is_final = record->revoked && !record->held;
    if (reason == AUTHORITY_REASON_RELEASE && is_final)
        return STATUS_BAD_STATE;
    if (reason == AUTHORITY_REASON_HOLD && (is_final || !record->confirmed))
        return STATUS_BAD_STATE;
    if (reason == AUTHORITY_REASON_RELEASE && record->held) {
        record->held = record->revoked = false;
        fake->counts.revoked--;
        fake->counts.confirmed++;
    } else if (reason != AUTHORITY_REASON_RELEASE) {
        record->held = reason == AUTHORITY_REASON_HOLD;
        record->compromised = reason == AUTHORITY_REASON_KEY_COMPROMISE;
        withdraw(fake, record);
    }
    return STATUS_OK;
}

static enum status fake_revoke(void *state, const char *serial, enum authority_reason reason,
                               struct failure *failure)
{
    struct authority_fake *fake = state;
    if (takes(&fake->script.silent_revocations))
        return failure_set(failure, STATUS_LOST, "authority_fake", 0, "told to be silent");
    enum status status = reach(fake, failure);
    for (size_t i = 0; i < fake->record_count && status == STATUS_OK; i++) {
        if (strcmp(fake->records[i].serial, serial) != 0 &&
            strcmp(fake->records[i].encryption_serial, serial) != 0)
            continue;
        status = change(fake, &fake->records[i], reason);
        return status == STATUS_OK ? reply(fake, failure) : status;
    }
    return status == STATUS_OK ? STATUS_NOT_FOUND : status;
}

static enum status fake_status(void *state, struct authority_status *out, struct failure *failure)
{
    struct authority_fake *fake = state;
    *out = (struct authority_status){.state = DEVICE_OFFLINE};
    if (reach(fake, failure) == STATUS_OK) {
        out->state = DEVICE_READY;
        (void)snprintf(out->name, sizeof(out->name), "fake authority");
    }
    return STATUS_OK;
}

static void fake_close(void *state)
{
    struct authority_fake *fake = state;
    for (size_t i = 0; i < fake->record_count; i++) {
        buf_release(&fake->records[i].request);
        buf_release(&fake->records[i].certificate);
        buf_release(&fake->records[i].encryption_certificate);
        if (fake->records[i].encryption_key != NULL)
            fake->pairs.free(fake->pairs.context, fake->records[i].encryption_key);
    }
    free(fake);
}

enum status authority_fake_open(authority_fake_issue issue_certificate, void *context, struct authority **out,
                                struct authority_fake **fake)
{
    static const struct authority_ops ops = {fake_request, fake_inquire, fake_recover, fake_confirm,
                                             fake_revoke,  fake_status,  fake_close};
    struct authority_fake *made = calloc(1, sizeof(*made));
    if (made == NULL)
        return STATUS_NO_MEMORY;
    made->issue = issue_certificate;
    made->context = context;
    enum status status = authority_open_take(&ops, made, out);
    if (status == STATUS_OK)
        *fake = made;
    return status;
}

void authority_fake_set_pairs(struct authority_fake *fake, const struct authority_fake_pairs *pairs)
{
    fake->pairs = *pairs;
}

struct authority_fake_script *authority_fake_script(struct authority_fake *fake)
{
    return &fake->script;
}

struct authority_fake_counts authority_fake_counts(const struct authority_fake *fake)
{
    return fake->counts;
}
