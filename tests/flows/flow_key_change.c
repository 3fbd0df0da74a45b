/* Operations on a certificate that exists: unlocked with a new PIN at once, revoked for a reason; killed
 * anywhere, refused where the key or the form is somebody else's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/store/store_change.h"
#include "kiosk/store/store_claim.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_subject.h"
#include "tests/support/feature.h"
#include "tests/support/hall_renewal.h"
#include "tests/support/robot_visit.h"

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

static uint64_t act(struct hall_scene *scene)
{
    return service_change_run(scene->terminal.services);
}

/* An approved order of this operation about the certificate of scene->order, opened at the terminal. */
static void approve(struct hall_scene *scene, const char *operation, const char *reason, struct order *out)
{
    hall_order_make_of(&scene->hall, "ezca-cqzfcg", operation, ORDER_STATE_ACTING, out);
    hall_renewal_set_subject(scene, out->id, reason);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, out->id));
}

/* --- which certificate ------------------------------------------------------------------------------- */

static void open_form(struct hall_scene *scene, const char *operation)
{
    const struct product *product = catalogue_find(scene->hall.catalogue, "ezca-cqzfcg");
    services_choose(scene->terminal.services, product, product_find_operation(product, operation),
                    "supplier");
    hall_done(&scene->terminal, service_order_create(scene->terminal.services));
    hall_visit_fill(&scene->terminal);
}

static uint64_t complete(struct hall_scene *scene)
{
    hall_done(&scene->terminal, service_order_save(scene->terminal.services));
    return service_order_event(scene->terminal.services, ORDER_EVENT_FORM_COMPLETED);
}

static void test_change__the_form_finds_the_certificate_it_names(void **state)
{
    struct hall_scene *scene = *state;
    struct store_subject subject = {0};
    hall_renewal_make_key(scene, "key-1");
    services_choose_reason(scene->terminal.services, "");
    open_form(scene, "revoke");
    hall_done(&scene->terminal, complete(scene));
    struct store *store = hall_store(&scene->hall, "watcher");
    assert_int_equal(STATUS_OK, store_subject_load(store, hall_scene_visit(scene)->order.id, &subject, NULL));
    store_close(store);
    assert_string_equal(hall_renewal_certificate(scene), subject.request_id);
    assert_int_equal(ORDER_STATE_PRINTING, hall_scene_visit(scene)->order.state);
}

static void test_change__a_form_without_a_certificate_is_refused(void **state)
{
    struct hall_scene *scene = *state;
    open_form(scene, "unlock"); /* whose PIN nobody here could give anew */
    hall_refused(&scene->terminal, complete(scene), SERVICE_REASON_NO_CERTIFICATE);
    assert_int_equal(ORDER_STATE_DRAFT, hall_scene_visit(scene)->order.state);
}

/* A certificate of another hall: its papers are taken in, the clerk sees to it at the authority. */
static void test_change__a_certificate_that_was_not_made_here_is_revoked_by_its_papers(void **state)
{
    struct hall_scene *scene = *state;
    struct hall_order_sum sum;
    services_choose_reason(scene->terminal.services, "");
    open_form(scene, "revoke");
    hall_done(&scene->terminal, complete(scene));
    assert_int_equal(ORDER_STATE_PRINTING, hall_scene_visit(scene)->order.state);
    hall_leave(&scene->terminal);
    hall_order_make_of(&scene->hall, "ezca-cqzfcg", "revoke", ORDER_STATE_REVIEWING, &scene->order);
    hall_desk_open(&scene->desk, "chen", scene->order.id);
    assert_true(services_desk(scene->desk.services)->opened.is_elsewhere);
    hall_desk_approve(&scene->desk);
    hall_pass(&scene->hall, 600); /* the undo time, and the lease of who made it */
    hall_until_stored(&scene->desk, scene->order.id, ORDER_STATE_DONE);
    hall_order_sum(&scene->hall, scene->order.id, &sum);
    assert_int_equal(0, hall_order_acts(&sum)); /* the authority was asked for nothing */
}

