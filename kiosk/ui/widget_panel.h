/* Panel: cards, wells, divider lines and the dim layer behind a dialog.
 *
 * Nothing to press, nothing inside: content is built over it.
 * Pitfall: build the panel before what stands on it.
 */
#ifndef KIOSK_UI_WIDGET_PANEL_H
#define KIOSK_UI_WIDGET_PANEL_H

#include "kiosk/ui/widget.h"

enum widget_panel_look {
    WIDGET_PANEL_CARD,        /* white, hairline, shadow e1, radius 20 */
    WIDGET_PANEL_SUMMARY,     /* the same with a b300 outline: what was chosen so far */
    WIDGET_PANEL_SELECTED,    /* b50, b700 outline */
    WIDGET_PANEL_WELL,        /* b50 fill, no outline */
    WIDGET_PANEL_SUNK,        /* sunk fill */
    WIDGET_PANEL_DARK,        /* b900, for brand panels; square */
    WIDGET_PANEL_BRAND,       /* b900, radius 20, beside cards */
    WIDGET_PANEL_BRAND_LINE,  /* b300 at a quarter: a hairline on a brand panel */
    WIDGET_PANEL_PILL,        /* white, round ends, on a brand panel */
    WIDGET_PANEL_BAR,         /* white, hairline at the top (bottom bar) */
    WIDGET_PANEL_HEADER,      /* white, hairline at the bottom */
    WIDGET_PANEL_DIALOG,      /* white, radius 28, shadow e3 */
    WIDGET_PANEL_ERROR,       /* card with a seal600 edge at the left */
    WIDGET_PANEL_WELL_SQUARE, /* b50 fill from edge to edge (portrait explanation) */
    WIDGET_PANEL_ALARM,       /* seal100, for what went wrong */
    WIDGET_PANEL_SIDE_RIGHT,  /* tinted part of a card up to its right edge, a hairline before it */
    WIDGET_PANEL_SIDE_TOP,    /* the same up to its upper edge, a hairline below it */
    WIDGET_PANEL_TRAY,        /* what a page lies on, radius 20 */
    WIDGET_PANEL_FLAT,        /* surface fill, square */
    WIDGET_PANEL_QUIET,       /* the desk's quiet fill, hairline, radius 10: a box in a card */
    WIDGET_PANEL_QUIET_BAND,  /* the same fill from edge to edge of a card */
    WIDGET_PANEL_DESK,        /* the desk's ground behind its panels */
    WIDGET_PANEL_GOLD,        /* gold: the edge of a brand panel, a short dash below a clock */
    WIDGET_PANEL_MARK,        /* b300, square: a bar of a diagram */
    WIDGET_PANEL_MARK_NOW,    /* b700, square: the bar of today */
};

/* A panel lies there. Returns: the widget, for widget_begin. */
struct widget *widget_panel(struct ui *ui, struct rect rect, enum widget_panel_look look);
/* A hairline across the middle of the rectangle, along its longer side. */
struct widget *widget_panel_line(struct ui *ui, struct rect rect);
/* The whole page is dimmed and only what is built into the returned modal can be pressed, until widget_end.
 */
struct widget *widget_panel_scrim(struct ui *ui, const char *id, const char *label);

/* Painters of the kinds. */
void widget_panel_paint(struct widget_paint *paint, const struct widget *widget);
void widget_panel_paint_line(struct widget_paint *paint, const struct widget *widget);
void widget_panel_paint_scrim(struct widget_paint *paint, const struct widget *widget);

#endif
