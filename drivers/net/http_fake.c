#include "drivers/net/http_fake.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/limits.h"

enum { ANSWERS = 64, URL_BYTES = 4096 };

struct answer {
    enum status status;
    int code;
    struct buf body;
};

struct http_fake {
    struct answer answers[ANSWERS]; /* a ring */
    size_t first;
    size_t waiting;
    http_fake_handler handler;
    void *handler_context; /* borrowed */
    size_t count;
    struct buf last_url;
    struct buf last_body;
};

static enum status answer_next(struct http_fake *fake, struct http_reply *reply, struct failure *failure)
{
    if (fake->waiting == 0)
        return failure_set(failure, STATUS_LOST, "http_fake", 0, "no answer is waiting");
    struct answer *answer = &fake->answers[fake->first];
    fake->first = (fake->first + 1) % ANSWERS;
    fake->waiting--;
    enum status status = answer->status;
    reply->code = answer->code;
    if (status == STATUS_OK)
        status = buf_append(&reply->body, answer->body.data, answer->body.length);
    else
        (void)failure_set(failure, status, "http_fake", 0, "scripted");
    buf_release(&answer->body);
    return status;
}

static enum status fake_request(void *context, const struct http_request *request, struct http_reply *reply,
                                struct failure *failure)
{
    struct http_fake *fake = context;
    fake->count++;
    buf_clear(&fake->last_url);
    buf_clear(&fake->last_body);
    enum status status = buf_append_text(&fake->last_url, request->url);
    if (status == STATUS_OK)
        status = buf_append(&fake->last_body, request->body, request->body_length);
    if (status != STATUS_OK)
        return status;
    if (fake->handler != NULL)
        return fake->handler(fake->handler_context, request, reply, failure);
    return answer_next(fake, reply, failure);
}

static void fake_free(void *context)
{
    struct http_fake *fake = context;
    for (size_t i = 0; i < ANSWERS; i++)
        buf_release(&fake->answers[i].body);
    buf_release(&fake->last_url);
    buf_release(&fake->last_body);
    free(fake);
}

static const struct http_ops fake_ops = {.request = fake_request, .free = fake_free};

enum status http_fake_new(struct http **http, struct http_fake **out)
{
    struct http_fake *fake = calloc(1, sizeof(*fake));
    if (fake == NULL)
        return STATUS_NO_MEMORY;
    buf_init(&fake->last_url, URL_BYTES);
    buf_init(&fake->last_body, LIMIT_HTTP_REPLY_BYTES);
    enum status status = http_new_take(&fake_ops, fake, http);
    if (status != STATUS_OK) {
        fake_free(fake);
        return status;
    }
    *out = fake;
    return STATUS_OK;
}

enum status http_fake_push(struct http_fake *fake, enum status status, int code, const void *body,
                           size_t length)
{
    if (fake->waiting == ANSWERS)
        return STATUS_FULL;
    struct answer *answer = &fake->answers[(fake->first + fake->waiting) % ANSWERS];
    *answer = (struct answer){.status = status, .code = code};
    buf_init(&answer->body, LIMIT_HTTP_REPLY_BYTES);
    enum status copied = buf_append(&answer->body, body, length);
    if (copied == STATUS_OK)
        fake->waiting++;
    return copied;
}

void http_fake_handle(struct http_fake *fake, http_fake_handler handler, void *context)
{
    fake->handler = handler;
    fake->handler_context = context;
}

size_t http_fake_count(const struct http_fake *fake)
{
    return fake->count;
}

const char *http_fake_last_url(const struct http_fake *fake)
{
    return fake->last_url.data == NULL ? "" : (const char *)fake->last_url.data;
}

const struct buf *http_fake_last_body(const struct http_fake *fake)
{
    return &fake->last_body;
}
