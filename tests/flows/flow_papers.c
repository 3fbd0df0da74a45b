/* Papers at the real screens: one page that stands for two, pages under a title of the applicant's own, and
 * what clerk and applicant see of them when they come back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/text.h"
#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_extra.h"
#include "kiosk/store/store_page.h"
#include "kiosk/store/store_wish.h"
#include "tests/support/feature.h"
#include "tests/support/hall_printed.h"
#include "tests/support/hall_scene.h"
#include "tests/support/pdf_bench.h"
#include "tests/support/robot_visit.h"

#define TITLE "名称变更说明"

static struct robot robot;

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

/* An order of this product of a person somebody acts for, in this state and not opened yet. */
static void make(struct hall_scene *scene, const char *product, enum order_state state)
{
    struct store *store = hall_store(&scene->hall, "maker");
    hall_order_make_of(&scene->hall, product, "new", state, &scene->order);
    assert_int_equal(STATUS_OK, store_begin(store, NULL));
    enum status status = store_wish_insert(
        store, scene->order.id, &(struct store_wish){.years = 1, .quantity = 1, .agent = true}, NULL);
    assert_int_equal(STATUS_OK, store_end(store, status, NULL));
    store_close(store);
}

/* The scanner's page of it is open. */
static void begin(struct hall_scene *scene, const char *product)
{
    make(scene, product, ORDER_STATE_SCANNING);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, scene->order.id));
    robot_open_wide(&robot, &scene->terminal);
    robot_until_screen(&robot, "scan");
    hall_glass_lay(&scene->terminal.glass, hall_sheet_copy());
}

static void end(void)
{
    robot_close(&robot);
    assert_int_equal(0, robot_faults(&robot));
}

static const struct service_page *page_of(const struct service_page *pages, size_t count, const char *paper)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(pages[i].paper, paper) == 0)
            return &pages[i];
    fail_msg("no page of %s", paper);
    return NULL;
}

static const struct service_page *at_terminal(const struct hall_scene *scene, const char *paper)
{
    const struct service_visit *visit = hall_scene_visit(scene);
    return page_of(visit->pages, visit->page_count, paper);
}

static const struct service_page *at_desk(struct hall_scene *scene, const char *paper)
{
    const struct service_case *opened = &services_desk(scene->desk.services)->opened;
    return page_of(opened->pages, opened->page_count, paper);
}

/* The page is chosen in the list and scanned. */
static void scan(const char *paper)
{
    char row[64];
    (void)snprintf(row, sizeof(row), "paper.%s", paper);
    robot_tap(&robot, row);
    robot_tap(&robot, robot_can_tap(&robot, "scan.again") ? "scan.again" : "bar.next");
    (void)robot_until(&robot, "scan.progress");
    (void)robot_until(&robot, "scan.again");
}

static struct store_page stored(struct hall_scene *scene, const char *paper)
{
    struct store *store = hall_store(&scene->hall, "watcher");
    struct store_page page = {0};
    struct buf jpeg;
    buf_init(&jpeg, LIMIT_PAGE_JPEG_BYTES);
    assert_int_equal(STATUS_OK, store_page_get(store, scene->order.id, paper, 1, &page, &jpeg, NULL));
    buf_wipe(&jpeg);
    store_close(store);
    return page;
}

/* The clerk sends this paper back and the applicant takes it up. */
static void reject(struct hall_scene *scene, const char *paper)
{
    struct order_rejections items = {.count = 1, .item[0].kind = ORDER_ITEM_PAPER};
    (void)text_copy(items.item[0].item, sizeof(items.item[0].item), paper);
    (void)text_copy(items.item[0].reason, sizeof(items.item[0].reason), "请换一页再扫");
    hall_desk_sign_in(&scene->desk, "chen");
    hall_done(&scene->desk, service_desk_case(scene->desk.services, scene->order.id));
    hall_done(&scene->desk, service_desk_reject(scene->desk.services, &items));
    hall_until_stored(&scene->desk, scene->order.id, ORDER_STATE_REJECTED);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, scene->order.id));
}

static void take_up(struct hall_scene *scene)
{
    hall_done(&scene->terminal, service_order_event(scene->terminal.services, ORDER_EVENT_PAPERS_CORRECTING));
}

/* --- one page for two papers --------------------------------------------------------------------------- */

