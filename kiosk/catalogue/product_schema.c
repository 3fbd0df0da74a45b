/* The table of a whole product, and of the small lists that stand in nothing else. */
#include "kiosk/catalogue/product_schema.h"

#include <string.h>

#include "kiosk/catalogue/product_schema_parts.h"

const char *product_schema_state_name(int choice)
{
    return order_state_name((enum order_state)choice);
}
static const char *schema_channel_name(int choice)
{
    return product_channel_name((enum product_channel)choice);
}
static const char *schema_payment_name(int choice)
{
    return product_payment_name((enum product_payment)choice);
}
static const char *schema_algorithm_name(int choice)
{
    return product_algorithm_name((enum product_algorithm)choice);
}
static const char *schema_holder_name(int choice)
{
    return product_holder_name((enum product_holder)choice);
}
static const char *schema_seal_name(int choice)
{
    return product_seal_name((enum product_seal)choice);
}

static const char *schema_start_name(int choice)
{
    return product_start_name((enum product_start)choice);
}
static const char *schema_pickup_name(int choice)
{
    return product_pickup_name((enum product_pickup)choice);
}
static const char *schema_invoice_name(int choice)
{
    return product_invoice_name((enum product_invoice)choice);
}

static bool schema_is_pin(const char *text)
{
    return strspn(text, "0123456789") == strlen(text);
}

/* HH:MM of a day. */
static bool schema_is_time(const char *text)
{
    static const char shape[] = "00:00";
    for (size_t i = 0; i < sizeof shape - 1; i++) {
        bool is_right = shape[i] == '0' ? text[i] >= '0' && text[i] <= '9' : text[i] == shape[i];
        if (!is_right)
            return false;
    }
    return text[sizeof shape - 1] == '\0' && strncmp(text, "24", 2) < 0 && text[3] < '6';
}

bool product_schema_is_id(const char *text)
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

static const struct yaml_member tick_members[] = {
    {.key = "id", .required = true, ID_TEXT, YAML_AT(struct product_tick, id)},
    {.key = "label", .required = true, TEXT(1, LABEL_MAX), YAML_AT(struct product_tick, label)},
};
static const struct yaml_schema tick_schema = {
    .what = "box", MEMBERS(tick_members), .size = sizeof(struct product_tick)};

static const struct yaml_member reason_members[] = {
    {.key = "id", .required = true, ID_TEXT, YAML_AT(struct product_reason, id)},
    {.key = "text", .required = true, TEXT(1, 100), YAML_AT(struct product_reason, text)},
};
static const struct yaml_schema reason_schema = {
    .what = "review reason", MEMBERS(reason_members), .size = sizeof(struct product_reason)};
