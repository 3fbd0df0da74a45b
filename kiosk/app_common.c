#include "kiosk/app_common.h"

#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/base/log.h"
#include "kiosk/base/random.h"
#include "kiosk/services/service_drivers.h"
#include "kiosk/services/service_files.h"

enum { DESK_WIDTH_PX = 1440 }; /* the least width the desk's pages are drawn for */

/* --- arguments --------------------------------------------------------------------------------------- */

static void print_usage(FILE *out, const char *program)
{
    (void)fprintf(
        out,
        "usage: %s --config FILE [--full-screen] [--geometry WxH+X+Y] [--dump FILE] [--screenshot FILE]\n"
        "          [--record FILE] [--replay FILE] [--seed N] [--version] [--help]\n"
        "A recording leaves out what types a secret. With --seed, which goes with --record or --replay only "
        "and is\n"
        "for tests, the PIN pad is shuffled the same each time, and its touches are recorded.\n",
        program);
}

static bool read_geometry(const char *text, struct app_arguments *out)
{
    int used = 0;
    out->has_geometry = true;
    return sscanf(text, "%dx%d+%d+%d%n", &out->width, &out->height, &out->x, &out->y, &used) == 4 &&
           text[used] == 0 && out->width >= 640 && out->height >= 480;
}

static bool read_seed(const char *text, struct app_arguments *out)
{
    char *end = NULL;
    out->has_seed = true;
    out->seed = strtoull(text, &end, 10);
    return text[0] >= '0' && text[0] <= '9' && *end == 0;
}

static bool read_option(int option, const char *value, struct app_arguments *out)
{
    switch (option) {
    case 'c':
        out->config = value;
        return true;
    case 'd':
        out->dump = value;
        return true;
    case 's':
        out->screenshot = value;
        return true;
    case 'r':
        out->record = value;
        return true;
    case 'p':
        out->replay = value;
        return true;
    case 'f':
        out->full_screen = true;
        return true;
    case 'g':
        return read_geometry(value, out);
    case 'e':
        return read_seed(value, out);
    case 'v':
        out->version = true;
        return true;
    case 'h':
        out->help = true;
        return true;
    default:
        return false;
    }
}

enum app_exit app_read_arguments(int argc, char **argv, const char *program, struct app_arguments *out)
{
    static const struct option options[] = {{"config", required_argument, NULL, 'c'},
                                            {"dump", required_argument, NULL, 'd'},
                                            {"screenshot", required_argument, NULL, 's'},
                                            {"record", required_argument, NULL, 'r'},
                                            {"replay", required_argument, NULL, 'p'},
                                            {"seed", required_argument, NULL, 'e'},
                                            {"full-screen", no_argument, NULL, 'f'},
                                            {"geometry", required_argument, NULL, 'g'},
                                            {"version", no_argument, NULL, 'v'},
                                            {"help", no_argument, NULL, 'h'},
                                            {NULL, 0, NULL, 0}};
    *out = (struct app_arguments){0};
    bool ok = true;
    for (int option = getopt_long(argc, argv, "", options, NULL); option != -1 && ok;
         option = getopt_long(argc, argv, "", options, NULL))
        ok = read_option(option, optarg, out);
    if (out->has_seed && out->record == NULL && out->replay == NULL)
        ok = false; /* nothing is predictable in a hall */
    if (!ok || optind != argc || (out->config == NULL && !out->version && !out->help)) {
        print_usage(stderr, program);
        return APP_EXIT_USAGE;
    }
    return APP_EXIT_OK;
}

bool app_tell(const struct app_arguments *arguments, const char *program)
{
    if (arguments->help)
        print_usage(stdout, program);
    else if (arguments->version)
        (void)printf("%s " CERTKIOSK_VERSION "\n", program);
    return arguments->help || arguments->version;
}

/* --- files ------------------------------------------------------------------------------------------- */

static enum log_level level_of(const char *name)
{
    static const struct {
        const char *name;
        enum log_level level;
    } levels[] = {{"error", LOG_ERROR}, {"warn", LOG_WARN}, {"info", LOG_INFO}, {"debug", LOG_DEBUG}};
    for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++)
        if (strcmp(levels[i].name, name) == 0)
            return levels[i].level;
    return LOG_INFO;
}

static bool start_log(const struct settings *settings)
{
    int fd = STDERR_FILENO;
    if (settings->log_file[0] != 0)
        fd = open(settings->log_file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0) {
        (void)fprintf(stderr, "%s: the log cannot be written\n", settings->log_file);
        return false;
    }
    log_start(level_of(settings->log_level), fd);
    return true;
}

/* Settings with mistakes still name files; theirs are told in the same pass. */
static enum status load_files(struct app *app, bool desk, struct yaml_errors *errors)
{
    enum status status = settings_open_partly(app->arguments.config, settings_process_environment, NULL,
                                              errors, &app->settings);
    if (app->settings == NULL)
        return status;
    enum status files = service_files_open(app->settings, desk, errors, &app->words, &app->catalogue);
    return status != STATUS_OK ? status : files;
}

