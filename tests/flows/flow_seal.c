/* Main locks and further ones, samples of seals, and the electronic seal on the key: at the real screens of
 * applicant and clerk, and through kills. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/desk/desk_list.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_sample.h"
#include "kiosk/store/store_wish.h"
#include "tests/support/feature.h"
#include "tests/support/form_sample.h"
#include "tests/support/hall_order.h"
#include "tests/support/hall_printed.h"
#include "tests/support/hall_seal.h"
#include "tests/support/robot_visit.h"

static const char *const three_sealed_years[] = {"years.3", "seal.yes"};
static const struct robot_visit sealed = {.product = "gxca-suqian-unit",
                                          .class_id = "unit",
                                          .answers = robot_gxca_unit,
                                          .answer_count = ROBOT_GXCA_UNIT,
                                          .wishes = three_sealed_years,
                                          .wish_count = 2};

static int setup(void **state)
{
    return hall_setup(state, TEST_SOURCE_DIR);
}

/* --- a sealed order at the screens --------------------------------------------------------------------- */

struct scene {
    struct hall_program terminal, desk;
    struct robot *robot;
    struct robot_visit visit;
};

static void scene_begin(struct scene *scene, struct hall *hall)
{
    scene->visit = sealed;
    scene->robot = calloc(1, sizeof(*scene->robot));
    assert_non_null(scene->robot);
    hall_add_clerk(hall, "chen");
    hall_program_start(&scene->terminal, hall, 1, "terminal-01");
    hall_program_start(&scene->desk, hall, 0, "desk-01");
}

/* The applicant has filled in the form. */
static void scene_form(struct scene *scene)
{
    robot_open_wide(scene->robot, &scene->terminal);
    scene->visit.robot = scene->robot;
    robot_visit_choose(&scene->visit);
    robot_visit_login(&scene->visit);
    robot_visit_agree(&scene->visit);
    robot_visit_form(&scene->visit);
}

static void scene_end(struct scene *scene)
{
    robot_close(scene->robot);
    free(scene->robot);
    hall_program_end(&scene->desk);
    hall_program_end(&scene->terminal);
}

/* --- main locks and further ones --------------------------------------------------------------------- */

/* At the real desk the clerk makes it a main lock; the applicant's terminal carries it out. */
static void say_main(struct hall_program *desk, const struct hall_program *terminal)
{
    struct robot *robot = calloc(1, sizeof(*robot));
    const struct service_visit *visit = services_visit(terminal->services);
    assert_non_null(robot);
    hall_desk_open(desk, "chen", visit->order.id);
    robot_open_wide(robot, desk);
    ui_reset(robot->ui, DESK_REVIEW, NULL);
    robot_until_screen(robot, "review");
    robot_until_text(robot, "副锁（已有 1 支），改为主锁");
    robot_tap(robot, "review.lock");
    robot_until_text(robot, "主锁，改为副锁");
    robot_close(robot);
    free(robot);
}

static void test_seal__a_units_second_key_is_a_further_lock_until_the_clerk_says_main(void **state)
{
    struct hall *hall = *state;
    struct scene scene;
    scene_begin(&scene, hall);
    hall_seal_make_first_key(hall, &scene.terminal);
    const struct service_visit *view = services_visit(scene.terminal.services);
    struct robot *robot = scene.robot;
    scene_form(&scene);
    robot_until_text(robot, "已有主锁，这支是副锁，不带电子签章");
    FEATURE("F035");
    assert_int_equal(view->lock.role, SERVICE_LOCK_SECONDARY);
    assert_int_equal(view->order.amount_fen, 35000); /* 150 + 2 x 100, and no seal */
    robot_visit_print(&scene.visit);
    robot_visit_scan(&scene.visit);
    robot_visit_identity(&scene.visit, &scene.desk);
    say_main(&scene.desk, &scene.terminal);
    robot_run(robot, 600);
    assert_int_equal(view->lock.role, SERVICE_LOCK_MAIN);
    assert_true(view->lock.by_clerk && view->wish.seal);
    assert_int_equal(view->order.amount_fen, 65000);
    robot_visit_review(&scene.visit, &scene.desk);
    hall_refused(&scene.desk, service_desk_lock(scene.desk.services, false), SERVICE_REASON_CHANGED);
    assert_int_equal(robot_faults(robot), 0);
    scene_end(&scene);
}

/* --- samples and the electronic seal ----------------------------------------------------------------- */

