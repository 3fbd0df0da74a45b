/* 新点标证通 as far as a hall can serve it, against the guide (catalogue 1.7). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/product_bench.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define ASK(...) ((struct product_ask)PRODUCT_ASK(__VA_ARGS__))

static struct product *product;

static int open_product(void **state)
{
    (void)state;
    product = product_bench_open(TEST_SOURCE_DIR, "bzt/unit.yaml");
    return 0;
}

static int close_product(void **state)
{
    (void)state;
    product_free(product);
    return 0;
}

static void test_catalogue_bzt__fees_nobody_published_are_unknown_not_free(void **state)
{
    (void)state;
    static const struct product_fee fees[] = {
        {PRODUCT_ASK("new", .sub_kinds = "claim"), PRODUCT_BENCH_UNKNOWN_FEN},
        {PRODUCT_ASK("new", .class_id = "staff", .sub_kinds = "join"), PRODUCT_BENCH_UNKNOWN_FEN},
        {PRODUCT_ASK("renew"), PRODUCT_BENCH_UNKNOWN_FEN},
        {PRODUCT_ASK("reapply"), PRODUCT_BENCH_UNKNOWN_FEN},
        {PRODUCT_ASK("change"), 0},
        {PRODUCT_ASK("revoke"), 0},
        {PRODUCT_ASK("recover"), 0},
        {PRODUCT_ASK("new", .class_id = "owner"), PRODUCT_BENCH_REFUSED_FEN},
        {PRODUCT_ASK("new", .seal = true), PRODUCT_BENCH_REFUSED_FEN},
    };
    assert_string_equal(product_bench_fees(product, fees, COUNT(fees)), "");
}

static void test_catalogue_bzt__operations_stand_in_the_guides_order(void **state)
{
    (void)state;
    assert_string_equal(product_bench_operations(product), "new renew change revoke recover reapply");
    assert_true(product->to_confirm_count >= 8);
}

static void test_catalogue_bzt__certificate_is_made_on_the_phone_and_on_no_key(void **state)
{
    (void)state;
    for (size_t i = 0; i < product->operation_count; i++) {
        const char *steps = product_bench_steps(product, product->operations[i].id);
        assert_null(strstr(steps, "issue"));
        assert_null(strstr(steps, "key"));
        assert_non_null(strstr(steps, "act"));
    }
    assert_string_equal(product_bench_steps(product, "new"), "form print scan identity review act collect");
}

static void test_catalogue_bzt__claiming_needs_the_legal_persons_card_and_joining_does_not(void **state)
{
    (void)state;
    struct product_ask ask = ASK("new", .sub_kinds = "claim");
    assert_string_equal(product_bench_papers(product, &ask), "application licence legal_id agent_id");
    ask.sub_kinds = "join";
    assert_string_equal(product_bench_papers(product, &ask), "application licence agent_id");
    ask.sub_kinds = "join bank-transfer";
    assert_string_equal(product_bench_papers(product, &ask), "application licence legal_id agent_id");
}

static void test_catalogue_bzt__warnings_are_the_apps_own_words(void **state)
{
    (void)state;
    const struct product_operation *revoke = product_find_operation(product, "revoke");
    assert_string_equal(product_find_operation(product, "change")->warnings[0],
                        "CA证书一经变更，不能恢复，无法解密原有文件！");
    assert_string_equal(revoke->warnings[0],
                        "CA证书一经注销，不能恢复，无法解密原有文件，请确认是否注销此证书？");
    assert_string_equal(revoke->warnings[1], "注销证书不退还相关费用");
    assert_string_equal(product_find_operation(product, "recover")->not_needed,
                        "仅卸载APP不会造成证书的丢失。");
    assert_non_null(strstr(product_find_operation(product, "new")->not_needed, "无需重新办理"));
}

static void test_catalogue_bzt__form_asks_what_the_app_asks(void **state)
{
    (void)state;
    assert_string_equal(
        product_bench_fields(product, "new"),
        "企业名称* 统一社会信用代码* 法人姓名* 姓名* 身份证号码* 手机号* 对公打款账户后六位数字");
    const struct form *form = product_find_form(product, "application");
    assert_int_equal(form_find(form, "bank_account_end")->max_characters, 6);
    assert_int_equal(form_find(form, "bank_account_end")->kind, FORM_KIND_NUMBER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_catalogue_bzt__fees_nobody_published_are_unknown_not_free),
        cmocka_unit_test(test_catalogue_bzt__operations_stand_in_the_guides_order),
        cmocka_unit_test(test_catalogue_bzt__certificate_is_made_on_the_phone_and_on_no_key),
        cmocka_unit_test(test_catalogue_bzt__claiming_needs_the_legal_persons_card_and_joining_does_not),
        cmocka_unit_test(test_catalogue_bzt__warnings_are_the_apps_own_words),
        cmocka_unit_test(test_catalogue_bzt__form_asks_what_the_app_asks),
    };
    return cmocka_run_group_tests(tests, open_product, close_product);
}
