/* Paper: what is printed and scanned, and what goes wrong with printers, scanners and sheets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/store/store_audit.h"
#include "tests/support/feature.h"
#include "tests/support/hall_printed.h"
#include "tests/support/hall_scene.h"
#include "tests/support/page_bench.h"
#include "tests/support/robot_visit.h"

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

static struct services *at(struct hall_scene *scene)
{
    return scene->terminal.services;
}

static void printer(enum device_state how)
{
    printer_fake_set(&(struct printer_fake_script){.state = how});
}

static struct robot robot;

static void end(void)
{
    robot_close(&robot);
    assert_int_equal(0, robot_faults(&robot));
}

static void begin(struct hall_scene *scene, enum order_state state)
{
    hall_order_begin(&scene->terminal, state, &scene->order);
}

static bool is_reported(struct hall_program *program, const void *argument)
{
    return program->report[SERVICE_FORM_PRINT].reason == *(const enum service_reason *)argument;
}

static void until_reported(struct hall_scene *scene, enum service_reason reason)
{
    hall_until(&scene->terminal, service_reason_name(reason), is_reported, &reason);
}

/* --- printing ---------------------------------------------------------------------------------------- */

static bool is_printer_ready(struct hall_program *program, const void *argument)
{
    (void)argument;
    return services_devices(program->services)->printer == DEVICE_READY;
}

static void recovers(struct hall_scene *scene, enum device_state trouble, enum service_reason reason)
{
    begin(scene, ORDER_STATE_PRINTING);
    printer(trouble);
    uint64_t id = service_form_print(at(scene));
    until_reported(scene, reason);
    assert_int_equal(ORDER_STATE_PRINTING, hall_scene_look(scene)->order.state);
    printer(DEVICE_READY);
    hall_done(&scene->terminal, id);
    assert_int_equal(ORDER_STATE_SCANNING, hall_scene_look(scene)->order.state);
    assert_int_equal(1, printer_fake_jobs());
    assert_int_equal(0, hall_order_acts(&scene->sum));
    hall_until(&scene->terminal, "the printer to be called ready again", is_printer_ready, NULL);
}

static void test_print__paper_out_is_told_and_printing_goes_on(void **state)
{
    recovers(*state, DEVICE_PAPER_OUT, SERVICE_REASON_PAPER_OUT);
}

static bool is_known_empty(struct hall_program *program, const void *argument)
{
    (void)argument;
    return services_devices(program->services)->printer == DEVICE_PAPER_OUT;
}

/* The idle watch saw it before anybody printed: who prints is told all the same. */
static void test_print__paper_that_was_out_before_is_told_to_who_prints(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, ORDER_STATE_PRINTING);
    printer(DEVICE_PAPER_OUT);
    hall_until(&scene->terminal, "the printer to be called empty", is_known_empty, NULL);
    uint64_t id = service_form_print(at(scene));
    until_reported(scene, SERVICE_REASON_PAPER_OUT);
    printer(DEVICE_READY);
    hall_done(&scene->terminal, id);
    assert_int_equal(1, printer_fake_jobs());
}

static void test_print__a_jam_is_told_and_printing_goes_on(void **state)
{
    recovers(*state, DEVICE_JAMMED, SERVICE_REASON_JAMMED);
}

static void test_print__a_printer_that_is_off_is_told_and_tried_again(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, ORDER_STATE_PRINTING);
    printer(DEVICE_OFFLINE);
    hall_refused(&scene->terminal, service_form_print(at(scene)), SERVICE_REASON_OFFLINE);
    assert_int_equal(ORDER_STATE_PRINTING, hall_scene_look(scene)->order.state);
    assert_int_equal(0, hall_order_acts(&scene->sum));
    printer(DEVICE_READY);
    hall_visit_print(&scene->terminal);
    assert_int_equal(1, printer_fake_jobs());
}

