/* Chains of rows: hash over canonical bytes, each row holding the hash before it, the end sealed by the hall
 * key. */
#include "kiosk/store/store_audit.h"

#include <string.h>

#include "kiosk/base/crypto.h"
#include "kiosk/base/secret.h"
#include "kiosk/base/text.h"
#include "kiosk/store/store_inner.h"

#define COLUMNS "writer, number, at_utc_ms, action, actor, subject, detail, value_hash, prev_hash, hash"

enum { CANONICAL_BYTES = 1024, HASH_BYTES = CRYPTO_SHA256_BYTES, VERIFY_BATCH = 64 };

struct head {
    char writer[STORE_NAME_BYTES];
    int64_t number;
    uint8_t hash[HASH_BYTES];
    uint8_t seal[HASH_BYTES];
};

static void put_integer(uint8_t *out, size_t *length, int64_t value)
{
    for (int shift = 56; shift >= 0; shift -= 8)
        out[(*length)++] = (uint8_t)((uint64_t)value >> shift);
}

static void put_bytes(uint8_t *out, size_t *length, const void *bytes, size_t count)
{
    put_integer(out, length, (int64_t)count);
    memcpy(out + *length, bytes, count);
    *length += count;
}

static void put_text(uint8_t *out, size_t *length, const char *text)
{
    put_bytes(out, length, text, strlen(text));
}

/* Canonical bytes: a version mark, then every column but `hash`; numbers as 8 bytes big-endian, texts and
 * bytes with their length before them. All columns have ceilings, so that CANONICAL_BYTES is enough. */
static void hash_row(const struct store_audit *row, uint8_t out[HASH_BYTES])
{
    uint8_t bytes[CANONICAL_BYTES];
    size_t length = 0;
    put_text(bytes, &length, "certkiosk-audit-1");
    put_text(bytes, &length, row->writer);
    put_integer(bytes, &length, row->number);
    put_integer(bytes, &length, row->at_utc_ms);
    put_text(bytes, &length, row->action);
    put_text(bytes, &length, row->actor);
    put_text(bytes, &length, row->subject);
    put_text(bytes, &length, row->detail);
    put_bytes(bytes, &length, row->value_hash, row->has_value ? HASH_BYTES : 0);
    put_bytes(bytes, &length, row->prev_hash, HASH_BYTES);
    crypto_sha256(bytes, length, out);
}

static void seal_head(const struct store *store, const struct head *head, uint8_t out[HASH_BYTES])
{
    uint8_t bytes[STORE_NAME_BYTES + HASH_BYTES + 32];
    size_t length = 0;
    put_text(bytes, &length, head->writer);
    put_integer(bytes, &length, head->number);
    put_bytes(bytes, &length, head->hash, HASH_BYTES);
    crypto_hmac_sha256(store->audit_key, sizeof(store->audit_key), bytes, length, out);
}

static enum status read_head(const struct db_rows *rows, void *out)
{
    struct head *head = out;
    enum status status = store_inner_text(rows, 0, head->writer, sizeof(head->writer));
    head->number = db_column_integer(rows, 1);
    if (status == STATUS_OK)
        status = store_inner_bytes(rows, 2, head->hash, HASH_BYTES);
    if (status == STATUS_OK)
        status = store_inner_bytes(rows, 3, head->seal, HASH_BYTES);
    return status;
}

enum status store_audit_read(const struct db_rows *rows, void *out)
{
    struct store_audit *row = out;
    enum status status = store_inner_text(rows, 0, row->writer, sizeof(row->writer));
    row->number = db_column_integer(rows, 1);
    row->at_utc_ms = db_column_integer(rows, 2);
    if (status == STATUS_OK)
        status = store_inner_text(rows, 3, row->action, sizeof(row->action));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 4, row->actor, sizeof(row->actor));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 5, row->subject, sizeof(row->subject));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 6, row->detail, sizeof(row->detail));
    size_t length = 0;
    (void)db_column_bytes(rows, 7, &length);
    row->has_value = length > 0;
    if (status == STATUS_OK && row->has_value)
        status = store_inner_bytes(rows, 7, row->value_hash, HASH_BYTES);
    if (status == STATUS_OK)
        status = store_inner_bytes(rows, 8, row->prev_hash, HASH_BYTES);
    if (status == STATUS_OK)
        status = store_inner_bytes(rows, 9, row->hash, HASH_BYTES);
    return status;
}

static enum status load_head(struct store *store, const char *writer, struct head *out,
                             struct failure *failure)
{
    enum status status =
        store_inner_read_one(store, read_head, out, sizeof(*out),
                             "SELECT writer, number, hash, seal FROM audit_head WHERE writer = ?1",
                             DB_PARAMS(db_text(writer)), failure);
    if (status != STATUS_NOT_FOUND)
        return status;
    *out = (struct head){0};
    return text_copy(out->writer, sizeof(out->writer), writer) ? STATUS_OK : STATUS_MALFORMED;
}

