#include "kiosk/services/service_context.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/encode.h"
#include "kiosk/base/log.h"

enum status service_store(struct service_context *context, struct store **out)
{
    if (context->store == NULL) {
        const struct services_settings *settings = context->settings;
        struct failure failure = {0};
        enum status status = store_open(
            &(struct store_settings){.path = settings->settings->store_file,
                                     .hall_key = context->hall_key,
                                     .clock = settings->clock,
                                     .random = settings->random,
                                     .owner = settings->owner,
                                     .password_log_n = (int)settings->settings->store_password_log_n},
            &context->store, &failure);
        if (status != STATUS_OK) {
            log_failure("services", "opening the store", status, &failure);
            return status;
        }
    }
    *out = context->store;
    return STATUS_OK;
}

void service_report(struct service_context *context, struct service_job *report)
{
    report->id = 0;
    report->visit = context->visit.number;
    worker_post(context->thread, &report->job);
}

struct service_drivers_source service_driver_source(const struct service_context *context)
{
    return (struct service_drivers_source){.settings = context->settings->settings,
                                           .clock = context->settings->clock,
                                           .random = context->settings->random,
                                           .http = context->http,
                                           .owner = context->settings->owner};
}

int64_t service_now_utc_s(const struct service_context *context)
{
    return clock_utc_s(context->settings->clock);
}

int64_t service_now_ms(const struct service_context *context)
{
    return clock_monotonic_ms(context->settings->clock);
}

enum status service_product_of(const struct service_context *context, const struct order *order,
                               const struct product **product, const struct product_operation **operation)
{
    const struct product *found = catalogue_find(context->settings->catalogue, order->product);
    const struct product_operation *what =
        found == NULL ? NULL : product_find_operation(found, order->operation);
    if (what == NULL)
        return STATUS_NOT_FOUND;
    *product = found;
    *operation = what;
    return STATUS_OK;
}

void service_number_make(const struct service_context *context, const char *prefix, size_t length, char *out)
{
    uint8_t bytes[32];
    char digits[sizeof(bytes) * 2 + 1];
    random_fill(context->settings->random, bytes, sizeof(bytes));
    encode_hex(digits, bytes, sizeof(bytes));
    (void)snprintf(out, length + 1, "%s%s", prefix, digits);
}
