#include "drivers/token/token_wire.h"

#include <string.h>

#include "drivers/host/host.h"
#include "kiosk/base/text.h"

enum {
    TAG_MARK = 1,
    TAG_LABEL,
    TAG_SERIAL,
    TAG_MODEL,
    TAG_ROLE,
    TAG_ALGORITHM,
    TAG_KEY_ID,
    TAG_NEW_MARK,
    TAG_MAY_ERASE,
    TAG_PIN,
    TAG_NEW_PIN,
    TAG_INSERTION,
    TAG_WAIT,
    TAG_DATA,
    TAG_PRESENCE,
    TAG_MANUFACTURER,
    TAG_USER_PIN,
    TAG_SO_PIN,
    TAG_PIN_MIN,
    TAG_PIN_MAX,
    TAG_FREE,
    TAG_KEYS,
    TAG_CERTIFICATES,
    TAG_CERTIFICATE,
    TAG_OBJECT,
    TAG_WITH_PRIVATE,
    TAG_FLAGS,
    TAG_UNWRAPS,
    TAG_NAME
};

enum {
    RECORD_ID_BYTES = 1 + TOKEN_KEY_ID_BYTES,
    RECORD_OBJECT_BYTES = 2 + RECORD_ID_BYTES,
    RECORD_SERIAL_AT = 1 + RECORD_ID_BYTES + 32 + 8 + 8,
    RECORD_SUBJECT_AT = RECORD_SERIAL_AT + 65,
    RECORD_CERTIFICATE_BYTES = RECORD_SUBJECT_AT + TOKEN_SUBJECT_BYTES
};

enum {
    CHECK_LOCAL = 1,
    CHECK_SENSITIVE = 2,
    CHECK_EXTRACTABLE = 4,
    CHECK_SIGN = 8,
    CHECK_UNWRAP = 16,
    CHECK_DECRYPT = 32
};

/* --- single values ----------------------------------------------------------------------------------- */

/* Each step is taken only when all before it succeeded. */
#define AND_THEN(status, step)                                                                               \
    do {                                                                                                     \
        if ((status) == STATUS_OK)                                                                           \
            (status) = (step);                                                                               \
    } while (0)

static enum status get_number(const struct wire *message, uint16_t tag, int64_t least, int64_t most,
                              int64_t *out)
{
    int64_t value = 0;
    if (wire_get_integer(message, tag, &value) != STATUS_OK || value < least || value > most)
        return STATUS_MALFORMED;
    *out = value;
    return STATUS_OK;
}

static enum status get_int(const struct wire *message, uint16_t tag, int64_t least, int64_t most, int *out)
{
    int64_t value = 0;
    enum status status = get_number(message, tag, least, most, &value);
    if (status == STATUS_OK)
        *out = (int)value;
    return status;
}

static enum status get_unsigned(const struct wire *message, uint16_t tag, unsigned count, unsigned *out)
{
    int64_t value = 0;
    enum status status = get_number(message, tag, 0, (int64_t)count - 1, &value);
    if (status == STATUS_OK)
        *out = (unsigned)value;
    return status;
}

static enum status get_text(const struct wire *message, uint16_t tag, char *out, size_t size)
{
    return wire_get_text(message, tag, out, size) == STATUS_OK ? STATUS_OK : STATUS_MALFORMED;
}

static enum status put_identity(struct wire *message, const struct token_identity *identity)
{
    enum status status = wire_put_text(message, TAG_MARK, identity->mark);
    AND_THEN(status, wire_put_text(message, TAG_LABEL, identity->label));
    AND_THEN(status, wire_put_text(message, TAG_SERIAL, identity->serial));
    AND_THEN(status, wire_put_text(message, TAG_MODEL, identity->model));
    return status;
}

