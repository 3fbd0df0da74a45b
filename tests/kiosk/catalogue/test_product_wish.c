/* What one may ask of an operation, what it then costs and which papers it needs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/file.h"
#include "kiosk/catalogue/product_wish.h"
#include "tests/support/feature.h"

#define PRODUCT_FILE TEST_SOURCE_DIR "/config/catalogue/ezca/cqzfcg.yaml"
enum { NOW_UTC_S = 1763691960, DAY_S = 86400 };

/* What the shipped product has not: a paper that depends on the choice, a seal, a bundle. */
static const char more[] = "seal: main-lock\n"
                           "conditions:\n"
                           "  - {paper: legal_id, operation: change, unless_sub_kinds: [seal-style]}\n"
                           "  - {paper: agent_id, operation: replace, with_agent: true}\n"
                           "  - {paper: legal_id, operation: new, with_seal: true}\n";

static struct product *product;

static int open_product(void **state)
{
    struct buf text;
    struct yaml_errors errors;
    (void)state;
    buf_init(&text, LIMIT_CONFIG_BYTES);
    yaml_errors_init(&errors);
    assert_int_equal(file_read(PRODUCT_FILE, &text, NULL), STATUS_OK);
    assert_int_equal(buf_append_text(&text, more), STATUS_OK);
    enum status status = product_parse("p.yaml", (const char *)text.data, text.length, &errors, &product);
    if (status != STATUS_OK)
        fail_msg("%s", yaml_errors_text(&errors));
    yaml_errors_release(&errors);
    buf_release(&text);
    return 0;
}

static int close_product(void **state)
{
    (void)state;
    product_free(product);
    return 0;
}

static struct product_wish wish_of(const char *operation)
{
    struct product_wish wish;
    product_wish_init(&wish, product, product_find_operation(product, operation), NOW_UTC_S);
    return wish;
}

static void assert_refused(const struct product_wish *wish, const char *why)
{
    char complaint[PRODUCT_WISH_COMPLAINT_BYTES];
    assert_int_equal(product_wish_judge(wish, complaint), STATUS_REFUSED);
    assert_string_equal(complaint, why);
}

static void test_product_wish__what_is_offered_first_is_offered(void **state)
{
    (void)state;
    char complaint[PRODUCT_WISH_COMPLAINT_BYTES];
    struct price_quote quote;
    struct product_wish wish = wish_of("new");
    assert_int_equal(product_wish_judge(&wish, complaint), STATUS_OK);
    assert_string_equal(complaint, "");
    assert_string_equal(wish.class_id, "supplier");
    assert_int_equal(product_wish_quote(&wish, &quote), STATUS_OK);
    assert_int_equal(quote.amount_fen, 48000);
}

static void test_product_wish__what_is_not_offered_is_refused_with_what_is(void **state)
{
    (void)state;
    struct product_wish wish = wish_of("change");
    wish.class_id = "seller";
    assert_refused(&wish, "no class seller; offered: supplier, agency, purchaser");
    wish = wish_of("change");
    wish.sub_kinds[wish.sub_kind_count++] = "colour";
    assert_refused(&wish, "no sub-kind colour; offered: name, legal, seal-style, region");
    wish = wish_of("replace");
    wish.reason = "bored";
    assert_refused(&wish, "no reason bored; offered: lost, damaged, out-of-warranty, defect");
    wish = wish_of("new");
    wish.years = 2;
    assert_refused(&wish, "2 years are not offered, 1 to 1 are");
    wish = wish_of("new");
    wish.quantity = 2;
    assert_refused(&wish, "2 keys are not offered, 1 to 1 are");
    wish = wish_of("suspend");
    assert_refused(&wish, "ezca-cqzfcg has no operation suspend; offered: new, renew, change, replace, "
                          "unlock, upgrade, revoke");
}

