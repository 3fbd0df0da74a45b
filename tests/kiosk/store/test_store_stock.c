/* Keys are counted one by one: received once, moved by one desk, issued by a terminal, scrapped unless
 * issued. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kiosk/base/text.h"
#include "kiosk/store/store_stock.h"
#include "tests/support/store_fixture.h"

enum { DAY_S = 86400, DAY_UTC_S = STORE_FIXTURE_NOW_UTC_S - 3600 };

static const char two[][STORE_NAME_BYTES] = {"aa01", "aa02"};

static struct store_stock_act of(size_t count)
{
    return (struct store_stock_act){two, count, "chen", "lin"};
}

static enum status receive(struct store *store)
{
    const struct store_stock_act act = of(2);
    return store_stock_receive(store, &act, "UK-1", "SM2", NULL);
}

static struct store_stock_batch only_batch(struct store *store, int64_t day_utc_s)
{
    struct store_stock_batch batches[4];
    size_t count = 0;
    assert_int_equal(STATUS_OK, store_stock_batches(store, day_utc_s, batches, 4, &count, NULL));
    assert_int_equal(1, count);
    return batches[0];
}

static enum store_stock_state state_of(struct store *store, const char *serial)
{
    struct store_stock_key key;
    assert_int_equal(STATUS_OK, store_stock_load(store, serial, &key, NULL));
    return key.state;
}

static struct store_key token(const char *mark, const char *serial)
{
    struct store_key key = {.state = STORE_KEY_IN_WORK};
    (void)text_copy(key.mark, sizeof(key.mark), mark);
    (void)text_copy(key.label, sizeof(key.label), mark);
    (void)text_copy(key.serial, sizeof(key.serial), serial);
    return key;
}

static void test_store_stock__a_key_is_received_once(void **state)
{
    struct store *store = ((struct store_fixture *)*state)->store;
    const struct store_stock_act one = of(1);
    assert_int_equal(STATUS_OK, receive(store));
    assert_int_equal(STATUS_CONFLICT, store_stock_receive(store, &one, "UK-2", "SM2", NULL));
    assert_int_equal(STATUS_MALFORMED, store_stock_receive(store, &one, "", "SM2", NULL));
    static const char third[][STORE_NAME_BYTES] = {"AA03"};
    const struct store_stock_act other = {third, 1, "chen", "lin"};
    assert_int_equal(STATUS_CONFLICT, store_stock_receive(store, &other, "UK-1", "RSA", NULL));
    const struct store_stock_batch batch = only_batch(store, DAY_UTC_S);
    assert_int_equal(2, batch.received);
    assert_int_equal(2, batch.left);
    assert_int_equal(0, batch.opening);
}

static void test_store_stock__one_of_two_desks_moves_a_key(void **state)
{
    struct store_fixture *fixture = *state;
    struct store *other = store_fixture_connect(fixture, "desk-02");
    const struct store_stock_act one = of(1);
    struct store_stock_place places[2];
    size_t count = 0;
    assert_int_equal(STATUS_NOT_FOUND, store_stock_move(other, &one, "terminal-01", NULL));
    assert_int_equal(STATUS_OK, receive(fixture->store));
    assert_int_equal(STATUS_OK, store_stock_move(fixture->store, &one, "terminal-01", NULL));
    assert_int_equal(STATUS_CONFLICT, store_stock_move(other, &one, "terminal-01", NULL));
    assert_int_equal(STATUS_CONFLICT, store_stock_move(other, &one, "terminal-02", NULL));
    assert_int_equal(STATUS_OK, store_stock_places(other, places, 2, &count, NULL));
    assert_int_equal(1, count);
    assert_string_equal("terminal-01", places[0].place);
    assert_int_equal(1, places[0].blank);
    assert_int_equal(STATUS_OK, store_stock_move(other, &one, "", NULL));
    const struct store_stock_act both = of(2);
    assert_int_equal(STATUS_CONFLICT, store_stock_move(other, &both, "", NULL));
    store_close(other);
}

static void test_store_stock__a_terminal_issues_a_key_by_its_serial_which_is_never_scrapped(void **state)
{
    struct store_fixture *fixture = *state;
    struct store *store = fixture->store;
    const struct store_stock_act one = of(1), both = of(2);
    const struct store_key key = token("mark-1", "AA01");
    assert_int_equal(STATUS_OK, receive(store));
    assert_int_equal(STATUS_OK, store_key_insert(store, &key, NULL));
    assert_int_equal(STORE_STOCK_IN_WORK, state_of(store, "aa01"));
    assert_int_equal(STATUS_CONFLICT, store_stock_scrap(store, &one, "broken", NULL));
    assert_int_equal(STATUS_OK,
                     store_key_step(store, key.mark, STORE_KEY_IN_WORK, STORE_KEY_DELIVERED, NULL, NULL));
    assert_int_equal(STORE_STOCK_ISSUED, state_of(store, "AA01"));
    assert_int_equal(STATUS_CONFLICT, store_stock_scrap(store, &both, "broken", NULL));
    assert_int_equal(STORE_STOCK_BLANK, state_of(store, "AA02"));
    const struct store_stock_batch batch = only_batch(store, DAY_UTC_S);
    assert_int_equal(1, batch.issued);
    assert_int_equal(1, batch.issued_in_week);
    assert_int_equal(1, batch.left);
    assert_int_equal(1, only_batch(store, DAY_UTC_S + DAY_S).opening); /* tomorrow */
}

