#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "drivers/authority/authority_fake.h"
#include "tests/support/authority_bench.h"
#include "tests/support/pki_issuer.h"
#include "tests/support/pki_key.h"

/* The same promises, kept by every implementation; the state each test gets is the open authority. */
static struct pki_ca ca;
static struct pki_issuer *issuer;
static struct pki_key *keys[2];
static unsigned next_id;

static const char profile[] = "organisation";
static const char subject[] = "C=CN\nO=重庆示例科技有限公司\nCN=重庆示例科技有限公司\n"
                              "serialNumber=91500103MA60ABCD1F";

static int open_embedded(void **state)
{
    return authority_bench_open(ca.socket_path, (struct authority **)state);
}

static int open_fake(void **state)
{
    struct authority_fake *fake = NULL;
    return authority_fake_open(pki_issuer_for_fake, issuer, (struct authority **)state, &fake) == STATUS_OK
               ? 0
               : -1;
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

/* Each test has its own id and its own keys, since a key is used once. */
static const char *fresh(void)
{
    static char id[AUTHORITY_ID_BYTES];
    for (int i = 0; i < 2; i++)
        keys[i] = pki_key_new(PKI_KEY_P256);
    (void)snprintf(id, sizeof(id), "contract-%u", next_id++);
    return id;
}

static void forget(void)
{
    for (int i = 0; i < 2; i++)
        pki_key_free(keys[i]);
}

static enum status ask(struct authority *authority, const char *id, const struct pki_key *key,
                       struct authority_outcome *out)
{
    struct buf csr = pki_key_request(key, subject);
    const struct authority_request request = {.id = id, .profile = profile, .request = bytes_of_buf(&csr)};
    enum status status = authority_request(authority, &request, out, NULL);
    buf_release(&csr);
    return status;
}

/* A certificate for keys[0] was issued under this id. */
static const char *issued(struct authority *authority)
{
    struct authority_outcome outcome = {0};
    const char *id = fresh();
    assert_int_equal(ask(authority, id, keys[0], &outcome), STATUS_OK);
    authority_outcome_release(&outcome);
    return id;
}

static void assert_answer(struct authority *authority, const char *id, enum authority_answer expected)
{
    struct authority_outcome outcome = {0};
    assert_int_equal(authority_inquire(authority, id, &outcome, NULL), STATUS_OK);
    assert_string_equal(authority_answer_name(outcome.answer), authority_answer_name(expected));
    authority_outcome_release(&outcome);
}

static void test_authority__request_is_issued_and_inquiry_agrees(void **state)
{
    struct authority_outcome first = {0};
    struct authority_outcome second = {0};
    const char *id = fresh();
    assert_int_equal(ask(*state, id, keys[0], &first), STATUS_OK);
    assert_int_equal(first.answer, AUTHORITY_ISSUED);
    assert_true(first.certificate_count >= 1);
    assert_int_equal(authority_inquire(*state, id, &second, NULL), STATUS_OK);
    assert_int_equal(second.answer, AUTHORITY_ISSUED);
    assert_true(bytes_is_equal(bytes_of_buf(&first.certificates[0]), bytes_of_buf(&second.certificates[0])));
    authority_outcome_release(&first);
    authority_outcome_release(&second);
    forget();
}

static void test_authority__same_id_and_key_gives_the_same_certificate(void **state)
{
    struct authority_outcome first = {0};
    struct authority_outcome second = {0};
    const char *id = fresh();
    struct buf csr = pki_key_request(keys[0], subject);
    const struct authority_request request = {.id = id, .profile = profile, .request = bytes_of_buf(&csr)};
    assert_int_equal(authority_request(*state, &request, &first, NULL), STATUS_OK);
    assert_int_equal(authority_request(*state, &request, &second, NULL), STATUS_OK);
    assert_int_equal(second.answer, AUTHORITY_ISSUED);
    assert_true(bytes_is_equal(bytes_of_buf(&first.certificates[0]), bytes_of_buf(&second.certificates[0])));
    buf_release(&csr);
    authority_outcome_release(&first);
    authority_outcome_release(&second);
    forget();
}

static void test_authority__same_id_with_another_key_is_refused(void **state)
{
    struct authority_outcome outcome = {0};
    const char *id = issued(*state);
    assert_int_equal(ask(*state, id, keys[1], &outcome), STATUS_OK);
    assert_int_equal(outcome.answer, AUTHORITY_REFUSED);
    assert_int_equal(outcome.refusal, AUTHORITY_REFUSAL_KEY_DIFFERS);
    assert_int_equal(outcome.certificate_count, 0);
    authority_outcome_release(&outcome);
    assert_answer(*state, id, AUTHORITY_ISSUED);
    forget();
}

static void test_authority__unknown_id_is_not_found(void **state)
{
    struct authority_outcome outcome = {0};
    assert_int_equal(authority_inquire(*state, "nobody-asked", &outcome, NULL), STATUS_NOT_FOUND);
    assert_int_equal(authority_confirm(*state, "nobody-asked", true, NULL), STATUS_NOT_FOUND);
    assert_int_equal(authority_revoke(*state, "0123456789ABCDEF", AUTHORITY_REASON_UNSPECIFIED, NULL),
                     STATUS_NOT_FOUND);
    assert_int_equal(outcome.certificate_count, 0);
}

static void test_authority__confirming_twice_is_allowed_and_changing_ones_mind_is_not(void **state)
{
    const char *id = issued(*state);
    assert_int_equal(authority_confirm(*state, id, true, NULL), STATUS_OK);
    assert_int_equal(authority_confirm(*state, id, true, NULL), STATUS_OK);
    assert_int_equal(authority_confirm(*state, id, false, NULL), STATUS_BAD_STATE);
    assert_answer(*state, id, AUTHORITY_CONFIRMED);
    forget();
}

static void test_authority__not_accepted_certificate_is_withdrawn_for_good(void **state)
{
    const char *id = issued(*state);
    assert_int_equal(authority_confirm(*state, id, false, NULL), STATUS_OK);
    assert_int_equal(authority_confirm(*state, id, false, NULL), STATUS_OK);
    assert_int_equal(authority_confirm(*state, id, true, NULL), STATUS_BAD_STATE);
    assert_answer(*state, id, AUTHORITY_REVOKED);
    forget();
}

static void test_authority__revoked_certificate_says_so_when_asked_again(void **state)
{
    struct authority_outcome outcome = {0};
    char serial[AUTHORITY_SERIAL_BYTES];
    const char *id = fresh();
    struct buf csr = pki_key_request(keys[0], subject);
    const struct authority_request request = {.id = id, .profile = profile, .request = bytes_of_buf(&csr)};
    assert_int_equal(authority_request(*state, &request, &outcome, NULL), STATUS_OK);
    pki_issuer_serial(bytes_of_buf(&outcome.certificates[0]), serial);
    authority_outcome_release(&outcome);
    assert_int_equal(authority_confirm(*state, id, true, NULL), STATUS_OK);
    for (char *at = serial; *at != 0; at++) /* either case will do */
        *at = *at >= 'A' && *at <= 'F' ? (char)(*at + 'a' - 'A') : *at;
    assert_int_equal(authority_revoke(*state, serial, AUTHORITY_REASON_SUPERSEDED, NULL), STATUS_OK);
    assert_int_equal(authority_revoke(*state, serial, AUTHORITY_REASON_CESSATION, NULL), STATUS_OK);
    assert_int_equal(authority_confirm(*state, id, true, NULL), STATUS_BAD_STATE);
    assert_int_equal(authority_request(*state, &request, &outcome, NULL), STATUS_OK);
    assert_int_equal(outcome.answer, AUTHORITY_REVOKED);
    authority_outcome_release(&outcome);
    buf_release(&csr);
    forget();
}

static enum authority_answer asked_again(struct authority *authority, const char *id)
{
    struct authority_outcome outcome = {0};
    assert_int_equal(authority_inquire(authority, id, &outcome, NULL), STATUS_OK);
    enum authority_answer answer = outcome.answer;
    authority_outcome_release(&outcome);
    return answer;
}

static void test_authority__a_held_certificate_is_released_or_revoked_for_good(void **state)
{
    struct authority_outcome outcome = {0};
    char serial[AUTHORITY_SERIAL_BYTES];
    const char *id = fresh();
    struct buf csr = pki_key_request(keys[0], subject);
    const struct authority_request request = {.id = id, .profile = profile, .request = bytes_of_buf(&csr)};
    assert_int_equal(authority_request(*state, &request, &outcome, NULL), STATUS_OK);
    pki_issuer_serial(bytes_of_buf(&outcome.certificates[0]), serial);
    authority_outcome_release(&outcome);
    assert_int_equal(authority_revoke(*state, serial, AUTHORITY_REASON_HOLD, NULL), STATUS_BAD_STATE);
    assert_int_equal(authority_confirm(*state, id, true, NULL), STATUS_OK);
    assert_int_equal(authority_revoke(*state, serial, AUTHORITY_REASON_RELEASE, NULL), STATUS_OK);
    for (int i = 0; i < 2; i++) { /* saying the same twice is allowed */
        assert_int_equal(authority_revoke(*state, serial, AUTHORITY_REASON_HOLD, NULL), STATUS_OK);
        assert_int_equal(asked_again(*state, id), AUTHORITY_REVOKED);
    }
    for (int i = 0; i < 2; i++) {
        assert_int_equal(authority_revoke(*state, serial, AUTHORITY_REASON_RELEASE, NULL), STATUS_OK);
        assert_int_equal(asked_again(*state, id), AUTHORITY_CONFIRMED);
    }
    assert_int_equal(authority_revoke(*state, serial, AUTHORITY_REASON_HOLD, NULL), STATUS_OK);
    assert_int_equal(authority_revoke(*state, serial, AUTHORITY_REASON_CESSATION, NULL), STATUS_OK);
    assert_int_equal(authority_revoke(*state, serial, AUTHORITY_REASON_RELEASE, NULL), STATUS_BAD_STATE);
    assert_int_equal(asked_again(*state, id), AUTHORITY_REVOKED);
    buf_release(&csr);
    forget();
}

static void test_authority__ids_and_serials_outside_the_rule_are_malformed(void **state)
{
    static const char *const wrong[] = {"", ".", "../x", "a b", "号", "a/b"};
    struct authority_outcome outcome = {0};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        assert_int_equal(authority_inquire(*state, wrong[i], &outcome, NULL), STATUS_MALFORMED);
        assert_int_equal(authority_confirm(*state, wrong[i], true, NULL), STATUS_MALFORMED);
    }
    assert_int_equal(authority_revoke(*state, "12 34", AUTHORITY_REASON_UNSPECIFIED, NULL), STATUS_MALFORMED);
    assert_int_equal(authority_revoke(*state, "", AUTHORITY_REASON_UNSPECIFIED, NULL), STATUS_MALFORMED);
}

