/* Units and their people: claimed, joined, proven by a transfer, handed over, left; refused where it must be.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/feature.h"
#include "tests/support/hall_phone.h"
#include "tests/support/hall_unit.h"
#include "tests/support/robot_visit.h"

#define OTHER_PHONE "13900000007"
#define THIRD_PHONE "13900000008"

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

static const struct service_desk *desk_of(const struct hall_scene *scene)
{
    return services_desk(scene->desk.services);
}

static void make(struct hall_scene *scene, const char *kind, const char *name, const char *phone,
                 enum order_state state, struct order *out)
{
    hall_unit_make(scene, &(struct hall_unit_wish){.kind = kind, .name = name, .phone = phone}, state, out);
}

/* The person asks to join and goes away. */
static void ask(struct hall_scene *scene, const char *name, const char *phone, struct order *out)
{
    make(scene, "join", name, phone, ORDER_STATE_REVIEWING, out);
    assert_int_equal(SERVICE_REASON_UNIT_WAITS, hall_unit_carry_out(scene, out).reason);
    assert_int_equal(SERVICE_DEED_LETTING_IN, hall_scene_visit(scene)->deed.waits);
    hall_leave(&scene->terminal);
}

static void log_in(struct hall_scene *scene)
{
    hall_visit_login(&scene->terminal);
    hall_done(&scene->terminal, service_unit_list(scene->terminal.services));
}

static const struct service_unit *unit_of(const struct hall_scene *scene)
{
    assert_int_equal(1, hall_scene_visit(scene)->unit_count);
    return &hall_scene_visit(scene)->units[0];
}

static uint64_t act(struct hall_scene *scene, enum service_unit_act_kind kind, const char *subject_id)
{
    struct service_unit_act wanted = {.kind = kind};
    (void)strcpy(wanted.unit_id, unit_of(scene)->id);
    (void)strcpy(wanted.subject_id, subject_id);
    return service_unit_act(scene->terminal.services, &wanted);
}

static uint64_t begin(struct hall_scene *scene, enum service_holding_kind kind, const char *text,
                      int64_t until_utc_s)
{
    struct service_unit_act wanted = {
        .kind = SERVICE_UNIT_BEGIN, .holding = kind, .until_utc_s = until_utc_s};
    (void)strcpy(wanted.unit_id, unit_of(scene)->id);
    (void)strcpy(wanted.text, text);
    return service_unit_act(scene->terminal.services, &wanted);
}

static void look_at_desk(struct hall_scene *scene)
{
    if (!desk_of(scene)->signed_in)
        hall_desk_sign_in(&scene->desk, "chen");
    hall_done(&scene->desk, service_desk_units(scene->desk.services, HALL_CREDIT_CODE, ""));
}

static uint64_t act_at_desk(struct hall_scene *scene, enum service_unit_act_kind kind, const char *subject_id)
{
    struct service_unit_act wanted = {.kind = kind};
    (void)strcpy(wanted.unit_id, desk_of(scene)->unit.id);
    (void)strcpy(wanted.subject_id, subject_id);
    return service_desk_unit_act(scene->desk.services, &wanted);
}

static uint64_t tell(struct hall_scene *scene, const char *account_end, int64_t amount_fen)
{
    struct service_unit_act wanted = {.kind = SERVICE_UNIT_TELL, .amount_fen = amount_fen};
    (void)strcpy(wanted.subject_id, desk_of(scene)->proofs[0].id);
    (void)strcpy(wanted.account_end, account_end);
    return service_desk_unit_act(scene->desk.services, &wanted);
}

/* --- claiming ---------------------------------------------------------------------------------------- */

static void test_units__who_claims_first_is_administrator(void **state)
{
    struct hall_scene *scene = *state;
    hall_unit_claim(scene, &scene->order);
    log_in(scene);
    const struct service_unit *unit = unit_of(scene);
    assert_string_equal(HALL_UNIT_COMPANY, unit->name);
    assert_string_equal(HALL_CREDIT_CODE, unit->credit_code);
    assert_int_equal(1, unit->person_count);
    assert_true(unit->persons[0].is_manager);
    assert_string_equal("张小丽", unit->persons[0].name);
    assert_int_equal(1, unit->own);
}

