/* Every paper that any product has scanned, with bad sheets on the glass: blank, without the stamp it needs,
 * and for the printed form without its code and with another order's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/form_sample.h"
#include "tests/support/hall_scene.h"
#include "tests/support/page_bench.h"

enum { SHEET_DPI = 200 };

static struct hall_scene *scene;
static struct page_image text_sheet; /* a page of text without stamp and code */

static int setup(void **state)
{
    if (hall_scene_setup(state, TEST_SOURCE_DIR) != 0)
        return -1;
    scene = *state;
    text_sheet = page_bench_text(SHEET_DPI, 3);
    return 0;
}

static int teardown(void **state)
{
    page_image_release(&text_sheet);
    return hall_scene_teardown(state);
}

static struct page_image copy_of(const struct page_image *image)
{
    struct page_image copy = {0};
    assert_int_equal(STATUS_OK,
                     page_image_new(image->width_px, image->height_px, image->channels, image->dpi, &copy));
    (void)memcpy(copy.pixels, image->pixels,
                 (size_t)image->width_px * (size_t)image->height_px * (size_t)image->channels);
    return copy;
}

/* An order of the product's new certificate waits for its papers. */
static void begin(const struct product *product)
{
    struct form_values values;
    const struct hall_order_choice choice = {product, product_find_operation(product, "new"),
                                             product->classes[0].id, &values};
    form_sample_make(product_operation_form(product, choice.operation), &values);
    hall_order_make_with(&scene->hall, &choice, ORDER_STATE_SCANNING, &scene->order);
    form_values_wipe(&values);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, scene->order.id));
}

static struct service_reply scan(const char *paper, struct page_image sheet)
{
    hall_glass_lay(&scene->terminal.glass, sheet);
    return hall_wait(&scene->terminal, service_scan_page(scene->terminal.services, paper));
}

static const struct service_page *page_of(const char *paper)
{
    const struct service_visit *visit = services_visit(scene->terminal.services);
    for (size_t i = 0; i < visit->page_count; i++)
        if (strcmp(visit->pages[i].paper, paper) == 0)
            return &visit->pages[i];
    fail_msg("%s is not asked for", paper);
    return NULL;
}

static void assert_refused(const char *paper, struct page_image sheet, enum service_reason reason)
{
    struct service_reply reply = scan(paper, sheet);
    if (reply.reason != reason)
        fail_msg("%s: %s, not %s", paper, service_reason_name(reply.reason), service_reason_name(reason));
    assert_int_equal(STATUS_REFUSED, reply.status);
    assert_int_equal(SERVICE_PAGE_MISSING, page_of(paper)->state);
}

/* What is asked for each product of the catalogue that has papers to scan. */
static void for_each_paper(void (*act)(const struct product *product, const struct product_paper *paper))
{
    for (size_t i = 0; i < scene->hall.catalogue->count; i++) {
        const struct product *product = scene->hall.catalogue->products[i];
        begin(product);
        assert_true(services_visit(scene->terminal.services)->page_count > 0);
        for (size_t j = 0; j < services_visit(scene->terminal.services)->page_count; j++)
            act(product,
                product_find_paper(product, services_visit(scene->terminal.services)->pages[j].paper));
        hall_leave(&scene->terminal);
    }
}

static void refuse_blank(const struct product *product, const struct product_paper *paper)
{
    (void)product;
    assert_refused(paper->id, hall_sheet_blank(), SERVICE_REASON_UNREADABLE);
}

static void test_paper_faults__no_blank_sheet_is_taken_for_any_paper(void **state)
{
    (void)state;
    for_each_paper(refuse_blank);
}

/* The check of the seal, as it was judged. */
static enum service_check seal_of(const char *paper)
{
    const struct service_page *page = page_of(paper);
    for (size_t i = 0; i < page->check_count; i++)
        if (service_check_line(page->checks[i].name) == SERVICE_CHECK_LINE_STAMPED)
            return page->checks[i].verdict;
    return SERVICE_CHECK_NOT_COMPUTED;
}

static void miss_the_stamp(const struct product *product, const struct product_paper *paper)
{
    if (paper->code_required)
        return;
    assert_int_equal(STATUS_OK, scan(paper->id, copy_of(&text_sheet)).status);
    enum service_check wanted = paper->stamped ? SERVICE_CHECK_BAD : SERVICE_CHECK_NOT_COMPUTED;
    if (seal_of(paper->id) != wanted)
        fail_msg("%s %s: the stamp is judged %d", product->id, paper->id, (int)seal_of(paper->id));
    assert_int_equal(paper->stamped ? SERVICE_PAGE_POOR : SERVICE_PAGE_GOOD, page_of(paper->id)->state);
}

static void test_paper_faults__a_missing_stamp_is_told_where_one_is_needed(void **state)
{
    (void)state;
    for_each_paper(miss_the_stamp);
}

static void refuse_foreign_form(const struct product *product, const struct product_paper *paper)
{
    struct order other = scene->order;
    if (!paper->code_required)
        return;
    (void)product;
    assert_refused(paper->id, copy_of(&text_sheet), SERVICE_REASON_NO_CODE);
    other.acceptance[strlen(other.acceptance) - 1] ^= 1;
    assert_refused(paper->id, hall_sheet_form(&scene->hall, &other), SERVICE_REASON_FOREIGN_CODE);
}

static void test_paper_faults__no_other_sheet_is_taken_for_a_printed_form(void **state)
{
    (void)state;
    for_each_paper(refuse_foreign_form);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_paper_faults__no_blank_sheet_is_taken_for_any_paper),
        TEST(test_paper_faults__a_missing_stamp_is_told_where_one_is_needed),
        TEST(test_paper_faults__no_other_sheet_is_taken_for_a_printed_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
