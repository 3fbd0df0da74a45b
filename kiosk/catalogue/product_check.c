/* What the table cannot say: references between parts, the order of steps, templates, tariff and limits. */
#include "kiosk/catalogue/product_check.h"

#include <string.h>

#include "kiosk/catalogue/product_schema.h"

/* --- ids given once ----------------------------------------------------------------------------------------
 */

typedef const char *product_id_at(const void *list, size_t index);

static void examine_ids(const struct product_examiner *examiner, const void *list, size_t count,
                        product_id_at *id_at, const char *what)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (id_at(list, i)[0] != '\0' && strcmp(id_at(list, i), id_at(list, j)) == 0)
                TELL(examiner, id_at(list, i), "expected each %s id once, %s is there already", what,
                     id_at(list, i));
        }
    }
}

#define ID_AT(name, type)                                                                                    \
    static const char *name(const void *list, size_t index)                                                  \
    {                                                                                                        \
        const type *entries = list;                                                                          \
        return entries[index].id;                                                                            \
    }
ID_AT(class_id_at, struct product_class)
ID_AT(operation_id_at, struct product_operation)
ID_AT(paper_id_at, struct product_paper)
ID_AT(tick_id_at, struct product_tick)
ID_AT(reason_id_at, struct product_reason)
ID_AT(stage_id_at, struct product_stage)
ID_AT(form_id_at, struct form)
ID_AT(block_id_at, struct form_block)
ID_AT(field_id_at, struct form_field)

static void examine_all_ids(const struct product_examiner *examiner)
{
    const struct product *product = examiner->product;
    examine_ids(examiner, product->classes, product->class_count, class_id_at, "class");
    examine_ids(examiner, product->operations, product->operation_count, operation_id_at, "operation");
    examine_ids(examiner, product->papers, product->paper_count, paper_id_at, "paper");
    examine_ids(examiner, product->ticks, product->tick_count, tick_id_at, "box");
    examine_ids(examiner, product->reasons, product->reason_count, reason_id_at, "reason");
    examine_ids(examiner, product->stages, product->stage_count, stage_id_at, "stage");
    for (size_t i = 0; i < product->operation_count; i++)
        examine_ids(examiner, product->operations[i].stages, product->operations[i].stage_count, stage_id_at,
                    "stage");
    examine_ids(examiner, product->grounds, product->ground_count, reason_id_at, "ground");
    examine_ids(examiner, product->forms, product->form_count, form_id_at, "form");
    for (size_t i = 0; i < product->form_count; i++) {
        const struct form *form = &product->forms[i];
        examine_ids(examiner, form->blocks, form->block_count, block_id_at, "block");
        examine_ids(examiner, form->fields, form->field_count, field_id_at, "field");
    }
}

/* --- forms -------------------------------------------------------------------------------------------------
 */

static bool field_ends_in_a_value(const struct form *form, const struct form_field *field)
{
    for (size_t i = 0; i <= form->field_count && field != NULL; i++) {
        if (field->derived_from[0] == '\0')
            return true;
        field = form_find(form, field->derived_from);
    }
    return false;
}

static bool field_has_option(const struct form_field *field, const char *answer)
{
    for (size_t i = 0; i < field->option_count; i++) {
        if (strcmp(field->options[i], answer) == 0)
            return true;
    }
    return false;
}

static void examine_answers(const struct product_examiner *examiner, const struct form_field *choice,
                            const char *const *answers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!field_has_option(choice, answers[i]))
            TELL(examiner, answers[i], "expected an option of %s, found %s", choice->id, answers[i]);
    }
}

static void examine_field_kind(const struct product_examiner *examiner, const struct form *form,
                               const struct form_field *field)
{
    if ((field->kind_field[0] != '\0') != (field->kind_when_count > 0))
        TELL(examiner, field->id, "expected kind_field and kind_when together for %s", field->id);
    if (field->kind_field[0] == '\0')
        return;
    const struct form_field *choice = form_find(form, field->kind_field);
    if (choice == NULL || choice->kind != FORM_KIND_CHOICE)
        TELL(examiner, field->kind_field, "expected the id of a choice of this form, found %s",
             field->kind_field);
    else
        examine_answers(examiner, choice, field->kind_when, field->kind_when_count);
}

