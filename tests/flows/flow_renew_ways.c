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

#include "kiosk/store/store_subject.h"
#include "tests/support/feature.h"
#include "tests/support/form_sample.h"
#include "tests/support/hall_renewal.h"
#include "tests/support/robot_order.h"
#include "tests/support/robot_visit.h"

enum { DAY_S = 86400 };

static int setup(void **state)
{
    if (hall_scene_setup(state, TEST_SOURCE_DIR) != 0)
        return -1;
    hall_add_clerk(&((struct hall_scene *)*state)->hall, "lin");
    return 0;
}

static struct token_fake *writer(const struct hall_scene *scene)
{
    return scene->hall.writers[0];
}

static const struct service_visit *visit_of(const struct hall_scene *scene)
{
    return services_visit(scene->terminal.services);
}

static const char *old_of(const struct hall_scene *scene)
{
    return scene->sum.certificate[0].request_id;
}

static enum store_certificate_state old_state(struct hall_scene *scene)
{
    struct store_certificate row;
    struct store *store = hall_store(&scene->hall, "watcher");
    assert_int_equal(STATUS_OK, store_certificate_load(store, old_of(scene), &row, NULL));
    store_close(store);
    return row.state;
}

/* A paid order of this operation about the certificate of scene->order, opened at the terminal: ISSUING. */
static void begin(struct hall_scene *scene, const char *operation, struct order *out)
{
    const struct product *product = catalogue_find(scene->hall.catalogue, "ezca-cqzfcg");
    services_choose(scene->terminal.services, product, product_find_operation(product, operation),
                    "supplier");
    hall_order_make_of(&scene->hall, "ezca-cqzfcg", operation, ORDER_STATE_ISSUING, out);
    struct store *store = hall_store(&scene->hall, "maker");
    assert_int_equal(STATUS_OK, store_subject_put(store, out->id, old_of(scene), "", NULL));
    store_close(store);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, out->id));
}

/* The order is through: the new certificate alone is on the key and works, the old one is withdrawn. */
static void assert_renewed(struct hall_scene *scene, const struct order *order)
{
    struct hall_order_sum sum;
    hall_order_sum(&scene->hall, order->id, &sum);
    assert_int_equal(ORDER_STATE_COLLECTING, sum.order.state);
    assert_int_equal(1, hall_order_certificates(&sum, STORE_CERTIFICATE_CONFIRMED));
    assert_int_equal(0, sum.keys);
    assert_int_equal(0, hall_order_acts(&sum));
    assert_int_equal(STORE_CERTIFICATE_REVOKED, old_state(scene));
    for (size_t i = 0; i < sum.certificates; i++)
        if (sum.certificate[i].state == STORE_CERTIFICATE_CONFIRMED)
            assert_true(hall_renewal_works(scene, sum.certificate[i].request_id));
    assert_int_equal(1, hall_renewal_count(scene, TOKEN_OBJECT_CERTIFICATE));
    assert_int_equal(1, hall_renewal_count(scene, TOKEN_OBJECT_PRIVATE_KEY));
    assert_int_equal(STORE_KEY_DELIVERED, scene->sum.key[0].state);
}

/* --- when ---------------------------------------------------------------------------------------------- */

/* A certificate of a product that renews within its last 90 days, and never past its end. */
static void make_windowed(struct hall_scene *scene)
{
    const struct product *product = catalogue_find(scene->hall.catalogue, "gxca-suqian-unit");
    const struct hall_order_choice choice = {product, product_find_operation(product, "new"),
                                             product->classes[0].id, NULL};
    assert_int_equal(90, product->renewal_days);
    assert_false(product->renewal_after_expiry);
    hall_order_make_with(&scene->hall, &choice, ORDER_STATE_ISSUING, &scene->order);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, scene->order.id));
    token_fake_insert(writer(scene), "key-1");
    hall_visit_issue(&scene->terminal);
    hall_visit_pin(&scene->terminal);
    hall_visit_take(&scene->terminal);
    services_end_visit(scene->terminal.services);
    token_fake_insert(writer(scene), "key-1");
    hall_scene_look(scene);
}

