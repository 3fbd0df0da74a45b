/* DFCA 湖南住建, units and persons, against the guide (catalogue 1.5, 1.6): papers, steps, fields, words; the
 * guide has no fees. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/random.h"
#include "tests/support/feature.h"
#include "tests/support/product_bench.h"
#include "tests/support/product_text.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define ASK(...) ((struct product_ask)PRODUCT_ASK(__VA_ARGS__))

enum { LIMIT_300_KB = 307200, LIMIT_2_MB = 2097152 };

static struct product *unit, *person;

static int open_products(void **state)
{
    (void)state;
    unit = product_bench_open(TEST_SOURCE_DIR, "dfca/hnzj-unit.yaml");
    person = product_bench_open(TEST_SOURCE_DIR, "dfca/hnzj-person.yaml");
    return 0;
}

static int close_products(void **state)
{
    (void)state;
    product_free(unit);
    product_free(person);
    return 0;
}

/* Whether a line of what is to be confirmed names the amount. */
static bool is_marked(const struct product *product, int64_t yuan)
{
    char amount[32];
    (void)snprintf(amount, sizeof amount, " %ld 元/年：", (long)yuan);
    for (size_t i = 0; i < product->to_confirm_count; i++)
        if (strstr(product->to_confirm[i], amount) != NULL &&
            strstr(product->to_confirm[i], "演示用") != NULL)
            return true;
    return false;
}

/* The guide shows the amounts of its demonstration only; the operator is told each of them and its source. */
static void test_catalogue_dfca__fees_are_the_demonstrations(void **state)
{
    (void)state;
    const struct product *const both[] = {unit, person};
    static const int64_t yearly[] = {19000, 12000};
    for (size_t i = 0; i < COUNT(both); i++) {
        const struct product_fee fees[] = {
            {PRODUCT_ASK("new"), yearly[i]},
            {PRODUCT_ASK("new", .years = 5), 5 * yearly[i]},
            {PRODUCT_ASK("new", .seal = true), yearly[i] + 15000},
            {PRODUCT_ASK("new", .years = 6), PRODUCT_BENCH_REFUSED_FEN},
            {PRODUCT_ASK("renew", .years = 3), 3 * yearly[i]},
            {PRODUCT_ASK("recover"), 0},
            {PRODUCT_ASK("recover", .seal = true), 0},
            {PRODUCT_ASK("suspend"), 0},
            {PRODUCT_ASK("resume"), 0},
            {PRODUCT_ASK("revoke"), 0},
            {PRODUCT_ASK("replace"), PRODUCT_BENCH_REFUSED_FEN},
        };
        assert_string_equal(product_bench_fees(both[i], fees, COUNT(fees)), "");
        assert_string_equal(product_bench_operations(both[i]),
                            "new renew suspend resume revoke recover replace");
        assert_string_equal("请办理密钥恢复", product_find_operation(both[i], "replace")->unavailable_text);
        assert_non_null(strstr(both[i]->to_confirm[0], "收费标准"));
        assert_non_null(strstr(both[i]->to_confirm[0], "与实际付款金额并不相同"));
        assert_true(is_marked(both[i], yearly[i] / 100));
        assert_true(is_marked(both[i], 150));
        assert_true(product_find_operation(both[i], "new")->available);
        assert_true(product_find_operation(both[i], "recover")->available);
        assert_true(both[i]->encryption);
        assert_true(both[i]->soft);
    }
}

