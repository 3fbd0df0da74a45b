/* Printing, on the printer worker: drawn, stored as an intention, handed over, followed until the sheet is
 * out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_example.h"
#include "kiosk/services/service_intention.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_paper.h"
#include "kiosk/services/service_places.h"
#include "kiosk/services/service_step.h"
#include "kiosk/store/store_order.h"

enum { CALL_MS = 10000, LOOK_MS = 3000, POLL_MS = 400, LOOK_EVERY_MS = 5000, PATIENCE_MS = 180000 };

static enum status open_printer(struct service_context *context, struct failure *failure)
{
    struct service_drivers_source source = service_driver_source(context);
    if (context->drivers.printer != NULL)
        return STATUS_OK;
    return service_drivers_open_printer(&source, &context->drivers.printer, failure);
}

void service_printer_close(struct service_context *context)
{
    printer_close(context->drivers.printer);
    context->drivers.printer = NULL;
    free(context->own);
    context->own = NULL;
}

static struct printer_limits limits(const struct service_job *job, int ms)
{
    return (struct printer_limits){.deadline_ms = ms, .cancel = job == NULL ? NULL : job->job.cancel};
}

static enum service_reason reason_of(enum device_state state)
{
    switch (state) {
    case DEVICE_PAPER_OUT:
        return SERVICE_REASON_PAPER_OUT;
    case DEVICE_JAMMED:
        return SERVICE_REASON_JAMMED;
    case DEVICE_COVER_OPEN:
        return SERVICE_REASON_COVER_OPEN;
    case DEVICE_OFFLINE:
    case DEVICE_ABSENT:
    case DEVICE_FAULTY:
        return SERVICE_REASON_OFFLINE;
    case DEVICE_READY:
    case DEVICE_WORKING:
    case DEVICE_SUPPLY_LOW:
    case DEVICE_STATE_COUNT_:
        break;
    }
    return SERVICE_REASON_WORKING;
}

/* What was told last, so that whoever looks next knows what the screens show. */
struct told {
    enum device_state state;
    int paper_percent, marker_percent;
};

static struct told *told(struct service_context *context)
{
    if (context->own == NULL) {
        context->own = calloc(1, sizeof(struct told));
        check(context->own != NULL);
    }
    return context->own;
}

static void report_printer(struct service_context *context, enum service_kind kind, enum device_state state)
{
    told(context)->state = state;
    struct service_job *report = service_job_new(kind);
    struct service_patch *patch = service_job_patch(report);
    patch->changes |= PATCH_PRINTER;
    patch->devices.printer = state;
    patch->devices.paper_percent = told(context)->paper_percent;
    patch->devices.marker_percent = told(context)->marker_percent;
    (void)service_job_end(report, STATUS_BUSY, reason_of(state), 0);
    if (kind == SERVICE_DEVICES)
        (void)service_job_end(report, STATUS_OK, SERVICE_REASON_NONE, 0);
    service_report(context, report);
}

/* --- following a job --------------------------------------------------------------------------------- */

/* One look. Returns: OK when it is out, BUSY while it is not, REFUSED when it never will be. */
static enum status look(struct service_context *context, struct service_job *job, long reference,
                        enum device_state *waits_for)
{
    struct printer_job state;
    struct printer_limits limit = limits(job, LOOK_MS);
    enum status status = printer_job(context->drivers.printer, reference, &limit, &state, &job->failure);
    if (status == STATUS_LOST || status == STATUS_TIMED_OUT || status == STATUS_MALFORMED) {
        *waits_for = DEVICE_OFFLINE;
        return STATUS_BUSY;
    }
    if (status != STATUS_OK)
        return status;
    *waits_for = state.state == PRINTER_JOB_STOPPED ? state.waits_for : DEVICE_WORKING;
    if (state.state == PRINTER_JOB_DONE)
        return STATUS_OK;
    return state.state == PRINTER_JOB_ABORTED || state.state == PRINTER_JOB_CANCELLED ? STATUS_REFUSED
                                                                                      : STATUS_BUSY;
}

