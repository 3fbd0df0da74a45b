#include "kiosk/screens/entry.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"

const struct form *entry_form(const struct ui *ui)
{
    const struct service_visit *visit = screen_visit(ui);
    return product_operation_form(visit->product, visit->operation);
}

struct form_values *entry_values(const struct ui *ui)
{
    return services_values(screen_services(ui));
}

bool entry_is_shown(const struct ui *ui, const struct form_field *field)
{
    return !field->hidden && form_field_is_shown(entry_form(ui), entry_values(ui), field);
}

bool entry_is_open(const struct ui *ui, const struct form_field *field)
{
    return form_field_is_asked(field) && entry_is_shown(ui, field) &&
           service_field_is_open(&screen_visit(ui)->rejections, field);
}

/* --- names --------------------------------------------------------------------------------------------- */

void entry_id(const struct form_field *field, char out[ENTRY_ID_BYTES])
{
    (void)snprintf(out, ENTRY_ID_BYTES, "form.%s", field->id);
}

size_t entry_index(const struct form *form, const char *widget_id)
{
    char id[ENTRY_ID_BYTES];
    for (size_t i = 0; i < form->field_count; i++) {
        entry_id(&form->fields[i], id);
        if (strcmp(id, widget_id) == 0)
            return i;
    }
    return form->field_count;
}

/* --- judging ------------------------------------------------------------------------------------------- */

static void judge(struct ui *ui, const struct form_field *field, struct entry_field *state)
{
    struct form_error error;
    int64_t today = clock_utc_s(screen_program(ui)->clock);
    state->touched = true;
    state->faulty = !form_check(entry_form(ui), entry_values(ui), field, today, &error);
    state->message[0] = 0;
    if (state->faulty)
        words_form_error(screen_program(ui)->words, &error, state->message, sizeof(state->message));
}

/* What was typed becomes the value, normalised; the field shows the normalised text. */
static void take_text(struct ui *ui, const struct form_field *field, struct entry_field *state)
{
    struct buf text;
    buf_init(&text, LIMIT_FIELD_BYTES);
    if (form_normalise(field->kind, state->edit.text, &text) == STATUS_OK) {
        const char *value = text.length > 0 ? (const char *)text.data : "";
        text_edit_set(&state->edit, value);
        (void)form_values_set(entry_values(ui), field->id, value);
    }
    buf_wipe(&text);
}

void entry_leave(struct entry *entry, struct ui *ui, size_t index)
{
    const struct form_field *field = &entry_form(ui)->fields[index];
    take_text(ui, field, &entry->fields[index]);
    if (*form_values_get(entry_values(ui), field->id) != 0 || !field->required)
        judge(ui, field, &entry->fields[index]);
}

void entry_edit(struct entry *entry, size_t index)
{
    entry->fields[index].touched = entry->fields[index].faulty = false;
    entry->fields[index].message[0] = 0;
}

bool entry_judge(struct entry *entry, struct ui *ui)
{
    const struct form *form = entry_form(ui);
    bool all_good = true;
    for (size_t i = 0; i < form->field_count; i++) {
        if (!form_field_is_asked(&form->fields[i]))
            continue;
        take_text(ui, &form->fields[i], &entry->fields[i]);
        judge(ui, &form->fields[i], &entry->fields[i]);
        all_good = all_good && !entry->fields[i].faulty;
    }
    return all_good;
}

/* --- what is known from elsewhere ---------------------------------------------------------------------- */

enum service_finding_verdict entry_finding(const struct entry *entry, const struct ui *ui, size_t index)
{
    const struct service_visit *visit = screen_visit(ui);
    const struct form_field *field = &entry_form(ui)->fields[index];
    bool is_typing = form_field_is_asked(field) && !entry->fields[index].touched;
    return is_typing || *form_value(entry_form(ui), entry_values(ui), field->id) == 0
               ? SERVICE_FINDING_NONE
               : service_finding_of(visit->findings, visit->finding_count, field->id);
}

bool entry_hear(struct entry *entry, struct ui *ui)
{
    const struct form *form = entry_form(ui);
    bool all_free = true;
    for (size_t i = 0; i < form->field_count; i++) {
        struct entry_field *state = &entry->fields[i];
        if (entry_finding(entry, ui, i) != SERVICE_FINDING_TAKEN)
            continue;
        all_free = false;
        if (state->faulty)
            continue;
        state->faulty = true;
        screen_format(ui, state->message, sizeof(state->message), "form.taken",
                      {"label", form->fields[i].label});
    }
    return all_free;
}

/* --- loading ------------------------------------------------------------------------------------------- */

