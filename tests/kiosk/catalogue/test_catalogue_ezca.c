/* The products of 东方中讯 against their guides (catalogue 1.1 to 1.4): fees, papers, steps, fields, words.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/feature.h"
#include "tests/support/product_bench.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define ASK(...) ((struct product_ask)PRODUCT_ASK(__VA_ARGS__))

enum { DAY_S = 86400, LIMIT_3072_KB = 3145728 };

static struct product *estate, *purchase, *social;

static int open_products(void **state)
{
    (void)state;
    estate = product_bench_open(TEST_SOURCE_DIR, "ezca/cqwsfdc.yaml");
    purchase = product_bench_open(TEST_SOURCE_DIR, "ezca/cqzfcg.yaml");
    social = product_bench_open(TEST_SOURCE_DIR, "ezca/cqsb.yaml");
    return 0;
}

static int close_products(void **state)
{
    (void)state;
    product_free(estate);
    product_free(purchase);
    product_free(social);
    return 0;
}

static void test_catalogue_ezca__products_stand_at_their_paths(void **state)
{
    (void)state;
    assert_string_equal(estate->region, "重庆");
    assert_string_equal(estate->platform, "国土");
    assert_string_equal(estate->category, "重庆市国土局项目-国土网签");
    assert_string_equal(estate->project, "国土网上签约（一手房网签）");
    assert_string_equal(social->platform, "社保");
    assert_string_equal(estate->classes[0].sale_label, "管理员（一年）");
    assert_string_equal(estate->classes[1].label, "操作员");
    assert_string_equal(social->classes[0].label, "机构证书");
    assert_int_equal(social->class_count, 1);
    assert_string_equal(product_bench_operations(estate), "new renew change replace unlock upgrade revoke");
    assert_string_equal(product_bench_operations(social), "new renew change replace unlock upgrade");
    FEATURE("F027");
    assert_true(product_find_operation(estate, "new")->available);
}

/* --- fees --------------------------------------------------------------------------------------------------
 */

static void test_catalogue_ezca__estate_fees_are_the_tables_to_the_fen(void **state)
{
    (void)state;
    static const struct product_fee fees[] = {
        {PRODUCT_ASK("new", .class_id = "admin"), 48000},
        {PRODUCT_ASK("renew", .class_id = "admin"), 20000},
        {PRODUCT_ASK("renew", .class_id = "admin", .years = 2), 40000},
        {PRODUCT_ASK("renew", .class_id = "admin", .years = 3), 60000},
        {PRODUCT_ASK("replace", .class_id = "admin"), 28000},
        {PRODUCT_ASK("change", .class_id = "admin"), 0},
        {PRODUCT_ASK("change", .class_id = "admin", .sub_kinds = "name legal seal-style region"), 0},
        {PRODUCT_ASK("unlock", .class_id = "admin"), 0},
        {PRODUCT_ASK("revoke", .class_id = "admin"), 0},
        {PRODUCT_ASK("upgrade", .class_id = "admin"), 28000},
        {PRODUCT_ASK("new", .class_id = "operator"), 38000},
        {PRODUCT_ASK("renew", .class_id = "operator"), 10000},
        {PRODUCT_ASK("renew", .class_id = "operator", .years = 2), 20000},
        {PRODUCT_ASK("renew", .class_id = "operator", .years = 3), 30000},
        {PRODUCT_ASK("replace", .class_id = "operator"), 28000},
        {PRODUCT_ASK("change", .class_id = "operator"), 0},
        {PRODUCT_ASK("unlock", .class_id = "operator"), 0},
        {PRODUCT_ASK("revoke", .class_id = "operator"), 0},
        {PRODUCT_ASK("new", .class_id = "supplier"), PRODUCT_BENCH_REFUSED_FEN},
        {PRODUCT_ASK("new", .years = 2), PRODUCT_BENCH_REFUSED_FEN},
        {PRODUCT_ASK("new", .seal = true), PRODUCT_BENCH_REFUSED_FEN},
        {PRODUCT_ASK("suspend"), PRODUCT_BENCH_REFUSED_FEN},
    };
    assert_string_equal(product_bench_fees(estate, fees, COUNT(fees)), "");
}

