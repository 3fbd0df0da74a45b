#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/order/price.h"
#include "tests/support/feature.h"

#define ROW(class, operation, part, sub_kind, fen, following, unit)                                          \
    {                                                                                                        \
        class, operation, part, sub_kind, fen, following, PRICE_UNIT_##unit                                  \
    }
#define PLAIN(class, operation, part, fen, unit) ROW(class, operation, part, "", fen, PRICE_SAME_FEN, unit)

static const struct price_row rows[] = {
    PLAIN("", "new", "certificate", 48000, ONCE),
    PLAIN("operator", "new", "certificate", 38000, ONCE),
    PLAIN("", "renew", "certificate", 20000, PER_YEAR),
    PLAIN("", "replace", "certificate", 28000, PER_KEY),
    PLAIN("", "upgrade", "certificate", PRICE_UNKNOWN_FEN, PER_KEY),
    ROW("", "long", "certificate", "", 15000, 10000, PER_KEY_YEAR),
    ROW("", "long", "seal", "", 10000, PRICE_SAME_FEN, PER_KEY_YEAR),
    PLAIN("", "change", "certificate", 0, ONCE),
    ROW("", "change", "seal", "name", 8000, PRICE_SAME_FEN, PER_TIME),
    ROW("", "change", "seal", "legal", 5000, PRICE_SAME_FEN, PER_TIME),
    PLAIN("", "half", "certificate", 15000, ONCE),
    PLAIN("", "half", "key", PRICE_UNKNOWN_FEN, ONCE),
    PLAIN("", "dear", "certificate", INT64_MAX, ONCE),
};
static const struct price_bundle bundles[] = {{"", "long", "certificate", 4, 35000},
                                              {"", "long", "seal", 4, 35000}};
static const struct price_tariff tariff = {rows, sizeof rows / sizeof rows[0], bundles, 2};

static enum status quote(const char *class_id, const char *operation, unsigned years, unsigned keys,
                         struct price_quote *out)
{
    const struct price_wish wish = {
        .class_id = class_id, .operation = operation, .years = years, .keys = keys};
    return price_quote_make(&tariff, &wish, out);
}

static int64_t sealed(unsigned years, unsigned keys, unsigned sealed_keys)
{
    struct price_quote found;
    const struct price_wish wish = {
        .class_id = "unit", .operation = "long", .years = years, .keys = keys, .sealed_keys = sealed_keys};
    assert_int_equal(price_quote_make(&tariff, &wish, &found), STATUS_OK);
    return found.amount_fen;
}

static void test_price__new_certificate_costs_480_yuan(void **state)
{
    (void)state;
    struct price_quote found = {0};
    assert_int_equal(quote("supplier", "new", 1, 1, &found), STATUS_OK);
    assert_int_equal(found.amount_fen, 48000);
    assert_int_equal(found.line_count, 1);
    assert_string_equal(found.line[0].trace, "new supplier/certificate 480.00 per once = 480.00");
}

static void test_price__row_of_the_class_stands_before_the_common_one(void **state)
{
    (void)state;
    struct price_quote found = {0};
    assert_int_equal(quote("operator", "new", 1, 1, &found), STATUS_OK);
    assert_int_equal(found.amount_fen, 38000);
    assert_int_equal(found.line_count, 1);
}

static void test_price__years_and_keys_multiply(void **state)
{
    (void)state;
    struct price_quote found = {0};
    assert_int_equal(quote("supplier", "renew", 3, 1, &found), STATUS_OK);
    assert_int_equal(found.amount_fen, 60000);
    assert_int_equal(found.unit_amount_fen, 20000);
    assert_int_equal(found.unit, PRICE_UNIT_PER_YEAR);
    assert_int_equal(quote("supplier", "replace", 3, 2, &found), STATUS_OK);
    assert_int_equal(found.amount_fen, 56000);
    assert_string_equal(price_unit_name(found.unit), "key");
}

static void test_price__later_years_and_bundles_cost_less(void **state)
{
    (void)state;
    assert_int_equal(sealed(1, 1, 0), 15000);
    assert_int_equal(sealed(2, 1, 0), 25000);
    assert_int_equal(sealed(3, 1, 0), 35000);
    assert_int_equal(sealed(4, 1, 0), 35000); /* the bundle, not 45000 */
    assert_int_equal(sealed(5, 1, 0), 45000);
    assert_int_equal(sealed(8, 1, 0), 70000);
    struct price_quote found;
    assert_int_equal(quote("unit", "long", 4, 2, &found), STATUS_OK);
    assert_int_equal(found.amount_fen, 70000);
    assert_int_equal(found.line[0].bundle_years, 4);
    FEATURE("F143");
    assert_int_equal(found.line[0].bundle_fen, 35000);
    assert_non_null(strstr(found.line[0].trace, " x 4 years x 2 keys, 4 years as bundle 350.00 = 700.00"));
}

/* 国信CA 个人变更: nothing but each change of the seal has a price; 单位变更: the certificate's costs
 * nothing. */