static const struct yaml_schema ground_schema = {
    .what = "ground", MEMBERS(reason_members), .size = sizeof(struct product_reason)};

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
    {.key = "rank", UNSIGNED(1, 999), YAML_AT(struct product, rank)},
    {.key = "search", TEXTS(1, 12, search, search_count)},
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
    {.key = "certificate.encryption", .type = YAML_BOOL, YAML_AT(struct product, encryption)},
    {.key = "certificate.soft", .type = YAML_BOOL, YAML_AT(struct product, soft)},
    {.key = "certificate.validity_days",
     .required = true,
     UNSIGNED(1, 3700),
     YAML_AT(struct product, validity_days)},
    {.key = "certificate.starts",
     .type = YAML_CHOICE,
     CHOICE(schema_start_name, PRODUCT_START_COUNT_),
     YAML_AT(struct product, start)},
    {.key = "certificate.subject", .required = true, MAPS(1, 12, subject_schema, subjects, subject_count)},
    {.key = "renewal.opens_days", UNSIGNED(1, 3700), YAML_AT(struct product, renewal_days)},
    {.key = "renewal.days_most", UNSIGNED(365, 3660), YAML_AT(struct product, renewal_days_most)},
    {.key = "renewal.after_expiry", .type = YAML_BOOL, YAML_AT(struct product, renewal_after_expiry)},
    {.key = "key.name", .required = true, TEXT(1, 20), YAML_AT(struct product, key_name)},
    {.key = "key.label",
     .required = true,
     TEXT(1, 4),
     .is_valid = schema_is_ascii_label,
     .expected = "ASCII characters",
     YAML_AT(struct product, key_label)},
    {.key = "key.number", TEXT(1, 40), YAML_AT(struct product, key_number)},
    {.key = "key.models", MAPS(1, 12, product_schema_key_model, key_models, key_model_count)},
    {.key = "pin.min", .required = true, UNSIGNED(4, LIMIT_PIN_BYTES), YAML_AT(struct product, pin.min)},
    {.key = "pin.max", .required = true, UNSIGNED(4, LIMIT_PIN_BYTES), YAML_AT(struct product, pin.max)},
    {.key = "pin.letters", .required = true, .type = YAML_BOOL, YAML_AT(struct product, pin.letters)},
    {.key = "pin.default",
     TEXT(4, LIMIT_PIN_BYTES),
     .is_valid = schema_is_pin,
     .expected = "digits",
     YAML_AT(struct product, pin_default)},
    {.key = "pin.must_change", .type = YAML_BOOL, YAML_AT(struct product, pin_must_change)},
    {.key = "classes", .required = true, MAPS(1, 12, class_schema, classes, class_count)},
    {.key = "operations",
     .required = true,
     MAPS(1, 16, product_schema_operation, operations, operation_count)},
    {.key = "tariff", .required = true, MAPS(1, 120, product_schema_tariff, tariff, tariff_count)},
    {.key = "bundles", MAPS(1, 40, product_schema_bundle, bundles, bundle_count)},
    {.key = "warranty_days", UNSIGNED(1, 3700), YAML_AT(struct product, warranty_days)},
    {.key = "papers", .required = true, MAPS(0, 40, product_schema_paper, papers, paper_count)},
    {.key = "conditions", MAPS(1, 40, product_schema_condition, conditions, condition_count)},
    {.key = "boxes", .required = true, MAPS(1, 12, tick_schema, ticks, tick_count)},
    {.key = "forms", .required = true, MAPS(1, 16, product_schema_form, forms, form_count)},
    {.key = "statuses",
     .required = true,
     .type = YAML_CHOICE_TEXTS,
     .min = 1,
     .max = LABEL_MAX,
     CHOICE(product_schema_state_name, ORDER_STATE_COUNT_),
     YAML_AT(struct product, status_label)},
    {.key = "review.promise",
     .required = true,
     TEXT(1, SENTENCE_MAX),
     YAML_AT(struct product, review_promise)},
    {.key = "review.days", UNSIGNED(1, 30), YAML_AT(struct product, review_days)},
    {.key = "review.signers", .required = true, UNSIGNED(1, 2), YAML_AT(struct product, review_signers)},
    {.key = "review.stages", MAPS(1, 4, product_schema_stage, stages, stage_count)},
    {.key = "review.received_days", UNSIGNED(1, 365), YAML_AT(struct product, received_days)},
    {.key = "review.reasons", .required = true, MAPS(1, 40, reason_schema, reasons, reason_count)},
    {.key = "revocation.grounds", MAPS(1, 6, ground_schema, grounds, ground_count)},
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
    {.key = "payment.later_days", UNSIGNED(1, 365), YAML_AT(struct product, payment_later_days)},
    {.key = "payment.account.holder", TEXT(1, LABEL_MAX), YAML_AT(struct product, account.holder)},
    {.key = "payment.account.number", TEXT(1, LABEL_MAX), YAML_AT(struct product, account.number)},
    {.key = "payment.account.bank", TEXT(1, LABEL_MAX), YAML_AT(struct product, account.bank)},
    {.key = "payment.invoice", TEXT(1, LABEL_MAX), YAML_AT(struct product, payment_invoice)},
    {.key = "invoice.mode",
     .type = YAML_CHOICE,
     CHOICE(schema_invoice_name, PRODUCT_INVOICE_COUNT_),
     YAML_AT(struct product, invoice)},
    {.key = "invoice.days", UNSIGNED(1, 90), YAML_AT(struct product, invoice_days)},
    {.key = "pickup.methods",
     .type = YAML_CHOICE_ARRAY,
     .min = 1,
     .max = PRODUCT_PICKUP_COUNT_,
     CHOICE(schema_pickup_name, PRODUCT_PICKUP_COUNT_),
     YAML_AT(struct product, pickup),
     YAML_COUNT(struct product, pickup_count)},
    {.key = "pickup.cut_off",
     TEXT(5, 5),
     .is_valid = schema_is_time,
     .expected = "HH:MM",
     YAML_AT(struct product, pickup_cut_off)},
    {.key = "pickup.promise", TEXT(1, SENTENCE_MAX), YAML_AT(struct product, pickup_promise)},
    {.key = "pickup.receiver", ID_TEXT, YAML_AT(struct product, pickup_receiver)},
    {.key = "pickup.phone", ID_TEXT, YAML_AT(struct product, pickup_phone)},
    {.key = "pickup.address",
     IDS(1, 8),
     YAML_AT(struct product, pickup_address),
     YAML_COUNT(struct product, pickup_address_count)},
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
    {.key = "follow.name", TEXT(1, LABEL_MAX), YAML_AT(struct product, follow_name)},
    {.key = "follow.code", TEXT(8, 120), YAML_AT(struct product, follow_code)},
    {.key = "blank_forms", .type = YAML_BOOL, YAML_AT(struct product, blank_forms)},
    {.key = "binding.zone", TEXT(1, LABEL_MAX), YAML_AT(struct product, binding_zone)},
    {.key = "consent.asked", .type = YAML_BOOL, YAML_AT(struct product, consent_asked)},
    {.key = "consent.hours", UNSIGNED(0, 720), YAML_AT(struct product, consent_hours)},
    {.key = "notices", TEXTS(0, 12, notices, notice_count)},
    {.key = "channels",
     .type = YAML_CHOICE_ARRAY,
     .min = 1,
     .max = PRODUCT_CHANNEL_COUNT_,
     CHOICE(schema_channel_name, PRODUCT_CHANNEL_COUNT_),
     YAML_AT(struct product, channel),
     YAML_COUNT(struct product, channel_count)},
    {.key = "buttons", MAPS(1, 80, product_schema_button, buttons, button_count)},
    {.key = "messages", MAPS(1, PRODUCT_MESSAGE_COUNT_, product_schema_saying, sayings, saying_count)},
    {.key = "ways", MAPS(1, 8, product_schema_note, ways, way_count)},
    {.key = "after", MAPS(1, 8, product_schema_note, after, after_count)},
    {.key = "elsewhere", MAPS(1, 8, product_schema_note, elsewhere, elsewhere_count)},
    {.key = "verification.question", ID_TEXT, YAML_AT(struct product, verification_question)},
    {.key = "verification.answer", ID_TEXT, YAML_AT(struct product, verification_answer)},
    {.key = "comparisons", MAPS(1, 8, product_schema_comparison, comparisons, comparison_count)},
    {.key = "to_confirm", TEXTS(1, 60, to_confirm, to_confirm_count)},
};

const struct yaml_schema product_schema = {
    .what = "product", MEMBERS(product_members), .size = sizeof(struct product)};
