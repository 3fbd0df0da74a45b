#include "kiosk/services/services.h"

#include <stdlib.h>
#include <string.h>

#include "drivers/net/http.h"
#include "kiosk/base/check.h"
#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_owner.h"
#include "kiosk/services/service_state.h"
#include "kiosk/store/hall_key_file.h"

static const struct {
    const char *name;
    enum service_worker worker;
    int deadline_ms;
    void (*run)(struct service_context *context, struct service_job *job);
} kinds[SERVICE_COUNT_] = {
#define SERVICE(code, worker, deadline_ms, name, run) {name, SERVICE_WORKER_##worker, deadline_ms, run},
#include "kiosk/services/services.def"
#undef SERVICE
};

static const struct {
    const char *name;
    int idle_ms;
    void (*idle)(struct service_context *context);
    void (*close)(struct service_context *context);
} worker_table[SERVICE_WORKER_COUNT_] = {
#define SERVICE_WORKER(code, name, idle_ms, idle, close) {name, idle_ms, idle, close},
#include "kiosk/services/service_workers.def"
#undef SERVICE_WORKER
};

static const char *const reason_names[SERVICE_REASON_COUNT_] = {
#define SERVICE_REASON(code, name) name,
#include "kiosk/services/service_reasons.def"
#undef SERVICE_REASON
};

const char *service_kind_name(enum service_kind kind)
{
    return (unsigned)kind < SERVICE_COUNT_ ? kinds[kind].name : "invalid";
}

const char *service_reason_name(enum service_reason reason)
{
    return (unsigned)reason < SERVICE_REASON_COUNT_ ? reason_names[reason] : "invalid";
}

/* What a worker forgets when the visit, or the clerk's session, is over. */
static void (*const visit_enders[SERVICE_WORKER_COUNT_])(struct service_context *context) = {
    [SERVICE_WORKER_CERTIFICATES] = service_issue_forget_ready,
    [SERVICE_WORKER_DESK] = service_desk_sign_off};

/* --- on the workers' threads ------------------------------------------------------------------------- */

void service_visit_run(struct service_context *context, struct service_job *job)
{
    if (context->visit.number != job->visit && visit_enders[context->worker] != NULL)
        visit_enders[context->worker](context);
    context->visit.number = job->visit;
    (void)memcpy(context->visit.order_id, job->request.order_id, sizeof(context->visit.order_id));
    (void)service_job_end(job, STATUS_OK, SERVICE_REASON_NONE, 0);
}

static void run_job(void *argument, struct job *queued)
{
    struct service_job *job = (struct service_job *)queued;
    job->job.status = STATUS_UNSUPPORTED;
    kinds[job->kind].run(argument, job);
    if (job->job.status == STATUS_REFUSED && job->failure.where == NULL) /* a person's mistake, not ours */
        log_info("services", "%s: %s", job->job.what, service_reason_name(job->reason));
    else if (job->job.status != STATUS_OK)
        log_failure("services", job->job.what, job->job.status, &job->failure);
    else
        log_debug("services", "%s done", job->job.what);
}

static void run_idle(void *argument)
{
    struct service_context *context = argument;
    worker_table[context->worker].idle(context);
}

/* --- starting and stopping --------------------------------------------------------------------------- */

/* A desk has no devices of an applicant; a terminal has no clerk. Both finish payments, requests and what a
 * telephone was asked. */
static bool runs_here(enum service_worker worker, bool is_desk)
{
    bool is_common = worker == SERVICE_WORKER_PAYMENT || worker == SERVICE_WORKER_CERTIFICATES ||
                     worker == SERVICE_WORKER_IDENTITY;
    return is_common || (worker == SERVICE_WORKER_DESK) == is_desk;
}

static void give_drivers(struct service_context *context, struct service_drivers *drivers)
{
    switch (context->worker) {
    case SERVICE_WORKER_SMS:
        context->drivers.sms = drivers->sms;
        drivers->sms = NULL;
        break;
    case SERVICE_WORKER_IDENTITY:
        context->drivers.idcard = drivers->idcard;
        context->drivers.identity = drivers->identity;
        drivers->idcard = NULL;
        drivers->identity = NULL;
        break;
    case SERVICE_WORKER_PRINTER:
        context->drivers.printer = drivers->printer;
        drivers->printer = NULL;
        break;
    case SERVICE_WORKER_SCANNER:
        context->drivers.scanner = drivers->scanner;
        drivers->scanner = NULL;
        break;
    case SERVICE_WORKER_CERTIFICATES:
        context->drivers.token = drivers->token;
        context->drivers.authority = drivers->authority;
        drivers->token = NULL;
        drivers->authority = NULL;
        break;
    case SERVICE_WORKER_PAYMENT:
        context->drivers.payment = drivers->payment;
        context->drivers.wechat = drivers->wechat;
        drivers->payment = drivers->wechat = NULL;
        break;
    case SERVICE_WORKER_ORDERS:
    case SERVICE_WORKER_DESK:
    case SERVICE_WORKER_COUNT_:
        break;
    }
}

