#include "kiosk/base/text.h"

#include <string.h>

enum { REPLACEMENT = 0xFFFD, SEQUENCE_MOST = 4 };

static int sequence_length(uint8_t lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    if (lead >= 0xF0 && lead <= 0xF4)
        return 4;
    return 0;
}

static bool is_scalar(uint32_t value, int length)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    return value >= smallest[length] && value <= 0x10FFFF && !(value >= 0xD800 && value <= 0xDFFF);
}

/* Decodes one sequence from at most `available` bytes; 0 bytes used means broken. */
static int decode(const uint8_t *bytes, size_t available, uint32_t *value)
{
    int length = available == 0 ? 0 : sequence_length(bytes[0]);
    if (length == 0 || (size_t)length > available)
        return 0;
    static const uint8_t lead_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    uint32_t decoded = bytes[0] & lead_bits[length];
    for (int i = 1; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
        decoded = decoded << 6 | (bytes[i] & 0x3F);
    }
    if (!is_scalar(decoded, length))
        return 0;
    *value = decoded;
    return length;
}

bool text_is_valid(const char *bytes, size_t length)
{
    const uint8_t *at = (const uint8_t *)bytes;
    uint32_t value = 0;
    while (length > 0) {
        int used = decode(at, length, &value);
        if (used == 0)
            return false;
        at += used;
        length -= (size_t)used;
    }
    return true;
}

bool text_is_hidden(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } hidden[] = {{0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},      {0x061C, 0x061C},
                  {0x180E, 0x180E}, {0x200B, 0x200F}, {0x2028, 0x202E},  {0x2060, 0x206F},
                  {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F}};
    for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++)
        if (c >= hidden[i].first && c <= hidden[i].last)
            return true;
    return false;
}

bool text_is_printable(const char *text)
{
    if (!text_is_valid(text, strlen(text)))
        return false;
    for (uint32_t c = text_next(&text); c != 0; c = text_next(&text))
        if (text_is_hidden(c))
            return false;
    return true;
}

uint32_t text_next(const char **text)
{
    const uint8_t *at = (const uint8_t *)*text;
    if (*at == 0)
        return 0;
    uint32_t value = 0;
    int used = decode(at, SEQUENCE_MOST, &value); /* which reads no further than the end of the text */
    *text += used == 0 ? 1 : used;
    return used == 0 ? REPLACEMENT : value;
}

size_t text_length(const char *text)
{
    size_t count = 0;
    while (text_next(&text) != 0)
        count++;
    return count;
}

size_t text_prefix_bytes(const char *text, size_t characters)
{
    const char *at = text;
    while (characters > 0 && text_next(&at) != 0)
        characters--;
    return (size_t)(at - text);
}

size_t text_encode(uint32_t code_point, char out[5])
{
    static const uint8_t lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    if (!is_scalar(code_point, 1))
        code_point = REPLACEMENT;
    size_t length = code_point < 0x80 ? 1 : code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    out[length] = 0;
    for (size_t i = length - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (code_point & 0x3F));
        code_point >>= 6;
    }
    out[0] = (char)(lead[length] | code_point);
    return length;
}

bool text_copy(char *out, size_t size, const char *text)
{
    size_t length = strlen(text);
    bool fits = length < size;
    if (fits)
        memcpy(out, text, length + 1);
    else if (size > 0)
        out[0] = 0;
    return fits;
}

bool text_has_prefix(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool text_has_suffix(const char *text, const char *suffix)
{
    size_t length = strlen(text), end = strlen(suffix);
    return length >= end && strcmp(text + length - end, suffix) == 0;
}

bool text_is_among(const char *text, int count, char *const *list)
{
    for (int i = 0; i < count; i++)
        if (strcmp(list[i], text) == 0)
            return true;
    return false;
}
