/* Scan thumbs: small pictures of the order's stored pages, for the list of papers.
 *
 * They are asked for one after the other, so that a scan never waits for more than one of them. Each shows
 * personal data: release wipes them. Pitfall: an answer may come after its page was scanned again; forget a
 * page's picture when its scan begins.
 */
#ifndef KIOSK_SCREENS_SCAN_THUMBS_H
#define KIOSK_SCREENS_SCAN_THUMBS_H

#include "kiosk/screens/screen.h"

struct scan_thumbs {
    uint64_t asking; /* 0 when nothing is asked for */
    size_t asked;    /* the page it is about */
    struct {
        struct service_image *image; /* NULL while there is none */
        struct canvas_image picture; /* a view of it, for the painter */
        uint64_t version;
        bool tried; /* asked for once; a damaged page is not asked for again and again */
    } items[SERVICE_PAPERS_MAX];
};

/* The next missing picture of a stored page is asked for, unless one is on its way. */
void scan_thumbs_ask(struct scan_thumbs *thumbs, struct ui *ui);
/* The event is a picture asked for: it is kept and the next one asked for. Returns: whether it was. */
bool scan_thumbs_take(struct scan_thumbs *thumbs, struct ui *ui, const struct ui_event *event);
/* This page's picture is wiped, and asked for anew at the next scan_thumbs_ask. */
void scan_thumbs_forget(struct scan_thumbs *thumbs, size_t index);
/* All pictures are wiped; safe on zeroed thumbs. */
void scan_thumbs_forget_all(struct scan_thumbs *thumbs);

#endif
