#include "kiosk/ui/widget_draw.h"

#include <math.h>
#include <string.h>

#include "kiosk/ui/canvas_row.h"
#include "kiosk/ui/motion.h"
#include "kiosk/ui/widget_judge.h"
#include "kiosk/ui/widget_label.h"

struct rect widget_draw_rect(const struct widget_paint *paint, struct rect rect)
{
    const struct layout *layout = paint->layout;
    struct rect r = layout_to_window(layout, rect);
    int right = r.x + r.w, bottom = r.y + r.h;
    if (rect.y <= 0 && rect.h > 0)
        r.y = 0;
    if (rect.y + rect.h >= layout->height)
        bottom = layout->window_height;
    if (rect.x <= 0)
        r.x = 0;
    if (rect.x + rect.w >= layout->width)
        right = layout->window_width;
    return rect_make(r.x, r.y, right - r.x, bottom - r.y);
}

void widget_draw_fill(struct widget_paint *paint, struct rect rect, enum theme_color color)
{
    canvas_fill(paint->canvas, widget_draw_rect(paint, rect), widget_paint_color(paint, color));
}

void widget_draw_round(struct widget_paint *paint, struct rect rect, int radius, enum theme_color color)
{
    canvas_fill_round(paint->canvas, layout_to_window(paint->layout, rect),
                      layout_length(paint->layout, radius), widget_paint_color(paint, color));
}

void widget_draw_pressable(struct widget_paint *paint, const struct widget *widget, struct rect rect,
                           int radius, enum theme_color rest, enum theme_color pressed)
{
    bool moves = paint->theme == THEME_STANDARD && !widget_draw_is_desk(paint);
    int part = !(widget->state & WIDGET_PRESSED) ? 0
               : moves                           ? motion_press(widget->pressed_ms, paint->now_ms)
                                                 : MOTION_FULL;
    canvas_fill_round(paint->canvas, layout_to_window(paint->layout, rect),
                      layout_length(paint->layout, radius),
                      canvas_row_blend(widget_paint_color(paint, rest), widget_paint_color(paint, pressed),
                                       (uint32_t)part));
}

/* An outline around a target or as a ring beyond it says something; hairlines of cards say nothing (design
 * 2.1). */
static bool is_boundary(const struct widget *w, struct rect rect, enum theme_color color)
{
    return w && (w->state & WIDGET_TARGET) && rect.w >= w->rect.w && color != THEME_COLOR_LINE200 &&
           color != THEME_COLOR_LINE300;
}

void widget_draw_outline(struct widget_paint *paint, struct rect rect, int radius, int width,
                         enum theme_color color)
{
    struct rect r = layout_to_window(paint->layout, rect);
    if (paint->cuts && paint->cuts->judge && is_boundary(paint->now, rect, color))
        widget_judge_sign(paint, rect_make(r.x - 2, r.y + r.h / 2, 1, 1), widget_paint_color(paint, color));
    canvas_outline_round(paint->canvas, r, layout_length(paint->layout, radius),
                         layout_length(paint->layout, width), widget_paint_color(paint, color));
}

void widget_draw_shadow(struct widget_paint *paint, struct rect rect, int radius, int dy, int blur, int alpha)
{
    if (theme_has_shadow(paint->theme))
        canvas_shadow(paint->canvas, layout_to_window(paint->layout, rect),
                      layout_length(paint->layout, radius), layout_length(paint->layout, dy),
                      layout_length(paint->layout, blur), 0x0B2B4C, alpha);
}

void widget_draw_disc(struct widget_paint *paint, struct rect rect, enum theme_color color)
{
    int side = rect.w < rect.h ? rect.w : rect.h;
    widget_draw_round(paint, rect_center(rect, side, side), side / 2, color);
}

void widget_draw_arc(struct widget_paint *paint, struct rect rect, int width, double from, double to,
                     enum theme_color color)
{
    struct rect r = layout_to_window(paint->layout, rect);
    double w = width * paint->layout->scale, side = r.w < r.h ? r.w : r.h;
    canvas_arc(paint->canvas, r.x + r.w / 2.0, r.y + r.h / 2.0, (side - w) / 2, w, from, to,
               widget_paint_color(paint, color));
}

void widget_draw_text(struct widget_paint *paint, struct rect rect, enum theme_type type,
                      enum widget_align align, const char *words, enum theme_color color)
{
    widget_paint_text(paint, rect, theme_text(paint->theme, type), align, words,
                      widget_paint_color(paint, color));
}

void widget_draw_bold(struct widget_paint *paint, struct rect rect, enum theme_type type,
                      enum widget_align align, const char *words, enum theme_color color)
{
    struct theme_text text = theme_text(paint->theme, type);
    text.weight = THEME_WEIGHT_BOLD;
    widget_paint_text(paint, rect, text, align, words, widget_paint_color(paint, color));
}

