/* Layout: every page of the gallery in every look with the texts as they are, the shortest and the longest:
 * nothing overflows, overlaps, is cut, too small to press, out of reach or hard to read (checker.h). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/golden/gallery.h"

static size_t count_faults(enum gallery_length length)
{
    size_t faults = 0;
    for (size_t i = 0; i < gallery_case_count; i++) {
        const struct gallery_case *which = &gallery_cases[i];
        for (size_t look = 0; look < gallery_looks(which); look++) {
            struct gallery gallery;
            gallery_open(&gallery, which, gallery_look(which, look), length);
            faults += gallery_faults(&gallery, which);
            gallery_close(&gallery);
        }
    }
    return faults;
}

static void test_layout__pages_are_sound(void **state)
{
    (void)state;
    assert_int_equal(0, count_faults(GALLERY_NORMAL));
}

static void test_layout__pages_are_sound_with_the_shortest_texts(void **state)
{
    (void)state;
    assert_int_equal(0, count_faults(GALLERY_SHORTEST));
}

static void test_layout__pages_are_sound_with_the_longest_texts(void **state)
{
    (void)state;
    assert_int_equal(0, count_faults(GALLERY_LONGEST));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layout__pages_are_sound),
        cmocka_unit_test(test_layout__pages_are_sound_with_the_shortest_texts),
        cmocka_unit_test(test_layout__pages_are_sound_with_the_longest_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
