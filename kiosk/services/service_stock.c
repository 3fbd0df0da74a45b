/* The stock on the desk worker: how it stands, and acts of two clerks on it. */
#include "kiosk/services/service_stock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/form/serial_list.h"
#include "kiosk/services/service_act.h"
#include "kiosk/services/service_desk.h"
#include "kiosk/store/store_presence.h"
#include "kiosk/store/store_stock.h"

enum { WEEK_DAYS = 7 };

_Static_assert((int)SERIAL_LIST_BYTES == (int)STORE_NAME_BYTES, "a list is handed to the store as it is");
_Static_assert((int)SERVICE_STOCK_TEXT_BYTES == (int)STORE_NAME_BYTES, "names are as long as the store's");

/* --- how it stands ------------------------------------------------------------------------------------- */

int64_t service_stock_low_at(const struct settings *settings, const char *model)
{
    size_t length = strlen(model);
    for (const char *at = settings->stock_low_models; at != NULL && *at != 0;) {
        at += strspn(at, ", ");
        if (length > 0 && strncmp(at, model, length) == 0 && at[length] == '=')
            return strtol(at + length + 1, NULL, 10);
        at += strcspn(at, ",");
    }
    return settings->stock_low;
}

/* What a model has over all its batches. */
static void add_model(const struct store_stock_batch *all, size_t count, const struct settings *settings,
                      struct service_stock_batch *out)
{
    int64_t used = 0;
    for (size_t i = 0; i < count; i++)
        if (strcmp(all[i].model, out->model) == 0) {
            out->model_left += all[i].left;
            used += all[i].issued_in_week;
        }
    out->low_at = service_stock_low_at(settings, out->model);
    out->days_left = used > 0 ? out->model_left * WEEK_DAYS / used : -1;
}

static enum status load_batches(struct service_context *context, struct service_desk *desk,
                                struct failure *failure)
{
    struct store_stock_batch all[SERVICE_STOCK_BATCHES_MAX];
    enum status status = store_stock_batches(context->store, clock_hall_day_utc_s(service_now_utc_s(context)),
                                             all, SERVICE_STOCK_BATCHES_MAX, &desk->batch_count, failure);
    for (size_t i = 0; i < desk->batch_count && status == STATUS_OK; i++) {
        struct service_stock_batch *out = &desk->batches[i];
        *out = (struct service_stock_batch){.opening = all[i].opening,
                                            .received = all[i].received,
                                            .issued = all[i].issued,
                                            .scrapped = all[i].scrapped,
                                            .left = all[i].left};
        (void)text_copy(out->id, sizeof(out->id), all[i].id);
        (void)text_copy(out->model, sizeof(out->model), all[i].model);
        add_model(all, desk->batch_count, context->settings->settings, out);
    }
    return status;
}

static enum status load_requests(struct service_context *context, struct service_desk *desk,
                                 struct failure *failure)
{
    struct store_stock_request asked[SERVICE_STOCK_BATCHES_MAX];
    size_t count = 0;
    enum status status =
        store_stock_requests(context->store, asked, SERVICE_STOCK_BATCHES_MAX, &count, failure);
    for (size_t i = 0; i < desk->batch_count && status == STATUS_OK; i++)
        for (size_t k = 0; k < count; k++)
            if (strcmp(asked[k].model, desk->batches[i].model) == 0)
                desk->batches[i].asked = asked[k].amount;
    return status;
}

static enum status load_places(struct service_context *context, struct service_desk *desk,
                               struct failure *failure)
{
    struct store_stock_place places[2 * SERVICE_TERMINALS_MAX];
    size_t count = 0;
    enum status status =
        store_stock_places(context->store, places, 2 * SERVICE_TERMINALS_MAX, &count, failure);
    for (size_t i = 0; i < desk->terminal_count && status == STATUS_OK; i++)
        for (size_t k = 0; k < count; k++) {
            struct service_terminal *terminal = &desk->terminals[i];
            if (strcmp(places[k].place, terminal->id) != 0)
                continue;
            terminal->has_stock = true;
            terminal->blank_keys = places[k].blank;
            terminal->is_low = places[k].blank < context->settings->settings->stock_terminal_low;
        }
    return status;
}

enum status service_stock_load(struct service_context *context, struct service_desk *desk,
                               struct failure *failure)
{
    enum status status = load_batches(context, desk, failure);
    if (status == STATUS_OK)
        status = load_requests(context, desk, failure);
    if (status == STATUS_OK)
        status = load_places(context, desk, failure);
    return status == STATUS_OK ? store_stock_unknown(context->store, desk->unknown, SERVICE_STOCK_UNKNOWN_MAX,
                                                     &desk->unknown_count, failure)
                               : status;
}

