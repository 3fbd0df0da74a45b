/* Certificates: one row per request id, sealed parts beside it. */
#include "kiosk/store/store_certificate.h"

#include <string.h>

#include "kiosk/base/limits.h"
#include "kiosk/store/store_inner.h"
#include "kiosk/store/store_seal.h"

#define COLUMNS                                                                                              \
    "request_id, order_id, key_mark, state, serial, subject_hash, not_after_utc_s, created_utc_s, "          \
    "updated_utc_s"

enum { PART_BYTES = LIMIT_CERTIFICATE_BYTES * LIMIT_CHAIN_CERTIFICATES };

static const char *const state_names[] = {
#define STORE_CERTIFICATE_STATE(code, name) name,
#define STORE_CERTIFICATE_STEP(from, to)
#include "kiosk/store/store_certificate_states.def"
#undef STORE_CERTIFICATE_STATE
#undef STORE_CERTIFICATE_STEP
};

static const struct {
    enum store_certificate_state from;
    enum store_certificate_state to;
} steps[] = {
#define STORE_CERTIFICATE_STATE(code, name)
#define STORE_CERTIFICATE_STEP(from, to) {STORE_CERTIFICATE_##from, STORE_CERTIFICATE_##to},
#include "kiosk/store/store_certificate_states.def"
#undef STORE_CERTIFICATE_STATE
#undef STORE_CERTIFICATE_STEP
};

static const char *const part_names[] = {
    [STORE_CERTIFICATE_REQUEST] = "request",
    [STORE_CERTIFICATE_DER] = "der",
    [STORE_CERTIFICATE_CHAIN] = "chain",
    [STORE_CERTIFICATE_ENVELOPED_KEY] = "enveloped-key",
    [STORE_CERTIFICATE_ENCRYPTION_DER] = "encryption-der",
};

const char *store_certificate_state_name(enum store_certificate_state state)
{
    return (unsigned)state < STORE_CERTIFICATE_COUNT_ ? state_names[state] : "invalid";
}

static bool is_step(enum store_certificate_state from, enum store_certificate_state to)
{
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
        if (steps[i].from == from && steps[i].to == to)
            return true;
    return false;
}

static enum status read_certificate(const struct db_rows *rows, void *out)
{
    struct store_certificate *certificate = out;
    int state = 0;
    enum status status = store_inner_text(rows, 0, certificate->request_id, sizeof(certificate->request_id));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 1, certificate->order_id, sizeof(certificate->order_id));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 2, certificate->key_mark, sizeof(certificate->key_mark));
    if (status == STATUS_OK)
        status = store_inner_name(rows, 3, state_names, STORE_CERTIFICATE_COUNT_, &state);
    if (status == STATUS_OK)
        status = store_inner_text(rows, 4, certificate->serial, sizeof(certificate->serial));
    if (status == STATUS_OK)
        status = store_inner_bytes(rows, 5, certificate->subject_hash, sizeof(certificate->subject_hash));
    certificate->state = (enum store_certificate_state)state;
    certificate->not_after_utc_s = db_column_integer(rows, 6);
    certificate->created_utc_s = db_column_integer(rows, 7);
    certificate->updated_utc_s = db_column_integer(rows, 8);
    return status;
}

static enum status load(struct store *store, const char *sql, const char *value,
                        struct store_certificate *out, struct failure *failure)
{
    struct store_certificate certificate;
    enum status status = store_inner_read_one(store, read_certificate, &certificate, sizeof(certificate), sql,
                                              DB_PARAMS(db_text(value)), failure);
    if (status == STATUS_OK)
        *out = certificate;
    return status;
}

enum status store_certificate_load(struct store *store, const char *request_id, struct store_certificate *out,
                                   struct failure *failure)
{
    return load(store, "SELECT " COLUMNS " FROM certificate WHERE request_id = ?1", request_id, out, failure);
}

