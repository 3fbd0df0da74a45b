#include "drivers/idcard/idcard_fake.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "drivers/idcard/idcard_drivers.h"
#include "kiosk/base/secret.h"

struct idcard_fake {
    atomic_flag busy; /* remote control and reader's thread meet here, each for a few instructions */
    bool has_card;
    struct idcard_person card;
    enum status fault;
    int fault_count; /* negative: until it is said again */
    size_t reads;
};

static void lock(struct idcard_fake *fake)
{
    while (atomic_flag_test_and_set(&fake->busy)) {
    }
}

static void unlock(struct idcard_fake *fake)
{
    atomic_flag_clear(&fake->busy);
}

/* The scripted end of this try, OK for none. */
static enum status take_fault(struct idcard_fake *fake)
{
    if (fake->fault_count == 0)
        return STATUS_OK;
    if (fake->fault_count > 0)
        fake->fault_count--;
    return fake->fault;
}

static enum status fake_read(void *context, const struct idcard_call *call, struct idcard_person *out,
                             struct failure *failure)
{
    struct idcard_fake *fake = context;
    if (job_cancel_is_requested(call->cancel))
        return failure_set(failure, STATUS_CANCELLED, "idcard_fake", 0, "cancelled");
    lock(fake);
    enum status status = take_fault(fake);
    if (status == STATUS_OK)
        status = fake->has_card ? STATUS_OK : STATUS_NOT_FOUND;
    if (status == STATUS_OK) {
        *out = fake->card;
        fake->reads++;
    }
    unlock(fake);
    return status == STATUS_OK ? status : failure_set(failure, status, "idcard_fake", 0, "scripted");
}

static enum status fake_probe(void *context, const struct idcard_call *call, struct failure *failure)
{
    struct idcard_fake *fake = context;
    (void)call;
    lock(fake);
    bool is_gone = fake->fault_count != 0 && (fake->fault == STATUS_LOST || fake->fault == STATUS_TIMED_OUT);
    enum status status = is_gone ? fake->fault : STATUS_OK;
    unlock(fake);
    return status == STATUS_OK ? status : failure_set(failure, status, "idcard_fake", 0, "scripted");
}

static void fake_close(void *context)
{
    struct idcard_fake *fake = context;
    secret_wipe_bytes(fake, sizeof(*fake));
    free(fake);
}

static const struct idcard_ops fake_ops = {
    .name = "fake", .read = fake_read, .probe = fake_probe, .close = fake_close};

static enum status fake_open(const struct idcard_settings *settings, struct idcard **out,
                             struct failure *failure)
{
    (void)failure;
    struct idcard_fake *fake = calloc(1, sizeof(*fake));
    if (fake == NULL)
        return STATUS_NO_MEMORY;
    enum status status = idcard_new_take(&fake_ops, fake, settings->clock, out);
    if (status != STATUS_OK)
        free(fake);
    return status;
}

const struct idcard_driver idcard_fake_driver = {.name = "fake", .open = fake_open};

struct idcard_fake *idcard_fake_of(struct idcard *idcard)
{
    return idcard_context_of(idcard, &fake_ops);
}

void idcard_fake_place(struct idcard_fake *fake, const struct idcard_person *person)
{
    lock(fake);
    fake->card = *person;
    fake->has_card = true;
    unlock(fake);
}

void idcard_fake_lift(struct idcard_fake *fake)
{
    lock(fake);
    idcard_wipe(&fake->card);
    fake->has_card = false;
    unlock(fake);
}

void idcard_fake_fail(struct idcard_fake *fake, enum status status, int count)
{
    lock(fake);
    fake->fault = status;
    fake->fault_count = count;
    unlock(fake);
}

size_t idcard_fake_reads(struct idcard_fake *fake)
{
    lock(fake);
    size_t reads = fake->reads;
    unlock(fake);
    return reads;
}
