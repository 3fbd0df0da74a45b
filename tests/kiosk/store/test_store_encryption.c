/* Encryption certificates: beside their certificate, sealed, with an envelope that goes once it is of no use.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "kiosk/store/store_encryption.h"
#include "kiosk/store/store_key.h"
#include "tests/support/store_fixture.h"

static const char envelope_bytes[] = "an envelope nobody opens";

/* A requested certificate of a fresh order. */
static void make(struct store_fixture *fixture, const char *mark, char id[STORE_ID_BYTES],
                 struct order *order)
{
    struct store_key key = {.serial = "0001", .model = "EPass", .label = "CK", .state = STORE_KEY_IN_WORK};
    store_fixture_order(fixture, order);
    (void)strcpy(key.mark, mark);
    (void)strcpy(key.order_id, order->id);
    assert_int_equal(store_key_insert(fixture->store, &key, NULL), STATUS_OK);
    store_new_id(fixture->store, id);
    assert_int_equal(store_certificate_insert(fixture->store, id, order->id, mark, "csr", 3, NULL),
                     STATUS_OK);
}

static struct store_encryption_facts facts_of(const char *serial, bool recovered)
{
    return (struct store_encryption_facts){.serial = serial,
                                           .not_after_utc_s = 1826788342,
                                           .recovered = recovered,
                                           .der = "\x30\x82 half",
                                           .der_length = 7,
                                           .enveloped_key = envelope_bytes,
                                           .enveloped_key_length = sizeof(envelope_bytes)};
}

static enum status part(struct store_fixture *fixture, const char *id, enum store_certificate_part which)
{
    struct buf out;
    buf_init(&out, 4096);
    enum status status = store_certificate_part(fixture->store, id, which, &out, NULL);
    buf_release(&out);
    return status;
}

static void test_store_encryption__it_stands_beside_its_certificate_until_it_is_proven(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_encryption row;
    char id[STORE_ID_BYTES];
    const struct store_encryption_facts facts = facts_of("0E01", false);
    make(fixture, "MARKA", id, &order);
    assert_int_equal(store_encryption_load(fixture->store, id, &row, NULL), STATUS_NOT_FOUND);
    assert_int_equal(store_encryption_prove(fixture->store, id, NULL), STATUS_CONFLICT);
    assert_int_equal(store_encryption_put(fixture->store, id, &facts, NULL), STATUS_OK);
    assert_int_equal(store_encryption_load(fixture->store, id, &row, NULL), STATUS_OK);
    assert_string_equal(row.serial, "0E01");
    assert_int_equal(row.not_after_utc_s, 1826788342);
    assert_int_equal(row.proven_utc_s, 0);
    assert_false(row.recovered);
    assert_int_equal(part(fixture, id, STORE_CERTIFICATE_ENVELOPED_KEY), STATUS_OK);
    assert_int_equal(store_encryption_prove(fixture->store, id, NULL), STATUS_OK);
    assert_int_equal(store_encryption_load(fixture->store, id, &row, NULL), STATUS_OK);
    assert_int_equal(row.proven_utc_s, STORE_FIXTURE_NOW_UTC_S);
    assert_int_equal(part(fixture, id, STORE_CERTIFICATE_ENVELOPED_KEY), STATUS_NOT_FOUND);
    assert_int_equal(part(fixture, id, STORE_CERTIFICATE_ENCRYPTION_DER), STATUS_OK);
}

static void test_store_encryption__the_same_again_is_kept_another_one_is_not(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_encryption row;
    char id[STORE_ID_BYTES];
    struct store_encryption_facts facts = facts_of("0E01", false);
    make(fixture, "MARKA", id, &order);
    assert_int_equal(store_encryption_put(fixture->store, id, &facts, NULL), STATUS_OK);
    assert_int_equal(store_encryption_put(fixture->store, id, &facts, NULL), STATUS_OK);
    facts.serial = "0E02";
    assert_int_equal(store_encryption_put(fixture->store, id, &facts, NULL), STATUS_CONFLICT);
    assert_int_equal(store_encryption_load(fixture->store, id, &row, NULL), STATUS_OK);
    assert_string_equal(row.serial, "0E01");
    assert_int_equal(store_encryption_put(fixture->store, "no such request", &facts, NULL), STATUS_NOT_FOUND);
    char longest[STORE_CERTIFICATE_SERIAL_BYTES + 1];
    (void)memset(longest, 'A', sizeof(longest));
    longest[sizeof(longest) - 1] = 0;
    facts.serial = longest;
    assert_int_equal(store_encryption_put(fixture->store, id, &facts, NULL), STATUS_FULL);
}

/* Its serial then stands in two rows; the newest says where the key is now. */
static void test_store_encryption__a_recovered_one_is_found_where_it_came_back(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_encryption rows[4];
    size_t count = 0;
    char ids[2][STORE_ID_BYTES];
    const struct store_encryption_facts made = facts_of("0E01", false);
    const struct store_encryption_facts recovered = facts_of("0E01", true);
    make(fixture, "MARKA", ids[0], &order);
    assert_int_equal(store_encryption_put(fixture->store, ids[0], &made, NULL), STATUS_OK);
    make(fixture, "MARKB", ids[1], &order);
    assert_int_equal(store_encryption_put(fixture->store, ids[1], &recovered, NULL), STATUS_OK);
    assert_int_equal(store_encryption_load_by_serial(fixture->store, "0E01", &rows[0], NULL), STATUS_OK);
    assert_string_equal(rows[0].request_id, ids[1]);
    assert_true(rows[0].recovered);
    assert_int_equal(store_encryption_load_by_serial(fixture->store, "0E09", &rows[0], NULL),
                     STATUS_NOT_FOUND);
    assert_int_equal(store_encryption_list(fixture->store, order.id, rows, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 1);
    assert_string_equal(rows[0].request_id, ids[1]);
}

static void test_store_encryption__certificate_and_envelope_are_sealed(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    char id[STORE_ID_BYTES];
    const struct store_encryption_facts facts = facts_of("0E01", false);
    make(fixture, "MARKA", id, &order);
    assert_int_equal(store_encryption_put(fixture->store, id, &facts, NULL), STATUS_OK);
    store_close(fixture->store);
    fixture->store = NULL;
    assert_true(store_fixture_files_hold(fixture, "0E01", 4));
    assert_false(store_fixture_files_hold(fixture, envelope_bytes, sizeof(envelope_bytes) - 1));
    assert_false(store_fixture_files_hold(fixture, "\x30\x82 half", 7));
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, store_fixture_setup, store_fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(test_store_encryption__it_stands_beside_its_certificate_until_it_is_proven),
        T(test_store_encryption__the_same_again_is_kept_another_one_is_not),
        T(test_store_encryption__a_recovered_one_is_found_where_it_came_back),
        T(test_store_encryption__certificate_and_envelope_are_sealed),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
