/* A clerk's acts taken from the store, and told to the screen. */
#include "kiosk/services/service_supervision.h"

#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/store/store_supervision.h"

enum { OPEN_MAX = 16 };

bool service_supervision_is_due(const struct service_supervision_watch *watch, const char *mark)
{
    return !watch->has_looked || strcmp(watch->mark, mark) != 0;
}

static void forget_visit(struct service_context *context, struct service_supervision_watch *watch,
                         const char *mark)
{
    if (strcmp(watch->mark, mark) == 0 && watch->visit == context->visit.number)
        return;
    watch->told = (struct service_supervision){0};
    watch->has_looked = false;
    watch->visit = context->visit.number;
    (void)text_copy(watch->mark, sizeof(watch->mark), mark);
}

static bool is_over(const struct store_supervision *act, const char *mark)
{
    return store_supervision_is_of_visit(act->kind) && (mark[0] == 0 || strcmp(act->visit, mark) != 0);
}

static void add_act(const struct store_supervision *from, struct service_supervision *out)
{
    if (out->act_count == SERVICE_ACTS_MAX)
        return; /* told with the next look, when one of these is done */
    struct service_act *act = &out->acts[out->act_count++];
    *act = (struct service_act){.kind = (enum service_act_kind)from->kind, .at_utc_s = from->created_utc_s};
    (void)text_copy(act->id, sizeof(act->id), from->id);
    (void)text_copy(act->field, sizeof(act->field), from->field);
    (void)text_copy(act->reason, sizeof(act->reason), from->reason);
    (void)text_copy(act->words, sizeof(act->words), from->words);
}

/* What the act means for the visit from now on. */
static void apply(const struct store_supervision *act, struct service_supervision *out)
{
    out->is_helping =
        act->kind != STORE_SUPERVISION_LEAVE && (out->is_helping || store_supervision_is_of_visit(act->kind));
    if (act->kind == STORE_SUPERVISION_LOCK) {
        out->is_locked = true;
        (void)text_copy(out->lock_reason, sizeof(out->lock_reason), act->reason);
    } else if (act->kind == STORE_SUPERVISION_UNLOCK) {
        out->is_locked = false;
        out->lock_reason[0] = 0;
    }
}

/* A lock has had its effect when it is undone. */
static enum status end_locks(struct service_context *context, const struct store_supervision *acts,
                             size_t before, struct failure *failure)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < before && status == STATUS_OK; i++)
        if (acts[i].kind == STORE_SUPERVISION_LOCK)
            status = store_supervision_finish(context->store, acts[i].id, STORE_SUPERVISION_EFFECT, failure);
    return status == STATUS_CONFLICT ? STATUS_OK : status;
}

static enum status take(struct service_context *context, const struct store_supervision *acts, size_t i,
                        const char *mark, struct service_supervision *out, struct failure *failure)
{
    const struct store_supervision *act = &acts[i];
    enum status status = STATUS_OK;
    if (is_over(act, mark))
        return store_supervision_finish(context->store, act->id, STORE_SUPERVISION_GONE, failure);
    if (act->state == STORE_SUPERVISION_OPEN) {
        status = store_supervision_take(context->store, act->id, failure);
        apply(act, out);
    }
    if (status == STATUS_OK && act->kind == STORE_SUPERVISION_UNLOCK)
        status = end_locks(context, acts, i, failure);
    if (status == STATUS_OK && act->kind != STORE_SUPERVISION_LOCK)
        add_act(act, out);
    return status;
}

static enum status look_at_closing(struct service_context *context, struct service_supervision *out,
                                   struct failure *failure)
{
    struct store_supervision closed;
    enum status status = store_supervision_closed(context->store, context->settings->owner, &closed, failure);
    out->is_closed = status == STATUS_OK;
    out->closed_reason[0] = 0;
    if (status == STATUS_OK)
        (void)text_copy(out->closed_reason, sizeof(out->closed_reason), closed.reason);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static void tell(struct service_context *context, const struct service_supervision *now, bool answered)
{
    struct service_job *report = service_job_new(SERVICE_SUPERVISION);
    struct service_patch *patch = service_job_patch(report);
    patch->changes = PATCH_SUPERVISION | (answered ? PATCH_CALL : 0U); /* clerk_called: false */
    patch->supervision = *now;
    service_job_finish(report, STATUS_OK);
    service_report(context, report);
}

static enum status take_all(struct service_context *context, const struct store_supervision *acts,
                            size_t count, const char *mark, struct service_supervision *now,
                            struct failure *failure)
{
    enum status status = count == 0 ? STATUS_OK : store_begin(context->store, failure);
    if (count == 0 || status != STATUS_OK)
        return status;
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = take(context, acts, i, mark, now, failure);
    return store_end(context->store, status, failure);
}

static bool is_answer(const struct store_supervision *act, const char *mark)
{
    return act->kind == STORE_SUPERVISION_ANSWER && act->state == STORE_SUPERVISION_OPEN &&
           !is_over(act, mark);
}

static enum status look(struct service_context *context, const char *mark, struct service_supervision *now,
                        bool *answered, struct failure *failure)
{
    struct store_supervision acts[OPEN_MAX];
    size_t count = 0;
    enum status status = store_supervision_list_open(context->store, context->settings->owner, acts, OPEN_MAX,
                                                     &count, failure);
    for (size_t i = 0; i < count; i++)
        *answered = *answered || is_answer(&acts[i], mark);
    if (status == STATUS_OK)
        status = take_all(context, acts, count, mark, now, failure);
    if (status == STATUS_OK)
        status = look_at_closing(context, now, failure);
    secret_wipe_bytes(acts, sizeof(acts));
    return status;
}

enum status service_supervision_look(struct service_context *context, struct service_supervision_watch *watch,
                                     const char *mark, bool *answered, struct failure *failure)
{
    forget_visit(context, watch, mark);
    struct service_supervision now = watch->told;
    (void)memset(now.acts, 0, sizeof(now.acts));
    now.act_count = 0;
    *answered = false;
    enum status status = look(context, mark, &now, answered, failure);
    if (status != STATUS_OK)
        return status;
    if (!watch->has_looked || memcmp(&now, &watch->told, sizeof(now)) != 0)
        tell(context, &now, *answered);
    watch->told = now;
    watch->has_looked = true;
    return STATUS_OK;
}