/* Who cannot see a field cannot be asked for it: the choice comes first. */
static void examine_field_shown(const struct product_examiner *examiner, const struct form *form,
                                const struct form_field *field)
{
    if ((field->shown_field[0] != '\0') != (field->shown_when_count > 0))
        TELL(examiner, field->id, "expected shown_field and shown_when together for %s", field->id);
    if (field->shown_field[0] == '\0')
        return;
    const struct form_field *choice = form_find(form, field->shown_field);
    if (choice == NULL || choice >= field || choice->kind != FORM_KIND_CHOICE ||
        (!form_field_is_asked(choice) && !choice->tells_agent))
        TELL(examiner, field->shown_field,
             "expected the id of a choice that is asked before %s in this form, found %s", field->id,
             field->shown_field);
    else
        examine_answers(examiner, choice, field->shown_when, field->shown_when_count);
}

static void examine_field(const struct product_examiner *examiner, const struct form *form,
                          const struct form_field *field)
{
    if (form->block_count > 0 && field->block[0] != '\0' && form_find_block(form, field->block) == NULL)
        TELL(examiner, field->block, "expected the id of a block of this form, found %s", field->block);
    if (field->tells_agent && (field->kind != FORM_KIND_CHOICE || !field->hidden || field->option_count != 2))
        TELL(examiner, field->id, "expected a hidden choice of two options for tells_agent of %s", field->id);
    if (field->derived_from[0] != '\0') {
        if (form_find(form, field->derived_from) == NULL)
            TELL(examiner, field->derived_from, "expected the id of a field of this form, found %s",
                 field->derived_from);
        else if (!field_ends_in_a_value(form, field))
            TELL(examiner, field->derived_from, "expected a field that is asked in the end, found a ring");
    }
    if (field->min_characters > field->max_characters)
        TELL(examiner, field->id, "expected min_characters not above max_characters for %s", field->id);
    if ((field->kind == FORM_KIND_CHOICE) != (field->option_count > 0))
        TELL(examiner, field->id, "expected options for %s exactly with the kind choice", field->id);
    examine_field_kind(examiner, form, field);
    examine_field_shown(examiner, form, field);
    const struct form_field *same = form_find(form, field->same_from);
    if (field->same_from[0] != '\0' && (same == NULL || same == field || same->kind != field->kind))
        TELL(examiner, field->same_from, "expected the id of another field of the kind %s, found %s",
             form_kind_name(field->kind), field->same_from);
    if (field->hidden && field->derived_from[0] == '\0' && !field->tells_agent)
        TELL(examiner, field->id, "expected derived_from for the hidden field %s", field->id);
    if (field->unique && (!form_field_is_asked(field) || field->kind == FORM_KIND_CHOICE))
        TELL(examiner, field->id, "expected a field that is typed as the unique field %s", field->id);
}

static void examine_forms(const struct product_examiner *examiner)
{
    for (size_t i = 0; i < examiner->product->form_count; i++) {
        const struct form *form = &examiner->product->forms[i];
        for (size_t j = 0; j < form->field_count; j++)
            examine_field(examiner, form, &form->fields[j]);
    }
}

static bool operation_has_step(const struct product_operation *operation, enum order_step step)
{
    for (size_t i = 0; i < operation->steps.count; i++) {
        if (operation->steps.step[i] == step)
            return true;
    }
    return false;
}

/* Where the own key is shown first, its certificate may give the subject; else only the form can. */
static bool form_gives_subject(const struct product *product, const struct form *form)
{
    for (size_t i = 0; i < product->operation_count; i++) {
        const struct product_operation *operation = &product->operations[i];
        if (strcmp(operation->form_id, form->id) == 0 && operation_has_step(operation, ORDER_STEP_ISSUE) &&
            !operation_has_step(operation, ORDER_STEP_KEY))
            return true;
    }
    return false;
}

static void examine_subject(const struct product_examiner *examiner)
{
    const struct product *product = examiner->product;
    const struct form_values nothing = {.count = 0};
    for (size_t i = 0; i < product->subject_count; i++) {
        for (size_t j = 0; j < product->form_count; j++) {
            struct buf filled;
            if (!form_gives_subject(product, &product->forms[j]))
                continue;
            buf_init(&filled, LIMIT_FIELD_BYTES);
            enum status status =
                form_fill(&product->forms[j], &nothing, product->subjects[i].pattern, &filled);
            if (status != STATUS_OK)
                TELL(examiner, product->subjects[i].pattern,
                     "expected text with {field} of the form %s, found %s", product->forms[j].id,
                     product->subjects[i].pattern);
            buf_release(&filled);
        }
    }
}

