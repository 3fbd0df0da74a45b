#include "kiosk/services/service_sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/token/token.h"
#include "kiosk/base/check.h"
#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/page/page_jpeg.h"
#include "kiosk/page/page_picture.h"
#include "kiosk/services/service_image.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_paper.h"
#include "kiosk/store/store_order.h"

enum { CUT_QUALITY = 92, PICTURE_BYTES = TOKEN_DATA_BYTES - 512, CUT_BYTES = 4 * 1024 * 1024 };

/* A seal that is ordered must be there; where it may still be ordered whatever is there is kept. */
static bool is_needed(const struct service_visit *visit)
{
    enum product_seal seal = visit->product->seal;
    return seal == PRODUCT_SEAL_NONE || seal == PRODUCT_SEAL_INCLUDED || visit->wish.seal;
}

static bool is_wanted(const struct service_visit *visit, const struct product_paper *paper)
{
    return paper->sample_count > 0 && (is_needed(visit) || visit->lock.wants_seal);
}

/* --- where they are ---------------------------------------------------------------------------------- */

/* The page of the pack that is this paper: its sheet's, or the form's own. */
static int page_of(const struct paper_pack *pack, const struct product_paper *paper)
{
    size_t length = strlen(paper->sheet);
    int pages = paper_pack_pages(pack);
    for (int page = 0; page < pages && length > 0; page++) {
        const char *version = paper_template_version(paper_pack_template(pack, page));
        if (strncmp(version, paper->sheet, length) == 0 && version[length] == '.')
            return page;
    }
    return 0;
}

static struct page_place_mm place_of(const struct paper_zones *zones, const char *name, int page)
{
    for (size_t i = 0; i < zones->count && name[0] != 0; i++) {
        const struct paper_zone *zone = &zones->items[i];
        if (zone->page == page && strcmp(zone->name, name) == 0)
            return (struct page_place_mm){zone->x_mm, zone->y_mm, zone->width_mm, zone->height_mm};
    }
    return (struct page_place_mm){0};
}

static enum status find_boxes(struct service_context *context, const struct service_visit *visit,
                              const struct product_paper *paper, struct page_sample_box *boxes,
                              struct failure *failure)
{
    struct service_sheet form;
    struct paper_zones *zones = calloc(1, sizeof(*zones));
    check(zones != NULL);
    enum status status = service_paper_form(context, visit->order.id, &form, failure);
    const struct paper_values values = service_sheet_values(&form);
    if (status == STATUS_OK)
        status = paper_zones(&form.pack, &values, zones);
    int page = status == STATUS_OK ? page_of(&form.pack, paper) : 0;
    for (size_t i = 0; i < paper->sample_count && status == STATUS_OK; i++) {
        const struct product_sample *sample = &paper->samples[i];
        boxes[i] = (struct page_sample_box){.place = place_of(zones, sample->zone, page),
                                            .tick = place_of(zones, sample->tick, page),
                                            .is_stamp = product_sample_is_stamp(sample->of)};
        if (boxes[i].place.width_mm <= 0)
            status = failure_set(failure, STATUS_CONFIG, "sample", 0, "no zone %s on the sheet of %s",
                                 sample->zone, paper->id);
    }
    service_sheet_release(&form);
    free(zones);
    return status;
}

/* --- choosing and judging ---------------------------------------------------------------------------- */

/* Of all that are of one thing: the one that is ticked alone, else the one with the least wrong. */
static void choose(const struct product_paper *paper, const struct page_sample *samples, size_t of,
                   struct service_sample_cuts *out)
{
    size_t best = paper->sample_count, ticked = 0, tick = 0;
    for (size_t i = 0; i < paper->sample_count; i++) {
        if (paper->samples[i].of != (enum product_sample_of)of || samples[i].fault == PAGE_SAMPLE_BLANK)
            continue;
        if (best == paper->sample_count || samples[i].fault < samples[best].fault)
            best = i;
        ticked += samples[i].is_ticked;
        tick = samples[i].is_ticked ? i : tick;
    }
    if (best < paper->sample_count)
        out->rows[ticked == 1 ? tick : best].chosen =
            ticked == 1 ? STORE_SAMPLE_BY_TICK : STORE_SAMPLE_BY_BEST;
}

/* No box that is needed is blank, and what was chosen is good. */
static void judge(const struct product_paper *paper, const struct page_sample *samples,
                  const struct service_sample_cuts *cuts, struct page_finding *out)
{
    *out = (struct page_finding){.verdict = PAGE_GOOD, .reason = PAGE_REASON_NONE};
    for (size_t i = 0; i < paper->sample_count; i++) {
        bool is_blank = samples[i].fault == PAGE_SAMPLE_BLANK && !paper->samples[i].optional;
        bool is_chosen =
            cuts->rows[i].chosen != STORE_SAMPLE_NOT_CHOSEN && samples[i].fault != PAGE_SAMPLE_NONE;
        if (!is_blank && !is_chosen)
            continue;
        *out = (struct page_finding){.verdict = PAGE_BAD,
                                     .reason = page_reason_of_sample(STATUS_OK, samples[i].fault),
                                     .place = samples[i].place};
        return;
    }
}

