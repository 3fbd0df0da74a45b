/* Names of the order's lists, a fresh order, and what a rejection opens again. */
#include "kiosk/order/order.h"

#include <string.h>

#include "kiosk/base/encode.h"
#include "kiosk/base/text.h"

static const char *const order_state_names[] = {
#define ORDER_STATE(code, name, is_final) [ORDER_STATE_##code] = name,
#include "kiosk/order/order_states.def"
#undef ORDER_STATE
};

static const bool order_state_finals[] = {
#define ORDER_STATE(code, name, is_final) [ORDER_STATE_##code] = is_final,
#include "kiosk/order/order_states.def"
#undef ORDER_STATE
};

static const char *const order_event_names[] = {
#define ORDER_EVENT(code, name) [ORDER_EVENT_##code] = name,
#include "kiosk/order/order_events.def"
#undef ORDER_EVENT
};

const char *order_state_name(enum order_state state)
{
    return (unsigned)state < ORDER_STATE_COUNT_ ? order_state_names[state] : "invalid";
}

const char *order_event_name(enum order_event event)
{
    return (unsigned)event < ORDER_EVENT_COUNT_ ? order_event_names[event] : "invalid";
}

bool order_state_is_final(enum order_state state)
{
    return (unsigned)state < ORDER_STATE_COUNT_ && order_state_finals[state];
}

static enum status order_parse_name(const char *const *names, int count, const char *name, int *out)
{
    for (int i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            *out = i;
            return STATUS_OK;
        }
    }
    return STATUS_NOT_FOUND;
}

enum status order_state_parse(const char *name, enum order_state *out)
{
    int index = 0;
    enum status status = order_parse_name(order_state_names, ORDER_STATE_COUNT_, name, &index);
    if (status == STATUS_OK)
        *out = (enum order_state)index;
    return status;
}

enum status order_event_parse(const char *name, enum order_event *out)
{
    int index = 0;
    enum status status = order_parse_name(order_event_names, ORDER_EVENT_COUNT_, name, &index);
    if (status == STATUS_OK)
        *out = (enum order_event)index;
    return status;
}

void order_id_make(const struct random *random, char out[ORDER_ID_BYTES])
{
    uint8_t bytes[(ORDER_ID_BYTES - 1) / 2];
    random_fill(random, bytes, sizeof bytes);
    encode_hex(out, bytes, sizeof bytes);
}

enum status order_init(struct order *order, const struct random *random, const char *product,
                       const char *class_id, const char *operation, const char *terminal, int64_t amount_fen,
                       const struct order_steps *steps, int64_t now_utc_s)
{
    if (amount_fen < 0 || steps->count == 0)
        return STATUS_MALFORMED;
    struct order fresh = {.state = order_step_state(steps->step[0]),
                          .amount_fen = amount_fen,
                          .created_utc_s = now_utc_s,
                          .updated_utc_s = now_utc_s};
    if (!text_copy(fresh.product, sizeof fresh.product, product) ||
        !text_copy(fresh.class_id, sizeof fresh.class_id, class_id) ||
        !text_copy(fresh.operation, sizeof fresh.operation, operation) ||
        !text_copy(fresh.terminal, sizeof fresh.terminal, terminal))
        return STATUS_FULL;
    order_id_make(random, fresh.id);
    *order = fresh;
    return STATUS_OK;
}

static bool order_has_rejection(const struct order_rejections *rejections, enum order_item_kind kind,
                                const char *item)
{
    for (size_t i = 0; i < rejections->count; i++) {
        const struct order_rejection *rejection = &rejections->item[i];
        if (rejection->kind == kind && (item == NULL || strcmp(rejection->item, item) == 0))
            return true;
    }
    return false;
}

enum status order_correction_event(const struct order_rejections *rejections, enum order_event *out)
{
    if (rejections->count == 0)
        return STATUS_NOT_FOUND;
    bool has_field = order_has_rejection(rejections, ORDER_ITEM_FIELD, NULL);
    *out = has_field ? ORDER_EVENT_FORM_CORRECTING : ORDER_EVENT_PAPERS_CORRECTING;
    return STATUS_OK;
}

bool order_field_is_open(const struct order_rejections *rejections, const char *field)
{
    return rejections->count == 0 || order_has_rejection(rejections, ORDER_ITEM_FIELD, field);
}

bool order_paper_is_open(const struct order_rejections *rejections, const char *paper, const char *form_paper)
{
    if (rejections->count == 0 || order_has_rejection(rejections, ORDER_ITEM_PAPER, paper))
        return true;
    bool is_form = form_paper != NULL && strcmp(paper, form_paper) == 0;
    return is_form && order_has_rejection(rejections, ORDER_ITEM_FIELD, NULL);
}
