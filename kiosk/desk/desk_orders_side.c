/* The order in hand: what is known of it, and its money: given up for a reason that is chosen or written, or
 * a refused refund asked for again. */
#include <stdio.h>
#include <string.h>

#include "kiosk/desk/desk_orders.h"

enum { PAIR = 32, BUTTON = 44, REASON_ROWS = 96, OWN = 62 };

static const char *const reasons[] = {"asked", "key", "authority", "mistaken"};
enum { REASONS = sizeof(reasons) / sizeof(reasons[0]) };

static const char *reason_words(const struct ui *ui, size_t index)
{
    char key[WORDS_KEY_BYTES];
    (void)snprintf(key, sizeof(key), "desk.give_up.reason.%s", reasons[index]);
    return desk_text(ui, key);
}

/* What is kept with the decision: the clerk's own words before a chosen reason. */
static const char *given_reason(const struct desk_orders_state *state, const struct ui *ui)
{
    return state->own.text[0] != 0 ? state->own.text
           : state->reason > 0     ? reason_words(ui, state->reason - 1)
                                   : "";
}

/* --- events -------------------------------------------------------------------------------------------- */

static void on_printed(struct desk_orders_state *state, const struct ui *ui,
                       const struct service_reply *reply)
{
    char number[24];
    state->printing = 0;
    (void)snprintf(number, sizeof(number), "%lld", (long long)reply->number);
    if (reply->status != STATUS_OK)
        desk_reason(ui, reply, state->message, sizeof(state->message));
    else
        desk_format(ui, state->message, sizeof(state->message), "desk.slip.done", {"number", number});
}

static bool on_reply(struct desk_orders_state *state, struct ui *ui, const struct ui_event *event)
{
    const struct service_reply *reply = event->data;
    bool gives_up = ui_replied(event, state->giving_up);
    if (ui_replied(event, state->printing)) {
        on_printed(state, ui, reply);
        return true;
    }
    if (!gives_up && !ui_replied(event, state->retrying))
        return false;
    *(gives_up ? &state->giving_up : &state->retrying) = 0;
    if (reply->status != STATUS_OK)
        desk_reason(ui, reply, state->message, sizeof(state->message));
    else
        (void)snprintf(state->message, sizeof(state->message), "%s",
                       desk_text(ui, gives_up ? "desk.give_up.done" : "desk.refund.done"));
    return true;
}

static void ask(struct desk_orders_state *state, bool asking)
{
    state->asking = asking;
    state->reason = 0;
    text_edit_set(&state->own, "");
}

static void give_up(struct desk_orders_state *state, struct ui *ui)
{
    const struct service_queue_line *line = desk_orders_chosen(state, ui);
    const char *reason = given_reason(state, ui);
    if (line == NULL || reason[0] == 0 || state->giving_up != 0)
        return;
    state->giving_up = service_desk_give_up(desk_program(ui)->services, line->order.id, reason);
    ask(state, false);
}

static bool on_dialog(struct desk_orders_state *state, struct ui *ui, const struct ui_event *event)
{
    if (ui_tapped(event, "give_up.no"))
        ask(state, false);
    else if (ui_tapped(event, "give_up.yes"))
        give_up(state, ui);
    else if (ui_tapped_prefix(event, "give_up.reason."))
        state->reason = (size_t)event->tag + 1;
    else if (event->kind == UI_EVENT_NEXT)
        ui_focus(ui, NULL);
    return true;
}

bool desk_orders_side_event(struct desk_orders_state *state, struct ui *ui, const struct ui_event *event)
{
    const struct service_queue_line *line = desk_orders_chosen(state, ui);
    if (event->kind == UI_EVENT_REPLY)
        return on_reply(state, ui, event);
    if (state->asking)
        return on_dialog(state, ui, event);
    if (ui_tapped(event, "order.give_up"))
        ask(state, line != NULL && line->may_give_up);
    else if (ui_tapped(event, "order.refund_retry") && line != NULL && line->alarm && state->retrying == 0)
        state->retrying = service_desk_refund_retry(desk_program(ui)->services, line->order.id);
    else if (ui_tapped(event, "order.slip") && line != NULL && state->printing == 0)
        state->printing = service_desk_slip(desk_program(ui)->services, line->order.id);
    else
        return false;
    return true;
}

