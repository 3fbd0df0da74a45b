/* Numbers after a product's pattern: literal characters, hall time and digits, drawn for the 受理号 and
 * counted for keys. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/clock.h"
#include "kiosk/order/order.h"

enum { ACCEPTANCE_DIGITS_MAX = 12 };

#define ACCEPTANCE_DIGITS "{digits:"

struct acceptance {
    char text[ORDER_ACCEPTANCE_BYTES];
    size_t length;
    int64_t utc_s;
    const struct random *random; /* NULL: the digits count instead */
    int64_t count;
};

static enum status acceptance_put(struct acceptance *number, const char *text, size_t length)
{
    if (number->length + length >= sizeof number->text)
        return STATUS_FULL;
    memcpy(number->text + number->length, text, length);
    number->length += length;
    return STATUS_OK;
}

static enum status acceptance_put_time(struct acceptance *number, const char *format)
{
    char text[32];
    size_t length = clock_format_hall(number->utc_s, format, text, sizeof text);
    return length == 0 ? STATUS_MALFORMED : acceptance_put(number, text, length);
}

static enum status acceptance_put_digits(struct acceptance *number, const char *count_text)
{
    char *end = NULL;
    unsigned long count = strtoul(count_text, &end, 10);
    if (end == count_text || *end != '\0' || count_text[0] == '-' || count < 1 ||
        count > ACCEPTANCE_DIGITS_MAX)
        return STATUS_MALFORMED;
    char digits[ACCEPTANCE_DIGITS_MAX];
    for (size_t i = count; i-- > 0; number->count /= 10)
        digits[i] = (char)('0' + (number->random != NULL ? random_below(number->random, 10)
                                                         : (uint32_t)(number->count % 10)));
    return number->count > 0 ? STATUS_FULL : acceptance_put(number, digits, count);
}

static enum status acceptance_put_token(struct acceptance *number, const char *token)
{
    if (strcmp(token, "yyyyMMddHHmmss") == 0)
        return acceptance_put_time(number, "%Y%m%d%H%M%S");
    if (strcmp(token, "yyyyMMdd") == 0)
        return acceptance_put_time(number, "%Y%m%d");
    if (strcmp(token, "yyMM") == 0)
        return acceptance_put_time(number, "%y%m");
    if (strncmp(token, "digits:", 7) == 0)
        return acceptance_put_digits(number, token + 7);
    return STATUS_MALFORMED;
}

static bool acceptance_is_literal(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
}

/* The token or character at *pattern is put down and *pattern moves behind it. */
static enum status acceptance_put_part(struct acceptance *number, const char **pattern)
{
    if (**pattern != '{') {
        if (!acceptance_is_literal(**pattern))
            return STATUS_MALFORMED;
        return acceptance_put(number, (*pattern)++, 1);
    }
    const char *end = strchr(*pattern, '}');
    char token[24];
    size_t length = end == NULL ? sizeof token : (size_t)(end - *pattern) - 1;
    if (length >= sizeof token)
        return STATUS_MALFORMED;
    memcpy(token, *pattern + 1, length);
    token[length] = '\0';
    *pattern = end + 1;
    return acceptance_put_token(number, token);
}

static enum status acceptance_write(struct acceptance *number, const char *pattern,
                                    char out[ORDER_ACCEPTANCE_BYTES])
{
    while (*pattern != '\0') {
        enum status status = acceptance_put_part(number, &pattern);
        if (status != STATUS_OK)
            return status;
    }
    if (number->length == 0)
        return STATUS_MALFORMED;
    memcpy(out, number->text, number->length + 1);
    return STATUS_OK;
}

enum status order_acceptance_make(const char *pattern, int64_t utc_s, unsigned draw,
                                  const struct random *random, char out[ORDER_ACCEPTANCE_BYTES])
{
    bool draws_digits = strstr(pattern, ACCEPTANCE_DIGITS) != NULL;
    struct acceptance number = {.utc_s = draws_digits ? utc_s : utc_s + draw, .random = random};
    return acceptance_write(&number, pattern, out);
}

enum status order_number_make(const char *pattern, int64_t utc_s, int64_t count,
                              char out[ORDER_ACCEPTANCE_BYTES])
{
    struct acceptance number = {.utc_s = utc_s, .count = count};
    const char *digits = strstr(pattern, ACCEPTANCE_DIGITS);
    if (count < 0 || digits == NULL || strstr(digits + 1, ACCEPTANCE_DIGITS) != NULL)
        return STATUS_MALFORMED; /* the count stands in one place */
    return acceptance_write(&number, pattern, out);
}
