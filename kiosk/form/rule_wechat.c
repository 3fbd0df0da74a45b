#include <ctype.h>
#include <string.h>

#include "kiosk/form/form_rule.h"
#include "kiosk/form/rule_digits.h"
#include "kiosk/form/rule_none.h"

enum { WECHAT_MIN = 6, WECHAT_MAX = 20, WECHAT_QQ_MIN = 5 };

/* The account's own name, or the mobile or QQ number it was opened with. */
bool rule_wechat(const char *value, const struct form_rule_context *context, struct form_error *error)
{
    (void)context;
    size_t length = strlen(value);
    bool is_number = rule_digits_span(value) == length && length >= WECHAT_QQ_MIN && length <= 11;
    bool is_name = length >= WECHAT_MIN && length <= WECHAT_MAX && isalpha((unsigned char)value[0]);
    for (size_t i = 0; i < length && is_name; i++) {
        unsigned char c = (unsigned char)value[i];
        is_name = c < 0x80 && (isalnum(c) || c == '_' || c == '-');
    }
    if (is_name || is_number || rule_none_is_said(value))
        return true;
    form_error_set(error, "form.wechat.shape");
    return false;
}