int widget_draw_width(struct widget_paint *paint, enum theme_type type, const char *words)
{
    struct theme_text text = theme_text(paint->theme, type);
    if (!words)
        return 0;
    int width =
        font_width(paint->font, layout_length(paint->layout, text.px), text.weight, words, strlen(words));
    return (int)(width / paint->layout->scale) + 1;
}

void widget_draw_icon(struct widget_paint *paint, struct rect rect, enum icon icon, int side,
                      enum theme_color color)
{
    widget_paint_icon(paint, rect, icon, side, widget_paint_color(paint, color));
}

void widget_draw_lines(struct widget_paint *paint, struct rect rect, enum theme_type type, const char *words,
                       enum theme_color color)
{
    widget_label_draw(paint, rect, theme_text(paint->theme, type), WIDGET_LEFT, false, false, words,
                      widget_paint_color(paint, color));
}

void widget_draw_hidden(struct widget_paint *paint, struct rect rect)
{
    int height = rect.h < 22 ? rect.h : 22;
    struct rect bar = rect_make(rect.x, rect.y + (rect.h - height) / 2, rect.w, height);
    widget_draw_round(paint, bar, height / 2, THEME_COLOR_GREY_BAR);
}

bool widget_draw_is_desk(const struct widget_paint *paint)
{
    return paint->layout->mode == LAYOUT_DESK;
}

enum theme_type widget_draw_type(const struct widget_paint *paint, enum theme_type kiosk,
                                 enum theme_type desk)
{
    return widget_draw_is_desk(paint) ? desk : kiosk;
}

/* A dash on a straight side, the sides counted clockwise from the top, so far from where the side begins. */
static void draw_on_side(struct widget_paint *paint, struct rect at, int corner, int side, double from,
                         double to, uint32_t color)
{
    int width = layout_length(paint->layout, 3), start = corner + (int)lround(from);
    int length = corner + (int)lround(to) - start;
    struct rect dash = side == 0   ? rect_make(at.x + start, at.y, length, width)
                       : side == 1 ? rect_make(at.x + at.w - width, at.y + start, width, length)
                       : side == 2
                           ? rect_make(at.x + at.w - start - length, at.y + at.h - width, length, width)
                           : rect_make(at.x, at.y + at.h - start - length, width, length);
    canvas_fill(paint->canvas, dash, color);
}

/* A dash on the corner behind a side; what is drawn has round ends. */
static void draw_on_corner(struct widget_paint *paint, struct rect at, int corner, int side, double from,
                           double to, uint32_t color)
{
    int width = layout_length(paint->layout, 3);
    double radius = corner - width / 2.0, turn = 2 * M_PI * radius;
    from += width / 2.0;
    to -= width / 2.0;
    if (from < to)
        canvas_arc(paint->canvas, side < 2 ? at.x + at.w - corner : at.x + corner,
                   side == 1 || side == 2 ? at.y + at.h - corner : at.y + corner, radius, width,
                   side / 4.0 + from / turn, side / 4.0 + to / turn, color);
}

/* The edge is one path round the rectangle, so that its dashes close. */
static void draw_round_dashes(struct widget_paint *paint, struct rect at, int corner, uint32_t color)
{
    int width = layout_length(paint->layout, 3);
    double bend = M_PI / 2 * (corner - width / 2.0), begin = 0;
    double whole = 2.0 * (at.w + at.h - 4 * corner) + 4 * bend;
    double pitch = whole / round(whole / (3.0 * width)), dash = pitch * 2 / 3;
    for (int part = 0; part < 8; part++) {
        int side = part / 2;
        bool bends = part % 2 != 0;
        double length = bends ? bend : (side % 2 == 0 ? at.w : at.h) - 2.0 * corner;
        for (double s = floor(begin / pitch) * pitch; s < begin + length; s += pitch) {
            double from = fmax(s - begin, 0), to = fmin(s + dash - begin, length);
            if (from < to)
                (bends ? draw_on_corner : draw_on_side)(paint, at, corner, side, from, to, color);
        }
        begin += length;
    }
}

void widget_draw_dashes(struct widget_paint *paint, struct rect at, int corner, uint32_t color)
{
    int width = layout_length(paint->layout, 3), dash = 3 * width, pitch = 5 * width;
    if (corner > 0) {
        draw_round_dashes(paint, at, corner, color);
        return;
    }
    for (int x = 0; x < at.w; x += pitch) {
        int length = x + dash < at.w ? dash : at.w - x;
        canvas_fill(paint->canvas, rect_make(at.x + x, at.y, length, width), color);
        canvas_fill(paint->canvas, rect_make(at.x + x, at.y + at.h - width, length, width), color);
    }
    for (int y = 0; y < at.h; y += pitch) {
        int length = y + dash < at.h ? dash : at.h - y;
        canvas_fill(paint->canvas, rect_make(at.x, at.y + y, width, length), color);
        canvas_fill(paint->canvas, rect_make(at.x + at.w - width, at.y + y, width, length), color);
    }
}
