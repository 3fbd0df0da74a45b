#include "kiosk/order/carrier.h"

#include <string.h>

enum { UPU_LENGTH = 13, UPU_DIGITS = 8 };

static const char *const names[CARRIER_COUNT_] = {
#define CARRIER(code, name) name,
#include "kiosk/order/carriers.def"
#undef CARRIER
};

const char *carrier_name(enum carrier carrier)
{
    return (unsigned)carrier < CARRIER_COUNT_ ? names[carrier] : "invalid";
}

enum status carrier_find(const char *name, enum carrier *out)
{
    for (unsigned i = 0; i < CARRIER_COUNT_; i++)
        if (strcmp(names[i], name) == 0) {
            *out = (enum carrier)i;
            return STATUS_OK;
        }
    return STATUS_NOT_FOUND;
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_digits(const char *text, size_t count)
{
    return strlen(text) == count && strspn(text, "0123456789") == count;
}

/* Whether the text has so many characters, all of them letters and digits. */
static bool is_plain(const char *text, size_t least, size_t most)
{
    size_t length = strlen(text);
    for (size_t i = 0; i < length; i++)
        if (!is_upper(text[i]) && !is_digit(text[i]))
            return false;
    return length >= least && length <= most;
}

/* UPU S10: two letters, eight digits, a check digit, two letters: EE123456785CN. */
static bool is_upu(const char *text)
{
    static const int weights[UPU_DIGITS] = {8, 6, 4, 2, 3, 5, 9, 7};
    int sum = 0;
    if (strlen(text) != UPU_LENGTH || !is_upper(text[0]) || !is_upper(text[1]) || !is_upper(text[11]) ||
        !is_upper(text[12]))
        return false;
    for (int i = 0; i < UPU_DIGITS; i++) {
        if (!is_digit(text[2 + i]))
            return false;
        sum += weights[i] * (text[2 + i] - '0');
    }
    int check = 11 - sum % 11;
    check = check == 10 ? 0 : check == 11 ? 5 : check;
    return text[10] == (char)('0' + check);
}

static bool fits(enum carrier carrier, const char *number)
{
    switch (carrier) {
    case CARRIER_SF:
        return is_digits(number, 12) || (strncmp(number, "SF", 2) == 0 && is_digits(number + 2, 13));
    case CARRIER_EMS:
        return is_digits(number, 13) || is_upu(number);
    case CARRIER_JD:
        return strncmp(number, "JD", 2) == 0 && is_plain(number + 2, 11, 15);
    case CARRIER_OTHER:
        return is_plain(number, 8, 20);
    case CARRIER_COUNT_:
        break;
    }
    return false;
}

enum status carrier_number(enum carrier carrier, const char *typed, char out[CARRIER_NUMBER_BYTES])
{
    char number[CARRIER_NUMBER_BYTES] = "";
    size_t length = 0;
    for (; *typed != 0; typed++) {
        if (*typed == ' ' || *typed == '-')
            continue;
        if (length + 1 >= sizeof(number))
            return STATUS_MALFORMED;
        bool is_lower = *typed >= 'a' && *typed <= 'z';
        number[length++] = is_lower ? (char)(*typed - 'a' + 'A') : *typed;
    }
    if (!fits(carrier, number))
        return STATUS_MALFORMED;
    (void)memcpy(out, number, sizeof(number));
    return STATUS_OK;
}
