#include "kiosk/services/service_carried.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/json.h"
#include "kiosk/base/secret.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_intention.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_lock.h"
#include "kiosk/services/service_subject.h"
#include "kiosk/store/store_wish.h"

enum { ORDERS_BACK = 32, INTENTIONS_MAX = 128 };

enum status service_carried_by(struct service_context *context, const char *order_id, const char *key_mark,
                               bool *out, struct failure *failure)
{
    struct store_wish wish = {0};
    bool is_first = true;
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    *out = false;
    enum status status = service_load_operation(context, order_id, NULL, &product, &operation, failure);
    if (status == STATUS_OK && product->seal != PRODUCT_SEAL_NONE)
        status = store_wish_load(context->store, order_id, &wish, failure);
    if (status == STATUS_OK && wish.seal && product->seal == PRODUCT_SEAL_MAIN_LOCK)
        status = service_lock_is_first(context, order_id, key_mark, &is_first, failure);
    *out = status == STATUS_OK && wish.seal && is_first;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* From order to order back to the one that made a seal, as long as it is one key. */
enum status service_carried_origin(struct service_context *context,
                                   const struct store_certificate *certificate, char order_id[STORE_ID_BYTES],
                                   struct failure *failure)
{
    struct store_certificate now = *certificate;
    for (unsigned i = 0; i < ORDERS_BACK; i++) {
        bool is_origin = false;
        enum status status =
            service_carried_by(context, now.order_id, certificate->key_mark, &is_origin, failure);
        if (status == STATUS_OK && is_origin) {
            (void)text_copy(order_id, STORE_ID_BYTES, now.order_id);
            return STATUS_OK;
        }
        if (status == STATUS_OK)
            status = service_subject_load(context, now.order_id, &now, failure);
        if (status == STATUS_OK && strcmp(now.key_mark, certificate->key_mark) != 0)
            status = STATUS_NOT_FOUND;
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_NOT_FOUND;
}

/* --- what becomes of them ----------------------------------------------------------------------------- */

static enum status origin_of(struct service_context *context, const struct service_visit *visit,
                             char order_id[STORE_ID_BYTES], struct failure *failure)
{
    struct store_certificate old;
    if (visit->product->seal == PRODUCT_SEAL_NONE || !order_steps_is_on_own_key(&visit->operation->steps))
        return STATUS_NOT_FOUND;
    enum status status = service_subject_load(context, visit->order.id, &old, failure);
    return status == STATUS_OK ? service_carried_origin(context, &old, order_id, failure) : status;
}

/* What would cost something is not done for nothing; a further lock carries no seal. */
static enum service_carried plan(const struct service_visit *visit)
{
    struct product_wish wish;
    service_visit_wish(visit, visit->order.created_utc_s, &wish);
    if (wish.never_sealed)
        return SERVICE_CARRIED_LEFT;
    if (wish.seal)
        return SERVICE_CARRIED_ANEW;
    return product_wish_seal_fen(&wish) == 0 ? SERVICE_CARRIED_KEPT : SERVICE_CARRIED_LEFT;
}

static bool says_left(const struct store_intention *intention)
{
    struct json *result = NULL;
    if (intention->kind != STORE_INTENTION_WRITE_SEAL ||
        json_parse(intention->result, strlen(intention->result), &result) != STATUS_OK)
        return false;
    bool is_left = strcmp(json_text(result, "outcome", ""), SERVICE_CARRIED_OUTCOME) == 0;
    json_free(result);
    return is_left;
}

/* How the key's last writing ended. */
static enum status ask_outcome(struct service_context *context, struct service_visit *visit,
                               struct failure *failure)
{
    struct store_intention *acts = calloc(INTENTIONS_MAX, sizeof(*acts));
    size_t count = 0;
    check(acts != NULL);
    enum status status = store_intention_list_order(context->store, visit->order.id, false, acts,
                                                    INTENTIONS_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        if (says_left(&acts[i]))
            visit->carried = SERVICE_CARRIED_LEFT;
    free(acts);
    return status;
}

enum status service_carried_load(struct service_context *context, struct service_visit *visit,
                                 struct failure *failure)
{
    char origin[STORE_ID_BYTES];
    visit->carried = SERVICE_CARRIED_NONE;
    enum status status = origin_of(context, visit, origin, failure);
    if (status == STATUS_OK)
        visit->carried = plan(visit);
    if (status == STATUS_OK && visit->issue.stage == SERVICE_ISSUE_PROVEN)
        status = ask_outcome(context, visit, failure);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status service_carried_find(struct service_context *context, const char *order_id,
                                 char origin[STORE_ID_BYTES], bool *is_kept, struct failure *failure)
{
    struct service_visit *visit = calloc(1, sizeof(*visit));
    check(visit != NULL);
    enum status status = service_load_order(context, order_id, visit, failure);
    if (status == STATUS_OK)
        status = origin_of(context, visit, origin, failure);
    if (status == STATUS_OK)
        *is_kept = plan(visit) == SERVICE_CARRIED_KEPT;
    secret_wipe_bytes(visit, sizeof(*visit));
    free(visit);
    return status;
}
