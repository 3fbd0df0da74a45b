/* Certificates and keys: one unrevoked certificate per order, sealed parts, keys by mark. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "kiosk/base/buf.h"
#include "kiosk/store/store_certificate.h"
#include "kiosk/store/store_decision.h"
#include "kiosk/store/store_key.h"
#include "kiosk/store/store_key_number.h"
#include "kiosk/store/store_revocation.h"
#include "kiosk/store/store_soft.h"
#include "kiosk/store/store_wish.h"
#include "tests/support/store_fixture.h"

static struct store_key make_key(const char *mark, const char *order_id)
{
    struct store_key key = {.serial = "0001", .model = "EPass", .state = STORE_KEY_IN_WORK};
    strcpy(key.mark, mark);
    (void)snprintf(key.label, sizeof(key.label), "CK%s", mark);
    strcpy(key.order_id, order_id);
    memset(key.so_salt, 1, sizeof(key.so_salt));
    memset(key.transport_salt, 2, sizeof(key.transport_salt));
    return key;
}

static void make_order(struct store_fixture *fixture, struct order *order)
{
    store_fixture_order(fixture, order);
    struct store_key key = make_key("MARKA", order->id);
    assert_int_equal(store_key_insert(fixture->store, &key, NULL), STATUS_OK);
}

static const struct store_certificate_facts issued = {.serial = "0a1b",
                                                      .subject = "CN=重庆示例商贸有限公司",
                                                      .not_after_utc_s = 1826788342,
                                                      .der = "\x30\x82 leaf",
                                                      .der_length = 7,
                                                      .chain = "\x30\x82 issuer",
                                                      .chain_length = 9};

static void test_store_certificate__it_goes_from_request_to_confirmation(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_certificate certificate;
    struct buf part;
    char id[STORE_ID_BYTES];
    buf_init(&part, 4096);
    make_order(fixture, &order);
    store_new_id(fixture->store, id);
    assert_int_equal(store_certificate_insert(fixture->store, id, order.id, "MARKA", "csr", 3, NULL),
                     STATUS_OK);
    assert_int_equal(store_certificate_part(fixture->store, id, STORE_CERTIFICATE_REQUEST, &part, NULL),
                     STATUS_OK);
    assert_memory_equal(part.data, "csr", 3);
    buf_clear(&part);
    assert_int_equal(store_certificate_part(fixture->store, id, STORE_CERTIFICATE_DER, &part, NULL),
                     STATUS_NOT_FOUND);
    static const enum store_certificate_state way[] = {STORE_CERTIFICATE_REQUESTED, STORE_CERTIFICATE_ISSUED,
                                                       STORE_CERTIFICATE_WRITTEN, STORE_CERTIFICATE_PROVEN,
                                                       STORE_CERTIFICATE_CONFIRMED};
    for (size_t i = 1; i < sizeof(way) / sizeof(way[0]); i++)
        assert_int_equal(
            store_certificate_step(fixture->store, id, way[i - 1], way[i], i == 1 ? &issued : NULL, NULL),
            STATUS_OK);
    assert_int_equal(store_certificate_load_by_serial(fixture->store, "0a1b", &certificate, NULL), STATUS_OK);
    assert_string_equal(certificate.request_id, id);
    assert_string_equal(certificate.key_mark, "MARKA");
    assert_int_equal(certificate.state, STORE_CERTIFICATE_CONFIRMED);
    assert_int_equal(certificate.not_after_utc_s, 1826788342);
    assert_int_equal(store_certificate_part(fixture->store, id, STORE_CERTIFICATE_DER, &part, NULL),
                     STATUS_OK);
    assert_int_equal(part.length, 7);
    buf_wipe(&part);
}

static void test_store_certificate__an_order_never_has_two_unrevoked_ones(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_certificate found[4];
    size_t count = 0;
    make_order(fixture, &order);
    assert_int_equal(store_certificate_insert(fixture->store, "r1", order.id, "MARKA", "csr", 3, NULL),
                     STATUS_OK);
    assert_int_equal(store_certificate_insert(fixture->store, "r2", order.id, "MARKA", "csr", 3, NULL),
                     STATUS_CONFLICT);
    assert_int_equal(store_certificate_step(fixture->store, "r1", STORE_CERTIFICATE_REQUESTED,
                                            STORE_CERTIFICATE_ISSUED, &issued, NULL),
                     STATUS_OK);
    assert_int_equal(store_certificate_insert(fixture->store, "r2", order.id, "MARKA", "csr", 3, NULL),
                     STATUS_CONFLICT);
    assert_int_equal(store_certificate_step(fixture->store, "r1", STORE_CERTIFICATE_ISSUED,
                                            STORE_CERTIFICATE_REVOKED, NULL, NULL),
                     STATUS_OK);
    assert_int_equal(store_certificate_insert(fixture->store, "r2", order.id, "MARKA", "csr", 3, NULL),
                     STATUS_OK);
    assert_int_equal(store_certificate_list(fixture->store, order.id, found, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 2);
    assert_string_equal(found[0].request_id, "r1");
    assert_int_equal(store_certificate_step(fixture->store, "r2", STORE_CERTIFICATE_REQUESTED,
                                            STORE_CERTIFICATE_REFUSED, NULL, NULL),
                     STATUS_OK);
    assert_int_equal(store_certificate_insert(fixture->store, "r3", order.id, "MARKA", "csr", 3, NULL),
                     STATUS_OK);
}

static void test_store_certificate__a_step_overtaken_or_not_on_the_list_is_refused(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    make_order(fixture, &order);
    assert_int_equal(store_certificate_insert(fixture->store, "r1", order.id, "NOMARK", "csr", 3, NULL),
                     STATUS_NOT_FOUND);
    assert_int_equal(store_certificate_insert(fixture->store, "r1", order.id, "MARKA", "csr", 3, NULL),
                     STATUS_OK);
    assert_int_equal(store_certificate_step(fixture->store, "r1", STORE_CERTIFICATE_REQUESTED,
                                            STORE_CERTIFICATE_CONFIRMED, NULL, NULL),
                     STATUS_BAD_STATE);
    assert_int_equal(store_certificate_step(fixture->store, "r1", STORE_CERTIFICATE_ISSUED,
                                            STORE_CERTIFICATE_WRITTEN, NULL, NULL),
                     STATUS_CONFLICT);
    assert_int_equal(store_certificate_step(fixture->store, "none", STORE_CERTIFICATE_ISSUED,
                                            STORE_CERTIFICATE_WRITTEN, NULL, NULL),
                     STATUS_NOT_FOUND);
    struct store_certificate certificate;
    assert_int_equal(store_certificate_load_by_serial(fixture->store, "", &certificate, NULL),
                     STATUS_NOT_FOUND);
    assert_string_equal(store_certificate_state_name(STORE_CERTIFICATE_COUNT_), "invalid");
}

static void test_store_key__keys_are_counted_by_model_and_state_and_day(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_key_sum sums[2];
    int64_t days[2] = {-1, -1};
    size_t count = 9;
    assert_int_equal(store_key_sums(fixture->store, sums, 2, &count, NULL), STATUS_OK);
    assert_int_equal(count, 0);
    struct store_key first = make_key("MARKA", ""), second = make_key("MARKB", "");
    second.state = STORE_KEY_DELIVERED;
    assert_int_equal(store_key_insert(fixture->store, &first, NULL), STATUS_OK);
    assert_int_equal(store_key_insert(fixture->store, &second, NULL), STATUS_OK);
    assert_int_equal(store_key_sums(fixture->store, sums, 2, &count, NULL), STATUS_OK);
    assert_int_equal(count, 1);
    assert_string_equal(sums[0].model, "EPass");
    assert_int_equal(sums[0].count[STORE_KEY_IN_WORK], 1);
    assert_int_equal(sums[0].count[STORE_KEY_DELIVERED], 1);
    assert_int_equal(sums[0].count[STORE_KEY_FAILED], 0);
    int64_t day_utc_s = clock_hall_day_utc_s(clock_utc_s(&fixture->clock.clock));
    assert_int_equal(store_key_delivered(fixture->store, day_utc_s, days, 2, NULL), STATUS_OK);
    assert_int_equal(days[0], 0);
    assert_int_equal(days[1], 1);
}

static void test_store_key__a_key_is_known_by_its_mark(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_key found[4];
    size_t count = 0;
    make_order(fixture, &order);
    struct store_key twin = make_key("MARKB", "");
    twin.state = STORE_KEY_BLANK;
    assert_int_equal(store_key_insert(fixture->store, &twin, NULL), STATUS_OK);
    assert_int_equal(store_key_insert(fixture->store, &twin, NULL), STATUS_CONFLICT);
    assert_int_equal(store_key_load(fixture->store, "MARKA", &found[0], NULL), STATUS_OK);
    assert_string_equal(found[0].order_id, order.id);
    assert_int_equal(found[0].so_salt[15], 1);
    assert_int_equal(found[0].transport_salt[0], 2);
    assert_int_equal(store_key_list_by_serial(fixture->store, "0001", "EPass", found, 4, &count, NULL),
                     STATUS_OK);
    assert_int_equal(count, 2); /* serials repeat */
    assert_string_equal(found[0].mark, "MARKB");
    assert_int_equal(store_key_list_order(fixture->store, order.id, found, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 1);
    assert_int_equal(store_key_load(fixture->store, "NOMARK", &found[0], NULL), STATUS_NOT_FOUND);
}

