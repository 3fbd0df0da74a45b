/* The hall around a visit: restarts in every state, two terminals, leases, clocks that jump, a locked store.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/store/db.h"
#include "kiosk/store/store_claim.h"
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

static void restart(struct hall_scene *scene)
{
    hall_program_stop(&scene->terminal);
    hall_program_restart(&scene->terminal);
    hall_done(&scene->terminal, service_order_open(at(scene), scene->order.id));
}

static void assert_state(struct hall_scene *scene, enum order_state wanted)
{
    assert_int_equal(wanted, services_visit(at(scene))->order.state);
    assert_int_equal(wanted, hall_scene_look(scene)->order.state);
}

static void test_hall__a_restart_in_every_state_goes_on_there(void **state)
{
    struct hall_scene *scene = *state;
    hall_visit_login(&scene->terminal);
    hall_visit_open(&scene->terminal);
    scene->order = services_visit(at(scene))->order;
    restart(scene);
    assert_state(scene, ORDER_STATE_DRAFT);
    hall_visit_form(&scene->terminal);
    restart(scene);
    assert_state(scene, ORDER_STATE_PRINTING);
    assert_string_equal("李大有", form_values_get(services_values(at(scene)), "legal_name"));
    hall_visit_print(&scene->terminal);
    hall_visit_scan(&scene->terminal, "licence");
    restart(scene);
    assert_state(scene, ORDER_STATE_SCANNING);
    assert_int_equal(SERVICE_PAGE_GOOD, services_visit(at(scene))->pages[1].state);
    hall_visit_papers(&scene->terminal);
    restart(scene);
    assert_state(scene, ORDER_STATE_IDENTIFYING);
    hall_desk_identify(&scene->desk, "chen", scene->order.id);
    restart(scene);
    assert_state(scene, ORDER_STATE_REVIEWING);
    hall_desk_open(&scene->desk, "chen", scene->order.id);
    hall_desk_approve(&scene->desk);
    hall_until_stored(&scene->desk, scene->order.id, ORDER_STATE_PAYING);
    restart(scene);
    assert_state(scene, ORDER_STATE_PAYING);
    hall_visit_pay(&scene->terminal, "key-1");
    restart(scene);
    assert_state(scene, ORDER_STATE_ISSUING);
    hall_visit_issue(&scene->terminal);
    restart(scene);
    assert_state(scene, ORDER_STATE_PIN);
    hall_visit_pin(&scene->terminal);
    restart(scene);
    assert_state(scene, ORDER_STATE_COLLECTING);
    assert_int_equal(SERVICE_ISSUE_PROVEN, services_visit(at(scene))->issue.stage);
    hall_visit_take(&scene->terminal);
    FEATURE("F125");
    assert_int_equal(0, hall_order_acts(hall_scene_look(scene)));
}

static void test_hall__a_desk_restarted_within_the_undo_time_changes_nothing(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_begin(&scene->terminal, ORDER_STATE_SCANNING, &scene->order);
    hall_visit_papers(&scene->terminal);
    hall_desk_identify(&scene->desk, "chen", scene->order.id);
    hall_desk_open(&scene->desk, "chen", scene->order.id);
    hall_desk_approve(&scene->desk);
    hall_program_stop(&scene->desk);
    hall_program_restart(&scene->desk);
    hall_until_state(&scene->terminal, ORDER_STATE_PAYING);
    assert_false(services_desk(scene->desk.services)->signed_in);
}

static void test_hall__an_order_is_at_one_terminal_only(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_begin(&scene->terminal, ORDER_STATE_PRINTING, &scene->order);
    hall_scene_start_other(scene);
    struct service_reply reply =
        hall_wait(&scene->other, service_order_open(scene->other.services, scene->order.id));
    assert_int_equal(SERVICE_REASON_ELSEWHERE, reply.reason);
    assert_true(reply.number > 0 && reply.number <= 30);
    hall_leave(&scene->terminal);
    hall_run(&scene->terminal, 300);
    hall_done(&scene->other, service_order_open(scene->other.services, scene->order.id));
    hall_visit_print(&scene->other);
}

static void test_hall__a_visit_keeps_its_order_longer_than_a_lease(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_begin(&scene->terminal, ORDER_STATE_PRINTING, &scene->order);
    hall_scene_start_other(scene);
    hall_live(&scene->terminal, 100);
    hall_refused(&scene->other, service_order_open(scene->other.services, scene->order.id),
                 SERVICE_REASON_ELSEWHERE);
    hall_visit_print(&scene->terminal);
    assert_state(scene, ORDER_STATE_SCANNING);
}

static void test_hall__a_dead_terminals_order_is_free_after_the_lease(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_begin(&scene->terminal, ORDER_STATE_PRINTING, &scene->order);
    hall_program_stop(&scene->terminal);
    hall_scene_start_other(scene);
    hall_refused(&scene->other, service_order_open(scene->other.services, scene->order.id),
                 SERVICE_REASON_ELSEWHERE);
    hall_pass(&scene->hall, 31);
    hall_done(&scene->other, service_order_open(scene->other.services, scene->order.id));
    hall_program_restart(&scene->terminal);
    hall_refused(&scene->terminal, service_order_open(at(scene), scene->order.id), SERVICE_REASON_ELSEWHERE);
    hall_visit_print(&scene->other);
    assert_int_equal(ORDER_STATE_SCANNING, hall_scene_look(scene)->order.state);
}

static void test_hall__what_another_terminal_took_cannot_be_written_here(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_begin(&scene->terminal, ORDER_STATE_SCANNING, &scene->order);
    struct store *other = hall_store(&scene->hall, "terminal-09");
    hall_pass(&scene->hall, 31); /* this terminal stood still, and another was quicker */
    enum status taken = store_claim_take(other, scene->order.id, 600, NULL);
    if (taken == STATUS_OK) {
        hall_refused(&scene->terminal, service_order_event(at(scene), ORDER_EVENT_FORM_REOPENED),
                     SERVICE_REASON_CHANGED);
        assert_int_equal(ORDER_STATE_SCANNING, hall_scene_look(scene)->order.state);
    } else {
        assert_int_equal(STATUS_CONFLICT, taken); /* this one woke up first */
    }
    store_close(other);
}

