#include "kiosk/ui/widget_panel.h"

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_draw.h"

struct widget *widget_panel(struct ui *ui, struct rect rect, enum widget_panel_look look)
{
    enum widget_kind kind = look == WIDGET_PANEL_DIALOG ? WIDGET_KIND_DIALOG : WIDGET_KIND_PANEL;
    struct widget *widget = widget_add(ui, kind, rect, "", "");
    widget->data = widget_keep_bytes(ui, widget, &look, sizeof look);
    return widget;
}

struct widget *widget_panel_line(struct ui *ui, struct rect rect)
{
    return widget_add(ui, WIDGET_KIND_LINE, rect, "", "");
}

struct widget *widget_panel_scrim(struct ui *ui, const char *id, const char *label)
{
    struct rect all = rect_make(0, 0, ui->layout.width, ui->layout.height);
    struct widget *widget = widget_add(ui, WIDGET_KIND_SCRIM, all, id, label);
    widget->state |= WIDGET_MODAL;
    widget_begin(ui, widget);
    return widget;
}

static void paint_card(struct widget_paint *paint, struct rect r)
{
    int radius = widget_draw_is_desk(paint) ? 10 : 20;
    widget_draw_shadow(paint, r, radius, widget_draw_is_desk(paint) ? 2 : 4,
                       widget_draw_is_desk(paint) ? 8 : 16, 18);
    widget_draw_round(paint, r, radius, THEME_COLOR_SURFACE);
    widget_draw_outline(paint, r, radius, theme_card_outline(paint->theme), THEME_COLOR_LINE200);
}

static void paint_summary(struct widget_paint *paint, struct rect r)
{
    paint_card(paint, r);
    widget_draw_outline(paint, r, 20, theme_card_outline(paint->theme) + 1, THEME_COLOR_B300);
}

static void paint_selected(struct widget_paint *paint, struct rect r)
{
    widget_draw_round(paint, r, 20, THEME_COLOR_B50);
    widget_draw_outline(paint, r, 20, theme_selected_outline(paint->theme), THEME_COLOR_B700);
}

static void paint_error(struct widget_paint *paint, struct rect r)
{
    paint_card(paint, r);
    struct rect at = layout_to_window(paint->layout, r);
    int edge = layout_length(paint->layout, 12);
    canvas_push_clip(paint->canvas, rect_make(at.x, at.y, edge, at.h));
    widget_draw_round(paint, r, 20, THEME_COLOR_SEAL600);
    canvas_pop_clip(paint->canvas);
}

/* Rounded only where the card is, and inside its outline. */
static void paint_side(struct widget_paint *paint, struct rect r, bool right)
{
    int edge = theme_card_outline(paint->theme), line = edge > 1 ? edge : 2;
    r = right ? rect_make(r.x, r.y + edge, r.w - edge, r.h - 2 * edge)
              : rect_make(r.x + edge, r.y + edge, r.w - 2 * edge, r.h - edge);
    canvas_push_clip(paint->canvas, layout_to_window(paint->layout, r));
    widget_draw_round(paint,
                      right ? rect_make(r.x - 20, r.y, r.w + 20, r.h) : rect_make(r.x, r.y, r.w, r.h + 20),
                      18, THEME_COLOR_PALE);
    widget_draw_fill(paint,
                     right ? rect_make(r.x, r.y, line, r.h) : rect_make(r.x, r.y + r.h - line, r.w, line),
                     THEME_COLOR_LINE200);
    canvas_pop_clip(paint->canvas);
}

/* A line stays as thin as it is when it reaches the window's edge beside the canvas. */
static void paint_gold(struct widget_paint *paint, struct rect r)
{
    struct rect at = widget_draw_rect(paint, r);
    at.h = layout_length(paint->layout, r.h);
    canvas_fill(paint->canvas, at, widget_paint_color(paint, THEME_COLOR_GOLD));
}

static void paint_bar(struct widget_paint *paint, struct rect r, bool line_on_top)
{
    int width = theme_card_outline(paint->theme);
    width = width > 2 && !line_on_top ? 2 : width;
    widget_draw_fill(paint, r, THEME_COLOR_SURFACE);
    struct rect line = rect_make(r.x, line_on_top ? r.y : r.y + r.h - width, r.w, width);
    struct rect at = widget_draw_rect(paint, line);
    at.h = layout_length(paint->layout, width);
    canvas_fill(paint->canvas, at, widget_paint_color(paint, THEME_COLOR_LINE200));
}

/* In 高对比 such a fill is black on black: there it is seen by its outline. */
static void paint_outlined(struct widget_paint *paint, struct rect r, int radius, enum theme_color fill)
{
    widget_draw_round(paint, r, radius, fill);
    if (paint->theme == THEME_CONTRAST)
        widget_draw_outline(paint, r, radius, theme_card_outline(paint->theme), THEME_COLOR_LINE200);
}

static void paint_dialog(struct widget_paint *paint, struct rect r)
{
    widget_draw_shadow(paint, r, 28, 24, 64, 102);
    widget_draw_round(paint, r, 28, THEME_COLOR_SURFACE);
    if (!theme_has_shadow(paint->theme))
        widget_draw_outline(paint, r, 28, 3, THEME_COLOR_LINE200);
}

