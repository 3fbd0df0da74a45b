/* Pinyin against the dictionary as it was built: what comes first, what is selected, and that nothing stays.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "kiosk/base/text.h"
#include "kiosk/input/pinyin.h"

#define DATA TEST_BUILD_DIR "/assets/rime/build"
#define SURNAMES TEST_SOURCE_DIR "/assets/rime/surnames.txt"

static int open_pinyin(void **state)
{
    struct pinyin *pinyin = NULL;
    enum status status = pinyin_open(DATA, SURNAMES, &pinyin, NULL);
    *state = pinyin;
    return status == STATUS_OK ? 0 : -1;
}

static int close_pinyin(void **state)
{
    pinyin_close(*state);
    return 0;
}

static void type(struct pinyin *pinyin, const char *letters)
{
    for (; *letters; letters++)
        assert_true(pinyin_key(pinyin, *letters));
}

/* The place of a text among the candidates, from 1; 0 when it is not there. */
static size_t place_of(const struct pinyin *pinyin, const char *text)
{
    for (size_t i = 0; i < pinyin_candidate_count(pinyin); i++)
        if (strcmp(pinyin_candidate(pinyin, i), text) == 0)
            return i + 1;
    return 0;
}

static void assert_first(struct pinyin *pinyin, const char *letters, const char *text)
{
    pinyin_forget(pinyin);
    type(pinyin, letters);
    if (strcmp(pinyin_candidate(pinyin, 0), text) != 0)
        print_message("%s: first is %s, %s is number %zu\n", letters, pinyin_candidate(pinyin, 0), text,
                      place_of(pinyin, text));
    assert_string_equal(pinyin_candidate(pinyin, 0), text);
}

