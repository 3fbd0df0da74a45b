#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/form/form_rule.h"
#include "kiosk/form/rule_domain.h"
#include "kiosk/form/rule_none.h"

static const char *website_without_scheme(const char *value)
{
    if (text_has_prefix(value, "https://"))
        return value + 8;
    return text_has_prefix(value, "http://") ? value + 7 : value;
}

bool rule_website(const char *value, const struct form_rule_context *context, struct form_error *error)
{
    (void)context;
    const char *host = website_without_scheme(value);
    size_t length = strcspn(host, ":/?#");
    if (rule_none_is_said(value) || rule_domain_is_sound(host, length))
        return true;
    form_error_set(error, "form.website.shape");
    return false;
}
