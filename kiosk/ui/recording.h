/* Recording: what people did at a window, as lines of a file, and the same file played back.
 *
 * A file is private to its owner (0600). What types a secret is left out: text for a field that shows dots
 * (a clerk's password), and touches of a secret pad (a PIN), so that a recording that is handed on gives
 * nobody's secret away.
 * Pitfall: a visit is played back past a secret pad only when the pad was kept (`keeps_pads`, for tests whose
 * PIN is no secret) and is shuffled by the same seed.
 */
#ifndef KIOSK_UI_RECORDING_H
#define KIOSK_UI_RECORDING_H

#include "kiosk/base/failure.h"
#include "kiosk/ui/ui.h"

struct recording;

/* An empty file for what comes; an older one is replaced.
 * Returns: IO, NO_MEMORY. Owns: the caller closes it. */
enum status recording_create(const char *path, bool keeps_pads, struct recording **out,
                             struct failure *failure);
/* The event stands in the file, unless it types a secret on the page as it is now: call before ui_handle. */
void recording_note(struct recording *recording, const struct ui *ui, const struct input_event *event);

/* A file to be played back.
 * Returns: NOT_FOUND, FULL, IO, NO_MEMORY. Owns: the caller closes it. */
enum status recording_open(const char *path, struct recording **out, struct failure *failure);
/* The next event; a line that is none is passed over. Returns: false at the end. */
bool recording_next(struct recording *recording, struct input_event *out);

/* The file is closed and what was read is wiped; NULL is allowed. */
void recording_close(struct recording *recording);

#endif