/* What nobody took still belongs to us (a desk was handed a scanner). */
static void close_drivers(struct service_drivers *drivers)
{
    token_close(drivers->token);
    scanner_close(drivers->scanner);
    printer_close(drivers->printer);
    payment_close_channel(drivers->payment);
    payment_close_channel(drivers->wechat);
    sms_close(drivers->sms);
    idcard_close(drivers->idcard);
    identity_close(drivers->identity);
    authority_close(drivers->authority);
    *drivers = (struct service_drivers){0};
}

static enum status start_worker(struct services *services, enum service_worker worker,
                                const uint8_t *page_key)
{
    struct service_context *context = &services->contexts[worker];
    *context = (struct service_context){.worker = worker,
                                        .settings = &services->settings,
                                        .hall_key = &services->hall_key,
                                        .shared = &services->shared,
                                        .http = services->http};
    (void)memcpy(context->page_key, page_key, sizeof(context->page_key));
    give_drivers(context, &services->settings.drivers);
    return worker_start(&(struct worker_settings){.name = worker_table[worker].name,
                                                  .run = run_job,
                                                  .idle = run_idle,
                                                  .idle_every_ms = clock_machine_ms(
                                                      services->settings.clock, worker_table[worker].idle_ms),
                                                  .context = context,
                                                  .wake = services->settings.wake,
                                                  .wake_context = services->settings.wake_context,
                                                  .self = &context->thread},
                        &services->workers[worker]);
}

static enum status start_workers(struct services *services, struct failure *failure)
{
    uint8_t page_key[CRYPTO_KEY_BYTES] = {0};
    enum status status =
        hall_key_derive(&services->hall_key, "page-code", "", 0, page_key, sizeof(page_key), failure);
    for (unsigned i = 0; i < SERVICE_WORKER_COUNT_ && status == STATUS_OK; i++)
        if (runs_here((enum service_worker)i, services->settings.is_desk))
            status = start_worker(services, (enum service_worker)i, page_key);
    secret_wipe_bytes(page_key, sizeof(page_key));
    return status;
}

/* The store is opened once before any worker, so that migrations run alone and its mistakes stop the start.
 */
static enum status try_store(struct services *services, struct failure *failure)
{
    struct store *store = NULL;
    enum status status = store_open(
        &(struct store_settings){.path = services->settings.settings->store_file,
                                 .hall_key = &services->hall_key,
                                 .clock = services->settings.clock,
                                 .random = services->settings.random,
                                 .owner = services->settings.owner,
                                 .password_log_n = (int)services->settings.settings->store_password_log_n},
        &store, failure);
    store_close(store);
    return status;
}

enum status services_start(const struct services_settings *settings, struct services **out,
                           struct failure *failure)
{
    struct services *services = calloc(1, sizeof(*services));
    check(services != NULL);
    services->settings = *settings;
    services->owner_lock = -1;
    services->visit_number = 1;
    services->has_wechat =
        settings->drivers.wechat != NULL || strcmp(settings->settings->payment_wechat_driver, "none") != 0;
    services->has_voice = settings->drivers.sms != NULL || settings->settings->sms_voice_template[0] != 0;
    services->has_phone = settings->drivers.identity != NULL ||
                          strcmp(settings->settings->identity_service_driver, "none") != 0;
    services->has_reader =
        settings->drivers.idcard != NULL || strcmp(settings->settings->idcard_driver, "none") != 0;
    form_values_init(&services->values);
    form_values_init(&services->desk.opened.values);
    enum status status =
        hall_key_file_open(settings->settings->hall_key_file, settings->random, &services->hall_key, failure);
    if (status == STATUS_OK)
        status = try_store(services, failure);
    if (status == STATUS_OK)
        status = service_owner_take(settings->settings->store_file, settings->owner, &services->owner_lock,
                                    failure);
    if (status == STATUS_OK)
        status = http_curl_new(&(struct http_curl_settings){0}, &services->http);
    if (status == STATUS_OK)
        status = start_workers(services, failure);
    if (status != STATUS_OK) {
        services_stop(services);
        return status;
    }
    services_tell_visit(services);
    *out = services;
    return STATUS_OK;
}

bool services_tells(const struct services *services)
{
    return services->settings.settings->sms_template_accepted[0] != 0;
}

bool services_takes(const struct services *services, enum product_payment channel)
{
    return channel == PRODUCT_PAYMENT_ALIPAY || (channel == PRODUCT_PAYMENT_WECHAT && services->has_wechat);
}

