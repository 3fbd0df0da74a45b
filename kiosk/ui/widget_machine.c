#include "kiosk/ui/widget_machine.h"

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_art.h"

enum { ART_W = 232, ART_H = 370 }; /* the drawing's own grid */
static const double scale_max = 1.3;

struct machine_data {
    enum widget_device device;
};

struct widget *widget_machine(struct ui *ui, struct rect rect, enum widget_device device, const char *label)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_MACHINE, rect, "", label);
    widget->data = widget_keep_bytes(ui, widget, &(struct machine_data){device}, sizeof(struct machine_data));
    return widget;
}

static void paint_body(const struct widget_art *art)
{
    widget_art_block(art, 17, 0, 198, 362, 24, THEME_COLOR_KEYBG);
    widget_art_frame(art, 17, 0, 198, 362, 24, 3, THEME_COLOR_KEYEDGE);
    widget_art_disc(art, 116, 17, 6, THEME_COLOR_LINE500);
    widget_art_block(art, 39, 31, 154, 106, 8, THEME_COLOR_B900);
    widget_art_block(art, 52, 44, 80, 9, 4, THEME_COLOR_B300);
    widget_art_block(art, 52, 62, 57, 34, 6, THEME_COLOR_B800);
    widget_art_block(art, 116, 62, 57, 34, 6, THEME_COLOR_B800);
    widget_art_block(art, 116, 108, 57, 16, 4, THEME_COLOR_ON_DARK);
}

/* A slot with its opening; the one in use is lit. */
static void paint_slot(const struct widget_art *art, struct rect slot, struct rect opening, bool lit)
{
    if (lit) {
        widget_art_block(art, slot.x - 11, slot.y - 11, slot.w + 22, slot.h + 22, 16, THEME_COLOR_AMBER100);
        widget_art_frame(art, slot.x - 11, slot.y - 11, slot.w + 22, slot.h + 22, 16, 4,
                         THEME_COLOR_AMBER500);
    }
    widget_art_block(art, slot.x, slot.y, slot.w, slot.h, 8, lit ? THEME_COLOR_B700 : THEME_COLOR_LINE300);
    widget_art_block(art, opening.x, opening.y, opening.w, opening.h, 4,
                     lit ? THEME_COLOR_B100 : THEME_COLOR_SURFACE);
}

static void paint_slots(const struct widget_art *art, enum widget_device device)
{
    paint_slot(art, rect_make(39, 156, 70, 43), rect_make(48, 166, 29, 22), false);
    paint_slot(art, rect_make(39, 279, 154, 45), rect_make(53, 297, 126, 9), device == WIDGET_DEVICE_PRINTER);
    paint_slot(art, rect_make(39, 218, 154, 40), rect_make(53, 235, 126, 8), device == WIDGET_DEVICE_SCANNER);
    paint_slot(art, rect_make(123, 156, 70, 43), rect_make(141, 171, 34, 13), device == WIDGET_DEVICE_KEY);
}

static void paint_sheet(const struct widget_art *art, int y)
{
    widget_art_block(art, 69, y, 94, 58, 2, THEME_COLOR_SURFACE);
    widget_art_frame(art, 69, y, 94, 58, 2, 2, THEME_COLOR_B300);
    widget_art_block(art, 80, y + 15, 72, 3, 1, THEME_COLOR_B300);
    widget_art_block(art, 80, y + 25, 72, 3, 1, THEME_COLOR_B300);
    widget_art_block(art, 80, y + 36, 45, 3, 1, THEME_COLOR_B300);
}

static void paint_key(const struct widget_art *art)
{
    widget_art_block(art, 151, 176, 14, 14, 2, THEME_COLOR_LINE300);
    widget_art_block(art, 146, 186, 24, 44, 7, THEME_COLOR_B700);
    widget_art_frame(art, 146, 186, 24, 44, 7, 2, THEME_COLOR_SURFACE);
    widget_art_frame(art, 153, 212, 10, 10, 5, 2, THEME_COLOR_GOLD300);
}

void widget_machine_paint(struct widget_paint *paint, const struct widget *widget)
{
    const struct machine_data *data = widget->data;
    struct widget_art art;
    if (!widget_art_begin(&art, paint, widget, ART_W, ART_H, scale_max))
        return;
    paint_body(&art);
    paint_slots(&art, data->device);
    widget_art_block(&art, 0, 352, 232, 18, 9, THEME_COLOR_LINE300);
    if (data->device == WIDGET_DEVICE_PRINTER)
        paint_sheet(&art, 300);
    else if (data->device == WIDGET_DEVICE_SCANNER)
        paint_sheet(&art, 239);
    else if (data->device == WIDGET_DEVICE_KEY)
        paint_key(&art);
}
