#include <string.h>

#include "kiosk/form/form_rule.h"
#include "kiosk/form/rule_digits.h"

enum { ACCOUNT_MIN = 8, ACCOUNT_MAX = 30 };

bool rule_account(const char *value, const struct form_rule_context *context, struct form_error *error)
{
    (void)context;
    size_t digits = rule_digits_span(value);
    if (value[digits] != '\0')
        return rule_digits_refuse(value, digits, "form.account.character", error);
    if (digits >= ACCOUNT_MIN && digits <= ACCOUNT_MAX)
        return true;
    form_error_set(error, "form.account.length");
    form_error_number(error, "length", (long)digits);
    return false;
}
