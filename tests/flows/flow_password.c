/* Accounts: a password set at the terminal opens what the number opens, by any of its names, and nothing
 * else; what is forgotten is set anew at a clerk's word. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/store/store_order.h"
#include "tests/support/feature.h"
#include "tests/support/hall_scene.h"
#include "tests/support/robot_desk.h"
#include "tests/support/robot_visit.h"

#define PASSWORD "chongqing-2026"
#define FRESH "jiefangbei2027"
#define WRONG "chongqing-2025"
#define PERSON "110101199003070417" /* ID number of who has the account */
#define OTHER_PERSON "110101199003070361"
#define EMAIL "zhang@example.cn"
#define COMPANY "重庆示例科技有限公司"
#define NEW_PHONE "13900000009"
#define STRANGER "13900000010"

enum { TRIES = 5 };

static struct robot robot, desk;
static const struct robot_visit person = {.robot = &robot};

static int setup(void **state)
{
    if (hall_scene_setup(state, TEST_SOURCE_DIR) != 0)
        return -1;
    ((struct hall_scene *)*state)->hall.settings->login_passwords = true; /* programs read it as they go */
    return 0;
}

static struct services *at(struct hall_scene *scene)
{
    return scene->terminal.services;
}

static void end(struct robot *one)
{
    unsigned faults = robot_faults(one);
    robot_close(one);
    assert_int_equal(0, faults);
}

/* --- at the services --------------------------------------------------------------------------------- */

static uint64_t log_in(struct hall_scene *scene, const char *alias, const char *text)
{
    struct secret password = {0};
    assert_int_equal(STATUS_OK, secret_set(&password, text, strlen(text)));
    uint64_t id = service_account_log_in(at(scene), alias, &password);
    secret_wipe(&password);
    return id;
}

static uint64_t open_account(struct hall_scene *scene, const char *number, const char *text)
{
    struct secret password = {0};
    assert_int_equal(STATUS_OK, secret_set(&password, text, strlen(text)));
    uint64_t id = service_account_open(at(scene), number, &password);
    secret_wipe(&password);
    return id;
}

static uint64_t set_password(struct hall_scene *scene, const char *text, bool by_reset)
{
    struct secret password = {0};
    assert_int_equal(STATUS_OK, secret_set(&password, text, strlen(text)));
    uint64_t id = by_reset ? service_reset_password(at(scene), &password)
                           : service_account_password(at(scene), &password);
    secret_wipe(&password);
    return id;
}

/* A code goes to this number. */
static void read_code(struct hall_scene *scene, const char *phone, struct secret *code)
{
    char digits[16];
    hall_done(&scene->terminal, service_login_send(at(scene), phone));
    assert_int_equal(STATUS_OK, sms_fake_last_code(scene->hall.phones, phone, digits, sizeof(digits)));
    assert_int_equal(STATUS_OK, secret_set(code, digits, strlen(digits)));
}

static void log_in_by_code(struct hall_scene *scene, const char *phone)
{
    struct secret code = {0};
    read_code(scene, phone, &code);
    hall_done(&scene->terminal, service_login_verify(at(scene), phone, &code));
}

static uint64_t move_to(struct hall_scene *scene, const char *phone)
{
    struct secret code = {0};
    read_code(scene, phone, &code);
    return service_account_phone(at(scene), phone, &code);
}

/* The usual person has an account, and the visit is over. */
static void make_account(struct hall_scene *scene)
{
    hall_visit_login(&scene->terminal);
    hall_done(&scene->terminal, open_account(scene, PERSON, PASSWORD));
    assert_true(hall_scene_visit(scene)->account.exists);
}

static void leave(struct hall_scene *scene)
{
    hall_leave(&scene->terminal);
    hall_run(&scene->terminal, 50);
    hall_pass(&scene->hall, 61); /* before the next message */
}

/* A done order of a company, so that its name is known. */
static void finish_order(struct hall_scene *scene)
{
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    hall_visit_pay(&scene->terminal, "key-1");
    hall_visit_issue(&scene->terminal);
    hall_visit_pin(&scene->terminal);
    hall_visit_take(&scene->terminal);
    hall_leave(&scene->terminal);
    token_fake_pull(hall_scene_writer(scene));
}