static void test_catalogue_ezca__purchase_fees_are_the_same_for_every_class(void **state)
{
    (void)state;
    static const char *const classes[] = {"supplier", "agency", "purchaser"};
    for (size_t i = 0; i < COUNT(classes); i++) {
        const struct product_fee fees[] = {
            {PRODUCT_ASK("new", .class_id = classes[i]), 48000},
            {PRODUCT_ASK("renew", .class_id = classes[i]), 20000},
            {PRODUCT_ASK("renew", .class_id = classes[i], .years = 3), 60000},
            {PRODUCT_ASK("replace", .class_id = classes[i]), 28000},
            {PRODUCT_ASK("change", .class_id = classes[i], .sub_kinds = "name legal"), 0},
            {PRODUCT_ASK("unlock", .class_id = classes[i]), 0},
            {PRODUCT_ASK("revoke", .class_id = classes[i]), 0},
            {PRODUCT_ASK("upgrade", .class_id = classes[i]), 28000},
            {PRODUCT_ASK("suspend", .class_id = classes[i]), PRODUCT_BENCH_REFUSED_FEN},
        };
        assert_string_equal(product_bench_fees(purchase, fees, COUNT(fees)), "");
    }
}

static void test_catalogue_ezca__social_insurance_costs_nothing(void **state)
{
    (void)state;
    static const struct product_fee fees[] = {
        {PRODUCT_ASK("new"), 0},
        {PRODUCT_ASK("renew"), 0},
        {PRODUCT_ASK("change", .sub_kinds = "name region"), 0},
        {PRODUCT_ASK("replace"), 0},
        {PRODUCT_ASK("unlock"), 0},
        {PRODUCT_ASK("upgrade"), 0},
        {PRODUCT_ASK("revoke"), PRODUCT_BENCH_REFUSED_FEN},
    };
    assert_string_equal(product_bench_fees(social, fees, COUNT(fees)), "");
    for (size_t i = 0; i < social->operation_count; i++)
        assert_null(strstr(product_bench_steps(social, social->operations[i].id), "pay"));
}

/* 介质人为损坏、丢失或超过质保期(1年)损坏 is charged, what broke by itself before is not. */
static void test_catalogue_ezca__defect_of_the_first_year_is_replaced_free(void **state)
{
    (void)state;
    struct product_wish wish;
    struct price_quote quote;
    product_wish_init(&wish, estate, product_find_operation(estate, "replace"), PRODUCT_BENCH_NOW_UTC_S);
    wish.issued_utc_s = PRODUCT_BENCH_NOW_UTC_S - 364 * DAY_S;
    wish.reason = "defect";
    assert_int_equal(product_wish_quote(&wish, &quote), STATUS_OK);
    assert_int_equal(quote.amount_fen, 0);
    wish.reason = "damaged";
    assert_int_equal(product_wish_quote(&wish, &quote), STATUS_OK);
    assert_int_equal(quote.amount_fen, 28000);
    wish.reason = "defect";
    wish.issued_utc_s = PRODUCT_BENCH_NOW_UTC_S - 365 * DAY_S;
    assert_int_equal(product_wish_quote(&wish, &quote), STATUS_OK);
    assert_int_equal(quote.amount_fen, 28000);
}

/* --- papers ------------------------------------------------------------------------------------------------
 */

static void assert_papers(const struct product *product, const char *expected)
{
    for (size_t i = 0; i < product->operation_count; i++) {
        const struct product_operation *operation = &product->operations[i];
        bool is_short = operation->fallback.text[0] != '\0';
        if (product_operation_is_defined(operation) && !is_short)
            assert_string_equal(product_bench_papers(product, &ASK(operation->id)), expected);
    }
    for (size_t i = 0; i < product->paper_count; i++) {
        const struct product_paper *paper = &product->papers[i];
        assert_true(paper->stamped);
        assert_int_equal(paper->limit_bytes, LIMIT_3072_KB);
        assert_int_equal(paper->format_count, 4);
        assert_true(paper->signed_by_hand == (paper->code_required || paper->sheet[0] != '\0'));
    }
}

static void test_catalogue_ezca__papers_are_those_of_the_guides(void **state)
{
    (void)state;
    assert_papers(estate, "application licence legal_id agent_id owner_id");
    assert_papers(purchase, "application licence legal_id agent_id");
    assert_papers(social, "application seal_sample licence legal_id agent_id");
    assert_string_equal(product_find_paper(estate, "owner_id")->title, "证书所属人身份证复印件");
    const struct product_paper *sample = product_find_paper(social, "seal_sample");
    assert_string_equal(sample->title, "签章取样表");
    assert_string_equal(sample->sheet, "ezca-seal-sample");
    assert_int_equal(sample->sample_count, 2);
    assert_non_null(strstr(sample->hint, "两大空白处盖清晰公章，勿压线"));
}

