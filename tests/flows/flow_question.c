/* The holder's question: kept as a hash, asked again before a later order goes on, and set anew at a clerk's
 * word when the answer is forgotten. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/services/service_question.h"
#include "kiosk/store/store_field.h"
#include "kiosk/store/store_inner.h"
#include "kiosk/store/store_subject.h"
#include "kiosk/store/store_verification.h"
#include "tests/support/feature.h"
#include "tests/support/form_sample.h"
#include "tests/support/hall_scene.h"
#include "tests/support/robot_desk.h"
#include "tests/support/robot_visit.h"

#define PRODUCT "dfca-hnzj-person"
#define ANSWER "妈妈"
#define WRONG "爸爸"
#define FRESH "长沙"

enum { TRIES = 5 };

static struct robot robot, desk;
static struct order made; /* the order that made the certificate */

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

static struct services *at(struct hall_scene *scene)
{
    return scene->terminal.services;
}

static const struct product *product_of(struct hall_scene *scene)
{
    return catalogue_find(scene->hall.catalogue, PRODUCT);
}

static const char *question_of(struct hall_scene *scene, size_t index)
{
    const struct product *product = product_of(scene);
    const struct form *form = product_operation_form(product, product_find_operation(product, "new"));
    return form_find(form, product->verification_question)->options[index];
}

/* The person fills in this operation's form, with this answer. */
static void fill_in(struct hall_scene *scene, const char *operation_id, const char *answer)
{
    const struct product *product = product_of(scene);
    const struct product_operation *operation = product_find_operation(product, operation_id);
    struct form_values values;
    services_choose(at(scene), product, operation, product->classes[0].id);
    hall_done(&scene->terminal, service_order_create(at(scene)));
    form_sample_make(product_operation_form(product, operation), &values);
    assert_int_equal(STATUS_OK, form_values_set(&values, product->verification_answer, answer));
    form_values_wipe(services_values(at(scene)));
    assert_int_equal(STATUS_OK, form_values_copy(services_values(at(scene)), &values));
    hall_done(&scene->terminal, service_order_save(at(scene)));
    form_values_wipe(&values);
}

static uint64_t complete(struct hall_scene *scene)
{
    return service_order_event(at(scene), ORDER_EVENT_FORM_COMPLETED);
}

/* A certificate on a key, of an order whose applicant chose the first question. */
static void certify(struct hall_scene *scene)
{
    const struct product *product = product_of(scene);
    const struct product_operation *operation = product_find_operation(product, "new");
    struct form_values values;
    const struct hall_order_choice choice = {product, operation, product->classes[0].id, &values};
    struct store *store = hall_store(&scene->hall, "maker");
    form_sample_make(product_operation_form(product, operation), &values);
    hall_order_make_with(&scene->hall, &choice, ORDER_STATE_ISSUING, &made);
    assert_int_equal(STATUS_OK,
                     store_verification_put(store, made.id, question_of(scene, 0), ANSWER, NULL, NULL));
    store_close(store);
    hall_done(&scene->terminal, service_order_open(at(scene), made.id));
    token_fake_insert(hall_scene_writer(scene), "key-1");
    hall_visit_issue(&scene->terminal);
    hall_visit_pin(&scene->terminal);
    hall_visit_take(&scene->terminal);
    hall_leave(&scene->terminal);
    token_fake_pull(hall_scene_writer(scene));
    form_values_wipe(&values);
}

/* The key is lost, and somebody who says to be its holder asks for another one. */
static void lose_key(struct hall_scene *scene, const char *answer)
{
    certify(scene);
    hall_visit_login(&scene->terminal);
    fill_in(scene, "recover", answer);
}

/* The same, and the question stands before the person. */
static void be_asked(struct hall_scene *scene)
{
    lose_key(scene, WRONG);
    hall_refused(&scene->terminal, complete(scene), SERVICE_REASON_QUESTION_WRONG);
    assert_true(hall_scene_visit(scene)->question.is_asked);
}

