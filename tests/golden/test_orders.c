/* Coming back, over scripted services: what the filters let through, the way to orders that are not listed,
 * and what is said when a slip cannot be read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/golden/gallery.h"

static struct gallery gallery;

static void open(const char *name)
{
    for (size_t i = 0; i < gallery_case_count; i++)
        if (strcmp(gallery_cases[i].name, name) == 0) {
            gallery_open(&gallery, &gallery_cases[i], gallery_look(&gallery_cases[i], 0), GALLERY_NORMAL);
            return;
        }
    fail_msg("no case %s", name);
}

static bool shows(const char *id)
{
    return widget_find(ui_tree(gallery.ui), id) != NULL;
}

static const char *label(const char *id)
{
    return shows(id) ? widget_find(ui_tree(gallery.ui), id)->label : "";
}

/* reviewing, rejected, issuing, collecting, done */
static void test_orders__filter_lets_only_its_orders_through(void **state)
{
    (void)state;
    open("orders__states");
    assert_true(shows("order.0") && shows("order.4"));
    gallery_tap(&gallery, "filter.1");
    assert_false(shows("order.0"));
    assert_true(shows("order.1") && shows("order.2"));
    assert_true(shows("order.3"));
    assert_false(shows("order.4"));
    gallery_tap(&gallery, "filter.3");
    assert_true(shows("order.4"));
    assert_false(shows("order.1"));
    gallery_close(&gallery);
}

static void test_orders__row_opens_its_own_order_whatever_the_filter(void **state)
{
    (void)state;
    open("orders__states");
    gallery_tap(&gallery, "filter.1");
    assert_string_equal("修改资料", label("order.1.action"));
    gallery_tap(&gallery, "order.1.action");
    assert_int_not_equal(0, gallery.services.asked[SERVICE_ORDER_OPEN]);
    gallery_close(&gallery);
}

static void test_orders__search_leads_back_to_the_list(void **state)
{
    (void)state;
    open("orders__find");
    assert_false(shows("order.0"));
    assert_true(shows("orders.end") && shows("orders.scan"));
    gallery_tap(&gallery, "bar.back");
    assert_true(shows("order.0"));
    assert_string_equal("orders", ui_screen_name(gallery.ui));
    gallery_tap(&gallery, "bar.back");
    assert_string_equal("welcome", ui_screen_name(gallery.ui));
    gallery_close(&gallery);
}

static void test_orders__slip_that_cannot_be_read_is_said_and_tried_again(void **state)
{
    (void)state;
    open("orders__no_ticket");
    assert_non_null(strstr(label("page.subtitle"), "没有找到受理单上的二维码"));
    uint64_t before = gallery.services.asked[SERVICE_TICKET_SCAN];
    gallery_tap(&gallery, "orders.scan");
    assert_int_not_equal(before, gallery.services.asked[SERVICE_TICKET_SCAN]);
    gallery_close(&gallery);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_orders__filter_lets_only_its_orders_through),
        cmocka_unit_test(test_orders__row_opens_its_own_order_whatever_the_filter),
        cmocka_unit_test(test_orders__search_leads_back_to_the_list),
        cmocka_unit_test(test_orders__slip_that_cannot_be_read_is_said_and_tried_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
