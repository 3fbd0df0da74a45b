/* What drivers/printer/printer.h promises, on the fake and on ippeveprinter over real IPP. */
#include <errno.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/printer/printer.h"
#include "drivers/printer/printer_fake.h"
#include "tests/support/printer_bench.h"

enum { PATIENCE_MS = 20000, LOOK_MS = 30 };

static const struct printer_limits limits = {.deadline_ms = 5000};
static const uint8_t page[] = "%PDF-1.5\n% a page that nobody looks into \n%%EOF\n";

struct desk {
    struct printer_bench bench;
    struct printer *printer;
};

static void reopen(struct desk *desk)
{
    struct printer_settings settings = printer_bench_settings(&desk->bench);
    printer_close(desk->printer);
    desk->printer = NULL;
    assert_int_equal(printer_open(&settings, &desk->printer, NULL), STATUS_OK);
}

/* Each test has ids of its own: the simulator remembers the jobs of those before. */
static struct printer_request request_named(const char *id)
{
    return (struct printer_request){
        .job_id = id, .title = "test", .pdf = page, .length = sizeof page - 1, .copies = 1};
}

static long print(struct desk *desk, const char *id)
{
    struct printer_request request = request_named(id);
    struct failure failure = {0};
    long reference = 0;
    enum status status = printer_print(desk->printer, &request, &limits, &reference, &failure);
    if (status != STATUS_OK)
        fail_msg("%s: %s %s", status_name(status), failure.where, failure.text);
    assert_true(reference > 0);
    return reference;
}

static struct printer_job wait_for_job(struct desk *desk, long reference, enum printer_job_state wanted)
{
    struct printer_job job = {0};
    for (int waited = 0; waited < PATIENCE_MS; waited += LOOK_MS) {
        assert_int_equal(printer_job(desk->printer, reference, &limits, &job, NULL), STATUS_OK);
        if (job.state == wanted)
            return job;
        (void)poll(NULL, 0, LOOK_MS);
    }
    fail_msg("the job stays %s, not %s", printer_job_state_name(job.state), printer_job_state_name(wanted));
    return job;
}

static struct printer_report wait_for_state(struct desk *desk, enum device_state wanted)
{
    struct printer_report report = {0};
    for (int waited = 0; waited < PATIENCE_MS; waited += LOOK_MS) {
        assert_int_equal(printer_report(desk->printer, &limits, &report, NULL), STATUS_OK);
        if (report.state == wanted)
            return report;
        (void)poll(NULL, 0, LOOK_MS);
    }
    fail_msg("the printer stays %s (%s), not %s", device_state_name(report.state), report.reasons,
             device_state_name(wanted));
    return report;
}

static void wait_for_printed(struct desk *desk, int wanted)
{
    for (int waited = 0; waited < PATIENCE_MS && printer_bench_printed(&desk->bench) < wanted;
         waited += LOOK_MS)
        (void)poll(NULL, 0, LOOK_MS);
    assert_int_equal(printer_bench_printed(&desk->bench), wanted);
}

static void test_printer__a_page_comes_out_byte_for_byte(void **state)
{
    struct desk *desk = *state;
    assert_true(wait_for_state(desk, DEVICE_READY).can_print);
    long reference = print(desk, "job-good");
    struct printer_job job = wait_for_job(desk, reference, PRINTER_JOB_DONE);
    assert_int_equal(job.reference, reference);
    assert_int_equal(job.waits_for, DEVICE_READY);
    wait_for_printed(desk, 1);
    struct buf pdf = printer_bench_pdf(&desk->bench, 0);
    assert_int_equal(pdf.length, sizeof page - 1);
    assert_memory_equal(pdf.data, page, pdf.length);
    buf_release(&pdf);
}

static void test_printer__a_large_document_arrives_whole(void **state)
{
    struct desk *desk = *state;
    size_t length = 3 * 1024 * 1024 + 17;
    uint8_t *bytes = malloc(length);
    assert_non_null(bytes);
    for (size_t i = 0; i < length; i++)
        bytes[i] = (uint8_t)(i * 31 >> 3);
    memcpy(bytes, page, 9);
    struct printer_request request = request_named("job-large");
    request.pdf = bytes;
    request.length = length;
    long reference = 0;
    assert_int_equal(printer_print(desk->printer, &request, &limits, &reference, NULL), STATUS_OK);
    (void)wait_for_job(desk, reference, PRINTER_JOB_DONE);
    wait_for_printed(desk, 1);
    struct buf pdf = printer_bench_pdf(&desk->bench, 0);
    assert_int_equal(pdf.length, length);
    assert_memory_equal(pdf.data, bytes, length);
    buf_release(&pdf);
    free(bytes);
}

