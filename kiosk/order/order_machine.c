/* The table of an order's life, and the one place where an order's state is assigned. */
#include "kiosk/base/check.h"
#include "kiosk/order/order.h"

/* Targets that depend on the order: behind the states, so that one column holds both. */
enum order_target {
    TARGET_NEXT = ORDER_STATE_COUNT_, /* the next step of the list */
    TARGET_GIVE_BACK                  /* REFUNDING when money is held, else CLOSED */
};

enum order_guard {
    GUARD_NONE,
    GUARD_UNPAID, /* no money is held */
    GUARD_HELD,   /* money is held */
    GUARD_DUE     /* something is due and not held */
};

struct order_row {
    enum order_state from;
    enum order_event event;
    int target; /* an order_state or an order_target */
    enum order_guard guard;
};

#define ROW(from, event, target)                                                                             \
    {                                                                                                        \
        ORDER_STATE_##from, ORDER_EVENT_##event, target, GUARD_NONE                                          \
    }
#define GUARDED(from, event, target, guard)                                                                  \
    {                                                                                                        \
        ORDER_STATE_##from, ORDER_EVENT_##event, target, GUARD_##guard                                       \
    }
/* Every state before issuing can be left for good: by the applicant or the hall while nothing is paid, else
 * by giving up, which ends in a refund. */
#define LEAVING(from)                                                                                        \
    GUARDED(from, CANCELLED, ORDER_STATE_CANCELLED, UNPAID),                                                 \
        GUARDED(from, CLOSED, ORDER_STATE_CLOSED, UNPAID), GUARDED(from, GIVEN_UP, TARGET_GIVE_BACK, HELD)

static const struct order_row order_rows[] = {
    ROW(DRAFT, FORM_COMPLETED, TARGET_NEXT),
    LEAVING(DRAFT),
    ROW(KEY, KEY_SHOWN, TARGET_NEXT),
    LEAVING(KEY),
    ROW(PRINTING, PRINTED, TARGET_NEXT),
    ROW(PRINTING, FORM_REOPENED, ORDER_STATE_DRAFT),
    LEAVING(PRINTING),
    ROW(SCANNING, SCANNED, TARGET_NEXT),
    ROW(SCANNING, FORM_REOPENED, ORDER_STATE_DRAFT),
    ROW(SCANNING, PRINT_REOPENED, ORDER_STATE_PRINTING),
    LEAVING(SCANNING),
    ROW(IDENTIFYING, IDENTIFIED, TARGET_NEXT),
    ROW(IDENTIFYING, FORM_CORRECTING, ORDER_STATE_DRAFT),
    LEAVING(IDENTIFYING),
    ROW(REVIEWING, APPROVED, TARGET_NEXT),
    ROW(REVIEWING, REJECTED, ORDER_STATE_REJECTED),
    LEAVING(REVIEWING),
    ROW(REJECTED, FORM_CORRECTING, ORDER_STATE_DRAFT),
    ROW(REJECTED, PAPERS_CORRECTING, ORDER_STATE_SCANNING),
    LEAVING(REJECTED),
    GUARDED(PAYING, PAID, TARGET_NEXT, DUE),
    GUARDED(PAYING, EXPIRED, ORDER_STATE_CLOSED, UNPAID),
    LEAVING(PAYING),
    ROW(ISSUING, KEY_PROVEN, TARGET_NEXT),
    ROW(ISSUING, GIVEN_UP, TARGET_GIVE_BACK),
    ROW(ACTING, ACTED, TARGET_NEXT),
    ROW(ACTING, GIVEN_UP, TARGET_GIVE_BACK),
    ROW(PIN, PIN_SET, TARGET_NEXT),
    ROW(PIN, KEY_NEXT, ORDER_STATE_ISSUING),
    ROW(PIN, KEY_FAILED, ORDER_STATE_ISSUING),
    ROW(PIN, GIVEN_UP, TARGET_GIVE_BACK),
    ROW(COLLECTING, TAKEN, TARGET_NEXT),
    GUARDED(REFUNDING, REFUNDED, ORDER_STATE_REFUNDED, HELD),
};

static bool order_guard_holds(const struct order *order, enum order_guard guard)
{
    switch (guard) {
    case GUARD_NONE:
        return true;
    case GUARD_UNPAID:
        return order->paid_fen == 0;
    case GUARD_HELD:
        return order->paid_fen > 0;
    case GUARD_DUE:
        return order->paid_fen < order->amount_fen;
    }
    return false;
}

static const struct order_row *order_find_row(const struct order *order, enum order_event event)
{
    for (size_t i = 0; i < sizeof order_rows / sizeof order_rows[0]; i++) {
        const struct order_row *row = &order_rows[i];
        if (row->from == order->state && row->event == event && order_guard_holds(order, row->guard))
            return row;
    }
    return NULL;
}

/* The first step behind the present one that is not passed over. */
static enum status order_next_state(const struct order *order, const struct order_steps *steps,
                                    int64_t paid_fen, enum order_state *out)
{
    size_t position = 0;
    enum status status = order_steps_position(steps, order->state, &position);
    if (status != STATUS_OK)
        return STATUS_BAD_STATE;
    for (size_t i = position + 1; i < steps->count; i++) {
        if (steps->step[i] == ORDER_STEP_PAY && paid_fen >= order->amount_fen)
            continue;
        *out = order_step_state(steps->step[i]);
        return STATUS_OK;
    }
    *out = ORDER_STATE_DONE;
    return STATUS_OK;
}

static int64_t order_paid_after(const struct order *order, enum order_event event)
{
    if (event == ORDER_EVENT_PAID)
        return order->amount_fen;
    return event == ORDER_EVENT_REFUNDED ? 0 : order->paid_fen;
}

enum status order_apply(const struct order *order, enum order_event event, const struct order_steps *steps,
                        struct order_transition *out)
{
    const struct order_row *row = order_find_row(order, event);
    if (row == NULL)
        return STATUS_BAD_STATE;
    struct order_transition transition = {
        .from = order->state, .event = event, .paid_fen = order_paid_after(order, event)};
    if (row->target == TARGET_NEXT) {
        enum status status = order_next_state(order, steps, transition.paid_fen, &transition.to);
        if (status != STATUS_OK)
            return status;
    } else if (row->target == TARGET_GIVE_BACK) {
        transition.to = order->paid_fen > 0 ? ORDER_STATE_REFUNDING : ORDER_STATE_CLOSED;
    } else {
        transition.to = (enum order_state)row->target;
    }
    *out = transition;
    return STATUS_OK;
}

void order_enter(struct order *order, const struct order_transition *transition, int64_t now_utc_s)
{
    check(order->state == transition->from);
    order->state = transition->to;
    order->paid_fen = transition->paid_fen;
    order->version++;
    order->updated_utc_s = now_utc_s;
}