static void test_pinyin__regions_companies_and_form_words_come_first(void **state)
{
    static const char *const cases[][2] = {
        {"chongqing", "重庆"},
        {"chongqingshi", "重庆市"},
        {"nananqu", "南岸区"},
        {"youxiangongsi", "有限公司"},
        {"gufenyouxiangongsi", "股份有限公司"},
        {"jianshejituan", "建设集团"},
        {"gongchengzixun", "工程咨询"},
        {"jiulongpoqu", "九龙坡区"},
        {"wulumuqi", "乌鲁木齐"},
        {"tongyishehuixinyongdaima", "统一社会信用代码"},
        {"fadingdaibiaoren", "法定代表人"},
        {"jingbanren", "经办人"},
        {"wangshangfangdichan", "网上房地产"},
        {"nongcunshangyeyinhang", "农村商业银行"},
        {"kuaijishishiwusuo", "会计师事务所"},
        {"xiangmujingli", "项目经理"},
        {"yezhuweiyuanhui", "业主委员会"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_first(*state, cases[i][0], cases[i][1]);
}

static void test_pinyin__candidates_are_simplified(void **state)
{
    struct pinyin *pinyin = *state;
    type(pinyin, "guangdong");
    assert_string_equal(pinyin_candidate(pinyin, 0), "广东");
    assert_int_equal(place_of(pinyin, "廣東"), 0);
    assert_string_equal(pinyin_preedit(pinyin), "guang dong");
    assert_string_equal(pinyin_letters(pinyin), "guangdong");
}

static void test_pinyin__selecting_a_part_keeps_the_rest_composing(void **state)
{
    struct pinyin *pinyin = *state;
    char text[PINYIN_TEXT_BYTES];
    type(pinyin, "chongqingshililu");
    size_t city = place_of(pinyin, "重庆");
    assert_true(city > 0);
    assert_int_equal(pinyin_select(pinyin, city - 1, text), STATUS_OK);
    assert_string_equal(text, "");
    assert_true(pinyin_is_composing(pinyin));
    assert_string_equal(pinyin_preedit(pinyin), "重庆shi li lu");
    size_t rest = place_of(pinyin, "实力");
    assert_true(rest > 0);
    assert_int_equal(pinyin_select(pinyin, rest - 1, text), STATUS_OK);
    size_t road = place_of(pinyin, "路");
    assert_true(road > 0);
    assert_int_equal(pinyin_select(pinyin, road - 1, text), STATUS_OK);
    assert_string_equal(text, "重庆实力路");
    assert_false(pinyin_is_composing(pinyin));
    assert_int_equal(pinyin_candidate_count(pinyin), 0);
    assert_string_equal(pinyin_preedit(pinyin), "");
}

static void test_pinyin__a_candidate_far_down_the_list_is_taken(void **state)
{
    struct pinyin *pinyin = *state;
    char text[PINYIN_TEXT_BYTES] = "untouched", wanted[64];
    type(pinyin, "yi");
    assert_true(pinyin_candidate_count(pinyin) > 100);
    snprintf(wanted, sizeof wanted, "%s", pinyin_candidate(pinyin, 90));
    assert_int_equal(pinyin_select(pinyin, 100000, text), STATUS_NOT_FOUND);
    assert_string_equal(text, "untouched");
    assert_int_equal(pinyin_select(pinyin, 90, text), STATUS_OK);
    assert_string_equal(text, wanted);
}

static void test_pinyin__backspace_takes_letters_and_reopens_selections(void **state)
{
    struct pinyin *pinyin = *state;
    char text[PINYIN_TEXT_BYTES];
    assert_false(pinyin_backspace(pinyin));
    type(pinyin, "wo");
    assert_true(pinyin_backspace(pinyin));
    assert_string_equal(pinyin_letters(pinyin), "w");
    assert_true(pinyin_backspace(pinyin));
    assert_false(pinyin_is_composing(pinyin));
    assert_false(pinyin_backspace(pinyin));
    type(pinyin, "chongqingshililu");
    assert_int_equal(pinyin_select(pinyin, place_of(pinyin, "重庆") - 1, text), STATUS_OK);
    assert_true(pinyin_backspace(pinyin));
    assert_string_equal(pinyin_letters(pinyin), "chongqingshililu");
    assert_int_equal(text_length(pinyin_preedit(pinyin)), strlen(pinyin_preedit(pinyin)));
    assert_true(place_of(pinyin, "重庆") > 0);
}

static void test_pinyin__names_start_with_surnames_and_go_on_with_single_characters(void **state)
{
    struct pinyin *pinyin = *state;
    char text[PINYIN_TEXT_BYTES];
    pinyin_set_place(pinyin, PINYIN_PLACE_SURNAME);
    type(pinyin, "wangxiaoxiao");
    assert_string_equal(pinyin_candidate(pinyin, 0), "王");
    assert_string_equal(pinyin_candidate(pinyin, 1), "汪");
    assert_int_equal(text_length(pinyin_candidate(pinyin, 2)), 1);
    assert_int_equal(pinyin_select(pinyin, 0, text), STATUS_OK);
    assert_string_equal(pinyin_preedit(pinyin), "王xiao xiao");
    assert_int_equal(text_length(pinyin_candidate(pinyin, 0)), 2);
    assert_int_equal(text_length(pinyin_candidate(pinyin, 1)), 1);
    assert_int_equal(pinyin_select(pinyin, place_of(pinyin, "小") - 1, text), STATUS_OK);
    assert_int_equal(pinyin_select(pinyin, place_of(pinyin, "小") - 1, text), STATUS_OK);
    assert_string_equal(text, "王小小");
    type(pinyin, "ouyang");
    assert_string_equal(pinyin_candidate(pinyin, 0), "欧阳");
    pinyin_forget(pinyin);
    type(pinyin, "li");
    assert_string_not_equal(pinyin_candidate(pinyin, 0), "李"); /* the place is forgotten too */
    pinyin_set_place(pinyin, PINYIN_PLACE_SURNAME);
    assert_string_equal(pinyin_candidate(pinyin, 0), "李");
}

/* Every candidate of an input, in order. */
static void snapshot(struct pinyin *pinyin, const char *letters, char *out, size_t size)
{
    size_t used = 0;
    pinyin_forget(pinyin);
    type(pinyin, letters);
    out[0] = '\0';
    for (size_t i = 0; i < pinyin_candidate_count(pinyin) && used + 80 < size; i++)
        used += (size_t)snprintf(out + used, size - used, "%s ", pinyin_candidate(pinyin, i));
    pinyin_forget(pinyin);
}

static void test_pinyin__nothing_is_learnt_from_repeated_selections(void **state)
{
    struct pinyin *pinyin = *state;
    static char before[16384], after[16384];
    char text[PINYIN_TEXT_BYTES];
    snapshot(pinyin, "xiaoxiao", before, sizeof before);
    for (int round = 0; round < 8; round++) {
        type(pinyin, "xiaoxiao");
        assert_int_equal(pinyin_select(pinyin, 5, text), STATUS_OK);
        while (pinyin_is_composing(pinyin))
            assert_int_equal(pinyin_select(pinyin, 3, text), STATUS_OK);
        assert_string_not_equal(text, "");
    }
    snapshot(pinyin, "xiaoxiao", after, sizeof after);
    assert_true(strlen(before) > 40);
    assert_string_equal(before, after);
}

static void test_pinyin__forget_leaves_nothing_for_the_next_applicant(void **state)
{
    struct pinyin *pinyin = *state;
    char text[PINYIN_TEXT_BYTES];
    type(pinyin, "wangxiaoxiaodedizhi");
    assert_int_equal(pinyin_select(pinyin, 3, text), STATUS_OK);
    pinyin_forget(pinyin);
    assert_false(pinyin_is_composing(pinyin));
    assert_string_equal(pinyin_preedit(pinyin), "");
    assert_string_equal(pinyin_letters(pinyin), "");
    assert_string_equal(pinyin_candidate(pinyin, 0), "");
    assert_int_equal(pinyin_select(pinyin, 0, text), STATUS_NOT_FOUND);
    type(pinyin, "chongqing");
    assert_int_equal(pinyin_select(pinyin, 0, text), STATUS_OK);
    assert_string_equal(text, "重庆");
}

static void test_pinyin__a_long_company_name_is_one_input(void **state)
{
    struct pinyin *pinyin = *state;
    struct timespec before, after;
    clock_gettime(CLOCK_MONOTONIC, &before);
    assert_first(pinyin, "chongqingshijianshegongchengzixunyouxianzerengongsi",
                 "重庆市建设工程咨询有限责任公司");
    clock_gettime(CLOCK_MONOTONIC, &after);
    print_message("51 letters: %.1f ms\n", (double)(after.tv_sec - before.tv_sec) * 1e3 +
                                               (double)(after.tv_nsec - before.tv_nsec) / 1e6);
    for (int i = 0; i < 2 * PINYIN_LETTERS_MAX; i++)
        (void)pinyin_key(pinyin, 'a');
    assert_int_equal(strlen(pinyin_letters(pinyin)), PINYIN_LETTERS_MAX);
    assert_true(text_is_valid(pinyin_preedit(pinyin), strlen(pinyin_preedit(pinyin))));
}

static void test_pinyin__other_keys_are_refused(void **state)
{
    struct pinyin *pinyin = *state;
    for (int c = 0; c < 256; c++)
        if (!(c >= 'a' && c <= 'z'))
            assert_false(pinyin_key(pinyin, (char)c));
    assert_false(pinyin_is_composing(pinyin));
    type(pinyin, "xi'an");
    assert_string_equal(pinyin_candidate(pinyin, 0), "西安");
    pinyin_forget(pinyin);
    for (const char *garbage = "vvvvqqqqxzxzxz''''zzz"; *garbage; garbage++) /* no pinyin at all */
        (void)pinyin_key(pinyin, *garbage);
    while (pinyin_backspace(pinyin))
        ;
    assert_string_equal(pinyin_letters(pinyin), "");
}

static void test_pinyin__random_keys_never_break_it(void **state)
{
    struct pinyin *pinyin = *state;
    char text[PINYIN_TEXT_BYTES];
    unsigned seed = 7;
    for (int i = 0; i < 600; i++) {
        seed = seed * 1103515245u + 12345u;
        unsigned dice = seed >> 16;
        if (dice % 12 == 0)
            (void)pinyin_backspace(pinyin);
        else if (dice % 12 == 1)
            (void)!pinyin_select(pinyin, dice % 40, text);
        else if (dice % 97 == 2)
            pinyin_forget(pinyin);
        else
            (void)pinyin_key(pinyin, "aeiouzhngxqjlmdb'"[dice % 17]);
        assert_true(pinyin_candidate_count(pinyin) <= PINYIN_CANDIDATES_MAX);
        assert_true(text_is_valid(pinyin_preedit(pinyin), strlen(pinyin_preedit(pinyin))));
    }
}

static void test_pinyin__only_one_can_be_open(void **state)
{
    struct pinyin *second = *state;
    assert_int_equal(pinyin_open(DATA, SURNAMES, &second, NULL), STATUS_BAD_STATE);
    assert_ptr_equal(second, *state);
}

static void test_pinyin__missing_or_damaged_data_are_told(void **state)
{
    struct pinyin *pinyin = NULL;
    struct failure failure = {0};
    char folder[] = "/tmp/pinyin-XXXXXX", command[512];
    (void)state;
    assert_int_equal(pinyin_open("/nonexistent", NULL, &pinyin, &failure), STATUS_NOT_FOUND);
    assert_non_null(strstr(failure.text, "/nonexistent"));
    assert_non_null(mkdtemp(folder));
    snprintf(command, sizeof command, "cp %s/* %s && head -c 4096 /dev/zero > %s/certkiosk.table.bin", DATA,
             folder, folder);
    assert_int_equal(system(command), 0);
    assert_int_equal(pinyin_open(folder, NULL, &pinyin, &failure), STATUS_NOT_FOUND);
    assert_null(pinyin);
    snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0);
    pinyin_close(NULL);
}

/* A folder nobody may write to is enough, and what it holds is the same afterwards. As root the mode forbids
 * nothing; then the comparison of names, sizes and times is the proof. */
static void test_pinyin__nothing_is_written(void **state)
{
    struct pinyin *pinyin = NULL;
    char folder[] = "/tmp/pinyin-XXXXXX", command[1024], text[PINYIN_TEXT_BYTES];
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(command, sizeof command,
             "mkdir %s/data && cp %s/* %s/data && chmod 0444 %s/data/* && chmod 0555 %s/data && cd %s && "
             "ls -lA --full-time data > before",
             folder, DATA, folder, folder, folder, folder);
    assert_int_equal(system(command), 0);
    snprintf(command, sizeof command, "%s/data", folder);
    assert_int_equal(chdir(folder), 0);
    assert_int_equal(pinyin_open(command, SURNAMES, &pinyin, NULL), STATUS_OK);
    for (int i = 0; i < 3; i++) {
        type(pinyin, "wangxiaoxiao");
        while (pinyin_is_composing(pinyin))
            assert_int_equal(pinyin_select(pinyin, 2, text), STATUS_OK);
        pinyin_forget(pinyin);
    }
    pinyin_close(pinyin);
    assert_int_equal(system("ls -lA --full-time data > after; cmp before after && test $(ls | wc -l) = 3"),
                     0);
    assert_int_equal(chdir("/"), 0);
    snprintf(command, sizeof command, "chmod 0755 %s/data && rm -r %s", folder, folder);
    assert_int_equal(system(command), 0);
}

#define WITH(name) cmocka_unit_test_setup_teardown(name, open_pinyin, close_pinyin)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(test_pinyin__regions_companies_and_form_words_come_first),
        WITH(test_pinyin__candidates_are_simplified),
        WITH(test_pinyin__selecting_a_part_keeps_the_rest_composing),
        WITH(test_pinyin__a_candidate_far_down_the_list_is_taken),
        WITH(test_pinyin__backspace_takes_letters_and_reopens_selections),
        WITH(test_pinyin__names_start_with_surnames_and_go_on_with_single_characters),
        WITH(test_pinyin__nothing_is_learnt_from_repeated_selections),
        WITH(test_pinyin__forget_leaves_nothing_for_the_next_applicant),
        WITH(test_pinyin__a_long_company_name_is_one_input),
        WITH(test_pinyin__other_keys_are_refused),
        WITH(test_pinyin__random_keys_never_break_it),
        WITH(test_pinyin__only_one_can_be_open),
        cmocka_unit_test(test_pinyin__missing_or_damaged_data_are_told),
        cmocka_unit_test(test_pinyin__nothing_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
