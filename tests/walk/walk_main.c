/* walk-driver: goes through one visit at a running hall, as people do it: with input through the X servers.
 *
 * Its arguments are told by --help.
 *
 * Prints each step with its time, and adds it to OUT/steps.tsv. --form-picture scans another sheet in place
 * of the signed form, --no-pay shows the code to nobody: both must end in a failure. Exit codes: 0 every step
 * was seen to work, 1 a step failed, 2 wrong arguments. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/clock.h"
#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/text.h"
#include "tests/walk/walk.h"

enum { EXIT_FAILED = 1, EXIT_ARGUMENTS = 2 };

static const char usage[] =
    "usage: walk-driver --hall DIR --build DIR --out DIR --applicant FILE --clerk FILE\n"
    "                   --terminal DISPLAY,DUMP[,PID] --desk DISPLAY,DUMP[,PID]\n"
    "                   [--from STEP] [--to STEP] [--only STEP] [--form-picture FILE] [--no-pay SECONDS]\n"
    "                   [--see TEXT] [--tap WIDGET]\n";

enum { WHEN_ALWAYS, WHEN_ASKED };

static const struct {
    const char *name;
    const char *help;
    bool is_asked_for;
    bool (*run)(struct walk *walk);
} steps[] = {
#define WALK_STEP(name, when, help) {#name, help, WHEN_##when, walk_step_##name},
#include "tests/walk/walk_steps.def"
#undef WALK_STEP
};

enum { STEPS = sizeof(steps) / sizeof(steps[0]) };

struct arguments {
    const char *applicant;
    char *terminal;
    char *desk;
    size_t from, to; /* indices of the first and the last step */
    bool only;       /* the one step was asked for */
};

/* --- arguments ------------------------------------------------------------------------------------------ */

static size_t step_of(const char *name)
{
    for (size_t i = 0; i < STEPS; i++)
        if (strcmp(steps[i].name, name) == 0)
            return i;
    return STEPS;
}

static bool take(struct walk *walk, struct arguments *arguments, int option, char *value)
{
    switch (option) {
    case 'h':
        walk->world.hall = value;
        return true;
    case 'b':
        walk->world.build = value;
        return true;
    case 'o':
        walk->out = value;
        return true;
    case 'a':
        arguments->applicant = value;
        return true;
    case 'c':
        walk->clerk_file = value;
        return true;
    case 't':
        arguments->terminal = value;
        return strchr(value, ',') != NULL;
    case 'd':
        arguments->desk = value;
        return strchr(value, ',') != NULL;
    case 'f':
        arguments->from = step_of(value);
        return arguments->from < STEPS;
    case 'l':
        arguments->to = step_of(value);
        return arguments->to < STEPS;
    case 'y':
        arguments->from = arguments->to = step_of(value);
        arguments->only = true;
        return arguments->from < STEPS;
    case 'p':
        walk->form_picture = value;
        return true;
    case 'n':
        walk->no_pay_wait_s = (int)strtol(value, NULL, 10);
        return walk->no_pay_wait_s > 0;
    case 's':
        walk->see = value;
        return true;
    case 'w':
        walk->tap = value;
        return true;
    default:
        return false;
    }
}

static bool read_arguments(int argc, char **argv, struct walk *walk, struct arguments *arguments)
{
    static const struct option options[] = {{"hall", required_argument, NULL, 'h'},
                                            {"build", required_argument, NULL, 'b'},
                                            {"out", required_argument, NULL, 'o'},
                                            {"applicant", required_argument, NULL, 'a'},
                                            {"clerk", required_argument, NULL, 'c'},
                                            {"terminal", required_argument, NULL, 't'},
                                            {"desk", required_argument, NULL, 'd'},
                                            {"from", required_argument, NULL, 'f'},
                                            {"to", required_argument, NULL, 'l'},
                                            {"only", required_argument, NULL, 'y'},
                                            {"form-picture", required_argument, NULL, 'p'},
                                            {"no-pay", required_argument, NULL, 'n'},
                                            {"see", required_argument, NULL, 's'},
                                            {"tap", required_argument, NULL, 'w'},
                                            {NULL, 0, NULL, 0}};
    int option;
    *arguments = (struct arguments){.to = STEPS - 1};
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
        if (!take(walk, arguments, option, optarg))
            return false;
    return optind == argc && walk->world.hall && walk->world.build && walk->out && arguments->applicant &&
           walk->clerk_file && arguments->terminal && arguments->desk;
}

/* --- opening -------------------------------------------------------------------------------------------- */

