/* Stock act: what two clerks do with keys: receive, move to a terminal, scrap; a dialog over the page.
 *
 * Buttons stock.receive (I), stock.move (T), stock.scrap (D) open it; stock.ask asks for more of a model,
 * which one clerk may. Pitfall: the terminal is the one chosen when the dialog was opened.
 */
#ifndef KIOSK_DESK_STOCK_ACT_H
#define KIOSK_DESK_STOCK_ACT_H

#include "kiosk/desk/desk.h"

struct stock_act {
    bool asking;
    enum service_stock_step step;
    struct text_edit batch, model, serials, reason, second, password;
    char place[ORDER_NAME_BYTES]; /* terminal it was opened for, "" for none */
    char machine[48];             /* its name */
    bool is_back;                 /* keys come back to the hall */
    uint64_t sending;
    char message[SERVICE_TEXT_BYTES]; /* why it was not done */
};

/* Nothing is typed; it is wiped. */
void stock_act_init(struct stock_act *act);
void stock_act_wipe(struct stock_act *act);
/* Taps, keys and the reply; `chosen` is the terminal chosen on the page, NULL for none. Returns: whether it
 * took the event. */
bool stock_act_event(struct stock_act *act, struct ui *ui, const struct ui_event *event,
                     const struct service_terminal *chosen);
/* The dialog, when it is open; last in draw. */
void stock_act_draw(struct stock_act *act, struct ui *ui);
/* The three buttons at the right of the panel's head. Units: base px. */
void stock_act_buttons(struct ui *ui, struct rect head);
/* The first batch whose model is under its line. Returns: NULL for none. Owns: borrowed from the view. */
const struct service_stock_batch *stock_act_low(const struct service_desk *view);

#endif
