/* A tariff that charges something twice, and a bundle nobody could take or would want, give no product. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/catalogue/product.h"
#include "tests/support/product_text.h"

static void assert_mistake(const char *from, const char *to, const char *told)
{
    product_text_assert_mistake(TEST_SOURCE_DIR "/config/catalogue/ezca/cqzfcg.yaml", from, to, told);
}

/* What is charged is charged once, and a bundle is a choice somebody has. */
static void test_product_tariff__mistake_of_a_tariff_is_told(void **state)
{
    (void)state;
    assert_mistake("  - {operation: renew, amount_yuan: 200, unit: year}",
                   "  - {operation: renew, amount_yuan: 200, unit: year}\n"
                   "  - {operation: renew, amount_yuan: 90, unit: once}",
                   "expected one tariff row for certificate of renew, found another");
    assert_mistake("  - {operation: renew, amount_yuan: 200, unit: year}",
                   "  - {operation: renew, amount_yuan: 200, unit: year}\n"
                   "  - {class: agency, operation: renew, amount_yuan: 90, unit: year}\n"
                   "  - {class: agency, operation: renew, amount_yuan: 80, unit: year}",
                   "expected one tariff row for certificate of renew of class agency, found another");
    assert_mistake("{operation: renew, amount_yuan: 200, unit: year}",
                   "{operation: renew, following_yuan: 200, unit: year}",
                   "expected amount_yuan with following_yuan of renew");
    assert_mistake("{operation: renew, amount_yuan: 200, unit: year}",
                   "{operation: renew, amount_yuan: 200, following_yuan: 100, unit: once}",
                   "expected a unit that counts years with following_yuan of renew, found once");
}

/* The shipped definition may be renewed for three years, at 200 yuan a year, with this bundle beside it. */
static void assert_bundle(const char *bundle, const char *told)
{
    static const char rows[] = "warranty_days: 365\nbundles:\n  - ";
    char text[256];
    (void)snprintf(text, sizeof text, "%s%s", rows, bundle);
    assert_mistake("warranty_days: 365", text, told);
}

static void test_product_tariff__mistake_of_a_bundle_is_told(void **state)
{
    (void)state;
    assert_bundle("{operation: renew, years: 2, amount_yuan: 400}",
                  "expected the bundle of renew to be cheaper than 2 years of its row");
    assert_bundle("{operation: renew, years: 10, amount_yuan: 350}",
                  "expected a bundle of at most 3 years, as years_most of renew, found 10");
    assert_bundle("{operation: new, years: 2, amount_yuan: 350}",
                  "expected a tariff row with a unit that counts years for the bundle of new");
    assert_bundle("{class: seller, operation: renew, years: 2, amount_yuan: 350}",
                  "expected the id of a class, found seller");
    assert_bundle("{operation: renew, years: 2, amount_yuan: 350}\n"
                  "  - {operation: renew, years: 2, amount_yuan: 340}",
                  "expected one bundle of 2 years of renew, found another");
}

/* One old certificate gives one new one, whose end follows by one of the rules there are. */
static void test_product_tariff__mistake_of_a_term_is_told(void **state)
{
    (void)state;
    assert_mistake("    years_most: 3\n", "    years_most: 3\n    quantity_most: 2\n",
                   "expected quantity_most 1 for renew, which is about one certificate");
    assert_mistake("    years_most: 3\n", "    years_most: 3\n    term: longer\n",
                   "expected one of usual, whole, added, kept for term");
}

/* A seal that is charged, or that samples are collected for, is one the product has. */
static void test_product_tariff__seal_of_a_product_without_one_is_told(void **state)
{
    (void)state;
    assert_mistake("    code_required: true\n",
                   "    code_required: true\n    samples: [{zone: seal, of: seal}]\n",
                   "expected a seal of the product with the samples of application");
    assert_mistake("  - {operation: renew, amount_yuan: 200, unit: year}",
                   "  - {operation: renew, amount_yuan: 200, unit: year}\n"
                   "  - {operation: renew, part: seal, amount_yuan: 90, unit: once}",
                   "renew charges for one");
}

/* What has no id has no price to ask for. */
static void test_product_tariff__an_operation_without_an_id_is_told_once(void **state)
{
    (void)state;
    struct yaml_errors told;
    struct product *none = NULL;
    char *text = product_text_replaced(TEST_SOURCE_DIR "/config/catalogue/ezca/cqzfcg.yaml",
                                       "  - id: change\n", "  - id: chnage\n");
    yaml_errors_init(&told);
    assert_int_equal(STATUS_CONFIG, product_parse("p.yaml", text, strlen(text), &told, &none));
    assert_non_null(strstr(yaml_errors_text(&told), "for id, found chnage"));
    assert_null(strstr(yaml_errors_text(&told), " for  of class"));
    yaml_errors_release(&told);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_product_tariff__mistake_of_a_tariff_is_told),
        cmocka_unit_test(test_product_tariff__mistake_of_a_bundle_is_told),
        cmocka_unit_test(test_product_tariff__mistake_of_a_term_is_told),
        cmocka_unit_test(test_product_tariff__an_operation_without_an_id_is_told_once),
        cmocka_unit_test(test_product_tariff__seal_of_a_product_without_one_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
