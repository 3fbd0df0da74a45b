/* Each printed form of the catalogue, filled with ordinary, shortest and longest values, and read back by
 * other programs. */
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

enum { NOW_UTC_S = 1763692276, KEYS_MAX = 40, VALUES_MAX = 96 };

static char folder[] = "/tmp/test-forms-XXXXXX";

#define COMPANY_60                                                                                                                                              \
    "重庆市示例区虚构建筑工程设计咨询与公共资源交易代理服务股份有限公司西南地区第一分公司高新技术产业开发区" \
    "办"                                                                                                                                                       \
    "事处第十二营业部"
#define ADDRESS_60                                                                                                                                              \
    "内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗尼尔基镇示例街道样张大道一千二百三十四号虚构商务中心第三期" \
    "东"                                                                                                                                                       \
    "塔楼二十八层前台"
#define NAME_30 "阿卜杜热合曼阿卜杜热依木买买提艾力阿不都克里木吐尔逊江示例"
#define EMAIL_60 "a.very.long.mailbox.name.for.tests@department.example.com.cn"

/* What a template may name, with what an applicant writes ordinarily, at least and at most. */
static const struct {
    const char *key, *full, *shortest, *longest;
} known[] = {
#define FORM_VALUE(key, full, shortest, longest) {key, full, shortest, longest},
#include "tests/kiosk/paper/form_values.def"
#undef FORM_VALUE
};
enum { KNOWN = sizeof known / sizeof known[0] };

enum length { FULL, SHORTEST, LONGEST };

/* One template: what of the table it prints, its fixed words, its sheets, its places. */
struct form_case {
    const char *id;
    const char *keys;   /* blanks between; each is printed */
    const char *labels; /* bars between */
    const char *zones;  /* blanks between */
    int sheets;
};

#define BY_HAND "signature date seal"
#define GXCA_DECLARED                                                                                                                                       \
    "1、本单位/个人授权以下经办人前去办理CA数字证书/电子签章相关事宜。|2、表内所填内容完全属实，提供的公章/" \
    "签名是合法无误的，接受据此颁发的CA数字证书/电子签章。|3、本单位/"                                                         \
    "个人已认真阅读并同意接受《国信CA数字证书服务协议》、《国信CA电子认证业务规则》|国信CA受理|业务受理人、" \
    "审核人签名：|日期：|经办人姓名*|身份证号*|手机号码*|收发票的电子邮箱*|回寄收件地址*|应用平台*|"                \
    "业务类型*|"                                                                                                                                        \
    "（含证书载体和国信CA证书助手软件V1.0）|业务信息*|授权声明*|申请日期*：|经办人签名*："

