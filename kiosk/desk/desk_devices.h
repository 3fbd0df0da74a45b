/* Desk devices: what the parts of the devices' page share: what is chosen, searched for and asked.
 *
 * Pitfall: a terminal of the view is good for one draw; between events remember its id.
 */
#ifndef KIOSK_DESK_DESK_DEVICES_H
#define KIOSK_DESK_DESK_DEVICES_H

#include "kiosk/desk/blank_form.h"
#include "kiosk/desk/stock_act.h"
#include "kiosk/desk/terminal_act.h"
#include "kiosk/desk/terminal_health.h"
#include "kiosk/desk/terminal_words.h"

struct desk_devices_state {
    int first;
    char chosen[ORDER_NAME_BYTES]; /* "" for the one that needs somebody most */
    bool only_trouble;
    struct text_edit search;
    struct terminal_act act;      /* the question before one is taken out of service */
    char asked[ORDER_NAME_BYTES]; /* the terminal it is about */
    uint64_t sending;
    struct blank_form blank;
    struct stock_act stock; /* what two clerks do with keys */
};

/* The terminals shown, in their fixed order. Returns: how many. */
size_t desk_devices_list(const struct desk_devices_state *state, const struct ui *ui,
                         const struct service_terminal *out[SERVICE_TERMINALS_MAX]);
/* The chosen one; until one is chosen the first with a fault, else the first; NULL when none is shown. */
const struct service_terminal *desk_devices_chosen(const struct desk_devices_state *state,
                                                   const struct ui *ui);

/* What the chosen one lacks, since when, who is there, what to do, and the acts. Units: base px. */
void desk_devices_side_draw(const struct desk_devices_state *state, struct ui *ui, struct rect area);
/* Taps and keys of that panel. Returns: whether it took the event. */
bool desk_devices_side_event(struct desk_devices_state *state, struct ui *ui, const struct ui_event *event);
/* The question, when it is open; last in draw. */
void desk_devices_ask_draw(const struct desk_devices_state *state, struct ui *ui);
/* The keys by batch, what is to be asked for, and terminals without a blank one. Units: base px. */
void desk_devices_stock_draw(struct ui *ui, struct rect area);
/* What was handed over in seven days. Units: base px. */
void desk_devices_week_draw(struct ui *ui, struct rect area);

#endif
