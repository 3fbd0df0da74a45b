#include "drivers/sms/sms_fake.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/sms/sms_drivers.h"
#include "kiosk/base/text.h"

enum { MESSAGES = 256, NUMBER_BYTES = 16, TEXT_BYTES = 256 };

struct sms_fake {
    atomic_flag busy; /* remote control and SMS thread meet here, each for a few instructions */
    size_t count;
    struct {
        char number[NUMBER_BYTES];
        bool spoken;
        char code[SECRET_BYTES + 1]; /* "" for a notice */
        char template_code[NUMBER_BYTES * 4];
        char text[TEXT_BYTES]; /* of a notice: name=value, one after the other */
    } messages[MESSAGES];      /* a ring */
    enum status fault;
    bool fault_is_done;
    int fault_count;
};

static void lock(struct sms_fake *fake)
{
    while (atomic_flag_test_and_set(&fake->busy)) {
    }
}

static void unlock(struct sms_fake *fake)
{
    atomic_flag_clear(&fake->busy);
}

static void keep(struct sms_fake *fake, const struct sms_message *message)
{
    size_t at = fake->count++ % MESSAGES;
    (void)text_copy(fake->messages[at].number, NUMBER_BYTES, message->number);
    fake->messages[at].spoken = message->channel == SMS_VOICE;
    fake->messages[at].code[0] = fake->messages[at].text[0] = fake->messages[at].template_code[0] = 0;
    if (message->template_code == NULL) {
        (void)text_copy(fake->messages[at].code, SECRET_BYTES + 1, (const char *)message->code->bytes);
        return;
    }
    (void)text_copy(fake->messages[at].template_code, sizeof(fake->messages[at].template_code),
                    message->template_code);
    for (size_t i = 0; i < message->parameter_count; i++) {
        size_t used = strlen(fake->messages[at].text);
        (void)snprintf(fake->messages[at].text + used, TEXT_BYTES - used, "%s=%s;",
                       message->parameters[i].name, message->parameters[i].value);
    }
}

static enum status fake_send(void *context, const struct sms_call *call, const struct sms_message *message,
                             struct sms_receipt *out, struct failure *failure)
{
    struct sms_fake *fake = context;
    if (job_cancel_is_requested(call->cancel))
        return failure_set(failure, STATUS_CANCELLED, "sms_fake", 0, "cancelled before sending");
    lock(fake);
    bool is_faulty = fake->fault_count > 0;
    if (is_faulty)
        fake->fault_count--;
    if (!is_faulty || fake->fault_is_done)
        keep(fake, message);
    enum status status = is_faulty ? fake->fault : STATUS_OK;
    size_t number = fake->count;
    unlock(fake);
    if (status != STATUS_OK)
        return failure_set(failure, status, "sms_fake", 0, "scripted");
    (void)snprintf(out->id, sizeof(out->id), "FAKE%zu", number);
    return STATUS_OK;
}

static enum status fake_probe(void *context, const struct sms_call *call, struct failure *failure)
{
    (void)context, (void)call, (void)failure;
    return STATUS_OK;
}

static void fake_close(void *context)
{
    struct sms_fake *fake = context;
    secret_wipe_bytes(fake, sizeof(*fake));
    free(fake);
}

static const struct sms_ops fake_ops = {
    .name = "fake", .send = fake_send, .probe = fake_probe, .close = fake_close};

static enum status fake_open(const struct sms_settings *settings, struct sms **out, struct failure *failure)
{
    (void)settings, (void)failure;
    struct sms_fake *fake = calloc(1, sizeof(*fake));
    if (fake == NULL)
        return STATUS_NO_MEMORY;
    enum status status = sms_new_take(&fake_ops, fake, out);
    if (status != STATUS_OK)
        free(fake);
    return status;
}

const struct sms_driver sms_fake_driver = {.name = "fake", .open = fake_open};

struct sms_fake *sms_fake_of(struct sms *sms)
{
    return sms_context_of(sms, &fake_ops);
}

size_t sms_fake_count(struct sms_fake *fake)
{
    lock(fake);
    size_t count = fake->count;
    unlock(fake);
    return count;
}

/* Inside the lock. Returns: where the newest code to this number is, MESSAGES when there is none. */
static size_t find_newest(const struct sms_fake *fake, const char *number)
{
    size_t kept = fake->count < MESSAGES ? fake->count : MESSAGES;
    for (size_t back = 1; back <= kept; back++) {
        size_t at = (fake->count - back) % MESSAGES;
        if (strcmp(fake->messages[at].number, number) == 0 && fake->messages[at].code[0] != 0)
            return at;
    }
    return MESSAGES;
}

enum status sms_fake_last_code(struct sms_fake *fake, const char *number, char *out, size_t size)
{
    enum status status = STATUS_NOT_FOUND;
    lock(fake);
    size_t at = find_newest(fake, number);
    if (at < MESSAGES)
        status = text_copy(out, size, fake->messages[at].code) ? STATUS_OK : STATUS_FULL;
    unlock(fake);
    return status;
}

size_t sms_fake_notices(struct sms_fake *fake, const char *template_code, char *text, size_t size)
{
    size_t found = 0;
    lock(fake);
    size_t kept = fake->count < MESSAGES ? fake->count : MESSAGES;
    for (size_t at = 0; at < kept; at++)
        if (strcmp(fake->messages[at].template_code, template_code) == 0) {
            (void)text_copy(text, size, fake->messages[at].text);
            found++;
        }
    unlock(fake);
    return found;
}

bool sms_fake_spoke(struct sms_fake *fake, const char *number)
{
    lock(fake);
    size_t at = find_newest(fake, number);
    bool spoke = at < MESSAGES && fake->messages[at].spoken;
    unlock(fake);
    return spoke;
}

void sms_fake_fail(struct sms_fake *fake, enum status status, bool done, int count)
{
    lock(fake);
    fake->fault = status;
    fake->fault_is_done = done;
    fake->fault_count = count;
    unlock(fake);
}
