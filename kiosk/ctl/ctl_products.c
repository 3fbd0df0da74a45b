/* certctl catalogue list and show: the products of a hall as an administrator reads them. */
#include <string.h>

#include "kiosk/ctl/ctl_output.h"
#include "kiosk/ctl/ctl_papers.h"
#include "kiosk/ctl/ctl_product_notes.h"
#include "kiosk/ctl/ctl_wish.h"

static struct json *path_json(const struct product *product)
{
    struct json *path = json_new_array();
    json_append_text(path, product->region);
    json_append_text(path, product->platform);
    json_append_text(path, product->category);
    json_append_text(path, product->project);
    return path;
}

static struct json *classes_json(const struct product *product)
{
    struct json *classes = json_new_array();
    for (size_t i = 0; i < product->class_count; i++) {
        struct json *object = json_new_object();
        json_set_text(object, "id", product->classes[i].id);
        json_set_text(object, "label", product->classes[i].label);
        json_append_take(classes, object);
    }
    return classes;
}

static struct json *texts_json(const char *const *texts, size_t count)
{
    struct json *list = json_new_array();
    for (size_t i = 0; i < count; i++)
        json_append_text(list, texts[i]);
    return list;
}

static struct json *names_json(const struct product_operation *operation)
{
    struct json *list = json_new_array();
    for (size_t i = 0; i < operation->sub_kind_count; i++) {
        struct json *object = json_new_object();
        json_set_text(object, "id", operation->sub_kinds[i].id);
        json_set_text(object, "label", operation->sub_kinds[i].label);
        json_append_take(list, object);
    }
    return list;
}

static struct json *reasons_json(const struct product_operation *operation)
{
    struct json *list = json_new_array();
    for (size_t i = 0; i < operation->why_count; i++) {
        struct json *object = json_new_object();
        json_set_text(object, "id", operation->whys[i].id);
        json_set_text(object, "label", operation->whys[i].label);
        json_set_bool(object, "in_warranty", operation->whys[i].in_warranty);
        json_append_take(list, object);
    }
    return list;
}

static struct json *steps_json(const struct product_operation *operation)
{
    struct json *steps = json_new_array();
    for (size_t i = 0; i < operation->steps.count; i++)
        json_append_text(steps, order_step_name(operation->steps.step[i]));
    return steps;
}

static struct json *operations_json(const struct product *product)
{
    struct json *operations = json_new_array();
    for (size_t i = 0; i < product->operation_count; i++) {
        const struct product_operation *operation = &product->operations[i];
        struct json *object = json_new_object();
        json_set_text(object, "id", operation->id);
        json_set_text(object, "label", operation->label);
        json_set_text(object, "tile", operation->tile);
        json_set_bool(object, "available", operation->available);
        json_set_take(object, "steps", steps_json(operation));
        ctl_output_set_text(object, "template", operation->template_id);
        ctl_output_set_text(object, "form_title", operation->form_title);
        json_set_take(object, "papers", texts_json(operation->paper_ids, operation->paper_count));
        json_set_integer(object, "years_least", (int64_t)operation->years);
        json_set_integer(object, "years_most", (int64_t)operation->years_most);
        json_set_text(object, "term", product_term_name(product_operation_term(operation)));
        json_set_integer(object, "quantity_most", (int64_t)operation->quantity_most);
        json_set_take(object, "sub_kinds", names_json(operation));
        json_set_take(object, "reasons", reasons_json(operation));
        json_set_take(object, "warnings", texts_json(operation->warnings, operation->warning_count));
        ctl_output_set_text(object, "promise", operation->promise);
        if (operation->report_hours > 0)
            json_set_integer(object, "report_hours", (int64_t)operation->report_hours);
        if (operation->done_hours > 0)
            json_set_integer(object, "done_hours", (int64_t)operation->done_hours);
        json_append_take(operations, object);
    }
    return operations;
}

static struct json *product_json(const struct product *product)
{
    struct json *object = json_new_object();
    json_set_text(object, "id", product->id);
    json_set_text(object, "name", product->name);
    json_set_text(object, "holder", product_holder_name(product->holder));
    json_set_text(object, "authority", product->authority_name);
    json_set_take(object, "path", path_json(product));
    json_set_take(object, "classes", classes_json(product));
    json_set_take(object, "operations", operations_json(product));
    return object;
}

