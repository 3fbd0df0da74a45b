/* Paper template: what a loaded template holds, for the layout and for tests that build one by hand.
 *
 * Lengths are millimetres, letter sizes points (1/72 inch). Text may name values: `{key}` stands for the
 * value,
 * `{?condition}` for a tick box that is ticked when the condition holds. A condition is `key` (has a value),
 * `!key`, `key=a|b` or `key!=a|b`; an empty one always holds.
 * Nothing outside kiosk/paper and its tests includes this file.
 * Pitfall: an item inside a table's cell counts from the cell's corner, every other one from the page's.
 */
#ifndef KIOSK_PAPER_PAPER_TEMPLATE_H
#define KIOSK_PAPER_PAPER_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "kiosk/catalogue/yaml.h"
#include "kiosk/paper/paper.h"

enum {
    PAPER_COLUMNS_MAX = 12, /* columns of one table */
    PAPER_COPIES_MAX = 4,   /* named copies of one template */
    PAPER_ITEMS_MAX = 512   /* placed things of one copy, cells' boxes included */
};

/* What an item draws; the names are the template file's. */
enum paper_item_kind {
#define PAPER_ITEM(code, name) PAPER_ITEM_##code,
#include "kiosk/paper/paper_items.def"
#undef PAPER_ITEM
    PAPER_ITEM_COUNT_
};

/* Where a text stands in its rectangle; the names are the template file's. */
enum paper_align { PAPER_ALIGN_LEFT, PAPER_ALIGN_CENTRE, PAPER_ALIGN_RIGHT };
enum paper_valign { PAPER_VALIGN_MIDDLE, PAPER_VALIGN_TOP, PAPER_VALIGN_BOTTOM };

/* Something drawn in a rectangle. As read from the file: measures stay text, "x y width height" in
 * millimetres, because a definition table reads whole numbers only; paper_template_measures turns them into
 * numbers. */
struct paper_item {
    enum paper_item_kind kind;
    const char *at;        /* in a cell: "" means the cell less its padding */
    const char *condition; /* "" always holds */
    const char *text;      /* TEXT and PARAGRAPHS only */
    const char *zone;      /* "" takes the first key of the text */
    const char *size_pt;   /* the largest letter size; "" the table's, or 10 */
    const char *stroke_mm; /* "" 0.25 */
    bool bold;
    bool dashed;
    enum paper_align align;
    enum paper_valign valign;
    const char *columns_mm; /* TABLE: widths of the columns right of the block labels */
    const char *label_mm;   /* TABLE: width of the block labels, "" for none */
    const char *padding_mm; /* TABLE: "" 2 */
    const struct paper_block *blocks;
    size_t block_count;
};

/* A cell's own text, and what else stands in it. */
struct paper_cell {
    struct paper_item own; /* kind TEXT, at "" */
    int64_t span;          /* columns */
    const struct paper_item *items;
    size_t item_count;
};

struct paper_row {
    const char *height_mm;
    const char *condition;
    const struct paper_cell *cells;
    size_t cell_count;
};

/* Rows that share the merged label cell at their left; a block without rows to show is not there. */
struct paper_block {
    const char *label;
    const struct paper_row *rows;
    size_t row_count;
};

struct paper_page {
    const struct paper_item *items;
    size_t item_count;
};

struct paper_template {
    const char *id;
    const char *version;
    const char *title;
    const char *font;
    const char *condition;     /* of the whole template: whether it belongs into a pack */
    const char *sheet_mm;      /* "width height" */
    const char *const *copies; /* the name of each copy; none: one copy without a name */
    size_t copy_count;
    const struct paper_page *pages;
    size_t page_count;
    double width_mm, height_mm; /* of the sheet */
    struct yaml *yaml;          /* owns every text and list above */
};

/* Numbers with at most two decimals, up to 999.99, blanks between, are read.
 * Returns: how many, or -1 for anything else and for more than `most`. */
int paper_template_measures(const char *text, double *out, int most);

#endif
