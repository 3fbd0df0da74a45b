/* One applicant from the SMS code to the key in the hand, one clerk, everything outside played by fakes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/store/store_audit_filter.h"
#include "kiosk/store/store_certificate.h"
#include "kiosk/store/store_holding.h"
#include "kiosk/store/store_intention.h"
#include "kiosk/store/store_key.h"
#include "kiosk/store/store_key_number.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_payment.h"
#include "kiosk/store/store_unit.h"
#include "tests/support/feature.h"
#include "tests/support/form_sample.h"
#include "tests/support/hall_order.h"
#include "tests/support/hall_visit.h"
#include "tests/support/pdf_bench.h"
#include "tests/support/pki_process.h"

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

/* What poppler reads on a printed sheet, without blanks. Owns: the caller, with free. */
static char *read_print(struct hall *hall, size_t index)
{
    char path[160];
    size_t length = 0;
    const uint8_t *pdf = printer_fake_pdf(index, &length);
    assert_non_null(pdf);
    pki_process_write(hall->directory, "print.pdf", (struct bytes){pdf, length});
    (void)snprintf(path, sizeof(path), "%s/print.pdf", hall->directory);
    char *text = pdf_bench_output("pdftotext -raw %s -", path);
    pdf_bench_squeeze(text);
    return text;
}

static bool is_printed(const char *print, const char *wanted)
{
    char text[512];
    (void)snprintf(text, sizeof(text), "%s", wanted);
    pdf_bench_squeeze(text);
    return strstr(print, text) != NULL;
}

/* A slip while it waits has neither clerks nor advice: nobody has decided, there is no key yet. */
static void assert_waiting_slip(struct hall_program *terminal, struct hall *hall, size_t index)
{
    hall_done(terminal, service_receipt_print(terminal->services));
    char *print = read_print(hall, index);
    assert_true(is_printed(print, services_visit(terminal->services)->order.acceptance));
    assert_false(is_printed(print, "受理/审核") || is_printed(print, "证书办好以后"));
    free(print);
}

static void assert_receipt(struct hall *hall, const struct service_visit *visit, size_t index)
{
    const struct product *product = visit->product;
    char *print = read_print(hall, index);
    char number[64];
    (void)snprintf(number, sizeof(number), "Key编号%s", visit->issue.key_number);
    FEATURE("F162");
    assert_int_equal(13, strlen(visit->issue.key_number));
    assert_true(is_printed(print, number));
    FEATURE("F139");
    assert_true(is_printed(print, "受理/审核lin/chen"));
    for (size_t i = 0; i < product->notice_count; i++)
        assert_true(is_printed(print, product->notices[i]));
    assert_true(is_printed(print, "绑定以前，证书不能登录"));
    free(print);
}

/* How many rows of the audit about this order tell of this. */
static int64_t told(struct store *store, const char *order_id, const char *action)
{
    struct store_audit_filter filter = {0};
    int64_t count = 0;
    (void)snprintf(filter.about, sizeof(filter.about), "%s", order_id);
    (void)snprintf(filter.text, sizeof(filter.text), "\n"); /* in no row: by the action alone */
    (void)snprintf(filter.actions, sizeof(filter.actions), ",%s,", action);
    assert_int_equal(STATUS_OK, store_audit_filter_count(store, &filter, &count, NULL));
    return count;
}

/* What is kept of the hand-over: the number on the receipt, the order at its end, and both in the audit,
 * once. */
static void assert_handed_over(struct store *store, const char *order_id, const char *number)
{
    char kept[ORDER_ACCEPTANCE_BYTES];
    struct order order;
    assert_int_equal(STATUS_OK, store_key_number_load_order(store, order_id, kept, NULL));
    assert_string_equal(number, kept);
    assert_int_equal(STATUS_OK, store_order_load(store, order_id, &order, NULL));
    assert_int_equal(ORDER_STATE_DONE, order.state);
    assert_int_equal(1, told(store, order_id, "key.delivered"));
    FEATURE("F169");
    assert_int_equal(1, told(store, order_id, "order.taken"));
}

/* How often the unit of this code stands bound to the zone. */
static size_t bound_to(struct store *store, const char *credit_code, const char *zone)
{
    struct store_unit unit;
    struct store_holding held[8];
    size_t count = 0, found = 0;
    if (store_unit_find(store, credit_code, &unit, NULL) != STATUS_OK)
        return 0;
    assert_int_equal(STATUS_OK, store_holding_list(store, unit.id, false, held, 8, &count, NULL));
    for (size_t i = 0; i < count; i++)
        found += held[i].kind == STORE_HOLDING_ZONE && strcmp(held[i].text, zone) == 0;
    return found;
}

