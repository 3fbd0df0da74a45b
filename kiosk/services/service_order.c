/* What an applicant does with an order, on the orders worker: create, open, fill in, move on, come back. */
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_appointment.h"
#include "kiosk/services/service_comparison.h"
#include "kiosk/services/service_deed.h"
#include "kiosk/services/service_known.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_lock.h"
#include "kiosk/services/service_opening.h"
#include "kiosk/services/service_question.h"
#include "kiosk/services/service_record.h"
#include "kiosk/services/service_side.h"
#include "kiosk/services/service_step.h"
#include "kiosk/services/service_subject.h"
#include "kiosk/services/service_wish.h"
#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_claim.h"
#include "kiosk/store/store_field.h"
#include "kiosk/store/store_intention.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_page.h"
#include "kiosk/store/store_rejection.h"
#include "kiosk/store/store_ticket.h"

enum { ACCEPTANCE_DRAWS = 50 };

static int lease_s(const struct service_context *context)
{
    return (int)context->settings->settings->order_lease_s;
}

/* --- claims ------------------------------------------------------------------------------------------ */

static enum status claim(struct service_context *context, struct service_job *job, const char *order_id)
{
    enum status status = store_claim_take(context->store, order_id, lease_s(context), &job->failure);
    if (status == STATUS_OK) /* what an earlier terminal left open is finished where the applicant stands */
        status = store_intention_adopt(context->store, order_id, lease_s(context), &job->failure);
    if (status != STATUS_CONFLICT)
        return status;
    struct store_claim holder = {0};
    if (store_claim_load(context->store, order_id, &holder, &job->failure) != STATUS_OK)
        return status;
    return service_job_refuse(job, SERVICE_REASON_ELSEWHERE,
                              holder.lease_until_utc_s - service_now_utc_s(context));
}

void service_order_release_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    enum status status = service_store(context, &store);
    if (strcmp(context->visit.order_id, job->request.order_id) == 0)
        context->visit.order_id[0] = 0; /* or the idle round would claim it once more */
    if (status == STATUS_OK)
        status = store_claim_release(store, job->request.order_id, &job->failure);
    service_job_finish(job, status);
}

/* --- opening ----------------------------------------------------------------------------------------- */

enum status service_order_take(struct service_context *context, struct service_job *job, const char *order_id)
{
    struct store *store = NULL;
    struct order order;
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = store_order_load(store, order_id, &order, &job->failure);
    if (status == STATUS_OK && !order_state_is_final(order.state))
        status = claim(context, job, order_id);
    if (status == STATUS_OK)
        status = service_load_patch(context, job, order_id, true);
    return status;
}

/* Ended from the list, without becoming the visit's: its claim is given back at once. */
static enum status cancel_claimed(struct service_context *context, struct service_job *job)
{
    struct order order;
    const char *id = job->request.order_id;
    enum status status = store_begin(context->store, &job->failure);
    if (status != STATUS_OK)
        return status;
    status = service_step(context, id, ORDER_EVENT_CANCELLED, &order, &job->failure);
    return store_end(context->store, status, &job->failure);
}

void service_order_cancel_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    struct order order;
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = store_order_load(store, job->request.order_id, &order, &job->failure);
    if (status == STATUS_OK && order.paid_fen > 0)
        status = service_job_refuse(job, SERVICE_REASON_MONEY_HELD, 0);
    if (status == STATUS_OK)
        status = claim(context, job, order.id);
    if (status == STATUS_OK) {
        status = cancel_claimed(context, job);
        if (strcmp(context->visit.order_id, order.id) != 0 &&
            store_claim_release(store, order.id, &job->failure) != STATUS_OK)
            log_info("services", "a cancelled order keeps its claim until the lease ends");
    }
    if (status == STATUS_OK)
        status = service_record_patch(context, job);
    service_job_finish(job, status);
}

void service_order_open_run(struct service_context *context, struct service_job *job)
{
    service_job_finish(job, service_order_take(context, job, job->request.order_id));
}

