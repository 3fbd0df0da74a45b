/* Password pair: a new password, typed twice, judged before it is sent anywhere.
 *
 * Part of the screens that set one. Pitfall: both entries are wiped by password_pair_take and
 * password_pair_wipe and nowhere else; call the latter on leaving.
 */
#ifndef KIOSK_SCREENS_PASSWORD_PAIR_H
#define KIOSK_SCREENS_PASSWORD_PAIR_H

#include "kiosk/screens/screen.h"

struct password_pair {
    struct text_edit first, second;
};

/* Both entries are empty. */
void password_pair_open(struct password_pair *pair);
/* Both entries are zeros. */
void password_pair_wipe(struct password_pair *pair);
/* Whether both were typed. */
bool password_pair_is_full(const struct password_pair *pair);
/* The password, when it may be used and was typed the same twice; both entries are wiped then. Units: message
 * of size bytes. Returns: false with the reason in `message`. Owns: the caller wipes *out. */
bool password_pair_take(struct password_pair *pair, const struct ui *ui, struct secret *out, char *message,
                        size_t size);
/* 下一项 leads from the first to the second. Returns: whether it took the event. */
bool password_pair_next(struct ui *ui, const struct ui_event *event);
/* Two fields beside each other, upright one above the other, with ids "password.first" and "password.second";
 * the heights they need. Units: base px. */
void password_pair_draw(struct ui *ui, struct rect area, struct password_pair *pair);
int password_pair_height(struct ui *ui);

#endif
