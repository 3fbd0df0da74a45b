/* Field: label, box and message of one thing to fill in.
 *
 * The box is bound to a text_edit in the screen's state: keys and the on-screen keyboard change it, the
 * screen gets UI_EVENT_CHANGE while typing and UI_EVENT_BLUR on leaving, when it validates. A masked field
 * shows `shown` instead of the text until its eye is pressed (UI_EVENT_TAP with the id "<id>.eye"). Pitfall:
 * the rectangle is label, box and message together: widget_field_height() high (label 34, box 88,
 * message 34 in 标准).
 */
#ifndef KIOSK_UI_WIDGET_FIELD_H
#define KIOSK_UI_WIDGET_FIELD_H

#include "kiosk/ui/widget.h"

struct widget_field {
    const char *id;
    const char *label;
    bool required;          /* a red star before the label */
    struct text_edit *edit; /* NULL for a field that only shows `shown` */
    const char *shown;      /* shown instead of the text when not NULL: masked or grouped */
    const char *grouping;   /* digits stand in groups of so many, the last again and again ("344"); or NULL */
    const char *placeholder; /* a real example */
    const char *message;     /* help, or what is wrong and how to mend it; NULL for none */
    bool beside;             /* the message stands at the right end of the label's line, not below the box */
    bool error;              /* the message is an error */
    bool ok;                 /* a green check */
    bool locked;             /* cannot be changed; a lock */
    bool chosen;             /* without an edit: its value is chosen elsewhere, a tap on the box says so */
    bool eye;                /* an eye to reveal the value */
    bool revealed;           /* the eye is open: the text itself is shown */
    int dots;                /* a PIN: so many dots … */
    int dots_total;          /* … of so many places; both 0 when it is not a PIN */
    int box_height;          /* 0: the usual. Units: base px */
    bool active;             /* framed as with the focus: a pad of the page types into it */
    bool multiline;          /* the desk's notes: text from the top, broken */
    enum icon icon;          /* before the text: what the field is for */
    const char *shortcut; /* the key that leads into it, drawn at its end while it is not focused; or NULL */
    int64_t tag;
};

/* The field stands in the rectangle; only its box can be pressed. Returns: the box's widget. */
struct widget *widget_field(struct ui *ui, struct rect rect, const struct widget_field *field);
/* The height of a field with label, box and room for one message line. Units: base px. */
int widget_field_height(struct ui *ui);
/* The height without the message. Units: base px. */
int widget_field_plain_height(struct ui *ui);

/* Painters of the kinds. */
void widget_field_paint(struct widget_paint *paint, const struct widget *widget);
void widget_field_paint_eye(struct widget_paint *paint, const struct widget *widget);

#endif
