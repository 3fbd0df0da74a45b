/* The token contract, on the fake and on PKCS#11 through the real helper process and the simulated key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/token/token.h"
#include "kiosk/base/crypto.h"
#include "tests/support/feature.h"
#include "tests/support/token_bench.h"
#include "tests/support/token_judge.h"

static const char tbs[] = "a request to be certified, as bytes: \x30\x82\x01\x00";

/* A formatted key with a key pair on it. */
struct made {
    struct token_identity identity;
    struct token_public_key key;
};

static struct made make_key(struct token_bench *bench, const char *name, enum token_algorithm algorithm)
{
    struct made made;
    struct token_key_id id;
    token_bench_insert(bench, name);
    made.identity = token_bench_format(bench);
    token_key_id_draw(&bench->random.random, &id);
    assert_int_equal(token_generate(bench->token, &made.identity, &bench->transport_pin, TOKEN_ROLE_SIGN,
                                    algorithm, &id, NULL, &made.key, NULL),
                     STATUS_OK);
    assert_true(token_key_id_is_same(&made.key.id, &id));
    return made;
}

static void assert_signs(struct token_bench *bench, const struct made *made, const struct secret *pin)
{
    struct buf signature;
    buf_init(&signature, 1024);
    assert_int_equal(
        token_sign(bench->token, &made->identity, pin, &made->key.id, tbs, sizeof(tbs), &signature, NULL),
        STATUS_OK);
    assert_true(token_judge_verifies(made->key.bytes, made->key.length, tbs, sizeof(tbs), signature.data,
                                     signature.length));
    buf_release(&signature);
}

static void test_token__empty_writer_is_absent_and_every_act_is_lost(void **state)
{
    struct token_bench *bench = *state;
    struct token_identity nobody = {0};
    struct token_public_key key;
    token_bench_pull(bench);
    assert_int_equal(token_bench_look(bench).presence, TOKEN_ABSENT);
    assert_int_equal(token_verify_pin(bench->token, &nobody, &bench->holder_pin, NULL), STATUS_LOST);
    assert_int_equal(token_public_key(bench->token, &nobody, TOKEN_ROLE_SIGN, NULL, &key, NULL), STATUS_LOST);
}

static void test_token__blank_key_is_recognised_and_formatted(void **state)
{
    struct token_bench *bench = *state;
    token_bench_insert(bench, "blank-one");
    struct token_info info = token_bench_look(bench);
    assert_int_equal(info.presence, TOKEN_BLANK);
    assert_int_equal(info.user_pin, TOKEN_PIN_UNSET);
    assert_int_equal(info.free_bytes, -1);
    assert_string_equal(info.identity.mark, "");
    struct token_identity identity = token_bench_format(bench);
    assert_int_equal(strlen(identity.mark), TOKEN_MARK_CHARACTERS);
    assert_int_equal(strlen(identity.label), TOKEN_LABEL_CHARACTERS);
    assert_string_equal(identity.label + TOKEN_LABEL_CHARACTERS - TOKEN_TITLE_CHARACTERS, TOKEN_BENCH_TITLE);
    info = token_bench_look(bench);
    assert_int_equal(info.presence, TOKEN_EMPTY);
    assert_int_equal(info.user_pin, TOKEN_PIN_NORMAL);
    assert_int_equal(info.so_pin, TOKEN_PIN_NORMAL);
    assert_true(token_identity_is_same(&info.identity, &identity));
    FEATURE("F157");
    assert_int_equal(token_verify_pin(bench->token, &identity, &bench->transport_pin, NULL), STATUS_OK);
}

