/* Ctl: certctl, the administrator's program: keys, clerks, orders, audit, store and a doctor on the command
 * line.
 *
 * One list of verbs (ctl_verbs.def), one file per noun. It reads and mends; it never moves an order, takes
 * money or touches a key. Output is English for administrators, product words as the data has them; --json
 * gives the same as one JSON document on standard output.
 * Pitfall: what applicants wrote is shown only with --reveal, and a row of the audit says so before it is.
 */
#ifndef KIOSK_CTL_CTL_H
#define KIOSK_CTL_CTL_H

#include <stdbool.h>
#include <stdio.h>

#include "kiosk/base/clock.h"
#include "kiosk/base/random.h"
#include "kiosk/catalogue/settings.h"
#include "kiosk/store/hall_key.h"
#include "kiosk/store/store.h"

/* What the program tells whoever called it; also in its help. */
enum ctl_exit {
    CTL_EXIT_DONE = 0,
    CTL_EXIT_REFUSED = 1, /* refused, or something is wrong */
    CTL_EXIT_USAGE = 2    /* arguments or settings are wrong; nothing was done */
};

enum ctl_option {
#define CTL_OPTION(code, name, value) CTL_OPTION_##code,
#include "kiosk/ctl/ctl_options.def"
#undef CTL_OPTION
    CTL_OPTION_COUNT_
};

/* What a verb needs before it starts. */
enum ctl_need { CTL_NEED_NOTHING, CTL_NEED_SETTINGS, CTL_NEED_STORE, CTL_NEED_NEW_STORE };

/* Where the program speaks and listens; handed in, so that tests can look. */
struct ctl_io {
    FILE *out;
    FILE *err;
    int in_fd; /* passwords are read from here without a buffer */
    const struct clock *clock;
    const struct random *random;
};

enum { CTL_WORDS_MAX = 2, CTL_SUB_KINDS_MAX = 8 };

/* One run. */
struct ctl {
    const struct ctl_io *io;
    const char
        *option[CTL_OPTION_COUNT_]; /* the value, "" for a switch that was given, NULL when not given */
    const char *sub_kind[CTL_SUB_KINDS_MAX]; /* --sub-kind may be given several times */
    size_t sub_kind_count;
    const char *word[CTL_WORDS_MAX]; /* what stands behind the verb */
    size_t word_count;
    struct settings *settings; /* NULL when the verb needs none */
    struct hall_key hall_key;
    struct store *store; /* NULL when the verb needs none */
};

/* The arguments are read, the verb is done.
 * Returns: the exit code. Owns: the arguments are borrowed. Thread: one at a time (getopt). */
enum ctl_exit ctl_run(const struct ctl_io *io, int argc, char **argv);

/* Whether the option was given. */
bool ctl_has(const struct ctl *ctl, enum ctl_option option);

/* The settings are read; mistakes stand on the error output. Nothing happens when they are there already.
 * Returns: USAGE when --config is missing or they are wrong. */
enum ctl_exit ctl_open_settings(struct ctl *ctl);
/* Settings, hall key and store are open; what failed stands on the error output.
 * Returns: USAGE as ctl_open_settings; REFUSED when key or store cannot be opened. */
enum ctl_exit ctl_open_store(struct ctl *ctl, bool only_existing);

/* One line on the error output: the sentence, the status and the repairer's detail.
 * Returns: REFUSED, so that a verb can return it. */
enum ctl_exit ctl_refuse(const struct ctl *ctl, enum status status, const struct failure *failure,
                         const char *format, ...) __attribute__((format(printf, 4, 5)));
/* One line on the error output about the arguments. Returns: USAGE, so that a verb can return it. */
enum ctl_exit ctl_misuse(const struct ctl *ctl, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Who runs the program, for audit rows: the user id. Units: size bytes. */
void ctl_actor(char *out, size_t size);
/* A row stands in the audit: who (the user id of this process) did what to which subject.
 * Returns: REFUSED, told, when it cannot be written. After failure: the verb shows nothing. */
enum ctl_exit ctl_record(const struct ctl *ctl, const char *action, const char *subject, const char *detail);

/* The verbs. Each gets a run whose needs are open. Returns: the exit code; what went wrong was told. */
#define CTL_VERB(function, noun, verb, need, words, least, most, options, use)                               \
    enum ctl_exit function(struct ctl *ctl);
#include "kiosk/ctl/ctl_verbs.def"
#undef CTL_VERB

#endif
