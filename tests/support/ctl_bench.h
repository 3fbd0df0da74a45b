/* Ctl bench: a hall in a folder of its own, and certctl run on it as its main would, with its output kept.
 *
 * The settings name fake devices and no authority; a test that wants another setting appends it.
 */
#ifndef TESTS_SUPPORT_CTL_BENCH_H
#define TESTS_SUPPORT_CTL_BENCH_H

#include "kiosk/base/buf.h"
#include "kiosk/base/json.h"
#include "kiosk/ctl/ctl.h"
#include "kiosk/order/order.h"

enum { CTL_BENCH_PATH_BYTES = 300, CTL_BENCH_NOW_UTC_S = 1795252342 };

/* Values of the sample order that may never be shown without being asked for. */
#define CTL_BENCH_NAME "重庆示例科技有限公司"
#define CTL_BENCH_PHONE "13800138000"

struct ctl_bench {
    char directory[CTL_BENCH_PATH_BYTES / 2];
    char config[CTL_BENCH_PATH_BYTES];
    struct clock_manual clock;
    struct random_seeded random;
    char *out; /* of the last run, NUL-terminated */
    char *err;
};

/* Folder and settings with the products of this checkout and the assets of this build; no hall key, no store.
 */
void ctl_bench_open(struct ctl_bench *bench, const char *source_dir, const char *build_dir);
/* Everything is gone. */
void ctl_bench_close(struct ctl_bench *bench);
/* cmocka's set-up (hall key made) and tear-down; *state is the bench. */
int ctl_bench_setup_at(void **state, const char *source_dir, const char *build_dir);
#ifdef TEST_SOURCE_DIR
static inline int ctl_bench_setup(void **state)
{
    return ctl_bench_setup_at(state, TEST_SOURCE_DIR, TEST_BUILD_DIR);
}
#endif
int ctl_bench_teardown(void **state);

/* certctl has run with these words behind --config; NULL ends them. `input` (may be NULL) is its standard
 * input. Returns: its exit code; bench->out and bench->err hold what it said. */
int ctl_bench_run(struct ctl_bench *bench, const char *input, ...) __attribute__((sentinel));
/* The same without --config. */
int ctl_bench_run_bare(struct ctl_bench *bench, ...) __attribute__((sentinel));
/* The last output as JSON; what is no JSON stops the test. Owns: the caller. */
struct json *ctl_bench_json(const struct ctl_bench *bench);

/* The text stands in this file of the hall's folder. */
void ctl_bench_write(const struct ctl_bench *bench, const char *name, const char *text);
/* A path or driver of the settings has another value: the line of this key is replaced. */
void ctl_bench_set(const struct ctl_bench *bench, const char *key, const char *value);
/* A plain SQL script runs on the store through a connection of its own: what damages it. */
void ctl_bench_sql(const struct ctl_bench *bench, const char *sql);
/* A path in the hall's folder. Owns: static, until the fourth call after. */
const char *ctl_bench_path(const struct ctl_bench *bench, const char *name);
/* The hall's store, opened as "terminal-01" with its key. Owns: the caller closes both with
 * ctl_bench_close_store. */
struct store *ctl_bench_open_store(struct ctl_bench *bench, struct hall_key *key);
void ctl_bench_close_store(struct store *store, struct hall_key *key);
/* A stored order of the sample product with values, a payment attempt, a key and an open intention; it is
 * being reviewed. */
void ctl_bench_order(struct ctl_bench *bench, struct order *out);

#endif
