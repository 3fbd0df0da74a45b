/* Leave: every screen of both tables is entered, drawn and left a hundred times, with the data of its first
 * page in the gallery: nothing grows, and the leak checker finds nothing when the test ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <malloc.h>
#include <stdio.h>
#include <string.h>

#include "tests/golden/gallery.h"

enum { TIMES = 100, WARM_TIMES = 20 };

/* The sanitizer's own count, where it runs: malloc's knows nothing then. */
size_t __sanitizer_get_current_allocated_bytes(void) __attribute__((weak));

static size_t allocated_bytes(void)
{
    if (__sanitizer_get_current_allocated_bytes != NULL)
        return __sanitizer_get_current_allocated_bytes();
    return mallinfo2().uordblks;
}

/* The first page of the gallery that shows the screen: "<screen>__<case>", else the program's first. */
static const struct gallery_case *find_case(const char *screen, bool is_desk)
{
    const struct gallery_case *first = NULL;
    for (size_t i = 0; i < gallery_case_count; i++) {
        const struct gallery_case *which = &gallery_cases[i];
        if (which->is_desk == is_desk && strncmp(which->name, screen, strlen(screen)) == 0 &&
            strncmp(which->name + strlen(screen), "__", 2) == 0)
            return which;
        if (first == NULL && which->is_desk == is_desk)
            first = which;
    }
    return first;
}

/* From this screen to the one it is left for and back. */
static void go_round(struct gallery *gallery, int screen, int other, int times)
{
    for (int i = 0; i < times; i++) {
        ui_reset(gallery->ui, other, NULL);
        ui_tick(gallery->ui);
        ui_reset(gallery->ui, screen, NULL);
        ui_tick(gallery->ui);
    }
}

/* Returns: whether it came to rest with as much memory as it began with. */
static bool leaves_nothing(const struct gallery_case *which, const struct screen_class *table, int screen)
{
    struct gallery gallery;
    gallery_open(&gallery, which, gallery_look(which, 0), GALLERY_NORMAL);
    int other = screen == 0 ? 1 : 0;
    go_round(&gallery, screen, other, WARM_TIMES); /* glyphs, icons and lists have their size */
    size_t before = allocated_bytes();
    go_round(&gallery, screen, other, TIMES - WARM_TIMES);
    size_t after = allocated_bytes();
    bool is_there = strcmp(ui_screen_name(gallery.ui), table[screen].name) == 0;
    if (after != before || !is_there)
        (void)fprintf(stderr, "%s: %zu bytes after %d times, %zu after %d; it stands at %s\n",
                      table[screen].name, before, WARM_TIMES, after, TIMES, ui_screen_name(gallery.ui));
    gallery_close(&gallery);
    return after == before && is_there;
}

static int count_faults(const struct screen_class *table, int count, bool is_desk)
{
    int faults = 0;
    for (int screen = 0; screen < count; screen++) {
        const struct gallery_case *which = find_case(table[screen].name, is_desk);
        assert_non_null(which);
        faults += !leaves_nothing(which, table, screen);
    }
    return faults;
}

/* The tables as the programs have them with settings of their own. */
static const struct settings *settings(struct gallery *gallery)
{
    gallery_open(gallery, &gallery_cases[0], gallery_look(&gallery_cases[0], 0), GALLERY_NORMAL);
    return gallery->settings;
}

static void test_leave__an_applicants_screen_leaves_nothing_behind(void **state)
{
    (void)state;
    int count = 0;
    struct gallery gallery;
    const struct screen_class *table = screen_table(settings(&gallery), &count);
    assert_true(count > 10);
    assert_int_equal(0, count_faults(table, count, false));
    gallery_close(&gallery);
}

static void test_leave__a_screen_of_the_desk_leaves_nothing_behind(void **state)
{
    (void)state;
    int count = 0;
    struct gallery gallery;
    const struct screen_class *table = desk_table(settings(&gallery), &count);
    assert_true(count > 3);
    assert_int_equal(0, count_faults(table, count, true));
    gallery_close(&gallery);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_leave__an_applicants_screen_leaves_nothing_behind),
        cmocka_unit_test(test_leave__a_screen_of_the_desk_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
