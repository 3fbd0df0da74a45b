/* Layout with the shortest texts that people may give. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/golden/gallery_layout.h"

static void test_layout_short__pages_are_sound(void **state)
{
    (void)state;
    assert_int_equal(0, gallery_layout_faults(GALLERY_SHORTEST));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_layout_short__pages_are_sound)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
