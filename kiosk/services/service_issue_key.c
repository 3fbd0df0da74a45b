/* Which key an order is made on: a blank one, its own marked one, one of ours whose holder agrees; and the
 * end of a key that is given up. */
#include <string.h>

#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_issue.h"
#include "kiosk/services/service_own.h"

static enum status refuse(struct service_issue_run *run, enum service_reason reason)
{
    run->job->reason = reason;
    return STATUS_REFUSED;
}

/* --- the end of a key -------------------------------------------------------------------------------- */

enum status service_issue_end_acts(struct service_context *context, const char *order_id, const char *mark,
                                   struct failure *failure)
{
    static const enum store_intention_kind kinds[] = {STORE_INTENTION_FORMAT_KEY,
                                                      STORE_INTENTION_GENERATE_KEY, STORE_INTENTION_SET_PIN};
    enum status status = STATUS_OK;
    for (unsigned i = 0; i < sizeof(kinds) / sizeof(kinds[0]) && status == STATUS_OK; i++) {
        char id[STORE_ID_BYTES];
        status = service_intention_find(context, order_id, kinds[i], mark, id, failure);
        if (status == STATUS_OK)
            status = service_intention_end(context, id, false, "abandoned", failure);
        else if (status == STATUS_NOT_FOUND)
            status = STATUS_OK;
    }
    return status;
}

enum status service_issue_end_key(struct service_context *context, const struct store_key *key,
                                  struct failure *failure)
{
    enum status status = store_begin(context->store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_key_step(context->store, key->mark, key->state, STORE_KEY_FAILED, NULL, failure);
    if (status == STATUS_OK)
        status = service_issue_end_acts(context, key->order_id, key->mark, failure);
    return store_end(context->store, status, failure);
}

/* --- a new row --------------------------------------------------------------------------------------- */

static void draw_key(struct service_issue_run *run, struct store_key *key)
{
    const struct random *random = run->context->settings->random;
    const struct token_identity *identity = &service_key_own(run->context)->info.identity;
    *key = (struct store_key){.state = STORE_KEY_IN_WORK};
    token_mark_draw(random, key->mark);
    token_label_from_mark(key->mark, run->product->key_label, key->label);
    (void)text_copy(key->serial, sizeof(key->serial), identity->serial);
    (void)text_copy(key->model, sizeof(key->model), identity->model);
    random_fill(random, key->so_salt, sizeof(key->so_salt));
    random_fill(random, key->transport_salt, sizeof(key->transport_salt));
    (void)memcpy(key->order_id, run->order.id, sizeof(key->order_id));
}

/* The order's key is the one in the writer. `old` is the row of what the key was before, or of the blank that
 * was meant before; `is_formatted` says that its SO PIN is still on the key. */
static enum status new_row(struct service_issue_run *run, const struct store_key *old, bool is_formatted)
{
    struct service_context *context = run->context;
    struct failure *failure = &run->job->failure;
    struct store_key key;
    draw_key(run, &key);
    if (is_formatted)
        (void)memcpy(key.so_salt, old->so_salt, sizeof(key.so_salt));
    enum status status = store_begin(context->store, failure);
    if (status != STATUS_OK)
        return status;
    if (old != NULL && old->state != STORE_KEY_FAILED)
        status = service_issue_end_key(context, old, failure);
    if (status == STATUS_OK)
        status = store_key_insert(context->store, &key, failure);
    status = store_end(context->store, status, failure);
    if (status == STATUS_OK) {
        run->key = key;
        run->has_key = true;
    }
    return status;
}

/* No key was taken for the order yet: a blank one may be, and one of ours when its holder agrees. */
static enum status adopt(struct service_issue_run *run)
{
    const struct token_info *info = &service_key_own(run->context)->info;
    struct store_key old;
    if (info->presence == TOKEN_BLANK)
        return service_key_is_full(run->context, run->order.id, info) ? refuse(run, SERVICE_REASON_KEY_FULL)
                                                                      : new_row(run, NULL, false);
    enum status status =
        info->identity.mark[0] == 0
            ? STATUS_NOT_FOUND
            : store_key_load(run->context->store, info->identity.mark, &old, &run->job->failure);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && old.state == STORE_KEY_IN_WORK))
        return refuse(run, SERVICE_REASON_KEY_OTHER);
    if (status == STATUS_OK && old.state == STORE_KEY_DELIVERED && strcmp(old.order_id, run->order.id) == 0)
        return refuse(run, SERVICE_REASON_KEY_DONE); /* one of the order's own is never erased */
    bool is_subjects = true;
    if (status == STATUS_OK)
        status =
            service_own_is_subjects(run->context, run->order.id, old.mark, &is_subjects, &run->job->failure);
    if (status == STATUS_OK && is_subjects)
        return refuse(run, SERVICE_REASON_KEY_OTHER);
    bool is_in_use = false;
    if (status == STATUS_OK)
        status = service_key_is_in_use(run->context, &old, &is_in_use, &run->job->failure);
    if (is_in_use)
        return refuse(run, SERVICE_REASON_KEY_IN_USE);
    if (status == STATUS_OK && !run->job->request.flag && old.state != STORE_KEY_FAILED)
        return refuse(run, SERVICE_REASON_KEY_CARRIES);
    return status == STATUS_OK ? new_row(run, &old, true) : status;
}

