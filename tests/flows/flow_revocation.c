/* Certificates that the authority withdraws by itself, on two signatures, and what has to be done within
 * hours of its approval: at the clerk's screens, at the authority, before the holder. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/pki/certificate.h"
#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_revocation.h"
#include "tests/support/feature.h"
#include "tests/support/hall_renewal.h"
#include "tests/support/pki_process.h"
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
    services_end_visit(scene->terminal.services);
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

/* --- what the hall trusts ------------------------------------------------------------------------------ */

static char stick[64];

static void write_pem(const char *name, struct bytes der)
{
    struct buf pem;
    buf_init(&pem, LIMIT_CONFIG_BYTES);
    assert_int_equal(STATUS_OK, certificate_write_pem(der, "CERTIFICATE", &pem));
    pki_process_write(stick, name, bytes_of_buf(&pem));
    buf_release(&pem);
}

/* A stick is in, the holder's certificate and its issuer's lie on it already. */
static void put_stick_in(struct hall_scene *scene)
{
    struct buf der;
    struct store *store = hall_store(&scene->hall, "watcher");
    buf_init(&der, LIMIT_CERTIFICATE_BYTES);
    assert_int_equal(STATUS_OK, store_certificate_part(store, hall_renewal_certificate(scene),
                                                       STORE_CERTIFICATE_DER, &der, NULL));
    pki_process_make_dir(stick);
    write_pem("leaf.pem", bytes_of_buf(&der));
    write_pem("issuer.pem", pki_issuer_issuing(scene->hall.certification.issuer));
    scene->hall.settings->desk_exchange_dir = stick;
    buf_release(&der);
    store_close(store);
}

/* openssl's own judgement of the leaf by the files on the stick. Returns: its exit code. */
static int verify(struct hall_scene *scene)
{
    char now[24];
    struct buf text;
    (void)snprintf(now, sizeof(now), "%lld", (long long)hall_now_utc_s(&scene->hall));
    const char *const arguments[] = {"openssl",
                                     "verify",
                                     "-untrusted",
                                     pki_process_path(stick, "issuer.pem"),
                                     "-crl_check",
                                     "-attime",
                                     now,
                                     "-CAfile",
                                     pki_process_path(stick, "root-1.pem"),
                                     "-CRLfile",
                                     pki_process_path(stick, "crl-1.pem"),
                                     pki_process_path(stick, "leaf.pem"),
                                     NULL};
    int code = pki_process_run(arguments, &text);
    if (code != 0)
        print_message("%s\n", (const char *)text.data);
    buf_release(&text);
    return code;
}

static void test_trust__roots_and_list_are_shown_and_written_to_a_stick_as_openssl_takes_them(void **state)
{
    struct hall_scene *scene = *state;
    struct store_audit rows[2];
    size_t count = 0;
    hall_renewal_make_key(scene, "key-1");
    put_stick_in(scene);
    open_certificates(scene);
    robot_tap(&robot, "certificates.filter.trust");
    robot_until_text(&robot, "根证书");
    robot_tap(&robot, "certificates.row.1");
    robot_until_text(&robot, "下次更新");
    robot_look(&robot, "desk-trust");
    robot_tap(&robot, "trust.export");
    robot_until_text(&robot, "已导出 2 个文件");
    close_robot();
    assert_int_equal(0, verify(scene));
    FEATURE("F180");
    struct store *store = hall_store(&scene->hall, "watcher");
    assert_int_equal(STATUS_OK, store_audit_list(store, 0, rows, 2, &count, NULL));
    assert_string_equal("trust.exported", rows[0].action);
    assert_string_equal("2 ok", rows[0].detail);
    assert_string_equal("trust.export", rows[1].action);
    assert_string_equal("chen", rows[1].actor);
    store_close(store);
    pki_process_remove_dir(stick);
}

