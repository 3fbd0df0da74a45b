/* Notices: an applicant is told by message what became of the order, once, whatever happens to gateway and
 * program. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/store/store_notice.h"
#include "kiosk/store/store_shipment.h"
#include "tests/support/feature.h"
#include "tests/support/hall_scene.h"
#include "tests/support/robot_visit.h"

static struct robot robot;

/* The hall sends everything, and the sample's product tells its results by SMS. */
static int setup(void **state)
{
    int result = hall_scene_setup(state, TEST_SOURCE_DIR);
    struct hall_scene *scene = *state;
    struct settings *settings = scene->hall.settings;
    struct product *product = NULL;
    for (size_t i = 0; i < scene->hall.catalogue->count; i++)
        if (strcmp(scene->hall.catalogue->products[i]->id, "ezca-cqzfcg") == 0)
            product = scene->hall.catalogue->products[i];
    product->channel[0] = PRODUCT_CHANNEL_SMS;
    product->channel_count = 1;
    product->renewal_days = 30;
    settings->sms_template_accepted = "SMS_ACCEPTED";
    settings->sms_template_approved = "SMS_APPROVED";
    settings->sms_template_rejected = "SMS_REJECTED";
    settings->sms_template_ready = "SMS_READY";
    settings->sms_template_shipped = "SMS_SHIPPED";
    settings->sms_template_expiring = "SMS_EXPIRING";
    settings->sms_template_unpaid = "SMS_UNPAID";
    return result;
}

struct wish {
    const char *template_code;
    size_t count;
};

static size_t sent(struct hall_program *program, const char *template_code, char text[256])
{
    return sms_fake_notices(program->hall->phones, template_code, text, 256);
}

static bool has_sent(struct hall_program *program, const void *argument)
{
    const struct wish *wish = argument;
    char text[256];
    return sent(program, wish->template_code, text) == wish->count;
}

static void until_sent(struct hall_scene *scene, const char *template_code, size_t count)
{
    hall_until(&scene->terminal, template_code, has_sent, &(struct wish){template_code, count});
}

static void reviewing(struct hall_scene *scene)
{
    hall_order_begin(&scene->terminal, ORDER_STATE_SCANNING, &scene->order);
    hall_visit_papers(&scene->terminal);
    hall_desk_identify(&scene->desk, "chen", scene->order.id);
    hall_desk_open(&scene->desk, "chen", scene->order.id);
}

static void approve(struct hall_scene *scene)
{
    hall_desk_approve(&scene->desk);
    hall_until_state(&scene->terminal, ORDER_STATE_PAYING);
}

static struct store_notice only_failed(struct hall_scene *scene)
{
    struct store_notice notice[2];
    struct store *store = hall_store(&scene->hall, "watcher");
    size_t count = 0;
    assert_int_equal(STATUS_OK, store_notice_list_failed(store, notice, 2, &count, NULL));
    store_close(store);
    assert_int_equal(count, 1);
    return notice[0];
}

static void test_notices__approval_is_told_with_number_and_product(void **state)
{
    struct hall_scene *scene = *state;
    char text[256] = "";
    reviewing(scene);
    approve(scene);
    until_sent(scene, "SMS_APPROVED", 1);
    (void)sent(&scene->terminal, "SMS_APPROVED", text);
    assert_non_null(strstr(text, "product=重庆市政府采购网;"));
    FEATURE("F021");
    assert_non_null(strstr(text, services_visit(scene->terminal.services)->order.acceptance));
    hall_run(&scene->terminal, 1600);
    until_sent(scene, "SMS_APPROVED", 1);
}

static void test_notices__rejection_is_told(void **state)
{
    struct hall_scene *scene = *state;
    struct order_rejections items = {.count = 1};
    reviewing(scene);
    (void)strcpy(items.item[0].item, "licence");
    (void)strcpy(items.item[0].reason, "看不清");
    items.item[0].kind = ORDER_ITEM_PAPER;
    hall_done(&scene->desk, service_desk_reject(scene->desk.services, &items));
    hall_until_state(&scene->terminal, ORDER_STATE_REJECTED);
    until_sent(scene, "SMS_REJECTED", 1);
    char text[256] = "";
    assert_int_equal(0, sent(&scene->terminal, "SMS_APPROVED", text));
}

