/* A key goes by courier: wished for before it is paid, made at the desk with the default PIN, sent under a
 * number that can be one, seen by its holder. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/store/store_shipment.h"
#include "tests/support/feature.h"
#include "tests/support/form_sample.h"
#include "tests/support/hall_printed.h"
#include "tests/support/hall_scene.h"
#include "tests/support/robot_visit.h"

static int setup(void **state)
{
    int result = hall_scene_setup(state, TEST_SOURCE_DIR);
    struct hall_scene *scene = *state;
    scene->hall.settings->desk_writer = true;
    hall_program_stop(&scene->desk);
    hall_program_restart(&scene->desk);
    return result;
}

static const struct service_parcel *parcel(struct hall_scene *scene)
{
    hall_done(&scene->desk, service_desk_parcels(scene->desk.services));
    const struct service_desk *desk = services_desk(scene->desk.services);
    assert_int_equal(desk->parcel_count, 1);
    return &desk->parcels[0];
}

/* Wished for and paid without any key in the writer of the terminal. */
static void pay_for_parcel(struct hall_scene *scene)
{
    struct services *services = scene->terminal.services;
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    hall_done(&scene->terminal, service_shipment_wish(services, true));
    assert_int_equal(SERVICE_SHIPMENT_WISHED, hall_scene_visit(scene)->shipment.state);
    hall_done(&scene->terminal, service_issue_ready(services, false));
    hall_done(&scene->terminal, service_pay_start(services));
    assert_int_equal(STATUS_OK,
                     payment_fake_pay(scene->hall.gateway, hall_scene_visit(scene)->payment.out_trade_no));
    hall_until_state(&scene->terminal, ORDER_STATE_ISSUING);
    hall_leave(&scene->terminal);
}

static void make(struct hall_scene *scene)
{
    hall_desk_sign_in(&scene->desk, "chen");
    token_fake_insert(scene->hall.writers[HALL_WRITERS - 1], "key-1");
    hall_done(&scene->desk, service_desk_make(scene->desk.services, scene->order.id, false));
}

/* The key at the desk opens with the product's default PIN, which is no secret. */
static void assert_default_pin(struct hall_scene *scene)
{
    struct secret pin = {0};
    struct token_info info;
    struct token *writer = scene->hall.tokens[HALL_WRITERS - 1];
    const char *wanted = catalogue_find(scene->hall.catalogue, scene->order.product)->pin_default;
    assert_string_equal("111111", wanted);
    assert_int_equal(STATUS_OK, token_look(writer, &info, NULL));
    assert_int_equal(STATUS_OK, secret_set(&pin, wanted, strlen(wanted)));
    assert_int_equal(STATUS_OK, token_verify_pin(writer, &info.identity, &pin, NULL));
}

/* The label ends with the product's. */
static void assert_label(struct hall_scene *scene)
{
    struct token_info info;
    const char *wanted = catalogue_find(scene->hall.catalogue, scene->order.product)->key_label;
    assert_string_equal("EZCA", wanted);
    assert_int_equal(STATUS_OK, token_look(scene->hall.tokens[HALL_WRITERS - 1], &info, NULL));
    assert_int_equal(TOKEN_LABEL_CHARACTERS, strlen(info.identity.label));
    assert_string_equal(wanted, info.identity.label + TOKEN_LABEL_CHARACTERS - TOKEN_TITLE_CHARACTERS);
}

static void test_courier__key_is_made_at_the_desk_sent_and_done(void **state)
{
    struct hall_scene *scene = *state;
    pay_for_parcel(scene);
    hall_desk_sign_in(&scene->desk, "chen");
    assert_int_equal(SERVICE_SHIPMENT_WISHED, parcel(scene)->shipment.state);
    assert_string_equal("张小丽", parcel(scene)->receiver);
    assert_string_equal(HALL_PHONE, parcel(scene)->phone);
    assert_true(strlen(parcel(scene)->address) > 10);
    make(scene);
    assert_int_equal(SERVICE_SHIPMENT_MADE, parcel(scene)->shipment.state);
    assert_int_equal(ORDER_STATE_COLLECTING, hall_scene_look(scene)->order.state);
    assert_default_pin(scene);
    assert_label(scene);
    FEATURE("F158");
    hall_done(&scene->desk,
              service_desk_send(scene->desk.services, scene->order.id, "sf", "sf1234567890123"));
    assert_int_equal(SERVICE_SHIPMENT_SENT, parcel(scene)->shipment.state);
    assert_string_equal("SF1234567890123", parcel(scene)->shipment.tracking);
    assert_int_equal(ORDER_STATE_DONE, hall_scene_look(scene)->order.state);
    FEATURE("F170");
    assert_int_equal(1, hall_order_certificates(&scene->sum, STORE_CERTIFICATE_CONFIRMED));
}

