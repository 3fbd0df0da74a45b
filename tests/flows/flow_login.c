/* Coming in and coming back: codes, locks, forms with mistakes, orders found again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/feature.h"
#include "tests/support/hall_scene.h"

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

static struct services *at(struct hall_scene *scene)
{
    return scene->terminal.services;
}

static uint64_t verify(struct hall_scene *scene, const char *digits)
{
    struct secret code = {0};
    assert_int_equal(STATUS_OK, secret_set(&code, digits, strlen(digits)));
    return service_login_verify(at(scene), HALL_PHONE, &code);
}

static void read_code(struct hall_scene *scene, char out[16])
{
    assert_int_equal(STATUS_OK, sms_fake_last_code(scene->hall.phones, HALL_PHONE, out, 16));
}

static const char *wrong_for(const char *digits)
{
    return strcmp(digits, "123456") == 0 ? "654321" : "123456";
}

static void test_login__five_wrong_codes_lock_the_number(void **state)
{
    struct hall_scene *scene = *state;
    char digits[16];
    hall_done(&scene->terminal, service_login_send(at(scene), HALL_PHONE));
    read_code(scene, digits);
    for (int left = 4; left >= 1; left--) {
        struct service_reply reply = hall_wait(&scene->terminal, verify(scene, wrong_for(digits)));
        assert_int_equal(SERVICE_REASON_CODE_WRONG, reply.reason);
        assert_int_equal(left, reply.number);
    }
    struct service_reply last = hall_wait(&scene->terminal, verify(scene, wrong_for(digits)));
    assert_int_equal(SERVICE_REASON_LOCKED, last.reason);
    assert_true(last.number > 0);
    hall_refused(&scene->terminal, verify(scene, digits), SERVICE_REASON_LOCKED);
    FEATURE("F006");
    assert_string_equal("", services_visit(at(scene))->phone);
    hall_pass(&scene->hall, 1000);
    hall_visit_login(&scene->terminal);
}

static void test_login__a_code_is_good_once_and_for_five_minutes(void **state)
{
    struct hall_scene *scene = *state;
    char digits[16];
    hall_done(&scene->terminal, service_login_send(at(scene), HALL_PHONE));
    read_code(scene, digits);
    hall_refused(&scene->terminal, service_login_send(at(scene), HALL_PHONE), SERVICE_REASON_RESEND_WAIT);
    hall_pass(&scene->hall, 301);
    hall_refused(&scene->terminal, verify(scene, digits), SERVICE_REASON_CODE_EXPIRED);
    hall_visit_login(&scene->terminal);
    read_code(scene, digits);
    hall_refused(&scene->terminal, verify(scene, digits), SERVICE_REASON_CODE_EXPIRED);
    FEATURE("F005");
    assert_string_equal(HALL_PHONE, services_visit(at(scene))->phone);
}

static void test_login__troubles_of_the_service_are_told(void **state)
{
    struct hall_scene *scene = *state;
    hall_refused(&scene->terminal, service_login_send(at(scene), "12345"), SERVICE_REASON_NUMBER);
    sms_fake_fail(scene->hall.phones, STATUS_REFUSED, false, 1);
    hall_refused(&scene->terminal, service_login_send(at(scene), HALL_PHONE), SERVICE_REASON_NUMBER);
    hall_pass(&scene->hall, 61);
    sms_fake_fail(scene->hall.phones, STATUS_UNKNOWN, true, 1); /* sent, and the reply lost */
    hall_visit_login(&scene->terminal);
    assert_int_equal(1, sms_fake_count(scene->hall.phones));
}

static void test_login__without_it_there_are_no_orders(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_make(&scene->hall, ORDER_STATE_DRAFT, &scene->order);
    hall_done(&scene->terminal, service_order_list(at(scene)));
    assert_int_equal(0, services_visit(at(scene))->order_count);
    const char *end = scene->order.acceptance + strlen(scene->order.acceptance) - 6;
    hall_refused(&scene->terminal, service_order_find(at(scene), end), SERVICE_REASON_NOT_YOURS);
    hall_visit_login(&scene->terminal);
    hall_done(&scene->terminal, service_order_list(at(scene)));
    assert_int_equal(1, services_visit(at(scene))->order_count);
    assert_string_equal("重庆示例科技有限公司", services_visit(at(scene))->orders[0].unit);
    hall_refused(&scene->terminal, service_order_find(at(scene), "000000x"), SERVICE_REASON_NOT_YOURS);
    hall_done(&scene->terminal, service_order_find(at(scene), end));
    FEATURE("F004");
    assert_string_equal(scene->order.id, services_visit(at(scene))->order.id);
}

