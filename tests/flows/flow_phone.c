/* Recognised by telephone: a session at the external service is announced before it is begun, shown as a
 * code, asked about until it ends, and asked about again after a kill. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_intention.h"
#include "tests/support/feature.h"
#include "tests/support/hall_scene.h"
#include "tests/support/robot_visit.h"

enum { LIFE_S = 300, ROWS = 32 };

static struct robot robot;

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

static struct services *at_terminal(struct hall_scene *scene)
{
    return scene->terminal.services;
}

static const struct service_proving *proving(struct hall_scene *scene)
{
    return &services_visit(at_terminal(scene))->proving;
}

static void begin(struct hall_scene *scene)
{
    hall_order_begin(&scene->terminal, ORDER_STATE_IDENTIFYING, &scene->order);
}

static void show_code(struct hall_scene *scene)
{
    begin(scene);
    hall_done(&scene->terminal, service_phone_begin(at_terminal(scene)));
    assert_int_equal(SERVICE_PROVING_WAITING, proving(scene)->state);
    assert_true(proving(scene)->url[0] != 0);
}

static void assert_stored(struct hall_scene *scene, enum order_state state)
{
    assert_int_equal(state, hall_scene_look(scene)->order.state);
}

static bool is_proving(struct hall_program *terminal, const void *argument)
{
    return services_visit(terminal->services)->proving.state == *(const enum service_proving_state *)argument;
}

static void until_proving(struct hall_scene *scene, enum service_proving_state wanted)
{
    hall_until(&scene->terminal, "the session's end", is_proving, &wanted);
}

/* How many sessions were announced for the order, and how many of these are open. */
static size_t count_sessions(struct hall_scene *scene, bool only_open, char result[64])
{
    struct store_intention *all = calloc(ROWS, sizeof(*all));
    size_t count = 0, found = 0;
    struct store *store = hall_store(&scene->hall, "watcher");
    assert_non_null(all);
    assert_int_equal(STATUS_OK,
                     store_intention_list_order(store, scene->order.id, only_open, all, ROWS, &count, NULL));
    for (size_t i = 0; i < count; i++) {
        if (all[i].kind != STORE_INTENTION_IDENTIFY)
            continue;
        found++;
        (void)snprintf(result, 64, "%.60s", all[i].result);
    }
    store_close(store);
    free(all);
    return found;
}

static bool has_audit(struct hall_scene *scene, const char *action, const char *detail)
{
    static struct store_audit rows[ROWS];
    size_t count = 0;
    bool found = false;
    struct store *store = hall_store(&scene->hall, "watcher");
    assert_int_equal(STATUS_OK, store_audit_list(store, 0, rows, ROWS, &count, NULL));
    for (size_t i = 0; i < count; i++)
        found = found || (strcmp(rows[i].action, action) == 0 && strcmp(rows[i].detail, detail) == 0 &&
                          strcmp(rows[i].subject, scene->order.id) == 0);
    store_close(store);
    return found;
}

/* --- by services ------------------------------------------------------------------------------------- */

static void test_phone__passed_session_leads_on_and_is_recorded(void **state)
{
    struct hall_scene *scene = *state;
    char result[64] = "";
    show_code(scene);
    assert_int_equal(1, count_sessions(scene, true, result));
    identity_fake_end(scene->hall.faces, IDENTITY_PASSED);
    hall_until_state(&scene->terminal, ORDER_STATE_REVIEWING);
    assert_stored(scene, ORDER_STATE_REVIEWING);
    assert_true(has_audit(scene, "proof.passed", "phone"));
    assert_int_equal(0, count_sessions(scene, true, result));
    (void)count_sessions(scene, false, result);
    assert_non_null(strstr(result, "passed"));
}

static void test_phone__no_name_or_number_stands_in_what_was_announced(void **state)
{
    struct hall_scene *scene = *state;
    struct store_intention all[4];
    size_t count = 0;
    show_code(scene);
    struct store *store = hall_store(&scene->hall, "watcher");
    assert_int_equal(STATUS_OK,
                     store_intention_list_order(store, scene->order.id, true, all, 4, &count, NULL));
    assert_int_equal(1, count);
    assert_null(strstr(all[0].arguments, "110101199003070417"));
    assert_null(strstr(all[0].arguments, "张小丽"));
    assert_null(strstr(proving(scene)->url, "110101199003070417"));
    store_close(store);
}