static void test_product_wish__a_defect_within_the_warranty_is_free(void **state)
{
    (void)state;
    struct price_quote quote;
    struct product_wish wish = wish_of("replace");
    wish.issued_utc_s = NOW_UTC_S - 100 * DAY_S;
    wish.reason = "defect";
    assert_true(product_wish_in_warranty(&wish));
    assert_int_equal(product_wish_quote(&wish, &quote), STATUS_OK);
    assert_int_equal(quote.amount_fen, 0);
    wish.reason = "lost";
    assert_false(product_wish_in_warranty(&wish));
    wish.reason = "defect";
    wish.issued_utc_s = NOW_UTC_S - (int64_t)365 * DAY_S;
    assert_false(product_wish_in_warranty(&wish));
    assert_int_equal(product_wish_quote(&wish, &quote), STATUS_OK);
    assert_int_equal(quote.amount_fen, 28000);
    wish.issued_utc_s = 0; /* nobody knows when */
    FEATURE("F046");
    assert_false(product_wish_in_warranty(&wish));
}

/* What is left of a certificate neither grows nor shrinks but by what is bought. */
static void test_product_wish__an_old_end_is_kept_or_added_to(void **state)
{
    (void)state;
    static const char *const keeping[] = {"change", "replace", "upgrade"};
    int64_t left_s = (int64_t)1399 * DAY_S;
    for (size_t i = 0; i < sizeof keeping / sizeof keeping[0]; i++) {
        struct product_wish wish = wish_of(keeping[i]);
        assert_int_equal(0, product_wish_end_utc_s(&wish)); /* nobody knows the old one yet */
        wish.ends_utc_s = NOW_UTC_S + left_s;
        assert_int_equal(NOW_UTC_S + left_s, product_wish_end_utc_s(&wish));
        assert_false(product_operation_has_years(wish.operation));
        assert_int_equal(strcmp(keeping[i], "change") != 0, product_wish_counts_keys(&wish));
        wish.ends_utc_s = NOW_UTC_S - 1; /* it ran out while the new one was being made */
        assert_int_equal(NOW_UTC_S + DAY_S, product_wish_end_utc_s(&wish));
    }
    struct product_wish wish = wish_of("renew");
    wish.years = 2;
    wish.ends_utc_s = NOW_UTC_S + (int64_t)264 * DAY_S;
    assert_int_equal(wish.ends_utc_s + (int64_t)730 * DAY_S, product_wish_end_utc_s(&wish));
    wish.ends_utc_s = NOW_UTC_S - DAY_S;
    assert_int_equal(NOW_UTC_S + (int64_t)730 * DAY_S, product_wish_end_utc_s(&wish));
    wish = wish_of("new");
    wish.ends_utc_s = NOW_UTC_S + left_s;
    assert_int_equal(NOW_UTC_S + (int64_t)365 * DAY_S, product_wish_end_utc_s(&wish));
    assert_true(product_wish_counts_keys(&wish));
    wish = wish_of("unlock");
    assert_int_equal(0, product_wish_end_utc_s(&wish));
    assert_false(product_wish_counts_keys(&wish));
}

/* Three years more fit when three of the six a certificate may hold are left, and not a second before. */
static void test_product_wish__a_renewal_opens_when_it_fits(void **state)
{
    (void)state;
    const struct product_operation *renew = product_find_operation(product, "renew");
    int64_t end_utc_s = NOW_UTC_S + (int64_t)2000 * DAY_S;
    assert_int_equal(NOW_UTC_S + (int64_t)(2000 + 1095 - 2192) * DAY_S,
                     product_term_opens_utc_s(product, renew, 3, end_utc_s));
    assert_int_equal(NOW_UTC_S + (int64_t)(2000 + 365 - 2192) * DAY_S,
                     product_term_opens_utc_s(product, renew, 1, end_utc_s));
    assert_int_equal(
        0, product_term_opens_utc_s(product, product_find_operation(product, "change"), 1, end_utc_s));
    assert_int_equal(1095, product_term_longest_days(product));
}

