/* IPP replies as a printer, or anything else at its address, may send them. */
#include <stdlib.h>

#include "drivers/printer/printer_cups_reply.h"
#include "kiosk/base/check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct printer_cups_reply *reply = malloc(sizeof *reply);
    check(reply != NULL);
    if (printer_cups_reply_parse(data, size, reply) == STATUS_OK) {
        check(reply->job_count <= PRINTER_CUPS_JOBS_MAX);
        check(reply->report.state < DEVICE_STATE_COUNT_);
        for (size_t i = 0; i < reply->job_count; i++)
            check(reply->jobs[i].job.state < PRINTER_JOB_COUNT_);
    }
    free(reply);
    return 0;
}