static size_t orders_of_visit(struct hall_scene *scene)
{
    hall_done(&scene->terminal, service_order_list(at(scene)));
    return hall_scene_visit(scene)->order_count;
}

static void test_password__either_name_opens_the_same_orders(void **state)
{
    struct hall_scene *scene = *state;
    finish_order(scene);
    make_account(scene);
    assert_int_equal(1, hall_scene_visit(scene)->account.company_count);
    hall_done(&scene->terminal, service_account_email(at(scene), EMAIL));
    hall_done(&scene->terminal, service_account_company(at(scene), COMPANY));
    static const char *const names[] = {HALL_PHONE, EMAIL, " ZHANG@example.cn ", COMPANY};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        leave(scene);
        assert_int_equal(0, orders_of_visit(scene));
        hall_done(&scene->terminal, log_in(scene, names[i], PASSWORD));
        assert_string_equal(HALL_PHONE, hall_scene_visit(scene)->phone);
        assert_int_equal(1, orders_of_visit(scene));
    }
    FEATURE("F009");
    assert_string_equal(scene->order.id, hall_scene_visit(scene)->orders[0].order.id);
}

static void test_password__a_companys_name_is_whole_its_own_and_one_persons(void **state)
{
    struct hall_scene *scene = *state;
    finish_order(scene);
    make_account(scene);
    hall_refused(&scene->terminal, service_account_company(at(scene), "重庆示例科技"),
                 SERVICE_REASON_COMPANY);
    hall_refused(&scene->terminal, service_account_company(at(scene), "别家有限公司"),
                 SERVICE_REASON_COMPANY);
    hall_done(&scene->terminal, service_account_company(at(scene), COMPANY));
    struct store *store = hall_store(&scene->hall, "maker");
    struct order other; /* the same company's, done by another person */
    hall_order_make(&scene->hall, ORDER_STATE_PAYING, &other);
    assert_int_equal(
        STATUS_OK, store_order_set_lookup(store, scene->order.id, STORE_ORDER_LOOKUP_PHONE, STRANGER, NULL));
    store_close(store);
    leave(scene);
    log_in_by_code(scene, STRANGER);
    hall_done(&scene->terminal, open_account(scene, OTHER_PERSON, PASSWORD));
    assert_int_equal(1, hall_scene_visit(scene)->account.company_count);
    hall_refused(&scene->terminal, service_account_company(at(scene), COMPANY), SERVICE_REASON_ALIAS_TAKEN);
    FEATURE("F010");
    assert_string_equal("", hall_scene_visit(scene)->account.company);
    hall_refused(&scene->terminal, service_account_email(at(scene), "zhang@"), SERVICE_REASON_EMAIL);
    hall_done(&scene->terminal, service_account_email(at(scene), EMAIL));
    hall_done(&scene->terminal, service_account_email(at(scene), ""));
    leave(scene);
    hall_refused(&scene->terminal, log_in(scene, EMAIL, PASSWORD), SERVICE_REASON_ACCOUNT_WRONG);
}

/* A name nobody has is answered like any other, try by try, and takes the same work. */
static void test_password__wrong_ones_lock_any_name_the_same_even_over_a_restart(void **state)
{
    struct hall_scene *scene = *state;
    static const char *const names[] = {HALL_PHONE, STRANGER};
    make_account(scene);
    for (int left = TRIES - 1; left >= 0; left--) {
        leave(scene);
        for (int i = 0; i < 2; i++) {
            struct service_reply reply = hall_wait(&scene->terminal, log_in(scene, names[i], WRONG));
            assert_int_equal(STATUS_REFUSED, reply.status);
            assert_int_equal(left > 0 ? SERVICE_REASON_ACCOUNT_WRONG : SERVICE_REASON_LOCKED, reply.reason);
            if (left > 0)
                assert_int_equal(left, reply.number);
            else
                assert_in_range(reply.number, 880, 900); /* seconds, some of which are gone */
        }
    }
    hall_program_stop(&scene->terminal);
    hall_program_restart(&scene->terminal);
    for (int i = 0; i < 2; i++)
        hall_refused(&scene->terminal, log_in(scene, names[i], PASSWORD), SERVICE_REASON_LOCKED);
    assert_string_equal("", hall_scene_visit(scene)->phone);
    hall_pass(&scene->hall, 901);
    FEATURE("F012");
    hall_done(&scene->terminal, log_in(scene, HALL_PHONE, PASSWORD));
    hall_refused(&scene->terminal, log_in(scene, STRANGER, PASSWORD), SERVICE_REASON_ACCOUNT_WRONG);
}