static void test_catalogue_dfca__papers_keep_both_limits_of_the_guide(void **state)
{
    (void)state;
    static const char *const imprints[] = {"imprint", "signature"};
    const struct product *const both[] = {unit, person};
    for (size_t i = 0; i < COUNT(both); i++) {
        for (size_t j = 0; j < both[i]->paper_count; j++) {
            const struct product_paper *paper = &both[i]->papers[j];
            bool is_imprint = strcmp(paper->id, imprints[0]) == 0 || strcmp(paper->id, imprints[1]) == 0;
            if (paper->kind == PRODUCT_PAPER_KIND_SHEET)
                continue;
            assert_int_equal(paper->limit_bytes, is_imprint ? LIMIT_2_MB : LIMIT_300_KB);
            assert_int_equal(paper->format_count, 1);
            FEATURE("F106");
            assert_int_equal(paper->format[0], PRODUCT_FORMAT_JPEG);
            assert_int_equal(paper->dpi, is_imprint ? 300 : paper->code_required ? 150 : 100);
        }
        assert_true(product_find_paper(both[i], "agent_id")->both_sides);
        assert_true(product_find_paper(both[i], "spare")->optional);
        assert_true(product_find_paper(both[i], "receipt")->original);
        assert_int_equal(product_find_paper(both[i], "agreement")->kind, PRODUCT_PAPER_KIND_SHEET);
    }
    assert_string_equal(product_find_paper(person, "agent_id")->same_as, "applicant_id");
    assert_int_equal(product_find_paper(person, "signature")->sample_count, 2);
}

static void test_catalogue_dfca__papers_are_those_of_the_guide(void **state)
{
    (void)state;
    assert_string_equal(product_bench_papers(unit, &ASK("new", .seal = true)),
                        "receipt unit_licence authorisation agent_id agreement imprint spare");
    assert_string_equal(product_bench_papers(unit, &ASK("new")),
                        "receipt unit_licence authorisation agent_id agreement spare");
    assert_string_equal(product_bench_papers(unit, &ASK("suspend")), "");
    assert_string_equal(product_bench_papers(person, &ASK("new", .seal = true)),
                        "authorisation applicant_id receipt agreement imprint signature spare");
    assert_string_equal(product_bench_papers(person, &ASK("renew")),
                        "authorisation applicant_id receipt agreement signature spare");
    assert_string_equal(product_bench_papers(person, &ASK("renew", .agent = true)),
                        "authorisation applicant_id agent_id receipt agreement signature spare");
    assert_string_equal(product_find_paper(unit, "receipt")->title, "数字证书申请业务受理表");
    const struct product_operation *operation = product_find_operation(unit, "new");
    assert_string_equal(operation->form_title, "单位数字证书业务受理表");
    assert_int_equal(operation->pack_count, 3);
    assert_string_equal(operation->pack[0], "dfca-agreement");
    const struct product_paper *card = product_find_paper(person, "applicant_id");
    assert_true(card->both_sides && product_find_paper(unit, "agent_id")->both_sides);
    assert_string_equal(card->hint, "证件正反面复印到一张 A4 纸，盖章");
    assert_string_equal(operation->pack[1], "dfca-authorisation");
}

static void assert_mistake(const char *from, const char *to, const char *told)
{
    product_text_assert_mistake(TEST_SOURCE_DIR "/config/catalogue/dfca/hnzj-person.yaml", from, to, told);
}

static void test_catalogue_dfca__sides_of_a_paper_it_is_not_asked_for_are_refused(void **state)
{
    (void)state;
    assert_mistake("    code_required: true\n", "    code_required: true\n    both_sides: true\n",
                   "expected both sides of a paper of the applicant's own, found receipt");
    assert_mistake("    both_sides: true\n    same_as", "    same_as",
                   "expected as many sides as of agent_id, found applicant_id");
}

static void test_catalogue_dfca__a_paper_that_cannot_be_kept_as_it_is_scanned_is_refused(void **state)
{
    (void)state;
    assert_mistake("formats: [jpeg]", "formats: [png]",
                   "expected jpeg among the formats of authorisation, as which its pages are kept");
}

static void test_catalogue_dfca__steps_pay_before_the_review(void **state)
{
    (void)state;
    const struct product *const both[] = {unit, person};
    for (size_t i = 0; i < COUNT(both); i++) {
        assert_string_equal(product_bench_steps(both[i], "new"),
                            "form print scan identity pay review issue pin collect");
        assert_string_equal(product_bench_steps(both[i], "renew"),
                            "key form print scan pay review issue collect");
        assert_string_equal(product_bench_steps(both[i], "suspend"), "form identity act");
        assert_string_equal(product_bench_steps(both[i], "resume"), "form identity act");
        assert_string_equal(product_bench_steps(both[i], "revoke"), "form print scan identity review act");
        assert_string_equal(product_bench_steps(both[i], "recover"),
                            "form print scan identity pay review issue pin collect");
        assert_int_equal(product_find_operation(both[i], "recover")->signers, 2);
        assert_int_equal(product_find_operation(both[i], "new")->years_most, 5);
        assert_true(product_find_operation(both[i], "renew")->asks_verification);
        assert_false(product_find_operation(both[i], "new")->asks_verification);
        assert_int_equal(both[i]->start, PRODUCT_START_APPLICATION);
        assert_int_equal(both[i]->review_days, 2);
    }
}

