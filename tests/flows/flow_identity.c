/* Identity: a clerk compares the card with the person before anything is reviewed; who does not match may try
 * again, and what was mistyped may be mended. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_decision.h"
#include "tests/support/feature.h"
#include "tests/support/hall_scene.h"

#define NOT_MATCHING "本人与身份证照片不一致"

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

static struct services *at_desk(struct hall_scene *scene)
{
    return scene->desk.services;
}

static void open_at(struct hall_program *desk, const char *clerk, const char *order_id)
{
    hall_desk_sign_in(desk, clerk);
    hall_done(desk, service_desk_case(desk->services, order_id));
}

static void begin(struct hall_scene *scene)
{
    hall_order_begin(&scene->terminal, ORDER_STATE_IDENTIFYING, &scene->order);
    open_at(&scene->desk, "chen", scene->order.id);
}

static void begin_with_pages(struct hall_scene *scene)
{
    hall_order_begin(&scene->terminal, ORDER_STATE_SCANNING, &scene->order);
    hall_visit_papers(&scene->terminal);
    open_at(&scene->desk, "chen", scene->order.id);
}

static void assert_stored(struct hall_scene *scene, enum order_state state)
{
    assert_int_equal(state, hall_scene_look(scene)->order.state);
}

static bool is_refused(struct hall_program *terminal, const void *argument)
{
    (void)argument;
    return services_visit(terminal->services)->rejections.count == 2;
}

static void refuse(struct hall_scene *scene)
{
    hall_done(&scene->desk, service_desk_identify(at_desk(scene), false, NOT_MATCHING));
    hall_until(&scene->terminal, "the refusal", is_refused, NULL);
}

static void test_identity__acceptance_leads_to_review_after_the_undo_time(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    hall_done(&scene->desk, service_desk_identify(at_desk(scene), true, ""));
    assert_true(services_desk(at_desk(scene))->opened.approved);
    assert_stored(scene, ORDER_STATE_IDENTIFYING);
    hall_until_state(&scene->terminal, ORDER_STATE_REVIEWING);
    hall_run(&scene->terminal, 1500);
    FEATURE("F128");
    assert_stored(scene, ORDER_STATE_REVIEWING);
}

static void test_identity__acceptance_taken_back_has_no_effect(void **state)
{
    struct hall_scene *scene = *state;
    const int64_t usual_s = scene->hall.settings->review_undo_s;
    begin(scene);
    scene->hall.settings->review_undo_s = 60; /* however slow the machine is */
    hall_done(&scene->desk, service_desk_identify(at_desk(scene), true, ""));
    hall_done(&scene->desk, service_desk_undo(at_desk(scene)));
    hall_pass(&scene->hall, 60);
    hall_run(&scene->desk, 1000);
    assert_stored(scene, ORDER_STATE_IDENTIFYING);
    scene->hall.settings->review_undo_s = usual_s;
    hall_done(&scene->desk, service_desk_identify(at_desk(scene), true, ""));
    hall_until_state(&scene->terminal, ORDER_STATE_REVIEWING);
}

static void test_identity__decision_is_kept_with_hash_signer_and_time(void **state)
{
    struct hall_scene *scene = *state;
    static const uint8_t nothing[32];
    struct store_decision decisions[4];
    struct store_decision_signer signers[4];
    size_t count = 0;
    begin(scene);
    hall_done(&scene->desk, service_desk_identify(at_desk(scene), true, ""));
    hall_until_state(&scene->terminal, ORDER_STATE_REVIEWING);
    struct store *store = hall_store(&scene->hall, "watcher");
    assert_int_equal(STATUS_OK,
                     store_decision_list_order(store, scene->order.id, decisions, 4, &count, NULL));
    assert_int_equal(1, count);
    assert_string_equal("identify", decisions[0].action);
    assert_int_equal(STORE_DECISION_APPLIED, decisions[0].state);
    assert_memory_not_equal(nothing, decisions[0].displayed_hash, sizeof(nothing));
    assert_int_equal(STATUS_OK, store_decision_signers(store, decisions[0].id, signers, 4, &count, NULL));
    assert_int_equal(1, count);
    assert_string_equal("chen", signers[0].name);
    FEATURE("F131");
    assert_true(signers[0].at_utc_s > 0);
    store_close(store);
}