static void scan_sheet(struct robot *robot, size_t ticked, size_t blank, const char *button, const char *says)
{
    struct hall_program *program = robot->program;
    hall_glass_lay(&program->glass,
                   hall_sheet_samples(program->hall, &services_visit(program->services)->order, "application",
                                      ticked, blank));
    robot_tap(robot, button);
    robot_until_text(robot, says);
}

/* A page of the case is missed out: nothing is approved before the seal was on the clerk's screen. */
static void assert_unseen_seal_is_not_approved(struct hall_program *desk, const char *order_id)
{
    const struct service_desk *view = services_desk(desk->services);
    hall_desk_sign_in(desk, "chen");
    hall_done(desk, service_desk_case(desk->services, order_id));
    for (size_t i = 0; i < view->opened.page_count; i++)
        if (view->opened.pages[i].state != SERVICE_PAGE_MISSING &&
            strcmp(view->opened.pages[i].paper, SERVICE_SAMPLES_PAPER) != 0)
            hall_done(desk, service_desk_page(desk->services, view->opened.pages[i].paper, 200));
    hall_desk_see_fields(desk->services, desk->hall->catalogue);
    hall_refused(desk, service_desk_approve(desk->services), SERVICE_REASON_PAGES_UNSEEN);
}

/* The clerk looks at what was cut out and at the seal made of it, and approves it with the order. */
static void approve_seal(struct hall_program *desk, const char *order_id)
{
    struct robot *robot = calloc(1, sizeof(*robot));
    assert_non_null(robot);
    assert_unseen_seal_is_not_approved(desk, order_id);
    robot_open_wide(robot, desk);
    ui_reset(robot->ui, DESK_REVIEW, NULL);
    robot_until_screen(robot, "review");
    robot_tap(robot, "page." SERVICE_SAMPLES_PAPER);
    robot_until_text(robot, "图样 35.");
    robot_run(robot, 600);
    robot_picture(robot, "desk-samples");
    assert_int_equal(robot_faults(robot), 0);
    robot_close(robot);
    free(robot);
    hall_desk_approve(desk);
}

static void test_seal__the_stamp_that_is_chosen_becomes_the_seal_a_clerk_approves(void **state)
{
    struct hall *hall = *state;
    struct scene scene;
    scene_begin(&scene, hall);
    const struct service_visit *view = services_visit(scene.terminal.services);
    struct robot *robot = scene.robot;
    scene_form(&scene);
    robot_visit_print(&scene.visit);
    scan_sheet(robot, 0, 2, "bar.next", "采集框里有空的");
    assert_int_equal(view->pages[0].state, SERVICE_PAGE_POOR);
    scan_sheet(robot, 0, 0, "scan.again", "这一页合格，已保存");
    assert_int_equal(view->sample_count, 6);
    robot_tap(robot, "bar.next");
    robot_until_text(robot, "选最清楚的一枚印章");
    robot_tap(robot, "sample.1");
    FEATURE("F121");
    robot_until_text(robot, "已选第 2 个");
    robot_visit_samples(robot);
    robot_visit_scan(&scene.visit);
    assert_true(view->samples[1].is_chosen && view->samples[1].is_settled && !view->samples[0].is_chosen);
    assert_in_range((int64_t)view->samples[1].width_mm, 34, 36);
    robot_visit_identity(&scene.visit, &scene.desk);
    approve_seal(&scene.desk, view->order.id);
    robot_until_screen(robot, "pay");
    FEATURE("F123");
    assert_true(view->samples[1].is_approved && !view->samples[0].is_approved);
    robot_visit_pay(&scene.visit, "key-1");
    robot_visit_issue(&scene.visit);
    FEATURE("F161");
    hall_seal_assert(hall, "seal", view->issue.serial);
    hall_seal_assert(hall, "legal-signature", view->issue.serial);
    assert_int_equal(hall_seal_count(hall), 9);
    scene_end(&scene);
}