/* --- operations --------------------------------------------------------------------------------------------
 */

/* A page that stands for two papers is judged once: by what both ask of it, and it is a scan of its own. */
static void examine_shared(const struct product_examiner *examiner, const struct product_paper *paper)
{
    const struct product_paper *source =
        paper->same_as[0] == '\0' ? NULL : product_find_paper(examiner->product, paper->same_as);
    if (source == NULL || source == paper)
        return;
    if (source->same_as[0] != '\0' || source->code_required || paper->code_required ||
        source->kind != PRODUCT_PAPER_KIND_SCAN || paper->kind != PRODUCT_PAPER_KIND_SCAN)
        TELL(examiner, paper->same_as, "expected a scanned paper with a page of its own, found %s",
             paper->same_as);
    else if (source->stamped != paper->stamped || source->signed_by_hand != paper->signed_by_hand)
        TELL(examiner, paper->same_as, "expected the same stamps and signatures as %s, found %s", paper->id,
             paper->same_as);
    else if (source->both_sides != paper->both_sides)
        TELL(examiner, paper->same_as, "expected as many sides as of %s, found %s", paper->id,
             paper->same_as);
}

/* Pages are kept as JPEG: a paper that may not be one could not be handed on. */
static bool takes_jpeg(const struct product_paper *paper)
{
    for (size_t i = 0; i < paper->format_count; i++)
        if (paper->format[i] == PRODUCT_FORMAT_JPEG)
            return true;
    return paper->format_count == 0;
}

/* What is scanned needs to know its pictures; a key is only shown. */
static void examine_paper(const struct product_examiner *examiner, const struct product_paper *paper)
{
    bool is_key = paper->kind == PRODUCT_PAPER_KIND_KEY;
    if (paper->kind == PRODUCT_PAPER_KIND_SCAN && (paper->format_count == 0 || paper->limit_bytes == 0))
        TELL(examiner, paper->id, "expected formats and limit_bytes for %s, which is scanned", paper->id);
    if (!takes_jpeg(paper))
        TELL(examiner, paper->id, "expected jpeg among the formats of %s, as which its pages are kept",
             paper->id);
    if (is_key && (paper->stamped || paper->signed_by_hand || paper->code_required))
        TELL(examiner, paper->id, "expected no stamp, signature or code for the key %s", paper->id);
    if (paper->same_as[0] != '\0' && (strcmp(paper->same_as, paper->id) == 0 ||
                                      product_find_paper(examiner->product, paper->same_as) == NULL))
        TELL(examiner, paper->same_as, "expected the id of another paper, found %s", paper->same_as);
    examine_shared(examiner, paper);
    if (paper->extra > 0 && (paper->kind != PRODUCT_PAPER_KIND_SCAN || !paper->optional ||
                             paper->code_required || paper->stamped || paper->signed_by_hand))
        TELL(examiner, paper->id, "expected extra pages of a plain optional paper that is scanned, found %s",
             paper->id);
    if (paper->both_sides && (paper->kind != PRODUCT_PAPER_KIND_SCAN || paper->code_required ||
                              paper->extra > 0 || paper->sheet[0] != '\0' || paper->sample_count > 0))
        TELL(examiner, paper->id, "expected both sides of a paper of the applicant's own, found %s",
             paper->id);
}

static void examine_papers(const struct product_examiner *examiner, const struct product_operation *operation)
{
    size_t codes = 0;
    for (size_t i = 0; i < operation->paper_count; i++) {
        const struct product_paper *paper = product_find_paper(examiner->product, operation->paper_ids[i]);
        if (paper == NULL)
            TELL(examiner, operation->paper_ids[i], "expected the id of a paper, found %s",
                 operation->paper_ids[i]);
        else
            codes += paper->code_required;
        for (size_t j = 0; j < i; j++) {
            if (strcmp(operation->paper_ids[i], operation->paper_ids[j]) == 0)
                TELL(examiner, operation->paper_ids[i], "expected %s once in papers",
                     operation->paper_ids[i]);
        }
    }
    if (operation_has_step(operation, ORDER_STEP_PRINT) && codes != 1)
        TELL(examiner, operation->id,
             "expected exactly one paper with code_required for the operation %s, found %zu", operation->id,
             codes);
}

