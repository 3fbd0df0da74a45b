/* Page: one scanned page is judged: bytes in, findings out.
 *
 * A finding is three-valued: good, bad with a reason, or not computed; what was not computed is shown as 未检
 * and never as a tick. Judging changes nothing: turning and straightening are asked for by the caller with
 * the numbers found (page_image.h). It knows papers only by what page_expect says, and no order but the one
 * named there. Pitfall: the rules for exposure and seals were tuned on synthetic pages; a bad finding asks
 * for another scan or a clerk's look, it does not refuse an applicant.
 */
#ifndef KIOSK_PAGE_PAGE_H
#define KIOSK_PAGE_PAGE_H

#include <stdbool.h>

#include "kiosk/page/page_code.h"
#include "kiosk/page/page_image.h"
#include "kiosk/page/page_qr.h"
#include "kiosk/page/page_sample.h"
#include "kiosk/page/page_seal.h"

enum page_check {
#define PAGE_CHECK(code, name, line) PAGE_CHECK_##code,
#include "kiosk/page/page_checks.def"
#undef PAGE_CHECK
    PAGE_CHECK_COUNT_
};

enum page_reason {
#define PAGE_REASON(code, name) PAGE_REASON_##code,
#include "kiosk/page/page_reasons.def"
#undef PAGE_REASON
    PAGE_REASON_COUNT_
};

enum page_verdict { PAGE_NOT_COMPUTED, PAGE_GOOD, PAGE_BAD };

/* The stable name of a check. Returns: static text. */
const char *page_check_name(enum page_check check);
/* The stable name of a reason. Returns: static text. */
const char *page_reason_name(enum page_reason reason);

/* What is wrong with a page whose samples were cut out with this status, or of which one has this fault; NONE
 * for nothing. */
enum page_reason page_reason_of_sample(enum status status, enum page_sample_fault fault);

/* What this paper should be. A zeroed struct expects any page with something on it. */
struct page_expect {
    bool wants_colour;
    int dpi_min;             /* 0 means 190; a 300 dpi page passes */
    bool wants_seal;         /* a round red seal somewhere on the page */
    bool wants_code;         /* a page the hall printed, with its code and its four corner marks */
    const uint8_t *code_key; /* CRYPTO_KEY_BYTES, borrowed; must be given with wants_code */
    struct page_code code;   /* the order, page and template expected; an empty template accepts any */
    struct page_rect
        signature_mm; /* place of the signature on the upright page, in millimetres; zeroed: not judged */
};

struct page_finding {
    enum page_verdict verdict;
    enum page_reason reason; /* NONE unless bad */
    struct page_rect place;  /* where on the image given in, for the red frame; zeroed: the whole page */
};

struct page_findings {
    struct page_finding checks[PAGE_CHECK_COUNT_];
    bool turn_is_known;
    int turn_degrees; /* clockwise turn that makes the page upright: 0, 90, 180, 270 */
    bool skew_is_known;
    double skew_degrees;       /* clockwise turn that makes it straight, for page_image_straighten */
    struct page_qr_list codes; /* every QR code read, ours or not */
    bool code_is_ours;
    struct page_code code;       /* valid when code_is_ours */
    struct page_seal_list seals; /* every round red seal found */
};

/* The page is judged.
 * Returns: NO_MEMORY; every finding about the page, however bad, is OK.
 * Thread: any, several at once. Time: about 80 ms for an A4 colour page of 300 dpi. After failure: *out
 * unchanged. */
enum status page_judge(const struct page_image *image, const struct page_expect *expect,
                       struct page_findings *out, struct failure *failure);

/* Whether no check is bad; checks that were not computed do not count against the page. */
bool page_is_acceptable(const struct page_findings *findings);

/* The first bad check in reading order. Returns: PAGE_CHECK_COUNT_ when none is bad. */
enum page_check page_first_bad(const struct page_findings *findings);

/* A scan as the product keeps it: judged, turned upright and straightened, compressed within the limit.
 * Units: limit_bytes 0 means LIMIT_PAGE_JPEG_BYTES. The image is changed in place (use it for the preview);
 * places in the findings are those of the image as it is afterwards.
 * Returns: FULL when no quality fits the limit; NO_MEMORY. Owns: the JPEG stands at the end of the buffer.
 * Time: about 0.3 s for an A4 colour page of 300 dpi. After failure: the buffer is unchanged. */
enum status page_finish(struct page_image *image, const struct page_expect *expect, size_t limit_bytes,
                        struct page_findings *findings, struct buf *jpeg, struct failure *failure);

#endif
