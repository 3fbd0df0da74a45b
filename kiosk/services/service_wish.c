#include "kiosk/services/service_wish.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_carried.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_subject.h"
#include "kiosk/services/service_term.h"
#include "kiosk/store/store_key.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_wish.h"

/* The request's choice in the catalogue's words, borrowed from the request and from *chosen. */
static void read_choice(struct service_context *context, const struct service_request *request,
                        struct service_visit *chosen, struct product_wish *out)
{
    *chosen = (struct service_visit){
        .product = request->product, .operation = request->operation, .wish = request->wish};
    service_visit_wish(chosen, service_now_utc_s(context), out);
    out->class_id = request->class_id;
    out->reason = request->reason;
}

void service_wish_settle(struct service_context *context, struct service_request *request)
{
    struct service_visit chosen;
    struct product_wish wish;
    read_choice(context, request, &chosen, &wish);
    request->wish.seal = request->wish.seal || product_wish_brings_seal(&wish);
}

enum status service_wish_price(struct service_context *context, const struct service_request *request,
                               struct price_quote *out, struct failure *failure)
{
    char complaint[PRODUCT_WISH_COMPLAINT_BYTES];
    struct service_visit chosen;
    struct product_wish wish;
    read_choice(context, request, &chosen, &wish);
    enum status status = product_wish_judge(&wish, complaint);
    if (status != STATUS_OK)
        return failure_set(failure, status, "product_wish_judge", 0, "%s", complaint);
    status = product_wish_quote(&wish, out);
    if (status != STATUS_OK || out->amount_fen != PRICE_UNKNOWN_FEN)
        return status;
    if (order_steps_has(&request->operation->steps, ORDER_STEP_PAY))
        return STATUS_UNSUPPORTED;
    out->amount_fen = 0; /* what it costs is paid elsewhere: the hall takes nothing */
    return status;
}

enum status service_wish_amount(const struct product_wish *wish, int64_t *out_fen)
{
    struct price_quote quote;
    enum status status = product_wish_quote(wish, &quote);
    if (status == STATUS_NOT_FOUND && !wish->seal) { /* nothing but the seal would have cost anything */
        *out_fen = 0;
        return STATUS_OK;
    }
    if (status == STATUS_OK) /* what has no published fee is paid elsewhere */
        *out_fen = quote.amount_fen == PRICE_UNKNOWN_FEN ? 0 : quote.amount_fen;
    return status;
}

/* A key that carries a seal does not keep it with what no longer holds: it is made anew with the certificate.
 */
