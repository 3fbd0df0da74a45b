#include <string.h>

#include "kiosk/form/form_rule.h"
#include "kiosk/form/rule_digits.h"

static const char letters_and_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

bool rule_user_name(const char *value, const struct form_rule_context *context, struct form_error *error)
{
    size_t span = strspn(value, letters_and_digits);
    if (value[span] != '\0')
        return rule_digits_refuse(value, span, "form.user-name.character", error);
    return rule_text(value, context, error);
}
