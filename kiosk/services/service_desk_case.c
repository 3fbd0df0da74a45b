/* The case a clerk looks at: its values and pages, what has been on the screen, and what stays hidden. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/crypto.h"
#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/catalogue/product_side.h"
#include "kiosk/services/service_attention.h"
#include "kiosk/services/service_decision.h"
#include "kiosk/services/service_desk.h"
#include "kiosk/services/service_desk_state.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_original.h"
#include "kiosk/services/service_places.h"
#include "kiosk/services/service_sample.h"
#include "kiosk/services/service_side.h"
#include "kiosk/services/service_signers.h"
#include "kiosk/services/service_subject.h"
#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_field.h"
#include "kiosk/store/store_page.h"

enum { REASON_DIGITS_MOST = 6 };

/* What was cut out is looked at like a page, with the electronic seal made of it. */
static void add_samples(struct service_context *context, const struct service_visit *visit,
                        struct service_case *out)
{
    struct desk_state *state = service_desk_state(context);
    uint8_t sha256[CRYPTO_SHA256_BYTES];
    if (out->page_count == SERVICE_PAPERS_MAX || state->page_count == SERVICE_PAPERS_MAX ||
        !service_sample_digest(context, visit, sha256))
        return;
    struct service_page *page = &out->pages[out->page_count++];
    *page = (struct service_page){.state = SERVICE_PAGE_GOOD};
    (void)text_copy(page->paper, sizeof(page->paper), SERVICE_SAMPLES_PAPER);
    size_t at = state->page_count++;
    bool was_seen = strcmp(state->pages[at].paper, SERVICE_SAMPLES_PAPER) == 0 && state->pages[at].seen &&
                    memcmp(state->pages[at].sha256, sha256, sizeof(sha256)) == 0;
    (void)text_copy(state->pages[at].paper, sizeof(state->pages[at].paper), SERVICE_SAMPLES_PAPER);
    (void)memcpy(state->pages[at].sha256, sha256, sizeof(sha256));
    state->pages[at].seen = was_seen;
}

/* A paper that may be left out, and was, is no page to look at; front and back are one. */
static void fill_pages(struct service_case *out, const struct service_visit *visit)
{
    out->page_count = 0;
    for (size_t i = 0; i < visit->page_count; i++) {
        const struct service_page *page = &visit->pages[i];
        if (page->is_optional && page->state == SERVICE_PAGE_MISSING)
            continue;
        if (page->side == SERVICE_SIDE_BACK && out->page_count > 0)
            service_side_join(&out->pages[out->page_count - 1], page);
        else
            out->pages[out->page_count++] = *page;
    }
}

static void fill_case(struct service_case *out, const struct service_visit *visit)
{
    out->is_open = true;
    out->order = visit->order;
    out->counts_utc_s = visit->counts_utc_s;
    out->finding_count = visit->finding_count;
    (void)memcpy(out->findings, visit->findings, sizeof(out->findings));
    struct product_wish wish;
    service_visit_wish(visit, visit->order.created_utc_s, &wish);
    out->in_warranty = product_wish_in_warranty(&wish);
    out->lock = visit->lock;
    out->old_lock = visit->old_lock;
    out->carried = visit->carried;
    out->sample_count = visit->sample_count;
    (void)memcpy(out->samples, visit->samples, sizeof(out->samples));
    fill_pages(out, visit);
}

static size_t seen_pages(const struct desk_state *state)
{
    size_t count = 0;
    for (size_t i = 0; i < state->page_count; i++)
        count += state->pages[i].seen;
    return count;
}

/* The applicant waits for it, so it is told at once; a failure to tell harms nothing. */
void service_desk_tell_attention(struct service_context *context)
{
    struct desk_state *state = service_desk_state(context);
    struct failure failure = {0};
    enum status status = service_attention_tell(context, state->order_id, seen_pages(state), &failure);
    if (status != STATUS_OK)
        log_failure("services", "telling which case is open", status, &failure);
    state->next_attention_ms = service_now_ms(context) + SERVICE_ATTENTION_MS;
}

