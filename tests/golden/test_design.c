/* Our pages beside the design's: each picture of the design has a committed sheet whose right half is our
 * page as it is now, and the boxes measured in the picture are where our widgets are, to 4 px
 * (tests/golden/boxes). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/golden/design_sheet.h"
#include "tests/golden/gallery.h"

enum { TOLERANCE_PX = 4 };

/* The pictures of the design that show what this product has; handwriting (a08) and shifts (c04) it has not.
 */
static const char *const pictures[] = {"a01-welcome",
                                       "a02-project",
                                       "a03-service",
                                       "a04-login",
                                       "a05-agreement",
                                       "a06-form",
                                       "a07-keyboard-pinyin",
                                       "a09-print",
                                       "a10-scan",
                                       "a11-identity",
                                       "a12-review",
                                       "a13-pay",
                                       "a14-issue",
                                       "a15-pin",
                                       "a16-done",
                                       "a17-orders",
                                       "a18-error-jam",
                                       "a19-idle",
                                       "a20-pay-unknown",
                                       "p01-service-portrait",
                                       "c01-clerk-wall",
                                       "c02-clerk-review",
                                       "c03-clerk-devices",
                                       "c05-clerk-audit",
                                       "p02-form-portrait",
                                       "e01-large-text",
                                       "e02-high-contrast"};

static const struct gallery_case *case_of(const char *picture)
{
    for (size_t i = 0; i < gallery_case_count; i++)
        if (strcmp(gallery_cases[i].picture, picture) == 0)
            return &gallery_cases[i];
    return NULL;
}

static void test_design__every_picture_has_its_page(void **state)
{
    (void)state;
    size_t missing = 0;
    for (size_t i = 0; i < sizeof(pictures) / sizeof(pictures[0]); i++)
        if (case_of(pictures[i]) == NULL) {
            (void)fprintf(stderr, "no page of the gallery follows %s\n", pictures[i]);
            missing++;
        }
    assert_int_equal(0, missing);
}

static bool is_current(const struct gallery_case *which)
{
    char path[512];
    struct gallery gallery;
    struct design_sheet ours, committed;
    gallery_open(&gallery, which, gallery_picture_look(which), GALLERY_NORMAL);
    gallery_paint(&gallery);
    design_sheet_init(&ours, gallery.look.width, gallery.look.height);
    design_sheet_put(&ours, true, gallery.pixels, gallery.look.width);
    gallery_close(&gallery);
    (void)snprintf(path, sizeof(path), TEST_SOURCE_DIR "/tests/golden/design/%s.png", which->picture);
    bool found = design_sheet_load(path, &committed);
    long count = found ? design_sheet_differences(&ours, &committed) : 0;
    if (!found || count != 0)
        (void)fprintf(stderr, "%s: %s (%ld pixels), make it with gallery --design\n", path,
                      found ? "the right half is not our page" : "missing", count);
    if (found)
        design_sheet_release(&committed);
    design_sheet_release(&ours);
    return found && count == 0;
}

static void test_design__sheets_show_our_pages_as_they_are(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < gallery_case_count; i++)
        if (gallery_cases[i].picture[0] != 0)
            wrong += !is_current(&gallery_cases[i]);
    assert_int_equal(0, wrong);
}

/* --- boxes ------------------------------------------------------------------------------------------- */

static int off_by(struct rect a, struct rect b)
{
    int off[] = {b.x < 0 ? 0 : abs(a.x - b.x), b.y < 0 ? 0 : abs(a.y - b.y), b.w < 0 ? 0 : abs(a.w - b.w),
                 b.h < 0 ? 0 : abs(a.h - b.h)};
    int worst = 0;
    for (size_t i = 0; i < sizeof(off) / sizeof(off[0]); i++)
        worst = off[i] > worst ? off[i] : worst;
    return worst;
}

static bool is_named(const struct widget *w, const char *name)
{
    return strcmp(w->id[0] != 0 ? w->id : widget_kind_name(w->kind), name) == 0;
}

/* Of the widgets of this name the one nearest to the box. Returns: how far its worst edge is off. */
static int nearest(const struct gallery *gallery, struct rect box, const char *name,
                   const struct widget **out)
{
    int best = 10000;
    *out = NULL;
    for (const struct widget *w = widget_tree_root(ui_tree(gallery->ui)); w != NULL; w = widget_next(w)) {
        int off = off_by(w->rect, box);
        if ((w->state & WIDGET_HIDDEN) == 0 && is_named(w, name) && off < best) {
            best = off;
            *out = w;
        }
    }
    return best;
}

static void tell_off(const struct gallery_case *which, struct rect box, const char *name, const char *what,
                     const struct widget *w)
{
    (void)fprintf(stderr, "%s: %s at %d,%d %dx%d: ", which->picture, what, box.x, box.y, box.w, box.h);
    if (w == NULL)
        (void)fprintf(stderr, "there is no '%s'\n", name);
    else
        (void)fprintf(stderr, "'%s' is at %d,%d %dx%d\n", name, w->rect.x, w->rect.y, w->rect.w, w->rect.h);
}

/* A measure as it is written, or -1 where words of ours decide instead of the picture's. */
static int measure_of(const char *text)
{
    return strcmp(text, "-") == 0 ? -1 : (int)strtol(text, NULL, 10);
}

static bool read_box(const char *line, struct rect *box, char name[64], char what[96])
{
    char x[8], y[8], w[8], h[8];
    if (sscanf(line, "%7s %7s %7s %7s %63s %95[^\n]", x, y, w, h, name, what) != 6)
        return false;
    *box = rect_make(measure_of(x), measure_of(y), measure_of(w), measure_of(h));
    return true;
}

/* Lines of the file: x y w h, each "-" where other words make it another, the id of the widget or, where it
 * has none, its kind, then what it is. */
static size_t count_wrong_boxes(const struct gallery_case *which, FILE *file)
{
    char line[200], name[64], what[96];
    size_t wrong = 0, boxes = 0;
    struct gallery gallery;
    gallery_open(&gallery, which, gallery_picture_look(which), GALLERY_NORMAL);
    while (fgets(line, sizeof(line), file) != NULL) {
        struct rect box;
        const struct widget *w = NULL;
        if (!read_box(line, &box, name, what))
            continue;
        int off = nearest(&gallery, box, name, &w);
        boxes++;
        if (off > TOLERANCE_PX) {
            tell_off(which, box, name, what, w);
            wrong++;
        }
    }
    gallery_close(&gallery);
    return boxes == 0 ? 1 : wrong;
}

static void test_design__boxes_are_where_the_pictures_have_them(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof(pictures) / sizeof(pictures[0]); i++) {
        char path[512];
        const struct gallery_case *which = case_of(pictures[i]);
        (void)snprintf(path, sizeof(path), TEST_SOURCE_DIR "/tests/golden/boxes/%s", pictures[i]);
        FILE *file = fopen(path, "r");
        if (which == NULL || file == NULL)
            (void)fprintf(stderr, "%s: %s\n", path, file == NULL ? "no boxes were measured" : "no page");
        wrong += which == NULL || file == NULL ? 1 : count_wrong_boxes(which, file);
        if (file != NULL)
            (void)fclose(file);
    }
    assert_int_equal(0, wrong);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_design__every_picture_has_its_page),
        cmocka_unit_test(test_design__sheets_show_our_pages_as_they_are),
        cmocka_unit_test(test_design__boxes_are_where_the_pictures_have_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
