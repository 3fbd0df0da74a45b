#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"
#include "kiosk/catalogue/catalogue.h"
#include "kiosk/catalogue/product_search.h"
#include "tests/support/feature.h"

#define SHIPPED TEST_SOURCE_DIR "/config/catalogue"

static char directory[256];
static struct yaml_errors errors;

static int set_up(void **state)
{
    (void)state;
    snprintf(directory, sizeof directory, "%s/catalogue-XXXXXX", TEST_BUILD_DIR);
    yaml_errors_init(&errors);
    return mkdtemp(directory) == NULL ? -1 : 0;
}

static int tear_down(void **state)
{
    (void)state;
    static const char *const left[] = {"ezca/a.yaml",
                                       "ezca/b.yaml",
                                       "ezca/.a.yaml.swp",
                                       "ezca/b.yml",
                                       "ezca/c.YAML",
                                       "ezca/notes.txt",
                                       "d.yaml",
                                       "other/a.yaml",
                                       "ezca/deep/e.yaml",
                                       "ezca/deep",
                                       "ezca",
                                       "other",
                                       ""};
    for (size_t i = 0; i < sizeof left / sizeof left[0]; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", directory, left[i]);
        remove(path);
    }
    yaml_errors_release(&errors);
    return 0;
}

/* The shipped definition stands there with its id and its rank replaced by as many characters. */
static void put_ranked(const char *folder, const char *name, const char *id, const char *rank)
{
    struct buf text;
    char path[512];
    buf_init(&text, LIMIT_CONFIG_BYTES);
    assert_int_equal(file_read(SHIPPED "/ezca/cqzfcg.yaml", &text, NULL), STATUS_OK);
    char *at = strstr((char *)text.data, "id: ezca-cqzfcg");
    assert_non_null(at);
    memcpy(at + 4, id, strlen("ezca-cqzfcg"));
    at = strstr(at, "rank: 10");
    assert_non_null(at);
    memcpy(at + 6, rank, strlen("10"));
    snprintf(path, sizeof path, "%s/%s", directory, folder);
    assert_int_equal(file_make_directories(path, 0700, NULL), STATUS_OK);
    snprintf(path, sizeof path, "%s/%s/%s", directory, folder, name);
    assert_int_equal(file_replace(path, text.data, text.length, 0600, NULL), STATUS_OK);
    buf_release(&text);
}

static void put_product(const char *folder, const char *name, const char *id)
{
    put_ranked(folder, name, id, "10");
}

static void put_text(const char *folder, const char *name, const char *text)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s/%s", directory, folder, name);
    assert_int_equal(file_replace(path, text, strlen(text), 0600, NULL), STATUS_OK);
}

static void assert_told(const char *part)
{
    if (strstr(yaml_errors_text(&errors), part) == NULL)
        fail_msg("expected: %s\ntold: %s", part, yaml_errors_text(&errors));
}

static void test_catalogue__shipped_catalogue_is_read(void **state)
{
    (void)state;
    struct catalogue *catalogue = NULL;
    assert_int_equal(catalogue_open(SHIPPED, &errors, &catalogue), STATUS_OK);
    assert_string_equal(yaml_errors_text(&errors), "");
    assert_non_null(catalogue_find(catalogue, "ezca-cqzfcg"));
    assert_null(catalogue_find(catalogue, "ezca"));
    catalogue_free(catalogue);
    catalogue_free(NULL);
}

static void test_catalogue__products_stand_in_the_order_of_their_ids(void **state)
{
    (void)state;
    struct catalogue *catalogue = NULL;
    put_product("ezca", "a.yaml", "ezca-zzzzzz");
    put_product("ezca", "b.yaml", "ezca-aaaaaa");
    put_text("ezca", "notes.txt", "not a definition");
    assert_int_equal(catalogue_open(directory, &errors, &catalogue), STATUS_OK);
    assert_int_equal(catalogue->count, 2);
    assert_string_equal(catalogue->products[0]->id, "ezca-aaaaaa");
    catalogue_free(catalogue);
}

static void test_catalogue__product_of_a_lower_rank_stands_first(void **state)
{
    (void)state;
    struct catalogue *catalogue = NULL;
    put_ranked("ezca", "a.yaml", "ezca-aaaaaa", "30");
    put_ranked("ezca", "b.yaml", "ezca-zzzzzz", "20");
    assert_int_equal(catalogue_open(directory, &errors, &catalogue), STATUS_OK);
    assert_string_equal(catalogue->products[0]->id, "ezca-zzzzzz");
    assert_string_equal(catalogue->products[1]->id, "ezca-aaaaaa");
    catalogue_free(catalogue);
}

