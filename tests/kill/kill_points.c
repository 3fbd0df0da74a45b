#include "tests/kill/kill_points.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "drivers/authority/authority.h"
#include "drivers/payment/payment.h"
#include "drivers/printer/printer.h"
#include "drivers/scanner/scanner.h"
#include "drivers/scanner/scanner_client.h"
#include "drivers/sms/sms.h"
#include "drivers/token/token.h"
#include "drivers/token/token_client.h"
#include "kiosk/base/check.h"
#include "kiosk/base/file.h"
#include "kiosk/store/db.h"
#include "kiosk/store/store_inner.h"

enum { NAMES = 256, NAME_BYTES = 192, MOMENT_BEFORE = -1, MOMENT_AFTER = -2 };

struct met {
    char name[NAME_BYTES];
    int times;
};

static struct {
    char victim[8];
    char name[NAME_BYTES];
    int moment; /* MOMENT_.., or milliseconds */
    int number; /* 0: no plan */
    char lie[NAME_BYTES];
    char ca_pid_file[256];
    int record_fd;
    char order_id[STORE_ID_BYTES];
    const void *scanner; /* the back end that has a host; NULL before it was opened */
    struct met met[NAMES];
    pthread_mutex_t lock;
} state = {.record_fd = -1, .lock = PTHREAD_MUTEX_INITIALIZER};

/* What the change open on this thread has written about the order so far. */
static _Thread_local char change[NAME_BYTES];

static bool read_plan(const char *plan)
{
    char when[16] = "";
    if (sscanf(plan, "%7[a-z]:%15[a-z0-9]:%191[^#]#%d", state.victim, when, state.name, &state.number) != 4)
        return false;
    state.moment = strcmp(when, "before") == 0  ? MOMENT_BEFORE
                   : strcmp(when, "after") == 0 ? MOMENT_AFTER
                                                : (int)strtol(when, NULL, 10);
    return state.number > 0;
}

