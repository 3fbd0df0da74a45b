#include "drivers/payment/alipay_form.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/encode.h"
#include "kiosk/base/text.h"

void alipay_form_release(struct alipay_form *form)
{
    if (form == NULL)
        return;
    for (size_t i = 0; i < form->count; i++) {
        free(form->list[i].name);
        free(form->list[i].value);
    }
    form->count = 0;
}

/* The place of a name in the sorted list. Returns: whether it is there already. */
static bool find_place(const struct alipay_form *form, const char *name, size_t *place)
{
    size_t at = 0;
    while (at < form->count && strcmp(form->list[at].name, name) < 0)
        at++;
    *place = at;
    return at < form->count && strcmp(form->list[at].name, name) == 0;
}

enum status alipay_form_add(struct alipay_form *form, const char *name, const char *value)
{
    size_t place = 0;
    if (value == NULL || value[0] == '\0')
        return STATUS_OK;
    if (find_place(form, name, &place))
        return STATUS_CONFLICT;
    if (form->count == ALIPAY_FORM_PARAMETERS)
        return STATUS_FULL;
    char *own_name = strdup(name);
    char *own_value = strdup(value);
    if (own_name == NULL || own_value == NULL) {
        free(own_name);
        free(own_value);
        return STATUS_NO_MEMORY;
    }
    memmove(&form->list[place + 1], &form->list[place], (form->count - place) * sizeof(form->list[0]));
    form->list[place].name = own_name;
    form->list[place].value = own_value;
    form->count++;
    return STATUS_OK;
}

const char *alipay_form_value(const struct alipay_form *form, const char *name)
{
    size_t place = 0;
    return find_place(form, name, &place) ? form->list[place].value : "";
}

/* The escaped bytes stand decoded at the end of the buffer. Returns: MALFORMED; else as buf_append. */
static enum status decode(const char *bytes, size_t length, struct buf *out)
{
    buf_clear(out);
    for (size_t i = 0; i < length; i++) {
        char plain = bytes[i] == '+' ? ' ' : bytes[i];
        if (bytes[i] == '%') {
            char digits[3] = {0};
            if (length - i < 3)
                return STATUS_MALFORMED;
            memcpy(digits, bytes + i + 1, 2);
            enum status status = encode_hex_decode(&plain, 1, digits);
            if (status != STATUS_OK)
                return status;
            i += 2;
        }
        if (plain == '\0')
            return STATUS_MALFORMED;
        enum status status = buf_append(out, &plain, 1);
        if (status != STATUS_OK)
            return status;
    }
    return text_is_valid((const char *)out->data, out->length) ? STATUS_OK : STATUS_MALFORMED;
}

static enum status parse_pair(struct alipay_form *form, const char *bytes, size_t length)
{
    struct buf name;
    struct buf value;
    buf_init(&name, ALIPAY_FORM_BYTES);
    buf_init(&value, ALIPAY_FORM_BYTES);
    const char *equals = memchr(bytes, '=', length);
    enum status status = STATUS_MALFORMED;
    if (equals == NULL || equals == bytes)
        goto done;
    size_t name_length = (size_t)(equals - bytes);
    status = decode(bytes, name_length, &name);
    if (status == STATUS_OK && length - name_length > 1)
        status = decode(equals + 1, length - name_length - 1, &value);
    if (status == STATUS_OK && value.length > 0)
        status = alipay_form_add(form, (const char *)name.data, (const char *)value.data);
    if (status == STATUS_CONFLICT)
        status = STATUS_MALFORMED;
done:
    buf_release(&name);
    buf_release(&value);
    return status;
}

enum status alipay_form_parse(struct alipay_form *form, const char *bytes, size_t length)
{
    if (length > ALIPAY_FORM_BYTES)
        return STATUS_FULL;
    enum status status = STATUS_OK;
    while (length > 0 && status == STATUS_OK) {
        const char *end = memchr(bytes, '&', length);
        size_t pair_length = end == NULL ? length : (size_t)(end - bytes);
        status = parse_pair(form, bytes, pair_length);
        size_t passed = pair_length + (end == NULL ? 0 : 1);
        bytes += passed;
        length -= passed;
    }
    return status;
}

static bool is_listed(const char *name, const char *const *list)
{
    for (; *list != NULL; list++)
        if (strcmp(name, *list) == 0)
            return true;
    return false;
}

enum status alipay_form_sign_text(const struct alipay_form *form, const char *const *without, struct buf *out)
{
    enum status status = STATUS_OK;
    const char *join = "";
    for (size_t i = 0; i < form->count && status == STATUS_OK; i++) {
        if (is_listed(form->list[i].name, without))
            continue;
        status = buf_append_format(out, "%s%s=%s", join, form->list[i].name, form->list[i].value);
        join = "&";
    }
    return status;
}

enum status alipay_form_encode(const struct alipay_form *form, struct buf *out)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < form->count && status == STATUS_OK; i++) {
        status = buf_append_format(out, "%s%s=", i == 0 ? "" : "&", form->list[i].name);
        if (status == STATUS_OK)
            status = encode_percent(out, form->list[i].value);
    }
    return status;
}