/* --- drawing ------------------------------------------------------------------------------------------- */

static void draw_pair(struct ui *ui, struct rect *area, const char *key, const char *value)
{
    char shown[192];
    struct rect row = rect_cut_top(area, PAIR);
    (void)widget_label(ui, rect_cut_left(&row, 84),
                       &(struct widget_label){.text = desk_text(ui, key),
                                              .type = THEME_TYPE_DESK_TABLE,
                                              .color = THEME_COLOR_INK700,
                                              .middle = true});
    widget_label_fit(ui, THEME_TYPE_DESK_TABLE, value[0] != 0 ? value : "–", row.w, shown, sizeof(shown));
    (void)widget_label(ui, row,
                       &(struct widget_label){.text = shown,
                                              .type = THEME_TYPE_DESK_TABLE,
                                              .align = WIDGET_RIGHT,
                                              .middle = true,
                                              .is_private = true});
}

static void draw_order(struct ui *ui, struct rect *r, const struct service_queue_line *line)
{
    const struct order *order = &line->order;
    char subject[DESK_SUBJECT_BYTES];
    char amount[DESK_AMOUNT_BYTES];
    char begun[32] = "";
    char changed[32] = "";
    desk_subject(ui, order, subject);
    desk_amount(order->amount_fen, amount);
    (void)clock_format_hall(order->created_utc_s, "%Y-%m-%d %H:%M:%S", begun, sizeof(begun));
    (void)clock_format_hall(order->updated_utc_s, "%Y-%m-%d %H:%M:%S", changed, sizeof(changed));
    draw_pair(ui, r, "desk.column.unit", line->unit);
    draw_pair(ui, r, "desk.column.business", subject);
    draw_pair(ui, r, "desk.column.state", desk_orders_label(ui, order));
    draw_pair(ui, r, "desk.column.amount", amount);
    draw_pair(ui, r, "desk.column.terminal", order->terminal);
    draw_pair(ui, r, "desk.column.begun", begun);
    draw_pair(ui, r, "desk.column.changed", changed);
}

/* A key that waits, of a product that hands keys over by code. */
static bool has_slip(const struct ui *ui, const struct service_queue_line *line)
{
    const struct product *product = catalogue_find(desk_program(ui)->catalogue, line->order.product);
    return product != NULL && product_hands_over(product, PRODUCT_PICKUP_CODE) &&
           line->order.state == ORDER_STATE_ISSUING;
}

static void draw_slip(const struct desk_orders_state *state, struct ui *ui, struct rect area)
{
    (void)widget_button(ui, area,
                        &(struct widget_button){.id = "order.slip",
                                                .label = desk_text(ui, "desk.slip.print"),
                                                .look = WIDGET_BUTTON_SECONDARY,
                                                .icon = ICON_PRINTER,
                                                .busy = state->printing != 0});
}

static void draw_buttons(const struct desk_orders_state *state, struct ui *ui, struct rect area,
                         const struct service_queue_line *line)
{
    if (line->alarm)
        (void)widget_button(ui, rect_cut_bottom(&area, BUTTON),
                            &(struct widget_button){.id = "order.refund_retry",
                                                    .label = desk_text(ui, "desk.refund.retry"),
                                                    .look = WIDGET_BUTTON_PRIMARY,
                                                    .icon = ICON_REFRESH,
                                                    .busy = state->retrying != 0});
    else
        (void)widget_button(ui, rect_cut_bottom(&area, BUTTON),
                            &(struct widget_button){.id = "order.give_up",
                                                    .label = desk_text(ui, "desk.orders.give_up"),
                                                    .look = WIDGET_BUTTON_REFUSE,
                                                    .disabled = !line->may_give_up,
                                                    .busy = state->giving_up != 0});
}

