#include "kiosk/base/money.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { YUAN_DIGITS_MAX = 12 };

void money_to_yuan(int64_t fen, char out[MONEY_TEXT_BYTES])
{
    const char *sign = fen < 0 ? "-" : "";
    uint64_t amount = fen < 0 ? 0 - (uint64_t)fen : (uint64_t)fen;
    (void)snprintf(out, MONEY_TEXT_BYTES, "%s%" PRIu64 ".%02" PRIu64, sign, amount / 100, amount % 100);
}

enum status money_from_yuan(const char *text, int64_t *fen)
{
    size_t whole = strspn(text, "0123456789");
    if (whole == 0 || whole > YUAN_DIGITS_MAX)
        return STATUS_MALFORMED;
    int64_t amount = 0;
    for (size_t i = 0; i < whole; i++)
        amount = amount * 10 + (text[i] - '0');
    const char *rest = text + whole;
    size_t decimals = *rest == '.' ? strspn(rest + 1, "0123456789") : 0;
    if (*rest == '.' && (decimals < 1 || decimals > 2))
        return STATUS_MALFORMED;
    if (rest[*rest == '.' ? 1 + decimals : 0] != 0)
        return STATUS_MALFORMED;
    int64_t cents = decimals > 0 ? (rest[1] - '0') * 10 : 0;
    cents += decimals > 1 ? rest[2] - '0' : 0;
    *fen = amount * 100 + cents;
    return STATUS_OK;
}
