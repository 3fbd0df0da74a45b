/* Review: a clerk decides once, may take it back, and gives back exactly what was wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/store/store_clerk.h"
#include "kiosk/store/store_decision.h"
#include "tests/support/feature.h"
#include "tests/support/hall_printed.h"
#include "tests/support/hall_scene.h"

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

static struct services *at_desk(struct hall_scene *scene)
{
    return scene->desk.services;
}

static void begin(struct hall_scene *scene)
{
    hall_order_begin(&scene->terminal, ORDER_STATE_REVIEWING, &scene->order);
}

/* Pages put by hall_order are no pictures: they count as seen once asked for, so the case is opened alone. */
static void open_case(struct hall_program *desk, const char *clerk, const char *order_id)
{
    struct secret password = {0};
    assert_int_equal(STATUS_OK, secret_set(&password, "zhanghao-2026", 13));
    hall_done(desk, service_desk_sign_in(desk->services, clerk, &password));
    hall_done(desk, service_desk_case(desk->services, order_id));
}

/* Real pages, so that a clerk can look at them. */
static void begin_with_pages(struct hall_scene *scene)
{
    hall_order_begin(&scene->terminal, ORDER_STATE_SCANNING, &scene->order);
    hall_visit_papers(&scene->terminal);
    hall_desk_identify(&scene->desk, "chen", scene->order.id);
    hall_desk_open(&scene->desk, "chen", scene->order.id);
}

static void add_item(struct order_rejections *items, enum order_item_kind kind, const char *item)
{
    struct order_rejection *added = &items->item[items->count++];
    added->kind = kind;
    (void)strcpy(added->item, item);
    (void)strcpy(added->reason, "照营业执照修改");
}

static void reject(struct hall_scene *scene, const struct order_rejections *items)
{
    hall_done(&scene->desk, service_desk_reject(at_desk(scene), items));
    hall_until_state(&scene->terminal, ORDER_STATE_REJECTED);
}

static void approve_again(struct hall_scene *scene)
{
    hall_desk_identify(&scene->desk, "chen", scene->order.id);
    hall_desk_open(&scene->desk, "chen", scene->order.id);
    hall_desk_approve(&scene->desk);
    hall_until_state(&scene->terminal, ORDER_STATE_PAYING);
}

static bool is_open_paper(const struct hall_program *terminal, const char *paper)
{
    const struct service_visit *visit = services_visit(terminal->services);
    for (size_t i = 0; i < visit->page_count; i++)
        if (strcmp(visit->pages[i].paper, paper) == 0)
            return visit->pages[i].is_open;
    return false;
}

static void test_review__approval_takes_effect_after_the_undo_time(void **state)
{
    struct hall_scene *scene = *state;
    begin_with_pages(scene);
    hall_desk_approve(&scene->desk);
    assert_int_equal(ORDER_STATE_REVIEWING, hall_scene_look(scene)->order.state);
    hall_until_state(&scene->terminal, ORDER_STATE_PAYING);
    hall_run(&scene->terminal, 1500);
    assert_int_equal(ORDER_STATE_PAYING, hall_scene_look(scene)->order.state);
}

static void test_review__nothing_is_approved_unseen(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    open_case(&scene->desk, "chen", scene->order.id);
    hall_refused(&scene->desk, service_desk_approve(at_desk(scene)), SERVICE_REASON_PAGES_UNSEEN);
    hall_run(&scene->desk, 1500);
    assert_int_equal(ORDER_STATE_REVIEWING, hall_scene_look(scene)->order.state);
}

