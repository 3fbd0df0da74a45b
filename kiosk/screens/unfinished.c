#include "kiosk/screens/unfinished.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/order_acts.h"

void unfinished_ask(struct unfinished *unfinished, struct ui *ui)
{
    unfinished->listing = service_order_list(screen_services(ui));
}

bool unfinished_is_asking(const struct unfinished *unfinished)
{
    return unfinished->listing != 0;
}

/* --- which ------------------------------------------------------------------------------------------- */

/* Of what was chosen now, and waiting for the applicant. */
static bool is_like(const struct ui *ui, const struct service_order_line *line)
{
    const struct service_visit *visit = screen_visit(ui);
    struct order_choice choices[ORDER_ACTS_MAX];
    return strcmp(line->order.product, visit->product->id) == 0 &&
           strcmp(line->order.operation, visit->operation->id) == 0 &&
           order_acts_list(ui, line, choices) > 0 && order_acts_goes_on(choices[0].act);
}

static const struct service_order_line *line_of(const struct ui *ui, const struct unfinished *unfinished)
{
    const struct service_visit *visit = screen_visit(ui);
    for (size_t i = 0; i < visit->order_count; i++)
        if (strcmp(visit->orders[i].order.id, unfinished->id) == 0)
            return &visit->orders[i];
    return NULL;
}

/* The one that was worked on last is offered. */
static void choose(struct unfinished *unfinished, const struct ui *ui)
{
    const struct service_visit *visit = screen_visit(ui);
    const struct service_order_line *last = NULL;
    size_t count = 0;
    for (size_t i = 0; i < visit->order_count; i++) {
        const struct service_order_line *line = &visit->orders[i];
        if (!is_like(ui, line))
            continue;
        count++;
        if (last == NULL || line->order.updated_utc_s > last->order.updated_utc_s)
            last = line;
    }
    if (last == NULL)
        return;
    (void)text_copy(unfinished->id, sizeof(unfinished->id), last->order.id);
    unfinished->others = count - 1;
}

/* --- events ------------------------------------------------------------------------------------------ */

static void on_opened(struct unfinished *unfinished, struct ui *ui, const struct service_reply *reply)
{
    unfinished->opening = 0;
    if (reply->status == STATUS_OK)
        screen_go(ui);
    else
        screen_reason(ui, reply, unfinished->message, sizeof(unfinished->message));
}

bool unfinished_event(struct unfinished *unfinished, struct ui *ui, const struct ui_event *event)
{
    struct service_reply *reply = NULL;
    if (screen_answered(event, unfinished->listing, &reply)) {
        unfinished->listing = 0;
        if (reply->status == STATUS_OK)
            choose(unfinished, ui);
    } else if (screen_answered(event, unfinished->opening, &reply)) {
        on_opened(unfinished, ui, reply);
    } else if (unfinished->id[0] == 0 || unfinished->opening != 0) {
        return false;
    } else if (ui_tapped(event, "unfinished.continue")) {
        unfinished->opening = service_order_open(screen_services(ui), unfinished->id);
    } else if (ui_tapped(event, "unfinished.new")) {
        unfinished->id[0] = 0;
    } else {
        return false;
    }
    return true;
}

/* --- drawing ----------------------------------------------------------------------------------------- */

/* Where it stands and from when it is, or why it could not be opened. */
static void write_line(const struct ui *ui, const struct unfinished *unfinished, const struct order *order,
                       char *out, size_t size)
{
    char day[32] = "";
    const struct product *product = screen_visit(ui)->product;
    if (unfinished->message[0] != 0) {
        (void)text_copy(out, size, unfinished->message);
        return;
    }
    (void)clock_format_hall(order->created_utc_s, "%Y-%m-%d %H:%M", day, sizeof(day));
    screen_format(ui, out, size, "unfinished.line", {"day", day},
                  {"state", product_status_label(product, order->state)}, {"number", order->acceptance});
}

/* Whose it is tells one from another; it is not for other people's eyes. */
static void draw_unit(struct ui *ui, struct rect area, const char *unit)
{
    (void)widget_label(
        ui, area,
        &(struct widget_label){
            .id = "unfinished.unit", .text = unit, .type = THEME_TYPE_BODY_L_STRONG, .is_private = true});
}

void unfinished_draw(struct ui *ui, const struct unfinished *unfinished)
{
    enum { UNIT_LINES = 2 };
    char text[256], note[128], count[24];
    const struct service_order_line *line = unfinished->id[0] == 0 ? NULL : line_of(ui, unfinished);
    if (line == NULL)
        return;
    write_line(ui, unfinished, &line->order, text, sizeof(text));
    (void)snprintf(count, sizeof(count), "%zu", unfinished->others);
    screen_format(ui, note, sizeof(note), unfinished->others > 0 ? "unfinished.note_more" : "unfinished.note",
                  {"count", count});
    int unit = line->unit[0] == 0 ? 0 : screen_lines(ui, THEME_TYPE_BODY_L_STRONG, UNIT_LINES);
    struct rect area = widget_dialog_begin(
        ui,
        &(struct widget_dialog){.id = "unfinished",
                                .icon = ICON_FILE,
                                .title = screen_text(ui, "unfinished.title"),
                                .line = text,
                                .note = note,
                                .left = {.id = "unfinished.new",
                                         .label = screen_text(ui, "unfinished.new"),
                                         .look = WIDGET_BUTTON_NEUTRAL},
                                .primary = {.id = "unfinished.continue",
                                            .label = screen_text(ui, "unfinished.continue"),
                                            .busy = unfinished->opening != 0}},
        unit);
    if (unit > 0)
        draw_unit(ui, area, line->unit);
    widget_dialog_end(ui);
}
