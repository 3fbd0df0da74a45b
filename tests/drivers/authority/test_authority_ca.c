#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"
#include "tests/support/authority_bench.h"
#include "tests/support/pki_issuer.h"
#include "tests/support/pki_key.h"
#include "tests/support/pki_process.h"

/* The embedded CA as others see it: through its socket, its files, and the openssl command line as the judge.
 */
static struct pki_ca ca;
static struct authority *authority;
static unsigned next_id;

#define ORGANISATION "C=CN\nO=重庆示例科技有限公司\nCN=重庆示例科技有限公司\n"
static const char good_subject[] =
    "C=CN\nST=重庆市\nL=南岸区\nO=重庆示例科技有限公司\nOU=市场部\nCN=重庆示例科技有限公司\n"
    "serialNumber=91500103MA60ABCD1F";

static int set_up(void **state)
{
    (void)state;
    return authority_bench_begin(&ca, TEST_BUILD_DIR, &authority);
}

static int tear_down(void **state)
{
    (void)state;
    return authority_bench_end(&ca, authority);
}

static enum status ask(const char *id, const char *profile, struct bytes csr, struct authority_outcome *out)
{
    const struct authority_request request = {.id = id, .profile = profile, .request = csr};
    return authority_request(authority, &request, out, NULL);
}

/* A certificate for a fresh key, written to dir/leaf.der; its id stands in id. */
static void issue(enum pki_key_kind kind, char id[AUTHORITY_ID_BYTES], char serial[AUTHORITY_SERIAL_BYTES])
{
    struct authority_outcome outcome = {0};
    struct pki_key *key = pki_key_new(kind);
    struct buf csr = pki_key_request(key, good_subject);
    (void)snprintf(id, AUTHORITY_ID_BYTES, "ca-%u", next_id++);
    assert_int_equal(ask(id, "organisation", bytes_of_buf(&csr), &outcome), STATUS_OK);
    assert_int_equal(outcome.answer, AUTHORITY_ISSUED);
    assert_int_equal(outcome.certificate_count, 2);
    pki_process_write(ca.dir, "leaf.der", bytes_of_buf(&outcome.certificates[0]));
    pki_process_write(ca.dir, "issuer.der", bytes_of_buf(&outcome.certificates[1]));
    pki_issuer_serial(bytes_of_buf(&outcome.certificates[0]), serial);
    authority_outcome_release(&outcome);
    buf_release(&csr);
    pki_key_free(key);
}

static void assert_says(const struct buf *text, const char *part)
{
    if (text->data == NULL || strstr((const char *)text->data, part) == NULL)
        fail_msg("missing \"%s\" in %s", part, text->data == NULL ? "" : (const char *)text->data);
}

static struct buf leaf_text(void)
{
    struct buf text;
    const char *const arguments[] = {"openssl",  "x509",
                                     "-inform",  "DER",
                                     "-in",      pki_process_path(ca.dir, "leaf.der"),
                                     "-noout",   "-text",
                                     "-nameopt", "utf8,show_type,sep_comma_plus_space,sname",
                                     NULL};
    assert_int_equal(pki_process_run(arguments, &text), 0);
    return text;
}

/* openssl verify -crl_check over the leaf, the published chain and list. Returns: its exit code. */
static int verify(struct buf *text)
{
    struct buf pem;
    const char *leaf = pki_process_path(ca.dir, "leaf.pem");
    const char *const convert[] = {
        "openssl", "x509", "-inform", "DER", "-in", pki_process_path(ca.dir, "leaf.der"), "-out", leaf, NULL};
    assert_int_equal(pki_process_run(convert, &pem), 0);
    buf_release(&pem);
    const char *const arguments[] = {
        "openssl",  "verify",    "-crl_check",   "-CAfile", pki_process_path(ca.state_dir, "chain.pem"),
        "-CRLfile", ca.crl_file, "-x509_strict", leaf,      NULL};
    return pki_process_run(arguments, text);
}

