/* Desk holders: what the page of those who come again has in hand: who waits to be compared with an ID card,
 * and what was said about the hall.
 *
 * desk_holders.c has the four functions of the screen and the list, desk_holders_side.c what stands beside
 * it. Pitfall: rows move when the list comes anew, so what is in hand is kept by its id.
 */
#ifndef KIOSK_DESK_DESK_HOLDERS_H
#define KIOSK_DESK_DESK_HOLDERS_H

#include "kiosk/desk/desk.h"

enum desk_holders_filter { DESK_HOLDERS_RESET, DESK_HOLDERS_FEEDBACK, DESK_HOLDERS_FILTERS };

struct desk_holders_state {
    size_t first;
    enum desk_holders_filter filter;
    char chosen[ORDER_ID_BYTES];
    struct text_edit id_number; /* as the clerk reads it from the card */
    uint64_t loading, acting;
    const char *done; /* key of what is said when the act is done */
    char message[192];
    bool is_error;
};

/* What is in hand; NULL when none is. Owns: borrowed. */
const struct service_feedback *desk_holders_feedback(const struct desk_holders_state *state,
                                                     const struct ui *ui);
const struct service_reset_line *desk_holders_reset(const struct desk_holders_state *state,
                                                    const struct ui *ui);
/* The words of a kind. */
const char *desk_holders_feedback_kind(const struct ui *ui, const struct service_feedback *feedback);
const char *desk_holders_reset_kind(const struct ui *ui, const struct service_reset_line *line);

/* What is in hand, its field and buttons; taps and replies of theirs. */
void desk_holders_side_draw(struct desk_holders_state *state, struct ui *ui, struct rect area);
bool desk_holders_side_event(struct desk_holders_state *state, struct ui *ui, const struct ui_event *event);

#endif