static void test_store_key__a_number_is_drawn_once_and_the_next_key_has_the_next(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    char number[ORDER_ACCEPTANCE_BYTES] = "";
    make_order(fixture, &order);
    static const char *const marks[] = {"MARKB", "MARKC", "MARKD"};
    for (size_t i = 0; i < 3; i++) {
        struct store_key key = make_key(marks[i], order.id);
        assert_int_equal(store_key_insert(fixture->store, &key, NULL), STATUS_OK);
    }
    assert_int_equal(store_key_number_load(fixture->store, "MARKA", number, NULL), STATUS_NOT_FOUND);
    assert_int_equal(store_key_number_draw(fixture->store, "MARKA", "K{digits:4}", number, NULL), STATUS_OK);
    assert_string_equal(number, "K0001");
    assert_int_equal(store_key_number_draw(fixture->store, "MARKB", "K{digits:4}", number, NULL), STATUS_OK);
    assert_string_equal(number, "K0002");
    assert_int_equal(store_key_number_draw(fixture->store, "MARKA", "K{digits:4}", number, NULL), STATUS_OK);
    assert_string_equal(number, "K0001");
    assert_int_equal(store_key_number_draw(fixture->store, "MARKC", "K000{digits:1}", number, NULL),
                     STATUS_OK);
    assert_string_equal(number, "K0003"); /* what another pattern gave is passed over */
    assert_int_equal(store_key_number_load_order(fixture->store, order.id, number, NULL), STATUS_OK);
    assert_string_equal(number, "K0003");
    assert_int_equal(store_key_number_draw(fixture->store, "NOMARK", "K{digits:4}", number, NULL),
                     STATUS_NOT_FOUND);
    assert_int_equal(store_key_number_draw(fixture->store, "MARKD", "K", number, NULL), STATUS_MALFORMED);
}

