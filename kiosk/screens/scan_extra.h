/* Scan extra: a page beside the product's papers gets its title from the applicant, then it stands in the
 * list.
 *
 * A page of the scan screen, with one field and the keyboard. Pitfall: the title is personal; end wipes it.
 */
#ifndef KIOSK_SCREENS_SCAN_EXTRA_H
#define KIOSK_SCREENS_SCAN_EXTRA_H

#include "kiosk/screens/screen.h"

struct scan_extra {
    bool is_open;
    struct text_edit title;
    uint64_t adding;
    char message[192];
};

/* The paper of the order that one page more may be added to. Returns: NULL when there is none. */
const struct product_paper *scan_extra_paper(const struct ui *ui);
/* The title is asked for. */
void scan_extra_begin(struct scan_extra *extra, struct ui *ui);
/* The page is left; safe on a zeroed one. */
void scan_extra_end(struct scan_extra *extra, struct ui *ui);
/* What was touched on its page, and what became of it. *added says that the list has one page more, at its
 * end. Returns: whether the event was about it. */
bool scan_extra_event(struct scan_extra *extra, struct ui *ui, const struct ui_event *event, bool *added);
/* Its page. Ids: extra.title, bar.next adds, bar.back leaves it. */
void scan_extra_draw(struct ui *ui, struct scan_extra *extra);
/* The button for the list of papers. Id: scan.add. */
void scan_extra_button(struct ui *ui, struct rect rect);

#endif
