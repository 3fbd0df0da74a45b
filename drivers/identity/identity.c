#include "drivers/identity/identity.h"

#include <stdlib.h>
#include <string.h>

#include "drivers/identity/identity_drivers.h"
#include "kiosk/base/check.h"

/* The list of services; a further one is one more line. */
static const struct identity_driver *const drivers[] = {
    &identity_http_driver,
    &identity_fake_driver,
    &identity_none_driver,
};

static const char *const state_names[IDENTITY_STATE_COUNT_] = {
#define IDENTITY_STATE(code, name) name,
#include "drivers/identity/identity_states.def"
#undef IDENTITY_STATE
};

struct identity {
    const struct identity_ops *ops;
    void *context; /* owned */
};

const char *identity_state_name(enum identity_state state)
{
    return (unsigned)state < IDENTITY_STATE_COUNT_ ? state_names[state] : "invalid";
}

enum status identity_new_take(const struct identity_ops *ops, void *context, struct identity **out)
{
    struct identity *identity = calloc(1, sizeof(*identity));
    if (identity == NULL)
        return STATUS_NO_MEMORY;
    *identity = (struct identity){.ops = ops, .context = context};
    *out = identity;
    return STATUS_OK;
}

void *identity_context_of(const struct identity *identity, const struct identity_ops *ops)
{
    return identity != NULL && identity->ops == ops ? identity->context : NULL;
}

enum status identity_open(const struct identity_settings *settings, struct identity **out,
                          struct failure *failure)
{
    for (size_t i = 0; i < sizeof(drivers) / sizeof(drivers[0]); i++)
        if (strcmp(drivers[i]->name, settings->driver) == 0)
            return drivers[i]->open(settings, out, failure);
    return failure_set(failure, STATUS_NOT_FOUND, "identity_open", 0, "no identity driver \"%s\"",
                       settings->driver);
}

void identity_close(struct identity *identity)
{
    if (identity == NULL)
        return;
    identity->ops->close(identity->context);
    free(identity);
}

const char *identity_name(const struct identity *identity)
{
    return identity->ops->name;
}

static void check_question(const struct identity_question *question)
{
    check(strlen(question->id) == IDENTITY_ID_BYTES - 1);
    check(strspn(question->id, "0123456789abcdef") == IDENTITY_ID_BYTES - 1);
}

enum status identity_begin(struct identity *identity, const struct identity_call *call,
                           const struct identity_question *question, struct identity_session *out,
                           struct failure *failure)
{
    check_question(question);
    return identity->ops->begin(identity->context, call, question, out, failure);
}

enum status identity_inquire(struct identity *identity, const struct identity_call *call,
                             const struct identity_question *question, struct identity_session *out,
                             struct failure *failure)
{
    check_question(question);
    return identity->ops->inquire(identity->context, call, question, out, failure);
}

enum status identity_probe(struct identity *identity, const struct identity_call *call,
                           struct failure *failure)
{
    return identity->ops->probe(identity->context, call, failure);
}
