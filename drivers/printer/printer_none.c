#include "drivers/printer/printer_none.h"

/* A hall without a printer: every question is answered at once, and the state is ABSENT, not a fault. */

static enum status none_open(const struct printer_settings *settings, void **context, struct failure *failure)
{
    (void)settings;
    (void)failure;
    *context = NULL;
    return STATUS_OK;
}

static void none_close(void *context)
{
    (void)context;
}

static enum status none_report(void *context, const struct printer_limits *limits, struct printer_report *out,
                               struct failure *failure)
{
    (void)context;
    (void)limits;
    (void)failure;
    *out = (struct printer_report){.state = DEVICE_ABSENT};
    return STATUS_OK;
}

static enum status none_print(void *context, const struct printer_request *request,
                              const struct printer_limits *limits, long *reference, struct failure *failure)
{
    (void)context;
    (void)request;
    (void)limits;
    (void)reference;
    return failure_set(failure, STATUS_UNSUPPORTED, "printer_none", 0, "no printer is configured");
}

static enum status none_job(void *context, long reference, const struct printer_limits *limits,
                            struct printer_job *out, struct failure *failure)
{
    (void)context;
    (void)limits;
    (void)out;
    return failure_set(failure, STATUS_NOT_FOUND, "printer_none", reference, "no printer is configured");
}

static enum status none_find(void *context, const char *job_id, const struct printer_limits *limits,
                             struct printer_job *out, struct failure *failure)
{
    (void)job_id;
    return none_job(context, 0, limits, out, failure);
}

static enum status none_cancel(void *context, long reference, const struct printer_limits *limits,
                               struct failure *failure)
{
    struct printer_job job;
    return none_job(context, reference, limits, &job, failure);
}

const struct printer_ops printer_none = {.name = "none",
                                         .open = none_open,
                                         .close = none_close,
                                         .report = none_report,
                                         .print = none_print,
                                         .job = none_job,
                                         .find = none_find,
                                         .cancel = none_cancel};
