/* A clerk helps at a distance: every act from the desk to its effect at the terminal, and what stops it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/text.h"
#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_supervision.h"
#include "tests/support/feature.h"
#include "tests/support/hall_scene.h"

#define WORDS "请把营业执照放平再扫"

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

static struct services *at_terminal(struct hall_scene *scene)
{
    return scene->terminal.services;
}

static struct services *at_desk(struct hall_scene *scene)
{
    return scene->desk.services;
}

static const struct service_supervision *told(struct hall_program *terminal)
{
    return services_supervision(terminal->services);
}

static void sign_in(struct hall_scene *scene)
{
    struct secret password = {0};
    assert_int_equal(STATUS_OK, secret_set(&password, "zhanghao-2026", 13));
    hall_done(&scene->desk, service_desk_sign_in(at_desk(scene), "chen", &password));
    secret_wipe(&password);
}

/* The terminal as the desk sees it now, NULL while it does not. */
static const struct service_terminal *seen(struct hall_program *desk, const char *id)
{
    const struct service_desk *view = services_desk(desk->services);
    for (size_t i = 0; i < view->terminal_count; i++)
        if (strcmp(view->terminals[i].id, id) == 0)
            return &view->terminals[i];
    return NULL;
}

static const struct service_terminal *look(struct hall_scene *scene)
{
    hall_done(&scene->desk, service_desk_overview(at_desk(scene)));
    const struct service_terminal *terminal = seen(&scene->desk, "terminal-01");
    assert_non_null(terminal);
    return terminal;
}

/* Somebody stands at the form of an order, a clerk at the desk. */
static void begin(struct hall_scene *scene)
{
    sign_in(scene);
    hall_order_begin(&scene->terminal, ORDER_STATE_DRAFT, &scene->order);
    hall_done(&scene->terminal, service_presence(at_terminal(scene), "form", "form.company"));
}

static struct service_act act_for(struct hall_scene *scene, enum service_act_kind kind)
{
    struct service_act act = {.terminal = "terminal-01", .kind = kind};
    if (kind != SERVICE_ACT_CLOSE && kind != SERVICE_ACT_REOPEN)
        (void)text_copy(act.visit, sizeof(act.visit), look(scene)->visit);
    return act;
}

static void act(struct hall_scene *scene, enum service_act_kind kind, const char *reason)
{
    struct service_act wish = act_for(scene, kind);
    (void)text_copy(wish.reason, sizeof(wish.reason), reason);
    hall_done(&scene->desk, service_desk_act(at_desk(scene), &wish));
}

static bool has_act(struct hall_program *terminal, const void *argument)
{
    enum service_act_kind kind = *(const enum service_act_kind *)argument;
    for (size_t i = 0; i < told(terminal)->act_count; i++)
        if (told(terminal)->acts[i].kind == kind)
            return true;
    return false;
}

/* The act has reached the terminal. Returns: it; borrowed. */
static const struct service_act *arrived(struct hall_scene *scene, enum service_act_kind kind)
{
    hall_until(&scene->terminal, "the clerk's act", has_act, &kind);
    for (size_t i = 0; i < told(&scene->terminal)->act_count; i++)
        if (told(&scene->terminal)->acts[i].kind == kind)
            return &told(&scene->terminal)->acts[i];
    return NULL;
}

static void confirm(struct hall_scene *scene, enum service_act_kind kind)
{
    char id[SERVICE_MARK_BYTES];
    (void)text_copy(id, sizeof(id), arrived(scene, kind)->id);
    hall_done(&scene->terminal, service_act_done(at_terminal(scene), id));
}

/* The newest act on the terminal as the store has it. */
static struct store_supervision newest(struct hall_scene *scene)
{
    struct store_supervision found = {0};
    struct store *store = hall_store(&scene->hall, "judge");
    size_t count = 0;
    assert_int_equal(STATUS_OK, store_supervision_list(store, "terminal-01", &found, 1, &count, NULL));
    assert_int_equal(1, count);
    store_close(store);
    return found;
}

static bool is_locked(struct hall_program *terminal, const void *argument)
{
    return told(terminal)->is_locked == *(const bool *)argument;
}

static bool is_closed(struct hall_program *terminal, const void *argument)
{
    return told(terminal)->is_closed == *(const bool *)argument;
}

static bool is_gone(struct hall_program *desk, const void *argument)
{
    (void)argument;
    const struct service_terminal *terminal = seen(desk, "terminal-01");
    return terminal != NULL && terminal->act_count > 0 && terminal->acts[0].is_gone;
}

/* --- seeing ------------------------------------------------------------------------------------------ */

