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
#include "tests/support/feature.h"
#include "tests/support/product_text.h"

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

/* The first `from` of the hall's definition stands there as `to`. */
static void put(const struct ctl_bench *bench, const char *from, const char *to)
{
    const char *name = "hall/config/catalogue/cfca/unit.yaml";
    char *text = product_text_replaced(ctl_bench_path(bench, name), from, to);
    ctl_bench_write(bench, name, text);
    free(text);
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part))
        count++;
    return count;
}

/* A hall in a folder of its own, as it is installed: config/catalogue and assets side by side. */
static void make_hall(const struct ctl_bench *bench)
{
    static const char *const folders[] = {"hall", "hall/config", "hall/config/catalogue",
                                          "hall/config/catalogue/cfca"};
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
        assert_int_equal(mkdir(ctl_bench_path(bench, folders[i]), 0700), 0);
    assert_int_equal(symlink(TEST_SOURCE_DIR "/assets", ctl_bench_path(bench, "hall/assets")), 0);
    char *text = product_text_replaced(TEST_SOURCE_DIR "/config/catalogue/cfca/suqian-unit.yaml", "", "");
    ctl_bench_write(bench, "hall/config/catalogue/cfca/unit.yaml", text);
    free(text);
}

static void test_ctl_files__what_a_product_names_among_the_assets_is_there(void **state)
{
    struct ctl_bench *bench = *state;
    make_hall(bench);
    const char *hall = ctl_bench_path(bench, "hall/config/catalogue");
    assert_int_equal(ctl_bench_run_bare(bench, "catalogue", "check", hall, NULL), 0);
    assert_non_null(strstr(bench->out, "1 products, forms and icons, all right"));
    put(bench, "zone: seal_sample,", "zone: seal_simple,"); /* of a form that six operations print */
    put(bench, "\nicon: ", "\nicon: no-");
    put(bench, "template: cfca-unit-application", "template: cfca-unit-form");
    put(bench, "template: cfca-unit-application", "template: cfca-unit-form");
    hall = ctl_bench_path(bench, "hall/config/catalogue");
    assert_int_equal(ctl_bench_run_bare(bench, "catalogue", "check", hall, NULL), 1);
    assert_int_equal(count_of(bench->err, "expected a zone of the template cfca-unit-application, found "
                                          "seal_simple\n      - {zone: seal_simple, of: seal}\n"),
                     1);
    assert_int_equal(count_of(bench->err, "/forms/cfca-unit-form.yaml, found none"), 1);
    assert_int_equal(count_of(bench->err, "expected the name of an icon of the screens"), 1);
    assert_non_null(strstr(bench->err, "found no-building"));
    assert_non_null(strstr(bench->err, ": 3 mistakes"));
    /* mistakes of its own, or of other files, hide none of them */
    ctl_bench_write(bench, "hall/config/catalogue/cfca/zz.yaml", "colour: red\n");
    put(bench, "\nrank: ", "\nrank: x");
    hall = ctl_bench_path(bench, "hall/config/catalogue");
    assert_int_equal(ctl_bench_run_bare(bench, "catalogue", "check", hall, NULL), 1);
    assert_non_null(strstr(bench->err, "zz.yaml:1:1"));
    assert_non_null(strstr(bench->err, "found x50"));
    assert_int_equal(count_of(bench->err, "/forms/cfca-unit-form.yaml, found none"), 1);
    assert_int_equal(count_of(bench->err, "found no-building"), 1);
}

/* A line of the hall's definition that begins like this is gone, each of them. */
static void drop_lines(const struct ctl_bench *bench, const char *beginning)
{
    const char *name = "hall/config/catalogue/cfca/unit.yaml";
    char *text = product_text_replaced(ctl_bench_path(bench, name), "", "");
    for (char *at = strstr(text, beginning); at != NULL; at = strstr(at, beginning))
        memmove(at, strchr(at, '\n') + 1, strlen(strchr(at, '\n')));
    ctl_bench_write(bench, name, text);
    free(text);
}

/* A picture that is named is drawn; which one it is, is the authority's own. */
static void test_ctl_files__the_picture_of_a_key_is_there(void **state)
{
    struct ctl_bench *bench = *state;
    make_hall(bench);
    put(bench, "\nkey:\n", "\nkey:\n  models: [{id: one, name: 锁, picture: keys-general}]\n");
    const char *hall = ctl_bench_path(bench, "hall/config/catalogue");
    assert_int_equal(ctl_bench_run_bare(bench, "catalogue", "check", hall, NULL), 0);
    put(bench, "picture: keys-general", "picture: keys-nobody");
    hall = ctl_bench_path(bench, "hall/config/catalogue");
    assert_int_equal(ctl_bench_run_bare(bench, "catalogue", "check", hall, NULL), 1);
    FEATURE("F174");
    assert_non_null(strstr(bench->err, "expected the picture of a key, a drawing "));
    assert_non_null(strstr(bench->err, "/icons/keys-nobody.svg, found none"));
    assert_non_null(strstr(bench->err, ": 1 mistakes"));
}

