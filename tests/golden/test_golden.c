/* Golden pictures: every page of the gallery in every look, pixel for pixel as committed. A missing picture
 * fails; where one differs, ours and a picture of the differences are left in the build folder's "golden".
 * Two cases that look the same fail, too: one of them does not show what it is named after. The layout of
 * each page with the texts as they are is judged in the same painting. */
#include <dirent.h>
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

/* --- equals ------------------------------------------------------------------------------------------ */

enum { SEEN_MAX = 2048 };

/* Cases that look the same in one of their looks, and why that is right. */
static const struct {
    const char *one, *other, *reason;
} equals[] = {
    {"form__pinyin", "form__pinyin_error",
     "as wide, the keyboard leaves no room for the field that is wrong"},
    {"identity__waiting", "identity__again", "who tries again waits as before"},
    {"holder__valid", "holder__offers", "only in large type what is offered is a page of its own"},
};

/* Every page painted so far, by the sum of its pixels. */
static struct {
    const struct gallery_case *which;
    const char *look;
    uint64_t sum;
} seen[SEEN_MAX];
static size_t seen_count;

static uint64_t sum_of(const struct gallery *ours)
{
    uint64_t sum = 14695981039346656037U;
    for (size_t i = 0; i < (size_t)ours->look.width * (size_t)ours->look.height; i++)
        sum = (sum ^ (ours->pixels[i] & 0xffffff)) * 1099511628211U;
    return sum;
}

static bool may_equal(const char *one, const char *other)
{
    for (size_t i = 0; i < sizeof(equals) / sizeof(equals[0]); i++)
        if (strcmp(equals[i].one, one) == 0 && strcmp(equals[i].other, other) == 0)
            return true;
    return false;
}

/* Returns: whether no other case looks like this one. */
static bool is_its_own(const struct gallery_case *which, const struct gallery *ours)
{
    uint64_t sum = sum_of(ours);
    bool own = true;
    for (size_t i = 0; i < seen_count; i++) {
        if (seen[i].sum != sum || may_equal(seen[i].which->name, which->name))
            continue;
        (void)fprintf(stderr, "%s and %s are the same picture in %s\n", seen[i].which->name, which->name,
                      seen[i].look);
        own = false;
    }
    check(seen_count < SEEN_MAX);
    seen[seen_count].which = which;
    seen[seen_count].look = ours->look.name;
    seen[seen_count++].sum = sum;
    return own;
}

/* What was found wrong with the applicant's pages and with the clerk's. */
static struct {
    size_t pictures, layout;
} found[2];

static void judge_page(const struct gallery_case *which, size_t look)
{
    char name[128];
    struct gallery gallery;
    gallery_open(&gallery, which, gallery_look(which, look), GALLERY_NORMAL);
    found[which->is_desk].layout += gallery_faults(&gallery, which);
    if (gallery_is_golden(which, look)) {
        (void)snprintf(name, sizeof(name), "%s-%s", which->name, gallery.look.name);
        found[which->is_desk].pictures += !is_golden(name, &gallery);
        found[which->is_desk].pictures += !is_its_own(which, &gallery);
    }
    gallery_close(&gallery);
}

static int judge_pages(void **state)
{
    (void)state;
    for (size_t i = 0; i < gallery_case_count; i++)
        for (size_t look = 0; look < gallery_looks(&gallery_cases[i]); look++)
            judge_page(&gallery_cases[i], look);
    return 0;
}

static void test_golden__the_applicants_pages_are_as_committed(void **state)
{
    (void)state;
    assert_int_equal(0, found[false].pictures);
}

static void test_golden__the_clerks_pages_are_as_committed(void **state)
{
    (void)state;
    assert_int_equal(0, found[true].pictures);
}

static void test_golden__the_layout_of_pages_is_sound(void **state)
{
    (void)state;
    assert_int_equal(0, found[false].layout);
    assert_int_equal(0, found[true].layout);
}

/* --- pictures of nothing ------------------------------------------------------------------------------- */

static bool is_name_of(const char *file, const struct gallery_case *which)
{
    char name[128];
    for (size_t look = 0; look < gallery_looks(which); look++) {
        (void)snprintf(name, sizeof(name), "%s-%s.png", which->name, gallery_look(which, look).name);
        if (gallery_is_golden(which, look) && strcmp(name, file) == 0)
            return true;
    }
    return false;
}

static bool is_of_a_case(const char *file)
{
    for (size_t i = 0; i < gallery_case_count; i++)
        if (is_name_of(file, &gallery_cases[i]))
            return true;
    return false;
}

static void test_golden__every_picture_is_of_a_page(void **state)
{
    (void)state;
    size_t stale = 0;
    DIR *folder = opendir(PICTURES);
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] == '.' || is_of_a_case(entry->d_name))
            continue;
        (void)fprintf(stderr, "%s/%s: no case of the gallery is committed as this\n", PICTURES,
                      entry->d_name);
        stale++;
    }
    (void)closedir(folder);
    assert_int_equal(0, stale);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden__the_applicants_pages_are_as_committed),
        cmocka_unit_test(test_golden__the_clerks_pages_are_as_committed),
        cmocka_unit_test(test_golden__the_layout_of_pages_is_sound),
        cmocka_unit_test(test_golden__every_picture_is_of_a_page),
    };
    return cmocka_run_group_tests(tests, judge_pages, NULL);
}
