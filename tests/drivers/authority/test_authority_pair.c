/* Pairs and recovery: the promises every authority keeps, and what only the embedded CA can show: its files,
 * its lists, and openssl as the judge. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "drivers/authority/authority_fake.h"
#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"
#include "tests/support/authority_bench.h"
#include "tests/support/pki_issuer.h"
#include "tests/support/pki_key.h"
#include "tests/support/pki_process.h"

static struct pki_ca ca;
static struct pki_issuer *issuer;
static unsigned next_id;

static const char subject[] = "C=CN\nO=重庆示例科技有限公司\nCN=重庆示例科技有限公司\n"
                              "serialNumber=91500103MA60ABCD1F";
static const char secret_word[] = "an old tender, encrypted last year";

static int open_embedded(void **state)
{
    return authority_bench_open(ca.socket_path, (struct authority **)state);
}

static int open_fake(void **state)
{
    struct authority_fake *fake = NULL;
    const struct authority_fake_pairs pairs = pki_issuer_pairs(issuer);
    if (authority_fake_open(pki_issuer_for_fake, issuer, (struct authority **)state, &fake) != STATUS_OK)
        return -1;
    authority_fake_set_pairs(fake, &pairs);
    return 0;
}

static int close_it(void **state)
{
    authority_close(*state);
    return 0;
}

static int set_up(void **state)
{
    (void)state;
    pki_ca_start(&ca, TEST_BUILD_DIR);
    issuer = pki_issuer_new("fake", 1790000000);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    pki_issuer_free(issuer);
    pki_ca_end(&ca);
    return 0;
}

/* One request: a key of the holder, its id, and what came. */
struct asked {
    struct authority *authority;
    struct pki_key *key;
    char id[AUTHORITY_ID_BYTES];
    struct authority_outcome outcome;
    char serial[AUTHORITY_SERIAL_BYTES];
    char encryption_serial[AUTHORITY_SERIAL_BYTES];
};

static enum status ask(struct asked *asked, const char *text, bool pair)
{
    struct buf csr = pki_key_request(asked->key, text);
    const struct authority_request request = {
        .id = asked->id, .profile = "organisation", .request = bytes_of_buf(&csr), .encryption = pair};
    authority_outcome_release(&asked->outcome);
    enum status status = authority_request(asked->authority, &request, &asked->outcome, NULL);
    buf_release(&csr);
    return status;
}

static void begin(struct asked *asked, struct authority *authority, enum pki_key_kind kind)
{
    *asked = (struct asked){.authority = authority, .key = pki_key_new(kind)};
    (void)snprintf(asked->id, sizeof(asked->id), "pair-%u", next_id++);
}

static void read_serials(struct asked *asked)
{
    pki_issuer_serial(bytes_of_buf(&asked->outcome.certificates[0]), asked->serial);
    if (asked->outcome.encryption_certificate.length > 0)
        pki_issuer_serial(bytes_of_buf(&asked->outcome.encryption_certificate), asked->encryption_serial);
}

static void issue(struct asked *asked, struct authority *authority, bool pair)
{
    begin(asked, authority, PKI_KEY_RSA2048);
    assert_int_equal(ask(asked, subject, pair), STATUS_OK);
    assert_int_equal(asked->outcome.answer, AUTHORITY_ISSUED);
    read_serials(asked);
}

static void release(struct asked *asked)
{
    authority_outcome_release(&asked->outcome);
    pki_key_free(asked->key);
}

/* The envelope opens with the holder's key, and what is inside reads what is encrypted to the certificate. */
static void assert_envelope_opens(const struct asked *asked, struct bytes cipher)
{
    struct pki_key *opened = pki_key_open_envelope(asked->key, bytes_of_buf(&asked->outcome.enveloped_key));
    assert_non_null(opened);
    struct buf plain = pki_key_decrypt(opened, cipher);
    assert_int_equal(plain.length, sizeof(secret_word));
    assert_memory_equal(plain.data, secret_word, plain.length);
    buf_release(&plain);
    pki_key_free(opened);
}

static struct buf encrypted_to(const struct asked *asked)
{
    struct buf public_key = pki_issuer_public_key(bytes_of_buf(&asked->outcome.encryption_certificate));
    struct buf cipher =
        pki_key_encrypt(bytes_of_buf(&public_key), bytes_view(secret_word, sizeof(secret_word)));
    buf_release(&public_key);
    return cipher;
}