static void test_visit__goes_from_message_to_key_in_hand(void **state)
{
    struct hall *hall = *state;
    static struct hall_program terminal, desk;
    hall_add_clerk(hall, "chen");
    hall_add_clerk(hall, "lin");
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
    assert_waiting_slip(&terminal, hall, 1);
    hall_desk_identify(&desk, "lin", visit->order.id);
    hall_desk_open(&desk, "chen", visit->order.id);
    hall_desk_approve(&desk);
    hall_until_state(&terminal, ORDER_STATE_PAYING);
    hall_visit_finish(&terminal);
    assert_int_equal(48000, payment_fake_taken_fen(hall->gateway));
    assert_int_equal(0, payment_fake_returned_fen(hall->gateway));
    assert_int_equal(1, authority_fake_counts(hall->ca).confirmed);
    assert_int_equal(0, authority_fake_counts(hall->ca).revoked);
    hall_done(&terminal, service_receipt_print(terminal.services));
    assert_int_equal(3, printer_fake_jobs());
    assert_receipt(hall, visit, 2);
    hall_done(&desk, service_desk_overview(desk.services));
    assert_string_equal(visit->issue.key_number, services_desk(desk.services)->recent[0].key_number);
    char id[ORDER_ID_BYTES];
    char number[64];
    (void)memcpy(id, visit->order.id, sizeof(id));
    (void)snprintf(number, sizeof(number), "%s", visit->issue.key_number);
    hall_leave(&terminal);
    assert_false(visit->has_order);
    hall_program_end(&desk);
    hall_program_end(&terminal);
    struct store *store = hall_store(hall, "watcher");
    assert_no_open_intention(store, id);
    assert_delivered(store, id);
    assert_handed_over(store, id, number);
    struct store_audit_report report = {0};
    FEATURE("F001");
    assert_int_equal(STATUS_OK, store_audit_verify(store, &report, NULL));
    store_close(store);
}

/* Made, and left in the writer: nobody has it yet. */
static void test_visit__a_key_that_was_not_taken_is_not_handed_over(void **state)
{
    struct hall *hall = *state;
    struct hall_program terminal;
    struct order order;
    hall_program_start(&terminal, hall, 1, "terminal-01");
    hall_order_make_of(hall, "ezca-cqzfcg", "new", ORDER_STATE_ISSUING, &order);
    hall_done(&terminal, service_order_open(terminal.services, order.id));
    token_fake_insert(hall->writers[0], "key-1");
    hall_visit_issue(&terminal);
    hall_visit_pin(&terminal);
    struct store *store = hall_store(hall, "watcher");
    assert_int_equal(STATUS_OK, store_order_load(store, order.id, &order, NULL));
    assert_int_equal(ORDER_STATE_COLLECTING, order.state);
    FEATURE("F169");
    assert_int_equal(0, told(store, order.id, "order.taken"));
    store_close(store);
    hall_leave(&terminal);
    hall_program_end(&terminal);
}

/* Made and taken by somebody whose order of this product was approved and paid. */
static void take_key(struct hall *hall, struct hall_program *terminal, const char *product, const char *key)
{
    struct order order;
    hall_order_make_of(hall, product, "new", ORDER_STATE_ISSUING, &order);
    hall_done(terminal, service_order_open(terminal->services, order.id));
    token_fake_insert(hall->writers[0], key);
    hall_visit_issue(terminal);
    hall_visit_pin(terminal);
    hall_visit_take(terminal);
    hall_leave(terminal);
}

/* What the business system must know stands once, whatever is issued to the same unit after it. */
static void test_visit__a_units_certificate_is_bound_to_its_business_system_once(void **state)
{
    struct hall *hall = *state;
    struct hall_program terminal;
    struct form_values values;
    const struct product *product = catalogue_find(hall->catalogue, "ezca-cqzfcg");
    form_sample_make(product_operation_form(product, product_find_operation(product, "new")), &values);
    const char *credit_code = form_values_get(&values, "credit_code");
    hall_program_start(&terminal, hall, 1, "terminal-01");
    struct store *store = hall_store(hall, "watcher");
    take_key(hall, &terminal, "gxca-suqian-unit", "key-1");
    assert_int_equal(0, bound_to(store, credit_code, product->name)); /* that product binds nothing */
    take_key(hall, &terminal, product->id, "key-2");
    assert_int_equal(1, bound_to(store, credit_code, product->name));
    take_key(hall, &terminal, product->id, "key-3");
    FEATURE("F181");
    assert_int_equal(1, bound_to(store, credit_code, product->name));
    store_close(store);
    form_values_wipe(&values);
    hall_program_end(&terminal);
}

/* An authority whose keys need a driver: what must not be done while it is put on stands on the receipt. */
static void test_visit__the_receipt_says_how_the_driver_is_put_on(void **state)
{
    struct hall *hall = *state;
    struct hall_program terminal;
    struct form_values values;
    struct order order;
    const struct product *product = catalogue_find(hall->catalogue, "gxca-suqian-unit");
    const struct hall_order_choice choice = {product, product_find_operation(product, "new"),
                                             product->classes[0].id, &values};
    hall_program_start(&terminal, hall, 1, "terminal-01");
    form_sample_make(product_operation_form(product, choice.operation), &values);
    hall_order_make_with(hall, &choice, ORDER_STATE_ISSUING, &order);
    hall_done(&terminal, service_order_open(terminal.services, order.id));
    token_fake_insert(hall->writers[0], "key-1");
    hall_visit_issue(&terminal);
    hall_visit_pin(&terminal);
    hall_visit_take(&terminal);
    hall_done(&terminal, service_receipt_print(terminal.services));
    char *print = read_print(hall, 0);
    FEATURE("F173");
    assert_true(is_printed(print, "安装驱动时请不要插入CA锁"));
    free(print);
    form_values_wipe(&values);
    hall_program_end(&terminal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_visit__goes_from_message_to_key_in_hand, setup, hall_teardown),
        cmocka_unit_test_setup_teardown(test_visit__a_key_that_was_not_taken_is_not_handed_over, setup,
                                        hall_teardown),
        cmocka_unit_test_setup_teardown(test_visit__a_units_certificate_is_bound_to_its_business_system_once,
                                        setup, hall_teardown),
        cmocka_unit_test_setup_teardown(test_visit__the_receipt_says_how_the_driver_is_put_on, setup,
                                        hall_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
