/* What WeChat Pay wants signed and seals, against texts written down by hand and known vectors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "drivers/payment/wechat_reply.h"
#include "drivers/payment/wechat_sign.h"

static const uint8_t api_key[] = "0123456789abcdef0123456789abcdef";
static const char sealed[] =
    "Eu6myr+6GaECeJdOZPZ6BX5lij2Vohspf9pbw6Eor54J6prefQGx4A8pw4JzQ/lkgFh/UIp8nXF6h6aOBw==";

static void assert_text(const struct wechat_sign_request *request, const char *expected)
{
    struct buf text;
    buf_init(&text, WECHAT_SIGN_TEXT_BYTES);
    assert_int_equal(wechat_sign_request_text(request, &text), STATUS_OK);
    assert_string_equal((const char *)text.data, expected);
    buf_release(&text);
}

static void test_wechat_sign__every_line_of_the_text_ends_also_the_last(void **state)
{
    (void)state;
    const struct wechat_sign_request get = {.method = "GET",
                                            .path = "/v3/certificates?x=1",
                                            .utc_s = 1554208460,
                                            .nonce = "593BEC0C930BF1AFEB40B4A08C8FB242"};
    assert_text(&get, "GET\n/v3/certificates?x=1\n1554208460\n593BEC0C930BF1AFEB40B4A08C8FB242\n\n");
    const struct wechat_sign_request post = {.method = "POST",
                                             .path = "/v3/pay/transactions/native",
                                             .utc_s = 1554208460,
                                             .nonce = "n",
                                             .body = "{\"a\":\"证书\"}",
                                             .body_length = strlen("{\"a\":\"证书\"}")};
    assert_text(&post, "POST\n/v3/pay/transactions/native\n1554208460\nn\n{\"a\":\"证书\"}\n");
}

static void test_wechat_sign__sealed_resource_opens_with_its_key_only(void **state)
{
    (void)state;
    struct buf plain;
    uint8_t other[CRYPTO_KEY_BYTES] = {0};
    buf_init(&plain, WECHAT_SIGN_TEXT_BYTES);
    assert_int_equal(wechat_sign_open(api_key, "abcdefghijkl", "transaction", sealed, &plain), STATUS_OK);
    assert_string_equal((const char *)plain.data, "{\"out_trade_no\":\"T1\",\"trade_state\":\"SUCCESS\"}");
    buf_clear(&plain);
    assert_int_equal(wechat_sign_open(other, "abcdefghijkl", "transaction", sealed, &plain),
                     STATUS_MALFORMED);
    assert_int_equal(wechat_sign_open(api_key, "abcdefghijkl", "refund", sealed, &plain), STATUS_MALFORMED);
    assert_int_equal(wechat_sign_open(api_key, "short", "transaction", sealed, &plain), STATUS_MALFORMED);
    assert_int_equal(plain.length, 0);
    buf_release(&plain);
}

static void test_wechat_reply__codes_are_sorted_into_classes(void **state)
{
    (void)state;
    static const struct {
        int http;
        const char *code;
        enum status status;
    } rows[] = {
        {200, "", STATUS_OK},
        {204, "", STATUS_OK},
        {400, "PARAM_ERROR", STATUS_CONFIG},
        {400, "ORDERPAID", STATUS_REFUSED},
        {400, "ORDER_CLOSED", STATUS_REFUSED},
        {401, "SIGN_ERROR", STATUS_CONFIG},
        {403, "NO_AUTH", STATUS_CONFIG},
        {403, "RULE_LIMIT", STATUS_REFUSED},
        {403, "NOT_ENOUGH", STATUS_BUSY},
        {404, "ORDER_NOT_EXIST", STATUS_NOT_FOUND},
        {404, "ORDERNOTEXIST", STATUS_NOT_FOUND},
        {404, "RESOURCE_NOT_EXISTS", STATUS_NOT_FOUND},
        {404, "", STATUS_UNKNOWN},
        {429, "FREQUENCY_LIMIT_EXCEED", STATUS_BUSY},
        {500, "SYSTEM_ERROR", STATUS_UNKNOWN},
        {502, "", STATUS_UNKNOWN},
        {400, "SOMETHING_NEW", STATUS_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_int_equal(wechat_reply_class(rows[i].http, rows[i].code), rows[i].status);
    assert_false(wechat_reply_may_be_unsigned(STATUS_OK));
    assert_false(wechat_reply_may_be_unsigned(STATUS_NOT_FOUND));
    assert_false(wechat_reply_may_be_unsigned(STATUS_REFUSED));
    assert_true(wechat_reply_may_be_unsigned(STATUS_CONFIG));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wechat_sign__every_line_of_the_text_ends_also_the_last),
        cmocka_unit_test(test_wechat_sign__sealed_resource_opens_with_its_key_only),
        cmocka_unit_test(test_wechat_reply__codes_are_sorted_into_classes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