static enum status find(struct service_context *context, struct service_job *job, char id[STORE_ID_BYTES])
{
    struct store *store = NULL;
    struct order order;
    enum status status = service_store(context, &store);
    if (status != STATUS_OK)
        return status;
    if (job->request.flag)
        return store_ticket_find(store, job->request.text, id, &job->failure);
    status = store_order_find(store, job->request.text, job->request.phone, &order, &job->failure);
    if (status == STATUS_OK)
        (void)memcpy(id, order.id, sizeof(order.id));
    return status;
}

void service_order_find_run(struct service_context *context, struct service_job *job)
{
    char id[STORE_ID_BYTES] = "";
    enum status status = find(context, job, id);
    if (status == STATUS_NOT_FOUND || status == STATUS_TIMED_OUT)
        status = service_job_refuse(job, SERVICE_REASON_NOT_YOURS, 0);
    if (status == STATUS_OK)
        status = service_order_take(context, job, id);
    service_job_finish(job, status);
}

void service_order_refresh_run(struct service_context *context, struct service_job *job)
{
    service_job_finish(job, service_load_patch(context, job, job->request.order_id, true));
}

/* --- creating ---------------------------------------------------------------------------------------- */

/* Whose PIN was right in this visit is not asked for it again. */
static enum status pass_key_step(struct service_context *context, struct service_job *job,
                                 const struct order *order, const struct store_certificate *certificate)
{
    struct order moved;
    bool is_proven = strcmp(job->request.holder_order_id, certificate->order_id) == 0;
    if (order->state != ORDER_STATE_KEY || !is_proven || certificate->state != STORE_CERTIFICATE_CONFIRMED)
        return STATUS_OK;
    return service_step(context, order->id, ORDER_EVENT_KEY_SHOWN, &moved, &job->failure);
}

/* An order about a certificate that exists is about the one on the key that was read, if it is of the
 * product. */
static enum status keep_subject(struct service_context *context, struct service_job *job,
                                const struct order *order)
{
    struct store_certificate certificate;
    struct order made;
    if (job->request.holder_request_id[0] == 0 || !service_subject_is_needed(job->request.operation))
        return STATUS_OK;
    enum status status =
        store_certificate_load(context->store, job->request.holder_request_id, &certificate, &job->failure);
    if (status == STATUS_OK)
        status = store_order_load(context->store, certificate.order_id, &made, &job->failure);
    if (status != STATUS_OK || strcmp(made.product, order->product) != 0)
        return status;
    status = service_subject_admit(context, job, job->request.product, job->request.operation,
                                   job->request.wish.years, &certificate);
    if (status == STATUS_OK)
        status = service_subject_keep(context, order, certificate.request_id, &job->failure);
    return status == STATUS_OK ? pass_key_step(context, job, order, &certificate) : status;
}

/* The values of an earlier order of the same operation, for a form that is much like it; its papers are
 * scanned anew. */
static enum status copy_values(struct service_context *context, struct service_job *job,
                               const struct order *order)
{
    struct order earlier;
    struct form_values values;
    form_values_init(&values);
    enum status status = store_order_load(context->store, job->request.copy_of, &earlier, &job->failure);
    if (status == STATUS_OK &&
        (strcmp(earlier.product, order->product) != 0 || strcmp(earlier.operation, order->operation) != 0))
        status = failure_set(&job->failure, STATUS_MALFORMED, "copy", 0, "another operation");
    if (status == STATUS_OK)
        status = store_field_load(context->store, earlier.id, &values, &job->failure);
    if (status == STATUS_OK)
        status = store_field_replace(context->store, order->id, &values, &job->failure);
    if (status == STATUS_OK)
        status = service_question_uncopy(context, job->request.product, order->id, &job->failure);
    form_values_wipe(&values);
    return status;
}

