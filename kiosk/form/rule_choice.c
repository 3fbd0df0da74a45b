#include <string.h>

#include "kiosk/form/form_rule.h"

bool rule_choice(const char *value, const struct form_rule_context *context, struct form_error *error)
{
    for (size_t i = 0; i < context->option_count; i++)
        if (strcmp(context->options[i], value) == 0)
            return true;
    form_error_set(error, "form.choice.other");
    return false;
}
