/* The desk's review over scripted services: the pages of a case, as small pictures and in the viewer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
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
    gallery_tap(&gallery, "item.field.credit_code"); /* in hand while the case goes */
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_review__papers_without_room_are_turned_to),
        cmocka_unit_test(test_review__small_pictures_wait_for_the_page_and_come_one_by_one),
        cmocka_unit_test(test_review__the_case_of_whom_was_recognised_opens_by_itself),
        cmocka_unit_test(test_review__nothing_stays_of_the_last_case_after_its_undo_time),
        cmocka_unit_test(test_review__the_seal_is_looked_at_where_one_was_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
