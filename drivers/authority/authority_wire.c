#include "drivers/authority/authority_wire.h"

#include <ctype.h>
#include <string.h>

#include "kiosk/base/text.h"

/* What travels for each result; the position in the enumeration is no number to speak. */
static const struct result {
    int number;
    enum status status;
} results[] = {{0, STATUS_OK},        {1, STATUS_NOT_FOUND},   {2, STATUS_BAD_STATE},
               {3, STATUS_MALFORMED}, {4, STATUS_UNSUPPORTED}, {5, STATUS_IO}};
enum { RESULTS = sizeof(results) / sizeof(results[0]) };

static bool is_hexadecimal(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!isxdigit((unsigned char)text[i]))
            return false;
    return length > 0;
}

enum status authority_wire_serial(const char *serial, char out[AUTHORITY_SERIAL_BYTES])
{
    size_t length = strlen(serial);
    if (!is_hexadecimal(serial, length))
        return STATUS_MALFORMED;
    while (length > 1 && serial[0] == '0') {
        serial++;
        length--;
    }
    size_t pad = length % 2; /* whole octets, as OpenSSL prints them */
    if (length + pad >= AUTHORITY_SERIAL_BYTES)
        return STATUS_MALFORMED;
    out[0] = '0';
    for (size_t i = 0; i <= length; i++)
        out[pad + i] = (char)toupper((unsigned char)serial[i]);
    return STATUS_OK;
}

enum status authority_wire_write_call(struct wire *wire, const struct authority_call *call)
{
    enum status status = wire_put_text(wire, AUTHORITY_WIRE_TAG_ID, call->id);
    if (status == STATUS_OK)
        status = wire_put_text(wire, AUTHORITY_WIRE_TAG_PROFILE, call->profile);
    if (status == STATUS_OK)
        status = wire_put_bytes(wire, AUTHORITY_WIRE_TAG_CSR, call->request.data, call->request.length);
    if (status == STATUS_OK)
        status = wire_put_integer(wire, AUTHORITY_WIRE_TAG_ACCEPTED, call->accepted);
    if (status == STATUS_OK)
        status = wire_put_text(wire, AUTHORITY_WIRE_TAG_SERIAL, call->serial);
    if (status == STATUS_OK)
        status = wire_put_integer(wire, AUTHORITY_WIRE_TAG_REASON, call->reason);
    if (status == STATUS_OK)
        status = wire_put_integer(wire, AUTHORITY_WIRE_TAG_DAYS, call->days);
    if (status == STATUS_OK && call->until_utc_s != 0)
        status = wire_put_integer(wire, AUTHORITY_WIRE_TAG_UNTIL, call->until_utc_s);
    if (status == STATUS_OK && call->encryption)
        status = wire_put_integer(wire, AUTHORITY_WIRE_TAG_ENCRYPTION, 1);
    for (size_t i = 0; i < call->approver_count && status == STATUS_OK; i++)
        status = wire_put_text(wire, AUTHORITY_WIRE_TAG_APPROVER, call->approvers[i]);
    return status;
}

static enum status read_id(const struct wire *wire, struct authority_call *call)
{
    enum status status = wire_get_text(wire, AUTHORITY_WIRE_TAG_ID, call->id, sizeof(call->id));
    return status == STATUS_OK && authority_id_is_valid(call->id) ? STATUS_OK : STATUS_MALFORMED;
}

/* A client of before says neither. */
static bool read_optional_number(const struct wire *wire, uint16_t tag, int64_t most, int64_t *out)
{
    enum status status = wire_get_integer(wire, tag, out);
    return status == STATUS_NOT_FOUND || (status == STATUS_OK && *out >= 0 && *out <= most);
}

static enum status read_term(const struct wire *wire, struct authority_call *call)
{
    int64_t days = 0;
    if (!read_optional_number(wire, AUTHORITY_WIRE_TAG_DAYS, AUTHORITY_DAYS_MOST, &days) ||
        !read_optional_number(wire, AUTHORITY_WIRE_TAG_UNTIL, INT64_MAX, &call->until_utc_s))
        return STATUS_MALFORMED;
    call->days = (unsigned)days;
    return STATUS_OK;
}

static enum status read_request(const struct wire *wire, struct authority_call *call)
{
    if (read_term(wire, call) != STATUS_OK || read_id(wire, call) != STATUS_OK ||
        wire_get_text(wire, AUTHORITY_WIRE_TAG_PROFILE, call->profile, sizeof(call->profile)) != STATUS_OK ||
        !authority_id_is_valid(call->profile) ||
        wire_get_bytes(wire, AUTHORITY_WIRE_TAG_CSR, 0, &call->request.data, &call->request.length) !=
            STATUS_OK)
        return STATUS_MALFORMED;
    if (call->request.length > LIMIT_CERTIFICATE_BYTES)
        return STATUS_MALFORMED;
    int64_t encryption = 0;
    enum status status = wire_get_integer(wire, AUTHORITY_WIRE_TAG_ENCRYPTION, &encryption);
    call->encryption = status == STATUS_OK && encryption == 1; /* a client of before does not say */
    return status == STATUS_NOT_FOUND || call->encryption ? STATUS_OK : STATUS_MALFORMED;
}

