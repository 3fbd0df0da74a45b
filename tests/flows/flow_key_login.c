/* Login with the own key and its PIN, and the step of an order that asks for both. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/store/store_order.h"
#include "kiosk/store/store_subject.h"
#include "tests/support/feature.h"
#include "tests/support/hall_renewal.h"
#include "tests/support/robot_visit.h"

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

/* An order of another phone for this unit. */
static void add_order(struct hall_scene *scene, const char *credit_code, struct order *out)
{
    hall_order_make(&scene->hall, ORDER_STATE_SCANNING, out);
    struct store *store = hall_store(&scene->hall, "maker");
    assert_int_equal(STATUS_OK,
                     store_order_set_lookup(store, out->id, STORE_ORDER_LOOKUP_PHONE, "13900000009", NULL));
    assert_int_equal(
        STATUS_OK, store_order_set_lookup(store, out->id, STORE_ORDER_LOOKUP_CREDIT_CODE, credit_code, NULL));
    store_close(store);
}

static void test_login__the_right_pin_opens_the_units_orders_and_no_others(void **state)
{
    struct hall_scene *scene = *state;
    struct order own, strange;
    hall_renewal_make_key(scene, "key-1");
    add_order(scene, HALL_CREDIT_CODE, &own);
    add_order(scene, "91500108MA6000008Y", &strange);
    hall_done(&scene->terminal, hall_renewal_ask_login(scene, HALL_PIN));
    assert_true(hall_scene_visit(scene)->holder.is_proven);
    assert_string_equal(HALL_PHONE, hall_scene_visit(scene)->phone);
    hall_done(&scene->terminal, service_order_list(scene->terminal.services));
    assert_int_equal(2, hall_scene_visit(scene)->order_count);
    assert_string_equal(own.id, hall_scene_visit(scene)->orders[0].order.id);
    assert_string_equal(scene->order.id, hall_scene_visit(scene)->orders[1].order.id);
    hall_leave(&scene->terminal);
    assert_false(hall_scene_visit(scene)->holder.is_proven);
}

static void test_login__wrong_pins_count_and_lock(void **state)
{
    struct hall_scene *scene = *state;
    hall_renewal_make_key(scene, "key-1");
    for (int i = 1; i < TOKEN_FAKE_TRIES; i++) {
        hall_refused(&scene->terminal, hall_renewal_ask_login(scene, "999999"), SERVICE_REASON_PIN_WRONG);
        enum service_pin_health health = i + 1 < TOKEN_FAKE_TRIES ? SERVICE_PIN_LOW : SERVICE_PIN_FINAL;
        assert_int_equal(health, services_key(scene->terminal.services)->pin);
    }
    hall_refused(&scene->terminal, hall_renewal_ask_login(scene, "999999"), SERVICE_REASON_KEY_LOCKED);
    hall_refused(&scene->terminal, hall_renewal_ask_login(scene, HALL_PIN), SERVICE_REASON_KEY_LOCKED);
    assert_false(hall_scene_visit(scene)->holder.is_proven);
    FEATURE("F166");
    assert_string_equal("", hall_scene_visit(scene)->phone);
}

static void test_login__a_right_pin_gives_the_tries_back(void **state)
{
    struct hall_scene *scene = *state;
    hall_renewal_make_key(scene, "key-1");
    hall_refused(&scene->terminal, hall_renewal_ask_login(scene, "999999"), SERVICE_REASON_PIN_WRONG);
    hall_done(&scene->terminal, hall_renewal_ask_login(scene, HALL_PIN));
    assert_int_equal(SERVICE_PIN_NORMAL, services_key(scene->terminal.services)->pin);
}

static void test_login__a_revoked_certificate_speaks_for_nobody(void **state)
{
    struct hall_scene *scene = *state;
    hall_renewal_make_key(scene, "key-1");
    hall_renewal_revoke(scene);
    hall_refused(&scene->terminal, hall_renewal_ask_login(scene, HALL_PIN), SERVICE_REASON_KEY_UNFIT);
    assert_false(hall_scene_visit(scene)->holder.is_proven);
}

/* An order whose first step is the own key. */
static void open_renewal(struct hall_scene *scene, struct order *out)
{
    const struct product *product = catalogue_find(scene->hall.catalogue, "ezca-cqzfcg");
    const struct product_operation *operation = product_find_operation(product, "renew");
    services_choose(scene->terminal.services, product, operation, "supplier");
    hall_done(&scene->terminal, service_order_create(scene->terminal.services));
    *out = hall_scene_visit(scene)->order;
    assert_int_equal(ORDER_STATE_KEY, out->state);
}

