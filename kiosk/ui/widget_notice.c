#include "kiosk/ui/widget_notice.h"

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_draw.h"
#include "kiosk/ui/widget_label.h"
#include "kiosk/ui/widget_mark.h"

enum { LOW_BELOW = 130, WIDE_FROM = 1400, LOW_INSETS = 2 * 28 + 44 + 24, SIGN_GAP = 26 };

/* Inset and sign of a high banner: across the page (a14), in a column (a20). */
static int high_inset(int width)
{
    return width > WIDE_FROM ? 52 : 40;
}

static int high_sign(int width)
{
    return width > WIDE_FROM ? 80 : 72;
}

struct tone {
    enum theme_color fill, outline, text, mark;
    bool outlined;
    enum icon icon;
};

static const struct tone tones[] = {
    [WIDGET_NOTICE_AMBER] = {THEME_COLOR_AMBER100, THEME_COLOR_AMBER500, THEME_COLOR_AMBER800,
                             THEME_COLOR_AMBER800, true, ICON_WARNING},
    [WIDGET_NOTICE_ERROR] = {THEME_COLOR_SEAL100, THEME_COLOR_SEAL600, THEME_COLOR_SEAL700,
                             THEME_COLOR_SEAL700, true, ICON_WARNING},
    [WIDGET_NOTICE_INFO] = {THEME_COLOR_B50, THEME_COLOR_LINE300, THEME_COLOR_INK900, THEME_COLOR_B700, false,
                            ICON_INFO},
    [WIDGET_NOTICE_DONE] = {THEME_COLOR_JADE100, THEME_COLOR_JADE600, THEME_COLOR_JADE700,
                            THEME_COLOR_JADE700, false, ICON_CHECK},
};

struct notice_data {
    enum widget_notice_tone tone;
    enum icon icon;
    bool busy, titled, quiet;
    const char *line;
};

struct widget *widget_notice_banner(struct ui *ui, struct rect rect, const struct widget_notice *notice)
{
    struct widget *widget =
        widget_add(ui, WIDGET_KIND_BANNER, rect, notice->id, notice->title ? notice->title : notice->line);
    struct notice_data data = {.tone = notice->tone,
                               .icon = notice->icon ? notice->icon : tones[notice->tone].icon,
                               .busy = notice->busy,
                               .titled = notice->title != NULL,
                               .quiet = notice->quiet};
    struct notice_data *kept = widget_keep_bytes(ui, widget, &data, sizeof data);
    kept->line = widget_keep_text(ui, widget, notice->line);
    widget->value = notice->title ? kept->line : NULL;
    widget->data = kept;
    if (notice->busy)
        widget->state |= WIDGET_ANIMATED;
    return widget;
}

/* A banner across the page speaks louder than one in a column. */
static enum theme_type title_type(bool desk, bool low, int width)
{
    if (desk)
        return THEME_TYPE_DESK_STRONG;
    return low ? THEME_TYPE_BODY_L_STRONG : width > WIDE_FROM ? THEME_TYPE_H1 : THEME_TYPE_H2_LARGE;
}

static enum theme_type line_type(bool desk, bool low, int width)
{
    if (desk)
        return THEME_TYPE_DESK_CAPTION;
    return low ? THEME_TYPE_SMALL : width > WIDE_FROM ? THEME_TYPE_READING_LINE : THEME_TYPE_BODY;
}

/* As drawn in cards: 116 high with a title and one line. */
static int quiet_height(struct ui *ui, const struct widget_notice *notice, int width)
{
    bool titled = notice->title != NULL; /* without a title the line is larger, as in painting */
    int title = titled ? theme_text(ui->theme, title_type(false, true, width)).line_px : 0;
    int words = widget_label_height(ui, line_type(false, titled, width), notice->line, width - LOW_INSETS);
    bool single = !titled && words == theme_text(ui->theme, line_type(false, false, 0)).line_px;
    return 34 + title + (single ? theme_text(ui->theme, line_type(false, true, 0)).line_px : words);
}

int widget_notice_height(struct ui *ui, const struct widget_notice *notice, int width)
{
    bool desk = ui->settings.desk;
    if (desk) {
        int height = 20 + widget_label_height(ui, line_type(true, false, 0), notice->line, width - 60);
        height += notice->title ? theme_text(ui->theme, title_type(true, false, width)).line_px : 0;
        return height < 44 ? 44 : height;
    }
    /* The same insets as in painting: a low banner, when one line of words is all there is, else a high one.
     */
    if (notice->quiet)
        return quiet_height(ui, notice, width);
    int low = 40 + widget_label_height(ui, line_type(false, false, 0), notice->line, width - LOW_INSETS);
    if (!notice->title && low < LOW_BELOW)
        return low < 96 ? 96 : low;
    int high = 40 + widget_label_height(ui, line_type(false, false, width), notice->line,
                                        width - 2 * high_inset(width) - high_sign(width) - SIGN_GAP);
    high += notice->title ? theme_text(ui->theme, title_type(false, false, width)).line_px : 0;
    return high < LOW_BELOW ? LOW_BELOW : high;
}

