/* Form error: what is wrong with a value and how to mend it, as a key into assets/text with its arguments.
 *
 * It holds no sentence of its own; words_form_error of kiosk/catalogue makes the Chinese sentence, numbers
 * first. Pitfall: an argument may quote what was typed (one character); an error is shown, never logged.
 */
#ifndef KIOSK_FORM_FORM_ERROR_H
#define KIOSK_FORM_FORM_ERROR_H

#include <stddef.h>

enum { FORM_ERROR_ARGUMENTS = 4, FORM_ERROR_VALUE_BYTES = 64 };

struct form_error {
    const char *field_id; /* of the form definition; NULL for the PIN rule */
    const char *key;      /* static key into assets/text; NULL when nothing is wrong */
    struct {
        const char *name; /* static placeholder name without braces */
        char value[FORM_ERROR_VALUE_BYTES];
    } argument[FORM_ERROR_ARGUMENTS];
    size_t argument_count;
};

/* The error says this and has no argument yet. Owns: key is static text. */
void form_error_set(struct form_error *error, const char *key);
/* The placeholder stands for the number. Pitfall: more than FORM_ERROR_ARGUMENTS is a broken promise. */
void form_error_number(struct form_error *error, const char *name, long number);
/* The placeholder stands for the text, shortened at a character's end when it is too long. */
void form_error_text(struct form_error *error, const char *name, const char *text);

#endif
