/* Desk invoices: what the page of invoices has in hand.
 *
 * desk_invoices.c has the four functions of the screen and the list, desk_invoices_side.c the invoice in
 * hand. Pitfall: lists come only when asked for; after every act they are asked for again.
 */
#ifndef KIOSK_DESK_DESK_INVOICES_H
#define KIOSK_DESK_DESK_INVOICES_H

#include "kiosk/desk/desk.h"

enum desk_invoices_field {
    DESK_INVOICES_TITLE,
    DESK_INVOICES_TAX_NUMBER,
    DESK_INVOICES_EMAIL,
    DESK_INVOICES_ADDRESS,
    DESK_INVOICES_BANK,
    DESK_INVOICES_ACCOUNT,
    DESK_INVOICES_FIELDS
};

struct desk_invoices_state {
    size_t first;
    size_t filter;
    char chosen[ORDER_ID_BYTES];
    struct text_edit search;
    struct text_edit document;
    struct text_edit fields[DESK_INVOICES_FIELDS]; /* of the title that is corrected */
    bool is_correcting;
    uint64_t loading, correcting, issuing;
    char message[192];
    bool is_error;
};

/* The invoice in hand. Returns: NULL when none is. Owns: borrowed. */
const struct service_invoice_line *desk_invoices_chosen(const struct desk_invoices_state *state,
                                                        const struct ui *ui);
/* The list is asked for again. */
void desk_invoices_load(struct desk_invoices_state *state, struct ui *ui);
/* What was typed about the invoice in hand is gone. */
void desk_invoices_forget(struct desk_invoices_state *state);
/* Whether it is late: due before now and not issued. */
bool desk_invoices_is_late(const struct ui *ui, const struct service_invoice *invoice);

/* The invoice in hand, its fields and buttons; taps and replies of theirs. */
void desk_invoices_side_draw(struct desk_invoices_state *state, struct ui *ui, struct rect area);
bool desk_invoices_side_event(struct desk_invoices_state *state, struct ui *ui, const struct ui_event *event);

#endif