static void test_store_key__a_pattern_that_is_used_up_gives_no_number(void **state)
{
    struct store_fixture *fixture = *state;
    char number[ORDER_ACCEPTANCE_BYTES] = "";
    for (int i = 0; i < 10; i++) {
        char mark[24];
        (void)snprintf(mark, sizeof(mark), "KEY%d", i);
        struct store_key key = make_key(mark, "");
        assert_int_equal(store_key_insert(fixture->store, &key, NULL), STATUS_OK);
        assert_int_equal(store_key_number_draw(fixture->store, mark, "{digits:1}", number, NULL),
                         i < 9 ? STATUS_OK : STATUS_FULL);
    }
    assert_string_equal(number, "9");
    assert_int_equal(store_key_number_load(fixture->store, "KEY9", number, NULL), STATUS_NOT_FOUND);
}

static void test_store_key__it_never_changes_from_one_order_to_another_in_work(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct order other;
    struct store_key key;
    make_order(fixture, &order);
    store_fixture_order(fixture, &other);
    assert_int_equal(
        store_key_step(fixture->store, "MARKA", STORE_KEY_IN_WORK, STORE_KEY_DELIVERED, other.id, NULL),
        STATUS_CONFLICT);
    assert_int_equal(store_key_step(fixture->store, "MARKA", STORE_KEY_BLANK, STORE_KEY_IN_WORK, NULL, NULL),
                     STATUS_CONFLICT);
    assert_int_equal(
        store_key_step(fixture->store, "MARKA", STORE_KEY_DELIVERED, STORE_KEY_BLANK, NULL, NULL),
        STATUS_BAD_STATE);
    assert_int_equal(store_key_step(fixture->store, "MARKA", STORE_KEY_IN_WORK, STORE_KEY_BLANK, NULL, NULL),
                     STATUS_OK);
    assert_int_equal(store_key_load(fixture->store, "MARKA", &key, NULL), STATUS_OK);
    assert_string_equal(key.order_id, "");
    assert_int_equal(
        store_key_step(fixture->store, "MARKA", STORE_KEY_BLANK, STORE_KEY_IN_WORK, other.id, NULL),
        STATUS_OK);
    assert_int_equal(
        store_key_step(fixture->store, "MARKA", STORE_KEY_IN_WORK, STORE_KEY_DELIVERED, NULL, NULL),
        STATUS_OK);
    assert_int_equal(store_key_load(fixture->store, "MARKA", &key, NULL), STATUS_OK);
    assert_string_equal(key.order_id, other.id);
    assert_string_equal(store_key_state_name(key.state), "delivered");
}

