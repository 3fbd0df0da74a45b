/* certctl answers for the catalogue: list, show, quote, papers, steps, form; wrong questions are told apart.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "kiosk/base/limits.h"
#include "tests/support/ctl_bench.h"

#define CATALOGUE "--catalogue", TEST_SOURCE_DIR "/config/catalogue"
#define ASSETS "--assets", TEST_SOURCE_DIR "/assets"

static const char values[] =
    "{\"company\":\"重庆示例科技有限公司\",\"credit_code\":\"91500108MA6000016R\",\"legal_name\":\"李大有\","
    "\"legal_id\":\"500108197003030018\",\"legal_mobile\":\"13900000000\",\"office_phone\":\"023-62000001\","
    "\"website\":\"www.example.cn\",\"agent_name\":\"王小小\",\"agent_id\":\"500108198503090054\","
    "\"agent_mobile\":\"13800000000\",\"agent_email\":\"wxx@example.com\",\"agent_wechat\":\"wxx_2025\","
    "\"mailing_region\":\"重庆市 南岸区\",\"mailing_street\":\"示例路 1 号 6 "
    "楼\",\"mailing_postcode\":\"400060\"}";

static void test_ctl_products__list_and_show_speak_of_the_same_product(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(ctl_bench_run_bare(bench, "catalogue", "list", "--json", CATALOGUE, NULL), 0);
    struct json *list = ctl_bench_json(bench);
    assert_true(json_length(list) >= 1);
    const char *id = json_text(json_element(list, 0), "id", "");
    assert_true(json_length(json_member(json_element(list, 0), "path")) == 4);
    assert_int_equal(ctl_bench_run_bare(bench, "catalogue", "show", id, "--json", CATALOGUE, NULL), 0);
    struct json *product = ctl_bench_json(bench);
    assert_string_equal(json_text(product, "id", ""), id);
    assert_true(json_length(json_member(product, "tariff")) > 0);
    assert_true(json_length(json_member(product, "papers")) > 0);
    json_free(product);
    json_free(list);
    assert_int_equal(ctl_bench_run_bare(bench, "catalogue", "show", "nothing", CATALOGUE, NULL), 2);
}

static void test_ctl_products__show_has_what_a_product_says_around_its_orders(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(
        ctl_bench_run_bare(bench, "catalogue", "show", "dfca-hnzj-unit", "--json", CATALOGUE, NULL), 0);
    struct json *product = ctl_bench_json(bench);
    const struct json *made = json_element(json_member(product, "operations"), 0);
    assert_string_equal(json_text(made, "template", ""), "dfca-receipt-unit");
    assert_int_equal(json_length(json_member(made, "papers")), 7);
    const struct json *name = json_element(json_member(product, "subject"), 0);
    assert_string_equal(json_text(name, "name", ""), "C");
    assert_string_equal(json_text(name, "value", ""), "CN");
    assert_string_equal(json_text(product, "algorithm", ""), "rsa-2048");
    assert_true(json_bool(product, "encryption", false));
    assert_true(json_number(product, "pin_least", 0) >= 6);
    const struct json *button = json_element(json_member(product, "buttons"), 0);
    assert_string_equal(json_text(button, "state", ""), "draft");
    assert_string_equal(json_text(button, "label", ""), "继续填写");
    assert_string_equal(json_text(product, "account_number", ""), "610659038153");
    assert_int_equal(json_length(json_member(product, "payment_methods")), 2);
    assert_int_equal(json_length(json_member(product, "channels")), 2);
    assert_int_equal(json_number(product, "review_days", 0), 2);
    assert_int_equal(json_length(json_member(product, "stages")), 0); /* one signature, without a name */
    assert_string_equal(json_text(json_element(json_member(product, "grounds"), 0), "id", ""), "untrue");
    assert_string_equal(json_text(json_element(json_member(product, "messages"), 1), "id", ""), "voluntary");
    assert_int_equal(json_length(json_member(product, "elsewhere")), 0);
    json_free(product);
}

