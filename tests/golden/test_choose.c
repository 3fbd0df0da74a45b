/* From welcome to the agreement, over scripted services: what can be chosen, and what refuses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/golden/gallery.h"
#include "tests/support/feature.h"

static struct gallery gallery;

static const struct gallery_case *find_case(const char *name)
{
    for (size_t i = 0; i < gallery_case_count; i++)
        if (strcmp(gallery_cases[i].name, name) == 0)
            return &gallery_cases[i];
    fail_msg("no case %s", name);
    return NULL;
}

static void open(const char *name, size_t look)
{
    const struct gallery_case *which = find_case(name);
    gallery_open(&gallery, which, gallery_look(which, look), GALLERY_NORMAL);
}

static const struct widget *find(const char *id)
{
    return widget_find(ui_tree(gallery.ui), id);
}

static bool shows(const char *words)
{
    for (const struct widget *w = widget_tree_root(ui_tree(gallery.ui)); w != NULL; w = widget_next(w))
        if (strcmp(w->label, words) == 0)
            return true;
    return false;
}

static bool is_disabled(const char *id)
{
    const struct widget *w = find(id);
    assert_non_null(w);
    return (w->state & WIDGET_DISABLED) != 0;
}

/* --- welcome ----------------------------------------------------------------------------------------- */

static void test_choose__welcome_says_what_the_machine_can_do(void **state)
{
    (void)state;
    open("welcome__idle", 0);
    assert_true(shows("打印正常") && shows("可当场制证") && shows("受理时间 9:00–17:30"));
    assert_true(shows("2025 年 11 月 21 日") && shows("星期五·03 号机"));
    gallery_close(&gallery);
    open("welcome__no-issue", 0);
    FEATURE("F003");
    assert_true(shows("暂不能制证") && !shows("可当场制证"));
    gallery_close(&gallery);
}

static void test_choose__welcome_without_hours_says_none(void **state)
{
    (void)state;
    open("welcome__idle", 0);
    gallery.settings->hall_open_hours = "";
    ui_invalidate(gallery.ui);
    ui_tick(gallery.ui);
    assert_false(shows("受理时间 9:00–17:30"));
    gallery_close(&gallery);
}

/* --- product ----------------------------------------------------------------------------------------- */

static void test_choose__products_are_paged_and_filtered_by_region(void **state)
{
    (void)state;
    open("product__many", 0);
    assert_true(shows("重庆网上房地产") && !shows("贵州省招标投标公共服务平台"));
    assert_true(is_disabled("pages.previous"));
    gallery_tap(&gallery, "pages.next");
    assert_true(shows("贵州省招标投标公共服务平台") && is_disabled("pages.next"));
    gallery_tap(&gallery, "region.2");
    assert_true(shows("湖南住建行业") && !shows("重庆网上房地产"));
    assert_null(find("pages.next"));
    gallery_tap(&gallery, "region.4"); /* what has no filter of its own */
    FEATURE("F030");
    assert_true(shows("贵州省招标投标公共服务平台") && !shows("湖南住建行业"));
    gallery_close(&gallery);
}

/* --- service ----------------------------------------------------------------------------------------- */

/* The pictures show one product; the tiles of all have room for their names and fees. */
static void test_choose__every_product_fits_its_service_page(void **state)
{
    (void)state;
    const struct gallery_case *service = find_case("service__new");
    size_t faults = 0;
    for (size_t look = 0; look < STAGE_LOOKS; look++) {
        gallery_open(&gallery, service, gallery_look(service, look), GALLERY_NORMAL);
        assert_true(gallery.catalogue->count > 1);
        for (size_t i = 0; i < gallery.catalogue->count; i++) {
            const struct product *product = gallery.catalogue->products[i];
            services_choose(&gallery.services, product, &product->operations[0], product->classes[0].id);
            gallery_screen(&gallery, SCREEN_SERVICE);
            size_t found = gallery_faults(&gallery, service);
            if (found > 0)
                print_error("%s: %zu faults\n", product->id, found);
            faults += found;
        }
        gallery_close(&gallery);
    }
    FEATURE("F026");
    assert_int_equal(0, faults);
}