static void test_notices__a_gateway_that_comes_back_gets_the_message_later(void **state)
{
    struct hall_scene *scene = *state;
    reviewing(scene);
    sms_fake_fail(scene->hall.phones, STATUS_BUSY, false, 1);
    approve(scene);
    hall_run(&scene->terminal, 1600);
    struct store_notice notice = only_failed(scene);
    assert_int_equal(STORE_NOTICE_WAITING, notice.state);
    assert_string_equal("busy", notice.reason);
    assert_true(notice.next_utc_s > hall_now_utc_s(&scene->hall));
    hall_live(&scene->terminal, 65);
    until_sent(scene, "SMS_APPROVED", 1);
}

static void test_notices__a_message_that_may_have_gone_out_is_not_sent_again(void **state)
{
    struct hall_scene *scene = *state;
    reviewing(scene);
    sms_fake_fail(scene->hall.phones, STATUS_UNKNOWN, true, 1);
    approve(scene);
    until_sent(scene, "SMS_APPROVED", 1);
    hall_live(&scene->terminal, 200);
    hall_run(&scene->terminal, 1600);
    until_sent(scene, "SMS_APPROVED", 1);
    assert_int_equal(STORE_NOTICE_UNKNOWN, only_failed(scene).state);
}

static void test_notices__killed_between_send_and_store_nothing_is_sent_twice(void **state)
{
    struct hall_scene *scene = *state;
    struct store_notice due;
    struct buf phone;
    size_t count = 0;
    hall_order_make(&scene->hall, ORDER_STATE_REVIEWING, &scene->order);
    struct store *store = hall_store(&scene->hall, "killed");
    buf_init(&phone, 31);
    hall_program_stop(&scene->terminal);
    assert_int_equal(STATUS_OK,
                     store_notice_add(store, scene->order.id, STORE_NOTICE_APPROVED, "1", HALL_PHONE, NULL));
    assert_int_equal(STATUS_OK, store_notice_list_due(store, &due, 1, &count, NULL));
    assert_int_equal(STATUS_OK, store_notice_begin(store, due.id, &phone, NULL)); /* and then it was killed */
    buf_wipe(&phone);
    store_close(store);
    hall_pass(&scene->hall, 130);
    hall_program_restart(&scene->terminal);
    hall_run(&scene->terminal, 3000);
    until_sent(scene, "SMS_APPROVED", 0);
    assert_int_equal(STORE_NOTICE_UNKNOWN, only_failed(scene).state);
}

static void test_notices__a_certificate_that_ends_soon_is_told_once(void **state)
{
    struct hall_scene *scene = *state;
    char text[256] = "";
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    hall_visit_finish(&scene->terminal);
    hall_leave(&scene->terminal);
    hall_run(&scene->terminal, 1600);
    until_sent(scene, "SMS_EXPIRING", 0);
    hall_program_stop(&scene->terminal);
    hall_pass(&scene->hall, 340LL * 86400);
    hall_program_restart(&scene->terminal);
    until_sent(scene, "SMS_EXPIRING", 1);
    (void)sent(&scene->terminal, "SMS_EXPIRING", text);
    assert_non_null(strstr(text, "day=2027-11-"));
    hall_program_stop(&scene->terminal);
    hall_pass(&scene->hall, 86400);
    hall_program_restart(&scene->terminal);
    hall_run(&scene->terminal, 1600);
    until_sent(scene, "SMS_EXPIRING", 1);
}

/* A reminder of this certificate, once it is known to have gone out. */
struct reminder {
    const char *order_id, *request_id;
};

