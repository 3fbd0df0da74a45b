/* bench-frame: how long a page takes to be built and painted, without a window: 1920x1080, real screens over
 * the test hall, the form filled and Chinese input loaded.
 *
 * Prints "name median p95 p99" lines. Units: milliseconds. "full" paints the whole page, "build" makes the
 * tree anew after an event, "field" is what one typed letter costs (build and the dirty part); of
 * "page-slide" and "dialog-rise" the median is a frame on the way, p99 the first one.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kiosk/ui/idle.h"
#include "kiosk/ui/motion.h"
#include "tests/support/robot_visit.h"

enum { ROUNDS = 400, WARM_ROUNDS = 20 };

static double now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1000 + (double)now.tv_nsec / 1000000;
}

static int by_size(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static void measure(const char *name, struct robot *robot, void (*act)(struct robot *robot, int round))
{
    static double took[ROUNDS];
    for (int i = -WARM_ROUNDS; i < ROUNDS; i++) {
        double since = now_ms();
        act(robot, i);
        if (i >= 0)
            took[i] = now_ms() - since;
    }
    qsort(took, ROUNDS, sizeof took[0], by_size);
    (void)printf("%s %.3f %.3f %.3f\n", name, took[ROUNDS / 2], took[ROUNDS * 95 / 100],
                 took[ROUNDS * 99 / 100]);
    (void)fflush(stdout);
}

static void paint(struct robot *robot)
{
    (void)ui_paint(robot->ui, robot->pixels, robot->settings.width);
}

static void full(struct robot *robot, int round)
{
    (void)round;
    ui_damage(robot->ui);
    paint(robot);
}

/* One letter is typed and taken back in turns. */
static void type(struct robot *robot, int round)
{
    struct input_event event = {.kind = INPUT_EVENT_TEXT, .text = "a"};
    if (round % 2 != 0)
        event = (struct input_event){.kind = INPUT_EVENT_KEY, .key = INPUT_KEY_BACKSPACE};
    ui_handle(robot->ui, &event);
    paint(robot);
}

static void build(struct robot *robot, int round)
{
    (void)round;
    ui_invalidate(robot->ui);
    ui_tick(robot->ui);
    paint(robot);
}

/* A finger rests on a button that changes when it is pressed, then leaves it outside. */
static void press(struct robot *robot, int round)
{
    const struct widget *widget = widget_find(ui_tree(robot->ui), "bar.next");
    if (widget == NULL)
        return;
    struct rect r = layout_to_window(ui_layout(robot->ui), widget->rect);
    struct input_event event = {
        .kind = INPUT_EVENT_PRESS, .pointer = 1, .x = r.x + r.w / 2, .y = r.y + r.h / 2};
    if (round % 2 != 0)
        event.kind = INPUT_EVENT_CANCEL;
    ui_handle(robot->ui, &event);
    paint(robot);
}

static void pass(struct robot *robot, int ms)
{
    (void)atomic_fetch_add(&robot->program->hall->time.passed_ms, ms);
    ui_tick(robot->ui);
}

/* Every eighth round begins the change and keeps the picture before; the others are its frames. */
static void slide(struct robot *robot, int round)
{
    if (round % 8 == 0)
        ui_replace(robot->ui, SCREEN_FORM, NULL);
    pass(robot, MOTION_FRAME_MS);
    paint(robot);
}

/* The idle warning, which every page has. */
static void rise(struct robot *robot, int round)
{
    if (round % 8 == 0) {
        ui_idle_limit(robot->ui, IDLE_NEVER_MS);
        ui_invalidate(robot->ui);
        ui_tick(robot->ui);
        paint(robot);
        ui_idle_limit(robot->ui, 1);
    }
    pass(robot, MOTION_FRAME_MS);
    paint(robot);
}

int main(void)
{
    static struct hall hall;
    static struct hall_program terminal;
    static struct robot robot;
    hall_open(&hall, TEST_SOURCE_DIR);
    hall_program_start(&terminal, &hall, 1, "terminal-01");
    robot_open(&robot, &terminal,
               &(struct robot_settings){.assets = TEST_BUILD_DIR "/assets", .width = 1920, .height = 1080});
    const struct robot_visit visit = {.robot = &robot};
    measure("welcome-full", &robot, full);
    robot_visit_choose(&visit);
    robot_visit_login(&visit);
    robot_visit_agree(&visit);
    measure("form-full", &robot, full);
    measure("form-build", &robot, build);
    measure("form-press", &robot, press);
    measure("page-slide", &robot, slide);
    measure("dialog-rise", &robot, rise);
    ui_idle_limit(robot.ui, IDLE_NEVER_MS);
    robot_tap(&robot, "form.company");
    measure("keyboard-full", &robot, full);
    measure("keyboard-letter", &robot, type);
    robot_close(&robot);
    hall_program_end(&terminal);
    hall_close(&hall);
    return 0;
}
