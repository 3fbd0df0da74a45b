/* Pictures: RGB bytes turned by quarters and scaled. Shrinking averages a grid of samples per pixel,
 * enlarging passes from one pixel of the picture to the next. Where a sample lies is worked out once per row
 * and column and not per pixel, so that a page follows the finger. */
#include "kiosk/ui/canvas.h"

enum {
    SAMPLES = 4, /* per axis and pixel: a 300 dpi page at a fifth of its size stays readable */
    STRIP = 256  /* columns worked out at a time */
};

/* What a step along a row or a column of the target is in the picture. */
struct axis {
    int64_t start, change; /* 16.16 pixels of the picture */
    int most;              /* pixels of the picture on this axis */
    size_t bytes;          /* between two of them */
};

/* A pixel of the picture, the one behind it, and how far between both. Units: bytes; part 0 to 256. */
struct place {
    size_t at, behind;
    uint32_t part;
};

static void axes_for(const struct canvas_image *image, struct rect target, int turns, struct axis *across,
                     struct axis *down)
{
    int64_t w = (int64_t)image->width << 16, h = (int64_t)image->height << 16;
    size_t row = 3 * (size_t)image->width;
    switch (turns & 3) {
    case 1:
        *across = (struct axis){h, -(h / target.w), image->height, row};
        *down = (struct axis){0, w / target.h, image->width, 3};
        break;
    case 2:
        *across = (struct axis){w, -(w / target.w), image->width, 3};
        *down = (struct axis){h, -(h / target.h), image->height, row};
        break;
    case 3:
        *across = (struct axis){0, h / target.w, image->height, row};
        *down = (struct axis){w, -(w / target.h), image->width, 3};
        break;
    default:
        *across = (struct axis){0, w / target.w, image->width, 3};
        *down = (struct axis){0, h / target.h, image->height, row};
    }
}

static size_t offset(const struct axis *axis, int64_t position)
{
    int at = (int)(position >> 16);
    return (size_t)(at < 0 ? 0 : at >= axis->most ? axis->most - 1 : at) * axis->bytes;
}

/* The samples of one pixel of the target. */
static void sample(const struct axis *axis, int pixel, int samples, size_t *out)
{
    for (int i = 0; i < samples; i++) {
        int64_t middle = (int64_t)pixel * 2 * samples + 2 * i + 1;
        out[i] = offset(axis, axis->start + axis->change * middle / (2 * samples));
    }
}

static struct place place_of(const struct axis *axis, int pixel)
{
    int64_t middle = axis->start + axis->change * (2 * (int64_t)pixel + 1) / 2 - (1 << 15);
    return (struct place){offset(axis, middle), offset(axis, middle + (1 << 16)),
                          (uint32_t)(middle >> 8 & 0xff)};
}

static inline uint32_t average(const uint8_t *rgb, const size_t *columns, const size_t *rows, int samples)
{
    uint32_t r = 0, g = 0, b = 0, n = (uint32_t)(samples * samples);
    for (int j = 0; j < samples; j++)
        for (int i = 0; i < samples; i++) {
            const uint8_t *p = rgb + rows[j] + columns[i];
            r += p[0];
            g += p[1];
            b += p[2];
        }
    return (r / n) << 16 | (g / n) << 8 | b / n;
}

static inline uint32_t pass(uint32_t from, uint32_t to, uint32_t part)
{
    return from * (256 - part) + to * part;
}

static inline uint32_t between(const uint8_t *rgb, const struct place *column, const struct place *row)
{
    const uint8_t *a = rgb + row->at + column->at, *b = rgb + row->at + column->behind,
                  *c = rgb + row->behind + column->at, *d = rgb + row->behind + column->behind;
    uint32_t color = 0;
    for (int i = 0; i < 3; i++)
        color = color << 8 |
                pass(pass(a[i], b[i], column->part), pass(c[i], d[i], column->part), row->part) >> 16;
    return color;
}

/* A number of samples the compiler knows makes the inner loops straight. */
static void average_row(uint32_t *out, int count, const uint8_t *rgb, const size_t *columns,
                        const size_t *rows, int samples)
{
    for (int x = 0; x < count; x++)
        out[x] = samples == 1   ? average(rgb, columns + x, rows, 1)
                 : samples == 2 ? average(rgb, columns + 2 * (ptrdiff_t)x, rows, 2)
                 : samples == 3 ? average(rgb, columns + 3 * (ptrdiff_t)x, rows, 3)
                                : average(rgb, columns + 4 * (ptrdiff_t)x, rows, SAMPLES);
}

struct drawing {
    struct canvas *canvas;
    const struct canvas_image *image;
    struct rect target;
    struct axis across, down;
};

static uint32_t *row_of(const struct drawing *d, struct rect strip, int y)
{
    return d->canvas->pixels + (ptrdiff_t)y * d->canvas->stride + strip.x;
}

static void shrink(const struct drawing *d, struct rect strip, int samples)
{
    size_t columns[STRIP * SAMPLES], rows[SAMPLES];
    for (int x = 0; x < strip.w; x++)
        sample(&d->across, strip.x + x - d->target.x, samples, columns + (ptrdiff_t)x * samples);
    for (int y = strip.y; y < strip.y + strip.h; y++) {
        sample(&d->down, y - d->target.y, samples, rows);
        average_row(row_of(d, strip, y), strip.w, d->image->rgb, columns, rows, samples);
    }
}

static void enlarge(const struct drawing *d, struct rect strip)
{
    struct place columns[STRIP];
    for (int x = 0; x < strip.w; x++)
        columns[x] = place_of(&d->across, strip.x + x - d->target.x);
    for (int y = strip.y; y < strip.y + strip.h; y++) {
        struct place row = place_of(&d->down, y - d->target.y);
        uint32_t *out = row_of(d, strip, y);
        for (int x = 0; x < strip.w; x++)
            out[x] = between(d->image->rgb, &columns[x], &row);
    }
}

void canvas_draw_image(struct canvas *canvas, struct rect target, const struct canvas_image *image,
                       int quarter_turns)
{
    struct rect area = rect_intersect(canvas->clip, target);
    if (rect_is_empty(area) || !image->rgb || image->width <= 0 || image->height <= 0)
        return;
    struct drawing d = {.canvas = canvas, .image = image, .target = target};
    axes_for(image, target, quarter_turns, &d.across, &d.down);
    int samples = d.across.most / target.w + 1;
    samples = samples > SAMPLES ? SAMPLES : samples;
    while (area.w > 0) {
        struct rect strip = rect_cut_left(&area, area.w < STRIP ? area.w : STRIP);
        if (d.across.most < target.w)
            enlarge(&d, strip);
        else
            shrink(&d, strip, samples);
    }
}
