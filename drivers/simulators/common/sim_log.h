/* Sim log: one JSON object per line and call, so that a test can read what the product really asked for.
 *
 * Written at once and never rewritten; a killed simulator loses at most the line being written.
 * Pitfall: it holds what the wire held, codes and numbers too; simulators only ever see made-up people.
 */
#ifndef DRIVERS_SIMULATORS_COMMON_SIM_LOG_H
#define DRIVERS_SIMULATORS_COMMON_SIM_LOG_H

#include "kiosk/base/failure.h"
#include "kiosk/base/json.h"

struct sim_log {
    int fd;           /* -1 when there is no file */
    int64_t sequence; /* of the last line */
};

/* Lines go to the end of this file; NULL or "" keeps no file. Returns: IO. Owns: the caller closes it. */
enum status sim_log_open(struct sim_log *log, const char *path, struct failure *failure);

/* The object with "seq" added stands as one line at the end of the file. Owns: the object is freed. */
void sim_log_take(struct sim_log *log, struct json *line);

/* The file is closed; safe on a zeroed log. */
void sim_log_close(struct sim_log *log);

#endif
