/* Cases about paper: the form is printed, the papers are scanned, and what goes wrong with either. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "kiosk/paper/paper.h"
#include "tests/golden/gallery_person.h"

enum { VALUES_MAX = 96, PREVIEW_PX = 1000 };

/* --- the form as the product prints it ----------------------------------------------------------------- */

struct filled {
    struct paper_value items[VALUES_MAX];
    struct buf texts[VALUES_MAX];
    size_t count;
};

static void add(struct filled *filled, const char *key, const char *text)
{
    check(filled->count < VALUES_MAX);
    filled->items[filled->count++] = (struct paper_value){.key = key, .text = text};
}

static bool has(const struct filled *filled, const char *key)
{
    for (size_t i = 0; i < filled->count; i++)
        if (strcmp(filled->items[i].key, key) == 0)
            return true;
    return false;
}

static void add_rows(struct filled *filled, const struct form *form, const struct form_values *values)
{
    for (size_t i = 0; i < form->field_count; i++)
        for (size_t j = 0; j < form->fields[i].row_count; j++) {
            const char *row = form->fields[i].row[j];
            struct buf *text = &filled->texts[filled->count];
            if (has(filled, row))
                continue;
            buf_init(text, 4096);
            check(form_row(form, values, row, text) == STATUS_OK);
            add(filled, row, text->length > 0 ? (const char *)text->data : "");
        }
}

static void fill(struct gallery *gallery, struct filled *filled)
{
    const struct service_visit *visit = &gallery->services.visit;
    add_rows(filled, product_operation_form(visit->product, visit->operation), &gallery->services.values);
    add(filled, "acceptance_number", visit->order.acceptance);
    add(filled, "form_title", visit->operation->form_title);
    add(filled, "operation", visit->operation->tick);
    add(filled, "agreement", visit->product->agreement.title);
    add(filled, "region", visit->product->region);
    add(filled, "platform", visit->product->platform);
    add(filled, "category", visit->product->category);
    add(filled, "project", visit->product->project);
    add(filled, "terminal", gallery->settings->terminal_number);
}

static struct service_place place_of(const struct paper_zones *zones, const char *name)
{
    const struct paper_zone *zone = paper_zone_find(zones, name);
    check(zone != NULL);
    return (struct service_place){zone->x_mm / zones->page_width_mm, zone->y_mm / zones->page_height_mm,
                                  zone->width_mm / zones->page_width_mm,
                                  zone->height_mm / zones->page_height_mm};
}

/* Owns: the caller's, or handed to gallery_answer. */
static struct service_image *draw_form(struct gallery *gallery)
{
    static const char path[] = TEST_SOURCE_DIR "/assets/forms/ezca-application.yaml";
    struct filled *filled = calloc(1, sizeof(*filled));
    struct service_image *image = calloc(1, sizeof(*image));
    struct paper_template *template = NULL;
    struct paper_image drawn = {0};
    struct paper_zones zones;
    struct yaml_errors errors;
    check(filled != NULL && image != NULL);
    fill(gallery, filled);
    const struct paper_values values = {.items = filled->items, .count = filled->count};
    const struct paper_options options = {.utc_s = GALLERY_NOW_UTC_S, .qr = {"CK1|gallery"}};
    yaml_errors_init(&errors);
    check(paper_template_open(path, &errors, &template) == STATUS_OK);
    const struct paper_pack pack = {1, {template}};
    check(paper_preview(&pack, &values, &options, 0, PREVIEW_PX, &drawn, NULL) == STATUS_OK);
    check(paper_zones(&pack, &values, &zones) == STATUS_OK);
    *image = (struct service_image){.width_px = drawn.width_px,
                                    .height_px = drawn.height_px,
                                    .rgb = drawn.rgb,
                                    .signature = place_of(&zones, "signature"),
                                    .date = place_of(&zones, "date"),
                                    .seal = place_of(&zones, "seal")};
    paper_template_free(template);
    yaml_errors_release(&errors);
    for (size_t i = 0; i < VALUES_MAX; i++)
        buf_release(&filled->texts[i]);
    free(filled);
    return image;
}

/* --- print --------------------------------------------------------------------------------------------- */

void gallery_print_before(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_PRINTING);
    gallery_screen(gallery, SCREEN_PRINT);
    gallery_answer(gallery, SERVICE_FORM_PREVIEW, STATUS_OK, SERVICE_REASON_NONE, 0, draw_form(gallery));
}

