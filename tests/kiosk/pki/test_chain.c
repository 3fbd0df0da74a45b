#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "kiosk/pki/certificate.h"
#include "kiosk/pki/chain.h"
#include "tests/support/pki_issuer.h"
#include "tests/support/pki_key.h"

enum { NOW_UTC_S = 1790000000, DAY_S = 86400 };

/* One authority, a stranger of the same shape, one key with its request; each test asks about one
 * certificate. */
static struct pki_issuer *issuer;
static struct pki_issuer *stranger;
static struct pki_key *key;
static struct buf request;
static struct buf public_key;
static struct subject subject;
static struct bytes intermediates[1];
static struct bytes roots[1];

static int set_up(void **state)
{
    (void)state;
    issuer = pki_issuer_new("chain", NOW_UTC_S);
    stranger = pki_issuer_new("chain", NOW_UTC_S);
    key = pki_key_new(PKI_KEY_P256);
    request = pki_key_request(key, "O=重庆示例科技有限公司\nCN=示例");
    public_key = pki_key_public(key);
    if (subject_add(&subject, SUBJECT_ORGANIZATION, "重庆示例科技有限公司") != STATUS_OK ||
        subject_add(&subject, SUBJECT_COMMON_NAME, "示例") != STATUS_OK)
        return -1;
    intermediates[0] = pki_issuer_issuing(issuer);
    roots[0] = pki_issuer_root(issuer);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    buf_release(&public_key);
    buf_release(&request);
    pki_key_free(key);
    pki_issuer_free(stranger);
    pki_issuer_free(issuer);
    return 0;
}

static struct chain_question question_about(struct bytes leaf)
{
    return (struct chain_question){.leaf = leaf,
                                   .intermediates = intermediates,
                                   .intermediate_count = 1,
                                   .roots = roots,
                                   .root_count = 1,
                                   .at_utc_s = NOW_UTC_S + 60,
                                   .public_key = bytes_of_buf(&public_key),
                                   .subject = &subject};
}

/* The verdict on a certificate made to this wish. */
static enum chain_verdict verdict_on(const struct pki_wish *wish, int64_t at_utc_s)
{
    struct buf leaf = pki_issuer_issue(issuer, bytes_of_buf(&request), wish);
    struct chain_question question = question_about(bytes_of_buf(&leaf));
    question.at_utc_s = at_utc_s;
    enum chain_verdict verdict = chain_check(&question, NULL);
    buf_release(&leaf);
    return verdict;
}

static void test_chain__good_certificate_is_good(void **state)
{
    (void)state;
    assert_int_equal(verdict_on(&(struct pki_wish){0}, NOW_UTC_S + 60), CHAIN_GOOD);
}

static void test_chain__swapped_certificate_is_found_by_its_key(void **state)
{
    (void)state;
    assert_int_equal(verdict_on(&(struct pki_wish){.for_other_key = true}, NOW_UTC_S + 60),
                     CHAIN_KEY_DIFFERS);
}

static void test_chain__other_subject_is_found(void **state)
{
    (void)state;
    assert_int_equal(verdict_on(&(struct pki_wish){.common_name = "别的单位"}, NOW_UTC_S + 60),
                     CHAIN_SUBJECT_DIFFERS);
}

static void test_chain__validity_is_judged_at_the_given_time(void **state)
{
    (void)state;
    const struct pki_wish ten_days = {.days = 10};
    assert_int_equal(verdict_on(&ten_days, NOW_UTC_S + 9 * DAY_S), CHAIN_GOOD);
    assert_int_equal(verdict_on(&ten_days, NOW_UTC_S + 11 * DAY_S), CHAIN_EXPIRED);
    assert_int_equal(verdict_on(&ten_days, NOW_UTC_S - DAY_S), CHAIN_NOT_YET_VALID);
}

static void test_chain__broken_signature_is_found(void **state)
{
    (void)state;
    enum chain_verdict verdict = verdict_on(&(struct pki_wish){.has_broken_signature = true}, NOW_UTC_S + 60);
    assert_int_equal(verdict, CHAIN_SIGNATURE_WRONG);
}

static void test_chain__certificate_for_another_use_is_found(void **state)
{
    (void)state;
    assert_int_equal(verdict_on(&(struct pki_wish){.is_ca = true}, NOW_UTC_S + 60), CHAIN_USAGE_WRONG);
    assert_int_equal(verdict_on(&(struct pki_wish){.cannot_sign = true}, NOW_UTC_S + 60), CHAIN_USAGE_WRONG);
}

