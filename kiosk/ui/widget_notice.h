/* Notice: banners that stay and toasts that go.
 *
 * Nothing to press; a decision belongs in a dialog.
 * Pitfall: a toast is gone after seconds; what must be read is a banner.
 */
#ifndef KIOSK_UI_WIDGET_NOTICE_H
#define KIOSK_UI_WIDGET_NOTICE_H

#include "kiosk/ui/widget.h"

enum widget_notice_tone { WIDGET_NOTICE_AMBER, WIDGET_NOTICE_ERROR, WIDGET_NOTICE_INFO, WIDGET_NOTICE_DONE };

struct widget_notice {
    const char *id;
    enum widget_notice_tone tone;
    enum icon icon;    /* ICON_NONE: the tone's own */
    const char *title; /* NULL: only the line, smaller */
    const char *line;
    bool busy;  /* a spinner instead of the icon */
    bool quiet; /* the smaller type whatever the height: inside a card */
};
/* A banner fills the rectangle. Units: base px. */
struct widget *widget_notice_banner(struct ui *ui, struct rect rect, const struct widget_notice *notice);
/* The height a banner needs at this width. Units: base px. */
int widget_notice_height(struct ui *ui, const struct widget_notice *notice, int width);
/* A toast above the bottom bar; screens call ui_toast instead, which also takes it away. */
struct widget *widget_notice_toast(struct ui *ui, struct rect page, enum icon icon, const char *text);

/* Painters of the kinds. */
void widget_notice_paint_banner(struct widget_paint *paint, const struct widget *widget);
void widget_notice_paint_toast(struct widget_paint *paint, const struct widget *widget);

#endif
