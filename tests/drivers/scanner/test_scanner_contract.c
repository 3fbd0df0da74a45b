/* The scanner contract, run on the fake and on the real path: driver host, libsane, sane-airscan, eSCL
 * simulator. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "drivers/scanner/scanner.h"
#include "drivers/scanner/scanner_client.h"
#include "drivers/scanner/scanner_fake.h"
#include "kiosk/base/file.h"
#include "tests/support/scanner_bench.h"

enum { LOOK_MS = 5000, SCAN_MS = 30000 };

/* What the device is made to do; each implementation knows how. The scan after it is a good one. */
enum situation { GOOD, EMPTY, JAM, COVER, SLOW, HANG, OFFLINE };

struct rig {
    bool is_real;
    struct scanner_bench bench;
    struct scanner *scanner;
    const void *client; /* of the real path, for its process id */
};

static void open_fake(struct rig *rig, enum situation situation)
{
    static const char *const scripts[] = {
        [GOOD] = "test",           [EMPTY] = "empty test",        [JAM] = "jam test",
        [COVER] = "cover test",    [SLOW] = "slow=150 test test", [HANG] = "hang test",
        [OFFLINE] = "offline test"};
    struct scanner_options options = {.driver = "fake", .fake_script = scripts[situation]};
    assert_int_equal(scanner_open(&options, &rig->scanner, NULL), STATUS_OK);
}

static void control(struct rig *rig, const char *path)
{
    assert_int_equal(scanner_bench_control(&rig->bench, path), 200);
}

static void place_page(struct rig *rig, const char *source)
{
    char path[512];
    snprintf(path, sizeof path, "page?source=%s&keep=1&path=%s/tests/fixtures/pages/pattern_a4_300dpi.jpg",
             source, TEST_SOURCE_DIR);
    control(rig, path);
}

static void open_client(struct rig *rig)
{
    const struct scanner_ops *ops = NULL;
    void *self = NULL;
    assert_int_equal(
        scanner_client_new(TEST_BUILD_DIR "/certhost", rig->bench.sane_folder, NULL, &ops, &self, NULL),
        STATUS_OK);
    rig->client = self;
    assert_int_equal(scanner_open_ops(ops, self, NULL, &rig->scanner), STATUS_OK);
}

static void open_real(struct rig *rig, enum situation situation)
{
    static const char *const controls[] = {[GOOD] = "clear",
                                           [EMPTY] = "state?state=empty",
                                           [JAM] = "state?state=jam",
                                           [COVER] = "state?state=hatch",
                                           [SLOW] = "fault?method=NextDocument&kind=slow&argument=1200",
                                           [HANG] = "fault?method=NextDocument&kind=hang",
                                           [OFFLINE] = "clear"};
    control(rig, "clear");
    control(rig, "state?state=ready");
    place_page(rig, "glass");
    place_page(rig, "feeder");
    control(rig, controls[situation]);
    open_client(rig);
    if (situation == OFFLINE)
        assert_int_equal(scanner_look(rig->scanner, LOOK_MS, NULL), DEVICE_READY);
    if (situation == OFFLINE)
        scanner_bench_kill(&rig->bench);
}

static void rig_open(struct rig *rig, enum situation situation)
{
    rig->client = NULL;
    if (rig->is_real)
        open_real(rig, situation);
    else
        open_fake(rig, situation);
}

/* What was wrong is put right by somebody at the hall. */
static void mend(struct rig *rig, enum situation situation)
{
    if (!rig->is_real)
        return;
    if (situation == OFFLINE) {
        scanner_bench_revive(&rig->bench, TEST_BUILD_DIR);
        place_page(rig, "glass");
    }
    control(rig, "state?state=ready");
    place_page(rig, "feeder");
}

static enum status scan(struct rig *rig, enum scanner_source source, int dpi, int deadline_ms,
                        struct scanner_page *out)
{
    struct scanner_settings settings = {.dpi = dpi, .source = source};
    struct scanner_call call = {.deadline_ms = deadline_ms};
    return scanner_scan(rig->scanner, &settings, &call, out, NULL);
}

/* Until the device is looked at as usable: a helper that was killed has its pause before it starts again. */
static enum device_state look_until_ready(struct rig *rig)
{
    const struct timespec nap = {0, 20 * 1000000L};
    enum device_state state = DEVICE_OFFLINE;
    for (int i = 0; i < 250 && state != DEVICE_READY; i++) {
        state = scanner_look(rig->scanner, LOOK_MS, NULL);
        if (state != DEVICE_READY)
            nanosleep(&nap, NULL);
    }
    return state;
}

