#include "tests/golden/gallery.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/ui/checker.h"
#include "kiosk/ui/touch.h"

enum { FINDINGS = 32, PIXELS = 3840 * 2160 }; /* of the largest window that is promised */

static const struct stage_look desk_looks[GALLERY_DESK_LOOKS] = {
    {"1920x1080", 1920, 1080, THEME_STANDARD},
    {"1280x800", 1280, 800, THEME_STANDARD},
};

static const char settings_text[] = "terminal: {id: terminal-03, number: '03'}\n"
                                    "hall: {name: 重庆市南岸区服务大厅}\n"
                                    "paths: {catalogue: '%1$s/config/catalogue', assets: '%1$s/assets'}\n"
                                    "scanner: {driver: none}\n"
                                    "token: {driver: none}\n"
                                    "authority: {driver: none}\n";

/* --- cases ------------------------------------------------------------------------------------------- */

const struct gallery_case gallery_cases[] = {
#define GALLERY_CASE(name, picture, open) {name, picture, false, open},
#define GALLERY_DESK(name, picture, open) {name, picture, true, open},
#include "tests/golden/gallery_cases.def"
#undef GALLERY_CASE
#undef GALLERY_DESK
};
const size_t gallery_case_count = sizeof(gallery_cases) / sizeof(gallery_cases[0]);

size_t gallery_looks(const struct gallery_case *which)
{
    return which->is_desk ? GALLERY_DESK_LOOKS : STAGE_LOOKS;
}

struct stage_look gallery_look(const struct gallery_case *which, size_t index)
{
    return which->is_desk ? desk_looks[index] : stage_looks[index];
}

static size_t screen_length(const char *name)
{
    const char *end = strstr(name, "__");
    check(end != NULL);
    return (size_t)(end - name) + 2;
}

bool gallery_is_first(const struct gallery_case *which)
{
    size_t length = screen_length(which->name);
    const struct gallery_case *first = gallery_cases;
    while (first->is_desk != which->is_desk || strncmp(first->name, which->name, length) != 0)
        first++;
    return first == which;
}

/* The same page stands in the list under an earlier name, for another picture of the design. */
static bool is_again(const struct gallery_case *which)
{
    for (const struct gallery_case *before = gallery_cases; before < which; before++)
        if (before->open == which->open && before->is_desk == which->is_desk)
            return true;
    return false;
}

bool gallery_is_golden(const struct gallery_case *which, size_t look)
{
    return !is_again(which) && (look == 0 || which->picture[0] != 0 || gallery_is_first(which));
}

/* The design names its pictures by what they show: a landscape, p portrait, e01 and e02 the large themes, c
 * the desk. */
struct stage_look gallery_picture_look(const struct gallery_case *which)
{
    const char *picture = which->picture;
    check(picture[0] != 0);
    if (picture[0] == 'c')
        return desk_looks[0];
    if (picture[0] == 'p')
        return stage_looks[3];
    if (picture[0] == 'e')
        return stage_looks[picture[2] == '1' ? 1 : 2];
    return stage_looks[0];
}

/* --- opening ----------------------------------------------------------------------------------------- */

/* Settings and products are read once, like the stage: they are the same for all cases, which only read them.
 */
static struct {
    struct settings *settings;
    struct catalogue *catalogue;
    uint32_t *pixels; /* of the largest window; every page is painted whole */
} shared;

static void read_settings(void)
{
    char text[2048];
    struct yaml_errors errors;
    yaml_errors_init(&errors);
    int length = snprintf(text, sizeof(text), settings_text, TEST_SOURCE_DIR);
    enum status status =
        settings_parse("gallery.yaml", text, (size_t)length, NULL, NULL, &errors, &shared.settings);
    if (status == STATUS_OK)
        status = catalogue_open(shared.settings->paths_catalogue, &errors, &shared.catalogue);
    if (status != STATUS_OK)
        (void)fprintf(stderr, "%s\n", yaml_errors_text(&errors));
    check(status == STATUS_OK);
    yaml_errors_release(&errors);
}

static void close_shared(void)
{
    catalogue_free(shared.catalogue);
    settings_free(shared.settings);
    free(shared.pixels);
}

static void open_shared(void)
{
    if (shared.settings != NULL)
        return;
    read_settings();
    shared.pixels = calloc(PIXELS, sizeof(*shared.pixels));
    check(shared.pixels != NULL);
    check(atexit(close_shared) == 0);
}

