#include "kiosk/screens/order_acts.h"

#include <stdio.h>

bool order_acts_is_mine(enum order_state state)
{
    return !order_state_is_final(state) && state != ORDER_STATE_REVIEWING && state != ORDER_STATE_REFUNDING;
}

bool order_acts_goes_on(enum product_act act)
{
    switch (act) {
    case PRODUCT_ACT_RESUME:
    case PRODUCT_ACT_CORRECT:
    case PRODUCT_ACT_PAY:
    case PRODUCT_ACT_VOUCHER:
    case PRODUCT_ACT_DOWNLOAD:
    case PRODUCT_ACT_PRINT:
        return true;
    case PRODUCT_ACT_VIEW:
    case PRODUCT_ACT_REASON:
    case PRODUCT_ACT_SHIPMENT:
    case PRODUCT_ACT_COPY:
    case PRODUCT_ACT_CANCEL:
    case PRODUCT_ACT_COUNT_:
        break;
    }
    return false;
}

enum order_event order_acts_event(const struct order *order, enum product_act act)
{
    bool is_before_review = order->state == ORDER_STATE_PRINTING || order->state == ORDER_STATE_SCANNING;
    if (act == PRODUCT_ACT_CORRECT && is_before_review)
        return ORDER_EVENT_FORM_REOPENED;
    if (act == PRODUCT_ACT_PRINT && order->state == ORDER_STATE_SCANNING)
        return ORDER_EVENT_PRINT_REOPENED;
    return act == PRODUCT_ACT_CANCEL ? ORDER_EVENT_CANCELLED : ORDER_EVENT_COUNT_;
}

static bool takes(const struct product_operation *operation, const struct order *order,
                  enum order_event event)
{
    struct order_transition transition;
    return order_apply(order, event, &operation->steps, &transition) == STATUS_OK;
}

/* A new draft like it makes sense once this one has ended, for an operation that stands alone. */
static bool can_copy(const struct product_operation *operation, const struct order *order)
{
    return operation->available && order_state_is_final(order->state) &&
           product_operation_code(operation) == PRODUCT_OPERATION_NEW;
}

/* A form can be mended while it is sent back, or before it is submitted. */
static bool is_possible(const struct product_operation *operation, const struct order *order,
                        enum product_act act)
{
    enum order_event event = order_acts_event(order, act);
    if (event != ORDER_EVENT_COUNT_)
        return takes(operation, order, event);
    if (act == PRODUCT_ACT_COPY)
        return can_copy(operation, order);
    return act != PRODUCT_ACT_CORRECT || order->state == ORDER_STATE_REJECTED;
}

bool order_acts_is_late(const struct product_operation *operation, const struct order *order,
                        enum product_act act)
{
    bool is_past = order->paid_fen > 0 || order->state == ORDER_STATE_REVIEWING;
    return is_past && !order_state_is_final(order->state) && !is_possible(operation, order, act);
}

static size_t add(struct order_choice *out, size_t count, enum product_act act, const char *label)
{
    for (size_t i = 0; i < count; i++)
        if (out[i].act == act)
            return count;
    if (count == ORDER_ACTS_MAX)
        return count;
    out[count] = (struct order_choice){.act = act, .label = label};
    return count + 1;
}

/* The program's word for going on, by the state. */
static const char *go_on_word(const struct ui *ui, enum order_state state)
{
    char key[64];
    (void)snprintf(key, sizeof(key), "orders.action.%s", order_state_name(state));
    return screen_text(ui, words_has(screen_program(ui)->words, key) ? key : "orders.continue");
}

static size_t add_buttons(const struct product *product, const struct product_operation *operation,
                          const struct order *order, bool going_on, struct order_choice *out, size_t count)
{
    for (size_t i = 0; i < product->button_count; i++) {
        const struct product_button *button = &product->buttons[i];
        if (button->state == order->state && order_acts_goes_on(button->act) == going_on &&
            is_possible(operation, order, button->act))
            count = add(out, count, button->act, button->label);
    }
    return count;
}

/* A product that says nothing of what may be done has the program's acts. */
static size_t add_silent(const struct ui *ui, const struct product *product,
                         const struct product_operation *operation, const struct order *order,
                         struct order_choice *out, size_t count)
{
    static const struct {
        enum product_act act;
        const char *word;
    } acts[] = {{PRODUCT_ACT_VIEW, "orders.view"},
                {PRODUCT_ACT_COPY, "orders.copy"},
                {PRODUCT_ACT_CANCEL, "orders.cancel"}};
    for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]) && product->button_count == 0; i++)
        if (is_possible(operation, order, acts[i].act))
            count = add(out, count, acts[i].act, screen_text(ui, acts[i].word));
    return count;
}

static size_t drop(struct order_choice *out, size_t count, enum product_act act)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (out[i].act != act)
            out[kept++] = out[i];
    return kept;
}

size_t order_acts_list(const struct ui *ui, const struct service_order_line *line,
                       struct order_choice out[ORDER_ACTS_MAX])
{
    const struct order *order = &line->order;
    bool is_sent = line->shipment.state != SERVICE_SHIPMENT_NONE && order->state != ORDER_STATE_PAYING;
    const struct product *product = catalogue_find(screen_program(ui)->catalogue, order->product);
    const struct product_operation *operation =
        product == NULL ? NULL : product_find_operation(product, order->operation);
    if (operation == NULL)
        return 0;
    size_t count = is_sent ? 0 : add_buttons(product, operation, order, true, out, 0);
    if (count == 0 && !is_sent && order_acts_is_mine(order->state))
        count = add(out, count, PRODUCT_ACT_RESUME, go_on_word(ui, order->state));
    count = add_buttons(product, operation, order, false, out, count);
    if (line->shipment.state != SERVICE_SHIPMENT_SENT)
        count = drop(out, count, PRODUCT_ACT_SHIPMENT);
    return add_silent(ui, product, operation, order, out, count);
}
