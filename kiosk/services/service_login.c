/* Login by mobile number and SMS code, on the SMS worker. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/form/form_rule.h"
#include "kiosk/services/service_account.h"
#include "kiosk/services/service_notice.h"
#include "kiosk/services/service_reset.h"
#include "kiosk/store/store_sms.h"

enum { CODE_DIGITS = 6, SEND_TIMEOUT_MS = 10000, PROBE_TIMEOUT_MS = 3000, PROBE_EVERY_MS = 60000 };
static const char purpose[] = "login";

static enum status open_sms(struct service_context *context, struct failure *failure)
{
    struct service_drivers_source source = service_driver_source(context);
    if (context->drivers.sms != NULL)
        return STATUS_OK;
    return service_drivers_open_sms(&source, &context->drivers.sms, failure);
}

void service_sms_close(struct service_context *context)
{
    sms_close(context->drivers.sms);
    context->drivers.sms = NULL;
}

static struct store_sms_limits limits_of(const struct service_context *context)
{
    const struct settings *settings = context->settings->settings;
    return (struct store_sms_limits){.life_s = (int)settings->login_code_s,
                                     .tries = (int)settings->login_tries,
                                     .lock_s = (int)settings->login_lock_s,
                                     .gap_s = (int)settings->login_resend_s,
                                     .per_hour = (int)settings->login_codes_per_hour};
}

static enum status explain(struct service_context *context, struct service_job *job,
                           const struct store_sms_verdict *verdict)
{
    int64_t wait_s = verdict->until_utc_s - service_now_utc_s(context);
    switch (verdict->outcome) {
    case STORE_SMS_OK:
        return STATUS_OK;
    case STORE_SMS_WRONG:
        return service_job_refuse(job, SERVICE_REASON_CODE_WRONG, verdict->tries_left);
    case STORE_SMS_EXPIRED:
    case STORE_SMS_NONE:
        return service_job_refuse(job, SERVICE_REASON_CODE_EXPIRED, 0);
    case STORE_SMS_LOCKED:
    case STORE_SMS_TOO_MANY:
        return service_job_refuse(job, SERVICE_REASON_LOCKED, wait_s);
    case STORE_SMS_TOO_SOON:
        return service_job_refuse(job, SERVICE_REASON_RESEND_WAIT, wait_s);
    }
    return STATUS_BAD_STATE;
}

static enum status draw_code(struct service_context *context, struct secret *code)
{
    char digits[CODE_DIGITS + 1];
    (void)snprintf(digits, sizeof(digits), "%06u",
                   (unsigned)random_below(context->settings->random, 1000000));
    enum status status = secret_set(code, digits, CODE_DIGITS);
    secret_wipe_bytes(digits, sizeof(digits));
    return status;
}

/* The send is counted and the code stored before it goes out: a kill gives no free sends. UNKNOWN counts as
 * sent, because the message may well arrive. */
static enum status send_code(struct service_context *context, struct service_job *job,
                             const struct secret *code)
{
    struct store_sms_limits limits = limits_of(context);
    struct store_sms_verdict verdict = {0};
    enum status status =
        store_sms_put(context->store, job->request.phone, purpose, code, &limits, &verdict, &job->failure);
    if (status == STATUS_OK)
        status = explain(context, job, &verdict);
    if (status != STATUS_OK)
        return status;
    struct sms_receipt receipt;
    const struct sms_message message = {.channel = job->request.flag ? SMS_VOICE : SMS_TEXT,
                                        .number = job->request.phone,
                                        .purpose = purpose,
                                        .code = code,
                                        .minutes = limits.life_s / 60,
                                        .request_id = ""};
    status = sms_send(context->drivers.sms,
                      &(struct sms_call){.timeout_ms = SEND_TIMEOUT_MS, .cancel = job->job.cancel}, &message,
                      &receipt, &job->failure);
    if (status == STATUS_REFUSED)
        return service_job_refuse(job, SERVICE_REASON_NUMBER, 0);
    return status == STATUS_UNKNOWN ? STATUS_OK : status;
}

void service_login_send_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    struct secret code = {0};
    struct form_error error;
    const struct form_rule_context rule = {0};
    enum status status = service_store(context, &store);
    if (status == STATUS_OK && !rule_mobile(job->request.phone, &rule, &error))
        status = service_job_refuse(job, SERVICE_REASON_NUMBER, 0);
    if (status == STATUS_OK)
        status = open_sms(context, &job->failure);
    if (status == STATUS_OK)
        status = draw_code(context, &code);
    if (status == STATUS_OK)
        status = send_code(context, job, &code);
    secret_wipe(&code);
    if (status == STATUS_OK)
        job->number = context->settings->settings->login_resend_s;
    service_job_finish(job, status);
}

void service_login_verify_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    struct store_sms_verdict verdict = {0};
    struct store_sms_limits limits = limits_of(context);
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = store_sms_check(store, job->request.phone, purpose, &job->request.secret, &limits, &verdict,
                                 &job->failure);
    if (status == STATUS_OK)
        status = explain(context, job, &verdict);
    if (status == STATUS_OK) {
        struct service_patch *patch = service_job_patch(job);
        patch->changes |= PATCH_LOGIN;
        patch->visit.login = SERVICE_LOGIN_BY_CODE;
        (void)memcpy(patch->visit.phone, job->request.phone, sizeof(patch->visit.phone));
    }
    service_job_finish(job, status);
}