enum status store_certificate_load_by_serial(struct store *store, const char *serial,
                                             struct store_certificate *out, struct failure *failure)
{
    if (serial[0] == '\0')
        return failure_set(failure, STATUS_NOT_FOUND, "certificate", 0, "no serial");
    return load(store, "SELECT " COLUMNS " FROM certificate WHERE serial = ?1", serial, out, failure);
}

struct live {
    int64_t count;
};

static enum status read_live(const struct db_rows *rows, void *out)
{
    struct live *live = out;
    live->count = db_column_integer(rows, 0);
    return STATUS_OK;
}

enum status store_certificate_is_live_on(struct store *store, const char *key_mark, int64_t now_utc_s,
                                         bool *out, struct failure *failure)
{
    struct live live = {0};
    enum status status = store_inner_read_one(store, read_live, &live, sizeof(live),
                                              "SELECT COUNT(*) FROM certificate WHERE key_mark = ?1"
                                              " AND state IN ('confirmed', 'held') AND not_after_utc_s > ?2",
                                              DB_PARAMS(db_text(key_mark), db_integer(now_utc_s)), failure);
    *out = status != STATUS_OK || live.count > 0;
    return status;
}

enum status store_certificate_list(struct store *store, const char *order_id, struct store_certificate *out,
                                   size_t capacity, size_t *count, struct failure *failure)
{
    return store_inner_read_all(store, read_certificate, out, sizeof(*out), capacity, count,
                                "SELECT " COLUMNS
                                " FROM certificate WHERE order_id = ?1 ORDER BY number LIMIT ?2",
                                DB_PARAMS(db_text(order_id), db_integer((int64_t)capacity)), failure);
}

enum status store_certificate_list_ending(struct store *store, int64_t from_utc_s, int64_t until_utc_s,
                                          size_t offset, struct store_certificate *out, size_t capacity,
                                          size_t *count, struct failure *failure)
{
    return store_inner_read_all(store, read_certificate, out, sizeof(*out), capacity, count,
                                "SELECT " COLUMNS " FROM certificate WHERE state = 'confirmed' AND"
                                " not_after_utc_s > ?1 AND not_after_utc_s <= ?2"
                                " ORDER BY number LIMIT ?3 OFFSET ?4",
                                DB_PARAMS(db_integer(from_utc_s), db_integer(until_utc_s),
                                          db_integer((int64_t)capacity), db_integer((int64_t)offset)),
                                failure);
}

enum status store_certificate_list_newest(struct store *store, bool revoked, struct store_certificate *out,
                                          size_t capacity, size_t *count, struct failure *failure)
{
    return store_inner_read_all(store, read_certificate, out, sizeof(*out), capacity, count,
                                "SELECT " COLUMNS " FROM certificate WHERE serial <> ''"
                                " AND CASE WHEN ?1 = 1 THEN state = 'revoked'"
                                " ELSE state IN ('confirmed', 'held') END ORDER BY number DESC LIMIT ?2",
                                DB_PARAMS(db_integer(revoked), db_integer((int64_t)capacity)), failure);
}

static enum status put_part(struct store *store, const char *order_id, const char *request_id,
                            enum store_certificate_part part, const void *bytes, size_t length,
                            struct failure *failure)
{
    if (!bytes || length == 0)
        return STATUS_OK;
    if (length > PART_BYTES)
        return failure_set(failure, STATUS_FULL, "certificate", (long)length, "%s too long",
                           part_names[part]);
    struct store_seal seal = {0};
    struct buf sealed;
    buf_init(&sealed, PART_BYTES + CRYPTO_SEAL_OVERHEAD_BYTES);
    enum status status = store_seal_open(store, order_id, &seal, failure);
    if (status == STATUS_OK)
        status = store_seal_value(store, &seal, "certificate_part", request_id, part_names[part], bytes,
                                  length, &sealed, failure);
    if (status == STATUS_OK)
        status = db_exec(
            store->db,
            "INSERT INTO certificate_part (request_id, part, sealed) VALUES (?1, ?2, ?3)"
            " ON CONFLICT (request_id, part) DO UPDATE SET sealed = ?3",
            DB_PARAMS(db_text(request_id), db_text(part_names[part]), db_bytes(sealed.data, sealed.length)),
            NULL, failure);
    buf_release(&sealed);
    store_seal_wipe(&seal);
    return status;
}

