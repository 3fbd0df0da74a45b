/* The shipped product is complete, and a definition with mistakes gives none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/limits.h"
#include "kiosk/catalogue/product.h"
#include "tests/support/feature.h"
#include "tests/support/product_text.h"

#define PRODUCT_FILE TEST_SOURCE_DIR "/config/catalogue/ezca/cqzfcg.yaml"

static struct yaml_errors errors;
static struct product *product;

static int open_shipped(void **state)
{
    (void)state;
    yaml_errors_init(&errors);
    product = NULL;
    return product_open(PRODUCT_FILE, NULL, NULL, &errors, &product) == STATUS_OK ? 0 : -1;
}

static int close_shipped(void **state)
{
    (void)state;
    product_free(product);
    yaml_errors_release(&errors);
    return 0;
}

static const struct product_operation *new_issue(void)
{
    const struct product_operation *operation = product_find_operation(product, "new");
    assert_non_null(operation);
    return operation;
}

static void test_product__shipped_product_is_read(void **state)
{
    (void)state;
    assert_string_equal(product->id, "ezca-cqzfcg");
    assert_string_equal(product->region, "重庆");
    assert_string_equal(product->platform, "公共资源");
    assert_string_equal(product->category, "重庆市公共资源交易");
    assert_string_equal(product->project, "重庆市政府采购网");
    assert_string_equal(product->hotline, "400-023-5888");
    assert_string_equal(product->icon, "cart");
    assert_int_equal(product->agreement.point_count, 4);
    assert_string_equal(product->agreement.points[0].title, "信息要真实");
    assert_int_equal(product->class_count, 3);
    assert_string_equal(product_find_class(product, "supplier")->label, "供应商");
    assert_string_equal(product_find_class(product, "agency")->label, "代理机构");
    assert_string_equal(product_find_class(product, "purchaser")->label, "采购人");
    assert_int_equal(product->algorithm, PRODUCT_ALGORITHM_RSA_2048);
    assert_string_equal(product->certificate_profile, "organisation");
    assert_int_equal(product->validity_days, 365);
    assert_true(product->agreement.paragraph_count >= 12);
    assert_true(product_takes(product, PRODUCT_PAYMENT_ALIPAY));
    assert_false(product_takes(product, PRODUCT_PAYMENT_DESK));
    assert_int_equal(product->payment_screen_s, 300);
    assert_string_equal(product->payment_invoice, "开好后发到收票邮箱");
}

static void test_product__new_issue_has_the_steps_of_the_guide(void **state)
{
    (void)state;
    static const enum order_step expected[] = {ORDER_STEP_FORM,     ORDER_STEP_PRINT,  ORDER_STEP_SCAN,
                                               ORDER_STEP_IDENTITY, ORDER_STEP_REVIEW, ORDER_STEP_PAY,
                                               ORDER_STEP_ISSUE,    ORDER_STEP_PIN,    ORDER_STEP_COLLECT};
    const struct product_operation *operation = new_issue();
    assert_true(operation->available);
    assert_true(operation->login_required);
    assert_int_equal(operation->steps.count, 9);
    assert_memory_equal(operation->steps.step, expected, sizeof expected);
    assert_null(order_steps_complaint(&operation->steps));
    assert_int_equal(operation->identity_count, 3);
    assert_string_equal(product_identity_name(operation->identity[0]), "desk");
    assert_string_equal(product_identity_name(operation->identity[1]), "reader");
    assert_string_equal(product_identity_name(operation->identity[2]), "phone");
    assert_string_equal(operation->identity_name, "agent_name");
    assert_string_equal(operation->identity_number, "agent_id");
    assert_string_equal(product_identity_name((enum product_identity)99), "invalid");
}

static void test_product__fees_are_those_of_the_guide(void **state)
{
    (void)state;
    static const struct {
        const char *operation;
        int64_t fen;
        enum price_unit unit;
    } fees[] = {{"new", 48000, PRICE_UNIT_ONCE},        {"renew", 20000, PRICE_UNIT_PER_YEAR},
                {"replace", 28000, PRICE_UNIT_PER_KEY}, {"change", 0, PRICE_UNIT_ONCE},
                {"unlock", 0, PRICE_UNIT_ONCE},         {"upgrade", 28000, PRICE_UNIT_PER_KEY}};
    for (size_t i = 0; i < sizeof fees / sizeof fees[0]; i++) {
        struct price_quote quote = {0};
        assert_int_equal(product_quote(product, "purchaser", fees[i].operation, &quote), STATUS_OK);
        assert_int_equal(quote.amount_fen, fees[i].fen);
        assert_int_equal(quote.unit, fees[i].unit);
    }
    struct price_quote quote = {.amount_fen = 1};
    assert_int_equal(product_quote(product, "supplier", "freeze", &quote), STATUS_NOT_FOUND);
    assert_int_equal(quote.amount_fen, 1);
}

static void test_product__other_operations_are_shown_but_closed(void **state)
{
    (void)state;
    for (size_t i = 0; i < product->operation_count; i++) {
        const struct product_operation *operation = &product->operations[i];
        bool is_open = strcmp(operation->id, "suspend") != 0;
        assert_true(operation->available == is_open);
        assert_string_equal(operation->unavailable_text, is_open ? "" : "本项目暂未开通");
        assert_true(!is_open || product_operation_form(product, operation) != NULL);
    }
    assert_int_equal(product->operation_count, 8);
}

static void test_product__four_papers_are_stamped_and_limited(void **state)
{
    (void)state;
    const struct product_operation *operation = new_issue();
    assert_int_equal(operation->paper_count, 4);
    for (size_t i = 0; i < 4; i++) {
        const struct product_paper *paper = product_operation_paper(product, operation, i);
        assert_true(paper->stamped);
        assert_int_equal(paper->dpi, 300);
        assert_int_equal(paper->limit_bytes, 3145728);
        assert_true(paper->format[0] == PRODUCT_FORMAT_JPEG);
        assert_int_equal(paper->format_count, 4);
    }
    const struct product_paper *form_paper = product_form_paper(product, operation);
    assert_string_equal(form_paper->id, "application");
    assert_true(form_paper->signed_by_hand);
    assert_null(product_form_paper(product, product_find_operation(product, "suspend")));
}

/* Starred rows of the on-screen form; 11 is for social insurance only. */
static void test_product__every_printed_row_is_fed(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "company",          "legal_name",   "phone",       "office_phone", "website",
        "agent_name",       "agent_mobile", "agent_email", "agent_wechat", "agent_address",
        "business_licence", "legal_id",     "agent_id",    "tax_number",   "invoice"};
    const struct form *form = product_operation_form(product, new_issue());
    struct form_values values;
    form_values_init(&values);
    for (size_t i = 0; i < form->field_count; i++)
        assert_int_equal(form_values_set(&values, form->fields[i].id, "x"), STATUS_OK);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf text;
        buf_init(&text, LIMIT_FIELD_BYTES);
        assert_int_equal(form_row(form, &values, rows[i], &text), STATUS_OK);
        if (text.length == 0)
            fail_msg("row %s is fed by no field", rows[i]);
        buf_release(&text);
    }
    form_values_wipe(&values);
}

