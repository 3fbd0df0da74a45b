#include "tests/support/robot.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "kiosk/base/check.h"
#include "kiosk/ui/checker.h"
#include "kiosk/ui/touch.h"

enum { FINDINGS = 32, PATH_BYTES = 512 };

/* --- opening and closing ----------------------------------------------------------------------------- */

static bool is_desk(const struct robot *robot)
{
    return robot->program->number == 0;
}

static const struct clock *clock_of(const struct robot *robot)
{
    return &robot->program->hall->time.clock;
}

static void desk_idle_end(void *program, struct ui *ui)
{
    service_desk_sign_out(((struct desk_program *)program)->services);
    ui_forget(ui);
    ui_reset(ui, DESK_SIGNIN, NULL);
}

static void desk_sound(void *program, enum ui_sound sound)
{
    struct robot *robot = (struct robot *)((char *)program - offsetof(struct robot, desk));
    robot->heard += sound == UI_SOUND_ATTENTION;
}

static struct ui_settings desk_settings(struct robot *robot)
{
    int count = 0;
    robot->desk = (struct desk_program){.services = robot->program->services,
                                        .words = robot->stage.words,
                                        .settings = robot->program->hall->settings,
                                        .catalogue = robot->program->hall->catalogue,
                                        .clock = clock_of(robot)};
    const struct screen_class *table = desk_table(robot->desk.settings, &count);
    return (struct ui_settings){.screens = table,
                                .screen_count = count,
                                .program = &robot->desk,
                                .desk = true,
                                .idle_end = desk_idle_end,
                                .sound = desk_sound};
}

static struct ui_settings kiosk_settings(struct robot *robot)
{
    int count = 0;
    random_seeded_init(&robot->seeded, robot->settings.seed);
    robot->screens = (struct screen_program){.services = robot->program->services,
                                             .words = robot->stage.words,
                                             .settings = robot->program->hall->settings,
                                             .catalogue = robot->program->hall->catalogue,
                                             .clock = clock_of(robot),
                                             .random = robot->settings.seed != 0 ? &robot->seeded.random
                                                                                 : random_system()};
    const struct screen_class *table = screen_table(robot->screens.settings, &count);
    return (struct ui_settings){.screens = table,
                                .screen_count = count,
                                .program = &robot->screens,
                                .event = screen_program_event,
                                .idle_end = screen_program_idle_end};
}

static void open_ui(struct robot *robot)
{
    struct ui_settings settings = is_desk(robot) ? desk_settings(robot) : kiosk_settings(robot);
    settings.clock = clock_of(robot);
    settings.font = robot->stage.font;
    settings.icons = robot->stage.icons;
    robot->ui = ui_new(&settings, robot->settings.width, robot->settings.height);
    ui_set_theme(robot->ui, robot->settings.theme);
}

void robot_open(struct robot *robot, struct hall_program *program, const struct robot_settings *settings)
{
    *robot = (struct robot){.program = program, .settings = *settings};
    robot->stage = *stage_of(program->hall->source);
    open_ui(robot);
    if (is_desk(robot)) {
        ui_reset(robot->ui, DESK_SIGNIN, NULL);
    } else {
        robot->keyboard = widget_keyboard_new(settings->assets);
        ui_set_overlay(robot->ui, widget_keyboard_overlay(robot->keyboard));
        screen_go(robot->ui);
    }
    robot_turn(robot);
}

void robot_open_wide(struct robot *robot, struct hall_program *program)
{
    const struct robot_settings settings = {
        .assets = TEST_BUILD_DIR "/assets",
        .pictures = getenv("CERTKIOSK_PICTURES") == NULL ? NULL : TEST_BUILD_DIR "/pictures",
        .width = 1920,
        .height = 1080};
    robot_open(robot, program, &settings);
}

void robot_close(struct robot *robot)
{
    ui_set_overlay(robot->ui, NULL);
    ui_free(robot->ui);
    widget_keyboard_free(robot->keyboard);
    free(robot->pixels);
    unsigned faults = robot->faults;
    *robot = (struct robot){.faults = faults};
}

unsigned robot_faults(const struct robot *robot)
{
    return robot->faults;
}

/* --- judging ----------------------------------------------------------------------------------------- */

static uint64_t mix(uint64_t sum, uint64_t number)
{
    return (sum ^ number) * 0x100000001b3u; /* as FNV-1a, over words */
}

