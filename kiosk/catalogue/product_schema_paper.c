/* The tables of papers and of when one is asked for. */
#include "kiosk/catalogue/product_schema_parts.h"

static const char *schema_format_name(int choice)
{
    return product_format_name((enum product_format)choice);
}

static const char *schema_paper_kind_name(int choice)
{
    return product_paper_kind_name((enum product_paper_kind)choice);
}

static const char *schema_sample_name(int choice)
{
    return product_sample_name((enum product_sample_of)choice);
}

static const struct yaml_member sample_members[] = {
    {.key = "zone", .required = true, ID_TEXT, YAML_AT(struct product_sample, zone)},
    {.key = "of",
     .required = true,
     .type = YAML_CHOICE,
     CHOICE(schema_sample_name, PRODUCT_SAMPLE_COUNT_),
     YAML_AT(struct product_sample, of)},
    {.key = "tick", ID_TEXT, YAML_AT(struct product_sample, tick)},
    {.key = "optional", .type = YAML_BOOL, YAML_AT(struct product_sample, optional)},
};
const struct yaml_schema product_schema_sample = {
    .what = "sample", MEMBERS(sample_members), .size = sizeof(struct product_sample)};

static const struct yaml_member paper_members[] = {
    {.key = "id", .required = true, ID_TEXT, YAML_AT(struct product_paper, id)},
    {.key = "title", .required = true, TEXT(1, LABEL_MAX), YAML_AT(struct product_paper, title)},
    {.key = "hint", .required = true, TEXT(1, SENTENCE_MAX), YAML_AT(struct product_paper, hint)},
    {.key = "kind",
     .type = YAML_CHOICE,
     CHOICE(schema_paper_kind_name, PRODUCT_PAPER_KIND_COUNT_),
     YAML_AT(struct product_paper, kind)},
    {.key = "original", .type = YAML_BOOL, YAML_AT(struct product_paper, original)},
    {.key = "optional", .type = YAML_BOOL, YAML_AT(struct product_paper, optional)},
    {.key = "same_as", ID_TEXT, YAML_AT(struct product_paper, same_as)},
    {.key = "stamped", .type = YAML_BOOL, YAML_AT(struct product_paper, stamped)},
    {.key = "signed_by_hand", .type = YAML_BOOL, YAML_AT(struct product_paper, signed_by_hand)},
    {.key = "code_required", .type = YAML_BOOL, YAML_AT(struct product_paper, code_required)},
    {.key = "copies", UNSIGNED(1, 20), YAML_AT(struct product_paper, copies)},
    {.key = "dpi", UNSIGNED(75, 600), YAML_AT(struct product_paper, dpi)},
    {.key = "formats",
     .type = YAML_CHOICE_ARRAY,
     .min = 1,
     .max = PRODUCT_FORMAT_COUNT_,
     CHOICE(schema_format_name, PRODUCT_FORMAT_COUNT_),
     YAML_AT(struct product_paper, format),
     YAML_COUNT(struct product_paper, format_count)},
    {.key = "limit_bytes",
     .type = YAML_INTEGER,
     .min = 10240,
     .max = LIMIT_PAGE_JPEG_BYTES,
     YAML_AT(struct product_paper, limit_bytes)},
    {.key = "both_sides", .type = YAML_BOOL, YAML_AT(struct product_paper, both_sides)},
    {.key = "sheet", ID_TEXT, YAML_AT(struct product_paper, sheet)},
    {.key = "example", ID_TEXT, YAML_AT(struct product_paper, example)},
    {.key = "extra", UNSIGNED(1, 4), YAML_AT(struct product_paper, extra)},
    {.key = "samples",
     .type = YAML_MAP_LIST,
     .min = 1,
     .max = 8,
     .items = &product_schema_sample,
     YAML_AT(struct product_paper, samples),
     YAML_COUNT(struct product_paper, sample_count)},
};
static void schema_prepare_paper(void *entry)
{
    struct product_paper *paper = entry;
    paper->copies = 1;
    paper->dpi = 300;
}
const struct yaml_schema product_schema_paper = {.what = "paper",
                                                 MEMBERS(paper_members),
                                                 .size = sizeof(struct product_paper),
                                                 .prepare = schema_prepare_paper};

static const struct yaml_member condition_members[] = {
    {.key = "paper", .required = true, ID_TEXT, YAML_AT(struct product_condition, paper)},
    {.key = "operation", ID_TEXT, YAML_AT(struct product_condition, operation)},
    {.key = "only_sub_kinds",
     IDS(1, 8),
     YAML_AT(struct product_condition, only_sub_kinds),
     YAML_COUNT(struct product_condition, only_count)},
    {.key = "unless_sub_kinds",
     IDS(1, 8),
     YAML_AT(struct product_condition, unless_sub_kinds),
     YAML_COUNT(struct product_condition, unless_count)},
    {.key = "with_seal", .type = YAML_BOOL, YAML_AT(struct product_condition, with_seal)},
    {.key = "with_agent", .type = YAML_BOOL, YAML_AT(struct product_condition, with_agent)},
};
const struct yaml_schema product_schema_condition = {
    .what = "condition", MEMBERS(condition_members), .size = sizeof(struct product_condition)};