/* Of two keys the second is asked for once the first was handed over; a third never is. */
static void test_store_certificate__each_key_of_a_wish_has_one(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    const struct store_wish two = {.years = 1, .quantity = 2, .sub_kinds = ""};
    static const char *const ids[] = {"r1", "r2"};
    static const char *const marks[] = {"MARKA", "MARKB"};
    make_order(fixture, &order);
    struct store_key second = make_key("MARKB", order.id);
    assert_int_equal(store_key_insert(fixture->store, &second, NULL), STATUS_OK);
    assert_int_equal(store_wish_insert(fixture->store, order.id, &two, NULL), STATUS_OK);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(store_certificate_insert(fixture->store, ids[i], order.id, marks[i], "csr", 3, NULL),
                         STATUS_OK);
        assert_int_equal(store_certificate_insert(fixture->store, "r3", order.id, "MARKB", "csr", 3, NULL),
                         STATUS_CONFLICT);
        assert_int_equal(
            store_key_step(fixture->store, marks[i], STORE_KEY_IN_WORK, STORE_KEY_DELIVERED, NULL, NULL),
            STATUS_OK);
    }
    assert_int_equal(store_certificate_insert(fixture->store, "r3", order.id, "MARKB", "csr", 3, NULL),
                     STATUS_CONFLICT);
}

/* --- revocations that the authority began -------------------------------------------------------------- */