static void test_product__starred_fields_are_required_and_asked_once(void **state)
{
    (void)state;
    static const char *const required[] = {
        "company",      "credit_code",  "legal_name",     "legal_id",       "legal_mobile",
        "office_phone", "website",      "agent_name",     "agent_id",       "agent_mobile",
        "agent_email",  "agent_wechat", "mailing_region", "mailing_street", "mailing_postcode"};
    const struct form *form = product_operation_form(product, new_issue());
    size_t count = 0;
    for (size_t i = 0; i < form->field_count; i++)
        count += form->fields[i].required;
    assert_int_equal(count, sizeof required / sizeof required[0]);
    for (size_t i = 0; i < count; i++) {
        const struct form_field *field = form_find(form, required[i]);
        assert_non_null(field);
        assert_true(field->required && form_field_is_asked(field));
    }
    assert_string_equal(form->blocks[0].label, "证书信息");
    assert_string_equal(form->blocks[1].label, "单位信息");
    assert_string_equal(form->blocks[2].label, "经办人信息");
    assert_string_equal(form->blocks[3].label, "发票信息");
    FEATURE("F063");
    assert_true(form->blocks[3].optional);
}

static void test_product__subject_comes_from_the_form(void **state)
{
    (void)state;
    const struct form *form = product_operation_form(product, new_issue());
    struct form_values values;
    struct buf name;
    form_values_init(&values);
    buf_init(&name, 4096);
    assert_int_equal(form_values_set(&values, "company", "重庆示例科技有限公司"), STATUS_OK);
    assert_int_equal(form_values_set(&values, "credit_code", "91500108MA6000016R"), STATUS_OK);
    for (size_t i = 0; i < product->subject_count; i++) {
        assert_int_equal(buf_append_format(&name, "%s%s=", i == 0 ? "" : ",", product->subjects[i].name),
                         STATUS_OK);
        assert_int_equal(form_fill(form, &values, product->subjects[i].pattern, &name), STATUS_OK);
    }
    assert_string_equal((const char *)name.data,
                        "C=CN,ST=重庆市,L=重庆市,O=重庆示例科技有限公司,OU=重庆市政府采购网,"
                        "CN=重庆示例科技有限公司,serialNumber=91500108MA6000016R");
    form_values_wipe(&values);
    buf_release(&name);
}

