/* Driver: the words all device contracts share.
 *
 * Not a base class: each kind has its own contract header. What is common: a device is looked at from outside
 * as one state with one fault, and a lost device answers STATUS_LOST at once until it is opened again.
 * Pitfall: a device that was never configured is ABSENT, not faulty.
 */
#ifndef DRIVERS_DRIVER_H
#define DRIVERS_DRIVER_H

enum device_state {
#define DEVICE_STATE(code, name) DEVICE_##code,
#include "drivers/device_states.def"
#undef DEVICE_STATE
    DEVICE_STATE_COUNT_
};

/* The stable name of a device state, also the key "device.<name>" of its words.
 * Returns: a static text. Thread: any. */
static inline const char *device_state_name(enum device_state state)
{
    switch (state) {
#define DEVICE_STATE(code, name)                                                                             \
    case DEVICE_##code:                                                                                      \
        return name;
#include "drivers/device_states.def"
#undef DEVICE_STATE
    case DEVICE_STATE_COUNT_:
        break;
    }
    return "invalid";
}

#endif