/* Nobody pays for a seal there is nothing to make of: not asked for by a clerk, not approved. */
static void test_seal__a_seal_without_a_picture_is_neither_decided_nor_approved(void **state)
{
    struct hall *hall = *state;
    struct hall_program desk;
    struct order order;
    struct store_lock lock;
    hall_add_clerk(hall, "chen");
    hall_program_start(&desk, hall, 0, "desk-01");
    hall_seal_make_wished(hall, 1, ORDER_STATE_REVIEWING, &order);
    hall_seal_put_lock(hall, order.id, STORE_LOCK_SECONDARY, "");
    hall_desk_open(&desk, "chen", order.id);
    hall_refused(&desk, service_desk_lock(desk.services, true), SERVICE_REASON_SEAL_MISSING);
    hall_seal_put_lock(hall, order.id, STORE_LOCK_MAIN, "");
    hall_desk_open(&desk, "chen", order.id);
    hall_refused(&desk, service_desk_approve(desk.services), SERVICE_REASON_SEAL_MISSING);
    hall_seal_put_stamp(hall, "watcher", order.id, false);
    hall_desk_open(&desk, "chen", order.id);
    hall_refused(&desk, service_desk_approve(desk.services), SERVICE_REASON_SEAL_MISSING);
    FEATURE("F123");
    hall_seal_put_stamp(hall, "watcher", order.id, true);
    hall_desk_open(&desk, "chen", order.id);
    hall_desk_approve(&desk);
    hall_until_stored(&desk, order.id, ORDER_STATE_PAYING);
    hall_seal_load_lock(hall, order.id, &lock, &order);
    assert_int_equal(lock.role, STORE_LOCK_MAIN);
    assert_int_equal(order.amount_fen, 25000);
    hall_program_end(&desk);
}

/* Should one have been paid all the same, the key is not handed over as if it were there. */
static void test_seal__a_key_without_the_seal_that_was_paid_is_not_ready(void **state)
{
    struct hall *hall = *state;
    struct hall_program terminal;
    struct order order;
    hall_program_start(&terminal, hall, 1, "terminal-01");
    hall_seal_make_wished(hall, 1, ORDER_STATE_ISSUING, &order);
    hall_done(&terminal, service_order_open(terminal.services, order.id));
    token_fake_insert(hall->writers[0], "key-1");
    struct service_reply reply = hall_wait(&terminal, service_issue_run(terminal.services, false));
    FEATURE("F161");
    assert_int_equal(reply.status, STATUS_REFUSED);
    assert_int_equal(services_visit(terminal.services)->order.state, ORDER_STATE_ISSUING);
    assert_int_equal(authority_fake_counts(hall->ca).confirmed, 0);
    hall_program_end(&terminal);
}

static bool is_further_lock(struct hall_program *desk, const void *id)
{
    struct store_lock lock;
    struct order order;
    hall_seal_load_lock(desk->hall, id, &lock, &order);
    return lock.role == STORE_LOCK_SECONDARY;
}

/* Both forms were complete before either was approved. The second approval has no effect: the clerk sees what
 * became of the order, and approves that. */
static void test_seal__of_two_orders_of_one_holder_one_is_the_main_lock(void **state)
{
    struct hall *hall = *state;
    struct hall_program desk;
    struct order first, second;
    struct store_lock lock;
    hall_add_clerk(hall, "chen");
    hall_program_start(&desk, hall, 0, "desk-01");
    hall_seal_make_wished(hall, 1, ORDER_STATE_REVIEWING, &first);
    hall_seal_make_wished(hall, 1, ORDER_STATE_REVIEWING, &second);
    hall_seal_put_lock(hall, first.id, STORE_LOCK_MAIN, "");
    hall_seal_put_lock(hall, second.id, STORE_LOCK_MAIN, "");
    hall_seal_put_stamp(hall, "watcher", first.id, true);
    hall_seal_put_stamp(hall, "watcher", second.id, true);
    hall_desk_open(&desk, "chen", first.id);
    hall_desk_approve(&desk);
    hall_until_stored(&desk, first.id, ORDER_STATE_PAYING);
    hall_desk_open(&desk, "chen", second.id);
    hall_desk_approve(&desk);
    hall_until(&desk, "the second one a further lock", is_further_lock, second.id);
    FEATURE("F035");
    hall_seal_load_lock(hall, second.id, &lock, &second);
    assert_int_equal(second.state, ORDER_STATE_REVIEWING);
    assert_int_equal(second.amount_fen, 15000);
    assert_int_equal(lock.earlier, 1);
    hall_desk_open(&desk, "chen", second.id);
    hall_desk_approve(&desk);
    hall_until_stored(&desk, second.id, ORDER_STATE_PAYING);
    hall_program_end(&desk);
}