static void test_product__every_state_has_a_label(void **state)
{
    (void)state;
    for (int i = 0; i < ORDER_STATE_COUNT_; i++)
        assert_true(product_status_label(product, (enum order_state)i)[0] != '\0');
    assert_string_equal(product_status_label(product, ORDER_STATE_REVIEWING), "资料待审核");
    assert_string_equal(product_payment_name((enum product_payment)99), "invalid");
    assert_string_equal(product_algorithm_name(PRODUCT_ALGORITHM_EC_P256), "ec-p256");
    assert_string_equal(product_format_name((enum product_format)99), "invalid");
    assert_string_equal(product_paper_kind_name((enum product_paper_kind)99), "invalid");
    assert_string_equal(product_start_name(PRODUCT_START_ACCEPTANCE), "acceptance");
    assert_string_equal(product_pickup_name(PRODUCT_PICKUP_COURIER_COLLECT), "courier-collect");
    assert_string_equal(product_invoice_name(PRODUCT_INVOICE_EMAIL), "email");
}

/* --- definitions with mistakes: the shipped one with one text replaced ---------------- */

static char *replaced(const char *from, const char *to)
{
    return product_text_replaced(PRODUCT_FILE, from, to);
}

static void assert_mistake(const char *from, const char *to, const char *told)
{
    product_text_assert_mistake(PRODUCT_FILE, from, to, told);
}