static void assert_subject(struct hall_scene *scene, const char *order_id, const char *request_id)
{
    struct store_subject subject = {0};
    struct store *store = hall_store(&scene->hall, "watcher");
    assert_int_equal(STATUS_OK, store_subject_load(store, order_id, &subject, NULL));
    assert_string_equal(request_id, subject.request_id);
    store_close(store);
}

static void test_show__the_order_goes_on_with_the_key_that_was_shown(void **state)
{
    struct hall_scene *scene = *state;
    struct order renewal;
    hall_renewal_make_key(scene, "key-1");
    open_renewal(scene, &renewal);
    hall_refused(&scene->terminal, hall_renewal_show(scene, "999999"), SERVICE_REASON_PIN_WRONG);
    assert_int_equal(ORDER_STATE_KEY, hall_scene_visit(scene)->order.state);
    hall_done(&scene->terminal, hall_renewal_show(scene, HALL_PIN));
    assert_int_equal(ORDER_STATE_DRAFT, hall_scene_visit(scene)->order.state);
    assert_subject(scene, renewal.id, hall_renewal_certificate(scene));
}

static void test_show__an_order_about_one_key_refuses_another(void **state)
{
    struct hall_scene *scene = *state;
    struct order renewal;
    hall_renewal_make_key(scene, "key-1");
    hall_done(&scene->terminal, service_key_read(scene->terminal.services));
    open_renewal(scene, &renewal); /* about the key that was read */
    assert_subject(scene, renewal.id, hall_renewal_certificate(scene));
    hall_leave(&scene->terminal);
    hall_renewal_make_key(scene, "key-2");
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, renewal.id));
    hall_refused(&scene->terminal, hall_renewal_show(scene, HALL_PIN), SERVICE_REASON_KEY_OTHER);
    token_fake_insert(hall_scene_writer(scene), "key-1");
    hall_done(&scene->terminal, hall_renewal_show(scene, HALL_PIN));
    assert_int_equal(ORDER_STATE_DRAFT, hall_scene_visit(scene)->order.state);
}

static void test_login__at_the_screen_the_key_leads_to_the_orders(void **state)
{
    struct hall_scene *scene = *state;
    struct robot robot;
    hall_renewal_make_key(scene, "key-1");
    robot_visit_open_holder(&robot, &scene->terminal, "key-1");
    robot_tap(&robot, "holder.orders");
    robot_until_screen(&robot, "key");
    robot_pad(&robot, "pad", "999999");
    robot_tap(&robot, "bar.next");
    robot_until_text(&robot, "Key 密码不对，请看清再输");
    robot_until_text(&robot, "已经输错过，剩的次数不多了");
    robot_look(&robot, "key-wrong");
    robot_visit_type_pin(&robot);
    robot_tap(&robot, "bar.next");
    robot_until_screen(&robot, "orders");
    robot_until_text(&robot, "共 1 件");
    FEATURE("F013");
    assert_int_equal(0, robot_faults(&robot));
    robot_close(&robot);
}

static void test_login__at_the_screen_a_locked_key_leads_to_its_unlocking(void **state)
{
    struct hall_scene *scene = *state;
    struct robot robot;
    hall_renewal_make_key(scene, "key-1");
    token_fake_lock(hall_scene_writer(scene));
    token_fake_pull(hall_scene_writer(scene));
    robot_open_wide(&robot, &scene->terminal);
    robot_until_screen(&robot, "welcome");
    robot_tap(&robot, "welcome.resume");
    robot_until_screen(&robot, "login");
    robot_tap(&robot, "way.key");
    robot_until_screen(&robot, "key");
    token_fake_insert(hall_scene_writer(scene), "key-1");
    robot_until_text(&robot, "Key 密码锁死了");
    robot_look(&robot, "key-locked");
    robot_tap(&robot, "key.unlock");
    robot_until_screen(&robot, "holder");
    robot_until_text(&robot, "已锁死，先办解锁");
    assert_int_equal(0, robot_faults(&robot));
    robot_close(&robot);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, hall_scene_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_login__the_right_pin_opens_the_units_orders_and_no_others),
        TEST(test_login__wrong_pins_count_and_lock),
        TEST(test_login__a_right_pin_gives_the_tries_back),
        TEST(test_login__a_revoked_certificate_speaks_for_nobody),
        TEST(test_show__the_order_goes_on_with_the_key_that_was_shown),
        TEST(test_show__an_order_about_one_key_refuses_another),
        TEST(test_login__at_the_screen_the_key_leads_to_the_orders),
        TEST(test_login__at_the_screen_a_locked_key_leads_to_its_unlocking),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
