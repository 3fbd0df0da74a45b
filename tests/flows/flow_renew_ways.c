/* When a certificate may be renewed, whom the new one names, what is done with a key nobody here knows; and
 * the whole way at the screens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/store/store_old_lock.h"
#include "tests/support/feature.h"
#include "tests/support/form_sample.h"
#include "tests/support/hall_renewal.h"
#include "tests/support/hall_seal.h"
#include "tests/support/robot_order.h"
#include "tests/support/robot_visit.h"
#include "tests/support/token_judge.h"

enum { DAY_S = 86400 };

static int setup(void **state)
{
    return hall_scene_setup_two(state, TEST_SOURCE_DIR);
}

/* --- when ---------------------------------------------------------------------------------------------- */

/* A key with its holder's PIN that an order of this choice made, out of the writer; scene->sum is about it.
 */
static void make_key_by(struct hall_scene *scene, const struct hall_order_choice *choice)
{
    hall_order_make_with(&scene->hall, choice, ORDER_STATE_ISSUING, &scene->order);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, scene->order.id));
    token_fake_insert(hall_scene_writer(scene), "key-1");
    hall_visit_issue(&scene->terminal);
    hall_visit_pin(&scene->terminal);
    hall_visit_take(&scene->terminal);
    hall_leave(&scene->terminal);
    hall_scene_look(scene);
}

/* A certificate of a product that renews within its last 90 days, and never past its end. */
static void make_windowed(struct hall_scene *scene)
{
    const struct product *product = catalogue_find(scene->hall.catalogue, "gxca-suqian-unit");
    const struct hall_order_choice choice = {product, product_find_operation(product, "new"),
                                             product->classes[0].id, NULL};
    assert_int_equal(90, product->renewal_days);
    assert_false(product->renewal_after_expiry);
    make_key_by(scene, &choice);
    token_fake_insert(hall_scene_writer(scene), "key-1");
}

/* The holder asks for a renewal after so many days. */
static uint64_t ask_after(struct hall_scene *scene, int days)
{
    const struct product *product = catalogue_find(scene->hall.catalogue, "gxca-suqian-unit");
    hall_leave(&scene->terminal);
    hall_pass(&scene->hall, (int64_t)days * DAY_S);
    hall_renewal_log_in(scene);
    services_choose(scene->terminal.services, product, product_find_operation(product, "renew"),
                    product->classes[0].id);
    return service_order_create(scene->terminal.services);
}

static void test_renew__only_within_the_window_and_it_says_from_when(void **state)
{
    struct hall_scene *scene = *state;
    make_windowed(scene);
    int64_t opens_utc_s = scene->sum.certificate[0].not_after_utc_s - (int64_t)90 * DAY_S;
    struct service_reply reply = hall_wait(&scene->terminal, ask_after(scene, 200));
    assert_int_equal(SERVICE_REASON_RENEWAL_EARLY, reply.reason);
    assert_int_equal(opens_utc_s, reply.number);
    assert_false(hall_scene_visit(scene)->has_order);
    hall_done(&scene->terminal, ask_after(scene, 80));
    assert_int_equal(ORDER_STATE_DRAFT, hall_scene_visit(scene)->order.state); /* the PIN was right already */
    reply = hall_wait(&scene->terminal, ask_after(scene, 90));
    assert_int_equal(SERVICE_REASON_RENEWAL_LATE, reply.reason);
    assert_int_equal(scene->sum.certificate[0].not_after_utc_s, reply.number);
}

static void test_renew__an_expired_certificate_is_renewed_where_the_product_says_so(void **state)
{
    struct hall_scene *scene = *state;
    const struct product *product = catalogue_find(scene->hall.catalogue, "ezca-cqzfcg");
    hall_renewal_make_key(scene, "key-1");
    hall_pass(&scene->hall, (int64_t)400 * DAY_S);
    hall_renewal_log_in(scene);
    services_choose(scene->terminal.services, product, product_find_operation(product, "change"), "supplier");
    hall_refused(&scene->terminal, service_order_create(scene->terminal.services),
                 SERVICE_REASON_RENEWAL_LATE);
    services_choose(scene->terminal.services, product, product_find_operation(product, "renew"), "supplier");
    hall_done(&scene->terminal, service_order_create(scene->terminal.services));
    assert_int_equal(ORDER_STATE_DRAFT, hall_scene_visit(scene)->order.state);
}