static void live_a_whole_life(struct token_bench *bench, const char *name, enum token_algorithm algorithm)
{
    struct made made = make_key(bench, name, algorithm);
    struct token_public_key again;
    struct token_key_check check;
    struct token_key_id id;
    struct buf read;
    assert_int_equal(made.key.algorithm, algorithm);
    assert_int_equal(token_public_key(bench->token, &made.identity, TOKEN_ROLE_SIGN, NULL, &again, NULL),
                     STATUS_OK);
    assert_memory_equal(again.bytes, made.key.bytes, made.key.length);
    assert_int_equal(
        token_check_key(bench->token, &made.identity, &bench->transport_pin, &made.key.id, &check, NULL),
        STATUS_OK);
    assert_true(token_key_check_is_sound(&check));
    assert_signs(bench, &made, &bench->transport_pin);

    struct buf certificate = token_judge_certificate(made.key.bytes, made.key.length, 4711);
    assert_int_equal(token_write_certificate(bench->token, &made.identity, &bench->transport_pin,
                                             TOKEN_ROLE_SIGN, &made.key.id, certificate.data,
                                             certificate.length, NULL),
                     STATUS_OK);
    buf_init(&read, 16384);
    assert_int_equal(
        token_read_certificate(bench->token, &made.identity, TOKEN_ROLE_SIGN, NULL, &read, &id, NULL),
        STATUS_OK);
    assert_int_equal(read.length, certificate.length);
    assert_memory_equal(read.data, certificate.data, certificate.length);
    assert_true(token_key_id_is_same(&id, &made.key.id));

    struct token_info info = token_bench_look(bench);
    uint8_t digest[CRYPTO_SHA256_BYTES];
    crypto_sha256(certificate.data, certificate.length, digest);
    assert_int_equal(info.presence, TOKEN_CARRYING);
    assert_int_equal(info.certificates, 1);
    assert_int_equal(info.certificate[0].role, TOKEN_ROLE_SIGN);
    assert_memory_equal(info.certificate[0].sha256, digest, sizeof(digest));

    assert_int_equal(
        token_set_pin(bench->token, &made.identity, &bench->transport_pin, &bench->holder_pin, NULL),
        STATUS_OK);
    assert_int_equal(token_verify_pin(bench->token, &made.identity, &bench->transport_pin, NULL),
                     STATUS_REFUSED);
    assert_signs(bench, &made, &bench->holder_pin);
    buf_release(&read);
    buf_release(&certificate);
}

static void test_token__rsa_key_lives_from_blank_to_the_holders_pin(void **state)
{
    live_a_whole_life(*state, "life-rsa", TOKEN_ALGORITHM_RSA_2048);
    assert_int_equal(token_bench_look(*state).user_pin, TOKEN_PIN_NORMAL);
}

static void test_token__ec_key_lives_from_blank_to_the_holders_pin(void **state)
{
    live_a_whole_life(*state, "life-ec", TOKEN_ALGORITHM_EC_P256);
    assert_int_equal(token_bench_look(*state).user_pin, TOKEN_PIN_NORMAL);
}

static void test_token__carrying_key_is_not_erased_without_consent(void **state)
{
    struct token_bench *bench = *state;
    struct made made = make_key(bench, "consent", TOKEN_ALGORITHM_EC_P256);
    struct token_identity identity;
    struct token_format format = {.so_pin = &bench->so_pin, .transport_pin = &bench->transport_pin};
    token_mark_draw(&bench->random.random, format.mark);
    assert_int_equal(token_format(bench->token, &made.identity, &format, &identity, NULL), STATUS_BAD_STATE);
    assert_signs(bench, &made, &bench->transport_pin);
    format.may_erase = true;
    format.so_pin = &bench->wrong_pin;
    assert_int_equal(token_format(bench->token, &made.identity, &format, &identity, NULL), STATUS_REFUSED);
    assert_signs(bench, &made, &bench->transport_pin);
    format.so_pin = &bench->so_pin;
    assert_int_equal(token_format(bench->token, &made.identity, &format, &identity, NULL), STATUS_OK);
    assert_string_equal(identity.mark, format.mark);
    assert_int_equal(token_bench_look(bench).presence, TOKEN_EMPTY);
}

