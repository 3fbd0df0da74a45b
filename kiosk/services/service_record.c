/* Orders as they are looked at: the list of a number or unit, and the whole record of one of them. */
#include "kiosk/services/service_record.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_counts.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_shipment.h"
#include "kiosk/store/store_change.h"
#include "kiosk/store/store_decision.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_rejection.h"
#include "kiosk/store/store_revocation.h"

enum { ORDERS_AT_ONCE = 20, DECISIONS_MAX = 32, CHANGES_AT_ONCE = 64, REVOCATIONS_MAX = 8 };

/* --- the list ---------------------------------------------------------------------------------------- */

/* Why the hall ended it: the words of the last decision that did. */
static void fill_ending(struct service_context *context, const struct order *order,
                        struct service_order_line *out)
{
    struct store_decision *all = calloc(DECISIONS_MAX, sizeof(*all));
    struct buf words;
    size_t count = 0;
    check(all != NULL);
    buf_init(&words, ORDER_REASON_BYTES);
    if (store_decision_list_order(context->store, order->id, all, DECISIONS_MAX, &count, NULL) != STATUS_OK)
        count = 0;
    for (size_t i = count; i > 0 && words.length == 0; i--)
        if (all[i - 1].state == STORE_DECISION_APPLIED)
            (void)!store_decision_reason(context->store, &all[i - 1], &words, NULL);
    (void)text_copy(out->reason, sizeof(out->reason), words.length > 0 ? (const char *)words.data : "");
    buf_wipe(&words);
    free(all);
}

static bool is_ended_by_hall(enum order_state state)
{
    return state == ORDER_STATE_CLOSED || state == ORDER_STATE_REFUNDING || state == ORDER_STATE_REFUNDED;
}

/* A line, with the first of the reasons of an order that was sent back. What cannot be read is left out: the
 * order stands in the list all the same. */
static void fill_line(struct service_context *context, const struct order *order,
                      struct service_order_line *out)
{
    struct order_rejections rejections = {0};
    out->order = *order;
    out->due_utc_s = service_load_due(context, order);
    (void)!service_shipment_load(context, order->id, &out->shipment, NULL);
    (void)!service_load_unit(context, order, out->unit, sizeof(out->unit));
    if (is_ended_by_hall(order->state))
        fill_ending(context, order, out);
    if (order->state != ORDER_STATE_REJECTED)
        return;
    if (store_rejection_load_order(context->store, order->id, true, &rejections, NULL) == STATUS_OK &&
        rejections.count > 0)
        (void)text_copy(out->reason, sizeof(out->reason), rejections.item[0].reason);
}

enum status service_record_filter(struct service_context *context, struct service_job *job, char *value,
                                  size_t size, struct store_order_filter *filter)
{
    struct order made;
    enum status status = STATUS_OK;
    *filter = (struct store_order_filter){
        .by_lookup = true, .lookup = STORE_ORDER_LOOKUP_PHONE, .newest_first = true};
    *value = 0;
    if (job->request.holder_order_id[0] != 0)
        status = store_order_load(context->store, job->request.holder_order_id, &made, &job->failure);
    if (status == STATUS_OK && job->request.holder_order_id[0] != 0)
        status = service_load_credit_code(context, &made, value, size);
    if (*value != 0)
        filter->lookup = STORE_ORDER_LOOKUP_CREDIT_CODE;
    else
        (void)text_copy(value, size, job->request.phone);
    filter->lookup_value = value;
    return status;
}

static enum status visit_all(struct service_context *context, struct store_order_filter *filter,
                             service_record_visitor *visit, void *argument, struct failure *failure)
{
    struct order orders[ORDERS_AT_ONCE];
    size_t count = ORDERS_AT_ONCE;
    enum status status = STATUS_OK;
    while (status == STATUS_OK && count == ORDERS_AT_ONCE) {
        status = store_order_list(context->store, filter, orders, ORDERS_AT_ONCE, &count, failure);
        for (size_t i = 0; i < count && status == STATUS_OK; i++)
            status = visit(context, &orders[i], argument, failure);
        filter->offset += count;
    }
    return status == STATUS_FULL ? STATUS_OK : status;
}

enum status service_record_each(struct service_context *context, struct service_job *job,
                                service_record_visitor *visit, void *argument)
{
    struct store *store = NULL;
    struct store_order_filter filter;
    char value[SERVICE_TEXT_BYTES] = "";
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = service_record_filter(context, job, value, sizeof(value), &filter);
    if (status == STATUS_OK && value[0] != 0)
        status = visit_all(context, &filter, visit, argument, &job->failure);
    secret_wipe_bytes(value, sizeof(value));
    return status;
}

void service_order_list_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    struct order orders[SERVICE_ORDERS_MAX];
    struct store_order_filter filter;
    char value[SERVICE_TEXT_BYTES];
    size_t count = 0;
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = service_record_filter(context, job, value, sizeof(value), &filter);
    if (status == STATUS_OK)
        status = store_order_list(store, &filter, orders, SERVICE_ORDERS_MAX, &count, &job->failure);
    if (status == STATUS_OK)
        status = service_counts_load(context, &filter, &service_job_patch(job)->visit.counts, &job->failure);
    if (status == STATUS_OK && value[0] != 0)
        status = service_counts_add_certificates(context, job, &service_job_patch(job)->visit.counts);
    secret_wipe_bytes(value, sizeof(value));
    if (status == STATUS_OK) {
        struct service_patch *patch = service_job_patch(job);
        patch->changes |= PATCH_ORDERS;
        patch->visit.order_count = count;
        for (size_t i = 0; i < count; i++) {
            struct service_visit *visit = &patch->visit;
            fill_line(context, &orders[i], &visit->orders[i]);
            if (visit->person[0] == 0)
                (void)!service_load_person(context, &orders[i], visit->person, sizeof(visit->person));
        }
    }
    service_job_finish(job, status);
}

