#include "kiosk/catalogue/product.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/catalogue/product_schema.h"

/* A fallback is the operation with other steps, form and papers; orders keep its own name. */
static enum status make_fallbacks(struct product *product)
{
    product->fallbacks = calloc(product->operation_count + 1, sizeof(*product->fallbacks));
    if (product->fallbacks == NULL)
        return STATUS_NO_MEMORY;
    for (size_t i = 0; i < product->operation_count; i++) {
        const struct product_operation *from = &product->operations[i];
        if (from->fallback.steps.count == 0)
            continue;
        struct product_operation *to = &product->fallbacks[product->fallback_count++];
        *to = *from;
        to->steps = from->fallback.steps;
        to->form_id = from->fallback.form_id;
        to->paper_ids = from->fallback.paper_ids;
        to->paper_count = from->fallback.paper_count;
        to->fallback = (struct product_fallback){.text = from->fallback.text};
        (void)snprintf(to->stored_as, sizeof(to->stored_as), "%s" PRODUCT_FALLBACK_SUFFIX, from->id);
    }
    return STATUS_OK;
}

/* Takes the document. The checks run on a partly filled product, too, so that one reading tells everything.
 */
static enum status product_read(struct yaml *yaml, product_judge *judge, const void *context,
                                struct yaml_errors *errors, struct product **out)
{
    struct product *product = calloc(1, sizeof *product);
    if (product == NULL) {
        yaml_free(yaml);
        return STATUS_NO_MEMORY;
    }
    product->yaml = yaml;
    product->rank = PRODUCT_RANK_DEFAULT;
    enum status status = yaml_fill(yaml, &product_schema, product, errors);
    if (status != STATUS_NO_MEMORY && !product_check(product, errors))
        status = STATUS_CONFIG;
    size_t before = errors->count;
    if (status != STATUS_NO_MEMORY && judge != NULL)
        judge(context, product, errors);
    if (status == STATUS_OK && errors->count != before)
        status = STATUS_CONFIG;
    if (status == STATUS_OK)
        status = make_fallbacks(product);
    if (status == STATUS_OK)
        *out = product;
    else
        product_free(product);
    return status;
}

enum status product_open(const char *path, product_judge *judge, const void *context,
                         struct yaml_errors *errors, struct product **out)
{
    struct yaml *yaml = NULL;
    enum status status = yaml_open(path, errors, &yaml);
    return status == STATUS_OK ? product_read(yaml, judge, context, errors, out) : status;
}

enum status product_parse(const char *name, const char *text, size_t length, struct yaml_errors *errors,
                          struct product **out)
{
    struct yaml *yaml = NULL;
    enum status status = yaml_parse(name, text, length, errors, &yaml);
    return status == STATUS_OK ? product_read(yaml, NULL, NULL, errors, out) : status;
}

void product_give_regions(struct product *product, const struct region_list *regions)
{
    struct form *forms = (struct form *)(uintptr_t)product->forms; /* the product's own, of its yaml */
    for (size_t i = 0; i < product->form_count; i++)
        forms[i].regions = regions;
}

void product_free(struct product *product)
{
    if (product == NULL)
        return;
    yaml_free(product->yaml);
    free(product->fallbacks);
    free(product);
}

const struct product_class *product_find_class(const struct product *product, const char *id)
{
    for (size_t i = 0; i < product->class_count; i++) {
        if (strcmp(product->classes[i].id, id) == 0)
            return &product->classes[i];
    }
    return NULL;
}

const struct product_operation *product_find_operation(const struct product *product, const char *id)
{
    for (size_t i = 0; i < product->operation_count; i++) {
        if (strcmp(product->operations[i].id, id) == 0)
            return &product->operations[i];
    }
    for (size_t i = 0; i < product->fallback_count; i++) {
        if (strcmp(product->fallbacks[i].stored_as, id) == 0)
            return &product->fallbacks[i];
    }
    return NULL;
}

