#include "kiosk/ui/widget_mark.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_draw.h"
#include "kiosk/ui/widget_label.h"

enum { SPINNER_TURN_MS = 1200 };

struct tick_data {
    enum widget_mark_state state;
    bool checkbox, plain;
    enum theme_type type;
};

struct widget *widget_mark_tick(struct ui *ui, struct rect rect, const struct widget_mark_tick *tick)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_TICK, rect, tick->id, tick->text);
    struct tick_data data = {tick->state, tick->checkbox, tick->plain, tick->type};
    if (!data.type)
        data.type = ui->settings.desk ? THEME_TYPE_DESK : THEME_TYPE_BODY;
    widget->data = widget_keep_bytes(ui, widget, &data, sizeof data);
    if (tick->checkbox) {
        widget_make_target(ui, widget, tick->tag);
        widget->state |= (tick->disabled ? WIDGET_DISABLED : 0u) |
                         (tick->state == WIDGET_MARK_DONE ? WIDGET_SELECTED : 0u);
    }
    return widget;
}

static void paint_box(struct widget_paint *paint, const struct widget *w, struct rect at, bool on, bool desk)
{
    int radius = desk ? 4 : 8;
    bool off = (w->state & WIDGET_DISABLED) != 0;
    widget_draw_round(paint, at, radius,
                      off                         ? THEME_COLOR_DIS_FILL
                      : on                        ? THEME_COLOR_B700
                      : w->state & WIDGET_PRESSED ? THEME_COLOR_B100
                                                  : THEME_COLOR_SURFACE);
    if (!on)
        widget_draw_outline(paint, at, radius, desk ? 1 : 3, THEME_COLOR_LINE500);
    else
        widget_draw_icon(paint, at, ICON_CHECK, at.w * 8 / 10,
                         off ? THEME_COLOR_DIS_TEXT : THEME_COLOR_ON_PRIMARY);
}

static void paint_circle(struct widget_paint *paint, struct rect at, const struct tick_data *d, bool desk)
{
    if (d->state == WIDGET_MARK_DONE) {
        if (!d->plain)
            widget_draw_disc(paint, at, THEME_COLOR_JADE100);
        widget_draw_icon(paint, at, ICON_CHECK, d->plain ? at.w * 11 / 10 : at.w * 7 / 10,
                         THEME_COLOR_JADE700);
    } else if (d->state == WIDGET_MARK_FAILED) {
        widget_draw_disc(paint, at, THEME_COLOR_SEAL600);
        widget_draw_icon(paint, at, ICON_BANG, at.w * 6 / 10, THEME_COLOR_ON_SEAL);
    } else if (d->state == WIDGET_MARK_NOW) {
        widget_draw_disc(paint, at, THEME_COLOR_B700);
        widget_draw_disc(paint, rect_inset(at, at.w / 3, at.w / 3), THEME_COLOR_ON_PRIMARY);
    } else {
        widget_draw_outline(paint, at, at.w / 2, desk ? 1 : 3, THEME_COLOR_LINE500);
    }
}

void widget_mark_paint_tick(struct widget_paint *paint, const struct widget *w)
{
    const struct tick_data *d = w->data;
    bool desk = widget_draw_is_desk(paint);
    struct theme_text text = theme_text(paint->theme, d->type);
    int side = desk ? 18 : d->checkbox ? 44 : d->plain ? 32 : 40;
    struct rect r = w->rect, mark = rect_cut_left(&r, side);
    mark = rect_center(mark, side, side);
    if (r.h > 2 * text.line_px)
        mark.y = w->rect.y + (text.line_px - side) / 2 + 4;
    if (d->checkbox)
        paint_box(paint, w, mark, d->state == WIDGET_MARK_DONE, desk);
    else
        paint_circle(paint, mark, d, desk);
    int gap = desk ? 8 : d->plain ? 14 : 16;
    r.x += gap;
    r.w -= gap;
    bool waits = !d->checkbox && d->state == WIDGET_MARK_OPEN; /* a15 */
    enum theme_color color = w->state & WIDGET_DISABLED ? THEME_COLOR_DIS_TEXT
                             : waits                    ? THEME_COLOR_INK700
                                                        : THEME_COLOR_INK900;
    widget_label_draw(paint, r, text, WIDGET_LEFT, r.h <= 2 * text.line_px, false, w->label,
                      widget_paint_color(paint, color));
}

