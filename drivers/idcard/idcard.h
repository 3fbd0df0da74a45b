/* Idcard: reads the resident identity card that lies on the reader: who it is for, and until when it holds.
 *
 * A driver speaks to one reader. Comparing the person with an order, and what follows from it, is the service
 * layer's business. What goes wrong at a counter: nobody has laid a card, it is lifted in the middle, it lies
 * askew or another card lies over it, the reader's cable has come off, the reader hangs until it is asked
 * again. Result classes:
 *
 *   OK         the card was read whole
 *   NOT_FOUND  no card lies there; many readers say so of a card read already until it was lifted
 *   REFUSED    a card lies there and could not be read: lifted, askew, of a kind the reader does not know
 *   MALFORMED  what the reader said was no sound answer
 *   TIMED_OUT  the reader said nothing
 *   LOST       there is no reader, or it was pulled out
 *   BUSY       another program uses it
 *   CONFIG     a setting is missing, or the reader has no licence to read
 *   CANCELLED  the cancel object was set
 *
 * Pitfall: everything on a card is personal: memory only, wiped after use, in no failure and no log.
 */
#ifndef DRIVERS_IDCARD_IDCARD_H
#define DRIVERS_IDCARD_IDCARD_H

#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/clock.h"
#include "kiosk/base/failure.h"
#include "kiosk/base/job.h"

enum {
    IDCARD_NAME_BYTES = 192, /* 60 characters of the Latin name of a foreigner's card, 15 of any other */
    IDCARD_ADDRESS_BYTES = 112,
    IDCARD_ISSUER_BYTES = 48,
    IDCARD_NUMBER_BYTES = 20,
    IDCARD_DATE_BYTES = 9
};

/* What kind of card it is, by its type mark. */
enum idcard_kind {
    IDCARD_RESIDENT,
    IDCARD_FOREIGN,  /* 外国人永久居留身份证 */
    IDCARD_RESIDENCE /* 港澳台居民居住证 */
};

/* What stands on a card. Texts are UTF-8 without the spaces that fill them up; "" where the card has none. */
struct idcard_person {
    enum idcard_kind kind;
    int sex; /* 1 male, 2 female, 0 not said (GB/T 2261.1) */
    char name[IDCARD_NAME_BYTES];
    char nation[8]; /* code of GB/T 3304; of a foreigner ISO 3166-1 alpha-3 */
    char birth[IDCARD_DATE_BYTES];
    char address[IDCARD_ADDRESS_BYTES];
    char number[IDCARD_NUMBER_BYTES];
    char issuer[IDCARD_ISSUER_BYTES];
    char valid_from[IDCARD_DATE_BYTES]; /* YYYYMMDD */
    char valid_to[IDCARD_DATE_BYTES];   /* YYYYMMDD; "" for 长期, no end */
};

struct idcard_call {
    int64_t timeout_ms;              /* for the whole call, from now; above 0 */
    const struct job_cancel *cancel; /* may be NULL */
};

/* What a driver offers: each entry is a must, runs on the reader's thread only, waits at most
 * call->timeout_ms, gives up early when the cancel object is set, and leaves *out unchanged on failure. */
struct idcard_ops {
    const char *name; /* static text */
    /* One try: is a card there, and what stands on it. */
    enum status (*read)(void *context, const struct idcard_call *call, struct idcard_person *out,
                        struct failure *failure);
    /* The reader answers. */
    enum status (*probe)(void *context, const struct idcard_call *call, struct failure *failure);
    void (*close)(void *context);
};

struct idcard;

/* The settings of all drivers; a driver reads only its own. Texts are copied by idcard_open. */
struct idcard_settings {
    const char *driver;        /* "serial", "fake" or "none" */
    const struct clock *clock; /* borrowed for the life of the reader */
    const char *device;        /* serial: the line, for example "/dev/ttyUSB0" */
    int baud;                  /* serial: 115200, 57600, 38400, 19200 or 9600 */
    int64_t answer_ms; /* serial: how long the line may be silent before and in an answer, 100 or more */
};

/* A reader over these functions; called by drivers only.
 * Returns: NO_MEMORY, and then the context is still the caller's.
 * Owns: the reader takes the context and ends it with ops->close. */
enum status idcard_new_take(const struct idcard_ops *ops, void *context, const struct clock *clock,
                            struct idcard **out);

/* The reader of this driver can be asked; nothing was asked yet, and it need not be plugged in.
 * Returns: NOT_FOUND (no such driver), CONFIG (a setting is missing or wrong), NO_MEMORY.
 * Owns: the caller closes it with idcard_close. */
enum status idcard_open(const struct idcard_settings *settings, struct idcard **out, struct failure *failure);

/* The reader is closed; NULL is allowed. */
void idcard_close(struct idcard *idcard);

/* The driver's stable name, as settings->driver. Thread: any. */
const char *idcard_name(const struct idcard *idcard);

/* One try. Returns: the classes above. Thread: the reader's. Time: until call->timeout_ms or cancel. */
enum status idcard_read(struct idcard *idcard, const struct idcard_call *call, struct idcard_person *out,
                        struct failure *failure);

/* A card is waited for and read: the reader is asked again and again, a card that could not be read is tried
 * IDCARD_TRIES times.
 * Returns: the classes above; NOT_FOUND when none was laid in time. Thread: the reader's.
 * Time: until call->timeout_ms or cancel. */
enum status idcard_wait(struct idcard *idcard, const struct idcard_call *call, struct idcard_person *out,
                        struct failure *failure);
enum { IDCARD_TRIES = 3 };

/* The reader answers. Returns: the classes above but NOT_FOUND. Thread: the reader's.
 * Time: until call->timeout_ms or cancel. */
enum status idcard_probe(struct idcard *idcard, const struct idcard_call *call, struct failure *failure);

/* What was read is overwritten. */
void idcard_wipe(struct idcard_person *person);

#endif