static void test_product__mistake_of_a_table_is_told(void **state)
{
    (void)state;
    assert_mistake("id: ezca-cqzfcg\n", "id: EZCA\n",
                   "p.yaml:5:5: expected small letters, digits, - and _ for id, found EZCA");
    assert_mistake("algorithm: rsa-2048", "algorithm: sm2",
                   "expected one of rsa-2048, ec-p256 for certificate.algorithm, found sm2");
    assert_mistake("limit_bytes: 3145728", "limit_bytes: 3 MB",
                   "expected a whole number from 10240 to 16777216");
    assert_mistake("  pin: 待设置密码\n", "", "expected pin in statuses");
    assert_mistake("tile: 第一次办理", "tyle: 第一次办理",
                   "unknown key tyle; expected one of id, label, tile");
    assert_mistake("kind: credit-code", "kind: credit",
                   "expected one of text, address, name, credit-code, tax-number, resident-id");
    assert_mistake("formats: [jpeg, png, bmp, gif]", "formats: jpeg",
                   "expected a list for formats, found jpeg");
    assert_mistake("formats: [jpeg, png, bmp, gif]", "formats: [jpeg, tiff]",
                   "expected one of jpeg, png, bmp, gif");
    assert_mistake("kind: website", "kind: choice",
                   "expected options for website exactly with the kind choice");
    assert_mistake("kind: website", "kind: website\n        kind_field: company\n        kind_when: [有]",
                   "expected the id of a choice of this form, found company");
    assert_mistake("kind: website", "kind: website\n        kind_field: company",
                   "expected kind_field and kind_when together for website");
    assert_mistake("      - id: website\n",
                   "      - id: has_site\n        block: unit\n        label: 网站\n        kind: choice\n"
                   "        subject: unit\n        options: [有, 无]\n"
                   "      - id: website\n        kind_field: has_site\n        kind_when: [也许]\n",
                   "expected an option of has_site, found 也许");
    assert_mistake("kind: website", "kind: website\n        shown_field: company",
                   "expected shown_field and shown_when together for website");
    assert_mistake("kind: website", "kind: website\n        shown_field: company\n        shown_when: [有]",
                   "expected the id of a choice that is asked before website in this form, found company");
    assert_mistake("      - id: website\n",
                   "      - id: has_site\n        block: unit\n        label: 网站\n        kind: choice\n"
                   "        subject: unit\n        options: [有, 无]\n"
                   "      - id: website\n        shown_field: has_site\n        shown_when: [也许]\n",
                   "expected an option of has_site, found 也许");
    assert_mistake("      - id: website\n",
                   "      - id: has_site\n        block: unit\n        label: 网站\n        kind: choice\n"
                   "        subject: unit\n        options: [有, 无]\n        shown_field: has_site\n"
                   "        shown_when: [有]\n      - id: website\n",
                   "expected the id of a choice that is asked before has_site in this form");
    assert_mistake("kind: website", "kind: website\n        options: [有, 无]",
                   "expected options for website exactly with the kind choice");
    assert_mistake("name: serialNumber", "name: SN",
                   "expected C, ST, L, O, OU, CN or serialNumber for name, found SN");
    assert_mistake("icon: cart", "icon: Cart.svg", "expected small letters, digits, - and _ for icon");
    assert_mistake("title: 信息要真实", "titel: 信息要真实",
                   "unknown key titel; expected one of icon, title, line");
    assert_mistake("  label: EZCA", "  label: 东方", "expected ASCII characters for key.label");
}

static void test_product__reference_to_nothing_is_told(void **state)
{
    (void)state;
    assert_mistake("papers: [application, licence,", "papers: [application, license,",
                   "expected the id of a paper, found license");
    assert_mistake("form: application\n", "form: applications\n",
                   "expected the id of a form for new, found applications");
    assert_mistake("tick: new\n", "tick: first\n", "id of a box as the tick of new, found first");
    assert_mistake("block: certificate\n", "block: cert\n",
                   "expected the id of a block of this form, found cert");
    assert_mistake("kind: website", "kind: website\n        same_from: company",
                   "expected the id of another field of the kind website, found company");
    assert_mistake("derived_from: credit_code", "derived_from: code",
                   "expected the id of a field of this form, found code");
    assert_mistake("derived_from: credit_code", "derived_from: invoice_tax_number", "found a ring");
    assert_mistake("value: '{credit_code}'", "value: '{code}'",
                   "expected text with {field} of the form application, found {code}");
    assert_mistake("{operation: renew, amount_yuan: 200", "{operation: renewal, amount_yuan: 200",
                   "expected the id of an operation, found renewal");
    assert_mistake("{operation: renew, amount_yuan: 200",
                   "{operation: renew, class: seller, amount_yuan: 200",
                   "expected the id of a class, found seller");
}

static void test_product__terms_conditions_and_tariff_parts_are_told(void **state)
{
    (void)state;
    assert_mistake("id: renew\n", "id: renewal\n", "expected new, renew, change, replace, unlock, revoke");
    assert_mistake("    years: 1\n", "    years: 3\n", "expected years_most not below years for new");
    assert_mistake("warranty_days: 365", "# none", "expected warranty_days for the reason defect");
    assert_mistake("{operation: change, amount_yuan: 0, unit: once}",
                   "{operation: change, sub_kind: colour, amount_yuan: 0, unit: once}",
                   "expected the id of a sub-kind, found colour");
    assert_mistake("warranty_days: 365",
                   "warranty_days: 365\nconditions:\n  - {paper: letter, operation: new}",
                   "expected a paper of the operation, found letter");
    assert_mistake("warranty_days: 365",
                   "warranty_days: 365\nbundles:\n  - {operation: suspend, years: 4, amount_yuan: 350}",
                   "expected a tariff row for the bundle of suspend");
}

