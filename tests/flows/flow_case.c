/* Case: what a clerk has had on the screen, what is put aside, what is looked at in full. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/encode.h"
#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_decision.h"
#include "kiosk/store/store_original.h"
#include "tests/support/feature.h"
#include "tests/support/hall_scene.h"
#include "tests/support/robot.h"

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

static struct services *at_desk(struct hall_scene *scene)
{
    return scene->desk.services;
}

static const struct service_case *opened(struct hall_scene *scene)
{
    return &services_desk(at_desk(scene))->opened;
}

/* Real pages, all of them looked at, every field on the screen. */
static void begin(struct hall_scene *scene)
{
    hall_order_begin(&scene->terminal, ORDER_STATE_SCANNING, &scene->order);
    hall_visit_papers(&scene->terminal);
    hall_desk_identify(&scene->desk, "chen", scene->order.id);
    hall_desk_open(&scene->desk, "chen", scene->order.id);
}

static size_t decisions(struct hall_scene *scene, struct store_decision *out, size_t capacity)
{
    size_t count = 0;
    struct store *store = hall_store(&scene->hall, "watcher");
    assert_int_equal(STATUS_OK,
                     store_decision_list_order(store, scene->order.id, out, capacity, &count, NULL));
    store_close(store);
    return count;
}

static void test_case__a_field_that_was_never_on_the_screen_bars_approval(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_begin(&scene->terminal, ORDER_STATE_SCANNING, &scene->order);
    hall_visit_papers(&scene->terminal);
    hall_desk_identify(&scene->desk, "chen", scene->order.id);
    hall_done(&scene->desk, service_desk_case(at_desk(scene), scene->order.id));
    for (size_t i = 0; i < opened(scene)->page_count; i++) {
        hall_done(&scene->desk, service_desk_thumb(at_desk(scene), opened(scene)->pages[i].paper, 76));
        assert_false(opened(scene)->seen[i]); /* a small picture is no look at the page */
        hall_done(&scene->desk, service_desk_page(at_desk(scene), opened(scene)->pages[i].paper, 200));
        assert_true(opened(scene)->seen[i]);
    }
    for (size_t i = 1; hall_visit_answers[i].id != NULL; i++)
        service_desk_field_seen(at_desk(scene), hall_visit_answers[i].id);
    hall_refused(&scene->desk, service_desk_approve(at_desk(scene)), SERVICE_REASON_PAGES_UNSEEN);
    service_desk_field_seen(at_desk(scene), hall_visit_answers[0].id);
    hall_desk_approve(&scene->desk);
    assert_true(opened(scene)->decided);
    service_desk_sign_out(at_desk(scene));
    assert_int_equal(STATUS_BAD_STATE,
                     hall_wait(&scene->desk, service_desk_thumb(at_desk(scene), "licence", 76)).status);
}

static void reject_licence(struct hall_scene *scene)
{
    struct order_rejections items = {.count = 1, .item = {{.kind = ORDER_ITEM_PAPER}}};
    (void)strcpy(items.item[0].item, "licence");
    (void)strcpy(items.item[0].reason, "公章不清晰");
    scene->hall.settings->review_undo_s = 60; /* however slow the machine is */
    hall_done(&scene->desk, service_desk_reject(at_desk(scene), &items));
    hall_done(&scene->desk, service_desk_undo(at_desk(scene)));
}

/* The newest signature's row of the audit names the decision, who signed it how, and what was shown. */
static void audit_tells(struct hall_scene *scene, const struct store_decision *wanted)
{
    const struct service_desk *view = services_desk(at_desk(scene));
    struct service_audit_filter filter = {.kind = "decision", .result = "signed", .rows = 1};
    char displayed[SERVICE_DIGEST_BYTES];
    encode_hex(displayed, wanted->displayed_hash, sizeof(wanted->displayed_hash));
    hall_done(&scene->desk, service_desk_audit(at_desk(scene), &filter, false));
    const struct service_audit_line line = view->audit.rows[0];
    assert_string_equal("decision.sign", line.action);
    hall_done(&scene->desk, service_desk_audit_row(at_desk(scene), &line));
    const struct service_audit_signed *told = &view->audit_row.decision;
    assert_string_equal("reject", told->action);
    assert_string_equal(displayed, told->displayed);
    assert_int_equal(1, told->required);
    assert_int_equal(1, told->count);
    assert_string_equal("chen", told->by[0].name);
    assert_string_equal("password", told->by[0].method);
    filter = (struct service_audit_filter){.kind = "order", .rows = 1};
    hall_done(&scene->desk, service_desk_audit(at_desk(scene), &filter, false));
    const struct service_audit_line other = view->audit.rows[0];
    hall_done(&scene->desk, service_desk_audit_row(at_desk(scene), &other));
    assert_string_equal("", told->action); /* nobody signed that */
}

