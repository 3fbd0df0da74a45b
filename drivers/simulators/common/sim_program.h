/* Sim program: the arguments, start and end that all simulator programs share.
 *
 *   --port N             0 (default): the system chooses
 *   --port-file FILE     holds the port as decimal text once the simulator is ready; written in one step
 *   --state-dir DIR      where it keeps what must survive its own kill; made when missing
 *   --log FILE           one JSON line per call
 *   --die-with-parent    ends when the process that started it ends
 *   --help               these and the simulator's own, on standard output
 *
 * Further arguments belong to the simulator, each with a value: `--name value`.
 * Pitfall: readiness is the port file or the line "ready port=N" on standard output, not the start of the
 * process.
 */
#ifndef DRIVERS_SIMULATORS_COMMON_SIM_PROGRAM_H
#define DRIVERS_SIMULATORS_COMMON_SIM_PROGRAM_H

#include <stdbool.h>
#include <stdint.h>

#include "drivers/simulators/common/sim_http.h"

enum { SIM_PROGRAM_OPTIONS = 16 };

struct sim_program {
    const char *name; /* static text */
    uint16_t port;
    const char *port_file; /* NULL when not given */
    const char *state_dir; /* NULL when not given */
    const char *log_file;  /* NULL when not given */
    struct {
        const char *name; /* with its dashes */
        const char *value;
    } options[SIM_PROGRAM_OPTIONS]; /* the simulator's own */
    int option_count;
    bool is_help; /* --help was asked for and answered */
};

/* The arguments are read; termination signals are held back from now on, so that threads started later do not
 * take them. `own` lists the simulator's own option names with their dashes, ended by NULL.
 * Returns: CANCELLED when `is_help` is set and there is nothing more to do, CONFIG after an explanation on
 * standard error. Owns: texts are borrowed from argv.
 * Thread: call first in main. */
enum status sim_program_begin(struct sim_program *program, const char *name, int argc, char **argv,
                              const char *const *own);

/* The simulator's own option, or the fallback. */
const char *sim_program_option(const struct sim_program *program, const char *name, const char *fallback);

/* Readiness is announced: port file and line.
 * Returns: IO. */
enum status sim_program_ready(const struct sim_program *program, uint16_t port);

/* Returns when SIGTERM or SIGINT arrived. Time: until then. */
void sim_program_wait(void);

#endif