/* What keeps the old end has nothing left to keep, and is refused before anything is paid. */
static void test_renew__nothing_keeps_the_end_of_an_expired_certificate(void **state)
{
    static const char *const keeping[] = {"change", "replace", "upgrade"};
    struct hall_scene *scene = *state;
    const struct product *product = catalogue_find(scene->hall.catalogue, "ezca-cqzfcg");
    hall_renewal_make_key(scene, "key-1");
    hall_pass(&scene->hall, (int64_t)400 * DAY_S);
    hall_renewal_log_in(scene);
    for (size_t i = 0; i < sizeof(keeping) / sizeof(keeping[0]); i++) {
        services_choose(scene->terminal.services, product, product_find_operation(product, keeping[i]),
                        "supplier");
        hall_refused(&scene->terminal, service_order_create(scene->terminal.services),
                     SERVICE_REASON_RENEWAL_LATE);
        assert_false(hall_scene_visit(scene)->has_order);
    }
}

/* So many years are asked for of a key that is in the writer. */
static uint64_t ask_for(struct hall_scene *scene, const struct product *product, const char *operation,
                        unsigned years, unsigned quantity)
{
    services_choose(scene->terminal.services, product, product_find_operation(product, operation),
                    product->classes[0].id);
    struct service_wish wish = hall_scene_visit(scene)->wish;
    wish.years = years;
    wish.quantity = quantity;
    services_choose_wish(scene->terminal.services, &wish);
    return service_order_create(scene->terminal.services);
}

static void test_renew__not_longer_than_a_certificate_may_hold_and_not_for_several_locks(void **state)
{
    struct hall_scene *scene = *state;
    struct product *product = NULL;
    for (size_t i = 0; i < scene->hall.catalogue->count; i++)
        if (strcmp(scene->hall.catalogue->products[i]->id, "ezca-cqzfcg") == 0)
            product = scene->hall.catalogue->products[i];
    assert_non_null(product);
    product->renewal_days_most = 1000;
    hall_renewal_make_key(scene, "key-1");
    hall_scene_look(scene);
    int64_t end_utc_s = scene->sum.certificate[0].not_after_utc_s;
    hall_renewal_log_in(scene);
    struct service_reply reply = hall_wait(&scene->terminal, ask_for(scene, product, "renew", 3, 1));
    assert_int_equal(SERVICE_REASON_RENEWAL_EARLY, reply.reason);
    assert_int_equal(end_utc_s + (int64_t)95 * DAY_S, reply.number);
    reply = hall_wait(&scene->terminal, ask_for(scene, product, "replace", 1, 2));
    assert_int_equal(STATUS_REFUSED, reply.status);
    assert_false(hall_scene_visit(scene)->has_order);
    hall_done(&scene->terminal, ask_for(scene, product, "renew", 1, 1));
    assert_int_equal(end_utc_s + (int64_t)365 * DAY_S, hall_scene_visit(scene)->wish.until_utc_s);
}

/* --- whom ---------------------------------------------------------------------------------------------- */

static uint64_t complete_as(struct hall_scene *scene, const char *operation, const char *company,
                            const char *credit_code)
{
    const struct product *product = catalogue_find(scene->hall.catalogue, "ezca-cqzfcg");
    hall_renewal_log_in(scene);
    services_choose(scene->terminal.services, product, product_find_operation(product, operation),
                    "supplier");
    hall_done(&scene->terminal, service_order_create(scene->terminal.services));
    hall_visit_fill(&scene->terminal);
    struct form_values *values = services_values(scene->terminal.services);
    assert_int_equal(STATUS_OK, form_values_set(values, "company", company));
    assert_int_equal(STATUS_OK, form_values_set(values, "credit_code", credit_code));
    hall_done(&scene->terminal, service_order_save(scene->terminal.services));
    return service_order_event(scene->terminal.services, ORDER_EVENT_FORM_COMPLETED);
}

