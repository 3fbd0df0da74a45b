/* Widget judge: what only painting shows, for checkers: whether a text can be read and a sign be seen on what
 * lies below it, and whether anything drawn crosses a text: a line, a bar, an icon or another text, below it
 * or over it, and whether a text stands on a card or field with a part of it only.
 *
 * It looks at the pixels before a text is drawn, right behind that and when the page is whole.
 * Pitfall: what lies over a page on purpose, a dialog or a message, covers texts, and words on a brand panel
 * stand on its motif; those are not judged.
 */
#ifndef KIOSK_UI_WIDGET_JUDGE_H
#define KIOSK_UI_WIDGET_JUDGE_H

#include "kiosk/ui/widget.h"

/* A text on its way to the canvas: its left edge, the middle of its line. Units: window px. */
struct widget_judge_run {
    int px, x, middle, width;
    uint32_t color;
};

struct widget_judge;
/* Returns: never NULL. Owns: the caller frees it. */
struct widget_judge *widget_judge_new(void);
/* NULL is allowed. */
void widget_judge_free(struct widget_judge *judge);

/* A paint begins; texts of the paint before are forgotten. */
void widget_judge_begin(struct widget_paint *paint, const struct widget_tree *tree);
/* What lies where the text will be is judged: contrast, and whether it is of one colour. */
void widget_judge_below(struct widget_paint *paint, const struct widget_judge_run *run);
/* A sign that carries meaning, an icon or the outline of a target, is about to be drawn in this colour:
 * whether it shows on what lies in the middle of `beside`, its own place or one outside it. Units: window px.
 */
void widget_judge_sign(struct widget_paint *paint, struct rect beside, uint32_t color);
/* The text stands there and is to stay as it is. */
void widget_judge_drawn(struct widget_paint *paint, const struct widget_judge_run *run);
/* The page is whole: texts that something was drawn over, or that reach over the edge of a card, are noted.
 */
void widget_judge_end(struct widget_paint *paint, const struct widget_tree *tree);

/* The widget is on the list, once, as long as there is room. */
void widget_judge_note(struct widget_noted *list, const struct widget *widget);

#endif