static bool product_has_tick(const struct product *product, const char *id)
{
    for (size_t i = 0; i < product->tick_count; i++) {
        if (strcmp(product->ticks[i].id, id) == 0)
            return true;
    }
    return false;
}

static bool field_is_of_kind(const struct form *form, const char *id, enum form_kind kind)
{
    const struct form_field *field = form == NULL ? NULL : form_find(form, id);
    return field != NULL && field->kind == kind;
}

/* Somebody who acts for the person is known by both, and only where the form says who is here. */
static void examine_agent(const struct product_examiner *examiner, const struct form *form,
                          const struct product_operation *operation)
{
    const char *name = operation->identity_agent_name, *number = operation->identity_agent_number;
    if (name[0] == '\0' && number[0] == '\0')
        return;
    if (!field_is_of_kind(form, name, FORM_KIND_NAME) || form_find(form, name)->shown_when_count == 0 ||
        !field_is_of_kind(form, number, FORM_KIND_RESIDENT_ID))
        TELL(examiner, name[0] == '\0' ? number : name,
             "expected a name that is not always shown and its resident-id as identity.agent_name and "
             "agent_number of %s",
             operation->id);
}

static void examine_identity(const struct product_examiner *examiner,
                             const struct product_operation *operation)
{
    const struct form *form = product_find_form(examiner->product, operation->form_id);
    bool is_step = operation_has_step(operation, ORDER_STEP_IDENTITY);
    if (is_step != (operation->identity_count > 0))
        TELL(examiner, operation->id, "expected identity.methods for %s exactly with the step identity",
             operation->id);
    if (!is_step)
        return;
    if (!field_is_of_kind(form, operation->identity_name, FORM_KIND_NAME))
        TELL(examiner, operation->identity_name[0] == '\0' ? operation->id : operation->identity_name,
             "expected the id of a field of the kind name as identity.name of %s", operation->id);
    if (!field_is_of_kind(form, operation->identity_number, FORM_KIND_RESIDENT_ID))
        TELL(examiner, operation->identity_number[0] == '\0' ? operation->id : operation->identity_number,
             "expected the id of a field of the kind resident-id as identity.number of %s", operation->id);
    examine_agent(examiner, form, operation);
}

static void examine_prices(const struct product_examiner *examiner, const struct product_operation *operation)
{
    const struct product *product = examiner->product;
    for (size_t i = 0; i < product->class_count; i++) {
        struct price_quote quote = {.amount_fen = PRICE_UNKNOWN_FEN};
        enum status status = product_quote(product, product->classes[i].id, operation->id, &quote);
        bool is_open = status != STATUS_OK || quote.amount_fen == PRICE_UNKNOWN_FEN;
        bool is_paid_here = operation_has_step(operation, ORDER_STEP_PAY);
        if (operation->available && (status != STATUS_OK || (is_open && is_paid_here)))
            TELL(examiner, operation->id, "expected a tariff row with an amount for %s of class %s",
                 operation->id, product->classes[i].id);
        else if (quote.amount_fen > 0 && !operation_has_step(operation, ORDER_STEP_PAY))
            TELL(examiner, operation->id, "expected the step pay for %s, which is not free", operation->id);
    }
}

/* Whether its keys are about no certificate that exists, of which one order can name only one. */
static bool makes_keys_alone(const struct product_operation *operation)
{
    return product_operation_is_first(operation) ||
           product_operation_code(operation) == PRODUCT_OPERATION_REAPPLY;
}

static void examine_terms(const struct product_examiner *examiner, const struct product_operation *operation)
{
    if (operation->years > operation->years_most)
        TELL(examiner, operation->id, "expected years_most not below years for %s, found %u and %u",
             operation->id, operation->years_most, operation->years);
    if (operation->quantity_most > 1 && !makes_keys_alone(operation))
        TELL(examiner, operation->id, "expected quantity_most 1 for %s, which is about one certificate",
             operation->id);
    for (size_t i = 0; i < operation->why_count; i++) {
        if (operation->whys[i].in_warranty && examiner->product->warranty_days == 0)
            TELL(examiner, operation->whys[i].id, "expected warranty_days for the reason %s",
                 operation->whys[i].id);
    }
}

