/* Entry: a card that is entered with one tap, and the filters beside a page of them (a02).
 *
 * Nothing is selected: the tap goes on. Pitfall: a name too long for one line is set smaller, then in two
 * lines that take the place of the line of use; more than that is cut.
 */
#ifndef KIOSK_UI_WIDGET_ENTRY_H
#define KIOSK_UI_WIDGET_ENTRY_H

#include "kiosk/ui/widget.h"

struct widget_entry {
    const char *id;
    const char *name;
    const char *line; /* for whom */
    enum icon icon;
    const char *fee;     /* in a chip: "380 元起", 免费 */
    bool free_of_charge; /* the chip is green */
    const char *papers;  /* in a chip: "5 项资料" */
    const char *link;    /* instead of the chips; the card leads to more like it and is dashed */
    int64_t tag;
};
struct widget *widget_entry(struct ui *ui, struct rect rect, const struct widget_entry *entry);
/* The height an entry needs in this look. Units: base px. */
int widget_entry_height(struct ui *ui);

/* A filter: its name and how many entries it leaves. */
struct widget_entry_filter {
    const char *id;
    const char *name;
    int count;
    bool selected;
    int64_t tag;
};
struct widget *widget_entry_filter(struct ui *ui, struct rect rect, const struct widget_entry_filter *filter);

/* Painters of the kinds. */
void widget_entry_paint(struct widget_paint *paint, const struct widget *widget);
void widget_entry_paint_filter(struct widget_paint *paint, const struct widget *widget);

#endif