/* The holder asks for a renewal after so many days. */
static uint64_t ask_after(struct hall_scene *scene, int days)
{
    const struct product *product = catalogue_find(scene->hall.catalogue, "gxca-suqian-unit");
    services_end_visit(scene->terminal.services);
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
    assert_false(visit_of(scene)->has_order);
    hall_done(&scene->terminal, ask_after(scene, 80));
    assert_int_equal(ORDER_STATE_DRAFT, visit_of(scene)->order.state); /* the PIN was right already */
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
    assert_int_equal(ORDER_STATE_DRAFT, visit_of(scene)->order.state);
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
    services_end_visit(scene->terminal.services);
    hall_refused(&scene->terminal,
                 complete_as(scene, "change", "重庆另一家科技有限公司", "91500108MA6000008Y"),
                 SERVICE_REASON_SUBJECT_DIFFERS);
    services_end_visit(scene->terminal.services);
    hall_done(&scene->terminal, complete_as(scene, "change", "重庆另一家科技有限公司", HALL_CREDIT_CODE));
    assert_int_equal(ORDER_STATE_PRINTING, visit_of(scene)->order.state);
}

/* --- the other way ------------------------------------------------------------------------------------- */

static uint64_t show(struct hall_scene *scene, const char *text)
{
    struct secret pin = {0};
    hall_renewal_pin(&pin, text);
    uint64_t id = service_key_show(scene->terminal.services, &pin);
    secret_wipe(&pin);
    return id;
}

static void open_fast(struct hall_scene *scene)
{
    const struct product *product = catalogue_find(scene->hall.catalogue, "ezca-cqsb");
    services_choose(scene->terminal.services, product, product_find_operation(product, "renew"),
                    product->classes[0].id);
    hall_done(&scene->terminal, service_order_create(scene->terminal.services));
    assert_int_equal(ORDER_STATE_KEY, visit_of(scene)->order.state);
}

static void test_renew__a_key_without_an_order_goes_the_other_way_which_stays_with_the_order(void **state)
{
    struct hall_scene *scene = *state;
    hall_renewal_make_strange(scene);
    open_fast(scene);
    hall_refused(&scene->terminal, show(scene, HALL_PIN), SERVICE_REASON_KEY_UNKNOWN);
    assert_string_equal("不存在该芯片号订单", visit_of(scene)->operation->fallback.text);
    assert_int_equal(0, visit_of(scene)->page_count);
    hall_done(&scene->terminal, service_order_divert(scene->terminal.services));
    assert_true(product_operation_is_fallback(visit_of(scene)->operation));
    assert_string_equal("renew", visit_of(scene)->operation->id);
    assert_int_equal(5, visit_of(scene)->page_count);
    char id[ORDER_ID_BYTES];
    (void)snprintf(id, sizeof(id), "%s", visit_of(scene)->order.id);
    hall_program_stop(&scene->terminal);
    hall_program_restart(&scene->terminal);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, id));
    assert_true(product_operation_is_fallback(visit_of(scene)->operation));
    hall_refused(&scene->terminal, show(scene, "999999"), SERVICE_REASON_PIN_WRONG);
    hall_done(&scene->terminal, show(scene, HALL_PIN));
    assert_int_equal(ORDER_STATE_DRAFT, visit_of(scene)->order.state);
    hall_refused(&scene->terminal, service_order_event(scene->terminal.services, ORDER_EVENT_FORM_COMPLETED),
                 SERVICE_REASON_FORM_FAULTY);
}

static void test_renew__a_key_with_an_order_never_goes_the_other_way(void **state)
{
    struct hall_scene *scene = *state;
    hall_renewal_make_key(scene, "key-1"); /* of another project */
    open_fast(scene);
    hall_refused(&scene->terminal, show(scene, HALL_PIN), SERVICE_REASON_KEY_OTHER);
    begin(scene, "renew", &(struct order){0});
    struct service_reply reply = hall_wait(&scene->terminal, service_order_divert(scene->terminal.services));
    assert_int_equal(STATUS_BAD_STATE, reply.status);
}

