/* Random: unpredictable bytes as they are handed in, so that tests can repeat a run.
 *
 * The product hands in the machine's source (getrandom); only tests hand in a seeded one, which is not
 * secure.
 */
#ifndef KIOSK_BASE_RANDOM_H
#define KIOSK_BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

struct random {
    void (*fill)(void *context, uint8_t *out, size_t length);
    void *context;
};

/* The source of the machine. Thread: any. */
const struct random *random_system(void);

/* A repeatable source for tests: the same seed gives the same bytes. */
struct random_seeded {
    struct random random;
    uint64_t state;
};
/* The seeded source starts at its seed. */
void random_seeded_init(struct random_seeded *seeded, uint64_t seed);

/* The bytes are random. Thread: any for the system source. */
void random_fill(const struct random *random, void *out, size_t length);

/* A number below `limit`, each equally likely. Pitfall: limit 0 is a broken promise. */
uint32_t random_below(const struct random *random, uint32_t limit);

#endif
