/* Accounts, on the orders worker: who comes again logs in by a name and a password, and looks after both. */
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/form/form_rule.h"
#include "kiosk/form/rule_password.h"
#include "kiosk/services/service_account.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_reset.h"
#include "kiosk/store/store_order.h"

enum { ORDERS_AT_ONCE = 32 };

static size_t least_of(const struct service_context *context)
{
    return (size_t)context->settings->settings->login_password_min;
}

enum status service_account_of_visit(struct service_context *context, struct service_job *job,
                                     char id[STORE_ID_BYTES])
{
    bool is_proven =
        job->request.login == SERVICE_LOGIN_BY_CODE || job->request.login == SERVICE_LOGIN_BY_PASSWORD;
    struct store *store = NULL;
    if (!is_proven || job->request.phone[0] == 0 || !context->settings->settings->login_passwords)
        return STATUS_BAD_STATE;
    enum status status = service_store(context, &store);
    return status == STATUS_OK ? store_account_find(store, job->request.phone, id, NULL) : status;
}

/* --- looking ----------------------------------------------------------------------------------------- */

static bool holds(const struct service_account *account, const char *company)
{
    for (size_t i = 0; i < account->company_count; i++)
        if (strcmp(account->companies[i], company) == 0)
            return true;
    return false;
}

/* The full name of a unit stands in an order that went to its end: a clerk has compared it with its papers.
 */
static enum status add_company(struct service_context *context, const struct order *order,
                               struct service_account *out)
{
    char code[SERVICE_TEXT_BYTES] = "", name[SERVICE_TEXT_BYTES] = "";
    enum status status = service_load_credit_code(context, order, code, sizeof(code));
    if (status == STATUS_OK && code[0] != 0)
        status = service_load_unit(context, order, name, sizeof(name));
    if (status == STATUS_OK && name[0] != 0 && !holds(out, name) &&
        out->company_count < SERVICE_COMPANIES_MAX)
        (void)text_copy(out->companies[out->company_count++], SERVICE_ALIAS_BYTES, name);
    return status;
}

