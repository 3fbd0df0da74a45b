/* A mailbox after RFC 5321 4.1.2 without quoted names and address literals, which no office here uses. */
#include <ctype.h>
#include <string.h>

#include "kiosk/form/form_rule.h"
#include "kiosk/form/rule_domain.h"

enum { EMAIL_LOCAL_MAX = 64, EMAIL_MAX = 254 };

static bool email_local_is_sound(const char *local, size_t length)
{
    if (length == 0 || length > EMAIL_LOCAL_MAX || local[0] == '.' || local[length - 1] == '.')
        return false;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)local[i];
        bool is_atom = c < 0x80 && (isalnum(c) || strchr("!#$%&'*+-/=?^_`{|}~.", c) != NULL);
        if (!is_atom || (c == '.' && local[i + 1] == '.'))
            return false;
    }
    return true;
}

bool rule_email(const char *value, const struct form_rule_context *context, struct form_error *error)
{
    (void)context;
    const char *at = strrchr(value, '@');
    if (at == NULL) {
        form_error_set(error, "form.email.at");
        return false;
    }
    if (!email_local_is_sound(value, (size_t)(at - value)) || strlen(value) > EMAIL_MAX) {
        form_error_set(error, "form.email.name");
        return false;
    }
    if (rule_domain_is_sound(at + 1, strlen(at + 1)))
        return true;
    form_error_set(error, "form.email.domain");
    return false;
}
