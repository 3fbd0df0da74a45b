/* What is encrypted to a certificate is read by its key alone; what is no RSA certificate is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "kiosk/base/limits.h"
#include "kiosk/pki/encryption.h"
#include "tests/support/pki_issuer.h"
#include "tests/support/pki_key.h"

static const char word[] = "a fresh challenge, 2718281828";

/* A certificate for the key. Owns: the caller releases it. */
static struct buf certificate_of(const struct pki_key *key)
{
    struct pki_issuer *issuer = pki_issuer_new("encryption", 1790000000);
    struct buf request = pki_key_request(key, "CN=示例");
    struct buf der = pki_issuer_issue(issuer, bytes_of_buf(&request), &(struct pki_wish){.encrypts = true});
    buf_release(&request);
    pki_issuer_free(issuer);
    return der;
}

static void test_encryption__only_the_key_of_the_certificate_reads_it(void **state)
{
    struct buf cipher;
    struct pki_key *key = pki_key_new(PKI_KEY_RSA2048);
    struct pki_key *other = pki_key_new(PKI_KEY_RSA2048);
    struct buf der = certificate_of(key);
    (void)state;
    buf_init(&cipher, LIMIT_CERTIFICATE_BYTES);
    assert_int_equal(encryption_encrypt(bytes_of_buf(&der), bytes_view(word, sizeof(word)), &cipher, NULL),
                     STATUS_OK);
    struct buf plain = pki_key_decrypt(key, bytes_of_buf(&cipher));
    struct buf nothing = pki_key_decrypt(other, bytes_of_buf(&cipher));
    assert_int_equal(plain.length, sizeof(word));
    assert_memory_equal(plain.data, word, sizeof(word));
    assert_int_equal(nothing.length, 0);
    buf_release(&plain);
    buf_release(&nothing);
    buf_release(&cipher);
    buf_release(&der);
    pki_key_free(other);
    pki_key_free(key);
}

static void test_encryption__what_cannot_be_encrypted_to_is_refused(void **state)
{
    uint8_t longer[256] = {0};
    struct buf cipher;
    struct pki_key *rsa = pki_key_new(PKI_KEY_RSA2048);
    struct pki_key *ec = pki_key_new(PKI_KEY_P256);
    struct buf good = certificate_of(rsa);
    struct buf curve = certificate_of(ec);
    (void)state;
    buf_init(&cipher, LIMIT_CERTIFICATE_BYTES);
    assert_int_equal(encryption_encrypt(bytes_of_buf(&curve), bytes_view(word, sizeof(word)), &cipher, NULL),
                     STATUS_UNSUPPORTED);
    assert_int_equal(
        encryption_encrypt(bytes_of_buf(&good), bytes_view(longer, sizeof(longer)), &cipher, NULL),
        STATUS_UNSUPPORTED);
    assert_int_equal(
        encryption_encrypt(bytes_view("rubbish", 7), bytes_view(word, sizeof(word)), &cipher, NULL),
        STATUS_MALFORMED);
    assert_int_equal(cipher.length, 0);
    buf_release(&good);
    buf_release(&curve);
    pki_key_free(ec);
    pki_key_free(rsa);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_encryption__only_the_key_of_the_certificate_reads_it),
        cmocka_unit_test(test_encryption__what_cannot_be_encrypted_to_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