static void test_ctl_products__show_tells_which_samples_a_seal_is_made_of(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(
        ctl_bench_run_bare(bench, "catalogue", "show", "gxca-suqian-person", "--json", CATALOGUE, NULL), 0);
    struct json *product = ctl_bench_json(bench);
    const struct json *samples = json_member(product, "samples");
    const struct json *last = json_element(samples, 2);
    assert_int_equal(json_length(samples), 3);
    assert_string_equal(json_text(last, "paper", ""), "application");
    assert_string_equal(json_text(last, "of", ""), "signature");
    assert_string_equal(json_text(last, "zone", ""), "signature_sample_3");
    assert_string_equal(json_text(last, "tick", ""), "best_3");
    assert_false(json_bool(last, "optional", true));
    json_free(product);
    assert_int_equal(ctl_bench_run_bare(bench, "catalogue", "show", "gxca-suqian-unit", CATALOGUE, NULL), 0);
    assert_non_null(strstr(bench->out, "\nsamples\n"));
    assert_non_null(strstr(bench->out, "legal_signature_sample_2"));
    assert_int_equal(ctl_bench_run_bare(bench, "catalogue", "show", "ezca-cqzfcg", CATALOGUE, NULL), 0);
    assert_null(strstr(bench->out, "\nsamples\n")); /* it has none */
}

/* What one would have to know of a product by heart: the price of four years, when a paper is asked for,
 * which boxes its form has. */
static void test_ctl_products__show_tells_bundles_conditions_and_boxes(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(
        ctl_bench_run_bare(bench, "catalogue", "show", "gxca-suqian-unit", "--json", CATALOGUE, NULL), 0);
    struct json *product = ctl_bench_json(bench);
    const struct json *bundle = json_element(json_member(product, "bundles"), 0);
    const struct json *condition = NULL;
    assert_int_equal(json_length(json_member(product, "bundles")), 4);
    assert_string_equal(json_text(bundle, "operation", ""), "new");
    assert_string_equal(json_text(bundle, "part", ""), "certificate");
    assert_int_equal(json_number(bundle, "years", 0), 4);
    assert_int_equal(json_number(bundle, "amount_fen", 0), 35000);
    for (size_t i = 0; i < json_length(json_member(product, "conditions")); i++) {
        const struct json *row = json_element(json_member(product, "conditions"), i);
        if (strcmp(json_text(row, "paper", ""), "change_notice") == 0)
            condition = row;
    }
    assert_string_equal(json_text(condition, "operation", ""), "change");
    assert_string_equal(json_text_value(json_element(json_member(condition, "unless_sub_kinds"), 0)),
                        "seal-style");
    assert_int_equal(json_length(json_member(condition, "only_sub_kinds")), 0);
    assert_false(json_bool(condition, "with_seal", true));
    assert_string_equal(json_text(json_element(json_member(product, "boxes"), 0), "id", ""), "new");
    json_free(product);
    assert_int_equal(ctl_bench_run_bare(bench, "catalogue", "show", "gxca-suqian-unit", CATALOGUE, NULL), 0);
    assert_non_null(strstr(bench->out, "\nbundles\n"));
    assert_non_null(strstr(bench->out, "\nconditions\n"));
    assert_non_null(strstr(bench->out, "\nboxes\n"));
}

static void test_ctl_products__quote_is_the_guides_to_the_fen(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(ctl_bench_run(bench, NULL, "quote", "ezca-cqzfcg", "new", "--json", NULL), 0);
    struct json *quote = ctl_bench_json(bench);
    assert_int_equal(json_number(quote, "total_fen", 0), 48000);
    const struct json *line = json_element(json_member(quote, "lines"), 0);
    assert_int_equal(json_number(line, "amount_fen", 0), 48000);
    assert_non_null(strstr(json_text(line, "trace", ""), "480.00"));
    json_free(quote);
    assert_int_equal(
        ctl_bench_run_bare(bench, "quote", "ezca-cqzfcg", "replace", "--reason", "lost", CATALOGUE, NULL), 0);
    assert_non_null(strstr(bench->out, "280.00"));
}