static void test_print__a_job_the_printer_gives_up_is_printed_again(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, ORDER_STATE_PRINTING);
    printer_fake_set(&(struct printer_fake_script){.abort_next = true});
    struct service_reply reply = hall_wait(&scene->terminal, service_form_print(at(scene)));
    assert_int_not_equal(STATUS_OK, reply.status);
    assert_int_equal(ORDER_STATE_PRINTING, hall_scene_look(scene)->order.state);
    hall_visit_print(&scene->terminal);
    assert_int_equal(2, printer_fake_jobs());
}

static void test_print__a_lost_answer_prints_once(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, ORDER_STATE_PRINTING);
    printer_fake_set(&(struct printer_fake_script){.lose_reply = true});
    hall_visit_print(&scene->terminal);
    assert_int_equal(1, printer_fake_jobs());
}

static void test_print__the_end_of_the_visit_takes_the_sheet_back(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, ORDER_STATE_PRINTING);
    printer(DEVICE_PAPER_OUT);
    (void)service_form_print(at(scene));
    until_reported(scene, SERVICE_REASON_PAPER_OUT);
    hall_leave(&scene->terminal);
    hall_run(&scene->terminal, 1500);
    assert_int_equal(0, hall_order_acts(hall_scene_look(scene)));
    printer(DEVICE_READY);
    struct order first = scene->order;
    begin(scene, ORDER_STATE_PRINTING); /* the next person is served at once */
    hall_visit_print(&scene->terminal);
    scene->order = first;
    assert_int_equal(ORDER_STATE_PRINTING, hall_scene_look(scene)->order.state);
}

static void test_print__nobody_waits_for_ever(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, ORDER_STATE_PRINTING);
    printer(DEVICE_PAPER_OUT);
    uint64_t id = service_form_print(at(scene));
    until_reported(scene, SERVICE_REASON_PAPER_OUT);
    hall_live(&scene->terminal, 200);
    hall_refused(&scene->terminal, id, SERVICE_REASON_PAPER_OUT);
    assert_int_equal(0, hall_order_acts(hall_scene_look(scene)));
}

static void test_print__a_restart_finds_the_sheet_that_came_out(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, ORDER_STATE_PRINTING);
    printer(DEVICE_PAPER_OUT);
    (void)service_form_print(at(scene));
    until_reported(scene, SERVICE_REASON_PAPER_OUT);
    struct store *store = hall_store(&scene->hall, "terminal-01");
    struct store_intention open[4];
    size_t count = 0;
    assert_int_equal(STATUS_OK, store_intention_list_mine(store, open, 4, &count, NULL));
    assert_int_equal(1, count);
    store_close(store);
    hall_program_stop(&scene->terminal); /* SIGTERM: the sheet is taken back */
    printer(DEVICE_READY);
    hall_program_restart(&scene->terminal);
    hall_done(&scene->terminal, service_order_open(at(scene), scene->order.id));
    hall_visit_print(&scene->terminal);
    assert_int_equal(ORDER_STATE_SCANNING, hall_scene_look(scene)->order.state);
    assert_int_equal(0, hall_order_acts(&scene->sum));
}

static void test_print__a_changed_form_is_another_sheet(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, ORDER_STATE_PRINTING);
    hall_visit_print(&scene->terminal);
    hall_visit_scan(&scene->terminal, "application");
    hall_done(&scene->terminal, service_order_event(at(scene), ORDER_EVENT_FORM_REOPENED));
    assert_int_equal(SERVICE_PAGE_MISSING, services_visit(at(scene))->pages[0].state);
    hall_visit_form(&scene->terminal);
    hall_visit_print(&scene->terminal);
    assert_int_equal(2, printer_fake_jobs());
}

/* --- scanning ---------------------------------------------------------------------------------------- */

static void refuses(struct hall_scene *scene, const char *paper, enum service_reason reason)
{
    hall_refused(&scene->terminal, service_scan_page(at(scene), paper), reason);
    const struct service_visit *visit = services_visit(at(scene));
    for (size_t i = 0; i < visit->page_count; i++)
        assert_int_equal(SERVICE_PAGE_MISSING, visit->pages[i].state);
    assert_false(visit->scan.is_running);
}