void gallery_print_working(struct gallery *gallery)
{
    gallery_print_before(gallery);
    gallery_tap(gallery, "bar.next");
    gallery_report(gallery, SERVICE_FORM_PRINT, STATUS_BUSY, SERVICE_REASON_WORKING);
}

void gallery_print_done(struct gallery *gallery)
{
    gallery_print_working(gallery);
    gallery->services.visit.order.state = ORDER_STATE_SCANNING;
    gallery_answer(gallery, SERVICE_FORM_PRINT, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

void gallery_print_closer(struct gallery *gallery)
{
    gallery_print_before(gallery);
    gallery_tap(gallery, "print.closer");
}

static void wait_for(struct gallery *gallery, enum service_reason reason)
{
    gallery_print_working(gallery);
    gallery_report(gallery, SERVICE_FORM_PRINT, STATUS_BUSY, reason);
}

void gallery_print_waiting(struct gallery *gallery)
{
    wait_for(gallery, SERVICE_REASON_PAPER_OUT);
    gallery_tap(gallery, "error.wait");
}

void gallery_print_paper_out(struct gallery *gallery)
{
    wait_for(gallery, SERVICE_REASON_PAPER_OUT);
}

void gallery_print_jammed(struct gallery *gallery)
{
    wait_for(gallery, SERVICE_REASON_JAMMED);
}

void gallery_print_offline(struct gallery *gallery)
{
    gallery_print_working(gallery);
    gallery_answer(gallery, SERVICE_FORM_PRINT, STATUS_TIMED_OUT, SERVICE_REASON_OFFLINE, 0, NULL);
}

/* --- scan ---------------------------------------------------------------------------------------------- */

/* The sample lies on its side; a stored page is upright. */
static void put_upright(struct service_image *image)
{
    int width = image->height_px, height = image->width_px;
    uint8_t *rgb = malloc((size_t)width * (size_t)height * 3);
    check(rgb != NULL);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            (void)memcpy(rgb + ((size_t)y * (size_t)width + (size_t)x) * 3,
                         image->rgb + ((size_t)x * (size_t)image->width_px + (size_t)(height - 1 - y)) * 3,
                         3);
    free(image->rgb);
    *image = (struct service_image){.width_px = width, .height_px = height, .rgb = rgb};
}

/* The page lay with its left part outside the glass. */
static struct service_image *cut_left(struct service_image *image)
{
    int left = image->width_px / 4, width = image->width_px - left;
    for (int y = 0; y < image->height_px; y++)
        (void)memmove(image->rgb + (size_t)y * (size_t)width * 3,
                      image->rgb + ((size_t)y * (size_t)image->width_px + (size_t)left) * 3,
                      (size_t)width * 3);
    image->width_px = width;
    return image;
}

static struct service_image *page_of(const char *paper, int width_px)
{
    if (strcmp(paper, "application") == 0)
        return gallery_page("01_application_form.jpg", width_px);
    struct service_image *image = gallery_page("10_business_licence.jpg", width_px);
    put_upright(image);
    return image;
}

/* Stored pages are handed over as long as the screen asks for them. */
static void show_pages(struct gallery *gallery)
{
    uint64_t answered = 0;
    while (gallery->services.asked[SERVICE_PAGE_PREVIEW] != answered) {
        answered = gallery->services.asked[SERVICE_PAGE_PREVIEW];
        gallery_answer(gallery, SERVICE_PAGE_PREVIEW, STATUS_OK, SERVICE_REASON_NONE, 0,
                       page_of(gallery->services.asked_paper, gallery->services.asked_width_px));
    }
}

static void scan_screen(struct gallery *gallery, size_t scanned)
{
    gallery_order(gallery, ORDER_STATE_SCANNING);
    gallery_scanned(gallery, scanned);
    gallery->services.visit.pages[0].turned_tenths = 21;
    gallery_screen(gallery, SCREEN_SCAN);
    show_pages(gallery);
}

void gallery_scan_none(struct gallery *gallery)
{
    scan_screen(gallery, 0);
}

void gallery_scan_working(struct gallery *gallery)
{
    scan_screen(gallery, 1);
    gallery_tap(gallery, "bar.next");
    gallery->services.visit.scan = (struct service_scan){.is_running = true, .percent = 45};
    gallery_report(gallery, SERVICE_SCAN_PAGE, STATUS_BUSY, SERVICE_REASON_WORKING);
}

void gallery_scan_good(struct gallery *gallery)
{
    scan_screen(gallery, 0);
    gallery_tap(gallery, "bar.next");
    gallery_scanned(gallery, 1);
    gallery->services.visit.pages[0].turned_tenths = -21;
    gallery_answer(gallery, SERVICE_SCAN_PAGE, STATUS_OK, SERVICE_REASON_NONE, 0,
                   page_of("application", 900));
    show_pages(gallery);
}

/* The page's seal is half outside the glass; its corners were not looked at. */
static void spoil(struct service_page *page)
{
    page->state = SERVICE_PAGE_POOR;
    page->turned_tenths = 21;
    for (size_t i = 0; i < page->check_count; i++) {
        if (strcmp(page->checks[i].name, "corners") == 0)
            page->checks[i].verdict = SERVICE_CHECK_NOT_COMPUTED;
        if (strcmp(page->checks[i].name, "seal") != 0)
            continue;
        page->checks[i].verdict = SERVICE_CHECK_BAD;
        page->checks[i].place = (struct service_place){-0.11, 0.63, 0.22, 0.23};
        (void)text_copy(page->checks[i].reason, sizeof(page->checks[i].reason), "seal-incomplete");
    }
}

void gallery_scan_poor(struct gallery *gallery)
{
    scan_screen(gallery, 1);
    gallery_tap(gallery, "bar.next");
    gallery_scanned(gallery, 2);
    spoil(&gallery->services.visit.pages[1]);
    gallery_answer(gallery, SERVICE_SCAN_PAGE, STATUS_OK, SERVICE_REASON_POOR_PAGE, 0,
                   cut_left(page_of("licence", 900)));
    show_pages(gallery);
}

void gallery_scan_all(struct gallery *gallery)
{
    scan_screen(gallery, 4);
}

void gallery_scan_how(struct gallery *gallery)
{
    gallery_scan_unreadable(gallery);
    gallery_tap(gallery, "scan.how");
}

static void refuse(struct gallery *gallery, size_t scanned, enum status status, enum service_reason reason,
                   const char *page)
{
    scan_screen(gallery, scanned);
    gallery_tap(gallery, "bar.next");
    gallery_answer(gallery, SERVICE_SCAN_PAGE, status, reason, 0,
                   page == NULL ? NULL : gallery_page(page, 900));
    show_pages(gallery);
}

void gallery_scan_jammed(struct gallery *gallery)
{
    refuse(gallery, 3, STATUS_REFUSED, SERVICE_REASON_JAMMED, NULL);
}

void gallery_scan_offline(struct gallery *gallery)
{
    refuse(gallery, 0, STATUS_LOST, SERVICE_REASON_OFFLINE, NULL);
}

void gallery_scan_cancelled(struct gallery *gallery)
{
    refuse(gallery, 1, STATUS_CANCELLED, SERVICE_REASON_NONE, NULL);
}

void gallery_scan_unreadable(struct gallery *gallery)
{
    refuse(gallery, 2, STATUS_REFUSED, SERVICE_REASON_UNREADABLE, "12_blank.jpg");
}

void gallery_scan_too_large(struct gallery *gallery)
{
    refuse(gallery, 1, STATUS_FULL, SERVICE_REASON_TOO_LARGE, "10_business_licence.jpg");
}

void gallery_scan_foreign_code(struct gallery *gallery)
{
    refuse(gallery, 0, STATUS_REFUSED, SERVICE_REASON_FOREIGN_CODE, "03_application_form.jpg");
}

void gallery_scan_no_code(struct gallery *gallery)
{
    refuse(gallery, 0, STATUS_REFUSED, SERVICE_REASON_NO_CODE, "10_business_licence.jpg");
}

/* --- the line ------------------------------------------------------------------------------------------ */

void gallery_pay_network(struct gallery *gallery)
{
    gallery_order(gallery, ORDER_STATE_PAYING);
    gallery->services.devices.payment = gallery->services.devices.authority = DEVICE_OFFLINE;
    gallery_screen(gallery, SCREEN_PAY);
    gallery_answer(gallery, SERVICE_ISSUE_READY, STATUS_REFUSED, SERVICE_REASON_AUTHORITY_SILENT, 0, NULL);
}
