/* The table of provinces and places: what is shipped, what a chosen value looks like, mistakes of a table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/catalogue/catalogue.h"
#include "tests/support/feature.h"

static struct yaml_errors errors;

static int forget(void **state)
{
    (void)state;
    yaml_errors_release(&errors);
    yaml_errors_init(&errors);
    return 0;
}

static const struct region_province *province(const struct region_list *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->provinces[i].name, name) == 0)
            return &list->provinces[i];
    fail_msg("no province %s", name);
    return NULL;
}

/* Of the second list of GB/T 2260: their codes end in 00. */
static size_t prefectures(const struct region_list *list)
{
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++)
        for (size_t j = 0; j < list->provinces[i].place_count; j++)
            count += strncmp(list->provinces[i].places[j] + 4, "00", 2) == 0;
    return count;
}

static void test_region_table__all_provinces_and_prefectures_are_there(void **state)
{
    (void)state;
    struct region_table *table = NULL;
    assert_int_equal(STATUS_OK,
                     region_table_open(TEST_SOURCE_DIR "/config/catalogue/regions.yaml", &errors, &table));
    assert_int_equal(34, table->list.count);
    FEATURE("F075");
    assert_int_equal(333, prefectures(&table->list));
    assert_int_equal(14, province(&table->list, "湖南省")->place_count);
    assert_string_equal("430100 长沙市", province(&table->list, "湖南省")->places[0]);
    assert_int_equal(38, province(&table->list, "重庆市")->place_count);
    assert_int_equal(0, province(&table->list, "香港特别行政区")->place_count);
    region_table_free(table);
}

static void test_region_table__a_value_is_a_province_and_one_of_its_places(void **state)
{
    (void)state;
    struct region_table *table = NULL;
    struct buf value;
    assert_int_equal(STATUS_OK,
                     region_table_open(TEST_SOURCE_DIR "/config/catalogue/regions.yaml", &errors, &table));
    buf_init(&value, 256);
    const struct region_province *hunan = province(&table->list, "湖南省");
    assert_int_equal(STATUS_OK, region_write(hunan, hunan->places[0], &value));
    assert_string_equal("湖南省 长沙市", (const char *)value.data);
    assert_true(region_is_listed(&table->list, (const char *)value.data));
    assert_true(region_is_listed(&table->list, "香港特别行政区"));
    assert_false(region_is_listed(&table->list, "香港特别行政区 九龙"));
    assert_false(region_is_listed(&table->list, "湖南省"));
    assert_false(region_is_listed(&table->list, "湖南省长沙市"));
    assert_false(region_is_listed(&table->list, "湖南省 武汉市"));
    assert_false(region_is_listed(&table->list, "长沙市"));
    assert_false(region_is_listed(&table->list, ""));
    buf_release(&value);
    region_table_free(table);
}

static void test_region_table__a_form_takes_what_is_listed_and_without_a_table_any_text(void **state)
{
    (void)state;
    struct catalogue *catalogue = NULL;
    struct form_values values;
    struct form_error error = {0};
    assert_int_equal(STATUS_OK, catalogue_open(TEST_SOURCE_DIR "/config/catalogue", &errors, &catalogue));
    const struct product *product = catalogue_find(catalogue, "dfca-hnzj-unit");
    const struct form *form = product_operation_form(product, product_find_operation(product, "new"));
    const struct form_field *field = form_find(form, "unit_region");
    form_values_init(&values);
    assert_true(form_field_is_chosen(form, field));
    assert_int_equal(STATUS_OK, form_values_set(&values, "unit_region", "湖南省 长沙市"));
    assert_true(form_check(form, &values, field, 1795252342, &error));
    assert_int_equal(STATUS_OK, form_values_set(&values, "unit_region", "湖南 长沙"));
    assert_false(form_check(form, &values, field, 1795252342, &error));
    assert_string_equal("form.region.other", error.key);
    struct form bare = *form;
    bare.regions = NULL;
    assert_false(form_field_is_chosen(&bare, field));
    assert_true(form_check(&bare, &values, field, 1795252342, &error));
    form_values_wipe(&values);
    catalogue_free(catalogue);
}

static void expect_mistake(const char *text, const char *told)
{
    struct region_table *table = NULL;
    (void)forget(NULL);
    assert_int_equal(STATUS_CONFIG, region_table_parse("r.yaml", text, strlen(text), &errors, &table));
    assert_null(table);
    if (strstr(yaml_errors_text(&errors), told) == NULL)
        fail_msg("expected: %s\ntold: %s", told, yaml_errors_text(&errors));
}

#define TABLE(places) "provinces:\n  - code: '430000'\n    name: 湖南省\n    places: [" places "]\n"

static void test_region_table__mistakes_are_told_at_their_place(void **state)
{
    (void)state;
    expect_mistake("provinces: []\n", "provinces");
    expect_mistake("provinces:\n  - code: '43'\n    name: 湖南省\n", "r.yaml:2:11");
    expect_mistake("provinces:\n  - code: 43000x\n    name: 湖南省\n", "expected six digits for code");
    expect_mistake("provinces:\n  - code: '430000'\n    name: 湖 南\n", "expected a name without a blank");
    expect_mistake(TABLE("长沙市"), "expected a place like 430100 长沙市 for places, found 长沙市");
    expect_mistake(TABLE("420100 武汉市"), "expected a code that begins as 430000 of 湖南省");
    expect_mistake(TABLE("430100 长沙市, 430200 长沙市"), "expected 长沙市 once in 湖南省");
    expect_mistake(TABLE("430100 长沙市") "  - code: '430000'\n    name: 湖南省\n",
                   "expected the province 湖南省 once");
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, forget, forget)
    const struct CMUnitTest tests[] = {
        T(test_region_table__all_provinces_and_prefectures_are_there),
        T(test_region_table__a_value_is_a_province_and_one_of_its_places),
        T(test_region_table__a_form_takes_what_is_listed_and_without_a_table_any_text),
        T(test_region_table__mistakes_are_told_at_their_place),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