static void test_scan__a_form_of_another_order_is_refused(void **state)
{
    struct hall_scene *scene = *state;
    struct order other;
    hall_order_make(&scene->hall, ORDER_STATE_SCANNING, &other);
    begin(scene, ORDER_STATE_SCANNING);
    hall_glass_lay(&scene->terminal.glass, hall_sheet_form(&scene->hall, &other));
    refuses(scene, "application", SERVICE_REASON_FOREIGN_CODE);
    hall_visit_papers(&scene->terminal);
    assert_int_equal(ORDER_STATE_IDENTIFYING, hall_scene_look(scene)->order.state);
}

/* One sheet would else pass for all papers. */
static void test_scan__the_form_is_refused_in_another_papers_place(void **state)
{
    struct hall_scene *scene = *state;
    struct order other;
    hall_order_make(&scene->hall, ORDER_STATE_SCANNING, &other);
    begin(scene, ORDER_STATE_SCANNING);
    hall_glass_lay(&scene->terminal.glass, hall_sheet_form(&scene->hall, &scene->order));
    refuses(scene, "licence", SERVICE_REASON_OTHER_PAPER);
    hall_glass_lay(&scene->terminal.glass, hall_sheet_form(&scene->hall, &other));
    refuses(scene, "legal_id", SERVICE_REASON_OTHER_PAPER);
    hall_visit_papers(&scene->terminal);
    assert_int_equal(ORDER_STATE_IDENTIFYING, hall_scene_look(scene)->order.state);
}

static void test_scan__a_page_without_a_code_is_no_form(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, ORDER_STATE_SCANNING);
    hall_glass_lay(&scene->terminal.glass, hall_sheet_copy());
    refuses(scene, "application", SERVICE_REASON_NO_CODE);
}

static void test_scan__a_blank_page_is_refused(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, ORDER_STATE_SCANNING);
    hall_glass_lay(&scene->terminal.glass, hall_sheet_blank());
    refuses(scene, "licence", SERVICE_REASON_UNREADABLE);
}

static void test_scan__troubles_of_the_device_are_told(void **state)
{
    static const struct {
        enum status status;
        enum device_state fault;
        enum service_reason reason;
    } troubles[] = {{STATUS_REFUSED, DEVICE_JAMMED, SERVICE_REASON_JAMMED},
                    {STATUS_REFUSED, DEVICE_COVER_OPEN, SERVICE_REASON_COVER_OPEN},
                    {STATUS_REFUSED, DEVICE_PAPER_OUT, SERVICE_REASON_NOTHING_THERE},
                    {STATUS_LOST, DEVICE_OFFLINE, SERVICE_REASON_OFFLINE},
                    {STATUS_FULL, DEVICE_READY, SERVICE_REASON_TOO_LARGE},
                    {STATUS_MALFORMED, DEVICE_READY, SERVICE_REASON_UNREADABLE}};
    struct hall_scene *scene = *state;
    begin(scene, ORDER_STATE_SCANNING);
    for (size_t i = 0; i < sizeof(troubles) / sizeof(troubles[0]); i++) {
        hall_glass_fail(&scene->terminal.glass, troubles[i].status, troubles[i].fault);
        refuses(scene, "licence", troubles[i].reason);
    }
    hall_visit_scan(&scene->terminal, "licence");
    assert_int_equal(SERVICE_PAGE_GOOD, services_visit(at(scene))->pages[1].state);
}

static void test_scan__a_cancelled_scan_keeps_nothing(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, ORDER_STATE_SCANNING);
    hall_glass_lay(&scene->terminal.glass, hall_sheet_copy());
    scene->terminal.glass.tenth_ms = 200;
    uint64_t id = service_scan_page(at(scene), "licence");
    hall_run(&scene->terminal, 300);
    assert_true(services_visit(at(scene))->scan.is_running);
    service_scan_cancel(at(scene));
    assert_int_equal(STATUS_CANCELLED, hall_wait(&scene->terminal, id).status);
    assert_int_equal(SERVICE_PAGE_MISSING, services_visit(at(scene))->pages[1].state);
    hall_visit_scan(&scene->terminal, "licence");
}

