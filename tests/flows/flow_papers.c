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
#include "kiosk/store/store_change.h"
#include "kiosk/store/store_extra.h"
#include "kiosk/store/store_page.h"
#include "kiosk/store/store_wish.h"
#include "tests/support/feature.h"
#include "tests/support/hall_printed.h"
#include "tests/support/hall_scene.h"
#include "tests/support/page_bench.h"
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

/* The paper is in hand; the list shows those around the one before it. */
static void choose(const char *paper)
{
    char row[80], at[80];
    (void)snprintf(row, sizeof(row), "paper.%s", paper);
    const struct service_visit *visit = services_visit(robot.program->services);
    for (size_t i = 0; i < visit->page_count && widget_find(ui_tree(robot.ui), row) == NULL; i++) {
        (void)snprintf(at, sizeof(at), "paper.%s", visit->pages[i].paper);
        if (widget_find(ui_tree(robot.ui), at) != NULL)
            robot_tap(&robot, at);
    }
    robot_tap(&robot, row);
}

/* The page is chosen in the list and scanned. */
static void scan(const char *paper)
{
    choose(paper);
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
    choose("agent_id");
    assert_false(robot_can_tap(&robot, "scan.same")); /* there is nothing to be the same as */
    scan("applicant_id");
    choose("applicant_id.back");
    robot_tap(&robot, "scan.same");
    robot_until_text(&robot, "合格·与正面同一页");
    choose("agent_id");
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
    hall_visit_scan(&scene->terminal, "applicant_id.back");
    hall_done(&scene->terminal, service_order_event(scene->terminal.services, ORDER_EVENT_SCANNED));
}

/* --- front and back ------------------------------------------------------------------------------------ */

/* Both pages as they are stored. */
static void assert_sides(struct hall_scene *scene, const char *back_same_as)
{
    struct store_page front = stored(scene, "agent_id"), back = stored(scene, "agent_id.back");
    assert_string_equal(front.same_as, "");
    assert_string_equal(back.same_as, back_same_as);
    assert_int_equal(back_same_as[0] == 0, memcmp(front.sha256, back.sha256, sizeof(back.sha256)) != 0);
}

/* From the front in hand on to the back, which may stand below the rows there is room for. */
static void go_to_back(void)
{
    choose("agent_id");
    robot_tap(&robot, robot_can_tap(&robot, "scan.skip") ? "scan.skip" : "bar.next");
    (void)robot_until(&robot, "paper.agent_id.back");
}

static void lay_back(struct hall_scene *scene)
{
    struct page_image back = page_bench_text(100, 3);
    page_bench_ring(&back, 150, 200, 42, 1, 200);
    hall_glass_lay(&scene->terminal.glass, back);
}

/* A program that is started anew between the two asks for the back alone. */
static void test_papers__front_and_back_are_asked_for_one_after_the_other(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, "dfca-hnzj-unit");
    for (size_t i = 0; i < hall_scene_visit(scene)->page_count; i++)
        if (!hall_scene_visit(scene)->pages[i].is_optional &&
            strcmp(hall_scene_visit(scene)->pages[i].paper, "receipt") != 0 &&
            hall_scene_visit(scene)->pages[i].side == SERVICE_SIDE_WHOLE)
            scan(hall_scene_visit(scene)->pages[i].paper);
    choose("agent_id");
    assert_string_equal(robot_until(&robot, "scan.paper")->label, "正面·经办人有效证件（身份证等）");
    scan("agent_id");
    struct store_page front = stored(scene, "agent_id");
    end();
    hall_program_stop(&scene->terminal);
    hall_program_restart(&scene->terminal);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, scene->order.id));
    assert_int_not_equal(SERVICE_PAGE_MISSING, at_terminal(scene, "agent_id")->state);
    assert_int_equal(SERVICE_PAGE_MISSING, at_terminal(scene, "agent_id.back")->state);
    FEATURE("F108");
    hall_refused(&scene->terminal, service_order_event(scene->terminal.services, ORDER_EVENT_SCANNED),
                 SERVICE_REASON_BACK_MISSING);
    robot_open_wide(&robot, &scene->terminal);
    robot_until_screen(&robot, "scan");
    go_to_back();
    assert_true(robot_shows(&robot, "反面·经办人有效证件（身份证等）"));
    assert_true(robot_shows(&robot, "待扫描反面"));
    lay_back(scene);
    scan("agent_id.back");
    assert_sides(scene, "");
    assert_memory_equal(front.sha256, stored(scene, "agent_id").sha256, sizeof(front.sha256));
    end();
    hall_visit_papers(&scene->terminal);
}

