/* Certificates that the authority withdraws by itself, on two signatures, and what has to be done within
 * hours of its approval: at the clerk's screens, at the authority, before the holder. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_revocation.h"
#include "tests/support/feature.h"
#include "tests/support/hall_renewal.h"
#include "tests/support/robot_visit.h"

#define GROUND "提供的信息不真实"
#define PASSWORD "zhanghao-2026"

static struct robot robot; /* large, and one at a time */

static int setup(void **state)
{
    return hall_scene_setup_two(state, TEST_SOURCE_DIR);
}

static void close_robot(void)
{
    assert_int_equal(0, robot_faults(&robot));
    robot_close(&robot);
}

/* --- begun by clerks ----------------------------------------------------------------------------------- */

static void open_certificates(struct hall_scene *scene)
{
    hall_desk_sign_in(&scene->desk, "chen");
    robot_open_wide(&robot, &scene->desk);
    ui_reset(robot.ui, DESK_CERTIFICATES, NULL);
    robot_until_screen(&robot, "certificates");
}

static void sign(const char *second, const char *password)
{
    robot_fill(&robot, "revoke.second", second);
    robot_fill(&robot, "revoke.password", password);
    robot_tap(&robot, "revoke.yes");
}

static bool is_revoked(struct hall_program *program, const void *argument)
{
    struct store *store = hall_store(program->hall, "watcher");
    struct store_certificate row;
    bool is = store_certificate_load(store, argument, &row, NULL) == STATUS_OK &&
              row.state == STORE_CERTIFICATE_REVOKED;
    store_close(store);
    return is;
}

/* The terminal tells whoever has the key, and the order's history whoever may see it. */
static void assert_told(struct hall_scene *scene)
{
    robot_visit_open_holder(&robot, &scene->terminal, "key-1");
    robot_until_text(&robot, "已注销");
    robot_until_text(&robot, GROUND);
    assert_false(robot_can_tap(&robot, "operation.renew"));
    robot_look(&robot, "holder-revoked-by-authority");
    close_robot();
    hall_leave(&scene->terminal);
    hall_visit_login(&scene->terminal);
    hall_done(&scene->terminal, service_order_list(scene->terminal.services));
    hall_done(&scene->terminal, service_order_record(scene->terminal.services, scene->order.id));
    const struct service_past *newest = &hall_scene_visit(scene)->record.past[0];
    assert_string_equal("authority-revoked", newest->event);
    assert_string_equal(GROUND, newest->reason);
    robot_open_wide(&robot, &scene->terminal);
    ui_reset(robot.ui, SCREEN_ORDERS, NULL);
    robot_until_screen(&robot, "orders");
    robot_tap(&robot, "order.0");
    robot_until_text(&robot, "CA 主动注销证书");
    robot_look(&robot, "order-revoked-by-authority");
    close_robot();
}

static void assert_stored(struct hall_scene *scene)
{
    struct store *store = hall_store(&scene->hall, "watcher");
    struct store_revocation row;
    struct store_audit rows[40];
    size_t count = 0, found = 0;
    assert_int_equal(STATUS_OK, store_revocation_load(store, hall_renewal_certificate(scene), &row, NULL));
    assert_string_equal("untrue", row.ground);
    assert_string_equal(scene->order.id, row.evidence_order_id);
    assert_true(row.done_utc_s >= row.created_utc_s && row.created_utc_s > 0);
    assert_int_equal(STATUS_OK, store_audit_list(store, 0, rows, 40, &count, NULL));
    for (size_t i = 0; i < count; i++)
        found += strncmp(rows[i].action, "revocation.", 11) == 0;
    assert_int_equal(2, found);
    store_close(store);
}

static void test_revocation__two_clerks_withdraw_it_and_its_holder_reads_why(void **state)
{
    struct hall_scene *scene = *state;
    hall_renewal_make_key(scene, "key-1");
    open_certificates(scene);
    robot_tap(&robot, "certificates.filter.live");
    robot_tap(&robot, "certificates.row.0");
    robot_tap(&robot, "certificates.revoke");
    robot_tap(&robot, "revoke.ground.untrue");
    robot_fill(&robot, "revoke.evidence", "工商登记查无此单位");
    robot_fill(&robot, "revoke.order", scene->order.acceptance);
    robot_look(&robot, "desk-revoke");
    sign("lin", "wrong-password");
    robot_until_text(&robot, "用户名或密码不对");
    assert_int_equal(STORE_CERTIFICATE_CONFIRMED, hall_renewal_state(scene));
    sign("lin", PASSWORD);
    robot_until_text(&robot, "已签字，正在请 CA 注销");
    close_robot();
    hall_until(&scene->desk, "revoked", is_revoked, hall_renewal_certificate(scene));
    assert_int_equal(1, authority_fake_counts(scene->hall.ca).revoked);
    assert_stored(scene);
    FEATURE("F050");
    assert_told(scene);
}

