/* What the hall trusts at the clerk's screens: shown, written to a stick, and a certificate out of a file
 * that comes onto the key that has its pair. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/pki/certificate.h"
#include "kiosk/store/store_audit.h"
#include "tests/support/feature.h"
#include "tests/support/hall_renewal.h"
#include "tests/support/pdf_bench.h"
#include "tests/support/pki_process.h"
#include "tests/support/robot_visit.h"

static struct robot robot; /* large, and one at a time */
#define CLERK_PASSWORD "zhanghao-2026"

static char stick[64];

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

static void close_robot(void)
{
    assert_int_equal(0, robot_faults(&robot));
    robot_close(&robot);
}

static void open_trust(struct hall_scene *scene)
{
    hall_desk_sign_in(&scene->desk, "chen");
    robot_open_wide(&robot, &scene->desk);
    ui_reset(robot.ui, DESK_CERTIFICATES, NULL);
    robot_until_screen(&robot, "certificates");
    robot_tap(&robot, "certificates.filter.trust");
}

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
    open_trust(scene);
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
    open_trust(scene);
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

/* A file with nothing but the certificate: who issued it is known from what was made here. */
static void test_import__a_certificate_alone_is_chained_by_what_the_hall_knows(void **state)
{
    struct hall_scene *scene = *state;
    struct bare_key bare;
    struct secret pin = {0};
    open_import(scene, &bare);
    hall_desk_sign_in(&scene->desk, "chen");
    struct buf leaf =
        issue_file(scene, "both.pem", scene->hall.certification.issuer, &bare, (struct pki_wish){0});
    pki_process_write(stick, "alone.der", bytes_of_buf(&leaf));
    hall_renewal_pin(&pin, HALL_PIN);
    hall_done(&scene->desk, service_desk_import(scene->desk.services, "alone.der", &pin));
    secret_wipe(&pin);
    assert_true(carries(&bare, &leaf));
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

/* --- the audit ----------------------------------------------------------------------------------------- */

/* The one file of the audit on the stick. Owns: the caller, with free; NULL while there is none. */
static char *read_audit_file(void)
{
    char *text = pdf_bench_output("cat %s/audit-*.csv 2>/dev/null; echo", stick);
    if (text[0] != '\n')
        return text;
    free(text);
    return NULL;
}

static void test_trust__rows_of_the_audit_leave_on_the_stick_when_a_colleague_approves(void **state)
{
    struct hall_scene *scene = *state;
    hall_add_clerk(&scene->hall, "lin");
    pki_process_make_dir(stick);
    scene->hall.settings->desk_exchange_dir = stick;
    hall_desk_sign_in(&scene->desk, "chen");
    robot_open_wide(&robot, &scene->desk);
    ui_reset(robot.ui, DESK_AUDIT, NULL);
    robot_until_screen(&robot, "audit");
    (void)robot_until(&robot, "audit.row.0");
    robot_tap(&robot, "audit.export");
    robot_fill(&robot, "export.second", "lin");
    robot_fill(&robot, "export.password", CLERK_PASSWORD);
    robot_tap(&robot, "export.yes");
    robot_until_text(&robot, "已导出");
    char *text = read_audit_file();
    assert_non_null(text);
    assert_non_null(strstr(text, "\"at\",\"writer\",\"number\",\"action\",\"actor\""));
    assert_non_null(strstr(text, "\"clerk.sign-in\",\"chen\""));
    assert_null(strstr(text, "\"audit.exported\"")); /* it tells what was there before it */
    free(text);
    assert_true(hall_scene_has_audit(scene, "audit.export", "chen"));
    assert_true(hall_scene_has_audit(scene, "audit.exported", "chen"));
    close_robot();
    pki_process_remove_dir(stick);
}

static uint64_t export_audit(struct hall_scene *scene, const char *second, const char *words)
{
    struct secret password = {0};
    assert_int_equal(STATUS_OK, secret_set(&password, words, strlen(words)));
    uint64_t id = service_desk_audit_export(scene->desk.services, &(struct service_audit_filter){.rows = 1},
                                            second, &password);
    secret_wipe(&password);
    return id;
}

static void test_trust__without_colleague_or_stick_no_row_of_the_audit_leaves(void **state)
{
    struct hall_scene *scene = *state;
    hall_add_clerk(&scene->hall, "lin");
    pki_process_make_dir(stick);
    scene->hall.settings->desk_exchange_dir = stick;
    assert_int_equal(STATUS_BAD_STATE,
                     hall_wait(&scene->desk, export_audit(scene, "lin", CLERK_PASSWORD)).status);
    hall_desk_sign_in(&scene->desk, "chen");
    hall_refused(&scene->desk, export_audit(scene, "chen", CLERK_PASSWORD), SERVICE_REASON_SAME_PERSON);
    hall_refused(&scene->desk, export_audit(scene, "lin", "something else"), SERVICE_REASON_PASSWORD_WRONG);
    scene->hall.settings->desk_exchange_dir = "/nowhere/at/all";
    hall_refused(&scene->desk, export_audit(scene, "lin", CLERK_PASSWORD), SERVICE_REASON_NO_STICK);
    assert_null(read_audit_file());
    assert_false(hall_scene_has_audit(scene, "audit.export", "chen"));
    pki_process_remove_dir(stick);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, hall_scene_teardown)
    const struct CMUnitTest tests[] = {
        T(test_trust__roots_and_list_are_shown_and_written_to_a_stick_as_openssl_takes_them),
        T(test_trust__without_a_stick_nothing_is_written_and_it_is_told),
        T(test_trust__rows_of_the_audit_leave_on_the_stick_when_a_colleague_approves),
        T(test_trust__without_colleague_or_stick_no_row_of_the_audit_leaves),
        T(test_import__a_certificate_of_a_bundle_comes_onto_the_key_that_has_its_pair),
        T(test_import__a_certificate_alone_is_chained_by_what_the_hall_knows),
        T(test_import__what_is_not_trusted_not_its_own_or_over_is_refused),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