/* One scan of a sheet with both, as the guide says; what is deleted takes along what stands on it. */
static void test_papers__both_sides_may_stand_on_the_fronts_sheet(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, "dfca-hnzj-unit");
    scan("agent_id");
    assert_false(robot_can_tap(&robot, "scan.same"));
    go_to_back();
    FEATURE("F108");
    assert_string_equal(robot_until(&robot, "scan.same")->label, "正反面在同一页");
    robot_tap(&robot, "scan.same");
    robot_until_text(&robot, "合格·与正面同一页");
    assert_sides(scene, "agent_id");
    scan("agent_id"); /* it still shows both */
    assert_sides(scene, "agent_id");
    end();
    hall_done(&scene->terminal, service_page_delete(scene->terminal.services, "agent_id"));
    assert_int_equal(SERVICE_PAGE_MISSING, at_terminal(scene, "agent_id.back")->state);
    hall_visit_scan(&scene->terminal, "agent_id");
    assert_int_equal(SERVICE_PAGE_MISSING, at_terminal(scene, "agent_id.back")->state);
}

/* The same as of another paper means both sides; one of its own ends it for both. */
static void test_papers__sides_are_another_papers_together(void **state)
{
    struct hall_scene *scene = *state;
    struct services *terminal = scene->terminal.services;
    make(scene, "dfca-hnzj-person", ORDER_STATE_SCANNING);
    hall_done(&scene->terminal, service_order_open(terminal, scene->order.id));
    hall_visit_scan(&scene->terminal, "applicant_id");
    assert_int_equal(STATUS_BAD_STATE,
                     hall_wait(&scene->terminal, service_page_same(terminal, "agent_id")).status);
    lay_back(scene);
    hall_done(&scene->terminal, service_scan_page(terminal, "applicant_id.back"));
    hall_done(&scene->terminal, service_page_same(terminal, "agent_id"));
    FEATURE("F108");
    assert_string_equal(at_terminal(scene, "agent_id.back")->same_as, "applicant_id.back");
    hall_visit_scan(&scene->terminal, "agent_id");
    assert_string_equal(at_terminal(scene, "agent_id")->same_as, "");
    assert_int_equal(SERVICE_PAGE_MISSING, at_terminal(scene, "agent_id.back")->state);
}

static void test_papers__clerk_sees_both_sides_as_one_page_and_sends_both_back(void **state)
{
    struct hall_scene *scene = *state;
    struct store_page page = {.paper = "agent_id.back", .page = 1, .width_px = 1, .height_px = 1};
    make(scene, "dfca-hnzj-unit", ORDER_STATE_REVIEWING);
    hall_desk_sign_in(&scene->desk, "chen");
    hall_done(&scene->desk, service_desk_case(scene->desk.services, scene->order.id));
    struct service_reply alone =
        hall_wait_picture(&scene->desk, service_desk_page(scene->desk.services, "agent_id", 400));
    struct store *store = hall_store(&scene->hall, "maker");
    struct buf jpeg;
    buf_init(&jpeg, LIMIT_PAGE_JPEG_BYTES);
    assert_int_equal(STATUS_OK, store_page_get(store, scene->order.id, "agent_id", 1, NULL, &jpeg, NULL));
    (void)text_copy(page.findings, sizeof(page.findings),
                    "{\"checks\":[{\"name\":\"seal\",\"verdict\":\"bad\",\"reason\":\"seal-missing\"}]}");
    assert_int_equal(STATUS_OK, store_page_put(store, scene->order.id, &page, jpeg.data, jpeg.length, NULL));
    buf_release(&jpeg);
    store_close(store);
    hall_done(&scene->desk, service_desk_case(scene->desk.services, scene->order.id));
    struct service_reply both =
        hall_wait_picture(&scene->desk, service_desk_page(scene->desk.services, "agent_id", 400));
    const struct service_case *opened = &services_desk(scene->desk.services)->opened;
    FEATURE("F108");
    for (size_t i = 0; i < opened->page_count; i++)
        assert_string_not_equal(opened->pages[i].paper, "agent_id.back");
    assert_int_equal(SERVICE_PAGE_POOR, at_desk(scene, "agent_id")->state);
    assert_true(both.image->height_px >= 2 * alone.image->height_px);
    service_image_free(alone.image);
    service_image_free(both.image);
    reject(scene, "agent_id");
    take_up(scene);
    assert_int_equal(SERVICE_PAGE_MISSING, at_terminal(scene, "agent_id")->state);
    assert_int_equal(SERVICE_PAGE_MISSING, at_terminal(scene, "agent_id.back")->state);
    assert_true(at_terminal(scene, "agent_id.back")->is_open);
    hall_visit_scan(&scene->terminal, "agent_id");
    hall_refused(&scene->terminal, service_order_event(scene->terminal.services, ORDER_EVENT_SCANNED),
                 SERVICE_REASON_BACK_MISSING);
}

