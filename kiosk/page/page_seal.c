#include "kiosk/page/page_seal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/page/page_seal_circle.h"

enum {
    SEAL_DPI_MIN = 90,  /* what 100 becomes by rounding, and a little */
    SEAL_CLOSE_PX = 11, /* 2.8 mm: joins star, text and ring of one seal */
    SEAL_RED_MIN = 14,
    SEAL_RED_MIN_LIGHT = 9,
    SEAL_LIGHT_CONTRAST = 110,
    SEAL_TRIES_PER_COMPONENT = 4,
    SEAL_DIRECTIONS = 360,
    SEAL_RED_FULL = 150 /* redness of a fresh, full stamp on white paper after white balance */
};

static const double seal_component_min_mm = 14.0;
/* The red limit is low, so that faint seals count: outlines lie this much outside the ink, both sides
 * together. */
static const double seal_halo_px = 0.7;
static const double seal_ring_min_share = 0.42, seal_complete_share = 0.93, seal_faint_ink = 0.36;

/* The page at about 100 dpi as redness, and which pixels count as red ink. */
struct seal_map {
    int width_px;
    int height_px;
    double dpi;
    uint8_t *red;
    uint8_t *mask;
    int *label; /* component of the closed mask, 0 for none */
};

static void map_release(struct seal_map *map)
{
    free(map->red);
    free(map->mask);
    free(map->label);
    *map = (struct seal_map){0};
}

static enum status map_new(int width_px, int height_px, double dpi, struct seal_map *out)
{
    size_t count = (size_t)width_px * (size_t)height_px;
    struct seal_map map = {width_px,      height_px,     dpi,
                           malloc(count), malloc(count), calloc(count, sizeof(int))};
    if (!map.red || !map.mask || !map.label) {
        map_release(&map);
        return STATUS_NO_MEMORY;
    }
    *out = map;
    return STATUS_OK;
}

static double mm_to_px(const struct seal_map *map, double mm)
{
    return mm * map->dpi / 25.4;
}

static int channel_level(const struct page_image *image, int channel, int per_mille)
{
    size_t levels[256] = {0}, count = (size_t)image->width_px * (size_t)image->height_px, seen = 0;
    for (size_t i = 0; i < count; i++)
        levels[image->pixels[3 * i + (size_t)channel]]++;
    int level = 0;
    while (level < 255 && (seen += levels[level]) * 1000 < count * (size_t)per_mille)
        level++;
    return level;
}

/* How red, against gray: the largest channel must be red and the other two alike, which drops gold, orange,
 * brown. */
static uint8_t redness(const int rgb[3])
{
    int least = rgb[1] < rgb[2] ? rgb[1] : rgb[2];
    if (rgb[0] <= rgb[1] || rgb[0] <= rgb[2] || abs(rgb[1] - rgb[2]) * 20 > 9 * (rgb[0] - least))
        return 0;
    return (uint8_t)(rgb[0] - (rgb[1] + rgb[2]) / 2);
}

static void map_fill(struct seal_map *map, const struct page_image *small)
{
    int white[3], balanced[256][3];
    for (int c = 0; c < 3; c++) {
        white[c] = channel_level(small, c, 750);
        for (int i = 0; i < 256; i++)
            balanced[i][c] = white[c] > 0 && i * 255 / white[c] < 255 ? i * 255 / white[c] : 255;
    }
    bool is_light = white[1] - channel_level(small, 1, 4) < SEAL_LIGHT_CONTRAST;
    int limit = is_light ? SEAL_RED_MIN_LIGHT : SEAL_RED_MIN;
    size_t count = (size_t)map->width_px * (size_t)map->height_px;
    for (size_t i = 0; i < count; i++) {
        const uint8_t *pixel = small->pixels + 3 * i;
        int rgb[3] = {balanced[pixel[0]][0], balanced[pixel[1]][1], balanced[pixel[2]][2]};
        map->red[i] = redness(rgb);
        map->mask[i] = map->red[i] >= limit;
    }
}

/* One line of a dilation (value 1) or erosion (value 0) by a centred brick, `step` apart in memory. */
static void spread_line(const uint8_t *from, uint8_t *to, int length, int step, uint8_t value)
{
    int half = SEAL_CLOSE_PX / 2, last = -SEAL_CLOSE_PX;
    for (int i = -half; i < length; i++) {
        int ahead = i + half;
        if (ahead < length && from[(ptrdiff_t)ahead * step] == value)
            last = ahead;
        if (i >= 0)
            to[(ptrdiff_t)i * step] = last >= i - half ? value : !value;
    }
}

