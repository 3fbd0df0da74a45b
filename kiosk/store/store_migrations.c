/* .incbin keeps each migration a plain SQL file that sqlite3 and editors read, and needs no generator. */
#include "kiosk/store/store_migrations.h"

#define STORE_MIGRATION(number, symbol, file)                                                                \
    __asm__(".pushsection .rodata\n"                                                                         \
            ".local store_migration_" #symbol "\n"                                                           \
            "store_migration_" #symbol ":\n"                                                                 \
            ".incbin \"kiosk/store/migrations/" file "\"\n"                                                  \
            ".byte 0\n"                                                                                      \
            ".popsection\n");                                                                                \
    extern const char store_migration_##symbol[];
#include "kiosk/store/store_migrations.def"
#undef STORE_MIGRATION

int store_migrations_newest(void)
{
    int newest = 0;
#define STORE_MIGRATION(number, symbol, file) newest = number;
#include "kiosk/store/store_migrations.def"
#undef STORE_MIGRATION
    return newest;
}

const char *store_migrations_text(int number)
{
    switch (number) {
#define STORE_MIGRATION(n, symbol, file)                                                                     \
    case n:                                                                                                  \
        return store_migration_##symbol;
#include "kiosk/store/store_migrations.def"
#undef STORE_MIGRATION
    default:
        return "";
    }
}

static enum status read_newest(struct db *db, int *newest, struct failure *failure)
{
    struct db_rows *rows = NULL;
    enum status status =
        db_query(db, "SELECT coalesce(max(number), 0) FROM migration", DB_NONE, &rows, failure);
    if (status == STATUS_OK)
        status = db_rows_next(rows, failure);
    if (status == STATUS_OK)
        *newest = (int)db_column_integer(rows, 0);
    db_rows_end(rows);
    return status;
}

static enum status run_one(struct db *db, int number, const struct clock *clock, struct failure *failure)
{
    enum status status = db_script(db, store_migrations_text(number), failure);
    if (status == STATUS_OK)
        status = db_exec(db, "INSERT INTO migration (number, at_utc_s) VALUES (?1, ?2)",
                         DB_PARAMS(db_integer(number), db_integer(clock_utc_s(clock))), NULL, failure);
    return status;
}

/* The number is read again under the lock: another process may have been faster. */
static enum status run_missing(struct db *db, const struct clock *clock, struct failure *failure)
{
    enum status status = db_begin(db, failure);
    if (status != STATUS_OK)
        return status;
    int done = 0;
    status = read_newest(db, &done, failure);
    for (int number = done + 1; status == STATUS_OK && number <= store_migrations_newest(); number++)
        status = run_one(db, number, clock, failure);
    if (status == STATUS_OK)
        status = db_commit(db, failure);
    if (status != STATUS_OK)
        db_rollback(db);
    return status;
}

enum status store_migrations_run(struct db *db, const struct clock *clock, struct failure *failure)
{
    enum status status = db_script(db,
                                   "CREATE TABLE IF NOT EXISTS migration ("
                                   "number BIGINT NOT NULL PRIMARY KEY, at_utc_s BIGINT NOT NULL)",
                                   failure);
    int newest = 0;
    if (status == STATUS_OK)
        status = read_newest(db, &newest, failure);
    if (status != STATUS_OK)
        return status;
    if (newest > store_migrations_newest())
        return failure_set(failure, STATUS_UNSUPPORTED, "migrations", newest,
                           "the store is newer than this program");
    return newest == store_migrations_newest() ? STATUS_OK : run_missing(db, clock, failure);
}
