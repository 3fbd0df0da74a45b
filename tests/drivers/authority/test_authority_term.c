/* For how long and for whom the embedded CA issues, with the openssl command line as the judge. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/authority_bench.h"
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
        .id = "ca-long", .profile = "organisation", .request = bytes_of_buf(&csr), .days = 1828};
    assert_int_equal(authority_request(authority, &request, &outcome, NULL), STATUS_OK);
    assert_int_equal(outcome.refusal, AUTHORITY_REFUSAL_TERM_UNFIT);
    authority_outcome_release(&outcome);
    buf_release(&csr);
    pki_key_free(key);
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
        cmocka_unit_test(test_authority_term__a_person_has_a_profile),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
