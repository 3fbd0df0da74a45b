/* Form sample: values that pass every rule, made from a form's definition alone.
 *
 * For tests that fill in any product's form. Numbers of people carry their check digits, worked out here, not
 * by the product's rules. People, units and numbers are fictitious.
 * Pitfall: the agent's mobile is the one the visit logs in with (HALL_PHONE), the unit's credit code the
 * one orders are found by (HALL_CREDIT_CODE).
 */
#ifndef TESTS_SUPPORT_FORM_SAMPLE_H
#define TESTS_SUPPORT_FORM_SAMPLE_H

#include "kiosk/form/form.h"

/* Every asked field has a value, those of one subject agree. Owns: the caller wipes *out, which must not hold
 * values before. */
void form_sample_make(const struct form *form, struct form_values *out);

/* The last character of a resident ID whose first 17 digits these are (GB 11643). */
char form_sample_id_check(const char *digits);

/* What a template of a certificate's subject means by these values: "{field}" or a word that stands for
 * itself. */
void form_sample_fill(const struct form *form, const struct form_values *values, const char *pattern,
                      char *out, size_t size);

#endif
