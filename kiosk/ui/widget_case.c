#include "kiosk/ui/widget_case.h"

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_draw.h"
#include "kiosk/ui/widget_label.h"

enum { PADDING = 14, EDGE = 4, ICON = 24, MARK = 16, CAP_PADDING = 6, GAP = 8 };

static const char *keep_fit(struct ui *ui, struct widget *widget, enum theme_type type, const char *text,
                            int width)
{
    char shown[UI_TEXT_BYTES];
    widget_label_fit(ui, type, text ? text : "", width, shown, sizeof shown);
    return widget_keep_text(ui, widget, shown);
}

/* --- row ---------------------------------------------------------------------------------------------- */

struct row_data {
    const char *name, *since, *line, *number, *note;
    bool is_urgent;
};

struct widget *widget_case_row(struct ui *ui, struct rect rect, const struct widget_case_row *row)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_CASE_ROW, rect, row->id, row->name);
    struct row_data *data = widget_allocate(ui, sizeof *data);
    int width = rect.w - 2 * PADDING;
    int since = widget_label_width(ui, THEME_TYPE_DESK_TABLE, row->since) + GAP;
    int note = widget_label_width(ui, THEME_TYPE_DESK_CAPTION, row->note) + GAP;
    data->name = keep_fit(ui, widget, THEME_TYPE_DESK_STRONG, row->name, width - since);
    data->since = widget_keep_text(ui, widget, row->since);
    data->line = keep_fit(ui, widget, THEME_TYPE_DESK_CAPTION, row->line, width);
    data->number = keep_fit(ui, widget, THEME_TYPE_DESK_CAPTION, row->number, width - note);
    data->note = widget_keep_text(ui, widget, row->note);
    data->is_urgent = row->is_urgent;
    widget_mix(widget, row->is_urgent);
    widget->data = data;
    widget->value = data->number;
    widget->state |= WIDGET_PRIVATE | (row->selected ? WIDGET_SELECTED : 0u);
    widget_make_target(ui, widget, row->tag);
    return widget;
}

void widget_case_paint_row(struct widget_paint *paint, const struct widget *w)
{
    const struct row_data *d = w->data;
    struct rect r = w->rect;
    bool chosen = (w->state & WIDGET_SELECTED) != 0;
    enum theme_color side = d->is_urgent ? THEME_COLOR_AMBER800 : THEME_COLOR_INK700;
    if (!canvas_is_visible(paint->canvas, layout_to_window(paint->layout, r)))
        return;
    if (chosen || (w->state & WIDGET_PRESSED))
        widget_draw_fill(paint, r, THEME_COLOR_B50);
    if (chosen)
        widget_draw_fill(paint, rect_make(r.x, r.y, EDGE, r.h), THEME_COLOR_B700);
    widget_draw_fill(paint, rect_make(r.x, r.y + r.h - 1, r.w, 1), THEME_COLOR_LINE200);
    r = rect_inset(r, PADDING, 0);
    struct rect top = rect_make(r.x, r.y + 10, r.w, 24), middle = rect_make(r.x, r.y + 34, r.w, 18),
                bottom = rect_make(r.x, r.y + 53, r.w, 18);
    widget_draw_text(paint, top, THEME_TYPE_DESK_STRONG, WIDGET_LEFT, d->name, THEME_COLOR_INK900);
    widget_draw_text(paint, top, d->is_urgent ? THEME_TYPE_DESK_STRONG : THEME_TYPE_DESK_TABLE, WIDGET_RIGHT,
                     d->since, side);
    widget_draw_text(paint, middle, THEME_TYPE_DESK_CAPTION, WIDGET_LEFT, d->line, THEME_COLOR_INK700);
    widget_draw_text(paint, bottom, THEME_TYPE_DESK_CAPTION, WIDGET_LEFT, d->number, THEME_COLOR_INK700);
    widget_draw_text(paint, bottom, THEME_TYPE_DESK_CAPTION, WIDGET_RIGHT, d->note, THEME_COLOR_INK700);
}

/* --- tab ---------------------------------------------------------------------------------------------- */

struct tab_data {
    const char *name, *line;
    enum widget_case_look look;
    bool refused, compact;
    struct canvas_image picture; /* its pixels are borrowed, so not in the digest; the version is */
};

/* Of a tab: a margin, the small picture, the words behind it. */
struct tab_sizes {
    int padding, sheet_width, sheet_height, gap;
    enum theme_type name;
};

static struct tab_sizes tab_sizes(bool compact)
{
    return compact ? (struct tab_sizes){6, 32, 44, 6, THEME_TYPE_DESK_CAPTION_STRONG}
                   : (struct tab_sizes){9, 38, 52, 10, THEME_TYPE_DESK_STRONG};
}

int widget_case_tab_width(struct ui *ui, const struct widget_case_tab *tab)
{
    struct tab_sizes s = tab_sizes(tab->compact);
    int name = widget_label_width(ui, s.name, tab->name);
    int line = widget_label_width(ui, THEME_TYPE_DESK_CAPTION, tab->line);
    return (name > line ? name : line) + 2 * s.padding + s.sheet_width + s.gap + 2;
}