static void check_leaf_of(enum pki_key_kind kind)
{
    char id[AUTHORITY_ID_BYTES];
    char serial[AUTHORITY_SERIAL_BYTES];
    struct buf verdict;
    issue(kind, id, serial);
    struct buf text = leaf_text();
    assert_says(&text, "Version: 3 (0x2)");
    assert_says(&text, "CN=UTF8STRING:重庆示例科技有限公司");
    assert_says(&text, "ST=UTF8STRING:重庆市");
    assert_says(&text, "C=PRINTABLESTRING:CN");
    assert_says(&text, "serialNumber=PRINTABLESTRING:91500103MA60ABCD1F");
    assert_says(&text, "X509v3 Basic Constraints: critical\n                CA:FALSE");
    assert_says(&text, "X509v3 Key Usage: critical\n                Digital Signature, Non Repudiation\n");
    assert_says(&text, "X509v3 Extended Key Usage: \n                TLS Web Client Authentication\n");
    assert_says(&text, "X509v3 Subject Key Identifier:");
    assert_says(&text, "X509v3 Authority Key Identifier:");
    assert_says(&text, "URI:http://127.0.0.1/issuing.crl");
    assert_int_equal(strlen(serial), 32);
    assert_true(serial[0] < '8');
    assert_int_equal(verify(&verdict), 0);
    assert_says(&verdict, "OK");
    buf_release(&verdict);
    buf_release(&text);
}

static void test_certca__rsa_certificate_has_the_profile_and_openssl_accepts_it(void **state)
{
    (void)state;
    check_leaf_of(PKI_KEY_RSA2048);
    assert_int_equal(access(pki_process_path(ca.dir, "leaf.pem"), R_OK), 0);
}

static void test_certca__ec_certificate_has_the_profile_and_openssl_accepts_it(void **state)
{
    (void)state;
    check_leaf_of(PKI_KEY_P256);
    assert_int_equal(access(pki_process_path(ca.dir, "leaf.pem"), R_OK), 0);
}

static void test_certca__certificate_lasts_one_year(void **state)
{
    (void)state;
    char id[AUTHORITY_ID_BYTES];
    char serial[AUTHORITY_SERIAL_BYTES];
    struct buf text;
    issue(PKI_KEY_P256, id, serial);
    const char *leaf = pki_process_path(ca.dir, "leaf.der");
    const char *const just_below[] = {"openssl", "x509",   "-inform",   "DER",      "-in",
                                      leaf,      "-noout", "-checkend", "31535000", NULL};
    const char *const just_above[] = {"openssl", "x509",   "-inform",   "DER",      "-in",
                                      leaf,      "-noout", "-checkend", "31536100", NULL};
    assert_int_equal(pki_process_run(just_below, &text), 0);
    buf_release(&text);
    assert_int_equal(pki_process_run(just_above, &text), 1);
    buf_release(&text);
}

static struct buf list_text(void)
{
    struct buf text;
    const char *const arguments[] = {"openssl", "crl", "-in", ca.crl_file, "-noout", "-text", NULL};
    assert_int_equal(pki_process_run(arguments, &text), 0);
    return text;
}

/* The certificate issued last fails verification, and the list says why. */
static void assert_on_list(const char *serial, const char *reason)
{
    struct buf verdict;
    assert_int_not_equal(verify(&verdict), 0);
    assert_says(&verdict, "certificate revoked");
    buf_release(&verdict);
    struct buf text = list_text();
    assert_says(&text, serial);
    assert_says(&text, reason);
    buf_release(&text);
}

static void test_certca__revoked_certificate_fails_verification_with_its_reason(void **state)
{
    (void)state;
    char id[AUTHORITY_ID_BYTES];
    char serial[AUTHORITY_SERIAL_BYTES];
    issue(PKI_KEY_P256, id, serial);
    assert_int_equal(authority_confirm(authority, id, true, NULL), STATUS_OK);
    assert_int_equal(authority_revoke(authority, serial, AUTHORITY_REASON_SUPERSEDED, NULL), STATUS_OK);
    assert_int_equal(authority_revoke(authority, serial, AUTHORITY_REASON_KEY_COMPROMISE, NULL), STATUS_OK);
    assert_on_list(serial, "Superseded");
    struct buf text = list_text();
    assert_null(strstr((const char *)text.data, "Key Compromise"));
    assert_says(&text, "Next Update:");
    buf_release(&text);
    struct buf list = pki_ca_list(&ca);
    assert_says(&list, "\"state\":\"revoked\"");
    assert_says(&list, "\"reason\":\"superseded\"");
    buf_release(&list);
}