static void test_review__an_undone_approval_has_no_effect(void **state)
{
    struct hall_scene *scene = *state;
    const int64_t usual_s = scene->hall.settings->review_undo_s;
    begin_with_pages(scene);
    scene->hall.settings->review_undo_s = 60; /* however slow the machine is */
    hall_desk_approve(&scene->desk);
    hall_done(&scene->desk, service_desk_undo(at_desk(scene)));
    assert_false(services_desk(at_desk(scene))->opened.decided);
    hall_pass(&scene->hall, 60);
    hall_run(&scene->desk, 1000);
    assert_int_equal(ORDER_STATE_REVIEWING, hall_scene_look(scene)->order.state);
    scene->hall.settings->review_undo_s = usual_s;
    hall_desk_approve(&scene->desk);
    hall_until_state(&scene->terminal, ORDER_STATE_PAYING);
    assert_int_not_equal(STATUS_OK, hall_wait(&scene->desk, service_desk_undo(at_desk(scene))).status);
}

static void test_review__of_two_clerks_the_first_decides(void **state)
{
    struct hall_scene *scene = *state;
    hall_add_clerk(&scene->hall, "wang");
    begin_with_pages(scene);
    hall_program_start(&scene->other, &scene->hall, 0, "desk-02");
    hall_desk_open(&scene->other, "wang", scene->order.id);
    hall_desk_approve(&scene->desk);
    struct order_rejections items = {0};
    add_item(&items, ORDER_ITEM_PAPER, "licence");
    hall_refused(&scene->other, service_desk_reject(scene->other.services, &items), SERVICE_REASON_CHANGED);
    hall_until_state(&scene->terminal, ORDER_STATE_PAYING);
    hall_refused(&scene->other, service_desk_approve(scene->other.services), SERVICE_REASON_CHANGED);
    assert_int_equal(ORDER_STATE_PAYING, hall_scene_look(scene)->order.state);
}

static void test_review__two_persons_sign_where_the_product_says_so(void **state)
{
    struct hall_scene *scene = *state;
    scene->hall.catalogue->products[0]->review_signers = 2;
    hall_add_clerk(&scene->hall, "wang");
    begin_with_pages(scene);
    assert_int_equal(2, services_desk(at_desk(scene))->opened.signers);
    assert_string_equal("", services_desk(at_desk(scene))->opened.signed_by);
    hall_desk_approve(&scene->desk);
    assert_true(services_desk(at_desk(scene))->opened.waits_second);
    hall_refused(&scene->desk, service_desk_approve(at_desk(scene)), SERVICE_REASON_STAGE_OTHER);
    hall_run(&scene->terminal, 2000);
    assert_int_equal(ORDER_STATE_REVIEWING, hall_scene_look(scene)->order.state);
    hall_program_start(&scene->other, &scene->hall, 0, "desk-02");
    hall_desk_open(&scene->other, "wang", scene->order.id);
    assert_string_equal("chen", services_desk(scene->other.services)->opened.signed_by);
    hall_desk_approve(&scene->other);
    assert_false(services_desk(scene->other.services)->opened.waits_second);
    hall_until_state(&scene->terminal, ORDER_STATE_PAYING);
    struct store *store = hall_store(&scene->hall, "watcher");
    struct store_decision decisions[4];
    struct store_decision_signer signers[4];
    size_t count = 0;
    assert_int_equal(STATUS_OK,
                     store_decision_list_order(store, scene->order.id, decisions, 4, &count, NULL));
    assert_int_equal(2, count); /* the identity check was the first */
    assert_int_equal(STATUS_OK, store_decision_signers(store, decisions[1].id, signers, 4, &count, NULL));
    assert_int_equal(2, count);
    assert_string_equal("chen", signers[0].name);
    FEATURE("F135");
    assert_string_equal("wang", signers[1].name);
    store_close(store);
}