static void test_login__a_ticket_opens_its_order_alone(void **state)
{
    struct hall_scene *scene = *state;
    char ticket[96];
    hall_order_begin(&scene->terminal, ORDER_STATE_SCANNING, &scene->order);
    hall_done(&scene->terminal, service_ticket_make(at(scene)));
    (void)strcpy(ticket, services_visit(at(scene))->ticket);
    hall_leave(&scene->terminal);
    assert_string_equal("", services_visit(at(scene))->ticket);
    hall_scene_start_other(scene);
    hall_run(&scene->terminal, 300);
    hall_refused(&scene->other, service_order_find_ticket(scene->other.services, "no such ticket"),
                 SERVICE_REASON_NOT_YOURS);
    hall_done(&scene->other, service_order_find_ticket(scene->other.services, ticket));
    assert_string_equal(scene->order.id, services_visit(scene->other.services)->order.id);
    assert_string_equal("李大有", form_values_get(services_values(scene->other.services), "legal_name"));
}

static void test_form__mistakes_keep_it_open_and_are_counted(void **state)
{
    struct hall_scene *scene = *state;
    hall_visit_login(&scene->terminal);
    hall_visit_open(&scene->terminal);
    struct form_values *values = services_values(at(scene));
    assert_string_equal(HALL_PHONE, form_values_get(values, "agent_mobile"));
    struct service_reply empty =
        hall_wait(&scene->terminal, service_order_event(at(scene), ORDER_EVENT_FORM_COMPLETED));
    assert_int_equal(SERVICE_REASON_FORM_FAULTY, empty.reason);
    assert_int_equal(14, empty.number);
    hall_visit_fill(&scene->terminal);
    assert_int_equal(STATUS_OK, form_values_set(values, "credit_code", "91500108MA6000016X"));
    assert_int_equal(STATUS_OK, form_values_set(values, "legal_id", "110101199003070354"));
    hall_done(&scene->terminal, service_order_save(at(scene)));
    struct service_reply faulty =
        hall_wait(&scene->terminal, service_order_event(at(scene), ORDER_EVENT_FORM_COMPLETED));
    assert_int_equal(SERVICE_REASON_FORM_FAULTY, faulty.reason);
    assert_int_equal(2, faulty.number);
    assert_int_equal(ORDER_STATE_DRAFT, services_visit(at(scene))->order.state);
    hall_visit_form(&scene->terminal);
}

static void test_form__half_of_it_waits_at_any_terminal(void **state)
{
    struct hall_scene *scene = *state;
    hall_visit_login(&scene->terminal);
    hall_visit_open(&scene->terminal);
    assert_int_equal(STATUS_OK,
                     form_values_set(services_values(at(scene)), "company", "重庆示例科技有限公司"));
    hall_done(&scene->terminal, service_order_save(at(scene)));
    hall_leave(&scene->terminal);
    assert_string_equal("", form_values_get(services_values(at(scene)), "company"));
    hall_run(&scene->terminal, 300);
    hall_scene_start_other(scene);
    hall_pass(&scene->hall, 61);
    hall_visit_login(&scene->other);
    hall_done(&scene->other, service_order_list(scene->other.services));
    const struct service_visit *visit = services_visit(scene->other.services);
    assert_int_equal(1, visit->order_count);
    char id[ORDER_ID_BYTES];
    (void)memcpy(id, visit->orders[0].order.id, sizeof(id));
    hall_done(&scene->other, service_order_open(scene->other.services, id));
    FEATURE("F085");
    assert_string_equal("重庆示例科技有限公司",
                        form_values_get(services_values(scene->other.services), "company"));
    hall_visit_form(&scene->other);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, hall_scene_teardown)
    const struct CMUnitTest tests[] = {
        T(test_login__five_wrong_codes_lock_the_number),
        T(test_login__a_code_is_good_once_and_for_five_minutes),
        T(test_login__troubles_of_the_service_are_told),
        T(test_login__without_it_there_are_no_orders),
        T(test_login__a_ticket_opens_its_order_alone),
        T(test_form__mistakes_keep_it_open_and_are_counted),
        T(test_form__half_of_it_waits_at_any_terminal),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
