#include "kiosk/base/random.h"

#include <errno.h>
#include <sys/random.h>

#include "kiosk/base/check.h"

static void system_fill(void *context, uint8_t *out, size_t length)
{
    (void)context;
    while (length > 0) {
        ssize_t got = getrandom(out, length, 0);
        if (got < 0 && errno == EINTR)
            continue;
        check(got > 0); /* without random numbers nothing here is safe to do */
        out += got;
        length -= (size_t)got;
    }
}

const struct random *random_system(void)
{
    static const struct random machine = {system_fill, NULL};
    return &machine;
}

/* SplitMix64 (Steele, Lea, Flood 2014): small, repeatable, for tests only. */
static uint64_t next_word(uint64_t *state)
{
    uint64_t word = *state += 0x9E3779B97F4A7C15U;
    word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9U;
    word = (word ^ (word >> 27)) * 0x94D049BB133111EBU;
    return word ^ (word >> 31);
}

static void seeded_fill(void *context, uint8_t *out, size_t length)
{
    struct random_seeded *seeded = context;
    for (size_t i = 0; i < length; i++)
        out[i] = (uint8_t)(next_word(&seeded->state) >> 32);
}

void random_seeded_init(struct random_seeded *seeded, uint64_t seed)
{
    *seeded = (struct random_seeded){.random = {seeded_fill, seeded}, .state = seed};
}

void random_fill(const struct random *random, void *out, size_t length)
{
    random->fill(random->context, out, length);
}

uint32_t random_below(const struct random *random, uint32_t limit)
{
    check(limit > 0);
    uint32_t rejected_from = UINT32_MAX - UINT32_MAX % limit; /* values past it would favour small numbers */
    uint32_t value = 0;
    do
        random_fill(random, &value, sizeof(value));
    while (value >= rejected_from);
    return value % limit;
}