static void test_units__a_second_administrator_is_refused_at_the_form(void **state)
{
    struct hall_scene *scene = *state;
    struct order second;
    hall_unit_claim(scene, &scene->order);
    make(scene, "claim", "李大有", OTHER_PHONE, ORDER_STATE_DRAFT, &second);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, second.id));
    hall_refused(&scene->terminal, service_order_event(scene->terminal.services, ORDER_EVENT_FORM_COMPLETED),
                 SERVICE_REASON_UNIT_HAS_MANAGER);
    assert_int_equal(ORDER_STATE_DRAFT, hall_scene_visit(scene)->order.state);
}

/* Both were approved before either was carried out. */
static void test_units__of_two_approved_claims_the_later_order_ends(void **state)
{
    struct hall_scene *scene = *state;
    struct order second;
    make(scene, "claim", "李大有", OTHER_PHONE, ORDER_STATE_REVIEWING, &second);
    hall_unit_claim(scene, &scene->order);
    hall_unit_approve(scene, &second);
    hall_until_stored(&scene->terminal, second.id, ORDER_STATE_CLOSED);
    log_in(scene);
    assert_int_equal(1, unit_of(scene)->person_count);
}

/* --- joining ----------------------------------------------------------------------------------------- */

static void test_units__the_administrator_lets_in_who_asked_and_the_order_goes_on(void **state)
{
    struct hall_scene *scene = *state;
    struct order asking;
    hall_unit_claim(scene, &scene->order);
    ask(scene, "李大有", OTHER_PHONE, &asking);
    log_in(scene);
    assert_int_equal(2, unit_of(scene)->person_count);
    assert_true(unit_of(scene)->persons[1].is_asked);
    hall_done(&scene->terminal, act(scene, SERVICE_UNIT_ACCEPT, unit_of(scene)->persons[1].id));
    assert_false(unit_of(scene)->persons[1].is_asked);
    assert_false(unit_of(scene)->persons[1].is_manager);
    hall_until_stored(&scene->terminal, asking.id, ORDER_STATE_COLLECTING);
}

static void test_units__who_is_refused_is_not_in_and_the_order_ends(void **state)
{
    struct hall_scene *scene = *state;
    struct order asking;
    hall_unit_claim(scene, &scene->order);
    ask(scene, "李大有", OTHER_PHONE, &asking);
    log_in(scene);
    hall_done(&scene->terminal, act(scene, SERVICE_UNIT_REFUSE, unit_of(scene)->persons[1].id));
    assert_int_equal(1, unit_of(scene)->person_count);
    hall_until_stored(&scene->terminal, asking.id, ORDER_STATE_CLOSED);
}

static void test_units__the_desk_may_let_in_too(void **state)
{
    struct hall_scene *scene = *state;
    struct order asking;
    hall_unit_claim(scene, &scene->order);
    ask(scene, "李大有", OTHER_PHONE, &asking);
    look_at_desk(scene);
    assert_int_equal(1, desk_of(scene)->units[0].asked);
    assert_string_equal("张小丽", desk_of(scene)->units[0].manager);
    hall_done(&scene->desk, act_at_desk(scene, SERVICE_UNIT_ACCEPT, desk_of(scene)->unit.persons[1].id));
    assert_false(desk_of(scene)->unit.persons[1].is_asked);
    hall_until_stored(&scene->desk, asking.id, ORDER_STATE_COLLECTING);
}

static void test_units__a_unit_nobody_claimed_cannot_be_joined(void **state)
{
    struct hall_scene *scene = *state;
    make(scene, "join", "李大有", OTHER_PHONE, ORDER_STATE_DRAFT, &scene->order);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, scene->order.id));
    hall_refused(&scene->terminal, service_order_event(scene->terminal.services, ORDER_EVENT_FORM_COMPLETED),
                 SERVICE_REASON_UNIT_UNKNOWN);
    assert_int_equal(ORDER_STATE_DRAFT, hall_scene_visit(scene)->order.state);
}

/* --- proving ----------------------------------------------------------------------------------------- */

