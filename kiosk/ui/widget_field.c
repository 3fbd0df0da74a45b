#include "kiosk/ui/widget_field.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/secret.h"
#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/ui_words.h"
#include "kiosk/ui/widget_draw.h"
#include "kiosk/ui/widget_label.h"

enum {
    PREEDIT_GAP = 14,
    CARET_ROOM = 12,
    DOT_RADIUS = 13,
    DOT_PITCH = 48,
    GROUPED_BYTES = 2 * LIMIT_FIELD_BYTES + 2
};

struct field_data {
    bool required, beside, error, ok, locked, chosen, eye, multiline, has_edit, masked, secret, active,
        pointed;
    int dots, dots_total;
    int label_height, box_height, gap;
    struct rect whole; /* label, box and message; the widget's own rectangle is the box */
    const char *shown, *placeholder, *message, *preedit, *shortcut;
    enum icon icon;
    size_t caret;
};

struct sizes {
    int label, box, message, gap;
};

static struct sizes sizes_for(const struct ui *ui)
{
    if (ui->settings.desk)
        return (struct sizes){20, 36, 20, 4};
    return theme_is_large(ui->theme) ? (struct sizes){50, 112, 46, 6} : (struct sizes){34, 88, 34, 8};
}

int widget_field_height(struct ui *ui)
{
    struct sizes s = sizes_for(ui);
    return s.label + s.box + s.message + 2 * s.gap;
}

int widget_field_plain_height(struct ui *ui)
{
    struct sizes s = sizes_for(ui);
    return s.label + s.gap + s.box;
}

/* What the box shows: words of the caller's, or the text itself. */
static const char *shown_text(const struct widget_field *field)
{
    if (field->dots || field->dots_total || (field->edit && field->edit->secret))
        return "";
    if (field->shown && !(field->eye && field->revealed))
        return field->shown;
    return field->edit ? field->edit->text : field->shown ? field->shown : "";
}

static struct rect box_of(const struct ui *ui, struct rect rect, const struct widget_field *field)
{
    struct sizes s = sizes_for(ui);
    int above = field->label && field->label[0] ? s.label + s.gap : 0;
    int usual = field->box_height ? field->box_height : s.box;
    int below = rect.h - above - usual;
    int height = field->multiline ? rect.h - above - (field->message ? s.message + s.gap : 0) : usual;
    /* A box may be higher than usual when the caller gives it room and nothing stands below (PIN page). */
    if (below < 0)
        height = rect.h - above;
    return rect_make(rect.x, rect.y + above, rect.w, height);
}

static void add_eye(struct ui *ui, struct rect box, const struct widget_field *field)
{
    char id[UI_ID_BYTES];
    snprintf(id, sizeof id, "%s.eye", field->id);
    struct rect at = rect_cut_right(&box, box.h);
    struct widget *eye =
        widget_add(ui, WIDGET_KIND_EYE, at, id, field->revealed ? ui_word_HIDE_VALUE : ui_word_SHOW_VALUE);
    widget_make_target(ui, eye, field->tag);
    if (field->revealed)
        eye->state |= WIDGET_SELECTED;
}

/* The text with a space between its groups. Returns: where the caret is then. */
static size_t group_text(const char *text, const char *sizes, size_t caret, char out[GROUPED_BYTES])
{
    size_t used = 0, moved = caret;
    int left = *sizes - '0';
    for (size_t i = 0; text[i] && used + 2 < GROUPED_BYTES; i++) {
        if (left == 0) {
            out[used++] = ' ';
            moved += i < caret;
            sizes += sizes[1] != '\0';
            left = *sizes - '0';
        }
        out[used++] = text[i];
        left--;
    }
    out[used] = '\0';
    return moved;
}

static void keep_shown(struct ui *ui, struct widget *widget, struct field_data *kept,
                       const struct widget_field *field)
{
    char grouped[GROUPED_BYTES];
    kept->shown = widget->value = widget_keep_text(ui, widget, shown_text(field));
    if (!field->grouping)
        return;
    kept->caret = group_text(kept->shown, field->grouping, kept->caret, grouped);
    kept->shown = widget_keep_text(ui, widget, grouped);
    secret_wipe_bytes(grouped, sizeof grouped);
}