struct chip_data {
    enum widget_mark_tone tone;
    enum theme_type type;
    enum icon icon;
};

static enum theme_type chip_type(bool desk)
{
    return desk ? THEME_TYPE_DESK_CAPTION_STRONG : THEME_TYPE_CAPTION_STRONG;
}

int widget_mark_chip_width(struct ui *ui, const char *text)
{
    return widget_label_width(ui, chip_type(ui->settings.desk), text) + (ui->settings.desk ? 20 : 40);
}

static struct widget *add_chip(struct ui *ui, struct rect rect, enum widget_align align, int width,
                               int height, struct chip_data data, const char *text)
{
    width = width > rect.w ? rect.w : width;
    struct rect at = rect_center(rect, width, height);
    at.x = align == WIDGET_LEFT ? rect.x : align == WIDGET_RIGHT ? rect.x + rect.w - width : at.x;
    struct widget *widget = widget_add(ui, WIDGET_KIND_CHIP, at, "", text);
    widget->data = widget_keep_bytes(ui, widget, &data, sizeof data);
    return widget;
}

struct widget *widget_mark_chip(struct ui *ui, struct rect rect, enum widget_align align,
                                enum widget_mark_tone tone, const char *text)
{
    int height = ui->settings.desk ? 26 : theme_is_large(ui->theme) ? 60 : 48;
    return add_chip(ui, rect, align, widget_mark_chip_width(ui, text), height,
                    (struct chip_data){.tone = tone, .type = chip_type(ui->settings.desk)}, text);
}

struct widget *widget_mark_state(struct ui *ui, struct rect rect, enum widget_align align,
                                 enum widget_mark_tone tone, const char *text)
{
    return add_chip(ui, rect, align, widget_label_width(ui, THEME_TYPE_SMALL_STRONG, text) + 36,
                    theme_is_large(ui->theme) ? 64 : 52,
                    (struct chip_data){.tone = tone, .type = THEME_TYPE_SMALL_STRONG}, text);
}

enum { PILL_ICON_MORE = 6, PILL_ICON_GAP = 2 }; /* the icon is larger than the letters beside it */

struct widget *widget_mark_pill(struct ui *ui, struct rect rect, enum widget_align align,
                                enum widget_mark_tone tone, enum icon icon, const char *text)
{
    int side = icon ? theme_text(ui->theme, THEME_TYPE_BODY).px + PILL_ICON_MORE + PILL_ICON_GAP : 0;
    return add_chip(ui, rect, align, widget_label_width(ui, THEME_TYPE_BODY_STRONG, text) + side + 50,
                    theme_is_large(ui->theme) ? 72 : 56,
                    (struct chip_data){.tone = tone, .type = THEME_TYPE_BODY_STRONG, .icon = icon}, text);
}

static const struct {
    enum theme_color fill, text;
} tones[] = {
    [WIDGET_MARK_BLUE] = {THEME_COLOR_B100, THEME_COLOR_B700},
    [WIDGET_MARK_AMBER] = {THEME_COLOR_AMBER100, THEME_COLOR_AMBER800},
    [WIDGET_MARK_GREEN] = {THEME_COLOR_JADE100, THEME_COLOR_JADE700},
    [WIDGET_MARK_RED] = {THEME_COLOR_SEAL100, THEME_COLOR_SEAL700},
    [WIDGET_MARK_GREY] = {THEME_COLOR_SUNK, THEME_COLOR_INK700},
    [WIDGET_MARK_ALARM] = {THEME_COLOR_SEAL600, THEME_COLOR_ON_SEAL},
};

void widget_mark_paint_chip(struct widget_paint *paint, const struct widget *w)
{
    const struct chip_data *d = w->data;
    widget_draw_round(paint, w->rect, w->rect.h / 2, tones[d->tone].fill);
    if (paint->theme == THEME_CONTRAST)
        widget_draw_outline(paint, w->rect, w->rect.h / 2, 3, tones[d->tone].text);
    if (!d->icon) {
        widget_draw_text(paint, w->rect, d->type, WIDGET_CENTER, w->label, tones[d->tone].text);
        return;
    }
    int side = theme_text(paint->theme, d->type).px + PILL_ICON_MORE;
    struct rect r = rect_inset(w->rect, 24, 0);
    widget_draw_icon(paint, rect_cut_left(&r, side), d->icon, side, tones[d->tone].text);
    widget_draw_text(paint, r, d->type, WIDGET_RIGHT, w->label, tones[d->tone].text);
}