enum app_exit app_load(struct app *app, bool desk)
{
    struct yaml_errors errors;
    yaml_errors_init(&errors);
    enum status status = load_files(app, desk, &errors);
    if (status != STATUS_OK)
        (void)fprintf(stderr, "%s\n%s: not started\n", yaml_errors_text(&errors), app->arguments.config);
    yaml_errors_release(&errors);
    if (status != STATUS_OK || !start_log(app->settings))
        return APP_EXIT_USAGE;
    service_drivers_set_environment(app->settings);
    return APP_EXIT_OK;
}

/* --- window ------------------------------------------------------------------------------------------ */

static enum status open_fonts(struct app *app, struct failure *failure)
{
    char icons[PATH_MAX];
    const struct settings *settings = app->settings;
    const struct font_settings paths = {.regular = settings->fonts_regular,
                                        .medium = settings->fonts_medium,
                                        .bold = settings->fonts_bold,
                                        .index = (int)settings->fonts_index};
    (void)snprintf(icons, sizeof(icons), "%s/icons", settings->paths_assets);
    enum status status = font_open(&paths, &app->font, failure);
    if (status == STATUS_OK)
        app->icons = icon_set_new(icons);
    return status;
}

static void choose_window(const struct app *app, bool desk, struct loop_settings *loop)
{
    const struct settings *settings = app->settings;
    const struct app_arguments *arguments = &app->arguments;
    loop->full_screen =
        arguments->full_screen || (!desk && settings->screen_full_screen && !arguments->has_geometry);
    loop->x = arguments->has_geometry ? arguments->x : (int)settings->screen_window_x;
    loop->y = arguments->has_geometry ? arguments->y : (int)settings->screen_window_y;
    loop->width = arguments->has_geometry ? arguments->width
                  : desk                  ? (int)settings->desk_width
                                          : (int)settings->screen_width;
    loop->height = arguments->has_geometry ? arguments->height
                   : desk                  ? (int)settings->desk_height
                                           : (int)settings->screen_height;
    loop->borderless = !desk || arguments->has_geometry;
    loop->resizable = desk && !arguments->has_geometry;
    loop->hide_pointer = !desk && loop->full_screen;
}

enum app_exit app_open_window(struct app *app, const char *title, bool desk,
                              const struct loop_settings *hooks)
{
    struct failure failure = {0};
    struct loop_settings loop = *hooks;
    const struct app_arguments *arguments = &app->arguments;
    loop.title = title;
    loop.dump_path = arguments->dump != NULL                            ? arguments->dump
                     : app->settings->screen_dump_file[0] != 0 && !desk ? app->settings->screen_dump_file
                                                                        : NULL;
    loop.screenshot_path = arguments->screenshot;
    loop.record_path = arguments->record;
    loop.record_pads = arguments->has_seed;
    loop.replay_path = arguments->replay;
    choose_window(app, desk, &loop);
    enum status status = loop_open(&loop, &app->loop, &failure);
    if (status == STATUS_OK)
        status = open_fonts(app, &failure);
    if (status == STATUS_OK)
        return APP_EXIT_OK;
    log_failure("app", "opening the window", status, &failure);
    return APP_EXIT_FAILED;
}

/* --- services ---------------------------------------------------------------------------------------- */

enum app_exit app_start_services(struct app *app, bool desk, const char *owner)
{
    struct failure failure = {0};
    enum status status = services_start(&(struct services_settings){.settings = app->settings,
                                                                    .catalogue = app->catalogue,
                                                                    .clock = clock_system(),
                                                                    .random = random_system(),
                                                                    .owner = owner,
                                                                    .is_desk = desk,
                                                                    .wake = loop_wake,
                                                                    .wake_context = app->loop},
                                        &app->services, &failure);
    if (status == STATUS_OK)
        return APP_EXIT_OK;
    log_failure("app", "starting the services", status, &failure);
    return status == STATUS_NOT_FOUND || status == STATUS_REFUSED || status == STATUS_CONFIG
               ? APP_EXIT_USAGE
               : APP_EXIT_FAILED;
}

void app_make_ui(struct app *app, struct ui_settings settings)
{
    int width = 0;
    int height = 0;
    settings.clock = clock_system();
    settings.idle_countdown_ms = app->settings->idle_countdown_s * 1000;
    settings.font = app->font;
    settings.icons = app->icons;
    loop_size(app->loop, &width, &height);
    /* A window placed by hand stands among others on one display: everything is shown, however small. */
    if (app->arguments.has_geometry) {
        settings.pitch_um = -1;
        settings.desk_scale = width < DESK_WIDTH_PX ? (double)width / DESK_WIDTH_PX : 1;
    }
    app->ui = ui_new(&settings, width, height);
}

void app_ready(void *context)
{
    (void)context;
    (void)printf("ready\n");
    (void)fflush(stdout);
}

void app_release(struct app *app)
{
    ui_free(app->ui);
    services_stop(app->services);
    icon_set_free(app->icons);
    font_close(app->font);
    loop_close(app->loop);
    catalogue_free(app->catalogue);
    words_free(app->words);
    settings_free(app->settings);
    *app = (struct app){0};
}