static void test_phone__failed_session_keeps_the_order_and_counts(void **state)
{
    struct hall_scene *scene = *state;
    FEATURE("F127");
    show_code(scene);
    identity_fake_end(scene->hall.faces, IDENTITY_FAILED);
    until_proving(scene, SERVICE_PROVING_FAILED);
    assert_int_equal(2, proving(scene)->tries_left);
    assert_stored(scene, ORDER_STATE_IDENTIFYING);
    assert_true(has_audit(scene, "proof.refused", "phone failed"));
    for (int tries = 1; tries >= 0; tries--) {
        hall_done(&scene->terminal, service_phone_begin(at_terminal(scene)));
        identity_fake_end(scene->hall.faces, IDENTITY_FAILED);
        until_proving(scene, SERVICE_PROVING_FAILED);
        assert_int_equal(tries, proving(scene)->tries_left);
    }
    hall_refused(&scene->terminal, service_phone_begin(at_terminal(scene)), SERVICE_REASON_PHONE_SPENT);
    assert_int_equal(3, identity_fake_count(scene->hall.faces));
    assert_stored(scene, ORDER_STATE_IDENTIFYING);
}

static void test_phone__expired_code_costs_no_try(void **state)
{
    struct hall_scene *scene = *state;
    char first[SERVICE_QR_BYTES];
    show_code(scene);
    (void)snprintf(first, sizeof(first), "%s", proving(scene)->url);
    hall_live(&scene->terminal, LIFE_S + 1);
    until_proving(scene, SERVICE_PROVING_EXPIRED);
    hall_done(&scene->terminal, service_phone_begin(at_terminal(scene)));
    assert_int_equal(3, proving(scene)->tries_left);
    assert_string_not_equal(first, proving(scene)->url);
    identity_fake_end(scene->hall.faces, IDENTITY_PASSED);
    hall_until_state(&scene->terminal, ORDER_STATE_REVIEWING);
    assert_stored(scene, ORDER_STATE_REVIEWING);
}

static void test_phone__lost_reply_begins_no_second_session(void **state)
{
    struct hall_scene *scene = *state;
    char result[64];
    begin(scene);
    identity_fake_fail(scene->hall.faces, STATUS_UNKNOWN, true, 1);
    struct service_reply reply = hall_wait(&scene->terminal, service_phone_begin(at_terminal(scene)));
    assert_int_equal(SERVICE_REASON_PHONE_SILENT, reply.reason);
    assert_int_equal(1, count_sessions(scene, true, result));
    hall_done(&scene->terminal, service_phone_begin(at_terminal(scene)));
    assert_int_equal(1, identity_fake_count(scene->hall.faces));
    assert_int_equal(1, count_sessions(scene, false, result));
}

static void test_phone__service_that_is_not_there_leaves_nothing_open(void **state)
{
    struct hall_scene *scene = *state;
    char result[64];
    begin(scene);
    identity_fake_fail(scene->hall.faces, STATUS_BUSY, false, 1);
    struct service_reply reply = hall_wait(&scene->terminal, service_phone_begin(at_terminal(scene)));
    assert_int_equal(STATUS_BUSY, reply.status);
    assert_int_equal(SERVICE_REASON_PHONE_SILENT, reply.reason);
    assert_int_equal(0, count_sessions(scene, true, result));
    identity_fake_fail(scene->hall.faces, STATUS_REFUSED, false, 1);
    reply = hall_wait(&scene->terminal, service_phone_begin(at_terminal(scene)));
    assert_int_equal(SERVICE_REASON_PHONE_REFUSED, reply.reason);
    assert_stored(scene, ORDER_STATE_IDENTIFYING);
}

static void test_phone__terminal_killed_while_waiting_takes_the_answer_when_it_runs_again(void **state)
{
    struct hall_scene *scene = *state;
    show_code(scene);
    hall_program_stop(&scene->terminal);
    identity_fake_end(scene->hall.faces, IDENTITY_PASSED);
    hall_program_restart(&scene->terminal);
    hall_until_stored(&scene->terminal, scene->order.id, ORDER_STATE_REVIEWING);
    assert_int_equal(1, identity_fake_count(scene->hall.faces));
    assert_true(has_audit(scene, "proof.passed", "phone"));
}

