#include "kiosk/services/service_question.h"
#include "kiosk/services/service_load.h"

#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_subject.h"
#include "kiosk/store/store_field.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_verification.h"

/* --- keeping ----------------------------------------------------------------------------------------- */

/* What stands in the form; "" where it asks for no answer. */
static const char *field_of(const struct service_visit *visit, const struct form_values *values)
{
    const struct product *product = visit->product;
    const struct form *form = product_operation_form(product, visit->operation);
    bool has_field = product->verification_answer[0] != 0 && form != NULL &&
                     form_find(form, product->verification_answer) != NULL;
    return has_field ? form_value(form, values, product->verification_answer) : "";
}

/* What was typed into the form; "" where nothing is there to keep. */
static const char *answer_of(const struct service_visit *visit, const struct form_values *values)
{
    const char *answer = field_of(visit, values);
    return strcmp(answer, SERVICE_QUESTION_KEPT) == 0 ? "" : answer;
}

static const char *question_of(const struct service_visit *visit, const struct form_values *values)
{
    return form_value(product_operation_form(visit->product, visit->operation), values,
                      visit->product->verification_question);
}

/* The answer's row and what stands in the form instead of it, both or neither. */
static enum status keep(struct store *store, const struct service_visit *visit, const char *question,
                        const char *answer, struct failure *failure)
{
    char hash[STORE_PASSWORD_HASH_BYTES];
    enum status status = store_verification_hash(store, answer, hash, failure);
    if (status == STATUS_OK)
        status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_verification_put_hash(store, visit->order.id, question, hash, NULL, failure);
    if (status == STATUS_OK)
        status = store_field_put(store, visit->order.id, visit->product->verification_answer,
                                 SERVICE_QUESTION_KEPT, failure);
    return store_end(store, status, failure);
}

/* Whether the answer that is kept was given to the question that stands in the form now. */
static enum status is_same(struct store *store, const char *order_id, const char *question, bool *out,
                           struct failure *failure)
{
    struct store_verification kept = {0};
    enum status status = store_verification_load(store, order_id, &kept, failure);
    if (status == STATUS_OK || status == STATUS_NOT_FOUND)
        *out = status == STATUS_OK && strcmp(kept.question, question) == 0;
    secret_wipe_bytes(&kept, sizeof(kept));
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* An answer to another question is none: the person gives it anew. */
static enum status check_kept(struct service_context *context, struct service_job *job,
                              const struct service_visit *visit, const char *question)
{
    bool same = false;
    enum status status = is_same(context->store, visit->order.id, question, &same, &job->failure);
    if (status != STATUS_OK || same)
        return status;
    status = store_field_put(context->store, visit->order.id, visit->product->verification_answer, "",
                             &job->failure);
    if (status == STATUS_OK)
        status = service_load_patch(context, job, visit->order.id, true);
    return status == STATUS_OK ? service_job_refuse(job, SERVICE_REASON_FORM_FAULTY, 1) : status;
}

enum status service_question_keep(struct service_context *context, struct service_job *job,
                                  const struct service_visit *visit, const struct form_values *values)
{
    const char *answer = answer_of(visit, values);
    if (answer[0] != 0)
        return keep(context->store, visit, question_of(visit, values), answer, &job->failure);
    return field_of(visit, values)[0] != 0 ? check_kept(context, job, visit, question_of(visit, values))
                                           : STATUS_OK;
}

enum status service_question_uncopy(struct service_context *context, const struct product *product,
                                    const char *order_id, struct failure *failure)
{
    return product->verification_answer[0] == 0
               ? STATUS_OK
               : store_field_put(context->store, order_id, product->verification_answer, "", failure);
}

/* --- asking ------------------------------------------------------------------------------------------ */

enum status service_question_about(struct service_context *context, const char *order_id,
                                   char about_id[ORDER_ID_BYTES], struct failure *failure)
{
    struct store_certificate certificate;
    struct store_verification question;
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    enum status status = service_load_operation(context, order_id, NULL, &product, &operation, failure);
    if (status == STATUS_OK && !operation->asks_verification)
        return STATUS_NOT_FOUND;
    if (status == STATUS_OK)
        status = service_subject_load(context, order_id, &certificate, failure);
    if (status == STATUS_OK)
        status = store_verification_load(context->store, certificate.order_id, &question, failure);
    if (status == STATUS_OK)
        (void)memcpy(about_id, certificate.order_id, ORDER_ID_BYTES);
    return status;
}

static enum status explain(struct service_context *context, struct service_job *job,
                           const struct store_verification_verdict *verdict)
{
    switch (verdict->outcome) {
    case STORE_VERIFICATION_RIGHT:
        return STATUS_OK;
    case STORE_VERIFICATION_WRONG:
        return service_job_refuse(job, SERVICE_REASON_QUESTION_WRONG, verdict->tries_left);
    case STORE_VERIFICATION_LOCKED:
        return service_job_refuse(job, SERVICE_REASON_LOCKED,
                                  verdict->until_utc_s - service_now_utc_s(context));
    }
    return STATUS_BAD_STATE;
}

static enum status try_answer(struct service_context *context, struct service_job *job, const char *order_id,
                              const char *about_id, const char *answer)
{
    const struct settings *settings = context->settings->settings;
    const struct store_verification_limits limits = {.tries = (int)settings->question_tries,
                                                     .lock_s = (int)settings->question_lock_s};
    struct store_verification_verdict verdict = {0};
    enum status status =
        store_verification_check(context->store, about_id, answer, &limits, &verdict, &job->failure);
    if (status == STATUS_OK)
        status = explain(context, job, &verdict);
    return status == STATUS_OK
               ? store_verification_pass(context->store, order_id, about_id, "answer", &job->failure)
               : status;
}

static enum status show(struct service_context *context, struct service_job *job, const char *about_id,
                        bool is_asked)
{
    struct store_verification question = {0};
    struct service_patch *patch = service_job_patch(job);
    enum status status = store_verification_load(context->store, about_id, &question, &job->failure);
    if (status == STATUS_OK) {
        patch->changes |= PATCH_QUESTION;
        patch->visit.question = (struct service_question){.is_asked = is_asked};
        (void)text_copy(patch->visit.question.question, sizeof(patch->visit.question.question),
                        question.question);
    }
    secret_wipe_bytes(&question, sizeof(question));
    return status;
}

enum status service_question_settle(struct service_context *context, struct service_job *job,
                                    const struct service_visit *visit, const struct form_values *values)
{
    char about_id[ORDER_ID_BYTES] = "";
    bool passed = false;
    const char *answer = answer_of(visit, values);
    enum status status = service_question_about(context, visit->order.id, about_id, &job->failure);
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    if (status == STATUS_OK)
        status =
            store_verification_is_passed(context->store, visit->order.id, about_id, &passed, &job->failure);
    if (status != STATUS_OK || passed)
        return status;
    status = answer[0] != 0 ? try_answer(context, job, visit->order.id, about_id, answer)
                            : service_job_refuse(job, SERVICE_REASON_QUESTION_ASKED, 0);
    if (status != STATUS_REFUSED)
        return status;
    enum status shown = show(context, job, about_id, true);
    return shown == STATUS_OK ? status : shown;
}

void service_question_answer_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    char about_id[ORDER_ID_BYTES] = "";
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = service_question_about(context, job->request.order_id, about_id, &job->failure);
    if (status == STATUS_OK)
        status = try_answer(context, job, job->request.order_id, about_id, job->request.text);
    if (status == STATUS_OK)
        status = show(context, job, about_id, false);
    service_job_finish(job, status);
}
