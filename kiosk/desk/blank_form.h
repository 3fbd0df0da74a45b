/* Blank form: a dialog of the devices' page that prints a blank form of any product at the desk's printer.
 *
 * Pitfall: what stands at a terminal's printer belongs to whoever is there; the desk prints at its own.
 */
#ifndef KIOSK_DESK_BLANK_FORM_H
#define KIOSK_DESK_BLANK_FORM_H

#include "kiosk/desk/desk.h"

struct blank_form {
    bool is_open;
    size_t product;   /* index in the catalogue */
    size_t operation; /* index + 1 in the product; 0 for none yet */
    uint64_t printing;
    bool is_error;
    char message[160];
};

/* The button that opens it. Id: blank.open. */
void blank_form_button(struct ui *ui, struct rect rect);
/* What was touched, and what became of the sheet. Returns: whether the event was about it. */
bool blank_form_event(struct blank_form *blank, struct ui *ui, const struct ui_event *event);
/* The dialog, when it is open; last in draw. Ids: blank.previous, blank.next, "blank.form.<operation>",
 * blank.print, blank.close. */
void blank_form_draw(struct ui *ui, const struct blank_form *blank);

#endif
