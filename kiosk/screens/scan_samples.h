/* Scan samples: which of several stamps or signatures on a scanned sheet is the best, as the applicant sees
 * it.
 *
 * It is asked where neither a tick on the sheet nor an earlier choice says so; what is proposed is the
 * clearest one. The pictures are asked for one after the other and wiped by release. Pitfall: a rescan has
 * new samples; open anew.
 */
#ifndef KIOSK_SCREENS_SCAN_SAMPLES_H
#define KIOSK_SCREENS_SCAN_SAMPLES_H

#include "kiosk/screens/screen.h"

struct scan_samples {
    bool is_open;
    enum product_sample_of of; /* the kind in hand */
    uint64_t asking;           /* 0 when no picture is asked for */
    size_t asked;              /* the sample it is about, an index of the visit's */
    uint64_t choosing;
    bool goes_on; /* when it is chosen */
    struct {
        struct service_image *image; /* NULL while there is none */
        struct canvas_image picture; /* a view of it, for the painter */
        uint64_t version;
        bool tried;
    } items[SERVICE_SAMPLES_MAX];
};

/* Whether one of this paper's samples is still to be chosen, of any paper's with NULL. */
bool scan_samples_wants(const struct ui *ui, const char *paper);
/* The page stands with the first kind that is to be chosen. */
void scan_samples_open(struct scan_samples *samples, struct ui *ui);
/* Taps and answers of the page. Returns: whether it took the event; it closes when everything is chosen. */
bool scan_samples_event(struct scan_samples *samples, struct ui *ui, const struct ui_event *event);
void scan_samples_draw(struct scan_samples *samples, struct ui *ui);
/* All pictures are wiped and the page is closed; safe on zeroed samples. */
void scan_samples_release(struct scan_samples *samples);

#endif