bool services_identifies(const struct services *services, enum product_identity way)
{
    return way == PRODUCT_IDENTITY_DESK || (way == PRODUCT_IDENTITY_READER && services->has_reader) ||
           (way == PRODUCT_IDENTITY_PHONE && services->has_phone);
}

bool services_takes_appointments(const struct services *services)
{
    return services->settings.settings->appointment_keys_file[0] != 0;
}

bool services_has_accounts(const struct services *services)
{
    return services->settings.settings->login_passwords;
}

bool services_speaks(const struct services *services)
{
    return services->has_voice;
}

static void stop_worker(struct services *services, unsigned i)
{
    if (services->workers[i] == NULL)
        return;
    worker_stop(services->workers[i], service_job_free);
    services->workers[i] = NULL;
    if (worker_table[i].close != NULL)
        worker_table[i].close(&services->contexts[i]);
    store_close(services->contexts[i].store);
    secret_wipe_bytes(&services->contexts[i], sizeof(services->contexts[i]));
}

static void wipe_views(struct services *services)
{
    form_values_wipe(&services->values);
    form_values_wipe(&services->desk.opened.values);
    secret_wipe_bytes(&services->visit, sizeof(services->visit));
    secret_wipe_bytes(&services->desk, sizeof(services->desk));
}

void services_stop(struct services *services)
{
    if (services == NULL)
        return;
    for (unsigned i = 0; i < SERVICE_WORKER_COUNT_; i++)
        stop_worker(services, i);
    close_drivers(&services->settings.drivers);
    while (services->unsent != NULL) {
        struct service_job *next = (struct service_job *)services->unsent->job.next;
        service_job_free(&services->unsent->job);
        services->unsent = next;
    }
    http_free(services->http);
    hall_key_close(&services->hall_key);
    service_owner_drop(services->owner_lock);
    job_cancel_drop(services->scan_cancel);
    job_cancel_drop(services->card_cancel);
    job_cancel_drop(services->visit_cancel);
    wipe_views(services);
    free(services);
}

/* What is of no use, or shows somebody's data to the next person, once the visit is over. What was typed,
 * paid or decided is stored all the same. */
static bool ends_with_visit(enum service_kind kind)
{
    return kind == SERVICE_FORM_PREVIEW || kind == SERVICE_FORM_PRINT || kind == SERVICE_RECEIPT_PRINT ||
           kind == SERVICE_PAGE_PREVIEW || kind == SERVICE_BLANK_PRINT || kind == SERVICE_EXAMPLE_SHOW ||
           kind == SERVICE_ISSUE_RUN || kind == SERVICE_ISSUE_READY;
}

static struct job_cancel *cancel_of(struct services *services, enum service_kind kind)
{
    if (!ends_with_visit(kind))
        return job_cancel_new(); /* so that stopping can end it */
    if (services->visit_cancel == NULL)
        services->visit_cancel = job_cancel_new();
    return job_cancel_hold(services->visit_cancel);
}

static void cancel_visit(struct services *services)
{
    service_scan_cancel(services);
    service_card_cancel(services);
    job_cancel_request(services->visit_cancel);
    job_cancel_drop(services->visit_cancel);
    services->visit_cancel = NULL;
}

/* --- sending and receiving --------------------------------------------------------------------------- */

uint64_t services_send(struct services *services, struct service_job *job)
{
    uint64_t id = job->id = ++services->last_id;
    job->visit = services->visit_number;
    if (job->job.cancel == NULL)
        job->job.cancel = cancel_of(services, job->kind);
    struct worker *worker = services->workers[kinds[job->kind].worker];
    if (kinds[job->kind].deadline_ms > 0)
        job->job.deadline_ms = clock_monotonic_ms(services->settings.clock) + kinds[job->kind].deadline_ms;
    if (worker != NULL) {
        (void)worker_send(worker, &job->job);
        return id;
    }
    (void)service_job_end(job, STATUS_UNSUPPORTED, SERVICE_REASON_NONE, 0);
    job->job.next = (struct job *)services->unsent;
    services->unsent = job;
    if (services->settings.wake != NULL)
        services->settings.wake(services->settings.wake_context);
    return id;
}

void services_tell_visit(struct services *services)
{
    for (unsigned i = 0; i < SERVICE_WORKER_COUNT_; i++) {
        if (services->workers[i] == NULL)
            continue;
        struct service_job *job = service_job_new(SERVICE_VISIT);
        job->visit = services->visit_number;
        if (services->visit.has_order)
            (void)memcpy(job->request.order_id, services->visit.order.id, sizeof(job->request.order_id));
        (void)worker_send(services->workers[i], &job->job);
    }
}