static void test_store_stock__a_key_that_failed_is_here_until_it_is_scrapped(void **state)
{
    struct store *store = ((struct store_fixture *)*state)->store;
    const struct store_stock_act one = of(1);
    const struct store_key key = token("mark-1", "AA01");
    struct store_stock_key found;
    assert_int_equal(STATUS_OK, receive(store));
    assert_int_equal(STATUS_OK, store_key_insert(store, &key, NULL));
    assert_int_equal(STATUS_OK,
                     store_key_step(store, key.mark, STORE_KEY_IN_WORK, STORE_KEY_FAILED, NULL, NULL));
    assert_int_equal(STORE_STOCK_FAILED, state_of(store, "AA01"));
    assert_int_equal(2, only_batch(store, DAY_UTC_S).left);
    assert_int_equal(STATUS_MALFORMED, store_stock_scrap(store, &one, "", NULL));
    assert_int_equal(STATUS_OK, store_stock_scrap(store, &one, "写坏", NULL));
    assert_int_equal(STATUS_CONFLICT, store_stock_scrap(store, &one, "写坏", NULL));
    assert_int_equal(STATUS_OK, store_stock_load(store, "AA01", &found, NULL));
    assert_string_equal("写坏", found.reason);
    const struct store_stock_batch batch = only_batch(store, DAY_UTC_S);
    assert_int_equal(1, batch.scrapped);
    assert_int_equal(1, batch.left);
}

static void test_store_stock__a_key_nobody_registered_is_told_and_can_be_received(void **state)
{
    struct store *store = ((struct store_fixture *)*state)->store;
    const struct store_key key = token("mark-9", "bb09");
    static const char late[][STORE_NAME_BYTES] = {"BB09"};
    const struct store_stock_act act = {late, 1, "chen", "lin"};
    char unknown[4][STORE_NAME_BYTES];
    size_t count = 9;
    assert_int_equal(STATUS_OK, store_stock_unknown(store, unknown, 4, &count, NULL));
    assert_int_equal(0, count);
    assert_int_equal(STATUS_OK, receive(store));
    assert_int_equal(STATUS_OK, store_key_insert(store, &key, NULL));
    assert_int_equal(STATUS_OK,
                     store_key_step(store, key.mark, STORE_KEY_IN_WORK, STORE_KEY_DELIVERED, NULL, NULL));
    assert_int_equal(STATUS_OK, store_stock_unknown(store, unknown, 4, &count, NULL));
    assert_int_equal(1, count);
    assert_string_equal("BB09", unknown[0]);
    assert_int_equal(STATUS_OK, store_stock_receive(store, &act, "UK-1", "SM2", NULL));
    assert_int_equal(STORE_STOCK_ISSUED, state_of(store, "BB09"));
    assert_int_equal(STATUS_OK, store_stock_unknown(store, unknown, 4, &count, NULL));
    assert_int_equal(0, count);
}

static void test_store_stock__more_is_asked_for_once_until_it_comes(void **state)
{
    struct store *store = ((struct store_fixture *)*state)->store;
    struct store_stock_request asked[2];
    size_t count = 0;
    assert_int_equal(STATUS_OK, store_stock_ask(store, "SM2", 40, "chen", NULL));
    assert_int_equal(STATUS_CONFLICT, store_stock_ask(store, "SM2", 40, "lin", NULL));
    assert_int_equal(STATUS_OK, store_stock_requests(store, asked, 2, &count, NULL));
    assert_int_equal(1, count);
    assert_int_equal(40, asked[0].amount);
    assert_int_equal(STATUS_OK, receive(store));
    assert_int_equal(STATUS_OK, store_stock_requests(store, asked, 2, &count, NULL));
    assert_int_equal(0, count);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, store_fixture_setup, store_fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(test_store_stock__a_key_is_received_once),
        T(test_store_stock__one_of_two_desks_moves_a_key),
        T(test_store_stock__a_terminal_issues_a_key_by_its_serial_which_is_never_scrapped),
        T(test_store_stock__a_key_that_failed_is_here_until_it_is_scrapped),
        T(test_store_stock__a_key_nobody_registered_is_told_and_can_be_received),
        T(test_store_stock__more_is_asked_for_once_until_it_comes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