static enum status get_identity(const struct wire *message, struct token_identity *out)
{
    enum status status = get_text(message, TAG_MARK, out->mark, sizeof(out->mark));
    AND_THEN(status, get_text(message, TAG_LABEL, out->label, sizeof(out->label)));
    AND_THEN(status, get_text(message, TAG_SERIAL, out->serial, sizeof(out->serial)));
    AND_THEN(status, get_text(message, TAG_MODEL, out->model, sizeof(out->model)));
    return status;
}

static enum status put_id(struct wire *message, const struct token_key_id *id)
{
    return wire_put_bytes(message, TAG_KEY_ID, id->bytes, id->length);
}

static enum status get_id(const struct wire *message, struct token_key_id *out)
{
    const uint8_t *bytes = NULL;
    size_t length = 0;
    if (wire_get_bytes(message, TAG_KEY_ID, 0, &bytes, &length) != STATUS_OK || length > sizeof(out->bytes))
        return STATUS_MALFORMED;
    memcpy(out->bytes, bytes, length);
    out->length = length;
    return STATUS_OK;
}

/* --- requests ---------------------------------------------------------------------------------------- */

enum status token_wire_put_request(struct wire *message, const struct token_request *request)
{
    wire_init(message, (uint16_t)(HOST_FIRST_REQUEST + request->verb));
    enum status status = put_identity(message, &request->expected);
    AND_THEN(status, wire_put_integer(message, TAG_ROLE, request->role));
    AND_THEN(status, wire_put_integer(message, TAG_ALGORITHM, request->algorithm));
    AND_THEN(status, wire_put_integer(message, TAG_UNWRAPS, request->unwraps));
    AND_THEN(status, put_id(message, &request->id));
    AND_THEN(status, wire_put_text(message, TAG_NEW_MARK, request->mark));
    AND_THEN(status, wire_put_text(message, TAG_NAME, request->name));
    AND_THEN(status, wire_put_integer(message, TAG_MAY_ERASE, request->may_erase));
    AND_THEN(status, wire_put_integer(message, TAG_INSERTION, (int64_t)request->insertion));
    AND_THEN(status, wire_put_integer(message, TAG_WAIT, request->wait_ms));
    if (request->data_length > 0)
        AND_THEN(status, wire_put_bytes(message, TAG_DATA, request->data, request->data_length));
    /* PINs last: a buffer that grows behind them would leave copies in freed memory */
    if (request->has_pin)
        AND_THEN(status, wire_put_bytes(message, TAG_PIN, request->pin.bytes, request->pin.length));
    if (request->new_pin.length > 0)
        AND_THEN(status,
                 wire_put_bytes(message, TAG_NEW_PIN, request->new_pin.bytes, request->new_pin.length));
    return status;
}

static enum status get_pin(const struct wire *message, uint16_t tag, struct secret *out, bool *given)
{
    enum status status = wire_get_secret(message, tag, out);
    if (given != NULL)
        *given = status == STATUS_OK;
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    /* a NUL would cut the PIN short in calls that take text */
    if (status != STATUS_OK || memchr(out->bytes, 0, out->length) != NULL)
        return STATUS_MALFORMED;
    return STATUS_OK;
}

static enum status get_data(const struct wire *message, struct token_request *request)
{
    enum status status = wire_get_bytes(message, TAG_DATA, 0, &request->data, &request->data_length);
    if (status != STATUS_OK) {
        request->data = NULL;
        request->data_length = 0;
    }
    return request->data_length > TOKEN_DATA_BYTES ? STATUS_MALFORMED : STATUS_OK;
}

