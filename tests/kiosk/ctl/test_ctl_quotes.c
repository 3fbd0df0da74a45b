/* certctl quote over the whole catalogue: what the guides' tables say is what an administrator is told, to
 * the fen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/ctl_bench.h"

#define CATALOGUE "--catalogue", TEST_SOURCE_DIR "/config/catalogue"

enum { OPTION_WORDS_MAX = 8 };

/* What is asked, and the guide's sum in yuan. */
static const struct {
    const char *product, *operation, *options;
    int yuan;
} quotes[] = {
    /* S001 三、办理费用 */
    {"ezca-cqzfcg", "new", "", 480},
    {"ezca-cqzfcg", "new", "--class agency", 480},
    {"ezca-cqzfcg", "new", "--class purchaser", 480},
    {"ezca-cqzfcg", "renew", "", 200},
    {"ezca-cqzfcg", "replace", "--reason lost", 280},
    {"ezca-cqzfcg", "change", "--sub-kind name", 0},
    {"ezca-cqzfcg", "unlock", "", 0},
    /* S000 三、办理费用 */
    {"ezca-cqwsfdc", "replace", "", 280},
    {"ezca-cqwsfdc", "change", "--sub-kind name", 0},
    {"ezca-cqwsfdc", "unlock", "", 0},
    /* S002 三、办理费用（免费） */
    {"ezca-cqsb", "new", "", 0},
    {"ezca-cqsb", "renew", "", 0},
    {"ezca-cqsb", "replace", "", 0},
    /* S004 CFCA 五、收费标准 */
    {"cfca-suqian-unit", "new", "", 150},
    {"cfca-suqian-unit", "new", "--seal", 250},
    {"cfca-suqian-unit", "renew", "", 100},
    {"cfca-suqian-unit", "renew", "--seal --years 2", 400},
    {"cfca-suqian-unit", "unlock", "", 0},
    {"cfca-suqian-unit", "replace", "--reason lost", 50},
    /* 信息变更: CA证书 免费; 电子签章 名称变更：80/个; 公章或法人变更：50元/个 */
    {"cfca-suqian-unit", "change", "--sub-kind name", 0},
    {"cfca-suqian-unit", "change", "--sub-kind name --seal", 80},
    {"cfca-suqian-unit", "change", "--sub-kind legal", 0},
    {"cfca-suqian-unit", "change", "--sub-kind legal --seal", 50},
    {"cfca-suqian-unit", "change", "--sub-kind seal-style", 50},
    {"cfca-suqian-unit", "change", "--sub-kind name --sub-kind legal", 0},
    {"cfca-suqian-unit", "change", "--sub-kind name --sub-kind legal --seal", 130},
    {"cfca-suqian-person", "new", "", 70},
    {"cfca-suqian-person", "new", "--years 3", 110},
    {"cfca-suqian-person", "new", "--seal", 120},
    {"cfca-suqian-person", "renew", "--seal", 70},
    {"cfca-suqian-person", "replace", "", 50},
    {"cfca-suqian-person", "unlock", "", 0},
    /* S004 国信CA 五、收费标准 */
    {"gxca-suqian-unit", "new", "", 150},
    {"gxca-suqian-unit", "new", "--seal", 250},
    {"gxca-suqian-unit", "new", "--years 2 --seal", 450},
    {"gxca-suqian-unit", "new", "--years 3 --seal", 650},
    {"gxca-suqian-unit", "new", "--years 4", 350},
    {"gxca-suqian-unit", "new", "--years 4 --seal", 700},
    {"gxca-suqian-unit", "new", "--quantity 3 --seal", 550},
    {"gxca-suqian-unit", "renew", "--years 4 --seal", 700},
    {"gxca-suqian-unit", "renew", "--seal", 200},
    {"gxca-suqian-unit", "replace", "--seal", 130},
    {"gxca-suqian-unit", "replace", "", 50},
    /* 变更: CA数字证书 免费; 电子签章 变更单位名称：80元/次; 变更法人/章模：50元/次 */
    {"gxca-suqian-unit", "change", "--sub-kind name", 0},
    {"gxca-suqian-unit", "change", "--sub-kind name --seal", 80},
    {"gxca-suqian-unit", "change", "--sub-kind legal", 0},
    {"gxca-suqian-unit", "change", "--sub-kind legal --seal", 50},
    {"gxca-suqian-unit", "change", "--sub-kind seal-style", 50},
    {"gxca-suqian-unit", "exchange", "--seal", 0},
    {"gxca-suqian-unit", "unlock", "", 0},
    {"gxca-suqian-person", "new", "--seal", 120},
    {"gxca-suqian-person", "new", "--years 2", 90},
    {"gxca-suqian-person", "renew", "--years 2 --seal", 140},
    {"gxca-suqian-person", "replace", "--seal", 100},
    {"gxca-suqian-person", "change", "", 50},
    {"gxca-suqian-person", "exchange", "", 0},
    {"gxca-online", "new", "--years 4 --seal", 700},
    {"gxca-online", "renew", "", 100},
};

