/* Help: what a clerk does from the desk, as it shows on every screen of the applicant.
 *
 * Acts arrive in the services' view; here each has its effect once and is confirmed. The page over which it
 * shows does not know: chip, sentence, lock and frame are the toolkit's (ui_assist.h); only the form brings
 * the page of a field that is pointed at.
 * Pitfall: a confirmed act stays in the view until the worker has looked again; ids already handled are kept.
 */
#ifndef KIOSK_SCREENS_HELP_H
#define KIOSK_SCREENS_HELP_H

#include "kiosk/screens/screen.h"

/* Acts that have just arrived have their effect. Call at every report SERVICE_SUPERVISION. */
void help_acts(struct ui *ui);
/* Chip, sentence, lock and frame are as the view says; in and out of service likewise. Call at every turn. */
void help_update(struct ui *ui);
/* What to do on the page that is open stands over it, until it was read or the page is left; nothing of the
 * page is lost. */
void help_open_manual(struct ui *ui);
/* Whether it is open. */
bool help_shows_manual(const struct ui *ui);
/* The sentence or the manual was read, the framed field was left. Returns: whether it took the event. */
bool help_event(struct ui *ui, const struct ui_event *event);
/* The widget id of the field pointed at, "" for none. Owns: borrowed. */
const char *help_field(const struct ui *ui);
/* The words of a reason's code. Owns: borrowed. */
const char *help_reason(const struct ui *ui, const char *code);

#endif
