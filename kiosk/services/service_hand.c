#include "kiosk/services/service_hand.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_pay.h"
#include "kiosk/services/service_step.h"
#include "kiosk/store/store_hand.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_page.h"

enum { NUMBER_LENGTH = 28, REFUND_NO_LENGTH = 30, DECISIONS_MAX = 32, PAGES_MAX = 24 };

bool service_hand_is(const char *channel)
{
    return strcmp(channel, product_payment_name(PRODUCT_PAYMENT_DESK)) == 0 ||
           strcmp(channel, product_payment_name(PRODUCT_PAYMENT_TRANSFER)) == 0;
}

bool service_hand_decides(const char *action)
{
    return strcmp(action, SERVICE_HAND_TAKE) == 0 || strcmp(action, SERVICE_HAND_PAY_BACK) == 0 ||
           strcmp(action, SERVICE_HAND_REFUSE) == 0;
}

/* --- attempts ------------------------------------------------------------------------------------------ */

static bool is_open(enum store_payment_state state)
{
    return state == STORE_PAYMENT_CREATED || state == STORE_PAYMENT_SHOWN || state == STORE_PAYMENT_CLOSING;
}

/* The newest attempt that fits. Returns: NOT_FOUND when none does. */
static enum status find(struct service_context *context, const char *order_id,
                        bool (*fits)(const struct store_payment *attempt), struct store_payment *out,
                        struct failure *failure)
{
    struct store_payment *all = calloc(SERVICE_PAY_ATTEMPTS_MAX, sizeof(*all));
    size_t count = 0;
    bool found = false;
    check(all != NULL);
    enum status status =
        store_payment_list(context->store, order_id, all, SERVICE_PAY_ATTEMPTS_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        if (!fits(&all[i]))
            continue;
        *out = all[i];
        found = true;
    }
    free(all);
    return status == STATUS_OK && !found ? STATUS_NOT_FOUND : status;
}

static bool is_open_by_hand(const struct store_payment *attempt)
{
    return service_hand_is(attempt->channel) && is_open(attempt->state);
}

static bool is_open_code(const struct store_payment *attempt)
{
    return !service_hand_is(attempt->channel) && is_open(attempt->state);
}

static bool is_to_pay_back(const struct store_payment *attempt)
{
    return service_hand_is(attempt->channel) && attempt->state == STORE_PAYMENT_REFUNDING;
}

static bool is_late(const struct store_payment *attempt)
{
    return strcmp(attempt->channel, product_payment_name(PRODUCT_PAYMENT_TRANSFER)) == 0 &&
           attempt->state == STORE_PAYMENT_CLOSED;
}

enum status service_hand_find(struct service_context *context, const char *order_id,
                              struct store_payment *out, struct failure *failure)
{
    return find(context, order_id, is_open_by_hand, out, failure);
}

enum status service_hand_owed(struct service_context *context, const char *order_id,
                              struct store_payment *out, struct failure *failure)
{
    return find(context, order_id, is_to_pay_back, out, failure);
}

enum status service_hand_late(struct service_context *context, const struct order *order,
                              struct store_payment *out, struct failure *failure)
{
    return order->state == ORDER_STATE_PAYING ? STATUS_NOT_FOUND
                                              : find(context, order->id, is_late, out, failure);
}

bool service_hand_needs_two(const struct order *order)
{
    return order->state != ORDER_STATE_REFUNDING;
}

