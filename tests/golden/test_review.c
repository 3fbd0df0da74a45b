/* The desk's review over scripted services: the pages of a case, as small pictures and in the viewer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/golden/gallery_person.h"

static struct gallery gallery;

static void open(const char *name, int width, int height)
{
    const struct gallery_case *which = gallery_cases;
    while (strcmp(which->name, name) != 0)
        which++;
    gallery_open(&gallery, which, (struct stage_look){"window", width, height, THEME_STANDARD},
                 GALLERY_NORMAL);
}

/* Whether it is on the page, in this state. */
static bool stands(const char *id, unsigned state)
{
    const struct widget *w = widget_find(ui_tree(gallery.ui), id);
    return w != NULL && (w->state & state) == state;
}

static void type(char character)
{
    const struct input_event event = {
        .kind = INPUT_EVENT_KEY, .key = INPUT_KEY_CHARACTER, .character = character};
    ui_handle(gallery.ui, &event);
    gallery_wait(&gallery, 500);
}

static const struct widget_picture_view *view(void)
{
    const struct widget *picture = widget_find(ui_tree(gallery.ui), "review.page");
    assert_non_null(picture);
    return picture->view;
}

static void test_review__papers_without_room_are_turned_to(void **state)
{
    (void)state;
    open("review__ready", 1600, 900); /* four papers stand whole, side by side */
    assert_false(stands("tabs.next", 0));
    assert_true(stands("page.application", 0));
    assert_true(stands("page.agent_id", 0));
    gallery_close(&gallery);
    open("review__ready", 1280, 720);
    assert_false(stands("page.agent_id", 0));
    assert_true(stands("tabs.previous", WIDGET_DISABLED));
    gallery_tap_tab(&gallery, "page.agent_id");
    assert_true(stands("page.agent_id", WIDGET_SELECTED));
    assert_true(stands("tabs.next", WIDGET_DISABLED));
    type('1');
    assert_true(stands("page.application", WIDGET_SELECTED));
    type('4');
    assert_true(stands("page.agent_id", WIDGET_SELECTED));
    gallery_close(&gallery);
}

