/* The telephone's way, on the identity worker: a session at the external service is announced, begun, shown
 * as a code and asked about until it ends. Any program that has the intention finishes it. */
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_identity.h"
#include "kiosk/services/service_intention.h"
#include "kiosk/services/service_load.h"

enum { CALL_MS = 5000, ROUNDS_MOST = 3 };

static const char failed[] = "failed"; /* the outcome that is counted */

static enum status open_service(struct service_context *context, struct failure *failure)
{
    struct service_drivers_source source = service_driver_source(context);
    if (context->drivers.identity != NULL)
        return STATUS_OK;
    return service_drivers_open_identity(&source, &context->drivers.identity, failure);
}

void service_phone_close(struct service_context *context)
{
    identity_close(context->drivers.identity);
    context->drivers.identity = NULL;
}

static struct identity_question question_of(const struct service_context *context,
                                            const struct service_identity *expected, const char *session)
{
    return (struct identity_question){
        .id = session,
        .person = {.name = (const char *)expected->name.data, .number = (const char *)expected->number.data},
        .life_s = (int)context->settings->settings->identity_service_session_s};
}

/* --- what was announced ------------------------------------------------------------------------------ */

struct announced {
    char id[STORE_ID_BYTES];         /* of the intention; "" for none open */
    char session[IDENTITY_ID_BYTES]; /* its subject */
    int tries_left;
};

static bool has_failed(const struct store_intention *intention)
{
    return intention->kind == STORE_INTENTION_IDENTIFY && strstr(intention->result, failed) != NULL;
}

/* The open session of the order, and how often a person was not recognised in it. */
static enum status find_announced(struct service_context *context, const char *order_id,
                                  struct announced *out, struct failure *failure)
{
    struct store_intention *all = calloc(SERVICE_INTENTIONS_MAX, sizeof(*all));
    size_t count = 0;
    check(all != NULL);
    *out = (struct announced){.tries_left = (int)context->settings->settings->identity_service_tries};
    enum status status = store_intention_list_order(context->store, order_id, false, all,
                                                    SERVICE_INTENTIONS_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        out->tries_left -= has_failed(&all[i]);
        if (all[i].kind != STORE_INTENTION_IDENTIFY || all[i].state != STORE_INTENTION_OPEN)
            continue;
        (void)memcpy(out->id, all[i].id, sizeof(out->id));
        service_intention_argument(&all[i], "subject", out->session, sizeof(out->session));
    }
    free(all);
    return status;
}

static enum status announce(struct service_context *context, const char *order_id, struct announced *out,
                            struct failure *failure)
{
    if (out->id[0] == 0)
        order_id_make(context->settings->random, out->session);
    return service_intention_begin(context, order_id, STORE_INTENTION_IDENTIFY, out->session, out->id,
                                   failure);
}

/* --- how a session stands ---------------------------------------------------------------------------- */

static void give(struct service_job *job, enum service_proving_state state,
                 const struct identity_session *session, int tries_left)
{
    struct service_patch *patch = service_job_patch(job);
    struct service_proving *proving = &patch->visit.proving;
    patch->changes |= PATCH_PROVING;
    *proving = (struct service_proving){.state = state, .tries_left = tries_left < 0 ? 0 : tries_left};
    if (session == NULL)
        return;
    proving->until_utc_s = session->until_utc_s;
    (void)text_copy(proving->url, sizeof(proving->url), session->url);
}

/* What a session that ended leaves: the order moves on, or the audit says why it does not. */
static enum status settle(struct service_context *context, const struct service_identity *expected,
                          const struct announced *announced, enum identity_state state,
                          struct failure *failure)
{
    switch (state) {
    case IDENTITY_WAITING:
        return STATUS_OK;
    case IDENTITY_PASSED:
        return service_identity_pass(context, expected, PRODUCT_IDENTITY_PHONE, announced->id, failure);
    case IDENTITY_FAILED:
        service_identity_refuse(context, expected, PRODUCT_IDENTITY_PHONE, failed);
        return service_intention_end(context, announced->id, false, failed, failure);
    case IDENTITY_EXPIRED:
    case IDENTITY_STATE_COUNT_:
        break;
    }
    return service_intention_end(context, announced->id, false, "expired", failure);
}

/* --- the request ------------------------------------------------------------------------------------- */

static enum service_reason reason_of(enum status status)
{
    return status == STATUS_REFUSED ? SERVICE_REASON_PHONE_REFUSED : SERVICE_REASON_PHONE_SILENT;
}

/* A session the service would not begin is over; one that may have begun stays announced and is asked for
 * again under its id. */
static enum status give_up(struct service_context *context, struct service_job *job,
                           const struct announced *announced, enum status status)
{
    struct failure failure = {0};
    enum status ended = status == STATUS_UNKNOWN
                            ? STATUS_OK
                            : service_intention_end(context, announced->id, false, "refused", &failure);
    if (ended != STATUS_OK)
        log_failure("identity", "ending a session that did not begin", ended, &failure);
    job->reason = reason_of(status);
    return status;
}

/* The session of the order as the service has it. *again says that it was over already, or about a person who
 * has since been mended, and that another may be begun. */
