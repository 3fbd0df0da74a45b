/* Appointment: the text of a code that somebody brings from a partner's system, where the visit was begun.
 *
 * It is `CKA1|partner|reference|until|product|operation|class|phone|fields|MAC`:
 *   partner     who made it, as both agreed: letters, digits, . _ -
 *   reference   the partner's own number, good once: the same characters
 *   until       seconds UTC after which it is worth nothing, in decimal
 *   product, operation, class   ids of the product's definition; class may be empty
 *   phone       11 digits, or empty: the order is found by it later
 *   fields      id=value of the product's form, with ; between them, possibly none; in values the bytes
 *               % | ; = and those below 0x20 are written as %XX, everything else is UTF-8
 *   MAC         the first 16 bytes, as 32 small hexadecimal digits, of the HMAC-SHA-256 under the key shared
 *               with the partner of everything before the last bar
 * At most LIMIT_QR_PAYLOAD_BYTES. It proves who made it and opens nothing: the phone in it is nobody's
 * log-in. Pitfall: appointment_parse believes everything; use appointment_verify.
 */
#ifndef KIOSK_FORM_APPOINTMENT_H
#define KIOSK_FORM_APPOINTMENT_H

#include "kiosk/base/crypto.h"
#include "kiosk/form/form.h"

#define APPOINTMENT_PREFIX "CKA1|"
enum { APPOINTMENT_NAME_BYTES = 33, APPOINTMENT_ID_BYTES = 64, APPOINTMENT_MAC_BYTES = 16 };

struct appointment {
    char partner[APPOINTMENT_NAME_BYTES];
    char reference[APPOINTMENT_NAME_BYTES];
    int64_t until_utc_s;
    char product[APPOINTMENT_ID_BYTES];
    char operation[APPOINTMENT_ID_BYTES];
    char class_id[APPOINTMENT_ID_BYTES]; /* "" for the first */
    char phone[12];                      /* "" for none */
    struct form_values fields;
};

/* The members of a text, whoever made it. `mac` may be NULL.
 * Returns: MALFORMED for anything that is not exactly such a text; NO_MEMORY. Owns: the caller wipes *out
 * with appointment_wipe. After failure: *out is empty. */
enum status appointment_parse(const char *text, size_t length, struct appointment *out,
                              uint8_t mac[APPOINTMENT_MAC_BYTES]);
/* The members of a text made with this key. Returns: as appointment_parse; REFUSED when the MAC was not made
 * with it. Owns: as above. */
enum status appointment_verify(const uint8_t key[CRYPTO_KEY_BYTES], const char *text, size_t length,
                               struct appointment *out);
/* Everything in it is zeros. */
void appointment_wipe(struct appointment *appointment);

#endif
