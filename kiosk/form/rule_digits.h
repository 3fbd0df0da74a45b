/* Rule digits: what numbers of a fixed length share: their length and characters, with the error that says
 * so.
 *
 * For the rule files only. Pitfall: call it with half-width text, after form_normalise.
 */
#ifndef KIOSK_FORM_RULE_DIGITS_H
#define KIOSK_FORM_RULE_DIGITS_H

#include <stdbool.h>
#include <stddef.h>

#include "kiosk/form/form_error.h"

/* Whether the value has exactly this many characters. The error has the key short_key or long_key and the
 * placeholders missing or over, and length. */
bool rule_digits_length(const char *value, size_t length, const char *short_key, const char *long_key,
                        struct form_error *error);
/* The error says that the character at this byte index cannot stand there: placeholders position (from 1) and
 * character. Returns: false, so that a rule can return it. */
bool rule_digits_refuse(const char *value, size_t index, const char *key, struct form_error *error);
/* The index of the first byte that is no digit, or the length. */
size_t rule_digits_span(const char *value);

#endif
