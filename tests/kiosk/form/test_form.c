#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "kiosk/form/form.h"
#include "tests/support/feature.h"

enum { TODAY_UTC_S = 1795224000 }; /* 2026-11-21 */

static const struct form_block blocks[] = {{.id = "unit", .label = "单位信息"},
                                           {.id = "agent", .label = "经办人信息"}};

#define NOTHING .placeholder = "", .hint = ""
static const struct form_field fields[] = {
    {.id = "company",
     .block = "unit",
     .label = "单位名称",
     .kind = FORM_KIND_TEXT,
     .required = true,
     .max_characters = 8,
     .derived_from = "",
     .row = {"company", "title"},
     .row_count = 2,
     NOTHING},
    {.id = "code",
     .block = "unit",
     .label = "统一社会信用代码",
     .kind = FORM_KIND_CREDIT_CODE,
     .required = true,
     .max_characters = 18,
     .derived_from = "",
     .row = {"licence"},
     .row_count = 1,
     NOTHING},
    {.id = "tax",
     .block = "unit",
     .kind = FORM_KIND_TAX_NUMBER,
     .required = true,
     .derived_from = "code",
     .row = {"tax"},
     .row_count = 1,
     NOTHING},
    {.id = "invoice", .block = "agent", .hidden = true, .derived_from = "tax", NOTHING},
    {.id = "mobile",
     .block = "agent",
     .label = "手机号码",
     .kind = FORM_KIND_MOBILE,
     .required = true,
     .max_characters = 11,
     .derived_from = "",
     NOTHING},
    {.id = "region",
     .block = "agent",
     .kind = FORM_KIND_TEXT,
     .derived_from = "",
     .row = {"address"},
     .row_count = 1,
     .max_characters = 20,
     NOTHING},
    {.id = "street",
     .block = "agent",
     .kind = FORM_KIND_TEXT,
     .derived_from = "",
     .row = {"address"},
     .row_count = 1,
     .max_characters = 20,
     NOTHING},
    {.id = "ring", .block = "agent", .derived_from = "ring", NOTHING},
};

static const struct form form = {.id = "f",
                                 .blocks = blocks,
                                 .block_count = 2,
                                 .fields = fields,
                                 .field_count = sizeof fields / sizeof fields[0]};

static struct form_values values;

static int set_up(void **state)
{
    (void)state;
    form_values_init(&values);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    form_values_wipe(&values);
    return 0;
}

static void put(const char *id, const char *text)
{
    assert_int_equal(form_values_set(&values, id, text), STATUS_OK);
}

static void test_form__value_is_kept_replaced_and_taken_away(void **state)
{
    (void)state;
    put("company", "示例一");
    put("mobile", "13900000000");
    put("company", "示例公司二");
    assert_string_equal(form_values_get(&values, "company"), "示例公司二");
    put("company", "");
    assert_string_equal(form_values_get(&values, "company"), "");
    assert_string_equal(form_values_get(&values, "mobile"), "13900000000");
    assert_int_equal(values.count, 1);
}

static void test_form__value_past_a_ceiling_is_refused(void **state)
{
    (void)state;
    char text[LIMIT_FIELD_BYTES + 2];
    memset(text, 'a', sizeof text);
    text[LIMIT_FIELD_BYTES + 1] = '\0';
    put("company", "前");
    assert_int_equal(form_values_set(&values, "company", text), STATUS_FULL);
    assert_int_equal(form_values_set(&values, text, "x"), STATUS_FULL);
    assert_int_equal(form_values_set(&values, "company", "\xe5\x8d"), STATUS_MALFORMED);
    assert_string_equal(form_values_get(&values, "company"), "前");
    for (int i = 0; i < LIMIT_FORM_FIELDS - 1; i++) {
        char id[8] = {'f', (char)('0' + i / 10), (char)('0' + i % 10)};
        put(id, "x");
    }
    assert_int_equal(form_values_set(&values, "more", "x"), STATUS_FULL);
}

