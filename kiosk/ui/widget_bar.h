/* Bar: top bar and step bar.
 *
 * Nothing to press in either; ui_page builds them, screens do not.
 * Pitfall: step names are the product's own, of any length; portrait shows the present one and the next.
 */
#ifndef KIOSK_UI_WIDGET_BAR_H
#define KIOSK_UI_WIDGET_BAR_H

#include "kiosk/ui/widget.h"

struct widget_bar_top {
    const char *product; /* 数字证书自助服务 */
    const char *subject; /* hall, or "project·item·type" */
    const char *receipt; /* 受理号; NULL before there is one */
    const char *chip;    /* "03 号机", or the name of the look */
    const char *date;    /* "11 月 21 日" */
    const char *time;    /* "10:26" */
};
/* The top bar stands at the rectangle. Units: base px. */
struct widget *widget_bar_top(struct ui *ui, struct rect rect, const struct widget_bar_top *top);

struct widget_bar_steps {
    const char *const *names;
    int count;
    int now;          /* 0 is the first */
    bool finished;    /* landscape: the last one is done, too */
    const char *next; /* portrait: what follows; NULL means the next name */
};
/* The step bar stands at the rectangle. Units: base px. */
struct widget *widget_bar_steps(struct ui *ui, struct rect rect, const struct widget_bar_steps *steps);

/* Painters of the kinds. */
void widget_bar_paint_top(struct widget_paint *paint, const struct widget *widget);
void widget_bar_paint_steps(struct widget_paint *paint, const struct widget *widget);

#endif