static enum status recover_by(struct asked *asked, const char *serial, const char *first, const char *second)
{
    const struct authority_recovery recovery = {.id = asked->id,
                                                .serial = serial,
                                                .approvers = {first, second},
                                                .approver_count = second == NULL ? 1 : 2};
    authority_outcome_release(&asked->outcome);
    return authority_recover(asked->authority, &recovery, &asked->outcome, NULL);
}

static void assert_refused(const struct asked *asked, enum authority_refusal refusal)
{
    assert_int_equal(asked->outcome.answer, AUTHORITY_REFUSED);
    assert_string_equal(authority_refusal_name(asked->outcome.refusal), authority_refusal_name(refusal));
    assert_int_equal(asked->outcome.encryption_certificate.length, 0);
}

static void confirm(const struct asked *asked)
{
    assert_int_equal(authority_confirm(asked->authority, asked->id, true, NULL), STATUS_OK);
}

/* --- every authority --------------------------------------------------------------------------------- */

static void test_pair__comes_with_an_envelope_its_holder_opens(void **state)
{
    struct asked asked;
    issue(&asked, *state, true);
    assert_true(asked.outcome.encryption_certificate.length > 0);
    assert_true(strcmp(asked.serial, asked.encryption_serial) != 0);
    struct buf cipher = encrypted_to(&asked);
    assert_envelope_opens(&asked, bytes_of_buf(&cipher));
    buf_release(&cipher);
    release(&asked);
}

static void test_pair__the_same_id_and_key_give_the_same_pair(void **state)
{
    struct asked asked;
    issue(&asked, *state, true);
    struct authority_outcome first = asked.outcome;
    asked.outcome = (struct authority_outcome){0};
    assert_int_equal(ask(&asked, subject, true), STATUS_OK);
    assert_true(
        bytes_is_equal(bytes_of_buf(&first.certificates[0]), bytes_of_buf(&asked.outcome.certificates[0])));
    assert_true(bytes_is_equal(bytes_of_buf(&first.encryption_certificate),
                               bytes_of_buf(&asked.outcome.encryption_certificate)));
    struct buf cipher = encrypted_to(&asked);
    assert_envelope_opens(&asked, bytes_of_buf(&cipher));
    assert_int_equal(ask(&asked, subject, false), STATUS_OK); /* it is a pair for ever */
    assert_refused(&asked, AUTHORITY_REFUSAL_KEY_DIFFERS);
    buf_release(&cipher);
    authority_outcome_release(&first);
    release(&asked);
}

static void test_pair__confirmed_its_envelope_is_told_no_more(void **state)
{
    struct asked asked;
    issue(&asked, *state, true);
    confirm(&asked);
    authority_outcome_release(&asked.outcome);
    assert_int_equal(authority_inquire(*state, asked.id, &asked.outcome, NULL), STATUS_OK);
    assert_int_equal(asked.outcome.answer, AUTHORITY_CONFIRMED);
    assert_true(asked.outcome.encryption_certificate.length > 0);
    assert_int_equal(asked.outcome.enveloped_key.length, 0);
    release(&asked);
}

static void test_pair__either_serial_revokes_both(void **state)
{
    struct asked asked;
    issue(&asked, *state, true);
    confirm(&asked);
    assert_int_equal(authority_revoke(*state, asked.encryption_serial, AUTHORITY_REASON_HOLD, NULL),
                     STATUS_OK);
    assert_int_equal(authority_revoke(*state, asked.serial, AUTHORITY_REASON_RELEASE, NULL), STATUS_OK);
    assert_int_equal(authority_revoke(*state, asked.encryption_serial, AUTHORITY_REASON_CESSATION, NULL),
                     STATUS_OK);
    authority_outcome_release(&asked.outcome);
    assert_int_equal(authority_inquire(*state, asked.id, &asked.outcome, NULL), STATUS_OK);
    assert_int_equal(asked.outcome.answer, AUTHORITY_REVOKED);
    release(&asked);
}

