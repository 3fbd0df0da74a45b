/* The programs start whole or not at all: what a settings file names is judged before the first frame, every
 * mistake at once, at its place, and certctl says the same. */
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "kiosk/base/file.h"
#include "tests/support/ctl_bench.h"

enum { START_MS = 60000, SAID_BYTES = 64 * 1024 };

static char said[SAID_BYTES];   /* what the program told on its error output */
static const char *option;      /* behind --config; NULL for none */
static bool has_display = true; /* one that takes pictures and shows them to nobody, asked for by name */

static void become(const struct ctl_bench *bench, const char *program, int out)
{
    char path[CTL_BENCH_PATH_BYTES];
    (void)snprintf(path, sizeof(path), "%s/%s", TEST_BUILD_DIR, program);
    int err = open(ctl_bench_path(bench, "said"), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
    (void)setenv("SDL_VIDEODRIVER", "dummy", 1);
    if (!has_display) {
        (void)setenv("SDL_VIDEODRIVER", "x11,offscreen", 1); /* and no card of this machine */
        (void)unsetenv("DISPLAY");
    }
    (void)dup2(out, STDOUT_FILENO);
    (void)dup2(err, STDERR_FILENO);
    (void)execl(path, program, "--config", bench->config, option, (char *)NULL);
    _exit(99);
}

/* Whether "ready" came before the program ended. */
static bool says_ready(int fd)
{
    char text[64] = "";
    struct pollfd waited = {.fd = fd, .events = POLLIN};
    return poll(&waited, 1, START_MS) == 1 && read(fd, text, sizeof(text) - 1) > 0 &&
           strcmp(text, "ready\n") == 0;
}

static void keep_said(const struct ctl_bench *bench, const char *file)
{
    struct buf text;
    buf_init(&text, SAID_BYTES - 1);
    assert_int_equal(file_read(ctl_bench_path(bench, file), &text, NULL), STATUS_OK);
    (void)snprintf(said, sizeof(said), "%s", text.data == NULL ? "" : (const char *)text.data);
    buf_release(&text);
}

/* The program is ready, or has ended by itself. Returns: its process. */
static pid_t launch(const struct ctl_bench *bench, const char *program, bool *is_ready)
{
    int ends[2];
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        become(bench, program, ends[1]);
    (void)close(ends[1]);
    *is_ready = says_ready(ends[0]);
    (void)close(ends[0]);
    return child;
}

/* The program runs until it is ready, or ends by itself. Returns: its exit code; `said` holds the rest. */
static int start(const struct ctl_bench *bench, const char *program, bool *is_ready)
{
    int status = 0;
    pid_t child = launch(bench, program, is_ready);
    (void)kill(child, SIGTERM);
    assert_int_equal(waitpid(child, &status, 0), child);
    keep_said(bench, "said");
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* The program has run with these arguments. Returns: its exit code; both its outputs are in the folder. */
static int run_whole(const struct ctl_bench *bench, const char *program, const char *first,
                     const char *second, const char *third)
{
    int status = 0;
    char path[CTL_BENCH_PATH_BYTES];
    (void)snprintf(path, sizeof(path), "%s/%s", TEST_BUILD_DIR, program);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        (void)dup2(open(ctl_bench_path(bench, "told"), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDOUT_FILENO);
        (void)dup2(open(ctl_bench_path(bench, "said"), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDERR_FILENO);
        (void)execl(path, program, first, second, third, (char *)NULL);
        _exit(99);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

#define assert_not_started(bench, program)                                                                   \
    do {                                                                                                     \
        bool came_up = true;                                                                                 \
        assert_int_equal(start((bench), (program), &came_up), 2);                                            \
        assert_false(came_up);                                                                               \
    } while (0)

#define assert_said(text)                                                                                    \
    do {                                                                                                     \
        if (strstr(said, (text)) == NULL)                                                                    \
            fail_msg("\"%s\" is not told in:\n%s", (text), said);                                            \
    } while (0)

/* The assets of the build as links in the bench's own folder, where one of them can be broken. */
static void own_assets(const struct ctl_bench *bench)
{
    static const char *const parts[] = {"text", "icons", "forms", "rime"};
    assert_int_equal(mkdir(ctl_bench_path(bench, "own"), 0700), 0);
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        char from[CTL_BENCH_PATH_BYTES];
        char to[32];
        (void)snprintf(from, sizeof(from), "%s/assets/%s", TEST_BUILD_DIR, parts[i]);
        (void)snprintf(to, sizeof(to), "own/%s", parts[i]);
        assert_int_equal(symlink(from, ctl_bench_path(bench, to)), 0);
    }
    ctl_bench_set(bench, "assets", ctl_bench_path(bench, "own"));
}

static void break_part(const struct ctl_bench *bench, const char *part)
{
    own_assets(bench);
    assert_int_equal(unlink(ctl_bench_path(bench, part)), 0);
    assert_int_equal(mkdir(ctl_bench_path(bench, part), 0700), 0);
}

/* certctl finds the same mistake before the program is started. */
static void assert_found_by_certctl(struct ctl_bench *bench, const char *what)
{
    char line[32];
    assert_int_equal(ctl_bench_run(bench, NULL, "catalogue", "check", NULL), 1);
    (void)snprintf(line, sizeof(line), "bad      %s", what);
    (void)ctl_bench_run(bench, NULL, "doctor", NULL);
    assert_non_null(strstr(bench->out, line));
}

static void test_app_start__whole_settings_start_both_programs(void **state)
{
    static const char *const programs[] = {"certkiosk", "certclerk"};
    struct ctl_bench *bench = *state;
    for (int i = 0; i < 2; i++) {
        bool is_ready = false;
        int code = start(bench, programs[i], &is_ready);
        if (!is_ready || code != 0)
            fail_msg("%s ended with %d:\n%s", programs[i], code, said);
    }
    assert_int_equal(ctl_bench_run(bench, NULL, "catalogue", "check", NULL), 0);
}

static void test_app_start__an_id_of_a_store_is_one_programs_until_it_has_ended(void **state)
{
    static const char *const programs[][2] = {{"certkiosk", "terminal-01"}, {"certclerk", "desk-01"}};
    const struct ctl_bench *bench = *state;
    for (int i = 0; i < 2; i++) {
        bool is_ready = false;
        char words[64];
        (void)snprintf(words, sizeof(words), "another program runs as %s", programs[i][1]);
        pid_t first = launch(bench, programs[i][0], &is_ready);
        assert_true(is_ready);
        assert_int_equal(start(bench, programs[i][0], &is_ready), 1);
        assert_false(is_ready);
        assert_said(words);
        (void)kill(first, SIGKILL);
        assert_int_equal(waitpid(first, NULL, 0), first);
        assert_int_equal(start(bench, programs[i][0], &is_ready), 0);
        assert_true(is_ready);
    }
}

static void test_app_start__without_a_display_nothing_is_ready(void **state)
{
    static const char *const programs[] = {"certkiosk", "certclerk"};
    const struct ctl_bench *bench = *state;
    has_display = false;
    for (int i = 0; i < 2; i++) {
        bool is_ready = true;
        assert_int_equal(start(bench, programs[i], &is_ready), 1);
        assert_false(is_ready);
        assert_said("no display");
    }
    has_display = true;
}

static void test_app_start__a_missing_host_program_stops_the_start(void **state)
{
    struct ctl_bench *bench = *state;
    ctl_bench_set(bench, "token", "{driver: pkcs11, module: /dev/null}\nhost: {program: /nowhere/certhost}");
    assert_not_started(bench, "certkiosk");
    assert_said("host.program");
    assert_said("kiosk.yaml:");
}

static void test_app_start__a_missing_token_module_stops_the_start(void **state)
{
    struct ctl_bench *bench = *state;
    ctl_bench_set(bench, "token", "{driver: pkcs11, module: /nowhere.so}\nhost: {program: /bin/true}");
    assert_not_started(bench, "certkiosk");
    assert_said("token.module");
    assert_said("^");
}

static void test_app_start__an_empty_sms_address_stops_the_start(void **state)
{
    struct ctl_bench *bench = *state;
    ctl_bench_set(bench, "sms", "{driver: http, url: \"\"}");
    assert_not_started(bench, "certkiosk");
    assert_said("sms driver http");
    assert_said("be whole: sms.url is missing");
}

static void test_app_start__drivers_name_the_settings_as_the_file_does(void **state)
{
    struct ctl_bench *bench = *state;
    ctl_bench_set(bench, "sms",
                  "{driver: http, url: \"https://x\", key_id: a, sign_name: b, template: c}\n"
                  "identity_service: {driver: http}");
    ctl_bench_set(bench, "payment", "{driver: none, wechat: {driver: wechat}}");
    assert_not_started(bench, "certkiosk");
    assert_said("be whole: sms.key_secret_file is missing");
    assert_said("be whole: identity_service.url is missing");
    assert_said("be whole: payment.wechat.app_id is missing");
}

static void test_app_start__an_address_that_is_none_stops_the_start(void **state)
{
    struct ctl_bench *bench = *state;
    ctl_bench_set(bench, "sms", "{driver: http, url: \"ftp://x\", key_id: a, sign_name: b, template: c}");
    ctl_bench_set(bench, "payment", "{driver: alipay, alipay: {app_id: a, gateway_url: not a url}}");
    assert_not_started(bench, "certkiosk");
    assert_said("not \"ftp://x\"");
    assert_said("not \"not a url\"");
}

static void test_app_start__a_missing_app_id_stops_terminal_and_desk(void **state)
{
    struct ctl_bench *bench = *state;
    ctl_bench_set(bench, "payment", "{driver: alipay}");
    assert_not_started(bench, "certkiosk");
    assert_said("be whole: payment.alipay.app_id is missing");
    assert_not_started(bench, "certclerk");
    assert_said("be whole: payment.alipay.app_id is missing");
}

static void test_app_start__a_printer_without_an_address_stops_the_terminal_only(void **state)
{
    struct ctl_bench *bench = *state;
    bool is_ready = false;
    ctl_bench_set(bench, "printer", "{driver: cups}");
    assert_not_started(bench, "certkiosk");
    assert_said("printer driver cups");
    assert_int_equal(start(bench, "certclerk", &is_ready), 0);
    assert_true(is_ready);
}

static void test_app_start__a_broken_template_stops_the_start(void **state)
{
    struct ctl_bench *bench = *state;
    break_part(bench, "own/forms");
    ctl_bench_write(bench, "own/forms/ezca-application.yaml", "garbage: [1\n");
    ctl_bench_write(bench, "own/forms/receipt.yaml", "id: receipt\n");
    assert_not_started(bench, "certkiosk");
    assert_said("ezca-application.yaml:");
    assert_said("receipt.yaml:1:1");
    assert_found_by_certctl(bench, "forms");
}

static void test_app_start__a_template_that_is_not_there_is_told_where_the_product_names_it(void **state)
{
    struct ctl_bench *bench = *state;
    break_part(bench, "own/forms");
    assert_not_started(bench, "certkiosk");
    assert_said("cqzfcg.yaml:");
    assert_said("ezca-application.yaml, found none");
    assert_said("forms/receipt.yaml");
    assert_found_by_certctl(bench, "forms");
}

static void test_app_start__a_sheet_without_the_boxes_of_its_samples_stops_the_start(void **state)
{
    struct ctl_bench *bench = *state;
    break_part(bench, "own/forms");
    ctl_bench_write(bench, "own/forms/ezca-seal-sample.yaml",
                    "id: ezca-seal-sample\nversion: ezca-seal-sample.1\ntitle: 取样表\npages:\n"
                    "  - items:\n      - {draw: box, at: 20 20 60 60, stroke_mm: 0.2}\n"
                    "      - {draw: zone, at: 20 20 60 60, zone: seal}\n");
    assert_not_started(bench, "certkiosk");
    assert_said("cqsb.yaml:");
    assert_said("expected a zone of the template ezca-seal-sample, found seal_2");
    assert_found_by_certctl(bench, "forms");
}

static void test_app_start__missing_icons_stop_the_start(void **state)
{
    struct ctl_bench *bench = *state;
    break_part(bench, "own/icons");
    ctl_bench_write(bench, "own/icons/arrow-left.svg", "no drawing");
    assert_not_started(bench, "certkiosk");
    assert_said("icons/arrow-left.svg");
    assert_said("icons/arrow-right.svg");
    assert_found_by_certctl(bench, "icons");
}

static void test_app_start__a_missing_dictionary_stops_the_terminal(void **state)
{
    struct ctl_bench *bench = *state;
    break_part(bench, "own/rime");
    assert_not_started(bench, "certkiosk");
    assert_said("pinyin dictionary");
    assert_found_by_certctl(bench, "pinyin");
}

static void test_app_start__a_missing_font_stops_the_start(void **state)
{
    struct ctl_bench *bench = *state;
    ctl_bench_set(bench, "sms", "{driver: fake}\nfonts: {regular: /nowhere.ttc}");
    assert_not_started(bench, "certkiosk");
    assert_said("fonts.regular");
    assert_found_by_certctl(bench, "fonts");
}

static void test_app_start__mistakes_of_all_files_are_told_at_once(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(mkdir(ctl_bench_path(bench, "products"), 0700), 0);
    assert_int_equal(mkdir(ctl_bench_path(bench, "products/ca"), 0700), 0);
    ctl_bench_write(bench, "products/ca/one.yaml", "colour: red\n");
    ctl_bench_write(bench, "products/ca/two.yaml", "id: [1\n");
    break_part(bench, "own/forms");
    ctl_bench_write(bench, "own/forms/receipt.yaml", "colour: red\n");
    ctl_bench_set(bench, "catalogue", ctl_bench_path(bench, "products"));
    ctl_bench_set(bench, "sms",
                  "{driver: http, key_secret_file: /nowhere.secret}\nlanguage: xx\n"
                  "idle: {warning_s: soon, countdown_s: 1}\ncolour: red\nlog: {level: loud}");
    assert_not_started(bench, "certkiosk");
    assert_said("idle.warning_s");
    assert_said("idle.countdown_s");
    assert_said("unknown key colour");
    assert_said("error|warn|info|debug");
    assert_said("text/xx.txt");
    assert_said("one.yaml:1:1");
    assert_said("two.yaml");
    assert_said("receipt.yaml:1:1");
    assert_said("sms.key_secret_file");
}

static void test_app_start__a_wrong_path_is_told_once_and_its_files_are_passed_over(void **state)
{
    struct ctl_bench *bench = *state;
    ctl_bench_set(bench, "assets", "[1]");
    assert_not_started(bench, "certkiosk");
    assert_said("paths.assets");
    assert_null(strstr(said, "icons"));
    assert_null(strstr(said, "/usr/share"));
}

static void test_app_start__every_program_tells_its_arguments(void **state)
{
    static const char *const programs[] = {"certkiosk",   "certclerk",   "certctl",  "certca",
                                           "sim-alipay",  "sim-ca",      "sim-hall", "sim-identity",
                                           "sim-idcard",  "sim-page",    "sim-sms",  "sim-wechat",
                                           "sim-printer", "sim-scanner", "gallery"};
    const struct ctl_bench *bench = *state;
    for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++) {
        int code = run_whole(bench, programs[i], "--help", NULL, NULL);
        keep_said(bench, "said");
        if (code != 0 || said[0] != 0)
            fail_msg("%s --help ended with %d:\n%s", programs[i], code, said);
        keep_said(bench, "told");
        assert_int_equal(strncmp(said, "usage:", 6), 0);
        assert_said(programs[i]);
    }
}

static void test_app_start__a_look_nobody_draws_is_no_look(void **state)
{
    const struct ctl_bench *bench = *state;
    assert_int_equal(run_whole(bench, "gallery", "--look", "wrong", bench->directory), 2);
    keep_said(bench, "said");
    assert_said("usage:");
}

static void test_app_start__nothing_is_predictable_in_a_hall(void **state)
{
    struct ctl_bench *bench = *state;
    option = "--seed=5";
    assert_not_started(bench, "certkiosk");
    assert_said("--record or --replay only");
    option = NULL;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, ctl_bench_setup, ctl_bench_teardown)
        TEST(test_app_start__whole_settings_start_both_programs),
        TEST(test_app_start__an_id_of_a_store_is_one_programs_until_it_has_ended),
        TEST(test_app_start__without_a_display_nothing_is_ready),
        TEST(test_app_start__a_missing_host_program_stops_the_start),
        TEST(test_app_start__a_missing_token_module_stops_the_start),
        TEST(test_app_start__an_empty_sms_address_stops_the_start),
        TEST(test_app_start__drivers_name_the_settings_as_the_file_does),
        TEST(test_app_start__an_address_that_is_none_stops_the_start),
        TEST(test_app_start__a_missing_app_id_stops_terminal_and_desk),
        TEST(test_app_start__a_printer_without_an_address_stops_the_terminal_only),
        TEST(test_app_start__a_broken_template_stops_the_start),
        TEST(test_app_start__a_template_that_is_not_there_is_told_where_the_product_names_it),
        TEST(test_app_start__a_sheet_without_the_boxes_of_its_samples_stops_the_start),
        TEST(test_app_start__missing_icons_stop_the_start),
        TEST(test_app_start__a_missing_dictionary_stops_the_terminal),
        TEST(test_app_start__a_missing_font_stops_the_start),
        TEST(test_app_start__mistakes_of_all_files_are_told_at_once),
        TEST(test_app_start__a_wrong_path_is_told_once_and_its_files_are_passed_over),
        TEST(test_app_start__every_program_tells_its_arguments),
        TEST(test_app_start__a_look_nobody_draws_is_no_look),
        TEST(test_app_start__nothing_is_predictable_in_a_hall),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