/* What is filled in comes onto paper. */
static void test_ctl_files__a_form_that_would_be_printed_empty_is_told(void **state)
{
    struct ctl_bench *bench = *state;
    make_hall(bench);
    put(bench, "rows: [company]", "rows: [kompany]");
    const char *hall = ctl_bench_path(bench, "hall/config/catalogue");
    assert_int_equal(ctl_bench_run_bare(bench, "catalogue", "check", hall, NULL), 1);
    assert_int_equal(count_of(bench->err, "or of what is printed with it, found kompany"), 1);
    assert_non_null(strstr(bench->err, ": 1 mistakes"));
    drop_lines(bench, "        rows: [");
    hall = ctl_bench_path(bench, "hall/config/catalogue");
    assert_int_equal(ctl_bench_run_bare(bench, "catalogue", "check", hall, NULL), 1);
    assert_non_null(strstr(bench->err, "without them cfca-unit-application is printed empty"));
}

static void test_ctl_files__assets_that_are_not_there_are_told(void **state)
{
    struct ctl_bench *bench = *state;
    make_hall(bench);
    assert_int_equal(unlink(ctl_bench_path(bench, "hall/assets")), 0);
    const char *hall = ctl_bench_path(bench, "hall/config/catalogue");
    assert_int_equal(ctl_bench_run_bare(bench, "catalogue", "check", hall, NULL), 0);
    if (access("/usr/share/certkiosk/assets/forms", R_OK) != 0)
        assert_non_null(
            strstr(bench->out, "1 products (not their forms and icons: no assets are there), all"));
}

static void test_ctl_files__right_settings_are_exit_0(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(ctl_bench_run(bench, NULL, "settings", "check", NULL), 0);
    assert_non_null(strstr(bench->out, "right"));
}

static void test_ctl_files__wrong_settings_are_exit_2(void **state)
{
    struct ctl_bench *bench = *state;
    ctl_bench_write(bench, "kiosk.yaml", "idle:\n  warning_s: 5\nhall:\n  name: 7\n  nam: x\n");
    assert_int_equal(ctl_bench_run(bench, NULL, "settings", "check", NULL), 2);
    assert_non_null(strstr(bench->err, "kiosk.yaml:2:"));
    assert_non_null(strstr(bench->err, "nam"));
    assert_int_equal(ctl_bench_run_bare(bench, "settings", "check", NULL), 2);
}

static void test_ctl_files__settings_are_checked_as_a_terminal_checks_them(void **state)
{
    struct ctl_bench *bench = *state;
    ctl_bench_set(bench, "printer", "{driver: cups, uri: \"http://bad uri\"}\nfonts: {regular: /etc/passwd}");
    assert_int_equal(ctl_bench_run(bench, NULL, "settings", "check", NULL), 2);
    assert_non_null(strstr(bench->err, "fonts.regular"));
    assert_non_null(strstr(bench->err, "printer.uri"));
    assert_null(strstr(bench->out, "right"));
    ctl_bench_set(bench, "printer", "{driver: cups, uri: \"ipp://localhost/p\"}\nhall: {region: 月球}");
    assert_int_equal(ctl_bench_run(bench, NULL, "settings", "check", NULL), 2);
    assert_non_null(strstr(bench->err, "hall.region: no product of the catalogue is of 月球"));
    assert_int_equal(ctl_bench_run_bare(bench, "settings", "example", NULL), 0);
    ctl_bench_write(bench, "kiosk.yaml", bench->out);
    assert_int_equal(ctl_bench_run(bench, NULL, "settings", "check", NULL), 2);
    ctl_bench_write(bench, "kiosk.yaml", "id: [1\n");
    assert_int_equal(ctl_bench_run(bench, NULL, "settings", "check", NULL), 2);
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
        TEST(test_ctl_files__what_a_product_names_among_the_assets_is_there),
        TEST(test_ctl_files__the_picture_of_a_key_is_there),
        TEST(test_ctl_files__a_form_that_would_be_printed_empty_is_told),
        TEST(test_ctl_files__assets_that_are_not_there_are_told),
        TEST(test_ctl_files__right_settings_are_exit_0),
        TEST(test_ctl_files__wrong_settings_are_exit_2),
        TEST(test_ctl_files__settings_are_checked_as_a_terminal_checks_them),
        TEST(test_ctl_files__the_example_is_the_one_in_config),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