/* --- through the screens ----------------------------------------------------------------------------- */

static void begin_screens(struct hall_scene *scene, struct robot *robot)
{
    token_fake_pull(writer(scene));
    robot_open(robot, &scene->terminal,
               &(struct robot_settings){.assets = TEST_BUILD_DIR "/assets", .width = 1920, .height = 1080});
    robot_until_screen(robot, "welcome");
    robot_run(robot, 800); /* the empty writer is seen */
    token_fake_insert(writer(scene), "key-1");
    robot_until_screen(robot, "holder");
}

static void type_pin(struct robot *robot)
{
    robot_pad(robot, "pad", "8351");
    robot_tap(robot, "pad.extra");
    robot_tap(robot, "pad.y");
    robot_tap(robot, "pad.extra");
    robot_pad(robot, "pad", "7");
    robot_tap(robot, "bar.next");
}

/* Agreement and warnings: to the form, for the PIN was right already. */
static void agree(struct robot *robot)
{
    robot_until_screen(robot, "agreement");
    while (!robot_can_tap(robot, "bar.next"))
        robot_tap(robot, "text.down");
    robot_tap(robot, "bar.next");
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
    assert_int_equal(STATUS_OK, payment_fake_pay(scene->hall.gateway, visit_of(scene)->payment.out_trade_no));
    robot_until_screen(robot, "issue");
}

/* A key of this product with its holder's PIN, out of the writer; scene->order made it. */
static void make_key_of(struct hall_scene *scene, const struct product *product)
{
    struct form_values values;
    const struct hall_order_choice choice = {product, product_find_operation(product, "new"),
                                             product->classes[0].id, &values};
    form_sample_make(product_operation_form(product, choice.operation), &values);
    hall_order_make_with(&scene->hall, &choice, ORDER_STATE_ISSUING, &scene->order);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, scene->order.id));
    token_fake_insert(writer(scene), "key-1");
    hall_visit_issue(&scene->terminal);
    hall_visit_pin(&scene->terminal);
    hall_visit_take(&scene->terminal);
    services_end_visit(scene->terminal.services);
    hall_scene_look(scene);
    form_values_wipe(&values);
}

static void walk(struct hall_scene *scene, struct robot *robot, struct robot_order *order,
                 struct form_values *values)
{
    order->robot = robot;
    order->desk = &scene->desk;
    order->class_id = order->product->classes[0].id;
    order->wish = (struct service_wish){.years = 1, .quantity = 1};
    order->reason = "";
    order->values = values;
    form_sample_make(product_operation_form(order->product, order->operation), values);
    robot_open(robot, &scene->terminal,
               &(struct robot_settings){.assets = TEST_BUILD_DIR "/assets", .width = 1920, .height = 1080});
    robot_run(robot, 300);
    robot_order_go(order);
    assert_int_equal(0, robot_faults(robot));
    form_values_wipe(values);
    robot_close(robot);
}

/* 社保用户证书更新快速通道: the key, its PIN, a name and a phone; nothing printed, scanned, judged or paid.
 */
static void test_renew__at_the_screens_the_fast_way_needs_no_papers(void **state)
{
    struct hall_scene *scene = *state;
    struct robot robot;
    struct form_values values;
    struct hall_order_sum sum;
    const struct product *product = catalogue_find(scene->hall.catalogue, "ezca-cqsb");
    struct robot_order order = {.product = product,
                                .operation = product_find_operation(product, "renew"),
                                .own_key = "key-1",
                                .blank_key = "none"};
    make_key_of(scene, product);
    walk(scene, &robot, &order, &values);
    FEATURE("F039");
    static const char *const others[] = {"print", "scan", "identity", "review", "pay"};
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        assert_false(robot_order_passed(&order, others[i]));
    assert_true(robot_order_saw(&order, "证书安装成功"));
    hall_order_sum(&scene->hall, order.order_id, &sum);
    assert_int_equal(ORDER_STATE_DONE, sum.order.state);
    assert_int_equal(0, sum.order.amount_fen);
    assert_int_equal(STORE_CERTIFICATE_REVOKED, old_state(scene));
    buf_release(&order.texts);
}

