/* The real screens over the real services, from the first touch to the key in the hand, in every look. With
 * CERTKIOSK_PICTURES in the environment a picture of every page is left in the build folder's "pictures". */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/robot_visit.h"

#define ASSETS TEST_BUILD_DIR "/assets"

static int setup(void **state)
{
    return hall_setup(state, TEST_SOURCE_DIR);
}

struct person {
    struct hall_program terminal, desk;
    struct robot robot;
};

static struct person *begin(struct hall *hall, const struct robot_settings *settings)
{
    struct person *person = calloc(1, sizeof(*person));
    assert_non_null(person);
    hall_add_clerk(hall, "chen");
    hall_program_start(&person->terminal, hall, 1, "terminal-01");
    hall_program_start(&person->desk, hall, 0, "desk-01");
    robot_open(&person->robot, &person->terminal, settings);
    return person;
}

static void end(struct person *person)
{
    unsigned faults = robot_faults(&person->robot);
    robot_close(&person->robot);
    hall_program_end(&person->desk);
    hall_program_end(&person->terminal);
    free(person);
    assert_int_equal(0, faults);
}

static void go_through(const struct robot_visit *visit, struct hall_program *desk)
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
    robot_visit_issue(visit);
    robot_visit_pin(visit);
    robot_visit_take(visit);
}

static const char *pictures(void)
{
    return getenv("CERTKIOSK_PICTURES") == NULL ? NULL : TEST_BUILD_DIR "/pictures";
}

/* A whole visit driven in this look, every page judged; and where `look` is given, in every look. */
static void visit_in(struct hall *hall, int width, int height, enum theme_kind theme,
                     const struct hall_visit_answer *(*answers)(size_t *count),
                     void (*look)(struct robot *robot, const char *name))
{
    struct person *person = begin(
        hall,
        &(struct robot_settings){
            .assets = ASSETS, .pictures = pictures(), .width = width, .height = height, .theme = theme});
    struct robot_visit visit = {.robot = &person->robot, .look = look};
    visit.answers = answers(&visit.answer_count);
    go_through(&visit, &person->desk);
    assert_int_equal(48000, payment_fake_taken_fen(hall->gateway));
    assert_int_equal(1, authority_fake_counts(hall->ca).confirmed);
    end(person);
}

static void look_long(struct robot *robot, const char *name)
{
    char longer[96];
    (void)snprintf(longer, sizeof(longer), "long-%s", name);
    robot_look(robot, longer);
}

static void test_screens__every_page_of_a_visit_is_good_in_every_look(void **state)
{
    visit_in(*state, 1920, 1080, THEME_STANDARD, robot_answers, robot_look);
}

static void test_screens__longest_values_are_good_in_every_look(void **state)
{
    visit_in(*state, 1080, 1920, THEME_STANDARD, robot_answers_long, look_long);
}

static void test_screens__visit_in_large_letters(void **state)
{
    visit_in(*state, 1920, 1080, THEME_CARE, robot_answers_short, NULL);
}

static void test_screens__visit_in_high_contrast(void **state)
{
    visit_in(*state, 1920, 1080, THEME_CONTRAST, robot_answers_long, NULL);
}

static void test_screens__upright_visit_in_large_letters(void **state)
{
    visit_in(*state, 1080, 1920, THEME_CARE, robot_answers, NULL);
}

static void test_screens__upright_visit_in_high_contrast(void **state)
{
    visit_in(*state, 1080, 1920, THEME_CONTRAST, robot_answers_short, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_screens__every_page_of_a_visit_is_good_in_every_look, setup,
                                        hall_teardown),
        cmocka_unit_test_setup_teardown(test_screens__longest_values_are_good_in_every_look, setup,
                                        hall_teardown),
        cmocka_unit_test_setup_teardown(test_screens__visit_in_large_letters, setup, hall_teardown),
        cmocka_unit_test_setup_teardown(test_screens__visit_in_high_contrast, setup, hall_teardown),
        cmocka_unit_test_setup_teardown(test_screens__upright_visit_in_large_letters, setup, hall_teardown),
        cmocka_unit_test_setup_teardown(test_screens__upright_visit_in_high_contrast, setup, hall_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
