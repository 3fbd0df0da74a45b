/* Entry same: one touch by which a group of the form takes over what stands in another (与申请人相同).
 *
 * Which fields from which says the form (`same_from`). Pitfall: it is a copy: what is mended later in one is
 * not mended in the other; the touch is offered again then.
 */
#ifndef KIOSK_SCREENS_ENTRY_SAME_H
#define KIOSK_SCREENS_ENTRY_SAME_H

#include "kiosk/screens/entry.h"

/* Whether the group in hand has such fields and something to take over that does not stand there yet. */
bool entry_same_offers(const struct ui *ui, const struct entry *entry);
/* What was filled in there stands here, judged as if it had been typed. */
void entry_same_take(struct entry *entry, struct ui *ui);

#endif
