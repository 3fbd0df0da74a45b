#include "kiosk/catalogue/product_schema.h"

#include <string.h>

#include "kiosk/base/limits.h"

enum {
    LABEL_MAX = 40,      /* characters of a label, title or tile */
    SENTENCE_MAX = 200,  /* characters of a hint or note */
    PARAGRAPHS_MAX = 60, /* of an agreement */
    FEN_MAX = 100000000
};

#define MEMBERS(rows) .members = (rows), .member_count = sizeof(rows) / sizeof((rows)[0])

/* Choices by their numbers, as the tables want them. */
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
static const char *schema_step_name(int choice)
{
    return order_step_name((enum order_step)choice);
}
static const char *schema_state_name(int choice)
{
    return order_state_name((enum order_state)choice);
}
static const char *schema_identity_name(int choice)
{
    return product_identity_name((enum product_identity)choice);
}
static const char *schema_unit_name(int choice)
{
    return price_unit_name((enum price_unit)choice);
}
static const char *schema_payment_name(int choice)
{
    return product_payment_name((enum product_payment)choice);
}
static const char *schema_algorithm_name(int choice)
{
    return product_algorithm_name((enum product_algorithm)choice);
}
static const char *schema_format_name(int choice)
{
    return product_format_name((enum product_format)choice);
}

static const char *schema_holder_name(int choice)
{
    return product_holder_name((enum product_holder)choice);
}
static const char *schema_seal_name(int choice)
{
    return product_seal_name((enum product_seal)choice);
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

static bool schema_is_id(const char *text)
{
    bool starts_well = text[0] >= 'a' && text[0] <= 'z';
    return starts_well && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_-") == strlen(text);
}

static bool schema_is_ascii_label(const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text < ' ' || *text > '~')
            return false;
    }
    return true;
}

/* Attribute names of RFC 4519 that the profiles here use. */
static bool schema_is_attribute(const char *text)
{
    static const char *const names[] = {"C", "ST", "L", "O", "OU", "CN", "serialNumber"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(names[i], text) == 0)
            return true;
    }
    return false;
}

#define ID_TEXT                                                                                              \
    .type = YAML_TEXT, .min = 1, .max = ORDER_NAME_BYTES - 1, .is_valid = schema_is_id,                      \
    .expected = "small letters, digits, - and _"
#define IDS(smallest, largest)                                                                               \
    .type = YAML_TEXT_LIST, .min = (smallest), .max = (largest), .is_valid = schema_is_id,                   \
    .expected = "small letters, digits, - and _"
#define TEXT(smallest, largest) .type = YAML_TEXT, .min = (smallest), .max = (largest)
#define UNSIGNED(smallest, largest) .type = YAML_UNSIGNED, .min = (smallest), .max = (largest)
#define CHOICE(name, number) .choice_name = (name), .choice_count = (int)(number)

static const struct yaml_member class_members[] = {
    {.key = "id", .required = true, ID_TEXT, YAML_AT(struct product_class, id)},
    {.key = "label", .required = true, TEXT(1, LABEL_MAX), YAML_AT(struct product_class, label)},
    {.key = "sale_label", .required = true, TEXT(1, LABEL_MAX), YAML_AT(struct product_class, sale_label)},
};
static const struct yaml_schema class_schema = {
    .what = "class", MEMBERS(class_members), .size = sizeof(struct product_class)};

static const struct yaml_member subject_members[] = {
    {.key = "name",
     .required = true,
     TEXT(1, 16),
     .is_valid = schema_is_attribute,
     .expected = "C, ST, L, O, OU, CN or serialNumber",
     YAML_AT(struct product_subject, name)},
    {.key = "value", .required = true, TEXT(1, SENTENCE_MAX), YAML_AT(struct product_subject, pattern)},
};
static const struct yaml_schema subject_schema = {
    .what = "subject attribute", MEMBERS(subject_members), .size = sizeof(struct product_subject)};

