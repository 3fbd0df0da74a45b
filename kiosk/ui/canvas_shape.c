/* Rounded rectangles and shadows: corners from cached coverage, the rest plain fills. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/ui/canvas.h"
#include "kiosk/ui/canvas_cache.h"
#include "kiosk/ui/canvas_row.h"

static uint8_t coverage_of(double distance)
{
    double c = 0.5 - distance;
    return (uint8_t)lround((c < 0 ? 0 : c > 1 ? 1 : c) * 255);
}

/* Signed distance from a pixel centre to the top left corner of a rounded rectangle at 0,0; inside is
 * negative. */
static double corner_distance(double x, double y, double radius)
{
    double qx = radius - x, qy = radius - y;
    if (qx > 0 && qy > 0)
        return hypot(qx, qy) - radius;
    return fmax(qx, qy) - radius;
}

static const struct mask *corner_mask(struct canvas *canvas, int radius)
{
    bool fresh;
    struct mask *mask =
        canvas_cache_mask(canvas->cache, CANVAS_CACHE_CORNER, radius, 0, 0, 0, radius, radius, &fresh);
    if (fresh)
        for (int y = 0; y < radius; y++)
            for (int x = 0; x < radius; x++)
                mask->coverage[y * radius + x] = coverage_of(corner_distance(x + 0.5, y + 0.5, radius));
    return mask;
}

static const struct mask *outline_mask(struct canvas *canvas, int radius, int width)
{
    int side = radius > width ? radius : width, inner = radius > width ? radius - width : 0;
    bool fresh;
    struct mask *mask =
        canvas_cache_mask(canvas->cache, CANVAS_CACHE_OUTLINE, radius, width, 0, 0, side, side, &fresh);
    if (fresh)
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++) {
                int out = coverage_of(corner_distance(x + 0.5, y + 0.5, radius));
                int in = coverage_of(corner_distance(x + 0.5 - width, y + 0.5 - width, inner));
                mask->coverage[y * side + x] = (uint8_t)(out * (255 - in) / 255);
            }
    return mask;
}

/* The mask of a top left corner is laid into one of the four corners, mirrored as needed. */
static void blend_corner(struct canvas *canvas, const struct mask *mask, int x, int y, bool right,
                         bool bottom, uint32_t color)
{
    struct rect area = rect_intersect(canvas->clip, rect_make(x, y, mask->width, mask->height));
    for (int py = area.y; py < area.y + area.h; py++) {
        int row = bottom ? mask->height - 1 - (py - y) : py - y;
        const uint8_t *coverage = mask->coverage + (ptrdiff_t)row * mask->stride;
        uint32_t *pixels = canvas->pixels + (ptrdiff_t)py * canvas->stride;
        for (int px = area.x; px < area.x + area.w; px++) {
            uint32_t alpha = coverage[right ? mask->width - 1 - (px - x) : px - x];
            pixels[px] = canvas_row_blend(pixels[px], color, alpha + (alpha >> 7));
        }
    }
}

static int fit_radius(struct rect rect, int radius)
{
    int most = (rect.w < rect.h ? rect.w : rect.h) / 2;
    return radius > most ? most : radius;
}

void canvas_fill_round(struct canvas *canvas, struct rect r, int radius, uint32_t color)
{
    if (!canvas_is_visible(canvas, r))
        return;
    radius = fit_radius(r, radius);
    if (radius <= 0) {
        canvas_fill(canvas, r, color);
        return;
    }
    const struct mask *mask = corner_mask(canvas, radius);
    int right = r.x + r.w - radius;
    int bottom = r.y + r.h - radius;
    canvas_fill(canvas, rect_make(r.x + radius, r.y, r.w - 2 * radius, radius), color);
    canvas_fill(canvas, rect_make(r.x, r.y + radius, r.w, r.h - 2 * radius), color);
    canvas_fill(canvas, rect_make(r.x + radius, bottom, r.w - 2 * radius, radius), color);
    blend_corner(canvas, mask, r.x, r.y, false, false, color);
    blend_corner(canvas, mask, r.x, bottom, false, true, color);
    blend_corner(canvas, mask, right, r.y, true, false, color);
    blend_corner(canvas, mask, right, bottom, true, true, color);
}

