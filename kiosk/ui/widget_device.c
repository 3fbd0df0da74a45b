/* Close-up drawings of one device, for pages about its trouble. */
#include "kiosk/ui/widget_device.h"

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/ui_words.h"
#include "kiosk/ui/widget_art.h"

/* The drawings' own grids. */
enum { ART_W = 460, ART_H = 350, KEY_W = 520, KEY_H = 290 };
static const double scale_max = 1.4;

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

static void paint_arrow(const struct widget_art *art, int x, int y)
{
    widget_art_path(art, (const int[][2]){{x, y + 94}, {x, y}}, 2, 12, THEME_COLOR_B700);
    widget_art_path(art, (const int[][2]){{x - 26, y + 31}, {x, y}, {x + 26, y + 31}}, 3, 12,
                    THEME_COLOR_B700);
}

static void paint_lid(const struct widget_art *art)
{
    static const int lid[][2] = {{21, 158}, {60, 10}, {72, 2}, {372, 2}, {384, 10}, {423, 158}};
    widget_art_fill(art, lid, 6, THEME_COLOR_B50);
    widget_art_path(art, lid, 6, 3, THEME_COLOR_KEYEDGE);
}

static void paint_words(const struct widget_art *art)
{
    widget_art_block(art, 137, 104, 158, 8, 4, THEME_COLOR_LINE300);
    widget_art_block(art, 137, 128, 118, 8, 4, THEME_COLOR_LINE300);
}

/* A sheet that is torn at its upper end when it is stuck. */
static void paint_sheet(const struct widget_art *art, bool fault)
{
    static const int torn[][2] = {{109, 186}, {109, 68}, {149, 42}, {185, 66}, {225, 40},
                                  {265, 66},  {301, 44}, {338, 68}, {338, 186}};
    static const int below[][2] = {{109, 186}, {109, 68}, {338, 68}, {338, 186}};
    static const int peaks[][3] = {{109, 149, 185}, {185, 225, 265}, {265, 301, 338}};
    if (!fault) {
        widget_art_block(art, 109, 42, 229, 146, 6, THEME_COLOR_SURFACE);
        widget_art_frame(art, 109, 42, 229, 146, 6, 4, THEME_COLOR_LINE500);
        paint_words(art);
        return;
    }
    widget_art_fill(art, below, 4, THEME_COLOR_SURFACE);
    for (int i = 0; i < 3; i++)
        widget_art_fill(
            art, (const int[][2]){{peaks[i][0], 68}, {peaks[i][1], i == 1 ? 40 : 43}, {peaks[i][2], 68}}, 3,
            THEME_COLOR_SURFACE);
    widget_art_path(art, torn, 9, 5, THEME_COLOR_SEAL600);
    widget_art_path(art, (const int[][2]){{109, 186}, {338, 186}}, 2, 5, THEME_COLOR_SEAL600);
    paint_words(art);
}

static void paint_paper_machine(const struct widget_art *art, bool fault, bool scanner)
{
    if (scanner)
        paint_lid(art);
    widget_art_block(art, 0, 157, 442, 192, 24, THEME_COLOR_KEYBG);
    widget_art_block(art, 0, 157, 442, 61, 24, THEME_COLOR_LINE300);
    widget_art_frame(art, 0, 157, 442, 192, 24, 3, THEME_COLOR_KEYEDGE);
    widget_art_block(art, 51, 180, 340, 16, 8, fault ? THEME_COLOR_INK700 : THEME_COLOR_B700);
    if (!fault)
        widget_art_frame(art, 41, 170, 360, 36, 16, 4, THEME_COLOR_AMBER500);
    paint_sheet(art, fault);
    widget_art_block(art, 51, 258, 120, 16, 8, THEME_COLOR_KEYEDGE);
    widget_art_block(art, 51, 290, 80, 16, 8, THEME_COLOR_KEYEDGE);
    widget_art_disc(art, 393, 278, 16, fault ? THEME_COLOR_SEAL600 : THEME_COLOR_JADE600);
    if (scanner)
        paint_arrow(art, 427, 38);
}