struct disc_data {
    enum icon icon;
    enum widget_mark_tone tone;
};

struct widget *widget_mark_disc(struct ui *ui, struct rect rect, enum icon icon, enum widget_mark_tone tone)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_DISC, rect, "", "");
    struct disc_data data = {icon, tone};
    widget->data = widget_keep_bytes(ui, widget, &data, sizeof data);
    return widget;
}

void widget_mark_paint_disc(struct widget_paint *paint, const struct widget *w)
{
    const struct disc_data *d = w->data;
    widget_draw_disc(paint, w->rect, tones[d->tone].fill);
    widget_draw_icon(paint, w->rect, d->icon, 18, tones[d->tone].text);
}

struct icon_data {
    enum icon icon;
    const char *drawing; /* in place of the icon; NULL for none */
    int side;
    enum theme_color color;
    bool tile;
};

struct widget *widget_mark_icon(struct ui *ui, struct rect rect, enum icon icon, int side,
                                enum theme_color color, bool tile)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_ICON, rect, "", "");
    struct icon_data data = {icon, NULL, side, color, tile};
    widget->data = widget_keep_bytes(ui, widget, &data, sizeof data);
    return widget;
}

struct widget *widget_mark_drawing(struct ui *ui, struct rect rect, const char *name, int side,
                                   enum theme_color color)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_ICON, rect, "", "");
    struct icon_data data = {ICON_NONE, name, side, color, false};
    widget->data = widget_keep_bytes(ui, widget, &data, sizeof data);
    return widget;
}

void widget_mark_paint_icon(struct widget_paint *paint, const struct widget *w)
{
    const struct icon_data *d = w->data;
    if (d->tile)
        widget_draw_round(paint, w->rect, d->color == THEME_COLOR_SEAL700 ? w->rect.w / 2 : 16,
                          d->color == THEME_COLOR_SEAL700 ? THEME_COLOR_SEAL100 : THEME_COLOR_B50);
    if (d->drawing)
        widget_paint_drawing(paint, w->rect, d->drawing, d->side, widget_paint_color(paint, d->color));
    else
        widget_draw_icon(paint, w->rect, d->icon, d->side, d->color);
}

struct widget *widget_mark_dot(struct ui *ui, struct rect rect, enum theme_color color)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_DOT, rect, "", "");
    widget->data = widget_keep_bytes(ui, widget, &color, sizeof color);
    return widget;
}

void widget_mark_paint_dot(struct widget_paint *paint, const struct widget *w)
{
    widget_draw_disc(paint, w->rect, *(const enum theme_color *)w->data);
}

struct widget *widget_mark_number(struct ui *ui, struct rect rect, int number)
{
    char text[12];
    snprintf(text, sizeof text, "%d", number);
    return widget_add(ui, WIDGET_KIND_NUMBER, rect, "", text);
}

void widget_mark_paint_number(struct widget_paint *paint, const struct widget *w)
{
    widget_draw_disc(paint, w->rect, THEME_COLOR_B50);
    if (paint->theme == THEME_CONTRAST)
        widget_draw_outline(paint, w->rect, w->rect.h / 2, 2, THEME_COLOR_B700);
    widget_draw_bold(paint, w->rect, THEME_TYPE_SMALL_STRONG, WIDGET_CENTER, w->label, THEME_COLOR_B700);
}

struct widget *widget_mark_spinner(struct ui *ui, struct rect rect, const char *label)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_SPINNER, rect, "", label);
    widget->state |= WIDGET_ANIMATED | WIDGET_BUSY;
    return widget;
}

void widget_mark_draw_spinner(struct widget_paint *paint, struct rect rect, uint32_t track, uint32_t arc)
{
    struct rect r = layout_to_window(paint->layout, rect);
    double side = r.w < r.h ? r.w : r.h, width = side / 7,
           turn = (double)(paint->now_ms % SPINNER_TURN_MS) / SPINNER_TURN_MS;
    double cx = r.x + r.w / 2.0, cy = r.y + r.h / 2.0;
    if (!canvas_is_visible(paint->canvas, r))
        return;
    canvas_arc(paint->canvas, cx, cy, (side - width) / 2 - 1, width, 0, 1, track);
    canvas_arc(paint->canvas, cx, cy, (side - width) / 2 - 1, width, turn, turn + 0.27, arc);
}