/* --- the acts ------------------------------------------------------------------------------------------ */

static bool is_place(struct service_context *context, const char *place)
{
    struct store_presence rows[2 * SERVICE_TERMINALS_MAX];
    size_t count = 0;
    if (place[0] == 0)
        return true;
    if (store_presence_list(context->store, rows, 2 * SERVICE_TERMINALS_MAX, &count, NULL) != STATUS_OK)
        return false;
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].owner, place) == 0)
            return true;
    return false;
}

static enum status do_act(struct service_context *context, const struct service_stock_act *wanted,
                          const struct store_stock_act *act, struct failure *failure)
{
    switch (wanted->step) {
    case SERVICE_STOCK_RECEIVE:
        return store_stock_receive(context->store, act, wanted->batch, wanted->model, failure);
    case SERVICE_STOCK_MOVE:
        return is_place(context, wanted->place)
                   ? store_stock_move(context->store, act, wanted->place, failure)
                   : STATUS_BAD_STATE;
    case SERVICE_STOCK_SCRAP:
        return store_stock_scrap(context->store, act, wanted->reason, failure);
    case SERVICE_STOCK_ASK:
    case SERVICE_STOCK_STEP_COUNT_:
        break;
    }
    return STATUS_BAD_STATE;
}

/* Which of the keys stood in the way. */
static enum status blame(struct service_context *context, struct service_job *job,
                         const struct store_stock_act *act, enum status status)
{
    bool is_receiving = job->request.stock->step == SERVICE_STOCK_RECEIVE;
    const char *place = job->request.stock->place;
    struct store_stock_key key;
    for (size_t i = 0; i < act->count; i++) {
        int64_t number = (int64_t)i + 1;
        enum status there = store_stock_load(context->store, act->serials[i], &key, NULL);
        if (is_receiving && there == STATUS_OK)
            return service_job_refuse(job, SERVICE_REASON_STOCK_KNOWN, number);
        if (!is_receiving && there == STATUS_NOT_FOUND)
            return service_job_refuse(job, SERVICE_REASON_STOCK_UNKNOWN, number);
        bool is_scrap = job->request.stock->step == SERVICE_STOCK_SCRAP;
        bool fits = key.state == STORE_STOCK_BLANK || (is_scrap && key.state == STORE_STOCK_FAILED);
        bool is_there = is_scrap || (place[0] == 0) == (key.place[0] != 0);
        if (!is_receiving && there == STATUS_OK && !(fits && is_there))
            return service_job_refuse(job, SERVICE_REASON_STOCK_STATE, number);
    }
    return is_receiving && status == STATUS_CONFLICT ? service_job_refuse(job, SERVICE_REASON_STOCK_BATCH, 0)
                                                     : status;
}

static enum status act_by_two(struct service_context *context, struct service_job *job,
                              char (*serials)[SERIAL_LIST_BYTES])
{
    struct store_clerk second;
    size_t count = 0;
    if (serial_list_parse(job->request.stock->serials, serials, STORE_STOCK_SERIALS_MAX, &count) != STATUS_OK)
        return service_job_refuse(job, SERVICE_REASON_STOCK_SERIALS, STORE_STOCK_SERIALS_MAX);
    enum status status = service_desk_find_second(context, job, &second);
    if (status != STATUS_OK)
        return status;
    const struct store_stock_act act = {(const char(*)[STORE_NAME_BYTES])serials, count,
                                        service_desk_clerk(context), second.name};
    status = do_act(context, job->request.stock, &act, &job->failure);
    if (status == STATUS_CONFLICT || status == STATUS_NOT_FOUND)
        return blame(context, job, &act, status);
    job->number = (int64_t)count;
    return status;
}

void service_desk_stock_run(struct service_context *context, struct service_job *job)
{
    static _Thread_local char serials[STORE_STOCK_SERIALS_MAX][SERIAL_LIST_BYTES];
    const struct service_stock_act *act = job->request.stock;
    struct store *store = NULL;
    enum status status = service_desk_has_clerk(context) ? service_store(context, &store) : STATUS_BAD_STATE;
    if (status == STATUS_OK && act->step == SERVICE_STOCK_ASK)
        status = store_stock_ask(store, act->model, act->amount, service_desk_clerk(context), &job->failure);
    else if (status == STATUS_OK)
        status = act_by_two(context, job, serials);
    if (status == STATUS_OK)
        service_desk_overview_run(context, job);
    else
        service_job_finish(job, status);
}
