#include "kiosk/form/appointment.h"

#include <ctype.h>
#include <string.h>

#include "kiosk/base/encode.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/secret.h"
#include "kiosk/base/text.h"

enum { MAC_CHARACTERS = 2 * APPOINTMENT_MAC_BYTES, PHONE_DIGITS = 11, UNTIL_DIGITS = 12 };

void appointment_wipe(struct appointment *appointment)
{
    form_values_wipe(&appointment->fields);
    secret_wipe_bytes(appointment, sizeof(*appointment));
    form_values_init(&appointment->fields);
}

/* --- parts ------------------------------------------------------------------------------------------- */

/* What is left of the text. */
struct reading {
    const char *next, *limit;
};

static bool is_name(char c)
{
    return isalnum((unsigned char)c) || c == '.' || c == '_' || c == '-';
}

/* What stands before the next bar, of these characters. Returns: whether it fits and is not empty unless it
 * may be. */
static bool read_word(struct reading *reading, bool (*is_right)(char c), bool may_be_empty, char *out,
                      size_t size)
{
    const char *bar = memchr(reading->next, '|', (size_t)(reading->limit - reading->next));
    size_t length = bar == NULL ? 0 : (size_t)(bar - reading->next);
    if (bar == NULL || length >= size || (length == 0 && !may_be_empty))
        return false;
    for (size_t i = 0; i < length; i++)
        if (!is_right(reading->next[i]))
            return false;
    memcpy(out, reading->next, length);
    out[length] = '\0';
    reading->next = bar + 1;
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool read_until(struct reading *reading, int64_t *out)
{
    char digits[UNTIL_DIGITS + 1];
    int64_t value = 0;
    if (!read_word(reading, is_digit, false, digits, sizeof(digits)))
        return false;
    for (const char *c = digits; *c != '\0'; c++)
        value = value * 10 + (*c - '0');
    *out = value;
    return true;
}

static bool read_phone(struct reading *reading, char *out, size_t size)
{
    return read_word(reading, is_digit, true, out, size) && (out[0] == '\0' || strlen(out) == PHONE_DIGITS);
}

/* --- fields ------------------------------------------------------------------------------------------ */

static bool must_be_escaped(char c)
{
    return (unsigned char)c < 0x20 || c == '|' || c == ';' || c == '=';
}

/* One character of a value. Returns: how many of the text it took; 0 when it is wrong. One value has one
 * spelling: what need not be escaped is not. */
static size_t unescape_one(const char *text, size_t length, char *out)
{
    char digits[3] = {0};
    *out = text[0];
    if (text[0] != '%')
        return must_be_escaped(text[0]) ? 0 : 1;
    if (length < 3)
        return 0;
    memcpy(digits, text + 1, 2);
    bool is_right = encode_hex_decode(out, 1, digits) == STATUS_OK && *out != '\0' &&
                    (*out == '%' || must_be_escaped(*out));
    return is_right ? 3 : 0;
}

static bool unescape(const char *text, size_t length, char *out, size_t size)
{
    size_t filled = 0;
    for (size_t i = 0; i < length; filled++) {
        size_t taken = filled + 1 < size ? unescape_one(text + i, length - i, &out[filled]) : 0;
        if (taken == 0)
            return false;
        i += taken;
    }
    out[filled] = '\0';
    return true;
}

/* id=value; an id comes once. */
static enum status read_field(const char *text, size_t length, struct form_values *out)
{
    char id[FORM_ID_BYTES], value[LIMIT_QR_PAYLOAD_BYTES + 1];
    const char *equals = memchr(text, '=', length);
    size_t name = equals == NULL ? 0 : (size_t)(equals - text);
    if (name == 0 || name >= sizeof(id))
        return STATUS_MALFORMED;
    memcpy(id, text, name);
    id[name] = '\0';
    for (size_t i = 0; i < name; i++)
        if (!is_name(id[i]))
            return STATUS_MALFORMED;
    if (!unescape(equals + 1, length - name - 1, value, sizeof(value)) || !text_is_printable(value) ||
        value[0] == '\0' || form_values_get(out, id)[0] != '\0')
        return STATUS_MALFORMED;
    enum status status = form_values_set(out, id, value);
    secret_wipe_bytes(value, sizeof(value));
    return status;
}

static enum status read_fields(struct reading *reading, struct form_values *out)
{
    const char *bar = memchr(reading->next, '|', (size_t)(reading->limit - reading->next));
    enum status status = bar == NULL ? STATUS_MALFORMED : STATUS_OK;
    while (status == STATUS_OK && reading->next < bar) {
        const char *end = memchr(reading->next, ';', (size_t)(bar - reading->next));
        const char *last = end == NULL ? bar : end;
        status = read_field(reading->next, (size_t)(last - reading->next), out);
        reading->next = end == NULL ? bar : end + 1;
        if (end != NULL && reading->next == bar)
            status = STATUS_MALFORMED; /* nothing behind the last ; */
    }
    if (status == STATUS_OK)
        reading->next = bar + 1;
    return status;
}

/* --- the whole --------------------------------------------------------------------------------------- */

static enum status read_mac(const struct reading *reading, uint8_t out[APPOINTMENT_MAC_BYTES])
{
    char digits[MAC_CHARACTERS + 1];
    if (reading->limit - reading->next != MAC_CHARACTERS)
        return STATUS_MALFORMED;
    memcpy(digits, reading->next, MAC_CHARACTERS);
    digits[MAC_CHARACTERS] = '\0';
    if (strspn(digits, "0123456789abcdef") != MAC_CHARACTERS)
        return STATUS_MALFORMED;
    return encode_hex_decode(out, APPOINTMENT_MAC_BYTES, digits);
}

static enum status read_all(struct reading *reading, struct appointment *out,
                            uint8_t mac[APPOINTMENT_MAC_BYTES])
{
    if (!read_word(reading, is_name, false, out->partner, sizeof(out->partner)) ||
        !read_word(reading, is_name, false, out->reference, sizeof(out->reference)) ||
        !read_until(reading, &out->until_utc_s) ||
        !read_word(reading, is_name, false, out->product, sizeof(out->product)) ||
        !read_word(reading, is_name, false, out->operation, sizeof(out->operation)) ||
        !read_word(reading, is_name, true, out->class_id, sizeof(out->class_id)) ||
        !read_phone(reading, out->phone, sizeof(out->phone)))
        return STATUS_MALFORMED;
    enum status status = read_fields(reading, &out->fields);
    return status == STATUS_OK ? read_mac(reading, mac) : status;
}

enum status appointment_parse(const char *text, size_t length, struct appointment *out,
                              uint8_t mac[APPOINTMENT_MAC_BYTES])
{
    const size_t head = strlen(APPOINTMENT_PREFIX);
    uint8_t read[APPOINTMENT_MAC_BYTES];
    struct reading reading = {.next = text + head, .limit = text + length};
    *out = (struct appointment){0};
    form_values_init(&out->fields);
    if (length < head || length > LIMIT_QR_PAYLOAD_BYTES || memcmp(text, APPOINTMENT_PREFIX, head) != 0)
        return STATUS_MALFORMED;
    enum status status = read_all(&reading, out, read);
    if (status != STATUS_OK)
        appointment_wipe(out);
    else if (mac != NULL)
        memcpy(mac, read, sizeof(read));
    return status;
}

enum status appointment_verify(const uint8_t key[CRYPTO_KEY_BYTES], const char *text, size_t length,
                               struct appointment *out)
{
    uint8_t mac[APPOINTMENT_MAC_BYTES], right[CRYPTO_SHA256_BYTES];
    enum status status = appointment_parse(text, length, out, mac);
    if (status != STATUS_OK)
        return status;
    crypto_hmac_sha256(key, CRYPTO_KEY_BYTES, text, length - MAC_CHARACTERS - 1, right);
    if (secret_is_equal(mac, sizeof(mac), right, APPOINTMENT_MAC_BYTES))
        return STATUS_OK;
    appointment_wipe(out);
    return STATUS_REFUSED;
}
