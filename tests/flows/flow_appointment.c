/* Appointments: a visit begun in a partner's system goes on here, once, without a log-in, and opens nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/encode.h"
#include "kiosk/form/appointment.h"
#include "tests/support/feature.h"
#include "tests/support/hall_scene.h"
#include "tests/support/page_bench.h"
#include "tests/support/pki_process.h"
#include "tests/support/robot_visit.h"

#define COMPANY "重庆示例科技有限公司"
#define LINES "zjy 6b65792d6b65792d6b65792d6b65792d6b65792d6b65792d6b65792d6b65792d\n"

enum { DAY_S = 86400 };

static struct robot robot;
static const uint8_t key[CRYPTO_KEY_BYTES] = "key-key-key-key-key-key-key-key-";

static int setup(void **state)
{
    if (hall_scene_setup(state, TEST_SOURCE_DIR) != 0)
        return -1;
    struct hall *hall = &((struct hall_scene *)*state)->hall;
    static char path[128];
    (void)snprintf(path, sizeof(path), "%s/partners.keys", hall->directory);
    pki_process_write(hall->directory, "partners.keys",
                      (struct bytes){(const uint8_t *)LINES, strlen(LINES)});
    hall->settings->appointment_keys_file = path;
    return 0;
}

static struct services *at(struct hall_scene *scene)
{
    return scene->terminal.services;
}

/* A code of this partner, signed with the key. */
static void make(struct hall_scene *scene, const char *partner, const char *reference, int64_t life_s,
                 const char *rest, char out[512])
{
    uint8_t mac[CRYPTO_SHA256_BYTES];
    char digits[2 * APPOINTMENT_MAC_BYTES + 1];
    (void)snprintf(out, 512, APPOINTMENT_PREFIX "%s|%s|%lld|%s", partner, reference,
                   (long long)(hall_now_utc_s(&scene->hall) + life_s), rest);
    crypto_hmac_sha256(key, sizeof(key), out, strlen(out), mac);
    encode_hex(digits, mac, APPOINTMENT_MAC_BYTES);
    (void)strcat(strcat(out, "|"), digits);
}

static void make_usual(struct hall_scene *scene, const char *reference, char out[512])
{
    make(scene, "zjy", reference, DAY_S,
         "ezca-cqzfcg|new|supplier|" HALL_PHONE "|company=" COMPANY ";no_such_field=1", out);
}

/* The code is read, and what it is for chosen. */
static void take(struct hall_scene *scene, const char *text)
{
    hall_done(&scene->terminal, service_appointment_read(at(scene), text));
    const struct product *product = catalogue_find(scene->hall.catalogue, "ezca-cqzfcg");
    services_choose(at(scene), product, product_find_operation(product, "new"), "supplier");
}

static void test_appointment__is_good_once(void **state)
{
    struct hall_scene *scene = *state;
    char text[512];
    make_usual(scene, "A-0001", text);
    take(scene, text);
    hall_done(&scene->terminal, service_order_create(at(scene)));
    assert_string_equal(COMPANY, form_values_get(services_values(at(scene)), "company"));
    assert_string_equal("", form_values_get(services_values(at(scene)), "no_such_field"));
    scene->order = hall_scene_visit(scene)->order;
    hall_leave(&scene->terminal);
    hall_refused(&scene->terminal, service_appointment_read(at(scene), text),
                 SERVICE_REASON_APPOINTMENT_USED);
    assert_false(hall_scene_visit(scene)->appointment.is_read);
    hall_visit_login(&scene->terminal); /* the order is found by the number the partner gave */
    hall_done(&scene->terminal, service_order_list(at(scene)));
    FEATURE("F014");
    assert_string_equal(scene->order.id, hall_scene_visit(scene)->orders[0].order.id);
}

/* Both terminals have read it; one order is begun. */
static void test_appointment__two_terminals_begin_one_order(void **state)
{
    struct hall_scene *scene = *state;
    char text[512];
    make_usual(scene, "A-0001", text);
    hall_scene_start_other(scene);
    take(scene, text);
    hall_done(&scene->other, service_appointment_read(scene->other.services, text));
    const struct product *product = catalogue_find(scene->hall.catalogue, "ezca-cqzfcg");
    services_choose(scene->other.services, product, product_find_operation(product, "new"), "supplier");
    hall_done(&scene->terminal, service_order_create(at(scene)));
    hall_refused(&scene->other, service_order_create(scene->other.services), SERVICE_REASON_APPOINTMENT_USED);
    assert_false(services_visit(scene->other.services)->has_order);
}

