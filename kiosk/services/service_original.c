#include "kiosk/services/service_original.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_act.h"
#include "kiosk/services/service_desk.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_step.h"
#include "kiosk/services/service_wish.h"
#include "kiosk/store/store_original.h"

enum { ORIGINALS_MAX = 2 * SERVICE_ORIGINALS_MAX, DAY_S = 86400, NOON_S = 43200 };

/* --- what is asked for --------------------------------------------------------------------------------- */

/* A paper that may be left out, and was. */
static bool is_left_out(const struct service_visit *visit, const struct product_paper *paper)
{
    for (size_t i = 0; i < visit->page_count; i++)
        if (strcmp(visit->pages[i].paper, paper->id) == 0)
            return visit->pages[i].is_optional && visit->pages[i].state == SERVICE_PAGE_MISSING;
    return false;
}

static void list_asked(struct service_context *context, const struct service_visit *visit,
                       struct service_case *out)
{
    struct product_wish wish;
    service_visit_wish(visit, service_now_utc_s(context), &wish);
    out->original_count = 0;
    for (size_t i = 0; i < visit->operation->paper_count && out->original_count < SERVICE_ORIGINALS_MAX;
         i++) {
        const struct product_paper *paper = product_operation_paper(visit->product, visit->operation, i);
        if (!paper->original || !product_wish_needs(&wish, paper->id) || is_left_out(visit, paper))
            continue;
        struct service_original *original = &out->originals[out->original_count++];
        *original = (struct service_original){.wanted = paper->copies};
        (void)text_copy(original->paper, sizeof(original->paper), paper->id);
    }
}

static struct service_original *find(struct service_case *opened, const char *paper)
{
    for (size_t i = 0; i < opened->original_count; i++)
        if (strcmp(opened->originals[i].paper, paper) == 0)
            return &opened->originals[i];
    return NULL;
}

enum status service_original_fill(struct service_context *context, const struct service_visit *visit,
                                  struct service_case *out, struct failure *failure)
{
    struct store_original rows[ORIGINALS_MAX];
    size_t count = 0;
    list_asked(context, visit, out);
    if (out->original_count == 0)
        return STATUS_OK;
    enum status status =
        store_original_list(context->store, visit->order.id, rows, ORIGINALS_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        struct service_original *original = find(out, rows[i].paper);
        if (original == NULL)
            continue;
        original->copies = (unsigned)rows[i].copies;
        original->received_utc_s = rows[i].received_utc_s;
    }
    return status;
}

/* The order as it stands now, with what is asked for and what is there. */
static enum status load(struct service_context *context, struct service_job *job, struct service_visit *visit,
                        struct service_case *out)
{
    enum status status = service_load_order(context, job->request.order_id, visit, &job->failure);
    return status == STATUS_OK ? service_original_fill(context, visit, out, &job->failure) : status;
}

struct looked {
    struct service_visit visit;
    struct service_case opened;
};

static struct looked *looked_new(void)
{
    struct looked *looked = calloc(1, sizeof(*looked));
    check(looked != NULL);
    return looked;
}

static void looked_free(struct looked *looked)
{
    secret_wipe_bytes(looked, sizeof(*looked));
    free(looked);
}

enum status service_original_check(struct service_context *context, struct service_job *job)
{
    struct looked *looked = looked_new();
    size_t missing = 0;
    enum status status = load(context, job, &looked->visit, &looked->opened);
    for (size_t i = 0; i < looked->opened.original_count; i++)
        missing += looked->opened.originals[i].copies < looked->opened.originals[i].wanted;
    looked_free(looked);
    return status == STATUS_OK && missing > 0
               ? service_job_refuse(job, SERVICE_REASON_ORIGINALS, (int64_t)missing)
               : status;
}

/* --- taken in ------------------------------------------------------------------------------------------ */

/* Not in the future, and no longer ago than the product lets a paper lie. */
static bool is_day(const struct service_context *context, const struct product *product,
                   int64_t received_utc_s)
{
    int64_t today = clock_hall_day_utc_s(service_now_utc_s(context));
    int64_t first = clock_hall_day_utc_s(today - (int64_t)product->received_days * DAY_S + NOON_S);
    return received_utc_s == clock_hall_day_utc_s(received_utc_s) && received_utc_s <= today &&
           received_utc_s >= first;
}

static enum status judge(struct service_context *context, struct service_job *job, struct looked *looked)
{
    const struct service_originals *wanted = &job->request.originals;
    enum status status = load(context, job, &looked->visit, &looked->opened);
    for (size_t i = 0; i < wanted->count && status == STATUS_OK; i++) {
        const struct service_original *original = &wanted->item[i];
        if (find(&looked->opened, original->paper) == NULL)
            status = failure_set(&job->failure, STATUS_MALFORMED, "original", 0, "not asked for");
        else if (original->copies > 0 && !is_day(context, looked->visit.product, original->received_utc_s))
            status = service_job_refuse(job, SERVICE_REASON_RECEIVED_DAY, 0);
    }
    return status;
}

static enum status put(struct service_context *context, struct service_job *job)
{
    const struct service_originals *wanted = &job->request.originals;
    enum status status = store_begin(context->store, &job->failure);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < wanted->count && status == STATUS_OK; i++) {
        struct store_original row = {.copies = wanted->item[i].copies,
                                     .received_utc_s = wanted->item[i].received_utc_s};
        (void)text_copy(row.paper, sizeof(row.paper), wanted->item[i].paper);
        (void)text_copy(row.clerk, sizeof(row.clerk), service_desk_clerk(context));
        status = store_original_put(context->store, job->request.order_id, &row, &job->failure);
    }
    return store_end(context->store, status, &job->failure);
}

/* The case stays open and is shown with what is there now. */
static enum status take_in(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    struct order order;
    struct looked *looked = looked_new();
    enum status status = service_desk_has_clerk(context) ? service_store(context, &store) : STATUS_BAD_STATE;
    if (status == STATUS_OK)
        status =
            service_step_allowed(context, job->request.order_id, ORDER_EVENT_APPROVED, &order, &job->failure);
    if (status == STATUS_BAD_STATE && store != NULL)
        status = service_job_refuse(job, SERVICE_REASON_CHANGED, 0);
    if (status == STATUS_OK)
        status = judge(context, job, looked);
    if (status == STATUS_OK)
        status = put(context, job);
    looked_free(looked);
    return status == STATUS_OK ? service_desk_load_case(context, job) : status;
}

void service_desk_originals_run(struct service_context *context, struct service_job *job)
{
    service_job_finish(job, take_in(context, job));
}
