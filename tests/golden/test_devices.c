/* The desk's devices over scripted services: what is told of a terminal, and what a clerk does about it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/golden/gallery.h"

static struct gallery gallery;

static void begin(int width, int height)
{
    const struct gallery_case *which = gallery_cases;
    while (strcmp(which->name, "devices__hall") != 0)
        which++;
    gallery_open(&gallery, which, (struct stage_look){"window", width, height, THEME_STANDARD},
                 GALLERY_NORMAL);
}

static const struct widget *find(const char *id)
{
    return widget_find(ui_tree(gallery.ui), id);
}

static void press(enum input_key key, int character)
{
    const struct input_event event = {.kind = INPUT_EVENT_KEY, .key = key, .character = character};
    ui_handle(gallery.ui, &event);
    gallery_wait(&gallery, 500);
}

static uint64_t acts(void)
{
    return gallery.services.asked[SERVICE_DESK_ACT];
}

static bool shows(const char *words)
{
    for (const struct widget *w = widget_tree_root(ui_tree(gallery.ui)); w != NULL; w = widget_next(w))
        if (strcmp(w->label, words) == 0)
            return true;
    return false;
}

static void test_devices__a_terminal_out_of_service_is_not_told_as_well(void **state)
{
    (void)state;
    begin(1920, 1080);
    assert_true(shows("正常 7")); /* of 12: one jammed, one silent, two low, one out of paper */
    gallery.services.desk.terminals[0].is_closed = true;
    press(INPUT_KEY_DOWN, 0);
    assert_true(shows("正常 6"));
    gallery.services.desk.terminals[6].devices.marker_percent = 12; /* it still prints */
    press(INPUT_KEY_UP, 0);
    assert_true(shows("正常 5"));
    assert_true(shows("注意 3"));
    gallery_close(&gallery);
}

static void test_devices__a_terminal_goes_out_of_service_and_back_by_keys(void **state)
{
    (void)state;
    begin(1280, 720);
    assert_true(shows("1. 抬起扫描口盖板，平直抽出纸张"));
    press(INPUT_KEY_CHARACTER, 's');
    press(INPUT_KEY_ENTER, 0); /* without a reason nothing happens */
    assert_int_equal(0, acts());
    press(INPUT_KEY_CHARACTER, '3');
    press(INPUT_KEY_ENTER, 0);
    const uint64_t closed = acts();
    assert_int_not_equal(0, closed);
    assert_null(find("assist.yes"));
    gallery_answer(&gallery, SERVICE_DESK_ACT, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
    gallery.services.desk.terminals[3].is_closed = true;
    press(INPUT_KEY_DOWN, 0);
    press(INPUT_KEY_UP, 0);
    press(INPUT_KEY_CHARACTER, 's');
    assert_int_not_equal(closed, acts());
    gallery_close(&gallery);
}

static void test_devices__who_lacks_a_blank_key_is_told_and_found(void **state)
{
    (void)state;
    begin(1920, 1080);
    gallery.services.desk.batch_count = 0; /* nothing else is to be told then */
    press(INPUT_KEY_DOWN, 0);
    assert_non_null(find("stock.lacking"));
    press(INPUT_KEY_CHARACTER, 'k');
    assert_true(find("devices.row.terminal-06")->state & WIDGET_SELECTED);
    gallery.services.desk.terminals[5].devices.key = SERVICE_KEY_BLANK;
    press(INPUT_KEY_DOWN, 0);
    assert_null(find("stock.lacking"));
    press(INPUT_KEY_CHARACTER, '/');
    gallery_type(&gallery, "04");
    assert_non_null(find("devices.row.terminal-04"));
    assert_null(find("devices.row.terminal-06"));
    gallery_close(&gallery);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_devices__a_terminal_out_of_service_is_not_told_as_well),
        cmocka_unit_test(test_devices__a_terminal_goes_out_of_service_and_back_by_keys),
        cmocka_unit_test(test_devices__who_lacks_a_blank_key_is_told_and_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
