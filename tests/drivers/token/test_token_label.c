/* Marks, labels, identities, and requests as messages: the parts of the contract that need no key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "drivers/host/host.h"
#include "drivers/token/token_request.h"
#include "drivers/token/token_wire.h"

static void fill_fixed(void *context, uint8_t *out, size_t length)
{
    memset(out, *(const uint8_t *)context, length);
}

static void test_token__mark_is_base32_of_sixteen_bytes(void **state)
{
    uint8_t byte = 0xff;
    const struct random fixed = {.fill = fill_fixed, .context = &byte};
    char mark[TOKEN_MARK_CHARACTERS + 1];
    (void)state;
    token_mark_draw(&fixed, mark);
    assert_string_equal(mark, "7777777777777777777777777"
                              "4"); /* the last character holds three bits */
    byte = 0;
    token_mark_draw(&fixed, mark);
    assert_string_equal(mark, "AAAAAAAAAAAAAAAAAAAAAAAAAA");
}

static void test_token__label_carries_the_mark_and_blanks(void **state)
{
    char label[TOKEN_LABEL_CHARACTERS + 1];
    char mark[TOKEN_MARK_CHARACTERS + 1];
    (void)state;
    token_label_from_mark("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "", label);
    assert_string_equal(label, "CKABCDEFGHIJKLMNOPQRSTUVWXYZ    ");
    assert_true(token_mark_from_label(label, mark));
    assert_string_equal(mark, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    assert_true(token_mark_from_label("CKABCDEFGHIJKLMNOPQRSTUVWXYZ", mark));
}

static void test_token__label_has_a_title_behind_the_mark(void **state)
{
    char label[TOKEN_LABEL_CHARACTERS + 1];
    char mark[TOKEN_MARK_CHARACTERS + 1];
    (void)state;
    token_label_from_mark("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "EZCA too long", label);
    assert_string_equal(label, "CKABCDEFGHIJKLMNOPQRSTUVWXYZEZCA");
    assert_true(token_mark_from_label(label, mark));
    assert_string_equal(mark, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    assert_true(token_mark_from_label("CKABCDEFGHIJKLMNOPQRSTUVWXYZBZT ", mark));
    assert_string_equal(mark, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
}

static void test_token__foreign_labels_carry_no_mark(void **state)
{
    static const char *const labels[] = {"",
                                         "CK",
                                         "My Token",
                                         "CKabcdefghijklmnopqrstuvwxyz",
                                         "CKABCDEFGHIJKLMNOPQRSTUVWXY1",
                                         "XXABCDEFGHIJKLMNOPQRSTUVWXYZ",
                                         "CKABCDEFGHIJKLMNOPQRSTUVWXYZ AB",
                                         "CKABCDEFGHIJKLMNOPQRSTUVWXYZABCDE"};
    char mark[TOKEN_MARK_CHARACTERS + 1] = "left over";
    (void)state;
    for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
        assert_false(token_mark_from_label(labels[i], mark));
        assert_string_equal(mark, "");
    }
}

static void test_token__keys_with_one_serial_are_told_apart_by_mark(void **state)
{
    struct token_identity left = {.mark = "A", .label = "CKA", .serial = "0000", .model = "M"};
    struct token_identity right = left;
    (void)state;
    assert_true(token_identity_is_same(&left, &right));
    right.mark[0] = 'B';
    assert_false(token_identity_is_same(&left, &right));
    right = left;
    right.serial[0] = '1';
    assert_false(token_identity_is_same(&left, &right));
}

static void test_token__extractable_key_is_not_sound(void **state)
{
    struct token_key_check check = {.is_local = true, .is_sensitive = true, .can_sign = true};
    (void)state;
    assert_true(token_key_check_is_sound(&check));
    check.is_extractable = true;
    assert_false(token_key_check_is_sound(&check));
    check = (struct token_key_check){.is_sensitive = true, .can_sign = true};
    assert_false(token_key_check_is_sound(&check));
}

static void test_token__names_are_stable(void **state)
{
    (void)state;
    assert_string_equal(token_presence_name(TOKEN_CARRYING), "carrying");
    assert_string_equal(token_pin_name(TOKEN_PIN_FINAL), "final");
    assert_string_equal(token_role_name(TOKEN_ROLE_SIGN), "sign");
    assert_string_equal(token_algorithm_name(TOKEN_ALGORITHM_EC_P256), "ec-p256");
    assert_string_equal(token_pin_name(TOKEN_PIN_COUNT_), "invalid");
}

/* --- messages ------------------------------------------------------------------------------------------ */

static struct token_request sample(void)
{
    struct token_request request = {.verb = TOKEN_VERB_SIGN,
                                    .expected = {.mark = "M", .label = "L 标签", .serial = "S", .model = "T"},
                                    .role = TOKEN_ROLE_ENCRYPT,
                                    .algorithm = TOKEN_ALGORITHM_EC_P256,
                                    .id = {.bytes = {1, 2, 3}, .length = 3},
                                    .mark = "NEW",
                                    .may_erase = true,
                                    .has_pin = true,
                                    .insertion = UINT64_C(0xfedcba9876543210),
                                    .wait_ms = 77,
                                    .data = (const uint8_t *)"data",
                                    .data_length = 4};
    assert_int_equal(secret_set(&request.pin, "123456", 6), STATUS_OK);
    assert_int_equal(secret_set(&request.new_pin, "654321", 6), STATUS_OK);
    return request;
}

static void test_token__request_survives_its_message(void **state)
{
    struct token_request request = sample();
    struct token_request read;
    struct wire message;
    (void)state;
    assert_int_equal(token_wire_put_request(&message, &request), STATUS_OK);
    assert_int_equal(token_wire_get_request(&message, &read), STATUS_OK);
    assert_int_equal(read.verb, request.verb);
    assert_true(token_identity_is_same(&read.expected, &request.expected));
    assert_int_equal(read.role, request.role);
    assert_int_equal(read.algorithm, request.algorithm);
    assert_true(token_key_id_is_same(&read.id, &request.id));
    assert_string_equal(read.mark, "NEW");
    assert_true(read.may_erase && read.has_pin);
    assert_true(read.insertion == request.insertion);
    assert_int_equal(read.wait_ms, 77);
    assert_int_equal(read.data_length, 4);
    assert_memory_equal(read.data, "data", 4);
    assert_string_equal((const char *)read.pin.bytes, "123456");
    assert_string_equal((const char *)read.new_pin.bytes, "654321");
    wire_release(&message);
    token_request_release(&read);
    assert_int_equal(read.pin.length, 0);
    assert_int_equal(read.pin.bytes[0], 0);
    token_request_release(&request);
}

static void test_token__pin_with_a_nul_inside_is_refused(void **state)
{
    struct token_request request = sample();
    struct token_request read;
    struct wire message;
    (void)state;
    request.pin.bytes[2] = 0; /* vendor calls that take text would see "12" */
    assert_int_equal(token_wire_put_request(&message, &request), STATUS_OK);
    assert_int_equal(token_wire_get_request(&message, &read), STATUS_MALFORMED);
    wire_release(&message);
    token_request_release(&read);
    token_request_release(&request);
}

static void test_token__unknown_verb_and_cut_request_are_refused(void **state)
{
    struct token_request read;
    struct wire message;
    (void)state;
    wire_init(&message, HOST_FIRST_REQUEST + TOKEN_VERB_COUNT_);
    assert_int_equal(token_wire_get_request(&message, &read), STATUS_UNSUPPORTED);
    message.type = HOST_FIRST_REQUEST + TOKEN_VERB_FORMAT;
    assert_int_equal(token_wire_get_request(&message, &read), STATUS_MALFORMED);
    wire_release(&message);
}

static void test_token__info_with_more_certificates_than_listed_survives_its_message(void **state)
{
    struct token_reply reply;
    struct token_reply read;
    struct wire message;
    (void)state;
    token_reply_init(&reply);
    token_reply_init(&read);
    reply.info = (struct token_info){.presence = TOKEN_CARRYING,
                                     .insertion = 5,
                                     .user_pin = TOKEN_PIN_LOW,
                                     .free_bytes = -1,
                                     .certificates = TOKEN_CERTIFICATES + 3};
    strcpy(reply.info.certificate[7].subject, "CN=重庆样例建设有限公司,C=CN");
    strcpy(reply.info.certificate[7].serial, "0A1B");
    reply.info.certificate[7].not_after_utc_s = -5;
    wire_init(&message, HOST_REPLY);
    assert_int_equal(token_wire_put_reply(&message, TOKEN_VERB_LOOK, &reply), STATUS_OK);
    assert_int_equal(token_wire_get_reply(&message, TOKEN_VERB_LOOK, &read), STATUS_OK);
    assert_int_equal(read.info.certificates, TOKEN_CERTIFICATES + 3);
    assert_string_equal(read.info.certificate[7].subject, reply.info.certificate[7].subject);
    assert_string_equal(read.info.certificate[7].serial, "0A1B");
    assert_int_equal(read.info.certificate[7].not_after_utc_s, -5);
    assert_int_equal(read.info.free_bytes, -1);
    /* the same message is no answer to another question */
    assert_int_equal(token_wire_get_reply(&message, TOKEN_VERB_SIGN, &read), STATUS_MALFORMED);
    wire_release(&message);
    token_reply_release(&reply);
    token_reply_release(&read);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_token__mark_is_base32_of_sixteen_bytes),
        cmocka_unit_test(test_token__label_carries_the_mark_and_blanks),
        cmocka_unit_test(test_token__label_has_a_title_behind_the_mark),
        cmocka_unit_test(test_token__foreign_labels_carry_no_mark),
        cmocka_unit_test(test_token__keys_with_one_serial_are_told_apart_by_mark),
        cmocka_unit_test(test_token__extractable_key_is_not_sound),
        cmocka_unit_test(test_token__names_are_stable),
        cmocka_unit_test(test_token__request_survives_its_message),
        cmocka_unit_test(test_token__pin_with_a_nul_inside_is_refused),
        cmocka_unit_test(test_token__unknown_verb_and_cut_request_are_refused),
        cmocka_unit_test(test_token__info_with_more_certificates_than_listed_survives_its_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
