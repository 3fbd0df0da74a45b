#include "kiosk/services/service_comparison.h"

#include <string.h>

#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_register.h"
#include "kiosk/store/store_field.h"
#include "kiosk/store/store_finding.h"
#include "kiosk/store/store_unique.h"

enum { FIELDS_MAX = 12, FULL_WIDTH_FIRST = 0xFF01, FULL_WIDTH_LAST = 0xFF5E, IDEOGRAPHIC_SPACE = 0x3000 };

/* --- two texts --------------------------------------------------------------------------------------- */

/* The next character that counts: spaces do not, and full-width signs are the half-width ones. */
static uint32_t next_folded(const char **text)
{
    uint32_t c = text_next(text);
    while (c == ' ' || c == IDEOGRAPHIC_SPACE)
        c = text_next(text);
    if (c >= FULL_WIDTH_FIRST && c <= FULL_WIDTH_LAST)
        c = c - FULL_WIDTH_FIRST + '!';
    return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c;
}

static bool is_same(const char *left, const char *right)
{
    uint32_t a, b;
    do {
        a = next_folded(&left);
        b = next_folded(&right);
    } while (a == b && a != 0);
    return a == b;
}

/* --- one comparison ---------------------------------------------------------------------------------- */

struct comparing {
    struct service_context *context;
    const struct order *order;
    const struct form *form;
    const struct form_values *values;
    struct store_finding findings[FIELDS_MAX];
    size_t count;
};

/* A field that is empty yet is not compared. `row` is NULL where the register has none. */
static void judge(struct comparing *comparing, const struct product_compared *compared,
                  const struct json *row, const char *register_id)
{
    const char *value = form_value(comparing->form, comparing->values, compared->field);
    const char *known = row == NULL ? "" : json_text(row, compared->column, "");
    if (*value == 0 || comparing->count == FIELDS_MAX)
        return;
    struct store_finding *finding = &comparing->findings[comparing->count++];
    *finding = (struct store_finding){.verdict = *known == 0             ? STORE_FINDING_UNKNOWN
                                                 : is_same(value, known) ? STORE_FINDING_AGREES
                                                                         : STORE_FINDING_DIFFERS};
    (void)text_copy(finding->field, sizeof(finding->field), compared->field);
    (void)text_copy(finding->register_id, sizeof(finding->register_id), register_id);
}

/* The register's row as it was imported. Returns: NOT_FOUND (no such row), BAD_STATE (no register). */
static enum status find_row(struct comparing *comparing, const struct product_comparison *comparison,
                            char register_id[STORE_ID_BYTES], struct json **out)
{
    struct failure failure = {0};
    const char *key = form_value(comparing->form, comparing->values, comparison->key);
    enum status status =
        service_register_find(comparing->context->store, comparison->kind, key, out, register_id, &failure);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND && status != STATUS_BAD_STATE)
        log_failure("services", "looking into a register", status, &failure);
    return status;
}

/* Whether the key could be one: what cannot be is not looked for. */
static bool has_key(const struct comparing *comparing, const struct product_comparison *comparison)
{
    struct form_error error;
    const struct form_field *field = form_find(comparing->form, comparison->key);
    return *form_value(comparing->form, comparing->values, comparison->key) != 0 &&
           form_check(comparing->form, comparing->values, field, service_now_utc_s(comparing->context),
                      &error);
}

static enum status compare(struct comparing *comparing, const struct product_comparison *comparison,
                           struct failure *failure)
{
    struct json *row = NULL;
    char register_id[STORE_ID_BYTES] = "";
    enum status found = has_key(comparing, comparison) ? find_row(comparing, comparison, register_id, &row)
                                                       : STATUS_BAD_STATE;
    comparing->count = 0;
    if (found == STATUS_OK || found == STATUS_NOT_FOUND)
        for (size_t i = 0; i < comparison->field_count; i++)
            judge(comparing, &comparison->fields[i], row, register_id);
    json_free(row);
    return store_finding_replace(comparing->context->store, comparing->order->id, comparison->id,
                                 comparing->findings, comparing->count, failure);
}

