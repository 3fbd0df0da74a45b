/* No such service: a hall where a person is looked at by a clerk or read from a card. */
#include "drivers/identity/identity_drivers.h"

static enum status none_probe(void *context, const struct identity_call *call, struct failure *failure)
{
    (void)context, (void)call;
    return failure_set(failure, STATUS_CONFIG, "identity", 0, "no identity service is set up");
}

static enum status none_ask(void *context, const struct identity_call *call,
                            const struct identity_question *question, struct identity_session *out,
                            struct failure *failure)
{
    (void)question, (void)out;
    return none_probe(context, call, failure);
}

static void none_close(void *context)
{
    (void)context; /* there is none */
}

static const struct identity_ops none_ops = {
    .name = "none", .begin = none_ask, .inquire = none_ask, .probe = none_probe, .close = none_close};

static enum status none_open(const struct identity_settings *settings, struct identity **out,
                             struct failure *failure)
{
    (void)settings, (void)failure;
    return identity_new_take(&none_ops, NULL, out);
}

const struct identity_driver identity_none_driver = {.name = "none", .open = none_open};
