/* Idcard fake: a reader whose card a test lays and lifts, and that misbehaves on request.
 *
 * Nothing leaves the process. Pitfall: it is read on the reader's thread while the test changes it; each
 * change is one step under its lock.
 */
#ifndef DRIVERS_IDCARD_IDCARD_FAKE_H
#define DRIVERS_IDCARD_IDCARD_FAKE_H

#include "drivers/idcard/idcard.h"

struct idcard_fake;

/* The remote control of a reader opened with driver "fake"; NULL for any other. Owns: lives with the reader.
 */
struct idcard_fake *idcard_fake_of(struct idcard *idcard);

/* This card lies on the reader. Thread: any. */
void idcard_fake_place(struct idcard_fake *fake, const struct idcard_person *person);

/* No card lies there. Thread: any. */
void idcard_fake_lift(struct idcard_fake *fake);

/* The next `count` tries end with this status; negative: all until it is said again. Thread: any. */
void idcard_fake_fail(struct idcard_fake *fake, enum status status, int count);

/* How often a card was read whole. Thread: any. */
size_t idcard_fake_reads(struct idcard_fake *fake);

#endif