void desk_orders_side_draw(struct desk_orders_state *state, struct ui *ui, struct rect area)
{
    const struct service_queue_line *line = desk_orders_chosen(state, ui);
    struct rect r = rect_inset(
        ui_page_desk_panel(
            ui, area, line == NULL ? desk_text(ui, "desk.orders.details") : line->order.acceptance, NULL),
        16, 12);
    if (line == NULL) {
        (void)widget_label(ui, rect_cut_top(&r, 60),
                           &(struct widget_label){.text = desk_text(ui, "desk.orders.choose"),
                                                  .type = THEME_TYPE_DESK,
                                                  .color = THEME_COLOR_INK700});
        return;
    }
    draw_buttons(state, ui, rect_cut_bottom(&r, BUTTON), line);
    (void)rect_cut_bottom(&r, 8);
    if (has_slip(ui, line)) {
        draw_slip(state, ui, rect_cut_bottom(&r, BUTTON));
        (void)rect_cut_bottom(&r, 8);
    }
    draw_order(ui, &r, line);
    (void)rect_cut_top(&r, 8);
    if (line->alarm)
        (void)widget_notice_banner(ui, rect_cut_top(&r, 72),
                                   &(struct widget_notice){.id = "order.alarm",
                                                           .tone = WIDGET_NOTICE_ERROR,
                                                           .line = desk_text(ui, "desk.refund.line"),
                                                           .quiet = true});
    (void)widget_label(ui, rect_cut_bottom(&r, 44),
                       &(struct widget_label){.id = "order.message",
                                              .text = state->message,
                                              .type = THEME_TYPE_DESK_CAPTION,
                                              .color = THEME_COLOR_INK700,
                                              .middle = true});
}

static void draw_reasons(const struct desk_orders_state *state, struct ui *ui, struct rect area)
{
    for (size_t i = 0; i < REASONS; i++) {
        char id[64];
        (void)snprintf(id, sizeof(id), "give_up.reason.%s", reasons[i]);
        (void)widget_button(ui, rect_column(rect_row(area, (int)i / 2, 2, 8), (int)i % 2, 2, 8),
                            &(struct widget_button){.id = id,
                                                    .label = reason_words(ui, i),
                                                    .look = WIDGET_BUTTON_NEUTRAL,
                                                    .type = THEME_TYPE_DESK_CAPTION,
                                                    .selected = state->reason == i + 1,
                                                    .tag = (int64_t)i});
    }
}

void desk_orders_dialog_draw(struct desk_orders_state *state, struct ui *ui)
{
    if (!state->asking)
        return;
    struct rect r =
        widget_dialog_begin(ui,
                            &(struct widget_dialog){.id = "give_up",
                                                    .title = desk_text(ui, "desk.give_up.title"),
                                                    .line = desk_text(ui, "desk.give_up.line"),
                                                    .icon = ICON_WARNING,
                                                    .left = {.id = "give_up.no",
                                                             .label = desk_text(ui, "desk.give_up.no"),
                                                             .look = WIDGET_BUTTON_NEUTRAL,
                                                             .shortcut = "Esc"},
                                                    .primary = {.id = "give_up.yes",
                                                                .label = desk_text(ui, "desk.give_up.yes"),
                                                                .look = WIDGET_BUTTON_DANGER,
                                                                .disabled = given_reason(state, ui)[0] == 0}},
                            REASON_ROWS + OWN);
    draw_reasons(state, ui, rect_cut_top(&r, REASON_ROWS - 12));
    (void)rect_cut_top(&r, 12);
    (void)widget_field(ui, r,
                       &(struct widget_field){.id = "give_up.own",
                                              .label = desk_text(ui, "desk.give_up.own"),
                                              .edit = &state->own});
    widget_dialog_end(ui);
}
