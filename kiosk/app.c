#include "kiosk/app.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/log.h"
#include "kiosk/screens/screen.h"
#include "kiosk/ui/widget_keyboard.h"

struct applicant {
    struct app app; /* first: drain and ready get it */
    struct screen_program program;
    struct widget_keyboard *keyboard;
    char told_screen[64];
    char told_field[64];
};

/* The desk sees where the applicant stands; only names of screens and fields, never values. */
static void tell_presence(struct applicant *applicant)
{
    const char *screen = ui_screen_name(applicant->app.ui);
    const char *field = ui_focused(applicant->app.ui);
    if (field == NULL)
        field = "";
    if (strcmp(screen, applicant->told_screen) == 0 && strcmp(field, applicant->told_field) == 0)
        return;
    (void)snprintf(applicant->told_screen, sizeof(applicant->told_screen), "%s", screen);
    (void)snprintf(applicant->told_field, sizeof(applicant->told_field), "%s", field);
    (void)service_presence(applicant->app.services, screen, field);
}

static void drain(void *context)
{
    app_drain(context);
    tell_presence(context);
}

/* What every screen of the applicant does the same way. */
static bool on_event(void *program, struct ui *ui, const struct ui_event *event)
{
    struct screen_program *in_hand = program;
    if (ui_tapped(event, "bar.call")) {
        bool calling = !services_visit(in_hand->services)->clerk_called;
        (void)service_call_clerk(in_hand->services, calling);
        ui_toast(ui, ICON_HEADSET, screen_text(ui, calling ? "call.sent" : "call.cancelled"));
        return true;
    }
    return false;
}

static void on_idle_end(void *program, struct ui *ui)
{
    (void)program;
    screen_end_visit(ui);
}

static void make_ui(struct applicant *applicant)
{
    struct app *app = &applicant->app;
    int count = 0;
    applicant->program = (struct screen_program){.services = app->services,
                                                 .words = app->words,
                                                 .settings = app->settings,
                                                 .catalogue = app->catalogue,
                                                 .clock = clock_system()};
    const struct screen_class *screens = screen_table(app->settings, &count);
    app_make_ui(app, (struct ui_settings){.screens = screens,
                                          .screen_count = count,
                                          .program = &applicant->program,
                                          .pitch_um = (int)app->settings->screen_panel_pitch_um,
                                          .event = on_event,
                                          .idle_end = on_idle_end});
}

static enum app_exit run(struct applicant *applicant)
{
    struct app *app = &applicant->app;
    const struct loop_settings hooks = {.ready = app_ready, .drain = drain, .context = applicant};
    enum app_exit code = app_load(app);
    if (code == APP_EXIT_OK)
        code = app_open_window(app, "certkiosk", false, &hooks);
    if (code == APP_EXIT_OK)
        code = app_start_services(app, false, app->settings->terminal_id);
    if (code != APP_EXIT_OK)
        return code;
    make_ui(applicant);
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
    if (code == APP_EXIT_OK && applicant.app.arguments.version)
        (void)printf("certkiosk " CERTKIOSK_VERSION "\n");
    else if (code == APP_EXIT_OK)
        code = run(&applicant);
    if (applicant.app.ui != NULL)
        ui_set_overlay(applicant.app.ui, NULL);
    widget_keyboard_free(applicant.keyboard);
    app_release(&applicant.app);
    return code;
}
