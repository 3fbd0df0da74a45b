/* Field name: what a field of a form is called at the desk.
 *
 * Forms of two persons have the same label twice; a clerk is told whose it is, 法人身份证号码. Pitfall: what
 * the applicant reads is the label alone, below its group's name.
 */
#ifndef KIOSK_DESK_FIELD_NAME_H
#define KIOSK_DESK_FIELD_NAME_H

#include "kiosk/desk/desk.h"

enum { FIELD_NAME_BYTES = 192 };

/* The label; behind whose it is where another field has the same, or behind its group where that one is the
 * same person's, too. */
void field_name(const struct ui *ui, const struct form *form, const struct form_field *field,
                char out[FIELD_NAME_BYTES]);

#endif