static void assert_good_scan(struct rig *rig)
{
    struct scanner_page page = {0};
    assert_int_equal(scan(rig, SCANNER_FEEDER, 100, SCAN_MS, &page), STATUS_OK);
    assert_int_equal(page.channels, 3);
    assert_in_range(page.width_px, 820, 830);
    assert_int_equal(scanner_state(rig->scanner), DEVICE_READY);
    scanner_page_release(&page);
}

static void test_scanner__lists_its_device(void **state)
{
    struct rig *rig = *state;
    struct scanner_list list = {0};
    rig_open(rig, GOOD);
    assert_int_equal(scanner_devices(rig->scanner, LOOK_MS, &list, NULL), STATUS_OK);
    assert_int_equal(list.count, 1);
    assert_true(list.devices[0].id[0] != '\0');
    assert_true(list.devices[0].name[0] != '\0');
}

static void test_scanner__looked_at_is_ready_with_a_name(void **state)
{
    struct rig *rig = *state;
    char name[SCANNER_NAME_BYTES] = "";
    rig_open(rig, GOOD);
    assert_int_equal(scanner_state(rig->scanner), DEVICE_OFFLINE);
    assert_int_equal(scanner_look(rig->scanner, LOOK_MS, name), DEVICE_READY);
    assert_int_equal(scanner_state(rig->scanner), DEVICE_READY);
    assert_non_null(strcasestr(name, "scanner"));
}

struct progress_seen {
    int calls;
    int last;
    int total;
    bool went_back;
};

static void see_progress(void *context, int rows, int rows_total)
{
    struct progress_seen *seen = context;
    seen->calls++;
    seen->went_back |= rows < seen->last;
    seen->last = rows;
    seen->total = rows_total;
}

static double mean_difference(const struct scanner_page *page)
{
    double sum = 0, count = 0;
    for (int y = 3; y < page->height_px; y += 7)
        for (int x = 2; x < page->width_px; x += 5)
            for (int c = 0; c < 3; c++, count++) {
                uint8_t rgb[3];
                scanner_fake_pattern(x, y, rgb);
                sum += abs(rgb[c] -
                           page->pixels[((size_t)y * (size_t)page->width_px + (size_t)x) * 3 + (size_t)c]);
            }
    return sum / count;
}

static void test_scanner__a_colour_page_of_300_dpi_arrives_pixel_near(void **state)
{
    struct rig *rig = *state;
    struct scanner_page page = {0};
    struct progress_seen seen = {0};
    struct scanner_settings settings = {0};
    struct scanner_call call = {.deadline_ms = SCAN_MS, .progress = see_progress, .progress_context = &seen};
    rig_open(rig, GOOD);
    assert_int_equal(scanner_scan(rig->scanner, &settings, &call, &page, NULL), STATUS_OK);
    assert_int_equal(page.width_px, 2480);
    assert_int_equal(page.height_px, 3508);
    assert_int_equal(page.channels, 3);
    assert_int_equal(page.dpi, 300);
    assert_int_equal(page.length, (size_t)2480 * 3508 * 3);
    assert_true(mean_difference(&page) < 3.0);
    assert_true(seen.calls >= 5);
    assert_false(seen.went_back);
    assert_int_equal(seen.last, 3508);
    assert_int_equal(seen.total, 3508);
    scanner_page_release(&page);
}

static void test_scanner__gray_and_low_resolution_are_as_asked(void **state)
{
    struct rig *rig = *state;
    struct scanner_page page = {0};
    struct scanner_settings settings = {.dpi = 100, .is_gray = true};
    struct scanner_call call = {0};
    rig_open(rig, GOOD);
    assert_int_equal(scanner_scan(rig->scanner, &settings, &call, &page, NULL), STATUS_OK);
    assert_int_equal(page.channels, 1);
    assert_int_equal(page.dpi, 100);
    assert_in_range(page.height_px, 1160, 1175);
    assert_int_equal(page.length, (size_t)page.width_px * (size_t)page.height_px);
    scanner_page_release(&page);
}

