/* A person's own certificate on the phone: nobody else's, and nothing of the units the person acts for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/feature.h"
#include "tests/support/hall_unit.h"
#include "tests/support/robot_visit.h"

#define PERSON_PRODUCT "bzt-person"
#define PERSON_NUMBER "110101199003070417"
#define OTHER_NUMBER "110101198802290614"

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

static const struct product *product_of(const struct hall_scene *scene)
{
    return catalogue_find(scene->hall.catalogue, PERSON_PRODUCT);
}

static void fill(const char *number, struct form_values *out)
{
    form_values_init(out);
    assert_int_equal(STATUS_OK, form_values_set(out, "person_name", HALL_UNIT_PERSON));
    assert_int_equal(STATUS_OK, form_values_set(out, "person_id", number));
    assert_int_equal(STATUS_OK, form_values_set(out, "person_mobile", HALL_PHONE));
}

/* An order of this person, who is the usual company's administrator by the same mobile number. */
static void make(struct hall_scene *scene, const char *operation, const char *number, enum order_state state,
                 struct order *out)
{
    struct form_values values;
    const struct hall_order_choice choice = {product_of(scene),
                                             product_find_operation(product_of(scene), operation),
                                             product_of(scene)->classes[0].id, &values};
    fill(number, &values);
    hall_order_make_with(&scene->hall, &choice, state, out);
    form_values_wipe(&values);
}

/* The person's certificate stands. */
static void hold(struct hall_scene *scene, const char *number, struct order *out)
{
    struct form_values values;
    fill(number, &values);
    hall_unit_certificate(scene, product_of(scene), &values, out);
    form_values_wipe(&values);
}

static void carry_out(struct hall_scene *scene, struct order *order)
{
    hall_unit_approve(scene, order);
    hall_until_stored(&scene->terminal, order->id, ORDER_STATE_COLLECTING);
}

/* What the filled-in form is answered. */
static uint64_t complete(struct hall_scene *scene, const char *operation, const char *number)
{
    make(scene, operation, number, ORDER_STATE_DRAFT, &scene->order);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, scene->order.id));
    return service_order_event(scene->terminal.services, ORDER_EVENT_FORM_COMPLETED);
}

static void assert_standing(struct hall_scene *scene, const struct order *order,
                            enum store_certificate_state state)
{
    struct hall_order_sum sum;
    hall_order_sum(&scene->hall, order->id, &sum);
    assert_int_equal(1, hall_order_certificates(&sum, state));
}

static void test_person__who_holds_none_is_told_so_at_the_form(void **state)
{
    struct hall_scene *scene = *state;
    struct order of_unit, of_other;
    hall_unit_claim(scene, &of_unit); /* the unit's is none of the person's */
    hold(scene, OTHER_NUMBER, &of_other);
    hall_refused(&scene->terminal, complete(scene, "revoke", PERSON_NUMBER), SERVICE_REASON_NO_CERTIFICATE);
    hall_leave(&scene->terminal);
    hall_done(&scene->terminal, complete(scene, "revoke", OTHER_NUMBER));
    assert_int_equal(ORDER_STATE_PRINTING, services_visit(scene->terminal.services)->order.state);
}

static void test_person__a_renewal_is_asked_for_when_the_end_is_near(void **state)
{
    enum { DAY_S = 86400 };
    struct hall_scene *scene = *state;
    struct order own;
    hold(scene, PERSON_NUMBER, &own);
    hall_refused(&scene->terminal, complete(scene, "renew", PERSON_NUMBER), SERVICE_REASON_RENEWAL_EARLY);
    hall_leave(&scene->terminal);
    hall_pass(&scene->hall, (int64_t)300 * DAY_S);
    hall_done(&scene->terminal, complete(scene, "renew", PERSON_NUMBER));
    hall_leave(&scene->terminal);
    hall_pass(&scene->hall, (int64_t)90 * DAY_S);
    hall_refused(&scene->terminal, complete(scene, "renew", PERSON_NUMBER), SERVICE_REASON_RENEWAL_LATE);
}

