#include "drivers/host/host.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "drivers/host/host_process.h"
#include "kiosk/base/log.h"

enum {
    START_DEADLINE_DEFAULT_MS = 5000,
    PAUSE_FIRST_DEFAULT_MS = 100,
    PAUSE_MOST_DEFAULT_MS = 5000,
    CANCEL_LOOK_MS = 20
};

struct host {
    struct host_process process;
    const struct clock *clock;
    char *kind;
    int start_deadline_ms;
    int pause_first_ms;
    int pause_most_ms;
    unsigned generation;
    unsigned failures;     /* bad ends in a row; a reply sets it back */
    int64_t not_before_ms; /* on `clock`: no start earlier */
};

static int or_default(int value, int otherwise)
{
    return value > 0 ? value : otherwise;
}

/* Waiting for a real process is measured in real time, whatever clock tests hand in. */
static int64_t now_ms(void)
{
    return clock_monotonic_ms(clock_system());
}

enum status host_open(const struct host_settings *settings, struct host **out)
{
    struct host *host = calloc(1, sizeof(*host));
    if (host == NULL)
        return STATUS_NO_MEMORY;
    host->clock = settings->clock != NULL ? settings->clock : clock_system();
    host->start_deadline_ms = or_default(settings->start_deadline_ms, START_DEADLINE_DEFAULT_MS);
    host->pause_first_ms = or_default(settings->pause_first_ms, PAUSE_FIRST_DEFAULT_MS);
    host->pause_most_ms = or_default(settings->pause_most_ms, PAUSE_MOST_DEFAULT_MS);
    host->kind = strdup(settings->kind);
    enum status status = host->kind == NULL
                             ? STATUS_NO_MEMORY
                             : host_process_init(&host->process, settings->program, settings->kind,
                                                 settings->arguments, settings->environment);
    if (status != STATUS_OK) {
        host_close(host);
        return status;
    }
    *out = host;
    return STATUS_OK;
}

void host_close(struct host *host)
{
    if (host == NULL)
        return;
    host_process_release(&host->process);
    free(host->kind);
    free(host);
}

/* The helper is of no further use; the next start waits longer the more often this came in a row. */
static enum status give_up(struct host *host, enum status status, const char *what, struct failure *failure)
{
    char end[64];
    host_process_kill(&host->process, end, sizeof(end));
    host->failures++;
    int64_t pause_ms = 0;
    if (host->failures > 1) {
        unsigned doublings = host->failures - 2 < 16 ? host->failures - 2 : 16;
        pause_ms = (int64_t)host->pause_first_ms << doublings;
    }
    if (pause_ms > host->pause_most_ms)
        pause_ms = host->pause_most_ms;
    host->not_before_ms = clock_monotonic_ms(host->clock) + pause_ms;
    log_warn("host", "%s helper ended: %s (%s, %s), next start in %lld ms", host->kind, what,
             status_name(status), end, (long long)pause_ms);
    return failure_set(failure, status, "certhost", 0, "%s helper: %s (%s)", host->kind, what, end);
}

static enum status exchange_hello(struct host *host, struct wire *hello)
{
    wire_init(hello, HOST_HELLO);
    enum status status = wire_put_integer(hello, HOST_TAG_VERSION, HOST_VERSION);
    if (status == STATUS_OK)
        status = wire_put_text(hello, HOST_TAG_KIND, host->kind);
    int64_t until_ms = now_ms() + host->start_deadline_ms;
    if (status == STATUS_OK)
        status = wire_send(host->process.socket, hello, host->start_deadline_ms);
    wire_release(hello);
    if (status == STATUS_OK) {
        int64_t left_ms = until_ms - now_ms();
        status = wire_receive(host->process.socket, hello, left_ms > 0 ? (int)left_ms : 0);
    }
    return status;
}

/* The status the helper told. Returns: false when it told none that we know. */
static bool told_status(const struct wire *message, enum status *out)
{
    int64_t number = -1;
    if (wire_get_integer(message, HOST_TAG_STATUS, &number) != STATUS_OK || number < 0 ||
        number >= STATUS_COUNT_)
        return false;
    *out = (enum status)number;
    return true;
}

static void told_failure(const struct wire *message, enum status status, struct failure *failure)
{
    char detail[2 * FAILURE_TEXT_BYTES] = "";
    int64_t code = 0;
    if (status == STATUS_OK || failure == NULL)
        return;
    if (wire_get_text(message, HOST_TAG_DETAIL, detail, sizeof(detail)) != STATUS_OK)
        detail[0] = 0;
    if (wire_get_integer(message, HOST_TAG_VENDOR_CODE, &code) != STATUS_OK)
        code = 0;
    (void)failure_set(failure, status, "certhost", (long)code, "%s", detail);
}

static enum status start(struct host *host, struct failure *failure)
{
    if (clock_monotonic_ms(host->clock) < host->not_before_ms)
        return failure_set(failure, STATUS_LOST, "certhost", 0, "%s helper is down, pausing", host->kind);
    enum status status = host_process_start(&host->process, failure);
    if (status != STATUS_OK)
        return status;
    host->generation++;
    struct wire hello;
    status = exchange_hello(host, &hello);
    if (status != STATUS_OK) {
        wire_release(&hello);
        return give_up(host, status, "no hello", failure);
    }
    int64_t version = 0;
    if (hello.type != HOST_HELLO || !told_status(&hello, &status))
        status = STATUS_MALFORMED;
    if (status == STATUS_OK &&
        (wire_get_integer(&hello, HOST_TAG_VERSION, &version) != STATUS_OK || version != HOST_VERSION))
        status = STATUS_UNSUPPORTED;
    if (status != STATUS_OK) {
        (void)give_up(host, status, "does not serve", failure);
        told_failure(&hello, status, failure);
    }
    wire_release(&hello);
    return status;
}

