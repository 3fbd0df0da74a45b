#include "kiosk/ui/font.h"

#include <SDL_ttf.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/secret.h"
#include "kiosk/base/text.h"

enum { BUCKETS = 1024, ADVANCES = 8192, SC_INDEX = 2 };

/* One run: the words in one size and weight, as coverage. */
struct run {
    struct run *next_in_bucket, *newer, *older;
    uint64_t hash;
    int px, width;
    enum theme_weight weight;
    size_t length, bytes;
    struct mask mask;
    char text[];
};

struct advance {
    uint32_t code_point;
    int16_t px;
    uint8_t weight;
    int16_t width;
};

struct font {
    TTF_Font *faces[THEME_WEIGHT_COUNT];
    int face_px[THEME_WEIGHT_COUNT];
    bool shared_bold; /* medium is bold */
    struct run *buckets[BUCKETS];
    struct run *newest, *oldest;
    size_t bytes, limit_bytes;
    struct advance advances[ADVANCES];
    size_t advance_count;
};

static TTF_Font *open_face(const char *path, int index)
{
    if (!path || !path[0])
        return NULL;
    TTF_Font *face = TTF_OpenFontIndex(path, 32, index ? index : SC_INDEX);
    if (!face && index == 0)
        face = TTF_OpenFontIndex(path, 32, 0); /* a single font, not a collection */
    if (face)
        TTF_SetFontHinting(face, TTF_HINTING_LIGHT);
    return face;
}

enum status font_open(const struct font_settings *settings, struct font **out, struct failure *failure)
{
    struct font *font = calloc(1, sizeof *font);
    if (!font)
        return STATUS_NO_MEMORY;
    if (TTF_Init() != 0) {
        free(font);
        return failure_set(failure, STATUS_NOT_FOUND, "TTF_Init", 0, "%s", TTF_GetError());
    }
    font->limit_bytes = settings->cache_limit_bytes ? settings->cache_limit_bytes : 8u << 20;
    font->faces[THEME_WEIGHT_REGULAR] = open_face(settings->regular, settings->index);
    font->faces[THEME_WEIGHT_BOLD] = open_face(settings->bold, settings->index);
    font->faces[THEME_WEIGHT_MEDIUM] = open_face(settings->medium, settings->index);
    if (!font->faces[THEME_WEIGHT_REGULAR] || !font->faces[THEME_WEIGHT_BOLD]) {
        font_close(font);
        return failure_set(failure, STATUS_NOT_FOUND, "TTF_OpenFontIndex", 0, "%s", TTF_GetError());
    }
    font->shared_bold = !font->faces[THEME_WEIGHT_MEDIUM];
    *out = font;
    return STATUS_OK;
}

void font_close(struct font *font)
{
    if (!font)
        return;
    font_forget(font);
    for (int i = 0; i < THEME_WEIGHT_COUNT; i++)
        if (font->faces[i])
            TTF_CloseFont(font->faces[i]);
    TTF_Quit();
    free(font);
}

static enum theme_weight available(const struct font *font, enum theme_weight weight)
{
    return weight == THEME_WEIGHT_MEDIUM && font->shared_bold ? THEME_WEIGHT_BOLD : weight;
}

static TTF_Font *face_at(struct font *font, int px, enum theme_weight weight)
{
    if (font->face_px[weight] != px) {
        check(TTF_SetFontSize(font->faces[weight], px) == 0);
        font->face_px[weight] = px;
    }
    return font->faces[weight];
}

static uint64_t hash_of(int px, enum theme_weight weight, const char *text, size_t length)
{
    uint64_t hash = 14695981039346656037u ^ (uint64_t)(px * 4 + (int)weight); /* FNV-1a */
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (uint8_t)text[i]) * 1099511628211u;
    return hash;
}

static void unlink_use(struct font *font, struct run *run)
{
    if (run->newer)
        run->newer->older = run->older;
    else
        font->newest = run->older;
    if (run->older)
        run->older->newer = run->newer;
    else
        font->oldest = run->newer;
    run->newer = run->older = NULL;
}

static void link_newest(struct font *font, struct run *run)
{
    run->older = font->newest;
    if (font->newest)
        font->newest->newer = run;
    font->newest = run;
    if (!font->oldest)
        font->oldest = run;
}

static void drop(struct font *font, struct run *run)
{
    struct run **at = &font->buckets[run->hash % BUCKETS];
    while (*at != run)
        at = &(*at)->next_in_bucket;
    *at = run->next_in_bucket;
    unlink_use(font, run);
    font->bytes -= run->bytes;
    if (run->mask.coverage)
        secret_wipe_bytes(run->mask.coverage, (size_t)run->mask.stride * (size_t)run->mask.height);
    free(run->mask.coverage);
    secret_wipe_bytes(run, sizeof *run + run->length + 1);
    free(run);
}

