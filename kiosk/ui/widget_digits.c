#include "kiosk/ui/widget_digits.h"

#include <string.h>

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_draw.h"

enum {
    LABEL = 36,
    LABEL_LARGE = 50,
    BOX = 104,
    BOX_LARGE = 112,
    GAP = 7,
    BOX_GAP = 12,
    PADDING = 26,
    CHECK = 44
};

struct digits_data {
    int places, label_height;
    bool now, ok, error;
    struct rect label_at;
    const char *placeholder;
};

int widget_digits_box(struct ui *ui)
{
    return theme_is_large(ui->theme) ? BOX_LARGE : BOX;
}

int widget_digits_height(struct ui *ui)
{
    return (theme_is_large(ui->theme) ? LABEL_LARGE : LABEL) + GAP + widget_digits_box(ui);
}

struct widget *widget_digits(struct ui *ui, struct rect rect, const struct widget_digits *digits)
{
    struct rect label = rect_cut_top(&rect, theme_is_large(ui->theme) ? LABEL_LARGE : LABEL);
    (void)rect_cut_top(&rect, GAP);
    struct widget *widget = widget_add(ui, WIDGET_KIND_DIGITS, rect, digits->id, digits->label);
    struct digits_data *data = widget_keep_bytes(ui, widget,
                                                 &(struct digits_data){.places = digits->places,
                                                                       .now = digits->now,
                                                                       .ok = digits->ok,
                                                                       .error = digits->error,
                                                                       .label_at = label},
                                                 sizeof(struct digits_data));
    data->placeholder = widget_keep_text(ui, widget, digits->placeholder);
    widget->data = data;
    widget->value = widget_keep_text(ui, widget, digits->shown);
    widget_make_target(ui, widget, 0);
    widget->state |= WIDGET_PRIVATE | (digits->error ? WIDGET_ERROR : 0u);
    return widget;
}

static void paint_label(struct widget_paint *paint, const struct widget *w, struct rect at)
{
    widget_draw_bold(paint, at, THEME_TYPE_SMALL, WIDGET_LEFT, "*", THEME_COLOR_SEAL600);
    (void)rect_cut_left(&at, widget_draw_width(paint, THEME_TYPE_SMALL, "* "));
    widget_draw_text(paint, at, THEME_TYPE_SMALL, WIDGET_LEFT, w->label, THEME_COLOR_INK700);
}

static void paint_box(struct widget_paint *paint, const struct digits_data *d, struct rect at, bool now)
{
    int width = now ? theme_selected_outline(paint->theme) : d->error ? 3 : 2;
    widget_draw_round(paint, at, 14, d->error ? THEME_COLOR_ERROR_FILL : THEME_COLOR_SURFACE);
    widget_draw_outline(paint, at, 14, width,
                        now        ? THEME_COLOR_B700
                        : d->error ? THEME_COLOR_SEAL600
                                   : THEME_COLOR_LINE500);
}

static void paint_caret(struct widget_paint *paint, int x, struct rect at)
{
    widget_draw_fill(paint, rect_make(x, at.y + (at.h - 44) / 2, 4, 44), THEME_COLOR_B700);
}

/* One box for each place; the caret stands in the next one. */
static void paint_places(struct widget_paint *paint, const struct widget *w, const struct digits_data *d)
{
    int typed = (int)strlen(w->value);
    for (int i = 0; i < d->places; i++) {
        struct rect at = rect_column(w->rect, i, d->places, BOX_GAP);
        bool next = d->now && i == typed;
        char digit[2] = {i < typed ? w->value[i] : 0, 0};
        paint_box(paint, d, at, next);
        if (next)
            paint_caret(paint, at.x + at.w / 2 - 2, at);
        if (i < typed && paint->hide_values)
            widget_draw_hidden(paint, rect_inset(at, 12, 0));
        else
            widget_draw_text(paint, at, THEME_TYPE_DIGITS, WIDGET_CENTER, digit, THEME_COLOR_INK900);
    }
}

static void paint_whole(struct widget_paint *paint, const struct widget *w, const struct digits_data *d)
{
    struct rect at = rect_inset(w->rect, PADDING, 0);
    bool is_empty = w->value[0] == 0;
    paint_box(paint, d, w->rect, d->now);
    if (d->ok)
        widget_draw_icon(paint, rect_cut_right(&at, CHECK), ICON_CHECK, CHECK, THEME_COLOR_JADE700);
    if (!is_empty && paint->hide_values)
        widget_draw_hidden(paint, rect_make(at.x, at.y, at.w / 2, at.h));
    else if (!is_empty)
        widget_draw_text(paint, at, THEME_TYPE_DIGITS, WIDGET_LEFT, w->value, THEME_COLOR_INK900);
    else if (d->placeholder)
        widget_draw_text(paint, rect_make(at.x + 12, at.y, at.w - 12, at.h), THEME_TYPE_BODY_L, WIDGET_LEFT,
                         d->placeholder, THEME_COLOR_INK400);
    if (d->now && !paint->hide_values)
        paint_caret(paint, at.x + (is_empty ? 0 : widget_draw_width(paint, THEME_TYPE_DIGITS, w->value) + 4),
                    at);
}

void widget_digits_paint(struct widget_paint *paint, const struct widget *w)
{
    const struct digits_data *d = w->data;
    paint_label(paint, w, d->label_at);
    if (d->places > 0)
        paint_places(paint, w, d);
    else
        paint_whole(paint, w, d);
}
