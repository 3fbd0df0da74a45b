#include "drivers/scanner/scanner_none.h"

static enum status none_list(void *self, int deadline_ms, struct scanner_list *out, struct failure *failure)
{
    (void)self, (void)deadline_ms, (void)failure;
    *out = (struct scanner_list){0};
    return STATUS_OK;
}

static enum status none_look(void *self, const char *id, int deadline_ms, enum device_state *out,
                             struct failure *failure)
{
    (void)self, (void)id, (void)deadline_ms, (void)failure;
    *out = DEVICE_ABSENT;
    return STATUS_OK;
}

static enum status none_scan(void *self, const char *id, const struct scanner_settings *settings,
                             const struct scanner_call *call, struct scanner_page *out,
                             enum device_state *fault, struct failure *failure)
{
    (void)self, (void)id, (void)settings, (void)call, (void)out;
    *fault = DEVICE_ABSENT;
    return failure_set(failure, STATUS_NOT_FOUND, "scanner_scan", 0, "this terminal has no scanner");
}

static void none_close(void *self)
{
    (void)self;
}

const struct scanner_ops *scanner_none_ops(void)
{
    static const struct scanner_ops ops = {"none", none_list, none_look, none_scan, none_close};
    return &ops;
}
