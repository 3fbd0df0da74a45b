/* Rule pin: whether a PIN may protect a key: its length, its characters, and nothing a finder of the key
 * guesses.
 *
 * The rule's numbers come from the product, narrowed by the token in the slot. It keeps no PIN and copies
 * none. Pitfall: the reason is shown, so an error never quotes any part of the PIN or of the value it
 * resembles.
 */
#ifndef KIOSK_FORM_RULE_PIN_H
#define KIOSK_FORM_RULE_PIN_H

#include <stdbool.h>

#include "kiosk/base/secret.h"
#include "kiosk/form/form.h"

struct rule_pin {
    unsigned min;
    unsigned max;
    bool letters; /* letters are allowed beside digits */
};

/* The narrower of the product's rule and the token's limits. Units: token limits in characters, 0 for
 * unknown. Returns: a rule whose min is not above its max; MALFORMED when both cannot be met. */
enum status rule_pin_narrow(const struct rule_pin *product, unsigned token_min, unsigned token_max,
                            struct rule_pin *out);

/* Whether the PIN may be used. Weak ones are refused with the reason: too short or long, other characters,
 * runs (123456, 654321, abcdef), repeats (111111, 121212, 123123), or six digits in a row that also stand in
 * a resident ID, the day of birth it holds (in any order of year, month and day), a mobile, phone or credit
 * code of the form. form and values may be NULL when there is no form. Returns: true, or false with *error
 * filled. */
bool rule_pin_check(const struct rule_pin *rule, const struct secret *pin, const struct form *form,
                    const struct form_values *values, struct form_error *error);

#endif
