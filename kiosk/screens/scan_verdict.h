/* Scan verdict: what was found on a scanned page, in words, check by check, and what to do about it (a10).
 *
 * Checks stand in the order of the design: 清晰, 歪斜已校正, 四角齐全, 公章完整, 签名存在; several findings
 * of kiosk/page may stand behind one of them. Pitfall: what was not computed is 未检, never a tick.
 */
#ifndef KIOSK_SCREENS_SCAN_VERDICT_H
#define KIOSK_SCREENS_SCAN_VERDICT_H

#include "kiosk/screens/screen.h"

/* What happened and what to do; an empty title for good news, an empty line for no news. */
struct scan_verdict {
    char title[96];
    char line[224];
};

/* The first thing wrong with the page in a few words: 公章不完整. Returns: "" when nothing is. */
const char *scan_verdict_words(const struct ui *ui, const struct service_page *page);
/* The place of the first thing wrong, clipped to the page. Returns: false when it is not known. Owns: words
 * are borrowed. */
bool scan_verdict_frame(const struct ui *ui, const struct service_page *page,
                        struct widget_picture_frame *out);
/* A stored page that could be better: what is wrong, and that it is kept. */
void scan_verdict_page(const struct ui *ui, const struct service_page *page, struct scan_verdict *out);
/* A page that was not taken; `message` is the service's sentence for reasons without words of their own. */
void scan_verdict_refusal(const struct ui *ui, enum service_reason reason, const char *message,
                          struct scan_verdict *out);

/* The verdict stands on a red ground as high as scan_verdict_height. Units: base px. */
void scan_verdict_draw(struct ui *ui, struct rect rect, const struct scan_verdict *verdict);
int scan_verdict_height(struct ui *ui, const struct scan_verdict *verdict, int width);
/* The checks this paper needs are cut off the area's top, at most `height` high; where they do not all fit
 * the bad ones stay. Units: base px. */
void scan_verdict_checks(struct ui *ui, struct rect *area, int height, const struct service_page *page,
                         const struct product_paper *paper);

#endif
