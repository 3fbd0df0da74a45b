#include "kiosk/ui/widget_motif.h"

#include <math.h>

#include "kiosk/ui/canvas_cache.h"
#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_draw.h"

/* One closed line that swings between two radii `lobes` times in `turns` turns; without lobes a circle as
 * wide as the two are apart. Radii are parts of the motif's own. */
struct curve {
    double inner, outer;
    int lobes, turns;
    enum theme_color color;
    int strength; /* 0 to 255 */
};

enum {
    RINGS = 6,
    ROSETTE_DARK = RINGS,
    ROSETTE_PALE,
    WAVES,
    ROSETTE_DEEP,
    SEAL_RIM,
    SEAL_BAND,
    WAVE_STRANDS = 9
};

static const struct curve curves[] = {
    {0.991, 0.998, 0, 1, THEME_COLOR_GOLD300, 150},
    {0.907, 0.978, 166, 5, THEME_COLOR_GOLD300, 130},
    {0.886, 0.890, 0, 1, THEME_COLOR_GOLD300, 120},
    {0.545, 0.862, 240, 17, THEME_COLOR_B300, 120},
    {0.517, 0.522, 0, 1, THEME_COLOR_GOLD300, 150},
    {0.388, 0.513, 180, 11, THEME_COLOR_GOLD300, 110},
    [ROSETTE_DARK] = {0.560, 1, 117, 11, THEME_COLOR_B300, 42},
    [ROSETTE_PALE] = {0.423, 1, 116, 7, THEME_COLOR_B300, 130},
    [WAVES] = {0, 0, 0, 0, THEME_COLOR_B300, 75},
    [ROSETTE_DEEP] = {0.450, 1, 117, 11, THEME_COLOR_B300, 42}, /* reaches in to a seal */
    [SEAL_RIM] = {0.988, 0.997, 0, 1, THEME_COLOR_GOLD300, 190},
    [SEAL_BAND] = {0.775, 0.965, 181, 3, THEME_COLOR_GOLD300, 150},
};

/* The rings cover the middle of the dark rosette; their radius is this part of its own. */
static const double rings_in_rosette = 0.634;

enum shape { SHAPE_RINGS, SHAPE_ROSETTE, SHAPE_WAVES, SHAPE_MARK, SHAPE_SEAL };

struct motif_data {
    enum shape shape;
    bool with_mark;
    int curve, center_x, center_y, radius; /* ROSETTE */
};

static struct widget *add(struct ui *ui, struct rect rect, struct motif_data data)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_MOTIF, rect, "", "");
    widget->data = widget_keep_bytes(ui, widget, &data, sizeof data);
    widget->tag = data.curve != ROSETTE_PALE; /* on a brand panel, where words stand on it (design 1.9) */
    return widget;
}

struct widget *widget_motif(struct ui *ui, struct rect rect, bool with_mark)
{
    return add(ui, rect, (struct motif_data){.shape = SHAPE_RINGS, .with_mark = with_mark});
}

struct widget *widget_motif_rosette(struct ui *ui, struct rect seen, int center_x, int center_y, int radius,
                                    enum widget_motif_rosette look)
{
    static const int looks[] = {[WIDGET_MOTIF_DARK] = ROSETTE_DARK,
                                [WIDGET_MOTIF_PALE] = ROSETTE_PALE,
                                [WIDGET_MOTIF_DEEP] = ROSETTE_DEEP};
    return add(ui, seen,
               (struct motif_data){.shape = SHAPE_ROSETTE,
                                   .curve = looks[look],
                                   .center_x = center_x,
                                   .center_y = center_y,
                                   .radius = radius});
}

struct widget *widget_motif_waves(struct ui *ui, struct rect rect)
{
    return add(ui, rect, (struct motif_data){.shape = SHAPE_WAVES});
}

struct widget *widget_motif_seal(struct ui *ui, struct rect rect)
{
    return add(ui, rect, (struct motif_data){.shape = SHAPE_SEAL});
}

struct widget *widget_motif_mark(struct ui *ui, struct rect rect)
{
    return add(ui, rect, (struct motif_data){.shape = SHAPE_MARK});
}

/* --- tracing -----------------------------------------------------------------------------------------------
 */

static void splat(struct mask *mask, double x, double y, double weight)
{
    int ix = (int)floor(x - 0.5), iy = (int)floor(y - 0.5);
    double fx = x - 0.5 - ix, fy = y - 0.5 - iy;
    for (int j = 0; j < 2; j++)
        for (int i = 0; i < 2; i++) {
            int px = ix + i, py = iy + j;
            if (px < 0 || py < 0 || px >= mask->width || py >= mask->height)
                continue;
            double part = (i ? fx : 1 - fx) * (j ? fy : 1 - fy) * weight * 255;
            uint8_t *at = &mask->coverage[py * mask->stride + px];
            int sum = *at + (int)part;
            *at = (uint8_t)(sum > 255 ? 255 : sum);
        }
}

static void trace_circle(struct mask *mask, const struct curve *curve, double half)
{
    for (double r = curve->inner * half; r <= curve->outer * half; r += 0.5) {
        int points = (int)(2 * M_PI * r / 0.7);
        for (int i = 0; i < points; i++) {
            double turn = 2 * M_PI * i / points;
            splat(mask, half + r * cos(turn), half + r * sin(turn), 0.4);
        }
    }
}