static const struct form_case cases[] = {
    {"ezca-application",
     "authority form_title acceptance_number company legal_name phone office_phone website agent_name "
     "agent_mobile "
     "agent_email agent_wechat agent_address business_licence legal_id agent_id social_number tax_number "
     "invoice region platform project agreement sub_kinds",
     "受理人：|审核人：|以下内容请申请者务必准确如实填写，带*为必填项|*单位信息|*单位名称|*企业法人|*"
     "联系电话|*办公电话|*"
     "企业网站|"
     "*经办人信息|*经办人|*手机号码|*邮箱|*微信号|*邮寄地址|*证明资料|证件类型|证件号码|营业执照副本|"
     "法人身份证（护照）|申请人（联系人）身份证|单位社保号（社保项目必填）|纳税人识别号或统一社会信用代码|"
     "发票信息|*证书应用项目|区域：|类别：|项目名称：|*操作类型|证书申请|证书更新|证书补办|PIN码解锁|其它|"
     "证书信息变更（请详细说明）|*申请人声明|遵守《|*签署|*经办人（签名）：|*单位公章：|年月日|"
     "（此处必须由经办人手写签名）",
     BY_HAND, 1},
    {"ezca-seal-sample", "authority acceptance_number company agent_name remark",
     "电子印章取样表|单位名称|经办人|盖章处|（居中，勿压线）|"
     "如办理法人证书、专业人员证书等，请盖私章或手写签名|"
     "上述两个方框内均需加盖鲜章，要求印章清晰完整，不得压线。共需盖鲜章2枚，以便后期采样。|"
     "请注意：印章模糊或不完整，将导致无法制作电子签章。|经办人签名确认：|年月日|备注",
     BY_HAND " seal_2", 1},
    {"dfca-receipt-unit",
     "authority acceptance_number user_name company unit_phone unit_email unit_fax unit_region unit_address "
     "unit_postcode unit_id_type unit_id business_licence tax_registration agent_name agent_mobile "
     "agent_email "
     "agent_id_type agent_id class years term_end medium certificate_price",
     "单位数字证书业务受理表|单位证书受理：|业务受理号：|客户须知：|"
     "1．请用钢笔或圆珠笔如实、准确、完整地填写，涂改无效；|2．“申请单位资料”中须填写申请单位的详细信息；|"
     "3．本表一式两份，客户及证书受理点各执一份。|申请单位资料|用户名|单位名称|单位联系电话|单位邮箱地址|"
     "单位传真|"
     "单位通讯地址|单位详细地址|单位邮政编码|单位证件类型|单位证件号码|工商营业执照号|税务登记证号|"
     "经办人姓名|"
     "经办人联系电话|经办人E-Mail|经办人证件类型|经办人证件号码|证书申请年限|证书到期时间|证书价格|"
     "各类证书的开户费中含一年维护服务费，不含签章费。|经办人（签字）：|单位公章：|受理人：|审核人：|日期：|"
     "（客户联）|（证书受理点联）",
     BY_HAND, 2},
    {"dfca-receipt-person",
     "authority acceptance_number applicant_name user_name company department applicant_id_type applicant_id "
     "applicant_phone applicant_mobile applicant_email applicant_region applicant_postcode applicant_address "
     "agent_name "
     "agent_mobile agent_email agent_id_type agent_id class years term_end medium certificate_price",
     "个人数字证书业务受理表|业务受理号：|客户须知：|3．本表一式两份，客户及证书受理点各执一份。|申请人姓名|"
     "用户名|"
     "性别|工作单位|工作部门|邮箱地址|证件类型|证件号码|联系电话|移动电话|邮政编码|通讯地址|详细地址|"
     "经办人姓名|"
     "经办人联系电话|经办人E-Mail|有效证件类型|有效证件号码|证书申请年限|证书到期时间|证书价格|"
     "申请人（签字）：|"
     "单位公章：|（客户联）|（证书受理点联）",
     BY_HAND " agent_signature", 2},
    {"dfca-agreement", "authority acceptance_number agreement agreement_version company",
     "单位名称：|单位公章：|申请人或经办人（签字）：|第一条示例|示例正文", BY_HAND, 1},
    {"dfca-authorisation",
     "authority acceptance_number company unit_id applicant_name applicant_id agent_name agent_id_type "
     "agent_id "
     "agent_mobile applied_date",
     "单位授权委托书|兹授权下列经办人，代表本单位到贵处办理数字证书及电子签章相关业务。|单位名称|经办人姓名|"
     "证件类型及号码|授权办理的业务|数字证书：|电子签章：|授权期限|法定代表人（签字或盖章）：|单位公章：|"
     "年月日",
     BY_HAND " legal_signature", 1},
    {"dfca-imprint", "authority acceptance_number company applicant_name applicant_id",
     "个人签章印模表|个人签章|申请人或经办人（签字）：|年月日", BY_HAND " seal_2", 1},
    {"dfca-signature", "authority acceptance_number applicant_name applicant_id company",
     "签名印模表|手写签名（一）|手写签名（二）|年月日", "signature date signature_2", 1},
    {"cfca-unit-application",
     "authority acceptance_number company credit_code agent_name agent_id agent_mobile agent_email "
     "agent_address "
     "quantity years",
     "受理人：|审核人：|CFCA数字证书及电子签章业务申请单(单位)|业务类型|新办|延期|变更法人|吊销|补办|"
     "变更公司名称|申请数量：|"
     "年限：|"
     "申请单位基本信息（办理单位CA数字证书及电子签章业务，请填写以下信息）|单位全称|单位证件类型|"
     "统一社会信用代码证号|组织机构代码证号|其它，请注明：|单位证件号码|经办人信息|经办人姓名|经办人证件号码|"
     "经办人证件类型|身份证|护照|联系电话|电子邮箱|通讯地址|申请单位声明：|"
     "1、表内所填内容完全属实，提供的公章/"
     "签名是合法无误的，接受据此颁发的CA证书及签章；|《CFCA电子认证业务规则（简称CPS）》|"
     "3、数字证书签发后，本单位同意将证书当面或邮寄给经办人，自经办人获得证书起，视为本单位同意接受此证书。|"
     "申请单位盖章：|申请日期：|电子签章采集表|申请单位公章(盖章请盖到方框内，请勿压线)|"
     "申请单位法定代表人私章（盖章请盖到方框内，请勿压线，申请单位法定代表人盖章）|"
     "法人签字（签字请签到方框内，请勿压线，申请单位法定代表人手写签名）|"
     "备注：此表中采集的印章和签字仅限于采集电子签章信息使用，用于其他一律视为无效。",
     BY_HAND " seal_sample legal_seal", 1},
    {"cfca-person-application",
     "authority acceptance_number person_name id_number person_mobile person_email person_address quantity "
     "years",
     "受理人：|审核人：|CFCA数字证书及电子签名业务申请单（个人）|业务类型|新办|延期|补办|吊销|申请数量：|"
     "年限：|申请人信息|"
     "姓名|"
     "证件号码|证件类型|身份证|护照|其它，请注明：|联系电话|电子邮箱|通讯地址|申请人声明：|"
     "1、表内所填内容完全属实，提供的信息是合法无误的，接受据此颁发的CA证书及签名章。|"
     "3、数字证书签发后，申请人从获得证书起，视为本人同意接受此证书。|申请人签字：|申请日期：|签名采集表|"
     "申请人手写签名(请签到方框内，请勿压线)|申请人证件复印/扫描件粘贴处（正面）|申请人证件复印/"
     "扫描件粘贴处（反面）|备注：此表中采集的签字仅限于采集电子签名信息使用，用于其他一律视为无效。",
     "signature date signature_sample id_front id_back", 1},
    {"gxca-unit-application",
     "acceptance_number project_code company credit_code registered_place legal_name unit_phone agent_name "
     "agent_id agent_mobile agent_email return_address quantity years",
     GXCA_DECLARED
     "|国信CA数字证书及电子签章申请表（单位）|新办|补办|延期（年审）|换发|变更|解锁：密码重置|单位名称*|"
     "营业执照/"
     "统一社会信用代码号*|单位注册地（填写省、市、区县）*|法人姓名*|单位电话*|单位公章*：|法人签章或签名：|"
     "电子签章采集：请在下表方格内加盖2次单位公章、法人私章及签名用于采集，其他用途无效（请保证其清晰完整）|"
     "单位公章→|法人私章→|法人签名→",
     BY_HAND " legal_signature seal_sample seal_sample_2 legal_seal legal_seal_2 legal_signature_sample "
             "legal_signature_sample_2",
     1},
    {"gxca-person-application",
     "acceptance_number project_code person_name person_mobile id_number employer agent_name agent_id "
     "agent_mobile agent_email return_address quantity years",
     GXCA_DECLARED
     "|国信CA数字证书及电子签章申请表（个人）|新办|补办|延期（年审）|换发|解锁：密码重置|个人名称*|"
     "证件类型*|证件号码*|所属单位名称|申请人签章或签名*：|"
     "电子签名采集：请在下面方格内居中签名，请勿重叠或压线签写，字体不限。其他用途无效（请保证其清晰完整）|"
     "签名（请签写三次）|在最满意的签名后打“√”",
     "signature date signature_sample signature_sample_2 signature_sample_3 best best_2 best_3", 1},
    {"gxca-agreement", "authority acceptance_number agreement agreement_version", "第一条示例|示例正文", "qr",
     1},
    {"bzt-application",
     "authority form_title acceptance_number company credit_code legal_name agent_name agent_id agent_mobile "
     "bank_account_end class project agreement",
     "受理人：|审核人：|业务类型|申请企业证书|续期|变更企业信息|证书找回|重新申请|证书注销|认领企业|加入企业|"
     "对公打款|企业名称|"
     "统一社会信用代码|法人姓名|申请人信息|单位公章|年月日",
     BY_HAND, 1},
    {"bzt-person-application",
     "authority form_title acceptance_number person_name id_number person_mobile class project agreement",
     "受理人：|审核人：|业务类型|申请个人证书|续期|证书找回|重新申请|证书注销|申请人信息|姓名|身份证号码|"
     "手机号|"
     "个人证书只代表本人。|申请人（本人签名）：|年月日",
     "signature date", 1},
};
enum { CASES = sizeof cases / sizeof cases[0] };

