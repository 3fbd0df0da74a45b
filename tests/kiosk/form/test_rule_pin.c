#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "kiosk/form/rule_password.h"
#include "kiosk/form/rule_pin.h"
#include "tests/support/feature.h"

static const struct rule_pin usual = {.min = 6, .max = 16, .letters = true};
static const struct rule_pin digits_only = {.min = 6, .max = 8, .letters = false};

static const struct form_field fields[] = {
    {.id = "id", .kind = FORM_KIND_RESIDENT_ID, .derived_from = ""},
    {.id = "mobile", .kind = FORM_KIND_MOBILE, .derived_from = ""},
    {.id = "office", .kind = FORM_KIND_PHONE, .derived_from = ""},
    {.id = "code", .kind = FORM_KIND_CREDIT_CODE, .derived_from = ""},
    {.id = "name", .kind = FORM_KIND_NAME, .derived_from = ""},
    {.id = "licence", .kind = FORM_KIND_CODE, .derived_from = ""},
    {.id = "branch", .kind = FORM_KIND_CODE, .derived_from = ""},
};
static const struct form form = {
    .id = "f", .fields = fields, .field_count = sizeof fields / sizeof fields[0]};

/* NULL when the PIN may be used, else the key of the reason. */
static const char *reason(const struct rule_pin *rule, const char *pin, const struct form_values *values)
{
    struct secret secret = {0};
    struct form_error error = {.key = "stale"};
    assert_int_equal(secret_set(&secret, pin, strlen(pin)), STATUS_OK);
    bool is_good = rule_pin_check(rule, &secret, values == NULL ? NULL : &form, values, &error);
    secret_wipe(&secret);
    assert_true(is_good == (error.key == NULL));
    return error.key;
}

static void test_rule_pin__good_pin_is_taken(void **state)
{
    (void)state;
    assert_null(reason(&usual, "730418", NULL));
    assert_null(reason(&usual, "k7Rm2q", NULL));
    assert_null(reason(&usual, "1237894560147258", NULL));
    assert_null(reason(&digits_only, "73041852", NULL));
}

static void test_rule_pin__wrong_shape_is_told(void **state)
{
    (void)state;
    assert_string_equal(reason(&usual, "73041", NULL), "form.pin.short");
    assert_string_equal(reason(&usual, "73041873041873049", NULL), "form.pin.long");
    assert_string_equal(reason(&usual, "7304 18", NULL), "form.pin.character");
    assert_string_equal(reason(&digits_only, "73041a", NULL), "form.pin.digits-only");
    assert_string_equal(reason(&usual, "", NULL), "form.pin.short");
}

static void test_rule_pin__runs_and_repeats_are_weak(void **state)
{
    (void)state;
    assert_string_equal(reason(&usual, "123456", NULL), "form.pin.run");
    assert_string_equal(reason(&usual, "987654", NULL), "form.pin.run");
    assert_string_equal(reason(&usual, "abcdefg", NULL), "form.pin.run");
    assert_string_equal(reason(&usual, "111111", NULL), "form.pin.repeat");
    assert_string_equal(reason(&usual, "121212", NULL), "form.pin.repeat");
    assert_string_equal(reason(&usual, "1231231", NULL), "form.pin.repeat");
    /* anywhere in it, round the 9, and two of each */
    static const char *const runs[] = {"1234567890", "0987654321", "567890",    "890123",
                                       "112233",     "998877",     "12345678a", "a654321"};
    for (size_t i = 0; i < sizeof(runs) / sizeof(runs[0]); i++)
        assert_string_equal(reason(&usual, runs[i], NULL), "form.pin.run");
    assert_string_equal(reason(&usual, "0000001", NULL), "form.pin.repeat");
    assert_string_equal(reason(&usual, "9121212", NULL), "form.pin.repeat");
    assert_null(reason(&usual, "123457", NULL));
}

static void test_rule_pin__own_numbers_are_weak(void **state)
{
    (void)state;
    struct form_values values;
    form_values_init(&values);
    assert_int_equal(form_values_set(&values, "id", "500108197506150011"), STATUS_OK);
    assert_int_equal(form_values_set(&values, "mobile", "13900274518"), STATUS_OK);
    assert_int_equal(form_values_set(&values, "office", "023-62000731"), STATUS_OK);
    assert_int_equal(form_values_set(&values, "code", "91500108MA6000016R"), STATUS_OK);
    assert_string_equal(reason(&usual, "19750615", &values), "form.pin.birthday");
    assert_string_equal(reason(&usual, "750615", &values), "form.pin.birthday");
    assert_string_equal(reason(&usual, "150675", &values), "form.pin.birthday");
    assert_string_equal(reason(&usual, "15061975", &values), "form.pin.birthday");
    assert_string_equal(reason(&usual, "061575", &values), "form.pin.birthday");
    assert_string_equal(reason(&usual, "ab750615", &values), "form.pin.birthday");
    assert_string_equal(reason(&usual, "500108", &values), "form.pin.resident-id");
    assert_string_equal(reason(&usual, "150011", &values), "form.pin.resident-id");
    assert_string_equal(reason(&usual, "274518", &values), "form.pin.phone");
    assert_string_equal(reason(&usual, "x23620007", &values), "form.pin.phone");
    assert_string_equal(reason(&usual, "915001", &values), "form.pin.credit-code");
    assert_null(reason(&usual, "730418", &values));
    form_values_wipe(&values);
}

