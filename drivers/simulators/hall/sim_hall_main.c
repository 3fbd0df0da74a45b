/* sim-hall is the control window of the simulators: with it a person finishes a visit alone, being the
 * applicant's telephone, purse, hands and bad luck.
 *
 * Its arguments are told by --help. The DIR of --hall is a demonstration hall as kiosk/hall.sh makes it:
 * DIR/run/{sms,alipay,wechat,scanner,idcard,identity,ca-proxy}.port, DIR/printer with its tray, DIR/key,
 * DIR/papers with pictures (*.jpg, *.png) that can be laid on the glass beside the sheets of the tray. Each
 * of the further arguments replaces one of these; a URL is http://127.0.0.1:PORT. Without --hall every
 * simulator not named is shown as silent, and pages are written below the printer's directory. --assets is
 * the folder of icons, $SHARE/assets when not given; --page is sim-page, beside this program when not given.
 * --unit and
 * --person stand on papers instead of what the printed form says.
 *
 * As the demonstration starts it:
 *   sim-hall --hall HALL --assets ASSETS --geometry 1920x540+0+540
 *
 * A window given a geometry has no border; it lays itself out in as many columns as it has room for.
 * Prints "ready" after its first frame. --dump, --screenshot and --replay as for certkiosk. The CA's section
 * appears when its proxy (sim-ca) answers, the card reader's and the
 * telephone's when sim-idcard and sim-identity do. The fonts' defaults are
 * those of config/kiosk.yaml.example. Exit codes: 0 SIGTERM, SIGINT or the window was closed, 1 no display or
 * no fonts, 2 arguments.
 */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "drivers/simulators/hall/sim_hall.h"
#include "drivers/simulators/hall/sim_hall_screen.h"
#include "kiosk/base/check.h"
#include "kiosk/base/job.h"
#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/ui/loop.h"

static const char usage[] =
    "usage: sim-hall [--hall DIR] [--assets DIR] [--geometry WxH+X+Y] [--dump FILE] [--screenshot FILE]\n"
    "                [--replay FILE] [--sms URL] [--alipay URL] [--wechat URL] [--scanner URL] [--idcard "
    "URL]\n"
    "                [--identity URL] [--ca URL] [--printer DIR] [--key DIR] [--papers DIR] [--page "
    "PROGRAM]\n"
    "                [--unit NAME] [--person NAME] [--font-regular FILE] [--font-medium FILE]\n"
    "                [--font-bold FILE]\n";

#define FONTS "/usr/share/fonts/opentype/noto/NotoSansCJK-"

enum { EXIT_BROKEN = 1, EXIT_ARGUMENTS = 2, LOOK_EVERY_MS = 500, SIDE_LEAST_PX = 320 };

struct arguments {
    const char *hall, *assets, *dump, *screenshot, *replay, *geometry;
    const char *sms, *alipay, *wechat, *scanner, *idcard, *identity, *ca, *printer, *key, *papers, *page,
        *unit, *person;
    const char *font_regular, *font_medium, *font_bold;
    int width, height, x, y;
};

/* The one list of arguments: member, name. */
#define ARGUMENTS(X)                                                                                         \
    X(hall, "hall")                                                                                          \
    X(assets, "assets")                                                                                      \
    X(dump, "dump")                                                                                          \
    X(screenshot, "screenshot")                                                                              \
    X(replay, "replay")                                                                                      \
    X(geometry, "geometry")                                                                                  \
    X(sms, "sms")                                                                                            \
    X(alipay, "alipay")                                                                                      \
    X(wechat, "wechat")                                                                                      \
    X(scanner, "scanner")                                                                                    \
    X(idcard, "idcard")                                                                                      \
    X(identity, "identity")                                                                                  \
    X(ca, "ca")                                                                                              \
    X(printer, "printer")                                                                                    \
    X(key, "key")                                                                                            \
    X(papers, "papers")                                                                                      \
    X(page, "page")                                                                                          \
    X(unit, "unit")                                                                                          \
    X(person, "person")                                                                                      \
    X(font_regular, "font-regular")                                                                          \
    X(font_medium, "font-medium")                                                                            \
    X(font_bold, "font-bold")

