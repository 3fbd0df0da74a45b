#include "drivers/sms/sms.h"

#include <stdlib.h>
#include <string.h>

#include "drivers/sms/sms_drivers.h"
#include "kiosk/base/check.h"

/* The list of services; a further one is one more line. */
static const struct sms_driver *const drivers[] = {
    &sms_http_driver,
    &sms_fake_driver,
    &sms_none_driver,
};

struct sms {
    const struct sms_ops *ops;
    void *context; /* owned */
};

enum status sms_new_take(const struct sms_ops *ops, void *context, struct sms **out)
{
    struct sms *sms = calloc(1, sizeof(*sms));
    if (sms == NULL)
        return STATUS_NO_MEMORY;
    *sms = (struct sms){.ops = ops, .context = context};
    *out = sms;
    return STATUS_OK;
}

void *sms_context_of(const struct sms *sms, const struct sms_ops *ops)
{
    return sms != NULL && sms->ops == ops ? sms->context : NULL;
}

enum status sms_open(const struct sms_settings *settings, struct sms **out, struct failure *failure)
{
    for (size_t i = 0; i < sizeof(drivers) / sizeof(drivers[0]); i++)
        if (strcmp(drivers[i]->name, settings->driver) == 0)
            return drivers[i]->open(settings, out, failure);
    return failure_set(failure, STATUS_NOT_FOUND, "sms_open", 0, "no SMS driver \"%s\"", settings->driver);
}

void sms_close(struct sms *sms)
{
    if (sms == NULL)
        return;
    sms->ops->close(sms->context);
    free(sms);
}

const char *sms_name(const struct sms *sms)
{
    return sms->ops->name;
}

static bool is_mobile(const char *number)
{
    return number != NULL && strlen(number) == 11 && number[0] == '1' && strspn(number, "0123456789") == 11;
}

enum status sms_send(struct sms *sms, const struct sms_call *call, const struct sms_message *message,
                     struct sms_receipt *out, struct failure *failure)
{
    bool is_notice = message->template_code != NULL;
    check(is_notice || (message->code != NULL && message->code->length > 0));
    check(is_notice || strspn((const char *)message->code->bytes, "0123456789") == message->code->length);
    if (is_notice && message->template_code[0] == 0)
        return failure_set(failure, STATUS_CONFIG, "sms_send", 0, "the notice has no template");
    if (!is_mobile(message->number))
        return failure_set(failure, STATUS_REFUSED, "sms_send", 0, "not a mainland mobile number");
    return sms->ops->send(sms->context, call, message, out, failure);
}

enum status sms_probe(struct sms *sms, const struct sms_call *call, struct failure *failure)
{
    return sms->ops->probe(sms->context, call, failure);
}
