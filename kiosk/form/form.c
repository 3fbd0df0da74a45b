/* Reading a form: fields, derived values, printed rows, templates. */
#include "kiosk/form/form.h"

#include <string.h>

#include "kiosk/form/form_rule.h"

struct form_kind_row {
    const char *name;
    enum form_keyboard keyboard;
};

static const struct form_kind_row form_kind_rows[] = {
#define FORM_KIND(code, name, rule, keyboard) [FORM_KIND_##code] = {name, FORM_KEYBOARD_##keyboard},
#include "kiosk/form/form_kinds.def"
#undef FORM_KIND
};

static const char *const form_keyboard_names[] = {
#define FORM_KEYBOARD(code, name) [FORM_KEYBOARD_##code] = name,
#include "kiosk/form/form_keyboards.def"
#undef FORM_KEYBOARD
};

static const char *const form_subject_names[] = {
#define FORM_SUBJECT(code, name) [FORM_SUBJECT_##code] = name,
#include "kiosk/form/form_subjects.def"
#undef FORM_SUBJECT
};

const char *form_kind_name(enum form_kind kind)
{
    return (unsigned)kind < FORM_KIND_COUNT_ ? form_kind_rows[kind].name : "invalid";
}

const char *form_keyboard_name(enum form_keyboard keyboard)
{
    return (unsigned)keyboard < FORM_KEYBOARD_COUNT_ ? form_keyboard_names[keyboard] : "invalid";
}

const char *form_subject_name(enum form_subject subject)
{
    return (unsigned)subject < FORM_SUBJECT_COUNT_ ? form_subject_names[subject] : "invalid";
}

const struct form_field *form_find(const struct form *form, const char *id)
{
    for (size_t i = 0; i < form->field_count; i++) {
        if (strcmp(form->fields[i].id, id) == 0)
            return &form->fields[i];
    }
    return NULL;
}

const struct form_block *form_find_block(const struct form *form, const char *id)
{
    for (size_t i = 0; i < form->block_count; i++) {
        if (strcmp(form->blocks[i].id, id) == 0)
            return &form->blocks[i];
    }
    return NULL;
}

static bool form_field_is_derived(const struct form_field *field)
{
    return field->derived_from != NULL && field->derived_from[0] != '\0';
}

/* A choice stands before what it shows, so that no two fields can wait for each other. */
bool form_field_is_shown(const struct form *form, const struct form_values *values,
                         const struct form_field *field)
{
    if (field->shown_when_count == 0)
        return true;
    const struct form_field *choice = form_find(form, field->shown_field);
    if (choice == NULL || choice >= field || !form_field_is_shown(form, values, choice))
        return false;
    const char *answer = form_values_get(values, choice->id);
    for (size_t i = 0; i < field->shown_when_count; i++)
        if (strcmp(field->shown_when[i], answer) == 0)
            return true;
    return false;
}

enum status form_tell_agent(const struct form *form, bool is_agent, struct form_values *values)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < form->field_count && status == STATUS_OK; i++)
        if (form->fields[i].tells_agent)
            status = form_values_set(values, form->fields[i].id, form->fields[i].options[is_agent ? 1 : 0]);
    return status;
}

void form_drop_unshown(const struct form *form, struct form_values *values)
{
    for (size_t i = 0; i < form->field_count; i++)
        if (!form_field_is_shown(form, values, &form->fields[i]))
            (void)form_values_set(values, form->fields[i].id, ""); /* taking away cannot fail */
}

/* A ring of derivations is refused when a product is read; the count keeps a hand-made form from looping. */
const char *form_value(const struct form *form, const struct form_values *values, const char *id)
{
    const struct form_field *field = form_find(form, id);
    bool is_shown = field != NULL && form_field_is_shown(form, values, field);
    for (size_t i = 0; i < form->field_count && is_shown && form_field_is_derived(field); i++) {
        field = form_find(form, field->derived_from);
        is_shown = field != NULL && form_field_is_shown(form, values, field);
    }
    return !is_shown || form_field_is_derived(field) ? "" : form_values_get(values, field->id);
}

static bool form_field_feeds(const struct form_field *field, const char *row)
{
    for (size_t i = 0; i < field->row_count; i++) {
        if (strcmp(field->row[i], row) == 0)
            return true;
    }
    return false;
}

enum status form_row(const struct form *form, const struct form_values *values, const char *row,
                     struct buf *out)
{
    bool has_any = false;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < form->field_count && status == STATUS_OK; i++) {
        const struct form_field *field = &form->fields[i];
        const char *text = form_field_feeds(field, row) ? form_value(form, values, field->id) : "";
        if (text[0] == '\0')
            continue;
        if (has_any)
            status = buf_append(out, " ", 1);
        if (status == STATUS_OK)
            status = buf_append_text(out, text);
        has_any = true;
    }
    return status;
}

/* The placeholder at *pattern, which stands on "{", is replaced and *pattern moves behind "}". */
static enum status form_fill_placeholder(const struct form *form, const struct form_values *values,
                                         const char **pattern, struct buf *out)
{
    const char *end = strchr(*pattern, '}');
    char id[FORM_ID_BYTES];
    if (end == NULL || (size_t)(end - *pattern) - 1 >= sizeof id)
        return STATUS_MALFORMED;
    size_t length = (size_t)(end - *pattern) - 1;
    memcpy(id, *pattern + 1, length);
    id[length] = '\0';
    if (form_find(form, id) == NULL)
        return STATUS_NOT_FOUND;
    *pattern = end + 1;
    return buf_append_text(out, form_value(form, values, id));
}

enum status form_fill(const struct form *form, const struct form_values *values, const char *pattern,
                      struct buf *out)
{
    struct buf filled;
    buf_init(&filled, out->limit_bytes);
    enum status status = STATUS_OK;
    while (*pattern != '\0' && status == STATUS_OK) {
        if (*pattern == '{' && pattern[1] != '{') {
            status = form_fill_placeholder(form, values, &pattern, &filled);
            continue;
        }
        bool is_brace = *pattern == '{' || *pattern == '}';
        if (is_brace && pattern[1] != *pattern) {
            status = STATUS_MALFORMED;
            break;
        }
        status = buf_append(&filled, pattern, 1);
        pattern += is_brace ? 2 : 1;
    }
    if (status == STATUS_OK && filled.length > 0)
        status = buf_append(out, filled.data, filled.length);
    buf_wipe(&filled);
    return status;
}

enum form_keyboard form_field_keyboard(const struct form_field *field)
{
    return field->keyboard != FORM_KEYBOARD_DEFAULT ? field->keyboard : form_kind_rows[field->kind].keyboard;
}

bool form_field_is_chosen(const struct form *form, const struct form_field *field)
{
    return field->kind == FORM_KIND_CHOICE || (field->kind == FORM_KIND_REGION && form->regions != NULL);
}

bool form_field_is_asked(const struct form_field *field)
{
    return !field->hidden && !form_field_is_derived(field);
}

bool form_label_is_unique(const struct form *form, size_t index)
{
    for (size_t i = 0; i < form->field_count; i++)
        if (i != index && !form->fields[i].hidden &&
            strcmp(form->fields[i].label, form->fields[index].label) == 0)
            return false;
    return true;
}