/* The ids of a list of objects in one text, for a column. */
static void join_ids(struct json *object, const char *key, const char *as)
{
    struct buf text;
    const struct json *list = json_member(object, key);
    buf_init(&text, LIMIT_JSON_BYTES);
    for (size_t i = 0; i < json_length(list); i++) {
        (void)buf_append_text(&text, i == 0 ? "" : " ");
        (void)buf_append_text(&text, json_text(json_element(list, i), "id", ""));
    }
    json_set_text(object, as, text.length > 0 ? (const char *)text.data : "");
    buf_release(&text);
}

enum ctl_exit ctl_catalogue_list(struct ctl *ctl)
{
    static const char *const columns[] = {"id", "name", "holder", "authority", "class_ids", "operation_ids"};
    struct catalogue *catalogue = NULL;
    enum ctl_exit result = ctl_wish_catalogue(ctl, &catalogue);
    struct json *products = json_new_array();
    for (size_t i = 0; result == CTL_EXIT_DONE && i < catalogue->count; i++) {
        struct json *object = product_json(catalogue->products[i]);
        if (!ctl_has(ctl, CTL_OPTION_JSON)) {
            join_ids(object, "classes", "class_ids");
            join_ids(object, "operations", "operation_ids");
        }
        json_append_take(products, object);
    }
    if (result == CTL_EXIT_DONE && ctl_has(ctl, CTL_OPTION_JSON))
        ctl_output_json(ctl, products);
    else if (result == CTL_EXIT_DONE)
        ctl_output_table(ctl, NULL, products, columns, CTL_OUTPUT_COUNT(columns));
    json_free(products);
    catalogue_free(catalogue);
    return result;
}

/* --- one product -----------------------------------------------------------------------------------------
 */

static struct json *tariff_json(const struct product *product)
{
    struct json *rows = json_new_array();
    for (size_t i = 0; i < product->tariff_count; i++) {
        const struct price_row *row = &product->tariff[i];
        struct json *object = json_new_object();
        json_set_text(object, "operation", row->operation);
        ctl_output_set_text(object, "class", row->class_id);
        json_set_text(object, "part", row->part);
        ctl_output_set_text(object, "sub_kind", row->sub_kind);
        if (row->amount_fen != PRICE_UNKNOWN_FEN)
            json_set_integer(object, "amount_fen", row->amount_fen);
        if (row->following_fen != PRICE_SAME_FEN)
            json_set_integer(object, "following_fen", row->following_fen);
        json_set_text(object, "unit", price_unit_name(row->unit));
        json_append_take(rows, object);
    }
    return rows;
}

static struct json *bundles_json(const struct product *product)
{
    struct json *bundles = json_new_array();
    for (size_t i = 0; i < product->bundle_count; i++) {
        const struct price_bundle *bundle = &product->bundles[i];
        struct json *object = json_new_object();
        json_set_text(object, "operation", bundle->operation);
        ctl_output_set_text(object, "class", bundle->class_id);
        json_set_text(object, "part", bundle->part);
        json_set_integer(object, "years", (int64_t)bundle->years);
        json_set_integer(object, "amount_fen", bundle->amount_fen);
        json_append_take(bundles, object);
    }
    return bundles;
}

/* When a paper is asked for. */
static struct json *conditions_json(const struct product *product)
{
    struct json *conditions = json_new_array();
    for (size_t i = 0; i < product->condition_count; i++) {
        const struct product_condition *condition = &product->conditions[i];
        struct json *object = json_new_object();
        json_set_text(object, "paper", condition->paper);
        ctl_output_set_text(object, "operation", condition->operation);
        json_set_take(object, "only_sub_kinds", texts_json(condition->only_sub_kinds, condition->only_count));
        json_set_take(object, "unless_sub_kinds",
                      texts_json(condition->unless_sub_kinds, condition->unless_count));
        json_set_bool(object, "with_seal", condition->with_seal);
        json_set_bool(object, "with_agent", condition->with_agent);
        json_append_take(conditions, object);
    }
    return conditions;
}