static const struct yaml_member sub_kind_members[] = {
    {.key = "id", .required = true, ID_TEXT, YAML_AT(struct product_sub_kind, id)},
    {.key = "label", .required = true, TEXT(1, LABEL_MAX), YAML_AT(struct product_sub_kind, label)},
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
static const struct yaml_schema condition_schema = {
    .what = "condition", MEMBERS(condition_members), .size = sizeof(struct product_condition)};

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
    {.key = "quantity_most", UNSIGNED(1, 100), YAML_AT(struct product_operation, quantity_most)},
    {.key = "sub_kinds",
     .type = YAML_MAP_LIST,
     .min = 1,
     .max = 8,
     .items = &sub_kind_schema,
     YAML_AT(struct product_operation, sub_kinds),
     YAML_COUNT(struct product_operation, sub_kind_count)},
    {.key = "charges_dearest", .type = YAML_BOOL, YAML_AT(struct product_operation, charges_dearest)},
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
    {.key = "signers", UNSIGNED(1, 2), YAML_AT(struct product_operation, signers)},
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
     .is_valid = schema_is_id,
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
static const struct yaml_schema operation_schema = {.what = "operation",
                                                    MEMBERS(operation_members),
                                                    .size = sizeof(struct product_operation),
                                                    .prepare = schema_prepare_operation};

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
    {.key = "keyboard",
     .type = YAML_CHOICE,
     CHOICE(schema_keyboard_name, FORM_KEYBOARD_COUNT_),
     YAML_AT(struct form_field, keyboard)},
    {.key = "min_characters", UNSIGNED(0, 200), YAML_AT(struct form_field, min_characters)},
    {.key = "max_characters", UNSIGNED(1, 200), YAML_AT(struct form_field, max_characters)},
    {.key = "placeholder", TEXT(1, LABEL_MAX), YAML_AT(struct form_field, placeholder)},
    {.key = "hint", TEXT(1, SENTENCE_MAX), YAML_AT(struct form_field, hint)},
    {.key = "derived_from", ID_TEXT, YAML_AT(struct form_field, derived_from)},
    {.key = "rows",
     .type = YAML_TEXT_ARRAY,
     .min = 1,
     .max = FORM_FIELD_ROWS_MAX,
     .is_valid = schema_is_id,
     .expected = "small letters, digits, - and _",
     YAML_AT(struct form_field, row),
     YAML_COUNT(struct form_field, row_count)},
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
static const struct yaml_schema form_schema = {
    .what = "form", MEMBERS(form_members), .size = sizeof(struct form)};

static const struct yaml_member paper_members[] = {
    {.key = "id", .required = true, ID_TEXT, YAML_AT(struct product_paper, id)},
    {.key = "title", .required = true, TEXT(1, LABEL_MAX), YAML_AT(struct product_paper, title)},
    {.key = "hint", .required = true, TEXT(1, SENTENCE_MAX), YAML_AT(struct product_paper, hint)},
    {.key = "stamped", .type = YAML_BOOL, YAML_AT(struct product_paper, stamped)},
    {.key = "signed_by_hand", .type = YAML_BOOL, YAML_AT(struct product_paper, signed_by_hand)},
    {.key = "code_required", .type = YAML_BOOL, YAML_AT(struct product_paper, code_required)},
    {.key = "copies", UNSIGNED(1, 20), YAML_AT(struct product_paper, copies)},
    {.key = "dpi", UNSIGNED(75, 600), YAML_AT(struct product_paper, dpi)},
    {.key = "formats",
     .required = true,
     .type = YAML_CHOICE_ARRAY,
     .min = 1,
     .max = PRODUCT_FORMAT_COUNT_,
     CHOICE(schema_format_name, PRODUCT_FORMAT_COUNT_),
     YAML_AT(struct product_paper, format),
     YAML_COUNT(struct product_paper, format_count)},
    {.key = "limit_bytes",
     .required = true,
     .type = YAML_INTEGER,
     .min = 10240,
     .max = LIMIT_PAGE_JPEG_BYTES,
     YAML_AT(struct product_paper, limit_bytes)},
};
static void schema_prepare_paper(void *entry)
{
    struct product_paper *paper = entry;
    paper->copies = 1;
    paper->dpi = 300;
}
static const struct yaml_schema paper_schema = {.what = "paper",
                                                MEMBERS(paper_members),
                                                .size = sizeof(struct product_paper),
                                                .prepare = schema_prepare_paper};

static const struct yaml_member tick_members[] = {
    {.key = "id", .required = true, ID_TEXT, YAML_AT(struct product_tick, id)},
    {.key = "label", .required = true, TEXT(1, LABEL_MAX), YAML_AT(struct product_tick, label)},
};
static const struct yaml_schema tick_schema = {
    .what = "box", MEMBERS(tick_members), .size = sizeof(struct product_tick)};

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
static const struct yaml_schema tariff_schema = {.what = "tariff row",
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
static const struct yaml_schema bundle_schema = {
    .what = "bundle", MEMBERS(bundle_members), .size = sizeof(struct price_bundle)};

static const struct yaml_member reason_members[] = {
    {.key = "id", .required = true, ID_TEXT, YAML_AT(struct product_reason, id)},
    {.key = "text", .required = true, TEXT(1, 100), YAML_AT(struct product_reason, text)},
};
static const struct yaml_schema reason_schema = {
    .what = "reason", MEMBERS(reason_members), .size = sizeof(struct product_reason)};

#define TEXTS(smallest, largest, list, number)                                                               \
    .type = YAML_TEXT_LIST, .min = (smallest), .max = (largest), YAML_AT(struct product, list),              \
    YAML_COUNT(struct product, number)
#define MAPS(smallest, largest, schema, list, number)                                                        \
    .type = YAML_MAP_LIST, .min = (smallest), .max = (largest), .items = &(schema),                          \
    YAML_AT(struct product, list), YAML_COUNT(struct product, number)

static const struct yaml_member point_members[] = {
    {.key = "icon", ID_TEXT, YAML_AT(struct product_point, icon)},
    {.key = "title", .required = true, TEXT(1, 16), YAML_AT(struct product_point, title)},
    {.key = "line", .required = true, TEXT(1, LABEL_MAX), YAML_AT(struct product_point, line)},
};
static const struct yaml_schema point_schema = {
    .what = "point", MEMBERS(point_members), .size = sizeof(struct product_point)};

static const struct yaml_member product_members[] = {
    {.key = "id", .required = true, ID_TEXT, YAML_AT(struct product, id)},
    {.key = "name", .required = true, TEXT(1, LABEL_MAX), YAML_AT(struct product, name)},
    {.key = "icon", ID_TEXT, YAML_AT(struct product, icon)},
    {.key = "path.region", .required = true, TEXT(1, LABEL_MAX), YAML_AT(struct product, region)},
    {.key = "path.platform", .required = true, TEXT(1, LABEL_MAX), YAML_AT(struct product, platform)},
    {.key = "path.category", .required = true, TEXT(1, LABEL_MAX), YAML_AT(struct product, category)},
    {.key = "path.project", .required = true, TEXT(1, LABEL_MAX), YAML_AT(struct product, project)},
    {.key = "code", TEXT(1, 40), YAML_AT(struct product, code)},
    {.key = "scope", TEXT(1, SENTENCE_MAX), YAML_AT(struct product, scope)},
    {.key = "hint", TEXT(1, SENTENCE_MAX), YAML_AT(struct product, hint)},
    {.key = "holder",
     .type = YAML_CHOICE,
     CHOICE(schema_holder_name, PRODUCT_HOLDER_COUNT_),
     YAML_AT(struct product, holder)},
    {.key = "seal",
     .type = YAML_CHOICE,
     CHOICE(schema_seal_name, PRODUCT_SEAL_COUNT_),
     YAML_AT(struct product, seal)},
    {.key = "authority.id", .required = true, ID_TEXT, YAML_AT(struct product, authority_id)},
    {.key = "authority.name", .required = true, TEXT(1, LABEL_MAX), YAML_AT(struct product, authority_name)},
    {.key = "authority.hotline", .required = true, TEXT(3, 20), YAML_AT(struct product, hotline)},
    {.key = "acceptance_number", .required = true, TEXT(1, 60), YAML_AT(struct product, acceptance_pattern)},
    {.key = "certificate.profile", .required = true, ID_TEXT, YAML_AT(struct product, certificate_profile)},
    {.key = "certificate.algorithm",
     .required = true,
     .type = YAML_CHOICE,
     CHOICE(schema_algorithm_name, PRODUCT_ALGORITHM_COUNT_),
     YAML_AT(struct product, algorithm)},
    {.key = "certificate.validity_days",
     .required = true,
     UNSIGNED(1, 3700),
     YAML_AT(struct product, validity_days)},
    {.key = "certificate.subject", .required = true, MAPS(1, 12, subject_schema, subjects, subject_count)},
    {.key = "key.name", .required = true, TEXT(1, 20), YAML_AT(struct product, key_name)},
    {.key = "key.label",
     .required = true,
     TEXT(1, 32),
     .is_valid = schema_is_ascii_label,
     .expected = "ASCII characters",
     YAML_AT(struct product, key_label)},
    {.key = "pin.min", .required = true, UNSIGNED(4, LIMIT_PIN_BYTES), YAML_AT(struct product, pin.min)},
    {.key = "pin.max", .required = true, UNSIGNED(4, LIMIT_PIN_BYTES), YAML_AT(struct product, pin.max)},
    {.key = "pin.letters", .required = true, .type = YAML_BOOL, YAML_AT(struct product, pin.letters)},
    {.key = "classes", .required = true, MAPS(1, 12, class_schema, classes, class_count)},
    {.key = "operations", .required = true, MAPS(1, 16, operation_schema, operations, operation_count)},
    {.key = "tariff", .required = true, MAPS(1, 120, tariff_schema, tariff, tariff_count)},
    {.key = "bundles", MAPS(1, 40, bundle_schema, bundles, bundle_count)},
    {.key = "warranty_days", UNSIGNED(1, 3700), YAML_AT(struct product, warranty_days)},
    {.key = "papers", .required = true, MAPS(0, 40, paper_schema, papers, paper_count)},
    {.key = "conditions", MAPS(1, 40, condition_schema, conditions, condition_count)},
    {.key = "boxes", .required = true, MAPS(1, 12, tick_schema, ticks, tick_count)},
    {.key = "forms", .required = true, MAPS(1, 16, form_schema, forms, form_count)},
    {.key = "statuses",
     .required = true,
     .type = YAML_CHOICE_TEXTS,
     .min = 1,
     .max = LABEL_MAX,
     CHOICE(schema_state_name, ORDER_STATE_COUNT_),
     YAML_AT(struct product, status_label)},
    {.key = "review.promise",
     .required = true,
     TEXT(1, SENTENCE_MAX),
     YAML_AT(struct product, review_promise)},
    {.key = "review.signers", .required = true, UNSIGNED(1, 2), YAML_AT(struct product, review_signers)},
    {.key = "review.reasons", .required = true, MAPS(1, 40, reason_schema, reasons, reason_count)},
    {.key = "payment.methods",
     .required = true,
     .type = YAML_CHOICE_ARRAY,
     .min = 1,
     .max = PRODUCT_PAYMENT_COUNT_,
     CHOICE(schema_payment_name, PRODUCT_PAYMENT_COUNT_),
     YAML_AT(struct product, payment),
     YAML_COUNT(struct product, payment_count)},
    {.key = "payment.screen_s",
     .required = true,
     UNSIGNED(60, 7200),
     YAML_AT(struct product, payment_screen_s)},
    {.key = "payment.invoice", TEXT(1, LABEL_MAX), YAML_AT(struct product, payment_invoice)},
    {.key = "agreement.title",
     .required = true,
     TEXT(1, LABEL_MAX),
     YAML_AT(struct product, agreement.title)},
    {.key = "agreement.version", .required = true, TEXT(1, 20), YAML_AT(struct product, agreement.version)},
    {.key = "agreement.paragraphs",
     .required = true,
     TEXTS(1, PARAGRAPHS_MAX, agreement.paragraphs, agreement.paragraph_count)},
    {.key = "agreement.points", MAPS(0, 4, point_schema, agreement.points, agreement.point_count)},
    {.key = "declarations", .required = true, TEXTS(1, 12, declarations, declaration_count)},
    {.key = "notices", TEXTS(0, 12, notices, notice_count)},
    {.key = "to_confirm", TEXTS(1, 60, to_confirm, to_confirm_count)},
};

const struct yaml_schema product_schema = {
    .what = "product", MEMBERS(product_members), .size = sizeof(struct product)};
