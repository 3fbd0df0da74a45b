/* Sim control: the control interface all simulators share, plain HTTP under /control/ for curl, tests and the
 * control window.
 *
 *   GET  /control/health              {"simulator":..,"pid":..,"utc_s":..}
 *   GET  /control/faults              the waiting faults
 *   POST /control/fault?method=M&kind=K[&argument=A][&count=N]
 *                                     the next N (1) calls of M meet K
 *   POST /control/clear               no fault any more
 *   POST /control/clock?advance_s=N   the simulator's clock stands N seconds further (N may be negative)
 *
 * Anything else under /control/ goes to the simulator's own handler. Answers are JSON; a refusal is 400 with
 * {"error":..}. Parameters may stand in the query or, as a form, in the body.
 * Pitfall: the control port is the service's own port; it exists in simulators only.
 */
#ifndef DRIVERS_SIMULATORS_COMMON_SIM_CONTROL_H
#define DRIVERS_SIMULATORS_COMMON_SIM_CONTROL_H

#include "drivers/simulators/common/sim_fault.h"
#include "drivers/simulators/common/sim_http.h"
#include "drivers/simulators/common/sim_log.h"
#include "kiosk/base/json.h"

struct sim_control {
    const char *name; /* the simulator's, static text */
    struct sim_faults faults;
    struct sim_log log;
    int64_t clock_offset_s;
    sim_http_handler more; /* further paths; may be NULL; answers 404 itself for what it does not know */
    void *context;         /* handed to `more` */
};

/* The shared paths are answered, the others handed to control->more. Thread: as sim_http_handler. */
void sim_control_handle(struct sim_control *control, const struct sim_http_request *request,
                        struct sim_http_reply *reply);

/* A parameter of a control request from its query or its form body.
 * Returns: false, and "" in out, when missing or too long. */
bool sim_control_parameter(const struct sim_http_request *request, const char *name, char *out, size_t size);

/* The document is the answer, 200. Owns: the document is freed. */
void sim_control_answer_take(struct sim_http_reply *reply, struct json *document);

/* The answer is this code with {"error": text}. */
void sim_control_refuse(struct sim_http_reply *reply, int code, const char *text);

/* The simulator's time: the machine's plus what was moved. Units: seconds since 1970 UTC. */
int64_t sim_control_utc_s(const struct sim_control *control);

#endif
