#include "kiosk/ui/widget_thumb.h"

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_draw.h"

enum { TRACK_GAP = 3 };

struct track_data {
    int done, count;
};

struct widget *widget_thumb(struct ui *ui, struct rect rect, enum widget_thumb thumb, const char *label)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_THUMB, rect, "", label);
    widget->data = widget_keep_bytes(ui, widget, &thumb, sizeof thumb);
    return widget;
}

struct widget *widget_thumb_track(struct ui *ui, struct rect rect, int done, int count)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_TRACK, rect, "", "");
    struct track_data data = {done, count};
    widget->data = widget_keep_bytes(ui, widget, &data, sizeof data);
    return widget;
}

/* --- shapes, placed on the 156 x 88 page ---------------------------------------------------------------- */

struct drawing {
    struct widget_paint *paint;
    struct rect page;
};

static struct rect place(const struct drawing *d, int x, int y, int w, int h)
{
    return rect_make(d->page.x + x * d->page.w / WIDGET_THUMB_WIDTH,
                     d->page.y + y * d->page.h / WIDGET_THUMB_HEIGHT, w * d->page.w / WIDGET_THUMB_WIDTH,
                     h * d->page.h / WIDGET_THUMB_HEIGHT);
}

static void bar(const struct drawing *d, int x, int y, int w, int h, enum theme_color color)
{
    widget_draw_round(d->paint, place(d, x, y, w, h), h / 2 < 3 ? h / 2 : 2, color);
}

static void card(const struct drawing *d, int x, int y, int w, int h)
{
    struct rect at = place(d, x, y, w, h);
    widget_draw_round(d->paint, at, 3, THEME_COLOR_SURFACE);
    widget_draw_outline(d->paint, at, 3, 1, THEME_COLOR_LINE200);
}

static void dot(const struct drawing *d, int x, int y, int side, enum theme_color color)
{
    widget_draw_disc(d->paint, place(d, x, y, side, side), color);
}

static void line(const struct drawing *d, int x, int y, int w)
{
    bar(d, x, y, w, 3, THEME_COLOR_LINE300);
}

/* Header, ground and the bottom bar with its primary button. */
static void draw_page(const struct drawing *d)
{
    struct rect all = d->page;
    widget_draw_round(d->paint, all, 4, THEME_COLOR_BG);
    widget_draw_fill(d->paint, place(d, 1, 78, 154, 9), THEME_COLOR_SURFACE);
    widget_draw_round(d->paint, place(d, 0, 0, 156, 9), 3, THEME_COLOR_B900);
    widget_draw_outline(d->paint, all, 4, 1, THEME_COLOR_LINE300);
    bar(d, 123, 80, 28, 5, THEME_COLOR_B700);
}

static void draw_welcome(const struct drawing *d)
{
    struct rect rings = place(d, 80, 20, 48, 48);
    widget_draw_round(d->paint, d->page, 4, THEME_COLOR_B900);
    bar(d, 14, 27, 44, 8, THEME_COLOR_B300);
    bar(d, 14, 41, 32, 8, THEME_COLOR_B300);
    widget_draw_round(d->paint, place(d, 14, 62, 50, 12), 3, THEME_COLOR_ON_DARK);
    widget_draw_outline(d->paint, rings, 24, 2, THEME_COLOR_NAV_HINT);
    widget_draw_outline(d->paint, rect_inset(rings, 7, 7), 17, 2, THEME_COLOR_NAV_HINT);
}

static void draw_choices(const struct drawing *d)
{
    for (int i = 0; i < 6; i++) {
        int x = 11 + i % 3 * 46, y = 17 + i / 3 * 30;
        card(d, x, y, 42, 25);
        bar(d, x + 4, y + 5, 8, 8, THEME_COLOR_B100);
        line(d, x + 15, y + 8, 20);
    }
}

static void draw_keypad(const struct drawing *d)
{
    card(d, 11, 17, 66, 54);
    bar(d, 17, 25, 34, 4, THEME_COLOR_INK700);
    widget_draw_outline(d->paint, place(d, 17, 36, 54, 13), 3, 1, THEME_COLOR_B700);
    line(d, 17, 57, 30);
    for (int i = 0; i < 12; i++)
        card(d, 84 + i % 3 * 21, 17 + i / 3 * 14, 19, 12);
}

static void draw_text(const struct drawing *d)
{
    card(d, 11, 15, 100, 58);
    for (int i = 0; i < 6; i++)
        line(d, 18, 22 + i * 8, i == 5 ? 40 : 86);
    card(d, 117, 15, 28, 26);
    card(d, 117, 47, 28, 26);
}

static void draw_form(const struct drawing *d)
{
    static const int lengths[] = {34, 45, 26, 40, 31, 17};
    for (int i = 0; i < 6; i++) {
        int x = 10 + i % 2 * 69, y = 18 + i / 2 * 19;
        struct rect box = place(d, x, y, 64, 12);
        widget_draw_round(d->paint, box, 3, THEME_COLOR_SURFACE);
        widget_draw_outline(d->paint, box, 3, 1, THEME_COLOR_LINE300);
        line(d, x + 4, y + 5, lengths[i]);
    }
}

static void draw_print(const struct drawing *d)
{
    card(d, 18, 14, 44, 60);
    for (int i = 0; i < 5; i++)
        line(d, 24, 21 + i * 7, i == 4 ? 18 : 32);
    dot(d, 44, 58, 10, THEME_COLOR_SEAL100);
    for (int i = 0; i < 3; i++) {
        dot(d, 74, 20 + i * 18, 9, i == 0 ? THEME_COLOR_B700 : THEME_COLOR_LINE200);
        line(d, 88, 23 + i * 18, 50 - i * 8);
    }
}

