/* Scanned pages of an order, sealed JPEG with what was found about them in plain.
 *
 * One row per order, paper and page number; a rescan replaces it in one step and counts the version up. A
 * paper may have another one's page instead of its own: not a copy, it changes with it.
 * Pitfall: a page is up to LIMIT_PAGE_JPEG_BYTES; load one at a time.
 */
#ifndef KIOSK_STORE_STORE_PAGE_H
#define KIOSK_STORE_STORE_PAGE_H

#include "kiosk/store/store.h"

enum { STORE_PAGE_FINDINGS_BYTES = 1280 };

struct store_page {
    char paper[STORE_NAME_BYTES];   /* id of the paper in the product */
    char same_as[STORE_NAME_BYTES]; /* the paper whose page it is, "" for one of its own; set by the store */
    int page;                       /* from 1 */
    int64_t version;                /* set by the store: 1 for the first scan */
    int verdict;                    /* of kiosk/page, stored as it is */
    int dpi;
    int width_px;
    int height_px;
    char
        findings[STORE_PAGE_FINDINGS_BYTES]; /* JSON of checks that were made; no values read from the page */
    uint8_t sha256[32];                      /* of the JPEG; set by the store */
    int64_t size_bytes;                      /* of the JPEG; set by the store */
    int64_t at_utc_s;                        /* set by the store */
};

/* The page is stored or replaced.
 * Returns: NOT_FOUND (no such order), CONFLICT (claimed by another), FULL (over LIMIT_PAGE_JPEG_BYTES).
 * After failure: the earlier scan is still there. */
enum status store_page_put(struct store *store, const char *order_id, const struct store_page *page,
                           const void *jpeg, size_t length, struct failure *failure);

/* What is known of all pages of the order, by paper and page.
 * Returns: OK with *count 0 when there is none. */
enum status store_page_list(struct store *store, const char *order_id, struct store_page *out,
                            size_t capacity, size_t *count, struct failure *failure);

/* The JPEG stands at the end of the buffer and *out (may be NULL) says what is known of it.
 * Returns: NOT_FOUND; MALFORMED when bytes and digest differ.
 * Owns: the caller wipes the buffer. */
enum status store_page_get(struct store *store, const char *order_id, const char *paper, int page,
                           struct store_page *out, struct buf *jpeg, struct failure *failure);

/* The page of `paper` is that of `source` from now on; an own one is gone. Until `source` is scanned again
 * after it was deleted, neither has a page.
 * Returns: NOT_FOUND (`source` has no page of its own), CONFLICT (claimed by another). */
enum status store_page_same(struct store *store, const char *order_id, const char *paper, const char *source,
                            struct failure *failure);

/* The page is gone, or is no longer that of another paper, which keeps it.
 * Returns: NOT_FOUND, CONFLICT (claimed by another). */
enum status store_page_delete(struct store *store, const char *order_id, const char *paper, int page,
                              struct failure *failure);

#endif
