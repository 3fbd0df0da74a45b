/* Product schema parts: what the tables of a definition file share: limits, shapes of texts, the tables'
 * names.
 *
 * For product_schema*.c only. A table's rows stand in the file of its noun; here is only how rows are
 * written.
 */
#ifndef KIOSK_CATALOGUE_PRODUCT_SCHEMA_PARTS_H
#define KIOSK_CATALOGUE_PRODUCT_SCHEMA_PARTS_H

#include "kiosk/base/limits.h"
#include "kiosk/catalogue/product_schema.h"

enum {
    LABEL_MAX = 40,      /* characters of a label, title or tile */
    SENTENCE_MAX = 200,  /* characters of a hint or note */
    PARAGRAPHS_MAX = 60, /* of an agreement */
    FEN_MAX = 100000000
};

#define MEMBERS(rows) .members = (rows), .member_count = sizeof(rows) / sizeof((rows)[0])
#define ID_TEXT                                                                                              \
    .type = YAML_TEXT, .min = 1, .max = ORDER_NAME_BYTES - 1, .is_valid = product_schema_is_id,              \
    .expected = "small letters, digits, - and _"
#define IDS(smallest, largest)                                                                               \
    .type = YAML_TEXT_LIST, .min = (smallest), .max = (largest), .is_valid = product_schema_is_id,           \
    .expected = "small letters, digits, - and _"
#define TEXT(smallest, largest) .type = YAML_TEXT, .min = (smallest), .max = (largest)
#define UNSIGNED(smallest, largest) .type = YAML_UNSIGNED, .min = (smallest), .max = (largest)
#define CHOICE(name, number) .choice_name = (name), .choice_count = (int)(number)

/* Whether a text is a stable id: small letters, digits, - and _, a letter first. */
bool product_schema_is_id(const char *text);

/* The tables of the lists in a definition file. */
extern const struct yaml_schema product_schema_operation;
extern const struct yaml_schema product_schema_stage;
extern const struct yaml_schema product_schema_form;
extern const struct yaml_schema product_schema_paper;
extern const struct yaml_schema product_schema_sample;
extern const struct yaml_schema product_schema_condition;
extern const struct yaml_schema product_schema_tariff;
extern const struct yaml_schema product_schema_bundle;
extern const struct yaml_schema product_schema_key_model;
extern const struct yaml_schema product_schema_button;
extern const struct yaml_schema product_schema_saying;
extern const struct yaml_schema product_schema_note;
extern const struct yaml_schema product_schema_comparison;

/* The name of an order's state by its number. */
const char *product_schema_state_name(int choice);

#endif
