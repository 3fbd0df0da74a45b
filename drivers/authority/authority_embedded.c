#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "drivers/authority/authority_backends.h"
#include "drivers/authority/authority_wire.h"
#include "kiosk/base/clock.h"
#include "kiosk/base/text.h"

struct embedded {
    struct sockaddr_un address;
    int deadline_ms;
};

static enum status embedded_connect(const struct embedded *embedded, int *out, struct failure *failure)
{
    /* Non-blocking, or a CA that is stopped with a full queue would hold the worker past its deadline. */
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd >= 0 && connect(fd, (const struct sockaddr *)&embedded->address, sizeof(embedded->address)) == 0) {
        *out = fd;
        return STATUS_OK;
    }
    int error = errno;
    if (fd >= 0)
        (void)close(fd);
    return failure_set(failure, STATUS_LOST, "connect", error, "%s", strerror(error));
}

/* The call is sent whole and the reply read; *sent says whether the authority may have acted on it. */
static enum status exchange(const struct embedded *embedded, const struct wire *call, struct wire *reply,
                            bool *sent, struct failure *failure)
{
    int64_t until_ms = clock_monotonic_ms(clock_system()) + embedded->deadline_ms;
    int fd = -1;
    enum status status = embedded_connect(embedded, &fd, failure);
    if (status != STATUS_OK)
        return status;
    status = wire_send(fd, call, embedded->deadline_ms);
    if (status != STATUS_OK) {
        /* A frame that was not sent whole is never acted on. */
        status = failure_set(failure, STATUS_LOST, "wire_send", 0, "%s", status_name(status));
        goto done;
    }
    *sent = true;
    int64_t left_ms = until_ms - clock_monotonic_ms(clock_system());
    status = wire_receive(fd, reply, left_ms > 0 ? (int)left_ms : 0);
    if (status != STATUS_OK)
        status = failure_set(failure, status, "wire_receive", 0, "%s", status_name(status));
done:
    (void)close(fd);
    return status;
}

/* One call from start to end. A missing or unreadable reply to a call that acts is UNKNOWN. Owns: the caller
 * releases *reply, also after failure. */
static enum status converse(const struct embedded *embedded, const struct authority_call *call,
                            struct wire *reply, struct failure *failure)
{
    bool sent = false;
    bool acts = call->type != AUTHORITY_WIRE_INQUIRE && call->type != AUTHORITY_WIRE_STATUS;
    struct wire message;
    wire_init(&message, (uint16_t)call->type);
    enum status status = authority_wire_write_call(&message, call);
    if (status == STATUS_OK)
        status = exchange(embedded, &message, reply, &sent, failure);
    wire_release(&message);
    enum status result = STATUS_OK;
    if (status == STATUS_OK) {
        status = authority_wire_read_result(reply, call->type, &result);
        if (status != STATUS_OK)
            (void)failure_set(failure, status, "authority_wire_read_result", reply->type, "unreadable reply");
    }
    if (status != STATUS_OK)
        return sent && acts ? STATUS_UNKNOWN : status;
    if (result != STATUS_OK)
        (void)failure_set(failure, result, "authority", 0, "the CA answered %s", status_name(result));
    return result;
}

static enum status converse_for_outcome(const struct embedded *embedded, const struct authority_call *call,
                                        struct authority_outcome *out, struct failure *failure)
{
    struct wire reply = {0};
    enum status status = converse(embedded, call, &reply, failure);
    if (status == STATUS_OK) {
        status = authority_wire_read_outcome(&reply, out);
        if (status != STATUS_OK) {
            (void)failure_set(failure, status, "authority_wire_read_outcome", 0, "unreadable reply");
            status = call->type != AUTHORITY_WIRE_INQUIRE ? STATUS_UNKNOWN : STATUS_MALFORMED;
        }
    }
    wire_release(&reply);
    return status;
}

static enum status converse_for_result(const struct embedded *embedded, const struct authority_call *call,
                                       struct failure *failure)
{
    struct wire reply = {0};
    enum status status = converse(embedded, call, &reply, failure);
    wire_release(&reply);
    return status;
}

