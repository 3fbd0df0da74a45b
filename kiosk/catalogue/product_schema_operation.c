/* The table of an operation: steps, form, papers, kinds, reasons, who must be here. */
#include <string.h>

#include "kiosk/catalogue/product_schema_parts.h"

static const char *schema_step_name(int choice)
{
    return order_step_name((enum order_step)choice);
}
static const char *schema_identity_name(int choice)
{
    return product_identity_name((enum product_identity)choice);
}

static const char *schema_term_name(int choice)
{
    return product_term_name((enum product_term)choice);
}

static bool schema_is_operation(const char *text)
{
    static const char *const ids[] = {
#define PRODUCT_OPERATION(code, id, icon) id,
#include "kiosk/catalogue/product_operations.def"
#undef PRODUCT_OPERATION
    };
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        if (strcmp(ids[i], text) == 0)
            return true;
    }
    return false;
}

static const char *schema_deed_name(int choice)
{
    return product_deed_name((enum product_deed)choice);
}

/* The same key of an operation and of a kind of change. */
#define DEEDS(type_)                                                                                         \
    {                                                                                                        \
        .key = "deeds", .type = YAML_CHOICE_ARRAY, .min = 1, .max = PRODUCT_DEED_COUNT_,                     \
        CHOICE(schema_deed_name, PRODUCT_DEED_COUNT_), YAML_AT(type_, deed), YAML_COUNT(type_, deed_count)   \
    }

static const char *schema_stage_role_name(int choice)
{
    return product_stage_role_name((enum product_stage_role)choice);
}

static const struct yaml_member stage_members[] = {
    {.key = "id", .required = true, ID_TEXT, YAML_AT(struct product_stage, id)},
    {.key = "label", .required = true, TEXT(1, LABEL_MAX), YAML_AT(struct product_stage, label)},
    {.key = "role",
     .type = YAML_CHOICE,
     CHOICE(schema_stage_role_name, PRODUCT_STAGE_ROLE_COUNT_),
     YAML_AT(struct product_stage, role)},
};
const struct yaml_schema product_schema_stage = {
    .what = "stage", MEMBERS(stage_members), .size = sizeof(struct product_stage)};

static const struct yaml_member sub_kind_members[] = {
    {.key = "id", .required = true, ID_TEXT, YAML_AT(struct product_sub_kind, id)},
    {.key = "label", .required = true, TEXT(1, LABEL_MAX), YAML_AT(struct product_sub_kind, label)},
    DEEDS(struct product_sub_kind),
    {.key = "makes_seal", .type = YAML_BOOL, YAML_AT(struct product_sub_kind, makes_seal)},
};
static const struct yaml_schema sub_kind_schema = {
    .what = "sub-kind", MEMBERS(sub_kind_members), .size = sizeof(struct product_sub_kind)};

static const struct yaml_member why_members[] = {
    {.key = "id", .required = true, ID_TEXT, YAML_AT(struct product_why, id)},
    {.key = "label", .required = true, TEXT(1, LABEL_MAX), YAML_AT(struct product_why, label)},
    {.key = "in_warranty", .type = YAML_BOOL, YAML_AT(struct product_why, in_warranty)},
};
static const struct yaml_schema why_schema = {
    .what = "reason", MEMBERS(why_members), .size = sizeof(struct product_why)};

