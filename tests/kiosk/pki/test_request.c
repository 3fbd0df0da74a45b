#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "kiosk/base/limits.h"
#include "kiosk/pki/request.h"
#include "kiosk/pki/signature.h"
#include "tests/support/pki_key.h"
#include "tests/support/pki_process.h"

static struct pki_key *rsa;
static struct pki_key *ec;
static char dir[64];

static int set_up(void **state)
{
    (void)state;
    rsa = pki_key_new(PKI_KEY_RSA2048);
    ec = pki_key_new(PKI_KEY_P256);
    pki_process_make_dir(dir);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    pki_key_free(rsa);
    pki_key_free(ec);
    pki_process_remove_dir(dir);
    return 0;
}

static struct subject sample_subject(void)
{
    struct subject subject = {0};
    assert_int_equal(subject_add(&subject, SUBJECT_COUNTRY, "CN"), STATUS_OK);
    assert_int_equal(subject_add(&subject, SUBJECT_STATE, "重庆市"), STATUS_OK);
    assert_int_equal(subject_add(&subject, SUBJECT_LOCALITY, "南岸区"), STATUS_OK);
    assert_int_equal(subject_add(&subject, SUBJECT_ORGANIZATION, "重庆示例科技有限公司"), STATUS_OK);
    assert_int_equal(subject_add(&subject, SUBJECT_ORGANIZATIONAL_UNIT, "市场部"), STATUS_OK);
    assert_int_equal(subject_add(&subject, SUBJECT_COMMON_NAME, "重庆示例科技有限公司"), STATUS_OK);
    assert_int_equal(subject_add(&subject, SUBJECT_SERIAL_NUMBER, "91500103MA60ABCD1F"), STATUS_OK);
    return subject;
}

static struct buf tbs_of(const struct pki_key *key)
{
    struct subject subject = sample_subject();
    struct buf public_key = pki_key_public(key);
    struct buf tbs;
    buf_init(&tbs, LIMIT_CERTIFICATE_BYTES);
    assert_int_equal(request_tbs(&subject, bytes_of_buf(&public_key), &tbs, NULL), STATUS_OK);
    buf_release(&public_key);
    return tbs;
}

/* The openssl command line judges the request and prints it. */
static struct buf judged(const struct buf *request)
{
    struct buf text;
    pki_process_write(dir, "csr.der", bytes_of_buf(request));
    const char *const arguments[] = {"openssl",
                                     "req",
                                     "-inform",
                                     "DER",
                                     "-in",
                                     pki_process_path(dir, "csr.der"),
                                     "-noout",
                                     "-text",
                                     "-verify",
                                     "-nameopt",
                                     "utf8,show_type,sep_comma_plus_space,sname",
                                     NULL};
    assert_int_equal(pki_process_run(arguments, &text), 0);
    assert_non_null(strstr((const char *)text.data, "verify OK"));
    return text;
}

static void assert_says(const struct buf *text, const char *part)
{
    if (strstr((const char *)text->data, part) == NULL)
        fail_msg("missing \"%s\" in %s", part, (const char *)text->data);
}

static void test_request__rsa_request_satisfies_openssl(void **state)
{
    (void)state;
    struct buf tbs = tbs_of(rsa);
    struct buf signature = pki_key_sign(rsa, bytes_of_buf(&tbs));
    struct buf request;
    buf_init(&request, LIMIT_CERTIFICATE_BYTES);
    assert_int_equal(request_assemble(bytes_of_buf(&tbs), bytes_of_buf(&signature), &request, NULL),
                     STATUS_OK);
    struct buf text = judged(&request);
    assert_says(&text, "CN=UTF8STRING:重庆示例科技有限公司");
    assert_says(&text, "serialNumber=PRINTABLESTRING:91500103MA60ABCD1F");
    assert_says(&text, "C=PRINTABLESTRING:CN");
    assert_says(&text, "sha256WithRSAEncryption");
    buf_release(&text);
    buf_release(&request);
    buf_release(&signature);
    buf_release(&tbs);
}

static void test_request__ec_request_from_raw_token_signature_satisfies_openssl(void **state)
{
    (void)state;
    struct buf tbs = tbs_of(ec);
    struct buf raw = pki_key_sign_raw(ec, bytes_of_buf(&tbs));
    struct buf signature;
    struct buf request;
    buf_init(&signature, 128);
    buf_init(&request, LIMIT_CERTIFICATE_BYTES);
    assert_int_equal(signature_from_raw(bytes_of_buf(&raw), &signature), STATUS_OK);
    assert_int_equal(request_assemble(bytes_of_buf(&tbs), bytes_of_buf(&signature), &request, NULL),
                     STATUS_OK);
    struct buf text = judged(&request);
    assert_says(&text, "ecdsa-with-SHA256");
    buf_release(&text);
    buf_release(&request);
    buf_release(&signature);
    buf_release(&raw);
    buf_release(&tbs);
}

