#include "kiosk/page/page_sample.h"

#include <math.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/page/page_marks.h"
#include "kiosk/page/page_seal.h"
#include "kiosk/page/page_tone.h"

enum {
    SAMPLE_GRAY_DPI = 150,
    SAMPLE_SMALL_DPI = 100,
    SAMPLE_SEAL_DPI = 100,
    SAMPLE_RED_LEAST = 48,
    SAMPLE_RED_FAINT = 80,
    SAMPLE_BELOW_PAPER = 70
};

static const double sample_ink_least_mm2 = 4.0, sample_edge_most_mm2 = 0.6, sample_tick_least_mm2 = 1.2;
/* The printed line of the box lies within the first millimetre; printers and scanners shift a little. */
static const double sample_line_mm = 1.0, sample_edge_mm = 1.0, sample_tick_inset_mm = 1.6,
                    sample_a4_mm = 210;

static const char *const fault_names[] = {
#define PAGE_SAMPLE_FAULT(code, name) name,
#include "kiosk/page/page_sample_faults.def"
#undef PAGE_SAMPLE_FAULT
};

const char *page_sample_fault_name(enum page_sample_fault fault)
{
    return (unsigned)fault < PAGE_SAMPLE_FAULT_COUNT_ ? fault_names[fault] : "invalid";
}

int page_sample_redness(const uint8_t rgb[3])
{
    int other = rgb[1] > rgb[2] ? rgb[1] : rgb[2];
    return rgb[0] > other ? rgb[0] - other : 0;
}

/* --- where the boxes are ----------------------------------------------------------------------------- */

/* The page as it is measured: its marks on a gray copy, and how many of its pixels one of the copy stands
 * for. */
struct sheet {
    struct page_marks marks;
    double px_per_mm; /* of the gray copy */
    double scale;     /* to the page */
    int paper;        /* brightness */
};

static enum status shrink(const struct page_image *page, int dpi, bool gray, struct page_image *out)
{
    int width_px = (int)lround(sample_a4_mm / 25.4 * dpi);
    width_px = width_px < page->width_px ? width_px : page->width_px;
    int height_px = (int)((int64_t)page->height_px * width_px / page->width_px);
    height_px = height_px > 0 ? height_px : 1;
    return gray ? page_image_shrink_gray(page, width_px, height_px, out)
                : page_image_shrink(page, width_px, height_px, out);
}

static enum status find_sheet(const struct page_image *page, struct sheet *out)
{
    struct page_image small = {0};
    struct page_image gray = {0};
    struct page_tone tone = {0};
    enum status status = shrink(page, SAMPLE_SMALL_DPI, false, &small);
    if (status == STATUS_OK)
        status = page_tone_measure(&small, &tone);
    if (status == STATUS_OK)
        status = shrink(page, SAMPLE_GRAY_DPI, true, &gray);
    if (status == STATUS_OK) {
        *out = (struct sheet){.px_per_mm = gray.width_px / sample_a4_mm,
                              .scale = (double)page->width_px / gray.width_px,
                              .paper = tone.paper};
        page_marks_find(&gray, out->px_per_mm, tone.paper, &out->marks);
        if (!out->marks.is_whole)
            status = STATUS_NOT_FOUND;
    }
    page_image_release(&small);
    page_image_release(&gray);
    return status == STATUS_NO_MEMORY ? status : status == STATUS_OK ? STATUS_OK : STATUS_NOT_FOUND;
}

/* A place of the sheet on the page, cut at its edges. */
static struct page_rect place_of(const struct sheet *sheet, const struct page_image *page,
                                 const struct page_place_mm *mm)
{
    double left, top, x_scale, y_scale;
    page_marks_scale(&sheet->marks, sheet->px_per_mm, &left, &top, &x_scale, &y_scale);
    double x = (left + mm->x_mm * x_scale) * sheet->scale, y = (top + mm->y_mm * y_scale) * sheet->scale;
    double right = x + mm->width_mm * x_scale * sheet->scale,
           bottom = y + mm->height_mm * y_scale * sheet->scale;
    int x0 = (int)fmax(0, round(x)), y0 = (int)fmax(0, round(y));
    int x1 = (int)fmin(page->width_px, round(right)), y1 = (int)fmin(page->height_px, round(bottom));
    return (struct page_rect){x0, y0, x1 > x0 ? x1 - x0 : 0, y1 > y0 ? y1 - y0 : 0};
}

static struct page_place_mm inset(const struct page_place_mm *mm, double by_mm)
{
    return (struct page_place_mm){mm->x_mm + by_mm, mm->y_mm + by_mm, mm->width_mm - 2 * by_mm,
                                  mm->height_mm - 2 * by_mm};
}

/* --- judging ----------------------------------------------------------------------------------------- */

static bool is_ink(const uint8_t rgb[3], bool is_stamp, int paper)
{
    int gray = (299 * rgb[0] + 587 * rgb[1] + 114 * rgb[2]) / 1000;
    return is_stamp ? page_sample_redness(rgb) >= SAMPLE_RED_LEAST : gray < paper - SAMPLE_BELOW_PAPER;
}

/* The ink inside, and of it what lies in the outermost `edge` pixels. */
static void count_ink(const struct page_image *image, bool is_stamp, int paper, int edge, size_t *inside,
                      size_t *at_edge)
{
    *inside = *at_edge = 0;
    for (int y = 0; y < image->height_px; y++) {
        const uint8_t *row = image->pixels + (size_t)y * (size_t)image->width_px * 3;
        for (int x = 0; x < image->width_px; x++) {
            if (!is_ink(row + (size_t)x * 3, is_stamp, paper))
                continue;
            ++*inside;
            *at_edge += x < edge || y < edge || x >= image->width_px - edge || y >= image->height_px - edge;
        }
    }
}

