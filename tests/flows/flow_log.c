/* A whole visit with everything logged that can be: no PIN, code, password or value of a person is in the
 * log.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "kiosk/base/file.h"
#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "tests/support/hall_visit.h"

enum { LOG_BYTES = 4 * 1024 * 1024, SHORTEST = 3 };

/* The log of the whole process goes here. */
static char log_path[] = "/tmp/certkiosk-log-XXXXXX";

static int setup(void **state)
{
    int fd = mkstemp(log_path);
    int result = hall_setup(state, TEST_SOURCE_DIR);
    assert_true(fd >= 0);
    log_start(LOG_DEBUG, fd); /* the hall has a log of its own */
    return result;
}

static int teardown(void **state)
{
    (void)unlink(log_path);
    return hall_teardown(state);
}

static void read_log(struct buf *out)
{
    buf_init(out, LOG_BYTES);
    assert_int_equal(STATUS_OK, file_read(log_path, out, NULL));
    assert_true(out->length > 0);
}

static void assert_absent(const struct buf *log, const char *value)
{
    if (text_length(value) >= SHORTEST && strstr((const char *)log->data, value) != NULL)
        fail_msg("\"%s\" is in the log", value);
}

static void test_log__holds_nothing_of_the_person_who_was_served(void **state)
{
    struct hall *hall = *state;
    static struct hall_program terminal, desk;
    hall_add_clerk(hall, "chen");
    hall_program_start(&terminal, hall, 1, "terminal-01");
    hall_program_start(&desk, hall, 0, "desk-01");
    hall_visit_login(&terminal);
    hall_visit_open(&terminal);
    hall_visit_form(&terminal);
    hall_visit_print(&terminal);
    hall_visit_papers(&terminal);
    hall_desk_review(&desk, "chen", services_visit(terminal.services)->order.id);
    hall_until_state(&terminal, ORDER_STATE_PAYING);
    hall_visit_finish(&terminal);
    hall_program_end(&desk);
    hall_program_end(&terminal);
    struct buf log;
    read_log(&log);
    assert_non_null(strstr((const char *)log.data, "stage 4")); /* it was there when the key was made */
    assert_absent(&log, HALL_PHONE);
    assert_absent(&log, HALL_PIN);
    assert_absent(&log, "zhanghao-2026");
    for (const struct hall_visit_answer *answer = hall_visit_answers; answer->id != NULL; answer++)
        assert_absent(&log, answer->text);
    buf_release(&log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_log__holds_nothing_of_the_person_who_was_served, setup,
                                        teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
