/* The guides' own tables of fees and papers against what the engine makes of the catalogue; which operations
 * are offered, which are not and why, and that each offered one is gone through by a test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/file.h"
#include "kiosk/catalogue/catalogue.h"
#include "tests/support/catalogue_table.h"
#include "tests/support/feature.h"

enum { LISTING_BYTES = 1 << 20 };

static struct catalogue *catalogue;

static int open_catalogue(void **state)
{
    struct yaml_errors errors;
    (void)state;
    yaml_errors_init(&errors);
    enum status status = catalogue_open(TEST_SOURCE_DIR "/config/catalogue", &errors, &catalogue);
    yaml_errors_release(&errors);
    return status == STATUS_OK ? 0 : -1;
}

static int close_catalogue(void **state)
{
    (void)state;
    catalogue_free(catalogue);
    return 0;
}

static void test_catalogue_guides__the_engine_charges_what_the_guides_print(void **state)
{
    size_t count = 0;
    const struct catalogue_fee *fees = catalogue_table_fees(&count);
    (void)state;
    for (size_t i = 0; i < count; i++) {
        struct catalogue_words words;
        struct product_wish wish;
        struct price_quote quote;
        char complaint[PRODUCT_WISH_COMPLAINT_BYTES];
        const struct product *product = catalogue_find(catalogue, fees[i].product);
        assert_non_null(product);
        const struct product_operation *operation = product_find_operation(product, fees[i].operation);
        assert_non_null(operation);
        catalogue_table_wish(&fees[i], product, operation, &words, &wish);
        if (product_wish_judge(&wish, complaint) != STATUS_OK)
            fail_msg("%s %s: %s", product->id, operation->id, complaint);
        assert_int_equal(STATUS_OK, product_wish_quote(&wish, &quote));
        if (quote.amount_fen != fees[i].fen)
            fail_msg("%s %s %s, %u years, seal %d, %s: %lld fen, not %lld", product->id, operation->id,
                     fees[i].class_id, fees[i].years, wish.seal, fees[i].sub_kinds,
                     (long long)quote.amount_fen, (long long)fees[i].fen);
    }
    FEATURE("F142");
}

static bool table_has(const struct product_wish *wish, const struct product_paper *paper)
{
    size_t count = 0;
    const struct catalogue_paper *papers = catalogue_table_papers(&count);
    for (size_t i = 0; i < count; i++)
        if (catalogue_table_asks(&papers[i], wish) && strcmp(papers[i].title, paper->title) == 0) {
            assert_int_equal(papers[i].stamped, paper->stamped);
            return true;
        }
    return false;
}

/* As many as the table asks for. */
static size_t count_asked(const struct product_wish *wish)
{
    size_t count = 0, asked = 0;
    const struct catalogue_paper *papers = catalogue_table_papers(&count);
    for (size_t i = 0; i < count; i++)
        asked += catalogue_table_asks(&papers[i], wish);
    return asked;
}

static void test_catalogue_guides__the_engine_asks_for_the_papers_of_the_guides(void **state)
{
    size_t count = 0;
    const struct catalogue_fee *fees = catalogue_table_fees(&count);
    (void)state;
    for (size_t i = 0; i < count; i++) {
        struct catalogue_words words;
        struct product_wish wish;
        size_t needed = 0;
        const struct product *product = catalogue_find(catalogue, fees[i].product);
        const struct product_operation *operation = product_find_operation(product, fees[i].operation);
        catalogue_table_wish(&fees[i], product, operation, &words, &wish);
        for (size_t j = 0; j < operation->paper_count; j++) {
            const struct product_paper *paper = product_operation_paper(product, operation, j);
            if (!product_wish_needs(&wish, paper->id))
                continue;
            needed++;
            if (!table_has(&wish, paper))
                fail_msg("%s %s: %s is not in catalogue_papers.def", product->id, operation->id,
                         paper->title);
        }
        if (needed != count_asked(&wish))
            fail_msg("%s %s %s: %zu papers, the guide has %zu", product->id, operation->id, fees[i].sub_kinds,
                     needed, count_asked(&wish));
    }
    FEATURE("F104");
}

static size_t count_walks(const struct product *product, const struct product_operation *operation)
{
    size_t count = 0, walked = 0;
    const struct catalogue_fee *fees = catalogue_table_fees(&count);
    for (size_t i = 0; i < count; i++)
        walked += fees[i].walks && strcmp(fees[i].product, product->id) == 0 &&
                  strcmp(fees[i].operation, operation->id) == 0;
    return walked;
}

static void test_catalogue_guides__every_operation_has_an_order_to_go_through(void **state)
{
    (void)state;
    for (size_t i = 0; i < catalogue->count; i++)
        for (size_t j = 0; j < catalogue->products[i]->operation_count; j++) {
            const struct product *product = catalogue->products[i];
            const struct product_operation *operation = &product->operations[j];
            if (product_operation_is_defined(operation) && count_walks(product, operation) == 0)
                fail_msg("%s %s has no WALK in tests/flows/catalogue_fees.def", product->id, operation->id);
        }
}