static enum text_edit_input input_of(const struct form_field *field)
{
    switch (form_field_keyboard(field)) {
    case FORM_KEYBOARD_PINYIN:
        return field->kind == FORM_KIND_NAME ? TEXT_EDIT_NAME : TEXT_EDIT_CHINESE;
    case FORM_KEYBOARD_LATIN:
        /* an account name may be answered with 无 */
        return field->kind == FORM_KIND_WECHAT ? TEXT_EDIT_ACCOUNT : TEXT_EDIT_LATIN;
    case FORM_KEYBOARD_UPPER:
        return TEXT_EDIT_CREDIT;
    case FORM_KEYBOARD_DIGITS:
        return field->kind == FORM_KIND_PHONE ? TEXT_EDIT_PHONE : TEXT_EDIT_DIGITS;
    case FORM_KEYBOARD_ID:
        return TEXT_EDIT_ID;
    case FORM_KEYBOARD_EMAIL:
        /* so may a website, an address of mail not */
        return field->kind == FORM_KIND_EMAIL ? TEXT_EDIT_EMAIL : TEXT_EDIT_WEBSITE;
    case FORM_KEYBOARD_DEFAULT:
    case FORM_KEYBOARD_COUNT_:
        break;
    }
    return TEXT_EDIT_CHINESE;
}

static void load_field(struct ui *ui, const struct form_field *field, struct entry_field *state)
{
    const char *value = form_values_get(entry_values(ui), field->id);
    text_edit_init(&state->edit, input_of(field), field->max_characters);
    text_edit_set(&state->edit, value);
    if (*value != 0 && entry_is_open(ui, field))
        judge(ui, field, state);
}

static void show_rejection(struct entry *entry, const struct form *form, const struct order_rejection *item)
{
    for (size_t i = 0; i < form->field_count; i++) {
        if (item->kind != ORDER_ITEM_FIELD || strcmp(item->item, form->fields[i].id) != 0)
            continue;
        entry->fields[i].touched = entry->fields[i].faulty = true;
        (void)text_copy(entry->fields[i].message, ENTRY_MESSAGE_BYTES, item->reason);
    }
}

void entry_load(struct entry *entry, struct ui *ui)
{
    const struct form *form = entry_form(ui);
    const struct order_rejections *rejections = &screen_visit(ui)->rejections;
    check(form != NULL && form->field_count <= LIMIT_FORM_FIELDS);
    for (size_t i = 0; i < form->field_count; i++)
        load_field(ui, &form->fields[i], &entry->fields[i]);
    for (size_t i = 0; i < rejections->count; i++)
        show_rejection(entry, form, &rejections->item[i]);
    (void)entry_hear(entry, ui);
}

/* --- counting ------------------------------------------------------------------------------------------ */

static bool is_in(const struct form *form, size_t index, size_t block)
{
    return strcmp(form->fields[index].block, form->blocks[block].id) == 0;
}

bool entry_is_missing(const struct entry *entry, const struct ui *ui, size_t index)
{
    const struct form_field *field = &entry_form(ui)->fields[index];
    return field->required && form_field_is_asked(field) && entry_is_shown(ui, field) &&
           entry->fields[index].edit.length == 0;
}

bool entry_is_wrong(const struct entry *entry, const struct ui *ui, size_t index)
{
    return entry->fields[index].faulty && entry_is_shown(ui, &entry_form(ui)->fields[index]) &&
           !entry_is_missing(entry, ui, index);
}

size_t entry_faulty(const struct entry *entry, const struct ui *ui, size_t block)
{
    const struct form *form = entry_form(ui);
    size_t count = 0;
    for (size_t i = 0; i < form->field_count; i++)
        count += is_in(form, i, block) && entry_is_wrong(entry, ui, i);
    return count;
}

size_t entry_missing(const struct entry *entry, const struct ui *ui, size_t block)
{
    const struct form *form = entry_form(ui);
    size_t count = 0;
    for (size_t i = 0; i < form->field_count; i++)
        count += is_in(form, i, block) && entry_is_missing(entry, ui, i);
    return count;
}

size_t entry_first_faulty(const struct entry *entry, const struct form *form)
{
    for (size_t i = 0; i < form->field_count; i++)
        if (entry->fields[i].faulty)
            return i;
    return form->field_count;
}

size_t entry_next_wanted(const struct entry *entry, const struct ui *ui, size_t from)
{
    const struct form *form = entry_form(ui);
    for (size_t step = 1; step < form->field_count; step++) {
        size_t i = (from + step) % form->field_count;
        const struct form_field *field = &form->fields[i];
        bool wants = entry->fields[i].faulty || (field->required && entry->fields[i].edit.length == 0);
        if (wants && entry_is_open(ui, field))
            return i;
    }
    return form->field_count;
}
