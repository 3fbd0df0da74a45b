/* Scanning, on the scanner worker: one paper scanned, judged, kept within the product's limit, stored sealed.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/json.h"
#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/form/appointment.h"
#include "kiosk/page/page.h"
#include "kiosk/page/page_qr.h"
#include "kiosk/services/service_hand.h"
#include "kiosk/services/service_image.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_paper.h"
#include "kiosk/services/service_sample.h"
#include "kiosk/services/service_side.h"
#include "kiosk/store/store_page.h"

enum {
    FORM_PAGE = 1,
    SCAN_MS = 90000,
    LOOK_MS = 4000,
    LOOK_EVERY_MS = 15000,
    PREVIEW_PX = 900,
    TICKET_DPI = 200
};

static enum status open_scanner(struct service_context *context, struct failure *failure)
{
    struct service_drivers_source source = service_driver_source(context);
    if (context->drivers.scanner != NULL)
        return STATUS_OK;
    return service_drivers_open_scanner(&source, &context->drivers.scanner, failure);
}

void service_scanner_close(struct service_context *context)
{
    scanner_close(context->drivers.scanner);
    context->drivers.scanner = NULL;
    free(context->own);
    context->own = NULL;
}

/* --- the device -------------------------------------------------------------------------------------- */

struct progress {
    struct service_context *context;
    const char *paper;
    int percent;
};

static void report_progress(struct progress *progress, bool is_running)
{
    struct service_job *report = service_job_new(SERVICE_SCAN_PAGE);
    struct service_patch *patch = service_job_patch(report);
    patch->changes |= PATCH_SCAN;
    patch->visit.scan = (struct service_scan){.is_running = is_running, .percent = progress->percent};
    (void)text_copy(patch->visit.scan.paper, sizeof(patch->visit.scan.paper), progress->paper);
    (void)service_job_end(report, STATUS_BUSY, SERVICE_REASON_WORKING, progress->percent);
    service_report(progress->context, report);
}

static void on_rows(void *argument, int rows, int rows_total)
{
    struct progress *progress = argument;
    int percent = rows_total > 0 ? rows * 100 / rows_total : 0;
    if (percent < progress->percent + 5)
        return;
    progress->percent = percent;
    report_progress(progress, true);
}

static enum service_reason reason_of(enum status status, enum device_state state)
{
    if (status == STATUS_FULL)
        return SERVICE_REASON_TOO_LARGE;
    if (status == STATUS_MALFORMED)
        return SERVICE_REASON_UNREADABLE;
    if (state == DEVICE_JAMMED)
        return SERVICE_REASON_JAMMED;
    if (state == DEVICE_COVER_OPEN)
        return SERVICE_REASON_COVER_OPEN;
    if (state == DEVICE_PAPER_OUT)
        return SERVICE_REASON_NOTHING_THERE;
    return status == STATUS_CANCELLED ? SERVICE_REASON_NONE : SERVICE_REASON_OFFLINE;
}

static enum status scan(struct service_context *context, struct service_job *job, const char *paper, int dpi,
                        struct page_image *out)
{
    struct progress progress = {.context = context, .paper = paper};
    struct scanner_page page = {0};
    const struct scanner_settings settings = {.dpi = dpi};
    const struct scanner_call call = {.deadline_ms = SCAN_MS,
                                      .cancel = job->job.cancel,
                                      .progress = on_rows,
                                      .progress_context = &progress};
    report_progress(&progress, true);
    if (scanner_state(context->drivers.scanner) != DEVICE_READY)
        (void)scanner_look(context->drivers.scanner, LOOK_MS, NULL);
    enum status status = scanner_scan(context->drivers.scanner, &settings, &call, &page, &job->failure);
    if (status != STATUS_OK)
        job->reason = reason_of(status, scanner_state(context->drivers.scanner));
    if (status == STATUS_OK)
        status = page_image_take(page.pixels, page.length, page.width_px, page.height_px, page.channels,
                                 page.dpi, out);
    if (status == STATUS_OK)
        page.pixels = NULL;
    scanner_page_release(&page);
    return status;
}

/* --- the judgement ----------------------------------------------------------------------------------- */

/* A form we printed says in its code which order, page and template it is, and its template where one signs.
 */
