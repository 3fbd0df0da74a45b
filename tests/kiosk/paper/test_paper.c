/* The filled form is read back by other programs (poppler, zbar), not by our own code. */
#include <errno.h>
#include <math.h>
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
#include "kiosk/base/limits.h"
#include "kiosk/paper/paper.h"
#include "tests/support/feature.h"
#include "tests/support/pdf_bench.h"

#define FORMS TEST_SOURCE_DIR "/assets/forms/"
#define CODE "CK1|T20251121102436|1/1|ezca-application.2|00112233445566778899aabbccddeeff"

enum { NOW_UTC_S = 1763692276 };

static char folder[] = "/tmp/test-paper-XXXXXX";

static struct paper_value form_values[] = {
    {"form_title", "数字证书申请表"},
    {"acceptance_number", "T20251121102436"},
    {"company", "重庆示例科技有限公司"},
    {"legal_name", "李大有"},
    {"phone", "13800000001"},
    {"office_phone", "023-62000001"},
    {"website", "www.example.cn"},
    {"agent_name", "王如意"},
    {"agent_mobile", "13800000000"},
    {"agent_email", "wang@example.cn"},
    {"agent_wechat", "wang_example"},
    {"agent_address", "重庆市 南岸区 示例路1号6楼 400000"},
    {"business_licence", "91500108MA6000016R"},
    {"legal_id", "500108198001010018"},
    {"agent_id", "500108199002020052"},
    {"tax_number", "91500108MA6000002C"},
    {"invoice", "示例银行重庆分行 6222000000000000"},
    {"region", "重庆"},
    {"platform", "公共资源"},
    {"project", "重庆市政府采购网"},
    {"operation", "new"},
    {"agreement", "东方中讯数字证书服务协议"},
    {"terminal", "03"},
    {"social_number", ""},
};
enum { FORM_VALUES = sizeof form_values / sizeof form_values[0] };

static struct paper_values values_with(struct paper_value *copy, const char *key, const char *text)
{
    memcpy(copy, form_values, sizeof form_values);
    for (size_t i = 0; i < FORM_VALUES; i++)
        if (strcmp(copy[i].key, key) == 0)
            copy[i].text = text;
    return (struct paper_values){copy, FORM_VALUES};
}

static struct paper_template *open_template(const char *name)
{
    char path[512];
    struct paper_template *template = NULL;
    struct yaml_errors errors;
    yaml_errors_init(&errors);
    (void)snprintf(path, sizeof path, FORMS "%s.yaml", name);
    enum status status = paper_template_open(path, &errors, &template);
    if (status != STATUS_OK)
        fail_msg("%s", yaml_errors_text(&errors));
    yaml_errors_release(&errors);
    return template;
}

/* A pack of this template alone. */
static const struct paper_pack *only(const struct paper_template *template)
{
    static struct paper_pack pack;
    pack = (struct paper_pack){1, {template}};
    return &pack;
}

static const struct paper_options options = {.utc_s = NOW_UTC_S, .qr = {CODE}};

static void render(const struct paper_template *template, const struct paper_values *values, struct buf *pdf)
{
    struct failure failure = {0};
    buf_init(pdf, LIMIT_PDF_BYTES);
    enum status status = paper_render(only(template), values, &options, pdf, &failure);
    if (status != STATUS_OK)
        fail_msg("%s: %s", status_name(status), failure.text);
}

/* The PDF as a file of this test run. */
static const char *keep_pdf(const struct buf *pdf)
{
    static char path[64];
    (void)snprintf(path, sizeof path, "%s/page.pdf", folder);
    assert_int_equal(file_replace(path, pdf->data, pdf->length, 0600, NULL), STATUS_OK);
    return path;
}

static void assert_text_has(char *text, const char *wanted)
{
    char *squeezed = strdup(wanted);
    assert_non_null(squeezed);
    pdf_bench_squeeze(squeezed);
    if (strstr(text, squeezed) == NULL)
        fail_msg("\"%s\" is not in the PDF's text: %s", wanted, text);
    free(squeezed);
}

static char *text_of(const struct paper_template *template, const struct paper_values *values)
{
    struct buf pdf;
    render(template, values, &pdf);
    char *text = pdf_bench_output("pdftotext -layout %s -", keep_pdf(&pdf));
    pdf_bench_squeeze(text);
    buf_release(&pdf);
    return text;
}