static void test_token__another_key_is_noticed_and_left_alone(void **state)
{
    struct token_bench *bench = *state;
    struct made first = make_key(bench, "swap-first", TOKEN_ALGORITHM_EC_P256);
    uint64_t insertion = token_bench_look(bench).insertion;
    struct made second = make_key(bench, "swap-second", TOKEN_ALGORITHM_EC_P256);
    struct buf signature;
    buf_init(&signature, 1024);
    assert_true(token_bench_look(bench).insertion != insertion);
    assert_int_equal(token_sign(bench->token, &first.identity, &bench->transport_pin, &first.key.id, tbs,
                                sizeof(tbs), &signature, NULL),
                     STATUS_CONFLICT);
    assert_int_equal(
        token_destroy(bench->token, &first.identity, &bench->transport_pin, TOKEN_ROLE_SIGN, NULL, NULL),
        STATUS_CONFLICT);
    assert_signs(bench, &second, &bench->transport_pin);
    token_bench_insert(bench, "swap-first");
    assert_signs(bench, &first, &bench->transport_pin);
    buf_release(&signature);
}

static void test_token__wrong_pins_are_told_as_flags_until_it_locks(void **state)
{
    struct token_bench *bench = *state;
    token_bench_insert(bench, "tries");
    struct token_identity identity = token_bench_format(bench);
    assert_int_equal(token_verify_pin(bench->token, &identity, &bench->wrong_pin, NULL), STATUS_REFUSED);
    assert_int_equal(token_bench_look(bench).user_pin, TOKEN_PIN_LOW);
    assert_int_equal(token_verify_pin(bench->token, &identity, &bench->transport_pin, NULL), STATUS_OK);
    assert_int_equal(token_bench_look(bench).user_pin, TOKEN_PIN_NORMAL);
    for (int i = 0; i < 5; i++)
        assert_int_equal(token_verify_pin(bench->token, &identity, &bench->wrong_pin, NULL), STATUS_REFUSED);
    assert_int_equal(token_bench_look(bench).user_pin, TOKEN_PIN_FINAL);
    assert_int_equal(token_verify_pin(bench->token, &identity, &bench->wrong_pin, NULL), STATUS_BAD_STATE);
    assert_int_equal(token_bench_look(bench).user_pin, TOKEN_PIN_LOCKED);
    assert_int_equal(token_verify_pin(bench->token, &identity, &bench->transport_pin, NULL),
                     STATUS_BAD_STATE);
}

static void test_token__locked_key_is_unlocked_by_the_officer_and_keeps_its_keys(void **state)
{
    struct token_bench *bench = *state;
    struct made made = make_key(bench, "unlock", TOKEN_ALGORITHM_EC_P256);
    token_bench_lock(bench);
    assert_int_equal(token_bench_look(bench).user_pin, TOKEN_PIN_LOCKED);
    assert_int_equal(token_verify_pin(bench->token, &made.identity, &bench->transport_pin, NULL),
                     STATUS_BAD_STATE);
    assert_int_equal(
        token_unlock_pin(bench->token, &made.identity, &bench->wrong_pin, &bench->holder_pin, NULL),
        STATUS_REFUSED);
    assert_int_equal(token_bench_look(bench).so_pin, TOKEN_PIN_LOW);
    assert_int_equal(token_unlock_pin(bench->token, &made.identity, &bench->so_pin, &bench->holder_pin, NULL),
                     STATUS_OK);
    assert_int_equal(token_bench_look(bench).user_pin, TOKEN_PIN_NORMAL);
    assert_signs(bench, &made, &bench->holder_pin);
}

static void test_token__pins_the_key_does_not_take_are_malformed(void **state)
{
    struct token_bench *bench = *state;
    struct secret none = {0};
    struct secret tiny;
    token_bench_insert(bench, "lengths");
    struct token_identity identity = token_bench_format(bench);
    assert_int_equal(secret_set(&tiny, "12", 2), STATUS_OK);
    assert_int_equal(token_set_pin(bench->token, &identity, &bench->transport_pin, &tiny, NULL),
                     STATUS_MALFORMED);
    assert_int_equal(token_set_pin(bench->token, &identity, &bench->transport_pin, &none, NULL),
                     STATUS_MALFORMED);
    assert_int_equal(token_verify_pin(bench->token, &identity, &bench->transport_pin, NULL), STATUS_OK);
}

