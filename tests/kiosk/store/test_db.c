/* The database contract, on its one implementation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kiosk/base/file.h"
#include "kiosk/store/db.h"

struct place {
    char directory[64];
    char path[128];
    struct db *db;
};

static struct db *connect_to(const char *path, int busy_ms)
{
    struct db *db = NULL;
    assert_int_equal(db_open(&(struct db_settings){.path = path, .busy_ms = busy_ms}, &db, NULL), STATUS_OK);
    return db;
}

static int set_up(void **state)
{
    struct place *place = calloc(1, sizeof(*place));
    strcpy(place->directory, "/tmp/ck-db-XXXXXX");
    assert_non_null(mkdtemp(place->directory));
    snprintf(place->path, sizeof(place->path), "%s/test.db", place->directory);
    place->db = connect_to(place->path, 0);
    assert_int_equal(db_script(place->db,
                               "CREATE TABLE parent (id BIGINT NOT NULL PRIMARY KEY, name TEXT, data BYTEA);"
                               "CREATE TABLE child (parent_id BIGINT NOT NULL REFERENCES parent (id));",
                               NULL),
                     STATUS_OK);
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;
    db_close(place->db);
    char command[160];
    for (int i = 0; i < 4; i++) {
        static const char *const endings[] = {"", "-wal", "-shm", ".copy"};
        snprintf(command, sizeof(command), "%s%s", place->path, endings[i]);
        unlink(command);
    }
    rmdir(place->directory);
    free(place);
    return 0;
}

static enum status insert(struct db *db, int64_t id, const char *name)
{
    return db_exec(db, "INSERT INTO parent (id, name) VALUES (?1, ?2)",
                   DB_PARAMS(db_integer(id), db_text(name)), NULL, NULL);
}

static int64_t count_rows(struct db *db)
{
    struct db_rows *rows = NULL;
    assert_int_equal(db_query(db, "SELECT count(*) FROM parent", DB_NONE, &rows, NULL), STATUS_OK);
    assert_int_equal(db_rows_next(rows, NULL), STATUS_OK);
    int64_t count = db_column_integer(rows, 0);
    db_rows_end(rows);
    return count;
}

static void test_db__every_type_comes_back_as_it_went_in(void **state)
{
    struct place *place = *state;
    const uint8_t bytes[] = {0, 1, 0, 255};
    struct db_rows *rows = NULL;
    size_t length = 0;
    assert_int_equal(db_exec(place->db, "INSERT INTO parent VALUES (?1, ?2, ?3), (2, ?4, ?5)",
                             DB_PARAMS(db_integer(INT64_MIN), db_text("王小明'; --"),
                                       db_bytes(bytes, sizeof(bytes)), db_text(NULL), db_bytes(NULL, 0)),
                             NULL, NULL),
                     STATUS_OK);
    assert_int_equal(
        db_query(place->db, "SELECT id, name, data FROM parent ORDER BY id", DB_NONE, &rows, NULL),
        STATUS_OK);
    assert_int_equal(db_rows_next(rows, NULL), STATUS_OK);
    assert_true(db_column_integer(rows, 0) == INT64_MIN);
    assert_string_equal(db_column_text(rows, 1), "王小明'; --");
    assert_memory_equal(db_column_bytes(rows, 2, &length), bytes, sizeof(bytes));
    assert_int_equal(length, sizeof(bytes));
    assert_int_equal(db_rows_next(rows, NULL), STATUS_OK);
    assert_int_equal(db_column_type(rows, 1), DB_NULL);
    assert_string_equal(db_column_text(rows, 1), "");
    assert_int_equal(db_column_type(rows, 2), DB_BYTES);
    assert_int_equal(db_rows_next(rows, NULL), STATUS_NOT_FOUND);
    db_rows_end(rows);
}

static void test_db__a_second_row_with_the_same_key_is_a_conflict(void **state)
{
    struct place *place = *state;
    assert_int_equal(insert(place->db, 1, "a"), STATUS_OK);
    assert_int_equal(insert(place->db, 1, "b"), STATUS_CONFLICT);
    assert_int_equal(count_rows(place->db), 1);
}

static void test_db__a_reference_to_nothing_is_not_found(void **state)
{
    struct place *place = *state;
    assert_int_equal(db_exec(place->db, "INSERT INTO child VALUES (7)", DB_NONE, NULL, NULL),
                     STATUS_NOT_FOUND);
    assert_int_equal(insert(place->db, 7, "a"), STATUS_OK);
    assert_int_equal(db_exec(place->db, "INSERT INTO child VALUES (7)", DB_NONE, NULL, NULL), STATUS_OK);
}

static void test_db__a_rolled_back_transaction_leaves_no_trace(void **state)
{
    struct place *place = *state;
    assert_int_equal(db_begin(place->db, NULL), STATUS_OK);
    assert_int_equal(db_begin(place->db, NULL), STATUS_BAD_STATE);
    assert_int_equal(insert(place->db, 1, "a"), STATUS_OK);
    db_rollback(place->db);
    db_rollback(place->db);
    assert_int_equal(count_rows(place->db), 0);
    assert_int_equal(db_begin(place->db, NULL), STATUS_OK);
    assert_int_equal(insert(place->db, 1, "a"), STATUS_OK);
    assert_int_equal(db_commit(place->db, NULL), STATUS_OK);
    assert_int_equal(count_rows(place->db), 1);
}

static void test_db__a_locked_database_is_busy_until_the_lock_is_gone(void **state)
{
    struct place *place = *state;
    struct failure failure = {0};
    struct db *other = connect_to(place->path, 20);
    assert_int_equal(db_begin(place->db, NULL), STATUS_OK);
    assert_int_equal(insert(place->db, 1, "a"), STATUS_OK);
    assert_int_equal(db_begin(other, &failure), STATUS_BUSY);
    assert_int_equal(insert(other, 2, "b"), STATUS_BUSY);
    assert_int_equal(count_rows(other), 0); /* readers are not disturbed */
    assert_int_equal(db_commit(place->db, NULL), STATUS_OK);
    assert_int_equal(insert(other, 2, "b"), STATUS_OK);
    db_close(other);
}