enum status store_certificate_keep_part(struct store *store, const struct store_certificate *certificate,
                                        enum store_certificate_part part, const void *bytes, size_t length,
                                        struct failure *failure)
{
    return put_part(store, certificate->order_id, certificate->request_id, part, bytes, length, failure);
}

enum status store_certificate_drop_part(struct store *store, const struct store_certificate *certificate,
                                        enum store_certificate_part part, struct failure *failure)
{
    return db_exec(store->db, "DELETE FROM certificate_part WHERE request_id = ?1 AND part = ?2",
                   DB_PARAMS(db_text(certificate->request_id), db_text(part_names[part])), NULL, failure);
}

static enum status record(struct store *store, const char *order_id, const char *request_id, const char *from,
                          const char *to, struct failure *failure)
{
    return store_inner_record(store,
                              &(struct store_inner_event){.kind = STORE_CHANGE_CERTIFICATE,
                                                          .order_id = order_id,
                                                          .subject = request_id,
                                                          .event = to,
                                                          .from = from,
                                                          .to = to},
                              failure);
}

/* Never two unrevoked certificates for one key of an order: a request counts from the moment it is stored,
 * and the next key's comes only when the key before it was handed over. */
static enum status check_alone(struct store *store, const char *order_id, struct failure *failure)
{
    int64_t allowed = 0;
    enum status status = store_inner_integer(
        store, &allowed,
        "SELECT count(*) < coalesce((SELECT quantity FROM order_wish WHERE order_id = ?1), 1)"
        " AND coalesce(sum(k.state <> 'delivered'), 0) = 0"
        " FROM certificate c JOIN token_key k ON k.mark = c.key_mark"
        " WHERE c.order_id = ?1 AND c.state NOT IN ('revoked', 'refused')",
        DB_PARAMS(db_text(order_id)), failure);
    if (status == STATUS_OK && allowed == 0)
        status = failure_set(failure, STATUS_CONFLICT, "certificate", 0, "the order has an unrevoked one");
    return status;
}

static enum status insert(struct store *store, const char *request_id, const char *order_id,
                          const char *key_mark, struct failure *failure)
{
    static const uint8_t no_hash[CRYPTO_SHA256_BYTES] = {0};
    return db_exec(
        store->db,
        "INSERT INTO certificate (number, " COLUMNS ")"
        " VALUES ((SELECT coalesce(max(number), 0) + 1 FROM certificate), ?1, ?2, ?3, 'requested', '',"
        " ?4, 0, ?5, ?5)",
        DB_PARAMS(db_text(request_id), db_text(order_id), db_text(key_mark),
                  db_bytes(no_hash, sizeof(no_hash)), db_integer(clock_utc_s(store->clock))),
        NULL, failure);
}

enum status store_certificate_insert(struct store *store, const char *request_id, const char *order_id,
                                     const char *key_mark, const void *request_der, size_t length,
                                     struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = check_alone(store, order_id, failure);
    if (status == STATUS_OK)
        status = insert(store, request_id, order_id, key_mark, failure);
    if (status == STATUS_OK)
        status =
            put_part(store, order_id, request_id, STORE_CERTIFICATE_REQUEST, request_der, length, failure);
    if (status == STATUS_OK)
        status = record(store, order_id, request_id, "",
                        store_certificate_state_name(STORE_CERTIFICATE_REQUESTED), failure);
    return store_end(store, status, failure);
}