static void test_certca__a_held_certificate_fails_verification_until_it_is_released(void **state)
{
    (void)state;
    char id[AUTHORITY_ID_BYTES];
    char serial[AUTHORITY_SERIAL_BYTES];
    struct buf verdict;
    issue(PKI_KEY_P256, id, serial);
    assert_int_equal(authority_confirm(authority, id, true, NULL), STATUS_OK);
    assert_int_equal(authority_revoke(authority, serial, AUTHORITY_REASON_HOLD, NULL), STATUS_OK);
    assert_on_list(serial, "Certificate Hold");
    struct buf list = pki_ca_list(&ca);
    assert_says(&list, "\"state\":\"held\"");
    buf_release(&list);
    assert_int_equal(authority_revoke(authority, serial, AUTHORITY_REASON_RELEASE, NULL), STATUS_OK);
    assert_int_equal(verify(&verdict), 0);
    buf_release(&verdict);
    struct buf text = list_text();
    assert_null(strstr((const char *)text.data, serial));
    buf_release(&text);
}

static void test_certca__withdrawn_certificate_is_on_the_list_and_unconfirmed_one_is_not(void **state)
{
    (void)state;
    char kept_id[AUTHORITY_ID_BYTES];
    char kept[AUTHORITY_SERIAL_BYTES];
    char gone_id[AUTHORITY_ID_BYTES];
    char gone[AUTHORITY_SERIAL_BYTES];
    issue(PKI_KEY_P256, kept_id, kept);
    issue(PKI_KEY_P256, gone_id, gone);
    assert_int_equal(authority_confirm(authority, gone_id, false, NULL), STATUS_OK);
    struct buf text = list_text();
    assert_says(&text, gone);
    assert_null(strstr((const char *)text.data, kept));
    buf_release(&text);
    struct buf list = pki_ca_list(&ca);
    const char *line = strstr((const char *)list.data, kept_id);
    assert_non_null(line);
    assert_memory_equal(strstr(line, "\"state\""), "\"state\":\"issued\"", 16);
    assert_says(&list, "\"state\":\"rejected\"");
    buf_release(&list);
}

/* The refusal for this request, AUTHORITY_REFUSAL_NONE when it was issued. */
static enum authority_refusal refusal_of(const char *profile, struct bytes csr)
{
    struct authority_outcome outcome = {0};
    char id[AUTHORITY_ID_BYTES];
    (void)snprintf(id, sizeof(id), "ca-%u", next_id++);
    assert_int_equal(ask(id, profile, csr, &outcome), STATUS_OK);
    enum authority_refusal refusal = outcome.refusal;
    if (outcome.answer == AUTHORITY_REFUSED)
        assert_int_equal(authority_inquire(authority, id, &outcome, NULL), STATUS_NOT_FOUND);
    authority_outcome_release(&outcome);
    return refusal;
}

static enum authority_refusal refusal_of_subject(const char *subject)
{
    struct pki_key *key = pki_key_new(PKI_KEY_P256);
    struct buf csr = pki_key_request(key, subject);
    enum authority_refusal refusal = refusal_of("organisation", bytes_of_buf(&csr));
    buf_release(&csr);
    pki_key_free(key);
    return refusal;
}

