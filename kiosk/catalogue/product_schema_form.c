/* The table of a form: its blocks and fields. */
#include "kiosk/catalogue/product_schema_parts.h"

static const char *schema_kind_name(int choice)
{
    return form_kind_name((enum form_kind)choice);
}
static const char *schema_subject_name(int choice)
{
    return form_subject_name((enum form_subject)choice);
}
static const char *schema_keyboard_name(int choice)
{
    return form_keyboard_name((enum form_keyboard)choice);
}

static const struct yaml_member block_members[] = {
    {.key = "id", .required = true, ID_TEXT, YAML_AT(struct form_block, id)},
    {.key = "label", .required = true, TEXT(1, LABEL_MAX), YAML_AT(struct form_block, label)},
    {.key = "note", TEXT(1, SENTENCE_MAX), YAML_AT(struct form_block, note)},
    {.key = "optional", .type = YAML_BOOL, YAML_AT(struct form_block, optional)},
};
static const struct yaml_schema block_schema = {
    .what = "block", MEMBERS(block_members), .size = sizeof(struct form_block)};

static const struct yaml_member field_members[] = {
    {.key = "id", .required = true, ID_TEXT, YAML_AT(struct form_field, id)},
    {.key = "block", .required = true, ID_TEXT, YAML_AT(struct form_field, block)},
    {.key = "label", .required = true, TEXT(1, LABEL_MAX), YAML_AT(struct form_field, label)},
    {.key = "kind",
     .required = true,
     .type = YAML_CHOICE,
     CHOICE(schema_kind_name, FORM_KIND_COUNT_),
     YAML_AT(struct form_field, kind)},
    {.key = "subject",
     .required = true,
     .type = YAML_CHOICE,
     CHOICE(schema_subject_name, FORM_SUBJECT_COUNT_),
     YAML_AT(struct form_field, subject)},
    {.key = "required", .type = YAML_BOOL, YAML_AT(struct form_field, required)},
    {.key = "masked", .type = YAML_BOOL, YAML_AT(struct form_field, masked)},
    {.key = "hidden", .type = YAML_BOOL, YAML_AT(struct form_field, hidden)},
    {.key = "tells_agent", .type = YAML_BOOL, YAML_AT(struct form_field, tells_agent)},
    {.key = "unique", .type = YAML_BOOL, YAML_AT(struct form_field, unique)},
    {.key = "keyboard",
     .type = YAML_CHOICE,
     CHOICE(schema_keyboard_name, FORM_KEYBOARD_COUNT_),
     YAML_AT(struct form_field, keyboard)},
    {.key = "min_characters", UNSIGNED(0, 200), YAML_AT(struct form_field, min_characters)},
    {.key = "max_characters", UNSIGNED(1, 200), YAML_AT(struct form_field, max_characters)},
    {.key = "placeholder", TEXT(1, LABEL_MAX), YAML_AT(struct form_field, placeholder)},
    {.key = "hint", TEXT(1, SENTENCE_MAX), YAML_AT(struct form_field, hint)},
    {.key = "derived_from", ID_TEXT, YAML_AT(struct form_field, derived_from)},
    {.key = "same_from", ID_TEXT, YAML_AT(struct form_field, same_from)},
    {.key = "rows",
     .type = YAML_TEXT_ARRAY,
     .min = 1,
     .max = FORM_FIELD_ROWS_MAX,
     .is_valid = product_schema_is_id,
     .expected = "small letters, digits, - and _",
     YAML_AT(struct form_field, row),
     YAML_COUNT(struct form_field, row_count)},
    {.key = "options",
     .type = YAML_TEXT_LIST,
     .min = 1,
     .max = 12,
     YAML_AT(struct form_field, options),
     YAML_COUNT(struct form_field, option_count)},
    {.key = "kind_field", ID_TEXT, YAML_AT(struct form_field, kind_field)},
    {.key = "kind_when",
     .type = YAML_TEXT_LIST,
     .min = 1,
     .max = 12,
     YAML_AT(struct form_field, kind_when),
     YAML_COUNT(struct form_field, kind_when_count)},
    {.key = "shown_field", ID_TEXT, YAML_AT(struct form_field, shown_field)},
    {.key = "shown_when",
     .type = YAML_TEXT_LIST,
     .min = 1,
     .max = 12,
     YAML_AT(struct form_field, shown_when),
     YAML_COUNT(struct form_field, shown_when_count)},
};
static void schema_prepare_field(void *entry)
{
    struct form_field *field = entry;
    field->max_characters = 60;
}
static const struct yaml_schema field_schema = {.what = "field",
                                                MEMBERS(field_members),
                                                .size = sizeof(struct form_field),
                                                .prepare = schema_prepare_field};

static const struct yaml_member form_members[] = {
    {.key = "id", .required = true, ID_TEXT, YAML_AT(struct form, id)},
    {.key = "blocks",
     .required = true,
     .type = YAML_MAP_LIST,
     .min = 1,
     .max = 12,
     .items = &block_schema,
     YAML_AT(struct form, blocks),
     YAML_COUNT(struct form, block_count)},
    {.key = "fields",
     .required = true,
     .type = YAML_MAP_LIST,
     .min = 1,
     .max = LIMIT_FORM_FIELDS,
     .items = &field_schema,
     YAML_AT(struct form, fields),
     YAML_COUNT(struct form, field_count)},
};
const struct yaml_schema product_schema_form = {
    .what = "form", MEMBERS(form_members), .size = sizeof(struct form)};
