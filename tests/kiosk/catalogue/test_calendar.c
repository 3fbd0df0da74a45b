#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "kiosk/base/clock.h"
#include "kiosk/catalogue/catalogue.h"
#include "tests/support/feature.h"

enum { DAY_S = 86400, HALL_S = 8 * 3600 };
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

/* Noon in the hall on a day of 2026, counted from its first of January. */
static int64_t noon_2026(int day)
{
    return 1767196800 + (int64_t)day * DAY_S + 4 * 3600 + HALL_S;
}

static const char *due(const struct calendar *calendar, int64_t from_utc_s, unsigned days)
{
    static char text[32];
    (void)clock_format_hall(calendar_due(calendar, from_utc_s, days), "%Y-%m-%d %H:%M:%S", text, sizeof text);
    return text;
}

static void test_calendar__a_friday_is_due_on_monday(void **state)
{
    (void)state; /* 2026-03-06 is a Friday */
    assert_string_equal(due(shipped->calendar, noon_2026(64), 1), "2026-03-09 23:59:59");
    FEATURE("F138");
    assert_string_equal(due(shipped->calendar, noon_2026(64), 2), "2026-03-10 23:59:59");
}

static void test_calendar__spring_festival_is_free_and_its_saturday_worked(void **state)
{
    (void)state; /* Friday 2026-02-13; Saturday 14 is worked, 15 to 23 are free, Saturday 28 is worked */
    assert_string_equal(due(shipped->calendar, noon_2026(43), 1), "2026-02-14 23:59:59");
    assert_string_equal(due(shipped->calendar, noon_2026(43), 2), "2026-02-24 23:59:59");
    assert_string_equal(due(shipped->calendar, noon_2026(57), 1), "2026-02-28 23:59:59");
    assert_false(calendar_is_workday(shipped->calendar, noon_2026(47)));
    assert_true(calendar_is_workday(shipped->calendar, noon_2026(44)));
    assert_true(calendar_is_workday(NULL, noon_2026(47))); /* a Wednesday without a calendar */
}

static void test_calendar__a_year_ends_into_one_nobody_announced(void **state)
{
    (void)state; /* Thursday 2026-12-31: the new year has weekends only */
    assert_true(calendar_knows(shipped->calendar, noon_2026(364)));
    assert_false(calendar_knows(shipped->calendar, noon_2026(365)));
    assert_string_equal(due(shipped->calendar, noon_2026(364), 1), "2027-01-01 23:59:59");
    assert_string_equal(due(shipped->calendar, noon_2026(364), 2), "2027-01-04 23:59:59");
    assert_false(calendar_knows(NULL, noon_2026(0)));
}

static void test_calendar__the_hall_s_day_begins_at_its_own_midnight(void **state)
{
    (void)state; /* 2026-03-05 23:30 in the hall, and an hour later, which is the 6th there */
    int64_t late = noon_2026(63) + 11 * 3600 + 1800;
    assert_string_equal(due(shipped->calendar, late, 1), "2026-03-06 23:59:59");
    assert_string_equal(due(shipped->calendar, late + 3600, 1), "2026-03-09 23:59:59");
}

static const char *leaves(int64_t paid_utc_s)
{
    static char text[32];
    (void)clock_format_hall(calendar_leaves(shipped->calendar, paid_utc_s, "17:00"), "%Y-%m-%d %H:%M:%S",
                            text, sizeof text);
    return text;
}

/* 6 March 2026 is a Friday; 14 February a Saturday that is worked, the 15th begins the Spring Festival. */
static void test_calendar__what_is_paid_before_the_hour_leaves_the_same_day(void **state)
{
    (void)state;
    const int64_t friday = noon_2026(64), worked = noon_2026(44);
    FEATURE("F171");
    assert_string_equal(leaves(friday), "2026-03-06 23:59:59");
    assert_string_equal(leaves(friday + 5 * 3600 - 1), "2026-03-06 23:59:59");
    assert_string_equal(leaves(friday + 5 * 3600), "2026-03-09 23:59:59");
    assert_string_equal(leaves(friday + DAY_S), "2026-03-09 23:59:59");
    assert_string_equal(leaves(worked), "2026-02-14 23:59:59");
    assert_string_equal(leaves(worked + 6 * 3600), "2026-02-24 23:59:59");
}

static void test_calendar__a_product_without_days_promises_no_day(void **state)
{
    (void)state;
    struct product product = {.review_days = 0};
    assert_true(catalogue_review_due(shipped, &product, noon_2026(64)) == 0);
    product.review_days = 2;
    assert_true(catalogue_review_due(shipped, &product, noon_2026(64)) ==
                calendar_due(shipped->calendar, noon_2026(64), 2));
}

static void refused(const char *text, const char *said)
{
    struct calendar *calendar = NULL;
    assert_int_equal(calendar_parse("c.yaml", text, strlen(text), &errors, &calendar), STATUS_CONFIG);
    assert_null(calendar);
    if (strstr(yaml_errors_text(&errors), said) == NULL)
        fail_msg("expected: %s\ntold: %s", said, yaml_errors_text(&errors));
}

static void test_calendar__every_mistake_is_told_at_its_place(void **state)
{
    (void)state;
    refused("years: ['26']\nholidays: [{name: a, first: '2026-02-30', last: '2026-03-01'}]\n",
            "c.yaml:1:9: ");
    assert_non_null(strstr(yaml_errors_text(&errors), "a day like 2026-02-15"));
    refused("years: ['2026']\nholidays: [{name: a, first: '2026-03-02', last: '2026-03-01'}]\n",
            "expected a day not before 2026-03-02");
    refused("years: ['2026']\nholidays: [{name: a, first: '2027-03-01', last: '2027-03-01'}]\n",
            "days of the years listed");
    refused("years: ['2026']\nholidays: [{name: a, first: '2026-03-01', last: '2026-03-01'}]\n"
            "workdays: ['2026-03-02']\n",
            "expected a Saturday or Sunday");
    refused("years: ['2026']\nholidays: [{name: a, first: '2026-03-01', last: '2026-03-01'}]\n"
            "workdays: ['2027-03-06']\n",
            "expected a day of the years listed");
    refused("years: ['2026']\nholiday: []\n", "holiday");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_calendar__a_friday_is_due_on_monday, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_calendar__spring_festival_is_free_and_its_saturday_worked,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_calendar__a_year_ends_into_one_nobody_announced, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_calendar__the_hall_s_day_begins_at_its_own_midnight, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_calendar__what_is_paid_before_the_hour_leaves_the_same_day,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_calendar__a_product_without_days_promises_no_day, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_calendar__every_mistake_is_told_at_its_place, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