/* A run was killed between taking the key for the order and formatting it: it still has its old mark, and the
 * row the old SO PIN. */
static enum status match_old_mark(struct service_issue_run *run)
{
    const struct token_info *info = &service_key_own(run->context)->info;
    struct store_key old;
    enum status status =
        info->identity.mark[0] == 0
            ? STATUS_NOT_FOUND
            : store_key_load(run->context->store, info->identity.mark, &old, &run->job->failure);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND)
        return status;
    bool is_ours = status == STATUS_OK && old.state == STORE_KEY_FAILED &&
                   memcmp(old.so_salt, run->key.so_salt, sizeof(old.so_salt)) == 0;
    return is_ours ? STATUS_OK : refuse(run, SERVICE_REASON_KEY_OTHER);
}

/* A key row without certificate may still be formatted onto the blank it was meant for; another blank gets a
 * row of its own, or two keys would carry one mark. With a certificate only the marked key itself will do. */
static enum status match(struct service_issue_run *run)
{
    const struct token_info *info = &service_key_own(run->context)->info;
    if (strcmp(info->identity.mark, run->key.mark) == 0)
        return STATUS_OK;
    if (run->has_certificate)
        return refuse(run, SERVICE_REASON_KEY_OTHER);
    if (info->presence != TOKEN_BLANK)
        return match_old_mark(run);
    bool is_same = strcmp(info->identity.serial, run->key.serial) == 0 &&
                   strcmp(info->identity.model, run->key.model) == 0;
    return is_same ? STATUS_OK : new_row(run, &run->key, false);
}

enum status service_issue_find_key(struct service_issue_run *run)
{
    struct service_context *context = run->context;
    enum status status = service_key_look(context, &run->job->failure);
    const struct token_info *info = &service_key_own(context)->info;
    if (status != STATUS_OK) {
        run->job->reason = service_key_reason(status);
        return status;
    }
    if (run->is_own)
        return service_own_find_key(run);
    if (info->presence == TOKEN_ABSENT)
        return refuse(run, run->has_key ? SERVICE_REASON_KEY_PULLED : SERVICE_REASON_NO_KEY);
    status = run->has_key ? match(run) : adopt(run);
    if (status == STATUS_OK)
        status = service_key_transport_pin(context, &run->key, &run->pin, &run->job->failure);
    if (status == STATUS_OK)
        status = service_key_so_pin(context, &run->key, &run->so_pin, &run->job->failure);
    return status;
}
