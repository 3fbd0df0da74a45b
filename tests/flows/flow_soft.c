/* A certificate leaves the desk as a file with its key: offered where hall and product allow it, on two
 * signatures, made once whatever breaks off in between; at the clerk's screens and before openssl.
 *
 * Linked with the one function that writes the file behind a wrapper (CMakeLists.txt): a stick that is full,
 * and a program that ends between the file and the store. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "kiosk/base/file.h"
#include "kiosk/base/text.h"
#include "kiosk/pki/certificate.h"
#include "kiosk/pki/pkcs12.h"
#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_encryption.h"
#include "kiosk/store/store_soft.h"
#include "tests/support/feature.h"
#include "tests/support/form_sample.h"
#include "tests/support/hall_scene.h"
#include "tests/support/pkcs12_judge.h"
#include "tests/support/pki_process.h"
#include "tests/support/robot_visit.h"

#define PRODUCT "dfca-hnzj-unit"
#define FILE_PASSWORD "Hui-long-2026"
#define OTHER_PASSWORD "Another-2027"
#define CLERK_PASSWORD "zhanghao-2026"

static struct robot robot; /* large, and one at a time */
static char stick[64];

/* --- what becomes of the file -------------------------------------------------------------------------- */

static struct {
    enum status instead;             /* OK: it is written */
    bool writes;                     /* it is written, whatever is said of it */
    bool spoils;                     /* the stick keeps half of it */
    struct authority_fake *silenced; /* once it is written this authority is silent */
} world;

enum status __real_file_replace(const char *path, const void *bytes, size_t length, unsigned mode,
                                struct failure *failure);
enum status __wrap_file_replace(const char *path, const void *bytes, size_t length, unsigned mode,
                                struct failure *failure);

enum status __wrap_file_replace(const char *path, const void *bytes, size_t length, unsigned mode,
                                struct failure *failure)
{
    bool is_ours = stick[0] != 0 && strncmp(path, stick, strlen(stick)) == 0;
    if (!is_ours || world.writes || world.instead == STATUS_OK) {
        size_t kept = is_ours && world.spoils ? length / 2 : length;
        enum status status = __real_file_replace(path, bytes, kept, mode, failure);
        if (status != STATUS_OK || !is_ours)
            return status;
    }
    if (world.silenced != NULL)
        authority_fake_script(world.silenced)->offline = true;
    return world.instead;
}

/* --- the scene ----------------------------------------------------------------------------------------- */

static int setup(void **state)
{
    int result = hall_scene_setup_two(state, TEST_SOURCE_DIR);
    struct hall_scene *scene = *state;
    world.instead = STATUS_OK;
    world.writes = world.spoils = false;
    world.silenced = NULL;
    pki_process_make_dir(stick);
    scene->hall.settings->desk_exchange_dir = stick;
    assert_false(scene->hall.settings->desk_soft_certificate); /* off unless a hall turns it on */
    scene->hall.settings->desk_soft_certificate = true;
    return result;
}

static int teardown(void **state)
{
    int result = hall_scene_teardown(state);
    pki_process_remove_dir(stick);
    stick[0] = 0;
    return result;
}

/* Approved, and paid where it is to be; nobody has begun its key. */
static void make_order(struct hall_scene *scene, const char *product_id, enum order_state state)
{
    struct form_values values;
    const struct product *product = catalogue_find(scene->hall.catalogue, product_id);
    const struct hall_order_choice choice = {product, product_find_operation(product, "new"),
                                             product->class_count > 0 ? product->classes[0].id : "", &values};
    form_sample_make(product_operation_form(product, choice.operation), &values);
    hall_order_make_with(&scene->hall, &choice, state, &scene->order);
    form_values_wipe(&values);
}

