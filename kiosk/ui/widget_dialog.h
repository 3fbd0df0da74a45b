/* Dialog: one question over the dimmed page, at most two buttons, the primary right (design 4).
 *
 * Built last in draw, from the screen's state: it is open as long as it is built. A tap outside does nothing,
 * and there is no cross; every dialog has a button that leaves it.
 */
#ifndef KIOSK_UI_WIDGET_DIALOG_H
#define KIOSK_UI_WIDGET_DIALOG_H

#include "kiosk/ui/widget.h"
#include "kiosk/ui/widget_button.h"

struct widget_dialog {
    const char *id;
    const char *title;
    const char *line; /* may hold line feeds */
    const char *note; /* in a well with an information icon; NULL for none */
    enum icon icon;   /* left of the title; ICON_NONE for none */
    int seconds_left; /* with seconds_total a countdown ring stands left instead of an icon */
    int seconds_total;
    struct widget_button left; /* id NULL: no such button */
    struct widget_button primary;
};

/* The dialog is open; `content_height` is room for content of the caller's own before widget_dialog_end, 0
 * for none. Units: base px. Returns: the part between text and buttons. */
struct rect widget_dialog_begin(struct ui *ui, const struct widget_dialog *dialog, int content_height);
/* The dialog begun is complete. */
void widget_dialog_end(struct ui *ui);
/* Both in one. */
void widget_dialog(struct ui *ui, const struct widget_dialog *dialog);

#endif
