/* Screen reset: what is to be set anew at a clerk's word, and what its events keep for its drawing.
 *
 * screen_reset.c has the four functions but the drawing, screen_reset_draw.c the drawing.
 * Pitfall: what was asked for stands in the visit; whoever pushes this page only says what it is about.
 */
#ifndef KIOSK_SCREENS_SCREEN_RESET_H
#define KIOSK_SCREENS_SCREEN_RESET_H

#include "kiosk/screens/password_pair.h"
#include "kiosk/screens/reset_wish.h"

struct screen_reset_state {
    struct reset_wish wish;
    uint64_t asking, looking, proving, setting;
    size_t question;        /* of those to choose from */
    struct text_edit proof; /* the desk's code */
    struct text_edit answer;
    struct password_pair pair;
    char message[192];
};

/* What stands to be chosen as a question. Units: *count options. Owns: borrowed from the product. */
const char *const *screen_reset_questions(const struct ui *ui, size_t *count);
/* Whether what is to be set was typed. */
bool screen_reset_is_complete(const struct screen_reset_state *state);
/* Whether the desk's code was typed. */
bool screen_reset_has_proof(const struct screen_reset_state *state);
/* Whether the clerk has said yes, and whoever is here has still to show that it was said to them. */
bool screen_reset_is_granted(const struct ui *ui);
/* Whether that was shown, and it can be set now. */
bool screen_reset_is_proven(const struct ui *ui);
/* Whether what was asked for is over without being set. */
bool screen_reset_is_over(const struct ui *ui);

#endif
