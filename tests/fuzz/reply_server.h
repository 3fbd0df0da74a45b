/* Reply server: a peer on 127.0.0.1 that answers with seed replies, or with mutations of them when told so.
 *
 * For parsers that live in libraries behind a socket, where a fuzz target cannot call them. One thread, one
 * connection after another, one reply each; the same order of requests gets the same replies in every run.
 * The seed is the first whose file name is in the request line, otherwise the seeds take turns. Pitfall: a
 * connection that is kept silent ends when the peer hangs up, and after REPLY_SERVER_HOLD_MS at the latest.
 */
#ifndef TESTS_FUZZ_REPLY_SERVER_H
#define TESTS_FUZZ_REPLY_SERVER_H

#include <stdint.h>

enum { REPLY_SERVER_HOLD_MS = 10000 };

struct reply_server;

/* The server listens and answers well. `seed_folder` holds one whole HTTP reply a file. Aborts the test on
 * failure. Owns: the caller, who stops it. */
struct reply_server *reply_server_start(const char *seed_folder);

/* The port it listens at. */
uint16_t reply_server_port(const struct reply_server *server);

/* From the next connection on the replies are mutations, the first with this number, each next with the next.
 * `only` is the one seed that is mutated, NULL for all; it is borrowed until the next call. */
void reply_server_mutate(struct reply_server *server, uint32_t number, const char *only);

/* From the next connection on the replies are the seeds. */
void reply_server_behave(struct reply_server *server);

/* How many connections were kept silent so far. Thread: any. */
unsigned reply_server_silences(struct reply_server *server);

/* The server is gone; a connection it holds is closed. NULL is allowed. */
void reply_server_stop(struct reply_server *server);

#endif
