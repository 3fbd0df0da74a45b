/* certctl prints the form of every product and operation that has one: a table over the catalogue itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "kiosk/base/file.h"
#include "kiosk/catalogue/catalogue.h"
#include "kiosk/paper/paper.h"
#include "kiosk/services/service_example.h"
#include "tests/support/ctl_bench.h"
#include "tests/support/feature.h"
#include "tests/support/pdf_bench.h"

#define CATALOGUE TEST_SOURCE_DIR "/config/catalogue"
#define ASSETS TEST_SOURCE_DIR "/assets"

enum { FORMS_MIN = 40 };

/* A value each kind of field takes; no real person's or unit's. */
static const char *value_of(const struct form_field *field)
{
    switch (field->kind) {
    case FORM_KIND_TEXT:
        return field->max_characters >= 12 ? "示例单位甲乙丙丁路1号" : "示例内容";
    case FORM_KIND_ADDRESS:
        return "示例市示例区示例路1号";
    case FORM_KIND_NAME:
        return "王小小";
    case FORM_KIND_CREDIT_CODE:
    case FORM_KIND_TAX_NUMBER:
        return "91500108MA6000016R";
    case FORM_KIND_RESIDENT_ID:
        return "500108198503090054";
    case FORM_KIND_MOBILE:
        return "13800000000";
    case FORM_KIND_PHONE:
        return "023-62000001";
    case FORM_KIND_EMAIL:
        return "wxx@example.cn";
    case FORM_KIND_POSTCODE:
        return "400060";
    case FORM_KIND_WEBSITE:
        return "www.example.cn";
    case FORM_KIND_WECHAT:
        return "wxx_2025";
    case FORM_KIND_ACCOUNT:
        return "6222000000000000";
    case FORM_KIND_NUMBER:
        return field->max_characters < 10 ? "123456" : "5001234567";
    case FORM_KIND_CODE:
        return "AB-123456";
    case FORM_KIND_USER_NAME:
        return "hnsl2025";
    case FORM_KIND_REGION:
        return "香港特别行政区";
    case FORM_KIND_CHOICE:
        return field->options[0];
    case FORM_KIND_COUNT_:
        break;
    }
    return "";
}

static bool is_asked(const struct form_field *field)
{
    return field->derived_from[0] == 0 && !field->hidden;
}

/* With the first answer of each choice. */
static bool is_shown(const struct form *form, const struct form_field *field)
{
    const struct form_field *choice = form_find(form, field->shown_field);
    for (size_t i = 0; i < field->shown_when_count; i++)
        if (strcmp(field->shown_when[i], value_of(choice)) == 0)
            return is_shown(form, choice);
    return field->shown_when_count == 0;
}

/* What is asked with other answers has a value, too: it must not be printed. */
static struct json *values_of(const struct form *form)
{
    struct json *values = json_new_object();
    for (size_t i = 0; i < form->field_count; i++)
        if (is_asked(&form->fields[i]))
            json_set_text(values, form->fields[i].id, value_of(&form->fields[i]));
    return values;
}

/* Owns: the values are spent. */
static void write_values(const struct ctl_bench *bench, struct json *values)
{
    struct buf text;
    buf_init(&text, 64 * 1024);
    assert_int_equal(json_write(values, &text), STATUS_OK);
    ctl_bench_write(bench, "values.json", (const char *)text.data);
    buf_release(&text);
    json_free(values);
}

/* The sheets of a template and whether it is in the pack with these wishes. */
static int sheets_of(const char *id, bool seal)
{
    char path[512];
    struct paper_template *template = NULL;
    struct yaml_errors errors;
    const struct paper_value item = {"seal_wanted", seal ? "yes" : "no"};
    const struct paper_values values = {&item, 1};
    yaml_errors_init(&errors);
    (void)snprintf(path, sizeof path, ASSETS "/forms/%s.yaml", id);
    if (paper_template_open(path, &errors, &template) != STATUS_OK)
        fail_msg("%s", yaml_errors_text(&errors));
    int sheets = paper_template_wanted(template, &values) ? paper_template_sheets(template) : 0;
    paper_template_free(template);
    yaml_errors_release(&errors);
    return sheets;
}