static void test_choose__what_is_not_offered_says_so_and_cannot_be_chosen(void **state)
{
    (void)state;
    for (size_t look = 0; look < STAGE_LOOKS; look++) {
        open("service__new", look);
        while (find("operation.suspend") == NULL) /* large letters: on a later page */
            gallery_tap(&gallery, "service.more");
        assert_string_equal("本项目暂未开通", find("operation.suspend")->value);
        gallery_tap(&gallery, "operation.suspend");
        assert_string_equal("new", gallery.services.visit.operation->id);
        gallery_close(&gallery);
    }
    FEATURE("F026");
}

/* --- login ------------------------------------------------------------------------------------------- */

static void test_choose__number_can_be_mended_after_the_code_was_sent(void **state)
{
    (void)state;
    open("login__sent", 0);
    assert_string_equal("2741", find("login.code")->value);
    gallery_tap(&gallery, "pad.backspace");
    assert_string_equal("274", find("login.code")->value);
    gallery_tap(&gallery, "login.phone");
    gallery_tap(&gallery, "pad.backspace");
    assert_string_equal("1380000000", find("login.phone")->value);
    assert_true(is_disabled("login.send"));
    gallery_close(&gallery);
}

static void test_choose__wrong_code_is_gone_and_the_tries_are_said(void **state)
{
    (void)state;
    open("login__wrong", 0);
    assert_string_equal("", find("login.code")->value);
    assert_true(shows("验证码不对，还可以试 2 次") && is_disabled("bar.next"));
    gallery_close(&gallery);
}

/* --- agreement --------------------------------------------------------------------------------------- */

static void test_choose__agreeing_waits_for_the_last_page(void **state)
{
    (void)state;
    for (size_t look = 0; look < STAGE_LOOKS; look++) {
        open("agreement__first", look);
        gallery_tap(&gallery, "bar.next");
        assert_int_equal(0, gallery.services.asked[SERVICE_ORDER_CREATE]);
        gallery_close(&gallery);
        open("agreement__last", look);
        gallery_tap(&gallery, "bar.next");
        assert_int_not_equal(0, gallery.services.asked[SERVICE_ORDER_CREATE]);
        gallery_close(&gallery);
    }
    FEATURE("F061");
}

/* A finger goes down in the middle of the text, moves and is lifted. Units: window px. */
static void push(int by_y)
{
    struct rect at = layout_to_window(ui_layout(gallery.ui), find("text")->rect);
    struct input_event event = {
        .kind = INPUT_EVENT_PRESS, .pointer = 1, .x = at.x + at.w / 2, .y = at.y + at.h / 2};
    ui_handle(gallery.ui, &event);
    event.kind = INPUT_EVENT_MOVE;
    event.y += by_y;
    ui_handle(gallery.ui, &event);
    event.kind = INPUT_EVENT_RELEASE;
    ui_handle(gallery.ui, &event);
    gallery_wait(&gallery, 500);
}

static void test_choose__a_finger_turns_the_pages_of_the_agreement(void **state)
{
    (void)state;
    open("agreement__first", 0);
    push(-40);
    assert_true(is_disabled("text.up")); /* too short for a wish */
    push(-200);
    assert_false(is_disabled("text.up"));
    push(200);
    assert_true(is_disabled("text.up"));
    push(200);
    assert_true(is_disabled("text.up")); /* there is nothing before the first page */
    gallery_close(&gallery);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_choose__welcome_says_what_the_machine_can_do),
        cmocka_unit_test(test_choose__welcome_without_hours_says_none),
        cmocka_unit_test(test_choose__products_are_paged_and_filtered_by_region),
        cmocka_unit_test(test_choose__every_product_fits_its_service_page),
        cmocka_unit_test(test_choose__what_is_not_offered_says_so_and_cannot_be_chosen),
        cmocka_unit_test(test_choose__number_can_be_mended_after_the_code_was_sent),
        cmocka_unit_test(test_choose__wrong_code_is_gone_and_the_tries_are_said),
        cmocka_unit_test(test_choose__agreeing_waits_for_the_last_page),
        cmocka_unit_test(test_choose__a_finger_turns_the_pages_of_the_agreement),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