static void test_review__small_pictures_wait_for_the_page_and_come_one_by_one(void **state)
{
    (void)state;
    open("review__loading", 1920, 1080);
    const size_t count = gallery.services.desk.opened.page_count;
    const uint64_t *asked = &gallery.services.asked[SERVICE_DESK_THUMB];
    type('x');
    assert_int_equal(0, *asked);
    gallery_answer(&gallery, SERVICE_DESK_PAGE, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
    uint64_t waiting = 0;
    size_t asks = 0;
    for (; *asked != waiting; asks++) { /* a damaged page has none */
        waiting = *asked;
        type('x');
        assert_int_equal(waiting, *asked);
        gallery_answer(&gallery, SERVICE_DESK_THUMB, STATUS_MALFORMED, SERVICE_REASON_NONE, 0, NULL);
    }
    assert_int_equal(count, asks);
    gallery.services.desk.opened.order.version++; /* its pages may be others */
    type('x');
    assert_int_not_equal(waiting, *asked);
    gallery_close(&gallery);
}

static void test_review__the_seal_is_looked_at_where_one_was_found(void **state)
{
    (void)state;
    open("review__ready", 1280, 720);
    gallery_tap(&gallery, "review.seal");
    assert_int_equal(300, view()->zoom_percent);
    assert_true(view()->pan_x < 0 && view()->pan_y < 0); /* low and right on the page */
    gallery_tap(&gallery, "review.rotate");
    gallery_tap(&gallery, "item.field.credit_code");
    assert_true(view()->pan_x < 0); /* the page lies on its side: what was above is right */
    type('2');
    assert_false(stands("review.seal", 0));
    gallery_close(&gallery);
}

static uint64_t cases_asked(void)
{
    return gallery.services.asked[SERVICE_DESK_CASE];
}

/* A second and a bit passes, as long as the desk takes to look again. */
static void look_again(void)
{
    gallery_wait(&gallery, 1500);
}

static void test_review__the_case_of_whom_was_recognised_opens_by_itself(void **state)
{
    (void)state;
    open("review__ready", 1280, 720);
    struct service_desk *desk = &gallery.services.desk;
    const uint64_t before = cases_asked();
    desk->opened.order.state = desk->queue[1].order.state = ORDER_STATE_IDENTIFYING;
    desk->opened.decided = desk->opened.approved = true;
    look_again();
    assert_int_equal(before, cases_asked()); /* it takes effect at the terminal first */
    desk->queue[1].order.state = ORDER_STATE_REVIEWING;
    look_again();
    assert_int_not_equal(before, cases_asked());
    desk->opened.order.state = ORDER_STATE_REVIEWING;
    desk->opened.decided = desk->opened.approved = false;
    gallery_answer(&gallery, SERVICE_DESK_CASE, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
    assert_true(stands("review.approve", 0));
    gallery_close(&gallery);
}

static void test_review__nothing_stays_of_the_last_case_after_its_undo_time(void **state)
{
    (void)state;
    open("review__undo", 1280, 720);
    struct service_desk *desk = &gallery.services.desk;
    gallery_tap(&gallery, "item.field.legal_id"); /* in hand while the case goes */
    assert_true(stands("review.value", 0));
    desk->queue_count = 0;
    look_again();
    const uint64_t before = cases_asked();
    assert_true(stands("review.undo", 0));
    desk->opened.undo_until_utc_s = 0;
    look_again();
    assert_int_not_equal(before, cases_asked());
    form_values_wipe(&desk->opened.values);
    (void)memset(&desk->opened, 0, sizeof(desk->opened));
    gallery_answer(&gallery, SERVICE_DESK_CASE, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
    assert_false(stands("review.page", 0));
    assert_false(stands("review.approve", 0));
    assert_false(stands("review.value", 0));
    gallery_close(&gallery);
}

static const char *label(const char *id)
{
    const struct widget *w = widget_find(ui_tree(gallery.ui), id);
    assert_non_null(w);
    return w->label;
}

static void press(enum input_key key, int character)
{
    ui_handle(gallery.ui, &(struct input_event){.kind = INPUT_EVENT_KEY, .key = key, .character = character});
    gallery_wait(&gallery, 500);
}

/* The key that leads to the field types itself into nothing. */
static void search_for(const char *text)
{
    press(INPUT_KEY_CHARACTER, '/');
    gallery_type(&gallery, "/");
    gallery_type(&gallery, text);
    press(INPUT_KEY_ENTER, 0);
}

static void test_review__a_case_is_found_by_number_unit_or_the_end_of_the_phone(void **state)
{
    (void)state;
    open("review__empty", 1280, 720);
    struct service_desk *desk = &gallery.services.desk;
    desk->queue_count = 2;
    for (size_t i = 0; i < desk->queue_count; i++) {
        desk->queue[i].waiting_since_utc_s = GALLERY_NOW_UTC_S - 60;
        (void)snprintf(desk->queue[i].order.id, sizeof(desk->queue[i].order.id), "%032zu", i);
        (void)snprintf(desk->queue[i].order.acceptance, sizeof(desk->queue[i].order.acceptance),
                       "T202511211029050%zu", i);
        (void)snprintf(desk->queue[i].unit, sizeof(desk->queue[i].unit), "示例%zu公司", i);
        (void)snprintf(desk->queue[i].phone_tail, sizeof(desk->queue[i].phone_tail), "543%c", (char)(48 + i));
    }
    static const char *const meant[] = {"0290501", "例1公", "5431"};
    for (size_t i = 0; i < sizeof(meant) / sizeof(meant[0]); i++) {
        search_for(meant[i]);
        assert_string_equal(desk->queue[1].order.id, gallery.services.case_asked);
        gallery.services.case_asked[0] = 0;
        gallery_answer(&gallery, SERVICE_DESK_CASE, STATUS_REFUSED, SERVICE_REASON_NONE, 0, NULL);
        gallery_tap(&gallery, "review.search");
        for (size_t j = 0; j < strlen(meant[i]); j++)
            press(INPUT_KEY_BACKSPACE, 0);
        press(INPUT_KEY_TAB, 0);
    }
    search_for("543"); /* not the whole end of a number, and nobody's name */
    assert_string_equal("", gallery.services.case_asked);
    assert_string_equal("review", ui_screen_name(gallery.ui));
    gallery_close(&gallery);
}

static void test_review__equal_labels_say_whose_they_are(void **state)
{
    (void)state;
    open("review__ready", 1920, 1080);
    assert_string_equal("法人身份证号码", label("item.field.legal_id"));
    assert_string_equal("经办人身份证号码", label("item.field.agent_id"));
    assert_string_equal("统一社会信用代码", label("item.field.credit_code"));
    gallery_tap(&gallery, "item.field.agent_id");
    assert_non_null(strstr(label("review.target"), "经办人身份证号码"));
    gallery_close(&gallery);
}

static void test_review__checks_nobody_asked_of_a_paper_are_not_listed(void **state)
{
    (void)state;
    open("review__ready", 1920, 1080);
    assert_true(stands("check.code", 0)); /* the form: it is asked for, and was not made */
    assert_string_equal("第 1 页·300 DPI·已校正 3.0°", label("review.scan"));
    type('2');
    assert_true(stands("page.licence", WIDGET_SELECTED));
    assert_false(stands("check.code", 0));
    assert_true(stands("check.corners", 0));
    assert_string_equal("第 2 页·300 DPI", label("review.scan"));
    gallery_close(&gallery);
}

static void test_review__what_stands_whole_in_its_row_leaves_the_page_its_room(void **state)
{
    (void)state;
    open("review__ready", 1920, 1080);
    gallery_tap(&gallery, "item.field.credit_code");
    assert_false(stands("review.value", 0));
    type('w'); /* as wide as the viewer, by its key */
    const int wide = view()->zoom_percent;
    type('z');
    assert_true(view()->zoom_percent > wide);
    type('w');
    assert_int_equal(wide, view()->zoom_percent);
    type('s');
    assert_int_equal(300, view()->zoom_percent);
    gallery_tap(&gallery, "item.field.legal_id"); /* hidden in its row */
    assert_true(stands("review.value", 0));
    gallery_close(&gallery);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_review__papers_without_room_are_turned_to),
        cmocka_unit_test(test_review__small_pictures_wait_for_the_page_and_come_one_by_one),
        cmocka_unit_test(test_review__the_case_of_whom_was_recognised_opens_by_itself),
        cmocka_unit_test(test_review__nothing_stays_of_the_last_case_after_its_undo_time),
        cmocka_unit_test(test_review__a_case_is_found_by_number_unit_or_the_end_of_the_phone),
        cmocka_unit_test(test_review__equal_labels_say_whose_they_are),
        cmocka_unit_test(test_review__checks_nobody_asked_of_a_paper_are_not_listed),
        cmocka_unit_test(test_review__what_stands_whole_in_its_row_leaves_the_page_its_room),
        cmocka_unit_test(test_review__the_seal_is_looked_at_where_one_was_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
