/* What a clerk does about money that passes by hand: takes it at the desk, confirms it on the account or
 * refuses its voucher, gives it back. What is typed must be what the order says; each act is a signed
 * decision about the row that was displayed. */
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/services/service_desk.h"
#include "kiosk/services/service_hand.h"
#include "kiosk/services/service_image.h"
#include "kiosk/services/service_pay.h"
#include "kiosk/services/service_step.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_page.h"

/* --- about to take it ------------------------------------------------------------------------------------
 */

/* A transfer that was only spoken of makes way; one whose voucher waits is looked at first. */
static enum status check_open(struct service_context *context, struct service_job *job)
{
    struct order order;
    struct service_hand hand;
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    enum status status =
        service_step_allowed(context, job->request.order_id, ORDER_EVENT_PAID, &order, &job->failure);
    if (status == STATUS_OK)
        status = service_product_of(context, &order, &product, &operation);
    if (status == STATUS_BAD_STATE || (status == STATUS_OK && !product_takes(product, PRODUCT_PAYMENT_DESK)))
        return service_job_refuse(job, SERVICE_REASON_CHANGED, 0);
    if (status == STATUS_OK)
        status = service_hand_load(context, order.id, &hand, &job->failure);
    if (status == STATUS_OK && (hand.voucher == SERVICE_VOUCHER_WAITS || hand.is_signed))
        return service_job_refuse(job, SERVICE_REASON_MONEY_BY_HAND, 0);
    return status;
}

static enum status open_attempt(struct service_context *context, struct service_job *job)
{
    const char *order_id = job->request.order_id;
    enum status status = check_open(context, job);
    if (status == STATUS_OK)
        status = service_hand_close(context, order_id, &job->failure);
    return status == STATUS_OK ? service_hand_open(context, order_id,
                                                   product_payment_name(PRODUCT_PAYMENT_DESK), &job->failure)
                               : status;
}

/* What the clerk does not take after all; a transfer is the applicant's. */
static enum status close_attempt(struct service_context *context, struct service_job *job)
{
    struct service_hand hand;
    enum status status = service_hand_load(context, job->request.order_id, &hand, &job->failure);
    bool is_ours = status == STATUS_OK && !hand.is_signed && !hand.pay_back &&
                   strcmp(hand.channel, product_payment_name(PRODUCT_PAYMENT_DESK)) == 0;
    if (status == STATUS_OK && !is_ours)
        return service_job_refuse(job, SERVICE_REASON_CHANGED, 0);
    return status == STATUS_OK ? service_hand_close(context, job->request.order_id, &job->failure) : status;
}

void service_desk_money_open_run(struct service_context *context, struct service_job *job)
{
    bool opens = strcmp(job->request.more, "open") == 0;
    enum status status = service_desk_open_line(context, job);
    if (status == STATUS_OK)
        status = store_begin(context->store, &job->failure);
    if (status == STATUS_OK)
        status = store_end(context->store, opens ? open_attempt(context, job) : close_attempt(context, job),
                           &job->failure);
    context->next_round_ms = 0; /* our own write does not ring our bell */
    service_job_finish(job, status);
}

/* --- the voucher -----------------------------------------------------------------------------------------
 */

/* A voucher that lies there was looked at, this very one. */
static enum status check_voucher(struct service_context *context, struct service_job *job)
{
    struct store_page page;
    struct buf jpeg;
    buf_init(&jpeg, LIMIT_PAGE_JPEG_BYTES);
    enum status status = store_page_get(context->store, job->request.order_id, SERVICE_VOUCHER_PAPER, 1,
                                        &page, &jpeg, &job->failure);
    buf_wipe(&jpeg);
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    if (status == STATUS_OK && !service_desk_saw_voucher(context, job->request.order_id, page.sha256))
        return service_job_refuse(job, SERVICE_REASON_PAGES_UNSEEN, 1);
    return status;
}

void service_desk_voucher_run(struct service_context *context, struct service_job *job)
{
    struct store_page page;
    struct buf jpeg;
    buf_init(&jpeg, LIMIT_PAGE_JPEG_BYTES);
    enum status status = service_desk_open_line(context, job);
    if (status == STATUS_OK)
        status = store_page_get(context->store, job->request.order_id, SERVICE_VOUCHER_PAPER, 1, &page, &jpeg,
                                &job->failure);
    buf_wipe(&jpeg);
    if (status == STATUS_OK)
        status = service_image_load(context, job->request.order_id, SERVICE_VOUCHER_PAPER,
                                    job->request.width_px, &job->image, &job->failure);
    if (status == STATUS_OK)
        service_desk_note_voucher(context, job->request.order_id, page.sha256);
    service_job_finish(job, status);
}

static enum status refuse_voucher(struct service_context *context, struct service_job *job)
{
    struct service_hand hand;
    if (job->request.text[0] == 0)
        return failure_set(&job->failure, STATUS_MALFORMED, "voucher", 0, "no reason");
    enum status status = service_hand_load(context, job->request.order_id, &hand, &job->failure);
    if (status == STATUS_OK && (hand.voucher != SERVICE_VOUCHER_WAITS || hand.is_signed))
        return service_job_refuse(job, SERVICE_REASON_CHANGED, 0);
    if (status == STATUS_OK)
        status = check_voucher(context, job);
    return status == STATUS_OK ? service_desk_decide_line(context, job,
                                                          &(struct service_desk_line_decision){
                                                              .action = SERVICE_HAND_REFUSE, .second = ""})
                               : status;
}

