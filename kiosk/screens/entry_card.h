/* Entry card: name, number and address of a form filled from the card laid on the reader.
 *
 * Which fields these are, their kinds and subjects say: a resident number that is open, the name of the same
 * subject, its address where the form asks one. What the card says is written like something typed: it is
 * normalised, judged, and may be mended.
 * Pitfall: the card's texts live in the visit only until they are in the form.
 */
#ifndef KIOSK_SCREENS_ENTRY_CARD_H
#define KIOSK_SCREENS_ENTRY_CARD_H

#include "kiosk/screens/entry.h"

struct entry_card {
    bool is_open;                /* the dialog is */
    size_t field;                /* index of the number's field */
    uint64_t reading;            /* 0 once it ended */
    enum service_reason refusal; /* why it did not succeed; NONE while it waits */
};

/* Whether the page in hand asks for a person's number that this hall's reader could fill: *field is its
 * index. */
bool entry_card_offers(const struct ui *ui, const struct entry *entry, size_t *field);
/* A card is waited for, for the person of this field. */
void entry_card_begin(struct entry_card *card, struct ui *ui, size_t field);
/* Nothing is waited for any more. */
void entry_card_end(struct entry_card *card, struct ui *ui);
/* The dialog's buttons, and what became of the card. *filled says whether the form has changed. Returns:
 * whether the event was for it. */
bool entry_card_event(struct entry_card *card, struct ui *ui, struct entry *entry,
                      const struct ui_event *event, bool *filled);
/* The dialog, while it is open. */
void entry_card_draw(struct ui *ui, const struct entry_card *card);

#endif
