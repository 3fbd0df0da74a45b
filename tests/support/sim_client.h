/* Sim client: a simulator as a real process, and its control interface over a plain socket.
 *
 * For tests of drivers that talk HTTP; shares nothing with drivers/net, so that the transport under test is
 * never its own judge. Pitfall: every simulator started must be stopped, or its port lives on until the test
 * ends.
 */
#ifndef TESTS_SUPPORT_SIM_CLIENT_H
#define TESTS_SUPPORT_SIM_CLIENT_H

#include <stdint.h>
#include <sys/types.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/json.h"

enum { SIM_CLIENT_ARGUMENTS = 24 };

struct sim_client {
    pid_t pid;
    uint16_t port;
};

/* The program runs with these arguments (NULL last) and listens; it dies with the test.
 * `dir` is where its port file is put. Returns: nothing; a simulator that does not start stops the test. */
void sim_client_start(struct sim_client *client, const char *dir, const char *program,
                      const char *const *arguments);

/* The simulator got this signal and is gone; safe on a zeroed client. */
void sim_client_stop(struct sim_client *client, int number);

/* The request was made and its body stands in *body (initialised here).
 * Returns: the HTTP code, 0 when there was no whole answer. Owns: the caller releases *body. */
int sim_client_request(const struct sim_client *client, const char *method, const char *path,
                       struct buf *body);

/* POST to this path and query. Returns: the HTTP code. */
int sim_client_post(const struct sim_client *client, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The next `count` calls of this method end like this, or no call does any more. A simulator that refuses
 * stops the test. */
void sim_client_fault(const struct sim_client *client, const char *method, const char *kind,
                      const char *argument, int count);
void sim_client_clear(const struct sim_client *client);

/* GET of this path as a document. Returns: NULL for anything but 200 and JSON. Owns: the caller. */
struct json *sim_client_get(const struct sim_client *client, const char *path);

#endif
