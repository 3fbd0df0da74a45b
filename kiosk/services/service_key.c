#include "kiosk/services/service_key.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_eseal.h"
#include "kiosk/services/service_issue.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_own.h"
#include "kiosk/services/service_shipment.h"
#include "kiosk/services/service_step.h"
#include "kiosk/services/service_subject.h"
#include "kiosk/store/store_order.h"

enum {
    PIN_CHARACTERS = 16,
    KEYS_MAX = 32,
    LOOK_WAIT_MS = 200,
    READY_FOR_MS = 30000,
    AUTHORITY_DEADLINE_MS = 8000,
    AUTHORITY_EVERY_MS = 15000
};

struct service_key_own *service_key_own(struct service_context *context)
{
    if (context->own == NULL) {
        context->own = calloc(1, sizeof(struct service_key_own));
        check(context->own != NULL);
    }
    return context->own;
}

void service_certificates_close(struct service_context *context)
{
    token_close(context->drivers.token);
    authority_close(context->drivers.authority);
    if (context->own != NULL)
        secret_wipe_bytes(context->own, sizeof(struct service_key_own));
    free(context->own);
    context->own = NULL;
}

enum status service_key_open(struct service_context *context, struct failure *failure)
{
    struct service_drivers_source source = service_driver_source(context);
    enum status status = STATUS_OK;
    bool has_writer = !context->settings->is_desk || context->settings->settings->desk_writer;
    if (context->drivers.token == NULL && !has_writer)
        status = token_open(&(struct token_settings){.driver = "none"}, &context->drivers.token, failure);
    else if (context->drivers.token == NULL)
        status = service_drivers_open_token(&source, 0, &context->drivers.token, failure);
    if (status == STATUS_OK && context->drivers.authority == NULL)
        status = service_drivers_open_authority(&source, AUTHORITY_DEADLINE_MS, &context->drivers.authority,
                                                failure);
    return status;
}

/* --- PINs -------------------------------------------------------------------------------------------- */

