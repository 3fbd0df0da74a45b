/* Pictures: RGB bytes turned by quarters and scaled. Shrinking averages a grid of samples per pixel. */
#include "kiosk/ui/canvas.h"

enum { SAMPLES = 4 }; /* per axis and pixel: a 300 dpi page at a fifth of its size stays readable */

struct walk {
    int64_t x0, y0; /* source position of the target's corner, 16.16 */
    int64_t xx, xy; /* change of source x per target x and y */
    int64_t yx, yy;
};

static struct walk walk_for(const struct canvas_image *image, struct rect target, int turns)
{
    int64_t w = (int64_t)image->width << 16, h = (int64_t)image->height << 16;
    switch (turns & 3) {
    case 1:
        return (struct walk){0, h, 0, w / target.h, -(h / target.w), 0};
    case 2:
        return (struct walk){w, h, -(w / target.w), 0, 0, -(h / target.h)};
    case 3:
        return (struct walk){w, 0, 0, -(w / target.h), h / target.w, 0};
    default:
        return (struct walk){0, 0, w / target.w, 0, 0, h / target.h};
    }
}

static int clamp(int64_t value, int most)
{
    int at = (int)(value >> 16);
    return at < 0 ? 0 : at >= most ? most - 1 : at;
}

static uint32_t sample(const struct canvas_image *image, const struct walk *walk, int tx, int ty, int samples)
{
    uint32_t r = 0, g = 0, b = 0;
    for (int j = 0; j < samples; j++)
        for (int i = 0; i < samples; i++) {
            int64_t fx = ((int64_t)tx * 2 * samples + 2 * i + 1),
                    fy = ((int64_t)ty * 2 * samples + 2 * j + 1);
            int64_t sx = walk->x0 + (walk->xx * fx + walk->xy * fy) / (2 * samples);
            int64_t sy = walk->y0 + (walk->yx * fx + walk->yy * fy) / (2 * samples);
            const uint8_t *p = image->rgb + 3 * ((size_t)clamp(sy, image->height) * (size_t)image->width +
                                                 (size_t)clamp(sx, image->width));
            r += p[0];
            g += p[1];
            b += p[2];
        }
    uint32_t n = (uint32_t)(samples * samples);
    return (r / n) << 16 | (g / n) << 8 | b / n;
}

void canvas_draw_image(struct canvas *canvas, struct rect target, const struct canvas_image *image,
                       int quarter_turns)
{
    struct rect area = rect_intersect(canvas->clip, target);
    if (rect_is_empty(area) || !image->rgb || image->width <= 0 || image->height <= 0)
        return;
    struct walk walk = walk_for(image, target, quarter_turns);
    int across = quarter_turns & 1 ? image->height : image->width;
    int samples = across / target.w + 1;
    samples = samples > SAMPLES ? SAMPLES : samples;
    for (int y = area.y; y < area.y + area.h; y++) {
        uint32_t *row = canvas->pixels + (ptrdiff_t)y * canvas->stride;
        for (int x = area.x; x < area.x + area.w; x++)
            row[x] = sample(image, &walk, x - target.x, y - target.y, samples);
    }
}