static void test_renew__a_renewal_keeps_its_holder_a_change_keeps_the_number(void **state)
{
    struct hall_scene *scene = *state;
    hall_renewal_make_key(scene, "key-1");
    hall_refused(&scene->terminal, complete_as(scene, "renew", "重庆另一家科技有限公司", HALL_CREDIT_CODE),
                 SERVICE_REASON_SUBJECT_DIFFERS);
    hall_leave(&scene->terminal);
    hall_refused(&scene->terminal,
                 complete_as(scene, "change", "重庆另一家科技有限公司", "91500108MA6000008Y"),
                 SERVICE_REASON_SUBJECT_DIFFERS);
    hall_leave(&scene->terminal);
    hall_done(&scene->terminal, complete_as(scene, "change", "重庆另一家科技有限公司", HALL_CREDIT_CODE));
    assert_int_equal(ORDER_STATE_PRINTING, hall_scene_visit(scene)->order.state);
}

/* --- the other way ------------------------------------------------------------------------------------- */

static void open_fast(struct hall_scene *scene)
{
    const struct product *product = catalogue_find(scene->hall.catalogue, "ezca-cqsb");
    services_choose(scene->terminal.services, product, product_find_operation(product, "renew"),
                    product->classes[0].id);
    hall_done(&scene->terminal, service_order_create(scene->terminal.services));
    assert_int_equal(ORDER_STATE_KEY, hall_scene_visit(scene)->order.state);
}

static void test_renew__a_key_without_an_order_goes_the_other_way_which_stays_with_the_order(void **state)
{
    struct hall_scene *scene = *state;
    hall_renewal_make_strange(scene);
    open_fast(scene);
    hall_refused(&scene->terminal, hall_renewal_show(scene, HALL_PIN), SERVICE_REASON_KEY_UNKNOWN);
    assert_string_equal("不存在该芯片号订单", hall_scene_visit(scene)->operation->fallback.text);
    assert_int_equal(0, hall_scene_visit(scene)->page_count);
    hall_done(&scene->terminal, service_order_divert(scene->terminal.services));
    assert_true(product_operation_is_fallback(hall_scene_visit(scene)->operation));
    assert_string_equal("renew", hall_scene_visit(scene)->operation->id);
    assert_int_equal(5, hall_scene_visit(scene)->page_count);
    char id[ORDER_ID_BYTES];
    (void)snprintf(id, sizeof(id), "%s", hall_scene_visit(scene)->order.id);
    hall_program_stop(&scene->terminal);
    hall_program_restart(&scene->terminal);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, id));
    assert_true(product_operation_is_fallback(hall_scene_visit(scene)->operation));
    hall_refused(&scene->terminal, hall_renewal_show(scene, "999999"), SERVICE_REASON_PIN_WRONG);
    hall_done(&scene->terminal, hall_renewal_show(scene, HALL_PIN));
    assert_int_equal(ORDER_STATE_DRAFT, hall_scene_visit(scene)->order.state);
    hall_refused(&scene->terminal, service_order_event(scene->terminal.services, ORDER_EVENT_FORM_COMPLETED),
                 SERVICE_REASON_FORM_FAULTY);
}

static void test_renew__a_key_with_an_order_never_goes_the_other_way(void **state)
{
    struct hall_scene *scene = *state;
    hall_renewal_make_key(scene, "key-1"); /* of another project */
    open_fast(scene);
    hall_refused(&scene->terminal, hall_renewal_show(scene, HALL_PIN), SERVICE_REASON_KEY_OTHER);
    hall_renewal_begin(scene, "renew", &(struct order){0});
    struct service_reply reply = hall_wait(&scene->terminal, service_order_divert(scene->terminal.services));
    assert_int_equal(STATUS_BAD_STATE, reply.status);
}

/* --- through the screens ----------------------------------------------------------------------------- */

/* Agreement and warnings: to the form, for the PIN was right already. */
static void agree(struct robot *robot)
{
    robot_visit_read(robot);
    robot_until_screen(robot, "heed");
    robot_tap(robot, "warning.0");
    robot_tap(robot, "bar.next");
    robot_until_screen(robot, "form");
}

static void pay(struct hall_scene *scene, struct robot *robot)
{
    robot_until_screen(robot, "pay");
    for (int i = 0; widget_find(ui_tree(robot->ui), "pay.code") == NULL; i++) {
        assert_true(i < 20);
        robot_run(robot, 300);
    }
    assert_int_equal(STATUS_OK,
                     payment_fake_pay(scene->hall.gateway, hall_scene_visit(scene)->payment.out_trade_no));
    robot_until_screen(robot, "issue");
}

