#include "drivers/host/host_serve.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "drivers/host/host.h"
#include "kiosk/base/log.h"

struct host_turn {
    int fd; /* -1: nobody listens */
    bool cancelled;
    bool gone;
};

enum status host_turn_progress(struct host_turn *turn, struct wire *message)
{
    message->type = HOST_PROGRESS;
    if (turn->fd < 0)
        return STATUS_OK;
    if (turn->gone)
        return STATUS_LOST;
    enum status status = wire_send(turn->fd, message, -1);
    turn->gone = status != STATUS_OK;
    return status;
}

bool host_turn_is_cancelled(struct host_turn *turn)
{
    struct pollfd one = {.fd = turn->fd, .events = POLLIN};
    if (turn->fd < 0 || turn->cancelled || turn->gone)
        return turn->cancelled || turn->gone;
    if (poll(&one, 1, 0) <= 0)
        return false;
    struct wire message;
    enum status status = wire_receive(turn->fd, &message, HOST_CANCEL_GRACE_MS);
    turn->cancelled = status == STATUS_OK && message.type == HOST_CANCEL;
    turn->gone = !turn->cancelled; /* a second request inside a request is a broken peer */
    wire_release(&message);
    return true;
}

static enum status put_outcome(struct wire *reply, enum status outcome, const struct failure *failure)
{
    char detail[2 * FAILURE_TEXT_BYTES];
    enum status status = wire_put_integer(reply, HOST_TAG_STATUS, outcome);
    if (status != STATUS_OK || outcome == STATUS_OK || failure->where == NULL)
        return status;
    snprintf(detail, sizeof(detail), "%s: %s", failure->where, failure->text);
    status = wire_put_integer(reply, HOST_TAG_VENDOR_CODE, failure->vendor_code);
    return status == STATUS_OK ? wire_put_text(reply, HOST_TAG_DETAIL, detail) : status;
}

/* A reply that does not fit is replaced by one that says so. */
static enum status send_outcome(int fd, struct wire *reply, uint16_t type, enum status outcome,
                                const struct failure *failure)
{
    reply->type = type;
    enum status status = put_outcome(reply, outcome, failure);
    if (status != STATUS_OK) {
        const struct failure none = {0};
        wire_release(reply);
        wire_init(reply, type);
        status = put_outcome(reply, status, &none);
    }
    return status == STATUS_OK ? wire_send(fd, reply, -1) : status;
}

static enum status check_hello(const struct wire *hello, const struct host_service *service,
                               struct failure *failure)
{
    int64_t version = 0;
    char kind[32] = "";
    if (hello->type != HOST_HELLO || wire_get_integer(hello, HOST_TAG_VERSION, &version) != STATUS_OK ||
        wire_get_text(hello, HOST_TAG_KIND, kind, sizeof(kind)) != STATUS_OK)
        return failure_set(failure, STATUS_MALFORMED, "hello", 0, "not a hello");
    if (version != HOST_VERSION)
        return failure_set(failure, STATUS_UNSUPPORTED, "hello", (long)version, "speaks another version");
    if (service == NULL || strcmp(kind, service->kind) != 0)
        return failure_set(failure, STATUS_UNSUPPORTED, "hello", 0, "no such service");
    return STATUS_OK;
}

static enum status greet(int fd, const struct host_service *service, int argument_count,
                         char *const *arguments, void **context)
{
    struct wire hello;
    struct failure failure = {0};
    enum status status = wire_receive(fd, &hello, -1);
    if (status != STATUS_OK)
        return status;
    status = check_hello(&hello, service, &failure);
    if (status == STATUS_OK)
        status = service->open(argument_count, arguments, context, &failure);
    wire_release(&hello);
    wire_init(&hello, HOST_HELLO);
    enum status sent = wire_put_integer(&hello, HOST_TAG_VERSION, HOST_VERSION);
    if (sent == STATUS_OK)
        sent = send_outcome(fd, &hello, HOST_HELLO, status, &failure);
    wire_release(&hello);
    return status != STATUS_OK ? status : sent;
}

static enum status answer(int fd, const struct host_service *service, void *context,
                          const struct wire *request)
{
    struct host_turn turn = {.fd = fd};
    struct failure failure = {0};
    struct wire reply;
    wire_init(&reply, HOST_REPLY);
    enum status outcome = service->handle(context, &turn, request, &reply, &failure);
    enum status status = turn.gone ? STATUS_LOST : send_outcome(fd, &reply, HOST_REPLY, outcome, &failure);
    wire_release(&reply);
    return status;
}

enum status host_serve(int fd, const struct host_service *service, int argument_count, char *const *arguments)
{
    void *context = NULL;
    enum status status = greet(fd, service, argument_count, arguments, &context);
    while (status == STATUS_OK) {
        struct wire request;
        status = wire_receive(fd, &request, -1);
        if (status != STATUS_OK)
            break;
        if (request.type >= HOST_FIRST_REQUEST)
            status = answer(fd, service, context, &request);
        else if (request.type != HOST_CANCEL) /* a cancel that crossed its reply is late, not wrong */
            status = STATUS_MALFORMED;
        wire_release(&request);
    }
    if (service != NULL && context != NULL)
        service->close(context);
    return status == STATUS_LOST ? STATUS_OK : status;
}
