/* Taking a gateway's body apart: the exact signed characters, and what each code means. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <string.h>

#include "drivers/payment/alipay_reply.h"

static const char method[] = "alipay.trade.query";

static void assert_signed_text(const char *body, const char *wanted)
{
    struct alipay_reply reply;
    assert_int_equal(alipay_reply_split(body, strlen(body), method, &reply), STATUS_OK);
    assert_int_equal(reply.signed_length, strlen(wanted));
    assert_memory_equal(reply.signed_text, wanted, strlen(wanted));
    alipay_reply_release(&reply);
}

static void test_alipay_reply__signed_text_is_the_raw_object(void **state)
{
    (void)state;
    assert_signed_text("{\"alipay_trade_query_response\":{\"code\":\"10000\"},\"sign\":\"AA==\"}",
                       "{\"code\":\"10000\"}");
    assert_signed_text(
        " { \"sign\" : \"AA==\" ,\n \"alipay_trade_query_response\" : { \"code\" : \"10000\" } } ",
        "{ \"code\" : \"10000\" }");
}

static void test_alipay_reply__escapes_and_braces_in_texts_do_not_end_it(void **state)
{
    (void)state;
    assert_signed_text(
        "{\"alipay_trade_query_response\":{\"a\":\"}\\\"}{\\\\\",\"b\":[{\"c\":\"]\"}],"
        "\"u\":\"https:\\/\\/qr\",\"n\":\"数字\"},\"sign\":\"A\\/==\"}",
        "{\"a\":\"}\\\"}{\\\\\",\"b\":[{\"c\":\"]\"}],\"u\":\"https:\\/\\/qr\",\"n\":\"数字\"}");
}

static void test_alipay_reply__sign_is_read_with_its_escapes(void **state)
{
    (void)state;
    static const char body[] =
        "{\"alipay_trade_query_response\":{\"code\":\"1\"},\"alipay_cert_sn\":\"ab\",\"sign\":\"A\\/+=\"}";
    struct alipay_reply reply;
    assert_int_equal(alipay_reply_split(body, strlen(body), method, &reply), STATUS_OK);
    assert_string_equal(reply.sign, "A/+=");
    assert_string_equal(reply.cert_sn, "ab");
    assert_string_equal(json_text(reply.content, "code", ""), "1");
    alipay_reply_release(&reply);
    alipay_reply_release(&reply);
}

static void test_alipay_reply__error_response_is_read_too(void **state)
{
    (void)state;
    static const char body[] =
        "{\"error_response\":{\"code\":\"40002\",\"sub_code\":\"isv.invalid-app-id\"}}";
    struct alipay_reply reply;
    assert_int_equal(alipay_reply_split(body, strlen(body), method, &reply), STATUS_OK);
    assert_string_equal(json_text(reply.content, "code", ""), "40002");
    assert_string_equal(reply.sign, "");
    alipay_reply_release(&reply);
}

static void test_alipay_reply__an_answer_inside_another_name_is_not_taken(void **state)
{
    (void)state;
    /* the name stands inside a text, and inside another object */
    static const char *const bodies[] = {
        "{\"x\":\"\\\"alipay_trade_query_response\\\":{}\",\"sign\":\"AA==\"}",
        "{\"x\":{\"alipay_trade_query_response\":{\"code\":\"10000\"}},\"sign\":\"AA==\"}",
        "{\"alipay_trade_refund_response\":{\"code\":\"10000\"},\"sign\":\"AA==\"}",
    };
    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        struct alipay_reply reply;
        assert_int_equal(alipay_reply_split(bodies[i], strlen(bodies[i]), method, &reply), STATUS_MALFORMED);
        alipay_reply_release(&reply);
    }
}