static enum status make_row(struct store *store, const struct store_audit_entry *entry,
                            const struct head *head, struct store_audit *row, struct failure *failure)
{
    *row = (struct store_audit){.number = head->number + 1, .at_utc_ms = clock_utc_ms(store->clock)};
    bool fits = text_copy(row->writer, sizeof(row->writer), head->writer) &&
                text_copy(row->action, sizeof(row->action), entry->action ? entry->action : "") &&
                text_copy(row->actor, sizeof(row->actor), entry->actor ? entry->actor : "") &&
                text_copy(row->subject, sizeof(row->subject), entry->subject ? entry->subject : "") &&
                text_copy(row->detail, sizeof(row->detail), entry->detail ? entry->detail : "");
    if (!fits)
        return failure_set(failure, STATUS_FULL, "audit", 0, "a text is too long");
    row->has_value = entry->value != NULL;
    if (row->has_value)
        store_inner_hash(store, "audit-value", entry->value, entry->value_length, row->value_hash);
    memcpy(row->prev_hash, head->hash, HASH_BYTES);
    hash_row(row, row->hash);
    return STATUS_OK;
}

static enum status write_row(struct store *store, const struct store_audit *row, struct failure *failure)
{
    return db_exec(store->db,
                   "INSERT INTO audit (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                   DB_PARAMS(db_text(row->writer), db_integer(row->number), db_integer(row->at_utc_ms),
                             db_text(row->action), db_text(row->actor), db_text(row->subject),
                             db_text(row->detail), db_bytes(row->value_hash, row->has_value ? HASH_BYTES : 0),
                             db_bytes(row->prev_hash, HASH_BYTES), db_bytes(row->hash, HASH_BYTES)),
                   NULL, failure);
}

static enum status write_head(struct store *store, const struct store_audit *row, struct failure *failure)
{
    struct head head = {.number = row->number};
    memcpy(head.writer, row->writer, sizeof(head.writer));
    memcpy(head.hash, row->hash, HASH_BYTES);
    seal_head(store, &head, head.seal);
    return db_exec(store->db,
                   "INSERT INTO audit_head (writer, number, hash, seal) VALUES (?1, ?2, ?3, ?4)"
                   " ON CONFLICT (writer) DO UPDATE SET number = ?2, hash = ?3, seal = ?4",
                   DB_PARAMS(db_text(head.writer), db_integer(head.number), db_bytes(head.hash, HASH_BYTES),
                             db_bytes(head.seal, HASH_BYTES)),
                   NULL, failure);
}

enum status store_audit_append(struct store *store, const struct store_audit_entry *entry,
                               struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    struct head head;
    struct store_audit row;
    status = load_head(store, store->owner, &head, failure);
    if (status == STATUS_OK)
        status = make_row(store, entry, &head, &row, failure);
    if (status == STATUS_OK)
        status = write_row(store, &row, failure);
    if (status == STATUS_OK)
        status = write_head(store, &row, failure);
    return store_end(store, status, failure);
}

enum status store_audit_list(struct store *store, size_t offset, struct store_audit *out, size_t capacity,
                             size_t *count, struct failure *failure)
{
    return store_inner_read_all(
        store, store_audit_read, out, sizeof(*out), capacity, count,
        "SELECT " COLUMNS " FROM audit ORDER BY at_utc_ms DESC, writer, number DESC LIMIT ?1 OFFSET ?2",
        DB_PARAMS(db_integer((int64_t)capacity), db_integer((int64_t)offset)), failure);
}

/* What is wrong with a row that should follow the last right one; NULL when nothing is. */
static const char *complaint(const struct head *last, const struct store_audit *row)
{
    uint8_t hash[HASH_BYTES];
    if (row->number != last->number + 1)
        return "gap";
    if (memcmp(row->prev_hash, last->hash, HASH_BYTES) != 0)
        return "chain broken";
    hash_row(row, hash);
    return memcmp(hash, row->hash, HASH_BYTES) == 0 ? NULL : "content changed";
}

static void note_broken(struct store_audit_report *report, const struct head *last, const char *reason)
{
    (void)text_copy(report->broken_writer, sizeof(report->broken_writer), last->writer);
    report->broken_number = last->number + 1;
    report->reason = reason;
}

/* The end of the chain is what the hall key has sealed. */
static enum status verify_end(struct store *store, const struct head *last, struct store_audit_report *report,
                              struct failure *failure)
{
    struct head head;
    uint8_t seal[HASH_BYTES];
    enum status status = load_head(store, last->writer, &head, failure);
    if (status != STATUS_OK && status != STATUS_MALFORMED)
        return status;
    if (status == STATUS_OK)
        seal_head(store, &head, seal);
    if (status != STATUS_OK || head.number != last->number ||
        memcmp(head.hash, last->hash, HASH_BYTES) != 0 ||
        !secret_is_equal(seal, HASH_BYTES, head.seal, HASH_BYTES))
        note_broken(report, last, "end cut off");
    return STATUS_OK;
}

