/* The loop on SDL's dummy driver: fingers and mouse through one path, the bell, dump, screenshot, recording.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <SDL.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kiosk/base/file.h"
#include "kiosk/base/json.h"
#include "kiosk/ui/loop.h"
#include "kiosk/ui/loop_sdl.h"
#include "tests/kiosk/ui/ui_samples.h"
#include "tests/support/ui_robot.h"

struct bench {
    struct ui_robot robot; /* fonts, icons and toolkit; its clock is the system's here */
    struct loop *loop;
    char directory[64];
    char dump[96], picture[96], record[96];
    int readies, drains;
};

static void on_ready(void *context)
{
    ((struct bench *)context)->readies++;
}

static void on_drain(void *context)
{
    ((struct bench *)context)->drains++;
}

static struct loop_settings settings_of(struct bench *b)
{
    return (struct loop_settings){.title = "test",
                                  .x = -1,
                                  .y = -1,
                                  .width = 1280,
                                  .height = 720,
                                  .borderless = true,
                                  .dump_path = b->dump,
                                  .screenshot_path = b->picture,
                                  .ready = on_ready,
                                  .drain = on_drain,
                                  .context = b};
}

static void open_ui(struct bench *b, const struct loop_settings *settings)
{
    struct font_settings fonts = {.regular = UI_ROBOT_FONTS "/NotoSansCJK-Regular.ttc",
                                  .bold = UI_ROBOT_FONTS "/NotoSansCJK-Bold.ttc"};
    assert_int_equal(loop_open(settings, &b->loop, NULL), STATUS_OK);
    assert_int_equal(font_open(&fonts, &b->robot.font, NULL), STATUS_OK);
    b->robot.icons = icon_set_new(TEST_SOURCE_DIR "/assets/icons");
    struct ui_settings ui = {.clock = clock_system(),
                             .font = b->robot.font,
                             .icons = b->robot.icons,
                             .screens = ui_sample_screens,
                             .screen_count = UI_SAMPLE_COUNT};
    int width, height;
    loop_size(b->loop, &width, &height);
    b->robot.ui = ui_new(&ui, width, height);
    ui_sample_header(b->robot.ui);
    ui_reset(b->robot.ui, UI_SAMPLE_FORM, NULL);
}

static void close_ui(struct bench *b)
{
    ui_free(b->robot.ui);
    font_close(b->robot.font);
    icon_set_free(b->robot.icons);
    loop_close(b->loop);
    memset(&b->robot, 0, sizeof b->robot);
    b->loop = NULL;
}

static int set_up(void **state)
{
    struct bench *b = calloc(1, sizeof *b);
    strcpy(b->directory, "/tmp/ui-loop-XXXXXX");
    if (!mkdtemp(b->directory))
        return -1;
    snprintf(b->dump, sizeof b->dump, "%s/dump.json", b->directory);
    snprintf(b->picture, sizeof b->picture, "%s/shot.png", b->directory);
    snprintf(b->record, sizeof b->record, "%s/events", b->directory);
    *state = b;
    return 0;
}

static int tear_down(void **state)
{
    struct bench *b = *state;
    close_ui(b);
    unlink(b->dump);
    unlink(b->picture);
    unlink(b->record);
    rmdir(b->directory);
    free(b);
    return 0;
}

static void steps(struct bench *b, int count)
{
    for (int i = 0; i < count; i++)
        assert_true(loop_step(b->loop, b->robot.ui, 1));
}

static SDL_Event finger(Uint32 type, const struct bench *b, const char *id, SDL_FingerID which)
{
    const struct widget *w = widget_find(ui_tree(b->robot.ui), id);
    struct rect r = layout_to_window(ui_layout(b->robot.ui), w->rect);
    SDL_Event event = {.tfinger = {.type = type, .fingerId = which}};
    event.tfinger.x = ((float)r.x + (float)r.w / 2) / 1280;
    event.tfinger.y = ((float)r.y + (float)r.h / 2) / 720;
    return event;
}

static SDL_Event mouse(Uint32 type, const struct bench *b, const char *id, Uint32 which)
{
    const struct widget *w = widget_find(ui_tree(b->robot.ui), id);
    struct rect r = layout_to_window(ui_layout(b->robot.ui), w->rect);
    SDL_Event event = {.button = {.type = type, .which = which, .button = SDL_BUTTON_LEFT}};
    event.button.x = r.x + r.w / 2;
    event.button.y = r.y + r.h / 2;
    return event;
}

static struct ui_sample_form_state *form(struct bench *b)
{
    return ui_screen_state(b->robot.ui);
}

static void test_loop__paints_dumps_and_says_ready_once(void **state)
{
    struct bench *b = *state;
    struct loop_settings settings = settings_of(b);
    struct buf text;
    struct json *dump = NULL;
    open_ui(b, &settings);
    steps(b, 5);
    assert_int_equal(b->readies, 1);
    assert_true(b->drains >= 5);
    buf_init(&text, 1 << 20);
    assert_int_equal(file_read(b->dump, &text, NULL), STATUS_OK);
    assert_int_equal(json_parse((const char *)text.data, text.length, &dump), STATUS_OK);
    assert_string_equal(json_text(dump, "screen", ""), "form");
    assert_int_equal(json_number(json_member(dump, "window"), "w", 0), 1280);
    json_free(dump);
    buf_release(&text);
}

