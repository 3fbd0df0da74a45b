#include "drivers/simulators/common/sim_program.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

#include "kiosk/base/file.h"
#include "kiosk/base/log.h"
#include "kiosk/base/text.h"

static enum status refuse(const char *name, const char *what, const char *argument)
{
    (void)fprintf(stderr, "%s: %s: %s\n", name, what, argument);
    return STATUS_CONFIG;
}

static enum status tell_usage(struct sim_program *program, const char *const *own)
{
    (void)printf("usage: %s [--port N] [--port-file FILE] [--state-dir DIR] [--log FILE] [--die-with-parent]",
                 program->name);
    for (; own != NULL && *own != NULL; own++)
        (void)printf(" [%s VALUE]", *own);
    (void)printf("\n");
    program->is_help = true;
    return STATUS_CANCELLED;
}

static bool is_own(const char *argument, const char *const *own)
{
    for (; own != NULL && *own != NULL; own++)
        if (strcmp(argument, *own) == 0)
            return true;
    return false;
}

static enum status read_port(struct sim_program *program, const char *text)
{
    char *end = NULL;
    unsigned long port = strtoul(text, &end, 10);
    if (end == text || *end != '\0' || port > 65535)
        return refuse(program->name, "not a port", text);
    program->port = (uint16_t)port;
    return STATUS_OK;
}

static enum status take_option(struct sim_program *program, const char *name, const char *value,
                               const char *const *own)
{
    if (strcmp(name, "--port") == 0)
        return read_port(program, value);
    if (strcmp(name, "--port-file") == 0)
        program->port_file = value;
    else if (strcmp(name, "--state-dir") == 0)
        program->state_dir = value;
    else if (strcmp(name, "--log") == 0)
        program->log_file = value;
    else if (is_own(name, own) && program->option_count < SIM_PROGRAM_OPTIONS) {
        program->options[program->option_count].name = name;
        program->options[program->option_count++].value = value;
    } else
        return refuse(program->name, "argument not known", name);
    return STATUS_OK;
}

static sigset_t end_signals(void)
{
    sigset_t set;
    (void)sigemptyset(&set);
    (void)sigaddset(&set, SIGTERM);
    (void)sigaddset(&set, SIGINT);
    return set;
}

enum status sim_program_begin(struct sim_program *program, const char *name, int argc, char **argv,
                              const char *const *own)
{
    *program = (struct sim_program){.name = name};
    if (text_is_among("--help", argc, argv))
        return tell_usage(program, own);
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--die-with-parent") == 0) {
            (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
            continue;
        }
        if (i + 1 >= argc)
            return refuse(name, "argument not known or without value", argv[i]);
        enum status status = take_option(program, argv[i], argv[i + 1], own);
        if (status != STATUS_OK)
            return status;
        i++;
    }
    sigset_t set = end_signals();
    (void)sigprocmask(SIG_BLOCK, &set, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
    struct failure failure = {0};
    if (program->state_dir != NULL && file_make_directories(program->state_dir, 0700, &failure) != STATUS_OK)
        return refuse(name, failure.text, program->state_dir);
    return STATUS_OK;
}

const char *sim_program_option(const struct sim_program *program, const char *name, const char *fallback)
{
    for (int i = 0; i < program->option_count; i++)
        if (strcmp(program->options[i].name, name) == 0)
            return program->options[i].value;
    return fallback;
}

enum status sim_program_ready(const struct sim_program *program, uint16_t port)
{
    char text[16];
    int length = snprintf(text, sizeof(text), "%u\n", port);
    struct failure failure = {0};
    if (program->port_file != NULL) {
        enum status status = file_replace(program->port_file, text, (size_t)length, 0644, &failure);
        if (status != STATUS_OK) {
            log_failure(program->name, "port file", status, &failure);
            return status;
        }
    }
    (void)printf("ready port=%u\n", port);
    (void)fflush(stdout);
    return STATUS_OK;
}

void sim_program_wait(void)
{
    sigset_t set = end_signals();
    int signal_number = 0;
    (void)sigwait(&set, &signal_number);
}