static void test_recover__two_people_bring_the_old_key_to_the_new(void **state)
{
    struct asked old;
    struct asked fresh;
    issue(&old, *state, true);
    struct buf cipher = encrypted_to(&old);
    confirm(&old);
    issue(&fresh, *state, false);
    assert_int_equal(recover_by(&fresh, old.encryption_serial, "chen", "wang"), STATUS_OK);
    assert_int_equal(fresh.outcome.answer, AUTHORITY_ISSUED);
    read_serials(&fresh);
    assert_string_equal(fresh.encryption_serial, old.encryption_serial);
    assert_true(strcmp(fresh.serial, old.serial) != 0);
    assert_envelope_opens(&fresh, bytes_of_buf(&cipher));
    authority_outcome_release(&fresh.outcome); /* and it is the request's from now on */
    assert_int_equal(authority_inquire(*state, fresh.id, &fresh.outcome, NULL), STATUS_OK);
    assert_envelope_opens(&fresh, bytes_of_buf(&cipher));
    assert_int_equal(recover_by(&fresh, old.encryption_serial, "chen", "wang"), STATUS_OK);
    assert_int_equal(fresh.outcome.answer, AUTHORITY_ISSUED);
    buf_release(&cipher);
    release(&old);
    release(&fresh);
}

static void test_recover__one_person_is_not_enough(void **state)
{
    struct asked old;
    struct asked fresh;
    issue(&old, *state, true);
    confirm(&old);
    issue(&fresh, *state, false);
    assert_int_equal(recover_by(&fresh, old.encryption_serial, "chen", NULL), STATUS_OK);
    assert_refused(&fresh, AUTHORITY_REFUSAL_NOT_APPROVED);
    assert_int_equal(recover_by(&fresh, old.encryption_serial, "chen", "chen"), STATUS_OK);
    assert_refused(&fresh, AUTHORITY_REFUSAL_NOT_APPROVED);
    release(&old);
    release(&fresh);
}

static void test_recover__what_is_not_in_escrow_or_closed_is_refused(void **state)
{
    struct asked old;
    struct asked fresh;
    issue(&old, *state, true);
    issue(&fresh, *state, false);
    assert_int_equal(recover_by(&fresh, "00ABCDEF", "chen", "wang"), STATUS_OK);
    assert_refused(&fresh, AUTHORITY_REFUSAL_ESCROW_UNKNOWN);
    assert_int_equal(recover_by(&fresh, old.serial, "chen", "wang"), STATUS_OK); /* the signing one's */
    assert_refused(&fresh, AUTHORITY_REFUSAL_ESCROW_UNKNOWN);
    assert_int_equal(recover_by(&fresh, old.encryption_serial, "chen", "wang"), STATUS_OK);
    assert_refused(&fresh, AUTHORITY_REFUSAL_ESCROW_CLOSED); /* never confirmed */
    confirm(&old);
    assert_int_equal(authority_revoke(*state, old.serial, AUTHORITY_REASON_HOLD, NULL), STATUS_OK);
    assert_int_equal(recover_by(&fresh, old.encryption_serial, "chen", "wang"), STATUS_OK);
    assert_refused(&fresh, AUTHORITY_REFUSAL_ESCROW_CLOSED);
    assert_int_equal(authority_revoke(*state, old.serial, AUTHORITY_REASON_KEY_COMPROMISE, NULL), STATUS_OK);
    assert_int_equal(recover_by(&fresh, old.encryption_serial, "chen", "wang"), STATUS_OK);
    assert_refused(&fresh, AUTHORITY_REFUSAL_ESCROW_CLOSED);
    release(&old);
    release(&fresh);
}

static void test_recover__only_onto_a_request_that_waits_for_it(void **state)
{
    struct asked old;
    struct asked other;
    issue(&old, *state, true);
    confirm(&old);
    issue(&other, *state, true);
    assert_int_equal(recover_by(&other, old.encryption_serial, "chen", "wang"), STATUS_BAD_STATE);
    release(&other);
    issue(&other, *state, false);
    confirm(&other);
    assert_int_equal(recover_by(&other, old.encryption_serial, "chen", "wang"), STATUS_BAD_STATE);
    (void)snprintf(other.id, sizeof(other.id), "never-asked");
    assert_int_equal(recover_by(&other, old.encryption_serial, "chen", "wang"), STATUS_NOT_FOUND);
    assert_int_equal(recover_by(&other, "no serial", "chen", "wang"), STATUS_MALFORMED);
    release(&old);
    release(&other);
}

/* --- the embedded CA --------------------------------------------------------------------------------- */

static struct buf text_of(const struct buf *der)
{
    struct buf text;
    pki_process_write(ca.dir, "shown.der", bytes_of_buf(der));
    const char *const arguments[] = {"openssl", "x509",  "-inform",
                                     "DER",     "-in",   pki_process_path(ca.dir, "shown.der"),
                                     "-noout",  "-text", NULL};
    assert_int_equal(pki_process_run(arguments, &text), 0);
    return text;
}