#define AGENT "经办人姓名* 经办人联系电话* 经办人E-Mail* "
#define REST "您的验证问题提示* 您的验证答案* 证书介质* 收货姓名 电话号码 收货地址 收货详细地址"

static void test_catalogue_dfca__fields_are_those_of_the_pages(void **state)
{
    (void)state;
    assert_string_equal(
        product_bench_fields(unit, "new"),
        "用户名* 单位名称* 单位联系电话* 单位邮箱地址* 单位传真* 单位通讯地址* "
        "单位详细地址* 单位邮政编码* 单位证件类型* 单位证件号码* 三证合一的证件号码 工商营业执照号* "
        "税务登记证号* " AGENT "经办人证件类型* 经办人证件号码* " REST);
    assert_string_equal(product_bench_fields(person, "new"),
                        "申请人姓名* 用户名* 性别* 您的工作单位* 您的工作部门* 您的邮箱地址* "
                        "申请人证件类型* 申请人证件号码* 您的联系电话* 您的移动电话* 邮政编码* "
                        "通讯地址* 详细地址* " AGENT "有效证件类型* 有效证件号码* " REST);
    const struct form *form = product_find_form(person, "application");
    const struct form_field *gender = form_find(form, "gender");
    assert_int_equal(gender->option_count, 2);
    assert_string_equal(gender->options[1], "女");
    assert_int_equal(form_find(form, "user_name")->max_characters, 12);
    assert_int_equal(form_find(form, "user_name")->kind, FORM_KIND_USER_NAME);
    assert_string_equal(form_find(form, person->verification_question)->options[0],
                        "您的一生最重要的人是谁?");
    FEATURE("F064");
    assert_true(form_find(form, person->verification_answer)->masked);
}

/* Only what is wrong with this field of the units' form; "" for nothing. */
static const char *mistake_of(const struct form_values *values, const char *id)
{
    static struct form_error error;
    const struct form *form = product_find_form(unit, "application");
    error = (struct form_error){0};
    return form_check(form, values, form_find(form, id), PRODUCT_BENCH_NOW_UTC_S, &error) ? "" : error.key;
}

static void assert_row(const struct form_values *values, const char *row, const char *wanted)
{
    struct buf text;
    buf_init(&text, 256);
    assert_int_equal(buf_append_text(&text, ""), STATUS_OK);
    assert_int_equal(form_row(product_find_form(unit, "application"), values, row, &text), STATUS_OK);
    assert_string_equal((const char *)text.data, wanted);
    buf_release(&text);
}

/* Three papers in one have one number with its check digit; old ones have a number each. */
static void test_catalogue_dfca__kind_of_paper_decides_which_numbers_are_asked(void **state)
{
    (void)state;
    struct form_values values = {0};
    assert_int_equal(form_values_set(&values, "unit_id_type", "统一社会信用代码"), STATUS_OK);
    assert_int_equal(form_values_set(&values, "unit_id", "123456789012345678"), STATUS_OK);
    FEATURE("F068");
    assert_string_not_equal(mistake_of(&values, "unit_id"), "");
    assert_int_equal(form_values_set(&values, "unit_id", "91430100MA6000016U"), STATUS_OK);
    assert_string_equal(mistake_of(&values, "unit_id"), "");
    assert_string_equal(mistake_of(&values, "business_licence"), "");
    assert_string_equal(mistake_of(&values, "tax_registration"), "");
    assert_row(&values, "business_licence", "91430100MA6000016U");
    assert_row(&values, "tax_registration", "91430100MA6000016U");
    assert_int_equal(form_values_set(&values, "unit_id_type", "组织机构代码"), STATUS_OK);
    assert_int_equal(form_values_set(&values, "unit_id", "MA6000016"), STATUS_OK);
    assert_string_equal(mistake_of(&values, "unit_id"), "");
    assert_row(&values, "business_licence", "");
    assert_string_equal(mistake_of(&values, "business_licence"), "form.required");
    assert_int_equal(form_values_set(&values, "business_licence", "430100000012345"), STATUS_OK);
    FEATURE("F069");
    assert_row(&values, "business_licence", "430100000012345");
    assert_string_equal(mistake_of(&values, "tax_registration"), "form.required");
    form_values_wipe(&values);
}