static void test_change__a_form_that_names_another_than_the_key_is_refused(void **state)
{
    struct hall_scene *scene = *state;
    hall_renewal_make_key(scene, "key-1");
    hall_done(&scene->terminal, service_key_read(scene->terminal.services));
    open_form(scene, "unlock");
    assert_int_equal(STATUS_OK, form_values_set(services_values(scene->terminal.services), "company",
                                                "重庆另一家科技有限公司"));
    hall_refused(&scene->terminal, complete(scene), SERVICE_REASON_SUBJECT_DIFFERS);
    assert_int_equal(STATUS_OK, form_values_set(services_values(scene->terminal.services), "company",
                                                "重庆示例科技有限公司"));
    hall_done(&scene->terminal, complete(scene));
}

static void test_change__of_several_certificates_the_key_says_which(void **state)
{
    struct hall_scene *scene = *state;
    hall_renewal_make_key(scene, "key-1");
    hall_renewal_make_key(scene, "key-2");
    open_form(scene, "unlock");
    hall_refused(&scene->terminal, complete(scene), SERVICE_REASON_CERTIFICATES_MANY);
    hall_leave(&scene->terminal);
    hall_done(&scene->terminal, service_key_read(scene->terminal.services));
    open_form(scene, "unlock");
    hall_done(&scene->terminal, complete(scene));
    assert_int_equal(ORDER_STATE_PRINTING, hall_scene_visit(scene)->order.state);
}

/* --- unlocking --------------------------------------------------------------------------------------- */

static void finish_unlocking(struct hall_scene *scene, struct order *order)
{
    assert_int_equal(ORDER_STATE_PIN, hall_scene_visit(scene)->order.state);
    hall_visit_pin(&scene->terminal);
    assert_int_equal(STATUS_OK, hall_scene_try_pin(scene, HALL_PIN));
    hall_visit_take(&scene->terminal);
    struct hall_order_sum sum;
    hall_order_sum(&scene->hall, order->id, &sum);
    assert_int_equal(ORDER_STATE_DONE, sum.order.state);
    assert_int_equal(0, hall_order_acts(&sum));
    assert_int_equal(STORE_CERTIFICATE_CONFIRMED, hall_renewal_state(scene));
    assert_int_equal(0, authority_fake_counts(scene->hall.ca).revoked);
}

static void test_change__a_locked_key_gets_its_holders_new_pin(void **state)
{
    struct hall_scene *scene = *state;
    struct order order;
    hall_renewal_make_key(scene, "key-1");
    token_fake_lock(hall_scene_writer(scene));
    assert_int_equal(STATUS_BAD_STATE, hall_scene_try_pin(scene, HALL_PIN));
    approve(scene, "unlock", "", &order);
    hall_done(&scene->terminal, act(scene));
    finish_unlocking(scene, &order);
}

static void test_change__unlocking_pulled_before_and_after_goes_on(void **state)
{
    struct hall_scene *scene = *state;
    struct order order;
    hall_renewal_make_key(scene, "key-1");
    token_fake_lock(hall_scene_writer(scene));
    approve(scene, "unlock", "", &order);
    for (int after = 0; after < 2; after++) {
        token_fake_pull_at(hall_scene_writer(scene), 1, after == 1);
        hall_refused(&scene->terminal, act(scene), SERVICE_REASON_KEY_PULLED);
        hall_refused(&scene->terminal, act(scene), SERVICE_REASON_NO_KEY);
        token_fake_insert(hall_scene_writer(scene), "key-1");
    }
    hall_program_stop(&scene->terminal); /* killed with its intention open */
    hall_program_restart(&scene->terminal);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, order.id));
    hall_done(&scene->terminal, act(scene));
    finish_unlocking(scene, &order);
}

