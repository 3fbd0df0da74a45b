/* Paying and making the key, over scripted services: a phone can read the code in every look, progress never
 * runs backwards, and while the result is open what the phone shows decides. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/page/page_qr.h"
#include "tests/golden/gallery.h"

static struct gallery gallery;

static void open(const char *name, size_t look)
{
    for (size_t i = 0; i < gallery_case_count; i++)
        if (strcmp(gallery_cases[i].name, name) == 0) {
            gallery_open(&gallery, &gallery_cases[i], gallery_look(&gallery_cases[i], look), GALLERY_NORMAL);
            return;
        }
    fail_msg("no case %s", name);
}

static const char *label(const char *id)
{
    const struct widget *w = widget_find(ui_tree(gallery.ui), id);
    return w == NULL ? "" : w->label;
}

static bool says(const char *words)
{
    for (const struct widget *w = widget_tree_root(ui_tree(gallery.ui)); w != NULL; w = widget_next(w))
        if (strstr(w->label, words) != NULL)
            return true;
    return false;
}

/* --- the code ---------------------------------------------------------------------------------------- */

static void photograph(struct page_image *out)
{
    assert_int_equal(STATUS_OK, page_image_new(gallery.look.width, gallery.look.height, 3, 150, out));
    for (size_t i = 0; i < (size_t)out->width_px * (size_t)out->height_px; i++)
        for (size_t k = 0; k < 3; k++)
            out->pixels[i * 3 + k] = (uint8_t)(gallery.pixels[i] >> (16 - 8 * k));
}

static void test_pay__code_can_be_read_in_every_look(void **state)
{
    (void)state;
    for (size_t look = 0; look < STAGE_LOOKS; look++) {
        struct page_qr_list found = {0};
        open("pay__code", look);
        gallery_paint(&gallery);
        struct page_image image;
        photograph(&image);
        assert_int_equal(STATUS_OK, page_qr_read(&image, NULL, PAGE_QR_PIXELS, &found));
        page_image_release(&image);
        assert_int_equal(1, found.count);
        assert_string_equal(gallery.services.visit.payment.qr_text, found.codes[0].text);
        gallery_close(&gallery);
    }
}

/* Before anything is paid. */
static void test_pay__the_end_stands_by_the_amount_in_every_look(void **state)
{
    (void)state;
    for (size_t look = 0; look < STAGE_LOOKS; look++) {
        open("pay__bundle", look);
        gallery_paint(&gallery);
        assert_true(says("2029-11-20"));
        gallery_close(&gallery);
    }
}

static void test_pay__code_gives_way_when_it_has_expired(void **state)
{
    (void)state;
    open("pay__last_minute", 0);
    assert_non_null(widget_find(ui_tree(gallery.ui), "pay.code"));
    gallery_wait(&gallery, 60000);
    assert_null(widget_find(ui_tree(gallery.ui), "pay.code"));
    assert_string_equal("二维码过期了", label("page.title"));
    gallery_close(&gallery);
}

/* --- the result is open ------------------------------------------------------------------------------ */