/* Whether a parcel is wished for cannot be read: nothing is made that the desk may be making too. */
static void test_courier__the_terminal_makes_nothing_while_wishes_cannot_be_read(void **state)
{
    struct hall_scene *scene = *state;
    struct services *services = scene->terminal.services;
    pay_for_parcel(scene);
    token_fake_insert(hall_scene_writer(scene), "key-1");
    hall_done(&scene->terminal, service_order_open(services, scene->order.id));
    hall_sql(&scene->hall, "ALTER TABLE shipment RENAME TO shipment_away");
    assert_int_not_equal(STATUS_OK, hall_wait(&scene->terminal, service_issue_ready(services, false)).status);
    assert_int_not_equal(STATUS_OK, hall_wait(&scene->terminal, service_issue_run(services, false)).status);
    assert_int_equal(0, hall_scene_look(scene)->keys);
    hall_sql(&scene->hall, "ALTER TABLE shipment_away RENAME TO shipment");
    hall_leave(&scene->terminal);
    make(scene);
    assert_int_equal(1, hall_order_certificates(hall_scene_look(scene), STORE_CERTIFICATE_CONFIRMED));
}

static void test_courier__a_number_of_no_courier_is_refused_and_nothing_is_sent_twice(void **state)
{
    struct hall_scene *scene = *state;
    struct services *desk = scene->desk.services;
    pay_for_parcel(scene);
    hall_desk_sign_in(&scene->desk, "chen");
    hall_refused(&scene->desk, service_desk_send(desk, scene->order.id, "sf", "SF1234567890123"),
                 SERVICE_REASON_CHANGED); /* it was not made */
    make(scene);
    hall_refused(&scene->desk, service_desk_send(desk, scene->order.id, "ems", "EE473124828CN"),
                 SERVICE_REASON_TRACKING);
    assert_int_equal(ORDER_STATE_COLLECTING, hall_scene_look(scene)->order.state);
    hall_done(&scene->desk, service_desk_send(desk, scene->order.id, "ems", "EE473124829CN"));
    hall_refused(&scene->desk, service_desk_send(desk, scene->order.id, "ems", "EE473124829CN"),
                 SERVICE_REASON_CHANGED);
}

static void test_courier__a_key_that_was_begun_is_not_sent_and_a_wish_is_taken_back(void **state)
{
    struct hall_scene *scene = *state;
    struct services *services = scene->terminal.services;
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    hall_done(&scene->terminal, service_shipment_wish(services, true));
    hall_done(&scene->terminal, service_shipment_wish(services, false));
    assert_int_equal(SERVICE_SHIPMENT_NONE, hall_scene_visit(scene)->shipment.state);
    hall_refused(&scene->terminal, service_issue_ready(services, false), SERVICE_REASON_NO_KEY);
    hall_visit_pay(&scene->terminal, "key-1");
    hall_visit_issue(&scene->terminal);
    FEATURE("F077");
    assert_int_equal(STATUS_BAD_STATE,
                     hall_wait(&scene->terminal, service_shipment_wish(services, true)).status);
}

static void test_courier__no_terminal_makes_it_and_no_desk_without_a_writer(void **state)
{
    struct hall_scene *scene = *state;
    pay_for_parcel(scene);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, scene->order.id));
    token_fake_insert(scene->hall.writers[0], "key-2");
    assert_int_equal(STATUS_BAD_STATE,
                     hall_wait(&scene->terminal, service_issue_run(scene->terminal.services, false)).status);
    hall_leave(&scene->terminal);
    scene->hall.settings->desk_writer = false;
    hall_desk_sign_in(&scene->desk, "chen");
    struct service_reply reply =
        hall_wait(&scene->desk, service_desk_make(scene->desk.services, scene->order.id, false));
    assert_int_equal(STATUS_UNSUPPORTED, reply.status);
    assert_int_equal(ORDER_STATE_ISSUING, hall_scene_look(scene)->order.state);
}

static struct robot robot;

static void open_robot(struct hall_scene *scene)
{
    robot_open_wide(&robot, &scene->terminal);
}

static void close_robot(void)
{
    robot_close(&robot);
    assert_int_equal(0, robot_faults(&robot));
}

