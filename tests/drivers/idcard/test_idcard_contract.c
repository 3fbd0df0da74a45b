/* One list of tests, run on every card reader that can read: the fake, and SAM_V frames against sim-idcard as
 * a real process behind a pseudo-terminal; behind it what only a line has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "drivers/idcard/idcard_fake.h"
#include "kiosk/base/file.h"
#include "tests/support/pki_process.h"
#include "tests/support/sim_client.h"

/* Long enough for a machine with more to do than it can; what waits for no answer waits so long. */
enum { ANSWER_MS = 3000 };

static struct {
    struct idcard *idcard;
    struct idcard_fake *fake; /* NULL for the line */
    struct sim_client sim;
    char dir[64];
    char line[128];
} bench;

static const struct idcard_call call = {.timeout_ms = 20000};
static const struct idcard_person agent = {.name = "张小丽",
                                           .sex = 2,
                                           .nation = "01",
                                           .birth = "19900307",
                                           .address = "重庆市渝北区示例大道 100 号 6 楼",
                                           .number = "500112199003070021",
                                           .issuer = "重庆市公安局渝北区分局",
                                           .valid_from = "20200101",
                                           .valid_to = "20400101"};

/* --- the hand ---------------------------------------------------------------------------------------- */

static void place_agent(void)
{
    if (bench.fake != NULL)
        idcard_fake_place(bench.fake, &agent);
    else
        assert_int_equal(sim_client_post(&bench.sim, "/control/place?card=agent"), 200);
}

static void lift(void)
{
    if (bench.fake != NULL)
        idcard_fake_lift(bench.fake);
    else
        assert_int_equal(sim_client_post(&bench.sim, "/control/lift"), 200);
}

static void fault(const char *method, const char *kind, const char *argument, int count)
{
    sim_client_fault(&bench.sim, method, kind, argument, count);
}

/* The next `count` tries end like this. */
static void arrange(enum status status, const char *method, const char *kind, const char *argument, int count)
{
    if (bench.fake != NULL)
        idcard_fake_fail(bench.fake, status, count);
    else
        fault(method, kind, argument, count);
}

static enum status read_once(struct idcard_person *person, struct failure *failure)
{
    (void)memset(person, 0, sizeof(*person));
    enum status status = idcard_read(bench.idcard, &call, person, failure);
    if (status != STATUS_OK)
        assert_int_equal(person->number[0], 0);
    return status;
}

static void assert_agent(const struct idcard_person *person)
{
    assert_string_equal(person->name, agent.name);
    assert_string_equal(person->number, agent.number);
    assert_string_equal(person->address, agent.address);
    assert_string_equal(person->valid_to, agent.valid_to);
}

/* --- set-up ------------------------------------------------------------------------------------------ */

static struct idcard_settings line_settings(void)
{
    return (struct idcard_settings){.driver = "serial",
                                    .clock = clock_system(),
                                    .device = bench.line,
                                    .baud = 115200,
                                    .answer_ms = ANSWER_MS};
}

static void reopen(const struct idcard_settings *settings)
{
    idcard_close(bench.idcard);
    bench.idcard = NULL;
    assert_int_equal(idcard_open(settings, &bench.idcard, NULL), STATUS_OK);
}

static int open_fake(void **state)
{
    (void)state;
    (void)memset(&bench, 0, sizeof(bench));
    reopen(&(struct idcard_settings){.driver = "fake", .clock = clock_system()});
    bench.fake = idcard_fake_of(bench.idcard);
    return bench.fake == NULL ? -1 : 0;
}

static void start_reader(void)
{
    const char *const arguments[] = {"--line", bench.line, NULL};
    sim_client_start(&bench.sim, bench.dir, TEST_BUILD_DIR "/sim-idcard", arguments);
}

static int open_line(void **state)
{
    (void)state;
    (void)memset(&bench, 0, sizeof(bench));
    pki_process_make_dir(bench.dir);
    (void)snprintf(bench.line, sizeof(bench.line), "%s/reader", bench.dir);
    start_reader();
    const struct idcard_settings settings = line_settings();
    reopen(&settings);
    return 0;
}

static int close_bench(void **state)
{
    (void)state;
    idcard_close(bench.idcard);
    sim_client_stop(&bench.sim, SIGTERM);
    if (bench.dir[0] != 0)
        pki_process_remove_dir(bench.dir);
    return 0;
}

