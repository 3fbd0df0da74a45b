/* Pickup codes: one an order, hashed, ended by time and by a reprint; wrong tries are counted and locked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "kiosk/store/store_pickup.h"
#include "tests/support/store_fixture.h"

enum { LIFE_S = 86400, LOCK_S = 900 };
static const struct store_pickup_limits limits = {.tries = 3, .lock_s = LOCK_S};

static void make(struct store_fixture *fixture, const struct order *order, char code[STORE_PICKUP_CODE_BYTES])
{
    assert_int_equal(STATUS_OK, store_pickup_new(fixture->store, order->id, LIFE_S, "chen", code, NULL));
}

static struct store_pickup_verdict judge(struct store_fixture *fixture, const char *number, const char *text)
{
    struct secret code;
    struct store_pickup_verdict verdict = {0};
    assert_int_equal(STATUS_OK, secret_set(&code, text, strlen(text)));
    assert_int_equal(STATUS_OK, store_pickup_check(fixture->store, number, &code, &limits, &verdict, NULL));
    return verdict;
}

static void test_store_pickup__number_and_code_lead_to_the_order(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    char code[STORE_PICKUP_CODE_BYTES];
    store_fixture_order(fixture, &order);
    make(fixture, &order, code);
    struct store_pickup_verdict verdict = judge(fixture, order.acceptance, code);
    assert_int_equal(verdict.outcome, STORE_PICKUP_RIGHT);
    assert_string_equal(verdict.order_id, order.id);
    assert_int_equal(judge(fixture, order.acceptance, code).outcome, STORE_PICKUP_RIGHT);
}

static void test_store_pickup__it_is_read_as_people_write_it(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    char code[STORE_PICKUP_CODE_BYTES];
    char typed[2 * STORE_PICKUP_CODE_BYTES];
    size_t length = 0;
    store_fixture_order(fixture, &order);
    make(fixture, &order, code);
    assert_int_equal(strlen(code), 19);
    for (size_t i = 0; code[i] != 0; i++) {
        char c = code[i];
        typed[length++] = c == '0' ? 'o' : c == '1' ? 'l' : c >= 'A' ? (char)(c - 'A' + 'a') : c;
        if (i % 3 == 0)
            typed[length++] = ' ';
    }
    typed[length] = 0;
    assert_int_equal(judge(fixture, order.acceptance, typed).outcome, STORE_PICKUP_RIGHT);
}

static void test_store_pickup__a_fresh_code_ends_the_one_before(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_pickup pickup;
    char old[STORE_PICKUP_CODE_BYTES], fresh[STORE_PICKUP_CODE_BYTES];
    store_fixture_order(fixture, &order);
    make(fixture, &order, old);
    make(fixture, &order, fresh);
    assert_int_equal(judge(fixture, order.acceptance, old).outcome, STORE_PICKUP_WRONG);
    assert_int_equal(judge(fixture, order.acceptance, fresh).outcome, STORE_PICKUP_RIGHT);
    assert_int_equal(STATUS_OK, store_pickup_load(fixture->store, order.id, &pickup, NULL));
    assert_int_equal(pickup.number, 2);
    assert_int_equal(pickup.expires_utc_s, STORE_FIXTURE_NOW_UTC_S + LIFE_S);
}

static void test_store_pickup__an_old_one_says_so(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    char code[STORE_PICKUP_CODE_BYTES];
    store_fixture_order(fixture, &order);
    make(fixture, &order, code);
    clock_manual_advance(&fixture->clock, (int64_t)LIFE_S * 1000);
    assert_int_equal(judge(fixture, order.acceptance, code).outcome, STORE_PICKUP_EXPIRED);
}

/* A number that is nobody's is counted and locked like any other. */
static void test_store_pickup__wrong_tries_lock_the_number_for_a_while(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    char code[STORE_PICKUP_CODE_BYTES];
    store_fixture_order(fixture, &order);
    make(fixture, &order, code);
    const char *const numbers[] = {order.acceptance, "T99999999999999999999"};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(judge(fixture, numbers[i], "short").tries_left, 2);
        assert_int_equal(judge(fixture, numbers[i], "0000-0000-0000-0000").tries_left, 1);
        struct store_pickup_verdict verdict = judge(fixture, numbers[i], "0000-0000-0000-0000");
        assert_int_equal(verdict.outcome, STORE_PICKUP_LOCKED);
        assert_int_equal(verdict.until_utc_s, STORE_FIXTURE_NOW_UTC_S + LOCK_S);
    }
    assert_int_equal(judge(fixture, order.acceptance, code).outcome, STORE_PICKUP_LOCKED);
    clock_manual_advance(&fixture->clock, (int64_t)LOCK_S * 1000);
    assert_int_equal(judge(fixture, order.acceptance, code).outcome, STORE_PICKUP_RIGHT);
}

static void test_store_pickup__one_orders_code_opens_no_other(void **state)
{
    struct store_fixture *fixture = *state;
    struct order first, second;
    char code[STORE_PICKUP_CODE_BYTES], other[STORE_PICKUP_CODE_BYTES];
    store_fixture_order(fixture, &first);
    store_fixture_order(fixture, &second);
    make(fixture, &first, code);
    make(fixture, &second, other);
    assert_int_equal(judge(fixture, second.acceptance, code).outcome, STORE_PICKUP_WRONG);
    assert_int_equal(judge(fixture, first.acceptance, other).outcome, STORE_PICKUP_WRONG);
}

static void test_store_pickup__the_code_stands_nowhere_in_the_store(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    char code[STORE_PICKUP_CODE_BYTES];
    store_fixture_order(fixture, &order);
    make(fixture, &order, code);
    store_close(fixture->store);
    fixture->store = NULL;
    assert_false(store_fixture_files_hold(fixture, code, strlen(code)));
    assert_false(store_fixture_files_hold(fixture, code, 4)); /* a group of it */
    store_fixture_reopen(fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name)                                                                                           \
    cmocka_unit_test_setup_teardown(test_store_pickup__##name, store_fixture_setup, store_fixture_teardown)
        TEST(number_and_code_lead_to_the_order),       TEST(it_is_read_as_people_write_it),
        TEST(a_fresh_code_ends_the_one_before),        TEST(an_old_one_says_so),
        TEST(wrong_tries_lock_the_number_for_a_while), TEST(one_orders_code_opens_no_other),
        TEST(the_code_stands_nowhere_in_the_store),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
