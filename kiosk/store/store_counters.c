/* Counters: three looks at orders and decisions. */
#include "kiosk/store/store_counters.h"

#include "kiosk/store/store_inner.h"

enum { DAY_S = 86400 };

static enum status read_begun(const struct db_rows *rows, void *out)
{
    struct store_counters *counters = out;
    counters->begun = db_column_integer(rows, 0);
    counters->begun_before = db_column_integer(rows, 1);
    return STATUS_OK;
}

static enum status read_finished(const struct db_rows *rows, void *out)
{
    struct store_counters *counters = out;
    counters->finished = db_column_integer(rows, 0);
    counters->finished_s = db_column_integer(rows, 1);
    return STATUS_OK;
}

static enum status read_decided(const struct db_rows *rows, void *out)
{
    struct store_counters *counters = out;
    counters->decided = db_column_integer(rows, 0);
    counters->approved_first = db_column_integer(rows, 1);
    counters->rejected = db_column_integer(rows, 2);
    return STATUS_OK;
}

static enum status load_begun(struct store *store, int64_t day_utc_s, struct store_counters *out,
                              struct failure *failure)
{
    int64_t now_utc_s = clock_utc_s(store->clock);
    return store_inner_read_one(
        store, read_begun, out, sizeof(*out),
        "SELECT coalesce(sum(CASE WHEN created_utc_s >= ?1 THEN 1 ELSE 0 END), 0),"
        " coalesce(sum(CASE WHEN created_utc_s < ?3 THEN 1 ELSE 0 END), 0)"
        " FROM orders WHERE created_utc_s >= ?2",
        DB_PARAMS(db_integer(day_utc_s), db_integer(day_utc_s - DAY_S), db_integer(now_utc_s - DAY_S)),
        failure);
}

/* An order's first decision says whether its papers were right at once. */
static enum status load_decided(struct store *store, int64_t day_utc_s, struct store_counters *out,
                                struct failure *failure)
{
    return store_inner_read_one(
        store, read_decided, out, sizeof(*out),
        "SELECT coalesce(sum(first), 0),"
        " coalesce(sum(CASE WHEN first = 1 AND action = 'approve' THEN 1 ELSE 0 END), 0),"
        " coalesce(sum(CASE WHEN action = 'reject' THEN 1 ELSE 0 END), 0)"
        " FROM (SELECT action, CASE WHEN EXISTS (SELECT 1 FROM decision AS earlier"
        " WHERE earlier.order_id = decision.order_id AND earlier.number < decision.number"
        " AND earlier.state = 'applied' AND earlier.action IN ('approve', 'reject')) THEN 0 ELSE 1 END AS "
        "first"
        " FROM decision WHERE state = 'applied' AND action IN ('approve', 'reject')"
        " AND created_utc_s >= ?1) AS today",
        DB_PARAMS(db_integer(day_utc_s)), failure);
}

enum status store_counters_load(struct store *store, int64_t day_utc_s, struct store_counters *out,
                                struct failure *failure)
{
    struct store_counters begun = {0};
    struct store_counters finished = {0};
    struct store_counters decided = {0};
    enum status status = load_begun(store, day_utc_s, &begun, failure);
    if (status == STATUS_OK)
        status = store_inner_read_one(
            store, read_finished, &finished, sizeof(finished),
            "SELECT count(*), coalesce(sum(updated_utc_s - created_utc_s), 0) FROM orders"
            " WHERE state = 'done' AND updated_utc_s >= ?1",
            DB_PARAMS(db_integer(day_utc_s)), failure);
    if (status == STATUS_OK)
        status = load_decided(store, day_utc_s, &decided, failure);
    if (status != STATUS_OK)
        return status;
    *out = begun;
    out->finished = finished.finished;
    out->finished_s = finished.finished_s;
    out->decided = decided.decided;
    out->approved_first = decided.approved_first;
    out->rejected = decided.rejected;
    return STATUS_OK;
}