static void test_courier__the_applicant_has_it_sent_and_reads_the_number_later(void **state)
{
    struct hall_scene *scene = *state;
    const struct robot_visit person = {.robot = &robot};
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    open_robot(scene);
    robot_tap(&robot, "keys.none");
    robot_tap(&robot, "pay.parcel");
    robot_until_text(&robot, "张小丽 138****0000");
    robot_tap(&robot, "parcel.no");
    robot_tap(&robot, "pay.parcel");
    robot_tap(&robot, "parcel.yes");
    robot_until_text(&robot, "等待支付");
    FEATURE("F076");
    assert_int_equal(STATUS_OK,
                     payment_fake_pay(scene->hall.gateway, hall_scene_visit(scene)->payment.out_trade_no));
    robot_until_screen(&robot, "issue");
    robot_until_text(&robot, "已登记邮寄");
    robot_look(&robot, "parcel");
    robot_tap(&robot, "bar.next");
    robot_until_screen(&robot, "welcome");
    close_robot();
    make(scene);
    hall_done(&scene->desk,
              service_desk_send(scene->desk.services, scene->order.id, "sf", "SF1234567890123"));
    open_robot(scene);
    robot_tap(&robot, "welcome.resume");
    robot_visit_login(&person);
    robot_until_text(&robot, "已寄出，可查单号");
    robot_tap(&robot, "order.0.action");
    robot_until_screen(&robot, "order");
    robot_until_text(&robot, "顺丰速运 SF1234567890123");
    FEATURE("F170");
    close_robot();
}

/* --- the day it leaves ---------------------------------------------------------------------------------- */

/* The clock of the hall stands at this hour of a working day, the next of this kind from now on. */
static void wait_for_hour(struct hall *hall, int hour)
{
    const struct calendar *calendar = hall->catalogue->calendar;
    int64_t now = hall_now_utc_s(hall);
    int64_t at = clock_hall_day_utc_s(now) + (int64_t)hour * 3600;
    while (at <= now || !calendar_is_workday(calendar, at))
        at += 86400;
    hall_pass(hall, at - now);
}

/* Somebody at the terminal stands before payment, with no key in its writer. */
static void begin_with(struct hall_scene *scene, const char *product_id)
{
    struct form_values values;
    const struct product *product = catalogue_find(scene->hall.catalogue, product_id);
    const struct hall_order_choice choice = {product, product_find_operation(product, "new"),
                                             product->class_count > 0 ? product->classes[0].id : "", &values};
    form_sample_make(product_operation_form(product, choice.operation), &values);
    hall_order_make_with(&scene->hall, &choice, ORDER_STATE_PAYING, &scene->order);
    form_values_wipe(&values);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, scene->order.id));
    open_robot(scene);
}

/* Paid by somebody at the terminal whose key goes by courier, of a product with an hour. */
static void pay_at(struct hall_scene *scene, int hour)
{
    wait_for_hour(&scene->hall, hour);
    begin_with(scene, "gxca-suqian-unit");
    robot_tap(&robot, "keys.none");
    robot_tap(&robot, "pay.parcel");
    robot_tap(&robot, "parcel.yes");
    robot_until_text(&robot, "等待支付");
    assert_int_equal(0, hall_scene_visit(scene)->shipment.leaves_utc_s); /* nothing is promised unpaid */
    assert_int_equal(STATUS_OK,
                     payment_fake_pay(scene->hall.gateway, hall_scene_visit(scene)->payment.out_trade_no));
    robot_until_text(&robot, "已登记邮寄");
}

static void test_courier__what_is_paid_before_five_leaves_the_same_day(void **state)
{
    struct hall_scene *scene = *state;
    pay_at(scene, 15);
    int64_t today = clock_hall_day_utc_s(hall_now_utc_s(&scene->hall));
    FEATURE("F171");
    assert_string_equal(robot_until(&robot, "parcel.leaves")->label, "今天寄出");
    assert_int_equal(today + 86399, hall_scene_visit(scene)->shipment.leaves_utc_s);
    close_robot();
    hall_desk_sign_in(&scene->desk, "chen");
    assert_int_equal(today + 86399, parcel(scene)->shipment.leaves_utc_s);
}

static void test_courier__what_is_paid_after_five_leaves_on_the_next_working_day(void **state)
{
    struct hall_scene *scene = *state;
    char day[64];
    pay_at(scene, 18);
    int64_t now = hall_now_utc_s(&scene->hall);
    int64_t next = calendar_due(scene->hall.catalogue->calendar, now, 1);
    assert_true(next > clock_hall_day_utc_s(now) + 86400);
    (void)clock_format_hall(next, "%-m 月 %-d 日寄出", day, sizeof(day));
    FEATURE("F171");
    assert_string_equal(robot_until(&robot, "parcel.leaves")->label, day);
    close_robot();
    hall_desk_sign_in(&scene->desk, "chen");
    assert_int_equal(next, parcel(scene)->shipment.leaves_utc_s);
    hall_done(&scene->terminal, service_receipt_print(scene->terminal.services));
    (void)clock_format_hall(next, "%Y-%m-%d前寄出", day, sizeof(day));
    assert_true(hall_printed(&scene->hall, day));
}