/* --- another number ---------------------------------------------------------------------------------- */

/* Whose account is moved: of who is logged in, or of whom a clerk has let do it. The reset is used up only
 * once the code was right. */
static enum status find_account(struct service_context *context, struct service_job *job,
                                char id[STORE_ID_BYTES], char clerk[STORE_NAME_BYTES])
{
    struct store_reset reset = {0};
    if (job->request.more[0] == 0) {
        (void)text_copy(job->request.phone, sizeof(job->request.phone), job->request.reason);
        return service_account_of_visit(context, job, id);
    }
    enum status status = service_reset_take(context, job, STORE_RESET_PHONE, &reset);
    (void)memcpy(id, reset.subject, sizeof(reset.subject));
    (void)memcpy(clerk, reset.clerk, sizeof(reset.clerk));
    return status;
}

static void give_number(struct service_job *job, const char *phone)
{
    struct service_patch *patch = service_job_patch(job);
    patch->changes |= PATCH_LOGIN;
    patch->visit.login = SERVICE_LOGIN_BY_CODE;
    (void)text_copy(patch->visit.phone, sizeof(patch->visit.phone), phone);
    if (job->request.more[0] != 0)
        service_reset_end(job);
}

/* In one change: what a clerk has let be done is used up only when it was. */
static enum status move_account(struct service_context *context, struct service_job *job, const char *phone)
{
    char id[STORE_ID_BYTES] = "", clerk[STORE_NAME_BYTES] = "";
    enum status status = store_begin(context->store, &job->failure);
    if (status != STATUS_OK)
        return status;
    status = find_account(context, job, id, clerk);
    if (status == STATUS_OK)
        status = store_account_move(context->store, id, phone, clerk[0] != 0 ? clerk : NULL, &job->failure);
    if (status == STATUS_CONFLICT)
        status = service_job_refuse(job, SERVICE_REASON_NUMBER_TAKEN, 0);
    status = store_end(context->store, status, &job->failure);
    if (status == STATUS_OK)
        give_number(job, phone);
    return status;
}

void service_account_phone_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    struct store_sms_verdict verdict = {0};
    struct store_sms_limits limits = limits_of(context);
    char phone[SERVICE_PHONE_BYTES];
    (void)memcpy(phone, job->request.phone, sizeof(phone));
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status =
            store_sms_check(store, phone, purpose, &job->request.secret, &limits, &verdict, &job->failure);
    if (status == STATUS_OK)
        status = explain(context, job, &verdict);
    if (status == STATUS_OK)
        status = move_account(context, job, phone);
    service_job_finish(job, status);
}

/* The notice is stored first; when the service is not there now, it goes out later by itself. */
static enum status tell_number(struct service_context *context, struct service_job *job)
{
    char subject[32];
    struct store_notice notice;
    const struct service_request *request = &job->request;
    (void)snprintf(subject, sizeof(subject), "%lld", (long long)request->version);
    enum status status = store_notice_add(context->store, request->order_id, STORE_NOTICE_ACCEPTED, subject,
                                          request->phone, &job->failure);
    if (status == STATUS_OK)
        status = store_notice_find(context->store, request->order_id, STORE_NOTICE_ACCEPTED, subject, &notice,
                                   &job->failure);
    if (status == STATUS_OK && notice.state == STORE_NOTICE_WAITING)
        status = service_notice_send_now(context, context->drivers.sms, &notice, &job->failure);
    if (status == STATUS_REFUSED || (status == STATUS_OK && notice.state == STORE_NOTICE_REFUSED))
        return service_job_refuse(job, SERVICE_REASON_NUMBER, 0);
    return status == STATUS_BUSY || status == STATUS_UNKNOWN || status == STATUS_CONFLICT ? STATUS_OK
                                                                                          : status;
}

void service_notice_send_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    const char *template_code = service_notice_template(context->settings->settings, STORE_NOTICE_ACCEPTED);
    enum status status = job->request.phone[0] == 0 || template_code[0] == 0 ? STATUS_UNSUPPORTED
                                                                             : service_store(context, &store);
    if (status == STATUS_OK)
        status = open_sms(context, &job->failure);
    if (status == STATUS_OK)
        status = tell_number(context, job);
    service_job_finish(job, status);
}

static void probe(struct service_context *context)
{
    if (service_now_ms(context) < context->next_round_ms)
        return;
    context->next_round_ms = service_now_ms(context) + PROBE_EVERY_MS;
    struct failure failure = {0};
    enum status status = open_sms(context, &failure);
    if (status == STATUS_OK)
        status =
            sms_probe(context->drivers.sms, &(struct sms_call){.timeout_ms = PROBE_TIMEOUT_MS}, &failure);
    struct service_job *report = service_job_new(SERVICE_DEVICES);
    struct service_patch *patch = service_job_patch(report);
    patch->changes |= PATCH_SMS;
    patch->devices.sms = status == STATUS_OK       ? DEVICE_READY
                         : status == STATUS_CONFIG ? DEVICE_FAULTY
                                                   : DEVICE_OFFLINE;
    (void)service_job_end(report, STATUS_OK, SERVICE_REASON_NONE, 0);
    service_report(context, report);
}

void service_sms_idle(struct service_context *context)
{
    probe(context);
    if (context->drivers.sms != NULL)
        service_notice_round(context, context->drivers.sms);
}