static uint64_t mix_rect(uint64_t sum, struct rect r)
{
    return mix(mix(sum, (uint64_t)(uint32_t)r.x << 32 | (uint32_t)r.y),
               (uint64_t)(uint32_t)r.w << 32 | (uint32_t)r.h);
}

/* Looks and places of everything; two pages with the same number need no second judging. */
static uint64_t page_number(const struct robot *robot)
{
    uint64_t sum = 0xcbf29ce484222325u;
    sum = mix_rect(sum, rect_make(robot->settings.width, robot->settings.height, (int)ui_theme(robot->ui),
                                  ui_is_idle_warning(robot->ui)));
    for (const struct widget *w = widget_tree_root(ui_tree(robot->ui)); w != NULL; w = widget_next(w)) {
        sum = mix(mix(sum, w->key), w->digest);
        sum = mix_rect(w->state & ~(unsigned)(WIDGET_PRESSED | WIDGET_RESTING), w->rect);
    }
    return sum;
}

/* What changed is painted, as in the product; texts that had to be shortened show in painting. */
static void paint(struct robot *robot)
{
    const struct layout *layout = ui_layout(robot->ui);
    size_t count = (size_t)layout->window_width * (size_t)layout->window_height;
    if (count != robot->pixel_count) {
        free(robot->pixels);
        robot->pixels = calloc(count, sizeof(*robot->pixels));
        robot->pixel_count = count;
        check(robot->pixels != NULL);
        ui_damage(robot->ui);
    }
    (void)ui_paint(robot->ui, robot->pixels, layout->window_width);
}

static bool is_new(struct robot *robot, const char *text)
{
    uint64_t number = widget_key(text);
    for (int i = 0; i < ROBOT_TOLD; i++) {
        if (robot->told[i] == number)
            return false;
        if (robot->told[i] == 0) {
            robot->told[i] = number;
            return true;
        }
    }
    return true;
}

static const char *look_name(const struct robot *robot)
{
    for (int i = 0; i < STAGE_LOOKS; i++)
        if (stage_looks[i].theme == ui_theme(robot->ui) &&
            (stage_looks[i].height > stage_looks[i].width) == ui_is_portrait(robot->ui))
            return stage_looks[i].name;
    return "?";
}

static void tell(struct robot *robot, const struct checker_finding *finding)
{
    char text[512];
    (void)snprintf(text, sizeof(text), "%s (%s): %s: '%s' %s", ui_screen_name(robot->ui), look_name(robot),
                   checker_fault_name(finding->fault), finding->id,
                   finding->other == NULL ? "" : finding->other);
    if (!is_new(robot, text))
        return;
    (void)fprintf(stderr, "%s\n", text);
    robot->faults++;
}

/* Words that are missing stand in these brackets (words.h). */
static void find_missing_words(struct robot *robot)
{
    for (const struct widget *w = widget_tree_root(ui_tree(robot->ui)); w != NULL; w = widget_next(w)) {
        char text[256];
        if (strstr(w->label, "⟦") == NULL && (w->value == NULL || strstr(w->value, "⟦") == NULL))
            continue;
        (void)snprintf(text, sizeof(text), "%s: words missing: %s %s", ui_screen_name(robot->ui), w->label,
                       w->value == NULL ? "" : w->value);
        if (is_new(robot, text)) {
            (void)fprintf(stderr, "%s\n", text);
            robot->faults++;
        }
    }
}

static void judge(struct robot *robot)
{
    struct checker_finding findings[FINDINGS];
    uint64_t number = page_number(robot);
    if (number == robot->checked)
        return;
    paint(robot);
    robot->checked = page_number(robot);
    robot->pages++;
    size_t count = checker_check(robot->ui, findings, FINDINGS);
    for (size_t i = 0; i < count && i < FINDINGS; i++)
        tell(robot, &findings[i]);
    find_missing_words(robot);
}

/* --- turning and doing ------------------------------------------------------------------------------- */

void robot_turn(struct robot *robot)
{
    if (is_desk(robot))
        desk_program_drain(robot->ui);
    else
        screen_program_drain(robot->ui);
    ui_tick(robot->ui);
    judge(robot);
}

void robot_handle(struct robot *robot, const struct input_event *event)
{
    if (robot->settings.note != NULL)
        robot->settings.note(robot->settings.note_context, robot, event);
    ui_handle(robot->ui, event);
    judge(robot);
}

void robot_pass(struct robot *robot, int64_t ms)
{
    hall_pass_at(robot->program, ms);
    robot_turn(robot);
}