/* As the operation's definition says it, nothing set for the test. */
static void test_review__acceptor_and_auditors_are_named_and_nobody_signs_twice(void **state)
{
    struct hall_scene *scene = *state;
    hall_add_clerk(&scene->hall, "lin");
    hall_add_clerk(&scene->hall, "wang");
    hall_order_make_of(&scene->hall, "dfca-hnzj-unit", "recover", ORDER_STATE_IDENTIFYING, &scene->order);
    hall_desk_identify(&scene->desk, "lin", scene->order.id);
    hall_desk_open(&scene->desk, "chen", scene->order.id);
    assert_int_equal(2, services_desk(at_desk(scene))->opened.signers);
    hall_desk_approve(&scene->desk);
    hall_refused(&scene->desk, service_desk_approve(at_desk(scene)), SERVICE_REASON_STAGE_OTHER);
    hall_desk_open(&scene->desk, "chen", scene->order.id); /* nor when the case is opened anew */
    assert_true(services_desk(at_desk(scene))->opened.is_barred);
    hall_refused(&scene->desk, service_desk_approve(at_desk(scene)), SERVICE_REASON_STAGE_OTHER);
    assert_int_equal(ORDER_STATE_REVIEWING, hall_scene_look(scene)->order.state);
    hall_desk_open(&scene->desk, "wang", scene->order.id);
    hall_desk_approve(&scene->desk);
    hall_until_stored(&scene->desk, scene->order.id, ORDER_STATE_ISSUING);
    hall_done(&scene->desk, service_desk_overview(at_desk(scene)));
    hall_done(&scene->desk, service_desk_receipt(at_desk(scene), scene->order.id));
    FEATURE("F139");
    assert_true(hall_printed(&scene->hall, "受理/审核lin/chen、wang"));
}

/* Three stages: two of anybody, the last of a supervisor. */
static const struct product_stage stages[] = {{"first", "初审", PRODUCT_STAGE_ROLE_ANY},
                                              {"second", "复核", PRODUCT_STAGE_ROLE_REVIEWER},
                                              {"last", "终审", PRODUCT_STAGE_ROLE_SUPERVISOR}};

static void begin_in_stages(struct hall_scene *scene)
{
    hall_add_supervisor(&scene->hall, "zhou");
    hall_add_clerk(&scene->hall, "wang");
    scene->hall.catalogue->products[0]->stages = stages;
    scene->hall.catalogue->products[0]->stage_count = 3;
    hall_order_make(&scene->hall, ORDER_STATE_REVIEWING, &scene->order);
}

static const struct service_case *open_as(struct hall_scene *scene, const char *clerk)
{
    service_desk_sign_out(at_desk(scene));
    hall_desk_open(&scene->desk, clerk, scene->order.id);
    return &services_desk(at_desk(scene))->opened;
}

static void test_review__stages_are_signed_in_their_order_each_by_whom_it_names(void **state)
{
    struct hall_scene *scene = *state;
    begin_in_stages(scene);
    assert_string_equal("初审", open_as(scene, "chen")->stage);
    hall_desk_approve(&scene->desk);
    assert_true(open_as(scene, "chen")->is_barred); /* never twice the same person */
    hall_refused(&scene->desk, service_desk_approve(at_desk(scene)), SERVICE_REASON_STAGE_OTHER);
    assert_false(services_desk(at_desk(scene))->is_supervisor);
    assert_true(open_as(scene, "zhou")->is_barred); /* a supervisor is no reviewer */
    assert_true(services_desk(at_desk(scene))->is_supervisor);
    hall_refused(&scene->desk, service_desk_approve(at_desk(scene)), SERVICE_REASON_STAGE_OTHER);
    assert_string_equal("复核", open_as(scene, "wang")->stage);
    assert_false(services_desk(at_desk(scene))->opened.is_barred);
    hall_desk_approve(&scene->desk);
    hall_pass(&scene->hall, 10);
    hall_run(&scene->desk, 300);
    assert_int_equal(ORDER_STATE_REVIEWING, hall_scene_look(scene)->order.state);
    const struct service_case *last = open_as(scene, "zhou");
    assert_string_equal("终审", last->stage);
    assert_string_equal("chen、wang", last->signed_by);
    FEATURE("F140");
    hall_desk_approve(&scene->desk);
    hall_pass(&scene->hall, 10);
    hall_until_stored(&scene->desk, scene->order.id, ORDER_STATE_PAYING);
}

/* The second stage is a supervisor's; two reviewers press at the same time, each before the other's signature
 * shows. */