static void test_alipay_reply__broken_bodies_are_malformed(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "",
        "{",
        "[]",
        "<html></html>",
        "{\"alipay_trade_query_response\":{\"code\":\"10000\"}",
        "{\"alipay_trade_query_response\":\"{}\"}",
        "{\"alipay_trade_query_response\":[]}",
        "{\"alipay_trade_query_response\":{\"code\":\"10000\"}} trailing",
        "{\"alipay_trade_query_response\":{},\"alipay_trade_query_response\":{\"code\":\"10000\"}}",
        "{\"alipay_trade_query_response\":{\"code\":\"1\",\"code\":\"10000\"}}",
        "{\"alipay_trade_query_response\":{]}",
    };
    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        struct alipay_reply reply;
        assert_int_equal(alipay_reply_split(bodies[i], strlen(bodies[i]), method, &reply), STATUS_MALFORMED);
        alipay_reply_release(&reply);
    }
}

static void test_alipay_reply__scanner_never_reads_past_the_end(void **state)
{
    (void)state;
    static const char body[] =
        "{\"k\":[1,\"}\\\\\"],\"alipay_trade_query_response\":{\"a\":\"b\\\"\"},\"sign\":\"A\"}";
    for (size_t length = 0; length < strlen(body); length++) {
        char *copy = malloc(length == 0 ? 1 : length);
        assert_non_null(copy);
        memcpy(copy, body, length);
        const char *object = NULL;
        size_t object_length = 0;
        enum status status =
            alipay_reply_raw_object(copy, length, "alipay_trade_query_response", &object, &object_length);
        if (status == STATUS_OK)
            assert_true(object >= copy && object + object_length <= copy + length);
        else
            assert_null(object);
        free(copy);
    }
}

static void test_alipay_reply__codes_have_their_classes(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        const char *sub_code;
        enum status status;
    } rows[] = {
        {"10000", "", STATUS_OK},
        {"20000", "isp.unknow-error", STATUS_UNKNOWN},
        {"20001", "", STATUS_CONFIG},
        {"40001", "isv.missing-signature", STATUS_CONFIG},
        {"40002", "isv.invalid-signature", STATUS_CONFIG},
        {"40003", "isv.app-cert-expired", STATUS_CONFIG},
        {"40005", "isv.app-call-limited", STATUS_BUSY},
        {"40006", "isv.insufficient-isv-permissions", STATUS_CONFIG},
        {"40004", "ACQ.TRADE_NOT_EXIST", STATUS_NOT_FOUND},
        {"40004", "TRADE_NOT_EXIST", STATUS_NOT_FOUND},
        {"40004", "ACQ.SYSTEM_ERROR", STATUS_UNKNOWN},
        {"40004", "AQC.SYSTEM_ERROR", STATUS_UNKNOWN},
        {"40004", "ACQ.TRADE_HAS_SUCCESS", STATUS_REFUSED},
        {"40004", "ACQ.ACCESS_FORBIDDEN", STATUS_CONFIG},
        {"10003", "", STATUS_UNKNOWN},
        {"", "", STATUS_UNKNOWN},
        {"99999", "", STATUS_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_int_equal(alipay_reply_class(rows[i].code, rows[i].sub_code), rows[i].status);
}

static void test_alipay_reply__only_gateway_refusals_may_lack_a_signature(void **state)
{
    (void)state;
    assert_true(alipay_reply_may_be_unsigned("40002"));
    assert_true(alipay_reply_may_be_unsigned("40005"));
    assert_false(alipay_reply_may_be_unsigned("10000"));
    assert_false(alipay_reply_may_be_unsigned("40004"));
    assert_false(alipay_reply_may_be_unsigned(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alipay_reply__signed_text_is_the_raw_object),
        cmocka_unit_test(test_alipay_reply__escapes_and_braces_in_texts_do_not_end_it),
        cmocka_unit_test(test_alipay_reply__sign_is_read_with_its_escapes),
        cmocka_unit_test(test_alipay_reply__error_response_is_read_too),
        cmocka_unit_test(test_alipay_reply__an_answer_inside_another_name_is_not_taken),
        cmocka_unit_test(test_alipay_reply__broken_bodies_are_malformed),
        cmocka_unit_test(test_alipay_reply__scanner_never_reads_past_the_end),
        cmocka_unit_test(test_alipay_reply__codes_have_their_classes),
        cmocka_unit_test(test_alipay_reply__only_gateway_refusals_may_lack_a_signature),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