static int begin_test(void **state)
{
    (void)state;
    lift();
    if (bench.fake != NULL)
        idcard_fake_fail(bench.fake, STATUS_OK, 0);
    else
        sim_client_clear(&bench.sim);
    return 0;
}

/* --- the list ---------------------------------------------------------------------------------------- */

static void test_idcard__card_on_the_reader_is_read(void **state)
{
    (void)state;
    struct idcard_person person;
    place_agent();
    assert_int_equal(read_once(&person, NULL), STATUS_OK);
    assert_agent(&person);
}

static void test_idcard__empty_reader_says_so(void **state)
{
    (void)state;
    struct idcard_person person;
    assert_int_equal(read_once(&person, NULL), STATUS_NOT_FOUND);
    place_agent();
    assert_int_equal(read_once(&person, NULL), STATUS_OK);
    lift();
    assert_int_equal(read_once(&person, NULL), STATUS_NOT_FOUND);
}

static void test_idcard__card_that_cannot_be_read_is_refused(void **state)
{
    (void)state;
    struct idcard_person person;
    place_agent();
    arrange(STATUS_REFUSED, "select", "sw", "81", 1);
    assert_int_equal(read_once(&person, NULL), STATUS_REFUSED);
    assert_int_equal(read_once(&person, NULL), STATUS_OK);
}

static void test_idcard__broken_answer_is_malformed(void **state)
{
    (void)state;
    struct idcard_person person;
    place_agent();
    arrange(STATUS_MALFORMED, "read", "bad-checksum", "", 1);
    assert_int_equal(read_once(&person, NULL), STATUS_MALFORMED);
    assert_int_equal(read_once(&person, NULL), STATUS_OK);
}

static void test_idcard__failure_names_nobody(void **state)
{
    (void)state;
    struct idcard_person person;
    struct failure failure = {0};
    place_agent();
    arrange(STATUS_REFUSED, "read", "sw", "41", 1);
    assert_int_equal(read_once(&person, &failure), STATUS_REFUSED);
    assert_true(failure.text[0] != 0);
    assert_null(strstr(failure.text, agent.name));
    assert_null(strstr(failure.text, agent.number));
}

static void test_idcard__waiting_tries_a_disturbed_card_again(void **state)
{
    (void)state;
    struct idcard_person person = {0};
    place_agent();
    arrange(STATUS_REFUSED, "select", "sw", "81", IDCARD_TRIES - 1);
    assert_int_equal(idcard_wait(bench.idcard, &call, &person, NULL), STATUS_OK);
    assert_agent(&person);
}

static void test_idcard__waiting_gives_up_a_card_that_stays_unreadable(void **state)
{
    (void)state;
    struct idcard_person person = {0};
    place_agent();
    arrange(STATUS_REFUSED, "select", "sw", "81", IDCARD_TRIES);
    assert_int_equal(idcard_wait(bench.idcard, &call, &person, NULL), STATUS_REFUSED);
    assert_int_equal(read_once(&person, NULL), STATUS_OK);
}

static void test_idcard__waiting_ends_when_nobody_lays_a_card(void **state)
{
    (void)state;
    struct idcard_person person = {0};
    const struct idcard_call brief = {.timeout_ms = 900};
    assert_int_equal(idcard_wait(bench.idcard, &brief, &person, NULL), STATUS_NOT_FOUND);
}

static void test_idcard__waiting_can_be_cancelled(void **state)
{
    (void)state;
    struct idcard_person person = {0};
    struct job_cancel *cancel = job_cancel_new();
    const struct idcard_call cancelled = {.timeout_ms = 60000, .cancel = cancel};
    place_agent();
    job_cancel_request(cancel);
    assert_int_equal(idcard_wait(bench.idcard, &cancelled, &person, NULL), STATUS_CANCELLED);
    assert_int_equal(idcard_read(bench.idcard, &cancelled, &person, NULL), STATUS_CANCELLED);
    job_cancel_drop(cancel);
}

static void test_idcard__probe_finds_a_living_reader(void **state)
{
    (void)state;
    assert_int_equal(idcard_probe(bench.idcard, &call, NULL), STATUS_OK);
    arrange(STATUS_TIMED_OUT, "*", "hang", "", -1);
    assert_int_equal(idcard_probe(bench.idcard, &call, NULL), STATUS_TIMED_OUT);
}

/* --- only the line ----------------------------------------------------------------------------------- */