static void test_papers__one_page_stands_for_two_and_changes_with_its_source(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, "dfca-hnzj-person");
    robot_tap(&robot, "paper.agent_id");
    assert_false(robot_can_tap(&robot, "scan.same")); /* there is nothing to be the same as */
    scan("applicant_id");
    robot_tap(&robot, "paper.agent_id");
    FEATURE("F114");
    assert_string_equal(robot_until(&robot, "scan.same")->label, "与上一项相同");
    robot_tap(&robot, "scan.same");
    (void)robot_until(&robot, "scan.again");
    assert_string_equal(at_terminal(scene, "agent_id")->same_as, "applicant_id");
    assert_int_equal(at_terminal(scene, "applicant_id")->state, at_terminal(scene, "agent_id")->state);
    scan("applicant_id");
    assert_true(robot_shows(&robot, "“经办人有效证件（身份证等）”也换成这一页"));
    struct store_page source = stored(scene, "applicant_id"), same = stored(scene, "agent_id");
    assert_int_equal(2, same.version);
    assert_memory_equal(source.sha256, same.sha256, sizeof(same.sha256));
    assert_string_equal(same.same_as, "applicant_id");
    scan("agent_id"); /* it gets one of its own after all */
    assert_string_equal(at_terminal(scene, "agent_id")->same_as, "");
    assert_int_equal(1, stored(scene, "agent_id").version);
    end();
}

/* The product names one paper only for which this may be done. */
static void test_papers__no_page_stands_for_a_paper_that_is_not_named(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, "dfca-hnzj-person");
    scan("applicant_id");
    end();
    assert_int_equal(
        STATUS_BAD_STATE,
        hall_wait(&scene->terminal, service_page_same(scene->terminal.services, "authorisation")).status);
    assert_int_equal(
        STATUS_BAD_STATE,
        hall_wait(&scene->terminal, service_page_same(scene->terminal.services, "no-such")).status);
    assert_int_equal(SERVICE_PAGE_MISSING, at_terminal(scene, "authorisation")->state);
}

static void test_papers__clerk_sees_the_same_page_and_sends_one_of_them_back(void **state)
{
    struct hall_scene *scene = *state;
    make(scene, "dfca-hnzj-person", ORDER_STATE_REVIEWING);
    struct store *store = hall_store(&scene->hall, "maker");
    assert_int_equal(STATUS_OK, store_page_same(store, scene->order.id, "agent_id", "applicant_id", NULL));
    store_close(store);
    reject(scene, "agent_id");
    FEATURE("F114");
    assert_string_equal(at_desk(scene, "agent_id")->same_as, "applicant_id");
    assert_string_equal(at_desk(scene, "applicant_id")->same_as, "");
    take_up(scene);
    assert_int_equal(SERVICE_PAGE_MISSING, at_terminal(scene, "agent_id")->state);
    assert_true(at_terminal(scene, "agent_id")->is_open);
    assert_int_equal(SERVICE_PAGE_GOOD, at_terminal(scene, "applicant_id")->state);
}

/* Both are without a page until the one that was sent back is scanned again. */
static void test_papers__source_that_came_back_brings_the_other_one_along(void **state)
{
    struct hall_scene *scene = *state;
    make(scene, "dfca-hnzj-person", ORDER_STATE_REVIEWING);
    struct store *store = hall_store(&scene->hall, "maker");
    assert_int_equal(STATUS_OK, store_page_same(store, scene->order.id, "agent_id", "applicant_id", NULL));
    store_close(store);
    reject(scene, "applicant_id");
    take_up(scene);
    assert_int_equal(SERVICE_PAGE_MISSING, at_terminal(scene, "agent_id")->state);
    hall_refused(&scene->terminal, service_order_event(scene->terminal.services, ORDER_EVENT_SCANNED),
                 SERVICE_REASON_PAPERS_MISSING);
    hall_visit_scan(&scene->terminal, "applicant_id");
    assert_int_not_equal(SERVICE_PAGE_MISSING, at_terminal(scene, "agent_id")->state);
    hall_done(&scene->terminal, service_order_event(scene->terminal.services, ORDER_EVENT_SCANNED));
}

/* --- pages under an own title -------------------------------------------------------------------------- */

static void add(const char *title)
{
    robot_tap(&robot, "scan.add");
    robot_fill(&robot, "extra.title", title);
    robot_key(&robot, INPUT_KEY_ESCAPE, 0, 0);
    ui_focus(robot.ui, NULL);
    robot_turn(&robot);
}

