#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"
#include "tests/support/ctl_bench.h"

static void test_ctl_files__the_right_catalogue_is_counted(void **state)
{
    struct ctl_bench *bench = *state;
    char said[32];
    glob_t products;
    assert_int_equal(glob(TEST_SOURCE_DIR "/config/catalogue/*/*.yaml", 0, NULL, &products), 0);
    (void)snprintf(said, sizeof(said), "%zu products", products.gl_pathc);
    globfree(&products);
    assert_int_equal(ctl_bench_run(bench, NULL, "catalogue", "check", NULL), 0);
    assert_non_null(strstr(bench->out, said));
    assert_int_equal(
        ctl_bench_run_bare(bench, "catalogue", "check", TEST_SOURCE_DIR "/config/catalogue", NULL), 0);
}

static void test_ctl_files__every_mistake_of_a_catalogue_is_told(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(mkdir(ctl_bench_path(bench, "products"), 0700), 0);
    assert_int_equal(mkdir(ctl_bench_path(bench, "products/ca"), 0700), 0);
    ctl_bench_write(bench, "products/ca/one.yaml", "colour: red\n");
    ctl_bench_write(bench, "products/ca/two.yaml", "id: [1\n");
    assert_int_equal(ctl_bench_run_bare(bench, "catalogue", "check", ctl_bench_path(bench, "products"), NULL),
                     1);
    assert_non_null(strstr(bench->err, "one.yaml:1:1"));
    assert_non_null(strstr(bench->err, "colour"));
    assert_non_null(strstr(bench->err, "two.yaml"));
}

static void test_ctl_files__right_settings_are_exit_0(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(ctl_bench_run(bench, NULL, "settings", "check", NULL), 0);
    assert_non_null(strstr(bench->out, "right"));
}

static void test_ctl_files__wrong_settings_are_exit_1_of_their_own_check(void **state)
{
    struct ctl_bench *bench = *state;
    ctl_bench_write(bench, "kiosk.yaml", "idle:\n  warning_s: 5\nhall:\n  name: 7\n  nam: x\n");
    assert_int_equal(ctl_bench_run(bench, NULL, "settings", "check", NULL), 1);
    assert_non_null(strstr(bench->err, "kiosk.yaml:2:"));
    assert_non_null(strstr(bench->err, "nam"));
    assert_int_equal(ctl_bench_run_bare(bench, "settings", "check", NULL), 2);
}

static void test_ctl_files__the_example_is_the_one_in_config(void **state)
{
    struct ctl_bench *bench = *state;
    struct buf example;
    buf_init(&example, LIMIT_CONFIG_BYTES);
    assert_int_equal(file_read(TEST_SOURCE_DIR "/config/kiosk.yaml.example", &example, NULL), STATUS_OK);
    assert_int_equal(ctl_bench_run_bare(bench, "settings", "example", NULL), 0);
    assert_string_equal(bench->out, (const char *)example.data);
    buf_release(&example);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, ctl_bench_setup, ctl_bench_teardown)
        TEST(test_ctl_files__the_right_catalogue_is_counted),
        TEST(test_ctl_files__every_mistake_of_a_catalogue_is_told),
        TEST(test_ctl_files__right_settings_are_exit_0),
        TEST(test_ctl_files__wrong_settings_are_exit_1_of_their_own_check),
        TEST(test_ctl_files__the_example_is_the_one_in_config),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
