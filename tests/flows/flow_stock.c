/* Keys in stock at the clerk's screens: received, moved and scrapped by two, low stock asked for; what does
 * not hold is refused and nothing moves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/store/store_stock.h"
#include "tests/support/hall_scene.h"
#include "tests/support/robot_visit.h"

static struct robot robot; /* large, and one at a time */
#define CLERK_PASSWORD "zhanghao-2026"

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

static void open_devices(struct hall_scene *scene)
{
    hall_add_clerk(&scene->hall, "lin");
    hall_desk_sign_in(&scene->desk, "chen");
    robot_open_wide(&robot, &scene->desk);
    ui_reset(robot.ui, DESK_DEVICES, NULL);
    robot_until_screen(&robot, "devices");
}

static void sign(const char *second, const char *password)
{
    robot_fill(&robot, "stock.second", second);
    robot_fill(&robot, "stock.password", password);
    robot_tap(&robot, "stock.yes");
}

static void receive(const char *serials, const char *second)
{
    robot_key(&robot, INPUT_KEY_CHARACTER, 'i', 0);
    robot_fill(&robot, "stock.batch", "UK-2025-09");
    robot_fill(&robot, "stock.model", "SM2");
    robot_fill(&robot, "stock.serials", serials);
    sign(second, CLERK_PASSWORD);
}

static struct store_stock_key load(struct hall_scene *scene, const char *serial)
{
    struct store_stock_key key = {0};
    struct store *store = hall_store(&scene->hall, "watcher");
    assert_int_equal(STATUS_OK, store_stock_load(store, serial, &key, NULL));
    store_close(store);
    return key;
}

static void end(void)
{
    assert_int_equal(0, robot_faults(&robot));
    robot_close(&robot);
}

static void test_stock__two_clerks_receive_move_and_scrap_keys(void **state)
{
    struct hall_scene *scene = *state;
    open_devices(scene);
    receive("aa01..aa12", "lin");
    robot_until_text(&robot, "已入库 12 支");
    robot_until_text(&robot, "SM2只剩 12 支，低于预警线 30 支");
    robot_tap(&robot, "stock.ask");
    robot_until_text(&robot, "已申请 48 支");
    robot_until_text(&robot, "机"); /* a terminal is there, and chosen */
    robot_key(&robot, INPUT_KEY_CHARACTER, 't', 0);
    robot_fill(&robot, "stock.serials", "AA01..AA09");
    sign("lin", CLERK_PASSWORD);
    robot_until_text(&robot, "已调拨 9 支");
    robot_key(&robot, INPUT_KEY_CHARACTER, 'd', 0);
    robot_fill(&robot, "stock.serials", "AA12");
    robot_fill(&robot, "stock.reason", "broken");
    sign("lin", CLERK_PASSWORD);
    robot_until_text(&robot, "已作废 1 支");
    end();
    assert_string_equal("terminal-01", load(scene, "AA01").place);
    assert_string_equal("", load(scene, "AA10").place);
    assert_int_equal(STORE_STOCK_SCRAPPED, load(scene, "AA12").state);
    assert_true(hall_scene_has_audit(scene, "stock.receive", "chen"));
    assert_true(hall_scene_has_audit(scene, "stock.move", "chen"));
    assert_true(hall_scene_has_audit(scene, "stock.scrap", "chen"));
    assert_true(hall_scene_has_audit(scene, "stock.ask", "chen"));
}

static struct service_reply ask(struct hall_scene *scene, enum service_stock_step step, const char *serials,
                                const char *second)
{
    static struct service_stock_act act;
    struct secret password = {0};
    act = (struct service_stock_act){
        .step = step, .batch = "UK-1", .model = "SM2", .reason = "broken", .place = ""};
    (void)strncpy(act.serials, serials, sizeof(act.serials) - 1);
    assert_int_equal(STATUS_OK, secret_set(&password, CLERK_PASSWORD, strlen(CLERK_PASSWORD)));
    struct service_reply reply =
        hall_wait(&scene->desk, service_desk_stock(scene->desk.services, &act, second, &password));
    secret_wipe(&password);
    return reply;
}

static void test_stock__what_does_not_hold_is_refused_and_told(void **state)
{
    struct hall_scene *scene = *state;
    assert_int_equal(STATUS_BAD_STATE, ask(scene, SERVICE_STOCK_RECEIVE, "BB01", "lin").status);
    open_devices(scene);
    receive("bb01", "chen");
    robot_until_text(&robot, "复核人不能是您自己");
    end();
    assert_int_equal(SERVICE_REASON_SAME_PERSON, ask(scene, SERVICE_STOCK_RECEIVE, "BB01", "chen").reason);
    assert_int_equal(SERVICE_REASON_STOCK_SERIALS, ask(scene, SERVICE_STOCK_RECEIVE, "B/1", "lin").reason);
    assert_int_equal(SERVICE_REASON_STOCK_UNKNOWN, ask(scene, SERVICE_STOCK_SCRAP, "BB01", "lin").reason);
    assert_int_equal(STATUS_OK, ask(scene, SERVICE_STOCK_RECEIVE, "BB01 BB02", "lin").status);
    const struct service_reply twice = ask(scene, SERVICE_STOCK_RECEIVE, "BB03 BB02", "lin");
    assert_int_equal(SERVICE_REASON_STOCK_KNOWN, twice.reason);
    assert_int_equal(2, twice.number);
    assert_int_equal(SERVICE_REASON_STOCK_UNKNOWN, ask(scene, SERVICE_STOCK_SCRAP, "BB03", "lin").reason);
    assert_int_equal(SERVICE_REASON_STOCK_STATE, ask(scene, SERVICE_STOCK_MOVE, "BB01", "lin").reason);
    assert_int_equal(STATUS_OK, ask(scene, SERVICE_STOCK_SCRAP, "BB01", "lin").status);
    assert_int_equal(SERVICE_REASON_STOCK_STATE, ask(scene, SERVICE_STOCK_SCRAP, "BB01", "lin").reason);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, hall_scene_teardown)
    const struct CMUnitTest tests[] = {
        T(test_stock__two_clerks_receive_move_and_scrap_keys),
        T(test_stock__what_does_not_hold_is_refused_and_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