/* A key of this product with its holder's PIN, out of the writer; scene->order made it. */
static void make_key_of(struct hall_scene *scene, const struct product *product)
{
    struct form_values values;
    const struct hall_order_choice choice = {product, product_find_operation(product, "new"),
                                             product->classes[0].id, &values};
    form_sample_make(product_operation_form(product, choice.operation), &values);
    make_key_by(scene, &choice);
    form_values_wipe(&values);
}

static struct robot_order order_of(const struct hall_scene *scene, const char *product, const char *operation)
{
    const struct product *found = catalogue_find(scene->hall.catalogue, product);
    return (struct robot_order){.product = found,
                                .operation = product_find_operation(found, operation),
                                .class_id = found->classes[0].id,
                                .wish = {.years = 1, .quantity = 1},
                                .reason = "",
                                .blank_key = "none"};
}

/* The order goes through the screens to its end with a sample of this form; what the store then holds. */
static struct hall_order_sum walk(struct hall_scene *scene, struct robot_order *order,
                                  const struct form *form)
{
    struct robot robot;
    struct form_values values;
    struct hall_order_sum sum;
    order->robot = &robot;
    order->desk = &scene->desk;
    order->values = &values;
    form_sample_make(form, &values);
    robot_open_wide(&robot, &scene->terminal);
    robot_run(&robot, 300);
    robot_order_go(order);
    assert_int_equal(0, robot_faults(&robot));
    robot_close(&robot);
    order->robot = NULL;
    order->values = NULL;
    form_values_wipe(&values);
    hall_order_sum(&scene->hall, order->order_id, &sum);
    assert_int_equal(ORDER_STATE_DONE, sum.order.state);
    return sum;
}

/* 社保用户证书更新快速通道: the key, its PIN, a name and a phone; nothing printed, scanned, judged or paid.
 */
static void test_renew__at_the_screens_the_fast_way_needs_no_papers(void **state)
{
    struct hall_scene *scene = *state;
    struct robot_order order = order_of(scene, "ezca-cqsb", "renew");
    order.own_key = "key-1";
    make_key_of(scene, order.product);
    struct hall_order_sum sum = walk(scene, &order, product_operation_form(order.product, order.operation));
    FEATURE("F039");
    static const char *const others[] = {"print", "scan", "identity", "review", "pay"};
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        assert_false(robot_order_passed(&order, others[i]));
    assert_true(robot_order_saw(&order, "证书安装成功"));
    assert_int_equal(0, sum.order.amount_fen);
    assert_int_equal(STORE_CERTIFICATE_REVOKED, hall_renewal_state(scene));
    buf_release(&order.texts);
}

/* 补办 of a key that failed by itself, through the screens; what the order cost. */
static int64_t replace_defect(struct hall_scene *scene, bool *paid, bool *told)
{
    struct robot_order order = order_of(scene, "ezca-cqzfcg", "replace");
    order.reason = "defect";
    order.blank_key = "key-2";
    struct hall_order_sum sum = walk(scene, &order, product_operation_form(order.product, order.operation));
    *paid = robot_order_passed(&order, "pay");
    hall_desk_sign_in(&scene->desk, "chen");
    hall_done(&scene->desk, service_desk_case(scene->desk.services, order.order_id));
    *told = services_desk(scene->desk.services)->opened.in_warranty;
    service_desk_sign_out(scene->desk.services);
    assert_int_equal(STORE_CERTIFICATE_REVOKED, hall_renewal_state(scene));
    buf_release(&order.texts);
    return sum.order.amount_fen;
}

static void test_renew__a_key_that_failed_within_its_warranty_is_replaced_for_nothing(void **state)
{
    struct hall_scene *scene = *state;
    bool paid = true, told = false;
    make_key_of(scene, catalogue_find(scene->hall.catalogue, "ezca-cqzfcg"));
    FEATURE("F046");
    assert_int_equal(0, replace_defect(scene, &paid, &told));
    assert_false(paid);
    assert_true(told); /* the clerk confirms it by approving */
}

