/* A terminal without a key writer: always absent, which is a normal state. */
#include <poll.h>

#include "drivers/token/token_request.h"

enum { LOOK_MS = 50 };

static enum status none_open(const struct token_settings *settings, void **context, struct failure *failure)
{
    (void)settings;
    (void)failure;
    *context = NULL;
    return STATUS_OK;
}

static void none_close(void *context)
{
    (void)context;
}

static enum status none_perform(void *context, const struct token_request *request, struct job_cancel *cancel,
                                struct token_reply *reply, struct failure *failure)
{
    (void)context;
    if (request->verb != TOKEN_VERB_LOOK && request->verb != TOKEN_VERB_WAIT)
        return failure_set(failure, STATUS_LOST, "token_none", 0, "this terminal has no key writer");
    reply->info = (struct token_info){.presence = TOKEN_ABSENT, .insertion = 1, .free_bytes = -1};
    if (request->verb == TOKEN_VERB_LOOK || request->insertion != reply->info.insertion)
        return STATUS_OK;
    for (int left_ms = request->wait_ms; left_ms > 0; left_ms -= LOOK_MS) {
        if (job_cancel_is_requested(cancel))
            return STATUS_CANCELLED;
        (void)poll(NULL, 0, left_ms < LOOK_MS ? left_ms : LOOK_MS);
    }
    return STATUS_OK;
}

const struct token_driver token_none_driver = {
    .name = "none", .open = none_open, .close = none_close, .perform = none_perform};
