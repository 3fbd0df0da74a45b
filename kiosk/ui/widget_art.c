#include "kiosk/ui/widget_art.h"

#include <math.h>

#include "kiosk/ui/widget_draw.h"

bool widget_art_begin(struct widget_art *art, struct widget_paint *paint, const struct widget *widget,
                      int width, int height, double scale_max)
{
    struct rect r = layout_to_window(paint->layout, widget->rect);
    double fits = fmin((double)r.w / width, (double)r.h / height);
    double scale = fmin(fits, scale_max * paint->layout->scale);
    *art = (struct widget_art){.paint = paint,
                               .scale = scale,
                               .x = r.x + (r.w - width * scale) / 2,
                               .y = r.y + (r.h - height * scale) / 2};
    return canvas_is_visible(paint->canvas, r);
}

static int across(const struct widget_art *art, int x)
{
    return (int)lround(art->x + x * art->scale);
}

static int down(const struct widget_art *art, int y)
{
    return (int)lround(art->y + y * art->scale);
}

static int length(const struct widget_art *art, int units)
{
    int px = (int)lround(units * art->scale);
    return px < 1 && units > 0 ? 1 : px;
}

/* Edges are rounded, not sizes, so that neighbours still touch. */
static struct rect place(const struct widget_art *art, int x, int y, int w, int h)
{
    int left = across(art, x), top = down(art, y);
    return rect_make(left, top, across(art, x + w) - left, down(art, y + h) - top);
}

void widget_art_block(const struct widget_art *art, int x, int y, int w, int h, int radius,
                      enum theme_color fill)
{
    canvas_fill_round(art->paint->canvas, place(art, x, y, w, h), length(art, radius),
                      widget_paint_color(art->paint, fill));
}

void widget_art_frame(const struct widget_art *art, int x, int y, int w, int h, int radius, int width,
                      enum theme_color line)
{
    canvas_outline_round(art->paint->canvas, place(art, x, y, w, h), length(art, radius), length(art, width),
                         widget_paint_color(art->paint, line));
}

void widget_art_disc(const struct widget_art *art, int x, int y, int radius, enum theme_color fill)
{
    canvas_disc(art->paint->canvas, art->x + x * art->scale, art->y + y * art->scale, radius * art->scale,
                widget_paint_color(art->paint, fill));
}

void widget_art_path(const struct widget_art *art, const int (*points)[2], int count, int width,
                     enum theme_color line)
{
    for (int i = 0; i + 1 < count; i++)
        canvas_line(art->paint->canvas, art->x + points[i][0] * art->scale,
                    art->y + points[i][1] * art->scale, art->x + points[i + 1][0] * art->scale,
                    art->y + points[i + 1][1] * art->scale, fmax(width * art->scale, 1),
                    widget_paint_color(art->paint, line));
}

/* Where the row at this height meets the figure's edge, at its left and right. Returns: whether it does. */
static bool row_of(const int (*points)[2], int count, double y, double *left, double *right)
{
    bool met = false;
    for (int i = 0; i < count; i++) {
        const int *a = points[i], *b = points[(i + 1) % count];
        if ((y < a[1]) == (y < b[1]))
            continue;
        double x = a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1]);
        *left = met ? fmin(*left, x) : x;
        *right = met ? fmax(*right, x) : x;
        met = true;
    }
    return met;
}

void widget_art_fill(const struct widget_art *art, const int (*points)[2], int count, enum theme_color fill)
{
    int top = points[0][1], bottom = top;
    for (int i = 1; i < count; i++) {
        top = points[i][1] < top ? points[i][1] : top;
        bottom = points[i][1] > bottom ? points[i][1] : bottom;
    }
    for (int y = down(art, top); y < down(art, bottom); y++) {
        double left = 0, right = 0;
        if (!row_of(points, count, (y + 0.5 - art->y) / art->scale, &left, &right))
            continue;
        int from = (int)lround(art->x + left * art->scale), to = (int)lround(art->x + right * art->scale);
        canvas_fill(art->paint->canvas, rect_make(from, y, to - from, 1),
                    widget_paint_color(art->paint, fill));
    }
}

/* The same place in base px, for what is not drawn on the grid. */
static struct rect base_of(const struct widget_art *art, int x, int y, int w, int h)
{
    const struct layout *layout = art->paint->layout;
    struct rect base;
    layout_to_base(layout, across(art, x), down(art, y), &base.x, &base.y);
    base.w = (int)lround(w * art->scale / layout->scale);
    base.h = (int)lround(h * art->scale / layout->scale);
    return base;
}

void widget_art_icon(const struct widget_art *art, int x, int y, int side, enum icon icon,
                     enum theme_color color)
{
    struct rect at = base_of(art, x, y, side, side);
    widget_draw_icon(art->paint, at, icon, at.w, color);
}

void widget_art_text(const struct widget_art *art, int x, int y, int w, int h, enum theme_type type,
                     const char *words, enum theme_color color)
{
    widget_draw_text(art->paint, base_of(art, x, y, w, h), type, WIDGET_LEFT, words, color);
}
