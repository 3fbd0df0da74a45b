#include "tests/kill/kill_program.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/log.h"
#include "kiosk/services/service_drivers.h"
#include "kiosk/store/hall_key_file.h"
#include "tests/kill/kill_points.h"

int64_t kill_program_now_ms(void)
{
    return clock_monotonic_ms(clock_system());
}

static bool read_option(int option, const char *value, struct kill_arguments *out)
{
    const struct {
        int option;
        const char **place;
    } texts[] = {{'c', &out->config}, {'o', &out->order}, {'p', &out->phone},       {'k', &out->clerk},
                 {'r', &out->record}, {'q', &out->plan},  {'a', &out->ca_pid_file}, {'l', &out->lie}};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        if (texts[i].option != option)
            continue;
        *texts[i].place = value;
        return true;
    }
    if (option == 'g')
        return kill_story_parse(value, &out->story);
    if (option == 's')
        out->sms_port = (int)strtol(value, NULL, 10);
    else if (option == 't')
        out->patience_s = (int)strtol(value, NULL, 10);
    else if (option == 'n')
        out->scanner_port = (int)strtol(value, NULL, 10);
    else if (option == 'y')
        out->pay_port = (int)strtol(value, NULL, 10);
    else
        return false;
    return true;
}

static bool read_arguments(int argc, char **argv, struct kill_arguments *out)
{
    static const struct option options[] = {
        {"config", required_argument, NULL, 'c'},       {"order", required_argument, NULL, 'o'},
        {"phone", required_argument, NULL, 'p'},        {"clerk", required_argument, NULL, 'k'},
        {"record", required_argument, NULL, 'r'},       {"plan", required_argument, NULL, 'q'},
        {"ca-pid-file", required_argument, NULL, 'a'},  {"lie", required_argument, NULL, 'l'},
        {"patience", required_argument, NULL, 't'},     {"story", required_argument, NULL, 'g'},
        {"sms-port", required_argument, NULL, 's'},     {"pay-port", required_argument, NULL, 'y'},
        {"scanner-port", required_argument, NULL, 'n'}, {NULL, 0, NULL, 0}};
    *out = (struct kill_arguments){.order = "", .phone = "", .clerk = "", .patience_s = 60};
    bool ok = true;
    for (int option = getopt_long(argc, argv, "", options, NULL); option != -1 && ok;
         option = getopt_long(argc, argv, "", options, NULL))
        ok = read_option(option, optarg, out);
    return ok && optind == argc && out->config != NULL;
}

static bool load(struct hall *hall, const char *config)
{
    struct yaml_errors errors;
    yaml_errors_init(&errors);
    enum status status = settings_open(config, NULL, NULL, &errors, &hall->settings);
    if (status == STATUS_OK)
        status = catalogue_open(hall->settings->paths_catalogue, &errors, &hall->catalogue);
    if (status != STATUS_OK)
        (void)fprintf(stderr, "%s\n", yaml_errors_text(&errors));
    yaml_errors_release(&errors);
    if (status == STATUS_OK)
        status = hall_key_file_open(hall->settings->hall_key_file, random_system(), &hall->hall_key, NULL);
    if (status == STATUS_OK)
        status = hall_key_derive(&hall->hall_key, "page-code", "", 0, hall->page_key, sizeof(hall->page_key),
                                 NULL);
    hall->time.clock = *clock_system();
    return status == STATUS_OK;
}

/* What halls may be set up for, and the sample's products may say. */
static void prepare(struct kill_program *kill, bool is_desk)
{
    struct settings *settings = kill->hall.settings;
    if (kill->arguments.story == KILL_STORY_BY_HAND)
        hall_take_by_hand(&kill->hall);
    if (kill->arguments.story == KILL_STORY_COURIER && is_desk)
        settings->desk_writer = true;
    else if (kill->arguments.story == KILL_STORY_COURIER)
        settings->token_driver = "none"; /* the one writer of the tests stands at the desk */
}

static bool start(struct kill_program *kill, bool is_desk)
{
    struct hall_program *program = &kill->program;
    struct failure failure = {0};
    const struct settings *settings = kill->hall.settings;
    *program = (struct hall_program){.hall = &kill->hall, .number = is_desk ? 0 : 1};
    (void)snprintf(program->owner, sizeof(program->owner), "%s",
                   is_desk ? settings->desk_id : settings->terminal_id);
    const struct services_settings wanted = {.settings = settings,
                                             .catalogue = kill->hall.catalogue,
                                             .clock = clock_system(),
                                             .random = random_system(),
                                             .owner = program->owner,
                                             .is_desk = is_desk};
    enum status status = services_start(&wanted, &program->services, &failure);
    if (status != STATUS_OK)
        log_failure("kill", "starting", status, &failure);
    return status == STATUS_OK;
}

int kill_program_begin(struct kill_program *kill, int argc, char **argv, bool is_desk)
{
    if (!read_arguments(argc, argv, &kill->arguments))
        return KILL_EXIT_USAGE;
    const struct kill_arguments *arguments = &kill->arguments;
    const struct kill_points points = {.plan = arguments->plan,
                                       .record_file = arguments->record,
                                       .ca_pid_file = arguments->ca_pid_file,
                                       .lie = arguments->lie};
    log_start(LOG_INFO, 2);
    if (!kill_points_start(&points))
        return KILL_EXIT_USAGE;
    kill_points_watch(arguments->order);
    if (!load(&kill->hall, arguments->config))
        return KILL_EXIT_START;
    service_drivers_set_environment(kill->hall.settings);
    prepare(kill, is_desk);
    return start(kill, is_desk) ? 0 : KILL_EXIT_START;
}

void kill_program_end(struct kill_program *kill)
{
    hall_program_end(&kill->program);
    hall_key_close(&kill->hall.hall_key);
    catalogue_free(kill->hall.catalogue);
    settings_free(kill->hall.settings);
}
