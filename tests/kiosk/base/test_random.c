#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/random.h"

static void test_random__the_same_seed_gives_the_same_bytes(void **state)
{
    (void)state;
    struct random_seeded left, right, other;
    uint8_t a[64], b[64], c[64];
    random_seeded_init(&left, 42);
    random_seeded_init(&right, 42);
    random_seeded_init(&other, 43);
    random_fill(&left.random, a, sizeof(a));
    random_fill(&right.random, b, sizeof(b));
    random_fill(&other.random, c, sizeof(c));
    assert_memory_equal(a, b, sizeof(a));
    assert_memory_not_equal(a, c, sizeof(a));
}

static void test_random__the_system_source_never_repeats(void **state)
{
    (void)state;
    uint8_t a[32] = {0}, b[32] = {0};
    random_fill(random_system(), a, sizeof(a));
    random_fill(random_system(), b, sizeof(b));
    assert_memory_not_equal(a, b, sizeof(a));
}

static void test_random__a_large_fill_is_filled_to_its_end(void **state)
{
    (void)state;
    static uint8_t bytes[100000];
    size_t zeros = 0;
    random_fill(random_system(), bytes, sizeof(bytes));
    for (size_t i = sizeof(bytes) - 1000; i < sizeof(bytes); i++)
        zeros += bytes[i] == 0;
    assert_in_range(zeros, 0, 60); /* 4 expected */
}

static void test_random__numbers_below_a_limit_are_all_met_and_even(void **state)
{
    (void)state;
    struct random_seeded seeded;
    unsigned count[6] = {0};
    random_seeded_init(&seeded, 1);
    for (int i = 0; i < 6000; i++) {
        uint32_t value = random_below(&seeded.random, 6);
        assert_in_range(value, 0, 5);
        count[value]++;
    }
    for (int i = 0; i < 6; i++)
        assert_in_range(count[i], 800, 1200);
    assert_int_equal(random_below(&seeded.random, 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random__the_same_seed_gives_the_same_bytes),
        cmocka_unit_test(test_random__the_system_source_never_repeats),
        cmocka_unit_test(test_random__a_large_fill_is_filled_to_its_end),
        cmocka_unit_test(test_random__numbers_below_a_limit_are_all_met_and_even),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