static void test_trust__without_a_stick_nothing_is_written_and_it_is_told(void **state)
{
    struct hall_scene *scene = *state;
    hall_desk_sign_in(&scene->desk, "chen");
    hall_refused(&scene->desk, service_desk_trust_export(scene->desk.services), SERVICE_REASON_NO_STICK);
    scene->hall.settings->desk_exchange_dir = "/nowhere/at/all";
    hall_refused(&scene->desk, service_desk_trust_export(scene->desk.services), SERVICE_REASON_NO_STICK);
    hall_done(&scene->desk, service_desk_trust(scene->desk.services));
    assert_false(services_desk(scene->desk.services)->has_stick);
    assert_int_equal(2, services_desk(scene->desk.services)->anchor_count);
}

/* --- a certificate out of a file ----------------------------------------------------------------------- */

/* A key with a pair and no certificate, in the writer of the desk; its PIN is HALL_PIN. */
struct bare_key {
    struct token *token;
    struct token_identity identity;
    struct token_key_id id;
    struct token_public_key key;
};

static void make_bare(struct hall_scene *scene, struct bare_key *out)
{
    struct secret so = {0}, pin = {0};
    struct token_format format = {.so_pin = &so, .transport_pin = &pin};
    struct token_info info;
    out->token = scene->hall.tokens[HALL_WRITERS - 1];
    hall_renewal_pin(&so, "somebodys-so-pin");
    hall_renewal_pin(&pin, HALL_PIN);
    token_fake_insert(scene->hall.writers[HALL_WRITERS - 1], "bare");
    token_mark_draw(random_system(), format.mark);
    token_key_id_draw(random_system(), &out->id);
    assert_int_equal(STATUS_OK, token_look(out->token, &info, NULL));
    assert_int_equal(STATUS_OK, token_format(out->token, &info.identity, &format, &out->identity, NULL));
    assert_int_equal(STATUS_OK, token_generate(out->token, &out->identity, &pin, TOKEN_ROLE_SIGN,
                                               TOKEN_ALGORITHM_RSA_2048, &out->id, NULL, &out->key, NULL));
}

/* A request of somebody, for issuers that want one; the key in it is replaced by the wish. */
static void read_request(struct hall_scene *scene, struct buf *out)
{
    struct store *store = hall_store(&scene->hall, "watcher");
    buf_init(out, LIMIT_CERTIFICATE_BYTES);
    assert_int_equal(STATUS_OK, store_certificate_part(store, hall_renewal_certificate(scene),
                                                       STORE_CERTIFICATE_REQUEST, out, NULL));
    store_close(store);
}

/* Two certificates one after another, as a .pem has them. */
static void write_file(const char *name, struct bytes leaf, struct bytes issuer)
{
    struct buf pem;
    buf_init(&pem, LIMIT_CONFIG_BYTES);
    assert_int_equal(STATUS_OK, certificate_write_pem(issuer, "CERTIFICATE", &pem));
    assert_int_equal(STATUS_OK, certificate_write_pem(leaf, "CERTIFICATE", &pem));
    pki_process_write(stick, name, bytes_of_buf(&pem));
    buf_release(&pem);
}

/* A certificate for the bare key by this issuer, over after so many days, in a file with its issuer's. */
static struct buf issue_file(struct hall_scene *scene, const char *name, struct pki_issuer *issuer,
                             const struct bare_key *bare, struct pki_wish wish)
{
    struct buf request;
    read_request(scene, &request);
    if (bare != NULL)
        wish.public_key = bytes_view(bare->key.bytes, bare->key.length);
    struct buf leaf = pki_issuer_issue(issuer, bytes_of_buf(&request), &wish);
    write_file(name, bytes_of_buf(&leaf), pki_issuer_issuing(issuer));
    buf_release(&request);
    return leaf;
}

static void open_import(struct hall_scene *scene, struct bare_key *bare)
{
    scene->hall.settings->desk_writer = true;
    hall_program_stop(&scene->desk);
    hall_program_restart(&scene->desk);
    hall_renewal_make_key(scene, "key-1");
    make_bare(scene, bare);
    pki_process_make_dir(stick);
    scene->hall.settings->desk_exchange_dir = stick;
}

