/* Kill program: what the terminal and the desk without screens have in common: arguments, real drivers, a
 * pump.
 *
 * Settings come from a file as in the product; every device and service is reached over its real protocol.
 * Pitfall: both programs end with 0 only when what they were asked for is done.
 */
#ifndef TESTS_KILL_KILL_PROGRAM_H
#define TESTS_KILL_KILL_PROGRAM_H

#include "tests/kill/kill_story.h"
#include "tests/support/hall_program.h"

struct kill_arguments {
    const char *config;
    const char *order; /* id of the order to go on with; "" for a new one */
    const char *phone; /* of a new order's applicant */
    const char *clerk; /* desk */
    enum kill_story story;
    int patience_s;     /* terminal: how long it may take */
    int sms_port;       /* where the applicant reads messages */
    int pay_port;       /* where the applicant pays */
    int scanner_port;   /* where papers are laid on the glass */
    const char *record; /* points are written there */
    const char *plan;   /* when and whom to kill */
    const char *ca_pid_file;
    const char *lie;
};

enum { KILL_EXIT_DONE = 0, KILL_EXIT_STUCK = 3, KILL_EXIT_USAGE = 64, KILL_EXIT_START = 70 };

struct kill_program {
    struct kill_arguments arguments;
    struct hall hall; /* settings, catalogue, hall key and time only */
    struct hall_program program;
    bool has_changed_key; /* terminal: the order's second key was put in */
};

/* Arguments are read, points armed, settings loaded and services started.
 * Returns: 0, or the exit code to end with. Owns: the caller ends it with kill_program_end. */
int kill_program_begin(struct kill_program *kill, int argc, char **argv, bool is_desk);
/* Everything is stopped and given back. */
void kill_program_end(struct kill_program *kill);
/* The machine's monotonic milliseconds. */
int64_t kill_program_now_ms(void);

#endif
