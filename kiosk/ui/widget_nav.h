/* Nav: the desk's column at the left, b900, with the sections and who is signed in.
 *
 * It only says what was pressed; which screen opens is the desk's business.
 * Pitfall: shortcuts are shown here and handled by desk_common.
 */
#ifndef KIOSK_UI_WIDGET_NAV_H
#define KIOSK_UI_WIDGET_NAV_H

#include "kiosk/ui/widget.h"

struct widget_nav_item {
    const char *id;
    const char *name;
    enum icon icon;
    const char *shortcut; /* "F1" */
    int count;            /* in a red pill; 0 for none */
    bool selected;
    bool disabled;
};
struct widget_nav {
    const char *product; /* 受理工作台 */
    const struct widget_nav_item *items;
    int item_count;
    const char *person;      /* NULL before signing in */
    const char *person_line; /* 审核员·工号 C017 */
    const char *state_line;  /* UKey 已验证; NULL for none */
    bool lock;               /* 锁屏, id "nav.lock", Ctrl+L */
};
/* The column fills the rectangle. Units: base px. */
struct widget *widget_nav(struct ui *ui, struct rect rect, const struct widget_nav *nav);

/* Painters of the kinds. */
void widget_nav_paint(struct widget_paint *paint, const struct widget *widget);
void widget_nav_paint_item(struct widget_paint *paint, const struct widget *widget);

#endif