static enum status store_inside(struct service_context *context, struct service_job *job,
                                const struct order *order)
{
    struct store *store = context->store;
    enum status status = store_order_insert(store, order, &job->failure);
    if (status == STATUS_OK)
        status = store_claim_take(store, order->id, lease_s(context), &job->failure);
    if (status == STATUS_OK)
        status = service_opening_mark(context, order, &job->failure);
    if (status == STATUS_OK)
        status = service_wish_keep(context, order, &job->request.wish, &job->failure);
    if (status == STATUS_OK && job->request.phone[0] != 0)
        status = store_order_set_lookup(store, order->id, STORE_ORDER_LOOKUP_PHONE, job->request.phone,
                                        &job->failure);
    if (status == STATUS_OK && job->request.copy_of[0] != 0)
        status = copy_values(context, job, order);
    else if (status == STATUS_OK)
        status = service_known_recall(context, job, order);
    if (status == STATUS_OK)
        status = service_known_visitor(context, job, order);
    if (status == STATUS_OK)
        status = service_appointment_begin(context, job, order);
    if (status == STATUS_OK)
        status = keep_subject(context, job, order);
    if (status == STATUS_OK && job->request.reason[0] != 0)
        status = service_subject_keep_reason(context, order, job->request.reason, &job->failure);
    if (status == STATUS_OK)
        status = service_wish_reprice(context, order->id, &job->failure);
    if (status == STATUS_OK)
        status =
            store_audit_append(store,
                               &(struct store_audit_entry){.action = "order.agreement",
                                                           .subject = order->acceptance,
                                                           .detail = job->request.product->agreement.version},
                               &job->failure);
    return status;
}

/* The order and what it is found by stand in one change: a kill leaves no order its applicant cannot find.
 * The acceptance number is drawn again while another order has it (T and a second collide in a hall). */
static enum status store_new(struct service_context *context, struct service_job *job, struct order *order)
{
    enum status status = STATUS_CONFLICT;
    for (unsigned draw = 0; draw < ACCEPTANCE_DRAWS && status == STATUS_CONFLICT; draw++) {
        status = order_acceptance_make(job->request.product->acceptance_pattern, order->created_utc_s, draw,
                                       context->settings->random, order->acceptance);
        if (status == STATUS_OK)
            status = store_begin(context->store, &job->failure);
        if (status == STATUS_OK)
            status = store_end(context->store, store_inside(context, job, order), &job->failure);
    }
    return status;
}

static enum status create(struct service_context *context, struct service_job *job, struct order *order)
{
    const struct service_request *request = &job->request;
    struct price_quote quote;
    struct store *store = NULL;
    service_wish_settle(context, &job->request);
    enum status status = service_opening_admit(context, job);
    if (status == STATUS_OK)
        status = service_store(context, &store);
    if (status == STATUS_OK)
        status = service_wish_price(context, request, &quote, &job->failure);
    if (status == STATUS_OK)
        status = order_init(order, context->settings->random, request->product->id, request->class_id,
                            request->operation->id, context->settings->owner, quote.amount_fen,
                            &request->operation->steps, service_now_utc_s(context));
    if (status == STATUS_OK)
        status = store_new(context, job, order);
    return status;
}

void service_order_create_run(struct service_context *context, struct service_job *job)
{
    struct order order;
    enum status status = job->request.product == NULL || job->request.operation == NULL
                             ? STATUS_BAD_STATE
                             : create(context, job, &order);
    if (status == STATUS_OK)
        status = service_load_patch(context, job, order.id, true);
    service_job_finish(job, status);
}

/* --- the other way ----------------------------------------------------------------------------------- */

static enum status divert(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    struct order order;
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = store_order_load(store, job->request.order_id, &order, &job->failure);
    if (status == STATUS_OK)
        status = service_product_of(context, &order, &product, &operation);
    if (status != STATUS_OK)
        return status;
    const struct product_operation *other = product_operation_fallback(product, operation);
    if (other == NULL || order.state != ORDER_STATE_KEY)
        return failure_set(&job->failure, STATUS_BAD_STATE, "divert", 0, "there is no other way");
    return store_order_divert(store, order.id, order.state, product_operation_stored(other), &job->failure);
}

