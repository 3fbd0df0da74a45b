/* Entry summary: everything that was filled in, block by block, to be read once more before it is printed.
 *
 * Each block has a button that leads back to it; long forms take several pages. It draws the form screen's
 * values and asks no service. Pitfall: how many pages there are is known after the first drawing.
 */
#ifndef KIOSK_SCREENS_ENTRY_SUMMARY_H
#define KIOSK_SCREENS_ENTRY_SUMMARY_H

#include "kiosk/screens/entry.h"

/* What the button of a block is called, before the block's id; its tag is the block's index. */
#define ENTRY_SUMMARY_MEND "summary.mend."

struct entry_summary {
    bool is_open;
    bool is_mended; /* a block was gone back to from here, and the way on leads here again */
    int page, pages;
};

/* The page in hand stands in the rectangle ui_page left; `pages` is set. Units: base px. */
void entry_summary_draw(struct ui *ui, struct rect area, struct entry_summary *summary);

#endif
