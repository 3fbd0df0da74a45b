/* Revocations that the authority began: for which ground, by which decision of two clerks, and when it was
 * done.
 *
 * What clerks wrote as evidence is the decision's sealed reason. The certificate's own row says how it stands
 * (store_certificate.h). Pitfall: a row stands from the second signature on; until the authority has
 * answered the certificate is still good, and an open intention says so.
 */
#ifndef KIOSK_STORE_STORE_REVOCATION_H
#define KIOSK_STORE_STORE_REVOCATION_H

#include "kiosk/store/store.h"

struct store_revocation {
    char request_id[STORE_ID_BYTES]; /* of the certificate */
    char order_id[STORE_ID_BYTES];   /* that made it */
    char decision_id[STORE_ID_BYTES];
    char ground[STORE_NAME_BYTES];          /* an id of the product's list */
    char evidence_order_id[STORE_ID_BYTES]; /* "" for none */
    int64_t created_utc_s;                  /* set by the store */
    int64_t done_utc_s;                     /* set by the store, 0 until the authority had done it */
};

/* The revocation stands beside its decision. Call inside the change that makes the decision.
 * Returns: CONFLICT when the certificate has one already, NOT_FOUND (no such certificate, decision or
 * order). */
enum status store_revocation_put(struct store *store, const struct store_revocation *revocation,
                                 struct failure *failure);
/* The authority has done it. Call inside the change that steps the certificate.
 * Returns: CONFLICT when it was done already or there is none. */
enum status store_revocation_end(struct store *store, const char *request_id, struct failure *failure);
/* The certificate's revocation.
 * Returns: NOT_FOUND when the authority began none. */
enum status store_revocation_load(struct store *store, const char *request_id, struct store_revocation *out,
                                  struct failure *failure);
/* Those of certificates that this order made, oldest first; with "" those of any order that are not done yet.
 * Returns: OK with *count 0 when there is none. */
enum status store_revocation_list(struct store *store, const char *order_id, struct store_revocation *out,
                                  size_t capacity, size_t *count, struct failure *failure);

#endif