static void test_request__public_key_comes_back_out(void **state)
{
    (void)state;
    struct buf request = pki_key_request(ec, "CN=a");
    struct buf expected = pki_key_public(ec);
    struct buf found;
    buf_init(&found, LIMIT_CERTIFICATE_BYTES);
    assert_int_equal(request_public_key(bytes_of_buf(&request), &found, NULL), STATUS_OK);
    assert_true(bytes_is_equal(bytes_of_buf(&expected), bytes_of_buf(&found)));
    assert_int_equal(request_public_key(bytes_view(request.data, request.length - 1), &found, NULL),
                     STATUS_MALFORMED);
    assert_int_equal(found.length, expected.length);
    buf_release(&found);
    buf_release(&expected);
    buf_release(&request);
}

static void assert_assembly(const struct buf *tbs, const struct buf *signature, enum status expected)
{
    struct buf request;
    buf_init(&request, LIMIT_CERTIFICATE_BYTES);
    assert_int_equal(request_assemble(bytes_of_buf(tbs), bytes_of_buf(signature), &request, NULL), expected);
    assert_int_equal(request.length, 0);
    buf_release(&request);
}

static void test_request__signature_of_another_key_is_refused(void **state)
{
    (void)state;
    struct pki_key *other = pki_key_new(PKI_KEY_P256);
    struct buf tbs = tbs_of(ec);
    struct buf signature = pki_key_sign(other, bytes_of_buf(&tbs));
    assert_assembly(&tbs, &signature, STATUS_REFUSED);
    buf_release(&signature);
    buf_release(&tbs);
    pki_key_free(other);
}

static void test_request__signature_of_other_bytes_is_refused(void **state)
{
    (void)state;
    struct buf tbs = tbs_of(rsa);
    struct buf signature = pki_key_sign(rsa, bytes_view("other", 5));
    assert_assembly(&tbs, &signature, STATUS_REFUSED);
    buf_clear(&signature);
    assert_assembly(&tbs, &signature, STATUS_REFUSED);
    buf_release(&signature);
    buf_release(&tbs);
}

static void test_request__damaged_tbs_is_malformed(void **state)
{
    (void)state;
    struct buf tbs = tbs_of(ec);
    struct buf signature = pki_key_sign(ec, bytes_of_buf(&tbs));
    assert_int_equal(buf_append(&tbs, "x", 1), STATUS_OK);
    assert_assembly(&tbs, &signature, STATUS_MALFORMED);
    tbs.length = 20;
    assert_assembly(&tbs, &signature, STATUS_MALFORMED);
    tbs.length = 0;
    assert_assembly(&tbs, &signature, STATUS_MALFORMED);
    buf_release(&signature);
    buf_release(&tbs);
}

static void test_request__weak_and_foreign_keys_are_unsupported(void **state)
{
    (void)state;
    static const enum pki_key_kind kinds[] = {PKI_KEY_RSA1024, PKI_KEY_P384};
    for (size_t i = 0; i < 2; i++) {
        struct pki_key *key = pki_key_new(kinds[i]);
        struct buf public_key = pki_key_public(key);
        struct subject subject = sample_subject();
        struct buf tbs;
        buf_init(&tbs, LIMIT_CERTIFICATE_BYTES);
        assert_int_equal(request_tbs(&subject, bytes_of_buf(&public_key), &tbs, NULL), STATUS_UNSUPPORTED);
        assert_int_equal(tbs.length, 0);
        buf_release(&public_key);
        pki_key_free(key);
    }
}

static void test_request__needs_a_subject_and_a_key(void **state)
{
    (void)state;
    struct subject empty = {0};
    struct subject subject = sample_subject();
    struct failure failure = {0};
    struct buf public_key = pki_key_public(ec);
    struct buf tbs;
    buf_init(&tbs, LIMIT_CERTIFICATE_BYTES);
    assert_int_equal(request_tbs(&empty, bytes_of_buf(&public_key), &tbs, NULL), STATUS_MALFORMED);
    assert_int_equal(request_tbs(&subject, bytes_view("no key", 6), &tbs, &failure), STATUS_MALFORMED);
    assert_string_equal(failure.where, "request_tbs");
    assert_int_equal(tbs.length, 0);
    buf_release(&public_key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_request__rsa_request_satisfies_openssl),
        cmocka_unit_test(test_request__ec_request_from_raw_token_signature_satisfies_openssl),
        cmocka_unit_test(test_request__public_key_comes_back_out),
        cmocka_unit_test(test_request__signature_of_another_key_is_refused),
        cmocka_unit_test(test_request__signature_of_other_bytes_is_refused),
        cmocka_unit_test(test_request__damaged_tbs_is_malformed),
        cmocka_unit_test(test_request__weak_and_foreign_keys_are_unsupported),
        cmocka_unit_test(test_request__needs_a_subject_and_a_key),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
