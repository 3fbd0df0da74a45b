#include "drivers/printer/printer_fake.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/text.h"

enum { FAKE_JOBS_MAX = 64 };

struct fake_job {
    char id[PRINTER_JOB_ID_BYTES];
    uint8_t *pdf; /* owned */
    size_t length;
    int copies;
    enum printer_job_state state;
    int64_t done_at_ms; /* monotonic; 0 until it begins */
};

/* The one printer of the process. A spin lock, because threads and their locks live in job.c: every hold is a
 * few lines without a wait. */
static struct {
    atomic_flag lock;
    struct printer_fake_script script;
    struct fake_job jobs[FAKE_JOBS_MAX];
    size_t count;
} fake = {.lock = ATOMIC_FLAG_INIT};

static void lock_fake(void)
{
    while (atomic_flag_test_and_set(&fake.lock))
        continue;
}

static void unlock_fake(void)
{
    atomic_flag_clear(&fake.lock);
}

static enum device_state device_of(const struct printer_fake_script *script)
{
    return script->state == DEVICE_ABSENT ? DEVICE_READY : script->state;
}

static bool prints(enum device_state state)
{
    return state == DEVICE_READY || state == DEVICE_SUPPLY_LOW;
}

static bool is_over(enum printer_job_state state)
{
    return state == PRINTER_JOB_DONE || state == PRINTER_JOB_CANCELLED || state == PRINTER_JOB_ABORTED;
}

/* The job goes as far as the time and the script let it. */
static void move_on_locked(struct fake_job *job, int64_t now_ms)
{
    if (is_over(job->state))
        return;
    if (!prints(device_of(&fake.script))) {
        job->state = PRINTER_JOB_STOPPED;
        return;
    }
    if (fake.script.abort_next) {
        fake.script.abort_next = false;
        job->state = PRINTER_JOB_ABORTED;
        return;
    }
    if (job->done_at_ms == 0)
        job->done_at_ms = now_ms + fake.script.print_ms;
    job->state = now_ms >= job->done_at_ms ? PRINTER_JOB_DONE : PRINTER_JOB_PRINTING;
}

static void move_all_locked(const struct clock *clock)
{
    int64_t now_ms = clock_monotonic_ms(clock);
    for (size_t i = 0; i < fake.count; i++)
        move_on_locked(&fake.jobs[i], now_ms);
}

static enum status fake_open(const struct printer_settings *settings, void **context, struct failure *failure)
{
    if (settings->clock == NULL)
        return failure_set(failure, STATUS_CONFIG, "printer_fake", 0, "a clock is needed");
    const struct clock **clock = malloc(sizeof(const struct clock *));
    if (clock == NULL)
        return STATUS_NO_MEMORY;
    *clock = settings->clock;
    *context = clock;
    return STATUS_OK;
}

static void fake_close(void *context)
{
    free(context);
}

static const struct clock *clock_of(void *context)
{
    return *(const struct clock **)context;
}

static enum status reachable(const struct printer_limits *limits, struct failure *failure)
{
    if (job_cancel_is_requested(limits->cancel))
        return STATUS_CANCELLED;
    lock_fake();
    bool is_offline = fake.script.state == DEVICE_OFFLINE;
    unlock_fake();
    return is_offline ? failure_set(failure, STATUS_LOST, "printer_fake", 0, "switched off") : STATUS_OK;
}

static enum status fake_report(void *context, const struct printer_limits *limits, struct printer_report *out,
                               struct failure *failure)
{
    (void)failure;
    if (job_cancel_is_requested(limits->cancel))
        return STATUS_CANCELLED;
    lock_fake();
    move_all_locked(clock_of(context));
    enum device_state state = device_of(&fake.script);
    struct printer_report report = {.state = state,
                                    .can_print = prints(state),
                                    .supply_low = state == DEVICE_SUPPLY_LOW,
                                    .model = "Fake printer",
                                    .paper_percent = state == DEVICE_PAPER_OUT ? 0 : 80,
                                    .marker_percent = 75};
    for (size_t i = 0; i < fake.count && state == DEVICE_READY; i++)
        if (fake.jobs[i].state == PRINTER_JOB_PRINTING)
            report.state = DEVICE_WORKING;
    unlock_fake();
    (void)text_copy(report.reasons, sizeof report.reasons, device_state_name(state));
    *out = report;
    return STATUS_OK;
}

