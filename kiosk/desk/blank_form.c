#include "kiosk/desk/blank_form.h"

#include <stdio.h>

#include "kiosk/base/text.h"

enum { ROW = 40, GAP = 8, COLUMNS = 3, ROWS = 4, ARROW = 44, HEIGHT = ROW + (ROW + GAP) * (ROWS + 1) };

static const struct product *product_of(const struct ui *ui, const struct blank_form *blank)
{
    const struct catalogue *catalogue = desk_program(ui)->catalogue;
    return catalogue->products[blank->product % catalogue->count];
}

static bool is_printed(const struct product_operation *operation)
{
    return operation->template_id[0] != 0;
}

void blank_form_button(struct ui *ui, struct rect rect)
{
    (void)widget_button(ui, rect,
                        &(struct widget_button){.id = "blank.open",
                                                .label = desk_text(ui, "desk.blank.open"),
                                                .look = WIDGET_BUTTON_NEUTRAL,
                                                .icon = ICON_PRINTER,
                                                .type = THEME_TYPE_DESK_TABLE});
}

/* --- events ------------------------------------------------------------------------------------------- */

static void turn(struct blank_form *blank, const struct ui *ui, size_t by)
{
    blank->product = (blank->product + by) % desk_program(ui)->catalogue->count;
    blank->operation = 0;
    blank->message[0] = 0;
}

static void print(struct blank_form *blank, struct ui *ui)
{
    const struct product *product = product_of(ui, blank);
    if (blank->printing != 0 || blank->operation == 0)
        return;
    blank->message[0] = 0;
    blank->printing =
        service_desk_blank(desk_program(ui)->services, product, &product->operations[blank->operation - 1],
                           desk_text(ui, "paper.blank"));
}

static void on_printed(struct blank_form *blank, struct ui *ui, const struct service_reply *reply)
{
    blank->printing = 0;
    blank->is_error = reply->status != STATUS_OK;
    if (blank->is_error)
        desk_reason(ui, reply, blank->message, sizeof(blank->message));
    else
        (void)text_copy(blank->message, sizeof(blank->message), desk_text(ui, "desk.blank.done"));
}

bool blank_form_event(struct blank_form *blank, struct ui *ui, const struct ui_event *event)
{
    size_t count = desk_program(ui)->catalogue->count;
    if (ui_tapped(event, "blank.open") && count > 0)
        *blank = (struct blank_form){.is_open = true};
    else if (!blank->is_open)
        return false;
    else if (ui_replied(event, blank->printing))
        on_printed(blank, ui, event->data);
    else if (ui_tapped(event, "blank.next"))
        turn(blank, ui, 1);
    else if (ui_tapped(event, "blank.previous"))
        turn(blank, ui, count - 1);
    else if (ui_tapped_prefix(event, "blank.form."))
        blank->operation = (size_t)event->tag + 1;
    else if (ui_tapped(event, "blank.print"))
        print(blank, ui);
    else if (ui_tapped(event, "blank.close"))
        blank->is_open = false;
    else
        return false;
    return true;
}

/* --- drawing ------------------------------------------------------------------------------------------ */

static void draw_arrow(struct ui *ui, struct rect rect, const char *id, const char *key, enum icon icon)
{
    (void)widget_button(ui, rect,
                        &(struct widget_button){.id = id,
                                                .label = desk_text(ui, key),
                                                .look = WIDGET_BUTTON_NEUTRAL,
                                                .icon = icon,
                                                .icon_only = true});
}

static void draw_product(struct ui *ui, struct rect row, const struct blank_form *blank)
{
    draw_arrow(ui, rect_cut_left(&row, ARROW), "blank.previous", "desk.blank.previous", ICON_ARROW_LEFT);
    draw_arrow(ui, rect_cut_right(&row, ARROW), "blank.next", "desk.blank.next", ICON_ARROW_RIGHT);
    (void)widget_label(ui, rect_inset(row, GAP, 0),
                       &(struct widget_label){.id = "blank.product",
                                              .text = product_of(ui, blank)->name,
                                              .type = THEME_TYPE_DESK_STRONG,
                                              .align = WIDGET_CENTER,
                                              .middle = true});
}

static void draw_forms(struct ui *ui, struct rect area, const struct blank_form *blank)
{
    const struct product *product = product_of(ui, blank);
    int at = 0;
    for (size_t i = 0; i < product->operation_count && at < COLUMNS * ROWS; i++) {
        char id[ORDER_NAME_BYTES + 16];
        if (!is_printed(&product->operations[i]))
            continue;
        (void)snprintf(id, sizeof(id), "blank.form.%s", product->operations[i].id);
        (void)widget_button(ui,
                            rect_column(rect_row(area, at / COLUMNS, ROWS, GAP), at % COLUMNS, COLUMNS, GAP),
                            &(struct widget_button){.id = id,
                                                    .label = product->operations[i].label,
                                                    .look = WIDGET_BUTTON_NEUTRAL,
                                                    .type = THEME_TYPE_DESK_CAPTION,
                                                    .selected = blank->operation == i + 1,
                                                    .tag = (int64_t)i});
        at++;
    }
}

void blank_form_draw(struct ui *ui, const struct blank_form *blank)
{
    if (!blank->is_open)
        return;
    struct rect r =
        widget_dialog_begin(ui,
                            &(struct widget_dialog){.id = "blank",
                                                    .title = desk_text(ui, "desk.blank.title"),
                                                    .line = desk_text(ui, "desk.blank.line"),
                                                    .left = {.id = "blank.close",
                                                             .label = desk_text(ui, "desk.blank.close"),
                                                             .look = WIDGET_BUTTON_NEUTRAL,
                                                             .shortcut = "Esc"},
                                                    .primary = {.id = "blank.print",
                                                                .label = desk_text(ui, "desk.blank.print"),
                                                                .icon = ICON_PRINTER,
                                                                .disabled = blank->operation == 0,
                                                                .busy = blank->printing != 0}},
                            HEIGHT);
    draw_product(ui, rect_cut_top(&r, ROW), blank);
    (void)rect_cut_top(&r, GAP);
    struct rect message = rect_cut_bottom(&r, ROW);
    draw_forms(ui, rect_cut_top(&r, ROWS * ROW + (ROWS - 1) * GAP), blank);
    (void)widget_label(
        ui, message,
        &(struct widget_label){.id = "blank.message",
                               .text = blank->message,
                               .type = THEME_TYPE_DESK,
                               .color = blank->is_error ? THEME_COLOR_SEAL700 : THEME_COLOR_INK700,
                               .middle = true});
    widget_dialog_end(ui);
}
