/* 国信CA 宿迁, single persons and units, at the window and online, against the guide (catalogue 1.9, 1.10).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/feature.h"
#include "tests/support/product_bench.h"

static struct product *unit, *person, *online;

static int open_products(void **state)
{
    (void)state;
    unit = product_bench_open(TEST_SOURCE_DIR, "gxca/suqian-unit.yaml");
    person = product_bench_open(TEST_SOURCE_DIR, "gxca/suqian-person.yaml");
    online = product_bench_open(TEST_SOURCE_DIR, "gxca/online.yaml");
    return 0;
}

static int close_products(void **state)
{
    (void)state;
    product_free(unit);
    product_free(person);
    product_free(online);
    return 0;
}

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* New issue and renewal: the certificate's first and later years, the same with the seal's, 350 for four. */
static const struct product_fee unit_terms[] = {
    {PRODUCT_ASK("new"), 15000},
    {PRODUCT_ASK("new", .years = 2), 25000},
    {PRODUCT_ASK("new", .years = 3), 35000},
    {PRODUCT_ASK("new", .years = 4), 35000},
    {PRODUCT_ASK("new", .years = 5), 45000},
    {PRODUCT_ASK("new", .seal = true), 25000},
    {PRODUCT_ASK("new", .years = 2, .seal = true), 45000},
    {PRODUCT_ASK("new", .years = 3, .seal = true), 65000},
    {PRODUCT_ASK("new", .years = 4, .seal = true), 70000},
    {PRODUCT_ASK("new", .years = 5, .seal = true), 90000},
    {PRODUCT_ASK("renew"), 10000},
    {PRODUCT_ASK("renew", .years = 2), 20000},
    {PRODUCT_ASK("renew", .years = 3), 30000},
    {PRODUCT_ASK("renew", .years = 4), 35000},
    {PRODUCT_ASK("renew", .years = 5), 45000},
    {PRODUCT_ASK("renew", .seal = true), 20000},
    {PRODUCT_ASK("renew", .years = 2, .seal = true), 40000},
    {PRODUCT_ASK("renew", .years = 3, .seal = true), 60000},
    {PRODUCT_ASK("renew", .years = 4, .seal = true), 70000},
    {PRODUCT_ASK("renew", .years = 5, .seal = true), 90000},
    {PRODUCT_ASK("new", .years = 6), PRODUCT_BENCH_REFUSED_FEN},
};

static const struct product_fee unit_others[] = {
    {PRODUCT_ASK("replace"), 5000},
    {PRODUCT_ASK("replace", .seal = true), 13000},
    {PRODUCT_ASK("change"), 0},
    /* CA 数字证书 免费; 电子签章 变更单位名称 80元/次, 变更法人/章模 50元/次 */
    {PRODUCT_ASK("change", .sub_kinds = "name"), 0},
    {PRODUCT_ASK("change", .sub_kinds = "name", .seal = true), 8000},
    {PRODUCT_ASK("change", .sub_kinds = "legal"), 0},
    {PRODUCT_ASK("change", .sub_kinds = "legal", .seal = true), 5000},
    {PRODUCT_ASK("change", .sub_kinds = "seal-style"), 5000}, /* of the seal itself */
    {PRODUCT_ASK("change", .sub_kinds = "name legal"), 0},
    {PRODUCT_ASK("change", .sub_kinds = "name legal", .seal = true), 13000},
    {PRODUCT_ASK("change", .sub_kinds = "name seal-style"), 13000},
    {PRODUCT_ASK("change", .sub_kinds = "legal seal-style"), 10000},
    {PRODUCT_ASK("change", .sub_kinds = "name legal seal-style"), 18000},
    {PRODUCT_ASK("change", .sub_kinds = "colour"), PRODUCT_BENCH_REFUSED_FEN},
    {PRODUCT_ASK("unlock"), 0},
    {PRODUCT_ASK("unlock", .seal = true), PRODUCT_BENCH_REFUSED_FEN}, /* it has none */
};

static void test_catalogue_gxca__unit_fees_are_the_tables_to_the_fen(void **state)
{
    (void)state;
    static const struct product_fee window[] = {
        {PRODUCT_ASK("exchange"), 0},
        {PRODUCT_ASK("exchange", .seal = true), 0},
        {PRODUCT_ASK("exchange", .quantity = 3), PRODUCT_BENCH_REFUSED_FEN},
        {PRODUCT_ASK("revoke"), 0},
        {PRODUCT_ASK("suspend"), PRODUCT_BENCH_REFUSED_FEN},
    };
    assert_string_equal(product_bench_fees(unit, unit_terms, COUNT(unit_terms)), "");
    assert_string_equal(product_bench_fees(unit, unit_others, COUNT(unit_others)), "");
    assert_string_equal(product_bench_fees(unit, window, COUNT(window)), "");
}

