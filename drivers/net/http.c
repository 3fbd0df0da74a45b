#include "drivers/net/http.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "kiosk/base/check.h"
#include "kiosk/base/limits.h"

struct http {
    const struct http_ops *ops;
    void *context; /* owned */
};

void http_reply_init(struct http_reply *reply)
{
    reply->code = 0;
    buf_init(&reply->headers, LIMIT_HTTP_HEADER_BYTES);
    buf_init(&reply->body, LIMIT_HTTP_REPLY_BYTES);
}

void http_reply_release(struct http_reply *reply)
{
    if (reply == NULL)
        return;
    buf_release(&reply->headers);
    buf_release(&reply->body);
    reply->code = 0;
}

/* Whether the line is "name: value"; its trimmed value is then handed out. */
static bool line_value(const char *line, size_t length, const char *name, const char **value,
                       size_t *value_length)
{
    size_t name_length = strlen(name);
    if (length <= name_length || line[name_length] != ':' || strncasecmp(line, name, name_length) != 0)
        return false;
    const char *start = line + name_length + 1;
    const char *end = line + length;
    while (start < end && (*start == ' ' || *start == '\t'))
        start++;
    while (end > start && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r'))
        end--;
    *value = start;
    *value_length = (size_t)(end - start);
    return true;
}

enum status http_reply_header(const struct http_reply *reply, const char *name, char *out, size_t size)
{
    const char *line = (const char *)reply->headers.data;
    size_t left = reply->headers.length;
    while (left > 0) {
        const char *feed = memchr(line, '\n', left);
        size_t length = feed == NULL ? left : (size_t)(feed - line);
        const char *value = NULL;
        size_t value_length = 0;
        if (line_value(line, length, name, &value, &value_length)) {
            if (value_length >= size)
                return STATUS_FULL;
            memcpy(out, value, value_length);
            out[value_length] = '\0';
            return STATUS_OK;
        }
        length += feed == NULL ? 0 : 1;
        line += length;
        left -= length;
    }
    return STATUS_NOT_FOUND;
}

enum status http_new_take(const struct http_ops *ops, void *context, struct http **out)
{
    struct http *http = calloc(1, sizeof(*http));
    if (http == NULL)
        return STATUS_NO_MEMORY;
    *http = (struct http){.ops = ops, .context = context};
    *out = http;
    return STATUS_OK;
}

enum status http_request(struct http *http, const struct http_request *request, struct http_reply *reply,
                         struct failure *failure)
{
    check(request->timeout_ms > 0);
    check(request->url != NULL && request->method != NULL);
    http_reply_release(reply);
    http_reply_init(reply);
    if (job_cancel_is_requested(request->cancel))
        return failure_set(failure, STATUS_CANCELLED, "http_request", 0, "cancelled before sending");
    enum status status = http->ops->request(http->context, request, reply, failure);
    if (status != STATUS_OK) {
        http_reply_release(reply);
        http_reply_init(reply);
    }
    return status;
}

void http_free(struct http *http)
{
    if (http == NULL)
        return;
    http->ops->free(http->context);
    free(http);
}
