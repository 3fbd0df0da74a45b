#include "kiosk/page/page.h"

#include <math.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/page/page_jpeg.h"
#include "kiosk/page/page_marks.h"
#include "kiosk/page/page_skew.h"
#include "kiosk/page/page_tone.h"

enum {
    PAGE_SMALL_DPI = 100,
    PAGE_GRAY_DPI = 150,
    PAGE_DPI_MIN = 190,
    PAGE_PAPER_DARK = 160,
    PAGE_CONTRAST_LIGHT = 110,
    PAGE_CHROMA_SEEN = 24,
    PAGE_SIGNATURE_BELOW_PAPER = 60
};

static const double page_mark_share_blank = 0.0012;
static const double page_skew_max_degrees = 5.0, page_upright_degrees = 1.0;
static const double page_signature_ink_mm2 = 6.0;
enum { PAGE_SIGNATURE_INSET_MM = 2 }; /* rules around the place are no writing, printers shift a little */
static const double a4_short_inch = 210 / 25.4, a4_long_inch = 297 / 25.4;

static const char *const check_names[] = {
#define PAGE_CHECK(code, name, line) name,
#include "kiosk/page/page_checks.def"
#undef PAGE_CHECK
};

static const char *const reason_names[] = {
#define PAGE_REASON(code, name) name,
#include "kiosk/page/page_reasons.def"
#undef PAGE_REASON
};

const char *page_check_name(enum page_check name)
{
    return (unsigned)name < PAGE_CHECK_COUNT_ ? check_names[name] : "invalid";
}

const char *page_reason_name(enum page_reason reason)
{
    return (unsigned)reason < PAGE_REASON_COUNT_ ? reason_names[reason] : "invalid";
}

enum page_reason page_reason_of_sample(enum status status, enum page_sample_fault fault)
{
    if (status == STATUS_NOT_FOUND)
        return PAGE_REASON_SAMPLES_UNFOUND;
    switch (fault) {
    case PAGE_SAMPLE_FAINT:
        return PAGE_REASON_SEAL_FAINT;
    case PAGE_SAMPLE_INCOMPLETE:
        return PAGE_REASON_SEAL_INCOMPLETE;
    case PAGE_SAMPLE_TOUCHING:
        return PAGE_REASON_SAMPLE_TOUCHING;
    case PAGE_SAMPLE_UNFIT:
        return PAGE_REASON_SAMPLE_UNFIT;
    case PAGE_SAMPLE_BLANK:
        return PAGE_REASON_SAMPLE_MISSING;
    case PAGE_SAMPLE_NONE:
    case PAGE_SAMPLE_FAULT_COUNT_:
        break;
    }
    return PAGE_REASON_NONE;
}

static void decide(struct page_findings *findings, enum page_check which, enum page_reason reason)
{
    findings->checks[which] = (struct page_finding){
        .verdict = reason == PAGE_REASON_NONE ? PAGE_GOOD : PAGE_BAD,
        .reason = reason,
    };
}

/* The resolution the pixels give a page of A4, which is what the checks believe; the tag may say anything. */
static int a4_dpi(const struct page_image *image)
{
    int longer = image->width_px > image->height_px ? image->width_px : image->height_px;
    int shorter = image->width_px > image->height_px ? image->height_px : image->width_px;
    return (int)fmin(longer / a4_long_inch + 0.5, shorter / a4_short_inch + 0.5);
}

static int trusted_dpi(const struct page_image *image)
{
    int by_size = a4_dpi(image);
    return image->dpi > 0 && image->dpi < by_size ? image->dpi : by_size;
}

/* The smaller copies all checks share: colour at 100 dpi, gray at 150. */
struct page_copies {
    struct page_image small;
    struct page_image gray;
};

static void copies_release(struct page_copies *copies)
{
    page_image_release(&copies->gray);
    page_image_release(&copies->small);
}

/* The size of the page at this resolution, or its own when that is lower. */
static void size_at(const struct page_image *image, int dpi, int *width_px, int *height_px)
{
    int own = a4_dpi(image);
    *width_px = own > dpi ? (int)((int64_t)image->width_px * dpi / own) : image->width_px;
    *height_px = own > dpi ? (int)((int64_t)image->height_px * dpi / own) : image->height_px;
    *width_px = *width_px > 0 ? *width_px : 1;
    *height_px = *height_px > 0 ? *height_px : 1;
}

