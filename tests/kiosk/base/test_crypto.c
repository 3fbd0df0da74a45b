#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/crypto.h"
#include "kiosk/base/encode.h"
#include "kiosk/base/file.h"

#define FIXTURES TEST_SOURCE_DIR "/tests/fixtures/payment/"

static const char *hex(const uint8_t *bytes, size_t length)
{
    static char text[256];
    encode_hex(text, bytes, length);
    return text;
}

/* FIPS 180-4 examples. */
static void test_crypto__sha256_fits_the_published_vectors(void **state)
{
    (void)state;
    uint8_t out[CRYPTO_SHA256_BYTES];
    crypto_sha256("abc", 3, out);
    assert_string_equal(hex(out, sizeof(out)),
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    crypto_sha256("", 0, out);
    assert_string_equal(hex(out, sizeof(out)),
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    crypto_sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56, out);
    assert_string_equal(hex(out, sizeof(out)),
                        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

/* RFC 1321 appendix A.5. */
static void test_crypto__md5_fits_the_published_vectors(void **state)
{
    (void)state;
    uint8_t out[CRYPTO_MD5_BYTES];
    crypto_md5("", 0, out);
    assert_string_equal(hex(out, sizeof(out)), "d41d8cd98f00b204e9800998ecf8427e");
    crypto_md5("message digest", 14, out);
    assert_string_equal(hex(out, sizeof(out)), "f96b697d7cb7938d525a2f31aaf161d0");
}

/* RFC 4231 sections 4.2, 4.3, 4.7. */
static void test_crypto__hmac_fits_the_published_vectors(void **state)
{
    (void)state;
    uint8_t key[131], out[CRYPTO_SHA256_BYTES];
    memset(key, 0x0b, 20);
    crypto_hmac_sha256(key, 20, "Hi There", 8, out);
    assert_string_equal(hex(out, sizeof(out)),
                        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    crypto_hmac_sha256("Jefe", 4, "what do ya want for nothing?", 28, out);
    assert_string_equal(hex(out, sizeof(out)),
                        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    memset(key, 0xaa, sizeof(key));
    crypto_hmac_sha256(key, sizeof(key), "Test Using Larger Than Block-Size Key - Hash Key First", 54, out);
    assert_string_equal(hex(out, sizeof(out)),
                        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

/* RFC 5869, computed apart with its definition over HMAC: key 00..1f, salt 00..0c or none, info as named. */
static void test_crypto__derived_keys_follow_rfc_5869_also_without_salt(void **state)
{
    (void)state;
    uint8_t key[CRYPTO_KEY_BYTES], out[42];
    for (size_t i = 0; i < sizeof(key); i++)
        key[i] = (uint8_t)i;
    crypto_derive(key, key, 13, "so-pin", out, 42);
    assert_string_equal(hex(out, 42), "4c333640ee9fcbf93432c3d7647187c0c17cb8a5333831c0acd36ad94459b01d"
                                      "22413955ae0cb109e491");
    crypto_derive(key, "", 0, "so-pin", out, 42);
    assert_string_equal(hex(out, 42), "0dbf0aa387d5f7ba8ab8e7ad8e34a7ba7faa908f911c530089d815db0b1f8db3"
                                      "527b3b5e5c02bb89c0d4");
    crypto_derive(key, NULL, 0, "", out, 16);
    assert_string_equal(hex(out, 16), "37ad29109f43265287804b674e2653d0");
}

/* --- sealing ----------------------------------------------------------------------------------------- */

/* The gateway's own vector of AES-256-GCM: nonce, ciphertext and tag as we store them. */
static void test_crypto__a_foreign_sealed_text_opens(void **state)
{
    (void)state;
    struct buf sealed, plain;
    buf_init(&sealed, 1000);
    buf_init(&plain, 1000);
    assert_int_equal(buf_append_text(&sealed, "abcdefghijkl"), STATUS_OK);
    assert_int_equal(encode_base64_decode(&sealed,
                                          "Eu6myr+6GaECeJdOZPZ6BX5lij2Vohspf9pbw6Eor54J6prefQGx4A8pw4"
                                          "JzQ/lkgFh/UIp8nXF6h6aOBw=="),
                     STATUS_OK);
    assert_int_equal(crypto_open((const uint8_t *)"0123456789abcdef0123456789abcdef", "transaction", 11,
                                 sealed.data, sealed.length, &plain),
                     STATUS_OK);
    assert_string_equal((const char *)plain.data, "{\"out_trade_no\":\"T1\",\"trade_state\":\"SUCCESS\"}");
    buf_release(&sealed);
    buf_release(&plain);
}

static const uint8_t seal_key[CRYPTO_KEY_BYTES] = {1, 2, 3};

static void seal(struct buf *out)
{
    static struct random_seeded random;
    static bool started;
    if (!started)
        random_seeded_init(&random, 9);
    started = true;
    buf_init(out, 1000);
    assert_int_equal(crypto_seal(seal_key, &random.random, "place", 5, "a secret text", 13, out), STATUS_OK);
}

static void test_crypto__a_sealed_value_opens_only_where_it_belongs(void **state)
{
    (void)state;
    struct buf sealed, plain;
    uint8_t other[CRYPTO_KEY_BYTES] = {1, 2, 4};
    buf_init(&plain, 100);
    seal(&sealed);
    assert_int_equal(sealed.length, 13 + CRYPTO_SEAL_OVERHEAD_BYTES);
    assert_null(memmem(sealed.data, sealed.length, "secret", 6));
    assert_int_equal(crypto_open(seal_key, "place", 5, sealed.data, sealed.length, &plain), STATUS_OK);
    assert_string_equal((const char *)plain.data, "a secret text");
    buf_clear(&plain);
    assert_int_equal(crypto_open(other, "place", 5, sealed.data, sealed.length, &plain), STATUS_MALFORMED);
    assert_int_equal(crypto_open(seal_key, "placf", 5, sealed.data, sealed.length, &plain), STATUS_MALFORMED);
    assert_int_equal(crypto_open(seal_key, "", 0, sealed.data, sealed.length, &plain), STATUS_MALFORMED);
    assert_int_equal(plain.length, 0);
    buf_release(&sealed);
    buf_release(&plain);
}

static void test_crypto__every_changed_bit_and_every_cut_is_noticed(void **state)
{
    (void)state;
    struct buf sealed, plain;
    buf_init(&plain, 100);
    seal(&sealed);
    assert_int_equal(buf_append_text(&plain, "kept"), STATUS_OK);
    for (size_t i = 0; i < sealed.length * 8; i++) {
        sealed.data[i / 8] ^= (uint8_t)(1U << i % 8);
        assert_int_equal(crypto_open(seal_key, "place", 5, sealed.data, sealed.length, &plain),
                         STATUS_MALFORMED);
        sealed.data[i / 8] ^= (uint8_t)(1U << i % 8);
    }
    for (size_t length = 0; length < sealed.length; length++)
        assert_int_equal(crypto_open(seal_key, "place", 5, sealed.data, length, &plain), STATUS_MALFORMED);
    assert_string_equal((const char *)plain.data, "kept");
    buf_release(&sealed);
    buf_release(&plain);
}

static void test_crypto__the_same_text_is_never_sealed_alike(void **state)
{
    (void)state;
    struct buf first, second;
    seal(&first);
    seal(&second);
    assert_memory_not_equal(first.data, second.data, CRYPTO_NONCE_BYTES);
    assert_memory_not_equal(first.data + CRYPTO_NONCE_BYTES, second.data + CRYPTO_NONCE_BYTES, 13);
    buf_release(&first);
    buf_release(&second);
}

static void test_crypto__an_empty_value_can_be_sealed(void **state)
{
    (void)state;
    struct buf sealed, plain;
    buf_init(&sealed, 100);
    buf_init(&plain, 100);
    assert_int_equal(crypto_seal(seal_key, random_system(), "place", 5, "", 0, &sealed), STATUS_OK);
    assert_int_equal(crypto_open(seal_key, "place", 5, sealed.data, sealed.length, &plain), STATUS_OK);
    assert_int_equal(plain.length, 0);
    assert_int_equal(crypto_open(seal_key, "plac", 4, sealed.data, sealed.length, &plain), STATUS_MALFORMED);
    buf_release(&sealed);
    buf_release(&plain);
}

/* --- passwords --------------------------------------------------------------------------------------- */

/* Hashed apart by another implementation of RFC 7914. */
static void test_crypto__a_foreign_password_hash_is_recognised(void **state)
{
    (void)state;
    static const char stored[] =
        "scrypt$15$8$1$MDEyMzQ1Njc4OWFiY2RlZg==$ZALLzzVQrDT1tuUNtuYxAqRtwgokJbVIJk8/DeOA00k=";
    assert_true(crypto_password_matches(stored, "correct horse 密码", strlen("correct horse 密码")));
    assert_false(crypto_password_matches(stored, "correct horse 密玛", strlen("correct horse 密玛")));
}

static void test_crypto__a_password_matches_its_hash_and_no_other(void **state)
{
    (void)state;
    char stored[128], again[128];
    assert_int_equal(
        crypto_password_hash(random_system(), CRYPTO_PASSWORD_LOG_N, "hunter22", 8, stored, sizeof(stored)),
        STATUS_OK);
    assert_int_equal(
        crypto_password_hash(random_system(), CRYPTO_PASSWORD_LOG_N, "hunter22", 8, again, sizeof(again)),
        STATUS_OK);
    assert_string_not_equal(stored, again);
    assert_null(strstr(stored, "hunter22"));
    assert_true(crypto_password_matches(stored, "hunter22", 8));
    assert_false(crypto_password_matches(stored, "hunter22", 7));
    assert_false(crypto_password_matches(stored, "", 0));
}

/* A hall that raises the cost still knows its older passwords. */
static void test_crypto__a_password_of_any_allowed_cost_matches(void **state)
{
    (void)state;
    for (int log_n = CRYPTO_PASSWORD_LOG_N_LEAST; log_n <= CRYPTO_PASSWORD_LOG_N_MOST; log_n++) {
        char stored[128], head[32];
        assert_int_equal(crypto_password_hash(random_system(), log_n, "hunter22", 8, stored, sizeof(stored)),
                         STATUS_OK);
        (void)snprintf(head, sizeof(head), "scrypt$%d$8$", log_n);
        assert_memory_equal(stored, head, strlen(head));
        assert_true(crypto_password_matches(stored, "hunter22", 8));
        assert_false(crypto_password_matches(stored, "hunter23", 8));
    }
}

static void test_crypto__a_malformed_password_hash_matches_nothing(void **state)
{
    (void)state;
    static const char *const broken[] = {
        "",
        "scrypt$15$8$1$",
        "hunter22",
        "scrypt$1$8$1$MDEyMzQ1Njc4OWFiY2RlZg==$ZALLzzVQrDT1tuUNtuYxAqRtwgokJbVIJk8/DeOA00k=",
        "scrypt$15$8$1$MDEy$ZALLzzVQrDT1tuUNtuYxAqRtwgokJbVIJk8/DeOA00k=",
        "scrypt$15$8$1$MDEyMzQ1Njc4OWFiY2RlZg==$ZALL"};
    for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++)
        assert_false(crypto_password_matches(broken[i], "hunter22", 8));
}

static void test_crypto__a_password_hash_that_does_not_fit_is_full(void **state)
{
    (void)state;
    char stored[40] = "before";
    assert_int_equal(
        crypto_password_hash(random_system(), CRYPTO_PASSWORD_LOG_N, "hunter22", 8, stored, sizeof(stored)),
        STATUS_FULL);
    assert_string_equal(stored, "before");
}

/* --- signatures and certificate numbers -------------------------------------------------------------- */

static struct buf fixture(const char *name)
{
    struct buf text;
    char path[300];
    buf_init(&text, 100000);
    (void)snprintf(path, sizeof(path), FIXTURES "%s", name);
    assert_int_equal(file_read(path, &text, NULL), STATUS_OK);
    return text;
}

static void test_crypto__a_signature_is_right_for_its_bytes_only(void **state)
{
    (void)state;
    struct buf private_pem = fixture("app_key.pem"), public_pem = fixture("app_public_key.pem"), signature;
    struct crypto_key *private_key = NULL, *public_key = NULL;
    buf_init(&signature, 1000);
    assert_int_equal(
        crypto_key_read_private((const char *)private_pem.data, private_pem.length, &private_key), STATUS_OK);
    assert_int_equal(crypto_key_read_public((const char *)public_pem.data, public_pem.length, &public_key),
                     STATUS_OK);
    assert_int_equal(crypto_sign_rsa_sha256(private_key, "a=1&b=2", 7, &signature), STATUS_OK);
    assert_int_equal(signature.length, 256);
    assert_true(crypto_verify_rsa_sha256(public_key, "a=1&b=2", 7, signature.data, signature.length));
    assert_false(crypto_verify_rsa_sha256(public_key, "a=1&b=3", 7, signature.data, signature.length));
    assert_false(crypto_verify_rsa_sha256(public_key, "a=1&b=2", 7, signature.data, signature.length - 1));
    signature.data[200] ^= 1;
    assert_false(crypto_verify_rsa_sha256(public_key, "a=1&b=2", 7, signature.data, signature.length));
    assert_int_equal(crypto_sign_rsa_sha256(public_key, "a=1&b=2", 7, &signature), STATUS_CONFIG);
    crypto_key_free(private_key);
    crypto_key_free(public_key);
    crypto_key_free(NULL);
    buf_wipe(&private_pem);
    buf_release(&public_pem);
    buf_release(&signature);
}

static void test_crypto__what_is_no_key_is_malformed(void **state)
{
    (void)state;
    struct crypto_key *key = NULL;
    struct buf public_pem = fixture("app_public_key.pem");
    assert_int_equal(crypto_key_read_private("", 0, &key), STATUS_MALFORMED);
    assert_int_equal(crypto_key_read_private((const char *)public_pem.data, public_pem.length, &key),
                     STATUS_MALFORMED);
    assert_int_equal(crypto_key_read_public("-----BEGIN PUBLIC KEY-----\n", 27, &key), STATUS_MALFORMED);
    assert_null(key);
    buf_release(&public_pem);
}

static void test_crypto__certificate_numbers_fit_the_published_vector(void **state)
{
    (void)state;
    char sn[33];
    struct buf pem = fixture("sn_vector.pem"), roots = fixture("root_bundle.pem"), joined;
    buf_init(&joined, 1000);
    assert_int_equal(crypto_certificate_sn((const char *)pem.data, pem.length, sn), STATUS_OK);
    assert_string_equal(sn, "3d14f64bca910ef9ab2dd39e5accfc7b");
    assert_int_equal(crypto_root_certificate_sn((const char *)roots.data, roots.length, &joined), STATUS_OK);
    assert_non_null(strchr((const char *)joined.data, '_'));
    assert_int_equal(crypto_certificate_sn("none", 4, sn), STATUS_MALFORMED);
    assert_int_equal(crypto_root_certificate_sn("none", 4, &joined), STATUS_MALFORMED);
    buf_release(&pem);
    buf_release(&roots);
    buf_release(&joined);
}

static void test_crypto__a_certificate_without_its_root_does_not_chain(void **state)
{
    (void)state;
    struct buf pem = fixture("sn_vector.pem"), roots = fixture("root_bundle.pem");
    assert_false(crypto_certificate_chains((const char *)pem.data, pem.length, "none", 4, 1795252342));
    assert_false(crypto_certificate_chains("none", 4, (const char *)roots.data, roots.length, 1795252342));
    buf_release(&pem);
    buf_release(&roots);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_crypto__sha256_fits_the_published_vectors),
        cmocka_unit_test(test_crypto__md5_fits_the_published_vectors),
        cmocka_unit_test(test_crypto__hmac_fits_the_published_vectors),
        cmocka_unit_test(test_crypto__derived_keys_follow_rfc_5869_also_without_salt),
        cmocka_unit_test(test_crypto__a_foreign_sealed_text_opens),
        cmocka_unit_test(test_crypto__a_sealed_value_opens_only_where_it_belongs),
        cmocka_unit_test(test_crypto__every_changed_bit_and_every_cut_is_noticed),
        cmocka_unit_test(test_crypto__the_same_text_is_never_sealed_alike),
        cmocka_unit_test(test_crypto__an_empty_value_can_be_sealed),
        cmocka_unit_test(test_crypto__a_foreign_password_hash_is_recognised),
        cmocka_unit_test(test_crypto__a_password_matches_its_hash_and_no_other),
        cmocka_unit_test(test_crypto__a_password_of_any_allowed_cost_matches),
        cmocka_unit_test(test_crypto__a_malformed_password_hash_matches_nothing),
        cmocka_unit_test(test_crypto__a_password_hash_that_does_not_fit_is_full),
        cmocka_unit_test(test_crypto__a_signature_is_right_for_its_bytes_only),
        cmocka_unit_test(test_crypto__what_is_no_key_is_malformed),
        cmocka_unit_test(test_crypto__certificate_numbers_fit_the_published_vector),
        cmocka_unit_test(test_crypto__a_certificate_without_its_root_does_not_chain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