/* Nothing is enveloped for a key that does not unwrap; what was never escrowed, or by one person alone, does
 * not come back. */
static void examine_escrow(const struct product_examiner *examiner, const struct product_operation *operation)
{
    const struct product *product = examiner->product;
    if (!operation->available || product_operation_code(operation) != PRODUCT_OPERATION_RECOVER)
        return;
    if (!product->encryption)
        TELL(examiner, operation->id, "expected certificate.encryption for %s", operation->id);
    if (product_operation_signers(product, operation) < 2)
        TELL(examiner, operation->id, "expected signers 2 for %s", operation->id);
}

static void examine_pair(const struct product_examiner *examiner)
{
    const struct product *product = examiner->product;
    if (product->encryption && product->algorithm != PRODUCT_ALGORITHM_RSA_2048)
        TELL_KEY(examiner, "certificate.algorithm",
                 "expected certificate.algorithm rsa-2048 with encryption");
}

static const char *found(const char *id)
{
    return id[0] == '\0' ? "none" : id;
}

static void examine_defined(const struct product_examiner *examiner,
                            const struct product_operation *operation)
{
    const struct product *product = examiner->product;
    const char *complaint = order_steps_complaint(&operation->steps);
    if (complaint != NULL)
        TELL(examiner, operation->id, "expected %s in the steps of %s", complaint, operation->id);
    if (operation->form_id[0] == '\0' || product_find_form(product, operation->form_id) == NULL)
        TELL(examiner, operation->form_id[0] == '\0' ? operation->id : operation->form_id,
             "expected the id of a form for %s, found %s", operation->id, found(operation->form_id));
    examine_terms(examiner, operation);
    bool prints = operation_has_step(operation, ORDER_STEP_PRINT);
    if (prints && (operation->template_id[0] == '\0' || operation->form_title[0] == '\0'))
        TELL(examiner, operation->id, "expected template and form_title for %s, which is printed",
             operation->id);
    if (prints && !product_has_tick(product, operation->tick))
        TELL(examiner, operation->tick[0] == '\0' ? operation->id : operation->tick,
             "expected the id of a box as the tick of %s, found %s", operation->id, found(operation->tick));
    examine_papers(examiner, operation);
    examine_identity(examiner, operation);
    examine_prices(examiner, operation);
    examine_escrow(examiner, operation);
}

static void examine_operations(const struct product_examiner *examiner)
{
    for (size_t i = 0; i < examiner->product->operation_count; i++) {
        const struct product_operation *operation = &examiner->product->operations[i];
        if (operation->id[0] == '\0')
            continue; /* its id was none, and has been told */
        if (operation->available || product_operation_is_defined(operation))
            examine_defined(examiner, operation);
        if (!operation->available && operation->unavailable_text[0] == '\0')
            TELL(examiner, operation->id, "expected unavailable_text for %s, which is not available",
                 operation->id);
    }
}

static void examine_numbers(const struct product_examiner *examiner)
{
    const struct product *product = examiner->product;
    char number[ORDER_ACCEPTANCE_BYTES];
    struct random_seeded seeded;
    random_seeded_init(&seeded, 1);
    if (order_acceptance_make(product->acceptance_pattern, 0, 0, &seeded.random, number) != STATUS_OK)
        TELL(examiner, product->acceptance_pattern,
             "expected letters, digits, -, {yyyyMMddHHmmss}, {yyyyMMdd}, {yyMM} and {digits:N} for "
             "acceptance_number, found %s",
             product->acceptance_pattern);
    else if (strstr(product->acceptance_pattern, "{digits:") == NULL)
        TELL(examiner, product->acceptance_pattern,
             "expected {digits:N} in acceptance_number, which no two orders share, found %s",
             product->acceptance_pattern);
    if (product->pin.min > product->pin.max)
        TELL_KEY(examiner, "pin.min", "expected pin.min not above pin.max, found %u and %u", product->pin.min,
                 product->pin.max);
}