static void test_change__another_key_is_not_unlocked(void **state)
{
    struct hall_scene *scene = *state;
    struct order order;
    hall_renewal_make_key(scene, "key-2");
    hall_renewal_make_key(scene, "key-1");
    token_fake_insert(hall_scene_writer(scene), "key-2");
    token_fake_lock(hall_scene_writer(scene));
    approve(scene, "unlock", "", &order);
    hall_refused(&scene->terminal, act(scene), SERVICE_REASON_KEY_OTHER);
    assert_int_equal(STATUS_BAD_STATE, hall_scene_try_pin(scene, HALL_PIN));
    token_fake_insert(hall_scene_writer(scene), "key-1");
    hall_done(&scene->terminal, act(scene));
    finish_unlocking(scene, &order);
}

static void test_change__another_halls_key_is_refused_clearly(void **state)
{
    struct hall_scene *scene = *state;
    struct secret so = {0}, user = {0};
    struct token_identity made;
    struct token_info info;
    struct order order;
    hall_renewal_make_key(scene, "key-1");
    token_fake_insert(hall_scene_writer(scene), "foreign");
    assert_int_equal(STATUS_OK, token_look(scene->hall.tokens[0], &info, NULL));
    assert_int_equal(STATUS_OK, secret_set(&so, "somebodys-so-pin", 16));
    assert_int_equal(STATUS_OK, secret_set(&user, "654123", 6));
    struct token_format format = {.so_pin = &so, .transport_pin = &user};
    token_mark_draw(random_system(), format.mark);
    assert_int_equal(STATUS_OK, token_format(scene->hall.tokens[0], &info.identity, &format, &made, NULL));
    approve(scene, "unlock", "", &order);
    hall_refused(&scene->terminal, act(scene), SERVICE_REASON_KEY_FOREIGN);
    assert_int_equal(STATUS_OK, hall_scene_try_pin(scene, "654123"));
}

/* --- revoking ---------------------------------------------------------------------------------------- */

static void assert_revoked(struct hall_scene *scene, const struct order *order)
{
    struct hall_order_sum sum;
    hall_order_sum(&scene->hall, order->id, &sum);
    assert_int_equal(ORDER_STATE_DONE, sum.order.state);
    assert_int_equal(0, hall_order_acts(&sum));
    assert_int_equal(STORE_CERTIFICATE_REVOKED, hall_renewal_state(scene));
    assert_int_equal(1, authority_fake_counts(scene->hall.ca).revoked);
}

static void test_change__an_approved_revocation_is_carried_out(void **state)
{
    struct hall_scene *scene = *state;
    struct order order;
    hall_renewal_make_key(scene, "key-1");
    approve(scene, "revoke", "compromised", &order);
    struct service_reply reply = hall_wait(&scene->terminal, act(scene));
    assert_true(reply.status == STATUS_OK || reply.status == STATUS_BAD_STATE); /* the sweep may be first */
    hall_until_stored(&scene->terminal, order.id, ORDER_STATE_DONE);
    assert_revoked(scene, &order);
    hall_leave(&scene->terminal);
    hall_done(&scene->terminal, service_key_read(scene->terminal.services));
    assert_int_equal(SERVICE_HOLDER_REVOKED, hall_scene_visit(scene)->holder.state);
}

static void test_change__a_lost_answer_revokes_once(void **state)
{
    struct hall_scene *scene = *state;
    struct order order;
    hall_renewal_make_key(scene, "key-1");
    authority_fake_script(scene->hall.ca)->offline = true;
    approve(scene, "revoke", "ended", &order);
    struct service_reply reply = hall_wait(&scene->terminal, act(scene));
    assert_int_equal(SERVICE_REASON_AUTHORITY_SILENT, reply.reason);
    assert_int_equal(ORDER_STATE_ACTING, hall_scene_visit(scene)->order.state);
    hall_leave(&scene->terminal); /* the applicant has gone */
    authority_fake_script(scene->hall.ca)->lose_reply_times = 1;
    authority_fake_script(scene->hall.ca)->offline = false;
    hall_run(&scene->terminal, 500);
    hall_pass(&scene->hall, 600); /* leases have run out */
    hall_until_stored(&scene->desk, order.id, ORDER_STATE_DONE);
    assert_revoked(scene, &order);
}

/* --- by two at once ---------------------------------------------------------------------------------- */