/* 操作类型 of the printed form. */
static struct json *boxes_json(const struct product *product)
{
    struct json *boxes = json_new_array();
    for (size_t i = 0; i < product->tick_count; i++) {
        struct json *object = json_new_object();
        json_set_text(object, "id", product->ticks[i].id);
        json_set_text(object, "label", product->ticks[i].label);
        json_append_take(boxes, object);
    }
    return boxes;
}

static struct json *fields_json(const struct product *product)
{
    struct json *fields = json_new_array();
    for (size_t i = 0; i < product->form_count; i++)
        for (size_t j = 0; j < product->forms[i].field_count; j++) {
            const struct form_field *field = &product->forms[i].fields[j];
            struct json *object = json_new_object();
            json_set_text(object, "form", product->forms[i].id);
            json_set_text(object, "id", field->id);
            json_set_text(object, "label", field->label);
            json_set_text(object, "kind", form_kind_name(field->kind));
            json_set_bool(object, "required", field->required);
            json_append_take(fields, object);
        }
    return fields;
}

static struct json *papers_json(const struct product *product)
{
    struct json *papers = json_new_array();
    for (size_t i = 0; i < product->paper_count; i++)
        json_append_take(papers, ctl_papers_json(&product->papers[i]));
    return papers;
}

/* What is stamped or signed for an electronic seal, and in which box of which paper. */
static struct json *samples_json(const struct product *product)
{
    struct json *samples = json_new_array();
    for (size_t i = 0; i < product->paper_count; i++)
        for (size_t j = 0; j < product->papers[i].sample_count; j++) {
            const struct product_sample *sample = &product->papers[i].samples[j];
            struct json *object = json_new_object();
            json_set_text(object, "paper", product->papers[i].id);
            json_set_text(object, "of", product_sample_name(sample->of));
            json_set_text(object, "zone", sample->zone);
            ctl_output_set_text(object, "tick", sample->tick);
            json_set_bool(object, "optional", sample->optional);
            json_append_take(samples, object);
        }
    return samples;
}

/* How the key comes to its holder, and what goes with it. */
static void set_handover(struct json *object, const struct product *product)
{
    struct json *pickup = json_new_array();
    for (size_t i = 0; i < product->pickup_count; i++)
        json_append_text(pickup, product_pickup_name(product->pickup[i]));
    json_set_take(object, "pickup", pickup);
    ctl_output_set_text(object, "pickup_cut_off", product->pickup_cut_off);
    json_set_text(object, "invoice", product_invoice_name(product->invoice));
    json_set_integer(object, "invoice_days", (int64_t)product->invoice_days);
    ctl_output_set_text(object, "pin_default", product->pin_default);
    json_set_bool(object, "pin_must_change", product->pin_must_change);
}

/* What stands in the certificate, and on the key that carries it. */
static void set_certificate(struct json *object, const struct product *product)
{
    struct json *subject = json_new_array();
    for (size_t i = 0; i < product->subject_count; i++) {
        struct json *attribute = json_new_object();
        json_set_text(attribute, "name", product->subjects[i].name);
        json_set_text(attribute, "value", product->subjects[i].pattern);
        json_append_take(subject, attribute);
    }
    json_set_text(object, "algorithm", product_algorithm_name(product->algorithm));
    json_set_bool(object, "encryption", product->encryption);
    json_set_take(object, "subject", subject);
    json_set_text(object, "validity_starts", product_start_name(product->start));
    ctl_output_set_text(object, "key_label", product->key_label);
    json_set_integer(object, "pin_least", (int64_t)product->pin.min);
    json_set_integer(object, "pin_most", (int64_t)product->pin.max);
}

static struct json *statuses_json(const struct product *product)
{
    struct json *object = json_new_object();
    for (int i = 0; i < ORDER_STATE_COUNT_; i++)
        json_set_text(object, order_state_name((enum order_state)i),
                      product_status_label(product, (enum order_state)i));
    return object;
}