static void test_db__the_bell_rings_for_others_commits_only(void **state)
{
    struct place *place = *state;
    struct db *other = connect_to(place->path, 0);
    int64_t before = 0;
    int64_t after = 0;
    assert_int_equal(db_bell(place->db, &before, NULL), STATUS_OK);
    assert_int_equal(insert(place->db, 1, "a"), STATUS_OK);
    assert_int_equal(db_bell(place->db, &after, NULL), STATUS_OK);
    assert_int_equal(before, after);
    assert_int_equal(insert(other, 2, "b"), STATUS_OK);
    assert_int_equal(db_bell(place->db, &after, NULL), STATUS_OK);
    assert_int_not_equal(before, after);
    db_close(other);
}

static void test_db__a_full_file_is_full_and_keeps_what_it_has(void **state)
{
    struct place *place = *state;
    struct db *small = NULL;
    uint8_t block[8192] = {1};
    enum status status = STATUS_OK;
    assert_int_equal(insert(place->db, 0, "kept"), STATUS_OK);
    assert_int_equal(
        db_open(&(struct db_settings){.path = place->path, .limit_bytes = 64 * 1024}, &small, NULL),
        STATUS_OK);
    int64_t id = 1;
    for (; status == STATUS_OK && id < 100; id++)
        status = db_exec(small, "INSERT INTO parent (id, data) VALUES (?1, ?2)",
                         DB_PARAMS(db_integer(id), db_bytes(block, sizeof(block))), NULL, NULL);
    assert_int_equal(status, STATUS_FULL);
    assert_int_equal(count_rows(small), id - 1); /* rows 0 .. id - 2; the refused one is id - 1 */
    assert_int_equal(db_check(small, NULL), STATUS_OK);
    db_close(small);
}

static void test_db__a_file_that_is_no_database_is_malformed(void **state)
{
    struct place *place = *state;
    struct db *db = NULL;
    char text[4096];
    memset(text, 'x', sizeof(text));
    db_close(place->db);
    place->db = NULL;
    assert_int_equal(file_replace(place->path, text, sizeof(text), 0600, NULL), STATUS_OK);
    assert_int_equal(db_open(&(struct db_settings){.path = place->path}, &db, NULL), STATUS_MALFORMED);
    assert_null(db);
}

