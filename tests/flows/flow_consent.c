/* The certificate is right, or it is not: asked on the last page, stored once, seen at the desk; silence
 * counts as the product says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/store/store_consent.h"
#include "tests/support/feature.h"
#include "tests/support/form_sample.h"
#include "tests/support/hall_scene.h"
#include "tests/support/robot_visit.h"

enum { HOUR_S = 3600 };

static struct robot robot;

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

/* The key of a new certificate of this product is made and waits to be taken. */
static void make(struct hall_scene *scene, const char *product_id)
{
    struct form_values values;
    const struct product *product = catalogue_find(scene->hall.catalogue, product_id);
    const struct hall_order_choice choice = {product, product_find_operation(product, "new"),
                                             product->class_count > 0 ? product->classes[0].id : "", &values};
    form_sample_make(product_operation_form(product, choice.operation), &values);
    hall_order_make_with(&scene->hall, &choice, ORDER_STATE_ISSUING, &scene->order);
    form_values_wipe(&values);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, scene->order.id));
    token_fake_insert(hall_scene_writer(scene), "key-1");
    hall_visit_issue(&scene->terminal);
    hall_visit_pin(&scene->terminal);
}

static void open_robot(struct hall_scene *scene)
{
    robot_open_wide(&robot, &scene->terminal);
    robot_until_screen(&robot, "done");
}

static void close_robot(void)
{
    robot_close(&robot);
    assert_int_equal(0, robot_faults(&robot));
}

/* As the desk's list has it. */
static const struct service_queue_line *at_desk(struct hall_scene *scene)
{
    hall_desk_sign_in(&scene->desk, "chen");
    hall_done(&scene->desk, service_desk_overview(scene->desk.services));
    const struct service_desk *desk = services_desk(scene->desk.services);
    for (size_t i = 0; i < desk->recent_count; i++)
        if (strcmp(desk->recent[i].order.id, scene->order.id) == 0)
            return &desk->recent[i];
    fail_msg("the desk does not list the order");
    return NULL;
}

static bool said(struct hall_scene *scene, struct store_consent *out)
{
    struct store *store = hall_store(&scene->hall, "watcher");
    enum status status = store_consent_load(store, scene->order.id, out, NULL);
    store_close(store);
    return status == STATUS_OK;
}

static void test_consent__holder_says_that_all_is_right_once(void **state)
{
    struct hall_scene *scene = *state;
    struct store_consent stored;
    make(scene, "cfca-suqian-unit");
    open_robot(scene);
    robot_until_text(&robot, "取走 Key 后没有异议，视为接受证书");
    robot_tap(&robot, "consent.yes");
    robot_until_gone(&robot, "证书上的信息对吗？");
    close_robot();
    FEATURE("F172");
    assert_true(said(scene, &stored));
    assert_string_equal(stored.objection, "");
    assert_int_equal(stored.said_utc_s, hall_scene_visit(scene)->consent.at_utc_s);
    assert_int_equal(SERVICE_CONSENT_GIVEN, at_desk(scene)->consent.state);
    assert_int_equal(
        STATUS_BAD_STATE,
        hall_wait(&scene->terminal, service_consent_say(scene->terminal.services, SERVICE_OBJECTION_NAME))
            .status);
    assert_true(said(scene, &stored));
    assert_string_equal(stored.objection, "");
}

static void test_consent__objection_calls_the_clerk_who_reads_why(void **state)
{
    struct hall_scene *scene = *state;
    struct store_consent stored;
    make(scene, "gxca-suqian-unit");
    open_robot(scene);
    robot_until_text(&robot, "24 小时内没有异议，视为接受证书");
    robot_tap(&robot, "consent.no");
    robot_tap(&robot, "consent.back");
    robot_tap(&robot, "consent.no");
    robot_tap(&robot, "objection.days");
    robot_until_text(&robot, "已记下异议，请稍等");
    robot_until_text(&robot, "已呼叫，约");
    FEATURE("F172");
    assert_true(hall_scene_visit(scene)->clerk_called);
    close_robot();
    assert_true(said(scene, &stored));
    assert_string_equal(stored.objection, "days");
    assert_int_equal(SERVICE_CONSENT_OBJECTED, at_desk(scene)->consent.state);
    assert_string_equal(at_desk(scene)->consent.objection, "days");
    robot_open_wide(&robot, &scene->desk);
    ui_reset(robot.ui, DESK_ORDERS, NULL);
    robot_tap(&robot, "orders.row.0");
    robot_until_text(&robot, "有异议：有效期不对");
    close_robot();
}

static void test_consent__silence_is_consent_after_the_limit_of_the_product(void **state)
{
    struct hall_scene *scene = *state;
    struct store_consent stored;
    make(scene, "gxca-suqian-unit");
    assert_int_equal(SERVICE_CONSENT_ASKED, hall_scene_visit(scene)->consent.state);
    hall_visit_take(&scene->terminal);
    assert_int_equal(SERVICE_CONSENT_ASKED, at_desk(scene)->consent.state);
    hall_pass(&scene->hall, 24 * HOUR_S);
    hall_done(&scene->terminal, service_order_refresh(scene->terminal.services));
    FEATURE("F172");
    assert_int_equal(SERVICE_CONSENT_SILENT, hall_scene_visit(scene)->consent.state);
    assert_int_equal(hall_scene_look(scene)->order.updated_utc_s + 24 * HOUR_S,
                     hall_scene_visit(scene)->consent.at_utc_s);
    assert_int_equal(
        STATUS_BAD_STATE,
        hall_wait(&scene->terminal, service_consent_say(scene->terminal.services, SERVICE_OBJECTION_NAME))
            .status);
    assert_false(said(scene, &stored));
}

/* From when the key is taken, where the guide gives no time to look at it. */
static void test_consent__silence_is_consent_at_once_where_the_product_says_so(void **state)
{
    struct hall_scene *scene = *state;
    make(scene, "cfca-suqian-unit");
    assert_int_equal(SERVICE_CONSENT_ASKED, hall_scene_visit(scene)->consent.state);
    hall_visit_take(&scene->terminal);
    assert_int_equal(SERVICE_CONSENT_SILENT, hall_scene_visit(scene)->consent.state);
}

static void test_consent__is_not_asked_where_the_product_does_not(void **state)
{
    struct hall_scene *scene = *state;
    make(scene, "ezca-cqzfcg");
    assert_int_equal(SERVICE_CONSENT_NONE, hall_scene_visit(scene)->consent.state);
    assert_int_equal(
        STATUS_BAD_STATE,
        hall_wait(&scene->terminal, service_consent_say(scene->terminal.services, SERVICE_OBJECTION_COUNT_))
            .status);
    open_robot(scene);
    assert_null(widget_find(ui_tree(robot.ui), "consent.yes"));
    close_robot();
}

#define FLOW(name) cmocka_unit_test_setup_teardown(name, setup, hall_scene_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FLOW(test_consent__holder_says_that_all_is_right_once),
        FLOW(test_consent__objection_calls_the_clerk_who_reads_why),
        FLOW(test_consent__silence_is_consent_after_the_limit_of_the_product),
        FLOW(test_consent__silence_is_consent_at_once_where_the_product_says_so),
        FLOW(test_consent__is_not_asked_where_the_product_does_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