static enum status embedded_request(void *state, const struct authority_request *request,
                                    struct authority_outcome *out, struct failure *failure)
{
    struct authority_call call = {.type = AUTHORITY_WIRE_REQUEST,
                                  .request = request->request,
                                  .days = request->days,
                                  .until_utc_s = request->until_utc_s};
    (void)snprintf(call.id, sizeof(call.id), "%s", request->id);
    (void)snprintf(call.profile, sizeof(call.profile), "%s", request->profile);
    call.encryption = request->encryption;
    return converse_for_outcome(state, &call, out, failure);
}

static enum status embedded_recover(void *state, const struct authority_recovery *recovery,
                                    struct authority_outcome *out, struct failure *failure)
{
    struct authority_call call = {.type = AUTHORITY_WIRE_RECOVER};
    (void)snprintf(call.id, sizeof(call.id), "%s", recovery->id);
    (void)snprintf(call.serial, sizeof(call.serial), "%s", recovery->serial);
    for (size_t i = 0; i < recovery->approver_count && i < AUTHORITY_APPROVERS; i++)
        if (!text_copy(call.approvers[call.approver_count++], AUTHORITY_NAME_BYTES, recovery->approvers[i]))
            return failure_set(failure, STATUS_MALFORMED, "authority_recover", 0, "a name is too long");
    return converse_for_outcome(state, &call, out, failure);
}

static enum status embedded_inquire(void *state, const char *id, struct authority_outcome *out,
                                    struct failure *failure)
{
    struct authority_call call = {.type = AUTHORITY_WIRE_INQUIRE};
    (void)snprintf(call.id, sizeof(call.id), "%s", id);
    return converse_for_outcome(state, &call, out, failure);
}

static enum status embedded_confirm(void *state, const char *id, bool accepted, struct failure *failure)
{
    struct authority_call call = {.type = AUTHORITY_WIRE_CONFIRM, .accepted = accepted};
    (void)snprintf(call.id, sizeof(call.id), "%s", id);
    return converse_for_result(state, &call, failure);
}

static enum status embedded_revoke(void *state, const char *serial, enum authority_reason reason,
                                   struct failure *failure)
{
    struct authority_call call = {.type = AUTHORITY_WIRE_REVOKE, .reason = reason};
    (void)snprintf(call.serial, sizeof(call.serial), "%s", serial);
    return converse_for_result(state, &call, failure);
}

static enum status embedded_status(void *state, struct authority_status *out, struct failure *failure)
{
    struct authority_call call = {.type = AUTHORITY_WIRE_STATUS};
    struct authority_status found = {.state = DEVICE_READY};
    struct wire reply = {0};
    enum status status = converse(state, &call, &reply, failure);
    if (status == STATUS_OK)
        status = wire_get_text(&reply, AUTHORITY_WIRE_TAG_NAME, found.name, sizeof(found.name));
    if (status == STATUS_OK) /* one of before does not say */
        (void)wire_get_integer(&reply, AUTHORITY_WIRE_TAG_UNTIL, &found.until_utc_s);
    wire_release(&reply);
    *out = status == STATUS_OK ? found : (struct authority_status){.state = DEVICE_OFFLINE};
    return STATUS_OK;
}

static void embedded_close(void *state)
{
    free(state);
}

enum status authority_embedded_open(const struct authority_settings *settings, struct authority **out,
                                    struct failure *failure)
{
    static const struct authority_ops ops = {embedded_request, embedded_inquire, embedded_recover,
                                             embedded_confirm, embedded_revoke,  embedded_status,
                                             embedded_close};
    struct embedded *embedded = calloc(1, sizeof(*embedded));
    if (embedded == NULL)
        return STATUS_NO_MEMORY;
    const char *path = settings->socket_path == NULL ? "" : settings->socket_path;
    if (path[0] == 0 || strlen(path) >= sizeof(embedded->address.sun_path) || settings->deadline_ms <= 0) {
        free(embedded);
        return failure_set(failure, STATUS_CONFIG, "authority_open", settings->deadline_ms,
                           "socket path missing or too long, or no deadline");
    }
    embedded->address.sun_family = AF_UNIX;
    (void)snprintf(embedded->address.sun_path, sizeof(embedded->address.sun_path), "%s", path);
    embedded->deadline_ms = settings->deadline_ms;
    return authority_open_take(&ops, embedded, out);
}