static bool is_answer(struct hall_scene *scene, const char *answer)
{
    const struct store_verification_limits limits = {.tries = 100, .lock_s = 1};
    struct store_verification_verdict verdict = {0};
    struct store *store = hall_store(&scene->hall, "watcher");
    assert_int_equal(STATUS_OK, store_verification_check(store, made.id, answer, &limits, &verdict, NULL));
    store_close(store);
    return verdict.outcome == STORE_VERIFICATION_RIGHT;
}

static void read_field(struct hall_scene *scene, const char *order_id, struct buf *out)
{
    struct store *store = hall_store(&scene->hall, "watcher");
    buf_init(out, 256);
    assert_int_equal(STATUS_OK,
                     store_field_get(store, order_id, product_of(scene)->verification_answer, out, NULL));
    store_close(store);
}

/* --- kept and asked ---------------------------------------------------------------------------------- */

static void test_question__the_answer_is_kept_as_a_hash_alone(void **state)
{
    struct hall_scene *scene = *state;
    struct buf field;
    hall_visit_login(&scene->terminal);
    fill_in(scene, "new", "  " ANSWER " ");
    hall_done(&scene->terminal, complete(scene));
    made = hall_scene_visit(scene)->order;
    assert_int_equal(ORDER_STATE_PRINTING, made.state);
    read_field(scene, made.id, &field);
    assert_string_equal(SERVICE_QUESTION_KEPT, (const char *)field.data);
    buf_wipe(&field);
    FEATURE("F078");
    assert_true(is_answer(scene, ANSWER));
    assert_false(is_answer(scene, WRONG));
    hall_done(&scene->terminal, service_order_event(at(scene), ORDER_EVENT_FORM_REOPENED));
    hall_done(&scene->terminal, complete(scene)); /* what was kept need not be typed again */
    assert_true(is_answer(scene, ANSWER));
}

/* The form is reopened, another question is chosen, and nobody touches the answer. */
static void test_question__another_question_wants_another_answer(void **state)
{
    struct hall_scene *scene = *state;
    const struct product *product = product_of(scene);
    hall_visit_login(&scene->terminal);
    fill_in(scene, "new", ANSWER);
    hall_done(&scene->terminal, complete(scene));
    made = hall_scene_visit(scene)->order;
    hall_done(&scene->terminal, service_order_event(at(scene), ORDER_EVENT_FORM_REOPENED));
    assert_int_equal(STATUS_OK, form_values_set(services_values(at(scene)), product->verification_question,
                                                question_of(scene, 1)));
    hall_done(&scene->terminal, service_order_save(at(scene)));
    hall_refused(&scene->terminal, complete(scene), SERVICE_REASON_FORM_FAULTY);
    assert_string_equal("", form_values_get(services_values(at(scene)), product->verification_answer));
    hall_refused(&scene->terminal, complete(scene), SERVICE_REASON_FORM_FAULTY);
    assert_int_equal(STATUS_OK,
                     form_values_set(services_values(at(scene)), product->verification_answer, FRESH));
    hall_done(&scene->terminal, service_order_save(at(scene)));
    hall_done(&scene->terminal, complete(scene));
    assert_true(is_answer(scene, FRESH));
    struct store_verification kept = {0};
    struct store *store = hall_store(&scene->hall, "watcher");
    assert_int_equal(STATUS_OK, store_verification_load(store, made.id, &kept, NULL));
    store_close(store);
    FEATURE("F078");
    assert_string_equal(question_of(scene, 1), kept.question);
}

/* The form's value cannot be written: the answer's hash is not there either, and is written the next time. */
static void test_question__hash_and_bullets_are_written_together(void **state)
{
    struct hall_scene *scene = *state;
    struct store_verification kept = {0};
    struct store *store = hall_store(&scene->hall, "breaker");
    char trigger[256];
    hall_visit_login(&scene->terminal);
    fill_in(scene, "new", ANSWER);
    made = hall_scene_visit(scene)->order;
    (void)snprintf(trigger, sizeof(trigger),
                   "CREATE TRIGGER broken BEFORE UPDATE ON field WHEN NEW.name = '%s' BEGIN SELECT"
                   " RAISE(ABORT, 'broken'); END",
                   product_of(scene)->verification_answer);
    assert_int_equal(STATUS_OK, db_exec(store->db, trigger, DB_NONE, NULL, NULL));
    struct service_reply reply = hall_wait(&scene->terminal, complete(scene));
    assert_int_not_equal(STATUS_OK, reply.status);
    assert_int_equal(STATUS_NOT_FOUND, store_verification_load(store, made.id, &kept, NULL));
    assert_int_equal(STATUS_OK, db_exec(store->db, "DROP TRIGGER broken", DB_NONE, NULL, NULL));
    store_close(store);
    hall_done(&scene->terminal, complete(scene));
    assert_true(is_answer(scene, ANSWER));
}

