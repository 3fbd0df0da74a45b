#include "tests/support/sim_bench.h"

#include <signal.h>
#include <stdio.h>
#include <time.h>

#include "kiosk/base/check.h"
#include "tests/support/pki_process.h"

void sim_bench_open(struct sim_bench *bench)
{
    const struct http_curl_settings settings = {0};
    *bench = (struct sim_bench){0};
    pki_process_make_dir(bench->dir);
    check(http_curl_new(&settings, &bench->http) == STATUS_OK);
    clock_manual_init(&bench->clock, time(NULL));
    random_seeded_init(&bench->random, 7);
}

void sim_bench_start(struct sim_bench *bench, const char *program, const char *const *arguments)
{
    sim_client_start(&bench->sim, bench->dir, program, arguments);
    (void)snprintf(bench->url, sizeof(bench->url), "http://127.0.0.1:%u", bench->sim.port);
}

void sim_bench_close(struct sim_bench *bench)
{
    http_free(bench->http);
    sim_client_stop(&bench->sim, SIGTERM);
    if (bench->dir[0] != 0)
        pki_process_remove_dir(bench->dir);
    *bench = (struct sim_bench){0};
}

void sim_bench_path(const struct sim_bench *bench, const char *name, char path[SIM_BENCH_PATH_BYTES])
{
    (void)snprintf(path, SIM_BENCH_PATH_BYTES, "%s/%s", bench->dir, name);
}

void sim_bench_pass(struct sim_bench *bench, int64_t seconds)
{
    clock_manual_advance(&bench->clock, seconds * 1000);
    check(sim_client_post(&bench->sim, "/control/clock?advance_s=%lld", (long long)seconds) == 200);
}