enum status token_wire_get_request(const struct wire *message, struct token_request *request)
{
    unsigned role = 0;
    unsigned algorithm = 0;
    int may_erase = 0;
    int unwraps = 0;
    int64_t insertion = 0;
    memset(request, 0, sizeof(*request));
    if (message->type < HOST_FIRST_REQUEST || message->type - HOST_FIRST_REQUEST >= TOKEN_VERB_COUNT_)
        return STATUS_UNSUPPORTED;
    request->verb = (enum token_verb)(message->type - HOST_FIRST_REQUEST);
    enum status status = get_identity(message, &request->expected);
    AND_THEN(status, get_unsigned(message, TAG_ROLE, TOKEN_ROLE_COUNT_, &role));
    AND_THEN(status, get_unsigned(message, TAG_ALGORITHM, TOKEN_ALGORITHM_COUNT_, &algorithm));
    AND_THEN(status, get_int(message, TAG_UNWRAPS, 0, 1, &unwraps));
    AND_THEN(status, get_id(message, &request->id));
    AND_THEN(status, get_text(message, TAG_NEW_MARK, request->mark, sizeof(request->mark)));
    AND_THEN(status, get_text(message, TAG_NAME, request->name, sizeof(request->name)));
    AND_THEN(status, get_int(message, TAG_MAY_ERASE, 0, 1, &may_erase));
    AND_THEN(status, get_number(message, TAG_INSERTION, INT64_MIN, INT64_MAX, &insertion));
    AND_THEN(status, get_int(message, TAG_WAIT, 0, INT32_MAX, &request->wait_ms));
    AND_THEN(status, get_data(message, request));
    AND_THEN(status, get_pin(message, TAG_PIN, &request->pin, &request->has_pin));
    AND_THEN(status, get_pin(message, TAG_NEW_PIN, &request->new_pin, NULL));
    request->role = (enum token_role)role;
    request->algorithm = (enum token_algorithm)algorithm;
    request->unwraps = unwraps != 0;
    request->may_erase = may_erase != 0;
    request->insertion = (uint64_t)insertion;
    return status;
}

/* --- records: a certificate or object in one field ----------------------------------------------------- */

static void record_put_id(uint8_t *to, const struct token_key_id *id)
{
    to[0] = (uint8_t)id->length;
    memcpy(to + 1, id->bytes, sizeof(id->bytes));
}

static bool record_get_id(const uint8_t *from, struct token_key_id *out)
{
    if (from[0] > TOKEN_KEY_ID_BYTES)
        return false;
    out->length = from[0];
    memcpy(out->bytes, from + 1, out->length);
    return true;
}

static void record_put_time(uint8_t *to, int64_t value)
{
    for (int i = 0; i < 8; i++)
        to[i] = (uint8_t)((uint64_t)value >> (56 - 8 * i));
}

static int64_t record_get_time(const uint8_t *from)
{
    uint64_t value = 0;
    for (int i = 0; i < 8; i++)
        value = value << 8 | from[i];
    return (int64_t)value;
}

/* A text field of a record: NUL-terminated within its size, and UTF-8. */
static bool record_get_text(const uint8_t *from, size_t size, char *out)
{
    if (memchr(from, 0, size) == NULL || !text_is_valid((const char *)from, strlen((const char *)from)))
        return false;
    memcpy(out, from, size);
    return true;
}

static enum status put_certificate(struct wire *message, const struct token_certificate *certificate)
{
    uint8_t record[RECORD_CERTIFICATE_BYTES] = {0};
    uint8_t *at = record;
    *at = (uint8_t)certificate->role;
    at += 1;
    record_put_id(at, &certificate->id);
    at += RECORD_ID_BYTES;
    memcpy(at, certificate->sha256, 32);
    at += 32;
    record_put_time(at, certificate->not_before_utc_s);
    record_put_time(at + 8, certificate->not_after_utc_s);
    memcpy(record + RECORD_SERIAL_AT, certificate->serial, sizeof(certificate->serial));
    memcpy(record + RECORD_SUBJECT_AT, certificate->subject, sizeof(certificate->subject));
    return wire_put_bytes(message, TAG_CERTIFICATE, record, sizeof(record));
}

