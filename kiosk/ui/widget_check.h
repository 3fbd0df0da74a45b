/* Check: what was looked at on a page and what came of it, line by line, and a bar of how many papers are
 * done (a10).
 *
 * Nothing to press. Pitfall: a tick stands only for what was computed; what was not says so in words.
 */
#ifndef KIOSK_UI_WIDGET_CHECK_H
#define KIOSK_UI_WIDGET_CHECK_H

#include "kiosk/ui/widget.h"

enum widget_check_state { WIDGET_CHECK_OPEN, WIDGET_CHECK_GOOD, WIDGET_CHECK_BAD };

struct widget_check {
    const char *id;
    enum widget_check_state state;
    const char *name;   /* 公章完整, or what is wrong: 公章不完整 */
    const char *remark; /* at the right; left out where there is no room; NULL for none */
    bool last;          /* no hairline below */
};
/* One line fills the rectangle. Units: base px. */
struct widget *widget_check(struct ui *ui, struct rect rect, const struct widget_check *check);
/* The height of a line that is not squeezed. Units: base px. */
int widget_check_height(const struct ui *ui);

/* One segment for each paper. Units: base px. Owns: the states are copied. */
struct widget *widget_check_bar(struct ui *ui, struct rect rect, const char *label,
                                const enum widget_check_state *states, int count);

/* Painter of the kind. */
void widget_check_paint(struct widget_paint *paint, const struct widget *widget);

#endif
