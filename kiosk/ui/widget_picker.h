/* Picker: the desk's button that says what is chosen of a list (操作人 全部), and the list below it (c05).
 *
 * A tap on the button sends UI_EVENT_TAP with its id; the screen then builds the menu, last in draw, for as
 * long as it is open. The menu takes everything: a tap on an option sends "<id>.option.<n>" with n as tag,
 * one anywhere else or Esc "<id>.close". Its first nine options have the keys 1 to 9, printed on them.
 */
#ifndef KIOSK_UI_WIDGET_PICKER_H
#define KIOSK_UI_WIDGET_PICKER_H

#include "kiosk/ui/widget.h"

struct widget_picker {
    const char *id;
    const char *name;  /* "" where there is no room for it */
    const char *value; /* what is chosen */
    bool narrows;      /* something else than everything is chosen: framed */
    const char *shortcut;
    int64_t tag;
};
struct widget *widget_picker(struct ui *ui, struct rect rect, const struct widget_picker *picker);
/* The width the button wants. Units: base px. */
int widget_picker_width(struct ui *ui, const struct widget_picker *picker);

struct widget_picker_menu {
    const char *id;    /* the picker's */
    const char *label; /* what a tap beside the options does */
    const char *const *options;
    size_t count, chosen;
};
/* The menu is open below the picker's rectangle; options that do not fit below each other stand in columns.
 * Units: base px. */
void widget_picker_menu(struct ui *ui, struct rect below, const struct widget_picker_menu *menu);

/* Painters of the kinds. */
void widget_picker_paint(struct widget_paint *paint, const struct widget *widget);
void widget_picker_paint_option(struct widget_paint *paint, const struct widget *widget);

#endif
