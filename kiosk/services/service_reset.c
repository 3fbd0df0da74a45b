#include "kiosk/services/service_reset.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/services/service_act.h"
#include "kiosk/services/service_desk.h"
#include "kiosk/services/service_holders.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_question.h"
#include "kiosk/store/store_account.h"
#include "kiosk/store/store_field.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_verification.h"

const char *service_reset_kind_name(enum service_reset_kind kind)
{
    return store_reset_kind_name((enum store_reset_kind)kind);
}

/* --- at the terminal --------------------------------------------------------------------------------- */

static void view(const struct store_reset *from, struct service_reset *out)
{
    *out = (struct service_reset){.kind = (enum service_reset_kind)from->kind,
                                  .state = (enum service_reset_state)from->state,
                                  .until_utc_s = from->until_utc_s};
    (void)text_copy(out->id, sizeof(out->id), from->id);
    (void)text_copy(out->code, sizeof(out->code), from->code);
}

static void give(struct service_job *job, const struct store_reset *reset)
{
    struct service_patch *patch = service_job_patch(job);
    patch->changes |= PATCH_RESET;
    view(reset, &patch->visit.reset);
}

void service_reset_end(struct service_job *job)
{
    struct service_patch *patch = service_job_patch(job);
    patch->changes |= PATCH_RESET;
    patch->visit.reset = (struct service_reset){0};
}

static enum store_reset_kind kind_of(const struct service_job *job)
{
    int kind = 0;
    while (kind < STORE_RESET_KIND_COUNT_ &&
           strcmp(store_reset_kind_name((enum store_reset_kind)kind), job->request.more) != 0)
        kind++;
    return (enum store_reset_kind)kind;
}

/* A name that is nobody's leads to nobody; nothing tells the two apart here. */
static enum status find_subject(struct service_context *context, struct service_job *job,
                                char subject[STORE_ID_BYTES])
{
    subject[0] = 0;
    if (kind_of(job) == STORE_RESET_ANSWER)
        return service_question_about(context, job->request.order_id, subject, &job->failure);
    enum status status = store_account_find(context->store, job->request.text, subject, NULL);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

void service_reset_ask_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    struct store_reset reset = {0};
    char subject[STORE_ID_BYTES] = "";
    enum status status =
        kind_of(job) == STORE_RESET_KIND_COUNT_ ? STATUS_BAD_STATE : service_store(context, &store);
    if (status == STATUS_OK)
        status = find_subject(context, job, subject);
    if (status == STATUS_OK)
        status = store_reset_ask(store, kind_of(job), subject, context->settings->settings->reset_wait_s,
                                 &reset, &job->failure);
    if (status == STATUS_OK)
        give(job, &reset);
    service_job_finish(job, status);
}

void service_reset_look_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    struct store_reset reset = {0};
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = store_reset_load(store, job->request.more, &reset, &job->failure);
    if (status == STATUS_OK)
        give(job, &reset);
    service_job_finish(job, status);
}

static enum status prove(struct service_context *context, struct service_job *job)
{
    int64_t left = 0;
    enum status status = store_reset_prove(context->store, job->request.more, job->request.text,
                                           context->settings->settings->reset_tries, &left, &job->failure);
    if (status == STATUS_REFUSED)
        return service_job_refuse(job, SERVICE_REASON_RESET_PROOF, left);
    return status == STATUS_CONFLICT ? service_job_refuse(job, SERVICE_REASON_RESET_OVER, 0) : status;
}

/* After a wrong code too the visit knows how it stands: the last try was one too many. */
void service_reset_prove_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    struct store_reset reset = {0};
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = prove(context, job);
    if ((status == STATUS_OK || status == STATUS_REFUSED) &&
        store_reset_load(store, job->request.more, &reset, NULL) == STATUS_OK)
        give(job, &reset);
    service_job_finish(job, status);
}

void service_reset_drop_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = store_reset_drop(store, &job->failure);
    if (status == STATUS_OK)
        service_reset_end(job);
    service_job_finish(job, status);
}

enum status service_reset_take(struct service_context *context, struct service_job *job,
                               enum store_reset_kind kind, struct store_reset *out)
{
    enum status status = store_reset_use(context->store, job->request.more, kind, &job->failure);
    if (status == STATUS_OK)
        status = store_reset_load(context->store, job->request.more, out, &job->failure);
    return status == STATUS_CONFLICT ? service_job_refuse(job, SERVICE_REASON_RESET_OVER, 0) : status;
}

/* The clerk's name stands with the new answer; the visit's order has passed by the desk. */
static enum status set_answer(struct service_context *context, struct service_job *job,
                              const struct store_reset *reset)
{
    char about_id[ORDER_ID_BYTES] = "";
    enum status status = service_question_about(context, job->request.order_id, about_id, &job->failure);
    if (status == STATUS_OK && strcmp(about_id, reset->subject) != 0)
        return service_job_refuse(job, SERVICE_REASON_RESET_OVER, 0);
    if (status == STATUS_OK)
        status = store_verification_put(context->store, about_id, job->request.question, job->request.text,
                                        reset->clerk, &job->failure);
    return status == STATUS_OK ? store_verification_pass(context->store, job->request.order_id, about_id,
                                                         "desk", &job->failure)
                               : status;
}