static const struct paper_values *filled(void)
{
    static const struct paper_values values = {form_values, FORM_VALUES};
    return &values;
}

static void test_paper__every_value_can_be_read_back(void **state)
{
    (void)state;
    struct paper_template *template = open_template("ezca-application");
    char *text = text_of(template, filled());
    for (size_t i = 0; i < FORM_VALUES; i++)
        if (strcmp(form_values[i].key, "operation") != 0 && strncmp(form_values[i].key, "social", 6) != 0)
            assert_text_has(text, form_values[i].text);
    assert_text_has(text, "以下内容请申请者务必准确如实填写，带*为必填项");
    assert_text_has(text, "第 1 页 / 共 1 页");
    assert_text_has(text, "2025-11-21 10:31 03 号机");
    assert_text_has(text, "ezca-application.2");
    free(text);
    paper_template_free(template);
}

static void test_paper__the_same_arguments_give_the_same_bytes(void **state)
{
    (void)state;
    struct paper_template *template = open_template("ezca-application");
    struct buf first;
    struct buf second;
    render(template, filled(), &first);
    render(template, filled(), &second);
    assert_int_equal(first.length, second.length);
    assert_memory_equal(first.data, second.data, first.length);
    assert_memory_equal(first.data, "%PDF-", 5);
    buf_release(&first);
    buf_release(&second);
    paper_template_free(template);
}

static void test_paper__another_time_gives_other_bytes(void **state)
{
    (void)state;
    struct paper_template *template = open_template("ezca-application");
    struct buf first;
    struct buf second;
    struct paper_options later = options;
    later.utc_s += 60;
    render(template, filled(), &first);
    buf_init(&second, LIMIT_PDF_BYTES);
    assert_int_equal(paper_render(only(template), filled(), &later, &second, NULL), STATUS_OK);
    assert_true(first.length != second.length || memcmp(first.data, second.data, first.length) != 0);
    buf_release(&first);
    buf_release(&second);
    paper_template_free(template);
}

static void test_paper__the_code_is_read_at_150_dpi(void **state)
{
    (void)state;
    struct paper_template *template = open_template("ezca-application");
    struct buf pdf;
    render(template, filled(), &pdf);
    char *text = pdf_bench_output(
        "pdftoppm -r 150 -singlefile -png %s | zbarimg -q --raw -Sdisable -Sqrcode.enable - 2>/dev/null",
        keep_pdf(&pdf));
    assert_string_equal(strtok(text, "\n"), CODE);
    free(text);
    buf_release(&pdf);
    paper_template_free(template);
}

static void test_paper__fonts_are_embedded_and_the_page_is_one_a4(void **state)
{
    (void)state;
    struct paper_template *template = open_template("ezca-application");
    struct buf pdf;
    render(template, filled(), &pdf);
    char *fonts = pdf_bench_output("pdffonts %s", keep_pdf(&pdf));
    assert_non_null(strstr(fonts, "NotoSansCJKsc-Regular"));
    assert_non_null(strstr(fonts, "NotoSansCJKsc-Bold"));
    assert_null(strstr(fonts, " no  no"));
    int lines = 0;
    for (const char *at = fonts; *at != 0; at++)
        lines += *at == '\n';
    assert_int_equal(lines, 4); /* two of heading, two fonts: nothing fell back to a third */
    char *info = pdf_bench_output("pdfinfo %s", keep_pdf(&pdf));
    assert_non_null(strstr(info, "(A4)"));
    assert_non_null(strstr(info, "Pages:           1"));
    assert_int_equal(paper_template_pages(template), 1);
    assert_int_equal(paper_template_sheets(template), 1);
    free(info);
    free(fonts);
    buf_release(&pdf);
    paper_template_free(template);
}

static void test_paper__the_social_row_is_there_and_filled_for_social_projects(void **state)
{
    (void)state;
    struct paper_template *template = open_template("ezca-application");
    struct paper_value copy[FORM_VALUES];
    char *empty = text_of(template, filled());
    assert_text_has(empty, "单位社保号（社保项目必填）");
    assert_null(strstr(empty, "5001234567"));
    struct paper_values social = values_with(copy, "social_number", "5001234567");
    char *shown = text_of(template, &social);
    assert_text_has(shown, "单位社保号（社保项目必填）");
    assert_text_has(shown, "5001234567");
    free(empty);
    free(shown);
    paper_template_free(template);
}

