/* Products of other authorities than the sample's, from the first touch to the key in the hand, each with its
 * own form, papers, agreement and price. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/support/feature.h"
#include "tests/support/hall_order.h"
#include "tests/support/robot_visit.h"

#define ASSETS TEST_BUILD_DIR "/assets"
#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const struct hall_visit_answer cfca_unit[] = {{"company", "宿迁示例建设有限公司"},
                                                     {"unit_id_type", "统一社会信用代码证号"},
                                                     {"credit_code", "91500108MA6000016R"},
                                                     {"agent_name", "张小丽"},
                                                     {"agent_id", "110101199003070417"},
                                                     {"agent_id_type", "身份证"},
                                                     {"agent_mobile", HALL_PHONE},
                                                     {"agent_email", "zhang@example.cn"},
                                                     {"agent_address", "江苏省宿迁市示例路 1 号"}};

static const struct hall_visit_answer cfca_person[] = {
    {"person_name", "王小明"},           {"id_type", "身份证"},
    {"id_number", "110101199003070353"}, {"person_mobile", HALL_PHONE},
    {"person_email", "wang@example.cn"}, {"person_address", "江苏省宿迁市示例路 1 号"}};

static const struct hall_visit_answer cfca_agent[] = {{"person_name", "王小明"},
                                                      {"id_type", "身份证"},
                                                      {"id_number", "110101199003070353"},
                                                      {"person_mobile", "13900000000"},
                                                      {"person_email", "wang@example.cn"},
                                                      {"person_address", "江苏省宿迁市示例路 1 号"},
                                                      {"agent_name", "张小丽"},
                                                      {"agent_id", "110101199003070417"}};

static const char *const three_sealed_years[] = {"years.3", "seal.yes"};
static const char *const sent_somebody[] = {"years.2", "agent.yes"};

static int setup(void **state)
{
    return hall_setup(state, TEST_SOURCE_DIR);
}

/* To the issuing: everything before the first key. */
static void begin(const struct robot_visit *visit, struct hall_program *desk)
{
    robot_visit_choose(visit);
    robot_visit_login(visit);
    robot_visit_agree(visit);
    robot_visit_form(visit);
    robot_visit_print(visit);
    robot_visit_scan(visit);
    robot_visit_identity(visit, desk);
    robot_visit_review(visit, desk);
    robot_visit_pay(visit, "key-1");
}

/* The certificate that was made ends after so many years, within the minutes its making took. */
static void assert_lasts(const struct hall_program *terminal, unsigned years)
{
    int64_t left_s =
        services_visit(terminal->services)->issue.not_after_utc_s - hall_now_utc_s(terminal->hall);
    assert_in_range(left_s, (int64_t)years * 365 * 86400 - 3600, (int64_t)years * 365 * 86400 + 3600);
}

/* A new certificate of this product is made, paid with so much and taken. */
static void assert_made(struct hall *hall, const struct robot_visit *sample, int width, int height,
                        enum theme_kind theme, int64_t fen, unsigned years)
{
    struct hall_program terminal, desk;
    struct robot *robot = calloc(1, sizeof(*robot));
    struct robot_visit visit = *sample;
    assert_non_null(robot);
    hall_add_clerk(hall, "chen");
    hall_program_start(&terminal, hall, 1, "terminal-01");
    hall_program_start(&desk, hall, 0, "desk-01");
    robot_open(robot, &terminal,
               &(struct robot_settings){.assets = ASSETS, .width = width, .height = height, .theme = theme});
    visit.robot = robot;
    begin(&visit, &desk);
    robot_visit_issue(&visit);
    assert_lasts(&terminal, years);
    robot_visit_pin(&visit);
    robot_visit_take(&visit);
    assert_int_equal(payment_fake_taken_fen(hall->gateway), fen);
    assert_int_equal(authority_fake_counts(hall->ca).confirmed, 1);
    assert_int_equal(robot_faults(robot), 0);
    robot_close(robot);
    free(robot);
    hall_program_end(&desk);
    hall_program_end(&terminal);
}

static const struct robot_visit gxca = {.product = "gxca-suqian-unit",
                                        .class_id = "unit",
                                        .answers = robot_gxca_unit,
                                        .answer_count = ROBOT_GXCA_UNIT};
static const struct robot_visit cfca = {.product = "cfca-suqian-unit",
                                        .class_id = "unit",
                                        .answers = cfca_unit,
                                        .answer_count = COUNT(cfca_unit)};

static const struct robot_visit gxca_years = {.product = "gxca-suqian-unit",
                                              .class_id = "unit",
                                              .answers = robot_gxca_unit,
                                              .answer_count = ROBOT_GXCA_UNIT,
                                              .wishes = three_sealed_years,
                                              .wish_count = COUNT(three_sealed_years)};
