/* Golden pictures: every page of the gallery in every look, pixel for pixel as committed. A missing picture
 * fails; where one differs, ours and a picture of the differences are left in the build folder's "golden". */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <SDL2/SDL_image.h>
#include <cmocka.h>

#include "kiosk/base/check.h"
#include "tests/golden/gallery.h"

#define PICTURES TEST_SOURCE_DIR "/tests/golden/pictures"
#define LEFT TEST_BUILD_DIR "/golden"

static SDL_Surface *load(const char *path)
{
    SDL_Surface *file = IMG_Load(path);
    SDL_Surface *same = file == NULL ? NULL : SDL_ConvertSurfaceFormat(file, SDL_PIXELFORMAT_RGB888, 0);
    SDL_FreeSurface(file);
    return same;
}

static const uint32_t *row_of(const SDL_Surface *surface, int y)
{
    return (const uint32_t *)(const void *)((const uint8_t *)surface->pixels + y * surface->pitch);
}

static bool is_same(const SDL_Surface *golden, const struct gallery *ours, int x, int y)
{
    size_t at = (size_t)y * (size_t)ours->look.width + (size_t)x;
    return (row_of(golden, y)[x] & 0xffffff) == (ours->pixels[at] & 0xffffff);
}

/* Returns: how many pixels differ. */
static size_t compare(const SDL_Surface *golden, const struct gallery *ours)
{
    size_t count = 0;
    for (int y = 0; y < ours->look.height; y++)
        for (int x = 0; x < ours->look.width; x++)
            count += !is_same(golden, ours, x, y);
    return count;
}

static void leave(const char *name, const char *kind, const uint32_t *pixels, const struct gallery *ours)
{
    char path[512];
    (void)mkdir(LEFT, 0755);
    (void)snprintf(path, sizeof(path), LEFT "/%s.%s.png", name, kind);
    stage_write(pixels, ours->look.width, ours->look.height, path);
}

/* Differences are black on white. */
static void leave_differences(const char *name, const SDL_Surface *golden, const struct gallery *ours)
{
    uint32_t *out = calloc((size_t)golden->w * (size_t)golden->h, sizeof(*out));
    check(out != NULL);
    for (int y = 0; y < golden->h; y++)
        for (int x = 0; x < golden->w; x++)
            out[(size_t)y * (size_t)golden->w + (size_t)x] = is_same(golden, ours, x, y) ? 0xffffff : 0;
    leave(name, "differences", out, ours);
    free(out);
}

/* Returns: whether the committed picture is there and the same. */
static bool is_golden(const char *name, const struct gallery *ours)
{
    char path[512];
    (void)snprintf(path, sizeof(path), PICTURES "/%s.png", name);
    SDL_Surface *golden = load(path);
    if (golden == NULL || golden->w != ours->look.width || golden->h != ours->look.height) {
        (void)fprintf(stderr, "%s: no picture of this size is committed (%s)\n", name, path);
        leave(name, "ours", ours->pixels, ours);
        SDL_FreeSurface(golden);
        return false;
    }
    size_t count = compare(golden, ours);
    if (count != 0) {
        (void)fprintf(stderr, "%s: %zu pixels differ, see " LEFT "\n", name, count);
        leave(name, "ours", ours->pixels, ours);
        leave_differences(name, golden, ours);
    }
    SDL_FreeSurface(golden);
    return count == 0;
}

static size_t count_wrong(bool desk)
{
    size_t wrong = 0;
    for (size_t i = 0; i < gallery_case_count; i++) {
        const struct gallery_case *which = &gallery_cases[i];
        for (size_t look = 0; which->is_desk == desk && look < gallery_looks(which); look++) {
            if (!gallery_is_golden(which, look))
                continue;
            char name[128];
            struct gallery gallery;
            gallery_open(&gallery, which, gallery_look(which, look), GALLERY_NORMAL);
            gallery_paint(&gallery);
            (void)snprintf(name, sizeof(name), "%s-%s", which->name, gallery.look.name);
            wrong += !is_golden(name, &gallery);
            gallery_close(&gallery);
        }
    }
    return wrong;
}

static void test_golden__the_applicants_pages_are_as_committed(void **state)
{
    (void)state;
    assert_int_equal(0, count_wrong(false));
}

static void test_golden__the_clerks_pages_are_as_committed(void **state)
{
    (void)state;
    assert_int_equal(0, count_wrong(true));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden__the_applicants_pages_are_as_committed),
        cmocka_unit_test(test_golden__the_clerks_pages_are_as_committed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
