#include "kiosk/ui/widget_device.h"

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_draw.h"

enum { ART_W = 400, ART_H = 340 }; /* the drawings' own grid */

struct device_data {
    enum widget_device device;
    bool fault;
};

struct widget *widget_device(struct ui *ui, struct rect rect, enum widget_device device, bool fault,
                             const char *label)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_DEVICE, rect, "", label);
    struct device_data data = {.device = device, .fault = fault};
    widget->data = widget_keep_bytes(ui, widget, &data, sizeof data);
    return widget;
}

/* From the drawing's grid to base px. */
struct art {
    struct widget_paint *paint;
    double scale;
    int x, y;
};

static struct rect place(const struct art *art, int x, int y, int w, int h)
{
    return rect_make(art->x + (int)(x * art->scale), art->y + (int)(y * art->scale), (int)(w * art->scale),
                     (int)(h * art->scale));
}

static void block(const struct art *art, int x, int y, int w, int h, int radius, enum theme_color fill)
{
    widget_draw_round(art->paint, place(art, x, y, w, h), (int)(radius * art->scale), fill);
}

static void frame(const struct art *art, int x, int y, int w, int h, int radius, int width,
                  enum theme_color line)
{
    widget_draw_outline(art->paint, place(art, x, y, w, h), (int)(radius * art->scale), width, line);
}

static void arrow(const struct art *art, int x, int y, int side, enum icon icon)
{
    struct rect at = place(art, x, y, side, side);
    widget_draw_icon(art->paint, at, icon, at.w, THEME_COLOR_B700);
}

static void paint_paper_machine(const struct art *art, bool fault, bool scanner)
{
    enum theme_color edge = fault ? THEME_COLOR_SEAL600 : THEME_COLOR_AMBER500;
    block(art, 30, 150, 330, 150, 20, THEME_COLOR_SUNK);
    frame(art, 30, 150, 330, 150, 20, 3, THEME_COLOR_LINE300);
    block(art, 30, 150, 330, 48, 20, THEME_COLOR_LINE300);
    block(art, 68, 166, 254, 14, 7, THEME_COLOR_B700);
    frame(art, 60, 158, 270, 30, 14, 4, edge);
    block(art, 110, 40, 170, 132, 6, THEME_COLOR_SURFACE);
    frame(art, 110, 40, 170, 132, 6, 4, fault ? THEME_COLOR_SEAL600 : THEME_COLOR_LINE500);
    block(art, 132, 72, 118, 7, 3, THEME_COLOR_LINE300);
    block(art, 132, 92, 90, 7, 3, THEME_COLOR_LINE300);
    block(art, 132, 112, 104, 7, 3, THEME_COLOR_LINE300);
    block(art, 68, 224, 92, 12, 6, THEME_COLOR_LINE300);
    block(art, 68, 250, 60, 12, 6, THEME_COLOR_LINE300);
    widget_draw_disc(art->paint, place(art, 312, 226, 26, 26),
                     fault ? THEME_COLOR_SEAL600 : THEME_COLOR_JADE600);
    arrow(art, 316, 50, 80, scanner && !fault ? ICON_ARROW_DOWN : ICON_ARROW_UP);
}

static void paint_key(const struct art *art, bool fault)
{
    block(art, 10, 90, 150, 140, 20, THEME_COLOR_SUNK);
    frame(art, 10, 90, 150, 140, 20, 3, THEME_COLOR_LINE300);
    block(art, 34, 112, 76, 10, 5, THEME_COLOR_LINE300);
    block(art, 34, 134, 52, 10, 5, THEME_COLOR_LINE300);
    frame(art, 118, 120, 62, 80, 14, 4, fault ? THEME_COLOR_SEAL600 : THEME_COLOR_AMBER500);
    block(art, 130, 132, 42, 56, 6, THEME_COLOR_INK700);
    int pulled = fault ? 60 : 0;
    block(art, 150 + pulled, 142, 56, 36, 4, THEME_COLOR_LINE300);
    block(art, 200 + pulled, 128, 130, 64, 14, THEME_COLOR_B700);
    widget_draw_disc(art->paint, place(art, 222 + pulled, 152, 16, 16), THEME_COLOR_JADE_DARK);
    struct rect ring = place(art, 290 + pulled, 146, 28, 28);
    widget_draw_outline(art->paint, ring, ring.w / 2, (int)(6 * art->scale), THEME_COLOR_GOLD300);
    arrow(art, 250, 210, 70, ICON_ARROW_LEFT);
}

static void paint_sign(const struct art *art, enum icon icon, bool fault)
{
    struct rect disc = place(art, 80, 50, 240, 240);
    widget_draw_disc(art->paint, disc, fault ? THEME_COLOR_SEAL100 : THEME_COLOR_B50);
    widget_draw_icon(art->paint, disc, icon, disc.w / 2, fault ? THEME_COLOR_SEAL700 : THEME_COLOR_B700);
}

void widget_device_paint(struct widget_paint *paint, const struct widget *w)
{
    const struct device_data *d = w->data;
    if (!canvas_is_visible(paint->canvas, layout_to_window(paint->layout, w->rect)))
        return;
    double sx = (double)w->rect.w / ART_W, sy = (double)w->rect.h / ART_H, scale = sx < sy ? sx : sy;
    scale = scale > 1.4 ? 1.4 : scale;
    struct art art = {.paint = paint,
                      .scale = scale,
                      .x = w->rect.x + (w->rect.w - (int)(ART_W * scale)) / 2,
                      .y = w->rect.y + (w->rect.h - (int)(ART_H * scale)) / 2};
    if (d->device == WIDGET_DEVICE_KEY)
        paint_key(&art, d->fault);
    else if (d->device == WIDGET_DEVICE_NETWORK)
        paint_sign(&art, ICON_NETWORK, d->fault);
    else if (d->device == WIDGET_DEVICE_SERVER)
        paint_sign(&art, ICON_SHIELD, d->fault);
    else
        paint_paper_machine(&art, d->fault, d->device == WIDGET_DEVICE_SCANNER);
}
