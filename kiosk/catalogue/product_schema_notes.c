/* The tables of what is read, pressed and compared around an order: buttons, sentences, notes, models of
 * keys, registers. */
#include "kiosk/catalogue/product_schema_parts.h"

static const char *schema_act_name(int choice)
{
    return product_act_name((enum product_act)choice);
}
static const char *schema_message_name(int choice)
{
    return product_message_name((enum product_message)choice);
}

static const struct yaml_member button_members[] = {
    {.key = "state",
     .required = true,
     .type = YAML_CHOICE,
     CHOICE(product_schema_state_name, ORDER_STATE_COUNT_),
     YAML_AT(struct product_button, state)},
    {.key = "act",
     .required = true,
     .type = YAML_CHOICE,
     CHOICE(schema_act_name, PRODUCT_ACT_COUNT_),
     YAML_AT(struct product_button, act)},
    {.key = "label", .required = true, TEXT(1, 12), YAML_AT(struct product_button, label)},
};
const struct yaml_schema product_schema_button = {
    .what = "button", MEMBERS(button_members), .size = sizeof(struct product_button)};

static const struct yaml_member saying_members[] = {
    {.key = "id",
     .required = true,
     .type = YAML_CHOICE,
     CHOICE(schema_message_name, PRODUCT_MESSAGE_COUNT_),
     YAML_AT(struct product_saying, message)},
    {.key = "text", .required = true, TEXT(1, SENTENCE_MAX), YAML_AT(struct product_saying, text)},
};
const struct yaml_schema product_schema_saying = {
    .what = "message", MEMBERS(saying_members), .size = sizeof(struct product_saying)};

static const struct yaml_member note_members[] = {
    {.key = "title", .required = true, TEXT(1, LABEL_MAX), YAML_AT(struct product_note, title)},
    {.key = "line", .required = true, TEXT(1, SENTENCE_MAX), YAML_AT(struct product_note, line)},
};
const struct yaml_schema product_schema_note = {
    .what = "note", MEMBERS(note_members), .size = sizeof(struct product_note)};

static const struct yaml_member key_model_members[] = {
    {.key = "id", .required = true, ID_TEXT, YAML_AT(struct product_key_model, id)},
    {.key = "name", .required = true, TEXT(1, LABEL_MAX), YAML_AT(struct product_key_model, name)},
    {.key = "line", TEXT(1, SENTENCE_MAX), YAML_AT(struct product_key_model, line)},
    {.key = "picture", ID_TEXT, YAML_AT(struct product_key_model, picture)},
    {.key = "tokens",
     .type = YAML_TEXT_LIST,
     .min = 1,
     .max = 8,
     YAML_AT(struct product_key_model, tokens),
     YAML_COUNT(struct product_key_model, token_count)},
};
const struct yaml_schema product_schema_key_model = {
    .what = "key model", MEMBERS(key_model_members), .size = sizeof(struct product_key_model)};

static const struct yaml_member compared_members[] = {
    {.key = "field", .required = true, ID_TEXT, YAML_AT(struct product_compared, field)},
    {.key = "column", .required = true, TEXT(1, LABEL_MAX), YAML_AT(struct product_compared, column)},
};
static const struct yaml_schema compared_schema = {
    .what = "compared field", MEMBERS(compared_members), .size = sizeof(struct product_compared)};

static const struct yaml_member comparison_members[] = {
    {.key = "id", .required = true, ID_TEXT, YAML_AT(struct product_comparison, id)},
    {.key = "register", .required = true, ID_TEXT, YAML_AT(struct product_comparison, kind)},
    {.key = "label", .required = true, TEXT(1, 12), YAML_AT(struct product_comparison, label)},
    {.key = "block", .required = true, ID_TEXT, YAML_AT(struct product_comparison, block)},
    {.key = "key", .required = true, ID_TEXT, YAML_AT(struct product_comparison, key)},
    {.key = "fields",
     .required = true,
     .type = YAML_MAP_LIST,
     .min = 2,
     .max = 12,
     .items = &compared_schema,
     YAML_AT(struct product_comparison, fields),
     YAML_COUNT(struct product_comparison, field_count)},
};
const struct yaml_schema product_schema_comparison = {
    .what = "comparison", MEMBERS(comparison_members), .size = sizeof(struct product_comparison)};