static int64_t open_proof(struct hall_scene *scene)
{
    make(scene, "bank-transfer", "张小丽", HALL_PHONE, ORDER_STATE_REVIEWING, &scene->order);
    assert_int_equal(SERVICE_REASON_PROOF_WAITS, hall_unit_carry_out(scene, &scene->order).reason);
    assert_int_equal(SERVICE_DEED_TRANSFER, hall_scene_visit(scene)->deed.waits);
    int64_t agreed = hall_scene_visit(scene)->deed.amount_fen;
    assert_in_range(agreed, 11, 99);
    hall_leave(&scene->terminal);
    hall_desk_sign_in(&scene->desk, "chen");
    hall_done(&scene->desk, service_desk_units(scene->desk.services, "", ""));
    assert_int_equal(1, desk_of(scene)->proof_count);
    assert_string_equal(scene->order.acceptance, desk_of(scene)->proofs[0].acceptance);
    return agreed;
}

static void test_units__the_right_amount_from_the_right_account_makes_the_administrator(void **state)
{
    struct hall_scene *scene = *state;
    int64_t agreed = open_proof(scene);
    struct service_reply reply = hall_wait(&scene->desk, tell(scene, "123456", agreed + 1));
    assert_int_equal(SERVICE_REASON_PROOF_WRONG, reply.reason);
    assert_int_equal(2, reply.number);
    hall_refused(&scene->desk, tell(scene, "654321", agreed), SERVICE_REASON_PROOF_WRONG);
    hall_done(&scene->desk, tell(scene, "123456", agreed));
    assert_int_equal(0, desk_of(scene)->proof_count);
    hall_until_stored(&scene->desk, scene->order.id, ORDER_STATE_COLLECTING);
    log_in(scene);
    assert_true(unit_of(scene)->persons[0].is_manager);
}

static void test_units__three_wrong_amounts_ask_for_another_one(void **state)
{
    struct hall_scene *scene = *state;
    int64_t agreed = open_proof(scene);
    hall_refused(&scene->desk, tell(scene, "123456", 1), SERVICE_REASON_PROOF_WRONG);
    hall_refused(&scene->desk, tell(scene, "123456", 2), SERVICE_REASON_PROOF_WRONG);
    char first[SERVICE_MARK_BYTES];
    (void)strcpy(first, desk_of(scene)->proofs[0].id);
    hall_refused(&scene->desk, tell(scene, "123456", 3), SERVICE_REASON_PROOF_FAILED);
    assert_int_equal(0, desk_of(scene)->proof_count);
    struct service_unit_act late = {.kind = SERVICE_UNIT_TELL, .amount_fen = agreed};
    (void)strcpy(late.subject_id, first);
    (void)strcpy(late.account_end, "123456");
    hall_refused(&scene->desk, service_desk_unit_act(scene->desk.services, &late), SERVICE_REASON_CHANGED);
    assert_int_equal(SERVICE_REASON_PROOF_WAITS, hall_unit_carry_out(scene, &scene->order).reason);
    hall_done(&scene->desk, service_desk_units(scene->desk.services, "", ""));
    assert_int_equal(1, desk_of(scene)->proof_count);
    assert_string_not_equal(first, desk_of(scene)->proofs[0].id);
}

/* --- handing over, leaving ---------------------------------------------------------------------------- */

static void let_in(struct hall_scene *scene, const char *name, const char *phone)
{
    struct order asking;
    ask(scene, name, phone, &asking);
    log_in(scene);
    size_t last = unit_of(scene)->person_count - 1;
    hall_done(&scene->terminal, act(scene, SERVICE_UNIT_ACCEPT, unit_of(scene)->persons[last].id));
}

static void test_units__the_administrator_hands_over_and_the_desk_approves(void **state)
{
    struct hall_scene *scene = *state;
    FEATURE("F191");
    hall_unit_claim(scene, &scene->order);
    let_in(scene, "李大有", OTHER_PHONE);
    hall_refused(&scene->terminal, act(scene, SERVICE_UNIT_LEAVE, ""), SERVICE_REASON_UNIT_MANAGER_STAYS);
    hall_done(&scene->terminal, act(scene, SERVICE_UNIT_HEIR, unit_of(scene)->persons[1].id));
    assert_true(unit_of(scene)->persons[0].is_manager); /* not before the desk says so */
    look_at_desk(scene);
    assert_true(desk_of(scene)->units[0].has_heir);
    hall_done(&scene->desk, act_at_desk(scene, SERVICE_UNIT_TRANSFER, desk_of(scene)->unit.heir_id));
    assert_string_equal("李大有", desk_of(scene)->unit.persons[0].name);
    assert_string_equal("", desk_of(scene)->unit.heir_id);
    hall_done(&scene->terminal, service_unit_list(scene->terminal.services));
    hall_refused(&scene->terminal, act(scene, SERVICE_UNIT_HEIR, unit_of(scene)->persons[0].id),
                 SERVICE_REASON_UNIT_NOT_MANAGER);
    hall_done(&scene->terminal, act(scene, SERVICE_UNIT_LEAVE, ""));
    assert_int_equal(0, hall_scene_visit(scene)->unit_count);
}

