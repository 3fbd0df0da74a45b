#include "kiosk/ui/motion.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/secret.h"
#include "kiosk/ui/canvas_row.h"

/* Design 2.5, in base px: a page slides in from the right, dialog and toast rise. */
static const struct {
    int length_ms, slide_x, slide_y;
} ways[MOTION_KIND_COUNT] = {
    [MOTION_PAGE] = {200, 32, 0},
    [MOTION_DIALOG] = {160, 0, 16},
    [MOTION_TOAST] = {200, 0, 16},
};

void motion_start(struct motion *motion, enum motion_kind kind, struct rect area, struct rect moving,
                  double scale, int64_t now_ms)
{
    motion_cut(motion);
    *motion = (struct motion){.kind = kind,
                              .start_ms = now_ms,
                              .area = area,
                              .moving = rect_intersect(area, moving),
                              .slide_x = (int)(ways[kind].slide_x * scale),
                              .slide_y = (int)(ways[kind].slide_y * scale)};
}

static void wipe(uint32_t *pixels, const struct motion *motion)
{
    if (pixels)
        secret_wipe_bytes(pixels, (size_t)motion->width * (size_t)motion->height * sizeof *pixels);
    free(pixels);
}

void motion_cut(struct motion *motion)
{
    wipe(motion->before, motion);
    wipe(motion->after, motion);
    *motion = (struct motion){0};
}

bool motion_is_running(const struct motion *motion, int64_t now_ms)
{
    return motion->kind != MOTION_NONE && now_ms - motion->start_ms < ways[motion->kind].length_ms;
}

uint32_t *motion_after(struct motion *motion, const uint32_t *screen, int stride, int width, int height,
                       bool *fresh)
{
    size_t pixels = (size_t)width * (size_t)height;
    *fresh = motion->before == NULL;
    if (!*fresh)
        return motion->after;
    motion->width = width;
    motion->height = height;
    motion->before = malloc(pixels * sizeof *motion->before);
    motion->after = calloc(pixels, sizeof *motion->after);
    if (!motion->before || !motion->after)
        return NULL;
    for (int y = 0; y < height; y++)
        memcpy(motion->before + (size_t)y * (size_t)width, screen + (ptrdiff_t)y * stride,
               (size_t)width * sizeof *screen);
    return motion->after;
}

/* --- mixing ------------------------------------------------------------------------------------------ */

/* How far the motion is: fast at first, slow at the end. Units: 0 to MOTION_FULL. */
static int progress(const struct motion *motion, int64_t now_ms)
{
    int64_t length = ways[motion->kind].length_ms, rest = length - (now_ms - motion->start_ms);
    rest = rest < 0 ? 0 : rest > length ? length : rest;
    return MOTION_FULL - (int)(MOTION_FULL * rest * rest / (length * length));
}

/* A part of one row: `from` is where in `after` it comes from. */
static void mix(const struct motion *motion, uint32_t *row, int x, int y, int n, int from_x, int from_y,
                int part)
{
    const uint32_t *before = motion->before + (size_t)y * (size_t)motion->width + x;
    const uint32_t *after = motion->after + (size_t)from_y * (size_t)motion->width + from_x;
    if (n > 0)
        canvas_row_mix(row + x, before, after, n, (uint32_t)part);
}

/* Where the moving part has not arrived yet, the new page lies still, so that no hole opens behind it. */
static void show_row(const struct motion *motion, uint32_t *row, int y, int part)
{
    struct rect a = motion->area, m = motion->moving;
    int rest = MOTION_FULL - part;
    int dx = motion->slide_x * rest / MOTION_FULL, dy = motion->slide_y * rest / MOTION_FULL;
    if (y < m.y + dy || y >= m.y + m.h || m.w <= dx) {
        mix(motion, row, a.x, y, a.w, a.x, y, part);
        return;
    }
    mix(motion, row, a.x, y, m.x + dx - a.x, a.x, y, part);
    mix(motion, row, m.x + dx, y, m.w - dx, m.x, y - dy, part);
    mix(motion, row, m.x + m.w, y, a.x + a.w - m.x - m.w, m.x + m.w, y, part);
}

void motion_show(const struct motion *motion, int64_t now_ms, uint32_t *screen, int stride,
                 struct rect painted)
{
    int part = progress(motion, now_ms);
    for (int y = painted.y; y < painted.y + painted.h; y++)
        memcpy(screen + (ptrdiff_t)y * stride + painted.x,
               motion->after + (size_t)y * (size_t)motion->width + painted.x,
               (size_t)painted.w * sizeof *screen);
    for (int y = motion->area.y; y < motion->area.y + motion->area.h; y++)
        show_row(motion, screen + (ptrdiff_t)y * stride, y, part);
}

int motion_press(int64_t since_ms, int64_t now_ms)
{
    int64_t at = now_ms - since_ms + MOTION_FRAME_MS;
    return at >= MOTION_PRESS_MS ? MOTION_FULL : at <= 0 ? 0 : (int)(MOTION_FULL * at / MOTION_PRESS_MS);
}