static enum service_reason reason_of_end(enum status status)
{
    if (status == STATUS_REFUSED)
        return SERVICE_REASON_JAMMED;
    return status == STATUS_NOT_FOUND ? SERVICE_REASON_OFFLINE : SERVICE_REASON_NONE;
}

/* Until it is out, the visit is over, or nobody has mended the printer for so long that nobody will. */
static enum status follow(struct service_context *context, struct service_job *job, long reference)
{
    enum device_state waits_for = DEVICE_WORKING, said = DEVICE_WORKING;
    int64_t until_ms = service_now_ms(context) + PATIENCE_MS;
    for (;;) {
        enum status status = look(context, job, reference, &waits_for);
        if (job_cancel_is_requested(job->job.cancel))
            status = STATUS_CANCELLED;
        if (status != STATUS_BUSY) {
            job->reason = reason_of_end(status);
            return status;
        }
        if (service_now_ms(context) >= until_ms) {
            job->reason = reason_of(waits_for);
            return STATUS_TIMED_OUT;
        }
        /* The idle watch may have told the state already, but not to whom waits for this job. */
        if (waits_for != said || waits_for != told(context)->state)
            report_printer(context, job->kind, waits_for);
        said = waits_for;
        clock_sleep_ms(context->settings->clock, POLL_MS);
    }
}

/* --- handing over ------------------------------------------------------------------------------------ */

/* What is printed under which name, by the kind of request. */
struct sheet {
    enum service_kind kind;
    const char *name;
    enum status (*fill)(struct service_context *context, const char *order_id, struct service_sheet *out,
                        struct failure *failure);
};

static const struct sheet *sheet_of(enum service_kind kind)
{
    static const struct sheet sheets[] = {{SERVICE_FORM_PRINT, "form", service_paper_form},
                                          {SERVICE_ACCOUNT_PRINT, "account", service_paper_account},
                                          {SERVICE_RECEIPT_PRINT, "receipt", service_paper_receipt}};
    for (size_t i = 0; i < sizeof(sheets) / sizeof(sheets[0]); i++)
        if (sheets[i].kind == kind)
            return &sheets[i];
    check(false);
    return NULL;
}

static enum status render(struct service_context *context, struct service_job *job, struct buf *pdf)
{
    struct service_sheet paper;
    enum status status = sheet_of(job->kind)->fill(context, job->request.order_id, &paper, &job->failure);
    const struct paper_values values = service_sheet_values(&paper);
    if (status == STATUS_OK)
        status = paper_render(&paper.pack, &values, &paper.options, pdf, &job->failure);
    service_sheet_release(&paper);
    return status;
}

static enum status hand_over(struct service_context *context, struct service_job *job, const char *job_id,
                             long *reference)
{
    struct buf pdf;
    buf_init(&pdf, LIMIT_PDF_BYTES);
    struct printer_limits limit = limits(job, CALL_MS);
    enum status status = render(context, job, &pdf);
    if (status == STATUS_OK)
        status = printer_print(
            context->drivers.printer,
            &(struct printer_request){
                .job_id = job_id, .title = "certkiosk", .pdf = pdf.data, .length = pdf.length, .copies = 1},
            &limit, reference, &job->failure);
    buf_wipe(&pdf);
    return status;
}

/* A killed run, or a lost answer, may have handed it over already: the printer knows our id. */
static enum status find_or_hand_over(struct service_context *context, struct service_job *job,
                                     const char *job_id, bool may_exist, long *reference)
{
    struct printer_job found;
    struct printer_limits limit = limits(job, CALL_MS);
    enum status status = STATUS_NOT_FOUND;
    if (may_exist)
        status = printer_find(context->drivers.printer, job_id, &limit, &found, &job->failure);
    if (status == STATUS_OK)
        *reference = found.reference;
    if (status == STATUS_NOT_FOUND)
        status = hand_over(context, job, job_id, reference);
    if (status == STATUS_UNKNOWN) {
        status = printer_find(context->drivers.printer, job_id, &limit, &found, &job->failure);
        if (status == STATUS_OK)
            *reference = found.reference;
    }
    return status;
}