/* What a clerk decided stays when the form is completed again for the same holder, and ends with another. */
static void test_seal__a_clerk_decides_about_one_holder(void **state)
{
    struct hall *hall = *state;
    struct hall_program terminal;
    struct order order;
    hall_program_start(&terminal, hall, 1, "terminal-01");
    hall_seal_make_wished(hall, 1, ORDER_STATE_DRAFT, &order);
    hall_seal_put_lock(hall, order.id, STORE_LOCK_SECONDARY, "chen"); /* about nobody the form names */
    hall_done(&terminal, service_order_open(terminal.services, order.id));
    const struct service_visit *view = services_visit(terminal.services);
    hall_done(&terminal, service_order_event(terminal.services, ORDER_EVENT_FORM_COMPLETED));
    FEATURE("F035");
    assert_int_equal(view->lock.role, SERVICE_LOCK_MAIN);
    assert_false(view->lock.by_clerk);
    hall_leave(&terminal);
    hall_seal_put_lock(hall, order.id, STORE_LOCK_SECONDARY, "chen");
    hall_done(&terminal, service_order_open(terminal.services, order.id));
    hall_done(&terminal, service_order_event(terminal.services, ORDER_EVENT_FORM_REOPENED));
    hall_done(&terminal, service_order_event(terminal.services, ORDER_EVENT_FORM_COMPLETED));
    assert_int_equal(view->lock.role, SERVICE_LOCK_SECONDARY);
    assert_true(view->lock.by_clerk);
    hall_program_end(&terminal);
}

/* The key is pulled at each call in turn, before or after it was done, and the program ends. */
static void test_seal__the_seal_is_on_the_key_once_however_often_it_is_killed(void **state)
{
    struct hall *hall = *state;
    struct hall_program terminal;
    struct order order;
    struct hall_order_sum sum;
    unsigned call = 1;
    hall_program_start(&terminal, hall, 1, "terminal-01");
    hall_seal_make_sealed(hall, 1, &order);
    const struct service_visit *view = services_visit(terminal.services);
    hall_done(&terminal, service_order_open(terminal.services, order.id));
    token_fake_insert(hall->writers[0], "key-1");
    for (; call < 40 && view->order.state == ORDER_STATE_ISSUING; call++) {
        token_fake_pull_at(hall->writers[0], call, call % 2 == 0);
        (void)hall_wait(&terminal, service_issue_run(terminal.services, false));
        hall_program_stop(&terminal);
        token_fake_insert(hall->writers[0], "key-1");
        hall_program_restart(&terminal);
        hall_done(&terminal, service_order_open(terminal.services, order.id));
        view = services_visit(terminal.services);
    }
    token_fake_pull_at(hall->writers[0], 0, false);
    assert_int_equal(view->order.state, ORDER_STATE_PIN);
    assert_in_range(call, 8, 39);
    FEATURE("F161");
    hall_seal_assert(hall, "seal", view->issue.serial);
    assert_int_equal(hall_seal_count(hall), 3);
    hall_visit_pin(&terminal);
    hall_visit_take(&terminal);
    hall_order_sum(hall, order.id, &sum);
    assert_int_equal(hall_order_acts(&sum), 0);
    hall_program_end(&terminal);
}

/* Of two keys the first is the main lock; the other carries no seal. A key without room for it says so. */
static void test_seal__a_further_lock_carries_no_seal(void **state)
{
    struct hall *hall = *state;
    struct hall_program terminal;
    struct order order;
    struct buf nothing;
    hall_program_start(&terminal, hall, 1, "terminal-01");
    hall_seal_make_sealed(hall, 2, &order);
    hall_done(&terminal, service_order_open(terminal.services, order.id));
    token_fake_insert(hall->writers[0], "key-1");
    hall_visit_issue(&terminal);
    assert_int_equal(hall_seal_count(hall), 3);
    struct secret pin = {0};
    assert_int_equal(secret_set(&pin, HALL_PIN, strlen(HALL_PIN)), STATUS_OK);
    hall_done(&terminal, service_pin_set(terminal.services, &pin));
    assert_int_equal(services_visit(terminal.services)->order.state, ORDER_STATE_ISSUING);
    token_fake_insert(hall->writers[0], "key-2");
    hall_visit_issue(&terminal);
    FEATURE("F161");
    assert_false(hall_seal_read(hall, "certkiosk seal", &nothing));
    assert_int_equal(hall_seal_count(hall), 0);
    buf_release(&nothing);
    hall_program_end(&terminal);
}

