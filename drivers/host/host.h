/* Host: vendor code behind a process wall, seen from the product.
 *
 * A helper program (`certhost <kind>`) loads a vendor library (a PKCS#11 module, SANE); there is one process
 * per device kind, joined by a socket pair that carries kiosk/base/wire messages. A call has a deadline; a
 * helper that misses it, breaks the protocol or dies is killed and started again at a later call, each time
 * after a longer pause. It does not know what the messages mean, and never repeats a call: what an
 * interrupted call did is for the caller to inquire about. Pitfall: the helper dies with the thread that
 * started it (Linux counts the thread, not the process, as the parent), so the thread that makes the first
 * call must live as long as the host. Device workers do.
 */
#ifndef DRIVERS_HOST_HOST_H
#define DRIVERS_HOST_HOST_H

#include <sys/types.h>

#include "kiosk/base/clock.h"
#include "kiosk/base/failure.h"
#include "kiosk/base/job.h"
#include "kiosk/base/wire.h"

enum {
    HOST_VERSION = 1,           /* of the framing below; both ends must say the same */
    HOST_SOCKET_FD = 3,         /* where the helper finds its end of the socket pair */
    HOST_FIRST_REQUEST = 16,    /* message types below are the host's own; services number theirs from here */
    HOST_FIRST_OWN_TAG = 0xff00 /* field tags from here on are the host's own */
};

/* The host's own message types. */
enum host_message {
    HOST_HELLO = 1,    /* both ways, once: version and kind */
    HOST_REPLY = 2,    /* the one reply to a request: status, detail, and the service's fields */
    HOST_PROGRESS = 3, /* before the reply, any number: the service's fields */
    HOST_CANCEL = 4    /* to the helper: the running request should end soon */
};

/* The host's own field tags. */
enum host_tag {
    HOST_TAG_VERSION = 0xff00,
    HOST_TAG_KIND = 0xff01,
    HOST_TAG_STATUS = 0xff02,
    HOST_TAG_VENDOR_CODE = 0xff03,
    HOST_TAG_DETAIL = 0xff04
};

struct host_settings {
    const char *program;            /* path of certhost, or its name to be looked for in PATH */
    const char *kind;               /* "token", "scanner": the service the helper offers */
    const char *const *arguments;   /* NULL-terminated, handed to the service; NULL for none */
    const char *const *environment; /* NULL-terminated NAME=value, added to ours; NULL for none */
    const struct clock *clock;      /* measures the pauses between restarts; NULL for the machine's */
    int start_deadline_ms;          /* until the helper must have said hello; 0 for 5000 */
    int pause_first_ms;             /* before the second start in a row; 0 for 100; it doubles each time */
    int pause_most_ms;              /* the longest pause; 0 for 5000 */
};

/* How one call is waited for. A zeroed one waits HOST_DEADLINE_DEFAULT_MS. */
struct host_terms {
    int deadline_ms;           /* for the whole call; 0 for HOST_DEADLINE_DEFAULT_MS */
    int silence_ms;            /* the longest gap between two messages; 0 for no such limit */
    struct job_cancel *cancel; /* borrowed, may be NULL */
    void (*progress)(void *context,
                     const struct wire *message); /* may be NULL; called on the caller's thread */
    void *progress_context;
};
enum { HOST_DEADLINE_DEFAULT_MS = 10000, HOST_CANCEL_GRACE_MS = 2000 };

struct host;

/* The host is known; the helper is started by the first call. All settings are copied.
 * Returns: NO_MEMORY.
 * Owns: the caller, who closes it. */
enum status host_open(const struct host_settings *settings, struct host **out);

/* The helper is gone and reaped, the memory given back. NULL is allowed.
 * Time: an idle helper leaves at once, another is killed after half a second. */
void host_close(struct host *host);

/* One request is answered by one reply. A helper that is not running is started first, unless its pause still
 * runs. Returns: the status the service replied with, and beside it LOST (the helper died, or is down and its
 * pause still runs: at once), TIMED_OUT (a deadline passed; the helper was killed), CANCELLED (the service
 * said so, or did not end within HOST_CANCEL_GRACE_MS and was killed), MALFORMED (the helper broke the
 * protocol; killed), UNSUPPORTED (another version, or no such kind), IO (cannot start). Owns: the caller
 * releases both messages; the reply's fields are there for every status a service gives, so that a refusal
 * can carry data. Thread: one at a time, see the pitfall above. Time: until the deadline plus the grace;
 * cancelled by terms->cancel, looked at every 20 ms. After failure: LOST and TIMED_OUT leave open whether the
 * act happened; inquire. */
enum status host_call(struct host *host, const struct wire *request, struct wire *reply,
                      const struct host_terms *terms, struct failure *failure);

/* How often the helper was started; a caller that keeps state in the helper (an open scanner) compares it.
 * Returns: 0 before the first start. */
unsigned host_generation(const struct host *host);

/* How helpers ended that were given up. */
struct host_ends {
    unsigned count;
    int last_wait_status; /* of waitpid, for WIFSIGNALED and the like; says nothing while count is 0 */
};

/* The ends so far; one that left by itself when the host was closed is none. For tests. */
struct host_ends host_ends(const struct host *host);

/* The helper's process id, 0 when none runs; for logs and tests. */
pid_t host_pid(const struct host *host);

#endif
