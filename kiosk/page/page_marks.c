#include "kiosk/page/page_marks.h"

#include <math.h>
#include <stdlib.h>

enum { MARK_BELOW_PAPER = 60, MARK_RUNS_MAX = 64 };

static const double mark_inset_mm = 7, mark_window_mm = 15, mark_stroke_min_mm = 3.8,
                    mark_stroke_max_mm = 6.5, mark_meet_mm = 0.8, sheet_width_mm = 210, sheet_height_mm = 297;

struct mark_run {
    int x;
    int y;
};

/* One corner of the page, looked at so that its own corner is the upper left one. */
struct mark_corner {
    const struct page_image *gray;
    bool is_right;
    bool is_lower;
    int limit; /* darker than this is ink */
    int side;  /* of the window, in pixels */
};

static bool is_ink(const struct mark_corner *corner, int x, int y)
{
    const struct page_image *gray = corner->gray;
    int page_x = corner->is_right ? gray->width_px - 1 - x : x;
    int page_y = corner->is_lower ? gray->height_px - 1 - y : y;
    return page_x >= 0 && page_y >= 0 && page_x < gray->width_px && page_y < gray->height_px &&
           gray->pixels[(size_t)page_y * (size_t)gray->width_px + (size_t)page_x] < corner->limit;
}

/* The starts of all strokes of a mark's length along rows, or along columns. */
static int find_runs(const struct mark_corner *corner, bool along_columns, double px_per_mm,
                     struct mark_run *runs)
{
    int count = 0, reach = corner->side + (int)(mark_stroke_max_mm * px_per_mm) + 1;
    for (int line = 0; line < corner->side; line++) {
        int start = -1;
        for (int i = 0; i <= reach && count < MARK_RUNS_MAX; i++) {
            bool ink = i < reach && is_ink(corner, along_columns ? line : i, along_columns ? i : line);
            if (ink && start < 0)
                start = i;
            if (ink || start < 0)
                continue;
            double length_mm = (i - start) / px_per_mm;
            if (start < corner->side && length_mm >= mark_stroke_min_mm && length_mm <= mark_stroke_max_mm)
                runs[count++] =
                    along_columns ? (struct mark_run){line, start} : (struct mark_run){start, line};
            start = -1;
        }
    }
    return count;
}

/* The outer corner of the mark: where a stroke along a row and one along a column start together. */
static bool find_mark(const struct mark_corner *corner, double px_per_mm, struct mark_run *out)
{
    struct mark_run across[MARK_RUNS_MAX], down[MARK_RUNS_MAX], best = {0};
    int across_count = find_runs(corner, false, px_per_mm, across);
    int down_count = find_runs(corner, true, px_per_mm, down);
    double meet_px = mark_meet_mm * px_per_mm;
    bool is_found = false;
    for (int i = 0; i < across_count; i++)
        for (int j = 0; j < down_count; j++) {
            if (abs(across[i].x - down[j].x) > meet_px || abs(across[i].y - down[j].y) > meet_px)
                continue;
            struct mark_run meeting = {across[i].x < down[j].x ? across[i].x : down[j].x,
                                       across[i].y < down[j].y ? across[i].y : down[j].y};
            if (!is_found || meeting.x + meeting.y < best.x + best.y)
                best = meeting;
            is_found = true;
        }
    if (is_found)
        *out = best;
    return is_found;
}

void page_marks_find(const struct page_image *gray, double px_per_mm, int paper, struct page_marks *out)
{
    struct page_marks marks = {0};
    for (int i = 0; i < 4; i++) {
        struct mark_corner corner = {gray, i % 2 == 1, i >= 2, paper - MARK_BELOW_PAPER,
                                     (int)(mark_window_mm * px_per_mm)};
        struct mark_run mark;
        if (!find_mark(&corner, px_per_mm, &mark))
            continue;
        marks.found++;
        if (corner.is_right)
            marks.right_px += (gray->width_px - mark.x) / 2.0;
        else
            marks.left_px += mark.x / 2.0;
        if (corner.is_lower)
            marks.bottom_px += (gray->height_px - mark.y) / 2.0;
        else
            marks.top_px += mark.y / 2.0;
    }
    marks.is_whole = marks.found == 4;
    *out = marks;
}

void page_marks_scale(const struct page_marks *marks, double px_per_mm, double *left, double *top,
                      double *x_scale, double *y_scale)
{
    *x_scale = *y_scale = px_per_mm;
    *left = *top = 0;
    if (!marks->is_whole)
        return;
    *x_scale = (marks->right_px - marks->left_px) / (sheet_width_mm - 2 * mark_inset_mm);
    *y_scale = (marks->bottom_px - marks->top_px) / (sheet_height_mm - 2 * mark_inset_mm);
    *left = marks->left_px - mark_inset_mm * *x_scale;
    *top = marks->top_px - mark_inset_mm * *y_scale;
}

struct page_rect page_marks_place(const struct page_marks *marks, double px_per_mm, struct page_rect place_mm)
{
    double x_scale, y_scale, left, top;
    page_marks_scale(marks, px_per_mm, &left, &top, &x_scale, &y_scale);
    return (struct page_rect){
        (int)lround(left + place_mm.x_px * x_scale), (int)lround(top + place_mm.y_px * y_scale),
        (int)lround(place_mm.width_px * x_scale), (int)lround(place_mm.height_px * y_scale)};
}