static void test_catalogue_dfca__words_and_numbers_are_the_authoritys(void **state)
{
    (void)state;
    /* no button that no screen has, no number of sheets that is another with a seal */
    assert_null(strstr(product_says(unit, PRODUCT_MESSAGE_FORM_FAULTY), "【"));
    assert_null(strstr(product_says(person, PRODUCT_MESSAGE_PRINTED), "三页"));
    char number[ORDER_ACCEPTANCE_BYTES];
    struct random_seeded seeded;
    random_seeded_init(&seeded, 3);
    assert_int_equal(
        order_acceptance_make(unit->acceptance_pattern, PRODUCT_BENCH_NOW_UTC_S, 0, &seeded.random, number),
        STATUS_OK);
    assert_int_equal(strlen(number), 20);
    assert_string_equal(product_status_label(unit, ORDER_STATE_SCANNING), "等待材料");
    assert_string_equal(product_status_label(unit, ORDER_STATE_PAYING), "等待缴费");
    assert_string_equal(product_status_label(unit, ORDER_STATE_REJECTED), "已否决");
    assert_string_equal(product_status_label(person, ORDER_STATE_ISSUING), "激活完成");
    assert_string_equal(product_button_label(unit, ORDER_STATE_PAYING, PRODUCT_ACT_VOUCHER), "上传缴费凭证");
    assert_string_equal(product_button_label(unit, ORDER_STATE_DONE, PRODUCT_ACT_COPY), "类似申请证书");
    assert_null(product_button_label(unit, ORDER_STATE_REVIEWING, PRODUCT_ACT_CANCEL));
    assert_null(product_button_label(unit, ORDER_STATE_REVIEWING, PRODUCT_ACT_CORRECT));
    assert_string_equal(product_says(unit, PRODUCT_MESSAGE_CANCEL_REFUSED), "已缴费审核的证书申请不能取消");
    assert_string_equal(product_says(unit, PRODUCT_MESSAGE_KEY_USED), "检测到UsbKey中有证书数据，是否继续?");
    assert_true(product_takes(unit, PRODUCT_PAYMENT_TRANSFER));
    assert_string_equal(unit->account.number, "610659038153");
    assert_string_equal(unit->agreement.title, "东方新诚信电子认证服务协议");
    assert_true(unit->agreement.paragraph_count >= 16);
    assert_int_equal(person->holder, PRODUCT_HOLDER_PERSON);
    assert_string_equal(person->classes[0].sale_label, "ZJT个人证书");
    assert_string_equal(product_message_name((enum product_message)99), "invalid");
    assert_string_equal(product_act_name((enum product_act)99), "invalid");
    assert_string_equal(product_channel_name(PRODUCT_CHANNEL_SMS), "sms");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_catalogue_dfca__fees_are_the_demonstrations),
        cmocka_unit_test(test_catalogue_dfca__papers_keep_both_limits_of_the_guide),
        cmocka_unit_test(test_catalogue_dfca__papers_are_those_of_the_guide),
        cmocka_unit_test(test_catalogue_dfca__sides_of_a_paper_it_is_not_asked_for_are_refused),
        cmocka_unit_test(test_catalogue_dfca__a_paper_that_cannot_be_kept_as_it_is_scanned_is_refused),
        cmocka_unit_test(test_catalogue_dfca__steps_pay_before_the_review),
        cmocka_unit_test(test_catalogue_dfca__fields_are_those_of_the_pages),
        cmocka_unit_test(test_catalogue_dfca__kind_of_paper_decides_which_numbers_are_asked),
        cmocka_unit_test(test_catalogue_dfca__words_and_numbers_are_the_authoritys),
    };
    return cmocka_run_group_tests(tests, open_products, close_products);
}
