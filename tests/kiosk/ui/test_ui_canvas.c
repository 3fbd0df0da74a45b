/* Canvas: pixels of shapes, clipping, shadows, pictures and codes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/qr.h"
#include "kiosk/ui/canvas.h"

enum { SIDE = 100 };

struct bench {
    uint32_t pixels[SIDE * SIDE];
    struct canvas canvas;
    struct canvas_cache *cache;
};

static int set_up(void **state)
{
    struct bench *b = calloc(1, sizeof *b);
    b->cache = canvas_cache_new();
    canvas_init(&b->canvas, b->pixels, SIDE, SIDE, SIDE, b->cache);
    canvas_fill(&b->canvas, rect_make(0, 0, SIDE, SIDE), 0xFFFFFF);
    *state = b;
    return 0;
}

static int tear_down(void **state)
{
    struct bench *b = *state;
    canvas_cache_free(b->cache);
    free(b);
    return 0;
}

static uint32_t at(const struct bench *b, int x, int y)
{
    return b->pixels[y * SIDE + x];
}

static void test_canvas__fill_stays_inside_clip_and_surface(void **state)
{
    struct bench *b = *state;
    canvas_push_clip(&b->canvas, rect_make(10, 10, 20, 20));
    canvas_fill(&b->canvas, rect_make(-50, -50, 300, 300), 0x123456);
    canvas_pop_clip(&b->canvas);
    assert_int_equal(at(b, 10, 10), 0x123456);
    assert_int_equal(at(b, 29, 29), 0x123456);
    assert_int_equal(at(b, 30, 29), 0xFFFFFF);
    assert_int_equal(at(b, 9, 10), 0xFFFFFF);
    canvas_fill_round(&b->canvas, rect_make(-20, 90, 400, 40), 12, 0);
    canvas_shadow(&b->canvas, rect_make(80, 80, 60, 60), 10, 4, 16, 0, 255);
    canvas_arc(&b->canvas, 0, 0, 30, 8, 0, 1, 0);
    assert_int_equal(at(b, 50, 95), 0);
}

static void test_canvas__round_corners_are_smooth_and_symmetric(void **state)
{
    struct bench *b = *state;
    canvas_fill_round(&b->canvas, rect_make(10, 10, 80, 60), 16, 0);
    assert_int_equal(at(b, 10, 10), 0xFFFFFF);
    assert_int_equal(at(b, 50, 10), 0);
    assert_int_equal(at(b, 10, 40), 0);
    int soft = 0;
    for (int y = 0; y < 16; y++)
        for (int x = 0; x < 16; x++) {
            uint32_t corner = at(b, 10 + x, 10 + y);
            assert_int_equal(corner, at(b, 89 - x, 10 + y));
            assert_int_equal(corner, at(b, 10 + x, 69 - y));
            assert_int_equal(corner, at(b, 89 - x, 69 - y));
            soft += corner != 0 && corner != 0xFFFFFF;
        }
    assert_in_range(soft, 12, 40);
}

static void test_canvas__outline_leaves_its_inside(void **state)
{
    struct bench *b = *state;
    canvas_outline_round(&b->canvas, rect_make(10, 10, 80, 60), 14, 4, 0xFF0000);
    assert_int_equal(at(b, 50, 10), 0xFF0000);
    assert_int_equal(at(b, 50, 13), 0xFF0000);
    assert_int_equal(at(b, 50, 14), 0xFFFFFF);
    assert_int_equal(at(b, 10, 40), 0xFF0000);
    assert_int_equal(at(b, 50, 40), 0xFFFFFF);
    assert_int_equal(at(b, 10, 10), 0xFFFFFF);
}

static void test_canvas__mask_blends_by_coverage(void **state)
{
    struct bench *b = *state;
    uint8_t coverage[3] = {0, 128, 255};
    struct mask mask = {3, 1, 3, coverage};
    canvas_mask(&b->canvas, &mask, 5, 5, 0x000000);
    assert_int_equal(at(b, 5, 5), 0xFFFFFF);
    assert_in_range(at(b, 6, 5) & 0xFF, 0x7D, 0x81);
    assert_int_equal(at(b, 7, 5), 0x000000);
    canvas_mask_alpha(&b->canvas, &mask, 5, 6, 0x000000, 128);
    assert_in_range(at(b, 7, 6) & 0xFF, 0x7D, 0x81);
    canvas_fill_alpha(&b->canvas, rect_make(20, 20, 5, 5), 0x0B2034, 168);
    assert_in_range(at(b, 22, 22) >> 16, 0x5A, 0x60);
}

static void test_canvas__shadow_paints_the_ring_only(void **state)
{
    struct bench *b = *state;
    canvas_shadow(&b->canvas, rect_make(30, 30, 40, 40), 8, 4, 12, 0, 255);
    assert_int_equal(at(b, 50, 50), 0xFFFFFF);
    assert_true(at(b, 50, 72) < 0xFFFFFF);
    assert_true((at(b, 50, 72) & 0xFF) < (at(b, 50, 80) & 0xFF));
    assert_int_equal(at(b, 50, 98), 0xFFFFFF);
    /* moved down: darker below than above */
    assert_true((at(b, 50, 71) & 0xFF) < (at(b, 50, 28) & 0xFF));
    assert_int_equal(at(b, 31, 80), at(b, 68, 80));
}

