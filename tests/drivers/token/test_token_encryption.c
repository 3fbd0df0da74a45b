/* Encryption keys that come in enveloped, on the fake and on PKCS#11; other people's programs are the judges.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/token/token.h"
#include "kiosk/base/encode.h"
#include "kiosk/base/file.h"
#include "tests/support/pki_key.h"
#include "tests/support/pki_process.h"
#include "tests/support/token_bench.h"
#include "tests/support/token_judge.h"

static const char secret_word[] = "only the holder reads this";

/* A key with a signing pair that may unwrap, and an encryption pair the authority made for it. */
struct made {
    struct token_bench *bench;
    struct token_identity identity;
    struct token_public_key signing;
    struct token_key_id id; /* of the encryption pair */
    struct pki_key *encryption;
    struct buf public_key;
    struct buf envelope;
};

static enum status generate(struct made *made, enum token_algorithm algorithm, bool unwraps)
{
    struct token_key_id id;
    struct token_bench *bench = made->bench;
    token_key_id_draw(&bench->random.random, &id);
    return (unwraps ? token_generate_unwrapping : token_generate)(bench->token, &made->identity,
                                                                  &bench->transport_pin, TOKEN_ROLE_SIGN,
                                                                  algorithm, &id, NULL, &made->signing, NULL);
}

static void begin(struct made *made, struct token_bench *bench, const char *name)
{
    *made = (struct made){.bench = bench};
    token_bench_insert(bench, name);
    made->identity = token_bench_format(bench);
    made->encryption = pki_key_new(PKI_KEY_RSA2048);
    made->public_key = pki_key_public(made->encryption);
    token_key_id_draw(&bench->random.random, &made->id);
}

static void make(struct made *made, struct token_bench *bench, const char *name)
{
    begin(made, bench, name);
    assert_int_equal(generate(made, TOKEN_ALGORITHM_RSA_2048, true), STATUS_OK);
    made->envelope =
        pki_key_envelope(made->encryption, bytes_view(made->signing.bytes, made->signing.length));
}

static void release(struct made *made)
{
    pki_key_free(made->encryption);
    buf_release(&made->public_key);
    buf_release(&made->envelope);
}

static enum status import(struct made *made, const struct buf *envelope)
{
    struct token_bench *bench = made->bench;
    return token_import_enveloped(bench->token, &made->identity, &bench->transport_pin, TOKEN_ROLE_ENCRYPT,
                                  &made->id, envelope->data, envelope->length, NULL);
}

static unsigned objects(struct made *made)
{
    struct token_objects objects;
    assert_int_equal(
        token_list(made->bench->token, &made->identity, &made->bench->transport_pin, &objects, NULL),
        STATUS_OK);
    return objects.count;
}

static void assert_decrypts(struct made *made)
{
    struct token_bench *bench = made->bench;
    struct buf plain;
    struct buf cipher =
        pki_key_encrypt(bytes_of_buf(&made->public_key), bytes_view(secret_word, sizeof(secret_word)));
    buf_init(&plain, 1024);
    assert_int_equal(token_decrypt(bench->token, &made->identity, &bench->transport_pin, &made->id,
                                   cipher.data, cipher.length, &plain, NULL),
                     STATUS_OK);
    assert_int_equal(plain.length, sizeof(secret_word));
    assert_memory_equal(plain.data, secret_word, plain.length);
    buf_release(&plain);
    buf_release(&cipher);
}

static void test_encryption__an_enveloped_pair_is_used_and_cannot_leave(void **state)
{
    struct made made;
    struct token_key_check check;
    struct token_public_key key;
    make(&made, *state, "pair");
    assert_int_equal(import(&made, &made.envelope), STATUS_OK);
    assert_decrypts(&made);
    assert_int_equal(token_check_key(made.bench->token, &made.identity, &made.bench->transport_pin, &made.id,
                                     &check, NULL),
                     STATUS_OK);
    assert_true(token_key_check_is_sound_encryption(&check));
    assert_false(token_key_check_is_sound(&check));
    assert_int_equal(
        token_public_key(made.bench->token, &made.identity, TOKEN_ROLE_ENCRYPT, NULL, &key, NULL), STATUS_OK);
    assert_int_equal(key.length, made.public_key.length);
    assert_memory_equal(key.bytes, made.public_key.data, key.length);
    assert_true(token_key_id_is_same(&key.id, &made.id));
    assert_int_equal(token_check_key(made.bench->token, &made.identity, &made.bench->transport_pin,
                                     &made.signing.id, &check, NULL),
                     STATUS_OK);
    assert_true(token_key_check_is_sound(&check) && check.can_unwrap && !check.can_decrypt);
    assert_false(token_key_check_is_sound_encryption(&check));
    release(&made);
}

