#include "kiosk/desk/field_name.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"

/* Whether another field with this label is about the same person, so that naming the person tells nothing. */
static bool has_twin(const struct form *form, const struct form_field *field)
{
    for (size_t i = 0; i < form->field_count; i++) {
        const struct form_field *other = &form->fields[i];
        if (other != field && !other->hidden && other->subject == field->subject &&
            strcmp(other->label, field->label) == 0)
            return true;
    }
    return false;
}

void field_name(const struct ui *ui, const struct form *form, const struct form_field *field,
                char out[FIELD_NAME_BYTES])
{
    const struct form_block *block = form_find_block(form, field->block);
    char key[WORDS_KEY_BYTES];
    if (form_label_is_unique(form, (size_t)(field - form->fields))) {
        (void)text_copy(out, FIELD_NAME_BYTES, field->label);
        return;
    }
    (void)snprintf(key, sizeof(key), "desk.subject.%s", form_subject_name(field->subject));
    if (has_twin(form, field) && block != NULL)
        (void)snprintf(out, FIELD_NAME_BYTES, "%s·%s", block->label, field->label);
    else
        (void)snprintf(out, FIELD_NAME_BYTES, "%s%s", desk_text(ui, key), field->label);
}