static const struct service_certificate *certificate(struct hall_scene *scene, const char *text)
{
    hall_done(&scene->desk, service_desk_certificates(scene->desk.services, text, false));
    const struct service_desk *desk = services_desk(scene->desk.services);
    assert_int_equal(1, desk->certificate_count);
    return &desk->certificates[0];
}

static uint64_t revoke(struct hall_scene *scene, struct service_certificate_wish wish, const char *second)
{
    struct secret password = {0};
    wish.request_id = hall_renewal_certificate(scene);
    assert_int_equal(STATUS_OK, secret_set(&password, PASSWORD, strlen(PASSWORD)));
    uint64_t id = service_desk_revoke(scene->desk.services, &wish, second, &password);
    secret_wipe(&password);
    return id;
}

static const struct service_certificate_wish by_law = {
    .ground = "law", .evidence = "法院通知", .evidence_order = ""};

static void test_revocation__one_clerk_alone_no_ground_and_no_evidence_withdraw_nothing(void **state)
{
    struct hall_scene *scene = *state;
    struct service_certificate_wish bad = by_law;
    hall_renewal_make_key(scene, "key-1");
    hall_desk_sign_in(&scene->desk, "chen");
    hall_refused(&scene->desk, revoke(scene, by_law, "lin"), SERVICE_REASON_CHANGED); /* not displayed */
    assert_true(certificate(scene, scene->order.acceptance)->may_revoke);
    hall_refused(&scene->desk, revoke(scene, by_law, "chen"), SERVICE_REASON_SAME_PERSON);
    bad.ground = "mood";
    assert_int_equal(STATUS_MALFORMED, hall_wait(&scene->desk, revoke(scene, bad, "lin")).status);
    bad = by_law;
    bad.evidence = "";
    assert_int_equal(STATUS_MALFORMED, hall_wait(&scene->desk, revoke(scene, bad, "lin")).status);
    bad = by_law;
    bad.evidence_order = "T2026000000000000000000";
    hall_refused(&scene->desk, revoke(scene, bad, "lin"), SERVICE_REASON_EVIDENCE);
    hall_run(&scene->desk, 300);
    assert_int_equal(STORE_CERTIFICATE_CONFIRMED, hall_renewal_state(scene));
    assert_int_equal(0, authority_fake_counts(scene->hall.ca).revoked);
}

/* The authority does not answer, the desk is killed: another program asks on, and it is done once. */
static void test_revocation__an_authority_that_is_silent_is_asked_until_it_answers(void **state)
{
    struct hall_scene *scene = *state;
    hall_renewal_make_key(scene, "key-1");
    hall_desk_sign_in(&scene->desk, "chen");
    (void)certificate(scene, scene->sum.certificate[0].serial);
    authority_fake_script(scene->hall.ca)->offline = true;
    hall_done(&scene->desk, revoke(scene, by_law, "lin"));
    hall_done(&scene->desk, service_desk_overview(scene->desk.services));
    assert_int_equal(1, services_desk(scene->desk.services)->deadline_count);
    assert_true(services_desk(scene->desk.services)->deadlines[0].by_authority);
    assert_int_equal(0, services_desk(scene->desk.services)->deadlines[0].due_utc_s); /* no hours promised */
    hall_refused(&scene->desk, revoke(scene, by_law, "lin"), SERVICE_REASON_CHANGED); /* begun already */
    assert_int_equal(STORE_CERTIFICATE_CONFIRMED, hall_renewal_state(scene));
    hall_program_stop(&scene->desk);
    authority_fake_script(scene->hall.ca)->lose_reply_times = 1;
    authority_fake_script(scene->hall.ca)->offline = false;
    hall_pass(&scene->hall, 600); /* its lease has run out */
    hall_until(&scene->terminal, "revoked", is_revoked, hall_renewal_certificate(scene));
    assert_int_equal(1, authority_fake_counts(scene->hall.ca).revoked);
    hall_order_sum(&scene->hall, scene->order.id, &scene->sum);
    assert_int_equal(0, hall_order_acts(&scene->sum));
    assert_int_equal(ORDER_STATE_DONE, scene->sum.order.state); /* the order stays what it was */
}