static void spread(const struct seal_map *map, uint8_t *mask, uint8_t *spare, uint8_t value)
{
    for (int y = 0; y < map->height_px; y++) {
        ptrdiff_t row = (ptrdiff_t)y * map->width_px;
        spread_line(mask + row, spare + row, map->width_px, 1, value);
    }
    for (int x = 0; x < map->width_px; x++)
        spread_line(spare + x, mask + x, map->height_px, map->width_px, value);
}

/* The component at a seed gets its number. Returns: the box around it. */
static struct page_rect label_component(struct seal_map *map, const uint8_t *closed, int *stack, int seed,
                                        int number)
{
    int left = map->width_px, top = map->height_px, right = 0, bottom = 0, depth = 0;
    map->label[seed] = number;
    stack[depth++] = seed;
    while (depth > 0) {
        int at = stack[--depth], x = at % map->width_px, y = at / map->width_px;
        left = x < left ? x : left;
        right = x > right ? x : right;
        top = y < top ? y : top;
        bottom = y > bottom ? y : bottom;
        const int next[4] = {x > 0 ? at - 1 : -1, x + 1 < map->width_px ? at + 1 : -1, at - map->width_px,
                             y + 1 < map->height_px ? at + map->width_px : -1};
        for (int i = 0; i < 4; i++)
            if (next[i] >= 0 && closed[next[i]] && !map->label[next[i]]) {
                map->label[next[i]] = number;
                stack[depth++] = next[i];
            }
    }
    return (struct page_rect){left, top, right - left + 1, bottom - top + 1};
}

/* The first and last red pixel of every row and column of a component: what a ring's outer edge is made of.
 */
static size_t outline(const struct seal_map *map, struct page_rect box, int number, struct seal_point *points)
{
    size_t count = 0;
    for (int direction = 0; direction < 2; direction++) {
        int lines = direction ? box.width_px : box.height_px,
            length = direction ? box.height_px : box.width_px;
        for (int line = 0; line < lines; line++) {
            int first = -1, last = -1;
            for (int i = 0; i < length; i++) {
                int x = box.x_px + (direction ? line : i), y = box.y_px + (direction ? i : line);
                size_t at = (size_t)y * (size_t)map->width_px + (size_t)x;
                if (!map->mask[at] || map->label[at] != number)
                    continue;
                first = first < 0 ? i : first;
                last = i;
            }
            for (int end = 0; first >= 0 && end < (last > first ? 2 : 1); end++) {
                int i = end ? last : first;
                points[count++] =
                    (struct seal_point){box.x_px + (direction ? line : i), box.y_px + (direction ? i : line)};
            }
        }
    }
    return count;
}

/* The strongest redness between two radii in one direction; 0 when no pixel there counts as ink. */
static int ink_between(const struct seal_map *map, const struct seal_circle *circle, double radians,
                       double from_px, double to_px)
{
    int strongest = 0;
    for (double radius = from_px; radius <= to_px; radius += 0.7) {
        int x = (int)lround(circle->x + radius * cos(radians)),
            y = (int)lround(circle->y + radius * sin(radians));
        if (x < 0 || y < 0 || x >= map->width_px || y >= map->height_px)
            continue;
        size_t at = (size_t)y * (size_t)map->width_px + (size_t)x;
        if (map->mask[at] && map->red[at] > strongest)
            strongest = map->red[at];
    }
    return strongest;
}

static int compare_int(const void *left, const void *right)
{
    return *(const int *)left - *(const int *)right;
}