void service_reset_answer_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    struct store_reset reset = {0};
    enum status status = job->request.text[0] == 0 ? STATUS_MALFORMED : service_store(context, &store);
    if (status == STATUS_OK)
        status = service_reset_take(context, job, STORE_RESET_ANSWER, &reset);
    if (status == STATUS_OK)
        status = set_answer(context, job, &reset);
    if (status == STATUS_OK) {
        service_reset_end(job);
        job->patch->changes |= PATCH_QUESTION;
        job->patch->visit.question = (struct service_question){0};
    }
    service_job_finish(job, status);
}

/* --- at the desk ------------------------------------------------------------------------------------- */

/* Enough for the clerk to know whom the person at the desk says to be, and no more. */
static void name_subject(struct service_context *context, const struct store_reset *reset, char *out,
                         size_t size)
{
    struct order order;
    struct store_account account = {0};
    const char *phone = account.alias[STORE_ACCOUNT_PHONE];
    *out = 0;
    if (reset->kind == STORE_RESET_ANSWER) {
        if (store_order_load(context->store, reset->subject, &order, NULL) == STATUS_OK)
            (void)text_copy(out, size, order.acceptance);
    } else if (store_account_load(context->store, reset->subject, &account, NULL) == STATUS_OK &&
               strlen(phone) > 7) {
        (void)snprintf(out, size, "%.3s****%s", phone, phone + strlen(phone) - 4);
    }
    secret_wipe_bytes(&account, sizeof(account));
}

enum status service_reset_list(struct service_context *context, struct service_desk *out,
                               struct failure *failure)
{
    struct store_reset rows[SERVICE_RESETS_MAX];
    enum status status =
        store_reset_list(context->store, rows, SERVICE_RESETS_MAX, &out->reset_count, failure);
    for (size_t i = 0; i < out->reset_count && status == STATUS_OK; i++) {
        struct service_reset_line *line = &out->resets[i];
        *line = (struct service_reset_line){.wrong = rows[i].wrong, .since_utc_s = rows[i].created_utc_s};
        view(&rows[i], &line->reset);
        (void)text_copy(line->proof, sizeof(line->proof), rows[i].proof);
        (void)text_copy(line->terminal, sizeof(line->terminal), rows[i].terminal);
        name_subject(context, &rows[i], line->who, sizeof(line->who));
    }
    return status;
}

/* The number is one of the persons' the order's form names. */
static enum status is_of_order(struct service_context *context, const char *order_id, const char *id_number,
                               bool *out, struct failure *failure)
{
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    struct form_values values;
    form_values_init(&values);
    enum status status = service_load_operation(context, order_id, NULL, &product, &operation, failure);
    if (status == STATUS_OK)
        status = store_field_load(context->store, order_id, &values, failure);
    const struct form *form = status == STATUS_OK ? product_operation_form(product, operation) : NULL;
    for (size_t i = 0; form != NULL && i < form->field_count; i++)
        *out = *out || (form->fields[i].kind == FORM_KIND_RESIDENT_ID &&
                        strcmp(form_value(form, &values, form->fields[i].id), id_number) == 0);
    form_values_wipe(&values);
    return status;
}

static enum status compare(struct service_context *context, const struct store_reset *reset,
                           const char *id_number, bool *out, struct failure *failure)
{
    *out = false;
    if (reset->subject[0] == 0)
        return STATUS_OK;
    return reset->kind == STORE_RESET_ANSWER
               ? is_of_order(context, reset->subject, id_number, out, failure)
               : store_account_is_person(context->store, reset->subject, id_number, out, failure);
}

static enum status decide(struct service_context *context, struct service_job *job)
{
    struct store_reset reset = {0};
    bool fits = false;
    int64_t left = 0;
    const struct settings *settings = context->settings->settings;
    const char *clerk = service_desk_clerk(context), *id = job->request.more;
    bool grants = job->request.text[0] != 0;
    enum status status = store_reset_load(context->store, id, &reset, &job->failure);
    if (status == STATUS_OK && grants)
        status = compare(context, &reset, job->request.text, &fits, &job->failure);
    if (status == STATUS_OK && grants && !fits) {
        status =
            store_reset_count_wrong(context->store, id, settings->reset_tries, clerk, &left, &job->failure);
        return status == STATUS_OK ? service_job_refuse(job, SERVICE_REASON_ID_DIFFERS, left) : status;
    }
    return status == STATUS_OK
               ? store_reset_decide(context->store, id, fits, clerk, settings->reset_use_s, &job->failure)
               : status;
}

void service_desk_reset_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    enum status status = service_desk_has_clerk(context) ? service_store(context, &store) : STATUS_BAD_STATE;
    if (status == STATUS_OK)
        status = decide(context, job);
    if (status == STATUS_CONFLICT)
        status = service_job_refuse(job, SERVICE_REASON_CHANGED, 0);
    if (status == STATUS_OK || status == STATUS_REFUSED) {
        enum status loaded = service_holders_load(context, job);
        status = loaded == STATUS_OK ? status : loaded;
    }
    service_job_finish(job, status);
}