static void test_idcard_serial__answers_come_as_they_please(void **state)
{
    (void)state;
    static const char *const kinds[] = {"bytewise", "chunks", "noise", "slow"};
    struct idcard_person person;
    place_agent();
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        fault("find", kinds[i], "200", 1);
        fault("read", kinds[i], "200", 1);
        assert_int_equal(read_once(&person, NULL), STATUS_OK);
        assert_agent(&person);
    }
}

static void test_idcard_serial__card_lifted_in_the_middle_is_no_person(void **state)
{
    (void)state;
    struct idcard_person person;
    place_agent();
    fault("read", "lift", "", 1);
    assert_int_equal(read_once(&person, NULL), STATUS_TIMED_OUT);
    assert_int_equal(read_once(&person, NULL), STATUS_NOT_FOUND);
    place_agent();
    fault("find", "lift", "", 1);
    assert_int_equal(read_once(&person, NULL), STATUS_TIMED_OUT);
}

static void test_idcard_serial__each_misfortune_ends_with_its_status_and_is_over(void **state)
{
    (void)state;
    static const struct {
        const char *method, *kind, *argument;
        enum status status;
    } rows[] = {
        {"find", "bad-checksum", "", STATUS_MALFORMED}, {"select", "bad-checksum", "", STATUS_MALFORMED},
        {"find", "short", "", STATUS_TIMED_OUT},        {"read", "short", "", STATUS_TIMED_OUT},
        {"select", "hang", "", STATUS_TIMED_OUT},       {"read", "garbage", "", STATUS_MALFORMED},
        {"find", "sw", "10", STATUS_MALFORMED},         {"find", "sw", "66", STATUS_CONFIG},
        {"select", "sw", "40", STATUS_REFUSED},         {"read", "sw", "41", STATUS_REFUSED},
        {"read", "sw", "80", STATUS_REFUSED},           {"read", "sw", "90", STATUS_MALFORMED}};
    struct idcard_person person;
    place_agent();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fault(rows[i].method, rows[i].kind, rows[i].argument, 1);
        assert_int_equal(read_once(&person, NULL), rows[i].status);
        assert_int_equal(read_once(&person, NULL), STATUS_OK);
    }
}

static void test_idcard_serial__late_answer_is_not_taken_for_the_next(void **state)
{
    (void)state;
    struct idcard_person person;
    place_agent();
    fault("find", "slow", "3300", 1); /* later than a reader may */
    assert_int_equal(read_once(&person, NULL), STATUS_TIMED_OUT);
    (void)poll(NULL, 0, 400);
    lift();
    assert_int_equal(read_once(&person, NULL), STATUS_NOT_FOUND);
}

static void test_idcard_serial__all_kinds_of_cards_are_read(void **state)
{
    (void)state;
    struct idcard_person person;
    assert_int_equal(sim_client_post(&bench.sim, "/control/place?card=foreign"), 200);
    assert_int_equal(read_once(&person, NULL), STATUS_OK);
    assert_int_equal(person.kind, IDCARD_FOREIGN);
    assert_int_equal(sim_client_post(&bench.sim, "/control/place?card=residence"), 200);
    assert_int_equal(read_once(&person, NULL), STATUS_OK);
    assert_int_equal(person.kind, IDCARD_RESIDENCE);
    assert_int_equal(sim_client_post(&bench.sim, "/control/place?card=endless"), 200);
    assert_int_equal(read_once(&person, NULL), STATUS_OK);
    assert_string_equal(person.valid_to, "");
}

static void test_idcard_serial__reader_plugged_in_again_is_found(void **state)
{
    (void)state;
    struct idcard_person person;
    place_agent();
    assert_int_equal(read_once(&person, NULL), STATUS_OK);
    sim_client_stop(&bench.sim, SIGKILL);
    assert_int_equal(read_once(&person, NULL), STATUS_LOST);
    assert_int_equal(idcard_probe(bench.idcard, &call, NULL), STATUS_LOST);
    start_reader();
    place_agent();
    assert_int_equal(read_once(&person, NULL), STATUS_OK);
}

static void test_idcard_serial__line_of_another_program_is_busy(void **state)
{
    (void)state;
    struct idcard_person person;
    const struct idcard_settings settings = line_settings();
    reopen(&settings);
    int other = open(bench.line, O_RDWR | O_NOCTTY | O_CLOEXEC);
    assert_int_equal(flock(other, LOCK_EX | LOCK_NB), 0);
    place_agent();
    assert_int_equal(read_once(&person, NULL), STATUS_BUSY);
    (void)close(other);
    assert_int_equal(read_once(&person, NULL), STATUS_OK);
}