/* Whether a template has a place for a printed row. */
static bool names_row(const char *template_id, const char *row)
{
    char path[512], value[128], tick[128];
    struct buf text;
    buf_init(&text, 256 * 1024);
    (void)snprintf(path, sizeof path, ASSETS "/forms/%s.yaml", template_id);
    (void)snprintf(value, sizeof value, "{%s}", row);
    (void)snprintf(tick, sizeof tick, "{?%s=", row);
    assert_int_equal(file_read(path, &text, NULL), STATUS_OK);
    bool names =
        strstr((const char *)text.data, value) != NULL || strstr((const char *)text.data, tick) != NULL;
    buf_release(&text);
    return names;
}

/* No row of the form is lost on its way to paper. */
static void judge_rows(const struct product *product, const struct product_operation *operation)
{
    const struct form *form = product_find_form(product, operation->form_id);
    for (size_t i = 0; i < form->field_count; i++)
        for (size_t k = 0; k < form->fields[i].row_count; k++) {
            bool names = names_row(operation->template_id, form->fields[i].row[k]);
            for (size_t j = 0; j < operation->pack_count; j++)
                names = names || names_row(operation->pack[j], form->fields[i].row[k]);
            if (!names)
                fail_msg("%s %s: no sheet has a place for %s", product->id, operation->id,
                         form->fields[i].row[k]);
        }
}

/* Where a form has a place for years, it has them exactly where a term is bought. */
static void judge_term(const struct product *product, const struct product_operation *operation,
                       const char *text)
{
    bool buys = strcmp(operation->id, "new") == 0 || strcmp(operation->id, "renew") == 0;
    bool has_place = strstr(text, "年限：") != NULL;
    if (has_place && buys != (strstr(text, "年限：1") != NULL))
        fail_msg("%s %s: the years in %s", product->id, operation->id, text);
}

static void judge_pdf(const struct product *product, const struct product_operation *operation,
                      const char *path, bool seal)
{
    char wanted[512];
    char *text = pdf_bench_output("pdftotext -raw %s -", path);
    char *info = pdf_bench_output("pdfinfo %s", path);
    const struct form *form = product_find_form(product, operation->form_id);
    int sheets = sheets_of(operation->template_id, seal);
    for (size_t i = 0; i < operation->pack_count; i++)
        sheets += sheets_of(operation->pack[i], seal);
    (void)snprintf(wanted, sizeof wanted, "Pages:           %d\n", sheets);
    if (strstr(info, wanted) == NULL)
        fail_msg("%s %s: %d sheets expected: %s", product->id, operation->id, sheets, info);
    if (strstr(text, "＿ 号机") == NULL) /* of no machine */
        fail_msg("%s %s: no place for the machine in %s", product->id, operation->id, text);
    pdf_bench_squeeze(text);
    if (strstr(text, operation->form_title) == NULL)
        fail_msg("%s %s: no title %s in %s", product->id, operation->id, operation->form_title, text);
    judge_term(product, operation, text);
    (void)snprintf(wanted, sizeof wanted, "区域：%s类别：%s项目名称：%s", product->region, product->platform,
                   product->project);
    pdf_bench_squeeze(wanted);
    if (strstr(text, "项目名称：") != NULL && strstr(text, wanted) == NULL)
        fail_msg("%s %s: the project's places in %s", product->id, operation->id, text);
    for (size_t i = 0; i < form->field_count; i++)
        if (is_asked(&form->fields[i]) && is_shown(form, &form->fields[i]) &&
            form->fields[i].kind != FORM_KIND_CHOICE && form->fields[i].row_count > 0 &&
            strstr(text, value_of(&form->fields[i])) == NULL)
            fail_msg("%s %s: the value of %s is not printed", product->id, operation->id, form->fields[i].id);
    free(info);
    free(text);
}

/* A sheet that is to come back is printed, one that is not asked for is not. */
static void judge_sheets(const struct product *product, const struct product_operation *operation, bool seal)
{
    struct product_wish wish;
    product_wish_init(&wish, product, operation, 1763691960);
    wish.seal = seal;
    for (size_t i = 0; i < operation->paper_count; i++) {
        const struct product_paper *paper = product_operation_paper(product, operation, i);
        if (paper->sheet[0] != 0 &&
            product_wish_needs(&wish, paper->id) != (sheets_of(paper->sheet, seal) > 0))
            fail_msg("%s %s: the sheet of %s with seal %d", product->id, operation->id, paper->id, seal);
    }
}

