/* A key put in alone: whose it is and how its certificate stands, by the store, the trust files and the list.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/file.h"
#include "kiosk/pki/certificate.h"
#include "tests/support/feature.h"
#include "tests/support/hall_renewal.h"
#include "tests/support/robot_visit.h"
#include "tests/support/token_judge.h"

enum { DAY_S = 86400 };

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

static const struct service_holder *read_key(struct hall_scene *scene)
{
    hall_done(&scene->terminal, service_key_read(scene->terminal.services));
    return &hall_scene_visit(scene)->holder;
}

static void test_holder__a_key_made_here_says_whose_it_is(void **state)
{
    struct hall_scene *scene = *state;
    hall_renewal_make_key(scene, "key-1");
    const struct service_holder *holder = read_key(scene);
    assert_int_equal(SERVICE_HOLDER_VALID, holder->state);
    assert_string_equal("重庆示例科技有限公司", holder->owner);
    assert_string_equal("ezca-cqzfcg", holder->product->id);
    assert_string_equal("supplier", holder->class_id);
    assert_string_equal(scene->order.id, holder->order_id);
    assert_true(holder->is_ours);
    assert_true(strlen(holder->key_serial) > 0);
    assert_string_equal("EZCA", holder->key_label + TOKEN_LABEL_CHARACTERS - TOKEN_TITLE_CHARACTERS);
    assert_false(holder->is_proven);
}

static void test_holder__its_state_follows_time(void **state)
{
    struct hall_scene *scene = *state;
    hall_renewal_make_key(scene, "key-1");
    hall_pass(&scene->hall, (int64_t)310 * DAY_S);
    assert_int_equal(SERVICE_HOLDER_SOON, read_key(scene)->state);
    hall_pass(&scene->hall, (int64_t)60 * DAY_S);
    FEATURE("F188");
    FEATURE("F189");
    assert_int_equal(SERVICE_HOLDER_EXPIRED, read_key(scene)->state);
}

static void write_crl(struct hall_scene *scene, struct bytes revoked, int days)
{
    struct buf crl = pki_issuer_crl(scene->hall.certification.issuer, revoked, days);
    struct buf pem;
    buf_init(&pem, LIMIT_CONFIG_BYTES);
    assert_int_equal(STATUS_OK, certificate_write_pem(bytes_of_buf(&crl), "X509 CRL", &pem));
    assert_int_equal(
        STATUS_OK, file_replace(scene->hall.settings->authority_crl_file, pem.data, pem.length, 0600, NULL));
    buf_release(&pem);
    buf_release(&crl);
}

static void read_leaf(struct hall_scene *scene, struct buf *leaf)
{
    struct token_info info;
    struct token_key_id id;
    assert_int_equal(STATUS_OK, token_look(scene->hall.tokens[0], &info, NULL));
    assert_int_equal(STATUS_OK, token_read_certificate(scene->hall.tokens[0], &info.identity, TOKEN_ROLE_SIGN,
                                                       NULL, leaf, &id, NULL));
}

static void test_holder__the_list_and_the_store_revoke(void **state)
{
    struct hall_scene *scene = *state;
    struct buf leaf;
    buf_init(&leaf, LIMIT_CERTIFICATE_BYTES);
    hall_renewal_make_key(scene, "key-1");
    read_leaf(scene, &leaf);
    write_crl(scene, bytes_of_buf(&leaf), 30);
    assert_int_equal(SERVICE_HOLDER_REVOKED, read_key(scene)->state);
    write_crl(scene, (struct bytes){0}, 30);
    assert_int_equal(SERVICE_HOLDER_VALID, read_key(scene)->state);
    write_crl(scene, (struct bytes){0}, -1);
    assert_int_equal(SERVICE_HOLDER_UNCHECKED, read_key(scene)->state);
    hall_renewal_revoke(scene);
    assert_int_equal(SERVICE_HOLDER_REVOKED, read_key(scene)->state);
    buf_release(&leaf);
}

static void test_holder__a_blank_key_and_no_key_carry_nothing(void **state)
{
    struct hall_scene *scene = *state;
    token_fake_pull(hall_scene_writer(scene));
    hall_refused(&scene->terminal, service_key_read(scene->terminal.services), SERVICE_REASON_NO_KEY);
    assert_int_equal(SERVICE_HOLDER_UNREAD, hall_scene_visit(scene)->holder.state);
    token_fake_insert(hall_scene_writer(scene), "blank");
    assert_int_equal(SERVICE_HOLDER_NONE, read_key(scene)->state);
    assert_false(hall_scene_visit(scene)->holder.is_ours);
}

static void test_holder__a_key_pulled_while_it_is_read_is_said(void **state)
{
    struct hall_scene *scene = *state;
    hall_renewal_make_key(scene, "key-1");
    token_fake_pull_at(hall_scene_writer(scene), 1, false);
    hall_refused(&scene->terminal, service_key_read(scene->terminal.services), SERVICE_REASON_KEY_PULLED);
    token_fake_insert(hall_scene_writer(scene), "key-1");
    assert_int_equal(SERVICE_HOLDER_VALID, read_key(scene)->state);
}

static void take_in_none(const struct catalogue *catalogue)
{
    for (size_t i = 0; i < catalogue->count; i++)
        for (size_t j = 0; j < catalogue->products[i]->operation_count; j++)
            ((struct product_operation *)(uintptr_t)&catalogue->products[i]->operations[j])
                ->old_lock.issuer_count = 0;
}

/* The same key at a terminal that trusts another authority: unknown, or recognised when its root is named. */
static void test_holder__another_authority_is_recognised_by_its_root(void **state)
{
    struct hall_scene *scene = *state;
    struct settings *settings = scene->hall.settings;
    const char *own = settings->authority_roots_file;
    char other[HALL_PATH_BYTES];
    hall_renewal_make_key(scene, "key-1");
    hall_program_stop(&scene->terminal);
    struct pki_issuer *issuer = pki_issuer_new("另一家", hall_now_utc_s(&scene->hall));
    struct buf pem;
    buf_init(&pem, LIMIT_CONFIG_BYTES);
    assert_int_equal(STATUS_OK, certificate_write_pem(pki_issuer_root(issuer), "CERTIFICATE", &pem));
    (void)snprintf(other, sizeof(other), "%s/other.pem", scene->hall.directory);
    assert_int_equal(STATUS_OK, file_replace(other, pem.data, pem.length, 0600, NULL));
    settings->authority_roots_file = other;
    hall_program_restart(&scene->terminal);
    assert_int_equal(SERVICE_HOLDER_UNKNOWN, read_key(scene)->state);
    settings->authority_recognised_file = own;
    FEATURE("F024");
    assert_int_equal(SERVICE_HOLDER_FOREIGN, read_key(scene)->state);
    hall_pass(&scene->hall, (int64_t)370 * DAY_S);
    assert_int_equal(SERVICE_HOLDER_FOREIGN_PAST, read_key(scene)->state); /* still no stranger's */
    settings->authority_roots_file = own;
    settings->authority_recognised_file = "";
    buf_release(&pem);
    pki_issuer_free(issuer);
}

