#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/ctl_bench.h"

static void test_ctl__help_lists_every_verb_and_the_exit_codes(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(ctl_bench_run_bare(bench, "--help", NULL), 0);
#define CTL_VERB(function, noun, verb, need, words, least, most, options, use)                               \
    assert_non_null(strstr(bench->out, "  " noun));                                                          \
    assert_non_null(strstr(bench->out, verb));                                                               \
    assert_non_null(strstr(bench->out, use));
#include "kiosk/ctl/ctl_verbs.def"
#undef CTL_VERB
    assert_non_null(strstr(bench->out, "0  done"));
    assert_non_null(strstr(bench->out, "1  refused"));
    assert_non_null(strstr(bench->out, "2  arguments"));
}

static void test_ctl__a_noun_with_a_wrong_verb_is_told_its_own(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(ctl_bench_run_bare(bench, "order", NULL), 2);
    assert_non_null(strstr(bench->err, "order takes list or show;"));
    assert_int_equal(ctl_bench_run_bare(bench, "clerk", "delete", NULL), 2);
    assert_non_null(strstr(bench->err, "clerk takes add, list, disable, enable or password, not delete;"));
    assert_int_equal(ctl_bench_run_bare(bench, "weather", NULL), 2);
    assert_non_null(strstr(bench->err, "weather is no noun"));
}

static void test_ctl__version_is_told(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(ctl_bench_run_bare(bench, "--version", NULL), 0);
    assert_string_equal(bench->out, "certctl " CERTKIOSK_VERSION "\n");
}

static void test_ctl__wrong_arguments_are_exit_2_and_do_nothing(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(ctl_bench_run(bench, NULL, NULL), 2);
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", NULL), 2);
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "fire", "lin", NULL), 2);
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "add", NULL), 2);
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "add", "lin", "wang", NULL), 2);
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "add", "lin", "--role", "king", NULL), 2);
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "add", "lin", "--role", NULL), 2);
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "add", "lin", "--reveal", NULL), 2);
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "add", "lin", "--quickly", NULL), 2);
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "add", "lin", NULL), 0); /* not there before */
}

static void test_ctl__missing_settings_are_exit_2(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(ctl_bench_run_bare(bench, "clerk", "list", NULL), 2);
    assert_non_null(strstr(bench->err, "--config"));
    assert_int_equal(ctl_bench_run_bare(bench, "clerk", "list", "--config", "/nowhere/kiosk.yaml", NULL), 2);
}

static void test_ctl__wrong_settings_are_exit_2_with_every_mistake_told(void **state)
{
    struct ctl_bench *bench = *state;
    ctl_bench_write(bench, "bad.yaml", "idle: {warning_s: soon}\ncolour: red\n");
    assert_int_equal(
        ctl_bench_run_bare(bench, "clerk", "list", "--config", ctl_bench_path(bench, "bad.yaml"), NULL), 2);
    assert_non_null(strstr(bench->err, "warning_s"));
    assert_non_null(strstr(bench->err, "colour"));
}

static void test_ctl__a_reading_verb_makes_no_store(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(ctl_bench_run(bench, NULL, "order", "list", NULL), 1);
    assert_int_equal(access(ctl_bench_path(bench, "hall.db"), F_OK), -1);
    assert_non_null(strstr(bench->err, "doctor"));
}

static void test_ctl__options_may_stand_anywhere(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(ctl_bench_run(bench, "long enough\n", "--password-stdin", "clerk", "--role",
                                   "supervisor", "add", "lin", NULL),
                     0);
    assert_int_equal(ctl_bench_run(bench, NULL, "clerk", "list", "--json", NULL), 0);
    struct json *rows = ctl_bench_json(bench);
    assert_string_equal(json_text(json_element(rows, 0), "role", ""), "supervisor");
    json_free(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, ctl_bench_setup, ctl_bench_teardown)
        TEST(test_ctl__help_lists_every_verb_and_the_exit_codes),
        TEST(test_ctl__a_noun_with_a_wrong_verb_is_told_its_own),
        TEST(test_ctl__version_is_told),
        TEST(test_ctl__wrong_arguments_are_exit_2_and_do_nothing),
        TEST(test_ctl__missing_settings_are_exit_2),
        TEST(test_ctl__wrong_settings_are_exit_2_with_every_mistake_told),
        TEST(test_ctl__a_reading_verb_makes_no_store),
        TEST(test_ctl__options_may_stand_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