static void test_catalogue_gxca__online_costs_what_the_window_costs(void **state)
{
    (void)state;
    static const struct product_fee none[] = {{PRODUCT_ASK("exchange"), PRODUCT_BENCH_REFUSED_FEN},
                                              {PRODUCT_ASK("revoke"), PRODUCT_BENCH_REFUSED_FEN}};
    assert_string_equal(product_bench_fees(online, unit_terms, COUNT(unit_terms)), "");
    assert_string_equal(product_bench_fees(online, unit_others, COUNT(unit_others)), "");
    assert_string_equal(product_bench_fees(online, none, COUNT(none)), "");
}

static void test_catalogue_gxca__only_the_main_lock_carries_a_seal(void **state)
{
    (void)state;
    static const struct product_fee locks[] = {
        {PRODUCT_ASK("new", .quantity = 3), 45000},
        {PRODUCT_ASK("new", .quantity = 3, .seal = true), 55000},
        {PRODUCT_ASK("new", .quantity = 2, .years = 4, .seal = true), 105000},
        {PRODUCT_ASK("new", .quantity = 11), PRODUCT_BENCH_REFUSED_FEN},
        {PRODUCT_ASK("replace", .quantity = 2, .seal = true), PRODUCT_BENCH_REFUSED_FEN},
    };
    assert_int_equal(unit->seal, PRODUCT_SEAL_MAIN_LOCK);
    assert_string_equal(product_bench_fees(unit, locks, COUNT(locks)), "");
}

static void test_catalogue_gxca__person_fees_are_the_tables_to_the_fen(void **state)
{
    (void)state;
    static const struct product_fee fees[] = {
        {PRODUCT_ASK("new"), 7000},
        {PRODUCT_ASK("new", .years = 2), 9000},
        {PRODUCT_ASK("new", .years = 3), 11000},
        {PRODUCT_ASK("new", .years = 4), 13000}, /* no bundle for persons */
        {PRODUCT_ASK("new", .years = 5), 15000},
        {PRODUCT_ASK("new", .seal = true), 12000},
        {PRODUCT_ASK("new", .years = 2, .seal = true), 19000},
        {PRODUCT_ASK("new", .years = 4, .seal = true), 33000},
        {PRODUCT_ASK("renew"), 2000},
        {PRODUCT_ASK("renew", .years = 3), 6000},
        {PRODUCT_ASK("renew", .seal = true), 7000},
        {PRODUCT_ASK("renew", .years = 4, .seal = true), 28000},
        {PRODUCT_ASK("replace"), 5000},
        {PRODUCT_ASK("replace", .seal = true), 10000},
        {PRODUCT_ASK("change"), 5000},
        {PRODUCT_ASK("change", .seal = true), 5000},
        {PRODUCT_ASK("unlock"), 0},
        {PRODUCT_ASK("exchange"), 0},
        {PRODUCT_ASK("exchange", .seal = true), 0},
        {PRODUCT_ASK("revoke"), 0},
    };
    assert_string_equal(product_bench_fees(person, fees, COUNT(fees)), "");
}

static const char *papers_of(const struct product *product, struct product_ask ask)
{
    return product_bench_papers(product, &ask);
}

static void test_catalogue_gxca__unit_papers_follow_operation_and_change(void **state)
{
    (void)state;
    static const char three[] = "application licence agent_id";
    static const char own[] = "new_lock application licence agent_id";
    static const char notice[] = "new_lock application licence change_notice agent_id";
    assert_string_equal(papers_of(unit, (struct product_ask)PRODUCT_ASK("new")), three);
    assert_string_equal(papers_of(unit, (struct product_ask)PRODUCT_ASK("replace")),
                        "application licence agent_id loss_statement");
    assert_string_equal(papers_of(unit, (struct product_ask)PRODUCT_ASK("exchange")),
                        "old_lock application licence agent_id");
    assert_string_equal(papers_of(unit, (struct product_ask)PRODUCT_ASK("renew")), own);
    assert_string_equal(papers_of(unit, (struct product_ask)PRODUCT_ASK("unlock")), own);
    assert_string_equal(papers_of(unit, (struct product_ask)PRODUCT_ASK("revoke")), three);
    assert_string_equal(papers_of(unit, (struct product_ask)PRODUCT_ASK("change", .sub_kinds = "name")),
                        notice);
    assert_string_equal(papers_of(unit, (struct product_ask)PRODUCT_ASK("change", .sub_kinds = "legal")),
                        notice);
    assert_string_equal(papers_of(unit, (struct product_ask)PRODUCT_ASK("change", .sub_kinds = "seal-style")),
                        own);
    assert_string_equal(
        papers_of(unit, (struct product_ask)PRODUCT_ASK("change", .sub_kinds = "seal-style name")), notice);
    FEATURE("F118");
    assert_string_equal(papers_of(online, (struct product_ask)PRODUCT_ASK("new")), three);
}