static uint64_t export_from(struct hall_program *program, const char *order_id, const char *password,
                            const char *second, const char *signature)
{
    struct secret of_file = {0}, of_clerk = {0};
    assert_int_equal(STATUS_OK, secret_set(&of_file, password, strlen(password)));
    assert_int_equal(STATUS_OK, secret_set(&of_clerk, signature, strlen(signature)));
    uint64_t id = service_desk_soft(
        program->services,
        &(struct service_certificate_file){
            .order_id = order_id, .password = &of_file, .second = second, .second_password = &of_clerk});
    secret_wipe(&of_file);
    secret_wipe(&of_clerk);
    return id;
}

static uint64_t export(struct hall_scene *scene, const char *password, const char *second,
                       const char *signature)
{
    return export_from(&scene->desk, scene->order.id, password, second, signature);
}

static uint64_t export_with(struct hall_scene *scene, const char *password)
{
    return export(scene, password, "lin", CLERK_PASSWORD);
}

static enum service_certificate_soft offered(struct hall_scene *scene)
{
    hall_done(&scene->desk, service_desk_overview(scene->desk.services));
    const struct service_desk *desk = services_desk(scene->desk.services);
    const struct {
        const struct service_queue_line *line;
        size_t count;
    } lists[] = {{desk->recent, desk->recent_count}, {desk->soft, desk->soft_count}};
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
        for (size_t j = 0; j < lists[i].count; j++)
            if (strcmp(lists[i].line[j].order.id, scene->order.id) == 0)
                return lists[i].line[j].soft;
    fail_msg("the order is in no list");
    return SERVICE_CERTIFICATE_SOFT_NONE;
}

static struct store_soft soft_of(struct hall_scene *scene)
{
    struct store_soft row = {0};
    struct store *store = hall_store(&scene->hall, "watcher");
    assert_int_equal(STATUS_OK, store_soft_load_order(store, scene->order.id, &row, NULL));
    store_close(store);
    return row;
}

/* The desk's program has ended and runs again, the clerk has signed in. */
static void restart(struct hall_scene *scene)
{
    hall_program_stop(&scene->desk);
    hall_program_restart(&scene->desk);
    hall_desk_sign_in(&scene->desk, "chen");
}

static const char *file_path(const struct hall_scene *scene)
{
    char name[STORE_SOFT_FILE_BYTES];
    (void)snprintf(name, sizeof(name), "%s.p12", scene->order.acceptance);
    return pki_process_path(stick, name);
}

static bool has_file(const struct hall_scene *scene)
{
    struct stat found;
    return stat(file_path(scene), &found) == 0;
}

/* What a program that is killed while it writes leaves beside the file. */
static const char *half_path(const struct hall_scene *scene)
{
    char name[STORE_SOFT_FILE_BYTES + 8];
    (void)snprintf(name, sizeof(name), "%s.p12.a1B2c3", scene->order.acceptance);
    return pki_process_path(stick, name);
}

static void leave_half(const struct hall_scene *scene)
{
    assert_int_equal(STATUS_OK, __real_file_replace(half_path(scene), "half", 4, 0600, NULL));
}

/* --- judgement ----------------------------------------------------------------------------------------- */

/* openssl opens the file with this password alone, its key is its certificate's, its chain leads to the root.
 */
static void assert_file(struct hall_scene *scene, const char *password, const char *wrong)
{
    struct stat found;
    char name[STORE_SOFT_FILE_BYTES];
    (void)snprintf(name, sizeof(name), "%s.p12", scene->order.acceptance);
    assert_int_equal(0, stat(file_path(scene), &found));
    assert_int_equal(0600, found.st_mode & 0777);
    assert_false(pkcs12_judge_opens(stick, name, wrong));
    assert_true(pkcs12_judge_key_matches(stick, name, password));
    assert_true(pkcs12_judge_chains(stick, name, password, pki_issuer_root(scene->hall.certification.issuer),
                                    hall_now_utc_s(&scene->hall) + 60));
}

