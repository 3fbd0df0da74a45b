#include "kiosk/services/service_channel.h"

#include <string.h>

#include "kiosk/services/service_drivers.h"

static bool is_wechat(const char *name)
{
    return strcmp(name, product_payment_name(PRODUCT_PAYMENT_WECHAT)) == 0;
}

enum status service_channel_open(struct service_context *context, const char *name, struct payment **out,
                                 struct failure *failure)
{
    struct service_drivers_source source = service_driver_source(context);
    struct payment **channel = is_wechat(name) ? &context->drivers.wechat : &context->drivers.payment;
    enum status status = STATUS_OK;
    if (*channel == NULL)
        status = is_wechat(name) ? service_drivers_open_wechat(&source, channel, failure)
                                 : service_drivers_open_payment(&source, channel, failure);
    if (status == STATUS_OK)
        *out = *channel;
    return status;
}

struct payment *service_channel_of(const struct service_context *context, const char *name)
{
    return is_wechat(name) ? context->drivers.wechat : context->drivers.payment;
}

const char *service_channel_name(const struct service_context *context, const char *name)
{
    return is_wechat(name) ? name : payment_name(context->drivers.payment);
}

void service_channel_close(struct service_context *context)
{
    payment_close_channel(context->drivers.payment);
    payment_close_channel(context->drivers.wechat);
    context->drivers.payment = context->drivers.wechat = NULL;
}
