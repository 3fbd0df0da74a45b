/* A key that is fetched later by number and 授权码: a sealed slip from the desk, a blank key at another
 * terminal; wrong and old codes, a reprint, a kill behind the right code. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "kiosk/store/store_pickup.h"
#include "tests/support/feature.h"
#include "tests/support/hall_scene.h"
#include "tests/support/pdf_bench.h"
#include "tests/support/robot_visit.h"

enum { CODE_BYTES = STORE_PICKUP_CODE_BYTES, DAY_S = 86400 };

/* No product on sale hands keys over by code yet; the hall of this test's does. */
static int setup(void **state)
{
    static char sold[] = "ezca-cqzfcg";
    int result = hall_scene_setup(state, TEST_SOURCE_DIR);
    struct hall_scene *scene = *state;
    struct catalogue *catalogue = scene->hall.catalogue;
    for (size_t i = 0; i < catalogue->count; i++)
        if (strcmp(catalogue->products[i]->id, sold) == 0)
            catalogue->products[i]->pickup[catalogue->products[i]->pickup_count++] = PRODUCT_PICKUP_CODE;
    return result;
}

/* Paid, and nobody makes the key today. */
static void leave_order(struct hall_scene *scene)
{
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    hall_visit_pay(&scene->terminal, "key-1");
    hall_leave(&scene->terminal);
    token_fake_pull(scene->hall.writers[0]);
    hall_desk_sign_in(&scene->desk, "chen");
    hall_done(&scene->desk, service_desk_overview(scene->desk.services));
}

/* The code as it stands on the last printed slip. */
static void read_slip(char code[CODE_BYTES])
{
    char path[] = "/tmp/slip-XXXXXX";
    size_t length = 0;
    const uint8_t *pdf = printer_fake_pdf(printer_fake_jobs() - 1, &length);
    int file = mkstemp(path);
    assert_true(file >= 0 && write(file, pdf, length) == (ssize_t)length);
    assert_int_equal(0, close(file));
    char *text = pdf_bench_output("pdftotext -layout %s - | grep -oE '([0-9A-Z]{4}-){3}[0-9A-Z]{4}'", path);
    assert_int_equal(CODE_BYTES - 1, strcspn(text, "\n"));
    (void)memcpy(code, text, CODE_BYTES - 1);
    code[CODE_BYTES - 1] = 0;
    free(text);
    assert_int_equal(0, unlink(path));
}

static struct service_reply slip(struct hall_scene *scene, char code[CODE_BYTES])
{
    struct service_reply reply =
        hall_wait(&scene->desk, service_desk_slip(scene->desk.services, scene->order.id));
    if (reply.status == STATUS_OK)
        read_slip(code);
    return reply;
}

static uint64_t fetch(struct hall_program *terminal, const char *number, const char *text)
{
    struct secret code = {0};
    assert_int_equal(STATUS_OK, secret_set(&code, text, strlen(text)));
    uint64_t id = service_order_pickup(terminal->services, number, &code);
    secret_wipe(&code);
    return id;
}

static void test_pickup__the_key_is_made_at_another_terminal_through_the_screens(void **state)
{
    struct hall_scene *scene = *state;
    struct robot robot;
    char code[CODE_BYTES];
    leave_order(scene);
    assert_int_equal(1, slip(scene, code).number);
    hall_scene_start_other(scene);
    robot_open_wide(&robot, &scene->other);
    struct robot_visit visit = {.robot = &robot};
    robot_tap(&robot, "welcome.resume");
    robot_tap(&robot, "login.pickup");
    robot_until_screen(&robot, "pickup");
    robot_fill(&robot, "pickup.number", scene->order.acceptance);
    robot_fill(&robot, "pickup.code", "0000-0000-0000-0000");
    robot_key(&robot, INPUT_KEY_ENTER, 0, 0);
    robot_until_text(&robot, "受理号或授权码不对，还可以试 4 次");
    robot_fill(&robot, "pickup.code", code);
    robot_key(&robot, INPUT_KEY_ENTER, 0, 0);
    robot_until_screen(&robot, "issue");
    token_fake_insert(scene->hall.writers[1], "key-2");
    robot_visit_issue(&visit);
    robot_visit_pin(&visit);
    robot_visit_take(&visit);
    unsigned faults = robot_faults(&robot);
    robot_close(&robot);
    assert_int_equal(0, faults);
    assert_int_equal(ORDER_STATE_DONE, hall_scene_look(scene)->order.state);
    FEATURE("F167");
    assert_int_equal(1, hall_order_certificates(&scene->sum, STORE_CERTIFICATE_CONFIRMED));
    hall_refused(&scene->other, fetch(&scene->other, scene->order.acceptance, code),
                 SERVICE_REASON_PICKUP_OVER);
}

static void test_pickup__a_reprint_ends_the_slip_before(void **state)
{
    struct hall_scene *scene = *state;
    char old[CODE_BYTES], fresh[CODE_BYTES];
    leave_order(scene);
    assert_int_equal(1, slip(scene, old).number);
    FEATURE("F168");
    assert_int_equal(2, slip(scene, fresh).number);
    hall_refused(&scene->terminal, fetch(&scene->terminal, scene->order.acceptance, old),
                 SERVICE_REASON_PICKUP_WRONG);
    hall_done(&scene->terminal, fetch(&scene->terminal, scene->order.acceptance, fresh));
}