/* 社保 取样表 以便后期采样: where it is collected and a key made, the seal comes with it, for nothing. */
static void test_catalogue_ezca__social_keys_carry_a_seal_where_samples_are_collected(void **state)
{
    (void)state;
    static const char *const with[] = {"new", "change", "replace", "upgrade"}, *const without[] = {"renew",
                                                                                                   "unlock"};
    struct product_wish wish;
    struct price_quote quote;
    for (size_t i = 0; i < COUNT(with); i++) {
        product_wish_init(&wish, social, product_find_operation(social, with[i]), PRODUCT_BENCH_NOW_UTC_S);
        assert_true(product_wish_brings_seal(&wish) && !product_wish_has_seal(&wish));
        assert_int_equal(product_wish_quote(&wish, &quote), STATUS_OK);
        assert_int_equal(quote.amount_fen, 0);
    }
    for (size_t i = 0; i < COUNT(without); i++) {
        product_wish_init(&wish, social, product_find_operation(social, without[i]), PRODUCT_BENCH_NOW_UTC_S);
        assert_false(product_wish_brings_seal(&wish) || product_wish_has_seal(&wish));
    }
    wish.operation = product_operation_fallback(social, product_find_operation(social, "renew"));
    assert_true(product_wish_brings_seal(&wish)); /* 按步骤填写上传资料 */
}

/* --- steps -------------------------------------------------------------------------------------------------
 */

static void test_catalogue_ezca__steps_pay_after_the_review(void **state)
{
    (void)state;
    const struct product *const paid[] = {estate, purchase};
    for (size_t i = 0; i < COUNT(paid); i++) {
        assert_string_equal(product_bench_steps(paid[i], "new"),
                            "form print scan identity review pay issue pin collect");
        assert_string_equal(product_bench_steps(paid[i], "renew"),
                            "key form print scan review pay issue collect");
        assert_string_equal(product_bench_steps(paid[i], "change"),
                            "key form print scan review issue collect");
        assert_string_equal(product_bench_steps(paid[i], "replace"),
                            "form print scan identity review pay issue pin collect");
        assert_string_equal(product_bench_steps(paid[i], "unlock"),
                            "form print scan identity review act pin collect");
        assert_string_equal(product_bench_steps(paid[i], "upgrade"),
                            "key form print scan review pay issue pin collect");
        assert_string_equal(product_bench_steps(paid[i], "revoke"), "form print scan identity review act");
        assert_null(product_button_label(paid[i], ORDER_STATE_REVIEWING, PRODUCT_ACT_PAY));
        assert_string_equal(product_button_label(paid[i], ORDER_STATE_PAYING, PRODUCT_ACT_PAY), "付款");
    }
}

static void test_catalogue_ezca__social_insurance_renews_with_key_name_and_phone(void **state)
{
    (void)state;
    const struct product_operation *renew = product_find_operation(social, "renew");
    assert_string_equal(product_bench_steps(social, "renew"), "key form issue collect");
    assert_string_equal(product_bench_fields(social, "renew"), "经办人姓名* 电话*");
    assert_int_equal(renew->paper_count, 0);
    assert_false(renew->login_required);
    assert_string_equal(renew->fallback.text, "不存在该芯片号订单");
    assert_int_equal(renew->fallback.steps.count, 7);
    assert_string_equal(renew->fallback.form_id, "application");
    assert_int_equal(renew->fallback.paper_count, 5);
    assert_string_equal(product_says(social, PRODUCT_MESSAGE_RENEWED), "证书安装成功");
    assert_string_equal(product_find_operation(social, "change")->not_needed,
                        "若企业（单位）已在人社部门进行了基本信息维护的，则无需进行以下操作。");
    assert_false(product_find_operation(social, "new")->login_required);
    assert_string_equal(product_bench_steps(social, "new"),
                        "form print scan identity review issue pin collect");
}

/* --- fields and words --------------------------------------------------------------------------------------
 */

#define UNIT_AND_AGENT                                                                                                                       \
    "法人姓名* 身份证号码* 移动电话* 办公电话* 企业网站* 经办人* 身份证号码* 手机号码* 邮箱* 微信号* " \
    "邮寄地址（省市区）* 邮寄地址（街道门牌）* 邮政编码* 开票名称 纳税人识别号 收票邮箱 开户银行 "  \
    "银行账号 单位地址"

static void test_catalogue_ezca__fields_are_those_of_the_pages(void **state)
{
    (void)state;
    assert_string_equal(product_bench_fields(estate, "new"),
                        "管理员姓名* 单位名称* 区域* 单位名称 社会统一信用代码* 单位社保号 " UNIT_AND_AGENT);
    assert_string_equal(product_bench_fields(social, "new"),
                        "项目名称* 参保区域* 单位名称* 社保号* 单位名称 社保号 单位名称 "
                        "社会统一信用代码* " UNIT_AND_AGENT);
    const struct form *form = product_find_form(social, "application");
    assert_string_equal(form->blocks[0].label, "信息效验");
    assert_string_equal(form_find(form, "certificate_social")->derived_from, "social_number");
    assert_string_equal(form_find(form, "social_number")->row[0], "social_number");
    assert_string_equal(form_find(product_find_form(estate, "application"), "district")->placeholder,
                        "如: 江北区");
}