enum { BEGUN_MAX = 8, LOOKS_MS = 300, HISTORY_MAX = 64 };

/* How often a revocation was begun for the order, and the newest one. */
static size_t begun(struct hall_scene *scene, const char *order_id, struct store_intention *newest)
{
    struct store_intention all[BEGUN_MAX];
    size_t count = 0, found = 0;
    struct store *store = hall_store(&scene->hall, "watcher");
    assert_int_equal(STATUS_OK,
                     store_intention_list_order(store, order_id, false, all, BEGUN_MAX, &count, NULL));
    store_close(store);
    for (size_t i = 0; i < count; i++) {
        if (all[i].kind != STORE_INTENTION_REVOKE_CERTIFICATE)
            continue;
        found++;
        *newest = all[i];
    }
    return found;
}

static void test_change__terminal_and_desk_at_once_begin_and_revoke_once(void **state)
{
    struct hall_scene *scene = *state;
    struct store_intention intention;
    struct order order;
    hall_renewal_make_key(scene, "key-1");
    hall_order_make_of(&scene->hall, "ezca-cqzfcg", "revoke", ORDER_STATE_REVIEWING, &order);
    hall_renewal_set_subject(scene, order.id, "ended");
    hall_desk_open(&scene->desk, "chen", order.id);
    hall_desk_approve(&scene->desk); /* from now on both look for it in every round */
    hall_until_stored(&scene->desk, order.id, ORDER_STATE_DONE);
    hall_run(&scene->terminal, LOOKS_MS);
    assert_revoked(scene, &order);
    assert_int_equal(1, begun(scene, order.id, &intention));
    assert_string_equal("{\"outcome\":\"revoked\"}", intention.result);
}

static void step(struct store *store, struct order *order, enum order_event event,
                 const struct order_steps *steps)
{
    struct order_transition transition;
    assert_int_equal(STATUS_OK, order_apply(order, event, steps, &transition));
    order_enter(order, &transition, store_now_utc_s(store));
    assert_int_equal(STATUS_OK, store_order_apply(store, order, &transition, NULL));
}

/* A third program has the approved order; while it stores what it did, the others, who have found the order
 * waiting, wait for its claim. */
static void test_change__who_found_it_waiting_and_comes_late_begins_nothing(void **state)
{
    struct hall_scene *scene = *state;
    struct store_intention intention;
    struct order order;
    const struct product *product = catalogue_find(scene->hall.catalogue, "ezca-cqzfcg");
    const struct order_steps *steps = &product_find_operation(product, "revoke")->steps;
    hall_renewal_make_key(scene, "key-1");
    hall_order_make_of(&scene->hall, "ezca-cqzfcg", "revoke", ORDER_STATE_REVIEWING, &order);
    hall_renewal_set_subject(scene, order.id, "ended");
    struct store *third = hall_store(&scene->hall, "desk-03");
    assert_int_equal(STATUS_OK, store_claim_take(third, order.id, 60, NULL));
    step(third, &order, ORDER_EVENT_APPROVED, steps);
    assert_int_equal(ORDER_STATE_ACTING, order.state);
    assert_int_equal(STATUS_OK, store_begin(third, NULL));
    hall_pass(&scene->hall, scene->hall.settings->intention_retry_s); /* the next round begins */
    hall_run(&scene->terminal, LOOKS_MS);
    assert_int_equal(STATUS_OK, store_certificate_step(third, hall_renewal_certificate(scene),
                                                       STORE_CERTIFICATE_CONFIRMED, STORE_CERTIFICATE_REVOKED,
                                                       NULL, NULL));
    step(third, &order, ORDER_EVENT_ACTED, steps);
    assert_int_equal(STATUS_OK, store_claim_release(third, order.id, NULL));
    assert_int_equal(STATUS_OK, store_end(third, STATUS_OK, NULL));
    store_close(third);
    hall_run(&scene->terminal, LOOKS_MS);
    assert_int_equal(0, begun(scene, order.id, &intention));
    assert_int_equal(0, authority_fake_counts(scene->hall.ca).revoked); /* nobody asks for what is done */
}