static void test_certca__subject_outside_the_profile_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        ORGANISATION,                                                        /* no credit code */
        ORGANISATION "serialNumber=91500103MA60ABCD1G",                      /* wrong check character */
        ORGANISATION "serialNumber=91500103MA60ABCD1",                       /* too short */
        ORGANISATION "serialNumber=91500103MA60ABCD1F\nemailAddress=a@b.cn", /* not in the profile */
        ORGANISATION "serialNumber=91500103MA60ABCD1F\nO=另一家",            /* twice */
        ORGANISATION "serialNumber=91500103MA60ABCD1F\n+OU=市场部",          /* two in one relative name */
        "C=US\nO=甲\nCN=甲\nserialNumber=91500103MA60ABCD1F",                /* another country */
        "O=甲\nCN=甲\nserialNumber=91500103MA60ABCD1F",                      /* no country */
        "C=CN\nO=甲\nCN=\tb\nserialNumber=91500103MA60ABCD1F",               /* a control character */
    };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_int_equal(refusal_of_subject(wrong[i]), AUTHORITY_REFUSAL_SUBJECT_UNFIT);
    assert_int_equal(refusal_of_subject(ORGANISATION "serialNumber=91500103MA60ABCD1F"),
                     AUTHORITY_REFUSAL_NONE);
}

static void test_certca__common_name_longer_than_x520_allows_is_refused(void **state)
{
    (void)state;
    char subject[512] = "C=CN\nO=甲\nserialNumber=91500103MA60ABCD1F\nCN=";
    for (int i = 0; i < 65; i++)
        strcat(subject, "渝");
    assert_int_equal(refusal_of_subject(subject), AUTHORITY_REFUSAL_SUBJECT_UNFIT);
}

static void test_certca__weak_or_foreign_keys_are_refused(void **state)
{
    (void)state;
    static const enum pki_key_kind kinds[] = {PKI_KEY_RSA1024, PKI_KEY_P384};
    for (size_t i = 0; i < 2; i++) {
        struct pki_key *key = pki_key_new(kinds[i]);
        struct buf csr = pki_key_request(key, good_subject);
        assert_int_equal(refusal_of("organisation", bytes_of_buf(&csr)), AUTHORITY_REFUSAL_KEY_UNFIT);
        buf_release(&csr);
        pki_key_free(key);
    }
}

static void test_certca__broken_requests_are_refused(void **state)
{
    (void)state;
    struct pki_key *key = pki_key_new(PKI_KEY_P256);
    struct buf csr = pki_key_request(key, good_subject);
    assert_int_equal(refusal_of("nothing-like-it", bytes_of_buf(&csr)), AUTHORITY_REFUSAL_PROFILE_UNKNOWN);
    assert_int_equal(refusal_of("organisation", bytes_view("rubbish", 7)),
                     AUTHORITY_REFUSAL_REQUEST_MALFORMED);
    assert_int_equal(refusal_of("organisation", bytes_view("", 0)), AUTHORITY_REFUSAL_REQUEST_MALFORMED);
    csr.data[csr.length - 1] ^= 1;
    assert_int_equal(refusal_of("organisation", bytes_of_buf(&csr)), AUTHORITY_REFUSAL_SIGNATURE_WRONG);
    csr.data[csr.length - 1] ^= 1;
    assert_int_equal(buf_append(&csr, "", 1), STATUS_OK);
    assert_int_equal(refusal_of("organisation", bytes_of_buf(&csr)), AUTHORITY_REFUSAL_REQUEST_MALFORMED);
    buf_release(&csr);
    pki_key_free(key);
}

static void test_certca__key_is_certified_under_one_id_only(void **state)
{
    (void)state;
    struct pki_key *key = pki_key_new(PKI_KEY_P256);
    struct buf csr = pki_key_request(key, good_subject);
    assert_int_equal(refusal_of("organisation", bytes_of_buf(&csr)), AUTHORITY_REFUSAL_NONE);
    assert_int_equal(refusal_of("organisation", bytes_of_buf(&csr)), AUTHORITY_REFUSAL_KEY_USED);
    buf_release(&csr);
    pki_key_free(key);
}

static int run_certca(const char *const *arguments, struct buf *text)
{
    const char *all[12] = {pki_process_path(ca.build_dir, "certca")};
    for (size_t i = 0; arguments[i] != NULL; i++)
        all[i + 1] = arguments[i];
    return pki_process_run(all, text);
}

