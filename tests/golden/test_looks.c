/* Looks: on every page of the gallery, landscape and upright, the three looks are switched through and back:
 * the page is the same to the last value, with the same focus, keyboard and place in a text; the switches,
 * 语音 and help are within reach wherever the bottom bar is; the visit's end brings back 标准. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "kiosk/screens/screen.h"
#include "tests/golden/gallery.h"

enum { DUMP_BYTES = 4 << 20 };

static struct gallery gallery;
static const struct gallery_case *which;

static void open_case(size_t index, const char *look_name)
{
    which = &gallery_cases[index];
    for (size_t i = 0; i < gallery_looks(which); i++)
        if (strcmp(gallery_look(which, i).name, look_name) == 0)
            gallery_open(&gallery, which, gallery_look(which, i), GALLERY_NORMAL);
}

/* Each applicant's page in both ways up. Returns: how many there were. */
static size_t for_each_page(void (*judge)(void))
{
    size_t count = 0;
    static const char *const ways_up[] = {"landscape", "portrait"};
    for (size_t i = 0; i < gallery_case_count; i++)
        for (size_t way = 0; way < 2 && !gallery_cases[i].is_desk; way++) {
            open_case(i, ways_up[way]);
            judge();
            gallery_close(&gallery);
            count++;
        }
    return count;
}

static void dump(struct buf *out)
{
    buf_init(out, DUMP_BYTES);
    ui_tick(gallery.ui);
    assert_int_equal(STATUS_OK, ui_dump(gallery.ui, out));
}

static bool is_same_page(const struct buf *before)
{
    struct buf now;
    dump(&now);
    bool same = now.length == before->length && memcmp(now.data, before->data, now.length) == 0;
    if (!same)
        (void)fprintf(stderr, "%s: another page after the looks\n", which->name);
    buf_release(&now);
    return same;
}

static void switch_through(void)
{
    struct buf before;
    dump(&before);
    for (int i = 1; i <= THEME_KIND_COUNT; i++) {
        ui_set_theme(gallery.ui, (enum theme_kind)(i % THEME_KIND_COUNT));
        ui_tick(gallery.ui);
    }
    assert_true(is_same_page(&before));
    buf_release(&before);
}

static void test_looks__every_page_is_the_same_after_all_three(void **state)
{
    (void)state;
    assert_true(for_each_page(switch_through) > 2);
}

static bool can_press(const char *id)
{
    const struct widget *w = widget_find(ui_tree(gallery.ui), id);
    return w != NULL && (w->state & WIDGET_TARGET) && widget_is_reachable(ui_tree(gallery.ui), w);
}

/* Help may stand elsewhere on the page, under the same id or its own. */
static void expect_bar(const char *look)
{
    bool help = can_press("bar.call") || can_press("assist.call");
    if (!help || !can_press("bar.voice"))
        (void)fprintf(stderr, "%s in %s: help or 语音 out of reach\n", which->name, look);
    assert_true(help && can_press("bar.voice"));
}

/* From 标准 by the bar's own buttons to both other looks and back; the screen and its focus stay. */
static void press_through(void)
{
    char screen[64];
    if (!can_press("bar.large"))
        return; /* a dialog or the keyboard lies over the bar */
    (void)snprintf(screen, sizeof(screen), "%s", ui_screen_name(gallery.ui));
    void *memory = ui_screen_state(gallery.ui);
    expect_bar("标准");
    gallery_tap(&gallery, "bar.large");
    assert_int_equal(THEME_CARE, ui_theme(gallery.ui));
    expect_bar("大字");
    gallery_tap(&gallery, "bar.contrast");
    assert_int_equal(THEME_CONTRAST, ui_theme(gallery.ui));
    expect_bar("高对比");
    gallery_tap(&gallery, "bar.contrast");
    assert_int_equal(THEME_STANDARD, ui_theme(gallery.ui));
    assert_string_equal(screen, ui_screen_name(gallery.ui));
    assert_ptr_equal(memory, ui_screen_state(gallery.ui)); /* never left */
}

static void test_looks__the_bar_leads_to_each_from_everywhere(void **state)
{
    (void)state;
    assert_true(for_each_page(press_through) > 2);
}

static void end_visit(void)
{
    ui_set_theme(gallery.ui, THEME_CONTRAST);
    ui_mute(gallery.ui, true);
    ui_tick(gallery.ui);
    screen_end_visit(gallery.ui);
    ui_tick(gallery.ui);
    assert_int_equal(THEME_STANDARD, ui_theme(gallery.ui));
    assert_false(ui_is_muted(gallery.ui));
    assert_string_equal("welcome", ui_screen_name(gallery.ui));
}

static void test_looks__the_end_of_a_visit_brings_back_the_first(void **state)
{
    (void)state;
    assert_true(for_each_page(end_visit) > 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_looks__every_page_is_the_same_after_all_three),
        cmocka_unit_test(test_looks__the_bar_leads_to_each_from_everywhere),
        cmocka_unit_test(test_looks__the_end_of_a_visit_brings_back_the_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