static const struct yaml_member operation_members[] = {
    {.key = "id",
     .required = true,
     TEXT(1, ORDER_NAME_BYTES - 1),
     .is_valid = schema_is_operation,
     .expected =
         "new, renew, change, replace, unlock, revoke, suspend, resume, recover, exchange, upgrade or "
         "reapply",
     YAML_AT(struct product_operation, id)},
    {.key = "label", .required = true, TEXT(1, LABEL_MAX), YAML_AT(struct product_operation, label)},
    {.key = "tile", .required = true, TEXT(1, LABEL_MAX), YAML_AT(struct product_operation, tile)},
    {.key = "available", .required = true, .type = YAML_BOOL, YAML_AT(struct product_operation, available)},
    {.key = "unavailable_text", TEXT(1, LABEL_MAX), YAML_AT(struct product_operation, unavailable_text)},
    {.key = "login_required", .type = YAML_BOOL, YAML_AT(struct product_operation, login_required)},
    {.key = "minutes", UNSIGNED(1, 600), YAML_AT(struct product_operation, minutes)},
    {.key = "years", UNSIGNED(1, 10), YAML_AT(struct product_operation, years)},
    {.key = "years_most", UNSIGNED(1, 10), YAML_AT(struct product_operation, years_most)},
    {.key = "term",
     .type = YAML_CHOICE,
     CHOICE(schema_term_name, PRODUCT_TERM_COUNT_),
     YAML_AT(struct product_operation, term)},
    {.key = "quantity_most", UNSIGNED(1, 100), YAML_AT(struct product_operation, quantity_most)},
    {.key = "sub_kinds",
     .type = YAML_MAP_LIST,
     .min = 1,
     .max = 8,
     .items = &sub_kind_schema,
     YAML_AT(struct product_operation, sub_kinds),
     YAML_COUNT(struct product_operation, sub_kind_count)},
    DEEDS(struct product_operation),
    {.key = "one_sub_kind", .type = YAML_BOOL, YAML_AT(struct product_operation, one_sub_kind)},
    {.key = "charges_dearest", .type = YAML_BOOL, YAML_AT(struct product_operation, charges_dearest)},
    {.key = "makes_seal", .type = YAML_BOOL, YAML_AT(struct product_operation, makes_seal)},
    {.key = "reasons",
     .type = YAML_MAP_LIST,
     .min = 1,
     .max = 8,
     .items = &why_schema,
     YAML_AT(struct product_operation, whys),
     YAML_COUNT(struct product_operation, why_count)},
    {.key = "warnings",
     .type = YAML_TEXT_LIST,
     .min = 1,
     .max = 6,
     YAML_AT(struct product_operation, warnings),
     YAML_COUNT(struct product_operation, warning_count)},
    {.key = "not_needed", TEXT(1, SENTENCE_MAX), YAML_AT(struct product_operation, not_needed)},
    {.key = "promise", TEXT(1, SENTENCE_MAX), YAML_AT(struct product_operation, promise)},
    {.key = "report_hours", UNSIGNED(1, 720), YAML_AT(struct product_operation, report_hours)},
    {.key = "done_hours", UNSIGNED(1, 720), YAML_AT(struct product_operation, done_hours)},
    {.key = "signers", UNSIGNED(1, 2), YAML_AT(struct product_operation, signers)},
    {.key = "stages",
     .type = YAML_MAP_LIST,
     .min = 1,
     .max = 4,
     .items = &product_schema_stage,
     YAML_AT(struct product_operation, stages),
     YAML_COUNT(struct product_operation, stage_count)},
    {.key = "steps",
     .type = YAML_CHOICE_ARRAY,
     .min = 1,
     .max = ORDER_STEP_COUNT_,
     CHOICE(schema_step_name, ORDER_STEP_COUNT_),
     YAML_AT(struct product_operation, steps.step),
     YAML_COUNT(struct product_operation, steps.count)},
    {.key = "form", ID_TEXT, YAML_AT(struct product_operation, form_id)},
    {.key = "template", ID_TEXT, YAML_AT(struct product_operation, template_id)},
    {.key = "form_title", TEXT(1, LABEL_MAX), YAML_AT(struct product_operation, form_title)},
    {.key = "tick", ID_TEXT, YAML_AT(struct product_operation, tick)},
    {.key = "pack",
     IDS(1, 6),
     YAML_AT(struct product_operation, pack),
     YAML_COUNT(struct product_operation, pack_count)},
    {.key = "papers",
     .type = YAML_TEXT_LIST,
     .min = 0,
     .max = 24,
     .is_valid = product_schema_is_id,
     .expected = "small letters, digits, - and _",
     YAML_AT(struct product_operation, paper_ids),
     YAML_COUNT(struct product_operation, paper_count)},
    {.key = "identity.methods",
     .type = YAML_CHOICE_ARRAY,
     .min = 1,
     .max = PRODUCT_IDENTITY_COUNT_,
     CHOICE(schema_identity_name, PRODUCT_IDENTITY_COUNT_),
     YAML_AT(struct product_operation, identity),
     YAML_COUNT(struct product_operation, identity_count)},
    {.key = "identity.name", ID_TEXT, YAML_AT(struct product_operation, identity_name)},
    {.key = "identity.number", ID_TEXT, YAML_AT(struct product_operation, identity_number)},
    {.key = "identity.agent_name", ID_TEXT, YAML_AT(struct product_operation, identity_agent_name)},
    {.key = "identity.agent_number", ID_TEXT, YAML_AT(struct product_operation, identity_agent_number)},
    {.key = "asks_verification", .type = YAML_BOOL, YAML_AT(struct product_operation, asks_verification)},
    {.key = "by_papers", .type = YAML_BOOL, YAML_AT(struct product_operation, by_papers)},
    {.key = "old_lock.issuers",
     .type = YAML_TEXT_LIST,
     .min = 1,
     .max = 8,
     YAML_AT(struct product_operation, old_lock.issuers),
     YAML_COUNT(struct product_operation, old_lock.issuer_count)},
    {.key = "fallback.text", TEXT(1, LABEL_MAX), YAML_AT(struct product_operation, fallback.text)},
    {.key = "fallback.steps",
     .type = YAML_CHOICE_ARRAY,
     .min = 1,
     .max = ORDER_STEP_COUNT_,
     CHOICE(schema_step_name, ORDER_STEP_COUNT_),
     YAML_AT(struct product_operation, fallback.steps.step),
     YAML_COUNT(struct product_operation, fallback.steps.count)},
    {.key = "fallback.form", ID_TEXT, YAML_AT(struct product_operation, fallback.form_id)},
    {.key = "fallback.papers",
     IDS(0, 24),
     YAML_AT(struct product_operation, fallback.paper_ids),
     YAML_COUNT(struct product_operation, fallback.paper_count)},
};
static void schema_prepare_operation(void *entry)
{
    struct product_operation *operation = entry;
    operation->login_required = true;
    operation->years = 1;
    operation->years_most = 1;
    operation->quantity_most = 1;
    operation->minutes = 10;
}
const struct yaml_schema product_schema_operation = {.what = "operation",
                                                     MEMBERS(operation_members),
                                                     .size = sizeof(struct product_operation),
                                                     .prepare = schema_prepare_operation};