static void test_person__withdrawing_the_own_leaves_the_units_and_the_other_persons(void **state)
{
    struct hall_scene *scene = *state;
    struct order of_unit, of_other, own, ending;
    hall_unit_claim(scene, &of_unit);
    hold(scene, OTHER_NUMBER, &of_other);
    hold(scene, PERSON_NUMBER, &own);
    make(scene, "revoke", PERSON_NUMBER, ORDER_STATE_REVIEWING, &ending);
    carry_out(scene, &ending);
    FEATURE("F037");
    assert_standing(scene, &own, STORE_CERTIFICATE_REVOKED);
    assert_standing(scene, &of_other, STORE_CERTIFICATE_CONFIRMED);
    assert_standing(scene, &of_unit, STORE_CERTIFICATE_CONFIRMED);
    hall_visit_login(&scene->terminal);
    hall_done(&scene->terminal, service_unit_list(scene->terminal.services));
    assert_true(services_visit(scene->terminal.services)->units[0].persons[0].is_manager);
}

static void test_person__withdrawing_the_units_leaves_the_own(void **state)
{
    struct hall_scene *scene = *state;
    struct order of_unit, own, ending;
    hall_unit_claim(scene, &of_unit);
    hold(scene, PERSON_NUMBER, &own);
    hall_unit_make(
        scene, &(struct hall_unit_wish){.operation = "revoke", .name = HALL_UNIT_PERSON, .phone = HALL_PHONE},
        ORDER_STATE_REVIEWING, &ending);
    carry_out(scene, &ending);
    assert_standing(scene, &of_unit, STORE_CERTIFICATE_REVOKED);
    assert_standing(scene, &own, STORE_CERTIFICATE_CONFIRMED);
}

/* --- at the screens ------------------------------------------------------------------------------------ */

#define ASKED "系统检测到您有未找回证书，是否前往找回"
#define TOLD "检测到您有可以找回的证书，可点击此处进行证书找回"

static void log_in(struct hall_scene *scene, struct robot *robot)
{
    struct robot_visit visit = {.robot = robot};
    robot_open_wide(robot, &scene->terminal);
    robot_tap(robot, "welcome.resume");
    robot_until_screen(robot, "login");
    robot_visit_login(&visit);
}

static void leave(struct robot *robot, const char *way)
{
    robot_tap(robot, way);
    assert_int_equal(0, robot_faults(robot));
    robot_close(robot);
}

static void test_person__after_the_login_a_certificate_that_can_be_recovered_is_asked_about(void **state)
{
    struct hall_scene *scene = *state;
    struct order own;
    struct robot robot;
    FEATURE("F197");
    hold(scene, PERSON_NUMBER, &own);
    log_in(scene, &robot);
    robot_until_text(&robot, ASKED);
    robot_tap(&robot, "found.no");
    robot_until_gone(&robot, ASKED);
    robot_tap(&robot, "orders.own");
    robot_tap(&robot, "way.mine");
    robot_until_text(&robot, TOLD);
    robot_tap(&robot, "found.here");
    robot_until_screen(&robot, "needless");
    assert_true(robot_shows(&robot, "仅卸载APP不会造成证书的丢失。"));
    leave(&robot, "needless.leave");
    hall_pass(&scene->hall, 120); /* or no other code would be sent yet */
    log_in(scene, &robot);
    robot_until_text(&robot, ASKED);
    robot_tap(&robot, "found.yes");
    robot_until_screen(&robot, "needless");
    assert_string_equal(PERSON_PRODUCT, services_visit(scene->terminal.services)->product->id);
    assert_string_equal("recover", services_visit(scene->terminal.services)->operation->id);
    leave(&robot, "needless.leave");
}

static void test_person__without_a_live_one_on_a_phone_nothing_is_asked(void **state)
{
    struct hall_scene *scene = *state;
    struct order own, ending;
    struct robot robot;
    hold(scene, PERSON_NUMBER, &own);
    make(scene, "revoke", PERSON_NUMBER, ORDER_STATE_REVIEWING, &ending);
    carry_out(scene, &ending);
    log_in(scene, &robot);
    robot_tap(&robot, "orders.own");
    robot_tap(&robot, "way.mine");
    robot_tap(&robot, "mine.tab.over");
    robot_until(&robot, "certificate.0");
    assert_false(robot_shows(&robot, ASKED) || robot_shows(&robot, TOLD));
    leave(&robot, "bar.exit");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(test_person__##name, setup, hall_scene_teardown)
        TEST(who_holds_none_is_told_so_at_the_form),
        TEST(a_renewal_is_asked_for_when_the_end_is_near),
        TEST(withdrawing_the_own_leaves_the_units_and_the_other_persons),
        TEST(withdrawing_the_units_leaves_the_own),
        TEST(after_the_login_a_certificate_that_can_be_recovered_is_asked_about),
        TEST(without_a_live_one_on_a_phone_nothing_is_asked),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
