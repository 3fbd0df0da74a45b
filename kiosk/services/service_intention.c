#include "kiosk/services/service_intention.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/json.h"
#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_step.h"

void service_intention_argument(const struct store_intention *intention, const char *name, char *out,
                                size_t size)
{
    struct json *arguments = NULL;
    *out = 0;
    if (json_parse(intention->arguments, strlen(intention->arguments), &arguments) != STATUS_OK)
        return;
    (void)text_copy(out, size, json_text(arguments, name, ""));
    json_free(arguments);
}

static bool is_about(const struct store_intention *intention, const char *subject)
{
    char found[STORE_INTENTION_JSON_BYTES];
    service_intention_argument(intention, "subject", found, sizeof(found));
    return strcmp(found, subject) == 0;
}

enum status service_intention_find(struct service_context *context, const char *order_id,
                                   enum store_intention_kind kind, const char *subject,
                                   char id[STORE_ID_BYTES], struct failure *failure)
{
    struct store_intention *open = calloc(SERVICE_INTENTIONS_MAX, sizeof(*open));
    size_t count = 0;
    bool found = false;
    check(open != NULL);
    enum status status = store_intention_list_order(context->store, order_id, true, open,
                                                    SERVICE_INTENTIONS_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK && !found; i++) {
        found = open[i].kind == kind && is_about(&open[i], subject);
        if (found)
            (void)memcpy(id, open[i].id, sizeof(open[i].id));
    }
    free(open);
    return status == STATUS_OK && !found ? STATUS_NOT_FOUND : status;
}

static enum status find_or_begin(struct service_context *context, const char *order_id,
                                 enum store_intention_kind kind, const char *subject, char id[STORE_ID_BYTES],
                                 struct failure *failure)
{
    char arguments[256];
    int lease_s = (int)context->settings->settings->order_lease_s;
    enum status status = service_intention_find(context, order_id, kind, subject, id, failure);
    if (status == STATUS_OK)
        return store_intention_renew(context->store, id, lease_s, failure);
    if (status != STATUS_NOT_FOUND)
        return status;
    order_id_make(context->settings->random, id);
    (void)snprintf(arguments, sizeof(arguments), "{\"subject\":\"%s\"}", subject);
    return store_intention_begin(context->store, id, kind, order_id, arguments, lease_s, failure);
}

/* Looked for and begun in one change, or two programs would announce the same act. */
enum status service_intention_begin(struct service_context *context, const char *order_id,
                                    enum store_intention_kind kind, const char *subject,
                                    char id[STORE_ID_BYTES], struct failure *failure)
{
    enum status status = store_begin(context->store, failure);
    if (status != STATUS_OK)
        return status;
    return store_end(context->store, find_or_begin(context, order_id, kind, subject, id, failure), failure);
}

static enum status check_certificate(struct service_context *context, const struct store_certificate *as_read,
                                     struct failure *failure)
{
    struct store_certificate now;
    enum status status = store_certificate_load(context->store, as_read->request_id, &now, failure);
    return status == STATUS_OK && now.state != as_read->state
               ? failure_set(failure, STATUS_CONFLICT, "intention", (long)now.state,
                             "the certificate has moved")
               : status;
}

static enum status check_unchanged(struct service_context *context, const struct service_intention_act *act,
                                   struct failure *failure)
{
    struct order order;
    enum status status = act->ends == ORDER_EVENT_COUNT_
                             ? STATUS_OK
                             : service_step_allowed(context, act->order_id, act->ends, &order, failure);
    if (status == STATUS_BAD_STATE)
        return failure_set(failure, STATUS_CONFLICT, "intention", (long)order.state, "the order has moved");
    return status == STATUS_OK && act->certificate != NULL
               ? check_certificate(context, act->certificate, failure)
               : status;
}

enum status service_intention_announce(struct service_context *context,
                                       const struct service_intention_act *act, char id[STORE_ID_BYTES],
                                       struct failure *failure)
{
    enum status status = store_begin(context->store, failure);
    if (status != STATUS_OK)
        return status;
    status = check_unchanged(context, act, failure);
    if (status == STATUS_OK)
        status = find_or_begin(context, act->order_id, act->kind, act->subject, id, failure);
    return store_end(context->store, status, failure);
}

/* Not at every round: each renewal is a write. */
enum status service_intention_keep(struct service_context *context, const struct store_intention *intention,
                                   struct failure *failure)
{
    int lease_s = (int)context->settings->settings->order_lease_s;
    int64_t left_s = intention->lease_until_utc_s - service_now_utc_s(context);
    return left_s > lease_s / 2 && left_s <= lease_s
               ? STATUS_OK
               : store_intention_renew(context->store, intention->id, lease_s, failure);
}

enum status service_intention_end(struct service_context *context, const char *id, bool done,
                                  const char *outcome, struct failure *failure)
{
    char result[128];
    (void)snprintf(result, sizeof(result), "{\"outcome\":\"%s\"}", outcome);
    return store_intention_finish(context->store, id, done ? STORE_INTENTION_DONE : STORE_INTENTION_FAILED,
                                  result, failure);
}

void service_intention_each(struct service_context *context,
                            void (*act)(struct service_context *context,
                                        const struct store_intention *intention))
{
    struct store_intention *mine = calloc(SERVICE_INTENTIONS_MAX, sizeof(*mine));
    size_t count = 0;
    struct failure failure = {0};
    check(mine != NULL);
    enum status status =
        store_intention_list_mine(context->store, mine, SERVICE_INTENTIONS_MAX, &count, &failure);
    if (status != STATUS_OK)
        log_failure("services", "listing open intentions", status, &failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        act(context, &mine[i]);
    free(mine);
}