/* --- one of them ------------------------------------------------------------------------------------- */

/* What today's tariff makes of it; nothing when that is not what the order was opened with. */
static void fill_quote(struct service_context *context, const struct service_visit *visit,
                       struct service_record *out)
{
    struct product_wish wish;
    service_visit_wish(visit, service_now_utc_s(context), &wish);
    if (product_wish_quote(&wish, &out->quote) != STATUS_OK ||
        out->quote.amount_fen != visit->order.amount_fen)
        out->quote = (struct price_quote){0};
}

/* The newest stands first; when there are too many the oldest go. */
static void add_past(struct service_record *out, const struct store_change *change)
{
    enum order_state state;
    if (change->kind != STORE_CHANGE_ORDER || order_state_parse(change->to, &state) != STATUS_OK)
        return;
    size_t kept = out->past_count < SERVICE_PAST_MAX ? out->past_count++ : SERVICE_PAST_MAX - 1;
    (void)memmove(&out->past[1], &out->past[0], kept * sizeof(out->past[0]));
    out->past[0] = (struct service_past){.at_utc_s = change->at_utc_ms / 1000, .state = state};
    (void)text_copy(out->past[0].event, sizeof(out->past[0].event), change->event);
}

static enum status fill_past(struct service_context *context, const char *order_id,
                             struct service_record *out, struct failure *failure)
{
    struct store_change *changes = calloc(CHANGES_AT_ONCE, sizeof(*changes));
    enum status status = STATUS_OK;
    check(changes != NULL);
    out->past_count = 0;
    for (size_t offset = 0, count = CHANGES_AT_ONCE; status == STATUS_OK && count == CHANGES_AT_ONCE;
         offset += CHANGES_AT_ONCE) {
        status = store_change_list_order(context->store, order_id, offset, changes, CHANGES_AT_ONCE, &count,
                                         failure);
        for (size_t i = 0; i < count && status == STATUS_OK; i++)
            add_past(out, &changes[i]);
    }
    free(changes);
    return status;
}

/* What the authority began is told where it belongs in time, with its ground in the product's words. */
static void add_revocation(struct service_record *out, const struct service_visit *visit,
                           const struct store_revocation *row)
{
    size_t at = 0;
    while (at < out->past_count && out->past[at].at_utc_s > row->done_utc_s)
        at++;
    if (at == SERVICE_PAST_MAX)
        return;
    size_t kept = out->past_count - at - (out->past_count == SERVICE_PAST_MAX);
    enum order_state state = at < out->past_count ? out->past[at].state : visit->order.state;
    (void)memmove(&out->past[at + 1], &out->past[at], kept * sizeof(out->past[0]));
    out->past_count = at + 1 + kept;
    out->past[at] = (struct service_past){.at_utc_s = row->done_utc_s, .state = state};
    (void)text_copy(out->past[at].event, sizeof(out->past[at].event), "authority-revoked");
    (void)text_copy(out->past[at].reason, sizeof(out->past[at].reason),
                    product_ground_text(visit->product, row->ground));
}

static enum status fill_revocations(struct service_context *context, const struct service_visit *visit,
                                    struct service_record *out, struct failure *failure)
{
    struct store_revocation rows[REVOCATIONS_MAX];
    size_t count = 0;
    enum status status =
        store_revocation_list(context->store, visit->order.id, rows, REVOCATIONS_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        if (rows[i].done_utc_s != 0)
            add_revocation(out, visit, &rows[i]);
    return status;
}

static void fill_record(struct service_context *context, const struct service_visit *visit,
                        struct service_record *out)
{
    out->is_known = true;
    out->product = visit->product;
    out->operation = visit->operation;
    out->wish = visit->wish;
    out->payment = visit->payment;
    out->invoice = visit->invoice;
    out->issue = visit->issue;
    out->consent = visit->consent;
    out->lock = visit->lock;
    out->old_lock = visit->old_lock;
    out->carried = visit->carried;
    out->page_needed = visit->page_count;
    out->page_count = 0;
    for (size_t i = 0; i < visit->page_count; i++)
        out->page_count += visit->pages[i].state != SERVICE_PAGE_MISSING;
    fill_line(context, &visit->order, &out->line);
    fill_quote(context, visit, out);
}

enum status service_record_patch(struct service_context *context, struct service_job *job)
{
    struct service_visit *visit = calloc(1, sizeof(*visit));
    check(visit != NULL);
    struct service_patch *patch = service_job_patch(job);
    enum status status = service_load_order(context, job->request.order_id, visit, &job->failure);
    if (status == STATUS_OK)
        status = fill_past(context, visit->order.id, &patch->visit.record, &job->failure);
    if (status == STATUS_OK)
        status = fill_revocations(context, visit, &patch->visit.record, &job->failure);
    if (status == STATUS_OK) {
        fill_record(context, visit, &patch->visit.record);
        patch->changes |= PATCH_RECORD;
    }
    secret_wipe_bytes(visit, sizeof(*visit));
    free(visit);
    return status;
}

void service_order_record_run(struct service_context *context, struct service_job *job)
{
    service_job_finish(job, service_record_patch(context, job));
}