/* With a seal where the product offers one to this operation. */
static void judge_form(struct ctl_bench *bench, const struct product *product,
                       const struct product_operation *operation)
{
    const char *out = ctl_bench_path(bench, "form.pdf");
    const char *in = ctl_bench_path(bench, "values.json");
    const char *sub_kind = operation->sub_kind_count > 0 ? operation->sub_kinds[0].id : NULL;
    bool seal = product_wish_may_be_sealed(product, operation);
    write_values(bench, values_of(product_find_form(product, operation->form_id)));
    int result = seal ? ctl_bench_run_bare(bench, "form", product->id, operation->id, "--values", in, "--pdf",
                                           out, "--catalogue", CATALOGUE, "--assets", ASSETS, "--seal",
                                           sub_kind == NULL ? NULL : "--sub-kind", sub_kind, NULL)
                      : ctl_bench_run_bare(bench, "form", product->id, operation->id, "--values", in, "--pdf",
                                           out, "--catalogue", CATALOGUE, "--assets", ASSETS,
                                           sub_kind == NULL ? NULL : "--sub-kind", sub_kind, NULL);
    if (result != 0)
        fail_msg("%s %s: %s", product->id, operation->id, bench->err);
    judge_rows(product, operation);
    judge_sheets(product, operation, false);
    judge_sheets(product, operation, seal);
    judge_pdf(product, operation, out, seal);
}

static void test_ctl_forms__every_product_and_operation_that_prints_is_printed_whole(void **state)
{
    struct ctl_bench *bench = *state;
    struct catalogue *catalogue = NULL;
    struct yaml_errors errors;
    size_t printed = 0;
    yaml_errors_init(&errors);
    assert_int_equal(catalogue_open(CATALOGUE, &errors, &catalogue), STATUS_OK);
    for (size_t i = 0; i < catalogue->count; i++)
        for (size_t j = 0; j < catalogue->products[i]->operation_count; j++)
            if (catalogue->products[i]->operations[j].template_id[0] != 0) {
                judge_form(bench, catalogue->products[i], &catalogue->products[i]->operations[j]);
                printed++;
            }
    FEATURE("F091");
    FEATURE("F094");
    assert_true(printed >= FORMS_MIN);
    catalogue_free(catalogue);
    yaml_errors_release(&errors);
}

/* --- choices ---------------------------------------------------------------------------------------------
 */

/* What is chosen in a field of a new application, other than its first answer, and every box that is ticked
 * on its first page then. */
static const struct {
    const char *product, *field, *answer, *ticked;
} choices[] = {
    {"cfca-suqian-unit", "unit_id_type", "组织机构代码证", "新办|组织机构代码证号|身份证"},
    {"cfca-suqian-unit", "unit_id_type", "其它", "新办|其它，请注明：军官证|身份证"},
    {"cfca-suqian-unit", "agent_id_type", "护照", "新办|统一社会信用代码证号|护照"},
    {"cfca-suqian-unit", "agent_id_type", "其它", "新办|统一社会信用代码证号|其它，请注明：军官证"},
    {"cfca-suqian-person", "id_type", "护照", "新办|护照"},
    {"cfca-suqian-person", "id_type", "其它", "新办|其它，请注明：军官证"},
    {"gxca-suqian-person", "id_type", "护照", "新办：数量|护照"},
    {"gxca-suqian-person", "id_type", "其它", "新办：数量|其他：军官证"},
};

static int print_choice(struct ctl_bench *bench, const struct product *product, size_t choice,
                        const char *other)
{
    char id[FORM_ID_BYTES];
    struct json *values = values_of(product_operation_form(product, product_find_operation(product, "new")));
    json_set_text(values, choices[choice].field, choices[choice].answer);
    (void)snprintf(id, sizeof id, "%s_other", choices[choice].field);
    json_set_text(values, id, other);
    write_values(bench, values);
    return ctl_bench_run_bare(
        bench, "form", product->id, "new", "--values", ctl_bench_path(bench, "values.json"), "--pdf",
        ctl_bench_path(bench, "form.pdf"), "--catalogue", CATALOGUE, "--assets", ASSETS, NULL);
}