/* --- the request ------------------------------------------------------------------------------------- */

static enum status store_printed(struct service_context *context, struct service_job *job,
                                 const char *intention)
{
    struct order order;
    enum status status = store_begin(context->store, &job->failure);
    if (status != STATUS_OK)
        return status;
    status = service_intention_end(context, intention, true, "printed", &job->failure);
    if (status == STATUS_OK && job->kind == SERVICE_FORM_PRINT)
        status = service_step(context, job->request.order_id, ORDER_EVENT_PRINTED, &order, &job->failure);
    return store_end(context->store, status, &job->failure);
}

/* A sheet nobody waits for would show somebody's data to the next person. */
static void give_up(struct service_context *context, struct service_job *job, const char *intention,
                    long reference)
{
    struct printer_limits limit = limits(NULL, LOOK_MS);
    struct failure failure = {0};
    enum status status = STATUS_OK;
    if (reference != 0)
        status = printer_cancel(context->drivers.printer, reference, &limit, &failure);
    if (status == STATUS_OK || status == STATUS_NOT_FOUND)
        status = service_intention_end(context, intention, false, status_name(job->job.status), &failure);
    if (status != STATUS_OK)
        log_failure("printer", "giving up a job", status, &failure);
}

static enum status allowed(struct service_context *context, struct service_job *job)
{
    struct order order;
    if (job->kind != SERVICE_FORM_PRINT)
        return STATUS_OK;
    return service_step_allowed(context, job->request.order_id, ORDER_EVENT_PRINTED, &order, &job->failure);
}

static void write_subject(enum service_kind kind, const struct order *order,
                          char out[SERVICE_PAPER_NAME_BYTES])
{
    service_paper_name(sheet_of(kind)->name, order, out);
}

static enum status print(struct service_context *context, struct service_job *job)
{
    char subject[SERVICE_PAPER_NAME_BYTES];
    struct order order;
    char intention[STORE_ID_BYTES] = "";
    long reference = 0;
    if (store_order_load(context->store, job->request.order_id, &order, &job->failure) != STATUS_OK)
        return STATUS_NOT_FOUND;
    write_subject(job->kind, &order, subject);
    bool may_exist = service_intention_find(context, job->request.order_id, STORE_INTENTION_PRINT, subject,
                                            intention, &job->failure) == STATUS_OK;
    enum status status = service_intention_begin(context, job->request.order_id, STORE_INTENTION_PRINT,
                                                 subject, intention, &job->failure);
    if (status != STATUS_OK)
        return status;
    status = find_or_hand_over(context, job, intention, may_exist, &reference);
    if (status == STATUS_LOST || status == STATUS_TIMED_OUT || status == STATUS_UNKNOWN)
        job->reason = SERVICE_REASON_OFFLINE;
    if (status == STATUS_OK)
        status = follow(context, job, reference);
    if (status == STATUS_OK)
        return store_printed(context, job, intention);
    job->job.status = status;
    if (status != STATUS_UNKNOWN)
        give_up(context, job, intention, reference);
    return status;
}

static void run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = open_printer(context, &job->failure);
    if (status == STATUS_OK)
        status = allowed(context, job);
    if (status == STATUS_OK)
        status = print(context, job);
    if (status == STATUS_OK)
        (void)!service_load_patch(context, job, job->request.order_id, false);
    service_job_finish(job, status);
}

void service_form_print_run(struct service_context *context, struct service_job *job)
{
    run(context, job);
}

void service_account_print_run(struct service_context *context, struct service_job *job)
{
    run(context, job);
}

void service_receipt_print_run(struct service_context *context, struct service_job *job)
{
    run(context, job);
}

/* --- blank forms --------------------------------------------------------------------------------------- */

