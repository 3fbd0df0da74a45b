/* Screen scan: what the events of the scanner's page keep for its drawing, and what is asked about its
 * papers. Only for screen_scan.c and screen_scan_draw.c.
 *
 * Papers are named by their index in the visit's pages. Pitfall: the visit's pages change with every reply.
 */
#ifndef KIOSK_SCREENS_SCREEN_SCAN_H
#define KIOSK_SCREENS_SCREEN_SCAN_H

#include "kiosk/screens/scan_example.h"
#include "kiosk/screens/scan_extra.h"
#include "kiosk/screens/scan_later.h"
#include "kiosk/screens/scan_look.h"
#include "kiosk/screens/scan_samples.h"
#include "kiosk/screens/scan_thumbs.h"
#include "kiosk/screens/screen.h"

enum { SCREEN_SCAN_MESSAGE_BYTES = 192 };

struct screen_scan_state {
    size_t paper; /* index in the visit's pages */
    uint64_t scanning;
    uint64_t previewing;
    uint64_t submitting;
    uint64_t sharing; /* another paper's page is to stand for the one in hand */
    struct service_image *preview;
    struct canvas_image picture; /* a view of the preview, for the painter */
    uint64_t preview_version;
    struct scan_thumbs thumbs;
    struct scan_extra extra;
    struct scan_example example;
    struct scan_look look;
    struct scan_later later;
    struct scan_samples samples;             /* which of the stamps on a sheet is the best */
    bool skipped[SERVICE_PAPERS_MAX];        /* a page that is not good goes to the clerk as it is */
    bool stuck;                              /* the device needs a hand: an error page */
    bool showing_how;                        /* how a paper is laid on the glass */
    bool is_good;                            /* the last scan went well */
    enum service_reason reason;              /* of the last scan, NONE while nothing is wrong */
    char message[SCREEN_SCAN_MESSAGE_BYTES]; /* what became of the last scan; empty for nothing to say */
};

/* The page of this index. Owns: borrowed. */
const struct service_page *screen_scan_page(const struct ui *ui, size_t index);
/* What the paper is called. Owns: borrowed. */
const char *screen_scan_title(const struct ui *ui, size_t index);
/* The same with the side that the page shows: 反面·经办人身份证. */
void screen_scan_name(const struct ui *ui, size_t index, char *out, size_t size);
/* It is there, could be better, and the applicant has not said to leave it so. */
bool screen_scan_wants_again(const struct ui *ui, const struct screen_scan_state *state, size_t index);
/* It need not be there, and the applicant has said that there is none. */
bool screen_scan_is_left_out(const struct ui *ui, const struct screen_scan_state *state, size_t index);
/* It is still to be scanned. */
bool screen_scan_is_awaited(const struct ui *ui, const struct screen_scan_state *state, size_t index);
/* The first paper still to be done from `after` round to it again, `after` itself last. */
size_t screen_scan_next_paper(const struct ui *ui, const struct screen_scan_state *state, size_t after);
/* The page that may stand for this one, which is still to be scanned. Returns: the number of papers when
 * there is none. */
size_t screen_scan_source(const struct ui *ui, size_t index);

#endif
