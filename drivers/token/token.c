#include "drivers/token/token.h"

#include <stdlib.h>
#include <string.h>

#include "drivers/token/token_request.h"
#include "kiosk/base/check.h"
#include "kiosk/base/text.h"

struct token {
    const struct token_driver *driver;
    void *context;
};

/* The only list of drivers. */
static const struct token_driver *const drivers[] = {&token_client_driver, &token_fake_driver,
                                                     &token_none_driver};

enum status token_open(const struct token_settings *settings, struct token **out, struct failure *failure)
{
    const struct token_driver *driver = NULL;
    for (size_t i = 0; i < sizeof(drivers) / sizeof(drivers[0]) && settings->driver != NULL; i++) {
        if (strcmp(drivers[i]->name, settings->driver) == 0)
            driver = drivers[i];
    }
    if (driver == NULL)
        return failure_set(failure, STATUS_CONFIG, "token_open", 0, "no token driver of this name");
    struct token *token = calloc(1, sizeof(*token));
    if (token == NULL)
        return STATUS_NO_MEMORY;
    token->driver = driver;
    enum status status = driver->open(settings, &token->context, failure);
    if (status != STATUS_OK) {
        free(token);
        return status;
    }
    *out = token;
    return STATUS_OK;
}

enum status token_open_take(const struct token_driver *driver, void *context, struct token **out)
{
    struct token *token = calloc(1, sizeof(*token));
    if (token == NULL) {
        driver->close(context);
        return STATUS_NO_MEMORY;
    }
    token->driver = driver;
    token->context = context;
    *out = token;
    return STATUS_OK;
}

void token_close(struct token *token)
{
    if (token == NULL)
        return;
    token->driver->close(token->context);
    free(token);
}

void *token_driver_context(const struct token *token, const struct token_driver *driver)
{
    return token->driver == driver ? token->context : NULL;
}

/* --- the contract's calls as requests ------------------------------------------------------------------ */

/* One request and its reply; every call below fills the first, performs, and copies out of the second. */
struct call {
    struct token_request request;
    struct token_reply reply;
    enum status status; /* of the preparation; the act is not tried unless OK */
};

static void call_init(struct call *call, enum token_verb verb, const struct token_identity *expected)
{
    memset(&call->request, 0, sizeof(call->request));
    call->request.verb = verb;
    if (verb != TOKEN_VERB_LOOK && verb != TOKEN_VERB_WAIT) {
        check(expected != NULL);
        call->request.expected = *expected;
    }
    call->status = STATUS_OK;
    token_reply_init(&call->reply);
}

static void call_set_pin(struct call *call, struct secret *to, const struct secret *from)
{
    check(from != NULL);
    if (call->status == STATUS_OK)
        call->status = from->length == 0 || from->length > SECRET_BYTES
                           ? STATUS_MALFORMED
                           : secret_set(to, from->bytes, from->length);
}

static void call_set_login(struct call *call, const struct secret *pin)
{
    call_set_pin(call, &call->request.pin, pin);
    call->request.has_pin = true;
}

static void call_set_data(struct call *call, const void *data, size_t length)
{
    if (call->status == STATUS_OK && length > TOKEN_DATA_BYTES)
        call->status = STATUS_FULL;
    call->request.data = data;
    call->request.data_length = length;
}

static enum status call_perform(struct call *call, struct token *token, struct job_cancel *cancel,
                                struct failure *failure)
{
    if (call->status != STATUS_OK)
        return failure_set(failure, call->status, "token", 0, "a PIN or data of a length no key takes");
    return token->driver->perform(token->context, &call->request, cancel, &call->reply, failure);
}

/* Ends a call that hands nothing out. */
static enum status call_release(struct call *call, enum status status)
{
    token_request_release(&call->request);
    token_reply_release(&call->reply);
    return status;
}

enum status token_look(struct token *token, struct token_info *out, struct failure *failure)
{
    struct call call;
    call_init(&call, TOKEN_VERB_LOOK, NULL);
    enum status status = call_perform(&call, token, NULL, failure);
    if (status == STATUS_OK)
        *out = call.reply.info;
    return call_release(&call, status);
}

enum status token_wait(struct token *token, uint64_t insertion, int wait_ms, struct job_cancel *cancel,
                       struct token_info *out, struct failure *failure)
{
    struct call call;
    call_init(&call, TOKEN_VERB_WAIT, NULL);
    call.request.insertion = insertion;
    call.request.wait_ms = wait_ms > 0 ? wait_ms : 0;
    enum status status = call_perform(&call, token, cancel, failure);
    if (status == STATUS_OK)
        *out = call.reply.info;
    return call_release(&call, status);
}

