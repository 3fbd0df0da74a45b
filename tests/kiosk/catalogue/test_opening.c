#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "kiosk/base/clock.h"
#include "kiosk/catalogue/catalogue.h"
#include "kiosk/catalogue/opening.h"
#include "tests/support/feature.h"

#define HOURS "周一至周五 9:00–12:00、13:30–17:30；周六 9:00-12:00"

static struct yaml_errors errors;
static struct catalogue *shipped;

static int set_up(void **state)
{
    (void)state;
    yaml_errors_init(&errors);
    return catalogue_open(TEST_SOURCE_DIR "/config/catalogue", &errors, &shipped) == STATUS_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    catalogue_free(shipped);
    yaml_errors_release(&errors);
    return 0;
}

static int64_t at(const char *day, int hour, int minute)
{
    int64_t utc_s = 0;
    assert_true(clock_hall_day_of(day, &utc_s));
    return utc_s + (int64_t)hour * 3600 + (int64_t)minute * 60;
}

static bool is_open(const char *text, int64_t utc_s)
{
    struct opening opening;
    assert_null(opening_parse(text, &opening));
    return opening_is_open(&opening, shipped->calendar, utc_s);
}

static int64_t next(const char *text, int64_t utc_s)
{
    struct opening opening;
    assert_null(opening_parse(text, &opening));
    return opening_next(&opening, shipped->calendar, utc_s);
}

/* 6 March 2026 is a Friday. */
static void test_opening__ranges_hold_on_their_days(void **state)
{
    (void)state;
    assert_false(is_open(HOURS, at("2026-03-06", 8, 59)));
    assert_true(is_open(HOURS, at("2026-03-06", 9, 0)));
    assert_false(is_open(HOURS, at("2026-03-06", 12, 0)));
    assert_true(is_open(HOURS, at("2026-03-06", 13, 30)));
    assert_false(is_open(HOURS, at("2026-03-06", 17, 30)));
    assert_true(is_open(HOURS, at("2026-03-07", 11, 59)));
    assert_false(is_open(HOURS, at("2026-03-07", 13, 30)));
    assert_false(is_open(HOURS, at("2026-03-08", 10, 0)));
    assert_true(is_open("9:00–24:00", at("2026-03-08", 23, 59)));
    assert_true(is_open("周六至周一 9：00至17：00", at("2026-03-08", 10, 0)));
    FEATURE("F003");
    assert_false(is_open("周六至周一 9:00–17:00", at("2026-03-10", 10, 0)));
}

/* Saturday 2026-02-14 is worked, 15 to 23 are the Spring Festival. */
static void test_opening__the_calendar_says_what_is_worked_and_what_is_free(void **state)
{
    (void)state;
    assert_true(is_open("工作日 9:00–17:00", at("2026-02-14", 10, 0)));
    assert_false(is_open("周一至周五 9:00–17:00", at("2026-02-14", 10, 0)));
    assert_false(is_open("周一至周五 9:00–17:00", at("2026-02-18", 10, 0)));
    assert_false(is_open("9:00–17:00", at("2026-02-18", 10, 0)));
    assert_true(is_open("每天 9:00–17:00", at("2026-02-18", 10, 0)));
    assert_true(is_open("工作日 9:00–17:00；节假日 10:00–12:00", at("2026-02-18", 11, 0)));
    assert_true(next("工作日 9:00–17:00", at("2026-02-14", 17, 0)) == at("2026-02-24", 9, 0));
}

static void test_opening__says_when_it_opens_next(void **state)
{
    (void)state;
    assert_true(next(HOURS, at("2026-03-06", 10, 0)) == at("2026-03-06", 10, 0));
    assert_true(next(HOURS, at("2026-03-06", 12, 0)) == at("2026-03-06", 13, 30));
    assert_true(next(HOURS, at("2026-03-06", 17, 30)) == at("2026-03-07", 9, 0));
    assert_true(next("周六 14:00–15:00、9:00–10:00", at("2026-03-06", 17, 30)) == at("2026-03-07", 9, 0));
    assert_true(next(HOURS, at("2026-03-07", 12, 0)) == at("2026-03-09", 9, 0));
    struct opening opening;
    assert_null(opening_parse("节假日 9:00–10:00", &opening));
    assert_true(opening_next(&opening, NULL, at("2026-03-06", 12, 0)) == 0);
}

static void stops_at(const char *text, const char *rest)
{
    struct opening opening;
    const char *odd = opening_parse(text, &opening);
    assert_non_null(odd);
    assert_string_equal(odd, rest);
}

static void test_opening__what_is_no_hours_is_told_at_its_place(void **state)
{
    (void)state;
    stops_at("", "");
    stops_at("周一至周五", "");
    stops_at("周一至周五 9:00–12:00；", "");
    stops_at("上午九点", "上午九点");
    stops_at("9:00", "9:00");
    stops_at("12:00–9:00", "12:00–9:00");
    stops_at("9:60–10:00", "9:60–10:00");
    stops_at("9:00–24:30", "9:00–24:30");
    stops_at("9:00–12:00 周六 9:00–10:00", "周六 9:00–10:00");
    stops_at("9:00–12:00 中午休息", "中午休息");
    stops_at(
        "1:00-1:01,2:00-2:01,3:00-3:01,4:00-4:01,5:00-5:01,6:00-6:01,7:00-7:01,8:00-8:01,9:00-9:01,"
        "10:00-10:01,11:00-11:01,12:00-12:01,13:00-13:01,14:00-14:01,15:00-15:01,16:00-16:01,17:00-17:01",
        "17:00-17:01");
}

static void test_opening__the_setting_says_what_becomes_of_a_visit(void **state)
{
    (void)state;
    struct settings settings = {.hall_open_hours = HOURS, .hall_outside_hours = "serve"};
    int64_t sunday = at("2026-03-08", 10, 0), opens = 0;
    assert_int_equal(OPENING_SERVED, opening_visit_at(&settings, shipped->calendar, sunday, &opens));
    settings.hall_outside_hours = "refuse";
    assert_int_equal(OPENING_REFUSED, opening_visit_at(&settings, shipped->calendar, sunday, &opens));
    assert_true(opens == at("2026-03-09", 9, 0));
    settings.hall_outside_hours = "next-day";
    assert_int_equal(OPENING_COUNTED, opening_visit_at(&settings, shipped->calendar, sunday, &opens));
    assert_int_equal(OPENING_SERVED,
                     opening_visit_at(&settings, shipped->calendar, at("2026-03-09", 9, 0), &opens));
    settings.hall_open_hours = "节假日 9:00–10:00"; /* never, without a calendar */
    assert_int_equal(OPENING_REFUSED, opening_visit_at(&settings, NULL, sunday, &opens));
    assert_true(opens == 0);
    settings.hall_open_hours = "";
    assert_int_equal(OPENING_SERVED, opening_visit_at(&settings, NULL, sunday, &opens));
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_opening__ranges_hold_on_their_days),
        TEST(test_opening__the_calendar_says_what_is_worked_and_what_is_free),
        TEST(test_opening__says_when_it_opens_next),
        TEST(test_opening__what_is_no_hours_is_told_at_its_place),
        TEST(test_opening__the_setting_says_what_becomes_of_a_visit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
