#include "kiosk/services/service_invoice.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_load.h"
#include "kiosk/store/store_order.h"

const char *service_invoice_state_name(enum service_invoice_state state)
{
    return store_invoice_state_name((enum store_invoice_state)state);
}

/* --- to whom ------------------------------------------------------------------------------------------- */

/* Where a part of the title stands in a form: in the block 发票信息 under this id, else with this subject and
 * kind. */
struct source {
    size_t offset;
    const char *id;
    enum form_subject subject[3];
    enum form_kind kind[3];
    size_t count;
};

#define AT(member) offsetof(struct store_invoice_title, member)
static const struct source sources[] = {
    {AT(title),
     "invoice_title",
     {FORM_SUBJECT_UNIT, FORM_SUBJECT_PERSON, FORM_SUBJECT_AGENT},
     {FORM_KIND_TEXT, FORM_KIND_NAME, FORM_KIND_NAME},
     3},
    {AT(tax_number), "invoice_tax_number", {FORM_SUBJECT_UNIT}, {FORM_KIND_CREDIT_CODE}, 1},
    {AT(email),
     "invoice_email",
     {FORM_SUBJECT_AGENT, FORM_SUBJECT_PERSON},
     {FORM_KIND_EMAIL, FORM_KIND_EMAIL},
     2},
    {AT(address), "invoice_address", {0}, {0}, 0},
    {AT(bank), "invoice_bank", {0}, {0}, 0},
    {AT(account), "invoice_account", {0}, {0}, 0}};
#undef AT

static const char *value_about(const struct form *form, const struct form_values *values,
                               enum form_subject subject, enum form_kind kind)
{
    for (size_t i = 0; i < form->field_count; i++) {
        const struct form_field *field = &form->fields[i];
        if (field->subject != subject || field->kind != kind)
            continue;
        const char *value = form_value(form, values, field->id);
        if (value[0] != 0)
            return value;
    }
    return "";
}

static const char *value_of(const struct form *form, const struct form_values *values,
                            const struct source *source)
{
    const char *value = form_find(form, source->id) == NULL ? "" : form_value(form, values, source->id);
    for (size_t i = 0; i < source->count && value[0] == 0; i++)
        value = value_about(form, values, source->subject[i], source->kind[i]);
    return value;
}

static enum status read_title(struct service_context *context, const struct order *order,
                              const struct form *form, struct store_invoice_title *out,
                              struct failure *failure)
{
    struct form_values *values = calloc(1, sizeof(*values));
    check(values != NULL);
    form_values_init(values);
    enum status status = service_load_values(context, order->id, values, failure);
    for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]) && status == STATUS_OK && form != NULL; i++)
        (void)text_copy((char *)out + sources[i].offset, STORE_INVOICE_TEXT_BYTES,
                        value_of(form, values, &sources[i]));
    form_values_wipe(values);
    free(values);
    return status;
}

/* --- opened -------------------------------------------------------------------------------------------- */

int64_t service_invoice_due(const struct service_context *context, const struct product *product)
{
    return product->invoice_days == 0 ? 0
                                      : calendar_due(context->settings->catalogue->calendar,
                                                     service_now_utc_s(context), product->invoice_days);
}

enum status service_invoice_open(struct service_context *context, const struct order *order,
                                 struct failure *failure)
{
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    struct store_invoice_title title = {0};
    struct store_invoice earlier;
    enum status status = service_product_of(context, order, &product, &operation);
    if (status != STATUS_OK || product->invoice == PRODUCT_INVOICE_NONE || order->paid_fen <= 0)
        return status;
    bool by_itself = product->invoice == PRODUCT_INVOICE_EMAIL;
    struct store_invoice invoice = {.state = by_itself ? STORE_INVOICE_REQUESTED : STORE_INVOICE_OPEN,
                                    .amount_fen = order->paid_fen,
                                    .paid_utc_s = service_now_utc_s(context),
                                    .due_utc_s = by_itself ? service_invoice_due(context, product) : 0};
    (void)text_copy(invoice.order_id, sizeof(invoice.order_id), order->id);
    enum status before = store_invoice_load(context->store, order->id, &earlier, failure);
    if (before != STATUS_NOT_FOUND) /* one order, one invoice */
        return before;
    status = read_title(context, order, product_operation_form(product, operation), &title, failure);
    if (status == STATUS_OK)
        status = store_invoice_open(context->store, &invoice, &title, failure);
    secret_wipe_bytes(&title, sizeof(title));
    return status;
}

/* --- how it stands ------------------------------------------------------------------------------------- */

static void copy_title(const struct store_invoice_title *from, struct service_invoice_title *to)
{
    (void)text_copy(to->title, sizeof(to->title), from->title);
    (void)text_copy(to->tax_number, sizeof(to->tax_number), from->tax_number);
    (void)text_copy(to->email, sizeof(to->email), from->email);
    (void)text_copy(to->address, sizeof(to->address), from->address);
    (void)text_copy(to->bank, sizeof(to->bank), from->bank);
    (void)text_copy(to->account, sizeof(to->account), from->account);
}

enum status service_invoice_load(struct service_context *context, const struct order *order,
                                 struct service_invoice *out, struct failure *failure)
{
    struct store_invoice invoice;
    struct store_invoice_title title = {0};
    *out = (struct service_invoice){0};
    enum status status = store_invoice_load(context->store, order->id, &invoice, failure);
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    if (status == STATUS_OK)
        status = store_invoice_load_title(context->store, order->id, &title, failure);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND)
        return status;
    *out = (struct service_invoice){.exists = true,
                                    .state = (enum service_invoice_state)invoice.state,
                                    .version = invoice.version,
                                    .amount_fen = invoice.amount_fen,
                                    .due_utc_s = invoice.due_utc_s,
                                    .paid_utc_s = invoice.paid_utc_s,
                                    .issued_utc_s = invoice.issued_utc_s};
    (void)text_copy(out->document, sizeof(out->document), invoice.document);
    copy_title(&title, &out->title);
    secret_wipe_bytes(&title, sizeof(title));
    return STATUS_OK;
}

/* --- requests ------------------------------------------------------------------------------------------ */

static enum status request(struct service_context *context, struct service_job *job)
{
    struct order order;
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    enum status status = store_order_load(context->store, job->request.order_id, &order, &job->failure);
    if (status == STATUS_OK)
        status = service_product_of(context, &order, &product, &operation);
    if (status == STATUS_OK)
        status = store_invoice_request(context->store, order.id, service_invoice_due(context, product),
                                       &job->failure);
    return status == STATUS_BAD_STATE || status == STATUS_NOT_FOUND
               ? service_job_refuse(job, SERVICE_REASON_CHANGED, 0)
               : status;
}

void service_invoice_request_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = request(context, job);
    if (strcmp(job->request.order_id, context->visit.order_id) == 0)
        (void)!service_load_patch(context, job, job->request.order_id, false);
    service_job_finish(job, status);
}
