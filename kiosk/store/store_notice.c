#include "kiosk/store/store_notice.h"

#include <string.h>

#include "kiosk/base/encode.h"
#include "kiosk/base/text.h"
#include "kiosk/store/store_inner.h"
#include "kiosk/store/store_seal.h"

#define COLUMNS "id, order_id, kind, subject, state, reason, tries, next_utc_s, created_utc_s, updated_utc_s"

enum { ID_RANDOM_BYTES = 16, PHONE_BYTES = 64 };

static const char *const kind_names[] = {
#define STORE_NOTICE(code, name) name,
#include "kiosk/store/store_notice_kinds.def"
#undef STORE_NOTICE
};
static const char *const state_names[STORE_NOTICE_STATE_COUNT_] = {[STORE_NOTICE_WAITING] = "waiting",
                                                                   [STORE_NOTICE_SENDING] = "sending",
                                                                   [STORE_NOTICE_SENT] = "sent",
                                                                   [STORE_NOTICE_REFUSED] = "refused",
                                                                   [STORE_NOTICE_UNKNOWN] = "unknown"};

const char *store_notice_kind_name(enum store_notice_kind kind)
{
    return (unsigned)kind < STORE_NOTICE_COUNT_ ? kind_names[kind] : "invalid";
}

const char *store_notice_state_name(enum store_notice_state state)
{
    return (unsigned)state < STORE_NOTICE_STATE_COUNT_ ? state_names[state] : "invalid";
}

static enum status read_notice(const struct db_rows *rows, void *out)
{
    struct store_notice *notice = out;
    int kind = 0, state = 0;
    enum status status = store_inner_text(rows, 0, notice->id, sizeof(notice->id));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 1, notice->order_id, sizeof(notice->order_id));
    if (status == STATUS_OK)
        status = store_inner_name(rows, 2, kind_names, STORE_NOTICE_COUNT_, &kind);
    if (status == STATUS_OK)
        status = store_inner_text(rows, 3, notice->subject, sizeof(notice->subject));
    if (status == STATUS_OK)
        status = store_inner_name(rows, 4, state_names, STORE_NOTICE_STATE_COUNT_, &state);
    if (status == STATUS_OK)
        status = store_inner_text(rows, 5, notice->reason, sizeof(notice->reason));
    notice->kind = (enum store_notice_kind)kind;
    notice->state = (enum store_notice_state)state;
    notice->tries = db_column_integer(rows, 6);
    notice->next_utc_s = db_column_integer(rows, 7);
    notice->created_utc_s = db_column_integer(rows, 8);
    notice->updated_utc_s = db_column_integer(rows, 9);
    return status;
}

static enum status record(struct store *store, const char *order_id, const char *id, const char *event,
                          const char *from, const char *to, const char *actor, struct failure *failure)
{
    return store_inner_record(store,
                              &(struct store_inner_event){.kind = STORE_CHANGE_NOTICE,
                                                          .order_id = order_id,
                                                          .subject = id,
                                                          .event = event,
                                                          .from = from,
                                                          .to = to,
                                                          .actor = actor},
                              failure);
}

/* --- waiting ------------------------------------------------------------------------------------------- */

static enum status insert(struct store *store, const char *order_id, enum store_notice_kind kind,
                          const char *subject, const char *phone, const char *clerk, struct failure *failure)
{
    char id[STORE_ID_BYTES];
    uint8_t bytes[ID_RANDOM_BYTES];
    struct store_seal seal = {0};
    struct buf sealed;
    int64_t now = clock_utc_s(store->clock);
    buf_init(&sealed, PHONE_BYTES + CRYPTO_SEAL_OVERHEAD_BYTES);
    random_fill(store->random, bytes, sizeof(bytes));
    encode_hex(id, bytes, sizeof(bytes));
    enum status status = store_seal_open(store, order_id, &seal, failure);
    if (status == STATUS_OK)
        status =
            store_seal_value(store, &seal, "notice", id, "sealed", phone, strlen(phone), &sealed, failure);
    store_seal_wipe(&seal);
    if (status == STATUS_OK)
        status = db_exec(
            store->db,
            "INSERT INTO notice (id, number, order_id, kind, subject, state, reason, tries, next_utc_s,"
            " created_utc_s, updated_utc_s, sealed) VALUES (?1, (SELECT coalesce(max(number), 0) + 1 FROM"
            " notice), ?2, ?3, ?4, 'waiting', '', 0, ?5, ?5, ?5, ?6)",
            DB_PARAMS(db_text(id), db_text(order_id), db_text(kind_names[kind]), db_text(subject),
                      db_integer(now), db_bytes(sealed.data, sealed.length)),
            NULL, failure);
    buf_release(&sealed);
    return status == STATUS_OK ? record(store, order_id, id, kind_names[kind], "", "waiting", clerk, failure)
                               : status;
}