static void test_units__nobody_who_is_no_member_becomes_administrator(void **state)
{
    struct hall_scene *scene = *state;
    struct order asking;
    hall_unit_claim(scene, &scene->order);
    ask(scene, "李大有", OTHER_PHONE, &asking);
    log_in(scene);
    hall_refused(&scene->terminal, act(scene, SERVICE_UNIT_HEIR, unit_of(scene)->persons[1].id),
                 SERVICE_REASON_UNIT_NOT_MEMBER);
    hall_refused(&scene->terminal, act(scene, SERVICE_UNIT_HEIR, "0123456789abcdef0123456789abcdef"),
                 SERVICE_REASON_UNIT_NOT_MEMBER);
    look_at_desk(scene);
    hall_refused(&scene->desk, act_at_desk(scene, SERVICE_UNIT_TRANSFER, desk_of(scene)->unit.persons[1].id),
                 SERVICE_REASON_CHANGED);
}

static void test_units__an_heir_who_left_is_none(void **state)
{
    struct hall_scene *scene = *state;
    hall_unit_claim(scene, &scene->order);
    let_in(scene, "李大有", OTHER_PHONE);
    hall_done(&scene->terminal, act(scene, SERVICE_UNIT_HEIR, unit_of(scene)->persons[1].id));
    hall_done(&scene->terminal, act(scene, SERVICE_UNIT_REMOVE, unit_of(scene)->persons[1].id));
    assert_string_equal("", unit_of(scene)->heir_id);
    assert_int_equal(1, unit_of(scene)->person_count);
}

/* --- what a unit has ---------------------------------------------------------------------------------- */

static void test_units__platforms_and_people_are_authorised_until_a_day(void **state)
{
    struct hall_scene *scene = *state;
    FEATURE("F192");
    FEATURE("F193");
    hall_unit_claim(scene, &scene->order);
    let_in(scene, "李大有", OTHER_PHONE);
    int64_t day = hall_now_utc_s(&scene->hall) + 86400;
    hall_done(&scene->terminal, begin(scene, SERVICE_HOLDING_PLATFORM, "洋河e采平台", day));
    hall_done(&scene->terminal, begin(scene, SERVICE_HOLDING_PERSON, unit_of(scene)->persons[1].id, day));
    hall_done(&scene->terminal, begin(scene, SERVICE_HOLDING_SEAL, "公章", 0));
    assert_int_equal(3, unit_of(scene)->holding_count);
    for (size_t i = 0; i < 3; i++)
        assert_true(unit_of(scene)->holdings[i].is_live);
    hall_refused(&scene->terminal, begin(scene, SERVICE_HOLDING_PLATFORM, "洋河e采平台", day),
                 SERVICE_REASON_UNIT_HAS_IT);
    hall_refused(&scene->terminal, begin(scene, SERVICE_HOLDING_PERSON, "nobody", day),
                 SERVICE_REASON_UNIT_NOT_MEMBER);
    hall_done(&scene->terminal, act(scene, SERVICE_UNIT_END, unit_of(scene)->holdings[0].id));
    assert_int_equal(2, unit_of(scene)->holding_count);
    hall_refused(&scene->terminal, act(scene, SERVICE_UNIT_END, "0123456789abcdef0123456789abcdef"),
                 SERVICE_REASON_CHANGED);
    hall_pass(&scene->hall, 2 * 86400);
    log_in(scene);
    for (size_t i = 0; i < unit_of(scene)->holding_count; i++)
        assert_int_equal(unit_of(scene)->holdings[i].kind == SERVICE_HOLDING_SEAL,
                         unit_of(scene)->holdings[i].is_live);
}