static void draw_scan(const struct drawing *d)
{
    for (int i = 0; i < 5; i++)
        card(d, 10, 15 + i * 11, 37, 9);
    card(d, 58, 14, 41, 59);
    for (int i = 0; i < 3; i++)
        line(d, 64, 21 + i * 7, i == 2 ? 21 : 30);
    bar(d, 53, 48, 51, 3, THEME_COLOR_B700);
    card(d, 110, 15, 36, 45);
}

static void draw_review(const struct drawing *d)
{
    static const int lengths[] = {38, 48, 31, 35};
    card(d, 10, 16, 79, 56);
    for (int i = 0; i < 4; i++) {
        dot(d, 17, 21 + i * 13, 7,
            i == 0   ? THEME_COLOR_JADE600
            : i == 1 ? THEME_COLOR_B700
                     : THEME_COLOR_LINE200);
        line(d, 29, 23 + i * 13, lengths[i]);
    }
    bar(d, 95, 16, 51, 56, THEME_COLOR_B900);
    bar(d, 102, 25, 37, 7, THEME_COLOR_GOLD300);
}

static void draw_pay(const struct drawing *d)
{
    struct rect code = place(d, 18, 17, 51, 51);
    widget_draw_round(d->paint, code, 4, THEME_COLOR_SURFACE);
    widget_draw_outline(d->paint, code, 4, 1, THEME_COLOR_INK700);
    bar(d, 26, 25, 12, 12, THEME_COLOR_INK900);
    bar(d, 50, 25, 12, 12, THEME_COLOR_INK900);
    bar(d, 26, 49, 12, 12, THEME_COLOR_INK900);
    bar(d, 44, 43, 7, 7, THEME_COLOR_INK900);
    bar(d, 54, 51, 7, 10, THEME_COLOR_INK900);
    bar(d, 81, 20, 58, 14, THEME_COLOR_B900);
    bar(d, 81, 42, 58, 5, THEME_COLOR_LINE300);
    bar(d, 81, 52, 44, 5, THEME_COLOR_LINE300);
}

static void draw_issue(const struct drawing *d)
{
    struct rect warning = place(d, 11, 61, 135, 14);
    card(d, 11, 18, 44, 38);
    bar(d, 23, 33, 23, 9, THEME_COLOR_B700);
    bar(d, 64, 20, 82, 5, THEME_COLOR_LINE200);
    bar(d, 64, 20, 54, 5, THEME_COLOR_B700);
    for (int i = 0; i < 5; i++)
        dot(d, 65 + i * 18, 36, 10,
            i < 3    ? THEME_COLOR_JADE600
            : i == 3 ? THEME_COLOR_B700
                     : THEME_COLOR_LINE200);
    widget_draw_round(d->paint, warning, 3, THEME_COLOR_AMBER100);
    widget_draw_outline(d->paint, warning, 3, 1, THEME_COLOR_AMBER500);
}

static void draw_done(const struct drawing *d)
{
    dot(d, 16, 22, 26, THEME_COLOR_JADE600);
    bar(d, 52, 24, 60, 8, THEME_COLOR_INK700);
    line(d, 52, 40, 44);
    card(d, 16, 54, 60, 19);
    card(d, 82, 54, 60, 19);
}

static void draw_trouble(const struct drawing *d)
{
    card(d, 12, 14, 134, 59);
    bar(d, 12, 14, 3, 59, THEME_COLOR_SEAL600);
    widget_draw_icon(d->paint, place(d, 21, 22, 26, 26), ICON_WARNING, 26, THEME_COLOR_SEAL600);
    bar(d, 55, 26, 61, 7, THEME_COLOR_INK700);
    bar(d, 55, 40, 78, 4, THEME_COLOR_LINE300);
    bar(d, 55, 51, 70, 4, THEME_COLOR_LINE300);
}

static void draw_closed(const struct drawing *d)
{
    widget_draw_round(d->paint, d->page, 4, THEME_COLOR_INK700);
    bar(d, 60, 43, 36, 3, THEME_COLOR_LINE500);
}

void widget_thumb_paint(struct widget_paint *paint, const struct widget *w)
{
    static void (*const drawings[])(const struct drawing *d) = {
        [WIDGET_THUMB_WELCOME] = draw_welcome, [WIDGET_THUMB_CHOICES] = draw_choices,
        [WIDGET_THUMB_KEYPAD] = draw_keypad,   [WIDGET_THUMB_TEXT] = draw_text,
        [WIDGET_THUMB_FORM] = draw_form,       [WIDGET_THUMB_PRINT] = draw_print,
        [WIDGET_THUMB_SCAN] = draw_scan,       [WIDGET_THUMB_REVIEW] = draw_review,
        [WIDGET_THUMB_PAY] = draw_pay,         [WIDGET_THUMB_ISSUE] = draw_issue,
        [WIDGET_THUMB_DONE] = draw_done,       [WIDGET_THUMB_TROUBLE] = draw_trouble,
        [WIDGET_THUMB_CLOSED] = draw_closed,
    };
    enum widget_thumb thumb = *(const enum widget_thumb *)w->data;
    const struct drawing drawing = {paint, w->rect};
    if (thumb != WIDGET_THUMB_WELCOME && thumb != WIDGET_THUMB_CLOSED)
        draw_page(&drawing);
    drawings[thumb](&drawing);
}

void widget_thumb_paint_track(struct widget_paint *paint, const struct widget *w)
{
    const struct track_data *d = w->data;
    for (int i = 0; i < d->count; i++)
        widget_draw_round(paint, rect_column(w->rect, i, d->count, TRACK_GAP), 2,
                          i < d->done ? THEME_COLOR_B700 : THEME_COLOR_KEYFN);
}
