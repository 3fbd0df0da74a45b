/* SQLite behind db.h; the only file that meets sqlite3.h. */
#include "kiosk/store/db.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "kiosk/base/check.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/text.h"

enum { PATH_BYTES = 1024, OPEN_RETRY_MS = 10, WAL_LIMIT_BYTES = 16 * 1024 * 1024, KEPT_STATEMENTS = 128 };

struct db {
    sqlite3 *handle;
    bool in_transaction;
    /* Compiled statements that nobody runs now, each at the place its text hashes to; reset and without
     * values, so that they hold neither a lock nor anybody's data. */
    sqlite3_stmt *kept[KEPT_STATEMENTS];
};

/* A query is its statement; the struct exists so that callers cannot meet SQLite. */
struct db_rows {
    sqlite3_stmt *statement;
    struct db *db;
};

struct db_value db_integer(int64_t value)
{
    return (struct db_value){.type = DB_INTEGER, .integer = value};
}

struct db_value db_text(const char *text)
{
    if (!text)
        return db_null();
    return (struct db_value){.type = DB_TEXT, .bytes = text, .length = strlen(text)};
}

struct db_value db_bytes(const void *bytes, size_t length)
{
    return (struct db_value){.type = DB_BYTES, .bytes = length ? bytes : "", .length = length};
}

struct db_value db_null(void)
{
    return (struct db_value){.type = DB_NULL};
}

static enum status status_of(int extended)
{
    if (extended == SQLITE_CONSTRAINT_FOREIGNKEY)
        return STATUS_NOT_FOUND;
    switch (extended & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return STATUS_OK;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return STATUS_BUSY;
    case SQLITE_FULL:
    case SQLITE_TOOBIG:
        return STATUS_FULL;
    case SQLITE_CONSTRAINT:
        return STATUS_CONFLICT;
    case SQLITE_NOMEM:
        return STATUS_NO_MEMORY;
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
    case SQLITE_PERM:
    case SQLITE_READONLY:
        return STATUS_IO;
    default: /* CORRUPT, NOTADB, and ERROR: the file does not have our tables */
        return STATUS_MALFORMED;
    }
}

/* The texts of SQLite name tables and columns, never values. */
static enum status failed(struct db *db, const char *where, int extended, struct failure *failure)
{
    return failure_set(failure, status_of(extended), where, extended, "%s", sqlite3_errmsg(db->handle));
}

static int bind(sqlite3_stmt *statement, int index, const struct db_value *value)
{
    switch (value->type) {
    case DB_INTEGER:
        return sqlite3_bind_int64(statement, index, value->integer);
    case DB_TEXT:
        return sqlite3_bind_text64(statement, index, value->bytes, value->length, SQLITE_TRANSIENT,
                                   SQLITE_UTF8);
    case DB_BYTES: /* the caller's bytes outlive a db_exec, not a db_query */
        return sqlite3_bind_blob64(statement, index, value->bytes, value->length, SQLITE_TRANSIENT);
    case DB_NULL:
        break;
    }
    return sqlite3_bind_null(statement, index);
}

static sqlite3_stmt **kept_place(struct db *db, const char *sql)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (const char *at = sql; *at; at++)
        hash = (hash ^ (uint8_t)*at) * 16777619u;
    return &db->kept[hash % KEPT_STATEMENTS];
}

/* The statement of this text, out of those kept or compiled anew. SQLite compiles a kept one again by itself
 * when the tables have changed. */
static int take_statement(struct db *db, const char *sql, sqlite3_stmt **out)
{
    sqlite3_stmt **place = kept_place(db, sql);
    if (*place && strcmp(sqlite3_sql(*place), sql) == 0) {
        *out = *place;
        *place = NULL;
        return SQLITE_OK;
    }
    return sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL);
}

/* The statement is over; NULL is allowed. */
static void keep_statement(struct db *db, sqlite3_stmt *statement)
{
    if (!statement)
        return;
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    sqlite3_stmt **place = kept_place(db, sqlite3_sql(statement));
    sqlite3_finalize(*place);
    *place = statement;
}

