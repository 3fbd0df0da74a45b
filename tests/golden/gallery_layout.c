#include "tests/golden/gallery_layout.h"

size_t gallery_layout_faults(enum gallery_length length)
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