static void test_certca__openssl_reads_two_uses_and_one_holder(void **state)
{
    struct asked asked;
    struct buf verdict;
    issue(&asked, *state, true);
    struct buf signing = text_of(&asked.outcome.certificates[0]);
    assert_non_null(strstr((const char *)signing.data, "Digital Signature, Non Repudiation\n"));
    struct buf encryption = text_of(&asked.outcome.encryption_certificate);
    assert_non_null(strstr((const char *)encryption.data, "Key Encipherment, Data Encipherment\n"));
    assert_null(strstr((const char *)encryption.data, "Digital Signature"));
    assert_non_null(strstr((const char *)encryption.data, "serialNumber = 91500103MA60ABCD1F"));
    const char *const verify[] = {"openssl",
                                  "verify",
                                  "-crl_check",
                                  "-x509_strict",
                                  "-CAfile",
                                  pki_process_path(ca.state_dir, "chain.pem"),
                                  "-CRLfile",
                                  ca.crl_file,
                                  pki_process_path(ca.dir, "shown.der"),
                                  NULL};
    assert_int_equal(pki_process_run(verify, &verdict), 0);
    buf_release(&signing);
    buf_release(&encryption);
    buf_release(&verdict);
    release(&asked);
}

static void test_certca__nothing_is_enveloped_for_an_ec_key(void **state)
{
    struct asked asked;
    begin(&asked, *state, PKI_KEY_P256);
    assert_int_equal(ask(&asked, subject, true), STATUS_OK);
    assert_refused(&asked, AUTHORITY_REFUSAL_KEY_UNFIT);
    assert_non_null(strstr(asked.outcome.text, "RSA signing key"));
    assert_int_equal(ask(&asked, subject, false), STATUS_OK);
    assert_int_equal(asked.outcome.answer, AUTHORITY_ISSUED);
    release(&asked);
}

static bool is_listed_revoked(const char *serial)
{
    struct buf text;
    const char *const arguments[] = {"openssl", "crl", "-in", ca.crl_file, "-noout", "-text", NULL};
    assert_int_equal(pki_process_run(arguments, &text), 0);
    bool found = strstr((const char *)text.data, serial) != NULL;
    buf_release(&text);
    return found;
}

static void assert_both_listed(const struct asked *asked, bool listed)
{
    assert_int_equal(is_listed_revoked(asked->serial), listed);
    assert_int_equal(is_listed_revoked(asked->encryption_serial), listed);
}

static void test_certca__its_list_holds_both_or_neither(void **state)
{
    struct asked asked;
    struct asked declined;
    issue(&asked, *state, true);
    confirm(&asked);
    assert_both_listed(&asked, false);
    assert_int_equal(authority_revoke(*state, asked.serial, AUTHORITY_REASON_HOLD, NULL), STATUS_OK);
    assert_both_listed(&asked, true);
    assert_int_equal(authority_revoke(*state, asked.serial, AUTHORITY_REASON_RELEASE, NULL), STATUS_OK);
    assert_both_listed(&asked, false);
    assert_int_equal(authority_revoke(*state, asked.serial, AUTHORITY_REASON_SUPERSEDED, NULL), STATUS_OK);
    assert_both_listed(&asked, true);
    issue(&declined, *state, true);
    assert_int_equal(authority_confirm(*state, declined.id, false, NULL), STATUS_OK);
    assert_both_listed(&declined, true);
    release(&asked);
    release(&declined);
}

/* The escrow key lies apart, for nobody else; nothing that is a private key stands in the record. */
static void test_certca__the_escrowed_key_is_nowhere_in_clear(void **state)
{
    struct asked asked;
    struct stat file;
    struct buf record;
    char name[AUTHORITY_ID_BYTES + 32];
    issue(&asked, *state, true);
    assert_int_equal(stat(pki_process_path(ca.state_dir, "escrow/escrow.key"), &file), 0);
    assert_int_equal(file.st_mode & 0777, 0600);
    assert_int_equal(file.st_size, 32);
    (void)snprintf(name, sizeof(name), "records/%s.json", asked.id);
    buf_init(&record, LIMIT_JSON_BYTES);
    assert_int_equal(file_read(pki_process_path(ca.state_dir, name), &record, NULL), STATUS_OK);
    assert_non_null(strstr((const char *)record.data, "\"escrow\":"));
    assert_null(strstr((const char *)record.data, "\"escrow\":\"MII")); /* how PKCS#8 begins in base64 */
    buf_release(&record);
    release(&asked);
}