static void test_hall__a_key_pulled_at_one_terminal_is_made_at_the_other(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    hall_visit_pay(&scene->terminal, "key-1");
    token_fake_pull_at(scene->hall.writers[0], 3, true);
    hall_refused(&scene->terminal, service_issue_run(at(scene), false), SERVICE_REASON_KEY_PULLED);
    hall_leave(&scene->terminal);
    hall_run(&scene->terminal, 300);
    hall_scene_start_other(scene);
    hall_done(&scene->other, service_order_open(scene->other.services, scene->order.id));
    token_fake_insert(scene->hall.writers[1], "another blank");
    hall_visit_issue(&scene->other);
    hall_visit_pin(&scene->other);
    hall_visit_take(&scene->other);
    assert_int_equal(1, hall_order_certificates(hall_scene_look(scene), STORE_CERTIFICATE_CONFIRMED));
    assert_int_equal(1, authority_fake_counts(scene->hall.ca).issued);
    assert_int_equal(0, hall_order_acts(&scene->sum));
}

static void visit_across_a_jump(struct hall_scene *scene, int64_t seconds)
{
    hall_order_begin(&scene->terminal, ORDER_STATE_SCANNING, &scene->order);
    hall_jump(&scene->hall, seconds);
    hall_visit_papers(&scene->terminal);
    hall_desk_identify(&scene->desk, "chen", scene->order.id);
    hall_desk_open(&scene->desk, "chen", scene->order.id);
    hall_desk_approve(&scene->desk);
    hall_jump(&scene->hall, -seconds);
    hall_until_state(&scene->terminal, ORDER_STATE_PAYING);
    hall_visit_pay(&scene->terminal, "key-1");
    hall_jump(&scene->hall, seconds);
    if (seconds < 0) { /* by our clock the certificate begins in the future: it is kept and tried again */
        hall_refused(&scene->terminal, service_issue_run(at(scene), false), SERVICE_REASON_AUTHORITY_SILENT);
        hall_jump(&scene->hall, -seconds);
    }
    hall_visit_issue(&scene->terminal);
    assert_int_equal(1, authority_fake_counts(scene->hall.ca).issued);
    hall_visit_pin(&scene->terminal);
    hall_visit_take(&scene->terminal);
    assert_int_equal(48000, payment_fake_taken_fen(scene->hall.gateway));
    assert_int_equal(0, payment_fake_returned_fen(scene->hall.gateway));
    assert_int_equal(0, hall_order_acts(hall_scene_look(scene)));
}

static void test_hall__a_clock_set_forward_harms_no_visit(void **state)
{
    visit_across_a_jump(*state, 3 * 3600);
}

static void test_hall__a_clock_set_back_harms_no_visit(void **state)
{
    visit_across_a_jump(*state, -3 * 3600);
}

static void test_hall__a_locked_store_is_told_and_loses_nothing(void **state)
{
    struct hall_scene *scene = *state;
    struct db *db = NULL;
    hall_order_begin(&scene->terminal, ORDER_STATE_SCANNING, &scene->order);
    assert_int_equal(STATUS_OK, db_open(&(struct db_settings){.path = scene->hall.settings->store_file,
                                                              .busy_ms = 5000,
                                                              .only_existing = true},
                                        &db, NULL));
    assert_int_equal(STATUS_OK, db_begin(db, NULL));
    hall_refused(&scene->terminal, service_order_event(at(scene), ORDER_EVENT_FORM_REOPENED),
                 SERVICE_REASON_STORE_BUSY);
    db_rollback(db);
    db_close(db);
    assert_state(scene, ORDER_STATE_SCANNING);
    hall_visit_papers(&scene->terminal);
    assert_state(scene, ORDER_STATE_IDENTIFYING);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, hall_scene_teardown)
    const struct CMUnitTest tests[] = {
        T(test_hall__a_restart_in_every_state_goes_on_there),
        T(test_hall__a_desk_restarted_within_the_undo_time_changes_nothing),
        T(test_hall__an_order_is_at_one_terminal_only),
        T(test_hall__a_visit_keeps_its_order_longer_than_a_lease),
        T(test_hall__a_dead_terminals_order_is_free_after_the_lease),
        T(test_hall__what_another_terminal_took_cannot_be_written_here),
        T(test_hall__a_key_pulled_at_one_terminal_is_made_at_the_other),
        T(test_hall__a_clock_set_forward_harms_no_visit),
        T(test_hall__a_clock_set_back_harms_no_visit),
        T(test_hall__a_locked_store_is_told_and_loses_nothing),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
