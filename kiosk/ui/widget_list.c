#include "kiosk/ui/widget_list.h"

#include <stdio.h>

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/ui_words.h"
#include "kiosk/ui/widget_button.h"
#include "kiosk/ui/widget_draw.h"
#include "kiosk/ui/widget_label.h"

struct row_data {
    enum icon icon, line_icon;
    enum theme_color line_color;
    bool is_document;
    struct canvas_image page; /* its pixels are borrowed, so not in the digest; the version is */
    int words_right;          /* base x where the words must end */
    const char *line, *last;
};

static struct rect add_action(struct ui *ui, struct rect at, const struct widget_list_row *row)
{
    char id[UI_ID_BYTES];
    snprintf(id, sizeof id, "%s.action", row->id);
    struct widget_button button = {.id = id,
                                   .label = row->action,
                                   .look =
                                       row->action_primary ? WIDGET_BUTTON_PRIMARY : WIDGET_BUTTON_SECONDARY,
                                   .tag = row->tag};
    int width = widget_button_width(ui, &button) - (ui->settings.desk ? 0 : 24);
    int height = ui->settings.desk ? 32 : at.h - 16 < 88 ? at.h - 16 : 88;
    struct rect right = rect_cut_right(&at, width);
    struct widget *action = widget_button(
        ui, rect_center(right, width, height < 88 && !ui->settings.desk ? 88 : height), &button);
    (void)action;
    (void)rect_cut_right(&at, 20);
    return at;
}

static int side_of(bool desk, bool is_document)
{
    return desk ? 12 : is_document ? 18 : 28;
}

struct widget *widget_list_row(struct ui *ui, struct rect rect, const struct widget_list_row *row)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_ROW, rect, row->id, row->name);
    struct rect inner = rect_inset(rect, side_of(ui->settings.desk, row->is_document), 0);
    struct row_data looks = {.icon = row->icon,
                             .line_icon = row->line_icon,
                             .line_color = row->line_color ? row->line_color : THEME_COLOR_INK700,
                             .is_document = row->is_document};
    struct row_data *data = widget_keep_bytes(ui, widget, &looks, sizeof looks);
    if (row->page)
        data->page = *row->page;
    widget_mix(widget, row->page ? (int64_t)row->page_version : -1);
    data->line = widget_keep_text(ui, widget, row->line);
    data->last = widget_keep_text(ui, widget, row->last);
    widget->value = data->line;
    widget->data = data;
    widget->tag = row->tag;
    widget->state |= (row->selected ? WIDGET_SELECTED : 0u) | (row->is_private ? WIDGET_PRIVATE : 0u);
    if (row->pressable)
        widget_make_target(ui, widget, row->tag);
    widget_begin(ui, widget);
    if (row->action)
        inner = add_action(ui, inner, row);
    if (row->chip) {
        int width = widget_mark_chip_width(ui, row->chip);
        (void)widget_mark_chip(ui, rect_cut_right(&inner, width), WIDGET_RIGHT, row->tone, row->chip);
        (void)rect_cut_right(&inner, 20);
    }
    widget_end(ui);
    data->words_right = inner.x + inner.w;
    widget_mix(widget, data->words_right);
    return widget;
}

static void paint_card(struct widget_paint *paint, const struct widget *w, bool desk)
{
    int radius = desk ? 8 : 16;
    bool chosen = (w->state & WIDGET_SELECTED) != 0;
    widget_draw_pressable(paint, w, w->rect, radius, chosen ? THEME_COLOR_B50 : THEME_COLOR_SURFACE,
                          THEME_COLOR_B100);
    widget_draw_outline(paint, w->rect, radius,
                        chosen ? (desk ? 2 : theme_selected_outline(paint->theme))
                               : theme_card_outline(paint->theme),
                        chosen ? THEME_COLOR_B700 : THEME_COLOR_LINE200);
}

/* The page itself, or the icon on a sunk sheet while there is none. */
static void paint_page(struct widget_paint *paint, struct rect at, const struct row_data *d)
{
    if (!d->page.rgb || paint->hide_values) {
        widget_draw_round(paint, at, 8, THEME_COLOR_SUNK);
        widget_draw_icon(paint, at, d->icon, 40, THEME_COLOR_INK500);
    } else {
        struct rect inside = layout_to_window(paint->layout, rect_inset(at, 2, 2));
        widget_draw_round(paint, at, 8, THEME_COLOR_SURFACE);
        canvas_draw_image(paint->canvas, inside, &d->page, 0);
    }
    widget_draw_outline(paint, at, 8, 2, THEME_COLOR_LINE300);
}

