#include "kiosk/ui/widget_nav.h"

#include <stdio.h>

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/ui_words.h"
#include "kiosk/ui/widget_draw.h"
#include "kiosk/ui/widget_motif.h"

enum { HEAD = 56, ITEM = 44, ITEM_GAP = 6, FOOT = 140 };

struct nav_data {
    const char *person, *person_line, *state_line;
};
struct item_data {
    enum icon icon;
    int count;
};

static void add_item(struct ui *ui, struct rect at, const struct widget_nav_item *item)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_NAV_ITEM, at, item->id, item->name);
    struct item_data data = {.icon = item->icon, .count = item->count};
    widget->data = widget_keep_bytes(ui, widget, &data, sizeof data);
    widget->shortcut = widget_keep_text(ui, widget, item->shortcut);
    widget_make_target(ui, widget, 0);
    widget->state |=
        WIDGET_WAY_OUT | (item->selected ? WIDGET_SELECTED : 0u) | (item->disabled ? WIDGET_DISABLED : 0u);
}

struct widget *widget_nav(struct ui *ui, struct rect rect, const struct widget_nav *nav)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_NAV, rect, "nav", nav->product);
    struct nav_data *data = widget_allocate(ui, sizeof *data);
    data->person = widget_keep_text(ui, widget, nav->person);
    data->person_line = widget_keep_text(ui, widget, nav->person_line);
    data->state_line = widget_keep_text(ui, widget, nav->state_line);
    widget->data = data;
    widget_begin(ui, widget);
    struct rect r = rect_inset(rect, 8, 0);
    (void)rect_cut_top(&r, HEAD + 14);
    for (int i = 0; i < nav->item_count; i++) {
        add_item(ui, rect_cut_top(&r, ITEM), &nav->items[i]);
        (void)rect_cut_top(&r, ITEM_GAP);
    }
    if (nav->lock) {
        struct widget_nav_item lock = {
            .id = "nav.lock", .name = ui_word_LOCK, .icon = ICON_LOCK, .shortcut = "Ctrl+L"};
        add_item(ui, rect_make(rect.x + 8, rect.y + rect.h - 48, rect.w - 16, 36), &lock);
    }
    widget_end(ui);
    return widget;
}

void widget_nav_paint(struct widget_paint *paint, const struct widget *w)
{
    const struct nav_data *d = w->data;
    struct rect r = w->rect;
    widget_draw_fill(paint, r, THEME_COLOR_B900);
    struct rect head = rect_inset(rect_cut_top(&r, HEAD), 16, 0);
    widget_motif_paint_mark(paint, rect_center(rect_cut_left(&head, 30), 30, 30));
    (void)rect_cut_left(&head, 10);
    widget_draw_text(paint, head, THEME_TYPE_DESK_STRONG, WIDGET_LEFT, w->label, THEME_COLOR_ON_DARK);
    widget_draw_fill(paint, rect_make(r.x, r.y, r.w, 1), THEME_COLOR_B800);
    if (!d->person)
        return;
    struct rect foot = rect_inset(rect_cut_bottom(&r, FOOT), 16, 0);
    widget_draw_fill(paint, rect_make(w->rect.x, foot.y, w->rect.w, 1), THEME_COLOR_B800);
    (void)rect_cut_top(&foot, 12);
    widget_draw_text(paint, rect_cut_top(&foot, 22), THEME_TYPE_DESK_STRONG, WIDGET_LEFT, d->person,
                     THEME_COLOR_ON_DARK);
    widget_draw_text(paint, rect_cut_top(&foot, 22), THEME_TYPE_DESK_CAPTION, WIDGET_LEFT, d->person_line,
                     THEME_COLOR_ON_DARK2);
    widget_draw_text(paint, rect_cut_top(&foot, 22), THEME_TYPE_DESK_CAPTION, WIDGET_LEFT, d->state_line,
                     THEME_COLOR_JADE_DARK);
}

void widget_nav_paint_item(struct widget_paint *paint, const struct widget *w)
{
    const struct item_data *d = w->data;
    struct rect r = w->rect;
    bool chosen = (w->state & WIDGET_SELECTED) != 0;
    if (chosen || (w->state & WIDGET_PRESSED))
        widget_draw_round(paint, r, 8, chosen ? THEME_COLOR_B700 : THEME_COLOR_B800);
    enum theme_color color = w->state & WIDGET_DISABLED ? THEME_COLOR_B300 : THEME_COLOR_ON_DARK;
    r = rect_inset(r, 12, 0);
    widget_draw_icon(paint, rect_cut_left(&r, 20), d->icon, 20, color);
    (void)rect_cut_left(&r, 10);
    if (w->shortcut) {
        int width = widget_draw_width(paint, THEME_TYPE_DESK_HINT, w->shortcut) + 12;
        struct rect hint = rect_center(rect_cut_right(&r, width), width, 20);
        widget_draw_outline(paint, hint, 5, 1, THEME_COLOR_B300);
        widget_draw_text(paint, hint, THEME_TYPE_DESK_HINT, WIDGET_CENTER, w->shortcut, THEME_COLOR_ON_DARK2);
        (void)rect_cut_right(&r, 8);
    }
    widget_draw_text(paint, r, THEME_TYPE_DESK_STRONG, WIDGET_LEFT, w->label, color);
    if (d->count > 0) {
        char count[12];
        snprintf(count, sizeof count, "%d", d->count);
        int words = widget_draw_width(paint, THEME_TYPE_DESK_STRONG, w->label);
        int width = widget_draw_width(paint, THEME_TYPE_DESK_HINT, count) + 12;
        struct rect pill = rect_make(r.x + words + 8, r.y + (r.h - 20) / 2, width, 20);
        widget_draw_round(paint, pill, 10, THEME_COLOR_SEAL600);
        widget_draw_text(paint, pill, THEME_TYPE_DESK_HINT, WIDGET_CENTER, count, THEME_COLOR_ON_SEAL);
    }
}