static enum status insert_once(struct store *store, const char *order_id, enum store_notice_kind kind,
                               const char *subject, const char *phone, const char *clerk, bool *was_there,
                               struct failure *failure)
{
    struct store_notice there;
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_notice_find(store, order_id, kind, subject, &there, failure);
    *was_there = status == STATUS_OK;
    if (status == STATUS_NOT_FOUND)
        status = insert(store, order_id, kind, subject, phone, clerk, failure);
    return store_end(store, status, failure);
}

enum status store_notice_add(struct store *store, const char *order_id, enum store_notice_kind kind,
                             const char *subject, const char *phone, struct failure *failure)
{
    bool was_there = false;
    return insert_once(store, order_id, kind, subject, phone, NULL, &was_there, failure);
}

enum status store_notice_wish(struct store *store, const char *order_id, enum store_notice_kind kind,
                              const char *subject, const char *phone, const char *clerk,
                              struct failure *failure)
{
    bool was_there = false;
    enum status status = insert_once(store, order_id, kind, subject, phone, clerk, &was_there, failure);
    return status == STATUS_OK && was_there
               ? failure_set(failure, STATUS_CONFLICT, "notice", 0, "it was written already")
               : status;
}

enum status store_notice_list_due(struct store *store, struct store_notice *out, size_t capacity,
                                  size_t *count, struct failure *failure)
{
    return store_inner_read_all(
        store, read_notice, out, sizeof(*out), capacity, count,
        "SELECT " COLUMNS " FROM notice WHERE state = 'waiting' AND next_utc_s <= ?1"
        " ORDER BY number LIMIT ?2",
        DB_PARAMS(db_integer(clock_utc_s(store->clock)), db_integer((int64_t)capacity)), failure);
}

enum status store_notice_list_failed(struct store *store, struct store_notice *out, size_t capacity,
                                     size_t *count, struct failure *failure)
{
    return store_inner_read_all(store, read_notice, out, sizeof(*out), capacity, count,
                                "SELECT " COLUMNS " FROM notice WHERE state IN ('refused', 'unknown')"
                                " OR (state = 'waiting' AND tries > 0) ORDER BY number DESC LIMIT ?1",
                                DB_PARAMS(db_integer((int64_t)capacity)), failure);
}

enum status store_notice_load(struct store *store, const char *id, struct store_notice *out,
                              struct failure *failure)
{
    return store_inner_read_one(store, read_notice, out, sizeof(*out),
                                "SELECT " COLUMNS " FROM notice WHERE id = ?1", DB_PARAMS(db_text(id)),
                                failure);
}

enum status store_notice_find(struct store *store, const char *order_id, enum store_notice_kind kind,
                              const char *subject, struct store_notice *out, struct failure *failure)
{
    return store_inner_read_one(
        store, read_notice, out, sizeof(*out),
        "SELECT " COLUMNS " FROM notice WHERE order_id = ?1 AND kind = ?2 AND subject = ?3",
        DB_PARAMS(db_text(order_id), db_text(kind_names[kind]), db_text(subject)), failure);
}

/* --- sending ------------------------------------------------------------------------------------------- */