static void test_token__full_key_says_so_and_changes_nothing(void **state)
{
    struct token_bench *bench = *state;
    struct token_key_id id;
    struct token_public_key key;
    token_bench_insert(bench, "full");
    struct token_identity identity = token_bench_format(bench);
    token_key_id_draw(&bench->random.random, &id);
    token_bench_set_full(bench, true);
    assert_int_equal(token_generate(bench->token, &identity, &bench->transport_pin, TOKEN_ROLE_SIGN,
                                    TOKEN_ALGORITHM_EC_P256, &id, NULL, &key, NULL),
                     STATUS_FULL);
    assert_int_equal(token_public_key(bench->token, &identity, TOKEN_ROLE_SIGN, NULL, &key, NULL),
                     STATUS_NOT_FOUND);
    token_bench_set_full(bench, false);
    assert_int_equal(token_generate(bench->token, &identity, &bench->transport_pin, TOKEN_ROLE_SIGN,
                                    TOKEN_ALGORITHM_EC_P256, &id, NULL, &key, NULL),
                     STATUS_OK);
    struct buf certificate = token_judge_certificate(key.bytes, key.length, 1);
    token_bench_set_full(bench, true);
    assert_int_equal(token_write_certificate(bench->token, &identity, &bench->transport_pin, TOKEN_ROLE_SIGN,
                                             &id, certificate.data, certificate.length, NULL),
                     STATUS_FULL);
    assert_int_equal(token_bench_look(bench).certificates, 0);
    buf_release(&certificate);
}

static void test_token__id_takes_one_key_until_it_is_destroyed(void **state)
{
    struct token_bench *bench = *state;
    struct made made = make_key(bench, "one-key", TOKEN_ALGORITHM_EC_P256);
    struct token_public_key key;
    const struct token_key_id id = made.key.id;
    struct token_objects objects;
    assert_int_equal(token_generate(bench->token, &made.identity, &bench->transport_pin, TOKEN_ROLE_SIGN,
                                    TOKEN_ALGORITHM_EC_P256, &id, NULL, &key, NULL),
                     STATUS_CONFLICT);
    assert_int_equal(token_list(bench->token, &made.identity, NULL, &objects, NULL), STATUS_OK);
    assert_int_equal(objects.count, 1);
    assert_false(objects.with_private);
    assert_int_equal(token_list(bench->token, &made.identity, &bench->transport_pin, &objects, NULL),
                     STATUS_OK);
    assert_int_equal(objects.count, 2);
    assert_int_equal(objects.object[0].role, TOKEN_ROLE_SIGN);
    assert_true(token_key_id_is_same(&objects.object[1].id, &made.key.id));
    assert_int_equal(
        token_destroy(bench->token, &made.identity, &bench->transport_pin, TOKEN_ROLE_SIGN, NULL, NULL),
        STATUS_OK);
    assert_int_equal(token_list(bench->token, &made.identity, &bench->transport_pin, &objects, NULL),
                     STATUS_OK);
    assert_int_equal(objects.count, 0);
    assert_int_equal(token_generate(bench->token, &made.identity, &bench->transport_pin, TOKEN_ROLE_SIGN,
                                    TOKEN_ALGORITHM_EC_P256, &id, NULL, &key, NULL),
                     STATUS_OK);
}

/* A second pair of the role, with a certificate of its own, beside the first. */
static struct made make_second(struct token_bench *bench, const struct made *first)
{
    struct made second = {.identity = first->identity};
    struct token_key_id id;
    token_key_id_draw(&bench->random.random, &id);
    assert_int_equal(token_generate(bench->token, &first->identity, &bench->transport_pin, TOKEN_ROLE_SIGN,
                                    TOKEN_ALGORITHM_EC_P256, &id, NULL, &second.key, NULL),
                     STATUS_OK);
    assert_true(token_key_id_is_same(&second.key.id, &id));
    return second;
}