static bool carries(const struct bare_key *bare, const struct buf *leaf)
{
    struct buf found;
    buf_init(&found, LIMIT_CERTIFICATE_BYTES);
    bool is = token_read_certificate(bare->token, &bare->identity, TOKEN_ROLE_SIGN, &bare->id, &found, NULL,
                                     NULL) == STATUS_OK &&
              bytes_is_equal(bytes_of_buf(&found), bytes_of_buf(leaf));
    buf_release(&found);
    return is;
}

/* The same file as a .p7b, made by openssl. */
static void make_bundle(const char *from, const char *to)
{
    struct buf text;
    const char *const arguments[] = {"openssl",
                                     "crl2pkcs7",
                                     "-nocrl",
                                     "-certfile",
                                     pki_process_path(stick, from),
                                     "-outform",
                                     "DER",
                                     "-out",
                                     pki_process_path(stick, to),
                                     NULL};
    assert_int_equal(0, pki_process_run(arguments, &text));
    buf_release(&text);
}

static void test_import__a_certificate_of_a_bundle_comes_onto_the_key_that_has_its_pair(void **state)
{
    struct hall_scene *scene = *state;
    struct bare_key bare;
    struct store_audit rows[2];
    size_t count = 0;
    open_import(scene, &bare);
    struct buf leaf =
        issue_file(scene, "a.pem", scene->hall.certification.issuer, &bare, (struct pki_wish){0});
    make_bundle("a.pem", "b.p7b");
    open_certificates(scene);
    robot_tap(&robot, "certificates.filter.trust");
    robot_tap(&robot, "trust.import");
    robot_until_text(&robot, "b.p7b");
    robot_tap(&robot, "import.file.1");
    robot_look(&robot, "desk-import");
    robot_fill(&robot, "import.pin", "000000");
    robot_tap(&robot, "import.yes");
    robot_until_text(&robot, "密码不对");
    assert_false(carries(&bare, &leaf));
    robot_fill(&robot, "import.pin", HALL_PIN);
    robot_tap(&robot, "import.yes");
    robot_until_text(&robot, "证书已写进 Key");
    close_robot();
    assert_true(carries(&bare, &leaf));
    FEATURE("F176");
    struct store *store = hall_store(&scene->hall, "watcher");
    assert_int_equal(STATUS_OK, store_audit_list(store, 0, rows, 2, &count, NULL));
    assert_string_equal("key.imported", rows[0].action);
    assert_string_equal("ok", rows[0].detail);
    assert_string_equal("key.import", rows[1].action);
    assert_string_equal("chen", rows[1].actor);
    store_close(store);
    buf_release(&leaf);
    pki_process_remove_dir(stick);
}

static void refuse_file(struct hall_scene *scene, const struct bare_key *bare, const char *file,
                        enum service_reason reason)
{
    struct secret pin = {0};
    struct buf found;
    hall_renewal_pin(&pin, HALL_PIN);
    hall_refused(&scene->desk, service_desk_import(scene->desk.services, file, &pin), reason);
    secret_wipe(&pin);
    buf_init(&found, LIMIT_CERTIFICATE_BYTES);
    assert_int_equal(STATUS_NOT_FOUND, token_read_certificate(bare->token, &bare->identity, TOKEN_ROLE_SIGN,
                                                              &bare->id, &found, NULL, NULL));
    buf_release(&found);
}