static void test_renew__after_the_warranty_a_failed_key_costs_what_a_lost_one_does(void **state)
{
    struct hall_scene *scene = *state;
    bool paid = false, told = true;
    const struct product *product = catalogue_find(scene->hall.catalogue, "ezca-cqzfcg");
    make_key_of(scene, product);
    ((struct product *)(uintptr_t)product)->warranty_days = 1;
    hall_pass(&scene->hall, 2 * DAY_S);
    assert_int_equal(28000, replace_defect(scene, &paid, &told));
    assert_true(paid);
    assert_false(told);
}

/* What stands in the store of the lock that was handed in for the order. */
static struct store_old_lock old_lock_of(struct hall_scene *scene, const char *order_id)
{
    struct store_old_lock lock;
    struct store *store = hall_store(&scene->hall, "watcher");
    assert_int_equal(STATUS_OK, store_old_lock_load(store, order_id, &lock, NULL));
    store_close(store);
    return lock;
}

/* 免费换发: the other authority's lock is shown and handed in; a certificate of ours is not touched. */
static void test_renew__at_the_screens_an_old_lock_is_exchanged(void **state)
{
    struct hall_scene *scene = *state;
    struct robot_order order = order_of(scene, "gxca-suqian-unit", "exchange");
    order.strange_key = "strange";
    order.blank_key = "key-2";
    make_key_of(scene, order.product);
    hall_renewal_make_strange(scene);
    token_fake_pull(hall_scene_writer(scene));
    struct hall_order_sum sum = walk(scene, &order, product_operation_form(order.product, order.operation));
    struct store_old_lock lock = old_lock_of(scene, sum.order.id);
    FEATURE("F119");
    assert_true(robot_order_saw(&order, "旧 CA 锁"));
    assert_true(robot_order_passed(&order, "key"));
    assert_string_equal(TOKEN_JUDGE_ISSUER, lock.issuer);
    assert_string_equal("1267", lock.serial); /* 4711 */
    assert_true(lock.is_known);
    assert_true(lock.key_serial[0] != 0);
    assert_string_not_equal(scene->sum.key[0].mark, sum.key[0].mark);
    assert_int_equal(STORE_KEY_DELIVERED, sum.key[0].state);
    assert_int_equal(STORE_CERTIFICATE_CONFIRMED, hall_renewal_state(scene)); /* nothing of ours was old */
    buf_release(&order.texts);
}

static void open_exchange(struct hall_scene *scene)
{
    const struct product *product = catalogue_find(scene->hall.catalogue, "gxca-suqian-unit");
    hall_leave(&scene->terminal);
    services_choose(scene->terminal.services, product, product_find_operation(product, "exchange"),
                    product->classes[0].id);
    hall_done(&scene->terminal, service_order_create(scene->terminal.services));
    assert_int_equal(ORDER_STATE_KEY, hall_scene_visit(scene)->order.state);
}

static void test_renew__a_lock_that_was_made_here_is_not_exchanged(void **state)
{
    struct hall_scene *scene = *state;
    make_key_of(scene, catalogue_find(scene->hall.catalogue, "gxca-suqian-unit"));
    open_exchange(scene);
    token_fake_insert(hall_scene_writer(scene), "key-1");
    for (int i = 0; i < 2; i++) /* a clerk would be told the same */
        hall_refused(&scene->terminal, service_old_lock_show(scene->terminal.services, i == 1),
                     SERVICE_REASON_OLD_LOCK_OURS);
    assert_int_equal(ORDER_STATE_KEY, hall_scene_visit(scene)->order.state);
}