/* The journal has the row with which it ended. */
static void assert_journalled(struct hall_scene *scene, const char *intention_id, const char *end)
{
    static struct store_change rows[HISTORY_MAX];
    size_t count = 0, found = 0;
    struct store *store = hall_store(&scene->hall, "watcher");
    struct store_intention row;
    assert_int_equal(STATUS_OK, store_intention_load(store, intention_id, &row, NULL));
    assert_int_equal(STATUS_OK,
                     store_change_list_order(store, row.order_id, 0, rows, HISTORY_MAX, &count, NULL));
    store_close(store);
    for (size_t i = 0; i < count; i++)
        found += strcmp(rows[i].subject, intention_id) == 0 && strcmp(rows[i].to, end) == 0;
    assert_int_equal(1, found);
}

static bool is_ended(struct hall_program *program, const void *argument)
{
    struct store_intention row;
    struct store *store = hall_store(program->hall, "watcher");
    bool is =
        store_intention_load(store, argument, &row, NULL) == STATUS_OK && row.state != STORE_INTENTION_OPEN;
    store_close(store);
    return is;
}

/* An intention of this kind that nobody ended, as of a program that was second; the terminal starts anew. */
static void leave_open(struct hall_scene *scene, const struct order *order, enum store_intention_kind kind,
                       const char *subject, char id[STORE_ID_BYTES])
{
    char arguments[128];
    hall_program_stop(&scene->terminal);
    struct store *store = hall_store(&scene->hall, "terminal-01");
    store_new_id(store, id);
    (void)snprintf(arguments, sizeof(arguments), "{\"subject\":\"%s\"}", subject);
    assert_int_equal(STATUS_OK, store_intention_begin(store, id, kind, order->id, arguments, 60, NULL));
    store_close(store);
    hall_program_restart(&scene->terminal);
    hall_until(&scene->terminal, "ended", is_ended, id);
}

static void test_change__what_was_left_open_about_a_revoked_certificate_ends_at_the_next_start(void **state)
{
    struct hall_scene *scene = *state;
    struct store_intention row;
    struct order order;
    char id[STORE_ID_BYTES];
    hall_renewal_make_key(scene, "key-1");
    hall_order_make_of(&scene->hall, "ezca-cqzfcg", "revoke", ORDER_STATE_ACTING, &order);
    hall_renewal_set_subject(scene, order.id, "ended");
    hall_until_stored(&scene->desk, order.id, ORDER_STATE_DONE);
    leave_open(scene, &order, STORE_INTENTION_REVOKE_CERTIFICATE, hall_renewal_certificate(scene), id);
    assert_revoked(scene, &order); /* once, and nothing is open */
    assert_int_equal(2, begun(scene, order.id, &row));
    assert_string_equal(id, row.id);
    assert_string_equal("{\"outcome\":\"revoked\"}", row.result);
    assert_journalled(scene, id, "done");
    leave_open(scene, &order, STORE_INTENTION_UNLOCK_KEY, scene->sum.key[0].mark, id);
    assert_journalled(scene, id, "failed");
}

static bool is_begun(struct hall_program *program, const void *argument)
{
    struct hall_order_sum sum;
    hall_order_sum(program->hall, argument, &sum);
    return sum.open > 0;
}

