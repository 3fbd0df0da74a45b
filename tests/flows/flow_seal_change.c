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
    hall_program_start(&terminal, hall, 1, "terminal-01");
    const struct service_visit *view = services_visit(terminal.services);
    hall_seal_make_first_key(hall, &terminal);
    create_change(&terminal, "name");
    show_key(&terminal, "key-0");
    assert_int_equal(view->order.amount_fen, 0);
    assert_false(view->wish.seal);
    token_fake_pull(hall->writers[0]);
    hall_leave(&terminal);
    hall_seal_make_key(hall, &terminal, product_id, "key-1");
    create_change(&terminal, "name");
    assert_int_equal(view->order.amount_fen, 0);
    show_key(&terminal, "key-1");
    assert_true(view->wish.seal);
    assert_int_equal(view->order.amount_fen, 8000);
    hall_program_end(&terminal);
}

/* --- what is on the key already ------------------------------------------------------------------------ */

/* 社保用户证书更新快速通道: the key in the writer, its PIN, a name and a phone. */
static void begin_fast(struct hall_program *terminal)
{
    const struct product *product = catalogue_find(terminal->hall->catalogue, "ezca-cqsb");
    services_choose(terminal->services, product, product_find_operation(product, "renew"),
                    product->classes[0].id);
    hall_done(terminal, service_order_create(terminal->services));
    show_key(terminal, "key-1");
    hall_visit_fill(terminal);
    hall_done(terminal, service_order_save(terminal->services));
    hall_done(terminal, service_order_event(terminal->services, ORDER_EVENT_FORM_COMPLETED));
    assert_int_equal(services_visit(terminal->services)->order.state, ORDER_STATE_ISSUING);
}

static uint64_t write_key(struct hall_program *terminal)
{
    struct secret pin = {0};
    assert_int_equal(secret_set(&pin, HALL_PIN, strlen(HALL_PIN)), STATUS_OK);
    return service_issue_run_own(terminal->services, &pin);
}

/* Pulled at one call after the other from the first on that writes what belongs to the seal. */
static void write_with_pulls(struct hall_program *terminal)
{
    const struct service_visit *view = services_visit(terminal->services);
    for (unsigned call = 2; call < 40 && view->order.state == ORDER_STATE_ISSUING; call++) {
        token_fake_pull_at(terminal->hall->writers[0], call, call % 2 == 0);
        (void)hall_wait(terminal, write_key(terminal));
        token_fake_insert(terminal->hall->writers[0], "key-1");
    }
    token_fake_pull_at(terminal->hall->writers[0], 0, false);
}

static void put_on_key(struct hall *hall, const char *name, const char *text)
{
    struct token_info info;
    struct secret pin = {0};
    assert_int_equal(secret_set(&pin, HALL_PIN, strlen(HALL_PIN)), STATUS_OK);
    assert_int_equal(token_look(hall->tokens[0], &info, NULL), STATUS_OK);
    assert_int_equal(token_write_data(hall->tokens[0], &info.identity, &pin, name, text, strlen(text), NULL),
                     STATUS_OK);
}

/* Nothing is collected and nothing paid on the fast way: the seal on the key goes on with the new
 * certificate, and with the next one. What is not as a clerk approved it stays behind, which is told. */
static void test_seal_change__a_fast_renewal_signs_the_seal_on_the_key_for_the_new_certificate(void **state)
{
    struct hall *hall = *state;
    struct hall_program terminal;
    hall_program_start(&terminal, hall, 1, "terminal-01");
    const struct service_visit *view = services_visit(terminal.services);
    hall_seal_make_key(hall, &terminal, "ezca-cqsb", "key-1");
    for (int i = 0; i < 2; i++) {
        begin_fast(&terminal);
        assert_int_equal(view->carried, SERVICE_CARRIED_KEPT);
        if (i == 0)
            write_with_pulls(&terminal);
        else
            hall_done(&terminal, write_key(&terminal));
        FEATURE("F161");
        assert_int_not_equal(view->order.state, ORDER_STATE_ISSUING);
        assert_int_equal(view->carried, SERVICE_CARRIED_KEPT);
        hall_seal_assert(hall, "seal", view->issue.serial);
        assert_int_equal(hall_seal_count(hall), 4); /* the number of the key, too */
        hall_leave(&terminal);
    }
    begin_fast(&terminal);
    put_on_key(hall, "certkiosk seal", "another picture");
    hall_done(&terminal, write_key(&terminal));
    assert_int_equal(view->carried, SERVICE_CARRIED_LEFT);
    hall_program_end(&terminal);
}