static struct service_job *next_job(struct services *services)
{
    if (services->unsent != NULL) {
        struct service_job *job = services->unsent;
        services->unsent = (struct service_job *)job->job.next;
        return job;
    }
    for (unsigned i = 0; i < SERVICE_WORKER_COUNT_; i++) {
        struct job *job = services->workers[i] == NULL ? NULL : worker_receive(services->workers[i]);
        if (job != NULL)
            return (struct service_job *)job;
    }
    return NULL;
}

/* Devices are the terminal's, not the visit's: their reports count whoever stands there. */
static bool outlives_visit(const struct service_job *job)
{
    const uint64_t devices = PATCH_KEY | PATCH_PRINTER | PATCH_SCANNER | PATCH_WRITER | PATCH_AUTHORITY |
                             PATCH_GATEWAY | PATCH_SMS | PATCH_IDCARD;
    return job->patch != NULL && (job->patch->changes & ~devices) == 0;
}

/* A change of a device goes to the desk's wall. */
static void apply_patch(struct services *services, struct service_patch *patch)
{
    struct service_devices before = services->devices;
    service_patch_apply(services, patch);
    if (!services->settings.is_desk && memcmp(&before, &services->devices, sizeof(before)) != 0)
        services_tell_devices(services);
}

static void hand_out(struct service_job *job, struct service_reply *out)
{
    *out = (struct service_reply){.id = job->id,
                                  .kind = job->kind,
                                  .status = job->job.status,
                                  .reason = job->reason,
                                  .number = job->number,
                                  .image = job->image};
    job->image = NULL;
}

bool services_receive(struct services *services, struct service_reply *out)
{
    for (struct service_job *job = next_job(services); job != NULL; job = next_job(services)) {
        bool counts =
            job->kind != SERVICE_VISIT && (job->visit == services->visit_number || outlives_visit(job));
        if (counts) {
            apply_patch(services, job->patch);
            hand_out(job, out);
        }
        service_job_free(&job->job);
        if (counts)
            return true;
    }
    return false;
}

/* --- views ------------------------------------------------------------------------------------------- */

const struct service_visit *services_visit(const struct services *services)
{
    return &services->visit;
}

struct form_values *services_values(struct services *services)
{
    return &services->values;
}

const struct service_key *services_key(const struct services *services)
{
    return &services->key;
}

const struct service_devices *services_devices(const struct services *services)
{
    return &services->devices;
}

const struct service_supervision *services_supervision(const struct services *services)
{
    return &services->supervision;
}

const struct service_desk *services_desk(const struct services *services)
{
    return &services->desk;
}

void services_choose(struct services *services, const struct product *product,
                     const struct product_operation *operation, const char *class_id)
{
    if (services->visit.operation != operation) {
        services->visit.reason[0] = 0;
        service_wish_init(&services->visit.wish, operation);
    }
    const struct service_appointment *appointment = &services->visit.appointment;
    bool is_its = product != NULL && operation != NULL && strcmp(appointment->product, product->id) == 0 &&
                  strcmp(appointment->operation, operation->id) == 0;
    if (!is_its) /* it is for something else */
        secret_wipe_bytes(&services->visit.appointment, sizeof(services->visit.appointment));
    services->visit.copy_of[0] = 0;
    services->visit.product = product;
    services->visit.operation = operation;
    (void)text_copy(services->visit.class_id, sizeof(services->visit.class_id),
                    class_id == NULL ? "" : class_id);
}

void services_choose_copy(struct services *services)
{
    struct service_visit *visit = &services->visit;
    const struct service_record *record = &visit->record;
    services_choose(services, record->product, record->operation, record->line.order.class_id);
    visit->wish = record->wish;
    (void)memcpy(visit->copy_of, record->line.order.id, sizeof(visit->copy_of));
}

void services_choose_wish(struct services *services, const struct service_wish *wish)
{
    services->visit.wish = *wish;
}

void services_choose_reason(struct services *services, const char *reason)
{
    (void)text_copy(services->visit.reason, sizeof(services->visit.reason), reason);
}

/* Whether the terminal is in service outlives the visit, what concerns the visit does not. */
static void end_help(struct services *services)
{
    struct service_supervision before = services->supervision;
    services->supervision = (struct service_supervision){.is_closed = before.is_closed};
    (void)memcpy(services->supervision.closed_reason, before.closed_reason, sizeof(before.closed_reason));
}

void services_end_visit(struct services *services)
{
    cancel_visit(services);
    if (services->visit.has_order) {
        struct service_job *job = service_job_new(SERVICE_ORDER_RELEASE);
        (void)memcpy(job->request.order_id, services->visit.order.id, sizeof(job->request.order_id));
        (void)services_send(services, job);
    }
    if (services->visit.reset.id[0] != 0)
        (void)service_reset_drop(services);
    services->visit_number++;
    end_help(services);
    form_values_wipe(&services->values);
    secret_wipe_bytes(&services->visit, sizeof(services->visit));
    services_tell_visit(services);
}