static void test_scanner__empty_feeder_is_refused_and_feeds_once_filled(void **state)
{
    struct rig *rig = *state;
    struct scanner_page page = {0};
    rig_open(rig, EMPTY);
    assert_int_equal(scan(rig, SCANNER_FEEDER, 100, SCAN_MS, &page), STATUS_REFUSED);
    assert_null(page.pixels);
    assert_int_equal(scanner_state(rig->scanner), DEVICE_PAPER_OUT);
    mend(rig, EMPTY);
    assert_int_equal(scanner_look(rig->scanner, LOOK_MS, NULL), DEVICE_READY);
    assert_good_scan(rig);
}

static void test_scanner__jam_is_remembered_until_a_page_came_through(void **state)
{
    struct rig *rig = *state;
    struct scanner_page page = {0};
    rig_open(rig, JAM);
    assert_int_equal(scan(rig, SCANNER_FEEDER, 100, SCAN_MS, &page), STATUS_REFUSED);
    assert_int_equal(scanner_state(rig->scanner), DEVICE_JAMMED);
    assert_int_equal(scanner_look(rig->scanner, LOOK_MS, NULL), DEVICE_JAMMED);
    mend(rig, JAM);
    assert_good_scan(rig);
    assert_int_equal(scanner_look(rig->scanner, LOOK_MS, NULL), DEVICE_READY);
}

static void test_scanner__open_cover_is_told(void **state)
{
    struct rig *rig = *state;
    struct scanner_page page = {0};
    rig_open(rig, COVER);
    assert_int_equal(scan(rig, SCANNER_FEEDER, 100, SCAN_MS, &page), STATUS_REFUSED);
    assert_int_equal(scanner_state(rig->scanner), DEVICE_COVER_OPEN);
    mend(rig, COVER);
    assert_good_scan(rig);
}

/* sane-airscan has no name for what keeps a scanner from scanning its glass; the scanner's own status has. */
static void test_scanner_sane__what_stops_the_glass_is_told_by_the_scanner_itself(void **state)
{
    struct rig *rig = *state;
    struct scanner_page page = {0};
    rig_open(rig, JAM);
    assert_int_equal(scan(rig, SCANNER_FLATBED, 100, SCAN_MS, &page), STATUS_REFUSED);
    assert_int_equal(scanner_state(rig->scanner), DEVICE_JAMMED);
    control(rig, "state?state=hatch");
    assert_int_equal(scan(rig, SCANNER_FLATBED, 100, SCAN_MS, &page), STATUS_REFUSED);
    assert_int_equal(scanner_state(rig->scanner), DEVICE_COVER_OPEN);
    control(rig,
            "fault?method=Status&kind=garbage&count=-1"); /* no status, no name: stopped for who knows what */
    assert_int_equal(scan(rig, SCANNER_FLATBED, 100, SCAN_MS, &page), STATUS_IO);
    assert_int_equal(scanner_state(rig->scanner), DEVICE_FAULTY);
    assert_null(page.pixels);
    control(rig, "clear");
    mend(rig, JAM);
    assert_good_scan(rig);
}

static void *cancel_soon(void *context)
{
    const struct timespec nap = {0, 200 * 1000000L};
    nanosleep(&nap, NULL);
    job_cancel_request(context);
    return NULL;
}

static void test_scanner__cancelled_page_is_dropped_and_the_next_comes(void **state)
{
    struct rig *rig = *state;
    struct scanner_page page = {0};
    struct scanner_settings settings = {.dpi = 100};
    struct scanner_call call = {.deadline_ms = SCAN_MS, .cancel = job_cancel_new()};
    pthread_t thread;
    rig_open(rig, SLOW);
    assert_int_equal(pthread_create(&thread, NULL, cancel_soon, call.cancel), 0);
    assert_int_equal(scanner_scan(rig->scanner, &settings, &call, &page, NULL), STATUS_CANCELLED);
    pthread_join(thread, NULL);
    assert_null(page.pixels);
    assert_int_equal(scanner_state(rig->scanner), DEVICE_READY);
    assert_int_equal(scanner_scan(rig->scanner, &settings, &call, &page, NULL), STATUS_CANCELLED);
    job_cancel_drop(call.cancel);
    assert_int_equal(look_until_ready(rig), DEVICE_READY);
    assert_good_scan(rig);
}

