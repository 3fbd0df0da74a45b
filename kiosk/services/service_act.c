/* A clerk's act at a distance: judged on the terminal's presence, stored, watched. */
#include "kiosk/services/service_act.h"

#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/store/store_presence.h"
#include "kiosk/store/store_supervision.h"

const char *service_act_name(enum service_act_kind kind)
{
    return store_supervision_kind_name((enum store_supervision_kind)kind);
}

/* --- judged and stored ------------------------------------------------------------------------------- */

static bool is_alive(struct service_context *context, const struct store_presence *presence)
{
    return service_now_utc_s(context) - presence->heartbeat_utc_s <= SERVICE_DEAD_AFTER_S;
}

/* The machine itself can be closed and opened while it is off: it will learn of it when it starts. */
static enum status judge(struct service_context *context, struct service_job *job,
                         const struct store_presence *presence)
{
    const struct service_act *act = &job->request.act;
    if (!store_supervision_is_of_visit((enum store_supervision_kind)act->kind))
        return STATUS_OK;
    if (!is_alive(context, presence))
        return service_job_refuse(job, SERVICE_REASON_TERMINAL_SILENT, 0);
    if (act->visit[0] == 0 || strcmp(act->visit, presence->visit) != 0)
        return service_job_refuse(job, SERVICE_REASON_VISIT_OVER, 0);
    if (act->kind == SERVICE_ACT_MESSAGE && act->reason[0] == 0 && act->words[0] == 0)
        return STATUS_MALFORMED;
    return STATUS_OK;
}

static void fill_row(struct service_context *context, const struct service_act *act,
                     const struct store_presence *presence, struct store_supervision *out)
{
    *out = (struct store_supervision){.kind = (enum store_supervision_kind)act->kind};
    store_new_id(context->store, out->id);
    (void)text_copy(out->terminal, sizeof(out->terminal), act->terminal);
    (void)text_copy(out->field, sizeof(out->field), act->field);
    (void)text_copy(out->reason, sizeof(out->reason), act->reason);
    (void)text_copy(out->words, sizeof(out->words), act->words);
    (void)text_copy(out->clerk, sizeof(out->clerk), service_desk_clerk(context));
    if (!store_supervision_is_of_visit(out->kind))
        return;
    (void)text_copy(out->visit, sizeof(out->visit), presence->visit);
    (void)text_copy(out->order_id, sizeof(out->order_id), presence->order_id);
}

/* Of two clerks who answer a call the first has it. */
static enum status answer(struct service_context *context, struct service_job *job,
                          const struct store_presence *presence)
{
    if (presence->call_answered_by[0] != 0)
        return service_job_refuse(job, SERVICE_REASON_ALREADY_ANSWERED, 0);
    if (presence->call_since_utc_s == 0)
        return STATUS_OK; /* help that was not called for */
    return store_presence_answer(context->store, presence->owner, service_desk_clerk(context), &job->failure);
}

static enum status keep(struct service_context *context, struct service_job *job)
{
    struct store_presence presence;
    struct store_supervision row;
    const struct service_act *act = &job->request.act;
    enum status status = store_presence_load(context->store, act->terminal, &presence, &job->failure);
    if (status == STATUS_OK)
        status = judge(context, job, &presence);
    if (status == STATUS_OK && act->kind == SERVICE_ACT_ANSWER)
        status = answer(context, job, &presence);
    if (status != STATUS_OK)
        return status;
    fill_row(context, act, &presence, &row);
    return store_supervision_insert(context->store, &row, &job->failure);
}

void service_act_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    enum status status =
        service_desk_clerk(context) != NULL ? service_store(context, &store) : STATUS_BAD_STATE;
    if (status == STATUS_OK)
        status = store_begin(store, &job->failure);
    if (status == STATUS_OK)
        status = store_end(store, keep(context, job), &job->failure);
    service_job_finish(job, status);
}

/* --- watched ----------------------------------------------------------------------------------------- */

static void fill_act(const struct store_supervision *from, struct service_act *out)
{
    *out = (struct service_act){.kind = (enum service_act_kind)from->kind,
                                .is_done = from->state == STORE_SUPERVISION_DONE,
                                .is_gone = from->outcome == STORE_SUPERVISION_GONE,
                                .at_utc_s = from->created_utc_s};
    (void)text_copy(out->id, sizeof(out->id), from->id);
    (void)text_copy(out->terminal, sizeof(out->terminal), from->terminal);
    (void)text_copy(out->visit, sizeof(out->visit), from->visit);
    (void)text_copy(out->field, sizeof(out->field), from->field);
    (void)text_copy(out->reason, sizeof(out->reason), from->reason);
    (void)text_copy(out->clerk, sizeof(out->clerk), from->clerk);
}

/* What the acts of the visit come to, newest first: who helps, whether it is locked. */
static void sum_up(struct service_terminal *terminal)
{
    bool knows_helper = false;
    bool knows_lock = false;
    for (size_t i = 0; i < terminal->act_count; i++) {
        const struct service_act *act = &terminal->acts[i];
        if (terminal->visit[0] == 0 || strcmp(act->visit, terminal->visit) != 0 || act->is_gone)
            continue;
        bool is_lock = act->kind == SERVICE_ACT_LOCK || act->kind == SERVICE_ACT_UNLOCK;
        if (!knows_helper && act->kind != SERVICE_ACT_LEAVE)
            (void)text_copy(terminal->helper, sizeof(terminal->helper), act->clerk);
        if (!knows_lock && is_lock)
            terminal->is_locked = act->kind == SERVICE_ACT_LOCK;
        knows_helper = true;
        knows_lock = knows_lock || is_lock;
    }
}

void service_act_fill(struct service_context *context, struct service_terminal *terminal)
{
    struct store_supervision rows[SERVICE_ACTS_MAX];
    struct store_supervision closed;
    size_t count = 0;
    terminal->act_count = 0;
    if (store_supervision_list(context->store, terminal->id, rows, SERVICE_ACTS_MAX, &count, NULL) ==
        STATUS_OK)
        for (size_t i = 0; i < count; i++)
            fill_act(&rows[i], &terminal->acts[terminal->act_count++]);
    sum_up(terminal);
    terminal->is_closed = store_supervision_closed(context->store, terminal->id, &closed, NULL) == STATUS_OK;
    if (!terminal->is_closed)
        return;
    terminal->closed_since_utc_s = closed.created_utc_s;
    (void)text_copy(terminal->closed_reason, sizeof(terminal->closed_reason), closed.reason);
}
