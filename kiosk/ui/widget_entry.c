#include "kiosk/ui/widget_entry.h"

#include <stdio.h>

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_choice.h"
#include "kiosk/ui/widget_draw.h"
#include "kiosk/ui/widget_label.h"

enum { NARROW_FILTER = 220 };

struct entry_data {
    enum icon icon;
    bool free_of_charge;
    const char *line, *fee, *papers, *link;
};

/* Units: base px. */
struct sizes {
    int pad, top, tile, gap, chip, arrow;
};

static struct sizes sizes_for(bool large)
{
    return large ? (struct sizes){36, 24, 120, 28, 60, 52} : (struct sizes){25, 23, 80, 20, 44, 40};
}

int widget_entry_height(struct ui *ui)
{
    struct sizes s = sizes_for(theme_is_large(ui->theme));
    return 2 * s.top + s.tile + 15 + s.chip;
}

struct widget *widget_entry(struct ui *ui, struct rect rect, const struct widget_entry *entry)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_ENTRY, rect, entry->id, entry->name);
    struct entry_data *data = widget_keep_bytes(
        ui, widget, &(struct entry_data){.icon = entry->icon, .free_of_charge = entry->free_of_charge},
        sizeof(struct entry_data));
    data->line = widget_keep_text(ui, widget, entry->line);
    data->fee = widget_keep_text(ui, widget, entry->fee);
    data->papers = widget_keep_text(ui, widget, entry->papers);
    data->link = widget_keep_text(ui, widget, entry->link);
    widget->value = data->line;
    widget->data = data;
    widget_make_target(ui, widget, entry->tag);
    widget->state |= WIDGET_WAY_OUT;
    return widget;
}

/* Returns: the x behind the chip. */
static int paint_chip(struct widget_paint *paint, int x, int y, int height, const char *text, bool is_green)
{
    if (!text)
        return x;
    int width = widget_draw_width(paint, THEME_TYPE_CAPTION_STRONG, text) + 36;
    struct rect at = rect_make(x, y, width, height);
    widget_draw_round(paint, at, height / 2, is_green ? THEME_COLOR_JADE100 : THEME_COLOR_SUNK);
    if (paint->theme == THEME_CONTRAST)
        widget_draw_outline(paint, at, height / 2, 2, is_green ? THEME_COLOR_JADE700 : THEME_COLOR_LINE200);
    widget_draw_text(paint, at, THEME_TYPE_CAPTION_STRONG, WIDGET_CENTER, text,
                     is_green ? THEME_COLOR_JADE700 : THEME_COLOR_INK700);
    return x + width + 12;
}

/* The name as large as it fits in one line; one that is too long stands in two, a little smaller. */
static enum theme_type name_type(struct widget_paint *paint, const char *name, int width, int *lines)
{
    enum theme_type type = THEME_TYPE_H2;
    *lines = 1;
    if (widget_draw_width(paint, type, name) > width)
        type = THEME_TYPE_BODY_L_STRONG;
    if (widget_draw_width(paint, type, name) > width) {
        type = THEME_TYPE_BODY_STRONG;
        *lines = 2;
    }
    return type;
}

/* The name over the line of use, drawn closer together where the name takes two lines. */
static void paint_names(struct widget_paint *paint, const struct widget *w, struct rect at)
{
    const struct entry_data *d = w->data;
    int lines = 1;
    struct theme_text name = theme_text(paint->theme, name_type(paint, w->label, at.w, &lines));
    int line = theme_text(paint->theme, THEME_TYPE_SMALL).line_px, above = 0;
    if (lines > 1) {
        name.line_px = name.px * 115 / 100;
        line = line * 9 / 10;
        above = lines * name.line_px + line > at.h ? -8 : 0;
    }
    int y = at.y + above + (lines > 1 ? 0 : (at.h - name.line_px - line) / 2);
    widget_label_draw(paint, rect_make(at.x, y, at.w, lines * name.line_px), name, WIDGET_LEFT, false, false,
                      w->label, widget_paint_color(paint, THEME_COLOR_INK900));
    widget_draw_text(paint, rect_make(at.x, y + lines * name.line_px - (lines > 1 ? 0 : 3), at.w, line),
                     THEME_TYPE_SMALL, WIDGET_LEFT, d->line, THEME_COLOR_INK700);
}