/* Label, certificate with its end, and public key, row by row, and back. */
static void assert_inside(struct robot *robot, const struct service_holder *holder)
{
    char day[32];
    char until[64];
    (void)clock_format_hall(holder->not_after_utc_s, "%Y-%m-%d", day, sizeof(day));
    (void)snprintf(until, sizeof(until), "有效期至 %s", day);
    robot_tap(robot, "holder.inside");
    (void)robot_until(robot, "object.0");
    robot_look(robot, "holder-inside");
    FEATURE("F175");
    assert_true(robot_shows(robot, holder->key_label));
    FEATURE("F174");
    assert_true(robot_shows(robot, "东方中讯钥匙盘")); /* by what the key tells of its model */
    assert_true(robot_shows(robot, "签名证书"));
    assert_true(robot_shows(robot, until));
    assert_true(robot_shows(robot, "签名公钥"));
    robot_tap(robot, "bar.next");
    (void)robot_until(robot, "holder.owner");
}

static void test_holder__from_the_welcome_page_the_key_alone_leads_to_its_page(void **state)
{
    struct hall_scene *scene = *state;
    struct robot robot;
    static const char *const told[] = {"FAKE"};
    const struct product *product = catalogue_find(scene->hall.catalogue, "ezca-cqzfcg");
    struct product_key_model *model = (struct product_key_model *)(uintptr_t)&product->key_models[1];
    model->tokens = told;
    model->token_count = 1;
    hall_renewal_make_key(scene, "key-1");
    robot_visit_open_empty(&robot, &scene->terminal);
    token_fake_insert(hall_scene_writer(scene), "blank");
    robot_run(&robot, 800);
    robot_until_screen(&robot, "welcome"); /* the hall's own stock leads nowhere */
    token_fake_pull(hall_scene_writer(scene));
    robot_run(&robot, 800);
    token_fake_insert(hall_scene_writer(scene), "key-1");
    robot_until_screen(&robot, "holder");
    (void)robot_until(&robot, "holder.owner");
    assert_true(robot_shows(&robot, "重庆示例科技有限公司"));
    assert_true(robot_shows(&robot, "本项目暂未开通"));
    robot_look(&robot, "holder");
    assert_inside(&robot, &hall_scene_visit(scene)->holder);
    token_fake_pull(hall_scene_writer(scene));
    robot_until_text(&robot, "插入要办理的 Key");
    robot_tap(&robot, "bar.back");
    robot_until_screen(&robot, "welcome");
    FEATURE("F177");
    assert_int_equal(0, robot_faults(&robot));
    robot_close(&robot);
}