static enum status prepare(struct db *db, const char *sql, const struct db_value *params, size_t count,
                           sqlite3_stmt **out, struct failure *failure)
{
    /* SQLite takes a transaction back by itself on some failures; going on would write outside of it */
    if (db->in_transaction && sqlite3_get_autocommit(db->handle))
        return failure_set(failure, STATUS_BAD_STATE, "prepare", 0, "the transaction is gone");
    sqlite3_stmt *statement = NULL;
    int code = take_statement(db, sql, &statement);
    for (size_t i = 0; code == SQLITE_OK && i < count; i++)
        code = bind(statement, (int)i + 1, &params[i]);
    if (code != SQLITE_OK) {
        enum status status = failed(db, "prepare", sqlite3_extended_errcode(db->handle), failure);
        keep_statement(db, statement);
        return status;
    }
    *out = statement;
    return STATUS_OK;
}

enum status db_exec(struct db *db, const char *sql, const struct db_value *params, size_t count,
                    int64_t *changed, struct failure *failure)
{
    sqlite3_stmt *statement = NULL;
    enum status status = prepare(db, sql, params, count, &statement, failure);
    if (status != STATUS_OK)
        return status;
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW)
        code = sqlite3_step(statement);
    if (code != SQLITE_DONE)
        status = failed(db, "step", sqlite3_extended_errcode(db->handle), failure);
    else if (changed)
        *changed = sqlite3_changes64(db->handle);
    keep_statement(db, statement);
    return status;
}

enum status db_script(struct db *db, const char *sql, struct failure *failure)
{
    if (db->in_transaction && sqlite3_get_autocommit(db->handle))
        return failure_set(failure, STATUS_BAD_STATE, "script", 0, "the transaction is gone");
    int code = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
    if (code != SQLITE_OK)
        return failed(db, "script", sqlite3_extended_errcode(db->handle), failure);
    return STATUS_OK;
}

enum status db_query(struct db *db, const char *sql, const struct db_value *params, size_t count,
                     struct db_rows **out, struct failure *failure)
{
    struct db_rows *rows = calloc(1, sizeof(*rows));
    if (!rows)
        return failure_set(failure, STATUS_NO_MEMORY, "query", 0, "rows");
    rows->db = db;
    enum status status = prepare(db, sql, params, count, &rows->statement, failure);
    if (status != STATUS_OK) {
        free(rows);
        return status;
    }
    *out = rows;
    return STATUS_OK;
}

enum status db_rows_next(struct db_rows *rows, struct failure *failure)
{
    int code = sqlite3_step(rows->statement);
    if (code == SQLITE_ROW)
        return STATUS_OK;
    if (code == SQLITE_DONE)
        return STATUS_NOT_FOUND;
    return failed(rows->db, "step", sqlite3_extended_errcode(rows->db->handle), failure);
}

void db_rows_end(struct db_rows *rows)
{
    if (!rows)
        return;
    keep_statement(rows->db, rows->statement);
    free(rows);
}

enum db_type db_column_type(const struct db_rows *rows, int column)
{
    switch (sqlite3_column_type(rows->statement, column)) {
    case SQLITE_INTEGER:
        return DB_INTEGER;
    case SQLITE_TEXT:
        return DB_TEXT;
    case SQLITE_BLOB:
        return DB_BYTES;
    default:
        return DB_NULL;
    }
}

int64_t db_column_integer(const struct db_rows *rows, int column)
{
    return db_column_type(rows, column) == DB_INTEGER ? sqlite3_column_int64(rows->statement, column) : 0;
}

const char *db_column_text(const struct db_rows *rows, int column)
{
    if (db_column_type(rows, column) != DB_TEXT)
        return "";
    const unsigned char *text = sqlite3_column_text(rows->statement, column);
    return text ? (const char *)text : "";
}

const uint8_t *db_column_bytes(const struct db_rows *rows, int column, size_t *length)
{
    *length = 0;
    if (db_column_type(rows, column) != DB_BYTES)
        return NULL;
    const uint8_t *bytes = sqlite3_column_blob(rows->statement, column);
    *length = bytes ? (size_t)sqlite3_column_bytes(rows->statement, column) : 0;
    return bytes;
}

enum status db_begin(struct db *db, struct failure *failure)
{
    if (db->in_transaction)
        return failure_set(failure, STATUS_BAD_STATE, "begin", 0, "a transaction is open");
    enum status status = db_script(db, "BEGIN IMMEDIATE", failure);
    db->in_transaction = status == STATUS_OK;
    return status;
}

