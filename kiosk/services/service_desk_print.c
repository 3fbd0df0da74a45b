/* Printing at the desk's own printer: what pickup slips and receipts share, and the receipt printed once
 * more. */
#include <stdio.h>
#include <string.h>

#include "kiosk/services/service_act.h"
#include "kiosk/services/service_desk.h"
#include "kiosk/services/service_intention.h"
#include "kiosk/services/service_paper.h"
#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_order.h"

enum { PRINT_MS = 10000 };

enum status service_desk_open_printer(struct service_context *context, struct failure *failure)
{
    struct service_drivers_source source = service_driver_source(context);
    if (context->drivers.printer != NULL)
        return STATUS_OK;
    return service_drivers_open_printer(&source, &context->drivers.printer, failure);
}

enum status service_desk_hand_over_pdf(struct service_context *context, struct service_job *job,
                                       const struct buf *pdf, const char *job_id)
{
    long reference = 0;
    struct printer_limits limit = {.deadline_ms = PRINT_MS, .cancel = job->job.cancel};
    enum status status = printer_print(
        context->drivers.printer,
        &(struct printer_request){
            .job_id = job_id, .title = "certkiosk", .pdf = pdf->data, .length = pdf->length, .copies = 1},
        &limit, &reference, &job->failure);
    if (status == STATUS_LOST || status == STATUS_TIMED_OUT || status == STATUS_UNKNOWN)
        job->reason = SERVICE_REASON_OFFLINE;
    return status;
}

enum status service_desk_hand_over(struct service_context *context, struct service_job *job,
                                   const struct service_sheet *sheet, const char *job_id)
{
    struct buf pdf;
    const struct paper_values values = service_sheet_values(sheet);
    buf_init(&pdf, LIMIT_PDF_BYTES);
    enum status status = paper_render(&sheet->pack, &values, &sheet->options, &pdf, &job->failure);
    if (status == STATUS_OK)
        status = service_desk_hand_over_pdf(context, job, &pdf, job_id);
    buf_wipe(&pdf);
    return status;
}

/* --- blank forms -----------------------------------------------------------------------------------------
 */

/* Who printed which form stands in the audit before it is out. No order, nobody's data: nothing else is kept.
 */
static enum status print_blank(struct service_context *context, struct service_job *job)
{
    struct buf pdf;
    char id[STORE_ID_BYTES];
    struct product_wish wish;
    const struct service_request *request = &job->request;
    buf_init(&pdf, LIMIT_PDF_BYTES);
    service_number_make(context, "blank", sizeof(id) - 1, id);
    product_wish_init(&wish, request->product, request->operation, service_now_utc_s(context));
    enum status status = service_sheet_draw_blank(context->settings->settings->paths_assets, &wish,
                                                  request->text, &pdf, &job->failure);
    if (status == STATUS_OK)
        status = store_audit_append(context->store,
                                    &(struct store_audit_entry){.action = "form.blank",
                                                                .actor = service_desk_clerk(context),
                                                                .subject = request->product->id,
                                                                .detail = request->operation->id},
                                    &job->failure);
    if (status == STATUS_OK)
        status = service_desk_hand_over_pdf(context, job, &pdf, id);
    buf_wipe(&pdf);
    return status;
}

void service_desk_blank_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    enum status status =
        service_desk_clerk(context) == NULL ? STATUS_BAD_STATE : service_store(context, &store);
    if (status == STATUS_OK)
        status = service_desk_open_printer(context, &job->failure);
    if (status == STATUS_OK)
        status = print_blank(context, job);
    service_job_finish(job, status);
}

/* --- the receipt -----------------------------------------------------------------------------------------
 */

/* Who printed it for whom stands in the audit before the sheet is out. */
static enum status record(struct service_context *context, struct service_job *job, const struct order *order)
{
    char detail[64];
    size_t printed = 0;
    enum status status = service_paper_printed(context, order, "receipt", &printed, &job->failure);
    (void)snprintf(detail, sizeof(detail), "%zu", printed + 1);
    job->number = (int64_t)printed + 1;
    return status == STATUS_OK
               ? store_audit_append(context->store,
                                    &(struct store_audit_entry){.action = "value.receipt",
                                                                .actor = service_desk_clerk(context),
                                                                .subject = order->id,
                                                                .detail = detail},
                                    &job->failure)
               : status;
}

static enum status print_receipt(struct service_context *context, struct service_job *job)
{
    struct order order;
    struct service_sheet sheet = {0};
    char subject[SERVICE_PAPER_NAME_BYTES];
    char intention[STORE_ID_BYTES] = "";
    enum status status = store_order_load(context->store, job->request.order_id, &order, &job->failure);
    if (status == STATUS_OK)
        status = service_paper_receipt(context, order.id, &sheet, &job->failure);
    if (status == STATUS_OK)
        status = record(context, job, &order);
    if (status == STATUS_OK) {
        service_paper_name("receipt", &order, subject);
        status = service_intention_begin(context, order.id, STORE_INTENTION_PRINT, subject, intention,
                                         &job->failure);
    }
    if (status == STATUS_OK) {
        status = service_desk_hand_over(context, job, &sheet, intention);
        enum status ended = service_intention_end(context, intention, status == STATUS_OK,
                                                  status_name(status), &job->failure);
        status = status == STATUS_OK ? ended : status;
    }
    service_sheet_release(&sheet);
    return status;
}

void service_desk_receipt_run(struct service_context *context, struct service_job *job)
{
    enum status status = service_desk_open_line(context, job);
    if (status == STATUS_OK)
        status = service_desk_open_printer(context, &job->failure);
    if (status == STATUS_OK)
        status = print_receipt(context, job);
    service_job_finish(job, status);
}