/* No order, nobody's data: what became of it need not be known after a kill, so nothing is stored. */
static enum status print_blank(struct service_context *context, struct service_job *job)
{
    struct buf pdf;
    char id[STORE_ID_BYTES];
    long reference = 0;
    struct product_wish wish;
    struct printer_limits limit = limits(job, CALL_MS);
    buf_init(&pdf, LIMIT_PDF_BYTES);
    service_number_make(context, "blank", sizeof(id) - 1, id);
    product_wish_init(&wish, job->request.product, job->request.operation, service_now_utc_s(context));
    enum status status = service_sheet_draw_blank(context->settings->settings->paths_assets, &wish,
                                                  job->request.text, &pdf, &job->failure);
    if (status == STATUS_OK)
        status = printer_print(
            context->drivers.printer,
            &(struct printer_request){
                .job_id = id, .title = "certkiosk", .pdf = pdf.data, .length = pdf.length, .copies = 1},
            &limit, &reference, &job->failure);
    buf_wipe(&pdf);
    if (status == STATUS_LOST || status == STATUS_TIMED_OUT || status == STATUS_UNKNOWN)
        job->reason = SERVICE_REASON_OFFLINE;
    if (status == STATUS_OK)
        status = follow(context, job, reference);
    if (status != STATUS_OK && reference != 0)
        (void)!printer_cancel(context->drivers.printer, reference, &limit, &job->failure);
    return status;
}

void service_blank_print_run(struct service_context *context, struct service_job *job)
{
    enum status status = open_printer(context, &job->failure);
    service_job_finish(job, status == STATUS_OK ? print_blank(context, job) : status);
}

/* --- preview ----------------------------------------------------------------------------------------- */

static struct service_image *take_image(struct paper_image *drawn)
{
    struct service_image *image = calloc(1, sizeof(*image));
    check(image != NULL);
    *image =
        (struct service_image){.width_px = drawn->width_px, .height_px = drawn->height_px, .rgb = drawn->rgb};
    *drawn = (struct paper_image){0};
    return image;
}

static void add_places(const struct service_sheet *paper, struct service_image *image)
{
    struct paper_zones zones;
    const struct paper_values values = service_sheet_values(paper);
    if (paper_zones(&paper->pack, &values, &zones) != STATUS_OK)
        return; /* the form can be read without them */
    image->signature = service_place_of(&zones, "signature");
    image->date = service_place_of(&zones, "date");
    image->seal = service_place_of(&zones, "seal");
}

void service_form_preview_run(struct service_context *context, struct service_job *job)
{
    struct service_sheet paper;
    struct paper_image drawn = {0};
    enum status status = service_paper_form(context, job->request.order_id, &paper, &job->failure);
    const struct paper_values values = service_sheet_values(&paper);
    if (status == STATUS_OK)
        status = paper_preview(&paper.pack, &values, &paper.options, 0, job->request.width_px, &drawn,
                               &job->failure);
    if (status == STATUS_OK) {
        job->image = take_image(&drawn);
        add_places(&paper, job->image);
    }
    service_sheet_release(&paper);
    service_job_finish(job, status);
}

static enum status draw_example(struct service_context *context, struct service_job *job,
                                struct service_sheet *sheet)
{
    struct paper_image drawn = {0};
    const struct service_request *request = &job->request;
    const struct product_paper *paper =
        request->product == NULL ? NULL : product_find_paper(request->product, request->more);
    if (paper == NULL || request->operation == NULL)
        return STATUS_NOT_FOUND;
    enum status status =
        service_example_open(sheet, context->settings->settings->paths_assets, request->product,
                             request->operation, paper, service_now_utc_s(context), &job->failure);
    const struct paper_values values = service_sheet_values(sheet);
    if (status == STATUS_OK)
        status = paper_preview(&sheet->pack, &values, &sheet->options, 0, request->width_px, &drawn,
                               &job->failure);
    if (status == STATUS_OK)
        job->image = take_image(&drawn);
    return status;
}

void service_example_show_run(struct service_context *context, struct service_job *job)
{
    struct service_sheet *sheet = calloc(1, sizeof(*sheet));
    check(sheet != NULL);
    enum status status = draw_example(context, job, sheet);
    service_sheet_release(sheet);
    free(sheet);
    service_job_finish(job, status);
}