static void test_case__a_decision_is_bound_to_what_was_shown_and_no_more(void **state)
{
    struct hall_scene *scene = *state;
    struct store_decision all[8];
    hall_order_begin(&scene->terminal, ORDER_STATE_SCANNING, &scene->order);
    hall_visit_papers(&scene->terminal);
    hall_desk_identify(&scene->desk, "chen", scene->order.id);
    hall_done(&scene->desk, service_desk_case(at_desk(scene), scene->order.id));
    reject_licence(scene);
    reject_licence(scene);
    service_desk_field_seen(at_desk(scene), "company");
    reject_licence(scene);
    hall_done(&scene->desk, service_desk_page(at_desk(scene), "licence", 200));
    reject_licence(scene);
    assert_int_equal(5, decisions(scene, all, 8)); /* the identity check was the first */
    assert_memory_equal(all[1].displayed_hash, all[2].displayed_hash, sizeof(all[1].displayed_hash));
    assert_memory_not_equal(all[2].displayed_hash, all[3].displayed_hash, sizeof(all[2].displayed_hash));
    assert_memory_not_equal(all[3].displayed_hash, all[4].displayed_hash, sizeof(all[3].displayed_hash));
    audit_tells(scene, &all[4]);
}

static bool is_looked_at(struct hall_program *terminal, const void *is_wanted)
{
    return services_visit(terminal->services)->attention.is_open == *(const bool *)is_wanted;
}

static void test_case__put_away_nothing_of_it_is_left_and_the_applicant_knows(void **state)
{
    struct hall_scene *scene = *state;
    const bool yes = true, no = false;
    begin(scene);
    hall_until(&scene->terminal, "the open case", is_looked_at, &yes);
    assert_true(opened(scene)->is_open && opened(scene)->values.count > 0);
    hall_done(&scene->desk, service_desk_case(at_desk(scene), ""));
    assert_false(opened(scene)->is_open);
    assert_int_equal(0, opened(scene)->values.count + opened(scene)->page_count);
    hall_until(&scene->terminal, "the case put away", is_looked_at, &no);
    assert_int_not_equal(STATUS_OK, hall_wait(&scene->desk, service_desk_approve(at_desk(scene))).status);
}

/* --- on hold ------------------------------------------------------------------------------------------- */

static void test_case__put_aside_with_a_note_it_waits_until_it_is_taken_up(void **state)
{
    struct hall_scene *scene = *state;
    struct store_decision all[8];
    begin(scene);
    hall_done(&scene->desk, service_desk_hold(at_desk(scene), "等单位补一张授权书"));
    assert_true(opened(scene)->on_hold);
    assert_string_equal("等单位补一张授权书", opened(scene)->hold_note);
    assert_string_equal("chen", opened(scene)->hold_clerk);
    hall_done(&scene->desk, service_desk_overview(at_desk(scene)));
    assert_true(services_desk(at_desk(scene))->queue[0].on_hold);
    hall_refused(&scene->desk, service_desk_approve(at_desk(scene)), SERVICE_REASON_ON_HOLD);
    hall_done(&scene->desk, service_desk_take_up(at_desk(scene)));
    assert_false(opened(scene)->on_hold);
    hall_desk_approve(&scene->desk);
    hall_until_state(&scene->terminal, ORDER_STATE_PAYING);
    assert_int_equal(4, decisions(scene, all, 8));
    assert_string_equal("hold", all[1].action);
    assert_string_equal("take-up", all[2].action);
    assert_int_equal(STORE_DECISION_APPLIED, all[1].state);
}

