/* Paper layout: where everything of one copy stands, once rows are hidden or shown and values put in.
 *
 * Pure: no font, no drawing, no clock. Whether a text fits its rectangle is the drawing code's question.
 * Nothing outside kiosk/paper and its tests includes this file.
 * Pitfall: only TEXT, PARAGRAPHS, BOX, LINE, QR, CORNERS and ZONE are placed; a table has become boxes and
 * texts.
 */
#ifndef KIOSK_PAPER_PAPER_LAYOUT_H
#define KIOSK_PAPER_PAPER_LAYOUT_H

#include "kiosk/paper/paper_template.h"

/* The two characters a tick box is written as inside a placed text: U+2610 and U+2611. */
#define PAPER_LAYOUT_UNTICKED "\xE2\x98\x90"
#define PAPER_LAYOUT_TICKED "\xE2\x98\x91"

struct paper_placed {
    enum paper_item_kind kind;
    int page; /* of the template */
    double x_mm, y_mm, width_mm, height_mm;
    char *text;                  /* owned; TEXT, PARAGRAPHS: values put in; QR: the code's text; else NULL */
    char name[PAPER_NAME_BYTES]; /* the zone's name, empty for none */
    double size_pt;
    double stroke_mm;
    bool bold;
    bool dashed;
    bool pale; /* grey, below everything else */
    enum paper_align align;
    enum paper_valign valign;
};

/* Which copy of which template is laid out, and where its pages stand among those of its pack. */
struct paper_part {
    const struct paper_template *template; /* borrowed */
    int copy;                              /* 0 is the first */
    int pages_before;                      /* in the pack */
    int pack_pages;
};

struct paper_layout {
    struct paper_part part;
    size_t count;
    struct paper_placed *placed; /* owned, PAPER_ITEMS_MAX of them */
};

/* Everything of one copy is placed. `options` may be NULL: then no code is placed and the time is 0.
 * Returns: FULL past PAPER_ITEMS_MAX or the ceiling of one text, MALFORMED for a value that is not
 * printable, NO_MEMORY.
 * Owns: the caller releases *out; it borrows the template. After failure: *out is zeroed. */
enum status paper_layout_make(const struct paper_part *part, const struct paper_values *values,
                              const struct paper_options *options, struct paper_layout *out,
                              struct failure *failure);

/* The placed things are overwritten, as they hold personal data, and given back; zeroed and NULL are allowed.
 */
void paper_layout_release(struct paper_layout *layout);

/* Whether the condition holds for these values; NULL and "" always do. */
bool paper_layout_holds(const char *condition, const struct paper_values *values);

#endif
