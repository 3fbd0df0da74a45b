/* Http fake: a transport that answers from a script, for tests of whatever talks HTTP.
 *
 * It opens no socket and keeps what was asked. A handler answers each request; without one the queued answers
 * are given in order, and an empty queue answers LOST like an unplugged cable. Pitfall: remote control and
 * requests must not run at the same time on two threads.
 */
#ifndef DRIVERS_NET_HTTP_FAKE_H
#define DRIVERS_NET_HTTP_FAKE_H

#include "drivers/net/http.h"

struct http_fake;

/* Answers one request: status and *reply as http_request promises. */
typedef enum status (*http_fake_handler)(void *context, const struct http_request *request,
                                         struct http_reply *reply, struct failure *failure);

/* A scripted transport and its remote control.
 * Returns: NO_MEMORY. Owns: the caller frees *http with http_free; *fake lives as long as *http. */
enum status http_fake_new(struct http **http, struct http_fake **fake);

/* The next unanswered request gets this status, code and body (copied).
 * Returns: FULL beyond 64 waiting answers, NO_MEMORY. */
enum status http_fake_push(struct http_fake *fake, enum status status, int code, const void *body,
                           size_t length);

/* Every request is answered by the handler from now on; NULL goes back to the queue.
 * Owns: the context is borrowed until replaced. */
void http_fake_handle(struct http_fake *fake, http_fake_handler handler, void *context);

/* How many requests were made so far. */
size_t http_fake_count(const struct http_fake *fake);

/* The last request's URL and body as they were handed over. Owns: borrowed until the next request;
 * NUL-terminated. */
const char *http_fake_last_url(const struct http_fake *fake);
const struct buf *http_fake_last_body(const struct http_fake *fake);

#endif