enum status token_format(struct token *token, const struct token_identity *expected,
                         const struct token_format *format, struct token_identity *out,
                         struct failure *failure)
{
    struct call call;
    call_init(&call, TOKEN_VERB_FORMAT, expected);
    check(strlen(format->mark) == TOKEN_MARK_CHARACTERS);
    memcpy(call.request.mark, format->mark, sizeof(call.request.mark));
    if (format->title != NULL)
        check(text_copy(call.request.name, sizeof(call.request.name), format->title));
    call.request.may_erase = format->may_erase;
    call_set_login(&call, format->so_pin);
    call_set_pin(&call, &call.request.new_pin, format->transport_pin);
    enum status status = call_perform(&call, token, NULL, failure);
    if (status == STATUS_OK)
        *out = call.reply.identity;
    return call_release(&call, status);
}

static enum status generate(struct token *token, const struct token_identity *expected,
                            const struct secret *pin, enum token_role role, enum token_algorithm algorithm,
                            bool unwraps, const struct token_key_id *id, struct job_cancel *cancel,
                            struct token_public_key *out, struct failure *failure)
{
    struct call call;
    call_init(&call, TOKEN_VERB_GENERATE, expected);
    check(id->length > 0);
    call.request.role = role;
    call.request.algorithm = algorithm;
    call.request.unwraps = unwraps;
    call.request.id = *id;
    call_set_login(&call, pin);
    enum status status = call_perform(&call, token, cancel, failure);
    if (status == STATUS_OK)
        *out = call.reply.public_key;
    return call_release(&call, status);
}

/* The object that is meant: of this role, and under this id when one is given. */
static void call_set_object(struct call *call, enum token_role role, const struct token_key_id *id)
{
    call->request.role = role;
    if (id == NULL)
        return;
    check(id->length > 0);
    call->request.id = *id;
}

enum status token_generate(struct token *token, const struct token_identity *expected,
                           const struct secret *pin, enum token_role role, enum token_algorithm algorithm,
                           const struct token_key_id *id, struct job_cancel *cancel,
                           struct token_public_key *out, struct failure *failure)
{
    return generate(token, expected, pin, role, algorithm, false, id, cancel, out, failure);
}

enum status token_generate_unwrapping(struct token *token, const struct token_identity *expected,
                                      const struct secret *pin, enum token_role role,
                                      enum token_algorithm algorithm, const struct token_key_id *id,
                                      struct job_cancel *cancel, struct token_public_key *out,
                                      struct failure *failure)
{
    return generate(token, expected, pin, role, algorithm, true, id, cancel, out, failure);
}

enum status token_public_key(struct token *token, const struct token_identity *expected, enum token_role role,
                             const struct token_key_id *id, struct token_public_key *out,
                             struct failure *failure)
{
    struct call call;
    call_init(&call, TOKEN_VERB_PUBLIC_KEY, expected);
    call_set_object(&call, role, id);
    enum status status = call_perform(&call, token, NULL, failure);
    if (status == STATUS_OK)
        *out = call.reply.public_key;
    return call_release(&call, status);
}

enum status token_check_key(struct token *token, const struct token_identity *expected,
                            const struct secret *pin, const struct token_key_id *id,
                            struct token_key_check *out, struct failure *failure)
{
    struct call call;
    call_init(&call, TOKEN_VERB_CHECK_KEY, expected);
    call.request.id = *id;
    call_set_login(&call, pin);
    enum status status = call_perform(&call, token, NULL, failure);
    if (status == STATUS_OK)
        *out = call.reply.check;
    return call_release(&call, status);
}

/* Data goes to the private key under an id, other data comes back. */
static enum status use_key(struct token *token, enum token_verb verb, const struct token_identity *expected,
                           const struct secret *pin, const struct token_key_id *id, const void *data,
                           size_t length, struct buf *out, struct failure *failure)
{
    struct call call;
    call_init(&call, verb, expected);
    call.request.id = *id;
    call_set_login(&call, pin);
    call_set_data(&call, data, length);
    enum status status = call_perform(&call, token, NULL, failure);
    if (status == STATUS_OK)
        status = buf_append(out, call.reply.data.data, call.reply.data.length);
    return call_release(&call, status);
}

enum status token_sign(struct token *token, const struct token_identity *expected, const struct secret *pin,
                       const struct token_key_id *id, const void *data, size_t length, struct buf *signature,
                       struct failure *failure)
{
    return use_key(token, TOKEN_VERB_SIGN, expected, pin, id, data, length, signature, failure);
}

enum status token_decrypt(struct token *token, const struct token_identity *expected,
                          const struct secret *pin, const struct token_key_id *id, const void *data,
                          size_t length, struct buf *plain, struct failure *failure)
{
    return use_key(token, TOKEN_VERB_DECRYPT, expected, pin, id, data, length, plain, failure);
}

static enum status send_bytes(struct token *token, enum token_verb verb,
                              const struct token_identity *expected, const struct secret *pin,
                              enum token_role role, const struct token_key_id *id, const void *bytes,
                              size_t length, struct failure *failure)
{
    struct call call;
    call_init(&call, verb, expected);
    check(id->length > 0);
    call.request.role = role;
    call.request.id = *id;
    call_set_login(&call, pin);
    call_set_data(&call, bytes, length);
    return call_release(&call, call_perform(&call, token, NULL, failure));
}