static bool is_at_field(struct hall_program *desk, const void *argument)
{
    const struct service_terminal *terminal = seen(desk, "terminal-01");
    return terminal != NULL && strcmp(terminal->field, argument) == 0 &&
           terminal->devices.printer == DEVICE_READY;
}

static bool is_printer_ready(struct hall_program *terminal, const void *argument)
{
    (void)argument;
    return services_devices(terminal->services)->printer == DEVICE_READY;
}

static void test_supervision__a_clerk_sees_step_field_and_devices_without_asking(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    hall_until(&scene->terminal, "the printer", is_printer_ready, NULL);
    hall_until(&scene->desk, "the field", is_at_field, "form.company");
    const struct service_terminal *terminal = seen(&scene->desk, "terminal-01");
    assert_string_equal("form", terminal->screen);
    assert_string_equal("01", terminal->machine);
    assert_true(terminal->visit[0] != 0 && terminal->visit_since_utc_s > 0);
    assert_int_equal(80, terminal->devices.paper_percent);
    assert_int_equal(75, terminal->devices.marker_percent);
    FEATURE("F133");
    assert_string_equal("张*丽", look(scene)->person);
}

/* --- acts -------------------------------------------------------------------------------------------- */

static void test_supervision__an_answered_call_ends_and_the_applicant_sees_help(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    hall_done(&scene->terminal, service_call_clerk(at_terminal(scene), true));
    assert_true(look(scene)->is_calling);
    act(scene, SERVICE_ACT_ANSWER, "");
    assert_false(look(scene)->is_calling);
    confirm(scene, SERVICE_ACT_ANSWER);
    assert_true(told(&scene->terminal)->is_helping);
    assert_false(services_visit(at_terminal(scene))->clerk_called);
    assert_string_equal("chen", look(scene)->helper);
    act(scene, SERVICE_ACT_LEAVE, "");
    confirm(scene, SERVICE_ACT_LEAVE);
    assert_false(told(&scene->terminal)->is_helping);
    assert_string_equal("", look(scene)->helper);
}

static void test_supervision__of_two_who_answer_the_first_has_the_call(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    hall_done(&scene->terminal, service_call_clerk(at_terminal(scene), true));
    struct service_act wish = act_for(scene, SERVICE_ACT_ANSWER);
    hall_program_stop(&scene->terminal); /* it cannot take the first answer meanwhile */
    hall_done(&scene->desk, service_desk_act(at_desk(scene), &wish));
    hall_refused(&scene->desk, service_desk_act(at_desk(scene), &wish), SERVICE_REASON_ALREADY_ANSWERED);
    hall_program_restart(&scene->terminal);
}

static void test_supervision__a_sentence_stands_until_it_was_read(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    struct service_act wish = act_for(scene, SERVICE_ACT_MESSAGE);
    hall_refused(&scene->desk,
                 service_desk_act(at_desk(scene), &(struct service_act){.terminal = "terminal-01",
                                                                        .kind = SERVICE_ACT_MESSAGE,
                                                                        .words = WORDS}),
                 SERVICE_REASON_VISIT_OVER);
    assert_int_equal(STATUS_MALFORMED,
                     hall_wait(&scene->desk, service_desk_act(at_desk(scene), &wish)).status);
    (void)text_copy(wish.words, sizeof(wish.words), WORDS);
    hall_done(&scene->desk, service_desk_act(at_desk(scene), &wish));
    assert_string_equal(WORDS, arrived(scene, SERVICE_ACT_MESSAGE)->words);
    assert_int_equal(STORE_SUPERVISION_TAKEN, newest(scene).state);
    confirm(scene, SERVICE_ACT_MESSAGE);
    assert_int_equal(0, told(&scene->terminal)->act_count);
    assert_int_equal(STORE_SUPERVISION_EFFECT, newest(scene).outcome);
    assert_string_equal("", newest(scene).words);
}

static void test_supervision__a_field_is_pointed_at_and_time_given(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    struct service_act wish = act_for(scene, SERVICE_ACT_POINT);
    (void)text_copy(wish.field, sizeof(wish.field), "credit_code");
    hall_done(&scene->desk, service_desk_act(at_desk(scene), &wish));
    assert_string_equal("credit_code", arrived(scene, SERVICE_ACT_POINT)->field);
    confirm(scene, SERVICE_ACT_POINT);
    act(scene, SERVICE_ACT_EXTEND, "");
    confirm(scene, SERVICE_ACT_EXTEND);
    assert_int_equal(STORE_SUPERVISION_EFFECT, newest(scene).outcome);
}

