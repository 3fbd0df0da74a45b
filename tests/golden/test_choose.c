/* From welcome to the agreement, over scripted services: what can be chosen, and what refuses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/ui/widget_pager.h"
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
    assert_non_null(find("search.open")); /* the last card of every page */
    assert_true(is_disabled("pages.previous"));
    gallery_tap(&gallery, "pages.next");
    assert_non_null(find("search.open"));
    assert_false(is_disabled("pages.previous"));
    assert_true(shows("贵州省招标投标公共服务平台") && is_disabled("pages.next"));
    gallery_tap(&gallery, "region.2");
    assert_true(shows("湖南住建行业") && !shows("重庆网上房地产"));
    assert_null(find("pages.next"));
    gallery_tap(&gallery, "region.4"); /* what has no filter of its own */
    FEATURE("F030");
    assert_true(shows("贵州省招标投标公共服务平台") && !shows("湖南住建行业"));
    gallery_close(&gallery);
}

/* The cards of products that stand on the page, each counted once in all. Returns: how many are new. */
static size_t count_new(bool seen[], size_t count)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        char id[96];
        (void)snprintf(id, sizeof(id), "product.%s", gallery.screens.catalogue->products[i]->id);
        found += !seen[i] && find(id) != NULL;
        seen[i] = seen[i] || find(id) != NULL;
    }
    return found;
}

/* What is found is more than a page holds; beside the keyboard a page holds fewer. */
static void test_choose__everything_found_can_be_turned_to(void **state)
{
    (void)state;
    for (size_t look = 0; look < STAGE_LOOKS; look++) {
        bool seen[16] = {false};
        open("product__found-many", look);
        size_t count = gallery.screens.catalogue->count, found = count_new(seen, count), pages = 1;
        assert_in_range(count, 1, sizeof(seen));
        for (; find("pages.next") != NULL && !is_disabled("pages.next"); pages++) {
            gallery_tap(&gallery, "pages.next");
            size_t more = count_new(seen, count);
            assert_int_not_equal(0, more);
            found += more;
        }
        assert_int_equal(count, found);
        for (; pages > 1; pages--)
            gallery_tap(&gallery, "pages.previous");
        assert_true(find("pages.previous") == NULL || is_disabled("pages.previous"));
        gallery_close(&gallery);
    }
}

