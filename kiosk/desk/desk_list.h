/* Desk list: the four functions and the state's size of every desk screen, declared from desk.def.
 *
 * For desk.c, which makes the table, and for each screen's own file; a screen's file writes DESK_STATE(wall).
 * Pitfall: nothing else includes it.
 */
#ifndef KIOSK_DESK_DESK_LIST_H
#define KIOSK_DESK_DESK_LIST_H

#include "kiosk/desk/desk.h"

/* Entered, told of events, drawn, left. Thread: the screen's. */
#define DESK(code, name, title_key, icon, shortcut)                                                          \
    void desk_##name##_enter(void *memory, struct ui *ui, const void *argument);                             \
    void desk_##name##_event(void *memory, struct ui *ui, const struct ui_event *event);                     \
    void desk_##name##_draw(void *memory, struct ui *ui);                                                    \
    void desk_##name##_leave(void *memory, struct ui *ui);                                                   \
    size_t desk_##name##_state_bytes(void);
#include "kiosk/desk/desk.def"
#undef DESK

#define DESK_STATE(name)                                                                                     \
    size_t desk_##name##_state_bytes(void)                                                                   \
    {                                                                                                        \
        return sizeof(struct desk_##name##_state);                                                           \
    }

#endif