static void test_password__rules_hold_at_the_services_too(void **state)
{
    struct hall_scene *scene = *state;
    static const char *const weak[] = {"kurz1", "nurbuchstaben", "1234567890", "a" HALL_PHONE};
    struct service_reply nobody = hall_wait(&scene->terminal, open_account(scene, PERSON, PASSWORD));
    assert_int_equal(STATUS_BAD_STATE, nobody.status); /* no number was proven */
    hall_visit_login(&scene->terminal);
    for (size_t i = 0; i < sizeof(weak) / sizeof(weak[0]); i++)
        hall_refused(&scene->terminal, open_account(scene, PERSON, weak[i]), SERVICE_REASON_PASSWORD_WEAK);
    hall_refused(&scene->terminal, open_account(scene, "110101199003070418", PASSWORD),
                 SERVICE_REASON_ID_NUMBER);
    hall_done(&scene->terminal, open_account(scene, PERSON, PASSWORD));
    hall_refused(&scene->terminal, open_account(scene, PERSON, FRESH), SERVICE_REASON_CHANGED);
    hall_done(&scene->terminal, set_password(scene, FRESH, false));
    leave(scene);
    hall_refused(&scene->terminal, log_in(scene, HALL_PHONE, PASSWORD), SERVICE_REASON_ACCOUNT_WRONG);
    hall_done(&scene->terminal, log_in(scene, HALL_PHONE, FRESH));
}

static void test_password__where_the_hall_has_none_there_are_none(void **state)
{
    struct hall_scene *scene = *state;
    make_account(scene);
    leave(scene);
    scene->hall.settings->login_passwords = false;
    struct service_reply off = hall_wait(&scene->terminal, log_in(scene, HALL_PHONE, PASSWORD));
    assert_int_equal(STATUS_UNSUPPORTED, off.status);
    assert_string_equal("", hall_scene_visit(scene)->phone);
    log_in_by_code(scene, HALL_PHONE);
    struct service_reply look = hall_wait(&scene->terminal, service_account_look(at(scene)));
    assert_int_equal(STATUS_BAD_STATE, look.status);
}

/* --- another number ---------------------------------------------------------------------------------- */

static void test_password__another_number_takes_the_orders_along(void **state)
{
    struct hall_scene *scene = *state;
    finish_order(scene);
    make_account(scene);
    leave(scene);
    log_in_by_code(scene, STRANGER);
    hall_done(&scene->terminal, open_account(scene, OTHER_PERSON, PASSWORD));
    leave(scene);
    log_in_by_code(scene, HALL_PHONE);
    hall_refused(&scene->terminal, move_to(scene, STRANGER), SERVICE_REASON_NUMBER_TAKEN);
    hall_pass(&scene->hall, 61);
    struct secret wrong = {0};
    hall_done(&scene->terminal, service_login_send(at(scene), NEW_PHONE));
    assert_int_equal(STATUS_OK, secret_set(&wrong, "000000", 6));
    hall_refused(&scene->terminal, service_account_phone(at(scene), NEW_PHONE, &wrong),
                 SERVICE_REASON_CODE_WRONG);
    assert_string_equal(HALL_PHONE, hall_scene_visit(scene)->phone);
    hall_pass(&scene->hall, 61);
    hall_done(&scene->terminal, move_to(scene, NEW_PHONE));
    assert_string_equal(NEW_PHONE, hall_scene_visit(scene)->phone);
    assert_int_equal(1, orders_of_visit(scene));
    leave(scene);
    log_in_by_code(scene, HALL_PHONE); /* whoever has the old number now */
    assert_int_equal(0, orders_of_visit(scene));
    FEATURE("F016");
    leave(scene);
    hall_done(&scene->terminal, log_in(scene, NEW_PHONE, PASSWORD));
    assert_int_equal(1, orders_of_visit(scene));
}

