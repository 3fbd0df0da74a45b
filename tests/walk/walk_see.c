/* A look at the terminal when something was made to go wrong. */
#include <string.h>

#include "kiosk/base/clock.h"
#include "tests/walk/walk.h"

/* A step before may have pressed the same place, which the toolkit takes for a bounce within 300 ms. */
enum { SEE_MS = 90000, LOOK_MS = 500, QUIET_MS = 400 };

/* Words stand in a label; a screen and a widget are called by their whole names. */
static bool is_seen(const struct walk_view *view, const char *what)
{
    return strcmp(walk_view_screen(view), what) == 0 || walk_view_find(view, what) != NULL ||
           walk_view_find_label(view, "", what, true) != NULL;
}

bool walk_step_see(struct walk *walk)
{
    struct walk_view *view = &walk->terminal;
    int64_t until_ms = clock_monotonic_ms(clock_system()) + SEE_MS;
    (void)walk_view_read(view);
    if (walk->see == NULL)
        return walk_fail(walk, "--see says nothing");
    if (walk->tap != NULL) {
        walk_view_settle(view, QUIET_MS);
        if (!walk_view_tap(view, walk->tap))
            return walk_fail_view(walk, view);
    }
    while (!is_seen(view, walk->see)) {
        if (clock_monotonic_ms(clock_system()) > until_ms)
            return walk_fail(walk, "\"%s\" is not shown; the terminal shows %s", walk->see,
                             walk_view_screen(view));
        (void)walk_view_wait_change(view, LOOK_MS);
    }
    return walk_picture(walk, view, "see");
}
