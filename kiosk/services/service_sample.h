/* Service sample: stamps and signatures collected on a printed sheet: cut out of its scan, chosen, shown,
 * approved.
 *
 * Inside kiosk/services only. The boxes are the product's (product.h), their places the template's. Of each
 * kind the best one is made a picture of, which a clerk approves with the order and which is written on the
 * key (service_eseal.h). Pitfall: samples belong to one scan; a rescan makes new ones and forgets what was
 * chosen.
 */
#ifndef KIOSK_SERVICES_SERVICE_SAMPLE_H
#define KIOSK_SERVICES_SERVICE_SAMPLE_H

#include "kiosk/page/page.h"
#include "kiosk/services/service_context.h"
#include "kiosk/store/store_sample.h"

/* What was cut out of one page. */
struct service_sample_cuts {
    size_t count;
    struct store_sample rows[PAGE_SAMPLES_MAX];
    struct buf cuts[PAGE_SAMPLES_MAX];     /* JPEG */
    struct buf pictures[PAGE_SAMPLES_MAX]; /* PNG, empty when there is no ink */
};

/* The samples of a scanned paper, with the best of each kind chosen; the findings tell what is wrong with
 * them. Returns: NO_MEMORY, else as the template; OK also when the boxes were not found, which the findings
 * tell. Owns: the caller releases *out, also after failure. */
enum status service_sample_cut(struct service_context *context, const struct service_visit *visit,
                               const struct product_paper *paper, const struct page_image *image,
                               struct page_findings *findings, struct service_sample_cuts *out,
                               struct failure *failure);
/* They stand with the order in place of earlier ones of the paper. Inside a change. Returns: as
 * store_sample_replace. */
enum status service_sample_keep(struct service_context *context, const char *order_id, const char *paper,
                                const struct service_sample_cuts *cuts, struct failure *failure);
void service_sample_release(struct service_sample_cuts *cuts);

/* The order's samples stand in the visit. Returns: as the store. */
enum status service_sample_load(struct service_context *context, struct service_visit *visit,
                                struct failure *failure);
/* What a clerk approves with the order's samples: the digests of the chosen pictures. Returns: false when
 * there is none to be looked at. */
bool service_sample_digest(struct service_context *context, const struct service_visit *visit,
                           uint8_t out[CRYPTO_SHA256_BYTES]);
/* All samples of the order, the chosen ones framed, beside the pictures made of them, as one picture of
 * at most this width. Returns: NOT_FOUND, NO_MEMORY, else as the store. Owns: the caller frees *out. */
enum status service_sample_sheet(struct service_context *context, const char *order_id, int width_px,
                                 struct service_image **out, struct failure *failure);

#endif