void canvas_outline_round(struct canvas *canvas, struct rect r, int radius, int width, uint32_t color)
{
    if (width <= 0 || !canvas_is_visible(canvas, r))
        return;
    radius = fit_radius(r, radius);
    int side = radius > width ? radius : width;
    const struct mask *mask = outline_mask(canvas, radius, width);
    canvas_fill(canvas, rect_make(r.x + side, r.y, r.w - 2 * side, width), color);
    canvas_fill(canvas, rect_make(r.x + side, r.y + r.h - width, r.w - 2 * side, width), color);
    canvas_fill(canvas, rect_make(r.x, r.y + side, width, r.h - 2 * side), color);
    canvas_fill(canvas, rect_make(r.x + r.w - width, r.y + side, width, r.h - 2 * side), color);
    blend_corner(canvas, mask, r.x, r.y, false, false, color);
    blend_corner(canvas, mask, r.x + r.w - side, r.y, true, false, color);
    blend_corner(canvas, mask, r.x, r.y + r.h - side, false, true, color);
    blend_corner(canvas, mask, r.x + r.w - side, r.y + r.h - side, true, true, color);
}

/* One box blur along a line; three of them come close to a Gaussian. */
static void box_blur(const float *in, float *out, int count, int step, int radius)
{
    float sum = 0;
    for (int i = -radius; i <= radius; i++)
        sum += i >= 0 && i < count ? in[i * step] : 0;
    for (int i = 0; i < count; i++) {
        out[i * step] = sum / (float)(2 * radius + 1);
        int enters = i + radius + 1, leaves = i - radius;
        sum += enters < count ? in[enters * step] : 0;
        sum -= leaves >= 0 ? in[leaves * step] : 0;
    }
}

static void fill_shadow(struct mask *mask, int width, int height, int radius, int reach)
{
    size_t size = (size_t)mask->width * (size_t)mask->height;
    float *a = calloc(size, sizeof *a), *b = calloc(size, sizeof *b);
    check(a != NULL && b != NULL);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            int cx = x < width - 1 - x ? x : width - 1 - x, cy = y < height - 1 - y ? y : height - 1 - y;
            a[(y + reach) * mask->width + x + reach] =
                (float)coverage_of(corner_distance(cx + 0.5, cy + 0.5, radius));
        }
    int box = reach / 3;
    for (int pass = 0; pass < 3; pass++) {
        for (int y = 0; y < mask->height; y++)
            box_blur(a + y * mask->width, b + y * mask->width, mask->width, 1, box);
        for (int x = 0; x < mask->width; x++)
            box_blur(b + x, a + x, mask->height, mask->width, box);
    }
    for (size_t i = 0; i < size; i++)
        mask->coverage[i] = (uint8_t)lround(fmin(fmax((double)a[i], 0), 255));
    free(a);
    free(b);
}

/* Position in a mask whose middle stands for any length. */
static int folded(int at, int length, int mask_length)
{
    if (at < mask_length / 2)
        return at;
    if (length - 1 - at < mask_length / 2)
        return mask_length - (length - at);
    return mask_length / 2;
}

/* The mask of a small rectangle with the same corners is enough for a large one: past the reach of the blur
 * the edge looks the same everywhere. Smaller rectangles get a mask of their own size, so corners never
 * overlap. */
void canvas_shadow(struct canvas *canvas, struct rect rect, int radius, int dy, int blur, uint32_t color,
                   int alpha)
{
    int reach = blur + blur / 2, corner = 2 * (radius + 2 * reach) + 1;
    struct rect outer = rect_inset(rect, -reach, -reach);
    outer.y += dy;
    struct rect area = rect_intersect(canvas->clip, outer);
    if (rect_is_empty(area) || blur <= 0)
        return;
    int w = rect.w < corner ? rect.w : corner, h = rect.h < corner ? rect.h : corner;
    bool fresh;
    struct mask *mask = canvas_cache_mask(canvas->cache, CANVAS_CACHE_SHADOW, w, h, radius, blur,
                                          w + 2 * reach, h + 2 * reach, &fresh);
    if (fresh)
        fill_shadow(mask, w, h, radius, reach);
    uint32_t scale = (uint32_t)(alpha + (alpha >> 7));
    for (int y = area.y; y < area.y + area.h; y++) {
        const uint8_t *row =
            mask->coverage + (ptrdiff_t)folded(y - outer.y, outer.h, mask->height) * mask->stride;
        uint32_t *pixels = canvas->pixels + (ptrdiff_t)y * canvas->stride;
        bool within = y >= rect.y && y < rect.y + rect.h;
        int round = y < rect.y + radius || y >= rect.y + rect.h - radius ? radius : 0;
        int hole_from = within ? rect.x + round : area.x + area.w, hole_to = rect.x + rect.w - round;
        for (int x = area.x; x < area.x + area.w; x++) {
            if (x == hole_from && hole_to > x)
                x = hole_to;
            if (x >= area.x + area.w)
                break;
            uint32_t cover = (row[folded(x - outer.x, outer.w, mask->width)] * scale) >> 8;
            pixels[x] = canvas_row_blend(pixels[x], color, cover + (cover >> 7));
        }
    }
}
