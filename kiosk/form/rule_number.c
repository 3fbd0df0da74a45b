#include "kiosk/form/form_rule.h"
#include "kiosk/form/rule_digits.h"

bool rule_number(const char *value, const struct form_rule_context *context, struct form_error *error)
{
    size_t digits = rule_digits_span(value);
    if (value[digits] != '\0')
        return rule_digits_refuse(value, digits, "form.number.character", error);
    return rule_text(value, context, error);
}