/* How red the ink is that there is, in the mean. */
static int mean_redness(const struct page_image *image)
{
    size_t pixels = (size_t)image->width_px * (size_t)image->height_px, count = 0;
    uint64_t sum = 0;
    for (size_t i = 0; i < pixels; i++) {
        int redness = page_sample_redness(image->pixels + i * 3);
        count += redness >= SAMPLE_RED_LEAST;
        sum += redness >= SAMPLE_RED_LEAST ? (uint64_t)redness : 0;
    }
    return count > 0 ? (int)(sum / count) : 0;
}

/* A round seal is whole and not faint; what is not round is judged by its ink alone. */
static enum status judge_seal(const struct page_sample *sample, enum page_sample_fault *out)
{
    struct page_seal_list seals = {0};
    struct page_image small = {0};
    double dpi = sample->px_per_mm * 25.4, scale = fmax(1, dpi / SAMPLE_SEAL_DPI);
    int width_px = (int)(sample->image.width_px / scale), height_px = (int)(sample->image.height_px / scale);
    if (width_px < 1 || height_px < 1)
        return STATUS_OK;
    enum status status = page_image_shrink(&sample->image, width_px, height_px, &small);
    if (status == STATUS_OK)
        status = page_seal_find(&small, dpi / scale, scale, &seals);
    page_image_release(&small);
    if (status == STATUS_OK && seals.count > 0)
        *out = !seals.seals[0].is_complete ? PAGE_SAMPLE_INCOMPLETE
               : seals.seals[0].is_faint   ? PAGE_SAMPLE_FAINT
                                           : PAGE_SAMPLE_NONE;
    if (*out == PAGE_SAMPLE_NONE && mean_redness(&sample->image) < SAMPLE_RED_FAINT)
        *out = PAGE_SAMPLE_FAINT;
    return status == STATUS_NO_MEMORY ? status : STATUS_OK;
}

static enum status judge(struct page_sample *sample, bool is_stamp, int paper)
{
    size_t inside, at_edge;
    double px_per_mm2 = sample->px_per_mm * sample->px_per_mm;
    int edge = (int)lround(sample_edge_mm * sample->px_per_mm);
    count_ink(&sample->image, is_stamp, paper, edge, &inside, &at_edge);
    if ((double)inside < sample_ink_least_mm2 * px_per_mm2)
        sample->fault = PAGE_SAMPLE_BLANK;
    else if ((double)at_edge > sample_edge_most_mm2 * px_per_mm2)
        sample->fault = PAGE_SAMPLE_TOUCHING;
    else if (is_stamp)
        return judge_seal(sample, &sample->fault);
    return STATUS_OK;
}

/* --- cutting ----------------------------------------------------------------------------------------- */

static enum status copy_rect(const struct page_image *page, struct page_rect place, struct page_image *out)
{
    enum status status = page_image_new(place.width_px, place.height_px, 3, page->dpi, out);
    for (int y = 0; status == STATUS_OK && y < place.height_px; y++)
        (void)memcpy(out->pixels + (size_t)y * (size_t)place.width_px * 3,
                     page->pixels +
                         ((size_t)(place.y_px + y) * (size_t)page->width_px + (size_t)place.x_px) * 3,
                     (size_t)place.width_px * 3);
    return status == STATUS_NO_MEMORY || status == STATUS_OK ? status : STATUS_NOT_FOUND;
}

/* Ink where nothing is printed is a tick. */
static enum status judge_tick(const struct page_image *page, const struct sheet *sheet,
                              const struct page_place_mm *tick, struct page_sample *sample)
{
    struct page_image box = {0};
    size_t inside, at_edge;
    struct page_place_mm inner = inset(tick, sample_tick_inset_mm);
    if (inner.width_mm <= 0 || inner.height_mm <= 0)
        return STATUS_OK;
    enum status status = copy_rect(page, place_of(sheet, page, &inner), &box);
    if (status == STATUS_OK) {
        count_ink(&box, false, sheet->paper, 0, &inside, &at_edge);
        sample->is_ticked = (double)inside >= sample_tick_least_mm2 * sample->px_per_mm * sample->px_per_mm;
    }
    page_image_release(&box);
    return status;
}

static enum status cut(const struct page_image *page, const struct sheet *sheet,
                       const struct page_sample_box *box, struct page_sample *out)
{
    double left, top, x_scale, y_scale;
    struct page_place_mm inner = inset(&box->place, sample_line_mm);
    page_marks_scale(&sheet->marks, sheet->px_per_mm, &left, &top, &x_scale, &y_scale);
    *out = (struct page_sample){.px_per_mm = x_scale * sheet->scale};
    out->place = place_of(sheet, page, &inner);
    enum status status = copy_rect(page, out->place, &out->image);
    if (status == STATUS_OK)
        status = judge(out, box->is_stamp, sheet->paper);
    if (status == STATUS_OK)
        status = judge_tick(page, sheet, &box->tick, out);
    return status;
}

enum status page_sample_cut(const struct page_image *page, const struct page_sample_box *boxes, size_t count,
                            struct page_sample *out)
{
    struct sheet sheet;
    size_t done = 0;
    check(count <= PAGE_SAMPLES_MAX);
    if (page->channels != 3)
        return STATUS_NOT_FOUND;
    enum status status = find_sheet(page, &sheet);
    for (; done < count && status == STATUS_OK; done++)
        status = cut(page, &sheet, &boxes[done], &out[done]);
    for (size_t i = 0; status != STATUS_OK && i < done; i++)
        page_image_release(&out[i].image);
    return status;
}
