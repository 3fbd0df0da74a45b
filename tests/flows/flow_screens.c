/* The real screens over the real services, from the first touch to the key in the hand, in every look. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
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
    robot_visit_review(visit, desk);
    robot_visit_pay(visit, "key-1");
    robot_visit_issue(visit);
    robot_visit_pin(visit);
    robot_visit_take(visit);
}

static void test_screens__every_page_of_a_visit_is_good_in_every_look(void **state)
{
    struct person *person = begin(
        *state, &(struct robot_settings){
                    .assets = ASSETS, .pictures = TEST_BUILD_DIR "/pictures", .width = 1920, .height = 1080});
    go_through(&(struct robot_visit){.robot = &person->robot, .look = robot_look}, &person->desk);
    assert_int_equal(48000, payment_fake_taken_fen(((struct hall *)*state)->gateway));
    end(person);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_screens__every_page_of_a_visit_is_good_in_every_look, setup,
                                        hall_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