/* The words of the options, NULL behind the last. */
static void split(char *text, const char *words[OPTION_WORDS_MAX + 1])
{
    size_t count = 0;
    for (char *word; (word = strsep(&text, " ")) != NULL && count < OPTION_WORDS_MAX;)
        if (*word != '\0')
            words[count++] = word;
    words[count] = NULL;
}

static int run_quote(struct ctl_bench *bench, const char *product, const char *operation, const char *options)
{
    char text[128];
    const char *word[OPTION_WORDS_MAX + 1] = {NULL};
    (void)snprintf(text, sizeof text, "%s", options);
    split(text, word);
    return ctl_bench_run_bare(bench, "quote", product, operation, "--json", CATALOGUE, word[0], word[1],
                              word[2], word[3], word[4], word[5], word[6], word[7], NULL);
}

static void test_ctl_quotes__guides_tables_are_told_to_the_fen(void **state)
{
    struct ctl_bench *bench = *state;
    for (size_t i = 0; i < sizeof quotes / sizeof quotes[0]; i++) {
        int code = run_quote(bench, quotes[i].product, quotes[i].operation, quotes[i].options);
        if (code != 0)
            fail_msg("%s %s %s: %s", quotes[i].product, quotes[i].operation, quotes[i].options, bench->err);
        struct json *quote = ctl_bench_json(bench);
        int64_t fen = (int64_t)json_number(quote, "total_fen", -1);
        if (fen != (int64_t)quotes[i].yuan * 100)
            fail_msg("%s %s %s: expected %d00, found %lld", quotes[i].product, quotes[i].operation,
                     quotes[i].options, quotes[i].yuan, (long long)fen);
        json_free(quote);
    }
}

static void test_ctl_quotes__lines_add_up_and_tell_their_bundle(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(run_quote(bench, "gxca-suqian-unit", "new", "--years 4 --seal"), 0);
    struct json *quote = ctl_bench_json(bench);
    const struct json *lines = json_member(quote, "lines");
    int64_t sum = 0;
    assert_int_equal(json_length(lines), 2);
    for (size_t i = 0; i < json_length(lines); i++) {
        const struct json *line = json_element(lines, i);
        sum += (int64_t)json_number(line, "amount_fen", 0);
        assert_int_equal(json_number(line, "bundle_years", 0), 4);
        assert_int_equal(json_number(line, "bundle_fen", 0), json_number(line, "amount_fen", -1));
        assert_non_null(strstr(json_text(line, "trace", ""), "4 years as bundle"));
    }
    assert_int_equal(sum, 70000);
    assert_string_equal(json_text(json_element(lines, 0), "part", ""), "certificate");
    assert_string_equal(json_text(json_element(lines, 1), "part", ""), "seal");
    json_free(quote);
}

/* What is about the seal itself costs the same with and without --seal, and the seal is told of either way;
 * another change is charged for a seal exactly when it is told of. */
static void test_ctl_quotes__a_seal_is_told_of_where_it_is_charged(void **state)
{
    static const struct {
        const char *product, *options;
        int fen;
        bool seal;
    } changes[] = {{"gxca-suqian-unit", "--sub-kind seal-style", 5000, true},
                   {"gxca-suqian-unit", "--sub-kind seal-style --seal", 5000, true},
                   {"gxca-suqian-unit", "--sub-kind name --sub-kind legal", 0, false},
                   {"gxca-suqian-unit", "--sub-kind name --sub-kind legal --seal", 13000, true},
                   {"gxca-online", "--sub-kind name", 0, false},
                   {"gxca-online", "--sub-kind name --seal", 8000, true},
                   {"gxca-suqian-person", "", 5000, true},
                   {"cfca-suqian-unit", "--sub-kind legal", 0, false},
                   {"cfca-suqian-unit", "--sub-kind legal --seal", 5000, true},
                   {"ezca-cqzfcg", "--sub-kind seal-style", 0, false}};
    struct ctl_bench *bench = *state;
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        assert_int_equal(run_quote(bench, changes[i].product, "change", changes[i].options), 0);
        struct json *quote = ctl_bench_json(bench);
        assert_int_equal(json_number(quote, "total_fen", -1), changes[i].fen);
        assert_int_equal(json_bool(quote, "seal", !changes[i].seal), changes[i].seal);
        json_free(quote);
    }
}

