/* What a change costs and does where keys carry electronic seals: the seal is made anew, or nothing is due.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/services/service_key.h"
#include "tests/support/feature.h"
#include "tests/support/hall_order.h"
#include "tests/support/hall_printed.h"
#include "tests/support/hall_seal.h"
#include "tests/support/robot_visit.h"

static const char product_id[] = "gxca-suqian-unit", class_id[] = "unit";

static int setup(void **state)
{
    return hall_setup(state, TEST_SOURCE_DIR);
}

/* A change of this kind, for which no seal was asked. */
static void create_change(struct hall_program *terminal, const char *kind)
{
    const struct product *product = catalogue_find(terminal->hall->catalogue, product_id);
    struct service_wish wish;
    service_wish_init(&wish, product_find_operation(product, "change"));
    (void)snprintf(wish.sub_kinds[wish.sub_kind_count++], ORDER_NAME_BYTES, "%s", kind);
    services_choose(terminal->services, product, product_find_operation(product, "change"), class_id);
    services_choose_wish(terminal->services, &wish);
    hall_done(terminal, service_order_create(terminal->services));
}

static void show_key(struct hall_program *terminal, const char *key)
{
    struct secret pin = {0};
    assert_int_equal(secret_set(&pin, HALL_PIN, strlen(HALL_PIN)), STATUS_OK);
    token_fake_insert(terminal->hall->writers[0], key);
    hall_done(terminal, service_key_show(terminal->services, &pin));
}

static void begin_change(struct hall_program *terminal)
{
    create_change(terminal, "seal-style");
    show_key(terminal, "key-0");
    struct form_values *values = services_values(terminal->services);
    for (size_t i = 0; i < ROBOT_GXCA_UNIT; i++)
        assert_int_equal(STATUS_OK, form_values_set(values, robot_gxca_unit[i].id, robot_gxca_unit[i].text));
    hall_done(terminal, service_order_save(terminal->services));
    hall_done(terminal, service_order_event(terminal->services, ORDER_EVENT_FORM_COMPLETED));
}

/* The samples' sheet is not good with a blank box; then all papers are. */
static void scan_change(struct hall_program *terminal)
{
    const struct service_visit *view = services_visit(terminal->services);
    hall_visit_print(terminal);
    hall_glass_lay(&terminal->glass, hall_sheet_samples(terminal->hall, &view->order, "application", 0, 2));
    hall_done(terminal, service_scan_page(terminal->services, "application"));
    assert_int_equal(view->pages[0].state, SERVICE_PAGE_POOR);
    for (size_t i = 0; i < view->page_count; i++)
        hall_visit_scan(terminal, view->pages[i].paper);
    assert_int_equal(view->pages[0].state, SERVICE_PAGE_GOOD);
    assert_int_equal(view->sample_count, 6);
    hall_done(terminal, service_order_event(terminal->services, ORDER_EVENT_SCANNED));
    assert_int_equal(view->order.state, ORDER_STATE_REVIEWING);
}

struct awaited_lock {
    const char *order_id;
    enum store_lock_role role;
};

static bool has_role(struct hall_program *program, const void *argument)
{
    const struct awaited_lock *awaited = argument;
    struct store_lock lock;
    struct order order;
    hall_seal_load_lock(program->hall, awaited->order_id, &lock, &order);
    return lock.role == awaited->role;
}

static void decide(struct hall_program *desk, struct hall_program *terminal, bool is_main, int64_t fen)
{
    struct store_lock lock;
    struct order order = services_visit(terminal->services)->order;
    const struct awaited_lock awaited = {order.id, is_main ? STORE_LOCK_MAIN : STORE_LOCK_SECONDARY};
    hall_desk_open(desk, "chen", order.id);
    hall_done(desk, service_desk_lock(desk->services, is_main));
    hall_until(terminal, "the clerk's word about the lock", has_role, &awaited);
    hall_seal_load_lock(desk->hall, order.id, &lock, &order);
    assert_int_equal(order.amount_fen, fen);
}

/* 章模变更 50 元 buys a new seal on the key: collected, looked at, approved, written. A further lock has
 * none, and its holder pays for none. */
