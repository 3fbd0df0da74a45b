/* Units: the desk's page of units, their people and what they have, and proofs by transfer that wait.
 *
 * desk_units.c has the four functions of the screen, the list and the proofs; desk_units_side.c the unit in
 * hand. Pitfall: rows change when the list comes anew, so unit, person and proof in hand are kept by id.
 */
#ifndef KIOSK_DESK_DESK_UNITS_H
#define KIOSK_DESK_DESK_UNITS_H

#include "kiosk/desk/desk.h"

struct desk_units_state {
    struct text_edit search; /* a credit code */
    size_t first;
    char chosen[SERVICE_MARK_BYTES]; /* the unit */
    size_t side_first;
    char row[SERVICE_MARK_BYTES]; /* the person or holding in hand */
    struct text_edit text;        /* what a seal or zone is called */
    char proof[SERVICE_MARK_BYTES];
    struct text_edit account, amount;
    uint64_t loading, acting;
    bool is_error;
    char message[192];
};

/* The list and the unit in hand are read again. */
void desk_units_load(struct desk_units_state *state, struct ui *ui);
/* The act is on its way, about the unit in hand unless it says otherwise. */
void desk_units_act(struct desk_units_state *state, struct ui *ui, const struct service_unit_act *act);

/* The unit in hand, with its buttons; taps of theirs. */
void desk_units_side_draw(struct desk_units_state *state, struct ui *ui, struct rect area);
bool desk_units_side_event(struct desk_units_state *state, struct ui *ui, const struct ui_event *event);

#endif