static void test_ctl_quotes__strokes_of_the_tables_are_refused(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(run_quote(bench, "cfca-suqian-person", "change", ""), 1);
    assert_non_null(strstr(bench->err, "cfca-suqian-person has no operation change; offered: new, renew, "));
    assert_int_equal(run_quote(bench, "gxca-online", "exchange", ""), 1);
    assert_int_equal(ctl_bench_run(bench, NULL, "quote", "gxca-online", NULL), 2);
    assert_non_null(strstr(bench->err, "quote takes PRODUCT OPERATION"));
    assert_int_equal(ctl_bench_run(bench, NULL, "catalogue", "check", "--catalogue", "/nowhere", NULL), 2);
    assert_non_null(strstr(bench->err, "does not go with catalogue check, which takes [DIR]"));
    assert_int_equal(run_quote(bench, "gxca-online", "borrow", ""), 2);
    assert_non_null(strstr(bench->err, "there is no operation borrow; gxca-online has new, "));
    assert_int_equal(run_quote(bench, "gxca-suqian-unit", "change", "--sub-kind colour"), 1);
    assert_non_null(strstr(bench->err, "offered: name, legal, seal-style"));
    assert_int_equal(run_quote(bench, "bzt-unit", "new", "--seal"), 1);
    assert_non_null(strstr(bench->err, "no electronic seal"));
    assert_int_equal(run_quote(bench, "gxca-suqian-unit", "unlock", "--seal"), 1);
    assert_non_null(strstr(bench->err, "unlock has no electronic seal; offered with: new, "));
    assert_string_equal(bench->out, "");
    assert_int_equal(run_quote(bench, "ezca-cqsb", "renew", "--seal"), 1); /* what is on the key stays */
    assert_int_equal(run_quote(bench, "gxca-suqian-unit", "new", "--years 6"), 1);
    assert_int_equal(run_quote(bench, "gxca-suqian-unit", "exchange", "--quantity 10"),
                     1); /* of one old lock */
    assert_non_null(strstr(bench->err, "10 keys are not offered, 1 to 1 are"));
    assert_int_equal(run_quote(bench, "cfca-suqian-unit", "replace", "--quantity 2"), 1);
}

/* As on the screen: of the kinds of a change at least one is chosen. */
static void test_ctl_quotes__change_says_what_is_changed(void **state)
{
    static const char *const verbs[] = {"quote", "papers"};
    struct ctl_bench *bench = *state;
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        assert_int_equal(
            ctl_bench_run_bare(bench, verbs[i], "cfca-suqian-unit", "change", "--json", CATALOGUE, NULL), 1);
        assert_non_null(strstr(bench->err, "change needs a sub-kind; offered: name, legal, seal-style"));
        assert_string_equal(bench->out, "");
    }
    assert_int_equal(run_quote(bench, "ezca-cqsb", "change", ""), 1);
    assert_int_equal(run_quote(bench, "gxca-suqian-person", "change", ""), 0); /* has no kinds */
    assert_int_equal(ctl_bench_run_bare(bench, "steps", "cfca-suqian-unit", "change", CATALOGUE, NULL), 0);
}

static void test_ctl_quotes__class_that_was_not_asked_for_is_told(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(run_quote(bench, "ezca-cqwsfdc", "new", ""), 0);
    assert_non_null(strstr(bench->err, "this is for the class admin; others with --class: operator"));
    assert_int_equal(run_quote(bench, "ezca-cqwsfdc", "new", "--class operator"), 0);
    assert_string_equal(bench->err, "");
    assert_int_equal(run_quote(bench, "gxca-suqian-person", "new", ""), 0);
    assert_string_equal(bench->err, ""); /* there is one */
}

static void test_ctl_quotes__what_is_said_twice_is_wrong(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(run_quote(bench, "ezca-cqzfcg", "new", "--class agency --class supplier"), 2);
    assert_non_null(strstr(bench->err, "--class supplier is one too many"));
    assert_int_equal(run_quote(bench, "ezca-cqzfcg", "replace", "--reason lost --reason lost"), 2);
    assert_int_equal(run_quote(bench, "cfca-suqian-unit", "change", "--sub-kind name --sub-kind name"), 2);
    assert_non_null(strstr(bench->err, "--sub-kind name is one too many"));
}

static void test_ctl_quotes__fee_nobody_published_has_no_number(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(run_quote(bench, "bzt-unit", "renew", ""), 0);
    struct json *quote = ctl_bench_json(bench);
    assert_int_equal(json_number(quote, "total_fen", -7), -7);
    assert_string_equal(json_text(quote, "total_yuan", ""), "unknown");
    const struct json *line = json_element(json_member(quote, "lines"), 0);
    assert_string_equal(json_text(line, "part", ""), "certificate");
    assert_null(json_member(line, "amount_fen"));
    assert_null(json_member(line, "each_fen"));
    assert_non_null(strstr(json_text(line, "trace", ""), "unknown"));
    json_free(quote);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, ctl_bench_setup, ctl_bench_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_ctl_quotes__guides_tables_are_told_to_the_fen),
        TEST(test_ctl_quotes__lines_add_up_and_tell_their_bundle),
        TEST(test_ctl_quotes__a_seal_is_told_of_where_it_is_charged),
        TEST(test_ctl_quotes__strokes_of_the_tables_are_refused),
        TEST(test_ctl_quotes__change_says_what_is_changed),
        TEST(test_ctl_quotes__class_that_was_not_asked_for_is_told),
        TEST(test_ctl_quotes__what_is_said_twice_is_wrong),
        TEST(test_ctl_quotes__fee_nobody_published_has_no_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