static void test_certca__a_lost_escrow_key_stops_it(void **state)
{
    struct asked asked;
    char kept[128];
    issue(&asked, *state, true);
    const char *path = pki_process_path(ca.state_dir, "escrow/escrow.key");
    (void)snprintf(kept, sizeof(kept), "%s", pki_process_path(ca.dir, "kept.key"));
    assert_int_equal(pki_ca_stop(&ca, SIGTERM), 0);
    assert_int_equal(rename(path, kept), 0);
    const char *const serve[] = {TEST_BUILD_DIR "/certca", "serve", "--dir", ca.state_dir, "--socket",
                                 ca.socket_path,           NULL};
    struct buf output;
    assert_int_not_equal(pki_process_run(serve, &output), 0);
    buf_release(&output);
    assert_int_equal(rename(kept, path), 0);
    pki_ca_restart(&ca);
    struct buf cipher = encrypted_to(&asked);
    assert_int_equal(ask(&asked, subject, true), STATUS_OK);
    assert_envelope_opens(&asked, bytes_of_buf(&cipher));
    buf_release(&cipher);
    release(&asked);
}

static void test_certca__a_recovery_stands_in_its_book(void **state)
{
    struct asked old;
    struct asked fresh;
    char line[AUTHORITY_SERIAL_BYTES + 32];
    issue(&old, *state, true);
    confirm(&old);
    issue(&fresh, *state, false);
    assert_int_equal(recover_by(&fresh, old.encryption_serial, "陈工", "wang"), STATUS_OK);
    assert_int_equal(fresh.outcome.answer, AUTHORITY_ISSUED);
    assert_int_equal(pki_ca_stop(&ca, SIGKILL), 128 + SIGKILL);
    pki_ca_restart(&ca);
    struct buf list = pki_ca_list(&ca);
    (void)snprintf(line, sizeof(line), "\"recovered_serial\":\"%s\"", old.encryption_serial);
    assert_non_null(strstr((const char *)list.data, line));
    assert_non_null(strstr((const char *)list.data, "\"approvers\":\"陈工, wang\""));
    buf_release(&list);
    release(&old);
    release(&fresh);
}

static void test_certca__another_holders_key_is_not_given(void **state)
{
    struct asked old;
    struct asked fresh;
    issue(&old, *state, true);
    confirm(&old);
    begin(&fresh, *state, PKI_KEY_RSA2048);
    assert_int_equal(
        ask(&fresh, "C=CN\nO=重庆别家有限公司\nCN=重庆别家有限公司\nserialNumber=91500103MA60ABCD1F", false),
        STATUS_OK);
    assert_int_equal(recover_by(&fresh, old.encryption_serial, "chen", "wang"), STATUS_OK);
    assert_refused(&fresh, AUTHORITY_REFUSAL_SUBJECT_UNFIT);
    release(&old);
    release(&fresh);
}

static void test_certca__a_compromised_new_key_takes_the_recovered_one_along(void **state)
{
    struct asked old;
    struct asked fresh;
    issue(&old, *state, true);
    confirm(&old);
    issue(&fresh, *state, false);
    assert_int_equal(recover_by(&fresh, old.encryption_serial, "chen", "wang"), STATUS_OK);
    confirm(&fresh);
    assert_both_listed(&old, false);
    assert_int_equal(authority_revoke(*state, fresh.serial, AUTHORITY_REASON_KEY_COMPROMISE, NULL),
                     STATUS_OK);
    assert_true(is_listed_revoked(fresh.serial));
    assert_both_listed(&old, true);
    release(&old);
    release(&fresh);
}

/* What an order of recovery ends with: the old signing certificate is replaced, the old encryption key lives
 * on. */