static enum status read_approver(const uint8_t *bytes, size_t length, char out[AUTHORITY_NAME_BYTES])
{
    if (length == 0 || length >= AUTHORITY_NAME_BYTES || memchr(bytes, 0, length) != NULL)
        return STATUS_MALFORMED;
    memcpy(out, bytes, length);
    out[length] = 0;
    return text_is_printable(out) ? STATUS_OK : STATUS_MALFORMED;
}

static enum status read_recover(const struct wire *wire, struct authority_call *call)
{
    char serial[AUTHORITY_SERIAL_BYTES];
    const uint8_t *bytes = NULL;
    size_t length = 0;
    if (read_id(wire, call) != STATUS_OK ||
        wire_get_text(wire, AUTHORITY_WIRE_TAG_SERIAL, serial, sizeof(serial)) != STATUS_OK ||
        authority_wire_serial(serial, call->serial) != STATUS_OK)
        return STATUS_MALFORMED;
    for (unsigned i = 0; wire_get_bytes(wire, AUTHORITY_WIRE_TAG_APPROVER, i, &bytes, &length) == STATUS_OK;
         i++) {
        if (i >= AUTHORITY_APPROVERS || read_approver(bytes, length, call->approvers[i]) != STATUS_OK)
            return STATUS_MALFORMED;
        call->approver_count = i + 1;
    }
    return STATUS_OK;
}

static enum status read_confirm(const struct wire *wire, struct authority_call *call)
{
    int64_t accepted = -1;
    if (read_id(wire, call) != STATUS_OK ||
        wire_get_integer(wire, AUTHORITY_WIRE_TAG_ACCEPTED, &accepted) != STATUS_OK ||
        (accepted != 0 && accepted != 1))
        return STATUS_MALFORMED;
    call->accepted = accepted == 1;
    return STATUS_OK;
}

static enum status read_revoke(const struct wire *wire, struct authority_call *call)
{
    char serial[AUTHORITY_SERIAL_BYTES];
    int64_t reason = -1;
    if (wire_get_text(wire, AUTHORITY_WIRE_TAG_SERIAL, serial, sizeof(serial)) != STATUS_OK ||
        authority_wire_serial(serial, call->serial) != STATUS_OK ||
        wire_get_integer(wire, AUTHORITY_WIRE_TAG_REASON, &reason) != STATUS_OK || reason < 0 || reason > 10)
        return STATUS_MALFORMED;
    call->reason = (enum authority_reason)reason;
    return strcmp(authority_reason_name(call->reason), "invalid") == 0 ? STATUS_MALFORMED : STATUS_OK;
}

enum status authority_wire_read_call(const struct wire *wire, struct authority_call *call)
{
    struct authority_call read = {.type = wire->type};
    enum status status = STATUS_UNSUPPORTED;
    if (wire->type == AUTHORITY_WIRE_REQUEST)
        status = read_request(wire, &read);
    else if (wire->type == AUTHORITY_WIRE_INQUIRE)
        status = read_id(wire, &read);
    else if (wire->type == AUTHORITY_WIRE_CONFIRM)
        status = read_confirm(wire, &read);
    else if (wire->type == AUTHORITY_WIRE_REVOKE)
        status = read_revoke(wire, &read);
    else if (wire->type == AUTHORITY_WIRE_RECOVER)
        status = read_recover(wire, &read);
    else if (wire->type == AUTHORITY_WIRE_STATUS)
        status = STATUS_OK;
    if (status == STATUS_OK)
        *call = read;
    return status;
}

enum status authority_wire_write_result(struct wire *wire, enum status result)
{
    int number = 5;
    for (unsigned i = 0; i < RESULTS; i++)
        if (results[i].status == result)
            number = results[i].number;
    return wire_put_integer(wire, AUTHORITY_WIRE_TAG_RESULT, number);
}

enum status authority_wire_read_result(const struct wire *wire, enum authority_wire_type type,
                                       enum status *result)
{
    int64_t number = -1;
    if (wire->type != (type | AUTHORITY_WIRE_REPLY) ||
        wire_get_integer(wire, AUTHORITY_WIRE_TAG_RESULT, &number) != STATUS_OK)
        return STATUS_MALFORMED;
    for (unsigned i = 0; i < RESULTS; i++) {
        if (results[i].number != number)
            continue;
        *result = results[i].status == STATUS_IO ? STATUS_UNKNOWN : results[i].status;
        return STATUS_OK;
    }
    return STATUS_MALFORMED;
}

