/* For how long and for whom the embedded CA issues, with the openssl command line as the judge. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/clock.h"
#include "tests/support/authority_bench.h"
#include "tests/support/pki_issuer.h"
#include "tests/support/pki_key.h"
#include "tests/support/pki_process.h"

static struct pki_ca ca;
static struct authority *authority;

static const char good_subject[] =
    "C=CN\nO=重庆示例科技有限公司\nCN=重庆示例科技有限公司\nserialNumber=91500103MA60ABCD1F";

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

static enum authority_refusal refusal_of(const char *id, const char *profile, struct bytes csr)
{
    struct authority_outcome outcome = {0};
    const struct authority_request request = {.id = id, .profile = profile, .request = csr};
    assert_int_equal(authority_request(authority, &request, &outcome, NULL), STATUS_OK);
    enum authority_refusal refusal = outcome.refusal;
    authority_outcome_release(&outcome);
    return refusal;
}

/* Three years are asked for and given; the same id for another term is another request. */
static void test_authority_term__a_term_that_was_asked_for_is_given(void **state)
{
    (void)state;
    struct authority_outcome outcome = {0};
    struct buf text;
    struct pki_key *key = pki_key_new(PKI_KEY_P256);
    struct buf csr = pki_key_request(key, good_subject);
    struct authority_request request = {
        .id = "ca-term", .profile = "organisation", .request = bytes_of_buf(&csr), .days = 1095};
    assert_int_equal(authority_request(authority, &request, &outcome, NULL), STATUS_OK);
    assert_int_equal(outcome.answer, AUTHORITY_ISSUED);
    pki_process_write(ca.dir, "leaf.der", bytes_of_buf(&outcome.certificates[0]));
    const char *leaf = pki_process_path(ca.dir, "leaf.der");
    const char *const just_below[] = {"openssl", "x509",   "-inform",   "DER",      "-in",
                                      leaf,      "-noout", "-checkend", "94607000", NULL};
    const char *const just_above[] = {"openssl", "x509",   "-inform",   "DER",      "-in",
                                      leaf,      "-noout", "-checkend", "94608100", NULL};
    assert_int_equal(pki_process_run(just_below, &text), 0);
    buf_release(&text);
    assert_int_equal(pki_process_run(just_above, &text), 1);
    buf_release(&text);
    authority_outcome_release(&outcome);
    request.days = 730;
    assert_int_equal(authority_request(authority, &request, &outcome, NULL), STATUS_OK);
    assert_int_equal(outcome.refusal, AUTHORITY_REFUSAL_KEY_DIFFERS);
    authority_outcome_release(&outcome);
    buf_release(&csr);
    pki_key_free(key);
}

static void test_authority_term__a_term_past_the_profiles_is_refused(void **state)
{
    (void)state;
    struct authority_outcome outcome = {0};
    struct pki_key *key = pki_key_new(PKI_KEY_P256);
    struct buf csr = pki_key_request(key, good_subject);
    const struct authority_request request = {
        .id = "ca-long", .profile = "organisation", .request = bytes_of_buf(&csr), .days = 2193};
    assert_int_equal(authority_request(authority, &request, &outcome, NULL), STATUS_OK);
    assert_int_equal(outcome.refusal, AUTHORITY_REFUSAL_TERM_UNFIT);
    authority_outcome_release(&outcome);
    buf_release(&csr);
    pki_key_free(key);
}

