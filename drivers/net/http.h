/* Http: one request over HTTP/1.1 (RFC 9110, 9112), lent to whatever talks to a service: payment, SMS, later
 * CMP.
 *
 * It carries bytes and judges nothing: any status code with a whole reply is STATUS_OK. It follows no
 * redirect, keeps no cookie, retries nothing and ignores proxies of the environment. Signing and reading
 * bodies is the caller's business, and no caller may assume that TLS was used. Pitfall: only LOST, CANCELLED
 * and CONFIG promise that nothing was sent. After every other failure the peer may have done the work:
 * inquire, never repeat blindly.
 */
#ifndef DRIVERS_NET_HTTP_H
#define DRIVERS_NET_HTTP_H

#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/failure.h"
#include "kiosk/base/job.h"

struct http_header {
    const char *name;
    const char *value;
};

struct http_request {
    const char *method; /* "GET" or "POST" */
    const char *url;    /* http:// or https:// */
    const struct http_header *headers;
    size_t header_count;
    const void *body; /* may be NULL when body_length is 0 */
    size_t body_length;
    int64_t timeout_ms;              /* for the whole exchange, from now; above 0 */
    const struct job_cancel *cancel; /* may be NULL */
};

struct http_reply {
    int code;           /* as in the status line, 200 and so on */
    struct buf headers; /* the header lines as received, "name: value\r\n", at most LIMIT_HTTP_HEADER_BYTES */
    struct buf body;    /* at most LIMIT_HTTP_REPLY_BYTES */
};

/* The reply is empty with the ceilings of limits.h. Owns: the caller, who releases it. */
void http_reply_init(struct http_reply *reply);

/* The memory is given back; safe on a zeroed reply. */
void http_reply_release(struct http_reply *reply);

/* The value of the first header line with this name (any case) is copied without surrounding spaces.
 * Returns: NOT_FOUND, FULL when it does not fit. */
enum status http_reply_header(const struct http_reply *reply, const char *name, char *out, size_t size);

struct http;

/* What an implementation offers. */
struct http_ops {
    /* Must. As http_request; one call at a time per object unless the implementation says otherwise. */
    enum status (*request)(void *context, const struct http_request *request, struct http_reply *reply,
                           struct failure *failure);
    /* Must. The context is gone. */
    void (*free)(void *context);
};

/* A transport over these functions; called by implementations only.
 * Returns: NO_MEMORY, and then the context is still the caller's.
 * Owns: the transport takes the context and ends it with ops->free. */
enum status http_new_take(const struct http_ops *ops, void *context, struct http **out);

/* The request was sent and its reply stands in *reply, which is cleared first.
 * Returns: OK for any whole reply, whatever its code; LOST (refused, unreachable, no such host, connecting
 * timed out), CANCELLED, CONFIG (bad URL, untrusted certificate): nothing was sent. TIMED_OUT, UNKNOWN
 * (connection broken, not HTTP, cancelled after sending), FULL (reply over a ceiling), NO_MEMORY: it may have
 * been done. Owns: the caller releases *reply, also after failure. The request is borrowed for the call.
 * Thread: the curl implementation any, several at once; the fake one at a time.
 * Time: until request->timeout_ms; the cancel object is looked at about ten times a second.
 * After failure: *reply is empty. */
enum status http_request(struct http *http, const struct http_request *request, struct http_reply *reply,
                         struct failure *failure);

/* The transport is gone; NULL is allowed. */
void http_free(struct http *http);

struct http_curl_settings {
    const char *ca_file;        /* PEM bundle of trusted roots; NULL or "" means the system's */
    int64_t connect_timeout_ms; /* 0 means 5000 */
};

/* A transport over libcurl.
 * Returns: NO_MEMORY, CONFIG (libcurl could not start). Owns: the caller frees it with http_free.
 * Thread: the first call of a process before other threads start. */
enum status http_curl_new(const struct http_curl_settings *settings, struct http **out);

#endif