static void test_loop__a_finger_taps_once_and_its_made_up_mouse_is_dropped(void **state)
{
    struct bench *b = *state;
    struct loop_settings settings = settings_of(b);
    open_ui(b, &settings);
    steps(b, 2);
    SDL_Event events[] = {finger(SDL_FINGERDOWN, b, "form.id.eye", 0),
                          mouse(SDL_MOUSEBUTTONDOWN, b, "form.id.eye", SDL_TOUCH_MOUSEID),
                          finger(SDL_FINGERUP, b, "form.id.eye", 0),
                          mouse(SDL_MOUSEBUTTONUP, b, "form.id.eye", SDL_TOUCH_MOUSEID)};
    for (int i = 0; i < 4; i++)
        assert_int_equal(SDL_PushEvent(&events[i]), 1);
    steps(b, 2);
    assert_true(form(b)->revealed);
}

static void test_loop__the_real_mouse_taps_and_two_fingers_do_not_mix(void **state)
{
    struct bench *b = *state;
    struct loop_settings settings = settings_of(b);
    open_ui(b, &settings);
    steps(b, 2);
    SDL_Event click[] = {mouse(SDL_MOUSEBUTTONDOWN, b, "form.card", 0),
                         mouse(SDL_MOUSEBUTTONUP, b, "form.card", 0)};
    SDL_PushEvent(&click[0]);
    SDL_PushEvent(&click[1]);
    steps(b, 2);
    assert_string_equal(form(b)->last_tap, "form.card");
    SDL_Event two[] = {finger(SDL_FINGERDOWN, b, "form.card", 1), finger(SDL_FINGERDOWN, b, "form.id.eye", 2),
                       finger(SDL_FINGERUP, b, "form.id.eye", 2)};
    for (int i = 0; i < 3; i++)
        SDL_PushEvent(&two[i]);
    steps(b, 2);
    assert_string_equal(form(b)->last_tap, "form.id.eye");
    assert_true(widget_find(ui_tree(b->robot.ui), "form.card")->state & WIDGET_PRESSED);
}

static void test_loop__keys_and_text_reach_the_focused_field(void **state)
{
    struct bench *b = *state;
    struct loop_settings settings = settings_of(b);
    open_ui(b, &settings);
    steps(b, 2);
    ui_focus(b->robot.ui, "form.office");
    steps(b, 2);
    SDL_Event text = {.text = {.type = SDL_TEXTINPUT}}, key = {.key = {.type = SDL_KEYDOWN}};
    strcpy(text.text.text, "0234");
    key.key.keysym.sym = SDLK_BACKSPACE;
    SDL_PushEvent(&text);
    SDL_PushEvent(&key);
    steps(b, 2);
    assert_string_equal(form(b)->office.text, "023");
}

static void test_loop__translates_only_what_is_needed(void **state)
{
    struct input_event out;
    SDL_Event motion = {.motion = {.type = SDL_MOUSEMOTION, .x = 5, .y = 6}};
    SDL_Event key = {.key = {.type = SDL_KEYDOWN}},
              right = {.button = {.type = SDL_MOUSEBUTTONDOWN, .button = SDL_BUTTON_RIGHT}};
    (void)state;
    assert_false(loop_sdl_translate(&motion, 100, 100, &out));
    motion.motion.state = SDL_BUTTON_LMASK;
    assert_true(loop_sdl_translate(&motion, 100, 100, &out));
    assert_int_equal(out.kind, INPUT_EVENT_MOVE);
    motion.motion.which = SDL_TOUCH_MOUSEID;
    assert_false(loop_sdl_translate(&motion, 100, 100, &out));
    SDL_Event made_up = {
        .button = {.type = SDL_MOUSEBUTTONDOWN, .button = SDL_BUTTON_LEFT, .which = SDL_TOUCH_MOUSEID}};
    assert_false(loop_sdl_translate(&made_up, 100, 100, &out));
    made_up.button.which = 0;
    assert_true(loop_sdl_translate(&made_up, 100, 100, &out));
    assert_false(loop_sdl_translate(&right, 100, 100, &out));
    key.key.keysym.sym = SDLK_F9;
    key.key.keysym.mod = KMOD_LCTRL;
    assert_true(loop_sdl_translate(&key, 100, 100, &out));
    assert_int_equal(out.key, INPUT_KEY_FUNCTION);
    assert_int_equal(out.character, 9);
    assert_int_equal(out.modifiers, INPUT_MODIFIER_CTRL);
    key.key.keysym.sym = SDLK_VOLUMEUP;
    assert_false(loop_sdl_translate(&key, 100, 100, &out));
    SDL_Event touch = {.tfinger = {.type = SDL_FINGERDOWN, .fingerId = 0, .x = 0.5f, .y = 0.25f}};
    assert_true(loop_sdl_translate(&touch, 200, 100, &out));
    assert_int_equal(out.x, 100);
    assert_int_equal(out.y, 25);
    assert_true(out.pointer != 0);
}

