/* A key made here and its certificate in a file, judged by the openssl command line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "kiosk/pki/pkcs12.h"
#include "kiosk/pki/request.h"
#include "kiosk/pki/signature.h"
#include "kiosk/pki/soft_key.h"
#include "tests/support/pki_issuer.h"
#include "tests/support/pki_process.h"

#define PASSWORD "Hui-long-2026"

static struct pki_issuer *issuer;
static char dir[64];

static int set_up(void **state)
{
    (void)state;
    issuer = pki_issuer_new("Test", 1795252342);
    pki_process_make_dir(dir);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    pki_issuer_free(issuer);
    pki_process_remove_dir(dir);
    return 0;
}

/* A key, and a certificate for the request it signed. */
struct made {
    struct buf private_key, public_key, leaf;
    struct buf twin; /* another certificate for the same key */
};

static struct made make(enum soft_key_kind kind)
{
    struct made made;
    struct buf tbs, signature, request;
    struct subject subject = {0};
    struct buf *const bufs[] = {&made.private_key, &made.public_key, &tbs, &signature, &request};
    for (size_t i = 0; i < sizeof(bufs) / sizeof(bufs[0]); i++)
        buf_init(bufs[i], LIMIT_CERTIFICATE_BYTES);
    assert_int_equal(subject_add(&subject, SUBJECT_COMMON_NAME, "重庆示例科技有限公司"), STATUS_OK);
    assert_int_equal(soft_key_make(kind, &made.private_key, &made.public_key, NULL), STATUS_OK);
    assert_int_equal(request_tbs(&subject, bytes_of_buf(&made.public_key), &tbs, NULL), STATUS_OK);
    assert_int_equal(soft_key_sign(bytes_of_buf(&made.private_key), bytes_of_buf(&tbs), &signature, NULL),
                     STATUS_OK);
    assert_int_equal(request_assemble(bytes_of_buf(&tbs), bytes_of_buf(&signature), &request, NULL),
                     STATUS_OK);
    made.leaf = pki_issuer_issue(issuer, bytes_of_buf(&request), &(struct pki_wish){0});
    made.twin = pki_issuer_issue(issuer, bytes_of_buf(&request), &(struct pki_wish){0});
    for (size_t i = 2; i < sizeof(bufs) / sizeof(bufs[0]); i++)
        buf_release(bufs[i]);
    return made;
}

static void release(struct made *made)
{
    buf_wipe(&made->private_key);
    buf_release(&made->public_key);
    buf_release(&made->leaf);
    buf_release(&made->twin);
}

static enum status write_file(const struct made *key, const struct made *certificate, struct buf *out)
{
    struct secret password = {0};
    const struct pkcs12_content content = {.private_key = bytes_of_buf(&key->private_key),
                                           .certificate = bytes_of_buf(&certificate->leaf),
                                           .chain = pki_issuer_issuing(issuer),
                                           .name = "T2026"};
    buf_init(out, PKCS12_BYTES);
    assert_int_equal(secret_set(&password, PASSWORD, strlen(PASSWORD)), STATUS_OK);
    return pkcs12_write(&content, &password, out, NULL);
}

static enum status prove_for(struct bytes file, const char *text, const struct buf *certificate)
{
    struct secret password = {0};
    assert_int_equal(secret_set(&password, text, strlen(text)), STATUS_OK);
    return pkcs12_prove(file, &password, bytes_of_buf(certificate), bytes_view("challenge", 9), NULL);
}

static enum status prove(struct bytes file, const char *text, const struct made *made)
{
    return prove_for(file, text, &made->leaf);
}

/* What openssl says of the file under this password. Returns: its exit code. */
static int judge(const char *password, struct buf *text)
{
    const char *const arguments[] = {"openssl", "pkcs12", "-in",   pki_process_path(dir, "a.p12"),
                                     "-passin", password, "-info", "-nokeys",
                                     NULL};
    return pki_process_run(arguments, text);
}

static void assert_opens(enum soft_key_kind kind)
{
    struct made made = make(kind);
    struct buf file, text;
    assert_int_equal(write_file(&made, &made, &file), STATUS_OK);
    pki_process_write(dir, "a.p12", bytes_of_buf(&file));
    assert_int_equal(judge("pass:" PASSWORD, &text), 0);
    assert_non_null(strstr((const char *)text.data, "MAC: sha256, Iteration 100000"));
    assert_non_null(
        strstr((const char *)text.data, "PBES2, PBKDF2, AES-256-CBC, Iteration 100000, PRF hmacWithSHA256"));
    assert_null(strstr((const char *)text.data, "RC2"));
    buf_release(&text);
    assert_int_not_equal(judge("pass:" PASSWORD "x", &text), 0);
    buf_release(&text);
    assert_int_equal(prove(bytes_of_buf(&file), PASSWORD, &made), STATUS_OK);
    assert_int_equal(prove(bytes_of_buf(&file), PASSWORD "x", &made), STATUS_REFUSED);
    buf_release(&file);
    release(&made);
}

static void test_pkcs12__openssl_opens_it_with_the_password_and_not_without(void **state)
{
    (void)state;
    assert_opens(SOFT_KEY_EC_P256);
    assert_opens(SOFT_KEY_RSA_2048);
}

static void test_pkcs12__another_key_another_certificate_and_no_file_are_refused(void **state)
{
    (void)state;
    struct made made = make(SOFT_KEY_EC_P256), other = make(SOFT_KEY_EC_P256);
    struct buf file, none;
    assert_int_equal(write_file(&other, &made, &none), STATUS_REFUSED);
    assert_int_equal(none.length, 0);
    assert_int_equal(write_file(&made, &made, &file), STATUS_OK);
    assert_int_equal(prove(bytes_of_buf(&file), PASSWORD, &other), STATUS_REFUSED);
    assert_int_equal(prove_for(bytes_of_buf(&file), PASSWORD, &made.twin), STATUS_REFUSED);
    assert_int_equal(prove(bytes_view(file.data, file.length / 2), PASSWORD, &made), STATUS_MALFORMED);
    assert_int_equal(prove(bytes_view("", 0), PASSWORD, &made), STATUS_MALFORMED);
    buf_clear(&other.private_key);
    assert_int_equal(write_file(&other, &made, &none), STATUS_MALFORMED);
    buf_release(&file);
    release(&made);
    release(&other);
}

static void test_soft_key__signs_what_its_public_key_verifies(void **state)
{
    (void)state;
    struct made made = make(SOFT_KEY_EC_P256);
    struct bytes public_key = bytes_of_buf(&made.public_key);
    struct buf signature;
    buf_init(&signature, LIMIT_CERTIFICATE_BYTES);
    assert_int_equal(soft_key_sign(bytes_of_buf(&made.private_key), bytes_view("text", 4), &signature, NULL),
                     STATUS_OK);
    assert_int_equal(
        signature_check_public_key(public_key, bytes_view("text", 4), bytes_of_buf(&signature), NULL),
        STATUS_OK);
    assert_int_equal(
        signature_check_public_key(public_key, bytes_view("tent", 4), bytes_of_buf(&signature), NULL),
        STATUS_REFUSED);
    assert_int_equal(soft_key_sign(public_key, bytes_view("text", 4), &signature, NULL), STATUS_MALFORMED);
    buf_release(&signature);
    release(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pkcs12__openssl_opens_it_with_the_password_and_not_without),
        cmocka_unit_test(test_pkcs12__another_key_another_certificate_and_no_file_are_refused),
        cmocka_unit_test(test_soft_key__signs_what_its_public_key_verifies),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