/* What the program's own eye says of the file under this password. */
static enum status open_file(struct hall_scene *scene, const char *password)
{
    struct secret secret = {0};
    struct buf file, leaf;
    struct store *store = hall_store(&scene->hall, "watcher");
    buf_init(&file, PKCS12_BYTES);
    buf_init(&leaf, LIMIT_CERTIFICATE_BYTES);
    assert_int_equal(STATUS_OK, file_read(file_path(scene), &file, NULL));
    assert_int_equal(STATUS_OK, store_certificate_part(store, scene->sum.certificate[0].request_id,
                                                       STORE_CERTIFICATE_DER, &leaf, NULL));
    assert_int_equal(STATUS_OK, secret_set(&secret, password, strlen(password)));
    enum status status =
        pkcs12_prove(bytes_of_buf(&file), &secret, bytes_of_buf(&leaf), bytes_view("challenge", 9), NULL);
    secret_wipe(&secret);
    buf_release(&file);
    buf_release(&leaf);
    store_close(store);
    return status;
}

static void assert_opens(struct hall_scene *scene, const char *password, const char *wrong)
{
    assert_int_equal(STATUS_OK, open_file(scene, password));
    assert_int_equal(STATUS_REFUSED, open_file(scene, wrong));
}

/* --- what is stored ------------------------------------------------------------------------------------ */

static void assert_audit(struct hall_scene *scene)
{
    struct store_audit rows[32];
    char detail[STORE_AUDIT_TEXT_BYTES];
    size_t count = 0, i = 0;
    struct store *store = hall_store(&scene->hall, "watcher");
    assert_int_equal(STATUS_OK, store_audit_list(store, 0, rows, 32, &count, NULL));
    store_close(store);
    while (i < count && strcmp(rows[i].action, "certificate.exported") != 0)
        i++;
    assert_true(i < count);
    (void)snprintf(detail, sizeof(detail), "%s.p12 %s lin", scene->order.acceptance,
                   scene->sum.certificate[0].serial);
    assert_string_equal("chen", rows[i].actor);
    assert_string_equal(scene->order.id, rows[i].subject);
    assert_string_equal(detail, rows[i].detail);
}

/* An encryption half would need a chip. */
static bool has_pair(struct hall_scene *scene)
{
    struct store_encryption row;
    struct store *store = hall_store(&scene->hall, "watcher");
    enum status status = store_encryption_load(store, scene->sum.certificate[0].request_id, &row, NULL);
    store_close(store);
    return status == STATUS_OK;
}

/* The order is through with one certificate, whose key is nowhere but in the file. */
static void assert_done(struct hall_scene *scene)
{
    const struct hall_order_sum *sum = hall_scene_look(scene);
    assert_int_equal(ORDER_STATE_DONE, sum->order.state);
    assert_int_equal(1, sum->certificates);
    assert_int_equal(STORE_CERTIFICATE_CONFIRMED, sum->certificate[0].state);
    assert_int_equal(1, sum->keys);
    assert_string_equal(STORE_SOFT_MODEL, sum->key[0].model);
    assert_int_equal(STORE_KEY_DELIVERED, sum->key[0].state);
    assert_int_equal(0, hall_order_acts(sum));
    assert_false(soft_of(scene).has_key);
    assert_false(has_pair(scene));
    assert_int_equal(1, authority_fake_counts(scene->hall.ca).issued);
    assert_audit(scene);
}

/* Nothing was begun: the order waits as before. */
static void assert_untouched(struct hall_scene *scene, enum order_state state)
{
    const struct hall_order_sum *sum = hall_scene_look(scene);
    assert_int_equal(state, sum->order.state);
    assert_int_equal(0, sum->certificates);
    assert_int_equal(0, sum->keys);
    assert_int_equal(0, authority_fake_counts(scene->hall.ca).requests);
    assert_false(has_file(scene));
}

/* --- at the screens ------------------------------------------------------------------------------------ */

