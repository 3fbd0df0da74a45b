/* Soft certificates: those that leave as a file with their key, by request id.
 *
 * Such a key stands among the keys as one of a model of its own, so that one rule holds for all certificates;
 * it is no stock of the hall. The private key is here, sealed under the order's data key, from before the
 * authority is asked until the file is written. Pitfall: once it is gone the file is the only copy.
 */
#ifndef KIOSK_STORE_STORE_SOFT_H
#define KIOSK_STORE_STORE_SOFT_H

#include "kiosk/base/buf.h"
#include "kiosk/base/bytes.h"
#include "kiosk/store/store.h"

/* The model of such a key among the keys. */
#define STORE_SOFT_MODEL "soft"

enum { STORE_SOFT_FILE_BYTES = 64 };

struct store_soft {
    char request_id[STORE_ID_BYTES];
    char order_id[STORE_ID_BYTES];
    char clerk[STORE_NAME_BYTES];     /* who began it, or wrote the file */
    char second[STORE_NAME_BYTES];    /* who signed beside */
    char file[STORE_SOFT_FILE_BYTES]; /* "" until it is written */
    bool has_key;                     /* the private key is here */
    int64_t created_utc_s;
    int64_t written_utc_s; /* 0 until it is written */
};

/* The private key stands with the certificate's row, sealed, under both clerks' names. Inside the change that
 * stores the request. Returns: CONFLICT (it has one), NOT_FOUND (no such certificate), FULL. */
enum status store_soft_insert(struct store *store, const struct store_soft *row, struct bytes private_key,
                              struct failure *failure);

/* The row of this request. Returns: NOT_FOUND. */
enum status store_soft_load(struct store *store, const char *request_id, struct store_soft *out,
                            struct failure *failure);
/* The order's newest row. Returns: NOT_FOUND. */
enum status store_soft_load_order(struct store *store, const char *order_id, struct store_soft *out,
                                  struct failure *failure);
/* The private key stands at the end of the buffer. Returns: NOT_FOUND when it is gone. Owns: the caller wipes
 * the buffer. */
enum status store_soft_key(struct store *store, const struct store_soft *row, struct buf *out,
                           struct failure *failure);

/* The file of this name is written and safe: the private key is gone, and the audit says who wrote which
 * certificate into it. Inside a change. `row` names request, clerks and file. Returns: CONFLICT when the key
 * was gone already. */
enum status store_soft_write(struct store *store, const struct store_soft *row, const char *serial,
                             struct failure *failure);
/* The certificate will never be in a file: its private key is gone. Inside a change. Returns: OK also when
 * there was none. */
enum status store_soft_drop(struct store *store, const char *request_id, struct failure *failure);

#endif
