#include "kiosk/store/store_original.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/store/store_inner.h"

static enum status read_original(const struct db_rows *rows, void *out)
{
    struct store_original *original = out;
    enum status status = store_inner_text(rows, 0, original->paper, sizeof(original->paper));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 3, original->clerk, sizeof(original->clerk));
    original->copies = db_column_integer(rows, 1);
    original->received_utc_s = db_column_integer(rows, 2);
    return status;
}

static enum status record(struct store *store, const char *order_id, const struct store_original *original,
                          struct failure *failure)
{
    char day[16] = "";
    char note[64];
    (void)clock_format_hall(original->received_utc_s, "%Y-%m-%d", day, sizeof(day));
    (void)snprintf(note, sizeof(note), "%lld %s", (long long)original->copies, day);
    return store_inner_record(
        store,
        &(struct store_inner_event){.kind = STORE_CHANGE_PAGE,
                                    .order_id = order_id,
                                    .subject = original->paper,
                                    .event = original->copies > 0 ? "original" : "original-gone",
                                    .actor = original->clerk,
                                    .note = note},
        failure);
}

static enum status write(struct store *store, const char *order_id, const struct store_original *original,
                         struct failure *failure)
{
    if (original->copies == 0)
        return db_exec(store->db, "DELETE FROM original WHERE order_id = ?1 AND paper = ?2",
                       DB_PARAMS(db_text(order_id), db_text(original->paper)), NULL, failure);
    return db_exec(store->db,
                   "INSERT INTO original (order_id, paper, copies, received_utc_s, clerk, updated_utc_s)"
                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (order_id, paper) DO UPDATE SET"
                   " copies = ?3, received_utc_s = ?4, clerk = ?5, updated_utc_s = ?6",
                   DB_PARAMS(db_text(order_id), db_text(original->paper), db_integer(original->copies),
                             db_integer(original->received_utc_s), db_text(original->clerk),
                             db_integer(clock_utc_s(store->clock))),
                   NULL, failure);
}

/* Whether that very note stands already. */
static enum status is_noted(struct store *store, const char *order_id, const struct store_original *original,
                            bool *out, struct failure *failure)
{
    struct store_original there = {0};
    enum status status =
        store_inner_read_one(store, read_original, &there, sizeof(there),
                             "SELECT paper, copies, received_utc_s, clerk FROM original"
                             " WHERE order_id = ?1 AND paper = ?2",
                             DB_PARAMS(db_text(order_id), db_text(original->paper)), failure);
    *out = there.copies == original->copies &&
           (original->copies == 0 || there.received_utc_s == original->received_utc_s);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status store_original_put(struct store *store, const char *order_id,
                               const struct store_original *original, struct failure *failure)
{
    bool is_same = false;
    if (original->copies < 0 || original->paper[0] == 0)
        return failure_set(failure, STATUS_MALFORMED, "original", 0, "number or paper");
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = is_noted(store, order_id, original, &is_same, failure);
    if (status == STATUS_OK && !is_same)
        status = write(store, order_id, original, failure);
    if (status == STATUS_OK && !is_same)
        status = record(store, order_id, original, failure);
    return store_end(store, status, failure);
}

enum status store_original_list(struct store *store, const char *order_id, struct store_original *out,
                                size_t capacity, size_t *count, struct failure *failure)
{
    return store_inner_read_all(store, read_original, out, sizeof(*out), capacity, count,
                                "SELECT paper, copies, received_utc_s, clerk FROM original"
                                " WHERE order_id = ?1 ORDER BY paper LIMIT ?2",
                                DB_PARAMS(db_text(order_id), db_integer((int64_t)capacity)), failure);
}
