/* One applicant from the SMS code to the key in the hand, one clerk, everything outside played by fakes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_certificate.h"
#include "kiosk/store/store_intention.h"
#include "kiosk/store/store_key.h"
#include "kiosk/store/store_payment.h"
#include "tests/support/feature.h"
#include "tests/support/hall_visit.h"

static int setup(void **state)
{
    return hall_setup(state, TEST_SOURCE_DIR);
}

static void assert_no_open_intention(struct store *store, const char *order_id)
{
    struct store_intention open[16];
    size_t count = 0;
    assert_int_equal(STATUS_OK, store_intention_list_order(store, order_id, true, open, 16, &count, NULL));
    assert_int_equal(0, count);
}

static void assert_delivered(struct store *store, const char *order_id)
{
    struct store_key keys[4];
    struct store_certificate certificates[4];
    struct store_payment payments[4];
    size_t count = 0;
    assert_int_equal(STATUS_OK, store_key_list_order(store, order_id, keys, 4, &count, NULL));
    assert_int_equal(1, count);
    assert_int_equal(STORE_KEY_DELIVERED, keys[0].state);
    assert_int_equal(STATUS_OK, store_certificate_list(store, order_id, certificates, 4, &count, NULL));
    assert_int_equal(1, count);
    assert_int_equal(STORE_CERTIFICATE_CONFIRMED, certificates[0].state);
    assert_int_equal(STATUS_OK, store_payment_list(store, order_id, payments, 4, &count, NULL));
    assert_int_equal(1, count);
    assert_int_equal(STORE_PAYMENT_PAID, payments[0].state);
}

static void test_visit__goes_from_message_to_key_in_hand(void **state)
{
    struct hall *hall = *state;
    static struct hall_program terminal, desk;
    hall_add_clerk(hall, "chen");
    hall_program_start(&terminal, hall, 1, "terminal-01");
    hall_program_start(&desk, hall, 0, "desk-01");
    const struct service_visit *visit = services_visit(terminal.services);
    hall_visit_login(&terminal);
    hall_visit_open(&terminal);
    assert_int_equal(48000, visit->order.amount_fen);
    hall_visit_form(&terminal);
    hall_visit_print(&terminal);
    assert_int_equal(1, printer_fake_jobs());
    hall_visit_papers(&terminal);
    hall_desk_review(&desk, "chen", visit->order.id);
    hall_until_state(&terminal, ORDER_STATE_PAYING);
    hall_visit_finish(&terminal);
    assert_int_equal(48000, payment_fake_taken_fen(hall->gateway));
    assert_int_equal(0, payment_fake_returned_fen(hall->gateway));
    assert_int_equal(1, authority_fake_counts(hall->ca).confirmed);
    assert_int_equal(0, authority_fake_counts(hall->ca).revoked);
    hall_done(&terminal, service_receipt_print(terminal.services));
    assert_int_equal(2, printer_fake_jobs());
    char id[ORDER_ID_BYTES];
    (void)memcpy(id, visit->order.id, sizeof(id));
    services_end_visit(terminal.services);
    assert_false(visit->has_order);
    hall_program_end(&desk);
    hall_program_end(&terminal);
    struct store *store = hall_store(hall, "watcher");
    assert_no_open_intention(store, id);
    assert_delivered(store, id);
    struct store_audit_report report = {0};
    FEATURE("F001");
    assert_int_equal(STATUS_OK, store_audit_verify(store, &report, NULL));
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_visit__goes_from_message_to_key_in_hand, setup, hall_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
