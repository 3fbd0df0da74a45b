/* Scanner bench: a simulated network scanner and the folder that makes SANE find it, for tests.
 *
 * The simulator is sim-scanner from the build folder; everything lies in a folder of its own and is gone
 * afterwards. Pitfall: a program that uses it must link drv_scanner.
 */
#ifndef TESTS_SUPPORT_SCANNER_BENCH_H
#define TESTS_SUPPORT_SCANNER_BENCH_H

#include <stdint.h>
#include <sys/types.h>

struct scanner_bench {
    char folder[64];
    char sane_folder[80]; /* for SANE_CONFIG_DIR */
    pid_t pid;
    uint16_t port;
};

/* The simulator is ready and the folder names it. `build_folder` holds the program. Aborts the test on
 * failure. */
void scanner_bench_start(struct scanner_bench *bench, const char *build_folder);
/* The simulator of this bench is killed; it can be started again at the same port with scanner_bench_revive.
 */
void scanner_bench_kill(struct scanner_bench *bench);
void scanner_bench_revive(struct scanner_bench *bench, const char *build_folder);
/* The simulator is gone and the folder removed. */
void scanner_bench_stop(struct scanner_bench *bench);

/* POST to a control path such as "state?state=jam". Returns: the HTTP code, 0 when nobody answered. */
int scanner_bench_control(const struct scanner_bench *bench, const char *path);

#endif