void service_order_divert_run(struct service_context *context, struct service_job *job)
{
    enum status status = divert(context, job);
    if (status == STATUS_OK)
        status = service_load_patch(context, job, job->request.order_id, true);
    service_job_finish(job, status);
}

/* --- filling in -------------------------------------------------------------------------------------- */

/* What an order can be found by later is taken from the form by kind and subject, never by a field's name. */
static enum status set_lookups(struct store *store, const char *order_id, const struct form *form,
                               const struct form_values *values, struct failure *failure)
{
    enum status status = STATUS_OK;
    const char *id_number = service_load_field(form, values, FORM_SUBJECT_AGENT, FORM_KIND_RESIDENT_ID);
    for (size_t i = 0; i < form->field_count && status == STATUS_OK; i++) {
        const struct form_field *field = &form->fields[i];
        const char *value = form_value(form, values, field->id);
        if (*value == 0 || !form_field_is_asked(field))
            continue;
        if (field->kind == FORM_KIND_CREDIT_CODE)
            status = store_order_set_lookup(store, order_id, STORE_ORDER_LOOKUP_CREDIT_CODE, value, failure);
        else if (id_number != NULL && strcmp(field->id, id_number) == 0)
            status = store_order_set_lookup(store, order_id, STORE_ORDER_LOOKUP_ID_NUMBER, value, failure);
    }
    return status;
}

/* A rejected applicant gets exactly the rejected items back: what did not come back stays as it was. */
static enum status keep_closed(struct service_context *context, struct service_job *job,
                               const struct order *order, const struct form *form)
{
    struct order_rejections *rejections = calloc(1, sizeof(*rejections));
    struct form_values stored;
    form_values_init(&stored);
    check(rejections != NULL);
    enum status status =
        store_rejection_load_order(context->store, order->id, true, rejections, &job->failure);
    if (status == STATUS_OK && rejections->count > 0)
        status = store_field_load(context->store, order->id, &stored, &job->failure);
    for (size_t i = 0; status == STATUS_OK && rejections->count > 0 && i < form->field_count; i++)
        if (!service_field_is_open(rejections, &form->fields[i]))
            status = form_values_set(job->request.values, form->fields[i].id,
                                     form_values_get(&stored, form->fields[i].id));
    form_values_wipe(&stored);
    secret_wipe_bytes(rejections, sizeof(*rejections));
    free(rejections);
    return status;
}

static enum status save(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    struct order order;
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = store_order_load(store, job->request.order_id, &order, &job->failure);
    if (status == STATUS_OK && order.state != ORDER_STATE_DRAFT)
        status = failure_set(&job->failure, STATUS_BAD_STATE, "save", 0, "the form is closed");
    if (status == STATUS_OK)
        status = service_product_of(context, &order, &product, &operation);
    if (status == STATUS_OK)
        status = keep_closed(context, job, &order, product_operation_form(product, operation));
    if (status == STATUS_OK)
        status = store_begin(store, &job->failure);
    if (status != STATUS_OK)
        return status;
    form_drop_unshown(product_operation_form(product, operation), job->request.values);
    status = store_field_replace(store, order.id, job->request.values, &job->failure);
    if (status == STATUS_OK)
        status = set_lookups(store, order.id, product_operation_form(product, operation), job->request.values,
                             &job->failure);
    if (status == STATUS_OK)
        status = service_comparison_settle(context, &order, job->request.values, &job->failure);
    return store_end(store, status, &job->failure);
}

/* What is known of the values from elsewhere comes back with the order. */
void service_order_save_run(struct service_context *context, struct service_job *job)
{
    enum status status = save(context, job);
    if (status == STATUS_OK)
        status = service_load_patch(context, job, job->request.order_id, false);
    service_job_finish(job, status);
}

/* --- moving on --------------------------------------------------------------------------------------- */