static void open_order(struct hall_scene *scene)
{
    hall_desk_sign_in(&scene->desk, "chen");
    robot_open_wide(&robot, &scene->desk);
    ui_reset(robot.ui, DESK_ORDERS, NULL);
    robot_until_screen(&robot, "orders");
    robot_tap(&robot, "orders.row.0");
    robot_until_text(&robot, scene->order.acceptance);
}

static void close_robot(void)
{
    assert_int_equal(0, robot_faults(&robot));
    robot_close(&robot);
}

static void fill(const char *password, const char *again, const char *second, const char *signature)
{
    robot_fill(&robot, "soft.password", password);
    robot_fill(&robot, "soft.again", again);
    robot_fill(&robot, "soft.second", second);
    robot_fill(&robot, "soft.signature", signature);
    robot_tap(&robot, "soft.yes");
}

static bool is_revoked(struct hall_program *program, const void *argument)
{
    struct hall_order_sum sum;
    hall_order_sum(program->hall, argument, &sum);
    return sum.certificate[0].state == STORE_CERTIFICATE_REVOKED;
}

/* The authority withdraws it like any other, on two signatures. */
static void assert_can_be_withdrawn(struct hall_scene *scene)
{
    struct secret password = {0};
    const struct service_certificate_wish wish = {.request_id = scene->sum.certificate[0].request_id,
                                                  .ground = "compromised",
                                                  .evidence = "文件丢失",
                                                  .evidence_order = ""};
    hall_done(&scene->desk,
              service_desk_certificates(scene->desk.services, scene->sum.certificate[0].serial, false));
    assert_int_equal(STATUS_OK, secret_set(&password, CLERK_PASSWORD, strlen(CLERK_PASSWORD)));
    hall_done(&scene->desk, service_desk_revoke(scene->desk.services, &wish, "lin", &password));
    secret_wipe(&password);
    hall_until(&scene->desk, "revoked", is_revoked, scene->order.id);
}

static void test_soft__a_clerk_exports_it_with_a_colleague_and_openssl_opens_it(void **state)
{
    struct hall_scene *scene = *state;
    make_order(scene, PRODUCT, ORDER_STATE_ISSUING);
    hall_pass(&scene->hall, 2 * 86400); /* longer than the day of which orders are listed */
    open_order(scene);
    robot_tap(&robot, "order.soft");
    robot_look(&robot, "desk-soft");
    fill(FILE_PASSWORD, OTHER_PASSWORD, "lin", CLERK_PASSWORD);
    robot_until_text(&robot, "两次输入的不一样，请重新输入");
    fill("Short-1", "Short-1", "lin", CLERK_PASSWORD);
    robot_until_text(&robot, "少 3 位，密码至少 10 位");
    fill("only-letters", "only-letters", "lin", CLERK_PASSWORD);
    robot_until_text(&robot, "密码要有字母，也要有数字");
    fill("x" HALL_PHONE, "x" HALL_PHONE, "lin", CLERK_PASSWORD);
    robot_until_text(&robot, "密码里不能有持有人的电话或证件号");
    fill(FILE_PASSWORD, FILE_PASSWORD, "lin", "wrong-password");
    robot_until_text(&robot, "用户名或密码不对");
    assert_untouched(scene, ORDER_STATE_ISSUING);
    fill(FILE_PASSWORD, FILE_PASSWORD, "lin", CLERK_PASSWORD);
    robot_until_text(&robot, "已导出到 U 盘，业务办完");
    robot_until_gone(&robot, scene->order.acceptance); /* done, and of another day */
    assert_true(robot_shows(&robot, "已导出到 U 盘，业务办完"));
    close_robot();
    assert_done(scene);
    assert_file(scene, FILE_PASSWORD, OTHER_PASSWORD);
    FEATURE("F179");
    assert_can_be_withdrawn(scene);
}

