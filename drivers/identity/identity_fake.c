#include "drivers/identity/identity_fake.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/identity/identity_drivers.h"
#include "kiosk/base/secret.h"
#include "kiosk/base/text.h"

enum { SESSIONS = 64, NAME_BYTES = 192, NUMBER_BYTES = 32 };

struct session {
    char id[IDENTITY_ID_BYTES];
    char name[NAME_BYTES];
    char number[NUMBER_BYTES];
    struct identity_session what;
};

struct identity_fake {
    const struct clock *clock; /* borrowed */
    atomic_flag busy; /* remote control and service's thread meet here, each for a few instructions */
    size_t count;
    struct session sessions[SESSIONS];
    enum status fault;
    bool fault_is_done;
    int fault_count;
};

static void lock(struct identity_fake *fake)
{
    while (atomic_flag_test_and_set(&fake->busy)) {
    }
}

static void unlock(struct identity_fake *fake)
{
    atomic_flag_clear(&fake->busy);
}

static struct session *find(struct identity_fake *fake, const char *id)
{
    for (size_t i = 0; i < fake->count && i < SESSIONS; i++)
        if (strcmp(fake->sessions[i].id, id) == 0)
            return &fake->sessions[i];
    return NULL;
}

static struct session *add(struct identity_fake *fake, const struct identity_question *question)
{
    struct session *session = &fake->sessions[fake->count++ % SESSIONS];
    (void)text_copy(session->id, sizeof(session->id), question->id);
    (void)text_copy(session->name, sizeof(session->name), question->person.name);
    (void)text_copy(session->number, sizeof(session->number), question->person.number);
    session->what = (struct identity_session){.state = IDENTITY_WAITING,
                                              .until_utc_s = clock_utc_s(fake->clock) + question->life_s};
    (void)snprintf(session->what.url, sizeof(session->what.url), "https://identity.example/s/%s",
                   question->id);
    return session;
}

static enum status answer(struct identity_fake *fake, struct session *session,
                          const struct identity_question *question, struct identity_session *out)
{
    if (session == NULL)
        return STATUS_NOT_FOUND;
    if (strcmp(session->name, question->person.name) != 0 ||
        strcmp(session->number, question->person.number) != 0)
        return STATUS_CONFLICT;
    if (session->what.state == IDENTITY_WAITING && clock_utc_s(fake->clock) >= session->what.until_utc_s)
        session->what.state = IDENTITY_EXPIRED;
    *out = session->what;
    return STATUS_OK;
}

/* The scripted end of this call, OK for none. *skip says that the work is not even done. */
static enum status take_fault(struct identity_fake *fake, bool *skip)
{
    *skip = fake->fault_count > 0 && !fake->fault_is_done;
    return fake->fault_count > 0 && fake->fault_count-- > 0 ? fake->fault : STATUS_OK;
}

static enum status ask(struct identity_fake *fake, const struct identity_call *call,
                       const struct identity_question *question, bool begins, struct identity_session *out,
                       struct failure *failure)
{
    struct identity_session found = {0};
    bool skip = false;
    if (job_cancel_is_requested(call->cancel))
        return failure_set(failure, STATUS_CANCELLED, "identity_fake", 0, "cancelled");
    lock(fake);
    enum status fault = take_fault(fake, &skip);
    struct session *session = skip ? NULL : find(fake, question->id);
    if (session == NULL && begins && !skip)
        session = add(fake, question);
    enum status status = skip ? fault : answer(fake, session, question, &found);
    unlock(fake);
    if (fault != STATUS_OK)
        status = fault;
    if (status != STATUS_OK)
        return failure_set(failure, status, "identity_fake", 0, "scripted");
    *out = found;
    return STATUS_OK;
}

static enum status fake_begin(void *context, const struct identity_call *call,
                              const struct identity_question *question, struct identity_session *out,
                              struct failure *failure)
{
    return ask(context, call, question, true, out, failure);
}

static enum status fake_inquire(void *context, const struct identity_call *call,
                                const struct identity_question *question, struct identity_session *out,
                                struct failure *failure)
{
    return ask(context, call, question, false, out, failure);
}

static enum status fake_probe(void *context, const struct identity_call *call, struct failure *failure)
{
    (void)context, (void)call, (void)failure;
    return STATUS_OK;
}

static void fake_close(void *context)
{
    struct identity_fake *fake = context;
    secret_wipe_bytes(fake, sizeof(*fake));
    free(fake);
}

static const struct identity_ops fake_ops = {
    .name = "fake", .begin = fake_begin, .inquire = fake_inquire, .probe = fake_probe, .close = fake_close};

static enum status fake_open(const struct identity_settings *settings, struct identity **out,
                             struct failure *failure)
{
    (void)failure;
    struct identity_fake *fake = calloc(1, sizeof(*fake));
    if (fake == NULL)
        return STATUS_NO_MEMORY;
    fake->clock = settings->clock;
    enum status status = identity_new_take(&fake_ops, fake, out);
    if (status != STATUS_OK)
        free(fake);
    return status;
}

const struct identity_driver identity_fake_driver = {.name = "fake", .open = fake_open};

struct identity_fake *identity_fake_of(struct identity *identity)
{
    return identity_context_of(identity, &fake_ops);
}

size_t identity_fake_count(struct identity_fake *fake)
{
    lock(fake);
    size_t count = fake->count;
    unlock(fake);
    return count;
}

void identity_fake_end(struct identity_fake *fake, enum identity_state state)
{
    lock(fake);
    if (fake->count > 0)
        fake->sessions[(fake->count - 1) % SESSIONS].what.state = state;
    unlock(fake);
}

void identity_fake_fail(struct identity_fake *fake, enum status status, bool done, int count)
{
    lock(fake);
    fake->fault = status;
    fake->fault_is_done = done;
    fake->fault_count = count;
    unlock(fake);
}