/* --- what a killed run left ----------------------------------------------------------------------------- */

/* The sheet of an order that still waits for exactly this form is out: the order goes on. */
static enum status store_found(struct service_context *context, const struct store_intention *intention,
                               struct failure *failure)
{
    char wanted[SERVICE_PAPER_NAME_BYTES];
    char subject[SERVICE_PAPER_NAME_BYTES];
    struct order order;
    enum status status = store_begin(context->store, failure);
    if (status != STATUS_OK)
        return status;
    service_intention_argument(intention, "subject", subject, sizeof(subject));
    status = service_intention_end(context, intention->id, true, "found-printed", failure);
    if (status == STATUS_OK)
        status = store_order_load(context->store, intention->order_id, &order, failure);
    write_subject(SERVICE_FORM_PRINT, &order, wanted);
    if (status == STATUS_OK && order.state == ORDER_STATE_PRINTING && strcmp(subject, wanted) == 0)
        status = service_step(context, order.id, ORDER_EVENT_PRINTED, &order, failure);
    status = store_end(context->store, status, failure);
    if (status == STATUS_OK)
        service_load_report(context, SERVICE_ORDER_REFRESH, intention->order_id);
    return status;
}

/* Nobody waits for it any more: what is out is out, what is not must not come out. */
static enum status settle_found(struct service_context *context, const struct store_intention *intention,
                                const struct printer_job *found, struct failure *failure)
{
    struct printer_limits limit = limits(NULL, LOOK_MS);
    enum status status = STATUS_OK;
    if (found->state == PRINTER_JOB_DONE)
        return store_found(context, intention, failure);
    if (found->state == PRINTER_JOB_PRINTING)
        return STATUS_OK; /* asked again in the next round */
    if (found->state != PRINTER_JOB_ABORTED && found->state != PRINTER_JOB_CANCELLED)
        status = printer_cancel(context->drivers.printer, found->reference, &limit, failure);
    return status == STATUS_OK ? service_intention_end(context, intention->id, false, "cancelled", failure)
                               : status;
}

static void settle(struct service_context *context, const struct store_intention *intention)
{
    struct printer_job found;
    struct failure failure = {0};
    struct printer_limits limit = limits(NULL, CALL_MS);
    if (intention->kind != STORE_INTENTION_PRINT)
        return;
    enum status status = printer_find(context->drivers.printer, intention->id, &limit, &found, &failure);
    if (status == STATUS_OK)
        status = settle_found(context, intention, &found, &failure);
    else if (status == STATUS_NOT_FOUND)
        status = service_intention_end(context, intention->id, false, "never-printed", &failure);
    if (status != STATUS_OK && status != STATUS_LOST && status != STATUS_TIMED_OUT)
        log_failure("printer", "asking about an open job", status, &failure);
}

/* --- watching ---------------------------------------------------------------------------------------- */

/* Returns: whether it is something else than was told last. */
static bool note_levels(struct told *told, const struct printer_report *report)
{
    bool is_other =
        told->paper_percent != report->paper_percent || told->marker_percent != report->marker_percent;
    told->paper_percent = report->paper_percent;
    told->marker_percent = report->marker_percent;
    return is_other;
}

void service_printer_idle(struct service_context *context)
{
    struct store *store = NULL;
    struct printer_report report = {.state = DEVICE_OFFLINE};
    struct failure failure = {0};
    struct printer_limits limit = limits(NULL, LOOK_MS);
    if (service_now_ms(context) < context->next_round_ms)
        return;
    context->next_round_ms = service_now_ms(context) + LOOK_EVERY_MS;
    enum status status = open_printer(context, &failure);
    if (status == STATUS_OK)
        status = printer_report(context->drivers.printer, &limit, &report, &failure);
    if (status == STATUS_OK && report.state != DEVICE_OFFLINE && service_store(context, &store) == STATUS_OK)
        service_intention_each(context, settle);
    if (note_levels(told(context), &report) || report.state != told(context)->state)
        report_printer(context, SERVICE_DEVICES, report.state);
}
