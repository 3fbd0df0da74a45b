#include "kiosk/form/form_rule.h"
#include "kiosk/form/region.h"

/* Without lists there is nothing to choose from, and any text will do. */
bool rule_region(const char *value, const struct form_rule_context *context, struct form_error *error)
{
    if (context->regions == NULL)
        return rule_text(value, context, error);
    if (region_is_listed(context->regions, value))
        return true;
    form_error_set(error, "form.region.other");
    return false;
}
