/* The service of a hall without SMS: it answers at once that somebody must set one up. */
#include "drivers/sms/sms_drivers.h"

static enum status none_send(void *context, const struct sms_call *call, const struct sms_message *message,
                             struct sms_receipt *out, struct failure *failure)
{
    (void)context, (void)call, (void)message, (void)out;
    return failure_set(failure, STATUS_CONFIG, "sms", 0, "no SMS service is set up");
}

static enum status none_probe(void *context, const struct sms_call *call, struct failure *failure)
{
    return none_send(context, call, NULL, NULL, failure);
}

static void none_close(void *context)
{
    (void)context; /* there is none */
}

static const struct sms_ops none_ops = {
    .name = "none", .send = none_send, .probe = none_probe, .close = none_close};

static enum status none_open(const struct sms_settings *settings, struct sms **out, struct failure *failure)
{
    (void)settings, (void)failure;
    return sms_new_take(&none_ops, NULL, out);
}

const struct sms_driver sms_none_driver = {.name = "none", .open = none_open};
