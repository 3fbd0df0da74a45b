/* Other people's programs accept a key made here: pkcs11-tool lists and signs, openssl verifies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "drivers/token/token.h"
#include "kiosk/base/crypto.h"
#include "kiosk/base/encode.h"
#include "kiosk/base/file.h"
#include "tests/support/pki_process.h"
#include "tests/support/token_bench.h"
#include "tests/support/token_judge.h"

static const char challenge[] = "a fresh challenge, 3141592653";

struct made {
    struct token_bench bench;
    char id_hex[2 * TOKEN_KEY_ID_BYTES + 1];
    char dir[64];
};

static void make(struct made *made, enum token_algorithm algorithm)
{
    struct token_bench *bench = &made->bench;
    struct token_key_id id;
    struct token_public_key key;
    token_bench_open(bench, false, TEST_BUILD_DIR, 0);
    pki_process_make_dir(made->dir);
    token_bench_insert(bench, "for-tools");
    struct token_identity identity = token_bench_format(bench);
    token_key_id_draw(&bench->random.random, &id);
    encode_hex(made->id_hex, id.bytes, id.length);
    assert_int_equal(token_generate(bench->token, &identity, &bench->transport_pin, TOKEN_ROLE_SIGN,
                                    algorithm, &id, NULL, &key, NULL),
                     STATUS_OK);
    struct buf certificate = token_judge_certificate(key.bytes, key.length, 99);
    assert_int_equal(token_write_certificate(bench->token, &identity, &bench->transport_pin, TOKEN_ROLE_SIGN,
                                             &id, certificate.data, certificate.length, NULL),
                     STATUS_OK);
    assert_int_equal(token_set_pin(bench->token, &identity, &bench->transport_pin, &bench->holder_pin, NULL),
                     STATUS_OK);
    pki_process_write(made->dir, "public.der", bytes_view(key.bytes, key.length));
    pki_process_write(made->dir, "certificate.der", bytes_of_buf(&certificate));
    buf_release(&certificate);
}

static void release(struct made *made)
{
    pki_process_remove_dir(made->dir);
    token_bench_close(&made->bench);
}

/* The module is given to pkcs11-tool in front of the other arguments. */
static int tool(const char *const *arguments, struct buf *output)
{
    const char *all[24] = {"pkcs11-tool", "--module", TEST_BUILD_DIR "/sim-key.so"};
    size_t count = 3;
    for (size_t i = 0; arguments[i] != NULL; i++)
        all[count++] = arguments[i];
    all[count] = NULL;
    return pki_process_run(all, output);
}

static void assert_listed(struct made *made)
{
    const char *const list[] = {"--login", "--pin", "739164", "-O", NULL};
    struct buf output;
    assert_int_equal(tool(list, &output), 0);
    const char *text = (const char *)output.data;
    assert_non_null(strstr(text, "Private Key Object"));
    assert_non_null(strstr(text, "Certificate Object"));
    assert_non_null(strstr(text, made->id_hex));
    assert_non_null(strstr(text, "sensitive, always sensitive, never extractable, local"));
    buf_release(&output);
}

static void assert_same_certificate(struct made *made)
{
    const char *out = pki_process_path(made->dir, "read.der");
    const char *const read[] = {"-r", "-y", "cert", "--id", made->id_hex, "-o", out, NULL};
    struct buf output;
    struct buf ours;
    struct buf theirs;
    assert_int_equal(tool(read, &output), 0);
    buf_init(&ours, 65536);
    buf_init(&theirs, 65536);
    assert_int_equal(file_read(pki_process_path(made->dir, "certificate.der"), &ours, NULL), STATUS_OK);
    assert_int_equal(file_read(out, &theirs, NULL), STATUS_OK);
    assert_int_equal(ours.length, theirs.length);
    assert_memory_equal(ours.data, theirs.data, ours.length);
    buf_release(&output);
    buf_release(&ours);
    buf_release(&theirs);
}

static void sign_and_verify(struct made *made, const char *mechanism, const char *form, struct bytes input)
{
    pki_process_write(made->dir, "challenge", bytes_view(challenge, strlen(challenge)));
    pki_process_write(made->dir, "input", input);
    const char *signature = pki_process_path(made->dir, "signature");
    const char *const sign[] = {"--login",
                                "--pin",
                                "739164",
                                "--sign",
                                "--id",
                                made->id_hex,
                                "-m",
                                mechanism,
                                "-i",
                                pki_process_path(made->dir, "input"),
                                "-o",
                                signature,
                                "--signature-format",
                                form,
                                NULL};
    const char *const verify[] = {
        "openssl",  "dgst", "-sha256",    "-verify", pki_process_path(made->dir, "public.der"),
        "-keyform", "DER",  "-signature", signature, pki_process_path(made->dir, "challenge"),
        NULL};
    struct buf output;
    int code = tool(sign, &output);
    if (code != 0)
        print_message("%s\n", (const char *)output.data);
    assert_int_equal(code, 0);
    buf_release(&output);
    assert_int_equal(pki_process_run(verify, &output), 0);
    assert_non_null(strstr((const char *)output.data, "Verified OK"));
    buf_release(&output);
}

static void test_token_tool__pkcs11_tool_and_openssl_accept_an_rsa_key(void **state)
{
    struct made made;
    (void)state;
    make(&made, TOKEN_ALGORITHM_RSA_2048);
    assert_listed(&made);
    assert_same_certificate(&made);
    sign_and_verify(&made, "SHA256-RSA-PKCS", "rs", bytes_view(challenge, strlen(challenge)));
    release(&made);
}

/* SoftHSM signs digests only with EC keys, so the digest is made here. */
static void test_token_tool__pkcs11_tool_and_openssl_accept_an_ec_key(void **state)
{
    struct made made;
    uint8_t digest[CRYPTO_SHA256_BYTES];
    (void)state;
    make(&made, TOKEN_ALGORITHM_EC_P256);
    assert_listed(&made);
    assert_same_certificate(&made);
    crypto_sha256(challenge, strlen(challenge), digest);
    sign_and_verify(&made, "ECDSA", "openssl", bytes_view(digest, sizeof(digest)));
    release(&made);
}

static void test_token_tool__pulled_key_is_gone_for_every_program(void **state)
{
    const char *const list[] = {"-L", NULL};
    struct made made;
    struct buf output;
    (void)state;
    make(&made, TOKEN_ALGORITHM_EC_P256);
    assert_int_equal(tool(list, &output), 0);
    assert_non_null(strstr((const char *)output.data, "token initialized"));
    buf_release(&output);
    token_bench_pull(&made.bench);
    assert_int_equal(tool(list, &output), 0);
    assert_non_null(strstr((const char *)output.data, "(empty)"));
    buf_release(&output);
    release(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_token_tool__pkcs11_tool_and_openssl_accept_an_rsa_key),
        cmocka_unit_test(test_token_tool__pkcs11_tool_and_openssl_accept_an_ec_key),
        cmocka_unit_test(test_token_tool__pulled_key_is_gone_for_every_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