static void test_encryption__bringing_it_in_again_changes_nothing(void **state)
{
    struct made made;
    make(&made, *state, "again");
    assert_int_equal(objects(&made), 2);
    assert_int_equal(import(&made, &made.envelope), STATUS_OK);
    assert_int_equal(import(&made, &made.envelope), STATUS_OK);
    assert_int_equal(objects(&made), 4);
    assert_decrypts(&made);
    release(&made);
}

static void test_encryption__an_envelope_for_another_key_is_not_opened(void **state)
{
    struct made made;
    struct pki_key *other = pki_key_new(PKI_KEY_RSA2048);
    struct buf public_key = pki_key_public(other);
    make(&made, *state, "not-mine");
    struct buf envelope = pki_key_envelope(made.encryption, bytes_of_buf(&public_key));
    assert_int_equal(import(&made, &envelope), STATUS_MALFORMED);
    assert_int_equal(objects(&made), 2);
    assert_int_equal(import(&made, &made.envelope), STATUS_OK);
    buf_release(&envelope);
    buf_release(&public_key);
    pki_key_free(other);
    release(&made);
}

static void test_encryption__a_changed_envelope_is_not_opened(void **state)
{
    struct made made;
    make(&made, *state, "changed");
    const size_t places[] = {0, 1, 12, 40, made.envelope.length / 2, made.envelope.length - 1};
    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        made.envelope.data[places[i]] ^= 1;
        enum status status = import(&made, &made.envelope);
        assert_true(status == STATUS_MALFORMED || status == STATUS_UNSUPPORTED);
        made.envelope.data[places[i]] ^= 1;
    }
    made.envelope.length--;
    assert_int_equal(import(&made, &made.envelope), STATUS_MALFORMED);
    made.envelope.length++;
    assert_int_equal(objects(&made), 2);
    assert_int_equal(import(&made, &made.envelope), STATUS_OK);
    release(&made);
}

static void test_encryption__a_key_not_made_for_it_says_so(void **state)
{
    struct made made;
    begin(&made, *state, "not-for-it");
    struct buf none = {0};
    assert_int_equal(generate(&made, TOKEN_ALGORITHM_EC_P256, true), STATUS_UNSUPPORTED);
    assert_int_equal(objects(&made), 0);
    assert_int_equal(generate(&made, TOKEN_ALGORITHM_RSA_2048, false), STATUS_OK);
    assert_int_equal(import(&made, &none), STATUS_MALFORMED);
    made.envelope = pki_key_envelope(made.encryption, bytes_view(made.signing.bytes, made.signing.length));
    assert_int_equal(import(&made, &made.envelope), STATUS_UNSUPPORTED);
    assert_int_equal(objects(&made), 2);
    release(&made);
}

static void test_encryption__a_full_key_says_so_and_has_no_half(void **state)
{
    struct made made;
    make(&made, *state, "no-room");
    token_bench_set_full(made.bench, true);
    assert_int_equal(import(&made, &made.envelope), STATUS_FULL);
    token_bench_set_full(made.bench, false);
    assert_int_equal(objects(&made), 2);
    assert_int_equal(import(&made, &made.envelope), STATUS_OK);
    assert_decrypts(&made);
    release(&made);
}