/* A lock that products take in leads to its exchange, of the product that is chosen; any other says what it
 * is.
 */
static void test_holder__at_the_screens_a_lock_of_another_authority_leads_to_its_exchange(void **state)
{
    struct hall_scene *scene = *state;
    struct robot robot;
    hall_renewal_make_strange(scene);
    token_fake_pull(hall_scene_writer(scene));
    robot_visit_open_empty(&robot, &scene->terminal);
    token_fake_insert(hall_scene_writer(scene), "strange");
    robot_until_screen(&robot, "holder");
    (void)robot_until(&robot, "holder.owner");
    FEATURE("F056");
    assert_true(robot_shows(&robot, TOKEN_JUDGE_ISSUER));
    assert_true(robot_shows(&robot, "2027-01-01"));
    assert_true(robot_shows(&robot, "宿迁公共资源 国信CA（个人），约 20 分钟，资料 4 项"));
    robot_tap(&robot, "operation.exchange.gxca-suqian-person");
    robot_tap(&robot, "bar.next");
    robot_run(&robot, 400);
    assert_string_equal("gxca-suqian-person", hall_scene_visit(scene)->product->id);
    assert_string_equal("exchange", hall_scene_visit(scene)->operation->id);
    assert_int_equal(0, robot_faults(&robot));
    robot_close(&robot);
}

/* Nobody takes it in: it is said what it is, and there is only the choice of a project. */
static void test_holder__at_the_screens_a_strange_lock_says_what_it_is(void **state)
{
    struct hall_scene *scene = *state;
    struct robot robot;
    take_in_none(scene->hall.catalogue);
    hall_renewal_make_strange(scene);
    token_fake_pull(hall_scene_writer(scene));
    robot_visit_open_empty(&robot, &scene->terminal);
    token_fake_insert(hall_scene_writer(scene), "strange");
    robot_until_screen(&robot, "holder");
    (void)robot_until(&robot, "holder.nothing");
    assert_true(robot_shows(&robot, "不是本厅认可的机构签发的"));
    assert_true(robot_shows(&robot, TOKEN_JUDGE_ISSUER));
    assert_false(robot_shows(&robot, "免费换发"));
    robot_tap(&robot, "bar.next");
    robot_until_screen(&robot, "product");
    robot_close(&robot);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_holder__a_key_made_here_says_whose_it_is, setup,
                                        hall_scene_teardown),
        cmocka_unit_test_setup_teardown(test_holder__its_state_follows_time, setup, hall_scene_teardown),
        cmocka_unit_test_setup_teardown(test_holder__the_list_and_the_store_revoke, setup,
                                        hall_scene_teardown),
        cmocka_unit_test_setup_teardown(test_holder__a_blank_key_and_no_key_carry_nothing, setup,
                                        hall_scene_teardown),
        cmocka_unit_test_setup_teardown(test_holder__a_key_pulled_while_it_is_read_is_said, setup,
                                        hall_scene_teardown),
        cmocka_unit_test_setup_teardown(test_holder__another_authority_is_recognised_by_its_root, setup,
                                        hall_scene_teardown),
        cmocka_unit_test_setup_teardown(test_holder__from_the_welcome_page_the_key_alone_leads_to_its_page,
                                        setup, hall_scene_teardown),
        cmocka_unit_test_setup_teardown(
            test_holder__at_the_screens_a_lock_of_another_authority_leads_to_its_exchange, setup,
            hall_scene_teardown),
        cmocka_unit_test_setup_teardown(test_holder__at_the_screens_a_strange_lock_says_what_it_is, setup,
                                        hall_scene_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