static void test_printer__paper_out_is_shown_and_the_same_job_goes_on(void **state)
{
    struct desk *desk = *state;
    printer_bench_set(&desk->bench, PRINTER_BENCH_PAPER_OUT);
    assert_false(wait_for_state(desk, DEVICE_PAPER_OUT).can_print);
    long reference = print(desk, "job-paper");
    assert_int_equal(wait_for_job(desk, reference, PRINTER_JOB_STOPPED).waits_for, DEVICE_PAPER_OUT);
    assert_int_equal(printer_bench_printed(&desk->bench), 0);
    printer_bench_set(&desk->bench, PRINTER_BENCH_FINE);
    (void)wait_for_job(desk, reference, PRINTER_JOB_DONE);
    wait_for_printed(desk, 1);
    (void)wait_for_state(desk, DEVICE_READY);
}

static void goes_on_after(struct desk *desk, const char *id, enum printer_bench_trouble trouble,
                          enum device_state shown)
{
    printer_bench_set(&desk->bench, trouble);
    long reference = print(desk, id);
    assert_int_equal(wait_for_job(desk, reference, PRINTER_JOB_STOPPED).waits_for, shown);
    assert_false(wait_for_state(desk, shown).can_print);
    assert_int_equal(printer_bench_printed(&desk->bench), 0);
    printer_bench_set(&desk->bench, PRINTER_BENCH_FINE);
    (void)wait_for_job(desk, reference, PRINTER_JOB_DONE);
    wait_for_printed(desk, 1);
    (void)wait_for_state(desk, DEVICE_READY);
}

static void test_printer__a_jam_is_shown_and_the_job_goes_on_when_it_is_mended(void **state)
{
    struct desk *desk = *state;
    goes_on_after(desk, "job-jam", PRINTER_BENCH_JAM, DEVICE_JAMMED);
    assert_int_equal(printer_bench_printed(&desk->bench), 1);
}

static void test_printer__an_open_cover_is_shown_and_the_job_goes_on_when_it_is_closed(void **state)
{
    struct desk *desk = *state;
    goes_on_after(desk, "job-cover", PRINTER_BENCH_COVER_OPEN, DEVICE_COVER_OPEN);
    assert_int_equal(printer_bench_printed(&desk->bench), 1);
}

static void test_printer__low_toner_is_shown_and_pages_come_out(void **state)
{
    struct desk *desk = *state;
    printer_bench_set(&desk->bench, PRINTER_BENCH_SUPPLY_LOW);
    struct printer_report report = wait_for_state(desk, DEVICE_SUPPLY_LOW);
    assert_true(report.can_print);
    assert_true(report.supply_low);
    (void)wait_for_job(desk, print(desk, "job-toner"), PRINTER_JOB_DONE);
    printer_bench_set(&desk->bench, PRINTER_BENCH_FINE);
    assert_false(wait_for_state(desk, DEVICE_READY).supply_low);
}

static void test_printer__a_job_the_printer_gives_up_is_aborted(void **state)
{
    struct desk *desk = *state;
    printer_bench_set(&desk->bench, PRINTER_BENCH_ABORT);
    long reference = print(desk, "job-abort");
    (void)wait_for_job(desk, reference, PRINTER_JOB_ABORTED);
    assert_int_equal(printer_bench_printed(&desk->bench), 0);
    assert_int_equal(printer_cancel(desk->printer, reference, &limits, NULL), STATUS_OK); /* over already */
    printer_bench_set(&desk->bench, PRINTER_BENCH_FINE);
    (void)wait_for_job(desk, print(desk, "job-after-abort"), PRINTER_JOB_DONE);
}

static void test_printer__a_printer_that_is_off_is_offline_and_takes_nothing(void **state)
{
    struct desk *desk = *state;
    struct printer_request request = request_named("job-offline");
    struct printer_job job = {0};
    struct failure failure = {0};
    long reference = 77;
    printer_bench_set(&desk->bench, PRINTER_BENCH_OFFLINE);
    assert_false(wait_for_state(desk, DEVICE_OFFLINE).can_print);
    assert_int_equal(printer_print(desk->printer, &request, &limits, &reference, &failure), STATUS_LOST);
    assert_int_equal(reference, 77);
    assert_int_equal(printer_find(desk->printer, request.job_id, &limits, &job, NULL), STATUS_LOST);
    assert_int_equal(printer_job(desk->printer, 1, &limits, &job, NULL), STATUS_LOST);
    printer_bench_set(&desk->bench, PRINTER_BENCH_FINE);
    (void)wait_for_state(desk, DEVICE_READY);
    assert_int_equal(printer_find(desk->printer, request.job_id, &limits, &job, NULL), STATUS_NOT_FOUND);
    assert_int_equal(printer_bench_printed(&desk->bench), 0);
}