static void test_pickup__wrong_codes_lock_the_number(void **state)
{
    struct hall_scene *scene = *state;
    char code[CODE_BYTES];
    leave_order(scene);
    (void)slip(scene, code);
    for (int i = 0; i < scene->hall.settings->pickup_tries - 1; i++)
        hall_refused(&scene->terminal,
                     fetch(&scene->terminal, scene->order.acceptance, "1111-1111-1111-1111"),
                     SERVICE_REASON_PICKUP_WRONG);
    hall_refused(&scene->terminal, fetch(&scene->terminal, scene->order.acceptance, "1111"),
                 SERVICE_REASON_LOCKED);
    hall_refused(&scene->terminal, fetch(&scene->terminal, scene->order.acceptance, code),
                 SERVICE_REASON_LOCKED);
    hall_pass(&scene->hall, scene->hall.settings->pickup_lock_s + 1);
    hall_done(&scene->terminal, fetch(&scene->terminal, scene->order.acceptance, code));
}

static void test_pickup__an_order_with_a_code_is_not_given_up_before_it_ends(void **state)
{
    struct hall_scene *scene = *state;
    char code[CODE_BYTES];
    leave_order(scene);
    (void)slip(scene, code);
    hall_live(&scene->terminal, 10);
    hall_pass(&scene->hall, scene->hall.settings->refund_after_s + DAY_S);
    hall_run(&scene->terminal, 1500);
    assert_int_equal(ORDER_STATE_ISSUING, hall_scene_look(scene)->order.state);
    hall_pass(&scene->hall, scene->hall.settings->pickup_days * DAY_S);
    hall_refused(&scene->terminal, fetch(&scene->terminal, scene->order.acceptance, code),
                 SERVICE_REASON_PICKUP_OVER);
}

static void test_pickup__an_order_whose_code_cannot_be_read_is_not_given_up(void **state)
{
    struct hall_scene *scene = *state;
    char code[CODE_BYTES];
    leave_order(scene);
    (void)slip(scene, code);
    hall_live(&scene->terminal, 10);
    hall_sql(&scene->hall, "ALTER TABLE pickup_code RENAME TO pickup_away");
    hall_pass(&scene->hall, scene->hall.settings->refund_after_s + DAY_S);
    hall_run(&scene->terminal, 1500);
    assert_int_equal(ORDER_STATE_ISSUING, hall_scene_look(scene)->order.state);
    hall_sql(&scene->hall, "ALTER TABLE pickup_away RENAME TO pickup_code");
    hall_pass(&scene->hall, scene->hall.settings->pickup_days * DAY_S);
    hall_until_stored(&scene->terminal, scene->order.id, ORDER_STATE_REFUNDED);
}

static void test_pickup__a_terminal_that_dies_behind_the_code_keeps_it_good(void **state)
{
    struct hall_scene *scene = *state;
    char code[CODE_BYTES];
    leave_order(scene);
    (void)slip(scene, code);
    hall_done(&scene->terminal, fetch(&scene->terminal, scene->order.acceptance, code));
    hall_scene_start_other(scene);
    hall_refused(&scene->other, fetch(&scene->other, scene->order.acceptance, code),
                 SERVICE_REASON_ELSEWHERE); /* it is open there */
    hall_program_stop(&scene->terminal);
    hall_pass(&scene->hall, scene->hall.settings->order_lease_s + 1);
    hall_done(&scene->other, fetch(&scene->other, scene->order.acceptance, code));
    assert_string_equal(services_visit(scene->other.services)->order.id, scene->order.id);
}

static void test_pickup__no_slip_for_an_order_or_a_product_without(void **state)
{
    struct hall_scene *scene = *state;
    char code[CODE_BYTES];
    hall_order_make(&scene->hall, ORDER_STATE_PAYING, &scene->order);
    hall_desk_sign_in(&scene->desk, "chen");
    hall_done(&scene->desk, service_desk_overview(scene->desk.services));
    size_t jobs = printer_fake_jobs();
    assert_int_equal(SERVICE_REASON_CHANGED, slip(scene, code).reason);
    assert_int_equal(jobs, printer_fake_jobs());
}

static void test_pickup__a_printer_that_is_away_is_said_and_ends_the_old_code(void **state)
{
    struct hall_scene *scene = *state;
    char code[CODE_BYTES];
    leave_order(scene);
    (void)slip(scene, code);
    printer_fake_set(&(struct printer_fake_script){.refuse_next = true});
    assert_int_not_equal(STATUS_OK, slip(scene, code).status);
    hall_refused(&scene->terminal, fetch(&scene->terminal, scene->order.acceptance, code),
                 SERVICE_REASON_PICKUP_WRONG);
    assert_int_equal(3, slip(scene, code).number);
    hall_done(&scene->terminal, fetch(&scene->terminal, scene->order.acceptance, code));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(test_pickup__##name, setup, hall_scene_teardown)
        TEST(the_key_is_made_at_another_terminal_through_the_screens),
        TEST(a_reprint_ends_the_slip_before),
        TEST(wrong_codes_lock_the_number),
        TEST(an_order_with_a_code_is_not_given_up_before_it_ends),
        TEST(an_order_whose_code_cannot_be_read_is_not_given_up),
        TEST(a_terminal_that_dies_behind_the_code_keeps_it_good),
        TEST(no_slip_for_an_order_or_a_product_without),
        TEST(a_printer_that_is_away_is_said_and_ends_the_old_code),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
