/* Group: the bar that says which group of a form is being filled, in the step bar's place while typing.
 *
 * Nothing to press; ui_page builds it, screens name the group in their page. Pitfall: it is a landscape bar;
 * upright the step header stays and the keyboard says the group.
 */
#ifndef KIOSK_UI_WIDGET_GROUP_H
#define KIOSK_UI_WIDGET_GROUP_H

#include "kiosk/ui/widget.h"

enum { WIDGET_GROUP_MARKED = 64 }; /* how many groups can be done or faulty; further ones stay open */

struct widget_group {
    int step;              /* the form's step; 0 when it has none */
    const char *step_name; /* 录入信息 */
    const char *name;      /* 经办人信息 */
    const char *line;      /* 还差 2 项 */
    int now, count;        /* group 3 of 4; count 0: no segments */
    uint64_t done, faulty; /* a bit a group, the first is 1: filled and right, has mistakes */
};
/* The bar stands at the rectangle. Units: base px. */
struct widget *widget_group(struct ui *ui, struct rect rect, const struct widget_group *group);

#endif