/* The values of one length, and the few that say what is ticked. */
struct filled {
    struct paper_value items[VALUES_MAX];
    size_t count;
};

static void add(struct filled *filled, const char *key, const char *text)
{
    for (size_t i = 0; i < filled->count; i++)
        if (strcmp(filled->items[i].key, key) == 0) {
            filled->items[i].text = text;
            return;
        }
    assert_true(filled->count < VALUES_MAX);
    filled->items[filled->count++] = (struct paper_value){key, text};
}

static const char *known_text(size_t i, enum length length)
{
    if (length == SHORTEST)
        return known[i].shortest;
    return length == LONGEST ? known[i].longest : known[i].full;
}

static struct filled fill(enum length length)
{
    struct filled filled = {.count = 0};
    for (size_t i = 0; i < KNOWN; i++)
        add(&filled, known[i].key, known_text(i, length));
    add(&filled, "operation", "new");
    add(&filled, "seal_wanted", "yes");
    add(&filled, "agreement_text",
        "# 第一条 示例\n示例正文，说明双方的权利和义务。\n# 第二条 示例\n另一段。");
    return filled;
}

static struct paper_values values_of(const struct filled *filled)
{
    return (struct paper_values){filled->items, filled->count};
}

static struct paper_template *open_template(const char *id)
{
    char path[512];
    struct paper_template *template = NULL;
    struct yaml_errors errors;
    yaml_errors_init(&errors);
    (void)snprintf(path, sizeof path, FORMS "%s.yaml", id);
    if (paper_template_open(path, &errors, &template) != STATUS_OK)
        fail_msg("%s", yaml_errors_text(&errors));
    yaml_errors_release(&errors);
    return template;
}