/* What more there is, in place of the chips, with the arrow close behind it. */
static void paint_link(struct widget_paint *paint, struct rect foot, const char *link, int arrow)
{
    int width = widget_draw_width(paint, THEME_TYPE_SMALL_STRONG, link);
    widget_draw_text(paint, foot, THEME_TYPE_SMALL_STRONG, WIDGET_LEFT, link, THEME_COLOR_B700);
    widget_draw_icon(paint, rect_make(foot.x + width + 4, foot.y, arrow, foot.h), ICON_CHEVRON_RIGHT, arrow,
                     THEME_COLOR_B700);
}

/* A card of its own kind: pale, with a dashed edge. */
static void paint_dashed_card(struct widget_paint *paint, const struct widget *w)
{
    enum theme_color edge = theme_is_large(paint->theme) ? THEME_COLOR_B700 : THEME_COLOR_B300;
    widget_draw_round(paint, w->rect, 20, w->state & WIDGET_PRESSED ? THEME_COLOR_B100 : THEME_COLOR_PALE);
    widget_draw_dashes(paint, layout_to_window(paint->layout, w->rect), layout_length(paint->layout, 20),
                       widget_paint_color(paint, edge));
}

void widget_entry_paint(struct widget_paint *paint, const struct widget *w)
{
    const struct entry_data *d = w->data;
    struct sizes s = sizes_for(theme_is_large(paint->theme));
    struct rect r = rect_inset(w->rect, s.pad, s.top);
    if (!canvas_is_visible(paint->canvas, layout_to_window(paint->layout, rect_inset(w->rect, -24, -24))))
        return;
    if (d->link == NULL)
        widget_choice_paint_card(paint, w);
    else
        paint_dashed_card(paint, w);
    widget_choice_paint_tile(paint, w, rect_make(r.x, r.y, s.tile, s.tile), d->icon);
    int indent = s.tile + s.gap;
    paint_names(paint, w, rect_make(r.x + indent, r.y, r.w - indent, s.tile));
    int y = r.y + r.h - s.chip;
    if (d->link != NULL) {
        paint_link(paint, rect_make(r.x, y, r.w, s.chip), d->link, s.arrow);
        return;
    }
    int x = paint_chip(paint, r.x, y, s.chip, d->fee, d->free_of_charge);
    (void)paint_chip(paint, x, y, s.chip, d->papers, false);
    widget_draw_icon(paint, rect_make(r.x + r.w - s.arrow, y, s.arrow, s.chip), ICON_CHEVRON_RIGHT, s.arrow,
                     THEME_COLOR_B700);
}

struct widget *widget_entry_filter(struct ui *ui, struct rect rect, const struct widget_entry_filter *filter)
{
    char count[12];
    struct widget *widget = widget_add(ui, WIDGET_KIND_FILTER, rect, filter->id, filter->name);
    snprintf(count, sizeof count, "%d", filter->count);
    widget->value = widget_keep_text(ui, widget, count);
    widget_make_target(ui, widget, filter->tag);
    widget->state |= filter->selected ? WIDGET_SELECTED : 0u;
    return widget;
}

void widget_entry_paint_filter(struct widget_paint *paint, const struct widget *w)
{
    bool chosen = (w->state & WIDGET_SELECTED) != 0;
    bool narrow = w->rect.w < NARROW_FILTER;
    enum theme_type type = narrow ? THEME_TYPE_BODY_STRONG : THEME_TYPE_BODY_L_STRONG;
    struct rect r = rect_inset(w->rect, narrow ? 16 : 24, 0);
    widget_draw_round(paint, w->rect, 16,
                      chosen                      ? THEME_COLOR_B700
                      : w->state & WIDGET_PRESSED ? THEME_COLOR_B100
                                                  : THEME_COLOR_SURFACE);
    if (!chosen)
        widget_draw_outline(paint, w->rect, 16, theme_card_outline(paint->theme), THEME_COLOR_LINE200);
    widget_draw_text(paint, rect_cut_right(&r, widget_draw_width(paint, THEME_TYPE_BODY, w->value)),
                     THEME_TYPE_BODY, WIDGET_RIGHT, w->value,
                     chosen ? THEME_COLOR_ON_PRIMARY : THEME_COLOR_INK700);
    widget_draw_text(paint, r, type, WIDGET_LEFT, w->label,
                     chosen ? THEME_COLOR_ON_PRIMARY : THEME_COLOR_INK900);
}