static void test_pay__what_was_not_charged_is_closed_before_another_code(void **state)
{
    (void)state;
    open("pay__unknown", 0);
    uint64_t ready = gallery.services.asked[SERVICE_ISSUE_READY];
    gallery_tap(&gallery, "pay.not_charged");
    assert_int_not_equal(0, gallery.services.asked[SERVICE_PAY_STOP]);
    assert_int_equal(ready, gallery.services.asked[SERVICE_ISSUE_READY]);
    gallery.services.visit.payment.state = SERVICE_PAY_CLOSED;
    gallery_answer(&gallery, SERVICE_PAY_STOP, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
    assert_int_not_equal(ready, gallery.services.asked[SERVICE_ISSUE_READY]);
    gallery_close(&gallery);
}

static void test_pay__attempt_that_cannot_be_closed_stays_open(void **state)
{
    (void)state;
    open("pay__unknown", 0);
    uint64_t ready = gallery.services.asked[SERVICE_ISSUE_READY];
    gallery_tap(&gallery, "pay.not_charged");
    gallery_answer(&gallery, SERVICE_PAY_STOP, STATUS_LOST, SERVICE_REASON_PAYMENT_UNKNOWN, 0, NULL);
    assert_int_equal(ready, gallery.services.asked[SERVICE_ISSUE_READY]);
    assert_string_equal("正在确认缴费结果", label("page.title"));
    assert_non_null(strstr(label("page.subtitle"), "请不要重复付款"));
    gallery_close(&gallery);
}

static void test_pay__slip_lets_the_applicant_go(void **state)
{
    (void)state;
    open("pay__unknown", 0);
    gallery_tap(&gallery, "pay.slip");
    gallery_answer(&gallery, SERVICE_RECEIPT_PRINT, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
    assert_string_equal("welcome", ui_screen_name(gallery.ui));
    gallery_close(&gallery);
}

/* --- making the key ---------------------------------------------------------------------------------- */

static void test_issue__progress_never_runs_backwards(void **state)
{
    (void)state;
    open("issue__write", 0);
    assert_string_equal("68", label("issue.percent"));
    gallery.services.visit.issue.percent = 30;
    gallery_report(&gallery, SERVICE_ISSUE_RUN, STATUS_OK, SERVICE_REASON_NONE);
    assert_string_equal("68", label("issue.percent"));
    gallery.services.visit.issue.percent = 74;
    gallery_report(&gallery, SERVICE_ISSUE_RUN, STATUS_OK, SERVICE_REASON_NONE);
    assert_string_equal("74", label("issue.percent"));
    gallery_close(&gallery);
}

/* The receipt says it, and no other number is shown before. */
static void test_issue__a_key_has_one_number(void **state)
{
    (void)state;
    open("issue__format", 0);
    assert_string_not_equal("", gallery.services.visit.product->key_number);
    assert_string_equal("", label("bar.text")); /* the maker's is not the product's */
    gallery_close(&gallery);
    open("issue__write", 0);
    assert_string_equal("Key 编号 1118 0100 66463", label("bar.text"));
    gallery_close(&gallery);
}

static void test_issue__another_key_begins_at_nothing(void **state)
{
    (void)state;
    open("issue__write_failed", 0);
    gallery.services.visit.issue.percent = 0;
    gallery_tap(&gallery, "error.other");
    gallery_answer(&gallery, SERVICE_ISSUE_ABANDON, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
    assert_string_equal("0", label("issue.percent"));
    gallery_close(&gallery);
}

/* --- leaving ----------------------------------------------------------------------------------------- */

/* The digits of the percentage stand clear of the bar below them. */
static void test_issue__percentage_keeps_clear_of_its_bar_in_every_look(void **state)
{
    enum { BAR_HALF = 10, CLEAR = 8 };
    (void)state;
    for (size_t look = 0; look < STAGE_LOOKS; look++) {
        open("issue__format", look);
        const struct rect number = widget_find(ui_tree(gallery.ui), "issue.percent")->rect;
        const struct rect bar = widget_find(ui_tree(gallery.ui), "issue.progress")->rect;
        int digits = theme_text(gallery.look.theme, THEME_TYPE_DISPLAY).px * 75 / 100;
        int below = number.y + (number.h + digits) / 2;
        assert_true(below + CLEAR <= bar.y + bar.h / 2 - BAR_HALF);
        gallery_close(&gallery);
    }
}

static void test_done__key_left_behind_is_said_and_a_clerk_called(void **state)
{
    (void)state;
    open("done__key_in", 0);
    assert_null(widget_find(ui_tree(gallery.ui), "done.urgent"));
    for (int second = 0; second < 31; second++)
        gallery_wait(&gallery, 1000);
    assert_non_null(widget_find(ui_tree(gallery.ui), "done.urgent"));
    assert_int_equal(0, gallery.services.asked[SERVICE_PRESENCE]);
    for (int second = 0; second < 60; second++)
        gallery_wait(&gallery, 1000);
    assert_int_not_equal(0, gallery.services.asked[SERVICE_PRESENCE]);
    assert_string_equal("done", ui_screen_name(gallery.ui));
    gallery_close(&gallery);
}

static void test_done__page_clears_itself_once_the_key_is_taken(void **state)
{
    (void)state;
    open("done__taken", 0);
    for (int second = 0; second < 30; second++)
        gallery_wait(&gallery, 1000);
    assert_string_equal("welcome", ui_screen_name(gallery.ui));
    gallery_close(&gallery);
}

/* --- the wait before it ------------------------------------------------------------------------------ */

static bool shows(const char *words)
{
    for (const struct widget *w = widget_tree_root(ui_tree(gallery.ui)); w != NULL; w = widget_next(w))
        if (strcmp(w->label, words) == 0)
            return true;
    return false;
}

static void test_wait__what_a_clerk_has_opened_says_about_how_long_it_takes(void **state)
{
    (void)state;
    open("review__opened", 0);
    assert_true(shows("约 5 分钟") && shows("已看 3 页，共 4 页"));
    gallery.services.visit.attention.seen = 0;
    gallery_report(&gallery, SERVICE_ORDER_REFRESH, STATUS_OK, SERVICE_REASON_NONE);
    assert_false(shows("已看 0 页，共 4 页"));
    gallery.services.visit.attention.is_open = false;
    gallery_report(&gallery, SERVICE_ORDER_REFRESH, STATUS_OK, SERVICE_REASON_NONE);
    assert_false(shows("约 5 分钟"));
    gallery_close(&gallery);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wait__what_a_clerk_has_opened_says_about_how_long_it_takes),
        cmocka_unit_test(test_pay__code_can_be_read_in_every_look),
        cmocka_unit_test(test_pay__the_end_stands_by_the_amount_in_every_look),
        cmocka_unit_test(test_pay__code_gives_way_when_it_has_expired),
        cmocka_unit_test(test_pay__what_was_not_charged_is_closed_before_another_code),
        cmocka_unit_test(test_pay__attempt_that_cannot_be_closed_stays_open),
        cmocka_unit_test(test_pay__slip_lets_the_applicant_go),
        cmocka_unit_test(test_issue__progress_never_runs_backwards),
        cmocka_unit_test(test_issue__a_key_has_one_number),
        cmocka_unit_test(test_issue__another_key_begins_at_nothing),
        cmocka_unit_test(test_issue__percentage_keeps_clear_of_its_bar_in_every_look),
        cmocka_unit_test(test_done__key_left_behind_is_said_and_a_clerk_called),
        cmocka_unit_test(test_done__page_clears_itself_once_the_key_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
