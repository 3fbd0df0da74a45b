#include "kiosk/ui/font.h"

#include <SDL_ttf.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/secret.h"
#include "kiosk/base/text.h"
#include "kiosk/ui/line_break.h"

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

static void forget_coverage(struct mask *mask)
{
    if (mask->coverage)
        secret_wipe_bytes(mask->coverage, (size_t)mask->stride * (size_t)mask->height);
    free(mask->coverage);
}

static void drop(struct font *font, struct run *run)
{
    struct run **at = &font->buckets[run->hash % BUCKETS];
    while (*at != run)
        at = &(*at)->next_in_bucket;
    *at = run->next_in_bucket;
    unlink_use(font, run);
    font->bytes -= run->bytes;
    forget_coverage(&run->mask);
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

/* The sum of advances, marks beside each other drawn together: what the rasteriser does too, except for
 * kerning between a few Latin pairs. */
int font_width(struct font *font, int px, enum theme_weight weight, const char *text, size_t length)
{
    int width = 0;
    uint32_t before = 0;
    const char *end = text + length;
    if (px <= 0)
        return 0;
    weight = available(font, weight);
    while (text < end) {
        uint32_t c = text_next(&text);
        if (c == 0)
            break;
        width += advance_of(font, px, weight, c) - (line_break_draws_together(before, c) ? px / 2 : 0);
        before = c;
    }
    return width;
}

static void copy_alpha(struct mask *mask, int from, SDL_Surface *surface)
{
    for (int y = 0; y < surface->h; y++) {
        const uint8_t *row = (const uint8_t *)surface->pixels + (ptrdiff_t)y * surface->pitch;
        uint8_t *out = mask->coverage + (ptrdiff_t)y * mask->stride + from;
        for (int x = 0; x < surface->w; x++) {
            uint32_t pixel;
            memcpy(&pixel, row + 4 * (ptrdiff_t)x, sizeof pixel);
            uint8_t alpha = (uint8_t)((pixel & surface->format->Amask) >> surface->format->Ashift);
            if (alpha > out[x]) /* blank halves lie over each other */
                out[x] = alpha;
        }
    }
}

/* The mask reaches so far to the right; what it had it keeps. */
static void widen(struct mask *mask, int width, int height)
{
    struct mask wide = {width > mask->width ? width : mask->width, height, 0, NULL};
    wide.stride = wide.width;
    wide.coverage = calloc((size_t)wide.width * (size_t)height + 1, 1);
    check(wide.coverage != NULL);
    for (int y = 0; y < mask->height && mask->coverage; y++)
        memcpy(wide.coverage + (ptrdiff_t)y * wide.stride, mask->coverage + (ptrdiff_t)y * mask->stride,
               (size_t)mask->width);
    forget_coverage(mask);
    *mask = wide;
}

/* Up to the first mark that moves towards the one before it. */
static size_t part_length(const char *text)
{
    const char *at = text;
    for (uint32_t before = 0;;) {
        const char *here = at;
        uint32_t c = text_next(&at);
        if (c == 0 || line_break_draws_together(before, c))
            return (size_t)(here - text);
        before = c;
    }
}

static void rasterise_part(struct font *font, struct run *run, const char *part, int from)
{
    SDL_Color white = {255, 255, 255, 255};
    SDL_Surface *surface = TTF_RenderUTF8_Blended(face_at(font, run->px, run->weight), part, white);
    if (!surface)
        return; /* zero width: nothing to show */
    from = from > 0 ? from : 0;
    widen(&run->mask, from + surface->w, surface->h);
    copy_alpha(&run->mask, from, surface);
    run->width = run->mask.width;
    SDL_FreeSurface(surface);
}

/* Part by part, each half a character closer to the one before it. */
static void rasterise(struct font *font, struct run *run)
{
    int from = 0;
    size_t length;
    for (char *at = run->text; (length = part_length(at)) > 0; at += length, from -= run->px / 2) {
        char behind = at[length];
        at[length] = '\0';
        rasterise_part(font, run, at, from);
        from += font_width(font, run->px, run->weight, at, length);
        at[length] = behind;
    }
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

void font_draw(struct font *font, struct canvas *canvas, int px, enum theme_weight weight, const char *text,
               size_t length, int x, int y_middle, uint32_t color)
{
    const struct mask *mask = font_mask(font, px, weight, text, length);
    if (mask)
        canvas_mask(canvas, mask, x, y_middle - mask->height / 2 - (px * 55 + 500) / 1000, color);
}