void service_desk_keep_attention(struct service_context *context)
{
    if (service_now_ms(context) >= service_desk_state(context)->next_attention_ms)
        service_desk_tell_attention(context);
}

/* A page that was seen stays seen while it is the same page of the same case. */
static void keep_pages(struct desk_state *state, const struct store_page *pages, size_t count, bool is_same)
{
    struct desk_state before = *state;
    state->page_count = count;
    for (size_t i = 0; i < count; i++) {
        (void)text_copy(state->pages[i].paper, sizeof(state->pages[i].paper), pages[i].paper);
        (void)memcpy(state->pages[i].sha256, pages[i].sha256, sizeof(state->pages[i].sha256));
        state->pages[i].seen = false;
        for (size_t j = 0; j < before.page_count && is_same; j++)
            if (strcmp(before.pages[j].paper, pages[i].paper) == 0)
                state->pages[i].seen = before.pages[j].seen;
    }
}

enum status service_desk_load_case(struct service_context *context, struct service_job *job)
{
    struct desk_state *state = service_desk_state(context);
    struct store_page pages[SERVICE_PAPERS_MAX];
    size_t count = 0;
    enum status status = service_load_patch(context, job, job->request.order_id, true);
    if (status == STATUS_OK)
        status = store_page_list(context->store, job->request.order_id, pages, SERVICE_PAPERS_MAX, &count,
                                 &job->failure);
    if (status == STATUS_OK)
        status = store_decision_count_applied(context->store, job->request.order_id, &state->applied,
                                              &job->failure);
    if (status != STATUS_OK)
        return status;
    struct service_patch *patch = job->patch;
    patch->changes = PATCH_DESK_CASE | PATCH_VALUES;
    fill_case(&patch->desk.opened, &patch->visit);
    service_places_load(context, &patch->visit, &patch->desk.opened);
    keep_pages(state, pages, count,
               strcmp(state->order_id, patch->visit.order.id) == 0 &&
                   state->version == patch->visit.order.version);
    add_samples(context, &patch->visit, &patch->desk.opened);
    (void)memcpy(state->order_id, patch->visit.order.id, sizeof(state->order_id));
    state->version = patch->visit.order.version;
    service_desk_tell_attention(context);
    status = service_signers_fill(context, &patch->visit, &patch->desk.opened, &job->failure);
    if (status == STATUS_OK)
        status = service_original_fill(context, &patch->visit, &patch->desk.opened, &job->failure);
    if (status == STATUS_OK)
        status = service_subject_is_elsewhere(context, patch->visit.order.id, patch->visit.operation,
                                              &patch->desk.opened.is_elsewhere, &job->failure);
    return status == STATUS_OK ? service_decision_fill_hold(context, &patch->desk.opened, &job->failure)
                               : status;
}

/* No case is open: its terminal learns it, and an empty one goes to the screen. */
static enum status put_away(struct service_context *context, struct service_job *job)
{
    struct desk_state *state = service_desk_state(context);
    state->order_id[0] = 0;
    state->version = 0;
    state->page_count = 0;
    service_desk_tell_attention(context);
    service_job_patch(job)->changes |= PATCH_DESK_CASE;
    return STATUS_OK;
}

void service_desk_case_run(struct service_context *context, struct service_job *job)
{
    bool is_named = job->request.order_id[0] != 0;
    service_job_finish(job, !service_desk_state(context)->signed_in ? STATUS_BAD_STATE
                            : is_named                              ? service_desk_load_case(context, job)
                                                                    : put_away(context, job));
}

static void note_seen(struct service_context *context, const char *paper)
{
    struct desk_state *state = service_desk_state(context);
    for (size_t i = 0; i < state->page_count; i++)
        if (strcmp(state->pages[i].paper, paper) == 0 && !state->pages[i].seen) {
            state->pages[i].seen = true;
            service_desk_tell_attention(context);
        }
}

