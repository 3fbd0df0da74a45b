#include "kiosk/services/service_lock.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_seal.h"
#include "kiosk/services/service_subject.h"
#include "kiosk/services/service_wish.h"
#include "kiosk/store/store_key.h"
#include "kiosk/store/store_lock.h"

enum { CERTIFICATES_MAX = 32 };

/* Only a key that is made can be one or the other. */
static bool tells_apart(const struct service_visit *visit)
{
    return visit->product->seal == PRODUCT_SEAL_MAIN_LOCK &&
           order_steps_has(&visit->operation->steps, ORDER_STEP_ISSUE);
}

static enum status load(struct service_context *context, const char *order_id, struct store_lock *out,
                        struct failure *failure)
{
    *out = (struct store_lock){.role = STORE_LOCK_NONE};
    enum status status = store_lock_load(context->store, order_id, out, failure);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status service_lock_load(struct service_context *context, struct service_visit *visit,
                              struct failure *failure)
{
    struct store_lock lock;
    enum status status = load(context, visit->order.id, &lock, failure);
    if (status == STATUS_OK)
        visit->lock = (struct service_lock){.role = (enum service_lock_role)lock.role,
                                            .earlier = (unsigned)lock.earlier,
                                            .wants_seal = lock.seal,
                                            .by_clerk = lock.clerk[0] != 0};
    return status;
}

/* --- putting ----------------------------------------------------------------------------------------- */

/* What the order costs with or without a seal. */
static enum status price(struct service_context *context, const struct service_visit *visit, bool with_seal,
                         int64_t *out)
{
    struct product_wish wish;
    service_visit_wish(visit, service_now_utc_s(context), &wish);
    wish.seal = with_seal;
    wish.never_sealed = !with_seal;
    return service_wish_amount(&wish, out);
}

static enum status put(struct service_context *context, const struct service_visit *visit,
                       const struct store_lock *lock, const char *actor, struct failure *failure)
{
    struct store_lock_effect effect = {.with_seal = lock->seal && lock->role == STORE_LOCK_MAIN,
                                       .amount_fen = visit->order.amount_fen,
                                       .actor = actor};
    enum status status = effect.with_seal == visit->wish.seal
                             ? STATUS_OK
                             : price(context, visit, effect.with_seal, &effect.amount_fen);
    return status == STATUS_OK ? store_lock_put(context->store, visit->order.id, lock, &effect, failure)
                               : status;
}

/* --- the rule ---------------------------------------------------------------------------------------- */

/* Whose key it is, and how many main locks that holder has. */
static enum status know_holder(struct service_context *context, const struct service_visit *visit,
                               const struct form_values *values, struct store_lock *out,
                               struct failure *failure)
{
    char named[SUBJECT_TEXT_BYTES] = "";
    struct subject *subject = calloc(1, sizeof(*subject));
    const struct form *form = product_operation_form(visit->product, visit->operation);
    const char *code = visit->product->holder == PRODUCT_HOLDER_UNIT
                           ? service_load_field(form, NULL, FORM_SUBJECT_UNIT, FORM_KIND_CREDIT_CODE)
                           : NULL;
    check(subject != NULL);
    if (service_subject_wanted(visit->product, visit->operation, values, subject) == STATUS_OK)
        (void)!subject_text(subject, named, sizeof(named));
    const struct store_lock_holder holder = {.order_id = visit->order.id,
                                             .product = visit->order.product,
                                             .credit_code =
                                                 code == NULL ? "" : form_value(form, values, code),
                                             .subject = named};
    enum status status = store_lock_count(context->store, &holder, &out->earlier, failure);
    store_lock_mark(context->store, &holder, out->holder);
    secret_wipe_bytes(named, sizeof(named));
    secret_wipe_bytes(subject, sizeof(*subject));
    free(subject);
    return status;
}

enum status service_lock_is_first(struct service_context *context, const char *order_id, const char *key_mark,
                                  bool *out, struct failure *failure)
{
    struct store_certificate rows[CERTIFICATES_MAX];
    struct store_key key;
    size_t count = 0;
    enum status status =
        store_certificate_list(context->store, order_id, rows, CERTIFICATES_MAX, &count, failure);
    *out = true;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        status = store_key_load(context->store, rows[i].key_mark, &key, failure);
        if (status != STATUS_OK || key.state != STORE_KEY_DELIVERED)
            continue;
        *out = strcmp(rows[i].key_mark, key_mark) == 0;
        break;
    }
    return status;
}

/* A key that takes another's place is what that one was. */
static enum status role_of_old(struct service_context *context, const struct store_certificate *old,
                               enum store_lock_role *out, struct failure *failure)
{
    struct store_lock lock;
    bool is_first = true;
    enum status status = load(context, old->order_id, &lock, failure);
    if (status == STATUS_OK)
        status = service_lock_is_first(context, old->order_id, old->key_mark, &is_first, failure);
    if (status == STATUS_OK)
        *out = lock.role == STORE_LOCK_SECONDARY || !is_first ? STORE_LOCK_SECONDARY : STORE_LOCK_MAIN;
    return status;
}