static void test_loop__a_screenshot_comes_on_request(void **state)
{
    struct bench *b = *state;
    struct loop_settings settings = settings_of(b);
    struct stat info;
    char request[128];
    open_ui(b, &settings);
    steps(b, 2);
    snprintf(request, sizeof request, "%s.request", b->picture);
    FILE *file = fopen(request, "we");
    assert_non_null(file);
    fclose(file);
    steps(b, 2);
    assert_int_equal(stat(b->picture, &info), 0);
    assert_true(info.st_size > 10000);
    assert_int_not_equal(stat(request, &info), 0);
    assert_int_equal(loop_screenshot(b->loop, "/nowhere/shot.png", NULL), STATUS_IO);
}

static void *ring(void *loop)
{
    loop_wake(loop);
    return NULL;
}

static void test_loop__the_bell_of_another_thread_wakes_it(void **state)
{
    struct bench *b = *state;
    struct loop_settings settings = settings_of(b);
    settings.screenshot_path = NULL;
    pthread_t thread;
    open_ui(b, &settings);
    steps(b, 5);
    int before = b->drains;
    assert_int_equal(pthread_create(&thread, NULL, ring, b->loop), 0);
    pthread_join(thread, NULL);
    assert_true(loop_step(b->loop, b->robot.ui, 60000)); /* returns long before */
    assert_true(b->drains > before);
    for (int i = 0; i < 100000; i++)
        loop_wake(b->loop); /* rings without number are one bell */
    assert_int_equal(SDL_PeepEvents(NULL, 10, SDL_PEEKEVENT, SDL_USEREVENT, SDL_LASTEVENT), 1);
}

static void test_loop__sigterm_ends_it(void **state)
{
    struct bench *b = *state;
    struct loop_settings settings = settings_of(b);
    open_ui(b, &settings);
    loop_catch_signals(b->loop);
    steps(b, 2);
    raise(SIGTERM);
    assert_false(loop_step(b->loop, b->robot.ui, 10));
    assert_int_equal(loop_run(b->loop, b->robot.ui), STATUS_OK);
    signal(SIGTERM, SIG_DFL);
    signal(SIGINT, SIG_DFL);
}

static void test_loop__what_was_recorded_replays_to_the_same_page(void **state)
{
    struct bench *b = *state;
    struct loop_settings settings = settings_of(b);
    settings.record_path = b->record;
    open_ui(b, &settings);
    steps(b, 2);
    SDL_Event down = finger(SDL_FINGERDOWN, b, "form.office", 0),
              up = finger(SDL_FINGERUP, b, "form.office", 0);
    SDL_Event text = {.text = {.type = SDL_TEXTINPUT}};
    strcpy(text.text.text, "0236200");
    SDL_PushEvent(&down);
    SDL_PushEvent(&up);
    SDL_PushEvent(&text);
    steps(b, 2);
    assert_string_equal(form(b)->office.text, "0236200");
    close_ui(b);
    settings.record_path = NULL;
    settings.replay_path = b->record;
    open_ui(b, &settings);
    for (int i = 0; i < 200 && strcmp(form(b) ? form(b)->office.text : "", "0236200") != 0; i++)
        assert_true(loop_step(b->loop, b->robot.ui, 5));
    assert_string_equal(form(b)->office.text, "0236200");
}

static void test_loop__a_display_that_is_not_there_is_lost(void **state)
{
    struct bench *b = *state;
    struct loop_settings settings = settings_of(b);
    struct failure failure = {0};
    setenv("SDL_VIDEODRIVER", "no-such-driver", 1);
    enum status status = loop_open(&settings, &b->loop, &failure);
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    assert_int_equal(status, STATUS_LOST);
    assert_null(b->loop);
    assert_string_equal(failure.where, "SDL_Init");
    settings.replay_path = "/nowhere/events";
    assert_int_equal(loop_open(&settings, &b->loop, NULL), STATUS_NOT_FOUND);
    loop_close(NULL);
}

int main(void)
{
#define LOOP_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        LOOP_TEST(test_loop__paints_dumps_and_says_ready_once),
        LOOP_TEST(test_loop__a_finger_taps_once_and_its_made_up_mouse_is_dropped),
        LOOP_TEST(test_loop__the_real_mouse_taps_and_two_fingers_do_not_mix),
        LOOP_TEST(test_loop__keys_and_text_reach_the_focused_field),
        LOOP_TEST(test_loop__translates_only_what_is_needed),
        LOOP_TEST(test_loop__a_screenshot_comes_on_request),
        LOOP_TEST(test_loop__the_bell_of_another_thread_wakes_it),
        LOOP_TEST(test_loop__sigterm_ends_it),
        LOOP_TEST(test_loop__what_was_recorded_replays_to_the_same_page),
        LOOP_TEST(test_loop__a_display_that_is_not_there_is_lost),
    };
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