static void test_soft__without_hall_and_product_there_is_none(void **state)
{
    struct hall_scene *scene = *state;
    make_order(scene, PRODUCT, ORDER_STATE_ISSUING);
    scene->hall.settings->desk_soft_certificate = false;
    open_order(scene);
    robot_until(&robot, "order.receipt");
    assert_false(robot_can_tap(&robot, "order.soft"));
    close_robot();
    FEATURE("F179");
    assert_int_equal(STATUS_UNSUPPORTED, hall_wait(&scene->desk, export_with(scene, FILE_PASSWORD)).status);
    scene->hall.settings->desk_soft_certificate = true;
    assert_int_equal(SERVICE_CERTIFICATE_SOFT_OFFERED, offered(scene));
    uint64_t id = export_from(&scene->terminal, scene->order.id, FILE_PASSWORD, "lin", CLERK_PASSWORD);
    assert_int_equal(STATUS_UNSUPPORTED, hall_wait(&scene->terminal, id).status);
    assert_untouched(scene, ORDER_STATE_ISSUING);
    make_order(scene, "ezca-cqsb", ORDER_STATE_ISSUING);
    assert_int_equal(SERVICE_CERTIFICATE_SOFT_NONE, offered(scene));
    assert_int_equal(STATUS_UNSUPPORTED, hall_wait(&scene->desk, export_with(scene, FILE_PASSWORD)).status);
    assert_untouched(scene, ORDER_STATE_ISSUING);
}

/* --- refused ------------------------------------------------------------------------------------------- */

static void test_soft__a_weak_password_no_second_clerk_no_stick_and_no_paid_order_begin_nothing(void **state)
{
    struct hall_scene *scene = *state;
    make_order(scene, PRODUCT, ORDER_STATE_ISSUING);
    assert_int_equal(STATUS_UNSUPPORTED, hall_wait(&scene->desk, export_with(scene, FILE_PASSWORD)).status);
    hall_desk_sign_in(&scene->desk, "chen");
    hall_refused(&scene->desk, export_with(scene, "Short-1"), SERVICE_REASON_PASSWORD_WEAK);
    hall_refused(&scene->desk, export_with(scene, "x" HALL_PHONE), SERVICE_REASON_PASSWORD_OWN);
    hall_refused(&scene->desk, export(scene, FILE_PASSWORD, "chen", CLERK_PASSWORD),
                 SERVICE_REASON_SAME_PERSON);
    hall_refused(&scene->desk, export(scene, FILE_PASSWORD, "lin", "wrong-password"),
                 SERVICE_REASON_PASSWORD_WRONG);
    scene->hall.settings->desk_exchange_dir = "/nowhere/at/all";
    hall_refused(&scene->desk, export_with(scene, FILE_PASSWORD), SERVICE_REASON_NO_STICK);
    scene->hall.settings->desk_exchange_dir = stick;
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, scene->order.id));
    hall_refused(&scene->desk, export_with(scene, FILE_PASSWORD), SERVICE_REASON_ELSEWHERE);
    assert_untouched(scene, ORDER_STATE_ISSUING);
    make_order(scene, PRODUCT, ORDER_STATE_REVIEWING);
    hall_refused(&scene->desk, export_with(scene, FILE_PASSWORD), SERVICE_REASON_CHANGED);
    assert_untouched(scene, ORDER_STATE_REVIEWING);
}

/* A key is the order's from before it is formatted. */
static void begin_key(struct hall_scene *scene)
{
    struct store_key key = {.mark = "BEGUN", .serial = "1", .model = "EPass", .state = STORE_KEY_IN_WORK};
    struct store *store = hall_store(&scene->hall, "watcher");
    (void)text_copy(key.order_id, sizeof(key.order_id), scene->order.id);
    assert_int_equal(STATUS_OK, store_key_insert(store, &key, NULL));
    store_close(store);
}