static void test_product_wish__papers_follow_the_choice(void **state)
{
    (void)state;
    struct product_wish wish = wish_of("change");
    assert_true(product_wish_needs(&wish, "legal_id"));
    wish.sub_kinds[wish.sub_kind_count++] = "seal-style";
    assert_false(product_wish_needs(&wish, "legal_id"));
    wish.sub_kinds[wish.sub_kind_count++] = "name";
    assert_true(product_wish_needs(&wish, "legal_id"));
    assert_true(product_wish_needs(&wish, "licence"));
    wish = wish_of("replace");
    assert_false(product_wish_needs(&wish, "agent_id"));
    wish.agent = true;
    assert_true(product_wish_needs(&wish, "agent_id"));
}

static void test_product_wish__a_paper_of_the_seal_is_needed_with_a_seal_only(void **state)
{
    (void)state;
    struct product_wish wish = wish_of("new");
    assert_false(product_wish_needs(&wish, "legal_id"));
    assert_true(product_wish_needs(&wish, "licence"));
    wish.seal = true;
    FEATURE("F117");
    assert_true(product_wish_needs(&wish, "legal_id"));
}

/* The shipped product with one text in another's place and this behind it: what is told of it. */
static void assert_file_refused(const char *from, const char *to, const char *behind, const char *told)
{
    struct buf file, text;
    struct yaml_errors errors;
    struct product *none = NULL;
    buf_init(&file, LIMIT_CONFIG_BYTES);
    buf_init(&text, LIMIT_CONFIG_BYTES);
    yaml_errors_init(&errors);
    assert_int_equal(file_read(PRODUCT_FILE, &file, NULL), STATUS_OK);
    assert_int_equal(buf_append(&file, "", 1), STATUS_OK);
    const char *whole = (const char *)file.data;
    const char *at = strstr(whole, from);
    assert_non_null(at);
    assert_int_equal(buf_append(&text, whole, (size_t)(at - whole)), STATUS_OK);
    assert_int_equal(buf_append_text(&text, to), STATUS_OK);
    assert_int_equal(buf_append_text(&text, at + strlen(from)), STATUS_OK);
    assert_int_equal(buf_append_text(&text, behind), STATUS_OK);
    assert_int_equal(product_parse("p.yaml", (const char *)text.data, text.length, &errors, &none),
                     STATUS_CONFIG);
    if (strstr(yaml_errors_text(&errors), told) == NULL)
        fail_msg("not told: %s, but %s", told, yaml_errors_text(&errors));
    yaml_errors_release(&errors);
    buf_release(&file);
    buf_release(&text);
}

static void assert_fee_refused(const char *behind, const char *told)
{
    assert_file_refused(
        "\ntariff:",
        "\ntariff:\n  - {operation: change, part: seal, sub_kind: name, amount_yuan: 80, unit: time}", behind,
        told);
}

static void test_product_wish__no_fee_is_charged_for_a_seal_that_is_never_made(void **state)
{
    (void)state;
    assert_fee_refused("", "expected seal optional or main-lock, change charges for one");
    assert_fee_refused("seal: optional\n", "expected a paper with samples and the step issue in change");
    assert_file_refused("\ntariff:", "\ntariff:", "seal: included\n", "whose seal is included");
    const char made[] = "{id: seal-style, label: 公章样式, makes_seal: true}";
    assert_file_refused("{id: seal-style, label: 公章样式}", made, "",
                        "seal optional or main-lock, change makes one");
    assert_file_refused("{id: seal-style, label: 公章样式}", made, "seal: optional\n",
                        "the step issue in change, which makes a seal");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_product_wish__what_is_offered_first_is_offered),
        cmocka_unit_test(test_product_wish__what_is_not_offered_is_refused_with_what_is),
        cmocka_unit_test(test_product_wish__a_defect_within_the_warranty_is_free),
        cmocka_unit_test(test_product_wish__an_old_end_is_kept_or_added_to),
        cmocka_unit_test(test_product_wish__a_renewal_opens_when_it_fits),
        cmocka_unit_test(test_product_wish__papers_follow_the_choice),
        cmocka_unit_test(test_product_wish__a_paper_of_the_seal_is_needed_with_a_seal_only),
        cmocka_unit_test(test_product_wish__no_fee_is_charged_for_a_seal_that_is_never_made),
    };
    return cmocka_run_group_tests(tests, open_product, close_product);
}