enum status db_commit(struct db *db, struct failure *failure)
{
    enum status status = db_script(db, "COMMIT", failure);
    if (status == STATUS_OK)
        db->in_transaction = false;
    return status;
}

void db_rollback(struct db *db)
{
    /* when SQLite has rolled back by itself there is nothing left to do */
    if (!sqlite3_get_autocommit(db->handle))
        (void)sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
    db->in_transaction = false;
}

/* The first column of the first row. */
static enum status query_integer(struct db *db, const char *sql, int64_t *out, struct failure *failure)
{
    struct db_rows *rows = NULL;
    enum status status = db_query(db, sql, DB_NONE, &rows, failure);
    if (status == STATUS_OK)
        status = db_rows_next(rows, failure);
    if (status == STATUS_OK)
        *out = db_column_integer(rows, 0);
    db_rows_end(rows);
    return status;
}

enum status db_bell(struct db *db, int64_t *bell, struct failure *failure)
{
    return query_integer(db, "PRAGMA data_version", bell, failure);
}

enum status db_tidy(struct db *db, struct failure *failure)
{
    int code = sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    return code == SQLITE_OK ? STATUS_OK : failed(db, "checkpoint", code, failure);
}

static enum status check_integrity(struct db *db, struct failure *failure)
{
    struct db_rows *rows = NULL;
    enum status status = db_query(db, "PRAGMA integrity_check(1)", DB_NONE, &rows, failure);
    if (status == STATUS_OK)
        status = db_rows_next(rows, failure);
    if (status == STATUS_OK && strcmp(db_column_text(rows, 0), "ok") != 0)
        status = failure_set(failure, STATUS_MALFORMED, "integrity_check", 0, "%s", db_column_text(rows, 0));
    db_rows_end(rows);
    return status;
}

enum status db_check(struct db *db, struct failure *failure)
{
    enum status status = check_integrity(db, failure);
    if (status != STATUS_OK)
        return status;
    struct db_rows *rows = NULL;
    status = db_query(db, "PRAGMA foreign_key_check", DB_NONE, &rows, failure);
    if (status == STATUS_OK)
        status = db_rows_next(rows, failure);
    if (status == STATUS_OK)
        status = failure_set(failure, STATUS_MALFORMED, "foreign_key_check", 0, "table %s",
                             db_column_text(rows, 0));
    else if (status == STATUS_NOT_FOUND)
        status = STATUS_OK;
    db_rows_end(rows);
    return status;
}

/* An empty file of mode 0600 gets the path in one step. Opening and closing the path itself would drop the
 * locks that other connections of this process hold on it (POSIX fcntl locks belong to process and file). */
static enum status make_file(const char *path, char draft[PATH_BYTES], struct failure *failure)
{
    int length = snprintf(draft, PATH_BYTES, "%s.XXXXXX", path);
    if (length < 0 || length >= PATH_BYTES)
        return failure_set(failure, STATUS_IO, "open", ENAMETOOLONG, "path too long");
    int fd = mkstemp(draft);
    if (fd < 0)
        return failure_set(failure, errno == ENOSPC ? STATUS_FULL : STATUS_IO, "mkstemp", errno, "%s",
                           strerror(errno));
    close(fd);
    return STATUS_OK;
}

static enum status give_name(const char *draft, const char *path, struct failure *failure)
{
    if (link(draft, path) == 0)
        return STATUS_OK;
    if (errno == EEXIST)
        return failure_set(failure, STATUS_CONFLICT, "link", errno, "the file exists");
    return failure_set(failure, errno == ENOSPC ? STATUS_FULL : STATUS_IO, "link", errno, "%s",
                       strerror(errno));
}

static enum status ensure_file(const struct db_settings *settings, struct failure *failure)
{
    struct stat info;
    if (stat(settings->path, &info) == 0)
        return STATUS_OK;
    if (settings->only_existing)
        return failure_set(failure, STATUS_NOT_FOUND, "open", ENOENT, "no store file");
    char draft[PATH_BYTES];
    enum status status = make_file(settings->path, draft, failure);
    if (status != STATUS_OK)
        return status;
    status = give_name(draft, settings->path, failure);
    unlink(draft);
    return status == STATUS_CONFLICT ? STATUS_OK : status; /* another process was first */
}