/* The authority has revoked it and its answer was lost; then two clerks end the order that asked for it. */
static void test_change__an_answer_lost_before_the_order_was_ended_is_asked_for(void **state)
{
    struct hall_scene *scene = *state;
    struct store_intention row;
    struct order order;
    hall_renewal_make_key(scene, "key-1");
    hall_add_supervisor(&scene->hall, "zhou");
    assert_int_equal(STATUS_OK, authority_revoke(scene->hall.authority, scene->sum.certificate[0].serial,
                                                 AUTHORITY_REASON_CESSATION, NULL));
    authority_fake_script(scene->hall.ca)->silent_revocations = 1000;
    hall_order_make_of(&scene->hall, "ezca-cqzfcg", "revoke", ORDER_STATE_ACTING, &order);
    hall_renewal_set_subject(scene, order.id, "ended");
    hall_until(&scene->terminal, "begun", is_begun, order.id);
    hall_desk_sign_in(&scene->desk, "chen");
    hall_done(&scene->desk, hall_desk_give_up(&scene->desk, order.id, "no answer", "zhou"));
    hall_until_stored(&scene->desk, order.id, ORDER_STATE_CLOSED);
    assert_int_equal(1, begun(scene, order.id, &row));
    hall_until(&scene->terminal, "ended", is_ended, row.id);
    assert_int_equal(1, begun(scene, order.id, &row));
    assert_string_equal("{\"outcome\":\"revoked\"}", row.result);
    assert_int_equal(STORE_CERTIFICATE_REVOKED, hall_renewal_state(scene));
}

/* --- holding ----------------------------------------------------------------------------------------- */

/* An order of a product whose guide knows holding, about the certificate. */
static void carry_out(struct hall_scene *scene, const char *product, const char *operation, struct order *out)
{
    hall_order_make_of(&scene->hall, product, operation, ORDER_STATE_ACTING, out);
    hall_renewal_set_subject(scene, out->id, "");
}

static void test_change__a_held_certificate_is_refused_until_it_is_released(void **state)
{
    struct hall_scene *scene = *state;
    struct order order;
    hall_renewal_make_key(scene, "key-1");
    carry_out(scene, "dfca-hnzj-unit", "suspend", &order);
    hall_until_stored(&scene->desk, order.id, ORDER_STATE_DONE); /* nobody need stand there */
    assert_int_equal(STORE_CERTIFICATE_HELD, hall_renewal_state(scene));
    assert_int_equal(1, authority_fake_counts(scene->hall.ca).revoked);
    hall_done(&scene->terminal, service_key_read(scene->terminal.services));
    assert_int_equal(SERVICE_HOLDER_HELD, hall_scene_visit(scene)->holder.state);
    carry_out(scene, "ezca-cqzfcg", "unlock", &order); /* a PIN is no way round the hold */
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, order.id));
    hall_refused(&scene->terminal, act(scene), SERVICE_REASON_KEY_UNFIT);
    hall_leave(&scene->terminal);
    carry_out(scene, "dfca-hnzj-unit", "resume", &order);
    hall_until_stored(&scene->desk, order.id, ORDER_STATE_DONE);
    assert_int_equal(STORE_CERTIFICATE_CONFIRMED, hall_renewal_state(scene));
    FEATURE("F053");
    FEATURE("F054");
    FEATURE("F188");
    assert_int_equal(0, authority_fake_counts(scene->hall.ca).revoked);
}

static void test_change__a_held_certificate_can_be_revoked_for_good(void **state)
{
    struct hall_scene *scene = *state;
    struct order order;
    hall_renewal_make_key(scene, "key-1");
    carry_out(scene, "dfca-hnzj-unit", "suspend", &order);
    hall_until_stored(&scene->desk, order.id, ORDER_STATE_DONE);
    carry_out(scene, "ezca-cqzfcg", "revoke", &order);
    hall_until_stored(&scene->desk, order.id, ORDER_STATE_DONE);
    assert_revoked(scene, &order);
}

/* --- through the screens ----------------------------------------------------------------------------- */

static void end_screens(struct robot *robot)
{
    assert_int_equal(0, robot_faults(robot));
    robot_close(robot);
}