static void test_paper__the_operation_asked_for_is_the_one_ticked(void **state)
{
    (void)state;
    struct paper_template *template = open_template("ezca-application");
    struct paper_value copy[FORM_VALUES];
    struct paper_image images[2] = {0};
    const char *operations[] = {"new", "replace"};
    struct paper_zones *zones = calloc(1, sizeof *zones);
    assert_non_null(zones);
    assert_int_equal(paper_zones(only(template), filled(), zones), STATUS_OK);
    const struct paper_zone *zone = paper_zone_find(zones, "operation");
    assert_non_null(zone);
    long ink[2][2] = {{0}};
    for (int i = 0; i < 2; i++) {
        struct paper_values values = values_with(copy, "operation", operations[i]);
        assert_int_equal(paper_preview(only(template), &values, &options, 0, 1050, &images[i], NULL),
                         STATUS_OK);
        /* 5 pixels a millimetre; a box is the first 4 mm of its words, which are 22 mm apart. */
        for (int box = 0; box < 2; box++)
            for (int y = (int)(zone->y_mm * 5); y < (int)((zone->y_mm + zone->height_mm) * 5); y++)
                for (int x = 0; x < 20; x++) {
                    size_t at = (size_t)y * 1050 + (size_t)(zone->x_mm * 5) + (size_t)(box * 215) + (size_t)x;
                    ink[i][box] += 255 - images[i].rgb[at * 3];
                }
    }
    assert_true(ink[0][0] > ink[1][0]); /* 证书申请 is darker when it is ticked */
    paper_image_release(&images[0]);
    paper_image_release(&images[1]);
    char *ticked = text_of(template, filled());
    struct paper_values none = values_with(copy, "operation", "");
    char *unticked = text_of(template, &none);
    int marks[2] = {0};
    for (const char *at = ticked; (at = strstr(at, "✓")) != NULL; at++)
        marks[0]++;
    for (const char *at = unticked; (at = strstr(at, "✓")) != NULL; at++)
        marks[1]++;
    assert_int_equal(marks[0], 2); /* the operation and 遵守 */
    assert_int_equal(marks[1], 1);
    free(ticked);
    free(unticked);
    free(zones);
    paper_template_free(template);
}

/* The longest values the product's form lets through (config/catalogue/ezca). */
static void test_paper__the_longest_values_are_set_smaller_and_never_cut(void **state)
{
    (void)state;
    static struct paper_value longest[] = {
        {"company", "重庆市示例区虚构建筑工程设计咨询与公共资源交易代理服务股份有限公司西南地区第一分公司高新"
                    "技术产业开发区办事处第十二营业部甲"},
        {"agent_address", "内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗尼尔基镇示例街道 "
                          "样张大道一千二百三十四号虚构商务中心第三期东塔楼二十八层二八零一至二八一六室前台收"
                          "转行政办公室张示例女士代收件人"
                          " 400000"},
        {"agent_email", "a.very.long.mailbox.name.for.tests@department.example.com.cn"},
        {"website", "https://www.a-very-long-company-name-for-tests.example.com.cn"},
        {"agent_wechat", "wxid_abcdefghijklmno"},
        {"legal_name", "阿卜杜热合曼阿卜杜热依木买买提艾力阿不都克里木吐尔逊江示例"},
        {"invoice", "重庆市示例区虚构建筑工程设计咨询与公共资源交易代理服务股份有限公司西南地区第一分公司高新"
                    "技术产业开发区办事处第十二营业部甲 "
                    "示例银行股份有限公司重庆市两江新区示例大道虚构支行营业部第二柜台国际业务结算中心 "
                    "622200000000000000000000000000"},
    };
    struct paper_template *template = open_template("ezca-application");
    struct paper_value copy[FORM_VALUES];
    memcpy(copy, form_values, sizeof form_values);
    for (size_t i = 0; i < sizeof longest / sizeof longest[0]; i++)
        for (size_t k = 0; k < FORM_VALUES; k++)
            if (strcmp(copy[k].key, longest[i].key) == 0)
                copy[k].text = longest[i].text;
    struct buf pdf;
    render(template, &(struct paper_values){copy, FORM_VALUES}, &pdf);
    (void)keep_pdf(&pdf);
    /* In reading order the lines of one cell follow each other. */
    char *text = pdf_bench_output("pdftotext -raw %s -", keep_pdf(&pdf));
    pdf_bench_squeeze(text);
    for (size_t i = 0; i < sizeof longest / sizeof longest[0]; i++)
        assert_text_has(text, longest[i].text);
    free(text);
    buf_release(&pdf);
    paper_template_free(template);
}