static void test_ctl_forms__box_of_the_answer_is_ticked_and_other_says_what(void **state)
{
    struct ctl_bench *bench = *state;
    struct catalogue *catalogue = NULL;
    struct yaml_errors errors;
    char ticked[PDF_BENCH_TICKED_BYTES];
    yaml_errors_init(&errors);
    assert_int_equal(catalogue_open(CATALOGUE, &errors, &catalogue), STATUS_OK);
    for (size_t i = 0; i < sizeof choices / sizeof choices[0]; i++) {
        const struct product *product = catalogue_find(catalogue, choices[i].product);
        bool is_other = strcmp(choices[i].answer, "其它") == 0;
        assert_int_equal(print_choice(bench, product, i, "军官证"), 0);
        pdf_bench_ticked(ctl_bench_path(bench, "form.pdf"), ticked);
        assert_string_equal(ticked, choices[i].ticked);
        if (is_other) {
            assert_int_equal(print_choice(bench, product, i, ""), 1);
            assert_non_null(strstr(bench->err, "_type_other: "));
        }
    }
    FEATURE("F070");
    catalogue_free(catalogue);
    yaml_errors_release(&errors);
}

/* --- examples --------------------------------------------------------------------------------------------
 */

/* Returns: whether there is one; drawn whole, with its mark. */
static bool judge_example(struct ctl_bench *bench, const struct product *product,
                          const struct product_operation *operation, const struct product_paper *paper)
{
    struct buf pdf;
    struct failure failure = {0};
    struct service_sheet *sheet = calloc(1, sizeof *sheet);
    assert_non_null(sheet);
    bool has_one = service_example_template(operation, paper)[0] != 0;
    enum status status = service_example_open(sheet, ASSETS, product, operation, paper, 1763691960, &failure);
    const struct paper_values values = service_sheet_values(sheet);
    buf_init(&pdf, LIMIT_PDF_BYTES);
    if (status == STATUS_OK)
        status = paper_render(&sheet->pack, &values, &sheet->options, &pdf, &failure);
    if (status != (has_one ? STATUS_OK : STATUS_NOT_FOUND))
        fail_msg("%s %s %s: %s", product->id, operation->id, paper->id, failure.text);
    if (has_one && strcmp(paper->example, "example-licence") == 0) { /* read by another program */
        const char *out = ctl_bench_path(bench, "example.pdf");
        assert_int_equal(file_replace(out, pdf.data, pdf.length, 0600, NULL), STATUS_OK);
        char *text = pdf_bench_output("pdftotext -raw %s -", out);
        assert_non_null(strstr(text, "样例"));
        free(text);
    }
    service_sheet_release(sheet);
    free(sheet);
    buf_release(&pdf);
    return has_one;
}

static void test_ctl_forms__examples_are_drawn_and_missing_ones_are_listed(void **state)
{
    struct ctl_bench *bench = *state;
    struct catalogue *catalogue = NULL;
    struct yaml_errors errors;
    size_t drawn = 0, missing = 0;
    yaml_errors_init(&errors);
    assert_int_equal(catalogue_open(CATALOGUE, &errors, &catalogue), STATUS_OK);
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct product *product = catalogue->products[i];
        const struct product_operation *operation = product_find_operation(product, "new");
        for (size_t j = 0; operation != NULL && j < operation->paper_count; j++) {
            const struct product_paper *paper = product_operation_paper(product, operation, j);
            if (paper->kind != PRODUCT_PAPER_KIND_SCAN)
                continue;
            bool has_one = judge_example(bench, product, operation, paper);
            drawn += has_one;
            missing += !has_one;
        }
    }
    FEATURE("F100");
    assert_true(drawn > 3 * missing);
    assert_int_equal(ctl_bench_run_bare(bench, "catalogue", "check", CATALOGUE, NULL), 0);
    assert_non_null(strstr(bench->out, "no example: dfca-hnzj-unit: spare 备用材料1"));
    assert_null(strstr(bench->out, "no example: ezca-cqzfcg"));
    catalogue_free(catalogue);
    yaml_errors_release(&errors);
}

/* --- blank forms -----------------------------------------------------------------------------------------
 */