struct widget *widget_case_tab(struct ui *ui, struct rect rect, const struct widget_case_tab *tab)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_CASE_TAB, rect, tab->id, tab->name);
    struct tab_data *data = widget_allocate(ui, sizeof *data);
    struct tab_sizes s = tab_sizes(tab->compact);
    int width = rect.w - 2 * s.padding - s.sheet_width - s.gap;
    data->name = keep_fit(ui, widget, s.name, tab->name, width);
    data->line = keep_fit(ui, widget, THEME_TYPE_DESK_CAPTION, tab->line, width);
    data->look = tab->look;
    data->refused = tab->refused;
    data->compact = tab->compact;
    if (tab->picture)
        data->picture = *tab->picture;
    widget_mix(widget, (int)tab->look * 4 + tab->refused * 2 + tab->compact);
    widget_mix(widget, tab->picture ? (int64_t)tab->version : -1);
    widget->data = data;
    widget->value = data->line;
    widget->state |= tab->selected ? WIDGET_SELECTED : 0u;
    widget_make_target(ui, widget, tab->tag);
    return widget;
}

/* The whole page as large as the sheet takes it. Units: window px. */
static struct rect picture_place(struct rect sheet, const struct canvas_image *picture)
{
    int width = sheet.h * picture->width / picture->height,
        height = sheet.w * picture->height / picture->width;
    return width <= sheet.w ? rect_center(sheet, width > 0 ? width : 1, sheet.h)
                            : rect_center(sheet, sheet.w, height > 0 ? height : 1);
}

/* A small sheet of paper: the page itself, a sign while it is not there. */
static void paint_sheet(struct widget_paint *paint, struct rect at, const struct canvas_image *picture)
{
    widget_draw_round(paint, at, 4, THEME_COLOR_SURFACE);
    widget_draw_outline(paint, at, 4, 1, THEME_COLOR_LINE300);
    if (picture->rgb && !paint->hide_values)
        canvas_draw_image(paint->canvas,
                          picture_place(layout_to_window(paint->layout, rect_inset(at, 2, 2)), picture),
                          picture, 0);
    else
        widget_draw_icon(paint, at, ICON_FILE, ICON, THEME_COLOR_B600);
}

/* Over the corner of its sheet. */
static void paint_refused(struct widget_paint *paint, struct rect sheet)
{
    struct rect mark = rect_make(sheet.x + sheet.w - MARK + 4, sheet.y - 4, MARK, MARK);
    widget_draw_disc(paint, mark, THEME_COLOR_SEAL600);
    widget_draw_icon(paint, mark, ICON_CROSS, 10, THEME_COLOR_ON_SEAL);
}

void widget_case_paint_tab(struct widget_paint *paint, const struct widget *w)
{
    static const enum theme_color colors[] = {[WIDGET_CASE_OPEN] = THEME_COLOR_INK500,
                                              [WIDGET_CASE_GOOD] = THEME_COLOR_JADE700,
                                              [WIDGET_CASE_LOOK] = THEME_COLOR_AMBER800};
    const struct tab_data *d = w->data;
    bool chosen = (w->state & WIDGET_SELECTED) != 0;
    if (!canvas_is_visible(paint->canvas, layout_to_window(paint->layout, w->rect)))
        return;
    widget_draw_pressable(paint, w, w->rect, 8, chosen ? THEME_COLOR_B50 : THEME_COLOR_SURFACE,
                          THEME_COLOR_B100);
    widget_draw_outline(paint, w->rect, 8, chosen ? 2 : 1, chosen ? THEME_COLOR_B700 : THEME_COLOR_LINE200);
    struct tab_sizes s = tab_sizes(d->compact);
    struct rect r = rect_inset(w->rect, s.padding, 9);
    struct rect sheet = rect_center(rect_cut_left(&r, s.sheet_width), s.sheet_width, s.sheet_height);
    paint_sheet(paint, sheet, &d->picture);
    (void)rect_cut_left(&r, s.gap);
    if (d->refused)
        paint_refused(paint, sheet);
    struct rect top = rect_cut_top(&r, r.h / 2 + 1);
    widget_draw_text(paint, top, s.name, WIDGET_LEFT, d->name, THEME_COLOR_INK900);
    widget_draw_text(paint, r, THEME_TYPE_DESK_CAPTION, WIDGET_LEFT, d->line, colors[d->look]);
}

/* --- hint --------------------------------------------------------------------------------------------- */

static int cap_width(int text)
{
    return text + 2 * CAP_PADDING > 20 ? text + 2 * CAP_PADDING : 20;
}

int widget_case_hint_width(struct ui *ui, const char *words, const char *key)
{
    return widget_label_width(ui, THEME_TYPE_DESK_CAPTION, words) + GAP +
           cap_width(widget_label_width(ui, THEME_TYPE_DESK_HINT, key)) + 2;
}

struct widget *widget_case_hint(struct ui *ui, struct rect rect, const char *words, const char *key)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_CASE_HINT, rect, "", words);
    widget->value = widget_keep_text(ui, widget, key);
    return widget;
}

void widget_case_paint_hint(struct widget_paint *paint, const struct widget *w)
{
    struct rect r = w->rect;
    int width = cap_width(widget_draw_width(paint, THEME_TYPE_DESK_HINT, w->value));
    widget_draw_text(paint, r, THEME_TYPE_DESK_CAPTION, WIDGET_LEFT, w->label, THEME_COLOR_INK700);
    (void)rect_cut_left(&r, widget_draw_width(paint, THEME_TYPE_DESK_CAPTION, w->label) + GAP);
    struct rect cap = rect_make(r.x, r.y + (r.h - 20) / 2, width, 20);
    widget_draw_outline(paint, cap, 4, 1, THEME_COLOR_LINE300);
    widget_draw_text(paint, cap, THEME_TYPE_DESK_HINT, WIDGET_CENTER, w->value, THEME_COLOR_INK700);
}