static void test_scan__a_rescan_replaces_the_page(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, ORDER_STATE_SCANNING);
    hall_visit_scan(&scene->terminal, "licence");
    hall_visit_scan(&scene->terminal, "licence");
    struct service_reply reply =
        hall_wait_picture(&scene->terminal, service_page_preview(at(scene), "licence", 300));
    assert_int_equal(STATUS_OK, reply.status);
    assert_non_null(reply.image);
    FEATURE("F115");
    assert_int_equal(300, reply.image->width_px);
    service_image_free(reply.image);
    hall_refused(&scene->terminal, service_order_event(at(scene), ORDER_EVENT_SCANNED),
                 SERVICE_REASON_PAPERS_MISSING);
}

static void test_scan__the_end_of_the_visit_stops_the_scan(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, ORDER_STATE_SCANNING);
    hall_glass_lay(&scene->terminal.glass, hall_sheet_copy());
    scene->terminal.glass.tenth_ms = 200;
    (void)service_scan_page(at(scene), "licence");
    hall_run(&scene->terminal, 300);
    hall_leave(&scene->terminal);
    hall_run(&scene->terminal, 500);
    assert_false(services_visit(at(scene))->has_order);
    scene->terminal.glass.tenth_ms = 0;
    hall_done(&scene->terminal, service_order_open(at(scene), scene->order.id));
    assert_int_equal(SERVICE_PAGE_MISSING, services_visit(at(scene))->pages[1].state);
}

/* A licence whose seal shows this share of its ring. Returns: its check of the seal, as the screen sees it.
 */
static size_t scan_seal(struct hall_scene *scene, double share)
{
    const struct service_page *page = &services_visit(at(scene))->pages[1];
    struct page_image sheet = page_bench_text(200, 3);
    page_bench_ring(&sheet, 150, 255, 42, share, 200);
    hall_glass_lay(&scene->terminal.glass, sheet);
    (void)hall_wait(&scene->terminal, service_scan_page(at(scene), "licence"));
    size_t seal = 0;
    while (seal < page->check_count &&
           service_check_line(page->checks[seal].name) != SERVICE_CHECK_LINE_STAMPED)
        seal++;
    assert_true(seal < page->check_count);
    return seal;
}

static void test_scan__an_incomplete_seal_is_kept_with_its_place(void **state)
{
    struct hall_scene *scene = *state;
    const struct service_page *page = &services_visit(at(scene))->pages[1];
    begin(scene, ORDER_STATE_SCANNING);
    size_t seal = scan_seal(scene, 0.6);
    assert_int_equal(SERVICE_PAGE_POOR, page->state);
    assert_int_equal(SERVICE_CHECK_BAD, page->checks[seal].verdict);
    struct service_place place = page->checks[seal].place;
    assert_true(place.x > 0 && place.x < 150.0 / 210 && place.x + place.w > 150.0 / 210);
    assert_true(place.y > 0 && place.y < 255.0 / 297 && place.y + place.h > 255.0 / 297);
    assert_int_equal(SERVICE_CHECK_LINE_NONE, service_check_line("no-such-check"));
}

static void test_scan__a_whole_seal_has_its_place_for_the_clerk(void **state)
{
    struct hall_scene *scene = *state;
    const struct service_page *page = &services_visit(at(scene))->pages[1];
    begin(scene, ORDER_STATE_SCANNING);
    size_t seal = scan_seal(scene, 1.0);
    assert_int_equal(SERVICE_CHECK_GOOD, page->checks[seal].verdict);
    assert_true(page->checks[seal].place.w > 0 &&
                page->checks[seal].place.x + page->checks[seal].place.w <= 1);
}

static void test_print__the_preview_says_where_to_sign_and_stamp(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, ORDER_STATE_PRINTING);
    struct service_reply reply = hall_wait_picture(&scene->terminal, service_form_preview(at(scene), 300));
    assert_non_null(reply.image);
    assert_true(reply.image->signature.w > 0 && reply.image->date.w > 0);
    assert_true(reply.image->seal.x > reply.image->signature.x + reply.image->signature.w);
    FEATURE("F101");
    assert_true(reply.image->seal.y + reply.image->seal.h < 1);
    service_image_free(reply.image);
}