/* In three boxes, the third ticked: nothing is left to choose. */
static void test_seal__the_ticked_signature_is_the_chosen_one(void **state)
{
    struct hall *hall = *state;
    struct hall_program terminal;
    struct form_values values;
    struct order order;
    const struct product *product = catalogue_find(hall->catalogue, "gxca-suqian-person");
    const struct hall_order_choice choice = {product, product_find_operation(product, "new"),
                                             product->classes[0].id, &values};
    const struct store_wish wish = {.years = 1, .quantity = 1, .seal = true, .sub_kinds = ""};
    hall_program_start(&terminal, hall, 1, "terminal-01");
    form_sample_make(product_operation_form(product, choice.operation), &values);
    hall_order_make_with(hall, &choice, ORDER_STATE_SCANNING, &order);
    struct store *store = hall_store(hall, "watcher");
    assert_int_equal(store_wish_insert(store, order.id, &wish, NULL), STATUS_OK);
    store_close(store);
    hall_done(&terminal, service_order_open(terminal.services, order.id));
    const struct service_visit *view = services_visit(terminal.services);
    hall_glass_lay(&terminal.glass, hall_sheet_samples(hall, &order, "application", 3, 0));
    hall_done(&terminal, service_scan_page(terminal.services, "application"));
    FEATURE("F121");
    assert_int_equal(view->sample_count, 3);
    assert_true(view->samples[2].is_chosen && view->samples[2].is_settled);
    assert_false(view->samples[0].is_chosen || view->samples[1].is_chosen);
    hall_done(&terminal, service_sample_choose(terminal.services, "application", "signature_sample"));
    assert_true(view->samples[0].is_chosen && !view->samples[2].is_chosen);
    hall_refused(&terminal, service_sample_choose(terminal.services, "application", "elsewhere"),
                 SERVICE_REASON_CHANGED);
    hall_glass_lay(&terminal.glass, hall_sheet_samples(hall, &order, "application", 0, 2));
    hall_done(&terminal, service_scan_page(terminal.services, "application"));
    assert_int_equal(view->pages[0].state, SERVICE_PAGE_POOR);
    assert_string_equal(view->samples[1].fault, "blank");
    assert_true(view->samples[0].is_chosen && !view->samples[0].is_settled);
    form_values_wipe(&values);
    hall_program_end(&terminal);
}

/* What no key can keep is said at the scanner, not when the clerk wants to approve. */
static void test_seal__a_stamp_too_smeared_for_a_key_is_said_when_it_is_scanned(void **state)
{
    struct hall *hall = *state;
    struct hall_program terminal;
    struct order order;
    bool is_said = false;
    hall_program_start(&terminal, hall, 1, "terminal-01");
    hall_order_make_of(hall, "ezca-cqsb", "new", ORDER_STATE_SCANNING, &order);
    hall_done(&terminal, service_order_open(terminal.services, order.id));
    const struct service_visit *view = services_visit(terminal.services);
    hall_glass_lay(&terminal.glass, hall_sheet_smeared(hall, &order, "seal_sample"));
    hall_done(&terminal, service_scan_page(terminal.services, "seal_sample"));
    FEATURE("F123");
    assert_int_equal(view->pages[1].state, SERVICE_PAGE_POOR);
    for (size_t i = 0; i < view->pages[1].check_count; i++)
        is_said = is_said || strcmp(view->pages[1].checks[i].reason, "sample-unfit") == 0;
    assert_true(is_said);
    assert_string_equal(view->samples[0].fault, "unfit");
    hall_program_end(&terminal);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, hall_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_seal__a_units_second_key_is_a_further_lock_until_the_clerk_says_main),
        TEST(test_seal__the_stamp_that_is_chosen_becomes_the_seal_a_clerk_approves),
        TEST(test_seal__the_seal_is_on_the_key_once_however_often_it_is_killed),
        TEST(test_seal__a_further_lock_carries_no_seal),
        TEST(test_seal__a_seal_without_a_picture_is_neither_decided_nor_approved),
        TEST(test_seal__a_key_without_the_seal_that_was_paid_is_not_ready),
        TEST(test_seal__of_two_orders_of_one_holder_one_is_the_main_lock),
        TEST(test_seal__a_clerk_decides_about_one_holder),
        TEST(test_seal__the_ticked_signature_is_the_chosen_one),
        TEST(test_seal__a_stamp_too_smeared_for_a_key_is_said_when_it_is_scanned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
