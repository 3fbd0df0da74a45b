#include "kiosk/ui/widget_choice.h"

#include <stdio.h>

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_draw.h"
#include "kiosk/ui/widget_panel.h"

enum {
    HIGH_CARD = 220, /* room for larger names and a fee in two lines */
    HIGH_TILE = 148  /* of such a card */
};

struct choice_data {
    enum icon icon;
    bool free_of_charge;
    const char *line, *fee, *fee_unit;
};

struct widget *widget_choice(struct ui *ui, struct rect rect, const struct widget_choice *choice)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_CHOICE, rect, choice->id, choice->name);
    struct choice_data *data = widget_keep_bytes(
        ui, widget, &(struct choice_data){.icon = choice->icon, .free_of_charge = choice->free_of_charge},
        sizeof(struct choice_data));
    data->line = widget_keep_text(ui, widget, choice->line);
    data->fee = widget_keep_text(ui, widget, choice->fee);
    data->fee_unit = widget_keep_text(ui, widget, choice->fee_unit);
    widget->value = data->line;
    widget->data = data;
    widget_make_target(ui, widget, choice->tag);
    widget->state |= (choice->selected ? WIDGET_SELECTED : 0u) | (choice->disabled ? WIDGET_DISABLED : 0u);
    return widget;
}

void widget_choice_paint_card(struct widget_paint *paint, const struct widget *w)
{
    struct rect r = w->rect;
    if (w->state & WIDGET_DISABLED) {
        widget_draw_round(paint, r, 20, THEME_COLOR_OFF);
        widget_draw_outline(paint, r, 20, 1, THEME_COLOR_LINE200);
        return;
    }
    bool chosen = (w->state & WIDGET_SELECTED) != 0;
    if (w->kind != WIDGET_KIND_TAB)
        widget_draw_shadow(paint, r, 20, 4, 16, 18);
    widget_draw_pressable(paint, w, r, 20, chosen ? THEME_COLOR_B50 : THEME_COLOR_SURFACE, THEME_COLOR_B100);
    widget_draw_outline(paint, r, 20,
                        chosen ? theme_selected_outline(paint->theme) : theme_card_outline(paint->theme),
                        chosen ? THEME_COLOR_B700 : THEME_COLOR_LINE200);
}

void widget_choice_paint_tile(struct widget_paint *paint, const struct widget *w, struct rect tile,
                              enum icon icon)
{
    bool chosen = (w->state & WIDGET_SELECTED) != 0, disabled = (w->state & WIDGET_DISABLED) != 0;
    bool high = tile.w >= HIGH_TILE;
    widget_draw_round(paint, tile, high ? 28 : 16,
                      chosen     ? THEME_COLOR_B700
                      : disabled ? THEME_COLOR_DIS_FILL
                                 : THEME_COLOR_B50);
    widget_draw_icon(paint, tile, icon, high ? tile.w * 5 / 8 : tile.w * 4 / 7,
                     chosen     ? THEME_COLOR_ON_PRIMARY
                     : disabled ? THEME_COLOR_DIS_TEXT
                                : THEME_COLOR_B700);
}

/* A fee in words: 免费, 以公示为准. Returns: its width. */
static int paint_fee_words(struct widget_paint *paint, const struct choice_data *d, struct rect at)
{
    bool large = theme_is_large(paint->theme);
    enum theme_type type = !d->free_of_charge ? THEME_TYPE_BODY
                           : large            ? THEME_TYPE_H2_LARGE
                                              : THEME_TYPE_BODY_L_STRONG;
    if (d->free_of_charge)
        widget_draw_bold(paint, at, type, WIDGET_RIGHT, d->fee, THEME_COLOR_JADE700);
    else
        widget_draw_text(paint, at, type, WIDGET_RIGHT, d->fee, THEME_COLOR_INK700);
    return widget_draw_width(paint, type, d->fee);
}

