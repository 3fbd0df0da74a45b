/* CA server: the embedded CA's unix socket, one call per connection, one call at a time.
 *
 * Only processes of the same user get in (the socket is 0600). A client that sends half a frame loses its
 * connection after a second, and only delays the others by that. Calls are taken in the order they connected,
 * so an inquiry never overtakes the request it is about, even when that one's client has given up. Pitfall:
 * the lock on the directory, not the socket, keeps a second server out; the socket file is replaced.
 */
#ifndef DRIVERS_AUTHORITY_CA_CA_SERVER_H
#define DRIVERS_AUTHORITY_CA_CA_SERVER_H

#include "kiosk/base/clock.h"
#include "kiosk/base/failure.h"

/* Calls are answered until SIGTERM or SIGINT; "certca ready ..." is printed on standard output once they are.
 * Returns: OK after a signal; BUSY when another server has the directory; otherwise as ca_desk_open, IO.
 * Time: until the signal. */
enum status ca_server_run(const char *dir, const char *socket_path, const char *crl_file,
                          const struct clock *clock, struct failure *failure);

#endif
