#include "drivers/authority/authority_backends.h"

static enum status absent(struct failure *failure, const char *where)
{
    return failure_set(failure, STATUS_UNSUPPORTED, where, 0, "no authority is configured");
}

static enum status none_request(void *state, const struct authority_request *request,
                                struct authority_outcome *out, struct failure *failure)
{
    (void)state, (void)request, (void)out;
    return absent(failure, "authority_request");
}

static enum status none_inquire(void *state, const char *id, struct authority_outcome *out,
                                struct failure *failure)
{
    (void)state, (void)id, (void)out;
    return absent(failure, "authority_inquire");
}

static enum status none_recover(void *state, const struct authority_recovery *recovery,
                                struct authority_outcome *out, struct failure *failure)
{
    (void)state, (void)recovery, (void)out;
    return absent(failure, "authority_recover");
}

static enum status none_confirm(void *state, const char *id, bool accepted, struct failure *failure)
{
    (void)state, (void)id, (void)accepted;
    return absent(failure, "authority_confirm");
}

static enum status none_revoke(void *state, const char *serial, enum authority_reason reason,
                               struct failure *failure)
{
    (void)state, (void)serial, (void)reason;
    return absent(failure, "authority_revoke");
}

static enum status none_status(void *state, struct authority_status *out, struct failure *failure)
{
    (void)state, (void)failure;
    *out = (struct authority_status){.state = DEVICE_ABSENT};
    return STATUS_OK;
}

static void none_close(void *state)
{
    (void)state;
}

enum status authority_none_open(const struct authority_settings *settings, struct authority **out,
                                struct failure *failure)
{
    static const struct authority_ops ops = {none_request, none_inquire, none_recover, none_confirm,
                                             none_revoke,  none_status,  none_close};
    (void)settings, (void)failure;
    return authority_open_take(&ops, NULL, out);
}
