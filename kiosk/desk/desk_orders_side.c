/* The order in hand: what is known of it, and its money: given up for a reason that is chosen or written, or
 * a refused refund asked for again. */
#include <stdio.h>
#include <string.h>

#include "kiosk/desk/desk_orders.h"
#include "kiosk/desk/reason_choice.h"
#include "kiosk/desk/record_table.h"

enum { PAIR = 32, BUTTON = 44, REASON_ROWS = 96, FIELD = 74 };

/* How an order may be ended: its money given back, closed before there was any, or forced to its end while
 * its key is stuck, for which the clerk finds own words. */
struct ending {
    const char *words; /* keys "desk.<words>." */
    bool by_two;       /* under two names */
    const char *reasons[REASON_CHOICE_COUNT];
};
static const struct ending give_back = {"give_up", true, {"asked", "key", "authority", "mistaken"}};
static const struct ending close_it = {"close", false, {"asked", "mistaken", "twice", "left"}};
static const struct ending force_it = {"force", true, {NULL}};

static const struct ending *ending_of(const struct service_queue_line *line)
{
    if (line == NULL || (!line->may_close && !line->may_give_up))
        return NULL;
    return line->may_close ? &close_it : line->order.paid_fen > 0 ? &give_back : &force_it;
}

static const char *ending_text(const struct ui *ui, const struct ending *ending, const char *what)
{
    char key[WORDS_KEY_BYTES];
    (void)snprintf(key, sizeof(key), "desk.%s.%s", ending->words, what);
    return desk_text(ui, key);
}

static struct reason_choice choice_of(const struct desk_orders_state *state, const struct ending *ending)
{
    return (struct reason_choice){.id = "give_up",
                                  .words = ending->words,
                                  .names = ending->reasons,
                                  .chosen = state->reason,
                                  .own = state->own.text};
}

/* --- events -------------------------------------------------------------------------------------------- */

static void on_printed(struct desk_orders_state *state, const struct ui *ui,
                       const struct service_reply *reply, const char *done)
{
    char number[24];
    (void)snprintf(number, sizeof(number), "%lld", (long long)reply->number);
    if (reply->status != STATUS_OK)
        desk_reason(ui, reply, state->message, sizeof(state->message));
    else
        desk_format(ui, state->message, sizeof(state->message), done, {"number", number});
}

static void ask(struct desk_orders_state *state, bool asking)
{
    state->asking = asking;
    state->reason = 0;
    text_edit_set(&state->own, "");
    text_edit_set(&state->second, "");
    text_edit_wipe(&state->password);
}

static bool on_reply(struct desk_orders_state *state, struct ui *ui, const struct ui_event *event)
{
    const struct service_reply *reply = event->data;
    bool gives_up = ui_replied(event, state->giving_up);
    bool is_receipt = ui_replied(event, state->receipt);
    if (is_receipt || ui_replied(event, state->printing)) {
        *(is_receipt ? &state->receipt : &state->printing) = 0;
        on_printed(state, ui, reply, is_receipt ? "desk.receipt.done" : "desk.slip.done");
        return true;
    }
    if (!gives_up && !ui_replied(event, state->retrying))
        return false;
    *(gives_up ? &state->giving_up : &state->retrying) = 0;
    bool is_again = gives_up && state->by_two && reply->status == STATUS_REFUSED &&
                    reply->reason != SERVICE_REASON_CHANGED;
    if (gives_up && !is_again) /* a wrong password or name may be typed again, or another one's */
        ask(state, false);
    (void)desk_told(ui, reply,
                    !gives_up        ? "desk.refund.done"
                    : state->refunds ? "desk.give_up.done"
                                     : "desk.close.done",
                    state->message, sizeof(state->message));
    return true;
}

static void begin(struct desk_orders_state *state, bool asking)
{
    state->message[0] = 0;
    ask(state, asking);
}

static bool is_whole(const struct desk_orders_state *state, const struct ui *ui, const struct ending *ending)
{
    bool has_second = state->second.length > 0 && state->password.length > 0;
    if (ending == NULL || (ending->by_two && !has_second))
        return false;
    struct reason_choice choice = choice_of(state, ending);
    return reason_choice_given(ui, &choice)[0] != 0;
}