void service_desk_voucher_refuse_run(struct service_context *context, struct service_job *job)
{
    enum status status = service_desk_open_line(context, job);
    if (status == STATUS_OK)
        status = refuse_voucher(context, job);
    service_job_finish(job, status);
}

/* --- taken and given back --------------------------------------------------------------------------------
 */

/* Money for an order that waits for none any more, as the clerk has read; it goes back. */
static enum status find_late(struct service_context *context, struct service_job *job,
                             struct store_payment *attempt)
{
    struct order order;
    if (strcmp(job->request.more, "late") != 0)
        return service_job_refuse(job, SERVICE_REASON_CHANGED, 0);
    enum status status = store_order_load(context->store, job->request.order_id, &order, &job->failure);
    if (status == STATUS_OK)
        status = service_hand_late(context, &order, attempt, &job->failure);
    return status == STATUS_NOT_FOUND ? service_job_refuse(job, SERVICE_REASON_CHANGED, 0) : status;
}

/* The attempt the clerk's note is about, with what must be so before anybody signs. */
static enum status find_taken(struct service_context *context, struct service_job *job,
                              struct store_payment *attempt)
{
    bool has_code = false;
    enum status status = service_hand_find(context, job->request.order_id, attempt, &job->failure);
    if (status == STATUS_NOT_FOUND)
        return find_late(context, job, attempt);
    if (status == STATUS_OK && job->request.more[0] != 0)
        return service_job_refuse(job, SERVICE_REASON_CHANGED, 0);
    if (status == STATUS_OK)
        status = service_hand_has_code(context, job->request.order_id, &has_code, &job->failure);
    if (status == STATUS_OK && has_code)
        return service_job_refuse(job, SERVICE_REASON_CODE_OPEN, 0);
    return status == STATUS_OK ? check_voucher(context, job) : status;
}

/* The attempt whose money goes back, and who signs beside the clerk: its name is empty where one is enough.
 */
static enum status find_owed(struct service_context *context, struct service_job *job,
                             struct store_payment *attempt, struct store_clerk *second)
{
    struct order order;
    *second = (struct store_clerk){0};
    enum status status = service_hand_owed(context, job->request.order_id, attempt, &job->failure);
    if (status == STATUS_NOT_FOUND)
        return service_job_refuse(job, SERVICE_REASON_CHANGED, 0);
    if (status == STATUS_OK)
        status = store_order_load(context->store, job->request.order_id, &order, &job->failure);
    return status == STATUS_OK && service_hand_needs_two(&order)
               ? service_desk_find_second(context, job, second)
               : status;
}

static bool fits_channel(const struct store_payment *attempt, const char *method)
{
    const char *transfer = product_payment_name(PRODUCT_PAYMENT_TRANSFER);
    bool by_bank = strcmp(method, transfer) == 0;
    return strcmp(attempt->channel, transfer) == 0
               ? by_bank
               : strcmp(method, "cash") == 0 || strcmp(method, "pos") == 0;
}

static enum status sign(struct service_context *context, struct service_job *job,
                        const struct store_payment *attempt, const char *action, const char *second)
{
    const struct service_hand_note *note = &job->request.note;
    struct store_hand hand = {.at_utc_s = note->at_utc_s != 0 ? note->at_utc_s : service_now_utc_s(context)};
    if (note->amount_fen != attempt->amount_fen)
        return service_job_refuse(job, SERVICE_REASON_AMOUNT_DIFFERS, 0);
    if (!fits_channel(attempt, note->method) || !store_hand_is_reference(note->reference))
        return service_job_refuse(job, SERVICE_REASON_REFERENCE, 0);
    (void)text_copy(hand.out_trade_no, sizeof(hand.out_trade_no), attempt->out_trade_no);
    (void)text_copy(hand.action, sizeof(hand.action), action);
    (void)text_copy(hand.method, sizeof(hand.method), note->method);
    (void)text_copy(hand.reference, sizeof(hand.reference), note->reference);
    return service_desk_decide_line(
        context, job,
        &(struct service_desk_line_decision){
            .action = action, .second = second, .hand = &hand, .attempt = attempt});
}

void service_desk_money_take_run(struct service_context *context, struct service_job *job)
{
    struct store_payment attempt;
    enum status status = service_desk_open_line(context, job);
    if (status == STATUS_OK)
        status = find_taken(context, job, &attempt);
    if (status == STATUS_OK)
        status = sign(context, job, &attempt, SERVICE_HAND_TAKE, "");
    service_job_finish(job, status);
}

void service_desk_money_back_run(struct service_context *context, struct service_job *job)
{
    struct store_payment attempt;
    struct store_clerk second;
    enum status status = service_desk_open_line(context, job);
    if (status == STATUS_OK)
        status = find_owed(context, job, &attempt, &second);
    if (status == STATUS_OK)
        status = sign(context, job, &attempt, SERVICE_HAND_PAY_BACK, second.name);
    service_job_finish(job, status);
}