static void test_db__a_missing_folder_is_an_input_output_failure(void **state)
{
    (void)state;
    struct db *db = NULL;
    assert_int_equal(db_open(&(struct db_settings){.path = "/nonexistent/dir/x.db"}, &db, NULL), STATUS_IO);
    assert_int_equal(
        db_open(&(struct db_settings){.path = "/nonexistent/dir/x.db", .only_existing = true}, &db, NULL),
        STATUS_NOT_FOUND);
    assert_null(db);
}

static void test_db__a_new_file_is_readable_by_its_owner_only(void **state)
{
    struct place *place = *state;
    struct stat info;
    assert_int_equal(insert(place->db, 1, "a"), STATUS_OK);
    assert_int_equal(stat(place->path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    char log[160];
    snprintf(log, sizeof(log), "%s-wal", place->path);
    assert_int_equal(stat(log, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
}

static void test_db__a_backup_is_a_database_and_never_overwrites(void **state)
{
    struct place *place = *state;
    char copy_path[160];
    snprintf(copy_path, sizeof(copy_path), "%s.copy", place->path);
    assert_int_equal(insert(place->db, 1, "a"), STATUS_OK);
    assert_int_equal(db_backup(place->db, copy_path, NULL), STATUS_OK);
    assert_int_equal(db_backup(place->db, copy_path, NULL), STATUS_CONFLICT);
    struct stat info;
    assert_int_equal(stat(copy_path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    struct db *copy = connect_to(copy_path, 0);
    assert_int_equal(count_rows(copy), 1);
    assert_int_equal(db_check(copy, NULL), STATUS_OK);
    db_close(copy);
    snprintf(copy_path, sizeof(copy_path), "%s.copy-wal", place->path);
    unlink(copy_path);
    snprintf(copy_path, sizeof(copy_path), "%s.copy-shm", place->path);
    unlink(copy_path);
}

static void test_db__a_broken_reference_is_found_by_the_check(void **state)
{
    struct place *place = *state;
    struct failure failure = {0};
    assert_int_equal(db_check(place->db, NULL), STATUS_OK);
    assert_int_equal(db_script(place->db, "PRAGMA foreign_keys=OFF; INSERT INTO child VALUES (9)", NULL),
                     STATUS_OK);
    assert_int_equal(db_check(place->db, &failure), STATUS_MALFORMED);
    assert_non_null(strstr(failure.text, "child"));
}

static int64_t pragma(struct db *db, const char *sql)
{
    struct db_rows *rows = NULL;
    assert_int_equal(db_query(db, sql, DB_NONE, &rows, NULL), STATUS_OK);
    assert_int_equal(db_rows_next(rows, NULL), STATUS_OK);
    int64_t number = db_column_type(rows, 0) == DB_TEXT ? strcmp(db_column_text(rows, 0), "wal") == 0
                                                        : db_column_integer(rows, 0);
    db_rows_end(rows);
    return number;
}

/* Power loss cannot be tried here; what stands against it can be read back. */
static void test_db__every_connection_is_durable_checked_and_wiping(void **state)
{
    struct place *place = *state;
    struct db *second = connect_to(place->path, 0);
    assert_int_equal(pragma(second, "PRAGMA journal_mode"), 1);
    assert_int_equal(pragma(second, "PRAGMA synchronous"), 2);
    assert_int_equal(pragma(second, "PRAGMA foreign_keys"), 1);
    assert_int_equal(pragma(second, "PRAGMA secure_delete"), 1);
    assert_int_equal(pragma(second, "PRAGMA temp_store"), 2);
    db_close(second);
}

/* One text runs many times, also inside itself, and never sees the values or the rows of another run. */
static void test_db__a_statement_runs_again_with_its_own_values(void **state)
{
    struct place *place = *state;
    static const char find[] = "SELECT name FROM parent WHERE id = ?1 OR name = ?2";
    assert_int_equal(insert(place->db, 1, "one"), STATUS_OK);
    assert_int_equal(insert(place->db, 1, "again"), STATUS_CONFLICT);
    assert_int_equal(insert(place->db, 2, NULL), STATUS_OK);
    struct db_rows *outer = NULL;
    assert_int_equal(db_query(place->db, find, DB_PARAMS(db_integer(1), db_text("one")), &outer, NULL),
                     STATUS_OK);
    assert_int_equal(db_rows_next(outer, NULL), STATUS_OK);
    struct db_rows *inner = NULL;
    assert_int_equal(db_query(place->db, find, DB_PARAMS(db_integer(2)), &inner, NULL), STATUS_OK);
    assert_int_equal(db_rows_next(inner, NULL), STATUS_OK);
    assert_int_equal(db_column_type(inner, 0), DB_NULL);
    assert_string_equal(db_column_text(outer, 0), "one");
    db_rows_end(inner);
    assert_int_equal(db_rows_next(outer, NULL), STATUS_NOT_FOUND);
    db_rows_end(outer);
    /* the second value of the run before is not there any more */
    assert_int_equal(db_query(place->db, find, DB_PARAMS(db_integer(3)), &outer, NULL), STATUS_OK);
    assert_int_equal(db_rows_next(outer, NULL), STATUS_NOT_FOUND);
    db_rows_end(outer);
}

/* A query that was left in its middle keeps nobody from writing. */
static void test_db__a_query_that_is_over_holds_no_lock(void **state)
{
    struct place *place = *state;
    assert_int_equal(insert(place->db, 1, "one"), STATUS_OK);
    assert_int_equal(insert(place->db, 2, "two"), STATUS_OK);
    struct db_rows *rows = NULL;
    assert_int_equal(db_query(place->db, "SELECT id FROM parent", DB_NONE, &rows, NULL), STATUS_OK);
    assert_int_equal(db_rows_next(rows, NULL), STATUS_OK);
    db_rows_end(rows);
    struct db *other = connect_to(place->path, 0);
    assert_int_equal(db_script(other, "ALTER TABLE parent ADD COLUMN more TEXT", NULL), STATUS_OK);
    assert_int_equal(db_tidy(other, NULL), STATUS_OK);
    db_close(other);
    assert_int_equal(count_rows(place->db), 2);
    assert_int_equal(db_query(place->db, "SELECT id FROM parent", DB_NONE, &rows, NULL), STATUS_OK);
    assert_int_equal(db_rows_next(rows, NULL), STATUS_OK);
    assert_int_equal(db_column_integer(rows, 0), 1);
    db_rows_end(rows);
}

static void test_db__a_wrong_statement_is_reported_not_run(void **state)
{
    struct place *place = *state;
    struct db_rows *rows = NULL;
    assert_int_equal(db_exec(place->db, "INSERT INTO nowhere VALUES (1)", DB_NONE, NULL, NULL),
                     STATUS_MALFORMED);
    assert_int_equal(db_query(place->db, "SELECT FROM", DB_NONE, &rows, NULL), STATUS_MALFORMED);
    assert_null(rows);
    db_rows_end(NULL);
    db_close(NULL);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(test_db__every_type_comes_back_as_it_went_in),
        T(test_db__a_second_row_with_the_same_key_is_a_conflict),
        T(test_db__a_reference_to_nothing_is_not_found),
        T(test_db__a_rolled_back_transaction_leaves_no_trace),
        T(test_db__a_locked_database_is_busy_until_the_lock_is_gone),
        T(test_db__the_bell_rings_for_others_commits_only),
        T(test_db__a_full_file_is_full_and_keeps_what_it_has),
        T(test_db__a_file_that_is_no_database_is_malformed),
        T(test_db__a_missing_folder_is_an_input_output_failure),
        T(test_db__a_new_file_is_readable_by_its_owner_only),
        T(test_db__a_backup_is_a_database_and_never_overwrites),
        T(test_db__a_broken_reference_is_found_by_the_check),
        T(test_db__every_connection_is_durable_checked_and_wiping),
        T(test_db__a_statement_runs_again_with_its_own_values),
        T(test_db__a_query_that_is_over_holds_no_lock),
        T(test_db__a_wrong_statement_is_reported_not_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