static void give_up(struct desk_orders_state *state, struct ui *ui)
{
    const struct service_queue_line *line = desk_orders_chosen(state, ui);
    const struct ending *ending = ending_of(line);
    struct services *services = desk_program(ui)->services;
    struct secret password = {0};
    if (!is_whole(state, ui, ending) || state->giving_up != 0)
        return;
    struct reason_choice choice = choice_of(state, ending);
    const char *reason = reason_choice_given(ui, &choice);
    state->refunds = ending == &give_back;
    state->by_two = ending->by_two;
    if (!state->by_two)
        state->giving_up = service_desk_close_order(services, line->order.id, reason);
    else if (secret_set(&password, state->password.text, state->password.length) == STATUS_OK)
        state->giving_up =
            service_desk_give_up(services, line->order.id, reason, state->second.text, &password);
    secret_wipe(&password);
    text_edit_wipe(&state->password);
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
        ui_focus(ui, strcmp(event->id, "give_up.second") == 0 ? "give_up.password" : NULL);
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
        begin(state, ending_of(line) != NULL);
    else if (ui_tapped(event, "order.refund_retry") && line != NULL && line->alarm && state->retrying == 0)
        state->retrying = service_desk_refund_retry(desk_program(ui)->services, line->order.id);
    else if (ui_tapped(event, "order.slip") && line != NULL && state->printing == 0)
        state->printing = service_desk_slip(desk_program(ui)->services, line->order.id);
    else if (ui_tapped(event, "order.receipt") && line != NULL && state->receipt == 0)
        state->receipt = service_desk_receipt(desk_program(ui)->services, line->order.id);
    else
        return false;
    return true;
}

/* --- drawing ------------------------------------------------------------------------------------------- */

static void draw_pair(struct ui *ui, struct rect *area, const char *key, const char *value)
{
    record_table_draw_pair(ui, rect_cut_top(area, PAIR), key, value, true);
}

