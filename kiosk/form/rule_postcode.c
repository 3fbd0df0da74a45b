#include "kiosk/form/form_rule.h"
#include "kiosk/form/rule_digits.h"

enum { POSTCODE_LENGTH = 6 };

bool rule_postcode(const char *value, const struct form_rule_context *context, struct form_error *error)
{
    (void)context;
    size_t digits = rule_digits_span(value);
    if (value[digits] != '\0')
        return rule_digits_refuse(value, digits, "form.postcode.character", error);
    if (!rule_digits_length(value, POSTCODE_LENGTH, "form.postcode.short", "form.postcode.long", error))
        return false;
    if (value[0] != '0' || value[1] != '0') /* the first two are a province's, from 01 */
        return true;
    form_error_set(error, "form.postcode.unknown");
    return false;
}
