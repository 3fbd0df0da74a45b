/* Lines, arcs and discs: distance per pixel inside the bounding box, so only for small things. */
#include <math.h>

#include "kiosk/ui/canvas.h"
#include "kiosk/ui/canvas_row.h"

static void plot(struct canvas *canvas, int x, int y, double distance, uint32_t color)
{
    double cover = 0.5 - distance;
    if (cover <= 0)
        return;
    uint32_t alpha = cover >= 1 ? 256 : (uint32_t)lround(cover * 256);
    uint32_t *pixel = canvas->pixels + (ptrdiff_t)y * canvas->stride + x;
    *pixel = canvas_row_blend(*pixel, color, alpha);
}

static struct rect box(const struct canvas *canvas, double x0, double y0, double x1, double y1, double grow)
{
    int left = (int)floor(fmin(x0, x1) - grow), top = (int)floor(fmin(y0, y1) - grow);
    int right = (int)ceil(fmax(x0, x1) + grow), bottom = (int)ceil(fmax(y0, y1) + grow);
    return rect_intersect(canvas->clip, rect_make(left, top, right - left + 1, bottom - top + 1));
}

void canvas_line(struct canvas *canvas, double x0, double y0, double x1, double y1, double width,
                 uint32_t color)
{
    struct rect r = box(canvas, x0, y0, x1, y1, width / 2 + 1);
    double dx = x1 - x0, dy = y1 - y0, length2 = dx * dx + dy * dy;
    for (int y = r.y; y < r.y + r.h; y++)
        for (int x = r.x; x < r.x + r.w; x++) {
            double px = x + 0.5 - x0, py = y + 0.5 - y0;
            double t = length2 > 0 ? (px * dx + py * dy) / length2 : 0;
            t = t < 0 ? 0 : t > 1 ? 1 : t;
            plot(canvas, x, y, hypot(px - t * dx, py - t * dy) - width / 2, color);
        }
}

void canvas_disc(struct canvas *canvas, double cx, double cy, double radius, uint32_t color)
{
    struct rect r = box(canvas, cx, cy, cx, cy, radius + 1);
    for (int y = r.y; y < r.y + r.h; y++)
        for (int x = r.x; x < r.x + r.w; x++)
            plot(canvas, x, y, hypot(x + 0.5 - cx, y + 0.5 - cy) - radius, color);
}

/* Distance to the arc's centre line: along the circle inside the angle, to the nearer end outside it. */
static double arc_distance(double px, double py, double radius, double from, double to)
{
    const double turn = 2 * M_PI;
    double angle = atan2(px, -py) / turn; /* clockwise from 12 o'clock, -0.5 to 0.5 */
    angle -= floor(angle - from);
    if (angle <= to)
        return fabs(hypot(px, py) - radius);
    double a = hypot(px - radius * sin(from * turn), py + radius * cos(from * turn));
    double b = hypot(px - radius * sin(to * turn), py + radius * cos(to * turn));
    return fmin(a, b);
}

void canvas_arc(struct canvas *canvas, double cx, double cy, double radius, double width, double from,
                double to, uint32_t color)
{
    if (to <= from)
        return;
    struct rect r = box(canvas, cx, cy, cx, cy, radius + width / 2 + 1);
    double inner = radius - width / 2 - 1, outer = radius + width / 2 + 1;
    for (int y = r.y; y < r.y + r.h; y++)
        for (int x = r.x; x < r.x + r.w; x++) {
            double px = x + 0.5 - cx, py = y + 0.5 - cy, d2 = px * px + py * py;
            if (d2 > outer * outer || (inner > 0 && d2 < inner * inner))
                continue;
            double d = to - from >= 1 ? fabs(sqrt(d2) - radius) : arc_distance(px, py, radius, from, to);
            plot(canvas, x, y, d - width / 2, color);
        }
}
