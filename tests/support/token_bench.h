/* Token bench: one token driver under test with a remote control, the same for the fake and for PKCS#11.
 *
 * PKCS#11 runs through the real helper process with the simulated key; both programs come from
 * TEST_BUILD_DIR. Pitfall: at most one bench with the simulated key at a time, because SIM_KEY_DIR is the
 * process's.
 */
#ifndef TESTS_SUPPORT_TOKEN_BENCH_H
#define TESTS_SUPPORT_TOKEN_BENCH_H

#include "drivers/token/token.h"
#include "drivers/token/token_fake.h"
#include "tests/support/token_sim.h"

/* What a label shows for people behind the mark. */
#define TOKEN_BENCH_TITLE "EZCA"

struct token_bench {
    bool is_fake;
    const char *build_dir;
    struct token *token;
    struct token_sim sim; /* PKCS#11 only */
    struct random_seeded random;
    struct secret so_pin;
    struct secret transport_pin;
    struct secret holder_pin;
    struct secret wrong_pin;
};

/* The driver is open and the writer empty. Units: deadline in milliseconds, 0 for the driver's own.
 * Owns: the caller closes it. */
void token_bench_open(struct token_bench *bench, bool is_fake, const char *build_dir, int deadline_ms);
void token_bench_close(struct token_bench *bench);
/* cmocka's set-ups and tear-down around both: *state is a bench over the fake, or over a real module in its
 * host from the build that runs. */
int token_bench_setup_fake(void **state);
int token_bench_setup_pkcs11(void **state);
int token_bench_teardown(void **state);

void token_bench_insert(struct token_bench *bench, const char *name);
void token_bench_pull(struct token_bench *bench);
void token_bench_lock(struct token_bench *bench);
void token_bench_set_full(struct token_bench *bench, bool is_full);

/* What the writer holds; a failure aborts the test. */
struct token_info token_bench_look(struct token_bench *bench);

/* The key in the writer is formatted under a fresh mark and carries the transport PIN. Returns: its identity.
 */
struct token_identity token_bench_format(struct token_bench *bench);

/* Fresh key pairs of any algorithm for a fake token, made by OpenSSL. */
extern const struct token_fake_maker token_bench_maker;

#endif