const struct product_operation *product_operation_fallback(const struct product *product,
                                                           const struct product_operation *operation)
{
    for (size_t i = 0; i < product->fallback_count; i++) {
        if (!product_operation_is_fallback(operation) && strcmp(product->fallbacks[i].id, operation->id) == 0)
            return &product->fallbacks[i];
    }
    return NULL;
}

bool product_operation_is_fallback(const struct product_operation *operation)
{
    return operation->stored_as[0] != '\0';
}

const char *product_operation_stored(const struct product_operation *operation)
{
    return product_operation_is_fallback(operation) ? operation->stored_as : operation->id;
}

/* What stands between a paper's id and its back, or the number of a page added to it; no id of a definition
 * has one. */
#define PART_MARK '.'

static bool is_paper(const struct product_paper *paper, const char *id)
{
    size_t length = strlen(paper->id);
    return strncmp(paper->id, id, length) == 0 &&
           (id[length] == '\0' || ((paper->extra > 0 || paper->both_sides) && id[length] == PART_MARK));
}

const struct product_paper *product_find_paper(const struct product *product, const char *id)
{
    for (size_t i = 0; i < product->paper_count; i++) {
        if (is_paper(&product->papers[i], id))
            return &product->papers[i];
    }
    return NULL;
}

void product_extra_id(const struct product_paper *paper, unsigned number, char out[ORDER_NAME_BYTES])
{
    (void)snprintf(out, ORDER_NAME_BYTES, "%s%c%u", paper->id, PART_MARK, number + 1);
}

const char *product_ground_text(const struct product *product, const char *ground)
{
    for (size_t i = 0; i < product->ground_count; i++) {
        if (strcmp(product->grounds[i].id, ground) == 0)
            return product->grounds[i].text;
    }
    return "";
}

const struct form *product_find_form(const struct product *product, const char *id)
{
    for (size_t i = 0; i < product->form_count; i++) {
        if (strcmp(product->forms[i].id, id) == 0)
            return &product->forms[i];
    }
    return NULL;
}

const struct form *product_operation_form(const struct product *product,
                                          const struct product_operation *operation)
{
    return product_find_form(product, operation->form_id);
}

const struct product_paper *product_operation_paper(const struct product *product,
                                                    const struct product_operation *operation, size_t index)
{
    check(index < operation->paper_count);
    return product_find_paper(product, operation->paper_ids[index]);
}

const struct product_paper *product_form_paper(const struct product *product,
                                               const struct product_operation *operation)
{
    for (size_t i = 0; i < operation->paper_count; i++) {
        const struct product_paper *paper = product_find_paper(product, operation->paper_ids[i]);
        if (paper != NULL && paper->code_required)
            return paper;
    }
    return NULL;
}

struct price_tariff product_tariff(const struct product *product)
{
    return (struct price_tariff){product->tariff, product->tariff_count, product->bundles,
                                 product->bundle_count};
}

bool product_operation_is_defined(const struct product_operation *operation)
{
    return operation->steps.count > 0;
}

enum status product_quote(const struct product *product, const char *class_id, const char *operation_id,
                          struct price_quote *out)
{
    const struct product_operation *operation = product_find_operation(product, operation_id);
    if (operation == NULL)
        return STATUS_NOT_FOUND;
    const struct price_tariff tariff = product_tariff(product);
    const struct price_wish wish = {.class_id = class_id,
                                    .operation = operation_id,
                                    .years = operation->years,
                                    .keys = 1,
                                    .sealed_keys = operation->makes_seal};
    return price_quote_make(&tariff, &wish, out);
}

const char *product_status_label(const struct product *product, enum order_state state)
{
    return (unsigned)state < ORDER_STATE_COUNT_ ? product->status_label[state] : order_state_name(state);
}

const char *product_says(const struct product *product, enum product_message message)
{
    for (size_t i = 0; i < product->saying_count; i++) {
        if (product->sayings[i].message == message)
            return product->sayings[i].text;
    }
    return "";
}

