/* Each rule with good and bad values; every refusal is compared with the key that says how to mend it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "kiosk/form/form_rule.h"
#include "kiosk/form/region.h"
#include "tests/support/feature.h"

/* 2026-11-21 in the hall. */
static const struct form_rule_context today = {.today_utc_s = 1795224000};

struct sample {
    const char *value;
    const char *key; /* NULL: good */
};

static void assert_samples(form_rule *rule, const struct sample *samples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct form_error error = {.field_id = "f"};
        bool is_good = rule(samples[i].value, &today, &error);
        if (samples[i].key == NULL && !is_good)
            fail_msg("%s was refused: %s", samples[i].value, error.key);
        if (samples[i].key == NULL)
            continue;
        if (is_good)
            fail_msg("%s was taken", samples[i].value);
        assert_string_equal(error.key, samples[i].key);
        assert_string_equal(error.field_id, "f");
    }
}

#define ASSERT_SAMPLES(rule, samples) assert_samples(rule, samples, sizeof(samples) / sizeof((samples)[0]))

static const char *argument(const struct form_error *error, const char *name)
{
    for (size_t i = 0; i < error->argument_count; i++) {
        if (strcmp(error->argument[i].name, name) == 0)
            return error->argument[i].value;
    }
    return "(none)";
}

static void test_form_rules__credit_code_is_checked_twice(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"91350100M000100Y43", NULL},
        {"91500108MA6000016R", NULL},
        {"91500108MA600018XX", NULL}, /* the organisation digit 10 is written X, 11 is written 0 */
        {"91500108MA6000040A", NULL},
        {"91500108MA6000024L", NULL},
        {"91350100M000100Y44", "form.credit-code.check"},
        {"91350100M000100Y34", "form.credit-code.check"},
        /* its check character is right, the organisation's digit is not */
        {"91999999MA0000001N", "form.credit-code.organisation"},
        /* right check digits, and nobody's */
        {"000000000000000000", "form.credit-code.authority"},
        {"91500108MA600000", "form.credit-code.short"},
        {"91350100M000100Y433", "form.credit-code.long"},
        {"9135010OM000100Y43", "form.credit-code.character"},
        {"91350100M00010IY43", "form.credit-code.character"},
        {"91350100M000100y43", "form.credit-code.character"},
        {"913501A0M000100Y43", "form.credit-code.region"},
        {"９1350100M000100Y43", "form.credit-code.character"},
    };
    ASSERT_SAMPLES(rule_credit_code, samples);
    FEATURE("F068");
}

static void test_form_rules__tax_number_is_checked_once(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"91350100M000100Y43", NULL},
        {"91999999MA0000001N", NULL},
        {"91350100M000100Y44", "form.credit-code.check"},
        {"91999999MA000000", "form.credit-code.short"},
    };
    ASSERT_SAMPLES(rule_tax_number, samples);
    assert_int_equal(rule_credit_code_check("91350100M000100Y4"), '3');
    assert_int_equal(rule_credit_code_check("91999999MA0000001"), 'N');
    FEATURE("F068");
    assert_int_equal(rule_credit_code_check("91999999MA00000I1"), 0);
}

static void test_form_rules__short_credit_code_says_how_many_are_missing(void **state)
{
    (void)state;
    struct form_error error = {0};
    assert_false(rule_credit_code("91500108MA600000", &today, &error));
    assert_string_equal(argument(&error, "missing"), "2");
    assert_string_equal(argument(&error, "length"), "18");
    assert_false(rule_credit_code("91500108MA60000O6R", &today, &error));
    assert_string_equal(argument(&error, "position"), "16");
    assert_string_equal(argument(&error, "character"), "O");
}

static void test_form_rules__resident_id_has_region_date_age_and_check_digit(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"999999199001010016", NULL},
        {"999999199001010024", NULL},
        {"50010819880306005X", NULL},
        {"500108200012310040", NULL},
        {"500108198002290058", NULL}, /* 1980 was a leap year */
        {"999999199001010017", "form.resident-id.check"},
        {"512210198502030054", "form.resident-id.check"},
        {"50010819880306005", "form.resident-id.short"},
        {"5001081988030600512", "form.resident-id.long"},
        {"50010819880306005Y", "form.resident-id.character"},
        {"5001081988030X0057", "form.resident-id.character"},
        {"099999199001010016", "form.resident-id.region"},
        {"999999199013010016", "form.resident-id.date"},
        {"999999198102290016", "form.resident-id.date"},
        {"999999190002290016", "form.resident-id.date"}, /* 1900 was none */
        {"999999199000010016", "form.resident-id.date"},
        {"999999202001010016", "form.resident-id.young"},
        {"999999203001010016", "form.resident-id.young"},
        {"999999190001010016", "form.resident-id.old"},
    };
    ASSERT_SAMPLES(rule_resident_id, samples);
    assert_int_equal(rule_resident_id_check("99999919900101001"), '6');
    FEATURE("F008");
    assert_int_equal(rule_resident_id_check("9999991990010100X"), 0);
}