static void paint_line(struct widget_paint *paint, struct rect at, const struct row_data *d)
{
    enum theme_type type = widget_draw_type(paint, THEME_TYPE_SMALL, THEME_TYPE_DESK_CAPTION);
    if (d->line_icon) {
        int side = theme_text(paint->theme, type).px + 4;
        widget_draw_icon(paint, rect_cut_left(&at, side), d->line_icon, side, d->line_color);
        (void)rect_cut_left(&at, 8);
    }
    widget_draw_text(paint, at, type, WIDGET_LEFT, d->line, d->line_color);
}

static void paint_words(struct widget_paint *paint, struct rect r, const struct widget *w)
{
    const struct row_data *d = w->data;
    enum theme_type name = widget_draw_type(paint, THEME_TYPE_BODY_L_STRONG, THEME_TYPE_DESK_STRONG),
                    line = widget_draw_type(paint, THEME_TYPE_SMALL, THEME_TYPE_DESK_CAPTION);
    if (paint->hide_values && (w->state & WIDGET_PRIVATE)) {
        r.w = r.w / 2;
        widget_draw_hidden(paint, r);
        return;
    }
    if (!d->line) {
        widget_draw_text(paint, r, name, WIDGET_LEFT, w->label, THEME_COLOR_INK900);
        return;
    }
    int rows = widget_draw_width(paint, name, w->label) > r.w ? 2 : 1; /* a name too long for its room */
    int big = rows * theme_text(paint->theme, name).line_px, small = theme_text(paint->theme, line).line_px;
    int overlap = 2, below = d->last ? 2 * small : small, y = r.y + (r.h - big - below + overlap) / 2;
    struct rect above = rect_make(r.x, y, r.w, big);
    if (rows == 1)
        widget_draw_text(paint, above, name, WIDGET_LEFT, w->label, THEME_COLOR_INK900);
    else
        widget_draw_lines(paint, above, name, w->label, THEME_COLOR_INK900);
    paint_line(paint, rect_make(r.x, y + big - overlap, r.w, small), d);
    if (d->last)
        widget_draw_text(paint, rect_make(r.x, y + big - overlap + small, r.w, small), line, WIDGET_LEFT,
                         d->last, THEME_COLOR_INK700);
}

void widget_list_paint(struct widget_paint *paint, const struct widget *w)
{
    const struct row_data *d = w->data;
    bool desk = widget_draw_is_desk(paint);
    if (!canvas_is_visible(paint->canvas, layout_to_window(paint->layout, rect_inset(w->rect, -8, -8))))
        return;
    paint_card(paint, w, desk);
    struct rect r = rect_inset(w->rect, side_of(desk, d->is_document), 0);
    r.w = d->words_right - r.x;
    if (d->is_document) {
        struct rect page = rect_cut_left(&r, WIDGET_LIST_PAGE_W);
        paint_page(paint, rect_center(page, WIDGET_LIST_PAGE_W, WIDGET_LIST_PAGE_H), d);
        (void)rect_cut_left(&r, 20);
    } else if (d->icon) {
        widget_draw_icon(paint, rect_cut_left(&r, desk ? 20 : 48), d->icon, desk ? 20 : 44, THEME_COLOR_B700);
        (void)rect_cut_left(&r, desk ? 10 : 22);
    }
    paint_words(paint, r, w);
}

void widget_list_pages(struct ui *ui, struct rect rect, const char *id, int page, int pages)
{
    char previous[UI_ID_BYTES], next[UI_ID_BYTES], number[32];
    snprintf(previous, sizeof previous, "%s.previous", id);
    snprintf(next, sizeof next, "%s.next", id);
    snprintf(number, sizeof number, "%d / %d", page + 1, pages > 0 ? pages : 1);
    struct widget_button left = {.id = previous,
                                 .label = ui_word_PAGE_PREVIOUS,
                                 .look = WIDGET_BUTTON_NEUTRAL,
                                 .icon = ICON_CHEVRON_LEFT,
                                 .disabled = page <= 0};
    struct widget_button right = {.id = next,
                                  .label = ui_word_PAGE_NEXT,
                                  .look = WIDGET_BUTTON_NEUTRAL,
                                  .icon_right = ICON_CHEVRON_RIGHT,
                                  .disabled = page + 1 >= pages};
    (void)widget_button(ui, rect_cut_left(&rect, widget_button_width(ui, &left)), &left);
    (void)widget_button(ui, rect_cut_right(&rect, widget_button_width(ui, &right)), &right);
    (void)widget_label(ui, rect,
                       &(struct widget_label){.text = number,
                                              .type = ui->settings.desk ? THEME_TYPE_DESK : THEME_TYPE_BODY,
                                              .color = THEME_COLOR_INK700,
                                              .align = WIDGET_CENTER,
                                              .middle = true});
}
