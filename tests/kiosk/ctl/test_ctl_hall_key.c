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

static void test_ctl_hall_key__a_key_is_private_and_made_once(void **state)
{
    struct ctl_bench *bench = *state;
    struct stat about;
    assert_int_equal(stat(ctl_bench_path(bench, "keys/hall.key"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    time_t before = about.st_mtime;
    off_t inode = (off_t)about.st_ino;
    assert_int_equal(ctl_bench_run(bench, NULL, "hall-key", "create", NULL), 1);
    assert_int_equal(stat(ctl_bench_path(bench, "keys/hall.key"), &about), 0);
    assert_int_equal(about.st_mtime, before);
    assert_int_equal((off_t)about.st_ino, inode);
}

static void test_ctl_hall_key__no_new_key_is_made_beside_an_old_store(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "add", "lin", NULL), 0);
    assert_int_equal(unlink(ctl_bench_path(bench, "keys/hall.key")), 0);
    assert_int_equal(ctl_bench_run(bench, NULL, "hall-key", "create", NULL), 1);
    assert_non_null(strstr(bench->err, "backup"));
    assert_int_equal(access(ctl_bench_path(bench, "keys/hall.key"), F_OK), -1);
}

static void test_ctl_hall_key__a_place_that_cannot_be_written_is_refused(void **state)
{
    struct ctl_bench *bench = *state;
    ctl_bench_set(bench, "hall_key", "{file: /proc/nowhere/hall.key}");
    assert_int_equal(ctl_bench_run(bench, NULL, "hall-key", "create", NULL), 1);
    assert_non_null(strstr(bench->err, "could not be made"));
}

static void test_ctl_hall_key__a_key_others_may_read_is_not_used(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(chmod(ctl_bench_path(bench, "keys/hall.key"), 0644), 0);
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "add", "lin", NULL), 1);
    assert_non_null(strstr(bench->err, "refused"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, ctl_bench_setup, ctl_bench_teardown)
        TEST(test_ctl_hall_key__a_key_is_private_and_made_once),
        TEST(test_ctl_hall_key__no_new_key_is_made_beside_an_old_store),
        TEST(test_ctl_hall_key__a_place_that_cannot_be_written_is_refused),
        TEST(test_ctl_hall_key__a_key_others_may_read_is_not_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
