/* Terminal act: what a clerk does at a distance: the question before the grave ones, and sending.
 *
 * For every page that shows terminals. Pitfall: an act is sent for the visit the clerk sees; whether it is
 * still there is the services' to judge.
 */
#ifndef KIOSK_DESK_TERMINAL_ACT_H
#define KIOSK_DESK_TERMINAL_ACT_H

#include "kiosk/desk/desk.h"

/* The dialog that asks why: zeroed with asking -1 it is closed. */
struct terminal_act {
    int asking;                      /* SERVICE_ACT_LOCK, END or CLOSE; -1 for none */
    char reason[SERVICE_NAME_BYTES]; /* chosen in the dialog */
};

/* The act is sent for the terminal as shown; reason, words and field may be NULL. Returns: the request. */
uint64_t terminal_act_send(struct ui *ui, const struct service_terminal *terminal, enum service_act_kind kind,
                           const char *reason, const char *words, const char *field);

/* The question before this kind of act stands open. */
void terminal_act_ask(struct terminal_act *act, enum service_act_kind kind);
/* Taps and keys while it is open: 1 to 4 choose, Enter confirms. Returns: whether it took the event; then
 * *confirmed, and the question is closed, when act->reason was given for *kind. */
bool terminal_act_event(struct terminal_act *act, struct ui *ui, const struct ui_event *event,
                        enum service_act_kind *kind, bool *confirmed);
/* The dialog, when it is open; last in draw. Ids: "assist.reason.<name>", assist.back, assist.yes. */
void terminal_act_draw(const struct terminal_act *act, struct ui *ui,
                       const struct service_terminal *terminal);

#endif