void font_forget(struct font *font)
{
    while (font->newest)
        drop(font, font->newest);
    secret_wipe_bytes(font->advances, sizeof font->advances);
    font->advance_count = 0;
    memset(font->face_px, 0,
           sizeof font->face_px); /* the next size set empties the library's glyph cache too */
}

size_t font_cache_bytes(const struct font *font)
{
    return font->bytes;
}

static void copy_alpha(struct mask *mask, SDL_Surface *surface)
{
    for (int y = 0; y < mask->height; y++) {
        const uint8_t *row = (const uint8_t *)surface->pixels + (ptrdiff_t)y * surface->pitch;
        for (int x = 0; x < mask->width; x++) {
            uint32_t pixel;
            memcpy(&pixel, row + 4 * (ptrdiff_t)x, sizeof pixel);
            mask->coverage[y * mask->stride + x] =
                (uint8_t)((pixel & surface->format->Amask) >> surface->format->Ashift);
        }
    }
}

static void rasterise(struct font *font, struct run *run)
{
    SDL_Color white = {255, 255, 255, 255};
    SDL_Surface *surface = TTF_RenderUTF8_Blended(face_at(font, run->px, run->weight), run->text, white);
    if (!surface)
        return; /* zero width: nothing to show */
    run->mask = (struct mask){surface->w, surface->h, surface->w, NULL};
    run->width = surface->w;
    run->mask.coverage = malloc((size_t)surface->w * (size_t)surface->h + 1);
    check(run->mask.coverage != NULL);
    copy_alpha(&run->mask, surface);
    SDL_FreeSurface(surface);
}

static struct run *make_run(struct font *font, uint64_t hash, int px, enum theme_weight weight,
                            const char *text, size_t length)
{
    struct run *run = calloc(1, sizeof *run + length + 1);
    check(run != NULL);
    run->hash = hash;
    run->px = px;
    run->weight = weight;
    run->length = length;
    memcpy(run->text, text, length);
    rasterise(font, run);
    run->bytes = sizeof *run + length + (size_t)run->mask.stride * (size_t)run->mask.height;
    font->bytes += run->bytes;
    run->next_in_bucket = font->buckets[hash % BUCKETS];
    font->buckets[hash % BUCKETS] = run;
    link_newest(font, run);
    while (font->bytes > font->limit_bytes && font->oldest != run)
        drop(font, font->oldest);
    return run;
}

static struct run *find_run(struct font *font, int px, enum theme_weight weight, const char *text,
                            size_t length)
{
    weight = available(font, weight);
    uint64_t hash = hash_of(px, weight, text, length);
    for (struct run *run = font->buckets[hash % BUCKETS]; run; run = run->next_in_bucket)
        if (run->hash == hash && run->px == px && run->weight == weight && run->length == length &&
            memcmp(run->text, text, length) == 0) {
            unlink_use(font, run);
            link_newest(font, run);
            return run;
        }
    return make_run(font, hash, px, weight, text, length);
}

const struct mask *font_mask(struct font *font, int px, enum theme_weight weight, const char *text,
                             size_t length)
{
    if (length == 0 || px <= 0)
        return NULL;
    struct run *run = find_run(font, px, weight, text, length);
    return run->mask.coverage ? &run->mask : NULL;
}

static int advance_of(struct font *font, int px, enum theme_weight weight, uint32_t code_point)
{
    size_t at = (code_point * 2654435761u + (uint32_t)px * 31u + (uint32_t)weight) % ADVANCES;
    for (;; at = (at + 1) % ADVANCES) {
        struct advance *a = &font->advances[at];
        if (a->px == 0)
            break;
        if (a->code_point == code_point && a->px == px && a->weight == weight)
            return a->width;
    }
    int width = 0;
    if (TTF_GlyphMetrics32(face_at(font, px, weight), code_point, NULL, NULL, NULL, NULL, &width) != 0)
        width = px;
    if (font->advance_count < ADVANCES * 3 / 4) {
        font->advances[at] = (struct advance){code_point, (int16_t)px, (uint8_t)weight, (int16_t)width};
        font->advance_count++;
    }
    return width;
}

/* The sum of advances: what the rasteriser does too, except for kerning between a few Latin pairs. */
int font_width(struct font *font, int px, enum theme_weight weight, const char *text, size_t length)
{
    int width = 0;
    const char *end = text + length;
    if (px <= 0)
        return 0;
    weight = available(font, weight);
    while (text < end) {
        uint32_t c = text_next(&text);
        if (c == 0)
            break;
        width += advance_of(font, px, weight, c);
    }
    return width;
}

void font_draw(struct font *font, struct canvas *canvas, int px, enum theme_weight weight, const char *text,
               size_t length, int x, int y_middle, uint32_t color)
{
    const struct mask *mask = font_mask(font, px, weight, text, length);
    if (mask)
        canvas_mask(canvas, mask, x, y_middle - mask->height / 2 - (px * 55 + 500) / 1000, color);
}
