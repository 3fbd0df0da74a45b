#include "kiosk/ui/canvas_cache.h"

#include <stdlib.h>

#include "kiosk/base/check.h"

enum { ENTRIES = 256 };

struct entry {
    enum canvas_cache_kind kind;
    int a, b, c, d;
    uint64_t used;
    struct mask mask;
};

struct canvas_cache {
    struct entry entries[ENTRIES];
    uint64_t clock;
};

struct canvas_cache *canvas_cache_new(void)
{
    struct canvas_cache *cache = calloc(1, sizeof *cache);
    check(cache != NULL);
    return cache;
}

void canvas_cache_free(struct canvas_cache *cache)
{
    if (!cache)
        return;
    for (int i = 0; i < ENTRIES; i++)
        free(cache->entries[i].mask.coverage);
    free(cache);
}

struct mask *canvas_cache_mask(struct canvas_cache *cache, enum canvas_cache_kind kind, int a, int b, int c,
                               int d, int width, int height, bool *fresh)
{
    struct entry *oldest = &cache->entries[0];
    cache->clock++;
    for (int i = 0; i < ENTRIES; i++) {
        struct entry *e = &cache->entries[i];
        if (e->kind == kind && e->a == a && e->b == b && e->c == c && e->d == d) {
            e->used = cache->clock;
            *fresh = false;
            return &e->mask;
        }
        if (e->used < oldest->used)
            oldest = e;
    }
    free(oldest->mask.coverage);
    *oldest = (struct entry){kind, a, b, c, d, cache->clock, {width, height, width, NULL}};
    oldest->mask.coverage = calloc((size_t)width * (size_t)height + 1, 1);
    check(oldest->mask.coverage != NULL);
    *fresh = true;
    return &oldest->mask;
}