enum status service_comparison_settle(struct service_context *context, const struct order *order,
                                      const struct form_values *values, struct failure *failure)
{
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    enum status status = service_product_of(context, order, &product, &operation);
    if (status != STATUS_OK)
        return status;
    struct comparing comparing = {.context = context,
                                  .order = order,
                                  .form = product_operation_form(product, operation),
                                  .values = values};
    for (size_t i = 0; i < product->comparison_count && status == STATUS_OK; i++)
        if (product_comparison_fits(&product->comparisons[i], comparing.form))
            status = compare(&comparing, &product->comparisons[i], failure);
    return status;
}

/* --- values of one order alone ----------------------------------------------------------------------- */

/* A certificate's name is given when it is first asked for; every later order is about the same. */
static bool is_unique(const struct service_visit *visit, const struct form_field *field)
{
    return field->unique && product_operation_is_first(visit->operation);
}

enum status service_comparison_take(struct service_context *context, struct service_job *job,
                                    const struct service_visit *visit, const struct form_values *values)
{
    const struct form *form = product_operation_form(visit->product, visit->operation);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < form->field_count && status == STATUS_OK; i++) {
        const char *value = form_value(form, values, form->fields[i].id);
        if (!is_unique(visit, &form->fields[i]) || *value == 0)
            continue;
        enum status taken = store_unique_check(context->store, visit->order.id, visit->product->id,
                                               form->fields[i].id, value, &job->failure);
        if (taken == STATUS_CONFLICT) {
            job->failure = (struct failure){0}; /* a person's choice, no failure */
            return service_job_refuse(job, SERVICE_REASON_VALUE_TAKEN, 0);
        }
        status = taken == STATUS_OK ? store_unique_take(context->store, visit->order.id, visit->product->id,
                                                        form->fields[i].id, value, &job->failure)
                                    : taken;
    }
    return status;
}

/* --- the view ---------------------------------------------------------------------------------------- */

static void add(struct service_visit *visit, const char *comparison, const char *field,
                enum service_finding_verdict verdict)
{
    if (visit->finding_count == SERVICE_FINDINGS_MAX)
        return;
    struct service_finding *to = &visit->findings[visit->finding_count++];
    *to = (struct service_finding){.verdict = verdict};
    (void)text_copy(to->comparison, sizeof(to->comparison), comparison);
    (void)text_copy(to->field, sizeof(to->field), field);
}

static enum status add_taken(struct service_context *context, struct service_visit *visit,
                             const struct form_field *field, struct failure *failure)
{
    struct buf value;
    buf_init(&value, LIMIT_FIELD_BYTES);
    enum status status = store_field_get(context->store, visit->order.id, field->id, &value, NULL);
    if (status == STATUS_OK && value.length > 0)
        status = store_unique_check(context->store, visit->order.id, visit->product->id, field->id,
                                    (const char *)value.data, failure);
    buf_wipe(&value);
    if (status == STATUS_CONFLICT)
        add(visit, "", field->id, SERVICE_FINDING_TAKEN);
    return status == STATUS_CONFLICT || status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status service_comparison_load(struct service_context *context, struct service_visit *visit,
                                    struct failure *failure)
{
    struct store_finding found[SERVICE_FINDINGS_MAX];
    size_t count = 0;
    const struct form *form = product_operation_form(visit->product, visit->operation);
    visit->finding_count = 0;
    enum status status =
        store_finding_list(context->store, visit->order.id, found, SERVICE_FINDINGS_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        add(visit, found[i].comparison, found[i].field, (enum service_finding_verdict)found[i].verdict);
    bool is_open = form != NULL && visit->order.state == ORDER_STATE_DRAFT;
    for (size_t i = 0; is_open && i < form->field_count && status == STATUS_OK; i++)
        if (is_unique(visit, &form->fields[i]))
            status = add_taken(context, visit, &form->fields[i], failure);
    return status;
}