static void test_printer__a_cancelled_job_does_not_come_out(void **state)
{
    struct desk *desk = *state;
    printer_bench_set(&desk->bench, PRINTER_BENCH_SLOW);
    long reference = print(desk, "job-cancel");
    (void)wait_for_job(desk, reference, PRINTER_JOB_PRINTING);
    assert_int_equal(wait_for_state(desk, DEVICE_WORKING).can_print, true);
    assert_int_equal(printer_cancel(desk->printer, reference, &limits, NULL), STATUS_OK);
    (void)wait_for_job(desk, reference, PRINTER_JOB_CANCELLED);
    assert_int_equal(printer_bench_printed(&desk->bench), 0);
}

static void test_printer__after_a_kill_the_job_is_found_by_its_name(void **state)
{
    struct desk *desk = *state;
    struct printer_job job = {0};
    printer_bench_set(&desk->bench, PRINTER_BENCH_PAPER_OUT);
    (void)wait_for_state(desk, DEVICE_PAPER_OUT);
    long other = print(desk, "job-of-another-order");
    (void)other;
    reopen(desk); /* the reference is lost with the process; the id was stored before */
    assert_int_equal(printer_find(desk->printer, "job-of-another-order", &limits, &job, NULL), STATUS_OK);
    assert_int_equal(job.reference, other);
    assert_int_equal(job.state, PRINTER_JOB_STOPPED);
    assert_int_equal(job.waits_for, DEVICE_PAPER_OUT);
    assert_int_equal(printer_find(desk->printer, "job-of-another", &limits, &job, NULL), STATUS_NOT_FOUND);
    printer_bench_set(&desk->bench, PRINTER_BENCH_FINE);
    (void)wait_for_job(desk, other, PRINTER_JOB_DONE);
    reopen(desk);
    assert_int_equal(printer_find(desk->printer, "job-of-another-order", &limits, &job, NULL), STATUS_OK);
    assert_int_equal(job.state, PRINTER_JOB_DONE); /* finished jobs are found as well: not printed again */
    assert_int_equal(printer_bench_printed(&desk->bench), 1);
}

static void test_printer__a_job_it_never_had_is_not_found(void **state)
{
    struct desk *desk = *state;
    struct printer_job job = {.sheets_done = 9};
    assert_int_equal(printer_job(desk->printer, 99999, &limits, &job, NULL), STATUS_NOT_FOUND);
    assert_int_equal(printer_find(desk->printer, "job-never", &limits, &job, NULL), STATUS_NOT_FOUND);
    assert_int_equal(printer_cancel(desk->printer, 99999, &limits, NULL), STATUS_NOT_FOUND);
    assert_int_equal(job.sheets_done, 9);
}

static void test_printer__a_cancel_asked_before_sends_nothing(void **state)
{
    struct desk *desk = *state;
    struct job_cancel *cancel = job_cancel_new();
    struct printer_limits cancelled = {.deadline_ms = 5000, .cancel = cancel};
    struct printer_request request = request_named("job-unsent");
    struct printer_report report = {0};
    struct printer_job job = {0};
    long reference = 0;
    job_cancel_request(cancel);
    assert_int_equal(printer_print(desk->printer, &request, &cancelled, &reference, NULL), STATUS_CANCELLED);
    assert_int_equal(printer_report(desk->printer, &cancelled, &report, NULL), STATUS_CANCELLED);
    assert_int_equal(printer_job(desk->printer, 1, &cancelled, &job, NULL), STATUS_CANCELLED);
    assert_int_equal(printer_find(desk->printer, "job-unsent", &limits, &job, NULL), STATUS_NOT_FOUND);
    job_cancel_drop(cancel);
}

/* ---- what only one of them has ----------------------------------------------------------------------------
 */

static void test_printer__the_fake_can_lose_an_answer_and_refuse(void **state)
{
    (void)state;
    struct printer *printer = NULL;
    struct printer_job job = {0};
    struct printer_request request = request_named("job-lost");
    long reference = 0;
    printer_fake_reset(&(struct printer_fake_script){.lose_reply = true});
    assert_int_equal(
        printer_open(&(struct printer_settings){.driver = "fake", .clock = clock_system()}, &printer, NULL),
        STATUS_OK);
    assert_int_equal(printer_print(printer, &request, &limits, &reference, NULL), STATUS_UNKNOWN);
    assert_int_equal(printer_find(printer, "job-lost", &limits, &job, NULL), STATUS_OK);
    printer_fake_set(&(struct printer_fake_script){.refuse_next = true});
    request.job_id = "job-refused";
    assert_int_equal(printer_print(printer, &request, &limits, &reference, NULL), STATUS_REFUSED);
    assert_int_equal(printer_find(printer, "job-refused", &limits, &job, NULL), STATUS_NOT_FOUND);
    printer_close(printer);
    printer_fake_reset(&(struct printer_fake_script){0});
}