static void test_review__two_who_press_at_once_sign_one_stage(void **state)
{
    static const struct product_stage two[] = {{"first", "初审", PRODUCT_STAGE_ROLE_ANY},
                                               {"last", "终审", PRODUCT_STAGE_ROLE_SUPERVISOR}};
    struct hall_scene *scene = *state;
    begin_in_stages(scene);
    scene->hall.catalogue->products[0]->stages = two;
    scene->hall.catalogue->products[0]->stage_count = 2;
    hall_program_start(&scene->other, &scene->hall, 0, "desk-02");
    (void)open_as(scene, "chen");
    hall_desk_open(&scene->other, "wang", scene->order.id);
    uint64_t first = service_desk_approve(at_desk(scene));
    uint64_t second = service_desk_approve(scene->other.services);
    bool is_first = hall_wait(&scene->desk, first).status == STATUS_OK;
    bool is_second = hall_wait(&scene->other, second).status == STATUS_OK;
    assert_true(is_first != is_second);
    struct store *store = hall_store(&scene->hall, "watcher");
    struct store_decision open;
    struct store_decision_signer signers[2];
    size_t count = 0;
    assert_int_equal(STATUS_OK, store_decision_load_open(store, scene->order.id, &open, NULL));
    assert_int_equal(STATUS_OK, store_decision_signers(store, open.id, signers, 2, &count, NULL));
    assert_int_equal(1, count);
    store_close(store);
}

/* Whoever has the case may send it back, whatever colleagues approved; then it begins anew. */
static void test_review__sent_back_at_a_later_stage_the_first_one_comes_again(void **state)
{
    struct hall_scene *scene = *state;
    struct order_rejections items = {.count = 1, .item = {{.kind = ORDER_ITEM_PAPER}}};
    begin_in_stages(scene);
    (void)open_as(scene, "chen");
    hall_desk_approve(&scene->desk);
    (void)open_as(scene, "wang");
    (void)strcpy(items.item[0].item, "licence");
    (void)strcpy(items.item[0].reason, "公章不清晰");
    hall_done(&scene->desk, service_desk_reject(at_desk(scene), &items));
    hall_pass(&scene->hall, 10);
    hall_until_stored(&scene->desk, scene->order.id, ORDER_STATE_REJECTED);
    hall_run(&scene->desk, 300);
    struct order again;
    hall_order_make(&scene->hall, ORDER_STATE_REVIEWING, &again);
    scene->order = again;
    assert_string_equal("初审", open_as(scene, "wang")->stage);
    assert_int_equal(0, services_desk(at_desk(scene))->opened.signatures);
}

static void test_review__a_case_that_changed_is_not_decided(void **state)
{
    struct hall_scene *scene = *state;
    begin_with_pages(scene);
    hall_done(&scene->terminal, service_order_event(scene->terminal.services, ORDER_EVENT_CANCELLED));
    hall_refused(&scene->desk, service_desk_approve(at_desk(scene)), SERVICE_REASON_CHANGED);
    assert_int_equal(ORDER_STATE_CANCELLED, hall_scene_look(scene)->order.state);
}

static void test_review__cancelled_within_the_undo_time_stays_cancelled(void **state)
{
    struct hall_scene *scene = *state;
    begin_with_pages(scene);
    hall_desk_approve(&scene->desk);
    hall_done(&scene->terminal, service_order_event(scene->terminal.services, ORDER_EVENT_CANCELLED));
    hall_run(&scene->desk, 2500);
    assert_int_equal(ORDER_STATE_CANCELLED, hall_scene_look(scene)->order.state);
}