/* A word of upright strokes only: a hyphen would be the one long horizontal line. */
static void test_paper__a_word_without_a_break_is_broken_without_a_hyphen(void **state)
{
    (void)state;
    struct paper_template *template = open_template("ezca-application");
    struct paper_value copy[FORM_VALUES];
    struct paper_values values =
        values_with(copy, "website", "llllllllllllllllllllllllllllllllllllllllllllllllllllllllllll");
    struct paper_image image = {0};
    struct paper_zones *zones = calloc(1, sizeof *zones);
    assert_non_null(zones);
    assert_int_equal(paper_zones(only(template), &values, zones), STATUS_OK);
    assert_int_equal(paper_preview(only(template), &values, &options, 0, 3990, &image, NULL), STATUS_OK);
    const struct paper_zone *zone = paper_zone_find(zones, "website");
    assert_non_null(zone);
    int longest = 0;
    for (int y = (int)(zone->y_mm * 19); y < (int)((zone->y_mm + zone->height_mm) * 19); y++)
        for (int x = 0, run = 0; x < (int)(zone->width_mm * 19); x++) {
            size_t at = ((size_t)y * 3990 + (size_t)(zone->x_mm * 19) + (size_t)x) * 3;
            run = image.rgb[at] < 128 ? run + 1 : 0;
            longest = run > longest ? run : longest;
        }
    assert_in_range(longest, 1, 9); /* half a millimetre */
    paper_image_release(&image);
    free(zones);
    paper_template_free(template);
}

static void test_paper__a_value_no_size_can_hold_is_refused_by_key(void **state)
{
    (void)state;
    struct paper_template *template = open_template("ezca-application");
    struct paper_value copy[FORM_VALUES];
    char huge[1000];
    memset(huge, 'W', sizeof huge);
    huge[sizeof huge - 1] = 0;
    struct paper_values values = values_with(copy, "phone", huge);
    struct buf pdf;
    struct failure failure = {0};
    buf_init(&pdf, LIMIT_PDF_BYTES);
    assert_int_equal(buf_append_text(&pdf, "before"), STATUS_OK);
    assert_int_equal(paper_render(only(template), &values, &options, &pdf, &failure), STATUS_FULL);
    assert_string_equal((char *)pdf.data, "before");
    assert_non_null(strstr(failure.text, "phone"));
    assert_null(strstr(failure.text, "WWW"));
    values = values_with(copy, "phone", "1\n2");
    assert_int_equal(paper_render(only(template), &values, &options, &pdf, &failure), STATUS_MALFORMED);
    assert_string_equal((char *)pdf.data, "before");
    buf_release(&pdf);
    paper_template_free(template);
}

/* cairo 1.16 leaves U+5982 blank when its outline comes from the embedded subset. */
static void test_paper__no_character_comes_out_blank(void **state)
{
    (void)state;
    struct paper_template *template = open_template("ezca-application");
    struct paper_value copy[FORM_VALUES];
    struct paper_values values = values_with(copy, "company", "如如如如");
    struct paper_zones *zones = calloc(1, sizeof *zones);
    assert_non_null(zones);
    assert_int_equal(paper_zones(only(template), &values, zones), STATUS_OK);
    const struct paper_zone *zone = paper_zone_find(zones, "company");
    assert_non_null(zone);
    struct buf pdf;
    render(template, &values, &pdf);
    (void)keep_pdf(&pdf);
    char command[256];
    (void)snprintf(command, sizeof command, "pdftoppm -r 127 -singlefile -gray -x %d -y %d -W 70 -H %d %%s",
                   (int)(zone->x_mm * 5), (int)(zone->y_mm * 5), (int)(zone->height_mm * 5));
    char path[64];
    (void)snprintf(path, sizeof path, "%s/page.pdf", folder);
    char *crop = pdf_bench_output(command, path);
    const uint8_t *pixels = (const uint8_t *)strstr(crop, "255\n") + 4;
    int dark = 0;
    for (int i = 0; i < 70 * (int)(zone->height_mm * 5); i++)
        dark += pixels[i] < 128;
    assert_true(dark > 300);
    free(crop);
    free(zones);
    buf_release(&pdf);
    paper_template_free(template);
}

