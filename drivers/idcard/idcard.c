#include "drivers/idcard/idcard.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/idcard/idcard_drivers.h"
#include "kiosk/base/check.h"
#include "kiosk/base/secret.h"

/* Readers want 300 to 500 ms between two questions for a card; cancelling is noticed sooner. */
enum { AGAIN_MS = 400, NAP_MS = 50 };

/* The list of drivers; a further one is one more line. */
static const struct idcard_driver *const drivers[] = {
    &idcard_serial_driver,
    &idcard_fake_driver,
    &idcard_none_driver,
};

struct idcard {
    const struct idcard_ops *ops;
    void *context;             /* owned */
    const struct clock *clock; /* borrowed */
};

enum status idcard_new_take(const struct idcard_ops *ops, void *context, const struct clock *clock,
                            struct idcard **out)
{
    struct idcard *idcard = calloc(1, sizeof(*idcard));
    if (idcard == NULL)
        return STATUS_NO_MEMORY;
    *idcard = (struct idcard){.ops = ops, .context = context, .clock = clock};
    *out = idcard;
    return STATUS_OK;
}

void *idcard_context_of(const struct idcard *idcard, const struct idcard_ops *ops)
{
    return idcard != NULL && idcard->ops == ops ? idcard->context : NULL;
}

enum status idcard_open(const struct idcard_settings *settings, struct idcard **out, struct failure *failure)
{
    check(settings->clock != NULL);
    for (size_t i = 0; i < sizeof(drivers) / sizeof(drivers[0]); i++)
        if (strcmp(drivers[i]->name, settings->driver) == 0)
            return drivers[i]->open(settings, out, failure);
    return failure_set(failure, STATUS_NOT_FOUND, "idcard_open", 0, "no card reader driver \"%s\"",
                       settings->driver);
}

void idcard_close(struct idcard *idcard)
{
    if (idcard == NULL)
        return;
    idcard->ops->close(idcard->context);
    free(idcard);
}

const char *idcard_name(const struct idcard *idcard)
{
    return idcard->ops->name;
}

enum status idcard_read(struct idcard *idcard, const struct idcard_call *call, struct idcard_person *out,
                        struct failure *failure)
{
    check(call->timeout_ms > 0);
    return idcard->ops->read(idcard->context, call, out, failure);
}

static void pause_between(const struct idcard_call *call, int64_t ms)
{
    for (int64_t waited = 0; waited < ms && !job_cancel_is_requested(call->cancel); waited += NAP_MS)
        (void)poll(NULL, 0, NAP_MS);
}

/* What another try may mend: the card is moved, a disturbed line is quiet again. */
static bool is_passing(enum status status)
{
    return status == STATUS_REFUSED || status == STATUS_MALFORMED || status == STATUS_TIMED_OUT;
}

enum status idcard_wait(struct idcard *idcard, const struct idcard_call *call, struct idcard_person *out,
                        struct failure *failure)
{
    int64_t until_ms = clock_monotonic_ms(idcard->clock) + call->timeout_ms;
    enum status status = STATUS_NOT_FOUND;
    int tries = 0;
    for (int64_t left_ms = call->timeout_ms; left_ms > 0;
         left_ms = until_ms - clock_monotonic_ms(idcard->clock)) {
        if (job_cancel_is_requested(call->cancel))
            return failure_set(failure, STATUS_CANCELLED, "idcard_wait", 0, "cancelled");
        const struct idcard_call try = {.timeout_ms = left_ms, .cancel = call->cancel};
        status = idcard_read(idcard, &try, out, failure);
        bool goes_on = status == STATUS_NOT_FOUND || (is_passing(status) && ++tries < IDCARD_TRIES);
        if (!goes_on)
            return status;
        pause_between(call, AGAIN_MS < left_ms ? AGAIN_MS : left_ms);
    }
    return status;
}

enum status idcard_probe(struct idcard *idcard, const struct idcard_call *call, struct failure *failure)
{
    check(call->timeout_ms > 0);
    return idcard->ops->probe(idcard->context, call, failure);
}

void idcard_wipe(struct idcard_person *person)
{
    secret_wipe_bytes(person, sizeof(*person));
}