static void test_question__a_copy_takes_no_answer_along(void **state)
{
    struct hall_scene *scene = *state;
    hall_visit_login(&scene->terminal);
    fill_in(scene, "new", ANSWER);
    hall_done(&scene->terminal, complete(scene));
    made = hall_scene_visit(scene)->order;
    hall_leave(&scene->terminal);
    hall_pass(&scene->hall, 61);
    hall_visit_login(&scene->terminal);
    hall_done(&scene->terminal, service_order_list(at(scene)));
    hall_done(&scene->terminal, service_order_record(at(scene), made.id));
    services_choose_copy(at(scene));
    hall_done(&scene->terminal, service_order_create(at(scene)));
    assert_string_equal("",
                        form_values_get(services_values(at(scene)), product_of(scene)->verification_answer));
    assert_string_not_equal("", form_values_get(services_values(at(scene)), "user_name"));
}

static void test_question__a_renewal_takes_the_right_answer_alone(void **state)
{
    struct hall_scene *scene = *state;
    struct order order;
    struct form_values values;
    struct store_subject subject = {0};
    const struct product *product = product_of(scene);
    const struct product_operation *operation = product_find_operation(product, "renew");
    const struct hall_order_choice choice = {product, operation, product->classes[0].id, &values};
    certify(scene);
    form_sample_make(product_operation_form(product, operation), &values);
    assert_int_equal(STATUS_OK, form_values_set(&values, product->verification_answer, WRONG));
    hall_order_make_with(&scene->hall, &choice, ORDER_STATE_DRAFT, &order);
    hall_order_sum(&scene->hall, made.id, &scene->sum);
    struct store *store = hall_store(&scene->hall, "maker");
    assert_int_equal(STATUS_OK, store_subject_put(store, order.id, scene->sum.certificate[0].request_id,
                                                  subject.reason, NULL));
    store_close(store);
    hall_done(&scene->terminal, service_order_open(at(scene), order.id));
    struct service_reply wrong = hall_wait(&scene->terminal, complete(scene));
    assert_int_equal(SERVICE_REASON_QUESTION_WRONG, wrong.reason);
    assert_int_equal(TRIES - 1, wrong.number);
    assert_string_equal(question_of(scene, 0), hall_scene_visit(scene)->question.question);
    assert_int_equal(ORDER_STATE_DRAFT, hall_scene_visit(scene)->order.state);
    assert_int_equal(STATUS_OK,
                     form_values_set(services_values(at(scene)), product->verification_answer, ANSWER));
    hall_done(&scene->terminal, service_order_save(at(scene)));
    FEATURE("F078");
    hall_done(&scene->terminal, complete(scene));
    assert_int_equal(ORDER_STATE_PRINTING, hall_scene_visit(scene)->order.state);
    form_values_wipe(&values);
}

/* From the form's last page to the page of the question. */
static void reach_question(struct hall_scene *scene)
{
    robot_open_wide(&robot, &scene->terminal);
    robot_until_screen(&robot, "form");
    robot_visit_known(&robot);
    for (int page = 0; strcmp(ui_screen_name(robot.ui), "form") == 0; page++) {
        assert_true(page < 40);
        robot_tap(&robot, "bar.next");
        if (!robot_can_tap(&robot, "bar.next"))
            robot_until_screen(&robot, "question");
    }
    robot_until_screen(&robot, "question");
}