/* The unit behind the number; in a high card of the large looks below it (e01). Returns: the width used. */
static int paint_fee(struct widget_paint *paint, const struct choice_data *d, struct rect at, bool stacked)
{
    if (!d->fee)
        return 0;
    if (!d->fee_unit)
        return paint_fee_words(paint, d, at);
    enum theme_type type = stacked ? THEME_TYPE_H0 : THEME_TYPE_H1;
    enum theme_type small = stacked ? THEME_TYPE_SMALL : THEME_TYPE_CAPTION;
    int unit = widget_draw_width(paint, small, d->fee_unit), right = at.x + at.w;
    int number = widget_draw_width(paint, type, d->fee), wide = unit > number ? unit : number;
    enum theme_color color = theme_is_large(paint->theme) ? THEME_COLOR_INK900 : THEME_COLOR_B900;
    if (stacked) {
        widget_draw_text(paint, rect_make(right - wide, at.y - 24, wide, at.h), type, WIDGET_RIGHT, d->fee,
                         color);
        widget_draw_text(paint, rect_make(right - wide, at.y + 44, wide, at.h), small, WIDGET_RIGHT,
                         d->fee_unit, THEME_COLOR_INK700);
        return wide;
    }
    widget_draw_text(paint, rect_make(right - unit, at.y + 6, unit, at.h), small, WIDGET_LEFT, d->fee_unit,
                     THEME_COLOR_INK700);
    widget_draw_text(paint, rect_make(right - unit - 6 - number, at.y, number, at.h), type, WIDGET_LEFT,
                     d->fee, color);
    return unit + 6 + number;
}

/* The largest type in which the name fits its room. */
static enum theme_type name_type(struct widget_paint *paint, const char *name, struct rect at)
{
    if (theme_is_large(paint->theme) && at.h >= HIGH_CARD &&
        widget_draw_width(paint, THEME_TYPE_H1, name) <= at.w)
        return THEME_TYPE_H1;
    return widget_draw_width(paint, THEME_TYPE_H2, name) <= at.w ? THEME_TYPE_H2 : THEME_TYPE_BODY_L_STRONG;
}

/* The same of the line below it. */
static enum theme_type line_type(struct widget_paint *paint, const char *line, struct rect at)
{
    return theme_is_large(paint->theme) && at.h >= HIGH_CARD &&
                   widget_draw_width(paint, THEME_TYPE_READING_LINE, line) <= at.w
               ? THEME_TYPE_READING_LINE
               : THEME_TYPE_SMALL;
}

/* Name and line, one below the other in the middle of the rectangle; a line too long for its room is two. */
static void paint_names(struct widget_paint *paint, const struct widget *w, struct rect at)
{
    const struct choice_data *d = w->data;
    bool off = (w->state & WIDGET_DISABLED) != 0;
    enum theme_color color = off ? THEME_COLOR_DIS_TEXT : THEME_COLOR_INK900;
    enum theme_type type = name_type(paint, w->label, at);
    int name = theme_text(paint->theme, type).line_px;
    if (!d->line) {
        widget_draw_text(paint, at, type, WIDGET_LEFT, w->label, color);
        return;
    }
    enum theme_type small = line_type(paint, d->line, at);
    int line = theme_text(paint->theme, small).line_px;
    int lines = widget_draw_width(paint, small, d->line) > at.w ? 2 : 1;
    int y = at.y + (at.h - name - lines * line) / 2;
    enum theme_color soft = off ? THEME_COLOR_DIS_TEXT : THEME_COLOR_INK700;
    struct rect below = rect_make(at.x, y + name - 2, at.w, lines * line);
    widget_draw_text(paint, rect_make(at.x, y, at.w, name), type, WIDGET_LEFT, w->label, color);
    if (lines == 1)
        widget_draw_text(paint, below, small, WIDGET_LEFT, d->line, soft);
    else
        widget_draw_lines(paint, below, small, d->line, soft);
}

/* Narrow: tile and names above, the fee below at the right (p01). */
static void paint_upright(struct widget_paint *paint, const struct widget *w, struct rect r)
{
    const struct choice_data *d = w->data;
    struct rect tile = rect_make(r.x, r.y + 24, 88, 88);
    if (d->icon)
        widget_choice_paint_tile(paint, w, tile, d->icon);
    int indent = d->icon ? 88 + 22 : 0;
    (void)paint_fee(paint, d, rect_make(r.x, r.y + r.h - (d->fee_unit ? 72 : 80), r.w, 56), false);
    paint_names(paint, w, rect_make(r.x + indent, tile.y, r.w - indent, tile.h));
}

