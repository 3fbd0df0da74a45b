/* The tables of the tariff: rows and bundles. */
#include "kiosk/catalogue/product_schema_parts.h"

static const char *schema_unit_name(int choice)
{
    return price_unit_name((enum price_unit)choice);
}

static const struct yaml_member tariff_members[] = {
    {.key = "class", ID_TEXT, YAML_AT(struct price_row, class_id)},
    {.key = "operation", .required = true, ID_TEXT, YAML_AT(struct price_row, operation)},
    {.key = "part", ID_TEXT, .fallback = "certificate", YAML_AT(struct price_row, part)},
    {.key = "sub_kind", ID_TEXT, YAML_AT(struct price_row, sub_kind)},
    {.key = "amount_yuan",
     .type = YAML_YUAN,
     .min = 0,
     .max = FEN_MAX,
     YAML_AT(struct price_row, amount_fen)},
    {.key = "following_yuan",
     .type = YAML_YUAN,
     .min = 0,
     .max = FEN_MAX,
     YAML_AT(struct price_row, following_fen)},
    {.key = "unit",
     .required = true,
     .type = YAML_CHOICE,
     CHOICE(schema_unit_name, PRICE_UNIT_COUNT_),
     YAML_AT(struct price_row, unit)},
};
static void schema_prepare_tariff(void *entry)
{
    struct price_row *row = entry;
    row->amount_fen = PRICE_UNKNOWN_FEN;
    row->following_fen = PRICE_SAME_FEN;
}
const struct yaml_schema product_schema_tariff = {.what = "tariff row",
                                                  MEMBERS(tariff_members),
                                                  .size = sizeof(struct price_row),
                                                  .prepare = schema_prepare_tariff};

static const struct yaml_member bundle_members[] = {
    {.key = "class", ID_TEXT, YAML_AT(struct price_bundle, class_id)},
    {.key = "operation", .required = true, ID_TEXT, YAML_AT(struct price_bundle, operation)},
    {.key = "part", ID_TEXT, .fallback = "certificate", YAML_AT(struct price_bundle, part)},
    {.key = "years", .required = true, UNSIGNED(2, 10), YAML_AT(struct price_bundle, years)},
    {.key = "amount_yuan",
     .required = true,
     .type = YAML_YUAN,
     .min = 0,
     .max = FEN_MAX,
     YAML_AT(struct price_bundle, amount_fen)},
};
const struct yaml_schema product_schema_bundle = {
    .what = "bundle", MEMBERS(bundle_members), .size = sizeof(struct price_bundle)};