static void write_for(struct token_bench *bench, const struct made *made, const struct buf *certificate)
{
    assert_int_equal(token_write_certificate(bench->token, &made->identity, &bench->transport_pin,
                                             TOKEN_ROLE_SIGN, &made->key.id, certificate->data,
                                             certificate->length, NULL),
                     STATUS_OK);
}

static void assert_holds(struct token_bench *bench, const struct made *made, const struct buf *certificate)
{
    struct buf read;
    struct token_key_id found;
    struct token_public_key key;
    buf_init(&read, 16384);
    assert_int_equal(token_read_certificate(bench->token, &made->identity, TOKEN_ROLE_SIGN, &made->key.id,
                                            &read, &found, NULL),
                     STATUS_OK);
    assert_int_equal(read.length, certificate->length);
    assert_memory_equal(read.data, certificate->data, read.length);
    assert_true(token_key_id_is_same(&found, &made->key.id));
    assert_int_equal(
        token_public_key(bench->token, &made->identity, TOKEN_ROLE_SIGN, &made->key.id, &key, NULL),
        STATUS_OK);
    assert_memory_equal(key.bytes, made->key.bytes, made->key.length);
    buf_release(&read);
}

static void
test_token__second_pair_of_a_role_stands_beside_the_first_until_one_of_them_is_destroyed(void **state)
{
    struct token_bench *bench = *state;
    struct made old = make_key(bench, "second-pair", TOKEN_ALGORITHM_EC_P256);
    struct buf old_certificate = token_judge_certificate(old.key.bytes, old.key.length, 1);
    write_for(bench, &old, &old_certificate);
    struct made new = make_second(bench, &old);
    struct buf new_certificate = token_judge_certificate(new.key.bytes, new.key.length, 2);
    write_for(bench, &new, &new_certificate);
    assert_int_equal(token_bench_look(bench).certificates, 2);
    assert_holds(bench, &old, &old_certificate);
    assert_holds(bench, &new, &new_certificate);
    assert_signs(bench, &old, &bench->transport_pin);
    assert_signs(bench, &new, &bench->transport_pin);

    assert_int_equal(
        token_destroy(bench->token, &old.identity, &bench->transport_pin, TOKEN_ROLE_SIGN, &old.key.id, NULL),
        STATUS_OK);
    assert_int_equal(token_bench_look(bench).certificates, 1);
    assert_holds(bench, &new, &new_certificate);
    assert_signs(bench, &new, &bench->transport_pin);
    struct token_public_key gone;
    assert_int_equal(token_public_key(bench->token, &old.identity, TOKEN_ROLE_SIGN, &old.key.id, &gone, NULL),
                     STATUS_NOT_FOUND);
    buf_release(&old_certificate);
    buf_release(&new_certificate);
}

static void test_token__destroying_an_id_that_is_not_there_leaves_the_others(void **state)
{
    struct token_bench *bench = *state;
    struct made made = make_key(bench, "not-there", TOKEN_ALGORITHM_EC_P256);
    struct token_key_id other;
    struct buf read;
    buf_init(&read, 16384);
    token_key_id_draw(&bench->random.random, &other);
    assert_int_equal(
        token_destroy(bench->token, &made.identity, &bench->transport_pin, TOKEN_ROLE_SIGN, &other, NULL),
        STATUS_OK);
    assert_signs(bench, &made, &bench->transport_pin);
    assert_int_equal(
        token_read_certificate(bench->token, &made.identity, TOKEN_ROLE_SIGN, &other, &read, NULL, NULL),
        STATUS_NOT_FOUND);
}