void widget_choice_paint(struct widget_paint *paint, const struct widget *w)
{
    const struct choice_data *d = w->data;
    bool large = theme_is_large(paint->theme), stacked = large && w->rect.h >= HIGH_CARD;
    if (!canvas_is_visible(paint->canvas, layout_to_window(paint->layout, rect_inset(w->rect, -24, -24))))
        return;
    widget_choice_paint_card(paint, w);
    bool narrow = w->rect.w < 520;
    if (narrow && w->rect.h > 170) {
        paint_upright(paint, w, rect_inset(w->rect, 28, 0));
        return;
    }
    int side = stacked ? HIGH_TILE : large ? 112 : 84;
    struct rect r = rect_inset(w->rect, stacked ? 48 : large ? 32 : narrow ? 30 : 24, 0);
    int used = paint_fee(paint, d, rect_make(r.x, r.y, r.w - 4, r.h), stacked);
    int indent = d->icon ? side + (large ? 32 : 22) : 0;
    if (d->icon)
        widget_choice_paint_tile(paint, w, rect_make(r.x, r.y + (r.h - side) / 2, side, side), d->icon);
    paint_names(paint, w, rect_make(r.x + indent, r.y, r.w - indent - (used > 0 ? used + 16 : 0), r.h));
}

struct tab_data {
    enum widget_choice_mark mark;
    int number;
    const char *line;
};

struct widget *widget_choice_tab(struct ui *ui, struct rect rect, const struct widget_choice_tab *tab)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_TAB, rect, tab->id, tab->name);
    struct tab_data *data = widget_keep_bytes(
        ui, widget, &(struct tab_data){.mark = tab->mark, .number = tab->number}, sizeof(struct tab_data));
    data->line = widget_keep_text(ui, widget, tab->line);
    widget->value = data->line;
    widget->data = data;
    widget_make_target(ui, widget, tab->tag);
    widget->state |= (tab->selected ? WIDGET_SELECTED : 0u) | (tab->disabled ? WIDGET_DISABLED : 0u) |
                     (tab->mark == WIDGET_CHOICE_ERROR ? WIDGET_ERROR : 0u);
    return widget;
}

static void paint_tab_mark(struct widget_paint *paint, struct rect circle, const struct tab_data *d)
{
    char number[12];
    if (d->mark == WIDGET_CHOICE_DONE) {
        widget_draw_disc(paint, circle, THEME_COLOR_JADE100);
        widget_draw_icon(paint, circle, ICON_CHECK, circle.w * 6 / 10, THEME_COLOR_JADE700);
    } else if (d->mark == WIDGET_CHOICE_ERROR) {
        widget_draw_disc(paint, circle, THEME_COLOR_SEAL600);
        widget_draw_icon(paint, circle, ICON_BANG, circle.w * 6 / 10, THEME_COLOR_ON_SEAL);
    } else {
        snprintf(number, sizeof number, "%d", d->number);
        widget_draw_disc(paint, circle, THEME_COLOR_SUNK);
        widget_draw_text(paint, circle, THEME_TYPE_SMALL_STRONG, WIDGET_CENTER, number, THEME_COLOR_INK700);
    }
}

/* Low tabs (portrait) show a small mark and the name on one line. */
static void paint_low_tab(struct widget_paint *paint, const struct widget *w, const struct tab_data *d)
{
    enum icon icon = d->mark == WIDGET_CHOICE_DONE    ? ICON_CHECK
                     : d->mark == WIDGET_CHOICE_ERROR ? ICON_WARNING
                                                      : ICON_NONE;
    enum theme_color color = w->state & WIDGET_SELECTED ? THEME_COLOR_B700 : THEME_COLOR_INK900;
    int text = widget_draw_width(paint, THEME_TYPE_BODY_STRONG, w->label), side = icon ? 32 : 0;
    int room = w->rect.w - 16 - side - 10;
    text = text > room ? room : text;
    int x = w->rect.x + (w->rect.w - text - (side ? side + 10 : 0)) / 2;
    if (icon) {
        widget_draw_icon(paint, rect_make(x, w->rect.y, side, w->rect.h), icon, side,
                         icon == ICON_CHECK ? THEME_COLOR_JADE700 : THEME_COLOR_SEAL600);
        x += side + 10;
    }
    widget_draw_text(paint, rect_make(x, w->rect.y, text, w->rect.h), THEME_TYPE_BODY_STRONG, WIDGET_LEFT,
                     w->label, color);
}

