#include "kiosk/form/form_rule.h"
#include "kiosk/form/rule_digits.h"

enum { MOBILE_LENGTH = 11 };

bool rule_mobile(const char *value, const struct form_rule_context *context, struct form_error *error)
{
    (void)context;
    size_t digits = rule_digits_span(value);
    if (value[digits] != '\0')
        return rule_digits_refuse(value, digits, "form.mobile.character", error);
    if (!rule_digits_length(value, MOBILE_LENGTH, "form.mobile.short", "form.mobile.long", error))
        return false;
    if (value[0] == '1' && value[1] >= '3')
        return true;
    form_error_set(error, "form.mobile.start");
    return false;
}
