/* Terminal health: how the devices of a terminal are, in tones and words.
 *
 * For the devices' page and its mark in the nav column. Pitfall: a printer that prints while its paper or
 * toner is nearly gone counts as low on supplies, whatever its own state says.
 */
#ifndef KIOSK_DESK_TERMINAL_HEALTH_H
#define KIOSK_DESK_TERMINAL_HEALTH_H

#include "kiosk/desk/desk.h"

enum { TERMINAL_HEALTH_DEVICES = 7 };

struct terminal_device {
    const char *name; /* words "device.<name>" */
    enum device_state state;
};

/* All of them, in the order of the page's columns. */
void terminal_health_list(const struct service_terminal *terminal,
                          struct terminal_device out[TERMINAL_HEALTH_DEVICES]);
/* The one that needs somebody most: a fault before a warning. */
struct terminal_device terminal_health_worst(const struct service_terminal *terminal);
/* How a device in this state is marked. */
enum widget_mark_tone terminal_health_mark(enum device_state state);
/* How the terminal is marked: RED also when it is silent, GREY when it is well but out of service. */
enum widget_mark_tone terminal_health_tone(const struct service_terminal *terminal);
/* How many terminals are marked so. */
size_t terminal_health_count(const struct service_desk *view, enum widget_mark_tone tone);
/* The words of a state and of a device. Owns: borrowed. */
const char *terminal_health_state(const struct ui *ui, enum device_state state);
const char *terminal_health_device(const struct ui *ui, const char *name);
/* What the printer's cell says: 纸 78%, or its state. */
void terminal_health_printer(const struct ui *ui, const struct service_devices *devices, char out[48]);
/* How many blank keys it has, where keys are moved to it by number; else what the writer holds; how it is
 * marked. */
void terminal_health_key(const struct ui *ui, const struct service_terminal *terminal, char out[48]);
enum widget_mark_tone terminal_health_key_mark(const struct service_terminal *terminal);
/* Whether it could make a key and has no blank one. */
bool terminal_health_lacks_key(const struct service_terminal *terminal);

#endif