/* --- cutting ----------------------------------------------------------------------------------------- */

static int64_t um(double mm)
{
    return llround(mm * 1000);
}

/* What has no ink is as good as blank, and what cannot be kept on a key is said while it can be stamped anew.
 */
static enum page_sample_fault fault_of(enum status drawn, enum page_sample_fault fault)
{
    if (drawn == STATUS_NOT_FOUND)
        return PAGE_SAMPLE_BLANK;
    return drawn == STATUS_FULL ? PAGE_SAMPLE_UNFIT : fault;
}

/* Returns: NOT_FOUND without ink, FULL for what is too large for a key, NO_MEMORY. */
static enum status draw(const struct page_sample *sample, bool is_stamp, struct store_sample *row,
                        struct buf *out)
{
    struct page_picture picture = {0};
    enum status status = sample->fault == PAGE_SAMPLE_BLANK
                             ? STATUS_NOT_FOUND
                             : page_picture_make(&sample->image, sample->px_per_mm, is_stamp, &picture);
    if (status == STATUS_OK)
        status = page_picture_encode(&picture, PICTURE_BYTES, out);
    if (status == STATUS_OK) {
        row->width_um = um(picture.width_mm);
        row->height_um = um(picture.height_mm);
    }
    page_picture_release(&picture);
    return status;
}

static enum status take(const struct product_paper *paper, struct page_sample *samples,
                        struct service_sample_cuts *out)
{
    enum status status = STATUS_OK;
    out->count = paper->sample_count;
    for (size_t i = 0; i < out->count; i++) {
        buf_init(&out->cuts[i], CUT_BYTES);
        buf_init(&out->pictures[i], PICTURE_BYTES);
    }
    for (size_t i = 0; i < out->count && status == STATUS_OK; i++) {
        const struct product_sample *from = &paper->samples[i];
        struct store_sample *row = &out->rows[i];
        (void)text_copy(row->paper, sizeof(row->paper), paper->id);
        (void)text_copy(row->zone, sizeof(row->zone), from->zone);
        (void)text_copy(row->kind, sizeof(row->kind), product_sample_name(from->of));
        status = page_jpeg_encode(&samples[i].image, CUT_QUALITY, &out->cuts[i]);
        if (status != STATUS_OK)
            break;
        enum status drawn = draw(&samples[i], product_sample_is_stamp(from->of), row, &out->pictures[i]);
        samples[i].fault = fault_of(drawn, samples[i].fault);
        (void)text_copy(row->fault, sizeof(row->fault), page_sample_fault_name(samples[i].fault));
        status = drawn == STATUS_NO_MEMORY ? drawn : STATUS_OK;
    }
    for (size_t of = 0; of < PRODUCT_SAMPLE_COUNT_ && status == STATUS_OK; of++)
        choose(paper, samples, of, out);
    return status;
}