static void test_authority__status_is_ready_with_a_name(void **state)
{
    struct authority_status status = {0};
    assert_int_equal(authority_status(*state, &status, NULL), STATUS_OK);
    assert_int_equal(status.state, DEVICE_READY);
    assert_string_not_equal(status.name, "");
}

#define ON_BOTH(function)                                                                                    \
    {"fake: " #function, function, open_fake, close_it, NULL},                                               \
    {                                                                                                        \
        "embedded: " #function, function, open_embedded, close_it, NULL                                      \
    }

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(test_authority__request_is_issued_and_inquiry_agrees),
        ON_BOTH(test_authority__same_id_and_key_gives_the_same_certificate),
        ON_BOTH(test_authority__same_id_with_another_key_is_refused),
        ON_BOTH(test_authority__unknown_id_is_not_found),
        ON_BOTH(test_authority__confirming_twice_is_allowed_and_changing_ones_mind_is_not),
        ON_BOTH(test_authority__not_accepted_certificate_is_withdrawn_for_good),
        ON_BOTH(test_authority__revoked_certificate_says_so_when_asked_again),
        ON_BOTH(test_authority__a_held_certificate_is_released_or_revoked_for_good),
        ON_BOTH(test_authority__ids_and_serials_outside_the_rule_are_malformed),
        ON_BOTH(test_authority__status_is_ready_with_a_name),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
