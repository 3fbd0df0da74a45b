/* Idcard drivers: what idcard.c and its drivers share; no caller of the reader includes it.
 *
 * A driver is one file with one constant, listed in idcard.c. Pitfall: `open` borrows the settings for its
 * call.
 */
#ifndef DRIVERS_IDCARD_IDCARD_DRIVERS_H
#define DRIVERS_IDCARD_IDCARD_DRIVERS_H

#include "drivers/idcard/idcard.h"

struct idcard_driver {
    const char *name; /* as in idcard_settings.driver */
    /* As idcard_open. */
    enum status (*open)(const struct idcard_settings *settings, struct idcard **out, struct failure *failure);
};

/* SAM_V frames on a serial line. */
extern const struct idcard_driver idcard_serial_driver;
/* Nothing leaves the process; see idcard_fake.h. */
extern const struct idcard_driver idcard_fake_driver;
/* No reader here: every call is CONFIG. */
extern const struct idcard_driver idcard_none_driver;

/* The driver's own state when the reader has these functions. Returns: NULL otherwise. Owns: the reader. */
void *idcard_context_of(const struct idcard *idcard, const struct idcard_ops *ops);

#endif
