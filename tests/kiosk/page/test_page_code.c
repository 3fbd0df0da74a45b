#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "kiosk/page/page_code.h"

static const uint8_t key[CRYPTO_KEY_BYTES] = {1, 2, 3};
static const struct page_code form = {
    .acceptance = "T20260101000001", .page = 1, .pages = 2, .template_version = "ezca-application.3"};

static void test_page_code__made_code_is_verified(void **state)
{
    (void)state;
    char text[PAGE_CODE_TEXT_BYTES];
    struct page_code read = {0};
    assert_int_equal(page_code_make(key, &form, text, sizeof text), STATUS_OK);
    assert_memory_equal(text, "CK1|T20260101000001|1/2|ezca-application.3|", 43);
    assert_int_equal(strlen(text), 43 + 32);
    assert_int_equal(page_code_verify(key, text, strlen(text), &read), STATUS_OK);
    assert_string_equal(read.acceptance, form.acceptance);
    assert_string_equal(read.template_version, form.template_version);
    assert_int_equal(read.page, 1);
    assert_int_equal(read.pages, 2);
}

static void test_page_code__mac_is_hmac_sha256_cut_to_128_bits(void **state)
{
    (void)state;
    char text[PAGE_CODE_TEXT_BYTES];
    uint8_t mac[PAGE_CODE_MAC_BYTES], whole[CRYPTO_SHA256_BYTES];
    struct page_code read;
    assert_int_equal(page_code_make(key, &form, text, sizeof text), STATUS_OK);
    assert_int_equal(page_code_parse(text, strlen(text), &read, mac), STATUS_OK);
    crypto_hmac_sha256(key, sizeof key, text, 42, whole);
    assert_memory_equal(mac, whole, sizeof mac);
}

static void test_page_code__code_of_another_hall_is_refused(void **state)
{
    (void)state;
    static const uint8_t other_key[CRYPTO_KEY_BYTES] = {1, 2, 4};
    char text[PAGE_CODE_TEXT_BYTES];
    struct page_code read = {0};
    assert_int_equal(page_code_make(other_key, &form, text, sizeof text), STATUS_OK);
    assert_int_equal(page_code_verify(key, text, strlen(text), &read), STATUS_REFUSED);
    assert_int_equal(read.page, 0);
}

static void test_page_code__every_changed_character_is_noticed(void **state)
{
    (void)state;
    char text[PAGE_CODE_TEXT_BYTES];
    struct page_code read;
    assert_int_equal(page_code_make(key, &form, text, sizeof text), STATUS_OK);
    for (size_t i = 0; i < strlen(text); i++) {
        char kept = text[i];
        text[i] = kept == '2' ? '3' : '2';
        assert_int_not_equal(page_code_verify(key, text, strlen(text), &read), STATUS_OK);
        text[i] = kept;
    }
    for (size_t length = 0; length < strlen(text); length++)
        assert_int_not_equal(page_code_verify(key, text, length, &read), STATUS_OK);
    assert_int_equal(page_code_verify(key, text, strlen(text), &read), STATUS_OK);
}

static void test_page_code__foreign_texts_are_malformed(void **state)
{
    (void)state;
#define MAC "00112233445566778899aabbccddeeff"
    static const char *const texts[] = {
        "",
        "CK1|",
        "K1|T20220927267943|P1|APP",
        "https://licence.example.cn/q?uniscid=91129916MANXP5AK62",
        "CK2|T1|1/1|a|" MAC,
        "CK1|T1|0/1|a|" MAC,
        "CK1|T1|2/1|a|" MAC,
        "CK1|T1|01/1|a|" MAC,
        "CK1|T1|1/100|a|" MAC,
        "CK1|T1|1/1|a|00112233445566778899AABBCCDDEEFF",
        "CK1|T1|1/1|a|" MAC "0",
        "CK1||1/1|a|" MAC,
        "CK1|T1|1/1||" MAC,
        "CK1|T 1|1/1|a|" MAC,
        "CK1|T1234567890123456789012345678901234567890|1/1|a|" MAC,
    };
    struct page_code read = {0};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(page_code_parse(texts[i], strlen(texts[i]), &read, NULL), STATUS_MALFORMED);
    assert_int_equal(page_code_parse("CK1|T1|1/1|a|" MAC, 13 + 32, &read, NULL), STATUS_OK);
}

static void test_page_code__members_a_code_cannot_carry_are_refused(void **state)
{
    (void)state;
    char text[PAGE_CODE_TEXT_BYTES] = "unchanged";
    struct page_code bad = form;
    snprintf(bad.acceptance, sizeof bad.acceptance, "T2026|0101");
    assert_int_equal(page_code_make(key, &bad, text, sizeof text), STATUS_MALFORMED);
    bad = form;
    bad.page = 3;
    assert_int_equal(page_code_make(key, &bad, text, sizeof text), STATUS_MALFORMED);
    bad = form;
    bad.template_version[0] = '\0';
    assert_int_equal(page_code_make(key, &bad, text, sizeof text), STATUS_MALFORMED);
    assert_int_equal(page_code_make(key, &form, text, 75), STATUS_FULL);
    assert_string_equal(text, "unchanged");
    assert_int_equal(page_code_make(key, &form, text, 76), STATUS_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page_code__made_code_is_verified),
        cmocka_unit_test(test_page_code__mac_is_hmac_sha256_cut_to_128_bits),
        cmocka_unit_test(test_page_code__code_of_another_hall_is_refused),
        cmocka_unit_test(test_page_code__every_changed_character_is_noticed),
        cmocka_unit_test(test_page_code__foreign_texts_are_malformed),
        cmocka_unit_test(test_page_code__members_a_code_cannot_carry_are_refused),
    };
    return cmocka_run_group_tests_name("page code", tests, NULL, NULL);
}