bool kill_points_start(const struct kill_points *points)
{
    if (points->plan != NULL && points->plan[0] != 0 && !read_plan(points->plan))
        return false;
    if (points->lie != NULL)
        (void)snprintf(state.lie, sizeof(state.lie), "%s", points->lie);
    if (points->ca_pid_file != NULL)
        (void)snprintf(state.ca_pid_file, sizeof(state.ca_pid_file), "%s", points->ca_pid_file);
    if (points->record_file != NULL)
        state.record_fd = open(points->record_file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    return points->record_file == NULL || state.record_fd >= 0;
}

void kill_points_watch(const char *order_id)
{
    (void)pthread_mutex_lock(&state.lock);
    (void)snprintf(state.order_id, sizeof(state.order_id), "%s", order_id);
    (void)pthread_mutex_unlock(&state.lock);
}

/* --- striking ---------------------------------------------------------------------------------------- */

static pid_t ca_pid(void)
{
    int pid = 0;
    FILE *file = fopen(state.ca_pid_file, "re");
    if (file == NULL)
        return 0;
    if (fscanf(file, "%d", &pid) != 1)
        pid = 0;
    (void)fclose(file);
    return pid;
}

/* `host` is the driver host the point is about, 0 for none. */
static pid_t victim_pid(pid_t host)
{
    if (strcmp(state.victim, "host") == 0)
        return host;
    return strcmp(state.victim, "ca") == 0 ? ca_pid() : getpid();
}

static void strike(pid_t pid)
{
    if (pid <= 0)
        return;
    (void)fprintf(stderr, "struck %d at %s\n", (int)pid, state.name);
    (void)kill(pid, SIGKILL);
    while (pid == getpid())
        (void)pause();
}

struct later {
    pid_t pid;
    int ms;
};

static void *strike_later(void *argument)
{
    struct later *later = argument;
    const struct timespec wait = {later->ms / 1000, (later->ms % 1000) * 1000000L};
    (void)nanosleep(&wait, NULL);
    strike(later->pid);
    free(later);
    return NULL;
}

static void strike_during(pid_t pid, int ms)
{
    pthread_t thread;
    struct later *later = malloc(sizeof(*later));
    check(later != NULL);
    *later = (struct later){pid, ms};
    check(pthread_create(&thread, NULL, strike_later, later) == 0);
    (void)pthread_detach(thread);
}

/* The point is met. Returns: whether the plan is about this meeting. */
static bool meet(const char *name)
{
    char line[NAME_BYTES + 16];
    size_t i = 0;
    (void)pthread_mutex_lock(&state.lock);
    while (i < NAMES - 1 && state.met[i].name[0] != 0 && strcmp(state.met[i].name, name) != 0)
        i++;
    (void)snprintf(state.met[i].name, sizeof(state.met[i].name), "%s", name);
    int times = ++state.met[i].times;
    int length = snprintf(line, sizeof(line), "%s#%d\n", name, times);
    if (state.record_fd >= 0)
        check(write(state.record_fd, line, (size_t)length) == length);
    (void)pthread_mutex_unlock(&state.lock);
    return state.number == times && strcmp(state.name, name) == 0;
}

static void begin_point(bool is_planned, pid_t host)
{
    if (is_planned && state.moment == MOMENT_BEFORE)
        strike(victim_pid(host));
    if (is_planned && state.moment >= 0)
        strike_during(victim_pid(host), state.moment);
}

static void end_point(bool is_planned, pid_t host)
{
    if (is_planned && state.moment == MOMENT_AFTER)
        strike(victim_pid(host));
}

/* --- commits ----------------------------------------------------------------------------------------- */

/* The linker's names for the function in front and the one behind it. */
#define WRAPPED(name, parameters)                                                                            \
    enum status __real_##name parameters;                                                                    \
    enum status __wrap_##name parameters;                                                                    \
    enum status __wrap_##name parameters

static bool is_watched(const struct store_inner_event *event)
{
    bool is_new = event->kind == STORE_CHANGE_ORDER && event->event != NULL &&
                  strcmp(event->event, "insert") == 0 && state.order_id[0] == 0;
    if (event->kind == STORE_CHANGE_SUPERVISION)
        return true; /* some acts are about the machine */
    bool is_any = strcmp(state.order_id, "*") == 0;
    return is_new || (event->order_id != NULL && event->order_id[0] != 0 && state.order_id[0] != 0 &&
                      (is_any || strcmp(event->order_id, state.order_id) == 0));
}

WRAPPED(store_inner_record,
        (struct store * store, const struct store_inner_event *event, struct failure *failure))
{
    size_t used = strlen(change);
    if (is_watched(event))
        (void)snprintf(change + used, sizeof(change) - used, "%s%s/%s%s%s", used > 0 ? "+" : "",
                       store_change_kind_name(event->kind), event->event == NULL ? "" : event->event,
                       event->to == NULL || event->to[0] == 0 ? "" : "/", event->to == NULL ? "" : event->to);
    return __real_store_inner_record(store, event, failure);
}

WRAPPED(db_begin, (struct db * db, struct failure *failure))
{
    change[0] = 0;
    return __real_db_begin(db, failure);
}

WRAPPED(db_commit, (struct db * db, struct failure *failure))
{
    char name[NAME_BYTES];
    (void)snprintf(name, sizeof(name), "%s", change);
    change[0] = 0;
    if (name[0] == 0)
        return __real_db_commit(db, failure);
    if (strcmp(name, state.lie) == 0) {
        db_rollback(db);
        return STATUS_OK;
    }
    bool is_planned = meet(name);
    begin_point(is_planned, 0);
    enum status status = __real_db_commit(db, failure);
    end_point(is_planned, 0);
    return status;
}

/* --- acts -------------------------------------------------------------------------------------------- */

#define ACT(name, parameters, arguments, host)                                                               \
    WRAPPED(name, parameters)                                                                                \
    {                                                                                                        \
        bool is_planned = meet(#name);                                                                       \
        begin_point(is_planned, host);                                                                       \
        enum status status = __real_##name arguments;                                                        \
        end_point(is_planned, host);                                                                         \
        return status;                                                                                       \
    }

ACT(file_replace,
    (const char *path, const void *bytes, size_t length, unsigned mode, struct failure *failure),
    (path, bytes, length, mode, failure), 0)
ACT(sms_send,
    (struct sms * sms, const struct sms_call *call, const struct sms_message *message,
     struct sms_receipt *out, struct failure *failure),
    (sms, call, message, out, failure), 0)
ACT(printer_print,
    (struct printer * printer, const struct printer_request *request, const struct printer_limits *limits,
     long *reference, struct failure *failure),
    (printer, request, limits, reference, failure), 0)
/* The scanner is known to its callers without its host. */
WRAPPED(scanner_client_new, (const char *host_path, const char *sane_config_dir, const struct clock *clock,
                             const struct scanner_ops **ops, void **self, struct failure *failure))
{
    enum status status = __real_scanner_client_new(host_path, sane_config_dir, clock, ops, self, failure);
    if (status == STATUS_OK)
        state.scanner = *self;
    return status;
}

ACT(scanner_scan,
    (struct scanner * scanner, const struct scanner_settings *settings, const struct scanner_call *call,
     struct scanner_page *out, struct failure *failure),
    (scanner, settings, call, out, failure), state.scanner == NULL ? 0 : scanner_client_pid(state.scanner))
ACT(payment_create,
    (struct payment * payment, const struct payment_call *call, const struct payment_order *order,
     struct payment_code *out, struct failure *failure),
    (payment, call, order, out, failure), 0)
ACT(payment_cancel,
    (struct payment * payment, const struct payment_call *call, const char *out_trade_no,
     enum payment_cancel_outcome *out, struct failure *failure),
    (payment, call, out_trade_no, out, failure), 0)
ACT(payment_refund,
    (struct payment * payment, const struct payment_call *call, const struct payment_refund_request *request,
     enum payment_refund_state *out, struct failure *failure),
    (payment, call, request, out, failure), 0)
ACT(authority_request,
    (struct authority * authority, const struct authority_request *request, struct authority_outcome *out,
     struct failure *failure),
    (authority, request, out, failure), 0)
ACT(authority_confirm, (struct authority * authority, const char *id, bool accepted, struct failure *failure),
    (authority, id, accepted, failure), 0)
ACT(authority_revoke,
    (struct authority * authority, const char *serial, enum authority_reason reason, struct failure *failure),
    (authority, serial, reason, failure), 0)
ACT(token_format,
    (struct token * token, const struct token_identity *expected, const struct token_format *format,
     struct token_identity *out, struct failure *failure),
    (token, expected, format, out, failure), token_client_host_pid(token))
ACT(token_generate,
    (struct token * token, const struct token_identity *expected, const struct secret *pin,
     enum token_role role, enum token_algorithm algorithm, const struct token_key_id *id,
     struct job_cancel *cancel, struct token_public_key *out, struct failure *failure),
    (token, expected, pin, role, algorithm, id, cancel, out, failure), token_client_host_pid(token))
ACT(token_sign,
    (struct token * token, const struct token_identity *expected, const struct secret *pin,
     const struct token_key_id *id, const void *data, size_t length, struct buf *signature,
     struct failure *failure),
    (token, expected, pin, id, data, length, signature, failure), token_client_host_pid(token))
ACT(token_write_certificate,
    (struct token * token, const struct token_identity *expected, const struct secret *pin,
     enum token_role role, const struct token_key_id *id, const void *der, size_t length,
     struct failure *failure),
    (token, expected, pin, role, id, der, length, failure), token_client_host_pid(token))
ACT(token_set_pin,
    (struct token * token, const struct token_identity *expected, const struct secret *old_pin,
     const struct secret *new_pin, struct failure *failure),
    (token, expected, old_pin, new_pin, failure), token_client_host_pid(token))
ACT(token_destroy,
    (struct token * token, const struct token_identity *expected, const struct secret *pin,
     enum token_role role, const struct token_key_id *id, struct failure *failure),
    (token, expected, pin, role, id, failure), token_client_host_pid(token))
ACT(token_unlock_pin,
    (struct token * token, const struct token_identity *expected, const struct secret *so_pin,
     const struct secret *new_pin, struct failure *failure),
    (token, expected, so_pin, new_pin, failure), token_client_host_pid(token))
