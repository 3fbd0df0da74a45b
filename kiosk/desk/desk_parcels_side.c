/* The parcel in hand: where it goes, the key that is made for it, the courier's number; or the message that
 * failed. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_parcels.h"
#include "kiosk/desk/record_table.h"

enum { PAIR = 30, GAP = 10, FIELD = 62, CARRIERS = 40 };

/* --- events -------------------------------------------------------------------------------------------- */

static void tell(struct desk_parcels_state *state, const struct ui *ui, const struct service_reply *reply,
                 const char *done)
{
    state->is_error = !desk_told(ui, reply, done, state->message, sizeof(state->message));
    if (reply->status == STATUS_UNSUPPORTED)
        (void)text_copy(state->message, sizeof(state->message), desk_text(ui, "desk.parcels.no_writer"));
}

static bool on_reply(struct desk_parcels_state *state, struct ui *ui, const struct ui_event *event)
{
    const struct service_reply *reply = event->data;
    if (ui_replied(event, state->making)) {
        state->making = 0;
        state->offers_erase = reply->reason == SERVICE_REASON_KEY_CARRIES;
        tell(state, ui, reply, "desk.parcels.made");
        if (state->listing == 0)
            state->listing = service_desk_parcels(desk_program(ui)->services);
    } else if (ui_replied(event, state->sending)) {
        state->sending = 0;
        tell(state, ui, reply, "desk.parcels.sent_done");
        if (reply->status == STATUS_OK)
            text_edit_set(&state->number, "");
    } else if (ui_replied(event, state->trying)) {
        state->trying = 0;
        tell(state, ui, reply, "desk.notice.again_done");
    } else {
        return false;
    }
    return true;
}

static void make(struct desk_parcels_state *state, struct ui *ui, bool may_erase)
{
    if (state->making != 0)
        return;
    state->message[0] = 0;
    state->offers_erase = false;
    state->making = service_desk_make(desk_program(ui)->services, state->chosen, may_erase);
}

static void send(struct desk_parcels_state *state, struct ui *ui)
{
    if (state->sending == 0 && state->number.text[0] != 0)
        state->sending = service_desk_send(desk_program(ui)->services, state->chosen,
                                           carrier_name(state->carrier), state->number.text);
}

bool desk_parcels_side_event(struct desk_parcels_state *state, struct ui *ui, const struct ui_event *event)
{
    if (event->kind == UI_EVENT_REPLY)
        return on_reply(state, ui, event);
    if (ui_tapped(event, "parcels.make") || ui_tapped(event, "parcels.erase"))
        make(state, ui, ui_tapped(event, "parcels.erase"));
    else if (ui_tapped_prefix(event, "parcels.carrier."))
        state->carrier = (enum carrier)event->tag;
    else if (ui_tapped(event, "parcels.send"))
        send(state, ui);
    else if (ui_tapped(event, "parcels.again") && state->trying == 0)
        state->trying = service_desk_notice_again(desk_program(ui)->services, state->chosen);
    else
        return false;
    return true;
}

/* --- drawing ------------------------------------------------------------------------------------------- */

static void draw_message(const struct desk_parcels_state *state, struct ui *ui, struct rect *r)
{
    int height = widget_label_height(ui, THEME_TYPE_DESK, state->message, r->w);
    if (state->message[0] == 0)
        return;
    (void)widget_label(
        ui, rect_cut_bottom(r, height),
        &(struct widget_label){.id = "parcels.message",
                               .text = state->message,
                               .type = THEME_TYPE_DESK,
                               .color = state->is_error ? THEME_COLOR_SEAL700 : THEME_COLOR_INK700});
    (void)rect_cut_bottom(r, GAP);
}

