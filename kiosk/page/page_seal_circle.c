#include "kiosk/page/page_seal_circle.h"

#include <math.h>
#include <stdint.h>

enum { CIRCLE_TRIPLES = 400, CIRCLE_REFITS = 3, CIRCLE_POINTS_MIN = 60 };

static const double circle_near_px = 1.6, circle_refit_px = 2.4;

/* A fixed sequence (the multiplier is Knuth's for 64-bit congruential generators); only its spread matters.
 */
static size_t next_index(uint64_t *state, size_t count)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (size_t)((*state >> 33) % count);
}

/* The circle through three points. Returns: false when they lie on a line. */
static bool circle_through(const struct seal_point *a, const struct seal_point *b, const struct seal_point *c,
                           struct seal_circle *out)
{
    double bx = b->x - a->x, by = b->y - a->y, cx = c->x - a->x, cy = c->y - a->y;
    double cross = 2 * (bx * cy - by * cx);
    if (fabs(cross) < 1e-6)
        return false;
    double b2 = bx * bx + by * by, c2 = cx * cx + cy * cy;
    double x = (cy * b2 - by * c2) / cross, y = (bx * c2 - cx * b2) / cross;
    *out = (struct seal_circle){a->x + x, a->y + y, hypot(x, y)};
    return true;
}

static bool is_near(const struct seal_point *point, const struct seal_circle *circle, double distance_px)
{
    return fabs(hypot(point->x - circle->x, point->y - circle->y) - circle->radius) <= distance_px;
}

static size_t count_near(const struct seal_point *points, size_t count, const struct seal_circle *circle)
{
    size_t near = 0;
    for (size_t i = 0; i < count; i++)
        near += is_near(&points[i], circle, circle_near_px);
    return near;
}

/* Least squares on x^2 + y^2 + ax + by + c = 0 over the points near the circle; coordinates taken from its
 * centre. */
static bool refit(const struct seal_point *points, size_t count, struct seal_circle *circle)
{
    double n = 0, sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0, sz = 0, sxz = 0, syz = 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_near(&points[i], circle, circle_refit_px))
            continue;
        double x = points[i].x - circle->x, y = points[i].y - circle->y, z = x * x + y * y;
        n += 1, sx += x, sy += y, sxx += x * x, syy += y * y, sxy += x * y, sz += z, sxz += x * z,
            syz += y * z;
    }
    if (n < 3)
        return false;
    double xx = sxx - sx * sx / n, yy = syy - sy * sy / n, xy = sxy - sx * sy / n;
    double xz = sxz - sx * sz / n, yz = syz - sy * sz / n, det = xx * yy - xy * xy;
    if (fabs(det) < 1e-6)
        return false;
    double x = (xz * yy - yz * xy) / det / 2, y = (yz * xx - xz * xy) / det / 2;
    double square = x * x + y * y + (sz - 2 * x * sx - 2 * y * sy) / n;
    if (square <= 0)
        return false;
    *circle = (struct seal_circle){circle->x + x, circle->y + y, sqrt(square)};
    return true;
}

bool page_seal_circle_find(const struct seal_point *points, size_t count, double radius_min,
                           double radius_max, struct seal_circle *out)
{
    struct seal_circle best = {0}, tried;
    size_t best_near = 0;
    uint64_t state = 1;
    if (count < CIRCLE_POINTS_MIN)
        return false;
    for (int i = 0; i < CIRCLE_TRIPLES; i++) {
        const struct seal_point *a = &points[next_index(&state, count)];
        const struct seal_point *b = &points[next_index(&state, count)];
        const struct seal_point *c = &points[next_index(&state, count)];
        if (!circle_through(a, b, c, &tried) || tried.radius < radius_min || tried.radius > radius_max)
            continue;
        size_t near = count_near(points, count, &tried);
        if (near > best_near) {
            best_near = near;
            best = tried;
        }
    }
    if (best_near < CIRCLE_POINTS_MIN)
        return false;
    for (int i = 0; i < CIRCLE_REFITS; i++)
        if (!refit(points, count, &best))
            return false;
    if (best.radius < radius_min || best.radius > radius_max)
        return false;
    *out = best;
    return true;
}
