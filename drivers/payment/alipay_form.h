/* Alipay form: the parameters of a request or notification, in the byte order signatures want them.
 *
 * Bytes in, bytes out; it knows no key and no network. Empty values are dropped, as the signing rule asks.
 * Pitfall: the text to sign holds raw values, the text to send holds percent-encoded ones.
 */
#ifndef DRIVERS_PAYMENT_ALIPAY_FORM_H
#define DRIVERS_PAYMENT_ALIPAY_FORM_H

#include <stddef.h>

#include "kiosk/base/buf.h"

enum { ALIPAY_FORM_PARAMETERS = 64, ALIPAY_FORM_BYTES = 64 * 1024 };

struct alipay_form {
    size_t count;
    struct {
        char *name;                 /* owned */
        char *value;                /* owned, never empty */
    } list[ALIPAY_FORM_PARAMETERS]; /* sorted by name in byte order */
};

/* The memory is given back; safe on a zeroed form. */
void alipay_form_release(struct alipay_form *form);

/* The parameter stands in its place; an empty value is dropped without a word.
 * Returns: CONFLICT (the name is there already), FULL, NO_MEMORY. After failure: unchanged. */
enum status alipay_form_add(struct alipay_form *form, const char *name, const char *value);

/* The value of a parameter. Returns: "" when missing. Owns: borrowed from the form. */
const char *alipay_form_value(const struct alipay_form *form, const char *name);

/* The application/x-www-form-urlencoded bytes are read into the zeroed form.
 * Returns: MALFORMED (a broken escape, a NUL, not UTF-8, a name twice), FULL, NO_MEMORY.
 * Owns: the caller releases *form, also after failure. */
enum status alipay_form_parse(struct alipay_form *form, const char *bytes, size_t length);

/* The text to sign, "k=v&k=v" with raw values and without the names listed, stands at the end of the buffer.
 * `without` is ended by NULL. Returns: as buf_append. */
enum status alipay_form_sign_text(const struct alipay_form *form, const char *const *without,
                                  struct buf *out);

/* The body to send, "k=v&k=v" percent-encoded, stands at the end of the buffer. Returns: as buf_append. */
enum status alipay_form_encode(const struct alipay_form *form, struct buf *out);

#endif
