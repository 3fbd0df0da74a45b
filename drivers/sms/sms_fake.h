/* Sms fake: a service that keeps its messages for the test that reads them, and misbehaves on request.
 *
 * Nothing leaves the process. Pitfall: it keeps codes in plain memory, so it is never the driver of a real
 * hall.
 */
#ifndef DRIVERS_SMS_SMS_FAKE_H
#define DRIVERS_SMS_SMS_FAKE_H

#include <stdbool.h>

#include "drivers/sms/sms.h"

struct sms_fake;

/* The remote control of a service opened with driver "fake"; NULL for any other. Owns: lives with the
 * service. */
struct sms_fake *sms_fake_of(struct sms *sms);

/* How many messages were taken so far. Thread: any. */
size_t sms_fake_count(struct sms_fake *fake);

/* The code of the newest message to this number is copied.
 * Returns: NOT_FOUND, FULL when it does not fit. Thread: any. */
enum status sms_fake_last_code(struct sms_fake *fake, const char *number, char *out, size_t size);

/* How many notices of this template were taken, and what the newest one's blanks hold: "name=value;...".
 * Units: size bytes of text. Thread: any. */
size_t sms_fake_notices(struct sms_fake *fake, const char *template_code, char *text, size_t size);

/* Whether the newest message to this number was read aloud. Thread: any. */
bool sms_fake_spoke(struct sms_fake *fake, const char *number);

/* The next `count` sends end with this status. With `done` the message is kept all the same, as when only the
 * reply is lost. Thread: any. */
void sms_fake_fail(struct sms_fake *fake, enum status status, bool done, int count);

#endif
