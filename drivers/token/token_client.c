/* The contract over the driver host: requests out, replies in. No vendor header is met here. */
#include "drivers/token/token_client.h"

#include <stdlib.h>
#include <string.h>

#include "drivers/host/host.h"
#include "drivers/token/token_request.h"
#include "drivers/token/token_wire.h"

enum { WAIT_MARGIN_MS = 10000 };

struct client {
    struct host *host;
    int deadline_ms;
};

/* How long a real key may take; the slowest seen in the field make an RSA key in over half a minute. */
static int verb_deadline_ms(enum token_verb verb)
{
    switch (verb) {
    case TOKEN_VERB_FORMAT:
    case TOKEN_VERB_WRITE_CERTIFICATE:
    case TOKEN_VERB_WRITE_DATA:
    case TOKEN_VERB_DESTROY:
    case TOKEN_VERB_IMPORT_ENVELOPED:
        return 30000;
    case TOKEN_VERB_GENERATE:
        return 90000;
    case TOKEN_VERB_LOOK:
    case TOKEN_VERB_WAIT:
    case TOKEN_VERB_PUBLIC_KEY:
    case TOKEN_VERB_CHECK_KEY:
    case TOKEN_VERB_SIGN:
    case TOKEN_VERB_READ_CERTIFICATE:
    case TOKEN_VERB_SET_PIN:
    case TOKEN_VERB_VERIFY_PIN:
    case TOKEN_VERB_UNLOCK_PIN:
    case TOKEN_VERB_LIST:
    case TOKEN_VERB_DECRYPT:
    case TOKEN_VERB_READ_DATA:
    case TOKEN_VERB_COUNT_:
        break;
    }
    return 15000;
}

static void client_close(void *context)
{
    struct client *client = context;
    if (client == NULL)
        return;
    host_close(client->host);
    free(client);
}

static enum status client_open(const struct token_settings *settings, void **context, struct failure *failure)
{
    if (settings->host_program == NULL || settings->module == NULL || settings->module[0] == 0)
        return failure_set(failure, STATUS_CONFIG, "token_client", 0, "host program and module must be set");
    const char *arguments[] = {"--module", settings->module, settings->slot != NULL ? "--slot" : NULL,
                               settings->slot, NULL};
    struct client *client = calloc(1, sizeof(*client));
    if (client == NULL)
        return STATUS_NO_MEMORY;
    client->deadline_ms = settings->deadline_ms;
    const struct host_settings host = {
        .program = settings->host_program, .kind = "token", .arguments = arguments, .clock = settings->clock};
    enum status status = host_open(&host, &client->host);
    if (status != STATUS_OK) {
        client_close(client);
        return status;
    }
    *context = client;
    return STATUS_OK;
}

static struct host_terms make_terms(const struct client *client, const struct token_request *request,
                                    struct job_cancel *cancel)
{
    struct host_terms terms = {.deadline_ms = client->deadline_ms, .cancel = cancel};
    if (terms.deadline_ms <= 0)
        terms.deadline_ms = verb_deadline_ms(request->verb);
    if (request->verb == TOKEN_VERB_WAIT)
        terms.deadline_ms +=
            request->wait_ms < INT32_MAX - 2 * WAIT_MARGIN_MS ? request->wait_ms : WAIT_MARGIN_MS;
    return terms;
}

static enum status client_perform(void *context, const struct token_request *request,
                                  struct job_cancel *cancel, struct token_reply *reply,
                                  struct failure *failure)
{
    struct client *client = context;
    struct host_terms terms = make_terms(client, request, cancel);
    struct wire question;
    struct wire answer;
    wire_init(&answer, 0);
    enum status status = token_wire_put_request(&question, request);
    if (status == STATUS_OK)
        status = host_call(client->host, &question, &answer, &terms, failure);
    if (status == STATUS_OK) {
        status = token_wire_get_reply(&answer, request->verb, reply);
        if (status != STATUS_OK)
            status = failure_set(failure, status, "token_client", 0, "the helper's reply cannot be read");
    }
    wire_release(&question);
    wire_release(&answer);
    return status;
}

const struct token_driver token_client_driver = {
    .name = "pkcs11", .open = client_open, .close = client_close, .perform = client_perform};

pid_t token_client_host_pid(const struct token *token)
{
    const struct client *client = token_driver_context(token, &token_client_driver);
    return client != NULL ? host_pid(client->host) : 0;
}