/* The key still leads to its holder, at the new number. */
static void test_password__the_key_follows_to_the_new_number(void **state)
{
    struct hall_scene *scene = *state;
    struct secret pin = {0};
    finish_order(scene);
    make_account(scene);
    hall_done(&scene->terminal, move_to(scene, NEW_PHONE));
    leave(scene);
    token_fake_insert(hall_scene_writer(scene), "key-1");
    hall_done(&scene->terminal, service_key_read(at(scene)));
    assert_int_equal(STATUS_OK, secret_set(&pin, HALL_PIN, strlen(HALL_PIN)));
    hall_done(&scene->terminal, service_key_login(at(scene), &pin));
    assert_string_equal(NEW_PHONE, hall_scene_visit(scene)->phone);
    assert_int_equal(SERVICE_LOGIN_BY_KEY, hall_scene_visit(scene)->login);
    struct service_reply look = hall_wait(&scene->terminal, service_account_look(at(scene)));
    assert_int_equal(STATUS_BAD_STATE, look.status); /* a key proves no number */
}

/* --- at a clerk's word ------------------------------------------------------------------------------- */

static void test_password__without_a_clerk_nothing_is_set_anew(void **state)
{
    struct hall_scene *scene = *state;
    make_account(scene);
    leave(scene);
    hall_refused(&scene->terminal, set_password(scene, FRESH, true), SERVICE_REASON_RESET_OVER);
    hall_done(&scene->terminal, service_reset_ask(at(scene), SERVICE_RESET_PASSWORD, HALL_PHONE));
    hall_refused(&scene->terminal, set_password(scene, FRESH, true), SERVICE_REASON_RESET_OVER);
    hall_done(&scene->terminal, service_reset_ask(at(scene), SERVICE_RESET_PHONE, HALL_PHONE));
    hall_refused(&scene->terminal, move_to(scene, NEW_PHONE), SERVICE_REASON_RESET_OVER);
    hall_refused(&scene->terminal, set_password(scene, FRESH, true), SERVICE_REASON_RESET_OVER);
    assert_string_equal("", hall_scene_visit(scene)->phone);
    hall_done(&scene->terminal, log_in(scene, HALL_PHONE, PASSWORD));
}

/* Asking tells nothing about a name, and nobody's card fits it. */
static void test_password__a_name_nobody_has_is_asked_for_like_any_other(void **state)
{
    struct hall_scene *scene = *state;
    make_account(scene);
    leave(scene);
    hall_done(&scene->terminal, service_reset_ask(at(scene), SERVICE_RESET_PASSWORD, STRANGER));
    struct service_reset reset = hall_scene_visit(scene)->reset;
    assert_int_equal(SERVICE_RESET_IS_ASKED, reset.state);
    assert_int_equal(4, strlen(reset.code));
    hall_desk_sign_in(&scene->desk, "chen");
    hall_done(&scene->desk, service_desk_holders(scene->desk.services));
    assert_int_equal(1, services_desk(scene->desk.services)->reset_count);
    assert_string_equal("", services_desk(scene->desk.services)->resets[0].who);
    for (int left = 2; left >= 0; left--) {
        struct service_reply reply =
            hall_wait(&scene->desk, service_desk_reset(scene->desk.services, reset.id, PERSON));
        assert_int_equal(SERVICE_REASON_ID_DIFFERS, reply.reason);
        assert_int_equal(left, reply.number);
    }
    hall_done(&scene->terminal, service_reset_look(at(scene)));
    assert_int_equal(SERVICE_RESET_IS_REFUSED, hall_scene_visit(scene)->reset.state);
}

