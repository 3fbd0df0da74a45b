#include "kiosk/base/encode.h"

#include <stdbool.h>
#include <string.h>

static const char hex_digits[] = "0123456789abcdef";
static const char base64_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void encode_hex(char *out, const void *bytes, size_t length)
{
    const uint8_t *from = bytes;
    for (size_t i = 0; i < length; i++) {
        *out++ = hex_digits[from[i] >> 4];
        *out++ = hex_digits[from[i] & 15];
    }
    *out = 0;
}

static int hex_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F')
        return digit - 'A' + 10;
    return -1;
}

enum status encode_hex_decode(void *out, size_t length, const char *text)
{
    if (strlen(text) != length * 2)
        return STATUS_MALFORMED;
    for (size_t i = 0; i < length * 2; i++)
        if (hex_value(text[i]) < 0)
            return STATUS_MALFORMED;
    uint8_t *to = out;
    for (size_t i = 0; i < length; i++)
        to[i] = (uint8_t)(hex_value(text[2 * i]) << 4 | hex_value(text[2 * i + 1]));
    return STATUS_OK;
}

static void encode_group(uint8_t *to, const uint8_t *from, size_t left)
{
    uint32_t group =
        (uint32_t)from[0] << 16 | (left > 1 ? (uint32_t)from[1] << 8 : 0) | (left > 2 ? from[2] : 0);
    to[0] = (uint8_t)base64_digits[group >> 18 & 63];
    to[1] = (uint8_t)base64_digits[group >> 12 & 63];
    to[2] = left > 1 ? (uint8_t)base64_digits[group >> 6 & 63] : '=';
    to[3] = left > 2 ? (uint8_t)base64_digits[group & 63] : '=';
}

enum status encode_base64(struct buf *out, const void *bytes, size_t length)
{
    uint8_t *to = NULL;
    enum status status = buf_extend(out, (length + 2) / 3 * 4, &to);
    if (status != STATUS_OK)
        return status;
    const uint8_t *from = bytes;
    for (size_t i = 0; i < length; i += 3, to += 4)
        encode_group(to, from + i, length - i);
    return STATUS_OK;
}

static int base64_value(char digit)
{
    const char *found = digit == 0 ? NULL : strchr(base64_digits, digit);
    return found == NULL ? -1 : (int)(found - base64_digits);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* Reads one group of four; returns the bytes it holds, -1 when malformed, 0 at the end. */
static int decode_group(const char **text, uint8_t out[3])
{
    int values[4];
    int padding = 0;
    for (int i = 0; i < 4; i++) {
        while (is_space(**text))
            (*text)++;
        char digit = **text;
        if (digit == 0)
            return i == 0 ? 0 : -1;
        (*text)++;
        if (digit == '=' && i >= 2)
            padding++;
        else if (padding > 0)
            return -1;
        values[i] = digit == '=' ? 0 : base64_value(digit);
        if (values[i] < 0 || (digit == '=' && i < 2))
            return -1;
    }
    uint32_t group = (uint32_t)values[0] << 18 | (uint32_t)values[1] << 12 | (uint32_t)values[2] << 6 |
                     (uint32_t)values[3];
    out[0] = (uint8_t)(group >> 16);
    out[1] = (uint8_t)(group >> 8);
    out[2] = (uint8_t)group;
    return 3 - padding;
}

enum status encode_base64_decode(struct buf *out, const char *text)
{
    size_t before = out->length;
    enum status status = STATUS_OK;
    int used = 3;
    while (status == STATUS_OK) {
        uint8_t group[3];
        int length = decode_group(&text, group);
        if (length == 0)
            return STATUS_OK;
        if (length < 0 || used != 3) /* nothing may follow a padded group */
            status = STATUS_MALFORMED;
        else
            status = buf_append(out, group, (size_t)length);
        used = length;
    }
    out->length = before;
    if (out->data != NULL)
        out->data[before] = 0;
    return status;
}

static bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

enum status encode_percent(struct buf *out, const char *text)
{
    enum status status = STATUS_OK;
    for (; *text != 0 && status == STATUS_OK; text++) {
        uint8_t byte = (uint8_t)*text;
        if (is_unreserved(*text))
            status = buf_append(out, text, 1);
        else
            status = buf_append_format(out, "%%%02X", byte);
    }
    return status;
}