enum status service_hand_has_code(struct service_context *context, const char *order_id, bool *out,
                                  struct failure *failure)
{
    struct store_payment code;
    enum status status = find(context, order_id, is_open_code, &code, failure);
    if (status == STATUS_OK || status == STATUS_NOT_FOUND)
        *out = status == STATUS_OK;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status step(struct service_context *context, struct store_payment *attempt,
                        enum store_payment_state to, const struct store_payment_facts *facts,
                        struct failure *failure)
{
    enum status status =
        store_payment_step(context->store, attempt->out_trade_no, attempt->state, to, facts, failure);
    if (status == STATUS_OK)
        attempt->state = to;
    return status;
}

enum status service_hand_open(struct service_context *context, const char *order_id, const char *channel,
                              struct failure *failure)
{
    struct order order;
    struct store_payment attempt;
    enum status status = service_step_allowed(context, order_id, ORDER_EVENT_PAID, &order, failure);
    if (status == STATUS_OK)
        status = service_hand_find(context, order_id, &attempt, failure);
    if (status == STATUS_OK)
        return failure_set(failure, STATUS_CONFLICT, "hand", 0, "another attempt by hand is open");
    if (status != STATUS_NOT_FOUND)
        return status;
    attempt = (struct store_payment){.amount_fen = order.amount_fen - order.paid_fen};
    service_number_make(context, "CKH", NUMBER_LENGTH, attempt.out_trade_no);
    (void)text_copy(attempt.order_id, sizeof(attempt.order_id), order_id);
    (void)text_copy(attempt.channel, sizeof(attempt.channel), channel);
    status = store_payment_insert(context->store, &attempt, NULL, failure);
    return status == STATUS_OK ? step(context, &attempt, STORE_PAYMENT_SHOWN, NULL, failure) : status;
}

enum status service_hand_close(struct service_context *context, const char *order_id, struct failure *failure)
{
    struct store_payment attempt;
    enum status status = service_hand_find(context, order_id, &attempt, failure);
    if (status == STATUS_OK)
        status = step(context, &attempt, STORE_PAYMENT_CLOSED, NULL, failure);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status service_hand_refund(struct service_context *context, const struct store_payment *attempt,
                                struct failure *failure)
{
    char refund_no[REFUND_NO_LENGTH + 1];
    service_number_make(context, "CKR", REFUND_NO_LENGTH, refund_no);
    return store_payment_step(context->store, attempt->out_trade_no, attempt->state, STORE_PAYMENT_REFUNDING,
                              &(struct store_payment_facts){.refund_no = refund_no}, failure);
}

/* --- decisions ----------------------------------------------------------------------------------------- */

/* Too late for its order, but the money is here: it goes back as it came. */
static enum status take_late(struct service_context *context, struct store_payment *attempt,
                             const struct store_payment_facts *facts, struct failure *failure)
{
    enum status status = step(context, attempt, STORE_PAYMENT_LATE_PAID, facts, failure);
    return status == STATUS_OK ? service_hand_refund(context, attempt, failure) : status;
}

static enum status take(struct service_context *context, const struct store_hand *hand,
                        struct store_payment *attempt, struct failure *failure)
{
    struct order order;
    const struct store_payment_facts facts = {.trade_no = hand->reference, .paid_utc_s = hand->at_utc_s};
    enum status waits = service_step_allowed(context, attempt->order_id, ORDER_EVENT_PAID, &order, failure);
    if (waits == STATUS_BAD_STATE)
        return take_late(context, attempt, &facts, failure);
    enum status status = waits;
    if (status == STATUS_OK && attempt->state == STORE_PAYMENT_CLOSED)
        status = step(context, attempt, STORE_PAYMENT_LATE_PAID, &facts, failure);
    if (status == STATUS_OK)
        status = step(context, attempt, STORE_PAYMENT_PAID, &facts, failure);
    return status == STATUS_OK ? service_step(context, attempt->order_id, ORDER_EVENT_PAID, &order, failure)
                               : status;
}

static enum status pay_back(struct service_context *context, struct store_payment *attempt,
                            struct failure *failure)
{
    enum status status = attempt->state == STORE_PAYMENT_REFUNDING ? STATUS_OK : STATUS_BAD_STATE;
    if (status == STATUS_OK)
        status = step(context, attempt, STORE_PAYMENT_REFUNDED, NULL, failure);
    return status == STATUS_OK ? service_refund_settle(context, attempt->order_id, failure) : status;
}

enum status service_hand_apply(struct service_context *context, const struct store_decision *decision,
                               struct failure *failure)
{
    struct store_hand hand;
    struct store_payment attempt;
    if (strcmp(decision->action, SERVICE_HAND_REFUSE) == 0)
        return STATUS_OK; /* it says why, and that is all */
    enum status status = store_hand_load(context->store, decision->id, &hand, failure);
    if (status == STATUS_OK)
        status = store_payment_load(context->store, hand.out_trade_no, &attempt, failure);
    if (status != STATUS_OK)
        return status;
    return strcmp(decision->action, SERVICE_HAND_TAKE) == 0 ? take(context, &hand, &attempt, failure)
                                                            : pay_back(context, &attempt, failure);
}

/* --- how it stands ------------------------------------------------------------------------------------- */

/* The voucher's page, or none. */
static enum status voucher_time(struct service_context *context, const char *order_id, int64_t *at_utc_s,
                                struct failure *failure)
{
    struct store_page *pages = calloc(PAGES_MAX, sizeof(*pages));
    size_t count = 0;
    check(pages != NULL);
    *at_utc_s = 0;
    enum status status = store_page_list(context->store, order_id, pages, PAGES_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        if (strcmp(pages[i].paper, SERVICE_VOUCHER_PAPER) == 0)
            *at_utc_s = pages[i].at_utc_s;
    free(pages);
    return status;
}

static enum status copy_reason(struct service_context *context, const struct store_decision *decision,
                               struct service_hand *out, struct failure *failure)
{
    struct buf reason;
    buf_init(&reason, ORDER_REASON_BYTES);
    enum status status = store_decision_reason(context->store, decision, &reason, failure);
    if (status == STATUS_OK && reason.length > 0)
        (void)text_copy(out->reason, sizeof(out->reason), (const char *)reason.data);
    buf_wipe(&reason);
    return status;
}

/* The newest refusal decides about the voucher that lay there then; one scanned after it waits again. */
static enum status load_decisions(struct service_context *context, const char *order_id, int64_t voucher_s,
                                  struct service_hand *out, struct failure *failure)
{
    struct store_decision *all = calloc(DECISIONS_MAX, sizeof(*all));
    size_t count = 0;
    const struct store_decision *refusal = NULL;
    check(all != NULL);
    enum status status =
        store_decision_list_order(context->store, order_id, all, DECISIONS_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        bool is_applied = all[i].state == STORE_DECISION_APPLIED;
        if (is_applied && strcmp(all[i].action, SERVICE_HAND_REFUSE) == 0)
            refusal = &all[i];
        out->is_signed = out->is_signed || (all[i].state == STORE_DECISION_PENDING &&
                                            strcmp(all[i].action, SERVICE_HAND_TAKE) == 0);
    }
    out->voucher = voucher_s == 0 ? SERVICE_VOUCHER_NONE : SERVICE_VOUCHER_WAITS;
    if (status == STATUS_OK && refusal != NULL && voucher_s != 0 && refusal->created_utc_s >= voucher_s) {
        out->voucher = SERVICE_VOUCHER_REFUSED;
        status = copy_reason(context, refusal, out, failure);
    }
    free(all);
    return status;
}

static enum status load_attempts(struct service_context *context, const char *order_id,
                                 struct service_hand *out, struct failure *failure)
{
    struct store_payment attempt;
    enum status status = service_hand_has_code(context, order_id, &out->has_code, failure);
    if (status == STATUS_OK)
        status = service_hand_owed(context, order_id, &attempt, failure);
    out->pay_back = status == STATUS_OK;
    if (status == STATUS_NOT_FOUND)
        status = service_hand_find(context, order_id, &attempt, failure);
    if (status == STATUS_OK) {
        (void)text_copy(out->channel, sizeof(out->channel), attempt.channel);
        out->amount_fen = attempt.amount_fen;
        out->since_utc_s = attempt.updated_utc_s;
    }
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status service_hand_load(struct service_context *context, const char *order_id, struct service_hand *out,
                              struct failure *failure)
{
    struct service_hand hand = {0};
    int64_t voucher_s = 0;
    enum status status = load_attempts(context, order_id, &hand, failure);
    if (status == STATUS_OK)
        status = voucher_time(context, order_id, &voucher_s, failure);
    if (status == STATUS_OK)
        status = load_decisions(context, order_id, voucher_s, &hand, failure);
    if (status == STATUS_OK)
        *out = hand;
    return status;
}

enum status service_hand_may_end(struct service_context *context, const char *order_id,
                                 struct failure *failure)
{
    struct service_hand hand;
    enum status status = service_hand_load(context, order_id, &hand, failure);
    bool is_here = status == STATUS_OK && hand.channel[0] != 0 && !hand.pay_back &&
                   (hand.voucher == SERVICE_VOUCHER_WAITS || hand.is_signed);
    return is_here ? failure_set(failure, STATUS_BAD_STATE, "hand", 0, "its money may be here") : status;
}