void widget_choice_paint_tab(struct widget_paint *paint, const struct widget *w)
{
    const struct tab_data *d = w->data;
    widget_choice_paint_card(paint, w);
    if (w->rect.h < 110 || !d->line) {
        paint_low_tab(paint, w, d);
        return;
    }
    struct rect r = rect_inset(w->rect, 24, 0);
    paint_tab_mark(paint, rect_center(rect_cut_left(&r, 52), 52, 52), d);
    r.x += 18;
    r.w -= 18;
    struct theme_text name = theme_text(paint->theme, THEME_TYPE_BODY_L_STRONG),
                      line = theme_text(paint->theme, THEME_TYPE_CAPTION);
    int height = name.line_px + line.line_px - 2, y = r.y + (r.h - height) / 2;
    bool error = d->mark == WIDGET_CHOICE_ERROR;
    widget_draw_text(paint, rect_make(r.x, y, r.w, name.line_px), THEME_TYPE_BODY_L_STRONG, WIDGET_LEFT,
                     w->label, w->state & WIDGET_DISABLED ? THEME_COLOR_DIS_TEXT : THEME_COLOR_INK900);
    widget_draw_text(paint, rect_make(r.x, y + name.line_px - 2, r.w, line.line_px),
                     error ? THEME_TYPE_CAPTION_STRONG : THEME_TYPE_CAPTION, WIDGET_LEFT, d->line,
                     error ? THEME_COLOR_SEAL700 : THEME_COLOR_INK700);
}

void widget_choice_segments(struct ui *ui, struct rect rect, const struct widget_choice_segment *segments,
                            int count)
{
    (void)widget_panel(ui, rect, WIDGET_PANEL_SUNK);
    struct rect inner = rect_inset(rect, 6, 6);
    for (int i = 0; i < count; i++) {
        const struct widget_choice_segment *s = &segments[i];
        struct widget *widget =
            widget_add(ui, WIDGET_KIND_SEGMENT, rect_column(inner, i, count, 0), s->id, s->name);
        widget->value = widget_keep_text(ui, widget, s->line);
        widget_make_target(ui, widget, s->tag);
        widget->state |= (s->selected ? WIDGET_SELECTED : 0u) | (s->disabled ? WIDGET_DISABLED : 0u);
    }
}

void widget_choice_paint_segment(struct widget_paint *paint, const struct widget *w)
{
    bool chosen = (w->state & WIDGET_SELECTED) != 0, desk = widget_draw_is_desk(paint);
    enum theme_type type = desk ? THEME_TYPE_DESK_STRONG : THEME_TYPE_BODY_L_STRONG;
    enum theme_type small = desk ? THEME_TYPE_DESK_CAPTION : THEME_TYPE_CAPTION;
    enum theme_color color = w->state & WIDGET_DISABLED ? THEME_COLOR_DIS_TEXT
                             : chosen                   ? THEME_COLOR_ON_PRIMARY
                                                        : THEME_COLOR_INK900;
    if (chosen || (w->state & WIDGET_PRESSED))
        widget_draw_round(paint, w->rect, desk ? 8 : 12, chosen ? THEME_COLOR_B700 : THEME_COLOR_B100);
    if (!w->value) {
        widget_draw_text(paint, w->rect, type, WIDGET_CENTER, w->label, color);
        return;
    }
    int big = theme_text(paint->theme, type).line_px, line = theme_text(paint->theme, small).line_px;
    int y = w->rect.y + (w->rect.h - big - line + 4) / 2;
    widget_draw_text(paint, rect_make(w->rect.x, y, w->rect.w, big), type, WIDGET_CENTER, w->label, color);
    widget_draw_text(paint, rect_make(w->rect.x, y + big - 4, w->rect.w, line), small, WIDGET_CENTER,
                     w->value, color);
}
