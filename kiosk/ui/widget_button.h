/* Button: the six looks of design 4. A tap sends UI_EVENT_TAP with the button's id.
 *
 * One primary button per page, at bottom right. A disabled button keeps its label, which says why it refuses.
 */
#ifndef KIOSK_UI_WIDGET_BUTTON_H
#define KIOSK_UI_WIDGET_BUTTON_H

#include "kiosk/ui/widget.h"

enum widget_button_look {
    WIDGET_BUTTON_PRIMARY,
    WIDGET_BUTTON_SECONDARY, /* white, b700 outline */
    WIDGET_BUTTON_NEUTRAL,   /* white, grey outline */
    WIDGET_BUTTON_QUIET,     /* sunk fill */
    WIDGET_BUTTON_SOFT,      /* b50 fill, blue words */
    WIDGET_BUTTON_GHOST,     /* text and icon only */
    WIDGET_BUTTON_DANGER,    /* only inside a dialog that asks again */
    WIDGET_BUTTON_SUCCESS,   /* desk: 通过 */
    WIDGET_BUTTON_REFUSE,    /* desk: 驳回, white with a red outline */
    WIDGET_BUTTON_DARK,      /* on brand panels: b800 with a light outline */
    WIDGET_BUTTON_LIGHT,     /* on brand panels: white with dark text */
    WIDGET_BUTTON_FLOATING, /* over a picture: the icon alone on a small card, the label for those who hear */
};

struct widget_button {
    const char *id;
    const char *label;
    const char *line; /* a second, smaller line; NULL for none */
    enum widget_button_look look;
    enum icon icon;       /* left of the label */
    enum icon icon_right; /* an arrow when the button goes on */
    bool disabled;
    bool busy; /* a spinner instead of the icon; refuses presses, the label stays */
    bool selected;
    bool way_out; /* leads off the page; bars set it themselves */
    bool pill;    /* round ends: filters */
    bool align_left;
    bool icon_only; /* the label is not painted: bars with too little room */
    int64_t tag;
    const char *shortcut; /* pressed by this key too, and printed on the button on the desk */
    enum theme_type type; /* 0 (HERO) means the usual: 32/500, on the desk 15/500 */
};

/* The button stands there. */
struct widget *widget_button(struct ui *ui, struct rect rect, const struct widget_button *button);
/* The width the button wants. Units: base px. */
int widget_button_width(struct ui *ui, const struct widget_button *button);

/* Painter of the kind. */
void widget_button_paint(struct widget_paint *paint, const struct widget *widget);

#endif
