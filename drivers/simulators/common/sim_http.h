/* Sim http: the HTTP server every simulator stands on, bound to 127.0.0.1 only.
 *
 * Each connection has its own thread, so that a delayed answer delays nobody else; handlers themselves run
 * one at a time under the server's lock, so that a simulator needs no lock of its own. Delays and broken
 * answers happen outside the lock, after the work was done. Pitfall: a handler must not wait; it asks for
 * `delay_ms` in its reply instead.
 */
#ifndef DRIVERS_SIMULATORS_COMMON_SIM_HTTP_H
#define DRIVERS_SIMULATORS_COMMON_SIM_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/failure.h"

struct sim_http;

struct sim_http_request {
    const char *method;    /* "GET", "POST" and so on */
    const char *path;      /* percent-decoded, without the query */
    const char *raw_query; /* after the '?', as sent; "" when there is none */
    const uint8_t *body;   /* NUL-terminated past length */
    size_t body_length;
    void *connection; /* the server's own */
};

/* The value of a header (any case). Returns: NULL when missing. Owns: borrowed for the handler's call. */
const char *sim_http_header(const struct sim_http_request *request, const char *name);

/* The decoded value of a parameter of the query. Returns: NULL when missing. Owns: as above. */
const char *sim_http_query(const struct sim_http_request *request, const char *name);

/* The decoded value of a form text's field ("a=b&c=d", application/x-www-form-urlencoded) is copied with a
 * NUL. Returns: NOT_FOUND, FULL, MALFORMED (a broken escape). */
enum status sim_http_form_field(const char *form, size_t length, const char *name, char *out, size_t size);

enum { SIM_HTTP_HEADERS = 8 };

struct sim_http_reply {
    int code;                 /* 200 unless the handler changes it */
    const char *content_type; /* static text; NULL means text/plain */
    struct {
        const char *name; /* static text */
        char value[512];
    } headers[SIM_HTTP_HEADERS]; /* further headers; the first without a name ends the list */
    struct buf body;             /* at most 64 MiB */
    int64_t delay_ms;            /* waits before answering, without holding the lock */
    bool drop;                   /* the connection is closed without an answer */
    bool twice;           /* handled once more, as when a network delivers twice; the second answer is sent */
    int64_t cut_at_bytes; /* the connection is closed after this much of the body; negative: whole body */
};

/* Fills the reply of one request. Thread: one at a time, under the server's lock. */
typedef void (*sim_http_handler)(void *context, const struct sim_http_request *request,
                                 struct sim_http_reply *reply);

struct sim_http_settings {
    uint16_t port;            /* 0 lets the system choose */
    size_t body_limit_bytes;  /* longer requests are answered 413; 0 means 1 MiB */
    sim_http_handler handler; /* everything outside /control/ */
    sim_http_handler control; /* /control/...; NULL answers 404. sim_control.h offers one */
    void *context;            /* handed to both */
};

/* The server listens on 127.0.0.1.
 * Returns: IO (port taken), NO_MEMORY. Owns: the caller stops it with sim_http_stop. */
enum status sim_http_start(const struct sim_http_settings *settings, struct sim_http **out,
                           struct failure *failure);

/* The port it listens on. */
uint16_t sim_http_port(const struct sim_http *server);

/* The server's lock is held or let go, for work outside handlers (timers of a simulator). Thread: not a
 * handler's. */
void sim_http_lock(struct sim_http *server);
void sim_http_unlock(struct sim_http *server);

/* No request is served any more and all its threads have ended; delays are cut short. NULL is allowed. */
void sim_http_stop(struct sim_http *server);

/* The formatted text is the reply's body, with this code and content type. */
void sim_http_answer(struct sim_http_reply *reply, int code, const char *content_type, const char *format,
                     ...) __attribute__((format(printf, 4, 5)));

#endif
