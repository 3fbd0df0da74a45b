/* A pair without any fake: what certca envelopes, the simulated key opens through its PKCS#11 module. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drivers/authority/authority.h"
#include "kiosk/pki/request.h"
#include "tests/support/pki_ca.h"
#include "tests/support/pki_issuer.h"
#include "tests/support/pki_key.h"
#include "tests/support/token_bench.h"

static const char secret_word[] = "an old tender, encrypted last year";

/* A request that the key signs. Owns: the caller releases it. */
static struct buf request_by(struct token_bench *bench, const struct token_identity *identity,
                             const struct token_public_key *key)
{
    static const struct subject subject = {.count = 4,
                                           .items = {{SUBJECT_COUNTRY, "CN"},
                                                     {SUBJECT_ORGANIZATION, "湖南示例建设有限公司"},
                                                     {SUBJECT_COMMON_NAME, "湖南示例建设有限公司"},
                                                     {SUBJECT_SERIAL_NUMBER, "91500103MA60ABCD1F"}}};
    struct buf tbs;
    struct buf signature;
    struct buf request;
    buf_init(&tbs, LIMIT_CERTIFICATE_BYTES);
    buf_init(&signature, LIMIT_CERTIFICATE_BYTES);
    buf_init(&request, LIMIT_CERTIFICATE_BYTES);
    assert_int_equal(STATUS_OK, request_tbs(&subject, bytes_view(key->bytes, key->length), &tbs, NULL));
    assert_int_equal(STATUS_OK, token_sign(bench->token, identity, &bench->transport_pin, &key->id, tbs.data,
                                           tbs.length, &signature, NULL));
    assert_int_equal(STATUS_OK,
                     request_assemble(bytes_of_buf(&tbs), bytes_of_buf(&signature), &request, NULL));
    buf_release(&tbs);
    buf_release(&signature);
    return request;
}

static void test_pair__what_the_embedded_ca_sends_a_real_module_opens(void **state)
{
    static struct token_bench bench;
    static struct pki_ca ca;
    struct authority *authority = NULL;
    struct authority_outcome outcome = {0};
    struct token_public_key key;
    struct token_key_id ids[2];
    struct buf plain;
    (void)state;
    pki_ca_start(&ca, TEST_BUILD_DIR);
    token_bench_open(&bench, false, TEST_BUILD_DIR, 0);
    token_bench_insert(&bench, "real");
    const struct authority_settings settings = {
        .driver = "embedded", .socket_path = ca.socket_path, .deadline_ms = 10000};
    assert_int_equal(STATUS_OK, authority_open(&settings, &authority, NULL));
    struct token_identity identity = token_bench_format(&bench);
    for (int i = 0; i < 2; i++)
        token_key_id_draw(&bench.random.random, &ids[i]);
    assert_int_equal(STATUS_OK,
                     token_generate_unwrapping(bench.token, &identity, &bench.transport_pin, TOKEN_ROLE_SIGN,
                                               TOKEN_ALGORITHM_RSA_2048, &ids[0], NULL, &key, NULL));
    struct buf csr = request_by(&bench, &identity, &key);
    const struct authority_request request = {
        .id = "real-1", .profile = "organisation", .request = bytes_of_buf(&csr), .encryption = true};
    assert_int_equal(STATUS_OK, authority_request(authority, &request, &outcome, NULL));
    assert_int_equal(AUTHORITY_ISSUED, outcome.answer);
    assert_int_equal(STATUS_OK, token_import_enveloped(
                                    bench.token, &identity, &bench.transport_pin, TOKEN_ROLE_ENCRYPT, &ids[1],
                                    outcome.enveloped_key.data, outcome.enveloped_key.length, NULL));
    struct buf public_key = pki_issuer_public_key(bytes_of_buf(&outcome.encryption_certificate));
    struct buf cipher =
        pki_key_encrypt(bytes_of_buf(&public_key), bytes_view(secret_word, sizeof(secret_word)));
    buf_init(&plain, LIMIT_CERTIFICATE_BYTES);
    assert_int_equal(STATUS_OK, token_decrypt(bench.token, &identity, &bench.transport_pin, &ids[1],
                                              cipher.data, cipher.length, &plain, NULL));
    assert_int_equal(sizeof(secret_word), plain.length);
    assert_memory_equal(secret_word, plain.data, plain.length);
    buf_release(&plain);
    buf_release(&cipher);
    buf_release(&public_key);
    buf_release(&csr);
    authority_outcome_release(&outcome);
    authority_close(authority);
    token_bench_close(&bench);
    pki_ca_end(&ca);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pair__what_the_embedded_ca_sends_a_real_module_opens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
