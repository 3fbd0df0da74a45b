/* Rule domain: whether a text is a domain name of two labels or more (RFC 1123 section 2.1), in ASCII.
 *
 * For the rule files only; nobody is asked whether the name exists.
 */
#ifndef KIOSK_FORM_RULE_DOMAIN_H
#define KIOSK_FORM_RULE_DOMAIN_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the first `length` bytes are such a name, its last label not a number. */
bool rule_domain_is_sound(const char *name, size_t length);

#endif