/* Units and persons of each authority that writes of a courier read their own address before it is wished. */
static void offer_parcel(struct hall_scene *scene, const char *product_id, const char *receiver,
                         const char *place)
{
    char text[96];
    begin_with(scene, product_id);
    (void)snprintf(text, sizeof(text), "%s 1", receiver);
    robot_tap(&robot, "keys.none");
    robot_tap(&robot, "pay.parcel");
    robot_until_text(&robot, text);
    robot_until_text(&robot, place);
    FEATURE("F076");
    robot_tap(&robot, "parcel.yes");
    robot_until_text(&robot, "等待支付");
    assert_int_equal(SERVICE_SHIPMENT_WISHED, hall_scene_visit(scene)->shipment.state);
    FEATURE("F077");
    close_robot();
    hall_leave(&scene->terminal);
}

static void test_courier__keys_of_cfca_and_dfca_are_sent_to_the_address_of_the_form(void **state)
{
    struct hall_scene *scene = *state;
    offer_parcel(scene, "cfca-suqian-unit", "张小丽", "示例通讯地址");
    offer_parcel(scene, "cfca-suqian-person", "王明远", "示例通讯地址");
    offer_parcel(scene, "dfca-hnzj-unit", "钱多", "示例收货详细地址");
    offer_parcel(scene, "dfca-hnzj-person", "钱多", "示例收货详细地址");
}

static void log_in_with(struct hall_program *terminal, const char *text, enum service_reason refused)
{
    struct secret pin = {0};
    assert_int_equal(STATUS_OK, secret_set(&pin, text, strlen(text)));
    uint64_t id = service_key_login(terminal->services, &pin);
    if (refused == SERVICE_REASON_NONE)
        hall_done(terminal, id);
    else
        hall_refused(terminal, id, refused);
    secret_wipe(&pin);
}

static void type_pin(const char *pin)
{
    for (const char *digit = pin; *digit != 0; digit++)
        robot_pad(&robot, "pad", (const char[]){*digit, 0});
    robot_tap(&robot, "bar.next");
}

/* The terminal whose writer is the desk's: a key of the fakes stays in its writer. */
static void start_beside_desk(struct hall_scene *scene)
{
    token_fake_pull(scene->hall.writers[HALL_WRITERS - 1]);
    hall_program_stop(&scene->desk);
    hall_program_start(&scene->other, &scene->hall, HALL_WRITERS, "terminal-04");
}

static void test_courier__first_login_replaces_the_default_pin(void **state)
{
    struct hall_scene *scene = *state;
    pay_for_parcel(scene);
    make(scene);
    hall_done(&scene->desk,
              service_desk_send(scene->desk.services, scene->order.id, "sf", "SF1234567890123"));
    start_beside_desk(scene);
    robot_open_wide(&robot, &scene->other);
    robot_until_screen(&robot, "welcome");
    robot_run(&robot, 800);
    token_fake_insert(scene->hall.writers[HALL_WRITERS - 1], "key-1");
    robot_until_screen(&robot, "holder");
    robot_tap(&robot, "holder.orders");
    robot_until_screen(&robot, "key");
    type_pin("111111");
    robot_until_screen(&robot, "pin");
    robot_until_text(&robot, "换掉初始密码");
    robot_look(&robot, "pin-change");
    type_pin("111111");
    assert_true(robot_can_tap(&robot, "pad.1")); /* too simple: it is asked for again */
    type_pin("835174");
    type_pin("835174");
    robot_until_screen(&robot, "orders");
    close_robot();
    hall_leave(&scene->other);
    log_in_with(&scene->other, "111111", SERVICE_REASON_PIN_WRONG);
    log_in_with(&scene->other, "835174", SERVICE_REASON_NONE);
    assert_false(services_visit(scene->other.services)->holder.must_change);
    hall_program_end(&scene->other);
}

#define FLOW(name) cmocka_unit_test_setup_teardown(name, setup, hall_scene_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FLOW(test_courier__key_is_made_at_the_desk_sent_and_done),
        FLOW(test_courier__a_number_of_no_courier_is_refused_and_nothing_is_sent_twice),
        FLOW(test_courier__a_key_that_was_begun_is_not_sent_and_a_wish_is_taken_back),
        FLOW(test_courier__the_applicant_has_it_sent_and_reads_the_number_later),
        FLOW(test_courier__what_is_paid_before_five_leaves_the_same_day),
        FLOW(test_courier__what_is_paid_after_five_leaves_on_the_next_working_day),
        FLOW(test_courier__keys_of_cfca_and_dfca_are_sent_to_the_address_of_the_form),
        FLOW(test_courier__first_login_replaces_the_default_pin),
        FLOW(test_courier__no_terminal_makes_it_and_no_desk_without_a_writer),
        FLOW(test_courier__the_terminal_makes_nothing_while_wishes_cannot_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
