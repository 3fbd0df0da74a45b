/* No reader: a hall without one, or a terminal whose reader is switched off. */
#include "drivers/idcard/idcard_drivers.h"

static enum status none_probe(void *context, const struct idcard_call *call, struct failure *failure)
{
    (void)context, (void)call;
    return failure_set(failure, STATUS_CONFIG, "idcard", 0, "no card reader is set up");
}

static enum status none_read(void *context, const struct idcard_call *call, struct idcard_person *out,
                             struct failure *failure)
{
    (void)out;
    return none_probe(context, call, failure);
}

static void none_close(void *context)
{
    (void)context; /* there is none */
}

static const struct idcard_ops none_ops = {
    .name = "none", .read = none_read, .probe = none_probe, .close = none_close};

static enum status none_open(const struct idcard_settings *settings, struct idcard **out,
                             struct failure *failure)
{
    (void)failure;
    return idcard_new_take(&none_ops, NULL, settings->clock, out);
}

const struct idcard_driver idcard_none_driver = {.name = "none", .open = none_open};