static void assert_first(const struct catalogue *catalogue, const char *first, const char *second)
{
    assert_string_equal(catalogue->products[0]->id, first);
    assert_string_equal(catalogue->products[1]->id, second);
}

static void test_catalogue__products_of_the_halls_region_stand_first(void **state)
{
    struct catalogue *catalogue = NULL;
    (void)state;
    assert_int_equal(catalogue_open(SHIPPED, &errors, &catalogue), STATUS_OK);
    size_t count = catalogue->count;
    assert_first(catalogue, "ezca-cqzfcg", "ezca-cqwsfdc");
    assert_int_equal(catalogue_prefer_region(catalogue, "湖南"), 2);
    FEATURE("F025");
    assert_first(catalogue, "dfca-hnzj-unit", "dfca-hnzj-person");
    assert_string_equal(catalogue->products[2]->id, "ezca-cqzfcg");
    assert_int_equal(catalogue_prefer_region(catalogue, "江苏"), 7);
    assert_first(catalogue, "bzt-unit", "bzt-person");
    assert_int_equal(catalogue_prefer_region(catalogue, "月球"), 0);
    assert_first(catalogue, "bzt-unit", "bzt-person");
    assert_int_equal(catalogue->count, count);
    catalogue_free(catalogue);
}

static void test_catalogue__a_register_has_one_key_whoever_compares_with_it(void **state)
{
    (void)state;
    struct catalogue *catalogue = NULL;
    struct buf text;
    char path[512];
    put_product("ezca", "a.yaml", "ezca-cqzfcg");
    put_product("ezca", "b.yaml", "ezca-cqzfcx");
    snprintf(path, sizeof path, "%s/ezca/b.yaml", directory);
    buf_init(&text, LIMIT_CONFIG_BYTES);
    assert_int_equal(file_read(path, &text, NULL), STATUS_OK);
    char *at = strstr((char *)text.data, "    key: credit_code\n");
    assert_non_null(at);
    memcpy(at + 9, "company    ", 11);
    assert_int_equal(file_replace(path, text.data, text.length, 0600, NULL), STATUS_OK);
    buf_release(&text);
    assert_int_equal(catalogue_open(directory, &errors, &catalogue), STATUS_CONFIG);
    assert_told("expected the column 统一社会信用代码 as key of the register units, as in ezca-cqzfcg");
}

static void test_catalogue__mistakes_of_all_files_are_told_together(void **state)
{
    (void)state;
    struct catalogue *catalogue = NULL;
    put_product("ezca", "a.yaml", "ezca-cqzfcg");
    put_product("other", "a.yaml", "ezca-cqzfcg");
    put_text("ezca", "b.yaml", "id: [x\n");
    assert_int_equal(catalogue_open(directory, &errors, &catalogue), STATUS_CONFIG);
    assert_null(catalogue);
    assert_told("/ezca/b.yaml:");
    assert_told("/other/a.yaml:15:7: expected the name of the folder, other, as authority.id");
    assert_told("/other/a.yaml:5:5: expected an id no other product has, found ezca-cqzfcg");
    assert_int_equal(errors.count, 3);
}

static void test_catalogue__what_is_not_read_is_told_to_who_checks(void **state)
{
    (void)state;
    struct catalogue *catalogue = NULL;
    put_product("ezca", "a.yaml", "ezca-cqzfcg");
    put_product("ezca", ".a.yaml.swp", "ezca-cqzfcg");
    catalogue_examine_names(directory, &errors);
    assert_int_equal(errors.count, 0);
    put_product("ezca", "b.yml", "ezca-second");
    put_product("ezca", "c.YAML", "ezca-third1");
    assert_int_equal(catalogue_open(directory, &errors, &catalogue), STATUS_OK);
    assert_int_equal(catalogue->count, 1);
    catalogue_free(catalogue);
    catalogue_examine_names(directory, &errors);
    assert_told("/ezca/b.yml: expected definitions named <product>.yaml only");
    assert_told("/ezca/c.YAML: expected definitions");
    assert_int_equal(errors.count, 2);
    put_product(".", "d.yaml", "ezca-fourth");
    put_product("ezca/deep", "e.yaml", "ezca-fifth1");
    catalogue_examine_names(directory, &errors);
    assert_told("/d.yaml: expected folders of authorities");
    assert_told("/ezca/deep: expected definitions");
}

static void test_catalogue__empty_directory_is_a_mistake(void **state)
{
    (void)state;
    struct catalogue *catalogue = NULL;
    assert_int_equal(catalogue_open(directory, &errors, &catalogue), STATUS_CONFIG);
    assert_told("expected <authority>/<product>.yaml, found none");
    assert_null(catalogue);
}

