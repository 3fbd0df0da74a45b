/* Entry errors: the dialog that lists everything wrong with the form, with the fields' names.
 *
 * It only tells; the first of them stands on the page behind. Pitfall: the list has a ceiling, for a dialog
 * has no pages; its title tells the whole number.
 */
#ifndef KIOSK_SCREENS_ENTRY_ERRORS_H
#define KIOSK_SCREENS_ENTRY_ERRORS_H

#include "kiosk/screens/entry.h"

/* The dialog is open; its button is "errors.mend". */
void entry_errors_draw(struct ui *ui, const struct entry *entry);

#endif