static void test_identity__approval_before_it_is_refused(void **state)
{
    struct hall_scene *scene = *state;
    begin_with_pages(scene);
    for (size_t i = 0; i < services_desk(at_desk(scene))->opened.page_count; i++)
        hall_done(&scene->desk, service_desk_page(at_desk(scene),
                                                  services_desk(at_desk(scene))->opened.pages[i].paper, 200));
    for (const struct hall_visit_answer *answer = hall_visit_answers; answer->id != NULL; answer++)
        service_desk_field_seen(at_desk(scene), answer->id);
    hall_refused(&scene->desk, service_desk_approve(at_desk(scene)), SERVICE_REASON_CHANGED);
    hall_run(&scene->desk, 2500);
    assert_stored(scene, ORDER_STATE_IDENTIFYING);
}

static void test_identity__identifying_twice_is_refused(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_begin(&scene->terminal, ORDER_STATE_REVIEWING, &scene->order);
    open_at(&scene->desk, "chen", scene->order.id);
    hall_refused(&scene->desk, service_desk_identify(at_desk(scene), true, ""), SERVICE_REASON_CHANGED);
    assert_stored(scene, ORDER_STATE_REVIEWING);
}

static void test_identity__refusal_keeps_the_order_and_may_be_tried_again(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    refuse(scene);
    hall_run(&scene->terminal, 1500);
    assert_false(hall_scene_visit(scene)->attention.is_open);
    assert_int_equal(ORDER_STATE_IDENTIFYING, hall_scene_visit(scene)->order.state);
    assert_string_equal(NOT_MATCHING, hall_scene_visit(scene)->rejections.item[0].reason);
    assert_string_equal("agent_name", hall_scene_visit(scene)->rejections.item[0].item);
    assert_string_equal("agent_id", hall_scene_visit(scene)->rejections.item[1].item);
    hall_refused(&scene->desk, service_desk_identify(at_desk(scene), true, ""), SERVICE_REASON_CHANGED);
    open_at(&scene->desk, "chen", scene->order.id);
    hall_done(&scene->desk, service_desk_identify(at_desk(scene), true, ""));
    hall_until_state(&scene->terminal, ORDER_STATE_REVIEWING);
    assert_int_equal(0, hall_scene_visit(scene)->rejections.count);
}

static void test_identity__refusal_without_a_reason_is_none(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    assert_int_equal(STATUS_MALFORMED,
                     hall_wait(&scene->desk, service_desk_identify(at_desk(scene), false, "")).status);
    hall_run(&scene->terminal, 1500);
    assert_int_equal(0, hall_scene_visit(scene)->rejections.count);
}

static void test_identity__mistyped_person_is_mended_and_nothing_else(void **state)
{
    struct hall_scene *scene = *state;
    struct services *services = scene->terminal.services;
    begin_with_pages(scene);
    assert_int_equal(
        STATUS_BAD_STATE,
        hall_wait(&scene->terminal, service_order_event(services, ORDER_EVENT_FORM_CORRECTING)).status);
    refuse(scene);
    hall_done(&scene->terminal, service_order_event(services, ORDER_EVENT_FORM_CORRECTING));
    assert_int_equal(ORDER_STATE_DRAFT, hall_scene_visit(scene)->order.state);
    assert_int_equal(STATUS_OK, form_values_set(services_values(services), "agent_name", "王小明"));
    assert_int_equal(STATUS_OK, form_values_set(services_values(services), "legal_name", "赵大明"));
    hall_done(&scene->terminal, service_order_save(services));
    hall_done(&scene->terminal, service_order_event(services, ORDER_EVENT_FORM_COMPLETED));
    assert_string_equal("王小明", form_values_get(services_values(services), "agent_name"));
    assert_string_equal("李大有", form_values_get(services_values(services), "legal_name"));
    hall_visit_print(&scene->terminal);
    hall_visit_papers(&scene->terminal);
    assert_int_equal(ORDER_STATE_IDENTIFYING, hall_scene_visit(scene)->order.state);
    hall_desk_review(&scene->desk, "chen", scene->order.id);
}

static void test_identity__of_two_clerks_the_first_decides(void **state)
{
    struct hall_scene *scene = *state;
    hall_add_clerk(&scene->hall, "wang");
    begin(scene);
    hall_program_start(&scene->other, &scene->hall, 0, "desk-02");
    open_at(&scene->other, "wang", scene->order.id);
    refuse(scene);
    hall_refused(&scene->other, service_desk_identify(scene->other.services, true, ""),
                 SERVICE_REASON_CHANGED);
    open_at(&scene->other, "wang", scene->order.id);
    open_at(&scene->desk, "chen", scene->order.id);
    hall_done(&scene->other, service_desk_identify(scene->other.services, true, ""));
    hall_refused(&scene->desk, service_desk_identify(at_desk(scene), false, NOT_MATCHING),
                 SERVICE_REASON_CHANGED);
    hall_until_state(&scene->terminal, ORDER_STATE_REVIEWING);
    assert_stored(scene, ORDER_STATE_REVIEWING);
}