/* --- within hours -------------------------------------------------------------------------------------- */

/* An approved revocation of a product that promises it within 24 hours, which the authority does not do. */
static void approve(struct hall_scene *scene, struct order *out)
{
    hall_order_make_of(&scene->hall, "gxca-suqian-unit", "revoke", ORDER_STATE_REVIEWING, out);
    hall_renewal_set_subject(scene, out->id, "ended");
    hall_desk_open(&scene->desk, "chen", out->id);
    hall_desk_approve(&scene->desk);
    hall_pass(&scene->hall, 10); /* it cannot be taken back any more */
    hall_until_stored(&scene->desk, out->id, ORDER_STATE_ACTING);
}

static void test_deadline__hours_run_from_the_approval_and_what_is_over_stands_first(void **state)
{
    struct hall_scene *scene = *state;
    struct order late, early;
    hall_renewal_make_key(scene, "key-1");
    authority_fake_script(scene->hall.ca)->offline = true;
    approve(scene, &late);
    int64_t approved = hall_now_utc_s(&scene->hall);
    hall_pass(&scene->hall, 20 * 3600);
    approve(scene, &early);
    hall_pass(&scene->hall, 5 * 3600);
    open_certificates(scene);
    robot_until_text(&robot, "超时 1:00");
    robot_until_text(&robot, "还剩 18:59");
    robot_tap(&robot, "certificates.row.0");
    robot_until_text(&robot, "正在请 CA 办理，答复前会一直问");
    robot_look(&robot, "desk-deadlines");
    close_robot();
    const struct service_desk *desk = services_desk(scene->desk.services);
    assert_int_equal(2, desk->deadline_count);
    assert_string_equal(late.id, desk->deadlines[0].order.id);
    assert_string_equal(early.id, desk->deadlines[1].order.id);
    assert_in_range(approved + 24 * 3600 - desk->deadlines[0].due_utc_s, 0, 30);
    FEATURE("F049");
    authority_fake_script(scene->hall.ca)->offline = false;
    hall_pass(&scene->hall, 600); /* leases have run out */
    hall_until_stored(&scene->desk, late.id, ORDER_STATE_COLLECTING);
    hall_until(&scene->desk, "revoked", is_revoked, hall_renewal_certificate(scene));
}

/* One that was only handed in has no deadline yet, and one that is done has none any more. */
static void test_deadline__nothing_is_counted_before_the_approval_or_after_the_act(void **state)
{
    struct hall_scene *scene = *state;
    struct order order;
    hall_renewal_make_key(scene, "key-1");
    hall_desk_sign_in(&scene->desk, "chen");
    hall_order_make_of(&scene->hall, "gxca-suqian-unit", "revoke", ORDER_STATE_REVIEWING, &order);
    hall_done(&scene->desk, service_desk_overview(scene->desk.services));
    assert_int_equal(0, services_desk(scene->desk.services)->deadline_count);
    hall_renewal_set_subject(scene, order.id, "ended");
    hall_desk_open(&scene->desk, "chen", order.id);
    hall_desk_approve(&scene->desk);
    hall_pass(&scene->hall, 10);
    hall_until_stored(&scene->desk, order.id, ORDER_STATE_COLLECTING);
    hall_done(&scene->desk, service_desk_overview(scene->desk.services));
    assert_int_equal(0, services_desk(scene->desk.services)->deadline_count);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, hall_scene_teardown)
    const struct CMUnitTest tests[] = {
        T(test_revocation__two_clerks_withdraw_it_and_its_holder_reads_why),
        T(test_revocation__one_clerk_alone_no_ground_and_no_evidence_withdraw_nothing),
        T(test_revocation__an_authority_that_is_silent_is_asked_until_it_answers),
        T(test_deadline__hours_run_from_the_approval_and_what_is_over_stands_first),
        T(test_deadline__nothing_is_counted_before_the_approval_or_after_the_act),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
