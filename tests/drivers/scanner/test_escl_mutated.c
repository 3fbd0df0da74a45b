/* Driver host, libsane and sane-airscan against eSCL replies no honest scanner sends: whatever comes, a call
 * ends with a status inside its deadline, a helper dies where the scanner fell silent and nowhere else, and a
 * good scanner works afterwards. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "drivers/net/http.h"
#include "drivers/scanner/scanner.h"
#include "drivers/scanner/scanner_client.h"
#include "drivers/scanner/scanner_escl.h"
#include "drivers/scanner/scanner_setup.h"
#include "kiosk/base/clock.h"
#include "tests/fuzz/reply_mutation.h"
#include "tests/fuzz/reply_server.h"
#include "tests/support/scanner_bench.h"

/* The room beyond a deadline is for starting the host on a busy machine; a call that forgot its deadline
 * waits for the server. */
enum {
    SEQUENCES = 40,
    DEADLINE_MS = 2000,
    GOOD_DEADLINE_MS = 20000,
    BUSY_MACHINE_MS = 7000,
    SETTLE_TRIES = 500
};
_Static_assert(DEADLINE_MS + BUSY_MACHINE_MS < REPLY_SERVER_HOLD_MS, "a call without deadline is seen");
_Static_assert(SCANNER_ESCL_ASK_MS + BUSY_MACHINE_MS < REPLY_SERVER_HOLD_MS, "and a question without one");
_Static_assert((int)SCANNER_ESCL_ASK_MS > (int)DEADLINE_MS,
               "silence at the status page, too, costs a helper its life here");

struct rig {
    struct reply_server *server;
    struct scanner_bench bench;
    char sane_folder[80]; /* names the mutating server */
    unsigned bad;         /* mutated scans that gave no page */
    unsigned late;        /* calls that lasted until their deadline */
};

static const struct scanner_settings small_page = {.dpi = 75, .width_mm = 25, .height_mm = 25};

static struct scanner *open_scanner(const char *sane_folder, const void **client)
{
    struct scanner *scanner = NULL;
    const struct scanner_ops *ops = NULL;
    void *self = NULL;
    assert_int_equal(scanner_client_new(TEST_BUILD_DIR "/certhost", sane_folder, NULL, &ops, &self, NULL),
                     STATUS_OK);
    if (client != NULL)
        *client = self;
    assert_int_equal(scanner_open_ops(ops, self, NULL, &scanner), STATUS_OK);
    return scanner;
}

static int64_t now_ms(void)
{
    return clock_monotonic_ms(clock_system());
}

static void assert_in_time(struct rig *rig, int64_t start_ms, int deadline_ms)
{
    int64_t took_ms = now_ms() - start_ms;
    assert_true(took_ms <= deadline_ms + BUSY_MACHINE_MS);
    rig->late += took_ms >= deadline_ms;
}

static enum status assert_scan_ends(struct rig *rig, struct scanner *scanner, int deadline_ms)
{
    const struct scanner_call call = {.deadline_ms = deadline_ms};
    struct scanner_page page = {0};
    int64_t start_ms = now_ms();
    enum status status = scanner_scan(scanner, &small_page, &call, &page, NULL);
    assert_in_time(rig, start_ms, deadline_ms);
    assert_int_equal(status == STATUS_OK, page.pixels != NULL);
    if (page.pixels != NULL)
        assert_int_equal(page.length, (size_t)page.width_px * (size_t)page.height_px * (size_t)page.channels);
    scanner_page_release(&page);
    return status;
}

static void assert_look_ends(struct rig *rig, struct scanner *scanner)
{
    int64_t start_ms = now_ms();
    enum device_state state = scanner_look(scanner, DEADLINE_MS, NULL);
    assert_in_range(state, 0, DEVICE_STATE_COUNT_ - 1);
    assert_in_time(rig, start_ms, DEADLINE_MS);
}

/* Each silence cost a helper its life; on a busy machine one that was only slow may, too. All died by our own
 * hand, none of what it was told. Returns: how many died. */
static unsigned assert_killed_for(const void *client, unsigned silences)
{
    const struct host_ends ends = scanner_client_ends(client);
    assert_true(ends.count >= silences);
    if (ends.count > 0) {
        assert_true(WIFSIGNALED(ends.last_wait_status));
        assert_int_equal(WTERMSIG(ends.last_wait_status), SIGKILL);
    }
    return ends.count;
}

/* One visit to a scanner that lies at one of its doors. */
static void assert_sequence_ends(struct rig *rig, uint32_t number)
{
    static const char *const doors[] = {"ScannerCapabilities", "NextDocument", "ScanJobs", "NextDocument",
                                        "ScannerStatus"};
    reply_server_mutate(rig->server, number, doors[number % (sizeof(doors) / sizeof(doors[0]))]);
    const void *client = NULL;
    unsigned silent_before = reply_server_silences(rig->server), late_before = rig->late;
    struct scanner *scanner = open_scanner(rig->sane_folder, &client);
    assert_look_ends(rig, scanner);
    rig->bad += assert_scan_ends(rig, scanner, DEADLINE_MS) != STATUS_OK;
    unsigned deaths = assert_killed_for(client, reply_server_silences(rig->server) - silent_before);
    assert_true(deaths <= rig->late - late_before); /* a helper lives until a deadline has passed */
    scanner_close(scanner);
}

