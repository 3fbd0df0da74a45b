/* Samples of seals and signatures, cut out of the sheet they were collected on, with the picture made of
 * each.
 *
 * They come and go with the scan of their paper. Of each kind one is chosen, by a tick on the sheet, by the
 * applicant, or because it is the best; a clerk approves it with the order. Pitfall: a picture is only good
 * once it is approved.
 */
#ifndef KIOSK_STORE_STORE_SAMPLE_H
#define KIOSK_STORE_STORE_SAMPLE_H

#include "kiosk/base/crypto.h"
#include "kiosk/store/store.h"

/* By what a sample is the chosen one of its kind. */
enum store_sample_choice {
    STORE_SAMPLE_NOT_CHOSEN,
    STORE_SAMPLE_BY_BEST,      /* nobody chose, it is as good as any */
    STORE_SAMPLE_BY_TICK,      /* on the sheet */
    STORE_SAMPLE_BY_APPLICANT, /* on the screen */
    STORE_SAMPLE_CHOICE_COUNT_
};

struct store_sample {
    char paper[STORE_NAME_BYTES];
    char zone[STORE_NAME_BYTES];  /* of the sheet */
    char kind[STORE_NAME_BYTES];  /* what it is a sample of */
    char fault[STORE_NAME_BYTES]; /* what is wrong with it, "none" for nothing */
    enum store_sample_choice chosen;
    int64_t approved_utc_s;              /* 0 until a clerk approved it; set by the store */
    int64_t width_um, height_um;         /* of the picture on paper */
    uint8_t sha256[CRYPTO_SHA256_BYTES]; /* of the picture; set by the store, zeros without one */
};

/* The bytes of a sample. */
struct store_sample_bytes {
    const void *cut; /* JPEG */
    size_t cut_length;
    const void *picture; /* PNG; none when length is 0 */
    size_t picture_length;
};

enum store_sample_part { STORE_SAMPLE_CUT, STORE_SAMPLE_PICTURE };

/* The paper has these samples from now on, in this order, in place of earlier ones; none with count 0.
 * Returns: CONFLICT (claimed by another), NOT_FOUND (no such order), FULL. */
enum status store_sample_replace(struct store *store, const char *order_id, const char *paper,
                                 const struct store_sample *samples, const struct store_sample_bytes *bytes,
                                 size_t count, struct failure *failure);
/* This sample is the chosen one of its kind.
 * Returns: NOT_FOUND, BAD_STATE (one of the kind is approved), CONFLICT (claimed by another). */
enum status store_sample_choose(struct store *store, const char *order_id, const char *paper,
                                const char *zone, struct failure *failure);
/* The chosen samples of the order are approved. Inside a change.
 * Returns: OK also when there is none. */
enum status store_sample_approve(struct store *store, const char *order_id, struct failure *failure);

/* The samples of an order in the order of their sheets.
 * Returns: OK with *count 0 when there is none. */
enum status store_sample_list(struct store *store, const char *order_id, struct store_sample *out,
                              size_t capacity, size_t *count, struct failure *failure);
/* The part stands at the end of the buffer.
 * Returns: NOT_FOUND, MALFORMED. Owns: the caller wipes the buffer. */
enum status store_sample_part(struct store *store, const char *order_id, const char *paper, const char *zone,
                              enum store_sample_part part, struct buf *out, struct failure *failure);

#endif
