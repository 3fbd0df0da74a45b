/* Mark: small signs with a word: tick lines, chips, icons, spinner, instruction steps.
 *
 * Nothing to press. A sign is never colour alone; the word says the same.
 * Pitfall: a tick is drawn only for what was computed.
 */
#ifndef KIOSK_UI_WIDGET_MARK_H
#define KIOSK_UI_WIDGET_MARK_H

#include "kiosk/ui/widget.h"

enum widget_mark_state { WIDGET_MARK_OPEN, WIDGET_MARK_DONE, WIDGET_MARK_NOW, WIDGET_MARK_FAILED };

/* A line with a circle or, when `checkbox`, a square one can tick by pressing anywhere on the line. */
struct widget_mark_tick {
    const char *id;
    const char *text;
    enum widget_mark_state state;
    bool checkbox;
    bool plain; /* only the check, without its circle (lists of papers) */
    bool disabled;
    int64_t tag;
    enum theme_type type; /* 0 means BODY, on the desk DESK */
};
struct widget *widget_mark_tick(struct ui *ui, struct rect rect, const struct widget_mark_tick *tick);

enum widget_mark_tone {
    WIDGET_MARK_BLUE,
    WIDGET_MARK_AMBER,
    WIDGET_MARK_GREEN,
    WIDGET_MARK_RED,
    WIDGET_MARK_GREY,
    WIDGET_MARK_ALARM /* the desk's: white on red, for what must not wait */
};
/* A pill with a word; as wide as its text, inside the rectangle, aligned as said. */
struct widget *widget_mark_chip(struct ui *ui, struct rect rect, enum widget_align align,
                                enum widget_mark_tone tone, const char *text);
/* The same as the state of an order stands in a table: a little larger. */
struct widget *widget_mark_state(struct ui *ui, struct rect rect, enum widget_align align,
                                 enum widget_mark_tone tone, const char *text);
/* A larger chip, with an icon before its word when there is one. */
struct widget *widget_mark_pill(struct ui *ui, struct rect rect, enum widget_align align,
                                enum widget_mark_tone tone, enum icon icon, const char *text);
/* The width of a chip. Units: base px. */
int widget_mark_chip_width(struct ui *ui, const char *text);

/* The icon in the middle of the rectangle, with an optional tile in b50 behind it. */
struct widget *widget_mark_icon(struct ui *ui, struct rect rect, enum icon icon, int side,
                                enum theme_color color, bool tile);
/* The same of a drawing of assets/icons that data name, without a tile. Owns: the name is borrowed until the
 * next build. */
struct widget *widget_mark_drawing(struct ui *ui, struct rect rect, const char *name, int side,
                                   enum theme_color color);
/* A small disc beside words that say the same. */
struct widget *widget_mark_dot(struct ui *ui, struct rect rect, enum theme_color color);
/* The number of something in a list, in a disc of b50. */
struct widget *widget_mark_number(struct ui *ui, struct rect rect, int number);
/* The icon in a disc tinted as a chip of this tone, filling the rectangle: rows of the desk. */
struct widget *widget_mark_disc(struct ui *ui, struct rect rect, enum icon icon, enum widget_mark_tone tone);
/* A turning arc in the middle of the rectangle; label says what is being waited for. */
struct widget *widget_mark_spinner(struct ui *ui, struct rect rect, const char *label);

/* An instruction: circle with number or check, title, line (design 4, Instruction step). */
struct widget_mark_step {
    const char *id;
    int number;
    const char *title;
    const char *line;
    enum widget_mark_state state; /* NOW is framed */
    bool card;                    /* stands on a card of its own; one that is OPEN waits its turn, in grey */
    int foot;                     /* room kept free on the card below the words. Units: base px */
};
struct widget *widget_mark_step(struct ui *ui, struct rect rect, const struct widget_mark_step *step);

/* A name behind a square with the name's first character (支 支付宝), in the colours of the tone. One with an
 * id can be tapped; the chosen one of several is framed. */
struct widget_mark_badge {
    const char *id; /* "" for one that only tells */
    const char *name;
    enum widget_mark_tone tone;
    bool chosen;
};
struct widget *widget_mark_badge(struct ui *ui, struct rect rect, const struct widget_mark_badge *badge);

/* The height of a step on a card of its own, in the theme shown. Units: base px. */
int widget_mark_card_height(const struct ui *ui);
/* The width of its words when the card is this wide. Units: base px. */
int widget_mark_card_room(int width);
/* A number in a disc, as on a picture beside it, with what it stands for. */
struct widget *widget_mark_guide(struct ui *ui, struct rect rect, int number, enum theme_color color,
                                 const char *text);
/* The width of that. Units: base px. */
int widget_mark_guide_width(struct ui *ui, const char *text);

/* Painters of the kinds. */
void widget_mark_paint_tick(struct widget_paint *paint, const struct widget *widget);
void widget_mark_paint_chip(struct widget_paint *paint, const struct widget *widget);
void widget_mark_paint_disc(struct widget_paint *paint, const struct widget *widget);
void widget_mark_paint_icon(struct widget_paint *paint, const struct widget *widget);
void widget_mark_paint_dot(struct widget_paint *paint, const struct widget *widget);
void widget_mark_paint_number(struct widget_paint *paint, const struct widget *widget);
void widget_mark_paint_spinner(struct widget_paint *paint, const struct widget *widget);
void widget_mark_paint_step(struct widget_paint *paint, const struct widget *widget);
/* The spinner itself. Units: rect is base px. */
void widget_mark_draw_spinner(struct widget_paint *paint, struct rect rect, uint32_t track, uint32_t arc);

#endif
