/* Authority bench: an authority over a running embedded CA, as the tests of its driver open it.
 *
 * Pitfall: the CA is shared by the tests of a group, so each asks under an id of its own.
 */
#ifndef TESTS_SUPPORT_AUTHORITY_BENCH_H
#define TESTS_SUPPORT_AUTHORITY_BENCH_H

#include "drivers/authority/authority.h"
#include "tests/support/pki_ca.h"

/* The CA is asked through this socket. Returns: 0, or -1 as cmocka's set-up does. Owns: the caller
 * closes *out. */
int authority_bench_open(const char *socket_path, struct authority **out);
/* A CA was started from the programs in `build_dir` and is asked. Returns: as authority_bench_open. */
int authority_bench_begin(struct pki_ca *ca, const char *build_dir, struct authority **out);
/* Both are gone. Returns: 0, as cmocka's tear-down does. */
int authority_bench_end(struct pki_ca *ca, struct authority *authority);

#endif