static void test_paper__the_preview_shows_what_is_printed(void **state)
{
    (void)state;
    struct paper_template *template = open_template("ezca-application");
    struct paper_image image = {0};
    assert_int_equal(paper_preview(only(template), filled(), &options, 0, 842, &image, NULL), STATUS_OK);
    assert_int_equal(image.width_px, 842);
    assert_int_equal(image.height_px, 1191);
    struct buf pdf;
    render(template, filled(), &pdf);
    char *printed =
        pdf_bench_output("pdftoppm -scale-to-x 842 -scale-to-y 1191 -singlefile -gray %s", keep_pdf(&pdf));
    const uint8_t *gray = (const uint8_t *)strstr(printed, "255\n") + 4;
    /* Compared in squares of 8 pixels: antialiasing differs, ink does not. */
    int differing = 0;
    for (int top = 0; top + 8 <= 1191; top += 8)
        for (int left = 0; left + 8 <= 842; left += 8) {
            int sums[2] = {0};
            for (int i = 0; i < 64; i++) {
                size_t at = (size_t)(top + i / 8) * 842 + (size_t)(left + i % 8);
                sums[0] += 255 - image.rgb[at * 3];
                sums[1] += 255 - gray[at];
                assert_int_equal(image.rgb[at * 3], image.rgb[at * 3 + 1]); /* black only */
            }
            differing += abs(sums[0] - sums[1]) > 64 * 60;
        }
    assert_true(differing < 30);
    assert_int_equal(paper_preview(only(template), filled(), &options, 1, 842, &image, NULL),
                     STATUS_NOT_FOUND);
    paper_image_release(&image);
    FEATURE("F092");
    assert_null(image.rgb);
    paper_image_release(NULL);
    free(printed);
    buf_release(&pdf);
    paper_template_free(template);
}

static void test_paper__signature_and_seal_have_their_places(void **state)
{
    (void)state;
    struct paper_template *template = open_template("ezca-application");
    struct paper_zones *zones = calloc(1, sizeof *zones);
    struct paper_value copy[FORM_VALUES];
    assert_non_null(zones);
    assert_int_equal(paper_zones(only(template), filled(), zones), STATUS_OK);
    const struct paper_zone *seal = paper_zone_find(zones, "seal");
    assert_non_null(seal);
    assert_true(seal->width_mm >= 42 && seal->height_mm >= 42);
    assert_true(seal->x_mm + seal->width_mm < zones->page_width_mm - 18);
    assert_non_null(paper_zone_find(zones, "signature"));
    assert_non_null(paper_zone_find(zones, "date"));
    assert_non_null(paper_zone_find(zones, "corner-top-left"));
    assert_non_null(paper_zone_find(zones, "corner-bottom-right"));
    char keyword[128];
    (void)snprintf(keyword, sizeof keyword, "zone seal page 1 at %.2f %.2f 46.00 46.00 mm", seal->x_mm,
                   seal->y_mm);
    struct buf pdf;
    render(template, filled(), &pdf);
    char *info = pdf_bench_output("pdfinfo %s", keep_pdf(&pdf));
    assert_non_null(strstr(info, keyword));
    free(info);
    buf_release(&pdf);
    double top = seal->y_mm;
    struct paper_values social = values_with(copy, "social_number", "5001234567");
    assert_int_equal(paper_zones(only(template), &social, zones), STATUS_OK);
    assert_true(paper_zone_find(zones, "seal")->y_mm - top < 0.01); /* as where the row is empty */
    assert_non_null(paper_zone_find(zones, "social_number"));
    free(zones);
    paper_template_free(template);
}

