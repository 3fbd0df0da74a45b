/* Layout: every page of the gallery in every look with the texts as they are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/golden/gallery_layout.h"

static void test_layout__pages_are_sound(void **state)
{
    (void)state;
    assert_int_equal(0, gallery_layout_faults(GALLERY_NORMAL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_layout__pages_are_sound)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