/* 免费换发: the old lock is brought along and shown, and a new one is made before it is withdrawn. */
static void test_renew__at_the_screens_an_old_lock_is_exchanged(void **state)
{
    struct hall_scene *scene = *state;
    struct robot robot;
    struct form_values values;
    struct hall_order_sum sum;
    const struct product *product = catalogue_find(scene->hall.catalogue, "gxca-suqian-unit");
    struct robot_order order = {.product = product,
                                .operation = product_find_operation(product, "exchange"),
                                .own_key = "key-1",
                                .blank_key = "key-2"};
    make_key_of(scene, product);
    walk(scene, &robot, &order, &values);
    FEATURE("F119");
    assert_true(robot_order_saw(&order, "旧 CA 锁"));
    hall_order_sum(&scene->hall, order.order_id, &sum);
    assert_int_equal(ORDER_STATE_DONE, sum.order.state);
    assert_string_not_equal(scene->sum.key[0].mark, sum.key[0].mark);
    assert_int_equal(STORE_KEY_DELIVERED, sum.key[0].state);
    assert_int_equal(STORE_CERTIFICATE_REVOKED, old_state(scene));
    buf_release(&order.texts);
}

/* Whatever its holder agrees to: until the new one is proven the old key is the only one that works. */
static void test_renew__the_key_an_exchange_is_about_is_never_erased_for_it(void **state)
{
    struct hall_scene *scene = *state;
    struct order order;
    const struct product *product = catalogue_find(scene->hall.catalogue, "gxca-suqian-unit");
    make_key_of(scene, product);
    hall_order_make_of(&scene->hall, product->id, "exchange", ORDER_STATE_ISSUING, &order);
    struct store *store = hall_store(&scene->hall, "maker");
    assert_int_equal(STATUS_OK, store_subject_put(store, order.id, old_of(scene), "", NULL));
    store_close(store);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, order.id));
    token_fake_insert(writer(scene), "key-1");
    hall_refused(&scene->terminal, service_issue_ready(scene->terminal.services, true),
                 SERVICE_REASON_KEY_OTHER);
    hall_refused(&scene->terminal, service_issue_run(scene->terminal.services, true),
                 SERVICE_REASON_KEY_OTHER);
    assert_true(hall_renewal_works(scene, old_of(scene)));
    token_fake_insert(writer(scene), "key-2");
    hall_done(&scene->terminal, service_issue_run(scene->terminal.services, false));
    assert_int_equal(STORE_CERTIFICATE_CONFIRMED, old_state(scene)); /* until the new one has its PIN */
    hall_visit_pin(&scene->terminal);
    assert_int_equal(STORE_CERTIFICATE_REVOKED, old_state(scene));
}