static void test_scanner__hang_ends_at_the_deadline_and_recovers(void **state)
{
    struct rig *rig = *state;
    struct scanner_page page = {0};
    rig_open(rig, HANG);
    assert_int_equal(scan(rig, SCANNER_FLATBED, 100, 1000, &page), STATUS_TIMED_OUT);
    assert_null(page.pixels);
    assert_int_equal(look_until_ready(rig), DEVICE_READY);
    assert_good_scan(rig);
}

static void test_scanner__lost_device_answers_at_once_until_looked_for(void **state)
{
    struct rig *rig = *state;
    struct scanner_page page = {0};
    rig_open(rig, OFFLINE);
    assert_int_equal(scan(rig, SCANNER_FLATBED, 100, SCAN_MS, &page), STATUS_LOST);
    assert_int_equal(scanner_state(rig->scanner), DEVICE_OFFLINE);
    assert_int_equal(scan(rig, SCANNER_FLATBED, 100, SCAN_MS, &page), STATUS_LOST);
    if (rig->is_real)
        assert_int_equal(scanner_look(rig->scanner, LOOK_MS, NULL), DEVICE_OFFLINE);
    mend(rig, OFFLINE);
    assert_int_equal(scan(rig, SCANNER_FLATBED, 100, SCAN_MS, &page), STATUS_LOST);
    assert_int_equal(look_until_ready(rig), DEVICE_READY);
    assert_good_scan(rig);
}

static void *kill_soon(void *context)
{
    struct rig *rig = context;
    const struct timespec nap = {0, 300 * 1000000L};
    nanosleep(&nap, NULL);
    kill(scanner_client_pid(rig->client), SIGKILL);
    return NULL;
}

static void test_scanner_sane__killed_host_is_lost_and_comes_back(void **state)
{
    struct rig *rig = *state;
    struct scanner_page page = {0};
    pthread_t thread;
    rig_open(rig, SLOW);
    assert_int_equal(scanner_look(rig->scanner, LOOK_MS, NULL), DEVICE_READY);
    assert_int_equal(pthread_create(&thread, NULL, kill_soon, rig), 0);
    assert_int_equal(scan(rig, SCANNER_FLATBED, 100, SCAN_MS, &page), STATUS_LOST);
    pthread_join(thread, NULL);
    assert_null(page.pixels);
    assert_int_equal(look_until_ready(rig), DEVICE_READY);
    assert_good_scan(rig);
}

static void test_scanner_sane__misbehaving_scanner_gives_a_page_or_a_status(void **state)
{
    static const char *const kinds[] = {"cut",  "corrupt",      "oversize", "garbage",
                                        "drop", "wrong-format", "http-500"};
    struct rig *rig = *state;
    rig_open(rig, GOOD);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char path[96];
        struct scanner_page page = {0};
        snprintf(path, sizeof path, "fault?method=NextDocument&kind=%s", kinds[i]);
        control(rig, path);
        enum status status = scan(rig, SCANNER_FLATBED, 100, SCAN_MS, &page);
        assert_true(status == STATUS_OK || status == STATUS_IO);
        assert_int_equal(status == STATUS_OK, page.pixels != NULL);
        if (page.pixels)
            assert_int_equal(page.length, (size_t)page.width_px * (size_t)page.height_px * 3);
        scanner_page_release(&page);
    }
    assert_good_scan(rig);
}

static void test_scanner_sane__broken_capabilities_make_it_offline(void **state)
{
    struct rig *rig = *state;
    rig_open(rig, GOOD);
    control(rig, "fault?method=Capabilities&kind=garbage&count=-1");
    assert_int_equal(scanner_look(rig->scanner, LOOK_MS, NULL), DEVICE_OFFLINE);
    control(rig, "clear");
    assert_int_equal(look_until_ready(rig), DEVICE_READY);
}

/* SANE's own test backend: what no eSCL scanner can be made to say through sane-airscan. */
static void open_test_backend(struct rig *rig, const char *settings)
{
    char path[128];
    snprintf(path, sizeof path, "%s/dll.conf", rig->bench.sane_folder);
    assert_int_equal(file_replace(path, "test\n", 5, 0600, NULL), STATUS_OK);
    snprintf(path, sizeof path, "%s/test.conf", rig->bench.sane_folder);
    assert_int_equal(file_replace(path, settings, strlen(settings), 0600, NULL), STATUS_OK);
    open_client(rig);
}