/* How much of the ring is there and how strong it is. Returns: whether this is the outer ring of a seal. */
static bool measure_ring(const struct seal_map *map, const struct seal_circle *circle, struct page_seal *seal)
{
    int ink[SEAL_DIRECTIONS], with_ink = 0, with_outside = 0;
    for (int i = 0; i < SEAL_DIRECTIONS; i++) {
        double radians = i * 2 * M_PI / SEAL_DIRECTIONS, radius = circle->radius;
        int strength =
            ink_between(map, circle, radians, radius - mm_to_px(map, 1.2), radius + mm_to_px(map, 0.4));
        if (strength > 0)
            ink[with_ink++] = strength;
        with_outside +=
            ink_between(map, circle, radians, radius + mm_to_px(map, 0.9), radius + mm_to_px(map, 2.0)) > 0;
    }
    if (with_ink < seal_ring_min_share * SEAL_DIRECTIONS ||
        with_outside >= seal_ring_min_share * SEAL_DIRECTIONS)
        return false;
    qsort(ink, (size_t)with_ink, sizeof *ink, compare_int);
    seal->ring_share = (double)with_ink / SEAL_DIRECTIONS;
    seal->ink = (double)ink[with_ink / 2] / SEAL_RED_FULL;
    seal->is_complete = seal->ring_share >= seal_complete_share;
    seal->is_faint = seal->ink < seal_faint_ink;
    return true;
}

/* A found seal's ink is taken away, so that a second one in the same component can be found. */
static void erase_disc(struct seal_map *map, const struct seal_circle *circle)
{
    double reach = circle->radius + mm_to_px(map, 0.8);
    for (int y = 0; y < map->height_px; y++)
        for (int x = 0; x < map->width_px && fabs(y - circle->y) <= reach; x++)
            if (hypot(x - circle->x, y - circle->y) <= reach)
                map->mask[(size_t)y * (size_t)map->width_px + (size_t)x] = 0;
}

static void search_component(struct seal_map *map, struct page_rect box, int number, double scale,
                             struct seal_point *points, struct page_seal_list *list)
{
    struct seal_circle circle;
    for (int i = 0; i < SEAL_TRIES_PER_COMPONENT && list->count < PAGE_SEAL_MAX; i++) {
        size_t count = outline(map, box, number, points);
        if (!page_seal_circle_find(points, count, mm_to_px(map, 16), mm_to_px(map, 31), &circle))
            return;
        struct page_seal *seal = &list->seals[list->count];
        if (measure_ring(map, &circle, seal)) {
            seal->x_px = (circle.x + 0.5) * scale - 0.5;
            seal->y_px = (circle.y + 0.5) * scale - 0.5;
            seal->diameter_mm = (2 * circle.radius - seal_halo_px) / map->dpi * 25.4;
            list->count++;
        }
        erase_disc(map, &circle);
    }
}

static void search_components(struct seal_map *map, const uint8_t *closed, int *stack,
                              struct seal_point *points, double scale, struct page_seal_list *list)
{
    int count = map->width_px * map->height_px, number = 0,
        side_min = (int)mm_to_px(map, seal_component_min_mm);
    for (int i = 0; i < count; i++) {
        if (!closed[i] || map->label[i])
            continue;
        struct page_rect box = label_component(map, closed, stack, i, ++number);
        if (box.width_px >= side_min && box.height_px >= side_min)
            search_component(map, box, number, scale, points, list);
    }
}

static enum status search_map(struct seal_map *map, double scale, struct page_seal_list *list)
{
    size_t count = (size_t)map->width_px * (size_t)map->height_px;
    uint8_t *closed = malloc(count), *spare = malloc(count);
    int *stack = malloc(count * sizeof *stack);
    struct seal_point *points = calloc(2 * (size_t)(map->width_px + map->height_px), sizeof *points);
    enum status status = closed && spare && stack && points ? STATUS_OK : STATUS_NO_MEMORY;
    if (status == STATUS_OK) {
        memcpy(closed, map->mask, count);
        spread(map, closed, spare, 1);
        spread(map, closed, spare, 0);
        search_components(map, closed, stack, points, scale, list);
    }
    free(points);
    free(stack);
    free(spare);
    free(closed);
    return status;
}

enum status page_seal_find(const struct page_image *small, double small_dpi, double scale,
                           struct page_seal_list *out)
{
    struct page_seal_list list = {0};
    struct seal_map map = {0};
    enum status status = STATUS_OK;
    if (small->channels == 3 && small_dpi >= SEAL_DPI_MIN) {
        list.is_computed = true;
        status = map_new(small->width_px, small->height_px, small_dpi, &map);
        if (status == STATUS_OK) {
            map_fill(&map, small);
            status = search_map(&map, scale, &list);
        }
    }
    if (status == STATUS_OK)
        *out = list;
    map_release(&map);
    return status;
}
