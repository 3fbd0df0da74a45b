/* Sim bench: what a test of a driver that talks HTTP stands on: a simulator in a folder of its own, the
 * transport to it, and a clock and random numbers that the test holds.
 *
 * Pitfall: the simulator has a clock of its own, which sim_bench_pass moves too and clock_manual_advance does
 * not.
 */
#ifndef TESTS_SUPPORT_SIM_BENCH_H
#define TESTS_SUPPORT_SIM_BENCH_H

#include "drivers/net/http.h"
#include "kiosk/base/clock.h"
#include "kiosk/base/random.h"
#include "tests/support/sim_client.h"

enum { SIM_BENCH_PATH_BYTES = 160 };

struct sim_bench {
    struct sim_client sim;
    struct http *http;
    struct clock_manual clock;
    struct random_seeded random;
    char dir[64];
    char url[64]; /* of the simulator, without a path */
};

/* The folder and the transport are there, the clock stands at the time of the machine; nothing runs yet. */
void sim_bench_open(struct sim_bench *bench);
/* The program runs with these arguments (NULL last). */
void sim_bench_start(struct sim_bench *bench, const char *program, const char *const *arguments);
/* All is gone; safe on a zeroed bench. */
void sim_bench_close(struct sim_bench *bench);
/* A file of the bench's folder. */
void sim_bench_path(const struct sim_bench *bench, const char *name, char path[SIM_BENCH_PATH_BYTES]);
/* Time passes here and at the simulator; negative seconds go back. */
void sim_bench_pass(struct sim_bench *bench, int64_t seconds);

#endif