static void draw_make(const struct desk_parcels_state *state, struct ui *ui, struct rect *r)
{
    char number[16];
    char making[64];
    (void)snprintf(number, sizeof(number), "%d", services_visit(desk_program(ui)->services)->issue.percent);
    desk_format(ui, making, sizeof(making), "desk.parcels.making", {"percent", number});
    bool busy = state->making != 0;
    record_table_draw_button(
        ui, r,
        &(struct widget_button){.id = "parcels.make",
                                .label = busy ? making : desk_text(ui, "desk.parcels.make"),
                                .look = WIDGET_BUTTON_PRIMARY,
                                .icon = ICON_KEY,
                                .busy = busy});
    if (state->offers_erase)
        record_table_draw_button(ui, r,
                                 &(struct widget_button){.id = "parcels.erase",
                                                         .label = desk_text(ui, "desk.parcels.erase"),
                                                         .look = WIDGET_BUTTON_REFUSE,
                                                         .busy = busy});
    const char *line = desk_text(ui, "desk.parcels.make_line");
    int height = widget_label_height(ui, THEME_TYPE_DESK_CAPTION, line, r->w);
    (void)widget_label(
        ui, rect_cut_bottom(r, height),
        &(struct widget_label){.text = line, .type = THEME_TYPE_DESK_CAPTION, .color = THEME_COLOR_INK700});
    (void)rect_cut_bottom(r, GAP);
}

static void draw_carriers(const struct desk_parcels_state *state, struct ui *ui, struct rect area)
{
    for (unsigned i = 0; i < CARRIER_COUNT_; i++) {
        char id[48];
        char key[48];
        (void)snprintf(id, sizeof(id), "parcels.carrier.%s", carrier_name((enum carrier)i));
        (void)snprintf(key, sizeof(key), "carrier.%s", carrier_name((enum carrier)i));
        (void)widget_button(ui, rect_column(rect_row(area, (int)i / 2, 2, 6), (int)i % 2, 2, 8),
                            &(struct widget_button){.id = id,
                                                    .label = desk_text(ui, key),
                                                    .look = WIDGET_BUTTON_NEUTRAL,
                                                    .type = THEME_TYPE_DESK_CAPTION,
                                                    .selected = state->carrier == (enum carrier)i,
                                                    .tag = (int64_t)i});
    }
}

static void draw_send(struct desk_parcels_state *state, struct ui *ui, struct rect *r)
{
    record_table_draw_button(ui, r,
                             &(struct widget_button){.id = "parcels.send",
                                                     .label = desk_text(ui, "desk.parcels.send"),
                                                     .look = WIDGET_BUTTON_PRIMARY,
                                                     .icon = ICON_CHECK,
                                                     .disabled = state->number.text[0] == 0,
                                                     .busy = state->sending != 0});
    (void)widget_field(ui, rect_cut_bottom(r, FIELD),
                       &(struct widget_field){.id = "parcels.number",
                                              .label = desk_text(ui, "desk.parcels.number"),
                                              .edit = &state->number});
    (void)rect_cut_bottom(r, GAP);
    draw_carriers(state, ui, rect_cut_bottom(r, 2 * CARRIERS));
    (void)rect_cut_bottom(r, GAP);
}

/* By when the product promised to send it, once it is paid. */
static void draw_leaves(struct ui *ui, struct rect *r, const struct service_shipment *shipment)
{
    char day[32];
    if (shipment->leaves_utc_s != 0 &&
        clock_format_hall(shipment->leaves_utc_s, "%Y-%m-%d", day, sizeof(day)) > 0)
        record_table_draw_pair(ui, rect_cut_top(r, PAIR), "desk.parcels.leaves", day, false);
}