static void test_import__what_is_not_trusted_not_its_own_or_over_is_refused(void **state)
{
    struct hall_scene *scene = *state;
    struct bare_key bare;
    struct pki_issuer *issuer = scene->hall.certification.issuer;
    struct pki_issuer *strange = pki_issuer_new("别处", hall_now_utc_s(&scene->hall));
    open_import(scene, &bare);
    hall_desk_sign_in(&scene->desk, "chen");
    struct buf other = issue_file(scene, "other.pem", issuer, NULL, (struct pki_wish){.for_other_key = true});
    struct buf over =
        issue_file(scene, "over.pem", issuer, &bare, (struct pki_wish){.from_s = -86400 * 9, .days = 3});
    struct buf foreign = issue_file(scene, "foreign.pem", strange, &bare, (struct pki_wish){0});
    struct buf broken =
        issue_file(scene, "broken.pem", issuer, &bare, (struct pki_wish){.has_broken_signature = true});
    struct buf good = issue_file(scene, "good.pem", issuer, &bare, (struct pki_wish){0});
    pki_process_write(stick, "text.pem", bytes_view("no certificate", 14));
    refuse_file(scene, &bare, "other.pem", SERVICE_REASON_FILE_OTHER_KEY);
    refuse_file(scene, &bare, "over.pem", SERVICE_REASON_FILE_EXPIRED);
    refuse_file(scene, &bare, "foreign.pem", SERVICE_REASON_FILE_UNTRUSTED);
    refuse_file(scene, &bare, "broken.pem", SERVICE_REASON_FILE_UNTRUSTED);
    refuse_file(scene, &bare, "text.pem", SERVICE_REASON_FILE_UNREADABLE);
    refuse_file(scene, &bare, "../good.pem", SERVICE_REASON_FILE_UNREADABLE);
    refuse_file(scene, &bare, "gone.pem", SERVICE_REASON_NO_STICK);
    struct buf list = pki_issuer_crl(issuer, bytes_of_buf(&good), 7);
    buf_clear(&broken);
    assert_int_equal(STATUS_OK, certificate_write_pem(bytes_of_buf(&list), "X509 CRL", &broken));
    pki_process_write(scene->hall.directory, "crl.pem", bytes_of_buf(&broken));
    refuse_file(scene, &bare, "good.pem", SERVICE_REASON_FILE_REVOKED);
    token_fake_pull(scene->hall.writers[HALL_WRITERS - 1]);
    struct secret pin = {0};
    hall_renewal_pin(&pin, HALL_PIN);
    hall_refused(&scene->desk, service_desk_import(scene->desk.services, "good.pem", &pin),
                 SERVICE_REASON_NO_KEY);
    scene->hall.settings->desk_writer = false;
    assert_int_equal(
        STATUS_UNSUPPORTED,
        hall_wait(&scene->desk, service_desk_import(scene->desk.services, "good.pem", &pin)).status);
    struct buf *const made[] = {&other, &over, &foreign, &broken, &good, &list};
    for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++)
        buf_release(made[i]);
    pki_issuer_free(strange);
    pki_process_remove_dir(stick);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_revocation__two_clerks_withdraw_it_and_its_holder_reads_why,
                                        setup, hall_scene_teardown),
        cmocka_unit_test_setup_teardown(
            test_revocation__one_clerk_alone_no_ground_and_no_evidence_withdraw_nothing, setup,
            hall_scene_teardown),
        cmocka_unit_test_setup_teardown(
            test_revocation__an_authority_that_is_silent_is_asked_until_it_answers, setup,
            hall_scene_teardown),
        cmocka_unit_test_setup_teardown(
            test_deadline__hours_run_from_the_approval_and_what_is_over_stands_first, setup,
            hall_scene_teardown),
        cmocka_unit_test_setup_teardown(
            test_deadline__nothing_is_counted_before_the_approval_or_after_the_act, setup,
            hall_scene_teardown),
        cmocka_unit_test_setup_teardown(
            test_trust__roots_and_list_are_shown_and_written_to_a_stick_as_openssl_takes_them, setup,
            hall_scene_teardown),
        cmocka_unit_test_setup_teardown(test_trust__without_a_stick_nothing_is_written_and_it_is_told, setup,
                                        hall_scene_teardown),
        cmocka_unit_test_setup_teardown(
            test_import__a_certificate_of_a_bundle_comes_onto_the_key_that_has_its_pair, setup,
            hall_scene_teardown),
        cmocka_unit_test_setup_teardown(test_import__what_is_not_trusted_not_its_own_or_over_is_refused,
                                        setup, hall_scene_teardown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