/* Lines where values stand, the words that say so, and no code anybody could scan as an order's. */
static void judge_blank(const char *out, const struct product_operation *operation, const char *nothing)
{
    char *text = pdf_bench_output("pdftotext -raw %s -", out);
    char *code = pdf_bench_output("pdftoppm -r 120 -png -f 1 -l 1 %s | zbarimg -q --raw - || echo none", out);
    assert_non_null(strstr(text, "＿＿＿"));
    pdf_bench_squeeze(text);
    assert_non_null(strstr(text, operation->form_title));
    assert_non_null(strstr(text, "空白表"));
    assert_null(strstr(text, nothing));
    assert_string_equal(code, "none\n");
    free(code);
    free(text);
}

/* Nothing is chosen or filled in for the applicant but the operation. */
static void judge_unfilled(const char *product, const char *out)
{
    static const struct {
        const char *product, *line;
    } lines[] = {{"cfca-suqian-unit", "申请数量： ＿"}, {"gxca-suqian-unit", "数量 ＿"},
                 {"gxca-suqian-unit", "有效期 ＿"},     {"dfca-hnzj-unit", "¥ ＿"},
                 {"dfca-hnzj-unit", "＿ 年"},           {"dfca-hnzj-person", "□Ukey"}};
    char ticked[PDF_BENCH_TICKED_BYTES];
    pdf_bench_ticked(out, ticked);
    if (ticked[0] == 0 || strchr(ticked, '|') != NULL)
        fail_msg("%s: ticked on a blank form: %s", product, ticked);
    char *text = pdf_bench_output("pdftotext -raw -l 1 %s -", out);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        if (strcmp(lines[i].product, product) == 0 && strstr(text, lines[i].line) == NULL)
            fail_msg("%s: no %s in %s", product, lines[i].line, text);
    free(text);
}

static void test_ctl_forms__blank_form_has_lines_and_cannot_be_taken_for_an_orders(void **state)
{
    struct ctl_bench *bench = *state;
    struct catalogue *catalogue = NULL;
    struct yaml_errors errors;
    yaml_errors_init(&errors);
    assert_int_equal(catalogue_open(CATALOGUE, &errors, &catalogue), STATUS_OK);
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct product *product = catalogue->products[i];
        const struct product_operation *operation = product_find_operation(product, "new");
        const char *blank = ctl_bench_path(bench, "blank.pdf");
        if (operation == NULL || operation->template_id[0] == 0)
            continue;
        if (ctl_bench_run_bare(bench, "form", product->id, "new", "--blank", "--pdf", blank, "--catalogue",
                               CATALOGUE, "--assets", ASSETS, NULL) != 0)
            fail_msg("%s: %s", product->id, bench->err);
        judge_unfilled(product->id, blank);
        if (i == 0) /* read by other programs, which take their time */
            judge_blank(blank, operation, "2025-11-21");
    }
    FEATURE("F099");
    const char *out = ctl_bench_path(bench, "none.pdf");
    assert_int_equal(ctl_bench_run_bare(bench, "form", "ezca-cqzfcg", "new", "--blank", "--values", out,
                                        "--pdf", out, "--catalogue", CATALOGUE, "--assets", ASSETS, NULL),
                     2);
    assert_int_equal(ctl_bench_run_bare(bench, "form", "ezca-cqzfcg", "new", "--blank", "--pdf", out,
                                        "--catalogue", CATALOGUE, "--assets", "/nowhere", NULL),
                     1);
    assert_int_not_equal(access(out, F_OK), 0);
    catalogue_free(catalogue);
    yaml_errors_release(&errors);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            test_ctl_forms__every_product_and_operation_that_prints_is_printed_whole, ctl_bench_setup,
            ctl_bench_teardown),
        cmocka_unit_test_setup_teardown(test_ctl_forms__box_of_the_answer_is_ticked_and_other_says_what,
                                        ctl_bench_setup, ctl_bench_teardown),
        cmocka_unit_test_setup_teardown(test_ctl_forms__examples_are_drawn_and_missing_ones_are_listed,
                                        ctl_bench_setup, ctl_bench_teardown),
        cmocka_unit_test_setup_teardown(
            test_ctl_forms__blank_form_has_lines_and_cannot_be_taken_for_an_orders, ctl_bench_setup,
            ctl_bench_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