static void test_phone__another_program_finishes_what_a_dead_terminal_left(void **state)
{
    struct hall_scene *scene = *state;
    show_code(scene);
    hall_program_stop(&scene->terminal);
    identity_fake_end(scene->hall.faces, IDENTITY_PASSED);
    hall_pass(&scene->hall, 120); /* its lease has run out */
    hall_until_stored(&scene->desk, scene->order.id, ORDER_STATE_REVIEWING);
    assert_true(has_audit(scene, "proof.passed", "phone"));
    hall_program_restart(&scene->terminal);
}

static void test_phone__clerk_who_is_first_makes_the_session_needless(void **state)
{
    struct hall_scene *scene = *state;
    char result[64] = "";
    show_code(scene);
    hall_desk_identify(&scene->desk, "chen", scene->order.id);
    hall_until_state(&scene->terminal, ORDER_STATE_REVIEWING);
    identity_fake_end(scene->hall.faces, IDENTITY_FAILED);
    for (int rounds = 0; rounds < 50 && count_sessions(scene, true, result) > 0; rounds++)
        hall_run(&scene->terminal, 200);
    assert_int_equal(0, count_sessions(scene, true, result));
    assert_stored(scene, ORDER_STATE_REVIEWING);
    assert_false(has_audit(scene, "proof.refused", "phone failed"));
}

/* --- at the screens ---------------------------------------------------------------------------------- */

static void open_phone(struct hall_scene *scene)
{
    begin(scene);
    robot_open_wide(&robot, &scene->terminal);
    robot_until_screen(&robot, "identity");
    robot_tap(&robot, "identity.way.phone");
}

static void close_screens(void)
{
    unsigned faults = robot_faults(&robot);
    robot_close(&robot);
    assert_int_equal(0, faults);
}

static void test_phone__code_is_shown_and_the_page_goes_on_by_itself(void **state)
{
    struct hall_scene *scene = *state;
    FEATURE("F127");
    open_phone(scene);
    (void)robot_until(&robot, "identity.code");
    robot_look(&robot, "phone-code");
    identity_fake_end(scene->hall.faces, IDENTITY_PASSED);
    robot_until_screen(&robot, "review");
    assert_stored(scene, ORDER_STATE_REVIEWING);
    close_screens();
}

static void test_phone__not_recognised_says_so_and_a_card_is_another_way(void **state)
{
    struct hall_scene *scene = *state;
    const struct idcard_person person = {
        .name = "张小丽", .number = "110101199003070417", .birth = "19900307", .valid_from = "20200101"};
    open_phone(scene);
    (void)robot_until(&robot, "identity.code");
    identity_fake_end(scene->hall.faces, IDENTITY_FAILED);
    robot_until_text(&robot, "没认出您");
    robot_until_text(&robot, "还可试 2 次");
    robot_tap(&robot, "identity.way.reader");
    idcard_fake_place(scene->hall.reader, &person);
    robot_until_screen(&robot, "review");
    assert_true(has_audit(scene, "proof.passed", "reader"));
    close_screens();
}

static void test_phone__hall_without_the_service_does_not_offer_it(void **state)
{
    struct hall_scene *scene = *state;
    hall_program_stop(&scene->terminal);
    scene->hall.without_phone = true;
    hall_program_restart(&scene->terminal);
    begin(scene);
    robot_open_wide(&robot, &scene->terminal);
    assert_true(robot_can_tap(&robot, "identity.way.reader"));
    assert_false(robot_can_tap(&robot, "identity.way.phone"));
    close_screens();
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, hall_scene_teardown)
    const struct CMUnitTest tests[] = {
        T(test_phone__passed_session_leads_on_and_is_recorded),
        T(test_phone__no_name_or_number_stands_in_what_was_announced),
        T(test_phone__failed_session_keeps_the_order_and_counts),
        T(test_phone__expired_code_costs_no_try),
        T(test_phone__lost_reply_begins_no_second_session),
        T(test_phone__service_that_is_not_there_leaves_nothing_open),
        T(test_phone__terminal_killed_while_waiting_takes_the_answer_when_it_runs_again),
        T(test_phone__another_program_finishes_what_a_dead_terminal_left),
        T(test_phone__clerk_who_is_first_makes_the_session_needless),
        T(test_phone__code_is_shown_and_the_page_goes_on_by_itself),
        T(test_phone__not_recognised_says_so_and_a_card_is_another_way),
        T(test_phone__hall_without_the_service_does_not_offer_it),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