static void test_product__rule_between_parts_is_told(void **state)
{
    (void)state;
    assert_mistake("steps: [form, print, scan,", "steps: [print, form, scan,",
                   "expected form or key as the first step in the steps of new");
    assert_mistake("review, pay, issue,", "review, issue,",
                   "expected the step pay for new, which is not free");
    assert_mistake("{operation: new, amount_yuan: 480,", "{operation: new,",
                   "expected a tariff row with an amount for new of class agency");
    assert_mistake("code_required: true\n", "code_required: false\n",
                   "expected exactly one paper with code_required for the operation new, found 0");
    assert_mistake("acceptance_number: T{yyyyMMddHHmmss}", "acceptance_number: T{yyyyMMddHHmm}",
                   "expected letters, digits, -, {yyyyMMddHHmmss}");
    assert_mistake("acceptance_number: T{yyyyMMddHHmmss}{digits:2}", "acceptance_number: CFCA",
                   "expected {digits:N} in acceptance_number, which no two orders share, found CFCA");
    assert_mistake("  max: 16", "  max: 4", "expected pin.min not above pin.max, found 6 and 4");
    assert_mistake("template: ezca-application\n    ", "", "expected template and form_title for new");
    assert_mistake("id: purchaser", "id: agency", "expected each class id once, agency is there already");
    assert_mistake(", unavailable_text: 本项目暂未开通", "", "expected unavailable_text for");
    assert_mistake("min_characters: 4\n        max_characters: 60",
                   "min_characters: 4\n        max_characters: 3",
                   "expected min_characters not above max_characters for company");
    assert_mistake("label: 企业网站\n", "label: 企业网站\n        hidden: true\n",
                   "expected derived_from for the hidden field website");
    assert_mistake("legal_id, agent_id]", "legal_id, legal_id]", "expected legal_id once in papers");
    assert_mistake("  algorithm: rsa-2048", "  algorithm: ec-p256\n  encryption: true",
                   "expected certificate.algorithm rsa-2048 with encryption");
    assert_mistake("  - id: upgrade\n", "  - id: recover\n", "expected certificate.encryption for recover");
    assert_mistake("  - id: upgrade\n", "  - id: recover\n", "expected signers 2 for recover");
    assert_mistake("\n  signers: 1\n", "\n  signers: 1\n  stages: [{id: a, label: 初审, role: boss}]\n",
                   "expected one of any, reviewer, supervisor for role, found boss");
    assert_mistake("\n  signers: 1\n",
                   "\n  signers: 1\n  stages: [{id: a, label: 初审}, {id: a, label: 复核}]\n", "stage");
    assert_mistake("\n  signers: 1\n", "\n  signers: 1\n  received_days: 0\n", "received_days");
    assert_mistake("    - {id: breach,", "    - {id: untrue,", "ground");
}

