/* Case: what a clerk's review is made of: a row of the queue, a tab of a page, a key beside what it does
 * (c02).
 *
 * Rows and tabs are targets: a tap sends UI_EVENT_TAP with the id and tag.
 * Pitfall: a text that is wider than its place ends in …; names are of any length.
 */
#ifndef KIOSK_UI_WIDGET_CASE_H
#define KIOSK_UI_WIDGET_CASE_H

#include "kiosk/ui/widget.h"

enum { WIDGET_CASE_ROW = 83, WIDGET_CASE_TAB = 64, WIDGET_CASE_HINT = 24 };

/* A case that waits, WIDGET_CASE_ROW high. */
struct widget_case_row {
    const char *id;
    const char *name;  /* whose */
    const char *since; /* how long it waits, at the right */
    const char *line;  /* what for */
    const char *number;
    const char *note; /* at the right of the number */
    bool is_urgent;   /* since and note stand in amber */
    bool selected;
    int64_t tag;
};
struct widget *widget_case_row(struct ui *ui, struct rect rect, const struct widget_case_row *row);

/* A page of the case, WIDGET_CASE_TAB high: a small picture of it, its name, what is known of it. */
enum widget_case_look { WIDGET_CASE_OPEN, WIDGET_CASE_GOOD, WIDGET_CASE_LOOK };
struct widget_case_tab {
    const char *id;
    const char *name; /* with its number: 1 申请表 */
    const char *line; /* what is known of it, in the colour of the look */
    enum widget_case_look look;
    const struct canvas_image *picture; /* borrowed until the next build; NULL: not there yet */
    uint64_t version;                   /* differs when the pixels do */
    bool refused;                       /* a red mark: it is sent back */
    bool selected;
    bool compact; /* smaller, where room is short */
    int64_t tag;
};
struct widget *widget_case_tab(struct ui *ui, struct rect rect, const struct widget_case_tab *tab);
/* The width a tab wants. Units: base px. */
int widget_case_tab_width(struct ui *ui, const struct widget_case_tab *tab);

/* What a key does, and the key: 下一件 J. */
struct widget *widget_case_hint(struct ui *ui, struct rect rect, const char *words, const char *key);
/* The width of that. Units: base px. */
int widget_case_hint_width(struct ui *ui, const char *words, const char *key);

/* Painters of the kinds. */
void widget_case_paint_row(struct widget_paint *paint, const struct widget *widget);
void widget_case_paint_tab(struct widget_paint *paint, const struct widget *widget);
void widget_case_paint_hint(struct widget_paint *paint, const struct widget *widget);

#endif