static void test_idcard_serial__another_speed_hears_nothing(void **state)
{
    (void)state;
    struct idcard_settings settings = line_settings();
    settings.baud = 9600;
    reopen(&settings);
    assert_int_equal(idcard_probe(bench.idcard, &call, NULL), STATUS_TIMED_OUT);
    settings.baud = 115200;
    reopen(&settings);
    assert_int_equal(idcard_probe(bench.idcard, &call, NULL), STATUS_OK);
}

static void test_idcard_serial__bad_settings_are_named(void **state)
{
    (void)state;
    struct idcard *idcard = NULL;
    struct failure failure = {0};
    struct idcard_settings settings = line_settings();
    settings.baud = 1200;
    assert_int_equal(idcard_open(&settings, &idcard, &failure), STATUS_CONFIG);
    settings = line_settings();
    settings.device = "";
    assert_int_equal(idcard_open(&settings, &idcard, &failure), STATUS_CONFIG);
    assert_non_null(strstr(failure.text, "device"));
    settings = line_settings();
    settings.answer_ms = 0;
    assert_int_equal(idcard_open(&settings, &idcard, &failure), STATUS_CONFIG);
    assert_non_null(strstr(failure.text, "answer_ms"));
    assert_null(idcard);
}

static void test_idcard_serial__file_is_no_line(void **state)
{
    (void)state;
    struct idcard_person person;
    struct idcard_settings settings = line_settings();
    settings.device = TEST_SOURCE_DIR "/README.md";
    reopen(&settings);
    assert_int_equal(read_once(&person, NULL), STATUS_LOST);
    settings.device = "/nowhere/at/all";
    reopen(&settings);
    assert_int_equal(read_once(&person, NULL), STATUS_LOST);
    settings = line_settings();
    reopen(&settings);
}

static void test_idcard_none__reading_says_config(void **state)
{
    (void)state;
    struct idcard *idcard = NULL;
    struct idcard_person person = {0};
    const struct idcard_settings none = {.driver = "none", .clock = clock_system()};
    const struct idcard_settings crystal = {.driver = "crystal", .clock = clock_system()};
    assert_int_equal(idcard_open(&crystal, &idcard, NULL), STATUS_NOT_FOUND);
    assert_int_equal(idcard_open(&none, &idcard, NULL), STATUS_OK);
    assert_int_equal(idcard_read(idcard, &call, &person, NULL), STATUS_CONFIG);
    assert_int_equal(idcard_probe(idcard, &call, NULL), STATUS_CONFIG);
    assert_string_equal(idcard_name(idcard), "none");
    idcard_close(idcard);
    idcard_close(NULL);
}

#define T(test) cmocka_unit_test_setup(test, begin_test)
#define CONTRACT                                                                                             \
    T(test_idcard__card_on_the_reader_is_read), T(test_idcard__empty_reader_says_so),                        \
        T(test_idcard__card_that_cannot_be_read_is_refused), T(test_idcard__broken_answer_is_malformed),     \
        T(test_idcard__failure_names_nobody), T(test_idcard__waiting_tries_a_disturbed_card_again),          \
        T(test_idcard__waiting_gives_up_a_card_that_stays_unreadable),                                       \
        T(test_idcard__waiting_ends_when_nobody_lays_a_card), T(test_idcard__waiting_can_be_cancelled),      \
        T(test_idcard__probe_finds_a_living_reader)

int main(void)
{
    const struct CMUnitTest fake[] = {CONTRACT, cmocka_unit_test(test_idcard_none__reading_says_config)};
    const struct CMUnitTest line[] = {CONTRACT,
                                      T(test_idcard_serial__answers_come_as_they_please),
                                      T(test_idcard_serial__card_lifted_in_the_middle_is_no_person),
                                      T(test_idcard_serial__each_misfortune_ends_with_its_status_and_is_over),
                                      T(test_idcard_serial__late_answer_is_not_taken_for_the_next),
                                      T(test_idcard_serial__all_kinds_of_cards_are_read),
                                      T(test_idcard_serial__reader_plugged_in_again_is_found),
                                      T(test_idcard_serial__line_of_another_program_is_busy),
                                      T(test_idcard_serial__another_speed_hears_nothing),
                                      T(test_idcard_serial__bad_settings_are_named),
                                      T(test_idcard_serial__file_is_no_line)};
    int failed = cmocka_run_group_tests_name("idcard fake", fake, open_fake, close_bench);
    return failed + cmocka_run_group_tests_name("idcard serial", line, open_line, close_bench);
}
