/* Invoices at the desk: listed, corrected before they are issued, noted as issued under a number. */
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/services/service_act.h"
#include "kiosk/services/service_desk.h"
#include "kiosk/services/service_invoice.h"
#include "kiosk/store/store_order.h"

static enum status open_store(struct service_context *context)
{
    struct store *store = NULL;
    return service_desk_has_clerk(context) ? service_store(context, &store) : STATUS_BAD_STATE;
}

static enum status load(struct service_context *context, struct service_job *job)
{
    struct store_invoice rows[SERVICE_INVOICES_MAX];
    const struct store_invoice_filter filter = {.state = store_invoice_state_from_name(job->request.more)};
    struct service_desk *desk = &service_job_patch(job)->desk;
    enum status status = store_invoice_list(context->store, &filter, rows, SERVICE_INVOICES_MAX,
                                            &desk->invoice_count, &job->failure);
    for (size_t i = 0; i < desk->invoice_count && status == STATUS_OK; i++) {
        struct service_invoice_line *line = &desk->invoices[i];
        status = store_order_load(context->store, rows[i].order_id, &line->order, &job->failure);
        if (status == STATUS_OK)
            status = service_invoice_load(context, &line->order, &line->invoice, &job->failure);
    }
    if (status == STATUS_OK)
        job->patch->changes |= PATCH_DESK_INVOICES;
    return status;
}

void service_desk_invoices_run(struct service_context *context, struct service_job *job)
{
    enum status status = open_store(context);
    if (status == STATUS_OK)
        status = load(context, job);
    service_job_finish(job, status);
}

/* What the store refuses, in the clerk's words. */
static enum status explain(struct service_job *job, enum status status)
{
    if (status == STATUS_MALFORMED)
        return service_job_refuse(job, SERVICE_REASON_REFERENCE, 0);
    return status == STATUS_CONFLICT || status == STATUS_BAD_STATE
               ? service_job_refuse(job, SERVICE_REASON_CHANGED, 0)
               : status;
}

static enum status correct(struct service_context *context, struct service_job *job)
{
    const struct service_invoice_title *from = &job->request.title;
    struct store_invoice_title title = {0};
    (void)text_copy(title.title, sizeof(title.title), from->title);
    (void)text_copy(title.tax_number, sizeof(title.tax_number), from->tax_number);
    (void)text_copy(title.email, sizeof(title.email), from->email);
    (void)text_copy(title.address, sizeof(title.address), from->address);
    (void)text_copy(title.bank, sizeof(title.bank), from->bank);
    (void)text_copy(title.account, sizeof(title.account), from->account);
    enum status status = store_invoice_correct(context->store, job->request.order_id, job->request.version,
                                               &title, service_desk_clerk(context), &job->failure);
    secret_wipe_bytes(&title, sizeof(title));
    return explain(job, status);
}

void service_desk_invoice_correct_run(struct service_context *context, struct service_job *job)
{
    enum status status = open_store(context);
    if (status == STATUS_OK)
        status = correct(context, job);
    service_job_finish(job, status);
}

void service_desk_invoice_issue_run(struct service_context *context, struct service_job *job)
{
    enum status status = open_store(context);
    if (status == STATUS_OK)
        status =
            explain(job, store_invoice_issue(context->store, job->request.order_id, job->request.version,
                                             job->request.text, service_desk_clerk(context), &job->failure));
    service_job_finish(job, status);
}