static enum status get_certificate(const struct wire *message, unsigned index, struct token_certificate *out)
{
    const uint8_t *record = NULL;
    size_t length = 0;
    enum status status = wire_get_bytes(message, TAG_CERTIFICATE, index, &record, &length);
    if (status != STATUS_OK || length != RECORD_CERTIFICATE_BYTES || record[0] >= TOKEN_ROLE_COUNT_)
        return STATUS_MALFORMED;
    const uint8_t *at = record + 1 + RECORD_ID_BYTES;
    out->role = (enum token_role)record[0];
    memcpy(out->sha256, at, 32);
    out->not_before_utc_s = record_get_time(at + 32);
    out->not_after_utc_s = record_get_time(at + 40);
    bool good = record_get_id(record + 1, &out->id);
    good = good && record_get_text(record + RECORD_SERIAL_AT, sizeof(out->serial), out->serial);
    good = good && record_get_text(record + RECORD_SUBJECT_AT, sizeof(out->subject), out->subject);
    return good ? STATUS_OK : STATUS_MALFORMED;
}

static enum status put_objects(struct wire *message, const struct token_objects *objects)
{
    enum status status = wire_put_integer(message, TAG_WITH_PRIVATE, objects->with_private);
    AND_THEN(status, wire_put_integer(message, TAG_KEYS, objects->count));
    for (unsigned i = 0; i < objects->count; i++) {
        uint8_t record[RECORD_OBJECT_BYTES] = {(uint8_t)objects->object[i].kind,
                                               (uint8_t)objects->object[i].role};
        record_put_id(record + 2, &objects->object[i].id);
        AND_THEN(status, wire_put_bytes(message, TAG_OBJECT, record, sizeof(record)));
    }
    return status;
}

static enum status get_object(const struct wire *message, unsigned index, struct token_object *out)
{
    const uint8_t *record = NULL;
    size_t length = 0;
    enum status status = wire_get_bytes(message, TAG_OBJECT, index, &record, &length);
    if (status != STATUS_OK || length != RECORD_OBJECT_BYTES || record[0] >= TOKEN_OBJECT_COUNT_ ||
        record[1] >= TOKEN_ROLE_COUNT_ || !record_get_id(record + 2, &out->id))
        return STATUS_MALFORMED;
    out->kind = (enum token_object_kind)record[0];
    out->role = (enum token_role)record[1];
    return STATUS_OK;
}

static enum status get_objects(const struct wire *message, struct token_objects *out)
{
    int with_private = 0;
    enum status status = get_int(message, TAG_WITH_PRIVATE, 0, 1, &with_private);
    AND_THEN(status, get_unsigned(message, TAG_KEYS, TOKEN_OBJECTS + 1, &out->count));
    for (unsigned i = 0; status == STATUS_OK && i < out->count; i++)
        status = get_object(message, i, &out->object[i]);
    out->with_private = with_private != 0;
    return status;
}

/* --- replies ----------------------------------------------------------------------------------------- */

static unsigned listed(const struct token_info *info)
{
    return info->certificates < TOKEN_CERTIFICATES ? info->certificates : TOKEN_CERTIFICATES;
}

static enum status put_info(struct wire *message, const struct token_info *info)
{
    enum status status = put_identity(message, &info->identity);
    AND_THEN(status, wire_put_integer(message, TAG_PRESENCE, info->presence));
    AND_THEN(status, wire_put_integer(message, TAG_INSERTION, (int64_t)info->insertion));
    AND_THEN(status, wire_put_text(message, TAG_MANUFACTURER, info->manufacturer));
    AND_THEN(status, wire_put_integer(message, TAG_USER_PIN, info->user_pin));
    AND_THEN(status, wire_put_integer(message, TAG_SO_PIN, info->so_pin));
    AND_THEN(status, wire_put_integer(message, TAG_PIN_MIN, info->pin_min_bytes));
    AND_THEN(status, wire_put_integer(message, TAG_PIN_MAX, info->pin_max_bytes));
    AND_THEN(status, wire_put_integer(message, TAG_FREE, info->free_bytes));
    AND_THEN(status, wire_put_integer(message, TAG_KEYS, info->keys));
    AND_THEN(status, wire_put_integer(message, TAG_CERTIFICATES, info->certificates));
    for (unsigned i = 0; i < listed(info); i++)
        AND_THEN(status, put_certificate(message, &info->certificate[i]));
    return status;
}

