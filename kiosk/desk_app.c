#include "kiosk/desk_app.h"

#include <stdio.h>

#include "kiosk/base/log.h"
#include "kiosk/desk/desk.h"
#include "kiosk/voice/voice.h"

struct clerk {
    struct app app; /* first: drain and ready get it */
    struct desk_program program;
};

static void on_idle_end(void *program, struct ui *ui)
{
    service_desk_sign_out(((struct desk_program *)program)->services);
    ui_forget(ui);
    ui_reset(ui, DESK_SIGNIN, NULL);
}

static void drain(void *context)
{
    struct clerk *clerk = context;
    if (clerk->app.services != NULL && clerk->app.ui != NULL)
        desk_program_drain(clerk->app.ui);
}

static void play(void *program, enum ui_sound sound)
{
    const struct desk_program *desk = program;
    if (sound == UI_SOUND_ATTENTION)
        voice_play(desk->voice, TONE_ATTENTION);
}

/* Without memory for a voice the program goes on, silent. */
static void open_voice(struct clerk *clerk)
{
    const struct settings *settings = clerk->app.settings;
    enum status status =
        voice_open(&(struct voice_settings){.clips = settings->sound_clips,
                                            .reader = "",
                                            .volume_percent = (int)settings->sound_volume_percent},
                   &clerk->program.voice);
    if (status != STATUS_OK)
        log_failure("app", "opening the voice", status, NULL);
}

static void make_ui(struct clerk *clerk)
{
    struct app *app = &clerk->app;
    int count = 0;
    clerk->program = (struct desk_program){.services = app->services,
                                           .words = app->words,
                                           .settings = app->settings,
                                           .catalogue = app->catalogue,
                                           .clock = clock_system()};
    const struct screen_class *screens = desk_table(app->settings, &count);
    app_make_ui(app, (struct ui_settings){.screens = screens,
                                          .screen_count = count,
                                          .program = &clerk->program,
                                          .desk = true,
                                          .idle_end = on_idle_end,
                                          .sound = play});
}

static enum app_exit run(struct clerk *clerk)
{
    struct app *app = &clerk->app;
    const struct loop_settings hooks = {.ready = app_ready, .drain = drain, .context = clerk};
    enum app_exit code = app_load(app, true);
    if (code == APP_EXIT_OK)
        code = app_open_window(app, "certclerk", true, &hooks);
    if (code != APP_EXIT_OK)
        return code;
    /* A desk may run beside a terminal on one machine and one settings file: it is another holder of leases.
     */
    code = app_start_services(app, true, app->settings->desk_id);
    if (code != APP_EXIT_OK)
        return code;
    make_ui(clerk);
    open_voice(clerk);
    loop_catch_signals(app->loop);
    ui_reset(app->ui, DESK_SIGNIN, NULL);
    return loop_run(app->loop, app->ui) == STATUS_OK ? APP_EXIT_OK : APP_EXIT_FAILED;
}

enum app_exit desk_app_run(int argc, char **argv)
{
    struct clerk clerk = {0};
    enum app_exit code = app_read_arguments(argc, argv, "certclerk", &clerk.app.arguments);
    if (code == APP_EXIT_OK && !app_tell(&clerk.app.arguments, "certclerk"))
        code = run(&clerk);
    voice_close(clerk.program.voice);
    clerk.program.voice = NULL;
    app_release(&clerk.app);
    return code;
}
