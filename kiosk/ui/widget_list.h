/* List: rows 104 high with a name, a number, a chip and one action; at most 5 on a page, paged.
 *
 * Rows do not scroll: a page is turned, so that a finger never drags a list by mistake.
 * Pitfall: a row's id is the caller's and must be unique on the screen.
 */
#ifndef KIOSK_UI_WIDGET_LIST_H
#define KIOSK_UI_WIDGET_LIST_H

#include "kiosk/ui/widget.h"
#include "kiosk/ui/widget_mark.h"

struct widget_list_row {
    const char *id;
    enum icon icon; /* ICON_NONE for none */
    const char *name;
    const char *line;                /* number or reason, smaller */
    const char *last;                /* a line more, where the row is high enough; or NULL */
    enum icon line_icon;             /* before the line; ICON_NONE for none */
    enum theme_color line_color;     /* INK700 when zero */
    bool is_document;                /* a page's picture stands at the left, the icon while there is none */
    const struct canvas_image *page; /* of a document; borrowed until the next build; NULL for none */
    uint64_t page_version;           /* differs when the pixels do */
    const char *chip;                /* NULL for none */
    enum widget_mark_tone tone;
    const char *action; /* words of the button at the right, its id is "<id>.action"; NULL for none */
    bool action_primary;
    bool selected;
    bool pressable; /* the whole row is a target */
    bool is_private;
    int64_t tag;
};
enum { WIDGET_LIST_PAGE_W = 64, WIDGET_LIST_PAGE_H = 88 }; /* of a document's picture, base px */
/* One row fills the rectangle. Units: base px. */
struct widget *widget_list_row(struct ui *ui, struct rect rect, const struct widget_list_row *row);

/* 上一页 and 下一页 with "n / m" between; ids "<id>.previous", "<id>.next". */
void widget_list_pages(struct ui *ui, struct rect rect, const char *id, int page, int pages);

/* Painter of the kind. */
void widget_list_paint(struct widget_paint *paint, const struct widget *widget);

#endif