static void test_password__what_one_visit_was_granted_is_no_other_ones(void **state)
{
    struct hall_scene *scene = *state;
    make_account(scene);
    leave(scene);
    hall_done(&scene->terminal, service_reset_ask(at(scene), SERVICE_RESET_PASSWORD, HALL_PHONE));
    hall_desk_sign_in(&scene->desk, "chen");
    hall_done(&scene->desk,
              service_desk_reset(scene->desk.services, hall_scene_visit(scene)->reset.id, PERSON));
    leave(scene); /* the person went away */
    assert_string_equal("", hall_scene_visit(scene)->reset.id);
    hall_refused(&scene->terminal, set_password(scene, FRESH, true), SERVICE_REASON_RESET_OVER);
    hall_done(&scene->terminal, log_in(scene, HALL_PHONE, PASSWORD));
}

/* Another code than the desk's. */
static const char *other(const char *proof)
{
    return strcmp(proof, "000000") == 0 ? "000001" : "000000";
}

static void wish(struct hall_scene *scene, enum service_reset_kind kind, char proof[8])
{
    hall_done(&scene->terminal, service_reset_ask(at(scene), kind, HALL_PHONE));
    hall_done(&scene->desk,
              service_desk_reset(scene->desk.services, hall_scene_visit(scene)->reset.id, PERSON));
    const struct service_desk *view = services_desk(scene->desk.services);
    assert_int_equal(1, view->reset_count);
    (void)strcpy(proof, view->resets[0].proof);
    hall_done(&scene->terminal, service_reset_look(at(scene)));
    assert_int_equal(SERVICE_RESET_IS_GRANTED, hall_scene_visit(scene)->reset.state);
}

/* The holder is at the desk; somebody else stands at the terminal and guesses. */
static void test_password__what_is_granted_needs_the_code_of_the_desk(void **state)
{
    struct hall_scene *scene = *state;
    char proof[8];
    make_account(scene);
    leave(scene);
    hall_desk_sign_in(&scene->desk, "chen");
    wish(scene, SERVICE_RESET_PASSWORD, proof);
    hall_refused(&scene->terminal, set_password(scene, FRESH, true), SERVICE_REASON_RESET_OVER);
    for (int left = 2; left >= 0; left--) {
        struct service_reply reply =
            hall_wait(&scene->terminal, service_reset_prove(at(scene), other(proof)));
        assert_int_equal(SERVICE_REASON_RESET_PROOF, reply.reason);
        assert_int_equal(left, reply.number);
    }
    assert_int_equal(SERVICE_RESET_IS_REFUSED, hall_scene_visit(scene)->reset.state);
    hall_refused(&scene->terminal, service_reset_prove(at(scene), proof), SERVICE_REASON_RESET_OVER);
    hall_refused(&scene->terminal, set_password(scene, FRESH, true), SERVICE_REASON_RESET_OVER);
    wish(scene, SERVICE_RESET_PHONE, proof);
    hall_refused(&scene->terminal, move_to(scene, NEW_PHONE), SERVICE_REASON_RESET_OVER);
    wish(scene, SERVICE_RESET_PASSWORD, proof);
    hall_pass(&scene->hall, 601);
    hall_refused(&scene->terminal, service_reset_prove(at(scene), proof), SERVICE_REASON_RESET_OVER);
    wish(scene, SERVICE_RESET_PASSWORD, proof);
    hall_done(&scene->terminal, service_reset_prove(at(scene), proof));
    hall_done(&scene->terminal, set_password(scene, FRESH, true));
}

/* The clerk types the number from the card and lets it be done; the desk alone shows the code then. */
static void grant_at_desk(struct hall_scene *scene, char proof[8])
{
    robot_desk_take_reset(&desk, scene);
    robot_desk_grant(&desk, PERSON);
    robot_desk_read_proof(&desk, scene, proof);
    end(&desk);
    robot_pass(&robot, 2000);
    (void)robot_until(&robot, "reset.proof");
}

static void type_proof(const char *proof)
{
    robot_fill(&robot, "reset.proof", proof);
    robot_key(&robot, INPUT_KEY_ENTER, 0, 0);
}

/* --- at the screens ---------------------------------------------------------------------------------- */

