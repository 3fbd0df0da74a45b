/* Done consent: on the last page the holder says whether the certificate is right, or what is wrong with it.
 *
 * An objection is stored and calls the clerk. Nothing has to be said: silence counts as the product says.
 * Pitfall: the card asks only while the view says so; once something was said it is not asked again.
 */
#ifndef KIOSK_SCREENS_DONE_CONSENT_H
#define KIOSK_SCREENS_DONE_CONSENT_H

#include "kiosk/screens/screen.h"

struct done_consent {
    bool is_choosing; /* what is wrong: the dialog is open */
    uint64_t saying;
    char message[160]; /* why it was not taken down; "" for nothing */
};

/* Whether the card has something to ask or to say. */
bool done_consent_has_card(const struct ui *ui);
/* What was touched, and what became of it. Returns: whether the event was about it. */
bool done_consent_event(struct done_consent *consent, struct ui *ui, const struct ui_event *event);
/* The card stands there. Ids: consent.yes, consent.no. */
void done_consent_draw(struct ui *ui, struct rect card, const struct done_consent *consent);
/* The dialog, when it is open; last in draw. Ids: "objection.<name>", consent.back. */
void done_consent_dialog(struct ui *ui, const struct done_consent *consent);

#endif