static void test_review__a_rejected_paper_alone_comes_back(void **state)
{
    struct hall_scene *scene = *state;
    begin_with_pages(scene);
    struct order_rejections items = {0};
    add_item(&items, ORDER_ITEM_PAPER, "licence");
    reject(scene, &items);
    const struct service_visit *visit = services_visit(scene->terminal.services);
    assert_int_equal(1, visit->rejections.count);
    assert_string_equal("照营业执照修改", visit->rejections.item[0].reason);
    assert_true(is_open_paper(&scene->terminal, "licence"));
    assert_false(is_open_paper(&scene->terminal, "legal_id"));
    assert_false(is_open_paper(&scene->terminal, "application"));
    struct services *services = scene->terminal.services;
    hall_done(&scene->terminal, service_order_event(services, ORDER_EVENT_PAPERS_CORRECTING));
    hall_refused(&scene->terminal, service_order_event(services, ORDER_EVENT_SCANNED),
                 SERVICE_REASON_PAPERS_MISSING);
    hall_glass_lay(&scene->terminal.glass, hall_sheet_copy());
    assert_int_equal(STATUS_BAD_STATE,
                     hall_wait(&scene->terminal, service_scan_page(services, "legal_id")).status);
    hall_visit_papers(&scene->terminal);
    FEATURE("F136");
    assert_int_equal(0, services_visit(services)->rejections.count);
    approve_again(scene);
}

static void test_review__a_rejected_field_alone_may_be_changed(void **state)
{
    struct hall_scene *scene = *state;
    begin_with_pages(scene);
    struct order_rejections items = {0};
    add_item(&items, ORDER_ITEM_FIELD, "office_phone");
    reject(scene, &items);
    struct services *services = scene->terminal.services;
    hall_done(&scene->terminal, service_order_event(services, ORDER_EVENT_FORM_CORRECTING));
    assert_int_equal(ORDER_STATE_DRAFT, services_visit(services)->order.state);
    assert_int_equal(STATUS_OK, form_values_set(services_values(services), "office_phone", "023-63000000"));
    assert_int_equal(STATUS_OK, form_values_set(services_values(services), "legal_name", "王小明"));
    hall_done(&scene->terminal, service_order_save(services));
    hall_done(&scene->terminal, service_order_event(services, ORDER_EVENT_FORM_COMPLETED));
    assert_string_equal("023-63000000", form_values_get(services_values(services), "office_phone"));
    assert_string_equal("李大有", form_values_get(services_values(services), "legal_name"));
    hall_visit_print(&scene->terminal);
    assert_true(is_open_paper(&scene->terminal, "application"));
    assert_false(is_open_paper(&scene->terminal, "licence"));
    hall_visit_papers(&scene->terminal);
    approve_again(scene);
}

/* Else a kind of paper that is mended would ask for a number nobody may type. */
static void test_review__what_a_rejected_choice_decides_may_be_changed_with_it(void **state)
{
    (void)state;
    const char *const other[] = {"其它"};
    struct order_rejections items = {0};
    const struct form_field shown = {
        .id = "other", .shown_field = "type", .shown_when = other, .shown_when_count = 1};
    const struct form_field judged = {
        .id = "number", .kind_field = "type", .kind_when = other, .kind_when_count = 1};
    const struct form_field apart = {.id = "company"};
    add_item(&items, ORDER_ITEM_FIELD, "type");
    assert_true(service_field_is_open(&items, &shown));
    assert_true(service_field_is_open(&items, &judged));
    assert_false(service_field_is_open(&items, &apart));
    (void)strcpy(items.item[0].item, "company");
    assert_false(service_field_is_open(&items, &shown));
    assert_false(service_field_is_open(&items, &judged));
}

static void test_review__a_wrong_password_is_told_and_locks(void **state)
{
    struct hall_scene *scene = *state;
    struct secret wrong = {0};
    assert_int_equal(STATUS_OK, secret_set(&wrong, "not the password", 16));
    struct service_reply reply = {0};
    for (int i = 0; i < 8 && reply.reason != SERVICE_REASON_LOCKED; i++) {
        reply = hall_wait(&scene->desk, service_desk_sign_in(at_desk(scene), "chen", &wrong));
        assert_int_equal(STATUS_REFUSED, reply.status);
    }
    assert_int_equal(SERVICE_REASON_LOCKED, reply.reason);
    assert_true(reply.number > 0);
    assert_false(services_desk(at_desk(scene))->signed_in);
}

