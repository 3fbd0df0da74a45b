/* Rect: whole-pixel rectangles, in base px when a screen lays out and in window px when it is painted.
 *
 * Not a layout engine. The cut functions take a strip off a rectangle and hand it back, which is how pages
 * here are divided: `struct rect head = rect_cut_top(&content, 88);` Pitfall: a cut larger than what is left
 * takes what is left; the rest then has no area.
 */
#ifndef KIOSK_UI_RECT_H
#define KIOSK_UI_RECT_H

#include <stdbool.h>

struct rect {
    int x, y, w, h;
};

/* A rectangle from its four numbers. */
static inline struct rect rect_make(int x, int y, int w, int h)
{
    return (struct rect){x, y, w, h};
}

/* Whether nothing lies inside. */
static inline bool rect_is_empty(struct rect r)
{
    return r.w <= 0 || r.h <= 0;
}

/* Whether the point lies inside; right and bottom edge are outside. */
static inline bool rect_contains(struct rect r, int x, int y)
{
    return x >= r.x && y >= r.y && x < r.x + r.w && y < r.y + r.h;
}

/* The rectangle smaller by this much on each side (larger when negative). */
static inline struct rect rect_inset(struct rect r, int dx, int dy)
{
    return rect_make(r.x + dx, r.y + dy, r.w - 2 * dx, r.h - 2 * dy);
}

/* What both cover; empty when they do not meet. */
static inline struct rect rect_intersect(struct rect a, struct rect b)
{
    int x0 = a.x > b.x ? a.x : b.x, y0 = a.y > b.y ? a.y : b.y;
    int x1 = a.x + a.w < b.x + b.w ? a.x + a.w : b.x + b.w;
    int y1 = a.y + a.h < b.y + b.h ? a.y + a.h : b.y + b.h;
    return x1 > x0 && y1 > y0 ? rect_make(x0, y0, x1 - x0, y1 - y0) : rect_make(x0, y0, 0, 0);
}

/* The smallest rectangle around both; an empty one counts for nothing. */
static inline struct rect rect_union(struct rect a, struct rect b)
{
    if (rect_is_empty(a))
        return b;
    if (rect_is_empty(b))
        return a;
    int x0 = a.x < b.x ? a.x : b.x, y0 = a.y < b.y ? a.y : b.y;
    int x1 = a.x + a.w > b.x + b.w ? a.x + a.w : b.x + b.w;
    int y1 = a.y + a.h > b.y + b.h ? a.y + a.h : b.y + b.h;
    return rect_make(x0, y0, x1 - x0, y1 - y0);
}

/* The strip at the top is taken off and handed out. */
static inline struct rect rect_cut_top(struct rect *r, int h)
{
    h = h > r->h ? r->h : h;
    struct rect cut = rect_make(r->x, r->y, r->w, h);
    r->y += h;
    r->h -= h;
    return cut;
}

/* The strip at the bottom is taken off and handed out. */
static inline struct rect rect_cut_bottom(struct rect *r, int h)
{
    h = h > r->h ? r->h : h;
    r->h -= h;
    return rect_make(r->x, r->y + r->h, r->w, h);
}

/* The strip at the left is taken off and handed out. */
static inline struct rect rect_cut_left(struct rect *r, int w)
{
    w = w > r->w ? r->w : w;
    struct rect cut = rect_make(r->x, r->y, w, r->h);
    r->x += w;
    r->w -= w;
    return cut;
}

/* The strip at the right is taken off and handed out. */
static inline struct rect rect_cut_right(struct rect *r, int w)
{
    w = w > r->w ? r->w : w;
    r->w -= w;
    return rect_make(r->x + r->w, r->y, w, r->h);
}

/* Part `index` of `count` equal columns with a gap between them. */
static inline struct rect rect_column(struct rect r, int index, int count, int gap)
{
    int width = r.w - gap * (count - 1);
    int x0 = width * index / count + gap * index, x1 = width * (index + 1) / count + gap * index;
    return rect_make(r.x + x0, r.y, x1 - x0, r.h);
}

/* Part `index` of `count` equal rows with a gap between them. */
static inline struct rect rect_row(struct rect r, int index, int count, int gap)
{
    int height = r.h - gap * (count - 1);
    int y0 = height * index / count + gap * index, y1 = height * (index + 1) / count + gap * index;
    return rect_make(r.x, r.y + y0, r.w, y1 - y0);
}

/* A rectangle of this size in the middle of another. */
static inline struct rect rect_center(struct rect r, int w, int h)
{
    return rect_make(r.x + (r.w - w) / 2, r.y + (r.h - h) / 2, w, h);
}

#endif
