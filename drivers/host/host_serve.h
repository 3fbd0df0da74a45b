/* Host serve: the helper's end of the host: a loop that reads requests and lets one service answer them.
 *
 * One request at a time, on one thread. It ends when the product closes its end of the socket. It does not
 * protect the service from the vendor: a hang or crash is dealt with from outside (host.h).
 * Pitfall: a service must not keep a secret from a request past its handle function; requests are wiped
 * behind it.
 */
#ifndef DRIVERS_HOST_HOST_SERVE_H
#define DRIVERS_HOST_HOST_SERVE_H

#include <stdbool.h>

#include "kiosk/base/failure.h"
#include "kiosk/base/wire.h"

/* The conversation about one request, handed to the service for the time of the handle function. */
struct host_turn;

/* The message goes to the caller before the reply; its type is set to HOST_PROGRESS.
 * Returns: LOST when the product is gone: stop working. Time: until the product has room for it. */
enum status host_turn_progress(struct host_turn *turn, struct wire *message);

/* Whether the caller wants the request to end, or is gone. Ask between steps and at least every second. */
bool host_turn_is_cancelled(struct host_turn *turn);

/* What one kind of device can do inside the helper. */
struct host_service {
    const char *kind;
    /* The service is ready for requests. It must not fail for a device that is not there, only for arguments
     * it does not understand. Returns: CONFIG, NO_MEMORY. Owns: *context is the service's, given back by
     * close. */
    enum status (*open)(int argument_count, char *const *arguments, void **context, struct failure *failure);
    /* One request is answered: fields into `reply` (its type is set by the loop), detail into `failure`.
     * Returns: any status; it travels to the caller as it is. */
    enum status (*handle)(void *context, struct host_turn *turn, const struct wire *request,
                          struct wire *reply, struct failure *failure);
    /* Everything is given back; context may be NULL. */
    void (*close)(void *context);
};

/* Requests are served on the socket until the product closes it.
 * Returns: OK at the end of the conversation; UNSUPPORTED for another version or kind; MALFORMED, IO.
 * Owns: the socket stays the caller's. */
enum status host_serve(int fd, const struct host_service *service, int argument_count,
                       char *const *arguments);

#endif