static void test_seal_change__a_change_that_is_charged_for_a_new_seal_puts_it_on_the_key(void **state)
{
    struct hall *hall = *state;
    struct hall_program terminal, desk;
    struct secret pin = {0};
    hall_add_clerk(hall, "chen");
    hall_program_start(&terminal, hall, 1, "terminal-01");
    hall_program_start(&desk, hall, 0, "desk-01");
    hall_seal_make_first_key(hall, &terminal);
    const struct service_visit *view = services_visit(terminal.services);
    begin_change(&terminal);
    assert_true(view->wish.seal && view->lock.role == SERVICE_LOCK_MAIN);
    assert_int_equal(view->order.amount_fen, 5000);
    scan_change(&terminal);
    decide(&desk, &terminal, false, 0);
    decide(&desk, &terminal, true, 5000);
    hall_seal_put_stamp(hall, "terminal-01", view->order.id, false);
    hall_desk_open(&desk, "chen", view->order.id);
    hall_refused(&desk, service_desk_approve(desk.services), SERVICE_REASON_SEAL_MISSING);
    hall_seal_put_stamp(hall, "terminal-01", view->order.id, true);
    hall_desk_open(&desk, "chen", view->order.id);
    hall_desk_approve(&desk);
    hall_until_state(&terminal, ORDER_STATE_PAYING);
    token_fake_set_free_bytes(hall->writers[0], SERVICE_KEY_FREE_BYTES); /* none left for a seal */
    token_fake_insert(hall->writers[0], "key-0");
    hall_refused(&terminal, service_issue_ready(terminal.services, false), SERVICE_REASON_OWN_KEY_FULL);
    token_fake_set_free_bytes(hall->writers[0], SERVICE_KEY_FREE_BYTES + 3 * TOKEN_DATA_BYTES);
    hall_visit_pay(&terminal, "key-0");
    assert_int_equal(secret_set(&pin, HALL_PIN, strlen(HALL_PIN)), STATUS_OK);
    hall_done(&terminal, service_issue_run_own(terminal.services, &pin));
    hall_seal_assert(hall, "seal", view->issue.serial);
    hall_done(&terminal, service_receipt_print(terminal.services));
    assert_true(hall_printed(hall, "变更单位证书，含电子签章"));
    hall_program_end(&desk);
    hall_program_end(&terminal);
}

/* 变更: CA数字证书 免费, 电子签章 变更单位名称 80元/次, 变更法人 50元/次: nothing is due for a key without a
 * seal, and where it carries one it is made anew, whatever was asked. */
static void test_seal_change__a_change_costs_what_the_seal_on_the_key_costs(void **state)
{
    struct hall *hall = *state;
    struct hall_program terminal;
    struct order order;
    hall_program_start(&terminal, hall, 1, "terminal-01");
    const struct service_visit *view = services_visit(terminal.services);
    hall_seal_make_first_key(hall, &terminal);
    create_change(&terminal, "name");
    show_key(&terminal, "key-0");
    assert_int_equal(view->order.amount_fen, 0);
    assert_false(view->wish.seal);
    token_fake_pull(hall->writers[0]);
    hall_leave(&terminal);
    hall_seal_make_sealed(hall, 1, &order);
    hall_done(&terminal, service_order_open(terminal.services, order.id));
    token_fake_insert(hall->writers[0], "key-1");
    hall_visit_issue(&terminal);
    hall_visit_pin(&terminal);
    hall_visit_take(&terminal);
    token_fake_pull(hall->writers[0]);
    hall_leave(&terminal);
    create_change(&terminal, "name");
    assert_int_equal(view->order.amount_fen, 0);
    show_key(&terminal, "key-1");
    assert_true(view->wish.seal);
    assert_int_equal(view->order.amount_fen, 8000);
    hall_program_end(&terminal);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, hall_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_seal_change__a_change_that_is_charged_for_a_new_seal_puts_it_on_the_key),
        TEST(test_seal_change__a_change_costs_what_the_seal_on_the_key_costs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
