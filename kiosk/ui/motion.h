/* Motion: one picture passing into another by fading and sliding, and how far a press has darkened
 * (design 2.5). Knows pixels and the clock's numbers, no widgets.
 *
 * While a motion runs the toolkit paints into `after`; every frame is mixed from what stood on the screen and
 * from there. Nothing waits for a motion: touches reach the new page at once. Pitfall: both pictures hold
 * what the applicant typed; they are wiped when the motion ends or is cut.
 */
#ifndef KIOSK_UI_MOTION_H
#define KIOSK_UI_MOTION_H

#include <stdbool.h>
#include <stdint.h>

#include "kiosk/ui/rect.h"

enum { MOTION_FRAME_MS = 16, MOTION_PRESS_MS = 80, MOTION_FULL = 256 };

/* The motions there are; lengths and ways are a table in motion.c. */
enum motion_kind { MOTION_NONE, MOTION_PAGE, MOTION_DIALOG, MOTION_TOAST, MOTION_KIND_COUNT };

struct motion {
    enum motion_kind kind; /* NONE when nothing moves */
    int64_t start_ms;
    struct rect area;     /* window px, what changes */
    struct rect moving;   /* window px, what also slides; lies in area */
    int slide_x, slide_y; /* window px, where it comes from */
    int width, height;    /* window px, of both pictures */
    uint32_t *before, *after;
};

/* The motion runs from now; one that ran is taken up where it stands. scale turns the design's way into
 * window px. */
void motion_start(struct motion *motion, enum motion_kind kind, struct rect area, struct rect moving,
                  double scale, int64_t now_ms);
/* Nothing moves, and both pictures are wiped and gone. */
void motion_cut(struct motion *motion);
/* Whether a motion is on its way at this time; false for one that is over but not cut yet. */
bool motion_is_running(const struct motion *motion, int64_t now_ms);
/* The picture to paint the new page into, rows of `width` pixels. The first time what stands on the screen is
 * kept, and *fresh is set: `area` must be painted in full.
 * Returns: NULL when there is no memory; then cut it. */
uint32_t *motion_after(struct motion *motion, const uint32_t *screen, int stride, int width, int height,
                       bool *fresh);
/* The screen shows the motion as it is at this time; `painted` is what changed in `after` since last. */
void motion_show(const struct motion *motion, int64_t now_ms, uint32_t *screen, int stride,
                 struct rect painted);
/* How far a press has darkened. Units: 0 to MOTION_FULL; the first frame already shows it. */
int motion_press(int64_t since_ms, int64_t now_ms);

#endif
