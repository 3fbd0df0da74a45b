#include "kiosk/ui/widget_device.h"

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/ui_words.h"
#include "kiosk/ui/widget_draw.h"

/* The drawings' own grids. */
enum { ART_W = 400, ART_H = 340, KEY_W = 520, KEY_H = 290 };

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

/* The sign above the key: amber says leave it, red says it is missing or the wrong one. */
static void paint_key_sign(const struct art *art, int x, bool fault)
{
    struct rect disc = place(art, x, 0, 98, 98);
    widget_draw_disc(art->paint, disc, fault ? THEME_COLOR_SEAL100 : THEME_COLOR_AMBER100);
    widget_draw_outline(art->paint, disc, disc.w / 2, 4, fault ? THEME_COLOR_SEAL600 : THEME_COLOR_AMBER500);
    block(art, x + 44, 22, 10, 38, 5, fault ? THEME_COLOR_SEAL700 : THEME_COLOR_AMBER800);
    block(art, x + 44, 66, 10, 10, 5, fault ? THEME_COLOR_SEAL700 : THEME_COLOR_AMBER800);
}

/* The writer at the left with its slot, the key in it, or out of it when something is wrong. */
static void paint_key(const struct art *art, bool fault)
{
    int x = fault ? 316 : 270; /* of the key's body */
    block(art, 20, 72, 200, 190, 26,
          art->paint->theme == THEME_STANDARD ? THEME_COLOR_LINE200 : THEME_COLOR_KEYFN);
    block(art, 50, 98, 100, 12, 6, THEME_COLOR_KEYEDGE);
    block(art, 50, 122, 70, 12, 6, THEME_COLOR_KEYEDGE);
    block(art, 180, 128, 57, 78, 12, THEME_COLOR_INK700);
    if (fault)
        frame(art, 172, 120, 73, 94, 16, 4, THEME_COLOR_SEAL600);
    block(art, x - 65, 141, 68, 52, 4, THEME_COLOR_LINE300);
    frame(art, x - 65, 141, 68, 52, 4, 3, THEME_COLOR_LINE500);
    block(art, x, 122, 200, 90, 26, THEME_COLOR_B700);
    block(art, x, 122, 60, 90, 2, THEME_COLOR_B700);
    block(art, x, 122, 24, 90, 2, THEME_COLOR_B800);
    widget_draw_disc(art->paint, place(art, x + 40, 157, 20, 20),
                     fault ? THEME_COLOR_LINE300 : THEME_COLOR_JADE_DARK);
    widget_draw_text(art->paint, place(art, x + 69, 122, 76, 90), THEME_TYPE_CAPTION_STRONG, WIDGET_LEFT,
                     theme_is_large(art->paint->theme) ? "" : ui_word_UKEY, THEME_COLOR_ON_PRIMARY);
    struct rect ring = place(art, x + 145, 149, 36, 36);
    widget_draw_outline(art->paint, ring, ring.w / 2, (int)(7 * art->scale), THEME_COLOR_GOLD300);
    paint_key_sign(art, fault ? 160 : 323, fault);
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
    bool key = d->device == WIDGET_DEVICE_KEY;
    int width = key ? KEY_W : ART_W, height = key ? KEY_H : ART_H;
    double sx = (double)w->rect.w / width, sy = (double)w->rect.h / height, scale = sx < sy ? sx : sy;
    scale = scale > 1.4 ? 1.4 : scale;
    struct art art = {.paint = paint,
                      .scale = scale,
                      .x = w->rect.x + (w->rect.w - (int)(width * scale)) / 2,
                      .y = w->rect.y + (w->rect.h - (int)(height * scale)) / 2};
    if (key)
        paint_key(&art, d->fault);
    else if (d->device == WIDGET_DEVICE_NETWORK)
        paint_sign(&art, ICON_NETWORK, d->fault);
    else if (d->device == WIDGET_DEVICE_SERVER)
        paint_sign(&art, ICON_SHIELD, d->fault);
    else
        paint_paper_machine(&art, d->fault, d->device == WIDGET_DEVICE_SCANNER);
}