static void test_product__what_is_brought_and_handed_over_is_told(void **state)
{
    (void)state;
    assert_mistake("    hint: 复印件加盖公章（三证合一）",
                   "    kind: paper\n    hint: 复印件加盖公章（三证合一）",
                   "expected one of scan, sheet, key for kind, found paper");
    assert_mistake("    formats: [jpeg, png, bmp, gif]\n", "",
                   "expected formats and limit_bytes for application, which is scanned");
    assert_mistake("    code_required: true\n", "    code_required: true\n    kind: key\n",
                   "expected no stamp, signature or code for the key application");
    assert_mistake("    code_required: true\n", "    code_required: true\n    same_as: letter\n",
                   "expected the id of another paper, found letter");
    assert_mistake("    code_required: true\n", "    code_required: true\n    same_as: application\n",
                   "expected the id of another paper, found application");
    assert_mistake("    code_required: true\n", "    code_required: true\n    same_as: licence\n",
                   "expected a scanned paper with a page of its own, found licence");
    assert_mistake("    title: 法人身份证\n",
                   "    title: 法人身份证\n    same_as: licence\n    signed_by_hand: true\n",
                   "expected the same stamps and signatures as legal_id, found licence");
    assert_mistake("    code_required: true\n", "    code_required: true\n    extra: 2\n",
                   "expected extra pages of a plain optional paper that is scanned, found application");
    assert_mistake("  letters: true\n", "  letters: true\n  default: abcdef\n",
                   "expected digits for pin.default, found abcdef");
    assert_mistake("  default: '111111'", "  default: '1234'",
                   "expected pin.default of 6 to 16 digits, found 1234");
    assert_mistake("  default: '111111'", "# none",
                   "expected pin.default with pin.must_change in ezca-cqzfcg");
    assert_mistake("notices:\n", "consent:\n  hours: 3\nnotices:\n",
                   "expected consent.asked with consent.hours in ezca-cqzfcg");
    assert_mistake("follow:\n  name: 东方中讯\n", "follow:\n",
                   "expected follow.name and follow.code together in ezca-cqzfcg");
    assert_mistake("  methods: [hall, courier]", "  methods: [hall, courier]\n  cut_off: '24:00'",
                   "expected HH:MM for pickup.cut_off, found 24:00");
    assert_mistake("  methods: [hall, courier]", "  methods: [hall]\n  cut_off: '17:00'",
                   "expected a courier in pickup.methods with pickup.cut_off 17:00");
    assert_mistake("  methods: [hall, courier]", "  methods: [hall]",
                   "expected a courier in pickup.methods with pickup.address in ezca-cqzfcg");
    assert_mistake("  address: [m", "# [m", "expected pickup.address with a courier in pickup.methods");
    assert_mistake("  default: '1", "# '1", "expected pin.default with a courier in pickup.methods");
    assert_mistake("  receiver: agent_name\n", "",
                   "expected pickup.receiver, phone and address together in ezca-cqzfcg");
    assert_mistake("  receiver: agent_name\n", "  receiver: nobody\n",
                   "expected the id of a field of a form, found nobody");
    assert_mistake("  address: [mailing_region,", "  address: [mailing_planet,",
                   "expected the id of a field of a form, found mailing_planet");
    assert_mistake("  mode: email", "  days: 5", "expected invoice.mode with invoice.days in ezca-cqzfcg");
    assert_mistake("  validity_days: 365", "  validity_days: 365\n  starts: tomorrow",
                   "expected one of issue, acceptance, application for certificate.starts");
}

static void test_product__what_is_compared_and_what_is_unique_is_told(void **state)
{
    (void)state;
    assert_mistake("    key: credit_code\n", "    key: agent_name\n",
                   "expected one of the compared fields as key, found agent_name");
    assert_mistake("    key: credit_code\n", "", "expected the key key in this comparison");
    assert_mistake("{field: legal_name, column: 法人姓名}", "{field: legal_nose, column: 法人姓名}",
                   "expected the id of a field of a form, found legal_nose");
    assert_mistake("{field: legal_name, column: 法人姓名}", "{field: legal_nose, column: 法人姓名}",
                   "expected a form with all fields of the comparison unit");
    assert_mistake("{field: legal_name, column: 法人姓名}", "{field: company, column: 单位名称}",
                   "expected the column 单位名称 once in unit");
    assert_mistake("{field: legal_name, column: 法人姓名}", "{field: company, column: 曾用名}",
                   "expected the field company once in unit");
    assert_mistake("  - id: unit # 单位验证\n",
                   "  - {id: unit, register: units, label: 甲, block: unit, key: company, fields: "
                   "[{field: company, column: 甲}, {field: legal_name, column: 乙}]}\n  - id: unit\n",
                   "expected each comparison id once, unit is there already");
    assert_mistake("    block: unit\n    key", "    block: units\n    key",
                   "expected the id of a block of the form application, found units");
    assert_mistake("steps: [key, form, print, scan, review, issue, collect]",
                   "steps: [key, form, print, scan, issue, collect]",
                   "expected the step review for change, whose form is compared by unit");
    assert_mistake("label: 企业网站\n",
                   "label: 企业网站\n        unique: true\n        derived_from: company\n",
                   "expected a field that is typed as the unique field website");
}