static void open_password(struct hall_scene *scene)
{
    robot_open_wide(&robot, &scene->terminal);
    robot_tap(&robot, "welcome.resume");
    robot_tap(&robot, "way.password");
    robot_until_screen(&robot, "password");
}

static void type_twice(const char *first, const char *second)
{
    robot_fill(&robot, "password.first", first);
    robot_key(&robot, INPUT_KEY_ENTER, 0, 0);
    robot_type(&robot, second);
    robot_key(&robot, INPUT_KEY_ENTER, 0, 0);
    robot_tap(&robot, "bar.next");
}

static void test_password__at_the_screens_it_is_set_twice_and_logs_in(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_make(&scene->hall, ORDER_STATE_PAYING, &scene->order);
    robot_open_wide(&robot, &scene->terminal);
    robot_tap(&robot, "welcome.resume");
    robot_visit_login(&person);
    robot_tap(&robot, "orders.own");
    robot_tap(&robot, "way.account");
    robot_fill(&robot, "account.id", PERSON);
    robot_key(&robot, INPUT_KEY_ESCAPE, 0, 0);
    ui_focus(robot.ui, NULL);
    robot_turn(&robot);
    type_twice("kurz1", "kurz1");
    robot_until_text(&robot, "少 3 位，密码至少 8 位");
    type_twice("nurbuchstaben", "nurbuchstaben");
    robot_until_text(&robot, "密码要有字母，也要有数字");
    type_twice(PASSWORD, WRONG);
    robot_until_text(&robot, "两次输入的不一样，请重新输入");
    assert_false(hall_scene_visit(scene)->account.exists);
    type_twice(PASSWORD, PASSWORD);
    robot_until_text(&robot, "已经设好");
    FEATURE("F007");
    assert_true(hall_scene_visit(scene)->account.exists);
    robot_tap(&robot, "bar.exit");
    robot_until_screen(&robot, "welcome");
    end(&robot);
    open_password(scene);
    robot_fill(&robot, "password.alias", HALL_PHONE);
    robot_key(&robot, INPUT_KEY_ENTER, 0, 0);
    robot_type(&robot, WRONG);
    robot_key(&robot, INPUT_KEY_ENTER, 0, 0);
    robot_until_text(&robot, "登录名或密码不对，还可以试 4 次");
    robot_fill(&robot, "password.word", PASSWORD);
    robot_key(&robot, INPUT_KEY_ENTER, 0, 0);
    robot_until_screen(&robot, "orders");
    FEATURE("F012");
    robot_until(&robot, "order.0");
    end(&robot);
}

static void test_password__at_the_screens_names_are_added(void **state)
{
    struct hall_scene *scene = *state;
    finish_order(scene);
    make_account(scene);
    robot_open_wide(&robot, &scene->terminal);
    ui_reset(robot.ui, SCREEN_ACCOUNT, NULL);
    robot_tap(&robot, "account.email");
    robot_fill(&robot, "account.address", EMAIL);
    robot_key(&robot, INPUT_KEY_ENTER, 0, 0);
    robot_tap(&robot, "bar.next");
    robot_until_text(&robot, EMAIL);
    robot_tap(&robot, "account.company");
    robot_tap(&robot, "company.0");
    robot_until_text(&robot, "已经设好");
    FEATURE("F009");
    assert_string_equal(EMAIL, hall_scene_visit(scene)->account.email);
    FEATURE("F010");
    assert_string_equal(COMPANY, hall_scene_visit(scene)->account.company);
    end(&robot);
}