static bool is_reminded(struct hall_program *program, const void *argument)
{
    const struct reminder *reminder = argument;
    struct store_notice notice;
    struct store *store = hall_store(program->hall, "watcher");
    enum status status = store_notice_find(store, reminder->order_id, STORE_NOTICE_EXPIRING,
                                           reminder->request_id, &notice, NULL);
    store_close(store);
    return status == STATUS_OK && notice.state == STORE_NOTICE_SENT;
}

/* The only certificate that ends soon, as the desk has it. */
static const struct service_certificate *ending(struct hall_scene *scene)
{
    hall_done(&scene->desk, service_desk_ending(scene->desk.services));
    const struct service_desk *desk = services_desk(scene->desk.services);
    return desk->certificate_count == 1 ? &desk->certificates[0] : NULL;
}

static void test_notices__a_clerk_reminds_the_holder_of_one_that_ends(void **state)
{
    struct hall_scene *scene = *state;
    char request_id[ORDER_ID_BYTES];
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    hall_visit_finish(&scene->terminal);
    hall_leave(&scene->terminal);
    hall_desk_sign_in(&scene->desk, "chen");
    assert_null(ending(scene));
    hall_program_stop(&scene->terminal); /* it would remind the holder by itself */
    hall_pass(&scene->hall, 340LL * 86400);
    hall_desk_sign_in(&scene->desk, "chen"); /* nobody sat there for so long */
    const struct service_certificate *line = ending(scene);
    assert_non_null(line);
    assert_string_equal("138****0000", line->phone);
    assert_true(line->may_remind && line->reminder[0] == 0);
    (void)strcpy(request_id, line->request_id);
    hall_done(&scene->desk, service_desk_remind(scene->desk.services, request_id));
    assert_string_equal("waiting", ending(scene)->reminder);
    assert_false(ending(scene)->may_remind);
    hall_refused(&scene->desk, service_desk_remind(scene->desk.services, request_id), SERVICE_REASON_CHANGED);
    hall_program_restart(&scene->terminal);
    until_sent(scene, "SMS_EXPIRING", 1);
    hall_until(&scene->terminal, "reminded", is_reminded,
               &(const struct reminder){scene->order.id, request_id});
    FEATURE("F189");
    assert_string_equal("sent", ending(scene)->reminder);
}

static void test_notices__an_order_closed_unpaid_is_told_once(void **state)
{
    struct hall_scene *scene = *state;
    char text[256] = "";
    hall_order_make(&scene->hall, ORDER_STATE_PAYING, &scene->order);
    hall_until_swept(&scene->terminal);
    hall_pass(&scene->hall, 31LL * 86400);
    hall_pass_steadily(&scene->hall, 1200);
    hall_until_stored(&scene->terminal, scene->order.id, ORDER_STATE_CLOSED);
    until_sent(scene, "SMS_UNPAID", 1);
    (void)sent(&scene->terminal, "SMS_UNPAID", text);
    assert_non_null(strstr(text, scene->order.acceptance));
    hall_run(&scene->terminal, 1600);
    until_sent(scene, "SMS_UNPAID", 1);
}

static void test_notices__the_number_goes_to_the_phone_at_a_touch(void **state)
{
    struct hall_scene *scene = *state;
    const struct robot_visit person = {.robot = &robot};
    char text[256] = "";
    hall_order_make(&scene->hall, ORDER_STATE_REVIEWING, &scene->order);
    robot_open_wide(&robot, &scene->terminal);
    robot_tap(&robot, "welcome.resume");
    robot_visit_login(&person);
    robot_tap(&robot, "order.0");
    robot_tap(&robot, "act.view");
    robot_tap(&robot, "review.tell");
    robot_until_text(&robot, "已发到 138****0000");
    robot_close(&robot);
    assert_int_equal(0, robot_faults(&robot));
    assert_int_equal(1, sent(&scene->terminal, "SMS_ACCEPTED", text));
    assert_non_null(strstr(text, scene->order.acceptance));
    hall_done(&scene->terminal, service_notice_send(scene->terminal.services)); /* not a second time */
    assert_int_equal(1, sent(&scene->terminal, "SMS_ACCEPTED", text));
}