/* What a guide calls 扩展信息 is one more block: asked, judged and printed like any other. */
static void test_product__a_product_may_have_a_block_of_further_fields(void **state)
{
    struct yaml_errors told;
    struct product *more = NULL;
    struct form_error error;
    (void)state;
    char *blocks =
        replaced("    fields:\n      - id: company\n",
                 "      - {id: more, label: 扩展信息, note: 没有就不填, optional: true}\n"
                 "    fields:\n"
                 "      - {id: more_code, block: more, label: 平台编号, kind: code, subject: order, "
                 "max_characters: 8, rows: [more]}\n"
                 "      - {id: more_note, block: more, label: 备注, kind: text, subject: order}\n"
                 "      - id: company\n");
    yaml_errors_init(&told);
    if (product_parse("p.yaml", blocks, strlen(blocks), &told, &more) != STATUS_OK)
        fail_msg("%s", yaml_errors_text(&told));
    const struct form *form = product_operation_form(more, product_find_operation(more, "new"));
    const struct form_field *code = form_find(form, "more_code");
    struct form_values values;
    form_values_init(&values);
    FEATURE("F089");
    assert_string_equal("扩展信息", form_find_block(form, "more")->label);
    assert_true(form_check(form, &values, code, 1795252342, &error)); /* may be left empty */
    assert_int_equal(0, form_missing(form, &values, "more"));
    assert_int_equal(STATUS_OK, form_values_set(&values, "more_code", "中文"));
    assert_false(form_check(form, &values, code, 1795252342, &error));
    assert_int_equal(STATUS_OK, form_values_set(&values, "more_code", "XM-527"));
    assert_true(form_check(form, &values, code, 1795252342, &error));
    form_values_wipe(&values);
    product_free(more);
    yaml_errors_release(&told);
    free(blocks);
}

static void test_product__identity_names_its_ways_and_its_person(void **state)
{
    (void)state;
    assert_mistake("methods: [desk, reader, phone]", "methods: [palm]", "palm");
    assert_mistake("scan, identity, review", "scan, review",
                   "expected identity.methods for new exactly with the step identity");
    assert_mistake("      methods: [desk, reader, phone]\n", "",
                   "expected identity.methods for new exactly with the step identity");
    assert_mistake("      name: agent_name\n", "      name: company\n",
                   "expected the id of a field of the kind name as identity.name of new");
    assert_mistake("      number: agent_id\n", "",
                   "expected the id of a field of the kind resident-id as identity.number of new");
    assert_mistake("      number: agent_id\n", "      number: agent_id\n      agent_name: agent_name\n",
                   "expected a name that is not always shown and its resident-id as identity.agent_name and "
                   "agent_number of new");
    assert_mistake("kind: website", "kind: website\n        tells_agent: true",
                   "expected a hidden choice of two options for tells_agent of website");
}

/* The shipped definition with some lines in front of its notices. */
static void assert_mistake_around(const char *lines, const char *told)
{
    char text[1024];
    (void)snprintf(text, sizeof text, "%s\n\nnotices:", lines);
    assert_mistake("\nnotices:", text, told);
}

static void test_product__mistake_around_the_orders_is_told(void **state)
{
    (void)state;
    assert_mistake_around("buttons:\n  - {state: paying, act: buy, label: 付款}",
                          "expected one of view, resume, correct, reason, pay");
    assert_mistake_around("ways:\n  - {title: 网上}", "expected the key line in this note");
    assert_mistake("  - {id: form-head,", "  - {id: form-head, text: 一}\n  - {id: form-head,",
                   "expected the message form-head once");
    assert_mistake(
        ", act: cancel, label: ", ", act: resume, label: ", "expected the act resume of draft once");
    assert_mistake_around("verification: {question: company}",
                          "expected verification.question and verification.answer together");
    assert_mistake_around("verification: {question: company, answer: secret}",
                          "expected the id of a field for verification, found secret");
    assert_mistake("  methods: [alipay, wechat]", "  methods: [alipay, wechat, transfer]",
                   "expected payment.account with holder, number and bank exactly with the method transfer");
    assert_mistake("  label: EZCA\n", "  label: EZCA\n  number: 11{month}\n",
                   "expected letters, digits, -, {yyMM} and {digits:N} for key.number, found 11{month}");
}

