#include "kiosk/ui/icon.h"

#include <SDL_image.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/log.h"

enum { SIZES = 12, DRAWINGS = 12, NAME_BYTES = 64 };

struct sized {
    int side;
    struct mask mask;
};

struct icon_set {
    char *directory;
    struct sized sizes[ICON_COUNT][SIZES];
    int next[ICON_COUNT];
    struct {
        char name[NAME_BYTES];
        struct sized sized;
    } drawings[DRAWINGS];
    int next_drawing;
};

static const char *const names[ICON_COUNT] = {
#define ICON(code, name) name,
#include "kiosk/ui/icons.def"
#undef ICON
};

const char *icon_name(enum icon icon)
{
    return (unsigned)icon < ICON_COUNT ? names[icon] : "";
}

struct icon_set *icon_set_new(const char *directory)
{
    struct icon_set *set = calloc(1, sizeof *set);
    check(set != NULL);
    set->directory = strdup(directory);
    check(set->directory != NULL);
    return set;
}

void icon_set_free(struct icon_set *set)
{
    if (!set)
        return;
    for (int i = 0; i < ICON_COUNT; i++)
        for (int j = 0; j < SIZES; j++)
            free(set->sizes[i][j].mask.coverage);
    for (int i = 0; i < DRAWINGS; i++)
        free(set->drawings[i].sized.mask.coverage);
    free(set->directory);
    free(set);
}

/* A hollow square where a drawing is missing. */
static void draw_missing(struct mask *mask)
{
    for (int y = 0; y < mask->height; y++)
        for (int x = 0; x < mask->width; x++) {
            bool edge = x < 2 || y < 2 || x >= mask->width - 2 || y >= mask->height - 2;
            mask->coverage[y * mask->stride + x] = edge ? 255 : 0;
        }
}

static SDL_Surface *load(const struct icon_set *set, const char *name, int side)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s.svg", set->directory, name);
    SDL_RWops *file = SDL_RWFromFile(path, "rb");
    SDL_Surface *drawn = file ? IMG_LoadSizedSVG_RW(file, side, side) : NULL;
    if (file)
        SDL_RWclose(file);
    if (!drawn)
        return NULL;
    SDL_Surface *plain = SDL_ConvertSurfaceFormat(drawn, SDL_PIXELFORMAT_ARGB8888, 0);
    SDL_FreeSurface(drawn);
    return plain;
}

static void rasterise(const struct icon_set *set, const char *name, struct mask *mask)
{
    SDL_Surface *surface = load(set, name, mask->width);
    if (!surface) {
        log_warn("icon", "no drawing %s.svg", name);
        draw_missing(mask);
        return;
    }
    for (int y = 0; y < mask->height && y < surface->h; y++) {
        const uint8_t *row = (const uint8_t *)surface->pixels + (ptrdiff_t)y * surface->pitch;
        for (int x = 0; x < mask->width && x < surface->w; x++) {
            uint32_t pixel;
            memcpy(&pixel, row + 4 * (ptrdiff_t)x, sizeof pixel);
            mask->coverage[y * mask->stride + x] = (uint8_t)(pixel >> 24);
        }
    }
    SDL_FreeSurface(surface);
}

static void fill(const struct icon_set *set, const char *name, int side, struct sized *slot)
{
    free(slot->mask.coverage);
    slot->side = side;
    slot->mask = (struct mask){side, side, side, calloc((size_t)side * (size_t)side, 1)};
    check(slot->mask.coverage != NULL);
    rasterise(set, name, &slot->mask);
}

const struct mask *icon_mask(struct icon_set *set, enum icon icon, int side)
{
    if (icon == ICON_NONE || (unsigned)icon >= ICON_COUNT || side <= 0)
        return NULL;
    for (int i = 0; i < SIZES; i++)
        if (set->sizes[icon][i].side == side)
            return &set->sizes[icon][i].mask;
    struct sized *slot = &set->sizes[icon][set->next[icon]++ % SIZES];
    fill(set, names[icon], side, slot);
    return &slot->mask;
}

const struct mask *icon_drawing(struct icon_set *set, const char *name, int side)
{
    if (side <= 0)
        return NULL;
    for (int i = 0; i < DRAWINGS; i++)
        if (set->drawings[i].sized.side == side && strcmp(set->drawings[i].name, name) == 0)
            return &set->drawings[i].sized.mask;
    int next = set->next_drawing++ % DRAWINGS;
    snprintf(set->drawings[next].name, NAME_BYTES, "%s", name);
    fill(set, name, side, &set->drawings[next].sized);
    return &set->drawings[next].sized.mask;
}
