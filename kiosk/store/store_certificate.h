/* Certificates of an order, from the request to the proof, and what the authority was asked.
 *
 * One row per request id; the id is made by us and is the authority's request id. Request, certificate,
 * chain and enveloped key are sealed, because a subject names people. The rule of one unrevoked certificate
 * per key of an order is kept here: a second request is CONFLICT while an earlier one is not revoked or
 * refused, unless that one is on a key that was handed over and the order's wish names more keys. Pitfall:
 * ISSUED is not yet good; only PROVEN ones are confirmed, and only CONFIRMED ones are handed over.
 */
#ifndef KIOSK_STORE_STORE_CERTIFICATE_H
#define KIOSK_STORE_STORE_CERTIFICATE_H

#include "kiosk/store/store.h"

enum store_certificate_state {
#define STORE_CERTIFICATE_STATE(code, name) STORE_CERTIFICATE_##code,
#define STORE_CERTIFICATE_STEP(from, to)
#include "kiosk/store/store_certificate_states.def"
#undef STORE_CERTIFICATE_STATE
#undef STORE_CERTIFICATE_STEP
    STORE_CERTIFICATE_COUNT_
};

/* Sealed bytes kept with a request. */
enum store_certificate_part {
    STORE_CERTIFICATE_REQUEST, /* PKCS#10 DER as sent */
    STORE_CERTIFICATE_DER,     /* the certificate */
    STORE_CERTIFICATE_CHAIN,   /* the other certificates, DER one after another */
    STORE_CERTIFICATE_ENVELOPED_KEY,
    STORE_CERTIFICATE_ENCRYPTION_DER /* the encryption certificate beside it (store_encryption.h) */
};

enum { STORE_CERTIFICATE_SERIAL_BYTES = 65 };

struct store_certificate {
    char request_id[STORE_ID_BYTES];
    char order_id[STORE_ID_BYTES];
    char key_mark[STORE_ID_BYTES]; /* of the token it belongs to (store_key.h) */
    enum store_certificate_state state;
    char serial[STORE_CERTIFICATE_SERIAL_BYTES]; /* hexadecimal, "" until issued */
    uint8_t subject_hash[32];                    /* keyed hash of the subject, zeros until issued */
    int64_t not_after_utc_s;                     /* 0 until issued */
    int64_t created_utc_s;
    int64_t updated_utc_s;
};

/* The stable name of a state.
 * Returns: a static text, "invalid" outside the list. */
const char *store_certificate_state_name(enum store_certificate_state state);

/* The request is stored as REQUESTED, before the authority is asked.
 * Returns: CONFLICT when the id exists or the order has a certificate that is neither revoked nor refused;
 * NOT_FOUND (no such order or key). */
enum status store_certificate_insert(struct store *store, const char *request_id, const char *order_id,
                                     const char *key_mark, const void *request_der, size_t length,
                                     struct failure *failure);

/* What comes with ISSUED; NULL and 0 leave what is stored. */
struct store_certificate_facts {
    const char *serial;
    const char *subject; /* only its keyed hash is kept in plain */
    int64_t not_after_utc_s;
    const void *der;
    size_t der_length;
    const void *chain;
    size_t chain_length;
};

/* The certificate went from one state to the next with its facts and journal row.
 * Returns: CONFLICT when it is not in `from` any more, BAD_STATE for a step not on the list, NOT_FOUND. */
enum status store_certificate_step(struct store *store, const char *request_id,
                                   enum store_certificate_state from, enum store_certificate_state to,
                                   const struct store_certificate_facts *facts, struct failure *failure);

/* The row with this request id.
 * Returns: NOT_FOUND. */
enum status store_certificate_load(struct store *store, const char *request_id, struct store_certificate *out,
                                   struct failure *failure);

/* The row with this serial.
 * Returns: NOT_FOUND. */
enum status store_certificate_load_by_serial(struct store *store, const char *serial,
                                             struct store_certificate *out, struct failure *failure);

/* Whether the token with this mark carries a certificate that is confirmed, or held, and ends after now.
 * Returns: as the store; *out is true then. */
enum status store_certificate_is_live_on(struct store *store, const char *key_mark, int64_t now_utc_s,
                                         bool *out, struct failure *failure);

/* All rows of an order, oldest first.
 * Returns: OK with *count 0 when there is none. */
enum status store_certificate_list(struct store *store, const char *order_id, struct store_certificate *out,
                                   size_t capacity, size_t *count, struct failure *failure);

/* Confirmed certificates that end after `from` and not after `until`, oldest row first, from the `offset`-th
 * on. Returns: as above. */
enum status store_certificate_list_ending(struct store *store, int64_t from_utc_s, int64_t until_utc_s,
                                          size_t offset, struct store_certificate *out, size_t capacity,
                                          size_t *count, struct failure *failure);

/* Certificates that were confirmed, newest row first; with `revoked` those that were revoked after they had
 * been issued. Returns: as above. */
enum status store_certificate_list_newest(struct store *store, bool revoked, struct store_certificate *out,
                                          size_t capacity, size_t *count, struct failure *failure);

/* The part stands at the end of the buffer.
 * Returns: NOT_FOUND when it was never stored. */
enum status store_certificate_part(struct store *store, const char *request_id,
                                   enum store_certificate_part part, struct buf *out,
                                   struct failure *failure);

/* The part is kept with the request, in place of an earlier one; nothing for no bytes. Inside a change.
 * Returns: FULL (too long), as the sealing. */
enum status store_certificate_keep_part(struct store *store, const struct store_certificate *certificate,
                                        enum store_certificate_part part, const void *bytes, size_t length,
                                        struct failure *failure);
/* The part is gone; OK also when there was none. Inside a change. Returns: as the store. */
enum status store_certificate_drop_part(struct store *store, const struct store_certificate *certificate,
                                        enum store_certificate_part part, struct failure *failure);

#endif