static enum status put_facts(struct store *store, const struct store_certificate *stored,
                             const struct store_certificate_facts *facts, struct failure *failure)
{
    enum status status = put_part(store, stored->order_id, stored->request_id, STORE_CERTIFICATE_DER,
                                  facts->der, facts->der_length, failure);
    if (status == STATUS_OK)
        status = put_part(store, stored->order_id, stored->request_id, STORE_CERTIFICATE_CHAIN, facts->chain,
                          facts->chain_length, failure);
    return status;
}

static enum status move(struct store *store, const struct store_certificate *stored,
                        enum store_certificate_state to, const struct store_certificate_facts *facts,
                        struct failure *failure)
{
    uint8_t hash[CRYPTO_SHA256_BYTES];
    if (facts->subject)
        store_inner_hash(store, "subject", facts->subject, strlen(facts->subject), hash);
    enum status status = store_inner_change_row(
        store,
        "UPDATE certificate SET state = ?1, serial = coalesce(?2, serial),"
        " subject_hash = coalesce(?3, subject_hash),"
        " not_after_utc_s = CASE WHEN ?4 = 0 THEN not_after_utc_s ELSE ?4 END, updated_utc_s = ?5"
        " WHERE request_id = ?6 AND state = ?7",
        DB_PARAMS(db_text(store_certificate_state_name(to)), db_text(facts->serial),
                  facts->subject ? db_bytes(hash, sizeof(hash)) : db_null(),
                  db_integer(facts->not_after_utc_s), db_integer(clock_utc_s(store->clock)),
                  db_text(stored->request_id), db_text(store_certificate_state_name(stored->state))),
        failure);
    if (status == STATUS_OK)
        status = put_facts(store, stored, facts, failure);
    if (status == STATUS_OK)
        status =
            record(store, stored->order_id, stored->request_id, store_certificate_state_name(stored->state),
                   store_certificate_state_name(to), failure);
    return status;
}

enum status store_certificate_step(struct store *store, const char *request_id,
                                   enum store_certificate_state from, enum store_certificate_state to,
                                   const struct store_certificate_facts *facts, struct failure *failure)
{
    static const struct store_certificate_facts none = {0};
    if (!facts)
        facts = &none;
    if (!is_step(from, to))
        return failure_set(failure, STATUS_BAD_STATE, "certificate", 0, "no step from %s to %s",
                           store_certificate_state_name(from), store_certificate_state_name(to));
    if (facts->serial && strlen(facts->serial) >= STORE_CERTIFICATE_SERIAL_BYTES)
        return failure_set(failure, STATUS_FULL, "certificate", 0, "serial too long");
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    struct store_certificate stored;
    status = store_certificate_load(store, request_id, &stored, failure);
    if (status == STATUS_OK && stored.state != from)
        status = failure_set(failure, STATUS_CONFLICT, "certificate", 0, "it is %s",
                             store_certificate_state_name(stored.state));
    if (status == STATUS_OK)
        status = move(store, &stored, to, facts, failure);
    return store_end(store, status, failure);
}

enum status store_certificate_part(struct store *store, const char *request_id,
                                   enum store_certificate_part part, struct buf *out, struct failure *failure)
{
    struct store_seal seal = {0};
    struct store_certificate stored;
    struct db_rows *rows = NULL;
    enum status status = store_certificate_load(store, request_id, &stored, failure);
    if (status == STATUS_OK)
        status = store_seal_open(store, stored.order_id, &seal, failure);
    if (status == STATUS_OK)
        status =
            db_query(store->db, "SELECT sealed FROM certificate_part WHERE request_id = ?1 AND part = ?2",
                     DB_PARAMS(db_text(request_id), db_text(part_names[part])), &rows, failure);
    if (status == STATUS_OK)
        status = db_rows_next(rows, failure);
    if (status == STATUS_OK) {
        size_t length = 0;
        const uint8_t *sealed = db_column_bytes(rows, 0, &length);
        status = store_seal_plain(&seal, "certificate_part", request_id, part_names[part], sealed, length,
                                  out, failure);
    }
    db_rows_end(rows);
    store_seal_wipe(&seal);
    return status;
}
