/* A recorded visit is played back, past the shuffled pad, to the same screens; secrets are not in the file.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "kiosk/base/file.h"
#include "kiosk/ui/recording.h"
#include "kiosk/ui/touch.h"
#include "tests/support/hall_scene.h"
#include "tests/support/robot_visit.h"

enum { STEPS = 512, SEED = 7, FILE_BYTES = 64 * 1024 };

/* What stood under each recorded finger, so that a replay waits for the page the person saw. */
struct trail {
    struct recording *recording;
    bool records;
    size_t count;
    struct {
        char screen[32];
        char id[64];
        uint64_t page;
    } step[STEPS];
};

static struct robot robot;
static struct trail trail;

static int setup(void **state)
{
    trail = (struct trail){0};
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

static const struct widget *under(const struct input_event *event)
{
    int x = 0;
    int y = 0;
    layout_to_base(ui_layout(robot.ui), event->x, event->y, &x, &y);
    return widget_hit(ui_tree(robot.ui), x, y);
}

/* What could be pressed on the page: a person waits until it is there. */
static uint64_t page_number(void)
{
    uint64_t sum = 0;
    const unsigned counts = WIDGET_TARGET | WIDGET_REFUSES;
    for (const struct widget *w = widget_tree_root(ui_tree(robot.ui)); w != NULL; w = widget_next(w))
        if ((w->state & WIDGET_TARGET) != 0)
            sum = (sum ^ w->key ^ (w->state & counts)) * 0x100000001b3u;
    return sum;
}

static void note(void *context, struct robot *which, const struct input_event *event)
{
    struct trail *kept = context;
    const struct widget *w = under(event);
    if (!kept->records)
        return;
    recording_note(kept->recording, which->ui, event);
    assert_true(kept->count < STEPS);
    (void)snprintf(kept->step[kept->count].screen, sizeof(kept->step[0].screen), "%s",
                   ui_screen_name(which->ui));
    kept->step[kept->count].page = page_number();
    (void)snprintf(kept->step[kept->count++].id, sizeof(kept->step[0].id), "%s", w == NULL ? "" : w->id);
}

static const char *file(const struct hall_scene *scene)
{
    static char path[256];
    (void)snprintf(path, sizeof(path), "%s/events", scene->hall.directory);
    return path;
}

static void open_robot(struct hall_program *program, uint64_t seed)
{
    robot_open(&robot, program,
               &(struct robot_settings){.assets = TEST_BUILD_DIR "/assets",
                                        .width = 1920,
                                        .height = 1080,
                                        .seed = seed,
                                        .note = note,
                                        .note_context = &trail});
}

static void end(void)
{
    robot_close(&robot);
    assert_int_equal(0, robot_faults(&robot));
}

/* --- recording --------------------------------------------------------------------------------------- */

/* What the world does between paper and key, which no finger at the terminal does. */
static void pass_review_and_pay(struct hall_scene *scene, const char *key)
{
    const struct robot_visit visit = {.robot = &robot};
    robot_visit_identity(&visit, &scene->desk);
    robot_visit_review(&visit, &scene->desk);
    robot_visit_pay(&visit, key);
    robot_visit_issue(&visit);
}

/* Returns: how many steps the paper part took. */
static size_t record_visit(struct hall_scene *scene, bool keeps_pads)
{
    const struct robot_visit visit = {.robot = &robot};
    hall_order_begin(&scene->terminal, ORDER_STATE_PRINTING, &scene->order);
    assert_int_equal(STATUS_OK, recording_create(file(scene), keeps_pads, &trail.recording, NULL));
    open_robot(&scene->terminal, SEED);
    trail.records = true;
    robot_visit_print(&visit);
    robot_visit_scan(&visit);
    trail.records = false;
    size_t papers = trail.count;
    pass_review_and_pay(scene, "key-1");
    trail.records = true;
    robot_visit_pin(&visit);
    robot_visit_take(&visit);
    trail.records = false;
    end();
    recording_close(trail.recording);
    return papers;
}

/* --- playing back ------------------------------------------------------------------------------------ */

static bool stands_as_recorded(size_t i, const struct input_event *event)
{
    const struct widget *w = under(event);
    return strcmp(ui_screen_name(robot.ui), trail.step[i].screen) == 0 && w != NULL &&
           strcmp(w->id, trail.step[i].id) == 0 && page_number() == trail.step[i].page;
}

/* The scanner gets what it got, the writer is emptied when it was. */
static void play(struct hall_scene *scene, size_t from, size_t to)
{
    struct input_event event;
    const struct robot_visit visit = {.robot = &robot};
    for (size_t i = from; i < to; i++) {
        assert_true(recording_next(trail.recording, &event));
        bool is_press = event.kind == INPUT_EVENT_PRESS;
        if (is_press && strcmp(trail.step[i].screen, "done") == 0) {
            robot_until_screen(&robot, "done");
            token_fake_pull(scene->hall.writers[0]);
        }
        for (int turns = 0; is_press && !stands_as_recorded(i, &event); turns++) {
            if (turns > 1500)
                fail_msg("%s of screen %s is not where it was; now at %s", trail.step[i].id,
                         trail.step[i].screen, ui_screen_name(robot.ui));
            robot_run(&robot, 20);
        }
        if (is_press && strcmp(trail.step[i].screen, "scan") == 0)
            robot_visit_lay_next(&visit);
        robot_handle(&robot, &event);
        if (event.kind == INPUT_EVENT_RELEASE)
            robot_pass(&robot, TOUCH_GUARD_MS + 1);
    }
}

/* The pad of another seed has other digits under the same fingers. */
static void look_at_another_pad(struct hall_scene *scene, size_t from)
{
    struct input_event event;
    int moved = 0;
    hall_order_begin(&scene->terminal, ORDER_STATE_PRINTING, &scene->order);
    open_robot(&scene->terminal, SEED + 1);
    ui_reset(robot.ui, SCREEN_PIN, NULL);
    robot_turn(&robot);
    assert_int_equal(STATUS_OK, recording_open(file(scene), &trail.recording, NULL));
    for (size_t i = 0; recording_next(trail.recording, &event); i++)
        if (i >= from && strncmp(trail.step[i].id, "pad.", 4) == 0)
            moved += under(&event) == NULL || strcmp(under(&event)->id, trail.step[i].id) != 0;
    recording_close(trail.recording);
    robot_close(&robot);
    assert_true(moved > 0);
}

static void test_recording__a_visit_is_played_back_past_the_pad_of_its_seed_to_its_end(void **state)
{
    struct hall_scene *scene = *state;
    size_t papers = record_visit(scene, true);
    hall_order_begin(&scene->terminal, ORDER_STATE_PRINTING, &scene->order);
    assert_int_equal(STATUS_OK, recording_open(file(scene), &trail.recording, NULL));
    open_robot(&scene->terminal, SEED);
    play(scene, 0, papers);
    robot_until_screen(&robot, "identity");
    pass_review_and_pay(scene, "key-2");
    play(scene, papers, trail.count);
    robot_until_screen(&robot, "welcome");
    end();
    recording_close(trail.recording);
    assert_int_equal(ORDER_STATE_DONE, hall_scene_look(scene)->order.state);
    assert_int_equal(2, authority_fake_counts(scene->hall.ca).confirmed);
    look_at_another_pad(scene, papers);
}

/* --- secrets ----------------------------------------------------------------------------------------- */

static size_t lines_of(const struct hall_scene *scene, struct buf *text)
{
    size_t lines = 0;
    struct stat about;
    assert_int_equal(0, stat(file(scene), &about));
    assert_int_equal(0600, about.st_mode & 0777);
    buf_init(text, FILE_BYTES);
    assert_int_equal(STATUS_OK, file_read(file(scene), text, NULL));
    for (size_t i = 0; i < text->length; i++)
        lines += text->data[i] == '\n';
    return lines;
}

static void test_recording__touches_of_the_pin_pad_are_left_out(void **state)
{
    struct hall_scene *scene = *state;
    struct buf text;
    size_t digits = 0;
    size_t others = 0;
    (void)record_visit(scene, false);
    for (size_t i = 0; i < trail.count; i++) {
        bool is_pad = strncmp(trail.step[i].id, "pad.", 4) == 0;
        digits += is_pad && strlen(trail.step[i].id) == 5;
        others += !is_pad;
    }
    size_t lines = lines_of(scene, &text);
    assert_in_range(digits, 12, trail.count); /* six digits at least, twice */
    assert_in_range(lines, others, trail.count - digits);
    buf_release(&text);
}

static void test_recording__a_password_is_left_out(void **state)
{
    struct hall_scene *scene = *state;
    struct buf text;
    assert_int_equal(STATUS_OK, recording_create(file(scene), true, &trail.recording, NULL));
    trail.records = true;
    open_robot(&scene->desk, 0);
    robot_fill(&robot, "signin.name", "chen");
    robot_fill(&robot, "signin.password", "zhanghao-2026");
    trail.records = false;
    end();
    recording_close(trail.recording);
    (void)lines_of(scene, &text);
    assert_non_null(strstr((const char *)text.data, "6368656e")); /* chen */
    assert_null(strstr((const char *)text.data, "7a68616e67"));   /* zhang.. */
    buf_release(&text);
}

static void test_recording__a_missing_file_is_told(void **state)
{
    struct recording *recording = NULL;
    (void)state;
    assert_int_equal(STATUS_NOT_FOUND, recording_open("/nowhere/events", &recording, NULL));
    assert_int_equal(STATUS_IO, recording_create("/nowhere/events", false, &recording, NULL));
    assert_null(recording);
    recording_close(NULL);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, hall_scene_teardown)
    const struct CMUnitTest tests[] = {
        T(test_recording__a_visit_is_played_back_past_the_pad_of_its_seed_to_its_end),
        T(test_recording__touches_of_the_pin_pad_are_left_out),
        T(test_recording__a_password_is_left_out),
        T(test_recording__a_missing_file_is_told),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
