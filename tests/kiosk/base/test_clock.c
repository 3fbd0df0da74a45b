#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/clock.h"

static void test_clock__manual_clock_stands_until_moved(void **state)
{
    (void)state;
    struct clock_manual manual;
    clock_manual_init(&manual, 1700000000);
    int64_t start_ms = clock_monotonic_ms(&manual.clock);
    assert_int_equal(clock_utc_s(&manual.clock), 1700000000);
    clock_manual_advance(&manual, 1500);
    assert_int_equal(clock_utc_ms(&manual.clock), INT64_C(1700000001500));
    assert_int_equal(clock_monotonic_ms(&manual.clock) - start_ms, 1500);
}

static void test_clock__sleeping_on_a_manual_clock_only_moves_it(void **state)
{
    (void)state;
    struct clock_manual manual;
    clock_manual_init(&manual, 1700000000);
    int64_t real_ms = clock_monotonic_ms(clock_system());
    clock_sleep_ms(&manual.clock, 3600 * 1000);
    assert_int_equal(clock_utc_s(&manual.clock), 1700003600);
    assert_in_range(clock_monotonic_ms(clock_system()) - real_ms, 0, 60000);
}

static void test_clock__a_faster_clock_waits_for_the_machine_so_much_shorter(void **state)
{
    (void)state;
    struct clock fast = *clock_system();
    assert_int_equal(1000, clock_machine_ms(&fast, 1000));
    fast.speed = 4;
    assert_int_equal(250, clock_machine_ms(&fast, 1000));
    assert_int_equal(1, clock_machine_ms(&fast, 1));
    assert_int_equal(0, clock_machine_ms(&fast, 0));
    int64_t real_ms = clock_monotonic_ms(clock_system());
    clock_sleep_ms(&fast, 40);
    assert_in_range(clock_monotonic_ms(clock_system()) - real_ms, 10, 60000);
}

static void test_clock__wall_time_may_jump_while_monotonic_time_does_not(void **state)
{
    (void)state;
    struct clock_manual manual;
    clock_manual_init(&manual, 1700000000);
    int64_t before_ms = clock_monotonic_ms(&manual.clock);
    manual.utc_ms -= 86400000;
    assert_int_equal(clock_monotonic_ms(&manual.clock), before_ms);
    assert_int_equal(clock_utc_s(&manual.clock), 1700000000 - 86400);
}

static void test_clock__system_clock_runs_forwards(void **state)
{
    (void)state;
    const struct clock *clock = clock_system();
    int64_t first_ms = clock_monotonic_ms(clock);
    clock_sleep_ms(clock, 2);
    assert_true(clock_monotonic_ms(clock) >= first_ms + 2);
    assert_true(clock_utc_s(clock) > 1700000000);
}

static void test_clock__hall_time_is_eight_hours_ahead_also_over_midnight(void **state)
{
    (void)state;
    char text[32];
    assert_int_equal(clock_format_hall(1703955600, "%Y-%m-%d %H:%M:%S", text, sizeof(text)), 19);
    assert_string_equal(text, "2023-12-31 01:00:00");
    assert_int_equal(clock_format_utc(1703955600, "%Y-%m-%d %H:%M:%S", text, sizeof(text)), 19);
    assert_string_equal(text, "2023-12-30 17:00:00");
}

static void test_clock__the_halls_day_begins_at_its_own_midnight(void **state)
{
    (void)state;
    assert_int_equal(clock_hall_day_utc_s(1703955600), 1703952000); /* 01:00 in the hall */
    assert_int_equal(clock_hall_day_utc_s(1703952000), 1703952000);
    assert_int_equal(clock_hall_day_utc_s(1703951999), 1703952000 - 86400);
}

static void test_clock__a_day_of_the_hall_is_read_and_one_there_is_not_refused(void **state)
{
    (void)state;
    static const char *const none[] = {"",           "2023-02-30", "2023-13-01", "2023-12-31x",
                                       "31.12.2023", "2023-1-1"};
    int64_t utc_s = 7;
    for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
        assert_false(clock_hall_day_of(none[i], &utc_s));
    assert_int_equal(7, utc_s);
    assert_true(clock_hall_day_of("2023-12-31", &utc_s));
    assert_int_equal(1703952000, utc_s);
}

static void test_clock__a_text_that_does_not_fit_is_told(void **state)
{
    (void)state;
    char text[8];
    assert_int_equal(clock_format_utc(0, "%Y-%m-%d", text, sizeof(text)), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clock__manual_clock_stands_until_moved),
        cmocka_unit_test(test_clock__sleeping_on_a_manual_clock_only_moves_it),
        cmocka_unit_test(test_clock__a_faster_clock_waits_for_the_machine_so_much_shorter),
        cmocka_unit_test(test_clock__wall_time_may_jump_while_monotonic_time_does_not),
        cmocka_unit_test(test_clock__system_clock_runs_forwards),
        cmocka_unit_test(test_clock__hall_time_is_eight_hours_ahead_also_over_midnight),
        cmocka_unit_test(test_clock__the_halls_day_begins_at_its_own_midnight),
        cmocka_unit_test(test_clock__a_day_of_the_hall_is_read_and_one_there_is_not_refused),
        cmocka_unit_test(test_clock__a_text_that_does_not_fit_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
