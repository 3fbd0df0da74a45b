/* ACS3-HMAC-SHA256 against the published vector, and what each answer means. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <string.h>

#include "drivers/sms/aliyun_reply.h"
#include "drivers/sms/aliyun_sign.h"
#include "kiosk/base/crypto.h"
#include "kiosk/base/encode.h"

static const struct aliyun_headers vector_headers = {.host = "dysmsapi.aliyuncs.com",
                                                     .action = "SendSms",
                                                     .version = "2017-05-25",
                                                     .date = "2023-11-14T22:13:20Z",
                                                     .nonce = "nonce-0001"};

static void write_vector(struct buf *canonical)
{
    struct buf query;
    struct aliyun_parameter parameters[] = {
        {"PhoneNumbers", "13800138000"},
        {"SignName", "测试"},
        {"TemplateCode", "SMS_0000001"},
        {"TemplateParam", "{\"code\":\"123456\"}"},
        {"OutId", "req 1*~"},
    };
    buf_init(&query, 4096);
    assert_int_equal(aliyun_sign_query(parameters, 5, &query), STATUS_OK);
    assert_int_equal(aliyun_sign_canonical("POST", (const char *)query.data, &vector_headers, canonical),
                     STATUS_OK);
    buf_release(&query);
}

static void test_aliyun_sign__canonical_request_fits_the_vector(void **state)
{
    (void)state;
    struct buf canonical;
    uint8_t digest[CRYPTO_SHA256_BYTES];
    char hex[2 * CRYPTO_SHA256_BYTES + 1];
    buf_init(&canonical, 8192);
    write_vector(&canonical);
    crypto_sha256(canonical.data, canonical.length, digest);
    encode_hex(hex, digest, sizeof(digest));
    assert_string_equal(hex, "3e9041604e29d92a531e00d4981fa679fbae567d5cc2459d60b42b72d293ebc0");
    buf_release(&canonical);
}

static void test_aliyun_sign__signature_fits_the_vector(void **state)
{
    (void)state;
    struct buf canonical;
    struct buf authorization;
    buf_init(&canonical, 8192);
    buf_init(&authorization, 1024);
    write_vector(&canonical);
    assert_int_equal(aliyun_sign_authorization("AK", "TESTSECRET", 10, &canonical, &authorization),
                     STATUS_OK);
    assert_string_equal(
        (const char *)authorization.data,
        "ACS3-HMAC-SHA256 Credential=AK,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;"
        "x-acs-signature-nonce;x-acs-version,"
        "Signature=b28a898b81d4320f6997af4cb9b9df8530d2d39dad7326dbb413a96c94946d53");
    buf_release(&canonical);
    buf_release(&authorization);
}

static void test_aliyun_sign__query_is_escaped_the_strict_way(void **state)
{
    (void)state;
    struct buf query;
    struct aliyun_parameter parameters[] = {{"b", "a b*~/"}, {"B", "é"}};
    buf_init(&query, 256);
    assert_int_equal(aliyun_sign_query(parameters, 2, &query), STATUS_OK);
    assert_string_equal((const char *)query.data, "B=%C3%A9&b=a%20b%2A~%2F");
    buf_release(&query);
}

static void test_aliyun_reply__answers_have_their_classes(void **state)
{
    (void)state;
    static const struct {
        int http_code;
        const char *body;
        enum status status;
    } rows[] = {
        {200, "{\"Code\":\"OK\",\"Message\":\"OK\",\"BizId\":\"1^2\"}", STATUS_OK},
        {200, "{\"Code\":\"isv.BUSINESS_LIMIT_CONTROL\"}", STATUS_BUSY},
        {200, "{\"Code\":\"isv.DAY_LIMIT_CONTROL\"}", STATUS_BUSY},
        {200, "{\"Code\":\"isv.MOBILE_NUMBER_ILLEGAL\"}", STATUS_REFUSED},
        {200, "{\"Code\":\"isv.SMS_SIGNATURE_ILLEGAL\"}", STATUS_CONFIG},
        {200, "{\"Code\":\"isv.SMS_TEMPLATE_ILLEGAL\"}", STATUS_CONFIG},
        {200, "{\"Code\":\"isv.INVALID_PARAMETERS\"}", STATUS_CONFIG},
        {200, "{\"Code\":\"isv.AMOUNT_NOT_ENOUGH\"}", STATUS_CONFIG},
        {200, "{\"Code\":\"isv.OUT_OF_SERVICE\"}", STATUS_CONFIG},
        {400, "{\"Code\":\"SignatureDoesNotMatch\"}", STATUS_CONFIG},
        {400, "{\"Code\":\"OK\"}", STATUS_UNKNOWN},
        {200, "{\"Code\":\"isp.SYSTEM_ERROR\"}", STATUS_UNKNOWN},
        {200, "{\"Code\":\"SomethingNew\"}", STATUS_UNKNOWN},
        {500, "{\"Code\":\"OK\"}", STATUS_UNKNOWN},
        {200, "{}", STATUS_UNKNOWN},
        {200, "{\"Code\":7}", STATUS_UNKNOWN},
        {200, "<html>", STATUS_UNKNOWN},
        {429, "", STATUS_BUSY},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct aliyun_reply reply;
        assert_int_equal(aliyun_reply_read(rows[i].http_code, rows[i].body, strlen(rows[i].body), &reply),
                         rows[i].status);
    }
}

static void test_aliyun_reply__message_number_is_handed_out(void **state)
{
    (void)state;
    static const char body[] = "{\"Code\":\"OK\",\"BizId\":\"900619746936498440^0\"}";
    struct aliyun_reply reply;
    assert_int_equal(aliyun_reply_read(200, body, strlen(body), &reply), STATUS_OK);
    assert_string_equal(reply.biz_id, "900619746936498440^0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_aliyun_sign__canonical_request_fits_the_vector),
        cmocka_unit_test(test_aliyun_sign__signature_fits_the_vector),
        cmocka_unit_test(test_aliyun_sign__query_is_escaped_the_strict_way),
        cmocka_unit_test(test_aliyun_reply__answers_have_their_classes),
        cmocka_unit_test(test_aliyun_reply__message_number_is_handed_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
