/* App common: what both programs with a window build before their first screen, in order, and release in
 * reverse.
 *
 * Arguments, settings, words, catalogue, log, environment for vendor code, fonts, icons, services. Every
 * mistake in every file is told on standard error before a program gives up; nothing starts half-configured.
 * Pitfall: exit codes are documented in README and read by the supervisor: 2 is never worth a restart.
 */
#ifndef KIOSK_APP_COMMON_H
#define KIOSK_APP_COMMON_H

#include <stdbool.h>

#include "kiosk/catalogue/catalogue.h"
#include "kiosk/catalogue/settings.h"
#include "kiosk/catalogue/words.h"
#include "kiosk/services/services.h"
#include "kiosk/ui/loop.h"

/* What a program tells its supervisor. */
enum app_exit {
    APP_EXIT_OK = 0,     /* SIGTERM, SIGINT or the window was closed; everything is stored */
    APP_EXIT_FAILED = 1, /* the world failed: store, display, memory; a restart may help */
    APP_EXIT_USAGE = 2,  /* arguments or configuration are wrong; a restart does not help */
};

struct app_arguments {
    const char *config;     /* --config FILE */
    const char *dump;       /* --dump FILE: widget dump for robots, read-only; NULL */
    const char *screenshot; /* --screenshot FILE */
    const char *record;     /* --record FILE */
    const char *replay;     /* --replay FILE */
    bool has_seed; /* --seed N, for tests: what is shuffled on the screen is shuffled the same each time */
    uint64_t seed;
    bool full_screen;  /* --full-screen */
    bool has_geometry; /* --geometry WxH+X+Y */
    int width, height, x, y;
    bool version; /* --version */
    bool help;    /* --help */
};

struct app {
    struct app_arguments arguments;
    struct settings *settings;
    struct words *words;
    struct catalogue *catalogue;
    struct font *font;
    struct icon_set *icons;
    struct loop *loop;
    struct services *services;
    struct ui *ui;
};

/* The arguments are read. Returns: USAGE with the reason on standard error. Owns: texts are argv's. */
enum app_exit app_read_arguments(int argc, char **argv, const char *program, struct app_arguments *out);
/* What was asked for stands on standard output: help or version. Returns: false when neither was. */
bool app_tell(const struct app_arguments *arguments, const char *program);
/* Settings, words, catalogue and log are there, and what they name was judged: templates, icons, fonts,
 * pinyin and the drivers of a terminal or desk. Returns: USAGE with all mistakes on standard error. */
enum app_exit app_load(struct app *app, bool desk);
/* The window, fonts and icons are there. Returns: FAILED with the reason in the log. */
enum app_exit app_open_window(struct app *app, const char *title, bool desk,
                              const struct loop_settings *hooks);
/* The services run. Returns: FAILED, or USAGE when the hall key is missing or another hall's. */
enum app_exit app_start_services(struct app *app, bool desk, const char *owner);
/* The ui fills the window: clock, fonts, icons and size are the app's, the rest is the program's. */
void app_make_ui(struct app *app, struct ui_settings settings);
/* "ready" stands on standard output. Fits loop_settings.ready. */
void app_ready(void *context);
/* Everything is released in reverse order; safe on a half-built app. */
void app_release(struct app *app);

#endif
