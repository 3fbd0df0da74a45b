/* Reading rows and the one door to journal and audit. */
#include "kiosk/store/store_inner.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "kiosk/store/store_audit.h"

enum status store_inner_read_one(struct store *store, store_inner_read *read, void *out, size_t size,
                                 const char *sql, const struct db_value *params, size_t count,
                                 struct failure *failure)
{
    struct db_rows *rows = NULL;
    enum status status = db_query(store->db, sql, params, count, &rows, failure);
    if (status == STATUS_OK)
        status = db_rows_next(rows, failure);
    if (status == STATUS_OK) {
        memset(out, 0, size);
        status = read(rows, out);
        if (status != STATUS_OK)
            status = failure_set(failure, status, "row", 0, "a stored row makes no sense");
    }
    db_rows_end(rows);
    return status;
}

enum status store_inner_read_all(struct store *store, store_inner_read *read, void *out, size_t size,
                                 size_t capacity, size_t *found, const char *sql,
                                 const struct db_value *params, size_t count, struct failure *failure)
{
    struct db_rows *rows = NULL;
    size_t filled = 0;
    enum status status = db_query(store->db, sql, params, count, &rows, failure);
    while (status == STATUS_OK && filled < capacity) {
        status = db_rows_next(rows, failure);
        if (status != STATUS_OK)
            break;
        uint8_t *element = (uint8_t *)out + filled * size;
        memset(element, 0, size);
        status = read(rows, element);
        if (status != STATUS_OK)
            status = failure_set(failure, status, "row", 0, "a stored row makes no sense");
        else
            filled++;
    }
    db_rows_end(rows);
    if (status == STATUS_NOT_FOUND)
        status = STATUS_OK;
    if (status == STATUS_OK)
        *found = filled;
    return status;
}

static enum status read_integer(const struct db_rows *rows, void *out)
{
    *(int64_t *)out = db_column_integer(rows, 0);
    return STATUS_OK;
}

enum status store_inner_integer(struct store *store, int64_t *out, const char *sql,
                                const struct db_value *params, size_t count, struct failure *failure)
{
    return store_inner_read_one(store, read_integer, out, sizeof(*out), sql, params, count, failure);
}

enum status store_inner_text(const struct db_rows *rows, int column, char *out, size_t size)
{
    const char *text = db_column_text(rows, column);
    return text_copy(out, size, text) ? STATUS_OK : STATUS_MALFORMED;
}

enum status store_inner_bytes(const struct db_rows *rows, int column, uint8_t *out, size_t length)
{
    size_t stored = 0;
    const uint8_t *bytes = db_column_bytes(rows, column, &stored);
    if (stored != length)
        return STATUS_MALFORMED;
    memcpy(out, bytes, length);
    return STATUS_OK;
}

enum status store_inner_name(const struct db_rows *rows, int column, const char *const names[], size_t count,
                             int *index)
{
    const char *name = db_column_text(rows, column);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], name) != 0)
            continue;
        *index = (int)i;
        return STATUS_OK;
    }
    return STATUS_MALFORMED;
}

enum status store_inner_change_row(struct store *store, const char *sql, const struct db_value *params,
                                   size_t count, struct failure *failure)
{
    int64_t changed = 0;
    enum status status = db_exec(store->db, sql, params, count, &changed, failure);
    if (status == STATUS_OK && changed == 0)
        status = failure_set(failure, STATUS_CONFLICT, "compare and set", 0, "the row has moved on");
    return status;
}

struct db_value store_inner_optional(const char *text)
{
    return text && text[0] != '\0' ? db_text(text) : db_null();
}

void store_inner_hash(const struct store *store, const char *label, const void *value, size_t length,
                      uint8_t out[CRYPTO_SHA256_BYTES])
{
    uint8_t key[CRYPTO_KEY_BYTES]; /* one key per label, so that equal values in two uses do not show */
    crypto_derive(store->lookup_key, "lookup", 6, label, key, sizeof(key));
    crypto_hmac_sha256(key, sizeof(key), value, length, out);
    explicit_bzero(key, sizeof(key));
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

static enum status write_journal(struct store *store, const struct store_inner_event *event,
                                 struct failure *failure)
{
    return db_exec(
        store->db,
        "INSERT INTO journal (sequence, at_utc_ms, kind, owner, order_id, subject, event, from_state,"
        " to_state, version) VALUES ((SELECT coalesce(max(sequence), 0) + 1 FROM journal), ?1, ?2, ?3,"
        " ?4, ?5, ?6, ?7, ?8, ?9)",
        DB_PARAMS(db_integer(clock_utc_ms(store->clock)), db_text(store_change_kind_name(event->kind)),
                  db_text(store->owner), db_text(or_empty(event->order_id)),
                  db_text(or_empty(event->subject)), db_text(or_empty(event->event)),
                  db_text(or_empty(event->from)), db_text(or_empty(event->to)), db_integer(event->version)),
        NULL, failure);
}

static enum status write_audit(struct store *store, const struct store_inner_event *event,
                               struct failure *failure)
{
    char action[STORE_NAME_BYTES];
    char detail[STORE_AUDIT_TEXT_BYTES];
    snprintf(action, sizeof(action), "%s.%s", store_change_kind_name(event->kind), or_empty(event->event));
    snprintf(detail, sizeof(detail), "%s>%s%s%s", or_empty(event->from), or_empty(event->to),
             event->note ? " " : "", or_empty(event->note));
    struct store_audit_entry entry = {
        .action = action, .actor = event->actor, .subject = event->subject, .detail = detail};
    return store_audit_append(store, &entry, failure);
}

enum status store_inner_record(struct store *store, const struct store_inner_event *event,
                               struct failure *failure)
{
    check(store->depth > 0);
    enum status status = write_journal(store, event, failure);
    if (status == STATUS_OK && event->kind != STORE_CHANGE_CLAIM)
        status = write_audit(store, event, failure);
    return status;
}

bool store_inner_lease_holds(int64_t lease_until_utc_s, int64_t now_utc_s)
{
    return lease_until_utc_s > now_utc_s && lease_until_utc_s <= now_utc_s + STORE_LEASE_LONGEST_S;
}

struct guard_row {
    char owner[STORE_NAME_BYTES];
    int64_t lease_until_utc_s;
};

static enum status read_guard(const struct db_rows *rows, void *out)
{
    struct guard_row *row = out;
    row->lease_until_utc_s = db_column_integer(rows, 1);
    return store_inner_text(rows, 0, row->owner, sizeof(row->owner));
}

enum status store_inner_guard(struct store *store, const char *order_id, struct failure *failure)
{
    check(store->depth > 0);
    struct guard_row row;
    enum status status = store_inner_read_one(store, read_guard, &row, sizeof(row),
                                              "SELECT claim.owner, claim.lease_until_utc_s FROM orders"
                                              " LEFT JOIN claim ON claim.order_id = orders.id"
                                              " WHERE orders.id = ?1",
                                              DB_PARAMS(db_text(order_id)), failure);
    if (status != STATUS_OK)
        return status;
    if (strcmp(row.owner, store->owner) != 0 &&
        store_inner_lease_holds(row.lease_until_utc_s, clock_utc_s(store->clock)))
        return failure_set(failure, STATUS_CONFLICT, "claim", 0, "held by %s", row.owner);
    return STATUS_OK;
}