static void read_aloud(void *program, const char *text)
{
    struct gallery *gallery = (struct gallery *)((char *)program - offsetof(struct gallery, screens));
    (void)snprintf(gallery->aloud, sizeof(gallery->aloud), "%.60s", text == NULL ? "" : text);
}

static struct ui_settings kiosk_settings(struct gallery *gallery)
{
    int count = 0;
    gallery->screens = (struct screen_program){.services = &gallery->services,
                                               .words = gallery->stage.words,
                                               .settings = gallery->settings,
                                               .catalogue = gallery->catalogue,
                                               .clock = &gallery->clock.clock,
                                               .random = &gallery->random.random};
    const struct screen_class *table = screen_table(gallery->settings, &count);
    return (struct ui_settings){.screens = table,
                                .screen_count = count,
                                .program = &gallery->screens,
                                .read = read_aloud,
                                .event = screen_program_event,
                                .idle_end = screen_program_idle_end};
}

static struct ui_settings desk_settings(struct gallery *gallery)
{
    int count = 0;
    gallery->desk = (struct desk_program){.services = &gallery->services,
                                          .words = gallery->stage.words,
                                          .settings = gallery->settings,
                                          .catalogue = gallery->catalogue,
                                          .clock = &gallery->clock.clock};
    const struct screen_class *table = desk_table(gallery->settings, &count);
    return (struct ui_settings){
        .screens = table, .screen_count = count, .program = &gallery->desk, .desk = true};
}

static void open_ui(struct gallery *gallery)
{
    struct ui_settings settings = gallery->is_desk ? desk_settings(gallery) : kiosk_settings(gallery);
    settings.clock = &gallery->clock.clock;
    settings.font = gallery->stage.font;
    settings.icons = gallery->stage.icons;
    gallery->ui = ui_new(&settings, gallery->look.width, gallery->look.height);
    ui_set_theme(gallery->ui, gallery->look.theme);
    if (gallery->is_desk)
        return;
    gallery->keyboard = widget_keyboard_new(TEST_BUILD_DIR "/assets");
    ui_set_overlay(gallery->ui, widget_keyboard_overlay(gallery->keyboard));
}

void gallery_open(struct gallery *gallery, const struct gallery_case *which, struct stage_look look,
                  enum gallery_length length)
{
    open_shared();
    *gallery = (struct gallery){.stage = *stage_of(TEST_SOURCE_DIR),
                                .settings = shared.settings,
                                .catalogue = shared.catalogue,
                                .is_desk = which->is_desk,
                                .look = look,
                                .length = length};
    clock_manual_init(&gallery->clock, GALLERY_NOW_UTC_S);
    random_seeded_init(&gallery->random, 1);
    gallery_services_init(&gallery->services);
    open_ui(gallery);
    check(look.width * look.height <= PIXELS);
    gallery->pixels = shared.pixels;
    which->open(gallery);
    gallery_wait(gallery, 1000); /* motion has come to rest */
}

void gallery_close(struct gallery *gallery)
{
    ui_set_overlay(gallery->ui, NULL);
    ui_free(gallery->ui);
    widget_keyboard_free(gallery->keyboard);
    gallery_services_release(&gallery->services);
    *gallery = (struct gallery){0};
}

void gallery_paint(struct gallery *gallery)
{
    ui_damage(gallery->ui);
    (void)ui_paint(gallery->ui, gallery->pixels, gallery->look.width);
}

/* --- judging ----------------------------------------------------------------------------------------- */

static void tell(const struct gallery *gallery, const struct gallery_case *which, const char *fault,
                 const char *id, const char *other)
{
    (void)fprintf(stderr, "%s-%s (%s texts): %s: '%s' %s\n", which->name, gallery->look.name,
                  gallery_text(gallery, "normal", "shortest", "longest"), fault, id,
                  other == NULL ? "" : other);
}

/* Words that are missing stand in these brackets (words.h). */
static size_t count_missing_words(const struct gallery *gallery, const struct gallery_case *which)
{
    size_t count = 0;
    for (const struct widget *w = widget_tree_root(ui_tree(gallery->ui)); w != NULL; w = widget_next(w)) {
        if (strstr(w->label, "⟦") == NULL && (w->value == NULL || strstr(w->value, "⟦") == NULL))
            continue;
        tell(gallery, which, "words missing", w->id, w->label);
        count++;
    }
    return count;
}

