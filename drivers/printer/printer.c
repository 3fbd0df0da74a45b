#include "drivers/printer/printer.h"

#include <stdlib.h>
#include <string.h>

#include "drivers/printer/printer_cups.h"
#include "drivers/printer/printer_fake.h"
#include "drivers/printer/printer_none.h"
#include "kiosk/base/check.h"
#include "kiosk/base/limits.h"

static const struct printer_ops *const drivers[] = {&printer_cups, &printer_fake, &printer_none};

struct printer {
    const struct printer_ops *ops;
    void *context;
};

const char *printer_job_state_name(enum printer_job_state state)
{
    static const char *const names[] = {
#define PRINTER_JOB(code, name) [PRINTER_JOB_##code] = name,
#include "drivers/printer/printer_jobs.def"
#undef PRINTER_JOB
    };
    return state >= 0 && state < PRINTER_JOB_COUNT_ ? names[state] : "invalid";
}

static const struct printer_ops *find_driver(const char *name)
{
    for (size_t i = 0; i < sizeof drivers / sizeof drivers[0]; i++)
        if (strcmp(drivers[i]->name, name) == 0)
            return drivers[i];
    return NULL;
}

enum status printer_open(const struct printer_settings *settings, struct printer **out,
                         struct failure *failure)
{
    const struct printer_ops *ops = find_driver(settings->driver);
    if (ops == NULL)
        return failure_set(failure, STATUS_CONFIG, "printer_open", 0, "no printer driver %s",
                           settings->driver);
    struct printer *printer = calloc(1, sizeof *printer);
    if (printer == NULL)
        return STATUS_NO_MEMORY;
    printer->ops = ops;
    enum status status = ops->open(settings, &printer->context, failure);
    if (status == STATUS_OK)
        *out = printer;
    else
        free(printer);
    return status;
}

void printer_close(struct printer *printer)
{
    if (printer == NULL)
        return;
    printer->ops->close(printer->context);
    free(printer);
}

/* Our job ids are names in someone else's queue: visible ASCII only, '#' being reserved for our own use. */
static bool is_job_id(const char *id)
{
    size_t length = strlen(id);
    for (size_t i = 0; i < length; i++)
        if (id[i] <= ' ' || id[i] >= 0x7F || id[i] == '#')
            return false;
    return length > 0 && length < PRINTER_JOB_ID_BYTES;
}

enum status printer_report(struct printer *printer, const struct printer_limits *limits,
                           struct printer_report *out, struct failure *failure)
{
    check(limits->deadline_ms > 0);
    return printer->ops->report(printer->context, limits, out, failure);
}

enum status printer_print(struct printer *printer, const struct printer_request *request,
                          const struct printer_limits *limits, long *reference, struct failure *failure)
{
    check(limits->deadline_ms > 0 && is_job_id(request->job_id));
    check(request->copies >= 1 && request->copies <= 9);
    check(request->length > 0 && request->length <= LIMIT_PDF_BYTES);
    if (job_cancel_is_requested(limits->cancel))
        return STATUS_CANCELLED;
    return printer->ops->print(printer->context, request, limits, reference, failure);
}

enum status printer_job(struct printer *printer, long reference, const struct printer_limits *limits,
                        struct printer_job *out, struct failure *failure)
{
    check(limits->deadline_ms > 0);
    return printer->ops->job(printer->context, reference, limits, out, failure);
}

enum status printer_find(struct printer *printer, const char *job_id, const struct printer_limits *limits,
                         struct printer_job *out, struct failure *failure)
{
    check(limits->deadline_ms > 0 && is_job_id(job_id));
    return printer->ops->find(printer->context, job_id, limits, out, failure);
}

enum status printer_cancel(struct printer *printer, long reference, const struct printer_limits *limits,
                           struct failure *failure)
{
    check(limits->deadline_ms > 0);
    return printer->ops->cancel(printer->context, reference, limits, failure);
}
