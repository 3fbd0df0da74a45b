/* What was chosen with an order comes back; it is written once, by whoever has the order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_certificate.h"
#include "kiosk/store/store_key.h"
#include "kiosk/store/store_lock.h"
#include "kiosk/store/store_order.h"
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

/* --- locks ------------------------------------------------------------------------------------------- */

/* A key of this order, handed over, with a live certificate. */
static void make_key(struct store_fixture *fixture, const struct order *order, const char *mark)
{
    struct store_key key = {.serial = "1", .model = "EPass", .label = "K", .state = STORE_KEY_DELIVERED};
    char id[STORE_ID_BYTES];
    strcpy(key.mark, mark);
    strcpy(key.order_id, order->id);
    assert_int_equal(STATUS_OK, store_key_insert(fixture->store, &key, NULL));
    store_new_id(fixture->store, id);
    const struct store_certificate_facts facts = {
        .serial = mark, .subject = "CN=宿迁示例", .not_after_utc_s = INT32_MAX};
    assert_int_equal(STATUS_OK,
                     store_certificate_insert(fixture->store, id, order->id, mark, "csr", 3, NULL));
    static const enum store_certificate_state way[] = {STORE_CERTIFICATE_REQUESTED, STORE_CERTIFICATE_ISSUED,
                                                       STORE_CERTIFICATE_WRITTEN, STORE_CERTIFICATE_PROVEN,
                                                       STORE_CERTIFICATE_CONFIRMED};
    for (size_t i = 1; i < sizeof(way) / sizeof(way[0]); i++)
        assert_int_equal(STATUS_OK, store_certificate_step(fixture->store, id, way[i - 1], way[i],
                                                           i == 1 ? &facts : NULL, NULL));
}

static int64_t count_locks(struct store_fixture *fixture, const struct order *order, const char *code,
                           const char *subject)
{
    const struct store_lock_holder holder = {order->id, order->product, code, subject};
    int64_t count = -1;
    assert_int_equal(STATUS_OK, store_lock_count(fixture->store, &holder, &count, NULL));
    return count;
}

static void test_store_lock__the_holders_live_keys_of_the_product_count(void **state)
{
    struct store_fixture *fixture = *state;
    struct order first;
    struct order second;
    store_fixture_order(fixture, &first);
    store_fixture_order(fixture, &second);
    assert_int_equal(STATUS_OK,
                     store_order_set_lookup(fixture->store, first.id, STORE_ORDER_LOOKUP_CREDIT_CODE,
                                            "91500108MA6000016R", NULL));
    assert_int_equal(count_locks(fixture, &second, "91500108MA6000016R", ""), 0); /* nothing is made yet */
    const struct store_lock main_lock = {.role = STORE_LOCK_MAIN};
    assert_int_equal(STATUS_OK, store_lock_put(fixture->store, first.id, &main_lock,
                                               &(struct store_lock_effect){0}, NULL));
    assert_int_equal(count_locks(fixture, &second, "91500108MA6000016R", ""), 0);
    store_fixture_sql(fixture, "UPDATE orders SET state = 'paying'");
    assert_int_equal(count_locks(fixture, &second, "91500108MA6000016R", ""), 1); /* approved */
    store_fixture_sql(fixture, "UPDATE orders SET state = 'draft'");
    make_key(fixture, &first, "MARKA");
    assert_int_equal(count_locks(fixture, &second, "91500108MA6000016R", ""), 1);
    assert_int_equal(count_locks(fixture, &second, "", "CN=宿迁示例"), 1);
    assert_int_equal(count_locks(fixture, &second, "91500108MA6000024L", "CN=别人"), 0);
    assert_int_equal(count_locks(fixture, &first, "91500108MA6000016R", "CN=宿迁示例"), 0); /* not its own */
    make_key(fixture, &second, "MARKB");
    const struct store_lock further = {.role = STORE_LOCK_SECONDARY, .earlier = 1};
    assert_int_equal(
        STATUS_OK, store_lock_put(fixture->store, second.id, &further, &(struct store_lock_effect){0}, NULL));
    assert_int_equal(count_locks(fixture, &first, "", "CN=宿迁示例"), 0); /* a further lock is no main one */
    store_fixture_sql(fixture, "UPDATE certificate SET state = 'revoked'");
    assert_int_equal(count_locks(fixture, &second, "91500108MA6000016R", "CN=宿迁示例"), 0);
}

static void test_store_lock__seal_and_price_go_along_until_money_was_taken(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct order stored;
    struct store_lock lock = {.role = STORE_LOCK_SECONDARY, .earlier = 1, .seal = true, .clerk = "chen"};
    struct store_lock_effect effect = {.amount_fen = 15000};
    struct store_audit row;
    size_t count = 0;
    struct store_lock read;
    struct store_wish wish;
    store_fixture_order(fixture, &order);
    assert_int_equal(STATUS_OK, store_wish_insert(fixture->store, order.id, &two_sealed_keys, NULL));
    assert_int_equal(STATUS_NOT_FOUND, store_lock_load(fixture->store, order.id, &read, NULL));
    assert_int_equal(STATUS_OK, store_lock_put(fixture->store, order.id, &lock, &effect, NULL));
    assert_int_equal(STATUS_OK, store_lock_load(fixture->store, order.id, &read, NULL));
    assert_int_equal(read.role, STORE_LOCK_SECONDARY);
    assert_true(read.seal);
    assert_string_equal(read.clerk, "chen");
    assert_int_equal(STATUS_OK, store_audit_list(fixture->store, 0, &row, 1, &count, NULL));
    assert_string_equal(row.action, "order.lock");
    assert_string_equal(row.actor, ""); /* decided by chen, but not chen's act */
    assert_int_equal(STATUS_OK, store_wish_load(fixture->store, order.id, &wish, NULL));
    assert_false(wish.seal);
    assert_int_equal(STATUS_OK, store_order_load(fixture->store, order.id, &stored, NULL));
    assert_int_equal(stored.amount_fen, 15000);
    assert_int_equal(stored.version, order.version + 1);
    store_fixture_sql(fixture, "UPDATE orders SET paid_fen = 15000");
    lock.role = STORE_LOCK_MAIN;
    effect = (struct store_lock_effect){.with_seal = true, .amount_fen = 65000, .actor = "chen"};
    assert_int_equal(STATUS_CONFLICT, store_lock_put(fixture->store, order.id, &lock, &effect, NULL));
    assert_int_equal(STATUS_OK, store_lock_load(fixture->store, order.id, &read, NULL));
    assert_int_equal(read.role, STORE_LOCK_SECONDARY);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, store_fixture_setup, store_fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(test_store_wish__it_comes_back_as_it_was),
        T(test_store_wish__it_is_written_once),
        T(test_store_wish__without_its_order_there_is_none),
        T(test_store_wish__a_damaged_row_is_malformed),
        T(test_store_lock__the_holders_live_keys_of_the_product_count),
        T(test_store_lock__seal_and_price_go_along_until_money_was_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