static void test_ctl_products__what_is_not_offered_is_refused(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(
        ctl_bench_run_bare(bench, "quote", "ezca-cqzfcg", "new", "--years", "9", CATALOGUE, NULL), 1);
    assert_non_null(strstr(bench->err, "9 years are not offered"));
    assert_int_equal(
        ctl_bench_run_bare(bench, "quote", "ezca-cqzfcg", "new", "--class", "king", CATALOGUE, NULL), 1);
    assert_int_equal(
        ctl_bench_run_bare(bench, "quote", "ezca-cqzfcg", "new", "--years", "one", CATALOGUE, NULL), 2);
    assert_int_equal(ctl_bench_run_bare(bench, "quote", "ezca-cqzfcg", "dance", CATALOGUE, NULL), 2);
    assert_int_equal(ctl_bench_run_bare(bench, "quote", "nothing", "new", CATALOGUE, NULL), 2);
    assert_int_equal(ctl_bench_run_bare(bench, "quote", "ezca-cqzfcg", NULL), 2);
}

/* The hall's clock says 2026-11-21. */
static void test_ctl_products__warranty_counts_from_a_day_there_was(void **state)
{
    static const char *const never[] = {"yesterday", "2026-02-30", "2025-02-29",
                                        "2026-1-1",  "2026-11-22", "2027-05-01"};
    static const struct {
        const char *day;
        int fen;
    } days[] = {{"2026-11-21", 0}, {"2025-12-01", 0}, {"2025-11-20", 28000}, {"2024-02-29", 28000}};
    struct ctl_bench *bench = *state;
    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++) {
        assert_int_equal(ctl_bench_run_bare(bench, "quote", "ezca-cqzfcg", "replace", "--reason", "defect",
                                            "--issued", never[i], CATALOGUE, NULL),
                         2);
        assert_non_null(strstr(bench->err, never[i]));
        assert_string_equal(bench->out, "");
    }
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        assert_int_equal(ctl_bench_run_bare(bench, "quote", "ezca-cqzfcg", "replace", "--reason", "defect",
                                            "--issued", days[i].day, "--json", CATALOGUE, NULL),
                         0);
        struct json *quote = ctl_bench_json(bench);
        assert_int_equal(json_number(quote, "total_fen", -1), days[i].fen);
        assert_int_equal(json_bool(quote, "in_warranty", days[i].fen > 0), days[i].fen == 0);
        json_free(quote);
    }
}

static void test_ctl_products__papers_and_steps_are_the_operations(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(ctl_bench_run_bare(bench, "papers", "ezca-cqzfcg", "new", "--json", CATALOGUE, NULL), 0);
    struct json *papers = ctl_bench_json(bench);
    assert_int_equal(json_length(papers), 4);
    assert_string_equal(json_text(json_element(papers, 1), "id", ""), "licence");
    assert_true(json_bool(json_element(papers, 1), "stamped", false));
    json_free(papers);
    assert_int_equal(ctl_bench_run_bare(bench, "papers", "dfca-hnzj-unit", "new", "--json", CATALOGUE, NULL),
                     0);
    papers = ctl_bench_json(bench);
    for (size_t i = 0; i < json_length(papers); i++) {
        const struct json *paper = json_element(papers, i);
        bool is_card = strcmp(json_text(paper, "id", ""), "agent_id") == 0;
        assert_int_equal(json_bool(paper, "both_sides", !is_card), is_card);
        assert_true(json_number(paper, "copies", 0) >= 1);
    }
    json_free(papers);
    assert_int_equal(ctl_bench_run_bare(bench, "steps", "ezca-cqzfcg", "unlock", "--json", CATALOGUE, NULL),
                     0);
    struct json *steps = ctl_bench_json(bench);
    assert_string_equal(json_text(json_element(steps, 5), "step", ""), "act");
    json_free(steps);
}