static void test_review__who_signed_out_decides_nothing(void **state)
{
    struct hall_scene *scene = *state;
    begin_with_pages(scene);
    service_desk_sign_out(at_desk(scene));
    assert_int_equal(STATUS_BAD_STATE,
                     hall_wait(&scene->desk, service_desk_case(at_desk(scene), scene->order.id)).status);
    assert_int_equal(ORDER_STATE_REVIEWING, hall_scene_look(scene)->order.state);
}

static bool sees_devices(struct hall_program *desk, const void *argument)
{
    const struct service_desk *view = services_desk(desk->services);
    (void)argument;
    return view->terminal_count == 1 && view->terminals[0].is_alive && view->terminals[0].is_calling &&
           view->terminals[0].devices.payment == DEVICE_READY && view->terminals[0].acceptance[0] != 0;
}

static void test_review__the_wall_shows_order_devices_and_call(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    hall_done(&scene->terminal, service_presence(scene->terminal.services, "review", ""));
    hall_done(&scene->terminal, service_call_clerk(scene->terminal.services, true));
    hall_run(&scene->terminal, 500);
    hall_until(&scene->desk, "the wall", sees_devices, NULL);
    assert_string_equal("review", services_desk(at_desk(scene))->terminals[0].screen);
}

static void test_review__the_queue_tells_age_and_promise_of_each(void **state)
{
    struct hall_scene *scene = *state;
    struct order later;
    struct secret password = {0};
    const struct service_desk *view = services_desk(at_desk(scene));
    hall_order_make(&scene->hall, ORDER_STATE_REVIEWING, &scene->order);
    hall_pass(&scene->hall, 600);
    hall_order_make_of(&scene->hall, "gxca-suqian-unit", "new", ORDER_STATE_REVIEWING, &later);
    assert_int_equal(STATUS_OK, secret_set(&password, "zhanghao-2026", 13));
    hall_done(&scene->desk, service_desk_sign_in(at_desk(scene), "chen", &password));
    hall_done(&scene->desk, service_desk_overview(at_desk(scene)));
    assert_int_equal(2, view->queue_count);
    assert_string_equal(scene->order.id, view->queue[0].order.id);
    assert_string_equal(later.id, view->queue[1].order.id);
    assert_true(view->queue[1].waiting_since_utc_s - view->queue[0].waiting_since_utc_s >= 600);
    FEATURE("F132");
    assert_true(view->queue[0].due_utc_s > hall_now_utc_s(&scene->hall)); /* one working day */
    assert_int_equal(0, view->queue[1].due_utc_s);                        /* 现场办结 promises no day */
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, hall_scene_teardown)
    const struct CMUnitTest tests[] = {
        T(test_review__approval_takes_effect_after_the_undo_time),
        T(test_review__nothing_is_approved_unseen),
        T(test_review__an_undone_approval_has_no_effect),
        T(test_review__of_two_clerks_the_first_decides),
        T(test_review__two_persons_sign_where_the_product_says_so),
        T(test_review__acceptor_and_auditors_are_named_and_nobody_signs_twice),
        T(test_review__stages_are_signed_in_their_order_each_by_whom_it_names),
        T(test_review__two_who_press_at_once_sign_one_stage),
        T(test_review__sent_back_at_a_later_stage_the_first_one_comes_again),
        T(test_review__a_case_that_changed_is_not_decided),
        T(test_review__cancelled_within_the_undo_time_stays_cancelled),
        T(test_review__a_rejected_paper_alone_comes_back),
        T(test_review__a_rejected_field_alone_may_be_changed),
        cmocka_unit_test(test_review__what_a_rejected_choice_decides_may_be_changed_with_it),
        T(test_review__a_wrong_password_is_told_and_locks),
        T(test_review__who_signed_out_decides_nothing),
        T(test_review__the_wall_shows_order_devices_and_call),
        T(test_review__the_queue_tells_age_and_promise_of_each),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