static void test_scanner_sane__cover_open_is_told_when_the_driver_can(void **state)
{
    struct rig *rig = *state;
    struct scanner_page page = {0};
    open_test_backend(rig, "number_of_devices 1\nmode Color\ngeometry_max 300.0\n"
                           "read-status-code SANE_STATUS_COVER_OPEN\n");
    assert_int_equal(scan(rig, SCANNER_FLATBED, 100, SCAN_MS, &page), STATUS_REFUSED);
    assert_int_equal(scanner_state(rig->scanner), DEVICE_COVER_OPEN);
}

static void test_scanner_sane__cancel_gets_through_while_rows_are_awaited(void **state)
{
    struct rig *rig = *state;
    struct scanner_page page = {0};
    struct scanner_settings settings = {.dpi = 300};
    struct scanner_call call = {.deadline_ms = SCAN_MS, .cancel = job_cancel_new()};
    pthread_t thread;
    open_test_backend(rig, "number_of_devices 1\nmode Color\ngeometry_max 300.0\nread-delay true\n"
                           "read-delay-duration 100000\nread-limit true\nread-limit-size 4096\n");
    assert_int_equal(scanner_look(rig->scanner, LOOK_MS, NULL), DEVICE_READY);
    pid_t before = scanner_client_pid(rig->client);
    assert_int_equal(pthread_create(&thread, NULL, cancel_soon, call.cancel), 0);
    assert_int_equal(scanner_scan(rig->scanner, &settings, &call, &page, NULL), STATUS_CANCELLED);
    pthread_join(thread, NULL);
    assert_int_equal(scanner_client_pid(rig->client), before);
    job_cancel_drop(call.cancel);
}

static void test_scanner_none__has_nothing_and_says_so(void **state)
{
    (void)state;
    struct scanner *scanner = NULL;
    struct scanner_list list = {.count = 9};
    struct scanner_page page = {0};
    struct scanner_options options = {.driver = NULL};
    assert_int_equal(scanner_open(&options, &scanner, NULL), STATUS_OK);
    assert_string_equal(scanner_driver(scanner), "none");
    assert_int_equal(scanner_devices(scanner, LOOK_MS, &list, NULL), STATUS_OK);
    assert_int_equal(list.count, 0);
    assert_int_equal(scanner_look(scanner, LOOK_MS, NULL), DEVICE_ABSENT);
    assert_int_equal(
        scanner_scan(scanner, &(struct scanner_settings){0}, &(struct scanner_call){0}, &page, NULL),
        STATUS_NOT_FOUND);
    assert_int_equal(scanner_state(scanner), DEVICE_ABSENT);
    scanner_close(scanner);
    scanner_close(NULL);
}

static void test_scanner__unknown_driver_or_missing_host_is_a_configuration_error(void **state)
{
    (void)state;
    struct scanner *scanner = NULL;
    assert_int_equal(scanner_open(&(struct scanner_options){.driver = "twain"}, &scanner, NULL),
                     STATUS_CONFIG);
    assert_int_equal(scanner_open(&(struct scanner_options){.driver = "sane"}, &scanner, NULL),
                     STATUS_CONFIG);
    assert_int_equal(
        scanner_open(&(struct scanner_options){.driver = "fake", .fake_script = "test tset"}, &scanner, NULL),
        STATUS_CONFIG);
    assert_null(scanner);
}

static void test_scanner__device_that_is_not_the_configured_one_is_not_used(void **state)
{
    (void)state;
    struct scanner *scanner = NULL;
    struct scanner_page page = {0};
    struct scanner_options options = {.driver = "fake", .device = "another one"};
    assert_int_equal(scanner_open(&options, &scanner, NULL), STATUS_OK);
    assert_int_equal(scanner_look(scanner, LOOK_MS, NULL), DEVICE_OFFLINE);
    assert_int_equal(
        scanner_scan(scanner, &(struct scanner_settings){0}, &(struct scanner_call){0}, &page, NULL),
        STATUS_NOT_FOUND);
    scanner_close(scanner);
}

/* A back end that finishes its page though it was told to stop, as sane-airscan does. */
static enum status stubborn_list(void *self, int deadline_ms, struct scanner_list *out,
                                 struct failure *failure)
{
    (void)self, (void)deadline_ms, (void)failure;
    *out = (struct scanner_list){.count = 1, .devices = {{.id = "stubborn"}}};
    return STATUS_OK;
}