/* The verdict on a certificate made to this wish, asked about as an encryption certificate. */
static enum chain_verdict verdict_on_half(const struct pki_wish *wish, int64_t at_utc_s, bool may_be_expired)
{
    struct buf leaf = pki_issuer_issue(issuer, bytes_of_buf(&request), wish);
    struct chain_question question = question_about(bytes_of_buf(&leaf));
    question.at_utc_s = at_utc_s;
    question.encrypts = true;
    question.may_be_expired = may_be_expired;
    enum chain_verdict verdict = chain_check(&question, NULL);
    buf_release(&leaf);
    return verdict;
}

static void test_chain__one_that_encrypts_does_not_sign_and_the_other_way_round(void **state)
{
    (void)state;
    const struct pki_wish half = {.encrypts = true};
    assert_int_equal(verdict_on_half(&half, NOW_UTC_S + 60, false), CHAIN_GOOD);
    assert_int_equal(verdict_on_half(&(struct pki_wish){0}, NOW_UTC_S + 60, false), CHAIN_USAGE_WRONG);
    assert_int_equal(verdict_on(&half, NOW_UTC_S + 60), CHAIN_USAGE_WRONG);
}

static void test_chain__only_its_own_end_may_be_passed_over(void **state)
{
    (void)state;
    const struct pki_wish half = {.encrypts = true, .days = 10};
    assert_int_equal(verdict_on_half(&half, NOW_UTC_S + 11 * DAY_S, false), CHAIN_EXPIRED);
    assert_int_equal(verdict_on_half(&half, NOW_UTC_S + 11 * DAY_S, true), CHAIN_GOOD);
    assert_int_equal(verdict_on_half(&half, NOW_UTC_S - DAY_S, true), CHAIN_NOT_YET_VALID);
    const struct pki_wish broken = {.encrypts = true, .days = 10, .has_broken_signature = true};
    assert_int_equal(verdict_on_half(&broken, NOW_UTC_S + 11 * DAY_S, true), CHAIN_SIGNATURE_WRONG);
    const int64_t issuer_over_utc_s = NOW_UTC_S + (int64_t)3651 * DAY_S;
    assert_int_equal(verdict_on_half(&half, issuer_over_utc_s, true), CHAIN_EXPIRED);
}

/* The stranger's names are the same, so only keys and signatures tell them apart. */
static void test_chain__other_authority_of_the_same_name_is_refused(void **state)
{
    (void)state;
    struct buf leaf = pki_issuer_issue(stranger, bytes_of_buf(&request), &(struct pki_wish){0});
    struct chain_question question = question_about(bytes_of_buf(&leaf));
    struct failure failure = {0};
    enum chain_verdict verdict = chain_check(&question, &failure);
    assert_int_not_equal(verdict, CHAIN_GOOD);
    assert_string_equal(failure.where, "X509_verify_cert");
    const struct bytes brought[] = {pki_issuer_issuing(stranger), pki_issuer_root(stranger)};
    question.intermediates = brought;
    question.intermediate_count = 2;
    verdict = chain_check(&question, NULL);
    assert_int_not_equal(verdict, CHAIN_GOOD);
    question.roots = &brought[1];
    assert_int_equal(chain_check(&question, NULL), CHAIN_GOOD);
    buf_release(&leaf);
}

static void test_chain__other_authority_of_another_name_is_an_unknown_issuer(void **state)
{
    (void)state;
    struct pki_issuer *other = pki_issuer_new("other", NOW_UTC_S);
    struct buf leaf = pki_issuer_issue(other, bytes_of_buf(&request), &(struct pki_wish){0});
    struct chain_question question = question_about(bytes_of_buf(&leaf));
    assert_int_equal(chain_check(&question, NULL), CHAIN_ISSUER_UNKNOWN);
    buf_release(&leaf);
    pki_issuer_free(other);
}

static void test_chain__missing_intermediate_is_an_unknown_issuer(void **state)
{
    (void)state;
    struct buf leaf = pki_issuer_issue(issuer, bytes_of_buf(&request), &(struct pki_wish){0});
    struct chain_question question = question_about(bytes_of_buf(&leaf));
    question.intermediate_count = 0;
    assert_int_equal(chain_check(&question, NULL), CHAIN_ISSUER_UNKNOWN);
    buf_release(&leaf);
}

/* The verdict when this list is at hand. */
static enum chain_verdict verdict_with_list(struct bytes leaf, const struct buf *list)
{
    struct chain_question question = question_about(leaf);
    struct bytes crls[] = {bytes_of_buf(list)};
    question.crls = crls;
    question.crl_count = 1;
    return chain_check(&question, NULL);
}