static const struct paper_options options = {.utc_s = NOW_UTC_S, .qr = {"code page 1", "code page 2"}};

/* The PDF as a file of this test run. */
static const char *print(const struct paper_pack *pack, const struct filled *filled, const char *name)
{
    static char path[128];
    struct buf pdf;
    struct failure failure = {0};
    const struct paper_values values = values_of(filled);
    buf_init(&pdf, LIMIT_PDF_BYTES);
    if (paper_render(pack, &values, &options, &pdf, &failure) != STATUS_OK)
        fail_msg("%s: %s", name, failure.text);
    (void)snprintf(path, sizeof path, "%s/%s.pdf", folder, name);
    assert_int_equal(file_replace(path, pdf.data, pdf.length, 0600, NULL), STATUS_OK);
    buf_release(&pdf);
    return path;
}

static void assert_text_has(const char *id, const char *text, const char *wanted, size_t length)
{
    char part[512] = "";
    assert_true(length < sizeof part);
    memcpy(part, wanted, length);
    pdf_bench_squeeze(part);
    if (strstr(text, part) == NULL)
        fail_msg("%s: \"%s\" is not in the PDF's text: %s", id, part, text);
}

/* Each of the parts of a list. */
static void assert_text_has_all(const char *id, const char *text, const char *list)
{
    for (const char *at = list; *at != 0;) {
        size_t length = strcspn(at, "|");
        assert_text_has(id, text, at, length);
        at += length + (at[length] == '|');
    }
}

static bool names_key(const struct form_case *form, const char *key)
{
    char wanted[80], list[1024];
    (void)snprintf(wanted, sizeof wanted, " %s ", key);
    (void)snprintf(list, sizeof list, " %s ", form->keys);
    return strstr(list, wanted) != NULL;
}

static void judge_text(const struct form_case *form, enum length length)
{
    struct paper_template *template = open_template(form->id);
    struct filled filled = fill(length);
    const struct paper_pack pack = {1, {template}};
    /* In reading order the lines of one cell follow each other. */
    char *text = pdf_bench_output("pdftotext -raw %s -", print(&pack, &filled, form->id));
    pdf_bench_squeeze(text);
    for (size_t i = 0; i < KNOWN; i++)
        if (names_key(form, known[i].key))
            assert_text_has(form->id, text, known_text(i, length), strlen(known_text(i, length)));
    assert_text_has_all(form->id, text, form->labels);
    free(text);
    paper_template_free(template);
}

