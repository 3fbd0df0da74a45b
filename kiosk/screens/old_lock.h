/* Old lock: the lock of another authority is put in and read, without a PIN, before it is handed in.
 *
 * A part of the page at which a key is shown, for operations that take such a lock in. Ids: "bar.next" reads
 * what is in the writer, "old_lock.hand" leaves it to a clerk. Pitfall: a lock that is dead is never seen by
 * the writer, so the way to the clerk is open without any.
 */
#ifndef KIOSK_SCREENS_OLD_LOCK_H
#define KIOSK_SCREENS_OLD_LOCK_H

#include "kiosk/screens/screen.h"

enum { OLD_LOCK_MESSAGE_BYTES = 192 };

struct old_lock {
    uint64_t asking;
    bool is_unknown; /* it was read, and no issuer of the list made it */
    char message[OLD_LOCK_MESSAGE_BYTES];
};

/* Whether the visit's order takes such a lock in. */
bool old_lock_is_asked(const struct ui *ui);
/* What the event does: the lock is read, a reply is told. Returns: whether the order may have moved on. */
bool old_lock_event(struct old_lock *state, struct ui *ui, const struct ui_event *event);
/* The whole page. */
void old_lock_draw(struct ui *ui, const struct old_lock *state);

#endif