static void test_case__a_colleague_reads_the_note_and_takes_it_up(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    hall_done(&scene->desk, service_desk_hold(at_desk(scene), "等电话"));
    hall_add_clerk(&scene->hall, "wang");
    hall_program_start(&scene->other, &scene->hall, 0, "desk-02");
    hall_desk_open(&scene->other, "wang", scene->order.id);
    const struct service_case *there = &services_desk(scene->other.services)->opened;
    assert_true(there->on_hold);
    assert_string_equal("等电话", there->hold_note);
    hall_done(&scene->other, service_desk_take_up(scene->other.services));
    assert_false(there->on_hold);
    hall_refused(&scene->desk, service_desk_approve(at_desk(scene)), SERVICE_REASON_CHANGED);
    hall_desk_approve(&scene->other);
}

static void test_case__nothing_is_put_aside_without_a_note_or_taken_up_twice(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    assert_int_equal(STATUS_MALFORMED, hall_wait(&scene->desk, service_desk_hold(at_desk(scene), "")).status);
    hall_refused(&scene->desk, service_desk_take_up(at_desk(scene)), SERVICE_REASON_CHANGED);
    hall_done(&scene->desk, service_desk_hold(at_desk(scene), "等电话"));
    hall_refused(&scene->desk, service_desk_hold(at_desk(scene), "再等"), SERVICE_REASON_ON_HOLD);
}

/* --- in full ------------------------------------------------------------------------------------------- */

static void test_case__a_number_is_not_shown_without_a_reason_or_for_one_with_a_number(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    struct services *desk = at_desk(scene);
    assert_int_equal(STATUS_MALFORMED,
                     hall_wait(&scene->desk, service_desk_reveal(desk, "legal_id", "")).status);
    assert_int_equal(STATUS_MALFORMED,
                     hall_wait(&scene->desk, service_desk_reveal(desk, "legal_id", "看 500112")).status);
    hall_done(&scene->desk, service_desk_reveal(desk, "legal_id", "与复印件核对 18 位"));
}

static void test_case__fields_have_their_places_on_the_printed_form(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    assert_string_equal("application", opened(scene)->form_paper);
    assert_true(opened(scene)->place_count > 5);
    for (size_t i = 0; i < opened(scene)->place_count; i++) {
        const struct service_place *place = &opened(scene)->places[i].place;
        assert_true(place->x > 0 && place->x + place->w < 1 && place->y > 0 && place->y + place->h < 1);
    }
}

static void test_case__a_check_that_was_not_made_is_told_as_such(void **state)
{
    struct hall_scene *scene = *state;
    size_t open = 0;
    begin(scene);
    const struct service_page *licence = &opened(scene)->pages[1];
    for (size_t i = 0; i < licence->check_count; i++)
        open += licence->checks[i].verdict == SERVICE_CHECK_NOT_COMPUTED;
    assert_int_equal(9, licence->check_count);
    assert_true(open > 0);
}

/* --- originals on paper -------------------------------------------------------------------------------- */

/* An order whose form has to be handed in as an original, waiting for its review. */
static void begin_with_original(struct hall_scene *scene)
{
    hall_order_make_of(&scene->hall, "cfca-suqian-unit", "new", ORDER_STATE_REVIEWING, &scene->order);
    hall_desk_open(&scene->desk, "chen", scene->order.id);
    assert_int_equal(1, opened(scene)->original_count);
    assert_string_equal("application", opened(scene)->originals[0].paper);
}

static void tick_at_screen(struct hall_scene *scene)
{
    static struct robot robot;
    robot_open_wide(&robot, &scene->desk);
    ui_reset(robot.ui, DESK_REVIEW, scene->order.id);
    (void)robot_until(&robot, "review.originals");
    assert_true(robot_shows(&robot, "还有 1 项原件没有收"));
    assert_false(robot_can_tap(&robot, "review.approve"));
    robot_tap(&robot, "review.originals");
    robot_tap(&robot, "originals.tick.application");
    assert_false(robot_can_tap(&robot, "originals.later.application")); /* nothing comes tomorrow */
    robot_tap(&robot, "originals.more.application");
    robot_until_text(&robot, "2 份");
    robot_tap(&robot, "originals.earlier.application");
    robot_tap(&robot, "originals.earlier.application");
    robot_look(&robot, "desk-originals");
    robot_tap(&robot, "originals.yes");
    robot_until_text(&robot, "登记原件（已收 1／1）");
    assert_true(robot_can_tap(&robot, "review.approve"));
    assert_int_equal(0, robot_faults(&robot));
    robot_close(&robot);
}