static void test_soft__a_key_that_was_begun_in_a_chip_is_not_exported(void **state)
{
    struct hall_scene *scene = *state;
    make_order(scene, PRODUCT, ORDER_STATE_ISSUING);
    hall_desk_sign_in(&scene->desk, "chen");
    begin_key(scene);
    hall_refused(&scene->desk, export_with(scene, FILE_PASSWORD), SERVICE_REASON_CHANGED);
    make_order(scene, PRODUCT, ORDER_STATE_ISSUING);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, scene->order.id));
    token_fake_insert(hall_scene_writer(scene), "key-1");
    authority_fake_script(scene->hall.ca)->offline = true;
    hall_refused(&scene->terminal, service_issue_run(scene->terminal.services, false),
                 SERVICE_REASON_AUTHORITY_SILENT);
    assert_int_equal(SERVICE_CERTIFICATE_SOFT_NONE, offered(scene));
    hall_refused(&scene->desk, export_with(scene, FILE_PASSWORD), SERVICE_REASON_CHANGED);
    assert_false(has_file(scene));
}

/* --- broken off ---------------------------------------------------------------------------------------- */

/* The authority had it, and the program ended before the answer: asked about, never asked for twice. */
static void test_soft__a_silent_authority_leaves_it_open_and_it_is_made_once(void **state)
{
    struct hall_scene *scene = *state;
    make_order(scene, PRODUCT, ORDER_STATE_ISSUING);
    hall_desk_sign_in(&scene->desk, "chen");
    authority_fake_script(scene->hall.ca)->offline = true;
    hall_refused(&scene->desk, export_with(scene, FILE_PASSWORD), SERVICE_REASON_AUTHORITY_SILENT);
    assert_int_equal(SERVICE_CERTIFICATE_SOFT_OPEN, offered(scene));
    assert_true(soft_of(scene).has_key);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, scene->order.id));
    token_fake_insert(hall_scene_writer(scene), "key-1");
    hall_refused(&scene->terminal, service_issue_run(scene->terminal.services, false),
                 SERVICE_REASON_SOFT_OPEN);
    services_end_visit(scene->terminal.services);
    hall_program_stop(&scene->terminal);
    hall_program_stop(&scene->desk);
    authority_fake_script(scene->hall.ca)->offline = false;
    authority_fake_script(scene->hall.ca)->lose_reply_times = 1;
    hall_pass(&scene->hall, scene->hall.settings->order_lease_s + 1);
    hall_program_restart(&scene->desk);
    hall_desk_sign_in(&scene->desk, "chen");
    struct service_reply reply = hall_wait(&scene->desk, export_with(scene, FILE_PASSWORD));
    if (reply.status != STATUS_OK) /* the sweep may have met the lost answer first */
        hall_done(&scene->desk, export_with(scene, OTHER_PASSWORD));
    assert_done(scene);
    assert_opens(scene, reply.status == STATUS_OK ? FILE_PASSWORD : OTHER_PASSWORD, "wrong");
}

static void test_soft__a_full_stick_and_a_kill_behind_the_file_lose_nothing(void **state)
{
    struct hall_scene *scene = *state;
    make_order(scene, PRODUCT, ORDER_STATE_ISSUING);
    hall_desk_sign_in(&scene->desk, "chen");
    world.instead = STATUS_FULL;
    hall_refused(&scene->desk, export_with(scene, FILE_PASSWORD), SERVICE_REASON_STICK_FULL);
    assert_false(has_file(scene));
    assert_int_equal(SERVICE_CERTIFICATE_SOFT_OPEN, offered(scene));
    assert_true(soft_of(scene).has_key);
    world.instead = STATUS_OK;
    world.spoils = true;
    hall_refused(&scene->desk, export_with(scene, FILE_PASSWORD), SERVICE_REASON_FILE_UNREADABLE);
    assert_true(soft_of(scene).has_key);
    world.spoils = false;
    restart(scene);
    world.instead = STATUS_IO; /* it stands there, and nobody has written that down */
    world.writes = true;
    hall_refused(&scene->desk, export_with(scene, FILE_PASSWORD), SERVICE_REASON_NO_STICK);
    assert_true(has_file(scene));
    assert_string_equal("", soft_of(scene).file);
    leave_half(scene);
    restart(scene);
    assert_int_equal(SERVICE_CERTIFICATE_SOFT_OPEN, offered(scene));
    world.instead = STATUS_OK;
    hall_done(&scene->desk, export_with(scene, OTHER_PASSWORD));
    assert_done(scene);
    assert_opens(scene, OTHER_PASSWORD, FILE_PASSWORD);
    assert_int_not_equal(0, access(half_path(scene), F_OK));
}