static void test_product__mistake_of_a_fallback_or_a_sheet_is_told(void **state)
{
    (void)state;
    assert_mistake("    tick: renew\n", "    tick: renew\n    fallback: {text: 换一种}\n",
                   "expected fallback.text and fallback.steps together in renew");
    assert_mistake("    tick: renew\n",
                   "    tick: renew\n    fallback: {text: 换一种, steps: [form, issue], form: application}\n",
                   "in the fallback of renew");
    assert_mistake("    tick: renew\n",
                   "    tick: renew\n    fallback: {text: 换一种, steps: [form, act], form: long}\n",
                   "expected the id of a form as fallback.form of renew");
    assert_mistake("    tick: renew\n",
                   "    tick: renew\n"
                   "    fallback: {text: 换一种, steps: [form, act], form: application, papers: [letter]}\n",
                   "expected the id of a paper, found letter");
    assert_mistake("    tick: renew\n", "    tick: renew\n    asks_verification: true\n",
                   "expected verification.answer, which renew asks");
    assert_mistake("  - id: licence\n", "  - id: licence\n    sheet: ezca-seal\n",
                   "expected the sheet ezca-seal of the paper licence in the pack of new");
    assert_mistake("  - id: licence\n", "  - id: licence\n    samples: [{zone: seal, of: seal}]\n",
                   "expected samples on a sheet that is printed here, not on licence");
}

static void test_product__mistakes_of_both_kinds_are_told_together(void **state)
{
    (void)state;
    struct yaml_errors found;
    struct product *none = NULL;
    char *text = replaced("tick: new\n", "tick: first\n    colour: red\n");
    yaml_errors_init(&found);
    assert_int_equal(product_parse("p.yaml", text, strlen(text), &found, &none), STATUS_CONFIG);
    assert_int_equal(found.count, 2);
    assert_non_null(strstr(yaml_errors_text(&found), "p.yaml:68:5: unknown key colour"));
    assert_non_null(strstr(yaml_errors_text(&found), "p.yaml:67:11: expected the id of a box as the tick of "
                                                     "new, found first\n    tick: first\n          ^\n"));
    yaml_errors_release(&found);
    free(text);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, open_shipped, close_shipped)
    const struct CMUnitTest tests[] = {
        TEST(test_product__shipped_product_is_read),
        TEST(test_product__new_issue_has_the_steps_of_the_guide),
        TEST(test_product__fees_are_those_of_the_guide),
        TEST(test_product__other_operations_are_shown_but_closed),
        TEST(test_product__four_papers_are_stamped_and_limited),
        TEST(test_product__every_printed_row_is_fed),
        TEST(test_product__starred_fields_are_required_and_asked_once),
        TEST(test_product__subject_comes_from_the_form),
        TEST(test_product__every_state_has_a_label),
        cmocka_unit_test(test_product__mistake_of_a_table_is_told),
        cmocka_unit_test(test_product__reference_to_nothing_is_told),
        cmocka_unit_test(test_product__terms_conditions_and_tariff_parts_are_told),
        cmocka_unit_test(test_product__rule_between_parts_is_told),
        cmocka_unit_test(test_product__what_is_brought_and_handed_over_is_told),
        cmocka_unit_test(test_product__what_is_compared_and_what_is_unique_is_told),
        cmocka_unit_test(test_product__a_product_may_have_a_block_of_further_fields),
        cmocka_unit_test(test_product__identity_names_its_ways_and_its_person),
        cmocka_unit_test(test_product__mistake_around_the_orders_is_told),
        cmocka_unit_test(test_product__mistake_of_a_fallback_or_a_sheet_is_told),
        cmocka_unit_test(test_product__mistakes_of_both_kinds_are_told_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