static const struct widget *target(struct robot *robot, const char *id)
{
    const struct widget *w = widget_find(ui_tree(robot->ui), id);
    const unsigned refuses = WIDGET_DISABLED | WIDGET_BUSY | WIDGET_HIDDEN;
    bool can = w != NULL && (w->state & WIDGET_TARGET) != 0 && (w->state & refuses) == 0 &&
               widget_is_reachable(ui_tree(robot->ui), w);
    return can ? w : NULL;
}

bool robot_can_tap(struct robot *robot, const char *id)
{
    return target(robot, id) != NULL;
}

static void print_page(struct robot *robot)
{
    for (const struct widget *w = widget_tree_root(ui_tree(robot->ui)); w != NULL; w = widget_next(w))
        if (w->label[0] != 0)
            (void)fprintf(stderr, "  %s%s: %s %s\n", w->id,
                          (w->state & WIDGET_DISABLED) != 0 ? " (disabled)" : "", w->label,
                          w->value == NULL ? "" : w->value);
}

static void give_up(struct robot *robot, const char *what)
{
    (void)fprintf(stderr, "screen %s waited in vain for %s\n", ui_screen_name(robot->ui), what);
    print_page(robot);
    robot_picture(robot, "gave-up");
    check(!"waited too long");
}

typedef bool (*robot_condition)(struct robot *robot, const char *argument);

static void until(struct robot *robot, robot_condition condition, const char *argument)
{
    int64_t end_ms = clock_monotonic_ms(clock_system()) + ROBOT_PATIENCE_MS;
    for (robot_turn(robot); !condition(robot, argument); robot_turn(robot)) {
        if (clock_monotonic_ms(clock_system()) > end_ms)
            give_up(robot, argument);
        hall_nap(robot->program->hall);
    }
}

void robot_press(struct robot *robot, const char *id)
{
    struct rect at = layout_to_window(ui_layout(robot->ui), target(robot, id)->rect);
    struct input_event event = {
        .kind = INPUT_EVENT_PRESS, .pointer = 1, .x = at.x + at.w / 2, .y = at.y + at.h / 2};
    robot_handle(robot, &event);
    event.kind = INPUT_EVENT_RELEASE;
    robot_handle(robot, &event);
}

void robot_tap(struct robot *robot, const char *id)
{
    until(robot, robot_can_tap, id);
    if ((target(robot, id)->state & WIDGET_RESTING) != 0) { /* the page has just come by itself */
        robot_pass(robot, TOUCH_REST_MS);
        until(robot, robot_can_tap, id);
    }
    robot_press(robot, id);
    robot_pass(robot, TOUCH_GUARD_MS + 1);
}

void robot_type(struct robot *robot, const char *text)
{
    struct input_event event = {.kind = INPUT_EVENT_TEXT};
    while (*text != 0) { /* as much as an event holds, whole characters */
        size_t length = strlen(text);
        if (length >= sizeof(event.text))
            for (length = sizeof(event.text) - 1; ((unsigned char)text[length] & 0xc0) == 0x80;)
                length--;
        (void)memcpy(event.text, text, length);
        event.text[length] = 0;
        text += length;
        robot_handle(robot, &event);
    }
}

void robot_key(struct robot *robot, enum input_key key, int character, unsigned modifiers)
{
    robot_handle(robot,
                 &(struct input_event){
                     .kind = INPUT_EVENT_KEY, .key = key, .character = character, .modifiers = modifiers});
}

void robot_pad(struct robot *robot, const char *pad, const char *digits)
{
    char id[64];
    for (; *digits != 0; digits++) {
        (void)snprintf(id, sizeof(id), "%s.%c", pad, *digits);
        robot_tap(robot, id);
    }
}

/* The item of the list that begins the text, NULL when it is not on this page. */
static const struct widget *item_of(const struct robot *robot, const char *text)
{
    const struct widget *best = NULL;
    for (const struct widget *w = widget_tree_root(ui_tree(robot->ui)); w != NULL; w = widget_next(w)) {
        bool fits = w->id != NULL && strncmp(w->id, "pick.", 5) == 0 &&
                    strncmp(w->label, text, strlen(w->label)) == 0;
        if (fits && (best == NULL || strlen(w->label) > strlen(best->label)))
            best = w;
    }
    return best;
}

