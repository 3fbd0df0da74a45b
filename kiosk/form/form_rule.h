/* Form rule: whether one normalised value can be true, one rule per kind, one file per rule (rule_<kind>.c).
 *
 * A rule knows shapes, dates and check digits; it asks nobody whether the number exists. An empty value is
 * not a rule's business: form_check says whether it may be empty. Pitfall: rules see values after
 * form_normalise; a rule does not trim or fold.
 */
#ifndef KIOSK_FORM_FORM_RULE_H
#define KIOSK_FORM_FORM_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/form/form_error.h"

struct region_list;

/* What a rule may know besides the value. */
struct form_rule_context {
    int64_t today_utc_s;        /* the day against which ages are counted, read in hall time */
    unsigned min_characters;    /* of the field, 0 for none */
    const char *const *options; /* of the field, for a choice */
    size_t option_count;
    const struct region_list *regions; /* to choose from, NULL without a table */
};

/* A kind's rule. Returns: true when the value can be true; else false and *error says what to mend. */
typedef bool form_rule(const char *value, const struct form_rule_context *context, struct form_error *error);

/* Printable text of at least the field's number of characters. */
form_rule rule_text;
/* Chinese or Latin letters, the middle dot of names and single spaces; at least two characters. */
form_rule rule_name;
/* GB 32100-2015: 18 characters, check character, and the organisation part's check digit (GB 11714-1997). */
form_rule rule_credit_code;
/* A unit's tax number: GB 32100-2015 shape and check character (STA notice 2015 no. 129: the tax number is
 * the credit code); the organisation part is not judged, since numbers given by the tax office itself lack
 * it. */
form_rule rule_tax_number;
/* GB 11643-1999: region, real date of birth, age 16 to 120 on the given day, check digit. */
form_rule rule_resident_id;
/* 11 digits, the first 1, the second 3 to 9. */
form_rule rule_mobile;
/* A landline with area code, a 400 or 800 number, or a mobile number; an extension may follow. */
form_rule rule_phone;
/* A mailbox of RFC 5321 without quoting, in ASCII, with a domain of two labels or more. */
form_rule rule_email;
/* Six digits. */
form_rule rule_postcode;
/* A domain name with an optional scheme and path, or 无. */
form_rule rule_website;
/* 6 to 20 letters, digits, "_" or "-", beginning with a letter; a mobile number; or 无. */
form_rule rule_wechat;
/* 8 to 30 digits. */
form_rule rule_account;
/* Digits only, at least the field's number of them. */
form_rule rule_number;
/* Capital letters, digits and hyphens, at least the field's number of characters. */
form_rule rule_code;
/* Letters and digits only, at least the field's number of them. */
form_rule rule_user_name;
/* A province and a place of it, as region_write writes them. */
form_rule rule_region;
/* One of the field's options, word for word. */
form_rule rule_choice;

/* The check character of the first 17 characters of a credit code (GB 32100-2015).
 * Returns: 0 when one of them is outside the alphabet. */
char rule_credit_code_check(const char *code);
/* The check character of the first 17 digits of a resident ID number (GB 11643-1999).
 * Returns: 0 when one of them is no digit. */
char rule_resident_id_check(const char *number);

#endif