/* 社保: 不存在该芯片号订单, then form, papers and a clerk, free of charge, onto the same key. */
static void test_renew__at_the_screens_a_key_without_an_order_is_renewed_by_its_papers(void **state)
{
    struct hall_scene *scene = *state;
    struct robot robot;
    struct form_values values;
    struct hall_order_sum sum;
    const struct product *product = catalogue_find(scene->hall.catalogue, "ezca-cqsb");
    const struct product_operation *operation = product_find_operation(product, "renew");
    form_sample_make(product_find_form(product, product_operation_fallback(product, operation)->form_id),
                     &values);
    hall_renewal_make_strange(scene);
    token_fake_pull(writer(scene));
    struct robot_order order = {.robot = &robot,
                                .desk = &scene->desk,
                                .product = product,
                                .operation = operation,
                                .wish = {.years = 1, .quantity = 1},
                                .class_id = product->classes[0].id,
                                .reason = "",
                                .values = &values,
                                .blank_key = "none",
                                .strange_key = "strange"};
    robot_open(&robot, &scene->terminal,
               &(struct robot_settings){.assets = TEST_BUILD_DIR "/assets", .width = 1920, .height = 1080});
    robot_run(&robot, 300);
    robot_order_go(&order);
    FEATURE("F040");
    assert_true(robot_order_saw(&order, "不存在该芯片号订单"));
    assert_true(robot_order_saw(&order, "证书安装成功"));
    assert_true(robot_order_passed(&order, "review"));
    assert_int_equal(5, order.paper_count);
    hall_order_sum(&scene->hall, order.order_id, &sum);
    assert_int_equal(ORDER_STATE_DONE, sum.order.state);
    assert_int_equal(0, sum.order.amount_fen);
    assert_string_equal("renew" PRODUCT_FALLBACK_SUFFIX, sum.order.operation);
    assert_int_equal(1, hall_order_certificates(&sum, STORE_CERTIFICATE_CONFIRMED));
    assert_int_equal(1, hall_order_keys(&sum, STORE_KEY_DELIVERED));
    assert_int_equal(0, hall_order_acts(&sum));
    token_fake_insert(writer(scene), "strange");
    assert_true(hall_renewal_works(scene, sum.certificate[0].request_id));
    assert_int_equal(
        2, hall_renewal_count(scene, TOKEN_OBJECT_CERTIFICATE)); /* the old one is not ours to judge */
    FEATURE("F040");
    assert_int_equal(0, robot_faults(&robot));
    buf_release(&order.texts);
    form_values_wipe(&values);
    robot_close(&robot);
}

static void test_renew__at_the_screens_it_is_said_from_when(void **state)
{
    struct hall_scene *scene = *state;
    struct robot robot;
    char day[64];
    make_windowed(scene);
    (void)clock_format_hall(scene->sum.certificate[0].not_after_utc_s - (int64_t)90 * DAY_S,
                            "%Y-%m-%d 起可以办", day, sizeof(day));
    begin_screens(scene, &robot);
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
    begin_screens(scene, &robot);
    robot_tap(&robot, "operation.renew");
    robot_tap(&robot, "bar.next");
    robot_until_screen(&robot, "wish"); /* one year is chosen already */
    robot_tap(&robot, "bar.next");
    robot_until_screen(&robot, "key");
    type_pin(&robot);
    agree(&robot);
    robot_visit_form(&visit);
    robot_visit_print(&visit);
    robot_visit_scan_to(&visit, "review");
    robot_visit_review(&visit, &scene->desk);
    pay(scene, &robot);
    robot_look(&robot, "issue-own-pin");
    robot_pad(&robot, "pad", "999999");
    robot_tap(&robot, "bar.next");
    robot_until_text(&robot, "Key 密码不对");
    type_pin(&robot);
    robot_until_screen(&robot, "done");
    robot_until_text(&robot, "更新成功");
    robot_look(&robot, "renewed");
    struct order order = visit_of(scene)->order;
    assert_int_equal(20000, order.amount_fen);
    assert_int_equal(20000, order.paid_fen);
    assert_int_equal(4, visit_of(scene)->page_count);
    assert_renewed(scene, &order);
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
        TEST(test_renew__a_renewal_keeps_its_holder_a_change_keeps_the_number),
        TEST(test_renew__a_key_without_an_order_goes_the_other_way_which_stays_with_the_order),
        TEST(test_renew__a_key_with_an_order_never_goes_the_other_way),
        TEST(test_renew__at_the_screens_a_key_without_an_order_is_renewed_by_its_papers),
        TEST(test_renew__the_key_an_exchange_is_about_is_never_erased_for_it),
        TEST(test_renew__at_the_screens_the_fast_way_needs_no_papers),
        TEST(test_renew__at_the_screens_an_old_lock_is_exchanged),
        TEST(test_renew__at_the_screens_it_is_said_from_when),
        TEST(test_renew__at_the_screens_a_key_is_renewed_for_200_yuan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