/* "DISPLAY,DUMP[,PID]" becomes a view. */
static bool open_view(struct walk_view *view, const char *name, char *place)
{
    char *comma = strchr(place, ',');
    char *second = strchr(comma + 1, ',');
    *comma = 0;
    if (second != NULL)
        *second = 0;
    *view = (struct walk_view){.name = name, .dump_path = comma + 1, .display = walk_display_open(place)};
    if (second != NULL)
        view->pid = (pid_t)strtol(second + 1, NULL, 10);
    if (view->display == NULL)
        (void)fprintf(stderr, "walk-driver: display %s is not there or has no XTEST\n", place);
    return view->display != NULL;
}

static struct json *read_json(const char *path)
{
    struct buf text;
    struct json *document = NULL;
    buf_init(&text, LIMIT_JSON_BYTES);
    if (file_read(path, &text, NULL) != STATUS_OK ||
        json_parse((const char *)text.data, text.length, &document) != STATUS_OK)
        document = NULL;
    buf_release(&text);
    return document;
}

/* What an earlier run of this walk left: the number of pictures, the PIN, the order's number. */
static void recall(struct walk *walk)
{
    struct json *kept = read_json(walk_path(walk, "walk.json"));
    if (kept == NULL)
        return;
    walk->pictures = (int)json_number(kept, "pictures", 0);
    (void)text_copy(walk->pin, sizeof(walk->pin), json_text(kept, "pin", ""));
    (void)text_copy(walk->acceptance, sizeof(walk->acceptance), json_text(kept, "acceptance", ""));
    json_free(kept);
}

static void remember(const struct walk *walk)
{
    struct buf text;
    struct json *kept = json_new_object();
    json_set_integer(kept, "pictures", walk->pictures);
    json_set_text(kept, "pin", walk->pin);
    json_set_text(kept, "acceptance", walk->acceptance);
    buf_init(&text, LIMIT_JSON_BYTES);
    if (json_write(kept, &text) != STATUS_OK ||
        file_replace(walk_path(walk, "walk.json"), text.data, text.length, 0600, NULL) != STATUS_OK)
        (void)fprintf(stderr, "walk-driver: walk.json was not written\n");
    buf_wipe(&text);
    json_free(kept);
}

/* --- walking -------------------------------------------------------------------------------------------- */

static void note_step(const struct walk *walk, const char *name, int64_t took_ms, bool is_good)
{
    FILE *file = fopen(walk_path(walk, "steps.tsv"), "ae");
    if (file == NULL)
        return;
    (void)fprintf(file, "%s\t%lld\t%s\t%s\n", name, (long long)took_ms, is_good ? "ok" : "failed",
                  is_good ? "" : walk->failure);
    (void)fclose(file);
}

static bool run_step(struct walk *walk, size_t index, int64_t start_ms)
{
    int64_t began_ms = clock_monotonic_ms(clock_system());
    bool is_good = steps[index].run(walk);
    int64_t now_ms = clock_monotonic_ms(clock_system());
    (void)printf("%7.1f s  %-10s %5.1f s  %s%s\n", (double)(now_ms - start_ms) / 1000, steps[index].name,
                 (double)(now_ms - began_ms) / 1000,
                 is_good ? "" : "FAILED: ", is_good ? steps[index].help : walk->failure);
    (void)fflush(stdout);
    note_step(walk, steps[index].name, now_ms - began_ms, is_good);
    if (!is_good) {
        (void)walk_picture(walk, &walk->terminal, "failed-terminal");
        (void)walk_picture(walk, &walk->desk, "failed-desk");
    }
    remember(walk);
    return is_good;
}

static bool run(struct walk *walk, const struct arguments *arguments)
{
    int64_t start_ms = clock_monotonic_ms(clock_system());
    bool is_good = true;
    for (size_t i = arguments->from; i <= arguments->to && is_good; i++)
        if (arguments->only || !steps[i].is_asked_for)
            is_good = run_step(walk, i, start_ms);
    return is_good;
}

int main(int argc, char **argv)
{
    static struct walk walk;
    struct arguments arguments;
    if (text_is_among("--help", argc, argv)) {
        (void)fputs(usage, stdout);
        return EXIT_SUCCESS;
    }
    if (!read_arguments(argc, argv, &walk, &arguments)) {
        (void)fputs(usage, stderr);
        return EXIT_ARGUMENTS;
    }
    walk.applicant = read_json(arguments.applicant);
    if (walk.applicant == NULL) {
        (void)fprintf(stderr, "walk-driver: %s is not JSON\n", arguments.applicant);
        return EXIT_ARGUMENTS;
    }
    recall(&walk);
    bool is_good = open_view(&walk.terminal, "terminal", arguments.terminal) &&
                   open_view(&walk.desk, "desk", arguments.desk) && run(&walk, &arguments);
    walk_view_release(&walk.terminal);
    walk_view_release(&walk.desk);
    walk_display_close(walk.terminal.display);
    walk_display_close(walk.desk.display);
    json_free(walk.applicant);
    return is_good ? EXIT_SUCCESS : EXIT_FAILED;
}
