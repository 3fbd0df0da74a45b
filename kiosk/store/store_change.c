/* Reading the journal; writing it is store_inner_record. */
#include "kiosk/store/store_change.h"

#include "kiosk/store/store_inner.h"

#define COLUMNS "sequence, at_utc_ms, kind, owner, order_id, subject, event, from_state, to_state, version"

static const char *const kind_names[] = {
#define STORE_CHANGE_KIND(code, name) name,
#include "kiosk/store/store_change_kinds.def"
#undef STORE_CHANGE_KIND
};

const char *store_change_kind_name(enum store_change_kind kind)
{
    return (unsigned)kind < STORE_CHANGE_COUNT_ ? kind_names[kind] : "invalid";
}

static enum status read_change(const struct db_rows *rows, void *out)
{
    struct store_change *change = out;
    int kind = 0;
    change->sequence = db_column_integer(rows, 0);
    change->at_utc_ms = db_column_integer(rows, 1);
    enum status status = store_inner_name(rows, 2, kind_names, STORE_CHANGE_COUNT_, &kind);
    change->kind = (enum store_change_kind)kind;
    if (status == STATUS_OK)
        status = store_inner_text(rows, 3, change->owner, sizeof(change->owner));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 4, change->order_id, sizeof(change->order_id));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 5, change->subject, sizeof(change->subject));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 6, change->event, sizeof(change->event));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 7, change->from, sizeof(change->from));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 8, change->to, sizeof(change->to));
    change->version = db_column_integer(rows, 9);
    return status;
}

enum status store_change_list(struct store *store, int64_t sequence, struct store_change *out,
                              size_t capacity, size_t *count, struct failure *failure)
{
    return store_inner_read_all(store, read_change, out, sizeof(*out), capacity, count,
                                "SELECT " COLUMNS
                                " FROM journal WHERE sequence > ?1 ORDER BY sequence LIMIT ?2",
                                DB_PARAMS(db_integer(sequence), db_integer((int64_t)capacity)), failure);
}

enum status store_change_list_order(struct store *store, const char *order_id, size_t offset,
                                    struct store_change *out, size_t capacity, size_t *count,
                                    struct failure *failure)
{
    return store_inner_read_all(
        store, read_change, out, sizeof(*out), capacity, count,
        "SELECT " COLUMNS " FROM journal WHERE order_id = ?1 ORDER BY sequence LIMIT ?2 OFFSET ?3",
        DB_PARAMS(db_text(order_id), db_integer((int64_t)capacity), db_integer((int64_t)offset)), failure);
}

enum status store_change_last(struct store *store, int64_t *sequence, struct failure *failure)
{
    return store_inner_integer(store, sequence, "SELECT coalesce(max(sequence), 0) FROM journal", DB_NONE,
                               failure);
}

enum status store_change_list_newest(struct store *store, enum store_change_kind one,
                                     enum store_change_kind other, struct store_change *out, size_t capacity,
                                     size_t *count, struct failure *failure)
{
    return store_inner_read_all(
        store, read_change, out, sizeof(*out), capacity, count,
        "SELECT " COLUMNS " FROM journal WHERE kind IN (?1, ?2) ORDER BY sequence DESC LIMIT ?3",
        DB_PARAMS(db_text(store_change_kind_name(one)), db_text(store_change_kind_name(other)),
                  db_integer((int64_t)capacity)),
        failure);
}