static void test_paper__a_receipt_leaves_out_what_it_does_not_know(void **state)
{
    (void)state;
    static const struct paper_value items[] = {
        {"acceptance_number", "T20251121102436"},
        {"product", "重庆市政府采购网 供应商（一年）"},
        {"amount", "480.00 元"},
        {"pay_channel", "支付宝"},
        {"pay_number", "2025112122001400000001"},
        {"subject_cn", "重庆示例科技有限公司"},
        {"serial", "1F2E3D4C5B6A79880012"},
        {"valid_until", "2026 年 11 月 21 日"},
        {"hotline", "400-000-0000"},
    };
    size_t count = sizeof items / sizeof items[0];
    struct paper_template *template = open_template("receipt");
    char *text = text_of(template, &(struct paper_values){items, count});
    for (size_t i = 0; i < count; i++)
        assert_text_has(text, items[i].text);
    assert_null(strstr(text, "Key编号"));
    struct paper_value by_alipay[] = {{"pay_channel", "alipay"}};
    char *alipay = text_of(template, &(struct paper_values){by_alipay, 1});
    assert_text_has(alipay, "缴费方式支付宝");
    assert_null(strstr(alipay, "alipay"));
    free(alipay);
    char *waiting = text_of(template, &(struct paper_values){items, 2});
    assert_text_has(waiting, "T20251121102436");
    assert_null(strstr(waiting, "缴费金额"));
    assert_null(strstr(waiting, "电子签章"));
    FEATURE("F102");
    assert_null(strstr(waiting, "缴费方式"));
    free(text);
    free(waiting);
    paper_template_free(template);
}

static const char two_copies[] = "id: two\n"
                                 "version: two.1\n"
                                 "title: Two\n"
                                 "sheet_mm: 100 100\n"
                                 "copies: [客户联, 受理点联]\n"
                                 "pages:\n"
                                 "  - items: [{draw: text, at: 10 10 80 8, text: '{copy} {page}/{pages}'}]\n"
                                 "  - items: [{draw: text, at: 10 10 80 8, text: '{copy} {page}/{pages}'}]\n";

static void test_paper__copies_carry_their_names_and_pages_their_numbers(void **state)
{
    (void)state;
    struct paper_template *template = NULL;
    struct yaml_errors errors;
    yaml_errors_init(&errors);
    assert_int_equal(paper_template_parse("two", two_copies, strlen(two_copies), &errors, &template),
                     STATUS_OK);
    char *text = text_of(template, &(struct paper_values){0});
    assert_string_equal(text, "客户联1/2客户联2/2受理点联1/2受理点联2/2");
    assert_int_equal(paper_template_pages(template), 2);
    assert_int_equal(paper_template_sheets(template), 4);
    FEATURE("F098");
    assert_string_equal(paper_template_version(template), "two.1");
    free(text);
    yaml_errors_release(&errors);
    paper_template_free(template);
}

static struct paper_template *parse(const char *text)
{
    struct paper_template *template = NULL;
    struct yaml_errors errors;
    yaml_errors_init(&errors);
    if (paper_template_parse("test", text, strlen(text), &errors, &template) != STATUS_OK)
        fail_msg("%s", yaml_errors_text(&errors));
    yaml_errors_release(&errors);
    return template;
}

static const char a_sheet_more[] = "id: more\n"
                                   "version: more.1\n"
                                   "title: More\n"
                                   "if: seal_wanted=yes\n"
                                   "sheet_mm: 100 100\n"
                                   "pages:\n"
                                   "  - items: [{draw: qr, at: 40 40 30}, {draw: zone, at: 10 60 20 20, "
                                   "zone: stamp}, {draw: text, at: 10 10 80 "
                                   "8, text: '{page}/{pages}'}]\n";

