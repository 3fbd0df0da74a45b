/* Desk parcels: what the page of keys that go by courier has in hand, and of messages that did not arrive.
 *
 * desk_parcels.c has the four functions of the screen and the list, desk_parcels_side.c what stands beside
 * it. Pitfall: a row goes away when the list comes anew, so what is in hand is kept by its id.
 */
#ifndef KIOSK_DESK_DESK_PARCELS_H
#define KIOSK_DESK_DESK_PARCELS_H

#include "kiosk/desk/desk.h"
#include "kiosk/order/carrier.h"

enum desk_parcels_filter { DESK_PARCELS_TODO, DESK_PARCELS_SENT, DESK_PARCELS_SMS, DESK_PARCELS_FILTERS };

struct desk_parcels_state {
    size_t first;
    enum desk_parcels_filter filter;
    char chosen[SERVICE_MARK_BYTES]; /* order of the parcel, or id of the notice */
    struct text_edit search, number;
    enum carrier carrier;
    uint64_t listing, making, sending, trying;
    bool offers_erase; /* the key in the writer carries something */
    char message[192];
    bool is_error;
};

/* What is in hand; NULL when none is. Owns: borrowed. */
const struct service_parcel *desk_parcels_chosen(const struct desk_parcels_state *state, const struct ui *ui);
const struct service_notice *desk_parcels_notice(const struct desk_parcels_state *state, const struct ui *ui);
/* The word of a parcel's state. */
const char *desk_parcels_word(const struct ui *ui, const struct service_parcel *parcel);

/* What is in hand, its fields and buttons; taps and replies of theirs. */
void desk_parcels_side_draw(struct desk_parcels_state *state, struct ui *ui, struct rect area);
bool desk_parcels_side_event(struct desk_parcels_state *state, struct ui *ui, const struct ui_event *event);

#endif