static enum status make_gray(const struct page_image *image, struct page_copies *copies)
{
    int width_px, height_px;
    page_image_release(&copies->gray);
    size_at(image, PAGE_GRAY_DPI, &width_px, &height_px);
    return page_image_shrink_gray(image, width_px, height_px, &copies->gray);
}

static enum status make_small(const struct page_image *image, struct page_copies *copies)
{
    int width_px, height_px;
    size_at(image, PAGE_SMALL_DPI, &width_px, &height_px);
    return page_image_shrink(image, width_px, height_px, &copies->small);
}

/* The turn of our own code counts before that of a stranger's. */
static void note_turn(const struct page_expect *expect, struct page_findings *findings)
{
    for (size_t i = 0; i < findings->codes.count; i++) {
        const struct page_qr *code = &findings->codes.codes[i];
        bool is_ours = expect->code_key && page_code_verify(expect->code_key, code->text, code->length,
                                                            &findings->code) == STATUS_OK;
        if (i > 0 && !is_ours)
            continue;
        findings->turn_is_known = true;
        findings->turn_degrees = code->turn_degrees;
        findings->code_is_ours = is_ours;
        if (is_ours)
            return;
    }
}

/* How the page lies: its codes, its quarter turn, its skew. */
static enum status judge_lie(const struct page_image *image, const struct page_image *gray,
                             const struct page_expect *expect, struct page_findings *findings)
{
    enum page_qr_effort effort = expect->wants_code ? PAGE_QR_PIXELS : PAGE_QR_PAGE;
    enum status status = page_qr_read(image, gray, effort, &findings->codes);
    if (status != STATUS_OK)
        return status;
    note_turn(expect, findings);
    status = page_skew_measure(gray, &findings->skew_degrees);
    findings->skew_is_known = status == STATUS_OK;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum page_reason code_reason(const struct page_expect *expect, const struct page_findings *findings)
{
    const struct page_code *read = &findings->code, *wanted = &expect->code;
    if (findings->codes.count == 0)
        return PAGE_REASON_CODE_MISSING;
    if (!findings->code_is_ours)
        return PAGE_REASON_CODE_FOREIGN;
    if (strcmp(read->acceptance, wanted->acceptance) != 0)
        return PAGE_REASON_CODE_OTHER_ORDER;
    if (read->page != wanted->page || read->pages != wanted->pages)
        return PAGE_REASON_CODE_OTHER_PAGE;
    if (wanted->template_version[0] && strcmp(read->template_version, wanted->template_version) != 0)
        return PAGE_REASON_CODE_OLD_TEMPLATE;
    return PAGE_REASON_NONE;
}

static void judge_code(const struct page_expect *expect, struct page_findings *findings)
{
    if (!expect->wants_code)
        return;
    decide(findings, PAGE_CHECK_CODE, code_reason(expect, findings));
    if (findings->codes.count > 0)
        findings->checks[PAGE_CHECK_CODE].place = findings->codes.codes[0].place;
}

static void judge_tone(const struct page_tone *tone, const struct page_image *image,
                       const struct page_expect *expect, struct page_findings *findings)
{
    bool is_blank = tone->mark_share < page_mark_share_blank;
    enum page_reason exposure = tone->paper < PAGE_PAPER_DARK ? PAGE_REASON_TOO_DARK
                                : !is_blank && tone->paper - tone->ink < PAGE_CONTRAST_LIGHT
                                    ? PAGE_REASON_TOO_LIGHT
                                    : PAGE_REASON_NONE;
    decide(findings, PAGE_CHECK_CONTENT, is_blank ? PAGE_REASON_BLANK : PAGE_REASON_NONE);
    decide(findings, PAGE_CHECK_EXPOSURE, exposure);
    if (!expect->wants_colour)
        return;
    if (image->channels == 1)
        decide(findings, PAGE_CHECK_COLOUR, PAGE_REASON_GRAY);
    else if (tone->chroma_most >= PAGE_CHROMA_SEEN)
        decide(findings, PAGE_CHECK_COLOUR, PAGE_REASON_NONE);
    /* A colour file without any colour may be a gray scan or black print: nobody can tell, so not computed.
     */
}

static void judge_resolution(const struct page_image *image, const struct page_expect *expect,
                             struct page_findings *findings)
{
    int least = expect->dpi_min ? expect->dpi_min : PAGE_DPI_MIN;
    decide(findings, PAGE_CHECK_RESOLUTION,
           trusted_dpi(image) < least ? PAGE_REASON_LOW_RESOLUTION : PAGE_REASON_NONE);
}

/* The best seal speaks for the page: a second, faint one elsewhere does no harm. */
static void judge_seal(const struct page_image *image, const struct page_expect *expect,
                       struct page_findings *findings)
{
    const struct page_seal *best = NULL;
    if (!expect->wants_seal || !findings->seals.is_computed)
        return;
    for (size_t i = 0; i < findings->seals.count; i++) {
        const struct page_seal *seal = &findings->seals.seals[i];
        int rank = 2 * seal->is_complete + !seal->is_faint;
        int best_rank = best ? 2 * best->is_complete + !best->is_faint : -1;
        if (rank > best_rank || (rank == best_rank && seal->ring_share > best->ring_share))
            best = seal;
    }
    decide(findings, PAGE_CHECK_SEAL,
           !best                ? PAGE_REASON_SEAL_MISSING
           : !best->is_complete ? PAGE_REASON_SEAL_INCOMPLETE
           : best->is_faint     ? PAGE_REASON_SEAL_FAINT
                                : PAGE_REASON_NONE);
    if (best) {
        int side = (int)(best->diameter_mm * a4_dpi(image) / 25.4);
        findings->checks[PAGE_CHECK_SEAL].place =
            (struct page_rect){(int)best->x_px - side / 2, (int)best->y_px - side / 2, side, side};
    }
}

static size_t count_ink(const struct page_image *gray, struct page_rect place, int limit)
{
    size_t ink = 0;
    for (int y = place.y_px; y < place.y_px + place.height_px; y++)
        for (int x = place.x_px; x < place.x_px + place.width_px; x++)
            if (x >= 0 && y >= 0 && x < gray->width_px && y < gray->height_px)
                ink += gray->pixels[(size_t)y * (size_t)gray->width_px + (size_t)x] < limit;
    return ink;
}

static struct page_rect scaled(struct page_rect place, double by)
{
    return (struct page_rect){(int)(place.x_px * by), (int)(place.y_px * by), (int)(place.width_px * by),
                              (int)(place.height_px * by)};
}

/* Ink where nothing is printed is writing. */
static void judge_signature(const struct page_image *gray, const struct page_marks *marks, double scale,
                            int paper, struct page_rect mm, struct page_findings *findings)
{
    const int inset = PAGE_SIGNATURE_INSET_MM;
    double px_per_mm = a4_dpi(gray) / 25.4;
    struct page_rect inner = {mm.x_px + inset, mm.y_px + inset, mm.width_px - 2 * inset,
                              mm.height_px - 2 * inset};
    if (inner.width_px <= 0 || inner.height_px <= 0)
        return;
    size_t ink =
        count_ink(gray, page_marks_place(marks, px_per_mm, inner), paper - PAGE_SIGNATURE_BELOW_PAPER);
    bool is_signed = (double)ink / (px_per_mm * px_per_mm) >= page_signature_ink_mm2;
    decide(findings, PAGE_CHECK_SIGNATURE, is_signed ? PAGE_REASON_NONE : PAGE_REASON_SIGNATURE_MISSING);
    findings->checks[PAGE_CHECK_SIGNATURE].place = scaled(page_marks_place(marks, px_per_mm, mm), scale);
}

/* Only on an upright, straight page printed by the hall are the marks and places where the form says. */
static void judge_places(const struct page_image *image, const struct page_image *gray, int paper,
                         const struct page_expect *expect, struct page_findings *findings)
{
    struct page_marks marks = {0};
    if (expect->wants_code && findings->code_is_ours) {
        page_marks_find(gray, a4_dpi(gray) / 25.4, paper, &marks);
        decide(findings, PAGE_CHECK_CORNERS, marks.is_whole ? PAGE_REASON_NONE : PAGE_REASON_CROPPED);
    }
    judge_signature(gray, &marks, (double)image->width_px / gray->width_px, paper, expect->signature_mm,
                    findings);
}

/* Whether the page lies, as it was found, as the form was printed. */
static bool lies_upright(const struct page_findings *findings)
{
    return findings->turn_is_known && findings->turn_degrees == 0 && findings->skew_is_known &&
           fabs(findings->skew_degrees) <= page_upright_degrees;
}

/* Everything but the lie of the page, which is known by now. */
static enum status judge_rest(const struct page_image *image, struct page_copies *copies,
                              const struct page_expect *expect, bool is_upright,
                              struct page_findings *findings)
{
    struct page_tone tone = {0};
    enum status status = make_small(image, copies);
    if (status == STATUS_OK)
        status = page_tone_measure(&copies->small, &tone);
    if (status == STATUS_OK)
        status = page_seal_find(&copies->small, a4_dpi(&copies->small),
                                (double)image->width_px / copies->small.width_px, &findings->seals);
    if (status != STATUS_OK)
        return status;
    judge_tone(&tone, image, expect, findings);
    judge_resolution(image, expect, findings);
    judge_code(expect, findings);
    judge_seal(image, expect, findings);
    if (is_upright)
        judge_places(image, &copies->gray, tone.paper, expect, findings);
    if (findings->skew_is_known)
        decide(findings, PAGE_CHECK_SKEW,
               fabs(findings->skew_degrees) > page_skew_max_degrees ? PAGE_REASON_SKEWED : PAGE_REASON_NONE);
    return STATUS_OK;
}

enum status page_judge(const struct page_image *image, const struct page_expect *expect,
                       struct page_findings *out, struct failure *failure)
{
    check(!expect->wants_code || expect->code_key);
    struct page_findings findings = {0};
    struct page_copies copies = {0};
    enum status status = make_gray(image, &copies);
    if (status == STATUS_OK)
        status = judge_lie(image, &copies.gray, expect, &findings);
    if (status == STATUS_OK)
        status = judge_rest(image, &copies, expect, lies_upright(&findings), &findings);
    copies_release(&copies);
    if (status != STATUS_OK)
        return failure_set(failure, status, "page_judge", 0, "%dx%d", image->width_px, image->height_px);
    *out = findings;
    return STATUS_OK;
}

/* A place on the page before a quarter turn becomes the place after it. */
static void turn_place(struct page_rect *place, int width_px, int height_px, int degrees)
{
    struct page_rect from = *place;
    if (degrees == 90)
        *place = (struct page_rect){height_px - from.y_px - from.height_px, from.x_px, from.height_px,
                                    from.width_px};
    else if (degrees == 180)
        *place = (struct page_rect){width_px - from.x_px - from.width_px,
                                    height_px - from.y_px - from.height_px, from.width_px, from.height_px};
    else if (degrees == 270)
        *place = (struct page_rect){from.y_px, width_px - from.x_px - from.width_px, from.height_px,
                                    from.width_px};
}

/* The page is turned upright and straight; what was known about its lie is kept as it was found. */
static enum status put_right(struct page_image *image, struct page_findings *findings)
{
    if (findings->turn_is_known)
        for (size_t i = 0; i < findings->codes.count; i++)
            turn_place(&findings->codes.codes[i].place, image->width_px, image->height_px,
                       findings->turn_degrees);
    enum status status = findings->turn_is_known ? page_image_turn(image, findings->turn_degrees) : STATUS_OK;
    if (status == STATUS_OK && findings->skew_is_known)
        status = page_image_straighten(image, findings->skew_degrees);
    return status;
}

enum status page_finish(struct page_image *image, const struct page_expect *expect, size_t limit_bytes,
                        struct page_findings *out, struct buf *jpeg, struct failure *failure)
{
    check(!expect->wants_code || expect->code_key);
    struct page_findings findings = {0};
    struct page_copies copies = {0};
    enum status status = make_gray(image, &copies);
    if (status == STATUS_OK)
        status = judge_lie(image, &copies.gray, expect, &findings);
    if (status == STATUS_OK)
        status = put_right(image, &findings);
    if (status == STATUS_OK)
        status = make_gray(image, &copies);
    if (status == STATUS_OK)
        status =
            judge_rest(image, &copies, expect, findings.turn_is_known && findings.skew_is_known, &findings);
    copies_release(&copies);
    if (status == STATUS_OK)
        status = page_jpeg_fit(image, limit_bytes ? limit_bytes : LIMIT_PAGE_JPEG_BYTES, jpeg, NULL);
    if (status != STATUS_OK)
        return failure_set(failure, status, "page_finish", 0, "%dx%d", image->width_px, image->height_px);
    *out = findings;
    return STATUS_OK;
}

bool page_is_acceptable(const struct page_findings *findings)
{
    return page_first_bad(findings) == PAGE_CHECK_COUNT_;
}

enum page_check page_first_bad(const struct page_findings *findings)
{
    int which = 0;
    while (which < PAGE_CHECK_COUNT_ && findings->checks[which].verdict != PAGE_BAD)
        which++;
    return (enum page_check)which;
}