/* --- deleted pages ------------------------------------------------------------------------------------- */

static size_t count_deleted(struct hall_scene *scene)
{
    struct store_change changes[64];
    size_t count = 0, deleted = 0;
    struct store *store = hall_store(&scene->hall, "watcher");
    assert_int_equal(STATUS_OK,
                     store_change_list_order(store, scene->order.id, 0, changes, 64, &count, NULL));
    for (size_t i = 0; i < count; i++)
        deleted += changes[i].kind == STORE_CHANGE_PAGE && strcmp(changes[i].event, "delete") == 0;
    store_close(store);
    return deleted;
}

static void test_papers__page_is_deleted_after_a_question_and_asked_for_again(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, "ezca-cqzfcg");
    scan("licence");
    robot_tap(&robot, "scan.closer");
    robot_until_gone(&robot, "正在打开");
    assert_false(robot_shows(&robot, "这一页暂时看不了"));
    robot_tap(&robot, "look.larger");
    robot_tap(&robot, "look.delete");
    robot_tap(&robot, "look.keep");
    robot_tap(&robot, "bar.next");
    assert_int_not_equal(SERVICE_PAGE_MISSING, at_terminal(scene, "licence")->state);
    assert_int_equal(0, count_deleted(scene));
    robot_tap(&robot, "scan.closer");
    robot_tap(&robot, "look.delete");
    assert_true(robot_shows(&robot, "删除以后要重新扫描这一项"));
    robot_tap(&robot, "look.yes");
    (void)robot_until(&robot, "scan.put");
    FEATURE("F115");
    assert_int_equal(SERVICE_PAGE_MISSING, at_terminal(scene, "licence")->state);
    assert_int_equal(1, count_deleted(scene));
    scan("licence");
    assert_int_equal(1, stored(scene, "licence").version); /* nothing of the first one is left */
    end();
}

/* Of an order that was handed in nothing; of one that came back only what came back. */
static void test_papers__page_that_is_locked_is_not_deleted(void **state)
{
    struct hall_scene *scene = *state;
    struct services *terminal = scene->terminal.services;
    make(scene, "ezca-cqzfcg", ORDER_STATE_REVIEWING);
    hall_done(&scene->terminal, service_order_open(terminal, scene->order.id));
    FEATURE("F115");
    assert_int_equal(STATUS_BAD_STATE,
                     hall_wait(&scene->terminal, service_page_delete(terminal, "licence")).status);
    reject(scene, "legal_id");
    take_up(scene);
    size_t deleted = count_deleted(scene);
    static const char *const locked[] = {"licence", "legal_id", "no-such"}; /* the second has none now */
    for (size_t i = 0; i < sizeof(locked) / sizeof(locked[0]); i++)
        assert_int_equal(STATUS_BAD_STATE,
                         hall_wait(&scene->terminal, service_page_delete(terminal, locked[i])).status);
    assert_int_equal(SERVICE_PAGE_GOOD, at_terminal(scene, "licence")->state);
    assert_int_equal(deleted, count_deleted(scene));
    hall_visit_scan(&scene->terminal, "legal_id");
    hall_done(&scene->terminal, service_page_delete(terminal, "legal_id"));
    assert_int_equal(deleted + 1, count_deleted(scene));
}

/* --- papers that are brought later --------------------------------------------------------------------- */

/* The slip that was printed lies on this glass. */
static void lay_slip(const struct hall *hall, struct hall_glass *glass)
{
    struct page_image slip = hall_sheet_copy();
    char *codes = hall_printed_codes(hall);
    codes[strcspn(codes, "\n")] = 0;
    assert_memory_equal(codes, SERVICE_TICKET_PREFIX, strlen(SERVICE_TICKET_PREFIX));
    page_bench_code(&slip, codes, 120, 30, 0.8);
    hall_glass_lay(glass, slip);
    free(codes);
}