void widget_mark_paint_spinner(struct widget_paint *paint, const struct widget *w)
{
    widget_mark_draw_spinner(paint, w->rect, widget_paint_color(paint, THEME_COLOR_LINE300),
                             widget_paint_color(paint, THEME_COLOR_B700));
}

struct step_data {
    int number;
    bool card;
    int foot;
    enum widget_mark_state state;
    const char *line;
};

struct widget *widget_mark_step(struct ui *ui, struct rect rect, const struct widget_mark_step *step)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_STEP, rect, step->id, step->title);
    struct step_data *data = widget_keep_bytes(
        ui, widget,
        &(struct step_data){
            .number = step->number, .state = step->state, .card = step->card, .foot = step->foot},
        sizeof(struct step_data));
    data->line = widget_keep_text(ui, widget, step->line);
    widget->value = data->line;
    widget->data = data;
    return widget;
}

static void paint_step_ground(struct widget_paint *paint, struct rect r, const struct step_data *d)
{
    if (d->state == WIDGET_MARK_NOW) {
        widget_draw_round(paint, r, 20, THEME_COLOR_B50);
        widget_draw_outline(paint, r, 20, 3, THEME_COLOR_B700);
    } else if (d->card) {
        widget_draw_round(paint, r, 20, THEME_COLOR_SURFACE);
        widget_draw_outline(paint, r, 20, theme_card_outline(paint->theme), THEME_COLOR_LINE200);
    }
}

static void paint_step_circle(struct widget_paint *paint, struct rect circle, const struct step_data *d)
{
    char number[12];
    snprintf(number, sizeof number, "%d", d->number);
    if (d->state == WIDGET_MARK_DONE || d->state == WIDGET_MARK_FAILED) {
        bool done = d->state == WIDGET_MARK_DONE;
        widget_draw_disc(paint, circle, done ? THEME_COLOR_JADE100 : THEME_COLOR_SEAL600);
        widget_draw_icon(paint, circle, done ? ICON_CHECK : ICON_BANG, 44,
                         done ? THEME_COLOR_JADE700 : THEME_COLOR_ON_SEAL);
        return;
    }
    bool waits = d->card && d->state == WIDGET_MARK_OPEN;
    widget_draw_disc(paint, circle, waits ? THEME_COLOR_SUNK : THEME_COLOR_B700);
    widget_draw_bold(paint, circle, THEME_TYPE_H2, WIDGET_CENTER, number,
                     waits ? THEME_COLOR_INK700 : THEME_COLOR_ON_PRIMARY);
}

enum { CARD_PAD = 34, CARD_CIRCLE = 64, STEP_GAP = 28 };

void widget_mark_paint_step(struct widget_paint *paint, const struct widget *w)
{
    const struct step_data *d = w->data;
    struct rect r = w->rect;
    int side = d->card ? CARD_CIRCLE : 68;
    paint_step_ground(paint, r, d);
    r.h -= d->foot;
    if (d->card || d->state == WIDGET_MARK_NOW)
        r = rect_inset(r, d->card ? CARD_PAD : 28, 0);
    struct rect circle = rect_center(rect_cut_left(&r, side), side, side);
    if (d->card && d->line) /* beside the title */
        circle.y -= 14;
    paint_step_circle(paint, circle, d);
    r.x += STEP_GAP;
    r.w -= STEP_GAP;
    struct theme_text title = theme_text(paint->theme, THEME_TYPE_H2),
                      line = theme_text(paint->theme, THEME_TYPE_BODY);
    if (!d->line) {
        widget_draw_text(paint, r, THEME_TYPE_H2, WIDGET_LEFT, w->label, THEME_COLOR_INK900);
        return;
    }
    int y = r.y + (r.h - title.line_px - line.line_px - 1) / 2;
    widget_draw_text(paint, rect_make(r.x, y, r.w, title.line_px), THEME_TYPE_H2, WIDGET_LEFT, w->label,
                     THEME_COLOR_INK900);
    widget_draw_text(paint, rect_make(r.x, y + title.line_px + 1, r.w, line.line_px), THEME_TYPE_BODY,
                     WIDGET_LEFT, d->line, THEME_COLOR_INK700);
}