static void test_printer__a_hall_without_a_printer_is_no_fault(void **state)
{
    (void)state;
    struct printer *printer = NULL;
    struct printer_report report = {0};
    struct printer_job job = {0};
    struct printer_request request = request_named("job-none");
    long reference = 0;
    assert_int_equal(printer_open(&(struct printer_settings){.driver = "none"}, &printer, NULL), STATUS_OK);
    assert_int_equal(printer_report(printer, &limits, &report, NULL), STATUS_OK);
    assert_int_equal(report.state, DEVICE_ABSENT);
    assert_false(report.can_print);
    assert_int_equal(printer_print(printer, &request, &limits, &reference, NULL), STATUS_UNSUPPORTED);
    assert_int_equal(printer_find(printer, "job-none", &limits, &job, NULL), STATUS_NOT_FOUND);
    assert_int_equal(printer_job(printer, 1, &limits, &job, NULL), STATUS_NOT_FOUND);
    assert_int_equal(printer_cancel(printer, 1, &limits, NULL), STATUS_NOT_FOUND);
    printer_close(printer);
    printer_close(NULL);
}

static void test_printer__wrong_settings_are_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"", "ipp://", "http://localhost/ipp", "ipp://user@localhost/ipp",
                                        "lp0"};
    struct printer *printer = NULL;
    struct printer_settings settings = {.driver = "cups", .clock = clock_system()};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        settings.uri = wrong[i];
        assert_int_equal(printer_open(&settings, &printer, NULL), STATUS_CONFIG);
    }
    settings.driver = "telepathy";
    assert_int_equal(printer_open(&settings, &printer, NULL), STATUS_CONFIG);
    assert_null(printer);
}

static int open_desk(void **state, const char *driver)
{
    struct desk *desk = calloc(1, sizeof *desk);
    if (desk == NULL)
        return -1;
    printer_bench_start(&desk->bench, driver, TEST_BUILD_DIR);
    struct printer_settings settings = printer_bench_settings(&desk->bench);
    *state = desk;
    return printer_open(&settings, &desk->printer, NULL) == STATUS_OK ? 0 : -1;
}

static int open_fake(void **state)
{
    return open_desk(state, "fake");
}

static int open_cups(void **state)
{
    return open_desk(state, "cups");
}

static int close_desk(void **state)
{
    struct desk *desk = *state;
    printer_close(desk->printer);
    printer_bench_stop(&desk->bench);
    free(desk);
    return 0;
}

static int clear_desk(void **state)
{
    struct desk *desk = *state;
    printer_bench_clear(&desk->bench);
    (void)wait_for_state(desk, DEVICE_READY);
    return 0;
}

#define CONTRACT(name) cmocka_unit_test_setup(name, clear_desk)

int main(void)
{
    const struct CMUnitTest contract[] = {
        CONTRACT(test_printer__a_page_comes_out_byte_for_byte),
        CONTRACT(test_printer__a_large_document_arrives_whole),
        CONTRACT(test_printer__paper_out_is_shown_and_the_same_job_goes_on),
        CONTRACT(test_printer__a_jam_is_shown_and_the_job_goes_on_when_it_is_mended),
        CONTRACT(test_printer__an_open_cover_is_shown_and_the_job_goes_on_when_it_is_closed),
        CONTRACT(test_printer__low_toner_is_shown_and_pages_come_out),
        CONTRACT(test_printer__a_job_the_printer_gives_up_is_aborted),
        CONTRACT(test_printer__a_printer_that_is_off_is_offline_and_takes_nothing),
        CONTRACT(test_printer__a_cancelled_job_does_not_come_out),
        CONTRACT(test_printer__after_a_kill_the_job_is_found_by_its_name),
        CONTRACT(test_printer__a_job_it_never_had_is_not_found),
        CONTRACT(test_printer__a_cancel_asked_before_sends_nothing),
    };
    const struct CMUnitTest own[] = {
        cmocka_unit_test(test_printer__the_fake_can_lose_an_answer_and_refuse),
        cmocka_unit_test(test_printer__a_hall_without_a_printer_is_no_fault),
        cmocka_unit_test(test_printer__wrong_settings_are_refused),
    };
    int failed = cmocka_run_group_tests_name("fake", contract, open_fake, close_desk);
    failed += cmocka_run_group_tests_name("cups", contract, open_cups, close_desk);
    failed += cmocka_run_group_tests_name("own", own, NULL, NULL);
    return failed;
}
