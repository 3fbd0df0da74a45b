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

/* Differences are black on white in `out`. Returns: how many pixels differ. */
static size_t compare(const SDL_Surface *golden, const struct gallery *ours, uint32_t *out)
{
    size_t count = 0;
    for (int y = 0; y < ours->look.height; y++)
        for (int x = 0; x < ours->look.width; x++) {
            size_t at = (size_t)y * (size_t)ours->look.width + (size_t)x;
            bool same = (row_of(golden, y)[x] & 0xffffff) == (ours->pixels[at] & 0xffffff);
            out[at] = same ? 0xffffff : 0;
            count += !same;
        }
    return count;
}

static void leave(const char *name, const char *kind, const uint32_t *pixels, const struct gallery *ours)
{
    char path[512];
    (void)mkdir(LEFT, 0755);
    (void)snprintf(path, sizeof(path), LEFT "/%s.%s.png", name, kind);
    stage_write(pixels, ours->look.width, ours->look.height, path);
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
    uint32_t *differences = calloc((size_t)golden->w * (size_t)golden->h, sizeof(*differences));
    check(differences != NULL);
    size_t count = compare(golden, ours, differences);
    if (count != 0) {
        (void)fprintf(stderr, "%s: %zu pixels differ, see " LEFT "\n", name, count);
        leave(name, "ours", ours->pixels, ours);
        leave(name, "differences", differences, ours);
    }
    free(differences);
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