int widget_mark_card_room(int width)
{
    return width - 2 * CARD_PAD - CARD_CIRCLE - STEP_GAP;
}

int widget_mark_card_height(const struct ui *ui)
{
    return 44 + theme_text(ui->theme, THEME_TYPE_H2).line_px + theme_text(ui->theme, THEME_TYPE_BODY).line_px;
}

/* --- guides ---------------------------------------------------------------------------------------------
 */

enum { GUIDE_DISC = 44 };

struct guide_data {
    int number;
    enum theme_color color;
};

static void paint_guide(struct widget_paint *paint, const struct widget *w)
{
    const struct guide_data *d = w->data;
    struct rect r = w->rect;
    char number[12];
    snprintf(number, sizeof number, "%d", d->number);
    struct rect disc = rect_center(rect_cut_left(&r, GUIDE_DISC), GUIDE_DISC, GUIDE_DISC);
    widget_draw_disc(paint, disc, d->color);
    widget_draw_bold(paint, disc, THEME_TYPE_BODY, WIDGET_CENTER, number,
                     d->color == THEME_COLOR_SEAL700 ? THEME_COLOR_ON_SEAL : THEME_COLOR_ON_PRIMARY);
    (void)rect_cut_left(&r, 12);
    widget_draw_text(paint, r, THEME_TYPE_BODY_STRONG, WIDGET_LEFT, w->label, THEME_COLOR_INK900);
}

struct widget *widget_mark_guide(struct ui *ui, struct rect rect, int number, enum theme_color color,
                                 const char *text)
{
    struct widget *widget = widget_custom(ui, rect, "", text, paint_guide);
    struct guide_data data = {number, color};
    widget->data = widget_keep_bytes(ui, widget, &data, sizeof data);
    return widget;
}

int widget_mark_guide_width(struct ui *ui, const char *text)
{
    return GUIDE_DISC + 12 + widget_label_width(ui, THEME_TYPE_BODY_STRONG, text) + 4;
}

/* --- badges ----------------------------------------------------------------------------------------------
 */

struct badge_data {
    enum widget_mark_tone tone;
    bool chosen;
};

static void paint_badge(struct widget_paint *paint, const struct widget *w)
{
    const struct badge_data *d = w->data;
    bool green = d->tone == WIDGET_MARK_GREEN;
    struct rect r = w->rect;
    char first[8] = "";
    const char *end = w->label;
    (void)text_next(&end);
    (void)snprintf(first, sizeof first, "%.*s", (int)(end - w->label), w->label);
    enum theme_color strong = green ? THEME_COLOR_JADE700 : THEME_COLOR_B700;
    widget_draw_round(paint, r, 16, green ? THEME_COLOR_JADE100 : THEME_COLOR_B50);
    if (d->chosen)
        widget_draw_outline(paint, r, 16, 3, strong);
    else if (paint->theme == THEME_CONTRAST)
        widget_draw_outline(paint, r, 16, 3, THEME_COLOR_LINE200);
    int side = theme_is_large(paint->theme) ? 60 : 48;
    (void)rect_cut_left(&r, 24);
    struct rect square = rect_center(rect_cut_left(&r, side), side, side);
    widget_draw_round(paint, square, 10, strong);
    widget_draw_bold(paint, square, THEME_TYPE_BODY, WIDGET_CENTER, first,
                     green ? THEME_COLOR_ON_JADE : THEME_COLOR_ON_PRIMARY);
    (void)rect_cut_left(&r, 16);
    widget_draw_text(paint, r, THEME_TYPE_BODY_L_STRONG, WIDGET_LEFT, w->label, THEME_COLOR_INK900);
}

struct widget *widget_mark_badge(struct ui *ui, struct rect rect, const struct widget_mark_badge *badge)
{
    struct widget *widget = widget_custom(ui, rect, badge->id, badge->name, paint_badge);
    const struct badge_data data = {.tone = badge->tone, .chosen = badge->chosen};
    widget->data = widget_keep_bytes(ui, widget, &data, sizeof(data));
    if (badge->id[0] != '\0')
        widget_make_target(ui, widget, 0);
    return widget;
}