/* What keeps an old certificate's end has that very second, and so has its encryption half. */
static void test_authority_term__an_end_that_was_asked_for_is_given_to_the_second(void **state)
{
    (void)state;
    struct authority_outcome outcome = {0};
    struct pki_key *key = pki_key_new(PKI_KEY_RSA2048);
    struct buf csr = pki_key_request(key, good_subject);
    int64_t now_utc_s = clock_utc_s(clock_system());
    struct authority_request request = {.id = "ca-until",
                                        .profile = "organisation",
                                        .request = bytes_of_buf(&csr),
                                        .days = 365,
                                        .until_utc_s = now_utc_s + 12345678,
                                        .encryption = true};
    assert_int_equal(authority_request(authority, &request, &outcome, NULL), STATUS_OK);
    assert_int_equal(outcome.answer, AUTHORITY_ISSUED);
    assert_int_equal(pki_issuer_end(bytes_of_buf(&outcome.certificates[0])), request.until_utc_s);
    assert_int_equal(pki_issuer_end(bytes_of_buf(&outcome.encryption_certificate)), request.until_utc_s);
    authority_outcome_release(&outcome);
    request.until_utc_s++;
    assert_int_equal(authority_request(authority, &request, &outcome, NULL), STATUS_OK);
    assert_int_equal(outcome.refusal, AUTHORITY_REFUSAL_KEY_DIFFERS);
    authority_outcome_release(&outcome);
    buf_release(&csr);
    pki_key_free(key);
}

static void assert_end_refused(const char *id, int64_t until_utc_s, const char *why)
{
    struct authority_outcome outcome = {0};
    struct pki_key *key = pki_key_new(PKI_KEY_P256);
    struct buf csr = pki_key_request(key, good_subject);
    const struct authority_request request = {
        .id = id, .profile = "organisation", .request = bytes_of_buf(&csr), .until_utc_s = until_utc_s};
    assert_int_equal(authority_request(authority, &request, &outcome, NULL), STATUS_OK);
    assert_int_equal(outcome.refusal, AUTHORITY_REFUSAL_TERM_UNFIT);
    assert_non_null(strstr(outcome.text, why));
    authority_outcome_release(&outcome);
    buf_release(&csr);
    pki_key_free(key);
}

/* The profiles allow as many days as can be asked for from now on. */
static void allow_the_most_days(void)
{
    struct buf text;
    const char *settings = pki_process_path(ca.state_dir, "ca.json");
    const char *const widen[] = {"sed", "-i", "-E", "s/(\"days_most\": *)[0-9]+/\\13660/g", settings, NULL};
    assert_int_equal(pki_process_run(widen, &text), 0);
    buf_release(&text);
    (void)pki_ca_stop(&ca, SIGTERM);
    pki_ca_restart(&ca);
}

/* The last test of its group: the profiles are wider afterwards. */
static void test_authority_term__nothing_holds_past_its_issuer_or_is_over_already(void **state)
{
    (void)state;
    struct authority_status status;
    int64_t now_utc_s = clock_utc_s(clock_system());
    assert_end_refused("ca-over", now_utc_s - 60, "over already");
    assert_end_refused("ca-six", now_utc_s + (int64_t)2200 * 86400, "longer than the profile allows");
    allow_the_most_days();
    assert_int_equal(authority_status(authority, &status, NULL), STATUS_OK);
    assert_end_refused("ca-past", status.until_utc_s + 1, "past the issuing certificate's end");
    assert_true(status.until_utc_s > now_utc_s + (int64_t)3640 * 86400);
    assert_true(status.until_utc_s < now_utc_s + (int64_t)3651 * 86400);
}

/* A person's certificate names no unit and carries an identity number instead of a credit code. */
static void test_authority_term__a_person_has_a_profile(void **state)
{
    (void)state;
    struct pki_key *key = pki_key_new(PKI_KEY_P256);
    struct buf csr = pki_key_request(key, "C=CN\nCN=王小明\nserialNumber=110101199003070353");
    assert_int_equal(refusal_of("ca-unfit", "organisation", bytes_of_buf(&csr)),
                     AUTHORITY_REFUSAL_SUBJECT_UNFIT);
    assert_int_equal(refusal_of("ca-person", "person", bytes_of_buf(&csr)), AUTHORITY_REFUSAL_NONE);
    buf_release(&csr);
    pki_key_free(key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_authority_term__a_term_that_was_asked_for_is_given),
        cmocka_unit_test(test_authority_term__a_term_past_the_profiles_is_refused),
        cmocka_unit_test(test_authority_term__an_end_that_was_asked_for_is_given_to_the_second),
        cmocka_unit_test(test_authority_term__a_person_has_a_profile),
        cmocka_unit_test(test_authority_term__nothing_holds_past_its_issuer_or_is_over_already),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