static void draw_parcel(struct desk_parcels_state *state, struct ui *ui, struct rect r,
                        const struct service_parcel *parcel)
{
    char key[64];
    bool is_sent = parcel->shipment.state == SERVICE_SHIPMENT_SENT;
    draw_message(state, ui, &r);
    if (parcel->shipment.state == SERVICE_SHIPMENT_WISHED)
        draw_make(state, ui, &r);
    if (parcel->shipment.state == SERVICE_SHIPMENT_MADE)
        draw_send(state, ui, &r);
    record_table_draw_pair(ui, rect_cut_top(&r, PAIR), "desk.column.unit", parcel->unit, true);
    record_table_draw_pair(ui, rect_cut_top(&r, PAIR), "desk.column.state", desk_parcels_word(ui, parcel),
                           false);
    record_table_draw_pair(ui, rect_cut_top(&r, PAIR), "desk.parcels.receiver", parcel->receiver, true);
    record_table_draw_pair(ui, rect_cut_top(&r, PAIR), "desk.parcels.phone", parcel->phone, true);
    draw_leaves(ui, &r, &parcel->shipment);
    (void)snprintf(key, sizeof(key), "carrier.%.40s", parcel->shipment.carrier);
    if (is_sent)
        record_table_draw_pair(ui, rect_cut_top(&r, PAIR), "desk.parcels.carrier", desk_text(ui, key), false);
    if (is_sent)
        record_table_draw_pair(ui, rect_cut_top(&r, PAIR), "desk.parcels.number", parcel->shipment.tracking,
                               false);
    (void)rect_cut_top(&r, GAP);
    int height = widget_label_height(ui, THEME_TYPE_DESK, parcel->address, r.w);
    if (height <= r.h) /* whole, as it is written on the parcel */
        (void)widget_label(ui, rect_cut_top(&r, height),
                           &(struct widget_label){.id = "parcels.address",
                                                  .text = parcel->address,
                                                  .type = THEME_TYPE_DESK,
                                                  .is_private = true});
}

static void draw_notice(const struct desk_parcels_state *state, struct ui *ui, struct rect r,
                        const struct service_notice *notice)
{
    char key[WORDS_KEY_BYTES];
    char number[24];
    char tries[48];
    draw_message(state, ui, &r);
    if (notice->may_try)
        record_table_draw_button(ui, &r,
                                 &(struct widget_button){.id = "parcels.again",
                                                         .label = desk_text(ui, "desk.notice.again"),
                                                         .look = WIDGET_BUTTON_SECONDARY,
                                                         .icon = ICON_REFRESH,
                                                         .busy = state->trying != 0});
    (void)snprintf(key, sizeof(key), "event.notice.%s", notice->kind);
    record_table_draw_pair(ui, rect_cut_top(&r, PAIR), "desk.notice.column", desk_text(ui, key), false);
    (void)snprintf(key, sizeof(key), "desk.notice.state.%s", notice->state);
    record_table_draw_pair(ui, rect_cut_top(&r, PAIR), "desk.column.state", desk_text(ui, key), false);
    (void)snprintf(key, sizeof(key), "desk.notice.reason.%s", notice->reason);
    record_table_draw_pair(ui, rect_cut_top(&r, PAIR), "desk.notice.why", desk_text(ui, key), false);
    (void)snprintf(number, sizeof(number), "%lld", (long long)notice->tries);
    desk_format(ui, tries, sizeof(tries), "desk.notice.tries", {"count", number});
    (void)widget_label(
        ui, rect_cut_top(&r, PAIR),
        &(struct widget_label){
            .text = tries, .type = THEME_TYPE_DESK_TABLE, .color = THEME_COLOR_INK700, .middle = true});
}

void desk_parcels_side_draw(struct desk_parcels_state *state, struct ui *ui, struct rect area)
{
    const struct service_parcel *parcel = desk_parcels_chosen(state, ui);
    const struct service_notice *notice = desk_parcels_notice(state, ui);
    const char *title = parcel != NULL   ? parcel->order.acceptance
                        : notice != NULL ? notice->acceptance
                                         : NULL;
    struct rect r = record_table_draw_side(ui, area, "parcels", title);
    if (parcel != NULL)
        draw_parcel(state, ui, r, parcel);
    else if (notice != NULL)
        draw_notice(state, ui, r, notice);
}
