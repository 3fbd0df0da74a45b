/* Identity check: the place where a clerk compares the original card with the person and says so.
 *
 * Part of the review screen: a case that waits for its identity check stands here instead of its pages.
 * Masked values are shown in full on request, which is recorded. Pitfall: it decides nothing on its ticks;
 * the worker checks the case again.
 */
#ifndef KIOSK_DESK_IDENTITY_CHECK_H
#define KIOSK_DESK_IDENTITY_CHECK_H

#include "kiosk/desk/desk.h"

enum { IDENTITY_CHECKS = 3 };

struct identity_check {
    bool checked[IDENTITY_CHECKS];
    size_t reason; /* index + 1 of the reason in hand, 0 for none */
    uint64_t deciding, undoing, revealing;
    int64_t revealed_until_utc_s;
    char message[192];
};

/* Whether the open case waits for its identity check. */
bool identity_check_is_open(const struct ui *ui);
/* Another case is open: nothing is ticked, shown or said. */
void identity_check_forget(struct identity_check *identity);
/* Taps, keys and replies of the place. Returns: whether it took the event. */
bool identity_check_event(struct identity_check *identity, struct ui *ui, const struct ui_event *event);
/* The place fills the rectangle. Units: base px. */
void identity_check_draw(const struct identity_check *identity, struct ui *ui, struct rect area);

#endif