static bool is_same_holder(const struct store_lock *a, const struct store_lock *b)
{
    return memcmp(a->holder, b->holder, sizeof(a->holder)) == 0;
}

/* What a clerk has decided about this holder before stays. */
static enum status judge(struct service_context *context, const struct service_visit *visit,
                         struct store_lock *lock, struct failure *failure)
{
    struct store_certificate old;
    struct form_values values;
    const struct store_lock before = *lock;
    form_values_init(&values);
    enum status status = service_load_values(context, visit->order.id, &values, failure);
    if (status == STATUS_OK)
        status = know_holder(context, visit, &values, lock, failure);
    form_values_wipe(&values);
    if (status == STATUS_OK && !is_same_holder(lock, &before))
        lock->clerk[0] = 0;
    if (status != STATUS_OK || lock->clerk[0] != 0)
        return status;
    status = service_subject_load(context, visit->order.id, &old, failure);
    if (status == STATUS_OK)
        return role_of_old(context, &old, &lock->role, failure);
    lock->role = lock->earlier > 0 ? STORE_LOCK_SECONDARY : STORE_LOCK_MAIN;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status settle(struct service_context *context, const struct service_visit *visit,
                          struct store_lock *before, struct store_lock *now, struct failure *failure)
{
    *before = *now = (struct store_lock){.role = STORE_LOCK_NONE};
    if (!tells_apart(visit) || visit->order.paid_fen > 0)
        return STATUS_OK;
    enum status status = load(context, visit->order.id, before, failure);
    *now = *before;
    if (before->role == STORE_LOCK_NONE)
        now->seal = visit->wish.seal;
    if (status == STATUS_OK)
        status = judge(context, visit, now, failure);
    bool is_same =
        now->role == before->role && now->earlier == before->earlier && is_same_holder(now, before);
    return status == STATUS_OK && !is_same ? put(context, visit, now, NULL, failure) : status;
}

enum status service_lock_settle(struct service_context *context, const struct service_visit *visit,
                                struct failure *failure)
{
    struct store_lock before, now;
    return settle(context, visit, &before, &now, failure);
}

enum status service_lock_stands(struct service_context *context, const struct service_visit *visit, bool *out,
                                struct failure *failure)
{
    struct store_lock before, now;
    enum status status = settle(context, visit, &before, &now, failure);
    enum store_lock_role seen = before.role == STORE_LOCK_NONE ? STORE_LOCK_MAIN : before.role;
    bool is_second = now.role == STORE_LOCK_MAIN && before.earlier == 0 && now.earlier > 0;
    *out = now.role == STORE_LOCK_NONE || (now.role == seen && !is_second);
    return status;
}

/* --- the clerk --------------------------------------------------------------------------------------- */

const char *service_lock_action(bool is_main)
{
    return is_main ? "lock-main" : "lock-secondary";
}

bool service_lock_decides(const char *action)
{
    return strcmp(action, service_lock_action(true)) == 0 || strcmp(action, service_lock_action(false)) == 0;
}

static enum status apply(struct service_context *context, const struct store_decision *decision,
                         const struct service_visit *visit, struct failure *failure)
{
    struct store_lock lock;
    struct store_decision_signer signer = {0};
    size_t count = 0;
    enum status status = load(context, visit->order.id, &lock, failure);
    if (status == STATUS_OK && (lock.role == STORE_LOCK_NONE || visit->order.paid_fen > 0 ||
                                visit->order.state != ORDER_STATE_REVIEWING))
        status = failure_set(failure, STATUS_BAD_STATE, "lock", 0, "the order is past it");
    if (status == STATUS_OK)
        status = store_decision_signers(context->store, decision->id, &signer, 1, &count, failure);
    lock.role =
        strcmp(decision->action, service_lock_action(true)) == 0 ? STORE_LOCK_MAIN : STORE_LOCK_SECONDARY;
    (void)text_copy(lock.clerk, sizeof(lock.clerk), signer.name);
    if (status == STATUS_OK && lock.role == STORE_LOCK_MAIN && lock.seal && !service_seal_is_sure(visit))
        status = failure_set(failure, STATUS_BAD_STATE, "lock", 0, "nothing to make the seal of");
    return status == STATUS_OK ? put(context, visit, &lock, lock.clerk, failure) : status;
}

enum status service_lock_apply(struct service_context *context, const struct store_decision *decision,
                               struct failure *failure)
{
    struct service_visit *visit = calloc(1, sizeof(*visit));
    check(visit != NULL);
    enum status status = service_load_order(context, decision->order_id, visit, failure);
    if (status == STATUS_OK)
        status = apply(context, decision, visit, failure);
    secret_wipe_bytes(visit, sizeof(*visit));
    free(visit);
    return status;
}