/* The sign above the key: amber says leave it, red says it is missing or the wrong one. */
static void paint_key_sign(const struct widget_art *art, int x, bool fault)
{
    enum theme_color mark = fault ? THEME_COLOR_SEAL700 : THEME_COLOR_AMBER800;
    widget_art_disc(art, x + 49, 49, 49, fault ? THEME_COLOR_SEAL600 : THEME_COLOR_AMBER500);
    widget_art_disc(art, x + 49, 49, 45, fault ? THEME_COLOR_SEAL100 : THEME_COLOR_AMBER100);
    widget_art_block(art, x + 44, 22, 10, 38, 5, mark);
    widget_art_block(art, x + 44, 66, 10, 10, 5, mark);
}

/* The writer at the left with its slot, the key in it, or out of it when something is wrong. */
static void paint_key(const struct widget_art *art, bool fault)
{
    int x = fault ? 316 : 270; /* of the key's body */
    widget_art_block(art, 20, 72, 200, 190, 26,
                     art->paint->theme == THEME_STANDARD ? THEME_COLOR_LINE200 : THEME_COLOR_KEYFN);
    widget_art_block(art, 50, 98, 100, 12, 6, THEME_COLOR_KEYEDGE);
    widget_art_block(art, 50, 122, 70, 12, 6, THEME_COLOR_KEYEDGE);
    widget_art_block(art, 180, 128, 57, 78, 12, THEME_COLOR_INK700);
    if (fault)
        widget_art_frame(art, 172, 120, 73, 94, 16, 4, THEME_COLOR_SEAL600);
    widget_art_block(art, x - 65, 141, 68, 52, 4, THEME_COLOR_LINE300);
    widget_art_frame(art, x - 65, 141, 68, 52, 4, 3, THEME_COLOR_LINE500);
    widget_art_block(art, x, 122, 200, 90, 26, THEME_COLOR_B700);
    widget_art_block(art, x, 122, 60, 90, 2, THEME_COLOR_B700);
    widget_art_block(art, x, 122, 24, 90, 2, THEME_COLOR_B800);
    widget_art_disc(art, x + 50, 167, 10, fault ? THEME_COLOR_LINE300 : THEME_COLOR_JADE_DARK);
    if (!theme_is_large(art->paint->theme))
        widget_art_text(art, x + 69, 122, 76, 90, THEME_TYPE_CAPTION_STRONG, ui_word_UKEY,
                        THEME_COLOR_ON_PRIMARY);
    widget_art_frame(art, x + 145, 149, 36, 36, 18, 7, THEME_COLOR_GOLD300);
    paint_key_sign(art, fault ? 160 : 323, fault);
}

static void paint_sign(const struct widget_art *art, enum icon icon, bool fault)
{
    widget_art_disc(art, 230, 175, 120, fault ? THEME_COLOR_SEAL100 : THEME_COLOR_B50);
    widget_art_icon(art, 170, 115, 120, icon, fault ? THEME_COLOR_SEAL700 : THEME_COLOR_B700);
}

void widget_device_paint(struct widget_paint *paint, const struct widget *widget)
{
    const struct device_data *data = widget->data;
    struct widget_art art;
    bool key = data->device == WIDGET_DEVICE_KEY;
    if (!widget_art_begin(&art, paint, widget, key ? KEY_W : ART_W, key ? KEY_H : ART_H, scale_max))
        return;
    if (key)
        paint_key(&art, data->fault);
    else if (data->device == WIDGET_DEVICE_NETWORK)
        paint_sign(&art, ICON_NETWORK, data->fault);
    else if (data->device == WIDGET_DEVICE_SERVER)
        paint_sign(&art, ICON_SHIELD, data->fault);
    else
        paint_paper_machine(&art, data->fault, data->device == WIDGET_DEVICE_SCANNER);
}
