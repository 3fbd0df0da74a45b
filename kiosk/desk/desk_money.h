/* Desk money: what the page of money by hand has in hand: orders a clerk may take money for, transfers to
 * compare with the account, closed ones whose money may still come, money to give back.
 *
 * desk_money.c has the four functions of the screen and the list, desk_money_side.c what stands beside it,
 * desk_money_voucher.c the bank's voucher and the dialog that refuses it.
 * Pitfall: what was typed belongs to the order in hand; another order empties it.
 */
#ifndef KIOSK_DESK_DESK_MONEY_H
#define KIOSK_DESK_DESK_MONEY_H

#include "kiosk/desk/desk.h"

enum desk_money_method { DESK_MONEY_CASH, DESK_MONEY_POS, DESK_MONEY_BANK, DESK_MONEY_METHODS };

struct desk_money_voucher {
    uint64_t loading;
    struct service_image *image; /* owned; NULL: not looked at */
    struct canvas_image pixels;
    struct widget_picture_view view;
    uint64_t version;
    bool is_open; /* in the list's place */
};

struct desk_money_state {
    size_t first;
    size_t filter;
    char chosen[ORDER_ID_BYTES];
    struct text_edit search;
    enum desk_money_method method;
    struct text_edit reference, amount, day;
    struct text_edit second, password; /* of the clerk who signs beside the one here */
    uint64_t opening, taking, giving_back, refusing;
    struct desk_money_voucher voucher;
    bool asking;          /* the dialog "why is the voucher refused?" is open */
    size_t reason;        /* chosen in it, index + 1, 0 for none */
    struct text_edit own; /* or the clerk's own words */
    char message[192];
    bool is_late;  /* the money being noted came too late */
    bool is_error; /* the message tells what was refused */
};

/* The order in hand. Returns: NULL when none is. Owns: borrowed. */
const struct service_queue_line *desk_money_chosen(const struct desk_money_state *state, const struct ui *ui);
/* Whether it is paid over the bank, and what is due of it. Units: fen. */
bool desk_money_is_transfer(const struct service_queue_line *line);
int64_t desk_money_due_fen(const struct service_queue_line *line);
/* What is to be done about the line: "take", "taking", "bank", "late", "back", "signed" (words
 * "desk.money.do.<name>"). */
const char *desk_money_task(const struct service_queue_line *line);
/* Everything typed for the order in hand is gone, its voucher too. */
void desk_money_forget(struct desk_money_state *state);

/* The order in hand, its fields and buttons; taps and replies of theirs. */
void desk_money_side_draw(struct desk_money_state *state, struct ui *ui, struct rect area);
bool desk_money_side_event(struct desk_money_state *state, struct ui *ui, const struct ui_event *event);

/* The voucher in the list's place, and the dialog of refusing it; taps and replies of theirs. */
void desk_money_voucher_draw(struct desk_money_state *state, struct ui *ui, struct rect area);
void desk_money_voucher_dialog(struct desk_money_state *state, struct ui *ui);
bool desk_money_voucher_event(struct desk_money_state *state, struct ui *ui, const struct ui_event *event);

#endif
