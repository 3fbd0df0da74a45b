/* Identity: an external service finds out by telephone whether somebody is who an order says.
 *
 * A session is begun under an id made by us; its address is shown as a code, the person opens it with a
 * telephone and does there what the service asks. The result is polled. Beginning again under the same id
 * gives the same session, so a lost reply costs nothing. What goes wrong at a counter: nobody scans the code,
 * the person is not recognised, the reply is lost, a reply is not the service's. Result classes:
 *
 *   OK         *out says how the session stands
 *   NOT_FOUND  the service knows no session with this id (inquiring)
 *   REFUSED    this person cannot be asked about there
 *   CONFLICT   the session is about somebody else
 *   BUSY       it is not reachable, or has no room now; nothing was begun
 *   UNKNOWN    it may have been begun, or the answer cannot be believed: ask again
 *   CONFIG     key, address or account: staff must act
 *   CANCELLED  the cancel object was set
 *
 * Pitfall: name and number are personal; neither stands in a failure, a log or the session's id.
 */
#ifndef DRIVERS_IDENTITY_IDENTITY_H
#define DRIVERS_IDENTITY_IDENTITY_H

#include <stddef.h>
#include <stdint.h>

#include "drivers/net/http.h"
#include "kiosk/base/clock.h"
#include "kiosk/base/failure.h"
#include "kiosk/base/job.h"
#include "kiosk/base/random.h"

enum { IDENTITY_ID_BYTES = 33, IDENTITY_URL_BYTES = 512 };

enum identity_state {
#define IDENTITY_STATE(code, name) IDENTITY_##code,
#include "drivers/identity/identity_states.def"
#undef IDENTITY_STATE
    IDENTITY_STATE_COUNT_
};

/* The stable name of a state. Returns: a static text. Thread: any. */
const char *identity_state_name(enum identity_state state);

/* Whom the session is about. Owns: borrowed for the call. */
struct identity_person {
    const char *name, *number;
};

struct identity_session {
    enum identity_state state;
    char url[IDENTITY_URL_BYTES]; /* for the telephone */
    int64_t until_utc_s;          /* when it expires */
};

struct identity_call {
    int64_t timeout_ms;              /* for the whole call, from now; above 0 */
    const struct job_cancel *cancel; /* may be NULL */
};

/* What is asked: a session by its id, about this person. */
struct identity_question {
    const char *id; /* made by us, 32 hexadecimal digits */
    struct identity_person person;
    int life_s; /* of a session that is begun */
};

/* What a driver offers: each entry is a must, runs on the service's thread only, waits at most
 * call->timeout_ms, gives up early when the cancel object is set, and leaves *out unchanged on failure. */
struct identity_ops {
    const char *name; /* static text */
    enum status (*begin)(void *context, const struct identity_call *call,
                         const struct identity_question *question, struct identity_session *out,
                         struct failure *failure);
    enum status (*inquire)(void *context, const struct identity_call *call,
                           const struct identity_question *question, struct identity_session *out,
                           struct failure *failure);
    enum status (*probe)(void *context, const struct identity_call *call, struct failure *failure);
    void (*close)(void *context);
};

struct identity;

/* The settings of all drivers; a driver reads only its own. Texts are copied by identity_open. */
struct identity_settings {
    const char *driver;          /* "http", "fake" or "none" */
    const struct clock *clock;   /* borrowed for the life of the service */
    const struct random *random; /* borrowed likewise; makes nonces */
    struct http *http;           /* borrowed likewise; NULL for fake and none */

    /* http */
    const char *base_url;
    const char *key_id;
    const char *key_file; /* the key alone in a file, mode 0600; trailing line ends are cut */
};

/* A service over these functions; called by drivers only.
 * Returns: NO_MEMORY, and then the context is still the caller's.
 * Owns: the service takes the context and ends it with ops->close. */
enum status identity_new_take(const struct identity_ops *ops, void *context, struct identity **out);

/* The service of this name is ready; nothing was sent.
 * Returns: NOT_FOUND (no such driver), CONFIG (a setting is missing or unreadable), NO_MEMORY.
 * Owns: the caller closes it with identity_close. */
enum status identity_open(const struct identity_settings *settings, struct identity **out,
                          struct failure *failure);

/* The service is gone, its key wiped; NULL is allowed. */
void identity_close(struct identity *identity);

/* The service's stable name, as settings->driver. Thread: any. */
const char *identity_name(const struct identity *identity);

/* The session of this id stands at the service. Returns: the classes above.
 * Thread: the service's. Time: until call->timeout_ms or cancel. */
enum status identity_begin(struct identity *identity, const struct identity_call *call,
                           const struct identity_question *question, struct identity_session *out,
                           struct failure *failure);

/* How the session of this id stands. Returns: the classes above.
 * Thread: the service's. Time: until call->timeout_ms or cancel. */
enum status identity_inquire(struct identity *identity, const struct identity_call *call,
                             const struct identity_question *question, struct identity_session *out,
                             struct failure *failure);

/* The service answers and accepts us; nothing is begun. Returns: OK, BUSY, UNKNOWN, CONFIG.
 * Thread: the service's. Time: until call->timeout_ms or cancel. */
enum status identity_probe(struct identity *identity, const struct identity_call *call,
                           struct failure *failure);

#endif