static enum status open_phone(struct store *store, const struct store_notice *notice, struct buf *phone,
                              struct failure *failure)
{
    struct store_seal seal = {0};
    struct db_rows *rows = NULL;
    enum status status = store_seal_open(store, notice->order_id, &seal, failure);
    if (status == STATUS_OK)
        status = db_query(store->db, "SELECT sealed FROM notice WHERE id = ?1",
                          DB_PARAMS(db_text(notice->id)), &rows, failure);
    if (status == STATUS_OK)
        status = db_rows_next(rows, failure);
    if (status == STATUS_OK) {
        size_t length = 0;
        const uint8_t *sealed = db_column_bytes(rows, 0, &length);
        status = store_seal_plain(&seal, "notice", notice->id, "sealed", sealed, length, phone, failure);
    }
    db_rows_end(rows);
    store_seal_wipe(&seal);
    return status;
}

enum status store_notice_begin(struct store *store, const char *id, struct buf *phone,
                               struct failure *failure)
{
    struct store_notice notice;
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_notice_load(store, id, &notice, failure);
    if (status == STATUS_OK)
        status =
            store_inner_change_row(store,
                                   "UPDATE notice SET state = 'sending', tries = tries + 1,"
                                   " updated_utc_s = ?2 WHERE id = ?1 AND state = 'waiting'",
                                   DB_PARAMS(db_text(id), db_integer(clock_utc_s(store->clock))), failure);
    if (status == STATUS_OK)
        status = open_phone(store, &notice, phone, failure);
    if (status == STATUS_OK)
        status =
            record(store, notice.order_id, id, kind_names[notice.kind], "waiting", "sending", NULL, failure);
    return store_end(store, status, failure);
}

enum status store_notice_end(struct store *store, const char *id, enum store_notice_state state,
                             const char *reason, int64_t next_utc_s, struct failure *failure)
{
    struct store_notice notice;
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_notice_load(store, id, &notice, failure);
    if (status == STATUS_OK)
        status = store_inner_change_row(
            store,
            "UPDATE notice SET state = ?2, reason = ?3, next_utc_s = ?4, updated_utc_s = ?5"
            " WHERE id = ?1 AND state = 'sending'",
            DB_PARAMS(db_text(id), db_text(state_names[state]), db_text(reason), db_integer(next_utc_s),
                      db_integer(clock_utc_s(store->clock))),
            failure);
    if (status == STATUS_OK)
        status = record(store, notice.order_id, id, kind_names[notice.kind], "sending", state_names[state],
                        NULL, failure);
    return store_end(store, status, failure);
}

enum status store_notice_give_up(struct store *store, int64_t before_utc_s, struct failure *failure)
{
    enum { AT_ONCE = 16 };
    struct store_notice left[AT_ONCE];
    size_t count = 0;
    enum status status = store_inner_read_all(
        store, read_notice, left, sizeof(left[0]), AT_ONCE, &count,
        "SELECT " COLUMNS " FROM notice WHERE state = 'sending' AND updated_utc_s < ?1 LIMIT ?2",
        DB_PARAMS(db_integer(before_utc_s), db_integer(AT_ONCE)), failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = store_notice_end(store, left[i].id, STORE_NOTICE_UNKNOWN, "unknown", 0, failure);
    return status == STATUS_CONFLICT ? STATUS_OK : status; /* another one was first */
}

enum status store_notice_again(struct store *store, const char *id, const char *clerk,
                               struct failure *failure)
{
    struct store_notice notice;
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_notice_load(store, id, &notice, failure);
    if (status == STATUS_OK)
        status =
            store_inner_change_row(store,
                                   "UPDATE notice SET state = 'waiting', next_utc_s = ?2,"
                                   " updated_utc_s = ?2 WHERE id = ?1 AND state IN ('refused', 'unknown')",
                                   DB_PARAMS(db_text(id), db_integer(clock_utc_s(store->clock))), failure);
    if (status == STATUS_OK)
        status =
            record(store, notice.order_id, id, "again", state_names[notice.state], "waiting", clerk, failure);
    return store_end(store, status, failure);
}
