/* Robot: the real screens over the real services in a test hall, without a window, used by widget ids.
 *
 * A robot puts the applicant's or the clerk's screens on a program of the hall (hall_program.h), taps and
 * types through the one event door, and walks the page with the checker after everything that changed it.
 * Faults are told on standard error and counted; a test ends with robot_faults being 0. robot_look shows the
 * page in both orientations and all themes, and keeps a picture of each for a person to look at. Pitfall:
 * while a robot is open it receives the program's replies; hall_wait and its sisters would miss them.
 */
#ifndef TESTS_SUPPORT_ROBOT_H
#define TESTS_SUPPORT_ROBOT_H

#include "kiosk/desk/desk.h"
#include "kiosk/screens/screen.h"
#include "kiosk/ui/widget_keyboard.h"
#include "tests/support/hall_program.h"
#include "tests/support/stage.h"

enum { ROBOT_TOLD = 128, ROBOT_PATIENCE_MS = 30000 };

struct robot;
struct robot_settings {
    const char *assets;   /* with the compiled dictionary: TEST_BUILD_DIR "/assets" */
    const char *pictures; /* a folder; NULL keeps none */
    int width, height;    /* window px */
    enum theme_kind theme;
    uint64_t seed; /* shuffles the PIN pad; 0 shuffles it anew each time */
    /* Every event before it goes through the door. May be NULL. */
    void (*note)(void *context, struct robot *robot, const struct input_event *event);
    void *note_context;
};

struct robot {
    struct hall_program *program;
    struct robot_settings settings;
    struct stage stage;
    struct widget_keyboard *keyboard;
    struct random_seeded seeded;
    struct screen_program screens;
    struct desk_program desk;
    struct ui *ui;
    uint32_t *pixels;
    size_t pixel_count;
    uint64_t checked;          /* of the page judged last */
    uint64_t told[ROBOT_TOLD]; /* faults told already, so that each is told once */
    unsigned faults;
    unsigned pages; /* different pages judged */
    unsigned heard; /* times a desk asked for attention */
};

/* The program's screens stand at the welcome page, or where the visit's order belongs; for a desk, at its
 * sign-in. Owns: the caller closes it before it stops the program; paths are borrowed. */
void robot_open(struct robot *robot, struct hall_program *program, const struct robot_settings *settings);
/* The same in a landscape window of 1920x1080 px with the built assets; with CERTKIOSK_PICTURES in the
 * environment a picture of every page that is looked at is left in the build folder's "pictures". */
void robot_open_wide(struct robot *robot, struct hall_program *program);
/* Screens, pictures and memory are gone; the program runs on. */
void robot_close(struct robot *robot);
/* How many faults were told. */
unsigned robot_faults(const struct robot *robot);

/* What services answered has reached the screens, time and toasts have moved on, the page was judged. */
void robot_turn(struct robot *robot);
/* An event goes through the door and the page is judged. */
void robot_handle(struct robot *robot, const struct input_event *event);
/* A finger presses the widget, which can be pressed, at once and leaves. */
void robot_press(struct robot *robot, const char *id);
/* The widget is waited for until it can be pressed; then a finger presses it and leaves. */
void robot_tap(struct robot *robot, const char *id);
/* Whether the widget is there and could be pressed now. */
bool robot_can_tap(struct robot *robot, const char *id);
/* The text arrives as from a keyboard. */
void robot_type(struct robot *robot, const char *text);
/* A key of a keyboard. */
void robot_key(struct robot *robot, enum input_key key, int character, unsigned modifiers);
/* Every digit is tapped on the pad with this id. */
void robot_pad(struct robot *robot, const char *pad, const char *digits);
/* The field is tapped, emptied and typed into, or chosen from its lists. */
void robot_fill(struct robot *robot, const char *field, const char *text);

/* This screen is on top at last. */
void robot_until_screen(struct robot *robot, const char *screen);
/* The widget is on the page at last. Returns: it; borrowed until the next event. */
const struct widget *robot_until(struct robot *robot, const char *id);
/* A widget shows this text, as label or value, at last. */
void robot_until_text(struct robot *robot, const char *text);
/* No widget shows this text any more. */
void robot_until_gone(struct robot *robot, const char *text);
/* The widget is there and not busy. */
void robot_until_idle(struct robot *robot, const char *id);
/* Whether a widget that can be seen has this text in its label or value. */
bool robot_shows(struct robot *robot, const char *text);
/* The program runs for a while. Units: milliseconds of the machine, HALL_SPEED times as many of the hall. */
void robot_run(struct robot *robot, int ms);
/* Time passes at once. Units: milliseconds. */
void robot_pass(struct robot *robot, int64_t ms);

/* The page is judged in landscape and portrait and all themes, and stands again as before; with a folder for
 * pictures each is kept as "<name>-<look>.png". */
void robot_look(struct robot *robot, const char *name);
/* The page as it is, as "<name>.png" when there is a folder. */
void robot_picture(struct robot *robot, const char *name);
/* The widget dump as text. Owns: the caller releases it. */
void robot_dump(struct robot *robot, struct buf *out);

#endif
