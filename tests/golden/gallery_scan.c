/* Cases of papers without a scan of their own kind: another one's page that stands for one, pages under a
 * title of the applicant's own. */
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "kiosk/catalogue/product_side.h"
#include "tests/golden/gallery_person.h"

/* What is scanned of this product's new issue, the first papers done. */
static void open_scan(struct gallery *gallery, const char *product, size_t scanned)
{
    struct service_visit *visit = &gallery->services.visit;
    gallery_order(gallery, ORDER_STATE_SCANNING);
    visit->product = catalogue_find(gallery->catalogue, product);
    check(visit->product != NULL);
    visit->operation = product_find_operation(visit->product, "new");
    visit->page_count = 0;
    for (size_t i = 0; i < visit->operation->paper_count; i++) {
        const struct product_paper *paper = product_operation_paper(visit->product, visit->operation, i);
        if (paper->kind != PRODUCT_PAPER_KIND_SCAN)
            continue;
        struct service_page *page = &visit->pages[visit->page_count++];
        *page = (struct service_page){.is_open = true, .is_optional = paper->optional};
        (void)text_copy(page->paper, sizeof(page->paper), paper->id);
    }
    gallery_scanned(gallery, scanned);
}

static void show_pages(struct gallery *gallery)
{
    uint64_t answered = 0;
    while (gallery->services.asked[SERVICE_PAGE_PREVIEW] != answered) {
        answered = gallery->services.asked[SERVICE_PAGE_PREVIEW];
        gallery_answer(gallery, SERVICE_PAGE_PREVIEW, STATUS_OK, SERVICE_REASON_NONE, 0,
                       gallery_page("10_business_licence.jpg", gallery->services.asked_width_px));
    }
}

void gallery_scan_same(struct gallery *gallery)
{
    open_scan(gallery, "dfca-hnzj-person", 2);
    gallery_screen(gallery, SCREEN_SCAN);
    show_pages(gallery);
}

void gallery_scan_shared(struct gallery *gallery)
{
    struct service_page *page = &gallery->services.visit.pages[2];
    gallery_scan_same(gallery);
    gallery_tap(gallery, "scan.same");
    gallery_scanned(gallery, 3);
    (void)text_copy(page->same_as, sizeof(page->same_as), "applicant_id");
    gallery_answer(gallery, SERVICE_PAGE_SAME, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
    show_pages(gallery);
}

/* The agent's card of a unit, front and back, as many sides of it scanned. */
static void open_sides(struct gallery *gallery, size_t scanned)
{
    struct service_visit *visit = &gallery->services.visit;
    open_scan(gallery, "dfca-hnzj-unit", 0);
    struct service_page *front = &visit->pages[3], *back = front + 1;
    check(strcmp(front->paper, "agent_id") == 0);
    (void)memmove(back + 1, back, (visit->page_count++ - 4) * sizeof(*back));
    *back = *front;
    product_side_back_id(front->paper, back->paper);
    front->side = SERVICE_SIDE_FRONT;
    back->side = SERVICE_SIDE_BACK;
    gallery_scanned(gallery, 3 + scanned);
    gallery_screen(gallery, SCREEN_SCAN);
    show_pages(gallery);
}

void gallery_scan_front(struct gallery *gallery)
{
    open_sides(gallery, 0);
}

void gallery_scan_back(struct gallery *gallery)
{
    open_sides(gallery, 1);
}

void gallery_scan_on_front(struct gallery *gallery)
{
    struct service_page *back = &gallery->services.visit.pages[4];
    open_sides(gallery, 1);
    gallery_tap(gallery, "scan.same");
    gallery_scanned(gallery, 5);
    (void)text_copy(back->same_as, sizeof(back->same_as), "agent_id");
    gallery_answer(gallery, SERVICE_PAGE_SAME, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
    show_pages(gallery);
}

void gallery_scan_look(struct gallery *gallery)
{
    gallery_scan_on_front(gallery);
    gallery_tap(gallery, "scan.closer");
    gallery_answer(gallery, SERVICE_PAGE_PREVIEW, STATUS_OK, SERVICE_REASON_NONE, 0,
                   gallery_page("10_business_licence.jpg", 1400));
}

void gallery_scan_delete(struct gallery *gallery)
{
    gallery_scan_look(gallery);
    gallery_tap(gallery, "look.delete");
}

void gallery_scan_later(struct gallery *gallery)
{
    open_sides(gallery, 1);
    gallery_tap(gallery, widget_find(ui_tree(gallery->ui), "bar.exit") != NULL ? "bar.exit" : "scan.later");
}

void gallery_scan_example(struct gallery *gallery)
{
    gallery_scan_none(gallery);
    gallery_tap(gallery, "scan.example");
    gallery_answer(gallery, SERVICE_EXAMPLE_SHOW, STATUS_OK, SERVICE_REASON_NONE, 0,
                   gallery_page("01_application_form.jpg", 1000));
}

void gallery_scan_extra(struct gallery *gallery)
{
    open_scan(gallery, "dfca-hnzj-unit", 5);
    gallery_screen(gallery, SCREEN_SCAN);
    show_pages(gallery);
    gallery_tap(gallery, "scan.add");
    gallery_tap(gallery, "extra.title");
    gallery_type(gallery, gallery_text(gallery, "名称变更说明", "说明", "统一社会信用代码变更情况的说明"));
    ui_focus(gallery->ui, NULL);
    gallery_wait(gallery, 100);
}

/* It stands at the end of the list, in hand. */
void gallery_scan_extra_added(struct gallery *gallery)
{
    struct service_visit *visit = &gallery->services.visit;
    gallery_scan_extra(gallery);
    gallery_tap(gallery, "bar.next");
    struct service_page *page = &visit->pages[visit->page_count++];
    *page = (struct service_page){.is_open = true, .is_optional = true};
    (void)text_copy(page->paper, sizeof(page->paper), "spare.2");
    (void)text_copy(page->title, sizeof(page->title),
                    gallery_text(gallery, "名称变更说明", "说明", "统一社会信用代码变更情况的说明"));
    gallery_answer(gallery, SERVICE_PAGE_ADD, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}
