/* Invoices: one an order, sealed titles, changed until issued, issued once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "kiosk/store/store_check.h"
#include "kiosk/store/store_invoice.h"
#include "kiosk/store/store_order.h"
#include "tests/support/store_fixture.h"

#define TITLE "示例,\"引号\"\n公司"
#define DOCUMENT "25502000000123456789"

static const struct store_invoice_title title = {.title = TITLE, .tax_number = "91500108MA6000016R"};

static struct store_invoice make(struct store_fixture *fixture, enum store_invoice_state state)
{
    struct order order;
    struct store_invoice invoice = {.state = state, .amount_fen = 48005, .paid_utc_s = 1700000000};
    store_fixture_order(fixture, &order);
    strcpy(invoice.order_id, order.id);
    assert_int_equal(store_invoice_open(fixture->store, &invoice, &title, NULL), STATUS_OK);
    return invoice;
}

static void test_store_invoice__title_and_amount_come_back_as_they_were(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_invoice found;
    struct store_invoice_title read;
    const struct store_invoice invoice = make(fixture, STORE_INVOICE_REQUESTED);
    assert_int_equal(store_invoice_load(fixture->store, invoice.order_id, &found, NULL), STATUS_OK);
    assert_int_equal(found.amount_fen, 48005);
    assert_int_equal(found.version, 1);
    assert_int_not_equal(found.requested_utc_s, 0);
    assert_int_equal(store_invoice_load_title(fixture->store, invoice.order_id, &read, NULL), STATUS_OK);
    assert_memory_equal(&title, &read, sizeof(read));
    assert_int_not_equal(store_invoice_open(fixture->store, &invoice, &title, NULL), STATUS_OK);
}

static void test_store_invoice__asked_for_once(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_invoice found;
    const struct store_invoice invoice = make(fixture, STORE_INVOICE_OPEN);
    assert_int_equal(store_invoice_request(fixture->store, invoice.order_id, 1800000000, NULL), STATUS_OK);
    assert_int_equal(store_invoice_request(fixture->store, invoice.order_id, 1900000000, NULL),
                     STATUS_BAD_STATE);
    assert_int_equal(store_invoice_load(fixture->store, invoice.order_id, &found, NULL), STATUS_OK);
    assert_int_equal(found.state, STORE_INVOICE_REQUESTED);
    assert_int_equal(found.due_utc_s, 1800000000);
    assert_int_equal(store_invoice_request(fixture->store, "nothing", 1, NULL), STATUS_NOT_FOUND);
}

static void test_store_invoice__corrected_before_issuing_in_the_version_displayed(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_invoice_title other = {.title = "别的公司"}, none = {0}, read;
    const struct store_invoice invoice = make(fixture, STORE_INVOICE_REQUESTED);
    assert_int_equal(store_invoice_correct(fixture->store, invoice.order_id, 2, &other, "chen", NULL),
                     STATUS_CONFLICT);
    assert_int_equal(store_invoice_correct(fixture->store, invoice.order_id, 1, &none, "chen", NULL),
                     STATUS_MALFORMED);
    assert_int_equal(store_invoice_correct(fixture->store, invoice.order_id, 1, &other, "chen", NULL),
                     STATUS_OK);
    assert_int_equal(store_invoice_load_title(fixture->store, invoice.order_id, &read, NULL), STATUS_OK);
    assert_string_equal(read.title, "别的公司");
    assert_int_equal(store_invoice_issue(fixture->store, invoice.order_id, 2, DOCUMENT, "chen", NULL),
                     STATUS_OK);
    assert_int_equal(store_invoice_correct(fixture->store, invoice.order_id, 3, &title, "chen", NULL),
                     STATUS_BAD_STATE);
}

static void test_store_invoice__one_number_for_one_invoice(void **state)
{
    struct store_fixture *fixture = *state;
    const struct store_invoice first = make(fixture, STORE_INVOICE_REQUESTED);
    const struct store_invoice second = make(fixture, STORE_INVOICE_OPEN);
    assert_int_equal(store_invoice_issue(fixture->store, first.order_id, 0, "12", "chen", NULL),
                     STATUS_MALFORMED);
    assert_int_equal(store_invoice_issue(fixture->store, first.order_id, 0, DOCUMENT, "chen", NULL),
                     STATUS_OK);
    assert_int_equal(store_invoice_issue(fixture->store, first.order_id, 0, DOCUMENT "0", "chen", NULL),
                     STATUS_BAD_STATE);
    assert_int_equal(store_invoice_issue(fixture->store, second.order_id, 0, DOCUMENT, "chen", NULL),
                     STATUS_MALFORMED);
}

static void test_store_invoice__void_unless_issued(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_invoice found;
    const struct store_invoice open = make(fixture, STORE_INVOICE_REQUESTED);
    const struct store_invoice issued = make(fixture, STORE_INVOICE_REQUESTED);
    assert_int_equal(store_invoice_issue(fixture->store, issued.order_id, 0, DOCUMENT, "chen", NULL),
                     STATUS_OK);
    assert_int_equal(store_invoice_void(fixture->store, open.order_id, NULL), STATUS_OK);
    assert_int_equal(store_invoice_void(fixture->store, issued.order_id, NULL), STATUS_OK);
    assert_int_equal(store_invoice_void(fixture->store, "nothing", NULL), STATUS_OK);
    assert_int_equal(store_invoice_load(fixture->store, open.order_id, &found, NULL), STATUS_OK);
    assert_int_equal(found.state, STORE_INVOICE_VOID);
    assert_int_equal(store_invoice_load(fixture->store, issued.order_id, &found, NULL), STATUS_OK);
    assert_int_equal(found.state, STORE_INVOICE_ISSUED);
}

static void test_store_invoice__listed_by_state_and_day(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_invoice found[4];
    size_t count = 0;
    (void)make(fixture, STORE_INVOICE_REQUESTED);
    (void)make(fixture, STORE_INVOICE_OPEN);
    struct store_invoice_filter filter = {.state = STORE_INVOICE_COUNT_};
    assert_int_equal(store_invoice_list(fixture->store, &filter, found, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 2);
    filter.state = STORE_INVOICE_OPEN;
    assert_int_equal(store_invoice_list(fixture->store, &filter, found, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 1);
    filter.since_utc_s = 1700000001;
    assert_int_equal(store_invoice_list(fixture->store, &filter, found, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 0);
}

/* The title is nowhere in the clear, and gone with its person. */
static void test_store_invoice__a_title_is_sealed_and_forgotten(void **state)
{
    struct store_fixture *fixture = *state;
    struct store_invoice_title read;
    struct store_check_report report;
    const struct store_invoice invoice = make(fixture, STORE_INVOICE_REQUESTED);
    assert_int_equal(store_check(fixture->store, &report, NULL), STATUS_OK);
    assert_int_equal(report.sealed_values, 1);
    assert_int_equal(store_order_forget(fixture->store, invoice.order_id, NULL), STATUS_OK);
    assert_int_equal(store_invoice_load_title(fixture->store, invoice.order_id, &read, NULL),
                     STATUS_NOT_FOUND);
    assert_int_equal(store_check(fixture->store, &report, NULL), STATUS_OK);
    store_close(fixture->store);
    fixture->store = NULL;
    assert_false(store_fixture_files_hold(fixture, "91500108MA6000016R", 18));
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, store_fixture_setup, store_fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(test_store_invoice__title_and_amount_come_back_as_they_were),
        T(test_store_invoice__asked_for_once),
        T(test_store_invoice__corrected_before_issuing_in_the_version_displayed),
        T(test_store_invoice__one_number_for_one_invoice),
        T(test_store_invoice__void_unless_issued),
        T(test_store_invoice__listed_by_state_and_day),
        T(test_store_invoice__a_title_is_sealed_and_forgotten),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