/* --- examples ------------------------------------------------------------------------------------------ */

static void test_scan__example_of_each_paper_stands_in_a_window(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, ORDER_STATE_SCANNING);
    robot_open_wide(&robot, &scene->terminal);
    robot_until_screen(&robot, "scan");
    const struct service_visit *visit = hall_scene_visit(scene);
    for (size_t i = 0; i < visit->page_count; i++) {
        char row[96];
        (void)snprintf(row, sizeof(row), "paper.%s", visit->pages[i].paper);
        robot_tap(&robot, row);
        robot_tap(&robot, "scan.example");
        robot_until_gone(&robot, "正在打开");
        FEATURE("F100");
        assert_false(robot_shows(&robot, "样例暂时看不了"));
        robot_tap(&robot, "example.larger");
        robot_tap(&robot, "bar.next");
        (void)robot_until(&robot, "scan.put");
    }
    end();
    struct service_reply reply =
        hall_wait_picture(&scene->terminal, service_example_show(scene->terminal.services, "licence", 600));
    assert_non_null(reply.image);
    assert_int_equal(600, reply.image->width_px);
    service_image_free(reply.image);
}

static void test_scan__paper_without_an_example_offers_none(void **state)
{
    struct hall_scene *scene = *state;
    struct services *terminal = scene->terminal.services;
    hall_order_make_of(&scene->hall, "dfca-hnzj-unit", "new", ORDER_STATE_SCANNING, &scene->order);
    hall_done(&scene->terminal, service_order_open(terminal, scene->order.id));
    assert_false(services_has_example(terminal, "spare"));
    assert_false(services_has_example(terminal, "no-such"));
    assert_true(services_has_example(terminal, "receipt"));
    assert_int_equal(STATUS_NOT_FOUND,
                     hall_wait(&scene->terminal, service_example_show(terminal, "spare", 600)).status);
}

/* --- blank forms and receipts -------------------------------------------------------------------------- */

static void open_about(struct hall_scene *scene)
{
    robot_open_wide(&robot, &scene->terminal);
    robot_until_screen(&robot, "welcome");
    robot_tap(&robot, "welcome.start");
    robot_until_screen(&robot, "product");
    robot_tap(&robot, "product.ezca-cqzfcg");
    robot_until_screen(&robot, "service");
    robot_tap(&robot, "service.about");
    robot_until_screen(&robot, "about");
}

static void test_print__applicant_takes_a_blank_form_along(void **state)
{
    struct hall_scene *scene = *state;
    open_about(scene);
    robot_tap(&robot, "about.blank");
    robot_until_text(&robot, "空白表已打印，填好后交工作人员");
    end();
    char *codes = hall_printed_codes(&scene->hall);
    FEATURE("F099");
    assert_true(hall_printed(&scene->hall, "空白表"));
    assert_true(hall_printed(&scene->hall, "数字证书申请表"));
    assert_string_equal("none\n", codes);
    assert_false(hall_scene_visit(scene)->has_order);
    free(codes);
}

static void test_print__blank_form_without_paper_is_told(void **state)
{
    struct hall_scene *scene = *state;
    printer_fake_set(&(struct printer_fake_script){.state = DEVICE_OFFLINE});
    open_about(scene);
    robot_tap(&robot, "about.blank");
    robot_until_gone(&robot, "办之前先看看，看完点返回");
    assert_false(robot_shows(&robot, "空白表已打印"));
    end();
}

static void test_print__clerk_prints_a_blank_form_of_any_product(void **state)
{
    struct hall_scene *scene = *state;
    hall_desk_sign_in(&scene->desk, "chen");
    robot_open_wide(&robot, &scene->desk);
    ui_reset(robot.ui, DESK_DEVICES, NULL);
    robot_tap(&robot, "blank.open");
    assert_false(robot_can_tap(&robot, "blank.print"));
    while (!robot_shows(&robot, "湖南住建 单位证书"))
        robot_tap(&robot, "blank.next");
    robot_tap(&robot, "blank.form.new");
    robot_tap(&robot, "blank.print");
    robot_until_text(&robot, "空白表已打印");
    robot_tap(&robot, "blank.close");
    end();
    FEATURE("F099");
    assert_true(hall_printed(&scene->hall, "空白表"));
    assert_true(hall_printed(&scene->hall, "单位数字证书业务受理表"));
    struct store *store = hall_store(&scene->hall, "watcher");
    struct store_audit rows[4];
    size_t count = 0;
    assert_int_equal(STATUS_OK, store_audit_list(store, 0, rows, 4, &count, NULL));
    assert_true(count > 0);
    assert_string_equal("form.blank", rows[0].action);
    assert_string_equal("chen", rows[0].actor);
    store_close(store);
}