static enum status outdates_carried(struct service_context *context, const struct service_visit *visit,
                                    const struct product_wish *wish, bool *out, struct failure *failure)
{
    struct store_certificate old;
    char origin[STORE_ID_BYTES];
    *out = false;
    if (!product_wish_outdates_seal(wish) || !order_steps_is_on_own_key(&visit->operation->steps))
        return STATUS_OK;
    enum status status = service_subject_load(context, visit->order.id, &old, failure);
    if (status == STATUS_OK)
        status = service_carried_origin(context, &old, origin, failure);
    *out = status == STATUS_OK;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* A seal nobody asked for comes with the way the order has taken, or with its key. What was found out about a
 * lock stands. */
static enum status follow_key(struct service_context *context, struct service_visit *visit,
                              struct failure *failure)
{
    struct product_wish wish;
    bool outdates = false;
    if (visit->wish.seal || visit->lock.role != SERVICE_LOCK_NONE)
        return STATUS_OK;
    service_visit_wish(visit, visit->order.created_utc_s, &wish);
    enum status status = outdates_carried(context, visit, &wish, &outdates, failure);
    if (status != STATUS_OK || !(outdates || product_wish_brings_seal(&wish)))
        return status;
    visit->wish.seal = true;
    return store_wish_add_seal(context->store, visit->order.id, failure);
}

static enum status reprice(struct service_context *context, struct service_visit *visit,
                           struct failure *failure)
{
    struct product_wish wish;
    int64_t amount_fen = 0;
    if (visit->order.paid_fen > 0)
        return STATUS_OK;
    enum status status = follow_key(context, visit, failure);
    if (status != STATUS_OK || visit->wish.issued_utc_s == 0)
        return status;
    service_visit_wish(visit, visit->order.created_utc_s, &wish); /* the day it was asked for counts */
    status = service_wish_amount(&wish, &amount_fen);
    return status == STATUS_OK && amount_fen != visit->order.amount_fen
               ? store_order_reprice(context->store, visit->order.id, amount_fen, failure)
               : status;
}

enum status service_wish_reprice(struct service_context *context, const char *order_id,
                                 struct failure *failure)
{
    struct service_visit *visit = calloc(1, sizeof(*visit));
    check(visit != NULL);
    enum status status = service_load_order(context, order_id, visit, failure);
    if (status == STATUS_OK)
        status = reprice(context, visit, failure);
    secret_wipe_bytes(visit, sizeof(*visit));
    free(visit);
    return status;
}

/* --- the store --------------------------------------------------------------------------------------- */

enum status service_wish_keep(struct service_context *context, const struct order *order,
                              const struct service_wish *wish, struct failure *failure)
{
    struct store_wish row = {
        .years = wish->years, .quantity = wish->quantity, .seal = wish->seal, .agent = wish->agent};
    size_t length = 0;
    for (size_t i = 0; i < wish->sub_kind_count; i++) {
        int more = snprintf(row.sub_kinds + length, sizeof(row.sub_kinds) - length, "%s%s", i > 0 ? " " : "",
                            wish->sub_kinds[i]);
        length += (size_t)more;
    }
    return store_wish_insert(context->store, order->id, &row, failure);
}

static enum status read_sub_kinds(const char *text, struct service_wish *out)
{
    while (*text != 0) {
        size_t length = strcspn(text, " ");
        if (out->sub_kind_count == PRODUCT_WISH_SUB_KINDS_MAX || length >= ORDER_NAME_BYTES)
            return STATUS_MALFORMED;
        char *to = out->sub_kinds[out->sub_kind_count++];
        (void)memcpy(to, text, length);
        to[length] = 0;
        text += length + (text[length] == ' ');
    }
    return STATUS_OK;
}

static enum status load_row(struct service_context *context, struct service_visit *visit,
                            struct failure *failure)
{
    struct store_wish row;
    enum status status = store_wish_load(context->store, visit->order.id, &row, failure);
    if (status == STATUS_NOT_FOUND) { /* an order from before there were wishes */
        service_wish_init(&visit->wish, visit->operation);
        return STATUS_OK;
    }
    if (status != STATUS_OK)
        return status;
    visit->wish = (struct service_wish){
        .years = row.years, .quantity = row.quantity, .seal = row.seal, .agent = row.agent};
    return read_sub_kinds(row.sub_kinds, &visit->wish);
}

static enum status load_issued(struct service_context *context, struct service_visit *visit,
                               struct failure *failure)
{
    struct store_certificate certificate;
    enum status status = service_subject_load(context, visit->order.id, &certificate, failure);
    if (status == STATUS_OK)
        visit->wish.issued_utc_s = certificate.created_utc_s;
    if (status == STATUS_OK)
        visit->wish.ends_utc_s = certificate.not_after_utc_s;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* What the certificate would be asked for with now, where one is made and its end is known. */
static enum status load_until(struct service_context *context, struct service_visit *visit,
                              struct failure *failure)
{
    struct product_wish wish;
    struct service_term term;
    service_visit_wish(visit, service_now_utc_s(context), &wish);
    if (product_wish_end_utc_s(&wish) == 0)
        return STATUS_OK;
    enum status status =
        service_term_find(context, visit->product, visit->operation, &visit->order, &term, failure);
    if (status == STATUS_OK)
        visit->wish.until_utc_s = service_term_end_utc_s(&term, service_now_utc_s(context));
    return status;
}

enum status service_wish_load(struct service_context *context, struct service_visit *visit,
                              struct failure *failure)
{
    (void)text_copy(visit->class_id, sizeof(visit->class_id), visit->order.class_id);
    enum status status = load_row(context, visit, failure);
    if (status == STATUS_OK)
        status = service_subject_reason(context, visit->order.id, visit->reason, failure);
    if (status == STATUS_OK)
        status = load_issued(context, visit, failure);
    if (status == STATUS_OK)
        status = load_until(context, visit, failure);
    return status;
}

/* --- keys -------------------------------------------------------------------------------------------- */

enum status service_wish_keys_made(struct service_context *context, const char *order_id, unsigned *made,
                                   struct failure *failure)
{
    enum { KEYS_MAX = 32 };
    struct store_key keys[KEYS_MAX];
    size_t count = 0;
    enum status status = store_key_list_order(context->store, order_id, keys, KEYS_MAX, &count, failure);
    *made = 0;
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        *made += keys[i].state == STORE_KEY_DELIVERED;
    return status;
}

enum status service_wish_keys_left(struct service_context *context, const char *order_id, unsigned *left,
                                   struct failure *failure)
{
    struct store_wish row = {.quantity = 1};
    unsigned made = 0;
    enum status status = service_wish_keys_made(context, order_id, &made, failure);
    enum status loaded =
        status == STATUS_OK ? store_wish_load(context->store, order_id, &row, failure) : status;
    *left = made > 0 && made < row.quantity ? row.quantity - made : 0;
    return loaded == STATUS_NOT_FOUND ? STATUS_OK : loaded;
}
