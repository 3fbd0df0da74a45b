#include "kiosk/ui/layout.h"

#include <math.h>

/* Design 2.4: the scale is kept between these, whatever the panel. */
static const double scale_min = 0.6, scale_max = 2.2;

static double scale_for(int window_width, int window_height, int width, int height)
{
    double sx = (double)window_width / width, sy = (double)window_height / height;
    double scale = sx < sy ? sx : sy;
    return scale < scale_min ? scale_min : scale > scale_max ? scale_max : scale;
}

struct layout layout_kiosk(int window_width, int window_height, int pitch_um)
{
    struct layout layout = {.window_width = window_width, .window_height = window_height};
    bool portrait = window_height > window_width;
    layout.mode = portrait ? LAYOUT_PORTRAIT : LAYOUT_LANDSCAPE;
    layout.width = portrait ? 1080 : 1920;
    layout.height = portrait ? 1920 : 1080;
    layout.scale = scale_for(window_width, window_height, layout.width, layout.height);
    if (pitch_um < 0)
        layout.scale = fmin((double)window_width / layout.width, (double)window_height / layout.height);
    /* 88 base px should be 20 mm on the panel, as far as the canvas still fits the window. */
    if (pitch_um > 0) {
        double wanted = 20000.0 / (88.0 * pitch_um);
        double fits = fmin((double)window_width / layout.width, (double)window_height / layout.height);
        if (wanted > layout.scale)
            layout.scale = fmin(fmax(fits, layout.scale), wanted);
    }
    layout.offset_x = (window_width - (int)lround(layout.width * layout.scale)) / 2;
    layout.offset_y = (window_height - (int)lround(layout.height * layout.scale)) / 2;
    return layout;
}

struct layout layout_desk(int window_width, int window_height, double scale)
{
    if (scale <= 0)
        scale = 1;
    return (struct layout){.mode = LAYOUT_DESK,
                           .width = (int)(window_width / scale),
                           .height = (int)(window_height / scale),
                           .window_width = window_width,
                           .window_height = window_height,
                           .scale = scale};
}

static struct layout_regions regions_landscape(const struct layout *layout, bool large, bool titled)
{
    struct layout_regions r = {.margin = 64, .gutter = 32};
    int w = layout->width, inner = w - 2 * r.margin;
    int bottom = large ? 920 : 944, head = large ? 104 : 184;
    r.top_bar = rect_make(0, 0, w, large ? 104 : 88);
    r.step_bar = large ? rect_make(0, 104, 0, 0) : rect_make(0, 88, w, 96);
    r.bottom_bar = rect_make(0, bottom, w, layout->height - bottom);
    int top = head + 24;
    if (titled) {
        r.title = rect_make(r.margin, large ? 124 : 200, inner, large ? 176 : 108);
        top = large ? 316 : 328;
    }
    r.content = rect_make(r.margin, top, inner, bottom - 20 - top);
    return r;
}

static struct layout_regions regions_portrait(const struct layout *layout, bool large, bool titled,
                                              bool plain)
{
    struct layout_regions r = {.margin = 48, .gutter = 24};
    int w = layout->width, inner = w - 2 * r.margin, bottom = large ? 1632 : 1656;
    r.top_bar = rect_make(0, 0, w, 112);
    r.step_bar = rect_make(0, 112, w, 136);
    r.bottom_bar = rect_make(0, bottom, w, layout->height - bottom);
    int top = 276;
    if (titled && !plain) {
        r.title = rect_make(0, 248, w, 292);
        top = 568;
    }
    r.content = rect_make(r.margin, top, inner, bottom - 24 - top);
    return r;
}

struct layout_regions layout_regions(const struct layout *layout, enum theme_kind theme, bool titled,
                                     bool plain)
{
    if (layout->mode == LAYOUT_PORTRAIT)
        return regions_portrait(layout, theme_is_large(theme), titled, plain);
    if (layout->mode == LAYOUT_LANDSCAPE)
        return regions_landscape(layout, theme_is_large(theme), titled);
    struct layout_regions r = {.margin = 16, .gutter = 12};
    r.top_bar = rect_make(0, 0, layout->width, 56);
    r.content = rect_inset(rect_make(0, 56, layout->width, layout->height - 56), 16, 16);
    return r;
}

static int edge(double scale, int offset, int base)
{
    return offset + (int)lround(base * scale);
}

struct rect layout_to_window(const struct layout *layout, struct rect base)
{
    int x0 = edge(layout->scale, layout->offset_x, base.x);
    int y0 = edge(layout->scale, layout->offset_y, base.y);
    int x1 = edge(layout->scale, layout->offset_x, base.x + base.w);
    int y1 = edge(layout->scale, layout->offset_y, base.y + base.h);
    /* Design 2.4: a hairline is at least 1 px, wherever its edges are rounded to. */
    return rect_make(x0, y0, base.w > 0 && x1 == x0 ? 1 : x1 - x0, base.h > 0 && y1 == y0 ? 1 : y1 - y0);
}

void layout_to_base(const struct layout *layout, int x, int y, int *base_x, int *base_y)
{
    *base_x = (int)floor((x - layout->offset_x) / layout->scale);
    *base_y = (int)floor((y - layout->offset_y) / layout->scale);
}

int layout_length(const struct layout *layout, int base)
{
    int length = (int)lround(base * layout->scale);
    return base > 0 && length < 1 ? 1 : length;
}

struct rect layout_split(const struct layout *layout, struct rect area, int index, int count, int gap)
{
    return layout->mode == LAYOUT_PORTRAIT ? rect_row(area, index, count, gap)
                                           : rect_column(area, index, count, gap);
}
