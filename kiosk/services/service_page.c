/* Papers without a scan of their own kind, on the scanner worker: another page that stands for one, and pages
 * beside the product's under a title of the applicant's own; and pages that are taken away again. */
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_side.h"
#include "kiosk/store/store_extra.h"
#include "kiosk/store/store_page.h"

static const struct service_page *page_of(const struct service_visit *visit, const char *paper)
{
    for (size_t i = 0; i < visit->page_count; i++)
        if (strcmp(visit->pages[i].paper, paper) == 0)
            return &visit->pages[i];
    return NULL;
}

/* The order as it stands is handed to `act`; the job's patch brings what it is afterwards. */
static enum status with_visit(struct service_context *context, struct service_job *job,
                              enum status (*act)(struct service_context *context, struct service_job *job,
                                                 const struct service_visit *visit))
{
    struct store *store = NULL;
    struct service_visit *visit = calloc(1, sizeof(*visit));
    check(visit != NULL);
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = service_load_order(context, job->request.order_id, visit, &job->failure);
    if (status == STATUS_OK && visit->order.state != ORDER_STATE_SCANNING)
        status = STATUS_BAD_STATE;
    if (status == STATUS_OK)
        status = act(context, job, visit);
    (void)!service_load_patch(context, job, job->request.order_id, false);
    secret_wipe_bytes(visit, sizeof(*visit));
    free(visit);
    return status;
}

/* The back of the one is that of the other, wherever that stands. */
static enum status share_back(struct service_context *context, struct service_job *job,
                              const struct service_visit *visit, const struct service_page *page,
                              const struct service_page *source)
{
    const struct service_page *back = service_side_other(visit, page->paper);
    const struct service_page *theirs = service_side_other(visit, source->paper);
    if (page->side != SERVICE_SIDE_FRONT || back == NULL || theirs == NULL)
        return STATUS_OK;
    return store_page_same(context->store, visit->order.id, back->paper,
                           theirs->same_as[0] != 0 ? theirs->same_as : theirs->paper, &job->failure);
}

/* Only what the product names or the front's own sheet, only where it has a page of its own, and of a
 * rejected order only for a paper that came back. */
static enum status share(struct service_context *context, struct service_job *job,
                         const struct service_visit *visit)
{
    const struct service_page *page = page_of(visit, job->request.more);
    const struct service_page *source =
        page == NULL ? NULL : service_page_source(visit->product, visit->pages, visit->page_count, page);
    if (source == NULL)
        return STATUS_BAD_STATE;
    enum status status = store_begin(context->store, &job->failure);
    if (status != STATUS_OK)
        return status;
    status = store_page_same(context->store, visit->order.id, page->paper, source->paper, &job->failure);
    if (status == STATUS_OK)
        status = share_back(context, job, visit, page, source);
    return store_end(context->store, status, &job->failure);
}

void service_page_same_run(struct service_context *context, struct service_job *job)
{
    service_job_finish(job, with_visit(context, job, share));
}

/* What is locked stays: the pages of an order that was handed in, and of a rejected one those that did not
 * come back. */
static enum status take_away(struct service_context *context, struct service_job *job,
                             const struct service_visit *visit)
{
    const struct service_page *page = page_of(visit, job->request.more);
    if (page == NULL || !page->is_open || page->state == SERVICE_PAGE_MISSING)
        return STATUS_BAD_STATE;
    enum status status = store_begin(context->store, &job->failure);
    if (status != STATUS_OK)
        return status;
    status = store_page_delete(context->store, visit->order.id, page->paper, 1, &job->failure);
    if (status == STATUS_OK)
        status = service_side_part(context, visit, page->paper, false, &job->failure);
    return store_end(context->store, status, &job->failure);
}

void service_page_delete_run(struct service_context *context, struct service_job *job)
{
    service_job_finish(job, with_visit(context, job, take_away));
}

/* A title that people can read, in so many characters that a list has room for it. */
static bool is_title(const char *title)
{
    size_t length = text_length(title);
    return text_is_printable(title) && length >= SERVICE_EXTRA_TITLE_LEAST &&
           length <= SERVICE_EXTRA_TITLE_MOST;
}

/* The first place that is free takes the title. Returns: REFUSED when the product has no more of them. */
static enum status add(struct service_context *context, struct service_job *job,
                       const struct service_visit *visit)
{
    struct store_extra extra = {0};
    const struct product_paper *paper = product_find_paper(visit->product, job->request.more);
    if (visit->rejections.count > 0 || paper == NULL || paper->extra == 0 ||
        page_of(visit, paper->id) == NULL)
        return STATUS_BAD_STATE;
    if (!is_title(job->request.text) || !text_copy(extra.title, sizeof(extra.title), job->request.text))
        return service_job_refuse(job, SERVICE_REASON_PAGE_TITLE, SERVICE_EXTRA_TITLE_MOST);
    for (unsigned i = 1; i <= paper->extra && extra.paper[0] == 0; i++) {
        product_extra_id(paper, i, extra.paper);
        if (page_of(visit, extra.paper) != NULL)
            extra.paper[0] = 0;
    }
    if (extra.paper[0] == 0 || visit->page_count == SERVICE_PAPERS_MAX)
        return service_job_refuse(job, SERVICE_REASON_PAGES_FULL, paper->extra);
    enum status status = store_extra_add(context->store, visit->order.id, &extra, &job->failure);
    secret_wipe_bytes(&extra, sizeof(extra));
    return status;
}

void service_page_add_run(struct service_context *context, struct service_job *job)
{
    service_job_finish(job, with_visit(context, job, add));
}