static void test_form__copy_has_its_own_texts(void **state)
{
    (void)state;
    struct form_values copy;
    put("company", "示例");
    assert_int_equal(form_values_copy(&copy, &values), STATUS_OK);
    put("company", "改了");
    assert_string_equal(form_values_get(&copy, "company"), "示例");
    form_values_wipe(&copy);
    form_values_wipe(&copy);
    form_values_wipe(NULL);
    assert_int_equal(copy.count, 0);
}

static void test_form__derived_field_has_the_value_of_its_source(void **state)
{
    (void)state;
    put("code", "91500108MA6000016R");
    assert_string_equal(form_value(&form, &values, "invoice"), "91500108MA6000016R");
    assert_string_equal(form_value(&form, &values, "ring"), "");
    assert_string_equal(form_value(&form, &values, "unheard"), "");
    assert_false(form_field_is_asked(form_find(&form, "tax")));
    assert_true(form_field_is_asked(form_find(&form, "code")));
    assert_null(form_find(&form, "unheard"));
    assert_string_equal(form_find_block(&form, "agent")->label, "经办人信息");
    assert_null(form_find_block(&form, "unheard"));
}

static const char *row(const char *id, struct buf *out)
{
    buf_clear(out);
    assert_int_equal(form_row(&form, &values, id, out), STATUS_OK);
    return out->data == NULL ? "" : (const char *)out->data;
}

static void test_form__printed_row_joins_what_feeds_it(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 4096);
    put("street", "示例大道 100 号");
    put("region", "重庆市 渝北区");
    put("code", "91500108MA6000016R");
    assert_string_equal(row("address", &out), "重庆市 渝北区 示例大道 100 号");
    assert_string_equal(row("tax", &out), "91500108MA6000016R");
    assert_string_equal(row("licence", &out), "91500108MA6000016R");
    assert_string_equal(row("title", &out), "");
    buf_release(&out);
}

static enum status fill(const char *pattern, struct buf *out)
{
    buf_clear(out);
    return form_fill(&form, &values, pattern, out);
}

static void test_form__template_is_filled_or_left_alone(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 4096);
    put("company", "示例");
    put("code", "91500108MA6000016R");
    assert_int_equal(fill("O={company}, N={tax} {{x}}", &out), STATUS_OK);
    assert_string_equal((const char *)out.data, "O=示例, N=91500108MA6000016R {x}");
    assert_int_equal(fill("{unheard}", &out), STATUS_NOT_FOUND);
    assert_int_equal(out.length, 0);
    assert_int_equal(fill("a{company", &out), STATUS_MALFORMED);
    assert_int_equal(fill("a}b", &out), STATUS_MALFORMED);
    assert_int_equal(out.length, 0);
    buf_release(&out);
}

static void assert_normal(enum form_kind kind, const char *typed, const char *expected)
{
    struct buf out;
    buf_init(&out, 4096);
    assert_int_equal(form_normalise(kind, typed, &out), STATUS_OK);
    assert_string_equal(out.data == NULL ? "" : (const char *)out.data, expected);
    buf_release(&out);
}

static void test_form__typing_is_folded_by_kind(void **state)
{
    (void)state;
    assert_normal(FORM_KIND_RESIDENT_ID, " 50010819880306005x ", "50010819880306005X");
    assert_normal(FORM_KIND_CREDIT_CODE, "９１５００１０８ｍａ６0000 16r", "91500108MA6000016R");
    assert_normal(FORM_KIND_MOBILE, "139-0000 0000", "13900000000");
    assert_normal(FORM_KIND_PHONE, "023－6200 0000", "023-62000000");
    assert_normal(FORM_KIND_EMAIL, " Zhang＠example．cn", "Zhang@example.cn");
    assert_normal(FORM_KIND_TEXT, "　示例大道　　１００ 号 ", "示例大道 100 号");
    assert_normal(FORM_KIND_NAME, "  李大有 ", "李大有");
    assert_normal(FORM_KIND_NUMBER, "5000-0123", "50000123");
    assert_normal(FORM_KIND_CODE, " jy－4301 ", "JY-4301");
    assert_normal(FORM_KIND_USER_NAME, "Shi Li", "ShiLi");
    assert_normal(FORM_KIND_TEXT, "   ", "");
    assert_normal(FORM_KIND_TEXT, "重庆\u202e示例\u200b公司\ufeff",
                  "重庆示例公司"); /* as the clerk reads it */
    assert_normal(FORM_KIND_MOBILE, "\u2066139\u20690000\u00ad0000\x7f", "13900000000");
    struct buf out;
    buf_init(&out, 64);
    assert_int_equal(form_normalise(FORM_KIND_TEXT, "\xff", &out), STATUS_MALFORMED);
    assert_int_equal(out.length, 0);
    buf_release(&out);
}