static enum status begin_once(struct service_context *context, struct service_job *job,
                              const struct service_identity *expected, struct announced *announced,
                              bool *again)
{
    struct identity_session session = {0};
    const struct identity_call call = {.timeout_ms = CALL_MS, .cancel = job->job.cancel};
    *again = false;
    enum status status = announce(context, expected->order_id, announced, &job->failure);
    if (status != STATUS_OK)
        return status;
    const struct identity_question question = question_of(context, expected, announced->session);
    status = identity_begin(context->drivers.identity, &call, &question, &session, &job->failure);
    *again = status == STATUS_CONFLICT ||
             (status == STATUS_OK && session.state != IDENTITY_WAITING && session.state != IDENTITY_PASSED);
    if (status == STATUS_CONFLICT)
        status = service_intention_end(context, announced->id, false, "somebody-else", &job->failure);
    else if (status != STATUS_OK)
        return give_up(context, job, announced, status);
    else
        status = settle(context, expected, announced, session.state, &job->failure);
    if (status == STATUS_OK && !*again)
        give(job, SERVICE_PROVING_WAITING, &session, announced->tries_left);
    return status;
}

static enum status begin(struct service_context *context, struct service_job *job,
                         const struct service_identity *expected)
{
    bool again = true;
    enum status status = open_service(context, &job->failure);
    for (int round = 0; status == STATUS_OK && again && round < ROUNDS_MOST; round++) {
        struct announced announced;
        status = find_announced(context, expected->order_id, &announced, &job->failure);
        if (status == STATUS_OK && announced.tries_left <= 0)
            return service_job_refuse(job, SERVICE_REASON_PHONE_SPENT, 0);
        if (status == STATUS_OK)
            status = begin_once(context, job, expected, &announced, &again);
    }
    return status;
}

void service_phone_begin_run(struct service_context *context, struct service_job *job)
{
    struct service_identity expected = {0};
    enum status status = service_identity_load(context, job->request.order_id, PRODUCT_IDENTITY_PHONE,
                                               &expected, &job->failure);
    if (status == STATUS_OK)
        status = begin(context, job, &expected);
    if (status == STATUS_OK)
        status = service_load_patch(context, job, job->request.order_id, false);
    service_identity_forget(&expected);
    service_job_finish(job, status);
}

/* --- asking ------------------------------------------------------------------------------------------ */

static void report(struct service_context *context, const char *order_id, enum service_proving_state state,
                   int tries_left)
{
    if (strcmp(order_id, context->visit.order_id) != 0)
        return;
    struct service_job *job = service_job_new(SERVICE_PHONE_WATCH);
    give(job, state, NULL, tries_left);
    (void)service_job_end(job, STATUS_OK, SERVICE_REASON_NONE, 0);
    service_report(context, job);
}

/* Returns: how the session ended; IDENTITY_STATE_COUNT_ when the service knows none or one about somebody
 * else. */
static enum status ask(struct service_context *context, const struct service_identity *expected,
                       const struct announced *announced, enum identity_state *out, struct failure *failure)
{
    struct identity_session session = {0};
    const struct identity_call call = {.timeout_ms = CALL_MS};
    const struct identity_question question = question_of(context, expected, announced->session);
    enum status status = identity_inquire(context->drivers.identity, &call, &question, &session, failure);
    *out = status == STATUS_OK ? session.state : IDENTITY_STATE_COUNT_;
    return status == STATUS_NOT_FOUND || status == STATUS_CONFLICT ? STATUS_OK : status;
}

static enum status advance(struct service_context *context, const struct service_identity *expected,
                           struct failure *failure)
{
    struct announced announced;
    enum identity_state state = IDENTITY_WAITING;
    enum status status = find_announced(context, expected->order_id, &announced, failure);
    if (status != STATUS_OK || announced.id[0] == 0)
        return status;
    status = ask(context, expected, &announced, &state, failure);
    if (status == STATUS_OK)
        status = settle(context, expected, &announced, state, failure);
    if (status != STATUS_OK || state == IDENTITY_WAITING)
        return status;
    if (state == IDENTITY_PASSED)
        service_load_report(context, SERVICE_ORDER_REFRESH, expected->order_id);
    else
        report(context, expected->order_id,
               state == IDENTITY_FAILED ? SERVICE_PROVING_FAILED : SERVICE_PROVING_EXPIRED,
               announced.tries_left - (state == IDENTITY_FAILED));
    return STATUS_OK;
}

/* An order that has moved on, by a clerk or a card, needs no answer any more. */
static void watch_one(struct service_context *context, const struct store_intention *intention)
{
    struct failure failure = {0};
    struct service_identity expected = {0};
    if (intention->kind != STORE_INTENTION_IDENTIFY)
        return;
    enum status status =
        service_identity_load(context, intention->order_id, PRODUCT_IDENTITY_PHONE, &expected, &failure);
    if (status == STATUS_BAD_STATE || status == STATUS_NOT_FOUND)
        status = service_intention_end(context, intention->id, false, "overtaken", &failure);
    else if (status == STATUS_OK)
        status = advance(context, &expected, &failure);
    service_identity_forget(&expected);
    if (status != STATUS_OK && status != STATUS_CONFLICT)
        log_failure("identity", "asking about a session", status, &failure);
}

void service_phone_watch(struct service_context *context)
{
    struct failure failure = {0};
    struct store *store = NULL;
    if (service_store(context, &store) != STATUS_OK || open_service(context, &failure) != STATUS_OK ||
        strcmp(identity_name(context->drivers.identity), "none") == 0)
        return;
    service_intention_each(context, watch_one);
}