size_t gallery_faults(struct gallery *gallery, const struct gallery_case *which)
{
    struct checker_finding findings[FINDINGS];
    checker_judge_painting(gallery->ui);
    gallery_paint(gallery); /* texts that had to be shortened show in painting */
    size_t count = checker_check(gallery->ui, findings, FINDINGS);
    for (size_t i = 0; i < count && i < FINDINGS; i++)
        tell(gallery, which, checker_fault_name(findings[i].fault), findings[i].id, findings[i].other);
    return count + count_missing_words(gallery, which);
}

/* --- for cases --------------------------------------------------------------------------------------- */

void gallery_screen(struct gallery *gallery, int screen)
{
    if (!gallery->is_desk)
        screen_show_visit(gallery->ui);
    ui_reset(gallery->ui, screen, NULL);
    ui_tick(gallery->ui);
}

void gallery_tap(struct gallery *gallery, const char *id)
{
    const struct widget *w = widget_find(ui_tree(gallery->ui), id);
    if (w == NULL)
        (void)fprintf(stderr, "no widget '%s' on screen %s\n", id, ui_screen_name(gallery->ui));
    check(w != NULL);
    if ((w->state & WIDGET_RESTING) != 0) { /* the page has just come by itself */
        gallery_wait(gallery, TOUCH_REST_MS);
        w = widget_find(ui_tree(gallery->ui), id);
        check(w != NULL);
    }
    struct rect at = layout_to_window(ui_layout(gallery->ui), w->rect);
    struct input_event event = {
        .kind = INPUT_EVENT_PRESS, .pointer = 1, .x = at.x + at.w / 2, .y = at.y + at.h / 2};
    ui_handle(gallery->ui, &event);
    event.kind = INPUT_EVENT_RELEASE;
    ui_handle(gallery->ui, &event);
    gallery_wait(gallery, TOUCH_GUARD_MS + 1);
}

void gallery_draw(struct gallery *gallery, const char *id, const int ends[4])
{
    enum { STEPS = 12 };
    const struct widget *w = widget_find(ui_tree(gallery->ui), id);
    check(w != NULL);
    struct rect at = layout_to_window(ui_layout(gallery->ui), w->rect);
    struct input_event event = {.kind = INPUT_EVENT_PRESS, .pointer = 1};
    for (int i = 0; i <= STEPS; i++) {
        event.x = at.x + (at.w - at.h) / 2 + (ends[0] + (ends[2] - ends[0]) * i / STEPS) * at.h / 100;
        event.y = at.y + (ends[1] + (ends[3] - ends[1]) * i / STEPS) * at.h / 100;
        ui_handle(gallery->ui, &event);
        event.kind = INPUT_EVENT_MOVE;
    }
    event.kind = INPUT_EVENT_RELEASE;
    ui_handle(gallery->ui, &event);
    gallery_wait(gallery, TOUCH_GUARD_MS + 1);
}

void gallery_type(struct gallery *gallery, const char *text)
{
    struct input_event event = {.kind = INPUT_EVENT_TEXT};
    check((size_t)snprintf(event.text, sizeof(event.text), "%s", text) < sizeof(event.text));
    ui_handle(gallery->ui, &event);
}

void gallery_wait(struct gallery *gallery, int64_t ms)
{
    clock_manual_advance(&gallery->clock, ms);
    ui_tick(gallery->ui);
}

void gallery_answer(struct gallery *gallery, enum service_kind kind, enum status status,
                    enum service_reason reason, int64_t number, struct service_image *image)
{
    struct service_reply reply = {.id = gallery->services.asked[kind],
                                  .kind = kind,
                                  .status = status,
                                  .reason = reason,
                                  .number = number,
                                  .image = image};
    check(reply.id != 0);
    ui_reply(gallery->ui, reply.id, &reply);
    service_image_free(reply.image);
    ui_tick(gallery->ui);
}

void gallery_report(struct gallery *gallery, enum service_kind kind, enum status status,
                    enum service_reason reason)
{
    struct service_reply reply = {.kind = kind, .status = status, .reason = reason};
    ui_notice(gallery->ui, (int)kind, &reply);
    ui_tick(gallery->ui);
}

const char *gallery_text(const struct gallery *gallery, const char *normal, const char *shortest,
                         const char *longest)
{
    return gallery->length == GALLERY_SHORTEST  ? shortest
           : gallery->length == GALLERY_LONGEST ? longest
                                                : normal;
}