static void test_certca__exit_codes_say_what_is_wrong(void **state)
{
    (void)state;
    struct buf text;
    const char *const again[] = {"serve", "--dir", ca.state_dir, "--socket", "/nowhere/s", NULL};
    const char *const nothing[] = {"serve", "--dir", ca.dir, "--socket", "/nowhere/s", NULL};
    const char *const wrong[] = {"serve", "--dir", ca.dir, NULL};
    const char *const init_again[] = {"init", "--dir", ca.state_dir, NULL};
    assert_int_equal(run_certca(again, &text), 75);
    buf_release(&text);
    assert_int_equal(run_certca(nothing, &text), 69);
    buf_release(&text);
    assert_int_equal(run_certca(wrong, &text), 64);
    assert_says(&text, "certca serve");
    buf_release(&text);
    struct buf before;
    struct buf after;
    buf_init(&before, LIMIT_CERTIFICATE_BYTES);
    buf_init(&after, LIMIT_CERTIFICATE_BYTES);
    assert_int_equal(file_read(pki_process_path(ca.state_dir, "root.pem"), &before, NULL), STATUS_OK);
    assert_int_equal(run_certca(init_again, &text), 0);
    assert_int_equal(file_read(pki_process_path(ca.state_dir, "root.pem"), &after, NULL), STATUS_OK);
    assert_true(bytes_is_equal(bytes_of_buf(&before), bytes_of_buf(&after)));
    buf_release(&before);
    buf_release(&after);
    buf_release(&text);
}

static void test_certca__keys_are_private_and_the_roots_is_not_needed_to_serve(void **state)
{
    (void)state;
    static const char *const files[] = {"issuing.key", "root/root.key"};
    struct stat found;
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(stat(pki_process_path(ca.state_dir, files[i]), &found), 0);
        assert_int_equal(found.st_mode & 0777, 0600);
    }
    assert_int_equal(stat(ca.socket_path, &found), 0);
    assert_int_equal(found.st_mode & 0777, 0600);
    assert_int_equal(pki_ca_stop(&ca, SIGTERM), 0);
    assert_int_equal(access(ca.socket_path, F_OK), -1);
    const char *carried = pki_process_path(ca.dir, "carried-away");
    assert_int_equal(rename(pki_process_path(ca.state_dir, "root"), carried), 0);
    pki_ca_restart(&ca);
    assert_true(ca.pid > 0);
}

static void test_certca__records_outlive_a_restart(void **state)
{
    (void)state;
    char id[AUTHORITY_ID_BYTES];
    char serial[AUTHORITY_SERIAL_BYTES];
    struct authority_outcome outcome = {0};
    char again[AUTHORITY_SERIAL_BYTES];
    issue(PKI_KEY_P256, id, serial);
    assert_int_equal(authority_confirm(authority, id, true, NULL), STATUS_OK);
    assert_int_equal(pki_ca_stop(&ca, SIGTERM), 0);
    pki_ca_restart(&ca);
    assert_int_equal(authority_inquire(authority, id, &outcome, NULL), STATUS_OK);
    assert_int_equal(outcome.answer, AUTHORITY_CONFIRMED);
    pki_issuer_serial(bytes_of_buf(&outcome.certificates[0]), again);
    assert_string_equal(again, serial);
    authority_outcome_release(&outcome);
}

/* Files may not grow past this many bytes: to the CA the same as a full disk. */
static void limit_files(rlim_t most_bytes)
{
    const struct rlimit limit = {.rlim_cur = most_bytes, .rlim_max = RLIM_INFINITY};
    assert_int_equal(prlimit(ca.pid, RLIMIT_FSIZE, &limit, NULL), 0);
}

/* A request meets a full disk, which is then freed. Returns: what an inquiry says in between. */
static enum status ask_with_full_disk(rlim_t most_bytes, struct authority_outcome *between)
{
    struct authority_outcome outcome = {0};
    struct pki_key *key = pki_key_new(PKI_KEY_P256);
    struct buf csr = pki_key_request(key, good_subject);
    char id[AUTHORITY_ID_BYTES];
    (void)snprintf(id, sizeof(id), "ca-%u", next_id++);
    limit_files(most_bytes);
    assert_int_equal(ask(id, "organisation", bytes_of_buf(&csr), &outcome), STATUS_UNKNOWN);
    enum status status = authority_inquire(authority, id, between, NULL);
    limit_files(RLIM_INFINITY);
    assert_int_equal(ask(id, "organisation", bytes_of_buf(&csr), &outcome), STATUS_OK);
    assert_int_equal(outcome.answer, AUTHORITY_ISSUED);
    authority_outcome_release(&outcome);
    buf_release(&csr);
    pki_key_free(key);
    return status;
}

