/* Choice: cards one of which is chosen, group tabs of a form, two or three segments side by side.
 *
 * What is chosen is the screen's own; it comes in with the next build.
 * Pitfall: a card that cannot be chosen still says why; it is disabled, never left out.
 */
#ifndef KIOSK_UI_WIDGET_CHOICE_H
#define KIOSK_UI_WIDGET_CHOICE_H

#include "kiosk/ui/widget.h"

/* Icon tile, name, one line of use, fee at the right. */
struct widget_choice {
    const char *id;
    const char *name;
    const char *line; /* one line of use, or why it is unavailable */
    enum icon icon;
    const char *fee;      /* "480"; NULL for none */
    const char *fee_unit; /* "元", "元/年"; NULL when fee is words */
    bool free_of_charge;  /* the fee words are green */
    bool selected;
    bool disabled;
    int64_t tag;
};
struct widget *widget_choice(struct ui *ui, struct rect rect, const struct widget_choice *choice);

/* A group of a form: mark, name and state below. In portrait and with little width the mark and name only. */
enum widget_choice_mark { WIDGET_CHOICE_NUMBER, WIDGET_CHOICE_DONE, WIDGET_CHOICE_ERROR };
struct widget_choice_tab {
    const char *id;
    const char *name;
    const char *line; /* 已填完, 1 项有误, 待填 2 项 */
    enum widget_choice_mark mark;
    int number;
    bool selected;
    bool disabled;
    int64_t tag;
};
struct widget *widget_choice_tab(struct ui *ui, struct rect rect, const struct widget_choice_tab *tab);

/* One part of a segmented control; the caller divides the rectangle. */
struct widget_choice_segment {
    const char *id;
    const char *name;
    const char *line; /* NULL for none */
    bool selected;
    bool disabled;
    int64_t tag;
};
/* The well with its segments; `count` equal parts. */
void widget_choice_segments(struct ui *ui, struct rect rect, const struct widget_choice_segment *segments,
                            int count);

/* The ground of a card one can choose, white, selected, pressed or greyed, and the tile with its icon; for
 * cards of other kinds. */
void widget_choice_paint_card(struct widget_paint *paint, const struct widget *widget);
void widget_choice_paint_tile(struct widget_paint *paint, const struct widget *widget, struct rect tile,
                              enum icon icon);
/* Painters of the kinds. */
void widget_choice_paint(struct widget_paint *paint, const struct widget *widget);
void widget_choice_paint_tab(struct widget_paint *paint, const struct widget *widget);
void widget_choice_paint_segment(struct widget_paint *paint, const struct widget *widget);

#endif