/* What the applicant's events need beside the machine's consent. */
static enum status check_form(struct service_context *context, struct service_job *job,
                              const struct service_visit *visit)
{
    struct form_values values;
    struct form_errors errors;
    form_values_init(&values);
    enum status status = service_load_values(context, visit->order.id, &values, &job->failure);
    const struct form *form = product_operation_form(visit->product, visit->operation);
    if (status == STATUS_OK && !form_check_all(form, &values, service_now_utc_s(context), &errors))
        status = service_job_refuse(job, SERVICE_REASON_FORM_FAULTY, (int64_t)errors.count);
    if (status == STATUS_OK)
        status = service_deed_is_asked(context, visit) ? service_deed_settle(context, job, visit)
                                                       : service_subject_settle(context, job, visit, &values);
    if (status == STATUS_OK)
        status = service_question_settle(context, job, visit, &values);
    if (status == STATUS_OK)
        status = service_question_keep(context, job, visit, &values);
    form_values_wipe(&values);
    return status;
}

static enum status check_papers(struct service_job *job, const struct service_visit *visit)
{
    int64_t missing = 0;
    if (service_side_lacks_back(visit))
        return service_job_refuse(job, SERVICE_REASON_BACK_MISSING, 0);
    for (size_t i = 0; i < visit->page_count; i++)
        missing += visit->pages[i].state == SERVICE_PAGE_MISSING && !visit->pages[i].is_optional;
    return missing > 0 ? service_job_refuse(job, SERVICE_REASON_PAPERS_MISSING, missing) : STATUS_OK;
}

static enum status check_event(struct service_context *context, struct service_job *job,
                               const struct service_visit *visit)
{
    if (job->request.event == ORDER_EVENT_FORM_COMPLETED)
        return check_form(context, job, visit);
    if (job->request.event == ORDER_EVENT_SCANNED)
        return check_papers(job, visit);
    if (job->request.event == ORDER_EVENT_FORM_CORRECTING && visit->rejections.count == 0)
        return STATUS_BAD_STATE;
    return STATUS_OK;
}

/* Rejected papers must be scanned anew: the old scan is taken away as soon as the applicant takes them up. */
static enum status drop_open_pages(struct store *store, const struct service_visit *visit,
                                   struct failure *failure)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < visit->page_count && status == STATUS_OK; i++)
        if (visit->pages[i].is_open && visit->pages[i].state != SERVICE_PAGE_MISSING)
            status = store_page_delete(store, visit->order.id, visit->pages[i].paper, 1, failure);
    return status;
}

/* A form that may change must be printed and scanned anew: its code would still be this order's. */
static enum status drop_form_page(struct store *store, const struct service_visit *visit,
                                  struct failure *failure)
{
    const struct product_paper *form = product_form_paper(visit->product, visit->operation);
    for (size_t i = 0; form != NULL && i < visit->page_count; i++)
        if (strcmp(visit->pages[i].paper, form->id) == 0 && visit->pages[i].state != SERVICE_PAGE_MISSING)
            return store_page_delete(store, visit->order.id, form->id, 1, failure);
    return STATUS_OK;
}

static enum status settle_rejections(struct store *store, const struct service_visit *visit,
                                     struct failure *failure)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < visit->rejections.count && status == STATUS_OK; i++)
        status = store_rejection_settle(store, visit->order.id, visit->rejections.item[i].kind,
                                        visit->rejections.item[i].item, failure);
    return status;
}

static enum status follow_event(struct store *store, const struct service_job *job,
                                const struct service_visit *visit, struct failure *failure)
{
    if (job->request.event == ORDER_EVENT_FORM_CORRECTING ||
        job->request.event == ORDER_EVENT_PAPERS_CORRECTING)
        return drop_open_pages(store, visit, failure);
    if (job->request.event == ORDER_EVENT_SCANNED)
        return settle_rejections(store, visit, failure);
    if (job->request.event == ORDER_EVENT_FORM_REOPENED)
        return drop_form_page(store, visit, failure);
    return STATUS_OK;
}