static void test_form__masked_value_hides_its_middle(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 64);
    assert_int_equal(form_mask("500108198803060017", &out), STATUS_OK);
    assert_string_equal((const char *)out.data, "500***********0017");
    buf_clear(&out);
    assert_int_equal(form_mask("李大有", &out), STATUS_OK);
    assert_string_equal((const char *)out.data, "李**");
    buf_release(&out);
}

static void test_form__masked_name_shows_its_first_and_last_character(void **state)
{
    (void)state;
    static const char *const names[][2] = {
        {"王小小", "王*小"}, {"王小", "王*"}, {"王", "王"}, {"", ""}, {"阿不都·买买提", "阿*****提"}};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct buf out;
        buf_init(&out, 64);
        assert_int_equal(form_mask_name(names[i][0], &out), STATUS_OK);
        assert_string_equal(out.data == NULL ? "" : (const char *)out.data, names[i][1]);
        buf_release(&out);
    }
}

static void test_form__all_errors_are_told_in_field_order(void **state)
{
    (void)state;
    struct form_errors errors;
    put("mobile", "1390000000");
    put("company", "重庆示例科技有限公司");
    put("street", "a\tb");
    assert_false(form_check_all(&form, &values, TODAY_UTC_S, &errors));
    assert_int_equal(errors.count, 4);
    assert_string_equal(errors.error[0].field_id, "company");
    assert_string_equal(errors.error[0].key, "form.too-long");
    assert_string_equal(errors.error[0].argument[0].value, "2");
    assert_string_equal(errors.error[1].field_id, "code");
    assert_string_equal(errors.error[1].key, "form.required");
    assert_string_equal(errors.error[1].argument[0].value, "统一社会信用代码");
    assert_string_equal(errors.error[2].field_id, "mobile");
    assert_string_equal(errors.error[2].key, "form.mobile.short");
    assert_string_equal(errors.error[3].field_id, "street");
    assert_string_equal(errors.error[3].key, "form.unprintable");
}

static void test_form__right_form_has_no_errors(void **state)
{
    (void)state;
    struct form_errors errors = {.count = 9};
    put("company", "示例公司");
    put("code", "91500108MA6000016R");
    put("mobile", "13900000000");
    assert_true(form_check_all(&form, &values, TODAY_UTC_S, &errors));
    assert_int_equal(errors.count, 0);
    assert_int_equal(form_missing(&form, &values, NULL), 0);
}

static void test_form__missing_fields_are_counted_by_block(void **state)
{
    (void)state;
    put("company", "示例公司");
    assert_int_equal(form_missing(&form, &values, "unit"), 1);
    assert_int_equal(form_missing(&form, &values, "agent"), 1);
    assert_int_equal(form_missing(&form, &values, NULL), 2);
}

static void test_form__right_field_leaves_the_error_alone(void **state)
{
    (void)state;
    struct form_error error = {.key = "kept"};
    put("mobile", "13900000000");
    assert_true(form_check(&form, &values, form_find(&form, "mobile"), TODAY_UTC_S, &error));
    assert_string_equal(error.key, "kept");
    assert_true(form_check(&form, &values, form_find(&form, "tax"), TODAY_UTC_S, &error));
    assert_string_equal(error.key, "kept");
}

static void test_form__field_opens_the_keyboard_of_its_kind(void **state)
{
    (void)state;
    struct form_field field = {.kind = FORM_KIND_RESIDENT_ID};
    assert_int_equal(form_field_keyboard(&field), FORM_KEYBOARD_ID);
    field.keyboard = FORM_KEYBOARD_LATIN;
    assert_int_equal(form_field_keyboard(&field), FORM_KEYBOARD_LATIN);
    assert_string_equal(form_keyboard_name(FORM_KEYBOARD_UPPER), "upper");
    assert_string_equal(form_kind_name((enum form_kind)99), "invalid");
    assert_string_equal(form_subject_name(FORM_SUBJECT_AGENT), "agent");
}