static void test_papers__page_under_an_own_title_is_scanned_like_others(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, "dfca-hnzj-unit");
    add("变");
    assert_false(robot_can_tap(&robot, "bar.next")); /* nobody would know what it is */
    robot_tap(&robot, "bar.back");
    add(TITLE);
    robot_tap(&robot, "bar.next");
    FEATURE("F113");
    robot_until_text(&robot, TITLE);
    assert_string_equal(robot_until(&robot, "scan.paper")->label, TITLE);
    scan("spare.2");
    assert_int_not_equal(SERVICE_PAGE_MISSING, at_terminal(scene, "spare.2")->state);
    assert_string_equal(stored(scene, "spare.2").paper, "spare.2");
    for (int i = 3; i <= 4; i++) {
        char row[32];
        (void)snprintf(row, sizeof(row), "paper.spare.%d", i);
        add("补充材料");
        robot_tap(&robot, "bar.next");
        (void)robot_until(&robot, row);
    }
    assert_null(widget_find(ui_tree(robot.ui), "scan.add")); /* the product allows three */
    end();
    struct service_reply reply =
        hall_wait(&scene->terminal, service_page_add(scene->terminal.services, "spare", "再来一项"));
    assert_int_equal(SERVICE_REASON_PAGES_FULL, reply.reason);
    assert_int_equal(3, reply.number);
    hall_refused(&scene->terminal, service_page_add(scene->terminal.services, "spare", "变"),
                 SERVICE_REASON_PAGE_TITLE);
    assert_int_equal(STATUS_BAD_STATE, hall_wait(&scene->terminal, service_page_add(scene->terminal.services,
                                                                                    "receipt", "再来一项"))
                                           .status);
}

static void test_papers__page_under_an_own_title_comes_back_under_it(void **state)
{
    struct hall_scene *scene = *state;
    struct store_extra extra = {.paper = "spare.2", .title = TITLE};
    struct store_page page = {.paper = "spare.2", .page = 1, .findings = "{\"checks\":[]}"};
    make(scene, "dfca-hnzj-unit", ORDER_STATE_REVIEWING);
    struct store *store = hall_store(&scene->hall, "maker");
    assert_int_equal(STATUS_OK, store_extra_add(store, scene->order.id, &extra, NULL));
    assert_int_equal(STATUS_OK, store_page_put(store, scene->order.id, &page, "no picture", 10, NULL));
    store_close(store);
    reject(scene, "spare.2");
    FEATURE("F113");
    assert_string_equal(at_desk(scene, "spare.2")->title, TITLE);
    robot_open_wide(&robot, &scene->terminal);
    robot_until_screen(&robot, "rejected");
    assert_true(robot_shows(&robot, TITLE));
    robot_tap(&robot, "bar.next");
    robot_until_screen(&robot, "scan");
    assert_null(widget_find(ui_tree(robot.ui), "scan.add")); /* what came back is corrected, nothing else */
    assert_int_equal(SERVICE_PAGE_MISSING, at_terminal(scene, "spare.2")->state);
    assert_true(at_terminal(scene, "spare.2")->is_open);
    assert_false(at_terminal(scene, "spare")->is_open);
    end();
}

/* --- examples ------------------------------------------------------------------------------------------ */

static void test_papers__example_of_each_paper_stands_in_a_window(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, "ezca-cqzfcg");
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

static void test_papers__paper_without_an_example_offers_none(void **state)
{
    struct hall_scene *scene = *state;
    struct services *terminal = scene->terminal.services;
    make(scene, "dfca-hnzj-unit", ORDER_STATE_SCANNING);
    hall_done(&scene->terminal, service_order_open(terminal, scene->order.id));
    assert_false(services_has_example(terminal, "spare"));
    assert_false(services_has_example(terminal, "no-such"));
    assert_true(services_has_example(terminal, "receipt"));
    assert_int_equal(STATUS_NOT_FOUND,
                     hall_wait(&scene->terminal, service_example_show(terminal, "spare", 600)).status);
}

/* --- blank forms and receipts -------------------------------------------------------------------------- */

/* What stands on the last printed sheets in codes, one a line. Owns: the caller. */
static char *printed_codes(const struct hall *hall)
{
    char path[256];
    (void)snprintf(path, sizeof(path), "%s/last.pdf", hall->directory);
    assert_true(hall_printed(hall, ""));
    return pdf_bench_output("pdftoppm -r 150 -png -f 1 -l 1 %s | zbarimg -q --raw - || echo none", path);
}

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

