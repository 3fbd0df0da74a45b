/* Forms, signatures and certificate numbers against vectors made outside the program (openssl, md5sum). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <string.h>

#include "drivers/payment/alipay_sign.h"
#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"

#define FIXTURES TEST_SOURCE_DIR "/tests/fixtures/payment/"

static const char *const nothing[] = {NULL};

static const char signed_text[] =
    "app_id=2021000000000001&biz_content={\"out_trade_no\":\"T20231115061320\",\"subject\":\"数字证书 办理\"}"
    "&charset=utf-8&format=JSON&method=alipay.trade.precreate&sign_type=RSA2&timestamp=2023-11-15 06:13:20"
    "&version=1.0";

static const char signature[] = "Ta+duRc92qw44M2eVDrgrblqLy8+wYN1RBqP1otITD+wsjsa6/"
                                "PHSLy2ptwbgZI30UjmdHdWPv9ZInHZuldGKLl8E3ulTDk6IZqVhg7P64oj"
                                "uVzscuRGjCN4T99zxHAhur1ZZYYMQewdWdfzS3h7vSIRrLBzzT2lz3UaixVGuamQxkvVsWtbuWQW"
                                "5zLjoJT7K+07ReZ6dSWa9nh2HAquq56w"
                                "cE9xWD9U9ALsKoE/BDjkmIRTw0BpQ8OQBp/Ec98+VyuMSA/"
                                "W7+BUJBEONDQWwr2qEf1Evs3j7SXA+If62jCvlcfknHYUqtsJyszR2hGd6iJK"
                                "BB2+xS1o6ExwmdsmdQ==";

static void read_fixture(const char *path, struct buf *out)
{
    buf_init(out, LIMIT_CONFIG_BYTES);
    assert_int_equal(file_read(path, out, NULL), STATUS_OK);
}

static struct crypto_key *read_key(bool is_private)
{
    struct buf pem;
    struct crypto_key *key = NULL;
    read_fixture(is_private ? FIXTURES "app_key.pem" : FIXTURES "app_public_key.pem", &pem);
    enum status status = is_private ? crypto_key_read_private((const char *)pem.data, pem.length, &key)
                                    : crypto_key_read_public((const char *)pem.data, pem.length, &key);
    assert_int_equal(status, STATUS_OK);
    buf_release(&pem);
    return key;
}

/* The vector's parameters, added out of order. */
static void fill_vector(struct alipay_form *form)
{
    static const char *const pairs[][2] = {
        {"version", "1.0"},
        {"method", "alipay.trade.precreate"},
        {"notify_url", ""},
        {"app_id", "2021000000000001"},
        {"timestamp", "2023-11-15 06:13:20"},
        {"sign_type", "RSA2"},
        {"charset", "utf-8"},
        {"format", "JSON"},
        {"biz_content", "{\"out_trade_no\":\"T20231115061320\",\"subject\":\"数字证书 办理\"}"},
    };
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        assert_int_equal(alipay_form_add(form, pairs[i][0], pairs[i][1]), STATUS_OK);
}

static void test_alipay_form__signed_text_is_sorted_raw_and_without_empty_values(void **state)
{
    (void)state;
    struct alipay_form form = {0};
    struct buf text;
    buf_init(&text, ALIPAY_FORM_BYTES);
    fill_vector(&form);
    assert_int_equal(alipay_form_sign_text(&form, nothing, &text), STATUS_OK);
    assert_string_equal((const char *)text.data, signed_text);
    buf_release(&text);
    alipay_form_release(&form);
}

static void test_alipay_form__a_name_twice_is_refused(void **state)
{
    (void)state;
    struct alipay_form form = {0};
    assert_int_equal(alipay_form_add(&form, "a", "1"), STATUS_OK);
    assert_int_equal(alipay_form_add(&form, "a", "2"), STATUS_CONFLICT);
    assert_string_equal(alipay_form_value(&form, "a"), "1");
    assert_string_equal(alipay_form_value(&form, "b"), "");
    alipay_form_release(&form);
    alipay_form_release(&form);
}

static void test_alipay_form__what_is_encoded_is_read_back(void **state)
{
    (void)state;
    struct alipay_form form = {0};
    struct alipay_form again = {0};
    struct buf encoded;
    buf_init(&encoded, ALIPAY_FORM_BYTES);
    fill_vector(&form);
    assert_int_equal(alipay_form_encode(&form, &encoded), STATUS_OK);
    assert_null(strpbrk((const char *)encoded.data, " {}\""));
    assert_int_equal(alipay_form_parse(&again, (const char *)encoded.data, encoded.length), STATUS_OK);
    assert_int_equal(again.count, form.count);
    assert_string_equal(alipay_form_value(&again, "biz_content"), alipay_form_value(&form, "biz_content"));
    buf_release(&encoded);
    alipay_form_release(&form);
    alipay_form_release(&again);
}

