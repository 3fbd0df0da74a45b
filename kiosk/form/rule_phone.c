#include <string.h>

#include "kiosk/form/form_rule.h"
#include "kiosk/form/rule_digits.h"

enum { EXTENSION_MAX = 6 };

/* The digits without hyphens; an extension behind the second hyphen of a landline stays out.
 * Returns: false when something else stands among them or hyphens stand alone. */
static bool phone_digits(const char *value, char digits[16], size_t *extension)
{
    size_t count = 0;
    size_t hyphens = 0;
    *extension = 0;
    for (size_t i = 0; value[i] != '\0'; i++) {
        if (value[i] == '-') {
            if (i == 0 || value[i - 1] == '-' || value[i + 1] == '\0')
                return false;
            hyphens++;
            continue;
        }
        if (value[i] < '0' || value[i] > '9')
            return false;
        bool is_extension = hyphens >= 2 && digits[0] == '0';
        if (is_extension)
            (*extension)++;
        else if (count == 15)
            return false;
        else
            digits[count++] = value[i];
    }
    digits[count] = '\0';
    return *extension <= EXTENSION_MAX;
}

static bool phone_is_landline(const char *digits, const char *value)
{
    size_t length = strlen(digits);
    const char *hyphen = strchr(value, '-');
    size_t area = hyphen == NULL ? 0 : (size_t)(hyphen - value);
    bool area_fits = hyphen == NULL || area == 3 || area == 4;
    return digits[0] == '0' && digits[1] != '0' && length >= 10 && length <= 12 && area_fits;
}

bool rule_phone(const char *value, const struct form_rule_context *context, struct form_error *error)
{
    char digits[16] = "";
    size_t extension = 0;
    (void)context;
    if (!phone_digits(value, digits, &extension)) {
        form_error_set(error, "form.phone.character");
        return false;
    }
    size_t length = strlen(digits);
    bool is_mobile = length == 11 && digits[0] == '1' && digits[1] >= '3';
    bool is_service = length == 10 && (strncmp(digits, "400", 3) == 0 || strncmp(digits, "800", 3) == 0);
    if (is_mobile || is_service || phone_is_landline(digits, value))
        return true;
    form_error_set(error, "form.phone.shape");
    return false;
}