static void test_papers__applicant_takes_a_blank_form_along(void **state)
{
    struct hall_scene *scene = *state;
    open_about(scene);
    robot_tap(&robot, "about.blank");
    robot_until_text(&robot, "空白表已打印，填好后交工作人员");
    end();
    char *codes = printed_codes(&scene->hall);
    FEATURE("F099");
    assert_true(hall_printed(&scene->hall, "空白表"));
    assert_true(hall_printed(&scene->hall, "数字证书申请表"));
    assert_string_equal("none\n", codes);
    assert_false(hall_scene_visit(scene)->has_order);
    free(codes);
}

static void test_papers__blank_form_without_paper_is_told(void **state)
{
    struct hall_scene *scene = *state;
    printer_fake_set(&(struct printer_fake_script){.state = DEVICE_OFFLINE});
    open_about(scene);
    robot_tap(&robot, "about.blank");
    robot_until_gone(&robot, "办之前先看看，看完点返回");
    assert_false(robot_shows(&robot, "空白表已打印"));
    end();
}

static void test_papers__clerk_prints_a_blank_form_of_any_product(void **state)
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

static void test_papers__nobody_prints_at_a_desk_without_signing_in(void **state)
{
    struct hall_scene *scene = *state;
    const struct product *product = catalogue_find(scene->hall.catalogue, "ezca-cqzfcg");
    struct service_reply reply =
        hall_wait(&scene->desk, service_desk_blank(scene->desk.services, product,
                                                   product_find_operation(product, "new"), "空白表"));
    assert_int_equal(STATUS_BAD_STATE, reply.status);
    assert_int_equal(0, printer_fake_jobs());
}

static void test_papers__receipt_has_the_public_accounts_code(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    hall_done(&scene->terminal, service_receipt_print(scene->terminal.services));
    char *codes = printed_codes(&scene->hall);
    const char *wanted = catalogue_find(scene->hall.catalogue, "ezca-cqzfcg")->follow_code;
    FEATURE("F020");
    assert_true(wanted[0] != 0);
    assert_non_null(strstr(codes, wanted));
    assert_non_null(strstr(codes, SERVICE_TICKET_PREFIX));
    assert_true(hall_printed(&scene->hall, "微信公众号"));
    free(codes);
}

static void test_papers__receipt_of_an_authority_without_account_has_none(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_make_of(&scene->hall, "gxca-suqian-unit", "new", ORDER_STATE_PAYING, &scene->order);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, scene->order.id));
    hall_done(&scene->terminal, service_receipt_print(scene->terminal.services));
    assert_false(hall_printed(&scene->hall, "微信公众号"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_papers__one_page_stands_for_two_and_changes_with_its_source,
                                        setup, hall_scene_teardown),
        cmocka_unit_test_setup_teardown(test_papers__no_page_stands_for_a_paper_that_is_not_named, setup,
                                        hall_scene_teardown),
        cmocka_unit_test_setup_teardown(test_papers__clerk_sees_the_same_page_and_sends_one_of_them_back,
                                        setup, hall_scene_teardown),
        cmocka_unit_test_setup_teardown(test_papers__source_that_came_back_brings_the_other_one_along, setup,
                                        hall_scene_teardown),
        cmocka_unit_test_setup_teardown(test_papers__page_under_an_own_title_is_scanned_like_others, setup,
                                        hall_scene_teardown),
        cmocka_unit_test_setup_teardown(test_papers__page_under_an_own_title_comes_back_under_it, setup,
                                        hall_scene_teardown),
        cmocka_unit_test_setup_teardown(test_papers__example_of_each_paper_stands_in_a_window, setup,
                                        hall_scene_teardown),
        cmocka_unit_test_setup_teardown(test_papers__paper_without_an_example_offers_none, setup,
                                        hall_scene_teardown),
        cmocka_unit_test_setup_teardown(test_papers__applicant_takes_a_blank_form_along, setup,
                                        hall_scene_teardown),
        cmocka_unit_test_setup_teardown(test_papers__blank_form_without_paper_is_told, setup,
                                        hall_scene_teardown),
        cmocka_unit_test_setup_teardown(test_papers__clerk_prints_a_blank_form_of_any_product, setup,
                                        hall_scene_teardown),
        cmocka_unit_test_setup_teardown(test_papers__nobody_prints_at_a_desk_without_signing_in, setup,
                                        hall_scene_teardown),
        cmocka_unit_test_setup_teardown(test_papers__receipt_has_the_public_accounts_code, setup,
                                        hall_scene_teardown),
        cmocka_unit_test_setup_teardown(test_papers__receipt_of_an_authority_without_account_has_none, setup,
                                        hall_scene_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
