/* Screen account: what the page of somebody's account keeps between its events and its drawing.
 *
 * screen_account.c has the four functions but the drawing, screen_account_draw.c the drawing.
 * Pitfall: the account itself stands in the visit; what is typed is wiped when the part is left.
 */
#ifndef KIOSK_SCREENS_SCREEN_ACCOUNT_H
#define KIOSK_SCREENS_SCREEN_ACCOUNT_H

#include "kiosk/screens/password_pair.h"

/* What of the account is in hand. */
enum screen_account_part {
    SCREEN_ACCOUNT_ALL,
    SCREEN_ACCOUNT_PASSWORD, /* with the ID number while there is no account */
    SCREEN_ACCOUNT_EMAIL,
    SCREEN_ACCOUNT_COMPANY
};

struct screen_account_state {
    enum screen_account_part part;
    struct password_pair pair;
    struct text_edit id_number, email;
    uint64_t looking, setting;
    bool is_done;
    bool asks; /* whether it is to be taken away */
    char message[192];
};

/* Whether what is in hand can be sent. */
bool screen_account_is_complete(const struct screen_account_state *state, const struct ui *ui);

#endif