static void test_price__a_change_is_charged_for_a_seal_when_the_key_has_one(void **state)
{
    (void)state;
    static const struct price_row own[] = {ROW("", "change", "seal", "", 5000, PRICE_SAME_FEN, PER_TIME)};
    static const char *const name[] = {"name"};
    const struct price_tariff one = {.rows = own, .row_count = 1};
    struct price_quote found = {0};
    struct price_wish wish = {.class_id = "unit", .operation = "change", .years = 1, .keys = 1};
    assert_int_equal(price_quote_make(&one, &wish, &found), STATUS_NOT_FOUND);
    wish.sub_kinds = name;
    wish.sub_kind_count = 1;
    assert_int_equal(price_quote_make(&tariff, &wish, &found), STATUS_OK);
    assert_int_equal(found.amount_fen, 0);
    assert_int_equal(found.line_count, 1);
    wish.sealed_keys = 1;
    assert_int_equal(price_quote_make(&tariff, &wish, &found), STATUS_OK);
    assert_int_equal(found.amount_fen, 8000);
    assert_int_equal(price_quote_make(&one, &wish, &found), STATUS_OK);
    assert_int_equal(found.amount_fen, 5000);
}

static void test_price__a_seal_is_charged_for_the_keys_that_have_one(void **state)
{
    (void)state;
    assert_int_equal(sealed(1, 1, 1), 25000);
    assert_int_equal(sealed(4, 1, 1), 70000);
    assert_int_equal(sealed(1, 3, 1), 55000); /* three certificates, one seal on the main lock */
    assert_int_equal(sealed(1, 3, 3), 75000);
}

static void test_price__sub_kinds_are_added_or_the_dearest_counts(void **state)
{
    (void)state;
    static const char *const both[] = {"legal", "name"};
    struct price_quote found;
    struct price_wish wish = {
        .class_id = "unit", .operation = "change", .years = 1, .keys = 1, .sealed_keys = 1};
    assert_int_equal(price_quote_make(&tariff, &wish, &found), STATUS_OK);
    assert_int_equal(found.amount_fen, 0);
    wish.sub_kinds = both;
    wish.sub_kind_count = 1;
    assert_int_equal(price_quote_make(&tariff, &wish, &found), STATUS_OK);
    assert_int_equal(found.amount_fen, 5000);
    wish.sub_kind_count = 2;
    assert_int_equal(price_quote_make(&tariff, &wish, &found), STATUS_OK);
    assert_int_equal(found.amount_fen, 13000);
    wish.takes_dearest = true;
    assert_int_equal(price_quote_make(&tariff, &wish, &found), STATUS_OK);
    assert_int_equal(found.amount_fen, 8000);
    assert_int_equal(found.line_count, 2);
}

static void test_price__warranty_makes_everything_free_and_says_so(void **state)
{
    (void)state;
    struct price_quote found;
    const struct price_wish wish = {
        .class_id = "unit", .operation = "replace", .years = 1, .keys = 1, .in_warranty = true};
    assert_int_equal(price_quote_make(&tariff, &wish, &found), STATUS_OK);
    assert_int_equal(found.amount_fen, 0);
    assert_non_null(strstr(found.line[0].trace, "within the warranty = 0.00"));
}

static void test_price__unknown_is_unknown(void **state)
{
    (void)state;
    struct price_quote found = {.amount_fen = 5};
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

static void test_price__all_traces_stand_in_one_text(void **state)
{
    (void)state;
    char text[PRICE_TRACE_BYTES], cut[24];
    struct price_quote found;
    const struct price_wish wish = {
        .class_id = "unit", .operation = "long", .years = 1, .keys = 1, .sealed_keys = 1};
    assert_int_equal(price_quote_make(&tariff, &wish, &found), STATUS_OK);
    price_quote_trace(&found, text, sizeof text);
    assert_string_equal(text, "long unit/certificate 150.00 per key-year x 1 year x 1 key = 150.00; "
                              "long unit/seal 100.00 per key-year x 1 year x 1 key = 100.00");
    price_quote_trace(&found, cut, sizeof cut);
    assert_int_equal(strlen(cut), sizeof cut - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_price__new_certificate_costs_480_yuan),
        cmocka_unit_test(test_price__row_of_the_class_stands_before_the_common_one),
        cmocka_unit_test(test_price__years_and_keys_multiply),
        cmocka_unit_test(test_price__later_years_and_bundles_cost_less),
        cmocka_unit_test(test_price__a_change_is_charged_for_a_seal_when_the_key_has_one),
        cmocka_unit_test(test_price__a_seal_is_charged_for_the_keys_that_have_one),
        cmocka_unit_test(test_price__sub_kinds_are_added_or_the_dearest_counts),
        cmocka_unit_test(test_price__warranty_makes_everything_free_and_says_so),
        cmocka_unit_test(test_price__unknown_is_unknown),
        cmocka_unit_test(test_price__all_traces_stand_in_one_text),
        cmocka_unit_test(test_price__what_is_not_offered_or_senseless_has_no_price),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