static void test_canvas__arc_covers_its_part_of_the_turn(void **state)
{
    struct bench *b = *state;
    canvas_arc(&b->canvas, 50, 50, 40, 8, 0, 0.25, 0x00FF00);
    assert_int_equal(at(b, 78, 21), 0x00FF00); /* half past one */
    assert_int_equal(at(b, 50, 90), 0xFFFFFF);
    assert_int_equal(at(b, 10, 50), 0xFFFFFF);
    canvas_arc(&b->canvas, 50, 50, 40, 8, 0.9, 1.1, 0x0000FF);
    assert_int_equal(at(b, 50, 10), 0x0000FF);
    canvas_disc(&b->canvas, 50, 50, 10, 0xFF0000);
    assert_int_equal(at(b, 50, 50), 0xFF0000);
    assert_int_equal(at(b, 50, 62), 0xFFFFFF);
    canvas_line(&b->canvas, 10, 95, 90, 95, 4, 0);
    assert_int_equal(at(b, 50, 95), 0);
}

static void test_canvas__image_turns_by_quarters(void **state)
{
    struct bench *b = *state;
    /* red green / blue white */
    static const uint8_t rgb[] = {255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255};
    struct canvas_image image = {rgb, 2, 2};
    static const uint32_t corners[4][2] = {
        {0xFF0000, 0x00FF00}, {0x0000FF, 0xFF0000}, {0xFFFFFF, 0x0000FF}, {0x00FF00, 0xFFFFFF}};
    for (int turns = 0; turns < 4; turns++) {
        canvas_draw_image(&b->canvas, rect_make(10, 10, 40, 40), &image, turns);
        assert_int_equal(at(b, 15, 15), corners[turns][0]);
        assert_int_equal(at(b, 45, 15), corners[turns][1]);
    }
    assert_int_equal(at(b, 9, 9), 0xFFFFFF);
}

static void test_canvas__a_shrunk_image_is_averaged(void **state)
{
    struct bench *b = *state;
    static uint8_t rgb[80 * 80 * 3];
    for (int i = 0; i < 80 * 80; i++)
        memset(rgb + 3 * i, (i % 80 + i / 80) % 2 ? 255 : 0, 3);
    struct canvas_image image = {rgb, 80, 80};
    canvas_draw_image(&b->canvas, rect_make(0, 0, 20, 20), &image, 0);
    assert_in_range(at(b, 10, 10) & 0xFF, 100, 155);
}

static void test_canvas__an_enlarged_image_passes_from_pixel_to_pixel(void **state)
{
    struct bench *b = *state;
    static const uint8_t rgb[] = {0, 0, 0, 200, 200, 200, 0, 0, 0, 200, 200, 200};
    struct canvas_image image = {rgb, 2, 2};
    canvas_draw_image(&b->canvas, rect_make(0, 0, 40, 40), &image, 0);
    for (int x = 1; x < 40; x++)
        assert_true((at(b, x, 20) & 0xFF) >= (at(b, x - 1, 20) & 0xFF));
    assert_int_equal(at(b, 1, 20), 0);
    assert_in_range(at(b, 20, 20) & 0xFF, 95, 115);
    assert_int_equal(at(b, 38, 20) & 0xFF, 200);
    canvas_draw_image(&b->canvas, rect_make(0, 0, 40, 40), &image, 2);
    assert_int_equal(at(b, 1, 20) & 0xFF, 200);
}

static void test_canvas__qr_keeps_four_modules_of_white(void **state)
{
    struct bench *b = *state;
    static bool dark[21][21];
    memset(dark, 1, sizeof dark);
    canvas_fill(&b->canvas, rect_make(0, 0, SIDE, SIDE), 0x123456);
    canvas_draw_qr(&b->canvas, rect_make(5, 5, 90, 90), &dark[0][0], 21, 21);
    int module = 90 / 29, first = 5 + (90 - 21 * module) / 2;
    assert_true(first - 5 >= 4 * module);
    for (int i = 5; i < 5 + 4 * module; i++)
        assert_int_equal(at(b, i, 50), 0xFFFFFF);
    assert_int_equal(at(b, first, first), 0x000000);
    assert_int_equal(at(b, first - 1, first), 0xFFFFFF);
    assert_int_equal(at(b, 4, 4), 0x123456);
}

static void test_canvas__many_sizes_do_not_grow_the_cache_without_end(void **state)
{
    struct bench *b = *state;
    for (int i = 0; i < 2000; i++)
        canvas_fill_round(&b->canvas, rect_make(0, 0, 90, 90), 1 + i % 40, (uint32_t)i);
    for (int i = 0; i < 600; i++)
        canvas_shadow(&b->canvas, rect_make(10, 10, 10 + i % 60, 10 + i % 50), 4, 2, 6, 0, 40);
    assert_int_equal(at(b, 45, 45) & 0xFF000000, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_canvas__fill_stays_inside_clip_and_surface, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_canvas__round_corners_are_smooth_and_symmetric, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_canvas__outline_leaves_its_inside, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_canvas__mask_blends_by_coverage, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_canvas__shadow_paints_the_ring_only, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_canvas__arc_covers_its_part_of_the_turn, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_canvas__image_turns_by_quarters, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_canvas__a_shrunk_image_is_averaged, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_canvas__an_enlarged_image_passes_from_pixel_to_pixel, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_canvas__qr_keeps_four_modules_of_white, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_canvas__many_sizes_do_not_grow_the_cache_without_end, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