static void test_rule_pin__token_narrows_the_product(void **state)
{
    (void)state;
    struct rule_pin narrowed = usual;
    assert_int_equal(rule_pin_narrow(&usual, 8, 12, &narrowed), STATUS_OK);
    assert_int_equal(narrowed.min, 8);
    assert_int_equal(narrowed.max, 12);
    assert_true(narrowed.letters);
    assert_int_equal(rule_pin_narrow(&usual, 0, 0, &narrowed), STATUS_OK);
    assert_int_equal(narrowed.max, 16);
    assert_int_equal(rule_pin_narrow(&usual, 20, 32, &narrowed), STATUS_MALFORMED);
    assert_int_equal(narrowed.min, 6);
}

/* NULL when the password may be used, else the key of the reason. */
static const char *password_reason(size_t least, const char *text)
{
    struct secret secret = {0};
    struct form_error error = {.key = NULL};
    assert_int_equal(secret_set(&secret, text, strlen(text)), STATUS_OK);
    bool is_good = rule_password_check(least, &secret, "13800000000", &error);
    secret_wipe(&secret);
    assert_true(is_good == (error.key == NULL));
    return error.key;
}

static void test_rule_password__is_long_enough_mixed_and_not_the_number(void **state)
{
    (void)state;
    assert_null(password_reason(8, "abcdefg1"));
    assert_null(password_reason(8, "A-long-1?"));
    assert_string_equal(password_reason(8, "abcdef1"), "form.password.short");
    assert_null(password_reason(7, "abcdef1")); /* how long is the hall's */
    assert_string_equal(password_reason(8, "abcdefghijabcdefghijabcdefghij123"), "form.password.long");
    assert_string_equal(password_reason(8, "abcdefgh"), "form.password.plain");
    assert_string_equal(password_reason(8, "12345678"), "form.password.plain");
    assert_string_equal(password_reason(8, "abc def1"), "form.password.character");
    assert_string_equal(password_reason(8, "a13800000000"), "form.password.phone");
    FEATURE("F007");
    assert_null(password_reason(8, "a1380000000"));
}

/* What of the person in the form stands in a password, NULL for nothing. */
static const char *own_number_reason(const char *text)
{
    struct secret secret = {0};
    struct form_error error = {.key = "stale"};
    struct form_values values;
    form_values_init(&values);
    assert_int_equal(form_values_set(&values, "id", "11010519491231002X"), STATUS_OK);
    assert_int_equal(form_values_set(&values, "mobile", "13812345678"), STATUS_OK);
    assert_int_equal(form_values_set(&values, "code", "91500108MA6000016R"), STATUS_OK);
    assert_int_equal(form_values_set(&values, "licence", "430100000123"), STATUS_OK);
    assert_int_equal(form_values_set(&values, "branch", "2026"), STATUS_OK);
    assert_int_equal(secret_set(&secret, text, strlen(text)), STATUS_OK);
    bool is_good = rule_password_check_form(&secret, &form, &values, &error);
    assert_true(is_good == (error.key == NULL));
    secret_wipe(&secret);
    form_values_wipe(&values);
    return error.key;
}

static void test_rule_password__keeps_clear_of_the_holders_numbers(void **state)
{
    (void)state;
    assert_null(own_number_reason("Hui-long-2026"));
    assert_string_equal(own_number_reason("a13812345678"), "form.password.phone");
    assert_string_equal(own_number_reason("x91500108ma6000016r"), "form.password.number");
    assert_string_equal(own_number_reason("11010519491231002x"), "form.password.number");
    assert_string_equal(own_number_reason("Nr.430100000123"), "form.password.number");
    assert_null(own_number_reason("91500108ma600001"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rule_pin__good_pin_is_taken),
        cmocka_unit_test(test_rule_pin__wrong_shape_is_told),
        cmocka_unit_test(test_rule_pin__runs_and_repeats_are_weak),
        cmocka_unit_test(test_rule_pin__own_numbers_are_weak),
        cmocka_unit_test(test_rule_pin__token_narrows_the_product),
        cmocka_unit_test(test_rule_password__is_long_enough_mixed_and_not_the_number),
        cmocka_unit_test(test_rule_password__keeps_clear_of_the_holders_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