static void test_encryption__a_key_pulled_in_the_middle_is_finished_later(void **state)
{
    struct token_bench *bench = *state;
    static const char *const faults[] = {"pull-after C_UnwrapKey 1", "pull-after C_UnwrapKey 2",
                                         "pull-at C_CreateObject 1"};
    static const char *const names[] = {"pulled-1", "pulled-2", "pulled-3"};
    struct made made;
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        make(&made, bench, names[i]);
        if (bench->is_fake)
            token_fake_pull_at(token_fake_of(bench->token), 1, true);
        else
            token_sim_plan(&bench->sim, faults[i]);
        assert_int_equal(import(&made, &made.envelope), STATUS_LOST);
        token_bench_insert(bench, names[i]);
        assert_int_equal(import(&made, &made.envelope), STATUS_OK);
        assert_int_equal(objects(&made), 4);
        assert_decrypts(&made);
        release(&made);
    }
}

static void test_encryption__what_is_anothers_is_not_decrypted(void **state)
{
    struct made made;
    struct buf plain;
    struct pki_key *other = pki_key_new(PKI_KEY_RSA2048);
    struct buf public_key = pki_key_public(other);
    struct buf cipher =
        pki_key_encrypt(bytes_of_buf(&public_key), bytes_view(secret_word, sizeof(secret_word)));
    make(&made, *state, "others");
    struct token_bench *bench = made.bench;
    buf_init(&plain, 1024);
    assert_int_equal(token_decrypt(bench->token, &made.identity, &bench->transport_pin, &made.id, cipher.data,
                                   cipher.length, &plain, NULL),
                     STATUS_NOT_FOUND);
    assert_int_equal(import(&made, &made.envelope), STATUS_OK);
    assert_int_equal(token_decrypt(bench->token, &made.identity, &bench->transport_pin, &made.id, cipher.data,
                                   cipher.length, &plain, NULL),
                     STATUS_MALFORMED);
    assert_int_equal(token_decrypt(bench->token, &made.identity, &bench->transport_pin, &made.signing.id,
                                   cipher.data, cipher.length, &plain, NULL),
                     STATUS_UNSUPPORTED);
    assert_int_equal(plain.length, 0);
    buf_release(&cipher);
    buf_release(&public_key);
    pki_key_free(other);
    release(&made);
}

/* --- other people's programs ------------------------------------------------------------------------- */

static int tool(const char *const *arguments, struct buf *output)
{
    const char *all[24] = {"pkcs11-tool", "--module", TEST_BUILD_DIR "/sim-key.so",
                           "--login",     "--pin",    "739164"};
    size_t count = 6;
    for (size_t i = 0; arguments[i] != NULL; i++)
        all[count++] = arguments[i];
    all[count] = NULL;
    return pki_process_run(all, output);
}

static void put_certificates(struct made *made, const char *dir)
{
    struct token_bench *bench = made->bench;
    struct buf encryption = token_judge_certificate(made->public_key.data, made->public_key.length, 1002);
    struct buf signing = token_judge_certificate(made->signing.bytes, made->signing.length, 1001);
    assert_int_equal(token_write_certificate(bench->token, &made->identity, &bench->transport_pin,
                                             TOKEN_ROLE_ENCRYPT, &made->id, encryption.data,
                                             encryption.length, NULL),
                     STATUS_OK);
    assert_int_equal(token_write_certificate(bench->token, &made->identity, &bench->transport_pin,
                                             TOKEN_ROLE_SIGN, &made->signing.id, signing.data, signing.length,
                                             NULL),
                     STATUS_OK);
    assert_int_equal(token_bench_look(bench).certificates, 2);
    assert_int_equal(
        token_set_pin(bench->token, &made->identity, &bench->transport_pin, &bench->holder_pin, NULL),
        STATUS_OK);
    pki_process_write(dir, "encryption.der", bytes_of_buf(&encryption));
    buf_release(&encryption);
    buf_release(&signing);
}

static void assert_both_listed(struct made *made)
{
    const char *const list[] = {"-O", NULL};
    char ids[2][2 * TOKEN_KEY_ID_BYTES + 1];
    struct buf output;
    unsigned private_keys = 0;
    unsigned certificates = 0;
    encode_hex(ids[0], made->signing.id.bytes, made->signing.id.length);
    encode_hex(ids[1], made->id.bytes, made->id.length);
    assert_int_equal(tool(list, &output), 0);
    const char *text = (const char *)output.data;
    assert_non_null(strstr(text, ids[0]));
    assert_non_null(strstr(text, ids[1]));
    for (const char *at = text; (at = strstr(at, "Private Key Object")) != NULL; at++)
        private_keys++;
    for (const char *at = text; (at = strstr(at, "Certificate Object")) != NULL; at++)
        certificates++;
    assert_int_equal(private_keys, 2);
    assert_int_equal(certificates, 2);
    assert_non_null(strstr(text, "Usage:      decrypt, unwrap"));
    buf_release(&output);
}