static void test_print__nobody_prints_at_a_desk_without_signing_in(void **state)
{
    struct hall_scene *scene = *state;
    const struct product *product = catalogue_find(scene->hall.catalogue, "ezca-cqzfcg");
    struct service_reply reply =
        hall_wait(&scene->desk, service_desk_blank(scene->desk.services, product,
                                                   product_find_operation(product, "new"), "空白表"));
    assert_int_equal(STATUS_BAD_STATE, reply.status);
    assert_int_equal(0, printer_fake_jobs());
}

static void test_print__receipt_has_the_public_accounts_code(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    hall_done(&scene->terminal, service_receipt_print(scene->terminal.services));
    char *codes = hall_printed_codes(&scene->hall);
    const char *wanted = catalogue_find(scene->hall.catalogue, "ezca-cqzfcg")->follow_code;
    FEATURE("F020");
    assert_true(wanted[0] != 0);
    assert_non_null(strstr(codes, wanted));
    assert_non_null(strstr(codes, SERVICE_TICKET_PREFIX));
    assert_true(hall_printed(&scene->hall, "微信公众号"));
    free(codes);
}

static void test_print__receipt_of_an_authority_without_account_has_none(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_make_of(&scene->hall, "gxca-suqian-unit", "new", ORDER_STATE_PAYING, &scene->order);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, scene->order.id));
    hall_done(&scene->terminal, service_receipt_print(scene->terminal.services));
    assert_false(hall_printed(&scene->hall, "微信公众号"));
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, hall_scene_teardown)
    const struct CMUnitTest tests[] = {
        T(test_print__paper_out_is_told_and_printing_goes_on),
        T(test_print__paper_that_was_out_before_is_told_to_who_prints),
        T(test_print__a_jam_is_told_and_printing_goes_on),
        T(test_print__a_printer_that_is_off_is_told_and_tried_again),
        T(test_print__a_job_the_printer_gives_up_is_printed_again),
        T(test_print__a_lost_answer_prints_once),
        T(test_print__the_end_of_the_visit_takes_the_sheet_back),
        T(test_print__nobody_waits_for_ever),
        T(test_print__a_restart_finds_the_sheet_that_came_out),
        T(test_print__a_changed_form_is_another_sheet),
        T(test_scan__a_form_of_another_order_is_refused),
        T(test_scan__the_form_is_refused_in_another_papers_place),
        T(test_scan__a_page_without_a_code_is_no_form),
        T(test_scan__a_blank_page_is_refused),
        T(test_scan__troubles_of_the_device_are_told),
        T(test_scan__a_cancelled_scan_keeps_nothing),
        T(test_scan__a_rescan_replaces_the_page),
        T(test_scan__the_end_of_the_visit_stops_the_scan),
        T(test_scan__an_incomplete_seal_is_kept_with_its_place),
        T(test_scan__a_whole_seal_has_its_place_for_the_clerk),
        T(test_print__the_preview_says_where_to_sign_and_stamp),
        T(test_print__applicant_takes_a_blank_form_along),
        T(test_print__blank_form_without_paper_is_told),
        T(test_print__clerk_prints_a_blank_form_of_any_product),
        T(test_print__nobody_prints_at_a_desk_without_signing_in),
        T(test_print__receipt_has_the_public_accounts_code),
        T(test_print__receipt_of_an_authority_without_account_has_none),
        T(test_scan__example_of_each_paper_stands_in_a_window),
        T(test_scan__paper_without_an_example_offers_none),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