static void test_paper__pages_of_a_pack_are_counted_together(void **state)
{
    (void)state;
    struct paper_template *first = parse(two_copies);
    struct paper_template *second = parse(a_sheet_more);
    const struct paper_pack pack = {2, {first, second}};
    const struct paper_options coded = {.utc_s = NOW_UTC_S, .qr = {"one", "two", "three"}};
    struct paper_zones *zones = calloc(1, sizeof *zones);
    struct buf pdf;
    assert_non_null(zones);
    buf_init(&pdf, LIMIT_PDF_BYTES);
    assert_int_equal(paper_pack_pages(&pack), 3);
    assert_ptr_equal(paper_pack_template(&pack, 1), first);
    assert_ptr_equal(paper_pack_template(&pack, 2), second);
    assert_null(paper_pack_template(&pack, 3));
    assert_int_equal(paper_render(&pack, filled(), &coded, &pdf, NULL), STATUS_OK);
    char *text = pdf_bench_output("pdftotext -layout %s -", keep_pdf(&pdf));
    pdf_bench_squeeze(text);
    assert_string_equal(text, "客户联1/3客户联2/3受理点联1/3受理点联2/33/3");
    char *code =
        pdf_bench_output("pdftoppm -r 150 -f 5 -l 5 -png %s | zbarimg -q --raw -Sdisable -Sqrcode.enable - "
                         "2>/dev/null",
                         keep_pdf(&pdf));
    assert_string_equal(strtok(code, "\n"), "three");
    char *info = pdf_bench_output("pdfinfo %s", keep_pdf(&pdf));
    assert_non_null(strstr(info, "zone stamp page 5 at 10.00 60.00 20.00 20.00 mm"));
    assert_int_equal(paper_zones(&pack, filled(), zones), STATUS_OK);
    FEATURE("F093");
    assert_int_equal(paper_zone_find(zones, "stamp")->page, 2);
    free(info);
    free(code);
    free(text);
    free(zones);
    buf_release(&pdf);
    paper_template_free(second);
    paper_template_free(first);
}

static void test_paper__a_pack_of_too_many_pages_is_refused(void **state)
{
    (void)state;
    struct paper_template *two = parse(two_copies);
    const struct paper_pack pack = {5, {two, two, two, two, two}};
    struct paper_image image = {0};
    struct failure failure = {0};
    struct buf pdf;
    buf_init(&pdf, LIMIT_PDF_BYTES);
    assert_int_equal(paper_render(&pack, filled(), &options, &pdf, &failure), STATUS_FULL);
    assert_non_null(strstr(failure.text, "8 pages"));
    assert_int_equal(paper_preview(&pack, filled(), &options, 0, 100, &image, NULL), STATUS_FULL);
    assert_int_equal(pdf.length, 0);
    buf_release(&pdf);
    paper_template_free(two);
}

static void test_paper__a_sheet_that_nobody_wants_is_left_out_by_its_condition(void **state)
{
    (void)state;
    struct paper_template *template = parse(a_sheet_more);
    const struct paper_value yes = {"seal_wanted", "yes"}, no = {"seal_wanted", "no"};
    assert_true(paper_template_wanted(template, &(struct paper_values){&yes, 1}));
    assert_false(paper_template_wanted(template, &(struct paper_values){&no, 1}));
    paper_template_free(template);
}

/* The heading's sign is not printed; lines are allowed in paragraphs, and nowhere else. */
static void test_paper__paragraphs_have_headings_and_lines(void **state)
{
    (void)state;
    static const char long_text[] = "id: p\nversion: p.1\ntitle: P\nsheet_mm: 100 100\npages:\n"
                                    "  - items: [{draw: paragraphs, at: 10 10 80 80, text: '{rules}'}]\n";
    static const char short_text[] = "id: p\nversion: p.1\ntitle: P\nsheet_mm: 100 100\npages:\n"
                                     "  - items: [{draw: text, at: 10 10 80 80, text: '{rules}'}]\n";
    const struct paper_value rules = {"rules", "# 第一条\n正文一。\n# 第二条\n正文二。"};
    const struct paper_values values = {&rules, 1};
    struct paper_template *template = parse(long_text);
    char *text = text_of(template, &values);
    assert_string_equal(text, "第一条正文一。第二条正文二。");
    struct buf pdf;
    render(template, &values, &pdf);
    char *fonts = pdf_bench_output("pdffonts %s", keep_pdf(&pdf));
    assert_non_null(strstr(fonts, "NotoSansCJKsc-Bold"));
    paper_template_free(template);
    template = parse(short_text);
    assert_int_equal(paper_render(only(template), &values, &options, &pdf, NULL), STATUS_MALFORMED);
    buf_release(&pdf);
    free(fonts);
    free(text);
    paper_template_free(template);
}

static void assert_template_refused(const char *text, const char *why)
{
    struct paper_template *template = NULL;
    struct yaml_errors errors;
    yaml_errors_init(&errors);
    assert_int_equal(paper_template_parse("bad", text, strlen(text), &errors, &template), STATUS_CONFIG);
    assert_null(template);
    if (strstr(yaml_errors_text(&errors), why) == NULL)
        fail_msg("\"%s\" expected in %s", why, yaml_errors_text(&errors));
    yaml_errors_release(&errors);
}