static enum status get_info(const struct wire *message, struct token_info *out)
{
    unsigned presence = 0;
    unsigned user_pin = 0;
    unsigned so_pin = 0;
    int64_t insertion = 0;
    enum status status = get_identity(message, &out->identity);
    AND_THEN(status, get_unsigned(message, TAG_PRESENCE, TOKEN_PRESENCE_COUNT_, &presence));
    AND_THEN(status, get_number(message, TAG_INSERTION, INT64_MIN, INT64_MAX, &insertion));
    AND_THEN(status, get_text(message, TAG_MANUFACTURER, out->manufacturer, sizeof(out->manufacturer)));
    AND_THEN(status, get_unsigned(message, TAG_USER_PIN, TOKEN_PIN_COUNT_, &user_pin));
    AND_THEN(status, get_unsigned(message, TAG_SO_PIN, TOKEN_PIN_COUNT_, &so_pin));
    AND_THEN(status, get_int(message, TAG_PIN_MIN, 0, INT32_MAX, &out->pin_min_bytes));
    AND_THEN(status, get_int(message, TAG_PIN_MAX, 0, INT32_MAX, &out->pin_max_bytes));
    AND_THEN(status, get_number(message, TAG_FREE, -1, INT64_MAX, &out->free_bytes));
    AND_THEN(status, get_unsigned(message, TAG_KEYS, INT32_MAX, &out->keys));
    AND_THEN(status, get_unsigned(message, TAG_CERTIFICATES, INT32_MAX, &out->certificates));
    for (unsigned i = 0; status == STATUS_OK && i < listed(out); i++)
        status = get_certificate(message, i, &out->certificate[i]);
    out->presence = (enum token_presence)presence;
    out->user_pin = (enum token_pin)user_pin;
    out->so_pin = (enum token_pin)so_pin;
    out->insertion = (uint64_t)insertion;
    return status;
}

static enum status put_public_key(struct wire *message, const struct token_public_key *key)
{
    enum status status = put_id(message, &key->id);
    AND_THEN(status, wire_put_integer(message, TAG_ALGORITHM, key->algorithm));
    AND_THEN(status, wire_put_bytes(message, TAG_DATA, key->bytes, key->length));
    return status;
}

static enum status get_public_key(const struct wire *message, struct token_public_key *out)
{
    unsigned algorithm = 0;
    const uint8_t *bytes = NULL;
    size_t length = 0;
    enum status status = get_id(message, &out->id);
    AND_THEN(status, get_unsigned(message, TAG_ALGORITHM, TOKEN_ALGORITHM_COUNT_, &algorithm));
    AND_THEN(status, wire_get_bytes(message, TAG_DATA, 0, &bytes, &length));
    if (status != STATUS_OK || length > sizeof(out->bytes))
        return STATUS_MALFORMED;
    memcpy(out->bytes, bytes, length);
    out->length = length;
    out->algorithm = (enum token_algorithm)algorithm;
    return STATUS_OK;
}

static enum status put_check(struct wire *message, const struct token_key_check *check)
{
    int64_t flags = (check->is_local ? CHECK_LOCAL : 0) | (check->is_sensitive ? CHECK_SENSITIVE : 0) |
                    (check->is_extractable ? CHECK_EXTRACTABLE : 0) | (check->can_sign ? CHECK_SIGN : 0) |
                    (check->can_unwrap ? CHECK_UNWRAP : 0) | (check->can_decrypt ? CHECK_DECRYPT : 0);
    return wire_put_integer(message, TAG_FLAGS, flags);
}

