#include <string.h>

#include "kiosk/form/form_rule.h"
#include "kiosk/form/rule_digits.h"

bool rule_code(const char *value, const struct form_rule_context *context, struct form_error *error)
{
    size_t span = strspn(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
    if (value[span] != '\0')
        return rule_digits_refuse(value, span, "form.code.character", error);
    return rule_text(value, context, error);
}
