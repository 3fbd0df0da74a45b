#include "tests/golden/gallery_layout.h"

static size_t faults_of(const struct gallery_case *which, struct stage_look look, enum gallery_length length)
{
    struct gallery gallery;
    gallery_open(&gallery, which, look, length);
    size_t faults = gallery_faults(&gallery, which);
    gallery_close(&gallery);
    return faults;
}

size_t gallery_layout_faults(enum gallery_length length)
{
    size_t faults = 0;
    for (size_t i = 0; i < gallery_case_count; i++)
        for (size_t look = 0; look < gallery_looks(&gallery_cases[i]); look++)
            faults += faults_of(&gallery_cases[i], gallery_look(&gallery_cases[i], look), length);
    return faults;
}

size_t gallery_window_faults(bool desk, bool all, struct stage_look window)
{
    size_t faults = 0;
    for (size_t i = 0; i < gallery_case_count; i++)
        if (gallery_cases[i].is_desk == desk && (all || gallery_is_first(&gallery_cases[i])))
            faults += faults_of(&gallery_cases[i], window, GALLERY_NORMAL);
    return faults;
}