static enum status stubborn_look(void *self, const char *id, int deadline_ms, enum device_state *out,
                                 struct failure *failure)
{
    (void)self, (void)id, (void)deadline_ms, (void)failure;
    *out = DEVICE_READY;
    return STATUS_OK;
}

static enum status stubborn_scan(void *self, const char *id, const struct scanner_settings *settings,
                                 const struct scanner_call *call, struct scanner_page *out,
                                 enum device_state *fault, struct failure *failure)
{
    (void)self, (void)id, (void)settings, (void)fault, (void)failure;
    job_cancel_request(call->cancel);
    *out = (struct scanner_page){1, 1, 1, 300, 1, calloc(1, 1)};
    return STATUS_OK;
}

static void stubborn_close(void *self)
{
    (void)self;
}

static void test_scanner__page_delivered_in_spite_of_a_cancel_is_dropped(void **state)
{
    (void)state;
    static const struct scanner_ops ops = {"stubborn", stubborn_list, stubborn_look, stubborn_scan,
                                           stubborn_close};
    struct scanner *scanner = NULL;
    struct scanner_page page = {0};
    struct scanner_call call = {.cancel = job_cancel_new()};
    assert_int_equal(scanner_open_ops(&ops, NULL, NULL, &scanner), STATUS_OK);
    assert_int_equal(scanner_scan(scanner, &(struct scanner_settings){0}, &call, &page, NULL),
                     STATUS_CANCELLED);
    assert_null(page.pixels);
    assert_int_equal(scanner_state(scanner), DEVICE_READY);
    job_cancel_drop(call.cancel);
    scanner_close(scanner);
}

static struct rig real_rig = {.is_real = true}, fake_rig;

static int start_bench(void **state)
{
    (void)state;
    scanner_bench_start(&real_rig.bench, TEST_BUILD_DIR);
    return 0;
}

static int stop_bench(void **state)
{
    (void)state;
    scanner_bench_stop(&real_rig.bench);
    return 0;
}

static int close_rig(void **state)
{
    struct rig *rig = *state;
    scanner_close(rig->scanner);
    rig->scanner = NULL;
    return 0;
}

#define ON(rig, test)                                                                                        \
    {                                                                                                        \
#test " (" #rig ")", test, NULL, close_rig, &rig                                                     \
    }
#define ON_BOTH(test) ON(fake_rig, test), ON(real_rig, test)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(test_scanner__lists_its_device),
        ON_BOTH(test_scanner__looked_at_is_ready_with_a_name),
        ON_BOTH(test_scanner__a_colour_page_of_300_dpi_arrives_pixel_near),
        ON_BOTH(test_scanner__gray_and_low_resolution_are_as_asked),
        ON_BOTH(test_scanner__empty_feeder_is_refused_and_feeds_once_filled),
        ON_BOTH(test_scanner__jam_is_remembered_until_a_page_came_through),
        ON_BOTH(test_scanner__open_cover_is_told),
        ON_BOTH(test_scanner__cancelled_page_is_dropped_and_the_next_comes),
        ON_BOTH(test_scanner__hang_ends_at_the_deadline_and_recovers),
        ON_BOTH(test_scanner__lost_device_answers_at_once_until_looked_for),
        ON(real_rig, test_scanner_sane__what_stops_the_glass_is_told_by_the_scanner_itself),
        ON(real_rig, test_scanner_sane__killed_host_is_lost_and_comes_back),
        ON(real_rig, test_scanner_sane__misbehaving_scanner_gives_a_page_or_a_status),
        ON(real_rig, test_scanner_sane__broken_capabilities_make_it_offline),
        ON(real_rig, test_scanner_sane__cover_open_is_told_when_the_driver_can),
        ON(real_rig, test_scanner_sane__cancel_gets_through_while_rows_are_awaited),
        cmocka_unit_test(test_scanner__page_delivered_in_spite_of_a_cancel_is_dropped),
        cmocka_unit_test(test_scanner_none__has_nothing_and_says_so),
        cmocka_unit_test(test_scanner__unknown_driver_or_missing_host_is_a_configuration_error),
        cmocka_unit_test(test_scanner__device_that_is_not_the_configured_one_is_not_used),
    };
    return cmocka_run_group_tests_name("scanner contract", tests, start_bench, stop_bench);
}