static void test_certca__full_disk_is_unknown_and_mends_itself(void **state)
{
    (void)state;
    char id[AUTHORITY_ID_BYTES];
    char serial[AUTHORITY_SERIAL_BYTES];
    char record[AUTHORITY_ID_BYTES + 16];
    struct authority_outcome between = {0};
    struct stat found;
    assert_int_equal(pki_ca_stop(&ca, SIGTERM), 0);
    (void)signal(SIGXFSZ, SIG_IGN); /* inherited, so that a write fails instead */
    pki_ca_restart(&ca);
    issue(PKI_KEY_P256, id, serial);
    (void)snprintf(record, sizeof(record), "records/%s.json", id);
    assert_int_equal(stat(pki_process_path(ca.state_dir, record), &found), 0);
    assert_int_equal(ask_with_full_disk(64, &between), STATUS_NOT_FOUND);
    assert_int_equal(ask_with_full_disk((rlim_t)found.st_size - 400, &between), STATUS_OK);
    assert_int_equal(between.answer, AUTHORITY_WAITING);
    limit_files(64);
    assert_int_equal(authority_revoke(authority, serial, AUTHORITY_REASON_SUPERSEDED, NULL), STATUS_UNKNOWN);
    limit_files(RLIM_INFINITY);
    assert_int_equal(authority_revoke(authority, serial, AUTHORITY_REASON_SUPERSEDED, NULL), STATUS_OK);
    struct buf text = list_text();
    assert_says(&text, serial);
    buf_release(&text);
}

static void test_certca__half_a_call_does_not_hold_up_the_others(void **state)
{
    (void)state;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct authority_status status = {0};
    (void)snprintf(address.sun_path, sizeof(address.sun_path), "%s", ca.socket_path);
    int idle = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int half = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(connect(idle, (const struct sockaddr *)&address, sizeof(address)), 0);
    assert_int_equal(connect(half, (const struct sockaddr *)&address, sizeof(address)), 0);
    assert_int_equal(send(half, "CKW1", 4, MSG_NOSIGNAL), 4);
    assert_int_equal(authority_status(authority, &status, NULL), STATUS_OK);
    assert_int_equal(status.state, DEVICE_READY);
    (void)close(half);
    (void)close(idle);
}

static void test_certca__damaged_record_stops_it_rather_than_being_forgotten(void **state)
{
    (void)state;
    char records[128];
    struct buf text;
    (void)snprintf(records, sizeof(records), "%s/records", ca.state_dir);
    assert_int_equal(pki_ca_stop(&ca, SIGTERM), 0);
    pki_process_write(records, "damaged.json", bytes_view("{\"id\":", 6));
    const char *const serve[] = {"serve", "--dir", ca.state_dir, "--socket", ca.socket_path, NULL};
    assert_int_equal(run_certca(serve, &text), 70);
    assert_says(&text, "damaged.json");
    buf_release(&text);
    assert_int_equal(unlink(pki_process_path(records, "damaged.json")), 0);
    pki_process_write(records, "x.json.AbCdEf", bytes_view("half", 4));
    pki_ca_restart(&ca);
    assert_int_equal(access(pki_process_path(records, "x.json.AbCdEf"), F_OK), -1);
}