static void test_renew__a_lock_that_no_list_knows_or_that_is_dead_is_left_to_the_clerk(void **state)
{
    struct hall_scene *scene = *state;
    const struct product *product = catalogue_find(scene->hall.catalogue, "gxca-suqian-unit");
    struct product_operation *exchange =
        (struct product_operation *)(uintptr_t)product_find_operation(product, "exchange");
    static const char *const others[] = {"另一家CA"};
    exchange->old_lock = (struct product_old_lock){.issuers = others, .issuer_count = 1};
    hall_renewal_make_strange(scene);
    open_exchange(scene);
    hall_refused(&scene->terminal, service_old_lock_show(scene->terminal.services, false),
                 SERVICE_REASON_OLD_LOCK_UNKNOWN);
    assert_false(hall_scene_visit(scene)->old_lock.is_shown);
    hall_done(&scene->terminal, service_old_lock_show(scene->terminal.services, true));
    assert_int_equal(ORDER_STATE_DRAFT, hall_scene_visit(scene)->order.state);
    FEATURE("F056");
    assert_true(hall_scene_visit(scene)->old_lock.is_shown);
    assert_false(hall_scene_visit(scene)->old_lock.is_known);
    assert_string_equal("1267", hall_scene_visit(scene)->old_lock.serial);
    open_exchange(scene);
    token_fake_pull(hall_scene_writer(scene));
    hall_refused(&scene->terminal, service_old_lock_show(scene->terminal.services, false),
                 SERVICE_REASON_NO_KEY);
    hall_done(&scene->terminal, service_old_lock_show(scene->terminal.services, true));
    assert_string_equal("", hall_scene_visit(scene)->old_lock.serial);
}

/* Whatever its holder agrees to: until the new one is proven the old key is the only one that works. */
static void test_renew__the_key_a_replacement_is_about_is_never_erased_for_it(void **state)
{
    struct hall_scene *scene = *state;
    struct order order;
    const struct product *product = catalogue_find(scene->hall.catalogue, "gxca-suqian-unit");
    make_key_of(scene, product);
    hall_order_make_of(&scene->hall, product->id, "replace", ORDER_STATE_ISSUING, &order);
    hall_renewal_set_subject(scene, order.id, "");
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, order.id));
    token_fake_insert(hall_scene_writer(scene), "key-1");
    hall_refused(&scene->terminal, service_issue_ready(scene->terminal.services, true),
                 SERVICE_REASON_KEY_OTHER);
    hall_refused(&scene->terminal, service_issue_run(scene->terminal.services, true),
                 SERVICE_REASON_KEY_OTHER);
    assert_true(hall_renewal_works(scene, hall_renewal_certificate(scene)));
    token_fake_insert(hall_scene_writer(scene), "key-2");
    hall_done(&scene->terminal, service_issue_run(scene->terminal.services, false));
    assert_int_equal(STORE_CERTIFICATE_CONFIRMED,
                     hall_renewal_state(scene)); /* until the new one has its PIN */
    hall_visit_pin(&scene->terminal);
    assert_int_equal(STORE_CERTIFICATE_REVOKED, hall_renewal_state(scene));
}

/* 社保: 不存在该芯片号订单, then form, papers and a clerk, free of charge, onto the same key. */
static void test_renew__at_the_screens_a_key_without_an_order_is_renewed_by_its_papers(void **state)
{
    struct hall_scene *scene = *state;
    struct robot_order order = order_of(scene, "ezca-cqsb", "renew");
    const struct product_operation *fallback = product_operation_fallback(order.product, order.operation);
    order.strange_key = "strange";
    hall_renewal_make_strange(scene);
    token_fake_pull(hall_scene_writer(scene));
    struct hall_order_sum sum = walk(scene, &order, product_find_form(order.product, fallback->form_id));
    FEATURE("F040");
    assert_true(robot_order_saw(&order, "不存在该芯片号订单"));
    assert_true(robot_order_saw(&order, "证书安装成功"));
    assert_true(robot_order_passed(&order, "review"));
    assert_int_equal(5, order.paper_count);
    assert_int_equal(0, sum.order.amount_fen);
    assert_string_equal("renew" PRODUCT_FALLBACK_SUFFIX, sum.order.operation);
    assert_int_equal(1, hall_order_certificates(&sum, STORE_CERTIFICATE_CONFIRMED));
    assert_int_equal(1, hall_order_keys(&sum, STORE_KEY_DELIVERED));
    assert_int_equal(0, hall_order_acts(&sum));
    token_fake_insert(hall_scene_writer(scene), "strange");
    assert_true(hall_renewal_works(scene, sum.certificate[0].request_id));
    assert_int_equal(
        2, hall_renewal_count(scene, TOKEN_OBJECT_CERTIFICATE));       /* the old one is not ours to judge */
    hall_seal_assert(&scene->hall, "seal", sum.certificate[0].serial); /* of the sheet that was stamped */
    buf_release(&order.texts);
}