static void test_token__certificate_replaces_the_one_before(void **state)
{
    struct token_bench *bench = *state;
    struct made made = make_key(bench, "replace", TOKEN_ALGORITHM_EC_P256);
    struct buf read;
    buf_init(&read, 16384);
    for (long serial = 1; serial <= 2; serial++) {
        struct buf certificate = token_judge_certificate(made.key.bytes, made.key.length, serial);
        for (int times = 0; times < 2; times++)
            assert_int_equal(token_write_certificate(bench->token, &made.identity, &bench->transport_pin,
                                                     TOKEN_ROLE_SIGN, &made.key.id, certificate.data,
                                                     certificate.length, NULL),
                             STATUS_OK);
        assert_int_equal(token_bench_look(bench).certificates, 1);
        buf_clear(&read);
        assert_int_equal(
            token_read_certificate(bench->token, &made.identity, TOKEN_ROLE_SIGN, NULL, &read, NULL, NULL),
            STATUS_OK);
        assert_memory_equal(read.data, certificate.data, certificate.length);
        buf_release(&certificate);
    }
    buf_release(&read);
}

static void test_token__bytes_that_are_no_certificate_are_not_written(void **state)
{
    struct token_bench *bench = *state;
    struct made made = make_key(bench, "junk", TOKEN_ALGORITHM_EC_P256);
    struct buf certificate = token_judge_certificate(made.key.bytes, made.key.length, 1);
    assert_int_equal(buf_append(&certificate, "x", 1), STATUS_OK); /* something behind it */
    assert_int_equal(token_write_certificate(bench->token, &made.identity, &bench->transport_pin,
                                             TOKEN_ROLE_SIGN, &made.key.id, certificate.data,
                                             certificate.length, NULL),
                     STATUS_MALFORMED);
    assert_int_equal(token_write_certificate(bench->token, &made.identity, &bench->transport_pin,
                                             TOKEN_ROLE_SIGN, &made.key.id, "junk", 4, NULL),
                     STATUS_MALFORMED);
    struct buf read;
    buf_init(&read, 16384);
    assert_int_equal(
        token_read_certificate(bench->token, &made.identity, TOKEN_ROLE_SIGN, NULL, &read, NULL, NULL),
        STATUS_NOT_FOUND);
    assert_int_equal(read.length, 0);
    buf_release(&certificate);
}

static void test_token__nothing_happens_without_the_right_pin(void **state)
{
    struct token_bench *bench = *state;
    struct made made = make_key(bench, "no-pin", TOKEN_ALGORITHM_EC_P256);
    struct buf signature;
    buf_init(&signature, 1024);
    assert_int_equal(token_sign(bench->token, &made.identity, &bench->wrong_pin, &made.key.id, tbs,
                                sizeof(tbs), &signature, NULL),
                     STATUS_REFUSED);
    assert_int_equal(signature.length, 0);
    assert_int_equal(
        token_destroy(bench->token, &made.identity, &bench->wrong_pin, TOKEN_ROLE_SIGN, NULL, NULL),
        STATUS_REFUSED);
    assert_int_equal(token_set_pin(bench->token, &made.identity, &bench->wrong_pin, &bench->holder_pin, NULL),
                     STATUS_REFUSED);
    assert_signs(bench, &made, &bench->transport_pin);
    buf_release(&signature);
}

static void test_token__unknown_keys_and_roles_are_not_found(void **state)
{
    struct token_bench *bench = *state;
    struct made made = make_key(bench, "unknown", TOKEN_ALGORITHM_EC_P256);
    struct token_key_id other;
    struct token_key_check check;
    struct token_public_key key;
    struct buf signature;
    buf_init(&signature, 1024);
    token_key_id_draw(&bench->random.random, &other);
    assert_int_equal(
        token_check_key(bench->token, &made.identity, &bench->transport_pin, &other, &check, NULL),
        STATUS_NOT_FOUND);
    assert_int_equal(token_sign(bench->token, &made.identity, &bench->transport_pin, &other, tbs, sizeof(tbs),
                                &signature, NULL),
                     STATUS_NOT_FOUND);
    assert_int_equal(token_public_key(bench->token, &made.identity, TOKEN_ROLE_ENCRYPT, NULL, &key, NULL),
                     STATUS_NOT_FOUND);
    assert_int_equal(token_import_enveloped(bench->token, &made.identity, &bench->transport_pin,
                                            TOKEN_ROLE_ENCRYPT, &other, "x", 1, NULL),
                     STATUS_MALFORMED);
}