static void test_chain__revocation_list_decides(void **state)
{
    (void)state;
    struct buf leaf = pki_issuer_issue(issuer, bytes_of_buf(&request), &(struct pki_wish){0});
    struct buf other = pki_issuer_issue(issuer, bytes_of_buf(&request), &(struct pki_wish){0});
    struct buf empty = pki_issuer_crl(issuer, bytes_view(NULL, 0), 7);
    struct buf others = pki_issuer_crl(issuer, bytes_of_buf(&other), 7);
    struct buf ours = pki_issuer_crl(issuer, bytes_of_buf(&leaf), 7);
    assert_int_equal(verdict_with_list(bytes_of_buf(&leaf), &empty), CHAIN_GOOD);
    assert_int_equal(verdict_with_list(bytes_of_buf(&leaf), &others), CHAIN_GOOD);
    assert_int_equal(verdict_with_list(bytes_of_buf(&leaf), &ours), CHAIN_REVOKED);
    buf_release(&ours);
    buf_release(&others);
    buf_release(&empty);
    buf_release(&other);
    buf_release(&leaf);
}

static void test_chain__stale_foreign_or_unreadable_list_is_no_list(void **state)
{
    (void)state;
    struct pki_issuer *other = pki_issuer_new("other", NOW_UTC_S);
    struct buf leaf = pki_issuer_issue(issuer, bytes_of_buf(&request), &(struct pki_wish){0});
    struct buf stale = pki_issuer_crl(issuer, bytes_view(NULL, 0), -1);
    struct buf foreign = pki_issuer_crl(other, bytes_view(NULL, 0), 7);
    struct buf forged = pki_issuer_crl(stranger, bytes_view(NULL, 0), 7);
    assert_int_equal(verdict_with_list(bytes_of_buf(&leaf), &stale), CHAIN_CRL_STALE);
    assert_int_equal(verdict_with_list(bytes_of_buf(&leaf), &foreign), CHAIN_CRL_MISSING);
    assert_int_equal(verdict_with_list(bytes_of_buf(&leaf), &forged), CHAIN_SIGNATURE_WRONG);
    assert_int_equal(verdict_with_list(bytes_of_buf(&leaf), &leaf), CHAIN_MALFORMED);
    buf_release(&forged);
    buf_release(&foreign);
    buf_release(&stale);
    buf_release(&leaf);
    pki_issuer_free(other);
}

static void test_chain__unreadable_parts_are_malformed(void **state)
{
    (void)state;
    struct buf leaf = pki_issuer_issue(issuer, bytes_of_buf(&request), &(struct pki_wish){0});
    const struct bytes rubbish[] = {bytes_view("rubbish", 7)};
    struct chain_question question = question_about(rubbish[0]);
    assert_int_equal(chain_check(&question, NULL), CHAIN_MALFORMED);
    question = question_about(bytes_of_buf(&leaf));
    question.roots = rubbish;
    assert_int_equal(chain_check(&question, NULL), CHAIN_MALFORMED);
    question = question_about(bytes_of_buf(&leaf));
    question.intermediates = rubbish;
    assert_int_equal(chain_check(&question, NULL), CHAIN_MALFORMED);
    buf_release(&leaf);
}

static void test_chain__verdicts_have_names(void **state)
{
    (void)state;
    assert_string_equal(chain_verdict_name(CHAIN_REVOKED), "revoked");
    assert_string_equal(chain_verdict_name(CHAIN_VERDICT_COUNT_), "invalid");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_chain__good_certificate_is_good),
        cmocka_unit_test(test_chain__swapped_certificate_is_found_by_its_key),
        cmocka_unit_test(test_chain__other_subject_is_found),
        cmocka_unit_test(test_chain__validity_is_judged_at_the_given_time),
        cmocka_unit_test(test_chain__broken_signature_is_found),
        cmocka_unit_test(test_chain__certificate_for_another_use_is_found),
        cmocka_unit_test(test_chain__one_that_encrypts_does_not_sign_and_the_other_way_round),
        cmocka_unit_test(test_chain__only_its_own_end_may_be_passed_over),
        cmocka_unit_test(test_chain__other_authority_of_the_same_name_is_refused),
        cmocka_unit_test(test_chain__other_authority_of_another_name_is_an_unknown_issuer),
        cmocka_unit_test(test_chain__missing_intermediate_is_an_unknown_issuer),
        cmocka_unit_test(test_chain__revocation_list_decides),
        cmocka_unit_test(test_chain__stale_foreign_or_unreadable_list_is_no_list),
        cmocka_unit_test(test_chain__unreadable_parts_are_malformed),
        cmocka_unit_test(test_chain__verdicts_have_names),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