/* A member of one unit does nothing in another, and staff nothing but leave. */
static void test_units__staff_and_strangers_change_nothing(void **state)
{
    struct hall_scene *scene = *state;
    struct order asking;
    make(scene, "claim", "王建国", THIRD_PHONE, ORDER_STATE_REVIEWING, &scene->order);
    (void)hall_unit_carry_out(scene, &scene->order);
    hall_until_state(&scene->terminal, ORDER_STATE_COLLECTING);
    hall_leave(&scene->terminal);
    ask(scene, "张小丽", HALL_PHONE, &asking);
    log_in(scene);
    assert_int_equal(0, unit_of(scene)->person_count); /* who only asks is not told who is there */
    hall_refused(&scene->terminal, begin(scene, SERVICE_HOLDING_SEAL, "公章", 0),
                 SERVICE_REASON_UNIT_NOT_MANAGER);
    look_at_desk(scene);
    hall_done(&scene->desk, act_at_desk(scene, SERVICE_UNIT_ACCEPT, desk_of(scene)->unit.persons[1].id));
    hall_done(&scene->terminal, service_unit_list(scene->terminal.services));
    hall_refused(&scene->terminal, begin(scene, SERVICE_HOLDING_SEAL, "公章", 0),
                 SERVICE_REASON_UNIT_NOT_MANAGER);
    hall_refused(&scene->terminal, act(scene, SERVICE_UNIT_TRANSFER, unit_of(scene)->persons[1].id),
                 SERVICE_REASON_UNIT_NOT_MANAGER);
    hall_done(&scene->terminal, act(scene, SERVICE_UNIT_LEAVE, ""));
}

/* --- through the screens ------------------------------------------------------------------------------ */

static const struct hall_visit_answer answers[] = {
    {"company", HALL_UNIT_COMPANY}, {"credit_code", HALL_CREDIT_CODE},  {"legal_name", "李大有"},
    {"agent_name", "张小丽"},       {"agent_id", "110101199003070417"}, {"agent_mobile", HALL_PHONE},
    {"bank_account_end", "123456"}};
static const char *const claims[] = {"kind.claim"};
static const char *const proves[] = {"kind.bank-transfer"};

static void open_robot(struct robot *robot, struct hall_program *program)
{
    robot_open_wide(robot, program);
}

static void close_robot(struct robot *robot)
{
    unsigned faults = robot_faults(robot);
    robot_close(robot);
    assert_int_equal(0, faults);
}

/* The agreement is read, then each warning. */
static void agree(struct robot *robot)
{
    robot_visit_read(robot);
    robot_until_screen(robot, "heed");
    robot_tap(robot, "warning.0");
    robot_tap(robot, "warning.1");
    robot_tap(robot, "bar.next");
    robot_until_screen(robot, "form");
}

/* From the first touch to the clerk's approval. */
static void apply(struct hall_scene *scene, struct robot *robot, const char *const *wishes,
                  const char *screen)
{
    struct robot_visit visit = {.robot = robot,
                                .product = HALL_UNIT_PRODUCT,
                                .class_id = "manager",
                                .answers = answers,
                                .answer_count = sizeof(answers) / sizeof(answers[0]),
                                .wishes = wishes,
                                .wish_count = 1};
    robot_visit_choose(&visit);
    robot_visit_login(&visit);
    agree(robot);
    robot_visit_form(&visit);
    robot_visit_print(&visit);
    robot_visit_scan(&visit);
    robot_visit_identity(&visit, &scene->desk);
    robot_visit_review_to(&visit, &scene->desk, screen);
}

/* The certificate of the wrong request was withdrawn; another may be brought. */
static void until_refused(struct hall_scene *scene, struct robot *robot)
{
    struct hall_order_sum sum = {0};
    for (int turn = 0; turn < 600 && hall_order_certificates(&sum, STORE_CERTIFICATE_REVOKED) == 0; turn++) {
        robot_run(robot, 50);
        hall_order_sum(&scene->hall, hall_scene_visit(scene)->order.id, &sum);
    }
    assert_int_equal(1, hall_order_certificates(&sum, STORE_CERTIFICATE_REVOKED));
}