static void test_supervision__a_locked_visit_waits_for_the_clerk(void **state)
{
    struct hall_scene *scene = *state;
    const bool yes = true;
    const bool no = false;
    begin(scene);
    struct service_act wish = act_for(scene, SERVICE_ACT_LOCK);
    assert_int_equal(STATUS_MALFORMED,
                     hall_wait(&scene->desk, service_desk_act(at_desk(scene), &wish)).status);
    act(scene, SERVICE_ACT_LOCK, "device");
    hall_until(&scene->terminal, "the lock", is_locked, &yes);
    assert_string_equal("device", told(&scene->terminal)->lock_reason);
    assert_true(look(scene)->is_locked);
    act(scene, SERVICE_ACT_UNLOCK, "");
    hall_until(&scene->terminal, "the end of the lock", is_locked, &no);
    confirm(scene, SERVICE_ACT_UNLOCK);
    assert_false(look(scene)->is_locked);
}

static void test_supervision__an_ended_visit_leaves_the_order_as_it_was(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    act(scene, SERVICE_ACT_END, "left");
    confirm(scene, SERVICE_ACT_END);
    hall_leave(&scene->terminal);
    hall_done(&scene->terminal, service_presence(at_terminal(scene), "welcome", ""));
    assert_string_equal("", look(scene)->visit);
    assert_string_equal("left", newest(scene).reason);
    assert_int_equal(ORDER_STATE_DRAFT, hall_scene_look(scene)->order.state);
}

static void test_supervision__out_of_service_outlives_a_restart_until_it_is_taken_back(void **state)
{
    struct hall_scene *scene = *state;
    const bool yes = true;
    const bool no = false;
    begin(scene);
    act(scene, SERVICE_ACT_CLOSE, "paper");
    hall_until(&scene->terminal, "the closing", is_closed, &yes);
    hall_leave(&scene->terminal);
    assert_true(told(&scene->terminal)->is_closed);
    hall_program_stop(&scene->terminal);
    hall_program_restart(&scene->terminal);
    hall_until(&scene->terminal, "the closing after a restart", is_closed, &yes);
    assert_string_equal("paper", told(&scene->terminal)->closed_reason);
    assert_true(look(scene)->is_closed);
    act(scene, SERVICE_ACT_REOPEN, "");
    hall_until(&scene->terminal, "the reopening", is_closed, &no);
    assert_false(look(scene)->is_closed);
}

/* --- what stops an act ------------------------------------------------------------------------------- */

static void test_supervision__nobody_acts_without_signing_in(void **state)
{
    struct hall_scene *scene = *state;
    const struct service_act wish = {
        .terminal = "terminal-01", .kind = SERVICE_ACT_CLOSE, .reason = "device"};
    hall_done(&scene->terminal, service_presence(at_terminal(scene), "welcome", ""));
    assert_int_equal(STATUS_BAD_STATE,
                     hall_wait(&scene->desk, service_desk_act(at_desk(scene), &wish)).status);
    assert_false(told(&scene->terminal)->is_closed);
}

static void test_supervision__an_act_on_a_visit_that_is_over_is_refused(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    struct service_act wish = act_for(scene, SERVICE_ACT_EXTEND);
    hall_leave(&scene->terminal);
    hall_done(&scene->terminal, service_presence(at_terminal(scene), "welcome", ""));
    hall_refused(&scene->desk, service_desk_act(at_desk(scene), &wish), SERVICE_REASON_VISIT_OVER);
    hall_done(&scene->terminal, service_presence(at_terminal(scene), "product", ""));
    hall_refused(&scene->desk, service_desk_act(at_desk(scene), &wish), SERVICE_REASON_VISIT_OVER);
    assert_int_equal(0, told(&scene->terminal)->act_count);
}

static void test_supervision__a_silent_terminal_is_not_acted_on(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    struct service_act wish = act_for(scene, SERVICE_ACT_EXTEND);
    hall_program_stop(&scene->terminal);
    hall_pass(&scene->hall, 60);
    hall_refused(&scene->desk, service_desk_act(at_desk(scene), &wish), SERVICE_REASON_TERMINAL_SILENT);
    hall_program_restart(&scene->terminal);
}

static void test_supervision__a_visit_that_ends_first_makes_the_act_void(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    act(scene, SERVICE_ACT_EXTEND, "");
    (void)arrived(scene, SERVICE_ACT_EXTEND);
    hall_leave(&scene->terminal);
    hall_done(&scene->terminal, service_presence(at_terminal(scene), "welcome", ""));
    hall_run(&scene->terminal, 600);
    hall_until(&scene->desk, "the void act", is_gone, NULL);
    assert_int_equal(STORE_SUPERVISION_GONE, newest(scene).outcome);
    assert_false(told(&scene->terminal)->is_helping);
}

