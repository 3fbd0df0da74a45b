/* Key entry: the PIN of the holder's own key, typed on a shuffled pad: the field, how many tries are left,
 * what was wrong with the last one.
 *
 * What becomes of the PIN is the screen's. Ids: "key.owner", "key.pin", "key.message", "key.tries" and the
 * pad's. Pitfall: the screen wipes the PIN when it is sent and when it is left.
 */
#ifndef KIOSK_SCREENS_KEY_ENTRY_H
#define KIOSK_SCREENS_KEY_ENTRY_H

#include "kiosk/screens/pin_pad.h"

enum { KEY_ENTRY_MESSAGE_BYTES = 192 };

struct key_entry {
    struct secret pin;
    struct pin_pad pad;
    char message[KEY_ENTRY_MESSAGE_BYTES]; /* about the last try, "" for none */
};

/* Nothing is typed, the pad has a fresh order. */
void key_entry_open(struct key_entry *entry, const struct ui *ui);
/* What was typed is gone. */
void key_entry_wipe(struct key_entry *entry);
/* Returns: whether the event was the pad's. */
bool key_entry_event(struct key_entry *entry, const struct ui_event *event);
/* Whether the PIN is long enough to be one. */
bool key_entry_is_complete(const struct key_entry *entry);
/* The field and the pad fill the page's area; `owner` is whose key it is, "" when nobody is named. Units:
 * base px. */
void key_entry_draw(struct ui *ui, struct rect area, const struct key_entry *entry, const char *owner);

#endif
