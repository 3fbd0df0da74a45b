#include "kiosk/base/json.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/secret.h"
#include "kiosk/base/text.h"

/* struct json is the library's value under a name of ours; the casts live in these two functions only. */
static json_t *inner(const struct json *json)
{
    return (json_t *)(uintptr_t)json;
}

static struct json *outer(json_t *value)
{
    return (struct json *)value;
}

enum status json_parse(const char *text, size_t length, struct json **out)
{
    if (length > LIMIT_JSON_BYTES)
        return STATUS_FULL;
    json_error_t error;
    json_t *parsed = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);
    if (parsed == NULL)
        return STATUS_MALFORMED;
    *out = outer(parsed);
    return STATUS_OK;
}

struct json *json_new_object(void)
{
    json_t *object = json_object();
    check(object != NULL);
    return outer(object);
}

struct json *json_new_array(void)
{
    json_t *array = json_array();
    check(array != NULL);
    return outer(array);
}

void json_free(struct json *json)
{
    json_decref(inner(json));
}

static void set_new(struct json *object, const char *key, json_t *value)
{
    check(value != NULL && json_object_set_new(inner(object), key, value) == 0);
}

/* What a device or vendor calls itself may be in any bytes; broken sequences become U+FFFD. */
static json_t *new_text(const char *value)
{
    if (text_is_valid(value, strlen(value)))
        return json_string(value);
    struct buf mended;
    char character[5];
    buf_init(&mended, LIMIT_JSON_BYTES);
    for (uint32_t c = text_next(&value); c != 0; c = text_next(&value))
        check(buf_append(&mended, character, text_encode(c, character)) == STATUS_OK);
    json_t *text = json_string((const char *)mended.data);
    buf_wipe(&mended);
    return text;
}

void json_set_text(struct json *object, const char *key, const char *value)
{
    set_new(object, key, new_text(value));
}

void json_set_integer(struct json *object, const char *key, int64_t value)
{
    set_new(object, key, json_integer(value));
}

void json_set_bool(struct json *object, const char *key, bool value)
{
    set_new(object, key, json_boolean(value));
}

void json_set_take(struct json *object, const char *key, struct json *child)
{
    set_new(object, key, inner(child));
}

void json_append_take(struct json *array, struct json *child)
{
    check(json_array_append_new(inner(array), inner(child)) == 0);
}

void json_append_text(struct json *array, const char *value)
{
    json_t *text = new_text(value);
    check(text != NULL && json_array_append_new(inner(array), text) == 0);
}

const char *json_text(const struct json *object, const char *key, const char *fallback)
{
    const char *value = json_string_value(json_object_get(inner(object), key));
    return value == NULL ? fallback : value;
}

int64_t json_number(const struct json *object, const char *key, int64_t fallback)
{
    json_t *value = json_object_get(inner(object), key);
    return json_is_integer(value) ? json_integer_value(value) : fallback;
}

bool json_bool(const struct json *object, const char *key, bool fallback)
{
    json_t *value = json_object_get(inner(object), key);
    return json_is_boolean(value) ? json_is_true(value) : fallback;
}

const struct json *json_member(const struct json *object, const char *key)
{
    return outer(json_object_get(inner(object), key));
}

bool json_is_map(const struct json *json)
{
    return json_is_object(inner(json));
}

size_t json_member_count(const struct json *object)
{
    return json_object_size(inner(object));
}

const char *json_member_name(const struct json *object, size_t index)
{
    json_t *members = inner(object);
    void *at = json_object_iter(members);
    for (size_t i = 0; i < index && at != NULL; i++)
        at = json_object_iter_next(members, at);
    return at == NULL ? "" : json_object_iter_key(at);
}

size_t json_length(const struct json *array)
{
    return json_array_size(inner(array));
}

const struct json *json_element(const struct json *array, size_t index)
{
    return outer(json_array_get(inner(array), index));
}

const char *json_text_value(const struct json *value)
{
    return json_string_value(inner(value));
}

enum status json_write(const struct json *json, struct buf *out)
{
    char *text = json_dumps(inner(json), JSON_COMPACT | JSON_ENCODE_ANY);
    check(text != NULL);
    enum status status = buf_append_text(out, text);
    secret_wipe_bytes(text, strlen(text));
    free(text);
    return status;
}
