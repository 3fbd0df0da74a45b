/* Claims: one row per order, an owner and the end of the lease. */
#include "kiosk/store/store_claim.h"

#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/store/store_inner.h"

static enum status read_claim(const struct db_rows *rows, void *out)
{
    struct store_claim *claim = out;
    claim->lease_until_utc_s = db_column_integer(rows, 1);
    return store_inner_text(rows, 0, claim->owner, sizeof(claim->owner));
}

enum status store_claim_load(struct store *store, const char *order_id, struct store_claim *out,
                             struct failure *failure)
{
    struct store_claim claim;
    enum status status = store_inner_read_one(store, read_claim, &claim, sizeof(claim),
                                              "SELECT claim.owner, claim.lease_until_utc_s FROM orders"
                                              " LEFT JOIN claim ON claim.order_id = orders.id"
                                              " WHERE orders.id = ?1",
                                              DB_PARAMS(db_text(order_id)), failure);
    if (status != STATUS_OK)
        return status;
    if (!store_inner_lease_holds(claim.lease_until_utc_s, clock_utc_s(store->clock)))
        claim = (struct store_claim){0};
    *out = claim;
    return STATUS_OK;
}

static enum status record(struct store *store, const char *order_id, const char *event,
                          struct failure *failure)
{
    return store_inner_record(
        store,
        &(struct store_inner_event){
            .kind = STORE_CHANGE_CLAIM, .order_id = order_id, .subject = order_id, .event = event},
        failure);
}

enum status store_claim_take(struct store *store, const char *order_id, int lease_s, struct failure *failure)
{
    check(lease_s > 0 && lease_s <= STORE_LEASE_LONGEST_S);
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    struct store_claim before = {0};
    status = store_inner_guard(store, order_id, failure);
    if (status == STATUS_OK)
        status = store_claim_load(store, order_id, &before, failure);
    if (status == STATUS_OK)
        status = db_exec(store->db,
                         "INSERT INTO claim (order_id, owner, lease_until_utc_s) VALUES (?1, ?2, ?3)"
                         " ON CONFLICT (order_id) DO UPDATE SET owner = ?2, lease_until_utc_s = ?3",
                         DB_PARAMS(db_text(order_id), db_text(store->owner),
                                   db_integer(clock_utc_s(store->clock) + lease_s)),
                         NULL, failure);
    if (status == STATUS_OK && strcmp(before.owner, store->owner) != 0)
        status = record(store, order_id, "take", failure);
    return store_end(store, status, failure);
}

enum status store_claim_renew(struct store *store, const char *order_id, int lease_s, struct failure *failure)
{
    check(lease_s > 0 && lease_s <= STORE_LEASE_LONGEST_S);
    return store_inner_change_row(
        store, "UPDATE claim SET lease_until_utc_s = ?1 WHERE order_id = ?2 AND owner = ?3",
        DB_PARAMS(db_integer(clock_utc_s(store->clock) + lease_s), db_text(order_id), db_text(store->owner)),
        failure);
}

enum status store_claim_release(struct store *store, const char *order_id, struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    int64_t changed = 0;
    status = db_exec(store->db, "DELETE FROM claim WHERE order_id = ?1 AND owner = ?2",
                     DB_PARAMS(db_text(order_id), db_text(store->owner)), &changed, failure);
    if (status == STATUS_OK && changed > 0)
        status = record(store, order_id, "release", failure);
    return store_end(store, status, failure);
}