enum argument {
#define X(member, name) ARGUMENT_##member,
    ARGUMENTS(X)
#undef X
};

struct program {
    struct sim_hall_settings settings;
    struct sim_hall_program shown; /* first of what the screen sees */
    struct worker *worker;
    struct worker *self; /* the same, for the worker's own reports */
    struct sim_hall_view last;
    struct loop *loop;
    struct ui *ui;
    struct font *font;
    struct icon_set *icons;
};

enum errand_kind { ERRAND_ACT, ERRAND_KEY, ERRAND_SHEET };

/* An act on its way to the worker and back, or a report that the view changed. */
struct errand {
    struct job job;
    bool is_view;
    enum errand_kind kind;
    enum sim_hall_act_code act;
    char detail[72];
    char said[SIM_HALL_TEXT_BYTES];
    struct sim_hall_view view;
};

/* --- the worker ------------------------------------------------------------------------------------------
 */

static void look_again(void *context)
{
    struct program *program = context;
    struct sim_hall_view view;
    sim_hall_look(&program->settings, &view);
    if (memcmp(&view, &program->last, sizeof view) == 0)
        return;
    struct errand *report = calloc(1, sizeof *report);
    check(report != NULL);
    program->last = view;
    report->is_view = true;
    report->view = view;
    worker_post(program->self, &report->job);
}

static void run_errand(void *context, struct job *job)
{
    struct program *program = context;
    struct errand *errand = (struct errand *)job;
    if (errand->kind == ERRAND_KEY) {
        job->status = sim_hall_key_insert(&program->settings, errand->detail);
        (void)snprintf(errand->said, sizeof errand->said, "%s：%s", errand->detail,
                       job->status == STATUS_OK ? "已插入" : "没有插入");
    } else if (errand->kind == ERRAND_SHEET) {
        job->status = sim_hall_sheet_lay(&program->settings, errand->detail);
        (void)snprintf(errand->said, sizeof errand->said, "%s：%s", errand->detail,
                       job->status == STATUS_OK ? "已放上台面" : "放不上去");
    } else
        job->status = sim_hall_act_run(&program->settings, errand->act, errand->detail, errand->said);
    look_again(program);
}

static void dispose(struct job *job)
{
    free(job);
}

static void send_errand(struct program *program, enum errand_kind kind, enum sim_hall_act_code act,
                        const char *detail)
{
    struct errand *errand = calloc(1, sizeof *errand);
    check(errand != NULL);
    errand->job.what = "an act of the control window";
    errand->kind = kind;
    errand->act = act;
    (void)snprintf(errand->detail, sizeof errand->detail, "%s", detail);
    (void)worker_send(program->worker, &errand->job);
}

static void send_act(void *context, enum sim_hall_act_code act, const char *detail)
{
    send_errand(context, ERRAND_ACT, act, detail);
}

static void send_insertion(void *context, const char *name)
{
    send_errand(context, ERRAND_KEY, SIM_HALL_ACT_COUNT, name);
}

static void send_sheet(void *context, const char *name)
{
    send_errand(context, ERRAND_SHEET, SIM_HALL_ACT_COUNT, name);
}

/* --- the window ------------------------------------------------------------------------------------------
 */

static void drain(void *context)
{
    struct program *program = context;
    if (program->worker == NULL || program->ui == NULL)
        return;
    for (struct job *job = worker_receive(program->worker); job != NULL;
         job = worker_receive(program->worker)) {
        struct errand *errand = (struct errand *)job;
        if (errand->is_view) {
            program->shown.view = errand->view;
            program->shown.has_view = true;
        } else
            program->shown.waiting--;
        ui_notice(program->ui, 0, errand->said);
        ui_invalidate(program->ui);
        free(errand);
    }
}

static void ready(void *context)
{
    (void)context;
    (void)printf("ready\n");
    (void)fflush(stdout);
}

