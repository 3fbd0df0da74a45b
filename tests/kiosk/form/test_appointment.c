#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/encode.h"
#include "kiosk/base/limits.h"
#include "kiosk/form/appointment.h"

#define HEAD "CKA1|zjy|A-0001|1795600000|ezca-cqzfcg|new|"

static const uint8_t key[CRYPTO_KEY_BYTES] = "a key shared with a partner";

/* The text with its MAC behind a bar. */
static const char *sign(const char *text)
{
    static char out[1024];
    uint8_t mac[CRYPTO_SHA256_BYTES];
    char digits[2 * APPOINTMENT_MAC_BYTES + 1];
    crypto_hmac_sha256(key, sizeof(key), text, strlen(text), mac);
    encode_hex(digits, mac, APPOINTMENT_MAC_BYTES);
    (void)snprintf(out, sizeof(out), "%s|%s", text, digits);
    return out;
}

static enum status verify(const char *text)
{
    struct appointment appointment;
    enum status status = appointment_verify(key, text, strlen(text), &appointment);
    appointment_wipe(&appointment);
    return status;
}

static void test_appointment__its_parts_are_read(void **state)
{
    (void)state;
    struct appointment read;
    const char *text = sign(HEAD "supplier|13800000000|company=重庆示例;note=1%3D2%3B%25");
    assert_int_equal(STATUS_OK, appointment_verify(key, text, strlen(text), &read));
    assert_string_equal("zjy", read.partner);
    assert_string_equal("A-0001", read.reference);
    assert_int_equal(1795600000, read.until_utc_s);
    assert_string_equal("ezca-cqzfcg", read.product);
    assert_string_equal("new", read.operation);
    assert_string_equal("supplier", read.class_id);
    assert_string_equal("13800000000", read.phone);
    assert_int_equal(2, read.fields.count);
    assert_string_equal("重庆示例", form_values_get(&read.fields, "company"));
    assert_string_equal("1=2;%", form_values_get(&read.fields, "note"));
    appointment_wipe(&read);
    assert_string_equal("", read.partner);
    assert_int_equal(STATUS_OK, verify(sign(HEAD "||")));
}

static void test_appointment__another_key_or_text_is_refused(void **state)
{
    (void)state;
    struct appointment read;
    static const uint8_t other[CRYPTO_KEY_BYTES] = "another key";
    char text[1024];
    (void)snprintf(text, sizeof(text), "%s", sign(HEAD "||company=示例"));
    assert_int_equal(STATUS_REFUSED, appointment_verify(other, text, strlen(text), &read));
    assert_int_equal(0, read.fields.count);
    text[10]++; /* another partner */
    assert_int_equal(STATUS_REFUSED, verify(text));
}

static void test_appointment__what_is_not_exactly_one_is_malformed(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "CKA1|zjy|A-0001|1795600000|ezca-cqzfcg|new|", /* parts missing */
        "CKT1|zjy|A-0001|1795600000|ezca-cqzfcg|new|||",
        "CKA1||A-0001|1795600000|ezca-cqzfcg|new|||",
        "CKA1|zjy|A 0001|1795600000|ezca-cqzfcg|new|||",
        "CKA1|zjy|A-0001|-1|ezca-cqzfcg|new|||",
        "CKA1|zjy|A-0001|1795600000000000|ezca-cqzfcg|new|||",
        "CKA1|zjy|A-0001|1795600000|ezca/cqzfcg|new|||",
        HEAD "|1380000|",
        HEAD "||company",
        HEAD "||=示例",
        HEAD "||company=",
        HEAD "||company=示例;",
        HEAD "||company=a;company=b",
        HEAD "||company=a=b",
        HEAD "||company=%4",
        HEAD "||company=%zz",
        HEAD "||company=%00",
        HEAD "||company=%0A",
        HEAD "||company=%41", /* a second spelling */
        HEAD "||company=\xff\xfe",
        HEAD "|||",
    };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        if (verify(sign(wrong[i])) != STATUS_MALFORMED)
            fail_msg("taken: %s", wrong[i]);
    char text[1024];
    (void)snprintf(text, sizeof(text), "%s", sign(HEAD "||"));
    text[strlen(text) - 1] = 'A'; /* capitals would be a second spelling */
    assert_int_equal(STATUS_MALFORMED, verify(text));
    text[strlen(text) - 1] = '\0';
    assert_int_equal(STATUS_MALFORMED, verify(text));
    char filling[LIMIT_QR_PAYLOAD_BYTES + 1];
    (void)memset(filling, 'a', sizeof(filling));
    filling[LIMIT_QR_PAYLOAD_BYTES] = '\0';
    (void)snprintf(text, sizeof(text), HEAD "||company=%s", filling);
    assert_int_equal(STATUS_MALFORMED, verify(sign(text)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_appointment__its_parts_are_read),
        cmocka_unit_test(test_appointment__another_key_or_text_is_refused),
        cmocka_unit_test(test_appointment__what_is_not_exactly_one_is_malformed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
