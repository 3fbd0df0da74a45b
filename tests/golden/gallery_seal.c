/* Cases of main locks, samples of seals and the electronic seal made of them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "tests/golden/gallery_person.h"

static struct service_visit *visit_of(struct gallery *gallery)
{
    return &gallery->services.visit;
}

/* A cut-out: a red ring with a bar, or a line of writing. Owns: the caller. */
static struct service_image *draw_cut(int width_px, int height_px, bool is_stamp)
{
    struct service_image *image = calloc(1, sizeof(*image));
    check(image != NULL);
    *image = (struct service_image){.width_px = width_px, .height_px = height_px};
    image->rgb = malloc((size_t)width_px * (size_t)height_px * 3);
    check(image->rgb != NULL);
    double radius = height_px * 0.45;
    for (int y = 0; y < height_px; y++)
        for (int x = 0; x < width_px; x++) {
            double dx = x - width_px / 2.0, dy = y - height_px / 2.0, away = hypot(dx, dy);
            bool ring = away < radius && away > radius * 0.93,
                 bar = fabs(dy) < radius * 0.06 && fabs(dx) < radius / 2;
            double line = height_px * 0.16 * sin(dx * 0.09) * cos(dx * 0.031);
            bool ink = is_stamp ? ring || bar : fabs(dy - line) < 5 && fabs(dx) < width_px * 0.3;
            uint8_t *to = image->rgb + ((size_t)y * (size_t)width_px + (size_t)x) * 3;
            to[0] = !ink ? 255 : is_stamp ? 230 : 40;
            to[1] = to[2] = ink ? 40 : 255;
        }
    return image;
}

static void add_sample(struct service_visit *visit, const char *zone, enum product_sample_of of, bool chosen)
{
    struct service_sample *sample = &visit->samples[visit->sample_count++];
    *sample = (struct service_sample){.of = of, .is_chosen = chosen, .width_mm = 40.2, .height_mm = 40.1};
    (void)text_copy(sample->paper, sizeof(sample->paper), "application");
    (void)text_copy(sample->zone, sizeof(sample->zone), zone);
    (void)text_copy(sample->fault, sizeof(sample->fault), "none");
}

/* --- the applicant's choice -------------------------------------------------------------------------- */

static void open_scan(struct gallery *gallery, const char *product)
{
    struct service_visit *visit = visit_of(gallery);
    gallery_order(gallery, ORDER_STATE_SCANNING);
    visit->product = catalogue_find(gallery->catalogue, product);
    check(visit->product != NULL);
    visit->operation = product_find_operation(visit->product, "new");
    visit->page_count = 0;
    for (size_t i = 0; i < visit->operation->paper_count; i++) {
        struct service_page *page = &visit->pages[visit->page_count++];
        *page = (struct service_page){.is_open = true};
        (void)text_copy(page->paper, sizeof(page->paper), visit->operation->paper_ids[i]);
    }
    gallery_scanned(gallery, visit->page_count);
}

static void open_samples(struct gallery *gallery, bool is_stamp)
{
    gallery_screen(gallery, SCREEN_SCAN);
    gallery_tap(gallery, "bar.next");
    for (size_t i = 0; i < visit_of(gallery)->sample_count; i++)
        gallery_answer(gallery, SERVICE_SAMPLE_PREVIEW, STATUS_OK, SERVICE_REASON_NONE, 0,
                       draw_cut(is_stamp ? 700 : 900, is_stamp ? 400 : 160, is_stamp));
}

void gallery_scan_stamps(struct gallery *gallery)
{
    open_scan(gallery, "gxca-suqian-unit");
    add_sample(visit_of(gallery), "seal_sample", PRODUCT_SAMPLE_SEAL, true);
    add_sample(visit_of(gallery), "seal_sample_2", PRODUCT_SAMPLE_SEAL, false);
    open_samples(gallery, true);
}

void gallery_scan_signatures(struct gallery *gallery)
{
    open_scan(gallery, "gxca-suqian-person");
    add_sample(visit_of(gallery), "signature_sample", PRODUCT_SAMPLE_SIGNATURE, false);
    add_sample(visit_of(gallery), "signature_sample_2", PRODUCT_SAMPLE_SIGNATURE, true);
    add_sample(visit_of(gallery), "signature_sample_3", PRODUCT_SAMPLE_SIGNATURE, false);
    open_samples(gallery, false);
}

/* --- locks ------------------------------------------------------------------------------------------- */

void gallery_print_further_lock(struct gallery *gallery)
{
    visit_of(gallery)->lock =
        (struct service_lock){.role = SERVICE_LOCK_SECONDARY, .earlier = 1, .wants_seal = true};
    gallery_print_before(gallery);
}

/* --- the clerk --------------------------------------------------------------------------------------- */

/* A further lock whose seal the clerk looks at before deciding whether it gets one. */
void gallery_desk_samples(struct gallery *gallery)
{
    struct service_case *opened = &gallery->services.desk.opened;
    gallery_desk_ready(gallery);
    opened->lock = (struct service_lock){.role = SERVICE_LOCK_SECONDARY, .earlier = 1, .wants_seal = true};
    opened->sample_count = 0;
    struct service_visit samples = {0};
    add_sample(&samples, "seal", PRODUCT_SAMPLE_SEAL, true);
    opened->samples[opened->sample_count++] = samples.samples[0];
    struct service_page *page = &opened->pages[opened->page_count];
    *page = (struct service_page){.state = SERVICE_PAGE_GOOD};
    (void)text_copy(page->paper, sizeof(page->paper), SERVICE_SAMPLES_PAPER);
    opened->seen[opened->page_count++] = true;
    gallery_report(gallery, SERVICE_DESK_OVERVIEW, STATUS_OK, SERVICE_REASON_NONE);
    gallery_tap_tab(gallery, "page." SERVICE_SAMPLES_PAPER);
    gallery_answer(gallery, SERVICE_DESK_PAGE, STATUS_OK, SERVICE_REASON_NONE, 0, draw_cut(1600, 560, true));
}