static void test_appointment__nobody_elses_and_no_old_one_is_taken(void **state)
{
    struct hall_scene *scene = *state;
    char text[512];
    make(scene, "stranger", "A-0001", DAY_S, "ezca-cqzfcg|new|supplier||", text);
    hall_refused(&scene->terminal, service_appointment_read(at(scene), text),
                 SERVICE_REASON_APPOINTMENT_FALSE);
    make(scene, "zjy", "A-0001", DAY_S, "no-such-product|new|||", text);
    hall_refused(&scene->terminal, service_appointment_read(at(scene), text),
                 SERVICE_REASON_APPOINTMENT_FALSE);
    make_usual(scene, "A-0001", text);
    text[strlen(text) - 1] ^= 1; /* the last digit of the MAC */
    hall_refused(&scene->terminal, service_appointment_read(at(scene), text),
                 SERVICE_REASON_APPOINTMENT_FALSE);
    hall_refused(&scene->terminal, service_appointment_read(at(scene), "CKA1|"),
                 SERVICE_REASON_APPOINTMENT_FALSE);
    make_usual(scene, "A-0001", text);
    take(scene, text);
    hall_pass(&scene->hall, DAY_S + 1); /* while the person reads the agreement */
    hall_refused(&scene->terminal, service_order_create(at(scene)), SERVICE_REASON_APPOINTMENT_OVER);
    hall_refused(&scene->terminal, service_appointment_read(at(scene), text),
                 SERVICE_REASON_APPOINTMENT_OVER);
    scene->hall.settings->appointment_keys_file = "";
    make_usual(scene, "A-0002", text);
    hall_refused(&scene->terminal, service_appointment_read(at(scene), text),
                 SERVICE_REASON_APPOINTMENT_FALSE);
    assert_false(hall_scene_visit(scene)->has_order);
}

/* The phone in it logs nobody in, and it begins nothing else than it is for. */
static void test_appointment__opens_nothing_by_its_phone(void **state)
{
    struct hall_scene *scene = *state;
    char text[512];
    hall_order_make(&scene->hall, ORDER_STATE_PAYING, &scene->order);
    make_usual(scene, "A-0001", text);
    take(scene, text);
    assert_string_equal("", hall_scene_visit(scene)->phone);
    hall_done(&scene->terminal, service_order_list(at(scene)));
    assert_int_equal(0, hall_scene_visit(scene)->order_count);
    const char *end = scene->order.acceptance + strlen(scene->order.acceptance) - 6;
    hall_refused(&scene->terminal, service_order_find(at(scene), end), SERVICE_REASON_NOT_YOURS);
    const struct product *product = catalogue_find(scene->hall.catalogue, "ezca-cqzfcg");
    services_choose(at(scene), product, product_find_operation(product, "renew"), "supplier");
    assert_false(hall_scene_visit(scene)->appointment.is_read); /* another choice forgets it */
}

/* A sheet with the partner's code lies on the glass. */
static void lay(struct hall_scene *scene, const char *text)
{
    struct page_image sheet = hall_sheet_copy();
    page_bench_code(&sheet, text, 120, 12, 0.6);
    hall_glass_lay(&scene->terminal.glass, sheet);
}

static void end(void)
{
    unsigned faults = robot_faults(&robot);
    robot_close(&robot);
    assert_int_equal(0, faults);
}

static void reach_form(void)
{
    robot_until_screen(&robot, "agreement"); /* no page of a log-in between */
    robot_visit_read(&robot);
    robot_until_screen(&robot, "form");
}

static void test_appointment__at_the_screens_it_is_scanned(void **state)
{
    struct hall_scene *scene = *state;
    char text[512];
    make_usual(scene, "A-0001", text);
    lay(scene, text);
    robot_open_wide(&robot, &scene->terminal);
    robot_tap(&robot, "welcome.resume");
    robot_tap(&robot, "login.pickup");
    robot_tap(&robot, "pickup.appointment");
    robot_until_screen(&robot, "appointment");
    robot_tap(&robot, "appointment.scan");
    reach_form();
    FEATURE("F014");
    assert_string_equal(COMPANY, form_values_get(services_values(at(scene)), "company"));
    robot_tap(&robot, "bar.exit");
    robot_until_screen(&robot, "welcome");
    robot_tap(&robot, "welcome.resume"); /* where slips are scanned, too */
    robot_tap(&robot, "login.slip");
    robot_until_screen(&robot, "appointment");
    robot_until_text(&robot, "预约码已经用过");
    end();
}

static void test_appointment__at_the_screens_it_is_typed(void **state)
{
    struct hall_scene *scene = *state;
    char text[512];
    make(scene, "zjy", "A-0007", DAY_S, "ezca-cqzfcg|new|||", text);
    robot_open_wide(&robot, &scene->terminal);
    robot_tap(&robot, "welcome.resume");
    robot_tap(&robot, "login.pickup");
    robot_tap(&robot, "pickup.appointment");
    robot_fill(&robot, "appointment.text", "CKA1|zjy|A-0007");
    robot_key(&robot, INPUT_KEY_ENTER, 0, 0);
    robot_until_text(&robot, "这个预约码不能用");
    robot_fill(&robot, "appointment.text", text);
    robot_key(&robot, INPUT_KEY_ENTER, 0, 0);
    reach_form();
    FEATURE("F014");
    assert_string_equal("ezca-cqzfcg", hall_scene_visit(scene)->order.product);
    end();
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test_appointment__##test, setup, hall_scene_teardown)
    const struct CMUnitTest tests[] = {
        T(is_good_once),
        T(two_terminals_begin_one_order),
        T(nobody_elses_and_no_old_one_is_taken),
        T(opens_nothing_by_its_phone),
        T(at_the_screens_it_is_scanned),
        T(at_the_screens_it_is_typed),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
