/* Rule password: whether a password may open a holder's account, or a file with a holder's key: long enough,
 * letters and digits, and not the holder's own numbers.
 *
 * The shortest length is the hall's. It keeps no password and copies none. Pitfall: the reason is shown, so
 * an error never quotes any part of the password.
 */
#ifndef KIOSK_FORM_RULE_PASSWORD_H
#define KIOSK_FORM_RULE_PASSWORD_H

#include <stdbool.h>

#include "kiosk/base/secret.h"
#include "kiosk/form/form.h"

enum { RULE_PASSWORD_MOST = 32 }; /* characters */

/* Whether the password may be used by whose mobile number this is ("" unknown). Returns: true, or false with
 * *error filled. */
bool rule_password_check(size_t least, const struct secret *password, const char *phone,
                         struct form_error *error);

/* Whether the password keeps clear of the holder's numbers in the form: mobile and phone numbers, resident
 * IDs, credit codes and other codes of six characters and more, in capitals or not. Returns: as above. */
bool rule_password_check_form(const struct secret *password, const struct form *form,
                              const struct form_values *values, struct form_error *error);

#endif