struct widget *widget_field(struct ui *ui, struct rect rect, const struct widget_field *field)
{
    struct sizes s = sizes_for(ui);
    struct rect box = box_of(ui, rect, field);
    bool named = field->label && field->label[0];
    struct widget *widget =
        widget_add(ui, WIDGET_KIND_FIELD, box, field->id, named ? field->label : field->placeholder);
    struct field_data data = {.required = field->required,
                              .beside = field->beside,
                              .error = field->error,
                              .ok = field->ok,
                              .locked = field->locked,
                              .chosen = field->chosen,
                              .eye = field->eye,
                              .multiline = field->multiline,
                              .has_edit = field->edit != NULL,
                              .masked = field->shown != NULL && !(field->eye && field->revealed),
                              .secret = field->edit && field->edit->secret,
                              .active = field->active,
                              .icon = field->icon,
                              .dots = field->dots,
                              .dots_total = field->dots_total,
                              .pointed = field->id && strcmp(field->id, ui->assist.field) == 0,
                              .label_height = field->label && field->label[0] ? s.label : 0,
                              .gap = s.gap,
                              .whole = rect,
                              .caret = field->edit ? field->edit->caret : 0};
    if (data.secret) {
        size_t length = field->edit->length;
        data.dots = data.dots > 0 ? data.dots : (int)length;
    }
    struct field_data *kept = widget_keep_bytes(ui, widget, &data, sizeof data);
    keep_shown(ui, widget, kept, field);
    kept->placeholder = widget_keep_text(ui, widget, field->placeholder);
    kept->message = widget_keep_text(ui, widget, field->message);
    kept->shortcut = widget_keep_text(ui, widget, field->shortcut);
    kept->preedit = field->edit && !data.secret ? widget_keep_text(ui, widget, field->edit->preedit) : "";
    widget->data = kept;
    widget->edit = field->edit;
    widget->state |= WIDGET_PRIVATE | (field->error ? WIDGET_ERROR : 0u);
    if (field->edit && !field->locked) {
        widget_make_target(ui, widget, field->tag);
        widget->state |= WIDGET_EDITABLE;
    } else if (field->chosen && !field->locked) {
        widget_make_target(ui, widget, field->tag);
    }
    widget->tag = field->tag;
    if (field->eye)
        add_eye(ui, box, field);
    return widget;
}

static void paint_label(struct widget_paint *paint, const struct widget *w, const struct field_data *d,
                        enum theme_type type)
{
    struct rect at = rect_make(d->whole.x, d->whole.y, d->whole.w, d->label_height);
    if (!d->label_height)
        return;
    if (d->required) {
        int star = widget_draw_width(paint, type, "* ");
        widget_draw_bold(paint, at, type, WIDGET_LEFT, "*", THEME_COLOR_SEAL600);
        at.x += star;
        at.w -= star;
    }
    widget_draw_text(paint, at, type, WIDGET_LEFT, w->label, THEME_COLOR_INK700);
}

/* Where the message stands, so many px wide. */
static struct rect message_place(const struct widget *w, const struct field_data *d, int width)
{
    int top = w->rect.y + w->rect.h + d->gap;
    if (d->beside)
        return rect_make(d->whole.x + d->whole.w - width, d->whole.y, width, d->label_height);
    return rect_make(d->whole.x, top, d->whole.w, d->whole.y + d->whole.h - top);
}

static void paint_message(struct widget_paint *paint, const struct widget *w, const struct field_data *d,
                          bool desk)
{
    enum theme_type type = desk       ? THEME_TYPE_DESK_CAPTION
                           : d->error ? THEME_TYPE_CAPTION_STRONG
                                      : THEME_TYPE_CAPTION;
    int side = desk ? 16 : theme_is_large(paint->theme) ? 40 : 32;
    struct rect at =
        message_place(w, d, widget_draw_width(paint, type, d->message) + (d->error ? side + 4 : 0));
    int line = theme_text(paint->theme, type).line_px, height = at.h;
    if (!d->message || height < line - 6)
        return;
    at.h = line > height ? height : line;
    enum theme_color color = d->error ? THEME_COLOR_SEAL700 : THEME_COLOR_INK700;
    if (d->error) {
        widget_draw_icon(paint, rect_make(at.x - 2, at.y, side, at.h), ICON_WARNING, side,
                         THEME_COLOR_SEAL600);
        at.x += side + 4;
        at.w -= side + 4;
    }
    if (height >= 2 * line)
        at.h = height;
    widget_draw_lines(paint, at, type, d->message, color);
}

static void paint_box(struct widget_paint *paint, const struct widget *w, const struct field_data *d,
                      bool desk)
{
    bool focused = (w->state & WIDGET_FOCUSED) != 0 || d->active;
    int radius = desk ? 8 : 14, plain = desk ? 1 : 2;
    int width = focused ? (desk ? 2 : 4) : d->error ? (desk ? 2 : 3) : plain;
    if (paint->theme == THEME_CONTRAST && focused)
        width = 6;
    widget_draw_round(paint, w->rect, radius,
                      d->locked                   ? THEME_COLOR_SUNK
                      : d->error && !focused      ? THEME_COLOR_ERROR_FILL
                      : w->state & WIDGET_PRESSED ? THEME_COLOR_B50
                                                  : THEME_COLOR_SURFACE);
    widget_draw_outline(paint, w->rect, radius, width,
                        focused    ? THEME_COLOR_B700
                        : d->error ? THEME_COLOR_SEAL600
                                   : THEME_COLOR_LINE500);
}