static void test_case__originals_are_ticked_with_copies_and_day_before_it_is_approved(void **state)
{
    struct hall_scene *scene = *state;
    struct store_original row;
    struct store_audit audit;
    size_t count = 0;
    begin_with_original(scene);
    struct service_reply reply = hall_wait(&scene->desk, service_desk_approve(at_desk(scene)));
    assert_int_equal(SERVICE_REASON_ORIGINALS, reply.reason);
    assert_int_equal(1, reply.number);
    tick_at_screen(scene);
    struct store *store = hall_store(&scene->hall, "watcher");
    assert_int_equal(STATUS_OK, store_original_list(store, scene->order.id, &row, 1, &count, NULL));
    assert_int_equal(1, count);
    assert_int_equal(2, row.copies);
    FEATURE("F126");
    int64_t today = clock_hall_day_utc_s(hall_now_utc_s(&scene->hall));
    assert_int_equal(today - 2 * 86400, row.received_utc_s);
    FEATURE("F116");
    assert_int_equal(STATUS_OK, store_audit_list(store, 0, &audit, 1, &count, NULL));
    assert_string_equal("page.original", audit.action);
    assert_string_equal("chen", audit.actor);
    store_close(store);
    hall_done(&scene->desk, service_desk_approve(at_desk(scene)));
    assert_true(opened(scene)->decided);
}

static void refuse_original(struct hall_scene *scene, int days, unsigned copies)
{
    int64_t today = clock_hall_day_utc_s(hall_now_utc_s(&scene->hall));
    struct service_originals list = {.count = 1,
                                     .item = {{.copies = copies, .received_utc_s = today + days * 86400LL}}};
    (void)strcpy(list.item[0].paper, "application");
    hall_refused(&scene->desk, service_desk_originals(at_desk(scene), &list), SERVICE_REASON_RECEIVED_DAY);
    assert_int_equal(0, opened(scene)->originals[0].copies);
}

static void test_case__an_original_of_tomorrow_or_too_long_ago_or_not_asked_for_is_refused(void **state)
{
    struct hall_scene *scene = *state;
    struct service_originals other = {.count = 1, .item = {{.copies = 1}}};
    begin_with_original(scene);
    refuse_original(scene, 1, 1);
    refuse_original(scene, -31, 1); /* the product says thirty days */
    (void)strcpy(other.item[0].paper, "agent_id");
    assert_int_equal(STATUS_MALFORMED,
                     hall_wait(&scene->desk, service_desk_originals(at_desk(scene), &other)).status);
    hall_desk_take_originals(&scene->desk);
    assert_int_equal(1, opened(scene)->originals[0].copies);
    hall_desk_approve(&scene->desk);
    hall_pass(&scene->hall, 10);
    hall_until_stored(&scene->desk, scene->order.id, ORDER_STATE_PAYING);
    struct service_originals none = {.count = 1, .item = {opened(scene)->originals[0]}};
    none.item[0].copies = 0; /* what was approved stays as it was */
    hall_refused(&scene->desk, service_desk_originals(at_desk(scene), &none), SERVICE_REASON_CHANGED);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, hall_scene_teardown)
    const struct CMUnitTest tests[] = {
        T(test_case__a_field_that_was_never_on_the_screen_bars_approval),
        T(test_case__a_decision_is_bound_to_what_was_shown_and_no_more),
        T(test_case__put_away_nothing_of_it_is_left_and_the_applicant_knows),
        T(test_case__put_aside_with_a_note_it_waits_until_it_is_taken_up),
        T(test_case__a_colleague_reads_the_note_and_takes_it_up),
        T(test_case__nothing_is_put_aside_without_a_note_or_taken_up_twice),
        T(test_case__a_number_is_not_shown_without_a_reason_or_for_one_with_a_number),
        T(test_case__fields_have_their_places_on_the_printed_form),
        T(test_case__a_check_that_was_not_made_is_told_as_such),
        T(test_case__originals_are_ticked_with_copies_and_day_before_it_is_approved),
        T(test_case__an_original_of_tomorrow_or_too_long_ago_or_not_asked_for_is_refused),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
