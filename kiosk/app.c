#include "kiosk/app.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/log.h"
#include "kiosk/screens/screen.h"
#include "kiosk/ui/widget_keyboard.h"
#include "kiosk/voice/voice.h"

struct applicant {
    struct app app; /* first: drain and ready get it */
    struct screen_program program;
    struct widget_keyboard *keyboard;
    struct random_seeded seeded; /* for --seed */
};

static void drain(void *context)
{
    struct applicant *applicant = context;
    if (applicant->app.services != NULL && applicant->app.ui != NULL)
        screen_program_drain(applicant->app.ui);
}

static void play(void *program, enum ui_sound sound)
{
    const struct screen_program *applicant = program;
    switch (sound) {
    case UI_SOUND_NONE:
        voice_hush(applicant->voice);
        break;
    case UI_SOUND_KEY:
        voice_play(applicant->voice, TONE_KEY);
        break;
    case UI_SOUND_SUCCESS:
        voice_play(applicant->voice, TONE_SUCCESS);
        break;
    case UI_SOUND_ATTENTION:
        voice_play(applicant->voice, TONE_ATTENTION);
        break;
    case UI_SOUND_URGENT:
        voice_play(applicant->voice, TONE_URGENT);
        break;
    }
}

static void speak(void *program, const char *key)
{
    const struct screen_program *applicant = program;
    voice_speak(applicant->voice, key);
}

static void read_aloud(void *program, const char *text)
{
    const struct screen_program *applicant = program;
    if (text != NULL)
        voice_read(applicant->voice, text);
    else
        voice_hush(applicant->voice);
}

/* Without memory for a voice the program goes on, silent. */
static void open_voice(struct applicant *applicant)
{
    const struct settings *settings = applicant->app.settings;
    enum status status =
        voice_open(&(struct voice_settings){.clips = settings->sound_clips,
                                            .reader = settings->sound_reader,
                                            .volume_percent = (int)settings->sound_volume_percent},
                   &applicant->program.voice);
    if (status != STATUS_OK)
        log_failure("app", "opening the voice", status, NULL);
}

static void make_ui(struct applicant *applicant)
{
    struct app *app = &applicant->app;
    int count = 0;
    random_seeded_init(&applicant->seeded, app->arguments.seed);
    applicant->program = (struct screen_program){.services = app->services,
                                                 .words = app->words,
                                                 .settings = app->settings,
                                                 .catalogue = app->catalogue,
                                                 .clock = clock_system(),
                                                 .random = app->arguments.has_seed ? &applicant->seeded.random
                                                                                   : random_system()};
    const struct screen_class *screens = screen_table(app->settings, &count);
    app_make_ui(app, (struct ui_settings){.screens = screens,
                                          .screen_count = count,
                                          .program = &applicant->program,
                                          .pitch_um = (int)app->settings->screen_panel_pitch_um,
                                          .event = screen_program_event,
                                          .idle_end = screen_program_idle_end,
                                          .speak = speak,
                                          .read = read_aloud,
                                          .sound = play,
                                          .muted = !app->settings->sound_voice});
}

static enum app_exit run(struct applicant *applicant)
{
    struct app *app = &applicant->app;
    const struct loop_settings hooks = {.ready = app_ready, .drain = drain, .context = applicant};
    enum app_exit code = app_load(app, false);
    if (code == APP_EXIT_OK)
        code = app_open_window(app, "certkiosk", false, &hooks);
    if (code == APP_EXIT_OK)
        code = app_start_services(app, false, app->settings->terminal_id);
    if (code != APP_EXIT_OK)
        return code;
    make_ui(applicant);
    open_voice(applicant);
    applicant->keyboard = widget_keyboard_new(app->settings->paths_assets);
    ui_set_overlay(app->ui, widget_keyboard_overlay(applicant->keyboard));
    loop_catch_signals(app->loop);
    screen_show_visit(app->ui);
    ui_reset(app->ui, SCREEN_WELCOME, NULL);
    enum status status = loop_run(app->loop, app->ui);
    services_end_visit(app->services);
    return status == STATUS_OK ? APP_EXIT_OK : APP_EXIT_FAILED;
}

enum app_exit app_run(int argc, char **argv)
{
    struct applicant applicant = {0};
    enum app_exit code = app_read_arguments(argc, argv, "certkiosk", &applicant.app.arguments);
    if (code == APP_EXIT_OK && !app_tell(&applicant.app.arguments, "certkiosk"))
        code = run(&applicant);
    if (applicant.app.ui != NULL)
        ui_set_overlay(applicant.app.ui, NULL);
    widget_keyboard_free(applicant.keyboard);
    voice_close(applicant.program.voice);
    applicant.program.voice = NULL;
    app_release(&applicant.app);
    return code;
}