static enum status keep_job_locked(const struct printer_request *request, long *reference)
{
    if (fake.count == FAKE_JOBS_MAX)
        return STATUS_BUSY;
    struct fake_job *job = &fake.jobs[fake.count];
    *job =
        (struct fake_job){.length = request->length, .copies = request->copies, .state = PRINTER_JOB_PENDING};
    job->pdf = malloc(request->length);
    if (job->pdf == NULL)
        return STATUS_NO_MEMORY;
    memcpy(job->pdf, request->pdf, request->length);
    (void)text_copy(job->id, sizeof job->id, request->job_id);
    *reference = (long)++fake.count;
    return STATUS_OK;
}

static enum status fake_print(void *context, const struct printer_request *request,
                              const struct printer_limits *limits, long *reference, struct failure *failure)
{
    enum status status = reachable(limits, failure);
    if (status != STATUS_OK)
        return status;
    lock_fake();
    long number = 0;
    if (fake.script.refuse_next) {
        fake.script.refuse_next = false;
        status = STATUS_REFUSED;
    } else {
        status = keep_job_locked(request, &number);
        move_all_locked(clock_of(context));
    }
    if (status == STATUS_OK && fake.script.lose_reply) {
        fake.script.lose_reply = false;
        status = STATUS_UNKNOWN;
    }
    unlock_fake();
    if (status == STATUS_OK)
        *reference = number;
    return status == STATUS_OK ? status
                               : failure_set(failure, status, "printer_fake", 0, "as the script says");
}

/* Returns: false when there is no such job. */
static bool describe_locked(const struct clock *clock, long reference, struct printer_job *out)
{
    if (reference < 1 || (size_t)reference > fake.count)
        return false;
    move_all_locked(clock);
    const struct fake_job *job = &fake.jobs[reference - 1];
    *out = (struct printer_job){.state = job->state,
                                .waits_for = job->state == PRINTER_JOB_STOPPED ? device_of(&fake.script)
                                                                               : DEVICE_READY,
                                .reference = reference,
                                .sheets_done = job->state == PRINTER_JOB_DONE ? job->copies : 0};
    return true;
}

static enum status fake_job(void *context, long reference, const struct printer_limits *limits,
                            struct printer_job *out, struct failure *failure)
{
    enum status status = reachable(limits, failure);
    if (status != STATUS_OK)
        return status;
    lock_fake();
    bool is_known = describe_locked(clock_of(context), reference, out);
    unlock_fake();
    return is_known ? STATUS_OK
                    : failure_set(failure, STATUS_NOT_FOUND, "printer_fake", reference, "no such job");
}

static enum status fake_find(void *context, const char *job_id, const struct printer_limits *limits,
                             struct printer_job *out, struct failure *failure)
{
    enum status status = reachable(limits, failure);
    if (status != STATUS_OK)
        return status;
    lock_fake();
    bool is_known = false;
    for (size_t i = 0; i < fake.count && !is_known; i++)
        if (strcmp(fake.jobs[i].id, job_id) == 0)
            is_known = describe_locked(clock_of(context), (long)i + 1, out);
    unlock_fake();
    return is_known ? STATUS_OK : failure_set(failure, STATUS_NOT_FOUND, "printer_fake", 0, "no such job");
}

static enum status fake_cancel(void *context, long reference, const struct printer_limits *limits,
                               struct failure *failure)
{
    struct printer_job job;
    enum status status = fake_job(context, reference, limits, &job, failure);
    if (status != STATUS_OK || is_over(job.state))
        return status;
    lock_fake();
    if (reference >= 1 && (size_t)reference <= fake.count)
        fake.jobs[reference - 1].state = PRINTER_JOB_CANCELLED;
    unlock_fake();
    return STATUS_OK;
}

void printer_fake_reset(const struct printer_fake_script *script)
{
    lock_fake();
    for (size_t i = 0; i < fake.count; i++)
        free(fake.jobs[i].pdf);
    fake.count = 0;
    fake.script = *script;
    unlock_fake();
}

void printer_fake_set(const struct printer_fake_script *script)
{
    lock_fake();
    fake.script = *script;
    unlock_fake();
}

size_t printer_fake_jobs(void)
{
    lock_fake();
    size_t count = fake.count;
    unlock_fake();
    return count;
}

const uint8_t *printer_fake_pdf(size_t index, size_t *length)
{
    const uint8_t *pdf = NULL;
    lock_fake();
    if (index < fake.count) {
        pdf = fake.jobs[index].pdf;
        *length = fake.jobs[index].length;
    }
    unlock_fake();
    return pdf;
}

const struct printer_ops printer_fake = {.name = "fake",
                                         .open = fake_open,
                                         .close = fake_close,
                                         .report = fake_report,
                                         .print = fake_print,
                                         .job = fake_job,
                                         .find = fake_find,
                                         .cancel = fake_cancel};
