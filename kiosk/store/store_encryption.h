/* The encryption certificate beside a certificate, where the product has pairs.
 *
 * A row belongs to its certificate's request id and shares its life: it is REVOKED, HELD, CONFIRMED when the
 * certificate is (store_certificate.h). Certificate and enveloped key are sealed parts of the request. Never
 * stored: the private key in any other form. Pitfall: a recovered one has the serial of the pair it was made
 * in, so a serial may stand in several rows.
 */
#ifndef KIOSK_STORE_STORE_ENCRYPTION_H
#define KIOSK_STORE_STORE_ENCRYPTION_H

#include "kiosk/store/store_certificate.h"

struct store_encryption {
    char request_id[STORE_ID_BYTES];
    char serial[STORE_CERTIFICATE_SERIAL_BYTES]; /* hexadecimal */
    int64_t not_after_utc_s;
    bool recovered;        /* its key came back from escrow */
    int64_t proven_utc_s;  /* set by the store; 0 until its key read a challenge */
    int64_t created_utc_s; /* set by the store */
};

/* What comes with one; der and enveloped_key are DER. */
struct store_encryption_facts {
    const char *serial;
    int64_t not_after_utc_s;
    bool recovered;
    const void *der;
    size_t der_length;
    const void *enveloped_key;
    size_t enveloped_key_length;
};

/* The certificate has this encryption certificate beside it, with its journal row. The same one again changes
 * nothing but the envelope. Returns: CONFLICT when it has another one, NOT_FOUND (no such certificate), FULL
 * (serial too long). */
enum status store_encryption_put(struct store *store, const char *request_id,
                                 const struct store_encryption_facts *facts, struct failure *failure);

/* Its key on the token was proven; the envelope is of no use any more and gone. Inside a change or alone.
 * Returns: CONFLICT for a certificate that is no pair, NOT_FOUND (no such certificate). */
enum status store_encryption_prove(struct store *store, const char *request_id, struct failure *failure);

/* The row of a certificate. Returns: NOT_FOUND for a certificate that is no pair. */
enum status store_encryption_load(struct store *store, const char *request_id, struct store_encryption *out,
                                  struct failure *failure);

/* The newest row with this serial: of several the last to which its key came back. Returns: NOT_FOUND. */
enum status store_encryption_load_by_serial(struct store *store, const char *serial,
                                            struct store_encryption *out, struct failure *failure);

/* All rows of an order, oldest first. Returns: OK with *count 0 when there is none. */
enum status store_encryption_list(struct store *store, const char *order_id, struct store_encryption *out,
                                  size_t capacity, size_t *count, struct failure *failure);

#endif