static const struct robot_visit cfca_own = {.product = "cfca-suqian-person",
                                            .class_id = "person",
                                            .answers = cfca_person,
                                            .answer_count = COUNT(cfca_person)};
static const struct robot_visit cfca_sent = {.product = "cfca-suqian-person",
                                             .class_id = "person",
                                             .answers = cfca_agent,
                                             .answer_count = COUNT(cfca_agent),
                                             .wishes = sent_somebody,
                                             .wish_count = COUNT(sent_somebody)};

/* 150 + 2 x 100 for the certificate, 3 x 100 for the seal (catalogue: 国信CA fee table). */
static void test_products__three_years_with_a_seal_cost_six_hundred_and_fifty(void **state)
{
    assert_made(*state, &gxca_years, 1920, 1080, THEME_STANDARD, 65000, 3);
}

static const char *const two_keys[] = {"keys.more"};
static const struct robot_visit gxca_two = {.product = "gxca-suqian-unit",
                                            .class_id = "unit",
                                            .answers = robot_gxca_unit,
                                            .answer_count = ROBOT_GXCA_UNIT,
                                            .wishes = two_keys,
                                            .wish_count = COUNT(two_keys)};

/* Two keys at once are made one after the other; the first one is never written over, even when it stays in
 * the writer; both certificates are the order's. */
static void test_products__two_keys_are_made_one_after_the_other(void **state)
{
    struct hall *hall = *state;
    struct hall_program terminal, desk;
    struct hall_order_sum sum;
    struct robot *robot = calloc(1, sizeof(*robot));
    struct robot_visit visit = gxca_two;
    assert_non_null(robot);
    hall_add_clerk(hall, "chen");
    hall_program_start(&terminal, hall, 1, "terminal-01");
    hall_program_start(&desk, hall, 0, "desk-01");
    robot_open_wide(robot, &terminal);
    visit.robot = robot;
    begin(&visit, &desk);
    robot_until_screen(robot, "pin");
    robot_visit_pin_to(&visit, "issue");
    robot_until_text(robot, "这一支做好了");
    assert_int_equal(authority_fake_counts(hall->ca).confirmed, 1);
    token_fake_pull(hall->writers[0]);
    robot_run(robot, 600);
    token_fake_insert(hall->writers[0], "key-2");
    robot_until_screen(robot, "pin");
    robot_visit_pin(&visit);
    robot_until_text(robot, "2 支证书都办好了");
    hall_order_sum(hall, services_visit(terminal.services)->order.id, &sum);
    assert_int_equal(hall_order_certificates(&sum, STORE_CERTIFICATE_CONFIRMED), 2);
    FEATURE("F034");
    assert_int_equal(hall_order_keys(&sum, STORE_KEY_DELIVERED), 2);
    assert_int_equal(payment_fake_taken_fen(hall->gateway), 30000);
    robot_visit_take(&visit);
    robot_close(robot);
    free(robot);
    hall_program_end(&desk);
    hall_program_end(&terminal);
}

static void test_products__a_person_makes_an_own_certificate(void **state)
{
    assert_made(*state, &cfca_own, 1080, 1920, THEME_STANDARD, 7000, 1);
}

/* Two years at 70 and 20; the paper of who was sent is scanned, too, or nothing could be submitted. */
static void test_products__a_person_sends_somebody_for_two_years(void **state)
{
    assert_made(*state, &cfca_sent, 1920, 1080, THEME_CARE, 9000, 2);
}

static void test_products__gxca_unit_is_made_for_a_hundred_and_fifty(void **state)
{
    assert_made(*state, &gxca, 1920, 1080, THEME_STANDARD, 15000, 1);
}

static void test_products__gxca_unit_is_made_in_large_letters(void **state)
{
    assert_made(*state, &gxca, 1920, 1080, THEME_CARE, 15000, 1);
}

static void test_products__cfca_unit_is_made_for_a_hundred_and_fifty(void **state)
{
    assert_made(*state, &cfca, 1920, 1080, THEME_CONTRAST, 15000, 1);
}

static void test_products__cfca_unit_is_made_upright_in_large_letters(void **state)
{
    assert_made(*state, &cfca, 1080, 1920, THEME_CARE, 15000, 1);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, hall_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_products__three_years_with_a_seal_cost_six_hundred_and_fifty),
        TEST(test_products__two_keys_are_made_one_after_the_other),
        TEST(test_products__a_person_makes_an_own_certificate),
        TEST(test_products__a_person_sends_somebody_for_two_years),
        TEST(test_products__gxca_unit_is_made_for_a_hundred_and_fifty),
        TEST(test_products__gxca_unit_is_made_in_large_letters),
        TEST(test_products__cfca_unit_is_made_for_a_hundred_and_fifty),
        TEST(test_products__cfca_unit_is_made_upright_in_large_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
