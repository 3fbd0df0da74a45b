/* Call: a clerk is sent for, or no longer, and what became of it is said.
 *
 * Nothing is said before the call is stored where desks see it; one that is not is made again by itself.
 * Pitfall: the visit's clerk_called is what is stored, not what was pressed.
 */
#ifndef KIOSK_SCREENS_CALL_H
#define KIOSK_SCREENS_CALL_H

#include "kiosk/screens/screen.h"

/* A clerk is asked for unless one was called. */
void call_clerk(struct ui *ui);
/* A call that stands is taken back, else a clerk is asked for, again where it failed. Returns: whether one is
 * asked for. */
bool call_toggle(struct ui *ui);
/* What has become of the call as a key of words, with "_note" of what else to do where there is more; NULL
 * when nobody is asked for. */
const char *call_state(const struct ui *ui);
/* Nobody is asked for any longer. */
void call_cancel(struct ui *ui);
/* The reply to a call is said, unless the dialog that is open says it. Returns: whether the event was one. */
bool call_event(struct ui *ui, const struct ui_event *event);
/* A call that failed is made again when it is time. Call at every turn of the loop. */
void call_update(struct ui *ui);
/* Whoever called has left. */
void call_forget(struct ui *ui);

#endif
