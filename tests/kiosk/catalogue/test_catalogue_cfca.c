/* CFCA 宿迁, units and persons, against the guide (catalogue 1.8, 4.5, 4.6). */
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

static struct product *unit, *person;

static int open_products(void **state)
{
    (void)state;
    unit = product_bench_open(TEST_SOURCE_DIR, "cfca/suqian-unit.yaml");
    person = product_bench_open(TEST_SOURCE_DIR, "cfca/suqian-person.yaml");
    return 0;
}

static int close_products(void **state)
{
    (void)state;
    product_free(unit);
    product_free(person);
    return 0;
}

static void test_catalogue_cfca__unit_fees_are_the_tables_to_the_fen(void **state)
{
    (void)state;
    static const struct product_fee fees[] = {
        {PRODUCT_ASK("new"), 15000},
        {PRODUCT_ASK("new", .seal = true), 25000},
        {PRODUCT_ASK("new", .years = 2), 25000},
        {PRODUCT_ASK("new", .years = 2, .seal = true), 45000},
        {PRODUCT_ASK("new", .years = 3, .seal = true), 65000},
        {PRODUCT_ASK("new", .years = 4, .seal = true), 85000}, /* CFCA has no bundle */
        {PRODUCT_ASK("new", .quantity = 2, .seal = true), 50000},
        {PRODUCT_ASK("renew"), 10000},
        {PRODUCT_ASK("renew", .years = 3), 30000},
        {PRODUCT_ASK("renew", .seal = true), 20000},
        {PRODUCT_ASK("renew", .years = 3, .seal = true), 60000},
        {PRODUCT_ASK("unlock"), 0},
        {PRODUCT_ASK("unlock", .seal = true), PRODUCT_BENCH_REFUSED_FEN}, /* nothing is written for one */
        {PRODUCT_ASK("replace"), 5000},
        {PRODUCT_ASK("replace", .seal = true), 5000}, /* the table has a stroke for the seal */
        {PRODUCT_ASK("replace", .quantity = 3), PRODUCT_BENCH_REFUSED_FEN}, /* of one old lock */
        {PRODUCT_ASK("change"), 0},
        /* CA证书 免费; 电子签章 名称变更 80/个, 公章或法人变更 50元/个 */
        {PRODUCT_ASK("change", .sub_kinds = "name"), 0},
        {PRODUCT_ASK("change", .sub_kinds = "name", .seal = true), 8000},
        {PRODUCT_ASK("change", .sub_kinds = "legal"), 0},
        {PRODUCT_ASK("change", .sub_kinds = "legal", .seal = true), 5000},
        {PRODUCT_ASK("change", .sub_kinds = "seal-style"), 5000}, /* of the seal itself */
        {PRODUCT_ASK("change", .sub_kinds = "name legal"), 0},
        {PRODUCT_ASK("change", .sub_kinds = "name legal", .seal = true), 13000},
        {PRODUCT_ASK("change", .sub_kinds = "name legal seal-style"), 18000},
        {PRODUCT_ASK("revoke"), 0},
        {PRODUCT_ASK("exchange"), PRODUCT_BENCH_REFUSED_FEN},
        {PRODUCT_ASK("new", .years = 6), PRODUCT_BENCH_REFUSED_FEN},
        {PRODUCT_ASK("new", .class_id = "person"), PRODUCT_BENCH_REFUSED_FEN},
    };
    assert_string_equal(product_bench_fees(unit, fees, COUNT(fees)), "");
}

