#include "kiosk/form/rule_domain.h"

#include <ctype.h>
#include <string.h>

enum { DOMAIN_MAX = 253, LABEL_MAX = 63 };

static bool domain_label_is_sound(const char *label, size_t length)
{
    if (length == 0 || length > LABEL_MAX || label[0] == '-' || label[length - 1] == '-')
        return false;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)label[i];
        if (c >= 0x80 || !(isalnum(c) || c == '-'))
            return false;
    }
    return true;
}

bool rule_domain_is_sound(const char *name, size_t length)
{
    size_t labels = 0;
    size_t start = 0;
    if (length > DOMAIN_MAX)
        return false;
    while (start <= length) {
        const char *dot = memchr(name + start, '.', length - start);
        size_t end = dot == NULL ? length : (size_t)(dot - name);
        if (!domain_label_is_sound(name + start, end - start))
            return false;
        labels++;
        if (dot == NULL)
            break;
        start = end + 1;
    }
    return labels >= 2 && isalpha((unsigned char)name[start]);
}