const char *product_button_label(const struct product *product, enum order_state state, enum product_act act)
{
    for (size_t i = 0; i < product->button_count; i++) {
        if (product->buttons[i].state == state && product->buttons[i].act == act)
            return product->buttons[i].label;
    }
    return NULL;
}

bool product_takes(const struct product *product, enum product_payment payment)
{
    for (size_t i = 0; i < product->payment_count; i++) {
        if (product->payment[i] == payment)
            return true;
    }
    return false;
}

bool product_hands_over(const struct product *product, enum product_pickup pickup)
{
    for (size_t i = 0; i < product->pickup_count; i++) {
        if (product->pickup[i] == pickup)
            return true;
    }
    return false;
}

const struct product_comparison *product_find_comparison(const struct product *product, const char *id)
{
    for (size_t i = 0; i < product->comparison_count; i++)
        if (strcmp(product->comparisons[i].id, id) == 0)
            return &product->comparisons[i];
    return NULL;
}

bool product_comparison_fits(const struct product_comparison *comparison, const struct form *form)
{
    for (size_t i = 0; i < comparison->field_count; i++)
        if (form_find(form, comparison->fields[i].field) == NULL)
            return false;
    return true;
}

const char *product_comparison_key_column(const struct product_comparison *comparison)
{
    for (size_t i = 0; i < comparison->field_count; i++)
        if (strcmp(comparison->fields[i].field, comparison->key) == 0)
            return comparison->fields[i].column;
    return "";
}

bool product_operation_can_seal(const struct product *product, const struct product_operation *operation)
{
    for (size_t i = 0; i < operation->paper_count; i++) {
        const struct product_paper *paper = product_find_paper(product, operation->paper_ids[i]);
        if (paper != NULL && paper->sample_count > 0)
            return order_steps_has(&operation->steps, ORDER_STEP_ISSUE);
    }
    return false;
}

bool product_operation_is_first(const struct product_operation *operation)
{
    return product_operation_code(operation) == PRODUCT_OPERATION_NEW;
}

unsigned product_operation_signers(const struct product *product, const struct product_operation *operation)
{
    if (operation->stage_count > 0)
        return (unsigned)operation->stage_count;
    if (operation->signers > 0)
        return operation->signers;
    return product->stage_count > 0 ? (unsigned)product->stage_count : product->review_signers;
}

const struct product_stage *product_operation_stage(const struct product *product,
                                                    const struct product_operation *operation,
                                                    size_t signatures)
{
    if (operation->stage_count > 0)
        return signatures < operation->stage_count ? &operation->stages[signatures] : NULL;
    return operation->signers == 0 && signatures < product->stage_count ? &product->stages[signatures] : NULL;
}

enum product_operation_code product_operation_code_of(const char *id)
{
    static const char *const ids[PRODUCT_OPERATION_COUNT_] = {
#define PRODUCT_OPERATION(code, id, icon) [PRODUCT_OPERATION_##code] = id,
#include "kiosk/catalogue/product_operations.def"
#undef PRODUCT_OPERATION
    };
    for (unsigned i = 0; i < PRODUCT_OPERATION_COUNT_; i++)
        if (strcmp(ids[i], id) == 0)
            return (enum product_operation_code)i;
    return PRODUCT_OPERATION_COUNT_;
}

enum product_operation_code product_operation_code(const struct product_operation *operation)
{
    return product_operation_code_of(operation->id);
}

void product_operation_person(const struct product *product, const struct product_operation *operation,
                              const struct form_values *values, const char **name, const char **number)
{
    const struct form *form = product_operation_form(product, operation);
    const struct form_field *agent = form == NULL || operation->identity_agent_name[0] == '\0'
                                         ? NULL
                                         : form_find(form, operation->identity_agent_name);
    bool acts = agent != NULL && form_field_is_shown(form, values, agent);
    *name = acts ? operation->identity_agent_name : operation->identity_name;
    *number = acts ? operation->identity_agent_number : operation->identity_number;
}
