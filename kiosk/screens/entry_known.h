/* Entry known: the dialog that says where the unit's data in the form come from, and asks whether they hold.
 *
 * It stands before the form until it is answered: 确认更新 keeps them, to be changed as one likes; the other
 * way empties them. Pitfall: it tells the day only; what was taken over stands in the form behind it.
 */
#ifndef KIOSK_SCREENS_ENTRY_KNOWN_H
#define KIOSK_SCREENS_ENTRY_KNOWN_H

#include "kiosk/screens/entry.h"

struct entry_known {
    uint64_t answering; /* the request that is on its way, 0 for none */
};

/* Whether the visit's form still asks. */
bool entry_known_asks(const struct ui *ui);
/* The dialog's taps and the reply to them; after an answer the entry is loaded anew. Returns: whether it took
 * the event. */
bool entry_known_event(struct entry_known *known, struct ui *ui, struct entry *entry,
                       const struct ui_event *event);
/* The dialog is open. */
void entry_known_draw(struct ui *ui, const struct entry_known *known);

#endif