void widget_notice_paint_banner(struct widget_paint *paint, const struct widget *w)
{
    const struct notice_data *d = w->data;
    const struct tone *tone = &tones[d->tone];
    bool desk = widget_draw_is_desk(paint), low = d->quiet || w->rect.h < LOW_BELOW;
    int radius = desk ? 8 : low ? 16 : 20;
    widget_draw_round(paint, w->rect, radius, tone->fill);
    if (tone->outlined || paint->theme == THEME_CONTRAST)
        widget_draw_outline(paint, w->rect, radius, desk ? 1 : 3, tone->outline);
    struct rect r = rect_inset(w->rect, desk ? 12 : low ? 28 : high_inset(w->rect.w), 0);
    int side = desk ? 20 : low ? 44 : high_sign(w->rect.w);
    struct rect mark = rect_cut_left(&r, side);
    if (d->busy)
        widget_mark_draw_spinner(paint, rect_center(mark, side, side),
                                 widget_paint_color(paint, THEME_COLOR_LINE300),
                                 widget_paint_color(paint, tone->mark));
    else
        widget_draw_icon(paint, mark, d->icon, side, tone->mark);
    (void)rect_cut_left(&r, desk ? 10 : low ? 24 : SIGN_GAP);
    enum theme_type line = line_type(desk, low, w->rect.w), title = title_type(desk, low, w->rect.w);
    struct theme_text small = theme_text(paint->theme, line), big = theme_text(paint->theme, title);
    enum theme_color soft = d->tone == WIDGET_NOTICE_INFO ? THEME_COLOR_INK700 : tone->text;
    if (!d->titled) {
        small = theme_text(paint->theme, line_type(desk, false, 0));
        widget_label_draw(paint, r, small, WIDGET_LEFT, true, false, d->line,
                          widget_paint_color(paint, tone->text));
        return;
    }
    int lines = r.h - big.line_px >= 2 * small.line_px ? 2 : 1;
    bool long_line = widget_draw_width(paint, line, d->line) > r.w && lines == 2;
    int height = big.line_px + (d->line ? (long_line ? 2 : 1) * small.line_px - 2 : 0),
        y = r.y + (r.h - height) / 2;
    widget_draw_text(paint, rect_make(r.x, y, r.w, big.line_px), title, WIDGET_LEFT, w->label, tone->text);
    if (d->line)
        widget_draw_lines(paint,
                          rect_make(r.x, y + big.line_px - 2, r.w, (long_line ? 2 : 1) * small.line_px), line,
                          d->line, soft);
}

struct toast_data {
    enum icon icon;
};

/* What is being read in a dialog stays free: the message stands below it, or above where there is no room. */
static struct rect beside_dialog(const struct ui *ui, struct rect at)
{
    enum { GAP = 16 };
    for (const struct widget *w = widget_tree_root(ui->building); w; w = widget_next(w)) {
        if (w->kind != WIDGET_KIND_DIALOG || rect_is_empty(rect_intersect(w->rect, at)))
            continue;
        int below = w->rect.y + w->rect.h + GAP;
        at.y = below + at.h + GAP <= ui->layout.height ? below : w->rect.y - GAP - at.h;
    }
    return at;
}

struct widget *widget_notice_toast(struct ui *ui, struct rect page, enum icon icon, const char *text)
{
    bool desk = ui->settings.desk;
    enum theme_type type = desk ? THEME_TYPE_DESK_STRONG : THEME_TYPE_READING;
    int width = widget_label_width(ui, type, text) + (desk ? 80 : 160), height = desk ? 48 : 96;
    width = width > page.w - 32 ? page.w - 32 : width;
    int bottom = page.h < ui->layout.height
                     ? page.y + page.h - 16
                     : layout_regions(&ui->layout, ui->theme, false, false).bottom_bar.y - 24;
    if (desk || bottom < height)
        bottom = page.y + page.h - 32;
    struct rect at = rect_make(page.x + (page.w - width) / 2, bottom - height, width, height);
    at = beside_dialog(ui, at);
    struct widget *widget = widget_add(ui, WIDGET_KIND_TOAST, at, "toast", text);
    struct toast_data data = {icon ? icon : ICON_CHECK};
    widget->data = widget_keep_bytes(ui, widget, &data, sizeof data);
    return widget;
}

void widget_notice_paint_toast(struct widget_paint *paint, const struct widget *w)
{
    const struct toast_data *d = w->data;
    bool desk = widget_draw_is_desk(paint);
    struct rect r = w->rect;
    widget_draw_shadow(paint, r, desk ? 10 : 16, 6, 20, 46);
    widget_draw_round(paint, r, desk ? 10 : 16, THEME_COLOR_B900);
    if (paint->theme == THEME_CONTRAST)
        widget_draw_outline(paint, r, 16, 3, THEME_COLOR_LINE200);
    r = rect_inset(r, desk ? 18 : 36, 0);
    int side = desk ? 20 : 44;
    widget_draw_icon(paint, rect_cut_left(&r, side), d->icon, side, THEME_COLOR_ON_DARK);
    (void)rect_cut_left(&r, desk ? 10 : 22);
    widget_draw_text(paint, r, desk ? THEME_TYPE_DESK_STRONG : THEME_TYPE_READING, WIDGET_LEFT, w->label,
                     THEME_COLOR_ON_DARK);
}