/* What another terminal stored meanwhile counts: looked at once more, inside the change. */
static enum status complete_form(struct service_context *context, struct service_job *job,
                                 const struct service_visit *visit)
{
    struct form_values values;
    form_values_init(&values);
    enum status status = service_load_values(context, visit->order.id, &values, &job->failure);
    if (status == STATUS_OK)
        status = service_comparison_take(context, job, visit, &values);
    if (status == STATUS_OK)
        status = service_comparison_settle(context, &visit->order, &values, &job->failure);
    if (status == STATUS_OK)
        status = service_lock_settle(context, visit, &job->failure);
    if (status == STATUS_OK)
        status = service_wish_reprice(context, visit->order.id, &job->failure);
    form_values_wipe(&values);
    return status;
}

static enum status move(struct service_context *context, struct service_job *job,
                        const struct service_visit *visit)
{
    struct order order;
    enum status status = store_begin(context->store, &job->failure);
    if (status != STATUS_OK)
        return status;
    if (job->request.event == ORDER_EVENT_FORM_COMPLETED)
        status = complete_form(context, job, visit);
    if (status == STATUS_OK)
        status = service_step(context, visit->order.id, job->request.event, &order, &job->failure);
    if (status == STATUS_OK)
        status = follow_event(context->store, job, visit, &job->failure);
    return store_end(context->store, status, &job->failure);
}

static bool is_applicants(enum order_event event)
{
    switch (event) {
    case ORDER_EVENT_FORM_COMPLETED:
    case ORDER_EVENT_FORM_REOPENED:
    case ORDER_EVENT_PRINT_REOPENED:
    case ORDER_EVENT_SCANNED:
    case ORDER_EVENT_FORM_CORRECTING:
    case ORDER_EVENT_PAPERS_CORRECTING:
    case ORDER_EVENT_TAKEN:
    case ORDER_EVENT_CANCELLED:
        return true;
    case ORDER_EVENT_KEY_SHOWN:
    case ORDER_EVENT_ACTED:
    case ORDER_EVENT_PRINTED:
    case ORDER_EVENT_IDENTIFIED:
    case ORDER_EVENT_APPROVED:
    case ORDER_EVENT_REJECTED:
    case ORDER_EVENT_PAID:
    case ORDER_EVENT_KEY_PROVEN:
    case ORDER_EVENT_KEY_FAILED:
    case ORDER_EVENT_PIN_SET:
    case ORDER_EVENT_KEY_NEXT:
    case ORDER_EVENT_GIVEN_UP:
    case ORDER_EVENT_REFUNDED:
    case ORDER_EVENT_CLOSED:
    case ORDER_EVENT_EXPIRED:
    case ORDER_EVENT_COUNT_:
        break;
    }
    return false;
}

void service_order_event_run(struct service_context *context, struct service_job *job)
{
    struct service_visit visit = {0};
    enum status status = is_applicants(job->request.event) ? STATUS_OK : STATUS_BAD_STATE;
    if (status == STATUS_OK)
        status = service_load_order(context, job->request.order_id, &visit, &job->failure);
    if (status == STATUS_OK)
        status = check_event(context, job, &visit);
    if (status == STATUS_OK)
        status = move(context, job, &visit);
    if (status == STATUS_OK)
        status = service_load_patch(context, job, job->request.order_id, true);
    secret_wipe_bytes(&visit, sizeof(visit));
    service_job_finish(job, status);
}

/* --- tickets ----------------------------------------------------------------------------------------- */

void service_ticket_make_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    char ticket[STORE_TICKET_BYTES] = "";
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = store_ticket_new(store, job->request.order_id, (int64_t)SERVICE_TICKET_DAYS * 86400, ticket,
                                  &job->failure);
    if (status == STATUS_OK) {
        struct service_patch *patch = service_job_patch(job);
        patch->changes |= PATCH_TICKET;
        (void)text_copy(patch->visit.ticket, sizeof(patch->visit.ticket), ticket);
    }
    service_job_finish(job, status);
}