static enum status expect_form(struct service_context *context, const struct service_visit *visit,
                               struct page_expect *expect, struct failure *failure)
{
    struct service_sheet form;
    struct paper_zones zones;
    enum status status = service_paper_form(context, visit->order.id, &form, failure);
    const struct paper_values values = service_sheet_values(&form);
    if (status == STATUS_OK)
        status = paper_zones(&form.pack, &values, &zones);
    if (status == STATUS_OK) {
        const struct paper_zone *place = paper_zone_find(&zones, "signature");
        expect->wants_code = true;
        expect->code_key = context->page_key;
        expect->code.page = 1;
        expect->code.pages = paper_pack_pages(&form.pack);
        (void)text_copy(expect->code.acceptance, sizeof(expect->code.acceptance), visit->order.acceptance);
        (void)text_copy(expect->code.template_version, sizeof(expect->code.template_version),
                        paper_template_version(form.pack.templates[0]));
        if (place != NULL && place->page == 0)
            expect->signature_mm = (struct page_rect){(int)place->x_mm, (int)place->y_mm,
                                                      (int)place->width_mm, (int)place->height_mm};
    }
    service_sheet_release(&form);
    return status;
}

static enum status expect_paper(struct service_context *context, const struct service_visit *visit,
                                const struct product_paper *paper, struct page_expect *expect,
                                struct failure *failure)
{
    *expect = (struct page_expect){
        .wants_colour = true, .wants_seal = paper->stamped, .code_key = context->page_key};
    return paper->code_required ? expect_form(context, visit, expect, failure) : STATUS_OK;
}

/* What makes a page useless for a clerk; everything else is kept and shown as it was judged. */
static enum service_reason useless(const struct page_findings *findings, bool wants_code)
{
    const struct page_finding *code = &findings->checks[PAGE_CHECK_CODE];
    if (findings->checks[PAGE_CHECK_CONTENT].verdict == PAGE_BAD)
        return SERVICE_REASON_UNREADABLE;
    if (!wants_code)
        return findings->code_is_ours && findings->code.page == FORM_PAGE ? SERVICE_REASON_OTHER_PAPER
                                                                          : SERVICE_REASON_NONE;
    if (code->verdict != PAGE_BAD)
        return SERVICE_REASON_NONE;
    return code->reason == PAGE_REASON_CODE_MISSING ? SERVICE_REASON_NO_CODE : SERVICE_REASON_FOREIGN_CODE;
}

static int thousandths(int part, int whole)
{
    return whole > 0 ? (int)((int64_t)part * 1000 / whole) : 0;
}

static void write_place(struct json *check, const struct page_image *image, struct page_rect place)
{
    if (place.width_px <= 0 || place.height_px <= 0)
        return;
    json_set_integer(check, "x", thousandths(place.x_px, image->width_px));
    json_set_integer(check, "y", thousandths(place.y_px, image->height_px));
    json_set_integer(check, "w", thousandths(place.width_px, image->width_px));
    json_set_integer(check, "h", thousandths(place.height_px, image->height_px));
}

/* A check that was not made is kept as that, so that nobody takes its absence for a tick. */
static const char *verdict_name(enum page_verdict verdict)
{
    return verdict == PAGE_GOOD ? "good" : verdict == PAGE_BAD ? "bad" : "none";
}

static enum status write_findings(const struct page_findings *findings, const struct page_image *image,
                                  char out[STORE_PAGE_FINDINGS_BYTES])
{
    struct json *root = json_new_object();
    struct json *checks = json_new_array();
    struct buf text;
    for (unsigned i = 0; i < PAGE_CHECK_COUNT_; i++) {
        const struct page_finding *finding = &findings->checks[i];
        if (i == PAGE_CHECK_SAMPLES && finding->verdict == PAGE_NOT_COMPUTED)
            continue; /* few papers have any */
        struct json *check = json_new_object();
        json_set_text(check, "name", page_check_name((enum page_check)i));
        json_set_text(check, "verdict", verdict_name(finding->verdict));
        json_set_text(check, "reason", page_reason_name(finding->reason));
        if (finding->verdict == PAGE_BAD || i == PAGE_CHECK_SEAL) /* a clerk looks at a good seal, too */
            write_place(check, image, finding->place);
        json_append_take(checks, check);
    }
    if (findings->skew_is_known)
        json_set_integer(root, "turned", lround(findings->skew_degrees * 10));
    json_set_take(root, "checks", checks);
    buf_init(&text, STORE_PAGE_FINDINGS_BYTES - 1);
    enum status status = json_write(root, &text);
    if (status == STATUS_OK)
        (void)memcpy(out, text.data, text.length + 1);
    json_free(root);
    buf_release(&text);
    return status;
}