static void test_certca__wrong_settings_are_named(void **state)
{
    (void)state;
    static const char *const wrong[][2] = {
        {"{", "not JSON"},
        {"{\"name\":\"a\",\"crl_url\":\"http://a,b\"}", "crl_url"},
        {"{\"name\":\"a\",\"crl_days\":0}", "crl_days"},
        {"{\"name\":\"a\",\"crl_days\":7,\"profiles\":[]}", "profiles"},
        {"{\"name\":\"a\",\"crl_days\":7,\"profiles\":[{\"name\":\"a b\",\"days\":1}]}", "profiles"},
    };
    struct buf settings;
    struct buf text;
    buf_init(&settings, LIMIT_CONFIG_BYTES);
    assert_int_equal(file_read(pki_process_path(ca.state_dir, "ca.json"), &settings, NULL), STATUS_OK);
    assert_int_equal(pki_ca_stop(&ca, SIGTERM), 0);
    const char *const serve[] = {"serve", "--dir", ca.state_dir, "--socket", ca.socket_path, NULL};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        pki_process_write(ca.state_dir, "ca.json", bytes_view(wrong[i][0], strlen(wrong[i][0])));
        assert_int_equal(run_certca(serve, &text), 70);
        assert_says(&text, wrong[i][1]);
        buf_release(&text);
    }
    pki_process_write(ca.state_dir, "ca.json", bytes_of_buf(&settings));
    pki_ca_restart(&ca);
    buf_release(&settings);
}

static void test_certca__profile_may_name_a_policy_and_no_list(void **state)
{
    (void)state;
    static const char settings[] =
        "{\"name\":\"演示\",\"crl_days\":1,\"profiles\":[{\"name\":\"organisation\",\"days\":30,"
        "\"policy\":\"1.2.156.99999.1\",\"required\":[\"CN\"],"
        "\"optional\":[\"C\",\"ST\",\"L\",\"O\",\"OU\",\"serialNumber\"]}]}";
    struct buf before;
    char id[AUTHORITY_ID_BYTES];
    char serial[AUTHORITY_SERIAL_BYTES];
    buf_init(&before, LIMIT_CONFIG_BYTES);
    assert_int_equal(file_read(pki_process_path(ca.state_dir, "ca.json"), &before, NULL), STATUS_OK);
    assert_int_equal(pki_ca_stop(&ca, SIGTERM), 0);
    pki_process_write(ca.state_dir, "ca.json", bytes_view(settings, sizeof(settings) - 1));
    pki_ca_restart(&ca);
    issue(PKI_KEY_P256, id, serial);
    struct buf text = leaf_text();
    assert_says(&text, "Policy: 1.2.156.99999.1");
    assert_null(strstr((const char *)text.data, "CRL Distribution"));
    assert_int_equal(pki_ca_stop(&ca, SIGTERM), 0);
    pki_process_write(ca.state_dir, "ca.json", bytes_of_buf(&before));
    pki_ca_restart(&ca);
    buf_release(&text);
    buf_release(&before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_certca__rsa_certificate_has_the_profile_and_openssl_accepts_it),
        cmocka_unit_test(test_certca__ec_certificate_has_the_profile_and_openssl_accepts_it),
        cmocka_unit_test(test_certca__certificate_lasts_one_year),
        cmocka_unit_test(test_certca__revoked_certificate_fails_verification_with_its_reason),
        cmocka_unit_test(test_certca__a_held_certificate_fails_verification_until_it_is_released),
        cmocka_unit_test(test_certca__withdrawn_certificate_is_on_the_list_and_unconfirmed_one_is_not),
        cmocka_unit_test(test_certca__subject_outside_the_profile_is_refused),
        cmocka_unit_test(test_certca__common_name_longer_than_x520_allows_is_refused),
        cmocka_unit_test(test_certca__weak_or_foreign_keys_are_refused),
        cmocka_unit_test(test_certca__broken_requests_are_refused),
        cmocka_unit_test(test_certca__key_is_certified_under_one_id_only),
        cmocka_unit_test(test_certca__exit_codes_say_what_is_wrong),
        cmocka_unit_test(test_certca__records_outlive_a_restart),
        cmocka_unit_test(test_certca__full_disk_is_unknown_and_mends_itself),
        cmocka_unit_test(test_certca__half_a_call_does_not_hold_up_the_others),
        cmocka_unit_test(test_certca__damaged_record_stops_it_rather_than_being_forgotten),
        cmocka_unit_test(test_certca__wrong_settings_are_named),
        cmocka_unit_test(test_certca__profile_may_name_a_policy_and_no_list),
        cmocka_unit_test(test_certca__keys_are_private_and_the_roots_is_not_needed_to_serve),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