static void test_forms__ordinary_values_and_every_label_can_be_read_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < CASES; i++)
        judge_text(&cases[i], FULL);
}

/* Each sheet of each form, and none that is printed for the first time. */
static void test_forms__a_sheet_that_was_printed_before_says_so(void **state)
{
    (void)state;
    for (size_t i = 0; i < CASES; i++) {
        struct paper_template *template = open_template(cases[i].id);
        const struct paper_pack pack = {1, {template}};
        struct filled filled = fill(FULL);
        for (int again = 0; again < 2; again++) {
            add(&filled, "reprint", again ? "12" : "");
            char *text = pdf_bench_output("pdftotext -raw %s -", print(&pack, &filled, cases[i].id));
            int marks = 0;
            pdf_bench_squeeze(text);
            for (const char *at = text; (at = strstr(at, "补打第12次")) != NULL; at++)
                marks++;
            FEATURE("F096");
            assert_int_equal(again ? cases[i].sheets : 0, marks);
            assert_true(again || strstr(text, "补打") == NULL);
            free(text);
        }
        paper_template_free(template);
    }
}

static void test_forms__shortest_and_longest_values_are_never_cut(void **state)
{
    (void)state;
    for (size_t i = 0; i < CASES; i++) {
        judge_text(&cases[i], SHORTEST);
        judge_text(&cases[i], LONGEST);
    }
}

static void test_forms__what_no_cell_can_hold_is_refused_by_key(void **state)
{
    (void)state;
    char huge[1000];
    memset(huge, 'W', sizeof huge);
    huge[sizeof huge - 1] = 0;
    for (size_t i = 0; i < CASES; i++) {
        struct paper_template *template = open_template(cases[i].id);
        const struct paper_pack pack = {1, {template}};
        char key[PAPER_NAME_BYTES] = "";
        struct filled filled = fill(FULL);
        const char *last = strrchr(cases[i].keys, ' ') + 1;
        assert_true(snprintf(key, sizeof key, "%s", last) < (int)sizeof key);
        add(&filled, key, huge);
        const struct paper_values values = values_of(&filled);
        struct buf pdf;
        struct failure failure = {0};
        buf_init(&pdf, LIMIT_PDF_BYTES);
        if (paper_render(&pack, &values, &options, &pdf, &failure) != STATUS_FULL)
            fail_msg("%s took a huge %s", cases[i].id, key);
        assert_int_equal(pdf.length, 0);
        assert_null(strstr(failure.text, "WW"));
        buf_release(&pdf);
        paper_template_free(template);
    }
}

/* Places stand on the sheet, inside the corner marks; a seal has room for a round seal of 40 mm. */
static void judge_zones(const struct form_case *form)
{
    struct paper_template *template = open_template(form->id);
    const struct paper_pack pack = {1, {template}};
    struct filled filled = fill(FULL);
    const struct paper_values values = values_of(&filled);
    struct paper_zones *zones = calloc(1, sizeof *zones);
    char list[512], *rest = list;
    assert_non_null(zones);
    assert_int_equal(paper_zones(&pack, &values, zones), STATUS_OK);
    (void)snprintf(list, sizeof list, "%s qr corner-top-left corner-bottom-right footer", form->zones);
    for (char *name = strtok_r(list, " ", &rest); name != NULL; name = strtok_r(NULL, " ", &rest)) {
        const struct paper_zone *zone = paper_zone_find(zones, name);
        if (zone == NULL)
            fail_msg("%s has no place %s", form->id, name);
        assert_true(zone->x_mm >= 7 && zone->y_mm >= 7);
        assert_true(zone->x_mm + zone->width_mm <= 203.01 && zone->y_mm + zone->height_mm <= 290.01);
        if (strcmp(name, "seal") == 0)
            assert_true(zone->width_mm >= 40 && zone->height_mm >= 40);
    }
    free(zones);
    paper_template_free(template);
}

