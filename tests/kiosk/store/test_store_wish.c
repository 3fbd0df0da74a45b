/* What was chosen with an order comes back; it is written once, by whoever has the order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kiosk/store/store_wish.h"
#include "tests/support/store_fixture.h"

static const struct store_wish two_sealed_keys = {
    .years = 3, .quantity = 2, .seal = true, .agent = true, .sub_kinds = "name seal-style"};

static void test_store_wish__it_comes_back_as_it_was(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_wish wish;
    store_fixture_order(fixture, &order);
    assert_int_equal(STATUS_NOT_FOUND, store_wish_load(fixture->store, order.id, &wish, NULL));
    assert_int_equal(STATUS_OK, store_wish_insert(fixture->store, order.id, &two_sealed_keys, NULL));
    assert_int_equal(STATUS_OK, store_wish_load(fixture->store, order.id, &wish, NULL));
    assert_int_equal(wish.years, 3);
    assert_int_equal(wish.quantity, 2);
    assert_true(wish.seal);
    assert_true(wish.agent);
    assert_string_equal(wish.sub_kinds, "name seal-style");
}

static void test_store_wish__it_is_written_once(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_wish wish;
    const struct store_wish other = {.years = 1, .quantity = 1, .sub_kinds = ""};
    store_fixture_order(fixture, &order);
    assert_int_equal(STATUS_OK, store_wish_insert(fixture->store, order.id, &two_sealed_keys, NULL));
    assert_int_equal(STATUS_CONFLICT, store_wish_insert(fixture->store, order.id, &other, NULL));
    assert_int_equal(STATUS_OK, store_wish_load(fixture->store, order.id, &wish, NULL));
    assert_int_equal(wish.quantity, 2);
}

static void test_store_wish__without_its_order_there_is_none(void **state)
{
    struct store_fixture *fixture = *state;
    assert_int_equal(STATUS_NOT_FOUND, store_wish_insert(fixture->store, "none", &two_sealed_keys, NULL));
}

static void test_store_wish__a_damaged_row_is_malformed(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_wish wish;
    store_fixture_order(fixture, &order);
    assert_int_equal(STATUS_OK, store_wish_insert(fixture->store, order.id, &two_sealed_keys, NULL));
    store_fixture_sql(fixture, "UPDATE order_wish SET quantity = -4");
    assert_int_equal(STATUS_MALFORMED, store_wish_load(fixture->store, order.id, &wish, NULL));
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, store_fixture_setup, store_fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(test_store_wish__it_comes_back_as_it_was),
        T(test_store_wish__it_is_written_once),
        T(test_store_wish__without_its_order_there_is_none),
        T(test_store_wish__a_damaged_row_is_malformed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
