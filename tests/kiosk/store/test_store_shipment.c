/* A key goes by courier step by step: wished for, made, sent; never sent before it was made, never twice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kiosk/store/store_shipment.h"
#include "tests/support/store_fixture.h"

static void wish(struct store_fixture *fixture, struct order *order)
{
    store_fixture_order(fixture, order);
    assert_int_equal(STATUS_OK, store_shipment_wish(fixture->store, order->id, NULL));
}

static void test_store_shipment__goes_from_wished_to_made_to_sent(void **state)
{
    struct store_fixture *fixture = *state;
    struct store *store = fixture->store;
    struct order order;
    struct store_shipment shipment;
    wish(fixture, &order);
    assert_int_equal(STATUS_OK, store_shipment_wish(store, order.id, NULL)); /* once is enough */
    assert_int_equal(STATUS_CONFLICT,
                     store_shipment_send(store, order.id, "sf", "123456789012", "chen", NULL));
    assert_int_equal(STATUS_OK, store_shipment_make(store, order.id, true, "chen", NULL));
    assert_int_equal(STATUS_CONFLICT, store_shipment_make(store, order.id, true, "chen", NULL));
    assert_int_equal(STATUS_CONFLICT, store_shipment_forget(store, order.id, NULL));
    assert_int_equal(STATUS_OK, store_shipment_send(store, order.id, "sf", "123456789012", "chen", NULL));
    assert_int_equal(STATUS_CONFLICT,
                     store_shipment_send(store, order.id, "sf", "999999999999", "chen", NULL));
    assert_int_equal(STATUS_OK, store_shipment_load(store, order.id, &shipment, NULL));
    assert_int_equal(STORE_SHIPMENT_SENT, shipment.state);
    assert_string_equal("123456789012", shipment.tracking);
    assert_true(shipment.must_change);
    assert_int_equal(STATUS_OK, store_shipment_changed(store, order.id, NULL));
    assert_int_equal(STATUS_CONFLICT, store_shipment_changed(store, order.id, NULL));
}

static void test_store_shipment__what_is_to_be_done_stands_before_what_was_sent(void **state)
{
    struct store_fixture *fixture = *state;
    struct store *store = fixture->store;
    struct order first, second;
    struct store_shipment list[4];
    size_t count = 0;
    wish(fixture, &first);
    wish(fixture, &second);
    assert_int_equal(STATUS_OK, store_shipment_make(store, first.id, false, "chen", NULL));
    assert_int_equal(STATUS_OK, store_shipment_send(store, first.id, "sf", "123456789012", "chen", NULL));
    assert_int_equal(STATUS_OK, store_shipment_list(store, list, 4, &count, NULL));
    assert_int_equal(count, 2);
    assert_string_equal(second.id, list[0].order_id);
    assert_int_equal(STATUS_OK, store_shipment_forget(store, second.id, NULL));
    assert_int_equal(STATUS_NOT_FOUND, store_shipment_load(store, second.id, list, NULL));
}

static void test_store_shipment__a_damaged_row_or_no_order_is_told(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_shipment shipment;
    wish(fixture, &order);
    store_fixture_sql(fixture, "UPDATE shipment SET state = 'lost'");
    assert_int_equal(STATUS_MALFORMED, store_shipment_load(fixture->store, order.id, &shipment, NULL));
    assert_int_equal(STATUS_NOT_FOUND, store_shipment_wish(fixture->store, "none", NULL));
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, store_fixture_setup, store_fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(test_store_shipment__goes_from_wished_to_made_to_sent),
        T(test_store_shipment__what_is_to_be_done_stands_before_what_was_sent),
        T(test_store_shipment__a_damaged_row_or_no_order_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