static void test_catalogue_ezca__words_and_keys_are_the_authoritys(void **state)
{
    (void)state;
    const struct product *const all[] = {estate, purchase, social};
    for (size_t i = 0; i < COUNT(all); i++) {
        assert_string_equal(product_status_label(all[i], ORDER_STATE_REVIEWING), "资料待审核");
        assert_string_equal(product_status_label(all[i], ORDER_STATE_CLOSED), "强制关闭");
        assert_string_equal(product_button_label(all[i], ORDER_STATE_REJECTED, PRODUCT_ACT_CORRECT),
                            "修改资料");
        assert_string_equal(product_button_label(all[i], ORDER_STATE_DONE, PRODUCT_ACT_SHIPMENT),
                            "查看物流单号");
        assert_null(product_button_label(all[i], ORDER_STATE_CANCELLED, PRODUCT_ACT_VIEW));
        assert_string_equal(product_says(all[i], PRODUCT_MESSAGE_SUBMITTED), "资料上传成功，等待审核...");
        assert_string_equal(product_says(all[i], PRODUCT_MESSAGE_WRITTEN), "");
        assert_string_equal(all[i]->pin_default, "111111");
        assert_true(all[i]->pin_must_change);
        assert_string_equal(all[i]->key_number, "11{yyMM}{digits:7}");
        assert_string_equal(all[i]->key_models[0].name, "社保网上申报用户专用");
        assert_int_equal(all[i]->review_days, 1);
        assert_int_equal(all[i]->channel[0], PRODUCT_CHANNEL_WECHAT);
        assert_true(all[i]->to_confirm_count >= 6);
    }
    assert_string_equal(social->agreement.title, "数字证书服务协议");
    assert_string_equal(purchase->after[1].title, "东方中讯协同政府采购网绑定证书");
    assert_string_equal(purchase->elsewhere[0].line, "注意：办理土地及资源交易分中心相关业务的选此选项");
}

/* The guide has the tile and for whom it is; what it says nothing about is listed for the operator. */
static void test_catalogue_ezca__tax_office_key_has_its_tile_and_condition(void **state)
{
    (void)state;
    struct product *tax = product_bench_open(TEST_SOURCE_DIR, "ezca/dzswj.yaml");
    const struct product_operation *buy = product_find_operation(tax, "new");
    bool asks_fee = false, asks_papers = false;
    FEATURE("F058");
    assert_string_equal(buy->label, "电子税务局购Key");
    assert_int_equal(buy->warning_count, 1);
    assert_string_equal(buy->warnings[0], "仅对于电子税务局Key丢失的客户办理");
    assert_null(product_find_operation(tax, "renew")); /* its other businesses are the tax office's */
    for (size_t i = 0; i < tax->to_confirm_count; i++) {
        asks_fee = asks_fee || strstr(tax->to_confirm[i], "费用") != NULL;
        asks_papers = asks_papers || strstr(tax->to_confirm[i], "资料") != NULL;
    }
    assert_true(asks_fee && asks_papers);
    product_free(tax);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_catalogue_ezca__social_keys_carry_a_seal_where_samples_are_collected),
        cmocka_unit_test(test_catalogue_ezca__products_stand_at_their_paths),
        cmocka_unit_test(test_catalogue_ezca__estate_fees_are_the_tables_to_the_fen),
        cmocka_unit_test(test_catalogue_ezca__purchase_fees_are_the_same_for_every_class),
        cmocka_unit_test(test_catalogue_ezca__social_insurance_costs_nothing),
        cmocka_unit_test(test_catalogue_ezca__defect_of_the_first_year_is_replaced_free),
        cmocka_unit_test(test_catalogue_ezca__papers_are_those_of_the_guides),
        cmocka_unit_test(test_catalogue_ezca__steps_pay_after_the_review),
        cmocka_unit_test(test_catalogue_ezca__social_insurance_renews_with_key_name_and_phone),
        cmocka_unit_test(test_catalogue_ezca__fields_are_those_of_the_pages),
        cmocka_unit_test(test_catalogue_ezca__words_and_keys_are_the_authoritys),
        cmocka_unit_test(test_catalogue_ezca__tax_office_key_has_its_tile_and_condition),
    };
    return cmocka_run_group_tests(tests, open_products, close_products);
}