static void test_units__a_company_is_claimed_at_the_terminal(void **state)
{
    struct hall_scene *scene = *state;
    struct robot robot;
    open_robot(&robot, &scene->terminal);
    apply(scene, &robot, claims, "acting");
    robot_until_text(&robot, "请在手机上下载证书");
    hall_phone_bring_for(&scene->hall, hall_scene_visit(scene)->order.id,
                         "宿迁别的公司"); /* which this order does not ask for */
    until_refused(scene, &robot);
    robot_until_text(&robot, "请在手机上下载证书");
    hall_phone_bring(&scene->hall, hall_scene_visit(scene)->order.id);
    robot_until_screen(&robot, "done");
    (void)strcpy(scene->order.id, hall_scene_visit(scene)->order.id);
    hall_scene_look(scene);
    assert_int_equal(1, hall_order_certificates(&scene->sum, STORE_CERTIFICATE_REVOKED));
    assert_int_equal(1, hall_order_certificates(&scene->sum, STORE_CERTIFICATE_CONFIRMED));
    assert_int_equal(0, payment_fake_taken_fen(scene->hall.gateway)); /* it is paid on the phone */
    close_robot(&robot);
    look_at_desk(scene);
    assert_string_equal("张小丽", desk_of(scene)->units[0].manager);
    assert_string_equal(HALL_UNIT_COMPANY, desk_of(scene)->units[0].name);
}

static void test_units__the_agreed_amount_is_shown_and_the_clerk_tells_what_arrived(void **state)
{
    struct hall_scene *scene = *state;
    struct robot applicant, clerk;
    char amount[32];
    FEATURE("F129");
    open_robot(&applicant, &scene->terminal);
    apply(scene, &applicant, proves, "acting");
    robot_until_text(&applicant, "请转一笔约定的款");
    assert_true(robot_shows(&applicant, "尾号 123456 的对公账户"));
    money_to_yuan(hall_scene_visit(scene)->deed.amount_fen, amount);
    robot_tap(&applicant, "bar.exit");
    robot_until_screen(&applicant, "welcome");
    close_robot(&applicant);
    open_robot(&clerk, &scene->desk);
    clerk.faults = 0; /* the sign-in is judged by the gallery */
    ui_reset(clerk.ui, DESK_UNITS, NULL);
    robot_tap(&clerk, "proofs.row.0");
    robot_fill(&clerk, "proof.account", "123456");
    robot_fill(&clerk, "proof.amount", "9.99");
    robot_tap(&clerk, "proof.tell");
    robot_until_text(&clerk, "与约定的金额或账户不符，还可以试 2 次");
    robot_fill(&clerk, "proof.amount", amount);
    robot_tap(&clerk, "proof.tell");
    robot_until_text(&clerk, "已办好");
    robot_until(&clerk, "units.row.0");
    robot_tap(&clerk, "units.row.0");
    robot_until_text(&clerk, "张小丽");
    close_robot(&clerk);
    look_at_desk(scene);
    assert_string_equal("张小丽", desk_of(scene)->units[0].manager);
}

static void test_units__the_administrator_does_it_all_at_the_terminal(void **state)
{
    struct hall_scene *scene = *state;
    struct order asking;
    struct robot robot;
    hall_unit_claim(scene, &scene->order);
    ask(scene, "李大有", OTHER_PHONE, &asking);
    open_robot(&robot, &scene->terminal);
    struct robot_visit visit = {.robot = &robot};
    robot_tap(&robot, "welcome.resume");
    robot_until_screen(&robot, "login");
    robot_visit_login(&visit);
    robot_tap(&robot, "found.no"); /* the own certificate is on the phone */
    robot_tap(&robot, "orders.own");
    robot_tap(&robot, "way.units");
    robot_until_screen(&robot, "unit");
    robot_until_text(&robot, "等同意");
    robot_tap(&robot, "row.accept.1");
    robot_until(&robot, "row.heir.1");
    robot_tap(&robot, "unit.grant");
    robot_fill(&robot, "grant.platform", "洋河e采平台");
    robot_key(&robot, INPUT_KEY_ENTER, 0, 0);
    robot_tap(&robot, "grant.term.1");
    robot_tap(&robot, "bar.next");
    robot_until(&robot, "row.end.2");
    assert_true(robot_shows(&robot, "洋河e采平台"));
    robot_tap(&robot, "row.heir.1");
    robot_tap(&robot, "unit.no");
    robot_tap(&robot, "row.heir.1");
    robot_tap(&robot, "unit.yes");
    robot_until_text(&robot, "接任人");
    robot_tap(&robot, "row.end.2");
    robot_tap(&robot, "unit.yes");
    robot_until_gone(&robot, "洋河e采平台");
    close_robot(&robot);
    hall_until_stored(&scene->terminal, asking.id, ORDER_STATE_COLLECTING);
    look_at_desk(scene);
    assert_true(desk_of(scene)->units[0].has_heir);
}