/* A decision of the order's, for a revocation to stand beside. */
static void decide(struct store_fixture *fixture, const struct order *order, char id[STORE_ID_BYTES])
{
    struct store_decision decision = {.action = "revoke", .required = 2, .of = 2};
    store_new_id(fixture->store, decision.id);
    strcpy(decision.order_id, order->id);
    assert_int_equal(store_decision_insert(fixture->store, &decision, NULL), STATUS_OK);
    strcpy(id, decision.id);
}

static void test_store_revocation__it_stands_once_until_it_is_done(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_revocation row = {.ground = "untrue"}, found;
    size_t count = 0;
    make_order(fixture, &order);
    store_new_id(fixture->store, row.request_id);
    strcpy(row.order_id, order.id);
    assert_int_equal(
        store_certificate_insert(fixture->store, row.request_id, order.id, "MARKA", "csr", 3, NULL),
        STATUS_OK);
    decide(fixture, &order, row.decision_id);
    assert_int_equal(store_revocation_load(fixture->store, row.request_id, &found, NULL), STATUS_NOT_FOUND);
    assert_int_equal(store_revocation_end(fixture->store, row.request_id, NULL), STATUS_CONFLICT);
    assert_int_equal(store_revocation_put(fixture->store, &row, NULL), STATUS_OK);
    assert_int_equal(store_revocation_put(fixture->store, &row, NULL), STATUS_CONFLICT);
    assert_int_equal(store_revocation_load(fixture->store, row.request_id, &found, NULL), STATUS_OK);
    assert_string_equal(found.ground, "untrue");
    assert_string_equal(found.decision_id, row.decision_id);
    assert_string_equal(found.evidence_order_id, "");
    assert_int_equal(found.done_utc_s, 0);
    assert_int_equal(store_revocation_list(fixture->store, "", &found, 1, &count, NULL), STATUS_OK);
    assert_int_equal(count, 1);
    assert_int_equal(store_revocation_end(fixture->store, row.request_id, NULL), STATUS_OK);
    assert_int_equal(store_revocation_end(fixture->store, row.request_id, NULL), STATUS_CONFLICT);
    assert_int_equal(store_revocation_list(fixture->store, "", &found, 1, &count, NULL), STATUS_OK);
    assert_int_equal(count, 0);
    assert_int_equal(store_revocation_list(fixture->store, order.id, &found, 1, &count, NULL), STATUS_OK);
    assert_true(count == 1 && found.done_utc_s != 0);
}

static void test_store_revocation__of_nothing_there_is_none(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_revocation row = {.ground = "law"};
    size_t count = 1;
    make_order(fixture, &order);
    strcpy(row.order_id, order.id);
    strcpy(row.request_id, "0123456789abcdef0123456789abcdef");
    decide(fixture, &order, row.decision_id);
    assert_int_not_equal(store_revocation_put(fixture->store, &row, NULL), STATUS_OK);
    assert_int_equal(store_revocation_list(fixture->store, order.id, &row, 1, &count, NULL), STATUS_OK);
    assert_int_equal(count, 0);
}

/* --- as a file ----------------------------------------------------------------------------------------- */

#define PRIVATE_KEY "A-PRIVATE-KEY-IN-DER"

static void begin_soft(struct store_fixture *fixture, struct order *order, struct store_soft *row)
{
    make_order(fixture, order);
    *row = (struct store_soft){.clerk = "chen", .second = "lin"};
    store_new_id(fixture->store, row->request_id);
    strcpy(row->order_id, order->id);
    assert_int_equal(store_begin(fixture->store, NULL), STATUS_OK);
    assert_int_equal(
        store_certificate_insert(fixture->store, row->request_id, order->id, "MARKA", "csr", 3, NULL),
        STATUS_OK);
    assert_int_equal(
        store_end(fixture->store,
                  store_soft_insert(fixture->store, row, bytes_view(PRIVATE_KEY, strlen(PRIVATE_KEY)), NULL),
                  NULL),
        STATUS_OK);
}