/* 证件类型 decides what 证件号码 may be. */
static void test_form__kind_follows_the_choice_it_depends_on(void **state)
{
    (void)state;
    static const char *const types[] = {"身份证", "护照"};
    static const struct form_field papers[] = {
        {.id = "type", .kind = FORM_KIND_CHOICE, .options = types, .option_count = 2, .derived_from = ""},
        {.id = "number",
         .kind = FORM_KIND_RESIDENT_ID,
         .max_characters = 18,
         .derived_from = "",
         .kind_field = "type",
         .kind_when = types,
         .kind_when_count = 1}};
    const struct form two = {.fields = papers, .field_count = 2};
    struct form_error error = {0};
    assert_int_equal(form_values_set(&values, "number", "E12345678"), STATUS_OK);
    assert_false(form_check(&two, &values, &papers[1], TODAY_UTC_S, &error)); /* nothing was chosen yet */
    assert_int_equal(form_values_set(&values, "type", "身份证"), STATUS_OK);
    assert_false(form_check(&two, &values, &papers[1], TODAY_UTC_S, &error));
    assert_int_equal(form_values_set(&values, "type", "护照"), STATUS_OK);
    assert_true(form_check(&two, &values, &papers[1], TODAY_UTC_S, &error));
    assert_int_equal(form_field_kind(&two, &values, &papers[1]), FORM_KIND_CODE);
    assert_int_equal(form_values_set(&values, "number", "E1234/678"), STATUS_OK);
    FEATURE("F069");
    FEATURE("F070");
    assert_false(form_check(&two, &values, &papers[1], TODAY_UTC_S, &error));
}

/* 其它 asks what it is; with another answer nothing is asked, judged or printed. */
static void test_form__field_is_shown_by_the_answers_it_names(void **state)
{
    (void)state;
    static const char *const types[] = {"身份证", "护照", "其它"};
    static const char *const marks[] = {"甲", "乙"};
    static const struct form_field papers[] = {{.id = "type",
                                                .block = "b",
                                                .label = "",
                                                .kind = FORM_KIND_CHOICE,
                                                .options = types,
                                                .option_count = 3,
                                                .required = true},
                                               {.id = "which",
                                                .block = "b",
                                                .label = "",
                                                .kind = FORM_KIND_CHOICE,
                                                .options = marks,
                                                .option_count = 2,
                                                .required = true,
                                                .row = {"paper"},
                                                .row_count = 1,
                                                .shown_field = "type",
                                                .shown_when = types + 1,
                                                .shown_when_count = 2},
                                               {.id = "other",
                                                .block = "b",
                                                .label = "",
                                                .kind = FORM_KIND_TEXT,
                                                .max_characters = 10,
                                                .required = true,
                                                .row = {"paper"},
                                                .row_count = 1,
                                                .shown_field = "which",
                                                .shown_when = marks + 1,
                                                .shown_when_count = 1},
                                               {.id = "copy",
                                                .block = "b",
                                                .label = "",
                                                .kind = FORM_KIND_TEXT,
                                                .derived_from = "other",
                                                .max_characters = 10}};
    const struct form shown = {.fields = papers, .field_count = 4};
    struct form_errors errors;
    struct buf row;
    assert_int_equal(form_values_set(&values, "other", "驾驶证"), STATUS_OK);
    assert_false(form_field_is_shown(&shown, &values, &papers[1])); /* nothing was chosen yet */
    assert_int_equal(form_missing(&shown, &values, "b"), 1);
    assert_int_equal(form_values_set(&values, "type", "身份证"), STATUS_OK);
    assert_int_equal(form_values_set(&values, "which", "乙"), STATUS_OK);
    assert_false(form_field_is_shown(&shown, &values, &papers[2])); /* nor what a hidden choice would show */
    assert_string_equal(form_value(&shown, &values, "other"), "");
    assert_string_equal(form_value(&shown, &values, "copy"), "");
    assert_true(form_check_all(&shown, &values, TODAY_UTC_S, &errors));
    buf_init(&row, 256);
    assert_int_equal(form_row(&shown, &values, "paper", &row), STATUS_OK);
    assert_int_equal(row.length, 0);
    assert_int_equal(form_values_set(&values, "type", "其它"), STATUS_OK);
    assert_string_equal(form_value(&shown, &values, "copy"), "驾驶证");
    assert_int_equal(form_row(&shown, &values, "paper", &row), STATUS_OK);
    assert_string_equal((const char *)row.data, "乙 驾驶证");
    buf_release(&row);
    assert_int_equal(form_values_set(&values, "type", "身份证"), STATUS_OK);
    form_drop_unshown(&shown, &values);
    assert_int_equal(values.count, 1);
    assert_int_equal(form_values_set(&values, "type", "其它"), STATUS_OK);
    assert_int_equal(form_values_set(&values, "which", "乙"), STATUS_OK);
    assert_false(form_check_all(&shown, &values, TODAY_UTC_S, &errors));
    FEATURE("F069");
    FEATURE("F070");
    assert_string_equal(errors.error[0].field_id, "other");
    assert_int_equal(form_missing(&shown, &values, "b"), 1);
}

