/* Db: the small contract a database back end fulfils; SQLite in db_sqlite.c today, PostgreSQL is one more
 * file.
 *
 * Statements are portable SQL with parameters ?1 ?2 ..; meaning, sealing and journals live above, in
 * store_*.c. A transaction takes the write lock at its beginning, so that a read inside it cannot be
 * overtaken. Every call may return BUSY (another process held the lock for all of the busy time), FULL
 * (disk or ceiling), MALFORMED (the file is no database or is damaged), NO_MEMORY or IO; headers name only
 * what else may come.
 * Thread: a connection is used only by the thread that opened it. Processes share the file, not the handle.
 * Pitfall: a column handed out by a row is borrowed and dies at the next db_rows_next.
 */
#ifndef KIOSK_STORE_DB_H
#define KIOSK_STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/failure.h"

struct db;
struct db_rows;

enum db_type { DB_NULL, DB_INTEGER, DB_TEXT, DB_BYTES };

/* One parameter; text and bytes are borrowed for the call. */
struct db_value {
    enum db_type type;
    int64_t integer;
    const void *bytes;
    size_t length;
};

struct db_settings {
    const char *path;    /* the database file; made with mode 0600 when missing */
    int busy_ms;         /* how long a locked database is waited for; 0 answers BUSY at once */
    int64_t limit_bytes; /* largest size of the file; 0 leaves it to the disk */
    bool only_existing;  /* NOT_FOUND instead of making the file */
};

/* A number as parameter. */
struct db_value db_integer(int64_t value);
/* A text as parameter; NULL becomes a database NULL.
 * Owns: borrowed for the call that takes the parameter. */
struct db_value db_text(const char *text);
/* Bytes as parameter; none are an empty value, not NULL.
 * Owns: borrowed for the call that takes the parameter. */
struct db_value db_bytes(const void *bytes, size_t length);
/* A database NULL as parameter. */
struct db_value db_null(void);

/* The parameters of a call, written in place: db_exec(db, sql, DB_PARAMS(db_integer(1), db_text("a")),
 * ...). */
#define DB_PARAMS(...)                                                                                       \
    (const struct db_value[]){__VA_ARGS__},                                                                  \
        sizeof((const struct db_value[]){__VA_ARGS__}) / sizeof(struct db_value)
#define DB_NONE NULL, 0

/* A connection with full durability, foreign keys and wiping of deleted content is open.
 * Returns: NOT_FOUND with only_existing.
 * Owns: the caller closes *out with db_close.
 * Time: up to busy_ms. */
enum status db_open(const struct db_settings *settings, struct db **out, struct failure *failure);

/* The connection is closed and an open transaction rolled back; NULL is allowed. */
void db_close(struct db *db);

/* One statement has run.
 * Units: *changed (may be NULL) counts rows.
 * Returns: CONFLICT when a unique or append-only rule refuses the row, NOT_FOUND when a reference points
 * nowhere.
 * Time: up to busy_ms.
 * After failure: the statement changed nothing; an open transaction is still open. */
enum status db_exec(struct db *db, const char *sql, const struct db_value *params, size_t count,
                    int64_t *changed, struct failure *failure);

/* All statements of a script without parameters have run; for migrations.
 * Returns: as db_exec.
 * After failure: earlier statements stand; run it inside a transaction. */
enum status db_script(struct db *db, const char *sql, struct failure *failure);

/* The rows of a query are ready to be stepped through.
 * Returns: OK also when there is no row; db_rows_next tells.
 * Owns: the caller ends *out with db_rows_end before the connection is closed. */
enum status db_query(struct db *db, const char *sql, const struct db_value *params, size_t count,
                     struct db_rows **out, struct failure *failure);

/* The next row can be read.
 * Returns: NOT_FOUND after the last row. */
enum status db_rows_next(struct db_rows *rows, struct failure *failure);

/* The query is over and its lock given back; NULL is allowed. */
void db_rows_end(struct db_rows *rows);

/* The column's type as stored. */
enum db_type db_column_type(const struct db_rows *rows, int column);
/* The column as a number; 0 for anything else. */
int64_t db_column_integer(const struct db_rows *rows, int column);
/* The column as NUL-terminated text, "" for NULL.
 * Owns: borrowed until the next db_rows_next. */
const char *db_column_text(const struct db_rows *rows, int column);
/* The column as bytes, *length 0 for NULL.
 * Owns: borrowed until the next db_rows_next. */
const uint8_t *db_column_bytes(const struct db_rows *rows, int column, size_t *length);

/* A write transaction is open and no other connection can write.
 * Returns: BAD_STATE when one is open already.
 * Time: up to busy_ms. */
enum status db_begin(struct db *db, struct failure *failure);
/* What the transaction wrote is on the disk and seen by others.
 * Returns: BUSY, FULL or IO when it could not be written.
 * After failure: the transaction is still open; roll it back. */
enum status db_commit(struct db *db, struct failure *failure);
/* The transaction is gone without a trace; without one nothing happens. */
void db_rollback(struct db *db);

/* A number that differs from the last one when another connection has committed since.
 * Returns: OK and the number. It says "look", never what changed. */
enum status db_bell(struct db *db, int64_t *bell, struct failure *failure);

/* What was deleted is gone from the log beside the file too, as far as no other reader needs it.
 * Returns: BUSY when one does; the next commits will do it. */
enum status db_tidy(struct db *db, struct failure *failure);

/* The file and its references are whole.
 * Returns: MALFORMED with the first finding in *failure.
 * Time: reads the whole file. */
enum status db_check(struct db *db, struct failure *failure);

/* A copy of the database as of now stands at the path, while others go on working.
 * Returns: CONFLICT when the path exists.
 * After failure: nothing is left at the path. */
enum status db_backup(struct db *db, const char *path, struct failure *failure);

#endif