/* One call in progress, as it is waited for. */
struct wait {
    const struct host_terms *terms;
    int64_t until_ms;         /* the whole call */
    int64_t silence_until_ms; /* the next message; until_ms when there is no such limit */
    int64_t grace_until_ms;   /* after a cancel was sent; 0 before */
};

static void wait_heard(struct wait *wait)
{
    wait->silence_until_ms =
        wait->terms->silence_ms > 0 ? now_ms() + wait->terms->silence_ms : wait->until_ms;
}

static int64_t wait_left_ms(const struct wait *wait)
{
    int64_t until_ms = wait->until_ms < wait->silence_until_ms ? wait->until_ms : wait->silence_until_ms;
    if (wait->grace_until_ms != 0 && wait->grace_until_ms < until_ms)
        until_ms = wait->grace_until_ms;
    return until_ms - now_ms();
}

static enum status pass_cancel_on(const struct host *host, struct wait *wait)
{
    if (wait->grace_until_ms != 0 || !job_cancel_is_requested(wait->terms->cancel))
        return STATUS_OK;
    struct wire message;
    wire_init(&message, HOST_CANCEL);
    enum status status = wire_send(host->process.socket, &message, HOST_CANCEL_GRACE_MS);
    wire_release(&message);
    wait->grace_until_ms = now_ms() + HOST_CANCEL_GRACE_MS;
    return status;
}

/* The next message of the helper. Returns: TIMED_OUT or CANCELLED when it has to be killed. */
static enum status next_message(const struct host *host, struct wait *wait, struct wire *message)
{
    for (;;) {
        enum status status = pass_cancel_on(host, wait);
        if (status != STATUS_OK)
            return status;
        int64_t left_ms = wait_left_ms(wait);
        if (left_ms <= 0)
            return wait->grace_until_ms != 0 ? STATUS_CANCELLED : STATUS_TIMED_OUT;
        bool looks = wait->terms->cancel != NULL && wait->grace_until_ms == 0;
        struct pollfd one = {.fd = host->process.socket, .events = POLLIN};
        int ready = poll(&one, 1, looks && left_ms > CANCEL_LOOK_MS ? CANCEL_LOOK_MS : (int)left_ms);
        if (ready < 0 && errno != EINTR)
            return STATUS_IO;
        if (ready > 0)
            return wire_receive(host->process.socket, message, (int)left_ms);
    }
}

static enum status await_reply(const struct host *host, const struct host_terms *terms, struct wire *reply)
{
    struct wait wait = {.terms = terms,
                        .until_ms = now_ms() + or_default(terms->deadline_ms, HOST_DEADLINE_DEFAULT_MS)};
    wait_heard(&wait);
    for (;;) {
        enum status status = next_message(host, &wait, reply);
        if (status != STATUS_OK)
            return status;
        if (reply->type == HOST_REPLY)
            return STATUS_OK;
        if (reply->type == HOST_PROGRESS && terms->progress != NULL)
            terms->progress(terms->progress_context, reply);
        bool known = reply->type == HOST_PROGRESS;
        wire_release(reply);
        if (!known)
            return STATUS_MALFORMED;
        wait_heard(&wait);
    }
}

static const char *end_reason(enum status status)
{
    if (status == STATUS_TIMED_OUT)
        return "killed at the deadline";
    if (status == STATUS_CANCELLED)
        return "killed because it did not heed a cancel";
    return status == STATUS_LOST ? "died" : "broke the protocol";
}

enum status host_call(struct host *host, const struct wire *request, struct wire *reply,
                      const struct host_terms *terms, struct failure *failure)
{
    static const struct host_terms default_terms;
    if (terms == NULL)
        terms = &default_terms;
    wire_init(reply, HOST_REPLY);
    if (job_cancel_is_requested(terms->cancel))
        return failure_set(failure, STATUS_CANCELLED, "certhost", 0, "cancelled before it began");
    enum status status = STATUS_OK;
    if (host->process.pid == 0)
        status = start(host, failure);
    if (status != STATUS_OK)
        return status;
    status =
        wire_send(host->process.socket, request, or_default(terms->deadline_ms, HOST_DEADLINE_DEFAULT_MS));
    if (status == STATUS_OK)
        status = await_reply(host, terms, reply);
    enum status told = STATUS_OK;
    if (status == STATUS_OK && !told_status(reply, &told))
        status = STATUS_MALFORMED;
    if (status != STATUS_OK)
        return give_up(host, status, end_reason(status), failure);
    host->failures = 0;
    told_failure(reply, told, failure);
    return told;
}

unsigned host_generation(const struct host *host)
{
    return host->generation;
}

pid_t host_pid(const struct host *host)
{
    return host->process.pid;
}

struct host_ends host_ends(const struct host *host)
{
    return host->process.ends;
}