static enum status write_soft(struct store_fixture *fixture, const struct store_soft *row)
{
    assert_int_equal(store_begin(fixture->store, NULL), STATUS_OK);
    return store_end(fixture->store, store_soft_write(fixture->store, row, "0A1B", NULL), NULL);
}

static void test_store_soft__its_key_is_sealed_until_the_file_is_written_and_gone_after(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_soft row, stored;
    struct buf key;
    buf_init(&key, 4096);
    begin_soft(fixture, &order, &row);
    assert_int_equal(store_soft_load_order(fixture->store, order.id, &stored, NULL), STATUS_OK);
    assert_true(stored.has_key);
    assert_string_equal(stored.file, "");
    assert_int_equal(store_soft_key(fixture->store, &stored, &key, NULL), STATUS_OK);
    assert_memory_equal(key.data, PRIVATE_KEY, strlen(PRIVATE_KEY));
    strcpy(row.file, "T1.p12");
    assert_int_equal(write_soft(fixture, &row), STATUS_OK);
    assert_int_equal(store_soft_load(fixture->store, row.request_id, &stored, NULL), STATUS_OK);
    assert_false(stored.has_key);
    assert_string_equal(stored.file, "T1.p12");
    assert_int_equal(stored.written_utc_s, STORE_FIXTURE_NOW_UTC_S);
    assert_int_equal(store_soft_key(fixture->store, &stored, &key, NULL), STATUS_NOT_FOUND);
    assert_int_equal(write_soft(fixture, &row), STATUS_CONFLICT);
    store_close(fixture->store);
    fixture->store = NULL;
    assert_false(store_fixture_files_hold(fixture, PRIVATE_KEY, strlen(PRIVATE_KEY)));
    store_fixture_reopen(fixture);
    buf_wipe(&key);
}

static void test_store_soft__what_is_dropped_or_forgotten_has_no_key_any_more(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_soft row;
    struct buf key;
    buf_init(&key, 4096);
    begin_soft(fixture, &order, &row);
    assert_int_equal(store_soft_load_order(fixture->store, "nobody", &row, NULL), STATUS_NOT_FOUND);
    assert_int_equal(store_begin(fixture->store, NULL), STATUS_OK);
    assert_int_equal(store_end(fixture->store, store_soft_drop(fixture->store, row.request_id, NULL), NULL),
                     STATUS_OK);
    assert_int_equal(store_soft_key(fixture->store, &row, &key, NULL), STATUS_NOT_FOUND);
    assert_int_equal(store_soft_load(fixture->store, row.request_id, &row, NULL), STATUS_OK);
    assert_false(row.has_key);
    assert_int_equal(store_order_forget(fixture->store, order.id, NULL), STATUS_OK);
    assert_int_equal(store_soft_key(fixture->store, &row, &key, NULL), STATUS_NOT_FOUND);
    buf_wipe(&key);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, store_fixture_setup, store_fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(test_store_certificate__it_goes_from_request_to_confirmation),
        T(test_store_certificate__an_order_never_has_two_unrevoked_ones),
        T(test_store_certificate__each_key_of_a_wish_has_one),
        T(test_store_certificate__a_step_overtaken_or_not_on_the_list_is_refused),
        T(test_store_revocation__it_stands_once_until_it_is_done),
        T(test_store_revocation__of_nothing_there_is_none),
        T(test_store_key__keys_are_counted_by_model_and_state_and_day),
        T(test_store_key__a_key_is_known_by_its_mark),
        T(test_store_key__a_number_is_drawn_once_and_the_next_key_has_the_next),
        T(test_store_key__a_pattern_that_is_used_up_gives_no_number),
        T(test_store_key__it_never_changes_from_one_order_to_another_in_work),
        T(test_store_soft__its_key_is_sealed_until_the_file_is_written_and_gone_after),
        T(test_store_soft__what_is_dropped_or_forgotten_has_no_key_any_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