/* The order waits for its courier: its key was made. */
static void test_notices__a_parcel_on_its_way_is_told_with_its_number(void **state)
{
    struct hall_scene *scene = *state;
    char text[256] = "";
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    hall_visit_pay(&scene->terminal, "key-1");
    hall_visit_issue(&scene->terminal);
    hall_visit_pin(&scene->terminal);
    hall_leave(&scene->terminal);
    hall_run(&scene->terminal, 1000); /* the claim is given back */
    struct store *store = hall_store(&scene->hall, "maker");
    assert_int_equal(STATUS_OK, store_shipment_wish(store, scene->order.id, NULL));
    assert_int_equal(STATUS_OK, store_shipment_make(store, scene->order.id, true, "chen", NULL));
    store_close(store);
    hall_desk_sign_in(&scene->desk, "chen");
    hall_done(&scene->desk, service_desk_send(scene->desk.services, scene->order.id, "ems", "EE473124829CN"));
    until_sent(scene, "SMS_SHIPPED", 1);
    (void)sent(&scene->terminal, "SMS_SHIPPED", text);
    assert_non_null(strstr(text, "carrier=ems;tracking=EE473124829CN;"));
}

static void test_notices__a_clerk_has_a_refused_message_sent_again(void **state)
{
    struct hall_scene *scene = *state;
    reviewing(scene);
    sms_fake_fail(scene->hall.phones, STATUS_REFUSED, false, 1);
    approve(scene);
    hall_run(&scene->terminal, 1600);
    until_sent(scene, "SMS_APPROVED", 0);
    hall_done(&scene->desk, service_desk_parcels(scene->desk.services));
    const struct service_desk *desk = services_desk(scene->desk.services);
    assert_int_equal(1, desk->notice_count);
    assert_true(desk->notices[0].may_try);
    char id[SERVICE_MARK_BYTES];
    (void)strcpy(id, desk->notices[0].id);
    hall_done(&scene->desk, service_desk_notice_again(scene->desk.services, id));
    until_sent(scene, "SMS_APPROVED", 1);
    hall_refused(&scene->desk, service_desk_notice_again(scene->desk.services, id), SERVICE_REASON_CHANGED);
}

static void test_notices__a_number_that_cannot_be_reached_is_said(void **state)
{
    struct hall_scene *scene = *state;
    hall_visit_login(&scene->terminal);
    hall_order_begin(&scene->terminal, ORDER_STATE_REVIEWING, &scene->order);
    sms_fake_fail(scene->hall.phones, STATUS_REFUSED, false, 1);
    hall_refused(&scene->terminal, service_notice_send(scene->terminal.services), SERVICE_REASON_NUMBER);
    assert_int_equal(STORE_NOTICE_REFUSED, only_failed(scene).state);
}

#define FLOW(name) cmocka_unit_test_setup_teardown(name, setup, hall_scene_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FLOW(test_notices__approval_is_told_with_number_and_product),
        FLOW(test_notices__rejection_is_told),
        FLOW(test_notices__a_gateway_that_comes_back_gets_the_message_later),
        FLOW(test_notices__a_message_that_may_have_gone_out_is_not_sent_again),
        FLOW(test_notices__killed_between_send_and_store_nothing_is_sent_twice),
        FLOW(test_notices__a_certificate_that_ends_soon_is_told_once),
        FLOW(test_notices__a_clerk_reminds_the_holder_of_one_that_ends),
        FLOW(test_notices__an_order_closed_unpaid_is_told_once),
        FLOW(test_notices__the_number_goes_to_the_phone_at_a_touch),
        FLOW(test_notices__a_parcel_on_its_way_is_told_with_its_number),
        FLOW(test_notices__a_clerk_has_a_refused_message_sent_again),
        FLOW(test_notices__a_number_that_cannot_be_reached_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