/* A clerk points at it: an amber frame around the box. */
static void paint_pointed(struct widget_paint *paint, struct rect box)
{
    widget_draw_outline(paint, rect_inset(box, -7, -7), 20, 4, THEME_COLOR_AMBER800);
}

static void paint_dots(struct widget_paint *paint, struct rect text, const struct field_data *d)
{
    int total = d->dots > d->dots_total ? d->dots : d->dots_total, pitch = DOT_PITCH;
    if (total > 0 && pitch * total > text.w)
        pitch = text.w / total;
    int radius = pitch < 2 * DOT_RADIUS + 6 ? pitch / 3 : DOT_RADIUS;
    for (int i = 0; i < total; i++) {
        struct rect dot =
            rect_make(text.x + 10 + i * pitch, text.y + (text.h - 2 * radius) / 2, 2 * radius, 2 * radius);
        if (i < d->dots)
            widget_draw_disc(paint, dot, THEME_COLOR_INK900);
        else
            widget_draw_outline(paint, dot, radius, 3, THEME_COLOR_LINE500);
    }
}

static int width_of(struct widget_paint *paint, struct theme_text text, const char *words, size_t length)
{
    return font_width(paint->font, layout_length(paint->layout, text.px), text.weight, words, length);
}

/* Text, preedit and caret on one line that moves left so that the caret is always seen. Units: window px. */
static void paint_line(struct widget_paint *paint, const struct widget *w, const struct field_data *d,
                       struct rect text, struct theme_text type)
{
    struct rect r = layout_to_window(paint->layout, text);
    bool focused = (w->state & WIDGET_FOCUSED) != 0 && d->has_edit;
    size_t length = strlen(d->shown), caret = focused && !d->masked && d->caret <= length ? d->caret : length;
    bool composing = focused && d->preedit && d->preedit[0];
    int gap = composing ? layout_length(paint->layout, PREEDIT_GAP) : 0;
    int before = width_of(paint, type, d->shown, caret),
        behind = width_of(paint, type, d->shown + caret, length - caret);
    int preedit = composing ? width_of(paint, type, d->preedit, strlen(d->preedit)) + 2 * gap : 0;
    int room = r.w - layout_length(paint->layout, 8), x = r.x, middle = r.y + r.h / 2;
    if (focused && before + preedit > room)
        x -= before + preedit - room;
    int px = layout_length(paint->layout, type.px);
    canvas_push_clip(paint->canvas, r);
    enum theme_color color = d->locked ? THEME_COLOR_INK700 : THEME_COLOR_INK900;
    widget_paint_run(paint, px, type.weight, d->shown, caret, x, middle, widget_paint_color(paint, color));
    x += before;
    if (composing) {
        uint32_t blue = widget_paint_color(paint, THEME_COLOR_B700);
        widget_paint_run(paint, px, type.weight, d->preedit, strlen(d->preedit), x + gap, middle, blue);
        canvas_fill(
            paint->canvas,
            rect_make(x + gap, middle + px * 62 / 100, preedit - 2 * gap, layout_length(paint->layout, 3)),
            blue);
        x += preedit;
    }
    widget_paint_run(paint, px, type.weight, d->shown + caret, length - caret, x, middle,
                     widget_paint_color(paint, color));
    (void)behind;
    if (focused) {
        bool desk = widget_draw_is_desk(paint);
        struct rect bar = rect_make(x + 2, middle - layout_length(paint->layout, desk ? 10 : 22),
                                    layout_length(paint->layout, desk ? 2 : 4),
                                    layout_length(paint->layout, desk ? 20 : 44));
        canvas_fill(paint->canvas, bar, widget_paint_color(paint, THEME_COLOR_B700));
    }
    canvas_pop_clip(paint->canvas);
}

/* Text nobody is typing: on one line, smaller on two when it is too long for one. */
static void paint_rest(struct widget_paint *paint, const struct field_data *d, struct rect text, bool desk)
{
    enum theme_type type = desk ? THEME_TYPE_DESK : THEME_TYPE_BODY_L;
    enum theme_color color = d->locked ? THEME_COLOR_INK700 : THEME_COLOR_INK900;
    int lines = 2 * theme_text(paint->theme, THEME_TYPE_SMALL).line_px;
    if (desk || text.h < lines || widget_draw_width(paint, type, d->shown) <= text.w)
        widget_draw_text(paint, text, type, WIDGET_LEFT, d->shown, color);
    else
        widget_label_draw(paint, rect_center(text, text.w, lines), theme_text(paint->theme, THEME_TYPE_SMALL),
                          WIDGET_LEFT, true, false, d->shown, widget_paint_color(paint, color));
}