/* How many of the shipped products somebody means who types this. */
static size_t found(const struct catalogue *catalogue, const char *text)
{
    size_t count = 0;
    for (size_t i = 0; i < catalogue->count; i++)
        count += product_search_finds(catalogue->products[i], text);
    return count;
}

static void test_catalogue__products_are_found_by_characters_area_and_pinyin(void **state)
{
    (void)state;
    struct catalogue *catalogue = NULL;
    assert_int_equal(catalogue_open(SHIPPED, &errors, &catalogue), STATUS_OK);
    const struct product *product = catalogue_find(catalogue, "ezca-cqzfcg");
    assert_int_equal(found(catalogue, ""), catalogue->count);
    assert_int_equal(found(catalogue, "政府采购网"), 1);
    assert_true(product_search_finds(product, "重庆 供应商")); /* area and class */
    assert_true(product_search_finds(product, "ZFCG") && product_search_finds(product, "zhengfu caigou"));
    assert_true(found(catalogue, "江苏") > 1 && !product_search_finds(product, "江苏"));
    assert_int_equal(found(catalogue, "江苏 zfcg"), 0);
    assert_int_equal(found(catalogue, "不动产"), 0);
    FEATURE("F027");
    assert_true(product_search_spells(product, "zheng fu'cai") && !product_search_spells(product, "hu nan"));
    for (size_t i = 0; i < catalogue->count; i++)
        assert_true(catalogue->products[i]->search_count > 0);
    catalogue_free(catalogue);
}

static bool has_way(const struct product *product, const char *part)
{
    for (size_t i = 0; i < product->way_count; i++)
        if (strstr(product->ways[i].line, part) != NULL)
            return true;
    return false;
}

/* Every authority says what its orders' buttons are called, who else serves, and how results are told. */
static void test_catalogue__each_product_has_buttons_ways_and_channels_of_its_own(void **state)
{
    (void)state;
    struct catalogue *catalogue = NULL;
    assert_int_equal(catalogue_open(SHIPPED, &errors, &catalogue), STATUS_OK);
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct product *product = catalogue->products[i];
        assert_non_null(product_button_label(product, ORDER_STATE_DRAFT, PRODUCT_ACT_RESUME));
        assert_non_null(product_button_label(product, ORDER_STATE_DONE, PRODUCT_ACT_VIEW));
        assert_true(product->way_count > 0 && product->channel_count > 0 && product->saying_count > 0);
    }
    const struct product *cfca = catalogue_find(catalogue, "cfca-suqian-unit");
    const struct product *gxca = catalogue_find(catalogue, "gxca-suqian-person");
    const struct product *online = catalogue_find(catalogue, "gxca-online");
    const struct product *bzt = catalogue_find(catalogue, "bzt-unit");
    assert_string_equal(product_says(cfca, PRODUCT_MESSAGE_FOLLOW),
                        "如审核未通过，将通知经办人，重新提交申请材料");
    assert_true(has_way(cfca, "宿迁市便民方舟2号楼9楼大厅1、2号窗口"));
    assert_true(has_way(gxca, "B909-B910国信CA窗口，9:00-12:00、14:00-17:30"));
    assert_string_equal(product_button_label(gxca, ORDER_STATE_DRAFT, PRODUCT_ACT_RESUME), "修改/提交");
    assert_string_equal(product_button_label(online, ORDER_STATE_PAYING, PRODUCT_ACT_PAY), "订单支付");
    assert_string_equal(product_button_label(online, ORDER_STATE_DONE, PRODUCT_ACT_VIEW), "查看记录");
    assert_true(has_way(online, "目前仅支持支付宝扫码"));
    assert_true(has_way(bzt, "点“立即申请证书”"));
    FEATURE("F002");
    catalogue_free(catalogue);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_catalogue__shipped_catalogue_is_read),
        TEST(test_catalogue__products_stand_in_the_order_of_their_ids),
        TEST(test_catalogue__product_of_a_lower_rank_stands_first),
        TEST(test_catalogue__products_of_the_halls_region_stand_first),
        TEST(test_catalogue__each_product_has_buttons_ways_and_channels_of_its_own),
        TEST(test_catalogue__products_are_found_by_characters_area_and_pinyin),
        TEST(test_catalogue__a_register_has_one_key_whoever_compares_with_it),
        TEST(test_catalogue__mistakes_of_all_files_are_told_together),
        TEST(test_catalogue__what_is_not_read_is_told_to_who_checks),
        TEST(test_catalogue__empty_directory_is_a_mistake),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