/* Rows of the side: the administrator, who asks, then what the unit has. */
static void test_units__the_clerk_does_it_all_at_the_desk(void **state)
{
    struct hall_scene *scene = *state;
    struct order asking;
    struct robot clerk;
    FEATURE("F191");
    FEATURE("F193");
    FEATURE("F195");
    hall_unit_claim(scene, &scene->order);
    ask(scene, "李大有", OTHER_PHONE, &asking);
    hall_desk_sign_in(&scene->desk, "chen");
    open_robot(&clerk, &scene->desk);
    ui_reset(clerk.ui, DESK_UNITS, NULL);
    robot_until(&clerk, "units.row.0");
    robot_tap(&clerk, "units.row.0");
    robot_until(&clerk, "side.row.1");
    robot_tap(&clerk, "side.row.0");
    assert_false(robot_can_tap(&clerk, "unit.remove")); /* the administrator hands over first */
    robot_tap(&clerk, "side.row.1");
    robot_tap(&clerk, "unit.accept");
    robot_until_text(&clerk, "已办好");
    robot_fill(&clerk, "unit.text", "宿迁市政府采购网");
    robot_tap(&clerk, "unit.bind");
    robot_until(&clerk, "side.row.2");
    robot_fill(&clerk, "unit.text", "法定代表人章");
    robot_tap(&clerk, "unit.seal");
    robot_until(&clerk, "side.row.3");
    assert_true(robot_shows(&clerk, "宿迁市政府采购网") && robot_shows(&clerk, "法定代表人章"));
    log_in(scene);
    assert_int_equal(2, unit_of(scene)->holding_count);
    hall_done(&scene->terminal, act(scene, SERVICE_UNIT_HEIR, unit_of(scene)->persons[1].id));
    robot_until(&clerk, "unit.transfer");
    robot_tap(&clerk, "unit.transfer");
    robot_until_gone(&clerk, "接任人");
    assert_string_equal("李大有", desk_of(scene)->unit.persons[0].name);
    bool is_first = desk_of(scene)->unit.holdings[0].kind == SERVICE_HOLDING_ZONE;
    robot_tap(&clerk, is_first ? "side.row.2" : "side.row.3");
    robot_tap(&clerk, "unit.end");
    robot_until_gone(&clerk, "宿迁市政府采购网");
    close_robot(&clerk);
    assert_int_equal(1, desk_of(scene)->unit.holding_count);
    assert_string_equal("法定代表人章", desk_of(scene)->unit.holdings[0].text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(test_units__##name, setup, hall_scene_teardown)
        TEST(who_claims_first_is_administrator),
        TEST(a_second_administrator_is_refused_at_the_form),
        TEST(of_two_approved_claims_the_later_order_ends),
        TEST(the_administrator_lets_in_who_asked_and_the_order_goes_on),
        TEST(who_is_refused_is_not_in_and_the_order_ends),
        TEST(the_desk_may_let_in_too),
        TEST(a_unit_nobody_claimed_cannot_be_joined),
        TEST(the_right_amount_from_the_right_account_makes_the_administrator),
        TEST(three_wrong_amounts_ask_for_another_one),
        TEST(the_administrator_hands_over_and_the_desk_approves),
        TEST(nobody_who_is_no_member_becomes_administrator),
        TEST(an_heir_who_left_is_none),
        TEST(platforms_and_people_are_authorised_until_a_day),
        TEST(staff_and_strangers_change_nothing),
        TEST(the_administrator_does_it_all_at_the_terminal),
        TEST(the_clerk_does_it_all_at_the_desk),
        TEST(a_company_is_claimed_at_the_terminal),
        TEST(the_agreed_amount_is_shown_and_the_clerk_tells_what_arrived),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