enum status authority_wire_write_outcome(struct wire *wire, const struct authority_outcome *outcome)
{
    enum status status = wire_put_integer(wire, AUTHORITY_WIRE_TAG_ANSWER, outcome->answer);
    if (status == STATUS_OK)
        status = wire_put_integer(wire, AUTHORITY_WIRE_TAG_AFTER_S, outcome->after_s);
    if (status == STATUS_OK)
        status = wire_put_integer(wire, AUTHORITY_WIRE_TAG_REFUSAL, outcome->refusal);
    if (status == STATUS_OK)
        status = wire_put_text(wire, AUTHORITY_WIRE_TAG_TEXT, outcome->text);
    for (size_t i = 0; i < outcome->certificate_count && status == STATUS_OK; i++)
        status = wire_put_bytes(wire, AUTHORITY_WIRE_TAG_CERTIFICATE, outcome->certificates[i].data,
                                outcome->certificates[i].length);
    if (status == STATUS_OK && outcome->encryption_certificate.length > 0)
        status = wire_put_bytes(wire, AUTHORITY_WIRE_TAG_ENCRYPTION_CERTIFICATE,
                                outcome->encryption_certificate.data, outcome->encryption_certificate.length);
    if (status == STATUS_OK && outcome->enveloped_key.length > 0)
        status = wire_put_bytes(wire, AUTHORITY_WIRE_TAG_ENVELOPED_KEY, outcome->enveloped_key.data,
                                outcome->enveloped_key.length);
    return status;
}

/* The enumeration's number is read when it lies inside. */
static bool read_number(const struct wire *wire, uint16_t tag, int64_t below, int64_t *out)
{
    int64_t number = -1;
    if (wire_get_integer(wire, tag, &number) != STATUS_OK || number < 0 || number >= below)
        return false;
    *out = number;
    return true;
}

static enum status read_certificates(const struct wire *wire, struct authority_outcome *out)
{
    const uint8_t *bytes = NULL;
    size_t length = 0;
    for (unsigned i = 0;
         wire_get_bytes(wire, AUTHORITY_WIRE_TAG_CERTIFICATE, i, &bytes, &length) == STATUS_OK; i++) {
        if (i >= LIMIT_CHAIN_CERTIFICATES || length > LIMIT_CERTIFICATE_BYTES)
            return STATUS_FULL;
        if (length == 0)
            return STATUS_MALFORMED;
        buf_init(&out->certificates[i], LIMIT_CERTIFICATE_BYTES);
        enum status status = buf_append(&out->certificates[i], bytes, length);
        if (status != STATUS_OK)
            return status;
        out->certificate_count = i + 1;
    }
    return STATUS_OK;
}

/* What only a pair brings. */
static enum status read_optional(const struct wire *wire, uint16_t tag, struct buf *out)
{
    const uint8_t *bytes = NULL;
    size_t length = 0;
    if (wire_get_bytes(wire, tag, 0, &bytes, &length) != STATUS_OK)
        return STATUS_OK;
    buf_init(out, LIMIT_CERTIFICATE_BYTES);
    return buf_append(out, bytes, length);
}

/* An answer that promises a certificate must bring one. */
static bool is_consistent(const struct authority_outcome *outcome)
{
    bool is_pair = outcome->encryption_certificate.length > 0;
    if (outcome->enveloped_key.length > 0 && !is_pair)
        return false;
    switch (outcome->answer) {
    case AUTHORITY_ISSUED:
    case AUTHORITY_CONFIRMED:
    case AUTHORITY_REVOKED:
        return outcome->certificate_count > 0;
    case AUTHORITY_WAITING:
        return outcome->certificate_count == 0 && !is_pair && outcome->after_s >= 1;
    case AUTHORITY_REFUSED:
        return outcome->certificate_count == 0 && !is_pair && outcome->refusal != AUTHORITY_REFUSAL_NONE;
    case AUTHORITY_ANSWER_COUNT_:
        break;
    }
    return false;
}

enum status authority_wire_read_outcome(const struct wire *wire, struct authority_outcome *out)
{
    struct authority_outcome read = {0};
    int64_t answer = 0;
    int64_t after_s = 0;
    int64_t refusal = 0;
    enum { DAY_S = 24 * 60 * 60 };
    enum status status = STATUS_MALFORMED;
    if (read_number(wire, AUTHORITY_WIRE_TAG_ANSWER, AUTHORITY_ANSWER_COUNT_, &answer) &&
        read_number(wire, AUTHORITY_WIRE_TAG_AFTER_S, DAY_S, &after_s) &&
        read_number(wire, AUTHORITY_WIRE_TAG_REFUSAL, AUTHORITY_REFUSAL_COUNT_, &refusal) &&
        wire_get_text(wire, AUTHORITY_WIRE_TAG_TEXT, read.text, sizeof(read.text)) == STATUS_OK)
        status = read_certificates(wire, &read);
    if (status == STATUS_OK)
        status = read_optional(wire, AUTHORITY_WIRE_TAG_ENCRYPTION_CERTIFICATE, &read.encryption_certificate);
    if (status == STATUS_OK)
        status = read_optional(wire, AUTHORITY_WIRE_TAG_ENVELOPED_KEY, &read.enveloped_key);
    read.answer = (enum authority_answer)answer;
    read.after_s = (int)after_s;
    read.refusal = (enum authority_refusal)refusal;
    if (status == STATUS_OK && !is_consistent(&read))
        status = STATUS_MALFORMED;
    if (status == STATUS_OK)
        *out = read;
    else
        authority_outcome_release(&read);
    return status;
}
