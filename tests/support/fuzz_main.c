/* Runs a fuzz target over its seeds and over fixed-seed mutations of each, so that every test run is the
 * same. Built with -fsanitize=fuzzer instead (tests/bench/run fuzz), the target is driven by coverage and
 * this file is left out. Arguments: the folder of seeds. Exit code 1 when the folder holds none. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/file.h"
#include "kiosk/base/random.h"

enum { MUTATIONS_PER_SEED = 400, SEED_LIMIT_BYTES = 1024 * 1024, MUTATED_LIMIT_BYTES = 65536 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void run(const uint8_t *data, size_t size)
{
    /* An exact-size heap copy lets AddressSanitizer see a read of one byte too many. */
    uint8_t *copy = malloc(size > 0 ? size : 1);
    if (copy == NULL)
        abort();
    if (size > 0)
        memcpy(copy, data, size);
    (void)LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static void mutate(const struct random *random, uint8_t *data, size_t *size)
{
    static const uint8_t telling[] = {0, 1, 0x7F, 0x80, 0xFF, '"', '{', '\\', '<', ':', '\n', '-'};
    uint32_t changes = 1 + random_below(random, 6);
    for (uint32_t i = 0; i<changes && * size> 0; i++) {
        size_t at = random_below(random, (uint32_t)*size);
        switch (random_below(random, 5)) {
        case 0:
            data[at] = (uint8_t)(data[at] ^ (1U << random_below(random, 8)));
            break;
        case 1:
            data[at] = telling[random_below(random, sizeof(telling))];
            break;
        case 2:
            *size = at;
            break;
        case 3:
            memmove(data + at, data + at + 1, *size - at - 1);
            (*size)--;
            break;
        default:
            random_fill(random, &data[at], 1);
            break;
        }
    }
}

static void run_seed(const uint8_t *seed, size_t seed_size)
{
    struct random_seeded random;
    random_seeded_init(&random, seed_size);
    run(seed, seed_size);
    if (seed_size > MUTATED_LIMIT_BYTES)
        return;
    uint8_t *work = malloc(seed_size > 0 ? seed_size : 1);
    if (work == NULL)
        abort();
    for (int i = 0; i < MUTATIONS_PER_SEED; i++) {
        size_t size = seed_size;
        memcpy(work, seed, seed_size);
        mutate(&random.random, work, &size);
        run(work, size);
    }
    free(work);
}

static int run_file(const char *folder, const char *name)
{
    char path[4096];
    (void)snprintf(path, sizeof(path), "%s/%s", folder, name);
    struct buf seed;
    buf_init(&seed, SEED_LIMIT_BYTES);
    int ok = file_read(path, &seed, NULL) == STATUS_OK;
    if (ok)
        run_seed(seed.length > 0 ? seed.data : (const uint8_t *)"", seed.length);
    else
        (void)fprintf(stderr, "cannot read seed %s\n", path);
    buf_release(&seed);
    return ok;
}

int main(int argc, char **argv)
{
    DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
    if (folder == NULL) {
        (void)fprintf(stderr, "usage: %s FOLDER-OF-SEEDS\n", argv[0]);
        return 2;
    }
    int seeds = 0;
    int failed = 0;
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (entry->d_name[0] == '.')
            continue;
        seeds++;
        failed += !run_file(argv[1], entry->d_name);
    }
    (void)closedir(folder);
    (void)printf("%d seeds, %d mutations each\n", seeds, MUTATIONS_PER_SEED);
    return seeds > 0 && failed == 0 ? 0 : 1;
}
