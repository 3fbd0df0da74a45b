/* Sim fault: the list of misfortunes a simulator was told to cause, each for the next n calls of a named
 * method.
 *
 * The list knows names only; what "bad-sign" means is the simulator's business. Kinds a simulator does not
 * know are refused when they are asked for, not when they are due. Pitfall: faults are taken in the order
 * they were added; a fault for method "*" fits every method.
 */
#ifndef DRIVERS_SIMULATORS_COMMON_SIM_FAULT_H
#define DRIVERS_SIMULATORS_COMMON_SIM_FAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/json.h"

enum { SIM_FAULT_TEXT_BYTES = 96, SIM_FAULT_COUNT = 64 };

struct sim_fault {
    char method[SIM_FAULT_TEXT_BYTES];   /* "*" for any */
    char kind[SIM_FAULT_TEXT_BYTES];     /* one of the simulator's list */
    char argument[SIM_FAULT_TEXT_BYTES]; /* what the kind needs: a sub_code, milliseconds, an amount; or "" */
    int remaining;                       /* calls still to be hit; negative: all */
};

struct sim_faults {
    const char *const *kinds; /* static list, ended by NULL */
    size_t count;
    struct sim_fault list[SIM_FAULT_COUNT];
};

/* The list is empty and takes these kinds. */
void sim_faults_init(struct sim_faults *faults, const char *const *kinds);

/* The next `count` calls of the method meet this fault; a negative count means all until cleared.
 * Returns: UNSUPPORTED (kind not known), FULL, MALFORMED (a text too long, count 0). */
enum status sim_faults_add(struct sim_faults *faults, const char *method, const char *kind,
                           const char *argument, int count);

/* Whether a call of the method meets a fault of this kind now; one use of it is spent and it is copied.
 * Several kinds may be due for one call; ask for each. */
bool sim_faults_take(struct sim_faults *faults, const char *method, const char *kind, struct sim_fault *out);

/* No fault is due any more. */
void sim_faults_clear(struct sim_faults *faults);

/* The waiting faults as a JSON array. Owns: the caller. */
struct json *sim_faults_json(const struct sim_faults *faults);

#endif