static void test_change__at_the_screens_a_locked_key_is_unlocked(void **state)
{
    struct hall_scene *scene = *state;
    struct robot robot;
    struct robot_visit visit = {.robot = &robot};
    hall_renewal_make_key(scene, "key-1");
    token_fake_lock(hall_scene_writer(scene));
    robot_visit_open_holder(&robot, &scene->terminal, "key-1");
    robot_until_text(&robot, "已锁死，先办解锁");
    robot_tap(&robot, "operation.unlock");
    robot_tap(&robot, "bar.next");
    robot_until_screen(&robot, "login"); /* the PIN cannot be asked */
    robot_visit_login(&visit);
    robot_visit_agree(&visit);
    robot_visit_form(&visit);
    robot_visit_print(&visit);
    robot_visit_scan(&visit);
    robot_visit_identity(&visit, &scene->desk);
    token_fake_pull(hall_scene_writer(scene));
    robot_visit_review_to(&visit, &scene->desk, "acting");
    robot_until_text(&robot, "没有插入 Key");
    robot_look(&robot, "acting-no-key");
    token_fake_insert(hall_scene_writer(scene), "key-1");
    robot_until_screen(&robot, "pin");
    robot_visit_pin(&visit);
    robot_until_text(&robot, "Key 已解锁");
    robot_look(&robot, "unlocked");
    robot_visit_take(&visit);
    token_fake_insert(hall_scene_writer(scene), "key-1");
    FEATURE("F047");
    assert_int_equal(STATUS_OK, hall_scene_try_pin(scene, HALL_PIN));
    end_screens(&robot);
}

static void test_change__at_the_screens_a_certificate_is_revoked_for_a_reason(void **state)
{
    struct hall_scene *scene = *state;
    struct robot robot;
    struct robot_visit visit = {.robot = &robot};
    hall_renewal_make_key(scene, "key-1");
    robot_visit_open_holder(&robot, &scene->terminal, "key-1");
    robot_tap(&robot, "operation.revoke");
    robot_tap(&robot, "bar.next");
    robot_until_screen(&robot, "key");
    robot_visit_type_pin(&robot);
    robot_tap(&robot, "bar.next");
    robot_visit_read(&robot);
    robot_until_screen(&robot, "heed");
    assert_false(robot_can_tap(&robot, "bar.next"));
    robot_tap(&robot, "warning.0");
    assert_false(robot_can_tap(&robot, "bar.next"));
    robot_tap(&robot, "reason.compromised");
    robot_look(&robot, "heed");
    robot_tap(&robot, "bar.next");
    robot_until_screen(&robot, "form");
    robot_visit_form(&visit);
    robot_visit_print(&visit);
    robot_visit_scan(&visit);
    robot_visit_identity(&visit, &scene->desk);
    robot_visit_review_to(&visit, &scene->desk, "done");
    robot_until_text(&robot, "证书已注销");
    robot_look(&robot, "revoked");
    assert_int_equal(STORE_CERTIFICATE_REVOKED, hall_renewal_state(scene));
    FEATURE("F043");
    FEATURE("F048");
    FEATURE("F051");
    assert_int_equal(1, authority_fake_counts(scene->hall.ca).revoked);
    end_screens(&robot);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, hall_scene_teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_change__the_form_finds_the_certificate_it_names),
        TEST(test_change__a_form_without_a_certificate_is_refused),
        TEST(test_change__a_certificate_that_was_not_made_here_is_revoked_by_its_papers),
        TEST(test_change__a_form_that_names_another_than_the_key_is_refused),
        TEST(test_change__of_several_certificates_the_key_says_which),
        TEST(test_change__a_locked_key_gets_its_holders_new_pin),
        TEST(test_change__unlocking_pulled_before_and_after_goes_on),
        TEST(test_change__another_key_is_not_unlocked),
        TEST(test_change__another_halls_key_is_refused_clearly),
        TEST(test_change__an_approved_revocation_is_carried_out),
        TEST(test_change__a_lost_answer_revokes_once),
        TEST(test_change__terminal_and_desk_at_once_begin_and_revoke_once),
        TEST(test_change__who_found_it_waiting_and_comes_late_begins_nothing),
        TEST(test_change__what_was_left_open_about_a_revoked_certificate_ends_at_the_next_start),
        TEST(test_change__an_answer_lost_before_the_order_was_ended_is_asked_for),
        TEST(test_change__a_held_certificate_is_refused_until_it_is_released),
        TEST(test_change__a_held_certificate_can_be_revoked_for_good),
        TEST(test_change__at_the_screens_a_locked_key_is_unlocked),
        TEST(test_change__at_the_screens_a_certificate_is_revoked_for_a_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