/* One list after the other, until the text is chosen whole. */
static void choose(struct robot *robot, const char *text)
{
    while (*text != 0) {
        const struct widget *item = item_of(robot, text);
        for (int page = 0; item == NULL; page++) {
            check(page < 20);
            robot_tap(robot, "pages.next");
            item = item_of(robot, text);
        }
        char id[64];
        (void)snprintf(id, sizeof(id), "%s", item->id);
        text += strlen(item->label);
        text += strspn(text, " ");
        robot_tap(robot, id);
    }
}

void robot_fill(struct robot *robot, const char *field, const char *text)
{
    robot_tap(robot, field);
    if (widget_find(ui_tree(robot->ui), "pick.0") != NULL) {
        choose(robot, text);
        return;
    }
    const struct input_event end = {.kind = INPUT_EVENT_KEY, .key = INPUT_KEY_END};
    const struct input_event erase = {.kind = INPUT_EVENT_KEY, .key = INPUT_KEY_BACKSPACE};
    ui_handle(robot->ui, &end);
    while (ui_edit(robot->ui) != NULL && ui_edit(robot->ui)->length > 0)
        ui_handle(robot->ui, &erase);
    robot_type(robot, text);
}

/* --- waiting ----------------------------------------------------------------------------------------- */

static bool is_screen(struct robot *robot, const char *screen)
{
    return strcmp(ui_screen_name(robot->ui), screen) == 0;
}

void robot_until_screen(struct robot *robot, const char *screen)
{
    until(robot, is_screen, screen);
}

static bool has_widget(struct robot *robot, const char *id)
{
    return widget_find(ui_tree(robot->ui), id) != NULL;
}

const struct widget *robot_until(struct robot *robot, const char *id)
{
    until(robot, has_widget, id);
    return widget_find(ui_tree(robot->ui), id);
}

static bool is_idle(struct robot *robot, const char *id)
{
    const struct widget *w = widget_find(ui_tree(robot->ui), id);
    return w != NULL && (w->state & WIDGET_BUSY) == 0;
}

void robot_until_idle(struct robot *robot, const char *id)
{
    until(robot, is_idle, id);
}

bool robot_shows(struct robot *robot, const char *text)
{
    for (const struct widget *w = widget_tree_root(ui_tree(robot->ui)); w != NULL; w = widget_next(w))
        if (strstr(w->label, text) != NULL || (w->value != NULL && strstr(w->value, text) != NULL))
            return true;
    return false;
}

void robot_until_text(struct robot *robot, const char *text)
{
    until(robot, robot_shows, text);
}

static bool hides(struct robot *robot, const char *text)
{
    return !robot_shows(robot, text);
}

void robot_until_gone(struct robot *robot, const char *text)
{
    until(robot, hides, text);
}

void robot_run(struct robot *robot, int ms)
{
    int64_t end_ms = clock_monotonic_ms(clock_system()) + ms;
    while (clock_monotonic_ms(clock_system()) < end_ms) {
        robot_turn(robot);
        hall_nap(robot->program->hall);
    }
}

/* --- looking ----------------------------------------------------------------------------------------- */

static void set_look(struct robot *robot, int width, int height, enum theme_kind theme)
{
    robot->settings.width = width;
    robot->settings.height = height;
    ui_handle(robot->ui, &(struct input_event){.kind = INPUT_EVENT_RESIZE, .x = width, .y = height});
    ui_set_theme(robot->ui, theme);
    ui_tick(robot->ui);
    judge(robot);
}

void robot_look(struct robot *robot, const char *name)
{
    char look[128];
    const struct robot_settings before = robot->settings;
    enum theme_kind theme = ui_theme(robot->ui);
    robot_turn(robot);
    for (int i = 0; i < STAGE_LOOKS; i++) {
        set_look(robot, stage_looks[i].width, stage_looks[i].height, stage_looks[i].theme);
        (void)snprintf(look, sizeof(look), "%s-%s", name, stage_looks[i].name);
        robot_picture(robot, look);
    }
    set_look(robot, before.width, before.height, theme);
}

void robot_picture(struct robot *robot, const char *name)
{
    char path[PATH_BYTES];
    if (robot->settings.pictures == NULL)
        return;
    (void)mkdir(robot->settings.pictures, 0755);
    (void)snprintf(path, sizeof(path), "%s/%s.png", robot->settings.pictures, name);
    ui_damage(robot->ui);
    paint(robot);
    const struct layout *layout = ui_layout(robot->ui);
    stage_write(robot->pixels, layout->window_width, layout->window_height, path);
}

void robot_dump(struct robot *robot, struct buf *out)
{
    buf_clear(out);
    check(ui_dump(robot->ui, out) == STATUS_OK);
}