static void trace_curve(struct mask *mask, const struct curve *curve, double half, double hidden)
{
    double middle = (curve->inner + curve->outer) / 2 * half,
           swing = (curve->outer - curve->inner) / 2 * half;
    /* Points at most 0.7 px apart; where they come closer, at the turning points, each weighs less. */
    int points = (int)(2 * M_PI * hypot(curve->outer * half * curve->turns, swing * curve->lobes) / 0.7);
    for (int i = 0; i < points; i++) {
        double part = 2 * M_PI * i / points, turn = part * curve->turns;
        double r = middle + swing * cos(part * curve->lobes);
        double step = hypot(r * curve->turns, swing * curve->lobes * sin(part * curve->lobes));
        if (r >= hidden * half)
            splat(mask, half + r * cos(turn), half + r * sin(turn), step * 2 * M_PI / points * 0.8);
    }
}

/* Strands that follow each other, three swings laid over one another so that they meet and part. */
static void trace_waves(struct mask *mask, double scale)
{
    double middle = mask->height / 2.0, swing = mask->height / 2.0 - 2;
    for (int strand = 0; strand < WAVE_STRANDS; strand++)
        for (double x = 0; x < mask->width; x += 0.5) {
            double at = x / scale * 2 * M_PI;
            double long_wave = sin(at / 432 + strand * 0.42 + 2.6);
            double short_wave = sin(at / 208 + strand * 0.24 + 1.4);
            double drift = sin(at / 830 + strand * 0.10 + 0.6);
            splat(mask, x, middle + swing * (0.62 * long_wave + 0.20 * short_wave + 0.17 * drift), 0.4);
        }
}

/* --- painting ----------------------------------------------------------------------------------------------
 */

static void paint_curve(struct widget_paint *paint, int index, struct rect square)
{
    bool fresh;
    const struct curve *curve = &curves[index];
    struct mask *mask = canvas_cache_mask(paint->canvas->cache, CANVAS_CACHE_MOTIF, square.w, index, 0, 0,
                                          square.w, square.h, &fresh);
    if (fresh && index == WAVES)
        trace_waves(mask, paint->layout->scale);
    else if (fresh && curve->lobes > 0)
        trace_curve(mask, curve, square.w / 2.0, index == ROSETTE_DARK ? rings_in_rosette : 0);
    else if (fresh)
        trace_circle(mask, curve, square.w / 2.0);
    canvas_mask_alpha(paint->canvas, mask, square.x, square.y, widget_paint_color(paint, curve->color),
                      curve->strength);
}

static void paint_rings(struct widget_paint *paint, struct rect seen)
{
    int side = (seen.w < seen.h ? seen.w : seen.h) & ~1;
    for (int i = 0; side > 0 && i < RINGS; i++)
        paint_curve(paint, i, rect_center(seen, side, side));
}

static void paint_rosette(struct widget_paint *paint, const struct motif_data *d, struct rect seen)
{
    int side = 2 * d->radius;
    struct rect square = layout_to_window(
        paint->layout, rect_make(d->center_x - d->radius, d->center_y - d->radius, side, side));
    square.h = square.w;
    canvas_push_clip(paint->canvas, seen);
    paint_curve(paint, d->curve, square);
    canvas_pop_clip(paint->canvas);
}

static void paint_seal(struct widget_paint *paint, const struct widget *w)
{
    int side = w->rect.w < w->rect.h ? w->rect.w : w->rect.h;
    struct rect square = rect_center(w->rect, side, side);
    struct rect at = layout_to_window(paint->layout, square);
    at.h = at.w;
    if (paint->theme == THEME_STANDARD) {
        paint_curve(paint, SEAL_RIM, at);
        paint_curve(paint, SEAL_BAND, at);
    }
    bool plain = paint->theme == THEME_CONTRAST;
    struct rect disc = rect_center(square, side * 69 / 100, side * 69 / 100);
    widget_draw_disc(paint, disc, plain ? THEME_COLOR_JADE600 : THEME_COLOR_ON_DARK);
    widget_draw_icon(paint, disc, ICON_CHECK, side * 43 / 100,
                     plain ? THEME_COLOR_ON_JADE : THEME_COLOR_JADE600);
}

void widget_motif_paint_mark(struct widget_paint *paint, struct rect rect)
{
    int side = rect.w > rect.h ? rect.w : rect.h;
    bool plain = paint->theme == THEME_CONTRAST;
    widget_draw_icon(paint, rect, ICON_MARK_SHIELD, side, THEME_COLOR_ON_DARK);
    widget_draw_icon(paint, rect, ICON_MARK_RIM, side, plain ? THEME_COLOR_B900 : THEME_COLOR_GOLD);
    widget_draw_icon(paint, rect, ICON_MARK_KEY, side, THEME_COLOR_B900);
}

void widget_motif_paint(struct widget_paint *paint, const struct widget *w)
{
    const struct motif_data *d = w->data;
    struct rect seen = widget_draw_rect(paint, w->rect);
    if (!canvas_is_visible(paint->canvas, seen))
        return;
    if (paint->theme == THEME_STANDARD && d->shape == SHAPE_RINGS)
        paint_rings(paint, layout_to_window(paint->layout, w->rect));
    else if (paint->theme == THEME_STANDARD && d->shape == SHAPE_ROSETTE)
        paint_rosette(paint, d, seen);
    else if (paint->theme == THEME_STANDARD && d->shape == SHAPE_WAVES)
        paint_curve(paint, WAVES, seen);
    if (d->shape == SHAPE_SEAL)
        paint_seal(paint, w);
    int side = w->rect.w < w->rect.h ? w->rect.w : w->rect.h;
    if (d->with_mark)
        widget_motif_paint_mark(paint, rect_center(w->rect, side * 258 / 1000, side * 258 / 1000));
    else if (d->shape == SHAPE_MARK)
        widget_motif_paint_mark(paint, rect_center(w->rect, side, side));
}