#define HEAD "id: t\nversion: t.1\ntitle: T\npages:\n  - items:\n      - "

static void test_paper__templates_with_mistakes_are_refused(void **state)
{
    (void)state;
    assert_template_refused(HEAD "{draw: text, at: 10 10 80, text: a}\n", "4 measures");
    assert_template_refused(HEAD "{draw: text, at: 200 10 80 8, text: a}\n", "outside the sheet");
    assert_template_refused(HEAD "{draw: text, at: 1.234 10 80 8, text: a}\n", "two decimals");
    assert_template_refused(HEAD "{draw: text, at: 10 10 80 8, text: '{a'}\n", "brace");
    assert_template_refused(HEAD "{draw: sing, at: 10 10 80 8}\n", "sing");
    assert_template_refused(HEAD "{draw: text, at: 10 10 80 8, texts: a}\n", "texts");
    assert_template_refused(HEAD "{draw: table, at: 10 10, columns_mm: 20 20, blocks: [{rows: [{height_mm: "
                                 "5, cells: [{text: a}]}]}]}\n",
                            "span 1 columns");
    assert_template_refused(
        HEAD "{draw: table, at: 10 10, columns_mm: 20, blocks: [{rows: [{height_mm: 300, cells: "
             "[{text: a}]}]}]}\n",
        "larger than the sheet");
}

static void test_paper__a_font_that_is_not_there_is_said(void **state)
{
    (void)state;
    static const char text[] = "font: No Such Font\n" HEAD "{draw: text, at: 10 10 80 8, text: a}\n";
    struct paper_template *template = NULL;
    struct yaml_errors errors;
    struct failure failure = {0};
    struct buf pdf;
    buf_init(&pdf, LIMIT_PDF_BYTES);
    yaml_errors_init(&errors);
    assert_int_equal(paper_template_parse("font", text, strlen(text), &errors, &template), STATUS_OK);
    assert_int_equal(paper_render(only(template), filled(), &options, &pdf, &failure), STATUS_UNSUPPORTED);
    assert_non_null(strstr(failure.text, "No Such Font"));
    assert_int_equal(pdf.length, 0);
    yaml_errors_release(&errors);
    buf_release(&pdf);
    paper_template_free(template);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state)
{
    (void)state;
    char path[64];
    (void)snprintf(path, sizeof path, "%s/page.pdf", folder);
    (void)unlink(path);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paper__every_value_can_be_read_back),
        cmocka_unit_test(test_paper__the_same_arguments_give_the_same_bytes),
        cmocka_unit_test(test_paper__another_time_gives_other_bytes),
        cmocka_unit_test(test_paper__the_code_is_read_at_150_dpi),
        cmocka_unit_test(test_paper__fonts_are_embedded_and_the_page_is_one_a4),
        cmocka_unit_test(test_paper__the_social_row_is_there_and_filled_for_social_projects),
        cmocka_unit_test(test_paper__the_operation_asked_for_is_the_one_ticked),
        cmocka_unit_test(test_paper__the_longest_values_are_set_smaller_and_never_cut),
        cmocka_unit_test(test_paper__a_word_without_a_break_is_broken_without_a_hyphen),
        cmocka_unit_test(test_paper__a_value_no_size_can_hold_is_refused_by_key),
        cmocka_unit_test(test_paper__no_character_comes_out_blank),
        cmocka_unit_test(test_paper__the_preview_shows_what_is_printed),
        cmocka_unit_test(test_paper__signature_and_seal_have_their_places),
        cmocka_unit_test(test_paper__a_receipt_leaves_out_what_it_does_not_know),
        cmocka_unit_test(test_paper__copies_carry_their_names_and_pages_their_numbers),
        cmocka_unit_test(test_paper__pages_of_a_pack_are_counted_together),
        cmocka_unit_test(test_paper__a_pack_of_too_many_pages_is_refused),
        cmocka_unit_test(test_paper__a_sheet_that_nobody_wants_is_left_out_by_its_condition),
        cmocka_unit_test(test_paper__paragraphs_have_headings_and_lines),
        cmocka_unit_test(test_paper__templates_with_mistakes_are_refused),
        cmocka_unit_test(test_paper__a_font_that_is_not_there_is_said),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
