#include "drivers/authority/authority.h"

#include <stdlib.h>
#include <string.h>

#include "drivers/authority/authority_backends.h"
#include "drivers/authority/authority_wire.h"

struct authority {
    const struct authority_ops *ops;
    void *state;
};

static const struct backend {
    const char *name;
    enum status (*open)(const struct authority_settings *settings, struct authority **out,
                        struct failure *failure);
} backends[] = {{"embedded", authority_embedded_open}, {"none", authority_none_open}};

enum status authority_open(const struct authority_settings *settings, struct authority **out,
                           struct failure *failure)
{
    const char *driver = settings->driver == NULL ? "" : settings->driver;
    for (size_t i = 0; i < sizeof(backends) / sizeof(backends[0]); i++)
        if (strcmp(backends[i].name, driver) == 0)
            return backends[i].open(settings, out, failure);
    return failure_set(failure, STATUS_CONFIG, "authority_open", 0, "no driver named \"%s\"", driver);
}

enum status authority_open_take(const struct authority_ops *ops, void *state, struct authority **out)
{
    struct authority *authority = malloc(sizeof(*authority));
    if (authority == NULL) {
        ops->close(state);
        return STATUS_NO_MEMORY;
    }
    *authority = (struct authority){.ops = ops, .state = state};
    *out = authority;
    return STATUS_OK;
}

void authority_close(struct authority *authority)
{
    if (authority == NULL)
        return;
    authority->ops->close(authority->state);
    free(authority);
}

static enum status refuse_id(struct failure *failure, const char *where)
{
    return failure_set(failure, STATUS_MALFORMED, where, 0, "id or profile outside the allowed characters");
}

enum status authority_request(struct authority *authority, const struct authority_request *request,
                              struct authority_outcome *out, struct failure *failure)
{
    if (!authority_id_is_valid(request->id) || !authority_id_is_valid(request->profile))
        return refuse_id(failure, "authority_request");
    return authority->ops->request(authority->state, request, out, failure);
}

enum status authority_recover(struct authority *authority, const struct authority_recovery *recovery,
                              struct authority_outcome *out, struct failure *failure)
{
    char plain[AUTHORITY_SERIAL_BYTES];
    if (!authority_id_is_valid(recovery->id))
        return refuse_id(failure, "authority_recover");
    if (authority_wire_serial(recovery->serial, plain) != STATUS_OK)
        return failure_set(failure, STATUS_MALFORMED, "authority_recover", 0, "serial is not hexadecimal");
    struct authority_recovery asked = *recovery;
    asked.serial = plain;
    return authority->ops->recover(authority->state, &asked, out, failure);
}

enum status authority_inquire(struct authority *authority, const char *id, struct authority_outcome *out,
                              struct failure *failure)
{
    if (!authority_id_is_valid(id))
        return refuse_id(failure, "authority_inquire");
    return authority->ops->inquire(authority->state, id, out, failure);
}

enum status authority_confirm(struct authority *authority, const char *id, bool accepted,
                              struct failure *failure)
{
    if (!authority_id_is_valid(id))
        return refuse_id(failure, "authority_confirm");
    return authority->ops->confirm(authority->state, id, accepted, failure);
}

enum status authority_revoke(struct authority *authority, const char *serial, enum authority_reason reason,
                             struct failure *failure)
{
    char plain[AUTHORITY_SERIAL_BYTES];
    if (authority_wire_serial(serial, plain) != STATUS_OK)
        return failure_set(failure, STATUS_MALFORMED, "authority_revoke", 0, "serial is not hexadecimal");
    return authority->ops->revoke(authority->state, plain, reason, failure);
}

enum status authority_status(struct authority *authority, struct authority_status *out,
                             struct failure *failure)
{
    return authority->ops->status(authority->state, out, failure);
}

void authority_outcome_release(struct authority_outcome *outcome)
{
    if (outcome == NULL)
        return;
    for (size_t i = 0; i < LIMIT_CHAIN_CERTIFICATES; i++)
        buf_release(&outcome->certificates[i]);
    buf_release(&outcome->encryption_certificate);
    buf_wipe(&outcome->enveloped_key);
    *outcome = (struct authority_outcome){0};
}

bool authority_id_is_valid(const char *id)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    if (id == NULL || id[0] == 0 || id[0] == '.')
        return false;
    size_t length = strlen(id);
    return length < AUTHORITY_ID_BYTES && strspn(id, allowed) == length;
}

const char *authority_answer_name(enum authority_answer answer)
{
    static const char *const names[] = {
#define AUTHORITY_ANSWER(code, name) name,
#include "drivers/authority/authority_answers.def"
#undef AUTHORITY_ANSWER
    };
    return (unsigned)answer < AUTHORITY_ANSWER_COUNT_ ? names[answer] : "invalid";
}

const char *authority_refusal_name(enum authority_refusal refusal)
{
    static const char *const names[] = {
#define AUTHORITY_REFUSAL(code, name) name,
#include "drivers/authority/authority_refusals.def"
#undef AUTHORITY_REFUSAL
    };
    return (unsigned)refusal < AUTHORITY_REFUSAL_COUNT_ ? names[refusal] : "invalid";
}

const char *authority_reason_name(enum authority_reason reason)
{
    switch (reason) {
#define AUTHORITY_REASON(code, number, name)                                                                 \
    case AUTHORITY_REASON_##code:                                                                            \
        return name;
#include "drivers/authority/authority_reasons.def"
#undef AUTHORITY_REASON
    }
    return "invalid";
}
