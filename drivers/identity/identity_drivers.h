/* Identity drivers: what identity.c and its drivers share; no caller of the service includes it.
 *
 * A driver is one file with one constant, listed in identity.c. Pitfall: `open` borrows the settings for its
 * call.
 */
#ifndef DRIVERS_IDENTITY_IDENTITY_DRIVERS_H
#define DRIVERS_IDENTITY_IDENTITY_DRIVERS_H

#include "drivers/identity/identity.h"

struct identity_driver {
    const char *name; /* as in identity_settings.driver */
    /* As identity_open. */
    enum status (*open)(const struct identity_settings *settings, struct identity **out,
                        struct failure *failure);
};

/* Sessions over HTTP, signed both ways. */
extern const struct identity_driver identity_http_driver;
/* Nothing leaves the process; see identity_fake.h. */
extern const struct identity_driver identity_fake_driver;
/* No such service here: every call is CONFIG. */
extern const struct identity_driver identity_none_driver;

/* The driver's own state when the service has these functions. Returns: NULL otherwise. Owns: the
 * service. */
void *identity_context_of(const struct identity *identity, const struct identity_ops *ops);

#endif
