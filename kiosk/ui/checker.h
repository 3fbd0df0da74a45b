/* Checker: walks a page and says what is wrong with it, for tests after every event.
 *
 * Texts of labels are measured; those of other widgets count as cut when they were shortened in the last
 * paint of the whole page. Faults: a target without label, without id or with an id twice; a target smaller
 * than 88 base px (24 on the desk); targets that overlap, or on the kiosk stand closer than 16 base px, cards
 * and tabs of one list closer than 8, unless they are parts of one control; a message over a dialog; a target
 * in the upper part of the kiosk that only shows; a widget outside the canvas; a label that does not fit;
 * once checker_judge_painting was asked for, a text or a sign of too little contrast, a text crossed by
 * something drawn or half on a card and half beside it; a page without a way out. It judges structure, not
 * looks.
 */
#ifndef KIOSK_UI_CHECKER_H
#define KIOSK_UI_CHECKER_H

#include <stddef.h>

#include "kiosk/ui/ui.h"

enum checker_fault {
#define CHECKER_FAULT(code, name) CHECKER_FAULT_##code,
#include "kiosk/ui/checker_faults.def"
#undef CHECKER_FAULT
    CHECKER_FAULT_COUNT
};

struct checker_finding {
    enum checker_fault fault;
    const char *id;    /* borrowed from the tree */
    const char *other; /* OVERLAP, DUPLICATE: the other widget; CUT_TEXT, NO_ROOM: the text; otherwise NULL */
};

/* From the next whole paint on every text is judged by its pixels, too: contrast, and what crosses it. */
void checker_judge_painting(struct ui *ui);
/* The page's faults are listed. Returns: how many there are; only the first `capacity` are written. */
size_t checker_check(const struct ui *ui, struct checker_finding *findings, size_t capacity);
/* The fault's name for messages. */
const char *checker_fault_name(enum checker_fault fault);

#endif