static void test_choose__results_are_turned_while_words_are_typed(void **state)
{
    (void)state;
    open("product__many", 0);
    gallery_tap(&gallery, "search.open");
    assert_non_null(find("search.words"));
    assert_true(shows("1 / 4") && shows("重庆网上房地产") && !shows("湖南住建行业"));
    assert_true(is_disabled("pages.previous"));
    gallery_tap(&gallery, "pages.next"); /* the keyboard leaves and leaves room for what was meant */
    assert_true(shows("湖南住建行业"));
    gallery_tap(&gallery, "search.words");
    gallery_type(&gallery, "湖南");
    assert_true(shows("1 / 1") && shows("湖南住建行业") && is_disabled("pages.next"));
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

/* On the button and in the head, in the same words. */
static bool leads_to(const char *name)
{
    char label[64];
    (void)snprintf(label, sizeof(label), "下一步：%s", name);
    gallery_screen(&gallery, SCREEN_SERVICE);
    return strcmp(label, find("bar.next")->label) == 0;
}

static void test_choose__the_way_on_says_the_page_that_follows(void **state)
{
    (void)state;
    open("service__new", 0);
    assert_true(leads_to("登录"));
    strcpy(gallery.services.visit.phone, "13800000000");
    assert_true(leads_to("协议"));
    gallery_tap(&gallery, "bar.next");
    assert_string_equal("agreement", ui_screen_name(gallery.ui));
    gallery.services.visit.phone[0] = 0;
    assert_true(leads_to("登录"));
    gallery_tap(&gallery, "bar.next");
    assert_string_equal("login", ui_screen_name(gallery.ui));
    gallery_close(&gallery);
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

/* --- what is worth knowing --------------------------------------------------------------------------- */

static void choose_of(const char *product_id, const char *operation)
{
    const struct product *product = catalogue_find(gallery.catalogue, product_id);
    services_choose(&gallery.services, product, product_find_operation(product, operation),
                    product->classes[0].id);
}

/* Every page of the text in hand, from its first one. */
static void read_through(char *out, size_t size)
{
    size_t length = 0;
    for (;;) {
        length += (size_t)snprintf(out + length, size - length, "%s", widget_pager_shown(find("text")));
        assert_true(length < size);
        if (is_disabled("text.down"))
            return;
        gallery_tap(&gallery, "text.down");
    }
}

static char about[8192];

static void read_about(const char *product_id)
{
    choose_of(product_id, "new");
    gallery_screen(&gallery, SCREEN_ABOUT);
    read_through(about, sizeof(about));
}

static bool tells(const char *words)
{
    return strstr(about, words) != NULL;
}

static void test_choose__what_is_worth_knowing_stands_behind_a_button(void **state)
{
    (void)state;
    for (size_t look = 0; look < STAGE_LOOKS; look++) {
        open("service__new", look);
        if (find("service.about") == NULL) /* on the second of two pages */
            gallery_tap(&gallery, "bar.next");
        /* upright nothing is pressed in the region of the explanation */
        assert_true(!ui_is_portrait(gallery.ui) || find("service.about")->rect.y >= 568);
        gallery_tap(&gallery, "service.about");
        assert_string_equal("about", ui_screen_name(gallery.ui));
        gallery_tap(&gallery, "bar.next");
        assert_string_equal("service", ui_screen_name(gallery.ui));
        gallery_close(&gallery);
    }
}

static void test_choose__products_say_what_they_are_good_for_and_who_else_helps(void **state)
{
    (void)state;
    for (size_t look = 0; look < STAGE_LOOKS; look++) {
        open("about__first", look);
        read_about("ezca-cqzfcg");
        FEATURE("F002");
        assert_true(tells("重庆市南岸区弹子石复兴街9号6-1") && tells("400-023-5888"));
        FEATURE("F015");
        assert_true(tells("此处账号非业务系统网站账号"));
        FEATURE("F174");
        assert_true(tells("请选择您使用的钥匙盘") && tells("社保网上申报用户专用：社保用户选这一种"));
        assert_true(tells("绑定以前，证书不能登录") && tells("请点击按钮 [修改PIN码]"));
        assert_true(tells("注意：办理土地及资源交易分中心相关业务的选此选项"));
        assert_false(tells("适用范围") || tells("用户自愿")); /* where it is not said */
        read_about("dfca-hnzj-unit");
        FEATURE("F022");
        assert_true(tells("用户自愿。没有证书的"));
        read_about("cfca-suqian-unit");
        FEATURE("F032");
        assert_true(tells("适用范围") && tells("可用于全市“建设工程"));
        read_about("bzt-unit");
        FEATURE("F023");
        assert_true(tells("传统介质CA（Key）：回到上一页") && tells("选择其中一种办理即可"));
        gallery_close(&gallery);
    }
}

/* Whatever a product says, no page of it cuts a text. */
static void test_choose__every_product_fits_the_page_of_what_is_worth_knowing(void **state)
{
    (void)state;
    const struct gallery_case *first = find_case("about__first");
    size_t faults = 0;
    for (size_t look = 0; look < STAGE_LOOKS; look++) {
        open("about__first", look);
        for (size_t i = 0; i < gallery.catalogue->count; i++) {
            read_about(gallery.catalogue->products[i]->id);
            faults += gallery_faults(&gallery, first);
        }
        gallery_close(&gallery);
    }
    assert_int_equal(0, faults);
}

/* Who chooses the wrong product easily reads it on the product's own page. */
static void test_choose__a_hint_stands_under_the_question(void **state)
{
    (void)state;
    for (size_t look = 0; look < STAGE_LOOKS; look++) {
        open("service__hint", look);
        FEATURE("F028");
        assert_string_equal(gallery.services.visit.product->hint, find("page.subtitle")->label);
        gallery_close(&gallery);
        open("service__new", look);
        assert_string_equal("", gallery.services.visit.product->hint);
        assert_null(strstr(find("page.subtitle")->label, "CFCA"));
        gallery_close(&gallery);
    }
}

static void test_choose__who_need_not_come_reads_it_before_anything_else(void **state)
{
    (void)state;
    for (size_t look = 0; look < STAGE_LOOKS; look++) {
        open("service__new", look);
        choose_of("ezca-cqsb", "change");
        screen_apply(gallery.ui, SCREEN_SERVICE);
        gallery_wait(&gallery, 10);
        FEATURE("F042");
        assert_string_equal("needless", ui_screen_name(gallery.ui));
        assert_non_null(strstr(find("needless.rule")->label, "则无需进行以下操作"));
        gallery_tap(&gallery, "bar.next");
        assert_string_equal("wish", ui_screen_name(gallery.ui));
        gallery_tap(&gallery, "bar.back");
        gallery_tap(&gallery, "needless.leave");
        assert_string_equal("welcome", ui_screen_name(gallery.ui));
        gallery_close(&gallery);
        open("service__new", look);
        choose_of("ezca-cqzfcg", "change"); /* which everybody has to come for */
        screen_apply(gallery.ui, SCREEN_SERVICE);
        gallery_wait(&gallery, 10);
        assert_string_equal("wish", ui_screen_name(gallery.ui));
        gallery_close(&gallery);
    }
}

/* --- wish -------------------------------------------------------------------------------------------- */

/* The clock stands at 2025-11-21. */
static void test_choose__the_end_of_the_term_follows_the_years(void **state)
{
    (void)state;
    for (size_t look = 0; look < STAGE_LOOKS; look++) {
        open("wish__new", look);
        FEATURE("F081");
        assert_string_equal("2028-11-20 到期", find("wish.until")->label);
        gallery_tap(&gallery, "years.1");
        assert_string_equal("2026-11-21 到期", find("wish.until")->label);
        gallery_close(&gallery);
        open("wish__change", look); /* the certificate keeps its end */
        assert_null(find("wish.until"));
        assert_true(shows("证书到期日不变"));
        gallery_close(&gallery);
        open("wish__renew", look); /* two years on top of what is left, five would be too many */
        assert_string_equal("2029-07-13 到期", find("wish.until")->label);
        assert_true(is_disabled("years.5") && !is_disabled("years.4"));
        gallery_close(&gallery);
    }
}

/* --- login ------------------------------------------------------------------------------------------- */

/* What the seal on the key adds is on the page where the change is chosen, part by part. */
static void test_choose__a_seal_on_the_key_is_in_the_price_before_anything_is_paid(void **state)
{
    (void)state;
    for (size_t look = 0; look < STAGE_LOOKS; look++) {
        open("wish__sealed", look);
        assert_non_null(strstr(find("wish.due")->label, "80"));
        assert_non_null(strstr(find("page.subtitle")->label, "费用已算入"));
        assert_true(!find("seal.yes") && shows(ui_is_large(gallery.ui) ? "共 5 项" : "经办人身份证"));
        gallery_tap(&gallery, "kind.name");
        assert_non_null(find("seal.yes"));
        gallery_close(&gallery);
    }
}

static void test_choose__number_can_be_mended_after_the_code_was_sent(void **state)
{
    (void)state;
    open("login__sent", 0);
    assert_string_equal("2741", find("login.code")->value);
    gallery_tap(&gallery, "pad.backspace");
    assert_string_equal("274", find("login.code")->value);
    gallery_tap(&gallery, "login.phone");
    gallery_tap(&gallery, "pad.backspace");
    assert_string_equal("138 0000 000", find("login.phone")->value);
    assert_true(is_disabled("login.send"));
    assert_true(shows("还差 1 位，满 11 位可获取验证码"));
    gallery_tap(&gallery, "pad.5");
    assert_string_equal("138 0000 0005", find("login.phone")->value);
    assert_false(shows("还差 1 位，满 11 位可获取验证码"));
    gallery_close(&gallery);
}

/* Who comes back for an order may wait for a message in vain, too. */
static void test_choose__who_waits_for_a_message_is_told_what_else_there_is(void **state)
{
    (void)state;
    open("login__resume", 0);
    assert_non_null(find("login.pickup"));
    assert_null(find("login.speak"));
    for (const char *digit = "13800000000"; *digit != 0; digit++) {
        char id[] = {'p', 'a', 'd', '.', *digit, 0};
        gallery_tap(&gallery, id);
    }
    gallery_tap(&gallery, "login.send");
    assert_null(find("login.speak"));
    gallery_answer(&gallery, SERVICE_LOGIN_SEND, STATUS_OK, SERVICE_REASON_NONE, 59, NULL);
    assert_non_null(find("login.speak"));
    assert_true(shows("收不到短信？"));
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

static void test_choose__an_unfinished_order_is_offered_before_another_one(void **state)
{
    (void)state;
    for (size_t look = 0; look < STAGE_LOOKS; look++) {
        open("agreement__unfinished", look);
        assert_string_equal(gallery.services.visit.orders[0].unit, find("unfinished.unit")->label);
        gallery_tap(&gallery, "text.down"); /* covered: it is answered first */
        gallery_tap(&gallery, "unfinished.continue");
        assert_int_not_equal(0, gallery.services.asked[SERVICE_ORDER_OPEN]);
        gallery_answer(&gallery, SERVICE_ORDER_OPEN, STATUS_REFUSED, SERVICE_REASON_ELSEWHERE, 0, NULL);
        assert_string_equal("agreement", ui_screen_name(gallery.ui));
        gallery_tap(&gallery, "unfinished.new");
        assert_null(find("unfinished.unit"));
        assert_string_equal("agreement", ui_screen_name(gallery.ui));
        gallery_close(&gallery);
    }
}

static void list_orders(enum order_state state)
{
    gallery.services.visit.orders[0].order.state = state;
    gallery.services.visit.order_count = 1;
    gallery_screen(&gallery, SCREEN_AGREEMENT);
    assert_true((find("bar.next")->state & WIDGET_BUSY) != 0); /* until it is known */
    gallery_answer(&gallery, SERVICE_ORDER_LIST, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

static void test_choose__what_is_finished_or_of_another_kind_is_not_offered(void **state)
{
    (void)state;
    open("agreement__unfinished", 0);
    list_orders(ORDER_STATE_DRAFT);
    assert_non_null(find("unfinished.new"));
    list_orders(ORDER_STATE_DONE);
    assert_null(find("unfinished.new"));
    list_orders(ORDER_STATE_REVIEWING); /* the desk's turn */
    assert_null(find("unfinished.new"));
    strcpy(gallery.services.visit.orders[0].order.operation, "renew");
    list_orders(ORDER_STATE_DRAFT);
    assert_null(find("unfinished.new"));
    gallery_screen(&gallery, SCREEN_AGREEMENT); /* nobody knows */
    gallery_answer(&gallery, SERVICE_ORDER_LIST, STATUS_LOST, SERVICE_REASON_NONE, 0, NULL);
    assert_null(find("unfinished.new"));
    assert_false((find("bar.next")->state & WIDGET_BUSY) != 0);
    gallery_close(&gallery);
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

static void test_choose__an_agreement_is_read_aloud_until_it_is_left(void **state)
{
    (void)state;
    for (size_t look = 0; look < STAGE_LOOKS; look++) {
        open("agreement__first", look);
        gallery_tap(&gallery, "text.down");
        assert_string_equal(gallery.aloud, "");
        gallery_tap(&gallery, "agreement.read");
        const char *first = gallery.services.visit.product->agreement.paragraphs[0];
        assert_true(gallery.aloud[0] != 0 && strncmp(gallery.aloud, first, strlen(gallery.aloud)) == 0);
        gallery_tap(&gallery, "agreement.read");
        assert_string_equal(gallery.aloud, "");
        gallery_tap(&gallery, "agreement.read");
        gallery_screen(&gallery, SCREEN_WELCOME);
        assert_string_equal(gallery.aloud, "");
        gallery_close(&gallery);
    }
}

static void test_choose__without_a_reader_nothing_is_offered(void **state)
{
    (void)state;
    open("agreement__first", 0);
    const char *reader = gallery.settings->sound_reader;
    gallery.settings->sound_reader = "";
    gallery_tap(&gallery, "text.down");
    assert_null(widget_find(ui_tree(gallery.ui), "agreement.read"));
    gallery.settings->sound_reader = reader;
    gallery_close(&gallery);
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
        cmocka_unit_test(test_choose__everything_found_can_be_turned_to),
        cmocka_unit_test(test_choose__results_are_turned_while_words_are_typed),
        cmocka_unit_test(test_choose__every_product_fits_its_service_page),
        cmocka_unit_test(test_choose__the_way_on_says_the_page_that_follows),
        cmocka_unit_test(test_choose__what_is_not_offered_says_so_and_cannot_be_chosen),
        cmocka_unit_test(test_choose__what_is_worth_knowing_stands_behind_a_button),
        cmocka_unit_test(test_choose__products_say_what_they_are_good_for_and_who_else_helps),
        cmocka_unit_test(test_choose__every_product_fits_the_page_of_what_is_worth_knowing),
        cmocka_unit_test(test_choose__a_hint_stands_under_the_question),
        cmocka_unit_test(test_choose__who_need_not_come_reads_it_before_anything_else),
        cmocka_unit_test(test_choose__the_end_of_the_term_follows_the_years),
        cmocka_unit_test(test_choose__a_seal_on_the_key_is_in_the_price_before_anything_is_paid),
        cmocka_unit_test(test_choose__number_can_be_mended_after_the_code_was_sent),
        cmocka_unit_test(test_choose__who_waits_for_a_message_is_told_what_else_there_is),
        cmocka_unit_test(test_choose__wrong_code_is_gone_and_the_tries_are_said),
        cmocka_unit_test(test_choose__agreeing_waits_for_the_last_page),
        cmocka_unit_test(test_choose__an_agreement_is_read_aloud_until_it_is_left),
        cmocka_unit_test(test_choose__without_a_reader_nothing_is_offered),
        cmocka_unit_test(test_choose__an_unfinished_order_is_offered_before_another_one),
        cmocka_unit_test(test_choose__what_is_finished_or_of_another_kind_is_not_offered),
        cmocka_unit_test(test_choose__a_finger_turns_the_pages_of_the_agreement),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