static void test_papers__missing_ones_are_brought_to_another_terminal_with_the_slip(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, "dfca-hnzj-unit");
    choose("unit_licence");
    assert_true(
        robot_shows(&robot, product_find_paper(hall_scene_visit(scene)->product, "unit_licence")->hint));
    scan("unit_licence"); /* with its progress */
    FEATURE("F105");
    FEATURE("F107");
    assert_int_equal(100, atomic_load(&scene->terminal.glass.asked_dpi)); /* the scanner's own is 300 */
    scan("agent_id");
    choose("receipt");
    robot_tap(&robot, "bar.exit");
    assert_true(robot_shows(&robot, "资料没带齐"));
    robot_tap(&robot, "bar.back");
    robot_tap(&robot, "bar.exit");
    robot_tap(&robot, "bar.next");
    robot_until_screen(&robot, "welcome");
    end();
    FEATURE("F124");
    static const char *const printed[] = {"等待材料", "还缺的资料", "数字证书申请业务受理表",
                                          "经办人单位授权委托书", "还缺反面：经办人有效证件（身份证等）"};
    for (size_t i = 0; i < sizeof(printed) / sizeof(printed[0]); i++)
        assert_true(hall_printed(&scene->hall, printed[i]));
    assert_false(hall_printed(&scene->hall, "单位有效证件"));
    hall_scene_start_other(scene);
    lay_slip(&scene->hall, &scene->other.glass);
    robot_open_wide(&robot, &scene->other);
    robot_until_screen(&robot, "welcome");
    robot_tap(&robot, "welcome.resume");
    robot_tap(&robot, "login.slip");
    robot_until_screen(&robot, "scan");
    const struct service_visit *visit = services_visit(scene->other.services);
    assert_string_equal(scene->order.id, visit->order.id);
    assert_int_not_equal(SERVICE_PAGE_MISSING,
                         page_of(visit->pages, visit->page_count, "unit_licence")->state);
    assert_int_equal(SERVICE_PAGE_MISSING, page_of(visit->pages, visit->page_count, "authorisation")->state);
    end();
    hall_visit_papers(&scene->other); /* what was missing, and handed in */
    hall_done(&scene->other, service_receipt_print(scene->other.services));
    assert_false(hall_printed(&scene->hall, "还缺的资料"));
}

/* Without the slip the order waits just the same, and nothing is handed in before all is there. */
static void test_papers__missing_ones_hold_the_order_though_no_slip_is_printed(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, "dfca-hnzj-unit");
    scan("unit_licence");
    printer_fake_set(&(struct printer_fake_script){.state = DEVICE_OFFLINE});
    choose("receipt");
    robot_tap(&robot, "bar.exit");
    robot_tap(&robot, "bar.next");
    robot_until_gone(&robot, "凭受理单上的二维码");
    robot_until_screen(&robot, "scan");
    robot_tap(&robot, "later.leave");
    robot_until_screen(&robot, "welcome");
    end();
    hall_scene_start_other(scene);
    hall_done(&scene->other, service_order_open(scene->other.services, scene->order.id));
    FEATURE("F124");
    assert_int_equal(ORDER_STATE_SCANNING, services_visit(scene->other.services)->order.state);
    hall_refused(&scene->other, service_order_event(scene->other.services, ORDER_EVENT_SCANNED),
                 SERVICE_REASON_PAPERS_MISSING);
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

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, hall_scene_teardown)
    const struct CMUnitTest tests[] = {
        T(test_papers__one_page_stands_for_two_and_changes_with_its_source),
        T(test_papers__no_page_stands_for_a_paper_that_is_not_named),
        T(test_papers__clerk_sees_the_same_page_and_sends_one_of_them_back),
        T(test_papers__source_that_came_back_brings_the_other_one_along),
        T(test_papers__front_and_back_are_asked_for_one_after_the_other),
        T(test_papers__both_sides_may_stand_on_the_fronts_sheet),
        T(test_papers__sides_are_another_papers_together),
        T(test_papers__clerk_sees_both_sides_as_one_page_and_sends_both_back),
        T(test_papers__missing_ones_are_brought_to_another_terminal_with_the_slip),
        T(test_papers__missing_ones_hold_the_order_though_no_slip_is_printed),
        T(test_papers__page_is_deleted_after_a_question_and_asked_for_again),
        T(test_papers__page_that_is_locked_is_not_deleted),
        T(test_papers__page_under_an_own_title_is_scanned_like_others),
        T(test_papers__page_under_an_own_title_comes_back_under_it),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