/* The file is safe and the key gone; what is left is to tell the authority, which needs nobody. */
static void test_soft__a_kill_before_the_authority_is_told_is_finished_by_itself(void **state)
{
    struct hall_scene *scene = *state;
    make_order(scene, PRODUCT, ORDER_STATE_ISSUING);
    hall_desk_sign_in(&scene->desk, "chen");
    world.silenced = scene->hall.ca;
    struct service_reply reply = hall_wait(&scene->desk, export_with(scene, FILE_PASSWORD));
    assert_int_equal(STATUS_OK, reply.status);
    assert_int_equal(1, reply.number);
    assert_int_equal(SERVICE_CERTIFICATE_SOFT_WRITTEN, offered(scene));
    assert_false(soft_of(scene).has_key);
    assert_int_equal(ORDER_STATE_ISSUING, hall_scene_look(scene)->order.state);
    hall_program_stop(&scene->desk);
    authority_fake_script(scene->hall.ca)->offline = false;
    hall_program_restart(&scene->desk);
    hall_until_stored(&scene->desk, scene->order.id, ORDER_STATE_DONE);
    assert_done(scene);
    assert_opens(scene, FILE_PASSWORD, OTHER_PASSWORD);
}

/* A certificate for another name is declined, its key goes, and a chip may have the next one. */
static void test_soft__a_wrong_certificate_is_declined_and_its_key_gone(void **state)
{
    struct hall_scene *scene = *state;
    make_order(scene, PRODUCT, ORDER_STATE_ISSUING);
    hall_desk_sign_in(&scene->desk, "chen");
    scene->hall.certification.wish.common_name = "Somebody else";
    hall_refused(&scene->desk, export_with(scene, FILE_PASSWORD), SERVICE_REASON_AUTHORITY_REFUSED);
    assert_false(soft_of(scene).has_key);
    assert_false(has_file(scene));
    hall_scene_look(scene);
    assert_int_equal(STORE_CERTIFICATE_REVOKED, scene->sum.certificate[0].state);
    assert_int_equal(STORE_KEY_FAILED, scene->sum.key[0].state);
    assert_int_equal(SERVICE_CERTIFICATE_SOFT_OFFERED, offered(scene));
    scene->hall.certification.wish.common_name = NULL;
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, scene->order.id));
    token_fake_insert(hall_scene_writer(scene), "key-1");
    hall_done(&scene->terminal, service_issue_run(scene->terminal.services, false));
    assert_int_equal(ORDER_STATE_PIN, hall_scene_look(scene)->order.state);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(test_soft__a_clerk_exports_it_with_a_colleague_and_openssl_opens_it),
        T(test_soft__without_hall_and_product_there_is_none),
        T(test_soft__a_weak_password_no_second_clerk_no_stick_and_no_paid_order_begin_nothing),
        T(test_soft__a_key_that_was_begun_in_a_chip_is_not_exported),
        T(test_soft__a_silent_authority_leaves_it_open_and_it_is_made_once),
        T(test_soft__a_full_stick_and_a_kill_behind_the_file_lose_nothing),
        T(test_soft__a_kill_before_the_authority_is_told_is_finished_by_itself),
        T(test_soft__a_wrong_certificate_is_declined_and_its_key_gone),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