static void test_ctl_products__values_no_field_can_hold_are_all_told(void **state)
{
    struct ctl_bench *bench = *state;
    char text[2 * LIMIT_FIELD_BYTES + 64];
    char many[LIMIT_FIELD_BYTES + 2];
    (void)memset(many, 'x', sizeof(many) - 1);
    many[sizeof(many) - 1] = 0;
    (void)snprintf(text, sizeof(text), "{\"company\":\"%s\",\"legal_name\":\"%s\"}", many, "");
    ctl_bench_write(bench, "long.json", text);
    assert_int_equal(ctl_bench_run_bare(bench, "form", "ezca-cqzfcg", "new", "--values",
                                        ctl_bench_path(bench, "long.json"), "--pdf",
                                        ctl_bench_path(bench, "none.pdf"), CATALOGUE, ASSETS, NULL),
                     1);
    assert_non_null(strstr(bench->err, "company: "));
    assert_non_null(strstr(bench->err, " bytes, expected at most "));
    assert_non_null(strstr(bench->err, "1 values cannot be taken"));
}

static void test_ctl_products__form_is_filled_or_every_mistake_is_told(void **state)
{
    struct ctl_bench *bench = *state;
    ctl_bench_write(bench, "values.json", values);
    ctl_bench_write(bench, "wrong.json", "{\"company\":\"短\",\"legal_id\":\"123\"}");
    ctl_bench_write(bench, "strange.json", "{\"colour\":\"red\",\"company\":5}");
    const char *in = ctl_bench_path(bench, "values.json");
    const char *out = ctl_bench_path(bench, "form.pdf");
    assert_int_equal(ctl_bench_run_bare(bench, "form", "ezca-cqzfcg", "new", "--values", in, "--pdf", out,
                                        CATALOGUE, ASSETS, NULL),
                     0);
    assert_int_equal(access(out, R_OK), 0);
    in = ctl_bench_path(bench, "wrong.json");
    out = ctl_bench_path(bench, "none.pdf");
    assert_int_equal(ctl_bench_run_bare(bench, "form", "ezca-cqzfcg", "new", "--values", in, "--pdf", out,
                                        CATALOGUE, ASSETS, NULL),
                     1);
    assert_non_null(strstr(bench->err, "company: "));
    assert_non_null(strstr(bench->err, "legal_id: "));
    assert_non_null(strstr(bench->err, "agent_name: "));
    assert_int_not_equal(access(out, F_OK), 0);
    in = ctl_bench_path(bench, "strange.json");
    assert_int_equal(ctl_bench_run_bare(bench, "form", "ezca-cqzfcg", "new", "--values", in, "--pdf", out,
                                        CATALOGUE, ASSETS, NULL),
                     1);
    assert_non_null(strstr(bench->err, "colour: no field of application\n"));
    assert_non_null(strstr(bench->err, "company: no text in quotes for a field of application\n"));
    assert_non_null(strstr(bench->err, "2 values cannot be taken"));
    ctl_bench_write(bench, "list.json", "[\"company\"]");
    in = ctl_bench_path(bench, "list.json");
    assert_int_equal(ctl_bench_run_bare(bench, "form", "ezca-cqzfcg", "new", "--values", in, "--pdf", out,
                                        CATALOGUE, ASSETS, NULL),
                     1);
    assert_non_null(strstr(bench->err, "is no JSON object of fields"));
    in = ctl_bench_path(bench, "missing.json");
    assert_int_equal(ctl_bench_run_bare(bench, "form", "ezca-cqzfcg", "new", "--values", in, "--pdf", out,
                                        CATALOGUE, ASSETS, NULL),
                     1);
    assert_non_null(strstr(bench->err, "missing.json cannot be read"));
    assert_int_equal(ctl_bench_run_bare(bench, "form", "ezca-cqzfcg", "new", CATALOGUE, ASSETS, NULL), 2);
    in = ctl_bench_path(bench, "values.json");
    assert_int_equal(ctl_bench_run_bare(bench, "form", "ezca-cqzfcg", "change", "--values", in, "--pdf", out,
                                        CATALOGUE, ASSETS, NULL),
                     1);
    assert_non_null(strstr(bench->err, "change needs a sub-kind"));
    assert_int_not_equal(access(out, F_OK), 0);
}

