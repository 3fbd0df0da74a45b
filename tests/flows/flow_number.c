/* Two applicants in one second: the acceptance number is drawn again until it is nobody's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/store/store_order.h"
#include "tests/support/hall_visit.h"

/* Of the hundred numbers of each second so many belong to others; 50 draws miss them but once in 10^11. */
enum { TAKEN = 60, SECONDS = 40, ORDERS = 8 };

static int setup(void **state)
{
    return hall_setup(state, TEST_SOURCE_DIR);
}

static void take_number(struct store *store, struct hall *hall, int64_t utc_s, int digits)
{
    struct order order;
    const struct product *product = catalogue_find(hall->catalogue, "ezca-cqzfcg");
    const struct product_operation *operation = product_find_operation(product, "new");
    assert_int_equal(STATUS_OK, order_init(&order, random_system(), product->id, "supplier", operation->id,
                                           "terminal-09", 48000, &operation->steps, utc_s));
    assert_int_equal(STATUS_OK,
                     order_acceptance_make("T{yyyyMMddHHmmss}", utc_s, 0, random_system(), order.acceptance));
    size_t length = strlen(order.acceptance);
    (void)snprintf(order.acceptance + length, sizeof(order.acceptance) - length, "%02d", digits);
    assert_int_equal(STATUS_OK, store_order_insert(store, &order, NULL));
}

static void take_most_numbers(struct hall *hall)
{
    struct store *store = hall_store(hall, "others");
    int64_t now = hall_now_utc_s(hall);
    assert_int_equal(STATUS_OK, store_begin(store, NULL));
    for (int second = 0; second < SECONDS; second++)
        for (int digits = 0; digits < TAKEN; digits++)
            take_number(store, hall, now + second, digits);
    assert_int_equal(STATUS_OK, store_end(store, STATUS_OK, NULL));
    store_close(store);
}

static void test_number__one_that_is_taken_is_drawn_again(void **state)
{
    struct hall *hall = *state;
    static struct hall_program terminal;
    const char *pattern = catalogue_find(hall->catalogue, "ezca-cqzfcg")->acceptance_pattern;
    assert_string_equal("T{yyyyMMddHHmmss}{digits:2}", pattern); /* what the sum above rests on */
    hall_program_start(&terminal, hall, 1, "terminal-01");
    hall_visit_login(&terminal);
    take_most_numbers(hall);
    for (int i = 0; i < ORDERS; i++) {
        hall_visit_open(&terminal);
        const char *number = services_visit(terminal.services)->order.acceptance;
        assert_true(strcmp(number + strlen(number) - 2, "60") >= 0);
    }
    hall_program_end(&terminal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_number__one_that_is_taken_is_drawn_again, setup, hall_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
