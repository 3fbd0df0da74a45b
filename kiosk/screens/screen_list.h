/* Screen list: the four functions and the state's size of every screen, declared from screens.def.
 *
 * For screen.c, which makes the table, and for each screen's own file, so that its functions match their
 * declarations. A screen's file writes SCREEN_STATE(form) after its struct screen_form_state.
 * Pitfall: nothing else includes it; screens know each other by screen_id only.
 */
#ifndef KIOSK_SCREENS_SCREEN_LIST_H
#define KIOSK_SCREENS_SCREEN_LIST_H

#include "kiosk/screens/screen.h"

/* Entered, told of events, drawn, left. Thread: the screen's. draw has no side effects; leave stops and wipes
 * what enter and event began. */
#define SCREEN(code, name, idle_ms, back, title_key, state)                                                  \
    void screen_##name##_enter(void *memory, struct ui *ui, const void *argument);                           \
    void screen_##name##_event(void *memory, struct ui *ui, const struct ui_event *event);                   \
    void screen_##name##_draw(void *memory, struct ui *ui);                                                  \
    void screen_##name##_leave(void *memory, struct ui *ui);                                                 \
    size_t screen_##name##_state_bytes(void);
#include "kiosk/screens/screens.def"
#undef SCREEN

#define SCREEN_STATE(name)                                                                                   \
    size_t screen_##name##_state_bytes(void)                                                                 \
    {                                                                                                        \
        return sizeof(struct screen_##name##_state);                                                         \
    }

#endif