static void test_supervision__a_terminal_killed_before_the_effect_makes_the_act_void(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    act(scene, SERVICE_ACT_LOCK, "device");
    hall_until(&scene->terminal, "the lock", is_locked, &(const bool){true});
    hall_program_stop(&scene->terminal);
    assert_int_equal(STORE_SUPERVISION_TAKEN, newest(scene).state);
    hall_program_restart(&scene->terminal);
    hall_run(&scene->terminal, 600);
    assert_int_equal(STORE_SUPERVISION_GONE, newest(scene).outcome);
    assert_false(told(&scene->terminal)->is_locked);
    hall_done(&scene->terminal, service_order_open(at_terminal(scene), scene->order.id));
}

static void test_supervision__who_did_what_where_and_why_is_in_the_audit(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    act(scene, SERVICE_ACT_END, "left");
    hall_done(&scene->desk,
              service_desk_audit(at_desk(scene), &(struct service_audit_filter){.rows = 100}, true));
    const struct service_desk *view = services_desk(at_desk(scene));
    bool found = false;
    for (size_t i = 0; i < view->audit.count; i++)
        found = found || (strcmp(view->audit.rows[i].action, "supervision.end") == 0 &&
                          strcmp(view->audit.rows[i].actor, "chen") == 0 &&
                          strstr(view->audit.rows[i].detail, "terminal-01 left") != NULL);
    assert_true(found);
    assert_true(view->audit_chains.holds);
}

static void test_supervision__the_audit_is_narrowed_and_a_row_tells_its_order(void **state)
{
    struct hall_scene *scene = *state;
    struct service_audit_filter filter = {.kind = "supervision", .actor = "chen", .rows = 1};
    const struct service_desk *view = services_desk(at_desk(scene));
    begin(scene);
    act(scene, SERVICE_ACT_LOCK, "check");
    act(scene, SERVICE_ACT_END, "left");
    hall_done(&scene->desk, service_desk_audit(at_desk(scene), &filter, false));
    size_t all = view->audit.total;
    assert_true(all > 1 && view->audit.count == 1);
    assert_string_equal("chen", view->audit.rows[0].actor);
    filter.first = all - 1;
    filter.until_utc_ms = view->audit.until_utc_ms;
    hall_done(&scene->desk, service_desk_audit(at_desk(scene), &filter, false));
    assert_int_equal(1, view->audit.count);
    assert_string_equal("desk-01", view->audit.rows[0].writer);
    filter = (struct service_audit_filter){.kind = "order", .rows = 5};
    hall_done(&scene->desk, service_desk_audit(at_desk(scene), &filter, false));
    const struct service_audit_line line = view->audit.rows[0];
    assert_int_not_equal(0, line.acceptance[0]);
    hall_done(&scene->desk, service_desk_audit_row(at_desk(scene), &line));
    assert_true(view->audit_row.holds);
    assert_string_equal(line.order_id, view->audit_row.order.id);
    assert_true(view->audit_row.history_count > 1);
    (void)text_copy(filter.writer, sizeof(filter.writer), "desk-01");
    hall_done(&scene->desk, service_desk_audit(at_desk(scene), &filter, false));
    assert_int_equal(0, view->audit.total);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, hall_scene_teardown)
    const struct CMUnitTest tests[] = {
        T(test_supervision__a_clerk_sees_step_field_and_devices_without_asking),
        T(test_supervision__an_answered_call_ends_and_the_applicant_sees_help),
        T(test_supervision__of_two_who_answer_the_first_has_the_call),
        T(test_supervision__a_sentence_stands_until_it_was_read),
        T(test_supervision__a_field_is_pointed_at_and_time_given),
        T(test_supervision__a_locked_visit_waits_for_the_clerk),
        T(test_supervision__an_ended_visit_leaves_the_order_as_it_was),
        T(test_supervision__out_of_service_outlives_a_restart_until_it_is_taken_back),
        T(test_supervision__nobody_acts_without_signing_in),
        T(test_supervision__an_act_on_a_visit_that_is_over_is_refused),
        T(test_supervision__a_silent_terminal_is_not_acted_on),
        T(test_supervision__a_visit_that_ends_first_makes_the_act_void),
        T(test_supervision__a_terminal_killed_before_the_effect_makes_the_act_void),
        T(test_supervision__the_audit_is_narrowed_and_a_row_tells_its_order),
        T(test_supervision__who_did_what_where_and_why_is_in_the_audit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