static void test_form_rules__birthday_counts_in_hall_time(void **state)
{
    (void)state;
    /* Sixteen on 2026-11-21: not before the hall's midnight, which is 16:00 UTC. */
    const struct form_rule_context before = {.today_utc_s = 1795190399};
    const struct form_rule_context after = {.today_utc_s = 1795190400};
    struct form_error error = {0};
    char id[19] = "50010820101121001";
    id[17] = rule_resident_id_check(id);
    assert_false(rule_resident_id(id, &before, &error));
    assert_string_equal(error.key, "form.resident-id.young");
    assert_true(rule_resident_id(id, &after, &error));
}

static void test_form_rules__mobile_has_eleven_digits(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"13900000000", NULL},
        {"19912345678", NULL},
        {"12900000000", "form.mobile.start"},
        {"23900000000", "form.mobile.start"},
        {"1390000000", "form.mobile.short"},
        {"139000000000", "form.mobile.long"},
        {"1390000O000", "form.mobile.character"},
    };
    ASSERT_SAMPLES(rule_mobile, samples);
    FEATURE("F074");
}

static void test_form_rules__phone_is_landline_service_or_mobile(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"023-62000000", NULL},
        {"02362000000", NULL},
        {"0831-2200000", NULL},
        {"023-62000000-801", NULL},
        {"400-023-5888", NULL},
        {"8008101234", NULL},
        {"13900000000", NULL},
        {"62000000", "form.phone.shape"},
        {"02-362000000", "form.phone.shape"},
        {"0000000000", "form.phone.shape"},
        {"023-62000000-1234567", "form.phone.character"},
        {"-02362000000", "form.phone.character"},
        {"023--62000000", "form.phone.character"},
        {"023-62000000-", "form.phone.character"},
        {"023 62000000", "form.phone.character"},
        {"1234567890123456789", "form.phone.character"},
    };
    ASSERT_SAMPLES(rule_phone, samples);
}

static void test_form_rules__email_has_name_and_domain(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"zhang@example.cn", NULL},
        {"a.b+c_d-e@mail.example.com.cn", NULL},
        {"zhang.example.cn", "form.email.at"},
        {"@example.cn", "form.email.name"},
        {".z@example.cn", "form.email.name"},
        {"z..z@example.cn", "form.email.name"},
        {"z.@example.cn", "form.email.name"},
        {"张@example.cn", "form.email.name"},
        {"z@z@example.cn", "form.email.name"},
        {"zhang@example", "form.email.domain"},
        {"zhang@", "form.email.domain"},
        {"zhang@-example.cn", "form.email.domain"},
        {"zhang@example..cn", "form.email.domain"},
        {"zhang@example.cn.", "form.email.domain"},
        {"zhang@10.0.0.1", "form.email.domain"},
    };
    ASSERT_SAMPLES(rule_email, samples);
    FEATURE("F074");
}

static void test_form_rules__name_has_letters_and_dots(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"李大有", NULL},
        {"阿不都·热西提", NULL},
        {"𠮷田", NULL},
        {"Anna Müller", NULL},
        {"李", "form.name.short"},
        {"李大有1", "form.name.digit"},
        {"李大有·", "form.name.end"},
        {"·李大有", "form.name.character"},
        {"李··有", "form.name.character"},
        {"李大@有", "form.name.character"},
    };
    ASSERT_SAMPLES(rule_name, samples);
}