static enum status get_check(const struct wire *message, struct token_key_check *out)
{
    int flags = 0;
    enum status status = get_int(message, TAG_FLAGS, 0, 63, &flags);
    if (status == STATUS_OK)
        *out = (struct token_key_check){.is_local = (flags & CHECK_LOCAL) != 0,
                                        .is_sensitive = (flags & CHECK_SENSITIVE) != 0,
                                        .is_extractable = (flags & CHECK_EXTRACTABLE) != 0,
                                        .can_sign = (flags & CHECK_SIGN) != 0,
                                        .can_unwrap = (flags & CHECK_UNWRAP) != 0,
                                        .can_decrypt = (flags & CHECK_DECRYPT) != 0};
    return status;
}

static enum status get_bytes(const struct wire *message, struct token_reply *reply)
{
    const uint8_t *bytes = NULL;
    size_t length = 0;
    enum status status = get_id(message, &reply->id);
    AND_THEN(status, wire_get_bytes(message, TAG_DATA, 0, &bytes, &length));
    AND_THEN(status, buf_append(&reply->data, bytes, length));
    return status == STATUS_OK ? STATUS_OK : STATUS_MALFORMED;
}

enum status token_wire_put_reply(struct wire *message, enum token_verb verb, const struct token_reply *reply)
{
    enum status status = STATUS_OK;
    switch (verb) {
    case TOKEN_VERB_LOOK:
    case TOKEN_VERB_WAIT:
        return put_info(message, &reply->info);
    case TOKEN_VERB_FORMAT:
        return put_identity(message, &reply->identity);
    case TOKEN_VERB_GENERATE:
    case TOKEN_VERB_PUBLIC_KEY:
        return put_public_key(message, &reply->public_key);
    case TOKEN_VERB_CHECK_KEY:
        return put_check(message, &reply->check);
    case TOKEN_VERB_LIST:
        return put_objects(message, &reply->objects);
    case TOKEN_VERB_SIGN:
    case TOKEN_VERB_DECRYPT:
    case TOKEN_VERB_READ_DATA:
    case TOKEN_VERB_READ_CERTIFICATE:
        status = put_id(message, &reply->id);
        AND_THEN(status, wire_put_bytes(message, TAG_DATA, reply->data.data, reply->data.length));
        return status;
    case TOKEN_VERB_WRITE_CERTIFICATE:
    case TOKEN_VERB_WRITE_DATA:
    case TOKEN_VERB_IMPORT_ENVELOPED:
    case TOKEN_VERB_SET_PIN:
    case TOKEN_VERB_VERIFY_PIN:
    case TOKEN_VERB_UNLOCK_PIN:
    case TOKEN_VERB_DESTROY:
    case TOKEN_VERB_COUNT_:
        break;
    }
    return status;
}

enum status token_wire_get_reply(const struct wire *message, enum token_verb verb, struct token_reply *reply)
{
    switch (verb) {
    case TOKEN_VERB_LOOK:
    case TOKEN_VERB_WAIT:
        return get_info(message, &reply->info);
    case TOKEN_VERB_FORMAT:
        return get_identity(message, &reply->identity);
    case TOKEN_VERB_GENERATE:
    case TOKEN_VERB_PUBLIC_KEY:
        return get_public_key(message, &reply->public_key);
    case TOKEN_VERB_CHECK_KEY:
        return get_check(message, &reply->check);
    case TOKEN_VERB_LIST:
        return get_objects(message, &reply->objects);
    case TOKEN_VERB_SIGN:
    case TOKEN_VERB_DECRYPT:
    case TOKEN_VERB_READ_DATA:
    case TOKEN_VERB_READ_CERTIFICATE:
        return get_bytes(message, reply);
    case TOKEN_VERB_WRITE_CERTIFICATE:
    case TOKEN_VERB_WRITE_DATA:
    case TOKEN_VERB_IMPORT_ENVELOPED:
    case TOKEN_VERB_SET_PIN:
    case TOKEN_VERB_VERIFY_PIN:
    case TOKEN_VERB_UNLOCK_PIN:
    case TOKEN_VERB_DESTROY:
    case TOKEN_VERB_COUNT_:
        break;
    }
    return STATUS_OK;
}