/* What the holder said of the certificate, or that silence says it. */
static void draw_consent(struct ui *ui, struct rect *r, const struct service_consent *consent)
{
    static const char *const keys[] = {[SERVICE_CONSENT_ASKED] = "desk.consent.asked",
                                       [SERVICE_CONSENT_GIVEN] = "desk.consent.given",
                                       [SERVICE_CONSENT_SILENT] = "desk.consent.silent",
                                       [SERVICE_CONSENT_OBJECTED] = "desk.consent.objected"};
    char key[64];
    char when[32] = "";
    char text[160];
    if (consent->state == SERVICE_CONSENT_NONE)
        return;
    if (consent->at_utc_s != 0)
        (void)clock_format_hall(consent->at_utc_s, "%m-%d %H:%M", when, sizeof(when));
    (void)snprintf(key, sizeof(key), "objection.%.40s", consent->objection);
    desk_format(ui, text, sizeof(text), keys[consent->state], {"time", when},
                {"objection", consent->objection[0] == 0 ? "" : desk_text(ui, key)});
    draw_pair(ui, r, "desk.consent.name", text);
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
    if (line->key_number[0] != 0)
        draw_pair(ui, r, "desk.column.key", line->key_number);
    draw_pair(ui, r, "desk.column.terminal", order->terminal);
    draw_pair(ui, r, "desk.column.begun", begun);
    draw_pair(ui, r, "desk.column.changed", changed);
    draw_consent(ui, r, &line->consent);
    if (line->soft == SERVICE_CERTIFICATE_SOFT_OPEN || line->soft == SERVICE_CERTIFICATE_SOFT_WRITTEN)
        draw_pair(ui, r, "desk.soft.name",
                  desk_text(ui, line->soft == SERVICE_CERTIFICATE_SOFT_OPEN ? "desk.soft.open"
                                                                            : "desk.soft.written"));
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

static void draw_receipt(const struct desk_orders_state *state, struct ui *ui, struct rect area)
{
    (void)widget_button(ui, area,
                        &(struct widget_button){.id = "order.receipt",
                                                .label = desk_text(ui, "desk.receipt.print"),
                                                .look = WIDGET_BUTTON_NEUTRAL,
                                                .icon = ICON_RECEIPT,
                                                .busy = state->receipt != 0});
}

static void draw_buttons(const struct desk_orders_state *state, struct ui *ui, struct rect area,
                         const struct service_queue_line *line)
{
    const struct ending *ending = ending_of(line);
    if (line->alarm)
        (void)widget_button(ui, rect_cut_bottom(&area, BUTTON),
                            &(struct widget_button){.id = "order.refund_retry",
                                                    .label = desk_text(ui, "desk.refund.retry"),
                                                    .look = WIDGET_BUTTON_PRIMARY,
                                                    .icon = ICON_REFRESH,
                                                    .busy = state->retrying != 0});
    else
        (void)widget_button(
            ui, rect_cut_bottom(&area, BUTTON),
            &(struct widget_button){.id = "order.give_up",
                                    .label = ending_text(ui, ending == NULL ? &give_back : ending, "button"),
                                    .look = WIDGET_BUTTON_REFUSE,
                                    .disabled = ending == NULL,
                                    .busy = state->giving_up != 0});
}

static void draw_message(const struct desk_orders_state *state, struct ui *ui, struct rect *r)
{
    (void)widget_label(ui, rect_cut_bottom(r, 44),
                       &(struct widget_label){.id = "order.message",
                                              .text = state->message,
                                              .type = THEME_TYPE_DESK_CAPTION,
                                              .color = THEME_COLOR_INK700,
                                              .middle = true});
}

void desk_orders_side_draw(struct desk_orders_state *state, struct ui *ui, struct rect area)
{
    const struct service_queue_line *line = desk_orders_chosen(state, ui);
    struct rect r = record_table_draw_side(ui, area, "orders", line == NULL ? NULL : line->order.acceptance);
    if (line == NULL) { /* what was done may have taken it off the list */
        draw_message(state, ui, &r);
        return;
    }
    draw_buttons(state, ui, rect_cut_bottom(&r, BUTTON), line);
    (void)rect_cut_bottom(&r, 8);
    draw_receipt(state, ui, rect_cut_bottom(&r, BUTTON));
    (void)rect_cut_bottom(&r, 8);
    if (has_slip(ui, line)) {
        draw_slip(state, ui, rect_cut_bottom(&r, BUTTON));
        (void)rect_cut_bottom(&r, 8);
    }
    desk_orders_soft_button(state, ui, &r, line);
    draw_order(ui, &r, line);
    (void)rect_cut_top(&r, 8);
    if (line->alarm)
        (void)widget_notice_banner(ui, rect_cut_top(&r, 72),
                                   &(struct widget_notice){.id = "order.alarm",
                                                           .tone = WIDGET_NOTICE_ERROR,
                                                           .line = desk_text(ui, "desk.refund.line"),
                                                           .quiet = true});
    draw_message(state, ui, &r);
}

/* The colleague who signs, too. */
static void draw_second(struct desk_orders_state *state, struct ui *ui, struct rect area)
{
    (void)widget_field(ui, rect_column(area, 0, 2, 12),
                       &(struct widget_field){.id = "give_up.second",
                                              .label = desk_text(ui, "desk.give_up.second"),
                                              .edit = &state->second});
    (void)widget_field(ui, rect_column(area, 1, 2, 12),
                       &(struct widget_field){.id = "give_up.password",
                                              .label = desk_text(ui, "desk.give_up.password"),
                                              .edit = &state->password});
}

void desk_orders_dialog_draw(struct desk_orders_state *state, struct ui *ui)
{
    const struct ending *ending = ending_of(desk_orders_chosen(state, ui));
    if (!state->asking || ending == NULL)
        return;
    struct reason_choice choice = choice_of(state, ending);
    bool has_list = ending->reasons[0] != NULL;
    struct rect r =
        widget_dialog_begin(ui,
                            &(struct widget_dialog){.id = "give_up",
                                                    .title = ending_text(ui, ending, "title"),
                                                    .line = state->message[0] != 0 && state->giving_up == 0
                                                                ? state->message
                                                                : ending_text(ui, ending, "line"),
                                                    .icon = ICON_WARNING,
                                                    .left = {.id = "give_up.no",
                                                             .label = ending_text(ui, ending, "no"),
                                                             .look = WIDGET_BUTTON_NEUTRAL,
                                                             .shortcut = "Esc"},
                                                    .primary = {.id = "give_up.yes",
                                                                .label = ending_text(ui, ending, "yes"),
                                                                .look = WIDGET_BUTTON_DANGER,
                                                                .busy = state->giving_up != 0,
                                                                .disabled = !is_whole(state, ui, ending)}},
                            FIELD + (has_list ? REASON_ROWS : 0) + (ending->by_two ? FIELD : 0));
    if (has_list) {
        reason_choice_draw(ui, rect_cut_top(&r, REASON_ROWS - 12), &choice);
        (void)rect_cut_top(&r, 12);
    }
    (void)widget_field(
        ui, rect_cut_top(&r, FIELD),
        &(struct widget_field){.id = "give_up.own",
                               .label = desk_text(ui, has_list ? "desk.give_up.own" : "desk.force.own"),
                               .edit = &state->own});
    if (ending->by_two)
        draw_second(state, ui, r);
    widget_dialog_end(ui);
}