enum status service_sample_cut(struct service_context *context, const struct service_visit *visit,
                               const struct product_paper *paper, const struct page_image *image,
                               struct page_findings *findings, struct service_sample_cuts *out,
                               struct failure *failure)
{
    struct page_sample_box boxes[PAGE_SAMPLES_MAX] = {0};
    struct page_sample samples[PAGE_SAMPLES_MAX] = {0};
    *out = (struct service_sample_cuts){0};
    if (!is_wanted(visit, paper))
        return STATUS_OK;
    enum status status = find_boxes(context, visit, paper, boxes, failure);
    if (status != STATUS_OK)
        return status;
    status = page_sample_cut(image, boxes, paper->sample_count, samples);
    if (status == STATUS_OK)
        status = take(paper, samples, out);
    struct page_finding *finding = &findings->checks[PAGE_CHECK_SAMPLES];
    if (status == STATUS_OK && is_needed(visit))
        judge(paper, samples, out, finding);
    if (status == STATUS_NOT_FOUND && is_needed(visit))
        *finding = (struct page_finding){.verdict = PAGE_BAD,
                                         .reason = page_reason_of_sample(status, PAGE_SAMPLE_NONE)};
    for (size_t i = 0; i < PAGE_SAMPLES_MAX; i++)
        page_image_release(&samples[i].image);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status service_sample_keep(struct service_context *context, const char *order_id, const char *paper,
                                const struct service_sample_cuts *cuts, struct failure *failure)
{
    struct store_sample_bytes bytes[PAGE_SAMPLES_MAX] = {0};
    for (size_t i = 0; i < cuts->count; i++)
        bytes[i] = (struct store_sample_bytes){cuts->cuts[i].data, cuts->cuts[i].length,
                                               cuts->pictures[i].data, cuts->pictures[i].length};
    return store_sample_replace(context->store, order_id, paper, cuts->rows, bytes, cuts->count, failure);
}

void service_sample_release(struct service_sample_cuts *cuts)
{
    for (size_t i = 0; i < cuts->count; i++) {
        buf_wipe(&cuts->cuts[i]);
        buf_wipe(&cuts->pictures[i]);
    }
    cuts->count = 0;
}

/* --- views ------------------------------------------------------------------------------------------- */

static enum product_sample_of kind_of(const char *name)
{
    for (int of = 0; of < PRODUCT_SAMPLE_COUNT_; of++)
        if (strcmp(product_sample_name((enum product_sample_of)of), name) == 0)
            return (enum product_sample_of)of;
    return PRODUCT_SAMPLE_COUNT_;
}

enum status service_sample_load(struct service_context *context, struct service_visit *visit,
                                struct failure *failure)
{
    struct store_sample rows[SERVICE_SAMPLES_MAX];
    size_t count = 0;
    enum status status =
        store_sample_list(context->store, visit->order.id, rows, SERVICE_SAMPLES_MAX, &count, failure);
    visit->sample_count = status == STATUS_OK ? count : 0;
    for (size_t i = 0; i < visit->sample_count; i++) {
        struct service_sample *out = &visit->samples[i];
        *out = (struct service_sample){.of = kind_of(rows[i].kind),
                                       .is_chosen = rows[i].chosen != STORE_SAMPLE_NOT_CHOSEN,
                                       .is_settled = rows[i].chosen == STORE_SAMPLE_BY_TICK ||
                                                     rows[i].chosen == STORE_SAMPLE_BY_APPLICANT,
                                       .is_approved = rows[i].approved_utc_s != 0,
                                       .width_mm = (double)rows[i].width_um / 1000,
                                       .height_mm = (double)rows[i].height_um / 1000};
        (void)text_copy(out->paper, sizeof(out->paper), rows[i].paper);
        (void)text_copy(out->zone, sizeof(out->zone), rows[i].zone);
        (void)text_copy(out->fault, sizeof(out->fault), rows[i].fault);
    }
    return status;
}

bool service_sample_digest(struct service_context *context, const struct service_visit *visit,
                           uint8_t out[CRYPTO_SHA256_BYTES])
{
    struct store_sample rows[SERVICE_SAMPLES_MAX];
    struct buf bytes;
    size_t count = 0, chosen = 0;
    if (store_sample_list(context->store, visit->order.id, rows, SERVICE_SAMPLES_MAX, &count, NULL) !=
        STATUS_OK)
        return false;
    buf_init(&bytes, (size_t)SERVICE_SAMPLES_MAX * 256);
    for (size_t i = 0; i < count; i++) {
        if (rows[i].chosen == STORE_SAMPLE_NOT_CHOSEN)
            continue;
        chosen++;
        check(buf_append_sized(&bytes, rows[i].zone, strlen(rows[i].zone)) == STATUS_OK &&
              buf_append_sized(&bytes, rows[i].sha256, sizeof(rows[i].sha256)) == STATUS_OK);
    }
    crypto_sha256(bytes.data, bytes.length, out);
    buf_release(&bytes);
    return chosen > 0;
}

/* --- requests ---------------------------------------------------------------------------------------- */

static enum status load_cut(struct service_context *context, const char *order_id, const char *paper,
                            const char *zone, struct page_image *out, struct failure *failure)
{
    struct buf jpeg;
    buf_init(&jpeg, CUT_BYTES);
    enum status status =
        store_sample_part(context->store, order_id, paper, zone, STORE_SAMPLE_CUT, &jpeg, failure);
    if (status == STATUS_OK)
        status = page_jpeg_decode(jpeg.data, jpeg.length, out, failure);
    buf_wipe(&jpeg);
    return status;
}

void service_sample_preview_run(struct service_context *context, struct service_job *job)
{
    struct page_image cut = {0};
    struct store *store = NULL;
    const struct service_request *request = &job->request;
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = load_cut(context, request->order_id, request->more, request->text, &cut, &job->failure);
    if (status == STATUS_OK)
        status = service_image_of_page(&cut, request->width_px, &job->image);
    page_image_release(&cut);
    service_job_finish(job, status);
}

static enum status choose_one(struct service_context *context, struct service_job *job)
{
    const struct service_request *request = &job->request;
    struct store *store = NULL;
    struct order order;
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = store_order_load(store, request->order_id, &order, &job->failure);
    if (status == STATUS_OK && order.state != ORDER_STATE_SCANNING)
        status = STATUS_BAD_STATE;
    if (status == STATUS_OK)
        status = store_sample_choose(store, order.id, request->more, request->text, &job->failure);
    return status == STATUS_BAD_STATE || status == STATUS_NOT_FOUND
               ? service_job_refuse(job, SERVICE_REASON_CHANGED, 0)
               : status;
}

void service_sample_choose_run(struct service_context *context, struct service_job *job)
{
    enum status status = choose_one(context, job);
    (void)!service_load_patch(context, job, job->request.order_id, false);
    service_job_finish(job, status);
}