static void test_certca__a_superseded_pair_leaves_its_recovered_half_to_the_new_one(void **state)
{
    struct asked old;
    struct asked fresh;
    struct asked third;
    issue(&old, *state, true);
    confirm(&old);
    issue(&fresh, *state, false);
    assert_int_equal(recover_by(&fresh, old.encryption_serial, "chen", "wang"), STATUS_OK);
    confirm(&fresh);
    assert_int_equal(authority_revoke(*state, old.serial, AUTHORITY_REASON_SUPERSEDED, NULL), STATUS_OK);
    assert_true(is_listed_revoked(old.serial));
    assert_false(is_listed_revoked(old.encryption_serial));
    issue(&third, *state, false); /* and may come back once more */
    assert_int_equal(recover_by(&third, old.encryption_serial, "chen", "wang"), STATUS_OK);
    assert_int_equal(third.outcome.answer, AUTHORITY_ISSUED);
    assert_int_equal(authority_confirm(*state, third.id, false, NULL), STATUS_OK);
    assert_false(is_listed_revoked(old.encryption_serial));
    assert_int_equal(authority_revoke(*state, old.encryption_serial, AUTHORITY_REASON_KEY_COMPROMISE, NULL),
                     STATUS_OK);
    assert_true(is_listed_revoked(fresh.serial));
    assert_true(is_listed_revoked(old.encryption_serial));
    release(&third);
    issue(&third, *state, false);
    assert_int_equal(recover_by(&third, old.encryption_serial, "chen", "wang"), STATUS_OK);
    assert_refused(&third, AUTHORITY_REFUSAL_ESCROW_CLOSED);
    release(&old);
    release(&fresh);
    release(&third);
}

static void test_certca__a_profile_without_encryption_refuses_pairs(void **state)
{
    struct asked asked;
    struct buf text;
    struct buf changed;
    buf_init(&text, LIMIT_CONFIG_BYTES);
    buf_init(&changed, LIMIT_CONFIG_BYTES);
    const char *path = pki_process_path(ca.state_dir, "ca.json");
    assert_int_equal(file_read(path, &text, NULL), STATUS_OK);
    char *at = strstr((char *)text.data, "\"encryption\":true");
    assert_non_null(at);
    assert_int_equal(buf_append(&changed, text.data, text.length), STATUS_OK);
    (void)memcpy(changed.data + (at - (char *)text.data), "\"encryption\":null", 17);
    assert_int_equal(pki_ca_stop(&ca, SIGTERM), 0);
    pki_process_write(ca.state_dir, "ca.json", bytes_of_buf(&changed));
    pki_ca_restart(&ca);
    begin(&asked, *state, PKI_KEY_RSA2048);
    assert_int_equal(ask(&asked, subject, true), STATUS_OK);
    assert_refused(&asked, AUTHORITY_REFUSAL_POLICY);
    assert_int_equal(pki_ca_stop(&ca, SIGTERM), 0);
    pki_process_write(ca.state_dir, "ca.json", bytes_of_buf(&text));
    pki_ca_restart(&ca);
    buf_release(&text);
    buf_release(&changed);
    release(&asked);
}

int main(void)
{
#define ON(open, test) cmocka_unit_test_setup_teardown(test, open, close_it)
#define BOTH(test) ON(open_fake, test), ON(open_embedded, test)
    const struct CMUnitTest tests[] = {
        BOTH(test_pair__comes_with_an_envelope_its_holder_opens),
        BOTH(test_pair__the_same_id_and_key_give_the_same_pair),
        BOTH(test_pair__confirmed_its_envelope_is_told_no_more),
        BOTH(test_pair__either_serial_revokes_both),
        BOTH(test_recover__two_people_bring_the_old_key_to_the_new),
        BOTH(test_recover__one_person_is_not_enough),
        BOTH(test_recover__what_is_not_in_escrow_or_closed_is_refused),
        BOTH(test_recover__only_onto_a_request_that_waits_for_it),
        ON(open_embedded, test_certca__openssl_reads_two_uses_and_one_holder),
        ON(open_embedded, test_certca__nothing_is_enveloped_for_an_ec_key),
        ON(open_embedded, test_certca__its_list_holds_both_or_neither),
        ON(open_embedded, test_certca__the_escrowed_key_is_nowhere_in_clear),
        ON(open_embedded, test_certca__a_lost_escrow_key_stops_it),
        ON(open_embedded, test_certca__a_recovery_stands_in_its_book),
        ON(open_embedded, test_certca__another_holders_key_is_not_given),
        ON(open_embedded, test_certca__a_compromised_new_key_takes_the_recovered_one_along),
        ON(open_embedded, test_certca__a_superseded_pair_leaves_its_recovered_half_to_the_new_one),
        ON(open_embedded, test_certca__a_profile_without_encryption_refuses_pairs),
    };
#undef BOTH
#undef ON
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
