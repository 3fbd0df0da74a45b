/* The list of steps of an operation: names, places, and whether a list makes sense. */
#include <string.h>

#include "kiosk/order/order.h"

struct order_step_row {
    const char *name;
    enum order_state state;
    int rank; /* 0: anywhere between the form and issuing */
};

static const struct order_step_row order_step_rows[] = {
#define ORDER_STEP(code, name, state, rank) [ORDER_STEP_##code] = {name, ORDER_STATE_##state, rank},
#include "kiosk/order/order_steps.def"
#undef ORDER_STEP
};

const char *order_step_name(enum order_step step)
{
    return (unsigned)step < ORDER_STEP_COUNT_ ? order_step_rows[step].name : "invalid";
}

enum order_state order_step_state(enum order_step step)
{
    return order_step_rows[step].state;
}

enum status order_step_parse(const char *name, enum order_step *out)
{
    for (int i = 0; i < ORDER_STEP_COUNT_; i++) {
        if (strcmp(order_step_rows[i].name, name) == 0) {
            *out = (enum order_step)i;
            return STATUS_OK;
        }
    }
    return STATUS_NOT_FOUND;
}

enum status order_steps_position(const struct order_steps *steps, enum order_state state, size_t *position)
{
    if (state == ORDER_STATE_DONE) {
        *position = steps->count;
        return STATUS_OK;
    }
    enum order_state wanted = state == ORDER_STATE_REJECTED ? ORDER_STATE_REVIEWING : state;
    for (size_t i = 0; i < steps->count; i++) {
        if (order_step_state(steps->step[i]) == wanted) {
            *position = i;
            return STATUS_OK;
        }
    }
    return STATUS_NOT_FOUND;
}

bool order_steps_has(const struct order_steps *steps, enum order_step step)
{
    for (size_t i = 0; i < steps->count; i++) {
        if (steps->step[i] == step)
            return true;
    }
    return false;
}

bool order_steps_has_before(const struct order_steps *steps, enum order_step first, enum order_step second)
{
    bool has_first = false;
    for (size_t i = 0; i < steps->count; i++) {
        if (steps->step[i] == second)
            return has_first;
        has_first = has_first || steps->step[i] == first;
    }
    return false;
}

bool order_steps_is_on_own_key(const struct order_steps *steps)
{
    return order_steps_has(steps, ORDER_STEP_ISSUE) && !order_steps_has(steps, ORDER_STEP_PIN);
}

/* A rejection sends people back to the form or the scanner, so those must stand before review. */
static const char *order_steps_complaint_about_partners(const struct order_steps *steps)
{
    if (order_steps_has(steps, ORDER_STEP_PRINT) != order_steps_has(steps, ORDER_STEP_SCAN))
        return "print and scan together or neither";
    if (order_steps_has(steps, ORDER_STEP_ISSUE) && !order_steps_has(steps, ORDER_STEP_PIN) &&
        !order_steps_has(steps,
                         ORDER_STEP_KEY)) /* a fresh key has a transport PIN that only this step ends */
        return "pin after issue, or the own key before it";
    if (order_steps_has(steps, ORDER_STEP_ISSUE) && order_steps_has(steps, ORDER_STEP_ACT))
        return "issue or act, not both";
    if (order_steps_has(steps, ORDER_STEP_REVIEW) && !order_steps_has(steps, ORDER_STEP_SCAN))
        return "scan before review";
    return NULL;
}

const char *order_steps_complaint(const struct order_steps *steps)
{
    if (steps->count == 0 || (steps->step[0] != ORDER_STEP_FORM && steps->step[0] != ORDER_STEP_KEY))
        return "form or key as the first step";
    int rank = 0;
    for (size_t i = 0; i < steps->count; i++) {
        enum order_step step = steps->step[i];
        for (size_t j = 0; j < i; j++) {
            if (steps->step[j] == step)
                return "each step once";
        }
        int own = order_step_rows[step].rank;
        if (own == 0 && rank >= order_step_rows[ORDER_STEP_ISSUE].rank)
            return "key, pay and identity before issue and act";
        if (own != 0 && own < rank)
            return "the order form, print, scan, review, issue or act, pin, collect";
        rank = own != 0 ? own : rank;
    }
    return order_steps_complaint_about_partners(steps);
}
