/* Scan help: how a paper is laid on the glass, and what to do when the scanner needs a hand (a18).
 *
 * It draws pages of the scan screen and keeps nothing. Pitfall: a reason that is no trouble of the device has
 * no words here.
 */
#ifndef KIOSK_SCREENS_SCAN_HELP_H
#define KIOSK_SCREENS_SCAN_HELP_H

#include "kiosk/screens/screen.h"

/* The three steps of laying a paper stand in the rectangle. Units: base px. */
void scan_help_steps(struct ui *ui, struct rect area);
/* A page of its own: the steps beside the machine. Ids: bar.next scans, bar.back goes back. */
void scan_help_how(struct ui *ui);
/* The error page for JAMMED, COVER_OPEN and OFFLINE. Ids: error.retry, bar.call. */
void scan_help_stuck(struct ui *ui, enum service_reason reason);

#endif
