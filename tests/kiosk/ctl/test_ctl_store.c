#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/ctl_bench.h"

static void test_ctl_store__a_whole_store_is_exit_0(void **state)
{
    struct ctl_bench *bench = *state;
    struct order order;
    ctl_bench_order(bench, &order);
    assert_int_equal(ctl_bench_run(bench, NULL, "store", "check", "--json", NULL), 0);
    struct json *document = ctl_bench_json(bench);
    assert_string_equal(json_text(document, "file", ""), "ok");
    assert_string_equal(json_text(document, "sealed", ""), "ok");
    assert_int_equal(json_number(document, "orders", 0), 1);
    assert_int_equal(json_number(document, "open_intentions", 0), 1);
    assert_true(json_number(document, "sealed_values", 0) >= 2);
    json_free(document);
}

static void test_ctl_store__a_sealed_value_that_does_not_open_is_exit_1(void **state)
{
    struct ctl_bench *bench = *state;
    struct order order;
    ctl_bench_order(bench, &order);
    ctl_bench_sql(bench, "UPDATE field SET sealed = zeroblob(length(sealed));");
    assert_int_equal(ctl_bench_run(bench, NULL, "store", "check", NULL), 1);
    assert_non_null(strstr(bench->out, "sealed:           malformed"));
    assert_non_null(strstr(bench->err, "damaged"));
}

static void test_ctl_store__a_backup_is_a_private_store(void **state)
{
    struct ctl_bench *bench = *state;
    struct order order;
    struct stat about;
    char path[2 * CTL_BENCH_PATH_BYTES];
    ctl_bench_order(bench, &order);
    (void)snprintf(path, sizeof(path), "%s", ctl_bench_path(bench, "backup.db"));
    assert_int_equal(ctl_bench_run(bench, NULL, "store", "backup", path, NULL), 0);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(rename(path, ctl_bench_path(bench, "hall.db")), 0);
    (void)unlink(ctl_bench_path(bench, "hall.db-wal"));
    (void)unlink(ctl_bench_path(bench, "hall.db-shm"));
    assert_int_equal(ctl_bench_run(bench, NULL, "order", "show", order.acceptance, "--reveal", NULL), 0);
    assert_non_null(strstr(bench->out, CTL_BENCH_NAME));
}

static void test_ctl_store__a_backup_leaves_an_existing_file_alone(void **state)
{
    struct ctl_bench *bench = *state;
    struct order order;
    struct stat about;
    ctl_bench_order(bench, &order);
    ctl_bench_write(bench, "precious", "mine");
    assert_int_equal(ctl_bench_run(bench, NULL, "store", "backup", ctl_bench_path(bench, "precious"), NULL),
                     1);
    assert_int_equal(stat(ctl_bench_path(bench, "precious"), &about), 0);
    assert_int_equal(about.st_size, 4);
}

static void test_ctl_store__another_hall_key_is_refused(void **state)
{
    struct ctl_bench *bench = *state;
    struct order order;
    ctl_bench_order(bench, &order);
    assert_int_equal(rename(ctl_bench_path(bench, "hall.db"), ctl_bench_path(bench, "aside.db")), 0);
    assert_int_equal(unlink(ctl_bench_path(bench, "keys/hall.key")), 0);
    assert_int_equal(ctl_bench_run(bench, NULL, "hall-key", "create", NULL), 0);
    assert_int_equal(rename(ctl_bench_path(bench, "aside.db"), ctl_bench_path(bench, "hall.db")), 0);
    assert_int_equal(ctl_bench_run(bench, NULL, "order", "list", NULL), 1);
    assert_non_null(strstr(bench->err, "config"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, ctl_bench_setup, ctl_bench_teardown)
        TEST(test_ctl_store__a_whole_store_is_exit_0),
        TEST(test_ctl_store__a_sealed_value_that_does_not_open_is_exit_1),
        TEST(test_ctl_store__a_backup_is_a_private_store),
        TEST(test_ctl_store__a_backup_leaves_an_existing_file_alone),
        TEST(test_ctl_store__another_hall_key_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