/* Changing a new file to WAL can meet another process doing the same, which SQLite does not wait for. */
static enum status enter_wal(struct db *db, int busy_ms, struct failure *failure)
{
    enum status status = STATUS_BUSY;
    for (int waited_ms = 0; status == STATUS_BUSY; waited_ms += OPEN_RETRY_MS) {
        status = db_script(db, "PRAGMA journal_mode=WAL", failure);
        if (waited_ms >= busy_ms)
            break;
        if (status == STATUS_BUSY)
            sqlite3_sleep(OPEN_RETRY_MS);
    }
    return status;
}

static enum status configure(struct db *db, const struct db_settings *settings, struct failure *failure)
{
    sqlite3_extended_result_codes(db->handle, 1);
    sqlite3_busy_timeout(db->handle, settings->busy_ms);
    sqlite3_limit(db->handle, SQLITE_LIMIT_LENGTH, LIMIT_STORED_ROW_BYTES);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    enum status status = enter_wal(db, settings->busy_ms, failure);
    if (status == STATUS_OK)
        status = db_script(db,
                           "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
                           "PRAGMA temp_store=MEMORY; PRAGMA cell_size_check=ON; PRAGMA trusted_schema=OFF;",
                           failure);
    char sql[96];
    snprintf(sql, sizeof(sql), "PRAGMA journal_size_limit=%d", WAL_LIMIT_BYTES);
    if (status == STATUS_OK)
        status = db_script(db, sql, failure);
    int64_t page_bytes = 4096;
    if (status == STATUS_OK && settings->limit_bytes > 0)
        status = query_integer(db, "PRAGMA page_size", &page_bytes, failure);
    if (status == STATUS_OK && settings->limit_bytes > 0) {
        snprintf(sql, sizeof(sql), "PRAGMA max_page_count=%lld",
                 (long long)(settings->limit_bytes / page_bytes));
        status = db_script(db, sql, failure);
    }
    return status;
}

enum status db_open(const struct db_settings *settings, struct db **out, struct failure *failure)
{
    enum status status = ensure_file(settings, failure);
    if (status != STATUS_OK)
        return status;
    struct db *db = calloc(1, sizeof(*db));
    if (!db)
        return failure_set(failure, STATUS_NO_MEMORY, "open", 0, "connection");
    int code = sqlite3_open_v2(settings->path, &db->handle,
                               SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);
    if (code != SQLITE_OK)
        status = db->handle ? failed(db, "open", sqlite3_extended_errcode(db->handle), failure)
                            : failure_set(failure, STATUS_NO_MEMORY, "open", code, "handle");
    if (status == STATUS_OK)
        status = configure(db, settings, failure);
    if (status != STATUS_OK) {
        db_close(db);
        return status;
    }
    *out = db;
    return STATUS_OK;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    if (db->handle)
        db_rollback(db);
    for (size_t i = 0; i < KEPT_STATEMENTS; i++)
        sqlite3_finalize(db->kept[i]);
    int code = sqlite3_close(db->handle);
    check(code == SQLITE_OK); /* a query was not ended */
    free(db);
}

static enum status sync_file(const char *path, struct failure *failure)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fsync(fd) != 0) {
        int error = errno;
        if (fd >= 0)
            close(fd);
        return failure_set(failure, error == ENOSPC ? STATUS_FULL : STATUS_IO, "fsync", error, "%s",
                           strerror(error));
    }
    close(fd);
    return STATUS_OK;
}

enum status db_backup(struct db *db, const char *path, struct failure *failure)
{
    char draft[PATH_BYTES];
    enum status status = make_file(path, draft, failure);
    if (status != STATUS_OK)
        return status;
    status = db_exec(db, "VACUUM INTO ?1", DB_PARAMS(db_text(draft)), NULL, failure);
    if (status == STATUS_OK)
        status = sync_file(draft, failure); /* SQLite leaves that to the caller */
    if (status == STATUS_OK)
        status = give_name(draft, path, failure);
    unlink(draft);
    return status;
}