static void test_forms__signature_seal_and_date_have_their_places(void **state)
{
    (void)state;
    for (size_t i = 0; i < CASES; i++)
        judge_zones(&cases[i]);
}

static void test_forms__pages_are_a4_with_embedded_fonts_one_for_each_copy(void **state)
{
    (void)state;
    for (size_t i = 0; i < CASES; i++) {
        struct paper_template *template = open_template(cases[i].id);
        const struct paper_pack pack = {1, {template}};
        struct filled filled = fill(FULL);
        char wanted[64];
        const char *path = print(&pack, &filled, cases[i].id);
        char *info = pdf_bench_output("pdfinfo %s", path);
        char *fonts = pdf_bench_output("pdffonts %s", path);
        (void)snprintf(wanted, sizeof wanted, "Pages:           %d\n", cases[i].sheets);
        assert_non_null(strstr(info, wanted));
        assert_non_null(strstr(info, "(A4)"));
        assert_non_null(strstr(fonts, "NotoSansCJKsc-Regular"));
        assert_null(strstr(fonts, " no  no"));
        free(fonts);
        free(info);
        paper_template_free(template);
    }
}

/* --- ticks ------------------------------------------------------------------------------------------- */

enum { WORD_BYTES = 256 };

/* What is chosen, and every box that is ticked on the first page then. */
static const struct {
    const char *id, *chosen, *ticked;
} ticks[] = {
#define FORM_TICK(id, chosen, ticked) {id, chosen, ticked},
#include "tests/kiosk/paper/form_ticks.def"
#undef FORM_TICK
};

/* Every word of one list is in the other, whatever the order. */
static bool are_same_words(const char *left, const char *right)
{
    char list[PDF_BENCH_TICKED_BYTES], whole[PDF_BENCH_TICKED_BYTES + 2], part[WORD_BYTES + 2], *rest = NULL;
    (void)snprintf(list, sizeof list, "%s", left);
    (void)snprintf(whole, sizeof whole, "|%.1000s|", right);
    for (char *word = strtok_r(list, "|", &rest); word != NULL; word = strtok_r(NULL, "|", &rest)) {
        (void)snprintf(part, sizeof part, "|%.250s|", word);
        if (strstr(whole, part) == NULL)
            return false;
    }
    return strlen(left) == strlen(right);
}

static void test_forms__what_is_chosen_is_ticked_and_nothing_else(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ticks / sizeof ticks[0]; i++) {
        struct paper_template *template = open_template(ticks[i].id);
        const struct paper_pack pack = {1, {template}};
        struct filled filled = fill(FULL);
        char chosen[256], ticked[PDF_BENCH_TICKED_BYTES], *rest = NULL;
        (void)snprintf(chosen, sizeof chosen, "%s", ticks[i].chosen);
        for (char *key = strtok_r(chosen, " ", &rest); key != NULL; key = strtok_r(NULL, " ", &rest)) {
            char *value = strchr(key, '=');
            assert_non_null(value);
            *value = 0;
            add(&filled, key, value + 1);
        }
        pdf_bench_ticked(print(&pack, &filled, ticks[i].id), ticked);
        if (!are_same_words(ticks[i].ticked, ticked))
            fail_msg("%s with %s: %s expected, %s ticked", ticks[i].id, ticks[i].chosen, ticks[i].ticked,
                     ticked);
        paper_template_free(template);
    }
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state)
{
    (void)state;
    for (size_t i = 0; i < CASES; i++) {
        char path[128];
        (void)snprintf(path, sizeof path, "%s/%s.pdf", folder, cases[i].id);
        (void)unlink(path);
    }
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms__ordinary_values_and_every_label_can_be_read_back),
        cmocka_unit_test(test_forms__a_sheet_that_was_printed_before_says_so),
        cmocka_unit_test(test_forms__shortest_and_longest_values_are_never_cut),
        cmocka_unit_test(test_forms__what_no_cell_can_hold_is_refused_by_key),
        cmocka_unit_test(test_forms__signature_seal_and_date_have_their_places),
        cmocka_unit_test(test_forms__pages_are_a4_with_embedded_fonts_one_for_each_copy),
        cmocka_unit_test(test_forms__what_is_chosen_is_ticked_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