void service_desk_note_voucher(struct service_context *context, const char *order_id,
                               const uint8_t sha256[CRYPTO_SHA256_BYTES])
{
    struct desk_state *state = service_desk_state(context);
    (void)text_copy(state->voucher.order_id, sizeof(state->voucher.order_id), order_id);
    (void)memcpy(state->voucher.sha256, sha256, sizeof(state->voucher.sha256));
}

bool service_desk_saw_voucher(struct service_context *context, const char *order_id,
                              const uint8_t sha256[CRYPTO_SHA256_BYTES])
{
    const struct desk_state *state = service_desk_state(context);
    return strcmp(state->voucher.order_id, order_id) == 0 &&
           memcmp(state->voucher.sha256, sha256, sizeof(state->voucher.sha256)) == 0;
}

static enum status load_page(struct service_context *context, struct service_job *job)
{
    const struct service_request *request = &job->request;
    if (!service_desk_state(context)->signed_in)
        return STATUS_BAD_STATE;
    if (strcmp(request->more, SERVICE_SAMPLES_PAPER) == 0)
        return service_sample_sheet(context, request->order_id, request->width_px, &job->image,
                                    &job->failure);
    return service_side_image(context, request->order_id, request->more, request->width_px, &job->image,
                              &job->failure);
}

void service_desk_thumb_run(struct service_context *context, struct service_job *job)
{
    service_job_finish(job, load_page(context, job));
}

void service_desk_page_run(struct service_context *context, struct service_job *job)
{
    enum status status = load_page(context, job);
    if (status == STATUS_OK) {
        struct service_patch *patch = service_job_patch(job);
        patch->changes |= PATCH_DESK_SEEN;
        (void)memcpy(patch->visit.scan.paper, job->request.more, sizeof(patch->visit.scan.paper));
        char back[ORDER_NAME_BYTES];
        product_side_back_id(job->request.more, back);
        note_seen(context, job->request.more);
        note_seen(context, back);
    }
    service_job_finish(job, status);
}

/* --- what stays hidden ------------------------------------------------------------------------------- */

/* The reason stands in plain text for good, so no number of a person may be in it. */
static bool has_number(const char *text)
{
    size_t run = 0;
    for (; *text != 0 && run < REASON_DIGITS_MOST; text++)
        run = *text >= '0' && *text <= '9' ? run + 1 : 0;
    return run == REASON_DIGITS_MOST;
}

static enum status record_reveal(struct service_context *context, struct service_job *job)
{
    struct buf value;
    char detail[ORDER_NAME_BYTES + ORDER_REASON_BYTES];
    if (job->request.text[0] == 0 || has_number(job->request.text))
        return failure_set(&job->failure, STATUS_MALFORMED, "reveal", 0, "no reason, or a number in it");
    (void)snprintf(detail, sizeof(detail), "%s %s", job->request.more, job->request.text);
    buf_init(&value, LIMIT_FIELD_BYTES);
    enum status status =
        store_field_get(context->store, job->request.order_id, job->request.more, &value, &job->failure);
    if (status == STATUS_OK)
        status = store_audit_append(context->store,
                                    &(struct store_audit_entry){.action = "value.reveal",
                                                                .actor = service_desk_state(context)->clerk,
                                                                .subject = job->request.order_id,
                                                                .detail = detail,
                                                                .value = value.data,
                                                                .value_length = value.length},
                                    &job->failure);
    buf_wipe(&value);
    return status;
}

void service_desk_reveal_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    bool is_open = service_desk_state(context)->signed_in &&
                   strcmp(service_desk_state(context)->order_id, job->request.order_id) == 0;
    enum status status = is_open ? service_store(context, &store) : STATUS_BAD_STATE;
    if (status == STATUS_OK)
        status = record_reveal(context, job);
    service_job_finish(job, status);
}