enum status token_write_certificate(struct token *token, const struct token_identity *expected,
                                    const struct secret *pin, enum token_role role,
                                    const struct token_key_id *id, const void *der, size_t length,
                                    struct failure *failure)
{
    return send_bytes(token, TOKEN_VERB_WRITE_CERTIFICATE, expected, pin, role, id, der, length, failure);
}

enum status token_import_enveloped(struct token *token, const struct token_identity *expected,
                                   const struct secret *pin, enum token_role role,
                                   const struct token_key_id *id, const void *envelope, size_t length,
                                   struct failure *failure)
{
    return send_bytes(token, TOKEN_VERB_IMPORT_ENVELOPED, expected, pin, role, id, envelope, length, failure);
}

enum status token_read_certificate(struct token *token, const struct token_identity *expected,
                                   enum token_role role, const struct token_key_id *id, struct buf *der,
                                   struct token_key_id *found, struct failure *failure)
{
    struct call call;
    call_init(&call, TOKEN_VERB_READ_CERTIFICATE, expected);
    call_set_object(&call, role, id);
    enum status status = call_perform(&call, token, NULL, failure);
    if (status == STATUS_OK)
        status = buf_append(der, call.reply.data.data, call.reply.data.length);
    if (status == STATUS_OK && found != NULL)
        *found = call.reply.id;
    return call_release(&call, status);
}

static void call_set_name(struct call *call, const char *name)
{
    check(name[0] != 0 && strlen(name) < TOKEN_NAME_BYTES);
    memcpy(call->request.name, name, strlen(name) + 1);
}

enum status token_write_data(struct token *token, const struct token_identity *expected,
                             const struct secret *pin, const char *name, const void *data, size_t length,
                             struct failure *failure)
{
    struct call call;
    call_init(&call, TOKEN_VERB_WRITE_DATA, expected);
    check(length > 0);
    call_set_name(&call, name);
    call_set_login(&call, pin);
    call_set_data(&call, data, length);
    return call_release(&call, call_perform(&call, token, NULL, failure));
}

enum status token_read_data(struct token *token, const struct token_identity *expected, const char *name,
                            struct buf *out, struct failure *failure)
{
    struct call call;
    call_init(&call, TOKEN_VERB_READ_DATA, expected);
    call_set_name(&call, name);
    enum status status = call_perform(&call, token, NULL, failure);
    if (status == STATUS_OK)
        status = buf_append(out, call.reply.data.data, call.reply.data.length);
    return call_release(&call, status);
}

static enum status change_pin(struct token *token, enum token_verb verb,
                              const struct token_identity *expected, const struct secret *login,
                              const struct secret *new_pin, struct failure *failure)
{
    struct call call;
    call_init(&call, verb, expected);
    call_set_login(&call, login);
    call_set_pin(&call, &call.request.new_pin, new_pin);
    return call_release(&call, call_perform(&call, token, NULL, failure));
}

enum status token_set_pin(struct token *token, const struct token_identity *expected,
                          const struct secret *old_pin, const struct secret *new_pin, struct failure *failure)
{
    return change_pin(token, TOKEN_VERB_SET_PIN, expected, old_pin, new_pin, failure);
}

enum status token_unlock_pin(struct token *token, const struct token_identity *expected,
                             const struct secret *so_pin, const struct secret *new_pin,
                             struct failure *failure)
{
    return change_pin(token, TOKEN_VERB_UNLOCK_PIN, expected, so_pin, new_pin, failure);
}

enum status token_verify_pin(struct token *token, const struct token_identity *expected,
                             const struct secret *pin, struct failure *failure)
{
    struct call call;
    call_init(&call, TOKEN_VERB_VERIFY_PIN, expected);
    call_set_login(&call, pin);
    return call_release(&call, call_perform(&call, token, NULL, failure));
}

enum status token_list(struct token *token, const struct token_identity *expected, const struct secret *pin,
                       struct token_objects *out, struct failure *failure)
{
    struct call call;
    call_init(&call, TOKEN_VERB_LIST, expected);
    if (pin != NULL)
        call_set_login(&call, pin);
    enum status status = call_perform(&call, token, NULL, failure);
    if (status == STATUS_OK)
        *out = call.reply.objects;
    return call_release(&call, status);
}

enum status token_destroy(struct token *token, const struct token_identity *expected,
                          const struct secret *pin, enum token_role role, const struct token_key_id *id,
                          struct failure *failure)
{
    struct call call;
    call_init(&call, TOKEN_VERB_DESTROY, expected);
    call_set_object(&call, role, id);
    call_set_login(&call, pin);
    return call_release(&call, call_perform(&call, token, NULL, failure));
}
