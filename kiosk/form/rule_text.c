#include "kiosk/base/text.h"
#include "kiosk/form/form_rule.h"

bool rule_text(const char *value, const struct form_rule_context *context, struct form_error *error)
{
    size_t length = text_length(value);
    if (length >= context->min_characters)
        return true;
    form_error_set(error, "form.too-short");
    form_error_number(error, "missing", (long)(context->min_characters - length));
    form_error_number(error, "min", (long)context->min_characters);
    return false;
}