static void end(struct robot *one)
{
    unsigned faults = robot_faults(one);
    robot_close(one);
    assert_int_equal(0, faults);
}

static void test_question__at_the_screens_a_lost_key_asks_it(void **state)
{
    struct hall_scene *scene = *state;
    lose_key(scene, WRONG);
    reach_question(scene);
    assert_true(robot_shows(&robot, question_of(scene, 0)));
    assert_true(robot_shows(&robot, "验证答案不对，还可以试 4 次"));
    robot_fill(&robot, "question.answer", "不记得");
    robot_key(&robot, INPUT_KEY_ENTER, 0, 0);
    robot_until_text(&robot, "验证答案不对，还可以试 3 次");
    robot_fill(&robot, "question.answer", ANSWER);
    robot_key(&robot, INPUT_KEY_ENTER, 0, 0);
    FEATURE("F078");
    robot_until_screen(&robot, "print");
    end(&robot);
}

static void test_question__wrong_answers_lock_it_even_over_a_restart(void **state)
{
    struct hall_scene *scene = *state;
    be_asked(scene);
    char id[ORDER_ID_BYTES];
    (void)strcpy(id, hall_scene_visit(scene)->order.id);
    for (int left = TRIES - 2; left > 0; left--) {
        struct service_reply reply = hall_wait(&scene->terminal, service_question_answer(at(scene), WRONG));
        assert_int_equal(SERVICE_REASON_QUESTION_WRONG, reply.reason);
        assert_int_equal(left, reply.number);
    }
    hall_refused(&scene->terminal, service_question_answer(at(scene), WRONG), SERVICE_REASON_LOCKED);
    hall_program_stop(&scene->terminal);
    hall_program_restart(&scene->terminal);
    hall_done(&scene->terminal, service_order_open(at(scene), id));
    struct service_reply locked = hall_wait(&scene->terminal, service_question_answer(at(scene), ANSWER));
    assert_int_equal(SERVICE_REASON_LOCKED, locked.reason);
    assert_true(locked.number > 0);
    hall_refused(&scene->terminal, complete(scene), SERVICE_REASON_LOCKED);
    hall_pass(&scene->hall, 901);
    hall_done(&scene->terminal, service_question_answer(at(scene), ANSWER));
    hall_done(&scene->terminal, complete(scene));
}

/* --- forgotten --------------------------------------------------------------------------------------- */

/* The agent's number, as it stands on the card. */
static const char *number_of(struct hall_scene *scene)
{
    return form_values_get(services_values(at(scene)), "agent_id");
}

static void test_question__a_clerk_who_saw_the_card_lets_it_be_set_anew(void **state)
{
    struct hall_scene *scene = *state;
    char number[24], proof[8];
    lose_key(scene, WRONG);
    (void)strcpy(number, number_of(scene));
    reach_question(scene);
    robot_tap(&robot, "question.forgotten");
    robot_until_screen(&robot, "reset");
    (void)robot_until(&robot, "reset.code");
    assert_false(robot_can_tap(&robot, "bar.next")); /* nothing can be set before */
    assert_false(robot_can_tap(&robot, "bar.back"));
    robot_desk_take_reset(&desk, scene);
    assert_false(robot_can_tap(&desk, "reset.grant"));
    robot_desk_grant(&desk, "110101199003070361"); /* another person's card */
    robot_until_text(&desk, "和登记的身份证号不一致，还可以试 2 次");
    robot_desk_grant(&desk, number);
    robot_desk_read_proof(&desk, scene, proof);
    end(&desk);
    robot_pass(&robot, 2000);
    (void)robot_until(&robot, "reset.proof");
    assert_false(robot_can_tap(&robot, "bar.back")); /* nobody goes into the holder's visit */
    assert_false(robot_can_tap(&robot, "reset.question.2"));
    robot_fill(&robot, "reset.proof", proof);
    robot_key(&robot, INPUT_KEY_ENTER, 0, 0);
    (void)robot_until(&robot, "reset.question.2");
    robot_tap(&robot, "reset.question.2");
    robot_fill(&robot, "reset.answer", FRESH);
    robot_key(&robot, INPUT_KEY_ENTER, 0, 0);
    robot_tap(&robot, "bar.next");
    robot_until_screen(&robot, "print");
    end(&robot);
    assert_true(is_answer(scene, FRESH));
    assert_false(is_answer(scene, ANSWER));
    assert_true(hall_scene_has_audit(scene, "reset.answer-wrong", "chen"));
    assert_true(hall_scene_has_audit(scene, "reset.answer-grant", "chen"));
    FEATURE("F079");
    assert_true(hall_scene_has_audit(scene, "verification.reset", "chen"));
}