static void test_form_rules__postcode_website_wechat_and_account_have_shapes(void **state)
{
    (void)state;
    static const struct sample postcodes[] = {{"400000", NULL},
                                              {"40000", "form.postcode.short"},
                                              {"4000000", "form.postcode.long"},
                                              {"40000a", "form.postcode.character"},
                                              {"010000", NULL},
                                              {"000000", "form.postcode.unknown"}};
    static const struct sample websites[] = {{"www.example.cn", NULL},
                                             {"https://example.cn:8080/a?b", NULL},
                                             {"无", NULL},
                                             {"example", "form.website.shape"},
                                             {"http://", "form.website.shape"},
                                             {"示例.cn", "form.website.shape"}};
    static const struct sample wechats[] = {{"zhang_xiaoli", NULL},
                                            {"13900000000", NULL},
                                            {"10000", NULL},
                                            {"无", NULL},
                                            {"1abcdef", "form.wechat.shape"},
                                            {"abc", "form.wechat.shape"},
                                            {"zhang xiaoli", "form.wechat.shape"}};
    static const struct sample accounts[] = {{"6200000000000000", NULL},
                                             {"1234567", "form.account.length"},
                                             {"1234567890123456789012345678901", "form.account.length"},
                                             {"12345678X", "form.account.character"}};
    ASSERT_SAMPLES(rule_postcode, postcodes);
    ASSERT_SAMPLES(rule_website, websites);
    ASSERT_SAMPLES(rule_wechat, wechats);
    ASSERT_SAMPLES(rule_account, accounts);
}

static void test_form_rules__numbers_codes_and_user_names_have_characters(void **state)
{
    (void)state;
    static const struct sample numbers[] = {{"50000123", NULL}, {"5000012X", "form.number.character"}};
    static const struct sample codes[] = {
        {"430000000000001", NULL}, {"JY-4301", NULL}, {"4301/2", "form.code.character"}};
    static const struct sample names[] = {
        {"shili2026", NULL}, {"Shili", NULL}, {"shi_li", "form.user-name.character"}};
    ASSERT_SAMPLES(rule_number, numbers);
    ASSERT_SAMPLES(rule_code, codes);
    ASSERT_SAMPLES(rule_user_name, names);
}

static void test_form_rules__region_is_one_of_the_lists(void **state)
{
    (void)state;
    struct form_error error = {0};
    const char *const places[] = {"430100 长沙市"};
    const struct region_province provinces[] = {{"430000", "湖南省", places, 1}};
    const struct region_list list = {.provinces = provinces, .count = 1};
    const struct form_rule_context context = {.regions = &list};
    const struct form_rule_context without = {.min_characters = 2};
    assert_true(rule_region("湖南省 长沙市", &context, &error));
    assert_false(rule_region("湖南省", &context, &error));
    assert_string_equal(error.key, "form.region.other");
    assert_true(rule_region("湖南省", &without, &error));
}

static void test_form_rules__choice_is_one_of_its_options(void **state)
{
    (void)state;
    static const char *const options[] = {"男", "女"};
    const struct form_rule_context two = {.options = options, .option_count = 2};
    struct form_error error = {0};
    assert_true(rule_choice("女", &two, &error));
    assert_false(rule_choice("女士", &two, &error));
    assert_string_equal(error.key, "form.choice.other");
}

static void test_form_rules__text_has_a_least_length(void **state)
{
    (void)state;
    const struct form_rule_context four = {.min_characters = 4};
    struct form_error error = {0};
    assert_true(rule_text("重庆示例", &four, &error));
    assert_false(rule_text("重庆", &four, &error));
    assert_string_equal(error.key, "form.too-short");
    assert_string_equal(argument(&error, "missing"), "2");
    assert_string_equal(argument(&error, "min"), "4");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_form_rules__credit_code_is_checked_twice),
        cmocka_unit_test(test_form_rules__tax_number_is_checked_once),
        cmocka_unit_test(test_form_rules__short_credit_code_says_how_many_are_missing),
        cmocka_unit_test(test_form_rules__resident_id_has_region_date_age_and_check_digit),
        cmocka_unit_test(test_form_rules__birthday_counts_in_hall_time),
        cmocka_unit_test(test_form_rules__mobile_has_eleven_digits),
        cmocka_unit_test(test_form_rules__phone_is_landline_service_or_mobile),
        cmocka_unit_test(test_form_rules__email_has_name_and_domain),
        cmocka_unit_test(test_form_rules__name_has_letters_and_dots),
        cmocka_unit_test(test_form_rules__postcode_website_wechat_and_account_have_shapes),
        cmocka_unit_test(test_form_rules__numbers_codes_and_user_names_have_characters),
        cmocka_unit_test(test_form_rules__region_is_one_of_the_lists),
        cmocka_unit_test(test_form_rules__choice_is_one_of_its_options),
        cmocka_unit_test(test_form_rules__text_has_a_least_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