/* The page, what was cut out of it and what becomes of its other side stand in one change. */
static enum status store_all(struct service_context *context, struct service_job *job,
                             const struct service_visit *visit, const struct store_page *page,
                             const struct buf *jpeg, const struct service_sample_cuts *cuts)
{
    enum status status = store_begin(context->store, &job->failure);
    if (status != STATUS_OK)
        return status;
    status =
        store_page_put(context->store, job->request.order_id, page, jpeg->data, jpeg->length, &job->failure);
    if (status == STATUS_OK)
        status = service_sample_keep(context, job->request.order_id, page->paper, cuts, &job->failure);
    if (status == STATUS_OK)
        status = service_side_part(context, visit, page->paper, true, &job->failure);
    return store_end(context->store, status, &job->failure);
}

static enum status keep(struct service_context *context, struct service_job *job,
                        const struct service_visit *visit, const struct page_image *image,
                        const struct page_findings *findings, const struct buf *jpeg,
                        const struct service_sample_cuts *cuts)
{
    struct store_page page = {.page = 1,
                              .verdict = page_is_acceptable(findings) ? PAGE_GOOD : PAGE_BAD,
                              .dpi = image->dpi,
                              .width_px = image->width_px,
                              .height_px = image->height_px};
    (void)text_copy(page.paper, sizeof(page.paper), job->request.more);
    enum status status = write_findings(findings, image, page.findings);
    if (status == STATUS_OK)
        status = store_all(context, job, visit, &page, jpeg, cuts);
    if (status == STATUS_OK && page.verdict == PAGE_BAD)
        job->reason = SERVICE_REASON_POOR_PAGE;
    return status;
}

static enum status judge_and_keep(struct service_context *context, struct service_job *job,
                                  const struct service_visit *visit, const struct product_paper *paper,
                                  struct page_image *image)
{
    struct page_findings *findings = calloc(1, sizeof(*findings));
    struct service_sample_cuts *cuts = calloc(1, sizeof(*cuts));
    struct page_expect expect;
    struct buf jpeg;
    check(findings != NULL && cuts != NULL);
    buf_init(&jpeg, LIMIT_PAGE_JPEG_BYTES);
    enum status status = expect_paper(context, visit, paper, &expect, &job->failure);
    if (status == STATUS_OK)
        status = page_finish(image, &expect, (size_t)paper->limit_bytes, findings, &jpeg, &job->failure);
    if (status == STATUS_FULL)
        job->reason = SERVICE_REASON_TOO_LARGE;
    if (status == STATUS_OK)
        (void)!service_image_of_page(image, PREVIEW_PX, &job->image);
    enum service_reason reason =
        status == STATUS_OK ? useless(findings, expect.wants_code) : SERVICE_REASON_NONE;
    if (reason != SERVICE_REASON_NONE) {
        job->reason = reason;
        status = STATUS_REFUSED;
    }
    if (status == STATUS_OK)
        status = service_sample_cut(context, visit, paper, image, findings, cuts, &job->failure);
    if (status == STATUS_OK)
        status = keep(context, job, visit, image, findings, &jpeg, cuts);
    service_sample_release(cuts);
    buf_wipe(&jpeg);
    free(cuts);
    free(findings);
    return status;
}

/* --- the request ------------------------------------------------------------------------------------- */

/* The bank's voucher belongs to no operation; a product may say more about it than this. */
static const struct product_paper *paper_of(const struct service_visit *visit, const char *id)
{
    static const struct product_paper voucher = {
        .id = SERVICE_VOUCHER_PAPER, .dpi = 200, .limit_bytes = 2 * 1024 * 1024};
    const struct product_paper *paper = product_find_paper(visit->product, id);
    return paper == NULL && strcmp(id, SERVICE_VOUCHER_PAPER) == 0 ? &voucher : paper;
}

/* While the transfer is open and nobody has confirmed it. */
static bool may_scan_voucher(const struct service_visit *visit)
{
    return visit->payment.state == SERVICE_PAY_BY_TRANSFER && !visit->hand.is_signed;
}

/* A paper of the operation, and of a rejected order only one that came back. */
static bool may_scan(const struct service_visit *visit, const struct product_paper *paper, const char *id)
{
    if (paper != NULL && strcmp(id, SERVICE_VOUCHER_PAPER) == 0)
        return may_scan_voucher(visit);
    if (visit->order.state != ORDER_STATE_SCANNING)
        return false;
    for (size_t i = 0; paper != NULL && i < visit->page_count; i++)
        if (strcmp(visit->pages[i].paper, id) == 0)
            return visit->pages[i].is_open;
    return false;
}