static void test_catalogue_cfca__person_fees_are_the_tables_to_the_fen(void **state)
{
    (void)state;
    static const struct product_fee fees[] = {
        {PRODUCT_ASK("new"), 7000},
        {PRODUCT_ASK("new", .years = 2), 9000},
        {PRODUCT_ASK("new", .years = 3), 11000},
        {PRODUCT_ASK("new", .years = 5), 15000},
        {PRODUCT_ASK("new", .seal = true), 12000},
        {PRODUCT_ASK("new", .years = 2, .seal = true), 19000},
        {PRODUCT_ASK("new", .years = 3, .seal = true), 26000},
        {PRODUCT_ASK("renew"), 2000},
        {PRODUCT_ASK("renew", .years = 2), 4000},
        {PRODUCT_ASK("renew", .seal = true), 7000},
        {PRODUCT_ASK("renew", .years = 2, .seal = true), 14000},
        {PRODUCT_ASK("unlock"), 0},
        {PRODUCT_ASK("replace"), 5000},
        {PRODUCT_ASK("replace", .seal = true), 5000},
        {PRODUCT_ASK("revoke"), 0},
        {PRODUCT_ASK("change"), PRODUCT_BENCH_REFUSED_FEN}, /* the table has strokes */
    };
    assert_string_equal(product_bench_fees(person, fees, COUNT(fees)), "");
}

static const char *papers_of(const struct product *product, struct product_ask ask)
{
    return product_bench_papers(product, &ask);
}

static void test_catalogue_cfca__proof_is_asked_for_at_change_and_loss_only(void **state)
{
    (void)state;
    static const char three[] = "application credit_code_copy agent_id";
    static const char four[] = "application credit_code_copy agent_id proof";
    static const char *const plain[] = {"new", "renew", "unlock", "revoke"};
    for (size_t i = 0; i < COUNT(plain); i++)
        assert_string_equal(papers_of(unit, ASK(plain[i])), three);
    assert_string_equal(papers_of(unit, ASK("change", .sub_kinds = "seal-style")), four);
    assert_string_equal(papers_of(unit, ASK("replace")), four);
    assert_string_equal(product_find_paper(unit, "proof")->title, "相关证明材料");
    assert_true(product_find_paper(unit, "application")->original);
    assert_true(product_find_paper(unit, "credit_code_copy")->stamped);
    assert_true(product_find_paper(unit, "agent_id")->stamped);
}

static void test_catalogue_cfca__agents_card_only_when_somebody_acts_for_the_person(void **state)
{
    (void)state;
    for (size_t i = 0; i < person->operation_count; i++) {
        const char *id = person->operations[i].id;
        assert_string_equal(papers_of(person, ASK(id)), "application applicant_id");
        assert_string_equal(papers_of(person, ASK(id, .agent = true)), "application applicant_id agent_id");
    }
    assert_string_equal(product_find_paper(person, "agent_id")->title, "代理人身份证");
    assert_false(product_find_paper(person, "applicant_id")->stamped);
}

static void test_catalogue_cfca__payment_follows_review_and_leads_to_issue(void **state)
{
    (void)state;
    static const char fresh[] = "form print scan identity review pay issue pin collect";
    static const char own[] = "key form print scan review pay issue collect";
    assert_string_equal(product_bench_operations(unit), "new renew change replace unlock revoke");
    assert_string_equal(product_bench_operations(person), "new renew replace unlock revoke");
    assert_string_equal(product_bench_steps(unit, "new"), fresh);
    assert_string_equal(product_bench_steps(unit, "replace"), fresh);
    assert_string_equal(product_bench_steps(unit, "renew"), own);
    assert_string_equal(product_bench_steps(unit, "change"), own);
    assert_string_equal(product_bench_steps(person, "new"), fresh);
    assert_string_equal(product_bench_steps(person, "unlock"),
                        "form print scan identity review act pin collect");
    assert_string_equal(product_bench_steps(person, "revoke"), "form print scan identity review act collect");
}

static void test_catalogue_cfca__fields_are_those_of_the_printed_forms(void **state)
{
    (void)state;
    assert_string_equal(product_bench_fields(unit, "new"),
                        "单位全称* 单位证件类型* 其它证件，请注明* 单位证件号码* 经办人姓名* 经办人证件号码* "
                        "经办人证件类型* 其它证件，请注明* 联系电话* 电子邮箱* 通讯地址*");
    assert_string_equal(product_bench_fields(person, "new"),
                        "由谁来办 姓名* 证件号码* 证件类型* 其它证件，请注明* 联系电话* 电子邮箱* 通讯地址* "
                        "代理人姓名* 代理人身份证号* 代理人手机号码*");
    assert_string_equal(product_find_operation(unit, "new")->form_title,
                        "CFCA数字证书及电子签章业务申请单(单位)");
    FEATURE("F073");
    assert_string_equal(product_find_operation(person, "new")->form_title,
                        "CFCA数字证书及电子签名业务申请单（个人）");
}