static struct json *whole_json(const struct product *product)
{
    struct json *object = product_json(product);
    json_set_text(object, "seal", product_seal_name(product->seal));
    json_set_integer(object, "warranty_days", (int64_t)product->warranty_days);
    ctl_output_set_text(object, "scope", product->scope);
    ctl_output_set_text(object, "code", product->code);
    json_set_text(object, "hotline", product->hotline);
    json_set_text(object, "agreement", product->agreement.title);
    json_set_text(object, "agreement_version", product->agreement.version);
    set_certificate(object, product);
    json_set_integer(object, "renewal_days", (int64_t)product->renewal_days);
    json_set_integer(object, "renewal_days_most", (int64_t)product_term_days_most(product));
    json_set_bool(object, "renewal_after_expiry", product->renewal_after_expiry);
    set_handover(object, product);
    ctl_product_notes_set(object, product);
    json_set_take(object, "statuses", statuses_json(product));
    json_set_take(object, "declarations", texts_json(product->declarations, product->declaration_count));
    json_set_take(object, "notices", texts_json(product->notices, product->notice_count));
    json_set_text(object, "review_promise", product->review_promise);
    json_set_take(object, "tariff", tariff_json(product));
    json_set_take(object, "bundles", bundles_json(product));
    json_set_take(object, "papers", papers_json(product));
    json_set_take(object, "conditions", conditions_json(product));
    json_set_take(object, "boxes", boxes_json(product));
    json_set_take(object, "samples", samples_json(product));
    json_set_take(object, "fields", fields_json(product));
    json_set_take(object, "to_confirm", texts_json(product->to_confirm, product->to_confirm_count));
    return object;
}

static void show(const struct ctl *ctl, const struct json *object)
{
    static const char *const members[] = {"id",      "name",      "holder", "authority",      "path",
                                          "seal",    "hotline",   "scope",  "review_promise", "warranty_days",
                                          "classes", "to_confirm"};
    static const char *const operations[] = {"id",         "label", "available",    "steps",
                                             "years_most", "term",  "quantity_most"};
    static const char *const tariff[] = {"operation",  "class",         "part", "sub_kind",
                                         "amount_fen", "following_fen", "unit"};
    static const char *const bundles[] = {"operation", "class", "part", "years", "amount_fen"};
    static const char *const papers[] = {"id",         "title", "stamped",    "copies",
                                         "both_sides", "dpi",   "limit_bytes"};
    static const char *const conditions[] = {"paper",     "operation", "only_sub_kinds", "unless_sub_kinds",
                                             "with_seal", "with_agent"};
    static const char *const boxes[] = {"id", "label"};
    static const char *const samples[] = {"paper", "of", "zone", "tick", "optional"};
    static const char *const fields[] = {"form", "id", "label", "kind", "required"};
    ctl_output_members(ctl, object, members, CTL_OUTPUT_COUNT(members));
    ctl_output_table(ctl, "operations", json_member(object, "operations"), operations,
                     CTL_OUTPUT_COUNT(operations));
    ctl_output_table(ctl, "tariff", json_member(object, "tariff"), tariff, CTL_OUTPUT_COUNT(tariff));
    ctl_output_table(ctl, "bundles", json_member(object, "bundles"), bundles, CTL_OUTPUT_COUNT(bundles));
    ctl_output_table(ctl, "papers", json_member(object, "papers"), papers, CTL_OUTPUT_COUNT(papers));
    ctl_output_table(ctl, "conditions", json_member(object, "conditions"), conditions,
                     CTL_OUTPUT_COUNT(conditions));
    ctl_output_table(ctl, "boxes", json_member(object, "boxes"), boxes, CTL_OUTPUT_COUNT(boxes));
    ctl_output_table(ctl, "samples", json_member(object, "samples"), samples, CTL_OUTPUT_COUNT(samples));
    ctl_output_table(ctl, "fields", json_member(object, "fields"), fields, CTL_OUTPUT_COUNT(fields));
}

enum ctl_exit ctl_catalogue_show(struct ctl *ctl)
{
    struct catalogue *catalogue = NULL;
    enum ctl_exit result = ctl_wish_catalogue(ctl, &catalogue);
    const struct product *product = result == CTL_EXIT_DONE ? catalogue_find(catalogue, ctl->word[0]) : NULL;
    if (result == CTL_EXIT_DONE && product == NULL)
        result = ctl_misuse(ctl, "there is no product %s; certctl catalogue list shows them", ctl->word[0]);
    if (result == CTL_EXIT_DONE) {
        struct json *object = whole_json(product);
        if (ctl_has(ctl, CTL_OPTION_JSON))
            ctl_output_json(ctl, object);
        else
            show(ctl, object);
        json_free(object);
    }
    catalogue_free(catalogue);
    return result;
}