static void test_form__long_argument_is_cut_at_a_character(void **state)
{
    (void)state;
    struct form_error error = {0};
    form_error_set(&error, "form.required");
    form_error_text(&error, "label", "一二三四五六七八九十一二三四五六七八九十一二三四五");
    assert_int_equal(strlen(error.argument[0].value), 63);
    assert_int_equal(error.argument_count, 1);
}

/* Who acts for a person is asked about where the person is not here. */
static void test_form__an_agent_is_asked_about_where_one_acts(void **state)
{
    (void)state;
    static const char *const who[] = {"本人办理", "他人代办"};
    static const struct form_field asked[] = {{.id = "acting",
                                               .block = "b",
                                               .label = "",
                                               .kind = FORM_KIND_CHOICE,
                                               .hidden = true,
                                               .tells_agent = true,
                                               .options = who,
                                               .option_count = 2},
                                              {.id = "agent",
                                               .block = "b",
                                               .label = "",
                                               .kind = FORM_KIND_TEXT,
                                               .max_characters = 10,
                                               .required = true,
                                               .shown_field = "acting",
                                               .shown_when = who + 1,
                                               .shown_when_count = 1}};
    const struct form personal = {.fields = asked, .field_count = 2};
    struct form_values told;
    struct form_errors errors;
    form_values_init(&told);
    assert_int_equal(form_tell_agent(&personal, false, &told), STATUS_OK);
    assert_true(form_check_all(&personal, &told, TODAY_UTC_S, &errors));
    assert_int_equal(form_tell_agent(&personal, true, &told), STATUS_OK);
    assert_string_equal(form_values_get(&told, "acting"), "他人代办");
    assert_false(form_check_all(&personal, &told, TODAY_UTC_S, &errors));
    assert_string_equal(errors.error[0].field_id, "agent");
    form_values_wipe(&told);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_form__value_is_kept_replaced_and_taken_away),
        TEST(test_form__value_past_a_ceiling_is_refused),
        TEST(test_form__copy_has_its_own_texts),
        TEST(test_form__derived_field_has_the_value_of_its_source),
        TEST(test_form__printed_row_joins_what_feeds_it),
        TEST(test_form__template_is_filled_or_left_alone),
        TEST(test_form__typing_is_folded_by_kind),
        TEST(test_form__masked_value_hides_its_middle),
        TEST(test_form__masked_name_shows_its_first_and_last_character),
        TEST(test_form__all_errors_are_told_in_field_order),
        TEST(test_form__right_form_has_no_errors),
        TEST(test_form__missing_fields_are_counted_by_block),
        TEST(test_form__right_field_leaves_the_error_alone),
        TEST(test_form__field_opens_the_keyboard_of_its_kind),
        TEST(test_form__kind_follows_the_choice_it_depends_on),
        TEST(test_form__field_is_shown_by_the_answers_it_names),
        TEST(test_form__long_argument_is_cut_at_a_character),
        TEST(test_form__an_agent_is_asked_about_where_one_acts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