/* F161: skipped for 副锁 only. Whoever gets a new key of a product with seals may ask for one. */
static void test_catalogue_guides__a_new_key_may_carry_a_seal_where_the_product_has_them(void **state)
{
    (void)state;
    for (size_t i = 0; i < catalogue->count; i++)
        for (size_t j = 0; j < catalogue->products[i]->operation_count; j++) {
            const struct product *product = catalogue->products[i];
            const struct product_operation *operation = &product->operations[j];
            struct product_wish wish;
            if (product->seal == PRODUCT_SEAL_NONE || !product_operation_is_defined(operation) ||
                !order_steps_has(&operation->steps, ORDER_STEP_ISSUE) ||
                order_steps_is_on_own_key(&operation->steps))
                continue;
            product_wish_init(&wish, product, operation, 0);
            if (!product_wish_has_seal(&wish) && !product_wish_brings_seal(&wish))
                fail_msg("%s %s makes a key that cannot carry a seal", product->id, operation->id);
        }
}

/* What CMake made of the catalogue's files is what the engine reads in them. */
static void test_catalogue_guides__every_offered_operation_is_a_test_of_its_own(void **state)
{
    char name[128];
    struct buf list;
    size_t offered = 0;
    (void)state;
    buf_init(&list, LISTING_BYTES);
    assert_int_equal(STATUS_OK, file_read(TEST_BUILD_DIR "/CTestTestfile.cmake", &list, NULL));
    assert_int_equal(STATUS_OK, buf_append(&list, "", 1));
    for (size_t i = 0; i < catalogue->count; i++)
        for (size_t j = 0; j < catalogue->products[i]->operation_count; j++) {
            const struct product *product = catalogue->products[i];
            (void)snprintf(name, sizeof(name), "add_test([=[flow_catalogue.%s.%s]=] ", product->id,
                           product->operations[j].id);
            if (!product->operations[j].available)
                continue;
            offered++;
            if (strstr((const char *)list.data, name) == NULL)
                fail_msg("no test: %s", name);
        }
    for (const char *at = (const char *)list.data; (at = strstr(at, "add_test([=[flow_catalogue.")) != NULL;
         at++)
        offered--;
    assert_int_equal(0, offered);
    buf_release(&list);
}

/* S003 B, S004: the name equals the one on the papers, which is said where it is typed. */
static void test_catalogue_guides__the_name_of_a_unit_is_asked_for_as_the_papers_have_it(void **state)
{
    size_t judged = 0;
    (void)state;
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct product *product = catalogue->products[i];
        const struct form *form = product_operation_form(product, product_find_operation(product, "new"));
        const struct form_field *name = form_find(form, "company");
        if (name == NULL || name->derived_from[0] != '\0')
            continue;
        judged++;
        FEATURE("F071");
        if (strstr(name->hint, "一致") == NULL && strstr(name->hint, "全称") == NULL &&
            strstr(name->hint, "相符") == NULL)
            fail_msg("%s: %s", product->id, name->hint);
    }
    assert_true(judged > 6);
}

/* What is not offered says why; how many these are is written down, so that none is closed unseen. */
static void test_catalogue_guides__what_is_not_offered_says_why_and_is_counted(void **state)
{
    size_t closed = 0;
    (void)state;
    for (size_t i = 0; i < catalogue->count; i++)
        for (size_t j = 0; j < catalogue->products[i]->operation_count; j++) {
            const struct product_operation *operation = &catalogue->products[i]->operations[j];
            if (operation->available)
                continue;
            closed++;
            (void)printf("not offered: %s %s: %s\n", catalogue->products[i]->id, operation->id,
                         operation->unavailable_text);
            assert_string_not_equal("", operation->unavailable_text);
        }
    (void)printf("not offered: %zu\n", closed);
#define CATALOGUE_CLOSED(count) assert_int_equal(count, closed);
#include "tests/flows/catalogue_closed.def"
#undef CATALOGUE_CLOSED
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_catalogue_guides__a_new_key_may_carry_a_seal_where_the_product_has_them),
        cmocka_unit_test(test_catalogue_guides__the_engine_charges_what_the_guides_print),
        cmocka_unit_test(test_catalogue_guides__the_engine_asks_for_the_papers_of_the_guides),
        cmocka_unit_test(test_catalogue_guides__every_operation_has_an_order_to_go_through),
        cmocka_unit_test(test_catalogue_guides__every_offered_operation_is_a_test_of_its_own),
        cmocka_unit_test(test_catalogue_guides__the_name_of_a_unit_is_asked_for_as_the_papers_have_it),
        cmocka_unit_test(test_catalogue_guides__what_is_not_offered_says_why_and_is_counted),
    };
    return cmocka_run_group_tests(tests, open_catalogue, close_catalogue);
}