static const enum theme_color square_fills[] = {[WIDGET_PANEL_DARK] = THEME_COLOR_B900,
                                                [WIDGET_PANEL_WELL_SQUARE] = THEME_COLOR_B50,
                                                [WIDGET_PANEL_FLAT] = THEME_COLOR_SURFACE,
                                                [WIDGET_PANEL_DESK] = THEME_COLOR_DESK_BG,
                                                [WIDGET_PANEL_QUIET_BAND] = THEME_COLOR_DESK_QUIET,
                                                [WIDGET_PANEL_MARK] = THEME_COLOR_B300,
                                                [WIDGET_PANEL_MARK_NOW] = THEME_COLOR_B700};

static void paint_quiet(struct widget_paint *paint, struct rect r)
{
    widget_draw_round(paint, r, 10, THEME_COLOR_DESK_QUIET);
    widget_draw_outline(paint, r, 10, 1, THEME_COLOR_LINE200);
}

/* Panels that are one rounded fill. */
static void paint_rounded(struct widget_paint *paint, struct rect r, enum widget_panel_look look)
{
    if (look == WIDGET_PANEL_BRAND)
        paint_outlined(paint, r, 20, THEME_COLOR_B900);
    else if (look == WIDGET_PANEL_PILL)
        paint_outlined(paint, r, r.h / 2, THEME_COLOR_SURFACE);
    else if (look == WIDGET_PANEL_ALARM)
        paint_outlined(paint, r, 16, THEME_COLOR_SEAL100);
    else if (look == WIDGET_PANEL_TRAY)
        widget_draw_round(paint, r, 20,
                          theme_has_shadow(paint->theme) ? THEME_COLOR_LINE200 : THEME_COLOR_SUNK);
    else if (look == WIDGET_PANEL_QUIET)
        paint_quiet(paint, r);
    else
        widget_draw_round(paint, r, 16, look == WIDGET_PANEL_WELL ? THEME_COLOR_B50 : THEME_COLOR_SUNK);
}

static void paint_brand_line(struct widget_paint *paint, struct rect r)
{
    canvas_fill_alpha(paint->canvas, widget_draw_rect(paint, r), widget_paint_color(paint, THEME_COLOR_B300),
                      64);
}

static void paint_look(struct widget_paint *paint, struct rect r, enum widget_panel_look look)
{
    switch (look) {
    case WIDGET_PANEL_CARD:
        paint_card(paint, r);
        break;
    case WIDGET_PANEL_SUMMARY:
        paint_summary(paint, r);
        break;
    case WIDGET_PANEL_SELECTED:
        paint_selected(paint, r);
        break;
    case WIDGET_PANEL_WELL:
    case WIDGET_PANEL_SUNK:
    case WIDGET_PANEL_BRAND:
    case WIDGET_PANEL_PILL:
    case WIDGET_PANEL_ALARM:
    case WIDGET_PANEL_TRAY:
    case WIDGET_PANEL_QUIET:
        paint_rounded(paint, r, look);
        break;
    case WIDGET_PANEL_BRAND_LINE:
        paint_brand_line(paint, r);
        break;
    case WIDGET_PANEL_GOLD:
        paint_gold(paint, r);
        break;
    case WIDGET_PANEL_BAR:
    case WIDGET_PANEL_HEADER:
        paint_bar(paint, r, look == WIDGET_PANEL_BAR);
        break;
    case WIDGET_PANEL_DIALOG:
        paint_dialog(paint, r);
        break;
    case WIDGET_PANEL_ERROR:
        paint_error(paint, r);
        break;
    case WIDGET_PANEL_SIDE_RIGHT:
    case WIDGET_PANEL_SIDE_TOP:
        paint_side(paint, r, look == WIDGET_PANEL_SIDE_RIGHT);
        break;
    case WIDGET_PANEL_DARK:
    case WIDGET_PANEL_WELL_SQUARE:
    case WIDGET_PANEL_QUIET_BAND:
    case WIDGET_PANEL_FLAT:
    case WIDGET_PANEL_DESK:
    case WIDGET_PANEL_MARK:
    case WIDGET_PANEL_MARK_NOW:
        widget_draw_fill(paint, r, square_fills[look]);
        break;
    }
}

void widget_panel_paint(struct widget_paint *paint, const struct widget *widget)
{
    paint_look(paint, widget->rect, *(const enum widget_panel_look *)widget->data);
}

void widget_panel_paint_line(struct widget_paint *paint, const struct widget *widget)
{
    struct rect r = widget->rect;
    int width = theme_card_outline(paint->theme) > 1 ? 2 : widget_draw_is_desk(paint) ? 1 : 2;
    if (r.w >= r.h)
        widget_draw_fill(paint, rect_make(r.x, r.y + (r.h - width) / 2, r.w, width), THEME_COLOR_LINE200);
    else
        widget_draw_fill(paint, rect_make(r.x + (r.w - width) / 2, r.y, width, r.h), THEME_COLOR_LINE200);
}

void widget_panel_paint_scrim(struct widget_paint *paint, const struct widget *widget)
{
    /* Design 2.6: rgba(11,32,52,.66), no blur. */
    canvas_fill_alpha(paint->canvas, widget_draw_rect(paint, widget->rect), 0x0B2034, 168);
}