static enum status scan_page(struct service_context *context, struct service_job *job)
{
    struct service_visit *visit = calloc(1, sizeof(*visit));
    struct page_image image = {0};
    check(visit != NULL);
    enum status status = service_load_order(context, job->request.order_id, visit, &job->failure);
    const struct product_paper *paper = status == STATUS_OK ? paper_of(visit, job->request.more) : NULL;
    if (status == STATUS_OK && !may_scan(visit, paper, job->request.more))
        status = STATUS_BAD_STATE;
    if (status == STATUS_OK)
        status = open_scanner(context, &job->failure);
    if (status == STATUS_OK)
        status = scan(context, job, job->request.more, (int)paper->dpi, &image);
    if (status == STATUS_OK)
        status = judge_and_keep(context, job, visit, paper, &image);
    page_image_release(&image);
    secret_wipe_bytes(visit, sizeof(*visit));
    free(visit);
    return status;
}

void service_scan_page_run(struct service_context *context, struct service_job *job)
{
    enum status status = scan_page(context, job);
    (void)!service_load_patch(context, job, job->request.order_id, false);
    struct service_patch *patch = service_job_patch(job);
    patch->changes |= PATCH_SCAN;
    patch->visit.scan = (struct service_scan){0};
    service_job_finish(job, status);
}

void service_page_preview_run(struct service_context *context, struct service_job *job)
{
    enum status status = service_image_load(context, job->request.order_id, job->request.more,
                                            job->request.width_px, &job->image, &job->failure);
    service_job_finish(job, status);
}

/* --- tickets ----------------------------------------------------------------------------------------- */

/* Whether the code is a slip's ticket, or a partner's appointment; what was found before is forgotten. */
static bool take_code(const char *text, struct service_patch *patch)
{
    const size_t prefix = strlen(SERVICE_TICKET_PREFIX);
    struct service_visit *visit = &patch->visit;
    bool is_ticket = strncmp(text, SERVICE_TICKET_PREFIX, prefix) == 0 &&
                     text_copy(visit->ticket, sizeof(visit->ticket), text + prefix);
    bool is_appointment = strncmp(text, APPOINTMENT_PREFIX, strlen(APPOINTMENT_PREFIX)) == 0 &&
                          text_copy(visit->appointment.text, sizeof(visit->appointment.text), text);
    if (is_ticket || is_appointment)
        patch->changes |= PATCH_TICKET | PATCH_APPOINTMENT;
    return is_ticket || is_appointment;
}

/* The first of the page's codes that leads anywhere; codes of other papers are passed over. */
static enum status find_code(const struct page_image *image, struct service_job *job)
{
    struct page_qr_list *codes = calloc(1, sizeof(*codes));
    check(codes != NULL);
    enum status status = page_qr_read(image, NULL, PAGE_QR_PIXELS, codes);
    bool found = false;
    for (size_t i = 0; status == STATUS_OK && i < codes->count && !found; i++)
        found = take_code(codes->codes[i].text, service_job_patch(job));
    secret_wipe_bytes(codes, sizeof(*codes));
    free(codes);
    if (status == STATUS_OK && !found)
        return service_job_refuse(job, SERVICE_REASON_NO_TICKET, 0);
    return status;
}

void service_ticket_scan_run(struct service_context *context, struct service_job *job)
{
    struct page_image image = {0};
    enum status status = open_scanner(context, &job->failure);
    if (status == STATUS_OK)
        status = scan(context, job, "", TICKET_DPI, &image);
    if (status == STATUS_OK)
        status = find_code(&image, job);
    page_image_release(&image);
    struct service_patch *patch = service_job_patch(job);
    patch->changes |= PATCH_SCAN;
    patch->visit.scan = (struct service_scan){0};
    service_job_finish(job, status);
}

/* --- watching ---------------------------------------------------------------------------------------- */

void service_scanner_idle(struct service_context *context)
{
    struct failure failure = {0};
    if (service_now_ms(context) < context->next_round_ms)
        return;
    context->next_round_ms = service_now_ms(context) + LOOK_EVERY_MS;
    enum status status = open_scanner(context, &failure);
    enum device_state state =
        status == STATUS_OK ? scanner_look(context->drivers.scanner, LOOK_MS, NULL) : DEVICE_FAULTY;
    struct service_job *report = service_job_new(SERVICE_DEVICES);
    struct service_patch *patch = service_job_patch(report);
    patch->changes |= PATCH_SCANNER;
    patch->devices.scanner = state;
    (void)service_job_end(report, STATUS_OK, SERVICE_REASON_NONE, 0);
    service_report(context, report);
}