static void paint_value(struct widget_paint *paint, const struct widget *w, const struct field_data *d,
                        struct rect text)
{
    bool desk = widget_draw_is_desk(paint), focused = (w->state & WIDGET_FOCUSED) != 0;
    struct theme_text type = theme_text(paint->theme, desk ? THEME_TYPE_DESK : THEME_TYPE_BODY_L);
    bool empty = !d->shown[0] && !(d->preedit && d->preedit[0]);
    if (paint->hide_values && (!empty || d->dots > 0)) {
        struct rect bar = text;
        bar.w = text.w * 3 / 5;
        widget_draw_hidden(paint, bar);
        return;
    }
    if (d->dots || d->dots_total || d->secret) {
        paint_dots(paint, text, d);
        if (!focused || d->dots || d->dots_total)
            return;
    }
    struct rect line = text;
    if (d->multiline)
        line.h = type.line_px + 12;
    if (empty && d->placeholder) /* beside the caret */
        widget_paint_text(paint, focused ? rect_inset(line, CARET_ROOM, 0) : line, type, WIDGET_LEFT,
                          d->placeholder, widget_paint_color(paint, THEME_COLOR_INK400));
    if (d->multiline && !focused)
        widget_draw_lines(paint, rect_inset(text, 0, 6), desk ? THEME_TYPE_DESK : THEME_TYPE_BODY, d->shown,
                          THEME_COLOR_INK900);
    else if (!focused && !empty)
        paint_rest(paint, d, text, desk);
    else
        paint_line(paint, w, d, line, type);
}

/* What the field is for before its text, and at its end the key that leads into it. */
static void paint_ends(struct widget_paint *paint, const struct field_data *d, struct rect *text, int side,
                       bool focused)
{
    if (d->icon) {
        widget_draw_icon(paint, rect_cut_left(text, side), d->icon, side, THEME_COLOR_INK700);
        (void)rect_cut_left(text, 10);
    }
    if (!d->shortcut || focused)
        return;
    struct rect key = rect_center(rect_cut_right(text, 20), 20, 20);
    widget_draw_outline(paint, key, 4, 1, THEME_COLOR_LINE500);
    widget_draw_text(paint, key, THEME_TYPE_DESK_HINT, WIDGET_CENTER, d->shortcut, THEME_COLOR_INK700);
}

void widget_field_paint(struct widget_paint *paint, const struct widget *w)
{
    const struct field_data *d = w->data;
    bool desk = widget_draw_is_desk(paint);
    if (!canvas_is_visible(paint->canvas, layout_to_window(paint->layout, rect_inset(d->whole, -8, -8))))
        return;
    paint_label(paint, w, d, desk ? THEME_TYPE_DESK_CAPTION : THEME_TYPE_SMALL);
    paint_box(paint, w, d, desk);
    if (d->pointed)
        paint_pointed(paint, w->rect);
    int padding = desk ? 12 : 26, side = desk ? 18 : 42;
    struct rect text = rect_inset(w->rect, padding, 2);
    bool focused = (w->state & WIDGET_FOCUSED) != 0;
    enum icon icon = d->eye              ? ICON_NONE
                     : d->locked         ? ICON_LOCK
                     : d->error          ? ICON_WARNING
                     : d->ok && !focused ? ICON_CHECK
                     : d->chosen         ? ICON_CHEVRON_DOWN
                                         : ICON_NONE;
    paint_ends(paint, d, &text, side, focused);
    if (d->eye)
        text.w -= w->rect.h - padding;
    if (icon) {
        struct rect at = rect_cut_right(&text, side);
        text.w -= 8;
        widget_draw_icon(paint, at, icon, side,
                         icon == ICON_CHECK     ? THEME_COLOR_JADE700
                         : icon == ICON_WARNING ? THEME_COLOR_SEAL600
                                                : THEME_COLOR_INK700);
    }
    paint_value(paint, w, d, text);
    paint_message(paint, w, d, desk);
}

void widget_field_paint_eye(struct widget_paint *paint, const struct widget *w)
{
    bool desk = widget_draw_is_desk(paint);
    if (w->state & WIDGET_PRESSED)
        widget_draw_round(paint, rect_inset(w->rect, 6, 6), 12, THEME_COLOR_SUNK);
    widget_draw_icon(paint, w->rect, w->state & WIDGET_SELECTED ? ICON_EYE_OFF : ICON_EYE, desk ? 18 : 42,
                     THEME_COLOR_INK700);
}
