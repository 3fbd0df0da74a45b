#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "kiosk/pki/subject.h"

static void test_subject__keeps_order_and_shows_it(void **state)
{
    (void)state;
    struct subject subject = {0};
    char text[SUBJECT_TEXT_BYTES];
    assert_int_equal(subject_add(&subject, SUBJECT_COMMON_NAME, "重庆示例有限公司"), STATUS_OK);
    assert_int_equal(subject_add(&subject, SUBJECT_COUNTRY, "CN"), STATUS_OK);
    assert_int_equal(subject_text(&subject, text, sizeof(text)), STATUS_OK);
    assert_string_equal(text, "CN=重庆示例有限公司, C=CN");
    assert_string_equal(subject_value(&subject, SUBJECT_COUNTRY), "CN");
    assert_null(subject_value(&subject, SUBJECT_LOCALITY));
}

static void test_subject__escapes_what_would_read_as_structure(void **state)
{
    (void)state;
    struct subject subject = {0};
    char text[64];
    assert_int_equal(subject_add(&subject, SUBJECT_ORGANIZATION, "#A, B=\"C\" "), STATUS_OK);
    assert_int_equal(subject_text(&subject, text, sizeof(text)), STATUS_OK);
    assert_string_equal(text, "O=\\#A\\, B\\=\\\"C\\\"\\ ");
}

static void test_subject__refuses_values_x520_does_not_allow(void **state)
{
    (void)state;
    struct subject subject = {0};
    char long_name[66] = {0};
    memset(long_name, 'a', 65);
    assert_int_equal(subject_add(&subject, SUBJECT_COMMON_NAME, ""), STATUS_MALFORMED);
    assert_int_equal(subject_add(&subject, SUBJECT_COMMON_NAME, "a\nb"), STATUS_MALFORMED);
    assert_int_equal(subject_add(&subject, SUBJECT_COMMON_NAME, "\xC0\x80"), STATUS_MALFORMED);
    assert_int_equal(subject_add(&subject, SUBJECT_COMMON_NAME, long_name), STATUS_FULL);
    assert_int_equal(subject_add(&subject, SUBJECT_SERIAL_NUMBER, "编号"), STATUS_MALFORMED);
    assert_int_equal(subject_add(&subject, SUBJECT_SERIAL_NUMBER, "a_b"), STATUS_MALFORMED);
    assert_int_equal(subject_add(&subject, SUBJECT_COUNTRY, "cn"), STATUS_MALFORMED);
    assert_int_equal(subject_add(&subject, SUBJECT_COUNTRY, "CHN"), STATUS_MALFORMED);
    assert_int_equal(subject.count, 0);
}

static void test_subject__sixty_four_chinese_characters_fit(void **state)
{
    (void)state;
    struct subject subject = {0};
    char name[64 * 3 + 1] = "";
    for (int i = 0; i < 64; i++)
        strcat(name, "渝");
    assert_int_equal(subject_add(&subject, SUBJECT_COMMON_NAME, name), STATUS_OK);
    assert_string_equal(subject_value(&subject, SUBJECT_COMMON_NAME), name);
}

static void test_subject__list_has_an_end(void **state)
{
    (void)state;
    struct subject subject = {0};
    for (int i = 0; i < SUBJECT_ITEMS; i++)
        assert_int_equal(subject_add(&subject, SUBJECT_ORGANIZATIONAL_UNIT, "一部"), STATUS_OK);
    assert_int_equal(subject_add(&subject, SUBJECT_ORGANIZATIONAL_UNIT, "二部"), STATUS_FULL);
    assert_int_equal(subject.count, SUBJECT_ITEMS);
}

static void test_subject__another_order_is_another_subject(void **state)
{
    (void)state;
    struct subject left = {0};
    struct subject right = {0};
    assert_int_equal(subject_add(&left, SUBJECT_COMMON_NAME, "甲"), STATUS_OK);
    assert_int_equal(subject_add(&left, SUBJECT_ORGANIZATION, "乙"), STATUS_OK);
    assert_int_equal(subject_add(&right, SUBJECT_ORGANIZATION, "乙"), STATUS_OK);
    assert_false(subject_is_equal(&left, &right));
    assert_int_equal(subject_add(&right, SUBJECT_COMMON_NAME, "甲"), STATUS_OK);
    assert_false(subject_is_equal(&left, &right));
    assert_true(subject_is_equal(&left, &left));
}

static void test_subject__names_are_found_exactly(void **state)
{
    (void)state;
    enum subject_attribute found = SUBJECT_COMMON_NAME;
    assert_int_equal(subject_attribute_from_name("serialNumber", &found), STATUS_OK);
    assert_int_equal(found, SUBJECT_SERIAL_NUMBER);
    assert_int_equal(subject_attribute_from_name("cn", &found), STATUS_NOT_FOUND);
    assert_int_equal(found, SUBJECT_SERIAL_NUMBER);
    assert_string_equal(subject_attribute_name(SUBJECT_STATE), "ST");
}

static void test_subject__text_that_does_not_fit_is_empty(void **state)
{
    (void)state;
    struct subject subject = {0};
    char text[8] = "before";
    assert_int_equal(subject_add(&subject, SUBJECT_ORGANIZATION, "long enough"), STATUS_OK);
    assert_int_equal(subject_text(&subject, text, sizeof(text)), STATUS_FULL);
    assert_string_equal(text, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_subject__keeps_order_and_shows_it),
        cmocka_unit_test(test_subject__escapes_what_would_read_as_structure),
        cmocka_unit_test(test_subject__refuses_values_x520_does_not_allow),
        cmocka_unit_test(test_subject__sixty_four_chinese_characters_fit),
        cmocka_unit_test(test_subject__list_has_an_end),
        cmocka_unit_test(test_subject__another_order_is_another_subject),
        cmocka_unit_test(test_subject__names_are_found_exactly),
        cmocka_unit_test(test_subject__text_that_does_not_fit_is_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