/* A key of the words is no sentence: without the words it is said where they are looked for. */
static void test_ctl_products__mistakes_of_a_form_are_told_in_words_or_not_at_all(void **state)
{
    struct ctl_bench *bench = *state;
    ctl_bench_write(bench, "wrong.json", "{\"company\":\"短\"}");
    const char *in = ctl_bench_path(bench, "wrong.json");
    const char *out = ctl_bench_path(bench, "none.pdf");
    assert_int_equal(ctl_bench_run_bare(bench, "form", "ezca-cqzfcg", "new", "--values", in, "--pdf", out,
                                        CATALOGUE, ASSETS, NULL),
                     1);
    assert_non_null(strstr(bench->err, "legal_name: 还没填"));
    assert_int_equal(ctl_bench_run_bare(bench, "form", "ezca-cqzfcg", "new", "--values", in, "--pdf", out,
                                        CATALOGUE, NULL), /* the assets beside it */
                     1);
    assert_non_null(strstr(bench->err, "legal_name: 还没填"));
    assert_int_equal(ctl_bench_run_bare(bench, "form", "ezca-cqzfcg", "new", "--values", in, "--pdf", out,
                                        CATALOGUE, "--assets", "/nowhere", NULL),
                     1);
    assert_null(strstr(bench->err, "form."));
    assert_non_null(strstr(bench->err, "not-found")); /* and nothing of the file that was to be written */
    assert_null(strstr(bench->err, out));
    assert_non_null(strstr(bench->err, "/nowhere has no forms and words; --assets DIR"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_ctl_products__list_and_show_speak_of_the_same_product,
                                        ctl_bench_setup, ctl_bench_teardown),
        cmocka_unit_test_setup_teardown(test_ctl_products__show_has_what_a_product_says_around_its_orders,
                                        ctl_bench_setup, ctl_bench_teardown),
        cmocka_unit_test_setup_teardown(test_ctl_products__show_tells_which_samples_a_seal_is_made_of,
                                        ctl_bench_setup, ctl_bench_teardown),
        cmocka_unit_test_setup_teardown(test_ctl_products__show_tells_bundles_conditions_and_boxes,
                                        ctl_bench_setup, ctl_bench_teardown),
        cmocka_unit_test_setup_teardown(test_ctl_products__quote_is_the_guides_to_the_fen, ctl_bench_setup,
                                        ctl_bench_teardown),
        cmocka_unit_test_setup_teardown(test_ctl_products__what_is_not_offered_is_refused, ctl_bench_setup,
                                        ctl_bench_teardown),
        cmocka_unit_test_setup_teardown(test_ctl_products__warranty_counts_from_a_day_there_was,
                                        ctl_bench_setup, ctl_bench_teardown),
        cmocka_unit_test_setup_teardown(test_ctl_products__papers_and_steps_are_the_operations,
                                        ctl_bench_setup, ctl_bench_teardown),
        cmocka_unit_test_setup_teardown(test_ctl_products__mistakes_of_a_form_are_told_in_words_or_not_at_all,
                                        ctl_bench_setup, ctl_bench_teardown),
        cmocka_unit_test_setup_teardown(test_ctl_products__values_no_field_can_hold_are_all_told,
                                        ctl_bench_setup, ctl_bench_teardown),
        cmocka_unit_test_setup_teardown(test_ctl_products__form_is_filled_or_every_mistake_is_told,
                                        ctl_bench_setup, ctl_bench_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
