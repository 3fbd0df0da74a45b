/* Identity fake: a service whose sessions end as a test says, and that misbehaves on request.
 *
 * Nothing leaves the process. Sessions outlive the program that began them, as at a real service.
 * Pitfall: it keeps names in plain memory, so it is never the driver of a real hall.
 */
#ifndef DRIVERS_IDENTITY_IDENTITY_FAKE_H
#define DRIVERS_IDENTITY_IDENTITY_FAKE_H

#include "drivers/identity/identity.h"

struct identity_fake;

/* The remote control of a service opened with driver "fake"; NULL for any other. Owns: lives with the
 * service. */
struct identity_fake *identity_fake_of(struct identity *identity);

/* How many sessions were begun so far. Thread: any. */
size_t identity_fake_count(struct identity_fake *fake);

/* The newest session ends like this. Thread: any. */
void identity_fake_end(struct identity_fake *fake, enum identity_state state);

/* The next `count` calls end with this status. With `done` the work is done all the same, as when only the
 * reply is lost. Thread: any. */
void identity_fake_fail(struct identity_fake *fake, enum status status, bool done, int count);

#endif