/* 16 of 32 characters: 80 bits, every token takes letters and digits, and no two look alike on paper. */
static enum status derive_pin(struct service_context *context, const char *label, const uint8_t *salt,
                              struct secret *out, struct failure *failure)
{
    static const char alphabet[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    uint8_t bytes[PIN_CHARACTERS];
    char text[PIN_CHARACTERS];
    enum status status =
        hall_key_derive(context->hall_key, label, salt, STORE_KEY_SALT_BYTES, bytes, sizeof(bytes), failure);
    for (int i = 0; i < PIN_CHARACTERS; i++)
        text[i] = alphabet[bytes[i] & 31];
    if (status == STATUS_OK)
        status = secret_set(out, text, sizeof(text));
    secret_wipe_bytes(bytes, sizeof(bytes));
    secret_wipe_bytes(text, sizeof(text));
    return status;
}

enum status service_key_transport_pin(struct service_context *context, const struct store_key *key,
                                      struct secret *out, struct failure *failure)
{
    return derive_pin(context, "transport-pin", key->transport_salt, out, failure);
}

enum status service_key_so_pin(struct service_context *context, const struct store_key *key,
                               struct secret *out, struct failure *failure)
{
    return derive_pin(context, "so-pin", key->so_salt, out, failure);
}

/* An order that makes a key of its own is not made on the one it is about. */
static enum status makes_own(struct service_context *context, const char *order_id, bool *out,
                             struct failure *failure)
{
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    enum status status = service_load_operation(context, order_id, NULL, &product, &operation, failure);
    if (status == STATUS_OK)
        *out = order_steps_has(&operation->steps, ORDER_STEP_ISSUE) &&
               !order_steps_is_on_own_key(&operation->steps);
    return status;
}

/* The key the order made that stands in this state. */
static enum status find_made(struct service_context *context, const char *order_id,
                             enum store_key_state state, struct store_key *out, struct failure *failure)
{
    struct store_key keys[KEYS_MAX];
    size_t count = 0;
    enum status status = store_key_list_order(context->store, order_id, keys, KEYS_MAX, &count, failure);
    while (status == STATUS_OK && count > 0)
        if (keys[--count].state == state) {
            *out = keys[count];
            return STATUS_OK;
        }
    return status == STATUS_OK ? STATUS_NOT_FOUND : status;
}

enum status service_key_of_order(struct service_context *context, const char *order_id, struct store_key *out,
                                 struct failure *failure)
{
    bool is_made = false;
    struct store_certificate certificate;
    struct order order;
    enum status status = find_made(context, order_id, STORE_KEY_IN_WORK, out, failure);
    if (status == STATUS_NOT_FOUND)
        status = store_order_load(context->store, order_id, &order, failure);
    else
        return status;
    if (status == STATUS_OK && order.state != ORDER_STATE_ISSUING) { /* else the next key is still to come */
        status = find_made(context, order_id, STORE_KEY_DELIVERED, out, failure);
        if (status != STATUS_NOT_FOUND)
            return status;
        status = STATUS_OK;
    }
    if (status == STATUS_OK)
        status = makes_own(context, order_id, &is_made, failure);
    if (status == STATUS_OK && is_made)
        return STATUS_NOT_FOUND;
    if (status == STATUS_OK)
        status = service_subject_load(context, order_id, &certificate, failure);
    return status == STATUS_OK ? store_key_load(context->store, certificate.key_mark, out, failure) : status;
}

bool service_key_is_full(struct service_context *context, const char *order_id, const struct token_info *info)
{
    int64_t seals = 0;
    (void)!service_eseal_room(context, order_id, info, &seals, NULL);
    return info->free_bytes >= 0 && info->free_bytes < SERVICE_KEY_FREE_BYTES + seals;
}

enum service_reason service_key_reason(enum status status)
{
    if (status == STATUS_LOST)
        return SERVICE_REASON_KEY_PULLED;
    if (status == STATUS_CONFLICT)
        return SERVICE_REASON_KEY_OTHER;
    if (status == STATUS_FULL)
        return SERVICE_REASON_KEY_FULL;
    return SERVICE_REASON_WRITE_FAILED;
}

enum status service_key_refuse_pin(struct service_context *context, struct service_job *job,
                                   enum status status)
{
    if (status == STATUS_MALFORMED) /* a length no PIN of this key has; it cost nothing */
        return service_job_refuse(job, SERVICE_REASON_PIN_WRONG, 0);
    if (status != STATUS_REFUSED && status != STATUS_BAD_STATE) {
        job->reason = service_key_reason(status);
        return status;
    }
    (void)!service_key_look(context, NULL);
    bool locked = status == STATUS_BAD_STATE || service_key_own(context)->info.user_pin == TOKEN_PIN_LOCKED;
    return service_job_refuse(job, locked ? SERVICE_REASON_KEY_LOCKED : SERVICE_REASON_PIN_WRONG, 0);
}

/* --- watching ---------------------------------------------------------------------------------------- */

static enum service_key_presence presence_of(const struct service_key_own *own)
{
    if (own->last != STATUS_OK)
        return own->last == STATUS_LOST ? SERVICE_KEY_ABSENT : SERVICE_KEY_FAULTY;
    switch (own->info.presence) {
    case TOKEN_ABSENT:
        return SERVICE_KEY_ABSENT;
    case TOKEN_BLANK:
        return SERVICE_KEY_BLANK;
    case TOKEN_EMPTY:
    case TOKEN_CARRYING:
        return SERVICE_KEY_CARRYING;
    case TOKEN_PRESENCE_COUNT_:
        break;
    }
    return SERVICE_KEY_UNKNOWN;
}

static enum service_pin_health pin_of(enum token_pin pin)
{
    switch (pin) {
    case TOKEN_PIN_UNSET:
        return SERVICE_PIN_UNSET;
    case TOKEN_PIN_NORMAL:
        return SERVICE_PIN_NORMAL;
    case TOKEN_PIN_LOW:
        return SERVICE_PIN_LOW;
    case TOKEN_PIN_FINAL:
        return SERVICE_PIN_FINAL;
    case TOKEN_PIN_LOCKED:
        return SERVICE_PIN_LOCKED;
    case TOKEN_PIN_COUNT_:
        break;
    }
    return SERVICE_PIN_UNSET;
}

/* The newest certificate on the key speaks for it. */
static void name_holder(const struct token_info *info, struct service_key *out)
{
    for (unsigned i = 0; i < info->certificates && i < TOKEN_CERTIFICATES; i++) {
        if (info->certificate[i].not_after_utc_s < out->not_after_utc_s)
            continue;
        out->not_after_utc_s = info->certificate[i].not_after_utc_s;
        (void)text_copy(out->common_name, sizeof(out->common_name), info->certificate[i].subject);
    }
}

static bool is_visits(struct service_context *context, const struct token_info *info)
{
    struct store_key key;
    return context->visit.order_id[0] != 0 && info->identity.mark[0] != 0 && context->store != NULL &&
           service_key_of_order(context, context->visit.order_id, &key, NULL) == STATUS_OK &&
           strcmp(key.mark, info->identity.mark) == 0;
}

void service_key_report(struct service_context *context)
{
    struct service_key_own *own = service_key_own(context);
    struct service_job *report = service_job_new(SERVICE_KEY_WATCH);
    struct service_patch *patch = service_job_patch(report);
    struct service_key *key = &patch->key;
    patch->changes |= PATCH_KEY | PATCH_WRITER;
    key->presence = presence_of(own);
    if (key->presence == SERVICE_KEY_BLANK || key->presence == SERVICE_KEY_CARRYING) {
        key->is_this_orders = is_visits(context, &own->info);
        key->pin = pin_of(own->info.user_pin);
        key->pin_min_bytes = own->info.pin_min_bytes;
        key->pin_max_bytes = own->info.pin_max_bytes;
        (void)text_copy(key->serial, sizeof(key->serial), own->info.identity.serial);
        name_holder(&own->info, key);
    }
    patch->devices.key = key->presence;
    patch->devices.writer = key->presence == SERVICE_KEY_FAULTY ? DEVICE_FAULTY : DEVICE_READY;
    (void)service_job_end(report, STATUS_OK, SERVICE_REASON_NONE, 0);
    service_report(context, report);
    own->reported = true;
}

static enum status look(struct service_context *context, int wait_ms, struct failure *failure)
{
    struct service_key_own *own = service_key_own(context);
    struct token_info info;
    enum status status = service_key_open(context, failure);
    if (status == STATUS_OK)
        status = token_wait(context->drivers.token, own->looked ? own->info.insertion : 0, wait_ms, NULL,
                            &info, failure);
    bool changed =
        !own->reported || status != own->last ||
        (status == STATUS_OK && (info.insertion != own->info.insertion ||
                                 info.presence != own->info.presence || info.user_pin != own->info.user_pin));
    if (status != STATUS_OK || info.insertion != own->info.insertion)
        service_issue_forget_ready(context); /* the key that was judged is not, or may not be, there */
    own->last = status;
    own->looked = status == STATUS_OK;
    if (status == STATUS_OK)
        own->info = info;
    if (changed)
        service_key_report(context);
    return status;
}

enum status service_key_look(struct service_context *context, struct failure *failure)
{
    service_key_own(context)->looked = false; /* answers at once */
    return look(context, 0, failure);
}

/* --- may money be taken? ----------------------------------------------------------------------------- */

static enum service_reason judge_used(const struct store_key *key, const char *order_id, bool may_erase)
{
    bool is_orders = strcmp(key->order_id, order_id) == 0;
    if (key->state == STORE_KEY_IN_WORK)
        return is_orders ? SERVICE_REASON_NONE : SERVICE_REASON_KEY_OTHER;
    if (key->state == STORE_KEY_DELIVERED && is_orders)
        return SERVICE_REASON_KEY_DONE;
    return may_erase || key->state == STORE_KEY_FAILED ? SERVICE_REASON_NONE : SERVICE_REASON_KEY_CARRIES;
}

enum status service_key_is_in_use(struct service_context *context, const struct store_key *key, bool *out,
                                  struct failure *failure)
{
    *out = false;
    return key->state != STORE_KEY_DELIVERED
               ? STATUS_OK
               : store_certificate_is_live_on(context->store, key->mark, service_now_utc_s(context), out,
                                              failure);
}

/* A key that carries something. Where the store does not say whose it is, no money is taken. */
static enum status judge_carrying(struct service_context *context, const struct service_request *request,
                                  enum service_reason *out, struct failure *failure)
{
    const struct token_info *info = &service_key_own(context)->info;
    struct store_key key;
    bool is_subjects = true, is_in_use = false;
    *out = SERVICE_REASON_KEY_OTHER;
    if (info->identity.mark[0] == 0)
        return STATUS_OK;
    enum status status = store_key_load(context->store, info->identity.mark, &key, failure);
    if (status == STATUS_OK)
        status =
            service_own_is_subjects(context, request->order_id, info->identity.mark, &is_subjects, failure);
    if (status == STATUS_OK && !is_subjects)
        *out = judge_used(&key, request->order_id, request->flag);
    if (status == STATUS_OK && (*out == SERVICE_REASON_NONE || *out == SERVICE_REASON_KEY_CARRIES))
        status = service_key_is_in_use(context, &key, &is_in_use, failure);
    if (is_in_use)
        *out = SERVICE_REASON_KEY_IN_USE;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status judge_key(struct service_context *context, const struct service_request *request,
                             enum service_reason *out, struct failure *failure)
{
    const struct token_info *info = &service_key_own(context)->info;
    bool is_own = false;
    *out = SERVICE_REASON_NO_KEY;
    if (info->presence == TOKEN_ABSENT)
        return STATUS_OK;
    enum status status = service_own_is_order(context, request->order_id, &is_own, failure);
    if (status != STATUS_OK)
        return status;
    if (!is_own && info->presence != TOKEN_BLANK)
        return judge_carrying(context, request, out, failure);
    if (is_own)
        *out = service_own_judge(context, request->order_id);
    else
        *out = service_key_is_full(context, request->order_id, info) ? SERVICE_REASON_KEY_FULL
                                                                     : SERVICE_REASON_NONE;
    return STATUS_OK;
}

void service_issue_forget_ready(struct service_context *context)
{
    atomic_store(&context->shared->issue_ready_until_ms, 0);
}

static enum device_state ask_authority(struct service_context *context)
{
    struct authority_status authority = {.state = DEVICE_OFFLINE};
    struct failure failure = {0};
    enum status status = service_key_open(context, &failure);
    if (status == STATUS_OK)
        status = authority_status(context->drivers.authority, &authority, &failure);
    if (status != STATUS_OK || authority.state != DEVICE_READY)
        log_failure("authority", "asking how it is", status, &failure);
    return status == STATUS_OK ? authority.state : DEVICE_OFFLINE;
}

void service_issue_ready_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    bool is_wished = false;
    enum service_reason reason = SERVICE_REASON_NO_KEY;
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = service_shipment_is_wished(context, job->request.order_id, &is_wished, &job->failure);
    if (status == STATUS_OK && is_wished) {
        atomic_store(&context->shared->issue_ready_until_ms, service_now_ms(context) + READY_FOR_MS);
        (void)service_job_end(job, STATUS_OK, SERVICE_REASON_NONE, 0); /* the desk makes it */
        return;
    }
    if (status == STATUS_OK)
        status = service_key_look(context, &job->failure);
    service_issue_forget_ready(context);
    if (status == STATUS_OK)
        status = judge_key(context, &job->request, &reason, &job->failure);
    if (status != STATUS_OK) {
        (void)service_job_end(job, status, SERVICE_REASON_NO_KEY, 0);
        return;
    }
    if (reason == SERVICE_REASON_NONE && ask_authority(context) != DEVICE_READY)
        reason = SERVICE_REASON_AUTHORITY_SILENT;
    if (reason == SERVICE_REASON_NONE)
        atomic_store(&context->shared->issue_ready_until_ms, service_now_ms(context) + READY_FOR_MS);
    (void)service_job_end(job, reason == SERVICE_REASON_NONE ? STATUS_OK : STATUS_REFUSED, reason, 0);
}

/* --- the idle round ---------------------------------------------------------------------------------- */

static void report_authority(struct service_context *context)
{
    struct service_key_own *own = service_key_own(context);
    enum device_state state = ask_authority(context);
    own->next_authority_ms = service_now_ms(context) + AUTHORITY_EVERY_MS;
    own->authority_state = state;
    struct service_job *report = service_job_new(SERVICE_DEVICES);
    struct service_patch *patch = service_job_patch(report);
    patch->changes |= PATCH_AUTHORITY;
    patch->devices.authority = state;
    (void)service_job_end(report, STATUS_OK, SERVICE_REASON_NONE, 0);
    service_report(context, report);
}

void service_certificates_idle(struct service_context *context)
{
    struct service_key_own *own = service_key_own(context);
    struct store *store = NULL;
    struct failure failure = {0};
    if (service_store(context, &store) != STATUS_OK)
        return;
    if (!context->settings->is_desk || context->settings->settings->desk_writer) {
        enum status before = own->last;
        enum status status = look(context, LOOK_WAIT_MS, &failure);
        if (status != STATUS_OK && status != before)
            log_failure("token", "looking at the writer", status, &failure);
    }
    if (service_now_ms(context) >= own->next_authority_ms)
        report_authority(context);
    if (service_now_ms(context) >= own->next_sweep_ms) {
        own->next_sweep_ms = service_now_ms(context) + context->settings->settings->intention_retry_s * 1000;
        service_issue_sweep(context);
    }
}
