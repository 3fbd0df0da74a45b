#include "drivers/authority/ca/ca_record.h"

#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/encode.h"
#include "kiosk/base/text.h"

const char *ca_record_state_name(enum ca_state state)
{
    static const char *const names[] = {
#define CA_STATE(code, name) name,
#include "drivers/authority/ca/ca_states.def"
#undef CA_STATE
    };
    check(state < CA_STATE_COUNT_);
    return names[state];
}

void ca_record_init(struct ca_record *record)
{
    *record = (struct ca_record){0};
    ca_record_init_bytes(record);
}

void ca_record_init_bytes(struct ca_record *record)
{
    buf_init(&record->request, LIMIT_CERTIFICATE_BYTES);
    buf_init(&record->certificate, LIMIT_CERTIFICATE_BYTES);
    buf_init(&record->encryption_certificate, LIMIT_CERTIFICATE_BYTES);
    buf_init(&record->escrow, LIMIT_CERTIFICATE_BYTES);
}

void ca_record_release(struct ca_record *record)
{
    if (record == NULL)
        return;
    buf_release(&record->request);
    buf_release(&record->certificate);
    buf_release(&record->encryption_certificate);
    buf_release(&record->escrow);
}

static void set_base64(struct json *object, const char *key, const struct buf *bytes)
{
    struct buf text;
    buf_init(&text, 2 * LIMIT_CERTIFICATE_BYTES);
    if (bytes->length > 0 && encode_base64(&text, bytes->data, bytes->length) == STATUS_OK)
        json_set_text(object, key, (const char *)text.data);
    buf_release(&text);
}

struct json *ca_record_to_json(const struct ca_record *record, bool brief)
{
    struct json *object = json_new_object();
    json_set_text(object, "id", record->id);
    json_set_text(object, "serial", record->serial);
    json_set_text(object, "state", ca_record_state_name(record->state));
    json_set_text(object, "profile", record->profile);
    json_set_text(object, "common_name", record->common_name);
    json_set_text(object, "subject_sha256", record->subject_hash);
    json_set_text(object, "key_sha256", record->key_hash);
    json_set_text(object, "csr_sha256", record->csr_hash);
    json_set_text(object, "reason", authority_reason_name(record->reason));
    json_set_integer(object, "reason_code", record->reason);
    json_set_integer(object, "days", record->days);
    json_set_integer(object, "until_utc_s", record->until_utc_s);
    json_set_integer(object, "requested_utc_s", record->requested_utc_s);
    json_set_integer(object, "issued_utc_s", record->issued_utc_s);
    json_set_integer(object, "confirmed_utc_s", record->confirmed_utc_s);
    json_set_integer(object, "revoked_utc_s", record->revoked_utc_s);
    if (record->encryption_serial[0] != 0)
        json_set_text(object, "encryption_serial", record->encryption_serial);
    if (record->recovered_serial[0] != 0) {
        json_set_text(object, "recovered_serial", record->recovered_serial);
        json_set_text(object, "approvers", record->approvers);
        json_set_integer(object, "recovered_utc_s", record->recovered_utc_s);
    }
    if (!brief) {
        set_base64(object, "csr", &record->request);
        set_base64(object, "certificate", &record->certificate);
        set_base64(object, "encryption_certificate", &record->encryption_certificate);
        set_base64(object, "escrow", &record->escrow);
    }
    return object;
}

static bool read_state(const struct json *object, enum ca_state *out)
{
    const char *name = json_text(object, "state", "");
    for (unsigned i = 0; i < CA_STATE_COUNT_; i++) {
        if (strcmp(ca_record_state_name((enum ca_state)i), name) != 0)
            continue;
        *out = (enum ca_state)i;
        return true;
    }
    return false;
}

static bool read_text(const struct json *object, const char *key, char *out, size_t size)
{
    return text_copy(out, size, json_text(object, key, ""));
}

static bool read_texts(const struct json *object, struct ca_record *out)
{
    return read_text(object, "id", out->id, sizeof(out->id)) && authority_id_is_valid(out->id) &&
           read_text(object, "serial", out->serial, sizeof(out->serial)) && out->serial[0] != 0 &&
           read_text(object, "profile", out->profile, sizeof(out->profile)) &&
           read_text(object, "common_name", out->common_name, sizeof(out->common_name)) &&
           read_text(object, "subject_sha256", out->subject_hash, sizeof(out->subject_hash)) &&
           read_text(object, "key_sha256", out->key_hash, sizeof(out->key_hash)) && out->key_hash[0] != 0 &&
           read_text(object, "csr_sha256", out->csr_hash, sizeof(out->csr_hash)) &&
           read_text(object, "encryption_serial", out->encryption_serial, sizeof(out->encryption_serial)) &&
           read_text(object, "recovered_serial", out->recovered_serial, sizeof(out->recovered_serial)) &&
           read_text(object, "approvers", out->approvers, sizeof(out->approvers));
}

/* What is signed is there, and nothing else. */
static bool is_whole(const struct ca_record *record)
{
    bool is_signed = record->state != CA_REQUESTED;
    bool is_pair = is_signed && record->encryption_serial[0] != 0;
    return record->request.length > 0 && is_signed == (record->certificate.length > 0) &&
           is_pair == (record->encryption_certificate.length > 0) && is_pair == (record->escrow.length > 0);
}

enum status ca_record_from_json(const struct json *object, struct ca_record *out)
{
    ca_record_init(out);
    if (!read_state(object, &out->state) || !read_texts(object, out))
        return STATUS_MALFORMED;
    out->reason = (enum authority_reason)json_number(object, "reason_code", 0);
    if (strcmp(authority_reason_name(out->reason), "invalid") == 0)
        return STATUS_MALFORMED;
    int64_t days = json_number(object, "days", 0);
    if (days < 0 || days > AUTHORITY_DAYS_MOST)
        return STATUS_MALFORMED;
    out->days = (unsigned)days;
    out->until_utc_s = json_number(object, "until_utc_s", 0);
    out->requested_utc_s = json_number(object, "requested_utc_s", 0);
    out->issued_utc_s = json_number(object, "issued_utc_s", 0);
    out->confirmed_utc_s = json_number(object, "confirmed_utc_s", 0);
    out->revoked_utc_s = json_number(object, "revoked_utc_s", 0);
    out->recovered_utc_s = json_number(object, "recovered_utc_s", 0);
    enum status status = encode_base64_decode(&out->request, json_text(object, "csr", ""));
    if (status == STATUS_OK)
        status = encode_base64_decode(&out->certificate, json_text(object, "certificate", ""));
    if (status == STATUS_OK)
        status = encode_base64_decode(&out->encryption_certificate,
                                      json_text(object, "encryption_certificate", ""));
    if (status == STATUS_OK)
        status = encode_base64_decode(&out->escrow, json_text(object, "escrow", ""));
    return status == STATUS_OK && !is_whole(out) ? STATUS_MALFORMED : status;
}