static void test_alipay_form__broken_forms_are_malformed(void **state)
{
    (void)state;
    static const char *const broken[] = {"a=%", "a=%4", "a=%zz",    "a=%00",  "a=1&b=%ff",
                                         "=1",  "a",    "a=1&&b=2", "a=1&a=2"};
    for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
        struct alipay_form form = {0};
        assert_int_equal(alipay_form_parse(&form, broken[i], strlen(broken[i])), STATUS_MALFORMED);
        alipay_form_release(&form);
    }
    struct alipay_form good = {0};
    assert_int_equal(alipay_form_parse(&good, "b=x+y&a=%E4%B8%AD&c=", 20), STATUS_OK);
    assert_int_equal(good.count, 2);
    assert_string_equal(alipay_form_value(&good, "a"), "中");
    assert_string_equal(alipay_form_value(&good, "b"), "x y");
    alipay_form_release(&good);
}

static void test_alipay_sign__request_signature_equals_openssl_s(void **state)
{
    (void)state;
    struct alipay_form form = {0};
    struct crypto_key *key = read_key(true);
    fill_vector(&form);
    assert_int_equal(alipay_sign_request(&form, key), STATUS_OK);
    assert_string_equal(alipay_form_value(&form, "sign"), signature);
    assert_int_equal(alipay_sign_request(&form, key), STATUS_CONFLICT);
    alipay_form_release(&form);
    crypto_key_free(key);
}

static void test_alipay_sign__one_changed_byte_is_noticed(void **state)
{
    (void)state;
    char text[sizeof(signed_text)];
    char broken[sizeof(signature)];
    struct crypto_key *key = read_key(false);
    assert_true(alipay_sign_is_right(key, signed_text, strlen(signed_text), signature));
    for (size_t i = 0; i < strlen(signed_text); i += 17) {
        memcpy(text, signed_text, sizeof(text));
        text[i] ^= 1;
        assert_false(alipay_sign_is_right(key, text, strlen(signed_text), signature));
    }
    memcpy(broken, signature, sizeof(broken));
    broken[10] = broken[10] == 'A' ? 'B' : 'A';
    assert_false(alipay_sign_is_right(key, signed_text, strlen(signed_text), broken));
    assert_false(alipay_sign_is_right(key, signed_text, strlen(signed_text), ""));
    assert_false(alipay_sign_is_right(key, signed_text, strlen(signed_text), "not base64!"));
    crypto_key_free(key);
}

static void test_alipay_sign__notification_leaves_sign_type_out(void **state)
{
    (void)state;
    static const char *const dropped[] = {"sign", "sign_type", "alipay_cert_sn", NULL};
    struct alipay_form form = {0};
    struct buf text;
    buf_init(&text, ALIPAY_FORM_BYTES);
    assert_int_equal(
        alipay_form_parse(&form, "trade_no=2&sign=x&sign_type=RSA2&app_id=1&alipay_cert_sn=3", 58),
        STATUS_OK);
    assert_int_equal(alipay_form_sign_text(&form, dropped, &text), STATUS_OK);
    assert_string_equal((const char *)text.data, "app_id=1&trade_no=2");
    buf_release(&text);
    alipay_form_release(&form);
}

static void test_alipay_certificate__number_fits_the_published_vector(void **state)
{
    (void)state;
    struct buf pem;
    char sn[33];
    read_fixture(FIXTURES "sn_vector.pem", &pem);
    assert_int_equal(crypto_certificate_sn((const char *)pem.data, pem.length, sn), STATUS_OK);
    assert_string_equal(sn, "3d14f64bca910ef9ab2dd39e5accfc7b");
    assert_int_equal(crypto_certificate_sn("nonsense", 8, sn), STATUS_MALFORMED);
    buf_release(&pem);
}

static void test_alipay_certificate__bundle_number_joins_the_rsa_ones_only(void **state)
{
    (void)state;
    struct buf pem;
    struct buf sn;
    buf_init(&sn, 1024);
    read_fixture(FIXTURES "root_bundle.pem", &pem);
    assert_int_equal(crypto_root_certificate_sn((const char *)pem.data, pem.length, &sn), STATUS_OK);
    assert_string_equal((const char *)sn.data,
                        "3d14f64bca910ef9ab2dd39e5accfc7b_efaf1ee889d148c06459aac5100949e0");
    buf_release(&pem);
    buf_release(&sn);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alipay_form__signed_text_is_sorted_raw_and_without_empty_values),
        cmocka_unit_test(test_alipay_form__a_name_twice_is_refused),
        cmocka_unit_test(test_alipay_form__what_is_encoded_is_read_back),
        cmocka_unit_test(test_alipay_form__broken_forms_are_malformed),
        cmocka_unit_test(test_alipay_sign__request_signature_equals_openssl_s),
        cmocka_unit_test(test_alipay_sign__one_changed_byte_is_noticed),
        cmocka_unit_test(test_alipay_sign__notification_leaves_sign_type_out),
        cmocka_unit_test(test_alipay_certificate__number_fits_the_published_vector),
        cmocka_unit_test(test_alipay_certificate__bundle_number_joins_the_rsa_ones_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