static enum status verify_writer(struct store *store, const char *writer, struct store_audit_report *report,
                                 struct failure *failure)
{
    struct head last = {0};
    if (!text_copy(last.writer, sizeof(last.writer), writer))
        return STATUS_MALFORMED;
    struct db_rows *rows = NULL;
    enum status status =
        db_query(store->db, "SELECT " COLUMNS " FROM audit WHERE writer = ?1 ORDER BY number",
                 DB_PARAMS(db_text(writer)), &rows, failure);
    while (status == STATUS_OK && !report->reason) {
        struct store_audit row = {0};
        status = db_rows_next(rows, failure);
        if (status != STATUS_OK)
            break;
        const char *reason =
            store_audit_read(rows, &row) == STATUS_OK ? complaint(&last, &row) : "content changed";
        if (reason) {
            note_broken(report, &last, reason);
            break;
        }
        last.number = row.number;
        memcpy(last.hash, row.hash, HASH_BYTES);
        report->rows++;
    }
    db_rows_end(rows);
    if (status == STATUS_NOT_FOUND)
        status = verify_end(store, &last, report, failure);
    return status;
}

/* Whether the row is what its neighbours, or the seal at the chain's end, say. */
static enum status judge(struct store *store, const struct store_audit rows[3], size_t own, size_t count,
                         bool *holds, struct failure *failure)
{
    struct store_audit_report report = {0};
    struct head last = {.number = rows[own].number - 1};
    memcpy(last.writer, rows[own].writer, sizeof(last.writer));
    uint8_t before[HASH_BYTES] = {0};
    if (own > 0)
        hash_row(&rows[own - 1], before);
    memcpy(last.hash, before, HASH_BYTES);
    bool is_right = last.number == 0 || own > 0;
    for (size_t i = own; i < count && is_right; i++) {
        is_right = complaint(&last, &rows[i]) == NULL;
        last.number = rows[i].number;
        memcpy(last.hash, rows[i].hash, HASH_BYTES);
    }
    enum status status = own + 1 < count ? STATUS_OK : verify_end(store, &last, &report, failure);
    *holds = is_right && report.reason == NULL;
    return status;
}

enum status store_audit_links_load(struct store *store, const char *writer, int64_t number,
                                   struct store_audit_links *out, struct failure *failure)
{
    struct store_audit rows[3];
    size_t count = 0, own = 0;
    enum status status = store_inner_read_all(
        store, store_audit_read, rows, sizeof(rows[0]), 3, &count,
        "SELECT " COLUMNS
        " FROM audit WHERE writer = ?1 AND number BETWEEN ?2 AND ?3 ORDER BY number LIMIT 3",
        DB_PARAMS(db_text(writer), db_integer(number - 1), db_integer(number + 1)), failure);
    if (status != STATUS_OK)
        return status;
    while (own < count && rows[own].number != number)
        own++;
    if (own == count)
        return STATUS_NOT_FOUND;
    struct store_audit_links links = {.own = rows[own], .has_next = own + 1 < count};
    if (links.has_next)
        links.next = rows[own + 1];
    status = judge(store, rows, own, count, &links.holds, failure);
    if (status == STATUS_OK)
        *out = links;
    return status;
}

struct writer {
    char name[STORE_NAME_BYTES];
};

static enum status read_writer(const struct db_rows *rows, void *out)
{
    struct writer *writer = out;
    return store_inner_text(rows, 0, writer->name, sizeof(writer->name));
}

/* A writer whose rows are all gone still has its sealed end, so both tables are asked. */
static enum status list_writers(struct store *store, const char *after, struct writer *out, size_t *count,
                                struct failure *failure)
{
    return store_inner_read_all(
        store, read_writer, out, sizeof(*out), VERIFY_BATCH, count,
        "SELECT writer FROM (SELECT writer FROM audit UNION SELECT writer FROM audit_head)"
        " AS w WHERE writer > ?1 ORDER BY writer LIMIT ?2",
        DB_PARAMS(db_text(after), db_integer(VERIFY_BATCH)), failure);
}

static enum status verify_all(struct store *store, struct store_audit_report *report, struct failure *failure)
{
    struct writer writers[VERIFY_BATCH] = {0};
    size_t count = VERIFY_BATCH;
    char after[STORE_NAME_BYTES] = "";
    enum status status = STATUS_OK;
    while (status == STATUS_OK && count == VERIFY_BATCH && !report->reason) {
        status = list_writers(store, after, writers, &count, failure);
        for (size_t i = 0; status == STATUS_OK && i < count && !report->reason; i++) {
            status = verify_writer(store, writers[i].name, report, failure);
            report->writers++;
            memcpy(after, writers[i].name, sizeof(after));
        }
    }
    return status;
}

enum status store_audit_verify(struct store *store, struct store_audit_report *report,
                               struct failure *failure)
{
    *report = (struct store_audit_report){0};
    /* one transaction: a row added between two looks must not seem to be a cut */
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_end(store, verify_all(store, report, failure), failure);
    if (status == STATUS_OK && report->reason)
        status = failure_set(failure, STATUS_MALFORMED, "audit", 0, "writer %s row %lld: %s",
                             report->broken_writer, (long long)report->broken_number, report->reason);
    return status;
}