/* 延期 电子签章 100元/年: what is to be paid is not done for nothing, and it is said before. */
static void test_seal_change__a_seal_nobody_pays_for_stays_with_the_old_certificate(void **state)
{
    struct hall *hall = *state;
    struct hall_program terminal;
    const struct product *product = catalogue_find(hall->catalogue, product_id);
    hall_program_start(&terminal, hall, 1, "terminal-01");
    const struct service_visit *view = services_visit(terminal.services);
    hall_seal_make_key(hall, &terminal, product_id, "key-1");
    hall_pass(hall, (int64_t)300 * 24 * 3600);
    for (int with_seal = 0; with_seal < 2; with_seal++) {
        struct service_wish wish;
        service_wish_init(&wish, product_find_operation(product, "renew"));
        wish.seal = with_seal == 1;
        services_choose(terminal.services, product, product_find_operation(product, "renew"), class_id);
        services_choose_wish(terminal.services, &wish);
        hall_done(&terminal, service_order_create(terminal.services));
        assert_int_equal(view->carried, SERVICE_CARRIED_NONE); /* no key is known yet */
        show_key(&terminal, "key-1");
        assert_true(view->holder.has_seal);
        assert_int_equal(view->carried, with_seal == 1 ? SERVICE_CARRIED_ANEW : SERVICE_CARRIED_LEFT);
        assert_int_equal(view->order.amount_fen, with_seal == 1 ? 20000 : 10000);
        token_fake_pull(hall->writers[0]);
        hall_leave(&terminal);
    }
    hall_program_end(&terminal);
}

/* What is written in place of something older gives that room back. */
static void test_seal_change__a_seal_takes_the_room_of_the_one_it_replaces(void **state)
{
    struct hall *hall = *state;
    struct hall_program terminal;
    struct order order;
    hall_program_start(&terminal, hall, 1, "terminal-01");
    const struct service_visit *view = services_visit(terminal.services);
    hall_seal_make_key(hall, &terminal, "ezca-cqsb", "key-1");
    token_fake_insert(hall->writers[0], "key-1");
    hall_done(&terminal, service_key_read(terminal.services));
    hall_seal_make_change(hall, "ezca-cqsb", view->holder.request_id, &order);
    token_fake_set_free_bytes(hall->writers[0], SERVICE_KEY_FREE_BYTES + TOKEN_DATA_BYTES / 4);
    hall_done(&terminal, service_order_open(terminal.services, order.id));
    hall_done(&terminal, service_issue_ready(terminal.services, false));
    token_fake_set_free_bytes(hall->writers[0], SERVICE_KEY_FREE_BYTES);
    struct service_reply reply = hall_wait(&terminal, service_issue_ready(terminal.services, false));
    assert_int_equal(reply.reason, SERVICE_REASON_OWN_KEY_FULL);
    hall_program_end(&terminal);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, hall_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_seal_change__a_change_that_is_charged_for_a_new_seal_puts_it_on_the_key),
        TEST(test_seal_change__a_change_costs_what_the_seal_on_the_key_costs),
        TEST(test_seal_change__a_fast_renewal_signs_the_seal_on_the_key_for_the_new_certificate),
        TEST(test_seal_change__a_seal_nobody_pays_for_stays_with_the_old_certificate),
        TEST(test_seal_change__a_seal_takes_the_room_of_the_one_it_replaces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
