/* touch-driver: random touches by seed at the real screens over the real services, the checker after each
 * event.
 *
 * usage: touch-driver [--seed N] [--count N] [--log FILE]
 * A visit is brought to a drawn step in a drawn look, then a hand that knows nothing has it for a while, then
 * nobody touches it any more and it must end: welcome page, standard look, nothing of the person left on it.
 * Exit codes: 0 no fault; 1 faults, told on standard error with the seed; 2 usage.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "tests/touch/touch_hand.h"

enum { EVENTS_A_VISIT = 120, STOPS = 10, IDLE_ROUNDS = 12, IDLE_ROUND_MS = 60000 };

struct run {
    struct random_seeded random;
    struct hall hall;
    struct hall_program terminal, desk;
    FILE *log;
    uint64_t seed, count, events;
    unsigned faults, visits;
};

static void read_hand_options(struct run *run, int argc, char **argv)
{
    static const struct option options[] = {{"seed", required_argument, NULL, 's'},
                                            {"count", required_argument, NULL, 'c'},
                                            {"log", required_argument, NULL, 'l'},
                                            {0}};
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (option == 's')
            run->seed = strtoull(optarg, NULL, 10);
        else if (option == 'c')
            run->count = strtoull(optarg, NULL, 10);
        else if (option == 'l')
            run->log = fopen(optarg, "w");
        else
            exit(2);
    }
}

/* The first `stops` stops of a good visit are gone. */
static void go(const struct robot_visit *visit, struct hall_program *desk, int stops)
{
    int stop = 0;
    if (stop++ < stops)
        robot_visit_choose(visit);
    if (stop++ < stops)
        robot_visit_login(visit);
    if (stop++ < stops)
        robot_visit_agree(visit);
    if (stop++ < stops)
        robot_visit_form(visit);
    if (stop++ < stops)
        robot_visit_print(visit);
    if (stop++ < stops)
        robot_visit_scan(visit);
    if (stop++ < stops)
        robot_visit_identity(visit, desk);
    if (stop++ < stops)
        robot_visit_review(visit, desk);
    if (stop++ < stops)
        robot_visit_pay(visit, "blank");
    if (stop++ < stops)
        robot_visit_issue(visit);
}

/* Nothing of the person is on the page. */
static bool is_clean(struct robot *robot, const struct hall_visit_answer *answers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(answers[i].text) > 4 && robot_shows(robot, answers[i].text)) {
            (void)fprintf(stderr, "left on screen %s: %s\n", ui_screen_name(robot->ui), answers[i].id);
            return false;
        }
    return true;
}

/* Steps that make or hand over a key have no idle limit: there a person puts the key in or takes it. */
static bool has_ended(struct robot *robot)
{
    static const char *const without_limit[] = {"issue", "pin", "done"};
    for (size_t i = 0; i < sizeof(without_limit) / sizeof(without_limit[0]); i++)
        if (strcmp(ui_screen_name(robot->ui), without_limit[i]) == 0)
            return true;
    return strcmp(ui_screen_name(robot->ui), "welcome") == 0 && ui_theme(robot->ui) == THEME_STANDARD;
}

static void leave_alone(struct run *run, struct robot *robot)
{
    size_t count = 0;
    const struct hall_visit_answer *answers = robot_answers(&count);
    for (int i = 0; i < IDLE_ROUNDS && !has_ended(robot); i++) {
        robot_pass(robot, IDLE_ROUND_MS);
        robot_run(robot, 50);
    }
    if (!has_ended(robot)) {
        (void)fprintf(stderr, "screen %s never ended by itself\n", ui_screen_name(robot->ui));
        run->faults++;
    } else if (strcmp(ui_screen_name(robot->ui), "welcome") == 0 && !is_clean(robot, answers, count)) {
        run->faults++;
    }
}

/* A hall of its own for each visit: a phone that was locked out would end all later ones. */
static void open_hall(struct run *run)
{
    hall_open(&run->hall, TEST_SOURCE_DIR);
    hall_add_clerk(&run->hall, "chen");
    hall_program_start(&run->desk, &run->hall, 0, "desk-01");
    hall_program_start(&run->terminal, &run->hall, 1, "terminal-01");
}

static void close_hall(struct run *run)
{
    hall_program_end(&run->terminal);
    hall_program_end(&run->desk);
    hall_close(&run->hall);
}

static void visit_once(struct run *run)
{
    struct robot robot;
    const struct stage_look *look = &stage_looks[random_below(&run->random.random, STAGE_LOOKS)];
    int stops = (int)random_below(&run->random.random, STOPS + 1);
    open_hall(run);
    robot_open(&robot, &run->terminal,
               &(struct robot_settings){.assets = TEST_BUILD_DIR "/assets",
                                        .width = look->width,
                                        .height = look->height,
                                        .theme = look->theme});
    struct touch_hand hand = {
        .robot = &robot, .random = &run->random.random, .log = run->log, .events = run->events};
    touch_hand_mend(&hand);
    go(&(struct robot_visit){.robot = &robot}, &run->desk, stops);
    for (int i = 0; i < EVENTS_A_VISIT && hand.events < run->count; i++)
        touch_hand_act(&hand);
    leave_alone(run, &robot);
    run->events = hand.events;
    run->faults += robot_faults(&robot);
    run->visits++;
    robot_close(&robot);
    close_hall(run);
}

int main(int argc, char **argv)
{
    struct run run = {.seed = 1, .count = 1000};
    read_hand_options(&run, argc, argv);
    random_seeded_init(&run.random, run.seed);
    while (run.events < run.count && run.faults == 0)
        visit_once(&run);
    (void)printf("%llu events in %u visits, seed %llu: %u faults\n", (unsigned long long)run.events,
                 run.visits, (unsigned long long)run.seed, run.faults);
    if (run.log != NULL)
        (void)fclose(run.log);
    return run.faults == 0 ? 0 : 1;
}