static bool read_arguments(int argc, char **argv, struct arguments *out)
{
    static const struct option options[] = {
#define X(member, name) {name, required_argument, NULL, ARGUMENT_##member},
        ARGUMENTS(X)
#undef X
            {NULL, 0, NULL, 0}};
    const char **members[] = {
#define X(member, name) &out->member,
        ARGUMENTS(X)
#undef X
    };
    *out = (struct arguments){.width = 640, .height = 1000, .x = -1, .y = -1};
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (option == '?')
            return false;
        *members[option] = optarg;
    }
    if (optind != argc)
        return false;
    return out->geometry == NULL ||
           (sscanf(out->geometry, "%dx%d+%d+%d", &out->width, &out->height, &out->x, &out->y) == 4 &&
            out->width >= SIDE_LEAST_PX && out->height >= SIDE_LEAST_PX);
}

static void set_path(char out[SIM_HALL_PATH_BYTES], const char *given, const char *hall, const char *below)
{
    if (given != NULL)
        (void)snprintf(out, SIM_HALL_PATH_BYTES, "%s", given);
    else if (hall != NULL)
        (void)snprintf(out, SIM_HALL_PATH_BYTES, "%s/%s", hall, below);
}

/* The program `name` in the folder this one is in. */
static void find_beside(char out[SIM_HALL_PATH_BYTES], const char *name)
{
    ssize_t length = readlink("/proc/self/exe", out, SIM_HALL_PATH_BYTES - 1);
    out[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(out, '/');
    size_t used = slash == NULL ? 0 : (size_t)(slash + 1 - out);
    (void)snprintf(out + used, SIM_HALL_PATH_BYTES - used, "%s", name);
}

static void find_simulators(const struct arguments *arguments, struct sim_hall_settings *out)
{
    static const char *const port_files[] = {
#define SIM_HALL_SECTION(code, title, port_file, silent) port_file,
#include "drivers/simulators/hall/sim_hall_sections.def"
#undef SIM_HALL_SECTION
    };
    const char *const urls[SIM_HALL_SECTION_COUNT] = {
        [SIM_HALL_SECTION_SMS] = arguments->sms,         [SIM_HALL_SECTION_PAY] = arguments->alipay,
        [SIM_HALL_SECTION_SCANNER] = arguments->scanner, [SIM_HALL_SECTION_CARD] = arguments->idcard,
        [SIM_HALL_SECTION_PHONE] = arguments->identity,  [SIM_HALL_SECTION_CA] = arguments->ca};
    for (int i = 0; i < SIM_HALL_SECTION_COUNT; i++) {
        (void)snprintf(out->url[i], sizeof out->url[i], "%s", urls[i] != NULL ? urls[i] : "");
        if (arguments->hall != NULL && port_files[i][0] != '\0')
            (void)snprintf(out->port_file[i], sizeof out->port_file[i], "%s/run/%s", arguments->hall,
                           port_files[i]);
    }
    (void)snprintf(out->wechat_url, sizeof out->wechat_url, "%s",
                   arguments->wechat != NULL ? arguments->wechat : "");
    if (arguments->hall != NULL)
        (void)snprintf(out->wechat_port_file, sizeof out->wechat_port_file, "%s/run/wechat.port",
                       arguments->hall);
    set_path(out->key_dir, arguments->key, arguments->hall, "key");
    set_path(out->papers_dir, arguments->papers, arguments->hall, "papers");
    set_path(out->printer_dir, arguments->printer, arguments->hall, "printer");
    if (out->printer_dir[0] != '\0') {
        set_path(out->tray_dir, NULL, out->printer_dir, "tray");
        set_path(out->page_file, NULL, out->printer_dir, "page.jpg");
    }
    if (arguments->page != NULL)
        set_path(out->page_program, arguments->page, NULL, NULL);
    else
        find_beside(out->page_program, "sim-page");
    (void)snprintf(out->unit, sizeof out->unit, "%s", arguments->unit != NULL ? arguments->unit : "");
    (void)snprintf(out->person, sizeof out->person, "%s", arguments->person != NULL ? arguments->person : "");
}

static enum status open_window(struct program *program, const struct arguments *arguments,
                               struct failure *failure)
{
    char icons[SIM_HALL_PATH_BYTES];
    const char *share = getenv("SHARE");
    const struct loop_settings settings = {.title = "模拟设备控制台",
                                           .x = arguments->x,
                                           .y = arguments->y,
                                           .width = arguments->width,
                                           .height = arguments->height,
                                           .borderless = arguments->geometry != NULL,
                                           .resizable = arguments->geometry == NULL,
                                           .dump_path = arguments->dump,
                                           .screenshot_path = arguments->screenshot,
                                           .replay_path = arguments->replay,
                                           .ready = ready,
                                           .drain = drain,
                                           .context = program};
    const struct font_settings fonts = {
        .regular = arguments->font_regular != NULL ? arguments->font_regular : FONTS "Regular.ttc",
        .medium = arguments->font_medium != NULL ? arguments->font_medium : FONTS "Medium.ttc",
        .bold = arguments->font_bold != NULL ? arguments->font_bold : FONTS "Bold.ttc"};
    if (arguments->assets != NULL)
        (void)snprintf(icons, sizeof icons, "%s/icons", arguments->assets);
    else
        (void)snprintf(icons, sizeof icons, "%s/assets/icons", share != NULL ? share : ".");
    enum status status = loop_open(&settings, &program->loop, failure);
    if (status == STATUS_OK)
        status = font_open(&fonts, &program->font, failure);
    if (status == STATUS_OK)
        program->icons = icon_set_new(icons);
    return status;
}

static void make_ui(struct program *program)
{
    int width = 0;
    int height = 0;
    int count = 0;
    const struct screen_class *screens = sim_hall_screen_table(&count);
    loop_size(program->loop, &width, &height);
    program->ui = ui_new(&(struct ui_settings){.clock = clock_system(),
                                               .font = program->font,
                                               .icons = program->icons,
                                               .screens = screens,
                                               .screen_count = count,
                                               .program = &program->shown,
                                               .desk = true},
                         width, height);
    ui_reset(program->ui, 0, NULL);
}

static enum status run(struct program *program, const struct arguments *arguments, struct failure *failure)
{
    enum status status = open_window(program, arguments, failure);
    if (status != STATUS_OK)
        return status;
    find_simulators(arguments, &program->settings);
    program->shown.send = send_act;
    program->shown.insert = send_insertion;
    program->shown.lay = send_sheet;
    program->shown.context = program;
    make_ui(program);
    loop_catch_signals(program->loop);
    status = worker_start(&(struct worker_settings){.name = "simulators",
                                                    .run = run_errand,
                                                    .idle = look_again,
                                                    .idle_every_ms = LOOK_EVERY_MS,
                                                    .context = program,
                                                    .wake = loop_wake,
                                                    .wake_context = program->loop,
                                                    .self = &program->self},
                          &program->worker);
    return status == STATUS_OK ? loop_run(program->loop, program->ui) : status;
}

int main(int argc, char **argv)
{
    static struct program program;
    struct arguments arguments;
    struct failure failure = {0};
    if (text_is_among("--help", argc, argv)) {
        (void)fputs(usage, stdout);
        return 0;
    }
    if (!read_arguments(argc, argv, &arguments)) {
        (void)fputs(usage, stderr);
        return EXIT_ARGUMENTS;
    }
    (void)signal(SIGPIPE, SIG_IGN);
    enum status status = run(&program, &arguments, &failure);
    if (status != STATUS_OK)
        log_failure("sim-hall", "the control window", status, &failure);
    worker_stop(program.worker, dispose);
    ui_free(program.ui);
    icon_set_free(program.icons);
    font_close(program.font);
    loop_close(program.loop);
    return status == STATUS_OK ? 0 : EXIT_BROKEN;
}
