#include "kiosk/page/page_code.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/base/encode.h"
#include "kiosk/base/secret.h"

#define CODE_FORMAT "CK1"
enum { CODE_PAGES_MAX = 99, CODE_MAC_CHARACTERS = 2 * PAGE_CODE_MAC_BYTES };

static bool is_word_of(const char *text, size_t length, size_t size, const char *others)
{
    if (length == 0 || length >= size)
        return false;
    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        bool is_plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (!is_plain && (c == '\0' || !strchr(others, c)))
            return false;
    }
    return true;
}

static bool is_acceptance(const char *text, size_t length)
{
    return is_word_of(text, length, PAGE_CODE_ACCEPTANCE_BYTES, "-");
}

static bool is_template(const char *text, size_t length)
{
    return is_word_of(text, length, PAGE_CODE_TEMPLATE_BYTES, "._-");
}

static bool is_counted(int page, int pages)
{
    return page >= 1 && page <= pages && pages <= CODE_PAGES_MAX;
}

static void code_mac(const uint8_t key[CRYPTO_KEY_BYTES], const char *text, size_t length,
                     uint8_t mac[PAGE_CODE_MAC_BYTES])
{
    uint8_t whole[CRYPTO_SHA256_BYTES];
    crypto_hmac_sha256(key, CRYPTO_KEY_BYTES, text, length, whole);
    memcpy(mac, whole, PAGE_CODE_MAC_BYTES);
}

enum status page_code_make(const uint8_t key[CRYPTO_KEY_BYTES], const struct page_code *code, char *out,
                           size_t size)
{
    if (!is_acceptance(code->acceptance, strnlen(code->acceptance, sizeof code->acceptance)) ||
        !is_template(code->template_version,
                     strnlen(code->template_version, sizeof code->template_version)) ||
        !is_counted(code->page, code->pages))
        return STATUS_MALFORMED;
    char text[PAGE_CODE_TEXT_BYTES];
    int length = snprintf(text, sizeof text, CODE_FORMAT "|%s|%d/%d|%s", code->acceptance, code->page,
                          code->pages, code->template_version);
    if (length < 0 || (size_t)length + 1 + CODE_MAC_CHARACTERS + 1 > sizeof text ||
        (size_t)length + 1 + CODE_MAC_CHARACTERS + 1 > size)
        return STATUS_FULL;
    uint8_t mac[PAGE_CODE_MAC_BYTES];
    code_mac(key, text, (size_t)length, mac);
    text[length] = '|';
    encode_hex(text + length + 1, mac, sizeof mac);
    memcpy(out, text, (size_t)length + 1 + CODE_MAC_CHARACTERS + 1);
    return STATUS_OK;
}

/* A number without sign, blanks or leading zero, followed by `end`. Returns: the place behind `end`, or NULL.
 */
static const char *read_number(const char *text, const char *limit, char end, int *out)
{
    int value = 0;
    const char *start = text;
    while (text < limit && *text >= '0' && *text <= '9' && value <= CODE_PAGES_MAX)
        value = value * 10 + (*text++ - '0');
    if (text == start || *start == '0' || text >= limit || *text != end)
        return NULL;
    *out = value;
    return text + 1;
}

/* A word followed by a bar. Returns: the place behind the bar, or NULL. */
static const char *read_word(const char *text, const char *limit, bool (*is_right)(const char *, size_t),
                             char *out)
{
    const char *bar = memchr(text, '|', (size_t)(limit - text));
    if (!bar || !is_right(text, (size_t)(bar - text)))
        return NULL;
    memcpy(out, text, (size_t)(bar - text));
    out[bar - text] = '\0';
    return bar + 1;
}

static enum status read_mac(const char *text, size_t length, uint8_t out[PAGE_CODE_MAC_BYTES])
{
    char digits[CODE_MAC_CHARACTERS + 1];
    if (length != CODE_MAC_CHARACTERS)
        return STATUS_MALFORMED;
    memcpy(digits, text, CODE_MAC_CHARACTERS);
    digits[CODE_MAC_CHARACTERS] = '\0';
    /* One page has one text: capitals would be a second spelling of the same code. */
    if (strspn(digits, "0123456789abcdef") != CODE_MAC_CHARACTERS)
        return STATUS_MALFORMED;
    return encode_hex_decode(out, PAGE_CODE_MAC_BYTES, digits);
}

enum status page_code_parse(const char *text, size_t length, struct page_code *out,
                            uint8_t mac[PAGE_CODE_MAC_BYTES])
{
    static const char head[] = CODE_FORMAT "|";
    const char *limit = text + length;
    if (length < sizeof head - 1 || length >= PAGE_CODE_TEXT_BYTES ||
        memcmp(text, head, sizeof head - 1) != 0)
        return STATUS_MALFORMED;
    struct page_code read = {0};
    uint8_t read_bytes[PAGE_CODE_MAC_BYTES];
    const char *next = read_word(text + sizeof head - 1, limit, is_acceptance, read.acceptance);
    next = next ? read_number(next, limit, '/', &read.page) : NULL;
    next = next ? read_number(next, limit, '|', &read.pages) : NULL;
    next = next ? read_word(next, limit, is_template, read.template_version) : NULL;
    if (!next || !is_counted(read.page, read.pages) ||
        read_mac(next, (size_t)(limit - next), read_bytes) != STATUS_OK)
        return STATUS_MALFORMED;
    *out = read;
    if (mac)
        memcpy(mac, read_bytes, sizeof read_bytes);
    return STATUS_OK;
}

enum status page_code_verify(const uint8_t key[CRYPTO_KEY_BYTES], const char *text, size_t length,
                             struct page_code *out)
{
    struct page_code read;
    uint8_t mac[PAGE_CODE_MAC_BYTES], right[PAGE_CODE_MAC_BYTES];
    enum status status = page_code_parse(text, length, &read, mac);
    if (status != STATUS_OK)
        return status;
    code_mac(key, text, length - CODE_MAC_CHARACTERS - 1, right);
    if (!secret_is_equal(mac, sizeof mac, right, sizeof right))
        return STATUS_REFUSED;
    *out = read;
    return STATUS_OK;
}