static void test_renew__at_the_screens_it_is_said_from_when(void **state)
{
    struct hall_scene *scene = *state;
    struct robot robot;
    char day[64];
    make_windowed(scene);
    (void)clock_format_hall(scene->sum.certificate[0].not_after_utc_s - (int64_t)90 * DAY_S,
                            "%Y-%m-%d 起可以办", day, sizeof(day));
    robot_visit_open_holder(&robot, &scene->terminal, "key-1");
    robot_until_text(&robot, "延期（年审）");
    assert_true(robot_shows(&robot, day));
    assert_false(robot_can_tap(&robot, "operation.renew"));
    assert_int_equal(0, robot_faults(&robot));
    robot_close(&robot);
}

static void test_renew__at_the_screens_a_key_is_renewed_for_200_yuan(void **state)
{
    struct hall_scene *scene = *state;
    struct robot robot;
    struct robot_visit visit = {.robot = &robot};
    hall_renewal_make_key(scene, "key-1");
    hall_pass(&scene->hall, (int64_t)340 * DAY_S);
    robot_visit_open_holder(&robot, &scene->terminal, "key-1");
    robot_tap(&robot, "operation.renew");
    robot_tap(&robot, "bar.next");
    robot_until_screen(&robot, "wish"); /* one year is chosen already */
    robot_tap(&robot, "bar.next");
    robot_until_screen(&robot, "key");
    robot_visit_type_pin(&robot);
    robot_tap(&robot, "bar.next");
    agree(&robot);
    robot_until_text(&robot, "上次的信息已经填好"); /* the PIN of the key is proof enough */
    FEATURE("F088");
    assert_true(hall_scene_visit(scene)->known.is_asked);
    robot_visit_form(&visit);
    robot_visit_print(&visit);
    robot_visit_scan_to(&visit, "review");
    robot_visit_review(&visit, &scene->desk);
    pay(scene, &robot);
    robot_look(&robot, "issue-own-pin");
    robot_pad(&robot, "pad", "999999");
    robot_tap(&robot, "bar.next");
    robot_until_text(&robot, "Key 密码不对");
    robot_visit_type_pin(&robot);
    robot_tap(&robot, "bar.next");
    robot_until_screen(&robot, "done");
    robot_until_text(&robot, "更新成功");
    robot_look(&robot, "renewed");
    struct order order = hall_scene_visit(scene)->order;
    assert_int_equal(20000, order.amount_fen);
    assert_int_equal(20000, order.paid_fen);
    assert_int_equal(4, hall_scene_visit(scene)->page_count);
    hall_renewal_assert_done(scene, &order);
    robot_visit_take(&visit);
    assert_int_equal(0, robot_faults(&robot));
    robot_close(&robot);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, hall_scene_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_renew__only_within_the_window_and_it_says_from_when),
        TEST(test_renew__an_expired_certificate_is_renewed_where_the_product_says_so),
        TEST(test_renew__nothing_keeps_the_end_of_an_expired_certificate),
        TEST(test_renew__not_longer_than_a_certificate_may_hold_and_not_for_several_locks),
        TEST(test_renew__a_renewal_keeps_its_holder_a_change_keeps_the_number),
        TEST(test_renew__a_key_without_an_order_goes_the_other_way_which_stays_with_the_order),
        TEST(test_renew__a_key_with_an_order_never_goes_the_other_way),
        TEST(test_renew__at_the_screens_a_key_without_an_order_is_renewed_by_its_papers),
        TEST(test_renew__the_key_a_replacement_is_about_is_never_erased_for_it),
        TEST(test_renew__at_the_screens_the_fast_way_needs_no_papers),
        TEST(test_renew__a_key_that_failed_within_its_warranty_is_replaced_for_nothing),
        TEST(test_renew__after_the_warranty_a_failed_key_costs_what_a_lost_one_does),
        TEST(test_renew__at_the_screens_an_old_lock_is_exchanged),
        TEST(test_renew__a_lock_that_was_made_here_is_not_exchanged),
        TEST(test_renew__a_lock_that_no_list_knows_or_that_is_dead_is_left_to_the_clerk),
        TEST(test_renew__at_the_screens_it_is_said_from_when),
        TEST(test_renew__at_the_screens_a_key_is_renewed_for_200_yuan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
