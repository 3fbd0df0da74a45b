#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kiosk/order/price.h"

static const struct price_row tariff[] = {
    {"", "new", "certificate", 48000, PRICE_UNIT_ONCE},
    {"operator", "new", "certificate", 38000, PRICE_UNIT_ONCE},
    {"", "renew", "certificate", 20000, PRICE_UNIT_PER_YEAR},
    {"", "reissue", "certificate", 28000, PRICE_UNIT_PER_KEY},
    {"", "change", "certificate", 0, PRICE_UNIT_ONCE},
    {"", "upgrade", "certificate", PRICE_UNKNOWN_FEN, PRICE_UNIT_PER_KEY},
    {"", "sealed", "certificate", 15000, PRICE_UNIT_ONCE},
    {"", "sealed", "seal", 8000, PRICE_UNIT_ONCE},
    {"", "half", "certificate", 15000, PRICE_UNIT_ONCE},
    {"", "half", "seal", PRICE_UNKNOWN_FEN, PRICE_UNIT_ONCE},
    {"", "dear", "certificate", INT64_MAX, PRICE_UNIT_ONCE},
};

static enum status quote(const char *class_id, const char *operation, unsigned years, unsigned keys,
                         struct price_quote *out)
{
    return price_quote_make(tariff, sizeof tariff / sizeof tariff[0], class_id, operation, years, keys, out);
}

static void test_price__new_certificate_costs_480_yuan(void **state)
{
    (void)state;
    struct price_quote found = {0};
    assert_int_equal(quote("supplier", "new", 1, 1, &found), STATUS_OK);
    assert_int_equal(found.amount_fen, 48000);
    assert_string_equal(found.trace, "new supplier/certificate 480.00 per once x 1 = 480.00");
}

static void test_price__row_of_the_class_stands_before_the_common_one(void **state)
{
    (void)state;
    struct price_quote found = {0};
    assert_int_equal(quote("operator", "new", 1, 1, &found), STATUS_OK);
    assert_int_equal(found.amount_fen, 38000);
}

static void test_price__years_and_keys_multiply(void **state)
{
    (void)state;
    struct price_quote found = {0};
    assert_int_equal(quote("supplier", "renew", 3, 1, &found), STATUS_OK);
    assert_int_equal(found.amount_fen, 60000);
    assert_int_equal(found.unit_amount_fen, 20000);
    assert_int_equal(found.unit, PRICE_UNIT_PER_YEAR);
    assert_int_equal(quote("supplier", "reissue", 3, 2, &found), STATUS_OK);
    assert_int_equal(found.amount_fen, 56000);
    assert_string_equal(price_unit_name(found.unit), "key");
}

static void test_price__parts_are_added(void **state)
{
    (void)state;
    struct price_quote found = {0};
    assert_int_equal(quote("supplier", "sealed", 1, 1, &found), STATUS_OK);
    assert_int_equal(found.amount_fen, 23000);
    assert_string_equal(found.trace, "sealed supplier/certificate 150.00 per once x 1 = 150.00; "
                                     "sealed supplier/seal 80.00 per once x 1 = 80.00");
}

static void test_price__free_is_zero_and_unknown_is_unknown(void **state)
{
    (void)state;
    struct price_quote found = {.amount_fen = 5};
    assert_int_equal(quote("supplier", "change", 1, 1, &found), STATUS_OK);
    assert_int_equal(found.amount_fen, 0);
    assert_int_equal(quote("supplier", "upgrade", 1, 1, &found), STATUS_OK);
    assert_int_equal(found.amount_fen, PRICE_UNKNOWN_FEN);
    assert_int_equal(quote("supplier", "half", 1, 1, &found), STATUS_OK);
    assert_int_equal(found.amount_fen, PRICE_UNKNOWN_FEN);
}

static void test_price__what_is_not_offered_or_senseless_has_no_price(void **state)
{
    (void)state;
    struct price_quote found = {.amount_fen = 5};
    assert_int_equal(quote("supplier", "freeze", 1, 1, &found), STATUS_NOT_FOUND);
    assert_int_equal(quote("supplier", "dear", 1, 1, &found), STATUS_FULL);
    assert_int_equal(quote("supplier", "renew", 5000, 1, &found), STATUS_FULL);
    assert_int_equal(found.amount_fen, 5);
    assert_string_equal(price_unit_name((enum price_unit)77), "invalid");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_price__new_certificate_costs_480_yuan),
        cmocka_unit_test(test_price__row_of_the_class_stands_before_the_common_one),
        cmocka_unit_test(test_price__years_and_keys_multiply),
        cmocka_unit_test(test_price__parts_are_added),
        cmocka_unit_test(test_price__free_is_zero_and_unknown_is_unknown),
        cmocka_unit_test(test_price__what_is_not_offered_or_senseless_has_no_price),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
