#include "kiosk/ui/widget_motif.h"

#include <math.h>

#include "kiosk/ui/canvas_cache.h"
#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_draw.h"

/* A band of strands that swing between two radii, each shifted a little against the next. Radii are parts of
 * the half side. */
struct band {
    double inner, outer;
    int swings, strands;
    enum theme_color color;
    int strength; /* 0 to 255 */
};

static const struct band bands[] = {
    {0.925, 0.995, 48, 3, THEME_COLOR_GOLD300, 150}, {0.535, 0.905, 40, 9, THEME_COLOR_B300, 120},
    {0.405, 0.520, 36, 4, THEME_COLOR_GOLD300, 140}, {0.995, 1.000, 1, 1, THEME_COLOR_GOLD300, 190},
    {0.915, 0.918, 1, 1, THEME_COLOR_GOLD300, 150},  {0.525, 0.530, 1, 1, THEME_COLOR_GOLD300, 190},
};

struct motif_data {
    bool with_mark;
};

struct widget *widget_motif(struct ui *ui, struct rect rect, bool with_mark)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_MOTIF, rect, "", "");
    struct motif_data data = {with_mark};
    widget->data = widget_keep_bytes(ui, widget, &data, sizeof data);
    return widget;
}

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

static void draw_band(struct mask *mask, const struct band *band, double half)
{
    double middle = (band->inner + band->outer) / 2 * half, swing = (band->outer - band->inner) / 2 * half;
    /* Points about 0.7 px apart, along the circle and the swing alike. */
    int points = (int)(2 * M_PI * hypot(middle, swing * band->swings) / 0.7);
    for (int s = 0; s < band->strands; s++)
        for (int i = 0; i < points; i++) {
            double turn = 2 * M_PI * i / points;
            double phase = band->swings * turn + 2 * M_PI * s / band->strands;
            double r = middle + swing * sin(phase);
            splat(mask, half + r * cos(turn), half + r * sin(turn), 0.55);
        }
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
    struct rect r = layout_to_window(paint->layout, w->rect);
    int side = (r.w < r.h ? r.w : r.h) & ~1;
    struct rect at = rect_center(r, side, side);
    if (!canvas_is_visible(paint->canvas, r) || side <= 0)
        return;
    for (size_t i = 0; paint->theme == THEME_STANDARD && i < sizeof bands / sizeof bands[0]; i++) {
        bool fresh;
        struct mask *mask = canvas_cache_mask(paint->canvas->cache, CANVAS_CACHE_MOTIF, side, (int)i, 0, 0,
                                              side, side, &fresh);
        if (fresh)
            draw_band(mask, &bands[i], side / 2.0);
        canvas_mask_alpha(paint->canvas, mask, at.x, at.y, widget_paint_color(paint, bands[i].color),
                          bands[i].strength);
    }
    if (d->with_mark) {
        int mark = w->rect.w < w->rect.h ? w->rect.w : w->rect.h;
        widget_motif_paint_mark(paint, rect_center(w->rect, mark * 25 / 100, mark * 25 / 100));
    }
}