static void test_catalogue_gxca__agents_card_only_when_somebody_acts_for_the_person(void **state)
{
    (void)state;
    static const struct {
        const char *operation, *alone, *acted;
    } rows[] = {
        {"new", "application applicant_id", "application applicant_id agent_id"},
        {"replace", "application applicant_id", "application applicant_id agent_id"},
        {"exchange", "old_lock application applicant_id", "old_lock application applicant_id agent_id"},
        {"renew", "new_lock application applicant_id", "new_lock application applicant_id agent_id"},
        {"change", "new_lock application applicant_id", "new_lock application applicant_id agent_id"},
        {"unlock", "new_lock application applicant_id", "new_lock application applicant_id agent_id"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_string_equal(papers_of(person, (struct product_ask)PRODUCT_ASK(rows[i].operation)),
                            rows[i].alone);
        assert_string_equal(
            papers_of(person, (struct product_ask)PRODUCT_ASK(rows[i].operation, .agent = true)),
            rows[i].acted);
    }
}

static void test_catalogue_gxca__papers_are_stamped_signed_or_keys(void **state)
{
    (void)state;
    static const char *const stamped[] = {"application", "licence", "agent_id", "loss_statement",
                                          "change_notice"};
    for (size_t i = 0; i < COUNT(stamped); i++)
        assert_true(product_find_paper(unit, stamped[i])->stamped);
    assert_true(product_find_paper(unit, "change_notice")->original);
    assert_int_equal(product_find_paper(unit, "old_lock")->kind, PRODUCT_PAPER_KIND_KEY);
    assert_int_equal(product_find_paper(unit, "new_lock")->kind, PRODUCT_PAPER_KIND_KEY);
    assert_int_equal(product_find_paper(unit, "licence")->kind, PRODUCT_PAPER_KIND_SCAN);
    assert_false(product_find_paper(person, "application")->stamped);
    assert_true(product_find_paper(person, "application")->signed_by_hand);
    assert_string_equal(product_find_paper(unit, "loss_statement")->title, "丢失说明");
    assert_non_null(
        strstr(product_find_paper(unit, "application")->hint, "《国信CA数字证书及电子签章申请表》"));
}

static void test_catalogue_gxca__window_reviews_before_payment_and_online_after(void **state)
{
    (void)state;
    static const char own[] = "key form print scan review pay issue collect";
    assert_string_equal(product_bench_steps(unit, "new"),
                        "form print scan identity review pay issue pin collect");
    assert_string_equal(product_bench_steps(unit, "renew"), own);
    assert_string_equal(product_bench_steps(person, "change"), own);
    assert_string_equal(product_bench_steps(unit, "exchange"),
                        "key form print scan identity review issue pin collect");
    assert_string_equal(product_bench_steps(unit, "unlock"),
                        "form print scan identity review act pin collect");
    assert_string_equal(product_bench_steps(unit, "revoke"), "form print scan identity review act collect");
    assert_string_equal(product_bench_steps(online, "new"), "form print scan pay review issue pin collect");
    assert_string_equal(product_bench_steps(online, "renew"), "key form print scan pay review issue collect");
    assert_string_equal(product_bench_operations(unit), "new renew change replace unlock exchange revoke");
    assert_string_equal(product_bench_operations(online), "new renew change replace unlock");
}

static void test_catalogue_gxca__fields_are_those_of_the_printed_forms(void **state)
{
    (void)state;
    static const char agent[] = "经办人姓名* 身份证号* 手机号码* 收发票的电子邮箱* 回寄收件地址*";
    char expected[512];
    (void)snprintf(expected, sizeof expected, "%s %s",
                   "单位名称* 营业执照/统一社会信用代码号* 单位注册地* 法人姓名* 单位电话*", agent);
    assert_string_equal(product_bench_fields(unit, "new"), expected);
    assert_string_equal(product_bench_fields(online, "new"), expected);
    (void)snprintf(expected, sizeof expected, "%s %s",
                   "由谁来办 个人名称* 证件类型* 其它证件，请注明* 手机号码* 证件号码* 所属单位名称", agent);
    (void)strcat(expected,
                 " 经办人姓名（本人） 身份证号（本人） 手机号码（本人）"); /* printed as the agent's */
    assert_string_equal(product_bench_fields(person, "new"), expected);
}

static void test_catalogue_gxca__agreement_and_declarations_are_the_authoritys(void **state)
{
    (void)state;
    const struct product *all[] = {unit, person, online};
    for (size_t i = 0; i < COUNT(all); i++) {
        size_t articles = 0;
        for (size_t j = 0; j < all[i]->agreement.paragraph_count; j++)
            articles += strncmp(all[i]->agreement.paragraphs[j], "# 第", strlen("# 第")) == 0;
        assert_string_equal(all[i]->agreement.title, "国信CA数字证书服务协议");
        assert_int_equal(articles, 5);
        assert_int_equal(all[i]->declaration_count, 3);
        assert_string_equal(all[i]->declarations[0],
                            "本单位/个人授权以下经办人前去办理CA数字证书/电子签章相关事宜。");
        assert_non_null(strstr(all[i]->declarations[2], "《国信CA电子认证业务规则》"));
        assert_string_equal(all[i]->code, "527宿迁市公共资源互联互通项目（含电子签章）");
    }
}

static void test_catalogue_gxca__running_tenders_are_warned_of(void **state)
{
    (void)state;
    static const char warning[] =
        "正在进行招投标事项的用户，如办理换发、补办或变更业务，请在办理业务后重新制作并上传标书。";
    static const char *const warned[] = {"exchange", "replace", "change"};
    for (size_t i = 0; i < COUNT(warned); i++) {
        assert_string_equal(product_find_operation(unit, warned[i])->warnings[0], warning);
        assert_string_equal(product_find_operation(person, warned[i])->warnings[0], warning);
    }
    assert_int_equal(product_find_operation(unit, "new")->warning_count, 0);
    assert_int_equal(product_find_operation(unit, "unlock")->warning_count, 0);
}

static void test_catalogue_gxca__clocks_pins_and_handing_over_are_the_guides(void **state)
{
    (void)state;
    const struct product_operation *revoke = product_find_operation(unit, "revoke");
    assert_int_equal(revoke->report_hours, 8);
    assert_int_equal(revoke->done_hours, 24);
    assert_string_equal(unit->pin_default, "123456");
    assert_true(unit->pin_must_change);
    assert_int_equal(unit->start, PRODUCT_START_ACCEPTANCE);
    assert_false(unit->renewal_after_expiry);
    assert_int_equal(unit->invoice, PRODUCT_INVOICE_EMAIL);
    assert_int_equal(unit->invoice_days, 5);
    assert_string_equal(unit->pickup_cut_off, "17:00");
    assert_int_equal(unit->pickup[0], PRODUCT_PICKUP_HALL);
    assert_true(product_takes(unit, PRODUCT_PAYMENT_ALIPAY) && product_takes(unit, PRODUCT_PAYMENT_WECHAT));
    assert_true(product_takes(online, PRODUCT_PAYMENT_ALIPAY));
    assert_false(product_takes(online, PRODUCT_PAYMENT_WECHAT));
    assert_int_equal(online->invoice, PRODUCT_INVOICE_REQUEST);
    assert_int_equal(online->pickup[0], PRODUCT_PICKUP_COURIER_COLLECT);
    assert_string_equal(product_status_label(online, ORDER_STATE_DRAFT), "未提交");
    assert_string_equal(product_status_label(online, ORDER_STATE_REVIEWING), "已提交");
    assert_string_equal(product_status_label(online, ORDER_STATE_REJECTED), "拒绝");
    assert_string_equal(unit->hotline, "400-025-1010");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_catalogue_gxca__unit_fees_are_the_tables_to_the_fen),
        cmocka_unit_test(test_catalogue_gxca__online_costs_what_the_window_costs),
        cmocka_unit_test(test_catalogue_gxca__only_the_main_lock_carries_a_seal),
        cmocka_unit_test(test_catalogue_gxca__person_fees_are_the_tables_to_the_fen),
        cmocka_unit_test(test_catalogue_gxca__unit_papers_follow_operation_and_change),
        cmocka_unit_test(test_catalogue_gxca__agents_card_only_when_somebody_acts_for_the_person),
        cmocka_unit_test(test_catalogue_gxca__papers_are_stamped_signed_or_keys),
        cmocka_unit_test(test_catalogue_gxca__window_reviews_before_payment_and_online_after),
        cmocka_unit_test(test_catalogue_gxca__fields_are_those_of_the_printed_forms),
        cmocka_unit_test(test_catalogue_gxca__agreement_and_declarations_are_the_authoritys),
        cmocka_unit_test(test_catalogue_gxca__running_tenders_are_warned_of),
        cmocka_unit_test(test_catalogue_gxca__clocks_pins_and_handing_over_are_the_guides),
    };
    return cmocka_run_group_tests(tests, open_products, close_products);
}
