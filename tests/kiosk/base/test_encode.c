#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/encode.h"

static void test_encode__hex_goes_both_ways(void **state)
{
    (void)state;
    const uint8_t bytes[] = {0x00, 0x7f, 0xff, 0xa5};
    char text[2 * sizeof(bytes) + 1];
    uint8_t back[sizeof(bytes)];
    encode_hex(text, bytes, sizeof(bytes));
    assert_string_equal(text, "007fffa5");
    assert_int_equal(encode_hex_decode(back, sizeof(back), "007FffA5"), STATUS_OK);
    assert_memory_equal(back, bytes, sizeof(bytes));
}

static void test_encode__hex_of_another_length_or_digit_is_malformed(void **state)
{
    (void)state;
    uint8_t back[2] = {1, 2};
    assert_int_equal(encode_hex_decode(back, 2, "00ff0"), STATUS_MALFORMED);
    assert_int_equal(encode_hex_decode(back, 2, "00f"), STATUS_MALFORMED);
    assert_int_equal(encode_hex_decode(back, 2, "00fg"), STATUS_MALFORMED);
    assert_int_equal(encode_hex_decode(back, 2, " 0ff"), STATUS_MALFORMED);
    assert_int_equal(encode_hex_decode(back, 2, ""), STATUS_MALFORMED);
}

/* RFC 4648 section 10. */
static void test_encode__base64_vectors_go_both_ways(void **state)
{
    (void)state;
    static const char *const vectors[][2] = {{"", ""},
                                             {"f", "Zg=="},
                                             {"fo", "Zm8="},
                                             {"foo", "Zm9v"},
                                             {"foob", "Zm9vYg=="},
                                             {"fooba", "Zm9vYmE="},
                                             {"foobar", "Zm9vYmFy"}};
    for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
        struct buf buf;
        buf_init(&buf, 100);
        assert_int_equal(encode_base64(&buf, vectors[i][0], strlen(vectors[i][0])), STATUS_OK);
        assert_string_equal(buf.data == NULL ? "" : (const char *)buf.data, vectors[i][1]);
        buf_clear(&buf);
        assert_int_equal(encode_base64_decode(&buf, vectors[i][1]), STATUS_OK);
        assert_string_equal(buf.data == NULL ? "" : (const char *)buf.data, vectors[i][0]);
        buf_release(&buf);
    }
}

static void test_encode__broken_base64_is_malformed_and_adds_nothing(void **state)
{
    (void)state;
    static const char *const broken[] = {
        "Zg", "Zg=", "Zg=a", "Z===", "====", "Zm9v=", "Zg==Zg==", "Zm9*", "Zm-_"};
    for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
        struct buf buf;
        buf_init(&buf, 100);
        assert_int_equal(buf_append_text(&buf, "before"), STATUS_OK);
        assert_int_equal(encode_base64_decode(&buf, broken[i]), STATUS_MALFORMED);
        assert_string_equal((const char *)buf.data, "before");
        buf_release(&buf);
    }
}

static void test_encode__base64_may_be_wrapped(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 100);
    assert_int_equal(encode_base64_decode(&buf, "Zm9v\r\nYmFy\n"), STATUS_OK);
    assert_string_equal((const char *)buf.data, "foobar");
    buf_release(&buf);
}

static void test_encode__base64_past_the_ceiling_adds_nothing(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 5);
    assert_int_equal(encode_base64_decode(&buf, "Zm9vYmFy"), STATUS_FULL);
    assert_int_equal(buf.length, 0);
    buf_release(&buf);
}

static void test_encode__percent_keeps_only_unreserved_characters(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 200);
    assert_int_equal(encode_percent(&buf, "aZ09-._~ *+/=&%测"), STATUS_OK);
    assert_string_equal((const char *)buf.data, "aZ09-._~%20%2A%2B%2F%3D%26%25%E6%B5%8B");
    buf_release(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_encode__hex_goes_both_ways),
        cmocka_unit_test(test_encode__hex_of_another_length_or_digit_is_malformed),
        cmocka_unit_test(test_encode__base64_vectors_go_both_ways),
        cmocka_unit_test(test_encode__broken_base64_is_malformed_and_adds_nothing),
        cmocka_unit_test(test_encode__base64_may_be_wrapped),
        cmocka_unit_test(test_encode__base64_past_the_ceiling_adds_nothing),
        cmocka_unit_test(test_encode__percent_keeps_only_unreserved_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