static void examine_default_pin(const struct product_examiner *examiner)
{
    const struct product *product = examiner->product;
    size_t length = strlen(product->pin_default);
    if (product->pin_must_change && length == 0)
        TELL_KEY(examiner, "pin.must_change", "expected pin.default with pin.must_change in %s", product->id);
    if (length > 0 && (length < product->pin.min || length > product->pin.max))
        TELL(examiner, product->pin_default, "expected pin.default of %u to %u digits, found %s",
             product->pin.min, product->pin.max, product->pin_default);
}

static bool some_form_has(const struct product *product, const char *field)
{
    for (size_t i = 0; i < product->form_count; i++)
        if (form_find(&product->forms[i], field) != NULL)
            return true;
    return false;
}

static bool is_sent_by_courier(const struct product *product)
{
    return product_hands_over(product, PRODUCT_PICKUP_COURIER) ||
           product_hands_over(product, PRODUCT_PICKUP_COURIER_COLLECT);
}

/* Where a parcel goes is read from the form. */
static void examine_address(const struct product_examiner *examiner)
{
    const struct product *product = examiner->product;
    const char *const names[] = {product->pickup_receiver, product->pickup_phone};
    static const char *const keys[] = {"pickup.receiver", "pickup.phone"};
    bool has_address = product->pickup_address_count > 0;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if ((names[i][0] != '\0') != has_address)
            TELL_KEY(examiner, keys[i], "expected pickup.receiver, phone and address together in %s",
                     product->id);
        if (names[i][0] != '\0' && !some_form_has(product, names[i]))
            TELL(examiner, names[i], "expected the id of a field of a form, found %s", names[i]);
    }
    for (size_t i = 0; i < product->pickup_address_count; i++)
        if (!some_form_has(product, product->pickup_address[i]))
            TELL(examiner, product->pickup_address[i], "expected the id of a field of a form, found %s",
                 product->pickup_address[i]);
    if (has_address && !is_sent_by_courier(product))
        TELL_KEY(examiner, "pickup.methods", "expected a courier in pickup.methods with pickup.address in %s",
                 product->id);
}

/* What is sent has an address, a PIN that its holder is told, and an hour by which it leaves; what stays in
 * the hall has none of them. */
static void examine_handover(const struct product_examiner *examiner)
{
    const struct product *product = examiner->product;
    bool is_sent = is_sent_by_courier(product);
    if (is_sent && product->pickup_address_count == 0)
        TELL_KEY(examiner, "pickup.methods", "expected pickup.address with a courier in pickup.methods of %s",
                 product->id);
    if (is_sent && product->pin_default[0] == '\0')
        TELL_KEY(examiner, "pickup.methods", "expected pin.default with a courier in pickup.methods of %s",
                 product->id);
    if (product->pickup_cut_off[0] != '\0' && !is_sent)
        TELL(examiner, product->pickup_cut_off, "expected a courier in pickup.methods with pickup.cut_off %s",
             product->pickup_cut_off);
    examine_address(examiner);
    if ((product->follow_name[0] != '\0') != (product->follow_code[0] != '\0'))
        TELL_KEY(examiner, product->follow_name[0] != 0 ? "follow.name" : "follow.code",
                 "expected follow.name and follow.code together in %s", product->id);
    if (product->consent_hours > 0 && !product->consent_asked)
        TELL_KEY(examiner, "consent.hours", "expected consent.asked with consent.hours in %s", product->id);
    if (product->invoice_days > 0 && product->invoice == PRODUCT_INVOICE_NONE)
        TELL_KEY(examiner, "invoice.days", "expected invoice.mode with invoice.days in %s", product->id);
}

bool product_check(const struct product *product, struct yaml_errors *errors)
{
    const struct product_examiner examiner = {product, errors};
    size_t before = errors->count;
    examine_all_ids(&examiner);
    examine_forms(&examiner);
    examine_subject(&examiner);
    examine_pair(&examiner);
    examine_operations(&examiner);
    product_check_tariff(&examiner);
    examine_numbers(&examiner);
    examine_default_pin(&examiner);
    examine_handover(&examiner);
    for (size_t i = 0; i < product->paper_count; i++)
        examine_paper(&examiner, &product->papers[i]);
    product_check_notes(&examiner);
    return errors->count == before;
}
