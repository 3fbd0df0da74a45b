/* GB 32100-2015, 法人和其他组织统一社会信用代码编码规则: registration authority (1), kind (1), region (6),
 * organisation (8 and its check digit after GB 11714-1997), check character (1). */
#include <string.h>

#include "kiosk/form/form_rule.h"
#include "kiosk/form/rule_digits.h"

enum { CODE_LENGTH = 18, CODE_MODULUS = 31, REGION_FIRST = 2, REGION_END = 8, ORGANISATION_FIRST = 8 };

static const char code_alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

static int code_value(char c)
{
    const char *at = c == '\0' ? NULL : strchr(code_alphabet, c);
    return at == NULL ? -1 : (int)(at - code_alphabet);
}

/* The weights are the powers of 3 modulo 31. */
char rule_credit_code_check(const char *code)
{
    int sum = 0;
    int weight = 1;
    for (int i = 0; i < CODE_LENGTH - 1; i++) {
        int value = code_value(code[i]);
        if (value < 0)
            return 0;
        sum += value * weight;
        weight = weight * 3 % CODE_MODULUS;
    }
    return code_alphabet[(CODE_MODULUS - sum % CODE_MODULUS) % CODE_MODULUS];
}

/* GB 11714-1997: letters count from A = 10 over the whole alphabet; 10 is written X, 11 is written 0. */
static char code_organisation_check(const char *organisation)
{
    static const int weights[] = {3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (size_t i = 0; i < sizeof weights / sizeof weights[0]; i++) {
        char c = organisation[i];
        sum += weights[i] * (c <= '9' ? c - '0' : c - 'A' + 10);
    }
    int check_value = 11 - sum % 11;
    return (char)(check_value == 10 ? 'X' : '0' + check_value % 11);
}

static bool code_has_shape(const char *value, struct form_error *error)
{
    if (!rule_digits_length(value, CODE_LENGTH, "form.credit-code.short", "form.credit-code.long", error))
        return false;
    for (size_t i = 0; i < strlen(value); i++) {
        if (code_value(value[i]) < 0)
            return rule_digits_refuse(value, i, "form.credit-code.character", error);
        bool is_region = i >= REGION_FIRST && i < REGION_END;
        if (is_region && (value[i] < '0' || value[i] > '9'))
            return rule_digits_refuse(value, i, "form.credit-code.region", error);
    }
    return true;
}

/* The first two say which authority registered what, and no region of GB/T 2260 begins with 0. */
static bool code_begins_well(const char *value)
{
    return value[0] != '0' && value[1] != '0' && value[REGION_FIRST] != '0';
}

bool rule_tax_number(const char *value, const struct form_rule_context *context, struct form_error *error)
{
    (void)context;
    if (!code_has_shape(value, error))
        return false;
    if (!code_begins_well(value)) {
        form_error_set(error, "form.credit-code.authority");
        form_error_number(error, "count", REGION_FIRST + 1);
        return false;
    }
    if (rule_credit_code_check(value) == value[CODE_LENGTH - 1])
        return true;
    form_error_set(error, "form.credit-code.check");
    return false;
}

bool rule_credit_code(const char *value, const struct form_rule_context *context, struct form_error *error)
{
    if (!rule_tax_number(value, context, error))
        return false;
    if (code_organisation_check(value + ORGANISATION_FIRST) == value[CODE_LENGTH - 2])
        return true;
    form_error_set(error, "form.credit-code.organisation");
    return false;
}