static enum status load_companies(struct service_context *context, struct service_job *job,
                                  struct service_account *out)
{
    static const enum order_state done = ORDER_STATE_DONE;
    const struct store_order_filter filter = {.states = &done,
                                              .states_count = 1,
                                              .by_lookup = true,
                                              .lookup = STORE_ORDER_LOOKUP_PHONE,
                                              .lookup_value = job->request.phone,
                                              .newest_first = true};
    struct order orders[ORDERS_AT_ONCE];
    size_t count = 0;
    enum status status =
        store_order_list(context->store, &filter, orders, ORDERS_AT_ONCE, &count, &job->failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = add_company(context, &orders[i], out);
    return status;
}

static enum status load(struct service_context *context, struct service_job *job, const char *id)
{
    struct store_account account = {0};
    struct service_patch *patch = service_job_patch(job);
    struct service_account *out = &patch->visit.account;
    enum status status =
        id[0] == 0 ? STATUS_OK : store_account_load(context->store, id, &account, &job->failure);
    *out = (struct service_account){.is_known = true, .exists = id[0] != 0};
    (void)text_copy(out->email, sizeof(out->email), account.alias[STORE_ACCOUNT_EMAIL]);
    (void)text_copy(out->company, sizeof(out->company), account.alias[STORE_ACCOUNT_COMPANY]);
    if (status == STATUS_OK)
        status = load_companies(context, job, out);
    if (status == STATUS_OK)
        patch->changes |= PATCH_ACCOUNT;
    secret_wipe_bytes(&account, sizeof(account));
    return status;
}

void service_account_look_run(struct service_context *context, struct service_job *job)
{
    char id[STORE_ID_BYTES] = "";
    enum status status = service_account_of_visit(context, job, id);
    if (status == STATUS_OK || status == STATUS_NOT_FOUND)
        status = load(context, job, id);
    service_job_finish(job, status);
}

/* --- setting ----------------------------------------------------------------------------------------- */

static bool is_fit(const struct service_context *context, const struct service_job *job, const char *phone)
{
    struct form_error error;
    return rule_password_check(least_of(context), &job->request.secret, phone, &error);
}

static enum status open_account(struct service_context *context, struct service_job *job,
                                char id[STORE_ID_BYTES])
{
    struct form_error error;
    const struct form_rule_context rule = {.today_utc_s = service_now_utc_s(context)};
    const struct store_account_wish wish = {.phone = job->request.phone,
                                            .id_number = job->request.text,
                                            .password = &job->request.secret,
                                            .least = least_of(context)};
    if (!rule_resident_id(job->request.text, &rule, &error))
        return service_job_refuse(job, SERVICE_REASON_ID_NUMBER, 0);
    if (!is_fit(context, job, job->request.phone))
        return service_job_refuse(job, SERVICE_REASON_PASSWORD_WEAK, 0);
    return store_account_open(context->store, &wish, id, &job->failure);
}

void service_account_open_run(struct service_context *context, struct service_job *job)
{
    char id[STORE_ID_BYTES] = "";
    enum status status = service_account_of_visit(context, job, id);
    if (status == STATUS_NOT_FOUND)
        status = open_account(context, job, id);
    else if (status == STATUS_OK)
        status = service_job_refuse(job, SERVICE_REASON_CHANGED, 0); /* there is one already */
    if (status == STATUS_OK)
        status = load(context, job, id);
    service_job_finish(job, status);
}

void service_account_password_run(struct service_context *context, struct service_job *job)
{
    char id[STORE_ID_BYTES] = "";
    enum status status = service_account_of_visit(context, job, id);
    if (status == STATUS_OK && !is_fit(context, job, job->request.phone))
        status = service_job_refuse(job, SERVICE_REASON_PASSWORD_WEAK, 0);
    if (status == STATUS_OK)
        status = store_account_set_password(context->store, id, &job->request.secret, least_of(context), NULL,
                                            &job->failure);
    service_job_finish(job, status);
}

void service_account_close_run(struct service_context *context, struct service_job *job)
{
    char id[STORE_ID_BYTES] = "";
    enum status status = service_account_of_visit(context, job, id);
    if (status == STATUS_OK)
        status = store_account_close(context->store, id, &job->failure);
    if (status == STATUS_OK)
        status = load(context, job, "");
    service_job_finish(job, status);
}

static enum status check_alias(struct service_context *context, struct service_job *job,
                               enum store_account_alias kind)
{
    struct form_error error;
    struct service_account known = {0};
    const struct form_rule_context rule = {0};
    const char *text = job->request.text;
    if (text[0] == 0)
        return STATUS_OK; /* none any more */
    if (kind == STORE_ACCOUNT_EMAIL)
        return rule_email(text, &rule, &error) ? STATUS_OK : service_job_refuse(job, SERVICE_REASON_EMAIL, 0);
    enum status status = load_companies(context, job, &known);
    return status == STATUS_OK && !holds(&known, text) ? service_job_refuse(job, SERVICE_REASON_COMPANY, 0)
                                                       : status;
}

void service_account_alias_run(struct service_context *context, struct service_job *job)
{
    char id[STORE_ID_BYTES] = "";
    enum store_account_alias kind = job->request.flag ? STORE_ACCOUNT_COMPANY : STORE_ACCOUNT_EMAIL;
    enum status status = service_account_of_visit(context, job, id);
    if (status == STATUS_OK)
        status = check_alias(context, job, kind);
    if (status == STATUS_OK)
        status = store_account_set_alias(context->store, id, kind, job->request.text, &job->failure);
    if (status == STATUS_CONFLICT)
        status = service_job_refuse(job, SERVICE_REASON_ALIAS_TAKEN, 0);
    if (status == STATUS_OK)
        status = load(context, job, id);
    service_job_finish(job, status);
}

/* --- logging in -------------------------------------------------------------------------------------- */

/* Whoever knows the password is reached at the account's number, and nothing else opens. */
static enum status give_login(struct service_context *context, struct service_job *job, const char *id)
{
    struct store_account account = {0};
    struct service_patch *patch = service_job_patch(job);
    enum status status = store_account_load(context->store, id, &account, &job->failure);
    if (status == STATUS_OK) {
        patch->changes |= PATCH_LOGIN;
        patch->visit.login = SERVICE_LOGIN_BY_PASSWORD;
        (void)text_copy(patch->visit.phone, sizeof(patch->visit.phone), account.alias[STORE_ACCOUNT_PHONE]);
    }
    secret_wipe_bytes(&account, sizeof(account));
    return status;
}

static enum status explain(struct service_context *context, struct service_job *job,
                           const struct store_account_verdict *verdict)
{
    switch (verdict->outcome) {
    case STORE_ACCOUNT_RIGHT:
        return STATUS_OK;
    case STORE_ACCOUNT_WRONG:
        return service_job_refuse(job, SERVICE_REASON_ACCOUNT_WRONG, verdict->tries_left);
    case STORE_ACCOUNT_LOCKED:
        return service_job_refuse(job, SERVICE_REASON_LOCKED,
                                  verdict->until_utc_s - service_now_utc_s(context));
    }
    return STATUS_BAD_STATE;
}

void service_account_log_in_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    struct store_account_verdict verdict = {0};
    const struct settings *settings = context->settings->settings;
    const struct store_account_limits limits = {.tries = (int)settings->login_password_tries,
                                                .lock_s = (int)settings->login_password_lock_s};
    enum status status = settings->login_passwords ? service_store(context, &store) : STATUS_UNSUPPORTED;
    if (status == STATUS_OK)
        status = store_account_log_in(store, job->request.text, &job->request.secret, &limits, &verdict,
                                      &job->failure);
    if (status == STATUS_OK)
        status = explain(context, job, &verdict);
    if (status == STATUS_OK)
        status = give_login(context, job, verdict.id);
    service_job_finish(job, status);
}

/* --- at a clerk's word ------------------------------------------------------------------------------- */

/* The new password is judged before the reset is used up. */
void service_reset_password_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    struct store_reset reset = {0};
    enum status status = service_store(context, &store);
    if (status == STATUS_OK && !is_fit(context, job, ""))
        status = service_job_refuse(job, SERVICE_REASON_PASSWORD_WEAK, 0);
    if (status == STATUS_OK)
        status = service_reset_take(context, job, STORE_RESET_PASSWORD, &reset);
    if (status == STATUS_OK)
        status = store_account_set_password(store, reset.subject, &job->request.secret, least_of(context),
                                            reset.clerk, &job->failure);
    if (status == STATUS_OK)
        status = give_login(context, job, reset.subject);
    if (status == STATUS_OK)
        service_reset_end(job);
    service_job_finish(job, status);
}