static void test_identity__desk_stopped_before_the_effect_loses_nothing(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    hall_done(&scene->desk, service_desk_identify(at_desk(scene), true, ""));
    hall_program_stop(&scene->desk);
    hall_until_state(&scene->terminal, ORDER_STATE_REVIEWING);
    hall_program_restart(&scene->desk);
    assert_false(services_desk(at_desk(scene))->signed_in);
    assert_stored(scene, ORDER_STATE_REVIEWING);
}

static bool is_being_checked(struct hall_program *terminal, const void *argument)
{
    return services_visit(terminal->services)->attention.is_open == (argument != NULL);
}

static void test_identity__applicant_sees_that_a_clerk_has_it_open(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_begin(&scene->terminal, ORDER_STATE_IDENTIFYING, &scene->order);
    hall_run(&scene->terminal, 1500);
    assert_false(hall_scene_visit(scene)->attention.is_open);
    open_at(&scene->desk, "chen", scene->order.id);
    hall_until(&scene->terminal, "a clerk", is_being_checked, scene);
    service_desk_sign_out(at_desk(scene));
    hall_run(&scene->desk, 2500);
    hall_until(&scene->terminal, "no clerk", is_being_checked, NULL);
}

static void test_identity__applicant_sees_pages_looked_at_and_who_came_before(void **state)
{
    struct hall_scene *scene = *state;
    struct order earlier;
    hall_order_make(&scene->hall, ORDER_STATE_REVIEWING, &earlier);
    hall_pass(&scene->hall, 5);
    begin_with_pages(scene);
    hall_done(&scene->desk, service_desk_identify(at_desk(scene), true, ""));
    hall_until_state(&scene->terminal, ORDER_STATE_REVIEWING);
    hall_desk_open(&scene->desk, "chen", scene->order.id);
    hall_run(&scene->terminal, 2500);
    assert_int_equal(1, hall_scene_visit(scene)->attention.ahead);
    assert_int_equal(hall_scene_visit(scene)->page_count, hall_scene_visit(scene)->attention.seen);
}

static void test_identity__revealed_number_is_recorded_under_the_clerks_name(void **state)
{
    struct hall_scene *scene = *state;
    struct store_audit rows[8];
    size_t count = 0;
    begin(scene);
    hall_done(&scene->desk, service_desk_reveal(at_desk(scene), "agent_id", "核对证件原件"));
    struct store *store = hall_store(&scene->hall, "watcher");
    assert_int_equal(STATUS_OK, store_audit_list(store, 0, rows, 8, &count, NULL));
    const struct store_audit *row = NULL;
    for (size_t i = 0; i < count && row == NULL; i++)
        row = strcmp(rows[i].action, "value.reveal") == 0 ? &rows[i] : NULL;
    assert_non_null(row);
    assert_string_equal("chen", row->actor);
    assert_string_equal(scene->order.id, row->subject);
    assert_string_equal("agent_id 核对证件原件", row->detail);
    assert_true(row->has_value);
    store_close(store);
    service_desk_sign_out(at_desk(scene));
    assert_int_equal(
        STATUS_BAD_STATE,
        hall_wait(&scene->desk, service_desk_reveal(at_desk(scene), "agent_id", "核对证件原件")).status);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, hall_scene_teardown)
    const struct CMUnitTest tests[] = {
        T(test_identity__acceptance_leads_to_review_after_the_undo_time),
        T(test_identity__acceptance_taken_back_has_no_effect),
        T(test_identity__decision_is_kept_with_hash_signer_and_time),
        T(test_identity__approval_before_it_is_refused),
        T(test_identity__identifying_twice_is_refused),
        T(test_identity__refusal_keeps_the_order_and_may_be_tried_again),
        T(test_identity__refusal_without_a_reason_is_none),
        T(test_identity__mistyped_person_is_mended_and_nothing_else),
        T(test_identity__of_two_clerks_the_first_decides),
        T(test_identity__desk_stopped_before_the_effect_loses_nothing),
        T(test_identity__applicant_sees_that_a_clerk_has_it_open),
        T(test_identity__applicant_sees_pages_looked_at_and_who_came_before),
        T(test_identity__revealed_number_is_recorded_under_the_clerks_name),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
