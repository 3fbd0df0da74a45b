/* Reason choice: why a clerk's dialog does what it does: one of four reasons, or the clerk's own words.
 *
 * The dialog and what is chosen are each page's own. Pitfall: own words count before a chosen reason, since
 * they were written after it.
 */
#ifndef KIOSK_DESK_REASON_CHOICE_H
#define KIOSK_DESK_REASON_CHOICE_H

#include "kiosk/desk/desk.h"

enum { REASON_CHOICE_COUNT = 4 };

struct reason_choice {
    const char *id;           /* of its buttons: "<id>.reason.<name>", each with its index as tag */
    const char *words;        /* of their words: "desk.<words>.reason.<name>" */
    const char *const *names; /* REASON_CHOICE_COUNT of them */
    size_t chosen;            /* index + 1, 0 for none */
    const char *own;          /* words, "" for none */
};

/* What is kept and told. Returns: "" while neither is there. Owns: borrowed. */
const char *reason_choice_given(const struct ui *ui, const struct reason_choice *choice);
/* The reasons as buttons, two in a row. Units: base px. */
void reason_choice_draw(struct ui *ui, struct rect area, const struct reason_choice *choice);

#endif