static void test_token__waiting_ends_with_a_change_a_limit_or_a_cancel(void **state)
{
    struct token_bench *bench = *state;
    struct token_info info;
    token_bench_pull(bench);
    struct token_info before = token_bench_look(bench);
    assert_int_equal(token_wait(bench->token, before.insertion, 30, NULL, &info, NULL), STATUS_OK);
    assert_true(info.insertion == before.insertion);
    token_bench_insert(bench, "waited-for");
    assert_int_equal(token_wait(bench->token, before.insertion, 60000, NULL, &info, NULL), STATUS_OK);
    assert_int_equal(info.presence, TOKEN_BLANK);
    assert_true(info.insertion != before.insertion);
    struct job_cancel *cancel = job_cancel_new();
    job_cancel_request(cancel);
    assert_int_equal(token_wait(bench->token, info.insertion, 60000, cancel, &info, NULL), STATUS_CANCELLED);
    job_cancel_drop(cancel);
}

static void test_token__terminal_without_a_writer_is_a_normal_state(void **state)
{
    struct token *token = NULL;
    struct token_info info;
    struct token_settings settings = {.driver = "none"};
    (void)state;
    assert_int_equal(token_open(&settings, &token, NULL), STATUS_OK);
    assert_int_equal(token_look(token, &info, NULL), STATUS_OK);
    assert_int_equal(info.presence, TOKEN_ABSENT);
    token_close(token);
    settings.driver = "usb-of-the-future";
    assert_int_equal(token_open(&settings, &token, NULL), STATUS_CONFIG);
}

int main(void)
{
    const struct CMUnitTest contract[] = {
        cmocka_unit_test(test_token__empty_writer_is_absent_and_every_act_is_lost),
        cmocka_unit_test(test_token__blank_key_is_recognised_and_formatted),
        cmocka_unit_test(test_token__rsa_key_lives_from_blank_to_the_holders_pin),
        cmocka_unit_test(test_token__ec_key_lives_from_blank_to_the_holders_pin),
        cmocka_unit_test(test_token__carrying_key_is_not_erased_without_consent),
        cmocka_unit_test(test_token__another_key_is_noticed_and_left_alone),
        cmocka_unit_test(test_token__wrong_pins_are_told_as_flags_until_it_locks),
        cmocka_unit_test(test_token__locked_key_is_unlocked_by_the_officer_and_keeps_its_keys),
        cmocka_unit_test(test_token__pins_the_key_does_not_take_are_malformed),
        cmocka_unit_test(test_token__full_key_says_so_and_changes_nothing),
        cmocka_unit_test(test_token__id_takes_one_key_until_it_is_destroyed),
        cmocka_unit_test(
            test_token__second_pair_of_a_role_stands_beside_the_first_until_one_of_them_is_destroyed),
        cmocka_unit_test(test_token__destroying_an_id_that_is_not_there_leaves_the_others),
        cmocka_unit_test(test_token__certificate_replaces_the_one_before),
        cmocka_unit_test(test_token__bytes_that_are_no_certificate_are_not_written),
        cmocka_unit_test(test_token__nothing_happens_without_the_right_pin),
        cmocka_unit_test(test_token__unknown_keys_and_roles_are_not_found),
        cmocka_unit_test(test_token__waiting_ends_with_a_change_a_limit_or_a_cancel),
        cmocka_unit_test(test_token__terminal_without_a_writer_is_a_normal_state),
    };
    int failed = cmocka_run_group_tests_name("token contract: fake", contract, token_bench_setup_fake,
                                             token_bench_teardown);
    failed += cmocka_run_group_tests_name("token contract: pkcs11", contract, token_bench_setup_pkcs11,
                                          token_bench_teardown);
    return failed;
}