/* openssl encrypts to the certificate as anybody would, pkcs11-tool decrypts on the key. */
static void test_encryption__openssl_encrypts_and_pkcs11_tool_decrypts(void **state)
{
    struct made made;
    char dir[64];
    char id[2 * TOKEN_KEY_ID_BYTES + 1];
    struct buf output;
    make(&made, *state, "for-tools");
    pki_process_make_dir(dir);
    assert_int_equal(import(&made, &made.envelope), STATUS_OK);
    put_certificates(&made, dir);
    assert_both_listed(&made);
    pki_process_write(dir, "plain", bytes_view(secret_word, sizeof(secret_word)));
    const char *const encrypt[] = {"openssl",  "pkeyutl",
                                   "-encrypt", "-certin",
                                   "-inkey",   pki_process_path(dir, "encryption.der"),
                                   "-keyform", "DER",
                                   "-pkeyopt", "rsa_padding_mode:oaep",
                                   "-in",      pki_process_path(dir, "plain"),
                                   "-out",     pki_process_path(dir, "cipher"),
                                   NULL};
    assert_int_equal(pki_process_run(encrypt, &output), 0);
    buf_release(&output);
    encode_hex(id, made.id.bytes, made.id.length);
    const char *const decrypt[] = {"--decrypt",
                                   "--id",
                                   id,
                                   "-m",
                                   "RSA-PKCS-OAEP",
                                   "--hash-algorithm",
                                   "SHA-1",
                                   "-i",
                                   pki_process_path(dir, "cipher"),
                                   "-o",
                                   pki_process_path(dir, "opened"),
                                   NULL};
    int code = tool(decrypt, &output);
    if (code != 0)
        print_message("%s\n", (const char *)output.data);
    assert_int_equal(code, 0);
    buf_release(&output);
    buf_init(&output, 65536);
    assert_int_equal(file_read(pki_process_path(dir, "opened"), &output, NULL), STATUS_OK);
    assert_int_equal(output.length, sizeof(secret_word));
    assert_memory_equal(output.data, secret_word, sizeof(secret_word));
    buf_release(&output);
    pki_process_remove_dir(dir);
    release(&made);
}

int main(void)
{
    const struct CMUnitTest contract[] = {
        cmocka_unit_test(test_encryption__an_enveloped_pair_is_used_and_cannot_leave),
        cmocka_unit_test(test_encryption__bringing_it_in_again_changes_nothing),
        cmocka_unit_test(test_encryption__an_envelope_for_another_key_is_not_opened),
        cmocka_unit_test(test_encryption__a_changed_envelope_is_not_opened),
        cmocka_unit_test(test_encryption__a_key_not_made_for_it_says_so),
        cmocka_unit_test(test_encryption__a_full_key_says_so_and_has_no_half),
        cmocka_unit_test(test_encryption__a_key_pulled_in_the_middle_is_finished_later),
        cmocka_unit_test(test_encryption__what_is_anothers_is_not_decrypted),
    };
    const struct CMUnitTest judged[] = {
        cmocka_unit_test_setup_teardown(test_encryption__openssl_encrypts_and_pkcs11_tool_decrypts,
                                        token_bench_setup_pkcs11, token_bench_teardown),
    };
    int failed = cmocka_run_group_tests_name("encryption keys: fake", contract, token_bench_setup_fake,
                                             token_bench_teardown);
    failed += cmocka_run_group_tests_name("encryption keys: pkcs11", contract, token_bench_setup_pkcs11,
                                          token_bench_teardown);
    failed += cmocka_run_group_tests_name("encryption keys: judged", judged, NULL, NULL);
    return failed;
}