/* A helper that was killed has its pause before it starts again. */
static enum device_state look_until_ready(struct scanner *scanner)
{
    enum device_state state = DEVICE_OFFLINE;
    for (int i = 0; i < SETTLE_TRIES && state != DEVICE_READY; i++) {
        state = scanner_look(scanner, GOOD_DEADLINE_MS, NULL);
        if (state != DEVICE_READY)
            clock_sleep_ms(clock_system(), 20);
    }
    return state;
}

static void assert_works(struct rig *rig, const char *sane_folder)
{
    struct scanner *scanner = open_scanner(sane_folder, NULL);
    assert_int_equal(look_until_ready(scanner), DEVICE_READY);
    assert_int_equal(assert_scan_ends(rig, scanner, GOOD_DEADLINE_MS), STATUS_OK);
    scanner_close(scanner);
}

/* The scanner that has lied does not lie any more, and another one never did. */
static void assert_good_scanners_work(struct rig *rig)
{
    reply_server_behave(rig->server);
    assert_works(rig, rig->sane_folder);
    assert_works(rig, rig->bench.sane_folder);
}

static void test_escl_mutated__every_sequence_ends_with_a_status_inside_the_deadline(void **state)
{
    struct rig *rig = *state;
    assert_good_scanners_work(rig);
    for (uint32_t i = 0; i < SEQUENCES; i++)
        assert_sequence_ends(rig, i);
    assert_true(rig->bad >= SEQUENCES / 4);
    assert_good_scanners_work(rig);
}

static void test_escl_mutated__silent_scanner_costs_its_host_and_the_next_scans(void **state)
{
    struct rig *rig = *state;
    const void *client = NULL;
    reply_server_behave(rig->server);
    struct scanner *scanner = open_scanner(rig->sane_folder, &client);
    assert_int_equal(look_until_ready(scanner), DEVICE_READY);
    pid_t before = scanner_client_pid(client);
    reply_server_mutate(rig->server, REPLY_MUTATION_KINDS - 1, "NextDocument"); /* falls silent */
    assert_int_equal(assert_scan_ends(rig, scanner, DEADLINE_MS), STATUS_TIMED_OUT);
    assert_int_equal(assert_killed_for(client, 1), 1);
    assert_int_equal(kill(before, 0), -1); /* reaped, too */
    assert_int_not_equal(scanner_client_pid(client), before);
    reply_server_behave(rig->server);
    assert_int_equal(look_until_ready(scanner), DEVICE_READY);
    assert_int_equal(assert_scan_ends(rig, scanner, GOOD_DEADLINE_MS), STATUS_OK);
    assert_int_equal(assert_killed_for(client, 1), 1); /* the helper that came after lives */
    scanner_close(scanner);
    assert_works(rig, rig->bench.sane_folder);
}

/* Cut, flooded, redirected, silent: each answer to the question of its state is one, or none in time. */
static void
test_escl_mutated__scanner_that_lies_about_its_state_is_asked_no_longer_than_the_deadline(void **state)
{
    struct rig *rig = *state;
    struct http *http = NULL;
    char url[64];
    unsigned told = 0;
    (void)snprintf(url, sizeof(url), "http://127.0.0.1:%u/eSCL/", reply_server_port(rig->server));
    assert_int_equal(http_curl_new(&(struct http_curl_settings){0}, &http), STATUS_OK);
    reply_server_mutate(rig->server, 0, "ScannerStatus");
    for (uint32_t i = 0; i < REPLY_MUTATION_KINDS; i++) {
        enum device_state told_state = DEVICE_STATE_COUNT_;
        int64_t start_ms = now_ms();
        enum status status = scanner_escl_ask(http, url, &told_state, NULL);
        assert_in_time(rig, start_ms, SCANNER_ESCL_ASK_MS);
        assert_int_equal(status == STATUS_OK, told_state != DEVICE_STATE_COUNT_);
        told += status == STATUS_OK;
    }
    assert_true(told < REPLY_MUTATION_KINDS);
    reply_server_behave(rig->server);
    enum device_state state_told = DEVICE_FAULTY;
    assert_int_equal(scanner_escl_ask(http, url, &state_told, NULL), STATUS_OK);
    assert_int_equal(state_told, DEVICE_READY);
    http_free(http);
}

static int open_rig(void **state)
{
    static struct rig rig;
    char url[64];
    scanner_bench_start(&rig.bench, TEST_BUILD_DIR);
    if (scanner_bench_control(&rig.bench, "page?source=glass&keep=1&path=" TEST_SOURCE_DIR
                                          "/tests/fixtures/pages/pattern_a4_300dpi.jpg") != 200)
        return -1;
    rig.server = reply_server_start(TEST_SOURCE_DIR "/tests/fuzz/seeds/escl_message");
    (void)snprintf(rig.sane_folder, sizeof(rig.sane_folder), "%s/mutated", rig.bench.folder);
    (void)snprintf(url, sizeof(url), "http://127.0.0.1:%u/eSCL/", reply_server_port(rig.server));
    *state = &rig;
    return scanner_setup_escl(rig.sane_folder, "Mutated Scanner", url, NULL) == STATUS_OK ? 0 : -1;
}

static int close_rig(void **state)
{
    struct rig *rig = *state;
    reply_server_stop(rig->server);
    scanner_bench_stop(&rig->bench);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_escl_mutated__every_sequence_ends_with_a_status_inside_the_deadline),
        cmocka_unit_test(
            test_escl_mutated__scanner_that_lies_about_its_state_is_asked_no_longer_than_the_deadline),
        cmocka_unit_test(test_escl_mutated__silent_scanner_costs_its_host_and_the_next_scans),
    };
    return cmocka_run_group_tests_name("eSCL mutated", tests, open_rig, close_rig);
}
