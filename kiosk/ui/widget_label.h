/* Label: text, broken into lines by our own rules, and amounts of money. Nothing to press.
 *
 * Pitfall: a label that needs more lines than its rectangle holds is cut with … and the checker reports it;
 * ask widget_label_height first when the text comes from outside.
 */
#ifndef KIOSK_UI_WIDGET_LABEL_H
#define KIOSK_UI_WIDGET_LABEL_H

#include "kiosk/ui/widget.h"

struct widget_label {
    const char *id; /* NULL: taken from the text's place, good enough for plain words */
    const char *text;
    enum theme_type type;
    enum theme_color color; /* INK900 when zero */
    enum widget_align align;
    bool middle;     /* centred vertically; otherwise from the top */
    bool is_private; /* a person's data: hidden while the idle warning is open */
    bool stars;      /* every * is red (带 * 的必须填写) */
    int spacing;     /* base px between characters of a hero title, left and in lines of its own */
};

/* The text stands in the rectangle. */
struct widget *widget_label(struct ui *ui, struct rect rect, const struct widget_label *label);
/* The same for the common case: top left, INK900. */
struct widget *widget_label_text(struct ui *ui, struct rect rect, enum theme_type type, const char *text);
/* The height the text needs at this width. Units: base px. */
int widget_label_height(struct ui *ui, enum theme_type type, const char *text, int width);
/* The width of one line. Units: base px. */
int widget_label_width(struct ui *ui, enum theme_type type, const char *text);
/* The text stands in `out`, with … in place of its end when it is wider than this. Units: base px. */
void widget_label_fit(struct ui *ui, enum theme_type type, const char *text, int width, char *out,
                      size_t size);
/* Name left, value right on one line (电子发票 … 5 个工作日内发到邮箱). */
struct widget *widget_label_pair(struct ui *ui, struct rect rect, enum theme_type type, const char *name,
                                 const char *value);

/* A number with a smaller unit before or behind it, right aligned on one baseline: "¥" "480.00", "480" "元".
 */
struct widget_label_amount {
    const char *id;
    const char *before, *number, *behind; /* before and behind may be NULL */
    enum theme_type number_type, unit_type;
    enum theme_color color; /* B900 when zero */
    enum widget_align align;
};
struct widget *widget_label_amount(struct ui *ui, struct rect rect, const struct widget_label_amount *amount);

/* Whether the label's text does not fit its rectangle, for the checker. */
bool widget_label_is_cut(const struct ui *ui, const struct widget *widget);
/* Text in lines, painted at once; for painters of other kinds. Units: rect is base px. */
void widget_label_draw(struct widget_paint *paint, struct rect rect, struct theme_text text,
                       enum widget_align align, bool middle, bool stars, const char *words, uint32_t color);
/* Painters of the kinds. */
void widget_label_paint(struct widget_paint *paint, const struct widget *widget);
void widget_label_paint_amount(struct widget_paint *paint, const struct widget *widget);

#endif
