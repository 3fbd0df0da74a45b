#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "kiosk/base/limits.h"
#include "kiosk/pki/signature.h"
#include "tests/support/pki_issuer.h"
#include "tests/support/pki_key.h"
#include "tests/support/pki_process.h"

static const char challenge[] = "thirty-two fresh bytes of random";

static struct bytes message(void)
{
    return bytes_view(challenge, sizeof(challenge) - 1);
}

/* A certificate, a signature of the message by its key, and one by another key of the same kind. */
struct signed_by {
    struct buf certificate, right, wrong;
};

static struct signed_by sign_with(enum pki_key_kind kind)
{
    struct pki_issuer *issuer = pki_issuer_new("signature", 1790000000);
    struct pki_key *key = pki_key_new(kind);
    struct pki_key *other = pki_key_new(kind);
    struct buf request = pki_key_request(key, "CN=a");
    struct signed_by made = {.certificate =
                                 pki_issuer_issue(issuer, bytes_of_buf(&request), &(struct pki_wish){0}),
                             .right = pki_key_sign(key, message()),
                             .wrong = pki_key_sign(other, message())};
    buf_release(&request);
    pki_key_free(other);
    pki_key_free(key);
    pki_issuer_free(issuer);
    return made;
}

static void release(struct signed_by *made)
{
    buf_release(&made->wrong);
    buf_release(&made->right);
    buf_release(&made->certificate);
}

/* Everything true of one kind of key; the number of certificates judged. */
static int check_kind(enum pki_key_kind kind)
{
    struct signed_by made = sign_with(kind);
    struct bytes subject = bytes_of_buf(&made.certificate);
    assert_int_equal(signature_check(subject, message(), bytes_of_buf(&made.right), NULL), STATUS_OK);
    assert_int_equal(signature_check(subject, message(), bytes_of_buf(&made.wrong), NULL), STATUS_REFUSED);
    assert_int_equal(signature_check(subject, bytes_view("old", 3), bytes_of_buf(&made.right), NULL),
                     STATUS_REFUSED);
    assert_int_equal(signature_check(subject, message(), bytes_view("", 0), NULL), STATUS_REFUSED);
    release(&made);
    return 1;
}

static void test_signature__rsa_challenge_is_right_only_from_the_certificates_key(void **state)
{
    (void)state;
    assert_int_equal(check_kind(PKI_KEY_RSA2048), 1);
}

static void test_signature__ec_challenge_is_right_only_from_the_certificates_key(void **state)
{
    (void)state;
    assert_int_equal(check_kind(PKI_KEY_P256), 1);
}

static void test_signature__bare_public_key_serves_as_well(void **state)
{
    (void)state;
    struct pki_key *key = pki_key_new(PKI_KEY_P256);
    struct buf public_key = pki_key_public(key);
    struct buf right = pki_key_sign(key, message());
    struct bytes spki = bytes_of_buf(&public_key);
    assert_int_equal(signature_check_public_key(spki, message(), bytes_of_buf(&right), NULL), STATUS_OK);
    right.data[right.length - 1] ^= 1;
    assert_int_equal(signature_check_public_key(spki, message(), bytes_of_buf(&right), NULL), STATUS_REFUSED);
    assert_int_equal(signature_check_public_key(bytes_view("x", 1), message(), bytes_of_buf(&right), NULL),
                     STATUS_MALFORMED);
    buf_release(&right);
    buf_release(&public_key);
    pki_key_free(key);
}

static void test_signature__weak_key_is_unsupported(void **state)
{
    (void)state;
    struct pki_key *key = pki_key_new(PKI_KEY_RSA1024);
    struct buf public_key = pki_key_public(key);
    struct buf right = pki_key_sign(key, message());
    assert_int_equal(
        signature_check_public_key(bytes_of_buf(&public_key), message(), bytes_of_buf(&right), NULL),
        STATUS_UNSUPPORTED);
    buf_release(&right);
    buf_release(&public_key);
    pki_key_free(key);
}

static void test_signature__raw_form_must_be_sixty_four_bytes_and_not_zero(void **state)
{
    (void)state;
    uint8_t raw[64] = {0};
    struct buf der;
    buf_init(&der, 128);
    assert_int_equal(signature_from_raw(bytes_view(raw, 64), &der), STATUS_MALFORMED);
    raw[31] = 1;
    assert_int_equal(signature_from_raw(bytes_view(raw, 64), &der), STATUS_MALFORMED);
    raw[63] = 1;
    assert_int_equal(signature_from_raw(bytes_view(raw, 63), &der), STATUS_MALFORMED);
    assert_int_equal(der.length, 0);
    assert_int_equal(signature_from_raw(bytes_view(raw, 64), &der), STATUS_OK);
    assert_memory_equal(der.data, "\x30\x06\x02\x01\x01\x02\x01\x01", 8);
    buf_release(&der);
}

/* What the openssl program says of the CMS made of a signature. */
static int judge_cms(const char *dir, struct bytes certificate, struct bytes signature, struct bytes content)
{
    struct buf cms, output;
    buf_init(&cms, LIMIT_CERTIFICATE_BYTES);
    assert_int_equal(signature_to_cms(certificate, signature, &cms, NULL), STATUS_OK);
    pki_process_write(dir, "signature.p7s", bytes_of_buf(&cms));
    pki_process_write(dir, "content", content);
    const char *const arguments[] = {"openssl",   "cms",
                                     "-verify",   "-binary",
                                     "-inform",   "DER",
                                     "-in",       pki_process_path(dir, "signature.p7s"),
                                     "-content",  pki_process_path(dir, "content"),
                                     "-noverify", "-out",
                                     "/dev/null", NULL};
    int code = pki_process_run(arguments, &output);
    buf_release(&output);
    buf_release(&cms);
    return code;
}

static void test_signature__a_cms_is_good_for_its_message_and_its_certificate_alone(void **state)
{
    (void)state;
    static const enum pki_key_kind kinds[] = {PKI_KEY_RSA2048, PKI_KEY_P256};
    char dir[64];
    pki_process_make_dir(dir);
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        struct signed_by made = sign_with(kinds[i]);
        struct bytes subject = bytes_of_buf(&made.certificate);
        assert_int_equal(judge_cms(dir, subject, bytes_of_buf(&made.right), message()), 0);
        assert_int_not_equal(judge_cms(dir, subject, bytes_of_buf(&made.right), bytes_view("old", 3)), 0);
        assert_int_not_equal(judge_cms(dir, subject, bytes_of_buf(&made.wrong), message()), 0);
        release(&made);
    }
    pki_process_remove_dir(dir);
}

static void test_signature__no_cms_is_made_without_a_certificate(void **state)
{
    (void)state;
    struct buf cms;
    buf_init(&cms, LIMIT_CERTIFICATE_BYTES);
    assert_int_equal(signature_to_cms(bytes_view("x", 1), message(), &cms, NULL), STATUS_MALFORMED);
    assert_int_equal(cms.length, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_signature__rsa_challenge_is_right_only_from_the_certificates_key),
        cmocka_unit_test(test_signature__ec_challenge_is_right_only_from_the_certificates_key),
        cmocka_unit_test(test_signature__bare_public_key_serves_as_well),
        cmocka_unit_test(test_signature__weak_key_is_unsupported),
        cmocka_unit_test(test_signature__raw_form_must_be_sixty_four_bytes_and_not_zero),
        cmocka_unit_test(test_signature__a_cms_is_good_for_its_message_and_its_certificate_alone),
        cmocka_unit_test(test_signature__no_cms_is_made_without_a_certificate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