static void test_catalogue_cfca__declarations_are_three_and_numbered_by_nobody(void **state)
{
    (void)state;
    const struct product *all[] = {unit, person};
    for (size_t i = 0; i < COUNT(all); i++) {
        assert_int_equal(all[i]->declaration_count, 3);
        assert_non_null(strstr(all[i]->declarations[1], "《CFCA数字证书服务协议》"));
        assert_non_null(strstr(all[i]->declarations[1], "《CFCA电子认证业务规则（简称CPS）》"));
        assert_string_equal(all[i]->agreement.title, "CFCA数字证书服务协议");
    }
    assert_non_null(strstr(unit->declarations[0], "提供的公章/签名是合法无误的"));
    assert_non_null(strstr(unit->declarations[2], "自经办人获得证书起，视为本单位同意接受此证书"));
    assert_string_equal(person->declarations[2],
                        "数字证书签发后，申请人从获得证书起，视为本人同意接受此证书。");
}

static void test_catalogue_cfca__scope_pin_and_handing_over_are_the_guides(void **state)
{
    (void)state;
    assert_non_null(strstr(unit->scope, "建设工程、政府采购、水利工程、交通工程、土地使用权"));
    assert_string_equal(unit->pin_default, "123456");
    assert_true(unit->pin_must_change);
    assert_string_equal(unit->pickup_promise,
                        "工作时间完成申请，当日顺丰/京东快递寄出CA锁，非工作时间完成申请，次日寄出");
    assert_int_equal(unit->pickup_count, 2);
    assert_string_equal(unit->hotline, "0527-84396024");
    assert_int_equal(unit->holder, PRODUCT_HOLDER_UNIT);
    assert_int_equal(person->holder, PRODUCT_HOLDER_PERSON);
    assert_true(unit->to_confirm_count > 0 && person->to_confirm_count > 0);
}

/* At the screen a seal may be asked for with a change; one of the seal itself leaves nothing to choose. */
static void test_catalogue_cfca__a_change_offers_a_seal_unless_it_is_of_the_seal(void **state)
{
    (void)state;
    struct product_wish wish;
    product_wish_init(&wish, unit, product_find_operation(unit, "change"), PRODUCT_BENCH_NOW_UTC_S);
    wish.sub_kinds[wish.sub_kind_count++] = "name";
    assert_true(product_wish_has_seal(&wish) && !product_wish_brings_seal(&wish));
    wish.sub_kinds[0] = "seal-style";
    assert_true(product_wish_brings_seal(&wish) && !product_wish_has_seal(&wish));
    wish.never_sealed = true;
    assert_false(product_wish_brings_seal(&wish));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_catalogue_cfca__a_change_offers_a_seal_unless_it_is_of_the_seal),
        cmocka_unit_test(test_catalogue_cfca__unit_fees_are_the_tables_to_the_fen),
        cmocka_unit_test(test_catalogue_cfca__person_fees_are_the_tables_to_the_fen),
        cmocka_unit_test(test_catalogue_cfca__proof_is_asked_for_at_change_and_loss_only),
        cmocka_unit_test(test_catalogue_cfca__agents_card_only_when_somebody_acts_for_the_person),
        cmocka_unit_test(test_catalogue_cfca__payment_follows_review_and_leads_to_issue),
        cmocka_unit_test(test_catalogue_cfca__fields_are_those_of_the_printed_forms),
        cmocka_unit_test(test_catalogue_cfca__declarations_are_three_and_numbered_by_nobody),
        cmocka_unit_test(test_catalogue_cfca__scope_pin_and_handing_over_are_the_guides),
    };
    return cmocka_run_group_tests(tests, open_products, close_products);
}
