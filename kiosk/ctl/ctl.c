#include "kiosk/ctl/ctl.h"

#include <getopt.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/store/hall_key_file.h"
#include "kiosk/store/store_audit.h"

#define CTL_BIT(code) (1U << CTL_OPTION_##code)
/* What says exactly what is wished of an operation (ctl_wish.h). */
#define CTL_WISH_BITS                                                                                        \
    (CTL_BIT(CATALOGUE) | CTL_BIT(CLASS) | CTL_BIT(YEARS) | CTL_BIT(QUANTITY) | CTL_BIT(SUB_KIND) |          \
     CTL_BIT(SEAL) | CTL_BIT(AGENT) | CTL_BIT(ISSUED) | CTL_BIT(REASON))

/* What this program is called in journal and audit, beside terminals and desks. */
static const char owner[] = "certctl";

struct verb {
    enum ctl_exit (*run)(struct ctl *ctl);
    const char *noun;
    const char *verb; /* "" for a noun that stands alone */
    enum ctl_need need;
    const char *words;
    size_t least;
    size_t most;
    unsigned options;
    const char *use;
};

static const struct verb verbs[] = {
#define CTL_VERB(function, noun, verb, need, words, least, most, options, use)                               \
    {function, noun, verb, CTL_NEED_##need, words, least, most, options, use},
#include "kiosk/ctl/ctl_verbs.def"
#undef CTL_VERB
};
enum { VERB_COUNT = sizeof(verbs) / sizeof(verbs[0]), VERBS_BYTES = 128 };

static const struct {
    const char *name;
    const char *value;
} option_table[CTL_OPTION_COUNT_] = {
#define CTL_OPTION(code, name, value) {name, value},
#include "kiosk/ctl/ctl_options.def"
#undef CTL_OPTION
};

static const unsigned common_options = CTL_BIT(CONFIG) | CTL_BIT(HELP) | CTL_BIT(VERSION);

bool ctl_has(const struct ctl *ctl, enum ctl_option option)
{
    return ctl->option[option] != NULL;
}

/* --- speaking ---------------------------------------------------------------------------------------- */

enum ctl_exit ctl_refuse(const struct ctl *ctl, enum status status, const struct failure *failure,
                         const char *format, ...)
{
    va_list arguments;
    FILE *err = ctl->io->err;
    (void)fputs("certctl: ", err);
    va_start(arguments, format);
    (void)vfprintf(err, format, arguments);
    va_end(arguments);
    if (status != STATUS_OK)
        (void)fprintf(err, " (%s)", status_name(status));
    if (failure != NULL && failure->where != NULL)
        (void)fprintf(err, ": %s %ld %s", failure->where, failure->vendor_code, failure->text);
    (void)fputc('\n', err);
    return CTL_EXIT_REFUSED;
}

enum ctl_exit ctl_misuse(const struct ctl *ctl, const char *format, ...)
{
    va_list arguments;
    (void)fputs("certctl: ", ctl->io->err);
    va_start(arguments, format);
    (void)vfprintf(ctl->io->err, format, arguments);
    va_end(arguments);
    (void)fputs("; see certctl --help\n", ctl->io->err);
    return CTL_EXIT_USAGE;
}

static void print_options(FILE *out, unsigned options)
{
    for (unsigned i = 0; i < CTL_OPTION_COUNT_; i++)
        if ((options & (1U << i)) != 0)
            (void)fprintf(out, " [--%s%s%s]", option_table[i].name, option_table[i].value[0] != 0 ? " " : "",
                          option_table[i].value);
}

static void print_help(FILE *out)
{
    (void)fputs("usage: certctl --config FILE NOUN [VERB] [WORD] [OPTION]..\n\n", out);
    for (unsigned i = 0; i < VERB_COUNT; i++) {
        const struct verb *verb = &verbs[i];
        (void)fprintf(out, "  %s%s%s%s%s", verb->noun, verb->verb[0] != 0 ? " " : "", verb->verb,
                      verb->words[0] != 0 ? " " : "", verb->words);
        print_options(out, verb->options);
        (void)fprintf(out, "\n      %s\n", verb->use);
    }
    (void)fputs("\nexit codes:\n"
                "  0  done, and nothing is wrong\n"
                "  1  refused, or something is wrong; the error output says what\n"
                "  2  arguments or settings are wrong; nothing was done\n",
                out);
}

/* --- reading the arguments --------------------------------------------------------------------------- */

/* Several kinds may be named, each once. */
static bool take_sub_kind(struct ctl *ctl, const char *id)
{
    for (size_t i = 0; i < ctl->sub_kind_count; i++)
        if (strcmp(ctl->sub_kind[i], id) == 0)
            return false;
    if (ctl->sub_kind_count == CTL_SUB_KINDS_MAX)
        return false;
    ctl->sub_kind[ctl->sub_kind_count++] = id;
    return true;
}

static enum ctl_exit read_options(struct ctl *ctl, int argc, char **argv)
{
    struct option options[CTL_OPTION_COUNT_ + 1] = {0};
    for (int i = 0; i < CTL_OPTION_COUNT_; i++)
        options[i] =
            (struct option){.name = option_table[i].name,
                            .has_arg = option_table[i].value[0] != 0 ? required_argument : no_argument,
                            .val = i};
    optind = 0; /* the next run of the same process starts afresh */
    opterr = 0;
    for (int option = getopt_long(argc, argv, "", options, NULL); option != -1;
         option = getopt_long(argc, argv, "", options, NULL)) {
        if (option < 0 || option >= CTL_OPTION_COUNT_)
            return ctl_misuse(ctl, "%s is no option, or lacks its value", argv[optind - 1]);
        bool is_repeated = ctl->option[option] != NULL && optarg != NULL;
        if (option == CTL_OPTION_SUB_KIND ? !take_sub_kind(ctl, optarg) : is_repeated)
            return ctl_misuse(ctl, "--%s %s is one too many", option_table[option].name, optarg);
        ctl->option[option] = optarg != NULL ? optarg : "";
    }
    return CTL_EXIT_DONE;
}

static const struct verb *find_verb(int count, char **words, int *used)
{
    for (unsigned i = 0; i < VERB_COUNT; i++) {
        bool is_alone = verbs[i].verb[0] == 0;
        if (count < (is_alone ? 1 : 2) || strcmp(verbs[i].noun, words[0]) != 0)
            continue;
        if (!is_alone && strcmp(verbs[i].verb, words[1]) != 0)
            continue;
        *used = is_alone ? 1 : 2;
        return &verbs[i];
    }
    return NULL;
}

static enum ctl_exit read_words(struct ctl *ctl, const struct verb *verb, int count, char **words)
{
    const char *gap = verb->verb[0] != 0 ? " " : "";
    const char *takes = verb->words[0] != 0 ? verb->words : "no words";
    if ((size_t)count < verb->least || (size_t)count > verb->most)
        return ctl_misuse(ctl, "%s%s%s takes %s", verb->noun, gap, verb->verb, takes);
    for (int i = 0; i < count; i++)
        ctl->word[i] = words[i];
    ctl->word_count = (size_t)count;
    for (unsigned i = 0; i < CTL_OPTION_COUNT_; i++)
        if (ctl->option[i] != NULL && ((verb->options | common_options) & (1U << i)) == 0)
            return ctl_misuse(ctl, "--%s does not go with %s%s%s, which takes %s", option_table[i].name,
                              verb->noun, gap, verb->verb, takes);
    return CTL_EXIT_DONE;
}

/* --- what a verb needs ------------------------------------------------------------------------------- */

enum ctl_exit ctl_open_settings(struct ctl *ctl)
{
    struct yaml_errors errors;
    const char *path = ctl->option[CTL_OPTION_CONFIG];
    if (ctl->settings != NULL)
        return CTL_EXIT_DONE;
    if (path == NULL)
        return ctl_misuse(ctl, "--config FILE is missing");
    yaml_errors_init(&errors);
    enum status status = settings_open(path, settings_process_environment, NULL, &errors, &ctl->settings);
    if (status != STATUS_OK)
        (void)fprintf(ctl->io->err, "%s\ncertctl: %s: %s\n", yaml_errors_text(&errors), path,
                      status_name(status));
    yaml_errors_release(&errors);
    return status == STATUS_OK ? CTL_EXIT_DONE : CTL_EXIT_USAGE;
}

enum ctl_exit ctl_open_store(struct ctl *ctl, bool only_existing)
{
    struct failure failure = {0};
    enum ctl_exit result = ctl_open_settings(ctl);
    if (result != CTL_EXIT_DONE || ctl->store != NULL)
        return result;
    const char *key = ctl->settings->hall_key_file;
    enum status status = hall_key_file_open(key, ctl->io->random, &ctl->hall_key, &failure);
    if (status != STATUS_OK)
        return ctl_refuse(ctl, status, &failure, "the hall key %s cannot be used; certctl doctor says more",
                          key);
    const char *path = ctl->settings->store_file;
    status = store_open(&(struct store_settings){.path = path,
                                                 .hall_key = &ctl->hall_key,
                                                 .clock = ctl->io->clock,
                                                 .random = ctl->io->random,
                                                 .owner = owner,
                                                 .password_log_n = (int)ctl->settings->store_password_log_n,
                                                 .only_existing = only_existing},
                        &ctl->store, &failure);
    if (status != STATUS_OK)
        return ctl_refuse(ctl, status, &failure, "the store %s cannot be opened; certctl doctor says more",
                          path);
    return CTL_EXIT_DONE;
}

void ctl_actor(char *out, size_t size)
{
    (void)snprintf(out, size, "uid:%u", (unsigned)getuid());
}

enum ctl_exit ctl_record(const struct ctl *ctl, const char *action, const char *subject, const char *detail)
{
    struct failure failure = {0};
    char actor[32];
    ctl_actor(actor, sizeof(actor));
    enum status status = store_audit_append(
        ctl->store,
        &(struct store_audit_entry){.action = action, .actor = actor, .subject = subject, .detail = detail},
        &failure);
    return status == STATUS_OK ? CTL_EXIT_DONE
                               : ctl_refuse(ctl, status, &failure, "not recorded, so not done");
}

static enum ctl_exit fulfil(struct ctl *ctl, enum ctl_need need)
{
    switch (need) {
    case CTL_NEED_NOTHING:
        return CTL_EXIT_DONE;
    case CTL_NEED_SETTINGS:
        return ctl_open_settings(ctl);
    case CTL_NEED_STORE:
        return ctl_open_store(ctl, true);
    case CTL_NEED_NEW_STORE:
        return ctl_open_store(ctl, false);
    }
    return CTL_EXIT_USAGE;
}

/* A noun without its verb, or with another's, is told its own. */
static enum ctl_exit refuse_verb(const struct ctl *ctl, int count, char **words)
{
    char list[VERBS_BYTES];
    size_t used = 0;
    unsigned left = 0;
    for (unsigned i = 0; i < VERB_COUNT; i++)
        left += strcmp(verbs[i].noun, words[0]) == 0;
    if (left == 0)
        return ctl_misuse(ctl, "%s is no noun", words[0]);
    for (unsigned i = 0; i < VERB_COUNT && used < sizeof(list); i++)
        if (strcmp(verbs[i].noun, words[0]) == 0)
            used += (size_t)snprintf(list + used, sizeof(list) - used, "%s%s", verbs[i].verb,
                                     --left > 1  ? ", "
                                     : left == 1 ? " or "
                                                 : "");
    return ctl_misuse(ctl, "%s takes %s%s%s", words[0], list, count > 1 ? ", not " : "",
                      count > 1 ? words[1] : "");
}

/* --- one run ----------------------------------------------------------------------------------------- */

static enum ctl_exit run_verb(struct ctl *ctl, int count, char **words)
{
    int used = 0;
    const struct verb *verb = find_verb(count, words, &used);
    if (count == 0)
        return ctl_misuse(ctl, "a verb is missing");
    if (verb == NULL)
        return refuse_verb(ctl, count, words);
    enum ctl_exit result = read_words(ctl, verb, count - used, words + used);
    if (result == CTL_EXIT_DONE)
        result = fulfil(ctl, verb->need);
    if (result == CTL_EXIT_DONE)
        result = verb->run(ctl);
    return result;
}

enum ctl_exit ctl_run(const struct ctl_io *io, int argc, char **argv)
{
    struct ctl ctl = {.io = io};
    enum ctl_exit result = read_options(&ctl, argc, argv);
    if (result == CTL_EXIT_DONE && ctl_has(&ctl, CTL_OPTION_HELP))
        print_help(io->out);
    else if (result == CTL_EXIT_DONE && ctl_has(&ctl, CTL_OPTION_VERSION))
        (void)fprintf(io->out, "certctl %s\n", CERTKIOSK_VERSION);
    else if (result == CTL_EXIT_DONE)
        result = run_verb(&ctl, argc - optind, argv + optind);
    if (fflush(io->out) != 0 && result == CTL_EXIT_DONE)
        result = ctl_refuse(&ctl, STATUS_IO, NULL, "the output could not be written");
    store_close(ctl.store);
    hall_key_close(&ctl.hall_key);
    settings_free(ctl.settings);
    return result;
}
