#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kiosk/base/check.h"
#include "kiosk/base/log.h"

static int ends[2];

static int open_log(void **state)
{
    (void)state;
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return 1;
    log_start(LOG_INFO, ends[1]);
    return 0;
}

static int close_log(void **state)
{
    (void)state;
    log_start(LOG_INFO, STDERR_FILENO);
    (void)close(ends[0]);
    return close(ends[1]);
}

static const char *logged(void)
{
    static char text[8192];
    ssize_t got = read(ends[0], text, sizeof(text) - 1);
    text[got > 0 ? got : 0] = 0;
    return text;
}

static size_t lines_of(const char *text)
{
    size_t count = 0;
    for (; *text != 0; text++)
        count += *text == '\n';
    return count;
}

static void test_log__a_line_has_time_level_component_and_message(void **state)
{
    (void)state;
    int year = 0;
    char level[8], component[16], message[16];
    log_info("scanner", "page %d", 3);
    const char *text = logged();
    assert_int_equal(sscanf(text, "%4d-%*2d-%*2dT%*2d:%*2d:%*2d.%*3dZ %7s %15s %15[^\n]", &year, level,
                            component, message),
                     4);
    assert_true(year >= 2024);
    assert_string_equal(level, "INFO");
    assert_string_equal(component, "scanner");
    assert_string_equal(message, "page 3");
    assert_int_equal(lines_of(text), 1);
}

static void test_log__a_line_feed_cannot_forge_a_line(void **state)
{
    (void)state;
    log_warn("sms", "reply %s", "x\n2026-11-21T09:12:42.123Z INFO  payment paid\r\x1b[2J");
    const char *text = logged();
    assert_int_equal(lines_of(text), 1);
    assert_null(strchr(text, '\r'));
    assert_null(strchr(text, 0x1b));
}

static void test_log__lines_past_the_level_are_left_out(void **state)
{
    (void)state;
    log_debug("a", "not now");
    assert_string_equal(logged(), "");
    log_start(LOG_ERROR, ends[1]);
    log_warn("a", "not now");
    assert_string_equal(logged(), "");
    log_error("a", "now");
    assert_non_null(strstr(logged(), "ERROR a now"));
}

static void test_log__a_long_message_is_cut_and_still_one_line(void **state)
{
    (void)state;
    char message[5000];
    memset(message, 'x', sizeof(message) - 1);
    message[sizeof(message) - 1] = 0;
    log_info("a", "%s", message);
    const char *text = logged();
    assert_int_equal(lines_of(text), 1);
    assert_in_range(strlen(text), 500, 1024);
    assert_int_equal(text[strlen(text) - 1], '\n');
}

static void test_log__a_failure_is_one_line_with_its_detail(void **state)
{
    (void)state;
    struct failure failure = {0};
    enum status status = failure_set(&failure, STATUS_LOST, "C_Sign", 48, "token %s", "gone");
    assert_int_equal(status, STATUS_LOST);
    log_failure("token", "signing", status, &failure);
    assert_non_null(strstr(logged(), "WARN  token signing: lost in C_Sign (48): token gone\n"));
    log_failure("token", "signing", STATUS_BUSY, NULL);
    assert_non_null(strstr(logged(), "signing: busy\n"));
}

static void test_log__failures_may_be_dropped_and_are_cut_to_their_room(void **state)
{
    (void)state;
    struct failure failure = {0};
    char text[600];
    memset(text, 'y', sizeof(text) - 1);
    text[sizeof(text) - 1] = 0;
    assert_int_equal(failure_set(NULL, STATUS_IO, "read", 1, "%s", text), STATUS_IO);
    assert_int_equal(failure_set(&failure, STATUS_IO, "read", 1, "%s", text), STATUS_IO);
    assert_int_equal(strlen(failure.text), FAILURE_TEXT_BYTES - 1);
}

static void test_log__every_status_has_a_name_and_words(void **state)
{
    (void)state;
    for (int i = 0; i < STATUS_COUNT_; i++) {
        assert_string_not_equal(status_name((enum status)i), "invalid");
        assert_int_equal(strncmp(status_text_key((enum status)i), "status.", 7), 0);
    }
    assert_string_equal(status_name(STATUS_COUNT_), "invalid");
    assert_string_equal(status_name((enum status)1000), "invalid");
}

static void test_log__a_broken_promise_is_logged_and_stops_the_process(void **state)
{
    (void)state;
    int how = 0;
    pid_t child = fork();
    if (child == 0) {
        (void)signal(SIGABRT, SIG_DFL);
        check(1 + 1 == 3);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFSIGNALED(how) && WTERMSIG(how) == SIGABRT);
    assert_non_null(strstr(logged(), "1 + 1 == 3"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_log__a_line_has_time_level_component_and_message, open_log,
                                        close_log),
        cmocka_unit_test_setup_teardown(test_log__a_line_feed_cannot_forge_a_line, open_log, close_log),
        cmocka_unit_test_setup_teardown(test_log__lines_past_the_level_are_left_out, open_log, close_log),
        cmocka_unit_test_setup_teardown(test_log__a_long_message_is_cut_and_still_one_line, open_log,
                                        close_log),
        cmocka_unit_test_setup_teardown(test_log__a_failure_is_one_line_with_its_detail, open_log, close_log),
        cmocka_unit_test_setup_teardown(test_log__failures_may_be_dropped_and_are_cut_to_their_room, open_log,
                                        close_log),
        cmocka_unit_test_setup_teardown(test_log__every_status_has_a_name_and_words, open_log, close_log),
        cmocka_unit_test_setup_teardown(test_log__a_broken_promise_is_logged_and_stops_the_process, open_log,
                                        close_log),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
