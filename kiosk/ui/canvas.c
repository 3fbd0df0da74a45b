#include "kiosk/ui/canvas.h"

#include "kiosk/base/check.h"
#include "kiosk/ui/canvas_row.h"

void canvas_init(struct canvas *canvas, uint32_t *pixels, int width, int height, int stride,
                 struct canvas_cache *cache)
{
    *canvas = (struct canvas){.pixels = pixels,
                              .width = width,
                              .height = height,
                              .stride = stride,
                              .clip = {0, 0, width, height},
                              .cache = cache};
}

void canvas_push_clip(struct canvas *canvas, struct rect clip)
{
    check(canvas->clip_depth < CANVAS_CLIPS);
    canvas->clips[canvas->clip_depth++] = canvas->clip;
    canvas->clip = rect_intersect(canvas->clip, clip);
}

void canvas_pop_clip(struct canvas *canvas)
{
    check(canvas->clip_depth > 0);
    canvas->clip = canvas->clips[--canvas->clip_depth];
}

bool canvas_is_visible(const struct canvas *canvas, struct rect rect)
{
    return !rect_is_empty(rect_intersect(canvas->clip, rect));
}

static uint32_t *pixel(struct canvas *canvas, int x, int y)
{
    return canvas->pixels + (ptrdiff_t)y * canvas->stride + x;
}

void canvas_fill(struct canvas *canvas, struct rect rect, uint32_t color)
{
    struct rect r = rect_intersect(canvas->clip, rect);
    for (int y = r.y; y < r.y + r.h; y++)
        canvas_row_fill(pixel(canvas, r.x, y), r.w, color);
}

void canvas_fill_alpha(struct canvas *canvas, struct rect rect, uint32_t color, int alpha)
{
    struct rect r = rect_intersect(canvas->clip, rect);
    for (int y = r.y; y < r.y + r.h; y++)
        canvas_row_alpha(pixel(canvas, r.x, y), r.w, color, (uint32_t)(alpha + (alpha >> 7)));
}

void canvas_mask_alpha(struct canvas *canvas, const struct mask *mask, int x, int y, uint32_t color,
                       int alpha)
{
    struct rect r = rect_intersect(canvas->clip, rect_make(x, y, mask->width, mask->height));
    for (int row = r.y; row < r.y + r.h; row++) {
        const uint8_t *coverage = mask->coverage + (ptrdiff_t)(row - y) * mask->stride + (r.x - x);
        if (alpha >= 255)
            canvas_row_mask(pixel(canvas, r.x, row), coverage, r.w, color);
        else
            canvas_row_mask_scaled(pixel(canvas, r.x, row), coverage, r.w, color,
                                   (uint32_t)(alpha + (alpha >> 7)));
    }
}

void canvas_mask(struct canvas *canvas, const struct mask *mask, int x, int y, uint32_t color)
{
    canvas_mask_alpha(canvas, mask, x, y, color, 255);
}

void canvas_draw_qr(struct canvas *canvas, struct rect tile, const bool *dark, int side, int stride)
{
    int module = (tile.w < tile.h ? tile.w : tile.h) / (side + 8);
    struct rect code = rect_center(tile, module * side, module * side);
    canvas_fill(canvas, tile, 0xFFFFFF);
    for (int row = 0; row < side; row++)
        for (int column = 0; column < side; column++)
            if (dark[row * stride + column])
                canvas_fill(canvas,
                            rect_make(code.x + column * module, code.y + row * module, module, module),
                            0x000000);
}