static void test_question__without_a_clerk_nothing_is_set_anew(void **state)
{
    struct hall_scene *scene = *state;
    be_asked(scene);
    struct services *services = at(scene);
    hall_refused(&scene->terminal, service_reset_answer(services, "?", FRESH), SERVICE_REASON_RESET_OVER);
    hall_done(&scene->terminal, service_reset_ask(services, SERVICE_RESET_ANSWER, ""));
    hall_refused(&scene->terminal, service_reset_answer(services, "?", FRESH), SERVICE_REASON_RESET_OVER);
    char id[ORDER_ID_BYTES];
    (void)strcpy(id, hall_scene_visit(scene)->reset.id);
    const char *number = number_of(scene);
    struct service_reply nobody =
        hall_wait(&scene->desk, service_desk_reset(scene->desk.services, id, number));
    assert_int_equal(STATUS_BAD_STATE, nobody.status); /* no clerk has signed in */
    hall_desk_sign_in(&scene->desk, "chen");
    hall_done(&scene->desk, service_desk_reset(scene->desk.services, id, "")); /* refused */
    hall_done(&scene->terminal, service_reset_look(services));
    assert_int_equal(SERVICE_RESET_IS_REFUSED, hall_scene_visit(scene)->reset.state);
    hall_refused(&scene->terminal, service_reset_answer(services, "?", FRESH), SERVICE_REASON_RESET_OVER);
    hall_refused(&scene->desk, service_desk_reset(scene->desk.services, id, number), SERVICE_REASON_CHANGED);
    assert_true(is_answer(scene, ANSWER));
}

static void test_question__what_was_granted_is_good_once_and_for_a_while(void **state)
{
    struct hall_scene *scene = *state;
    be_asked(scene);
    struct services *services = at(scene);
    char proof[8];
    hall_desk_sign_in(&scene->desk, "chen");
    for (int round = 0; round < 2; round++) {
        hall_done(&scene->terminal, service_reset_ask(services, SERVICE_RESET_ANSWER, ""));
        hall_done(&scene->desk, service_desk_reset(scene->desk.services, hall_scene_visit(scene)->reset.id,
                                                   number_of(scene)));
        (void)strcpy(proof, services_desk(scene->desk.services)->resets[0].proof);
        hall_done(&scene->terminal, service_reset_prove(services, proof));
        if (round == 0)
            hall_pass(&scene->hall, 601);
        if (round == 0)
            hall_refused(&scene->terminal, service_reset_answer(services, "?", FRESH),
                         SERVICE_REASON_RESET_OVER);
    }
    hall_done(&scene->terminal, service_reset_answer(services, question_of(scene, 1), FRESH));
    assert_true(is_answer(scene, FRESH));
    hall_refused(&scene->terminal, service_reset_answer(services, "?", ANSWER), SERVICE_REASON_RESET_OVER);
    assert_true(is_answer(scene, FRESH));
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test_question__##test, setup, hall_scene_teardown)
    const struct CMUnitTest tests[] = {
        T(the_answer_is_kept_as_a_hash_alone),        T(another_question_wants_another_answer),
        T(hash_and_bullets_are_written_together),     T(a_copy_takes_no_answer_along),
        T(a_renewal_takes_the_right_answer_alone),    T(at_the_screens_a_lost_key_asks_it),
        T(wrong_answers_lock_it_even_over_a_restart), T(a_clerk_who_saw_the_card_lets_it_be_set_anew),
        T(without_a_clerk_nothing_is_set_anew),       T(what_was_granted_is_good_once_and_for_a_while),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