static void test_password__at_the_screens_a_forgotten_one_is_set_anew(void **state)
{
    struct hall_scene *scene = *state;
    char proof[8];
    make_account(scene);
    leave(scene);
    open_password(scene);
    robot_tap(&robot, "password.forgotten");
    robot_until_text(&robot, "先填登录名，再点这里");
    robot_fill(&robot, "password.alias", HALL_PHONE);
    robot_key(&robot, INPUT_KEY_ESCAPE, 0, 0);
    ui_focus(robot.ui, NULL);
    robot_turn(&robot);
    robot_tap(&robot, "password.forgotten");
    (void)robot_until(&robot, "reset.code");
    robot_pass(&robot, 840000); /* the holder queues at the desk */
    assert_string_equal("reset", ui_screen_name(robot.ui));
    assert_false(ui_is_idle_warning(robot.ui));
    grant_at_desk(scene, proof);
    assert_false(robot_can_tap(&robot, "bar.back"));
    assert_false(robot_can_tap(&robot, "password.first")); /* whoever stands here has no code */
    type_proof(other(proof));
    robot_until_text(&robot, "号码和窗口的不一样，还可以试 2 次");
    assert_false(robot_can_tap(&robot, "password.first"));
    robot_pass(&robot, 540000); /* and walks back */
    type_proof(proof);
    (void)robot_until(&robot, "password.first");
    type_twice(FRESH, FRESH);
    robot_until_screen(&robot, "orders");
    assert_string_equal(HALL_PHONE, hall_scene_visit(scene)->phone);
    end(&robot);
    leave(scene);
    hall_refused(&scene->terminal, log_in(scene, HALL_PHONE, PASSWORD), SERVICE_REASON_ACCOUNT_WRONG);
    hall_done(&scene->terminal, log_in(scene, HALL_PHONE, FRESH));
    FEATURE("F016");
    assert_true(hall_scene_has_audit(scene, "account.password", "chen"));
}

static void test_password__at_the_screens_a_lost_number_is_changed(void **state)
{
    struct hall_scene *scene = *state;
    char digits[16], proof[8];
    finish_order(scene);
    make_account(scene);
    leave(scene);
    open_password(scene);
    robot_fill(&robot, "password.alias", HALL_PHONE);
    robot_key(&robot, INPUT_KEY_ESCAPE, 0, 0);
    ui_focus(robot.ui, NULL);
    robot_turn(&robot);
    robot_tap(&robot, "password.moved");
    (void)robot_until(&robot, "reset.code");
    grant_at_desk(scene, proof);
    assert_string_equal("reset", ui_screen_name(robot.ui));
    type_proof(proof);
    robot_until_screen(&robot, "phone");
    robot_fill(&robot, "phone.number", NEW_PHONE);
    robot_key(&robot, INPUT_KEY_ENTER, 0, 0);
    robot_tap(&robot, "phone.send");
    robot_until_text(&robot, "验证码已发送");
    assert_int_equal(STATUS_OK, sms_fake_last_code(scene->hall.phones, NEW_PHONE, digits, sizeof(digits)));
    robot_fill(&robot, "phone.code", digits);
    robot_key(&robot, INPUT_KEY_ENTER, 0, 0);
    robot_tap(&robot, "bar.next");
    robot_until_text(&robot, "已经更换");
    robot_tap(&robot, "bar.next");
    robot_until_screen(&robot, "orders");
    robot_until(&robot, "order.0");
    FEATURE("F016");
    assert_true(hall_scene_has_audit(scene, "account.phone", "chen"));
    assert_string_equal(NEW_PHONE, hall_scene_visit(scene)->phone);
    end(&robot);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test_password__##test, setup, hall_scene_teardown)
    const struct CMUnitTest tests[] = {T(either_name_opens_the_same_orders),
                                       T(a_companys_name_is_whole_its_own_and_one_persons),
                                       T(wrong_ones_lock_any_name_the_same_even_over_a_restart),
                                       T(rules_hold_at_the_services_too),
                                       T(where_the_hall_has_none_there_are_none),
                                       T(another_number_takes_the_orders_along),
                                       T(the_key_follows_to_the_new_number),
                                       T(without_a_clerk_nothing_is_set_anew),
                                       T(a_name_nobody_has_is_asked_for_like_any_other),
                                       T(what_one_visit_was_granted_is_no_other_ones),
                                       T(what_is_granted_needs_the_code_of_the_desk),
                                       T(at_the_screens_it_is_set_twice_and_logs_in),
                                       T(at_the_screens_names_are_added),
                                       T(at_the_screens_a_forgotten_one_is_set_anew),
                                       T(at_the_screens_a_lost_number_is_changed)};
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
